"""A PostgreSQL that several servers share: a row for each version, with the finished file in it.

The number is the key, so that a number is given once whatever happens to the lock. Each server has copies of all that
can be read, and reads only those: when the database does not answer everybody goes on reading, and a publication is
refused. A server looks for what others have done at most once a second, beside those who read; a version is shown when
its copy is here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import errors

from naravard.base import settings
from naravard.base.errors import UserError
from naravard.store.shelves import COPIES, Note, OutOfReach, Shelf, State, Taken, Writing, _disk, no_version
from naravard.store.shelves._copies import Copies, Version, sha256
from naravard.store.shelves._postgresql import (
    Address,
    Line,
    address,
    connect,
    reason_of,
    refuse_older,
    session_lock,
)

LOCK_SECONDS = 60
_BUILD_SECONDS = 300
_SETTLE_SECONDS, _SETTLE_PAUSE = 15, 0.3
_FRESH_SECONDS, _DOWN_SECONDS = 1.0, 5.0
"""How old what is known may be before it is asked for again, when the database answers and when it does not."""
_PATIENCE, _FIRST_SECONDS, _HUNG_SECONDS = 0.3, 30.0, 10.0
"""So long one who reads waits before going on with what is known; for the first answer; until it is called late."""
_LOG = logging.getLogger("naravard")

_ALL = "select nummer, tillstand, sha256 from lagerversion where lan = %s and lager = %s order by nummer"
_CONTENT = "select innehall from lagerversion where lan = %s and lager = %s and nummer = %s"
_INSERT = """
insert into lagerversion (lan, lager, nummer, tillstand, innehall, sha256, vem, varfor, nar)
values (%s, %s, %s, %s, %b, %s, %s, %s, coalesce(%s, now()))
"""
_UPDATE = "update lagerversion set tillstand = %s where lan = %s and lager = %s and nummer = %s"
_DELETE = "delete from lagerversion where lan = %s and lager = %s and nummer = any(%s)"

Name = tuple[str, str]
"""Code of the län and name of the store, which is the key of its rows."""


def shelf_at(url: str, lan: str, name: str) -> Shelf:
    """The shelf of one store in the database at an address."""
    where = address(url)
    return PostgresShelf(where, (lan, name), settings.data_folder() / COPIES / where.mark / lan / name)


class PostgresShelf(Shelf):
    """The rows of one store, and the copies of them in a folder."""

    def __init__(self, where: Address, name: Name, folder: Path) -> None:
        self.folder = folder
        self._where = where
        self._name = name
        self._knowledge = _knowledge_of(where, name, folder)

    def states(self) -> Mapping[int, State]:
        """What this server knows, which is a second old at most as long as the database answers."""
        return {number: version.state for number, version in self._knowledge.versions().items()}

    def refusal(self) -> str | None:
        """In words, where the database did not answer when it was last asked."""
        self._knowledge.versions()
        return self._knowledge.problem

    def fingerprint(self, number: int) -> Hashable:
        """The checksum of the content."""
        return self.folder, number, self._version(number).sha256

    def get(self, number: int) -> Path:
        """The copy, which is as the database has it."""
        version, copies = self._version(number), self._knowledge.copies
        if not version.is_readable:
            raise no_version(number)
        if not copies.is_whole(number, version):
            _LOG.warning("Kopian av version %s är inte som i databasen, och hämtas på nytt", number)
            try:
                copies.write(number, self._content(number))
                if not copies.is_whole(number, version):
                    raise _damaged(number)
            except (psycopg.Error, OSError) as error:
                raise OutOfReach(
                    f"Kopian av version {number} på den här servern är skadad, och databasen svarar inte. Försök igen "
                    "när den svarar."
                ) from error
        return copies.path(number)

    def content(self, number: int) -> bytes:
        """Read from the database itself."""
        with self._in_words("Inget är läst."):
            content = self._content(number)
        if sha256(content) != self._version(number).sha256:
            raise _damaged(number)
        return content

    def _content(self, number: int) -> bytes:
        content = self._knowledge.content(number)
        if content is None:
            raise no_version(number)
        return content

    def _version(self, number: int) -> Version:
        version = self._knowledge.versions().get(number)
        if version is None:
            raise no_version(number)
        return version

    @contextmanager
    def lock(self) -> Iterator[Writing]:
        """By the database, over all servers."""
        with (
            _disk.in_words(self.folder),
            self._in_words("Inget är ändrat. Försök igen när den svarar: det som visas läses ur kopior så länge."),
            closing(connect(self._where)) as connection,
        ):
            self.folder.mkdir(parents=True, exist_ok=True)
            refuse_older(connection)
            with session_lock(connection, "/".join(("lager", *self._name)), LOCK_SECONDS):
                versions = self._knowledge.learn(lambda: connection.execute(_ALL, self._name).fetchall())
                yield _Writing(self._where, self._name, connection, self._knowledge, versions)

    @contextmanager
    def building(self) -> Iterator[None]:
        """A database that does not answer is told of by who publishes in it."""
        with ExitStack() as locks:
            with suppress(psycopg.Error):
                connection = locks.enter_context(closing(connect(self._where)))
                locks.enter_context(session_lock(connection, "/".join(("bygge", *self._name)), _BUILD_SECONDS))
            yield

    @contextmanager
    def _in_words(self, rest: str) -> Iterator[None]:
        try:
            yield
        except errors.LockNotAvailable as error:
            raise UserError("Någon annan publicerar just nu. Vänta en stund och försök igen.") from error
        except psycopg.Error as error:
            raise UserError(f"Databasen svarar inte som den ska ({reason_of(error)}). {rest}") from error


class _Writing(Writing):
    def __init__(
        self,
        where: Address,
        name: Name,
        connection: psycopg.Connection[Any],
        knowledge: _Knowledge,
        versions: Mapping[int, Version],
    ) -> None:
        self._where, self._name, self._connection, self._knowledge = where, name, connection, knowledge
        self._versions = dict(versions)
        self.states = {number: version.state for number, version in versions.items()}

    def draft(self) -> Path:
        return self._knowledge.copies.draft(self.next_number)

    def put(
        self,
        number: int,
        file: Path,
        note: Note,
        *,
        state: State = State.PUBLICERAD,
        also: Mapping[int, State] | None = None,
    ) -> None:
        content = file.read_bytes()
        version = Version(state, sha256(content))
        row = [*self._name, number, state, content, version.sha256, note.who, note.why, note.when]
        try:
            with self._connection.transaction():
                for other, state_of_other in (also or {}).items():
                    self._update(other, state_of_other)
                self._connection.execute(_INSERT, row)
        except errors.UniqueViolation:
            self._knowledge.learn(lambda: self._connection.execute(_ALL, self._name).fetchall())
            raise Taken(number) from None
        except psycopg.OperationalError:
            self._settle(number, version)
        self._knowledge.copies.take(number, file)
        others = {other: Version(each, self._versions[other].sha256) for other, each in (also or {}).items()}
        self._learn({**others, number: version})

    def _settle(self, number: int, version: Version) -> None:
        """The connection was lost while a version was put: ask whether it was, of one that comes after.

        Who has the lock comes after what held it, so the answer is final.
        """
        until = time.monotonic() + _SETTLE_SECONDS
        while True:
            try:
                rows = self._rows_of_one_after()
                break
            except psycopg.Error as error:
                if time.monotonic() > until:
                    raise UserError(
                        f"Databasen slutade svara just när version {number} publicerades, och det går inte att få veta "
                        "om den hann. Se Versioner när databasen svarar igen, innan du publicerar på nytt."
                    ) from error
                time.sleep(_SETTLE_PAUSE)
        if (number, version.sha256) not in {(row[0], row[2]) for row in rows}:
            raise psycopg.OperationalError

    def _rows_of_one_after(self) -> list[tuple[Any, ...]]:
        with (
            closing(connect(self._where)) as connection,
            session_lock(connection, "/".join(("lager", *self._name)), _SETTLE_SECONDS),
        ):
            return connection.execute(_ALL, self._name).fetchall()

    def set_state(self, number: int, state: State) -> None:
        self._update(number, state)
        self._learn({number: Version(state, self._versions[number].sha256)})

    def _update(self, number: int, state: State) -> None:
        if self._connection.execute(_UPDATE, [state, *self._name, number]).rowcount != 1:
            raise no_version(number)

    def drop(self, numbers: Iterable[int]) -> None:
        numbers = list(numbers)
        with suppress(psycopg.Error):  # what was to go stays until the next time
            self._connection.execute(_DELETE, [*self._name, numbers])
            self._versions = {number: each for number, each in self._versions.items() if number not in numbers}
            self._learn({})

    def _learn(self, versions: Mapping[int, Version]) -> None:
        """Let this server know what has just been done: the one who did it must see it at once."""
        self._versions = {**self._versions, **versions}
        self._knowledge.note(self._versions)


class _Knowledge:
    """What a process knows of one store: what the database said when it last answered, and the copies of that."""

    def __init__(self, line: Line, name: Name, folder: Path) -> None:
        self.copies = Copies(folder)
        self.problem: str | None = None
        self._line = line
        self._name = name
        self._versions: Mapping[int, Version] | None = None
        self._asked_at = float("-inf")
        self._asking: threading.Thread | None = None
        self._lock = threading.Lock()
        self._learn_lock = threading.Lock()

    def versions(self) -> Mapping[int, Version]:
        """All versions by number. Who reads does not wait for a database that is slow or gone.

        Raises UserError where nothing is known yet.
        """
        with self._lock:
            is_new = self._asking is None and time.monotonic() - self._asked_at >= self._age()
            if is_new:
                self._asked_at = time.monotonic()
                self._asking = threading.Thread(target=self._ask, name="naravard-lager", daemon=True)
                self._asking.start()
            asking = self._asking
            if asking is not None and time.monotonic() - self._asked_at > _HUNG_SECONDS:
                self._fail("inget svar i tid")
        if asking is not None and (self._versions is None or (is_new and self.problem is None)):
            asking.join(_FIRST_SECONDS if self._versions is None else _PATIENCE)
        if self._versions is None:
            raise UserError(
                f"{self.problem or 'Databasen för lagret har inte svarat än.'} Den här servern har ännu inga kopior "
                "att visa. Försök igen om en stund."
            )
        return self._versions

    def _age(self) -> float:
        return _DOWN_SECONDS if self.problem else _FRESH_SECONDS

    def _ask(self) -> None:
        try:
            self.learn(lambda: self._line.rows(_ALL, self._name))
            self._recover()
        except psycopg.Error as error:
            self._fail(reason_of(error))
        except OSError:
            self._fail("kopiorna går inte att skriva")
        finally:
            with self._lock:
                self._asked_at = time.monotonic()
                self._asking = None

    def learn(self, read: Callable[[], list[tuple[Any, ...]]]) -> Mapping[int, Version]:
        """Take in what the database has: a version is known to readers when its copy is here.

        One reading at a time, so that none that began before a publication ends after it.
        """
        with self._learn_lock:
            versions = {number: Version(_state(state), checksum) for number, state, checksum in read()}
            self.copies.bring_up(versions, self.content)
            if max(self._versions or {}, default=0) > max(versions, default=0):  # the newest is never deleted
                _LOG.error("Databasen har gått tillbaka till en tidigare tidpunkt. Starta om den här servern")
            self._versions = versions
        return versions

    def note(self, versions: Mapping[int, Version]) -> None:
        """Take in what this server has done itself, which cannot fail any more: what copies lack comes later."""
        with self._learn_lock:
            self._versions = versions
            with suppress(psycopg.Error, OSError):
                self.copies.bring_up(versions, self.content)

    def content(self, number: int) -> bytes | None:
        """The content of a version, out of the database; None where it has gone meanwhile."""
        rows = self._line.rows(_CONTENT, [*self._name, number])
        return bytes(rows[0][0]) if rows else None

    def _fail(self, reason: str) -> None:
        if self._versions is None:
            self._versions = self.copies.remembered() or None
        if self.problem is None:
            source = "Siffrorna läses ur kopior" if self._versions else "Här finns inga kopior att läsa"
            _LOG.warning("Databasen för lagret svarar inte (%s). %s", reason, source)
        self.problem = f"Databasen för lagret svarar inte ({reason})."

    def _recover(self) -> None:
        if self.problem is not None:
            _LOG.warning("Databasen för lagret svarar igen")
        self.problem = None


def _knowledge_of(where: Address, name: Name, folder: Path) -> _Knowledge:
    """What the process knows, which all its shelves of one store share, as all its stores share a connection."""
    key = where.conninfo, name, folder
    with _registry_lock:
        if key not in _registry:
            line = _lines.setdefault(where.conninfo, Line(where))
            _registry[key] = _Knowledge(line, name, folder)
        return _registry[key]


_registry: dict[tuple[str, Name, Path], _Knowledge] = {}
_lines: dict[str, Line] = {}
_registry_lock = threading.Lock()


def _damaged(number: int) -> UserError:
    return UserError(
        f"Version {number} är skadad i databasen. Återställ databasen ur en kopia, eller publicera en äldre version på "
        f"nytt med ”python -m naravard aterstall {number - 1} --orsak …”."
    )


def _state(text: str) -> State:
    """A state that only a newer program knows is nobody's to read here."""
    try:
        return State(text)
    except ValueError:
        return State.UNDANTAGEN
