"""A column that is not used, but whose values are what another source must have: the file is perhaps that source's."""

from __future__ import annotations

from naravard import sources
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.cells import is_known
from naravard.intake.column_map import ColumnMap, display_name
from naravard.intake.table import TextTable

_ENOUGH, _FEWEST_HEADINGS = 0.2, 2
"""So large a share of the cells must be known words: a column of professions has many that are not."""


def about_unused_values(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """A warning for each column that another source of persons would have read."""
    if not source.has_persons:
        return []
    others = [
        (other, column)
        for other in sources.sources().values()
        if other.id != source.id and other.has_persons
        for column in other.columns
        if column.required and column.kind == "category" and column.name not in source.columns_by_name
    ]
    by_values = [
        _finding(text.headings.label(position), other, column)
        for position in columns.unused_positions
        for other, column in others
        if _has_values_of(column, [row[position].strip() for row in text.cells if row[position].strip()])
    ]
    headings = [text.headings.whole[position] for position in columns.unused_positions]
    own = [(source, column) for column in source.columns if column.values and column.name not in columns.positions]
    by_headings = [_about_headings(headings, source, each, column) for each, column in (*own, *others)]
    return [*by_values, *(finding for finding in by_headings if finding is not None)]


def _about_headings(headings: list[str], source: Source, other: Source, column: Column) -> Finding | None:
    """A column for each value of one that is another source's, or lacks: `SSK`, `AT` and `FT` beside a person."""
    values = [heading for heading in headings if heading and is_known(heading, column)]
    if len(values) < _FEWEST_HEADINGS:
        return None
    name = display_name(column)
    what = f"{enumeration(values)} ser ut som {name}, men har en kolumn var och används inte"
    action = f"Hämta uttaget med en kolumn för {name}"
    if other.id != source.id:
        name = column.description.partition(":")[0]
        what = f"{enumeration(values)} ser ut som {name} i {other.title}, men används inte"
        action = "Är filen därifrån: hämta uttaget med en rad för varje, eller redan räknat"
    return Finding(Level.WARNING, FindingCode.OTHER_SOURCE, what, action=action)


def _has_values_of(column: Column, cells: list[str]) -> bool:
    return bool(cells) and sum(is_known(cell, column) for cell in cells) >= _ENOUGH * len(cells)


def _finding(heading: str, other: Source, column: Column) -> Finding:
    name = column.description.partition(":")[0]
    what = f"kolumnen ser ut som {name} i {other.title}, men används inte"
    action = "Är filen därifrån: välj den källan och den kolumnen"
    return Finding(Level.WARNING, FindingCode.OTHER_SOURCE, what, action=action, column=heading)
