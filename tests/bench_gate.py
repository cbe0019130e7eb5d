"""What the gate costs: how much more than the small counts it hides, and how long it takes. A part of `make bench`.

The counts are those of the demo store. For other län its kommuner are dealt out again under the län's own codes, so
that all equations hold there too; for 20 indicators of persons some are taken again under another name.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from math import ceil
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, TypeVar

import numpy as np
from pytest import MonkeyPatch
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from naravard import sources, stores
from naravard.base import kommuner
from naravard.figures import indicators, protection, rules
from naravard.figures.indicators import Indicator
from naravard.figures.plans import plan_of
from naravard.figures.protection import Cell, Plan, RawRow, StoredCount, Whole, denominator, numerator
from naravard.figures.rows import rows_of_all, stored_counts
from naravard.methods import suppression
from naravard.store.schema import Schema
from naravard.store.snapshots import Snapshot, Store
from tests.test_attack import random_store

INDICATORS, TIMES, MONTHS, STORES = 20, 3, 60, 50
VASTRA_GOTALAND = "14"
T = TypeVar("T")
Results = list[tuple[Indicator, list[RawRow]]]


def main() -> None:
    """Print what is lost in the demo store and in random ones, then CPU seconds by the number of kommuner."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARAVARD_DATA"] = folder
        with stores.example_store().open() as snapshot:
            asked = min(_seconds(lambda: (snapshot.memo.clear(), plan_of(snapshot))) for _ in range(TIMES))
            print(f"\ngate, demo store with its SQL: {asked:.2f} s")
            _print_loss("demo store", [_loss(snapshot)])
            alone, together = _least_by_area(snapshot)
            print(f"  each kommun by itself needs {alone} of them, and with the sums over the län {together}, at least")
            print(f"  {_more_without_firm_moves(snapshot)} would do, were the choice to tell how large the small are")
            version = _Version.of(snapshot)
        _print_loss(f"{STORES} random stores", list(_losses(Path(folder) / "random")))
    _print_speed(version)


class _Version:
    """The rows and counts of one version, to be dealt out over other kommuner and months."""

    def __init__(self, results: Results, counts: list[StoredCount], order_key: str, published: set[int]) -> None:
        self.results, self.counts, self.order_key, self.published = results, counts, order_key, published

    @classmethod
    def of(cls, snapshot: Snapshot) -> _Version:
        """The period of a version that has most counts of persons, with as many indicators of persons as are wanted."""
        counts = stored_counts(snapshot.connection)
        ((period, _),) = Counter(count.matperiod for count in counts).most_common(1)
        results = [(i, [row for row in rows if row.matperiod == period]) for i, rows in rows_of_all(snapshot)]
        results = [(i, rows) for i, rows in results if i.mangder and rows]
        again = [(replace(i, id=f"{i.id}_{n}"), rows) for n in range(INDICATORS) for i, rows in results]
        published = {extract.uttag_id for extract in snapshot.extracts() if extract.publicerad}
        own = [count for count in counts if count.matperiod == period]
        return cls([*results, *again][:INDICATORS], own, snapshot.order_key(), published)

    def in_areas(self, codes: Sequence[str]) -> _Version:
        """The same for other kommuner: each has the counts of one of the demo store's, and the län their sum."""
        own = sorted({count.kommun_kod for count in self.counts if len(count.kommun_kod) == 4})
        source_of = {code: own[n % len(own)] for n, code in enumerate(codes)}
        lan = codes[0][:2]
        by_area: dict[str, list[StoredCount]] = defaultdict(list)
        for count in self.counts:
            by_area[count.kommun_kod].append(count)
        counts = [c._replace(kommun_kod=code) for code in codes for c in by_area[source_of[code]]]
        sums = Counter({c._replace(kommun_kod=lan, value=None): 0 for c in by_area["08"]})
        for count in counts:
            sums[count._replace(kommun_kod=lan, value=None)] += count.value or 0
        counts += [count._replace(value=value) for count, value in sums.items()]
        results = [(i, list(_dealt(rows, codes, source_of, lan))) for i, rows in self.results]
        return _Version(results, counts, self.order_key, self.published)

    def in_months(self, number: int) -> _Version:
        """The same in as many months that follow on each other."""
        names = [f"{2020 + n // 12}-{n % 12 + 1:02}" for n in range(number)]
        results = [(i, [replace(row, matperiod=m) for m in names for row in rows]) for i, rows in self.results]
        return _Version(
            results, [c._replace(matperiod=m) for m in names for c in self.counts], self.order_key, self.published
        )

    def plan(self, lan: str, kommuner_in_lan: Sequence[str]) -> Plan:
        """What is hidden; the kommuner add up to the län."""
        whole = Whole(self.results, self.counts, self.published, rules.in_force(), lan, self.order_key)
        whole.kommuner = frozenset(kommuner_in_lan)
        return whole.plan()


def _dealt(rows: Sequence[RawRow], codes: Sequence[str], source_of: dict[str, str], lan: str) -> Iterator[RawRow]:
    by_area: dict[str, list[RawRow]] = defaultdict(list)
    for row in rows:
        by_area[row.kommun_kod].append(row)
    dealt = [replace(row, kommun_kod=code) for code in codes for row in by_area[source_of[code]]]
    yield from dealt
    for row in by_area["08"]:
        mine = [each for each in dealt if (each.matperiod, each.grupp) == (row.matperiod, row.grupp)]
        above, below = sum(each.taljare or 0 for each in mine), sum(each.namnare or 0 for each in mine)
        yield replace(
            row,
            kommun_kod=lan,
            taljare=above if mine else row.taljare,
            namnare=below if mine and row.namnare is not None else row.namnare,
        )


def _print_speed(version: _Version) -> None:
    vastra_gotaland = [k.kod for k in kommuner.in_lan(VASTRA_GOTALAND)]
    kalmar = [k.kod for k in kommuner.in_lan("08")]
    twice = [*vastra_gotaland, *(f"14{n:02}" for n in range(1, 100) if f"14{n:02}" not in vastra_gotaland)][:98]
    print(f"gate, {INDICATORS} indicators: kommuner in one län, CPU seconds, ratio to 12, hidden")
    base = 0.0
    for codes, bound in ((kalmar, 0.1), (vastra_gotaland, 1.0), (twice, 3.0)):
        dealt = version.in_areas(codes)
        seconds, plan = _best(lambda dealt=dealt, codes=codes: dealt.plan(codes[0][:2], codes))  # type: ignore[misc]
        base = base or seconds
        print(f"{len(codes):>5} {seconds:7.2f} s {seconds / base:6.1f}   {len(plan.reasons)}{_verdict(seconds, bound)}")
    by_lan = [[k.kod for k in kommuner.in_lan(lan)] for lan in sorted({k.lan_kod for k in kommuner.register()})]
    dealt_by_lan = [(codes, version.in_areas(codes)) for codes in by_lan]
    seconds, _ = _best(lambda: [dealt.plan(codes[0][:2], codes) for codes, dealt in dealt_by_lan])
    print(f"  290 in 21 län {seconds:.2f} s {seconds / base:6.1f}{_verdict(seconds, 2.0)}")
    months = version.in_areas(kalmar).in_months(MONTHS)
    seconds, _ = _best(lambda: months.plan("08", kalmar), times=1)
    print(f"   12, {MONTHS} months {seconds:.2f} s {seconds / base:6.1f}{_verdict(seconds, MONTHS * base)}")


def _verdict(seconds: float, bound: float) -> str:
    return f"   bound {bound:.1f} s   {'kept' if seconds <= bound else 'BROKEN'}"


def _best(work: Callable[[], T], times: int = TIMES) -> tuple[float, T]:
    gc.collect()
    gc.freeze()  # what is dealt out here is none of the collector's work while it is planned
    answers = []
    for _ in range(times):
        begun = time.process_time()
        answer = work()
        answers.append((time.process_time() - begun, answer))
    return min(answers, key=lambda each: each[0])


def _seconds(work: Callable[[], object]) -> float:
    return _best(work, 1)[0]


class _Loss:
    """What one version hides: cells by indicator and reason, and whether fewer could do."""

    def __init__(self, by_indicator: Counter[tuple[str, str]], cells: int, more: int, least: int | None) -> None:
        self.by_indicator, self.cells, self.more, self.least = by_indicator, cells, more, least


def _losses(folder: Path) -> Iterator[_Loss]:
    store = Store(folder, Schema(sources.tables(), indicators.views()))
    for seed in range(STORES):
        with store.candidate(random_store(Random(seed), "våren 2024")) as snapshot:
            yield _loss(snapshot)


def _loss(snapshot: Snapshot) -> _Loss:
    least: list[int | None] = []
    choose = suppression.choose

    def watched(table: suppression.Table, sensitive: list[int], hidden: set[int], low: int, high: int) -> object:
        choice = choose(table, sensitive, hidden, low, high)
        seen = [n for n in choice.more if 0 < table.costs[n] < float("inf")]
        least.append(_least(table, sensitive, hidden, len(seen), low, high))
        return choice

    suppression.choose = watched  # type: ignore[assignment]
    try:
        snapshot.memo.clear()
        plan = plan_of(snapshot)
    finally:
        suppression.choose = choose
    shown: set[Cell] = set()
    by_indicator: Counter[tuple[str, str]] = Counter()
    for indicator, rows in rows_of_all(snapshot):
        for row in rows:
            cells = [
                numerator(indicator, row),
                *([denominator(indicator, row)] if indicator.kind.has_denominator else []),
            ]
            shown.update(cells)
            for cell in cells:
                if plan.hides(cell):
                    by_indicator[indicator.id, plan.reasons[cell]] += 1
    more = sum(reason == "foljd" for reason in plan.reasons.values())
    known = [n for n in least if n is not None]
    return _Loss(by_indicator, len(shown), more, sum(known) if len(known) == len(least) else None)


def _more_without_firm_moves(snapshot: Snapshot) -> int:
    """How many cells would be hidden for the sake of others, were any move as good as a firm one."""
    with MonkeyPatch.context() as patch:
        patch.setattr(suppression._Questions, "cells", _no_firm(suppression._Questions.cells))
        patch.setattr(suppression, "_MANY", float("inf"))  # none is asked together
        snapshot.memo.clear()
        reasons = plan_of(snapshot).reasons.values()
    snapshot.memo.clear()
    return sum(reason == "foljd" for reason in reasons)


def _no_firm(ask: Callable[..., Any]) -> Callable[..., Any]:
    return lambda questions, move: None if move.firm else ask(questions, move)


def _least_by_area(snapshot: Snapshot) -> tuple[int, int]:
    """The fewest cells that any choice hides: each area and extract by itself, and as sums tie them to each other.

    What protects in the whole table protects in such a piece of it, and no cell is in two pieces.
    """
    planned: list[protection._Period] = []
    plan = protection._Period.plan

    def watched(period: protection._Period) -> Plan:
        planned.append(period)
        return plan(period)

    with MonkeyPatch.context() as patch:
        patch.setattr(protection._Period, "plan", watched)
        snapshot.memo.clear()
        plan_of(snapshot)
    by_period = [(period, [_piece(period, *piece) for piece in _pieces(period).items()]) for period in planned]
    alone = sum(piece.least for _, pieces in by_period for piece in pieces)
    return alone, sum(_least_together(period, pieces) for period, pieces in by_period)


_Place = tuple[str, int | None]


class _Piece:
    """The cells of one area and extract: the fewest that protect it, and all sets of so many or one more that do.

    Any other has at least `more`.
    """

    def __init__(self, least: int, sets: list[frozenset[int]], more: int) -> None:
        self.least, self.sets, self.more = least, sets, more


def _pieces(period: protection._Period) -> dict[_Place, list[suppression.Equation]]:
    """The equations that each area and extract has for itself; none for one that has cells alone."""
    by_place: dict[_Place, list[suppression.Equation]] = {(cell.kommun_kod, cell.uttag_id): [] for cell in period.cells}
    for equation in period.equations:
        places = _places_of(period, equation)
        if len(places) == 1:
            by_place[places.pop()].append(equation)
    return by_place


def _places_of(period: protection._Period, equation: suppression.Equation) -> set[_Place]:
    cells = [period.cells[n] for n in equation if n < len(period.cells)]
    return {(cell.kommun_kod, cell.uttag_id) for cell in cells}


def _piece(period: protection._Period, place: _Place, equations: Sequence[suppression.Equation]) -> _Piece:
    own = {n for n, cell in enumerate(period.cells) if (cell.kommun_kod, cell.uttag_id) == place}
    numbers = sorted(own | {n for equation in equations for n in equation})
    at = {n: k for k, n in enumerate(numbers)}
    table = suppression.Table(
        np.array(period.values)[numbers],
        np.array(period._costs())[numbers],
        [{at[n]: factor for n, factor in equation.items()} for equation in equations],
    )
    sensitive = [at[n] for n in period.sensitive if n in at]
    hidden = {at[n] for n, cell in enumerate(period.cells) if n in at and cell in period.table.reasons}
    seen = [n for n, cost in enumerate(table.costs) if 0 < cost < float("inf") and n not in hidden]
    rule = period.rules

    def protecting(size: int) -> list[frozenset[int]]:
        some = (set(some) for some in combinations(seen, size))
        return [
            frozenset(numbers[k] for k in mine)
            for mine in some
            if not sensitive or suppression.protects(table, sensitive, hidden | mine, rule.low, rule.high)
        ]

    for size in range(len(seen) + 1):
        if sets := protecting(size):
            return _Piece(size, [*sets, *protecting(size + 1)], size + 2)
    return _Piece(0, [], 0)  # what cannot be protected at all tells nothing


def _least_together(period: protection._Period, pieces: Sequence[_Piece]) -> int:
    """The fewest cells over all pieces, where a cell that is hidden is not the only one of an equation that can move.

    Were it, it could be shown as well. A piece may also have two cells more than its least, whichever they are.
    """
    options = [(piece, mine) for piece in pieces for mine in piece.sets]
    columns = len(options) + len(pieces)
    costs = [len(mine) for _, mine in options] + [piece.more for piece in pieces]
    rows: list[dict[int, float]] = []
    for number, piece in enumerate(pieces):
        rows.append({k: 1.0 for k, (of, _) in enumerate(options) if of is piece} | {len(options) + number: 1.0})
    holds: dict[int, set[int]] = defaultdict(set)
    for k, (_, mine) in enumerate(options):
        for n in mine:
            holds[n].add(k)
    number_of_place = {place: number for number, place in enumerate(_pieces(period))}
    price = period._costs()
    ties: list[dict[int, float]] = []
    for equation in (*period.ties, *period.equations):
        movable = [
            n for n in equation if n >= len(period.cells) or price[n] == 0 or period.cells[n] in period.table.reasons
        ]
        if movable or len(_places_of(period, equation)) == 1:
            continue
        for n in equation:
            others = {k for m in equation if m != n for k in holds[m]}
            others |= {len(options) + number_of_place[period.cells[m][2:]] for m in equation if m != n}
            ties += [{k: 1.0, **dict.fromkeys(others - {k}, -1.0)} for k in holds[n] - others]
    matrix = lil_array((len(rows) + len(ties), columns))
    for r, row in enumerate([*rows, *ties]):
        for k, factor in row.items():
            matrix[r, k] = factor
    low = [1.0] * len(rows) + [-np.inf] * len(ties)
    high = [1.0] * len(rows) + [0.0] * len(ties)
    answer = milp(costs, constraints=LinearConstraint(matrix.tocsr(), low, high), integrality=1, bounds=Bounds(0, 1))
    return ceil(answer.mip_dual_bound - 1e-6)


_MOST_SETS = 4_000


def _least(
    table: suppression.Table, sensitive: Sequence[int], hidden: set[int], chosen: int, low: int, high: int
) -> int | None:
    """The fewest cells beside the hidden ones that protect, trying all smaller sets; None where those are many."""
    seen = [n for n, cost in enumerate(table.costs) if 0 < cost < float("inf") and n not in hidden]
    tried = 0
    for size in range(chosen):
        for some in combinations(seen, size):
            tried += 1
            if tried > _MOST_SETS:
                return None
            if suppression.protects(table, sensitive, hidden | set(some), low, high):
                return size
    return chosen


def _print_loss(name: str, losses: Sequence[_Loss]) -> None:
    cells, more = sum(loss.cells for loss in losses), sum(loss.more for loss in losses)
    print(f"loss, {name}: {more} of {cells} cells are hidden for the sake of others")
    proven = [loss for loss in losses if loss.least is not None]
    if proven:
        spare = sum(loss.more - (loss.least or 0) for loss in proven)
        print(
            f"  the least is proven for {len(proven)} of {len(losses)}: {spare} cells more than it, "
            f"median {median(loss.more - (loss.least or 0) for loss in proven):g}"
        )
    total: Counter[tuple[str, str]] = sum((loss.by_indicator for loss in losses), Counter())
    for (indicator, reason), count in sorted(total.items()):
        print(f"  {indicator:<45} {reason:<13} {count:>5}")


if __name__ == "__main__":
    sys.exit(main())
