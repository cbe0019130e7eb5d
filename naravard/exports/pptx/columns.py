"""How wide the columns and how high the rows of a table have to be for its texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from naravard.exports.pptx.grid import GAP, LINE, Box
from naravard.exports.pptx.text import inches, lines
from naravard.telling.tables import Cell, Table

SIDE, OVER = 0.07, 0.02
"""Margins of a cell."""
LEAST_CHART = 2.6
"""Width of the bars that may stand beside a table."""
_APART = 0.22
_WIDER = 1.6
"""A column in a table with room to spare is at most so many times its own width."""
_READABLE = (14, 13, 12)
_SIZES = (*_READABLE, 11, 10.5)


class Column(NamedTuple):
    """The texts of a column, its heading first, and the left margin of its cells."""

    texts: Sequence[str]
    is_number: bool
    before: float

    def least(self, size: float) -> float:
        """Inches for the longest word, which is not broken."""
        return self._inches((word for text in self.texts for word in text.split(" ")), size)

    def own(self, size: float) -> float:
        """Inches for cells of one line; a heading of several words may take two."""
        words = self.texts[0].split(" ")
        splits = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        heading = min((self._inches(two_lines, size) for two_lines in splits), default=0)
        return max(self.least(size), self._inches(self.texts[1:], size), heading)

    def lines(self, row: int, size: float, width: float) -> int:
        """How many lines a cell takes, bold as in the län's row."""
        return lines(self.texts[row], size, width - self.before - SIDE, bold=True)

    def _inches(self, texts: Iterable[str], size: float) -> float:
        widest = max((inches(text, size, bold=True) for text in texts), default=0)
        return widest + 0.04 + self.before + SIDE


class Fit(NamedTuple):
    """The letters in which a table fits its place, the widths of its columns and the heights of its rows."""

    size: float
    widths: list[float]
    heights: list[float]


def columns_of(table: Table) -> list[Column]:
    """The columns; a text that follows numbers stands apart from them."""
    names = Column([table.headings[0], *(f"{row.name} {row.note or ''}".strip() for row in table.rows)], False, SIDE)
    columns = [names]
    for position, heading in enumerate(table.headings[1:]):
        cells = [row.cells[position] for row in table.rows]
        is_number = all(cell.kind != "text" for cell in cells)
        before = _APART if columns[-1].is_number and not is_number else SIDE
        columns.append(Column([heading, *map(cell_text, cells)], is_number, before))
    return columns


def cell_text(cell: Cell) -> str:
    """The text of a cell with its triangle."""
    return f"{cell.mark} {cell.text}" if cell.mark else cell.text


def has_marks(table: Table) -> bool:
    """Whether there are triangles to be explained."""
    return any(sign in cell_text(cell) for row in table.rows for cell in row.cells for sign in "▲▼")


def best_fit(columns: Sequence[Column], box: Box, *, stretch: bool) -> Fit:
    """The largest letters with which a table fits: beside a chart where it is not to be stretched, else in its place.

    Rather than break a cell in large letters, a smaller size is tried, as long as it can be read.
    """
    narrow = box.width - LEAST_CHART - GAP / 2
    tries: list[tuple[float, float, bool]] = [(size, box.width, True) for size in _READABLE]
    if not stretch:
        tries = [(size, narrow, size in _READABLE) for size in _SIZES]
    for size, room, whole in [*tries, *((size, box.width, False) for size in _SIZES)]:
        widths = _widths(columns, size, room, stretch=stretch)
        heights = _heights(columns, size, widths)
        is_whole = len(set(heights[1:])) <= 1
        if sum(heights) <= box.height and sum(widths) <= room + 0.01 and (is_whole or not whole):
            break
    return Fit(size, widths, heights)


def _widths(columns: Sequence[Column], size: float, room: float, *, stretch: bool) -> list[float]:
    """Widths of columns by their texts: the room shared out where there is more, the widest narrower where less."""
    own = [column.own(size) for column in columns]
    if sum(own) > room:
        return _narrowed(own, [column.least(size) for column in columns], room)
    factor = min(room / sum(own), _WIDER) if stretch else 1
    return [part * factor for part in own]


def _narrowed(own: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """The widest columns made narrower until there is room, none narrower than its least."""
    low, high = 0.0, max(own)
    for _ in range(40):
        cap = (low + high) / 2
        total = sum(max(min(part, cap), word) for part, word in zip(own, least, strict=True))
        low, high = (cap, high) if total <= room else (low, cap)
    return [max(min(part, low), word) for part, word in zip(own, least, strict=True)]


def _heights(columns: Sequence[Column], size: float, widths: Sequence[float]) -> list[float]:
    """Heights of rows, that of the headings first."""
    most = [
        max(column.lines(row, size, width) for column, width in zip(columns, widths, strict=True))
        for row in range(len(columns[0].texts))
    ]
    return [count * size * LINE / 72 + 2 * OVER for count in most]
