"""What an old workbook (.xls) or an OpenDocument one (.ods) hides, and its formulas that failed, read out of the file.

Sources: [MS-CFB] (the compound file), [MS-XLS] 2.4.221 Row, 2.4.53 ColInfo, 2.4.28 BoundSheet8, 2.4.24 BoolErr,
2.5.133 FormulaValue and 2.5.10 Bes; OpenDocument 1.2, 19.749 table:visibility and 19.642 table:formula.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import product

_END_OF_CHAIN = 0xFFFFFFFA
_ENTRY = 128
_BOUND_SHEET, _ROW, _COLUMN, _END = 0x0085, 0x0208, 0x007D, 0x000A
_BOOLEAN_OR_ERROR, _FORMULA = 0x0205, 0x0006
_NO_NUMBER, _IS_ERROR = 0xFFFF, 2
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x0020, 0x0001
_TAG = re.compile(rb"<(/?)table:(table-row|table-column|table)(?![\w-])([^>]*)>")
_CELL = re.compile(
    rb"<table:(?:(?P<row>table-row)|(?P<cell>(?:covered-)?table-cell)|(?P<table>table))(?![\w-])(?P<attributes>[^>]*)>"
    rb"(?:<text:p[^>]*>(?P<text>(?:#|Err:)[^<]*)<)?"
)
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
_MOST_REPEATED = 100_000
"""What an empty end of a sheet repeats is no row of the table."""
_FEW = 1_000
"""A formula that failed is repeated in so many cells at most."""

Errors = dict[tuple[int, int], str]
"""(row, column) of a formula that failed, from 0 → what the sheet shows for it."""
OldMarks = tuple[list[int], list[int], Errors]
"""The hidden rows, the hidden columns and the errors of a sheet, from 0."""


def marks_of_xls(content: bytes, position: int) -> OldMarks:
    """The marks of the sheet with this position; none in a file that is built otherwise."""
    try:
        return _marks_of_stream(_workbook_stream(content), position)
    except (struct.error, IndexError, ValueError, KeyError):
        return [], [], {}


def marks_of_ods(content: bytes, position: int) -> OldMarks:
    """The marks of the sheet with this position."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError):
        return [], [], {}
    return (*_hidden_in_ods(xml, position), _errors_of_ods(xml, position))


def _hidden_in_ods(xml: bytes, position: int) -> tuple[list[int], list[int]]:
    if b"table:visibility" not in xml:
        return [], []
    hidden: dict[bytes, list[int]] = {b"table-row": [], b"table-column": []}
    counts = dict.fromkeys(hidden, 0)
    sheet = -1
    for end, kind, attributes in _TAG.findall(xml):
        if kind == b"table" and not end:
            sheet, counts = sheet + 1, dict.fromkeys(hidden, 0)
        elif not end and sheet == position and kind in hidden:
            repetition = _REPEATED.search(attributes)
            times = int(repetition[1]) if repetition else 1
            if b'table:visibility="collapse"' in attributes or b'table:visibility="filter"' in attributes:
                hidden[kind] += range(counts[kind], counts[kind] + min(times, _MOST_REPEATED))
            counts[kind] += times
    return hidden[b"table-row"], hidden[b"table-column"]


def _errors_of_ods(xml: bytes, position: int) -> Errors:
    """Formulas that show an error: their value is stored as nothing, or as 0."""
    if b">#" not in xml and b">Err:" not in xml:
        return {}
    errors: Errors = {}
    sheet, row, column, times_of_row = -1, 0, 0, 1
    for match in _CELL.finditer(xml):
        repetition = _REPEATED.search(match["attributes"])
        times = int(repetition[1]) if repetition else 1
        if match["table"]:
            sheet, row, column, times_of_row = sheet + 1, 0, 0, 0
        elif match["row"]:
            row, column, times_of_row = row + times_of_row, 0, times
        else:
            if sheet == position and match["text"] and b"table:formula" in match["attributes"]:
                cell_text = match["text"].decode("utf-8", "replace")
                places = product(range(min(times_of_row, _FEW)), range(min(times, _FEW)))
                errors |= {(row + down, column + across): cell_text for down, across in places}
            column += times
    return errors


def _marks_of_stream(stream: bytes, position: int) -> OldMarks:
    starts = [struct.unpack_from("<I", data)[0] for kind, data in _records(stream, 0) if kind == _BOUND_SHEET]
    rows: list[int] = []
    columns: list[int] = []
    errors: Errors = {}
    for kind, data in _records(stream, starts[position], stop_at_end=True):
        if kind == _ROW and struct.unpack_from("<H", data, 12)[0] & _ROW_HIDDEN:
            rows.append(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMN:
            first, last, _, _, options = struct.unpack_from("<5H", data)
            columns += range(first, min(last, 255) + 1) if options & _COLUMN_HIDDEN else []
        elif kind in {_BOOLEAN_OR_ERROR, _FORMULA}:
            errors |= _error(kind, data)
    return sorted(rows), sorted(columns), errors


def _error(kind: int, data: bytes) -> Errors:
    """The error of a cell or of a formula, if it is one."""
    row, column = struct.unpack_from("<2H", data)
    if kind == _BOOLEAN_OR_ERROR:
        code, is_error = data[6], data[7] == 1
    else:
        code, is_error = data[8], struct.unpack_from("<H", data, 12)[0] == _NO_NUMBER and data[6] == _IS_ERROR
    return {(row, column): _ERRORS[code]} if is_error and code in _ERRORS else {}


def _records(stream: bytes, at: int, *, stop_at_end: bool = False) -> Iterator[tuple[int, bytes]]:
    """The records of a stream of BIFF from a place in it."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<2H", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END and (stop_at_end or at > 0):
            return
        at += 4 + length


def _workbook_stream(content: bytes) -> bytes:
    """The stream of a compound file that holds the workbook."""
    sector, small_sector = (1 << shift for shift in struct.unpack_from("<2H", content, 30))
    first_directory, smallest_large = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 56)[0]
    table = _allocation_table(content, sector)
    directory = _chain(content, first_directory, table, sector, 512)
    entries = {}
    for at in range(0, len(directory), _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        entries[name] = struct.unpack_from("<2I", directory, at + 116)
    start, size = entries["Workbook"] if "Workbook" in entries else entries["Book"]
    if size >= smallest_large:
        return _chain(content, start, table, sector, 512)[:size]
    small_table_start = struct.unpack_from("<I", content, 60)[0]
    small_table = _chain(content, small_table_start, table, sector, 512)
    small_stream = _chain(content, entries["Root Entry"][0], table, sector, 512)
    numbers = struct.unpack(f"<{len(small_table) // 4}I", small_table)
    return _chain(small_stream, start, numbers, small_sector, 0)[:size]


def _allocation_table(content: bytes, sector: int) -> tuple[int, ...]:
    """Which sector follows on which, in all of the file."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    while following < _END_OF_CHAIN and len(sectors) < len(content) // sector:
        block = struct.unpack_from(f"<{sector // 4}I", content, 512 + following * sector)
        sectors += block[:-1]
        following = block[-1]
    in_use = (number for number in sectors if number < _END_OF_CHAIN)
    whole = b"".join(content[512 + number * sector : 512 + (number + 1) * sector] for number in in_use)
    return struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4])


def _chain(content: bytes, start: int, table: tuple[int, ...], sector: int, header: int) -> bytes:
    """The sectors from one on, as they follow each other."""
    parts: list[bytes] = []
    while start < _END_OF_CHAIN and len(parts) <= len(table):
        parts.append(content[header + start * sector : header + (start + 1) * sector])
        start = table[start]
    return b"".join(parts)
