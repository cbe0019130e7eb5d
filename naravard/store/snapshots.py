"""The store: numbered, immutable snapshots of all counts, each one a complete DuckDB file.

A publication copies the newest snapshot to a temporary file, changes the copy in one transaction, and
renames it to the next number under a lock. A reader opens a finished file read-only, so it never waits
and never sees half a publication; a kill at any moment leaves the newest finished file as it was.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.base.model import Extract, Remark, Version

KEPT_SNAPSHOTS = 50
LOCK_SECONDS = 60

CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "temp_directory": "",
}
# small blocks: a snapshot is many small tables, and takes a tenth of the space of DuckDB's default
_NEW_FILE: dict[str, str | bool | int | float | list[str]] = {**CLOSED, "default_block_size": "16384"}
_SNAPSHOT = re.compile(r"(\d{6,})\.duckdb")
_LOG = "select version, handelse, nar, vem, varfor, uttag from handelser order by version"
_LEDGER = """
create table om (lan_kod varchar not null);
create table uttag (
    uttag_id integer primary key, kalla varchar not null, titel varchar not null, matperiod varchar not null,
    matdatum date, ar integer, filnamn varchar not null, sha256 varchar not null, rader_lasta bigint not null,
    rader_raknade bigint not null, vem varchar not null, nar timestamp not null, status varchar not null,
    publicerad boolean not null, ursprung varchar not null, rapport varchar not null
);
create table anmarkningar (
    uttag_id integer not null, indikator varchar not null, kommun_kod varchar, text varchar not null
);
create table handelser (
    version integer not null, handelse varchar not null, nar timestamp not null, vem varchar not null,
    varfor varchar not null, uttag integer[] not null
);
"""


@dataclass(frozen=True)
class Schema:
    """What the store holds beside its own ledger: count tables (name → DDL of columns) and views (name → SQL)."""

    tables: Mapping[str, str]
    views: Mapping[str, str]


@dataclass(frozen=True)
class Counts:
    """A counted extract, ready to be published. It holds no person: `table` has one row per count."""

    kalla: str
    titel: str
    matperiod: str
    matdatum: date | None
    ar: int | None
    filnamn: str
    sha256: str
    rader_lasta: int
    rader_raknade: int
    table: pa.Table
    ursprung: str
    rapport: str
    publicerad: bool = False
    cumulative: bool = False
    """Whether it adds to earlier extracts of the source, instead of replacing the one of its period."""
    remarks: tuple[Remark, ...] = field(default=())


@lru_cache(maxsize=16)
def _memo(path: Path, changed_ns: int, size: int) -> dict[Hashable, Any]:
    """The memo of one file. A folder that was emptied and filled again has new ones."""
    return {}


class Overtaken(UserError):
    """Someone else published while this was being checked. `version` is theirs."""

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
    connection: duckdb.DuckDBPyConnection
    memo: dict[Hashable, Any] = field(default_factory=dict, compare=False)
    """What has been worked out of the content, which never changes; kept as long as the version is in use."""

    def extracts(self) -> list[Extract]:
        """All extracts, the newest first."""
        columns = ", ".join(name for name in Extract.__dataclass_fields__ if name != "nar")
        rows = self.connection.execute(
            f"select {columns}, strftime(nar, '%Y-%m-%d %H:%M') as nar from uttag order by uttag_id desc"
        )
        names = [column[0] for column in rows.description]
        return [Extract(**dict(zip(names, row, strict=True))) for row in rows.fetchall()]

    def remarks(self) -> list[tuple[int, Remark]]:
        """All remarks with the id of their extract, in the order they were written."""
        rows = self.connection.execute(
            """
            select uttag_id, text, list(indikator order by rowid), kommun_kod
            from anmarkningar
            group by uttag_id, text, kommun_kod
            order by min(rowid)
            """
        ).fetchall()
        return [(uttag_id, Remark(text, tuple(ids), kommun_kod)) for uttag_id, text, ids, kommun_kod in rows]

    def versions(self) -> list[Version]:
        """All publications until this one, the newest first."""
        return _versions(self.connection.execute(_LOG).fetchall())


class Store:
    """A folder of snapshots for one län. `is_example` marks the store of synthetic data."""

    def __init__(self, folder: Path, schema: Schema, *, is_example: bool = False) -> None:
        self.folder = folder
        self.schema = schema
        self.is_example = is_example

    @property
    def newest(self) -> int | None:
        """Number of the newest snapshot, None for an empty store."""
        return max(self._numbers(), default=None)

    def has(self, number: int) -> bool:
        """Whether a version's figures are still kept."""
        return self._path(number).exists()

    @contextmanager
    def open(self, number: int | None = None) -> Iterator[Snapshot]:
        """One snapshot (the newest by default) to read from, with today's views over it."""
        number = number if number is not None else self.newest
        if number is None:
            raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
        path = self._path(number)
        if not path.exists():
            raise NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")
        try:
            connection = duckdb.connect(path, read_only=True, config=CLOSED)
        except (duckdb.Error, OSError) as error:
            raise UserError(
                f"Version {number} ({path}) går inte att läsa. Är filen skadad: publicera en äldre version på nytt med "
                f"”python -m naravard aterstall {number - 1} --orsak …”."
            ) from error
        try:
            connection.execute("set enable_external_access = false")
            _check_lan(connection, path)
            _apply(connection, self.schema, temporary=True)
            file = path.stat()
            yield Snapshot(number, connection, _memo(path, file.st_mtime_ns, file.st_size))
        finally:
            connection.close()

    @contextmanager
    def candidate(self, extracts: Sequence[Counts], base: int | None = None) -> Iterator[Snapshot]:
        """What a version (the newest by default) would be with these extracts, in memory only. Nothing is published."""
        base = base if base is not None else self.newest
        with duckdb.connect(config=CLOSED) as connection:
            if base is None:
                connection.execute(_LEDGER)
            else:
                with self.open(base) as newest:
                    kept = newest.connection.execute("select table_name from duckdb_tables() where not temporary")
                    for (name,) in kept.fetchall():
                        connection.register("grund", newest.connection.execute(f'from main."{name}"').to_arrow_table())
                        connection.execute(f'create table "{name}" as from grund')
                        connection.unregister("grund")
            _apply(connection, self.schema, temporary=False)
            for extract in extracts:
                self._add(connection, extract, settings.user_name())
            yield Snapshot((base or 0) + 1, connection)

    def publish(
        self,
        extracts: Sequence[Counts],
        *,
        who: str,
        why: str,
        event: str = "import",
        expected: int | None = None,
    ) -> int:
        """Add extracts as one new snapshot and give its number.

        `expected` is the version that the extracts were checked against. Raises Overtaken if it is not the newest now.

        Unless it is cumulative, an extract replaces the one of the same source and matperiod. The replaced one stays in
        older snapshots.
        """
        with self._lock():
            self._refuse_overtaken(expected)
            return self._publish(extracts, who, why, event)

    def publish_first(self, extracts: Sequence[Counts], *, who: str, why: str) -> int | None:
        """Publish only if the store is still empty; None where someone else was first."""
        with self._lock():
            return None if self.newest is not None else self._publish(extracts, who, why, "första start")

    def restore(self, number: int, *, who: str, why: str, expected: int | None = None) -> int:
        """Publish the content of an older snapshot again, as a new one. The log goes on, nothing is deleted.

        Raises Overtaken if `expected` is not the newest version any more.
        """
        with self._lock():
            self._refuse_overtaken(expected)
            if not self._path(number).exists():
                raise NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")
            log = self._log()
            with self._next_snapshot(self._path(number)) as (connection, version):
                connection.execute("delete from handelser")
                connection.executemany("insert into handelser values (?, ?, ?, ?, ?, ?)", log)
                _write_event(connection, version, f"återställning av version {number}", who, why, [])
            return version

    def versions(self) -> list[Version]:
        """All publications, the newest first."""
        if self.newest is None:
            return []
        return _versions(self._log())

    def extracts(self, number: int | None = None) -> list[Extract]:
        """All extracts of a snapshot (the newest by default), the newest first; none for an empty store."""
        if number is None and self.newest is None:
            return []
        with self.open(number) as snapshot:
            return snapshot.extracts()

    def ledger(self) -> dict[int, Extract]:
        """Every extract that a kept version holds or has held, by id: a restore takes later ones out of the newest."""
        found: dict[int, Extract] = {}
        wanted = {uttag_id for version in self.versions() for uttag_id in version.uttag}
        for number in sorted(self._numbers(), reverse=True):
            if wanted <= set(found):
                break
            with suppress(UserError):  # a damaged version must not hide the others
                found = {**{extract.uttag_id: extract for extract in self.extracts(number)}, **found}
        return found

    def _refuse_overtaken(self, expected: int | None) -> None:
        if expected is not None and self.newest not in {expected, None}:
            raise Overtaken(self.versions()[0])

    def _log(self) -> list[tuple[Any, ...]]:
        """The log of the newest snapshot that can be read: a damaged one must not stop a restore."""
        for number in sorted(self._numbers(), reverse=True):
            try:
                with self.open(number) as snapshot:
                    return snapshot.connection.execute(_LOG).fetchall()
            except UserError:
                if number == min(self._numbers()):
                    raise
        return []

    def _numbers(self) -> list[int]:
        """Numbers of finished snapshots; other files in the folder (a copy that someone made) are left alone."""
        try:
            names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        except OSError as error:
            raise UserError(f"Mappen {self.folder} går inte att läsa ({error.strerror}). Ge dig läsrätt.") from error
        return [int(found[1]) for name in names if (found := _SNAPSHOT.fullmatch(name))]

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.duckdb"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One publication at a time. What the disk refuses is told in words; the store is then as it was."""
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

    def _publish(self, extracts: Sequence[Counts], who: str, why: str, event: str) -> int:
        newest = self.newest
        with self._next_snapshot(None if newest is None else self._path(newest)) as (connection, version):
            ids = [self._add(connection, extract, who) for extract in extracts]
            _write_event(connection, version, event, who, why, ids)
        return version

    def _add(self, connection: duckdb.DuckDBPyConnection, extract: Counts, who: str) -> int:
        if not extract.cumulative:
            _replace(connection, extract)
        uttag_id = _next_id(connection)
        ledger = {"uttag_id": uttag_id, **_ledger_row(extract), "vem": who, "nar": _now(), "status": "gallande"}
        names = ", ".join(ledger)
        connection.execute(f"insert into uttag ({names}) values ({', '.join('$' + n for n in ledger)})", ledger)
        connection.register("nya_rader", extract.table)
        columns = ", ".join(["uttag_id", *_column_names(self.schema.tables[extract.kalla])])
        into = f'insert into "{extract.kalla}" ({columns}) select $uttag_id, * from nya_rader'
        connection.execute(into, {"uttag_id": uttag_id})
        connection.unregister("nya_rader")
        for remark in extract.remarks:
            for indikator in remark.indikatorer:
                values = [uttag_id, indikator, remark.kommun_kod, remark.text]
                connection.execute("insert into anmarkningar values (?, ?, ?, ?)", values)
        return uttag_id

    @contextmanager
    def _next_snapshot(self, base: Path | None) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """Change a copy of `base` in one transaction, then give it the next number. An error leaves no trace."""
        version = (self.newest or 0) + 1
        unfinished = self.folder / f"{version:06}.tmp"
        for leftover in self.folder.glob("*.tmp*"):  # of a process that was killed: the lock is ours now
            leftover.unlink(missing_ok=True)
        try:
            if base is not None:
                shutil.copyfile(base, unfinished)
            with duckdb.connect(unfinished, config=_NEW_FILE) as connection:
                connection.begin()
                if base is None:
                    connection.execute(_LEDGER)
                    connection.execute("insert into om values ($lan)", {"lan": settings.lan_kod()})
                else:
                    _check_lan(connection, base)
                _apply(connection, self.schema, temporary=False)
                yield connection, version
                connection.commit()
                connection.execute("checkpoint")
            _flush(unfinished)
            unfinished.rename(self._path(version))
            _flush(self.folder)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            unfinished.with_name(unfinished.name + ".wal").unlink(missing_ok=True)
            raise
        self._prune()

    def _prune(self) -> None:
        for number in sorted(self._numbers())[:-KEPT_SNAPSHOTS]:
            try:
                self._path(number).unlink()
            except OSError:  # a reader holds it open (Windows): it goes next time
                continue


def _apply(connection: duckdb.DuckDBPyConnection, schema: Schema, *, temporary: bool) -> None:
    """Make every table, column and view of the schema exist; temporary ones shadow those that the file holds."""
    present: dict[str, set[str]] = {}
    for table, column in connection.execute("select table_name, column_name from duckdb_columns()").fetchall():
        present.setdefault(table, set()).add(column)
    kind = "temp " if temporary else ""
    for name, columns in schema.tables.items():
        if name not in present:
            connection.execute(f'create {kind}table "{name}" (uttag_id integer not null, {columns})')
            continue
        # a version from before a column was thought of lacks it: there it is empty
        new = [column for column in _columns(columns) if column.split()[0] not in present[name]]
        if new and temporary:
            empty = ", ".join(f"null::{kind_of} as {column}" for column, kind_of in (c.split(maxsplit=1) for c in new))
            connection.execute(f'create temp view "{name}" as select *, {empty} from main."{name}"')
        for column in [] if temporary else new:
            connection.execute(f'alter table "{name}" add column {column}')
    for name in _in_order(schema.views):
        connection.execute(f'create or replace {kind}view "{name}" as {schema.views[name]}')


def _columns(ddl: str) -> list[str]:
    return re.split(r",\s*(?![^(]*\))", ddl.strip())


def _column_names(ddl: str) -> list[str]:
    return [column.split()[0] for column in _columns(ddl)]


def _in_order(views: Mapping[str, str]) -> list[str]:
    """Names of views so that each comes after the ones that its SQL names."""
    uses = {name: (set(re.findall(r"\w+", sql)) & set(views)) - {name} for name, sql in views.items()}
    return list(TopologicalSorter(uses).static_order())


def _check_lan(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    row = connection.execute("select lan_kod from om").fetchone()
    if row and row[0] != settings.lan_kod():
        raise UserError(
            f"Lagret {path.parent} gäller län {row[0]}, men NARAVARD_LAN är {settings.lan_kod()}. "
            "Ange en egen mapp för varje län i NARAVARD_DATA."
        )


def _ledger_row(extract: Counts) -> dict[str, Any]:
    return {
        name: getattr(extract, name)
        for name in Counts.__dataclass_fields__
        if name not in {"table", "remarks", "cumulative"}
    }


def _replace(connection: duckdb.DuckDBPyConnection, extract: Counts) -> None:
    """Take the extract of the same source and period out of force. Its counts stay in older snapshots."""
    replaced = connection.execute(
        """
        update uttag set status = 'ersatt'
        where kalla = $kalla and lower(matperiod) = lower($matperiod) and status = 'gallande'
        returning uttag_id
        """,
        {"kalla": extract.kalla, "matperiod": extract.matperiod},
    ).fetchall()
    for (old,) in replaced:
        connection.execute(f'delete from "{extract.kalla}" where uttag_id = $old', {"old": old})


def _next_id(connection: duckdb.DuckDBPyConnection) -> int:
    """Ids are never used again, not even after a restore: the log remembers them all."""
    row = connection.execute(
        """
        select coalesce(max(id), 0) + 1
        from (select uttag_id as id from uttag union all select unnest(uttag) from handelser)
        """
    ).fetchone()
    assert row is not None
    return int(row[0])


def _write_event(
    connection: duckdb.DuckDBPyConnection, version: int, event: str, who: str, why: str, ids: list[int]
) -> None:
    connection.execute("insert into handelser values (?, ?, ?, ?, ?, ?)", [version, event, _now(), who, why, ids])


def _versions(log: list[tuple[Any, ...]]) -> list[Version]:
    return [Version(v, e, f"{t:%Y-%m-%d %H:%M}", w, y, tuple(u)) for v, e, t, w, y, u in reversed(log)]


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(tzinfo=None, microsecond=0)


def _flush(path: Path) -> None:
    """Force a file or folder to disk. Windows cannot open a folder, and needs no such flush after a rename."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
