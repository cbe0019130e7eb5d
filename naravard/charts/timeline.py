"""The län over time, beside riket where that is known: a point per period. Years without a figure are not zeros."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard.base.kommuner import RIKET
from naravard.base.numbers import HIDDEN
from naravard.charts import Chart
from naravard.charts._frame import Part, frame
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import value, why

_HEIGHT = 320
_MOST_NUMBERS = 12
"""Where there are more years, each fifth has its number."""


def _fits(result: ProtectedResult) -> bool:
    """Only where the indicator asks for it: the län's figures over the years, without kommuner."""
    return result.indicator.is_series


def _draw(result: ProtectedResult) -> Figure:
    """A line through the periods of the län, and one of riket, placed by year."""
    areas = [rows for kod in (result.lan_kod, RIKET) if (rows := _rows_of(result, kod))]
    if not areas:
        return Figure()
    highest_end = max(rows[-1].varde or 0 for rows in areas)
    top = max(row.varde for rows in areas for row in rows if row.varde is not None)
    # the numbers of the two stand on either side, so that they do not lie on each other
    lines = [
        _line(rows, result, "top center" if (rows[-1].varde or 0) >= highest_end else "bottom center") for rows in areas
    ]
    return frame(
        [*lines, *_hidden([row for rows in areas for row in rows if row.varde is None])],
        result,
        _HEIGHT,
        has_legend=len(lines) > 1,
        xaxis={"tickvals": _numbered(areas[0]), "tickformat": "d", "showgrid": False},
        yaxis={"range": [0, top * 1.2], **_axis_of_values(areas)},
    )


def _rows_of(result: ProtectedResult, kod: str) -> list[ProtectedRow]:
    """The rows of an area that has some value: those that have one, and those whose value is hidden."""
    own_rows = [row for row in result.rows if row.kommun_kod == kod and row.taljare_ar]
    has_value = any(row.varde is not None for row in own_rows)
    return [row for row in own_rows if row.varde is not None or row.skydd == HIDDEN] if has_value else []


def _hidden(rows: Sequence[ProtectedRow]) -> list[Part]:
    """The sign of what is hidden, at the foot of the chart."""
    if not rows:
        return []
    look = {"type": "scatter", "mode": "text", "text": [HIDDEN] * len(rows), "cliponaxis": False, "showlegend": False}
    words = [f"{row.kommun} {row.taljare_ar}: {why(row)}" for row in rows]
    places = {"x": [row.taljare_ar for row in rows], "y": [0] * len(rows), "textposition": "top center"}
    return [{**look, **places, "name": "dolt", "hovertext": words, "hoverinfo": "text"}]


def _axis_of_values(areas: list[list[ProtectedRow]]) -> Part:
    """Numbers beside the chart only where some points have none of their own: twice is more to read, not to know."""
    if all(len(_numbered(rows)) == len(rows) for rows in areas):
        return {"showticklabels": False, "showgrid": False}
    return {"tickformat": ",", "nticks": 5, "gridcolor": theme.GRID}


def _numbered(rows: list[ProtectedRow]) -> list[int]:
    """The years whose numbers have room."""
    years = [row.taljare_ar for row in rows if row.taljare_ar]
    return years if len(years) <= _MOST_NUMBERS else [year for year in years if year % 5 == 0]


def _line(rows: list[ProtectedRow], result: ProtectedResult, place: str) -> Part:
    colour = theme.NATION if rows[0].kommun_kod == RIKET else theme.FIGURE
    texts = [value(row, result.indicator) for row in rows]
    numbered_years = _numbered(rows)
    return {
        "type": "scatter",
        "x": [row.taljare_ar for row in rows],
        "y": [row.varde for row in rows],
        "mode": "lines+markers+text",
        "name": rows[0].kommun,
        "line": {"color": colour, "width": 2},
        "marker": {"size": 9, "color": colour},
        "text": [text if row.taljare_ar in numbered_years else "" for row, text in zip(rows, texts, strict=True)],
        "textposition": place,
        "cliponaxis": False,
        "connectgaps": False,
        "hovertext": [f"{row.kommun} {row.taljare_ar}: {text}" for row, text in zip(rows, texts, strict=True)],
        "hoverinfo": "text",
    }


CHART = Chart("Över tid", 6, _fits, _draw, native="line", is_wide=True)
