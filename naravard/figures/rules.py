"""Which counts are hidden: one table of rules, `skydd.toml`, in the data folder or else the project's own."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from naravard.base import settings
from naravard.base.errors import UserError

_FILE = "skydd.toml"
_HIGHEST = 50
_KEYS = {"minst": int, "hogst": int, "rest": bool, "foljd": bool}


@dataclass(frozen=True)
class Rules:
    """Counts from `low` to `high` are hidden.

    `rests` hides a share when the rest of its denominator is that small, `complementary` hides what more is needed so
    that nothing hidden can be worked out.
    """

    low: int = 1
    high: int = 4
    rests: bool = True
    complementary: bool = True

    def small(self, value: float | None) -> bool:
        """Whether a count is so small that it is hidden."""
        return value is not None and self.low <= value <= self.high

    @property
    def span(self) -> str:
        """The counts that are hidden, in words: `1–4`."""
        return f"{self.low}–{self.high}"


def rules() -> Rules:
    """The rules in force. Raises UserError that tells what is wrong in the table."""
    own = settings.data_folder() / _FILE
    return _read(own if own.exists() else settings.ROOT / "data" / _FILE)


@cache
def _read(path: Path) -> Rules:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, OSError) as error:
        raise UserError(f"Filen {path} går inte att läsa: {error}. Rätta den eller ta bort den.") from error
    sets = table.get("regler")
    chosen = table.get("galler")
    if not isinstance(sets, dict) or chosen not in sets:
        known = ", ".join(f"”{name}”" for name in sets) if isinstance(sets, dict) else "inga"
        raise UserError(f"I {path} ska ”galler” vara en av reglerna. Den är {chosen!r}, reglerna är {known}.")
    return _checked(sets[chosen], f"{path}, regler ”{chosen}”")


def _checked(rule: dict[str, Any], where: str) -> Rules:
    wrong = [key for key in rule if key not in _KEYS] + [
        key for key, kind in _KEYS.items() if type(rule.get(key)) is not kind
    ]
    if wrong:
        raise UserError(
            f"{where}: {', '.join(wrong)} är fel. Tillåtet: minst och hogst heltal, rest och foljd true/false."
        )
    low, high = rule["minst"], rule["hogst"]
    if not (low in {0, 1} and low <= high <= _HIGHEST):
        raise UserError(f"{where}: minst ska vara 0 eller 1, och hogst mellan minst och {_HIGHEST}.")
    return Rules(low, high, rule["rest"], rule["foljd"])
