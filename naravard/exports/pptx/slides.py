"""The kinds of slide: the title, figures or a table between heading and small print, and what is missing."""

from __future__ import annotations

from typing import Any

from pptx.enum.text import MSO_ANCHOR
from pptx.util import Inches, Pt

from naravard.base.model import NO_GROUP
from naravard.exports.pptx import plots
from naravard.exports.pptx.board import beside, draw_board
from naravard.exports.pptx.charts import bars_beside, chart, native_of
from naravard.exports.pptx.columns import LEAST_CHART
from naravard.exports.pptx.grid import FULL, GAP, LEFT, LINE, Box
from naravard.exports.pptx.heading import first_title, head, sentences
from naravard.exports.pptx.layout import HEADING, PALE, TEXT
from naravard.exports.pptx.shapes import page_number, place, tell, to_notes, without_margins, write
from naravard.exports.pptx.small_print import SMALL_PRINT, small_print
from naravard.exports.pptx.tables import table
from naravard.exports.pptx.text import in_swedish, largest, lines, paint, run
from naravard.slides.slide import Figure, Slide
from naravard.telling import theme
from naravard.telling.tables import table_of

_FEW = 3
"""Beside a table with fewer rows, bars say nothing more."""
_GROUPS_WEIGHT = 1.35
"""Groups side by side need more width than single bars."""


def draw(slide: Any, content: Slide, number: int) -> None:
    """Fill a slide, with the number that it has in the deck."""
    to_notes(slide, content.notes)
    if content.kind == "title":
        _title_slide(slide, content)
    else:
        _KINDS.get(content.kind, _content_slide)(slide, content)
        _small_print_last(slide)
        page_number(slide, number)
    charts = [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]
    for element in (slide._element, slide.notes_slide._element, *charts):
        in_swedish(element)


def _small_print_last(slide: Any) -> None:
    """Shapes are read in the order that they lie in: figures before what is remarked on them, and sources."""
    tree = slide.shapes._spTree
    for shape in [shape for shape in slide.shapes if shape.name in SMALL_PRINT]:
        tree.append(shape._element)


def _title_slide(slide: Any, content: Slide) -> None:
    first_title(slide, content)
    write(slide, HEADING, "Underrubrik", [content.heading])
    write(slide, TEXT, "Text", content.sentences)


def _missing_slide(slide: Any, content: Slide) -> None:
    """What is missing, in a frame where the figures would have been."""
    top = head(slide, content) + 0.1
    shape = write(slide, TEXT, "Vad som saknas", [content.why_missing])
    place(shape, Box(LEFT, top, FULL, 1.7))
    paint(shape.fill, PALE)
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.4)
    frame.paragraphs[0].runs[0].font.size = Pt(20)
    small_print(slide, content)


def _board_slide(slide: Any, content: Slide) -> None:
    """Answers as cards, and the figure that they were written before; or as bars of their dots."""
    top = head(slide, content)
    for figure in content.figures[:1]:
        _chart_figure(slide, figure, _own_heading(slide, figure, beside(top)))
    draw_board(slide, content, top)
    small_print(slide, content)


def _content_slide(slide: Any, content: Slide) -> None:
    """Figures side by side, or a table, in the room between sentences and small print."""
    top = sentences(slide, content, head(slide, content))
    box = Box(LEFT, top, FULL, small_print(slide, content) - top)
    if content.table is not None:
        table(slide, content.table, box, f"{content.table.caption}: {content.title}")
        return
    boxes = box.columns([_weight(figure) for figure in content.figures])
    for figure, its_box in zip(content.figures, boxes, strict=True):
        inner = _own_heading(slide, figure, its_box) if len(boxes) > 1 else its_box
        (_table_figure if figure.form == "tabell" else _chart_figure)(slide, figure, inner)


_KINDS = {"missing": _missing_slide, "board": _board_slide, "dots": _board_slide}


def _weight(figure: Figure) -> float:
    result = figure.result
    return _GROUPS_WEIGHT if native_of(result) == "groups" and result.has_kommuner else 1


def _own_heading(slide: Any, figure: Figure, box: Box) -> Box:
    """The small heading of one of two figures; the place that is left for it."""
    result = figure.result
    group = result.groups[0] if len(result.groups) == 1 and result.groups[0] != NO_GROUP else ""
    text = f"{result.indicator.titel}: {result.group_label(group).lower()}" if group else result.indicator.titel
    size = largest(text, box.width, (13, 12, 11), most=1)
    height = lines(text, size, box.width, bold=True) * size * LINE / 72
    shape = slide.shapes.add_textbox(*box._replace(height=height).emu)
    shape.name, shape.text_frame.word_wrap = f"Rubrik: {text}", True
    without_margins(shape.text_frame)
    run(shape.text_frame.paragraphs[0], text, size, theme.TEXT, bold=True)
    return box.below(height + 0.06)


def _chart_figure(slide: Any, figure: Figure, box: Box) -> None:
    _tell(chart(slide, figure.result, box), figure)


def _table_figure(slide: Any, figure: Figure, box: Box) -> None:
    """The result as a table, with its bars to the right where one row is one bar and there is room."""
    result = figure.result
    with_bars = native_of(result) == "bars"
    table_shape = table(slide, table_of(result), box, figure.alt, stretch=not with_bars)
    table_width = table_shape.width + GAP / 2
    if not with_bars or not table_shape.is_whole or box.width - table_width < LEAST_CHART:
        return
    plot = plots.by_area(result)
    if len(plot.names) >= _FEW:
        bars = Box(
            box.left + table_width,
            box.top + table_shape.heading,
            box.width - table_width,
            table_shape.row * len(plot.names),
        )
        _tell(bars_beside(slide, plot, bars), figure)


def _tell(frame: Any, figure: Figure) -> None:
    tell(frame, f"Diagram: {figure.result.indicator.titel}", figure.alt)
