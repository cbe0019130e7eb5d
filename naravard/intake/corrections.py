"""Known errors of providers: a table that says what stands in their files and what it ought to be.

The table is the document `rattelser.csv` (`;`, UTF-8): kalla, kolumn, fel_varde, ratt_varde, varfor.
A correction that a file did not need has a finding, so that it can be removed when the provider has mended the error.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields

import pyarrow as pa
import pyarrow.compute as pc

from naravard import sources
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.mask import refuse_ids
from naravard.base.model import Correction, Finding, Source
from naravard.intake.cells import allowed_instead
from naravard.intake.folding import text_key
from naravard.intake.read.body import first_and_count
from naravard.shared import documents
from naravard.shared.documents import Documents

_NAMES = [field.name for field in fields(Correction)]
NOT_HERE = "hör inte hit"
"""What a text is said to mean whose rows are not to be counted at all."""
_CORRECTABLE = {"area", "category", "integer", "number", "percent", "year"}


def load() -> list[Correction]:
    """All corrections. Raises UserError for a table that cannot be read."""
    shared_documents = documents.of_installation()
    with _told_of(shared_documents):
        return _corrections_of(shared_documents.read(documents.CORRECTIONS))


def _corrections_of(text: str | None) -> list[Correction]:
    rows = csv.DictReader(io.StringIO(text or ""), delimiter=";")
    return [_valid(Correction(**{name: (row[name] or "").strip() for name in _NAMES})) for row in rows]


def of_source(kalla: str) -> list[Correction]:
    """The corrections of one source's files."""
    return [correction for correction in load() if correction.kalla == kalla]


def add(correction: Correction) -> None:
    """Write one more correction. One of the same wrong value takes the place of the old one."""
    correction = _valid(correction)
    _change(lambda table: [*_others(table, correction), correction])


def remove(correction: Correction) -> None:
    """Take a correction away."""
    _change(lambda table: _others(table, correction))


def correctable(source: Source) -> dict[str, str]:
    """Columns in which a known error can be corrected, with what they are: never persons, never free text."""
    columns = [c for form in (source, *source.forms) for c in form.columns if c.kind in _CORRECTABLE]
    return {column.name: column.description for column in reversed(columns)}


def apply(
    texts: pa.DictionaryArray,
    row_numbers: pa.Array,
    kolumn: str,
    heading: str,
    corrections: Sequence[Correction],
) -> tuple[pa.DictionaryArray, list[Finding]]:
    """The column with its known errors corrected, and a finding for each of them."""
    by_wrong_text = {text_key(c.fel_varde): c for c in corrections if c.kolumn == kolumn}
    if not by_wrong_text:
        return texts, []
    spellings = texts.dictionary.to_pylist()
    by_code = {code: c for code, text in enumerate(spellings) if (c := by_wrong_text.get(text_key(text)))}
    right_texts = [by_code[code].ratt_varde if code in by_code else text for code, text in enumerate(spellings)]
    findings = []
    for correction in by_wrong_text.values():
        codes = [code for code, c in by_code.items() if c is correction]
        hits = pc.is_in(texts.indices, value_set=pa.array(codes, texts.indices.type))
        findings.append(_finding(correction, heading, first_and_count(row_numbers, hits)))
    return pa.DictionaryArray.from_arrays(texts.indices, pa.array(right_texts, pa.string())), findings


def _finding(correction: Correction, heading: str, rows: tuple[int, int] | None) -> Finding:
    """That an error was corrected on `rows` (the first, and how many), or that the file has it no longer."""
    exchange = f"”{correction.fel_varde}” → ”{correction.ratt_varde}”"
    if rows is None:
        what = f"rättelsen {exchange} behövdes inte i filen"
        action = "Ta bort den ur rättelserna om leverantören har rättat felet"
        return Finding(Level.NOTE, FindingCode.CORRECTION_UNUSED, what, action=action, column=heading)
    what = f"känt fel rättat: {exchange} ({correction.varfor})"
    row, count = rows
    return Finding(Level.NOTE, FindingCode.CORRECTION_APPLIED, what, column=heading, row=row, count=count)


def _valid(correction: Correction) -> Correction:
    """The correction. Raises UserError for one that cannot be applied, or not be written."""
    source = sources.source(correction.kalla)
    if correction.kolumn not in correctable(source):
        raise UserError(
            f"I källan {source.id} går det inte att rätta kolumnen {correction.kolumn!r}. "
            f"Välj en av: {', '.join(correctable(source))}."
        )
    for name, value in asdict(correction).items():
        if not value or len(value) > 200 or not value.isprintable():
            raise UserError(f"Rättelsens {name} är tomt, för långt eller har tecken som inte går att skriva.")
        if value[0] in "=+@":  # the table is opened in Excel, where these begin a formula
            raise UserError(f"Rättelsens {name} får inte börja med {value[0]}.")
        refuse_ids(value, "Rättelsen")
    if correction.ratt_varde == NOT_HERE:
        return correction
    allowed = allowed_instead(correction.ratt_varde, source.columns_by_name.get(correction.kolumn), source)
    if allowed:
        raise UserError(
            f"”{correction.ratt_varde}” går inte att läsa i kolumnen {correction.kolumn}. Tillåtet: {allowed}."
        )
    return correction


def _others(table: list[Correction], correction: Correction) -> list[Correction]:
    """All corrections but those of the same wrong value."""
    return [other for other in table if _key(other) != _key(correction)]


def _key(correction: Correction) -> tuple[str, str, str]:
    return correction.kalla, correction.kolumn, text_key(correction.fel_varde)


def _change(change: Callable[[list[Correction]], list[Correction]]) -> None:
    """Replace the table in one step. Raises UserError for one that cannot be read, and leaves it as it is."""
    shared_documents = documents.of_installation()
    with _told_of(shared_documents):
        shared_documents.change(documents.CORRECTIONS, lambda text: _text_of(change(_corrections_of(text))))


def _text_of(table: Sequence[Correction]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _NAMES, delimiter=";", lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(correction) for correction in table)
    return text.getvalue()


@contextmanager
def _told_of(shared_documents: Documents) -> Iterator[None]:
    try:
        yield
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            f"Rättelsetabellen {shared_documents.place(documents.CORRECTIONS)} går inte att läsa. Den ska ha "
            f"kolumnerna {', '.join(_NAMES)}, med semikolon emellan, i UTF-8."
        ) from error
