"""Groups side by side for each area: for groups that overlap, or whose size matters more than their share."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard.charts import Chart, _columns
from naravard.charts._frame import (
    BAR_GAP,
    BAR_HEIGHT,
    Part,
    area_name,
    bar,
    bars_height,
    frame,
    longest,
    notes_on_absent,
)
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.tables import bar_colour, drawn_groups, group_name

_TEXT_SIZE = 13


def _fits(result: ProtectedResult) -> bool:
    """Several groups side by side."""
    return len(result.groups) > 1 and not result.indicator.kind.parts_add_up


def _draw(result: ProtectedResult) -> Figure:
    """Horizontal bars by area and group. With the län alone, one bar per group.

    Where kommuner are shown the län has no bars: beside it theirs would be too short to read. It is in the table.
    """
    return _kommuner(result) if result.has_kommuner else _without_kommuner(result)


def _kommuner(result: ProtectedResult) -> Figure:
    rows = result.kommuner
    parts = drawn_groups(result)
    band = BAR_HEIGHT * (1 + len(parts)) / 3
    bars: list[Part] = []
    notes: list[Part] = []
    for position, group in enumerate(parts):
        mine = [row for row in rows if row.grupp == group]
        colour = theme.GROUPS[position % len(theme.GROUPS)]
        look = {"marker": {"color": colour}, "textfont": {"size": _TEXT_SIZE}}
        names = _names(mine, result)
        bars.append(bar(mine, names, result, name=result.group_label(group), **look))
        middle = ((len(parts) - 1) / 2 - position) * band * (1 - BAR_GAP) / len(parts)
        notes += notes_on_absent(mine, names, shift=middle, size=_TEXT_SIZE)
    drawn_rows = [row for row in rows if row.grupp in parts]
    rows_of_all = [row for row in result.measured_rows if row.is_kommun and row.grupp in parts]
    return frame(
        bars,
        result,
        bars_height(round(len(set(_names(drawn_rows, result))) * band / BAR_HEIGHT)),
        has_legend=True,
        annotations=notes,
        barmode="group",
        xaxis={"range": [0, longest(rows_of_all) * 1.16], "showticklabels": False, "showgrid": False},
        yaxis={"autorange": "reversed"},
    )


def _without_kommuner(result: ProtectedResult) -> Figure:
    rows = result.rows
    labels = [group_name(row, result) for row in rows]
    return frame(
        [bar(rows, labels, result, marker={"color": [bar_colour(row, result.indicator) for row in rows]})],
        result,
        bars_height(max(2, len(rows))),
        annotations=notes_on_absent(rows, labels),
        xaxis={"range": [0, longest(rows) * 1.14], "showticklabels": False, "showgrid": False},
        yaxis={"autorange": "reversed"},
    )


def _names(rows: Sequence[ProtectedRow], result: ProtectedResult) -> list[str]:
    return [area_name(row, result) for row in rows]


def _draw_on_wall(results: Sequence[ProtectedResult]) -> Figure:
    """Before a room the groups stand beside each other; side by side in one row their numbers would be too small."""
    return _columns.draw(results) if results[0].has_kommuner else _draw(results[0])


CHART = Chart("Staplar per grupp", 2, _fits, _draw, native="groups", draw_on_wall=_draw_on_wall)
