"""A deck as PowerPoint: native charts and tables that can be edited, on one layout, with notes and alt texts.

Widths of texts are reckoned from Arial's letters, which are wider than Calibri's: what fits in the reckoning fits in
PowerPoint, and in the programs that have another font in Calibri's place.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import xlsxwriter
from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.chart import XL_TICK_LABEL_POSITION as TICKS
from pptx.enum.chart import XL_TICK_MARK as TICK_MARK
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from naravard import periods, theme, wording
from naravard.cells import Cell, Row, Table, table_of
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN, MISSING, NBSP, joined, percent, unbroken
from naravard.indicators import Indicator
from naravard.kommuner import RIKET
from naravard.model import EXAMPLE, NO_GROUP
from naravard.slides import Deck, Figure, Slide

_ChartData: Any = CategoryChartData
_Rgb: Any = RGBColor
AUTHOR = "Nära vård i siffror"
LANGUAGE = "sv-SE"
_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _RIGHT = 0.7, 12.733
_FULL = _RIGHT - _LEFT
_GAP = 0.45
_HEADING_TOP, _TITLE_TOP, _SMALL_BOTTOM, _FOOT = 0.42, 0.76, 6.92, 7.06
_SMALL_LEFT = 6.7
"""Width of the remarks; the sources stand to the right of them."""
_SMALL, _SMALL_LINES = 10.5, 8
_LINE = 1.22
"""Height of a line by the size of its letters."""
_LINE_OF_TITLE = 1.1
_PARAGRAPH = 3
_TITLE_SIZES = (28, 26, 24, 22, 20, 18)
_SENTENCE = 16
_TABLE_SIZES = (14, 13, 12, 11, 10.5)
_READABLE = 12
_CELL_SIDE, _CELL_OVER, _BEFORE_TEXT = 0.07, 0.02, 0.22
_LEAST_CHART = 2.6
_FEW = 3
"""Beside a table with fewer rows, bars say nothing more."""
_NAMED_GROUPS = 3
"""With more groups than so, those that are hidden are not named at the area."""
_PALE = "#f3f6f6"
_QUIET = "#51636a"
_DARK_FROM = 3
"""The step of something ordinal from which text on it is light."""
_NARROW, _BROAD = frozenset("ijltfrI.,:;|!'()[]/· \u00a0-"), frozenset("mwMW%–—▲▼")
_HEADING, _TEXT, _REMARKS, _SOURCES = 13, 14, 15, 16
_MORE_REMARKS = "Fler anmärkningar i anteckningarna."
_MORE_SOURCES = "Mer om källor och tecken i anteckningarna."
_MORE_ROWS = "Fler rader i anteckningarna."


class _Box(NamedTuple):
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        left, top, width, height = (Inches(part) for part in self)
        return left, top, width, height


class _Series(NamedTuple):
    """Values in the order of the categories, None where there is none to show, and one colour, or one of each."""

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]


@dataclass(frozen=True)
class _Plot:
    """What a chart shows, whatever it is drawn as."""

    categories: tuple[str, ...]
    series: tuple[_Series, ...]
    number_format: str

    @property
    def longest(self) -> float:
        return max((v for s in self.series for v in s.values if v is not None), default=1) or 1


def write(deck: Deck) -> bytes:
    """The deck as a file."""
    presentation = Presentation()
    first, other = _layouts(presentation)
    _describe(presentation, deck)
    for number, content in enumerate(deck.slides, start=1):
        slide = presentation.slides.add_slide(first if content.kind == "title" else other)
        _DRAW[content.kind](slide, content)
        if content.kind != "title":
            _page_number(slide, number)
        for element in (slide._element, *(s.chart._chartSpace for s in slide.shapes if s.has_chart)):
            _in_swedish(element)
        _in_swedish(slide.notes_slide._element)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _describe(presentation: Any, deck: Deck) -> None:
    """Title, subject, author and language of the file."""
    is_example = any(slide.is_example for slide in deck.slides)
    core = presentation.core_properties
    core.title = f"{EXAMPLE}: {deck.title}" if is_example else deck.title
    core.subject, core.author, core.last_modified_by = deck.subject, AUTHOR, AUTHOR
    core.keywords, core.comments, core.language = EXAMPLE if is_example else "", "", LANGUAGE
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)


# The layouts


def _layouts(presentation: Any) -> tuple[Any, Any]:
    """The default file turned into ours: 16:9, our colours, a layout for the title and one for all other slides."""
    presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    first, other = presentation.slide_layouts[0], presentation.slide_layouts[5]
    for layout in list(presentation.slide_layouts):
        if layout not in (first, other):
            presentation.slide_layouts.remove(layout)
    _without_leftovers(presentation)
    _house_theme(presentation.slide_master)
    _house_master(presentation.slide_master)
    _title_layout(first)
    _slide_layout(other)
    return first, other


def _without_leftovers(presentation: Any) -> None:
    """The default file's thumbnail and printer settings are of another file."""
    for owner in (presentation.part.package, presentation.part):
        for rel_id, rel in list(owner._rels.items()):
            if rel.reltype.endswith(("/thumbnail", "/printerSettings")):
                owner._rels.pop(rel_id)
    _in_swedish(presentation.part._element)


def _house_theme(master: Any) -> None:
    """Our colours in the palette that PowerPoint offers."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    root = parse_xml(part.blob)
    colours = [theme.TEXT, theme.PAPER, theme.COMPARATOR, _PALE, theme.FIGURE, *theme.GROUPS[1:]]
    colours += [theme.ABOVE, theme.BELOW, theme.FIGURE, theme.COMPARATOR]
    for slot, colour in zip(root.find(f".//{qn('a:clrScheme')}"), colours, strict=True):
        for child in list(slot):
            slot.remove(child)
        slot.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{_hex(colour)}"/>'))
    part._blob = serialize_part_xml(root)


def _house_master(master: Any) -> None:
    """Placeholders within 16:9; dates and footers are not used."""
    places = {"title": _Box(_LEFT, _TITLE_TOP, _FULL, 0.9), "body": _Box(_LEFT, 1.8, _FULL, 4.9),
              "sldNum": _Box(_RIGHT - 1, _FOOT, 1, 0.26)}  # fmt: skip
    for shape in list(master.placeholders):
        kind = shape._element.ph.get("type")
        if kind not in places:
            shape._element.getparent().remove(shape._element)
            continue
        _place(shape, places[kind])
    _in_swedish(master._element)


def _title_layout(layout: Any) -> None:
    _emptied(layout, "Titelbild")
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = _rgb(theme.FIGURE)
    _decoration(layout, _Box(_LEFT, 4.1, 1.1, 0.06), theme.GROUPS[1])
    _placeholder(layout, "ctrTitle", 0, "Titel", _Box(_LEFT, 2.2, _FULL, 1.7), 44, theme.PAPER, bold=True)
    _placeholder(layout, "body", _HEADING, "Underrubrik", _Box(_LEFT, 4.4, _FULL, 0.8), 22, theme.PAPER)
    _placeholder(layout, "body", _TEXT, "Text", _Box(_LEFT, 6.2, _FULL, 0.7), 14, theme.ORDERED[0])


def _slide_layout(layout: Any) -> None:
    _emptied(layout, "Bild")
    _decoration(layout, _Box(0, 0, 0.16, _HEIGHT), theme.FIGURE)
    heading = _Box(_LEFT, _HEADING_TOP, _FULL, 0.3)
    _placeholder(layout, "title", 0, "Rubrik", _Box(_LEFT, _TITLE_TOP, _FULL, 0.9), 28, theme.TEXT, bold=True)
    _placeholder(layout, "body", _HEADING, "Vad som visas", heading, 13, theme.FIGURE, bold=True)
    _placeholder(layout, "body", _TEXT, "Text", _Box(_LEFT, 1.75, _FULL, 0.4), _SENTENCE, theme.TEXT)
    _placeholder(layout, "body", _REMARKS, "Anmärkningar", _Box(_LEFT, 5.9, _SMALL_LEFT, 1), _SMALL, _QUIET)
    right = _Box(_LEFT + _SMALL_LEFT + _GAP, 5.9, _FULL - _SMALL_LEFT - _GAP, 1)
    _placeholder(layout, "body", _SOURCES, "Källor", right, _SMALL, _QUIET)
    number = _Box(_RIGHT - 1, _FOOT, 1, 0.26)
    _placeholder(layout, "sldNum", 12, "Sidnummer", number, _SMALL, _QUIET, align="r")
    foot = layout.shapes._spTree
    foot.append(_text_sp(90, "Sidfot", _Box(_LEFT, _FOOT, 6, 0.26), _SMALL, theme.FIGURE, AUTHOR))


def _emptied(layout: Any, name: str) -> None:
    """A layout without its placeholders, under a Swedish name."""
    for shape in list(layout.shapes):
        shape._element.getparent().remove(shape._element)
    layout._element.cSld.set("name", name)


def _placeholder(
    layout: Any, kind: str, index: int, name: str, box: _Box, size: float, colour: str,
    *, bold: bool = False, align: str = "l",
) -> None:  # fmt: skip
    """A place for text on a layout, with its look, which the slides inherit."""
    text = '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum"><a:rPr/><a:t>‹#›</a:t></a:fld>'
    ph = f'<p:ph type="{kind}"{f" idx={chr(34)}{index}{chr(34)}" if index else ""}/>'
    sp = _text_sp(index + 2, name, box, size, colour, name, ph=ph, bold=bold, align=align)
    if kind == "sldNum":
        paragraph = sp.find(f".//{qn('a:p')}")
        paragraph.replace(paragraph[0], parse_xml(text.replace("<a:fld", f"<a:fld {nsdecls('a')}", 1)))
    _in_swedish(sp)
    layout.shapes._spTree.append(sp)


def _text_sp(
    shape_id: int, name: str, box: _Box, size: float, colour: str, text: str,
    *, ph: str = "", bold: bool = False, align: str = "l",
) -> Any:  # fmt: skip
    left, top, width, height = box.emu
    anchor = "b" if 'type="ctrTitle"' in ph else "t"
    return parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{shape_id}' name='{name}'/><p:cNvSpPr/><p:nvPr>{ph}</p:nvPr>"
        f"</p:nvSpPr><p:spPr><a:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/></a:xfrm>"
        "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></p:spPr><p:txBody>"
        f"<a:bodyPr wrap='square' lIns='0' tIns='0' rIns='0' bIns='0' anchor='{anchor}'><a:noAutofit/></a:bodyPr>"
        f"<a:lstStyle><a:lvl1pPr marL='0' indent='0' algn='{align}'><a:lnSpc><a:spcPct val='{90 if bold else 100}000'/>"
        f"</a:lnSpc><a:spcBef><a:spcPts val='0'/></a:spcBef><a:spcAft><a:spcPts val='{0 if bold else 100 * _PARAGRAPH}'"
        f"/></a:spcAft><a:buNone/><a:defRPr sz='{round(size * 100)}' b='{int(bold)}'><a:solidFill>"
        f"<a:srgbClr val='{_hex(colour)}'/></a:solidFill></a:defRPr></a:lvl1pPr></a:lstStyle>"
        f"<a:p><a:r><a:rPr/><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _decoration(layout: Any, box: _Box, colour: str) -> None:
    """A rectangle that says nothing, and is told to be so."""
    left, top, width, height = box.emu
    sp = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{80 + len(layout.shapes)}' name='Dekor'/><p:cNvSpPr/><p:nvPr"
        f" userDrawn='1'/></p:nvSpPr><p:spPr><a:xfrm><a:off x='{left}' y='{top}'/><a:ext cx='{width}' cy='{height}'/>"
        f"</a:xfrm><a:prstGeom prst='rect'><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val='{_hex(colour)}'/>"
        "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    layout.shapes._spTree.append(sp)
    _say_nothing(sp)


# The kinds of slide


def _title_slide(slide: Any, content: Slide) -> None:
    title = _named(slide.shapes.title, "Rubrik")
    _fill(title, [f"{EXAMPLE}: {content.title}" if content.is_example else content.title])
    title.text_frame.paragraphs[0].runs[0].font.size = Pt(_size(title.text_frame.text, _FULL, (44, 40, 36, 32, 28)))
    _write(slide, _HEADING, "Underrubrik", [content.heading])
    _write(slide, _TEXT, "Text", content.sentences)
    if content.is_example:
        _example_badge(slide, EXAMPLE, outlined=True)
    slide.notes_slide.notes_text_frame.text = content.notes


def _figures_slide(slide: Any, content: Slide) -> None:
    top = _sentences(slide, content, _head(slide, content))
    bottom = _small_print(slide, content, map(_legend, content.figures))
    boxes = _columns(_Box(_LEFT, top, _FULL, bottom - top), [_weight(figure) for figure in content.figures])
    for figure, box in zip(content.figures, boxes, strict=True):
        inner = _own_heading(slide, figure, box) if len(boxes) > 1 else box
        (_table_figure if figure.form == "tabell" else _chart_figure)(slide, figure, inner)


def _table_slide(slide: Any, content: Slide) -> None:
    top = _sentences(slide, content, _head(slide, content))
    legend = ["▲ ▼ avviker (95 %). ▲▲ ▼▼ avviker tydligt (99,8 %)."] if _has_marks(content.table) else []
    bottom = _small_print(slide, content, legend)
    if content.table is None:
        return
    left = _table(slide, content.table, _Box(_LEFT, top, _FULL, bottom - top)).left_out
    if left:
        slide.notes_slide.notes_text_frame.text += "\n\n" + "\n".join([_MORE_ROWS, *map(_as_line, left)])


def _missing_slide(slide: Any, content: Slide) -> None:
    """What is missing, in a frame where the figures would have been."""
    top = _head(slide, content) + 0.1
    shape = _write(slide, _TEXT, "Vad som saknas", [content.missing])
    _place(shape, _Box(_LEFT, top, _FULL, 1.7))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(_PALE)
    frame = shape.text_frame
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = Inches(0.4)
    frame.paragraphs[0].runs[0].font.size = Pt(20)
    _small_print(slide, content, [])


_DRAW: dict[str, Callable[[Any, Slide], None]] = {
    "title": _title_slide,
    "figures": _figures_slide,
    "table": _table_slide,
    "missing": _missing_slide,
}


def _head(slide: Any, content: Slide) -> float:
    """Heading, title and the mark of example data; where they end."""
    mark = _mark(content)
    badge = _example_badge(slide, mark) if mark else 0.0
    heading = _write(slide, _HEADING, "Vad som visas", [content.heading] if content.heading else [])
    if heading is not None:
        _place(heading, _Box(_LEFT, _HEADING_TOP, _FULL - badge, 0.3))
    title = _named(slide.shapes.title, "Rubrik")
    text = f"{EXAMPLE}: {content.title}" if mark else content.title
    size = _size(text, _FULL, _TITLE_SIZES)
    height = min(2, _lines(text, size, _FULL, bold=True)) * size * _LINE_OF_TITLE / 72 + 0.06
    _place(title, _Box(_LEFT, _TITLE_TOP, _FULL, height))
    _fill(title, [text])
    run = title.text_frame.paragraphs[0].runs[0]
    run.font.size = Pt(size)
    if mark:
        _coloured_start(run, f"{EXAMPLE}:", theme.EXAMPLE)
    return _TITLE_TOP + height + 0.16


def _mark(content: Slide) -> str:
    """What the badge of example data says, empty where there is none."""
    if not content.is_example:
        return ""
    marks = dict.fromkeys(wording.example_mark(figure.result) for figure in content.figures)
    return next(filter(None, marks), EXAMPLE) if len(marks) == 1 else EXAMPLE


def _coloured_start(run: Any, start: str, colour: str) -> None:
    """Split a run in two, the first in a colour of its own."""
    rest = run.text.removeprefix(start)
    second = parse_xml(f"<a:r {nsdecls('a')}><a:rPr sz='{run._r.rPr.get('sz')}'/><a:t/></a:r>")
    second.find(qn("a:t")).text = rest
    run._r.addnext(second)
    run.text = start
    run.font.color.rgb = _rgb(colour)


def _sentences(slide: Any, content: Slide, top: float) -> float:
    """The sentences under the title; where the figures begin."""
    shape = _write(slide, _TEXT, "Text", content.sentences)
    if shape is None:
        return top
    lines = sum(_lines(text, _SENTENCE, _FULL) for text in content.sentences)
    height = (lines * _SENTENCE * _LINE + len(content.sentences) * _PARAGRAPH) / 72
    _place(shape, _Box(_LEFT, top, _FULL, height))
    return top + height + 0.16


def _example_badge(slide: Any, text: str, *, outlined: bool = False) -> float:
    """An orange mark in the upper right corner; the room that it takes."""
    width = _text_width(text, 12, bold=True) / 72 + 0.35
    shape = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *_Box(_RIGHT - width, 0.34, width, 0.34).emu)
    shape.name = "Exempeldata"
    _flat(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(theme.EXAMPLE)
    if outlined:
        shape.line.color.rgb = _rgb(theme.PAPER)
    else:
        shape.line.fill.background()
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = False, MSO_ANCHOR.MIDDLE
    _run(frame.paragraphs[0], text, 12, theme.PAPER, bold=True)
    frame.paragraphs[0].alignment = PP_ALIGN.CENTER
    return width + 0.2


# The small print


def _small_print(slide: Any, content: Slide, legends: Iterable[str]) -> float:
    """Remarks to the left, signs and sources to the right, as many as there is room for; where the figures may end.

    What there is no room for goes to the notes.
    """
    known = [text for text in dict.fromkeys([*legends, content.signs]) if text]
    remarks = [unbroken(text) for text in content.remarks]
    left, right = (remarks, [*known, *content.sources]) if remarks else (known, content.sources)
    widths = (_SMALL_LEFT, _FULL - _SMALL_LEFT - _GAP)
    shown, cut = _fitting(left, widths[0], _MORE_REMARKS)
    shown_right, cut_right = _fitting(right, widths[1], _MORE_SOURCES)
    height = max(_height(shown, widths[0]), _height(shown_right, widths[1]))
    top = _SMALL_BOTTOM - height
    for place, name, texts, x, width in (
        (_REMARKS, "Anmärkningar", shown, _LEFT, widths[0]),
        (_SOURCES, "Källor", shown_right, _LEFT + widths[0] + _GAP, widths[1]),
    ):
        shape = _write(slide, place, name, texts)
        if shape is not None:
            _place(shape, _Box(x, top, width, height))
    unsaid = "\n".join(["Fick inte plats på bilden:", *cut, *cut_right]) if cut or cut_right else ""
    slide.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, [content.notes, unsaid]))
    if not height:
        return _SMALL_BOTTOM
    _hairline(slide, top - 0.11)
    return top - 0.25


def _fitting(texts: Sequence[str], width: float, more: str) -> tuple[list[str], list[str]]:
    """Those texts that fit, in order, and those that do not. The last that is shown tells that there are others."""
    shown: list[str] = []
    for text in texts:
        if _height([*shown, text], width) <= _room():
            shown.append(text)
    if len(shown) == len(texts):
        return shown, []
    while shown and _height([*shown, more], width) > _room():
        shown.pop()
    return [*shown, more], [text for text in texts if text not in shown]


def _room() -> float:
    return _SMALL_LINES * (_SMALL * _LINE + 1) / 72


def _height(texts: Sequence[str], width: float) -> float:
    """Inches that the small print takes."""
    lines = sum(_lines(text, _SMALL, width) for text in texts)
    return (lines * _SMALL * _LINE + len(texts) * _PARAGRAPH) / 72


def _legend(figure: Figure) -> str:
    """What triangles and colours mean, where they are seen."""
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


def _hairline(slide: Any, top: float) -> None:
    line = slide.shapes.add_connector(1, Inches(_LEFT), Inches(top), Inches(_RIGHT), Inches(top))
    line.line.color.rgb, line.line.width, line.name = _rgb(theme.GRID), Pt(1), "Linje"
    _flat(line)
    _say_nothing(line._element)


# Charts


def _weight(figure: Figure) -> float:
    """How wide a figure is beside another: groups side by side need more than single bars."""
    result = figure.result
    return 1.35 if result.indicator.diagram == "grouped_bar" and result.has_kommuner else 1


def _columns(box: _Box, weights: Sequence[float]) -> list[_Box]:
    """Places side by side, as wide as their weights."""
    unit = (box.width - _GAP * (len(weights) - 1)) / sum(weights)
    starts = [box.left + sum(weights[:i]) * unit + i * _GAP for i in range(len(weights))]
    return [box._replace(left=left, width=weight * unit) for left, weight in zip(starts, weights, strict=True)]


def _own_heading(slide: Any, figure: Figure, box: _Box) -> _Box:
    """The small heading of one of two figures; the place that is left for it."""
    text = figure.result.indicator.titel
    size = _size(text, box.width, (13, 12, 11), lines=1)
    height = _lines(text, size, box.width, bold=True) * size * _LINE / 72
    shape = slide.shapes.add_textbox(*box._replace(height=height).emu)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, shape.name = True, f"Rubrik: {text}"
    _run(frame.paragraphs[0], text, size, theme.TEXT, bold=True)
    return _Box(box.left, box.top + height + 0.06, box.width, box.height - height - 0.06)


def _chart_figure(slide: Any, figure: Figure, box: _Box) -> None:
    result = figure.result
    kind = "timeline" if result.matperiod == periods.EVERY else result.indicator.diagram
    if kind == "grouped_bar" and not result.has_kommuner:
        frame = _bars(slide, _one_bar_per_group(result), box)
    else:
        frame = _KINDS[kind](slide, result, box)
    frame.name = f"Diagram: {result.indicator.titel}"
    _alt(frame, figure.alt)


def _ranked(slide: Any, result: ProtectedResult, box: _Box) -> Any:
    return _bars(slide, _one_bar_per_area(result), box)


def _one_bar_per_area(result: ProtectedResult) -> _Plot:
    """One bar per area. Of counts the län has none: it would flatten the others."""
    rows = [row for row in result.rows if row.grupp == result.groups[0]]
    if result.indicator.kind == "count" and result.has_kommuner:
        rows = [row for row in rows if row.is_kommun]
    marks = wording.kommun_marks(result.remarks)
    labels = [_area_label(row, marks.get(row.kommun_kod)) for row in rows]
    return _single(result, rows, labels)


def _one_bar_per_group(result: ProtectedResult) -> _Plot:
    """For what is known of the län alone."""
    areas = {row.kommun for row in result.rows}
    labels = [f"{_group_name(row, result, len(areas) > 1)}{_absent(row)}" for row in result.rows]
    return _single(result, result.rows, labels)


def _single(result: ProtectedResult, rows: Sequence[ProtectedRow], labels: Sequence[str]) -> _Plot:
    colours = tuple(_bar_colour(row, result.indicator) for row in rows)
    values = tuple(row.varde for row in rows)
    series = _Series(result.indicator.enhet or result.indicator.titel, values, colours)
    return _Plot(tuple(labels), (series,), _format_of(result, rows))


def _area_label(row: ProtectedRow, note: int | None) -> str:
    """`Borgholm¹ ▼▼`, `Högsby (dolt)`: all that a bar says without its colour."""
    raised = str(note).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) if note else ""
    mark = f" {wording.shape(row)}" if row.is_kommun and wording.shape(row) else ""
    return f"{row.kommun}{raised}{mark}{_absent(row)}"


def _absent(row: ProtectedRow) -> str:
    if row.varde is not None:
        return ""
    return " (dolt)" if row.skydd == HIDDEN else f" ({wording.MISSING_WHY})"


def _group_name(row: ProtectedRow, result: ProtectedResult, several_areas: bool) -> str:
    """The group; with its area where there are several, and its year where each area has its own."""
    label = result.group_label(row.grupp)
    if several_areas:
        label = row.kommun if row.grupp == NO_GROUP else f"{row.kommun}, {label.lower()}"
    return f"{label} ({periods.year(row.matperiod)})" if result.indicator.period_per_omrade else label


def _bar_colour(row: ProtectedRow, indicator: Indicator) -> str:
    """As on screen: a kommun by whether it differs, where that can be told; the län and riket in theirs."""
    if not row.is_kommun:
        return theme.NATION if row.kommun_kod == RIKET else theme.COMPARATOR
    if row.jamforelse is None:
        return theme.FIGURE
    return {"over": theme.ABOVE, "under": theme.BELOW, "": theme.UNSURE}[wording.tone(row.level, indicator)]


def _bars(slide: Any, plot: _Plot, box: _Box, *, beside_table: bool = False) -> Any:
    """Horizontal bars with their numbers, few of them not thicker than looks well."""
    count = max(1, len(plot.categories))
    height = min(box.height, 0.95 * count) if not beside_table else box.height
    box = box._replace(height=height)
    frame, chart = _add(slide, XL_CHART_TYPE.BAR_CLUSTERED, plot, box)
    size = _label_size(height / count)
    _axes(chart, plot.longest * (1.22 if beside_table or box.width < 7 else 1.12), size, reverse=True)
    chart.plots[0].gap_width = 45
    _labels(chart, plot, size)
    if beside_table:  # the table has the names, in the same height
        chart.category_axis.tick_label_position = TICKS.NONE
        _inner_layout(chart, 0, 0, 1, 1)
    else:
        left = _name_part(plot, size, box)
        _inner_layout(chart, left, 0, 1 - left, 1)
    return frame


def _name_part(plot: _Plot, size: float, box: _Box) -> float:
    """How much of a chart's width the names beside its bars take, at most half."""
    longest = max((_text_width(name, size) for name in plot.categories), default=0)
    return min(0.5, (longest / 72 + 0.15) / box.width)


def _label_size(pitch: float) -> float:
    """The size of letters in a row of so many inches."""
    return next((size for least, size in ((0.6, 16), (0.4, 14), (0.31, 12), (0.25, 11)) if pitch >= least), 10.5)


def _grouped(slide: Any, result: ProtectedResult, box: _Box) -> Any:
    """Bars side by side for each kommun: standing where the chart is wide, else lying."""
    plot = _by_group(result)
    standing = box.width > 7
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if standing else XL_CHART_TYPE.BAR_CLUSTERED
    frame, chart = _add(slide, kind, plot, box)
    slots = max(1, len(plot.categories) * (len(plot.series) + 0.6))
    room = (box.width if standing else box.height - 0.4) / slots
    with_numbers = room > (0.3 if standing else 0.16)
    _axes(chart, plot.longest * 1.1, 11, reverse=not standing, with_values=not with_numbers, plot=plot)
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 0
    if with_numbers:
        _labels(chart, plot, 10.5)
    _add_legend(chart, XL_LEGEND_POSITION.TOP, 12)
    if not standing:
        left, top = _name_part(plot, 11, box), 0.35 / box.height
        _inner_layout(chart, left, top, 0.97 - left, 1 - top - (0 if with_numbers else 0.3 / box.height))
    return frame


def _by_group(result: ProtectedResult) -> _Plot:
    used = {row.grupp for row in result.kommuner if row.skydd != MISSING and row.varde != 0}
    parts = [group for group in result.groups if group in used and group != NO_GROUP]
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in result.kommuner)
    labels = tuple(_grouped_label(kod, name, parts, result) for kod, name in areas)
    series = tuple(
        _Series(result.group_label(group), _values(result, areas, group), (theme.GROUPS[i % len(theme.GROUPS)],))
        for i, group in enumerate(parts)
    )
    return _Plot(labels, series, _format_of(result, result.kommuner))


def _values(result: ProtectedResult, areas: Iterable[tuple[str, str]], group: str) -> tuple[float | None, ...]:
    rows = (result.row(kod, group) for kod, _ in areas)
    return tuple(None if row is None else row.varde for row in rows)


def _grouped_label(kod: str, name: str, groups: Sequence[str], result: ProtectedResult) -> str:
    """The area, and which of its groups have no bar and why."""
    rows = [(group, result.row(kod, group)) for group in groups]
    hidden = [group for group, row in rows if row is not None and row.skydd == HIDDEN]
    missing = [group for group, row in rows if row is None or (row.varde is None and row.skydd != HIDDEN)]
    parts = []
    for absent, why in ((hidden, "dolt"), (missing, wording.MISSING_WHY)):
        names = "delvis" if len(groups) > _NAMED_GROUPS else joined([result.group_label(g) for g in absent])
        which = "" if len(absent) == len(groups) else f"{names} "
        parts += [f"{which}{why}"] if absent else []
    return f"{name} ({', '.join(parts)})" if parts else name


def _stacked(slide: Any, result: ProtectedResult, box: _Box) -> Any:
    """One bar of 100 % per area. What is hidden is a gap at the left, where the low steps lie: nothing is rescaled."""
    plot = _steps(result)
    frame, chart = _add(slide, XL_CHART_TYPE.BAR_STACKED, plot, box)
    size = _label_size(box.height / max(1, len(plot.categories)))
    _axes(chart, 100, size, reverse=True)
    chart.value_axis.reverse_order = True
    chart.category_axis.tick_label_position = TICKS.HIGH
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    _labels(chart, plot, 10.5, position=XL_LABEL_POSITION.CENTER)
    for series, drawn in zip(chart.plots[0].series, plot.series, strict=True):
        dark = drawn.colours[0] in theme.ORDERED[_DARK_FROM:]
        series.data_labels.font.color.rgb = _rgb(theme.PAPER if dark else theme.TEXT)
    _add_legend(chart, XL_LEGEND_POSITION.RIGHT, 12)
    left = _name_part(plot, size, box)
    legend = (max((_text_width(series.name, 12) for series in plot.series), default=0) / 72 + 0.45) / box.width
    _inner_layout(chart, left, 0, 1 - left - legend, 1)
    return frame


def _steps(result: ProtectedResult) -> _Plot:
    """The steps from the highest, so that they are stacked from the right. Too small a part has no number."""
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for row in result.rows)
    steps = list(enumerate(result.groups))
    series = tuple(
        _Series(result.group_label(group), _values(result, areas, group), (theme.ORDERED[i % len(theme.ORDERED)],))
        for i, group in reversed(steps)
    )
    labels = tuple(_grouped_label(kod, name, result.groups, result) for kod, name in areas)
    return _Plot(labels, series, f'[<3.5]"";{_plain_format(result.indicator)}')


def _timeline(slide: Any, result: ProtectedResult, box: _Box) -> Any:
    """The län by year; years without a figure are gaps."""
    plot = _by_year(result)
    frame, chart = _add(slide, XL_CHART_TYPE.LINE_MARKERS, plot, box)
    _axes(chart, plot.longest * 1.2, 14)
    _labels(chart, plot, 12, position=XL_LABEL_POSITION.ABOVE)
    series = chart.plots[0].series[0]
    series.smooth = False
    chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")  # as on screen: the line goes on
    series.format.line.color.rgb, series.format.line.width = _rgb(theme.FIGURE), Pt(2.5)
    series.marker.size = 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = _rgb(theme.FIGURE)
    series.marker.format.line.color.rgb = _rgb(theme.FIGURE)
    return frame


def _by_year(result: ProtectedResult) -> _Plot:
    group = result.indicator.huvudgrupp or (NO_GROUP if NO_GROUP in result.groups else result.groups[0])
    rows = [row for row in result.rows if row.kommun_kod == result.lan_kod and row.grupp == group]
    years = {row.taljare_ar: row for row in rows if row.taljare_ar}
    if len(years) == len(rows):
        span = range(min(years, default=0), max(years, default=-1) + 1)
        found = [(str(year), years.get(year)) for year in span]
    else:
        found = [(row.matperiod, row) for row in rows]
    labels = tuple(f"{label}{_absent(row) if row is not None else ''}" for label, row in found)
    values = tuple(None if row is None else row.varde for _, row in found)
    unit = result.indicator.enhet or result.indicator.titel
    name = unit if group == NO_GROUP else result.group_label(group)
    return _Plot(labels, (_Series(name, values, (theme.FIGURE,)),), _format_of(result, rows))


_KINDS: dict[str, Callable[[Any, ProtectedResult, _Box], Any]] = {
    "ranked_bar": _ranked,
    "grouped_bar": _grouped,
    "stacked_bar": _stacked,
    "timeline": _timeline,
}


def _format_of(result: ProtectedResult, rows: Iterable[ProtectedRow]) -> str:
    """The number format; more than none does not read as none (`<1 %`)."""
    indicator = result.indicator
    plain = _plain_format(indicator)
    smallest = 10**-indicator.decimaler
    if not any(row.varde is not None and 0 < row.varde < smallest / 2 for row in rows):
        return plain
    write = percent if indicator.in_percent else lambda value, decimals: f"{value:.{decimals}f}".replace(".", ",")
    return f'[=0]{plain};[<{smallest / 2}]"<{write(smallest, indicator.decimaler)}";{plain}'


def _plain_format(indicator: Indicator) -> str:
    """As Excel stores it (`#,##0`); each reader sees the separators of their own country."""
    digits = "#,##0" + ("." + "0" * indicator.decimaler if indicator.decimaler else "")
    return f'{digits}"{NBSP}%"' if indicator.in_percent else digits


def _add(slide: Any, kind: Any, plot: _Plot, box: _Box) -> tuple[Any, Chart]:
    """A chart with its series in their colours."""
    data: Any = _ChartData(number_format=escape(plot.number_format))  # it is written as it is
    data.categories = plot.categories or ("",)
    for series in plot.series or (_Series("", (None,), (theme.FIGURE,)),):
        data.add_series(series.name, series.values)
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(plot))
    chart.has_title = chart.has_legend = False
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb(theme.TEXT)
    if kind != XL_CHART_TYPE.LINE_MARKERS:
        for drawn, series in zip(chart.plots[0].series, plot.series, strict=False):
            _colour(drawn, series.colours)
        _every_name(chart.category_axis)
    return frame, chart


def _workbook(plot: _Plot) -> bytes:
    """The data behind a chart. Texts are texts: one that begins with `=` is no formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, numbers = book.add_worksheet("Sheet1"), book.add_format({"num_format": plot.number_format})
        for row, category in enumerate(plot.categories, start=1):
            sheet.write_string(row, 0, category)
        for column, series in enumerate(plot.series, start=1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, numbers)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(1, len(plot.series)), 16)
    return file.getvalue()


def _colour(series: Any, colours: Sequence[str]) -> None:
    series.invert_if_negative = False
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = _rgb(colours[0] if colours else theme.FIGURE)
    if len(set(colours)) > 1:
        for position, colour in enumerate(colours):
            fill = series.points[position].format.fill
            fill.solid()
            fill.fore_color.rgb = _rgb(colour)


def _axes(
    chart: Any, top: float, size: float, *, reverse: bool = False, with_values: bool = False, plot: _Plot | None = None
) -> None:
    """Names on one axis, from zero on the other, which is seen only where the bars have no numbers."""
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order = reverse
    names.major_tick_mark = TICK_MARK.NONE
    names.tick_label_position = TICKS.LOW
    names.tick_labels.font.size = Pt(size)
    names.format.line.color.rgb = _rgb(theme.UNSURE)
    names.has_major_gridlines = False
    values.minimum_scale, values.visible, values.has_major_gridlines = 0, with_values, with_values
    if not with_values:
        values.maximum_scale = top
        return
    if reverse:  # the numbers stand under the last name, not over the first
        values._element.find(qn("c:crosses")).set("val", "max")
    values.major_gridlines.format.line.color.rgb = _rgb(theme.GRID)
    values.format.line.fill.background()
    values.major_tick_mark = TICK_MARK.NONE
    values.tick_labels.font.size, values.tick_labels.font.color.rgb = Pt(_SMALL), _rgb(_QUIET)
    values.tick_labels.number_format = plot.number_format if plot else "General"
    values.tick_labels.number_format_is_linked = False


def _every_name(names: Any) -> None:
    """No name is left out, however close they stand."""
    skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
    last = names._element.find(qn("c:noMultiLvlLbl"))
    if last is None:
        names._element.append(skip)
    else:
        last.addprevious(skip)


def _labels(chart: Any, plot: _Plot, size: float, position: Any = XL_LABEL_POSITION.OUTSIDE_END) -> None:
    """The number at each bar."""
    for series in chart.plots[0].series:
        labels = series.data_labels
        labels.show_value, labels.position = True, position
        labels.number_format, labels.number_format_is_linked = plot.number_format, False
        labels.font.size, labels.font.color.rgb = Pt(size), _rgb(theme.TEXT)


def _add_legend(chart: Any, position: Any, size: float) -> None:
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = position, False
    chart.legend.font.size, chart.legend.font.color.rgb = Pt(size), _rgb(theme.TEXT)


def _inner_layout(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Where in its frame the bars stand, as parts of it."""
    layout = parse_xml(
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/><c:xMode val='edge'/>"
        f"<c:yMode val='edge'/><c:x val='{left}'/><c:y val='{top}'/><c:w val='{width}'/><c:h val='{height}'/>"
        "</c:manualLayout></c:layout>"
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


# Tables


class _Drawn(NamedTuple):
    """A table on the slide: how wide it is, the height of its heading and of a row, and the rows left out."""

    width: float
    heading: float
    row: float
    left_out: Sequence[Row]


def _table_figure(slide: Any, figure: Figure, box: _Box) -> None:
    """The result as a table, with its bars to the right where one row is one bar and there is room."""
    result = figure.result
    table = table_of(result)
    with_bars = result.indicator.diagram == "ranked_bar" and result.matperiod != periods.EVERY
    drawn = _table(slide, table, box, stretch=not with_bars)
    left = box.left + drawn.width + _GAP / 2
    room = box.left + box.width - left
    plot = _one_bar_per_area(result) if with_bars else None
    if plot is None or len(plot.categories) < _FEW or room < _LEAST_CHART or drawn.left_out:
        return
    place = _Box(left, box.top + drawn.heading, room, drawn.row * len(plot.categories))
    frame = _bars(slide, plot, place, beside_table=True)
    frame.name = f"Diagram: {result.indicator.titel}"
    _alt(frame, figure.alt)


def _table(slide: Any, table: Table, box: _Box, *, stretch: bool = True) -> _Drawn:
    """A native table in the largest letters with which it fits."""
    size, widths, heights = _fitted(table, box, stretch)
    kept = next((n for n in range(len(table.rows), 0, -1) if sum(heights[: n + 1]) <= box.height), 0)
    heights = heights[: kept + 1]
    air = max(0.0, min(0.45 * min(heights), (box.height - sum(heights)) / len(heights)))
    heights = [height + air for height in heights]
    place = _Box(box.left, box.top, sum(widths), sum(heights))
    frame = slide.shapes.add_table(kept + 1, len(table.headings), *place.emu)
    _fill_table(frame.table, table, size, widths, heights)
    frame.name = f"Tabell: {table.caption}"
    _alt(frame, f"Tabell. {table.caption}. {len(table.rows)} rader: {', '.join(table.headings)}.")
    return _Drawn(place.width, heights[0], heights[-1], table.rows[kept:])


def _fitted(table: Table, box: _Box, stretch: bool) -> tuple[float, list[float], list[float]]:
    """Size of letters, widths and heights: beside a chart where one is wanted, else with unbroken cells."""
    beside = box.width - _LEAST_CHART - _GAP / 2
    readable = [size for size in _TABLE_SIZES if size >= _READABLE]
    tries = [*((size, box.width) for size in readable), *((size, box.width) for size in _TABLE_SIZES)]
    tries = tries if stretch else [*((size, beside) for size in _TABLE_SIZES), *tries]
    for position, (size, room) in enumerate(tries):
        widths = _widths(table, size, room, stretch)
        heights = _row_heights(table, size, widths)
        unbroken = len({round(height, 3) for height in heights[1:]}) <= 1
        if sum(heights) <= box.height and sum(widths) <= room + 0.01 and (unbroken or position >= len(readable)):
            break
    return size, widths, heights


def _fill_table(native: Any, table: Table, size: float, widths: Sequence[float], heights: Sequence[float]) -> None:
    properties = native._tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # without style and grid
    native.first_row, native.horz_banding = True, False
    for column, width in zip(native.columns, widths, strict=True):
        column.width = Inches(width)
    for row, height in zip(native.rows, heights, strict=True):
        row.height = Inches(height)
    for position, heading in enumerate(table.headings):
        cell = native.cell(0, position)
        _fill_cell(cell, heading, size, theme.FIGURE, bold=True, right=_is_number(table, position), heading=True)
        _line_under(cell, theme.FIGURE, 1.5)
    for number, row in enumerate(table.rows[: len(heights) - 1], start=1):
        bold = len(row.kommun_kod) == 2 and row.kommun_kod != RIKET
        _fill_cell(native.cell(number, 0), row.name, size, theme.TEXT, bold=bold, raised=row.note)
        for position, cell in enumerate(row.cells, start=1):
            right = _is_number(table, position)
            _fill_cell(native.cell(number, position), _text(cell), size, _ink(cell), bold=bold, right=right)
        for position in range(len(table.headings)):
            _line_under(native.cell(number, position), theme.GRID, 0.75)
    for position in range(1, len(table.headings)):
        for native_row in native.rows:
            native_row.cells[position].margin_left = Inches(_before(table, position))


def _fill_cell(
    cell: Any,
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    right: bool = False,
    raised: int | None = None,
    heading: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = Inches(_CELL_SIDE)
    cell.margin_top = cell.margin_bottom = Inches(_CELL_OVER)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if heading else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    _run(paragraph, text, size, colour, bold=bold)
    if raised is not None:
        _run(paragraph, f" {raised}", size, colour)._r.rPr.set("baseline", "30000")


def _line_under(cell: Any, colour: str, width: float) -> None:
    line = parse_xml(
        f"<a:lnB {nsdecls('a')} w='{Pt(width)}'><a:solidFill><a:srgbClr val='{_hex(colour)}'/></a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, line)


def _text(cell: Cell) -> str:
    return f"{cell.mark} {cell.text}" if cell.mark else cell.text


def _ink(cell: Cell) -> str:
    return {"over": theme.ABOVE, "under": theme.BELOW}.get(cell.tone, theme.TEXT)


def _is_number(table: Table, position: int) -> bool:
    return position > 0 and all(row.cells[position - 1].kind != "text" for row in table.rows)


def _has_marks(table: Table | None) -> bool:
    return table is not None and any("▲" in _text(c) or "▼" in _text(c) for row in table.rows for c in row.cells)


def _as_line(row: Row) -> str:
    return " · ".join([row.name, *map(_text, row.cells)])


def _columns_of(table: Table) -> list[list[str]]:
    """The texts of each column, its heading first."""
    columns = [[table.headings[0], *(f"{row.name} {row.note or ''}".strip() for row in table.rows)]]
    return columns + [
        [heading, *(_text(row.cells[i]) for row in table.rows)] for i, heading in enumerate(table.headings[1:])
    ]


def _widths(table: Table, size: float, width: float, stretch: bool) -> list[float]:
    """Widths of columns by their texts: the room shared out where there is more, the widest narrower where less.

    No word is broken: with long words the sum may be more than there is room for.
    """
    columns = _columns_of(table)
    sides = [_sides(table, position) for position in range(len(columns))]
    words = [max(_inches(word, size) for text in texts for word in text.split(" ")) for texts in columns]
    cells = [max((_inches(text, size) for text in texts[1:]), default=0) for texts in columns]
    least = [side + word for side, word in zip(sides, words, strict=True)]
    own = [side + max(word, cell, _heading_width(texts[0], size))
           for side, word, cell, texts in zip(sides, words, cells, columns, strict=True)]  # fmt: skip
    if sum(own) > width:
        return _narrowed(own, least, width)
    factor = min(width / sum(own), 1.6) if stretch else 1
    return [part * factor for part in own]


def _narrowed(own: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """The widest columns made narrower until the sum is `width`, none narrower than its least."""
    low, high = 0.0, max(own)
    for _ in range(40):
        cap = (low + high) / 2
        total = sum(max(min(part, cap), word) for part, word in zip(own, least, strict=True))
        low, high = (cap, high) if total <= width else (low, cap)
    return [max(min(part, low), word) for part, word in zip(own, least, strict=True)]


def _heading_width(text: str, size: float) -> float:
    """A heading of several words may take two lines."""
    words = text.split(" ")
    splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return min((max(_inches(part, size) for part in split) for split in splits), default=_inches(text, size))


def _inches(text: str, size: float) -> float:
    return _text_width(text, size, bold=True) / 72 + 0.04


def _sides(table: Table, position: int) -> float:
    """The margins of a cell."""
    return _CELL_SIDE + _before(table, position)


def _before(table: Table, position: int) -> float:
    """The left margin of a cell: a text that follows numbers stands apart from them."""
    apart = position > 0 and not _is_number(table, position) and _is_number(table, position - 1)
    return _BEFORE_TEXT if apart else _CELL_SIDE


def _row_heights(table: Table, size: float, widths: Sequence[float]) -> list[float]:
    columns = _columns_of(table)
    rooms = [width - _sides(table, position) for position, width in enumerate(widths)]
    heights = []
    for number in range(len(table.rows) + 1):
        lines = max(_lines(column[number], size, room, bold=True) for column, room in zip(columns, rooms, strict=True))
        heights.append(lines * size * _LINE / 72 + 2 * _CELL_OVER)
    return heights


# Texts and shapes


def _text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Points that a text is wide, at most."""
    ems = sum(0.3 if c in _NARROW else 0.86 if c in _BROAD else 0.69 if c.isupper() else 0.556 for c in text)
    return ems * size * (1.05 if bold else 1)


def _lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines that a text takes in so many inches."""
    lines, used, space = 1, 0.0, _text_width(" ", size)
    for word in text.split(" "):
        wide = _text_width(word, size, bold=bold)
        if used and used + space + wide > width * 72:
            lines, used = lines + 1, 0.0
        used += (space if used else 0) + wide
        lines, used = lines + int(used // (width * 72 + 0.01)), used % (width * 72 + 0.01)
    return lines


def _size(text: str, width: float, sizes: Sequence[float], lines: int = 2) -> float:
    """The largest of the sizes with which a text fits."""
    return next((size for size in sizes if _lines(text, size, width, bold=True) <= lines), sizes[-1])


def _write(slide: Any, index: int, name: str, texts: Sequence[str]) -> Any:
    """Fill a placeholder; one without a text is removed, and None is the answer."""
    shape = next(s for s in slide.placeholders if s.placeholder_format.idx == index)
    texts = [text for text in texts if text]
    if not texts:
        shape._element.getparent().remove(shape._element)
        return None
    _fill(shape, texts)
    return _named(shape, name)


def _fill(shape: Any, texts: Sequence[str]) -> None:
    frame = shape.text_frame
    for position, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if position == 0 else frame.add_paragraph()
        paragraph.add_run().text = text


def _run(paragraph: Any, text: str, size: float, colour: str, *, bold: bool = False) -> Any:
    run = paragraph.add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size), bold
    run.font.color.rgb = _rgb(colour)
    return run


def _named(shape: Any, name: str) -> Any:
    shape.name = name
    return shape


def _place(shape: Any, box: _Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu


def _flat(shape: Any) -> None:
    """Without the shadow that the default file's theme gives a shape."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def _alt(frame: Any, text: str) -> None:
    frame._element.nvGraphicFramePr.cNvPr.set("descr", text)


def _say_nothing(element: Any) -> None:
    """Mark a shape as decoration, which is not read aloud."""
    extension = parse_xml(
        f"<a:extLst {nsdecls('a')}><a:ext uri='{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}'>"
        "<adec:decorative xmlns:adec='http://schemas.microsoft.com/office/drawing/2017/decorative' val='1'/>"
        "</a:ext></a:extLst>"
    )
    element.find(f".//{qn('p:cNvPr')}").append(extension)


def _page_number(slide: Any, number: int) -> None:
    sp = parse_xml(
        f"<p:sp {nsdecls('p', 'a')}><p:nvSpPr><p:cNvPr id='{900 + number}' name='Sidnummer'/><p:cNvSpPr><a:spLocks "
        "noGrp='1'/></p:cNvSpPr><p:nvPr><p:ph type='sldNum' sz='quarter' idx='12'/></p:nvPr></p:nvSpPr><p:spPr/>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id='{C1FF6DA9-008F-8B48-92A6-B652298478BF}' type='slidenum'>"
        f"<a:rPr/><a:t>{number}</a:t></a:fld></a:p></p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(sp)


def _in_swedish(element: Any) -> None:
    """The language of every text, for spelling and for those who listen."""
    for run in element.iter(qn("a:r"), qn("a:fld")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, parse_xml(f"<a:rPr {nsdecls('a')}/>"))
    for properties in element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        properties.set("lang", LANGUAGE)
    if element.tag == qn("c:chartSpace") and element.find(qn("c:lang")) is None:
        before = element.find(qn("c:date1904"))
        place = 0 if before is None else list(element).index(before) + 1
        element.insert(place, parse_xml(f'<c:lang {nsdecls("c")} val="{LANGUAGE}"/>'))


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()


def _rgb(colour: str) -> RGBColor:
    rgb: RGBColor = _Rgb(*bytes.fromhex(_hex(colour)))
    return rgb
