"""Native tables: headings under a line, the län in bold, triangles in their colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from naravard.base.kommuner import RIKET
from naravard.base.numbers import quantity
from naravard.exports.pptx.columns import OVER, SIDE, Column, Fit, best_fit, cell_text, columns_of
from naravard.exports.pptx.grid import Box
from naravard.exports.pptx.shapes import tell, to_notes
from naravard.exports.pptx.text import bare_hex, run
from naravard.telling import theme
from naravard.telling.tables import Cell, Row, Table

_WITHOUT_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_MOST_AIR = 0.45
"""Added to a row where there is room, by its height."""
_MORE_ROWS = "Fler rader i anteckningarna."


class Drawn(NamedTuple):
    """A table on the slide: its width, the heights of its heading and of a row, and whether all rows are there."""

    width: float
    heading: float
    row: float
    is_whole: bool


def table(slide: Any, content: Table, box: Box, finding: str, *, stretch: bool = True) -> Drawn:
    """A native table in the largest letters with which it fits. Rows without room go to the notes.

    `finding` is what the table says, for those who do not see it.
    """
    columns = columns_of(content)
    fit = best_fit(columns, box, stretch=stretch)
    row_count = next((n for n in range(len(content.rows), 0, -1) if sum(fit.heights[: n + 1]) <= box.height), 0)
    heights = _airy(fit.heights[: row_count + 1], box.height)
    place = Box(box.left, box.top, sum(fit.widths), sum(heights))
    frame = slide.shapes.add_table(row_count + 1, len(content.headings), *place.emu)
    _set_sizes(frame.table, fit.widths, heights)
    _headings(frame.table, columns, fit)
    for number, row in enumerate(content.rows[:row_count], start=1):
        _row(frame.table, number, row, columns, fit.size)
    words = f"Tabell med {quantity(len(content.rows), 'rad', 'rader')}. {finding.removesuffix('.')}."
    tell(frame, f"Tabell: {content.caption}", words)
    if row_count < len(content.rows):
        to_notes(slide, "\n".join([_MORE_ROWS, *map(_as_line, content.rows[row_count:])]))
    return Drawn(place.width, heights[0], heights[-1], row_count == len(content.rows))


def _airy(heights: Sequence[float], room: float) -> list[float]:
    air = max(0.0, min(_MOST_AIR * min(heights), (room - sum(heights)) / len(heights)))
    return [height + air for height in heights]


def _set_sizes(native: Any, widths: Sequence[float], heights: Sequence[float]) -> None:
    native._tbl.tblPr.find(qn("a:tableStyleId")).text = _WITHOUT_STYLE
    native.first_row, native.first_col, native.horz_banding = True, True, False
    for column, width in zip(native.columns, widths, strict=True):
        column.width = Inches(width)
    for row, height in zip(native.rows, heights, strict=True):
        row.height = Inches(height)


def _headings(native: Any, columns: Sequence[Column], fit: Fit) -> None:
    for cell, column in zip(native.rows[0].cells, columns, strict=True):
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM
        run(_paragraph(cell, column), column.texts[0], fit.size, theme.FIGURE, bold=True)
        _line_under(cell, theme.FIGURE, 1.5)


def _row(native: Any, number: int, row: Row, columns: Sequence[Column], size: float) -> None:
    """One row; that of a län is bold, and that of the reader's own kommun. The number of a footnote is raised."""
    bold = row.is_marked or (len(row.kommun_kod) == 2 and row.kommun_kod != RIKET)
    first, *others = native.rows[number].cells
    name = _paragraph(first, columns[0])
    run(name, row.name, size, theme.TEXT, bold=bold)
    if row.note is not None:
        run(name, f" {row.note}", size, theme.TEXT)._r.rPr.set("baseline", "30000")
    for cell, content, column in zip(others, row.cells, columns[1:], strict=True):
        run(_paragraph(cell, column), cell_text(content), size, _ink(content), bold=bold)
    for cell in (first, *others):
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        _line_under(cell, theme.GRID, 0.75)


def _paragraph(cell: Any, column: Column) -> Any:
    """Where the text of a cell goes, within its margins."""
    cell.margin_left, cell.margin_right = Inches(column.before), Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(OVER)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if column.is_number else PP_ALIGN.LEFT
    return paragraph


def _line_under(cell: Any, colour: str, width: float) -> None:
    fill = f"<a:solidFill><a:srgbClr val='{bare_hex(colour)}'/></a:solidFill>"
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(f"<a:lnB {nsdecls('a')} w='{Pt(width)}'>{fill}</a:lnB>"))


def _ink(cell: Cell) -> str:
    return theme.TONES[cell.tone] if cell.tone else theme.TEXT


def _as_line(row: Row) -> str:
    return " · ".join([row.name, *map(cell_text, row.cells)])
