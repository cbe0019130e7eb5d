"""Disclosure by differencing: what two versions or two periods together reveal of a few persons.

The gate protects one version at a time. A reader who has the former version can subtract, and so can one who sees a
period beside its parts. The analyst is warned before the publication.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from naravard.base import kommuner, periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import NO_GROUP, Finding
from naravard.base.numbers import enumeration, number
from naravard.figures import (
    indicators,
    rules,
)
from naravard.figures.changes import Change, ChangeKind, compare
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.plans import plan_of, whole_of
from naravard.figures.reader import Reader
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot, Store

_MOST_PLACES = 8


def against(store: Store, base: int | None, extracts: Sequence[Counts]) -> tuple[list[Change], list[Finding]]:
    """What these extracts would change in version `base`, and what the change itself would reveal of a few persons."""
    with store.candidate(extracts, base) as new:
        if base is None:
            changes = compare(None, new)
        else:
            with store.open(base) as old:
                changes = compare(old, new)
        return changes, warnings(new, changes)


def warnings(new: Snapshot, changes: Sequence[Change]) -> list[Finding]:
    """What the analyst must know of before `new`, which differs by `changes` from what is shown now, is published."""
    published_ids = {extract.uttag_id for extract in new.extracts() if extract.publicerad}
    same_period = [c for c in changes if c.period == c.old_period and not (c.new and c.new.uttag_id in published_ids)]
    span = rules.in_force().span
    return [
        *_findings(
            FindingCode.SMALL_DIFFERENCE,
            [_place_of(c) for c in same_period if c.kind is ChangeKind.CHANGED and _differs_by_few(c)],
            f"så lite ({span} personer) skiljer mot förra versionen att skillnaden kan peka ut någon",
            "Publicera bara om det är rätt att skillnaden blir känd",
        ),
        *_findings(
            FindingCode.BECOMES_HIDDEN,
            [_place_of(c) for c in same_period if c.kind is ChangeKind.BECOMES_HIDDEN],
            "syns i dag och blir dolt: den som har det gamla talet kan räkna vidare på det",
            "Publicera, men räkna med att det gamla talet är känt",
        ),
        *_findings(
            FindingCode.HIDDEN_FOR_EARLIER,
            _hidden_for_earlier(new),
            "döljs bara därför att äldre versioner, som går att läsa, annars skulle ge små tal",
            f"Publicera så. Ska talen synas: ta sedan de äldre versionerna ur läsning ({_withdrawal(new)})",
        ),
        *_findings(
            FindingCode.SMALL_REST_OF_PERIOD,
            list(_with_small_rest(new, published_ids)),
            f"perioden minus sina delar är {span} personer, så att resten kan räknas ut",
            "Publicera den ena av perioderna, eller dela in dem på annat sätt",
        ),
        *_findings(
            FindingCode.NOT_PROTECTED,
            [f"{kommuner.area_name(cell.kommun_kod)}, {cell.matperiod}" for cell in plan_of(new).unprotected],
            "små tal kan räknas ut vad som än döljs, ur publicerade uttag, äldre versioner eller tal som motsäger "
            "varandra",
            "Kontrollera talen, ta bort märket ”publicerad” om ett uttag inte är det, och ta äldre versioner ur "
            "läsning på sidan Versioner",
        ),
    ]


def _hidden_for_earlier(new: Snapshot) -> list[str]:
    """Places of counts that would be seen, had nobody seen the versions before."""
    whole = whole_of(new)
    if not whole.taken_in():
        return []
    alone = whole_of(new, alone=True).plan()
    return [
        f"{kommuner.area_name(cell.kommun_kod)}, {cell.matperiod}"
        for cell in whole.plan().reasons
        if not alone.hides(cell)
    ]


def _withdrawal(new: Snapshot) -> str:
    """The command that takes the versions out of reach whose figures make more hidden."""
    numbers = whole_of(new).taken_in()
    return f"”python -m naravard undanta {' '.join(map(str, numbers))} --orsak …”"


def _findings(code: FindingCode, places: Sequence[str], what: str, action: str) -> list[Finding]:
    """One warning for all places; none where there are no places."""
    if not places:
        return []
    unique_places = list(dict.fromkeys(places))
    first_places, more = unique_places[:_MOST_PLACES], len(unique_places) - _MOST_PLACES
    listing = enumeration([*first_places, f"{number(more)} till"] if more > 0 else first_places)
    return [Finding(Level.WARNING, code, f"{what}: {listing}", action=action)]


def _differs_by_few(change: Change) -> bool:
    """Whether a count that is visible in both versions differs by a few persons."""
    is_small = rules.in_force().small
    old, new = change.old, change.new
    if old is None or new is None:
        return False
    counts = [(old.taljare, new.taljare), (old.namnare, new.namnare)]
    return any(a is not None and b is not None and a != b and is_small(abs(a - b)) for a, b in counts)


def _place_of(change: Change) -> str:
    return _place(change.kommun, change.indicator.titel, change.group, change.period)


def _place(area: str, title: str, group: str, period: str) -> str:
    return f"{area} ({', '.join(part for part in (title, group, period) if part)})"


def _with_small_rest(new: Snapshot, published_ids: set[int]) -> Iterator[str]:
    """Places where a period is only a few persons more than the periods within it, which are visible too."""
    for indicator_id in indicators.registry():
        result = Reader.over(new).read(indicator_id, matperiod=periods.EVERY)
        for whole, parts in _periods_within(result.matperioder):
            for row in result.rows:
                if row.matperiod == whole and row.uttag_id not in published_ids and _rest_is_few(result, row, parts):
                    group = "" if row.grupp == NO_GROUP else result.group_label(row.grupp)
                    yield _place(row.kommun, result.indicator.titel, group, f"{whole} minus {enumeration(list(parts))}")


def _periods_within(matperioder: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each period with the shorter ones that lie within it and do not overlap."""
    spans = {matperiod: span for matperiod in matperioder if (span := periods.span(matperiod))}
    for whole, (first, last) in spans.items():
        inside = [
            (span, matperiod)
            for matperiod, span in spans.items()
            if first <= span[0] and span[1] <= last and span != (first, last)
        ]
        parts, last_month = [], first - 1
        for (start, end), matperiod in sorted(inside):
            if start > last_month:
                parts.append(matperiod)
                last_month = end
        if parts:
            yield whole, tuple(parts)


def _rest_is_few(result: ProtectedResult, row: ProtectedRow, parts: Sequence[str]) -> bool:
    counts = [
        part.taljare
        for part in result.rows
        if part.matperiod in parts and (part.kommun_kod, part.grupp) == (row.kommun_kod, row.grupp)
    ]
    visible_counts = [count for count in counts if count is not None]
    return (
        row.taljare is not None
        and len(visible_counts) == len(parts)
        and rules.in_force().small(row.taljare - sum(visible_counts))
    )
