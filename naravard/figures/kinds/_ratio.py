"""What kinds with a denominator share: a value of two counts, and the limits of chance for shares of persons."""

from __future__ import annotations

from collections.abc import Callable

from naravard.figures.kinds import Kind, remembered
from naravard.methods import Z95, compare, part, power, wilson
from naravard.methods.compare import shares_differ

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
def _detectable(total: float, average: float, side: int, whole_total: float, between: float) -> float:
    return power.share_seen(total, average, side, whole_total, between)


@remembered
def _level_against_counts(numerator: int, denominator: int, other: int, other_denominator: int) -> int:
    return int(compare.shares(numerator, denominator, other, other_denominator))


def _variance(average: float) -> float:
    return average * (1 - average)


SHARE = Kind(
    "share",
    0,
    value=value,
    differs=whole(shares_differ),
    interval=_interval,
    limits_of_part=remembered(part.share_limits),
    limits_of_value=remembered(part.share_limits_of_value),
    level_against_counts=_level_against_counts,
    detectable=_detectable,
    variance=_variance,
    in_percent=True,
    part_of_whole=True,
)
"""What holds for each share of persons."""
