"""How long the gate takes for one version with all its indicators, and how it grows: a part of `make bench`.

The rows are those of the demo store; for more kommuner they are dealt out again with other numbers, and for 20
indicators some are taken twice under another name.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from naravard import stores
from naravard.figures import protection, rules
from naravard.figures.indicators import Indicator
from naravard.figures.plans import plan_of
from naravard.figures.protection import RawRow
from naravard.figures.rows import rows_of_all

INDICATORS, TIMES = 20, 3
KOMMUNER = (12, 24, 49, 98, 290)
"""Kalmar län, twice as many, Västra Götaland, twice as many, and the country."""
Results = list[tuple[Indicator, list[RawRow]]]


def main(largest: int = KOMMUNER[-1]) -> None:
    """Print seconds and the ratio to 12 kommuner for each size; and for the demo store as the app asks it."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARAVARD_DATA"] = folder
        with stores.example_store().open() as snapshot:
            asked = min(_seconds(lambda: (snapshot.memo.clear(), plan_of(snapshot))) for _ in range(TIMES))
            results = _twenty(list(rows_of_all(snapshot)))
    print(f"\ngate, demo store with its SQL: {asked:.2f} s")
    print(f"gate, {INDICATORS} indicators: kommuner, seconds, ratio to {KOMMUNER[0]}, hidden of cells")
    base = 0.0
    for count in (k for k in KOMMUNER if k <= largest):
        spread = list(_spread(results, count))
        plan = protection.Plan()

        def run(rows: Results = spread) -> None:
            nonlocal plan
            plan = protection.plan(rows, set(), rules.in_force(), "08")

        seconds = min(_seconds(run) for _ in range(TIMES if count < 50 else 1))
        base = base or seconds
        cells = sum(1 + indicator.kind.has_denominator for indicator, rows in spread for _ in rows)
        bound = f"   bound 1 s   {'kept' if seconds <= 1 else 'BROKEN'}" if count == KOMMUNER[0] else ""
        print(f"{count:>5} {seconds:8.2f} s {seconds / base:7.1f}   {len(plan.reasons)} of {cells}{bound}")


def _seconds(work: object) -> float:
    begun = time.perf_counter()
    assert callable(work)
    work()
    return time.perf_counter() - begun


def _twenty(results: Sequence[tuple[Indicator, list[RawRow]]]) -> Results:
    again = [
        (replace(i, id=f"{i.id}_igen", mangder={k: tuple(f"igen/{p}" for p in v) for k, v in i.mangder.items()}), rows)
        for i, rows in results
        if i.mangder
    ]
    return [*results, *again][:INDICATORS]


def _spread(results: Results, count: int) -> Iterator[tuple[Indicator, list[RawRow]]]:
    """The rows dealt out on so many kommuner; the same kommun has the same numbers in all indicators."""
    factors = [Random(n).uniform(0.3, 1.5) if n >= 12 else 1.0 for n in range(count)]
    for indicator, rows in results:
        by_area: dict[str, list[RawRow]] = defaultdict(list)
        for row in rows:
            by_area[row.kommun_kod].append(row)
        real = sorted(area for area in by_area if len(area) == 4)
        dealt = [
            replace(row, kommun_kod=f"{n:04}", taljare=_scaled(row.taljare, f), namnare=_scaled(row.namnare, f))
            for n, f in enumerate(factors)
            for row in (by_area[real[n % len(real)]] if real else [])
        ]
        yield indicator, [*dealt, *(_sum(row, dealt) for row in by_area["08"])]


def _scaled(value: int | None, factor: float) -> int | None:
    return None if value is None else round(value * factor)


def _sum(lan: RawRow, dealt: list[RawRow]) -> RawRow:
    mine = [row for row in dealt if (row.matperiod, row.grupp) == (lan.matperiod, lan.grupp)]
    return replace(
        lan,
        taljare=sum(row.taljare or 0 for row in mine) if mine else lan.taljare,
        namnare=sum(row.namnare or 0 for row in mine) if mine and lan.namnare is not None else lan.namnare,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else KOMMUNER[-1])
