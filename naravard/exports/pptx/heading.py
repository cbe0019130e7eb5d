"""The upper part of a slide: heading, title, the mark of example data or of preliminary figures, and sentences."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from naravard.exports.pptx.grid import FULL, HEADING_TOP, LEFT, RIGHT, SENTENCE, TITLE_TOP, Box
from naravard.exports.pptx.layout import HEADING, TEXT
from naravard.exports.pptx.shapes import flat, place, without_margins, write
from naravard.exports.pptx.text import fill, height, inches, largest, lines, paint, rgb, run
from naravard.slides.slide import Slide
from naravard.telling import provenance, theme

_AIR = 0.16
_LINE = 1.1
"""Height of a title's line by the size of its letters."""
_SIZES, _FIRST_SIZES = (28, 26, 24, 22, 20, 18), (44, 40, 36, 32, 28)


def first_title(slide: Any, content: Slide) -> None:
    """The title of the deck."""
    _title(slide, content, _FIRST_SIZES)
    if content.mark:
        badge = _badge(slide, content.mark)
        badge.line.color.rgb = rgb(theme.PAPER)


def head(slide: Any, content: Slide) -> float:
    """Heading, title and the mark of example data or of preliminary figures; where they end."""
    room = FULL
    if content.mark:
        badge = _badge(slide, _mark(content))
        badge.line.fill.background()
        room -= badge.width.inches + 0.2
    heading = write(slide, HEADING, "Vad som visas", [content.heading])
    if heading is not None:
        place(heading, Box(LEFT, HEADING_TOP, room, 0.3))
    size = _title(slide, content, _SIZES)
    title = slide.shapes.title
    high = min(2, lines(title.text_frame.text, size, FULL, bold=True)) * size * _LINE / 72 + 0.06
    place(title, Box(LEFT, TITLE_TOP, FULL, high))
    if content.mark:
        _colour_start(title.text_frame.paragraphs[0].runs[0], f"{content.mark}:")
    return TITLE_TOP + high + _AIR


def sentences(slide: Any, content: Slide, top: float) -> float:
    """The sentences under the title; where the figures begin."""
    shape = write(slide, TEXT, "Text", content.sentences)
    if shape is None:
        return top
    high = height(content.sentences, SENTENCE, FULL)
    place(shape, Box(LEFT, top, FULL, high))
    return top + high + _AIR


def _title(slide: Any, content: Slide, sizes: tuple[int, ...]) -> float:
    """Write the title; the size of its letters."""
    text = f"{content.mark}: {content.title}" if content.mark else content.title
    size = largest(text, FULL, sizes)
    shape = slide.shapes.title
    shape.name = "Rubrik"
    fill(shape, [text])
    shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return size


def _mark(content: Slide) -> str:
    """What the badge says."""
    marks = {provenance.mark_in_words(figure.result) for figure in content.figures}
    return marks.pop() or content.mark if len(marks) == 1 else content.mark


def _colour_start(run: Any, start: str) -> None:
    """Split a run in two, the first in the colour of a mark."""
    rest = deepcopy(run._r)
    rest.text = run.text.removeprefix(start)
    run._r.addnext(rest)
    run.text = start
    run.font.color.rgb = rgb(theme.EXAMPLE)


def _badge(slide: Any, text: str) -> Any:
    """An orange mark in the upper right corner."""
    width = inches(text, 12, bold=True) + 0.35
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *Box(RIGHT - width, 0.34, width, 0.34).emu)
    shape.name = "Märkning"
    flat(shape)
    paint(shape.fill, theme.EXAMPLE)
    frame = shape.text_frame
    without_margins(frame)
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    run(frame.paragraphs[0], text, 12, theme.PAPER, bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return shape
