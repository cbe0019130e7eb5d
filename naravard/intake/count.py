"""Counting in memory: typed rows go in, counts come out, and the rows are gone when the function returns.

DuckDB runs without a file and without a folder for temporary data, so no person can reach the disk.
"""

from __future__ import annotations

import re
from datetime import date

import duckdb
import pyarrow as pa

from naravard import kommuner
from naravard.model import Source

_IN_MEMORY: dict[str, str | bool | int | float | list[str]] = {
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}

# One person is written in several ways: with hyphen or plus, with ten digits or twelve. Ten digits get the
# century that makes the person under 100 at the measurement (over 100 after a plus). What is not ten or
# twelve digits (a reserve number, an internal number) is compared as it stands, without spaces and hyphens.
_PERSON_KEY = r"""
create macro person_nyckel(id, ar) as
    case
        when regexp_full_match(trim(id), '\d{6}[-+]?\d{4}') then
            (ar - (ar - left(trim(id), 2)::integer) % 100 - if(contains(id, '+'), 100, 0))::varchar
            || substr(regexp_replace(trim(id), '[-+]', ''), 3)
        else regexp_replace(upper(id), '[^0-9A-ZÅÄÖ]', '', 'g')
    end
"""


def count(rows: pa.Table, source: Source, lan: str, matdatum: date) -> pa.Table:
    """Counts of typed rows, in the columns of the source's table.

    `rows` has the source's columns and `rad`. Where it has no person id, each row is one person.
    """
    with duckdb.connect(config=_IN_MEMORY) as connection:
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


def period(rows: pa.Table, source: Source) -> str | None:
    """The matperiod that the rows themselves tell, for sources that hold years."""
    if source.period_sql is None:
        return None
    with duckdb.connect(config=_IN_MEMORY) as connection:
        connection.register("rader", rows)
        answer = connection.execute(source.period_sql).fetchone()
        return str(answer[0]) if answer else None


def _used(sql: str, lan: str, matdatum: date) -> dict[str, object]:
    known = {
        "lan": lan,
        "antal_kommuner": len(kommuner.in_lan(lan)),
        "importar": date.today().year,
        "matar": matdatum.year,
    }
    return {name: value for name, value in known.items() if re.search(rf"\${name}\b", sql)}
