"""The one attacker who knows how the gate chooses: which tables that fit what is seen would have been shown alike?

A minimality attack (Wong and others, VLDB 2007): the gate is replayed on tables with the same visible figures, and
those that it would show in another way are left out. The installation's secret order is not known: a table is left
out when it is shown in another way under each order that is tried. A small count is safe when for each value that is
small some table is left. Tables are whole numbers, found by integer programming (HiGHS) with a random aim each time;
where none of them is left, those that are nearest to the truth, under many more orders: one that is left is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import highspy
import numpy as np

from naravard.base.persons import Form
from naravard.figures import gate, protection, rules
from naravard.figures.indicators import Indicator
from naravard.figures.protection import RawRow, StoredCount
from naravard.figures.rows import rows_of_all, stored_counts
from naravard.store.snapshots import Snapshot
from tests.attack import Facts, Var, field_facts, figure_facts, ids_not_published, rows_that_show, truth_of

Shown = Mapping[tuple[str, str, str, str], tuple[int | None, int | None, bool]]
"""Numerator, denominator and whether the value is seen, by indicator, area, period and group."""


@dataclass(frozen=True)
class Game:
    """A version as one who replays the gate has it: its tables with the counts taken out."""

    results: Sequence[tuple[Indicator, Sequence[RawRow]]]
    counts: Sequence[StoredCount]
    lan: str
    order: str

    @classmethod
    def of(cls, snapshot: Snapshot, lan: str = "08") -> Game:
        """The tables of a version's extracts that are not published."""
        closed = ids_not_published(snapshot)
        return cls(
            [(i, rows) for i, rows in rows_of_all(snapshot) if any(row.uttag_id in closed for row in rows)],
            stored_counts(snapshot.connection),
            lan,
            snapshot.order_key(),
        )

    def may_be(self, truth: Mapping[Var, int], seen: Shown, orders: Sequence[str]) -> bool:
        """Whether these could be the counts behind what is seen."""
        return any(self.shown(truth, order, areas) == seen for order in orders for areas in ((), _areas_hidden(seen)))

    def shown(self, truth: Mapping[Var, int], order: str | None = None, yielding: Collection[str] = ()) -> Shown:
        """What the gate would show, were these the counts; in the installation's own order, or another.

        In the areas `yielding` the secret from which count one gives way is the least that it may be.
        """
        counts = [
            count._replace(value=truth[count.mangd, count.kommun_kod, count.matperiod])
            if (count.mangd, count.kommun_kod, count.matperiod) in truth
            else count
            for count in self.counts
        ]
        results = [(i, [_filled(i, row, truth) for row in rows]) for i, rows in self.results]
        rule = rules.in_force()
        whole = _Yielding(results, counts, (), rule, self.lan, self.order if order is None else order)
        whole.yielding = yielding
        plan = whole.plan()
        shown = {}
        for indicator, rows in results:
            for row in rows:
                above, below = gate.hidden(row, indicator, plan, rule, ())
                place = indicator.id, row.kommun_kod, row.matperiod, row.grupp
                shown[place] = None if above else row.taljare, None if below else row.namnare, above or below
        return shown


class _Yielding(protection.Whole):
    """Cells of which those of some areas give way as easily as any secret lets them."""

    yielding: Collection[str] = ()

    def gives_way(self, area: str) -> float:
        return protection._GIVES_WAY[0] if area in self.yielding else super().gives_way(area)


def _areas_hidden(seen: Shown) -> frozenset[str]:
    return frozenset(area for (_, area, *_), (_, _, is_hidden) in seen.items() if is_hidden)


def _filled(indicator: Indicator, row: RawRow, truth: Mapping[Var, int]) -> RawRow:
    numbers = {}
    for name, form, value in zip(
        ("taljare", "namnare"), indicator.sets(row.grupp), (row.taljare, row.namnare), strict=True
    ):
        numbers[name] = _value(form, row, truth, value) if form and value is not None else value
    return replace(row, **numbers)


def _value(form: Form, row: RawRow, truth: Mapping[Var, int], known: int) -> int:
    """What a sum of sets is in the table; as it is where it comes from an extract that is published."""
    counts = [truth.get((name, row.kommun_kod, row.matperiod)) for _, name in form]
    if None in counts:
        return known
    return sum(sign * (count or 0) for (sign, _), count in zip(form, counts, strict=True))


MANY_ORDERS = 60


def narrowed(snapshot: Snapshot, random: Random, *, tries: int = 12, guesses: int = 6) -> tuple[int, list[str]]:
    """How many small counts there are, and those of which some value was never left, with the values that were."""
    game = Game.of(snapshot)
    truth = truth_of(snapshot)
    seen = game.shown(truth)
    orders = [game.order, *(f"order {n}" for n in range(guesses))]
    rule = rules.in_force()
    facts = Facts()
    for var in truth:
        facts.of(*var)
    field_facts(truth, facts)
    figure_facts(list(rows_that_show(snapshot)), facts)
    program = _program(facts)
    small = [var for var, count in truth.items() if rule.small(count)]
    left: dict[Var, set[int]] = {var: {truth[var]} for var in small}
    wanted = set(range(max(1, rule.low), rule.high + 1))
    alike = [_bounds(truth[var], rule.low, rule.high) for var in facts.place]
    unseen_zero = [(0, b[1]) if b[1] <= rule.high else b for b in alike]
    for bounds in (alike, unseen_zero, [(0, 1e5)] * len(alike)):
        for var in small:
            for value in sorted(wanted - left[var]):
                for _ in range(tries):
                    table = _table(program, facts, bounds, facts.place[var], value, random)
                    if table is None:
                        break
                    if game.may_be(table, seen, orders):
                        for other in small:
                            left[other].add(table[other])
                        break
    nearest = _program(facts, truth)
    for var in small:
        for value in sorted(wanted - left[var]):
            table = _table(nearest, facts, alike, facts.place[var], value, random)
            if table and game.may_be(table, seen, [f"order {n}" for n in range(guesses, MANY_ORDERS)]):
                for other in small:
                    left[other].add(table[other])
    return len(small), [
        f"{var}: {truth[var]} is one of {sorted(left[var])}" for var in small if not wanted <= left[var]
    ]


def _bounds(count: int, low: int, high: int) -> tuple[float, float]:
    """A table with the same small counts is the likeliest to be shown alike."""
    if low <= count <= high:
        return low, high
    return (0, 0) if count == 0 else (high + 1, 1e5)


def _program(facts: Facts, near: Mapping[Var, int] | None = None) -> highspy.Highs:
    """All tables that fit the facts; where one is given, how far each count is from it there is a second column."""
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    width = len(facts.place)
    program.addVars(width, np.zeros(width), np.full(width, 1e5))
    program.changeColsIntegrality(
        width, np.arange(width, dtype=np.int32), np.full(width, highspy.HighsVarType.kInteger)
    )
    for terms, total in facts.equal:
        program.addRow(total, total, len(terms), np.array(list(terms)), np.array(list(terms.values())))
    for terms, total in facts.at_most:
        program.addRow(-highspy.kHighsInf, total, len(terms), np.array(list(terms)), np.array(list(terms.values())))
    if near is not None:
        program.addVars(width, np.zeros(width), np.full(width, 1e5))
        for n, var in enumerate(facts.place):
            places = np.array([n, width + n])
            program.addRow(-highspy.kHighsInf, near[var], 2, places, np.array([1.0, -1.0]))
            program.addRow(near[var], highspy.kHighsInf, 2, places, np.array([1.0, 1.0]))
    return program


def _table(
    program: highspy.Highs, facts: Facts, bounds, target: int, value: int, random: Random
) -> dict[Var, int] | None:
    width = len(facts.place)
    low, high = (np.array(b, dtype=float) for b in zip(*bounds, strict=True))
    program.changeColsBounds(width, np.arange(width, dtype=np.int32), low, high)
    program.changeColBounds(target, value, value)
    has_distances = program.getNumCol() > width
    aims = [random.uniform(0.2, 1.8) if has_distances else random.uniform(-1, 1) for _ in range(width)]
    first = width if has_distances else 0
    program.changeColsCost(width, np.arange(first, first + width, dtype=np.int32), np.array(aims))
    program.run()
    status = program.getModelStatus()
    solution = program.getSolution().col_value if status == highspy.HighsModelStatus.kOptimal else None
    if solution is None:
        return None
    return {var: round(solution[place]) for var, place in facts.place.items()}
