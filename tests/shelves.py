"""Stores of one small table on any shelf, for tests of the shelf: a publication in them takes a few hundredths.

    python -m tests.shelves ADDRESS NAME TIMES

waits for a line, publishes so many extracts, one at a time, and writes the number of each as soon as it is told.
"""

import sys
import time

import pyarrow as pa
import pytest

from naravard.base.errors import UserError
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.shelves import Shelf, shelf_at
from naravard.store.shelves._postgresql import address, connect
from naravard.store.snapshots import Store
from tests.postgres import Server

SCHEMA = Schema({"ett": "antal integer"}, {})
LAN, NAME = "08", "lager"


@pytest.fixture(scope="session")
def versions_database(postgres_server: Server) -> str:
    """A database of the worker's own for versions."""
    return postgres_server.new_database()


@pytest.fixture
def versions_url(versions_database: str) -> str:
    """The same without any version: a new database takes longer to make than most tests."""
    with connect(address(versions_database)) as connection:
        connection.execute("delete from lagerversion")
    return versions_database


def small_store(url: str) -> Store:
    """The store at an address, with the folder for copies that NARAVARD_DATA says."""
    return store_on(shelf_at(url, LAN, NAME))


def store_on(shelf: Shelf) -> Store:
    """A store of one table."""
    return Store(shelf, SCHEMA)


def publish(store: Store, period: str, antal: int = 1, expected: int | None = None) -> int:
    """Publish one number for one period."""
    said = {"filnamn": "fil.csv", "sha256": "0" * 64, "ursprung": "Prov", "rapport": ""}
    table = pa.table({"antal": [antal]})
    counts = Counts("ett", "Ett", period, None, 2024, rader_lasta=1, rader_raknade=1, table=table, **said)
    return store.publish([counts], who="Eva", why=period, expected_version=expected)


def periods(store: Store) -> list[str]:
    """The periods in the newest version, the oldest first."""
    return [extract.matperiod for extract in reversed(store.extracts())]


def main(url: str, name: str, times: int) -> None:
    """Publish until all is published, whatever is refused meanwhile."""
    store = small_store(url)
    print("redo", flush=True)
    input()
    for count in range(times):
        until = time.monotonic() + 60
        while True:
            try:
                print(publish(store, f"{name}-{count}"), f"{name}-{count}", flush=True)
                break
            except UserError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
