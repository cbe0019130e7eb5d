"""A group of a whole that is small by itself: that all of a few persons are in one group tells it of each of them.

An attribute disclosure: 3 persons of whom 0 are women. So the groups of a small whole are hidden, 0 as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naravard.figures.rules import Rule, Rules

if TYPE_CHECKING:
    from naravard.figures.indicators import Indicator
    from naravard.figures.protection import RawRow

KEY = "liten_helhet"


def _reveals(row: RawRow, indicator: Indicator, rules: Rules) -> bool:
    return indicator.kind.part_of_whole and rules.small(row.namnare)


RULE = Rule(KEY, "grupper av {persons}", 3, _reveals, key=KEY)
