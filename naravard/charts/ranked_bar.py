"""One bar per area, in Swedish order, with the value at its end and the län as a line through them."""

from __future__ import annotations

from plotly.graph_objects import Bar, Figure

from naravard import theme
from naravard.charts._frame import bar_colour, bars_height, frame, hover, reason
from naravard.disclosure import ProtectedResult
from naravard.wording import value


def draw(result: ProtectedResult) -> Figure:
    """Horizontal bars. A hidden or missing value has no bar; its place is kept and says why."""
    rows = [row for row in result.rows if row.grupp == result.groups[0]]
    if result.indicator.kind == "count" and result.has_kommuner:
        rows = [row for row in rows if row.is_kommun]  # the län's number would flatten theirs; it is in the table
    texts = [value(row, result.indicator) if row.varde is not None else reason(row) for row in rows]
    figure = Figure(
        Bar(
            x=[row.varde or 0 for row in rows],
            y=[row.kommun for row in rows],
            orientation="h",
            marker={"color": [bar_colour(row) for row in rows]},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hovertext=[hover(row, text) for row, text in zip(rows, texts, strict=True)],
            hoverinfo="text",
        )
    )
    if result.indicator.kind != "count":
        _lan_line(figure, result)
    top = max((row.varde for row in rows if row.varde is not None), default=1) or 1
    figure.update_xaxes(range=[0, top * 1.14], showticklabels=False, showgrid=False)
    figure.update_yaxes(autorange="reversed")
    return frame(figure, result, bars_height(len(rows)))


def _lan_line(figure: Figure, result: ProtectedResult) -> None:
    """A dashed line at the län's value, for shares and rates of kommuner."""
    lan = result.lan(result.groups[0])
    if lan is not None and lan.varde is not None and result.has_kommuner:
        figure.add_vline(x=lan.varde, line={"color": theme.COMPARATOR, "width": 1.5, "dash": "dot"}, layer="below")
        figure.add_annotation(
            x=lan.varde, y=0, yref="paper", text="Länet", yanchor="top", showarrow=False,
            font={"color": theme.COMPARATOR, "size": 13},
        )  # fmt: skip
