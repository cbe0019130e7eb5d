"""Counting in memory: typed rows go in, counts come out, and the rows are gone when the function returns.

DuckDB runs without a file and without a folder for temporary data, so no person can reach the disk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import clock, kolada, kommuner
from naravard.base.model import Column, RowCheck, Source
from naravard.store.database import OFFLINE_CONFIG, SMALL_CONFIG

_BLOCK = 122_880
"""Rows that DuckDB reads at a time."""

_MANY_KOMMUNER = 4
_AREA = "kommun"
_MOST_CODES = 2**63 - 1
"""So many different rows have a number each."""
_Codes = npt.NDArray[np.integer[Any]]
"""Per row: which person it is, or which value it has."""


@dataclass(frozen=True)
class RepeatedPersons:
    """How persons stand on the rows: how many they are, how many have several rows, how many contradict themselves.

    `contradictions` is column → number of persons whose rows say different things.
    """

    persons: int
    on_several_rows: int
    contradictions: dict[str, int]
    is_any_in_many_kommuner: bool
    """Whether one person is in more kommuner than anybody lives in: then the id is that of several."""


@dataclass(frozen=True)
class ControlTotal:
    """A column that adds up to the row of the whole län: what that row states, and what `areas` kommuner add up to."""

    column: Column
    row: int
    stated_sum: float
    sum_of_kommuner: float
    areas: int
    has_small_count: bool
    """Whether a kommun has a count that the gate would hide."""


def count(rows: pa.Table, source: Source, lan: str, matdatum: date) -> pa.Table:
    """Counts of typed rows, in the columns of the source's table.

    `rows` has the source's columns and `rad`. Where it has no person id, each row is one person.
    """
    pa.default_memory_pool().release_unused()  # what the checks needed, so that DuckDB can have it
    with _connection(rows) as connection:
        # in blocks, so that all cores take part
        connection.register("lasta", pa.Table.from_batches(rows.to_batches(max_chunksize=_BLOCK), rows.schema))
        row_is_person = source.has_persons and "person_id" not in rows.column_names
        person_id = ", rad as person_id" if row_is_person else ""
        connection.execute(f"create temp view rader as select *{person_id} from lasta")
        return connection.execute(source.count_sql, _parameters(source.count_sql, lan, matdatum)).to_arrow_table()


def repeated_persons(rows: pa.Table, source: Source) -> RepeatedPersons | None:
    """Persons with several rows, in a source of persons whose file has an id; None for others.

    `person_id` numbers the persons from 0, so each has a place of its own in an array.
    """
    if "person_id" not in rows.column_names:
        return None
    person_of_row = rows["person_id"].to_numpy()
    row_counts = np.bincount(person_of_row)
    names = [column.name for column in source.columns if column.rule]
    columns = rows.select({*names, _AREA})
    differing_rows = _rows_of_persons_that_differ(person_of_row, columns, len(row_counts))
    person_of_row, columns = person_of_row[differing_rows], columns.take(pa.array(differing_rows))
    counts = {name: _contradicting_persons(person_of_row, _codes(columns[name]), len(row_counts)) for name in names}
    return RepeatedPersons(
        int(np.count_nonzero(row_counts)),
        int(np.count_nonzero(row_counts > 1)),
        {name: count for name, count in counts.items() if count},
        _is_any_in_many_kommuner(person_of_row, _codes(columns[_AREA])),
    )


def _codes(values: pa.ChunkedArray) -> _Codes:
    """A number for each distinct value, 0 where there is none."""
    codes: _Codes = pc.fill_null(pc.add(values.combine_chunks().dictionary_encode().indices, 1), 0).to_numpy()
    return codes


def _rows_of_persons_that_differ(person_of_row: _Codes, columns: pa.Table, person_count: int) -> _Codes:
    """Places of all rows of persons whose rows are not alike in all columns: mostly few of a file's."""
    codes_of_rows, size = np.zeros(len(person_of_row), np.int64), 1
    for values in columns.columns:  # one by one: they take more memory than the columns
        codes = _codes(values)
        code_count = int(codes.max(initial=0)) + 1
        size *= code_count
        if size > _MOST_CODES:
            return np.arange(len(person_of_row))
        codes_of_rows *= code_count
        codes_of_rows += codes
    return np.flatnonzero(_has_several(person_of_row, codes_of_rows, person_count)[person_of_row])


def _has_several(person_of_row: _Codes, codes: _Codes, person_count: int) -> npt.NDArray[np.bool_]:
    """Whether each person's rows have several codes."""
    one_code_of_person = np.zeros(person_count, codes.dtype)
    one_code_of_person[person_of_row] = codes
    has_several = np.zeros(person_count, bool)
    has_several[person_of_row[codes != one_code_of_person[person_of_row]]] = True
    return has_several


def _contradicting_persons(person_of_row: _Codes, codes: _Codes, person_count: int) -> int:
    """How many persons have rows with different values, empty cells apart."""
    has_value = codes > 0
    return int(np.count_nonzero(_has_several(person_of_row[has_value], codes[has_value], person_count)))


def _is_any_in_many_kommuner(person_of_row: _Codes, kommuner_of_row: _Codes) -> bool:
    has_kommun = kommuner_of_row > 0
    pairs = np.unique(np.stack([person_of_row[has_kommun], kommuner_of_row[has_kommun]]), axis=1)
    return bool((np.bincount(pairs[0]) >= _MANY_KOMMUNER).any())


def repeated_keys(rows: pa.Table, source: Source) -> list[tuple[int, int, str]]:
    """First row, number of rows and key of what stands on several rows although the source's key is to be unique."""
    if not source.key:
        return []
    columns = ", ".join(f'"{name}"' for name in source.key)
    # an area that could not be read has an error of its own
    has_area = " and ".join(f'"{c.name}" is not null' for c in source.columns if c.kind == "area") or "true"
    return _query(rows, f"""
        select min(rad), count(*), concat_ws(' ', {columns})
        from rader where {has_area} group by {columns} having count(*) > 1 order by 1
    """)  # fmt: skip


def broken_row_checks(rows: pa.Table, source: Source) -> list[tuple[RowCheck, int, int, str | None]]:
    """The source's row checks that do not hold, each with the row, how many rows it stands for, and the area's code.

    In a source of persons, and in a long open table, all rows have one finding together; in another table of areas each
    has its own.
    """
    if not source.row_checks:
        return []
    if source.has_persons or source.cumulative:
        row = "*" if source.has_persons else "distinct rad"
        hits = (f"min(rad) filter ({c.broken_when}), count({row}) filter ({c.broken_when})" for c in source.row_checks)
        # what is counted of persons is not grouped, which one thread does before others have begun
        connection = small_cursor() if source.has_persons else _connection(rows)
        (answer,) = _query(rows, f"select {', '.join(hits)} from rader", connection)
        pairs = zip(source.row_checks, answer[::2], answer[1::2], strict=True)
        return [(check, row, count, None) for check, row, count in pairs if count]
    checks: list[tuple[RowCheck, int, int, str | None]] = []
    area = next((column.name for column in source.columns if column.kind == "area"), "null")
    for check in source.row_checks:
        areas = _query(rows, f"select distinct rad, {area} from rader where {check.broken_when} order by rad")
        checks += [(check, row, 1, kod) for row, kod in areas]
    return checks


def control_totals(rows: pa.Table, source: Source, lan: str, small: tuple[int, int]) -> list[ControlTotal]:
    """The control totals that the file has itself.

    `small` are the least and the greatest count that the gate hides.

    Rows with several groups are added, but those of all beside them only where the row of the län is of groups too; a
    column with a hidden or missing cell cannot be controlled.
    """
    if not source.sums:
        return []
    groups = [name for name in source.key if name != _AREA]
    of_column = """
        min(rad) filter (kommun = '{lan}'),
        sum("{name}") filter (kommun = '{lan}'),
        sum("{name}") filter (length(kommun) = 4),
        count(distinct kommun) filter (length(kommun) = 4),
        count(*) filter ("{name}" is null),
        count(*) filter ("{name}" between {low} and {high} and length(kommun) = 4) > 0
    """
    low, high = small
    figures = ", ".join(of_column.format(name=name, lan=lan, low=low, high=high) for name in source.sums)
    (answer,) = _query(rows, f"select {figures} from {_without_parts(groups, lan) if groups else 'rader'}")
    width = len(answer) // len(source.sums)
    totals = []
    for position, name in enumerate(source.sums):
        row, stated_sum, sum_of_kommuner, areas, gaps, has_small_count = answer[position * width :][:width]
        if None not in (row, stated_sum, sum_of_kommuner) and not gaps:
            column = source.columns_by_name[name]
            totals.append(ControlTotal(column, row, stated_sum, sum_of_kommuner, areas, has_small_count))
    return totals


def _without_parts(groups: Sequence[str], lan: str) -> str:
    """The rows without those of groups, where each kommun and the län have a row of all."""
    is_all = " and ".join(f"{name} is null" for name in groups)
    return f"""(
        select * from rader
        where
            {is_all}
            or exists (select 1 from rader where kommun = '{lan}' and not ({is_all}))
            or exists (
                select 1 from (select bool_or({is_all}) as has_all from rader group by kommun) where not has_all
            )
    ) as rader"""


def period_of_rows(rows: pa.Table, source: Source) -> str | None:
    """The matperiod that the rows themselves give, for sources that hold years."""
    if source.period_sql is None:
        return None
    return str(_query(rows, source.period_sql)[0][0])


def _query(rows: pa.Table, sql: str, connection: duckdb.DuckDBPyConnection | None = None) -> list[Any]:
    with connection or _connection(rows) as cursor:
        cursor.register("rader", rows)
        return cursor.execute(sql).fetchall()


def _connection(rows: pa.Table) -> duckdb.DuckDBPyConnection:
    """Where to count some rows: a large file has a database of its own, so that its memory is given back with it."""
    return duckdb.connect(config=OFFLINE_CONFIG) if rows.num_rows > _BLOCK else small_cursor()


def small_cursor() -> duckdb.DuckDBPyConnection:
    """Where to ask a small table: what is registered here no other cursor sees, and it goes when this is closed."""
    return _database().cursor()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """An empty database in memory: to make one takes longer than to count the file of a kommun.

    Nobody uses it but through a cursor of their own, whose rows and views no other cursor sees and which go with it.
    """
    return duckdb.connect(config=SMALL_CONFIG)


def _parameters(sql: str, lan: str, matdatum: date) -> dict[str, object]:
    """The parameters that a source's SQL uses."""
    parameters = {
        "lan": lan,
        "antal_kommuner": len(kommuner.in_lan(lan)),
        "importar": clock.today().year,
        "matar": matdatum.year,
        "kolada": [list(entry) for entry in kolada.catalogue()],
    }
    return {name: value for name, value in parameters.items() if re.search(rf"\${name}\b", sql)}
