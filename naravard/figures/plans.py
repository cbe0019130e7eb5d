"""What is hidden in one version of the store, beside what its readers have seen in earlier ones: worked out once each.

What has been shown once stays known. So the plan of a version takes in the earlier versions that can still be read:
what they show cannot be hidden any more, and what they hide must not follow from what the new one shows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from naravard import sources
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.figures import rules
from naravard.figures.protection import Earlier, Plan, Whole
from naravard.figures.rows import inhabitants, rows_of_all, stored_counts
from naravard.store.snapshots import Snapshot

IN_FORCE = "gallande"


def plan_of(snapshot: Snapshot, matperioder: Collection[str] | None = None) -> Plan:
    """What is hidden in a version, seen over all indicators; in some periods, or all."""
    return whole_of(snapshot).plan(matperioder)


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
            inhabitants=inhabitants(snapshot.connection),
        )
    whole: Whole = snapshot.memo[key]
    return whole


def _earlier(snapshot: Snapshot) -> Iterator[Earlier]:
    """The earlier versions that can still be read, in runs that have the same extracts of persons, the newest first."""
    store = snapshot.store
    if store is None:
        return
    extracts_of_persons = {source.id for source in sources.sources().values() if source.persons}
    kalla_by_id = {extract.uttag_id: extract.kalla for extract in snapshot.extracts()}
    ids_by_version = {version.nummer: version.uttag for version in snapshot.versions()}
    readable = set(snapshot.earlier())
    runs: list[list[int]] = [[]]
    for number in range(snapshot.number - 1, 0, -1):
        added_ids = ids_by_version.get(number + 1, ())  # a restore adds none, and may take any away
        if not added_ids or any(kalla_by_id.get(i, "") in {"", *extracts_of_persons} for i in added_ids):
            runs.append([])
        if number in readable:
            runs[-1].append(number)
    for run in filter(None, runs):
        yield Earlier(tuple(run), _periods_of(snapshot, run[0]), partial(_whole_of, snapshot, run[0]))


def _periods_of(snapshot: Snapshot, number: int) -> dict[int, str]:
    """The periods of the extracts that an earlier version counts, by their id; none of a version that is damaged."""
    assert snapshot.store
    try:
        with snapshot.store.open(number) as other:
            return {extract.uttag_id: extract.matperiod for extract in other.extracts() if extract.status == IN_FORCE}
    except UserError:
        return {}


def _whole_of(snapshot: Snapshot, number: int) -> Whole:
    assert snapshot.store
    with snapshot.store.open(number) as other:
        return whole_of(other)
