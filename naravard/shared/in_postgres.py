"""The shared tables in a PostgreSQL that several app servers share (`NARAVARD_LAGER`), in a schema for each län.

What its errors say is told to nobody: some have the whole address in them, with the password.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.schema import CreateSchema

from naravard.base import log, settings
from naravard.base.errors import NotFound, Unavailable, UserError
from naravard.shared import migrations

_POOL, _POOL_OF_MANY = (5, 10), (1, 3)
"""Connections that a server keeps open, and how many more for a moment; for each län, where it has several."""
_WAIT_FOR_ONE = 10
_REST = 1.0
"""Seconds for which nobody asks a database that did not answer: each would wait for nothing, and pages behind them."""
_LOCKS = 20_020
"""The first number of this product's advisory locks; the second is what is written."""
_DOWN = "Databasen svarar inte just nu. Inget är ändrat. Försök igen om en stund."
_OTHER_WRITES = "Någon annan skriver just nu. Inget är ändrat. Försök igen om en stund."
_NO_RIGHT = (
    "Användaren i NARAVARD_LAGER får inte göra eller ändra tabeller. Låt databasens administratör göra den till "
    "databasens ägare (alter database … owner to …)."
)
_MIGRATING = "tabeller"
_SESSION = "set lock_timeout = '15s'; set idle_in_transaction_session_timeout = '60s'"
"""A server that hangs does not keep the others waiting for longer."""
_LOCK_NOT_AVAILABLE, _INSUFFICIENT_PRIVILEGE = "55P03", "42501"


class PostgresDatabase:
    """The tables of a län in the database at an address. Its connections are kept open between calls."""

    def __init__(self, url: str, lan: str) -> None:
        self._server = _server(url, lan)

    def is_empty(self) -> bool:
        """Never: the tables are made when they are first asked for."""
        return False

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with, each statement for itself."""
        nothing = NotFound("Det finns inget med det namnet. Kontrollera länken.")
        with _words(self._server, on_odd_signs=nothing), self._server.ready().connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def writing(self, what: str) -> Iterator[Connection]:
        """One transaction: all of it, or nothing. Another that writes the same waits for it to end."""
        unwritable = UserError("Det som skickades har tecken som inte går att spara.")
        with _words(self._server, on_odd_signs=unwritable), self._server.ready().begin() as connection:
            self._server.lock_out_others(connection, what)
            yield connection

    def flush(self) -> None:
        """Nothing: PostgreSQL's own VACUUM overwrites what is deleted; its backups have it for as long as they stay."""


class _Server:
    """The connections to one address, and whether it answered last."""

    def __init__(self, url: str, lan: str) -> None:
        self._schema = f"lan_{lan}"
        size, overflow = _POOL_OF_MANY if settings.has_several_lan() else _POOL
        self._engine = create_engine(
            "postgresql+psycopg://",  # libpq reads the address, as it does for the versions
            creator=_connecting(url, self._schema),
            pool_size=size,
            max_overflow=overflow,
            pool_timeout=_WAIT_FOR_ONE,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        self._is_ready = False
        self._silent_until = float("-inf")
        self._lock = Lock()

    def ready(self) -> Engine:
        """The connections, when the tables are today's. Raises Unavailable for a while after it did not answer."""
        self._refuse_while_silent()
        if not self._is_ready:
            with self._lock:
                self._refuse_while_silent()
                self._make_tables()
        return self._engine

    def _refuse_while_silent(self) -> None:
        if time.monotonic() < self._silent_until:
            raise Unavailable(_DOWN)

    def _make_tables(self) -> None:
        try:
            with self._engine.begin() as connection:
                self.lock_out_others(connection, _MIGRATING)
                connection.execute(CreateSchema(self._schema, if_not_exists=True))
                migrations.migrate(connection)
        except OperationalError as error:  # told before another, who waits for the lock, asks as well
            self.note_silence(error)
            raise
        self._is_ready = True

    def lock_out_others(self, connection: Connection, what: str) -> None:
        """Until the transaction ends, by a lock that has no row: a workshop that there is not yet has one too."""
        number = zlib.crc32(f"{self._schema} {what}".encode("utf-8", "replace")) - 2**31
        connection.execute(select(func.pg_advisory_xact_lock(_LOCKS, number)))

    def note_silence(self, error: Exception) -> None:
        """That it did not answer: said once in the log for as long as that lasts."""
        is_news = time.monotonic() > self._silent_until + 60 * _REST
        self._silent_until = time.monotonic() + _REST
        if is_news:
            log.fault("Databasen som servrarna delar svarar inte", error)

    def note_loss_of_tables(self) -> None:
        """That it may have been replaced by an empty one: look again."""
        self._is_ready = False


@lru_cache(maxsize=32)
def _server(url: str, lan: str) -> _Server:
    return _Server(url, lan)


def _connecting(url: str, schema: str) -> Callable[[], Any]:
    try:
        import psycopg  # noqa: PLC0415, an extra
    except ImportError as error:
        raise UserError(
            "NARAVARD_LAGER nämner en PostgreSQL, men psycopg är inte installerat. Kör: pip install naravard[postgres]"
        ) from error
    try:
        parameters = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        parameters = {}
    if not url.startswith(("postgresql://", "postgres://")) or not parameters:
        raise UserError(
            "NARAVARD_LAGER går inte att använda. Skriv adressen som postgresql://namn:lösenord@värd/databas."
        ) from None
    defaults: dict[str, Any] = {name: value for name, value in settings.CONNECTION.items() if name not in parameters}

    def connect() -> Any:
        connection = psycopg.connect(url, autocommit=True, **defaults)
        connection.execute(f'{_SESSION}; set search_path = "{schema}"'.encode())
        connection.autocommit = False
        return connection

    return connect


@contextmanager
def _words(server: _Server, *, on_odd_signs: UserError) -> Iterator[None]:
    """The database's errors as those that a user can act on."""
    try:
        yield
    except DataError as error:  # a sign or a number that no column has room for: nothing has it
        raise on_odd_signs from error
    except (OperationalError, NoFreeConnection) as error:
        if _state_of(error) == _LOCK_NOT_AVAILABLE:
            raise Unavailable(_OTHER_WRITES) from error
        server.note_silence(error)
        raise Unavailable(_DOWN) from error
    except ProgrammingError as error:
        server.note_loss_of_tables()
        if _state_of(error) == _INSUFFICIENT_PRIVILEGE:
            raise UserError(_NO_RIGHT) from error
        raise
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        server.note_silence(error)
        raise Unavailable(_DOWN) from error


def _state_of(error: Exception) -> str | None:
    """PostgreSQL's own code of an error."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)
