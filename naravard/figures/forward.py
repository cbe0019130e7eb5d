"""What today's rates would mean for a larger population: arithmetic, and not a forecast.

Everything is computed from figures that have passed the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from naravard.base import periods
from naravard.figures.gate import YEARS_APART, ProtectedResult, ProtectedRow
from naravard.figures.reader import Reader
from naravard.methods import poisson, standard

_YEARS = 3
"""So many of the newest known rates make a span where there are no counts."""
_ACTUAL_ID, FORECAST_ID = "befolkning_80plus", "befolkning_80plus_prognos"
_BY_AGE = ("befolkning_per_alder", "befolkning_per_alder_prognos")
_YOUNGEST, *_OLDER = ("0-64", "65-79", "80+")
Ages = tuple[int, ...]
"""Inhabitants 0–64, 65–79 and 80+."""


@dataclass(frozen=True)
class Need:
    """Something whose size follows how many are 80 years or older: an indicator of the län."""

    id: str
    label: str
    unit: str
    note: str
    per_alder: str = ""
    """The indicator that has the same persons 65–79 and 80+; the rest are younger."""


NEEDS = (
    Need("sabo_boende", "Boende på SÄBO", "personer", "Alla boende räknas, även de som är yngre än 80 år."),
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


@dataclass(frozen=True)
class Population:
    """Inhabitants of 80 years and older by year: SCB's counts, and its forecast of the years after them."""

    actual: dict[int, int]
    forecast: dict[int, int]
    results: tuple[ProtectedResult, ProtectedResult]
    by_age: Mapping[int, Ages] = field(default_factory=dict)
    """The same years by age, counted and forecast, where all ages are known."""

    @property
    def milestones(self) -> dict[int, int]:
        """The forecast of each fifth year, from 2030: what is told in words and tables. The last year where none is."""
        years = [year for year in self.forecast if year % 5 == 0] or [max(self.forecast)]
        return {year: self.forecast[year] for year in sorted(years)}


def population(reader: Reader) -> Population | None:
    """The län's inhabitants 80+; None where either series is missing."""
    actual, forecast = (reader.find(name, periods.EVERY) for name in (_ACTUAL_ID, FORECAST_ID))
    if actual is None or forecast is None:
        return None
    ages = [result for name in _BY_AGE if (result := reader.find(name, periods.EVERY))]
    by_age = {year: of_year for result in reversed(ages) for year, of_year in _ages_by_year(result).items()}
    return Population(_by_year(actual), _by_year(forecast), (actual, forecast), by_age)


def _ages_by_year(result: ProtectedResult) -> dict[int, Ages]:
    rows = {(row.matperiod, row.grupp): row.taljare for row in result.rows if row.kommun_kod == result.lan_kod}
    by_year = {year: [rows.get((year, age)) for age in (_YOUNGEST, *_OLDER)] for year, _ in rows if year.isdigit()}
    return {int(year): tuple(n or 0 for n in ages) for year, ages in by_year.items() if all(ages)}


def _by_year(result: ProtectedResult) -> dict[int, int]:
    rows = [row for row in result.rows if row.kommun_kod == result.lan_kod and row.taljare is not None]
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

    def at(self, inhabitants: int, factor: float = 1) -> tuple[float, float, float]:
        """How many for so many inhabitants 80+, were the rate `factor` times today's; and the lowest and highest."""
        rate, low, high = (each * factor * inhabitants / 1000 for each in (self.rate, self.low, self.high))
        return rate, low, high


def today(need: Need, population: Population, base: int, reader: Reader) -> Today | None:
    """A need's rate; None where the län's figure, or its own year's inhabitants, are hidden or missing."""
    result = reader.find(need.id)
    row = result.lan(result.lead_group) if result else None
    if result is None or row is None or row.varde is None:
        return None
    if result.indicator.kind.scaled_by_per:
        rates = _known_rates(need, row, reader)
        return Today(need, row.varde, min(rates), max(rates), row.taljare_ar, result, row)
    inhabitants = population.actual.get(base if row.taljare_ar is None else row.taljare_ar)
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
