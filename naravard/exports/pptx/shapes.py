"""Shapes on a slide: where they stand, what is read aloud of them, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from naravard.exports.pptx.grid import LEFT, RIGHT, Box
from naravard.exports.pptx.text import fill, rgb
from naravard.telling import theme

NUMBER_FIELD = "a:fld id='{C1FF6DA9-008F-8B48-92A6-B652298478BF}' type='slidenum'"


def write(slide: Any, index: int, name: str, texts: Sequence[str]) -> Any:
    """Fill a placeholder; one without a text is removed, and None is the answer."""
    shape = next(s for s in slide.placeholders if s.placeholder_format.idx == index)
    texts = [text for text in texts if text]
    if not texts:
        remove(shape)
        return None
    fill(shape, texts)
    shape.name = name
    return shape


def place(shape: Any, box: Box) -> None:
    """Put a shape in a place."""
    shape.left, shape.top, shape.width, shape.height = box.emu


def remove(shape: Any) -> None:
    """Take a shape away."""
    shape._element.getparent().remove(shape._element)


def without_margins(frame: Any) -> None:
    """A text at the very edge of its shape."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def flat(shape: Any) -> None:
    """Without the shadow that the default file's theme gives a shape."""
    shape._element.remove(shape._element.find(qn("p:style")))


def tell(frame: Any, name: str, words: str) -> None:
    """The name of a chart or a table, and what it shows in words."""
    frame.name = name
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words)


def say_nothing(element: Any) -> None:
    """Mark a shape as decoration, which is not read aloud."""
    extension = parse_xml(
        f"<a:extLst {nsdecls('a')}><a:ext uri='{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}'>"
        "<adec:decorative xmlns:adec='http://schemas.microsoft.com/office/drawing/2017/decorative' val='1'/>"
        "</a:ext></a:extLst>"
    )
    element.find(f".//{qn('p:cNvPr')}").append(extension)


def hairline(slide: Any, top: float) -> None:
    """A thin line from side to side."""
    line = slide.shapes.add_connector(1, Inches(LEFT), Inches(top), Inches(RIGHT), Inches(top))
    line.line.color.rgb, line.line.width, line.name = rgb(theme.GRID), Pt(1), "Linje"
    flat(line)
    say_nothing(line._element)


def page_number(slide: Any, number: int) -> None:
    """The number of the slide, in the layout's place for it."""
    sp = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{900 + number}' name='Sidnummer'/><p:cNvSpPr><a:spLocks "
        "noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph type='sldNum' sz='quarter' idx='12'/></p:nvPr></p:nvSpPr><p:spPr/>"
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p><{NUMBER_FIELD}>"
        f"<a:rPr/><a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(sp)


def to_notes(slide: Any, *paragraphs: str) -> None:
    """More for the one who speaks."""
    frame = slide.notes_slide.notes_text_frame
    frame.text = "\n\n".join(filter(None, [frame.text, *paragraphs]))
