"""Where the shared tables lie, and connections to them: one module per engine, and the choice between them here."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from naravard.base import settings


class Database(Protocol):
    """The shared tables. Each `reading` and `writing` has a connection of its own while it lasts.

    All raise Unavailable where the database does not answer now, and UserError where it cannot be used at all.
    """

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with. Raises NotFound where nothing has been written yet."""

    def writing(self, what: str) -> AbstractContextManager[Connection]:
        """One transaction: all of it, or nothing. One at a time of `what`: a workshop by its code, or a kind."""

    def is_empty(self) -> bool:
        """Whether nothing can have been written yet; asked without making anything."""

    def flush(self) -> None:
        """After a deletion: leave no copy of what was deleted where this engine would."""


def of(folder: Path) -> Database:
    """The tables of an installation: those of the PostgreSQL that it shares, else in a file of its data folder."""
    return at(settings.shared_url() or str(folder))


def at(address: str) -> Database:
    """The tables at the address of a PostgreSQL, where each län has its own, or in a data folder."""
    if "://" in address:
        from naravard.shared.in_postgres import PostgresDatabase  # noqa: PLC0415, one engine is enough

        return PostgresDatabase(address, settings.lan_kod())
    from naravard.shared.in_sqlite import SqliteDatabase  # noqa: PLC0415

    return SqliteDatabase(Path(address))


def insert(connection: Connection, table: Table) -> Any:
    """An insert that can say what to do on a conflict, which both engines write alike and SQLAlchemy has for each."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def timestamp(ago: timedelta = timedelta(0)) -> str:
    """The time as it is stored, or what it was a while ago."""
    return (datetime.now(UTC) - ago).isoformat(timespec="milliseconds")
