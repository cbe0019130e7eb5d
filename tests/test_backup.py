"""A copy that is taken while the app runs, and the way back from it: the drill that an operator should make too."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from naravard import backup, stores
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.intake import corrections, profiles
from naravard.intake.profiles import Profile
from naravard.store.snapshots import Store
from naravard.workshop.workshops import Workshops
from tests.test_cli import run
from tests.test_store import publish_sabo


@pytest.fixture(scope="module")
def used_once(filled_with_deck: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two versions, a workshop, a profile, corrections, rules and things that pass."""
    folder = tmp_path_factory.mktemp("använd") / "data"
    shutil.copytree(filled_with_deck, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder))
        publish_sabo(stores.live_store(), "2025")
    kod, _ = Workshops(folder).begin("Hösten", ["Kalmar"], ["Vad fungerar?"])
    workshop = Workshops(folder).workshop(kod)
    Workshops(folder).answer(kod, "nummer-ett", workshop.fragor[0].id, workshop.grupper[0].id, "Korta vägar")
    for name, text in (
        ("profiler/kalmar.json", "{}"),
        ("rattelser.csv", "kalla\n"),
        ("skydd.toml", (settings.OWN_DATA / "skydd.toml").read_text(encoding="utf-8")),
        ("lager/000099.duckdb.tmp", "halv"),
        ("lager-exempel/000001.duckdb", "görs på nytt"),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def used_data(used_once: Path, empty_data: Path) -> Path:
    """The same, to be changed."""
    shutil.copytree(used_once, empty_data)
    return empty_data


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the tables of the workshops hold."""
    with closing(sqlite3.connect(folder / "workshop" / "workshop.sqlite")) as connection:
        return {name: connection.execute(f"select * from {name}").fetchall() for name in ("workshop", "svar", "grupp")}


def test_the_drill_a_copy_by_command_and_a_new_folder_of_it(
    used_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, versions = contents(used_data), stores.live_store().versions()
    assert "är hel" in run("sakerhetskopiera", str(tmp_path / "kopia")).stdout
    kept = json.loads((tmp_path / "kopia" / "kopia.json").read_text(encoding="utf-8"))["filer"]
    assert set(kept) == {
        "lager/000001.duckdb", "lager/000002.duckdb", "profiler/kalmar.json", "rattelser.csv", "skydd.toml",
        "workshop/workshop.sqlite",
    }  # fmt: skip
    shutil.rmtree(used_data)
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "ny"))
    done = run("aterskapa", str(tmp_path / "kopia"))
    told = done.stdout
    assert done.stderr == ""
    assert "version 2" in told and "1 workshop." in told
    assert contents(tmp_path / "ny") == before
    assert stores.live_store().versions() == versions
    assert (tmp_path / "ny" / "rattelser.csv").read_text(encoding="utf-8") == "kalla\n"
    stores.live_store().restore(1, who="test", why="det går vidare")
    assert stores.live_store().newest == 3, "it goes on where it was"


def test_a_copy_that_is_taken_while_all_is_changed_is_of_one_moment(used_data: Path, tmp_path: Path) -> None:
    ends = threading.Event()
    kod = Workshops(used_data).all()[0][0].kod

    def work() -> None:
        rooms = Workshops(used_data)
        question, group = rooms.workshop(kod).fragor[0].id, rooms.workshop(kod).grupper[0].id
        count = 0
        while not ends.is_set():
            rooms.answer(kod, f"nummer-{count:06d}", question, group, f"Svar {count}")
            rooms.mark_common(kod, [1], bool(count % 2))
            count += 1

    thread = threading.Thread(target=work)
    thread.start()
    try:
        copies = [backup.take(used_data, tmp_path / f"kopia-{number}") for number in range(3)]
    finally:
        ends.set()
        thread.join()
    for copy in copies:
        backup.read(copy.folder)
        numbers = [row[2] for row in contents(copy.folder)["svar"][1:]]
        assert numbers == [f"nummer-{count:06d}" for count in range(len(numbers))]


def test_what_was_pruned_or_withdrawn_meanwhile_is_not_in_the_copy(
    used_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_file = backup._copy_file

    def slow(source: Path, target: Path) -> str:
        checksum = copy_file(source, target)
        if source.name == "000001.duckdb":
            source.rename(source.with_name("000001.duckdb.undantagen"))
        return checksum

    monkeypatch.setattr(backup, "_copy_file", slow)
    copy = backup.take(used_data, tmp_path / "kopia")
    assert "lager/000001.duckdb.undantagen" in copy.filer
    assert not (tmp_path / "kopia" / "lager" / "000001.duckdb").exists()


def change(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda folder: (folder / "kopia.json").unlink(), "ingen färdig kopia"),
        (change("kopia.json", b"{"), "går inte att läsa"),
        (change("kopia.json", b"[]"), "går inte att läsa"),
        (change("rattelser.csv", b"annat"), "rattelser.csv är inte som när kopian togs"),
        (lambda folder: (folder / "rattelser.csv").unlink(), "rattelser.csv saknas"),
        (change("lager/000003.duckdb", b"ny"), "lager/000003.duckdb hör inte till kopian"),
    ],
)
def test_a_copy_that_is_not_whole_is_put_back_nowhere(
    used_data: Path, tmp_path: Path, harm: Callable[[Path], object], says: str
) -> None:
    backup.take(used_data, tmp_path / "kopia")
    harm(tmp_path / "kopia")
    with pytest.raises(UserError, match=says):
        backup.read(tmp_path / "kopia")


def test_a_list_that_leads_out_of_the_copy_is_refused(used_data: Path, tmp_path: Path) -> None:
    copy = backup.take(used_data, tmp_path / "kopia")
    (tmp_path / "utanför").write_bytes(b"x")
    for name in ("../utanför", str(tmp_path / "utanför"), "lager/../../utanför"):
        copy.filer[name] = backup._sum(tmp_path / "utanför")
        with pytest.raises(UserError, match="inte hel"):
            backup.check(copy)
        del copy.filer[name]


def test_nothing_is_overwritten(used_data: Path, tmp_path: Path) -> None:
    backup.take(used_data, tmp_path / "kopia")
    for command in (["sakerhetskopiera", str(tmp_path / "kopia")], ["aterskapa", str(tmp_path / "kopia")]):
        done = run(*command)
        assert (done.returncode, "inget skrivs över" in done.stderr) == (2, True), command
    assert isinstance(stores.live_store(), Store)
    for folder in (used_data / "kopia", used_data, used_data.parent):
        assert "inte ligga i datamappen" in run("sakerhetskopiera", str(folder)).stderr


def test_a_damaged_file_of_workshops_is_told_and_there_is_no_copy(used_data: Path, tmp_path: Path) -> None:
    (used_data / "workshop" / "workshop.sqlite").write_bytes(b"inte en databas" * 500)
    for end in ("-wal", "-shm"):
        (used_data / "workshop" / f"workshop.sqlite{end}").unlink(missing_ok=True)
    with pytest.raises(UserError, match="går inte att kopiera"):
        backup.take(used_data, tmp_path / "kopia")
    with pytest.raises(UserError, match="ingen färdig kopia"):
        backup.read(tmp_path / "kopia")


def test_corrections_and_profiles_are_files_that_the_copy_has(empty_data: Path, tmp_path: Path) -> None:
    corrections.add(Correction("cosmic", "kommun", "Kalmra", "Kalmar kommun", "anmält"))
    profiles.save(Profile("Vår fil", "cosmic", ("Kommun",), {"kommun": "Kommun"}, "prov", "2026-11-27"))
    assert set(backup.take(empty_data, tmp_path / "kopia").filer) == {"rattelser.csv", "profiler/var-fil.json"}
