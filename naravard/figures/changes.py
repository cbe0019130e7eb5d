"""How the figures of one version of the store differ from another's: per indicator, area and group, after the gate."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from naravard.base import periods
from naravard.base.breaks import between
from naravard.base.errors import UserError
from naravard.base.model import NO_GROUP
from naravard.base.numbers import (
    HIDDEN,
    MISSING,
    enumeration,
    number,
    quantity,
)
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.plans import plan_of
from naravard.figures.protection import Cell
from naravard.figures.reader import Reader
from naravard.figures.rows import rows_of
from naravard.store.snapshots import Snapshot

_LARGE = 0.2
"""A change of more than this share of the old value is marked, whether or not chance explains it."""

_Rows = dict[tuple[str, str], ProtectedRow]
"""By area and group, in one period."""


class ChangeKind(StrEnum):
    """What happens to a figure. The value is also its label."""

    CHANGED = "ändrat"
    NEW = "nytt"
    GONE = "borta"
    LACKING = "saknas nu"
    """There is none in a new period, where other kommuner have theirs; that of the period before is still there."""
    BECOMES_HIDDEN = "blir dolt"
    BECOMES_VISIBLE = "blir synligt"


class ChangeMark(StrEnum):
    """Why a change is worth a look; empty where it is not. The value is also its label."""

    NONE = ""
    LARGE = "mer än 20 %"
    BEYOND_CHANCE = "större än slumpen"
    UNLIKE = "ej lika perioder"


@dataclass(frozen=True)
class Change:
    """One figure that differs. `old_period` is another than `period` where the new period had no figure before."""

    indicator: Indicator
    group: str
    kommun_kod: str
    kommun: str
    period: str
    old_period: str
    old: ProtectedRow | None
    new: ProtectedRow | None
    kind: ChangeKind
    mark: ChangeMark
    earlier_period: str = ""
    """The area's own period before `period` in the new version, where `old` is of the same period; else empty."""
    earlier: ProtectedRow | None = None
    """The figure of that period."""


STRIKING = {ChangeKind.GONE, ChangeKind.LACKING, ChangeKind.BECOMES_HIDDEN, ChangeKind.BECOMES_VISIBLE}
"""What comes or goes, but for what is new."""
_MATTERS = {ChangeMark.BEYOND_CHANCE: 0, ChangeMark.LARGE: 2}
_COMES_OR_GOES, _REST = 1, 3


def by_importance(changes: Sequence[Change]) -> list[Change]:
    """The changes as they matter: beyond chance first, then what comes or goes, then large ones; each by its size.

    Those of an indicator stand together, that with the most important one first.
    """
    in_order = sorted(changes, key=_importance)
    places = {change.indicator.id: place for place, change in reversed(list(enumerate(in_order)))}
    return sorted(in_order, key=lambda change: places[change.indicator.id])


def _importance(change: Change) -> tuple[int, float]:
    rank = _MATTERS.get(change.mark, _COMES_OR_GOES if change.kind in STRIKING else _REST)
    return rank, -_size(change)


def _size(change: Change) -> float:
    """How large a change is, as a share of the old value; 0 where there is nothing to compare."""
    old, new = change.old, change.new
    if old is None or new is None or old.varde is None or new.varde is None:
        return 0.0
    return abs(new.varde - old.varde) / max(abs(old.varde), 1)


def compare(old: Snapshot | None, new: Snapshot) -> list[Change]:
    """All figures that differ in the new version, in the order of indicators and areas.

    A period that the old version lacks is compared with the nearest earlier one that it has, of the same length and
    season where there is one.
    """
    changes: list[Change] = []
    for indicator_id, indicator in indicators.registry().items():
        if old and _are_the_same(old, new, indicator):
            continue
        after = Reader.over(new).read(indicator_id, matperiod=periods.EVERY)
        before = Reader.over(old).read(indicator_id, matperiod=periods.EVERY) if old else None
        old_rows, new_rows = _by_period(before), _by_period(after)
        for period in sorted({*after.matperioder, *(before.matperioder if before else ())}, key=periods.sort_key):
            old_period = _period_before(before, period)
            rows = old_rows.get(old_period, {}), new_rows.get(period, {})
            in_period = _in_period(indicator, after, *rows, (old_period, period))
            changes += _with_earlier(in_period, new_rows, after) if old_period == period else in_period
    return changes


def _are_the_same(old: Snapshot, new: Snapshot, indicator: Indicator) -> bool:
    """Whether two versions have the same rows of an indicator and hide the same of the extracts that they are from."""
    try:
        rows = rows_of(old, indicator)
        if rows != rows_of(new, indicator):
            return False
    except UserError:
        return False  # what cannot be computed is told where it is read
    uttag_ids = {uttag_id for row in rows for uttag_id in (row.uttag_id, row.namnare_uttag_id)}
    return _reasons_within(old, uttag_ids) == _reasons_within(new, uttag_ids)


def _reasons_within(snapshot: Snapshot, uttag_ids: Collection[int | None]) -> dict[Cell, str]:
    return {cell: reason for cell, reason in plan_of(snapshot).reasons.items() if cell.uttag_id in uttag_ids}


def summary(changes: Sequence[Change]) -> list[str]:
    """What changes, in a few sentences."""
    if not changes:
        return ["Inga tal som visas ändras."]
    titles = dict.fromkeys(change.indicator.titel for change in changes)
    sentences = [f"{number(len(changes))} tal ändras, i {quantity(len(titles), 'indikator', 'indikatorer')}."]

    def count_of(mark: ChangeMark) -> int:
        return sum(change.mark is mark for change in changes)

    marks = [
        (f"{quantity(n, 'ändring är', 'ändringar är')} {words}" if (n := count_of(mark)) else "")
        for mark, words in (
            (ChangeMark.BEYOND_CHANCE, "större än slumpen kan förklara"),
            (ChangeMark.LARGE, "större än 20 %"),
        )
    ]
    if count_of(ChangeMark.UNLIKE):
        sentences.append(
            "Perioden före är inte lika lång, eller från en annan tid på året: skillnaden mot den sägs inte vara en "
            "ändring."
        )
    if any(marks):
        sentences.append(f"Kontrollera: {enumeration([mark for mark in marks if mark])}.")
    beginnings = (
        (ChangeKind.NEW, "Nya tal för"),
        (ChangeKind.GONE, "Tal försvinner för"),
        (ChangeKind.LACKING, "Tal fanns förra mätperioden men saknas i den nya för"),
        (ChangeKind.BECOMES_HIDDEN, "Blir dolt för"),
        (ChangeKind.BECOMES_VISIBLE, "Blir synligt för"),
    )
    for kind, words in beginnings:
        areas = dict.fromkeys(change.kommun for change in changes if change.kind is kind)
        if areas:
            sentences.append(f"{words} {enumeration(list(areas))}.")
    return sentences


def figures(snapshot: Snapshot, uttag_id: int) -> list[tuple[Indicator, ProtectedRow]]:
    """All protected rows of a version that come from one extract."""
    return [
        (indicator, row)
        for indicator_id, indicator in indicators.registry().items()
        for row in Reader.over(snapshot).read(indicator_id, matperiod=periods.EVERY).rows
        if row.uttag_id == uttag_id
    ]


def _in_period(
    indicator: Indicator, after: ProtectedResult, old_rows: _Rows, new_rows: _Rows, old_and_new: tuple[str, str]
) -> list[Change]:
    old_period, period = old_and_new
    groups_of_kommuner = {grupp for kommun_kod, grupp in new_rows if len(kommun_kod) == 4}
    changes = []
    for key in dict.fromkeys([*new_rows, *old_rows]):
        is_of_kommun = len(key[0]) == 4 and key[1] in groups_of_kommuner
        if old_period != period and key not in new_rows and not is_of_kommun:
            continue  # the new period has no such figures
        old, new = old_rows.get(key), new_rows.get(key)
        kind = _kind(old, new, same_period=old_period == period)
        row = new or old
        if kind and row:
            mark = _mark(old, new, indicator) if _is_alike(old_period, period, row, after) else _unlike(old, new)
            group = "" if after.groups in {(), (NO_GROUP,)} else after.group_label(row.grupp)
            changes.append(
                Change(indicator, group, row.kommun_kod, row.kommun, period, old_period, old, new, kind, mark)
            )
    return changes


def _with_earlier(changes: Sequence[Change], rows: Mapping[str, _Rows], after: ProtectedResult) -> list[Change]:
    """The changes of a period with what the same area and group had in the period before that is like it."""
    return [
        replace(change, earlier_period=period, earlier=rows.get(period, {}).get((row.kommun_kod, row.grupp)))
        if (row := change.new or change.old) and (period := after.period_before(row.kommun_kod, change.period))
        else change
        for change in changes
    ]


def _period_before(result: ProtectedResult | None, period: str) -> str:
    """The same period in the old version; where it lacks that, the nearest that ended before it; empty for none."""
    if result is None or period in result.matperioder:
        return period if result else ""
    return periods.nearest_before(period, result.matperioder)


def _by_period(result: ProtectedResult | None) -> dict[str, _Rows]:
    rows: dict[str, _Rows] = {}
    for row in result.rows if result else ():
        if row.skydd != MISSING:
            rows.setdefault(row.matperiod, {})[row.kommun_kod, row.grupp] = row
    return rows


def _kind(old: ProtectedRow | None, new: ProtectedRow | None, *, same_period: bool) -> ChangeKind | None:
    if old is None:
        return ChangeKind.NEW if new else None
    if new is None:
        return ChangeKind.GONE if same_period else ChangeKind.LACKING
    if old.skydd != new.skydd:
        return ChangeKind.BECOMES_HIDDEN if new.skydd == HIDDEN else ChangeKind.BECOMES_VISIBLE
    is_same = (old.taljare, old.namnare, old.varde) == (new.taljare, new.namnare, new.varde)
    return None if is_same and same_period else ChangeKind.CHANGED


def _is_alike(old_period: str, period: str, row: ProtectedRow, after: ProtectedResult) -> bool:
    """Whether two periods are the same, or as long and from the same time of the year, measured in the same way."""
    is_like = periods.before(period, [period, old_period]) == old_period
    return old_period == period or (is_like and not between(after.breaks, old_period, period, row.kommun_kod))


def _unlike(old: ProtectedRow | None, new: ProtectedRow | None) -> ChangeMark:
    """Between periods that are not alike a difference is no change: that is said, and neither its size nor chance."""
    return ChangeMark.NONE if old is None or new is None else ChangeMark.UNLIKE


def _mark(old: ProtectedRow | None, new: ProtectedRow | None, indicator: Indicator) -> ChangeMark:
    if old is None or new is None or old.varde is None or new.varde is None:
        return ChangeMark.NONE
    if _beyond_chance(old, new, indicator):
        return ChangeMark.BEYOND_CHANCE
    return ChangeMark.LARGE if abs(new.varde - old.varde) > _LARGE * old.varde else ChangeMark.NONE


def _beyond_chance(old: ProtectedRow, new: ProtectedRow, indicator: Indicator) -> bool:
    """Not of a count that is of no source's persons: inhabitants are all there are, and no sample."""
    if indicator.kind.is_size and not indicator.mangder:
        return False
    if old.taljare is None or new.taljare is None:
        return False
    return indicator.kind.differs((old.taljare, old.namnare), (new.taljare, new.namnare))
