"""Single changes in a workshop's rows, within a transaction; and what is asked of them first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from naravard.base.errors import TooSoon, UserError
from naravard.base.numbers import number
from naravard.workshop.database import timestamp

Line = tuple[int | None, str]
"""A group or a question as the leader has it: its number, None for a new one, and its text."""
MOST_ANSWERS = 3_000
MOST_A_MINUTE = 1_000
"""The rate limit: answers that a workshop takes in a minute, from all its participants."""
_CHANGED = ("fraga", "grupp", "dold", "gemensamt", "ihop_med", "vantar")
"""What a leader changes of an answer."""
WAITS_AFTER_CLOSING = timedelta(hours=1)
"""For how long a workshop that has been closed takes what was written before."""


def insert_texts(connection: sqlite3.Connection, table: str, column: str, kod: str, texts: Sequence[str]) -> None:
    """A new workshop's groups or questions, in order."""
    connection.executemany(
        f"insert into {table} (kod, plats, {column}) values (?, ?, ?)",
        [(kod, place, text) for place, text in enumerate(texts)],
    )


def replace_texts(connection: sqlite3.Connection, table: str, column: str, kod: str, lines: Sequence[Line]) -> None:
    """The texts in place of those that there are: one with a number is the same group or question, in other words.

    One that is left out is removed. Raises UserError where it has answers: they would come under words that nobody has
    answered.
    """
    rows = connection.execute(f"select id, {column} from {table} where kod = ? order by plats", (kod,)).fetchall()
    ids = {row[0] for row in rows}
    claimed = {row_id for row_id, _ in lines if row_id in ids}
    free_by_text = {row[1]: row[0] for row in rows if row[0] not in claimed}
    kept_ids = set()
    for place, (row_id, text) in enumerate(lines):
        same = row_id if row_id in ids else free_by_text.get(text)
        if same is None:
            connection.execute(f"insert into {table} (kod, plats, {column}) values (?, ?, ?)", (kod, place, text))
        else:
            connection.execute(f"update {table} set plats = ?, {column} = ? where id = ?", (place, text, same))
            kept_ids.add(same)
    for left in ids - kept_ids:
        if connection.execute(f"select 1 from svar where {table} = ?", (left,)).fetchone():
            what = "grupp" if table == "grupp" else "fråga"
            raise UserError(f"En {what} som har svar kan inte tas bort. Flytta eller rensa först svaren.")
        connection.execute(f"delete from {table} where id = ?", (left,))
        for dots in ("prick", "rostsedel", "rostning") if table == "fraga" else ():
            connection.execute(f"delete from {dots} where kod = ? and om = ?", (kod, left))


def check_member(connection: sqlite3.Connection, table: str, kod: str, number_of_it: int) -> None:
    """Raises UserError unless a group or question is the workshop's own."""
    member = connection.execute(f"select 1 from {table} where kod = ? and id = ?", (kod, number_of_it)).fetchone()
    if member is None:
        what = "Gruppen" if table == "grupp" else "Frågan"
        raise UserError(f"{what} finns inte längre. Ladda om sidan och välj igen.")


def check_own(connection: sqlite3.Connection, kod: str, ids: Sequence[int]) -> None:
    """Raises UserError unless all answers are the workshop's own."""
    marks = ",".join("?" * len(ids))
    own_rows = connection.execute(f"select id from svar where kod = ? and id in ({marks})", (kod, *ids)).fetchall()
    if not ids or len(own_rows) != len(set(ids)):
        raise UserError("Något av svaren finns inte längre. Välj igen.")


def check_rate(connection: sqlite3.Connection, kod: str) -> None:
    """Raises UserError where the workshop is full, and TooSoon at its rate limit."""
    total = connection.execute("select count(*) from svar where kod = ?", (kod,)).fetchone()[0]
    if total >= MOST_ANSWERS:
        raise UserError(f"Workshoppen har redan {number(MOST_ANSWERS)} svar, och tar inte emot fler.")
    since = timestamp(timedelta(minutes=1))
    lately = connection.execute("select count(*) from svar where kod = ? and nar > ?", (kod, since)).fetchone()[0]
    if lately >= MOST_A_MINUTE:
        raise TooSoon("Det kommer väldigt många svar just nu. Vänta en minut och skicka igen.")


def was_written_in_time(closed_at: str | None, age: timedelta) -> bool:
    """Whether an answer that has waited so long in a phone was written before the workshop was closed, not long ago."""
    if closed_at is None:
        return False
    open_for_late = timestamp(WAITS_AFTER_CLOSING) <= closed_at
    return open_for_late and timedelta(0) < age and timestamp(age) <= closed_at


def answer_rows(connection: sqlite3.Connection, kod: str, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Some answers as they lie, with those that have been merged into them."""
    marks = ",".join("?" * len(ids))
    query = f"select * from svar where kod = ? and (id in ({marks}) or ihop_med in ({marks})) order by id"
    return [dict(row) for row in connection.execute(query, (kod, *ids, *ids)).fetchall()]


def put_back(connection: sqlite3.Connection, answers: Sequence[dict[str, Any]]) -> None:
    """Let answers be as they were, also those that have been deleted since."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in _CHANGED)
    for one in sorted(answers, key=lambda row: row["ihop_med"] is not None):
        connection.execute(
            f"insert into svar ({', '.join(one)}) values ({', '.join('?' * len(one))}) "
            f"on conflict (id) do update set {changes}",
            list(one.values()),
        )


def update_answers(
    connection: sqlite3.Connection, kod: str, ids: Sequence[int], column: str, value: int | None
) -> None:
    """Give one column of some answers a value."""
    connection.executemany(f"update svar set {column} = ? where kod = ? and id = ?", [(value, kod, i) for i in ids])


def count_change(connection: sqlite3.Connection, kod: str) -> None:
    """Tell those who poll the workshop that something in it is new."""
    connection.execute("update workshop set andring = andring + 1 where kod = ?", (kod,))


_TABLES = (
    "anteckning", "borta", "prick", "rostsedel", "rostning", "svar", "figur", "grupp", "fraga", "rum", "workshop",
)  # fmt: skip
"""All that is of one workshop; what others refer to last."""


def delete_workshop(connection: sqlite3.Connection, kod: str) -> None:
    """Delete all rows of a workshop."""
    for table in _TABLES:
        connection.execute(f"delete from {table} where kod = ?", (kod,))
