"""Text to values, column by column: each distinct text is read once, and each that cannot be read is told once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import process

from naravard import kommuner
from naravard.intake.mask import masked, masked_value
from naravard.kommuner import folded
from naravard.model import Column, Finding, Source

MISSING = frozenset({"", ".", "..", "-", "–", "x", "null", "na", "n/a"})
"""Texts that mean "no value" in number and category columns. They never become 0."""
MOST_FINDINGS = 20
_LARGEST = 10**12
_WHOLE = re.compile(r"[-\u2212]?\d+([.,]0)?")
OUTSIDE = "utanför"
"""Marks a kommun outside the län while a column is read: its rows are told and not counted."""

Value = str | int | float | None
_TYPES: dict[str, pa.DataType] = {
    "area": pa.string(),
    "category": pa.string(),
    "integer": pa.int64(),
    "year": pa.int32(),
    "number": pa.float64(),
    "text": pa.string(),
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
        return _person_ids(texts, rows, column)
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
    findings = _refusals(encoded, rows, column, refused) if refused else []
    return pa.array(values, _TYPES[column.kind]).take(encoded.indices), findings


def capped(findings: list[Finding]) -> list[Finding]:
    """The first findings of a kind, and how many more there are: nobody reads twenty thousand lines."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    rest = len(findings) - MOST_FINDINGS
    more = f"ytterligare {rest} fel av samma slag" if rest > 1 else "ytterligare ett fel av samma slag"
    return [*findings[:MOST_FINDINGS], Finding("fel", more, column=findings[0].column)]


def _refusals(
    encoded: pa.DictionaryArray, rows: pa.ChunkedArray, column: Column, refused: dict[int, Refused]
) -> list[Finding]:
    """One finding for each text that was refused, in the order of the file."""
    places = (
        pa.table({"code": encoded.indices, "row": rows}).group_by("code").aggregate([("row", "min"), ("row", "count")])
    )
    found = sorted((p["row_min"], p["row_count"], p["code"]) for p in places.to_pylist() if p["code"] in refused)
    findings = []
    for row, count, code in found:
        error, text = refused[code], masked_value(encoded.dictionary[code].as_py())[:60]
        findings.append(Finding("fel", error.what, error.allowed, error.action, column.name, row, text or None, count))
    return capped(findings)


def _person_ids(texts: pa.ChunkedArray, rows: pa.ChunkedArray, column: Column) -> tuple[pa.Array, list[Finding]]:
    """Ids in one spelling: no spaces, plain hyphens, capitals. Those that are missing or destroyed are told."""
    ids = pc.utf8_upper(pc.replace_substring_regex(texts, r"[\s\p{Z}\p{Cf}]", ""))
    ids = pc.replace_substring_regex(ids, r"[\p{Pd}\x{2212}]", "-")
    ids = pc.replace_substring_regex(ids, r"^(\d{10}|\d{12})[.,]0$", r"\1")
    told = [
        (
            pc.match_substring_regex(ids, r"^(X|NULL|NA|N/A|OKÄND|OKÄNT|SAKNAS|[^\pL\pN]*)$"),
            "person-id saknas",
            "ett id på varje rad",
            "Fyll i eller ta bort raden: utan id går det inte att se om personen redan är räknad",
        ),
        (
            pc.match_substring_regex(ids, r"^\d+([.,]\d+)?E[-+]?\d+$"),
            "person-id är förstört: Excel har gjort om det till ett tal",
            "id:t som text",
            "Hämta uttaget på nytt, och öppna det inte i Excel före inläsningen",
        ),
    ]
    findings = []
    for hits, what, allowed, action in told:
        if pc.any(hits).as_py():
            first, count = pc.min(rows.filter(hits)).as_py(), pc.sum(hits).as_py()
            findings.append(Finding("fel", what, allowed, action, column.name, first, None, count))
    return ids.combine_chunks(), findings


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
        case _:
            return _text


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
    # 1.000 is a thousand to some and one to others, so only a plain ",0" may follow a whole number
    if value is not None and not _WHOLE.fullmatch("".join(text.split())):
        raise Refused("värdet är inget heltal", _range(column, "ett heltal utan punkt och komma"), "Rätta värdet")
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
    low = -_LARGEST if column.minimum is None else column.minimum
    high = _LARGEST if column.maximum is None else column.maximum
    if not low <= value <= high:
        raise Refused(
            "värdet är utanför det möjliga", _range(column, "ett tal"), "Rätta värdet, eller lämna cellen tom"
        )
    return value


def _text(text: str) -> str | None:
    if masked(text) != text:
        raise Refused(
            "texten liknar ett person-id", "text utan person-id", "Kontrollera att kolumnerna inte är förskjutna"
        )
    return text or None


def _range(column: Column, noun: str) -> str:
    if column.minimum is None:
        return noun
    if column.maximum is None or column.maximum >= 10**6:
        return f"{noun} från {column.minimum:g}"
    return f"{noun} från {column.minimum:g} till {column.maximum:g}"
