"""Three app servers behind Caddy on one PostgreSQL, as docs/delat-lager.md sets them up: who reads sees no fault.

Each has a folder of its own. The versions are those of an earlier program, moved there. What the store alone can show
is tried in test_postgresql_shelf.py; here are the real parts, and somebody who reads at each of them all the time.
"""

import asyncio
import multiprocessing
import os
import random
import tarfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import pytest

from naravard import intake, stores
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.intake import publishing
from naravard.store import moving
from naravard.store.shelves import COPIES, Note
from naravard.store.snapshots import Store, VersionConflict
from tests import sessions
from tests.balancer import COOKIE, servers, stop_if_running
from tests.browser.conftest import PATIENCE, Server, start_server
from tests.postgres import Server as Database
from tests.test_earlier_programs import FOLDERS, PERIOD
from tests.test_store import sabo_file

_CATALOGUE = "/api/v1/indikatorer"
FIGURE = f"{_CATALOGUE}/sabo_andel_primarvard/siffror.json?kommun=0880&matperiod={PERIOD}"
KALMAR = (180, 410)
MONTHS = [f"{2020 + n // 12}-{n % 12 + 1:02}" for n in range(60)]
_PAUSE = 0.3
"""An address may ask so often."""
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload([__name__])  # imported once, and not for each writer that takes another's place


class Reader:
    """Somebody whom Caddy keeps at one server, and who reads there all the time."""

    def __init__(self, client: httpx.Client) -> None:
        self.reads = 0
        self.version = 0
        self.faults: list[str] = []
        self.client = client
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    @property
    def server(self) -> str:
        """What the cookie says of which server it is."""
        return str(self.client.cookies.get(COOKIE))

    def stop(self) -> None:
        self._ends.set()
        self._thread.join()
        self.client.close()

    def _read(self) -> None:
        while not self._ends.wait(_PAUSE):
            try:
                answer = self.client.get(FIGURE)
                self.faults += [] if self._is_right(answer) else [f"{answer.status_code} {answer.text[:200]}"]
            except (httpx.HTTPError, ValueError, KeyError) as error:
                self.faults.append(repr(error))
            self.reads += 1

    def _is_right(self, answer: httpx.Response) -> bool:
        content = answer.raise_for_status().json()
        before, self.version = self.version, content["version"]
        kalmar = [(row["taljare"], row["namnare"]) for row in content["rader"] if row["kommun_kod"] == "0880"]
        return kalmar == [KALMAR] and self.version >= before


@contextmanager
def readers(address: str, number: int) -> Iterator[list[Reader]]:
    """One at each server, as chance leads them there."""
    with ExitStack() as stack:
        by_server: dict[str, Reader] = {}
        until = time.monotonic() + PATIENCE
        while len(by_server) < number:
            assert time.monotonic() < until, by_server.keys()
            client = httpx.Client(base_url=address, timeout=PATIENCE)
            client.get("/halsa").raise_for_status()
            if client.cookies[COOKIE] in by_server:
                client.close()
                continue
            reader = by_server[client.cookies[COOKIE]] = Reader(client)
            stack.callback(reader.stop)
        yield list(by_server.values())


class Writer:
    """A process that publishes in a server's folder what it is asked to, by the way in that a page has."""

    def __init__(self, data: Path, store: str) -> None:
        self.conflicts = 0
        self._settings = {"NARAVARD_DATA": str(data), "NARAVARD_LAGER": store}
        self._begin()

    def _begin(self) -> None:
        self._line, other_end = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(target=publish_what_is_asked, args=(other_end, self._settings), daemon=True)
        self._process.start()
        other_end.close()

    def ask(self, name: str, period: str) -> None:
        """Have it publish, without waiting for it."""
        self._line.send((name, period))

    def told(self) -> int | str:
        """The number of the version that it has published, or why it was not. Raises EOFError where it was killed."""
        answer, conflicts = self._line.recv()
        self.conflicts += conflicts
        assert isinstance(answer, int | str)
        return answer

    def publish(self, name: str, period: str = MONTHS[0]) -> int | str:
        """Have it publish, and wait for what it says."""
        self.ask(name, period)
        return self.told()

    def kill(self) -> int | str | None:
        """Kill it, and give what it had told until then; another begins in its place."""
        self._process.kill()
        self._process.join(PATIENCE)
        answer = None
        with suppress(EOFError):
            answer = self.told()
        self._line.close()
        self._begin()
        return answer

    def stop(self) -> None:
        self._process.kill()
        self._process.join(PATIENCE)


def publish_what_is_asked(line: Connection, settings_of_server: Mapping[str, str]) -> None:
    """In a process of its own."""
    os.environ.update(settings_of_server)
    store = stores.live_store()
    while True:
        name, period = line.recv()
        try:
            line.send(_publish(store, name, period))
        except UserError as error:
            line.send((str(error), 0))


def _publish(store: Store, name: str, period: str) -> tuple[int, int]:
    """The number of the version, and how often somebody else had come before."""
    choices = intake.Choices(kalla="sabo", matperiod=period)
    conflicts = 0
    while True:
        file = publishing.check(sabo_file(), "sabo.csv", choices, store)
        try:
            version = intake.publish(
                [file.examination], store, who=settings.user_name(), why=name, expected_version=file.base
            )
        except VersionConflict:
            conflicts += 1
        else:
            return version, conflicts


class Publications:
    """What has been asked of three writers, and what they have told."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self.asked: list[str] = []
        self.told: dict[str, int] = {}
        self.moments: list[float] = []
        self._writers = writers

    def round(self, number: int, chance: random.Random) -> None:
        """All three at once, on what they all have checked against the same version; one is killed on its way."""
        victim = self._writers[number % 3]
        names = {writer: f"omgång-{number}-{place}" for place, writer in enumerate(self._writers)}
        for writer, name in names.items():
            self.asked.append(name)
            writer.ask(name, MONTHS[(number + len(name)) % len(MONTHS)])
        began = time.monotonic()
        time.sleep(chance.uniform(0, 1.5 * max(self.moments, default=0.5)))
        last_word = victim.kill()
        for writer, name in names.items():
            if writer is not victim:
                self._note(name, writer.told())
        self.moments = [*self.moments[-5:], (time.monotonic() - began) / 3]
        if last_word is not None:
            self._note(names[victim], last_word)

    def _note(self, name: str, answer: int | str) -> None:
        assert isinstance(answer, int), answer
        self.told[name] = answer

    def check(self, store: Store, first: int) -> None:
        """No number twice, none lost, none half."""
        log = {version.nummer: version.varfor for version in store.versions() if version.nummer > first}
        assert list(reversed(log)) == list(range(first + 1, first + 1 + len(log)))
        names = [why for why in log.values() if why.startswith("omgång")]
        assert len(names) == len(set(names)), "none is there twice"
        assert {name: number for number, name in log.items() if name in self.told} == self.told
        assert set(names) <= set(self.asked)
        assert len(self.told) >= 2 * len(self.asked) / 3
        for number in log:
            with store.open(number) as snapshot:
                extracts = snapshot.extracts()
                newest = max(extract.uttag_id for extract in extracts)
                rows = snapshot.connection.execute("select count(*) from sabo where uttag_id = ?", [newest]).fetchone()
            assert rows == (13,), "twelve kommuner and the län"
            assert len({extract.uttag_id for extract in extracts}) == len(extracts)
        with store.open(first) as before, store.open() as after:
            assert len(after.extracts()) == len(before.extracts()) + len(log), "nobody's undid another's"


def until(holds: Callable[[], bool]) -> float:
    """How long it takes."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)
    return time.monotonic() - began


def more_reads(people: Sequence[Reader], number: int = 10) -> None:
    """Wait until each has read so many times more."""
    before = [reader.reads for reader in people]
    until(lambda: all(reader.reads >= n + number for reader, n in zip(people, before, strict=True)))


def no_faults(people: Sequence[Reader]) -> None:
    assert [reader.faults for reader in people] == [[] for _ in people]


@pytest.fixture
def old_store(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """What an earlier program has published, moved to a database of the test's own."""
    with tarfile.open(FOLDERS[0]) as archive:
        archive.extractall(tmp_path / "tidigare", filter="data")
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "tidigare"))
    old = stores.store_at(str(tmp_path / "tidigare"))
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "granskare"))
    store = stores.store_at(postgres_url)
    moving.move(old, store)
    return store


@pytest.mark.slow
@pytest.mark.parametrize("rounds", [pytest.param(10, marks=pytest.mark.attack), 100])
def test_readers_see_no_fault_whatever_is_lost(
    rounds: int, old_store: Store, postgres_url: str, postgres_server: Database, tmp_path: Path
) -> None:
    """What is lost, in turn: a writer in each round, the database, a copy, a server."""
    moved = old_store.newest or 0
    with (
        servers(3, tmp_path, postgres_url) as (address, running),
        readers(address, 3) as people,
        ExitStack() as stack,
    ):
        writers = [Writer(server.data, postgres_url) for server in running]
        for writer in writers:
            stack.callback(writer.stop)
        publications = Publications(writers)
        shown_after = seen_by_all(writers[0], people)
        for number in range(rounds):
            publications.round(number, random.Random(number))
            if number == rounds // 2:
                the_database_is_lost(postgres_server, writers[0], people, address)
        publications.check(old_store, moved)
        assert all(writer.conflicts for writer in writers), "each has checked again what another came before"
        a_copy_is_damaged(running[1], old_store, people)
        an_earlier_program_goes_back(old_store, writers[0], people)
        another_lan_sees_nothing(tmp_path, address, old_store)
        no_faults(people)
        a_server_is_lost(running, people)
        reads = sum(reader.reads for reader in people)
    print(
        f"{len(publications.told)} of {len(publications.asked)} publications told, {rounds} writers killed, "
        f"{sum(writer.conflicts for writer in writers)} conflicts, {reads} reads; "
        f"shown elsewhere after {shown_after:.1f} s"
    )


def seen_by_all(writer: Writer, people: Sequence[Reader]) -> float:
    """Seconds from a publication at one server until those at all three see it."""
    version = writer.publish("först")
    assert isinstance(version, int)
    return until(lambda: all(reader.version >= version for reader in people))


def the_database_is_lost(database: Database, writer: Writer, people: Sequence[Reader], address: str) -> None:
    """Who reads goes on, and pages are opened; who publishes is told, and publishes when it is back."""
    database.stop(is_lost=True)
    try:
        more_reads(people)
        refusal = writer.publish("utan")
        assert "svarar inte" in str(refusal), refusal
        assert "Inget är ändrat" in str(refusal)
        port = int(address.rpartition(":")[2])
        pages = asyncio.run(sessions.visit(port, 6, ["", "sabo"], moves=1))
        assert (len(pages["moves"]), pages["errors"]) == (6, [])
        more_reads(people)
    finally:
        database.start()
    version = writer.publish("efter")
    assert isinstance(version, int), version
    until(lambda: all(reader.version >= version for reader in people))
    no_faults(people)


def a_copy_is_damaged(server: Server, store: Store, people: Sequence[Reader]) -> None:
    """The copy that is read is fetched again from the database."""
    (copy,) = (server.data / COPIES).rglob(f"lager/{store.newest:06}.duckdb")
    content = copy.read_bytes()
    copy.write_bytes(content[: len(content) // 2])
    until(lambda: copy.read_bytes() == content)
    more_reads(people)
    no_faults(people)


def an_earlier_program_goes_back(store: Store, writer: Writer, people: Sequence[Reader]) -> None:
    """While servers are updated one at a time: an earlier one restores a version that today's has not touched."""
    with store.shelf.lock() as writing:
        number = writing.next_number
        (draft := writing.draft()).write_bytes(store.shelf.content(4))
        writing.put(number, draft, Note("ett tidigare program", "återställning"))
    until(lambda: all(reader.version >= number for reader in people))
    version = writer.publish("sist")
    assert version == number + 1
    until(lambda: all(reader.version >= number + 1 for reader in people))
    no_faults(people)
    with store.open(number + 1) as snapshot, store.open(4) as old:
        assert len(snapshot.extracts()) == len(old.extracts()) + 1


def another_lan_sees_nothing(folder: Path, address: str, store: Store) -> None:
    """A server of another län at the same database has versions of its own, and no copy of these."""
    numbers = store.numbers()
    (folder / "kronoberg").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_LAN", "07")
        server = start_server(folder / "kronoberg")
    try:
        there, here = (httpx.get(f"{url}{_CATALOGUE}", timeout=PATIENCE) for url in (server.url, address))
    finally:
        stop_if_running(server)
    assert (there.json()["version"], PERIOD in there.text, PERIOD in here.text) == (1, False, True)
    assert {path.parts[-3] for path in (server.data / COPIES).rglob("*.duckdb")} == {"07"}
    assert store.numbers() == numbers


def a_server_is_lost(running: Sequence[Server], people: Sequence[Reader]) -> None:
    """Whoever was there is led to another, and loses at most the answer that was on its way."""
    before = {reader.server for reader in people}
    running[2].process.kill()
    more_reads(people, 20)
    assert len(before) - len({reader.server for reader in people}) == 1
    assert sum(len(reader.faults) for reader in people) <= 1, [reader.faults for reader in people]
