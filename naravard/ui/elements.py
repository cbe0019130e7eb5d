"""The elements of our own HTML, each with the class by which style.css and app.js know it.

They are built with htpy, which escapes every text and attribute by itself. No HTML is written as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import htpy
from htpy import Element, Fragment, Node
from markupsafe import Markup

from naravard.base.numbers import with_hard_spaces

YOURS = ", din kommun"
"""Said of the row of the reader's own kommun to those who do not see that it is told apart."""
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)")
_FOR_LISTENERS = htpy.span(".upplast")
_FOR_THE_EYE = htpy.span(aria_hidden="true")


def lead(text: str) -> Element:
    """The sentence that says the main thing of a page."""
    return htpy.p(".lead")[text]


def part_heading(text: str) -> Element:
    """The heading of a part of a page, as Streamlit's own, in one element with what it is of."""
    return htpy.h2(".del")[text]


def with_whole_days(content: Node) -> Node:
    """A text in which no day and no number is split: a browser breaks `2026-11-27` after each of its hyphens."""
    if not isinstance(content, str) or isinstance(content, Markup):
        return content
    first, *rest = _DAY.split(with_hard_spaces(content))
    return [first, *(htpy.span(".hel")[part] if _DAY.fullmatch(part) else part for part in rest)] if rest else first


def small_print(content: Node) -> Element:
    """What stands in small letters beside figures: a source, a filter, how to read them."""
    return htpy.p(".kalla")[with_whole_days(content)]


def warning(heading: str, text: str) -> Element:
    """What must not be missed, as a paragraph that begins in bold."""
    return htpy.p(".varning")[htpy.b[heading], f" {text}"]


def remarks(texts: Iterable[Node]) -> Element:
    """Traps in the figures, where they cannot be missed."""
    return htpy.div(".noter", role="note", aria_label="Anmärkningar")[paragraphs(texts)]


def footnote(number: int) -> Fragment:
    """A raised number after a name, which would be read aloud as a part of it: said as what it is."""
    return htpy.fragment[htpy.sup(aria_hidden="true")[number], for_listeners(f", anmärkning {number}")]


def with_number(number: int, text: str) -> Node:
    """A remark, which begins with the number of its footnote."""
    return [htpy.b(".nr")[number], f" {text}"]


def paragraphs(texts: Iterable[Node], heading: str = "") -> Fragment:
    """A paragraph for each text, under a heading in bold."""
    return htpy.fragment[htpy.p[htpy.b[heading]] if heading else None, [htpy.p[text] for text in texts]]


def details(heading: str, content: Node) -> Element:
    """What is read when it is opened, under a heading that opens it."""
    return htpy.details(".mer")[htpy.summary[heading], htpy.div[content]]


def link(href: str) -> Element:
    """A link to a view, which is followed without loading the page anew (app.js)."""
    return htpy.a(".vy", href=href)


def aside(text: Node) -> Element:
    """A smaller line under a heading or a figure: its unit, period or origin."""
    return htpy.span(".enhet")[with_whole_days(text)]


def for_listeners(content: Node) -> Element:
    """What is read aloud and not seen."""
    return _FOR_LISTENERS[content]


def sign_and_why(sign: str, why: str) -> Fragment:
    """A sign for those who see it, and what it means for those who listen."""
    return htpy.fragment[_FOR_THE_EYE[sign], for_listeners(why)]


def answer(heading: str, text: str) -> Fragment:
    """A heading and its text, a paragraph for each line."""
    return htpy.fragment[htpy.h3[heading], [htpy.p[line] for line in text.splitlines()]]


@cache
def _shape(tone: str) -> Element:
    return htpy.span(class_=["form", tone], aria_hidden="true")


def shape(triangles: str, tone: str = "") -> Element:
    """The triangles of a difference, for the eye alone: words beside them say the same."""
    return _shape(tone)[triangles]
