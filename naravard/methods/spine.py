"""Where one value lies among several: the comparator in the middle, the range on both sides.

Source: Public Health England, Fingertips Technical Guidance: Spine charts. The scale is the same to both sides of the
comparator, and as long as the farther end needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Spine(NamedTuple):
    """Places from 0 (left) to 1 (right); what is compared with lies at 0.5."""

    low: float
    quarter: float
    three_quarters: float
    high: float
    at: float


def spine(values: Sequence[float], own: float, comparator: float, *, turned: bool = False) -> Spine | None:
    """The places of the smallest value, the quartiles, the largest and one's own, in the unit of the values.

    `turned` puts the largest to the left, for what is worse the higher it is. None for fewer than four values, whose
    quartiles say nothing, or where all are equal. Quartiles: Hyndman & Fan, The American Statistician 50 (1996)
    361–365, type 7.
    """
    if len(values) < 4:
        return None
    reach = max(abs(value - comparator) for value in (*values, own))
    if not reach:
        return None
    points = [min(values), *np.quantile(values, (0.25, 0.75)), max(values), own]
    low, quarter, three_quarters, high, at = (
        0.5 + (-1 if turned else 1) * (p - comparator) / (2 * reach) for p in points
    )
    if turned:
        low, quarter, three_quarters, high = high, three_quarters, quarter, low
    return Spine(float(low), float(quarter), float(three_quarters), float(high), float(at))
