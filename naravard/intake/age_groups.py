"""Age groups as SCB writes them: `80+`, `65–69 år`, `80 år`, `100+ år`, `85-w`, `total ålder`."""

from __future__ import annotations

import re

from naravard.base.codes import FindingCode
from naravard.base.model import Column
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.refused import RefusedText

_OLDEST = 130
_NOTHING = {"..", ".", "-", "–"}
_AGES = re.compile(
    r"(?P<first>\d{1,3})\s*(?:år)?\s*(?:(?P<open>\+|-w|–w|\s+(?:år\s+)?(?:och|eller) äldre|[-–](?=\s*år$|$))"
    r"|(?:-|–|\s+till\s+)\s*(?P<last>\d{1,3}))?\s*(?:år)?(?:\s+(?:och|eller) äldre)?",
    re.IGNORECASE,
)

_YOUNGEST = re.compile(
    r"(?:[-–](?P<last>\d{1,3})|(?:<|under|yngre än)\s*(?P<below>[1-9]\d{0,2}))\s*(?:år)?", re.IGNORECASE
)
"""`-64`, `<65`, `under 65 år`: from birth on."""


def age_group(text: str, column: Column) -> str | None:
    """`80+` as its own code, `65–69 år` as `65-69`, `80 år` as `80-80`, `100+ år` as `100+`. Raises RefusedText."""
    codes = codes_of(column)
    if folded_with_signs(text) in codes:
        return codes[folded_with_signs(text)]
    if not text or text in _NOTHING:
        return None
    if youngest := _YOUNGEST.fullmatch(text):
        return f"0-{int(youngest['last'] or int(youngest['below']) - 1)}"
    match = _AGES.fullmatch(_in_swedish(text))
    if match is not None:
        first, last = int(match["first"]), int(match["last"] or match["first"])
        if match["open"] or _in_swedish(text).casefold().endswith("äldre"):
            return f"{first}+"
        if first <= last <= _OLDEST:
            return f"{first}-{last}"
    allowed = "totalt, en ålder i taget (80 år), femårsgrupper (80–84 år), eller 65+, 75+, 80+ och 85+"
    raise RefusedText(FindingCode.CATEGORY_UNKNOWN, "åldern går inte att läsa", allowed, "Rätta värdet")


def is_age(text: str) -> bool:
    """Whether a label is an age or several: `0–64 år`, `80+`, `80`."""
    plain = text.strip()
    return _YOUNGEST.fullmatch(plain) is not None or _AGES.fullmatch(_in_swedish(plain)) is not None


def _in_swedish(text: str) -> str:
    """In words that are known: `From 65 to 69 years`, `80 years or over`, `80 år o.ä.`, `därav 80+`."""
    words = re.sub(r"^(?:from|aged?|därav|varav|däribland)\s+", "", text, flags=re.IGNORECASE)
    words = re.sub(r"\byears?\b", "år", words, flags=re.IGNORECASE)
    words = re.sub(r"\b(?:or|and) (?:over|older)\b", "och äldre", words, flags=re.IGNORECASE)
    words = re.sub(
        r"\b(?:och|eller) (?:över|uppåt)(?!\w)|\bo\.?\s?ä(?:\.|ldre)?(?!\w)", "och äldre", words, flags=re.IGNORECASE
    )
    return re.sub(r"\s+to\s+", "-", words, flags=re.IGNORECASE)
