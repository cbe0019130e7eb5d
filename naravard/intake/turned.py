"""A table whose kommuner stand in the heading, with years, groups or measures as rows: turned, so that they are rows.

What then stands in the heading (a year, a measure, a group) is read as in any other table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.column_map import Headings, has_ids
from naravard.intake.heading_words import spellings
from naravard.intake.looks import are_mostly, cells_below, is_number, is_year
from naravard.intake.read.body import ROW
from naravard.intake.read.cube import RowsSheet
from naravard.intake.read.limits import MOST_CELLS, MOST_COLUMNS
from naravard.intake.sheet import Sheet

_FEWEST = 3
"""So many different kommuner, or regions, in a row are a heading."""
_MOST_OTHERS = 4
"""So many columns at most say what the rows are."""
_BELOW = 30
_AREA = "region"
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*")
_NAMES = {"nyckeltal", "indikator", "matt", "titel", "variabel", "namn"}
_OF_OPEN_TABLES = {"ar", "year", "tid", "period", "alder", "aldersgrupp", "kon", "enhet", *_NAMES}


def row_of_kommuner(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of headings that are kommuner or regions, over numbers; None where there is none."""
    for number, row in enumerate(rows):
        positions = _areas_in(row)
        below = rows[number + 1 : number + 1 + _BELOW]
        others = [i for i, cell in enumerate(row) if cell.strip() and i not in positions]
        if len({_code(row[i]) for i in positions}) < _FEWEST or len(others) > _MOST_OTHERS or not positions:
            continue
        columns = [[cell.strip() for cell in cells_below(below, i)] for i in positions]
        if all(not column or are_mostly(column, is_number) for column in columns) and any(columns):
            return number
    return None


def turned(sheet: Sheet, number: int, forms: Sequence[Source]) -> tuple[RowsSheet, list[Finding]] | None:
    """The sheet with a kommun on each row, `number` being the row of their heading; None where it is too long for that.

    Rows whose columns have known headings (År, Ålder, Kön) stay rows, one for each kommun. Others become columns.
    """
    heading = [cell.strip() for cell in sheet.head[number]]
    positions = _areas_in(heading)
    body = sheet.body(number + 1, len(heading))
    records = body.table.drop_columns([ROW]).to_pylist()
    cells = [[str(cell).strip() for cell in record.values()] for record in records]
    end = len(cells) - _trailing(cells, positions)
    data, footer = [row for row in cells[:end] if any(row[i] for i in positions)], cells[end:]
    if len(data) * len(positions) > MOST_CELLS or len(data) == 0:
        return None
    label_positions = [i for i in range(min(positions)) if i == 0 or _says_what_rows_are([row[i] for row in data])]
    labels = [heading[i] for i in label_positions]
    if any(are_mostly([row[i] for row in data if row[i]], _is_day) for i in label_positions):
        return None  # a row for each day is no measure
    if has_ids(Headings.of(labels), forms):
        return None  # a row for each person, with a cross under a kommun
    known_headings = {s for form in forms for c in form.columns if c.kind != "area" for s in spellings(c)}
    title = " ".join(cell for row in sheet.head[:number] for cell in row).strip()
    if labels and all(match_key(label) in known_headings for label in labels):
        rows = _as_rows(heading, data, label_positions, positions, _value_heading(labels, title))
    elif len(data) < MOST_COLUMNS:
        rows = _as_columns(heading, data, label_positions, positions)
    else:
        return None
    above = [list(row) for row in sheet.head[:number]]
    unused = [h for i, h in enumerate(heading) if h and i not in {*positions, *label_positions}]
    findings = [_about_turning(unused), *body.findings]
    return RowsSheet([*above, *rows, *footer], sheet.filename, sheet.name), findings


def _is_day(cell: str) -> bool:
    return _DAY.fullmatch(cell) is not None


def _says_what_rows_are(cells: Sequence[str]) -> bool:
    texts = [cell for cell in cells if cell]
    return are_mostly(texts, is_year) or not are_mostly(texts, is_number)


def _value_heading(labels: Sequence[str], title: str) -> str:
    """What the numbers are: people where nothing else is said, a value of a named measure, or a count."""
    words = set(map(match_key, labels))
    if not words <= _OF_OPEN_TABLES:
        return "antal"
    is_named = bool(words & _NAMES) or bool(title)
    return "värde" if is_named and not title.casefold().startswith(("folkmängd", "befolkning")) else "folkmängd"


def _as_rows(
    heading: Sequence[str], data: Sequence[Sequence[str]], labels: Sequence[int], positions: Sequence[int], value: str
) -> list[list[str]]:
    """A row for each row and kommun. A label that is empty is the one above it."""
    rows = [[*(heading[i] for i in labels), _AREA, value]]
    above = [""] * len(labels)
    for row in data:
        above = [row[i] or above[n] for n, i in enumerate(labels)]
        rows += [[*above, heading[i], row[i]] for i in positions]
    return rows


def _as_columns(
    heading: Sequence[str], data: Sequence[Sequence[str]], labels: Sequence[int], positions: Sequence[int]
) -> list[list[str]]:
    """A row for each kommun, what the rows were called as headings."""
    names = []
    above = [""] * len(labels)
    for row in data:
        above = [row[i] or (above[n] if n < len(labels) - 1 else "") for n, i in enumerate(labels)]
        names.append(" ".join(filter(None, above)))
    return [[_AREA, *names], *([heading[i], *(row[i] for row in data)] for i in positions)]


def _about_turning(unused: Sequence[str]) -> Finding:
    what = "kommunerna står i rubriken: tabellen läses med en rad för varje, så radnumren är inte filens"
    if unused:
        what += f". Kolumner som inte används: {enumeration(list(unused))}"
    return Finding(Level.NOTE, FindingCode.TABLE_TURNED, what)


def _trailing(cells: Sequence[Sequence[str]], positions: Sequence[int]) -> int:
    """How many rows at the end have nothing under any kommun: text below the table."""
    count = 0
    for row in reversed(cells):
        if any(row[i] for i in positions):
            break
        count += 1
    return count


def _areas_in(row: Sequence[str]) -> list[int]:
    return [i for i, cell in enumerate(row) if _code(cell)]


def _code(cell: str) -> str:
    """The code of an area whose name a cell has; empty for other cells, and for bare numbers."""
    text = unicodedata.normalize("NFC", cell.replace("_", " ")).strip()
    return "" if not any(map(str.isalpha, text)) else kommuner.resolve(text, settings.lan_kod()) or ""
