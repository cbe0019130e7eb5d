"""The smallest difference from the whole that would be seen in four cases of five, outside 95 %.

A difference as large as the limit of chance is seen in half of the cases alone.

Sources: B. Rosner, Fundamentals of biostatistics, 7th edition, Brooks/Cole (2011), section 7.10, for one share against
a fixed one; here with the variance of a part of a whole (part.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

from naravard.methods import Z95

POWER = 0.8
_STEPS = 60


def share_seen(
    total: float, average: float, side: int, whole_total: float = math.inf, between: float = 0, power: float = POWER
) -> float:
    """Least distance of a share from the average that is seen with that power, as a fraction; nan where none is.

    `side` is 1 for a share above the average, −1 for one below. `whole_total` is the size of the whole that `total` is
    a part of, infinite where the average is fixed.
    """
    most = 1 - average if side > 0 else average
    return _least(lambda share: share * (1 - share), total, average, side, whole_total, between, power, most)


def rate_seen(
    exposure: float, average: float, side: int, whole: float = math.inf, between: float = 0, power: float = POWER
) -> float:
    """The same for a rate of persons per unit of exposure."""
    most = 100 * average + 100 / exposure if side > 0 else average
    return _least(lambda rate: rate, exposure, average, side, whole, between, power, most)


def _least(
    variance: Callable[[float], float],
    size: float,
    average: float,
    side: int,
    whole: float,
    between: float,
    power: float,
    most: float,
) -> float:
    if not 0 < size < whole:
        return math.nan
    part = size / whole
    limit = Z95 * math.sqrt(variance(average) * (1 / size - 1 / whole) + between**2)
    quantile = NormalDist().inv_cdf(power)

    def beyond(distance: float) -> float:
        own, rest = average + side * distance, average - side * distance * part / (1 - part)
        of_rest = 0.0 if math.isinf(whole) else variance(max(rest, 0.0)) / (whole - size)
        deviation = math.sqrt((1 - part) ** 2 * (max(variance(own), 0.0) / size + max(of_rest, 0.0)) + between**2)
        return distance - limit - quantile * deviation

    if beyond(most) < 0:
        return math.nan
    low, high = 0.0, most
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if beyond(middle) >= 0 else (middle, high)
    return high
