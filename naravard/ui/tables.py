"""Figures, records, findings and changes as tables."""

from __future__ import annotations

from collections.abc import Sequence

import htpy
from htpy import Element, Node

from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD, Finding
from naravard.base.numbers import capital, number
from naravard.figures.changes import Change
from naravard.figures.gate import ProtectedResult
from naravard.telling.amounts import difference, value
from naravard.telling.tables import Cell, Row, table_of
from naravard.ui.elements import shape, small_print
from naravard.ui.table import cell, differing_cell, empty_cell, heading, row, table

_SHORT = 16
"""Cells of so few characters (dates, numbers) are kept on one line."""
_MANY_COLUMNS = 5
"""Tables of more columns keep their width on a phone and scroll sideways."""
_LONG_HEADING = 40


def result_table(result: ProtectedResult) -> str:
    """One row per area. Groups become columns; a share shows its counts as well."""
    content = table_of(result)
    texts = {place for each in content.rows for place, one in enumerate(each.cells, start=1) if one.kind == "text"}
    headings = [heading(text, is_text=place in texts) for place, text in enumerate(content.headings)]
    kind = "tal smal" if len(content.rows) == 1 else "tal"
    rows = (_result_row(each, result) for each in content.rows)
    return str(table(content.caption, headings, rows, kind=kind, is_example=result.is_example))


def _result_row(content: Row, result: ProtectedResult) -> Element:
    name: Node = [content.name, htpy.sup[content.note]] if content.note else content.name
    return row(name, map(_result_cell, content.cells), _row_kind(content.kommun_kod, result))


def _row_kind(kod: str, result: ProtectedResult) -> str:
    return "lan" if kod == result.lan_kod else "riket" if len(kod) == 2 else "kommun"


def _result_cell(content: Cell) -> Element:
    if content.mark:
        figure: Node = [shape(content.mark, content.tone), f" {content.text}"]
        return differing_cell(figure, content.said, content.kind or "tal")
    return empty_cell(content.text, content.why) if content.why else cell(content.text, content.kind)


def records_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False
) -> str:
    """A plain table of texts, or of numbers, the first column being the row's heading."""
    kind = "tal poster" if numbers else "text bred" if len(headings) > _MANY_COLUMNS else "text"
    table_rows = (row(first, map(_record_cell, rest)) for first, *rest in rows)
    return str(table(caption, map(heading, headings), table_rows, kind=kind))


def _record_cell(text: str) -> Element:
    return cell(text, "kort" if len(text) <= _SHORT else "lang")


def findings_table(caption: str, findings: Sequence[Finding]) -> str:
    """Findings of a check: what, where, which value, what is allowed, what to do."""
    rows = [
        (
            capital(f.what),
            f.sheet or "",
            number(f.row) + (f" (och {number(f.count - 1)} till)" if f.count > 1 else "") if f.row else "",
            f.column or "",
            f.value or "",
            f.allowed,
            f.action,
        )
        for f in findings
    ]
    headings = ["Vad", "Flik", "Rad", "Kolumn", "Värde", "Tillåtet", "Gör så här"]
    return records_table(caption, *_without_empty(headings, rows))


def _without_empty(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Without columns that are empty in all rows."""
    filled = [i for i in range(len(headings)) if any(row[i] for row in rows)]
    return [headings[i] for i in filled], [[row[i] for i in filled] for row in rows]


def preview_table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first rows of a file, already masked."""
    short = [text if len(text) <= _LONG_HEADING else f"{text[:_LONG_HEADING]}…" for text in headings]
    return records_table(caption, short, rows)


def changes_table(caption: str, changes: Sequence[Change]) -> str:
    """Old and new figures side by side, with the marked ones in words."""
    grouped = any(change.group for change in changes)
    several = len({(change.period, change.old_period) for change in changes}) > 1
    divided = [*(["Grupp"] if grouped else []), *(["Mätperiod"] if several else [])]
    headings = ["Område", *divided, "Före", "Efter", "Ändring", "Att titta på"]
    rows = (_change_row(change, grouped=grouped, several=several) for change in changes)
    where = None if several else small_print(f"Mätperiod: {_periods(changes[0])}")
    kind = f"tal andringar text{len(divided)}"
    return str(htpy.fragment[where, table(caption, map(heading, headings), rows, kind=kind)])


def _change_row(change: Change, *, grouped: bool, several: bool) -> Element:
    indicator, decimals = change.indicator, _decimals(change)
    cells = [
        cell(change.group, "text") if grouped else None,
        cell(_periods(change), "text") if several else None,
        cell(value(change.old, indicator, decimals) if change.old else "–"),
        cell(value(change.new, indicator, decimals) if change.new else "–"),
        cell(_step(change)),
        cell(_note(change), "text"),
    ]
    return row(change.kommun, cells, "lan" if len(change.kommun_kod) == 2 else "kommun")


def _periods(change: Change) -> str:
    if change.old_period in {"", change.period}:
        return periods.when(change.period)
    earlier = "LGL:s bild" if change.old_period == UNKNOWN_PERIOD else change.old_period
    return f"{periods.when(change.period)}, jämfört med {earlier}"


def _step(change: Change) -> str:
    """The change itself: persons, or percentage points."""
    old, new = change.old, change.new
    if old is None or new is None or old.varde is None or new.varde is None:
        return ""
    return difference(new.varde - old.varde, change.indicator)


def _decimals(change: Change) -> int:
    """One more than on the pages for shares, so that the change can be followed."""
    in_percent = change.indicator.in_percent
    return max(1, change.indicator.decimaler) if in_percent else change.indicator.decimaler


def _note(change: Change) -> str:
    return ", ".join(filter(None, ["" if change.kind == "ändrat" else change.kind, change.mark]))
