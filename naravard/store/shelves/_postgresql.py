"""How PostgreSQL is reached: its address, its tables, and what it refuses, in words.

An address has a password: it is never in a text that anyone reads. Neither is what the driver says of an error, which
may quote it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from typing import Any, LiteralString

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from naravard.base import settings
from naravard.base.errors import UserError

_STEPS: list[LiteralString] = [
    """
    create table lagerversion (
        lan text not null, lager text not null, nummer integer not null, tillstand text not null,
        innehall bytea not null, sha256 text not null, vem text not null, varfor text not null,
        nar timestamptz not null default now(), primary key (lan, lager, nummer)
    );
    alter table lagerversion alter column innehall set storage external
    """,
]
"""What makes the tables, one step for each version of them. A step only adds: older programs go on."""
_OLDEST = 1
"""The oldest program, by its number of steps, that may publish beside this one."""
_SCHEMA_LOCK, _SCHEMA_SECONDS = "lagerschema", 60
_REASONS = {
    "password authentication failed": "fel namn eller lösenord",
    "no password supplied": "lösenordet saknas",
    "no pg_hba.conf entry": "den släpper inte in den här datorn",
    "does not exist": "databasen eller användaren finns inte",
    "certificate": "certifikatet godkänns inte",
    "ssl": "anslutningen kan inte krypteras som adressen säger",
    "resolve": "värdens namn finns inte",
    "translate host name": "värdens namn finns inte",
    "refused": "ingen svarar på adressen",
    "timeout": "inget svar i tid",
    "starting up": "den startar",
    "shutting down": "den stängs av",
    "too many": "för många anslutningar",
}
"""What the driver says of a connection that failed, and what that means."""
_KINDS: dict[type[psycopg.Error], str] = {
    errors.InsufficientPrivilege: "användaren får inte läsa, skriva eller göra tabeller i den",
    errors.ReadOnlySqlTransaction: "det går bara att läsa i den",
    errors.DiskFull: "dess disk är full",
}


class Address:
    """An address of a database, with a password that nobody is told. Raises UserError for what is none."""

    def __init__(self, url: str) -> None:
        try:
            parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        except psycopg.ProgrammingError:
            raise UserError(
                "Adressen i NARAVARD_LAGER går inte att läsa. Skriv postgresql://namn:lösenord@värd:port/databas. "
                "Tecken som @ / : % och mellanslag i lösenordet skrivs som %40 %2F %3A %25 %20."
            ) from None
        self.conninfo = make_conninfo(**{**settings.CONNECTION, **parts})
        place = [parts.get(name, "") for name in ("host", "hostaddr", "port", "dbname", "options")]
        self.mark = sha256("\n".join(place).encode()).hexdigest()[:12]
        """The database, whoever asks it and by whatever password."""

    def __repr__(self) -> str:
        return f"Address({self.mark})"


@lru_cache
def address(url: str) -> Address:
    """An address, read once."""
    return Address(url)


def connect(where: Address) -> psycopg.Connection[Any]:
    """A connection on which each statement is a transaction of its own, to a database that has its tables."""
    connection = psycopg.connect(where.conninfo, autocommit=True)
    try:
        connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: psycopg.Connection[Any]) -> None:
    """Make the tables that are missing: one server does, the others wait for it."""
    if _schema(connection)[0] >= len(_STEPS):
        return
    # the transaction begins when the lock is had: one that is older can have an older view of which tables there are
    with session_lock(connection, _SCHEMA_LOCK, _SCHEMA_SECONDS), connection.transaction():
        version, oldest = _schema(connection)
        if version == 0:
            connection.execute("create table lagerschema (version integer not null, aldst integer not null)")
            connection.execute("insert into lagerschema values (0, 0)")
        for step in _STEPS[version:]:
            connection.execute(step)
        connection.execute(
            "update lagerschema set version = %s, aldst = %s", [max(version, len(_STEPS)), max(oldest, _OLDEST)]
        )


def _schema(connection: psycopg.Connection[Any]) -> tuple[int, int]:
    """The version of the tables and the oldest program that may write to them; 0 where there are none."""
    has_tables = connection.execute("select to_regclass('lagerschema') is not null").fetchone()
    row = connection.execute("select version, aldst from lagerschema").fetchone() if has_tables == (True,) else None
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def refuse_older(connection: psycopg.Connection[Any]) -> None:
    """Raises UserError where a newer program has made tables that this one must not write to."""
    if _schema(connection)[1] > len(_STEPS):
        raise UserError(
            "Ett nyare program har gjort om databasen. Siffrorna går att läsa här, men inte att ändra. Uppdatera "
            "programmet på den här servern."
        )


def reason_of(error: psycopg.Error) -> str:
    """Why a database does not do what it is asked, in words, without what the driver says of it."""
    if type(error) in _KINDS:
        return _KINDS[type(error)]
    if not isinstance(error, psycopg.OperationalError):
        return type(error).__name__
    text = str(error).lower()
    return next((words for part, words in _REASONS.items() if part in text), "anslutningen bröts")


class Line:
    """One connection that all readers of a process share, and that is made again when it has been lost."""

    def __init__(self, where: Address) -> None:
        self._where = where
        self._connection: psycopg.Connection[Any] | None = None
        self._lock = threading.Lock()

    def rows(self, query: LiteralString, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises psycopg.Error where the database cannot be reached."""
        with self._lock:
            if self._connection is not None:
                try:
                    return self._connection.execute(query, values, binary=True).fetchall()
                except psycopg.OperationalError:  # the server has been started again: another connection may do
                    self.close()
            self._connection = connect(self._where)
            return self._connection.execute(query, values, binary=True).fetchall()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@contextmanager
def session_lock(connection: psycopg.Connection[Any], key: str, seconds: int) -> Iterator[None]:
    """A lock over all servers. The server lets go of it when the connection ends, however that comes.

    Raises psycopg.errors.LockNotAvailable for one who waits too long.
    """
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{seconds}s"])
    connection.execute("select pg_advisory_lock(hashtextextended(%s, 0))", [key])
    yield
    with suppress(psycopg.Error):  # lost meanwhile: then the lock is as well
        connection.execute("select pg_advisory_unlock(hashtextextended(%s, 0))", [key])
