"""One cell at a time: a text becomes a value, a sign for why there is none, or a refusal that says what is allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz import fuzz, process

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode
from naravard.base.kommuner import match_key
from naravard.base.mask import mask_ids
from naravard.base.model import Column, Source, Tecken

_HIDDEN = frozenset({"..", "x", "*", "sekretess"})
_NOT_APPLICABLE = frozenset({"."})
_MISSING = frozenset({"", "-", "–", "—", "null", "na", "n/a", "nan", "none", "saknas", "uppgift saknas"})
NO_VALUE = _HIDDEN | _NOT_APPLICABLE | _MISSING
"""Texts that mean "no value" in a cell about a person. They never become 0."""
_FEWER = re.compile(r"(?:<|≤|färre än|mindre än|högst)\s*\d{1,3}|1\s*[-–]\s*\d{1,2}", re.IGNORECASE)
"""`<5`, `färre än 5`, `1–4`: a small count that its owner has hidden."""
_ROUGHLY = re.compile(r"(?:~|≈|ca\.?|c:a|cirka|omkring|>|≥)\s*\d[\d\s]*(?:[.,]\d+)?", re.IGNORECASE)
_LARGEST = 10**12
_WHOLE = re.compile(r"[-\u2212]?\d+([.,]0)?")
_THOUSANDS = re.compile(r"[-\u2212]?\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_DATE_FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y")
_SHORTEST_DATE = 8
_FIRST_DAY = date(1890, 1, 1)
_TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2})?.*$")
_MEND_OR_EMPTY = "Rätta värdet, eller lämna cellen tom"
_MEND_DATE = "Rätta datumet, eller lämna cellen tom"
OUTSIDE = "utanför"
"""Marks a kommun outside the län while a column is read: its rows have a finding and are not counted."""
MEAN_OF_KOMMUNER = "medel"
"""Marks Kolada's "Alla kommuner", a mean of all kommuner in the country, which is no area."""
NUMBER_KINDS = {"integer", "number", "percent", "year"}
_NEAR_SHORT, _NEAR_LONG = 72, 85
"""How alike (0–100) a word must be to be suggested; a short one is soon unlike."""

Value = str | int | float | date | None


@dataclass(frozen=True)
class RefusedText(Exception):
    """A text that cannot be read. `what` never repeats the text.

    `is_known_word` says that the text is, or is nearly, an allowed word, so that it is no person's name.
    """

    code: FindingCode
    what: str
    allowed: str
    action: str
    is_known_word: bool = False


def value_reader(column: Column, source: Source, lan: str) -> Callable[[str], Value]:
    """What reads the texts of a column, each without spaces around it. It raises RefusedText."""
    match column.kind:
        case "area":
            return lambda text: _area(text, source, lan)
        case "category":
            codes = {_folded_with_signs(spelling): code for spelling, code in column.values.items()}
            return lambda text: _category(text, column, codes)
        case "integer" | "year":
            return lambda text: _integer(text, column)
        case "number" | "percent":
            return lambda text: _number(text.removesuffix("%").removesuffix("procent").rstrip(), column)
        case "date":
            return _date
        case _:
            return _text


def sign_of(text: str, column: Column, source: Source) -> Tecken | None:
    """Why a cell for a number holds none. Where rows are persons, a value can be missing and nothing else."""
    if column.kind not in NUMBER_KINDS:
        return None
    lower = text.casefold()
    if source.has_persons:
        return "saknas" if lower in NO_VALUE else None
    if lower in _HIDDEN or _FEWER.fullmatch(lower):
        return "dolt"
    if _ROUGHLY.fullmatch(lower):
        return "ungefarligt"
    if lower in _NOT_APPLICABLE:
        return "ej_tillampligt"
    return "saknas" if lower in _MISSING else None


def allowed_instead(text: str, column: Column | None, source: Source) -> str:
    """What is allowed, where a column cannot hold the text; empty where it can."""
    if column is None:
        return ""
    try:
        value_reader(column, source, settings.lan_kod())(text)
    except RefusedText as error:
        return error.allowed
    return ""


def _area(text: str, source: Source, lan: str) -> str:
    if "riket" in source.areas and match_key(text) == "alla kommuner":
        return MEAN_OF_KOMMUNER
    kod = kommuner.resolve(text, lan)
    if kod is None:
        allowed = f"namn eller kod på en kommun i {kommuner.lan_name(lan)}"
        if not text:
            raise RefusedText(
                FindingCode.KOMMUN_MISSING, "kommun saknas", allowed, "Fyll i kommunen eller ta bort raden"
            )
        near_name = kommuner.nearest(text, lan)
        action = f"Menas {near_name}?" if near_name else "Skriv kommunens namn eller kod"
        raise RefusedText(
            FindingCode.KOMMUN_UNKNOWN, "kommunen är okänd", allowed, action, is_known_word=bool(near_name)
        )
    kind = "riket" if kod == kommuner.RIKET else "lan" if len(kod) == 2 else "kommun"
    if kind not in source.areas:
        what, allowed = "raden gäller hela länet eller riket", "en kommun på varje rad"
        raise RefusedText(FindingCode.AREA_NOT_ALLOWED, what, allowed, "Ta bort summaraden", is_known_word=True)
    return kod if kind == "riket" or kod.startswith(lan) else OUTSIDE


def _folded_with_signs(text: str) -> str:
    """As `match_key`, with signs that change the meaning: 80+, <80 and 80 are three things."""
    return match_key(text.replace("+", " plus ").replace("<", " under ").replace(">", " över "))


def _category(text: str, column: Column, codes: Mapping[str, str | None]) -> str | None:
    if _folded_with_signs(text) in codes:
        return codes[_folded_with_signs(text)]
    if text.casefold() in NO_VALUE:
        return None
    near_word = _near_word(text, column)
    action = f"Menas {near_word}?" if near_word else "Rätta värdet, eller lämna cellen tom om uppgift saknas"
    allowed = ", ".join(_main_words(column))
    raise RefusedText(
        FindingCode.CATEGORY_UNKNOWN, "värdet är okänt", allowed, action, is_known_word=near_word is not None
    )


def _near_word(text: str, column: Column) -> str | None:
    """The allowed word that is most like a text, if any is like enough: Undersköterska is no sjuksköterska."""
    if any(map(str.isdigit, text)):
        return None
    # short words are alike by chance
    words = {spelling: match_key(spelling) for spelling in column.values if len(spelling) > 3}
    cutoff = _NEAR_SHORT if len(text) < 8 else _NEAR_LONG
    match = process.extractOne(match_key(text), words, scorer=fuzz.ratio, score_cutoff=cutoff)
    return match[2] if match else None


def _main_words(column: Column) -> list[str]:
    """One spelling of each value, the first: all of them would be a long list."""
    return list({code: spelling for spelling, code in reversed(list(column.values.items()))}.values())[::-1]


def _integer(text: str, column: Column) -> int:
    value = _number(text, column)
    # 1.000 is a thousand to some and one to others, so only a plain ",0" may follow a whole number
    if not _WHOLE.fullmatch("".join(text.split())):
        allowed = _range(column, "ett heltal utan punkt och komma")
        raise RefusedText(FindingCode.NOT_AN_INTEGER, "värdet är inget heltal", allowed, "Rätta värdet")
    return int(value)


def _number(text: str, column: Column) -> float:
    value = _float(text)
    if value is None:
        raise RefusedText(FindingCode.NOT_A_NUMBER, "värdet är inget tal", _range(column, "ett tal"), _MEND_OR_EMPTY)
    low = -_LARGEST if column.minimum is None else column.minimum
    high = _LARGEST if column.maximum is None else column.maximum
    if not low <= value <= high:
        what, allowed = "värdet är utanför det möjliga", _range(column, "ett tal")
        raise RefusedText(FindingCode.OUT_OF_RANGE, what, allowed, _MEND_OR_EMPTY)
    return value


def _float(text: str) -> float | None:
    """`1 885,5` → 1885.5. A space stands between thousands and nowhere else: "1 2" is two numbers."""
    if any(c.isspace() for c in text) and not _THOUSANDS.fullmatch(text):
        return None
    digits = "".join(text.split()).replace("\u2212", "-").replace(",", ".")
    try:
        return float(digits) if digits.isascii() and set(digits) <= set("0123456789.-") else None
    except ValueError:
        return None


def _date(text: str) -> date | None:
    if text.casefold() in NO_VALUE:
        return None
    day = _day(_TIME.sub("", text))
    if day is None:
        what = "värdet är inget datum som finns"
        raise RefusedText(FindingCode.NOT_A_DATE, what, "ÅÅÅÅ-MM-DD", _MEND_DATE)
    if not _FIRST_DAY <= day <= date.today():
        raise RefusedText(FindingCode.IMPOSSIBLE_DATE, "datumet är omöjligt", "en dag som har varit", _MEND_DATE)
    return day


def _day(text: str) -> date | None:
    for form in _DATE_FORMS if len(text) >= _SHORTEST_DATE else ():
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _text(text: str) -> str | None:
    if mask_ids(text) != text:
        what, action = "texten liknar ett person-id", "Kontrollera att kolumnerna inte är förskjutna"
        raise RefusedText(FindingCode.ID_IN_TEXT, what, "text utan person-id", action)
    return unicodedata.normalize("NFC", text) or None


def _range(column: Column, noun: str) -> str:
    if column.minimum is None:
        return noun
    if column.maximum is None or column.maximum >= 10**6:
        return f"{noun} från {column.minimum:g}"
    return f"{noun} från {column.minimum:g} till {column.maximum:g}"
