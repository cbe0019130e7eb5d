"""Kommuner and the län over time: a line each, at true distances. A period without a figure is a gap, not a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plotly.graph_objects import Figure

from naravard.base import periods
from naravard.charts import Chart
from naravard.charts._frame import Part, frame
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import series, theme
from naravard.telling.amounts import value, why

_HEIGHT = 460
_THIN = 1.2
"""The lines of areas that are not told apart."""
_APART = 0.045
"""Part of the largest value that the names need between them."""
_TOLD = 4
"""So many kommuner can be told apart by colour; where there are more they are drawn alike."""


def _fits(result: ProtectedResult) -> bool:
    """One group, and at least two periods with days. It is drawn from the result of all periods."""
    with_days = [period for period in result.matperioder if periods.span(period)]
    return len(with_days) > 1 and len(result.groups) == 1 and not result.indicator.period_per_omrade


def _draw(result: ProtectedResult) -> Figure:
    """The län's line is the darkest. Not for counts with kommuner, whose lines it would flatten."""
    lengths = series.lengths(row.matperiod for row in result.rows)
    if not lengths:
        return Figure()
    areas = _areas(result)
    breaks = _breaks(result, lengths)
    lines = [_line(kod, result, lengths, colour, width=width) for kod, colour, width in areas]
    signals = [part for kod, colour, width in areas if width > _THIN for part in _signals(kod, result, colour)]
    limits = [part for kod in _with_limits(areas, result) for part in _limits(kod, result)]
    return frame(
        [*lines, *limits, *signals],
        result,
        _HEIGHT,
        has_legend=bool(signals or limits),
        annotations=[*_names(lines), *(_note_of_break(day) for day in breaks)],
        shapes=[_mark_of_break(day) for day in breaks],
        margin={"r": 130},
        legend={"y": 1.02},
        xaxis=_axis_of_time(lengths),
        yaxis={
            "ticksuffix": " %" if result.indicator.in_percent else "",
            "tickformat": ",",
            "rangemode": "tozero",
            "gridcolor": theme.GRID,
        },
    )


def _axis_of_time(lengths: Sequence[Sequence[str]]) -> Part:
    places, names = series.ticks([period for length in lengths for period in length])
    return {"type": "date", "tickvals": places, "ticktext": names, "showgrid": False}


def _breaks(result: ProtectedResult, lengths: Sequence[Sequence[str]]) -> list[date]:
    """Where the way of measuring changes: the first days of such years between two that are shown."""
    years = [year for length in lengths for period in length if (year := periods.year_of(period)) is not None]
    return [date(year, 1, 1) for year in result.indicator.brott if years and min(years) < year <= max(years)]


def _mark_of_break(day: date) -> Part:
    place = {"type": "line", "xref": "x", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1}
    return {**place, "line": {"color": theme.TEXT, "width": 1, "dash": "dot"}}


def _note_of_break(day: date) -> Part:
    look = {"xanchor": "left", "xshift": 4, "yanchor": "top", "showarrow": False, "font": {"size": 13}}
    return {"x": day, "y": 1, "yref": "paper", "text": "Nytt mätsätt", **look}


def _areas(result: ProtectedResult) -> list[tuple[str, str, float]]:
    """The areas that have a line, with its colour and width."""
    areas = dict.fromkeys(row.kommun_kod for row in result.rows if periods.span(row.matperiod))
    kommuner = [kod for kod in areas if len(kod) == 4]
    others = [] if result.indicator.kind.is_size and kommuner else [kod for kod in areas if len(kod) == 2]
    is_told_apart = len(kommuner) <= _TOLD
    own = [kod for kod in kommuner if kod == result.own_kommun and not is_told_apart]
    return [
        *(
            (kod, theme.GROUPS[i % len(theme.GROUPS)], 4 if kod == result.own_kommun else 2)
            if is_told_apart
            else (kod, theme.UNSURE, _THIN)
            for i, kod in enumerate(kommuner)
            if kod not in own
        ),
        *((kod, theme.COMPARATOR if kod == result.lan_kod else theme.NATION, 3) for kod in others),
        *((kod, theme.FIGURE, 3) for kod in own),  # on top of the others
    ]


def _line(kod: str, result: ProtectedResult, lengths: Sequence[Sequence[str]], colour: str, *, width: float) -> Part:
    """One area's values at their places in time.

    The line is broken where a period lacks, another length begins, or the way of measuring changes.
    """
    rows = {row.matperiod: row for row in result.rows if row.kommun_kod == kod}
    points: list[tuple[date, ProtectedRow | None]] = []
    for part in (part for length in lengths for part in series.parts(length, result.indicator.is_broken)):
        points += [(series.middle(part[0]), None)] if points else []
        points += [(series.middle(period), rows.get(period)) for period in part]
    return {
        "type": "scatter",
        "x": [place for place, _ in points],
        "y": [row.varde if row else None for _, row in points],
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": colour, "width": width},
        "marker": {"size": 8 if width > _THIN else 5, "color": colour},
        "name": next(row.kommun for row in rows.values()),
        "meta": kod,
        "cliponaxis": False,
        "hovertext": [_hover(row, result) for _, row in points],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _signals(kod: str, result: ProtectedResult, colour: str) -> list[Part]:
    """The points of one area that are out of its usual variation, marked; none where there are none."""
    rows = series.signals([row for row in result.rows if row.kommun_kod == kod], result.indicator)
    if not rows:
        return []
    marks = {
        "type": "scatter",
        "x": [series.middle(row.matperiod) for row in rows],
        "y": [row.varde for row in rows],
        "mode": "markers",
        "marker": {"size": 14, "color": colour, "symbol": "diamond-open", "line": {"width": 2}},
        "name": f"{rows[0].kommun} avviker (styrdiagram)",
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    return [marks]


def _with_limits(areas: Sequence[tuple[str, str, float]], result: ProtectedResult) -> list[str]:
    """The area whose limits are drawn: the one kommun that is chosen, else the län where no kommun is told apart."""
    kommuner = [kod for kod, _, width in areas if len(kod) == 4 and width > _THIN]
    return kommuner if len(kommuner) == 1 else [] if kommuner else [result.lan_kod]


def _limits(kod: str, result: ProtectedResult) -> list[Part]:
    """Centre and limits of an area's control charts: a part for each way to measure, with steps where sizes differ."""
    rows = [row for row in result.rows if row.kommun_kod == kod]
    parts: list[Part] = []
    for chart in series.control_charts(rows, result.indicator):
        centres = [chart.centre] * len(chart.points)
        for values, dash in ((chart.lower, "dot"), (chart.upper, "dot"), (centres, "dash")):
            parts.append(
                {
                    "type": "scatter",
                    "x": [series.middle(row.matperiod) for row in chart.points],
                    "y": list(values),
                    "mode": "lines",
                    "line": {"color": theme.TEXT, "width": 1, "dash": dash, "shape": "hvh"},
                    "name": f"{rows[0].kommun}: medel och gränser (styrdiagram)",
                    "legendgroup": "gränser",
                    "showlegend": not parts,
                    "hoverinfo": "skip",
                    "cliponaxis": False,
                }
            )
    return parts


def _names(lines: Sequence[Part]) -> list[Part]:
    """The name of each line at its last value, moved apart where they would lie on each other."""
    line_ends: list[tuple[float, str, str]] = []
    for line in lines:
        values = [(place, value) for place, value in zip(line["x"], line["y"], strict=True) if value is not None]
        line_ends += [(max(values)[1], line["name"], line["line"]["color"])] if values else []
    top = max((end for end, _, _ in line_ends), default=1.0)
    look = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "showarrow": False}
    names: list[Part] = []
    place = -top
    for end, name, colour in sorted(line_ends):
        place = max(end, place + _APART * top)
        font = {"size": 13, "color": theme.TEXT if colour == theme.UNSURE else colour}
        names.append({**look, "y": place, "text": name, "font": font})
    return names


def _hover(row: ProtectedRow | None, result: ProtectedResult) -> str:
    if row is None:
        return ""
    text = value(row, result.indicator) if row.varde is not None else why(row)
    return f"{row.kommun}, {periods.when(row.matperiod)}: {text}"


CHART = Chart("Över tid", 6, _fits, _draw, native="line", is_wide=True, every_period=True)
