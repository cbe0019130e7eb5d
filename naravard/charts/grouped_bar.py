"""Groups side by side for each area: for groups that overlap, or whose size matters more than their share."""

from __future__ import annotations

from plotly.graph_objects import Bar, Figure

from naravard import theme
from naravard.charts._frame import areas, bars_height, frame, hover, reason
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import MISSING
from naravard.wording import value


def draw(result: ProtectedResult) -> Figure:
    """Horizontal bars by area and group. With the län alone, one bar per group.

    Where kommuner are shown the län has no bars: beside it theirs would be too short to read. It is in the table.
    """
    if not result.has_kommuner:
        return _groups_of_one_area(result)
    rows = list(result.kommuner)
    shown = [g for g in result.groups if any(r.grupp == g and r.skydd != MISSING and r.varde != 0 for r in rows)]
    parts = [group for group in shown if group != "totalt"]
    figure = Figure([_bars(result, [r for r in rows if r.grupp == g], i) for i, g in enumerate(parts)])
    top = max((row.varde for row in rows if row.varde is not None and row.grupp in parts), default=1) or 1
    figure.update_layout(barmode="group")
    figure.update_xaxes(range=[0, top * 1.16], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    figure.update_traces(textfont={"size": 13})
    return frame(figure, result, bars_height(len(areas(rows))) * (1 + len(parts)) // 3, legend=True)


def _bars(result: ProtectedResult, rows: list[ProtectedRow], position: int) -> Bar:
    label = result.group_label(rows[0].grupp)
    texts = [value(row, result.indicator) if row.varde is not None else reason(row) for row in rows]
    return Bar(
        name=label,
        x=[row.varde or 0 for row in rows],
        y=[row.kommun for row in rows],
        orientation="h",
        marker={"color": theme.GROUPS[position % len(theme.GROUPS)]},
        text=texts,
        textposition="outside",
        cliponaxis=False,
        hovertext=[f"{label}. {hover(row, text)}" for row, text in zip(rows, texts, strict=True)],
        hoverinfo="text",
    )


def _groups_of_one_area(result: ProtectedResult) -> Figure:
    rows = list(result.rows)
    texts = [value(row, result.indicator) if row.varde is not None else reason(row) for row in rows]
    labels = [result.group_label(row.grupp) for row in rows]
    several = len(areas(rows)) > 1
    figure = Figure(
        Bar(
            x=[row.varde or 0 for row in rows],
            y=[f"{row.kommun}, {label.lower()}" if several else label for row, label in zip(rows, labels, strict=True)],
            orientation="h",
            marker={"color": [theme.COMPARATOR if row.kommun_kod == result.lan_kod else theme.NATION for row in rows]},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hovertext=[f"{lab}. {hover(row, text)}" for row, lab, text in zip(rows, labels, texts, strict=True)],
            hoverinfo="text",
        )
    )
    top = max((row.varde for row in rows if row.varde is not None), default=1) or 1
    figure.update_xaxes(range=[0, top * 1.14], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    return frame(figure, result, bars_height(max(2, len(rows))))
