"""What the machine does to a store: it kills, fills the disk, takes rights away, cuts files, sets the clock back."""

import multiprocessing
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from naravard import stores
from naravard.base.errors import UserError
from naravard.store import ledger
from naravard.store.snapshots import Store
from tests.test_store import publish_sabo, share

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and users of Unix")
_NOBODY = 65_534
_SHARE = pytest.approx(100 * 1447 / 1885)


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


def in_a_process(work: Callable[[], None], kill_after: float | None = None) -> str:
    """What a fork says: `publicerad`, the sentence of a refusal, or nothing where it was killed."""
    fork = multiprocessing.get_context("fork")
    told = fork.Queue()

    def working() -> None:
        try:
            work()
            told.put("publicerad")
        except UserError as error:
            told.put(str(error))

    process = fork.Process(target=working)
    process.start()
    if kill_after is not None:
        process.join(kill_after)
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
    process.join()
    return "" if process.exitcode else str(told.get(timeout=10))


def published_by(folder: Path, before: Callable[[], object] = lambda: None) -> Callable[[], None]:
    """Publishing in a folder, after something has been done to the process."""

    def publishing() -> None:
        before()
        os.environ["NARAVARD_DATA"] = str(folder)
        publish_sabo(stores.live_store())

    return publishing


def kills(folder: Path, times: int, seed: int) -> tuple[int, int]:
    """Kill publications at random moments; how many were whole all the same, and how many were not at all."""
    random_moment = random.Random(seed)
    begun = time.monotonic()
    assert in_a_process(published_by(folder)) == "publicerad"
    duration = time.monotonic() - begun
    whole = 0
    for _ in range(times):
        before = newest(folder)
        in_a_process(published_by(folder), kill_after=random_moment.uniform(0, 1.1 * duration))
        after = newest(folder)
        assert after in {before, before + 1}
        whole += after - before
    return whole, times - whole


def newest(folder: Path) -> int:
    """The newest version as another process reads it: whole, with its log as long as its number."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder))
        store = stores.live_store()
        assert [version.nummer for version in store.versions()] == list(range(store.newest or 0, 0, -1))
        assert share(store, matperiod="ej angiven") == _SHARE
        return store.newest or 0


@pytest.mark.parametrize("times", [3, pytest.param(1_000, marks=pytest.mark.slow)])
def test_publications_that_are_killed_at_any_moment_are_whole_or_not_at_all(deck_data: Path, times: int) -> None:
    whole, not_at_all = kills(deck_data, times, seed=1)
    print(f"{times} publications killed: {whole} whole, {not_at_all} not at all")
    assert in_a_process(published_by(deck_data)) == "publicerad"
    assert not list((deck_data / "lager").glob("*.tmp*"))


def test_a_full_disk_is_told_and_nothing_is_changed(deck_data: Path) -> None:
    """The system lets the process write no file so large as a version."""

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    refusal = in_a_process(published_by(deck_data, small_files))
    assert "Det går inte att skriva i mappen" in refusal, refusal
    assert "Inget är ändrat" in refusal
    assert newest(deck_data) == 1
    assert in_a_process(published_by(deck_data)) == "publicerad"


@pytest.mark.parametrize("rights", [0o555, 0o700], ids=["read only", "another's"])
def test_a_folder_of_another_user_is_told(deck_data: Path, rights: int) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    for folder in [deck_data, *deck_data.parents]:  # the way there is open; only pytest's own folders are changed
        if "pytest" in folder.name:
            folder.chmod(0o755)
    (deck_data / "lager").chmod(rights)

    def as_nobody() -> None:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)

    refusal = in_a_process(published_by(deck_data, as_nobody))
    assert "går inte att" in refusal, refusal
    assert str(deck_data / "lager") in refusal
    (deck_data / "lager").chmod(0o755)
    assert newest(deck_data) == 1


@pytest.mark.parametrize(
    "part", [0, pytest.param(0.1, marks=pytest.mark.slow), pytest.param(0.5, marks=pytest.mark.slow), 0.99]
)
def test_a_version_that_is_cut_off_is_told_and_left_by_a_restore(live: Store, part: float) -> None:
    publish_sabo(live)
    file = live.folder / "000002.duckdb"
    os.truncate(file, int(part * file.stat().st_size))
    with pytest.raises(UserError, match="aterstall 1"):
        publish_sabo(live)
    assert live.restore(1, who="test", why="skadad") == 3
    assert share(live) == _SHARE
    assert live.versions()[0].handelse == "återställning av version 1"


def test_a_clock_that_is_set_back_changes_nothing_but_the_time(live: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_sabo(live)
    monkeypatch.setattr(ledger, "_now", lambda: datetime(2001, 1, 1))
    assert publish_sabo(live, "våren 2025") == 3
    assert [(version.nummer, version.nar[:4]) for version in live.versions()][:1] == [(3, "2001")]
    assert live.newest == 3
    assert [extract.nar[:4] for extract in live.extracts()][:1] == ["2001"]
