"""Bytes to a table of text: encoding, delimiter, first sheet. Nothing is interpreted here, nothing is written.

Error texts never quote the file's content: a broken row can hold a person id.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath

import pyarrow as pa
import pyarrow.csv as pacsv
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from naravard.errors import UserError
from naravard.intake.mask import masked
from naravard.model import Finding

ROW = "rad"
"""Column with the row number in the file; the header is row 1."""
ALLOWED_ENDINGS = (".csv", ".txt", ".xlsx")


@dataclass(frozen=True)
class TextTable:
    """A file as text. `table` has the int64 column `rad` and one string column for each of `headings`.

    The string columns are named by position (`k0`, `k1`, …), because headings can be empty or alike.
    """

    headings: tuple[str, ...]
    table: pa.Table
    sheet: str | None
    findings: tuple[Finding, ...] = ()

    @property
    def row_count(self) -> int:
        """Rows of data, the header not counted."""
        return int(self.table.num_rows)

    def column(self, position: int) -> pa.ChunkedArray:
        """One column as text, by its position in the file."""
        return self.table[f"k{position}"]


def read(content: bytes, filename: str) -> TextTable:
    """Read a csv or xlsx file. Raises UserError when it is not one, or holds no rows."""
    ending = PurePath(filename).suffix.lower()
    if ending not in ALLOWED_ENDINGS:
        raise UserError(
            f"Filen {filename} har ändelsen {ending or 'ingen'}. Tillåtet: {', '.join(ALLOWED_ENDINGS)}. "
            "Spara om filen som CSV eller Excel (.xlsx)."
        )
    if not content.strip():
        raise UserError(f"Filen {filename} är tom. Hämta uttaget på nytt.")
    if content.startswith(b"PK"):
        return _read_xlsx(content, filename)
    if ending == ".xlsx":
        raise UserError(f"Filen {filename} är ingen Excelfil, fast den heter så. Spara om den från Excel som .xlsx.")
    return _read_csv(content, filename)


def _read_csv(content: bytes, filename: str) -> TextTable:
    whole = _decode(content, filename)
    text = whole.lstrip("\r\n")
    if "\n" not in text.strip():
        raise _no_rows(filename)
    above = whole[: len(whole) - len(text)].count("\n")
    first_line = text.split("\n", 1)[0].rstrip("\r")
    delimiter = max(";\t,", key=first_line.count)
    headings = next(csv.reader([first_line], delimiter=delimiter))
    names = [f"k{i}" for i in range(len(headings))]
    uneven: list[pacsv.InvalidRow] = []

    def skip(row: pacsv.InvalidRow) -> str:
        uneven.append(row)
        return "skip"

    try:
        table = pacsv.read_csv(
            io.BytesIO(text.encode("utf-8")),
            # one thread, so that a broken row comes with its number
            read_options=pacsv.ReadOptions(column_names=names, skip_rows_after_names=1, use_threads=False),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:  # its text quotes the row, so it goes no further
        raise UserError(
            f"Filen {filename} går inte att läsa som CSV: citattecken eller radbrytningar går inte ihop. "
            "Öppna den i Excel och spara om den som CSV UTF-8."
        ) from None
    numbered = _numbered(table, above + 2)
    return _finish(headings, numbered, None, filename, [*_uneven(uneven, above), *_swallowed(numbered, delimiter)])


def _uneven(rows: list[pacsv.InvalidRow], above: int) -> list[Finding]:
    """One finding for all rows with a wrong number of fields: often it is the same mistake on each."""
    if not rows:
        return []
    what = f"raden har {rows[0].actual_columns} fält, men rubrikraden har {rows[0].expected_columns}"
    return [Finding("fel", what, action="Rätta raden i filen", row=rows[0].number + above, count=len(rows))]


def _swallowed(table: pa.Table, delimiter: str) -> list[Finding]:
    """A cell with a line break and delimiters after it: a stray quotation mark has made several rows one."""
    for name in table.column_names[:-1]:
        hits = pa.compute.match_substring_regex(table[name], f"\n[^\n]*{re.escape(delimiter)}")
        if pa.compute.any(hits).as_py():
            first = pa.compute.min(table[ROW].filter(hits)).as_py()
            what = "ett citattecken utan par gör flera rader till en"
            return [Finding("fel", what, action="Ta bort citattecknet i filen", row=first)]
    return []


def _decode(content: bytes, filename: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise UserError(f"Filen {filename} är ingen textfil. Spara uttaget som CSV eller Excel (.xlsx).")
    for encoding in ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 decodes every byte")


def _read_xlsx(content: bytes, filename: str) -> TextTable:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = next(s.name for s in workbook.sheets_metadata if s.visible == SheetVisibleEnum.Visible)
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, StopIteration):
        raise UserError(
            f"Filen {filename} går inte att öppna som Excelfil. Den kan vara skadad eller lösenordsskyddad: "
            "öppna den i Excel och spara om den utan lösenord."
        ) from None
    if not rows:
        raise UserError(f"Fliken {sheet} i filen {filename} är tom. Lägg uttaget på första synliga fliken.")
    headings = [_cell(value) for value in rows[0]]
    columns = list(zip(*rows[1:], strict=True)) or [()] * len(headings)
    arrays = [pa.array([_cell(value) for value in column], pa.string()) for column in columns]
    table = pa.table({f"k{i}": array for i, array in enumerate(arrays)})
    return _finish(headings, _numbered(table), sheet, filename, ())


def _cell(value: object) -> str:
    """A cell of a workbook as the text that a person sees: `5.0` is `5`, a date is `2024-04-01`."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def _numbered(table: pa.Table, first: int = 2) -> pa.Table:
    return table.append_column(ROW, pa.array(range(first, table.num_rows + first), pa.int64()))


def _finish(
    headings: list[str], table: pa.Table, sheet: str | None, filename: str, findings: Sequence[Finding]
) -> TextTable:
    """Drop empty rows (xlsx and csv files often end with some) and refuse a file that has none left."""
    cells = [table[f"k{i}"] for i in range(len(headings))]
    filled = pa.compute.not_equal(cells[0], "")
    for column in cells[1:]:
        filled = pa.compute.or_(filled, pa.compute.not_equal(column, ""))
    table = table.filter(filled)
    if table.num_rows == 0 and not findings:
        raise _no_rows(filename)
    return TextTable(tuple(masked(heading.strip()) for heading in headings), table, sheet, tuple(findings))


def _no_rows(filename: str) -> UserError:
    return UserError(f"Filen {filename} har rubriker men inga rader. Hämta uttaget på nytt.")
