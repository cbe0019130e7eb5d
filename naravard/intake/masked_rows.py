"""A preview: the first rows as they were read, with everything masked that may identify a person."""

from __future__ import annotations

import re

from naravard.base import kommuner, settings
from naravard.base.mask import mask_ids
from naravard.base.model import Source
from naravard.intake.column_map import ColumnMap
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.table import TextTable

ROWS = 8
PERSON = "(id, dolt)"
TEXT = "(text, dold)"
DATE = "(datum, dolt)"
YEAR = "(födelseår, dolt)"
DIGITS = "(tal, dolt)"
_PERSONAL = {"person": PERSON, "birth_year": YEAR}
_PLAIN_NUMBER = re.compile(r"[<~]?\s?[-\u2212]?\d{1,3}(?:[\s\u00a0]?\d{3}){0,2}(?:[.,]\d+)?\s?%?")
_DATE = re.compile(r"\d{2,4}[-/.]?\d{2}[-/.]?\d{2,4}(?:[ T].*)?")
_MOST_DIGITS = 4
_SYMBOLS = {"", ".", "..", "-", "–", "x", "null", "na"}


def first_masked_rows(text: TextTable, source: Source | None, columns: ColumnMap | None) -> list[tuple[str, ...]]:
    """Up to eight rows, the cells of mapped columns as they stand where they are understood.

    Where rows are, or may be, persons each column is sorted by itself, so that no row is a person.
    """
    names = {position: name for name, position in (columns.positions if columns else {}).items()}
    cells_by_column = [
        [_masked_cell(row[position].strip(), source, names.get(position)) for row in text.cells]
        for position in range(len(text.headings.whole))
    ]
    if source is None or source.has_persons:
        cells_by_column = [_sample(sorted(cells)) for cells in cells_by_column]
    return list(zip(*(cells[:ROWS] for cells in cells_by_column), strict=True))


def _sample(cells: list[str]) -> list[str]:
    """Some of the cells, from all of the column's range."""
    count = min(ROWS, len(cells))
    return [cells[i * (len(cells) - 1) // max(1, count - 1)] for i in range(count)]


def _masked_cell(cell: str, source: Source | None, name: str | None) -> str:  # noqa: PLR0911 (one per kind of cell)
    """A cell that is understood, or what kind of thing it is: free text and ids never stand there."""
    column = source.columns_by_name.get(name) if source and name else None
    if column and column.kind in _PERSONAL:
        return _PERSONAL[column.kind] if cell else ""
    if cell.casefold() in _SYMBOLS:
        return cell
    if column and source and not source.has_persons and column.kind != "date":
        return mask_ids(cell)[:60]
    if column and column.kind == "category" and folded_with_signs(cell) in codes_of(column):
        return cell
    if column is None and (source is None or source.has_persons):  # half an id can stand in a column of its own
        return TEXT if not cell.isdigit() else DIGITS
    digits = sum(map(str.isdigit, cell))
    if digits <= _MOST_DIGITS and _PLAIN_NUMBER.fullmatch(cell):
        return cell
    if not cell.isdigit() and kommuner.resolve(cell, settings.lan_kod()):
        return cell[:60]
    if _DATE.fullmatch(cell):
        return DATE
    return DIGITS if digits > _MOST_DIGITS else TEXT
