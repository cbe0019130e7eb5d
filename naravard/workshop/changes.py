"""Single changes in a workshop's rows, within a transaction; and what is asked of them first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, func, or_, select

from naravard.base.errors import TooSoon, UserError
from naravard.base.numbers import number
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import OF_A_WORKSHOP, fraga, grupp, prick, rostning, rostsedel, svar, workshop

Line = tuple[int | None, str]
"""A group or a question as the leader has it: its number, None for a new one, and its text."""
MOST_ANSWERS = 3_000
MOST_A_MINUTE = 1_000
"""The rate limit: answers that a workshop takes in a minute, from all its participants."""
_CHANGED = ("fraga", "grupp", "dold", "gemensamt", "ihop_med", "vantar")
"""What a leader changes of an answer."""
WAITS_AFTER_CLOSING = timedelta(hours=1)
"""For how long a workshop that has been closed takes what was written before."""
_MEMBERS = {"grupp": grupp, "fraga": fraga}
"""What the answers of a workshop belong to, by the column that says to which."""
_KOD: BindParameter[str] = bindparam("kod")
_MEMBER = {
    name: select(table.c.id).where(table.c.kod == _KOD, table.c.id == bindparam("number"))
    for name, table in _MEMBERS.items()
}
_COUNT = select(func.count()).select_from(svar).where(svar.c.kod == _KOD)
_LATELY = _COUNT.where(svar.c.nar > bindparam("since"))
_CHANGE = workshop.update().where(workshop.c.kod == bindparam("of_kod")).values(andring=workshop.c.andring + 1)
"""Made once, as those of `rows`."""


def insert_texts(connection: Connection, table: Table, column: str, kod: str, texts: Sequence[str]) -> None:
    """A new workshop's groups or questions, in order."""
    rows = [{"kod": kod, "plats": place, column: text} for place, text in enumerate(texts)]
    connection.execute(table.insert(), rows)


def replace_texts(connection: Connection, table: Table, column: str, kod: str, lines: Sequence[Line]) -> None:
    """The texts in place of those that there are: one with a number is the same group or question, in other words.

    One that is left out is removed. Raises UserError where it has answers: they would come under words that nobody has
    answered.
    """
    query = select(table.c.id, table.c[column]).where(table.c.kod == kod).order_by(table.c.plats)
    rows = connection.execute(query).all()
    ids = {row[0] for row in rows}
    claimed = {row_id for row_id, _ in lines if row_id in ids}
    free_by_text = {row[1]: row[0] for row in rows if row[0] not in claimed}
    kept_ids = set()
    for place, (row_id, text) in enumerate(lines):
        same = row_id if row_id in ids else free_by_text.get(text)
        content = {"plats": place, column: text}
        if same is None:
            connection.execute(table.insert().values(kod=kod, **content))
        else:
            connection.execute(table.update().where(table.c.id == same).values(content))
            kept_ids.add(same)
    for left in ids - kept_ids:
        _remove_member(connection, table, kod, left)


def _remove_member(connection: Connection, table: Table, kod: str, left: int) -> None:
    if connection.execute(select(1).where(svar.c[table.name] == left)).first():
        what = "grupp" if table is grupp else "fråga"
        raise UserError(f"En {what} som har svar kan inte tas bort. Flytta eller rensa först svaren.")
    connection.execute(table.delete().where(table.c.id == left))
    for dots in (prick, rostsedel, rostning) if table is fraga else ():
        connection.execute(dots.delete().where(dots.c.kod == kod, dots.c.om == left))


def check_member(connection: Connection, column: str, kod: str, number_of_it: int) -> None:
    """Raises UserError unless a group or question is the workshop's own."""
    if connection.execute(_MEMBER[column], {"kod": kod, "number": number_of_it}).first() is None:
        what = "Gruppen" if column == "grupp" else "Frågan"
        raise UserError(f"{what} finns inte längre. Ladda om sidan och välj igen.")


def check_own(connection: Connection, kod: str, ids: Sequence[int]) -> None:
    """Raises UserError unless all answers are the workshop's own."""
    own_rows = connection.execute(select(svar.c.id).where(svar.c.kod == kod, svar.c.id.in_(ids))).all()
    if not ids or len(own_rows) != len(set(ids)):
        raise UserError("Något av svaren finns inte längre. Välj igen.")


def check_rate(connection: Connection, kod: str) -> None:
    """Raises UserError where the workshop is full, and TooSoon at its rate limit."""
    if connection.scalars(_COUNT, {"kod": kod}).one() >= MOST_ANSWERS:
        raise UserError(f"Workshoppen har redan {number(MOST_ANSWERS)} svar, och tar inte emot fler.")
    since = timestamp(timedelta(minutes=1))
    if connection.scalars(_LATELY, {"kod": kod, "since": since}).one() >= MOST_A_MINUTE:
        raise TooSoon("Det kommer väldigt många svar just nu. Vänta en minut och skicka igen.")


def was_written_in_time(closed_at: str | None, age: timedelta) -> bool:
    """Whether an answer that has waited so long in a phone was written before the workshop was closed, not long ago."""
    if closed_at is None:
        return False
    open_for_late = timestamp(WAITS_AFTER_CLOSING) <= closed_at
    return open_for_late and timedelta(0) < age and timestamp(age) <= closed_at


def answer_rows(connection: Connection, kod: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Some answers as they lie, with those that have been merged into them."""
    query = select(svar).where(svar.c.kod == kod, or_(svar.c.id.in_(ids), svar.c.ihop_med.in_(ids)))
    return [row._asdict() for row in connection.execute(query.order_by(svar.c.id)).all()]


def put_back(connection: Connection, answers: Sequence[dict[str, Any]]) -> None:
    """Let answers be as they were, also those that have been deleted since."""
    for one in sorted(answers, key=lambda row: row["ihop_med"] is not None):
        row = insert(connection, svar).values(one)
        changes = {name: row.excluded[name] for name in _CHANGED}
        connection.execute(row.on_conflict_do_update(index_elements=[svar.c.id], set_=changes))


def update_answers(connection: Connection, kod: str, ids: Sequence[int], column: str, value: int | None) -> None:
    """Give one column of some answers a value."""
    connection.execute(svar.update().where(svar.c.kod == kod, svar.c.id.in_(ids)).values({column: value}))


def count_change(connection: Connection, kod: str) -> None:
    """Tell those who poll the workshop that something in it is new."""
    connection.execute(_CHANGE, {"of_kod": kod})


def delete_workshop(connection: Connection, kod: str) -> None:
    """Delete all rows of a workshop."""
    for table in reversed(OF_A_WORKSHOP):
        connection.execute(table.delete().where(table.c.kod == kod))
