"""Snapshots: numbered, never changed, published whole or not at all, restored without loss."""

import hashlib
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

from naravard import intake, stores
from naravard.base import kommuner, settings
from naravard.base.errors import NotFound, UserError
from naravard.figures.reader import Reader
from naravard.store import ledger, moving
from naravard.store.schema import Schema
from naravard.store.snapshots import Store
from tests.conftest import DECK_FILES, publish_only_the_deck


@pytest.fixture(params=["folder", "postgresql"])
def is_shared(request: pytest.FixtureRequest) -> bool:
    """Whether the versions lie in a PostgreSQL: nothing else is tried otherwise for that."""
    return bool(request.param == "postgresql")


@pytest.fixture
def data(is_shared: bool, deck_data: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    if is_shared:
        filled = stores.live_store()
        monkeypatch.setenv("NARAVARD_LAGER", request.getfixturevalue("versions_url"))
        moving.move(filled, stores._store("lager", is_example=False))
        shutil.rmtree(deck_data / "lager")
    return deck_data


@pytest.fixture
def empty_store(
    is_shared: bool, empty_data: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Store:
    if is_shared:
        monkeypatch.setenv("NARAVARD_LAGER", request.getfixturevalue("versions_url"))
    return stores._store("lager", is_example=False)


in_a_folder = pytest.mark.parametrize("is_shared", [False])


def sabo_file(boende: int = 100, med: int = 60) -> bytes:
    rows = [f"{k.namn};{boende};{med}" for k in kommuner.in_lan("08")]
    return "\n".join(["Kommun;Boende på SÄBO;Kommunal primärvård", *rows]).encode("utf-8")


def publish_sabo(target: Store, matperiod: str = "våren 2024", **numbers: int) -> int:
    examination = intake.examine(sabo_file(**numbers), "sabo.csv", intake.Choices(kalla="sabo", matperiod=matperiod))
    return intake.publish([examination], target, who="test", why="prov")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def share(target: Store, **filters: str) -> float | None:
    row = Reader(target).read("sabo_andel_primarvard", **filters).lan()
    return row.varde if row else None


def test_publication_is_a_new_file_and_the_old_is_untouched(live: Store) -> None:
    before = digest(live.folder / "000001.duckdb")
    assert publish_sabo(live) == 2
    assert digest(live.folder / "000001.duckdb") == before
    assert share(live) == 60
    assert share(live, matperiod="ej angiven") == pytest.approx(100 * 1447 / 1885)


@in_a_folder
def test_same_source_and_period_is_replaced_and_stays_in_the_older_version(empty_store: Store) -> None:
    publish_sabo(empty_store, med=60)
    publish_sabo(empty_store, med=70)
    assert share(empty_store) == 70
    states = [(e.kalla, e.matperiod, e.status) for e in empty_store.extracts()][:2]
    assert states == [("sabo", "våren 2024", "gallande"), ("sabo", "våren 2024", "ersatt")]
    assert Reader(empty_store, 1).read("sabo_andel_primarvard").lan().varde == 60


def test_restore_is_a_new_publication_that_keeps_the_log(live: Store) -> None:
    publish_sabo(live)
    assert live.restore(1, who="test", why="fel fil") == 3
    assert share(live) == pytest.approx(100 * 1447 / 1885)
    assert [(v.nummer, v.handelse, v.varfor) for v in live.versions()] == [
        (3, "återställning av version 1", "fel fil"),
        (2, "import", "prov"),
        (1, "första start", "Första start: LGL:s bilder, befolkning och nyckeltal"),
    ]
    publish_sabo(live)
    ids = [i for v in live.versions() for i in v.uttag]
    assert len(ids) == len(set(ids)), "an id of an extract must never be used again"


@in_a_folder
def test_restore_of_unknown_version(live: Store) -> None:
    with pytest.raises(NotFound, match="Version 99 finns inte"):
        live.restore(99, who="test", why="prov")


def test_failure_in_the_middle_leaves_the_store_as_it_was(live: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(p.name for p in live.folder.iterdir())

    def fail(*_: object) -> None:
        raise OSError("disken är full")

    monkeypatch.setattr(ledger, "write_event", fail)
    with pytest.raises(UserError, match="Inget är ändrat"):
        publish_sabo(live)
    assert sorted(p.name for p in live.folder.iterdir()) == before
    assert live.newest == 1


@in_a_folder
@pytest.mark.slow  # at any moment: tests/test_faults.py
@pytest.mark.process
def test_a_killed_publication_loses_nothing(live: Store) -> None:
    program = """
        import os, signal
        from naravard import stores
        from naravard.store.shelves import folder
        folder._flush = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        import tests.test_store as t
        t.publish_sabo(stores.live_store())
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], cwd=settings.ROOT, check=False)
    assert run.returncode == -9
    assert live.newest == 1
    assert share(live) == pytest.approx(100 * 1447 / 1885)
    assert publish_sabo(live) == 2
    assert not list(live.folder.glob("*.tmp*"))


def test_reader_in_the_middle_is_not_disturbed(live: Store) -> None:
    with live.open() as snapshot:
        before = snapshot.connection.execute("select sum(boende) from sabo").fetchone()
        publish_sabo(live)
        assert snapshot.connection.execute("select sum(boende) from sabo").fetchone() == before
    assert live.newest == 2


@in_a_folder
def test_snapshots_are_read_only(live: Store) -> None:
    with live.open() as snapshot, pytest.raises(duckdb.Error):
        snapshot.connection.execute("delete from uttag")


@in_a_folder
def test_population_adds_up_and_the_newest_cell_goes_first(live: Store) -> None:
    """A small file with the same first and last year must not take the rest out of force; nor may riket."""
    name = "kommunal_primarvard_andel_av_befolkningen"
    before = Reader(live).read(name).lan()
    small = b"kommun;ar;aldersgrupp;antal\n0880;2015;80+;4000\n0880;2024;80+;4321\nRiket;2016;totalt;9995153\n"
    examination = intake.examine(small, "scb.csv", intake.Choices(kalla="befolkning"))
    assert examination.matperiod == "2015–2024"
    intake.publish([examination], live, who="test", why="prov")
    after = Reader(live).read(name).lan()
    assert before is not None and after is not None
    assert (after.namnare, after.namnare_ar) == (before.namnare, before.namnare_ar) == (247711, 2022)
    rows = {r.kommun_kod: r.taljare for r in Reader(live).read("befolkning_80plus", matperiod="2015").rows}
    assert rows["0880"] == 4000
    assert rows["08"] == 15268


@in_a_folder
def test_without_any_age_there_is_no_share_rather_than_none(live: Store) -> None:
    rows = [f"a{i};Kalmar;SSK;" for i in range(40)] + [f"b{i};Nybro;SSK;80" for i in range(40)]
    content = "\n".join(["Person-ID;Kommun;Profession;Ålder", *rows]).encode()
    examination = intake.examine(content, "e.csv", intake.Choices(kalla="ensolutions", matperiod="2024"))
    assert any("ålder saknas" in f.what and f.count == 40 for f in examination.findings)
    intake.publish([examination], live, who="test", why="prov")
    for name in ("hemsjukvard_andel_65plus", "hemsjukvard_ssk_andel_65plus"):
        result = Reader(live).read(name)
        kalmar, nybro = result.row("0880"), result.row("0881")
        assert kalmar is not None and nybro is not None
        assert (kalmar.varde, kalmar.skydd) == (None, "-")
        assert nybro.taljare == 40


def test_a_version_from_before_a_column_is_read_with_it_empty(live: Store) -> None:
    tables = {**live.schema.tables, "sabo": f"{live.schema.tables['sabo']}, ny_kolumn varchar"}
    later = Store(live.shelf, Schema(tables, live.schema.views))
    with later.open(1) as snapshot, later.candidate([]) as candidate:
        for version in (snapshot, candidate):
            rows = version.connection.execute("select count(*), count(ny_kolumn) from sabo").fetchone()
            assert rows == (13, 0)


@in_a_folder
def test_a_stray_file_in_the_folder_is_left_alone(live: Store) -> None:
    shutil.copy(live.folder / "000001.duckdb", live.folder / "000001 - kopia.duckdb")
    assert live.newest == 1
    assert publish_sabo(live) == 2
    assert (live.folder / "000001 - kopia.duckdb").exists()


@in_a_folder
def test_a_damaged_snapshot_is_told_and_can_be_left_by_a_restore(live: Store) -> None:
    publish_sabo(live)
    (live.folder / "000002.duckdb").write_bytes(b"skadad")
    with pytest.raises(UserError, match=r"går inte att läsa.*aterstall 1"):
        share(live)
    assert live.restore(1, who="test", why="skadad fil") == 3
    assert share(live) == pytest.approx(100 * 1447 / 1885)


def test_a_lan_that_does_not_exist_is_told_before_anything_is_written(
    empty_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "8")
    with pytest.raises(UserError, match="Länskoden '8' finns inte"):
        stores.live_store()
    assert not empty_data.exists()


@in_a_folder
def test_an_indicator_cannot_read_files_outside_the_store(live: Store) -> None:
    with live.open() as snapshot, pytest.raises(duckdb.Error):
        snapshot.connection.execute("select * from read_text('README.md')")


@in_a_folder
def test_reasons_hold_no_id(live: Store) -> None:
    examination = intake.examine(sabo_file(), "sabo.csv", intake.Choices(kalla="sabo", matperiod="2024"))
    with pytest.raises(UserError, match="Orsaken innehåller något som liknar ett person-id"):
        intake.publish([examination], live, who="test", why="Anna 19380230-1234")
    with pytest.raises(UserError, match="Orsaken innehåller"):
        intake.restore(1, live, who="test", why="Anna 19380230-1234")


@pytest.mark.process
def test_first_start_happens_once(empty_data: Path) -> None:
    """Two processes that have loaded everything are let go at the same moment."""
    program = f"""if True:
        from naravard import stores
        files = [file for file in stores.published_files() if file.fil in {DECK_FILES}]
        stores.published_files = lambda: files
        print('redo', flush=True)
        input()
        print(stores.live_store().newest)
    """
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [run.stdout.readline() for run in runs if run.stdout] == ["redo\n"] * 2
    for run in runs:
        assert run.stdin
        run.stdin.write("\n")
    assert [run.communicate()[0].strip() for run in runs] == ["1", "1"]
    assert len(stores.live_store().versions()) == 1


def test_a_store_of_another_lan_is_refused(live: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "07")
    with pytest.raises(UserError, match="gäller län 08, men NARAVARD_LAN är 07"):
        Reader(live).read("sabo_boende")


def test_another_lan_starts_with_open_figures_and_takes_its_own_extracts(
    empty_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "07")
    target = stores.live_store()
    assert [(extract.kalla, extract.publicerad) for extract in target.extracts()] == [("nyckeltal", True)]
    content = b"Kommun;Boende;Kommunal primarvard\nAlvesta;50;40\nLessebo;20;10\n"
    examination = intake.examine(content, "sabo.csv", intake.Choices(kalla="sabo", matperiod="2024"))
    intake.publish([examination], target, who="test", why="prov")
    rows = Reader(target).read("sabo_andel_primarvard").rows
    assert {row.kommun: row.varde for row in rows}["Alvesta"] == 80
    assert {row.kommun: row.skydd for row in rows}["Växjö"] == "-"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("en fil där mappen skulle ligga", encoding="utf-8")
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "data"))
    publish_only_the_deck(monkeypatch)
    with pytest.raises(UserError, match="Det går inte att skriva i mappen"):
        stores.live_store()
