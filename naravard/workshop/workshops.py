"""Workshops, their questions and the answers: what a room has said, apart from the figures' store.

Nobody has an account and no name is asked. An answer is plain text; what looks like a person id is refused. A figure
that was on screen when an answer was written is kept beside it, as it was shown: what had passed the gate. A workshop
is deleted when its time has come, and its pages are overwritten in the file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from sqlalchemy import Connection, and_, case, func, or_, select

from naravard.base import clock, mask
from naravard.base.errors import TooSoon, UserError
from naravard.base.numbers import number
from naravard.shared import database, tables
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import borta, figur, fraga, grupp, prick, rostning, rostsedel, svar
from naravard.workshop import rows
from naravard.workshop.board import Card, ShownFigure, Workshop
from naravard.workshop.changes import (
    Line,
    answer_rows,
    check_member,
    check_own,
    count_change,
    delete_workshop,
    insert_texts,
    put_back,
    replace_texts,
    update_answers,
)
from naravard.workshop.codes import LENGTH, LETTERS
from naravard.workshop.writing import LONGEST, LONGEST_NAME, checked_groups, checked_line, checked_questions
from naravard.workshop.written import Written, keep_answer, not_withdrawn, remember_gone, withdraw_answer

_MOST_WORKSHOPS, _MOST_AN_HOUR = 500, 60
DAYS_KEPT = 30
_KEY_BYTES = 18
_OF_ALL = "workshop"
"""What is written when a workshop is opened: how many there are counts."""


class Workshops:
    """All workshops of a data folder. Each call is a transaction of its own."""

    def __init__(self, folder: Path) -> None:
        self._database = database.of(folder)

    def begin(self, namn: str, grupper: Sequence[str], fragor: Sequence[str], bildspel: str = "") -> tuple[str, str]:
        """Open a workshop. Gives its code, for participants, and the leader's secret key, which is not stored.

        Raises UserError that says what is missing or too long.
        """
        name = checked_line(namn, "Namnet", LONGEST_NAME)
        groups, questions = checked_groups(grupper), checked_questions(fragor)
        mask.refuse_ids(unquote_plus(bildspel), "Bildspelet")
        secret = secrets.token_urlsafe(_KEY_BYTES)
        with self._database.writing(_OF_ALL) as connection:
            count = select(func.count()).select_from(tables.workshop)
            if connection.scalars(count).one() >= _MOST_WORKSHOPS:
                raise UserError(f"Det finns redan {number(_MOST_WORKSHOPS)} workshoppar. Radera någon som inte behövs.")
            lately = count.where(tables.workshop.c.oppnad > timestamp(timedelta(hours=1)))
            if connection.scalars(lately).one() >= _MOST_AN_HOUR:
                raise TooSoon("Det har öppnats väldigt många workshoppar den senaste timmen. Vänta en stund.")
            code = _new_code(connection)
            last_day = clock.today() + timedelta(days=DAYS_KEPT)
            row = {
                "kod": code,
                "nyckel": _hash(secret),
                "namn": name,
                "bildspel": bildspel,
                "oppnad": timestamp(),
                "raderas": last_day.isoformat(),
            }
            connection.execute(tables.workshop.insert().values(row))
            insert_texts(connection, grupp, "namn", code, groups)
            insert_texts(connection, fraga, "text", code, questions)
        return code, secret

    def all(self) -> list[tuple[Workshop, int]]:
        """All workshops with how many answers each has, the newest first; for the one who runs the installation."""
        if self._database.is_empty():
            return []
        answers = select(func.count()).select_from(svar).where(svar.c.kod == tables.workshop.c.kod).scalar_subquery()
        query = select(tables.workshop.c.kod, answers).order_by(tables.workshop.c.oppnad.desc())
        with self._database.reading() as connection:
            return [(rows.workshop(connection, kod), answers) for kod, answers in connection.execute(query).all()]

    def workshop(self, kod: str) -> Workshop:
        """One workshop by its code. Raises NotFound, also for one that has been deleted."""
        with self._database.reading() as connection:
            return rows.workshop(connection, kod)

    def is_leader(self, kod: str, secret: str) -> bool:
        """Whether a key is the leader's."""
        with self._database.reading() as connection:
            row = rows.workshop_row(connection, kod)
        return secrets.compare_digest(row.nyckel, _hash(secret))

    def change_number(self, kod: str) -> int:
        """A number that grows each time something of the workshop changes."""
        with self._database.reading() as connection:
            return int(rows.workshop_row(connection, kod).andring)

    def answer(
        self,
        kod: str,
        nyckel: str,
        fraga: int,
        grupp: int,
        text: str,
        figur: int | None = None,
        *,
        utgava: int = 1,
        age: timedelta = timedelta(0),
    ) -> bool:
        """Keep an answer. `nyckel` is the phone's own number of it: one that is sent again is kept once.

        `figur` is the figure that the phone knew to be on screen; else it is what is there now. `utgava` counts the
        phone's changes of its words. `age` is how long the answer has waited in the phone: one that was written before
        the leader closed is kept. Gives whether it was new. Raises UserError that says why it is refused.
        """
        line = checked_line(text, "Svaret", LONGEST)
        if not 8 <= len(nyckel) <= 64:
            raise UserError("Svaret saknar sitt nummer. Ladda om sidan och skicka igen.")
        with self._database.writing(kod) as connection:
            row = rows.workshop_row(connection, kod)
            if not keep_answer(connection, row, Written(nyckel, fraga, grupp, line, figur, utgava, age)):
                return False
            count_change(connection, kod)
        return True

    def withdraw(self, kod: str, nyckel: str, *, age: timedelta = timedelta(0)) -> bool:
        """Take away an answer for the one who wrote it. Gives whether it was there."""
        with self._database.writing(kod) as connection:
            was_there = withdraw_answer(connection, rows.workshop_row(connection, kod), nyckel[:64], age)
            count_change(connection, kod)
        self._database.flush()
        return was_there

    def board(self, kod: str, *, hidden: bool = False) -> tuple[Card, ...]:
        """The answers, the oldest first, merged ones as one. `hidden` gives those that are hidden as well."""
        with self._database.reading() as connection:
            return rows.cards(connection, kod, hidden=hidden)

    def show(self, kod: str, figure: ShownFigure | None) -> None:
        """Remember what is on screen, for the answers that are written while it is."""
        with self._database.writing(kod) as connection:
            before = rows.workshop_row(connection, kod).figur
            number_of_it = None
            if figure is not None:
                content = json.dumps(figure.__dict__, ensure_ascii=False)
                connection.execute(insert(connection, figur).values(kod=kod, innehall=content).on_conflict_do_nothing())
                same = select(figur.c.id).where(figur.c.kod == kod, figur.c.innehall == content)
                number_of_it = connection.scalars(same).one()
            if before != number_of_it:
                _update(connection, kod, figur=number_of_it)
                count_change(connection, kod)

    def hide(self, kod: str, ids: Sequence[int], hidden: bool = True) -> None:
        """Take answers from the board, or put them back: those that wait for it get their yes."""
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            update_answers(connection, kod, ids, "dold", int(hidden))
            update_answers(connection, kod, ids, "vantar", 0)
            count_change(connection, kod)

    def mark_common(self, kod: str, ids: Sequence[int], common: bool = True) -> None:
        """Mark answers as what the groups have in common."""
        self._set(kod, ids, "gemensamt", int(common))

    def move(self, kod: str, ids: Sequence[int], fraga: int | None = None, grupp: int | None = None) -> None:
        """Put answers under another question or group. What has been merged into them follows to the question."""
        if fraga is None and grupp is None:
            raise UserError("Välj till vilken fråga eller grupp svaren ska flyttas.")
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            for column, value in (("fraga", fraga), ("grupp", grupp)):
                if value is not None:
                    check_member(connection, column, kod, value)
                    update_answers(connection, kod, ids, column, value)
            if fraga is not None:
                connection.execute(svar.update().where(svar.c.ihop_med.in_(ids)).values(fraga=fraga))
            count_change(connection, kod)

    def merge(self, kod: str, ids: Sequence[int]) -> None:
        """Let the first of some answers stand for them all: the first that is seen. They come under its question."""
        if len(set(ids)) < 2:
            raise UserError("Välj minst två svar att slå ihop.")
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            is_seen = and_(svar.c.dold == 0, svar.c.vantar == 0)
            visible_ids = set(connection.scalars(select(svar.c.id).where(svar.c.id.in_(ids), is_seen)))
            head = next((one for one in ids if one in visible_ids), ids[0])
            others = [one for one in ids if one != head]
            is_merged = and_(or_(svar.c.id.in_(others), svar.c.ihop_med.in_(others)), svar.c.id != head)
            connection.execute(svar.update().where(svar.c.kod == kod, is_merged).values(ihop_med=head))
            update_answers(connection, kod, [head], "ihop_med", None)
            question = connection.scalars(select(svar.c.fraga).where(svar.c.id == head)).one()
            connection.execute(svar.update().where(svar.c.ihop_med == head).values(fraga=question))
            count_change(connection, kod)

    def unmerge(self, kod: str, ids: Sequence[int]) -> None:
        """Let merged answers stand for themselves again."""
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            own = svar.update().where(svar.c.kod == kod, svar.c.ihop_med.in_(ids))
            connection.execute(own.values(ihop_med=None))
            count_change(connection, kod)

    def erase(self, kod: str, ids: Sequence[int]) -> None:
        """Delete answers for good, with what has been merged into them."""
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            erased_rows = answer_rows(connection, kod, ids)
            remember_gone(connection, kod, [(row["nyckel"], row["id"]) for row in erased_rows], by_leader=True)
            for column in (svar.c.ihop_med, svar.c.id):
                connection.execute(svar.delete().where(svar.c.kod == kod, column.in_(ids)))
            count_change(connection, kod)
        self._database.flush()

    def _set(self, kod: str, ids: Sequence[int], column: str, value: int) -> None:
        with self._database.writing(kod) as connection:
            check_own(connection, kod, ids)
            update_answers(connection, kod, ids, column, value)
            count_change(connection, kod)

    def change(self, kod: str, *, namn: str, grupper: Sequence[Line], fragor: Sequence[Line]) -> None:
        """New name, groups and questions, in order. One that has answers keeps them when its words are changed.

        Raises UserError where one with answers would be left out.
        """
        name = checked_line(namn, "Namnet", LONGEST_NAME)
        groups, questions = _with_text(grupper), _with_text(fragor)
        group_texts, question_texts = (
            checked_groups([text for _, text in groups]),
            checked_questions([text for _, text in questions]),
        )
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            _update(connection, kod, namn=name)
            for table, column, lines, texts in (
                (grupp, "namn", groups, group_texts),
                (fraga, "text", questions, question_texts),
            ):
                ids = [row_id for row_id, _ in lines]
                replace_texts(connection, table, column, kod, list(zip(ids, texts, strict=True)))
            count_change(connection, kod)

    def set_open(self, kod: str, is_open: bool) -> None:
        """Take new answers, or none but those that wait in phones already."""
        closed_at = None if is_open else timestamp()
        with self._database.writing(kod) as connection:
            _update(connection, kod, oppen=int(is_open), stangd=closed_at)
            count_change(connection, kod)

    def open_question(self, kod: str, question: int | None) -> None:
        """Let phones answer one question alone, or all of them."""
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            since = None
            if question is not None:
                check_member(connection, "fraga", kod, question)
                others_since = func.coalesce(fraga.c.stangd, timestamp())
                since = case((fraga.c.id == question, None), else_=others_since)
            connection.execute(fraga.update().where(fraga.c.kod == kod).values(stangd=since))
            count_change(connection, kod)

    def let_phones_see(self, kod: str, is_visible: bool) -> None:
        """Whether phones show what others have answered."""
        self._set_choice(kod, "visa_svar", is_visible)

    def set_moderated(self, kod: str, is_moderated: bool) -> None:
        """Whether answers wait for the leader's yes. Those that wait go on waiting when it is turned off."""
        self._set_choice(kod, "granskas", is_moderated)

    def _set_choice(self, kod: str, column: str, is_chosen: bool) -> None:
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            _update(connection, kod, **{column: int(is_chosen)})
            count_change(connection, kod)

    def clear(self, kod: str) -> None:
        """Delete all answers, as after a rehearsal. Name, groups, questions, code and the leader's key stay."""
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            for table in (borta, prick, rostsedel, rostning, svar):
                connection.execute(table.delete().where(table.c.kod == kod))
            _update(connection, kod, rensad=tables.workshop.c.rensad + 1)
            count_change(connection, kod)
        self._database.flush()

    def answer_rows(self, kod: str, ids: Sequence[int]) -> list[dict[str, Any]]:
        """Some answers as they lie, with those that have been merged into them: what `put_back` takes."""
        with self._database.reading() as connection:
            return answer_rows(connection, kod, ids)

    def put_back(self, kod: str, answers: Sequence[dict[str, Any]]) -> None:
        """Let answers be as they were, also those that have been deleted since; not what its writer has withdrawn.

        Raises UserError where their question or group is gone.
        """
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            for one in answers:
                check_member(connection, "fraga", kod, one["fraga"])
                check_member(connection, "grupp", kod, one["grupp"])
            put_back(connection, not_withdrawn(connection, answers))
            count_change(connection, kod)

    def keep(self, kod: str, is_permanent: bool) -> None:
        """Never delete it by itself, or delete it 30 days from today."""
        last_day = None if is_permanent else (clock.today() + timedelta(days=DAYS_KEPT)).isoformat()
        with self._database.writing(kod) as connection:
            _update(connection, kod, raderas=last_day)
            count_change(connection, kod)

    def delete(self, kod: str) -> None:
        """Delete a workshop with all its answers, now and from the file as well."""
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            delete_workshop(connection, kod)
        self._database.flush()

    def delete_old(self, today: date | None = None) -> int:
        """Delete the workshops whose day has come. Gives how many."""
        if self._database.is_empty():
            return 0
        day = (today or clock.today()).isoformat()
        with self._database.reading() as connection:
            kods = connection.scalars(select(tables.workshop.c.kod).where(tables.workshop.c.raderas <= day)).all()
        for kod in kods:
            with self._database.writing(kod) as connection:
                delete_workshop(connection, kod)
        self._database.flush()
        return len(kods)


def _with_text(lines: Sequence[Line]) -> list[Line]:
    return [(row_id, text) for row_id, text in lines if text.strip()]


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _update(connection: Connection, kod: str, **content: object) -> None:
    connection.execute(tables.workshop.update().where(tables.workshop.c.kod == kod).values(content))


def _new_code(connection: Connection) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if connection.execute(select(1).where(tables.workshop.c.kod == code)).first() is None:
            return code
