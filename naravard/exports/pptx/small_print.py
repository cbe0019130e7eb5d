"""The lower part of a slide: remarks to the left, signs and sources to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from naravard.base.numbers import with_hard_spaces
from naravard.exports.pptx import plots
from naravard.exports.pptx.charts import native_of
from naravard.exports.pptx.columns import has_marks
from naravard.exports.pptx.grid import (
    LEFT,
    LINE,
    REMARKS_WIDTH,
    SMALL,
    SMALL_BOTTOM,
    SOURCES_LEFT,
    SOURCES_WIDTH,
    Box,
)
from naravard.exports.pptx.layout import REMARKS, SOURCES
from naravard.exports.pptx.shapes import hairline, place, to_notes, write
from naravard.exports.pptx.text import height
from naravard.slides.slide import Figure, Slide
from naravard.telling import verdicts, vocabulary
from naravard.telling.tables import about_dash, table_of

_ROOM = 8 * (SMALL * LINE + 1) / 72
SMALL_PRINT = ("Linje", "Anmärkningar", "Källor")
"""The names of its shapes."""
_MORE_REMARKS = "Fler anmärkningar i anteckningarna."
_MORE_SOURCES = "Mer om källor och tecken i anteckningarna."


def small_print(slide: Any, content: Slide) -> float:
    """As much as there is room for; the rest goes to the notes. Where the figures may end."""
    legend_lines = [text for text in dict.fromkeys([*_legends(content), content.signs]) if text]
    remarks = _footnotes_first([with_hard_spaces(text) for text in content.remarks])
    left, right = (remarks, [*legend_lines, *content.sources]) if remarks else (legend_lines, content.sources)
    left_lines, cut = _fitting(left, REMARKS_WIDTH, _MORE_REMARKS)
    right_lines, cut_right = _fitting(right, SOURCES_WIDTH, _MORE_SOURCES)
    if cut or cut_right:
        to_notes(slide, "\n".join(["Fick inte plats på bilden:", *cut, *cut_right]))
    high = max(height(left_lines, SMALL, REMARKS_WIDTH), height(right_lines, SMALL, SOURCES_WIDTH))
    top = SMALL_BOTTOM - high
    _column(slide, REMARKS, "Anmärkningar", left_lines, Box(LEFT, top, REMARKS_WIDTH, high))
    _column(slide, SOURCES, "Källor", right_lines, Box(SOURCES_LEFT, top, SOURCES_WIDTH, high))
    if not high:
        return SMALL_BOTTOM
    hairline(slide, top - 0.11)
    return top - 0.25


def _footnotes_first(remarks: Sequence[str]) -> list[str]:
    """Those on one kommun, `1 Borgholm, …`: their numbers stand in the figure, so they are the last to be cut."""
    return sorted(remarks, key=lambda text: not re.match(r"\d+ ", text))


def _fitting(texts: Sequence[str], width: float, more: str) -> tuple[list[str], list[str]]:
    """Those texts that fit, in order, and those that do not. The last that is shown tells that there are others."""
    fitting: list[str] = []
    for text in texts:
        if height([*fitting, text], SMALL, width) <= _ROOM:
            fitting.append(text)
    if len(fitting) == len(texts):
        return fitting, []
    while fitting and height([*fitting, more], SMALL, width) > _ROOM:
        fitting.pop()
    return [*fitting, more], [text for text in texts if text not in fitting]


def _column(slide: Any, index: int, name: str, texts: Sequence[str], box: Box) -> None:
    shape = write(slide, index, name, texts)
    if shape is not None:
        place(shape, box)


def _legends(content: Slide) -> Iterator[str]:
    """What triangles and colours mean, where they are seen."""
    yield from map(_legend, content.figures)
    if content.table is not None and has_marks(content.table):
        yield vocabulary.SHAPES
    figure_tables = [table_of(figure.result) for figure in content.figures if figure.form == "tabell"]
    yield from map(about_dash, filter(None, [content.table, *figure_tables]))


def _legend(figure: Figure) -> str:
    result = figure.result
    if native_of(result) == "line":
        return _legend_of_lines(figure)
    has_shapes = figure.form == "tabell" or native_of(result) == "bars"
    if not has_shapes or not any(row.is_judged for row in result.kommuner):
        return ""
    other = verdicts.comparison_name(result)
    if not any(row.level for row in result.kommuner):
        return f"Grå staplar, mot {other}: {vocabulary.INSIDE}, eller {vocabulary.NOT_ENOUGH}."
    more, less = verdicts.sides(result.indicator)
    return f"▲ {more} och ▼ {less} än {other}: {vocabulary.MARKS} {verdicts.without_mark(result)}"


def _legend_of_lines(figure: Figure) -> str:
    """What the lines without a name are."""
    has_faint = any(line.faint for line in plots.over_time(figure.result).series)
    return "Grå linjer: kommunerna." if has_faint and figure.form == "diagram" else ""
