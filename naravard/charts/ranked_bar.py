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
from naravard.telling.amounts import compared_value, value
from naravard.telling.provenance import footnote_numbers
from naravard.telling.tables import bar_colour
from naravard.telling.verdicts import shape

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
    line_ends = [at for at, _, _ in target(result)]
    top = max([longest(rows), *(row.ovre for row in rows if row.ovre is not None), *line_ends])
    look = {
        "marker": {"color": [bar_colour(row, result.indicator) for row in rows], "line": outline(rows, result)},
        # inside where there is room, so that the län's line does not run through the number
        "textposition": ["inside" if (row.varde or 0) > _ROOM_FOR_TEXT * top else "outside" for row in rows],
        "insidetextanchor": "end",
        "insidetextfont": {"color": theme.PAPER},
        **({"textposition": "none"} if has_intervals else {}),
    }
    lines = yardsticks(result)
    return frame(
        [bar(rows, names, result, **look), *(whiskers(rows, names) if has_intervals else [])],
        result,
        bars_height(len(rows)),
        shapes=[dotted(at, colour) for at, _, colour in lines],
        annotations=[
            *(_numbers(rows, names, result) if has_intervals else []),
            *notes_on_absent(rows, names),
            *(names_of_lines(lines) if lines else []),
        ],
        xaxis={
            "range": [0, top * (_WITH_VALUES if has_intervals else 1.08)],
            "showticklabels": False,
            "showgrid": False,
        },
        yaxis={"autorange": "reversed"},
    )


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


CHART = Chart("Staplar", 1, _fits, _draw, native="bars", has_whiskers=True, draw_on_wall=_columns.draw)
