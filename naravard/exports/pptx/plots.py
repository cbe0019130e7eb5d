"""What a native chart shows of a result, whatever it is drawn as: names, values, colours and how numbers are written.

What is hidden or missing has no value, and its name tells why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from naravard.base.kommuner import RIKET
from naravard.base.model import NO_GROUP
from naravard.base.numbers import (
    HIDDEN,
    NBSP,
    enumeration,
    number,
)
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.telling import amounts, provenance, theme, verdicts
from naravard.telling.tables import (
    bar_colour,
    drawn_groups,
    group_name,
    part_colours,
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WHOLE = 100
"""All of them, in percent."""
_NAMED_GROUPS = 3
"""With more groups than so, those that are hidden are not named at the area."""
_TOO_SMALL = '[<3.5]""'
"""The part of a bar in which no number has room."""


class Series(NamedTuple):
    """Values in the order of the names, None where there is none to show, and one colour, or one of each."""

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class Plot:
    """Names along one axis, the series of values, and their number format as Excel stores it."""

    names: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str

    @property
    def longest(self) -> float:
        """The largest value, for the length of the axis; 1 where there is none."""
        return max((v for s in self.series for v in s.values if v is not None), default=1) or 1


def by_area(result: ProtectedResult) -> Plot:
    """One bar per area. Of counts the län has none: it would flatten the others."""
    rows = [row for row in result.rows if row.grupp == result.groups[0]]
    if result.indicator.kind.is_size and result.has_kommuner:
        rows = [row for row in rows if row.is_kommun]
    marks = provenance.footnote_numbers(result.remarks)
    return _single(result, rows, [_area_name(row, marks.get(row.kommun_kod), result) for row in rows])


def by_group(result: ProtectedResult) -> Plot:
    """One bar per group, for what is known of the län alone."""
    return _single(result, result.rows, [f"{group_name(row, result)}{_absent(row)}" for row in result.rows])


def by_area_and_group(result: ProtectedResult) -> Plot:
    """A series per group, for each kommun."""
    groups = drawn_groups(result)
    colours = [theme.GROUPS[i % len(theme.GROUPS)] for i in range(len(groups))]
    return _several(result, result.kommuner, groups, colours, _number_format(result.indicator, result.kommuner))


def steps(result: ProtectedResult) -> Plot:
    """Parts of a whole from the highest step, so that they are stacked from the right."""
    colours = [colour for colour, _ in part_colours(result)]
    number_format = f"{_TOO_SMALL};{_plain_format(result.indicator, result.indicator.decimaler)}"
    return _several(result, result.rows, result.groups[::-1], colours[::-1], number_format)


def by_year(result: ProtectedResult) -> Plot:
    """The län over time, beside riket. Between the first year and the last, one without a figure is a gap."""
    group = result.indicator.huvudgrupp or (NO_GROUP if NO_GROUP in result.groups else result.groups[0])
    rows = [row for row in result.rows if row.kommun_kod == result.lan_kod and row.grupp == group]
    points: list[tuple[str, ProtectedRow | None]] = [(row.matperiod, row) for row in rows]
    years = {row.taljare_ar: row for row in rows if row.taljare_ar}
    if years and len(years) == len(rows):
        points = [(str(year), years.get(year)) for year in range(min(years), max(years) + 1)]
    names = tuple(f"{name}{_absent(row) if row else ''}" for name, row in points)
    values = tuple(row.varde if row else None for _, row in points)
    nation = {r.matperiod: r.varde for r in result.rows if (r.kommun_kod, r.grupp) == (RIKET, group)}
    name = _unit(result) if group == NO_GROUP else result.group_label(group)
    own = Series(rows[0].kommun if nation and rows else name, values, (theme.FIGURE,))
    beside = Series("Riket", tuple(nation.get(period) for period, _ in points), (theme.NATION,))
    return Plot(names, (own, beside) if nation else (own,), _number_format(result.indicator, rows))


def _single(result: ProtectedResult, rows: Sequence[ProtectedRow], names: Iterable[str]) -> Plot:
    colours = tuple(bar_colour(row, result.indicator) for row in rows)
    series = Series(_unit(result), tuple(row.varde for row in rows), colours)
    return Plot(tuple(names), (series,), _number_format(result.indicator, rows))


def _several(
    result: ProtectedResult,
    rows: Sequence[ProtectedRow],
    groups: Sequence[str],
    colours: Sequence[str],
    number_format: str,
) -> Plot:
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in rows)
    rows_by_group = {group: [result.row(kod, group) for kod, _ in areas] for group in groups}
    series = tuple(
        Series(result.group_label(group), tuple(row.varde if row else None for row in rows_by_group[group]), (colour,))
        for group, colour in zip(groups, colours, strict=True)
    )
    return Plot(tuple(_name_of_groups(kod, name, groups, result) for kod, name in areas), series, number_format)


def _unit(result: ProtectedResult) -> str:
    return result.indicator.enhet or result.indicator.titel


def _arrow(kommun_kod: str, result: ProtectedResult) -> str:
    """What tells the reader's own kommun apart on an axis, whose names are all in one type."""
    return "► " if kommun_kod == result.own_kommun else ""


def _area_name(row: ProtectedRow, note: int | None, result: ProtectedResult) -> str:
    """`Borgholm¹ ▼▼`, `Högsby (dolt)`, `► Kalmar`: all that a bar says without its colour."""
    raised = str(note).translate(_RAISED) if note else ""
    mark = f" {verdicts.shape(row)}" if row.is_kommun and verdicts.shape(row) else ""
    return f"{_arrow(row.kommun_kod, result)}{row.kommun}{raised}{mark}{_absent(row)}"


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
    own_name = f"{_arrow(kod, result)}{name}"
    return f"{own_name} ({why})" if why else own_name


def _reason(absent: Sequence[str], why: str, groups: Sequence[str], result: ProtectedResult) -> str:
    """Why some of the groups are absent, and which."""
    if not absent or len(absent) == len(groups):
        return why if absent else ""
    which = "delvis" if len(groups) > _NAMED_GROUPS else enumeration([result.group_label(group) for group in absent])
    return f"{which} {why}"


def _number_format(indicator: Indicator, rows: Sequence[ProtectedRow]) -> str:
    """The number format; more than none does not read as none (`<1 %`), nor fewer than all as all (`>99 %`).

    A format has room for two conditions: where a chart would need both, it has one decimal more.
    """
    plain, smallest = _plain_format(indicator, indicator.decimaler), 10**-indicator.decimaler
    values = [row.varde for row in rows if row.varde is not None]
    unit = f"{NBSP}%" if indicator.in_percent else ""
    is_least = any(0 < value < smallest / 2 for value in values)
    is_most = indicator.in_percent and any(_WHOLE - smallest / 2 <= value < _WHOLE for value in values)
    if is_least and is_most:
        return _plain_format(indicator, indicator.decimaler + 1)
    if is_least:
        return f'[=0]{plain};[<{smallest / 2}]"<{number(smallest, indicator.decimaler)}{unit}";{plain}'
    if is_most:
        most = number(_WHOLE - smallest, indicator.decimaler)
        return f'[={_WHOLE}]{plain};[>={_WHOLE - smallest / 2}]">{most}{unit}";{plain}'
    return plain


def _plain_format(indicator: Indicator, decimals: int) -> str:
    """As Excel stores it (`#,##0`); each reader sees the separators of their own country."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{digits}"{NBSP}%"' if indicator.in_percent else digits
