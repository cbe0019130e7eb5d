"""Whether a series of shares or rates varies more than usual, where each point is of another number of persons.

Laney's p′ (and u′) chart: each point in standard deviations of its own size, and the limits from how much those vary
from one to the next. With equal sizes it is the XmR chart.

Source: D. B. Laney, Improved control charts for attributes, Quality Engineering 14 (2002) 531–537.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from naravard.methods import xmr
from naravard.methods.xmr import Rule

Floats = NDArray[np.float64]


def signals(
    counts: Sequence[float], sizes: Sequence[float], variance: Callable[[float], float]
) -> tuple[tuple[int, Rule], ...]:
    """The points that tell of a change, by the rules of xmr.signals, as (index, rule) in the order of time.

    `variance` is that of one person's figure at an average. ValueError for fewer points than xmr.MIN_POINTS.
    """
    away, half = _standard(counts, sizes, variance)
    return xmr.outside_usual(away, half)


def limits(
    counts: Sequence[float], sizes: Sequence[float], variance: Callable[[float], float]
) -> tuple[float, Floats, Floats]:
    """The centre, and the limits of each point, per one person. Errors as in signals."""
    count, size = (np.asarray(each, dtype=float) for each in (counts, sizes))
    average = float(count.sum() / size.sum())
    _, half = _standard(counts, sizes, variance)
    width = half * np.sqrt(variance(average) / size)
    return average, average - width, average + width


def _standard(
    counts: Sequence[float], sizes: Sequence[float], variance: Callable[[float], float]
) -> tuple[Floats, float]:
    """Each point's distance from the average in standard deviations, and the limit of those distances."""
    count, size = (np.asarray(each, dtype=float) for each in (counts, sizes))
    if len(count) < xmr.MIN_POINTS or not (size > 0).all():
        raise ValueError(f"Limits need at least {xmr.MIN_POINTS} points, each of some persons.")
    average = float(count.sum() / size.sum())
    deviation = np.sqrt(variance(average) / size)
    away = np.divide(count / size - average, deviation, out=np.zeros_like(count), where=deviation > 0)
    return away, xmr.SCALE * float(np.abs(np.diff(away)).mean())
