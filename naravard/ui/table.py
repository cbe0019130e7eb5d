"""The one table of the interface: real HTML, which is read aloud and printed as a table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cache

import htpy
from htpy import Element, Node, Renderable

from naravard.figures.gate import ProtectedResult
from naravard.ui.elements import for_listeners, sign_and_why

_ROW_HEADING = htpy.th(scope="row")
_SHORT = 16
"""Cells of so few characters (dates, numbers) are kept on one line."""
_MANY_COLUMNS = 5
"""Tables of more columns keep their width on a phone and scroll sideways."""


def table(
    caption: str, headings: Iterable[Node], rows: Iterable[Element], *, kind: str = "tal", is_example: bool = False
) -> Element:
    """A table of headings and rows; `kind` is its classes in style.css.

    The caption is for screen readers, since a heading stands above the table, unless it marks example data.
    """
    # a table that is wider than the screen scrolls by itself, so it must be reachable by keyboard
    return htpy.div(class_=f"tabell {kind}", tabindex="0", role="region", aria_label=caption)[
        htpy.table[
            htpy.caption(".exempel" if is_example else ".upplast")[caption],
            htpy.thead[htpy.tr[headings]],
            htpy.tbody[rows],
        ]
    ]


def heading(content: Node, *, is_text: bool = False) -> Element:
    """The heading of a column; `is_text` where its cells are no numbers."""
    return _heading("text" if is_text else "")[content]


def row(name: Node, cells: Iterable[Node], kind: str = "") -> Element:
    """A row, which begins with its own heading."""
    return _row(kind)[_ROW_HEADING[name], cells]


def cell(content: Node, kind: str = "", title: str = "") -> Element:
    """A cell; `title` is what a pointer that rests on it is told."""
    return (htpy.td(class_=kind, title=title) if title else _cell(kind))[content]


def differing_cell(content: Node, words: str, kind: str) -> Element:
    """A cell whose figure differs from what it is compared with; `words` say how."""
    return cell([content, for_listeners(f", {words}")], kind, words)


def empty_cell(sign: str, why: str, kind: str = "") -> Element:
    """A cell without a value: the sign that stands there, and why."""
    return cell(sign_and_why(sign, why), f"utan {kind}".strip(), why)


def records_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False
) -> str:
    """A plain table of texts, or of numbers, the first column being the row's heading."""
    kind = "tal poster" if numbers else "text bred" if len(headings) > _MANY_COLUMNS else "text"
    table_rows = (row(first, map(_record_cell, rest)) for first, *rest in rows)
    return str(table(caption, map(heading, headings), table_rows, kind=kind))


def _record_cell(text: str) -> Element:
    return cell(text, "kort" if len(text) <= _SHORT else "lang")


@cache
def _heading(kind: str) -> Element:
    return htpy.th(scope="col", class_=kind)


@cache
def _row(kind: str) -> Element:
    return htpy.tr(class_=kind)


@cache
def _cell(kind: str) -> Element:
    return htpy.td(class_=kind)


def written_once(result: ProtectedResult, key: Hashable, build: Callable[[], Renderable | str]) -> str:
    """HTML of a result, which never changes: written when it is first needed, and kept with the result."""
    if key not in result.memo:
        result.memo[key] = str(build())
    html: str = result.memo[key]
    return html
