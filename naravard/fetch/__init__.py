"""Open figures over the net: one module for each open source, found by looking, that sets `OPEN_SOURCE`.

What is fetched becomes files, in the source's own form, which go through the ordinary intake as if someone had
dropped them. Nothing here reads or writes a store's tables.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from naravard.base import clock, settings
from naravard.base.errors import NotFound, UserError
from naravard.base.model import Remark
from naravard.intake.choices import Choices
from naravard.store.snapshots import Store

if TYPE_CHECKING:
    from naravard.fetch.client import Client

YEARS = 10
"""So many years are fetched where nobody says which."""
Step = Callable[[str, float], None]
"""Called with what is being done and how far it has come (0–1). It may raise to cancel the work."""


class Cancelled(Exception):
    """Someone has asked for the fetching to stop."""


@dataclass(frozen=True)
class Wish:
    """What is to be fetched: for which län, from which year to which; kommuner of the whole country, or only of use.

    `remarks` are known traps in the figures that are there, which a newer extract of the same figures must keep.
    """

    lan: str
    first: int
    last: int
    whole_country: bool = False
    remarks: tuple[Remark, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years, the first first."""
        return tuple(range(self.first, self.last + 1))

    @property
    def years_in_name(self) -> str:
        """The years as they stand in the name of a file."""
        return f"{self.first}–{self.last}" if self.last > self.first else f"{self.first}"


@dataclass(frozen=True)
class FetchedFile:
    """A file as the source gave it, and how the intake is to read it."""

    filename: str
    content: bytes
    choices: Choices


@dataclass(frozen=True)
class OpenSource:
    """One open source, listed by its `place`: which of our sources its files are of, and how they are fetched."""

    id: str
    place: int
    name: str
    kalla: str
    figures: Callable[[], tuple[str, ...]]
    """What is fetched, a name each."""
    address: Callable[[], str]
    fetch: Callable[[Client, Wish, Step], list[FetchedFile]]
    keeps_remarks: bool = True
    """Whether what is known of the figures that are there holds for those that are fetched in their place."""


@cache
def open_sources() -> dict[str, OpenSource]:
    """All open sources by id, in the order of menus."""
    names = [module.name for module in iter_modules(__path__) if module.name not in {"client", "jobs"}]
    modules = [import_module(f"{__name__}.{name}") for name in names]
    in_order = sorted((module.OPEN_SOURCE for module in modules), key=lambda each: each.place)
    return {each.id: each for each in in_order}


def open_source(source_id: str) -> OpenSource:
    """One open source. Raises NotFound with the ids that exist."""
    if source_id not in open_sources():
        raise NotFound(f"Den öppna källan {source_id!r} finns inte. Välj en av {', '.join(open_sources())}.")
    return open_sources()[source_id]


def wish(
    first: int | None = None, last: int | None = None, *, whole_country: bool = False, remarks: tuple[Remark, ...] = ()
) -> Wish:
    """What is fetched for the län that is shown. Raises UserError for years that cannot be."""
    last = last or clock.today().year
    first = first or last - YEARS + 1
    if not 1968 <= first <= last <= clock.today().year:
        raise UserError(f"Åren {first}–{last} går inte att hämta. Välj år från 1968 till {clock.today().year}.")
    return Wish(settings.lan_kod(), first, last, whole_country, remarks)


def known_traps(source: OpenSource, store: Store) -> tuple[Remark, ...]:
    """What is known of the figures that those of the source will take the place of."""
    if store.base is None or not source.keeps_remarks:
        return ()
    with store.open(store.base) as snapshot:
        ids = {extract.uttag_id for extract in snapshot.extracts() if extract.kalla == source.kalla}
        return tuple(dict.fromkeys(remark for uttag_id, remark in snapshot.remarks() if uttag_id in ids))


def fetch(
    source: OpenSource, the_wish: Wish, *, step: Step = lambda text, part: None, is_cancelled: Callable[[], bool] = bool
) -> list[FetchedFile]:
    """The files of an open source. Raises NotAllowed where the operator has not named it, and UserError for a fault."""
    from naravard.fetch.client import open_client  # noqa: PLC0415 (the command line starts faster without it)

    step("Ansluter", 0)
    with open_client(source.id, source.name, source.address(), is_cancelled=is_cancelled) as client:
        files = source.fetch(client, the_wish, step)
    step("Hämtat", 1)
    return files
