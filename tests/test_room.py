"""The routes of the room: what they give, to whom, and how they say no."""

import contextlib
import gzip
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
import uvicorn
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request

from naravard import (
    intake,
    room,
    stores,
    web,
)
from naravard.access.callers import client_of
from naravard.base import mask
from naravard.base.errors import TooSoon
from naravard.edge.visitors import Visitors
from naravard.figures.reader import Reader
from naravard.room import files, limits, live, projector, talk
from naravard.room import news as room_news
from naravard.store.snapshots import Store
from naravard.workshop import addresses, changes
from tests.test_disclosure import GIVING_AWAY
from tests.test_store import publish_sabo

PATIENCE = 60


@dataclass
class Answer:
    status: int
    content: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass
class Door:
    """The room's routes, served."""

    url: str

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        key: str = "",
        method: str | None = None,
        kind: str = "application/json",
    ) -> Answer:
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data=sent, method=method or ("POST" if sent else "GET"))
        if sent:
            request.add_header("content-type", kind)
        if key:
            request.add_header("x-nyckel", key)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.read(), dict(answer.headers))
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read(), dict(error.headers))


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with socket.socket() as listener, pytest.MonkeyPatch.context() as patch:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(
            uvicorn.Config(Starlette(routes=room.ROUTES, middleware=[Middleware(Visitors)]), log_level="error")
        )
        # in a thread it hears no signal, by which questions that wait know that the server is to stop
        patch.setattr(live, "_is_stopping", lambda: server.should_exit)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Door(f"http://127.0.0.1:{listener.getsockname()[1]}")
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


@pytest.fixture
def opened(data: Path) -> tuple[str, str]:
    return talk.workshops().begin("Hösten", ["Kalmar", "Öland"], ["Vad fungerar?"], "bilder=lgl3")


def news(door: Door, kod: str, key: str = "", **known: str) -> Any:
    """What is new in a workshop: `{part: content}`."""
    query = "&".join(f"{name}={tag}" for name, tag in (known or {"tavla": ""}).items())
    told = door.ask(f"/api/workshop/{kod}/nytt?{query}", key=key)
    assert told.status == 200, told.content
    return {name: part["innehall"] for name, part in told.json.items()}


def board(door: Door, kod: str, key: str = "") -> Any:
    return news(door, kod, key)["tavla"]


def steer(door: Door, kod: str, key: str, **change: object) -> Answer:
    return door.ask(f"/api/workshop/{kod}/rum", {"andring": change}, key=key)


def answer_of(door: Door, kod: str, text: str, nyckel: str = "nummer-ett", phone: str = "a") -> Answer:
    told = door.ask(f"/api/workshop/{kod}").json
    sent = {"nyckel": nyckel, "fraga": told["fragor"][0]["id"], "grupp": told["grupper"][0]["id"], "text": text}
    return door.ask(f"/api/workshop/{kod}/svar", {**sent, "telefon": phone})


def lead_dots(door: Door, kod: str, key: str, gor: str, om: int, **more: object) -> Answer:
    return door.ask(f"/api/workshop/{kod}/rostning", {"gor": gor, "om": om, **more}, key=key)


def put_dots(door: Door, kod: str, om: int, ids: object, utgava: int = 1, nyckel: str = "telefon-ett") -> Answer:
    return door.ask(
        f"/api/workshop/{kod}/prickar", {"nyckel": nyckel, "om": om, "utgava": utgava, "prickar": ids, "alder": 0}
    )


def test_a_screen_is_given_from_the_version_that_is_asked_for(door: Door, live: Store) -> None:
    before = door.ask("/api/projektor/bild?bild=lgl3&version=1").json
    publish_sabo(live, "2025")
    assert door.ask("/api/projektor/lage").json["version"] == 2
    assert door.ask("/api/projektor/bild?bild=lgl3&version=1").json == before
    assert door.ask("/api/projektor/bild?bild=lgl3&version=2").json != before


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("bild=lgl3", 400, "saknar version"),
        ("bild=lgl3&version=99", 404, "Version 99 finns inte längre"),
        ("bild=lgl9&version=1", 404, "Bild 9 finns inte"),
        ("bild=../../etc&version=1", 404, "finns inte"),
        ("version=1", 404, "finns inte"),
    ],
)
def test_a_screen_that_cannot_be_given_says_why(door: Door, data: Path, query: str, status: int, says: str) -> None:
    stores.live_store()
    told = door.ask(f"/api/projektor/bild?{query}")
    assert told.status == status
    assert says in told.json["fel"]


def test_a_hidden_count_is_nowhere_in_a_screen_or_in_what_is_kept_of_it(door: Door, with_small_counts: Store) -> None:
    version = with_small_counts.newest
    choices = ("", "~diagram:kommun_map", "~diagram:funnel_plot", "~jamfor:ovriga")
    slides = [f"sabo_andel_primarvard~matperiod:2025{choice}" for choice in choices]
    kod, key = talk.workshops().begin("Hösten", ["A"], ["Vad?"], "&".join(f"bilder={slide}" for slide in slides))
    for number, slide in enumerate(slides):
        for path in (f"/api/projektor/bild?bild={slide}", f"/api/workshop/{kod}/bild?nr={number}"):
            told = door.ask(f"{path}&version={version}")
            assert told.status == 200, told.json
            assert not [part for part in GIVING_AWAY if part in told.content.decode()], path
    assert steer(door, kod, key, nr=0, version=version).status == 200
    until(lambda: door.ask(f"/api/workshop/{kod}").json["visas"] is not None)
    answer_of(door, kod, "svar")
    for ending in ("pptx", "xlsx"):
        assert door.ask(f"/api/workshop/{kod}/fil.{ending}", key=key).status == 200
    stored = b"".join(file.read_bytes() for file in talk.workshops()._database.file.parent.iterdir())
    by_chance = rb"[0-9a-f]{32,}|\.\d{6}(?=[+Z\x00]|$)"  # the hash of the key, and parts of seconds, have any digits
    told_in_file = re.sub(by_chance, b"", stored)
    assert not [part for part in GIVING_AWAY if part.encode() in told_in_file]


def test_each_screen_has_what_the_gate_let_through(door: Door, shared_example: Store) -> None:
    result = Reader(shared_example).read("fast_lakarkontakt_andel")
    told = door.ask(f"/api/projektor/bild?bild=fast_lakarkontakt_andel&version={result.version}&exempel=true").json
    trace, *_whiskers = told["figur"]["data"]
    assert dict(zip(trace["customdata"], trace["x"], strict=True)) == {r.kommun_kod: r.varde for r in result.rows}


def test_a_participants_answer_is_on_the_board_and_in_the_files(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    assert steer(door, kod, key, nr=0, version=1, kommun="Kalmar").status == 200
    until(lambda: door.ask(f"/api/workshop/{kod}").json["visas"] is not None)
    assert answer_of(door, kod, "Korta <b>vägar</b>").json == {"nytt": True}
    assert answer_of(door, kod, "Korta <b>vägar</b>").json == {"nytt": False}
    told = door.ask(f"/api/workshop/{kod}/nytt?tavla=").json["tavla"]
    (card,) = told["innehall"]["svar"]
    assert (card["text"], card["figur"].startswith("77")) == ("Korta <b>vägar</b>", True)
    assert news(door, kod, tavla=told["tagg"]) == {}
    for ending, beginning in (("pptx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = door.ask(f"/api/workshop/{kod}/fil.{ending}", key=key)
        assert file.content.startswith(beginning)
        assert "workshop_hosten" in file.headers["content-disposition"]
    assert door.ask(f"/api/workshop/{kod}/fil.docx", key=key).status == 404


def test_pages_are_given_the_limits_and_what_looks_like_a_person_id(door: Door, opened: tuple[str, str]) -> None:
    kod, _ = opened
    for given in (door.ask(f"/api/workshop/{kod}").json, board(door, kod), news(door, kod, deltagare="")["deltagare"]):
        assert given["granser"] == {"svar": 280, "namn": 80, "dagar": 30, "prickar": 3}
        assert given["personnummer"] == mask.javascript_patterns()
    for text, code in (("640823–3234", "person_id"), ("", ""), ("x" * 281, "")):
        refused = answer_of(door, kod, text)
        assert (refused.status, refused.json["felkod"]) == (400, code)


def test_the_types_of_the_scripts_are_what_the_routes_give(door: Door, live: Store, opened: tuple[str, str]) -> None:
    kod, key = opened
    answer_of(door, kod, "svar")
    assert steer(door, kod, key, nr=0, version=1).status == 200
    lead_dots(door, kod, key, "oppna", board(door, kod)["fragor"][0]["id"])
    until(lambda: door.ask(f"/api/workshop/{kod}").json["visas"] is not None)
    screen = door.ask("/api/projektor/bild?bild=lgl3&version=1").json
    seen = board(door, kod)
    given = {
        "Status": door.ask(f"/api/workshop/{kod}/lage").json, "Steered": (room_state := news(door, kod, rum="")["rum"]),
        "State": room_state["lage"], "Screen": screen, "Kommun": screen["kommuner"][0],
        "Table": screen["tabell"], "Row": (row := screen["tabell"]["rader"][0]), "Cell": row["celler"][0],
        "Workshop": door.ask(f"/api/workshop/{kod}").json, "FullBoard": seen, "Card": seen["svar"][0],
        "Figure": seen["visas"], "Limits": seen["granser"], "IdPatterns": seen["personnummer"],
        "Group": seen["grupper"][0], "Question": seen["fragor"][0], "Round": seen["rostningar"][0],
        "PhoneCard": news(door, kod, kort="")["kort"][0],
    }  # fmt: skip
    types = interfaces((Path(room.__file__).parent / "types.d.ts").read_text(encoding="utf-8"))
    assert {name: set(content) for name, content in given.items()} == {name: types[name] for name in given}


def interfaces(text: str) -> dict[str, set[str]]:
    """The names that each interface of a file of types has, its base's among them."""
    types: dict[str, set[str]] = {}
    for name, base, body in re.findall(r"interface (\w+)(?: extends (\w+))? \{\n(.*?)\n\}", text, re.DOTALL):
        types[name] = set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE)) | types.get(base, set())
    return types


def test_only_the_leader_may(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    answer_of(door, kod, "svar")
    one = board(door, kod)["svar"][0]["id"]
    other, other_key = talk.workshops().begin("Annan", ["A"], ["Vad?"])
    tries: list[tuple[str, object, str]] = [
        ("/ordna", {"gor": "dolj", "svar": [one]}, "POST"), ("/andra", {"oppen": False}, "POST"),
        ("/rum", {"andring": {"nr": 0}}, "POST"), ("/angra", {}, "POST"), ("/svar", None, "DELETE"),
        ("/anteckning", {"bild": "lgl3", "text": "mitt"}, "POST"),
        ("/rostning", {"gor": "oppna", "om": 0}, "POST"), ("/fil.xlsx", None, "GET"), ("", None, "DELETE"),
    ]  # fmt: skip
    for wrong in ("", "fel", other_key, key[:-1]):
        for path, body, method in tries:
            told = door.ask(f"/api/workshop/{kod}{path}", body, key=wrong, method=method)
            assert (told.status, "Det här kan bara ledaren göra" in told.json["fel"]) == (403, True), path
    assert len(board(door, kod)["svar"]) == 1
    assert door.ask(f"/api/workshop/{kod}/ordna", {"gor": "dolj", "svar": [one]}, key=key).status == 200
    noted = door.ask(f"/api/workshop/{kod}/anteckning", {"bild": "lgl3", "text": "mitt"}, key=key)
    assert noted.json == {"text": "mitt"}
    assert (board(door, kod)["anteckningar"], board(door, kod, key)["anteckningar"]) == ({}, {"lgl3": "mitt"})
    assert board(door, kod)["svar"] == []
    assert len(board(door, kod, key)["svar"]) == 1, "the leader sees what is hidden"
    assert door.ask(f"/api/workshop/{kod}", key=key, method="DELETE").status == 200
    assert door.ask(f"/api/workshop/{kod}").status == 404
    assert door.ask(f"/api/workshop/{other}").status == 200


def test_the_walls_state_is_one_and_has_a_number(door: Door, live: Store, opened: tuple[str, str]) -> None:
    kod, key = opened
    before = {
        "nr": 0, "kommun": None, "tavla": None, "plats": 0, "svart": False, "qr": False, "kort": None,
        "version": None,
        "staplar": False, "slut": None,
    }  # fmt: skip
    clock = news(door, kod, rum="")["rum"].pop("nu")
    assert abs(clock - 1000 * time.time()) < 60_000

    def timeless(told: Any) -> Any:
        return {name: part for name, part in told.items() if name != "nu"}

    assert timeless(news(door, kod, rum="")["rum"]) == {"nummer": 0, "lage": before}
    first = timeless(steer(door, kod, key, nr=0, version=1).json)
    assert first == {"nummer": 1, "lage": {**before, "version": 1}}
    assert timeless(steer(door, kod, key, nr=0).json) == first, "nothing has changed"
    second = timeless(steer(door, kod, key, tavla=101, svart=True).json)
    assert second == {"nummer": 2, "lage": {**before, "version": 1, "tavla": 101, "svart": True}}
    assert timeless(news(door, kod, rum="1")["rum"]) == second
    assert news(door, kod, rum="2") == {}
    late = door.ask(f"/api/workshop/{kod}/rum", {"andring": {"nr": 5}, "efter": 1}, key=key)
    assert timeless(late.json) == second, "what others did while one was away stands"
    for number in (1, 2):  # whose receipt was lost
        own = {"andring": {"svart": number == 2}, "vem": "en", **({"efter": 2} if number > 1 else {})}
        assert door.ask(f"/api/workshop/{kod}/rum", own, key=key).json["lage"]["svart"] is (number == 2)
    on_time = door.ask(f"/api/workshop/{kod}/rum", {"andring": {"nr": 5}, "efter": 4}, key=key)
    assert (on_time.json["nummer"], on_time.json["lage"]["nr"]) == (5, 5)


@pytest.mark.parametrize(
    "change",
    [None, {}, [], {"nr": -1}, {"nr": True}, {"nr": 10**9}, {"nr": None}, {"svart": 1}, {"kort": "1"},
     {"kommun": "Ingen"}, {"x": 1},
     {"slut": 5}, {"slut": "snart"}, {"slut": True}, {"staplar": None},
     {"version": "1"}, {"kommun": 5}, {"tavla": "0"}, {"kommun": ["Kalmar"]}],
)  # fmt: skip
def test_a_wall_cannot_be_steered_to_what_it_cannot_show(door: Door, opened: tuple[str, str], change: object) -> None:
    kod, key = opened
    told = door.ask(f"/api/workshop/{kod}/rum", {"andring": change}, key=key)
    assert told.status == 400, told.json
    assert "Ladda om sidan" in told.json["fel"]


def test_what_the_walls_show_is_what_phones_are_told(door: Door, live: Store, data: Path) -> None:
    kod, key = talk.workshops().begin("Hösten", ["A"], ["Vad?", "Hur?"], "bilder=lgl1&bilder=lgl3")
    for number, says in ((1, "77"), (0, "5 793"), (1, "77")):
        steer(door, kod, key, nr=number, version=1)
        until(
            lambda says=says: (door.ask(f"/api/workshop/{kod}").json["visas"] or {"titel": ""})["titel"].startswith(
                says
            )
        )
    questions = [question["id"] for question in door.ask(f"/api/workshop/{kod}").json["fragor"]]
    assert news(door, kod, deltagare="")["deltagare"]["fraga_nu"] is None
    for board_place, question in ((0, questions[0]), (103, questions[1]), (200, None), (None, None)):
        steer(door, kod, key, tavla=board_place)
        assert news(door, kod, deltagare="")["deltagare"]["fraga_nu"] == question


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_wall_is_given_the_workshops_own_screens_and_no_others(door: Door, live: Store, data: Path) -> None:
    kod, _ = talk.workshops().begin("Hösten", ["A"], ["Vad?"], "bilder=lgl3&namn=Eget")
    told = door.ask(f"/api/workshop/{kod}/lage").json
    assert (told["bilder"], told["exempel"], told["version"]) == (["lgl3"], False, 1)
    assert door.ask(f"/api/workshop/{kod}/bild?nr=0&version=1").json["bild"] == "lgl3"
    for number in ("1", "-1", "", "x"):
        assert door.ask(f"/api/workshop/{kod}/bild?nr={number}&version=1").status == 404
    without, _ = talk.workshops().begin("Utan", ["A"], ["Vad?"])
    assert door.ask(f"/api/workshop/{without}/lage").json["bilder"] == door.ask("/api/projektor/lage").json["bilder"]


def test_a_question_for_news_waits_until_there_are_any(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    told = door.ask(f"/api/workshop/{kod}/nytt?deltagare=&tavla=").json
    tags = "&".join(f"{name}={part['tagg']}" for name, part in told.items())
    answers: list[tuple[float, Any]] = []

    def wait() -> None:
        begun = time.monotonic()
        answers.append((time.monotonic() - begun, door.ask(f"/api/workshop/{kod}/nytt?{tags}&vanta=20").json))
        answers[-1] = (time.monotonic() - begun, answers[-1][1])

    thread = threading.Thread(target=wait)
    thread.start()
    time.sleep(0.5)
    assert not answers, "nothing has happened"
    answer_of(door, kod, "svar")
    thread.join(PATIENCE)
    ((seconds, new),) = answers
    assert seconds < 15
    assert list(new) == ["tavla"], "phones are not told of each other's answers"
    begun = time.monotonic()
    assert door.ask(f"/api/workshop/{kod}/nytt?tavla={new['tavla']['tagg']}&vanta=1").json == {}
    assert time.monotonic() - begun >= 1
    assert door.ask(f"/api/workshop/{kod}/nytt").status == 400
    assert door.ask("/api/workshop/finnsinte/nytt?tavla=&vanta=20").status == 404
    door.ask(f"/api/workshop/{kod}/andra", {"oppen": False}, key=key)
    assert not news(door, kod, deltagare="")["deltagare"]["oppen"]


def test_phones_that_ask_are_counted(door: Door, opened: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    kod, _ = opened
    for phone in ("a", "b", "a", ""):
        door.ask(f"/api/workshop/{kod}/nytt?deltagare=&telefon={phone}")
    assert news(door, kod, telefoner="")["telefoner"] == 2
    now = time.monotonic()
    # for the news alone: the clock of the server's loop goes on
    monkeypatch.setattr(room_news, "time", SimpleNamespace(monotonic=lambda: now + 61))
    assert news(door, kod, telefoner="")["telefoner"] == 0


def test_steps_can_be_taken_back_and_answers_cleared(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    answer_of(door, kod, "ett", "nummer-ett")
    answer_of(door, kod, "två", "nummer-två")
    before = board(door, kod, key)["svar"]
    ids = [card["id"] for card in before]
    for step, name in (
        ({"gor": "sla_ihop", "svar": ids}, "Slå ihop"), ({"gor": "dolj", "svar": ids[:1]}, "Dölj"),
        ({"gor": "radera", "svar": ids}, "Radera"), ({"gor": "gemensamt", "svar": ids}, "Gemensamt"),
    ):  # fmt: skip
        assert door.ask(f"/api/workshop/{kod}/ordna", step, key=key).status == 200
        told = board(door, kod, key)
        assert (told["svar"] != before, told["angra"]["text"]) == (True, name)
        assert board(door, kod)["angra"] is None, "others are not told what the leader did"
        assert take_back(door, kod, key, told).json == {"angrat": name}
        assert board(door, kod, key)["svar"] == before, name
    refused = take_back(door, kod, key, told)
    assert (refused.status, "inget att ångra" in refused.json["fel"]) == (400, True)
    door.ask(f"/api/workshop/{kod}/ordna", {"gor": "dolj", "svar": ids}, key=key)
    assert door.ask(f"/api/workshop/{kod}/svar", key=key, method="DELETE").json == {"rensat": True}
    told = board(door, kod, key)
    assert (told["svar"], told["angra"], told["rensad"], told["namn"]) == ([], None, 1, "Hösten")
    assert door.ask(f"/api/workshop/{kod}/angra", {}, key=key).status == 400


def take_back(door: Door, kod: str, key: str, told: dict[str, Any]) -> Answer:
    return door.ask(f"/api/workshop/{kod}/angra", {"nr": told["angra"]["nr"]}, key=key)


def test_what_is_taken_back_is_what_the_leader_saw(door: Door, opened: tuple[str, str]) -> None:
    """A second click takes back nothing more, nor one in a window that has not seen what the other did."""
    kod, key = opened
    answer_of(door, kod, "ett", "nummer-ett")
    (card,) = board(door, kod, key)["svar"]
    seen = []
    for step in ("gemensamt", "dolj"):
        door.ask(f"/api/workshop/{kod}/ordna", {"gor": step, "svar": [card["id"]]}, key=key)
        seen.append(board(door, kod, key))
    refused = take_back(door, kod, key, seen[0])
    assert (refused.status, "Dölj" in refused.json["fel"]) == (400, True)
    assert board(door, kod, key) == seen[1]
    assert take_back(door, kod, key, seen[1]).json == {"angrat": "Dölj"}
    refused = take_back(door, kod, key, seen[1])
    assert (refused.status, "Gemensamt" in refused.json["fel"]) == (400, True)
    assert board(door, kod, key)["svar"] == seen[0]["svar"]
    assert take_back(door, kod, key, seen[0]).json == {"angrat": "Gemensamt"}


def test_a_participant_changes_and_withdraws_an_answer(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    answer_of(door, kod, "först")
    told = door.ask(f"/api/workshop/{kod}").json
    sent = {"nyckel": "nummer-ett", "fraga": told["fragor"][0]["id"], "grupp": told["grupper"][0]["id"]}
    for utgava, text, is_new in ((2, "sedan", True), (2, "sedan", False), (1, "först", False)):
        answer = door.ask(f"/api/workshop/{kod}/svar", {**sent, "text": text, "utgava": utgava})
        assert answer.json == {"nytt": is_new}
    assert door.ask(f"/api/workshop/{kod}/svar", {**sent, "text": "640823-3234", "utgava": 3}).status == 400
    assert [card["text"] for card in board(door, kod)["svar"]] == ["sedan"]
    for was_there in (True, False):
        assert door.ask(f"/api/workshop/{kod}/tillbaka", {"nyckel": "nummer-ett"}).json == {"borta": was_there}
    assert board(door, kod, key)["svar"] == []


def test_the_leader_chooses_which_question_is_open_and_what_phones_see(door: Door, data: Path) -> None:
    kod, key = talk.workshops().begin("Hösten", ["A"], ["Ett?", "Två?"])
    first, second = (question["id"] for question in door.ask(f"/api/workshop/{kod}").json["fragor"])
    answer_of(door, kod, "svar")

    def choose(**choice: object) -> Any:
        assert door.ask(f"/api/workshop/{kod}/andra", choice, key=key).status == 200
        return news(door, kod, deltagare="")["deltagare"]

    assert [question["oppen"] for question in choose(fraga=second)["fragor"]] == [False, True]
    refused = answer_of(door, kod, "för sent", "nummer-två")
    assert refused.json["fel"] == "Frågan är stängd nu. Ledaren har gått vidare."
    assert [question["oppen"] for question in choose(fraga=None)["fragor"]] == [True, True]
    assert (choose(visa_svar=True)["visa_svar"], choose(granskas=True)["granskas"]) == (True, True)
    answer_of(door, kod, "väntar", "nummer-tre")
    assert [card["text"] for card in news(door, kod, kort="")["kort"]] == ["svar"]
    assert [card["vantar"] for card in board(door, kod, key)["svar"]] == [False, True]
    assert len(board(door, kod)["svar"]) == 1
    assert first != second


def test_phones_put_dots_which_others_see_when_the_leader_lets_them(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    for text, nyckel in (("ett", "nummer-ett"), ("två", "nummer-två")):
        answer_of(door, kod, text, nyckel)
    om = board(door, kod)["fragor"][0]["id"]
    one, two = (card["id"] for card in board(door, kod)["svar"])
    assert news(door, kod, kort="")["kort"] == [], "phones are not told of each other's answers"
    assert put_dots(door, kod, om, [one]).json["fel"] == "Ledaren har stängt för prickar."
    assert lead_dots(door, kod, key, "oppna", om).status == 200
    assert [card["text"] for card in news(door, kod, kort="")["kort"]] == ["ett", "två"]
    assert put_dots(door, kod, om, [one]).json == {"prickar": [one]}
    assert put_dots(door, kod, om, [one, two], 2).json == {"prickar": [one, two]}
    assert put_dots(door, kod, om, [one], 1, "telefon-två").json == {"prickar": [one]}

    def dots(key: str = "") -> list[int]:
        return [card["prickar"] for card in board(door, kod, key)["svar"]]

    assert (dots(key), board(door, kod)["roster"]) == ([2, 1], {str(om): 2})
    assert dots() == [0, 0]
    assert lead_dots(door, kod, key, "visa", om, visas=True).status == 200
    assert dots() == [2, 1]
    lead_dots(door, kod, key, "visa", om, visas=False)
    lead_dots(door, kod, key, "stang", om)
    assert dots() == [2, 1], "all see what it came to"
    assert lead_dots(door, kod, key, "annat", om).status == 400
    for body in ({}, {"om": om}, {"nyckel": "telefon-tre", "om": om, "utgava": 1, "prickar": "alla"}):
        assert door.ask(f"/api/workshop/{kod}/prickar", body).status == 400


def test_one_phone_may_not_fill_the_board(door: Door, opened: tuple[str, str]) -> None:
    kod, _ = opened
    statuses = [answer_of(door, kod, f"svar {i}", f"nummer-{i:03d}", "ivrig").status for i in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    assert answer_of(door, kod, "ett till", "nummer-annan", "lugn").status == 200
    ballots = [put_dots(door, kod, 0, [], utgava, "ivrig-telefon").status for utgava in range(1, 42)]
    assert ballots == [400] * 40 + [429], "closed for dots, and then too often"


@pytest.mark.parametrize(
    "sent", [b"inte json", b"[]", b'"text"', b"\xff\xfe", b"{" * 10, b"[" * 90_000, b'{"text": "\\ud800"}']
)
def test_what_cannot_be_read_is_told(door: Door, opened: tuple[str, str], sent: bytes) -> None:
    request = urllib.request.Request(f"{door.url}/api/workshop/{opened[0]}/svar", data=sent)
    request.add_header("content-type", "application/json")
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(request, timeout=PATIENCE)
    assert error.value.code == 400
    assert "går inte att läsa" in json.loads(error.value.read())["fel"]


@pytest.mark.parametrize(
    "body",
    [{}, {"nyckel": "nummer-ett", "text": "x"}, {"nyckel": "nummer-ett", "fraga": "1", "grupp": None, "text": "x"},
     {"nyckel": 1, "fraga": True, "grupp": 2**70, "text": ["x"]}, {"text": "x" * 90_000}, {"text": "x" * 200_000}],
)  # fmt: skip
def test_an_answer_of_the_wrong_shape_is_refused(door: Door, opened: tuple[str, str], body: object) -> None:
    told = door.ask(f"/api/workshop/{opened[0]}/svar", body)
    assert told.status == 400
    assert told.json["fel"]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


def wherefrom(door: Door, link: str) -> str:
    """Where a link leads."""
    with pytest.raises(urllib.error.HTTPError) as moved:
        urllib.request.build_opener(Stay).open(door.url + link, timeout=PATIENCE)
    return str(moved.value.headers["location"])


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
@pytest.mark.parametrize("path", ["/api/workshop/{}/svar", "/api/workshop/{}/rum", "/api/projektor/lank"])
def test_what_a_foreign_page_could_send_unasked_is_not_read(
    door: Door, opened: tuple[str, str], path: str, kind: str
) -> None:
    kod, key = opened
    told = door.ask(path.format(kod), {"adress": "sabo", "andring": {"nr": 1}}, key=key, kind=kind)
    assert (told.status, told.json["felkod"]) == (415, "not_json")
    assert door.ask(path.format(kod), {"adress": "sabo"}, kind="application/json; charset=utf-8").status != 415


def test_no_write_is_one_that_a_browser_sends_for_a_foreign_page_unasked() -> None:
    """GET changes nothing; POST has to be JSON, and that and DELETE a browser asks about first: nobody answers."""
    methods = {method for route in room.ROUTES for method in route.methods or ()}
    assert methods <= {"GET", "HEAD", "POST", "DELETE"}


def test_one_address_that_invents_phones_does_not_silence_a_workshop(
    door: Door, opened: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kod, _ = opened
    monkeypatch.setattr(limits, "_NEW_PHONES", RateLimitItemPerMinute(5, multiples=10))
    assert door.ask(f"/api/workshop/{kod}/nytt?telefon=redan-med&deltagare=").status == 200
    told = [answer_of(door, kod, f"skräp {i}", f"skräp-{i:04d}", f"pahittad-{i}") for i in range(8)]
    assert [answer.status for answer in told] == [200] * 4 + [429] * 4
    assert "nya telefoner från samma nät" in told[-1].json["fel"]
    assert answer_of(door, kod, "mitt svar", "mitt-nummer", "redan-med").status == 200
    door.ask(f"/api/workshop/{kod}/nytt?telefon=pahittad-99&deltagare=")
    assert news(door, kod, telefoner="")["telefoner"] == 1, "one that is turned away is not counted as there"


def test_a_room_behind_one_address_is_not_stopped() -> None:
    fresh = limits.Limits()
    for phone in range(40):
        for _ in range(10):
            fresh.take_answer("abc234", "203.0.113.9", f"telefon-{phone}", 0.0)


def test_answers_from_one_address_leave_room_for_others() -> None:
    fresh = limits.Limits()

    def taken(address: str, phones: int) -> int:
        total = 0
        for answer in range(10 * phones):
            with contextlib.suppress(TooSoon):
                fresh.take_answer("abc234", address, f"telefon-{answer % phones}", 0.0)
                total += 1
        return total

    one = taken("203.0.113.9", 100)
    assert one < changes.MOST_A_MINUTE
    assert one >= 400, "forty phones with ten answers each"
    assert taken("203.0.113.10", 5) == 50


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_who_changes_address_within_a_network_of_its_own_is_one(host: str, expected: str) -> None:
    assert client_of(Request({"type": "http", "client": (host, 1), "headers": []})) == expected
    assert client_of(Request({"type": "http", "client": None, "headers": []})) == ""


def test_a_phone_that_has_been_away_for_hours_is_forgotten() -> None:
    fresh = limits.Limits()
    assert fresh.is_welcome("abc234", "203.0.113.9", "a", 0.0)
    assert fresh.is_welcome("abc234", "203.0.113.9", "b", 10_000.0)
    assert [phone for _, _, phone in fresh._last_times] == ["b"]


def test_one_address_makes_few_short_links_and_shows_old_ones_freely(
    door: Door, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_NEW_LINKS", RateLimitItemPerHour(3))
    monkeypatch.setattr(limits, "limits", limits.Limits())
    monkeypatch.setattr(projector, "limits", limits.limits)
    statuses = [door.ask("/api/projektor/lank", {"adress": f"sabo?x={i}"}).status for i in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert door.ask("/api/projektor/lank", {"adress": "sabo?x=0"}).status == 200


@pytest.mark.parametrize("answers", [5, None, "1", [None], [{}], [2**70]])
def test_answers_that_are_none_are_told(door: Door, opened: tuple[str, str], answers: object) -> None:
    kod, key = opened
    told = door.ask(f"/api/workshop/{kod}/ordna", {"gor": "dolj", "svar": answers}, key=key)
    assert told.status == 400
    assert "älj" in told.json["fel"]


def test_the_right_key_is_known_from_a_wrong_one(door: Door, opened: tuple[str, str]) -> None:
    kod, key = opened
    assert door.ask(f"/api/workshop/{kod}/ledare", key=key).json == {"ledare": True}
    assert door.ask(f"/api/workshop/{kod.upper()}/ledare", key=key).json == {"ledare": True}
    assert door.ask(f"/api/workshop/{kod}/ledare", key="fel").json == {"ledare": False}


def test_whatever_is_wrong_with_the_workshops_the_sweep_goes_on(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk.workshops().begin("Hösten", ["A"], ["Vad?"])
    file = talk.workshops()._database.file
    file.write_bytes(b"inte en databas" * 500)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(web, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        anyio.run(web._delete_old)
    assert len(slept) == 2


@pytest.mark.parametrize("path", ["/led", "/d/a/b", "/l/a/b/c", "/rum"])
def test_an_address_that_the_room_does_not_have_leads_to_the_start_page(path: str) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        sent.append({"status": 200})

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept", b"text/html")], "query_string": b""}
    anyio.run(web.UnknownPages(inner), scope, None, send)
    assert sent[0]["status"] == 307


@pytest.mark.parametrize(("query", "target"), [(b"", "/"), (b"exempel=true", "/?exempel=true")])
def test_the_start_page_by_its_name_is_the_start_page(query: bytes, target: str) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/oversikt",
        "headers": [(b"accept", b"text/html")],
        "query_string": query,
    }

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        sent.append({"headers": []})

    anyio.run(web.UnknownPages(inner), scope, None, send)
    assert (b"location", target.encode()) in sent[0]["headers"]


def test_a_short_link_leads_to_the_view_and_nowhere_else(door: Door, data: Path) -> None:
    link = door.ask("/api/projektor/lank", {"adress": "sabo?exempel=true"}).json["lank"]
    assert wherefrom(door, link) == "/sabo?exempel=true"
    for address in ("https://exempel.se", "//exempel.se", "finns_inte?", "x" * 3_000, ""):
        assert door.ask("/api/projektor/lank", {"adress": address}).status == 400, address
    assert wherefrom(door, "/l/aaaaaa") == "/?saknas=l%2Faaaaaa"


def test_a_qr_code_is_a_picture_of_our_own_address(door: Door, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = door.ask("/api/projektor/qr.svg?adress=/d/abc234").content
    assert local.startswith(b"<?xml")
    monkeypatch.setenv("NARAVARD_ADRESS", "https://naravard.exempel.se/")
    public = door.ask("/api/projektor/qr.svg?adress=/d/abc234").content
    assert public != local
    assert door.ask("/api/projektor/lage").json["adress"] == "https://naravard.exempel.se"
    assert door.ask("/api/projektor/qr.svg?adress=https://exempel.se").status == 400


@pytest.mark.parametrize("file", ["../files.py", "..%2Ffiles.py", "projector.py", "%2e%2e/workshop.py", "saknas.js"])
def test_only_the_rooms_own_files_are_given(door: Door, file: str) -> None:
    assert door.ask(f"/rum/{file}").status == 404


def test_a_version_that_is_published_during_a_show_is_told_and_not_shown(door: Door, live: Store) -> None:
    assert door.ask("/api/projektor/lage").json["version"] == 1
    intake.restore(1, live, who="test", why="ny version")
    assert door.ask("/api/projektor/lage").json["version"] == 2


def answered(client: str, path: str, kind: str = "http", server: str = "192.168.1.2") -> str:
    """What somebody at an address gets: `in`, or how the door was closed."""
    sent: list[dict[str, Any]] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        sent.append({"type": "in"})

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "path": path,
        "scheme": "http",
        "client": (client, 5),
        "server": (server, 8501),
        "headers": [(b"host", f"{server}:8501".encode())],
    }
    anyio.run(web.OnlyTheRoom(inner), scope, None, send)
    return "in" if sent[0]["type"] == "in" else str(sent[0].get("status", sent[0].get("code")))


@pytest.mark.parametrize(
    ("client", "path", "kind", "gets"),
    [
        ("127.0.0.1", "/ladda_upp", "http", "in"),
        ("::1", "/_stcore/stream", "websocket", "in"),
        ("192.168.1.7", "/d/abc234", "http", "in"),
        ("192.168.1.7", "/rum/participant.js", "http", "in"),
        ("192.168.1.7", "/api/workshop/abc234/svar", "http", "in"),
        ("192.168.1.7", "/ladda_upp", "http", "403"),
        ("192.168.1.7", "/_stcore/upload_file/x/y", "http", "403"),
        ("192.168.1.7", "/_stcore/stream", "websocket", "1008"),
        ("192.168.1.7", "/visa", "http", "in"),
        ("192.168.1.7", "/visax", "http", "403"),
        ("192.168.1.7", "/visa/_stcore/stream", "websocket", "1008"),
        ("192.168.1.7", "/led/abc234", "http", "in"),
        ("192.168.1.2", "/ladda_upp", "http", "in"),
        ("192.168.1.7", "/presentator", "http", "403"),
        ("192.168.1.7", "/api/projektor/bild", "http", "403"),
        ("192.168.1.7", "/api/projektor/lank", "http", "403"),
        ("192.168.1.7", "/d/../ladda_upp", "http", "403"),
        ("192.168.1.7", "/d", "http", "in"),
        ("192.168.1.7", "/dolt", "http", "403"),
        ("192.168.1.7", "/", "http", "307"),
        ("192.168.1.7", "/", "websocket", "1008"),
        ("127.0.0.1", "/", "http", "in"),
    ],
)
def test_in_a_room_others_reach_the_workshop_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, client: str, path: str, kind: str, gets: str
) -> None:
    assert answered(client, path, kind) == "in", "unless it has been started for a room"
    monkeypatch.setenv("NARAVARD_RUM", "1")
    assert answered(client, path, kind) == gets


def test_phones_are_told_an_address_that_they_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    here = "http://127.0.0.1:8501/"
    assert addresses.reachable(here) == "http://127.0.0.1:8501"
    assert addresses.is_local("http://127.0.0.1:8501")
    assert not addresses.is_local("http://naravard.exempel.se")
    monkeypatch.setenv("NARAVARD_RUM", "1")
    told = addresses.reachable(here)
    assert told == here.rstrip("/") or not addresses.is_local(told), "this machine's own address, if it has a network"
    assert addresses.reachable("http://min-dator:8501/x") == "http://min-dator:8501"
    monkeypatch.setenv("NARAVARD_ADRESS", "https://naravard.exempel.se/")
    assert addresses.reachable(here) == "https://naravard.exempel.se"


def test_a_phones_page_is_one_document_with_the_questions_in_it(door: Door, opened: tuple[str, str]) -> None:
    kod, _ = opened
    answer = door.ask(f"/d/{kod.upper()}")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.content) < 14_000
    page = gzip.decompress(answer.content).decode()
    assert len(page) < 40_000
    assert not re.findall(r'(?:src|href)="(?!data:)|@import|url\(', page), "it needs no other file"
    start = json.loads(re.search(r'id="start">(.*?)</script>', page).group(1))  # type: ignore[union-attr]
    assert start["deltagare"] == door.ask(f"/api/workshop/{kod}/nytt?deltagare=").json["deltagare"]
    assert gzip.decompress(door.ask("/d/finnsinte").content).decode().count('id="start">{}<') == 1


@pytest.mark.parametrize("path", ["/visa", "/presentator", "/led/abc234"])
def test_walls_and_leaders_pages_are_one_document(door: Door, path: str) -> None:
    answer = door.ask(path)
    page = gzip.decompress(answer.content).decode()
    assert set(re.findall(r'(?:src|href)="([^"]*)"', page)) == {"/rum/icon.svg", f"/rum/{files.PLOTLY}"}
    assert len(answer.content) < 40_000


def test_the_first_scripts_of_a_page_that_is_cut_off_can_be_read(door: Door, opened: tuple[str, str]) -> None:
    for path in (f"/d/{opened[0]}", "/visa"):
        for script, most in (("first.js", 200), ("watchdog.js", 1_100)):
            unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
            assert files.bare(script) in unpacking.decompress(door.ask(path).content[:most]).decode(), (path, script)


@pytest.mark.parametrize(
    ("path", "is_streamlits"), [("/", True), ("/sabo", True), ("/d/abc234", False), ("/visa", False)]
)
def test_the_rooms_pages_fetch_no_scripts_of_streamlits_ahead(path: str, is_streamlits: bool) -> None:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    headers = [(b"accept", b"text/html"), (b"host", b"127.0.0.1:8501")]
    scope = {"type": "http", "method": "GET", "path": path, "headers": headers, "server": ("127.0.0.1", 8501)}
    anyio.run(web.Headers(inner), scope, None, send)
    assert ("modulepreload" in str(dict(sent[0]["headers"]).get(b"link", b""))) is is_streamlits


def test_a_name_that_looks_like_a_script_is_text_in_the_page(door: Door, data: Path) -> None:
    kod, _ = talk.workshops().begin("</script><script>alert(1)</script>", ["A"], ["Vad?"])
    page = gzip.decompress(door.ask(f"/d/{kod}").content).decode()
    assert "alert(1)</script>" not in page
    assert "\\u003c/script>" in page


@pytest.mark.parametrize("file", ["participant.js", "projector.js", "presenter.js"])
def test_the_scripts_of_a_page_are_one_module_without_two_of_a_name(file: str) -> None:
    script = files.module(file)
    assert not re.search(r"^(import|export) ", script, re.MULTILINE)
    names = re.findall(r"^(?:async )?(?:const|let|function\*?|class) (\w+)", script, re.MULTILINE)
    assert len(names) == len(set(names)) > 30


def test_the_service_worker_may_keep_the_rooms_pages_and_no_answers(door: Door) -> None:
    worker = door.ask("/rum/sw.js")
    assert worker.headers["service-worker-allowed"] == "/"
    asked = re.search(r"const ASKED = /(.*)/\n", worker.content.decode())
    assert asked is not None
    pattern = re.compile(asked.group(1).replace("\\/", "/"))
    for path in (
        "/api/workshop/abc234",
        "/api/workshop/abc234/bild",
        "/api/workshop/abc234/lage",
        "/api/projektor/lage",
    ):
        assert pattern.match(path), path
    for path in ("nytt", "svar", "tavla", "ledare", "fil.xlsx", "fil.pptx", "rum"):
        assert not pattern.match(f"/api/workshop/abc234/{path}"), path


@pytest.mark.parametrize("script", ["projector.js", "presenter.js", "participant.js"])
def test_the_scripts_of_a_page_can_stand_in_one(script: str) -> None:
    names = re.findall(r"^(?:async )?(?:const|let|function|class) (\w+)", files.module(script), re.MULTILINE)
    assert len(names) > 10
    assert [name for name in set(names) if names.count(name) > 1] == []


def test_a_code_is_typed_where_the_room_is_met(door: Door, opened: tuple[str, str]) -> None:
    kod, _ = opened

    def page(query: str = "") -> Answer:
        told = door.ask(f"/d{query}")
        return replace(told, content=gzip.decompress(told.content))

    assert "Skriv koden som står på väggen" in page().content.decode()
    assert "finns inte" not in page().content.decode()
    spaced = f"{kod[:3]}%20{kod[3:].upper()}"
    assert f'"{kod}"' in page(f"?kod={spaced}").content.decode(), (
        "as it is written by hand; it leads to the phone's page"
    )
    wrong = page("?kod=%3Cb%3E9").content.decode()
    assert "Koden &lt;b&gt;9 finns inte. Kontrollera tecknen" in wrong
    assert "<b>9" not in wrong
