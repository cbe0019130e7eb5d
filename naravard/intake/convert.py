"""Text to values, column by column: each distinct text is read once, and each that cannot be read is told once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import folded
from naravard.base.mask import MASKED_TEXT, masked, masked_value
from naravard.base.model import (
    Column,
    Finding,
    Source,
    Tecken,
)

_HIDDEN = frozenset({"..", "x", "*", "sekretess"})
_NOT_APPLICABLE = frozenset({"."})
_MISSING = frozenset({"", "-", "–", "—", "null", "na", "n/a", "nan", "none", "saknas", "uppgift saknas"})
MISSING = _HIDDEN | _NOT_APPLICABLE | _MISSING
"""Texts that mean "no value" in a cell about a person. They never become 0."""
_FEWER = re.compile(r"(?:<|≤|färre än|mindre än|högst)\s*\d{1,3}|1\s*[-–]\s*\d{1,2}", re.IGNORECASE)
"""`<5`, `färre än 5`, `1–4`: a small count that its owner has hidden."""
_ROUGHLY = re.compile(r"(?:~|≈|ca\.?|c:a|cirka|omkring|>|≥)\s*\d[\d\s]*(?:[.,]\d+)?", re.IGNORECASE)
MOST_FINDINGS = 1000
_OFTEN = 3
"""A text on so many rows is no person's."""
_SHORT_NUMBER = re.compile(r"[-\d.,%<>~ ]{1,7}")
_LARGEST = 10**12
_WHOLE = re.compile(r"[-\u2212]?\d+([.,]0)?")
_THOUSANDS = re.compile(r"[-\u2212]?\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_DATES = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y")
_SHORTEST_DATE = 8
_TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2})?.*$")
_MEND_OR_EMPTY = "Rätta värdet, eller lämna cellen tom"
_MEND_DATE = "Rätta datumet, eller lämna cellen tom"
OUTSIDE = "utanför"
"""Marks a kommun outside the län while a column is read: its rows are told and not counted."""
MEAN_OF_KOMMUNER = "medel"
"""Marks Kolada's "Alla kommuner", a mean of all kommuner in the country, which is no area."""
_TOLD: Mapping[Tecken, tuple[FindingCode, str]] = {
    "dolt": (FindingCode.NUMBER_HIDDEN, "läses som ett dolt tal"),
    "ungefarligt": (FindingCode.NUMBER_ROUGH, "är bara ungefärligt och läses som att talet saknas"),
}

Value = str | int | float | date | None
_TYPES: dict[str, pa.DataType] = {
    "area": pa.string(),
    "category": pa.string(),
    "integer": pa.int64(),
    "year": pa.int32(),
    "number": pa.float64(),
    "percent": pa.float64(),
    "date": pa.date32(),
    "text": pa.string(),
}
_NUMBERS = {"integer", "number", "percent", "year"}


@dataclass(frozen=True)
class Refused(Exception):
    """A text that cannot be read. `what` never repeats the text.

    `recognised` says that the text is, or is nearly, an allowed word, so that it is no person's name.
    """

    code: FindingCode
    what: str
    allowed: str
    action: str
    recognised: bool = False


@dataclass(frozen=True)
class Converted:
    """A column as values. `signs` says why a number is not there, for sources without persons."""

    values: pa.Array
    signs: pa.Array | None
    findings: list[Finding]


def convert(
    texts: pa.DictionaryArray, rows: pa.ChunkedArray, column: Column, heading: str, source: Source, lan: str
) -> Converted:
    """Read one column. `texts` and `rows` (row numbers in the file) are of equal length, as are the answers."""
    read = _reader(column, source, lan)
    spelled = texts.dictionary.to_pylist()
    values: list[Value] = []
    signs: list[Tecken | None] = []
    refused: dict[int, Refused] = {}
    for code, text in enumerate(spelled):
        stripped = text.replace("\u00a0", " ").strip()
        sign = _sign(stripped, column, source)
        signs.append(sign)
        if len(refused) > MOST_FINDINGS:  # enough is told: the rest is only read so far as it must be
            values.append(None)
            refused[code] = next(iter(refused.values()))
            continue
        try:
            values.append(None if sign else read(stripped))
        except Refused as error:
            values.append(None)
            refused[code] = error
    if column.kind == "percent":
        values = _in_percent(values, spelled)
    findings = _refusals(texts, rows, heading, refused, source) if refused else []
    findings += _about_signs(texts, rows, heading, signs)
    if column.required and not source.has_persons and not source.cumulative:
        findings += _about_missing(texts, rows, heading, signs)
    has_signs = column.kind in _NUMBERS and not source.has_persons
    return Converted(
        pa.array(values, _TYPES[column.kind]).take(texts.indices),
        pa.array(signs, pa.string()).take(texts.indices) if has_signs else None,
        findings,
    )


def not_readable(text: str, column: Column | None, source: Source) -> str:
    """What is allowed, where a column cannot hold the text; empty where it can."""
    if column is None:
        return ""
    try:
        _reader(column, source, settings.lan_kod())(text)
    except Refused as error:
        return error.allowed
    return ""


def capped(findings: list[Finding]) -> list[Finding]:
    """The first findings of a kind, and how many more there are: nobody reads twenty thousand lines."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    rest = len(findings) - MOST_FINDINGS
    more = f"ytterligare {rest} fel av samma slag" if rest > 1 else "ytterligare ett fel av samma slag"
    return [*findings[:MOST_FINDINGS], Finding(Level.ERROR, FindingCode.MORE_ALIKE, more, column=findings[0].column)]


def _sign(text: str, column: Column, source: Source) -> Tecken | None:
    """Why a cell for a number holds none. Where rows are persons, a value can be missing and nothing else."""
    if column.kind not in _NUMBERS:
        return None
    lower = text.casefold()
    if source.has_persons:
        return "saknas" if lower in MISSING else None
    if lower in _HIDDEN or _FEWER.fullmatch(lower):
        return "dolt"
    if _ROUGHLY.fullmatch(lower):
        return "ungefarligt"
    if lower in _NOT_APPLICABLE:
        return "ej_tillampligt"
    return "saknas" if lower in _MISSING else None


def _about_signs(
    texts: pa.DictionaryArray, rows: pa.ChunkedArray, heading: str, signs: list[Tecken | None]
) -> list[Finding]:
    findings = []
    for sign, (code, what) in _TOLD.items():
        hits = pa.array([s == sign for s in signs], pa.bool_()).take(texts.indices)
        if sign not in signs or not pc.any(hits).as_py():
            continue
        first, count = pc.min(rows.filter(hits)).as_py(), pc.sum(hits).as_py()
        example = next(text.strip() for text, s in zip(texts.dictionary.to_pylist(), signs, strict=True) if s == sign)
        findings.append(Finding(Level.NOTE, code, what, column=heading, row=first, value=example[:20], count=count))
    return findings


def _about_missing(
    texts: pa.DictionaryArray, rows: pa.ChunkedArray, heading: str, signs: list[Tecken | None]
) -> list[Finding]:
    """A number that a table ought to have and has not: a dash, an empty cell, or a formula that failed."""
    hits = pa.array([sign == "saknas" for sign in signs], pa.bool_()).take(texts.indices)
    if not pc.any(hits).as_py():
        return []
    first, count = pc.min(rows.filter(hits)).as_py(), pc.sum(hits).as_py()
    action = "Kontrollera cellen. Den kan vara tom, eller ha en formel som inte gick att räkna"
    what, allowed = "tal saknas", "ett tal, eller .. för ett dolt"
    return [Finding(Level.WARNING, FindingCode.NUMBER_MISSING, what, allowed, action, heading, first, count=count)]


def _in_percent(values: list[Value], texts: list[str]) -> list[Value]:
    """Shares in percent, for a column that writes them as `0,95`."""
    numbers = [value for value in values if isinstance(value, float)]
    if not numbers or max(numbers) > 1 or any("%" in text for text in texts):
        return values
    return [100 * value if isinstance(value, float) else value for value in values]


def _refusals(
    texts: pa.DictionaryArray, rows: pa.ChunkedArray, heading: str, refused: dict[int, Refused], source: Source
) -> list[Finding]:
    """One finding for each text that was refused, in the order of the file."""
    places = (
        pa.table({"code": texts.indices, "row": rows}).group_by("code").aggregate([("row", "min"), ("row", "count")])
    )
    found = sorted((p["row_min"], p["row_count"], p["code"]) for p in places.to_pylist() if p["code"] in refused)
    findings = []
    for row, count, code in found:
        error, text = refused[code], texts.dictionary[code].as_py().strip()
        told = masked_value(text)[:60]
        known = error.recognised or count >= _OFTEN or _SHORT_NUMBER.fullmatch(text)
        if source.has_persons and told == text and not known:  # one word in the wrong place can be a name
            told = MASKED_TEXT if text else ""
        findings.append(
            Finding(Level.ERROR, error.code, error.what, error.allowed, error.action, heading, row, told or None, count)
        )
    return capped(findings)


def _reader(column: Column, source: Source, lan: str) -> Callable[[str], Value]:
    match column.kind:
        case "area":
            return lambda text: _area(text, source, lan)
        case "category":
            spellings = {_folded(spelling): code for spelling, code in column.values.items()}
            return lambda text: _category(text, column, spellings)
        case "integer" | "year":
            return lambda text: _integer(text, column)
        case "number" | "percent":
            return lambda text: _number(text.removesuffix("%").removesuffix("procent").rstrip(), column)
        case "date":
            return _date
        case _:
            return _text


def _area(text: str, source: Source, lan: str) -> str:
    if "riket" in source.areas and folded(text) == "alla kommuner":
        return MEAN_OF_KOMMUNER
    kod = kommuner.resolve(text, lan)
    if kod is None:
        allowed = f"namn eller kod på en kommun i {kommuner.lan_name(lan)}"
        if not text:
            raise Refused(FindingCode.KOMMUN_MISSING, "kommun saknas", allowed, "Fyll i kommunen eller ta bort raden")
        near = kommuner.nearest(text, lan)
        action = f"Menas {near}?" if near else "Skriv kommunens namn eller kod"
        raise Refused(FindingCode.KOMMUN_UNKNOWN, "kommunen är okänd", allowed, action, recognised=bool(near))
    kind = "riket" if kod == kommuner.RIKET else "lan" if len(kod) == 2 else "kommun"
    if kind not in source.areas:
        what, allowed = "raden gäller hela länet eller riket", "en kommun på varje rad"
        raise Refused(FindingCode.AREA_NOT_ALLOWED, what, allowed, "Ta bort summaraden", recognised=True)
    return kod if kind == "riket" or kod.startswith(lan) else OUTSIDE


def _folded(text: str) -> str:
    """As `folded`, with signs that change the meaning: 80+, <80 and 80 are three things."""
    return folded(text.replace("+", " plus ").replace("<", " under ").replace(">", " över "))


def _category(text: str, column: Column, spellings: Mapping[str, str | None]) -> str | None:
    if _folded(text) in spellings:
        return spellings[_folded(text)]
    if text.casefold() in MISSING:
        return None
    # short words are alike by chance, and Undersköterska is no sjuksköterska
    words = {spelling: folded(spelling) for spelling in column.values if len(spelling) > 3}
    cutoff = 72 if len(text) < 8 else 85
    near = (
        None
        if any(map(str.isdigit, text))
        else process.extractOne(folded(text), words, scorer=fuzz.ratio, score_cutoff=cutoff)
    )
    hint = f"Menas {near[2]}?" if near else "Rätta värdet, eller lämna cellen tom om uppgift saknas"
    allowed = ", ".join(_main_words(column))
    raise Refused(FindingCode.CATEGORY_UNKNOWN, "värdet är okänt", allowed, hint, recognised=near is not None)


def _main_words(column: Column) -> list[str]:
    """One spelling of each value, the first: all of them would be a long list."""
    return list({code: spelling for spelling, code in reversed(list(column.values.items()))}.values())[::-1]


def _integer(text: str, column: Column) -> int | None:
    value = _number(text, column)
    # 1.000 is a thousand to some and one to others, so only a plain ",0" may follow a whole number
    if value is not None and not _WHOLE.fullmatch("".join(text.split())):
        allowed = _range(column, "ett heltal utan punkt och komma")
        raise Refused(FindingCode.NOT_AN_INTEGER, "värdet är inget heltal", allowed, "Rätta värdet")
    return None if value is None else int(value)


def _number(text: str, column: Column) -> float | None:
    # a space stands between thousands and nowhere else: "1 2" is two numbers
    if any(c.isspace() for c in text) and not _THOUSANDS.fullmatch(text):
        value = None
    else:
        digits = "".join(text.split()).replace("\u2212", "-").replace(",", ".")
        try:
            value = float(digits) if digits.isascii() and set(digits) <= set("0123456789.-") else None
        except ValueError:
            value = None
    if value is None:
        raise Refused(FindingCode.NOT_A_NUMBER, "värdet är inget tal", _range(column, "ett tal"), _MEND_OR_EMPTY)
    low = -_LARGEST if column.minimum is None else column.minimum
    high = _LARGEST if column.maximum is None else column.maximum
    if not low <= value <= high:
        what, allowed = "värdet är utanför det möjliga", _range(column, "ett tal")
        raise Refused(FindingCode.OUT_OF_RANGE, what, allowed, _MEND_OR_EMPTY)
    return value


def _date(text: str) -> date | None:
    if text.casefold() in MISSING:
        return None
    day = None
    written = _TIME.sub("", text)
    for form in _DATES if len(written) >= _SHORTEST_DATE else ():
        try:
            day = datetime.strptime(written, form).date()
            break
        except ValueError:
            continue
    if day is None:
        raise Refused(FindingCode.NOT_A_DATE, "värdet är inget datum som finns", "ÅÅÅÅ-MM-DD", _MEND_DATE)
    if not date(1890, 1, 1) <= day <= date.today():
        raise Refused(FindingCode.IMPOSSIBLE_DATE, "datumet är omöjligt", "en dag som har varit", _MEND_DATE)
    return day


def _text(text: str) -> str | None:
    if masked(text) != text:
        what, action = "texten liknar ett person-id", "Kontrollera att kolumnerna inte är förskjutna"
        raise Refused(FindingCode.ID_IN_TEXT, what, "text utan person-id", action)
    return unicodedata.normalize("NFC", text) or None


def _range(column: Column, noun: str) -> str:
    if column.minimum is None:
        return noun
    if column.maximum is None or column.maximum >= 10**6:
        return f"{noun} från {column.minimum:g}"
    return f"{noun} från {column.minimum:g} till {column.maximum:g}"
