"""Units that stand behind a number in its cell: `1 234 kr`, `12,5 ‰`."""

from __future__ import annotations

import re

PERCENT = "procent"
_UNITS = {
    **dict.fromkeys(("%", PERCENT), PERCENT),
    **dict.fromkeys(("kr", "kronor", "sek", ":-"), "kr"),
    "tkr": "tkr",
    **dict.fromkeys(("mkr", "mnkr"), "mnkr"),
    **dict.fromkeys(("‰", "promille"), "promille"),
    **dict.fromkeys(("kr/inv", "kr/invånare", "kr per invånare"), "kr per invånare"),
    **dict.fromkeys(("kr/brukare", "kr per brukare"), "kr per brukare"),
    **dict.fromkeys(("dagar", "timmar", "minuter", "personer", "besök"), ""),
}
"""What a unit is written as → what it is called; nothing where it is called so."""
_ANY_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_WITH_UNIT = re.compile(rf"(?P<number>[-\u2212]?\d[\d\s'’.,]*?)\s?(?P<unit>{_ANY_UNIT})\.?", re.IGNORECASE)
_LONGEST = 40


_AT_END = re.compile(rf"(?:, |\()(?P<unit>{_ANY_UNIT})\)?", re.IGNORECASE)


def unit_at_end(title: str) -> str:
    """`Kostnad hemsjukvård, kr/inv` → `kr per invånare`; empty where no known unit ends a title."""
    places = [match for match in _AT_END.finditer(title) if match.end() == len(title)]
    unit = places[-1]["unit"].casefold() if places else ""
    return _UNITS.get(unit) or unit


def number_and_unit(text: str) -> tuple[str, str] | None:
    """`1 234 kr` → (`1 234`, `kr`); None where no known unit stands behind a number."""
    match = _WITH_UNIT.fullmatch(text.strip()) if len(text) <= _LONGEST and not text[-1:].isdigit() else None
    if match is None:
        return None
    unit = match["unit"].casefold()
    return match["number"], _UNITS[unit] or unit
