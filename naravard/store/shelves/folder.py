"""A folder of files, `000042.duckdb`: the shelf of a machine that shares its store with no other.

A file is written beside the others and renamed to its number under a lock, so that a kill at any moment leaves the
finished ones as they were. The state of a version is the end of its file's name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from naravard.base.errors import UserError
from naravard.store.shelves import Note, Shelf, State, Taken, Writing, _disk, no_version

LOCK_SECONDS = 60
_BUILD_SECONDS = 300
_ENDS = {State.UNDANTAGEN: ".undantagen", State.PRELIMINAR: ".preliminar", State.PUBLICERAD: ".duckdb"}
"""By state; where two files have one number, the last of these counts."""
_NAME = re.compile(rf"(\d{{6,}})({'|'.join(map(re.escape, _ENDS.values()))})")


def shelf_at(folder: str, lan: str, name: str) -> Shelf:
    """The shelf of one store in a data folder, which is of one län."""
    return FolderShelf(Path(folder) / name)


class FolderShelf(Shelf):
    """A folder of finished versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def states(self) -> dict[int, State]:
        """All versions by number; other files in the folder (a copy that someone made) are left alone."""
        try:
            names = [path.name for path in self.folder.iterdir()] if self.folder.exists() else []
        except OSError as error:
            raise UserError(f"Mappen {self.folder} går inte att läsa ({error.strerror}). Ge dig läsrätt.") from error
        matches = [match for name in names if (match := _NAME.fullmatch(name))]
        return {int(match[1]): state for state, end in _ENDS.items() for match in matches if match[2] == end}

    def fingerprint(self, number: int) -> Hashable:
        """Of one file: a folder that was emptied and filled again has new ones."""
        path = self.get(number)
        status = path.stat()
        return path, status.st_mtime_ns, status.st_size

    def get(self, number: int) -> Path:
        """The file itself."""
        for state in reversed(_ENDS):
            if (path := self.path(number, state)).exists():
                return path
        raise no_version(number)

    def content(self, number: int) -> bytes:
        """Read from the file."""
        return self.get(number).read_bytes()

    def path(self, number: int, state: State) -> Path:
        """Where a version lies in a state."""
        return self.folder / f"{number:06}{_ENDS[state]}"

    @contextmanager
    def lock(self) -> Iterator[Writing]:
        """By a file beside the versions."""
        try:
            with _disk.in_words(self.folder):
                self.folder.mkdir(parents=True, exist_ok=True)
                with FileLock(self.folder / ".lock", timeout=LOCK_SECONDS):
                    yield _Writing(self)
        except Timeout as error:
            raise UserError("Någon annan publicerar just nu. Vänta en stund och försök igen.") from error

    @contextmanager
    def building(self) -> Iterator[None]:
        """A folder that cannot be written to is told of by who publishes in it."""
        with ExitStack() as locks:
            with suppress(OSError):
                self.folder.mkdir(parents=True, exist_ok=True)
                locks.enter_context(FileLock(self.folder / ".bygge", timeout=_BUILD_SECONDS))
            yield


class _Writing(Writing):
    def __init__(self, shelf: FolderShelf) -> None:
        self._shelf = shelf
        self.states = shelf.states()

    def draft(self) -> Path:
        for stale_file in self._shelf.folder.glob("*.tmp*"):  # of a process that was killed: the lock is ours now
            stale_file.unlink(missing_ok=True)
        return self._shelf.folder / f"{self.next_number:06}.tmp"

    def put(
        self,
        number: int,
        file: Path,
        note: Note,
        *,
        state: State = State.PUBLICERAD,
        also: Mapping[int, State] | None = None,
    ) -> None:
        if number in self._shelf.states():
            raise Taken(number)
        _flush(file)
        with ExitStack() as undo:
            for other, state_of_other in (also or {}).items():
                undo.callback(self.set_state, other, self.states[other])
                self.set_state(other, state_of_other)
            file.rename(self._shelf.path(number, state))
            undo.pop_all()
        _flush(self._shelf.folder)

    def set_state(self, number: int, state: State) -> None:
        self._shelf.get(number).rename(self._shelf.path(number, state))

    def drop(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            with suppress(OSError):  # a reader holds it open (Windows): it goes next time
                self._shelf.get(number).unlink()


def _flush(path: Path) -> None:
    """Force a file or folder to disk. Windows cannot open a folder, and needs no such flush after a rename."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
