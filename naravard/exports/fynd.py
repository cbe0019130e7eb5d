"""The findings of a check as a workbook: each with file, sheet, row, column, value, what is allowed, what to do."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from naravard.base.model import Finding
from naravard.exports._swedish import in_swedish

HEADINGS = ("Nivå", "Vad", "Fil", "Flik", "Rad", "Kolumn", "Värde", "Antal rader", "Tillåtet", "Gör så här")
_WIDTHS = (12, 60, 28, 14, 8, 24, 24, 12, 50, 60)


def workbook(findings: Sequence[Finding]) -> bytes:
    """One row per finding. All texts are written as texts: a cell that begins with `=` stays a text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": "Fynd i en fil", "author": "Nära vård i siffror"})
        sheet = book.add_worksheet("Fynd")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, width, wrapped)
        for row, finding in enumerate(findings, start=1):
            for column, value in enumerate(_cells(finding)):
                if isinstance(value, int):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(findings)), len(HEADINGS) - 1)
    return in_swedish(file.getvalue())


def _cells(finding: Finding) -> tuple[str | int, ...]:
    return (
        finding.level,
        finding.what,
        finding.file or "",
        finding.sheet or "",
        finding.row or "",
        finding.column or "",
        finding.value or "",
        finding.count,
        finding.allowed,
        finding.action,
    )
