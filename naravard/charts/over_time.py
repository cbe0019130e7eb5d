"""Kommuner and the län over time: a line each, at true distances. A period without a figure is a gap, not a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plotly.graph_objects import Figure, Scatter

from naravard.base import periods
from naravard.charts import Chart
from naravard.charts._frame import frame
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
    figure = Figure()
    if not lengths:
        return figure
    for kod, colour, width in _areas(result):
        figure.add_trace(_line(kod, result, lengths, colour, width=width))
    line_ends = _line_ends(figure)
    for kod, colour, width in _areas(result):
        if width > _THIN:
            _mark_signals(figure, kod, result, colour)
    places, names = series.ticks([period for length in lengths for period in length])
    figure.update_xaxes(type="date", tickvals=places, ticktext=names, showgrid=False)
    figure.update_yaxes(
        ticksuffix=" %" if result.indicator.in_percent else "",
        tickformat=",",
        rangemode="tozero",
        gridcolor=theme.GRID,
    )
    _names(figure, line_ends)
    frame(figure, result, _HEIGHT, legend=len(figure.data) > len(line_ends))
    return figure.update_layout(margin={"r": 130}, legend={"y": 1.02})


def _areas(result: ProtectedResult) -> list[tuple[str, str, float]]:
    """The areas that have a line, with its colour and width."""
    areas = dict.fromkeys(row.kommun_kod for row in result.rows if periods.span(row.matperiod))
    kommuner = [kod for kod in areas if len(kod) == 4]
    others = [] if result.indicator.kind.is_size and kommuner else [kod for kod in areas if len(kod) == 2]
    is_told_apart = len(kommuner) <= _TOLD
    return [
        *(
            (kod, theme.GROUPS[i % len(theme.GROUPS)] if is_told_apart else theme.UNSURE, 2 if is_told_apart else _THIN)
            for i, kod in enumerate(kommuner)
        ),
        *((kod, theme.COMPARATOR if kod == result.lan_kod else theme.NATION, 3) for kod in others),
    ]


def _line(kod: str, result: ProtectedResult, lengths: Sequence[Sequence[str]], colour: str, *, width: float) -> Scatter:
    """One area's values at their places in time. Where a period lacks, or another length begins, the line is broken."""
    rows = {row.matperiod: row for row in result.rows if row.kommun_kod == kod}
    points: list[tuple[date, ProtectedRow | None]] = []
    for part in (part for length in lengths for part in series.parts(length)):
        points += [(series.middle(part[0]), None)] if points else []
        points += [(series.middle(period), rows.get(period)) for period in part]
    return Scatter(
        x=[place for place, _ in points],
        y=[row.varde if row else None for _, row in points],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": width},
        marker={"size": 8 if width > _THIN else 5, "color": colour},
        name=next(row.kommun for row in rows.values()),
        meta=kod,
        cliponaxis=False,
        hovertext=[_hover(row, result) for _, row in points],
        hoverinfo="text",
        showlegend=False,
    )


def _mark_signals(figure: Figure, kod: str, result: ProtectedResult, colour: str) -> None:
    """Mark the points of one area that are out of its usual variation."""
    rows = series.signals([row for row in result.rows if row.kommun_kod == kod])
    if rows:
        figure.add_scatter(
            x=[series.middle(row.matperiod) for row in rows],
            y=[row.varde for row in rows],
            mode="markers",
            marker={"size": 14, "color": colour, "symbol": "diamond-open", "line": {"width": 2}},
            name=f"{rows[0].kommun} avviker (styrdiagram)",
            cliponaxis=False,
            hoverinfo="skip",
        )


def _line_ends(figure: Figure) -> list[tuple[float, str, str]]:
    """The last value of each line, its name and its colour."""
    ends = []
    for trace in figure.data:
        values = [(place, value) for place, value in zip(trace.x, trace.y, strict=True) if value is not None]
        ends += [(max(values)[1], trace.name, trace.line.color)] if values else []
    return ends


def _names(figure: Figure, line_ends: Sequence[tuple[float, str, str]]) -> None:
    """The name of each line at its end, moved apart where they would lie on each other."""
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
