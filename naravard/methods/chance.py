"""How many of several comparisons come out as different by chance alone.

The comparisons are taken to be independent and nothing to differ in truth. Kommuner against the average of all of them
are nearly so; the same kommun over several indicators is not, and there at_least_one is an upper bound.
"""

from __future__ import annotations

LEVEL = 0.95


def outside(count: int, level: float = LEVEL) -> float:
    """Expected number of comparisons outside by chance among `count`; it holds for dependent comparisons too.

    ValueError where count is negative or level is not within (0, 1). Source: the mean of the binomial distribution.
    """
    _check(count, level)
    return count * (1 - level)


def at_least_one(count: int, level: float = LEVEL) -> float:
    """Probability that at least one of `count` independent comparisons is outside by chance.

    ValueError where count is negative or level is not within (0, 1). Source: Z. Šidák, Rectangular confidence regions
    for the means of multivariate normal distributions, Journal of the American Statistical Association 62 (1967)
    626–633.
    """
    _check(count, level)
    return float(1 - level**count)


def _check(count: int, level: float) -> None:
    if count < 0:
        raise ValueError(f"{count} comparisons cannot be made: count must be 0 or more.")
    if not 0 < level < 1:
        raise ValueError(f"The level {level} is not between 0 and 1.")
