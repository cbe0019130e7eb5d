"""Matperioder: the texts that say when a figure was measured, and their order in time."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache

from naravard.base.errors import UserError
from naravard.base.model import UNKNOWN_PERIOD

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_PARTS = (
    (r"\b(?:kv|kvartal)\s*([1-4])\b", 3),
    (r"q\s*([1-4])\b", 3),
    (r"\b(?:tertial|t)\s*([1-3])\b", 4),
    (r"\b(?:halvår|h)\s*([12])\b", 6),
)
"""Parts of a year that have a number, and how many months each has."""
_ISO_MONTH = r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])"
_LONGEST = 60
EVERY = "alla"
LATEST_PER_AREA = "senast kända per område"
RESERVED_WORDS = frozenset({EVERY, LATEST_PER_AREA})
"""Words that ask for several periods, so that no period can be called so."""
_SEASONS = {"vinter": 1, "vår": 4, "vt": 4, "sommar": 7, "höst": 10, "ht": 10}


def year_of(matperiod: str) -> int | None:
    """The year that a matperiod such as "våren 2024" names; None where it names none or several."""
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", matperiod))
    return int(years.pop()) if len(years) == 1 else None


def last_day(matperiod: str) -> date | None:
    """The last day of a matperiod that names one year: "våren 2024" ends 2024-04-30, "2023" 2023-12-31."""
    year = year_of(matperiod)
    if year is None:
        return None
    month = _month(matperiod.casefold())
    return date(year, month, monthrange(year, month)[1])


def find(text: str) -> str | None:
    """The period that a title or a file name has ("våren 2024", "2024-03", "kvartal 2 2024"); None for no single one.

    A bare year is not enough: it can be the year in which the file was made.
    """
    season = r"(?:våren|hösten|sommaren|vintern|vår|höst|vt|ht)"
    part = r"(?:kvartal|kv|tertial|halvår|q|t|h)\s?[1-4]"
    month = r"(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    plain = unicodedata.normalize("NFC", text).replace("_", " ")
    matches = re.findall(rf"\b(?:{season}|{part}|{month})\s?(?:19|20)\d\d\b", plain, re.IGNORECASE)
    matches += re.findall(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])", plain)
    names = {" ".join(name.lower().split()) for name in matches}
    return names.pop() if len(names) == 1 else None


def clean(matperiod: str) -> str:
    """A period as it is stored: composed letters, single spaces. Raises UserError for one that cannot be shown."""
    text = " ".join(unicodedata.normalize("NFC", matperiod).split())
    if not text or len(text) > _LONGEST or not text.isprintable() or text.casefold() in RESERVED_WORDS:
        raise UserError(
            f"Mätperioden {matperiod[:_LONGEST]!r} går inte att använda. Skriv en kort text, högst {_LONGEST} tecken, "
            "som säger när uppgifterna gäller, till exempel ”våren 2024”."
        )
    return text


@cache
def sort_key(matperiod: str) -> tuple[int, int, str]:
    """Order in time: by year, then by season, quarter or month. A period without a year comes first."""
    if matperiod == UNKNOWN_PERIOD:
        return (0, 0, "")
    years = re.findall(r"(?:19|20)\d\d", matperiod)
    return (max(map(int, years), default=0), _month(matperiod.casefold()), matperiod)


def before(matperiod: str, matperioder: Sequence[str]) -> str | None:
    """The period before one, among periods with the newest first; None for the oldest, and where no date is known."""
    with_date = [period for period in matperioder if period != UNKNOWN_PERIOD]
    return with_date[with_date.index(matperiod) + 1] if matperiod in with_date[:-1] else None


@cache
def span(matperiod: str) -> tuple[int, int] | None:
    """First and last month of a period, counted from year 0: "2024", "våren 2024", "2023-04–2024-03", "R12 2024-03".

    None where it names no month or year, or several years without months.
    """
    text = matperiod.casefold()
    months = [12 * int(year) + int(month) for year, month in re.findall(_ISO_MONTH, text)]
    if re.search(r"\b(?:r|rullande\s*)12\b", text) and len(months) == 1:
        return months[0] - 11, months[0]
    if months:
        return min(months), max(months)
    year = year_of(matperiod)
    if year is None:
        return None
    last_month = 12 * year + _month(text)
    return last_month - _length(text) + 1, last_month


def _length(text: str) -> int:
    """How many months a part of a year has."""
    for pattern, months in _PARTS:
        if re.search(pattern, text):
            return months
    if "halvår" in text:
        return 6
    months_by_name = [i for i, month in enumerate(_MONTHS) if re.search(rf"\b{month}", text)]
    if months_by_name:
        return max(months_by_name) - min(months_by_name) + 1
    return 1 if any(re.search(rf"\b{word}", text) for word in _SEASONS) else 12


def label(matperiod: str) -> str:
    """The period in a sentence or a menu."""
    return "mätperiod ej angiven" if matperiod == UNKNOWN_PERIOD else matperiod


def year(matperiod: str) -> str:
    """The period of a yearly figure: `2023`, or that its year is not known."""
    return "mätår ej angivet" if matperiod == UNKNOWN_PERIOD else matperiod


def when(matperiod: str) -> str:
    """The period in a cell or after "Mätperiod:"."""
    return "ej angiven i källan" if matperiod == UNKNOWN_PERIOD else matperiod


def _month(text: str) -> int:
    """The last month that the period names, 12 for a whole year."""
    iso = re.search(_ISO_MONTH, text)
    if iso:
        return int(iso[2])
    for pattern, months in _PARTS:
        part = re.search(pattern, text)
        if part:
            return months * int(part[1])
    halves = [months for word, months in (("första halvår", 6), ("andra halvår", 12)) if word in text]
    months_by_name = [i + 1 for i, month in enumerate(_MONTHS) if re.search(rf"\b{month}", text)]
    seasons = [month for word, month in _SEASONS.items() if re.search(rf"\b{word}", text)]
    return max([*halves, *months_by_name, *seasons], default=12)
