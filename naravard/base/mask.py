"""Masking (PII): what may identify a person is never repeated, not even where it stands in the wrong place."""

from __future__ import annotations

import re

from naravard.base.errors import PersonId

_ID_LIKE = re.compile(
    # a date of six or eight digits, then three or four characters
    r"\d{6,8}[\s+\u2010-\u2015\u2212-]*(?:\d{4}|[0-9A-Za-z]{3,4}(?![0-9A-Za-z]))"
    # the same with anything between, for days that exist or are a samordningsnummer's
    r"|(?<!\d)(?:19|20)?\d\d[-./ _]?(?:0[1-9]|1[0-2])[-./ _]?(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[\W_]*"
    # but another whole date after the first: from one day to another
    r"(?!(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\d))"
    r"(?:\d{4}|(?=\w*\d\w*\d)[0-9A-Za-z]{4})(?!\d)"
)
"""The family of person ids."""
_DAY_AND_NUMBER = (
    r"(?:^|\D)(?:19|20)?\d\d[-./ _]?(?:0[1-9]|1[0-2])[-./ _]?(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])[\W_]*\d{4}(?!\d)"
)
_ID_IN_WRITING = (
    # a date of six or eight digits, then four digits, or four letters and digits at once
    r"(?:^|\D)\d{6}(?:\d\d)?(?:[\s+\u2010-\u2015\u2212-]*\d{4}|[+-]?(?=[A-Za-z]*\d)[0-9A-Za-z]{4})(?![0-9A-Za-z])"
    rf"|{_DAY_AND_NUMBER}"
)
"""As `_ID_LIKE`, in sentences: a day or a count with a word after it is no id there.

To be looked for in a text. Phones have it too, so it has what Python and JavaScript read alike, and `_FOR_JAVASCRIPT`.
"""
_FOR_JAVASCRIPT = {r"\d": r"\p{Nd}", r"\D": r"\P{Nd}", r"[\W_]": r"[^\p{L}\p{N}]"}
"""What JavaScript must be told to read as Python does: digits and letters of all the world's."""
_DATE = re.compile(r"\d{2,4}[-./]\d{1,2}[-./]\d{1,4}")
_MANY_DIGITS = 5
_LONG = 40
_NAME = re.compile(r"[A-ZÅÄÖÉ][\w'-]+(?:,? +[A-ZÅÄÖÉ][\w.'-]*)+|.*\w@\w.*")
"""Two words with capitals (a first name and a surname), or an address."""
_NUMBER = re.compile(r"(?<![\w–])(?!(?:19|20)\d\d\b)\d[\d\u00a0]*(?:,\d+)?")
MASKED = "(dolt, liknar ett person-id)"
MASKED_DATE = "(dolt datum)"
MASKED_TEXT = "(dolt, kan vara en person)"


def mask_ids(text: str) -> str:
    """The text with everything that has the form of a person id replaced. For headings and file names."""
    return _ID_LIKE.sub(MASKED, text)


def mask_cell(text: str) -> str:
    """As `mask_ids`, for a cell that a report quotes: a shifted column can hold a number, a name or a note."""
    if sum(map(str.isdigit, text)) >= _MANY_DIGITS:
        return MASKED_DATE if _DATE.fullmatch(text.strip()) else MASKED
    if len(text) > _LONG or _NAME.fullmatch(text.strip()):
        return MASKED_TEXT
    return mask_ids(text)


def without_numbers(text: str) -> str:
    """The text with `…` for its numbers, years apart."""
    return _NUMBER.sub("…", text)


def has_id_form(text: str) -> bool:
    """Whether a cell looks like a person id and nothing else."""
    return _ID_LIKE.fullmatch(text.strip()) is not None


def is_in_writing(text: str) -> bool:
    """Whether there is what looks like a person id in a text that someone has written in words, also spaced out."""
    without_spaces = re.sub(r"(?<=\d)\s+(?=\d)", "", text)
    return re.search(_ID_IN_WRITING, text) is not None or re.search(_DAY_AND_NUMBER, without_spaces) is not None


def javascript_patterns() -> dict[str, str]:
    """The rule of `is_in_writing` for JavaScript, with its flag `u`: what to look for in a text, and in it joined."""
    patterns = {"text": _ID_IN_WRITING, "siffror": _DAY_AND_NUMBER}
    for python, javascript in _FOR_JAVASCRIPT.items():
        patterns = {name: pattern.replace(python, javascript) for name, pattern in patterns.items()}
    return patterns


def refuse_ids(text: str, what: str) -> str:
    """The text, for places that are stored as they are written. Raises PersonId when it looks like an id."""
    if mask_ids(text) != text:
        raise PersonId(f"{what} innehåller något som liknar ett person-id. Skriv utan det.")
    return text
