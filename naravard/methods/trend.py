"""Mann and Kendall's test of whether a series rises or falls, straight or not.

For figures without counts; those with counts have a slope (slope.py).

Sources: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945) 245–259; M. G. Kendall, A new measure of
rank correlation, Biometrika 30 (1938) 81–93, for the exact distribution; L. Carlitz, Sequences and inversions, Duke
Mathematical Journal 37 (1970) 193–198, for that with ties; M. G. Kendall, Rank correlation methods, 4th edition,
Griffin, London (1975), for the normal approximation.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, combinations

import numpy as np

from naravard.methods import Array

MIN_POINTS = 5
"""With 4 points not even a series that only rises is outside chance at 95 % (p = 0.083)."""
TOLD_FROM = 8
"""Fewer points than this only tell of a trend where hardly any pair goes the other way."""
EXACT_UP_TO = 50
"""Beyond this the normal approximation is within 0.002 of the exact p."""


def mann_kendall(values: Sequence[float] | Array) -> tuple[int, float]:
    """S, the pairs that rise less the pairs that fall, and the two-sided p of so large an S where there is no trend.

    `values` is one series in the order of time, at least MIN_POINTS of them, in any unit; ValueError for fewer, or for
    nan. p is exact, over all orders of these values, up to EXACT_UP_TO points, else the normal approximation with the
    corrections for ties and continuity. All equal gives (0, 1.0). Sources: as above.
    """
    series = np.asarray(values, dtype=float).tolist()
    if len(series) < MIN_POINTS:
        raise ValueError(f"A trend needs at least {MIN_POINTS} points, and there are {len(series)}.")
    if any(math.isnan(value) for value in series):
        raise ValueError("A trend cannot be told from a series in which a point is missing.")
    score = sum((after > before) - (after < before) for before, after in combinations(series, 2))
    ties = [size for size in Counter(series).values() if size > 1]
    return score, (_exact if len(series) <= EXACT_UP_TO else _normal)(score, len(series), ties)


def direction(values: Sequence[float] | Array, alpha: float = 0.05) -> int:
    """1 for a series that rises, −1 for one that falls, 0 where chance alone could make it so (p is not below alpha).

    Same series, errors and sources as mann_kendall.
    """
    score, p = mann_kendall(values)
    return (score > 0) - (score < 0) if p < alpha else 0


def _exact(score: int, points: int, ties: list[int]) -> float:
    """p from the orders of so many points, counted by the pairs that fall."""
    orders = _orders(points)
    for size in ties:  # the orders of equal values among themselves are one
        orders = _quotient(orders, _orders(size))
    highest = len(orders) - 1
    as_far = sum(many for falls, many in enumerate(orders) if abs(highest - 2 * falls) >= abs(score))
    return min(1.0, as_far / sum(orders))


def _orders(points: int) -> list[int]:
    """How many orders of so many unequal points have 0, 1, … pairs that fall: each new point falls against 0, 1, …"""
    orders = [1]
    for new in range(2, points + 1):
        sums = [0, *accumulate(orders)]
        longer = range(len(orders) + new - 1)
        orders = [sums[min(fall + 1, len(orders))] - sums[max(0, fall - new + 1)] for fall in longer]
    return orders


def _quotient(whole: list[int], part: list[int]) -> list[int]:
    """One polynomial by another that it is a multiple of, the lowest coefficients (which are 1) first."""
    left, quotient = list(whole), []
    for place in range(len(whole) - len(part) + 1):
        quotient.append(left[place])
        for i, coefficient in enumerate(part):
            left[place + i] -= quotient[place] * coefficient
    return quotient


def _normal(score: int, points: int, ties: list[int]) -> float:
    """p from the normal distribution, with the variance less what the ties take away."""
    variance = _weight(points) - sum(_weight(n) for n in ties)
    if not variance:
        return 1.0
    distance = max(abs(score) - 1, 0) / math.sqrt(variance / 18)
    return math.erfc(distance / math.sqrt(2))


def _weight(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)
