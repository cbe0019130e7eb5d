"""Whether counts are likely beside what is known: one module a check, found by looking. Each sets `check`.

A check gets the counts of a file and the version that it would be added to, and gives findings. Nothing here reads the
file's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import duckdb
import pyarrow as pa

from naravard.base.model import Finding, Source
from naravard.intake.counting import small_cursor
from naravard.store.snapshots import Snapshot


@dataclass(frozen=True)
class Evidence:
    """The counts of a file, and what is known already. `snapshot` is None for an empty store.

    `year` is the year of the figures, None where the period names none.
    """

    table: pa.Table
    source: Source
    matperiod: str
    year: int | None
    lan: str
    snapshot: Snapshot | None

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the counts of the file, which are the relation `antal`."""
        return self._with_counts.execute(sql).fetchall()

    @cached_property
    def _with_counts(self) -> duckdb.DuckDBPyConnection:
        """Registered once for all checks, which takes as long as to ask."""
        cursor = small_cursor()
        cursor.register("antal", self.table)
        return cursor

    def query_store(self, sql: str, parameters: dict[str, object] | None = None) -> list[tuple[Any, ...]]:
        """Ask the version that the file would be added to; nothing where there is none."""
        if self.snapshot is None:
            return []
        return self.snapshot.connection.execute(sql, parameters or {}).fetchall()


def findings(evidence: Evidence) -> list[Finding]:
    """What all checks say, in the order of their names."""
    return [finding for check in _checks() for finding in check(evidence)]


@cache
def _checks() -> tuple[Callable[[Evidence], list[Finding]], ...]:
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(import_module(f"{__name__}.{name}").check for name in names)
