"""The desk: files in memory until they are published, cancelled or left; and the same content as by command line."""

import gc
import pickle
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from naravard import intake, stores
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.model import Finding
from naravard.intake import desk as desks
from naravard.intake import examination
from naravard.intake.desk import Desk, Meaning, Upload
from naravard.store.snapshots import Store
from naravard.ui.parts.ladda_upp.publication import _task
from tests.test_cli import run
from tests.test_counting import COSMIC, as_csv, random_rows
from tests.test_store import publish_sabo, sabo_file

NAME = "sabo våren 2024.csv"
PATIENCE = 300
"""Seconds until something that must happen counts as not happening: how fast the machine is decides nothing."""
PERSONS = as_csv(COSMIC, random_rows(300, persons=200, seed=7))


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


def checked(desk: Desk) -> list[Upload]:
    """Wait for all checks."""
    end = time.monotonic() + PATIENCE
    while desk.busy:
        assert time.monotonic() < end, "the checks did not end"
        time.sleep(0.01)
    return desk.uploads


@pytest.fixture
def desk(live: Store) -> Desk:
    return Desk(live)


def test_a_file_is_checked_its_period_guessed_and_published(desk: Desk, live: Store) -> None:
    desk.add(NAME, sabo_file())
    (upload,) = checked(desk)
    assert (upload.state, upload.choices.matperiod) == ("kontrollerad", "våren 2024")
    assert {change.kommun for change in desk.difference().changes} >= {"Borgholm", "Kalmar län"}
    assert desk.publish(who="Anna", why="prov", expected_version=desk.difference().base) == 2
    assert live.versions()[0].vem == "Anna"
    assert desk.uploads == []
    assert upload.content == b""


def test_two_files_are_published_as_one_version(desk: Desk, live: Store) -> None:
    desk.add(NAME, sabo_file())
    desk.add("cosmic 2024-03.csv", PERSONS)
    checked(desk)
    desk.publish(who="t", why="t", expected_version=1)
    assert [e.kalla for e in live.extracts()[:2]] == ["cosmic", "sabo"]
    assert len(live.versions()) == 2


def test_a_choice_checks_the_file_again(desk: Desk) -> None:
    upload = desk.add("uttag.csv", sabo_file())
    checked(desk)
    assert [e.what for e in upload.examination.errors] == ["mätperioden saknas"] if upload.examination else False
    desk.choose(upload.id, matperiod="hösten 2024")
    checked(desk)
    assert upload.examination and upload.examination.counts
    assert upload.examination.matperiod == "hösten 2024"


def test_someone_else_publishes_meanwhile(desk: Desk, live: Store) -> None:
    desk.add(NAME, sabo_file())
    checked(desk)
    base = desk.difference().base
    publish_sabo(live, "våren 2023")
    assert desk.publish(who="t", why="t", expected_version=base) is None
    assert "test publicerade version 2 (prov) medan du arbetade" in desk.notice
    (upload,) = checked(desk)
    assert upload.base == 2
    assert desk.publish(who="t", why="t", expected_version=desk.difference().base) == 3


def test_two_files_for_one_period_are_told(desk: Desk) -> None:
    desk.add(NAME, sabo_file())
    desk.add(f"kopia {NAME}", sabo_file(boende=90))
    checked(desk)
    assert len(desk.twins()) == 1


def test_a_check_can_be_cancelled_and_begun_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    waits, began = threading.Event(), threading.Event()
    workers: list[threading.Thread] = []
    real = intake.examine

    def slow(*arguments: Any, step: Callable[[str], None], **options: Any) -> Any:
        workers.append(threading.current_thread())
        began.set()
        assert waits.wait(PATIENCE)
        return real(*arguments, step=step, **options)

    monkeypatch.setattr(examination, "examine", slow)
    upload = desk.add(NAME, sabo_file())
    assert began.wait(PATIENCE)
    desk.cancel(upload.id)
    assert upload.state == "avbruten"
    waits.set()
    workers[0].join(PATIENCE)
    assert not workers[0].is_alive()
    assert (upload.state, upload.examination) == ("avbruten", None)
    desk.choose(upload.id)
    checked(desk)
    assert upload.examination and upload.examination.counts


def test_a_file_that_cannot_be_read_leaves_a_sentence(desk: Desk) -> None:
    upload = desk.add("bild.csv", b"\x89PNG\r\n\x1a\n\x00\x00")
    checked(desk)
    assert upload.state == "gick inte"
    assert upload.problem.startswith("Filen bild.csv är ingen textfil")


def test_an_unexpected_error_tells_its_place_and_nothing_of_the_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*arguments: Any, **options: Any) -> Any:
        raise ValueError("19380230-1234")

    monkeypatch.setattr(examination, "examine", broken)
    upload = desk.add(NAME, sabo_file())
    checked(desk)
    assert "ValueError i test_desk.py" in upload.problem
    assert "19380230" not in upload.problem + caplog.text


def test_a_file_left_behind_is_let_go_of(live: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = desks.of_visitor("a", live)
    upload = mine.add("cosmic våren 2024.csv", PERSONS)
    checked(mine)
    mine.last_used -= desks.IDLE_SECONDS + 1
    desks.of_visitor("b", live)
    assert upload.content == b""
    assert desks.of_visitor("a", live) is not mine
    for token in ("a", "b"):
        desks.leave(token)


def test_what_is_kept_of_a_check_holds_no_person() -> None:
    """Everything that an Examination reaches, pickled, is searched for ids."""
    examination = intake.examine(PERSONS, "cosmic.csv", intake.Choices(matperiod="våren 2024"))
    kept = pickle.dumps(examination)
    ids = {row[0] for row in random_rows(300, persons=200, seed=7)}
    assert not [i for i in ids if i.encode() in kept or i[2:].encode() in kept]
    assert gc.collect() >= 0


def content_of(store: Store, number: int) -> dict[str, list[Any]]:
    """All tables of a version, names and times left out."""
    left_out = {"vem", "nar", "varfor", "filnamn"}
    with duckdb.connect(store.folder / f"{number:06}.duckdb", read_only=True) as connection:
        found = {}
        for (table,) in connection.execute("select table_name from duckdb_tables() order by all").fetchall():
            rows = connection.execute(f'from "{table}"')
            names = [column[0] for column in rows.description]
            found[table] = [
                {n: v for n, v in zip(names, row, strict=True) if n not in left_out} for row in rows.fetchall()
            ]
        return found


def test_the_page_and_the_command_line_publish_the_same(
    desk: Desk, live: Store, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cosmic våren 2024.csv"
    file.write_bytes(PERSONS)
    same = shutil.copytree(data, tmp_path / "samma")
    desk.add(file.name, PERSONS)
    checked(desk)
    assert desk.publish(who="t", why="t", expected_version=1) == 2
    monkeypatch.setenv("NARAVARD_DATA", str(same))
    done = run("importera", str(file), "--matperiod", "våren 2024", "--godkann-varningar")
    assert done.returncode == 0, done.stderr
    first, second = content_of(live, 2), content_of(stores.live_store(), 2)
    for found in (first, second):
        found.pop("handelser")
        for row in found["uttag"]:
            row.pop("uttag_id")
        for table in found.values():
            for row in table:
                row.pop("uttag_id", None)
    assert first == second


def test_restoring_needs_a_reason_without_an_id(live: Store) -> None:
    publish_sabo(live)
    with pytest.raises(UserError, match="liknar ett person-id"):
        intake.restore(1, live, who="t", why="fel för 19380230-1234")


def test_a_bad_file_is_set_aside_the_rest_published_and_it_is_taken_back(desk: Desk, live: Store) -> None:
    bad = desk.add("annan våren 2024.csv", sabo_file(boende=90))
    desk.add(NAME, sabo_file())
    checked(desk)
    assert len(desk.twins()) == 1
    desk.set_aside(bad.id, is_aside=True)
    assert desk.twins() == []
    assert [upload.filename for upload in desk.ready_uploads] == [NAME]
    assert desk.publish(who="t", why="t", expected_version=1) == 2
    assert desk.uploads == [bad]
    desk.set_aside(bad.id, is_aside=False)
    desk.catch_up()
    checked(desk)
    assert desk.ready_uploads == [bad]


def test_a_tab_finds_its_desk_again_by_a_token_that_nobody_can_guess(live: Store) -> None:
    token = desks.new_token()
    assert len({desks.new_token() for _ in range(50)}) == 50
    assert len(token) >= 32
    assert not desks.is_known(token)
    mine = desks.of_visitor(token, live)
    upload = mine.add(NAME, sabo_file())
    checked(mine)
    mine.set_aside(upload.id, is_aside=True)
    assert desks.is_known(token)
    assert desks.of_visitor(token, live).uploads[0].is_aside
    mine.last_used -= desks.IDLE_SECONDS + 1
    assert not desks.is_known(token)
    assert upload.content == b""


def test_what_values_mean_is_noted_and_read_at_once(desk: Desk) -> None:
    rows = [*random_rows(60, persons=50, seed=3)]
    rows[3] = (rows[3][0], "Kalmra", *rows[3][2:])
    rows[5] = (*rows[5][:4], "7", rows[5][5])
    upload = desk.add("cosmic våren 2024.csv", as_csv(COSMIC, rows))
    checked(desk)
    attempt = upload.attempt
    desk.note(upload.id, "kommun", ["Kalmra"], Meaning("Kalmar kommun", always=True))
    desk.last_used = 0
    desk.note(upload.id, "rub", ["7"], Meaning("uppgift saknas"))
    assert desk.last_used > 0, "each choice is a use of it"
    with pytest.raises(UserError, match="från 0 till 5"):
        desk.note(upload.id, "rub", ["7"], Meaning("9"))
    assert upload.attempt == attempt
    desk.read_notes(upload.id)
    checked(desk)
    assert upload.draft == {}
    assert upload.examination and upload.examination.counts
    assert upload.choices.values == {"rub": {"7": "uppgift saknas"}}
    assert [(c.fel_varde, c.ratt_varde) for c in intake.corrections.load()] == [("Kalmra", "Kalmar kommun")]
    desk.take_back(upload.id, "rub", "7")
    checked(desk)
    assert [finding.value for finding in upload.examination.errors] == ["7"]


@pytest.mark.parametrize(
    ("codes", "task"),
    [
        ([FindingCode.PERIOD_MISSING], "skriv mätperioden för a.csv, eller lägg den åt sidan"),
        ([FindingCode.PERIOD_MISSING, FindingCode.ROW_CHECK], "rätta a.csv, eller lägg den åt sidan"),
        ([], "rätta a.csv, eller lägg den åt sidan"),
    ],
)
def test_a_file_that_only_lacks_its_period_is_not_to_be_mended(codes: list[FindingCode], task: str) -> None:
    errors = [Finding(Level.ERROR, code, "fel") for code in codes]
    upload = SimpleNamespace(filename="a.csv", is_aside=False, examination=SimpleNamespace(errors=errors))
    assert _task(cast(Any, upload)) == task
