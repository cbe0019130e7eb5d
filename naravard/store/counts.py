"""What goes into the store: an extract that has been counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from naravard.base.model import Remark


@dataclass(frozen=True)
class Counts:
    """A counted extract, ready to be published. It holds no person: `table` has one row per count."""

    kalla: str
    titel: str
    matperiod: str
    matdatum: date | None
    ar: int | None
    filnamn: str
    sha256: str
    rader_lasta: int
    rader_raknade: int
    table: pa.Table
    ursprung: str
    rapport: str
    publicerad: bool = False
    cumulative: bool = False
    """Whether it adds to earlier extracts of the source, instead of replacing the one of its period."""
    remarks: tuple[Remark, ...] = field(default=())
