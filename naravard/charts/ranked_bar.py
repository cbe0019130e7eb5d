"""One bar per area, in Swedish order, with the län as a line through them."""

from __future__ import annotations

from collections.abc import Sequence

from plotly.graph_objects import Figure

from naravard.charts import Chart, _columns
from naravard.charts._frame import Part, area_name, bar, bars_height, frame, longest, notes_on_absent, outline
from naravard.charts._whiskers import whiskers
from naravard.charts._yardsticks import dotted, target, yardsticks
from naravard.charts._yardsticks import names as names_of_lines
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.telling import theme
from naravard.telling.amounts import decimals_of, value, written_value
from naravard.telling.provenance import footnote_numbers
from naravard.telling.tables import bar_colour, rows_with_bars
from naravard.telling.verdicts import shape

_ROOM_FOR_TEXT = 0.2
"""Part of the longest bar that is long enough for the number."""
_BEYOND = 1.03
"""Room beyond the longest whisker, where numbers have a column of their own to the right."""
_LETTER, _GAP = 8, 10
"""Pixels of a letter, and between a whisker and its number."""
_HEADING = 24


def _fits(result: ProtectedResult) -> bool:
    """Kommuner with one figure each."""
    return result.has_kommuner and len(result.groups) == 1


def _draw(result: ProtectedResult) -> Figure:
    """Horizontal bars. A hidden or missing value has no bar; its place is kept and says why."""
    rows = rows_with_bars(result, result.rows)
    marks = footnote_numbers(result.remarks)
    names = [
        f"{area_name(row, result)}{f'<sup> {marks[row.kommun_kod]}</sup>' if row.kommun_kod in marks else ''}"
        for row in rows
    ]
    has_intervals = any(row.nedre is not None for row in rows)
    line_ends = [at for at, _, _ in target(result)]
    rows_of_all = rows_with_bars(result, result.measured_rows)
    top = max([longest(rows_of_all), *(row.ovre for row in rows_of_all if row.ovre is not None), *line_ends])
    look = {
        "marker": {"color": [bar_colour(row, result.indicator) for row in rows], "line": outline(rows, result)},
        # inside where there is room, so that the län's line does not run through the number
        "textposition": ["inside" if (row.varde or 0) > _ROOM_FOR_TEXT * top else "outside" for row in rows],
        "insidetextanchor": "end",
        "insidetextfont": {"color": theme.PAPER},
        **({"textposition": "none"} if has_intervals else {}),
    }
    lines = yardsticks(result)
    numbers = _numbers(rows, names, result) if has_intervals else []
    figure = frame(
        [bar(rows, names, result, **look), *(whiskers(rows, names) if has_intervals else [])],
        result,
        bars_height(len(rows)),
        shapes=[dotted(at, colour) for at, _, colour in lines],
        annotations=[
            *numbers,
            *notes_on_absent(rows, names),
            *(names_of_lines(lines) if lines else []),
        ],
        xaxis={
            "range": [0, top * (_BEYOND if has_intervals else 1.08)],
            "showticklabels": False,
            "showgrid": False,
        },
        yaxis={"autorange": "reversed"},
        margin={"r": numbers[0]["xshift"]} if numbers else {},
    )
    return _with_room_above(figure) if _has_two_values(rows) else figure


def _with_room_above(figure: Figure) -> Figure:
    """Room for the heading of the column of numbers."""
    margin, height = figure.layout.margin, figure.layout.height
    return figure.update_layout(margin={"t": (margin.t or 0) + _HEADING}, height=height + _HEADING)


def _has_two_values(rows: Sequence[ProtectedRow]) -> bool:
    return any(row.utjamnad for row in rows)


def _numbers(rows: Sequence[ProtectedRow], names: Sequence[str], result: ProtectedResult) -> list[Part]:
    """The column of numbers in the margin, with the shape of what differs; as wide as its widest on any screen."""
    texts = {name: _number(row, result) for row, name in zip(rows, names, strict=True) if row.varde is not None}
    width = _LETTER * max(map(len, texts.values()), default=0) + _GAP
    look = {"x": 1, "xref": "paper", "xanchor": "right", "xshift": width, "showarrow": False}
    numbers = [{**look, "y": name, "text": text} for name, text in texts.items()]
    heading = {**look, "y": 1, "yref": "paper", "yanchor": "bottom", "text": "talet; med länets åldrar"}
    return [*numbers, heading] if _has_two_values(rows) else numbers


def _number(row: ProtectedRow, result: ProtectedResult) -> str:
    """The value with its shape; one that is adjusted for age has both values, and the shape is of the adjusted."""
    as_it_is = value(row, result.indicator)
    if row.utjamnad is None:
        return f"{shape(row)} {as_it_is}".lstrip()
    adjusted_value = written_value(row.utjamnad.direct.value, result.indicator, decimals_of(row, result.indicator))
    return f"{as_it_is}; {shape(row)} {adjusted_value}".replace(";  ", "; ")


CHART = Chart("Staplar", 1, _fits, _draw, native="bars", has_whiskers=True, draw_on_wall=_columns.draw)
