"""One bar per area, in Swedish order, with the län as a line through them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from plotly.graph_objects import Figure

from naravard.base.kommuner import RIKET
from naravard.charts import Chart
from naravard.charts._frame import Part, area_name, bar, bars_height, frame, longest, notes_on_absent, outline
from naravard.figures import targets
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import compared_value, value
from naravard.telling.provenance import footnote_numbers
from naravard.telling.tables import bar_colour
from naravard.telling.verdicts import shape, spread_judgement

_ROOM_FOR_TEXT = 0.2
"""Part of the longest bar that is long enough for the number."""
_WITH_VALUES = 1.38
"""Room to the right of the longest whisker for the column of numbers."""


def _fits(result: ProtectedResult) -> bool:
    """Kommuner with one figure each."""
    return result.has_kommuner and len(result.groups) == 1


def _draw(result: ProtectedResult) -> Figure:
    """Horizontal bars. A hidden or missing value has no bar; its place is kept and says why."""
    rows = [row for row in result.rows if row.grupp == result.groups[0]]
    if result.indicator.kind.is_size and result.has_kommuner:
        rows = [row for row in rows if row.is_kommun]  # the län's number would flatten theirs; it is in the table
    marks = footnote_numbers(result.remarks)
    names = [
        f"{area_name(row, result)}{f'<sup> {marks[row.kommun_kod]}</sup>' if row.kommun_kod in marks else ''}"
        for row in rows
    ]
    has_intervals = any(row.nedre is not None for row in rows)
    line_ends = [at for at, _, _ in _target(result)]
    top = max([longest(rows), *(row.ovre for row in rows if row.ovre is not None), *line_ends])
    look = {
        "marker": {"color": [bar_colour(row, result.indicator) for row in rows], "line": outline(rows, result)},
        # inside where there is room, so that the län's line does not run through the number
        "textposition": ["inside" if (row.varde or 0) > _ROOM_FOR_TEXT * top else "outside" for row in rows],
        "insidetextanchor": "end",
        "insidetextfont": {"color": theme.PAPER},
        **({"textposition": "none"} if has_intervals else {}),
    }
    line, line_name = _lan_line(result)
    return frame(
        [bar(rows, names, result, **look), *(_whiskers(rows, names) if has_intervals else [])],
        result,
        bars_height(len(rows)),
        shapes=line,
        annotations=[
            *(_numbers(rows, names, result) if has_intervals else []),
            *notes_on_absent(rows, names),
            *line_name,
        ],
        xaxis={
            "range": [0, top * (_WITH_VALUES if has_intervals else 1.08)],
            "showticklabels": False,
            "showgrid": False,
        },
        yaxis={"autorange": "reversed"},
    )


def _whiskers(rows: Sequence[ProtectedRow], names: Sequence[str]) -> list[Part]:
    """Intervals on a pale ground, so that each is seen where it lies on its bar; the numbers have their own column."""
    error = {
        "type": "data",
        "symmetric": False,
        "array": [_length(row.varde, row.ovre) for row in rows],
        "arrayminus": [_length(row.nedre, row.varde) for row in rows],
    }
    look = {"type": "scatter", "mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip", "showlegend": False}
    return [
        {**look, "x": [row.varde for row in rows], "y": list(names), "error_x": {**error, **stroke}}
        for stroke in (
            {"color": theme.PAPER, "thickness": 5, "width": 6},
            {"color": theme.TEXT, "thickness": 1.5, "width": 4},
        )
    ]


def _numbers(rows: Sequence[ProtectedRow], names: Sequence[str], result: ProtectedResult) -> list[Part]:
    """The column of numbers, with the shape of what differs."""
    look = {"x": 1, "xref": "paper", "xanchor": "right", "showarrow": False}
    return [
        {**look, "y": name, "text": _number(row, result)}
        for row, name in zip(rows, names, strict=True)
        if row.varde is not None
    ]


def _number(row: ProtectedRow, result: ProtectedResult) -> str:
    """The value with its shape; one that is adjusted for age has both values, and the shape is of the adjusted."""
    as_it_is = value(row, result.indicator)
    if row.utjamnad is None:
        return f"{shape(row)} {as_it_is}".lstrip()
    return f"{as_it_is}; {shape(row)} {compared_value(row, result.indicator)}".replace(";  ", "; ")


def _length(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start


def _lan_line(result: ProtectedResult) -> tuple[list[Part], list[Part]]:
    """A dotted line at the län's value, and its name; for shares and rates of kommuner.

    Where the kommuner differ more than chance, the middle one and riket have a line too, and a target always has.
    """
    if result.indicator.kind.is_size or not result.has_kommuner:
        return [], []
    places = [*_yardsticks(result), *_target(result)]
    return [_dotted(at, colour) for at, _, colour in places], _line_names(places) if places else []


_Place = tuple[float, str, str]
"""A value, what it is called and its colour."""


def _target(result: ProtectedResult) -> list[_Place]:
    target = targets.target_of(result.indicator.id, result.matperiod)
    return [(target.varde, "Målet", theme.FIGURE)] if target else []


def _yardsticks(result: ProtectedResult) -> list[_Place]:
    lan = result.lan(result.groups[0])
    if not result.comparison.is_a_line or lan is None or lan.varde is None:
        return []
    places = [(lan.varde, "Länet", theme.COMPARATOR)]
    if spread_judgement(result):
        values = [row.varde for row in result.kommuner if row.grupp == result.groups[0] and row.varde is not None]
        places.append((median(values), "Mitt", theme.MUTED))
        nation = result.row(RIKET, result.groups[0])
        places += [(nation.varde, "Riket", theme.NATION)] if nation and nation.varde is not None else []
    return places


def _dotted(at: float, colour: str) -> Part:
    whole_height = {"xref": "x", "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}
    return {"type": "line", **whole_height, "line": {"color": colour, "width": 1.5, "dash": "dot"}, "layer": "below"}


def _line_names(places: Sequence[tuple[float, str, str]]) -> list[Part]:
    """Names below the lines, the outer ones turned away from those between."""
    ends = sorted(at for at, _, _ in places)
    return [
        {
            "x": at, "y": 0, "yref": "paper", "text": name, "yanchor": "top", "showarrow": False,
            "xanchor": _anchor(at, ends),
            "font": {"color": colour, "size": 13},
        }
        for at, name, colour in places
    ]  # fmt: skip


def _anchor(at: float, ends: Sequence[float]) -> str:
    if ends[0] == ends[-1] or ends[0] < at < ends[-1]:
        return "center"
    return "right" if at == ends[0] else "left"


CHART = Chart("Staplar", 1, _fits, _draw, native="bars", has_whiskers=True)
