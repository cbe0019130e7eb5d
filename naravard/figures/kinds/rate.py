"""A rate: events per so many inhabitants. One person can have several, so it can exceed the population."""

from naravard.figures.kinds import Kind, remembered
from naravard.figures.kinds._ratio import value, whole
from naravard.methods import Z95, compare, part, poisson, power
from naravard.methods.compare import counts_differ


@remembered
def _interval(events: int, population: int) -> tuple[float, float]:
    low, high = poisson.rate_interval(events, population, Z95)
    return float(low), float(high)


def _differs(events: int, population: int, later: int, later_population: int) -> bool:
    return counts_differ(events, later, population, later_population)


@remembered
def _detectable(population: float, average: float, side: int, whole_population: float, between: float) -> float:
    return power.rate_seen(population, average, side, whole_population, between)


@remembered
def _level_against_counts(events: int, population: int, other: int, other_population: int) -> int:
    return int(compare.rates(events, population, other, other_population))


def _variance(average: float) -> float:
    return average


KIND = Kind(
    "rate",
    3,
    value=value,
    differs=whole(_differs),
    interval=_interval,
    limits_of_part=remembered(part.rate_limits),
    limits_of_value=remembered(part.rate_limits_of_value),
    level_against_counts=_level_against_counts,
    detectable=_detectable,
    variance=_variance,
    needs_persons=True,
    scaled_by_per=True,
    caution="En person kan göra flera besök. Då är slumpens spann bredare än det som visas, och ingen jämförelse görs.",
)
