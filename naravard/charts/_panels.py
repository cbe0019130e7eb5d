"""Small multiples: a small chart over time for each area, all with one scale, the län's line behind each kommun's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any, NamedTuple

from babel.dates import format_date
from plotly.graph_objects import Figure

from naravard.base import periods
from naravard.base.kommuner import RIKET
from naravard.base.numbers import LOCALE
from naravard.charts._frame import Part, frame
from naravard.charts._lines import THICK, THIN, hidden, line, mark_of_break, signals
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import breaks, series, theme
from naravard.telling.amounts import MISSING_WHY, value, why
from naravard.telling.provenance import with_footnote

_PANEL_HEIGHT = 92
_TITLE_HEIGHT, _ON_WALL = 44, 84
"""Pixels of a chart itself, and of its title with the room above it; more where the letters are large for the chart."""
_GAP = 0.05
"""Part of the width between two charts in a row."""
_FOOT = 0.09
"""Part of a chart's height at which the sign of what is hidden stands."""
_LETTERS = 16
"""So many letters of a break's words have room on a line."""


class Panel(NamedTuple):
    """One area's chart: its code, its place from 0, and the names of its axes in plotly."""

    kod: str
    number: int

    @property
    def x(self) -> str:
        """Its axis of time."""
        return "x" if self.number == 0 else f"x{self.number + 1}"

    @property
    def y(self) -> str:
        """Its axis of values."""
        return self.x.replace("x", "y")


class _Grid(NamedTuple):
    """Where charts lie on the paper, whose sides are from 0 to 1."""

    columns: int
    rows: int
    title_height: int

    def across(self, panel: Panel) -> list[float]:
        """Left and right."""
        width = (1 - _GAP * (self.columns - 1)) / self.columns
        left = panel.number % self.columns * (width + _GAP)
        return [left, left + width]

    def upwards(self, panel: Panel) -> list[float]:
        """Bottom and top."""
        step = 1 / self.rows
        bottom = 1 - (panel.number // self.columns + 1) * step
        return [bottom, bottom + step * _PANEL_HEIGHT / (_PANEL_HEIGHT + self.title_height)]


def draw(result: ProtectedResult, lengths: Sequence[Sequence[str]], columns: int, *, on_wall: bool = False) -> Figure:
    """The län first, then the kommuner in their order. Not the län's figures for counts: they would flatten theirs."""
    panels = [Panel(kod, number) for number, kod in enumerate(_areas(result))]
    grid = _Grid(columns, -(-len(panels) // columns), _ON_WALL if on_wall else _TITLE_HEIGHT)
    axes: dict[str, Any] = {}
    for panel in panels:
        axes |= _axes(panel, grid, result, lengths)
    return frame(
        [part for panel in panels for part in _lines(panel, result, lengths)],
        result,
        grid.rows * (_PANEL_HEIGHT + grid.title_height) + 40,
        margin={"l": 44, "r": 12},
        annotations=[part for panel in panels for part in _words(panel, grid, result)],
        shapes=[
            mark_of_break(each.datum, panel.x, f"{panel.y} domain")
            for panel in panels
            for each in breaks.within(result, panel.kod)
        ]
        + [_ground(panel) for panel in panels if panel.kod == result.own_kommun],
        **axes,
    )


def _ground(panel: Panel) -> Part:
    """What lies behind the chart of the reader's own kommun."""
    place = {"xref": f"{panel.x} domain", "yref": f"{panel.y} domain", "x0": 0, "x1": 1, "y0": 0, "y1": 1}
    return {"type": "rect", **place, "fillcolor": theme.OWN, "line": {"width": 0}, "layer": "below"}


def _areas(result: ProtectedResult) -> list[str]:
    with_lan = not result.indicator.kind.is_size and any(row.kommun_kod == result.lan_kod for row in result.rows)
    kommuner = dict.fromkeys(row.kommun_kod for row in result.kommuner if periods.span(row.matperiod))
    return [*([result.lan_kod] if with_lan else []), *kommuner]


def _yardstick(result: ProtectedResult) -> str:
    """Whose line lies behind each kommun's: the län's, or riket's where nobody has the län's; empty for neither."""
    if result.indicator.kind.is_size:
        return ""
    dated = {row.kommun_kod for row in result.rows if row.varde is not None and periods.span(row.matperiod)}
    return next((kod for kod in (result.lan_kod, RIKET) if kod in dated), "")


def _lines(panel: Panel, result: ProtectedResult, lengths: Sequence[Sequence[str]]) -> list[Part]:
    """The yardstick behind, the area's own line before it; what stands out in the län's and the reader's kommun's."""
    place = {"xaxis": panel.x, "yaxis": panel.y}
    is_lan = panel.kod == result.lan_kod
    colour = theme.COMPARATOR if is_lan else theme.FIGURE
    is_marked = is_lan or panel.kod == result.own_kommun
    own_line = line(panel.kod, result, lengths, colour, THICK if is_marked else THIN * 1.5)
    own_line["marker"] |= {"size": 4}
    behind = []
    if not is_lan and (yardstick := _yardstick(result)):
        line_behind = line(yardstick, result, lengths, theme.NATION, THIN)
        name = "Länet" if yardstick == result.lan_kod else "Riket"
        line_behind["marker"] |= {"size": 3}  # a period beside a gap has no line of its own
        behind = [{**line_behind, "hoverinfo": "skip", "meta": None, "name": name}]
    marks = signals(panel.kod, result, colour) if is_marked else []
    for part in marks:
        part["marker"] |= {"size": 8, "line": {"width": 1.2}}
    signs = hidden(panel.kod, result, colour, _top(result) * _FOOT)
    return [{**part, **place, "showlegend": False} for part in (*behind, own_line, *marks, *signs)]


def _axes(panel: Panel, grid: _Grid, result: ProtectedResult, lengths: Sequence[Sequence[str]]) -> dict[str, Part]:
    """Both axes of a chart. Numbers stand at the first in a row, years below each."""
    is_first = panel.number % grid.columns == 0
    places = [series.middle(period) for length in lengths for period in length]
    first, last = min(places), max(places)
    beside = (last - first) * 0.06 or timedelta(days=1)
    x: Part = {
        "type": "date",
        "domain": grid.across(panel),
        "anchor": panel.y,
        "range": [first - beside, last + beside],
        "tickvals": [first, last],
        "ticktext": _ends(first, last),
        "tickfont": {"size": 13},
        "ticklabelstandoff": 4,
        "showgrid": False,
        "fixedrange": True,
        "zeroline": False,
    }
    top = _top(result)
    y: Part = {
        "domain": grid.upwards(panel),
        "anchor": panel.x,
        "range": [0, top],
        "nticks": 4,
        "showticklabels": is_first,
        "tickfont": {"size": 13},
        "ticksuffix": " %" if result.indicator.in_percent else "",
        "tickformat": ",",
        "gridcolor": theme.GRID,
        "fixedrange": True,
        "zeroline": False,
    }
    return {panel.x.replace("x", "xaxis"): x, panel.y.replace("y", "yaxis"): y}


def _ends(first: date, last: date) -> list[str]:
    """The first and the last year, or month where they are of one year: short, so that neighbours do not meet."""
    if first.year != last.year:
        return [str(first.year), str(last.year)]
    return [str(format_date(day, "MMM", locale=LOCALE)).rstrip(".") for day in (first, last)]


def _top(result: ProtectedResult) -> float:
    """Where all axes end: a little above the largest value, a share's never above the whole."""
    koder = {*_areas(result), _yardstick(result)}
    largest = max((row.varde or 0 for row in result.rows if row.kommun_kod in koder), default=1) or 1
    return min(100, 1.08 * largest) if result.indicator.kind.part_of_whole else 1.08 * largest


def _words(panel: Panel, grid: _Grid, result: ProtectedResult) -> list[Part]:
    """The area's name with its newest figure, and what its breaks are."""
    left, right = grid.across(panel)
    bottom, top = grid.upwards(panel)
    rows = [row for row in result.rows if row.kommun_kod == panel.kod and periods.span(row.matperiod)]
    newest = max(rows, key=lambda row: periods.sort_key(row.matperiod))
    look = {"xref": "paper", "yref": "paper", "showarrow": False}
    mark = "▸ " if panel.kod == result.own_kommun else ""
    name = with_footnote(newest.kommun, panel.kod, result.remarks)
    title = {
        **look, "x": left, "y": top, "xanchor": "left", "yanchor": "bottom", "font": {"size": 14},
        "text": f"{mark}<b>{name}</b> {value(newest, result.indicator)}",
    }  # fmt: skip
    texts = [title]
    if all(row.varde is None for row in rows):
        words = "<br>".join(wrap(why(newest) or MISSING_WHY, _LETTERS))
        # low, where the län's line seldom lies
        reason = {"x": (left + right) / 2, "xanchor": "center", "y": bottom, "yanchor": "bottom", "text": words}
        texts.append({**look, **reason, "font": {"size": 12}})
    return texts + _words_of_breaks(panel, result, rows)


def _words_of_breaks(panel: Panel, result: ProtectedResult, rows: Sequence[ProtectedRow]) -> list[Part]:
    """A break of one kommun has its words in its own chart, one of all in the first: there is no room for all.

    They stand on the side that has more room, where the values are not.
    """
    own = [each for each in breaks.within(result, panel.kod) if each.kommun_kod or panel.number == 0]
    places = [series.middle(row.matperiod) for row in rows]
    middle = min(places) + (max(places) - min(places)) / 2
    is_low = _is_in_lower_half(rows, result)
    return [
        {
            "xref": panel.x, "x": each.datum, "yref": f"{panel.y} domain", "showarrow": False, "font": {"size": 12},
            "y": 1 if is_low else 0.02, "yanchor": "top" if is_low else "bottom",
            "xanchor": "left" if each.datum <= middle else "right", "xshift": 3 if each.datum <= middle else -3,
            "align": "left" if each.datum <= middle else "right",
            "text": "<br>".join(wrap(each.text.rstrip("."), _LETTERS)),
        }
        for each in own
    ]  # fmt: skip


def _is_in_lower_half(rows: Sequence[ProtectedRow], result: ProtectedResult) -> bool:
    values = [row.varde for row in rows if row.varde is not None]
    return sum(values) <= len(values) * _top(result) / 2
