"""A checked copy of the data folder, taken while the app runs, and the way back from it.

The snapshots of the store are immutable, and workshops are copied by SQLite itself, so nobody waits. A list of all
files with their checksums is written last: a copy without it is not finished. Example data is left out, since the
app makes it anew, and so are the keys of programs: one that has been revoked must not come back. Versions that lie in
a database are copied out of it, to where a data folder has them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from naravard import __version__, stores
from naravard.access import tokens
from naravard.base import clock
from naravard.base.errors import NotFound, UserError
from naravard.shared import documents
from naravard.store.shelves import COPIES, Shelf
from naravard.store.shelves.folder import FolderShelf

_LIST = "kopia.json"
VERSIONS = "lager"
"""The folder of the versions, in a län's own."""
_REST = ("workshop", documents.PROFILES, documents.CORRECTIONS)
"""What servers share beside the versions, as a data folder has it."""
_LEFT_OUT = frozenset({"lager-exempel", "exempel", COPIES, tokens.FILE})
_PASSING = (".lock", ".tmp", ".tmp.wal", "-wal", "-shm", "-journal")
"""Ends of files that belong to somebody's work right now."""
_SQLITE = ".sqlite"
_ROUNDS = 5
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Copy:
    """A finished copy: when it was taken, by which version of the program, and the checksum (SHA-256) of each file."""

    folder: Path
    tid: str
    program: str
    filer: dict[str, str]


def take(data: Path, folder: Path, shelves: Mapping[str, Shelf] | None = None, rest: Path | None = None) -> Copy:
    """Copy a data folder into another, which must be empty or new, and check it. Raises UserError.

    `shelves` have the versions where the data folder does not, by where a data folder has them, and `rest` is a folder
    with what servers share beside them.
    """
    if shelves is None and not data.is_dir():
        raise UserError(f"Det finns inga data att kopiera i {data}.")
    stores.refuse_unnamed(data)
    if data == folder or data in folder.parents or folder in data.parents:
        raise UserError(f"Kopian kan inte ligga i datamappen ({data}) eller runt den. Välj en annan mapp.")
    _refuse_filled(folder)
    folder.mkdir(parents=True, exist_ok=True)
    places: list[_Files | _Versions] = [_Files(data, *([VERSIONS] if shelves else []), *(_REST if rest else []))]
    places += [_Versions(shelf, place) for place, shelf in (shelves or {}).items()]
    places += [_Files(rest)] if rest else []
    sums = _copy_all(places, folder)
    copy = Copy(folder, clock.now().isoformat(timespec="seconds"), __version__, sums)
    check(copy)
    content = {"tid": copy.tid, "program": copy.program, "filer": copy.filer}
    temporary_path = folder / f"{_LIST}.tmp"
    temporary_path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    _flush(temporary_path)
    temporary_path.replace(folder / _LIST)
    return copy


def read(folder: Path) -> Copy:
    """A finished copy in a folder, whole. Raises UserError where it is not one, or not as it was taken."""
    try:
        content = json.loads((folder / _LIST).read_text(encoding="utf-8"))
        copy = Copy(folder, str(content["tid"]), str(content["program"]), dict(content["filer"]))
    except FileNotFoundError as error:
        raise UserError(f"{folder} är ingen färdig kopia: {_LIST} saknas. Ta en ny.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{folder / _LIST} går inte att läsa. Använd en annan kopia.") from error
    check(copy)
    return copy


def check(copy: Copy) -> None:
    """Raises UserError that names each file of a copy that is gone, another, or too many."""
    problems = [
        f"{name} {'saknas' if not (copy.folder / name).is_file() else 'är inte som när kopian togs'}"
        for name, checksum in copy.filer.items()
        if not _is_inside(name) or not (copy.folder / name).is_file() or _sum(copy.folder / name) != checksum
    ]
    problems += [f"{name} hör inte till kopian" for name in _names(copy.folder) if name not in copy.filer]
    if problems:
        raise UserError(f"Kopian i {copy.folder} är inte hel: {'; '.join(sorted(problems))}. Använd en annan kopia.")


def put_back(copy: Copy, data: Path) -> None:
    """Make a data folder of a copy. Raises UserError where the folder has anything in it: nothing is overwritten."""
    _refuse_filled(data)
    beside = data.with_name(f".{data.name}.aterskapas")
    shutil.rmtree(beside, ignore_errors=True)  # of one that was broken off
    for name, checksum in copy.filer.items():
        target = beside / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if _copy_bytes(copy.folder / name, target) != checksum:
            raise UserError(f"{name} gick inte att läsa tillbaka. Inget är ändrat. Försök igen.")
    beside.mkdir(parents=True, exist_ok=True)
    if data.exists():
        data.rmdir()
    beside.rename(data)


class _Files:
    """What lies in a data folder, less what is made anew or lies elsewhere."""

    def __init__(self, data: Path, *left_out: str) -> None:
        self._data = data
        self._left_out = _LEFT_OUT.union(left_out)

    def names(self) -> set[str]:
        return {
            name
            for name in _names(self._data)
            if self._left_out.isdisjoint(name.split("/")[:-1]) and name not in self._left_out
        }

    def copy(self, name: str, target: Path) -> str:
        return _copy_file(self._data / name, target)


class _Versions:
    """The versions on a shelf, by the names that they have in a data folder."""

    def __init__(self, shelf: Shelf, place: str) -> None:
        self._shelf = shelf
        self._place = Path(place)

    def names(self) -> set[str]:
        return set(self._by_name())

    def copy(self, name: str, target: Path) -> str:
        number = self._by_name().get(name)
        if number is None:
            raise FileNotFoundError
        target.write_bytes(self._shelf.content(number))
        _flush(target)
        return _sum(target)

    def _by_name(self) -> dict[str, int]:
        states = self._shelf.states().items()
        return {FolderShelf(self._place).path(number, state).as_posix(): number for number, state in states}


def _copy_all(places: Sequence[_Files | _Versions], folder: Path) -> dict[str, str]:
    """Checksums of what lies in the copy: the files that there are when nothing comes or goes any more."""
    sums: dict[str, str] = {}
    for _ in range(_ROUNDS):
        place_by_name = {name: place for place in places for name in place.names()}
        for name in sums.keys() - place_by_name.keys():  # a version that was pruned or withdrawn meanwhile
            (folder / name).unlink()
        sums = {name: checksum for name, checksum in sums.items() if name in place_by_name}
        if place_by_name.keys() == sums.keys():
            return sums
        for name in sorted(place_by_name.keys() - sums.keys()):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError, NotFound):  # gone meanwhile: the next round sees that
                sums[name] = place_by_name[name].copy(name, folder / name)
    raise UserError("Filerna i datamappen byts hela tiden. Ta kopian när ingen publicerar.")


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_passing = path.name == ".lock" or path.name.endswith(_PASSING)
        if path.is_file() and name.parts[0] != _LIST and not is_passing:
            yield name.as_posix()


def _copy_file(source: Path, target: Path) -> str:
    """Copy one file as it is at one moment. Gives the checksum of the copy."""
    if source.suffix != _SQLITE:
        return _copy_bytes(source, target)
    _copy_sqlite(source, target)
    _flush(target)
    return _sum(target)


def _copy_bytes(source: Path, target: Path) -> str:
    shutil.copyfile(source, target)
    _flush(target)
    checksum = _sum(target)
    if _sum(source) != checksum:
        raise UserError(f"{source} gick inte att kopiera rätt. Försök igen, helst till en annan disk.")
    return checksum


def _copy_sqlite(source: Path, target: Path) -> None:
    """As SQLite copies itself: all that is committed, also what is still in the log beside the file."""
    try:
        with closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as here, closing(_bare(target)) as there:
            here.backup(there)
            there.execute("pragma journal_mode=delete")  # one file, with nothing beside it
            if there.execute("pragma integrity_check").fetchone()[0] != "ok":
                raise UserError(f"{source} är skadad och går inte att kopiera.")
    except sqlite3.DatabaseError as error:
        raise UserError(f"{source} går inte att kopiera ({error}).") from error


def _bare(target: Path) -> sqlite3.Connection:
    return sqlite3.connect(target, isolation_level=None)


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} är inte tom. Välj en ny eller tom mapp: inget skrivs över.")


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and ":" not in name and "\\" not in name


def _sum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
