"""The rules of disclosure control: which counts are suppressed as too small, and whether secondary suppression follows.

Which are in force is one table, `skydd.toml`, in the data folder or else the project's own. What makes a row sensitive
is found by looking: one module each that sets `RULE`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, make_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from naravard.base import settings, structs
from naravard.base.errors import UserError
from naravard.base.numbers import with_unit

if TYPE_CHECKING:
    from naravard.figures.indicators import Indicator
    from naravard.figures.protection import RawRow

_FILE = "skydd.toml"
_HIGHEST = 50


@dataclass(frozen=True)
class Rules:
    """Counts from `low` to `high` are hidden.

    `switched_off` are the keys of those rules of rows that are not in force. `complementary` is secondary suppression:
    it hides what more is needed so that nothing hidden can be computed from what is visible. `rounding_base`, where it
    is not 0, is what all visible counts are rounded to a multiple of, up or down at random; shares come from those.
    """

    low: int = 1
    high: int = 4
    switched_off: frozenset[str] = frozenset()
    complementary: bool = True
    rounding_base: int = 0

    def what_is_hidden(self) -> list[str]:
        """What may be behind a hidden figure, in words, by what is in force."""
        of_rows = [
            rule.words.format(span=self.span, persons=with_unit(self.span, "personer"))
            for rule in rules_of_rows()
            if rule.key not in self.switched_off
        ]
        more = ["ett tal som behövs för att räkna ut ett sådant"] if self.complementary else []
        return [*of_rows, *more]

    def small(self, value: float | None) -> bool:
        """Whether a count is so small that it is hidden."""
        return value is not None and self.low <= value <= self.high

    def rounded_count(self, count: int | None, chance: float) -> int | None:
        """A count as it is shown: the multiple of `rounding_base` below it or above it, by `chance` from 0 to 1.

        Unbiased random rounding: upwards as often as the count is near, so that sums of many are right in the mean.
        """
        if count is None or not self.rounding_base:
            return count
        below, above = divmod(count, self.rounding_base)
        return (below + (chance * self.rounding_base < above)) * self.rounding_base

    @property
    def span(self) -> str:
        """The counts that are hidden, in words: `1–4`."""
        return f"{self.low}–{self.high}"


@dataclass(frozen=True)
class Rule:
    """One reason to hide a row's numerator: `reveals` tells it from the row by itself.

    `key` switches it on and off in skydd.toml, and is empty for one that always holds. Rules are tried by `place`.
    """

    reason: str
    words: str
    """What it hides, as a reader sees it; `{span}` is the counts that are small, `{persons}` with their noun."""
    place: int
    reveals: Callable[[RawRow, Indicator, Rules], bool]
    key: str = ""


@cache
def rules_of_rows() -> tuple[Rule, ...]:
    """All rules of rows, in the order in which they are tried."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found_rules: list[Rule] = [module.RULE for module in modules]
    return tuple(sorted(found_rules, key=lambda rule: rule.place))


def reason_to_hide(row: RawRow, indicator: Indicator, rules: Rules) -> str | None:
    """Why a row's numerator must be hidden, from the row by itself; None where it need not be."""
    in_order = (rule for rule in rules_of_rows() if rule.key not in rules.switched_off)
    return next((rule.reason for rule in in_order if rule.reveals(row, indicator, rules)), None)


@cache
def _file_struct() -> Any:
    """The whole file: sets of rules by name, and which of them is in force.

    A key that a set lacks has the default, so that old files stay valid.
    """
    keys: list[Any] = [(rule.key, bool, True) for rule in rules_of_rows() if rule.key]
    fields: list[Any] = [
        ("minst", int, Rules.low),
        ("hogst", int, Rules.high),
        ("foljd", bool, True),
        ("avrunda", int, 0),
        *keys,
    ]
    preset = make_dataclass("Preset", fields, frozen=True)
    by_name: Any = Mapping[str, preset]  # type: ignore[valid-type]
    return make_dataclass("RulesFile", [("galler", str), ("regler", by_name, field(default_factory=dict))], frozen=True)


def in_force() -> Rules:
    """The rules in force. Raises UserError that tells what is wrong in the table."""
    of_the_installation = settings.data_folder() / _FILE
    return _read(of_the_installation if of_the_installation.exists() else settings.OWN_DATA / _FILE)


@cache
def _read(path: Path) -> Rules:
    file = structs.read(path, _file_struct())
    preset = file.regler.get(file.galler)
    if preset is None:
        names = ", ".join(f"”{name}”" for name in file.regler) or "inga"
        raise UserError(f"I {path} ska ”galler” vara en av reglerna. Den är {file.galler!r}, reglerna är {names}.")
    if not (preset.minst in {0, 1} and preset.minst <= preset.hogst <= _HIGHEST):
        raise UserError(
            f"{path}, regler ”{file.galler}”: minst ska vara 0 eller 1, och hogst mellan minst och {_HIGHEST}."
        )
    if not 0 <= preset.avrunda <= _HIGHEST:
        raise UserError(f"{path}, regler ”{file.galler}”: avrunda ska vara 0 (ingen avrundning) till {_HIGHEST}.")
    keys = {rule.key for rule in rules_of_rows() if rule.key}
    switched_off = frozenset(key for key in keys if not getattr(preset, key))
    return Rules(preset.minst, preset.hogst, switched_off, preset.foljd, preset.avrunda)
