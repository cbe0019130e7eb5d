"""Documents as rows of the shared tables."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from naravard.shared.database import Database, insert
from naravard.shared.tables import dokument, version


class TableDocuments:
    """The documents in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self, folder: str) -> list[str]:
        """The names of all documents in a folder, in order."""
        query = select(dokument.c.namn).where(dokument.c.namn.startswith(f"{folder}/", autoescape=True))
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(dokument.c.namn)))

    def read(self, name: str) -> str | None:
        """The text of a document; None where there is none."""
        with self._database.reading() as connection:
            return connection.scalar(select(dokument.c.text).where(dokument.c.namn == name))

    def change(self, name: str, work: Callable[[str | None], str]) -> None:
        """Let a document have another text. Another server that changes the same waits."""
        with self._database.writing(name) as connection:
            text = work(connection.scalar(select(dokument.c.text).where(dokument.c.namn == name)))
            row = insert(connection, dokument).values(namn=name, text=text)
            connection.execute(row.on_conflict_do_update(index_elements=["namn"], set_={"text": text}))

    def remove(self, name: str) -> None:
        """Delete a document."""
        with self._database.writing(name) as connection:
            connection.execute(dokument.delete().where(dokument.c.namn == name))

    def place(self, name: str) -> str:
        """Its name, in the database."""
        return f"{name} i databasen"

    def identity(self) -> str:
        """The name of the tables."""
        with self._database.reading() as connection:
            return str(connection.scalars(select(version.c.plats)).one())

    def mark_of(self, name: str) -> str | None:
        """What was last remembered of a document."""
        with self._database.reading() as connection:
            return connection.scalar(select(dokument.c.flyttad).where(dokument.c.namn == name))

    def mark(self, name: str, mark: str) -> None:
        """Remember something of a document."""
        with self._database.writing(name) as connection:
            connection.execute(dokument.update().where(dokument.c.namn == name).values(flyttad=mark))
