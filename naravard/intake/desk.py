"""An analyst's desk: uploaded files from the first look until they are published, removed or left behind.

A file and its persons exist in this process's memory only, and only here: not in a session's state, not in a cache.
They are let go of when the file is published or removed, when the visitor leaves, and after half an hour untouched.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from naravard.base import kommuner, periods
from naravard.base.errors import UserError
from naravard.base.mask import masked
from naravard.intake import publishing
from naravard.intake.choices import Choices
from naravard.intake.examination import STEPS, Examination
from naravard.intake.publishing import Difference
from naravard.store.snapshots import Overtaken, Store

IDLE_SECONDS = 30 * 60
AT_ONCE = 2
"""So many files are read at the same time, for all visitors together: each takes some memory."""
_MOST_CLASHES = 3
_UNEXPECTED = "Något oväntat gick fel när filen lästes. Inget är ändrat. Meddela den som sköter tjänsten ({place})."
_turns = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger("naravard")


class State(StrEnum):
    """How far the check of a file has come. The value is also its label."""

    WAITING = "väntar"
    READING = "läses"
    CHECKED = "kontrollerad"
    FAILED = "gick inte"
    CANCELLED = "avbruten"


class _Cancelled(Exception):
    """Raised inside the check when someone has pressed cancel."""


@dataclass
class Upload:
    """One file on the desk. `content` is the only place where its persons are."""

    id: str
    filename: str
    content: bytes = field(repr=False)
    choices: Choices
    state: State = State.WAITING
    step: str = ""
    base: int | None = None
    examination: Examination | None = field(default=None, repr=False)
    problem: str = ""
    attempt: int = 0

    @property
    def busy(self) -> bool:
        """Whether its check is still going on."""
        return self.state in {State.WAITING, State.READING}

    @property
    def progress(self) -> float:
        """How far the check has come, 0–1."""
        return STEPS.index(self.step) / (len(STEPS) - 1) if self.step in STEPS else 0.0


class Desk:
    """One visitor's files against one store. Its methods may be called from any thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.notice = ""
        self.problem = ""
        self.published: int | None = None
        """The version that was published last, until the next file comes."""
        self._uploads: dict[str, Upload] = {}
        self._difference: tuple[object, Difference] | None = None
        self._lock = threading.RLock()
        self.touched = time.monotonic()

    @property
    def uploads(self) -> list[Upload]:
        """The files in the order they came."""
        self.touched = time.monotonic()
        return list(self._uploads.values())

    @property
    def busy(self) -> bool:
        """Whether any check is going on."""
        return any(upload.busy for upload in self._uploads.values())

    @property
    def ready(self) -> list[Upload]:
        """The files that could be published, their warnings apart."""
        return [u for u in self._uploads.values() if u.examination and u.examination.counts]

    def add(self, filename: str, content: bytes) -> Upload:
        """Put a file on the desk and begin to check it. The period is guessed from the name."""
        name = masked(Path(filename).name)
        upload = Upload(secrets.token_hex(4), name, content, Choices(matperiod=periods.find(name)))
        self.published, self.problem = None, ""
        self._uploads[upload.id] = upload
        self._start(upload)
        return upload

    def choose(self, upload_id: str, **changed: object) -> None:
        """Decide something about a file and check it again."""
        upload = self._uploads.get(upload_id)
        if upload is not None:
            upload.choices = replace(upload.choices, **changed)  # type: ignore[arg-type]
            self._start(upload)

    def check_again(self) -> None:
        """Check all files once more: something outside them has changed."""
        for upload in list(self._uploads.values()):
            self._start(upload)

    def cancel(self, upload_id: str) -> None:
        """Stop a check. The file stays on the desk."""
        upload = self._uploads.get(upload_id)
        if upload is not None and upload.busy:
            upload.attempt += 1
            upload.state = State.CANCELLED

    def remove(self, upload_id: str) -> None:
        """Take a file off the desk and let go of it."""
        upload = self._uploads.pop(upload_id, None)
        if upload is not None:
            upload.attempt += 1
            upload.content, upload.examination = b"", None

    def clear(self) -> None:
        """Let go of everything."""
        for upload_id in list(self._uploads):
            self.remove(upload_id)
        self._difference = None

    def catch_up(self) -> None:
        """Check again what was checked against an older version than the newest, and say who published it."""
        newest = self.store.newest
        late = [u for u in self._uploads.values() if not u.busy and u.examination and u.base != newest]
        if not late:
            return
        version = self.store.versions()[0]
        self.notice = (
            f"{version.vem} publicerade version {version.nummer} ({version.varfor}) medan du arbetade. Filerna är "
            "kontrollerade igen mot den, och skillnaden är räknad om. Läs igenom innan du publicerar."
        )
        for upload in late:
            self._start(upload)

    def difference(self) -> Difference:
        """What publishing all ready files would change. Computed once per version and set of checks."""
        ready = self.ready
        # of the checks, not of the store: someone may publish between them and now
        base = min((u.base for u in ready if u.base is not None), default=None)
        key = (base, tuple(id(upload.examination) for upload in ready))
        if self._difference is None or self._difference[0] != key:
            files = [upload.examination for upload in ready if upload.examination]
            self._difference = key, publishing.difference(self.store, base, files)
        return self._difference[1]

    def publish(self, *, who: str, why: str, expected: int | None) -> int | None:
        """Publish all ready files as one version and let go of them. A second press finds none, and does nothing.

        None where nothing was published: someone else did since `expected` (then the files are being checked again),
        or `problem` says why.
        """
        with self._lock:
            ready = self.ready
            if not ready:
                return None
            self.problem = ""
            try:
                version = publishing.publish(
                    [u.examination for u in ready if u.examination], self.store, who=who, why=why, expected=expected
                )
            except Overtaken:
                self.catch_up()
                return None
            except UserError as error:
                self.problem = str(error)
                return None
            for upload in ready:
                self.remove(upload.id)
            self.notice, self.published = "", version
            return version

    def twins(self) -> list[tuple[Upload, Upload]]:
        """Pairs of files for the same source and period: only one of them would be in force."""
        found: dict[tuple[str, str], Upload] = {}
        pairs = []
        for upload in self.ready:
            examination = upload.examination
            if examination is None or examination.counts is None or examination.counts.cumulative:
                continue
            key = (examination.counts.kalla, examination.counts.matperiod.casefold())
            if key in found:
                pairs.append((found[key], upload))
            found.setdefault(key, upload)
        return pairs

    def clashes(self) -> list[str]:
        """Files that say different things of the same figure: the last of them would win."""
        found: list[str] = []
        said: dict[tuple[object, ...], tuple[object, Upload]] = {}
        for upload in self.ready:
            examination = upload.examination
            if not examination or not examination.counts or not examination.source or not examination.source.cell:
                continue
            *names, value = (examination.counts.table[name].to_pylist() for name in examination.source.cell)
            for *key, number in zip(*names, value, strict=True):
                cell = (examination.source.id, *key)
                earlier, other = said.setdefault(cell, (number, upload))
                if earlier != number and other is not upload:
                    area = kommuner.area_name(str(key[0]))
                    found.append(f"{other.filename} och {upload.filename} har olika tal för {area}: ta bort den ena")
        return list(dict.fromkeys(found))[:_MOST_CLASHES]

    def _start(self, upload: Upload) -> None:
        upload.attempt += 1
        upload.state, upload.step, upload.problem, upload.examination = State.WAITING, "", "", None
        threading.Thread(target=self._check, args=(upload, upload.attempt), daemon=True).start()

    def _check(self, upload: Upload, attempt: int) -> None:
        """On a thread of its own. A check that has been overtaken by a newer choice ends at its next step."""

        def step(name: str) -> None:
            if upload.attempt != attempt:
                raise _Cancelled
            upload.step = name

        with _turns:
            try:
                step("")
                upload.state = State.READING
                check = publishing.check(upload.content, upload.filename, upload.choices, self.store, step=step)
                step(STEPS[-1])
                upload.base, upload.examination, upload.state = check.base, check.examination, State.CHECKED
            except _Cancelled:
                return
            except UserError as error:
                self._failed(upload, attempt, str(error))
            except MemoryError:
                self._failed(upload, attempt, f"Filen {upload.filename} är för stor för datorns minne. Dela upp den.")
            except BaseException as error:  # a panic too; its text could be a person's: the place is told, and no more
                last = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{type(error).__name__} i {Path(last.filename).name}, rad {last.lineno}"
                _log.error("Oväntat fel när ett uttag lästes: %s", place)
                self._failed(upload, attempt, _UNEXPECTED.format(place=place))

    @staticmethod
    def _failed(upload: Upload, attempt: int, problem: str) -> None:
        if upload.attempt == attempt:
            upload.problem, upload.state = problem, State.FAILED


_desks: dict[str, Desk] = {}
_desks_lock = threading.Lock()


def of_visitor(token: str, open_store: Callable[[], Store]) -> Desk:
    """The desk of a visitor, laid out at first use."""
    with _desks_lock:
        _sweep()
        if not _desks:
            threading.Thread(target=_keep_sweeping, daemon=True, name="desks").start()
        if token not in _desks:
            _desks[token] = Desk(open_store())
        return _desks[token]


def leave(token: str) -> None:
    """The visitor has gone: let go of all files."""
    with _desks_lock:
        left = _desks.pop(token, None)
    if left is not None:
        left.clear()


def _sweep() -> None:
    """Let go of desks that nobody has touched for a while."""
    for token, old in list(_desks.items()):
        if time.monotonic() - old.touched > IDLE_SECONDS and not old.busy:
            old.clear()
            del _desks[token]


def _keep_sweeping() -> None:
    while _desks:
        time.sleep(60)
        with _desks_lock:
            _sweep()
