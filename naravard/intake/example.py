"""EXEMPELDATA: synthetic extracts whose totals are the deck's, so that the counting can be checked.

Each source makes its own (sources/*.py): a new one comes last.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from naravard import sources
from naravard.base import kommuner, settings
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.sources._example import World

MATPERIOD = "våren 2023"


@dataclass(frozen=True)
class ExampleFile:
    """A written file and the source that reads it."""

    path: Path
    kalla: str


def write_files(folder: Path, lan: str) -> list[ExampleFile]:
    """Write one synthetic file for each source that makes one. The same files each time, byte for byte."""
    if lan != settings.DEFAULT_LAN:
        raise UserError(
            f"Exempeldata finns bara för {kommuner.lan_name(settings.DEFAULT_LAN)}. "
            f"Ta bort NARAVARD_LAN eller sätt den till {settings.DEFAULT_LAN}."
        )
    world = World()
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    makers = [(source.example, source.id) for source in sources.sources().values() if source.example]
    for example, kalla in sorted(makers, key=lambda maker: (maker[0].place, maker[1])):
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(example.rows(world))
        path = folder / f"{EXAMPLE}_{kalla}.csv"
        path.write_bytes(text.getvalue().encode(example.encoding))
        files.append(ExampleFile(path, kalla))
    return files
