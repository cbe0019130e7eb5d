"""A result as lines of text for a terminal, in Swedish number format."""

from __future__ import annotations

from collections.abc import Sequence

from naravard import periods
from naravard.disclosure import ProtectedResult, ProtectedRow
from naravard.format import HIDDEN, MISSING, number
from naravard.wording import value


def write(result: ProtectedResult) -> str:
    """The whole result with its title, source and notes."""
    indicator = result.indicator
    rows = [_cells(row, result) for row in result.rows]
    head = ("Område", "Grupp", "Mätperiod", "Antal", "Av", indicator.enhet[:1].upper() + indicator.enhet[1:])
    lines = [indicator.titel, *(["EXEMPELDATA: påhittade personer"] if result.is_example else [])]
    lines += aligned([head, *rows], text_columns=3) if rows else ["Uppgifter saknas i alla inlästa uttag."]
    files = ", ".join(f"{e.filnamn} (uttag {e.uttag_id})" for e in result.extracts) or "inget uttag"
    lines.append(f"Källa: {indicator.kalla}. Fil: {files}. Version {result.version}.")
    return "\n".join([*lines, *result.notes, *(remark.text for remark in result.remarks)])


def aligned(rows: Sequence[Sequence[str]], text_columns: int) -> list[str]:
    """Rows of cells as lines; columns after the first `text_columns` are right-aligned."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if i < text_columns else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _cells(row: ProtectedRow, result: ProtectedResult) -> tuple[str, ...]:
    return (
        row.kommun,
        result.group_label(row.grupp) if row.grupp != "totalt" else "Alla",
        periods.label(row.matperiod),
        _count(row.taljare, row),
        _count(row.namnare, row),
        value(row, result.indicator),
    )


def _count(antal: int | None, row: ProtectedRow) -> str:
    if antal is not None:
        return number(antal)
    return HIDDEN if row.skydd == HIDDEN else MISSING
