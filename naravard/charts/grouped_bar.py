"""Groups side by side for each area: for groups that overlap, or whose size matters more than their share."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard import periods, theme
from naravard.charts._frame import BAR_GAP, BAR_HEIGHT, bar, bar_colour, bars_height, frame, longest, note_absent
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import MISSING
from naravard.model import NO_GROUP

LABEL, PLACE = "Staplar per grupp", 2
_TEXT_SIZE = 13


def fits(result: ProtectedResult) -> bool:
    """Several groups side by side."""
    return len(result.groups) > 1 and result.indicator.kind != "distribution"


def draw(result: ProtectedResult) -> Figure:
    """Horizontal bars by area and group. With the län alone, one bar per group.

    Where kommuner are shown the län has no bars: beside it theirs would be too short to read. It is in the table.
    """
    return _kommuner(result) if result.has_kommuner else _without_kommuner(result)


def _kommuner(result: ProtectedResult) -> Figure:
    rows = result.kommuner
    used = {row.grupp for row in rows if row.skydd != MISSING and row.varde != 0}
    parts = [group for group in result.groups if group in used and group != NO_GROUP]
    band = BAR_HEIGHT * (1 + len(parts)) / 3
    figure = Figure()
    for position, group in enumerate(parts):
        mine = [row for row in rows if row.grupp == group]
        colour = theme.GROUPS[position % len(theme.GROUPS)]
        label = result.group_label(group)
        figure.add_trace(bar(mine, _names(mine), result, name=label, marker={"color": colour}))
        middle = ((len(parts) - 1) / 2 - position) * band * (1 - BAR_GAP) / len(parts)
        for row in mine:
            note_absent(figure, row.kommun, row, shift=middle, size=_TEXT_SIZE)
    shown = [row for row in rows if row.grupp in parts]
    figure.update_layout(barmode="group")
    figure.update_xaxes(range=[0, longest(shown) * 1.16], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    figure.update_traces(textfont={"size": _TEXT_SIZE})
    return frame(figure, result, bars_height(round(len(set(_names(shown))) * band / BAR_HEIGHT)), legend=True)


def _without_kommuner(result: ProtectedResult) -> Figure:
    rows = result.rows
    labels = [_label(row, result) for row in rows]
    figure = Figure(bar(rows, labels, result, marker={"color": [bar_colour(row, result.indicator) for row in rows]}))
    for row, label in zip(rows, labels, strict=True):
        note_absent(figure, label, row)
    figure.update_xaxes(range=[0, longest(rows) * 1.14], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    return frame(figure, result, bars_height(max(2, len(rows))))


def _names(rows: Sequence[ProtectedRow]) -> list[str]:
    return [row.kommun for row in rows]


def _label(row: ProtectedRow, result: ProtectedResult) -> str:
    """The group; with its area where there are several, and its year where each area has its own."""
    label = result.group_label(row.grupp)
    if len(set(_names(result.rows))) > 1:
        label = row.kommun if row.grupp == NO_GROUP else f"{row.kommun}, {label.lower()}"
    return f"{label} ({periods.year(row.matperiod)})" if result.indicator.period_per_omrade else label
