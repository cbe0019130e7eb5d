"""What of an indicator's rows beside their counts depends on the counts, and so tells what is hidden: found by trial.

Which rows there are, and what stands in them beside the counts, is not hidden. SQL with a condition on a count (`where
antal >= 10`) shows by its missing rows which counts are small, and a year can be made of one. So the SQL is asked three
times in a copy in memory, in which every count of persons that is not published is large, then 1, then from 2 to 4: all
but the counts must be the same. A condition on zero (`where namnare > 0`) is let through.

That takes as long as all other work on a first page. So what the tests have tried stands in a file (`make docs`), by a
hash of its SQL: only what is not there is tried, once in a process for the same extracts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256

import duckdb

from naravard import sources
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.base.model import Extract
from naravard.figures import indicators
from naravard.figures.indicators import Indicator
from naravard.figures.protection import RawRow
from naravard.figures.rows import open_views, run_query, sources_read, views_read
from naravard.store import ledger
from naravard.store.database import SMALL_CONFIG, copy_tables
from naravard.store.schema import Schema, migrate, work_out_views
from naravard.store.snapshots import Snapshot

FAULT = (
    "frågan lämnar ut olika rader, år eller tecken beroende på hur stora antalen är. Ta bort det villkoret: "
    "små antal döljs ändå"
)
_TRIALS = (
    "{column} + 1000",
    "case when {column} is not null then 1 end",
    "case when {column} is not null then 2 + hash(kommun_kod) % 3 end",
)
"""What every count of persons becomes: large, 1, and small but not alike."""
_ONE_COLUMN = ("antal",)
"""Where a table has a row for each set, its counts have one column."""

WRITTEN_DOWN = settings.OWN_DATA / "provade_fragor.csv"
"""Indicators whose rows do not depend on their counts, as the tests have found: id and fingerprint of the SQL."""
_depends: dict[tuple[str, frozenset[tuple[int, str, str]]], bool] = {}
"""What has been tried in this process: SQL beside the extracts of persons that it was tried on."""


@cache
def fingerprint(sql: str) -> str:
    """A hash of an indicator's SQL with that of the views which it reads."""
    return sha256(repr((sql, sorted(views_read(sql).items()))).encode()).hexdigest()


@cache
def _fingerprints_written_down() -> frozenset[str]:
    if not WRITTEN_DOWN.exists():
        return frozenset()
    return frozenset(line.rpartition(",")[2] for line in WRITTEN_DOWN.read_text(encoding="utf-8").split())


def faults(snapshot: Snapshot) -> dict[str, str]:
    """Why an indicator is not shown, by id: its rows depend on the counts of persons in them."""
    extracts = _not_published(snapshot)
    keys = {
        indicator_id: (indicators.registry()[indicator_id].sql, own_extracts)
        for indicator_id, read in sources_read().items()
        if (own_extracts := frozenset((e.uttag_id, e.sha256, e.nar) for e in extracts if e.kalla in read))
    }
    known_fingerprints = _fingerprints_written_down()
    unknown_ids = [
        indicator_id
        for indicator_id, key in keys.items()
        if key not in _depends and fingerprint(key[0]) not in known_fingerprints
    ]
    if unknown_ids:
        dependent_ids = _dependent(snapshot, extracts, unknown_ids)
        _depends.update({keys[indicator_id]: indicator_id in dependent_ids for indicator_id in unknown_ids})
    return {indicator_id: FAULT for indicator_id, key in keys.items() if _depends.get(key)}


def _not_published(snapshot: Snapshot) -> list[Extract]:
    """The extracts of persons that are in force and have something hidden."""
    of_persons = sources.of_persons()
    return [e for e in snapshot.extracts() if e.kalla in of_persons and not e.publicerad and e.is_in_force]


def _dependent(snapshot: Snapshot, extracts: Sequence[Extract], indicator_ids: Iterable[str]) -> set[str]:
    """Of some indicators, those whose rows are others where the counts are."""
    own_indicators = [indicators.registry()[indicator_id] for indicator_id in indicator_ids]
    with duckdb.connect(config=SMALL_CONFIG) as connection:
        copy_tables(snapshot.connection, connection, sources.of_persons(), [extract.uttag_id for extract in extracts])
        ledger.migrate(connection)
        migrate(connection, Schema(sources.tables(), indicators.views()), temporary=False)
        connection.execute("set enable_external_access = false")
        open_to_all = {name: sql for indicator in own_indicators for name, sql in open_views(indicator.sql).items()}
        work_out_views(connection, open_to_all)
        answers = []
        for formula in _TRIALS:
            _change_counts(connection, {extract.kalla for extract in extracts}, formula)
            answers.append([_beside_the_counts(connection, indicator) for indicator in own_indicators])
    first, *others = answers
    return {
        indicator.id
        for position, indicator in enumerate(own_indicators)
        if any(answer[position] != first[position] for answer in others)
    }


def _change_counts(connection: duckdb.DuckDBPyConnection, source_ids: Collection[str], formula: str) -> None:
    for source_id in source_ids:
        persons = sources.sources()[source_id].persons
        columns = persons.columns.values() if persons and persons.columns else _ONE_COLUMN
        changes = ", ".join(f"{column} = {formula.format(column=column)}" for column in columns)
        connection.execute(f'update "{source_id}" set {changes}')


def _beside_the_counts(connection: duckdb.DuckDBPyConnection, indicator: Indicator) -> list[RawRow] | None:
    """The rows with whether they have counts of persons instead of which; None where the SQL fails."""
    try:
        rows = run_query(connection, indicator)
    except UserError:
        return None
    return [
        replace(
            row,
            taljare=None if row.taljare is None else 0,
            namnare=0 if row.namnare is not None and indicator.sets(row.grupp).namnare else row.namnare,
            varde=None,
        )
        for row in rows
    ]
