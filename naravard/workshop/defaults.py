"""What a new workshop begins with; its leader can change all of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from naravard.base import settings, structs


@dataclass(frozen=True)
class Defaults:
    """Name, groups and questions, as data/workshop.toml has them."""

    namn: str
    grupper: tuple[str, ...]
    fragor: tuple[str, ...]


@cache
def of_a_new_workshop() -> Defaults:
    """The defaults. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "workshop.toml", Defaults)
