"""How far from the whole a part of it lies by chance alone: a kommun is one of those that its län is made of.

Two limits: at 95 % the score test with the variance of a part, P(1 − P)(1/n − 1/N), and at 99.8 % the mid-p of the
exact distribution of the part's count where the whole is given, which holds near none and all too. Where few are
expected to have it, or to be without, the score test errs less often than it says: there a count is outside 95 % also
where counts as improbable as it, or more so, have a mid-p below 5 %. With `between`, the standard deviation of the
parts' true values (dispersion.py), both are from the normal distribution. A value on a limit is inside.

Sources: W. G. Cochran, Sampling techniques, 3rd edition, Wiley (1977), section 3.2, for the variance; H. O. Lancaster,
Significance tests in discrete distributions, Journal of the American Statistical Association 56 (1961) 223–234, for the
mid-p; G. H. Freeman and J. H. Halton, Note on an exact treatment of contingency, Biometrika 38 (1951) 141–149, for
counts in the order of their probability; D. J. Spiegelhalter, Handling over-dispersion of performance indicators,
Quality and Safety in Health Care 14 (2005) 347–351, for `between`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from naravard.methods import Z95, Z998

FEW_EXPECTED = 8
"""Where fewer are expected the score test at 95 % is too seldom outside (docs/metod.md)."""
ALPHA95 = 0.05
TAIL998 = 0.001
"""Probability in each tail outside 99.8 %."""
_SAME = 1e-9
"""Probabilities that differ by no more than this part are the same."""
_REACH = 9
"""Standard deviations on each side of what is expected beyond which no count has a probability that matters."""


class Limits(NamedTuple):
    """Limits of chance around the whole's value, in its unit; nan where there is nothing to compare with."""

    low95: float
    high95: float
    low998: float
    high998: float


NONE = Limits(math.nan, math.nan, math.nan, math.nan)


def level(value: float, limits: Limits) -> int:
    """0 inside the limits, ±1 outside 95 %, ±2 outside 99.8 %; 0 where there are none."""
    above = int(value > limits.high95) + int(value > limits.high998)
    return above - int(value < limits.low95) - int(value < limits.low998)


def share_limits(total: int, whole_count: int, whole_total: int, between: float = 0) -> Limits:
    """Limits of the share of `total` persons among the `whole_total` of which `whole_count` have it, as fractions.

    `between` is in the same unit. NONE where the part is the whole, or nobody.
    """
    if not 0 < total < whole_total or not 0 <= whole_count <= whole_total:
        return NONE
    average = whole_count / whole_total
    variance = average * (1 - average) * (1 / total - 1 / whole_total)
    if between or not variance:
        return normal_limits(average, variance, between, highest=1)
    others = whole_total - whole_count

    def step(count: NDArray[np.float64]) -> NDArray[np.float64]:
        return (whole_count - count) * (total - count) / ((count + 1) * (others - total + count + 1))

    counts = max(0, total - others), min(total, whole_count)
    few = total * min(average, 1 - average) < FEW_EXPECTED
    return _exact(average, variance, total, counts, step, highest=1, few=few)


def share_limits_of_value(total: int, average: float, between: float = 0) -> Limits:
    """Limits of the share of `total` persons around a share that is taken as it is: riket's. Fractions."""
    if total <= 0 or not 0 <= average <= 1:
        return NONE
    variance = average * (1 - average) / total
    if between or not variance:
        return normal_limits(average, variance, between, highest=1)
    odds = average / (1 - average)

    def step(count: NDArray[np.float64]) -> NDArray[np.float64]:
        return odds * (total - count) / (count + 1)

    return _exact(average, variance, total, (0, total), step, highest=1)


def rate_limits(exposure: int, whole_events: int, whole_exposure: int, between: float = 0) -> Limits:
    """Limits of the rate of persons among `exposure`, a part of `whole_exposure` with `whole_events`; per one.

    Given the whole, the part's count is binomial: Przyborowski and Wilenski, see compare. NONE as in share_limits.
    """
    if not 0 < exposure < whole_exposure or whole_events < 0:
        return NONE
    average, part = whole_events / whole_exposure, exposure / whole_exposure
    variance = average * (1 / exposure - 1 / whole_exposure)
    if between or not variance:
        return normal_limits(average, variance, between, highest=math.inf)

    def step(count: NDArray[np.float64]) -> NDArray[np.float64]:
        return part / (1 - part) * (whole_events - count) / (count + 1)

    few = exposure * average < FEW_EXPECTED
    return _exact(average, variance, exposure, (0, whole_events), step, highest=math.inf, few=few)


def rate_limits_of_value(exposure: int, average: float, between: float = 0) -> Limits:
    """Limits of the rate of persons among `exposure` around a rate that is taken as it is; the count is Poisson's."""
    if exposure <= 0 or average < 0:
        return NONE
    if between or not average:
        return normal_limits(average, average / exposure, between, highest=math.inf)
    mean = average * exposure

    def step(count: NDArray[np.float64]) -> NDArray[np.float64]:
        return mean / (count + 1)

    most = math.ceil(mean + 2 * _REACH * math.sqrt(mean) + _REACH**2)
    return _exact(average, average / exposure, exposure, (0, most), step, highest=math.inf)


def normal_limits(average: float, variance: float, between: float, highest: float = math.inf) -> Limits:
    """Limits of the normal distribution, within 0 and the highest that the value can be."""
    deviation = math.sqrt(variance + between**2)
    (low95, high95), (low998, high998) = (
        (max(average - z * deviation, 0.0), min(average + z * deviation, highest)) for z in (Z95, Z998)
    )
    return Limits(low95, high95, low998, high998)


def _exact(
    average: float,
    variance: float,
    size: int,
    counts: tuple[int, int],
    step: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    highest: float,
    *,
    few: bool = False,
) -> Limits:
    """The normal limits at 95 %, and at 99.8 % those of the distribution whose terms follow each other by `step`.

    Where `few` are expected those at 95 % are no wider than those of the distribution.
    """
    normal = normal_limits(average, variance, 0, highest)
    mean, deviation = average * size, size * math.sqrt(variance)
    first = max(counts[0], math.floor(mean - _REACH * deviation) - _REACH)
    last = min(counts[1], math.ceil(mean + _REACH * deviation) + _REACH)
    whole = np.arange(first, last + 1, dtype=float)
    logs = np.concatenate([[0.0], np.cumsum(np.log(step(whole[:-1])))])
    probabilities = np.exp(logs - logs.max())
    probabilities /= probabilities.sum()
    up_to = np.cumsum(probabilities) - probabilities / 2
    inside = whole[(up_to >= TAIL998) & (1 - up_to >= TAIL998)] / size
    usual = whole[_two_sided(probabilities) >= ALPHA95] / size if few else np.array([-math.inf, math.inf])
    low95, high95 = max(normal.low95, float(usual.min())), min(normal.high95, float(usual.max()))
    return Limits(low95, high95, min(low95, float(inside.min())), max(high95, float(inside.max())))


def _two_sided(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mid-p of each count: of all that are less probable, and half of those that are as probable as it."""
    in_order = np.sort(probabilities)
    sums = np.concatenate([[0.0], np.cumsum(in_order)])
    less = sums[np.searchsorted(in_order, probabilities * (1 - _SAME), side="left")]
    no_more = sums[np.searchsorted(in_order, probabilities * (1 + _SAME), side="right")]
    return np.asarray((less + no_more) / 2)
