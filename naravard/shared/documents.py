"""Documents: what is a readable file in the data folder of one machine, and a row where servers share a PostgreSQL.

A document has a name (`rattelser.csv`, `profiler/kalmar.json`) and a text. Nobody sees half of a change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from naravard.base import lan, settings
from naravard.base.errors import Unavailable

CORRECTIONS = "rattelser.csv"
PROFILES = "profiler"
"""The folder of profiles."""
KEYS = "nycklar.json"
"""Hashes of programs' keys: as a file nobody but the server's own user reads it, and no copy has it."""
_PATIENCE = 10
"""Seconds to wait for another that changes the same."""


class Documents(Protocol):
    """The documents of an installation."""

    def names(self, folder: str) -> list[str]:
        """The names of all documents in a folder, in order."""

    def read(self, name: str) -> str | None:
        """The text of a document; None where there is none. Raises UnicodeDecodeError for a file that is no text."""

    def change(self, name: str, work: Callable[[str | None], str]) -> None:
        """Let a document have the text that `work` makes of what it had. One change of it at a time."""

    def remove(self, name: str) -> None:
        """Take a document away."""

    def place(self, name: str) -> str:
        """Where a document lies, in words."""

    def identity(self) -> str:
        """A name that no other place has."""

    def mark_of(self, name: str) -> str | None:
        """What was last remembered of a document, if this place remembers anything."""

    def mark(self, name: str, mark: str) -> None:
        """Remember something of a document, if this place can."""


def of_installation() -> Documents:
    """Those of this län that all servers of the installation have."""
    return at(settings.shared_url() or str(lan.folder()))


def at(address: str) -> Documents:
    """The documents at the address of a PostgreSQL, or in a data folder."""
    if "://" not in address:
        return FolderDocuments(Path(address))
    from naravard.shared import database  # noqa: PLC0415, one machine needs no SQLAlchemy for its files
    from naravard.shared.documents_in_tables import TableDocuments  # noqa: PLC0415

    return TableDocuments(database.at(address))


def all_names(documents: Documents) -> list[str]:
    """The names of all documents."""
    corrections = [CORRECTIONS] if documents.read(CORRECTIONS) is not None else []
    return [*corrections, *documents.names(PROFILES)]


class FolderDocuments:
    """Files in a data folder, in UTF-8."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def names(self, folder: str) -> list[str]:
        """The names of all files in a folder, in order."""
        paths = (self._data / folder).glob("[!.]*.*")
        return sorted(f"{folder}/{path.name}" for path in paths if path.suffix != ".tmp")

    def read(self, name: str) -> str | None:
        """The text of a file; None where there is none."""
        path = self._data / name
        return path.read_text(encoding="utf-8-sig") if path.exists() else None

    def change(self, name: str, work: Callable[[str | None], str]) -> None:
        """Write a file in one step (atomic), under a lock."""
        path = self._data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock(path):
            text = work(self.read(name))
            temporary_path = path.with_suffix(".tmp")
            temporary_path.unlink(missing_ok=True)
            temporary_path.touch(mode=0o600 if name == KEYS else 0o666)
            temporary_path.write_text(text, encoding="utf-8")
            temporary_path.replace(path)

    @contextmanager
    def _lock(self, path: Path) -> Iterator[None]:
        lock = FileLock(path.parent / ".lock", timeout=_PATIENCE)
        try:
            lock.acquire()
        except Timeout as error:
            raise Unavailable(f"Någon annan skriver just nu i {path.parent}. Försök igen om en stund.") from error
        try:
            yield
        finally:
            lock.release()

    def remove(self, name: str) -> None:
        """Delete a file."""
        (self._data / name).unlink(missing_ok=True)

    def place(self, name: str) -> str:
        """Its path."""
        return str(self._data / name)

    def identity(self) -> str:
        """The folder."""
        return str(self._data.resolve())

    def mark_of(self, name: str) -> str | None:
        """Files remember nothing: the other place does."""
        return None

    def mark(self, name: str, mark: str) -> None:
        """Nothing, as above."""
