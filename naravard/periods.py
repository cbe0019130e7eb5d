"""Matperioder: the texts that say when a figure was measured, and their order in time."""

from __future__ import annotations

import re

from naravard.model import UNKNOWN_PERIOD

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SEASONS = {"vinter": 1, "vår": 4, "vt": 4, "sommar": 7, "höst": 10, "ht": 10}


def year_of(matperiod: str) -> int | None:
    """The year that a matperiod such as "våren 2024" names; None where it names none or several."""
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", matperiod))
    return int(years.pop()) if len(years) == 1 else None


def sort_key(matperiod: str) -> tuple[int, int, str]:
    """Order in time: by year, then by season, quarter or month. A period without a year comes first."""
    if matperiod == UNKNOWN_PERIOD:
        return (0, 0, "")
    years = re.findall(r"(?:19|20)\d\d", matperiod)
    return (max(map(int, years), default=0), _month(matperiod.casefold()), matperiod)


def label(matperiod: str) -> str:
    """The period in a sentence or a menu."""
    return "mätperiod ej angiven" if matperiod == UNKNOWN_PERIOD else matperiod


def when(matperiod: str) -> str:
    """The period in a cell or after "Mätperiod:"."""
    return "ej angiven i källan" if matperiod == UNKNOWN_PERIOD else matperiod


def _month(text: str) -> int:
    iso = re.search(r"\d{4}-(\d\d)", text)
    quarter = re.search(r"\b(?:kv|kvartal|q)\s*([1-4])\b", text)
    if iso:
        return int(iso[1])
    if quarter:
        return 3 * int(quarter[1])
    named = [i + 1 for i, month in enumerate(_MONTHS) if re.search(rf"\b{month}", text)]
    return max([*named, *(rank for word, rank in _SEASONS.items() if re.search(rf"\b{word}", text))], default=12)
