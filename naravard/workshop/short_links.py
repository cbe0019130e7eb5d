"""Short codes for addresses of the app, that a QR code on the wall can hold."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote_plus

from naravard.base import mask
from naravard.base.errors import NotFound, TooSoon
from naravard.workshop.codes import LENGTH, LETTERS
from naravard.workshop.database import Database, timestamp

_MOST_LINKS = 5_000
_IN_USE = timedelta(days=2)
"""For how long a link that has been shown or followed stays, however many others there are: a room may be running."""


class ShortLinks:
    """The short links of a data folder. Those that nobody has used for long give way when there are too many."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)

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
        with self._database.writing() as connection:
            _make_room(connection, code)
            connection.execute(
                "insert into lank values (?, ?, ?) on conflict (kod) do update set skapad = excluded.skapad",
                (code, adress, timestamp()),
            )
        return code

    def address(self, kod: str) -> str:
        """The address behind a short code, which is in use from now on. Raises NotFound."""
        with self._database.reading() as connection:
            row = connection.execute("select adress, skapad from lank where kod = ?", (kod,)).fetchone()
        if row is None:
            raise NotFound(f"Länken ”{kod[:20]}” finns inte. Be den som visar bilden om en ny.")
        if row["skapad"] < timestamp(_IN_USE / 2):
            with self._database.writing() as connection:
                connection.execute("update lank set skapad = ? where kod = ?", (timestamp(), kod))
        return str(row["adress"])


def _code(adress: str) -> str:
    digest = hashlib.sha256(adress.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])


def _make_room(connection: sqlite3.Connection, code: str) -> None:
    """Delete the links that have been unused the longest, for one more. Raises TooSoon where all are in use."""
    connection.execute(
        "delete from lank where skapad < ? and kod not in (select kod from lank order by skapad desc limit ?)",
        (timestamp(_IN_USE), _MOST_LINKS - 1),
    )
    others = connection.execute("select count(*) from lank where kod <> ?", (code,)).fetchone()[0]
    if others >= _MOST_LINKS:
        raise TooSoon("Det har gjorts väldigt många korta länkar de senaste dagarna. Försök igen senare.")
