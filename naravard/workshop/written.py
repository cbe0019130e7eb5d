"""What a participant's phone does with its own answers: writes, changes and withdraws them, until they are closed for.

The phone's own number of an answer (`nyckel`) is known to it alone, and its changes are counted (`utgava`): what is
sent again, or comes late, changes nothing, and what has been withdrawn does not come back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from naravard.base.errors import UserError
from naravard.workshop.changes import MOST_ANSWERS, check_member, check_rate, was_written_in_time
from naravard.workshop.database import timestamp

_MOST_GONE = 2 * MOST_ANSWERS
"""Answers of a workshop that are remembered as gone, whoever makes their numbers."""


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


def keep_answer(connection: sqlite3.Connection, workshop: sqlite3.Row, answer: Written) -> bool:
    """Keep a new answer, or other words of one. Gives whether anything is new. Raises UserError that says why not."""
    kod = workshop["kod"]
    before = _row_of(connection, kod, answer.nyckel)
    if before is not None and before["utgava"] >= answer.utgava:
        return False
    if before is None and _is_gone(connection, kod, answer.nyckel):
        return False
    check_open(connection, workshop, before["fraga"] if before else answer.fraga, answer.age)
    if before is not None:
        waits = int(before["vantar"] or (workshop["granskas"] and before["text"] != answer.text))
        change = "update svar set text = ?, utgava = ?, vantar = ? where id = ?"
        connection.execute(change, (answer.text, answer.utgava, waits, before["id"]))
        return True
    check_rate(connection, kod)
    check_member(connection, "fraga", kod, answer.fraga)
    check_member(connection, "grupp", kod, answer.grupp)
    figure_query = "select 1 from figur where kod = ? and id = ?"
    figure = answer.figur if connection.execute(figure_query, (kod, answer.figur)).fetchone() else workshop["figur"]
    connection.execute(
        "insert into svar (id, kod, nyckel, fraga, grupp, text, nar, figur, utgava, vantar) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (_next_number(connection), kod, answer.nyckel, answer.fraga, answer.grupp, answer.text, timestamp(), figure,
         answer.utgava, workshop["granskas"]),
    )  # fmt: skip
    return True


def withdraw_answer(connection: sqlite3.Connection, workshop: sqlite3.Row, nyckel: str, age: timedelta) -> bool:
    """Take an answer away, also one that has not come yet. What was merged with it stays, with its dots."""
    kod = workshop["kod"]
    row = _row_of(connection, kod, nyckel)
    if connection.execute("select count(*) from borta where kod = ?", (kod,)).fetchone()[0] >= _MOST_GONE:
        raise UserError("Så många svar har tagits bort att det inte går att ta bort fler. Be ledaren om hjälp.")
    if row is not None:
        check_open(connection, workshop, row["fraga"], age)
        _leave_to_others(connection, row)
        connection.execute("delete from prick where kod = ? and svar = ?", (kod, nyckel))
        connection.execute("delete from svar where id = ?", (row["id"],))
    remember_gone(connection, kod, [(nyckel, row["id"] if row is not None else 0)], by_leader=False)
    return row is not None


def remember_gone(
    connection: sqlite3.Connection, kod: str, answers: Sequence[tuple[str, int]], *, by_leader: bool
) -> None:
    """Remember which answers are not to come again: the phone's number of each, and the one that it had here.

    No other answer gets that: a phone that has a dot on what is gone does not have it on something else.
    """
    connection.executemany(
        "insert or ignore into borta (kod, nyckel, nummer, av_ledaren) values (?, ?, ?, ?)",
        [(kod, key, number, int(by_leader)) for key, number in answers],
    )


def _next_number(connection: sqlite3.Connection) -> int:
    """The number of a new answer, which none has had that is here or remembered as gone."""
    query = "select 1 + max(coalesce(max(id), 0), (select coalesce(max(nummer), 0) from borta)) from svar"
    return int(connection.execute(query).fetchone()[0])


def not_withdrawn(connection: sqlite3.Connection, answers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of some answers that their writers have not withdrawn; what the leader has deleted may come again."""
    here = []
    for one in answers:
        place = (one["kod"], one["nyckel"])
        connection.execute("delete from borta where kod = ? and nyckel = ? and av_ledaren", place)
        if not _is_gone(connection, *place):
            here.append(one)
    return here


def check_open(connection: sqlite3.Connection, workshop: sqlite3.Row, fraga: int, age: timedelta) -> None:
    """Raises UserError where the workshop, or the question, was closed when an answer was written."""
    if not workshop["oppen"] and not was_written_in_time(workshop["stangd"], age):
        raise UserError("Ledaren har stängt för nya svar.")
    query = "select stangd from fraga where kod = ? and id = ?"
    question = connection.execute(query, (workshop["kod"], fraga)).fetchone()
    if question and question["stangd"] is not None and not was_written_in_time(question["stangd"], age):
        raise UserError("Frågan är stängd nu. Ledaren har gått vidare.")


def _row_of(connection: sqlite3.Connection, kod: str, nyckel: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None
    row = connection.execute("select * from svar where kod = ? and nyckel = ?", (kod, nyckel)).fetchone()
    return row


def _is_gone(connection: sqlite3.Connection, kod: str, nyckel: str) -> bool:
    query = "select 1 from borta where kod = ? and nyckel = ?"
    return connection.execute(query, (kod, nyckel)).fetchone() is not None


def _leave_to_others(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Let an answer that has been merged with others leave them its place and its dots."""
    query = "select id from svar where ihop_med = ? order by dold or vantar, id"
    heir = row["ihop_med"] or (connection.execute(query, (row["id"],)).fetchone() or [None])[0]
    if heir is None:
        return
    if row["ihop_med"] is None:
        connection.execute("update svar set ihop_med = ? where ihop_med = ?", (heir, row["id"]))
        place = (row["gemensamt"], heir)
        connection.execute("update svar set ihop_med = null, gemensamt = max(gemensamt, ?) where id = ?", place)
    connection.execute(
        "update or ignore prick set svar = (select nyckel from svar where id = ?) where kod = ? and svar = ?",
        (heir, row["kod"], row["nyckel"]),
    )
