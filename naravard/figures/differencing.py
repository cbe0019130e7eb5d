"""What two versions or two periods, laid beside each other, tell of a few persons: warnings before a publication.

The gate sees one version. Someone who has the former one sees the difference of the two, and a period beside its
parts shows the rest of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from naravard.base import kommuner, periods
from naravard.base.model import NO_GROUP, Finding
from naravard.base.numbers import joined, number
from naravard.figures import (
    indicators,
    rules,
)
from naravard.figures.changes import Change, compare
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.reader import Reader, plan_of
from naravard.store.snapshots import Counts, Snapshot, Store

_MOST_NAMED = 8


def against(store: Store, base: int | None, extracts: Sequence[Counts]) -> tuple[list[Change], list[Finding]]:
    """What these extracts would change in version `base`, and what the change itself would tell of a few persons."""
    with store.candidate(extracts, base) as new:
        if base is None:
            changes = compare(None, new)
        else:
            with store.open(base) as old:
                changes = compare(old, new)
        return changes, warnings(new, changes)


def warnings(new: Snapshot, changes: Sequence[Change]) -> list[Finding]:
    """What the analyst must know of before `new`, which differs by `changes` from what is shown now, is published."""
    published = {extract.uttag_id for extract in new.extracts() if extract.publicerad}
    mine = [c for c in changes if c.period == c.old_period and not (c.new and c.new.uttag_id in published)]
    span = rules.in_force().span
    return [
        *_finding(
            [_named(c) for c in mine if c.kind == "ändrat" and _few(c)],
            f"så lite ({span} personer) skiljer mot förra versionen att skillnaden kan peka ut någon",
            "Publicera bara om det är rätt att skillnaden blir känd",
        ),
        *_finding(
            [_named(c) for c in mine if c.kind == "blir dolt"],
            "syns i dag och blir dolt: den som har det gamla talet kan räkna vidare på det",
            "Publicera, men räkna med att det gamla talet är känt",
        ),
        *_finding(
            list(_parts(new, published)),
            f"perioden minus sina delar är {span} personer, så att resten kan räknas ut",
            "Publicera den ena av perioderna, eller dela in dem på annat sätt",
        ),
        *_finding(
            [f"{kommuner.area_name(cell.kommun_kod)}, {cell.matperiod}" for cell in plan_of(new).unprotected],
            "små tal kan räknas ut vad som än döljs, ur publicerade uttag eller tal som motsäger varandra",
            "Kontrollera talen, och ta bort märket ”publicerad” om ett uttag inte är det",
        ),
    ]


def _finding(where: Sequence[str], what: str, action: str) -> list[Finding]:
    if not where:
        return []
    unique = list(dict.fromkeys(where))
    named, rest = unique[:_MOST_NAMED], len(unique) - _MOST_NAMED
    places = joined([*named, f"{number(rest)} till"] if rest > 0 else named)
    return [Finding("varning", f"{what}: {places}", action=action)]


def _few(change: Change) -> bool:
    """Whether a count that was seen and is seen again differs by a few persons."""
    small = rules.in_force().small
    old, new = change.old, change.new
    if old is None or new is None:
        return False
    steps = [(old.taljare, new.taljare), (old.namnare, new.namnare)]
    return any(a is not None and b is not None and a != b and small(abs(a - b)) for a, b in steps)


def _named(change: Change) -> str:
    return _place(change.kommun, change.indicator.titel, change.group, change.period)


def _place(area: str, title: str, group: str, period: str) -> str:
    return f"{area} ({', '.join(part for part in (title, group, period) if part)})"


def _parts(new: Snapshot, published: set[int]) -> Iterator[str]:
    """Areas in which a period is only a few persons more than the periods within it that are shown too."""
    for indicator_id in indicators.registry():
        result = Reader.over(new).read(indicator_id, matperiod=periods.EVERY)
        for whole, parts in _contained(result.matperioder):
            for row in result.rows:
                if row.matperiod == whole and row.uttag_id not in published and _rest_is_few(result, row, parts):
                    group = "" if row.grupp == NO_GROUP else result.group_label(row.grupp)
                    yield _place(row.kommun, result.indicator.titel, group, f"{whole} minus {joined(list(parts))}")


def _contained(matperioder: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each period with the shorter ones that lie within it and do not overlap."""
    spans = {matperiod: span for matperiod in matperioder if (span := periods.span(matperiod))}
    for whole, (first, last) in spans.items():
        inside = [
            (span, matperiod)
            for matperiod, span in spans.items()
            if first <= span[0] and span[1] <= last and span != (first, last)
        ]
        parts, reached = [], first - 1
        for (start, end), matperiod in sorted(inside):
            if start > reached:
                parts.append(matperiod)
                reached = end
        if parts:
            yield whole, tuple(parts)


def _rest_is_few(result: ProtectedResult, row: ProtectedRow, parts: Sequence[str]) -> bool:
    counts = [
        part.taljare
        for part in result.rows
        if part.matperiod in parts and (part.kommun_kod, part.grupp) == (row.kommun_kod, row.grupp)
    ]
    known = [count for count in counts if count is not None]
    return row.taljare is not None and len(known) == len(parts) and rules.in_force().small(row.taljare - sum(known))
