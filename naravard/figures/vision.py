"""The county's vision: its development areas and success factors, what follows each, and what nobody measures yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from naravard.base import settings, structs
from naravard.figures import indicators
from naravard.figures.indicators import Indicator


@dataclass(frozen=True)
class Part:
    """One part of the vision. `saknas` are things that nobody measures."""

    id: str
    titel: str
    betyder: str
    saknas: tuple[str, ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those whose files name this part."""
        return tuple(i for i in indicators.registry().values() if self.id in i.malbild)


@dataclass(frozen=True)
class Vision:
    """The whole vision, as data/malbild.toml has it: what the county develops, and what success depends on."""

    utvecklingsomrade: tuple[Part, ...]
    framgangsfaktor: tuple[Part, ...]


@cache
def of_the_county() -> Vision:
    """The vision. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "malbild.toml", Vision)
