"""Text to values, column by column: each distinct text is read once, and each that cannot be read is told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process

from naravard import kommuner
from naravard.intake.mask import masked
from naravard.kommuner import folded
from naravard.model import Column, Finding, Source

MISSING = frozenset({"", ".", "..", "-", "–", "x", "null", "na", "n/a"})
"""Texts that mean "no value" in number and category columns. They never become 0."""
OUTSIDE = "utanför"
"""Marks a kommun outside the län while a column is read: its rows are told and not counted."""

Value = str | int | float | date | None
_TYPES: dict[str, pa.DataType] = {
    "area": pa.string(),
    "category": pa.string(),
    "integer": pa.int64(),
    "year": pa.int32(),
    "number": pa.float64(),
    "date": pa.date32(),
    "text": pa.string(),
    "person": pa.string(),
}


@dataclass(frozen=True)
class Refused(Exception):
    """A text that cannot be read. `what` never repeats the text."""

    what: str
    allowed: str
    action: str


def convert(
    texts: pa.ChunkedArray, rows: pa.ChunkedArray, column: Column, source: Source, lan: str
) -> tuple[pa.Array, list[Finding]]:
    """Read one column. `texts` and `rows` (row numbers in the file) are of equal length, as is the answer."""
    if column.kind == "person":
        return texts.combine_chunks(), _missing_ids(texts, rows, column)
    encoded = texts.combine_chunks().dictionary_encode()
    read = _reader(column, source, lan)
    values: list[Value] = []
    refused: dict[int, Refused] = {}
    for code, text in enumerate(encoded.dictionary.to_pylist()):
        try:
            values.append(read(text.strip()))
        except Refused as error:
            values.append(None)
            refused[code] = error
    findings = [_finding(encoded, rows, column, code, error) for code, error in refused.items()]
    return pa.array(values, _TYPES[column.kind]).take(encoded.indices), findings


def _finding(encoded: pa.DictionaryArray, rows: pa.ChunkedArray, column: Column, code: int, error: Refused) -> Finding:
    hits = pc.equal(encoded.indices, code)
    first = pc.min(rows.filter(hits)).as_py()
    text = encoded.dictionary[code].as_py()
    return Finding(
        "fel", error.what, error.allowed, error.action, column.name, first, masked(text)[:60], pc.sum(hits).as_py()
    )


def _missing_ids(texts: pa.ChunkedArray, rows: pa.ChunkedArray, column: Column) -> list[Finding]:
    empty = pc.equal(pc.utf8_trim_whitespace(texts), "")
    if not pc.any(empty).as_py():
        return []
    first, count = pc.min(rows.filter(empty)).as_py(), pc.sum(empty).as_py()
    action = "Fyll i eller ta bort raden: utan id går det inte att se om personen redan är räknad"
    return [Finding("fel", "person-id saknas", "ett id på varje rad", action, column.name, first, None, count)]


def _reader(column: Column, source: Source, lan: str) -> Callable[[str], Value]:
    match column.kind:
        case "area":
            return lambda text: _area(text, source, lan)
        case "category":
            spellings = {folded(spelling): code for spelling, code in column.values.items()}
            return lambda text: _category(text, column, spellings)
        case "integer" | "year":
            return lambda text: _integer(text, column)
        case "number":
            return lambda text: _number(text, column)
        case "date":
            return _date
        case _:
            return lambda text: text or None


def _area(text: str, source: Source, lan: str) -> str:
    kod = kommuner.resolve(text, lan)
    if kod is None:
        near = kommuner.nearest(text, lan)
        hint = f"Menas {near}?" if near else "Se listan i data/kommuner.csv"
        raise Refused("kommunen är okänd", f"namn eller kod på en kommun i {kommuner.lan_name(lan)}", hint)
    kind = "riket" if kod == kommuner.RIKET else "lan" if len(kod) == 2 else "kommun"
    if kind not in source.areas:
        raise Refused("raden gäller hela länet eller riket", "en kommun på varje rad", "Ta bort summaraden")
    return kod if kind == "riket" or kod.startswith(lan) else OUTSIDE


def _category(text: str, column: Column, spellings: dict[str, str]) -> str | None:
    if text.casefold() in MISSING:
        return None
    code = spellings.get(folded(text))
    if code is None:
        near = process.extractOne(folded(text), list(spellings), score_cutoff=70)
        hint = f"Menas {near[0]}?" if near else "Rätta värdet, eller lämna cellen tom om uppgift saknas"
        raise Refused("värdet är okänt", ", ".join(column.values), hint)
    return code


def _integer(text: str, column: Column) -> int | None:
    value = _number(text, column)
    if value is not None and not value.is_integer():
        raise Refused("värdet är inget heltal", _range(column, "ett heltal"), "Rätta värdet")
    return None if value is None else int(value)


def _number(text: str, column: Column) -> float | None:
    if text.casefold() in MISSING:
        return None
    digits = "".join(text.split()).replace("\u2212", "-").replace(",", ".")
    try:
        value = float(digits) if set(digits) <= set("0123456789.-") else None
    except ValueError:
        value = None
    if value is None:
        raise Refused("värdet är inget tal", _range(column, "ett tal"), "Rätta värdet, eller lämna cellen tom")
    low, high = column.minimum, column.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise Refused(
            "värdet är utanför det möjliga", _range(column, "ett tal"), "Rätta värdet, eller lämna cellen tom"
        )
    return value


def _range(column: Column, noun: str) -> str:
    if column.minimum is None:
        return noun
    if column.maximum is None:
        return f"{noun} från {column.minimum:g}"
    return f"{noun} från {column.minimum:g} till {column.maximum:g}"


def _date(text: str) -> date | None:
    if text.casefold() in MISSING:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("värdet är inget datum", "ÅÅÅÅ-MM-DD", "Rätta datumet") from None
