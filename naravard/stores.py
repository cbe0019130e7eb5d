"""The two stores and their first start: an empty one is filled through the real intake, once (idempotent)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from filelock import FileLock

from naravard import intake, sources
from naravard.base import kommuner, settings, structs
from naravard.base.model import Remark, Source
from naravard.figures import indicators
from naravard.intake import example
from naravard.store.schema import Schema
from naravard.store.snapshots import Snapshot, Store

SYSTEM = "Nära vård i siffror"
_BUILD_SECONDS = 300


@dataclass(frozen=True)
class PublishedRemark:
    """A known trap in a file, for some indicators and perhaps one kommun."""

    indikatorer: tuple[str, ...]
    text: str
    kommun: str | None = None
    matperioder: tuple[str, ...] = ()


@dataclass(frozen=True)
class PublishedFile:
    """A file in `data/published/` and how it is read. `publicerad` exempts its figures from hiding."""

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
        counts = intake.counts_of([_examine_published(file) for file in _files_of(settings.lan_kod())])
        store.publish_first(counts, who=SYSTEM, why="Första start: LGL:s bilder, befolkning och nyckeltal")
    return store


def example_store() -> Store:
    """The store of synthetic data, built at first use; where another thread or process builds it, that is awaited."""
    store = _store("lager-exempel", is_example=True)
    if store.newest is None:
        with _building(store):
            build_example_store(store)
    return store


def is_example_ready() -> bool:
    """Whether the store of synthetic data is built: what takes seconds the first time is then at hand."""
    return _store("lager-exempel", is_example=True).newest is not None


@contextmanager
def _building(store: Store) -> Iterator[None]:
    """One build at a time. A folder that cannot be written to is told of by the store, in words."""
    with ExitStack() as locks:
        with suppress(OSError):
            store.folder.mkdir(parents=True, exist_ok=True)
            locks.enter_context(FileLock(store.folder / ".bygge", timeout=_BUILD_SECONDS))
        yield


def is_withdrawn(version: int, *, is_example: bool) -> bool:
    """Whether a version of one of the stores has been taken out of reach. No store is filled for the question."""
    return _store("lager-exempel" if is_example else "lager", is_example=is_example).is_withdrawn(version)


def store_of(*, is_example: bool) -> Store:
    """The store of synthetic data, or that of real figures."""
    return example_store() if is_example else live_store()


def build_example_store(store: Store | None = None) -> tuple[Store, int | None]:
    """Write the synthetic files and publish them in the demo store; None where it has been built."""
    store = store or _store("lager-exempel", is_example=True)
    lan = settings.lan_kod()
    if store.newest is not None:
        return store, None
    files = example.write_files(settings.data_folder() / "exempel", lan)
    examinations = [_examine_published(file) for file in _files_of(lan) if file.kalla.cumulative]
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


def _store(folder: str, *, is_example: bool) -> Store:
    kommuner.lan_name(settings.lan_kod())  # raises for a code that no län has, before anything is written
    schema = Schema(sources.tables(), indicators.views())
    return Store(settings.data_folder() / folder, schema, is_example=is_example, hidden_cells=_hidden_cells)


def _files_of(lan: str) -> list[PublishedFile]:
    return [file for file in published_files() if file.lan == lan]


def _examine_published(file: PublishedFile) -> intake.Examination:
    return intake.examine(
        (settings.PUBLISHED / file.fil).read_bytes(),
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
