"""A group that is another share of all than the period before: yes and no that have changed places, empty cells."""

from __future__ import annotations

from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration, number, with_unit
from naravard.figures import rules
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.absent_groups import MANY, UNKNOWN_GROUP, column_of, group_in_words, is_counted_by_groups
from naravard.intake.plausible.period_before import compared_extract
from naravard.methods import Z95

_MOST_CHANGE = 0.2
"""So much of all may a group grow or shrink by."""
_MANY_OF_ALL = 100
"""Of fewer persons, shares say little."""
_HERE = "select uppdelning, grupp, antal from antal where niva = 'lan' and antal is not null"
_EARLIER = """
select uppdelning, grupp, antal
from "{source}"
where uttag_id = $uttag_id and niva = 'lan' and antal is not null
"""
_Groups = dict[str, dict[str, int]]


def check(evidence: Evidence) -> list[Finding]:
    """Of the län, in divisions that both have and whose groups are all there; others are told of by themselves."""
    earlier = compared_extract(evidence) if is_counted_by_groups(evidence) else None
    if earlier is None:
        return []
    sql = _EARLIER.format(source=evidence.source.id)
    old = _by_division(evidence.query_store(sql, {"uttag_id": earlier.uttag_id}))
    new = _by_division(evidence.query(_HERE))
    overlapping = (
        {d.name for d in evidence.source.persons.divisions if d.overlaps} if evidence.source.persons else set()
    )
    changes = [
        f"{group_in_words(column, group)} {change}"
        for division in new
        if division in old
        and division not in overlapping
        and (column := column_of(evidence.source, division)) is not None
        for group, change in _changes(old[division], new[division]).items()
    ]
    if not changes:
        return []
    what = f"gruppernas andelar av alla skiljer mycket från {periods.when(earlier.matperiod)}: {enumeration(changes)}"
    action = "Kontrollera att värdena betyder detsamma som förut, och att inga fattas"
    return [Finding(Level.WARNING, FindingCode.DIFFERS_FROM_BEFORE, what, action=action)]


def _by_division(rows: list[tuple[str, str, int]]) -> _Groups:
    groups: _Groups = {}
    for division, group, antal in rows:
        groups.setdefault(division, {})[group] = antal
    return groups


def _changes(old: dict[str, int], new: dict[str, int]) -> dict[str, str]:
    """Group → `−43 procentenheter`, for those that have changed by so much, and by more than chance."""
    old_total, new_total = sum(old.values()), sum(new.values())
    is_told = any(count >= MANY and not new.get(group) for group, count in old.items() if group != UNKNOWN_GROUP)
    if min(old_total, new_total) < _MANY_OF_ALL or is_told:
        return {}
    changes = {}
    for group in sorted({*old, *new}):
        before, now = old.get(group, 0) / old_total, new.get(group, 0) / new_total
        both = (old.get(group, 0) + new.get(group, 0)) / (old_total + new_total)
        error_squared = both * (1 - both) * (1 / old_total + 1 / new_total)
        if round(abs(now - before), 6) >= _MOST_CHANGE and (now - before) ** 2 > Z95**2 * error_squared:
            changes[group] = _in_words(old.get(group, 0), new.get(group, 0), now - before)
    return changes


def _in_words(before: int, now: int, change: float) -> str:
    if any(map(rules.in_force().small, (before, now))):
        return "en stor ändring"
    return with_unit(f"{'+' if change > 0 else ''}{number(100 * change)}", "procentenheter")
