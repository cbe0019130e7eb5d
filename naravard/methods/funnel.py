"""Limits around an average, by the size of what is compared: a figure outside differs from the average.

A point is outside its limits exactly when its own interval (wilson, poisson) leaves the average out, so that a funnel
and a row of intervals never disagree.

Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005)
1185–1202.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from naravard.methods import Z95, Array, Like, arrays, plain, poisson, wilson

TIE = 1e-9
"""A limit this near to a whole count, as a part of the total, is settled by the interval of that count."""


def share_limits(total: Like, average: Like, z: float = Z95) -> tuple[Like, Like]:
    """Lower and upper limit of a share of `total`, as fractions within [0, 1], around an average share.

    Both are broadcast. A total that is not above 0, or an average outside [0, 1], gives nan. Source: as above; the
    score test, which Wilson's interval turns around.
    """
    totals, averages = arrays(total, average)
    n = np.where((totals > 0) & (averages >= 0) & (averages <= 1), totals, np.nan)
    half = z * np.sqrt(np.where(np.isnan(n), np.nan, averages * (1 - averages)) / n)
    low, high = np.clip(averages - half, 0, 1), np.clip(averages + half, 0, 1)
    return plain(_settled(low, n, averages, z, side=-1)), plain(_settled(high, n, averages, z, side=1))


def rate_limits(exposure: Like, average: Like, z: float = Z95) -> tuple[Like, Like]:
    """The smallest and largest rate, of whole counts, whose own interval holds the average rate.

    Both are broadcast; rates are events per unit of exposure. An exposure that is not above 0, or a negative average,
    gives nan. Source: as above, with the limits of poisson.interval.
    """
    exposures, averages = arrays(exposure, average)
    known_exposures = np.where((exposures > 0) & (averages >= 0), exposures, np.nan)
    expected_counts = averages * known_exposures
    # far enough up for any interval of that count to lie above what is expected
    most = np.ceil(expected_counts + 2 * z * np.sqrt(expected_counts) + 4 * z**2 + 20)
    smallest = _first(lambda counts: poisson.interval(counts, z)[1] >= expected_counts, most)
    largest = _first(lambda counts: poisson.interval(counts, z)[0] > expected_counts, most) - 1
    return plain(np.asarray(smallest / known_exposures)), plain(np.asarray(largest / known_exposures))


def _settled(limit: Array, total: Array, average: Array, z: float, side: int) -> Array:
    """Limits with ties and rounding decided by the interval of the count that lies on the limit."""
    count = np.round(limit * total)
    tie = np.abs(limit * total - count) <= TIE * total
    low, high = wilson.interval(count, total, z)
    inside = (low <= average) & (average <= high)
    share = count / total
    return np.where(tie, np.where(inside, share, np.nextafter(share, -side)), limit)


def _first(holds: Callable[[Array], Array], most: Array) -> Array:
    """The smallest whole numbers from 0 for which `holds` is true, true for all larger ones and for `most`."""
    low, high = np.zeros_like(most), most
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        reached = holds(middle)
        low, high = np.where(reached, low, middle + 1), np.where(reached, middle, high)
    return low
