"""The table of an indicator's figures."""

from __future__ import annotations

import htpy
from htpy import Node

from naravard.base import periods
from naravard.base.numbers import with_hard_spaces
from naravard.figures.gate import ProtectedResult
from naravard.telling.tables import Cell, Row, table_of
from naravard.ui.elements import YOURS, footnote, for_listeners, shape
from naravard.ui.table import Cell as TableCell
from naravard.ui.table import Row as TableRow
from naravard.ui.table import all_figures, cell, differing_cell, empty_cell, heading, row, table


def result_table(result: ProtectedResult) -> str:
    """One row per area. Groups become columns; a share shows its counts as well."""
    content = table_of(result)
    text_columns = {
        place for one in content.rows for place, each in enumerate(one.cells, start=1) if each.kind == "text"
    }
    headings = [
        heading(with_hard_spaces(text), is_text=place in text_columns) for place, text in enumerate(content.headings)
    ]
    kind = "tal smal" if len(content.rows) == 1 else "tal vikt" if result.matperiod == periods.EVERY else "tal"
    rows = (_result_row(each, result) for each in content.rows)
    return str(table(content.caption, headings, rows, kind=kind, is_marked=bool(result.mark)))


def _result_row(content: Row, result: ProtectedResult) -> TableRow:
    name: Node = content.name
    if content.note:
        name = [content.name, footnote(content.note)]
    if result.matperiod == periods.EVERY:
        name = [htpy.span[name], all_figures(content.name, [each.text for each in content.cells])]
    kind = _row_kind(content.kommun_kod, result)
    if content.is_marked:
        return row([name, for_listeners(YOURS)], map(_result_cell, content.cells), f"{kind} min")
    return row(name, map(_result_cell, content.cells), kind)


def _row_kind(kod: str, result: ProtectedResult) -> str:
    return "lan" if kod == result.lan_kod else "riket" if len(kod) == 2 else "kommun"


def _result_cell(content: Cell) -> TableCell:
    if content.mark:
        figure: Node = [shape(content.mark, content.tone), f" {content.text}"]
        return differing_cell(figure, content.aloud, content.kind or "tal")
    return empty_cell(content.text, content.why, content.kind) if content.why else cell(content.text, content.kind)
