"""A table that is counted already, in something else than persons: its rows would be taken for a person each."""

from __future__ import annotations

import re

import numpy as np

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.intake.column_map import ColumnMap
from naravard.intake.measures import is_measure
from naravard.intake.table import TextTable

_OF_COUNTS = re.compile(
    r"\b(?:antal|summa|totalt|volym|besök|insatser|ärenden|timmar|minuter|platser)\b", re.IGNORECASE
)
_OF_SHARES = re.compile(r"%|\bandel|\bprocent|\bper 1", re.IGNORECASE)
_OF_RATES = re.compile(r"\bper 10{0,2}[ \u00a0]?000\b", re.IGNORECASE)
_OF_NUMBERS = re.compile(r"\bantal", re.IGNORECASE)
_OF_THOUSANDS = re.compile(
    r"\b(?:100|hundra|1[ \u00a0]?000|tusen)-?tals?\b|\bi tusen\b|\bmiljon(?:er|tals?)\b", re.IGNORECASE
)
_FEWEST_ROWS = 2


def about_counted_rows(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """An error for a count of other things, where no row has an id and no two rows are of the same groups."""
    if not source.has_persons or any(c.kind == "person" and c.name in columns.positions for c in source.columns):
        return []
    counts = [
        position
        for position in columns.unused_positions
        if _OF_COUNTS.search(text.headings.whole[position]) and is_measure([row[position] for row in text.cells])
    ]
    if not counts or not _is_row_for_each_group(text, source, columns):
        return []
    heading = text.headings.label(counts[0])
    what = "tabellen är redan räknad, men inte i personer: varje rad skulle bli en person"
    action = "Hämta antalet personer per kommun och grupp, eller välj källan ”Nyckeltal från andra”"
    allowed = "rubriken antal, antal personer, antal patienter eller unika individer"
    return [Finding(Level.ERROR, FindingCode.OTHER_MEASURE, what, allowed, action, heading)]


def about_shares(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """A title of shares above numbers that are read as counts of people."""
    has_counts = any(c.kind == "integer" and c.name in columns.positions for c in source.columns)
    has_shares = any(c.kind == "percent" and c.name in columns.positions for c in source.columns)
    has_share = _OF_SHARES.search(text.title) is not None and _OF_NUMBERS.search(text.title) is None
    is_of_shares = has_share or _OF_RATES.search(text.title) is not None
    if source.has_persons or not has_counts or has_shares or not is_of_shares:
        return []
    what = "raderna ovanför tabellen säger att talen är andelar, men de läses som antal"
    action = "Kontrollera att det är antalet personer. Andelar läses med källan ”Nyckeltal från andra”"
    return [Finding(Level.WARNING, FindingCode.OTHER_MEASURE, what, action=action)]


def about_scale(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """An error for counts of people that are written in thousands: twelve thousand would be twelve."""
    counts = [c.name for c in source.columns if c.kind == "integer" and c.name in columns.positions]
    if source.has_persons or not counts:
        return []
    headings = [text.headings.whole[columns.positions[name]] for name in counts]
    if not any(map(_OF_THOUSANDS.search, (text.title, *text.layout.headings.whole, *headings))):
        return []
    what = "talen är skrivna i hundratal, tusental eller miljoner, och läses som antal"
    action = "Hämta tabellen med hela antal, eller räkna om talen i filen"
    return [Finding(Level.ERROR, FindingCode.OTHER_MEASURE, what, "antal personer", action)]


def _is_row_for_each_group(text: TextTable, source: Source, columns: ColumnMap) -> bool:
    """Whether each row has a kommun and groups that no other row has, as no file of persons does."""
    names = [c.name for c in source.columns if c.kind in {"area", "category"} and c.name in columns.positions]
    groups = np.stack([np.asarray(text.column(columns.positions[name]).indices) for name in names])
    row_count, group_count = groups.shape[1], np.unique(groups, axis=1).shape[1]
    return bool(row_count >= _FEWEST_ROWS and group_count == row_count)
