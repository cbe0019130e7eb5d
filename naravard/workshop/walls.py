"""What a room sees: one state for each workshop, which all its walls follow and its leaders change from any device."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from naravard.shared import database
from naravard.shared.database import insert
from naravard.shared.tables import rum
from naravard.workshop import rows
from naravard.workshop.board import WallState


class Walls:
    """The states of all workshops of a data folder, each with a number that grows with each change."""

    def __init__(self, folder: Path) -> None:
        self._database = database.of(folder)

    def state(self, kod: str) -> tuple[int, WallState]:
        """The number and the state; 0 where nobody has steered yet. Raises NotFound for no workshop."""
        with self._database.reading() as connection:
            rows.workshop_row(connection, kod)
            return rows.wall_state(connection, kod)

    def steer(self, kod: str, change: dict[str, Any], who: str = "", since: int | None = None) -> tuple[int, WallState]:
        """Change some of the state. Gives the number and the state as they then are.

        With `since`, which number the window that steers (`who`) knew of: where another has steered meanwhile, what it
        did stands, and nothing is changed.
        """
        with self._database.writing(kod) as connection:
            rows.workshop_row(connection, kod)
            number, before = rows.wall_state(connection, kod)
            after = replace(before, **change)
            if number and (after == before or (since is not None and not _follows(connection, kod, since, who))):
                return number, before
            content = {"nummer": number + 1, "lage": json.dumps(asdict(after)), "vem": who}
            row = insert(connection, rum).values(kod=kod, **content)
            connection.execute(row.on_conflict_do_update(index_elements=["kod"], set_=content))
        return number + 1, after


def _follows(connection: Connection, kod: str, since: int, who: str) -> bool:
    """Whether nobody else has steered since a number; what one has sent oneself may have come without a receipt."""
    number, last = connection.execute(select(rum.c.nummer, rum.c.vem).where(rum.c.kod == kod)).one()
    return bool(number == since or (who and last == who))
