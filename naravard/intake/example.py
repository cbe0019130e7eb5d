"""EXEMPELDATA: synthetic extracts whose totals are the deck's, so that the counting can be checked.

Each source makes its own (sources/*.py): a new one comes last.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from naravard import sources
from naravard.base import kommuner, settings
from naravard.base.breaks import Break
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE, Example
from naravard.sources._example import World

MATPERIOD = "våren 2023"


@dataclass(frozen=True)
class ExampleFile:
    """A written file, the source that reads it, and its period."""

    path: Path
    kalla: str
    matperiod: str = MATPERIOD


def write_files(folder: Path, lan: str) -> list[ExampleFile]:
    """Write the synthetic files of each source that has any: of MATPERIOD, and in a folder below of earlier periods.

    The same files each time, byte for byte.
    """
    if lan != settings.DEFAULT_LAN:
        raise UserError(
            f"Exempeldata finns bara för {kommuner.lan_name(settings.DEFAULT_LAN)}. "
            f"Ta bort NARAVARD_LAN eller sätt den till {settings.DEFAULT_LAN}. Finns flera län: välj det."
        )
    world = World()
    makers = [(source.example, source.id) for source in sources.sources().values() if source.example]
    in_order = sorted(makers, key=lambda maker: (maker[0].place, maker[1]))
    files = [_write(folder, kalla, example, example.rows(world)) for example, kalla in in_order]
    for example, kalla in in_order:
        for matperiod, rows in (example.earlier(world) if example.earlier else {}).items():
            files.append(_write(folder / "tidigare", kalla, example, rows, matperiod))
    return files


def breaks() -> list[Break]:
    """The breaks in series that are planted in the files."""
    return [each for source in sources.sources().values() if source.example for each in source.example.breaks]


def _write(
    folder: Path, kalla: str, example: Example, rows: Sequence[Sequence[object]], matperiod: str = MATPERIOD
) -> ExampleFile:
    folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    when = "" if matperiod == MATPERIOD else f"_{matperiod.replace(' ', '_')}"
    path = folder / f"{EXAMPLE}_{kalla}{when}.csv"
    path.write_bytes(text.getvalue().encode(example.encoding))
    return ExampleFile(path, kalla, matperiod)
