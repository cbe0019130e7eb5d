"""Marks of footnotes and of preliminary figures, which are no part of the name, year or number before them."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"\s*(?:[*†‡§\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+\)?|\[\d{1,2}\]|\(\d{1,2}\)|(?<=\s)(?:\d{1,2}|[a-z])\)|(?<=[^\W\d_])\d{1,2}\))$"
)
_ENDS_OF_MARKS = tuple("*†‡§\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079)]")
"""Few cells end in any of these: the others need not be searched."""
_LONGEST_NUMBER = 40
_SIGNS = r"[*†‡§\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+\)?"
_NUMBER = r"(?:[<>~≤≥]\s?)?[-\u2212]?\d[\d\s'’.,]*(?:\s?(?:%|procent))?|\.{1,2}|[-–—]"
"""A number, or a sign for one that is not there."""
_MARKED_NUMBER = re.compile(
    rf"(?P<number>{_NUMBER})(?:\s*{_SIGNS}|\s*\[\d{{1,2}}\]|\s+\d{{1,2}}\)|\s*[a-z]\)"
    r"|\s*\((?:[a-z]|prel\.?|preliminär\w*|rev\.?|reviderad\w*)\)|\s+prel\.?)",
    re.IGNORECASE,
)
_NUMBER_IN_DOUBT = re.compile(rf"(?:{_NUMBER})(?:\d\)|\s*\(\d{{1,2}}\))")
"""Where the number ends cannot be seen: `20,51)`, and `12 (3)` is perhaps twelve of whom three."""
_SAID_PRELIMINARY = re.compile(r"\bpreliminär|\bprel\b|\butkast|\barbetsmaterial", re.IGNORECASE)
_PRELIMINARY_YEAR = re.compile(r".*(?:19|20)\d\d(?:\s?\()?p\)?", re.IGNORECASE)
_PRELIMINARY = re.compile(
    r"(?:(?<=\d)[pr]|\s*\((?:p|r|prel\.?|preliminär\w*|rev\.?|reviderad\w*)\)|\s+(?:prel\.?|preliminär\w*|reviderad\w*))$",
    re.IGNORECASE,
)


def without_mark(text: str) -> str:
    """`Borgholm*`, `Borgholm¹`, `Borgholm 1)`, `Borgholm a)` → `Borgholm`; a text that is nothing but a mark stays."""
    plain = text.rstrip()
    return _MARK.sub("", plain) or text if plain.endswith(_ENDS_OF_MARKS) else plain or text


def number_without_mark(text: str) -> str:
    """`20,5*`, `20,5¹`, `20,5 1)`, `20,5 (prel.)` → `20,5`; any other text as it is."""
    match = _MARKED_NUMBER.fullmatch(text.strip()) if len(text) <= _LONGEST_NUMBER else None
    return match["number"].rstrip() if match else text


def may_end_in_mark(text: str) -> bool:
    """Whether the last digits of a text can be a number's or a footnote's."""
    return len(text) <= _LONGEST_NUMBER and _NUMBER_IN_DOUBT.fullmatch(text) is not None


def is_preliminary(text: str) -> bool:
    """Whether a title or the heading of a year says that its figures are preliminary: `2024p`, `Prel. siffror`."""
    return _SAID_PRELIMINARY.search(text) is not None or _PRELIMINARY_YEAR.fullmatch(text.strip()) is not None


def plain_year(text: str) -> str:
    """The heading of a year without its marks: `2024*`, `2024 1)`, `2024p`, `2024 (prel.)` → `2024`."""
    return _PRELIMINARY.sub("", without_mark(text))
