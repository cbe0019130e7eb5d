"""What chance makes of the methods, counted: tables in docs/metod.md. Run as `python -m tests.simulated` (minutes).

With a fixed seed, so that the same code gives the same tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from naravard.base import kommuner, settings
from naravard.methods import Z95, dispersion, part, power, slope, standard

ROUNDS = 4000
SABO = np.array([79, 68, 104, 52, 494, 110, 106, 169, 215, 43, 106, 339])
"""Residents of SÄBO in LGL's table."""
INHABITANTS = np.array([10_857, 9_371, 14_890, 5_800, 71_328, 13_400, 15_500, 20_300, 27_000, 7_100, 15_400, 36_700])
OLD = np.array([0.138, 0.083, 0.092, 0.091, 0.058, 0.088, 0.086, 0.080, 0.077, 0.089, 0.086, 0.086])
MIDDLE = np.array([0.25, 0.19, 0.20, 0.20, 0.15, 0.20, 0.19, 0.18, 0.18, 0.19, 0.19, 0.19])
"""Parts of 80+ and 65–79 among them, about as they are."""
AGE_SHARES = np.array([0.004, 0.03, 0.18])
NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
_CHECK = (
    "**En kontroll: LGL:s andelar dragna mot länet med det som slumpen förklarar** (empirisk Bayes; visas aldrig i "
    "stället för andelen). Ingen ändras mer än några procentenheter: det är inte slumpen som skiljer dem."
)
Counts = NDArray[np.int64]
share_limits = lru_cache(maxsize=None)(part.share_limits)
"""The same counts come back: each is worked out once."""


def false_alarms(totals: Counts, share: float, rng: np.random.Generator) -> tuple[NDArray[np.float64], float]:
    """How often each kommun is outside 95 % where none differs, and how many are on average."""
    outside = np.zeros(len(totals))
    counts = rng.binomial(totals, share, (ROUNDS, len(totals)))
    for row in counts:
        for i, count in enumerate(row):
            limits = share_limits(int(totals[i]), int(row.sum()), int(totals.sum()))
            outside[i] += part.level(count / totals[i], limits) != 0
    return outside / ROUNDS, float(outside.sum() / ROUNDS)


def with_age(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The same with equal shares at each age: of the crude share, and age by age."""
    population = np.rint(INHABITANTS[:, None] * np.column_stack([1 - OLD - MIDDLE, MIDDLE, OLD])).astype(int)
    everybody = population.sum(axis=0)
    crude, adjusted = np.zeros(len(population)), np.zeros(len(population))
    for _ in range(ROUNDS):
        counts = rng.binomial(population, AGE_SHARES)
        whole = counts.sum(axis=0)
        for i in range(len(population)):
            limits = share_limits(int(population[i].sum()), int(whole.sum()), int(everybody.sum()))
            crude[i] += part.level(counts[i].sum() / population[i].sum(), limits) != 0
            adjusted[i] += abs(standard.excess(counts[i], population[i], whole, everybody).z) > Z95
    return crude / ROUNDS, adjusted / ROUNDS


def with_spread(between: float, rng: np.random.Generator) -> tuple[float, NDArray[np.float64], float]:
    """With kommuner that truly vary: how often it is told, how often each is outside as shown, and how many by chance.

    They are drawn from one normal distribution, so that none is an exception.
    """
    found, widened, alone = 0, np.zeros(len(SABO)), 0
    for _ in range(ROUNDS // 4):
        shares = np.clip(rng.normal(0.77, between, len(SABO)), 0, 1)
        counts = rng.binomial(SABO, shares)
        average = counts.sum() / SABO.sum()
        spread = dispersion.spread(counts / SABO, average * (1 - average) / SABO, average)
        is_told = spread is not None and spread.is_more_than_chance
        found += is_told
        for i, count in enumerate(counts):
            sizes = int(SABO[i]), int(counts.sum()), int(SABO.sum())
            alone += part.level(count / SABO[i], share_limits(*sizes)) != 0
            wide = spread.between if is_told and spread else 0
            widened[i] += part.level(count / SABO[i], share_limits(*sizes, wide)) != 0
    return found / (ROUNDS // 4), widened / (ROUNDS // 4), alone / (ROUNDS // 4)


def trend_power(points: int, change: float, spread: float, rng: np.random.Generator) -> float:
    """How often a change per year of a share of 5 793 persons is told, with so much true variation around the line."""
    told = 0
    for _ in range(ROUNDS // 2):
        shares = 0.77 + change * np.arange(points) + rng.normal(0, spread, points)
        result = slope.of_shares(range(points), rng.binomial(5793, np.clip(shares, 0, 1)), [5793] * points)
        told += result is not None and result.direction != 0
    return told / (ROUNDS // 2)


def drawn_together() -> list[tuple[str, str, str]]:
    """LGL's shares as they are, and drawn towards the län by what chance explains."""
    counts = np.array([4, 53, 93, 51, 324, 96, 26, 160, 206, 41, 87, 306])
    average = counts.sum() / SABO.sum()
    variances = average * (1 - average) / SABO
    spread = dispersion.spread(counts / SABO, variances, average)
    assert spread is not None
    return [
        (name, percent(share), percent(dispersion.shrunken(share, variance, average, spread.between)))
        for name, share, variance in zip(NAMES, counts / SABO, variances, strict=True)
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(map(str, row))} |" for row in (head, ["---"] * len(head), *rows)]


def percent(value: float) -> str:
    return f"{100 * value:.1f} %".replace(".", ",")


def number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def lines() -> list[str]:
    rng = np.random.default_rng(20261126)
    sabo, mean_sabo = false_alarms(SABO, 0.768, rng)
    high, mean_high = false_alarms(SABO, 0.95, rng)
    everyone, mean_everyone = false_alarms(INHABITANTS, 0.023, rng)
    crude, adjusted = with_age(rng)
    spreads = {between: with_spread(between, rng) for between in (0, 0.02, 0.05, 0.1, 0.2)}
    rows = zip(NAMES, map(percent, sabo), map(percent, high), map(percent, everyone), map(percent, crude),
               map(percent, adjusted), map(percent, spreads[0.1][1]), strict=True)  # fmt: skip
    text = [
        "**Falskt larm vid 95 %** när ingen skiljer sig, med lika andel i varje ålder (rå, och ålder för ålder), och "
        "när alla skiljer sig lika mycket (τ, som det visas):",
        "",
    ]
    heads = ("kommun", "SÄBO, 76,8 %", "SÄBO, 95 %", "befolkningen, 2,3 %", "ålder, rå", "ålder för ålder")
    text += table((*heads, "τ 10 procentenheter"), rows)
    means = ", ".join(map(number, (mean_sabo, mean_high, mean_everyone)))
    text += ["", f"I genomsnitt är {means} av 12 utanför; det väntade är 0,60.", ""]
    text += ["**Kommuner som skiljer sig på riktigt** (SÄBO, standardavvikelse τ mellan dem):", ""]
    text += table(
        ("τ, procentenheter", "sägs först", "utanför, som det visas", "utanför slumpens gränser"),
        [
            (round(100 * between), percent(told), number(float(wide.sum())), number(alone))
            for between, (told, wide, alone) in spreads.items()
        ],
    )
    text += [
        "",
        "**Hur ofta en trend sägs** (andel av 5 793 personer, 77 %; σ är spridning runt linjen utöver slumpen):",
        "",
    ]
    steps = (0, 0.002, 0.005, 0.01)
    text += table(
        ("punkter", "σ, procentenheter", *(f"{100 * step:g} per år".replace(".", ",") for step in steps)),
        [(points, f"{100 * spread:g}".replace(".", ","),
          *(percent(trend_power(points, step, spread, rng)) for step in steps))
         for points in (5, 8, 12) for spread in (0, 0.01)],
    )  # fmt: skip
    text += [
        "",
        "**Minsta skillnad mot länet som syns i fyra fall av fem**, i procentenheter nedåt (uppåt ungefär detsamma):",
        "",
    ]
    text += table(
        ("kommun", "SÄBO, 76,8 %", "befolkningen, 2,3 %"),
        [(name, *(number(100 * power.share_seen(float(n), p, -1, float(whole))) for n, p, whole in (
            (sabo_n, 0.768, SABO.sum()), (all_n, 0.023, INHABITANTS.sum()))))
         for name, sabo_n, all_n in zip(NAMES, SABO, INHABITANTS, strict=True)],
    )  # fmt: skip
    text += ["", _CHECK, ""]
    text += table(("kommun", "andel", "dragen mot länet"), drawn_together())  # fmt: skip
    return text


if __name__ == "__main__":
    document = settings.ROOT / "docs" / "metod.md"
    block = "\n".join(["<!-- simulering: härifrån -->", "", *lines(), "", "<!-- simulering: hit -->"])
    pattern = re.compile("<!-- simulering: härifrån -->.*<!-- simulering: hit -->", re.DOTALL)
    document.write_text(pattern.sub(lambda _: block, document.read_text(encoding="utf-8")), encoding="utf-8")
