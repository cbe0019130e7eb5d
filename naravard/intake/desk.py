"""An analyst's desk: uploaded files from the first look until they are published, removed or left behind.

A file and its persons exist in this process's memory only, and only here: not in a session's state, not in a cache.
They are released when the file is published or removed, when the visitor leaves, and after half an hour without use
(idle timeout). Checks run on threads of their own, few at a time; the page polls their progress. To publish is
idempotent: a second press finds no files.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from naravard.base import kommuner, periods
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids, without_names
from naravard.intake import publishing
from naravard.intake.choices import Choices
from naravard.intake.examination import STEPS, Examination
from naravard.intake.news import News, news
from naravard.intake.publishing import Difference
from naravard.store.snapshots import Store, VersionConflict

IDLE_SECONDS = 30 * 60
_SWEEP_SECONDS = 60
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
    news: News | None = None
    """What is new in a file of a source whose extracts add to each other."""
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
        self.published_version: int | None = None
        """The version that was published last, until the next file comes."""
        self._uploads: dict[str, Upload] = {}
        self._difference: tuple[object, Difference] | None = None
        """The latest difference, and what it is of."""
        self._lock = threading.RLock()
        self.last_used = time.monotonic()
        """For the idle timeout, in seconds of the monotonic clock."""

    @property
    def uploads(self) -> list[Upload]:
        """The files in the order they came."""
        self.last_used = time.monotonic()
        return list(self._uploads.values())

    @property
    def busy(self) -> bool:
        """Whether any check is going on."""
        return any(upload.busy for upload in self._uploads.values())

    @property
    def ready_uploads(self) -> list[Upload]:
        """The files that could be published, their warnings apart."""
        return [u for u in self._uploads.values() if u.examination and u.examination.counts]

    def add(self, filename: str, content: bytes, choices: Choices | None = None) -> Upload:
        """Put a file on the desk and begin to check it. Where nothing is chosen the period is guessed from the name."""
        name = without_names(mask_ids(Path(filename).name))
        upload = Upload(secrets.token_hex(4), name, content, choices or Choices(matperiod=periods.find(name)))
        self.published_version, self.problem = None, ""
        self._uploads[upload.id] = upload
        self._start(upload)
        return upload

    def choose(self, upload_id: str, **choices: object) -> None:
        """Decide something about a file and check it again."""
        upload = self._uploads.get(upload_id)
        if upload is not None:
            upload.choices = replace(upload.choices, **choices)  # type: ignore[arg-type]
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
        """Take a file off the desk and release its memory."""
        upload = self._uploads.pop(upload_id, None)
        if upload is not None:
            upload.attempt += 1
            upload.content, upload.examination = b"", None

    def clear(self) -> None:
        """Release all files."""
        for upload_id in list(self._uploads):
            self.remove(upload_id)
        self._difference = None

    def catch_up(self) -> None:
        """Check again what was checked against an older version than the newest, and say who published it."""
        newest = self.store.newest
        outdated_uploads = [u for u in self._uploads.values() if not u.busy and u.examination and u.base != newest]
        if not outdated_uploads:
            return
        version = self.store.versions()[0]
        self.notice = (
            f"{version.vem} publicerade version {version.nummer} ({version.varfor}) medan du arbetade. Filerna är "
            "kontrollerade igen mot den, och skillnaden är räknad om. Läs igenom innan du publicerar."
        )
        for upload in outdated_uploads:
            self._start(upload)

    def difference(self) -> Difference:
        """What publishing all ready files would change. Computed once per version and set of checks."""
        uploads = self.ready_uploads
        # of the checks, not of the store: someone may publish between them and now
        base = min((u.base for u in uploads if u.base is not None), default=None)
        key = (base, tuple(id(upload.examination) for upload in uploads))
        if self._difference is None or self._difference[0] != key:
            files = [upload.examination for upload in uploads if upload.examination]
            self._difference = key, publishing.difference(self.store, base, files)
        return self._difference[1]

    def publish(self, *, who: str, why: str, expected_version: int | None) -> int | None:
        """Publish all ready files as one version and release them. A second press finds none, and does nothing.

        None where nothing was published: someone else did since `expected_version`, and the files are being checked
        again; or `problem` says why.
        """
        with self._lock:
            uploads = self.ready_uploads
            if not uploads:
                return None
            self.problem = ""
            try:
                version = publishing.publish(
                    [u.examination for u in uploads if u.examination],
                    self.store,
                    who=who,
                    why=why,
                    expected_version=expected_version,
                )
            except VersionConflict:
                self.catch_up()
                return None
            except UserError as error:
                self.problem = str(error)
                return None
            for upload in uploads:
                self.remove(upload.id)
            self.notice, self.published_version = "", version
            return version

    def twins(self) -> list[tuple[Upload, Upload]]:
        """Pairs of files for the same source and period: only one of them would be in force."""
        first_uploads: dict[tuple[str, str], Upload] = {}
        pairs = []
        for upload in self.ready_uploads:
            counts = upload.examination.counts if upload.examination else None
            if counts is None or counts.cumulative:
                continue
            first = first_uploads.setdefault((counts.kalla, counts.matperiod.casefold()), upload)
            if first is not upload:
                pairs.append((first, upload))
        return pairs

    def clashes(self) -> list[str]:
        """Files that say different things of the same figure: the last of them would win."""
        sentences: list[str] = []
        first_values: dict[tuple[object, ...], tuple[object, Upload]] = {}
        for upload in self.ready_uploads:
            for cell, value in _cells(upload):
                first_value, first_upload = first_values.setdefault(cell, (value, upload))
                if first_value != value and first_upload is not upload:
                    names, area = f"{first_upload.filename} och {upload.filename}", kommuner.area_name(str(cell[1]))
                    sentences.append(f"{names} har olika tal för {area}: ta bort den ena")
        return list(dict.fromkeys(sentences))[:_MOST_CLASHES]

    def _start(self, upload: Upload) -> None:
        upload.attempt += 1
        upload.state, upload.step, upload.problem, upload.examination = State.WAITING, "", "", None
        threading.Thread(target=self._check, args=(upload, upload.attempt), daemon=True).start()

    def _check(self, upload: Upload, attempt: int) -> None:
        """On a thread of its own. A check ends at its next step when a newer choice has replaced it."""

        def step(name: str) -> None:
            if upload.attempt != attempt:
                raise _Cancelled
            upload.step = name

        with _turns:
            try:
                step("")
                upload.state = State.READING
                check = publishing.check(upload.content, upload.filename, upload.choices, self.store, step=step)
                is_added = check.examination.source is not None and check.examination.source.cumulative
                upload.news = news(check.examination, self.store, check.base) if is_added else None
                step(STEPS[-1])
                upload.base, upload.examination, upload.state = check.base, check.examination, State.CHECKED
            except _Cancelled:
                return
            except UserError as error:
                self._fail(upload, attempt, str(error))
            except MemoryError:
                self._fail(upload, attempt, f"Filen {upload.filename} är för stor för datorns minne. Dela upp den.")
            except BaseException as error:  # a panic too. Its text could hold a person, so only the place is logged
                frame = traceback.extract_tb(error.__traceback__)[-1]
                place = f"{type(error).__name__} i {Path(frame.filename).name}, rad {frame.lineno}"
                _log.error("Oväntat fel när ett uttag lästes: %s", place)
                self._fail(upload, attempt, _UNEXPECTED.format(place=place))

    @staticmethod
    def _fail(upload: Upload, attempt: int, problem: str) -> None:
        if upload.attempt == attempt:
            upload.problem, upload.state = problem, State.FAILED


def _cells(upload: Upload) -> Iterator[tuple[tuple[object, ...], object]]:
    """Each cell of a cumulative source, (source, area, …), and its value; none of other sources."""
    examination = upload.examination
    if examination and examination.counts and examination.source and examination.source.cell:
        *keys, values = (examination.counts.table[name].to_pylist() for name in examination.source.cell)
        for *key, value in zip(*keys, values, strict=True):
            yield (examination.source.id, *key), value


_desks: dict[str, Desk] = {}
_desks_lock = threading.Lock()


def of_visitor(token: str, open_store: Callable[[], Store]) -> Desk:
    """The desk of a visitor, made at first use."""
    with _desks_lock:
        _sweep()
        if not _desks:
            threading.Thread(target=_keep_sweeping, daemon=True, name="desks").start()
        if token not in _desks:
            _desks[token] = Desk(open_store())
        return _desks[token]


def leave(token: str) -> None:
    """Release all files of a visitor who has gone."""
    with _desks_lock:
        desk = _desks.pop(token, None)
    if desk is not None:
        desk.clear()


def _sweep() -> None:
    """Release desks that nobody has used for a while."""
    for token, desk in list(_desks.items()):
        if time.monotonic() - desk.last_used > IDLE_SECONDS and not desk.busy:
            desk.clear()
            del _desks[token]


def _keep_sweeping() -> None:
    while _desks:
        time.sleep(_SWEEP_SECONDS)
        with _desks_lock:
            _sweep()
