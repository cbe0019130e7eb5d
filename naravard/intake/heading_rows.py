"""Rows of headings above and below the one that names the columns: words that go on, units, what several have above.

Statistics are printed with headings over many rows: "Medelålder" over "Totalt", "Kvinnor" and "Män"; "Folk-" over
"ökning"; an empty row between.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from naravard.base import kommuner, settings
from naravard.base.kommuner import match_key
from naravard.base.mask import MASKED, has_id_form, mask_ids
from naravard.intake.looks import are_mostly, cells_below, is_data, is_number

DEEPEST = 8
"""So many rows may be headings, the empty ones among them counted."""
_BELOW = 10
_LONGEST = 60
_FEW = 2
_VAGUE = {"totalt", "total", "kvinnor", "kvinna", "man", "antal", "andel", "procent", "summa", "varde", "vardet"}
"""Headings that say nothing without what stands above them."""
_DATE = re.compile(r"\d{2,4}[-./]\d{1,2}[-./]\d{1,4}.*|.*:")
_DIGITS, _LETTERS = re.compile(r"\d"), re.compile(r"[^\W\d_]+")
_Rows = Sequence[Sequence[str]]


def whole_extent(
    rows: _Rows, first: int, depth: int, headings_of: Callable[[int, int], Sequence[str]]
) -> tuple[int, int]:
    """The first row of headings and how many they are, with those that go on below, and above where it is needed.

    `headings_of` gives the headings of some rows put together.
    """
    end = _end(rows, first, first + depth)
    while end - first < DEEPEST:
        upper = _row_above(rows, first)
        if upper is None or end - upper > DEEPEST or not _is_vague(headings_of(first, end - first), rows[end:]):
            break
        first = upper
    return first, end - first


def _end(rows: _Rows, first: int, end: int) -> int:
    """The row after the last heading."""
    for row in range(min(first + DEEPEST, len(rows)) - 1, end - 1, -1):
        between = rows[end:row]
        if _goes_on(rows[row], rows[row + 1 : row + 1 + _BELOW]) and not any(map(is_data, between)):
            return row + 1
    return end


def _goes_on(row: Sequence[str], below: _Rows) -> bool:
    """Whether a row has words where the rows below it have numbers, and nothing of a row of data."""
    cells = [cell for cell in row if cell]
    is_line = len(set(cells)) < _FEW and bool(row) and bool(row[0])
    if not cells or is_line or is_data(row) or any(map(_may_be_data, cells)):
        return False
    columns = [cells_below(below, i) for i in range(len(row))]
    number_columns = [i for i, column in enumerate(columns) if len(column) > _FEW and are_mostly(column, is_number)]
    over_numbers = [row[i] for i in number_columns if row[i]]
    # ages are written as -29 too
    if sum(map(is_number, over_numbers)) * 2 >= len(over_numbers):
        return False
    return not any(_has_shape_of(cell, column) for cell, column in zip(row, columns, strict=True) if cell)


def _may_be_data(cell: str) -> bool:
    lan = settings.lan_kod()
    return (
        # Sverige and länet stand in headings too
        has_id_form(cell)
        or mask_ids(cell) != cell
        or MASKED in cell
        or len(kommuner.resolve(cell, lan) or "") == 4
        or (len(cell) > _BELOW and kommuner.nearest(cell, lan) is not None)
    )


def _has_shape_of(cell: str, column: Sequence[str]) -> bool:
    """Whether a cell with digits in it is written as those below it are: `INT1` over `INT2`."""
    return bool(_DIGITS.search(cell)) and are_mostly(column, lambda other: _shape(other) == _shape(cell))


def _shape(cell: str) -> str:
    return _LETTERS.sub("a", re.sub(r"\d+", "9", cell))


def _row_above(rows: _Rows, first: int) -> int | None:
    """The nearest row above that can be headings: no title, no line with a date; one row between may be empty."""
    for row in (first - 1, first - 2):
        if row < 0:
            return None
        cells = [cell for cell in rows[row] if cell]
        if cells:
            is_line = len(set(cells)) < _FEW or is_data(rows[row]) or any(map(_is_of_line, cells))
            return None if is_line else row
    return None


def _is_of_line(cell: str) -> bool:
    """Whether a cell is of a line about the table: a sentence, a date, a name before a colon."""
    return len(cell) > _LONGEST or _DATE.fullmatch(cell) is not None


def _is_vague(headings: Sequence[str], below: _Rows) -> bool:
    """Whether several columns of numbers have no heading, the same, or one that says nothing alone."""
    names = [
        match_key(heading)
        for i, heading in enumerate(headings)
        if are_mostly(cells_below(below[:_BELOW], i), is_number)
    ]
    counts = Counter(names)
    return sum(count for name, count in counts.items() if name in _VAGUE or not name or count > 1) >= _FEW
