"""What every kind of file becomes: rows of texts, in columns that are dictionary-encoded (Arrow)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.read.limits import LONGEST_CELL
from naravard.intake.read.refusals import long_cell_error

ROW = "rad"
"""Column with the row number in the file, as a spreadsheet numbers it."""

_BLOCK = 2**20


@dataclass(frozen=True)
class Body:
    """The rows below the headings. `table` has int64 `rad` and a dictionary of texts per column (`k0`, `k1`, …)."""

    table: pa.Table
    findings: tuple[Finding, ...] = ()


def encode(texts: Sequence[str]) -> pa.DictionaryArray:
    """Texts as a dictionary: each distinct one stands in memory once."""
    return pa.array(texts, pa.string()).dictionary_encode()


def is_ascii(texts: pa.Array) -> bool:
    """Whether texts have nothing but ASCII. Tried block by block, so that no second copy of them is made."""
    view = memoryview(texts.buffers()[2] or b"")
    return all(bytes(view[start : start + _BLOCK]).isascii() for start in range(0, len(view), _BLOCK))


def with_row_numbers(table: pa.Table, first: int) -> pa.Table:
    """The table with the numbers of its rows in the file, of which the first is `first` + 1."""
    return table.append_column(ROW, pa.array(np.arange(first + 1, table.num_rows + first + 1)))


def first_and_count(row_numbers: pa.Array, hits: pa.Array) -> tuple[int, int] | None:
    """The first row of those that are hit (booleans), and how many they are; None where none is."""
    if not pc.any(hits).as_py():
        return None
    return pc.min(row_numbers.filter(hits)).as_py(), pc.sum(hits).as_py()


@dataclass(frozen=True)
class Quotes:
    """How a text file with quotation marks uses them. `first_stray` is the line of the first that is not RFC 4180's."""

    delimiter: str
    first_stray: int | None


def body_of(table: pa.Table, filename: str, *, quotes: Quotes | None = None) -> Body:
    """The table without empty rows, which files often end with. Raises UserError for a cell that is too long.

    `quotes` are those of a text file, which may have swallowed rows.
    """
    columns = [_one_chunk(table[name]) for name in table.column_names if name != ROW]
    for column in columns:
        if (pc.max(pc.binary_length(column.dictionary)).as_py() or 0) > LONGEST_CELL:
            raise long_cell_error(filename)
    findings = _about_swallowed_rows(table, columns, quotes) if quotes else ()
    is_filled = _is_filled(columns)
    if is_filled is not None and not pc.all(is_filled).as_py():
        table = table.filter(is_filled)
    return Body(table, findings)


def about_long_rows(long_rows: Sequence[tuple[int, int]], width: int) -> tuple[Finding, ...]:
    """One finding for all rows with too many cells, (row, cells): often it is the same mistake on each."""
    if not long_rows:
        return ()
    first, cells = long_rows[0]
    what, action = f"raden har {cells} fält, men rubrikraden har {width}", "Rätta raden i filen"
    return (Finding(Level.ERROR, FindingCode.ROW_TOO_LONG, what, action=action, row=first, count=len(long_rows)),)


def _one_chunk(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _is_filled(columns: Iterable[pa.DictionaryArray]) -> pa.Array | None:
    """Whether each row has a cell with something in it; None where all have, or there are no columns."""
    is_filled = None
    for column in sorted(columns, key=lambda each: len(each.dictionary)):
        is_blank = pc.match_substring_regex(column.dictionary, r"^[\s\x{00a0}]*$")
        if not pc.any(is_blank).as_py() and not column.null_count:
            return None
        has_text = pc.invert(is_blank.take(column.indices))
        is_filled = has_text if is_filled is None else pc.or_(is_filled, has_text)
    return is_filled


def _about_swallowed_rows(
    table: pa.Table, columns: Sequence[pa.DictionaryArray], quotes: Quotes
) -> tuple[Finding, ...]:
    """A cell with a line break and delimiters after it: a stray quotation mark has made several rows one.

    Where all marks are in pairs a cell may have both, unless a whole row of the table stands in it.
    """
    delimiters = 1 if quotes.first_stray is not None else max(1, len(columns) - 1)
    mark = re.escape(quotes.delimiter)
    before_break = "\n" if quotes.first_stray is not None else ""
    pattern = f"{before_break}(?:[^{mark}]*{mark}){{{delimiters}}}"
    for position, column in enumerate(columns):
        has_break = pc.match_substring(column.dictionary, "\n")
        if not pc.any(has_break).as_py():
            continue
        is_hit = pc.and_(has_break, pc.match_substring_regex(column.dictionary, pattern))
        if quotes.first_stray is None:
            is_hit = pa.array([bool(hit) and _has_row(text, position, columns, quotes.delimiter) for hit, text in zip(
                is_hit.to_pylist(), column.dictionary.to_pylist(), strict=True)], pa.bool_())  # fmt: skip
        hits = is_hit.take(column.indices)
        rows = first_and_count(table[ROW], hits)
        if rows is not None:
            what, action = "ett citattecken utan par gör flera rader till en", "Ta bort citattecknet i filen"
            return (Finding(Level.ERROR, FindingCode.STRAY_QUOTE, what, action=action, row=rows[0]),)
    return ()


def _has_row(text: str, position: int, columns: Sequence[pa.DictionaryArray], delimiter: str) -> bool:
    """Whether a cell has swallowed rows of the table: a part of them is what stands in that column elsewhere.

    A line in the middle is a whole row; the first line is the end of the cell's own, and the last one begins another.
    """
    lines = [line.strip("\r").split(delimiter) for line in text.split("\n")]
    rows = [parts for parts in lines if len(parts) >= len(columns)]
    if position + len(lines[0]) == len(columns) and len(lines[-1]) == position + 1:
        rows += [lines[-1][:-1], [*[""] * (position + 1), *lines[0][1:]]]
    return any(
        part.strip() and pc.index(column.dictionary, part).as_py() >= 0
        for parts in rows
        for part, column in zip(parts, columns, strict=False)
    )


def about_stray_quote(table: pa.Table, line: int) -> tuple[Finding, ...]:
    """A quotation mark in the middle of a cell: what follows it may stand in the wrong one."""
    if table.num_rows == 0 or line < pc.min(table[ROW]).as_py():
        return ()
    what, action = "ett citattecken står fel, så att värden kan ha hamnat ihop", "Kontrollera raden i filen"
    return (Finding(Level.WARNING, FindingCode.STRAY_QUOTE, what, action=action, row=line),)
