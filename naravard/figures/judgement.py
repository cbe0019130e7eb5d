"""How sure a figure is, and whether it differs from another: only from what the gate let through.

A comparison is with the län (of which the kommun is a part), with the other kommuner together, with riket, or with
the area's own earlier period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from naravard.figures.indicators import Indicator
from naravard.methods import Z95, compare, funnel, poisson, wilson

Against = Literal["lanet", "ovriga", "riket", "tidigare"]
AGAINST: tuple[Against, ...] = get_args(Against)

TOO_FEW = 0.10
"""Where a share has to differ by more than this to be told from chance, the persons are too few to judge by."""


@dataclass(frozen=True)
class Figure:
    """What is visible of a row: counts (None where hidden, missing or not known) and value in the indicator's unit."""

    taljare: int | None
    namnare: int | None
    varde: float | None


@dataclass(frozen=True)
class Judgement:
    """A figure against a reference. `level` is 0 for no certain difference, ±1 outside 95 %, ±2 outside 99.8 %.

    `reference` is the other value in the indicator's unit, and `period` its period where that is another. `too_few`
    tells that only a large difference would show.
    """

    against: Against
    level: int
    reference: float
    too_few: bool = False
    period: str = ""


def interval(figure: Figure, indicator: Indicator) -> tuple[float, float] | None:
    """The 95 % interval in the indicator's unit; None where there is nothing to tell it from, and for counts.

    A count is of all who have care, not of a sample: by itself it has no interval that a reader could use.
    """
    if indicator.kind == "count" or figure.varde is None or figure.taljare is None or not figure.namnare:
        return None
    if indicator.kind == "rate":
        low, high = poisson.rate_interval(figure.taljare, figure.namnare, Z95)
        return float(low) * indicator.per, float(high) * indicator.per
    low, high = wilson.interval(figure.taljare, figure.namnare, Z95)
    return float(low) * 100, float(high) * 100


def with_value(figure: Figure, reference: float | None, against: Against, indicator: Indicator) -> Judgement | None:
    """The figure's own interval against a value that is taken as it is: the län's or riket's."""
    if reference is None or interval(figure, indicator) is None:
        return None
    assert figure.taljare is not None
    assert figure.namnare is not None
    if indicator.kind == "rate":
        level = compare.rate_against(figure.taljare, figure.namnare, reference / indicator.per)
        return Judgement(against, int(level), reference)
    level = compare.share_against(figure.taljare, figure.namnare, reference / 100)
    return Judgement(against, int(level), reference, not level and _too_few(figure.namnare, reference / 100))


def with_others(figure: Figure, whole: Figure | None, indicator: Indicator) -> Judgement | None:
    """A kommun against the rest of its län: the län's counts less its own."""
    if whole is None or None in {whole.taljare, whole.namnare, figure.taljare, figure.namnare}:
        return None
    assert whole.taljare is not None
    assert whole.namnare is not None
    assert figure.taljare is not None
    assert figure.namnare is not None
    others = _figure(max(0, whole.taljare - figure.taljare), max(0, whole.namnare - figure.namnare), indicator)
    return with_figure(figure, others, "ovriga", indicator)


def with_figure(
    figure: Figure, other: Figure | None, against: Against, indicator: Indicator, period: str = ""
) -> Judgement | None:
    """A figure against another that is uncertain itself: the other kommuner, or an earlier period. Not for counts.

    That many of the same persons are counted in two periods is not taken into account.
    """
    if other is None or other.varde is None or other.taljare is None or figure.taljare is None:
        return None
    if indicator.kind == "count" or not figure.namnare or not other.namnare:
        return None
    counts = figure.taljare, figure.namnare, other.taljare, other.namnare
    if indicator.kind == "rate":
        return Judgement(against, int(compare.rates(*counts)), other.varde, period=period)
    level = int(compare.shares(*counts))
    too_few = not level and _too_few(min(figure.namnare, other.namnare), other.varde / 100)
    return Judgement(against, level, other.varde, too_few, period)


def _figure(taljare: int, namnare: int, indicator: Indicator) -> Figure:
    return Figure(taljare, namnare, indicator.scale * taljare / namnare if namnare else None)


def _too_few(total: int, average: float) -> bool:
    low, high = funnel.share_limits(total, average, Z95)
    return float(high) - float(low) > 2 * TOO_FEW
