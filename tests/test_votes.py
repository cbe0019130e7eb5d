"""Dots: three from each phone, none lost, none doubled, on what the room can see."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import select

from naravard.base.errors import TooSoon, UserError
from naravard.shared.tables import prick, rostning, rostsedel
from naravard.workshop import votes as dots
from naravard.workshop.board import COMMON
from naravard.workshop.votes import Votes
from naravard.workshop.workshops import Workshops
from tests.examples import examples
from tests.shared_tables import has_trace, run

PHONE = "telefon-ett"


class Meeting:
    """A workshop with two questions, four answers to the first and one to the second."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rooms, self.votes = Workshops(folder), Votes(folder)
        self.kod, _ = self.rooms.begin("Hösten", ["Kalmar", "Öland"], ["Vad fungerar?", "Vad saknas?"])
        self.first, self.second = (question.id for question in self.rooms.workshop(self.kod).fragor)
        self.group = self.rooms.workshop(self.kod).grupper[0].id
        self.ids = [self.say(text) for text in "abcd"]
        self.other = self.say("annat", self.second)

    def say(self, text: str, question: int | None = None) -> int:
        self.rooms.answer(self.kod, secrets.token_hex(8), question or self.first, self.group, text)
        return self.rooms.board(self.kod, hidden=True)[-1].id

    def put(self, *ids: int, utgava: int = 1, om: int | None = None, phone: str = PHONE, age: float = 0) -> list[int]:
        om = self.first if om is None else om
        return list(self.votes.vote(self.kod, om, phone, utgava, ids, age=timedelta(seconds=age)))

    @property
    def dots(self) -> dict[str, int]:
        return {card.text: card.prickar for card in self.rooms.board(self.kod, hidden=True) if card.prickar}


@pytest.fixture
def meeting(folder: Path) -> Iterator[Meeting]:
    made = Meeting(folder)
    made.votes.open(made.kod, made.first)
    yield made


def test_a_phone_changes_its_dots_until_the_leader_closes(meeting: Meeting) -> None:
    a, b, c, d = meeting.ids
    assert meeting.put(a, b) == [a, b]
    assert meeting.put(b, c, d, utgava=2) == [b, c, d]
    assert meeting.dots == {"b": 1, "c": 1, "d": 1}
    assert meeting.put(utgava=3) == []
    assert meeting.dots == {}
    meeting.put(a, utgava=4)
    meeting.votes.close(meeting.kod)
    with pytest.raises(UserError, match="stängt för prickar"):
        meeting.put(b, utgava=5)
    assert meeting.put(a, utgava=4) == [a], "one that is sent again is answered as it was"
    assert meeting.dots == {"a": 1}
    meeting.votes.open(meeting.kod, meeting.first)
    assert meeting.put(b, utgava=5) == [b], "it goes on with the dots that it has"


def test_a_ballot_that_is_sent_again_or_comes_late_changes_nothing(meeting: Meeting) -> None:
    a, b, *_ = meeting.ids
    meeting.put(a, utgava=2)
    before = meeting.rooms.workshop(meeting.kod).andring
    assert meeting.put(b, utgava=1) == meeting.put(b, utgava=2) == [a]
    assert meeting.rooms.workshop(meeting.kod).andring == before
    assert meeting.dots == {"a": 1}


@pytest.mark.parametrize(("nyckel", "utgava"), [("kort", 1), ("x" * 65, 1), (PHONE, 0), (PHONE, -1)])
def test_a_ballot_without_its_number_is_refused(meeting: Meeting, nyckel: str, utgava: int) -> None:
    with pytest.raises(UserError, match="saknar sitt nummer"):
        meeting.put(meeting.ids[0], utgava=utgava, phone=nyckel)


def test_one_phone_has_three_dots_and_one_on_an_answer(meeting: Meeting) -> None:
    a, b, c, d = meeting.ids
    with pytest.raises(UserError, match="Du har 3 prickar"):
        meeting.put(a, b, c, d)
    assert meeting.put(a, a, a, b) == [a, b]
    assert meeting.dots == {"a": 1, "b": 1}
    assert meeting.put(a, b, c, utgava=2) == [a, b, c]


def test_dots_are_on_what_the_room_sees_of_that_question(meeting: Meeting) -> None:
    a, b, *_ = meeting.ids
    meeting.rooms.hide(meeting.kod, [b])
    assert meeting.put(a, b, meeting.other) == [a]
    assert meeting.put(-1, 999, utgava=2) == []
    with pytest.raises(UserError, match="inget som är märkt som gemensamt"):
        meeting.votes.open(meeting.kod, COMMON)
    with pytest.raises(UserError, match="finns inte längre"):
        meeting.votes.open(meeting.kod, 999)
    meeting.rooms.erase(meeting.kod, [meeting.other])
    with pytest.raises(UserError, match="inga svar"):
        meeting.votes.open(meeting.kod, meeting.second)


def test_a_round_on_what_is_common_is_apart_from_those_on_questions(meeting: Meeting) -> None:
    a, b, *_ = meeting.ids
    meeting.put(a)
    meeting.rooms.mark_common(meeting.kod, [b, meeting.other])
    meeting.votes.open(meeting.kod, COMMON)
    with pytest.raises(UserError, match="stängt för prickar"):
        meeting.put(b, utgava=2)
    assert meeting.put(a, b, meeting.other, om=COMMON) == [b, meeting.other]
    cards = {card.text: (card.prickar, card.prickar_gemensamt) for card in meeting.rooms.board(meeting.kod)}
    assert cards == {"a": (1, 0), "b": (0, 1), "c": (0, 0), "d": (0, 0), "annat": (0, 1)}
    rounds = meeting.rooms.workshop(meeting.kod).rostningar
    assert [(each.om, each.oppen, each.visas) for each in rounds] == [
        (meeting.first, False, True),
        (COMMON, True, False),
    ]
    assert meeting.votes.ballots(meeting.kod) == {meeting.first: 1, COMMON: 1}


def test_dots_follow_an_answer_that_is_merged_moved_deleted_and_taken_back(meeting: Meeting) -> None:
    a, b, c, _ = meeting.ids
    meeting.put(a, b)
    meeting.put(b, c, phone="telefon-två")
    meeting.rooms.merge(meeting.kod, [a, b])
    assert meeting.dots == {"a": 3, "c": 1}
    assert meeting.put(b, c, utgava=2) == [a, c], "the phone may not know yet that they were merged"
    meeting.rooms.unmerge(meeting.kod, [a])
    assert meeting.dots == {"a": 1, "b": 1, "c": 2}
    meeting.rooms.move(meeting.kod, [c], fraga=meeting.second)
    assert meeting.dots["c"] == 2
    kept = meeting.rooms.answer_rows(meeting.kod, [c])
    meeting.rooms.erase(meeting.kod, [c])
    taker = meeting.say("tar numret")
    assert "tar numret" not in meeting.dots, "nobody has put a dot on it"
    assert taker > max(meeting.ids), "a phone that has a dot on what is gone has none on something else"
    meeting.rooms.put_back(meeting.kod, kept)
    assert meeting.dots == {"a": 1, "b": 1, "c": 2}


@pytest.mark.parametrize(
    ("closed_ago", "age", "is_taken"), [(60, 61, True), (60, 59, False), (60, 0, False), (3_610, 3_700, False)]
)
def test_a_ballot_that_waited_in_a_phone_when_the_round_was_closed_is_taken(
    meeting: Meeting, closed_ago: int, age: int, is_taken: bool
) -> None:
    meeting.votes.close(meeting.kod)
    at = (datetime.now(UTC) - timedelta(seconds=closed_ago)).isoformat(timespec="milliseconds")
    run(meeting.rooms._database, "update rostning set stangd = :at", at=at)
    if is_taken:
        assert meeting.put(meeting.ids[0], age=age) == [meeting.ids[0]]
    else:
        with pytest.raises(UserError, match="stängt"):
            meeting.put(meeting.ids[0], age=age)


def test_phones_and_ballots_are_limited(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    a = meeting.ids[0]
    monkeypatch.setattr(dots, "MOST_BALLOTS", 2)
    meeting.put(a)
    meeting.put(a, phone="telefon-två")
    with pytest.raises(UserError, match="inte går att ta emot fler"):
        meeting.put(a, phone="telefon-tre")
    meeting.put(utgava=2)
    monkeypatch.setattr(dots, "MOST_A_MINUTE", 2)
    with pytest.raises(TooSoon):
        meeting.put(a, utgava=3)


def test_clearing_and_deleting_leave_no_dots_in_any_file(meeting: Meeting) -> None:
    def rows() -> int:
        with meeting.rooms._database.reading() as connection:
            return sum(len(connection.execute(select(table)).all()) for table in (prick, rostsedel, rostning))

    for end in (meeting.rooms.clear, meeting.rooms.delete):
        meeting.votes.open(meeting.kod, meeting.first)
        meeting.put(meeting.ids[-1], phone="FINNS_TELEFONEN")
        assert rows() == 3
        end(meeting.kod)
        assert rows() == 0
        assert not has_trace(meeting.rooms._database, "FINNS_TELEFONEN")
        if end == meeting.rooms.clear:
            meeting.ids = [meeting.say("efter")]


_BALLOTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 6), st.sets(st.integers(0, 3), max_size=3)), max_size=30
)


@given(_BALLOTS)
@examples(15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_ballots_come_each_phones_latest_counts_once(
    tmp_path_factory: pytest.TempPathFactory, ballots: list[tuple[int, int, set[int]]]
) -> None:
    made = Meeting(tmp_path_factory.mktemp("prickar"))
    made.votes.open(made.kod, made.first)
    latest: dict[int, tuple[int, set[int]]] = {}
    for phone, utgava, places in ballots:
        made.put(*(made.ids[place] for place in places), utgava=utgava, phone=f"telefon-{phone}")
        if utgava > latest.get(phone, (0, set()))[0]:
            latest[phone] = utgava, places
    wanted = {
        text: count
        for place, text in enumerate("abcd")
        if (count := sum(place in places for _, places in latest.values()))
    }
    assert made.dots == wanted


def test_a_room_that_votes_at_once_loses_no_dot(meeting: Meeting) -> None:
    def vote(phone: int) -> None:
        for utgava in (1, 2, 2, 1):
            meeting.put(*meeting.ids[utgava - 1 : utgava + 2], utgava=utgava, phone=f"telefon-{phone:02d}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(vote, range(16)))
    assert meeting.dots == {"b": 16, "c": 16, "d": 16}
