"""Figures over time: which periods make one line, where each lies, where the line has a gap, which points stand out."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from math import inf

import numpy as np

from naravard.base import periods
from naravard.base.breaks import Break, between
from naravard.base.periods import Span
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.methods import laney, xmr

_MONTH = 30.4375
_GAP = 1.5
"""A distance of more than so many of the smallest distances has a period missing in it."""


def lengths(matperioder: Iterable[str]) -> list[list[str]]:
    """Periods with days, in the order of time: a list for each length, the commonest first."""
    in_order = sorted({name for name in matperioder if periods.span(name)}, key=periods.sort_key)
    by_length: dict[float, list[str]] = {}
    for name in in_order:
        by_length.setdefault(_length(name), []).append(name)
    return sorted(by_length.values(), key=len, reverse=True)


def middle(matperiod: str) -> date:
    """Where on the axis a period with days lies: in its middle."""
    first, last = _days(matperiod)
    return first + (last - first) / 2


def parts(in_order: Sequence[str], breaks: Sequence[Break], kommun_kod: str) -> list[list[str]]:
    """Periods of one length as the unbroken parts of one area's line."""
    distances = [_days(b).first - _days(a).first for a, b in pairwise(in_order)]
    usual = min((distance for distance in distances if distance), default=None)
    unbroken: list[list[str]] = [list(in_order[:1])]
    for name, distance in zip(in_order[1:], distances, strict=True):
        has_gap = usual is not None and distance > _GAP * usual
        if has_gap or between(breaks, unbroken[-1][-1], name, kommun_kod):
            unbroken.append([])
        unbroken[-1].append(name)
    return unbroken


def runs(in_order: Sequence[str], values: Container[str], breaks: Sequence[Break], kommun_kod: str) -> list[list[str]]:
    """The unbroken parts of one area's line, cut also where a period has no value."""
    return [
        list(run)
        for part in parts(in_order, breaks, kommun_kod)
        for has_value, run in groupby(part, key=lambda name: name in values)
        if has_value
    ]


def comparable(rows: Sequence[ProtectedRow], breaks: Sequence[Break] = ()) -> list[ProtectedRow]:
    """The rows of one area and group that have a value and are of the commonest length, in the order of time.

    Only those that are measured as the newest of them.
    """
    return next(reversed(measured_alike(rows, breaks)), [])


def measured_alike(rows: Sequence[ProtectedRow], breaks: Sequence[Break] = ()) -> list[list[ProtectedRow]]:
    """One area and group, rows with a value of the commonest length in order: a list for each way to measure."""
    with_value = {row.matperiod: row for row in rows if row.varde is not None}
    names = next(iter(lengths(with_value)), [])
    alike: list[list[ProtectedRow]] = []
    for name in names:
        if not alike or between(breaks, alike[-1][-1].matperiod, name, alike[-1][-1].kommun_kod):
            alike.append([])
        alike[-1].append(with_value[name])
    return alike


@dataclass(frozen=True)
class ControlChart:
    """Points of one area that are measured alike, their centre and limits in the unit, and those out of the usual."""

    points: tuple[ProtectedRow, ...]
    centre: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    signals: tuple[ProtectedRow, ...]


def control_charts(
    rows: Sequence[ProtectedRow], indicator: Indicator, breaks: Sequence[Break] = ()
) -> list[ControlChart]:
    """A chart for each way to measure of one area and group: a break begins limits anew. None for few points.

    By p′ where the persons behind each point are known, whose number differs; else by XmR.
    """
    parts_with_limits = [
        points for points in measured_alike(rows, breaks) if len(points) >= xmr.MIN_POINTS and not share_days(points)
    ]
    return [_control_chart(points, indicator) for points in parts_with_limits]


def _control_chart(points: Sequence[ProtectedRow], indicator: Indicator) -> ControlChart:
    if has_sizes(points, indicator):
        counts, sizes = [row.taljare or 0 for row in points], [row.namnare or 1 for row in points]
        centre, low, high = laney.limits(counts, sizes, indicator.kind.variance)
        centre, lower, upper = indicator.scale * centre, indicator.scale * low, indicator.scale * high
        places = dict(laney.signals(counts, sizes, indicator.kind.variance))
    else:
        values = [row.varde for row in points if row.varde is not None]
        natural = xmr.limits(values)
        centre, lower, upper = natural.centre, np.full(len(points), natural.lower), np.full(len(points), natural.upper)
        places = dict(xmr.signals(values))
    highest = 100.0 if indicator.kind.part_of_whole else inf
    return ControlChart(
        tuple(points),
        centre,
        tuple(np.maximum(lower, 0.0).tolist()),
        tuple(np.minimum(upper, highest).tolist()),
        tuple(points[i] for i in places),
    )


def signals(rows: Sequence[ProtectedRow], indicator: Indicator, breaks: Sequence[Break] = ()) -> list[ProtectedRow]:
    """The rows of one area and group that a control chart says are out of the usual variation."""
    return [row for chart in control_charts(rows, indicator, breaks) for row in chart.signals]


def share_days(in_order: Sequence[ProtectedRow]) -> bool:
    """Whether one period goes into the next: both count the same then, and neither trend nor signals can be told."""
    return any(periods.overlaps(one.matperiod, other.matperiod) for one, other in pairwise(in_order))


def has_sizes(rows: Sequence[ProtectedRow], indicator: Indicator) -> bool:
    """Whether each point has its counts, so that its own number of persons can be taken into account."""
    has_denominator = indicator.kind.has_denominator
    return has_denominator and all(row.taljare is not None and row.namnare for row in rows)


def ticks(matperioder: Sequence[str], most: int = 8) -> tuple[list[date], list[str]]:
    """Places on the axis of time and what stands there: the periods, where there is room for all, else months or years.

    There is room where none is nearer to another than a part of the axis.
    """
    places = sorted({middle(name): name for name in matperioder}.items())
    days = [place for place, _ in places]
    whole = (days[-1] - days[0]).days
    nearest = min(((b - a).days for a, b in pairwise(days)), default=whole)
    if len(places) <= most and nearest * most >= whole:
        return days, [name for _, name in places]
    return _calendar(days[0], days[-1], most)


def _calendar(first: date, last: date, most: int) -> tuple[list[date], list[str]]:
    """Middles of months or years, so far apart that there are at most so many."""
    begin, end = 12 * first.year + first.month - 1, 12 * last.year + last.month - 1
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if (end - begin) // step < most)
    at = [month for month in range(begin, end + 1) if month % step == (6 if step >= 12 else 0)]
    labels = [f"{month // 12}" if step >= 12 else f"{month // 12}-{month % 12 + 1:02}" for month in at]
    return [date(month // 12, month % 12 + 1, 15) for month in at], labels


def _length(matperiod: str) -> float:
    """Its days, if they are few; else its months, of whatever length."""
    first, last = _days(matperiod)
    days = (last - first).days + 1
    return days / 100 if days < 28 else round(days / _MONTH)


def _days(matperiod: str) -> Span:
    days = periods.span(matperiod)
    if days is None:
        raise ValueError(f"{matperiod!r} has no days, and so no place in time")
    return days
