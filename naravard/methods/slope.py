"""How much a share or a rate changes per year, from its counts, with the spread around the line taken into account.

Sources: P. Armitage, Tests for linear trends in proportions and frequencies, Biometrics 11 (1955) 375–386, and W. G.
Cochran, Some methods for strengthening the common χ² tests, Biometrics 10 (1954) 417–451, for shares; A. J. Dobson and
A. G. Barnett, An introduction to generalized linear models, 3rd edition, CRC Press (2008), chapters 4 and 9, for rates;
P. McCullagh and J. A. Nelder, Generalized linear models, 2nd edition, Chapman and Hall (1989), section 4.5, for the
spread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MIN_POINTS = 5
"""With fewer the spread around the line is not known well enough for 95 % to be 95 % (docs/metod.md)."""
_LEVEL = 0.95
_ROUNDS = 50
_NEAR = 1e-10

Floats = NDArray[np.float64]


class Slope(NamedTuple):
    """The change per unit of time with its 95 % interval, the ratio of the spread to chance, and p of no change.

    Of shares the change is in fractions. Of rates it is the logarithm of what the rate is multiplied by.
    """

    change: float
    low: float
    high: float
    dispersion: float
    p: float

    @property
    def direction(self) -> int:
        """1 where it rises beyond chance, −1 where it falls, 0 where chance alone could make it so."""
        return (self.low > 0) - (self.high < 0)


def of_shares(times: Sequence[float], counts: Sequence[float], totals: Sequence[float]) -> Slope | None:
    """The slope of shares over time: Cochran and Armitage's, its variance times the spread where that is above 1.

    None for fewer than MIN_POINTS points, or where all or none have it.
    """
    time, count, total = (np.asarray(each, dtype=float) for each in (times, counts, totals))
    if len(time) < MIN_POINTS or not (total > 0).all():
        return None
    average = count.sum() / total.sum()
    away = time - (total * time).sum() / total.sum()
    weight = (total * away**2).sum()
    if not 0 < average < 1 or not weight:
        return None
    share = count / total
    change = (total * away * share).sum() / weight
    variance = average * (1 - average)
    left = float((total * (share - average - change * away) ** 2).sum() / variance)
    return _slope(float(change), math.sqrt(variance / weight), left / (len(time) - 2), len(time) - 2)


def of_rates(times: Sequence[float], counts: Sequence[float], exposures: Sequence[float]) -> Slope | None:
    """The slope of the logarithm of a rate over time: Poisson regression, the spread (Pearson's) taken in above 1.

    None for fewer than MIN_POINTS points, or without events.
    """
    time, count, exposure = (np.asarray(each, dtype=float) for each in (times, counts, exposures))
    if len(time) < MIN_POINTS or not (exposure > 0).all() or not count.sum() or not np.ptp(time):
        return None
    terms = np.column_stack([np.ones(len(time)), time - time.mean()])
    estimate = np.array([math.log(count.sum() / exposure.sum()), 0.0])
    for _ in range(_ROUNDS):
        means = exposure * np.exp(terms @ estimate)
        step = np.linalg.solve(terms.T @ (means[:, None] * terms), terms.T @ (count - means))
        estimate = estimate + step
        if np.abs(step).max() < _NEAR:
            break
    means = exposure * np.exp(terms @ estimate)
    covariance = np.linalg.inv(terms.T @ (means[:, None] * terms))
    left = float(((count - means) ** 2 / means).sum())
    return _slope(float(estimate[1]), math.sqrt(covariance[1, 1]), left / (len(time) - 2), len(time) - 2)


def _slope(change: float, error: float, dispersion: float, degrees: int) -> Slope:
    """With the normal distribution where the points lie as near to the line as chance puts them, else Student's t."""
    # 0.3 s to import, which the start of the command line should not wait for
    from scipy.special import ndtr, ndtri, stdtr, stdtrit  # type: ignore[import-untyped]  # noqa: PLC0415

    tail = (1 + _LEVEL) / 2
    if dispersion > 1:
        error *= math.sqrt(dispersion)
        quantile, p = float(stdtrit(degrees, tail)), 2 * float(stdtr(degrees, -abs(change) / error))
    else:
        quantile, p = float(ndtri(tail)), 2 * float(ndtr(-abs(change) / error))
    return Slope(change, change - quantile * error, change + quantile * error, dispersion, p)
