"""Counting in memory: typed rows go in, counts come out, and the rows are gone when the function returns.

DuckDB runs without a file and without a folder for temporary data, so no person can reach the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from naravard.base import kommuner
from naravard.base.model import Column, RowCheck, Source
from naravard.store.snapshots import OFFLINE_CONFIG

_BLOCK = 122_880
"""Rows that DuckDB reads at a time."""


@dataclass(frozen=True)
class Repeats:
    """How persons stand on the rows: how many they are, how many have several rows, how many contradict themselves.

    `contradictions` is column → number of persons whose rows say different things.
    """

    persons: int
    on_several_rows: int
    contradictions: dict[str, int]


def count(rows: pa.Table, source: Source, lan: str, matdatum: date) -> pa.Table:
    """Counts of typed rows, in the columns of the source's table.

    `rows` has the source's columns and `rad`. Where it has no person id, each row is one person.
    """
    with _connection(rows) as connection:
        # in blocks, so that all cores take part
        connection.register("lasta", pa.Table.from_batches(rows.to_batches(max_chunksize=_BLOCK), rows.schema))
        person = source.has_persons and "person_id" not in rows.column_names
        connection.execute(f"create temp view rader as select *{', rad as person_id' if person else ''} from lasta")
        return connection.execute(source.count_sql, _used(source.count_sql, lan, matdatum)).to_arrow_table()


def repeats(rows: pa.Table, source: Source) -> Repeats | None:
    """Persons with several rows, in a source of persons whose file has an id; None for others.

    `person_id` numbers the persons from 0, so each has a place of its own in an array.
    """
    if "person_id" not in rows.column_names:
        return None
    person = rows["person_id"].to_numpy()
    rows_of = np.bincount(person)
    contradictions = {}
    for column in source.columns:
        if not column.rule:
            continue
        values = rows[column.name].combine_chunks()
        codes = values.dictionary_encode().indices
        who = person
        if codes.null_count:
            told = codes.is_valid()
            who, codes = person[told.to_numpy(zero_copy_only=False)], codes.filter(told)
        said = codes.to_numpy()
        one_of = np.zeros(len(rows_of), said.dtype)
        one_of[who] = said
        differs = np.zeros(len(rows_of), bool)
        differs[who[said != one_of[who]]] = True
        if differs.any():
            contradictions[column.name] = int(np.count_nonzero(differs))
    return Repeats(int(np.count_nonzero(rows_of)), int(np.count_nonzero(rows_of > 1)), contradictions)


def doubles(rows: pa.Table, source: Source) -> list[tuple[int, int, str]]:
    """First row, number of rows and key of what stands on several rows although the source's key is to be unique."""
    if not source.key:
        return []
    columns = ", ".join(f'"{name}"' for name in source.key)
    # an area that could not be read is told by itself
    known = " and ".join(f'"{c.name}" is not null' for c in source.columns if c.kind == "area") or "true"
    return _ask(rows, f"""
        select min(rad), count(*), concat_ws(' ', {columns})
        from rader where {known} group by {columns} having count(*) > 1 order by 1
    """)  # fmt: skip


def broken(rows: pa.Table, source: Source) -> list[tuple[RowCheck, int, int, str | None]]:
    """The source's row checks that do not hold, each with the row, how many rows it stands for, and the area's code.

    In a source of persons the rows are told together; in a table of areas each is told by itself.
    """
    found: list[tuple[RowCheck, int, int, str | None]] = []
    for check in source.row_checks:
        if source.has_persons:
            ((row, times),) = _ask(rows, f"select min(rad), count(*) from rader where {check.broken_when}")
            found += [(check, row, times, None)] if times else []
        else:
            area = next((column.name for column in source.columns if column.kind == "area"), "null")
            hits = _ask(rows, f"select distinct rad, {area} from rader where {check.broken_when} order by rad")
            found += [(check, row, 1, kod) for row, kod in hits]
    return found


def control_sums(rows: pa.Table, source: Source, lan: str) -> list[tuple[Column, int, float, float, int, bool]]:
    """For each column that adds up: its sum row, what that says, what the kommuner say, how many, if any is small.

    Rows with several groups are added; a column with a hidden or missing cell cannot be controlled.
    """
    found = []
    for name in source.sums:
        ((row, said, added, areas, gaps, small),) = _ask(rows, f"""
            select
                min(rad) filter (kommun = '{lan}'),
                sum("{name}") filter (kommun = '{lan}'),
                sum("{name}") filter (length(kommun) = 4),
                count(distinct kommun) filter (length(kommun) = 4),
                count(*) filter ("{name}" is null),
                count(*) filter ("{name}" between 1 and 4 and length(kommun) = 4) > 0
            from rader
        """)  # fmt: skip
        if row is not None and said is not None and added is not None and not gaps:
            found.append((source.columns_by_name[name], row, said, added, areas, small))
    return found


def _ask(rows: pa.Table, sql: str) -> list[Any]:
    with _connection(rows) as connection:
        connection.register("rader", rows)
        return connection.execute(sql).fetchall()


def _connection(rows: pa.Table) -> duckdb.DuckDBPyConnection:
    """Where to count some rows: a large file has a database of its own, so that its memory is given back with it."""
    return duckdb.connect(config=OFFLINE_CONFIG) if rows.num_rows > _BLOCK else _database().cursor()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """An empty database in memory: to make one takes longer than to count the file of a kommun.

    Nobody uses it but through a cursor of their own, whose rows and views no other cursor sees and which go with it.
    """
    return duckdb.connect(config=OFFLINE_CONFIG)


def period(rows: pa.Table, source: Source) -> str | None:
    """The matperiod that the rows themselves tell, for sources that hold years."""
    if source.period_sql is None:
        return None
    return str(_ask(rows, source.period_sql)[0][0])


def _used(sql: str, lan: str, matdatum: date) -> dict[str, object]:
    known = {
        "lan": lan,
        "antal_kommuner": len(kommuner.in_lan(lan)),
        "importar": date.today().year,
        "matar": matdatum.year,
    }
    return {name: value for name, value in known.items() if re.search(rf"\${name}\b", sql)}
