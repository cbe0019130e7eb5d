"""What a participant's phone does with its own answers: writes, changes and withdraws them, until they are closed for.

The phone's own number of an answer (`nyckel`) is known to it alone, and its changes are counted (`utgava`): what is
sent again, or comes late, changes nothing, and what has been withdrawn does not come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Row, bindparam, func, literal, or_, select

from naravard.base.errors import UserError
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import answer_numbers, borta, figur, fraga, prick, svar
from naravard.workshop.changes import MOST_ANSWERS, check_member, check_rate, was_written_in_time

_MOST_GONE = 2 * MOST_ANSWERS
"""Answers of a workshop that are remembered as gone, whoever makes their numbers."""

_OWN: dict[str, BindParameter[str]] = {"kod": bindparam("kod"), "nyckel": bindparam("nyckel")}
_ANSWER = select(svar).where(svar.c.kod == _OWN["kod"], svar.c.nyckel == _OWN["nyckel"])
_GONE = select(borta.c.nummer).where(borta.c.kod == _OWN["kod"], borta.c.nyckel == _OWN["nyckel"])
_QUESTION = select(fraga.c.stangd).where(fraga.c.kod == _OWN["kod"], fraga.c.id == bindparam("fraga"))
_LAST_HERE = select(func.coalesce(func.max(svar.c.id), 0)).scalar_subquery()
_LAST_GONE = select(func.coalesce(func.max(borta.c.nummer), 0)).scalar_subquery()
_NEXT_NUMBER = 1 + func.max(_LAST_HERE, _LAST_GONE)
"""Made once, as those of `rows`."""


@dataclass(frozen=True)
class Written:
    """An answer as a phone sends it. `figur` is what it knew to be on screen, `age` how long it has waited there."""

    nyckel: str
    fraga: int
    grupp: int
    text: str
    figur: int | None
    utgava: int
    age: timedelta


def keep_answer(connection: Connection, workshop: Row[Any], answer: Written) -> bool:
    """Keep a new answer, or other words of one. Gives whether anything is new. Raises UserError that says why not."""
    kod = workshop.kod
    before = _row_of(connection, kod, answer.nyckel)
    if before is not None and before.utgava >= answer.utgava:
        return False
    if before is None and _is_gone(connection, kod, answer.nyckel):
        return False
    check_open(connection, workshop, before.fraga if before else answer.fraga, answer.age)
    if before is not None:
        waits = int(before.vantar or (workshop.granskas and before.text != answer.text))
        content = {"text": answer.text, "utgava": answer.utgava, "vantar": waits}
        connection.execute(svar.update().where(svar.c.id == before.id).values(content))
        return True
    check_rate(connection, kod)
    check_member(connection, "fraga", kod, answer.fraga)
    check_member(connection, "grupp", kod, answer.grupp)
    figure_query = select(figur.c.id).where(figur.c.kod == kod, figur.c.id == answer.figur)
    row = {
        "id": _next_number(connection),
        "kod": kod,
        "nyckel": answer.nyckel,
        "fraga": answer.fraga,
        "grupp": answer.grupp,
        "text": answer.text,
        "nar": timestamp(),
        "figur": connection.scalar(figure_query) or workshop.figur,
        "utgava": answer.utgava,
        "vantar": workshop.granskas,
    }
    connection.execute(svar.insert().values(row))
    return True


def withdraw_answer(connection: Connection, workshop: Row[Any], nyckel: str, age: timedelta) -> bool:
    """Take an answer away, also one that has not come yet. What was merged with it stays, with its dots."""
    kod = workshop.kod
    row = _row_of(connection, kod, nyckel)
    gone_count = select(func.count()).select_from(borta).where(borta.c.kod == kod)
    if connection.scalars(gone_count).one() >= _MOST_GONE:
        raise UserError("Så många svar har tagits bort att det inte går att ta bort fler. Be ledaren om hjälp.")
    if row is not None:
        check_open(connection, workshop, row.fraga, age)
        _leave_to_others(connection, row)
        connection.execute(prick.delete().where(prick.c.kod == kod, prick.c.svar == nyckel))
        connection.execute(svar.delete().where(svar.c.id == row.id))
    remember_gone(connection, kod, [(nyckel, row.id if row is not None else 0)], by_leader=False)
    return row is not None


def remember_gone(connection: Connection, kod: str, answers: Sequence[tuple[str, int]], *, by_leader: bool) -> None:
    """Remember which answers are not to come again: the phone's number of each, and the one that it had here.

    No other answer gets that: a phone that has a dot on what is gone does not have it on something else.
    """
    rows = [{"kod": kod, "nyckel": key, "nummer": one, "av_ledaren": int(by_leader)} for key, one in answers]
    connection.execute(insert(connection, borta).on_conflict_do_nothing(), rows)


def _next_number(connection: Connection) -> ColumnElement[int]:
    """The number of a new answer, which none has had that is here or remembered as gone."""
    if connection.dialect.supports_sequences:
        return answer_numbers.next_value()
    return _NEXT_NUMBER


def not_withdrawn(connection: Connection, answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of some answers that their writers have not withdrawn; what the leader has deleted may come again."""
    here = []
    for one in answers:
        kod, nyckel = one["kod"], one["nyckel"]
        by_leader = borta.delete().where(borta.c.kod == kod, borta.c.nyckel == nyckel, borta.c.av_ledaren != 0)
        connection.execute(by_leader)
        if not _is_gone(connection, kod, nyckel):
            here.append(one)
    return here


def check_open(connection: Connection, workshop: Row[Any], question: int, age: timedelta) -> None:
    """Raises UserError where the workshop, or the question, was closed when an answer was written."""
    if not workshop.oppen and not was_written_in_time(workshop.stangd, age):
        raise UserError("Ledaren har stängt för nya svar.")
    question_closed_at = connection.scalar(_QUESTION, {"kod": workshop.kod, "fraga": question})
    if question_closed_at is not None and not was_written_in_time(question_closed_at, age):
        raise UserError("Frågan är stängd nu. Ledaren har gått vidare.")


def _row_of(connection: Connection, kod: str, nyckel: str) -> Row[Any] | None:
    return connection.execute(_ANSWER, {"kod": kod, "nyckel": nyckel}).first()


def _is_gone(connection: Connection, kod: str, nyckel: str) -> bool:
    return connection.execute(_GONE, {"kod": kod, "nyckel": nyckel}).first() is not None


def _leave_to_others(connection: Connection, row: Row[Any]) -> None:
    """Let an answer that has been merged with others leave them its place and its dots."""
    is_unseen = or_(svar.c.dold != 0, svar.c.vantar != 0)
    query = select(svar.c.id).where(svar.c.ihop_med == row.id).order_by(is_unseen, svar.c.id)
    heir = row.ihop_med or connection.scalar(query.limit(1))
    if heir is None:
        return
    if row.ihop_med is None:
        connection.execute(svar.update().where(svar.c.ihop_med == row.id).values(ihop_med=heir))
        place = {"ihop_med": None, **({"gemensamt": 1} if row.gemensamt else {})}
        connection.execute(svar.update().where(svar.c.id == heir).values(place))
    key_of_heir = connection.scalar(select(svar.c.nyckel).where(svar.c.id == heir))
    dots = select(prick.c.kod, prick.c.om, prick.c.nyckel, literal(key_of_heir))
    dots = dots.where(prick.c.kod == row.kod, prick.c.svar == row.nyckel)
    connection.execute(insert(connection, prick).from_select(list(prick.c), dots).on_conflict_do_nothing())
