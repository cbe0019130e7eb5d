"""What a disk refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from naravard.base.errors import UserError


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Raises UserError for what cannot be written to a folder."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise UserError(
            f"Det går inte att skriva i mappen {folder} ({reason}). Inget är ändrat. Kontrollera skrivrätt "
            "och ledigt utrymme, eller ange en annan mapp i NARAVARD_DATA."
        ) from error
