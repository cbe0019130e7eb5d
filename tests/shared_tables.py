"""The shared tables in both engines: a test that takes `folder` runs on a file, and on the worker's PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text

from naravard.shared.database import Database
from naravard.shared.in_postgres import PostgresDatabase
from naravard.shared.in_sqlite import SqliteDatabase
from naravard.shared.tables import dokument, lank, metadata, workshop
from tests.postgres import Server


@pytest.fixture(scope="session")
def tables_url(postgres_server: Server) -> str:
    """The address of one database that tests have after each other."""
    return postgres_server.new_database()


@pytest.fixture
def emptied_url(tables_url: str) -> str:
    """The same, with no row in its tables."""
    with PostgresDatabase(tables_url, "08").writing("prov") as connection:
        for table in (workshop, lank, dokument):  # all else is of a workshop, and goes with it
            connection.execute(table.delete())
    return tables_url


@pytest.fixture(params=["fil", "postgres"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder, with the shared tables in it or in a PostgreSQL."""
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path))
    if request.param == "postgres":
        monkeypatch.setenv("NARAVARD_LAGER", request.getfixturevalue("emptied_url"))
    yield tmp_path


def run(database: Database, statement: str, **values: object) -> None:
    """Change rows as no call can."""
    with database.writing("prov") as connection:
        connection.execute(text(statement), values)


def has_trace(database: Database, words: str) -> bool:
    """Whether something is anywhere in the file and beside it, or in any row of the database."""
    if isinstance(database, SqliteDatabase):
        return words.encode() in b"".join(file.read_bytes() for file in database.file.parent.iterdir())
    with database.reading() as connection:
        return any(words in str(row) for table in metadata.sorted_tables for row in connection.execute(select(table)))
