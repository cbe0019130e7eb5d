"""The file that workshops lie in: SQLite, apart from the figures' store, and overwritten where something is deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

from filelock import FileLock

from naravard.base.errors import NotFound, UserError

_FLUSHES = 20
_PATIENCE = 30
"""Seconds to wait for another that writes."""

_SCHEMA = """
create table if not exists workshop (
    kod text primary key, nyckel text not null, namn text not null, bildspel text not null, oppnad text not null,
    raderas text, oppen integer not null default 1, andring integer not null default 0, figur integer
);
create table if not exists grupp (
    id integer primary key, kod text not null references workshop on delete cascade, plats integer not null,
    namn text not null
);
create table if not exists fraga (
    id integer primary key, kod text not null references workshop on delete cascade, plats integer not null,
    text text not null
);
create table if not exists figur (
    id integer primary key, kod text not null references workshop on delete cascade, innehall text not null,
    unique (kod, innehall)
);
create table if not exists svar (
    id integer primary key, kod text not null references workshop on delete cascade, nyckel text not null,
    fraga integer not null references fraga, grupp integer not null references grupp, text text not null,
    nar text not null, figur integer references figur, dold integer not null default 0,
    gemensamt integer not null default 0, ihop_med integer references svar, unique (kod, nyckel)
);
create index if not exists svar_nar on svar (kod, nar);
create table if not exists rum (
    kod text primary key references workshop on delete cascade, nummer integer not null, lage text not null,
    vem text not null
);
create table if not exists rostning (
    kod text not null references workshop on delete cascade, om integer not null, oppen integer not null,
    visas integer not null default 0, stangd text, ordning integer not null, primary key (kod, om)
);
create table if not exists rostsedel (
    kod text not null references workshop on delete cascade, om integer not null, nyckel text not null,
    utgava integer not null, nar text not null, primary key (kod, om, nyckel)
);
create table if not exists prick (
    kod text not null references workshop on delete cascade, om integer not null, nyckel text not null,
    svar text not null, primary key (kod, om, nyckel, svar)
);
create table if not exists borta (
    kod text not null references workshop on delete cascade, nyckel text not null, av_ledaren integer not null,
    nummer integer not null, primary key (kod, nyckel)
);
create table if not exists anteckning (
    kod text not null references workshop on delete cascade, bild text not null, text text not null,
    primary key (kod, bild)
);
create table if not exists lank (kod text primary key, adress text not null, skapad text not null);
"""
_LATER_COLUMNS = (
    ("workshop", "stangd", "text"),
    ("workshop", "rensad", "integer not null default 0"),
    ("workshop", "visa_svar", "integer not null default 0"),
    ("workshop", "granskas", "integer not null default 0"),
    ("fraga", "stangd", "text"),
    ("svar", "utgava", "integer not null default 1"),
    ("svar", "vantar", "integer not null default 0"),
)
"""Columns that a file from before them lacks."""
_SCHEMA_VERSION = 5


class Database:
    """The workshops' file in a data folder. Each `reading` and `writing` is a connection of its own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "workshop" / "workshop.sqlite"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            try:
                for setting in ("foreign_keys=on", "secure_delete=on"):
                    connection.execute(f"pragma {setting}")
                if _schema_version(connection) != _SCHEMA_VERSION:
                    self._make(connection)
            except sqlite3.DatabaseError as error:
                raise UserError(f"Filen med workshoppar går inte att läsa ({self.file}: {error}).") from error
            yield connection

    def _make(self, connection: sqlite3.Connection) -> None:
        """The tables. One connection at a time: two that turn to the same log at once lock each other out."""
        with FileLock(self.file.with_suffix(".lock"), timeout=_PATIENCE):
            if _schema_version(connection) != _SCHEMA_VERSION:
                connection.execute("pragma journal_mode=wal")
                connection.executescript(_SCHEMA)
                for table, column, kind in _LATER_COLUMNS:
                    if column not in {row["name"] for row in connection.execute(f"pragma table_info({table})")}:
                        connection.execute(f"alter table {table} add column {column} {kind}")
                connection.execute(f"pragma user_version = {_SCHEMA_VERSION}")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read with. Raises NotFound where nobody has opened a workshop yet."""
        if not self.file.exists():
            raise NotFound("Det finns ingen workshop här än.")
        with self._open() as connection:
            yield connection

    def flush(self) -> None:
        """Move the log of changes into the file and empty it, so that no copy of what was deleted is left.

        A reader can hold it for a moment. What is still there then goes at the next deletion, or within the hour.
        """
        with self._open() as connection:
            for _ in range(_FLUSHES):
                busy, *_ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
                if not busy:
                    return
                sleep(0.1)


def _schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def timestamp(ago: timedelta = timedelta(0)) -> str:
    """The time as it is stored, or what it was a while ago."""
    return (datetime.now(UTC) - ago).isoformat(timespec="milliseconds")
