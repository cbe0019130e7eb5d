"""Kommuner and the län over time, at true distances. A period without a figure is a gap, not a zero.

Up to four kommuner are lines in one chart, told apart by colour. More of them have a small chart each, with one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plotly.graph_objects import Figure

from naravard.base import periods
from naravard.charts import Chart, _panels
from naravard.charts._frame import Part, frame
from naravard.charts._lines import THICK, control_limits, hidden, line, mark_of_break, signals
from naravard.figures.gate import ProtectedResult
from naravard.telling import breaks, series, theme
from naravard.telling.lines import TOLD_APART, with_limits

_HEIGHT = 460
_OWN_WIDTH = 4
"""The line of the reader's own kommun."""
_APART = 0.045
"""Part of the height that the names need between them."""
_FOOT = 0.02
"""Part of the height at which the sign of what is hidden stands; those of several areas above each other."""
_MOST_PANELS = 7
"""So many small charts beside the län's have room on a wall, in letters that are read from afar."""
_WIDE, _NARROW = 4, 2
"""Small charts in a row, on a screen and on a phone."""


def _fits(result: ProtectedResult) -> bool:
    """One group, and at least two periods with days. It is drawn from the result of all periods."""
    with_days = [period for period in result.matperioder if periods.span(period)]
    return len(with_days) > 1 and len(result.groups) == 1 and not result.indicator.period_per_omrade


def _draw(result: ProtectedResult) -> Figure:
    return _figure(result, _WIDE)


def _draw_narrow(result: ProtectedResult) -> Figure:
    return _figure(result, _NARROW)


def _draw_on_wall(results: Sequence[ProtectedResult]) -> Figure:
    """In letters that are large for its size: as on a phone, but for the small charts in a row."""
    result = results[0]
    lengths = series.lengths(row.matperiod for row in result.rows)
    is_many = bool(lengths) and _many(result)
    figure = _panels.draw(result, lengths, _WIDE, on_wall=True) if is_many else _figure(result, _NARROW)
    figure.update_layout(margin={"t": 4, "b": 24})
    return figure


def _figure(result: ProtectedResult, columns: int) -> Figure:
    lengths = series.lengths(row.matperiod for row in result.rows)
    if not lengths:
        return Figure()
    if _many(result):
        return _panels.draw(result, lengths, columns)
    return _in_one(result, lengths, is_narrow=columns == _NARROW)


def _many(result: ProtectedResult) -> bool:
    return len(_dated_kommuner(result)) > TOLD_APART


def _dated_kommuner(result: ProtectedResult) -> list[str]:
    return list(dict.fromkeys(row.kommun_kod for row in result.kommuner if periods.span(row.matperiod)))


def _in_one(result: ProtectedResult, lengths: Sequence[Sequence[str]], *, is_narrow: bool) -> Figure:
    """A line for each area; the län's is the darkest. Not for counts with kommuner, whose lines it would flatten."""
    areas = _areas(result)
    widths = [_OWN_WIDTH if kod == result.own_kommun else THICK for kod, _ in areas]
    lines = [line(kod, result, lengths, colour, width) for (kod, colour), width in zip(areas, widths, strict=True)]
    marks = [part for kod, colour in areas for part in signals(kod, result, colour)]
    limits = [part for kod in with_limits(_dated_kommuner(result), result) for part in control_limits(kod, result)]
    own_breaks = breaks.within(result)
    top = _top([*lines, *limits], result)
    signs = [
        part
        for place, (kod, colour) in enumerate(areas)
        for part in hidden(kod, result, colour, top * (_FOOT + _APART * place))
    ]
    return frame(
        [*lines, *limits, *marks, *signs],
        result,
        _HEIGHT,
        has_legend=bool(marks or limits),
        annotations=[*_names(lines, top), *_words_of_breaks(result)],
        shapes=[mark_of_break(each.datum) for each in own_breaks],
        margin={"r": 104 if is_narrow else 130},
        legend={"y": 1.02},
        xaxis=_axis_of_time(lengths, most=3 if is_narrow else 8),
        yaxis={
            "ticksuffix": " %" if result.indicator.in_percent else "",
            "tickformat": ",",
            "range": [0, top],
            "gridcolor": theme.GRID,
        },
    )


def _top(lines: Sequence[Part], result: ProtectedResult) -> float:
    """Where the axis ends: a little above the largest value, a share's never above the whole."""
    largest: float = max((y for each in lines for y in each["y"] if y is not None), default=1) or 1
    return min(100, 1.08 * largest) if result.indicator.kind.part_of_whole else 1.08 * largest


def _axis_of_time(lengths: Sequence[Sequence[str]], most: int) -> Part:
    places, names = series.ticks([period for length in lengths for period in length], most)
    return {"type": "date", "tickvals": places, "ticktext": names, "showgrid": False}


def _words_of_breaks(result: ProtectedResult) -> list[Part]:
    """What each break is, beside its line, towards the side that has more room; a row down for each."""
    own_breaks = breaks.within(result)
    places = [series.middle(row.matperiod) for row in result.rows if periods.span(row.matperiod)]
    middle = min(places) + (max(places) - min(places)) / 2 if places else date.min
    look = {"yref": "paper", "yanchor": "top", "showarrow": False, "font": {"size": 13}}
    return [
        {
            "x": each.datum,
            "y": 1 - _APART * number,
            "text": breaks.label(each),
            "xanchor": "left" if each.datum <= middle else "right",
            "xshift": 4 if each.datum <= middle else -4,
            **look,
        }
        for number, each in enumerate(own_breaks)
    ]


def _areas(result: ProtectedResult) -> list[tuple[str, str]]:
    """The areas that have a line, with its colour."""
    kommuner = _dated_kommuner(result)
    others = dict.fromkeys(row.kommun_kod for row in result.rows if not row.is_kommun and periods.span(row.matperiod))
    is_flattening = result.indicator.kind.is_size and kommuner
    return [
        *((kod, theme.GROUPS[i % len(theme.GROUPS)]) for i, kod in enumerate(kommuner)),
        *((kod, theme.COMPARATOR if kod == result.lan_kod else theme.NATION) for kod in others if not is_flattening),
    ]


def _names(lines: Sequence[Part], top: float) -> list[Part]:
    """The name of each line at its last value, moved apart where they would lie on each other."""
    line_ends: list[tuple[float, str, str]] = []
    for each in lines:
        values = [(place, value) for place, value in zip(each["x"], each["y"], strict=True) if value is not None]
        line_ends += [(max(values)[1] / top, each["name"], each["line"]["color"])] if values else []
    line_ends.sort()
    look = {"x": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "xshift": 8, "showarrow": False}
    return [
        {**look, "y": place, "text": name, "font": {"size": 13, "color": colour}}
        for place, (_, name, colour) in zip(_apart([end for end, _, _ in line_ends]), line_ends, strict=True)
    ]


def _apart(ends: Sequence[float]) -> list[float]:
    """Places from 0 to 1 in rising order, so far apart that names do not lie on each other, as near as they can be."""
    places: list[float] = []
    for end in ends:
        places.append(max(end, places[-1] + _APART) if places else end)
    highest = 1.0
    for position in range(len(places) - 1, -1, -1):
        places[position] = min(places[position], highest)
        highest = places[position] - _APART
    return places


CHART = Chart(
    "Över tid",
    6,
    _fits,
    _draw,
    native="line",
    is_wide=True,
    every_period=True,
    draw_on_wall=_draw_on_wall,
    most_on_wall=_MOST_PANELS,
    draw_narrow=_draw_narrow,
    how_to_read="Fler än fyra kommuner har var sin ruta, alla med samma skala. Där är den grå linjen länets, eller "
    "rikets där länets tal saknas, och talet vid namnet är det senaste.",
)
