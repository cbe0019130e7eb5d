"""Dots to prioritise: three from each phone, on the answers to a question or on what is marked as common.

A phone sends its whole ballot each time, under its own number and with a count of how often it has changed it: one
that is sent again or comes late changes nothing. Dots lie by the answer's own number, so that they follow an answer
that is merged, moved, or deleted and taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from naravard.base.errors import TooSoon, UserError
from naravard.workshop import rows
from naravard.workshop.board import Card
from naravard.workshop.changes import check_member, count_change, was_written_in_time
from naravard.workshop.database import Database, timestamp

DOTS = 3
"""Dots that each phone has in a round, at most one on an answer."""
MOST_BALLOTS = 1_000
"""Phones that can vote in a round, whoever makes their numbers."""
MOST_A_MINUTE = 1_000
"""The rate limit: ballots that a workshop takes in a minute."""
COMMON = 0
"""The round on what is marked as common; others have the number of their question."""


class Votes:
    """The dots of all workshops of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)

    def open(self, kod: str, om: int) -> None:
        """Let phones put dots: on the answers to a question, or on what is common (0). Any other round is closed.

        A round that has been closed goes on with the dots that it has. Raises UserError where there is nothing to
        put them on.
        """
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            if om != COMMON:
                check_member(connection, "fraga", kod, om)
            if not candidates(rows.cards(connection, kod, hidden=False), om):
                what = "Det finns inget som är märkt som gemensamt" if om == COMMON else "Frågan har inga svar"
                raise UserError(f"{what} än. Då finns det inget att lägga prickar på.")
            _close(connection, kod)
            place = connection.execute("select coalesce(max(ordning), 0) + 1 from rostning where kod = ?", (kod,))
            connection.execute(
                "insert into rostning (kod, om, oppen, ordning) values (?, ?, 1, ?) on conflict (kod, om) "
                "do update set oppen = 1, visas = 0, stangd = null, ordning = excluded.ordning",
                (kod, om, place.fetchone()[0]),
            )
            count_change(connection, kod)

    def close(self, kod: str) -> None:
        """Take no more dots but those that wait in phones already, and let all see how many there are."""
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            _close(connection, kod)
            count_change(connection, kod)

    def let_be_seen(self, kod: str, om: int, is_seen: bool) -> None:
        """Whether all see how many dots there are while they are put."""
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            connection.execute("update rostning set visas = ? where kod = ? and om = ?", (int(is_seen), kod, om))
            count_change(connection, kod)

    def vote(
        self, kod: str, om: int, nyckel: str, utgava: int, ids: Sequence[int], *, age: timedelta = timedelta(0)
    ) -> tuple[int, ...]:
        """Let a phone's dots be those on some answers. `utgava` counts how often the phone has changed them.

        `age` is how long the ballot has waited in the phone. Gives the answers that have its dots: an answer that has
        gone, or been hidden, has none. Raises UserError that says why it is refused.
        """
        if not 8 <= len(nyckel) <= 64 or utgava < 1:
            raise UserError("Prickarna saknar sitt nummer. Ladda om sidan och försök igen.")
        if len(set(ids)) > DOTS:
            raise UserError(f"Du har {DOTS} prickar. Ta bort en innan du lägger en ny.")
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            if _is_new(connection, kod, om, nyckel, utgava):
                _check_open(connection, kod, om, age)
                _check_rate(connection, kod, om, nyckel)
                _keep(connection, (kod, om, nyckel), utgava, _visible_ids(connection, kod, om, ids))
                count_change(connection, kod)
            return _ids_with_dots(connection, kod, om, nyckel)

    def ballots(self, kod: str) -> dict[int, int]:
        """How many phones have put dots in each round."""
        query = "select om, count(distinct nyckel) from prick where kod = ? group by om"
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query, (kod,)).fetchall()}


def candidates(cards: Sequence[Card], om: int) -> list[Card]:
    """What dots can be put on in a round."""
    return [card for card in cards if (card.gemensamt if om == COMMON else card.fraga == om)]


def _close(connection: sqlite3.Connection, kod: str) -> None:
    change = "update rostning set oppen = 0, visas = 1, stangd = ? where kod = ? and oppen"
    connection.execute(change, (timestamp(), kod))


def _is_new(connection: sqlite3.Connection, kod: str, om: int, nyckel: str, utgava: int) -> bool:
    query = "select utgava from rostsedel where kod = ? and om = ? and nyckel = ?"
    before = connection.execute(query, (kod, om, nyckel)).fetchone()
    return before is None or before["utgava"] < utgava


def _check_open(connection: sqlite3.Connection, kod: str, om: int, age: timedelta) -> None:
    query = "select oppen, stangd from rostning where kod = ? and om = ?"
    row = connection.execute(query, (kod, om)).fetchone()
    if row is None or not (row["oppen"] or was_written_in_time(row["stangd"], age)):
        raise UserError("Ledaren har stängt för prickar.")


def _check_rate(connection: sqlite3.Connection, kod: str, om: int, nyckel: str) -> None:
    query = "select count(*) from rostsedel where kod = ? and om = ? and nyckel <> ?"
    if connection.execute(query, (kod, om, nyckel)).fetchone()[0] >= MOST_BALLOTS:
        raise UserError("Så många har redan lagt sina prickar att det inte går att ta emot fler.")
    since = timestamp(timedelta(minutes=1))
    lately = connection.execute("select count(*) from rostsedel where kod = ? and nar > ?", (kod, since)).fetchone()
    if lately[0] >= MOST_A_MINUTE:
        raise TooSoon("Det kommer väldigt många prickar just nu. Vänta en minut, så skickas dina igen.")


def _visible_ids(connection: sqlite3.Connection, kod: str, om: int, ids: Sequence[int]) -> list[int]:
    """Those of some answers that dots can be put on, each by the one that it has been merged into."""
    marks = ",".join("?" * len(ids))
    query = (
        "select distinct head.id from svar join svar as head on head.id = coalesce(svar.ihop_med, svar.id) "
        f"where svar.kod = ? and svar.id in ({marks}) and not (svar.dold or svar.vantar or head.dold or head.vantar) "
        "and case when ? = 0 then head.gemensamt else head.fraga = ? end"
    )
    return [row["id"] for row in connection.execute(query, (kod, *ids, om, om)).fetchall()]


def _keep(connection: sqlite3.Connection, ballot: tuple[str, int, str], utgava: int, ids: Sequence[int]) -> None:
    connection.execute(
        "insert into rostsedel (kod, om, nyckel, utgava, nar) values (?, ?, ?, ?, ?) on conflict (kod, om, nyckel) "
        "do update set utgava = excluded.utgava, nar = excluded.nar",
        (*ballot, utgava, timestamp()),
    )
    connection.execute("delete from prick where kod = ? and om = ? and nyckel = ?", ballot)
    connection.executemany(
        "insert into prick (kod, om, nyckel, svar) select ?, ?, ?, nyckel from svar where id = ?",
        [(*ballot, one) for one in ids],
    )


def _ids_with_dots(connection: sqlite3.Connection, kod: str, om: int, nyckel: str) -> tuple[int, ...]:
    query = (
        "select coalesce(svar.ihop_med, svar.id) as id from prick join svar on svar.kod = prick.kod "
        "and svar.nyckel = prick.svar where prick.kod = ? and om = ? and prick.nyckel = ? order by 1"
    )
    return tuple(dict.fromkeys(row["id"] for row in connection.execute(query, (kod, om, nyckel)).fetchall()))
