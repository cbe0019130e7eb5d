"""Single changes in a workshop's rows, within a transaction; and what is asked of them first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta

from naravard.base.errors import TooSoon, UserError
from naravard.base.numbers import number
from naravard.workshop.database import timestamp

MOST_ANSWERS = 3_000
MOST_A_MINUTE = 1_000
"""The rate limit: answers that a workshop takes in a minute, from all its participants."""


def insert_texts(connection: sqlite3.Connection, table: str, column: str, kod: str, texts: Sequence[str]) -> None:
    """A new workshop's groups or questions, in order."""
    connection.executemany(
        f"insert into {table} (kod, plats, {column}) values (?, ?, ?)",
        [(kod, place, text) for place, text in enumerate(texts)],
    )


def replace_texts(connection: sqlite3.Connection, table: str, column: str, kod: str, texts: Sequence[str]) -> None:
    """The texts in place of those that there are. Where as many are left, new words in a place are the same question.

    One that is left out is removed. Raises UserError where it has answers: they would come under words that nobody has
    answered.
    """
    rows = connection.execute(f"select id, {column} from {table} where kod = ? order by plats", (kod,)).fetchall()
    by_text = {row[1]: row[0] for row in rows if row[1] in texts}
    pairs = zip(rows, texts, strict=False) if len(rows) == len(texts) else ()
    ids_of_new_words = {new: row[0] for row, new in pairs if row[1] not in texts and new not in by_text}
    for place, text in enumerate(texts):
        row_id = by_text.get(text) or ids_of_new_words.get(text)
        if row_id is None:
            connection.execute(f"insert into {table} (kod, plats, {column}) values (?, ?, ?)", (kod, place, text))
        else:
            connection.execute(f"update {table} set plats = ?, {column} = ? where id = ?", (place, text, row_id))
    for left in {row[0] for row in rows} - {*by_text.values(), *ids_of_new_words.values()}:
        if connection.execute(f"select 1 from svar where {table} = ?", (left,)).fetchone():
            what = "grupp" if table == "grupp" else "fråga"
            raise UserError(
                f"En {what} som har svar kan inte tas bort. Flytta först svaren. Vill du ändra ord i en rad: gör det "
                "för sig, och lägg till eller ta bort rader en annan gång."
            )
        connection.execute(f"delete from {table} where id = ?", (left,))


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


def update_answers(
    connection: sqlite3.Connection, kod: str, ids: Sequence[int], column: str, value: int | None
) -> None:
    """Give one column of some answers a value."""
    connection.executemany(f"update svar set {column} = ? where kod = ? and id = ?", [(value, kod, i) for i in ids])


def count_change(connection: sqlite3.Connection, kod: str) -> None:
    """Tell those who poll the workshop that something in it is new."""
    connection.execute("update workshop set andring = andring + 1 where kod = ?", (kod,))


def delete_workshop(connection: sqlite3.Connection, kod: str) -> None:
    """Delete all rows of a workshop."""
    for table in ("svar", "figur", "grupp", "fraga", "workshop"):
        connection.execute(f"delete from {table} where kod = ?", (kod,))
