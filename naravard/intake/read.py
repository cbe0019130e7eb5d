"""Bytes to cells: encoding, delimiter, sheets. Nothing is interpreted here, and nothing is written.

Error texts never quote the file's content: a broken row can hold a person id.
"""

from __future__ import annotations

import codecs
import csv
import gc
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from pathlib import PurePath
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.mask import masked_value
from naravard.base.model import Finding
from naravard.base.numbers import number

ROW = "rad"
"""Column with the row number in the file, as a spreadsheet numbers it."""
TEXT_ENDINGS = (".csv", ".txt", ".tsv")
WORKBOOK_ENDINGS = (".xlsx", ".xls", ".ods")
ALLOWED_ENDINGS = (*TEXT_ENDINGS, *WORKBOOK_ENDINGS)
HEAD_ROWS = 60
"""How far down the headings of a table are looked for."""
MOST_BYTES = 200 * 2**20
MOST_CELLS = 40_000_000
MOST_COLUMNS = 1_000
_MOST_UNEVEN = 10_000
LONGEST_CELL = 32_767
"""What a cell of Excel can hold."""
_NOT_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_MOST_UNPACKED = 2 * 2**30
_MOST_RATIO = 150
_MAY_BE_SHEET = re.compile(r"(?!.*(?:sharedStrings|styles|theme))xl/.*\.xml", re.IGNORECASE)
_DIMENSION = re.compile(rb'<dimension ref="[A-Z]+\d+:([A-Z]{1,4})(\d{1,9})"')
_LARGE_SHEET = 30 * 2**20
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{0,12})(\d{1,20})["']""")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ENCRYPTED = b"\xd0\xcf\x11\xe0"
"""The first bytes of an old Excel file, and of a new one with a password."""


class _Records(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class Body:
    """The rows below the headings. `table` has int64 `rad` and a dictionary of texts per column (`k0`, `k1`, …)."""

    table: pa.Table
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class TextSheet:
    """A delimited text file. `content` is one row per line, in `encoding` (one byte per character, or UTF-8)."""

    content: pa.Buffer
    encoding: str
    delimiter: str
    quoted: bool
    filename: str
    name: str | None = None

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows."""
        try:
            return list(islice(self._records(), HEAD_ROWS))
        except csv.Error:
            raise _long_cell(self.filename) from None

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` (0 is the first row of the file), each `width` cells wide."""
        names = [f"k{i}" for i in range(width)]
        if width > MOST_COLUMNS:
            raise _too_large(self.filename, _newlines(self), width)
        # a cell takes a byte at least, so a file of fewer bytes needs no counting
        if self.content.size > MOST_CELLS and (rows := _newlines(self)) * width > MOST_CELLS:
            raise _too_large(self.filename, rows, width)
        start = self._offset(first)
        if start >= self.content.size:
            return Body(_numbered(pa.table({name: _encoded([]) for name in names}), first))
        uneven: list[pacsv.InvalidRow] = []

        def skip(row: pacsv.InvalidRow) -> str:
            uneven.append(row)
            return "skip" if len(uneven) <= _MOST_UNEVEN else "error"

        encoding = self.encoding
        try:
            table = self._read(start, names, None)
        except pa.ArrowInvalid:  # its text quotes the row, so it goes no further
            try:
                table, encoding = self._read(start, names, skip), "utf-8"
            except pa.ArrowInvalid:
                return self._uneven_body(first, names)
        # the distinct texts are far fewer than the cells, so they alone are decoded
        columns = {name: _decoded(table[name], encoding) for name in names}
        if not uneven:
            return _checked(_numbered(pa.table(columns), first), self)
        return self._with_uneven(pa.table(columns), uneven, first)

    def _read(self, start: int, names: Sequence[str], handler: Callable[[pacsv.InvalidRow], str] | None) -> pa.Table:
        """All rows as dictionaries of bytes.

        With a handler of uneven rows one by one, to tell their numbers, and as UTF-8, in which it is told their text.
        """
        content = pa.BufferReader(self.content.slice(start))
        return pacsv.read_csv(
            content if handler is None else pa.transcoding_input_stream(content, self.encoding, "utf-8"),
            read_options=pacsv.ReadOptions(column_names=names, block_size=4 * 2**20, use_threads=handler is None),
            parse_options=pacsv.ParseOptions(
                delimiter=self.delimiter,
                quote_char='"' if self.quoted else False,
                newlines_in_values=self.quoted,
                ignore_empty_lines=False,
                invalid_row_handler=handler,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.binary())),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    def _with_uneven(self, table: pa.Table, uneven: Sequence[pacsv.InvalidRow], first: int) -> Body:
        """The even rows with their numbers in the file, the short ones filled up, and the long ones told."""
        width = table.num_columns
        numbers = np.setdiff1d(np.arange(1, table.num_rows + len(uneven) + 1), [row.number for row in uneven])
        cells = [
            next(csv.reader([row.text], delimiter=self.delimiter), [])
            if self.quoted
            else row.text.split(self.delimiter)
            for row in uneven
        ]
        placed = [(row.number + first, row_cells) for row, row_cells in zip(uneven, cells, strict=True)]
        long = [(at, len(c)) for at, c in placed if any(cell.strip() for cell in c[width:])]
        short = [(at, [*c[:width], *[""] * (width - len(c))]) for at, c in placed if not any(map(str.strip, c[width:]))]
        even = table.append_column(ROW, pa.array(numbers + first))
        if short:
            more = {f"k{i}": _encoded([c[i] for _, c in short]) for i in range(width)}
            extra = pa.table({**more, ROW: pa.array([at for at, _ in short], pa.int64())})
            even = pa.concat_tables([even, extra]).unify_dictionaries().combine_chunks().sort_by(ROW)
        body = _checked(even, self)
        return Body(body.table, (*_told_long(long, width), *body.findings))

    def _uneven_body(self, first: int, names: Sequence[str]) -> Body:
        """Row by row, for a file whose rows are of different lengths: short ones are filled up, long ones are told."""
        cells: list[list[str]] = []
        numbers: list[int] = []
        long: list[tuple[int, int]] = []
        try:
            for position, row in enumerate(self._records()):
                if position < first:
                    continue
                extra = row[len(names) :]
                if any(cell.strip() for cell in extra):
                    long.append((position + 1, len(row)))
                    continue
                cells.append([*row[: len(names)], *[""] * (len(names) - len(row))])
                numbers.append(position + 1)
        except csv.Error:
            raise _long_cell(self.filename) from None
        columns = list(zip(*cells, strict=True)) or [()] * len(names)
        arrays = {name: _encoded(column) for name, column in zip(names, columns, strict=True)}
        body = _checked(pa.table({**arrays, ROW: pa.array(numbers, pa.int64())}), self)
        return Body(body.table, (*_told_long(long, len(names)), *body.findings))

    def _records(self) -> _Records:
        csv.field_size_limit(LONGEST_CELL)
        text = io.TextIOWrapper(pa.BufferReader(self.content), self.encoding, errors="replace", newline="")
        return csv.reader(text, delimiter=self.delimiter, quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE)

    def _offset(self, first: int) -> int:
        """Where row `first` begins, in bytes."""
        reader = self._records()
        for _ in islice(reader, first):
            pass
        view, start = self.content, 0
        for line in islice(io.BytesIO(memoryview(view)[: 2**20]), reader.line_num):
            start += len(line)
        return start


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet of a workbook: rows of cells as calamine gives them."""

    rows: Sequence[Sequence[object]]
    filename: str
    name: str | None
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows, a merged cell's text in all of its cells."""
        rows = [[_cell(value) for value in row] for row in self.rows[:HEAD_ROWS]]
        for (top, left), (bottom, right) in self.merged:
            if top >= len(rows) or left >= len(rows[top]):
                continue
            for row in range(top, min(bottom + 1, len(rows))):
                for column in range(left, min(right + 1, len(rows[row]))):
                    rows[row][column] = rows[top][left]
        return rows

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` (0 is the first row of the sheet), each `width` cells wide."""
        if len(self.rows) * width > MOST_CELLS or width > MOST_COLUMNS:
            raise _too_large(self.filename, len(self.rows), width)
        columns = [[row[i] for row in islice(self.rows, first, None)] for i in range(width)]
        for (top, left), (bottom, right) in self.merged:
            value = self.rows[top][left] if first <= top < len(self.rows) and left < len(self.rows[top]) else ""
            if isinstance(value, str) and value:  # a number that is merged over several rows is still one number
                last = min(bottom, len(self.rows) - 1)
                for cells in columns[left : right + 1]:
                    cells[top - first : last + 1 - first] = [value] * (last + 1 - top)
        table = pa.table({f"k{i}": _texts(column) for i, column in enumerate(columns)})
        return _checked(_numbered(table, first), self)


Sheet = TextSheet | WorkbookSheet


@dataclass(frozen=True)
class File:
    """A file that can be read. `sheets` are (name, whether it is visible); a text file has one without a name."""

    sheets: tuple[tuple[str | None, bool], ...]
    filename: str
    _text: TextSheet | None = None
    _book: CalamineWorkbook | None = None
    _names: Mapping[str, str] = field(default_factory=dict)
    """What a sheet is called in the file: its own name can be a person's."""
    _read: dict[str | None, Sheet] = field(default_factory=dict)

    def sheet(self, name: str | None) -> Sheet:
        """One sheet, read at first use. Raises UserError for a name that it does not have."""
        if self._text is not None:
            return self._text
        if name not in {sheet for sheet, _ in self.sheets}:
            known = ", ".join(str(sheet) for sheet, _ in self.sheets)
            raise UserError(f"Fliken {name} finns inte i filen {self.filename}. Välj en av: {known}.")
        if name not in self._read:
            self._read[name] = self._read_sheet(str(name))
        return self._read[name]

    def _read_sheet(self, name: str) -> WorkbookSheet:
        assert self._book is not None
        try:
            sheet = self._book.get_sheet_by_name(self._names[name])
            rows, columns = sheet.total_height, sheet.total_width
            if rows * columns > MOST_CELLS:
                raise _too_large(self.filename, rows, columns)
            merged = sheet.merged_cell_ranges
            with _no_garbage():
                rows_of_cells = sheet.to_python(skip_empty_area=False)
            return WorkbookSheet(rows_of_cells, self.filename, name, merged or ())
        except UserError:
            raise
        except BaseException as error:  # a panic in the reader is no Exception
            _pass_on(error)
            raise _not_opened(self.filename) from None


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Millions of cells are made and all of them kept: looking for garbage among them only takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def open_file(content: bytes, filename: str) -> File:
    """Recognise what a file is. Raises UserError when it cannot be read at all."""
    ending = PurePath(filename).suffix.lower()
    if ending not in ALLOWED_ENDINGS:
        raise UserError(
            f"Filen {filename} har ändelsen {ending or 'ingen'}. Tillåtet: {', '.join(ALLOWED_ENDINGS)}. "
            "Spara om filen som CSV eller Excel (.xlsx)."
        )
    if not content[:4096].strip() and not content.strip():
        raise UserError(f"Filen {filename} är tom. Hämta uttaget på nytt.")
    if len(content) > MOST_BYTES:
        size = number(len(content) / 2**20)
        raise UserError(f"Filen {filename} är {size} MB. Högst 200 MB går att läsa. Ta bort kolumner som inte behövs.")
    if content.startswith((b"PK\x03\x04", _ENCRYPTED)):
        return _open_workbook(content, filename)
    if ending in WORKBOOK_ENDINGS:
        raise UserError(f"Filen {filename} är ingen Excelfil, fast den heter så. Spara om den från Excel som .xlsx.")
    return _open_text(content, filename)


def _open_text(content: bytes, filename: str) -> File:
    content, encoding = _plain(content, filename)
    # old Macs end lines with CR, and some exports with CR CR LF
    if b"\r" in content and (b"\r\r" in content or content.count(b"\r") != content.count(b"\r\n")):
        content = re.sub(rb"\r+\n|\r", b"\n", content)
    content = content.rstrip(b"\r\n \x1a")
    sample = content[: 2**16].decode(encoding, errors="replace")
    delimiter = _delimiter(sample)
    sheet = TextSheet(pa.py_buffer(content), encoding, delimiter, b'"' in content, filename)
    return File(((None, True),), filename, _text=sheet)


def _plain(content: bytes, filename: str) -> tuple[bytes, str]:
    """The content without a byte order mark, and its encoding: UTF-8 where it is valid, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode("utf-8"), "utf-8"
    if b"\x00" in content:
        raise UserError(f"Filen {filename} är ingen textfil. Spara uttaget som CSV eller Excel (.xlsx).")
    content = content.removeprefix(codecs.BOM_UTF8)
    if _is_utf8(content):
        return content, "utf-8"
    # five bytes have no meaning in Windows-1252, and are control characters in Latin-1
    return content, "latin-1" if any(byte in content for byte in _NOT_WINDOWS) else "cp1252"


def _is_utf8(content: bytes) -> bool:
    """Tried block by block, so that no second copy of a large file is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(content), 2**20):
            decoder.decode(view[start : start + 2**20])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(sample: str) -> str:
    """The one that splits most rows into equally many cells; lines of a title above the table have none."""

    def score(delimiter: str) -> tuple[int, int]:
        csv.field_size_limit(2**20)
        rows = list(islice(csv.reader(io.StringIO(sample), delimiter=delimiter), HEAD_ROWS))
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        return times, width

    return max(";\t,|", key=score)


def _newlines(sheet: TextSheet) -> int:
    view = memoryview(sheet.content)
    return sum(bytes(view[i : i + 2**20]).count(b"\n") for i in range(0, len(view), 2**20)) + 1


def _open_workbook(content: bytes, filename: str) -> File:
    _refuse_bomb(content, filename)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError:
        raise _locked(filename) from None
    except BaseException as error:
        _pass_on(error)
        if content.startswith(_ENCRYPTED) and b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00" in content:
            raise _locked(filename) from None
        raise _not_opened(filename) from None
    named = {
        sheet.name if masked_value(sheet.name) == sheet.name else f"blad {i + 1}": sheet
        for i, sheet in enumerate(book.sheets_metadata)
    }
    sheets = tuple((name, sheet.visible == SheetVisibleEnum.Visible) for name, sheet in named.items())
    if not sheets:
        raise _not_opened(filename)
    real = {name: sheet.name for name, sheet in named.items()}
    return File(tuple(sorted(sheets, key=lambda sheet: not sheet[1])), filename, _book=book, _names=real)


def _refuse_bomb(content: bytes, filename: str) -> None:
    """A zip that unpacks to far more than any extract is never unpacked."""
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [(entry.file_size, max(1, entry.compress_size)) for entry in archive.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _not_opened(filename) from None
    unpacked = sum(size for size, _ in sizes)
    bomb = any(size > 50 * 2**20 and size / packed > _MOST_RATIO for size, packed in sizes)
    if unpacked > _MOST_UNPACKED or bomb:
        raise UserError(
            f"Filen {filename} blir orimligt stor när den packas upp ({number(unpacked / 2**20)} MB) och läses inte. "
            "Spara om uttaget som CSV."
        )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if any(name.endswith("workbook.bin") for name in names):
            raise UserError(f"Filen {filename} är en binär Excelbok (.xlsb). Spara om den som .xlsx.")
        for name in names:
            if _MAY_BE_SHEET.fullmatch(name):
                rows, columns = _extent(archive, name)
                if rows * columns > MOST_CELLS:
                    raise _too_large(filename, rows, columns)


def _extent(archive: zipfile.ZipFile, name: str) -> tuple[int, int]:
    """The last row and column that a worksheet names, in its rows or cells; something enormous where it names more
    than Excel has.

    The reader makes room for all cells up to those, and one stray cell in the last corner would take all memory.
    """
    rows = columns = 1
    tail = b""
    try:
        with archive.open(name) as sheet:
            told = _DIMENSION.search(sheet.read(4096))
            if told and archive.getinfo(name).file_size > _LARGE_SHEET:
                # programs that write so much tell the extent themselves, and reading it all twice takes time
                return int(told[2]), _column_number(told[1])
        with archive.open(name) as sheet:
            while block := sheet.read(2**20):
                text = tail + block
                places = set(_PLACE.findall(text))
                if any(len(letters) > 3 or len(digits) > 7 for letters, digits in places):
                    return _LAST_ROW, _LAST_COLUMN
                rows = max(rows, max((int(digits) for _, digits in places), default=1))
                columns = max(columns, max((_column_number(letters.upper()) for letters, _ in places), default=1))
                tail = text[-200:]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        return 1, 1  # the reader itself says what is wrong
    return rows, columns


def _column_number(letters: bytes) -> int:
    number_of = 0
    for letter in letters:
        number_of = 26 * number_of + letter - ord("A") + 1
    return number_of


def _pass_on(error: BaseException) -> None:
    """What is no fault of the file goes on as it is."""
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        raise error


def _texts(column: Sequence[object]) -> pa.DictionaryArray:
    """A column of a workbook as the texts that a person sees. Columns of one kind are read in one step."""
    try:
        return pa.array(column, pa.string()).dictionary_encode()
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        filled = [None if value == "" else value for value in column]
    try:
        array = pa.array(filled)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError):
        return _encoded([_cell(value) for value in column])
    if pa.types.is_floating(array.type):
        whole = pc.floor(array)
        if not pc.all(pc.equal(whole, array)).as_py() or (pc.max(pc.abs(array)).as_py() or 0) > 2**53:
            return _encoded([_cell(value) for value in column])
        array = array.cast(pa.int64())
    elif not (pa.types.is_string(array.type) or pa.types.is_integer(array.type)):
        return _encoded([_cell(value) for value in column])
    return pc.fill_null(array.cast(pa.string()), "").dictionary_encode()


def _cell(value: object) -> str:
    """A cell of a workbook as the text that a person sees: `5.0` is `5`, a date is `2024-04-01`."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _encoded(texts: Sequence[str]) -> pa.DictionaryArray:
    return pa.array(texts, pa.string()).dictionary_encode()


def _decoded(column: pa.ChunkedArray, encoding: str) -> pa.DictionaryArray:
    """Codes and their texts as one array. A wrong byte has been ruled out, or the encoding gives each a letter."""
    one = column.unify_dictionaries().combine_chunks()
    raw = one.dictionary
    joined = raw.buffers()[2]
    if encoding == "utf-8" or joined is None or memoryview(joined).tobytes().isascii():
        return pa.DictionaryArray.from_arrays(one.indices, raw.cast(pa.string()))
    texts = pa.array([text.decode(encoding) for text in raw.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(one.indices, texts)


def _numbered(table: pa.Table, first: int) -> pa.Table:
    return table.append_column(ROW, pa.array(np.arange(first + 1, table.num_rows + first + 1)))


def _checked(table: pa.Table, sheet: Sheet) -> Body:
    """Without empty rows, which files often end with; cells that are too long, or hold several rows, are told."""
    filled = None
    findings: list[Finding] = []
    for name in table.column_names:
        if name == ROW:
            continue
        column = table[name].combine_chunks() if table[name].num_chunks != 1 else table[name].chunk(0)
        texts = column.dictionary
        if (pc.max(pc.binary_length(texts)).as_py() or 0) > LONGEST_CELL:
            raise _long_cell(sheet.filename)
        blank = pc.match_substring_regex(texts, r"^[\s\x{00a0}]*$")
        here = pc.invert(blank.take(column.indices))
        filled = here if filled is None else pc.or_(filled, here)
        if isinstance(sheet, TextSheet) and sheet.quoted and not findings:
            findings += _swallowed(table, column, sheet.delimiter)
    if filled is not None and not pc.all(filled).as_py():
        table = table.filter(filled)
    return Body(table, tuple(findings))


def _swallowed(table: pa.Table, column: pa.DictionaryArray, delimiter: str) -> list[Finding]:
    """A cell with a line break and delimiters after it: a stray quotation mark has made several rows one."""
    hits = pc.match_substring_regex(column.dictionary, f"\n[^\n]*{re.escape(delimiter)}").take(column.indices)
    if not pc.any(hits).as_py():
        return []
    first = pc.min(table[ROW].filter(hits)).as_py()
    what = "ett citattecken utan par gör flera rader till en"
    return [Finding(Level.ERROR, FindingCode.STRAY_QUOTE, what, action="Ta bort citattecknet i filen", row=first)]


def _told_long(rows: list[tuple[int, int]], width: int) -> list[Finding]:
    """One finding for all rows with too many cells: often it is the same mistake on each."""
    if not rows:
        return []
    what = f"raden har {rows[0][1]} fält, men rubrikraden har {width}"
    action = "Rätta raden i filen"
    return [Finding(Level.ERROR, FindingCode.ROW_TOO_LONG, what, action=action, row=rows[0][0], count=len(rows))]


def no_rows(filename: str) -> UserError:
    """What is said of a file that has nothing below its headings."""
    return UserError(f"Filen {filename} har rubriker men inga rader. Hämta uttaget på nytt.")


def _long_cell(filename: str) -> UserError:
    return UserError(
        f"Filen {filename} har en cell med fler än {number(LONGEST_CELL)} tecken. Ett citattecken utan par kan vara "
        "orsaken: öppna filen i Excel och spara om den."
    )


def _too_large(filename: str, rows: int, columns: int) -> UserError:
    return UserError(
        f"Filen {filename} har {number(rows)} rader och {columns} kolumner. Högst {number(MOST_COLUMNS)} kolumner "
        f"och {number(MOST_CELLS)} celler går att läsa. Ta bort kolumner som inte behövs."
    )


def _locked(filename: str) -> UserError:
    return UserError(f"Filen {filename} är lösenordsskyddad. Öppna den i Excel och spara om den utan lösenord.")


def _not_opened(filename: str) -> UserError:
    return UserError(
        f"Filen {filename} går inte att öppna som Excelfil. Den kan vara skadad eller lösenordsskyddad: "
        "öppna den i Excel och spara om den utan lösenord."
    )
