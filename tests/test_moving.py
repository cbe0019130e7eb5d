"""A store from a folder to a database and back: the same bytes, whatever happens on the way."""

from pathlib import Path

import psycopg
import pytest

from naravard import stores
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.intake import corrections
from naravard.store import moving
from naravard.store.moving import Moved, move
from naravard.store.shelves import State
from naravard.store.snapshots import Store
from naravard.workshop.workshops import Workshops
from tests.postgres import Server
from tests.shelves import publish, small_store
from tests.test_cli import run
from tests.test_store import publish_sabo


@pytest.fixture
def laptop(empty_data: Path) -> Store:
    """A folder with three versions, of which the first is out of reach."""
    store = small_store(str(empty_data))
    for period in ("2022", "2023"):
        publish(store, period)
    store.withdraw([1], who="Eva", why="fel")
    return store


@pytest.fixture
def shared(laptop: Store, versions_url: str) -> Store:
    return small_store(versions_url)


def contents(store: Store) -> dict[int, tuple[State, bytes]]:
    return {number: (state, store.shelf.content(number)) for number, state in store.shelf.states().items()}


def test_there_and_back_all_is_the_same(laptop: Store, shared: Store, versions_url: str, tmp_path: Path) -> None:
    assert move(laptop, shared) == Moved(versions=3, new=3, newest=3)
    assert contents(shared) == contents(laptop)
    assert publish(shared, "2024") == 4
    with psycopg.connect(versions_url) as connection:
        rows = connection.execute("select nummer, vem, varfor from lagerversion order by nummer").fetchall()
        (since,) = connection.execute("select max(abs(extract(epoch from now() - nar))) from lagerversion").fetchone()
    assert rows == [(1, "Eva", "2022"), (2, "Eva", "2023"), (3, "Eva", "fel"), (4, "Eva", "2024")]
    assert since < 60, "when it was made, whatever the clock of the database"
    back = small_store(str(tmp_path / "hem"))
    assert move(shared, back) == Moved(versions=4, new=4, newest=4)
    assert contents(back) == contents(shared)
    assert back.versions() == shared.versions()
    assert move(back, laptop) == Moved(versions=4, new=1, newest=4), "and to where it came from"


def test_a_move_that_was_broken_off_goes_on(laptop: Store, shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    content = laptop.shelf.content
    with monkeypatch.context() as patch:
        patch.setattr(laptop.shelf, "content", lambda number: content(number) if number < 3 else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move(laptop, shared)
    assert shared.shelf.states() == {1: State.UNDANTAGEN, 2: State.PUBLICERAD}
    assert move(laptop, shared) == Moved(versions=3, new=1, newest=3)
    assert move(laptop, shared) == Moved(versions=3, new=0, newest=3)


def test_what_happens_to_the_old_meanwhile_and_afterwards_comes_too(
    laptop: Store, shared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = laptop.shelf.content

    def publishing(number: int) -> bytes:
        if laptop.newest == 3:
            publish(laptop, "2024")
        return content(number)

    with monkeypatch.context() as patch:
        patch.setattr(laptop.shelf, "content", publishing)
        assert move(laptop, shared) == Moved(versions=4, new=4, newest=4)
    laptop.withdraw([2], who="Eva", why="fel")
    (laptop.folder / "000001.undantagen").unlink()
    assert move(laptop, shared) == Moved(versions=4, new=1, newest=5)
    assert shared.shelf.states() == laptop.shelf.states()
    monkeypatch.setattr(moving, "_ROUNDS", 2)
    monkeypatch.setattr(laptop.shelf, "content", lambda n: publish(laptop, "2025") and content(n))
    with pytest.raises(UserError, match="ändras hela tiden"):
        move(laptop, shared)


def test_versions_of_the_others_own_are_never_overwritten(laptop: Store, shared: Store, tmp_path: Path) -> None:
    move(laptop, shared)
    publish(shared, "2024")
    before = contents(shared)
    with pytest.raises(UserError, match=r"finns version 4 \(av Eva: 2024\), som inte finns här\. Inget är flyttat"):
        move(laptop, shared)
    publish(laptop, "2025")
    with pytest.raises(UserError, match="finns version 4"):
        move(laptop, shared)
    assert contents(shared) == before
    with pytest.raises(UserError, match="inga versioner att flytta"):
        move(small_store(str(tmp_path / "tom")), shared)


def test_a_version_that_is_not_the_same_on_both_places_is_told(laptop: Store, shared: Store, versions_url: str) -> None:
    move(laptop, shared)
    file = laptop.folder / "000002.duckdb"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(UserError, match="Version 2 är inte samma på båda platserna"):
        move(laptop, shared)
    with psycopg.connect(versions_url) as connection:
        connection.execute("update lagerversion set innehall = 'skadad' where nummer = 2")
    with pytest.raises(UserError, match="Version 2 är skadad i databasen"):
        move(shared, laptop)


def test_another_lan_is_not_moved(laptop: Store, shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "07")
    with pytest.raises(UserError, match="gäller län 08"):
        move(laptop, shared)
    assert shared.shelf.states() == {}


def test_the_rehearsal_by_commands(
    deck_data: Path, postgres_server: Server, versions_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a laptop's folder to a database and a server with an empty folder, a copy of that, and back."""
    before = stores.live_store().versions()
    kod, key = Workshops(deck_data).begin("Hösten", ["Kalmar"], ["Vad fungerar?"])
    corrections.add(Correction("sabo", "kommun", "Kalmra", "Kalmar kommun", "anmält"))
    told = run("flytta-lager", versions_url).stdout
    assert "Workshoppar: 1 workshop och 0 korta länkar ligger på båda platserna" in told
    assert "Rättelser, profiler och nycklar: 1 fil" in told
    assert "sätt NARAVARD_LAGER" in told
    assert stores.live_store().folder == deck_data / "lager", "the old is in force until the setting is changed"
    monkeypatch.setenv("NARAVARD_LAGER", versions_url)
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "server"))
    assert stores.live_store().versions() == before
    publish_sabo(stores.live_store())
    assert Workshops(tmp_path / "server").is_leader(kod, key)
    corrections.add(Correction("sabo", "kommun", "Klamar", "Kalmar kommun", "anmält"))
    assert "Det är därifrån som siffrorna läses nu" in run("flytta-lager", versions_url).stderr
    assert "4 filer" in run("sakerhetskopiera", str(tmp_path / "kopia")).stdout
    assert "Klamar" in (tmp_path / "kopia" / "rattelser.csv").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "kopia" / "lager").iterdir()) == ["000001.duckdb", "000002.duckdb"]
    with monkeypatch.context() as patch:
        patch.delenv("NARAVARD_LAGER")
        for command in (["versioner"], ["sakerhetskopiera", str(tmp_path / "fel")], ["flytta-lager", str(deck_data)]):
            assert "ligger i en databas, men NARAVARD_LAGER är inte satt" in run(*command).stderr, command
    assert "ta bort NARAVARD_LAGER" in run("flytta-lager", str(deck_data)).stdout
    assert "2 versioner" in run("flytta-lager", str(tmp_path / "server")).stdout
    with monkeypatch.context() as patch:
        patch.delenv("NARAVARD_LAGER")
        assert stores.live_store().folder == tmp_path / "server" / "lager", "and so it is the folder's again"
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "ny"))
    monkeypatch.setenv("NARAVARD_LAGER", postgres_server.new_database())
    told = run("aterskapa", str(tmp_path / "kopia")).stdout
    assert ("version 2 med" in told, "1 workshop." in told) == (True, True), "into the database, which is empty"
    assert Workshops(tmp_path / "ny").is_leader(kod, key)
    assert stores.live_store().shelf.numbers() == [1, 2]
    monkeypatch.delenv("NARAVARD_LAGER")
    monkeypatch.setenv("NARAVARD_DATA", str(deck_data))
    assert [version.nummer for version in stores.live_store().versions()] == [2, 1]
    assert Workshops(deck_data).is_leader(kod, key)
    assert [each.fel_varde for each in corrections.load()] == ["Kalmra", "Klamar"]
