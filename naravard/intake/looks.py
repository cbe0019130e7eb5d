"""What the cells of a table's first rows look like: numbers, years, kommuner, rows of data."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from naravard.base import kommuner, settings
from naravard.base.footnotes import number_without_mark, plain_year
from naravard.base.short_memory import remembered
from naravard.base.units import number_and_unit

PLAIN_NUMBER = re.compile(r"[-\u2212\u2013~<]?\s?\d[\d\s]*(?:[.,]\d+)?\s?%?")
_NUMBER_OR_SIGN = re.compile(rf"{PLAIN_NUMBER.pattern}|\.{{1,2}}|-|–|x|X|\*")
_DECIMALS = re.compile(r"[-\u2212]?[\d\s]+[.,](?P<decimals>\d{1,2})\s?%?")
_CODE_OF_KOMMUN = re.compile(r"0[1-9]\d\d")
_ONLY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR = re.compile(
    r"(?:(?P<before>\D.{0,58}?|\d{1,3}\s?(?:\+|[-–]\s?\d{1,3}|år).{0,20}?)\s+|(?P<joined>[^\W\d_]{3,20}))?"
    r"(?P<year>(?:19|20)\d\d)(?:\s+(?P<after>\D.{0,58}|\d{1,3}\s?(?:\+|[-–]\s?\d{1,3}|år).{0,20}))?"
)
_DAY_BEFORE_YEAR = re.compile(r"\b(?:den )?31 dec(?:ember|\.)?\s+(?=(?:19|20)\d\d)", re.IGNORECASE)
_DAY_AFTER_YEAR = re.compile(r"(?<=[^\W\d]\s(?:19|20)\d\d)[-/.]12[-/.]31$")
_YEAR_IN_BRACKETS = re.compile(r"(?<=[^\W\d]\s)\(((?:19|20)\d\d)\)$")
"""`Folkmängd 2024-12-31` and `Invånare (2024)`."""
_LAST_DAY = re.compile(
    r"(?:[xy]|år|ar)?(?P<year>(?:19|20)\d\d)"
    r"(?:[-/.]12[-/.]31(?:[ T]00:00(?::00)?\S*)?|m12|\s*\(31 dec(?:ember|\.)?\)|)",
    re.IGNORECASE,
)
"""A year by its last day or month: `2023-12-31`, `2023M12`, `2023 (31 dec)`, `Y2023`, and `X2023` as R writes it."""
_WORDS_FOR_YEAR = {"ar", "år", "year", "period", "den", "årtal", "mätår", "helår", "hela", "hela året", "kalenderår"}
_OF_RANK = re.compile(
    r"(?:rang|rank|rankn?ing|rangordning|rangplats|placering)(?: (?:i|bland|av|inom|jämfört med) [^\d%]{1,40})?",
    re.IGNORECASE,
)
_RANK = re.compile(r"\d{1,3}")
MOSTLY = 0.7
"""The share of a column's first cells that says what the column is."""


@remembered
def year_in(heading: str) -> tuple[str, str] | None:
    """The year in a heading, and what else it says: `Folkmängd 2023`, `ar_2018`, `pop2018`, `31 december 2023`."""
    plain = _DAY_BEFORE_YEAR.sub("", plain_year(heading.replace("_", " ").strip()))
    plain = _YEAR_IN_BRACKETS.sub(r"\1", _DAY_AFTER_YEAR.sub("", plain))
    if last_day := _LAST_DAY.fullmatch(plain):
        return last_day["year"], ""
    match = _YEAR.fullmatch(plain)
    if match is None:
        return None
    rest = " ".join(filter(None, (match["before"], match["joined"], match["after"])))
    return match["year"], "" if rest.casefold() in _WORDS_FOR_YEAR else rest


def is_rank(heading: str, cells: Sequence[str]) -> bool:
    """Whether a column says in which order others stand, and measures nothing: `Rang 2024`, `Placering i riket`."""
    rest = (year_in(heading) or ("", heading))[1]
    return _OF_RANK.fullmatch(rest.strip(" ,:()")) is not None and are_mostly(cells, _RANK.fullmatch)


def is_kommun(cell: str) -> bool:
    """Whether a cell names a kommun in words."""
    return not cell.isdigit() and len(kommuner.resolve(cell, settings.lan_kod()) or "") == 4


def is_number(cell: str) -> bool:
    """Whether a cell is a number, or a sign for one that is not there; with the mark of a footnote, or a unit."""
    return _NUMBER_OR_SIGN.fullmatch(number_without_mark(cell)) is not None or number_and_unit(cell) is not None


def has_part(cell: str) -> bool:
    """Whether a cell is a number that is not whole: one decimal or two, not all of them 0."""
    match = _DECIMALS.fullmatch(number_without_mark(cell))
    return match is not None and bool(match["decimals"].strip("0"))


def is_data(row: Sequence[str]) -> bool:
    """Whether a row has a kommun or values in it, as no row of headings has. Years can be headings."""
    cells = [cell for cell in row if cell]
    if any(_CODE_OF_KOMMUN.fullmatch(cell) for cell in cells):
        return True
    numbers = [cell for cell in cells if PLAIN_NUMBER.fullmatch(cell) and not year_in(cell)]
    if any("," in number or "." in number for number in numbers) or len(numbers) > 1:
        return True
    kommun_count = sum(map(is_kommun, cells))
    return kommun_count == 1 and len(cells) > 1  # several kommuner are a table with a column for each


def cells_below(body: Sequence[Sequence[str]], position: int) -> list[str]:
    """The filled cells of a column in some rows."""
    return [row[position] for row in body if position < len(row) and row[position]]


def are_mostly(cells: Sequence[str], looks_right: Callable[[str], object]) -> bool:
    """Whether most of a column's cells look so, and there are any."""
    return bool(cells) and sum(bool(looks_right(cell)) for cell in cells) >= MOSTLY * len(cells)


def is_year(cell: str) -> bool:
    """Whether a cell is a year and nothing else."""
    return _ONLY_YEAR.fullmatch(cell) is not None


def is_code(cell: str) -> bool:
    """Whether a cell is a kommun's code of four digits, whichever it begins with."""
    return len(cell) == 4 and cell.isdigit() and len(kommuner.resolve(cell, settings.lan_kod()) or "") == 4


def is_code_of_kommun(cell: str) -> bool:
    """Whether a cell is a kommun's code as it is stored: with the zero in front."""
    return _CODE_OF_KOMMUN.fullmatch(cell) is not None
