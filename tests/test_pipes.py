"""The command line in a pipe: where nobody reads what it writes, it ends as quietly as any other program."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path
from typing import IO

import pytest

from naravard import __main__ as command_line
from naravard import intake, stores
from naravard.base import settings
from naravard.base.breaks import Break
from naravard.intake import breaks, example
from naravard.store.snapshots import Store
from naravard.workshop.workshops import Workshops
from tests.test_cli import clean_sabo
from tests.test_store import sabo_file

Words = Callable[[Path], list[str]]


def _new_year(folder: Path) -> list[str]:
    """A file that can be published without a warning, of a year that the store does not have."""
    year = 2000 + (stores.live_store().newest or 0)
    (folder / f"{year}.csv").write_bytes(clean_sabo() + f"\n;{year};".encode())
    return [str(folder / f"{year}.csv"), "--kalla", "sabo", "--matperiod", str(year)]


def _earlier_version() -> str:
    """Number of a version that is not the newest."""
    store = stores.live_store()
    number = store.newest
    assert number is not None
    store.restore(number, who="prov", why="prov")
    return str(number)


def _waiting_version() -> str:
    """Number of a version that is preliminary and waits."""
    store = stores.live_store()
    if store.preliminary is None:
        file = intake.examine(sabo_file(), "sabo.csv", intake.Choices(kalla="sabo", matperiod="våren 2030"))
        intake.publish([file], store, who="prov", why="prov", preliminary=True)
    return str(store.preliminary)


def _number_of_break() -> str:
    """Number of a break in series that is set."""
    breaks.add(Break(date(2022, 1, 1), "prov", kalla="sabo"), stores.live_store(), who="prov")
    with stores.live_store().open() as snapshot:
        return str(snapshot.breaks()[-1].nummer)


WORDS: dict[str, Words] = {
    "importera": _new_year,
    "visa": lambda folder: ["sabo_boende"],
    "exportera": lambda folder: [str(folder / "sabo.csv"), "sabo_boende"],
    "indikatorer": lambda folder: [],
    "kallor": lambda folder: [],
    "ny-indikator": lambda folder: ["N20402"],
    "uttag": lambda folder: [],
    "versioner": lambda folder: [],
    "aterstall": lambda folder: [str(stores.live_store().newest), "--orsak", "prov"],
    "undanta": lambda folder: [_earlier_version(), "--orsak", "prov"],
    "slapp": lambda folder: [_waiting_version(), "--orsak", "prov", "--godkann-varningar"],
    "ta-bort-preliminar": lambda folder: [_waiting_version(), "--orsak", "prov"],
    "brytpunkter": lambda folder: [],
    "bryt": lambda folder: ["--datum", "2022-01-01", "--text", "prov", "--kalla", "sabo"],
    "ta-bort-brytpunkt": lambda folder: [_number_of_break(), "--orsak", "prov"],
    "dolt": lambda folder: [],
    "workshoppar": lambda folder: [],
    "radera-workshop": lambda folder: [Workshops(folder).begin("Hösten", ["A"], ["Vad?"])[0]],
    "rattelser": lambda folder: [],
    "ratta": lambda folder: [
        "--kalla", "sabo", "--kolumn", "kommun", "--fel", "Kalmra", "--ratt", "Kalmar", "--varfor", "stavfel"
    ],
    "exempel": lambda folder: [],
    "sakerhetskopiera": lambda folder: [str(folder.with_name("kopia"))],
}  # fmt: skip
"""What each verb needs to have something to say."""


VERBS = {
    c.name or c.callback.__name__.replace("_", "-"): c.callback
    for c in command_line.app.registered_commands
    if c.callback
}
del VERBS["starta"]  # it gives its place to the server
UNTRIED = {"starta", "hamta", "aterskapa", "flytta-lager"}
"""One becomes the server, one asks another, one needs a folder where nothing is, and one a database."""
WITH_JSON = [name for name, verb in VERBS.items() if "som_json" in verb.__annotations__ and name not in UNTRIED]
WRITING = {"importera", "aterstall", "undanta", "slapp", "ta-bort-preliminar", "bryt", "ta-bort-brytpunkt"}
ALIKE = WRITING - {"importera", "bryt"}
"""These publish as the two do, and are tried in `make soak`."""
"""With `--json` these are tried in `make soak`: how it is written is the same as for those that only read."""


@pytest.fixture
def unread() -> Iterator[IO[str]]:
    """A pipe that its reader has left."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as stream:
        yield stream


def run_unread(unread: IO[str], *words: str) -> tuple[int | str | None, str]:
    """The status of a command in this process, whose output nobody reads, and what it says on stderr."""
    with StringIO() as errors, pytest.MonkeyPatch.context() as patch, chdir(settings.ROOT):
        patch.setattr(sys, "argv", ["naravard", *words])
        patch.setattr(errors, "fileno", unread.fileno, raising=False)
        with redirect_stdout(unread), redirect_stderr(errors), pytest.raises(SystemExit) as left:
            command_line.main()
        return left.value.code, errors.getvalue()


def test_every_verb_is_tried() -> None:
    assert set(WORDS) == set(VERBS) - UNTRIED


@pytest.mark.parametrize(
    "words",
    [
        *(pytest.param([name], marks=[pytest.mark.slow] if name in ALIKE else []) for name in WORDS),
        *(pytest.param([name, "--json"], marks=[pytest.mark.slow] if name in WRITING else []) for name in WITH_JSON),
    ],
    ids=" ".join,
)
def test_a_verb_whose_answer_nobody_reads_ends_quietly(
    words: list[str], module_deck: Store, unread: IO[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name, *options = words
    write_files = example.write_files
    monkeypatch.setattr(example, "write_files", lambda folder, lan: write_files(folder, lan)[:1])
    arguments = WORDS[name](module_deck.folder.parent)
    assert run_unread(unread, name, *arguments, *options) == (command_line.UNREAD, "")


@pytest.mark.parametrize("words", [[], ["--help"], ["visa", "--help"]], ids=" ".join)
def test_help_that_nobody_reads_ends_quietly(words: list[str], unread: IO[str]) -> None:
    assert run_unread(unread, *words) == (command_line.UNREAD, "")


@pytest.mark.usefixtures("module_deck")
def test_a_mistake_that_nobody_is_told_of_ends_quietly(unread: IO[str]) -> None:
    with pytest.MonkeyPatch.context() as patch, redirect_stderr(unread), pytest.raises(SystemExit) as left:
        patch.setattr(sys, "argv", ["naravard", "visa", "finns_inte"])
        command_line.main()
    assert left.value.code == command_line.UNREAD


@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.usefixtures("module_deck")
@pytest.mark.parametrize(
    ("more", "buffered"),
    [
        ("", True),
        ("--json", False),
        pytest.param("", False, marks=pytest.mark.slow),
        pytest.param("--json", True, marks=pytest.mark.slow),
    ],
)
def test_the_first_line_can_be_taken(more: str, buffered: bool) -> None:
    """As `| head -1` does: it reads a little, and leaves."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "" if buffered else "1"}
    program = f"{sys.executable} -m naravard kallor {more} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", program], cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""
    assert done.returncode in {0, 141}, "0 where all was written before the reader left"


@pytest.mark.process
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such streams")
@pytest.mark.parametrize(("closed", "words", "status"), [
    pytest.param(">&-", ["visa", "sabo_boende"], 0, marks=pytest.mark.slow),
    (">&-", ["visa", "sabo_boende", "--json"], 0),
    ("2>&-", ["visa", "finns_inte"], 2),
    (">&- 2>&- <&-", ["importera", "sabo.csv", "--kalla", "sabo", "--matperiod", "2024", "--prova"], 0),
])  # fmt: skip
@pytest.mark.usefixtures("module_deck")
def test_closed_streams_are_no_error(closed: str, words: list[str], status: int, tmp_path: Path) -> None:
    (tmp_path / "sabo.csv").write_bytes(clean_sabo())
    program = f"{sys.executable} -m naravard {' '.join(words)} {closed}"
    done = subprocess.run(
        ["bash", "-c", program],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(settings.ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (status, "", "")


@pytest.mark.process
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
@pytest.mark.parametrize(
    "buffered", [True, pytest.param(False, marks=pytest.mark.slow)], ids=["buffered", "unbuffered"]
)
@pytest.mark.usefixtures("module_deck")
def test_an_answer_without_room_is_told_in_one_line(buffered: bool) -> None:
    """Where it is buffered, it is seen first when all has been written."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "" if buffered else "1"}
    program = f"{sys.executable} -m naravard indikatorer > /dev/full"
    done = subprocess.run(
        ["bash", "-c", program], cwd=settings.ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "Svaret går inte att skriva ut (No space left on device).\n")
