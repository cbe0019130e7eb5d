"""Short codes for addresses of the app, that a QR code on the wall can hold."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote_plus

from sqlalchemy import Connection, func, select

from naravard.base import mask
from naravard.base.errors import NotFound, TooSoon
from naravard.shared import database
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import lank
from naravard.workshop.codes import LENGTH, LETTERS

_MOST_LINKS = 5_000
_IN_USE = timedelta(days=2)
"""For how long a link that has been shown or followed stays, however many others there are: a room may be running."""


class ShortLinks:
    """The short links of a data folder. Those that nobody has used for long give way when there are too many."""

    def __init__(self, folder: Path) -> None:
        self._database = database.of(folder)

    def has(self, adress: str) -> bool:
        """Whether an address has a code already."""
        try:
            return self.address(_code(adress)) == adress
        except NotFound:
            return False

    def code(self, adress: str) -> str:
        """A short code for an address of the app; the same each time. Raises TooSoon where all are in use."""
        mask.refuse_ids(unquote_plus(adress), "Adressen")
        code = _code(adress)
        with self._database.writing(lank.name) as connection:
            _make_room(connection, code)
            row = insert(connection, lank).values(kod=code, adress=adress, skapad=timestamp())
            used_now = {"skapad": row.excluded.skapad}
            connection.execute(row.on_conflict_do_update(index_elements=["kod"], set_=used_now))
        return code

    def address(self, kod: str) -> str:
        """The address behind a short code, which is in use from now on. Raises NotFound."""
        with self._database.reading() as connection:
            row = connection.execute(select(lank.c.adress, lank.c.skapad).where(lank.c.kod == kod)).first()
        if row is None:
            raise NotFound(f"Länken ”{kod[:20]}” finns inte. Be den som visar bilden om en ny.")
        if row.skapad < timestamp(_IN_USE / 2):
            with self._database.writing(lank.name) as connection:
                connection.execute(lank.update().where(lank.c.kod == kod).values(skapad=timestamp()))
        return str(row.adress)


def _code(adress: str) -> str:
    digest = hashlib.sha256(adress.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])


def _make_room(connection: Connection, code: str) -> None:
    """Delete the links that have been unused the longest, for one more. Raises TooSoon where all are in use."""
    newest = select(lank.c.kod).order_by(lank.c.skapad.desc()).limit(_MOST_LINKS - 1)
    connection.execute(lank.delete().where(lank.c.skapad < timestamp(_IN_USE), lank.c.kod.not_in(newest)))
    others = select(func.count()).select_from(lank).where(lank.c.kod != code)
    if connection.scalars(others).one() >= _MOST_LINKS:
        raise TooSoon("Det har gjorts väldigt många korta länkar de senaste dagarna. Försök igen senare.")
