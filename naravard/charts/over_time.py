"""Kommuner and the län over time: a line each. A period without a figure is a gap, not a zero."""

from __future__ import annotations

from plotly.graph_objects import Figure, Scatter

from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD
from naravard.charts import Chart
from naravard.charts._frame import frame
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import value, why

_HEIGHT = 460
_APART = 0.045
"""Part of the largest value that the names need between them."""
_TOLD = 4
"""So many kommuner can be told apart by colour; where there are more they are drawn alike."""


def _fits(result: ProtectedResult) -> bool:
    """One group, and at least two periods with a date. It is drawn from the result of all periods."""
    dated = [period for period in result.matperioder if period != UNKNOWN_PERIOD]
    return len(dated) > 1 and len(result.groups) == 1 and not result.indicator.period_per_omrade


def _draw(result: ProtectedResult) -> Figure:
    """The län's line is the darkest. Not for counts with kommuner, whose lines it would flatten."""
    places = _places(result)
    areas = dict.fromkeys(row.kommun_kod for row in result.rows if row.matperiod in places)
    kommuner = [kod for kod in areas if len(kod) == 4]
    others = [] if result.indicator.kind.is_size and kommuner else [kod for kod in areas if len(kod) == 2]
    figure = Figure()
    for position, kod in enumerate(kommuner):
        is_told_apart = len(kommuner) <= _TOLD
        colour = theme.GROUPS[position % len(theme.GROUPS)] if is_told_apart else theme.UNSURE
        figure.add_trace(_line(kod, result, places, colour, width=2 if is_told_apart else 1.2))
    for kod in others:
        colour = theme.COMPARATOR if kod == result.lan_kod else theme.NATION
        figure.add_trace(_line(kod, result, places, colour, width=3))
    for place in _breaks(result, places):
        _mark_break(figure, place)
    figure.update_xaxes(
        tickvals=list(places.values()) if len(places) < 12 else None,
        ticktext=list(places) if len(places) < 12 else None,
        showgrid=False,
    )
    figure.update_yaxes(
        ticksuffix=" %" if result.indicator.in_percent else "",
        tickformat=",",
        rangemode="tozero",
        gridcolor=theme.GRID,
    )
    _names(figure)
    frame(figure, result, _HEIGHT)
    return figure.update_layout(margin={"r": 130})


def _places(result: ProtectedResult) -> dict[str, int]:
    """Where each period lies: years by their number, so that a missing year leaves its room; others in order."""
    names = sorted({r.matperiod for r in result.rows if r.matperiod != UNKNOWN_PERIOD}, key=periods.sort_key)
    if all(name.isdigit() for name in names):
        return {name: int(name) for name in names}
    return {name: position for position, name in enumerate(names)}


def _breaks(result: ProtectedResult, places: dict[str, int]) -> list[float]:
    """Where the way of measuring changes: halfway between two years that are shown."""
    years = places.values()
    if not all(name.isdigit() for name in places):
        return []
    return [year - 0.5 for year in result.indicator.brott if min(years) < year <= max(years)]


def _mark_break(figure: Figure, place: float) -> None:
    figure.add_vline(x=place, line={"color": theme.TEXT, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=place, y=1, yref="paper", text="Nytt mätsätt", xanchor="left", xshift=4, yanchor="top", showarrow=False,
        font={"size": 13},
    )  # fmt: skip


def _line(kod: str, result: ProtectedResult, places: dict[str, int], colour: str, *, width: float) -> Scatter:
    rows = {float(places[r.matperiod]): r for r in result.rows if r.kommun_kod == kod and r.matperiod in places}
    # halfway to a year that is measured in another way there is no point, so that the line is not drawn across
    steps = sorted([*range(min(places.values()), max(places.values()) + 1), *_breaks(result, places)])
    points = [rows.get(step) for step in steps]
    name = next(row.kommun for row in rows.values())
    return Scatter(
        x=steps,
        y=[row.varde if row else None for row in points],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": width},
        marker={"size": 8, "color": colour},
        name=name,
        meta=kod,
        cliponaxis=False,
        hovertext=[_hover(row, result) for row in points],
        hoverinfo="text",
    )


def _names(figure: Figure) -> None:
    """The name of each line at its end, moved apart where they would lie on each other."""
    line_ends: list[tuple[float, str, str]] = []
    for trace in figure.data:
        values = [value for value in trace.y if value is not None]
        line_ends += [(values[-1], trace.name, trace.line.color)] if values else []
    top = max((end for end, _, _ in line_ends), default=1.0)
    place = -top
    for end, name, colour in sorted(line_ends):
        place = max(end, place + _APART * top)
        figure.add_annotation(
            x=1, xref="paper", y=place, text=name, xanchor="left", xshift=8, showarrow=False,
            font={"size": 13, "color": theme.TEXT if colour == theme.UNSURE else colour},
        )  # fmt: skip


def _hover(row: ProtectedRow | None, result: ProtectedResult) -> str:
    if row is None:
        return ""
    text = value(row, result.indicator) if row.varde is not None else why(row)
    return f"{row.kommun}, {periods.when(row.matperiod)}: {text}"


CHART = Chart("Över tid", 6, _fits, _draw, native="line", is_wide=True, every_period=True)
