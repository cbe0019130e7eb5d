"""What is hidden in one version of the store, beside what its readers have seen in earlier ones: worked out once each.

What has been shown once stays known. So the plan of a version takes in the earlier versions that can still be read:
what they show cannot be hidden any more, and what they hide must not follow from what the new one shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial

from naravard import sources
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.base.model import Extract
from naravard.figures import count_dependence, rules
from naravard.figures.protection import Cell, Earlier, Plan, Read, Whole, days_of
from naravard.figures.rows import open_counts, printed_numbers, rows_of_all, sources_read, stored_counts
from naravard.store.shelves import OutOfReach
from naravard.store.snapshots import Snapshot


def plan_of(snapshot: Snapshot, matperioder: Collection[str] | None = None) -> Plan:
    """What is hidden in a version, seen over all indicators; in some periods, or all."""
    return whole_of(snapshot).plan(matperioder)


def hidden_cells(snapshot: Snapshot) -> list[tuple[int, str, str, str]]:
    """Which cells of which extracts a version hides, as the store remembers them (ledger.write_hidden).

    Of an extract that an earlier rule showed more of, it is still what that rule hid: all else has been seen.
    """
    whole = whole_of(snapshot)
    hidden = [c for c in whole.plan().reasons if c.uttag_id not in whole.shown_by_another_rule]
    hidden += [c for c in sorted(whole.hidden_before) if c.uttag_id in whole.shown_by_another_rule and c.mangd]
    cells = [(c.uttag_id, c.mangd, c.matperiod, c.kommun_kod) for c in hidden if c.uttag_id is not None]
    return [*cells, *((uttag_id, "", "", "") for uttag_id in sorted(whole.person_extracts))]


def refusals(snapshot: Snapshot) -> dict[str, str]:
    """Why an indicator is not shown, by id: its counts of persons cannot be placed among the sets of its source."""
    return whole_of(snapshot).refusals


def whole_of(snapshot: Snapshot, *, alone: bool = False) -> Whole:
    """All cells of a version; where `alone`, as if nobody had seen the versions before it."""
    earlier = () if alone else tuple(snapshot.earlier())
    key = "whole", settings.lan_kod(), rules.in_force(), earlier
    if key not in snapshot.memo:
        snapshot.memo[key] = Whole(
            rows_of_all(snapshot),
            stored_counts(snapshot.connection),
            {extract.uttag_id for extract in snapshot.extracts() if extract.publicerad},
            rules.in_force(),
            settings.lan_kod(),
            order_key=snapshot.order_key(),
            earlier=() if alone else tuple(_earlier(snapshot)),
            read=Read(
                {extract.uttag_id: extract.kalla for extract in snapshot.extracts()},
                sources_read(),
                open_counts(snapshot.connection),
                printed_numbers(snapshot.connection),
                frozenset(Cell(mangd, m, area, uttag_id) for uttag_id, mangd, m, area in snapshot.hidden()),
                count_dependence.faults(snapshot),
            ),
        )
    whole: Whole = snapshot.memo[key]
    return whole


def _earlier(snapshot: Snapshot) -> Iterator[Earlier]:
    """The earlier versions that can still be read, in runs that have the same extracts of persons, the newest first."""
    store = snapshot.store
    if store is None:
        return
    of_persons = {"", *sources.of_persons()}
    kalla_by_id = {extract.uttag_id: extract.kalla for extract in snapshot.extracts()}
    ids_by_version = {version.nummer: version.uttag for version in snapshot.versions()}
    periods_by_version = dict(_periods_by_version(snapshot))
    runs: list[list[int]] = [[]]
    for number in range(snapshot.number - 1, 0, -1):
        added_ids = ids_by_version.get(number + 1, ())  # a restore adds none, and may take any away
        if not added_ids or any(kalla_by_id.get(i, "") in of_persons for i in added_ids):
            runs.append([])
        if number in periods_by_version:
            runs[-1].append(number)
    left_out = _days_left_out(snapshot)
    for run in filter(None, runs):
        period_by_id = {i: m for i, m in periods_by_version[run[0]].items() if days_of(m) not in left_out}
        yield Earlier(tuple(run), period_by_id, partial(_whole_of, snapshot, run))


def _days_left_out(snapshot: Snapshot) -> set[object]:
    """Days whose extracts a candidate does not hold: what earlier versions show of them is not beside it."""
    if snapshot.only is None:
        return set()
    left_out = _in_force(snapshot.extracts()) - set(snapshot.only)
    return {days_of(extract.matperiod) for extract in snapshot.extracts() if extract.uttag_id in left_out}


def _periods_by_version(snapshot: Snapshot) -> Iterator[tuple[int, dict[int, str]]]:
    """The periods of the extracts that each earlier version counts, by their id; none of a version that is damaged.

    They follow from the log, so that no version is opened: what a publication adds was not there before it, and what
    that replaced was. Before another event, as a restore, the version itself says what it counts.
    """
    readable = set(snapshot.earlier())
    ids_by_version = {version.nummer: version.uttag for version in snapshot.versions()}
    extracts = snapshot.extracts()
    counted_ids = _in_force(extracts)
    for number in range(snapshot.number - 1, 0, -1):
        added_ids = ids_by_version.get(number + 1, ())
        if added_ids and extracts:
            counted_ids = counted_ids - set(added_ids) | _replaced_by(added_ids, extracts)
        elif number in readable:
            extracts = _extracts_of_version(snapshot, number)
            counted_ids = _in_force(extracts)
        else:
            extracts = []
        if number in readable:
            yield number, {e.uttag_id: e.matperiod for e in extracts if e.uttag_id in counted_ids}


def _in_force(extracts: Sequence[Extract]) -> set[int]:
    return {extract.uttag_id for extract in extracts if extract.is_in_force}


def _replaced_by(added_ids: Collection[int], extracts: Sequence[Extract]) -> set[int]:
    """Ids of the extracts that these took out of force: of each source and period the last one before them."""
    key_by_id = {extract.uttag_id: (extract.kalla, extract.matperiod.lower()) for extract in extracts}
    added_keys = {key_by_id[i] for i in added_ids if i in key_by_id}
    replaced_ids: dict[tuple[str, str], int] = {}
    for extract in sorted(extracts, key=lambda extract: extract.uttag_id):
        if not extract.is_in_force and extract.uttag_id < min(added_ids):
            replaced_ids[key_by_id[extract.uttag_id]] = extract.uttag_id
    return {uttag_id for key, uttag_id in replaced_ids.items() if key in added_keys}


def _extracts_of_version(snapshot: Snapshot, number: int) -> list[Extract]:
    """The extracts of an earlier version; none of one that is damaged."""
    assert snapshot.store
    try:
        with snapshot.store.open(number) as other:
            return other.extracts()
    except OutOfReach:  # others read it: what it shows must be known
        raise
    except UserError:
        return []


def _whole_of(snapshot: Snapshot, run: Sequence[int]) -> Whole | None:
    """All cells of a run of versions, by the newest that can be read; None where all are damaged."""
    assert snapshot.store
    for number in run:
        try:
            with snapshot.store.open(number) as other:
                return whole_of(other)
        except OutOfReach:
            raise
        except UserError:
            continue
    return None
