"""What a sheet of a workbook says beside the values of its cells, whatever kind of file it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Signs of a format that are shown as they are, and its colours and conditions."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LITERAL = re.compile(r'"[^"]*"|\\.')
_CONDITION = re.compile(r"\[[<>=]")
_SHOWS_NUMBER = re.compile(r"[0#?@ymdhsåtg]|general", re.IGNORECASE)
"""A digit, the general format, a text, or a part of a day, in English or Swedish."""
_YEAR_ALONE = re.compile(r"yyyy(?:;@)?", re.IGNORECASE)
_IN_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")
_WITH_MORE_DIGITS = re.compile(r'[0#](?:"[.,]?\d+"|\\\d)')


@dataclass
class SheetMarks:
    """Rows and columns are counted from 0. `uncomputed` are rows with a formula whose stored value is 0 or none."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    """What cells are seen as that the reader gives otherwise: errors, and raised digits."""
    uncomputed: list[int] = field(default_factory=list)
    formula_count: int = 0
    percents: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are shown in per cent: 0.235 is seen as 23,5 %."""
    may_have_booleans: bool = True
    """Whether a number can be TRUE or FALSE, which would be read as 1 or 0."""
    scaled_cells: list[tuple[int, int]] = field(default_factory=list)
    """Cells that are shown in thousands, not at all, or with digits that are not theirs: 12345 is seen as 12."""
    struck_cells: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose text is struck out, all of it or a part."""
    unseen_cells: list[tuple[int, int]] = field(default_factory=list)
    """Cells whose text has the colour of what lies behind it."""
    rows_under_rules: list[tuple[int, int]] = field(default_factory=list)
    """First and last row of cells that a conditional format may hide, or strike out."""
    years: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a day of which the year alone is shown: 2024-12-31 is seen as 2024."""
    remark_count: int = 0
    """Comments and boxes with text, which are beside the cells."""


def is_in_percent(number_format: str) -> bool:
    """Whether a number format shows 0.235 as 23,5 %."""
    return "%" in _QUOTED.sub("", number_format)


def is_year_alone(number_format: str) -> bool:
    """Whether a format shows of a day its year and nothing else."""
    return _YEAR_ALONE.fullmatch(_QUOTED.sub("", number_format)) is not None


def is_shown_otherwise(number_format: str) -> bool:
    """Whether a format shows 12345 as 12 (`#,##0,`), 12 as 12000 (`0"000"`), or no number (`;;;`, `[<5]"..";0`)."""
    plain = _QUOTED.sub("", number_format)
    if _IN_THOUSANDS.search(plain) or _WITH_MORE_DIGITS.search(number_format):
        return True
    sections = _LITERAL.sub('""', number_format).split(";")
    of_numbers = [s for i, s in enumerate(sections) if i == 0 or _CONDITION.search(s)]
    return bool(number_format) and not all(_SHOWS_NUMBER.search(_QUOTED.sub("", section)) for section in of_numbers)


def letters(column: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: bytes) -> int:
    """The other way, counted from 1: `A` → 1, `AA` → 27."""
    position = 0
    for letter in name:
        position = 26 * position + letter - ord("A") + 1
    return position
