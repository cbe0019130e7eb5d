"""A small count, or a value that is a count by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naravard.figures.rules import Rule, Rules

if TYPE_CHECKING:
    from naravard.figures.indicators import Indicator
    from naravard.figures.protection import RawRow


def _reveals(row: RawRow, indicator: Indicator, rules: Rules) -> bool:
    is_only_value = row.taljare is None and not indicator.kind.has_denominator
    return rules.small(row.varde if is_only_value else row.taljare)


RULE = Rule("litet_antal", "{persons}", 1, _reveals)
