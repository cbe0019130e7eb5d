"""What kinds with a denominator share: a value of two counts, and Wilson's interval for shares of persons."""

from __future__ import annotations

import math
from collections.abc import Callable

from naravard.figures.kinds import TOO_FEW, Kind, remembered
from naravard.methods import Z95, compare, funnel, wilson
from naravard.methods.compare import shares_differ

_NEAR = 1e-6
"""Nearer to the bound than this, the width of a funnel is that of its settled limits."""
_Counts = tuple[int, int | None]


def value(numerator: int, denominator: int | None, scale: float) -> float | None:
    """The numerator by the denominator; None for a denominator that is 0 or not known."""
    return scale * numerator / denominator if denominator else None


def whole(test: Callable[[int, int, int, int], bool]) -> Callable[[_Counts, _Counts], bool]:
    """A test of two figures, for those of which both denominators are known and above 0."""

    @remembered
    def differs(before: _Counts, after: _Counts) -> bool:
        return bool(before[1] and after[1]) and test(before[0], before[1] or 0, after[0], after[1] or 0)

    return differs


@remembered
def _interval(numerator: int, denominator: int) -> tuple[float, float]:
    low, high = wilson.interval(numerator, denominator, Z95)
    return float(low), float(high)


@remembered
def _is_too_few(total: int, average: float) -> bool:
    if total > 0 and 0 <= average <= 1:
        half = Z95 * math.sqrt(average * (1 - average) / total)
        width = min(1.0, average + half) - max(0.0, average - half)
        if abs(width - 2 * TOO_FEW) > _NEAR:
            return width > 2 * TOO_FEW
    low, high = funnel.share_limits(total, average, Z95)
    return float(high) - float(low) > 2 * TOO_FEW


@remembered
def _level_against_value(numerator: int, denominator: int, reference: float) -> int:
    return int(compare.share_against(numerator, denominator, reference))


@remembered
def _level_against_counts(numerator: int, denominator: int, other: int, other_denominator: int) -> int:
    return int(compare.shares(numerator, denominator, other, other_denominator))


SHARE = Kind(
    "share",
    0,
    value=value,
    differs=whole(shares_differ),
    interval=_interval,
    level_against_value=_level_against_value,
    level_against_counts=_level_against_counts,
    funnel_limits=funnel.share_limits,
    is_too_few=_is_too_few,
    in_percent=True,
    part_of_whole=True,
)
"""What holds for each share of persons."""
