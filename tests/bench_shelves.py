"""Publishing and reading on a PostgreSQL that servers share, as ratios to a folder. A part of `make bench`.

Both have the same first start, in folders on one disk; the database is the tests' own, on this machine, and flushes to
disk as one in use does.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Thread

from naravard import stores
from naravard.figures.reader import Reader
from naravard.store import moving, snapshots
from naravard.store.shelves import postgresql
from naravard.store.snapshots import Store
from tests import postgres
from tests.test_store import publish_sabo, share

TIMES, READS = 7, 200


def main() -> None:
    """Print each measure beside its bound."""
    postgres._SETTINGS.update({"fsync": "on", "full_page_writes": "on"})
    server = postgres.Server()
    with tempfile.TemporaryDirectory() as name:
        folder = _store_in(Path(name) / "mapp")
        url = server.new_database()
        one, other = _store_in(Path(name) / "a", url), _store_in(Path(name) / "b", url)
        begun = time.perf_counter()
        moving.move(folder, one)
        size = len(one.shelf.content(1)) / 1000
        _told("move of one version / 1 s", time.perf_counter() - begun, 1, f"{size:.0f} kB")
        _compare("publish", publish_sabo, folder, one, 1.5)
        _compare("open a version that is new here, and read", _read_anew, folder, one, 1.5)
        _compare("open a version that has been read", Store.extracts, folder, one, 3)
        _compare("which version is the newest", lambda store: [store.newest for _ in range(READS)], folder, one, 1)
        _told("what one publishes is shown by another / 1 s", _until_shown(one, other), 1.5, "a question a second")
        _told("question that finds nothing new / 10 ms", _ask(other) / 0.01, 1, f"{len(other.numbers())} versions")
        server.stop(is_lost=True)
        time.sleep(1)
        _compare("read without the database", share, folder, other, 1.5)
    server.remove()


def _store_in(data: Path, url: str | None = None) -> Store:
    os.environ["NARAVARD_DATA"] = str(data)
    return stores.live_store() if url is None else stores.store_at(url)


def _compare(what: str, work: Callable[[Store], object], folder: Store, shared: Store, bound: float) -> None:
    seconds = {store.folder: [] for store in (folder, shared)}
    for _ in range(TIMES):
        for store in (folder, shared):  # in turn, so that both have what else the machine does
            begun = time.perf_counter()
            work(store)
            seconds[store.folder].append(time.perf_counter() - begun)
    in_folder, in_shared = (median(seconds[store.folder]) for store in (folder, shared))
    _told(f"{what} / in a folder", in_shared / in_folder, bound, f"{1000 * in_shared:.1f} / {1000 * in_folder:.1f} ms")


def _read_anew(store: Store) -> None:
    snapshots._memos.clear()
    Reader(store).read("sabo_andel_primarvard")


def _until_shown(one: Store, other: Store) -> float:
    """From when it is done until somebody sees it who looks all the time."""
    before, done_at = other.newest, [float("inf")]
    publication = Thread(target=lambda: (publish_sabo(one), done_at.insert(0, time.perf_counter())))
    publication.start()
    while other.newest == before:
        time.sleep(0.005)
    shown_at = time.perf_counter()
    publication.join()
    return max(0, shown_at - done_at[0])


def _ask(store: Store) -> float:
    assert isinstance(store.shelf, postgresql.PostgresShelf)
    seconds = []
    for _ in range(20):
        begun = time.perf_counter()
        store.shelf._knowledge._ask()
        seconds.append(time.perf_counter() - begun)
    return median(seconds)


def _told(what: str, ratio: float, bound: float, more: str = "") -> None:
    print(f"{what:<62} {ratio:6.2f}   bound {bound:.2f}   {'kept' if ratio <= bound else 'BROKEN'}   {more}")


if __name__ == "__main__":
    main()
