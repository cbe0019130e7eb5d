"""Numbers and shares as Swedish readers write them (CLDR sv, by way of Babel)."""

from __future__ import annotations

import re
from functools import lru_cache

from babel.numbers import format_decimal

LOCALE = "sv"
NBSP = "\u00a0"
MINUS = "\u2212"

HIDDEN = ".."
"""Shown instead of a value that is hidden for disclosure control, as Kolada's readers know it."""
MISSING = "-"
"""Shown instead of a value that was never reported."""

NOT_KNOWN = "–"
"""Shown instead of what cannot be reckoned or compared."""


@lru_cache(maxsize=10_000)
def number(value: float, decimals: int = 0) -> str:
    """`5793` → `5 793`, `2.339` with two decimals → `2,34`, `-3` → `−3`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=LOCALE)).replace("-", MINUS)


def percent(value: float, decimals: int = 0) -> str:
    """`76.76` (in percent, not a fraction) → `77 %` with a no-break space."""
    return f"{number(value, decimals)}{NBSP}%"


def quantity(value: float, one: str, several: str, decimals: int = 0) -> str:
    """`1 rad`, `5 793 rader`, `1,0 rader`: a number and its noun."""
    figure = number(value, decimals)
    return f"{figure} {noun(figure, one, several)}"


def noun(figure: str, one: str, several: str) -> str:
    """The noun after a number as it is written: only `1` has it in the singular."""
    return one if figure.lstrip("+<>~" + MINUS) == "1" else several


_ONE_OF = {
    "besök": "besök",
    "dagar": "dag",
    "personer": "person",
    "procentenheter": "procentenhet",
    "timmar": "timme",
    "vårdtillfällen": "vårdtillfälle",
}
"""Units in plural whose singular is another word, or may stand in an indicator's file."""


def with_unit(figure: str, unit: str) -> str:
    """`1 person`, `5 793 personer`, `1 besök per 1 000 invånare`: a written number and its unit, which is in plural."""
    first, *rest = unit.split(" ")
    return " ".join([figure, noun(figure, _ONE_OF.get(first, first), first), *rest])


def with_hard_spaces(text: str) -> str:
    """A sentence written by hand whose numbers (`5 793`, `77 %`) may not be split between two lines."""
    return re.sub(r"(?<=\d) (?=\d{3}\b|%)", NBSP, text)


def capital(text: str) -> str:
    """A text with a capital first letter, the rest as it is: `sjuksköterska (SSK)` → `Sjuksköterska (SSK)`."""
    return text[:1].upper() + text[1:]


def enumeration(words: list[str], last: str = "och") -> str:
    """`["a", "b", "c"]` → `a, b och c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
