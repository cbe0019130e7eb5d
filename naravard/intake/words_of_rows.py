"""Rows that a column which is not read says should not be counted: of the dead, of those who have left, of nobody."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.intake.column_map import ColumnMap
from naravard.intake.read.body import first_and_count
from naravard.intake.table import TextTable

_ENDED = (
    r"(?i)^\s*(avliden|avlidna|död|dödsfall|deceased|dead|avslutade?|avslut|utskriven|utskrivna|utflyttade?|flyttat"
    r"|avflyttade?|inaktiv|ej aktiv|inte aktiv|avregistrerade?|makulerade?"
    r"|annullerade?|borttagen|avbokade?|utebliven|upphörd)\s*\.?\s*$"
)
_NOBODY = (
    r"(?i)^\s*(test|zz+test)([\s,_-]|$)|\btest(sson|person|patient|enhet|brukare|användare)|\btolvan\b|\btolvansson\b"
    r"|^\s*testar?[\s,]+test"
)
_OF_REMARKS = re.compile(r"|(?:kommentar|anmärkning|anm|notering|not|obs|fotnot)(?:er|ar)?[.:]?", re.IGNORECASE)
_KINDS = (
    (_ENDED, "kolumnen säger att personen inte är med längre, och raden räknas ändå"),
    (_NOBODY, "raden ser ut som en testperson, och räknas som en person"),
)


def about_words_of_rows(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """A warning for each unused column of a file of persons in which some rows, and not all, say so."""
    if not source.has_persons:
        return []
    findings = []
    for position in columns.unused_positions:
        column = text.column(position)
        for pattern, what in _KINDS:
            is_so = pc.match_substring_regex(column.dictionary.cast(pa.string()), pattern)
            rows = first_and_count(text.row_numbers, is_so.take(column.indices)) if pc.any(is_so).as_py() else None
            if rows is not None and rows[1] < len(column):
                heading = text.headings.label(position)
                action = "Ta bort de rader som inte ska räknas, om det finns sådana"
                unused = FindingCode.COLUMNS_UNUSED
                findings.append(Finding(Level.WARNING, unused, what, "", action, heading, rows[0], count=rows[1]))
    return findings


def about_remarks(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """What someone has written beside the numbers of some rows: `ska vara 52`."""
    findings = []
    for position in columns.unused_positions if not source.has_persons else ():
        column = text.column(position)
        is_remark = pc.match_substring_regex(column.dictionary.cast(pa.string()), r"\pL{2}")
        rows = first_and_count(text.row_numbers, is_remark.take(column.indices)) if pc.any(is_remark).as_py() else None
        if rows is None or not _OF_REMARKS.fullmatch(text.headings.whole[position]):
            continue
        level = Level.NOTE if source.cumulative else Level.WARNING
        what, action = "anmärkningar bredvid talen läses inte", "Läs dem i filen: de kan säga att ett tal är ett annat"
        heading, code = text.headings.label(position), FindingCode.TEXT_BESIDE_CELLS
        findings.append(Finding(level, code, what, "", action, heading, rows[0], count=rows[1]))
    return findings
