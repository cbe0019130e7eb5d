"""What an old workbook (.xls) or an OpenDocument one (.ods) hides, and its formulas that failed or wait to be computed.

Sources: [MS-CFB] (the compound file), [MS-XLS] 2.4.221 Row, 2.4.53 ColInfo, 2.4.28 BoundSheet8, 2.4.24 BoolErr,
2.5.133 FormulaValue, 2.5.10 Bes, 2.4.126 Format, 2.4.353 XF,
2.4.180 Number, 2.4.220 RK and 2.4.175 MulRk; OpenDocument 1.2, 19.749 table:visibility and 19.642 table:formula.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence, Set
from html import unescape
from itertools import product
from typing import NamedTuple

from naravard.intake.read.colours import WHITE, are_alike, of_number, of_style
from naravard.intake.read.marks import RAISED, SheetMarks, is_in_percent, is_shown_otherwise, is_year_alone

_END_OF_CHAIN = 0xFFFFFFFA
_ENTRY = 128
_BOUND_SHEET, _ROW, _COLUMN, _END = 0x0085, 0x0208, 0x007D, 0x000A
_BOOLEAN_OR_ERROR, _FORMULA = 0x0205, 0x0006
_FORMAT, _CELL_FORMAT, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS = 0x041E, 0x00E0, 0x0203, 0x027E, 0x00BD
_FONT, _TEXT, _FONT_STRUCK, _NO_FONT = 0x0031, 0x00FD, 0x0008, 4
_SOLID, _LENGTH_WITH_FILL = 1, 20
_PERCENTS = {9, 10}
"""The formats in per cent that every workbook has."""
_NO_NUMBER, _IS_ERROR, _IS_EMPTY = 0xFFFF, 2, 3
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_ROW_HIDDEN, _COLUMN_HIDDEN, _HEIGHT = 0x0020, 0x0001, 0x7FFF
_TAG = re.compile(rb"<(/?)table:(table-row|table-column|table)(?![\w-])([^>]*)>")
_CELL = re.compile(
    rb"<table:(?:(?P<column>table-column)|(?P<row>table-row)|(?P<cell>(?:covered-)?table-cell)|(?P<table>table))"
    rb"(?![\w-])(?P<attributes>[^>]*)>"
    rb"(?P<content><text:p(?![\w-])[^>]*(?<!/)>(?!</text:p>)(?P<error>(?:#|Err:)[^<]*<)?)?"
)
_PERCENTAGE = b'office:value-type="percentage"'
_SINGLE_QUOTES = re.compile(rb"""='([^'"<>]*)'""")
_NUMBER_STYLE = re.compile(rb'<number:[\w-]+-style\b[^>]*style:name="([^"]*)"[^>]*>(.*?)</number:[\w-]+-style>', re.S)
_DISPLAY_FACTOR = re.compile(rb'number:display-factor="(?!1")')
_STYLE = re.compile(rb"<style:style\b([^>]*)(?<!/)>(.*?)</style:style>|<style:style\b([^>]*)/>", re.S)
_STYLE_NAME, _DATA_STYLE = re.compile(rb'style:name="([^"]*)"'), re.compile(rb'style:data-style-name="([^"]*)"')
_LINE_THROUGH = re.compile(rb'style:text-line-through-(?:style|type)="(?!none)')
_YEAR_ALONE = re.compile(
    rb'<table:table-cell\b[^>]*office:value-type="date"[^>]*>\s*<text:p(?![\w-])[^>]*>((?:18|19|20)\d\d)</text:p>'
)
_CELL_STYLE = re.compile(rb'table:style-name="([^"]*)"')
_DEFAULT_STYLE = re.compile(rb'table:default-cell-style-name="([^"]*)"')
_SPAN = re.compile(rb'<text:span\b[^>]*text:style-name="([^"]*)"[^>]*>([^<]*)</text:span>')
_STORED = re.compile(rb'office:(?:(?:string|date|time|boolean)-value="|value="(?P<number>[^"]*)")')
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')
_MOST_REPEATED = 100_000
"""What an empty end of a sheet repeats is no row of the table."""
_FEW = 1_000
"""A formula is repeated in so many cells at most."""


def marks_of_xls(content: bytes, position: int) -> SheetMarks:
    """The marks of the sheet with this position; none in a file that is built otherwise."""
    try:
        return _marks_of_stream(_workbook_stream(content), position)
    except (struct.error, IndexError, ValueError, KeyError):
        return SheetMarks()


def marks_of_ods(content: bytes, position: int) -> SheetMarks:
    """The marks of the sheet with this position."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, RuntimeError):
        return SheetMarks()
    xml = _SINGLE_QUOTES.sub(rb'="\1"', xml) if b"='" in xml else xml
    marks = SheetMarks(*_hidden_in_ods(xml, position))
    styles = _styles_of_ods(xml)
    if b"table:formula" in xml or _PERCENTAGE in xml or any(styles) or _YEAR_ALONE.search(xml):
        _read_cells_of_ods(xml, position, marks, styles)
    return marks


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


class _Styles(NamedTuple):
    """Names of styles: of numbers shown in thousands, of what is struck out, raised, and of its background's colour."""

    scales: frozenset[bytes]
    strikes: frozenset[bytes]
    raises: frozenset[bytes]
    unseens: frozenset[bytes]


def _styles_of_ods(xml: bytes) -> _Styles:
    formats = {name for name, content in _NUMBER_STYLE.findall(xml) if _DISPLAY_FACTOR.search(content)}
    scales, strikes, raises, unseens = set(), set(), set(), set()
    for with_content, content, alone in _STYLE.findall(xml):
        attributes = with_content or alone
        name, data_style = _STYLE_NAME.search(attributes), _DATA_STYLE.search(attributes)
        if name and data_style and data_style[1] in formats:
            scales.add(name[1])
        if name and _LINE_THROUGH.search(content):
            strikes.add(name[1])
        if name and b'style:text-position="super' in content:
            raises.add(name[1])
        if name and are_alike(*of_style(content)):
            unseens.add(name[1])
    return _Styles(frozenset(scales), frozenset(strikes), frozenset(raises), frozenset(unseens))


def _raised_text(content: bytes, raises: Set[bytes]) -> str | None:
    """The text of a cell with its raised digits as such; None where it has none."""
    spans = [span for span in _SPAN.finditer(content) if span[1] in raises]
    if not spans:
        return None
    plain = content
    for span in reversed(spans):
        small_digits = span[2].decode("utf-8", "replace").translate(RAISED).encode()
        plain = plain[: span.start()] + small_digits + plain[span.end() :]
    return unescape(re.sub(rb"<[^>]*>", b"", plain).decode("utf-8", "replace"))


def _read_cells_of_ods(xml: bytes, position: int, marks: SheetMarks, styles: _Styles) -> None:
    """Formulas that show an error, or whose value is stored as nothing or as 0; numbers that are shown otherwise."""
    sheet, row, column, times_of_row = -1, 0, 0, 1
    of_columns: list[bytes] = []
    for match in _CELL.finditer(xml):
        repetition = _REPEATED.search(match["attributes"])
        times = int(repetition[1]) if repetition else 1
        if match["table"]:
            sheet, row, column, times_of_row = sheet + 1, 0, 0, 0
            of_columns = []
        elif match["column"]:
            default = _DEFAULT_STYLE.search(match["attributes"])
            of_columns += [default[1] if default else b""] * min(times, _FEW)
        elif match["row"]:
            row, column, times_of_row = row + times_of_row, 0, times
        else:
            is_formula, is_percent = (each in match["attributes"] for each in (b"table:formula", _PERCENTAGE))
            own_style = _CELL_STYLE.search(match["attributes"])
            of_column = of_columns[column] if column < len(of_columns) else b""
            style = own_style[1] if own_style else of_column
            is_number, has_content = b"office:value=" in match["attributes"], bool(match["content"])
            is_scaled, is_struck = is_number and style in styles.scales, has_content and style in styles.strikes
            is_unseen = has_content and style in styles.unseens
            if sheet == position and (year := _YEAR_ALONE.match(xml, match.start())):
                marks.texts[row, column] = year[1].decode()
            if sheet == position and styles.raises and has_content:
                end = xml.find(b"</table:table-cell>", match.start())
                raised_text = _raised_text(xml[match.start() : end].partition(b">")[2], styles.raises)
                marks.texts |= {} if raised_text is None else {(row, column): raised_text}
            if sheet == position and (is_formula or is_percent or is_scaled or is_struck or is_unseen):
                ranges = product(range(min(times_of_row, _FEW)), range(min(times, _FEW)))
                places = [(row + down, column + across) for down, across in ranges]
                marks.percents += places if is_percent else []
                marks.scaled_cells += places if is_scaled else []
                marks.struck_cells += places if is_struck else []
                marks.unseen_cells += places if is_unseen else []
                if is_formula:
                    _add_formula(match, places, marks)
            column += times


def _add_formula(cell: re.Match[bytes], places: list[tuple[int, int]], marks: SheetMarks) -> None:
    marks.formula_count += len(places)
    if cell["error"]:
        marks.texts |= dict.fromkeys(places, cell["error"][:-1].decode("utf-8", "replace"))
    elif not _has_value(cell["attributes"], has_content=bool(cell["content"])):
        marks.uncomputed += [row for row, _ in places]


def _has_value(attributes: bytes, *, has_content: bool) -> bool:
    """Whether a formula of an OpenDocument cell has a stored value other than 0."""
    stored_value = _STORED.search(attributes)
    if stored_value is None:
        return has_content
    return stored_value["number"] is None or stored_value["number"].strip(b"-0.") != b""


def _marks_of_stream(stream: bytes, position: int) -> SheetMarks:
    of_book = list(_records(stream, 0))
    starts = [struct.unpack_from("<I", data)[0] for kind, data in of_book if kind == _BOUND_SHEET]
    percents, scales = _cell_formats(of_book, is_in_percent, _PERCENTS), _cell_formats(of_book, is_shown_otherwise)
    struck_formats, unseen_formats = _struck_formats(of_book), _unseen_formats(of_book)
    years = _cell_formats(of_book, is_year_alone)
    marks = SheetMarks()
    for kind, data in _records(stream, starts[position], stop_at_end=True):
        if kind == _ROW and _is_row_hidden(data):
            marks.hidden_rows.append(struct.unpack_from("<H", data)[0])
        elif kind == _COLUMN:
            first, last, width, _, options = struct.unpack_from("<5H", data)
            is_hidden = options & _COLUMN_HIDDEN or not width
            marks.hidden_columns += range(first, min(last, 255) + 1) if is_hidden else []
        elif kind == _BOOLEAN_OR_ERROR and data[7] == 1:
            _add_error(data, data[6], marks)
        elif kind == _FORMULA:
            _read_formula(data, marks)
        if struck_formats | unseen_formats and kind in {_TEXT, _NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _FORMULA}:
            marks.struck_cells += _cells_with(data, struck_formats, is_several=kind == _SMALL_NUMBERS)
            marks.unseen_cells += _cells_with(data, unseen_formats, is_several=kind == _SMALL_NUMBERS)
        if kind in {_NUMBER, _SMALL_NUMBER, _SMALL_NUMBERS, _FORMULA} and percents | scales | years:
            marks.years += _cells_with(data, years, is_several=kind == _SMALL_NUMBERS)
            marks.percents += _cells_with(data, percents, is_several=kind == _SMALL_NUMBERS)
            marks.scaled_cells += _cells_with(data, scales, is_several=kind == _SMALL_NUMBERS)
    marks.hidden_rows.sort()
    marks.hidden_columns.sort()
    return marks


def _cell_formats(
    records: Sequence[tuple[int, bytes]], is_so: Callable[[str], bool], built_in: Set[int] = frozenset()
) -> set[int]:
    """The numbers of the cell formats (XF) whose number format is so."""
    own_formats = (data for kind, data in records if kind == _FORMAT)
    formats = {struct.unpack_from("<H", data)[0] for data in own_formats if is_so(_format_text(data))} | built_in
    cell_formats = (data for kind, data in records if kind == _CELL_FORMAT)
    return {number for number, data in enumerate(cell_formats) if struct.unpack_from("<H", data, 2)[0] in formats}


def _struck_formats(records: Sequence[tuple[int, bytes]]) -> set[int]:
    """The numbers of the cell formats whose font is struck out. There is no font with the number 4."""
    fonts = [struct.unpack_from("<H", data, 2)[0] & _FONT_STRUCK for kind, data in records if kind == _FONT]
    numbers = {place + (place >= _NO_FONT) for place, is_struck in enumerate(fonts) if is_struck}
    cell_formats = (data for kind, data in records if kind == _CELL_FORMAT)
    return {number for number, data in enumerate(cell_formats) if struct.unpack_from("<H", data)[0] in numbers}


def _unseen_formats(records: Sequence[tuple[int, bytes]]) -> set[int]:
    """The numbers of the cell formats whose text has the colour of what lies behind it."""
    colours = [of_number(struct.unpack_from("<H", data, 4)[0]) for kind, data in records if kind == _FONT]
    cell_formats = [data for kind, data in records if kind == _CELL_FORMAT]
    has_fills = all(len(data) >= _LENGTH_WITH_FILL for data in cell_formats)
    return {number for number, data in enumerate(cell_formats) if has_fills and _is_unseen(data, colours)}


def _is_unseen(cell_format: bytes, colours: Sequence[int | str | None]) -> bool:
    font, pattern = struct.unpack_from("<H", cell_format)[0], struct.unpack_from("<I", cell_format, 14)[0] >> 26
    place = font - (font > _NO_FONT)
    colour_behind = of_number(struct.unpack_from("<H", cell_format, 18)[0] & 0x7F) if pattern == _SOLID else None
    return place < len(colours) and are_alike(colours[place], colour_behind if pattern else WHITE)


def _is_row_hidden(data: bytes) -> bool:
    """Whether a row is hidden, or so low that nothing is seen."""
    has_no_height = not struct.unpack_from("<H", data, 6)[0] & _HEIGHT
    return has_no_height or bool(struct.unpack_from("<H", data, 12)[0] & _ROW_HIDDEN)


def _format_text(data: bytes) -> str:
    """What a format is, as it is stored: in one or two bytes for each sign."""
    return data[5:].decode("utf-16-le" if data[4] & 1 else "latin-1", "replace")


def _cells_with(data: bytes, cell_formats: Set[int], *, is_several: bool) -> list[tuple[int, int]]:
    """The cells of a record with numbers that have one of the formats: one, or a part of a row."""
    row, first, cell_format = struct.unpack_from("<3H", data)
    if not is_several:
        return [(row, first)] if cell_format in cell_formats else []
    formats = (struct.unpack_from("<H", data, at)[0] for at in range(4, len(data) - 2, 6))
    return [(row, first + i) for i, number in enumerate(formats) if number in cell_formats]


def _add_error(data: bytes, code: int, marks: SheetMarks) -> None:
    row, column = struct.unpack_from("<2H", data)
    if code in _ERRORS:
        marks.texts[row, column] = _ERRORS[code]


def _read_formula(data: bytes, marks: SheetMarks) -> None:
    """A formula that failed, or whose stored value is 0 or an empty text."""
    marks.formula_count += 1
    is_number = struct.unpack_from("<H", data, 12)[0] != _NO_NUMBER
    if not is_number and data[6] == _IS_ERROR:
        _add_error(data, data[8], marks)
    elif struct.unpack_from("<d", data, 6)[0] == 0 if is_number else data[6] == _IS_EMPTY:
        marks.uncomputed.append(struct.unpack_from("<H", data)[0])


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
