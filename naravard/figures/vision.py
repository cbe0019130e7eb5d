"""The county's vision: its development areas and success factors, what follows each, and what nobody measures yet."""

from __future__ import annotations

from dataclasses import dataclass

from naravard.base import settings
from naravard.figures import indicators
from naravard.figures.indicators import Indicator


@dataclass(frozen=True)
class Part:
    """One part of the vision. `missing` are things that nobody measures."""

    id: str
    title: str
    meaning: str
    missing: tuple[str, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those whose files name this part."""
        return tuple(i for i in indicators.indicators().values() if self.id in i.malbild)


def _parts(kind: str) -> tuple[Part, ...]:
    entries = settings.table("malbild")[kind]
    return tuple(Part(e["id"], e["titel"], e["betyder"], tuple(e["saknas"])) for e in entries)


def development_areas() -> tuple[Part, ...]:
    """The four areas that the county develops."""
    return _parts("utvecklingsomrade")


def success_factors() -> tuple[Part, ...]:
    """The six things that success depends on."""
    return _parts("framgangsfaktor")
