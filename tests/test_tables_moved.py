"""Workshops, links, corrections and profiles from a folder to a PostgreSQL and back, in use all the while."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.intake import corrections, profiles
from naravard.intake.profiles import Profile
from naravard.shared import database, documents, moving
from naravard.shared.moving import move_documents, move_tables
from naravard.shared.tables import OF_A_WORKSHOP, flyttad, lank, narvaro
from naravard.workshop.board import ShownFigure
from naravard.workshop.notes import Notes
from naravard.workshop.short_links import ShortLinks
from naravard.workshop.votes import Votes
from naravard.workshop.walls import Walls
from naravard.workshop.workshops import Workshops
from tests.shared_tables import run

FIGURE = ShownFigure(
    "lgl3", "77 %", kolumner=("Område", "Antal"), rader=tuple((f"kommun {i}", "12") for i in range(200))
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two workshops, in which all has been used."""
    folder = tmp_path / "hemma"
    monkeypatch.setenv("NARAVARD_DATA", str(folder))
    rooms = Workshops(folder)
    for name in ("Hösten", "Våren"):
        kod, _ = rooms.begin(name, ["Kalmar", "Öland"], ["Vad fungerar?", "Vad saknas?"])
        rooms.show(kod, FIGURE)
        ids = [say(folder, kod, f"svar {i}", question=i % 2) for i in range(6)]
        rooms.merge(kod, [ids[4], ids[0]])
        rooms.erase(kod, [ids[3]])
        Votes(folder).open(kod, rooms.workshop(kod).fragor[0].id)
        Votes(folder).vote(kod, rooms.workshop(kod).fragor[0].id, "telefon-ett", 1, ids[:3])
        Notes(folder).write(kod, "lgl1", "minns")
        Walls(folder).steer(kod, {"nr": 2})
    ShortLinks(folder).code("sabo?x=1")
    return folder


def say(folder: Path, kod: str, words: str, question: int = 0) -> int:
    rooms = Workshops(folder)
    workshop = rooms.workshop(kod)
    nyckel = f"nummer {words} {kod}"
    rooms.answer(kod, nyckel, workshop.fragor[question].id, workshop.grupper[0].id, words)
    return max(card.id for card in rooms.board(kod, hidden=True))


@contextmanager
def at_the_database(url: str, data: Path) -> Iterator[None]:
    """What a server does that shares the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_LAGER", url)
        patch.setenv("NARAVARD_DATA", str(data))
        yield


def all_rows(address: str) -> dict[str, list[tuple[object, ...]]]:
    with database.at(address).reading() as connection:
        tables = [table for table in (*OF_A_WORKSHOP, lank) if table not in {narvaro, flyttad}]
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in tables
        }


def kods(folder: Path) -> list[str]:
    return [workshop.kod for workshop, _ in Workshops(folder).all()]


def test_there_and_back_with_what_has_been_done_on_the_way(home: Path, emptied_url: str, tmp_path: Path) -> None:
    """Each row is the same; numbers go on where they were; what is deleted in one place goes from the other."""
    first, second = kods(home)
    told = move_tables(str(home), emptied_url)
    assert told.startswith("2 workshoppar och 1 kort länk ligger på båda platserna, varje rad jämförd.")
    assert told.endswith("Nu kopierade: 2 workshoppar med 10 svar.")
    assert all_rows(emptied_url) == all_rows(str(home))
    numbers = {row[0] for row in all_rows(emptied_url)["svar"]}
    with at_the_database(emptied_url, tmp_path / "server"):
        new = say(home, first, "i databasen")
        assert new > max(numbers | {row[3] for row in all_rows(emptied_url)["borta"]})
        begun = Workshops(home).begin("Ny", ["A"], ["Vad?"])[0]
        Workshops(home).delete(second)
    told = move_tables(emptied_url, str(home))
    assert told.endswith("2 workshoppar med 6 svar. Raderade, som på den andra platsen: 1 workshop.")
    assert all_rows(emptied_url) == all_rows(str(home))
    assert sorted(kods(home)) == sorted([first, begun])
    assert second.encode() not in b"".join(file.read_bytes() for file in (home / "workshop").iterdir())
    say(home, begun, "hemma igen")
    assert "Nu kopierade: 1 workshop " in move_tables(str(home), emptied_url)
    move_tables(emptied_url, str(tmp_path / "tom"))
    assert all_rows(emptied_url) == all_rows(str(home)) == all_rows(str(tmp_path / "tom"))


def test_a_move_that_was_broken_off_goes_on_and_one_that_is_run_again_brings_what_is_new(
    home: Path, emptied_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_one = moving._move_one
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_move_one", lambda *place: move_one(*place) if place[2] == kods(home)[1] else 1 / 0)
        with pytest.raises(ZeroDivisionError):
            move_tables(str(home), emptied_url)
    assert len(all_rows(emptied_url)["workshop"]) == 1
    assert "Nu kopierade: 1 workshop " in move_tables(str(home), emptied_url)
    assert "Nu kopierade: 0 workshoppar " in move_tables(str(home), emptied_url)
    run(database.at(emptied_url), "update svar set text = 'annat' where kod = :kod", kod=kods(home)[0])
    assert "Nu kopierade: 1 workshop " in move_tables(str(home), emptied_url), "what no count of changes tells"
    Walls(home).steer(kods(home)[0], {"nr": 5})
    assert "Nu kopierade: 1 workshop " in move_tables(str(home), emptied_url)
    assert all_rows(emptied_url) == all_rows(str(home))


def test_what_the_other_place_has_done_by_itself_is_never_overwritten(
    home: Path, emptied_url: str, tmp_path: Path
) -> None:
    move_tables(str(home), emptied_url)
    first = kods(home)[0]
    say(home, first, "hemma")
    with at_the_database(emptied_url, tmp_path / "server"):
        say(home, first, "i databasen")
    before = all_rows(emptied_url)
    with pytest.raises(UserError, match=f"1 workshop öppnats eller ändrats .*{first}.* Inget är flyttat"):
        move_tables(str(home), emptied_url)
    assert all_rows(emptied_url) == before


def test_what_a_third_place_has_does_not_make_an_old_place_new_again(
    home: Path, emptied_url: str, tmp_path: Path
) -> None:
    move_tables(str(home), emptied_url)
    with at_the_database(emptied_url, tmp_path / "server"):
        say(home, kods(home)[0], "i databasen")
    with database.at(emptied_url).reading() as connection:
        before = connection.execute(select(flyttad)).all()
    move_tables(emptied_url, str(tmp_path / "kopia"), is_copy=True)
    with database.at(emptied_url).reading() as connection:
        assert connection.execute(select(flyttad)).all() == before, "a copy is remembered nowhere"
    move_tables(emptied_url, str(tmp_path / "tredje"))
    with pytest.raises(UserError, match="Inget är flyttat"):
        move_tables(str(home), emptied_url)
    move_tables(emptied_url, str(home))
    assert all_rows(str(home)) == all_rows(str(tmp_path / "kopia")) == all_rows(str(tmp_path / "tredje"))


def test_a_workshop_that_does_not_become_the_same_is_not_moved(
    home: Path, emptied_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = moving._rows
    monkeypatch.setattr(
        moving, "_rows", lambda place, kod: rows(place, kod) | ({lank: []} if place.dialect.name == "sqlite" else {})
    )
    with pytest.raises(UserError, match="blev inte densamma"):
        move_tables(str(home), emptied_url)
    assert all_rows(emptied_url)["workshop"] == []


def test_documents_go_there_and_back_and_one_that_both_have_changed_is_told(
    emptied_url: str, empty_data: Path, tmp_path: Path
) -> None:
    def correct(wrong: str) -> None:
        corrections.add(Correction("cosmic", "kommun", wrong, "Kalmar kommun", "anmält"))

    home, away = documents.at(str(empty_data)), documents.at(emptied_url)
    correct("Kalmra")
    for name in ("ett", "två"):
        profiles.save(Profile(name, "cosmic", ("Kommun",), {"kommun": "Kommun"}, "prov", "2026-11-27"))
    assert move_documents(str(empty_data), emptied_url).startswith("3 filer")
    correct("Klamar")
    profiles.remove("två")
    assert move_documents(str(empty_data), emptied_url).startswith("2 filer")
    assert {name: away.read(name) for name in documents.all_names(away)} == {
        name: home.read(name) for name in ("rattelser.csv", "profiler/ett.json")
    }
    with at_the_database(emptied_url, tmp_path / "server"):
        correct("Kalmarr")
    move_documents(emptied_url, str(empty_data))
    assert [each.fel_varde for each in corrections.load()] == ["Kalmra", "Klamar", "Kalmarr"]
    correct("hemma")
    away.change("rattelser.csv", lambda text: f"{text}cosmic;kommun;borta;Kalmar kommun;anmält\n")
    with pytest.raises(UserError, match="har båda ändrats"):
        move_documents(str(empty_data), emptied_url)
    assert "borta" in (away.read("rattelser.csv") or "")
