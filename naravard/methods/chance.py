"""How many of several comparisons come out as different by chance alone.

The comparisons are taken to be independent and nothing to differ in truth. Kommuner against the average of all of them
are nearly so; the same kommun over several indicators is not, and there it is an approximation.
"""

from __future__ import annotations

import math

LEVEL = 0.95
RARELY = 0.125
"""What happens by chance in less than one case of eight happens rarely."""


def outside(count: int, level: float = LEVEL) -> float:
    """Expected number of comparisons outside by chance among `count`; it holds for dependent comparisons too.

    ValueError where count is negative or level is not within (0, 1). Source: the mean of the binomial distribution.
    """
    _check(count, level)
    return count * (1 - level)


def rarely_more(count: int, level: float = LEVEL) -> int:
    """So many of `count` independent comparisons are outside by chance, or fewer, in all cases but RARELY.

    ValueError as in outside. Source: the tail of the binomial distribution.
    """
    _check(count, level)
    up_to, many = 0.0, 0
    while True:
        up_to += math.comb(count, many) * (1 - level) ** many * level ** (count - many)
        if 1 - up_to < RARELY:
            return many
        many += 1


def _check(count: int, level: float) -> None:
    if count < 0:
        raise ValueError(f"{count} comparisons cannot be made: count must be 0 or more.")
    if not 0 < level < 1:
        raise ValueError(f"The level {level} is not between 0 and 1.")
