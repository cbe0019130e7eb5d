"""Copies of versions that lie elsewhere, on this machine's disk: what is read when the place itself does not answer.

A copy is told by the checksum (SHA-256) that the place has of it, each time it is opened. A list of what the place had
when it last answered lies beside them.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from naravard.store.shelves import State

_LIST = "versioner.json"
_COPY = re.compile(r"(\d{6,})\.duckdb")
_DRAFT_SECONDS = 86_400
"""After so long a draft is of a process that was killed."""


@dataclass(frozen=True)
class Version:
    """What a place knows of a version beside its content."""

    state: State
    sha256: str

    @property
    def is_readable(self) -> bool:
        """Whether there is to be a copy of it."""
        return self.state is not State.UNDANTAGEN


class Copies:
    """The copies in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._list = self.remembered()

    def path(self, number: int) -> Path:
        """Where the copy of a version lies."""
        return self.folder / f"{number:06}.duckdb"

    def is_whole(self, number: int, version: Version) -> bool:
        """Whether the copy is there, and as the place has it."""
        try:
            return sha256(self.path(number).read_bytes()) == version.sha256
        except OSError:
            return False

    def write(self, number: int, content: bytes) -> None:
        """Write a copy, in one step for who reads."""
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.draft(number)
        draft.write_bytes(content)
        draft.replace(self.path(number))

    def take(self, number: int, file: Path) -> None:
        """Make a finished file the copy of a version. Where that fails it is fetched as any other."""
        with suppress(OSError):
            file.replace(self.path(number))

    def draft(self, number: int) -> Path:
        """A file of the caller's own."""
        return self.folder / f"{number:06}.{secrets.token_hex(4)}.tmp"

    def bring_up(self, versions: Mapping[int, Version], fetch: Callable[[int], bytes | None]) -> None:
        """Fetch what is not here, delete what nobody may read any more, and remember what there is."""
        for number, version in versions.items():
            is_same = self._list.get(number) == version and self.path(number).exists()
            if version.is_readable and not is_same and not self.is_whole(number, version):
                content = fetch(number)
                if content is not None:
                    self.write(number, content)
        if versions != self._list:
            self._delete(n for n in self._numbers() if n <= max(versions, default=0) and not _is_kept(n, versions))
            self._remember(versions)

    def remembered(self) -> dict[int, Version]:
        """What the place had when it last answered; nothing where it never has."""
        try:
            entries = json.loads((self.folder / _LIST).read_text(encoding="utf-8"))
            return {int(number): Version(State(state), checksum) for number, (state, checksum) in entries.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _remember(self, versions: Mapping[int, Version]) -> None:
        entries = {number: (version.state, version.sha256) for number, version in versions.items()}
        self.folder.mkdir(parents=True, exist_ok=True)
        draft = self.draft(0)
        draft.write_text(json.dumps(entries), encoding="utf-8")
        draft.replace(self.folder / _LIST)
        self._list = dict(versions)

    def _numbers(self) -> list[int]:
        return [int(match[1]) for path in self.folder.glob("*.duckdb") if (match := _COPY.fullmatch(path.name))]

    def _delete(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            with suppress(OSError):  # a reader holds it open (Windows): it goes next time
                self.path(number).unlink()
        for draft in self.folder.glob("*.tmp*"):
            with suppress(OSError):
                if time.time() - draft.stat().st_mtime > _DRAFT_SECONDS:
                    draft.unlink()


def sha256(content: bytes) -> str:
    """The checksum by which a version's content is told."""
    return hashlib.sha256(content).hexdigest()


def _is_kept(number: int, versions: Mapping[int, Version]) -> bool:
    return number in versions and versions[number].is_readable
