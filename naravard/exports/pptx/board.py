"""A board of answers: cards side by side with the figure that they are about, or bars of their dots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from naravard.base.numbers import quantity
from naravard.exports.pptx.grid import FULL, GAP, LEFT, LINE, SMALL_BOTTOM, Box
from naravard.exports.pptx.shapes import flat, say_nothing
from naravard.exports.pptx.text import lines, paint, rgb, run
from naravard.slides.slide import Note, Slide
from naravard.telling import theme

_TOP = 1.9
"""From where there is room for a board, under a title of two lines."""
_ROOM = SMALL_BOTTOM - _TOP - 0.5
_PAD, _APART = 0.1, 0.14
_SIZES = (16, 14, 12)
_NAME, _MORE = 0.8, 0.85
"""Letters of a group's name, and of what was merged, by those of the answer."""
_CARDS_WIDTH = 7.7
"""Of the cards beside a figure."""
_LEAST_CARD = 2.45
_BAR_TEXT, _NUMBER_WIDTH = 6.2, 0.7
_EDGE = "#9fb0b4"
_QUOTED = 40
"""So much of an answer stands over what did not fit on its first card."""


class _Place(NamedTuple):
    note: Note
    box: Box


def screens(content: Slide) -> list[Slide]:
    """A slide as so many that each has room for its board, in the largest letters that keep it on one."""
    if content.kind not in {"board", "dots"}:
        return [content]
    content = replace(content, board=tuple(part for note in content.board for part in _in_parts(note, content)))
    parts = _pages(content, _size(content))
    return [
        replace(
            content,
            board=tuple(part),
            title=content.title + (f" ({place} av {len(parts)})" if len(parts) > 1 else ""),
        )
        for place, part in enumerate(parts, start=1)
    ]


def beside(top: float) -> Box:
    """The place of the figure that a board is about."""
    left = LEFT + _CARDS_WIDTH + GAP
    return Box(left, top, FULL - _CARDS_WIDTH - GAP, SMALL_BOTTOM - top - 0.5)


def draw_board(slide: Any, content: Slide, top: float) -> None:
    """The answers of one slide as cards or bars."""
    size = _size(content)
    if content.kind == "dots":
        _draw_bars(slide, content.board, top, size)
        return
    places, _ = _card_places(content.board, _columns(content), size)
    for note, box in places:
        _draw_card(slide, note, box._replace(top=top + box.top), size)


def _size(content: Slide) -> float:
    return next((size for size in _SIZES if _is_one_page(content, size)), _SIZES[-1])


def _is_one_page(content: Slide, size: float) -> bool:
    width = _columns(content)[0].width
    fits = content.kind == "dots" or all(_card_height(note, width, size) <= _ROOM for note in content.board)
    return fits and len(_pages(content, size)) == 1


def _in_parts(note: Note, content: Slide) -> Iterator[Note]:
    """An answer as so many cards that each has room for what was merged into it."""
    width, size = _columns(content)[0].width, _SIZES[-1]
    part, left = replace(note, more=()), list(note.more)
    while left:
        longer = replace(part, more=(*part.more, left[0]))
        if part.more and _card_height(longer, width, size) > _ROOM:
            yield part
            part = replace(note, text=f"{note.text[:_QUOTED]} (fler)", more=())
            continue
        part = longer
        left.pop(0)
    yield part


def _pages(content: Slide, size: float) -> list[Sequence[Note]]:
    pages: list[Sequence[Note]] = []
    left = content.board
    while left:
        count = _fitting_bars(left, size) if content.kind == "dots" else _card_places(left, _columns(content), size)[1]
        pages.append(left[:count])
        left = left[count:]
    return pages


def _columns(content: Slide) -> list[Box]:
    width = _CARDS_WIDTH if content.figures else FULL
    count = int((width + _APART) // (_LEAST_CARD + _APART))
    each = (width - (count - 1) * _APART) / count
    return [Box(LEFT + i * (each + _APART), 0, each, _ROOM) for i in range(count)]


def _card_places(notes: Sequence[Note], columns: Sequence[Box], size: float) -> tuple[list[_Place], int]:
    """Cards from the top, each in the column that is shortest, as many as there is room for; and how many that is."""
    ends = [0.0] * len(columns)
    places: list[_Place] = []
    for note in notes:
        shortest = ends.index(min(ends))
        high = _card_height(note, columns[shortest].width, size)
        if places and ends[shortest] + high > _ROOM:
            break
        box = columns[shortest]._replace(top=ends[shortest], height=min(high, _ROOM))
        places.append(_Place(note, box))
        ends[shortest] += high + _APART
    return places, len(places)


def _texts(note: Note, size: float) -> list[tuple[str, float]]:
    """The texts of a card with the sizes of their letters."""
    texts = [(note.group, size * _NAME), (f"★ {note.text}" if note.is_common else note.text, size)]
    texts += [(f"+ {text}", size * _MORE) for text in note.more]
    if note.dots is not None:
        texts.append((_dots(note.dots), size * _MORE))
    return [*texts, (note.question, size * _NAME)] if note.question else texts


def _dots(count: int) -> str:
    return quantity(count, "prick", "prickar")


def _card_height(note: Note, width: float, size: float) -> float:
    inner = width - 3 * _PAD
    return 2 * _PAD + sum(lines(text, each, inner, bold=True) * each * LINE / 72 for text, each in _texts(note, size))


def _draw_card(slide: Any, note: Note, box: Box, size: float) -> None:
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *box.emu)
    shape.name = f"Svar från {note.group}"
    shape.adjustments[0] = min(0.08 / box.height, 0.08)
    flat(shape)
    paint(shape.fill, "#e8f2f4" if note.is_common else theme.PAPER)
    shape.line.color.rgb = rgb(theme.FIGURE if note.is_common else _EDGE)
    shape.line.width = Pt(2 if note.is_common else 1)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Pt(72 * _PAD)
    colour = theme.GROUPS[note.place % len(theme.GROUPS)]
    for position, (text, each) in enumerate(_texts(note, size)):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        shade = colour if position == 0 else theme.TEXT if position == 1 else theme.MUTED
        run(paragraph, text, each, shade, bold=position == 0)


def _row_height(note: Note, size: float) -> float:
    return max(lines(note.text, size, _BAR_TEXT) * size * LINE / 72, 0.3) + 0.16


def _fitting_bars(notes: Sequence[Note], size: float) -> int:
    used_height, count = 0.0, 0
    for note in notes:
        used_height += _row_height(note, size)
        if count and used_height > _ROOM:
            break
        count += 1
    return count


def _draw_bars(slide: Any, notes: Sequence[Note], top: float, size: float) -> None:
    """A row for each answer: its words, how many dots, and a bar."""
    start = LEFT + _BAR_TEXT + _NUMBER_WIDTH
    for note in notes:
        high = _row_height(note, size)
        _write(slide, note.text, Box(LEFT, top, _BAR_TEXT, high), size)
        _write(slide, str(note.dots or 0), Box(LEFT + _BAR_TEXT, top, _NUMBER_WIDTH, high), size, is_bold=True)
        if note.share:
            width = (LEFT + FULL - start) * note.share
            bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(start, top + high / 2 - 0.13, width, 0.26).emu)
            bar.name = "Stapel"
            flat(bar)
            paint(bar.fill, theme.FIGURE)
            bar.line.fill.background()
            say_nothing(bar._element)
        top += high


def _write(slide: Any, text: str, box: Box, size: float, *, is_bold: bool = False) -> None:
    shape = slide.shapes.add_textbox(*box.emu)
    shape.name = "Prickar" if is_bold else "Svar"
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = not is_bold, MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    run(frame.paragraphs[0], text, size, theme.TEXT, bold=is_bold)
