"""The two stores and their first start: an empty one is filled through the real intake, once (idempotent)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from naravard import intake, sources
from naravard.base import kommuner, lan, settings, structs
from naravard.base.errors import UserError
from naravard.base.model import Remark, Source
from naravard.figures import indicators
from naravard.intake import example
from naravard.store.schema import Schema
from naravard.store.shelves import COPIES, shelf_at
from naravard.store.snapshots import Snapshot, Store

SYSTEM = "Nära vård i siffror"
_OTHER_LAN = "ovriga"
_WHY = "Första start: LGL:s bilder, befolkning och nyckeltal"
_WHY_OTHER = "Första start: öppna nyckeltal ur Kolada"


@dataclass(frozen=True)
class PublishedRemark:
    """A known trap in a file, for some indicators and perhaps one kommun."""

    indikatorer: tuple[str, ...]
    text: str
    kommun: str | None = None
    matperioder: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedFile:
    """A file in `data/published/`, whose it is (the code of a län, or `ovriga`), and how it is read.

    `publicerad` exempts its figures from hiding.
    """

    fil: str
    lan: str
    kalla: Annotated[Source, structs.OneOf(sources.sources)]
    publicerad: bool
    ursprung: str
    matperiod: str | None = None
    anmarkningar: tuple[PublishedRemark, ...] = ()


@cache
def published_files() -> tuple[PublishedFile, ...]:
    """What is published at the first start, in order. Raises UserError that tells all that is wrong in the list."""
    return structs.read_list(settings.PUBLISHED / "uttag.yaml", PublishedFile)


def live_store() -> Store:
    """The store of real figures. On an empty folder the files in `data/published/` are published first."""
    store = _store("lager", is_example=False)
    if store.newest is None:
        _refuse_another_first()
        counts = intake.counts_of([_examine_published(file) for file in _files_of(settings.lan_kod())])
        store.publish_first(counts, who=SYSTEM, why=_WHY if settings.lan_kod() in _own_lan() else _WHY_OTHER)
    _note_use(settings.data_folder())
    return store


def _refuse_another_first() -> None:
    """Raises UserError where the data folder itself has the store of another län than the one that is named first.

    Its län would otherwise be filled anew beside what has been read in of it.
    """
    first = lan.koder()[0]
    if settings.lan_kod() != first and settings.shared_url() is None:
        with lan.within(first):
            store = _store("lager", is_example=False)
            if store.newest is not None:
                with store.open():
                    pass


def example_store() -> Store:
    """The store of synthetic data, built at first use; where another thread or process builds it, that is awaited."""
    store = _store("lager-exempel", is_example=True)
    if store.newest is None:
        with store.shelf.building():
            build_example_store(store)
    return store


def has_example() -> bool:
    """Whether there is synthetic data of this län."""
    return settings.lan_kod() == settings.DEFAULT_LAN


def is_example_ready() -> bool:
    """Whether the store of synthetic data is built: what takes seconds the first time is then at hand."""
    return is_ready(is_example=True)


def is_ready(*, is_example: bool) -> bool:
    """Whether the store of synthetic data, or that of real figures, is filled. No store is filled for the question."""
    return _store_here(is_example=is_example).newest is not None


def is_withdrawn(version: int, *, is_example: bool) -> bool:
    """Whether a version of one of the stores has been taken out of reach. No store is filled for the question."""
    return _store_here(is_example=is_example).is_withdrawn(version)


def _store_here(*, is_example: bool) -> Store:
    return _store("lager-exempel" if is_example else "lager", is_example=is_example)


def store_of(*, is_example: bool) -> Store:
    """The store of synthetic data, or that of real figures."""
    return example_store() if is_example else live_store()


def build_example_store(store: Store | None = None) -> tuple[Store, int | None]:
    """Write the synthetic files and publish them in the demo store; None where it has been built."""
    store = store or _store("lager-exempel", is_example=True)
    lan_kod = settings.lan_kod()
    if store.newest is not None:
        return store, None
    files = example.write_files(lan.folder() / "exempel", lan_kod)
    examinations = [_examine_published(file) for file in _files_of(lan_kod) if file.kalla.cumulative]
    for file in files:
        examinations.append(
            intake.examine(
                file.path.read_bytes(),
                file.path.name,
                intake.Choices(kalla=file.kalla, matperiod=file.matperiod),
            )
        )
    version = store.publish_first(
        intake.counts_of(examinations), who=SYSTEM, why="EXEMPELDATA: påhittade personer", breaks=example.breaks()
    )
    return store, version


def _hidden_cells(snapshot: Snapshot) -> Iterable[tuple[int, str, str, str]]:
    from naravard.figures import plans  # noqa: PLC0415, only who publishes should wait for the solver

    return plans.hidden_cells(snapshot)


def store_at(address: str) -> Store:
    """The store of real figures in a data folder or a database, as it is: it is not filled."""
    return _store("lager", is_example=False, address=address)


def _store(name: str, *, is_example: bool, address: str | None = None) -> Store:
    lan_kod = settings.lan_kod()
    kommuner.lan_name(lan_kod)  # raises for a code that no län has, before anything is written
    shelf = shelf_at(address or address_in_use(), lan_kod, name)
    return Store(shelf, Schema(sources.tables(), indicators.views()), is_example=is_example, hidden_cells=_hidden_cells)


def address_in_use() -> str:
    """Where the versions lie: what NARAVARD_LAGER says, else the data folder. Raises UserError as `refuse_unnamed`."""
    refuse_unnamed(settings.data_folder())
    return settings.shared_url() or str(lan.folder())


def refuse_unnamed(data: Path) -> None:
    """Raises UserError for a data folder that has been used with a database, where none is named now.

    A nightly job without the setting would otherwise publish, or copy, what nobody looks at.
    """
    if settings.shared_url() is None and _is_there(in_use_mark(data)):
        raise UserError(
            f"Siffrorna för {data} ligger i en databas, men NARAVARD_LAGER är inte satt. Sätt den till samma adress "
            "som servern har. Ska de ligga i mappen igen: flytta dem dit med ”flytta-lager”, eller radera "
            f"{in_use_mark(data)}."
        )


def _note_use(data: Path) -> None:
    if settings.shared_url() and not _is_there(in_use_mark(data)):
        with suppress(OSError):  # a disk that cannot be written to is told of by who publishes
            in_use_mark(data).parent.mkdir(parents=True, exist_ok=True)
            in_use_mark(data).touch()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a folder of another user: told of by who reads in it
        return False


def in_use_mark(data: Path) -> Path:
    """A file that is there as long as a data folder is used with a database."""
    return data / COPIES / "anvands"


def _files_of(lan_kod: str) -> list[PublishedFile]:
    whose = lan_kod if lan_kod in _own_lan() else _OTHER_LAN
    return [file for file in published_files() if file.lan == whose]


def _own_lan() -> set[str]:
    """Codes of the län that have files of their own."""
    return {file.lan for file in published_files()} - {_OTHER_LAN}


def _content(file: PublishedFile) -> bytes:
    """The file; of one that is of the whole country the rows of this län's own areas and of riket."""
    content = (settings.PUBLISHED / file.fil).read_bytes()
    if file.lan != _OTHER_LAN:
        return content
    table = io.StringIO(newline="")
    rows = csv.DictReader(content.decode("utf-8").splitlines())
    writer = csv.DictWriter(table, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["omrade_kod"][:2] in {settings.lan_kod(), kommuner.RIKET})
    return table.getvalue().encode("utf-8")


def _examine_published(file: PublishedFile) -> intake.Examination:
    return intake.examine(
        _content(file),
        file.fil,
        intake.Choices(
            kalla=file.kalla.id,
            matperiod=file.matperiod,
            publicerad=file.publicerad,
            ursprung=file.ursprung,
            remarks=tuple(
                Remark(each.text, each.indikatorer, each.kommun, each.matperioder) for each in file.anmarkningar
            ),
        ),
    )
