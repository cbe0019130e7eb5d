"""Tables in outline form, as PxWeb and pivot tables print them: a label stands once, above or beside its rows.

Labels that are not repeated are filled in, and a kommun that is a row of its own becomes a column. Only where all
kommuner have the same rows: what looks so by chance is left as it is, and has its errors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard import sources
from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.age_groups import is_age
from naravard.intake.cells import is_known
from naravard.intake.column_map import Headings, display_name, has_ids
from naravard.intake.heading_words import spellings
from naravard.intake.looks import is_number, is_year
from naravard.intake.read.body import ROW
from naravard.intake.read.cube import RowsSheet
from naravard.intake.sexes import MEN, WOMEN
from naravard.intake.sheet import Sheet
from naravard.intake.statistic_rows import is_subtotal

_FEWEST = 2
"""So many kommuner, and rows of each, are an outline."""
_MOST_LOOKED_AT = 200
_AREA = "region"
_SEXES = WOMEN | MEN | {"totalt", "total", "bada konen", "samtliga"}
_TOTAL = "totalt"
_OF_AREAS = re.compile(r"(?:region|kommun|område|län)\w*", re.IGNORECASE)
_Rows = list[list[str]]


def filled_down(table: pa.Table, headings: Headings, forms: Sequence[Source]) -> tuple[pa.Table, list[Finding]]:
    """The table with its first columns' labels on all of their rows, where they stand on the first of each block."""
    if has_ids(headings, forms):
        return table, []
    are_sums = _are_sums(table["k0"])
    names = _columns_to_fill(_without(are_sums, table), headings)
    filled_names: list[str] = []
    for name in reversed(names):
        plain_table = _without(are_sums, table)
        is_name = _is_of_names(headings.whole[int(name[1:])], forms) and _is_once_above_areas(plain_table, name)
        if not is_name and not _are_blocks(plain_table, name, np.flatnonzero(_has_text(plain_table[name]))):
            break
        starts = np.flatnonzero(_has_text(table[name]))
        rows_of_labels = np.repeat(starts, np.diff([*starts, table.num_rows]))
        table = table.set_column(
            table.column_names.index(name), name, _whole(table[name]).take(pa.array(rows_of_labels))
        )
        filled_names.append(name)
    labels = [headings.label(int(name[1:])) for name in reversed(filled_names)]
    what = f"tomma celler läses som det som står ovanför dem: {enumeration(labels)}"
    return table, [Finding(Level.NOTE, FindingCode.OUTLINE, what)] if labels else []


def _columns_to_fill(table: pa.Table, headings: Headings) -> list[str]:
    """The leading columns that begin with a label and have empty cells.

    Before them there may be those whose cells are merged, which have the label on all of its rows.
    """
    names: list[str] = []
    for position in range(len(headings.whole) - 1):
        name = f"k{position}"
        has_text = _has_text(table[name])
        if has_text.all() and not names and _has_runs(table[name]):
            continue
        if len(has_text) < _FEWEST or not has_text[0] or has_text.all():
            break
        if any(map(has_id_form, map(str, _whole(table[name]).dictionary[:_MOST_LOOKED_AT].to_pylist()))):
            break
        names.append(name)
    return names


def _whole(column: pa.ChunkedArray) -> pa.DictionaryArray:
    return column.chunk(0) if column.num_chunks == 1 else column.unify_dictionaries().combine_chunks()


def _has_text(column: pa.ChunkedArray) -> np.ndarray:
    whole = _whole(column)
    has_text = pc.not_equal(pc.utf8_trim_whitespace(whole.dictionary.cast(pa.string())), "")
    return np.asarray(has_text.take(whole.indices))


def _are_sums(column: pa.ChunkedArray) -> pa.Array:
    """Which rows a pivot table has below its blocks: `Borgholm Totalt`, `Totalsumma`."""
    whole, lan = _whole(column), settings.lan_kod()
    labels = whole.dictionary.cast(pa.string()).to_pylist()
    if len(labels) > _MOST_LOOKED_AT:  # a kommun stands on many rows
        return pa.array(np.zeros(len(whole), bool))
    return pa.array([is_subtotal(label) or kommuner.is_sum(label, lan) for label in labels], pa.bool_()).take(
        whole.indices
    )


def _without(are_sums: pa.Array, table: pa.Table) -> pa.Table:
    return table.filter(pc.invert(are_sums)) if pc.any(are_sums).as_py() else table


def _has_runs(column: pa.ChunkedArray) -> bool:
    """Whether each text stands on several rows in a row, as many as the others."""
    codes = _whole(column).indices.to_numpy()
    ends = np.flatnonzero(np.diff(codes))
    size = ends[0] + 1 if len(ends) else 0
    return size >= _FEWEST and bool((np.diff(ends) == size).all()) and len(codes) == size * (len(ends) + 1)


def _are_blocks(table: pa.Table, name: str, starts: np.ndarray) -> bool:
    """Whether the labels stand over equally many rows, which some column to the right tells apart in the same way."""
    size, rest = divmod(table.num_rows, max(1, len(starts)))
    if rest or size < _FEWEST or len(starts) < _FEWEST or not np.array_equal(starts, np.arange(len(starts)) * size):
        return False
    others = [other for other in table.column_names[table.column_names.index(name) + 1 :] if other != ROW]
    return any(_repeats(table[other], size) for other in others)


def _is_of_names(heading: str, forms: Sequence[Source]) -> bool:
    """Whether a column without a heading, or with that of a name, can say what all of the numbers are."""
    columns = [form.columns_by_name[name] for form in forms for name in form.one_of]
    return bool(columns) and match_key(heading) in {"", *(s for column in columns for s in spellings(column))}


def _is_once_above_areas(table: pa.Table, name: str) -> bool:
    """Whether a column has one text, on its first row, and the next one an area of its own on every row."""
    position = table.column_names.index(name)
    areas = table[position + 1].cast(pa.string()).to_pylist()
    is_once = list(np.flatnonzero(_has_text(table[name]))) == [0]
    return is_once and len(areas) == len(set(areas)) and all(area.strip() and _area(area) for area in areas)


def _repeats(column: pa.ChunkedArray, size: int) -> bool:
    """Whether a column has the same texts in each block of so many rows, and not all alike."""
    texts = column.cast(pa.string()).to_pylist()
    block = texts[:size]
    return len(set(block)) >= _FEWEST and all(block) and texts == block * (len(texts) // size)


@dataclass(frozen=True)
class _Unfolded:
    """The rows of an outline: the kommun, what stands between it and the row (or nothing), the label, the values."""

    rows: _Rows
    footer: _Rows
    has_parts: bool
    is_beside: bool
    """Whether the labels stand in the second column, so that the first is the kommun's already."""


def unfolded(sheet: Sheet) -> tuple[RowsSheet, list[Finding]] | None:
    """The sheet with the kommun of each row in a column of its own; None where kommuner are not rows above theirs."""
    first = _first_area(sheet.head)
    if first is None:
        return None
    width = max(map(len, sheet.head))
    body = sheet.body(first, width)
    records = [[str(cell).strip() for cell in row.values()] for row in body.table.drop_columns([ROW]).to_pylist()]
    outline = _unfold(records)
    if outline is None:
        return None
    labels = [row[2] for row in outline.rows]
    parts = [row[1] for row in outline.rows]
    new_headings = [_AREA, *([_heading(parts, "")] if outline.has_parts else [])]
    above = [list(row) for row in sheet.head[:first]]
    heading = above.pop() if above and any(above[-1]) else []
    heading = [*heading, *[""] * (width - len(heading))]
    if outline.is_beside:
        heading = heading[1:]
    rows = [[row[0], *row[1 if outline.has_parts else 2 :]] for row in outline.rows]
    shift = [] if outline.is_beside else [""] * len(new_headings)
    shifted = [row if _is_title(row) else [*shift, *row] for row in above]
    whole = [*shifted, [*new_headings, _heading(labels, heading[0]), *heading[1:]], *rows, *outline.footer]
    what = "kommunerna är rader ovanför sina egna: tabellen läses med en kolumn för dem, så radnumren är inte filens"
    finding = Finding(Level.NOTE, FindingCode.OUTLINE, what)
    return RowsSheet(whole, sheet.filename, sheet.name), [finding, *body.findings]


def _first_area(head: Sequence[Sequence[str]]) -> int | None:
    """The first row that is a kommun, alone or with its sum, over a row of numbers that is none, below headings."""
    for number, (row, below) in enumerate(pairwise(head)):
        cells, next_cells = ([cell.strip() for cell in each] for each in (row, below))
        if number and len(cells) > 1 and cells[0] and _area(cells[0]) and not _is_row_of_labels(cells):
            is_row = any(map(is_number, next_cells[1:])) or not any(next_cells[1:])
            return number if is_row and any(next_cells[:2]) and not _area(next_cells[0]) else None
    return None


def _is_row_of_labels(cells: Sequence[str]) -> bool:
    """Whether a row has more than a kommun and its numbers."""
    return any(cell and not is_number(cell) for cell in cells[1:])


def _unfold(records: _Rows) -> _Unfolded | None:
    """The rows by kommun; None where the kommuner do not have the same rows."""
    end = len(records)
    while end and not any(records[end - 1][1:]):
        end -= 1
    is_beside = all(not row[0] or (_area(row[0]) and not any(row[1:])) for row in records[:end])
    rows = _rows_beside(records[:end]) if is_beside else _rows_below(records[:end])
    blocks: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        blocks.setdefault(row[0], []).append((row[1], row[2]))
    # the sum of all, below the kommuner, has no rows of its own
    of_kommuner = [
        block for area, block in blocks.items() if len(block) > 1 or not kommuner.is_sum(area, settings.lan_kod())
    ]
    first, *others = of_kommuner or [[]]
    heading = _heading([label for block in of_kommuner for _, label in block], "")
    has_sums = any(_area(row[0]) and any(row[1:]) for row in records[:end])
    # a pivot table leaves out groups that nobody is in, and its sum says that there are no others
    are_alike = all(block == first for block in others) or (
        has_sums and heading in _groups() and all(map(_is_once, of_kommuner))
    )
    if len(of_kommuner) < _FEWEST or len(first) < _FEWEST or not are_alike or not all(blocks):
        return None
    # a sum can be one of sexes, of ages or of groups
    if has_sums and heading not in {"kön", "ålder", *_groups()}:
        return None
    return _Unfolded(rows, records[end:], any(part for part, _ in first), is_beside)


def _rows_below(records: _Rows) -> _Rows:
    """Kommun, part, label and values where all labels stand in the first column."""
    area = part = ""
    rows: _Rows = []
    for label, *values in records:
        code = _area(label)
        if code:
            area, part = label, ""
        elif not any(values):
            part = label
        if any(values):
            rows.append([area, part, _TOTAL if code else label, *values])
    return rows


def _rows_beside(records: _Rows) -> _Rows:
    """Kommun, no part, label and values where the labels stand in the second column: it keeps its place."""
    area = ""
    rows: _Rows = []
    for own, *cells in records:
        area = own or area
        if not own:
            rows.append([area, "", *cells])
    return rows


def _heading(labels: Sequence[str], own: str) -> str:
    """What labels are, by their looks or else by the heading that they have."""
    texts = [label for label in dict.fromkeys(labels) if label]
    rest = [text for text in texts if match_key(text) not in {"totalt", "total", "summa", "samtliga"}]
    if rest and all(map(is_year, rest)):
        return "år"
    if rest and all(match_key(text) in _SEXES for text in rest):
        return "kön"
    if rest and all(map(is_age, rest)):
        return "ålder"
    for name, column in _groups().items():
        if rest and all(any(map(str.isalpha, text)) and is_known(text, column) for text in rest):
            return name
    return own if own and not _OF_AREAS.fullmatch(own) else "mått"


@cache
def _groups() -> dict[str, Column]:
    """The columns of groups that persons are counted in, by what they are called."""
    forms = [form for source in sources.sources().values() if source.has_persons for form in source.forms]
    columns = [column for form in forms for column in form.columns if column.kind == "category" and not column.required]
    return {display_name(column): column for column in columns if column.name not in {"kon", "aldersgrupp"}}


def _is_once(block: Sequence[tuple[str, str]]) -> bool:
    return len(set(block)) == len(block)


def _is_title(row: Sequence[str]) -> bool:
    return not any(row[1:])


def _area(text: str) -> str | None:
    return kommuner.resolve(text, settings.lan_kod()) if any(map(str.isalpha, text)) else None
