"""Stores that tests read: filled once through the real intake, copied for each test that wants one."""

import asyncio
import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from streamlit.components.v2 import manifest_scanner

from naravard import intake, stores
from naravard.store import snapshots
from naravard.store.snapshots import Store
from tests import examples, shut
from tests.dear import DEAR, ONE_IN
from tests.postgres import postgres_server, postgres_url
from tests.shared_tables import emptied_url, folder, tables_url
from tests.shelves import versions_database, versions_url

__all__ = [
    "emptied_url",
    "examples",
    "folder",
    "postgres_server",
    "postgres_url",
    "tables_url",
    "versions_database",
    "versions_url",
]
DECK_PERIOD = "ej angiven"
OWN_STORES = {"data", "deck_data"}
DECK_FILES = ("bilden_lanet.csv", "bilden_sabo.csv", "befolkning.csv", "nyckeltal.csv")


shut.shut()


@pytest.fixture(autouse=True)
def no_way_out() -> Iterator[None]:
    """A test in which anything calls another machine fails, also where the caller takes it in silence."""
    shut.CALLS.clear()
    yield
    assert shut.CALLS == []


@pytest.fixture(autouse=True)
def no_loop_of_a_browser(request: pytest.FixtureRequest) -> Iterator[None]:
    """Playwright's loop counts as running in a worker that has had a browser; a test with one of its own is refused."""
    loop = None if "browser" in request.path.parts else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    yield
    if loop is not None:
        asyncio._set_running_loop(loop)


def pytest_collection_finish() -> None:
    """Modules and tests stay as long as the worker: no collection has to walk through them, and few are made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that is given a store of its own publishes in it; which are dear has been measured (tests/dear.py)."""
    cases: Counter[tuple[str, str]] = Counter()
    for item in items:
        if OWN_STORES & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.publishes)
        test = item.path.stem, getattr(item, "originalname", item.name)
        cases[test] += 1
        if test[1] in DEAR.get(test[0], ()) and cases[test] % ONE_IN:
            item.add_marker(pytest.mark.dear)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the worker's own with both stores."""
    return _filled_once(tmp_path_factory, "fylld", fill)


@pytest.fixture(scope="session")
def filled_with_deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the worker's own with a store of little more than LGL's slides."""
    return _filled_once(tmp_path_factory, "bilder", _fill_with_deck)


def _filled_once(tmp_path_factory: pytest.TempPathFactory, name: str, fill_folder: Callable[[Path], Path]) -> Path:
    """The first worker fills the folder, the others copy it."""
    run = tmp_path_factory.getbasetemp()
    common = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / name
    with FileLock(common.with_suffix(".lock")):
        if not common.exists():
            fill_folder(tmp_path_factory.mktemp(name)).rename(common)
    return Path(shutil.copytree(common, tmp_path_factory.mktemp(name) / "data"))


def fill(folder: Path) -> Path:
    """Both stores in a folder, through the real intake."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder))
        stores.live_store()
        stores.example_store()
    return folder


def _fill_with_deck(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder))
        publish_only_the_deck(patch)
        stores.live_store()
    return folder


def publish_only_the_deck(patch: pytest.MonkeyPatch) -> None:
    """A first start takes in little more than LGL's slides."""
    files = [file for file in stores.published_files() if file.fil in DECK_FILES]
    patch.setattr(stores, "published_files", lambda: files)


def _of_content(fingerprint: Any) -> Path:
    """In place of a folder: what is the same of a version and its copies."""
    return Path(*map(str, (fingerprint[0].name, *fingerprint[1:])))


@pytest.fixture(scope="session", autouse=True)
def copies_share_a_memo() -> Iterator[None]:
    """A copy of a snapshot has its time to the nanosecond: what is worked out of the one holds for the other."""
    memo = snapshots._memo
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshots, "_memo", lambda _, fingerprint: memo(_of_content(fingerprint), ""))
        yield


@pytest.fixture(scope="session")
def shared(filled: Path) -> tuple[Store, Store]:
    """The two filled stores themselves, for tests that only read: what is hidden in them is worked out once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(filled))
        return stores.live_store(), stores.example_store()


@pytest.fixture(scope="session")
def shared_deck(filled_with_deck: Path) -> Store:
    """The store of little more than LGL's slides itself, for tests that only read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(filled_with_deck))
        return stores.live_store()


@pytest.fixture
def shared_live(shared: tuple[Store, Store], common_data: Path) -> Store:
    return shared[0]


@pytest.fixture
def shared_example(shared: tuple[Store, Store], common_data: Path) -> Store:
    return shared[1]


@pytest.fixture
def empty_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def data(filled: Path, empty_data: Path) -> Path:
    """A data folder of the test's own with both stores filled."""
    shutil.copytree(filled, empty_data)
    return empty_data


@pytest.fixture
def deck_data(filled_with_deck: Path, empty_data: Path) -> Path:
    """As `data`, with little more than LGL's slides: for tests that publish, where each indicator costs time."""
    shutil.copytree(filled_with_deck, empty_data)
    return empty_data


@pytest.fixture(scope="module")
def module_deck(filled_with_deck: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """As `deck_data`, but the module's own: what is published there once is there for all of its tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = shutil.copytree(filled_with_deck, tmp_path_factory.mktemp("modul") / "data")
        patch.setenv("NARAVARD_DATA", str(folder))
        yield stores.live_store()


@pytest.fixture
def empty_store(empty_data: Path) -> Store:
    """A store in which nothing is, not even what a first start fills it with: the cheapest to publish in."""
    return stores._store("lager", is_example=False)


@pytest.fixture
def common_data(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The filled folder itself, for tests that only read: what the pages have cached of it is still right."""
    monkeypatch.setenv("NARAVARD_DATA", str(filled))
    return filled


@pytest.fixture(scope="session")
def components_are_looked_for_once() -> Iterator[None]:
    """Streamlit's test runner reads the metadata of all installed packages for each app, which takes half a second."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda *_, **__: list(found))
        yield


@pytest.fixture
def live(data: Path) -> Store:
    return stores.live_store()


@pytest.fixture
def example(data: Path) -> Store:
    return stores.example_store()


@pytest.fixture
def with_small_counts(live: Store) -> Store:
    """Borgholm 3 of 7177, and Emmaboda where 3 of 7288 are left: numbers that cannot be mistaken for others."""
    rows = ["Borgholm;7177;3", "Emmaboda;7288;7285", *(f"{k};7399;6466" for k in ("Kalmar", "Nybro", "Torsås"))]
    content = "\n".join(["Kommun;Boende;Kommunal primärvård", *rows]).encode()
    intake.publish(
        [intake.examine(content, "s.csv", intake.Choices(kalla="sabo", matperiod="2025"))], live, who="t", why="t"
    )
    return live
