"""Spellings of a category as they are compared: without case and diacritics, but with signs that mean something."""

from __future__ import annotations

import re
from functools import cache

from naravard.base.kommuner import match_key
from naravard.base.model import Column

_SIGNS = str.maketrans(
    {"+": " plus ", "<": " under ", ">": " över ", "✓": " kryss ", "✔": " kryss ", "☑": " kryss "}
    | {"●": " kryss ", "•": " kryss ", "⬤": " kryss "}
    | {"√": " kryss ", "🗸": " kryss ", "☐": " tom ruta ", "□": " tom ruta "}
    | {"≥": " minst ", "≤": " högst ", "?": " oklart ", "~": " ungefär ", "≈": " ungefär "}
)
_BELOW_ZERO = re.compile(r"^\s*[-\u2212](?=\d)")
"""The sign of a number, where nothing stands before it: -1 is a code for what is not known, and no 1."""


def folded_with_signs(text: str) -> str:
    """As `match_key`, with signs that change the meaning: 80+, <80, 80 and 80? are four things, 1 and -1 two.

    A tick is a word.
    """
    return match_key(_BELOW_ZERO.sub("minus ", text.translate(_SIGNS)))


@cache
def codes_of(column: Column) -> dict[str, str | None]:
    """Folded spelling → code of a category."""
    return {folded_with_signs(spelling): code for spelling, code in column.values.items()}


def text_key(text: str) -> str:
    """What two texts have in common that are one; with digits their signs count too: -1 is not 1, and <80 not 80."""
    key = match_key(text)
    return key if key and not any(map(str.isdigit, text)) else " ".join(text.casefold().split())
