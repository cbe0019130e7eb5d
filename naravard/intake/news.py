"""What is new in a checked file beside what the store holds: so many values that were not there, or were others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from naravard.base.model import Source
from naravard.base.numbers import number
from naravard.intake.examination import Examination
from naravard.store.snapshots import Snapshot, Store

_NEAR = 1e-9


@dataclass(frozen=True)
class News:
    """How many values a file has that the store lacks, has otherwise, or will lack; and the years of what is new."""

    new_count: int = 0
    changed_count: int = 0
    withdrawn_count: int = 0
    years: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new_count or self.changed_count or self.withdrawn_count)

    def sentence(self) -> str:
        """What is new, for people."""
        if not self:
            return "Inget nytt sedan sist."
        words = (
            (self.new_count, "nytt tal", "nya tal"),
            (self.changed_count, "ändrat tal", "ändrade tal"),
            (self.withdrawn_count, "borttaget tal", "borttagna tal"),
        )
        counts = [f"{number(n)} {one if n == 1 else many}" for n, one, many in words if n]
        years = f", åren {self.years[0]}–{self.years[-1]}" if len(self.years) > 1 else ""
        return f"{', '.join(counts)}{years or ''.join(f', år {year}' for year in self.years)}."


def news(examination: Examination, store: Store, base: int | None) -> News:
    """What a checked file would add to version `base` of the store, change there, or take away."""
    source, counts = examination.source, examination.counts
    if source is None or counts is None:
        return News()
    names = _names(source, counts.table.column_names)
    rows = zip(*(counts.table[name].to_pylist() for name in names), strict=True)
    file = _cells(rows, source)
    if base is None:
        return _difference(file, {}, source)
    with store.open(base) as snapshot:
        return _difference(file, _cells(_rows_of_store(snapshot, source, names), source), source)


def _names(source: Source, columns: list[str]) -> list[str]:
    """Columns that name a cell, its value, and the sign of why there is none; all columns of a source without cells."""
    return [*source.cell, *(["tecken"] if "tecken" in columns else [])] if source.cell else columns


def _difference(file: dict[Any, Any], store_cells: dict[Any, Any], source: Source) -> News:
    new_keys = [key for key, value in file.items() if key not in store_cells and value is not None]
    both = [(key, file[key], store_cells[key]) for key in file.keys() & store_cells.keys()]
    changed_keys = [key for key, new, old in both if new is not None and not _same(new, old)]
    withdrawn_keys = [key for key, new, old in both if new is None and old is not None]
    place = source.cell.index("ar") if "ar" in source.cell else None
    years = {key[place] for key in [*new_keys, *changed_keys, *withdrawn_keys]} if place is not None else set()
    return News(len(new_keys), len(changed_keys), len(withdrawn_keys), tuple(sorted(y for y in years if y is not None)))


def _cells(rows: Iterable[tuple[Any, ...]], source: Source) -> dict[Any, Any]:
    """Cell → its value, or its sign where it has none; None where it is missing altogether."""
    if not source.cell:
        return dict.fromkeys(map(tuple, rows), True)
    at = len(source.cell) - 1
    return {row[:at]: row[at] if row[at] is not None else _sign(row[at + 1 :]) for row in rows}


def _sign(signs: tuple[Any, ...]) -> str | None:
    return next((sign for sign in signs if sign and sign != "saknas"), None)


def _rows_of_store(snapshot: Snapshot, source: Source, names: list[str]) -> list[tuple[Any, ...]]:
    """The newest of each cell."""
    keys = ", ".join(source.cell[:-1] or names)
    sql = f'select {", ".join(names)} from "{source.id}" '
    sql += f"qualify row_number() over (partition by {keys} order by uttag_id desc) = 1"
    return snapshot.connection.execute(sql).fetchall()


def _same(new: Any, old: Any) -> bool:
    if isinstance(new, int | float) and isinstance(old, int | float):
        return abs(new - old) <= _NEAR * max(1.0, abs(new), abs(old))
    return bool(new == old)
