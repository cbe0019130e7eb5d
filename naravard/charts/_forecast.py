"""An area's inhabitants as counted, and after that as SCB expects them: two lines that are told apart by dashes too."""

from __future__ import annotations

from plotly.graph_objects import Figure

from naravard.charts._frame import Part, frame
from naravard.figures.gate import ProtectedResult
from naravard.telling import theme
from naravard.telling.amounts import value

_HEIGHT = 380


def draw(
    counted_result: ProtectedResult,
    forecast_result: ProtectedResult,
    base_year: int,
    area: str = "",
    *,
    is_narrow: bool = False,
) -> Figure:
    """Both results over all their periods; the base year has a larger point.

    Its number stands below the lines and those of the forecast above them; on a narrow screen only the first and the
    last of these, so that none lies on another.
    """
    kod = area or forecast_result.lan_kod
    years = _milestones(forecast_result, kod)
    numbered_years = {years[0], years[-1]} if is_narrow and years else set(years)
    lines = [
        _line(counted_result, kod, "Folkmängd", "solid", base_year, set()),
        _line(forecast_result, kod, "SCB:s prognos", "dash", base_year, numbered_years),
    ]
    all_years = [year for line in lines for year in line["x"]]
    top = max(y for line in lines for y in line["y"] if y is not None)
    step = 10 if is_narrow else 5
    return frame(
        lines,
        forecast_result,
        _HEIGHT,
        has_legend=True,
        xaxis={
            "tickvals": [year for year in sorted(set(all_years)) if year % step == 0],
            "tickformat": "d",
            "showgrid": False,
        },
        # most points have no number of their own
        yaxis={"range": [0, top * 1.15], "tickformat": ",", "nticks": 5 if is_narrow else 7, "gridcolor": theme.GRID},
    )


def _milestones(result: ProtectedResult, kod: str) -> list[int]:
    """Each fifth year of the forecast, or its last where it has none."""
    years = sorted(int(row.matperiod) for row in result.rows if row.kommun_kod == kod)
    return [year for year in years if year % 5 == 0] or years[-1:]


def _line(result: ProtectedResult, kod: str, name: str, dash: str, base_year: int, numbered_years: set[int]) -> Part:
    by_year = {int(row.matperiod): row for row in result.rows if row.kommun_kod == kod}
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
            text if year == base_year or year in numbered_years else "" for year, text in zip(years, texts, strict=True)
        ],
        "textposition": "top left" if forecast else "bottom right",
        "cliponaxis": False,
        "hovertext": [f"{name} {year}: {text}" for year, text in zip(years, texts, strict=True)],
        "hoverinfo": "text",
    }
