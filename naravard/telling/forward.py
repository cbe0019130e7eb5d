"""What comes, in Swedish: how many more they will be, and what today's rates would mean: arithmetic, no forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from naravard.base import kommuner
from naravard.base.numbers import MINUS, number, percent, quantity
from naravard.figures import forward
from naravard.figures.forward import Assumptions, Need, Population, Third, Today

ARITHMETIC = "Räkneexempel, ingen prognos."
HOW = (
    "Tal per 1 000 invånare 80+ gånger hur många de blir enligt SCB, eller ålder för ålder där uttaget har det. "
    "Behov, arbetssätt och hälsa kan ändras."
)
_FEW = 10
"""Fewer full-time nurses than this are told with a decimal."""
_NOTHING = "–"


@dataclass(frozen=True)
class Outlook:
    """A need in an area: its rate today, and that of a third of the kommuner, where they are known."""

    need: Need
    today: Today | None
    third: Third | None


class Years(NamedTuple):
    """The years that are told of, of one population."""

    population: Population
    years: tuple[int, ...]


def area_name(population: Population) -> str:
    """The kommun, or the län."""
    return kommuner.area_name(population.area or population.results[0].lan_kod)


def finding(population: Population, base: int) -> str:
    """`Borgholm får 1 671 invånare 80+ år 2030: 28 % fler än 2025`: for a lead and a slide's title."""
    year = min(population.milestones)
    count = number(population.milestones[year])
    return f"{area_name(population)} får {count} invånare 80+ år {year}: {more(population, base, year)} än {base}"


def more(population: Population, base: int, year: int) -> str:
    """`30 % fler`, `3 % färre`."""
    change = forward.growth(population, base, year)
    return f"{percent(abs(change))} {'färre' if change < 0 else 'fler'}"


def alt(population: Population, base: int) -> str:
    """The chart of inhabitants in a sentence."""
    counts = [f"{number(count)} år {year}" for year, count in population.milestones.items()]
    return (
        f"{finding(population, base)}. Invånare 80 år och äldre i {area_name(population)}: "
        f"{number(population.actual[base])} år {base}, enligt SCB:s prognos {', '.join(counts)}. Samma tal finns i "
        "tabellen."
    )


POPULATION_HEADINGS = ("År", "Invånare 80+", "Ändring")


def population_rows(population: Population, base: int) -> list[tuple[str, str, str]]:
    """The base year and the milestones: how many, and the change in percent since the base year."""
    return [
        (str(base), number(population.actual[base]), "basår"),
        *(
            (f"{year}, prognos", number(count), f"{_signed(forward.growth(population, base, year))} sedan {base}")
            for year, count in population.milestones.items()
        ),
    ]


def _signed(change: float) -> str:
    return f"{MINUS if change < 0 else '+'}{percent(abs(change))}"


def headings(population: Population, base: int) -> list[str]:
    """What the columns of the arithmetic are."""
    return ["Vad", "Takt", "Per 1 000 invånare 80+", f"Med {base} års invånare", *map(str, population.milestones)]


def rows(
    outlooks: Sequence[Outlook], assumptions: Assumptions, population: Population, base: int
) -> list[tuple[str, ...]]:
    """For each need today's rate, a third's, and what follows from the need: beds, and full-time nurses."""
    return [row for outlook in outlooks for row in _rows_of(outlook, assumptions, population, base)]


def _rows_of(
    outlook: Outlook, assumptions: Assumptions, population: Population, base: int
) -> Iterator[tuple[str, ...]]:
    years = Years(population, (base, *population.milestones))
    need, today, third = outlook.need, outlook.today, outlook.third
    label = f"{need.label}, {need.unit}"
    if today is None:
        yield label, "uppgift saknas eller dolt", _NOTHING, *(_NOTHING for _ in years.years)
        return
    factor = assumptions.factor(need)
    yield label, rate_name(today, assumptions, population), number(today.rate * factor), *_spans(today, years, factor)
    if third is not None:
        yield label, third_name(third), number(third.today.rate), *_spans(third.today, years)
    if need.id == forward.BEDS:
        beds = factor * 100 / assumptions.occupancy
        yield "Platser på SÄBO", f"beläggning {percent(assumptions.occupancy)}", _NOTHING, *_spans(today, years, beds)
    if need.id == forward.NURSES:
        yield _nurses(today, assumptions, years, factor)


def _nurses(today: Today, assumptions: Assumptions, years: Years, factor: float) -> tuple[str, ...]:
    name = "Sjuksköterskor i hemsjukvården, heltid"
    key = assumptions.persons_per_nurse
    if not key:
        return name, "bemanningstal saknas", _NOTHING, *(_NOTHING for _ in years.years)
    return name, _key_in_words(key), _NOTHING, *_spans(today, years, factor / key)


def rate_name(today: Today, assumptions: Assumptions, population: Population) -> str:
    """`som nu`, `+10 %`; that it is the län's where the kommun's is not known."""
    change = assumptions.changes.get(today.need.id, 0)
    words = _signed(change) if change else "som nu"
    return f"länets, {words}" if population.area and today.is_of_lan else words


def third_name(third: Third) -> str:
    """Which third of the kommuner."""
    return "bästa tredjedelens" if third.is_best else "lägsta tredjedelens"


def count_in(outlook: Outlook, assumptions: Assumptions, population: Population, year: int) -> str:
    """How many of a need in a year, at the rate that has been chosen; a dash where it is not known."""
    if outlook.today is None:
        return _NOTHING
    return _span(outlook.today, year, population, assumptions.factor(outlook.need))


def _spans(today: Today, years: Years, factor: float = 1) -> list[str]:
    return [_span(today, year, years.population, factor) for year in years.years]


def _span(today: Today, year: int, population: Population, factor: float) -> str:
    """From the lowest to the highest; one number where only one is known, or where they are written alike."""
    count, low, high = today.in_year(year, population, factor)
    decimals = int(count < _FEW)
    lowest, highest = number(low, decimals), number(high, decimals)
    return lowest if lowest == highest else f"{lowest}–{highest}"


def notes(outlooks: Sequence[Outlook], assumptions: Assumptions, base: int) -> list[str]:
    """Which year each rate is of, what the spans are, what a third is, and where the staffing key comes from."""
    lines = [f"{each.need.label}: {whose_year(each.today, base)} {each.need.note}" for each in outlooks if each.today]
    thirds = [each.third for each in outlooks if each.third]
    if thirds:
        most = max(each.kommuner for each in thirds)
        lines.append(
            f"Tredjedelen: av {quantity(most, 'kommun', 'kommuner')} som visas har en tredjedel den takten "
            " eller en lägre. Lägre är inte bättre i sig: det kan vara andra behov, eller mindre vård."
        )
    return [*lines, "Beläggningen är ditt antagande: 100 % är en plats för varje boende.", *_of_key(assumptions)]


def _of_key(assumptions: Assumptions) -> list[str]:
    key = assumptions.persons_per_nurse
    if not key:
        return []
    source = assumptions.source_of_key.rstrip(".") or "ingen källa är angiven, det är ett eget antagande"
    return [f"Bemanningstalet {_key_in_words(key)}: {source}."]


def _key_in_words(key: float) -> str:
    return f"{quantity(key, 'person', 'personer', int(key % 1 > 0))} per heltid"


def whose_year(today: Today, base: int) -> str:
    """Which year the rate is of, and what the span is."""
    if today.result.indicator.kind.scaled_by_per:
        span = "Spannet är de senaste kända årens lägsta och högsta. " if today.low < today.high else ""
        when = f"Takten är från {today.year}." if today.year else "Takten har inget känt mätår."
        return f"{when} {span}".strip()
    if today.ages is not None:
        return (
            f"Antalet är från {today.year}. Här räknas ålder för ålder (0–64, 65–79, 80+), med invånarna per ålder "
            f"från {today.ages.year}. Spannet är slumpens (95 %)."
        )
    divided_by = (
        f"Antalet och invånarna är från {today.year}."
        if today.year
        else f"Antalets mätår är inte känt: det är delat med {base} års invånare."
    )
    grows = " Alla antas öka som invånarna 80+." if today.need.per_alder else ""
    return f"{divided_by}{grows} Spannet är slumpens (95 %)."
