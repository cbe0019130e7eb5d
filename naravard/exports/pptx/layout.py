"""The default file turned into ours: 16:9, our colours, a layout for the title and one for all other slides."""

from __future__ import annotations

from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches

from naravard.exports.pptx.grid import (
    AUTHOR,
    FOOT,
    FULL,
    HEADING_TOP,
    HEIGHT,
    LEFT,
    PARAGRAPH,
    REMARKS_WIDTH,
    RIGHT,
    SENTENCE,
    SMALL,
    SOURCES_LEFT,
    SOURCES_WIDTH,
    TITLE_TOP,
    WIDTH,
    Box,
)
from naravard.exports.pptx.shapes import NUMBER_FIELD, place, remove, say_nothing
from naravard.exports.pptx.text import bare_hex, in_swedish, paint
from naravard.telling import theme

HEADING, TEXT, REMARKS, SOURCES = 13, 14, 15, 16
"""Placeholders by their index."""
PALE = "#f3f6f6"
"""Behind a text that stands where figures would have been."""
_TITLE = Box(LEFT, TITLE_TOP, FULL, 0.9)
_NUMBER = Box(RIGHT - 1, FOOT, 1, 0.26)
_ON_MASTER = {"title": _TITLE, "body": Box(LEFT, 1.8, FULL, 4.9), "sldNum": _NUMBER}


def layouts(presentation: Any) -> tuple[Any, Any]:
    """The layout of the title slide, and that of the others."""
    presentation.slide_width, presentation.slide_height = Inches(WIDTH), Inches(HEIGHT)
    first, other = presentation.slide_layouts[0], presentation.slide_layouts[5]
    for layout in list(presentation.slide_layouts):
        if layout not in (first, other):
            presentation.slide_layouts.remove(layout)
    _without_leftovers(presentation)
    _house_theme(presentation.slide_master)
    _house_master(presentation.slide_master)
    _title_layout(first)
    _slide_layout(other)
    for part in (presentation.part, presentation.slide_master, first, other):
        in_swedish(part._element)
    return first, other


def _without_leftovers(presentation: Any) -> None:
    """The default file's thumbnail and printer settings are of another file."""
    for owner in (presentation.part.package, presentation.part):
        for rel_id, rel in list(owner._rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/printerSettings")):
                owner._rels.pop(rel_id)


def _house_theme(master: Any) -> None:
    """Our colours in the palette that PowerPoint offers."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(part.blob)
    colours = [theme.TEXT, theme.PAPER, theme.COMPARATOR, PALE, theme.FIGURE, *theme.GROUPS[1:]]
    colours += [theme.BETTER, theme.WORSE, theme.FIGURE, theme.COMPARATOR]
    for slot, colour in zip(root.find(f".//{qn('a:clrScheme')}"), colours, strict=True):
        slot[:] = [parse_xml(f'<a:srgbClr {nsdecls("a")} val="{bare_hex(colour)}"/>')]
    part._blob = serialize_part_xml(root)


def _house_master(master: Any) -> None:
    """Placeholders within 16:9; dates and footers are not used."""
    for shape in list(master.placeholders):
        box = _ON_MASTER.get(shape._element.ph.get("type"))
        if box is None:
            remove(shape)
        else:
            place(shape, box)


def _title_layout(layout: Any) -> None:
    _emptied(layout, "Titelbild")
    paint(layout.background.fill, theme.FIGURE)
    _decoration(layout, Box(LEFT, 4.1, 1.1, 0.06), theme.GROUPS[1])
    _placeholder(layout, "ctrTitle", 0, "Titel", Box(LEFT, 2.2, FULL, 1.7), 44, theme.PAPER, bold=True)
    _placeholder(layout, "body", HEADING, "Underrubrik", Box(LEFT, 4.4, FULL, 0.8), 22, theme.PAPER)
    _placeholder(layout, "body", TEXT, "Text", Box(LEFT, 6.2, FULL, 0.7), 14, theme.ORDERED[0])


def _slide_layout(layout: Any) -> None:
    _emptied(layout, "Bild")
    _decoration(layout, Box(0, 0, 0.16, HEIGHT), theme.FIGURE)
    heading = Box(LEFT, HEADING_TOP, FULL, 0.3)
    _placeholder(layout, "title", 0, "Rubrik", _TITLE, 28, theme.TEXT, bold=True)
    _placeholder(layout, "body", HEADING, "Vad som visas", heading, 13, theme.FIGURE, bold=True)
    _placeholder(layout, "body", TEXT, "Text", Box(LEFT, 1.75, FULL, 0.4), SENTENCE, theme.TEXT)
    left, right = Box(LEFT, 5.9, REMARKS_WIDTH, 1), Box(SOURCES_LEFT, 5.9, SOURCES_WIDTH, 1)
    _placeholder(layout, "body", REMARKS, "Anmärkningar", left, SMALL, theme.MUTED)
    _placeholder(layout, "body", SOURCES, "Källor", right, SMALL, theme.MUTED)
    _placeholder(layout, "sldNum", 12, "Sidnummer", _NUMBER, SMALL, theme.MUTED, align="r")
    layout.shapes._spTree.append(_text(90, "Sidfot", AUTHOR, Box(LEFT, FOOT, 6, 0.26), SMALL, theme.FIGURE))


def _emptied(layout: Any, name: str) -> None:
    """A layout without its placeholders, under a Swedish name."""
    for shape in list(layout.shapes):
        remove(shape)
    layout._element.cSld.set("name", name)


def _placeholder(
    layout: Any, kind: str, index: int, name: str, box: Box, size: float, colour: str,
    *, bold: bool = False, align: str = "l",
) -> None:  # fmt: skip
    """A place for text on a layout, with its look, which the slides inherit."""
    ph = f"<p:ph type='{kind}'{f' idx={chr(34)}{index}{chr(34)}' if index else ''}/>"
    sp = _text(index + 2, name, name, box, size, colour, ph=ph, bold=bold, align=align)
    if kind == "sldNum":
        field = parse_xml(f"<{NUMBER_FIELD} {nsdecls('a')}><a:rPr/><a:t>‹#›</a:t></a:fld>")
        sp.find(f".//{qn('a:p')}")[:] = [field]
    layout.shapes._spTree.append(sp)


def _text(
    shape_id: int, name: str, text: str, box: Box, size: float, colour: str,
    *, ph: str = "", bold: bool = False, align: str = "l",
) -> Any:  # fmt: skip
    anchor = "b" if "ctrTitle" in ph else "t"
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{shape_id}' name='{name}'/><p:cNvSpPr/><p:nvPr>{ph}</p:nvPr>"
        f"</p:nvSpPr><p:spPr>{_rectangle(box)}</p:spPr><p:txBody>"
        f"<a:bodyPr wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='{anchor}'><a:noAutofit/></a:bodyPr>"
        f"<a:lstStyle><a:lvl1pPr marL='0' indent='0' algn='{align}'><a:lnSpc><a:spcPct val='{90 if bold else 100}000'/>"
        f"</a:lnSpc><a:spcBef><a:spcPts val='0'/></a:spcBef><a:spcAft><a:spcPts val='{0 if bold else 100 * PARAGRAPH}'"
        f"/></a:spcAft><a:buNone/><a:defRPr sz='{round(size * 100)}' b='{int(bold)}'>{_solid(colour)}"
        f"</a:defRPr></a:lvl1pPr></a:lstStyle><a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _decoration(layout: Any, box: Box, colour: str) -> None:
    """A rectangle that says nothing, and is told to be so."""
    sp = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='80' name='Dekor'/><p:cNvSpPr/><p:nvPr userDrawn='1'/>"
        f"</p:nvSpPr><p:spPr>{_rectangle(box)}{_solid(colour)}<a:ln><a:noFill/></a:ln></p:spPr>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    layout.shapes._spTree.append(sp)
    say_nothing(sp)


def _rectangle(box: Box) -> str:
    left, top, width, height = box.emu
    return (
        f"<a:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom>"
    )


def _solid(colour: str) -> str:
    return f"<a:solidFill><a:srgbClr val='{bare_hex(colour)}'/></a:solidFill>"
