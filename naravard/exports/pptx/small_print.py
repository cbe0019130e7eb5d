"""The lower part of a slide: remarks to the left, signs and sources to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from naravard.base import periods
from naravard.base.numbers import unbroken
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
from naravard.telling import wording

_ROOM = 8 * (SMALL * LINE + 1) / 72
_MORE_REMARKS = "Fler anmärkningar i anteckningarna."
_MORE_SOURCES = "Mer om källor och tecken i anteckningarna."


def small_print(slide: Any, content: Slide) -> float:
    """As much as there is room for; the rest goes to the notes. Where the figures may end."""
    known = [text for text in dict.fromkeys([*_legends(content), content.signs]) if text]
    remarks = _footnotes_first([unbroken(text) for text in content.remarks])
    left, right = (remarks, [*known, *content.sources]) if remarks else (known, content.sources)
    shown, cut = _fitting(left, REMARKS_WIDTH, _MORE_REMARKS)
    shown_right, cut_right = _fitting(right, SOURCES_WIDTH, _MORE_SOURCES)
    if cut or cut_right:
        to_notes(slide, "\n".join(["Fick inte plats på bilden:", *cut, *cut_right]))
    high = max(height(shown, SMALL, REMARKS_WIDTH), height(shown_right, SMALL, SOURCES_WIDTH))
    top = SMALL_BOTTOM - high
    _column(slide, REMARKS, "Anmärkningar", shown, Box(LEFT, top, REMARKS_WIDTH, high))
    _column(slide, SOURCES, "Källor", shown_right, Box(SOURCES_LEFT, top, SOURCES_WIDTH, high))
    if not high:
        return SMALL_BOTTOM
    hairline(slide, top - 0.11)
    return top - 0.25


def _footnotes_first(remarks: Sequence[str]) -> list[str]:
    """Those on one kommun, `1 Borgholm, …`: their numbers stand in the figure, so they are the last to be cut."""
    return sorted(remarks, key=lambda text: not re.match(r"\d+ ", text))


def _fitting(texts: Sequence[str], width: float, more: str) -> tuple[list[str], list[str]]:
    """Those texts that fit, in order, and those that do not. The last that is shown tells that there are others."""
    shown: list[str] = []
    for text in texts:
        if height([*shown, text], SMALL, width) <= _ROOM:
            shown.append(text)
    if len(shown) == len(texts):
        return shown, []
    while shown and height([*shown, more], SMALL, width) > _ROOM:
        shown.pop()
    return [*shown, more], [text for text in texts if text not in shown]


def _column(slide: Any, index: int, name: str, texts: Sequence[str], box: Box) -> None:
    shape = write(slide, index, name, texts)
    if shape is not None:
        place(shape, box)


def _legends(content: Slide) -> Iterator[str]:
    """What triangles and colours mean, where they are seen."""
    yield from map(_legend, content.figures)
    if content.table is not None and has_marks(content.table):
        yield "▲ ▼ avviker (95 %). ▲▲ ▼▼ avviker tydligt (99,8 %)."


def _legend(figure: Figure) -> str:
    result = figure.result
    seen = figure.form == "tabell" or result.indicator.diagram == "ranked_bar"
    if not seen or result.matperiod == periods.EVERY or not any(row.jamforelse for row in result.kommuner):
        return ""
    other = wording.against(result)
    if not any(row.level for row in result.kommuner):
        return f"Grå staplar: ingen säker skillnad mot {other}."
    more, less = wording.sides(result.indicator)
    return (
        f"▲ {more} och ▼ {less} än {other}: avviker (95 %). ▲▲ ▼▼ avviker tydligt (99,8 %). "
        "Utan tecken: ingen säker skillnad."
    )
