"""Several servers on one PostgreSQL: all see the same versions, and whatever is lost, no publication is.

A server here is a data folder of its own; where it matters that it is a process, it is one.
"""

import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path

import psycopg
import pytest

from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.base.mask import mask_ids
from naravard.store import ledger
from naravard.store.shelves import OutOfReach, State, _postgresql, postgresql
from naravard.store.snapshots import Store, VersionConflict
from tests.postgres import PASSWORD, Server
from tests.shelves import periods, publish, small_store

Servers = Callable[[str], Store]


@pytest.fixture(autouse=True)
def always_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known is never old enough to be taken as it is, and who reads waits for the answer."""
    for name, seconds in {"_FRESH_SECONDS": 0, "_DOWN_SECONDS": 0, "_PATIENCE": 10, "_SETTLE_SECONDS": 2}.items():
        monkeypatch.setattr(postgresql, name, seconds)


@pytest.fixture
def servers(versions_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Servers:
    """A server by its name."""
    return partial(server, versions_url, tmp_path, monkeypatch)


@pytest.fixture
def new_servers(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Servers:
    """The same on a database that has nothing."""
    return partial(server, postgres_url, tmp_path, monkeypatch)


def server(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> Store:
    monkeypatch.setenv("NARAVARD_DATA", str(folder / name))
    return small_store(url)


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """The database is gone."""
    server.stop(is_lost=True)
    try:
        yield
    finally:
        server.start()


def copies(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.glob("*.duckdb"))


def test_what_one_server_publishes_the_others_show(servers: Servers) -> None:
    one, other = servers("a"), servers("b")
    assert (one.newest, other.newest) == (None, None)
    assert publish(one, "2023") == 1
    assert (other.newest, periods(other)) == (1, ["2023"])
    assert publish(other, "2024") == 2
    assert (one.newest, periods(one)) == (2, ["2023", "2024"])
    assert [version.varfor for version in one.versions()] == ["2024", "2023"]
    with other.open() as snapshot:
        assert snapshot.versions() == one.versions()


def test_a_version_taken_out_of_reach_elsewhere_is_on_no_disk(servers: Servers) -> None:
    one, other = servers("a"), servers("b")
    for period in ("2022", "2023"):
        publish(one, period)
    assert other.numbers() == [1, 2]
    assert copies(other) == ["000001.duckdb", "000002.duckdb"]
    assert one.withdraw([1], who="Eva", why="fel") == 3
    assert other.is_withdrawn(1)
    assert other.numbers() == [2, 3]
    assert copies(one) == copies(other) == ["000002.duckdb", "000003.duckdb"]
    with pytest.raises(NotFound), other.open(1):
        pass
    with other.shelf.lock() as writing:
        writing.set_state(1, State.PUBLICERAD)
    assert one.numbers() == [1, 2, 3], "and it can be put back"
    assert copies(one) == ["000001.duckdb", "000002.duckdb", "000003.duckdb"]


def test_a_version_that_is_deleted_is_on_no_server(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_GALLRING", "1")
    one, other = servers("a"), servers("b")
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_now", lambda: datetime(2020, 5, 1))
        publish(one, "2023")
    assert other.numbers() == [1]
    publish(one, "2024")
    assert one.numbers() == other.numbers() == [2]
    assert copies(one) == copies(other) == ["000002.duckdb"]
    assert [version.nummer for version in other.versions()] == [2, 1]


def test_without_the_database_all_is_read_and_nothing_published(
    servers: Servers, postgres_server: Server, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    one, other, new = servers("a"), servers("b"), servers("ny")
    publish(one, "2023")
    assert other.numbers() == [1]
    assert other.shelf.refusal() is None
    with stopped(postgres_server):
        assert [periods(other) for _ in range(3)] == [["2023"]] * 3
        refusal = other.shelf.refusal()
        assert refusal == "Databasen för lagret svarar inte (ingen svarar på adressen)."
        with pytest.raises(UserError, match=r"ingen svarar på adressen\)\. Inget är ändrat\.") as refused:
            publish(other, "2024")
        with pytest.raises(UserError, match="ännu inga kopior att visa") as nothing:
            assert new.newest
        postgresql._registry.clear()
        again = servers("b")
        assert periods(again) == ["2023"], "a server that is started meanwhile has its copies"
        assert again.shelf.refusal() == refusal
    assert publish(other, "2024") == 2
    until = time.monotonic() + 10
    while again.shelf.refusal() and time.monotonic() < until:  # nobody waits for one that did not answer
        time.sleep(0.01)
    assert (again.newest, again.shelf.refusal()) == (2, None)
    assert copies(other) == ["000001.duckdb", "000002.duckdb"]
    assert not list(other.folder.glob("*.tmp*")), "nothing half-done is left"
    said = [record.getMessage() for record in caplog.records]
    assert said.count("Databasen för lagret svarar inte (ingen svarar på adressen). Siffrorna läses ur kopior") == 2
    assert "Databasen för lagret svarar inte (ingen svarar på adressen). Här finns inga kopior att läsa" in said
    assert "Databasen för lagret svarar igen" in said
    assert PASSWORD not in "".join(
        [*said, str(refused.value), str(nothing.value), repr(one.shelf), repr(vars(one.shelf))]
    )


def test_a_database_that_is_lost_in_the_middle_of_a_publication_has_none_of_it(
    servers: Servers, postgres_server: Server
) -> None:
    one = servers("a")
    publish(one, "2023")

    def lose(_: object) -> list[tuple[int, str, str, str]]:
        postgres_server.stop(is_lost=True)
        postgres_server.start()
        return []

    losing = Store(one.shelf, one.schema, hidden_cells=lose)
    with pytest.raises(UserError, match="Inget är ändrat"):
        publish(losing, "2024")
    assert (one.numbers(), periods(one)) == ([1], ["2023"])
    assert not list(one.folder.glob("*.tmp*"))
    assert publish(one, "2024") == 2


@pytest.mark.parametrize("is_done", [True, False])
def test_an_answer_that_is_lost_is_asked_for_again(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, is_done: bool
) -> None:
    """The connection breaks at the commit: the database may have done it or not, and who publishes is told which."""
    one = servers("a")
    publish(one, "2023")
    transaction = psycopg.Connection.transaction

    @contextmanager
    def lost(self: psycopg.Connection[object]) -> Iterator[None]:
        with transaction(self, force_rollback=not is_done):
            yield
        self.close()
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "transaction", lost)
        if is_done:
            assert publish(one, "2024") == 2
        else:
            with pytest.raises(UserError, match=r"anslutningen bröts\)\. Inget är ändrat"):
                publish(one, "2024")
    assert periods(one) == ["2023", "2024"][: 1 + is_done]
    assert publish(one, "2025") == 2 + is_done


def test_a_damaged_copy_is_fetched_anew_and_counts_as_read_when_it_cannot_be(
    servers: Servers, postgres_server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    one = servers("a")
    publish(one, "2023")
    path = one.folder / "000001.duckdb"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"x")
    with one.open() as snapshot:
        assert [extract.matperiod for extract in snapshot.extracts()] == ["2023"]
        snapshot.connection.execute("select 1")
    assert path.read_bytes() == content
    assert "Kopian av version 1 är inte som i databasen, och hämtas på nytt" in caplog.text
    with stopped(postgres_server):
        path.write_bytes(b"")
        with (
            pytest.raises(OutOfReach, match="Kopian av version 1 på den här servern är skadad"),
            one.open() as snapshot,
        ):
            snapshot.connection.execute("select 1")
    with one.open() as snapshot:
        snapshot.connection.execute("select 1")


def test_each_lan_has_its_own_versions(servers: Servers, monkeypatch: pytest.MonkeyPatch, versions_url: str) -> None:
    one = servers("a")
    publish(one, "2023")
    theirs = Store(postgresql.shelf_at(versions_url, "07", "lager"), one.schema)
    assert theirs.newest is None
    with theirs.shelf.lock() as writing:
        (draft := writing.draft()).write_bytes(one.shelf.content(1))
        writing.put(1, draft, postgresql.Note("Eva", "fel län"))
    monkeypatch.setenv("NARAVARD_LAN", "07")
    with pytest.raises(UserError, match="gäller län 08, men NARAVARD_LAN är 07"), theirs.open():
        pass


def test_of_two_at_once_one_has_a_conflict_and_nothing_is_lost(
    servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = servers("a"), servers("b")
    publish(one, "2023")
    assert publish(one, "2024", expected=1) == 2
    with pytest.raises(
        VersionConflict, match=r"har publicerat version 2 \(Eva, [\d-]+ kl\. [\d:]+: 2024\)"
    ) as conflict:
        publish(other, "2025", expected=1)
    assert mask_ids(str(conflict.value)) == str(conflict.value), "nothing in it is taken for a person id"

    def meddle(_: object) -> list[tuple[int, str, str, str]]:
        publish(other, "2025")
        return []

    monkeypatch.setattr(postgresql, "session_lock", lambda *_: nullcontext())
    meddling = Store(one.shelf, one.schema, hidden_cells=meddle)
    with pytest.raises(VersionConflict, match="har publicerat version 3"):
        publish(meddling, "2026")  # the number is given once, with no lock at all
    assert periods(one) == periods(other) == ["2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda url: f"{url}?sslmode=require", "anslutningen kan inte krypteras som adressen säger"),
        (lambda url: f"{url}_annan", "databasen eller användaren finns inte"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_and_its_password_is_not(
    servers: Servers, versions_url: str, change: Callable[[str], str], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    servers("a")
    with pytest.raises(UserError) as error:
        assert small_store(change(versions_url)).newest
    assert f"Databasen för lagret svarar inte ({says})." in str(error.value)
    assert PASSWORD not in str(error.value) + caplog.text


def test_a_database_that_can_only_be_read_is_read(servers: Servers, versions_url: str) -> None:
    publish(servers("a"), "2023")
    replica = small_store(f"{versions_url}?options=-c%20default_transaction_read_only%3Don")
    assert periods(replica) == ["2023"]
    with pytest.raises(UserError, match=r"\(det går bara att läsa i den\)\. Inget är ändrat"):
        publish(replica, "2024")
    assert periods(replica) == ["2023"]


def test_a_database_that_has_gone_back_in_time_is_told_of(
    servers: Servers, versions_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    one = servers("a")
    for period in ("2022", "2023"):
        publish(one, period)
    with psycopg.connect(versions_url) as connection:
        connection.execute("delete from lagerversion where nummer = 2")
    assert periods(one) == ["2022"]
    assert "gått tillbaka till en tidigare tidpunkt. Starta om den här servern" in caplog.text


def test_two_programs_at_once(new_servers: Servers, monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    """A rolling update: the newer adds to the tables, the older goes on, until a newer one says that it must not."""
    older, newer = new_servers("a"), new_servers("b")
    publish(older, "2023")
    steps = [*_postgresql._STEPS, "alter table lagerversion add column extra text"]
    with monkeypatch.context() as patch:
        patch.setattr(_postgresql, "_STEPS", steps)
        assert publish(newer, "2024") == 2
    assert publish(older, "2025") == 3
    assert periods(newer) == ["2023", "2024", "2025"]
    with monkeypatch.context() as patch:
        patch.setattr(_postgresql, "_STEPS", [*steps, "select 1"])
        patch.setattr(_postgresql, "_OLDEST", 3)
        assert publish(newer, "2026") == 4
    with pytest.raises(UserError, match="Ett nyare program har gjort om databasen"):
        publish(older, "2027")
    assert periods(older) == ["2023", "2024", "2025", "2026"]
    with psycopg.connect(postgres_url) as connection:
        connection.execute("update lagerversion set tillstand = 'arkiverad' where nummer = 1")
    assert older.numbers() == [2, 3, 4], "a state that only a newer program knows is nobody's to read"


def at_once(*works: Callable[[], object]) -> list[object]:
    """What each gives, or the error that it ends with."""
    barrier, answers = threading.Barrier(len(works)), [object()] * len(works)

    def run(place: int) -> None:
        barrier.wait()
        try:
            answers[place] = works[place]()
        except Exception as error:
            answers[place] = error

    threads = [threading.Thread(target=run, args=[place]) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_servers_that_start_at_once_make_the_tables_and_fill_the_store_once(new_servers: Servers) -> None:
    all_servers = [new_servers(name) for name in "abc"]
    answers = at_once(*(partial(each.publish_first, [], who="Eva", why="start") for each in all_servers))
    assert sorted(answers, key=str) == [1, None, None]
    assert [server.newest for server in all_servers] == [1, 1, 1]


def test_building_is_one_at_a_time_over_all_servers(servers: Servers) -> None:
    inside: list[int] = []

    def build(store: Store) -> int:
        with store.shelf.building():
            inside.append(1)
            most = len(inside)
            time.sleep(0.05)
            inside.pop()
        return most

    all_servers = [servers(name) for name in "abc"]
    assert at_once(*(partial(build, each) for each in all_servers)) == [1, 1, 1]


def test_who_reads_does_not_wait_for_a_slow_database(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    one = servers("a")
    publish(one, "2023")
    slow = threading.Event()
    monkeypatch.setattr(_postgresql.Line, "rows", lambda *_: slow.wait(60) and [])
    monkeypatch.setattr(postgresql, "_PATIENCE", 1)
    began = time.monotonic()
    assert [one.newest for _ in range(60)] == [1] * 60
    assert time.monotonic() - began < 30, "one waits for a moment, the others not at all"
    assert one.shelf.refusal() is None
    monkeypatch.setattr(postgresql, "_HUNG_SECONDS", 0.05)
    assert one.shelf.refusal() == "Databasen för lagret svarar inte (inget svar i tid)."
    assert one.newest == 1
    slow.set()


class Readers:
    """Somebody who reads all the time, on a server of their own."""

    def __init__(self, store: Store) -> None:
        self.reads = 0
        self.faults: list[object] = []
        self._store = store
        self._newest = store.newest or 0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> "Readers":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._ends.wait(0.02):
            try:
                newest = self._store.newest or 0
                extracts = self._store.extracts(newest) if newest else []
                if newest < self._newest or len(extracts) != newest:
                    self.faults.append((self._newest, newest, len(extracts)))
                self._newest = newest
            except Exception as error:
                self.faults.append(error)
            self.reads += 1


class Writers:
    """Processes that publish: two of them on one server, with one folder."""

    def __init__(self, url: str, folder: Path, database: Server) -> None:
        self.told: list[tuple[int, str]] = []
        self._url, self._folder, self._database = url, folder, database

    def round(self, number: int, times: int, chance: random.Random) -> None:
        """Three begin at once; the database is lost and comes back, and one of the three is killed on its way."""
        runs = [self._start(f"{number}{name}", times) for name in "abc"]
        for run in runs:
            assert run.stdout
            assert run.stdout.readline() == "redo\n"
        for run in runs:
            assert run.stdin
            run.stdin.write("\n")
            run.stdin.flush()
        time.sleep(chance.uniform(0.02, 0.3))
        with stopped(self._database):
            time.sleep(chance.uniform(0, 0.3))
        time.sleep(chance.uniform(0.02, 0.3))
        runs[number % 3].kill()
        lines = [line for run in runs for line in run.communicate(timeout=120)[0].splitlines()]
        assert [run.returncode for run in runs if run.returncode != -signal.SIGKILL] in ([0, 0], [0, 0, 0])
        self.told += [(int(line.split()[0]), line.split()[1]) for line in lines if len(line.split()) == 2]

    def _start(self, name: str, times: int) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "tests.shelves", self._url, name, str(times)],
            cwd=settings.ROOT,
            env={**os.environ, "NARAVARD_DATA": str(self._folder / ("c" if name.endswith("c") else "ab"))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


@pytest.mark.process
@pytest.mark.slow  # test_several_servers.py has the same behind Caddy
@pytest.mark.parametrize(("rounds", "times"), [(1, 3), (25, 6)])
def test_three_writers_of_whom_one_is_killed_lose_nothing(
    servers: Servers, postgres_server: Server, versions_url: str, tmp_path: Path, rounds: int, times: int
) -> None:
    """What has been told to be published is there, once, and each version has all that was before it.

    Meanwhile the database is lost once a round, and no read fails.
    """
    writers = Writers(versions_url, tmp_path, postgres_server)
    store = servers("läsare")
    with Readers(store) as readers:
        for number in range(rounds):
            writers.round(number, times, random.Random(number))
    assert readers.faults == []
    assert readers.reads > 20 * rounds
    until = time.monotonic() + 10
    while store.shelf.refusal() and time.monotonic() < until:
        time.sleep(0.01)
    log = store.versions()
    assert [version.nummer for version in reversed(log)] == list(range(1, len(log) + 1))
    published = {version.nummer: version.varfor for version in log}
    assert all(published[number] == period for number, period in writers.told)
    assert len(writers.told) <= len(log) <= len(writers.told) + rounds, "a killed one may not have been told of its own"
    assert len(writers.told) >= rounds * 2 * times
    assert sorted(periods(store)) == sorted(set(published.values())), "nobody's publication undid another's"
    ids = [uttag_id for version in log for uttag_id in version.uttag]
    assert len(ids) == len(set(ids)) == len(log)
    logging.getLogger("tests").info("%s publications, %s reads", len(log), readers.reads)
