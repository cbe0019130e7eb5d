"""The keys of the projected window, as they are told on the wall and on the page Projektor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from naravard.base import settings, structs


@dataclass(frozen=True)
class Key:
    """What can be pressed, and what it does."""

    tryck: str
    gor: str


@dataclass(frozen=True)
class Keyboard:
    """All keys, as data/projektor.toml has them."""

    tangent: tuple[Key, ...]


@cache
def of_the_show() -> Keyboard:
    """The keys. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "projektor.toml", Keyboard)
