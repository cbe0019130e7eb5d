"""Disclosure by differencing: what two versions or two periods together reveal of a few persons.

The gate protects one version at a time. A reader who has the former version can subtract, and so can one who sees a
period beside its parts. The analyst is warned before the publication.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from naravard import sources
from naravard.base import kommuner, periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import NO_GROUP, UNKNOWN_PERIOD, Extract, Finding
from naravard.base.numbers import enumeration, number, with_unit
from naravard.figures import rules
from naravard.figures.changes import Change, ChangeKind, compare
from naravard.figures.gate import ProtectedRow
from naravard.figures.plans import plan_of, whole_of
from naravard.figures.protection import numerator
from naravard.figures.reader import Reader
from naravard.figures.rows import rows_of_all
from naravard.figures.rules import small_wholes
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot, Store

_MOST_PLACES = 8


class HiddenCount(NamedTuple):
    """A count that is hidden, in words, and why. It is for who publishes, who has the file, and not for readers."""

    indicator: str
    kommun: str
    group: str
    period: str
    reason: str


_HiddenCells = Set[tuple[int, str, str, str]]
"""Counts by extract, set, period and area, as a version remembers what it hides (store/ledger.hidden)."""


class Effect(NamedTuple):
    """What a publication would change, what that would reveal of a few persons, and which new counts are hidden."""

    changes: list[Change]
    warnings: list[Finding]
    hidden_counts: list[HiddenCount]


def against(store: Store, base: int | None, extracts: Sequence[Counts]) -> Effect:
    """What these extracts would change in version `base`, and what the change itself would reveal of a few persons."""
    only = None if base is None else _concerned(store.extracts(base), extracts)
    with store.candidate(extracts, base, only) as new:
        if base is None:
            changes = compare(None, new)
        elif only is None:
            with store.open(base) as old:
                changes = compare(old, new)
        else:
            with store.candidate([], base, only) as old:
                changes = compare(old, new)
        ids_before = set() if base is None else {extract.uttag_id for extract in store.extracts(base)}
        new_ids = {extract.uttag_id for extract in new.extracts()} - ids_before
        told_of = warnings(new, changes, _hidden_in(store, base))
        return Effect(changes, told_of, list(_hidden_counts(new, new_ids)))


def between(store: Store, before: int, after: int, changes: Sequence[Change] | None = None) -> list[Finding]:
    """What one version reveals of a few persons to who has seen another one before it; `changes` if they are known."""
    with store.open(before) as old, store.open(after) as new:
        return warnings(new, compare(old, new) if changes is None else changes, old.hidden())


def _hidden_in(store: Store, number: int | None) -> _HiddenCells:
    """What a version hid when it was published; nothing where there is none."""
    if number is None:
        return frozenset()
    with store.open(number) as snapshot:
        return snapshot.hidden()


_REASONS = {
    "litet_antal": "litet antal",
    "liten_rest": "alla utom ett litet antal",
    small_wholes.KEY: "grupp av ett litet antal",
    "foljd": "annars går ett litet antal att räkna ut",
}


def _hidden_counts(new: Snapshot, uttag_ids: Collection[int]) -> Iterator[HiddenCount]:
    """The numerators of some extracts that are hidden, in the order of indicators and areas.

    Only of those that are to be published: who has another file does not learn why its counts are hidden.
    """
    reason_by_cell = plan_of(new, {e.matperiod for e in new.extracts() if e.uttag_id in uttag_ids}).reasons
    for indicator, rows in rows_of_all(new):
        for row in rows:
            reason = reason_by_cell.get(numerator(indicator, row)) if row.uttag_id in uttag_ids else None
            if reason:
                group = "" if row.grupp == NO_GROUP else indicator.grupper.get(row.grupp, row.grupp)
                area = kommuner.area_name(row.kommun_kod)
                yield HiddenCount(indicator.titel, area, group, row.matperiod, _REASONS.get(reason, reason))


def _concerned(store_extracts: Sequence[Extract], extracts: Sequence[Counts]) -> set[int] | None:
    """Ids of the extracts in the store that new ones are seen beside; None where they are all of those in force.

    They are those of the new periods, of the ones that these are compared with, and of all that overlap with any of
    them, directly or through others, or do not say their days: the gate protects them together. Extracts that add up,
    or whose rows have periods of their own, are always there. A new one of these, or without days, concerns all.
    """
    if any(map(_has_own_periods, extracts)) or UNKNOWN_PERIOD in {each.matperiod.casefold() for each in extracts}:
        return None
    dated = [extract for extract in store_extracts if not _has_own_periods(extract)]
    new_periods = {extract.matperiod for extract in extracts}
    seen_periods = new_periods | {
        periods.nearest_before(new, [e.matperiod for e in dated if e.kalla == kalla and e.is_in_force])
        for new in new_periods
        for kalla in {extract.kalla for extract in dated}
    }
    together = periods.overlapping({*seen_periods, UNKNOWN_PERIOD}, {extract.matperiod for extract in dated})
    uttag_ids = {e.uttag_id for e in store_extracts if _has_own_periods(e) or e.matperiod in together}
    is_all = all(e.uttag_id in uttag_ids for e in store_extracts if e.is_in_force)
    return None if is_all else uttag_ids  # all are what the version is, which may have been worked out already


def _has_own_periods(extract: Extract | Counts) -> bool:
    source = sources.source(extract.kalla)
    return source.cumulative or source.period_sql is not None


def warnings(new: Snapshot, changes: Sequence[Change], hidden_before: _HiddenCells = frozenset()) -> list[Finding]:
    """What the analyst must know of before `new`, which differs by `changes` from what is shown now, is published.

    Why the counts are hidden that the version before hides too, `hidden_before`, was said when it was published.
    """
    published_ids = {extract.uttag_id for extract in new.extracts() if extract.publicerad}
    same_period = [c for c in changes if c.period == c.old_period and not (c.new and c.new.uttag_id in published_ids)]
    few_persons = with_unit(rules.in_force().span, "personer")
    return [
        *_findings(
            FindingCode.SMALL_DIFFERENCE,
            [_place_of(c) for c in same_period if c.kind is ChangeKind.CHANGED and _differs_by_few(c)],
            f"talet ändras med bara {few_persons}. Den som jämför versionerna kan förstå vilka det gäller",
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
            _hidden_for_earlier(new, hidden_before),
            "döljs bara därför att äldre versioner, som går att läsa, annars skulle ge små tal",
            f"Publicera så. Ska talen synas: ta sedan version {_versions_behind(new)} ur läsning, på sidan Versioner",
        ),
        *_findings(
            FindingCode.SMALL_REST_OF_PERIOD,
            list(_with_small_rest(new, published_ids)),
            f"perioden minus sina delar är {few_persons}, så att resten kan räknas ut",
            "Publicera den ena av perioderna, eller dela in dem på annat sätt",
        ),
        *_findings(
            FindingCode.NOT_PROTECTED,
            [f"{kommuner.area_name(cell.kommun_kod)}, {cell.matperiod}" for cell in plan_of(new).unprotected],
            "små tal går att räkna ut trots att de är dolda, med hjälp av uttag som redan är publicerade, äldre "
            "versioner eller tal som motsäger varandra",
            "Kontrollera talen, ta bort märket ”publicerad” om ett uttag inte är det, och ta äldre versioner ur "
            "läsning på sidan Versioner",
        ),
    ]


def _hidden_for_earlier(new: Snapshot, hidden_before: _HiddenCells) -> list[str]:
    """Places of counts not hidden before that would be seen, had nobody seen the versions before."""
    whole = whole_of(new)
    if not whole.taken_in():
        return []
    alone = whole_of(new, alone=True).plan()
    return [
        f"{kommuner.area_name(cell.kommun_kod)}, {cell.matperiod}"
        for cell in whole.plan().reasons
        if (cell.uttag_id, cell.mangd, cell.matperiod, cell.kommun_kod) not in hidden_before and not alone.hides(cell)
    ]


def _versions_behind(new: Snapshot) -> str:
    """The versions whose figures make more hidden, in words."""
    return enumeration(list(map(str, whole_of(new).taken_in())))


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
    for indicator, raw_rows in rows_of_all(new):
        if not any(_periods_within({row.matperiod for row in raw_rows})):
            continue  # as of most: what is seen of it need not be worked out
        result = Reader.over(new).read(indicator.id, matperiod=periods.EVERY)
        within = dict(_periods_within(result.matperioder))
        counts = {(row.matperiod, row.kommun_kod, row.grupp): row.taljare for row in result.rows}
        for row in result.rows:
            parts = within.get(row.matperiod, ())
            if parts and row.uttag_id not in published_ids and _rest_is_few(row, parts, counts):
                group = "" if row.grupp == NO_GROUP else result.group_label(row.grupp)
                what = f"{row.matperiod} minus {enumeration(list(parts))}"
                yield _place(row.kommun, result.indicator.titel, group, what)


def _periods_within(matperioder: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each period with the shorter ones that lie within it and do not overlap."""
    in_order = sorted((span, matperiod) for matperiod in matperioder if (span := periods.span(matperiod)))
    firsts = [span.first for span, _ in in_order]
    for whole, matperiod in in_order:
        inside = in_order[bisect_left(firsts, whole.first) : bisect_right(firsts, whole.last)]
        parts, last_day = [], None
        for part, name in inside:
            if part.last <= whole.last and part != whole and (last_day is None or part.first > last_day):
                parts.append(name)
                last_day = part.last
        if parts:
            yield matperiod, tuple(parts)


def _rest_is_few(row: ProtectedRow, parts: Sequence[str], counts: Mapping[tuple[str, str, str], int | None]) -> bool:
    """Whether a row's count is a few persons more than the visible counts of its parts, all of which are there."""
    visible_counts = [count for part in parts if (count := counts.get((part, row.kommun_kod, row.grupp))) is not None]
    return (
        row.taljare is not None
        and len(visible_counts) == len(parts)
        and rules.in_force().small(row.taljare - sum(visible_counts))
    )
