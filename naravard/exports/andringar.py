"""What a publication changes, as CSV or a workbook: each figure before and after, and its own period before.

All of it has passed the gate: what is hidden is `..`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.numbers import HIDDEN, MISSING
from naravard.exports._swedish import in_swedish
from naravard.exports.csv import cell
from naravard.figures.changes import Change, ChangeKind
from naravard.figures.gate import ProtectedRow

HEADINGS = (
    "Indikator", "Kod", "Område", "Grupp", "Mätperiod", "Enhet", "Jämfört med", "Före", "Efter", "Ändring",
    "Egen tidigare period", "Då", "Vad som händer", "Kontrollera",
)  # fmt: skip
_WIDTHS = (44, 8, 18, 20, 18, 22, 18, 12, 12, 12, 20, 12, 18, 22)
_Cell = str | int | float


def as_csv(changes: Sequence[Change]) -> bytes:
    """One line per figure, with a mark of UTF-8, so that Swedish Excel opens it right."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows([cell(value) for value in _cells(change)] for change in changes)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(changes: Sequence[Change]) -> bytes:
    """One row per figure, with real numbers. All texts are written as texts."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": "Ändringar", "author": "Nära vård i siffror"})
        sheet = book.add_worksheet("Ändringar")
        bold, sign = book.add_format({"bold": True, "bottom": 1}), book.add_format({"align": "right"})
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, width)
        for line, change in enumerate(changes, start=1):
            _write_row(sheet, line, _cells(change), sign)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(1, len(changes)), len(HEADINGS) - 1)
    return in_swedish(file.getvalue())


def _write_row(sheet: Any, line: int, cells: Sequence[_Cell], sign: Any) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, str):
            sheet.write_string(line, column, value, sign if value in {HIDDEN, MISSING} else None)
        else:
            sheet.write_number(line, column, value)


def _cells(change: Change) -> tuple[_Cell, ...]:
    row, indicator = change.new or change.old, change.indicator
    assert row is not None
    return (
        indicator.titel,
        row.kommun_kod,
        row.kommun,
        change.group,
        _period(change.period),
        indicator.enhet,
        _period(change.old_period),
        _value(change.old, change),
        _value(change.new, change),
        _step(change),
        _period(change.earlier_period),
        _value(change.earlier, change) if change.earlier else "",
        "" if change.kind is ChangeKind.CHANGED else change.kind,
        change.mark,
    )


def _period(matperiod: str) -> str:
    return "LGL:s bild" if matperiod == UNKNOWN_PERIOD else matperiod


def _value(row: ProtectedRow | None, change: Change) -> _Cell:
    """A figure with one decimal more than on pages, or the sign of why it is not there."""
    if row is None:
        return ""
    if row.varde is None:
        return row.skydd or MISSING
    return row.varde if isinstance(row.varde, int) else round(row.varde, change.indicator.decimaler + 1)


def _step(change: Change) -> _Cell:
    """What the two figures beside it differ by."""
    old, new = _value(change.old, change), _value(change.new, change)
    if isinstance(old, str) or isinstance(new, str):
        return ""
    return round(new - old, change.indicator.decimaler + 1)


WRITERS: Mapping[str, Callable[[Sequence[Change]], bytes]] = {"xlsx": as_workbook, "csv": as_csv}
"""How the changes are written, by the ending of the file."""
