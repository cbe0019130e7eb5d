"""How much room a text takes, how it is written, and in which language.

Widths are reckoned from Arial's letters, which are wider than Calibri's: what fits in the reckoning fits in PowerPoint,
and in the programs that have another font in Calibri's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from naravard.exports.pptx.grid import LINE, PARAGRAPH

LANGUAGE = "sv-SE"
_NARROW, _BROAD = frozenset("ijltfrI.,:;|!'()[]/· \u00a0-"), frozenset("mwMW%–—▲▼")
_rgb: Any = RGBColor.from_string


def inches(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, at most."""
    ems = sum(0.3 if c in _NARROW else 0.86 if c in _BROAD else 0.69 if c.isupper() else 0.556 for c in text)
    return ems * size * (1.05 if bold else 1) / 72


def lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """How many lines a text takes in so many inches."""
    count, used_width, space = 1, 0.0, inches(" ", size)
    for word in text.split(" "):
        wide = inches(word, size, bold=bold)
        if used_width and used_width + space + wide > width:
            count, used_width = count + 1, 0.0
        used_width += (space if used_width else 0) + wide
        count, used_width = (
            count + int(used_width // (width + 0.0001)),
            used_width % (width + 0.0001),
        )  # a word that is broken
    return count


def height(texts: Sequence[str], size: float, width: float) -> float:
    """How high paragraphs of so many inches' width are."""
    count = sum(lines(text, size, width) for text in texts)
    return (count * size * LINE + len(texts) * PARAGRAPH) / 72


def largest(text: str, width: float, sizes: Sequence[float], most: int = 2) -> float:
    """The largest of the sizes with which a text fits in so many lines."""
    return next((size for size in sizes if lines(text, size, width, bold=True) <= most), sizes[-1])


def fill(shape: Any, texts: Sequence[str]) -> None:
    """Paragraphs in the shape's own letters."""
    frame = shape.text_frame
    for position, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.add_run().text = text


def run(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> Any:
    """A text at the end of a paragraph, in letters of its own."""
    native_run = paragraph.add_run()
    native_run.text, native_run.font.bold = text, bold
    letters(native_run.font, size, colour)
    return native_run


def letters(font: Any, size: float, colour: str) -> None:
    """Size and colour of a text."""
    font.size, font.color.rgb = Pt(size), rgb(colour)


def paint(area: Any, colour: str) -> None:
    """Give a fill one colour."""
    area.solid()
    area.fore_color.rgb = rgb(colour)


def bare_hex(colour: str) -> str:
    """`#0b5c6b` as it stands in the file: `0B5C6B`."""
    return colour.lstrip("#").upper()


def rgb(colour: str) -> RGBColor:
    """`#0b5c6b` as python-pptx takes it."""
    native_colour: RGBColor = _rgb(bare_hex(colour))
    return native_colour


def in_swedish(element: Any) -> None:
    """The language of every text under an element, for spelling and for those who listen."""
    for text in element.iter(qn("a:r"), qn("a:fld")):
        if text.find(qn("a:rPr")) is None:
            text.insert(0, parse_xml(f"<a:rPr {nsdecls('a')}/>"))
    for properties in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        properties.set("lang", LANGUAGE)
