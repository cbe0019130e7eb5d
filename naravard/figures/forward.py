"""What today's rates would mean for a larger population: arithmetic, and not a forecast.

Everything is computed from figures that have passed the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from naravard.base import periods
from naravard.figures.gate import YEARS_APART, ProtectedResult, ProtectedRow
from naravard.figures.reader import Reader
from naravard.methods import poisson, standard

_YEARS = 3
"""So many of the newest known rates make a span where there are no counts."""
_FEWEST_FOR_THIRD = 6
"""Of fewer kommuner a third would be one that is named by it."""
_ACTUAL_ID, FORECAST_ID = "befolkning_80plus", "befolkning_80plus_prognos"
_BY_AGE = ("befolkning_per_alder", "befolkning_per_alder_prognos")
_FORECAST_IDS = {FORECAST_ID, _BY_AGE[-1]}
_EACH = 5
"""Years between those of a forecast that are told in words and tables."""
_YOUNGEST, *_OLDER = ("0-64", "65-79", "80+")
Ages = tuple[int, ...]
"""Inhabitants 0–64, 65–79 and 80+."""


@dataclass(frozen=True)
class Need:
    """Something whose size follows how many are 80 years or older: an indicator."""

    id: str
    label: str
    unit: str
    note: str
    per_alder: str = ""
    """The indicator that has the same persons 65–79 and 80+; the rest are younger."""


NEEDS = (
    Need("sabo_boende", "Boende på SÄBO", "personer", "Alla boende räknas, även de som är yngre än 80 år."),
    Need(
        "hemtjanst_80plus_andel",
        "Hemtjänst i ordinärt boende, 80+",
        "personer",
        "Bara invånare 80 år och äldre räknas.",
    ),
    Need(
        "hemsjukvard_antal",
        "Hemsjukvård i ordinärt boende",
        "personer",
        "Alla åldrar räknas.",
        "hemsjukvard_alder_65plus",
    ),
    Need(
        "akutbesok_80plus_per_1000",
        "Akutbesök 80+",
        "besök per år",
        "En person kan göra flera besök.",
    ),
)
BEDS, NURSES = "sabo_boende", "hemsjukvard_antal"
"""The needs that beds and full-time nurses follow."""


@dataclass(frozen=True)
class Assumptions:
    """What someone has chosen to reckon with. None of it is a fact of ours.

    `changes` are percent by the id of a need, `occupancy` percent of beds that are taken. `persons_per_nurse` is how
    many persons with hemsjukvård there are for each full-time nurse; None until it has been told, and from where.
    """

    changes: Mapping[str, int] = field(default_factory=dict)
    occupancy: int = 100
    persons_per_nurse: float | None = None
    source_of_key: str = ""

    def factor(self, need: Need) -> float:
        """What today's rate is multiplied by."""
        return 1 + self.changes.get(need.id, 0) / 100


@dataclass(frozen=True)
class Population:
    """Inhabitants of 80 years and older by year: SCB's counts, and its forecast of the years after them.

    `area` is a kommun's code; empty for the län.
    """

    actual: dict[int, int]
    forecast: dict[int, int]
    results: tuple[ProtectedResult, ProtectedResult]
    area: str = ""
    by_age: Mapping[int, Ages] = field(default_factory=dict)
    """The same years by age, counted and forecast, where all ages are known."""

    @property
    def milestones(self) -> dict[int, int]:
        """The forecast of each fifth year, from 2030: what is told in words and tables. The last year where none is."""
        years = [year for year in self.forecast if not year % _EACH] or [max(self.forecast)]
        return {year: self.forecast[year] for year in sorted(years)}

    def of_area(self, kod: str) -> dict[int, int]:
        """The counts of its own area, or of another."""
        return self.actual if kod == (self.area or self.results[0].lan_kod) else _by_year(self.results[0], kod)


def first_milestone(result: ProtectedResult) -> str | None:
    """The first year of a forecast that is told in words and tables; None where it has none, or is no forecast."""
    if result.indicator.id not in _FORECAST_IDS:
        return None
    return min((name for name in result.matperioder if name.isdecimal() and not int(name) % _EACH), default=None)


def population(reader: Reader, area: str = "") -> Population | None:
    """The inhabitants 80+ of a kommun, or of the län; None where either series is missing."""
    actual, forecast = (reader.find(name, periods.EVERY) for name in (_ACTUAL_ID, FORECAST_ID))
    if actual is None or forecast is None:
        return None
    key = "population", area
    if key not in actual.memo:
        actual.memo[key] = _population((actual, forecast), area, reader)
    found_population: Population | None = actual.memo[key]
    return found_population


def _population(results: tuple[ProtectedResult, ProtectedResult], area: str, reader: Reader) -> Population | None:
    area_kod = area or results[0].lan_kod
    ages = [result for name in _BY_AGE if (result := reader.find(name, periods.EVERY))]
    by_age = {year: of_year for result in reversed(ages) for year, of_year in _ages_by_year(result, area_kod).items()}
    counts, expected_counts = (_by_year(result, area_kod) for result in results)
    if not counts or not expected_counts:
        return None
    return Population(counts, expected_counts, results, area, by_age)


def _ages_by_year(result: ProtectedResult, kod: str) -> dict[int, Ages]:
    rows = {(row.matperiod, row.grupp): row.taljare for row in result.rows if row.kommun_kod == kod}
    by_year = {year: [rows.get((year, age)) for age in (_YOUNGEST, *_OLDER)] for year, _ in rows if year.isdigit()}
    return {int(year): tuple(n or 0 for n in ages) for year, ages in by_year.items() if all(ages)}


def _by_year(result: ProtectedResult, kod: str) -> dict[int, int]:
    rows = [row for row in result.rows if row.kommun_kod == kod and row.taljare is not None]
    return {int(row.matperiod): int(row.taljare or 0) for row in rows if row.matperiod.isdigit()}


@dataclass(frozen=True)
class ByAge:
    """Persons today 0–64, 65–79 and 80+, and all inhabitants of those ages in `year`."""

    persons: Ages
    inhabitants: Ages
    year: int


@dataclass(frozen=True)
class Today:
    """A need today: its rate per 1 000 inhabitants 80+, lowest and highest that it may be, and where it comes from.

    `year` is that of the inhabitants it is divided by: the numerator's own where that is known, else None and the rate
    is by those of the base year. A rate that is ready has its own year. `low` and `high` are chance's span of a count
    of persons (95 %); of a ready rate the lowest and highest of the years that are known.
    """

    need: Need
    rate: float
    low: float
    high: float
    year: int | None
    result: ProtectedResult
    row: ProtectedRow
    ages: ByAge | None = None
    """The same persons by age, where the extract has that and all years that are told of have inhabitants by age."""

    def in_year(self, year: int, population: Population, factor: float = 1) -> tuple[float, float, float]:
        """How many in a year, were the rate `factor` times today's, at each age where that is known; and the span."""
        if self.ages is None:
            return self.at((population.actual | population.forecast)[year], factor)
        future = population.by_age[year]
        # of all inhabitants in that year, as a directly standardised rate
        direct = standard.direct(self.ages.persons, self.ages.inhabitants, future)
        assert direct is not None
        count, low, high = (factor * sum(future) * each for each in direct)
        return count, low, high

    @property
    def is_of_lan(self) -> bool:
        """Whether it is the län's rate."""
        return self.row.kommun_kod == self.result.lan_kod

    def at(self, inhabitants: int, factor: float = 1) -> tuple[float, float, float]:
        """How many for so many inhabitants 80+, were the rate `factor` times today's; and the lowest and highest."""
        rate, low, high = (each * factor * inhabitants / 1000 for each in (self.rate, self.low, self.high))
        return rate, low, high


def today(need: Need, population: Population, base: int, reader: Reader) -> Today | None:
    """A need's rate in the area, or in the län where the source has the län alone.

    None where the figure, or its own year's inhabitants, are hidden or missing.
    """
    result = reader.find(need.id)
    if result is None:
        return None
    area = population.area if population.area and result.has_kommuner else result.lan_kod
    row = result.row(area, result.lead_group)
    return None if row is None else _rate(need, row, result, population, base, reader)


def _rate(
    need: Need, row: ProtectedRow, result: ProtectedResult, population: Population, base: int, reader: Reader
) -> Today | None:
    if row.varde is None:
        return None
    if result.indicator.kind.scaled_by_per:
        rates = _known_rates(need, row, reader)
        return Today(need, row.varde, min(rates), max(rates), row.taljare_ar, result, row)
    if result.indicator.in_percent:
        low, high = row.varde if row.nedre is None else row.nedre, row.varde if row.ovre is None else row.ovre
        return Today(need, 10 * row.varde, 10 * low, 10 * high, row.taljare_ar, result, row)
    inhabitants = population.of_area(row.kommun_kod).get(base if row.taljare_ar is None else row.taljare_ar)
    if not inhabitants:
        return None
    low, high = poisson.interval(row.varde)
    rate, lowest, highest = (1000 * each / inhabitants for each in (row.varde, low, high))
    ages = _today_by_age(need, row, population, base, reader)
    return Today(need, rate, lowest, highest, row.taljare_ar, result, row, ages)


def _today_by_age(need: Need, row: ProtectedRow, population: Population, base: int, reader: Reader) -> ByAge | None:
    """A need by age; None where an age is hidden or missing, or the inhabitants of a year that is told of.

    They are those of the numerator's own year, else of the year beside it.
    """
    if row.kommun_kod != (population.area or population.results[0].lan_kod):
        return None
    by_age = reader.find(need.per_alder, row.matperiod) if need.per_alder else None
    own_year = row.taljare_ar
    if by_age is None or own_year is None or row.taljare is None:
        return None
    older_rows = [by_age.row(row.kommun_kod, age) for age in _OLDER]
    older = [each.taljare for each in older_rows if each is not None and each.taljare is not None]
    years = [year for year in population.by_age if year in population.actual and abs(year - own_year) <= YEARS_APART]
    if len(older) < len(_OLDER) or not years or not {base, *population.milestones} <= population.by_age.keys():
        return None
    year = min(years, key=lambda each: (abs(each - own_year), each))
    return ByAge((row.taljare - sum(older), *older), population.by_age[year], year)


@dataclass(frozen=True)
class Third:
    """The rate that a third of the kommuner are at, or on the better side of, as one of them has it.

    `is_best` tells that the indicator says which side is better; else it is the lowest third, which is no better.
    """

    today: Today
    kommuner: int
    is_best: bool


def third(need: Need, population: Population, base: int, reader: Reader) -> Third | None:
    """The rate of the best third of the kommuner, or of the lowest; None where fewer than six can be seen."""
    result = reader.find(need.id)
    if result is None:
        return None
    rows = [row for row in result.kommuner if row.grupp == result.lead_group]
    rates = [rate for row in rows if (rate := _rate(need, row, result, population, base, reader))]
    if len(rates) < _FEWEST_FOR_THIRD:
        return None
    direction = result.indicator.riktning
    in_order = sorted(rates, key=lambda each: each.rate, reverse=direction == "higher_is_better")
    return Third(in_order[ceil(len(rates) / 3) - 1], len(rates), direction != "neutral")


def _known_rates(need: Need, row: ProtectedRow, reader: Reader) -> list[float]:
    """The rates of the same area and group in the newest years that are known, its own among them."""
    series = reader.find(need.id, periods.EVERY)
    rows = [each for each in (series.rows if series else ()) if each.varde is not None and each.taljare_ar is not None]
    own = [each for each in rows if (each.kommun_kod, each.grupp) == (row.kommun_kod, row.grupp)]
    newest = sorted(own, key=lambda each: each.taljare_ar or 0)[-_YEARS:]
    return [row.varde or 0, *(each.varde or 0 for each in newest)]


def growth(population: Population, base_year: int, year: int) -> float:
    """By how many percent the inhabitants 80+ are more in a later year than in the base year."""
    return 100 * (population.forecast[year] / population.actual[base_year] - 1)
