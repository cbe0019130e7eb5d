"""Short codes for addresses of the app, that a QR code on the wall can hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import unquote_plus

from naravard.base import mask
from naravard.base.errors import NotFound
from naravard.workshop.codes import LENGTH, LETTERS
from naravard.workshop.database import Database, timestamp

_MOST_LINKS = 5_000


class ShortLinks:
    """The short links of a data folder. The oldest give way when there are too many."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)

    def code(self, adress: str) -> str:
        """A short code for an address of the app; the same each time it is asked for."""
        mask.refuse_ids(unquote_plus(adress), "Adressen")
        digest = hashlib.sha256(adress.encode()).digest()
        code = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:LENGTH])
        with self._database.writing() as connection:
            connection.execute(
                "insert into lank values (?, ?, ?) on conflict (kod) do update set skapad = excluded.skapad",
                (code, adress, timestamp()),
            )
            connection.execute(
                "delete from lank where kod not in (select kod from lank order by skapad desc, rowid desc limit ?)",
                (_MOST_LINKS,),
            )
        return code

    def address(self, kod: str) -> str:
        """The address behind a short code. Raises NotFound."""
        with self._database.reading() as connection:
            row = connection.execute("select adress from lank where kod = ?", (kod,)).fetchone()
        if row is None:
            raise NotFound(f"Länken ”{kod[:20]}” finns inte. Be den som visar bilden om en ny.")
        return str(row[0])
