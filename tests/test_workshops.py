"""What a room has said is kept once, as plain text, for as long as is promised, and is then gone."""

import contextlib
import secrets
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from naravard.base import clock
from naravard.base.errors import NotFound, TooSoon, UserError
from naravard.shared.database import timestamp
from naravard.workshop import changes, short_links
from naravard.workshop.board import ShownFigure
from naravard.workshop.notes import Notes
from naravard.workshop.short_links import ShortLinks
from naravard.workshop.undo import Undo
from naravard.workshop.votes import Votes
from naravard.workshop.walls import Walls
from naravard.workshop.workshops import DAYS_KEPT, Workshops
from naravard.workshop.writing import LONGEST
from tests.examples import examples
from tests.shared_tables import has_trace, run


def number() -> str:
    return secrets.token_hex(8)


@pytest.fixture
def room(folder: Path) -> Workshops:
    return Workshops(folder)


@pytest.fixture
def kod(room: Workshops) -> str:
    return room.begin("Hösten", ["Kalmar", "Öland"], ["Vad fungerar?", "Vad saknas?"])[0]


def say(room: Workshops, kod: str, text: str, question: int = 0, group: int = 0) -> int:
    workshop = room.workshop(kod)
    room.answer(kod, number(), workshop.fragor[question].id, workshop.grupper[group].id, text)
    return room.board(kod, hidden=True)[-1].id


def texts(room: Workshops, kod: str) -> list[str]:
    return [card.text for card in room.board(kod)]


def test_a_workshop_is_as_it_was_opened(room: Workshops) -> None:
    kod, key = room.begin(" Nära  vård ", ["A", "", "B"], ["Vad?"], "bilder=lgl1")
    opened = room.workshop(kod)
    assert (opened.namn, opened.bildspel, opened.oppen) == ("Nära vård", "bilder=lgl1", True)
    assert [group.text for group in opened.grupper] == ["A", "B"]
    assert opened.raderas == (clock.today() + timedelta(days=DAYS_KEPT)).isoformat()
    assert room.is_leader(kod, key)
    assert not room.is_leader(kod, key[:-1])
    assert not room.is_leader(kod, "")
    assert not has_trace(room._database, key), "the key itself is not stored"


@pytest.mark.parametrize(
    ("named", "groups", "questions", "says"),
    [
        ("", ["A"], ["Vad?"], "Namnet är tomt"),
        ("x" * 81, ["A"], ["Vad?"], "Namnet har 81 tecken"),
        ("N", [], ["Vad?"], "Gruppens namn saknas"),
        ("N", ["A", "A"], ["Vad?"], "står två gånger"),
        ("N", ["A"] * 31, ["Vad?"], "31 är för många"),
        ("N", ["A"], [" "], "Frågan saknas"),
        ("N", ["19121212-1212"], ["Vad?"], "liknar ett personnummer"),
    ],
)
def test_a_workshop_that_cannot_be_opened_says_why(
    room: Workshops, named: str, groups: list[str], questions: list[str], says: str
) -> None:
    with pytest.raises(UserError, match=says):
        room.begin(named, groups, questions)


def test_an_answer_that_is_sent_twice_is_kept_once(room: Workshops, kod: str) -> None:
    workshop, nyckel = room.workshop(kod), number()
    for new in (True, False, False):
        assert room.answer(kod, nyckel, workshop.fragor[0].id, workshop.grupper[0].id, "Korta vägar") is new
    assert texts(room, kod) == ["Korta vägar"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<b>fet</b> =1+1 'citat'", "<b>fet</b> =1+1 'citat'"),
        ("två\nrader\toch  mellanrum", "två rader och mellanrum"),
        ("dolt\u202etecken\x00\x07", "dolttecken"),
        ("👩\u200d⚕️ ja", "👩\u200d⚕️ ja"),
        ("a\u030a", "å"),
        ("👍🏽 bra", "👍🏽 bra"),
    ],
)
def test_an_answer_is_plain_text(room: Workshops, kod: str, written: str, kept: str) -> None:
    say(room, kod, written)
    assert texts(room, kod) == [kept]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "Svaret är tomt"),
        (" \u200b\n ", "Svaret är tomt"),
        ("x" * (LONGEST + 1), "281 tecken"),
        ("Fråga 19121212-1212", "personnummer"),
        ("ring 121212+1212", "personnummer"),
        ("191212121212", "personnummer"),
        ("samordning 701063-2391", "personnummer"),
        ("850709\u200b9805", "personnummer"),
        ("8 5 0 7 0 9 9 8 0 5", "personnummer"),
        ("85 07 09 - 98 05", "personnummer"),
    ],
)
def test_an_answer_that_is_refused_says_why_and_is_not_kept(room: Workshops, kod: str, written: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        say(room, kod, written)
    assert texts(room, kod) == []


@pytest.mark.parametrize(
    "written",
    ["247711 invånare 2022", "20240401 och framåt", "2023-04–2024-03", "4 346 av 5 793, alltså 75 %",
     "kl. 13.30 den 24/12", "våren 2023 och hösten 2024", "RUB 3-5",
     "1 447 av 1 885 den 31 december 2022", "121212 inte"],
)  # fmt: skip
def test_counts_days_and_years_are_no_person_ids(room: Workshops, kod: str, written: str) -> None:
    say(room, kod, written)
    assert texts(room, kod) == [written]


@given(st.text(max_size=400))
@examples(40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_refused_or_kept_as_seen(room: Workshops, kod: str, written: str) -> None:
    room.clear(kod)
    try:
        say(room, kod, written)
    except TooSoon:
        raise
    except UserError as error:
        assert str(error)
        assert texts(room, kod) == []
    else:
        (kept,) = texts(room, kod)
        assert kept.replace("\u200d", "").isprintable()
        assert 0 < len(kept) <= LONGEST


@pytest.mark.parametrize(("question", "group"), [(-1, 0), (0, -1), (999, 0)])
def test_only_the_workshops_own_questions_and_groups_are_answered(
    room: Workshops, kod: str, question: int, group: int
) -> None:
    workshop = room.workshop(kod)
    with pytest.raises(UserError, match="finns inte längre"):
        room.answer(kod, number(), question or workshop.fragor[0].id, group or workshop.grupper[0].id, "Svar")


def test_a_closed_workshop_takes_no_answers_until_it_is_opened(room: Workshops, kod: str) -> None:
    room.set_open(kod, False)
    with pytest.raises(UserError, match="stängt"):
        say(room, kod, "För sent")
    room.set_open(kod, True)
    say(room, kod, "I tid")
    assert texts(room, kod) == ["I tid"]


@pytest.mark.parametrize(
    ("closed_ago", "age", "is_kept"),
    [(60, 61, True), (60, 59, False), (60, 0, False), (3_590, 3_700, True), (3_610, 3_700, False)],
)
def test_what_waited_in_a_phone_when_the_workshop_was_closed_is_kept(
    room: Workshops, kod: str, closed_ago: int, age: int, is_kept: bool
) -> None:
    workshop = room.workshop(kod)
    room.set_open(kod, False)
    at = (datetime.now(UTC) - timedelta(seconds=closed_ago)).isoformat(timespec="milliseconds")
    run(room._database, "update workshop set stangd = :at", at=at)
    ids = workshop.fragor[0].id, workshop.grupper[0].id
    if is_kept:
        assert room.answer(kod, number(), *ids, "Svar", age=timedelta(seconds=age))
    else:
        with pytest.raises(UserError, match="stängt"):
            room.answer(kod, number(), *ids, "Svar", age=timedelta(seconds=age))


def test_all_answers_are_cleared_from_every_file_and_the_rest_stays(room: Workshops, kod: str) -> None:
    say(room, kod, "REPETITION")
    before = room.workshop(kod)
    room.clear(kod)
    after = room.workshop(kod)
    assert (texts(room, kod), after.grupper, after.fragor, after.rensad) == ([], before.grupper, before.fragor, 1)
    assert after.andring > before.andring
    assert not has_trace(room._database, "REPETITION")


def test_answers_are_put_back_as_they_were(room: Workshops, kod: str) -> None:
    first, second, third = (say(room, kod, text, group=group) for text, group in (("a", 0), ("b", 1), ("c", 0)))
    room.merge(kod, [first, second])
    before, rows = room.board(kod), room.answer_rows(kod, [first])
    assert [row["text"] for row in rows] == ["a", "b"]
    room.erase(kod, [first])
    assert texts(room, kod) == ["c"]
    room.put_back(kod, rows)
    assert room.board(kod) == before
    rows = room.answer_rows(kod, [third])
    room.erase(kod, [third])
    assert say(room, kod, "d") > third, "a number that has been somebody's is not used again"
    room.put_back(kod, rows)
    assert sorted(texts(room, kod)) == ["a", "c", "d"]
    workshop = room.workshop(kod)
    rows = room.answer_rows(kod, [first])
    room.erase(kod, [first])
    without = [(group.id, group.text) for group in workshop.grupper[:1]]
    room.change(kod, namn="N", grupper=without, fragor=[(q.id, q.text) for q in workshop.fragor])
    with pytest.raises(UserError, match="finns inte längre"):
        room.put_back(kod, rows)


def test_a_file_from_before_gets_what_it_lacks(tmp_path: Path) -> None:
    kod, key = Workshops(tmp_path / "ny").begin("Förr", ["A"], ["Vad?"])
    say(Workshops(tmp_path / "ny"), kod, "svar")
    (tmp_path / "workshop").mkdir()
    with (
        contextlib.closing(sqlite3.connect(tmp_path / "ny" / "workshop" / "workshop.sqlite")) as new_file,
        contextlib.closing(sqlite3.connect(tmp_path / "workshop" / "workshop.sqlite")) as connection,
    ):
        new_file.backup(connection)
        connection.executescript(
            "drop table tabellversion; drop table dokument; drop table anteckning; drop table borta; drop table rum;"
            "drop table rostning; drop table rostsedel; drop table prick;"
            "alter table workshop drop column stangd; alter table workshop drop column rensad;"
            "alter table workshop drop column visa_svar; alter table workshop drop column granskas;"
            "alter table fraga drop column stangd;"
            "alter table svar drop column utgava; alter table svar drop column vantar;"
            "pragma user_version = 1;"
        )
    old = Workshops(tmp_path)
    assert Workshops(tmp_path).workshop(kod).rensad == 0
    assert Walls(tmp_path).steer(kod, {"nr": 1})[0] == 1
    assert (texts(old, kod), old.is_leader(kod, key)) == (["svar"], True)
    assert [(question.oppen, card.vantar) for question in old.workshop(kod).fragor for card in old.board(kod)] == [
        (True, False)
    ]
    votes, question = Votes(tmp_path), old.workshop(kod).fragor[0].id
    votes.open(kod, question)
    assert votes.vote(kod, question, "telefon-ett", 1, [old.board(kod)[0].id]) == (old.board(kod)[0].id,)


def test_a_step_can_be_taken_back_for_a_while_and_is_then_forgotten() -> None:
    undo = Undo()
    for step in range(25):
        undo.remember("abc234", f"steg {step}", [], float(step))
    last = undo.last("abc234", 30.0)
    assert last is not None
    assert last.text == "steg 24"
    numbers = [last.number - back for back in range(21)]
    assert undo.take("abc234", numbers[1], 30.0) is None, "a step that another one follows"
    taken = [undo.take("abc234", number, 30.0) for number in numbers]
    assert undo.take("abc234", numbers[0], 30.0) is None, "a second click"
    assert [step and step.text for step in taken] == [*(f"steg {step}" for step in range(24, 4, -1)), None]
    undo.remember("abc234", "gammalt", [], 0.0)
    assert undo.last("abc234", 600.0) is not None
    assert undo.last("abc234", 601.0) is None


def test_total_and_rate_are_limited(room: Workshops, kod: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_A_MINUTE", 2)
    say(room, kod, "ett")
    say(room, kod, "två")
    with pytest.raises(TooSoon):
        say(room, kod, "tre")
    monkeypatch.setattr(changes, "MOST_ANSWERS", 2)
    with pytest.raises(UserError, match="tar inte emot fler"):
        say(room, kod, "tre")


def test_the_leader_hides_merges_moves_and_marks(room: Workshops, kod: str) -> None:
    one, two, three = (say(room, kod, text) for text in ("ett", "två", "tre"))
    room.hide(kod, [two])
    assert texts(room, kod) == ["ett", "tre"]
    room.hide(kod, [two], False)
    room.merge(kod, [one, three])
    cards = room.board(kod)
    assert [(card.text, card.lika) for card in cards] == [("ett", ("tre",)), ("två", ())]
    room.merge(kod, [two, one])
    assert [(card.text, card.lika) for card in room.board(kod)] == [("två", ("ett", "tre"))]
    room.unmerge(kod, [two])
    assert texts(room, kod) == ["ett", "två", "tre"]
    workshop = room.workshop(kod)
    room.move(kod, [one], fraga=workshop.fragor[1].id, grupp=workshop.grupper[1].id)
    moved = room.board(kod)[0]
    assert (moved.fraga, moved.grupp) == (workshop.fragor[1].id, workshop.grupper[1].id)
    room.mark_common(kod, [one, three])
    assert [card.gemensamt for card in room.board(kod)] == [True, False, True]
    with pytest.raises(UserError, match="minst två"):
        room.merge(kod, [one, one])


def test_a_merge_of_what_is_merged_loses_nobody(room: Workshops, kod: str) -> None:
    ids = [say(room, kod, text) for text in "abcd"]
    room.merge(kod, ids[:2])
    room.merge(kod, ids[2:])
    room.merge(kod, [ids[3], ids[0]])
    room.merge(kod, [ids[0], ids[2]])
    told = [text for card in room.board(kod) for text in (card.text, *card.lika)]
    assert sorted(told) == list("abcd")


@pytest.mark.parametrize("act", ["hide", "mark_common", "merge", "unmerge", "erase", "move"])
def test_another_workshops_answers_are_out_of_reach(room: Workshops, kod: str, act: str) -> None:
    mine = say(room, kod, "mitt")
    other = room.begin("Annan", ["A"], ["Vad?"])[0]
    theirs = say(room, other, "deras")
    more = {"grupp": room.workshop(other).grupper[0].id} if act == "move" else {}
    for ids in ([mine, theirs], [theirs, mine], [theirs, 999], [-1, 0]):
        with pytest.raises(UserError, match="finns inte längre"):
            getattr(room, act)(other, ids, **more)
    assert texts(room, other) == ["deras"]
    assert texts(room, kod) == ["mitt"]
    room.delete(kod)
    room.delete(other)


def test_what_is_hidden_stays_hidden_when_it_is_merged(room: Workshops, kod: str) -> None:
    hidden, seen, other = (say(room, kod, text) for text in ("dolt", "synligt", "annat"))
    room.hide(kod, [hidden])
    room.merge(kod, [hidden, seen, other])
    assert [(card.text, card.lika) for card in room.board(kod)] == [("synligt", ("annat",))]


def test_merged_answers_follow_and_tell_their_group(room: Workshops, kod: str) -> None:
    one, two = say(room, kod, "ett"), say(room, kod, "två", question=1, group=1)
    room.merge(kod, [one, two])
    (card,) = room.board(kod)
    assert card.lika == ("Öland: två",)
    room.move(kod, [one], fraga=room.workshop(kod).fragor[1].id)
    room.change(kod, namn="N", grupper=new("Kalmar", "Öland"), fragor=new("Vad saknas?"))
    assert room.board(kod)[0].lika == ("Öland: två",), "no answer was left under the question that was removed"


def test_notes_are_kept_with_the_workshop_and_go_with_it(room: Workshops, kod: str, folder: Path) -> None:
    notes = Notes(folder)
    assert notes.write(kod, "lgl1", " Fråga  om SÄBO \n\n- sedan\u202e ") == "Fråga  om SÄBO\n\n- sedan"
    notes.write(kod, "lgl3", "HEMLIGT")
    assert notes.all(kod) == {"lgl1": "Fråga  om SÄBO\n\n- sedan", "lgl3": "HEMLIGT"}
    for bild, text, says in (
        ("lgl1", "ring 19121212-1212", "personnummer"), ("lgl1", "640823\n3234", "personnummer"),
        ("lgl1", "x" * 4_001, "högst"), ("", "text", "finns inte"), ("x" * 501, "text", "finns inte"),
    ):  # fmt: skip
        with pytest.raises(UserError, match=says):
            notes.write(kod, bild, text)
    assert notes.write(kod, "lgl1", " ") == ""
    room.clear(kod)
    assert notes.all(kod) == {"lgl3": "HEMLIGT"}, "the answers of a rehearsal are cleared, and nothing else"
    room.delete(kod)
    assert not has_trace(room._database, "HEMLIGT")
    with pytest.raises(NotFound):
        notes.write(kod, "lgl1", "sent")


def test_one_answer_can_be_deleted_for_good(room: Workshops, kod: str) -> None:
    say(room, kod, "KVAR")
    room.erase(kod, [say(room, kod, "BORTASVAR")])
    assert texts(room, kod) == ["KVAR"]
    assert not has_trace(room._database, "BORTASVAR")


def test_a_line_with_its_number_is_the_same_in_other_words_whatever_else_is_new(room: Workshops, kod: str) -> None:
    say(room, kod, "svar")
    first, second = room.workshop(kod).fragor
    groups = [(group.id, group.text) for group in room.workshop(kod).grupper]
    asked = [(None, "Ny först?"), (first.id, "Vad fungerar här?"), (None, ""), (second.id, "Vad saknas?")]
    room.change(kod, namn="N", grupper=groups, fragor=asked)
    changed = room.workshop(kod).fragor
    assert [q.text for q in changed] == ["Ny först?", "Vad fungerar här?", "Vad saknas?"]
    assert [q.id for q in changed[1:]] == [first.id, second.id]
    assert room.board(kod)[0].fraga == first.id
    other = room.begin("Annan", ["A"], ["Deras?"])[0]
    theirs = room.workshop(other).fragor[0].id
    room.change(kod, namn="N", grupper=groups, fragor=[*((q.id, q.text) for q in changed), (theirs, "Min?")])
    assert room.workshop(other).fragor[0].text == "Deras?", "another workshop's number is no number here"
    assert len(room.workshop(kod).fragor) == 4


def test_an_answer_keeps_the_figure_that_the_phone_knew(room: Workshops, kod: str) -> None:
    first, second = ShownFigure("lgl1", "ett"), ShownFigure("lgl2", "två")
    workshop = room.workshop(kod)
    room.show(kod, first)
    known = room.workshop(kod).figur
    room.show(kod, second)
    for nyckel, figure in (("sent-late", known), ("sent-none", None), ("sent-false", 999)):
        room.answer(kod, nyckel, workshop.fragor[0].id, workshop.grupper[0].id, nyckel, figure)
    assert [card.figur for card in room.board(kod)] == [first, second, second]


def test_ids_are_refused_in_links_and_sequences(room: Workshops, folder: Path) -> None:
    for text in ("jamfor?x=19121212-1212", "jamfor?x=19121212%2D1212"):
        with pytest.raises(UserError, match="person-id"):
            ShortLinks(folder).code(text)
    with pytest.raises(UserError, match="person-id"):
        room.begin("N", ["A"], ["Vad?"], "namn=19121212-1212")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    room = Workshops(tmp_path)
    kod, _ = room.begin("Hösten", ["A"], ["Vad?"])
    for file in (tmp_path / "workshop").iterdir():
        file.unlink()
    (tmp_path / "workshop" / "workshop.sqlite").write_bytes(b"inte en databas" * 100)
    with pytest.raises(UserError, match="går inte att läsa"):
        room.workshop(kod)


def test_it_can_be_asked_while_it_is_made(tmp_path: Path) -> None:
    for attempt in range(5):
        new = Workshops(tmp_path / str(attempt))

        def ask(number_of_it: int, room: Workshops = new) -> None:
            if number_of_it % 2:
                room.begin(f"N {number_of_it}", ["A"], ["Vad?"])
            else:
                with contextlib.suppress(NotFound):
                    room.workshop("aaaaaa")

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(ask, range(12)))


def new(*texts: str) -> list[changes.Line]:
    return [(None, text) for text in texts]


def test_words_of_a_question_may_change_but_one_with_answers_is_not_removed(room: Workshops, kod: str) -> None:
    say(room, kod, "svar", question=1)
    asked = room.workshop(kod).fragor
    questions: list[changes.Line] = [(asked[0].id, "Vad fungerar?"), (asked[1].id, "Vad behövs?")]
    room.change(kod, namn="Nytt namn", grupper=new("Kalmar", "Öland", "Ny"), fragor=questions)
    changed = room.workshop(kod)
    assert (changed.namn, [g.text for g in changed.grupper]) == ("Nytt namn", ["Kalmar", "Öland", "Ny"])
    assert [(q.id, q.text) for q in changed.fragor] == [(asked[0].id, "Vad fungerar?"), (asked[1].id, "Vad behövs?")]
    with pytest.raises(UserError, match="som har svar kan inte tas bort"):
        room.change(kod, namn="Nytt", grupper=new("Kalmar"), fragor=new("Vad fungerar?"))
    assert room.workshop(kod) == changed, "all of a change, or nothing"
    room.change(kod, namn="Nytt", grupper=new("Kalmar"), fragor=new("Vad behövs?", "Vad fungerar?"))
    assert [q.id for q in room.workshop(kod).fragor] == [asked[1].id, asked[0].id], "the same words are the same"


def test_a_figure_is_kept_with_what_is_written_while_it_is_shown(room: Workshops, kod: str) -> None:
    figure = ShownFigure("lgl3", "77 %", "SÄBO", "Källa", "Kalmar", 1, False, ("Område", "Antal"), (("Kalmar", "324"),))
    say(room, kod, "före")
    room.show(kod, figure)
    say(room, kod, "under")
    room.show(kod, None)
    say(room, kod, "efter")
    assert [card.figur for card in room.board(kod)] == [None, figure, None]
    assert room.workshop(kod).visas is None


def test_no_number_is_left_of_a_version_that_is_taken_out_of_reach(empty_data: Path) -> None:
    """The plan of later versions does not know it any more: beside them it would tell what they hide."""
    room = Workshops(empty_data)
    kod, _ = room.begin("Hösten", ["Kalmar", "Öland"], ["Vad fungerar?"])
    figures = [
        ShownFigure(
            "sabo_boende",
            "Borgholm 85",
            "77 %",
            "Källa",
            "Kalmar",
            version,
            False,
            ("Område", "324"),
            (("Kalmar", "324"),),
        )
        for version in (1, 2)
    ]
    for figure in figures:
        room.show(kod, figure)
        say(room, kod, "under")
    (empty_data / "lager").mkdir(parents=True)
    (empty_data / "lager" / "000001.undantagen").write_bytes(b"")
    one, other = (card.figur for card in room.board(kod))
    assert other == figures[1]
    assert one is not None
    assert (one.bild, one.kommun, one.version) == ("sabo_boende", "Kalmar", 1)
    assert not [part for part in ("85", "77", "324") if part in repr(one)]
    assert one.kalla == "Version 1 är tagen ur läsning. Dess siffror visas inte."


def test_every_change_is_told_and_no_change_is_not(room: Workshops, kod: str) -> None:
    one = say(room, kod, "ett")
    seen = [room.change_number(kod)]
    acts = [
        lambda: say(room, kod, "två"), lambda: room.hide(kod, [one]), lambda: room.set_open(kod, False),
        lambda: room.show(kod, ShownFigure("lgl1", "t")), lambda: room.keep(kod, True), lambda: room.erase(kod, [one]),
    ]  # fmt: skip
    for act in acts:
        act()
        seen.append(room.change_number(kod))
    assert seen == sorted(set(seen))
    room.show(kod, ShownFigure("lgl1", "t"))
    assert room.change_number(kod) == seen[-1]


def test_what_is_deleted_is_in_no_file(room: Workshops, kod: str) -> None:
    other = room.begin("Annan", ["A"], ["Vad?"])[0]
    say(room, kod, "HEMLIGTSVAR")
    say(room, other, "KVARSVAR")
    assert has_trace(room._database, "HEMLIGTSVAR")
    room.delete(kod)
    assert not has_trace(room._database, "HEMLIGTSVAR")
    with pytest.raises(NotFound, match="raderad"):
        room.workshop(kod)
    assert texts(room, other) == ["KVARSVAR"]


def test_a_workshop_is_deleted_on_its_day_unless_it_is_kept(room: Workshops, kod: str) -> None:
    kept = room.begin("Behålls", ["A"], ["Vad?"])[0]
    room.keep(kept, True)
    say(room, kod, "GAMMALTSVAR")
    assert room.delete_old(clock.today() + timedelta(days=DAYS_KEPT - 1)) == 0
    assert room.delete_old(clock.today() + timedelta(days=DAYS_KEPT)) == 1
    with pytest.raises(NotFound):
        room.workshop(kod)
    assert room.workshop(kept).raderas is None
    assert not has_trace(room._database, "GAMMALTSVAR")


def test_many_at_once_lose_nothing_and_double_nothing(room: Workshops, kod: str) -> None:
    workshop = room.workshop(kod)
    numbers = [f"svar nummer {i}" for i in range(60)]

    def post(text: str) -> bool:
        return room.answer(kod, text, workshop.fragor[0].id, workshop.grupper[0].id, text)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(post, numbers + numbers))
    assert sorted(texts(room, kod)) == sorted(numbers)


def test_it_is_sqlite_with_a_log_beside_the_figures_store(tmp_path: Path) -> None:
    Workshops(tmp_path).begin("Hösten", ["A"], ["Vad?"])
    with sqlite3.connect(tmp_path / "workshop" / "workshop.sqlite") as connection:
        assert connection.execute("pragma journal_mode").fetchone()[0] == "wal"


def aged(links: ShortLinks, kod: str, days: int) -> None:
    """A link as if nobody had used it for some days."""
    at = timestamp(timedelta(days=days))
    run(links._database, "update lank set skapad = :at where kod = :kod", at=at, kod=kod)


def test_links_that_are_in_use_are_not_pushed_out_by_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_links, "_MOST_LINKS", 3)
    links = ShortLinks(folder)
    on_the_wall, forgotten, last_week = (links.code(f"sabo?x={i}") for i in range(3))
    with pytest.raises(TooSoon, match="korta länkar"):
        links.code("sabo?x=3")
    assert links.code("sabo?x=0") == on_the_wall, "one that there is is given all the same"
    aged(links, forgotten, 30)
    aged(links, last_week, 8)
    links.code("sabo?x=4")
    assert not links.has("sabo?x=1"), "the one that nobody has used the longest has given way"
    assert links.address(last_week) == "sabo?x=2", "who follows a link uses it"
    with pytest.raises(TooSoon):
        links.code("sabo?x=5")
    assert links.address(on_the_wall) == "sabo?x=0"


def test_a_short_link_is_the_same_each_time(folder: Path) -> None:
    links = ShortLinks(folder)
    code = links.code("jamfor?indikator=SÄBO")
    assert links.code("jamfor?indikator=SÄBO") == code
    assert links.code("jamfor?indikator=RUB") != code
    assert links.address(code) == "jamfor?indikator=SÄBO"
    with pytest.raises(NotFound, match="finns inte"):
        links.address("aaaaaa")
