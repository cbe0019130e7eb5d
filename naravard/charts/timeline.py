"""The län over time: a point per period with its value. Years without a figure are gaps, not zeros."""

from __future__ import annotations

from plotly.graph_objects import Figure

from naravard.charts import Chart
from naravard.charts._frame import frame
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.amounts import value

_HEIGHT = 320


def _fits(result: ProtectedResult) -> bool:
    """Only where the indicator asks for it: the län's figures over the years, without kommuner."""
    return result.indicator.is_series


def _draw(result: ProtectedResult) -> Figure:
    """A line through the periods of the län, placed by year."""
    rows = [row for row in result.rows if row.kommun_kod == result.lan_kod and row.varde is not None and row.taljare_ar]
    if not rows:
        return Figure()
    texts = [value(row, result.indicator) for row in rows]
    line = {
        "type": "scatter",
        "x": [row.taljare_ar for row in rows],
        "y": [row.varde for row in rows],
        "mode": "lines+markers+text",
        "line": {"color": theme.FIGURE, "width": 2},
        "marker": {"size": 9, "color": theme.FIGURE},
        "text": texts,
        "textposition": "top center",
        "cliponaxis": False,
        "hovertext": [f"{row.taljare_ar}: {text}" for row, text in zip(rows, texts, strict=True)],
        "hoverinfo": "text",
    }
    top = max(row.varde for row in rows if row.varde is not None)
    return frame(
        [line],
        result,
        _HEIGHT,
        xaxis={"tickvals": [row.taljare_ar for row in rows], "tickformat": "d", "showgrid": False},
        yaxis={"range": [0, top * 1.2], "showticklabels": False, "showgrid": False},
    )


CHART = Chart("Över tid", 6, _fits, _draw, native="line")
