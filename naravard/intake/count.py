"""Counting in memory: typed rows go in, counts come out, and the rows are gone when the function returns.

DuckDB runs without a file and without a folder for temporary data, so no person can reach the disk.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from naravard import kommuner
from naravard.model import RowCheck, Source
from naravard.store import CLOSED

# One person is written in several ways: with hyphen or plus, with two digits for the year or four. Two digits get
# the century that makes the person under 100 at the measurement (over 100 after a plus). What has another form (an
# internal number) is compared as it stands.
_PERSON_KEY = r"""
create macro person_nyckel(id, ar) as
    case
        when regexp_full_match(id, '\d{6}[-+]?[0-9A-Z]\d{3}') then
            (ar - (ar - left(id, 2)::integer) % 100 - if(contains(id, '+'), 100, 0))::varchar
            || substr(regexp_replace(id, '[-+]', ''), 3)
        when regexp_full_match(id, '\d{8}[-+]?[0-9A-Z]\d{2}[0-9A-Z]') then regexp_replace(id, '[-+]', '')
        else id
    end
"""


def count(rows: pa.Table, source: Source, lan: str, matdatum: date) -> pa.Table:
    """Counts of typed rows, in the columns of the source's table.

    `rows` has the source's columns and `rad`. Where it has no person id, each row is one person.
    """
    with duckdb.connect(config=CLOSED) as connection:
        connection.execute(_PERSON_KEY)
        connection.register("lasta", rows)
        connection.execute(_person_rows(source, rows), _used(_person_rows(source, rows), lan, matdatum))
        return connection.execute(source.count_sql, _used(source.count_sql, lan, matdatum)).to_arrow_table()


def _person_rows(source: Source, rows: pa.Table) -> str:
    """SQL that makes the relation `rader`, with one form of each person id."""
    if "person_id" not in source.columns_by_name:
        return "create temp view rader as from lasta"
    if "person_id" not in rows.column_names:
        return "create temp table rader as select *, rad::varchar as person_id from lasta"
    return "create temp table rader as select * replace (person_nyckel(person_id, $matar) as person_id) from lasta"


def doubles(rows: pa.Table, source: Source) -> list[tuple[int, int, str]]:
    """First row, number of rows and key of what stands on several rows although the source's key is to be unique."""
    if not source.key:
        return []
    columns = ", ".join(f'"{name}"' for name in source.key)
    return _ask(rows, f"""
        select min(rad), count(*), concat_ws(' ', {columns})
        from rader group by {columns} having count(*) > 1 order by 1
    """)  # fmt: skip


def broken(rows: pa.Table, source: Source) -> list[tuple[RowCheck, int, int]]:
    """The source's row checks that do not hold, each with its first row and how many."""
    found = []
    for check in source.row_checks:
        ((row, count),) = _ask(rows, f"select min(rad), count(*) from rader where {check.broken_when}")
        if count:
            found.append((check, row, count))
    return found


def _ask(rows: pa.Table, sql: str) -> list[Any]:
    with duckdb.connect(config=CLOSED) as connection:
        connection.register("rader", rows)
        return connection.execute(sql).fetchall()


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
