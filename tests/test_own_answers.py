"""One's own answer is changed and withdrawn until it is closed for, and an answer may have to wait for a yes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from naravard.base.errors import PersonId, UserError
from naravard.workshop import written
from naravard.workshop.board import Card
from naravard.workshop.votes import Votes
from naravard.workshop.workshops import Workshops
from tests.shared_tables import has_trace, run


class Meeting:
    """A workshop with two groups and two questions."""

    def __init__(self, folder: Path) -> None:
        self.rooms, self.votes = Workshops(folder), Votes(folder)
        self.kod, _ = self.rooms.begin("Hösten", ["Kalmar", "Öland"], ["Vad fungerar?", "Vad saknas?"])
        opened = self.rooms.workshop(self.kod)
        self.first, self.second = (question.id for question in opened.fragor)
        self.group = opened.grupper[0].id

    def write(self, nyckel: str, text: str, utgava: int = 1, question: int | None = None, age: float = 0) -> bool:
        place = (question or self.first, self.group)
        return self.rooms.answer(self.kod, nyckel, *place, text, utgava=utgava, age=timedelta(seconds=age))

    def withdraw(self, nyckel: str, age: float = 0) -> bool:
        return self.rooms.withdraw(self.kod, nyckel, age=timedelta(seconds=age))

    def cards(self, *, hidden: bool = False) -> tuple[Card, ...]:
        return self.rooms.board(self.kod, hidden=hidden)

    @property
    def texts(self) -> list[str]:
        return [text for card in self.cards() for text in (card.text, *card.lika)]

    def id_of(self, text: str) -> int:
        return next(card.id for card in self.cards(hidden=True) if card.text == text)


@pytest.fixture
def meeting(folder: Path) -> Iterator[Meeting]:
    yield Meeting(folder)


def test_the_latest_words_count_in_whatever_order_they_come(meeting: Meeting) -> None:
    news = [meeting.write("nummer-1", text, utgava) for utgava, text in ((1, "a"), (3, "c"), (2, "b"))]
    assert news == [True, True, False]
    assert meeting.texts == ["c"]
    assert meeting.write("nummer-2", "d", 2), "the first words of it never came"
    assert not meeting.write("nummer-2", "förr", 1)
    assert meeting.texts == ["c", "d"]
    with pytest.raises(PersonId):
        meeting.write("nummer-1", "640823-3234", 4)
    assert meeting.texts == ["c", "d"]


def test_what_has_been_withdrawn_is_gone_from_every_file_and_does_not_come_again(meeting: Meeting) -> None:
    meeting.write("nummer-1", "BORTASVAR")
    rows = meeting.rooms.answer_rows(meeting.kod, [meeting.id_of("BORTASVAR")])
    assert meeting.withdraw("nummer-1")
    assert not meeting.withdraw("nummer-1")
    assert not meeting.write("nummer-1", "BORTASVAR", 1), "a first sending that comes late"
    assert not meeting.write("nummer-1", "BORTASVAR", 5)
    assert not has_trace(meeting.rooms._database, "BORTASVAR")
    meeting.rooms.put_back(meeting.kod, rows)
    assert meeting.texts == [], "nor does the leader bring it back"
    assert not meeting.withdraw("nummer-2")
    assert not meeting.write("nummer-2", "hann inte fram")
    assert meeting.texts == []


def test_what_the_leader_has_deleted_does_not_come_again_by_itself(meeting: Meeting) -> None:
    meeting.write("nummer-1", "svar")
    rows = meeting.rooms.answer_rows(meeting.kod, [meeting.id_of("svar")])
    meeting.rooms.erase(meeting.kod, [meeting.id_of("svar")])
    assert not meeting.write("nummer-1", "igen", 2)
    assert meeting.texts == []
    meeting.rooms.put_back(meeting.kod, rows)
    assert meeting.write("nummer-1", "igen", 2)
    assert meeting.texts == ["igen"]


@pytest.mark.parametrize("withdrawn", ["nummer-a", "nummer-b"])
def test_others_stay_with_their_dots_when_a_merged_answer_is_withdrawn(meeting: Meeting, withdrawn: str) -> None:
    for name in "abc":
        meeting.write(f"nummer-{name}", name)
    a, b, c = (meeting.id_of(name) for name in "abc")
    meeting.rooms.merge(meeting.kod, [a, b, c])
    meeting.rooms.mark_common(meeting.kod, [a])
    votes = meeting.votes
    votes.open(meeting.kod, meeting.first)
    votes.vote(meeting.kod, meeting.first, "telefon-ett", 1, [a])
    meeting.withdraw(withdrawn)
    (card,) = meeting.cards()
    assert sorted([card.text, *card.lika]) == sorted({"a", "b", "c"} - {withdrawn[-1]})
    assert (card.gemensamt, card.prickar) == (True, 1)


def test_an_answer_that_stood_alone_takes_its_dots_with_it(meeting: Meeting) -> None:
    meeting.write("nummer-1", "ett")
    votes = meeting.votes
    votes.open(meeting.kod, meeting.first)
    votes.vote(meeting.kod, meeting.first, "telefon-ett", 1, [meeting.id_of("ett")])
    meeting.withdraw("nummer-1")
    assert votes.ballots(meeting.kod) == {}


def test_after_closing_nothing_is_changed_but_what_was_written_before(meeting: Meeting) -> None:
    meeting.write("nummer-1", "ett")
    meeting.rooms.set_open(meeting.kod, False)
    for act in (lambda: meeting.write("nummer-1", "två", 2), lambda: meeting.withdraw("nummer-1")):
        with pytest.raises(UserError, match="stängt"):
            act()
    assert meeting.texts == ["ett"]
    assert meeting.write("nummer-1", "två", 2, age=5)
    assert meeting.withdraw("nummer-1", age=5)


@pytest.mark.parametrize(("closed_ago", "age", "is_taken"), [(60, 61, True), (60, 59, False), (3_610, 3_700, False)])
def test_a_question_that_is_closed_takes_what_was_written_before(
    meeting: Meeting, closed_ago: int, age: int, is_taken: bool
) -> None:
    meeting.rooms.open_question(meeting.kod, meeting.second)
    at = (datetime.now(UTC) - timedelta(seconds=closed_ago)).isoformat(timespec="milliseconds")
    run(meeting.rooms._database, "update fraga set stangd = :at where stangd is not null", at=at)
    assert meeting.write("nummer-2", "nu", question=meeting.second)
    if is_taken:
        assert meeting.write("nummer-1", "före", age=age)
    else:
        with pytest.raises(UserError, match="gått vidare"):
            meeting.write("nummer-1", "före", age=age)


def test_one_question_is_open_at_a_time_or_all(meeting: Meeting) -> None:
    def open_texts() -> list[str]:
        return [question.text for question in meeting.rooms.workshop(meeting.kod).fragor if question.oppen]

    assert open_texts() == ["Vad fungerar?", "Vad saknas?"]
    meeting.rooms.open_question(meeting.kod, meeting.second)
    assert open_texts() == ["Vad saknas?"]
    meeting.rooms.open_question(meeting.kod, meeting.first)
    assert open_texts() == ["Vad fungerar?"]
    with pytest.raises(UserError, match="finns inte längre"):
        meeting.rooms.open_question(meeting.kod, 999)
    meeting.rooms.open_question(meeting.kod, None)
    assert open_texts() == ["Vad fungerar?", "Vad saknas?"]


def test_answers_wait_for_a_yes_and_so_do_other_words_of_them(meeting: Meeting) -> None:
    meeting.write("nummer-1", "förr")
    meeting.rooms.set_moderated(meeting.kod, True)
    meeting.write("nummer-2", "ett")
    meeting.write("nummer-3", "två")
    assert (meeting.texts, [card.vantar for card in meeting.cards(hidden=True)]) == (["förr"], [False, True, True])
    meeting.rooms.hide(meeting.kod, [meeting.id_of("ett")], False)
    assert meeting.texts == ["förr", "ett"]
    meeting.rooms.hide(meeting.kod, [meeting.id_of("två")])
    assert [(card.dold, card.vantar) for card in meeting.cards(hidden=True)][2] == (True, False)
    assert meeting.write("nummer-2", "ett", 2), "the same words need no other yes"
    assert meeting.texts == ["förr", "ett"]
    meeting.write("nummer-2", "annat", 3)
    assert meeting.texts == ["förr"]
    meeting.rooms.set_moderated(meeting.kod, False)
    meeting.write("nummer-2", "något", 4)
    assert meeting.texts == ["förr"], "what waits goes on waiting"


def test_a_merged_answer_that_waits_again_is_not_seen(meeting: Meeting) -> None:
    for name in "abc":
        meeting.write(f"nummer-{name}", name)
    a, b, c = (meeting.id_of(name) for name in "abc")
    meeting.rooms.set_moderated(meeting.kod, True)
    meeting.write("nummer-b", "grovt", 2)
    meeting.rooms.merge(meeting.kod, [b, a, c])
    assert meeting.texts == ["a", "c"]


def test_answers_that_are_remembered_as_gone_are_limited(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_MOST_GONE", 2)
    meeting.withdraw("nummer-1")
    meeting.withdraw("nummer-2")
    with pytest.raises(UserError, match="ta bort fler"):
        meeting.withdraw("nummer-3")


def test_the_dots_of_a_question_that_is_removed_are_not_those_of_a_new_one(meeting: Meeting) -> None:
    meeting.write("nummer-1", "svar", question=meeting.second)
    meeting.votes.open(meeting.kod, meeting.second)
    meeting.rooms.move(meeting.kod, [meeting.id_of("svar")], fraga=meeting.first)
    groups = [(group.id, group.text) for group in meeting.rooms.workshop(meeting.kod).grupper]
    meeting.rooms.change(meeting.kod, namn="N", grupper=groups, fragor=[(meeting.first, "Vad?"), (None, "Ny?")])
    assert meeting.rooms.workshop(meeting.kod).rostningar == ()
