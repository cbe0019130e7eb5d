"""Marks of footnotes and of preliminary figures, which stand behind a name or a year and are no part of it."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"\s*(?:[*†‡§\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+\)?|\[\d{1,2}\]|\(\d{1,2}\)|(?<=\s)\d{1,2}\)|(?<=[^\W\d_])\d{1,2}\))$"
)
_PRELIMINARY = re.compile(
    r"(?:(?<=\d)[pr]|\s*\((?:p|r|prel\.?|preliminär\w*|rev\.?|reviderad\w*)\)|\s+(?:prel\.?|preliminär\w*|reviderad\w*))$",
    re.IGNORECASE,
)


def without_mark(text: str) -> str:
    """`Borgholm*`, `Borgholm¹`, `Borgholm 1)` → `Borgholm`; a text that is nothing but a mark stays."""
    return _MARK.sub("", text.rstrip()) or text


def plain_year(text: str) -> str:
    """The heading of a year without its marks: `2024*`, `2024 1)`, `2024p`, `2024 (prel.)` → `2024`."""
    return _PRELIMINARY.sub("", without_mark(text))
