"""A leader's own notes to the slides of a workshop, which nobody else sees."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from naravard.base import mask
from naravard.base.errors import UserError
from naravard.shared import database
from naravard.shared.tables import anteckning
from naravard.workshop import rows
from naravard.workshop.changes import count_change
from naravard.workshop.writing import checked_notes

_MOST = 200
"""Slides with notes in a workshop."""
_LONGEST_ENTRY = 500


class Notes:
    """The notes of all workshops of a data folder."""

    def __init__(self, folder: Path) -> None:
        self._database = database.of(folder)

    def write(self, kod: str, bild: str, text: str) -> str:
        """Let a slide, by its entry in a sequence, have other notes; none where the text is empty. Gives them as kept.

        Raises UserError that says why they are refused.
        """
        plain = checked_notes(text)
        if not 0 < len(bild) <= _LONGEST_ENTRY:
            raise UserError("Bilden finns inte i bildspelet. Ladda om sidan.")
        mask.refuse_ids(bild, "Bilden")
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            own = anteckning.c.kod == kod
            connection.execute(anteckning.delete().where(own, anteckning.c.bild == bild))
            if plain:
                if connection.scalars(select(func.count()).select_from(anteckning).where(own)).one() >= _MOST:
                    raise UserError(f"Det finns redan anteckningar till {_MOST} bilder. Ta bort några.")
                connection.execute(anteckning.insert().values(kod=kod, bild=bild, text=plain))
            count_change(connection, kod)
        self._database.flush()
        return plain

    def all(self, kod: str) -> dict[str, str]:
        """The notes of a workshop, by slide."""
        with self._database.reading() as connection:
            query = select(anteckning.c.bild, anteckning.c.text).where(anteckning.c.kod == kod)
            return {row.bild: row.text for row in connection.execute(query.order_by(anteckning.c.bild))}
