"""What may identify a person is never repeated, not even where it stands in the wrong place."""

from __future__ import annotations

import re

from naravard.errors import UserError

_ID_LIKE = re.compile(r"\d{6,8}[\s+\u2010-\u2015\u2212-]*[0-9A-Za-z]{3,4}(?![0-9A-Za-z])")
"""The family of person ids: a date of six or eight digits, then three or four characters."""
_MANY_DIGITS = 5
_LONG = 40
_NAME = re.compile(r"[A-ZÅÄÖÉ][\w'-]+,? +(?:[A-ZÅÄÖÉ][\w.'-]* ?)+|.*@.*")
"""Two words with capitals (a first name and a surname), or an address."""
MASKED = "(dolt, liknar ett person-id)"
MASKED_TEXT = "(dolt, kan vara en person)"


def masked(text: str) -> str:
    """The text with everything that has the form of a person id replaced. For headings and file names."""
    return _ID_LIKE.sub(MASKED, text)


def masked_value(text: str) -> str:
    """As `masked`, for a cell that a report quotes: a shifted column can hold a number, a name or a note."""
    if sum(map(str.isdigit, text)) >= _MANY_DIGITS:
        return MASKED
    if len(text) > _LONG or _NAME.fullmatch(text.strip()):
        return MASKED_TEXT
    return masked(text)


def has_id_form(text: str) -> bool:
    """Whether a cell looks like a person id and nothing else."""
    return _ID_LIKE.fullmatch(text.strip()) is not None


def refuse_ids(text: str, what: str) -> str:
    """The text, for places that are stored as they are written. Raises UserError when it looks like an id."""
    if masked(text) != text:
        raise UserError(f"{what} innehåller något som liknar ett person-id. Skriv utan det.")
    return text
