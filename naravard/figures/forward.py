"""What today's rates would mean for a larger population: arithmetic, and not a forecast.

Everything is computed from figures that have passed the gate.
"""

from __future__ import annotations

from dataclasses import dataclass

from naravard.base import periods
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.reader import Reader

_ACTUAL_ID, FORECAST_ID = "befolkning_80plus", "befolkning_80plus_prognos"


@dataclass(frozen=True)
class Need:
    """Something whose size follows how many are 80 years or older: an indicator of the län."""

    id: str
    label: str
    unit: str
    note: str


NEEDS = (
    Need("sabo_boende", "Boende på SÄBO", "personer", "Alla boende räknas, även de som är yngre än 80 år."),
    Need("hemsjukvard_antal", "Hemsjukvård i ordinärt boende", "personer", "Alla åldrar räknas."),
    Need(
        "akutbesok_80plus_per_1000",
        "Akutbesök 80+",
        "besök per år",
        "Det är besök, inte personer.",
    ),
)


@dataclass(frozen=True)
class Population:
    """Inhabitants of 80 years and older by year: SCB's counts, and its forecast of the years after them."""

    actual: dict[int, int]
    forecast: dict[int, int]
    results: tuple[ProtectedResult, ProtectedResult]

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
    return Population(_by_year(actual), _by_year(forecast), (actual, forecast))


def _by_year(result: ProtectedResult) -> dict[int, int]:
    rows = [row for row in result.rows if row.kommun_kod == result.lan_kod and row.taljare is not None]
    return {int(row.matperiod): int(row.taljare or 0) for row in rows if row.matperiod.isdigit()}


@dataclass(frozen=True)
class Today:
    """A need today: its rate per 1 000 inhabitants 80+ of the base year, and the result that it comes from."""

    need: Need
    rate: float
    result: ProtectedResult
    row: ProtectedRow

    def at(self, inhabitants: int, factor: float = 1) -> float:
        """How many it would be for so many inhabitants 80+, were the rate `factor` times today's."""
        return self.rate * factor * inhabitants / 1000


def today(need: Need, base: int, reader: Reader) -> Today | None:
    """A need's rate with `base` inhabitants 80+; None where the län's figure is hidden or missing."""
    result = reader.find(need.id)
    if result is None:
        return None
    row = result.lan(result.lead_group)
    if row is None or row.varde is None:
        return None
    rate = row.varde if result.indicator.kind.scaled_by_per else 1000 * row.varde / base
    return Today(need, rate, result, row)


def growth(population: Population, base_year: int, year: int) -> float:
    """By how many percent the inhabitants 80+ are more in a later year than in the base year."""
    return 100 * (population.forecast[year] / population.actual[base_year] - 1)
