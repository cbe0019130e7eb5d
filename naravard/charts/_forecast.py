"""The län's inhabitants as counted, and after that as SCB expects them: two lines that are told apart by dashes too."""

from __future__ import annotations

from plotly.graph_objects import Figure

from naravard.charts._frame import Part, frame
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.amounts import value

_HEIGHT = 380


def draw(counted_result: ProtectedResult, forecast_result: ProtectedResult, base_year: int) -> Figure:
    """Both results over all their periods; the base year has a larger point."""
    lines = [
        _line(result, name, dash, base_year)
        for result, name, dash in (
            (counted_result, "Folkmängd", "solid"),
            (forecast_result, "SCB:s prognos", "dash"),
        )
    ]
    years = [year for line in lines for year in line["x"]]
    top = max(y for line in lines for y in line["y"] if y is not None)
    return frame(
        lines,
        forecast_result,
        _HEIGHT,
        has_legend=True,
        xaxis={"tickvals": _apart(years), "tickformat": "d", "showgrid": False},
        yaxis={"range": [0, top * 1.15], "showticklabels": False, "gridcolor": theme.GRID},
    )


def _apart(years: list[int]) -> list[int]:
    """Years that have room for their numbers: every fifth."""
    return [year for year in sorted(set(years)) if year % 5 == 0]


def _line(result: ProtectedResult, name: str, dash: str, base_year: int) -> Part:
    by_year = {int(row.matperiod): row for row in result.rows if row.kommun_kod == result.lan_kod}
    forecast = dash == "dash"
    # a year that was not given is a gap in what has been counted; of the forecast only some years are known
    years = sorted(by_year) if forecast else list(range(min(by_year), max(by_year) + 1))
    rows = [by_year.get(year) for year in years]
    texts = [value(row, result.indicator) if row else "" for row in rows]
    return {
        "type": "scatter",
        "x": years,
        "y": [row.varde if row else None for row in rows],
        "mode": "lines+markers+text",
        "connectgaps": False,
        "name": name,
        "line": {"color": theme.FIGURE, "width": 2.5, "dash": dash},
        "marker": {"size": [14 if year == base_year else 8 for year in years], "color": theme.FIGURE},
        "text": [
            text if year == base_year or (forecast and year % 5 == 0) else ""
            for year, text in zip(years, texts, strict=True)
        ],
        "textposition": "top center",
        "cliponaxis": False,
        "hovertext": [f"{name} {year}: {text}" for year, text in zip(years, texts, strict=True)],
        "hoverinfo": "text",
    }
