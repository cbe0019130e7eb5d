"""What a native chart shows of a result, whatever it is drawn as: names, values, colours and how numbers are written.

What is hidden or missing has no value, and its name tells why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from naravard.base import periods
from naravard.base.breaks import between
from naravard.base.numbers import (
    HIDDEN,
    NBSP,
    enumeration,
    number,
)
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import amounts, provenance, series, theme, verdicts
from naravard.telling.lines import AreaLine, area_lines, with_limits
from naravard.telling.series import ControlChart
from naravard.telling.tables import (
    bar_colour,
    drawn_groups,
    group_name,
    part_colours,
    rows_with_bars,
)

_WHOLE = 100
"""All of them, in percent."""
_MOST_DECIMALS = 12
_BREAK = "nytt mätsätt"
"""Stands between two periods that are measured in different ways: no line goes over it."""
_NAMED_GROUPS = 3
"""With more groups than so, those that are hidden are not named at the area."""
_LONGEST_NAMES = 24
"""The names of groups have so much room beside a kommun's; longer ones would take the height of the bars."""
_CENTRE = "Medel (styrdiagram)"
_CONTROL_LINES: Mapping[str, Callable[[ControlChart], Sequence[float]]] = {
    _CENTRE: lambda chart: [chart.centre] * len(chart.points),
    "Gränser (styrdiagram)": lambda chart: chart.lower,
    "Övre gräns (styrdiagram)": lambda chart: chart.upper,
}
_TOO_SMALL = '[<3.5]""'
"""The part of a bar in which no number has room."""


class Series(NamedTuple):
    """Values in the order of the names, None where there is none to show, and one colour, or one of each.

    `limits` are the ends of each value's 95 % interval; empty where none are drawn. A `faint` line is one among many,
    and `control` is what a line of a control chart is.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    limits: tuple[tuple[float, float] | None, ...] = ()
    faint: bool = False
    control: Literal["", "centre", "limit"] = ""


@dataclass(frozen=True)
class Plot:
    """Names along one axis, the series of values, and their number format as Excel stores it."""

    names: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str
    rows_beside: tuple[ProtectedRow, ...] = ()
    """Rows that the axis has room for beside what is drawn: those of other slides that it is compared with."""

    @property
    def longest(self) -> float:
        """The largest value or end of an interval, for the length of the axis; 1 where there is none."""
        values = [v for s in self.series for v in s.values if v is not None]
        ends = [limit[1] for s in self.series for limit in s.limits if limit]
        others = [end for row in self.rows_beside for end in (row.varde, row.ovre if ends else None) if end is not None]
        return max([*values, *ends, *others], default=1) or 1


def by_area(result: ProtectedResult) -> Plot:
    """One bar per area, and one marked. Of counts the län has none: it would flatten the others."""
    rows = rows_with_bars(result, result.rows)
    marks = provenance.footnote_numbers(result.remarks)
    names = [_with_mark(_area_name(row, marks.get(row.kommun_kod)), row.kommun_kod, result.own_kommun) for row in rows]
    return replace(_single(result, rows, names), rows_beside=tuple(rows_with_bars(result, result.whole_rows)))


def by_group(result: ProtectedResult) -> Plot:
    """One bar per group, for what is known of the län alone."""
    return _single(result, result.rows, [f"{group_name(row, result)}{_absent(row)}" for row in result.rows])


def by_area_and_group(result: ProtectedResult) -> Plot:
    """A series per group, for each kommun, one marked."""
    groups = drawn_groups(result)
    colours = [theme.GROUPS[i % len(theme.GROUPS)] for i in range(len(groups))]
    number_format = _number_format(result.indicator, result.kommuner)
    rows_beside = tuple(row for row in result.whole_rows if row.is_kommun and row.grupp in groups)
    return replace(_several(result, result.kommuner, groups, colours, number_format), rows_beside=rows_beside)


def steps(result: ProtectedResult) -> Plot:
    """Parts of a whole from the highest step, so that they are stacked from the right; one kommun marked."""
    colours = [colour for colour, _ in part_colours(result)]
    number_format = _format_of_steps(result.indicator, result.rows)
    return _several(result, result.rows, result.groups[::-1], colours[::-1], number_format)


def over_time(result: ProtectedResult) -> Plot:
    """A line for each area over the periods of the commonest length, the län and riket last.

    More kommuner than can be told apart are faint, but for the one that is marked. Of counts with kommuner the län has
    no line: it would flatten the others. Periods lie at even distances: one that lacks is a gap in all lines.
    """
    group = result.lead_group
    rows = {(row.kommun_kod, row.matperiod): row for row in result.rows if row.grupp == group}
    names = _with_gaps(next(iter(series.lengths(period for _, period in rows)), []), result)
    koder = [kod for kod, _ in rows]
    lines = [_line(each, names, rows) for each in area_lines(koder, result)]
    for kod in with_limits(koder, result):
        own_rows = [row for name in names if (row := rows.get((kod, name)))]
        lines += _control_lines(series.control_charts(own_rows, result.indicator, result.breaks), names)
    return Plot(tuple(map(_name_of_period, names)), tuple(lines), _number_format(result.indicator, list(rows.values())))


def _control_lines(control_charts: Sequence[ControlChart], names: Sequence[str]) -> Iterator[Series]:
    """The centre and both limits of all ways to measure, with a gap between them."""
    for name, values_of in _CONTROL_LINES.items() if control_charts else ():
        by_period = {
            row.matperiod: value
            for chart in control_charts
            for row, value in zip(chart.points, values_of(chart), strict=True)
        }
        control: Literal["centre", "limit"] = "centre" if name == _CENTRE else "limit"
        yield Series(name, tuple(map(by_period.get, names)), (theme.TEXT,), control=control)


def _line(of: AreaLine, names: Sequence[str], rows: Mapping[tuple[str, str], ProtectedRow]) -> Series:
    own_rows = [rows.get((of.kod, name)) for name in names]
    name = next(row.kommun for row in own_rows if row)
    return Series(name, tuple(row.varde if row else None for row in own_rows), (of.colour,), faint=of.faint)


def _with_gaps(names: Sequence[str], result: ProtectedResult) -> list[str]:
    """Years with those between them that no area has, and a place between two that are measured in different ways."""
    if names and all(name.isdigit() for name in names):
        names = [str(year) for year in range(int(names[0]), int(names[-1]) + 1)]
    with_breaks: list[str] = []
    for name in names:
        is_new = bool(with_breaks and between(result.breaks, with_breaks[-1], name, result.lan_kod))
        with_breaks += [_BREAK, name] if is_new else [name]
    return with_breaks


def _name_of_period(name: str) -> str:
    return name if name == _BREAK or name.isdigit() else periods.when(name)


def _with_mark(name: str, kod: str, kommun: str) -> str:
    return f"► {name}" if kommun and kod == kommun else name


def _single(result: ProtectedResult, rows: Sequence[ProtectedRow], names: Iterable[str]) -> Plot:
    colours = tuple(_colour(row, result.indicator, result.own_kommun) for row in rows)
    limits = tuple(None if row.nedre is None or row.ovre is None else (row.nedre, row.ovre) for row in rows)
    bars = Series(_unit(result), tuple(row.varde for row in rows), colours, limits if any(limits) else ())
    return Plot(tuple(names), (bars,), _number_format(result.indicator, rows))


def _colour(row: ProtectedRow, indicator: Indicator, kommun: str) -> str:
    """As on screen; where one kommun is marked it alone has the colour of figures, and the triangles say who differ."""
    if not kommun or not row.is_kommun:
        return bar_colour(row, indicator)
    return theme.FIGURE if row.kommun_kod == kommun else theme.UNSURE


def _several(
    result: ProtectedResult,
    rows: Sequence[ProtectedRow],
    groups: Sequence[str],
    colours: Sequence[str],
    number_format: str,
) -> Plot:
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in rows)
    rows_by_group = {group: [result.row(kod, group) for kod, _ in areas] for group in groups}
    parts = tuple(
        Series(result.group_label(group), tuple(row.varde if row else None for row in rows_by_group[group]), (colour,))
        for group, colour in zip(groups, colours, strict=True)
    )
    names = tuple(_with_mark(_name_of_groups(kod, name, groups, result), kod, result.own_kommun) for kod, name in areas)
    return Plot(names, parts, number_format)


def _unit(result: ProtectedResult) -> str:
    return result.indicator.enhet or result.indicator.titel


def _area_name(row: ProtectedRow, note: int | None) -> str:
    """`Borgholm¹ ▼▼`, `Högsby (dolt)`: all that a bar says without its colour."""
    raised = str(note).translate(provenance.RAISED) if note else ""
    mark = f" {verdicts.shape(row)}" if row.is_kommun and verdicts.shape(row) else ""
    return f"{row.kommun}{raised}{mark}{_absent(row)}"


def _absent(row: ProtectedRow) -> str:
    if row.varde is not None:
        return ""
    return " (dolt)" if row.skydd == HIDDEN else f" ({amounts.MISSING_WHY})"


def _name_of_groups(kod: str, name: str, groups: Sequence[str], result: ProtectedResult) -> str:
    """The area, and which of its groups have no bar and why."""
    rows = [(group, result.row(kod, group)) for group in groups]
    hidden = [group for group, row in rows if row is not None and row.skydd == HIDDEN]
    missing = [group for group, row in rows if row is None or (row.varde is None and row.skydd != HIDDEN)]
    reasons = [_reason(hidden, "dolt", groups, result), _reason(missing, amounts.MISSING_WHY, groups, result)]
    why = ", ".join(filter(None, reasons))
    return f"{name} ({why})" if why else name


def _reason(absent: Sequence[str], why: str, groups: Sequence[str], result: ProtectedResult) -> str:
    """Why some of the groups are absent, and which."""
    if not absent or len(absent) == len(groups):
        return why if absent else ""
    names = enumeration([result.group_label(group) for group in absent])
    is_long = len(groups) > _NAMED_GROUPS or len(names) > _LONGEST_NAMES
    return f"{'delvis' if is_long else names} {why}"


def _number_format(indicator: Indicator, rows: Sequence[ProtectedRow]) -> str:
    """The number format; more than none does not read as none (`<1 %`), nor fewer than all as all (`>99 %`).

    A format has room for two conditions: where a chart would need both, it has so many decimals that it needs neither.
    """
    plain, smallest = _plain_format(indicator, indicator.decimaler), 10**-indicator.decimaler
    unit = f"{NBSP}%" if indicator.in_percent else ""
    is_least, is_most = _ends(indicator, rows, indicator.decimaler)
    if is_least and is_most:
        decimals = next(n for n in range(indicator.decimaler, _MOST_DECIMALS) if not any(_ends(indicator, rows, n)))
        return _plain_format(indicator, decimals)
    if is_least:
        return f'[=0]{plain};[<{smallest / 2}]"<{number(smallest, indicator.decimaler)}{unit}";{plain}'
    return _format_of_most(indicator) if is_most else plain


def _format_of_steps(indicator: Indicator, rows: Sequence[ProtectedRow]) -> str:
    """As `_number_format`, without numbers where they have no room: the share that is left is told by the others."""
    decimals = next(n for n in range(indicator.decimaler, _MOST_DECIMALS) if not _ends(indicator, rows, n)[1])
    return f"{_TOO_SMALL};{_plain_format(indicator, decimals)}"


def _ends(indicator: Indicator, rows: Sequence[ProtectedRow], decimals: int) -> tuple[bool, bool]:
    """Whether any value would be rounded to none though it is more, and any to all though it is fewer."""
    values, half = [row.varde for row in rows if row.varde is not None], 10**-decimals / 2
    is_least = any(0 < value < half for value in values)
    return is_least, indicator.in_percent and any(_WHOLE - half <= value < _WHOLE for value in values)


def _format_of_most(indicator: Indicator) -> str:
    plain, smallest = _plain_format(indicator, indicator.decimaler), 10**-indicator.decimaler
    most = number(_WHOLE - smallest, indicator.decimaler)
    return f'[={_WHOLE}]{plain};[>={_WHOLE - smallest / 2}]">{most}{NBSP}%";{plain}'


def _plain_format(indicator: Indicator, decimals: int) -> str:
    """As Excel stores it (`#,##0`); each reader sees the separators of their own country."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}"{NBSP}%"' if indicator.in_percent else digits
