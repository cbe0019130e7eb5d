"""A column that says that a number is not there, beside a number: what a program has put 0 for."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.intake.column_map import ColumnMap
from naravard.intake.read.body import first_and_count
from naravard.intake.table import TextTable

_HEADINGS = {"status", "value status", "values status", "vardestatus", "obs status"}
_HEADINGS_OF_DELETED = {"isdeleted", "is deleted", "deleted", "values isdeleted", "borttagen"}
_YES = {"true", "1", "sant", "ja", "yes"}
_NOT_THERE = {"missing", "private", "hidden", "secret", "saknas", "sekretess", "bortfall", "deleted", "ej tillampligt"}


def about_status(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """Numbers that another column says are missing or hidden: they are asked about."""
    position = columns.positions.get("varde")
    if not source.ready_values or position is None:
        return []
    findings = []
    for other in columns.unused_positions:
        heading = match_key(text.headings.whole[other])
        words = _NOT_THERE if heading in _HEADINGS else _YES if heading in _HEADINGS_OF_DELETED else set()
        status, values = text.column(other), text.column(position)
        is_missing = pa.array([match_key(word) in words for word in status.dictionary.to_pylist()], pa.bool_())
        is_number = pc.match_substring_regex(values.dictionary, r"\d")
        hits = pc.and_(is_missing.take(status.indices), is_number.take(values.indices))
        rows = first_and_count(text.row_numbers, hits)
        if rows is not None:
            what = "kolumnen säger att talet saknas, är dolt eller borttaget, men raden har ett tal, som läses"
            action = "Töm de talen i filen, eller hämta den på nytt"
            code, label = FindingCode.NUMBER_MISSING, text.headings.label(other)
            findings.append(Finding(Level.WARNING, code, what, "", action, label, rows[0], count=rows[1]))
    return findings
