"""A line of one area over time, as plotly describes it: at true distances, with a gap where a period lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from naravard.base import periods
from naravard.base.numbers import HIDDEN
from naravard.charts._frame import Part
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import series, theme
from naravard.telling.amounts import value, why
from naravard.telling.provenance import with_footnote

THIN, THICK = 1.2, 2.5


def line(kod: str, result: ProtectedResult, lengths: Sequence[Sequence[str]], colour: str, width: float) -> Part:
    """One area's values at their places in time.

    The line is broken where a period lacks, another length begins, or the way of measuring changes.
    """
    rows = {row.matperiod: row for row in result.rows if row.kommun_kod == kod}
    points: list[tuple[date, ProtectedRow | None]] = []
    for part in (part for length in lengths for part in series.parts(length, result.breaks, kod)):
        points += [(series.middle(part[0]), None)] if points else []
        points += [(series.middle(period), rows.get(period)) for period in part]
    return {
        "type": "scatter",
        "x": [place for place, _ in points],
        "y": [row.varde if row else None for _, row in points],
        "mode": "lines+markers",
        "connectgaps": False,
        "line": {"color": colour, "width": width},
        "marker": {"size": 8 if width > THIN else 4, "color": colour},
        "name": with_footnote(next(row.kommun for row in rows.values()), kod, result.remarks),
        "meta": kod,
        "cliponaxis": False,
        "hovertext": [_hover(row, result) for _, row in points],
        "hoverinfo": "text",
        "showlegend": False,
    }


def hidden(kod: str, result: ProtectedResult, colour: str, height: float) -> list[Part]:
    """The sign of what is hidden at the foot of the chart, in the middle of each hole that it makes; none without one.

    `height` is where it stands on the axis of values: it says nothing of the figure. An area all of whose figures are
    hidden has no line, and is told of in words.
    """
    rows = sorted(
        (row for row in result.rows if row.kommun_kod == kod and periods.span(row.matperiod)),
        key=lambda row: periods.sort_key(row.matperiod),
    )
    is_hidden = {row.matperiod: row.varde is None and row.skydd == HIDDEN for row in rows}
    holes = [list(run) for has_sign, run in groupby(rows, lambda row: is_hidden[row.matperiod]) if has_sign]
    if not holes or all(row.varde is None for row in rows):
        return []
    ends = [(series.middle(hole[0].matperiod), series.middle(hole[-1].matperiod)) for hole in holes]
    return [
        {
            "type": "scatter",
            "x": [first + (last - first) / 2 for first, last in ends],
            "y": [height] * len(holes),
            "mode": "text",
            "text": [HIDDEN] * len(holes),
            "textfont": {"color": colour},
            "name": f"{rows[0].kommun}: dolt",
            "hovertext": ["<br>".join(_hover(row, result) for row in hole) for hole in holes],
            "hoverinfo": "text",
            "showlegend": False,
            "cliponaxis": False,
        }
    ]


def signals(kod: str, result: ProtectedResult, colour: str) -> list[Part]:
    """The points of one area that are out of its usual variation, marked; none where there are none."""
    own_rows = [row for row in result.rows if row.kommun_kod == kod]
    rows = series.signals(own_rows, result.indicator, result.breaks)
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


def control_limits(kod: str, result: ProtectedResult) -> list[Part]:
    """Centre and limits of an area's control charts: a part for each way to measure, with steps where sizes differ."""
    rows = [row for row in result.rows if row.kommun_kod == kod]
    parts: list[Part] = []
    for chart in series.control_charts(rows, result.indicator, result.breaks):
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


def mark_of_break(day: date, xref: str = "x", yref: str = "paper") -> Part:
    """The thin vertical line of a break."""
    place = {"type": "line", "xref": xref, "x0": day, "x1": day, "yref": yref, "y0": 0, "y1": 1}
    return {**place, "line": {"color": theme.TEXT, "width": 1, "dash": "dot"}}


def _hover(row: ProtectedRow | None, result: ProtectedResult) -> str:
    if row is None:
        return ""
    text = value(row, result.indicator) if row.varde is not None else why(row)
    return f"{row.kommun}, {periods.when(row.matperiod)}: {text}"
