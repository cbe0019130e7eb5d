"""The store: numbered, immutable snapshots of all counts, each one a complete DuckDB file.

A publication is atomic: it copies the newest snapshot to a temporary file, changes the copy in one transaction, and
renames it to the next number under a lock. A reader opens a finished file read-only, so it never waits and never sees
half a publication; a kill at any moment leaves the newest finished file as it was. Between a check and its publication
there is no lock, but optimistic concurrency: who publishes names the version that was checked against, and a newer one
is a conflict (VersionConflict).
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
from filelock import FileLock, Timeout

from naravard.base import settings
from naravard.base.breaks import Break
from naravard.base.errors import NotFound, UserError
from naravard.base.model import Extract, Remark, Version
from naravard.base.numbers import enumeration
from naravard.store import ledger
from naravard.store.counts import Counts
from naravard.store.schema import Schema, column_names, migrate, work_out_views

T = TypeVar("T")
MAX_SNAPSHOTS = 50
LOCK_SECONDS = 60

OFFLINE_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
"""How DuckDB is opened: it takes nothing from the network, and writes no temporary files."""
SMALL_CONFIG = {**OFFLINE_CONFIG, "threads": 1}
"""As above for tables of some thousand rows, which several threads take longer to share than one to read."""
# small blocks: a snapshot is many small tables, and takes a tenth of the space of DuckDB's default
_NEW_FILE_CONFIG = {**SMALL_CONFIG, "default_block_size": "16384"}
_WITHDRAWN = ".undantagen"
_SNAPSHOT_NAME = re.compile(r"(\d{6,})\.duckdb")


@lru_cache(maxsize=16)
def _memo(path: Path, modified_ns: int, size: int) -> dict[Hashable, Any]:
    """The memo of one file. A folder that was emptied and filled again has new ones."""
    return {}


class VersionConflict(UserError):
    """Someone else published while this was being checked: a conflict of optimistic concurrency.

    `version` is theirs. What was checked has to be checked again, against it.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        super().__init__(
            f"Någon annan har publicerat version {version.nummer} ({version.vem}, {version.nar}: {version.varfor}) "
            "sedan filen kontrollerades. Kontrollera den igen."
        )


@dataclass(frozen=True)
class Snapshot:
    """One version of the store, open for reading."""

    number: int
    connect: Callable[[], duckdb.DuckDBPyConnection] = field(repr=False, compare=False)
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What has been worked out of the content, which is immutable; kept as long as the version is in use."""
    store: Store | None = field(default=None, repr=False, compare=False)
    only: Collection[int] | None = None
    """Ids of the extracts whose counts a candidate holds; None where it holds those of all."""

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Opened when it is first used: who finds all in the memo does not wait for DuckDB."""
        return self.connect()

    @cached_property
    def with_views_worked_out(self) -> duckdb.DuckDBPyConnection:
        """The connection for who asks all that the version holds: each view has been worked out."""
        if self.store:
            work_out_views(self.connection, self.store.schema.views)
        return self.connection

    @property
    def of_counts(self) -> dict[Hashable, Any]:
        """The part of the memo that follows from the counts alone: it holds as well once the version is published."""
        part: dict[Hashable, Any] = self.memo.setdefault("of_counts", {})
        return part

    def lan_kod(self) -> str | None:
        """Code of the län that the store is of; None where the file does not say."""
        return self._remembered("lan", ledger.lan_kod)

    def extracts(self) -> list[Extract]:
        """All extracts, the newest first."""
        return list(self._remembered("extracts", ledger.extracts))

    def remarks(self) -> list[tuple[int, Remark]]:
        """All remarks with the id of their extract, in the order they were written."""
        return list(self._remembered("remarks", ledger.remarks))

    def breaks(self) -> list[Break]:
        """The breaks in series that have been set."""
        return list(self._remembered("breaks", ledger.breaks))

    def versions(self) -> list[Version]:
        """All publications until this one, the newest first."""
        return list(self._remembered("versions", lambda connection: ledger.versions(ledger.log(connection))))

    def order_key(self) -> str:
        """The secret by which the areas of this store have an order."""
        return self._remembered("order_key", ledger.order_key)

    def hidden(self) -> frozenset[tuple[int, str, str, str]]:
        """What the version hid when it was published, as `ledger.write_hidden` has it."""
        return self._remembered("hidden", ledger.hidden)

    def earlier(self) -> list[int]:
        """Numbers of the versions before this one that can still be read, the newest first."""
        if self.store is None:
            return []
        return [number for number in sorted(self.store.numbers(), reverse=True) if number < self.number]

    def _remembered(self, name: str, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """What is read of the content, once per version."""
        if name not in self.memo:
            self.memo[name] = read(self.connection)
        answer: T = self.memo[name]
        return answer


HiddenCells = Callable[[Snapshot], Iterable[tuple[int, str, str, str]]]


class Store:
    """A folder of snapshots for one län. `is_example` marks the store of synthetic data.

    `hidden_cells` tells what a version hides, so that each publication remembers it.
    """

    def __init__(
        self, folder: Path, schema: Schema, *, is_example: bool = False, hidden_cells: HiddenCells | None = None
    ) -> None:
        self.folder = folder
        self.hidden_cells = hidden_cells
        self.schema = schema
        self.is_example = is_example

    @property
    def newest(self) -> int | None:
        """Number of the newest snapshot, None for an empty store."""
        return max(self.numbers(), default=None)

    def has(self, number: int) -> bool:
        """Whether a version's figures are still kept."""
        return self._path(number).exists()

    def is_withdrawn(self, number: int) -> bool:
        """Whether a version has been taken out of reach: what it showed is not beside what is shown now."""
        return self._withdrawn_path(number).exists()

    @contextmanager
    def open(self, number: int | None = None) -> Iterator[Snapshot]:
        """One snapshot (the newest by default) to read from, with today's views over it."""
        number = number if number is not None else self.newest
        if number is None:
            raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
        path = self._path(number)
        if not path.exists():
            raise NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")
        with ExitStack() as readers:
            snapshot = Snapshot(
                number, lambda: readers.enter_context(self._reader(number)), self._memo_of(number), self
            )
            _check_lan(snapshot.lan_kod(), path)
            yield snapshot

    def _memo_of(self, number: int) -> dict[Hashable, Any]:
        path = self._path(number)
        status = path.stat()
        return _memo(path, status.st_mtime_ns, status.st_size)

    @contextmanager
    def _reader(self, number: int) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to a finished file, with today's views over it."""
        with closing(self._read_only_connection(number)) as connection:
            connection.execute("set enable_external_access = false")
            migrate(connection, self.schema, temporary=True)
            yield connection

    def _read_only_connection(self, number: int) -> duckdb.DuckDBPyConnection:
        path = self._path(number)
        try:
            return duckdb.connect(path, read_only=True, config=SMALL_CONFIG)
        except (duckdb.Error, OSError) as error:
            raise UserError(
                f"Version {number} ({path}) går inte att läsa. Är filen skadad: publicera en äldre version på nytt med "
                f"”python -m naravard aterstall {number - 1} --orsak …”."
            ) from error

    @contextmanager
    def candidate(
        self, extracts: Sequence[Counts], base: int | None = None, only: Collection[int] | None = None
    ) -> Iterator[Snapshot]:
        """What a version (the newest by default) would be with these extracts, in memory only. Nothing is published.

        Without extracts it is the version itself, so that no more versions are earlier than it. Of the version's own
        counts it has those of some extracts, by id; of all where `only` is None.
        """
        base = base if base is not None else self.newest
        with duckdb.connect(config=SMALL_CONFIG) as connection:
            if base is None:
                connection.execute(ledger.TABLES)
            else:
                with self.open(base), closing(self._read_only_connection(base)) as file:
                    _copy_tables(file, connection, self.schema.tables, only)
            ledger.migrate(connection)
            migrate(connection, self.schema, temporary=False)
            new_ids = [self._add(connection, extract, settings.user_name()) for extract in extracts]
            number = (base or 0) + (1 if extracts else 0)
            yield Snapshot(number, lambda: connection, store=self, only=None if only is None else {*only, *new_ids})

    def publish(
        self,
        extracts: Sequence[Counts],
        *,
        who: str,
        why: str,
        event: str = "import",
        expected_version: int | None = None,
    ) -> int:
        """Add extracts as one new snapshot and give its number.

        `expected_version` is the one that the extracts were checked against. Raises VersionConflict if it is not the
        newest now.

        Unless it is cumulative, an extract replaces the one of the same source and matperiod. The replaced one stays in
        older snapshots.
        """
        with self._lock():
            self._refuse_conflict(expected_version)
            return self._publish(extracts, who, why, event)

    def publish_first(
        self, extracts: Sequence[Counts], *, who: str, why: str, breaks: Sequence[Break] = ()
    ) -> int | None:
        """Publish only if the store is still empty; None where someone else was first."""
        with self._lock():
            return None if self.newest is not None else self._publish(extracts, who, why, "första start", breaks)

    def restore(self, number: int, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish the content of an older snapshot again, as a new one. The log goes on, nothing is deleted.

        Raises VersionConflict if `expected_version` is not the newest any more.
        """
        with self._lock():
            self._refuse_conflict(expected_version)
            if not self._path(number).exists():
                raise NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")
            log = self._log()
            with self._next_snapshot(self._path(number)) as (connection, version):
                ledger.replace_log(connection, log)
                ledger.write_event(connection, version, f"återställning av version {number}", who, why, [])
            return version

    def add_break(self, each: Break, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish today's content again with one more break in series. Raises VersionConflict as `restore`."""
        with self._next_of_newest(expected_version) as (connection, version):
            ledger.add_break(connection, each, who)
            ledger.write_event(connection, version, "brytpunkt satt", who, why, [])
        return version

    def remove_break(self, nummer: int, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish today's content again without a break in series. Raises VersionConflict as `restore`."""
        with self._next_of_newest(expected_version) as (connection, version):
            if nummer not in {each.nummer for each in ledger.breaks(connection)}:
                raise NotFound(f"Brytpunkt {nummer} finns inte. Se ”python -m naravard brytpunkter”.")
            ledger.remove_break(connection, nummer)
            ledger.write_event(connection, version, "brytpunkt borttagen", who, why, [])
        return version

    @contextmanager
    def _next_of_newest(self, expected_version: int | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """A copy of today's content to change, published as the next version. Raises NotFound for an empty store."""
        with self._lock():
            self._refuse_conflict(expected_version)
            if self.newest is None:
                raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
            with self._next_snapshot(self._path(self.newest)) as (connection, version):
                yield connection, version

    def withdraw(self, numbers: Sequence[int], *, who: str, why: str, expected_version: int | None = None) -> int:
        """Take older versions out of reach, and publish today's content again with a line of it in the log.

        Their files are renamed, so that the operator can put them back. Raises NotFound for a version that cannot be
        read, UserError for the newest.
        """
        with self._lock():
            self._refuse_conflict(expected_version)
            paths = [self._path(number) for number in sorted(set(numbers))]
            for number, path in zip(sorted(set(numbers)), paths, strict=True):
                if not path.exists():
                    raise NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")
                if number == self.newest:
                    raise UserError(
                        f"Version {number} är den som visas, och går inte att ta ur läsning. Publicera eller återställ "
                        "en annan först."
                    )
            assert self.newest is not None
            names = enumeration([str(number) for number in sorted(set(numbers))])
            with ExitStack() as undo:
                for path in paths:
                    undo.callback(path.rename(path.with_suffix(_WITHDRAWN)).rename, path)
                with self._next_snapshot(self._path(self.newest)) as (connection, version):
                    ledger.write_event(connection, version, f"version {names} tagen ur läsning", who, why, [])
                undo.pop_all()
            return version

    def versions(self) -> list[Version]:
        """All publications, the newest first."""
        if self.newest is None:
            return []
        return ledger.versions(self._log())

    def extracts(self, number: int | None = None) -> list[Extract]:
        """All extracts of a snapshot (the newest by default), the newest first; none for an empty store."""
        if number is None and self.newest is None:
            return []
        with self.open(number) as snapshot:
            return snapshot.extracts()

    def ledger(self) -> dict[int, Extract]:
        """Every extract that a kept version holds or has held, by id: a restore takes later ones out of the newest."""
        extracts_by_id: dict[int, Extract] = {}
        ids_in_log = {uttag_id for version in self.versions() for uttag_id in version.uttag}
        for number in sorted(self.numbers(), reverse=True):
            if ids_in_log <= set(extracts_by_id):
                break
            with suppress(UserError):  # a damaged version must not hide the others
                extracts_by_id = {**{e.uttag_id: e for e in self.extracts(number)}, **extracts_by_id}
        return extracts_by_id

    def _refuse_conflict(self, expected_version: int | None) -> None:
        if expected_version is not None and self.newest not in {expected_version, None}:
            raise VersionConflict(self.versions()[0])

    def _log(self) -> list[tuple[Any, ...]]:
        """The log of the newest snapshot that can be read: a damaged one must not stop a restore."""
        for number in sorted(self.numbers(), reverse=True):
            try:
                with self.open(number) as snapshot:
                    return ledger.log(snapshot.connection)
            except UserError:
                if number == min(self.numbers()):
                    raise
        return []

    def numbers(self) -> list[int]:
        """Numbers of finished snapshots; other files in the folder (a copy that someone made) are left alone."""
        try:
            names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        except OSError as error:
            raise UserError(f"Mappen {self.folder} går inte att läsa ({error.strerror}). Ge dig läsrätt.") from error
        return [int(match[1]) for name in names if (match := _SNAPSHOT_NAME.fullmatch(name))]

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.duckdb"

    def _withdrawn_path(self, number: int) -> Path:
        return self._path(number).with_suffix(_WITHDRAWN)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One publication at a time. Raises UserError for what the disk refuses; the store is then as it was."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / ".lock", timeout=LOCK_SECONDS):
                yield
        except Timeout as error:
            raise UserError("Någon annan publicerar just nu. Vänta en stund och försök igen.") from error
        except (OSError, duckdb.IOException) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise UserError(
                f"Det går inte att skriva i mappen {self.folder} ({reason}). Inget är ändrat. Kontrollera skrivrätt "
                "och ledigt utrymme, eller ange en annan mapp i NARAVARD_DATA."
            ) from error

    def _publish(self, extracts: Sequence[Counts], who: str, why: str, event: str, breaks: Sequence[Break] = ()) -> int:
        newest = self.newest
        with self._next_snapshot(None if newest is None else self._path(newest)) as (connection, version):
            ids = [self._add(connection, extract, who) for extract in extracts]
            for each in breaks:
                ledger.add_break(connection, each, who)
            ledger.write_event(connection, version, event, who, why, ids)
        return version

    def _add(self, connection: duckdb.DuckDBPyConnection, extract: Counts, who: str) -> int:
        if not extract.cumulative:
            ledger.replace_extract(connection, extract)
        uttag_id = ledger.add_extract(connection, extract, who)
        connection.register("nya_rader", extract.table)
        columns = ", ".join(["uttag_id", *column_names(self.schema.tables[extract.kalla])])
        insert = f'insert into "{extract.kalla}" ({columns}) select $uttag_id, * from nya_rader'
        connection.execute(insert, {"uttag_id": uttag_id})
        connection.unregister("nya_rader")
        return uttag_id

    @contextmanager
    def _next_snapshot(self, base: Path | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """Change a copy of `base` in one transaction, then rename it to the next number. An error leaves no trace."""
        version = (self.newest or 0) + 1
        temporary_file = self.folder / f"{version:06}.tmp"
        for stale_file in self.folder.glob("*.tmp*"):  # of a process that was killed: the lock is ours now
            stale_file.unlink(missing_ok=True)
        try:
            if base is not None:
                shutil.copyfile(base, temporary_file)
            with duckdb.connect(temporary_file, config=_NEW_FILE_CONFIG) as connection:
                connection.begin()
                if base is None:
                    connection.execute(ledger.TABLES)
                    connection.execute("insert into om values ($lan)", {"lan": settings.lan_kod()})
                else:
                    _check_lan(ledger.lan_kod(connection), base)
                ledger.migrate(connection)
                ledger.give_order(connection, "" if self.is_example else secrets.token_hex(16))
                migrate(connection, self.schema, temporary=False)
                yield connection, version
                connection.commit()
                snapshot = Snapshot(version, lambda: connection, store=self)
                if self.hidden_cells:  # after the transaction, which SQL of an indicator that fails would end
                    ledger.write_hidden(connection, self.hidden_cells(snapshot))
                connection.execute("checkpoint")
            _flush(temporary_file)
            temporary_file.rename(self._path(version))
            _flush(self.folder)
            self._memo_of(version)["of_counts"] = snapshot.of_counts
        except BaseException:
            temporary_file.unlink(missing_ok=True)
            temporary_file.with_name(temporary_file.name + ".wal").unlink(missing_ok=True)
            raise
        self._prune()

    def _prune(self) -> None:
        for number in sorted(self.numbers())[:-MAX_SNAPSHOTS]:
            try:
                self._path(number).unlink()
            except OSError:  # a reader holds it open (Windows): it goes next time
                continue


def _copy_tables(
    from_connection: duckdb.DuckDBPyConnection,
    to_connection: duckdb.DuckDBPyConnection,
    count_tables: Collection[str],
    only: Collection[int] | None,
) -> None:
    """Copy all tables of a snapshot, but not its views; of the counts those of some extracts, by id, or all."""
    names = from_connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    for (name,) in names:
        some = only is not None and name in count_tables
        rows = from_connection.execute(
            f'from main."{name}"' + (" where list_contains($ids, uttag_id)" if some else ""),
            {"ids": list(only or ())} if some else {},
        )
        to_connection.register("grund", rows.to_arrow_table())
        to_connection.execute(f'create table "{name}" as from grund')
        to_connection.unregister("grund")


def _check_lan(lan_kod: str | None, path: Path) -> None:
    if lan_kod not in {None, settings.lan_kod()}:
        raise UserError(
            f"Lagret {path.parent} gäller län {lan_kod}, men NARAVARD_LAN är {settings.lan_kod()}. "
            "Ange en egen mapp för varje län i NARAVARD_DATA."
        )


def _flush(path: Path) -> None:
    """Force a file or folder to disk. Windows cannot open a folder, and needs no such flush after a rename."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
