"""Whether several figures differ more than chance lets them, and by how much beyond it.

Sources: D. J. Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety in Health Care 14
(2005) 347–351; R. DerSimonian and N. Laird, Meta-analysis in clinical trials, Controlled Clinical Trials 7 (1986)
177–188, for the estimate of the variance between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

WINSORISED = 0.1
"""So large a part of the z values in each end is moved in to where that part begins."""
CERTAIN = 0.001
"""p of the test of no difference below which the spread, and not one figure, is the finding."""
LEAST = 4
"""Fewer figures have no spread that could be estimated."""


class Spread(NamedTuple):
    """The ratio φ of the spread to what chance gives, the standard deviation τ between, and p of no difference."""

    phi: float
    between: float
    p: float

    @property
    def is_more_than_chance(self) -> bool:
        """Whether the figures differ so much that it is the first thing to say."""
        return self.p < CERTAIN and self.between > 0


def spread(
    values: Sequence[float], variances: Sequence[float], average: float, winsorised: float = WINSORISED
) -> Spread | None:
    """The spread of values around an average, each with the variance that chance alone would give it around that.

    φ and τ (in the unit of the values) are of winsorised z values, p (χ², one degree of freedom less than there are
    values) of all as they are. None for fewer than LEAST values, or where a variance is not above 0.
    """
    value, variance = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    many = len(value)
    if many < LEAST or not (variance > 0).all():
        return None
    z = (value - average) / np.sqrt(variance)
    low, high = np.quantile(z, (winsorised, 1 - winsorised))
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    weights = 1 / variance
    size = weights.sum() - (weights**2).sum() / weights.sum()
    between = max(many * phi - (many - 1), 0) / float(size)
    return Spread(phi, math.sqrt(between), chi_square_tail(float((z**2).sum()), many - 1))


def shrunken(value: float, variance: float, average: float, between: float) -> float:
    """A value drawn towards the average by how much of its distance chance explains (empirical Bayes).

    A check of what is said of small kommuner, and never told alone. Source: B. Efron and C. Morris, Stein's paradox in
    statistics, Scientific American 236 (1977) 119–127.
    """
    weight = between**2 / (between**2 + variance) if between or variance else 1.0
    return average + weight * (value - average)


def beyond_chance(of_all: Spread | None) -> Spread | None:
    """The spread where it is more than chance, and limits are to be widened by it; else None."""
    return of_all if of_all and of_all.is_more_than_chance else None


def chi_square_tail(value: float, degrees: int) -> float:
    """Probability of at least so large a χ² with whole degrees of freedom, by the recursion of the gamma function.

    Source: M. Abramowitz and I. A. Stegun, Handbook of mathematical functions (1964), 26.4.4 and 26.4.5.
    """
    half = value / 2
    if half <= 0:
        return 1.0
    tail, order = (math.erfc(math.sqrt(half)), 0.5) if degrees % 2 else (math.exp(-half), 1.0)
    while order < degrees / 2:
        tail += math.exp(order * math.log(half) - half - math.lgamma(order + 1))
        order += 1
    return min(tail, 1.0)
