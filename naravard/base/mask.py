"""Masking (PII): what may identify a person is never repeated, not even where it stands in the wrong place."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from naravard.base.errors import PersonId
from naravard.base.first_names import FIRST_NAMES
from naravard.base.period_kinds import MONTH_NAME

_BETWEEN = r"(?:[\W_]{1,3}|[xX])"
"""What people put between the digits of an id: signs, spaces, a cross."""
_MONTH, _DAY = r"(?:0[1-9]|1[0-2])", r"(?:[0-2]\d|3[01]|[67]\d|8\d|9[01])"
"""A day that exists, or a samordningsnummer's."""
_WHOLE_DATE = rf"(?:19|20)\d\d-{_MONTH}-(?:[0-2]\d|3[01])(?!\d)"
"""What is no end of an id where it follows on a day: from one day to another."""
_DATE_IN_DIGITS = rf"(?<=\D)(?:19|20)\d\d{_MONTH}(?:[0-2]\d|3[01])(?!\d)"
"""The same without dashes: 20240401–20240630."""
_APART = (
    # in groups: 85-07-09-98-05, 850709x9805, 1985 07 09 98 05
    rf"(?:19|20)?\d\d{_BETWEEN}?{_MONTH}{_BETWEEN}?{_DAY}(?!{_BETWEEN}{_WHOLE_DATE})"
    rf"(?:{_BETWEEN}?\d{{4}}|{_BETWEEN}\d\d{_BETWEEN}\d\d)(?!\d)"
    # digit by digit: 8 5 0 7 0 9 9 8 0 5
    + rf"|(?:(?:1{_BETWEEN}9|2{_BETWEEN}0){_BETWEEN})?\d{_BETWEEN}\d{_BETWEEN}"
    rf"(?:0{_BETWEEN}[1-9]|1{_BETWEEN}[0-2]){_BETWEEN}(?:[0-2]{_BETWEEN}\d|3{_BETWEEN}[01]|[6-9]{_BETWEEN}\d)"
    rf"(?:{_BETWEEN}\d){{4}}(?!\d)"
)
"""An id with anything between its parts."""
_SCALE = r"(?<!\d)10{5,6} inv(?:[åa]nare)?\b"
"""What a rate is of: `per 100000 inv`."""
_ID_LIKE = re.compile(
    # a date of six or eight digits, then three or four characters
    rf"(?!{_SCALE})\d{{6,8}}[\s+\u2010-\u2015\u2212-]*(?!{_DATE_IN_DIGITS})(?:\d{{4}}|[0-9A-Za-z]{{3,4}}(?![0-9A-Za-z]))"
    # the same with anything between, for days that exist or are a samordningsnummer's
    rf"|(?<!\d)(?:19|20)?\d\d[-./ _]?{_MONTH}[-./ _]?{_DAY}[\W_]*(?!{_WHOLE_DATE})"
    r"(?:\d{4}|(?=\w*\d\w*\d)[0-9A-Za-z]{4})(?!\d)"
    rf"|(?<!\d)(?:{_APART})"
)
"""The family of person ids, to be looked for in what `without_unseen_signs` gives."""
_MONTH_IN_DIGITS = rf"(?:19|20)\d\d{_MONTH}"
_MASKED_OR_MONTHS = re.compile(
    rf"(?P<months>(?<!\d){_MONTH_IN_DIGITS}\s?[-–]\s?{_MONTH_IN_DIGITS}(?!\d))|{_ID_LIKE.pattern}"
)
"""As `_ID_LIKE`, and before it what is no id: from one month to another (202301-202312)."""
_DAY_AND_NUMBER = rf"(?:^|\D)(?:19|20)?\d\d[-./ _]?{_MONTH}[-./ _]?{_DAY}[\W_]*(?!{_WHOLE_DATE})\d{{4}}(?!\d)"
_ID_IN_WRITING = (
    # a date of six or eight digits, then four digits, or four letters and digits at once
    r"(?:^|\D)\d{6}(?:\d\d)?(?:[\s+\u2010-\u2015\u2212-]*\d{4}|[+-]?(?=[A-Za-z]*\d)[0-9A-Za-z]{4})(?![0-9A-Za-z])"
    rf"|{_DAY_AND_NUMBER}|(?:^|\D)(?:{_APART})"
)
"""As `_ID_LIKE`, in sentences: a day or a count with a word after it is no id there.

To be looked for in a text. Phones have it too, so it has what Python and JavaScript read alike, and `_FOR_JAVASCRIPT`.
"""
_FOR_JAVASCRIPT = {r"\d": r"[\d\u0660]", r"\D": r"[^\d\u0660]", r"[\W_]": r"[^\dA-Za-z\u0660\u00e9]"}
"""What JavaScript must be told to read as Python does.

A phone writes the digits outside ASCII as U+0660 and the letters as U+00E9 (`asKinds` in written.js): a pattern with
the classes of all letters takes seconds to compile, once there is a dash or an emoji in the text.
"""
_DATE = re.compile(r"\d{2,4}[-./]\d{1,2}[-./]\d{1,4}")
_MANY_DIGITS = 5
_LONG = 40
_NAME = re.compile(r"[A-ZÅÄÖÉ][\w'-]+(?:,? +[A-ZÅÄÖÉ][\w.'-]*)+|.*\w@\w.*")
"""Two words with capitals (a first name and a surname), or an address."""
_NUMBER = re.compile(r"(?<![\w–])(?!(?:19|20)\d\d\b)\d[\d\u00a0]*(?:,\d+)?")
_MONTHS_LIKE_NAMES = re.compile(rf"jan(?:[-–]{MONTH_NAME})?", re.IGNORECASE)
_TIME_AFTER = re.compile(rf"[\s_.–-]*(?:(?:20)?\d\d(?!\d)|{MONTH_NAME}(?![^\W_]))", re.IGNORECASE)
"""What makes `jan` a month: a year or another month after it."""
MASKED = "(dolt, liknar ett person-id)"
MASKED_DATE = "(dolt datum)"
MASKED_TEXT = "(dolt, kan vara en person)"


def without_unseen_signs(text: str) -> str:
    """The text as ids are looked for in it: full-width digits as plain ones (NFKC), without signs that are not seen."""
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def mask_ids(text: str) -> str:
    """The text with everything that has the form of a person id replaced. For headings and file names."""
    plain = without_unseen_signs(text)
    without_ids = _MASKED_OR_MONTHS.sub(lambda match: match[0] if match["months"] else MASKED, plain)
    return text if without_ids == plain else without_ids


def mask_cell(text: str) -> str:
    """As `mask_ids`, for a cell that a report quotes: a shifted column can hold a number, a name or a note."""
    if sum(map(str.isdigit, text)) >= _MANY_DIGITS:
        return MASKED_DATE if _DATE.fullmatch(text.strip()) else MASKED
    if len(text) > _LONG or _NAME.fullmatch(text.strip()):
        return MASKED_TEXT
    return mask_ids(text)


def may_be_person(text: str) -> bool:
    """Whether a short text (a sheet's name, a heading) has an id in it, or a person's name."""
    return mask_ids(text) != text or without_names(text) != text


def without_names(text: str) -> str:
    """The text without names of persons: a first name of the register, and the word with a capital after it.

    For file names, headings and the names of sheets. A word alone that is a first name is masked as well.
    """
    return _first_names().sub(_without_name, text)


def _without_name(match: re.Match[str]) -> str:
    is_month = _MONTHS_LIKE_NAMES.fullmatch(match[0]) and _TIME_AFTER.match(match.string, match.end())
    return match[0] if is_month else MASKED_TEXT


@cache
def _first_names() -> re.Pattern[str]:
    """A first name as a word, in any case, and what may be a surname after it."""
    spellings = {*FIRST_NAMES, *(name.replace("é", "e") for name in FIRST_NAMES)}
    names = "|".join(sorted(spellings, key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?i:{names})s?(?![^\W_])(?:[\s_.,-]+(?-i:[A-ZÅÄÖÉ])[\w'-]*|(?<=[a-zåäö])[_.-][a-zåäöé]+s{{1,2}}on)*"
    )


def without_numbers(text: str) -> str:
    """The text with `…` for its numbers, years apart."""
    return _NUMBER.sub("…", text)


def has_id_form(text: str) -> bool:
    """Whether a cell looks like a person id and nothing else."""
    return _ID_LIKE.fullmatch(without_unseen_signs(text).strip()) is not None


def is_in_writing(text: str) -> bool:
    """Whether there is what looks like a person id in a text that someone has written in words, also spaced out."""
    plain = without_unseen_signs(text)
    without_spaces = re.sub(r"(?<=\d)\s+(?=\d)", "", plain)
    return re.search(_ID_IN_WRITING, plain) is not None or re.search(_DAY_AND_NUMBER, without_spaces) is not None


def javascript_patterns() -> dict[str, str]:
    """The rule of `is_in_writing` for JavaScript: what to look for in a text, by kinds of signs, and in it joined."""
    patterns = {"text": _ID_IN_WRITING, "siffror": _DAY_AND_NUMBER}
    for python, javascript in _FOR_JAVASCRIPT.items():
        patterns = {name: pattern.replace(python, javascript) for name, pattern in patterns.items()}
    return patterns


def refuse_ids(text: str, what: str) -> str:
    """The text, for places that are stored as they are written. Raises PersonId when it looks like an id."""
    if mask_ids(text) != text or is_in_writing(text):
        raise PersonId(f"{what} innehåller något som liknar ett person-id. Skriv utan det.")
    return text
