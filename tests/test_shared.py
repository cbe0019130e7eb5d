"""What app servers share: the same in a file and in PostgreSQL, and told in words when it does not answer."""

import logging
import secrets
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import inspect, select, text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from naravard import room
from naravard.base.errors import NotFound, Unavailable, UserError
from naravard.edge.visitors import Visitors
from naravard.room import news
from naravard.shared import database, documents, in_postgres, migrations, tables
from naravard.shared.in_postgres import PostgresDatabase
from naravard.workshop import servers
from naravard.workshop.servers import Servers
from naravard.workshop.walls import Walls
from naravard.workshop.workshops import Workshops
from tests.postgres import PASSWORD, Server

QUESTIONS = ["Vad fungerar?"]


def answer(rooms: Workshops, kod: str, words: str) -> None:
    workshop = rooms.workshop(kod)
    rooms.answer(kod, secrets.token_hex(8), workshop.fragor[0].id, workshop.grupper[0].id, words)


def test_a_new_database_has_all_tables_and_their_number(folder: Path) -> None:
    Workshops(folder).begin("Hösten", ["A"], QUESTIONS)
    with database.of(folder).reading() as connection:
        assert migrations.number_of(connection) == migrations.NUMBER
        there = {
            name: {column["name"] for column in inspect(connection).get_columns(name)}
            for name in tables.metadata.tables
        }
    assert there == {name: set(table.columns.keys()) for name, table in tables.metadata.tables.items()}


def test_tables_from_before_get_what_they_lack_and_a_newer_program_s_are_left_alone(postgres_url: str) -> None:
    with PostgresDatabase(postgres_url, "08").writing("prov") as connection:
        connection.execute(text("alter table workshop drop column granskas"))
        connection.execute(text("drop table anteckning"))
        connection.execute(text("update tabellversion set nummer = 5"))
    server = in_postgres._Server(postgres_url, "08")
    with server.ready().begin() as connection:
        assert inspect(connection).has_table("anteckning")
        assert connection.scalar(text("select count(granskas) from workshop")) == 0
        connection.execute(text("update tabellversion set nummer = 99"))
        connection.execute(text("drop table anteckning"))
    with in_postgres._Server(postgres_url, "08").ready().begin() as connection:
        assert migrations.number_of(connection) == 99
        assert not inspect(connection).has_table("anteckning"), "a newer program has its reasons"


def test_servers_that_start_at_once_make_the_tables_once(postgres_url: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        engines = list(threads.map(lambda _: in_postgres._Server(postgres_url, "08").ready(), range(4)))
    with engines[0].connect() as connection:
        assert connection.scalars(select(tables.version.c.nummer)).all() == [migrations.NUMBER]


def test_two_servers_that_write_at_once_lose_nothing(
    emptied_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each server has connections of its own; answers of two workshops get numbers of their own."""
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    first = Workshops(tmp_path)
    kods = [first.begin(f"N {number}", ["A"], QUESTIONS)[0] for number in range(2)]
    in_postgres._server.cache_clear()
    second = Workshops(tmp_path)
    assert first._database._server is not second._database._server
    walls = [Walls(tmp_path) for _ in range(2)]

    def work(turn: int) -> None:
        answer((first, second)[turn % 2], kods[turn // 2 % 2], f"svar {turn}")
        walls[turn % 2].steer(kods[0], {"nr": turn + 1})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(40)))
    written = [card.text for kod in kods for card in first.board(kod)]
    assert sorted(written) == sorted(f"svar {turn}" for turn in range(40))
    assert walls[0].state(kods[0])[0] == 40, "each change of the wall has its number"
    assert first.change_number(kods[0]) == 20


def test_a_workshop_s_writer_does_not_wait_for_another_workshop_s(emptied_url: str) -> None:
    one = PostgresDatabase(emptied_url, "08")
    with one.writing("abc234"):
        with PostgresDatabase(emptied_url, "08").writing("xyz234") as connection:
            assert connection.scalar(select(1)) == 1
        waiting = threading.Thread(target=lambda: one.writing("abc234").__enter__(), daemon=True)
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
    waiting.join(10)
    assert not waiting.is_alive()


@pytest.mark.parametrize("kod", ["\0", "abc\0", "å" * 40, "';--"])
def test_a_code_that_nothing_can_have_is_not_there(folder: Path, kod: str) -> None:
    Workshops(folder).begin("Hösten", ["A"], QUESTIONS)
    with pytest.raises(NotFound):
        Workshops(folder).workshop(kod)


def test_while_the_database_is_down_it_is_said_and_then_all_is_as_before(
    postgres_server: Server,
    emptied_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    monkeypatch.setattr(in_postgres, "_REST", 0.05)
    rooms = Workshops(tmp_path)
    kod, _ = rooms.begin("Hösten", ["A"], QUESTIONS)
    answer(rooms, kod, "före")
    ids = rooms.workshop(kod)
    postgres_server.stop()
    try:
        for _ in range(3):
            for act in (
                lambda: rooms.workshop(kod),
                lambda: rooms.answer(kod, "nummer-ett", ids.fragor[0].id, ids.grupper[0].id, "under"),
            ):
                with pytest.raises(Unavailable, match="svarar inte just nu") as told:
                    act()
                assert PASSWORD not in str(told.value)
            told_in_room(kod)
            time.sleep(0.06)
    finally:
        postgres_server.start()
    time.sleep(0.06)
    answer(rooms, kod, "efter")
    assert [card.text for card in rooms.board(kod)] == ["före", "efter"]
    lines = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(lines) == 1, "said once for as long as it lasts"
    assert PASSWORD not in caplog.text


def told_in_room(kod: str) -> None:
    """Scripts are told to try again; a page opens and says it itself; who follows a link or types a code reads it."""
    client = TestClient(Starlette(routes=room.ROUTES, middleware=[Middleware(Visitors)]))
    news_of = client.get(f"/api/workshop/{kod}/nytt?rum=")
    assert (news_of.status_code, news_of.json()["felkod"]) == (503, "unavailable")
    phone = client.get(f"/d/{kod}")
    assert (phone.status_code, phone.text.startswith("<!doctype html>")) == (200, True)
    for path, status in ((f"/d?kod={kod}", 200), ("/l/abcdef", 503)):
        answer = client.get(path, follow_redirects=False)
        assert (answer.status_code, "svarar inte just nu" in answer.text) == (status, True), path


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://namn:LÖSEN@[::1/d", "går inte att använda"),
        ("mysql://namn:LÖSEN@x/d", "går inte att använda"),
        ("postgresql://namn:LÖSEN@127.0.0.1:1/d?okand=1", "går inte att använda"),
        ("postgresql://namn:LÖSEN@127.0.0.1:1/d", "svarar inte just nu"),
    ],
)
def test_an_address_that_is_wrong_is_told_without_its_password(
    url: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NARAVARD_LAGER", url)
    with pytest.raises(UserError, match=says) as told:
        Workshops(tmp_path).all()
    assert "LÖSEN" not in str(told.value) + caplog.text


def test_what_another_server_changes_is_told_to_those_who_wait_here(
    emptied_url: str, empty_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another server this one sees the rows alone: it is not told as by a route of its own."""
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    rooms = Workshops(empty_data)
    kod, _ = rooms.begin("Hösten", ["A"], QUESTIONS)
    Servers(empty_data, "annan").tell({kod: 7})
    here = Starlette(routes=news.ROUTES, middleware=[Middleware(Visitors)])
    path = f"/api/workshop/{kod}/nytt?telefon=telefon-ett"

    def wait(client: TestClient, name: str, tag: str) -> tuple[float, dict[str, Any]]:
        begun = time.monotonic()
        answer = client.get(f"{path}&{name}={tag}&vanta=20").json()
        return time.monotonic() - begun, answer

    with TestClient(here) as client, ThreadPoolExecutor(2) as threads:
        known = client.get(f"{path}&rum=&telefoner=").json()
        waits = [threads.submit(wait, client, name, known[name]["tagg"]) for name in ("rum", "telefoner")]
        Walls(empty_data).steer(kod, {"nr": 3})
        parts = [each.result() for each in waits]
    told = {name: (at, part) for at, answer in parts for name, part in answer.items()}
    assert told["rum"][1]["innehall"]["lage"]["nr"] == 3
    assert told["telefoner"][1]["innehall"] == 8, "one here, and seven at the other"
    assert max(at for at, _ in told.values()) < 10


def test_a_server_that_is_gone_has_no_phones(emptied_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    kod, _ = Workshops(tmp_path).begin("Hösten", ["A"], QUESTIONS)
    one, other = Servers(tmp_path, "ett"), Servers(tmp_path, "två")
    one.tell({kod: 3, "aaaaaa": 1})
    assert other.look([kod, "aaaaaa"])[kod].phones == 3
    assert one.look([kod])[kod].phones == 0
    monkeypatch.setattr(servers, "_FRESH", timedelta(0))
    assert other.look([kod])[kod].phones == 0
    Workshops(tmp_path).delete(kod)
    one.tell({kod: 3})
    assert other.look([kod]) == {}


def test_each_lan_has_its_own_tables_in_the_database(
    emptied_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kommun that does not belong in one län's files belongs in another's."""
    monkeypatch.setenv("NARAVARD_LAGER", emptied_url)
    kod, _ = Workshops(tmp_path).begin("Hösten", ["A"], QUESTIONS)
    documents.of_installation().change("rattelser.csv", lambda _: "text")
    monkeypatch.setenv("NARAVARD_LAN", "10")
    with pytest.raises(NotFound):
        Workshops(tmp_path).workshop(kod)
    assert documents.of_installation().read("rattelser.csv") is None
    assert Workshops(tmp_path).all() == []


def test_one_who_waits_too_long_for_another_is_told_and_the_database_is_not_taken_for_down(
    emptied_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_postgres, "_SESSION", "set lock_timeout = '50ms'")
    in_postgres._server.cache_clear()
    one = PostgresDatabase(emptied_url, "08")
    with one.writing("abc234"):
        with pytest.raises(Unavailable, match="Någon annan skriver"):
            one.writing("abc234").__enter__()
        with one.reading() as connection:
            assert connection.scalar(select(1)) == 1
    in_postgres._server.cache_clear()


def test_a_user_who_may_make_no_tables_is_told_what_to_ask_for(
    postgres_server: Server, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as connection:
        connection.execute("create role gast login")
    monkeypatch.setenv("NARAVARD_LAGER", postgres_url.replace("naravard:", "gast:", 1))
    with pytest.raises(UserError, match="får inte göra eller ändra tabeller"):
        Workshops(tmp_path).begin("Hösten", ["A"], QUESTIONS)
