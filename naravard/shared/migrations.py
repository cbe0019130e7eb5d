"""Tables as today's program has them, in a database that is new or from before."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, inspect, select
from sqlalchemy.schema import CreateColumn

from naravard.shared.tables import metadata, version

NUMBER = 6
"""Grows with each change of `tables`."""
_FIRST_WITH_A_TABLE = 6
"""Files from before have their number as SQLite's `user_version` alone."""


def number_of(connection: Connection) -> int:
    """Which number the tables have; 0 where there are none."""
    if inspect(connection).has_table(version.name):
        return int(connection.scalar(select(version.c.nummer)) or 0)
    if connection.dialect.name == "sqlite":
        return min(int(connection.exec_driver_sql("pragma user_version").scalar() or 0), _FIRST_WITH_A_TABLE - 1)
    return 0


def migrate(connection: Connection) -> None:
    """Add what the tables lack, within a transaction that nobody else migrates beside. A newer number is left alone."""
    before = number_of(connection)
    if before >= NUMBER:
        return
    metadata.create_all(connection)
    if before:
        _add_columns(connection)
    if connection.execute(version.update().values(nummer=NUMBER)).rowcount == 0:
        connection.execute(version.insert().values(nummer=NUMBER, plats=secrets.token_hex(8)))


def _add_columns(connection: Connection) -> None:
    """Those that the tables from before lack."""
    inspector = inspect(connection)
    for table in metadata.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                definition = CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"alter table {table.name} add column {definition}")
