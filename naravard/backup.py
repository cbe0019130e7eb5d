"""A checked copy of the data folder, taken while the app runs, and the way back from it.

The snapshots of the store are immutable, and workshops are copied by SQLite itself, so nobody waits. A list of all
files with their checksums is written last: a copy without it is not finished. Example data is left out, since the
app makes it anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from naravard import __version__
from naravard.base import clock
from naravard.base.errors import UserError

_LIST = "kopia.json"
_LEFT_OUT = frozenset({"lager-exempel", "exempel"})
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


def take(data: Path, folder: Path) -> Copy:
    """Copy a data folder into another, which must be empty or new, and check it. Raises UserError."""
    if not data.is_dir():
        raise UserError(f"Det finns inga data att kopiera i {data}.")
    if data == folder or data in folder.parents or folder in data.parents:
        raise UserError(f"Kopian kan inte ligga i datamappen ({data}) eller runt den. Välj en annan mapp.")
    _refuse_filled(folder)
    folder.mkdir(parents=True, exist_ok=True)
    sums = _copy_all(data, folder)
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


def _copy_all(data: Path, folder: Path) -> dict[str, str]:
    """Checksums of what lies in the copy: the files that the folder has when nothing comes or goes any more."""
    sums: dict[str, str] = {}
    for _ in range(_ROUNDS):
        names = set(_names(data))
        for name in sums.keys() - names:  # a version that was pruned or withdrawn meanwhile
            (folder / name).unlink()
        sums = {name: checksum for name, checksum in sums.items() if name in names}
        if names == sums.keys():
            return sums
        for name in sorted(names - sums.keys()):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileNotFoundError):  # gone meanwhile: the next round sees that
                sums[name] = _copy_file(data / name, folder / name)
    raise UserError("Filerna i datamappen byts hela tiden. Ta kopian när ingen publicerar.")


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_passing = path.name == ".lock" or path.name.endswith(_PASSING)
        if path.is_file() and name.parts[0] not in {*_LEFT_OUT, _LIST} and not is_passing:
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
