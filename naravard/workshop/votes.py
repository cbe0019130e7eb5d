"""Dots to prioritise: three from each phone, on the answers to a question or on what is marked as common.

A phone sends its whole ballot each time, under its own number and with a count of how often it has changed it: one
that is sent again or comes late changes nothing. Dots lie by the answer's own number, so that they follow an answer
that is merged, moved, or deleted and taken back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, and_, func, literal, select

from naravard.base.errors import TooSoon, UserError
from naravard.shared import database
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import prick, rostning, rostsedel, svar
from naravard.workshop import rows
from naravard.workshop.board import COMMON, candidates
from naravard.workshop.changes import check_member, count_change, was_written_in_time

DOTS = 3
"""Dots that each phone has in a round, at most one on an answer."""
MOST_BALLOTS = 1_000
"""Phones that can vote in a round, whoever makes their numbers."""
MOST_A_MINUTE = 1_000
"""The rate limit: ballots that a workshop takes in a minute."""


class Votes:
    """The dots of all workshops of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._database = database.of(folder)

    def open(self, kod: str, om: int) -> None:
        """Let phones put dots: on the answers to a question, or on what is common (0). Any other round is closed.

        A round that has been closed goes on with the dots that it has. Raises UserError where there is nothing to
        put them on.
        """
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            if om != COMMON:
                check_member(connection, "fraga", kod, om)
            if not candidates(rows.cards(connection, kod, hidden=False), om):
                what = "Det finns inget som är märkt som gemensamt" if om == COMMON else "Frågan har inga svar"
                raise UserError(f"{what} än. Då finns det inget att lägga prickar på.")
            _close(connection, kod)
            query = select(func.coalesce(func.max(rostning.c.ordning), 0) + 1).where(rostning.c.kod == kod)
            content = {"oppen": 1, "visas": 0, "stangd": None, "ordning": connection.scalars(query).one()}
            row = insert(connection, rostning).values(kod=kod, om=om, **content)
            connection.execute(row.on_conflict_do_update(index_elements=["kod", "om"], set_=content))
            count_change(connection, kod)

    def close(self, kod: str) -> None:
        """Take no more dots but those that wait in phones already, and let all see how many there are."""
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            _close(connection, kod)
            count_change(connection, kod)

    def let_be_seen(self, kod: str, om: int, is_seen: bool) -> None:
        """Whether all see how many dots there are while they are put."""
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            change = rostning.update().where(rostning.c.kod == kod, rostning.c.om == om)
            connection.execute(change.values(visas=int(is_seen)))
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
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            if _is_new(connection, kod, om, nyckel, utgava):
                _check_open(connection, kod, om, age)
                _check_rate(connection, kod, om, nyckel)
                _keep(connection, (kod, om, nyckel), utgava, _visible_ids(connection, kod, om, ids))
                count_change(connection, kod)
            return _ids_with_dots(connection, kod, om, nyckel)

    def ballots(self, kod: str) -> dict[int, int]:
        """How many phones have put dots in each round."""
        query = select(prick.c.om, func.count(prick.c.nyckel.distinct())).where(prick.c.kod == kod)
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query.group_by(prick.c.om))}


def _close(connection: Connection, kod: str) -> None:
    change = rostning.update().where(rostning.c.kod == kod, rostning.c.oppen != 0)
    connection.execute(change.values(oppen=0, visas=1, stangd=timestamp()))


def _is_new(connection: Connection, kod: str, om: int, nyckel: str, utgava: int) -> bool:
    own = and_(rostsedel.c.kod == kod, rostsedel.c.om == om, rostsedel.c.nyckel == nyckel)
    before = connection.scalar(select(rostsedel.c.utgava).where(own))
    return before is None or before < utgava


def _check_open(connection: Connection, kod: str, om: int, age: timedelta) -> None:
    query = select(rostning.c.oppen, rostning.c.stangd).where(rostning.c.kod == kod, rostning.c.om == om)
    row = connection.execute(query).first()
    if row is None or not (row.oppen or was_written_in_time(row.stangd, age)):
        raise UserError("Ledaren har stängt för prickar.")


def _check_rate(connection: Connection, kod: str, om: int, nyckel: str) -> None:
    ballots = select(func.count()).select_from(rostsedel).where(rostsedel.c.kod == kod)
    others = ballots.where(rostsedel.c.om == om, rostsedel.c.nyckel != nyckel)
    if connection.scalars(others).one() >= MOST_BALLOTS:
        raise UserError("Så många har redan lagt sina prickar att det inte går att ta emot fler.")
    since = timestamp(timedelta(minutes=1))
    if connection.scalars(ballots.where(rostsedel.c.nar > since)).one() >= MOST_A_MINUTE:
        raise TooSoon("Det kommer väldigt många prickar just nu. Vänta en minut, så skickas dina igen.")


def _visible_ids(connection: Connection, kod: str, om: int, ids: Sequence[int]) -> list[int]:
    """Those of some answers that dots can be put on, each by the one that it has been merged into."""
    head = svar.alias("head")
    is_seen = and_(*(column == 0 for one in (svar.c, head.c) for column in (one.dold, one.vantar)))
    is_asked_about = head.c.gemensamt != 0 if om == COMMON else head.c.fraga == om
    query = select(head.c.id).distinct().join_from(svar, head, head.c.id == func.coalesce(svar.c.ihop_med, svar.c.id))
    query = query.where(svar.c.kod == kod, svar.c.id.in_(ids), is_seen, is_asked_about)
    return list(connection.scalars(query))


def _keep(connection: Connection, ballot: tuple[str, int, str], utgava: int, ids: Sequence[int]) -> None:
    kod, om, nyckel = ballot
    content = {"utgava": utgava, "nar": timestamp()}
    row = insert(connection, rostsedel).values(kod=kod, om=om, nyckel=nyckel, **content)
    connection.execute(row.on_conflict_do_update(index_elements=["kod", "om", "nyckel"], set_=content))
    connection.execute(prick.delete().where(prick.c.kod == kod, prick.c.om == om, prick.c.nyckel == nyckel))
    dots = select(literal(kod), literal(om), literal(nyckel), svar.c.nyckel).where(svar.c.id.in_(ids))
    connection.execute(prick.insert().from_select(list(prick.c), dots))


def _ids_with_dots(connection: Connection, kod: str, om: int, nyckel: str) -> tuple[int, ...]:
    answer = func.coalesce(svar.c.ihop_med, svar.c.id).label("answer")
    is_of_dot = and_(svar.c.kod == prick.c.kod, svar.c.nyckel == prick.c.svar)
    query = select(answer).distinct().join_from(prick, svar, is_of_dot).order_by(answer)
    query = query.where(prick.c.kod == kod, prick.c.om == om, prick.c.nyckel == nyckel)
    return tuple(connection.scalars(query))
