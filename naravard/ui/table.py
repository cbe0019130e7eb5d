"""The one table of the interface: real HTML, which is read aloud and printed as a table.

Where it has no room (a phone, or letters of twice the size) style.css makes a card of each row, in which each cell
stands beside the heading of its column, `data-label`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import htpy
from htpy import Element, Node
from markupsafe import escape

from naravard.base.numbers import HIDDEN, number, quantity
from naravard.ui.elements import for_listeners, sign_and_why, with_whole_days

_ROW_HEADING = htpy.th(scope="row")
_SHORT = 16
"""Cells of so few characters (dates, numbers) are kept on one line."""
_NOTHING, _NOTHING_WHY = "–", "kan inte räknas eller jämföras"
_FEW_COLUMNS, _SOME_COLUMNS = 3, 7
"""So many columns have room on a phone, and so many beside a chart."""


class Cell(Element):
    """A cell, which can be told the heading of its column."""

    def labelled(self, label: str) -> Cell:
        """The same cell with the heading of its column, for a card."""
        return Cell(self._name, f'{self._attrs} data-label="{escape(label)}"', self._children)


class Row(Element):
    """A row whose cells can be told the headings of their columns."""

    __slots__ = ("_cells", "_heading")

    def __init__(self, name: str, attrs_str: str = "", children: Node = None) -> None:
        super().__init__(name, attrs_str, children)
        self._heading: Node = None
        self._cells: list[Element] = []

    def with_cells(self, name: Node, cells: Iterable[Element | None]) -> Row:
        """The row with its own heading and its cells."""
        full_row = Row(self._name, self._attrs)
        full_row._heading, full_row._cells = name, [each for each in cells if each is not None]
        full_row._children = [_ROW_HEADING[name], full_row._cells]
        return full_row

    def labelled(self, labels: Sequence[str]) -> Element:
        """The same row, in which each cell has the heading of its column."""
        pairs = zip(self._cells, labels, strict=True)
        cells = [cell.labelled(label) if isinstance(cell, Cell) else cell for cell, label in pairs]
        return Element(self._name, self._attrs, [_ROW_HEADING[self._heading], cells])


def table(
    caption: str, headings: Iterable[Element], rows: Iterable[Element], *, kind: str = "tal", is_marked: bool = False
) -> Element:
    """A table of headings and rows; `kind` is its classes in style.css.

    The caption is for screen readers, since a heading stands above the table, unless it marks example data.
    """
    headings = list(headings)
    labels = [each.__html__().striptags() for each in headings]
    columns = "fa" if len(labels) <= _FEW_COLUMNS else "nagra" if len(labels) <= _SOME_COLUMNS else "manga"
    # a table that is wider than the screen scrolls by itself, so it must be reachable by keyboard
    return htpy.div(class_=f"tabell {kind} {columns}", tabindex="0", role="region", aria_label=caption)[
        htpy.table[
            htpy.caption(".exempel" if is_marked else ".upplast")[caption],
            htpy.thead[htpy.tr[headings]],
            htpy.tbody[(row.labelled(labels[1:]) if isinstance(row, Row) else row for row in rows)],
        ]
    ]


def heading(content: Node, *, is_text: bool = False) -> Element:
    """The heading of a column; `is_text` where its cells are no numbers."""
    return _heading("text" if is_text else "")[content]


def row(name: Node, cells: Iterable[Element | None], kind: str = "") -> Row:
    """A row, which begins with its own heading. A cell that is None has no column."""
    return _row(kind).with_cells(name, cells)


def cell(content: Node, kind: str = "", title: str = "") -> Cell:
    """A cell; `title` is what a pointer that rests on it is told. A dash (`okant`) is said in words to listeners."""
    if content == _NOTHING:
        content, kind = sign_and_why(_NOTHING, _NOTHING_WHY), f"okant {kind}".strip()
    return (Cell("td")(class_=kind, title=title) if title else _cell(kind))[content]


def differing_cell(content: Node, words: str, kind: str) -> Cell:
    """A cell whose figure differs from what it is compared with; `words` say how."""
    return cell([content, for_listeners(f", {words}")], kind, words)


def empty_cell(sign: str, why: str, kind: str = "") -> Cell:
    """A cell without a value: the sign that stands there, and why."""
    return cell(sign_and_why(sign, why), f"utan {kind}".strip(), why)


def all_figures(name: str, texts: Sequence[str]) -> Element:
    """What opens the card of a row on a phone, in its heading, and says how many of its figures are hidden.

    In tables of the kinds `matris` and `vikt`, of more columns than a card has room for (style.css).
    """
    hidden = texts.count(HIDDEN)
    words = f"Alla {number(len(texts))} tal" + (
        f", varav {quantity(hidden, 'dolt', 'dolda')} ({HIDDEN})" if hidden else ""
    )
    return htpy.details(".alla-tal")[htpy.summary[words, for_listeners(f": {name}")]]


def records_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False
) -> Element:
    """A plain table of texts, or of numbers, the first column being the row's heading."""
    kind = "tal poster" if numbers else "text"
    table_rows = (row(_record_name(headings[0], first), map(_record_cell, rest)) for first, *rest in rows)
    return table(caption, map(heading, headings), table_rows, kind=kind)


def _record_name(of: str, text: str) -> Node:
    """What a row begins with; a number alone would say nothing at the head of a card."""
    return [htpy.span(".bara-kort")[f"{of} "], text] if text.isdecimal() else text


def _record_cell(text: str) -> Cell:
    return cell(with_whole_days(text), "kort" if len(text) <= _SHORT else "lang")


@cache
def _heading(kind: str) -> Element:
    return htpy.th(scope="col", class_=kind)


@cache
def _row(kind: str) -> Row:
    return Row("tr")(class_=kind)


@cache
def _cell(kind: str) -> Cell:
    return Cell("td")(class_=kind)
