"""A share whose rest, the denominator less the numerator, is a small count: it tells of those who are not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naravard.figures.rules import Rule, Rules

if TYPE_CHECKING:
    from naravard.figures.indicators import Indicator
    from naravard.figures.protection import RawRow


def _reveals(row: RawRow, indicator: Indicator, rules: Rules) -> bool:
    if not indicator.kind.part_of_whole or row.namnare is None or row.taljare is None:
        return False
    return rules.small(row.namnare - row.taljare) and not rules.small(row.namnare)


RULE = Rule("liten_rest", "alla utom {span}", 2, _reveals, key="rest")
