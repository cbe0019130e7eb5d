"""The shared tables in a file: SQLite, apart from the figures' store, and overwritten where something is deleted."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import sleep
from typing import Any

from filelock import FileLock
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from naravard.base.errors import NotFound, Unavailable, UserError
from naravard.shared import migrations

_FLUSHES = 20
_PATIENCE = 30
"""Seconds to wait for another that writes."""
_SETTINGS = ("foreign_keys=on", "secure_delete=on")
_MOST_FILES = 8

_Place = tuple[Path, int, int]
"""A file, and which one of that name it is: one that has been put in its place has another number in the folder."""


class SqliteDatabase:
    """The file of a data folder. Its connections are kept open between calls."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "workshop" / "workshop.sqlite"

    def is_empty(self) -> bool:
        """Whether nobody has written yet."""
        return not self.file.exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with. Raises NotFound where nobody has written yet."""
        if self.is_empty():
            raise NotFound("Det finns ingen workshop här än.")
        with self._connection() as connection:
            yield connection

    @contextmanager
    def writing(self, what: str) -> Iterator[Connection]:
        """One transaction: all of it, or nothing. The file has one writer at a time, whatever is written."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.touch()
        with self._connection() as connection:
            connection.exec_driver_sql("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def flush(self) -> None:
        """Move the log of changes into the file and empty it, so that no copy of what was deleted is left.

        A reader can hold it for a moment. What is still there then goes at the next deletion, or within the hour.
        """
        with self._connection() as connection:
            for _ in range(_FLUSHES):
                busy, *_ = connection.exec_driver_sql("pragma wal_checkpoint(truncate)").one()
                if not busy:
                    return
                sleep(0.1)

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            status = self.file.stat()
            with _engine((self.file, status.st_dev, status.st_ino)).connect() as connection:
                yield connection
        except OperationalError as error:
            if "locked" in str(error.orig):
                raise Unavailable(f"Någon annan skriver just nu ({self.file}). Försök igen om en stund.") from error
            raise self._unreadable(error) from error
        except DatabaseError as error:
            if type(error) is not DatabaseError:  # of what is asked for, and not of the file
                raise
            raise self._unreadable(error) from error

    def _unreadable(self, error: DatabaseError) -> UserError:
        return UserError(f"Filen med workshoppar går inte att läsa ({self.file}: {error.orig}).")


def close(folder: Path) -> None:
    """Let go of the file of a data folder, with nothing beside it."""
    file = SqliteDatabase(folder).file
    with _lock:
        engines = [_engines.pop(place) for place in list(_engines) if place[0] == file]
    for each in engines:
        each.dispose()


_engines: OrderedDict[_Place, Engine] = OrderedDict()
_lock = Lock()


def _engine(place: _Place) -> Engine:
    """The connections to a file, whose tables are today's. Those to files that are used no more are closed."""
    with _lock:
        engine = _engines.get(place)
        if engine is not None:
            _engines.move_to_end(place)
            return engine
    own = _new_engine(place[0])
    with _lock:
        engine = _engines.setdefault(place, own)
        old = [_engines.popitem(last=False)[1] for _ in range(len(_engines) - _MOST_FILES)]
    if engine is not own:  # another thread was first
        old.append(own)
    for each in old:
        each.dispose()
    return engine


def _new_engine(file: Path) -> Engine:
    url = URL.create("sqlite", database=str(file))
    engine = create_engine(
        url, connect_args={"timeout": _PATIENCE}, pool_size=10, max_overflow=-1, hide_parameters=True
    )
    event.listen(engine, "connect", _set_up)
    # One at a time: two that turn to the same log at once lock each other out.
    with FileLock(file.with_suffix(".lock"), timeout=_PATIENCE), engine.connect() as connection:
        connection.exec_driver_sql("pragma journal_mode=wal")
        if migrations.number_of(connection) < migrations.NUMBER:
            connection.exec_driver_sql("begin immediate")
            migrations.migrate(connection)
            connection.commit()
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `writing` says so
    for setting in _SETTINGS:
        connection.execute(f"pragma {setting}")
