"""Delimited text files: encoding detection, delimiter sniffing, rows of different lengths, stray quotation marks."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from naravard.base.errors import UserError
from naravard.intake.read.body import (
    ROW,
    Body,
    Quotes,
    about_long_rows,
    about_stray_quote,
    body_of,
    encode,
    is_ascii,
    with_row_numbers,
)
from naravard.intake.read.drawn import as_delimited
from naravard.intake.read.limits import HEAD_ROWS, LONGEST_CELL, MOST_CELLS, MOST_COLUMNS
from naravard.intake.read.refusals import long_cell_error, too_large_error

_MOST_UNEVEN = 10_000
_NOT_WINDOWS = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
"""Bytes that have no meaning in Windows-1252, and are control characters in Latin-1."""
_MOSTLY = 0.8
_ENCODED_TWICE = re.compile(rb"\xc3\x83(?:\xc2[\xa5\xa4\xb6\x85\x84\x96]|\xe2\x80[\xa6\x9e\x93])")
_WINDOWS_LETTERS = re.compile(rb"[A-Za-z][\xe5\xe4\xf6][a-z]")
_OLD_LETTERS = {
    "cp850": re.compile(rb"[A-Za-z][\x86\x84\x94][a-z]"),
    "mac_roman": re.compile(rb"[A-Za-z][\x8c\x8a\x9a][a-z]"),
}
"""An å, ä or ö within a word; a quotation mark or a dash stands at its end."""
_DELIMITERS = ";\t,|"
_SPACED = re.compile(r'"[^"\n]*"(?: "[^"\n]*")+\r?\n"[^"\n]*"(?: (?:"[^"\n]*"|[^\s"]+))+\r?(?:\n|\Z)')
"""Headings in quotation marks with a space between them, and a row of the same kind below: what R writes."""
_WHOLE_ROW = re.compile(rb'"(?:[^"]|"")*[;\t,](?:[^"]|"")*"')
"""A row that a spreadsheet had in one cell."""
_IN_SINGLE_MARKS = re.compile(rb"'(?:[^']|'')*'(?:[;\t,|]'(?:[^']|'')*')+\r?")
_KEPT_AS_TEXT = re.compile(rb'(?:(?<=[;,\t\n])|(?<![\s\S]))="([^"\n]*)"(?=[;,\t\r\n]|\Z)')
_SAMPLE = 2**16
_BLOCK = 2**20
_BLANK = b"\r\n \x1a"
"""What may stand after the last row."""
_FEW_ROWS = 30
_DICTIONARY = pa.dictionary(pa.int32(), pa.binary())


class _Records(Protocol):
    """What csv.reader gives."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True)
class TextSheet:
    """A delimited text file. `content` is one row per line, in `encoding` (one byte per character, or UTF-8)."""

    content: pa.Buffer
    encoding: str
    delimiter: str
    has_quotes: bool
    filename: str
    name: str | None = None

    @cached_property
    def head(self) -> list[list[str]]:
        """The first rows."""
        try:
            return list(islice(self._records(), HEAD_ROWS))
        except csv.Error:
            raise long_cell_error(self.filename) from None

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` (0 is the first row of the file), each `width` cells wide."""
        self._refuse_size(width)
        names = [f"k{i}" for i in range(width)]
        start = self._offset(first)
        if start >= self.content.size:
            return Body(with_row_numbers(pa.table({name: encode([]) for name in names}), first))
        try:
            table, uneven_rows, encoding = self._parse(start, names)
        except pa.ArrowInvalid:  # its text quotes the row, so it goes no further
            return self._uneven_body(first, names)
        # the distinct texts are far fewer than the cells, so they alone are decoded
        table = pa.table({name: _decode(table[name], encoding) for name in names})
        pa.default_memory_pool().release_unused()  # the blocks of the file, three times what is left of them
        if uneven_rows:
            return self._body_with_uneven(table, uneven_rows, first)
        return self._body_of(with_row_numbers(table, first))

    def _refuse_size(self, width: int) -> None:
        if width > MOST_COLUMNS:
            raise too_large_error(self.filename, self._line_count(), width)
        # a cell takes a byte at least, so a file of fewer bytes needs no counting
        if self.content.size > MOST_CELLS and (rows := self._line_count()) * width > MOST_CELLS:
            raise too_large_error(self.filename, rows, width)

    def _line_count(self) -> int:
        view = memoryview(self.content)
        return sum(bytes(view[i : i + _BLOCK]).count(b"\n") for i in range(0, len(view), _BLOCK)) + 1

    def _parse(self, start: int, names: Sequence[str]) -> tuple[pa.Table, list[pacsv.InvalidRow], str]:
        """All even rows, the uneven ones, and the encoding of the texts. Raises ArrowInvalid where too many are uneven.

        The second pass is one row at a time, so that uneven rows have numbers, and in UTF-8, in which they have texts.
        """
        try:
            return self._parse_once(start, names, None), [], self.encoding
        except pa.ArrowInvalid:
            uneven_rows: list[pacsv.InvalidRow] = []

        def skip(row: pacsv.InvalidRow) -> str:
            uneven_rows.append(row)
            return "skip" if len(uneven_rows) <= _MOST_UNEVEN else "error"

        return self._parse_once(start, names, skip), uneven_rows, "utf-8"

    def _parse_once(
        self, start: int, names: Sequence[str], handler: Callable[[pacsv.InvalidRow], str] | None
    ) -> pa.Table:
        """All rows as dictionaries of bytes, but columns of which the first cells all differ as bytes."""
        varied_names = {names[i] for i in self._varied_columns() if i < len(names)}
        content = pa.BufferReader(self.content.slice(start))
        return pacsv.read_csv(
            content if handler is None else pa.transcoding_input_stream(content, self.encoding, "utf-8"),
            read_options=pacsv.ReadOptions(column_names=names, block_size=4 * 2**20, use_threads=handler is None),
            parse_options=pacsv.ParseOptions(
                delimiter=self.delimiter,
                quote_char='"' if self.has_quotes else False,
                newlines_in_values=self.has_quotes,
                ignore_empty_lines=False,
                invalid_row_handler=handler,
            ),
            convert_options=pacsv.ConvertOptions(
                column_types={name: pa.binary() if name in varied_names else _DICTIONARY for name in names},
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )

    def _varied_columns(self) -> list[int]:
        """Columns of which the last of the first rows all have their own text, as ids have.

        A dictionary of such a column for each block is as large as the column, and putting them together takes longer
        than to read it; one dictionary of the whole is made at once.
        """
        rows = self.head[-_FEW_ROWS:]
        if len(rows) < _FEW_ROWS:
            return []
        return [i for i, cells in enumerate(zip(*rows, strict=False)) if len(set(cells)) == len(cells)]

    def _body_with_uneven(self, table: pa.Table, uneven_rows: Sequence[pacsv.InvalidRow], first: int) -> Body:
        """The even rows with their numbers in the file, and the short ones filled up; the long ones are findings."""
        width = table.num_columns
        numbers = np.setdiff1d(np.arange(1, table.num_rows + len(uneven_rows) + 1), [row.number for row in uneven_rows])
        long_rows, short_rows = _long_and_short(
            ((row.number + first, self._cells(row.text)) for row in uneven_rows), width
        )
        table = table.append_column(ROW, pa.array(numbers + first))
        if short_rows:
            short_table = _table_of(short_rows, table.column_names[:width])
            table = pa.concat_tables([table, short_table]).unify_dictionaries().combine_chunks().sort_by(ROW)
        body = self._body_of(table)
        return Body(body.table, (*about_long_rows(long_rows, width), *body.findings))

    def _uneven_body(self, first: int, names: Sequence[str]) -> Body:
        """The rows one by one, for a file of which very many have different lengths."""
        try:
            rows = ((position + 1, row) for position, row in enumerate(self._records()) if position >= first)
            long_rows, short_rows = _long_and_short(rows, len(names))
        except csv.Error:
            raise long_cell_error(self.filename) from None
        body = self._body_of(_table_of(short_rows, names))
        return Body(body.table, (*about_long_rows(long_rows, len(names)), *body.findings))

    def _body_of(self, table: pa.Table) -> Body:
        quotes = self.quotes if self.has_quotes else None
        body = body_of(table, self.filename, quotes=quotes)
        if quotes is None or quotes.first_stray is None or body.findings:
            return body
        return Body(body.table, about_stray_quote(table, quotes.first_stray))

    @cached_property
    def quotes(self) -> Quotes:
        """How the file uses quotation marks: as RFC 4180 has it, or with a stray one on some line."""
        mark = re.escape(self.delimiter).encode()
        # a field between quotation marks, where they are doubled inside; or one without any
        field = rb'(?:"(?:[^"]|"")*+"|[^"' + mark + rb"\n]*+)"
        match = re.match(rb"(?:" + field + rb"[ \r]*+(?:[" + mark + rb"\n]|\Z))*+", memoryview(self.content))
        end = match.end() if match else 0
        is_whole = end >= self.content.size
        line = None if is_whole else bytes(memoryview(self.content)[:end]).count(b"\n") + 1
        return Quotes(self.delimiter, line)

    def _cells(self, row: str) -> list[str]:
        return next(csv.reader([row], delimiter=self.delimiter), []) if self.has_quotes else row.split(self.delimiter)

    def _records(self) -> _Records:
        csv.field_size_limit(LONGEST_CELL)
        text = io.TextIOWrapper(pa.BufferReader(self.content), self.encoding, errors="replace", newline="")
        return csv.reader(
            text, delimiter=self.delimiter, quoting=csv.QUOTE_MINIMAL if self.has_quotes else csv.QUOTE_NONE
        )

    def _offset(self, first: int) -> int:
        """Where row `first` begins, in bytes."""
        reader = self._records()
        for _ in islice(reader, first):
            pass
        head = io.BytesIO(memoryview(self.content)[:_BLOCK])
        return sum(map(len, islice(head, reader.line_num)))


def open_text(content: bytes, filename: str) -> TextSheet:
    """A text file with its encoding, line ends and delimiter found out. Raises UserError for what is no text."""
    content, encoding = _without_mark(content, filename)
    # old Macs end lines with CR, and some exports with CR CR LF
    if b"\r" in content and (b"\r\r" in content or content.count(b"\r") != content.count(b"\r\n")):
        content = re.sub(rb"\r+\n|\r", b"\n", content)
    content = as_delimited(_with_double_marks(_without_wrapping(content)), encoding, filename)
    delimiter = _sniffed_delimiter(content[:_SAMPLE].rstrip(_BLANK).decode(encoding, errors="replace"))
    content = _with_heading_of_row_names(content, delimiter)
    sheet = _sheet_of(content, encoding, delimiter, filename)
    if b'\\"' in content and sheet.quotes.first_stray is not None:
        # as databases and R write a quotation mark in a cell, where that makes all of the file's marks right
        other_sheet = _sheet_of(content.replace(b'\\"', b'""'), encoding, delimiter, filename)
        sheet = other_sheet if other_sheet.quotes.first_stray is None else sheet
    return sheet


def _sheet_of(content: bytes, encoding: str, delimiter: str, filename: str) -> TextSheet:
    rows = pa.py_buffer(content).slice(0, _length_without_blank_end(content))
    return TextSheet(rows, encoding, delimiter, b'"' in content, filename)


def _without_wrapping(content: bytes) -> bytes:
    """The content without the quotation marks around whole rows, and without what keeps a number as text: `="100"`."""
    lines = [line for line in content[:_SAMPLE].splitlines()[:HEAD_ROWS] if line.strip()]
    if lines and all(_WHOLE_ROW.fullmatch(line) for line in lines[: max(1, len(lines) - 1)]):
        return b"\n".join(
            line[1:-1].replace(b'""', b'"') if _WHOLE_ROW.fullmatch(line) else line for line in content.splitlines()
        )
    # one sign is looked for many times faster than two
    return _KEPT_AS_TEXT.sub(rb'"\1"', content) if b'"' in content and b'="' in content else content


def _with_double_marks(content: bytes) -> bytes:
    """The content with the quotation marks that others use, where each cell of the first rows has single ones."""
    lines = [line for line in content[:_SAMPLE].split(b"\n")[:_FEW_ROWS] if line.strip()]
    is_single = len(lines) > 1 and all(map(_IN_SINGLE_MARKS.fullmatch, lines[: max(1, len(lines) - 1)]))
    return content.replace(b"'", b'"') if is_single and b'"' not in content else content


def _with_heading_of_row_names(content: bytes, delimiter: str) -> bytes:
    """The content with an empty heading above the numbers of its rows, which R writes without one."""
    mark = delimiter.encode()
    lines = [line for line in content[:_SAMPLE].split(b"\n")[: _FEW_ROWS + 1] if line.strip()]
    numbers = [line.split(mark, 1)[0].strip(b'"') for line in lines[1:]]
    # where numbers have decimal commas they can be what makes the rows longer
    if delimiter == "," or len(numbers) < 2 or numbers != [b"%d" % (n + 1) for n in range(len(numbers))]:
        return content
    width, *widths = (len(row) for row in csv.reader((line.decode("latin-1") for line in lines), delimiter=delimiter))
    return mark + content if width > 1 and set(widths) == {width + 1} else content


def _length_without_blank_end(content: bytes) -> int:
    """Where the last row ends, without making a second copy of a large file."""
    end = len(content)
    while end and content[end - 1] in _BLANK:
        start = max(0, end - _BLOCK)
        end = start + len(content[start:end].rstrip(_BLANK))
    return end


def _without_mark(content: bytes, filename: str) -> tuple[bytes, str]:
    """The content without a byte order mark, and its encoding: UTF-8 where it is valid, else Windows-1252."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return content.decode("utf-32", errors="replace").encode("utf-8"), "utf-8"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").encode("utf-8"), "utf-8"
    if (encoding := _utf_16_without_mark(content)) is not None:
        return content.decode(encoding, errors="replace").encode("utf-8"), "utf-8"
    if b"\x00" in content:
        raise UserError(f"Filen {filename} är ingen textfil. Spara uttaget som CSV eller Excel (.xlsx).")
    content = content.removeprefix(codecs.BOM_UTF8)
    if _is_utf8(content):
        return _encoded_once(content), "utf-8"
    if (encoding := _of_old_computers(content)) is not None:
        return content, encoding
    return content, "latin-1" if any(byte in content for byte in _NOT_WINDOWS) else "cp1252"


def _utf_16_without_mark(content: bytes) -> str | None:
    """UTF-16 whose mark is gone: every other byte of plain letters is zero."""
    first, second = content[0:_SAMPLE:2], content[1:_SAMPLE:2]
    if b"\x00" not in content[:_SAMPLE]:
        return None
    if second.count(0) > _MOSTLY * len(second) and not first.count(0):
        return "utf-16-le"
    return "utf-16-be" if first.count(0) > _MOSTLY * len(first) and not second.count(0) else None


def _encoded_once(content: bytes) -> bytes:
    """UTF-8 that a program has taken for Windows-1252 and written as UTF-8 once more: `MÃ¶rbylÃ¥nga`."""
    if _ENCODED_TWICE.search(content):
        for encoding in ("cp1252", "latin-1"):
            with suppress(UnicodeError):
                once = content.decode("utf-8").encode(encoding)
                once.decode("utf-8")
                return once
    return content


def _of_old_computers(content: bytes) -> str | None:
    """The encoding of DOS or of old Macs, where words have its å, ä and ö and none of Windows'."""
    if _WINDOWS_LETTERS.search(content):
        return None
    counts = {encoding: len(letters.findall(content)) for encoding, letters in _OLD_LETTERS.items()}
    encoding = max(counts, key=lambda name: counts[name])
    return encoding if counts[encoding] else None


def _is_utf8(content: bytes) -> bool:
    """Tried block by block, so that no second copy of a large file is made."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _BLOCK):
            decoder.decode(view[start : start + _BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _sniffed_delimiter(sample: str) -> str:
    """The one that splits most rows into equally many cells; lines of a title above the table have none."""
    if _SPACED.match(sample):
        return " "

    def score(delimiter: str) -> tuple[int, int]:
        csv.field_size_limit(_BLOCK)
        rows = list(islice(csv.reader(io.StringIO(sample), delimiter=delimiter), HEAD_ROWS))
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            return 0, 0
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
        return times, width

    return max(_DELIMITERS, key=score)


def _long_and_short(
    rows: Iterable[tuple[int, list[str]]], width: int
) -> tuple[list[tuple[int, int]], list[tuple[int, list[str]]]]:
    """Rows with too much in them, as (row, cells), and the others, filled up or cut to the width."""
    long_rows, short_rows = [], []
    for number, cells in rows:
        if any(cell.strip() for cell in cells[width:]):
            long_rows.append((number, len(cells)))
        else:
            short_rows.append((number, [*cells[:width], *[""] * (width - len(cells))]))
    return long_rows, short_rows


def _table_of(rows: Sequence[tuple[int, list[str]]], names: Sequence[str]) -> pa.Table:
    """Rows of texts with their numbers, as a table."""
    columns = {name: encode([cells[i] for _, cells in rows]) for i, name in enumerate(names)}
    return pa.table({**columns, ROW: pa.array([number for number, _ in rows], pa.int64())})


def _decode(column: pa.ChunkedArray, encoding: str) -> pa.DictionaryArray:
    """Codes and their texts as one array. A wrong byte has been ruled out, or the encoding gives each a letter."""
    if column.type == pa.binary():
        whole = column.combine_chunks().dictionary_encode()
    else:
        whole = column.unify_dictionaries().combine_chunks()
    texts_in_bytes = whole.dictionary
    if encoding == "utf-8" or is_ascii(texts_in_bytes):
        return pa.DictionaryArray.from_arrays(whole.indices, texts_in_bytes.cast(pa.string()))
    texts = pa.array([text.decode(encoding) for text in texts_in_bytes.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(whole.indices, texts)
