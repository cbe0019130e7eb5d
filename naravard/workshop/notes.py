"""A leader's own notes to the slides of a workshop, which nobody else sees."""

from __future__ import annotations

from pathlib import Path

from naravard.base import mask
from naravard.base.errors import UserError
from naravard.workshop import rows
from naravard.workshop.changes import count_change
from naravard.workshop.database import Database
from naravard.workshop.writing import checked_notes

_MOST = 200
"""Slides with notes in a workshop."""
_LONGEST_ENTRY = 500


class Notes:
    """The notes of all workshops of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)

    def write(self, kod: str, bild: str, text: str) -> str:
        """Let a slide, by its entry in a sequence, have other notes; none where the text is empty. Gives them as kept.

        Raises UserError that says why they are refused.
        """
        plain = checked_notes(text)
        if not 0 < len(bild) <= _LONGEST_ENTRY:
            raise UserError("Bilden finns inte i bildspelet. Ladda om sidan.")
        mask.refuse_ids(bild, "Bilden")
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            connection.execute("delete from anteckning where kod = ? and bild = ?", (kod, bild))
            if plain:
                count = connection.execute("select count(*) from anteckning where kod = ?", (kod,)).fetchone()[0]
                if count >= _MOST:
                    raise UserError(f"Det finns redan anteckningar till {_MOST} bilder. Ta bort några.")
                connection.execute("insert into anteckning (kod, bild, text) values (?, ?, ?)", (kod, bild, plain))
            count_change(connection, kod)
        self._database.flush()
        return plain

    def all(self, kod: str) -> dict[str, str]:
        """The notes of a workshop, by slide."""
        with self._database.reading() as connection:
            query = "select bild, text from anteckning where kod = ? order by bild"
            return {row["bild"]: row["text"] for row in connection.execute(query, (kod,)).fetchall()}
