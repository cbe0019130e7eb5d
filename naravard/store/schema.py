"""The schema of a snapshot, and its migration: what a version from an older program lacks is added, nothing is dropped.

A publication migrates its copy for good, and writes the fingerprint of the schema in it. A reader, for which a snapshot
is immutable, has temporary tables and views that shadow those in the file, where it is of another schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from hashlib import sha256

import duckdb

_FINGERPRINT = "avtryck"
"""The table that says which schema a snapshot was made with."""


@dataclass(frozen=True)
class Schema:
    """What the store holds beside its own ledger: count tables (name → DDL of columns) and views (name → SQL)."""

    tables: Mapping[str, str]
    views: Mapping[str, str]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that it holds: the same for the same schema."""
        return sha256(repr((sorted(self.tables.items()), sorted(self.views.items()))).encode()).hexdigest()


def migrate(connection: duckdb.DuckDBPyConnection, schema: Schema, *, temporary: bool) -> None:
    """Make every table, column and view of the schema exist; temporary ones shadow those that the file holds."""
    existing_columns = _existing_columns(connection)
    if temporary and _FINGERPRINT in existing_columns and _fingerprint(connection) == schema.fingerprint:
        return
    kind = "temp " if temporary else ""
    for name, ddl in schema.tables.items():
        if name not in existing_columns:
            connection.execute(f'create {kind}table "{name}" (uttag_id integer not null, {ddl})')
            continue
        missing_columns = [c for c in _columns(ddl) if c.split()[0] not in existing_columns[name]]
        if temporary:
            _shadow(connection, name, missing_columns)
        else:
            for column in missing_columns:
                connection.execute(f'alter table "{name}" add column {column}')
    for name in _in_order(schema.views):
        connection.execute(f'create or replace {kind}view "{name}" as {schema.views[name]}')
    if not temporary:
        connection.execute(
            f"create or replace table {_FINGERPRINT} as select $hash as avtryck", {"hash": schema.fingerprint}
        )


def work_out_views(connection: duckdb.DuckDBPyConnection, views: Mapping[str, str]) -> None:
    """Lay a temporary table over each view, so that what many queries read of it is worked out, and planned, once.

    For a connection whose content does not change any more. A view that fails on its rows is left as it is: a query
    that reads it then fails as it would have.
    """
    for name in _in_order(views):
        with suppress(duckdb.Error):
            connection.execute(f'create temp table "{name}_rader" as {views[name]}')
            connection.execute(f'drop view if exists temp."{name}"')
            connection.execute(f'alter table temp."{name}_rader" rename to "{name}"')


def column_names(ddl: str) -> list[str]:
    """The names of the columns that a table's DDL lists, in order."""
    return [column.split()[0] for column in _columns(ddl)]


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Of the schema that a snapshot was made with."""
    row = connection.execute(f"from {_FINGERPRINT}").fetchone()
    return None if row is None else str(row[0])


def _existing_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Table → names of its columns."""
    # asked of each table: duckdb_columns() works out all views of the system first, which takes ten times as long
    names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
    return {name: set(connection.table(name).columns) for name in names}


def _shadow(connection: duckdb.DuckDBPyConnection, name: str, missing_columns: list[str]) -> None:
    """Lay a temporary view over a table from before some columns were thought of: in it they are empty."""
    if not missing_columns:
        return
    pairs = (column.split(maxsplit=1) for column in missing_columns)
    nulls = ", ".join(f"null::{type_name} as {column}" for column, type_name in pairs)
    (database,) = connection.execute("select current_database()").fetchone() or ("",)
    # the database is named: without it the view would be of itself, which goes before the table
    connection.execute(f'create temp view "{name}" as select *, {nulls} from "{database}".main."{name}"')


def _columns(ddl: str) -> list[str]:
    return re.split(r",\s*(?![^(]*\))", ddl.strip())


def _in_order(views: Mapping[str, str]) -> list[str]:
    """Names of views so that each comes after the ones that its SQL names."""
    uses = {name: (set(re.findall(r"\w+", sql)) & set(views)) - {name} for name, sql in views.items()}
    return list(TopologicalSorter(uses).static_order())
