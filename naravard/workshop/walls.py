"""What a room sees: one state for each workshop, which all its walls follow and its leaders change from any device."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from naravard.workshop import rows
from naravard.workshop.board import WallState
from naravard.workshop.database import Database


class Walls:
    """The states of all workshops of a data folder, each with a number that grows with each change."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder)

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
        with self._database.writing() as connection:
            rows.workshop_row(connection, kod)
            number, before = rows.wall_state(connection, kod)
            after = replace(before, **change)
            if number and (after == before or (since is not None and not _follows(connection, kod, since, who))):
                return number, before
            connection.execute(
                "insert into rum (kod, nummer, lage, vem) values (?, ?, ?, ?) "
                "on conflict (kod) do update set nummer = excluded.nummer, lage = excluded.lage, vem = excluded.vem",
                (kod, number + 1, json.dumps(asdict(after)), who),
            )
        return number + 1, after


def _follows(connection: sqlite3.Connection, kod: str, since: int, who: str) -> bool:
    """Whether nobody else has steered since a number; what one has sent oneself may have come without a receipt."""
    number, last = connection.execute("select nummer, vem from rum where kod = ?", (kod,)).fetchone()
    return bool(number == since or (who and last == who))
