"""The rules of disclosure control: which counts are suppressed as too small, and whether secondary suppression follows.

They are one table, `skydd.toml`, in the data folder or else the project's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from naravard.base import settings, structs
from naravard.base.errors import UserError

_FILE = "skydd.toml"
_HIGHEST = 50


@dataclass(frozen=True)
class Rules:
    """Counts from `low` to `high` are hidden.

    `rests` hides a share when the rest of its denominator is that small; `complementary` is secondary suppression: it
    hides what more is needed so that nothing hidden can be computed from what is visible.
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


@dataclass(frozen=True)
class Preset:
    """One set of rules as the file has it. A key that it lacks has the default, so that old files stay valid."""

    minst: int = Rules.low
    hogst: int = Rules.high
    rest: bool = Rules.rests
    foljd: bool = Rules.complementary


@dataclass(frozen=True)
class RulesFile:
    """The whole file: sets of rules by name, and which of them is in force."""

    galler: str
    regler: Mapping[str, Preset] = field(default_factory=dict)


def in_force() -> Rules:
    """The rules in force. Raises UserError that tells what is wrong in the table."""
    of_the_installation = settings.data_folder() / _FILE
    return _read(of_the_installation if of_the_installation.exists() else settings.OWN_DATA / _FILE)


@cache
def _read(path: Path) -> Rules:
    file = structs.read(path, RulesFile)
    preset = file.regler.get(file.galler)
    if preset is None:
        names = ", ".join(f"”{name}”" for name in file.regler) or "inga"
        raise UserError(f"I {path} ska ”galler” vara en av reglerna. Den är {file.galler!r}, reglerna är {names}.")
    if not (preset.minst in {0, 1} and preset.minst <= preset.hogst <= _HIGHEST):
        raise UserError(
            f"{path}, regler ”{file.galler}”: minst ska vara 0 eller 1, och hogst mellan minst och {_HIGHEST}."
        )
    return Rules(preset.minst, preset.hogst, preset.rest, preset.foljd)
