"""Where finished versions lie, found by looking: one module each, which knows nothing of what is in them.

A shelf has numbered files, each with a state. The store (`store.snapshots`) knows what is in a file, and what follows
from what; a shelf makes sure that a number is given once, whole or not at all, and that a reader can open it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from naravard.base.errors import NotFound, UserError
from naravard.base.numbers import enumeration

COPIES = "delat"
"""Folder of a data folder that has copies of what lies elsewhere: it can be deleted, and comes again."""


class State(StrEnum):
    """Who a finished version is for."""

    PUBLICERAD = "publicerad"
    """All who may read."""
    UNDANTAGEN = "undantagen"
    """Nobody: it has been taken out of reach, and only the operator can put it back."""
    PRELIMINAR = "preliminar"
    """Those who look at it before it is published."""


@dataclass(frozen=True)
class Note:
    """Who put a version on a shelf, why, and when it was made (now, where that is not said)."""

    who: str
    why: str
    when: datetime | None = None


class Taken(Exception):
    """A number that a finished version was to have is another's."""


class OutOfReach(UserError):
    """A version that others can read cannot be read here now. What it shows still counts."""


class Writing(ABC):
    """What a writer may do to a shelf as long as the lock is held.

    Which version is the newest and which number is the next come from one reading, `states`, which is made when the
    lock is had: two readings could be of two moments, and what was published between them would be lost.
    """

    states: Mapping[int, State]

    @property
    def newest(self) -> int | None:
        """Number of the newest published version, None where nothing is published."""
        return newest_of(self.states)

    @property
    def preliminary(self) -> int | None:
        """Number of the preliminary version that waits, None where none does."""
        return preliminary_of(self.states)

    @property
    def base(self) -> int | None:
        """Number of the version that the next one builds on: what waits, else what is published."""
        return base_of(self.states)

    @property
    def next_number(self) -> int:
        """The number after all that are taken, in whatever state."""
        return max(self.states, default=0) + 1

    @abstractmethod
    def draft(self) -> Path:
        """Where the next version is to be written before it is finished; what lies there is nobody's."""

    @abstractmethod
    def put(
        self,
        number: int,
        file: Path,
        note: Note,
        *,
        state: State = State.PUBLICERAD,
        also: Mapping[int, State] | None = None,
    ) -> None:
        """Make a finished file version `number`, and give other versions the states in `also`: all of it or nothing.

        The file is the shelf's afterwards. Raises Taken where the number is another's.
        """

    @abstractmethod
    def set_state(self, number: int, state: State) -> None:
        """Give a version another state."""

    @abstractmethod
    def drop(self, numbers: Iterable[int]) -> None:
        """Delete versions for good; one that a reader holds open may stay until the next time."""


class Shelf(ABC):
    """Finished versions, each a complete DuckDB file that never changes."""

    folder: Path
    """Where the files, or copies of them, lie on this machine: the name of the shelf in what is remembered of it."""

    @abstractmethod
    def states(self) -> Mapping[int, State]:
        """All versions by number. Raises UserError where that cannot be known."""

    def numbers(self, *states: State) -> list[int]:
        """Numbers of the versions in some states (the published ones by default), in order."""
        of_states = states or (State.PUBLICERAD,)
        return sorted(number for number, state in self.states().items() if state in of_states)

    @abstractmethod
    def fingerprint(self, number: int) -> Hashable:
        """What tells the content of a version from that of every other, for what is remembered of it."""

    @abstractmethod
    def get(self, number: int) -> Path:
        """A finished file to open read-only. Raises NotFound where there is none, and OutOfReach."""

    @abstractmethod
    def content(self, number: int) -> bytes:
        """All that a version is, in whatever state, from the place itself. Raises NotFound where there is none."""

    def refusal(self) -> str | None:
        """Why nothing can be published now, in words, where that is known beforehand."""
        return None

    @abstractmethod
    def lock(self) -> AbstractContextManager[Writing]:
        """One writer at a time, over all processes that share the shelf.

        Raises UserError for one who waits too long, and for what the place refuses; all is then as it was.
        """

    @abstractmethod
    def building(self) -> AbstractContextManager[None]:
        """One at a time fills an empty store; others wait for it. Does not keep anyone from publishing."""


def no_version(number: int) -> NotFound:
    """What is said of a number that nothing has."""
    return NotFound(f"Version {number} finns inte. Se ”python -m naravard versioner”.")


def newest_of(states: Mapping[int, State]) -> int | None:
    """The highest number that is published."""
    return max((number for number, state in states.items() if state is State.PUBLICERAD), default=None)


def preliminary_of(states: Mapping[int, State]) -> int | None:
    """The preliminary version that waits, which builds on all others that do."""
    return max(all_preliminary(states), default=None)


def all_preliminary(states: Mapping[int, State]) -> list[int]:
    """The versions that are preliminary and that nothing has been published after, in order."""
    newest = newest_of(states) or 0
    return sorted(n for n, state in states.items() if state is State.PRELIMINAR and n > newest)


def base_of(states: Mapping[int, State]) -> int | None:
    """The version that the next one builds on: the preliminary one that waits, else the newest published."""
    return preliminary_of(states) or newest_of(states)


def shelf_at(address: str, lan: str, name: str) -> Shelf:
    """The shelf of one store: in a data folder, or where the scheme of an address says, which is a module's name here.

    Raises UserError for an address that no shelf has.
    """
    shelf: Shelf = _module(urlsplit(address).scheme if "://" in address else "folder").shelf_at(address, lan, name)
    return shelf


@cache
def _module(scheme: str) -> Any:
    schemes = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    if scheme not in schemes:
        begins = enumeration([f"{each}://" for each in schemes if each != "folder"])
        raise UserError(f"NARAVARD_LAGER börjar med {scheme}:// men ska börja med {begins}. Utan den används mappen.")
    try:
        return import_module(f"{__name__}.{scheme}")
    except ImportError as error:
        raise UserError(
            f"NARAVARD_LAGER är en adress till {scheme}, och det som behövs för den är inte installerat. Installera "
            "tillägget: pip install ”naravard[postgres]”, se docs/delat-lager.md."
        ) from error
