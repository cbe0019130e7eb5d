"""Whether two figures that both vary by chance differ more than it would make them; part.py has one and a whole.

A level is an int: 0 inside 95 %, ±1 outside at 95 %, ±2 outside at 99.8 %. Plus is above what it is compared
with. On a limit is inside. Where nothing can be told (nan, a share of nobody) the level is 0 too: whoever shows a level
knows from the total whether there is a figure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from naravard.methods import Z95, Z998, Array, Like, Numbers, arrays, plain, wilson

Levels = NDArray[np.int64]


def level(low95: Numbers, high95: Numbers, low998: Numbers, high998: Numbers, reference: Numbers) -> Levels:
    """Levels of intervals against a reference in the same unit; all are broadcast.

    nan in a limit or the reference makes no difference. Source of the two limits: D. J. Spiegelhalter, Funnel plots for
    comparing institutional performance, Statistics in Medicine 24 (2005) 1185–1202.
    """
    return _side(low95, high95, reference) + _side(low998, high998, reference)


def shares(count: Numbers, total: Numbers, other_count: Numbers, other_total: Numbers) -> Levels:
    """Levels of the shares count/total against other shares; all are broadcast. Source: see share_difference."""
    counts, totals, others, other_totals = arrays(count, total, other_count, other_total)
    at95 = share_difference(counts, totals, others, other_totals, Z95)
    at998 = share_difference(counts, totals, others, other_totals, Z998)
    return level(*at95, *at998, 0)


def share_difference(
    count: Like, total: Like, other_count: Like, other_total: Like, z: float = Z95
) -> tuple[Like, Like]:
    """Lower and upper limit of count/total − other_count/other_total, as fractions within [−1, 1].

    All are broadcast; a share of nobody gives nan. Source: R. G. Newcombe, Interval estimation for the difference
    between independent proportions: comparison of eleven methods, Statistics in Medicine 17 (1998) 873–890, method 10.
    """
    counts, totals, others, other_totals = arrays(count, total, other_count, other_total)
    share, other = _fraction(counts, totals), _fraction(others, other_totals)
    low, high = wilson.interval(counts, totals, z)
    other_low, other_high = wilson.interval(others, other_totals, z)
    difference = share - other
    down = np.sqrt((share - low) ** 2 + (other_high - other) ** 2)
    up = np.sqrt((high - share) ** 2 + (other - other_low) ** 2)
    return plain(np.asarray(difference - down)), plain(np.asarray(difference + up))


def rates(count: Numbers, exposure: Numbers, other_count: Numbers, other_exposure: Numbers) -> Levels:
    """Levels of the rates count/exposure against other rates in the same unit; all are broadcast.

    Given their sum, the count is binomial: Wilson's interval of its share of the events against the share of the
    exposure. No events at all, or an exposure that is not above 0, gives 0. Source: J. Przyborowski and H. Wilenski,
    Homogeneity of results in testing samples from Poisson series, Biometrika 31 (1940) 313–323.
    """
    counts, both, share = _given_the_sum(count, exposure, other_count, other_exposure)
    return level(*wilson.interval(counts, both, Z95), *wilson.interval(counts, both, Z998), share)


def counts_differ(old: float, new: float, old_total: float = 1, new_total: float = 1, z: float = Z95) -> bool:
    """Whether two counts, of as many persons or per `total`, differ; not where a total is not above 0.

    Source: see rates.
    """
    counts, both, share = _given_the_sum(new, new_total, old, old_total)
    return bool(_side(*wilson.interval(counts, both, z), share))


def shares_differ(old: float, old_total: float, new: float, new_total: float, z: float = Z95) -> bool:
    """Whether two shares differ: the interval of their difference leaves out 0; not where a total is 0.

    Source: see share_difference.
    """
    return bool(_side(*share_difference(new, new_total, old, old_total, z), 0))


def _side(low: Numbers, high: Numbers, reference: Numbers) -> Levels:
    """The one place that says what is outside: 1 above the reference, −1 below, 0 with the reference inside."""
    return np.greater(low, reference).astype(np.int64) - np.less(high, reference).astype(np.int64)


def _given_the_sum(
    count: Numbers, exposure: Numbers, other_count: Numbers, other_exposure: Numbers
) -> tuple[Array, Array, Array]:
    counts, exposures, others, other_exposures = arrays(count, exposure, other_count, other_exposure)
    is_known = (exposures > 0) & (other_exposures > 0)
    share = exposures / np.where(is_known, exposures + other_exposures, np.nan)
    return counts, counts + others, share


def _fraction(counts: Array, totals: Array) -> Array:
    return counts / np.where(totals > 0, totals, np.nan)
