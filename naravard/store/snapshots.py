"""The store: numbered, immutable snapshots of all counts, each one a complete DuckDB file.

A publication is atomic: it copies the newest snapshot to a temporary file, changes the copy in one transaction, and
puts it on the shelf as the next number under a lock. A reader opens a finished file read-only, so it never waits and
never sees half a publication; a kill at any moment leaves the newest finished file as it was. Between a check and its
publication there is no lock, but optimistic concurrency: who publishes names the version that was checked against, and
a newer one is a conflict (VersionConflict).

Where the files lie is the shelf's (`store.shelves`); what is in them, and what follows from what, is known here.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import duckdb

from naravard.base import clock, settings
from naravard.base.breaks import Break
from naravard.base.errors import NotFound, UserError
from naravard.base.model import Extract, Remark, Version, mark
from naravard.base.numbers import enumeration
from naravard.base.recent import Recent
from naravard.store import ledger, pruning
from naravard.store.counts import Counts
from naravard.store.database import NEW_FILE_CONFIG, SMALL_CONFIG, copy_tables
from naravard.store.schema import Schema, column_names, migrate, work_out_views
from naravard.store.shelves import (
    Note,
    Shelf,
    State,
    Taken,
    Writing,
    all_preliminary,
    base_of,
    newest_of,
    no_version,
    preliminary_of,
)
from naravard.store.shelves.folder import FolderShelf

T = TypeVar("T")
_READABLE = (State.PUBLICERAD, State.PRELIMINAR)
_STATES = {State.PUBLICERAD: "släppt", State.PRELIMINAR: "preliminär", State.UNDANTAGEN: "ur läsning"}
_MEMOS = 16
"""So many versions of a store have what follows from them in memory, about 5 MB each: a plan takes in earlier ones."""
PRELIMINARY_EVENT = "preliminärt uttag"
"""What stands in the log of extracts that are published for analysts alone."""


_memos: Recent[dict[Hashable, Any]] = Recent(_MEMOS)


def _memo(folder: Path, fingerprint: Hashable) -> dict[Hashable, Any]:
    """The memo of one version's content."""
    return _memos.of(folder, fingerprint, dict)


class VersionConflict(UserError):
    """Someone else published while this was being checked: a conflict of optimistic concurrency.

    `version` is theirs. What was checked has to be checked again, against it.
    """

    def __init__(self, version: Version) -> None:
        self.version = version
        when = version.nar.replace(" ", " kl. ")  # a date and a time side by side look like a person id
        super().__init__(
            f"Någon annan har publicerat version {version.nummer} ({version.vem}, {when}: {version.varfor}) sedan "
            "filen kontrollerades. Kontrollera den igen."
        )


class PreliminaryWaits(UserError):
    """A preliminary version waits, and what would be released now would pass it by. `number` is its number."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            f"Version {number} är preliminär och väntar. Släpp den eller ta bort den först, på sidan Versioner "
            f"(på kommandoraden ”slapp {number}” eller ”ta-bort-preliminar {number}”). Ett uttag kan också publiceras "
            "preliminärt, ovanpå den (”importera --preliminar”)."
        )


class GrownFrom(NamedTuple):
    """What is known of the counts that a version was built on, and the sources whose extracts are others since then."""

    of_counts: dict[Hashable, Any]
    changed_sources: frozenset[str]


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
    withdrawn: Collection[int] = ()
    """Numbers of the versions that go out of reach when this one is published."""
    is_preliminary: bool = False
    """Whether it is for analysts alone, before it is released or after."""
    grown_from: GrownFrom | None = field(default=None, repr=False, compare=False)
    """What it was built on, of one that is not published yet."""

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """Opened when it is first used: who finds all in the memo does not wait for DuckDB."""
        return self.connect()

    def with_views(self, names: Collection[str]) -> duckdb.DuckDBPyConnection:
        """The connection where these views have been worked out, each once, for queries that read them."""
        if self.store:
            views = self.store.schema.views
            new_names = set(names) - self._worked_out
            work_out_views(self.connection, {name: sql for name, sql in views.items() if name in new_names})
            self._worked_out.update(new_names)
        return self.connection

    @cached_property
    def _worked_out(self) -> set[str]:
        """Names of the views that have been worked out in the connection."""
        return set()

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
        """Numbers of the versions before this one that anyone can still read, preliminary ones too, newest first."""
        if self.store is None:
            return []
        return [n for n in reversed(self.store.numbers()) if n < self.number and n not in self.withdrawn]

    def _remembered(self, name: str, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        """What is read of the content, once per version."""
        if name not in self.memo:
            self.memo[name] = read(self.connection)
        answer: T = self.memo[name]
        return answer


HiddenCells = Callable[[Snapshot], Iterable[tuple[int, str, str, str]]]


class Store:
    """Snapshots for one län, on a shelf (a folder stands for the shelf that it is).

    `is_example` marks the store of synthetic data. `hidden_cells` tells what a version hides, so that each publication
    remembers it.
    """

    def __init__(
        self, shelf: Shelf | Path, schema: Schema, *, is_example: bool = False, hidden_cells: HiddenCells | None = None
    ) -> None:
        self.shelf = FolderShelf(shelf) if isinstance(shelf, Path) else shelf
        self.hidden_cells = hidden_cells
        self.schema = schema
        self.is_example = is_example

    @property
    def folder(self) -> Path:
        """Where the store's files lie on this machine."""
        return self.shelf.folder

    @property
    def newest(self) -> int | None:
        """Number of the newest released version, shown unless another is asked for; None for an empty store."""
        return newest_of(self.shelf.states())

    @property
    def preliminary(self) -> int | None:
        """Number of the preliminary version that waits to be released or discarded; None where none does."""
        return preliminary_of(self.shelf.states())

    @property
    def base(self) -> int | None:
        """Number of the version that the next publication builds on: what waits, else the newest."""
        return base_of(self.shelf.states())

    def waiting(self) -> list[int]:
        """Numbers of the preliminary versions that are released, or discarded, together: each builds on the former."""
        return all_preliminary(self.shelf.states())

    def numbers(self) -> list[int]:
        """Numbers of the versions that can be read, by all or by analysts, in order."""
        return self.shelf.numbers(*_READABLE)

    def has(self, number: int) -> bool:
        """Whether a version's figures can be read, by all or by analysts."""
        return self.shelf.states().get(number) in _READABLE

    def is_preliminary(self, number: int) -> bool:
        """Whether a version is for analysts alone, before it is released or after."""
        return self.shelf.states().get(number) is State.PRELIMINAR

    def state_in_words(self, number: int) -> str:
        """Who can read a version, in a word or two."""
        if number == self.preliminary:
            return "preliminär, väntar"
        state = self.shelf.states().get(number)
        return _STATES[state] if state else "inte kvar"

    def mark(self, number: int) -> str:
        """What must stand wherever a version is seen; empty for real figures that all may see."""
        return mark(is_example=self.is_example, is_preliminary=self.is_preliminary(number))

    def is_withdrawn(self, number: int) -> bool:
        """Whether a version has been taken out of reach: what it showed is not beside what is shown now."""
        return self.shelf.states().get(number) is State.UNDANTAGEN

    @contextmanager
    def open(self, number: int | None = None) -> Iterator[Snapshot]:
        """One snapshot (the newest by default) to read from, with today's views over it."""
        number = number if number is not None else self.newest
        if number is None:
            raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
        state = self.shelf.states().get(number)
        if state not in _READABLE:
            raise no_version(number)
        with ExitStack() as readers:
            snapshot = Snapshot(
                number,
                lambda: readers.enter_context(self._reader(number)),
                self._memo_of(number),
                self,
                is_preliminary=state is State.PRELIMINAR,
            )
            self._check_lan(snapshot.lan_kod())
            yield snapshot

    def _memo_of(self, number: int) -> dict[Hashable, Any]:
        return _memo(self.folder, self.shelf.fingerprint(number))

    def _check_lan(self, lan_kod: str | None) -> None:
        if lan_kod not in {None, settings.lan_kod()}:
            raise UserError(
                f"Lagret {self.folder} gäller län {lan_kod}, men NARAVARD_LAN är {settings.lan_text()}, och det som "
                f"läses är {settings.lan_kod()}. Ange en egen mapp för varje län i NARAVARD_DATA, eller nämn det län "
                "som mappen är till för först i NARAVARD_LAN."
            )

    @contextmanager
    def _reader(self, number: int) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to a finished file, with today's views over it."""
        with closing(self._read_only_connection(number)) as connection:
            connection.execute("set enable_external_access = false")
            migrate(connection, self.schema, temporary=True)
            yield connection

    def _read_only_connection(self, number: int) -> duckdb.DuckDBPyConnection:
        path = self.shelf.get(number)
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
        """What a version (that the next builds on by default) would be with these extracts, in memory only.

        Nothing is published. Without extracts it is the version itself, so that no more versions are earlier than it.
        Of the version's own counts it has those of some extracts, by id; of all where `only` is None.
        """
        base = base if base is not None else self.base
        with duckdb.connect(config=SMALL_CONFIG) as connection:
            if base is None:
                connection.execute(ledger.TABLES)
            else:
                with self.open(base), closing(self._read_only_connection(base)) as file:
                    copy_tables(file, connection, self.schema.tables, only)
            ledger.migrate(connection)
            migrate(connection, self.schema, temporary=False)
            new_ids = [self._add(connection, extract, settings.user_name()) for extract in extracts]
            number = (base or 0) + (1 if extracts else 0)
            yield Snapshot(
                number,
                lambda: connection,
                store=self,
                only=None if only is None else {*only, *new_ids},
                grown_from=self._grown_from(base, connection, only),
            )

    def _grown_from(
        self, base: int | None, connection: duckdb.DuckDBPyConnection, only: Collection[int] | None = None
    ) -> GrownFrom | None:
        """What a changed copy of a version was built on; of some of its extracts where it holds `only` these."""
        if base is None:
            return None
        with self.open(base) as snapshot:
            before = {(each.uttag_id, each.kalla) for each in snapshot.extracts() if each.is_in_force}
            of_counts = snapshot.of_counts
            if only is not None:  # the last such copy is remembered: it is compared with what is built on it
                ids = frozenset(only)
                last = snapshot.memo.get("of_some")
                if last is None or last[0] != ids:
                    last = snapshot.memo["of_some"] = ids, {}  # another thread may put its own there at any time
                of_counts = last[1]
        return GrownFrom(of_counts, frozenset(kalla for _, kalla in before ^ ledger.in_force(connection)))

    def publish(
        self,
        extracts: Sequence[Counts],
        *,
        who: str,
        why: str,
        event: str = "import",
        expected_version: int | None = None,
        preliminary: bool = False,
    ) -> int:
        """Add extracts as one new snapshot and give its number; a preliminary one is for analysts until it is released.

        `expected_version` is the one that the extracts were checked against. Raises VersionConflict if it is not the
        one to build on now, and PreliminaryWaits where what waits would be passed by.

        Unless it is cumulative, an extract replaces the one of the same source and matperiod. The replaced one stays in
        older snapshots.
        """
        with self._writing(expected_version, preliminary=preliminary) as writing:
            if not preliminary:
                return self._publish(writing, extracts, _Event(event, who, why))
            if writing.newest is None:
                raise UserError("Inget är publicerat än. Publicera det första uttaget för alla.")
            return self._publish(writing, extracts, _Event(PRELIMINARY_EVENT, who, why), state=State.PRELIMINAR)

    def release(self, number: int, *, who: str, why: str) -> int:
        """Publish the content of the preliminary version that waits for all who may read, as a new version.

        Raises VersionConflict where another one waits, or none any more.
        """
        event = _Event(f"version {number} släppt", who, why)
        with self._of_waiting(number) as writing:
            with self._next_snapshot(writing, number, event) as (connection, version):
                event.write(connection, version)
            return version

    def discard(self, number: int, *, who: str, why: str) -> int:
        """Take the preliminary version that waits out of reach, with those that it was built on and that wait too.

        What all see is published again with a line of it in the log. Raises VersionConflict as `release`.
        """
        with self._of_waiting(number) as writing:
            waiting_numbers = all_preliminary(writing.states)
            names = enumeration(list(map(str, waiting_numbers)))
            event, log = _Event(f"preliminär version {names} borttagen", who, why), self.log()
            with self._next_snapshot(writing, writing.newest, event, withdrawn=waiting_numbers) as change:
                connection, version = change
                ledger.replace_log(connection, log)
                event.write(connection, version)
            return version

    @contextmanager
    def _of_waiting(self, number: int) -> Iterator[Writing]:
        """The only writer, where a preliminary version waits, and is this one."""
        with self._writing(preliminary=True) as writing:
            if number not in writing.states:
                raise no_version(number)
            if writing.states[number] is State.PUBLICERAD:
                raise UserError(f"Version {number} är inte preliminär. Den är redan publicerad för alla.")
            if number != writing.preliminary:
                raise VersionConflict(self.versions()[0])
            yield writing

    def publish_first(
        self, extracts: Sequence[Counts], *, who: str, why: str, breaks: Sequence[Break] = ()
    ) -> int | None:
        """Publish only if the store is still empty; None where someone else was first."""
        with self._writing() as writing:
            if writing.newest is not None:
                return None
            return self._publish(writing, extracts, _Event("första start", who, why), breaks)

    def restore(self, number: int, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish the content of an older snapshot again, as a new one. The log goes on, nothing is deleted.

        Raises VersionConflict if `expected_version` is not the newest any more.
        """
        event = _Event(f"återställning av version {number}", who, why)
        with self._writing(expected_version) as writing:
            if writing.states.get(number) is State.PRELIMINAR:
                raise UserError(f"Version {number} är preliminär, och har aldrig visats för alla. Välj en annan.")
            if writing.states.get(number) is not State.PUBLICERAD:
                raise no_version(number)
            log = self.log()
            with self._next_snapshot(writing, number, event) as (connection, version):
                ledger.replace_log(connection, log)
                event.write(connection, version)
            return version

    def add_break(self, each: Break, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish today's content again with one more break in series. Raises VersionConflict as `restore`."""
        event = _Event("brytpunkt satt", who, why)
        with self._next_of_newest(event, expected_version) as (connection, version):
            ledger.add_break(connection, each, who)
            event.write(connection, version)
        return version

    def remove_break(self, nummer: int, *, who: str, why: str, expected_version: int | None = None) -> int:
        """Publish today's content again without a break in series. Raises VersionConflict as `restore`."""
        event = _Event("brytpunkt borttagen", who, why)
        with self._next_of_newest(event, expected_version) as (connection, version):
            if nummer not in {each.nummer for each in ledger.breaks(connection)}:
                raise NotFound(f"Brytpunkt {nummer} finns inte. Se ”python -m naravard brytpunkter”.")
            ledger.remove_break(connection, nummer)
            event.write(connection, version)
        return version

    @contextmanager
    def _next_of_newest(
        self, event: _Event, expected_version: int | None
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """A copy of today's content to change, published as the next version. Raises NotFound for an empty store."""
        with self._writing(expected_version) as writing:
            if writing.newest is None:
                raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
            with self._next_snapshot(writing, writing.newest, event) as (connection, version):
                yield connection, version

    def withdraw(self, numbers: Sequence[int], *, who: str, why: str, expected_version: int | None = None) -> int:
        """Take older versions out of reach, and publish today's content again with a line of it in the log.

        They stay on the shelf, so that the operator can put them back. Raises NotFound for a version that cannot be
        read, UserError for the newest.
        """
        numbers = sorted(set(numbers))
        names = enumeration([str(number) for number in numbers])
        event = _Event(f"version {names} tagen ur läsning", who, why)
        with self._writing(expected_version) as writing:
            for number in numbers:
                if writing.states.get(number) not in _READABLE:
                    raise no_version(number)
                if number == writing.newest:
                    raise UserError(
                        f"Version {number} är den som visas, och går inte att ta ur läsning. Publicera eller återställ "
                        "en annan först."
                    )
            with self._next_snapshot(writing, writing.newest, event, withdrawn=numbers) as (connection, version):
                event.write(connection, version)
            return version

    def versions(self) -> list[Version]:
        """All publications, preliminary ones too, the newest first."""
        if self.newest is None:
            return []
        return ledger.versions(self.log())

    def read_newest(self) -> Version:
        """The newest publication, read of its file and not of what is remembered. Raises UserError where it cannot be.

        Raises NotFound for an empty store.
        """
        newest = self.newest
        if newest is None:
            raise NotFound(f"Lagret i {self.folder} är tomt. Starta appen eller läs in ett uttag först.")
        with closing(self._read_only_connection(newest)) as connection:
            return ledger.versions(ledger.log(connection))[0]

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

    def log(self) -> list[tuple[Any, ...]]:
        """The log of the newest snapshot that can be read: a damaged one must not stop a restore."""
        for number in sorted(self.numbers(), reverse=True):
            try:
                with self.open(number) as snapshot:
                    return ledger.log(snapshot.connection)
            except UserError:
                if number == min(self.numbers()):
                    raise
        return []

    @contextmanager
    def _writing(self, expected_version: int | None = None, *, preliminary: bool = False) -> Iterator[Writing]:
        """The only writer for as long as this lasts. Raises VersionConflict where somebody else has published.

        Raises PreliminaryWaits where something waits, for who would not build on it.
        """
        try:
            with self.shelf.lock() as writing:
                if writing.preliminary is not None and not preliminary:
                    raise PreliminaryWaits(writing.preliminary)
                if expected_version is not None and writing.base not in {expected_version, None}:
                    raise VersionConflict(self.versions()[0])
                yield writing
        except Taken as error:
            raise VersionConflict(self.versions()[0]) from error

    def _publish(
        self,
        writing: Writing,
        extracts: Sequence[Counts],
        event: _Event,
        breaks: Sequence[Break] = (),
        *,
        state: State = State.PUBLICERAD,
    ) -> int:
        with self._next_snapshot(writing, writing.base, event, state) as (connection, version):
            ids = [self._add(connection, extract, event.who) for extract in extracts]
            for each in breaks:
                ledger.add_break(connection, each, event.who)
            event.write(connection, version, ids)
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
    def _next_snapshot(
        self,
        writing: Writing,
        base: int | None,
        event: _Event,
        state: State = State.PUBLICERAD,
        withdrawn: Collection[int] = (),
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, int]]:
        """Change a copy of `base` in one transaction, then put it on the shelf. An error leaves no trace."""
        version, draft, months = writing.next_number, writing.draft(), settings.months_kept()
        try:
            if base is not None:
                self._read_only_connection(base).close()  # one that is damaged is told as such
                shutil.copyfile(self.shelf.get(base), draft)
            with duckdb.connect(draft, config=NEW_FILE_CONFIG) as connection:
                connection.begin()
                self._prepare(connection, is_new=base is None)
                yield connection, version
                connection.commit()
                snapshot = Snapshot(
                    version,
                    lambda: connection,
                    store=self,
                    withdrawn=withdrawn,
                    grown_from=self._grown_from(base, connection),
                )
                if self.hidden_cells:  # after the transaction, which SQL of an indicator that fails would end
                    ledger.write_hidden(connection, self.hidden_cells(snapshot))
                connection.execute("checkpoint")
            states = dict.fromkeys(withdrawn, State.UNDANTAGEN)
            writing.put(version, draft, Note(event.who, event.why), state=state, also=states)
            self._memo_of(version)["of_counts"] = snapshot.of_counts
        except BaseException:
            draft.unlink(missing_ok=True)
            draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
            raise
        if months is not None:
            self._prune(writing, pruning.months_before(clock.now().replace(tzinfo=None), months))

    def _prune(self, writing: Writing, oldest: datetime) -> None:
        """Delete what is from before a time, and of which nothing is lost: see `pruning`."""
        times = {each.nummer: datetime.fromisoformat(each.nar) for each in self.versions()}
        writing.drop(pruning.outdated(self.shelf.states(), times, self._extract_ids, oldest))

    def _extract_ids(self, number: int) -> list[int] | None:
        """Ids of the extracts whose counts a version holds; None where it cannot be read."""
        try:
            return [extract.uttag_id for extract in self.extracts(number) if extract.is_in_force]
        except UserError:
            return None

    def _prepare(self, connection: duckdb.DuckDBPyConnection, *, is_new: bool) -> None:
        """Give a copy all that today's program has, and an empty file its ledger."""
        if is_new:
            connection.execute(ledger.TABLES)
            connection.execute("insert into om values ($lan)", {"lan": settings.lan_kod()})
        else:
            self._check_lan(ledger.lan_kod(connection))
        ledger.migrate(connection)
        ledger.give_order(connection, "" if self.is_example else secrets.token_hex(16))
        migrate(connection, self.schema, temporary=False)


@dataclass(frozen=True)
class _Event:
    """What happens to a store, who does it and why: a line of its log."""

    what: str
    who: str
    why: str

    def write(self, connection: duckdb.DuckDBPyConnection, version: int, ids: Sequence[int] = ()) -> None:
        """Append it to the log of the version that it makes."""
        ledger.write_event(connection, version, self.what, self.who, self.why, list(ids))
