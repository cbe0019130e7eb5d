"""Why many rows have the same key: a column that the source does not read tells them apart, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from naravard import sources
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding, Source
from naravard.base.numbers import quantity
from naravard.intake.cells import is_known
from naravard.intake.column_map import ColumnMap, map_columns
from naravard.intake.table import TextTable

_MOST_PARTS = 200
_MOSTLY = 0.5


def about_parts(
    text: TextTable, source: Source, columns: ColumnMap, names: str, keys: Sequence[tuple[int, int, str]]
) -> Finding:
    """One error for all of the keys (first row, number of rows, key): the parts that are not read, or an example."""
    row, count, key = keys[0]
    places = quantity(len(keys), "ställe", "ställen")
    position = _dividing_position(text, source, columns)
    if position is None:
        what = f"flera rader för samma {names}, på {places}, till exempel {key}"
        action = "Ta bort det som är fel, eller lägg till kolumnen som skiljer raderna åt"
        return Finding(Level.ERROR, FindingCode.KEY_REPEATED, what, "en rad för varje", action, row=row, count=count)
    heading, other = text.headings.label(position), _other_source(text, source, position)
    what = f"kolumnen delar upp raderna, men läses inte i {source.title}: flera rader för samma {names}, på {places}"
    way_out = "hämta tabellen utan den uppdelningen"
    action = f"Välj källan {other.title}, som läser den, eller {way_out}" if other else way_out.capitalize()
    return Finding(Level.ERROR, FindingCode.KEY_REPEATED, what, "en rad för varje", action, heading)


def _dividing_position(text: TextTable, source: Source, columns: ColumnMap) -> int | None:
    """The unused column without which rows are the same, and with which no two of them are."""
    key = [text.column(columns.positions[name]).indices for name in source.key if name in columns.positions]
    for position in columns.unused_positions:
        column = text.column(position)
        if not 1 < len(column.dictionary) <= _MOST_PARTS:
            continue
        parts = np.stack([np.asarray(indices) for indices in (*key, column.indices)])
        if np.unique(parts, axis=1).shape[1] == parts.shape[1]:
            return position
    return None


def _other_source(text: TextTable, source: Source, position: int) -> Source | None:
    """The source that has a column for these parts, and for all else that it must have."""
    cells = [cell for spelling in text.column(position).dictionary.to_pylist() if (cell := spelling.strip())]
    for other in sources.sources().values():
        columns = [column for form in (other, *other.forms) for column in form.columns if column.kind == "category"]
        is_known_there = any(sum(is_known(cell, column) for cell in cells) > _MOSTLY * len(cells) for column in columns)
        forms = (other, *other.forms)
        if other.id != source.id and is_known_there and any(_is_whole_in(text, form) for form in forms):
            return other
    return None


def _is_whole_in(text: TextTable, form: Source) -> bool:
    """Whether a form of counts has all that it must have in the table."""
    return (
        not form.has_persons and not map_columns(text.headings, form, cells=text.cells, title=text.title).is_incomplete
    )
