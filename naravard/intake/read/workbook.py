"""Workbooks (.xlsx, .xlsm, .xls, .ods), by way of calamine: sheets, merged cells, and cells as people see them."""

from __future__ import annotations

import gc
import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids, may_be_person, without_names
from naravard.base.model import Finding
from naravard.base.numbers import quantity
from naravard.intake.read.archive import refuse_bomb
from naravard.intake.read.body import Body, body_of, encode, with_row_numbers
from naravard.intake.read.limits import HEAD_ROWS, MOST_COLUMNS, MOST_WORKBOOK_CELLS
from naravard.intake.read.marks import SheetMarks, letters
from naravard.intake.read.refusals import damaged_error, password_error, too_large_error
from naravard.intake.read.sheet_marks import sheet_marks

OLE = b"\xd0\xcf\x11\xe0"
"""The first bytes of an old Excel file, and of a new one with a password."""
ZIP = b"PK\x03\x04"
_ENCRYPTED_STREAM = "Encrypt".encode("utf-16-le")
_LARGEST_EXACT = 2**53
_MOST_NAMED = 8
_FEW_FORMULAS = 3
"""So many formulas may give 0 among others that do not."""
_MergedRange = tuple[tuple[int, int], tuple[int, int]]
"""(row, column) of the first cell and of the last, from 0."""


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook: rows of cells as calamine gives them."""

    rows: Sequence[Sequence[object]]
    filename: str
    name: str | None
    merged_ranges: Sequence[_MergedRange] = ()
    marks: SheetMarks = field(default_factory=SheetMarks)

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows, a merged cell's text in all of its cells."""
        rows = [[_cell_text(value) for value in row] for row in self.rows[:HEAD_ROWS]]
        for (top, left), (bottom, right) in self.merged_ranges:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            for row in range(top, min(bottom + 1, len(rows))):
                for column in range(left, min(right + 1, len(rows[row]))):
                    rows[row][column] = rows[top][left]
        return rows

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` (0 is the first row of the sheet), each `width` cells wide."""
        if len(self.rows) * width > MOST_WORKBOOK_CELLS or width > MOST_COLUMNS:
            raise too_large_error(self.filename, len(self.rows), width, MOST_WORKBOOK_CELLS)
        columns = None if self.merged_ranges else _columns_of_texts(self.rows[first:], width)
        table = pa.table({f"k{i}": column for i, column in enumerate(columns or self._columns(first, width))})
        body = body_of(with_row_numbers(table, first), self.filename)
        return Body(body.table, (*body.findings, *self._about_marks(first, width)))

    def _columns(self, first: int, width: int) -> list[pa.DictionaryArray]:
        columns = [list(map(itemgetter(i), islice(self.rows, first, None))) for i in range(width)]
        for merged_range in self.merged_ranges:
            self._spread(columns, merged_range, first)
        return [_texts(column, may_have_booleans=self.marks.may_have_booleans) for column in columns]

    def _about_marks(self, first: int, width: int) -> tuple[Finding, ...]:
        """What the sheet hides of the table, and what nobody has computed."""
        columns = [i for i in self.marks.hidden_columns if i < width and any(row[i] != "" for row in self.rows[first:])]
        return (*_about_hidden_columns(columns), *_about_marks(self.marks, first, len(self.rows)))

    def _spread(self, columns: list[list[object]], merged_range: _MergedRange, first: int) -> None:
        """Write a merged cell's text in all of its cells. A number over several rows is still one number."""
        (top, left), (bottom, right) = merged_range
        value = self.rows[top][left] if first <= top < len(self.rows) and left < len(self.rows[top]) else ""
        if isinstance(value, str) and value:
            last = min(bottom, len(self.rows) - 1)
            for cells in columns[left : right + 1]:
                cells[top - first : last + 1 - first] = [value] * (last + 1 - top)


@dataclass(frozen=True)
class Workbook:
    """A workbook whose sheets are read when they are asked for. `sheets` are (name, whether it is visible)."""

    sheets: tuple[tuple[str | None, bool], ...]
    filename: str
    _content: bytes = field(repr=False)
    _book: CalamineWorkbook
    _names_in_file: Mapping[str, str]
    """What a sheet is called in the file, by the name that it has here: its own can be a person's."""
    _sheets_by_name: dict[str | None, WorkbookSheet] = field(default_factory=dict)

    def sheet(self, name: str | None) -> WorkbookSheet:
        """One sheet, read at first use, by its name here or in the file. Raises UserError for one that is not there."""
        own_name = self._name_here(str(name))
        if own_name is None:
            raise UserError(
                f"Fliken {without_names(mask_ids(str(name)))} finns inte i filen {self.filename}. "
                f"Välj en av: {', '.join(str(sheet_name).strip() for sheet_name, _ in self.sheets)}."
            )
        if own_name not in self._sheets_by_name:
            self._sheets_by_name[own_name] = self._read(own_name)
        return self._sheets_by_name[own_name]

    def _name_here(self, name: str) -> str | None:
        """What a sheet is called here that is asked for: exactly so, or the only one but for case and spaces."""
        for here, there in self._names_in_file.items():
            if name in {here, there}:
                return here
        alike = [h for h, t in self._names_in_file.items() if _folded_name(name) in {_folded_name(h), _folded_name(t)}]
        return alike[0] if len(alike) == 1 else None

    def _read(self, name: str) -> WorkbookSheet:
        try:
            # the reader works outside the interpreter's lock, so that the marks are looked for meanwhile
            with ThreadPoolExecutor(1) as other_thread:
                reading_of_marks = other_thread.submit(
                    sheet_marks, self._content, list(self._names_in_file).index(name)
                )
                sheet = self._book.get_sheet_by_name(self._names_in_file[name])
            rows, columns = sheet.total_height, sheet.total_width
            if rows * columns > MOST_WORKBOOK_CELLS:
                raise too_large_error(self.filename, rows, columns, MOST_WORKBOOK_CELLS)
            merged_ranges = sheet.merged_cell_ranges
            with _no_garbage_collection():
                rows_of_cells = sheet.to_python(skip_empty_area=False)
            marks = reading_of_marks.result()
            for (row, column), text in marks.texts.items():
                if row < len(rows_of_cells) and column < len(rows_of_cells[row]):
                    rows_of_cells[row][column] = text
            for cells, column in _cells_at(marks.percents, rows_of_cells):
                value = cells[column]
                if isinstance(value, int | float) and not isinstance(value, bool):
                    cells[column] = _in_percent(value)
            for cells, column in _cells_at(marks.years, rows_of_cells):
                if isinstance(day := cells[column], date):
                    cells[column] = f"{day.year}"
            return WorkbookSheet(rows_of_cells, self.filename, name, merged_ranges or (), marks)
        except UserError:
            raise
        except BaseException as error:  # a panic in the reader is no Exception
            _raise_if_not_about_file(error)
            raise damaged_error(self.filename) from None


def _cells_at(places: Iterable[tuple[int, int]], rows_of_cells: Sequence[list[Any]]) -> Iterator[tuple[list[Any], int]]:
    """The rows of cells at these places, and where in them; without those that the sheet does not have."""
    for row, column in places:
        if row < len(rows_of_cells) and column < len(rows_of_cells[row]):
            yield rows_of_cells[row], column


def _about_hidden_columns(columns: Sequence[int]) -> list[Finding]:
    if not columns:
        return []
    what = f"kolumn {', '.join(map(letters, columns[:_MOST_NAMED]))} är dold i kalkylbladet, men läses som andra"
    action = "Kontrollera att den ska vara med, eller ta bort den i filen"
    return [Finding(Level.WARNING, FindingCode.HIDDEN_COLUMNS, what, action=action, count=len(columns))]


def _about_marks(marks: SheetMarks, first: int, end: int) -> tuple[Finding, ...]:
    """What the sheet hides and what nobody has computed, from row `first` on."""
    hidden_rows = [row for row in marks.hidden_rows if first <= row < end]
    uncomputed = sorted({row for row in marks.uncomputed if row >= first})
    findings = []
    if hidden_rows:
        what = "raden är dold eller bortfiltrerad i kalkylbladet, men läses som andra"
        action = "Ta bort raden i filen om den inte ska räknas"
        findings.append(_about_rows(Level.WARNING, FindingCode.HIDDEN_ROWS, what, action, hidden_rows))
    if uncomputed:
        is_all = len(marks.uncomputed) == marks.formula_count or len(marks.uncomputed) > _FEW_FORMULAS
        what = "en formel har det sparade värdet 0 eller inget värde: den kan vara oräknad"
        action = "Öppna filen i Excel, låt den räkna om och spara den"
        level = Level.WARNING if is_all else Level.NOTE
        findings.append(_about_rows(level, FindingCode.FORMULAS_NOT_COMPUTED, what, action, uncomputed))
    if scaled_rows := {row for row, _ in marks.scaled_cells if row >= first}:
        what = "talet visas i tusental, inte alls eller med andra siffror i kalkylbladet, och läses som det är sparat"
        action = "Kontrollera att det sparade talet är det rätta: det syns när du väljer cellen"
        findings.append(_about_rows(Level.WARNING, FindingCode.NUMBERS_SCALED, what, action, sorted(scaled_rows)))
    if struck_rows := {row for row, _ in marks.struck_cells if first <= row < end}:
        what = "raden har överstruken text i kalkylbladet, men läses som andra"
        action = "Ta bort raden eller texten i filen om den inte ska räknas"
        findings.append(_about_rows(Level.WARNING, FindingCode.STRUCK_ROWS, what, action, sorted(struck_rows)))
    if unseen_rows := {row for row, _ in marks.unseen_cells if first <= row < end}:
        what = "raden har text i samma färg som bakgrunden, som inte syns i kalkylbladet, men läses som andra"
        action = "Ta bort raden eller texten i filen om den inte ska räknas"
        findings.append(_about_rows(Level.WARNING, FindingCode.UNSEEN_ROWS, what, action, sorted(unseen_rows)))
    if marks.remark_count:
        what = f"{quantity(marks.remark_count, 'kommentar eller textruta', 'kommentarer eller textrutor')} läses inte"
        action = "Läs dem i kalkylbladet: de kan säga vad talen gäller"
        findings.append(Finding(Level.NOTE, FindingCode.TEXT_BESIDE_CELLS, what, action=action))
    return tuple(findings)


def _about_rows(level: Level, code: FindingCode, what: str, action: str, rows: Sequence[int]) -> Finding:
    return Finding(level, code, what, action=action, row=min(rows) + 1, count=len(rows))


def open_workbook(content: bytes, filename: str) -> Workbook:
    """Open a workbook, its visible sheets first. Raises UserError for one that cannot be read."""
    refuse_bomb(content, filename)
    book = _book(content, filename)
    own_names = {sheet.name for sheet in book.sheets_metadata if not may_be_person(sheet.name)}
    sheets = {
        sheet.name if sheet.name in own_names else _stand_in(i + 1, own_names): sheet
        for i, sheet in enumerate(book.sheets_metadata)
    }
    if not sheets:
        raise damaged_error(filename)
    visibility = [(name, sheet.visible == SheetVisibleEnum.Visible) for name, sheet in sheets.items()]
    names_in_file = {name: sheet.name for name, sheet in sheets.items()}
    return Workbook(tuple(sorted(visibility, key=lambda sheet: not sheet[1])), filename, content, book, names_in_file)


def _stand_in(number: int, own_names: Collection[str]) -> str:
    """What a sheet is called whose own name may be a person's."""
    name = f"blad {number}"
    while name in own_names:
        name = f"{name}*"
    return name


def _folded_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _book(content: bytes, filename: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise password_error(filename) from None
    except BaseException as error:
        _raise_if_not_about_file(error)
        if content.startswith(OLE) and _ENCRYPTED_STREAM in content:
            raise password_error(filename) from None
        raise damaged_error(filename) from None


def _raise_if_not_about_file(error: BaseException) -> None:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Millions of cells are made and all of them kept: looking for garbage among them only takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _columns_of_texts(rows: Sequence[Sequence[object]], width: int) -> list[pa.DictionaryArray] | None:
    """The columns of rows that hold texts alone, all in one step; None where something else is among them."""
    if not rows or not all(isinstance(value, str) for value in rows[0]) or set(map(len, rows)) != {width}:
        return None
    try:
        cells = pa.array(list(chain.from_iterable(rows)), pa.string())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    if not isinstance(cells, pa.StringArray):  # more than one array can hold
        return None
    return [cells.take(np.arange(i, len(cells), width)).dictionary_encode() for i in range(width)]


def _texts(column: Sequence[object], *, may_have_booleans: bool) -> pa.DictionaryArray:
    """A column of a workbook as the texts that a person sees. Columns of one type are read in one step."""
    if may_have_booleans and bool in set(map(type, column)):
        return encode([_cell_text(value) for value in column])
    try:
        return pa.array(column, pa.string()).dictionary_encode()
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        values = [None if value == "" else value for value in column]
    try:
        array = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return encode([_cell_text(value) for value in column])
    if pa.types.is_floating(array.type) and _are_integers(array):
        array = array.cast(pa.int64())
    if not (pa.types.is_string(array.type) or pa.types.is_integer(array.type)):
        return encode([_cell_text(value) for value in column])
    return pc.fill_null(array.cast(pa.string()), "").dictionary_encode()


def _in_percent(value: float) -> str:
    """A number as a cell in per cent shows it, all of its digits kept."""
    return f"{_cell_text(round(100 * value, 10))} %"


def _are_integers(numbers: pa.Array) -> bool:
    is_whole = pc.all(pc.equal(pc.floor(numbers), numbers)).as_py()
    return bool(is_whole) and (pc.max(pc.abs(numbers)).as_py() or 0) <= _LARGEST_EXACT


def _cell_text(value: object) -> str:
    """A cell of a workbook as the text that a person sees: `5.0` is `5`, a date is `2024-04-01`."""
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)
