"""An analyst's desk: uploaded files from the first look until they are published, removed or left behind.

A file and its persons exist in this process's memory only, and only here: not in a session's state, not in a cache.
They are released when the file is published or removed, and after an hour without use (idle timeout). A desk is found
by a random token that the visitor's tab keeps, so that a page that is loaded anew has its files and choices. Checks run
on threads of their own, few at a time; the page polls their progress. To publish is idempotent: a second press finds no
files.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from naravard.base import clock, kommuner, lan, log, periods
from naravard.base.errors import UserError, place_of
from naravard.base.mask import mask_ids, without_names
from naravard.base.model import Correction
from naravard.intake import approvals, chosen_values, corrections, publishing
from naravard.intake.choices import Choices
from naravard.intake.examination import STEPS, Examination
from naravard.intake.news import News, news
from naravard.intake.publishing import Difference
from naravard.store.snapshots import PreliminaryWaits, Store, VersionConflict

IDLE_SECONDS = 60 * 60
_SWEEP_SECONDS = 60
AT_ONCE = 2
"""So many files are read at the same time, for all visitors together: each takes some memory."""
_MOST_CLASHES = 3
_UNEXPECTED = (
    "Något oväntat gick fel när filen lästes. Inget är ändrat. Meddela den som sköter tjänsten: "
    "nummer {number} i loggen ({place})."
)
_turns = threading.BoundedSemaphore(AT_ONCE)


class State(StrEnum):
    """How far the check of a file has come. The value is also its label."""

    WAITING = "väntar"
    READING = "läses"
    CHECKED = "kontrollerad"
    FAILED = "gick inte"
    CANCELLED = "avbruten"


class _Cancelled(Exception):
    """Raised inside the check when someone has pressed cancel."""


@dataclass(frozen=True)
class Meaning:
    """What a text is to mean: in one file, or in all files of its source."""

    text: str
    always: bool = False


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
    is_aside: bool = False
    """Whether it is left out of what is published; it can be taken back."""
    draft: dict[tuple[str, str], Meaning] = field(default_factory=dict, repr=False)
    """What is chosen for texts and not yet read: column name and the text, or what stands for it → its meaning."""

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

    def __init__(self, store: Store, token: str = "") -> None:
        self.store = store
        self.token = token
        """What the visitor's tab calls it."""
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
        """The files that could be published, their warnings apart; none that is set aside."""
        return [u for u in self._uploads.values() if u.examination and u.examination.counts and not u.is_aside]

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

    def set_aside(self, upload_id: str, *, is_aside: bool) -> None:
        """Leave a file out of what is published, or take it back."""
        upload = self._uploads.get(upload_id)
        if upload is not None:
            upload.is_aside = is_aside

    def note(self, upload_id: str, column: str, keys: Sequence[str], meaning: Meaning | None) -> None:
        """Note what texts of a column are to mean, None for nothing yet. Nothing is read before `read_notes`.

        Raises UserError for a text that the column cannot hold.
        """
        self.last_used = time.monotonic()
        upload = self._uploads.get(upload_id)
        source = upload.examination.source if upload is not None and upload.examination else None
        if upload is None or source is None:
            return
        if meaning is not None:
            chosen_values.refuse_unreadable(meaning.text, source.columns_by_name[column], source)
        for key in keys:
            upload.draft.pop((column, key), None)
            if meaning is not None:
                upload.draft[column, key] = meaning

    def read_notes(self, upload_id: str) -> None:
        """Check the file again with the noted meanings. Those for all files are written among the known errors.

        Raises UserError where one of these cannot be written; the notes are left as they are.
        """
        upload = self._uploads.get(upload_id)
        source = upload.examination.source if upload is not None and upload.examination else None
        if upload is None or source is None:
            return
        values = {name: dict(meanings) for name, meanings in upload.choices.values.items()}
        has_corrections = False
        for (column, key), meaning in upload.draft.items():
            if meaning.always:
                reason = f"valt när {upload.filename} lästes in {clock.today()}"
                corrections.add(Correction(source.id, column, key, meaning.text, reason))
                has_corrections = True
            else:
                values.setdefault(column, {})[key] = meaning.text
        upload.draft = {}
        upload.choices = replace(upload.choices, values=values)
        if has_corrections:
            self.check_again()
        else:
            self._start(upload)

    def take_back(self, upload_id: str, column: str, key: str) -> None:
        """Read a text as it stands again."""
        upload = self._uploads.get(upload_id)
        if upload is not None:
            values = {name: dict(meanings) for name, meanings in upload.choices.values.items()}
            values.get(column, {}).pop(key, None)
            self.choose(upload_id, values=values)

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
        """Check again what was checked against another version than is built on now, and say who published that."""
        base = self.store.base
        outdated_uploads = [u for u in self._uploads.values() if not u.busy and u.examination and u.base != base]
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

    def publish(self, *, who: str, why: str, expected_version: int | None, preliminary: bool = False) -> int | None:
        """Publish all ready files as one version and release them. A second press finds none, and does nothing.

        None where nothing was published: it waits for a second person; someone else did since `expected_version`, and
        the files are being checked again; or `problem` says why.
        """
        with self._lock:
            uploads = self.ready_uploads
            if not uploads:
                return None
            self.problem = ""
            try:
                version = self._publish_or_propose(uploads, who, why, expected_version, preliminary)
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

    @property
    def needs_second_person(self) -> bool:
        """Whether what is ready waits for another person, if it is for all."""
        return publishing.needs_another(self.store)

    def _publish_or_propose(
        self, uploads: Sequence[Upload], who: str, why: str, base: int | None, preliminary: bool
    ) -> int | None:
        files = [u.examination for u in uploads if u.examination]
        if preliminary or not self.needs_second_person:
            return publishing.publish(
                files, self.store, who=who, why=why, expected_version=base, preliminary=preliminary
            )
        if (waiting := self.store.preliminary) is not None:
            raise PreliminaryWaits(waiting)
        if base != self.store.base:
            raise VersionConflict(self.store.versions()[0])
        approvals.propose(self.store, self.token, publishing.counts_of(files), self.difference(), who=who, why=why)
        return None

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
        threading.Thread(target=lan.bound(self._check), args=(upload, upload.attempt), daemon=True).start()

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
                number = log.fault("Oväntat fel när ett uttag lästes", error)
                self._fail(upload, attempt, _UNEXPECTED.format(place=place_of(error), number=number))

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


_Key = tuple[str, Path]
"""The token of a visitor's tab, and the folder of the store that is looked at."""
_desks: dict[_Key, Desk] = {}
_desks_lock = threading.Lock()


def new_token() -> str:
    """A name for a desk that nobody can guess."""
    return secrets.token_urlsafe(24)


def is_known(token: str) -> bool:
    """Whether a tab's desk is still here. A token that this process has not made is nobody's."""
    with _desks_lock:
        _sweep()
        return any(token == name for name, _ in _desks)


def of_visitor(token: str, store: Store) -> Desk:
    """The desk of a visitor's tab, made at first use."""
    key = token, store.folder
    with _desks_lock:
        _sweep()
        if not _desks:
            threading.Thread(target=_keep_sweeping, daemon=True, name="desks").start()
        if key not in _desks:
            _desks[key] = Desk(store, token)
        return _desks[key]


def leave(token: str) -> None:
    """Release all files of a visitor who has gone."""
    with _desks_lock:
        desks = [_desks.pop(key) for key in list(_desks) if key[0] == token]
    for desk in desks:
        desk.clear()


def _sweep() -> None:
    """Release desks that nobody has used for a while."""
    for key, desk in list(_desks.items()):
        if time.monotonic() - desk.last_used > IDLE_SECONDS and not desk.busy:
            desk.clear()
            del _desks[key]


def _keep_sweeping() -> None:
    while _desks:
        time.sleep(_SWEEP_SECONDS)
        with _desks_lock:
            _sweep()
