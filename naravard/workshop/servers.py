"""What other servers do in the same workshops: that something changed, and how many phones they have."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from naravard.shared import database
from naravard.shared.database import insert, timestamp
from naravard.shared.tables import narvaro, rum, workshop

OWN = secrets.token_hex(8)
"""This server's name among those that have run, made anew at each start."""
_FRESH = timedelta(seconds=30)
"""For how long a server's count stands: one that is gone has no phones."""


class Elsewhere(NamedTuple):
    """The numbers that grow with each change of a workshop and of its walls, and the phones at other servers."""

    changes: tuple[int, int]
    phones: int


class Servers:
    """The servers that share the tables of a data folder; `own` is the one that asks."""

    def __init__(self, folder: Path, own: str = OWN) -> None:
        self._database = database.of(folder)
        self._own = own

    def look(self, kods: list[str]) -> dict[str, Elsewhere]:
        """How some workshops are now; one that is not there is left out."""
        changes = select(workshop.c.kod, workshop.c.andring, func.coalesce(rum.c.nummer, 0))
        changes = changes.join_from(workshop, rum, isouter=True).where(workshop.c.kod.in_(kods))
        is_other = narvaro.c.server != self._own
        phones = select(narvaro.c.kod, func.sum(narvaro.c.telefoner)).group_by(narvaro.c.kod)
        phones = phones.where(narvaro.c.kod.in_(kods), is_other, narvaro.c.nar > timestamp(_FRESH))
        with self._database.reading() as connection:
            phones_by_kod = {kod: int(count) for kod, count in connection.execute(phones)}
            return {
                kod: Elsewhere((andring, nummer), phones_by_kod.get(kod, 0))
                for kod, andring, nummer in connection.execute(changes)
            }

    def tell(self, phones: Mapping[str, int]) -> None:
        """How many phones this server has in some workshops."""
        for kod, count in phones.items():
            try:
                self._tell_one(kod, count)
            except IntegrityError:  # deleted meanwhile
                continue

    def _tell_one(self, kod: str, count: int) -> None:
        content = {"telefoner": count, "nar": timestamp()}
        with self._database.writing(f"{narvaro.name} {kod}") as connection:
            connection.execute(narvaro.delete().where(narvaro.c.kod == kod, narvaro.c.nar < timestamp(_FRESH)))
            row = insert(connection, narvaro).values(kod=kod, server=self._own, **content)
            connection.execute(row.on_conflict_do_update(index_elements=["kod", "server"], set_=content))
