"""A rate: events per so many inhabitants. One person can have several, so it can exceed the population."""

from naravard.figures.kinds import Kind, remembered
from naravard.figures.kinds._ratio import value, whole
from naravard.methods import Z95, compare, funnel, poisson
from naravard.methods.compare import counts_differ


@remembered
def _interval(events: int, population: int) -> tuple[float, float]:
    low, high = poisson.rate_interval(events, population, Z95)
    return float(low), float(high)


def _differs(events: int, population: int, later: int, later_population: int) -> bool:
    return counts_differ(events, later, population, later_population)


@remembered
def _level_against_value(events: int, population: int, reference: float) -> int:
    return int(compare.rate_against(events, population, reference))


@remembered
def _level_against_counts(events: int, population: int, other: int, other_population: int) -> int:
    return int(compare.rates(events, population, other, other_population))


KIND = Kind(
    "rate",
    3,
    value=value,
    differs=whole(_differs),
    interval=_interval,
    level_against_value=_level_against_value,
    level_against_counts=_level_against_counts,
    funnel_limits=funnel.rate_limits,
    scaled_by_per=True,
    caution="En person kan göra flera besök. Då är osäkerheten större än den som visas.",
)
