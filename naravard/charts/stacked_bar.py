"""A distribution: one bar of 100 % per area, its steps from low to high in one colour that deepens."""

from __future__ import annotations

from plotly.graph_objects import Bar, Figure

from naravard import theme
from naravard.charts._frame import areas, bars_height, frame, hover
from naravard.disclosure import ProtectedResult
from naravard.format import HIDDEN
from naravard.wording import value

_ROOM_FOR_TEXT = 6


def draw(result: ProtectedResult) -> Figure:
    """Stacked horizontal bars. A hidden part is left out of its bar, which then is short of 100 % and says so."""
    figure = Figure()
    for position, group in enumerate(result.groups):
        rows = [row for row in result.rows if row.grupp == group]
        figure.add_trace(
            Bar(
                name=result.group_label(group),
                x=[row.varde or 0 for row in rows],
                y=[row.kommun for row in rows],
                orientation="h",
                marker={
                    "color": theme.ORDERED[position % len(theme.ORDERED)],
                    "line": {"color": theme.PAPER, "width": 1},
                },
                text=[value(r, result.indicator) if (r.varde or 0) >= _ROOM_FOR_TEXT else "" for r in rows],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": theme.TEXT if position < 3 else theme.PAPER, "size": 13},
                hovertext=[f"{result.group_label(group)}. {hover(row, value(row, result.indicator))}" for row in rows],
                hoverinfo="text",
            )
        )
    for name in areas([row for row in result.rows if row.skydd == HIDDEN]):
        figure.add_annotation(x=100, y=name, text=HIDDEN, xanchor="left", showarrow=False, xshift=6)
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 104], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    return frame(figure, result, bars_height(len(areas(result.rows))), legend=True)
