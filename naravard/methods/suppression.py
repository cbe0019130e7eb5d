"""Complementary cell suppression: what more to hide, so that a hidden count cannot be worked out from the others.

Counts hang together in equations: kommuner add up to the län, groups to their total. A hidden count is safe when
the table could just as well have held any value from `low` to `high` in its place, with everything that is seen
unchanged. A *move* shows it: a change of hidden cells alone that keeps all equations, lets no count fall below 0,
and takes the count down to `low`; another takes it up to `high`. Each move is found by a linear program that
weighs what would have to be hidden for it. At the end, what later choices made needless is shown again.

Sources: J. P. Kelly, B. L. Golden and A. A. Assad, Cell suppression: disclosure protection for sensitive tabular
data, Networks 22 (1992) 397–417; M. Fischetti and J. J. Salazar, Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47 (2001) 1008–1027; A. Hundepool et al., Statistical Disclosure
Control (Wiley 2012), chapter 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NEVER = 1e-7
"""Changes smaller than this are the solver's rounding."""

Equation = Mapping[int, float]
"""Coefficient by cell; the sum is known to all."""
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Cells and what ties them together.

    `values` (n,) are counts, nan where nobody knows them. `costs` (n,) are what is lost by hiding a cell: 0 where it
    is not seen anyway, infinite where it stays seen whatever happens. They must not come from counts that are hidden:
    who knows how the choice is made would read the counts out of it.
    """

    values: _Floats
    costs: _Floats
    equations: Sequence[Equation]


@dataclass(frozen=True)
class Choice:
    """Cells to hide beside those that were hidden, and sensitive cells that cannot be protected."""

    more: frozenset[int]
    unprotected: tuple[int, ...]


def choose(table: Table, sensitive: Sequence[int], hidden: Set[int], low: int, high: int) -> Choice:
    """Cells to hide so that each sensitive one could be anything from `low` to `high`. The same answer each time."""
    more: set[int] = set()
    unprotected: list[int] = []
    part_of_cell = _parts(table)
    equations: dict[int, list[Equation]] = defaultdict(list)
    for equation in table.equations:
        equations[part_of_cell[next(iter(equation))]].append(equation)
    sensitive_by_part: dict[int, list[int]] = defaultdict(list)
    for cell in sensitive:
        sensitive_by_part[part_of_cell[cell]].append(cell)
    cells_by_part: dict[int, list[int]] = defaultdict(list)
    for cell, part in enumerate(part_of_cell):
        if part in sensitive_by_part and np.isfinite(table.costs[cell]):
            cells_by_part[part].append(cell)
    for part, mine in sensitive_by_part.items():
        solver = _Solver(table, np.array(cells_by_part[part], dtype=np.int64), equations[part])
        moves, covered, without_move = _moves(solver, mine, frozenset(hidden), low, high)
        more |= _without_needless(solver, moves, covered, frozenset(hidden))
        unprotected += without_move
    return Choice(frozenset(more), tuple(unprotected))


_Moves = dict[tuple[int, float], frozenset[int]]
"""Cells by what they move: which cell, and how far."""


def _moves(
    solver: _Solver, sensitive: Sequence[int], hidden: frozenset[int], low: int, high: int
) -> tuple[_Moves, frozenset[int], list[int]]:
    """A move for each way that each cell must be able to go, all cells they need hidden, and cells that have none."""
    moves: _Moves = {}
    unprotected: dict[int, None] = {}
    for cell in sensitive:
        for step in _steps(float(solver.table.values[cell]), low, high):
            cells = solver.cheapest(cell, step, hidden)
            if cells is None:
                unprotected[cell] = None
                continue
            moves[cell, step] = cells
            hidden |= cells
    return moves, hidden, list(unprotected)


def _parts(table: Table) -> list[int]:
    """Which part of the table each cell is in; parts have no equation in common."""
    leader = list(range(len(table.values)))

    def find(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for equation in table.equations:
        first, *rest = (find(cell) for cell in equation)
        for other in rest:
            leader[find(other)] = find(first)
    return [find(cell) for cell in range(len(leader))]


def _steps(value: float, low: int, high: int) -> tuple[float, ...]:
    """How far a cell must be able to go down and up. One that nobody knows must be able to go the whole way."""
    down, up = (float(low - high), float(high - low)) if np.isnan(value) else (min(0.0, low - value), high - value)
    return tuple(step for step in (down, max(0.0, up)) if step)


def _without_needless(
    solver: _Solver, moves: _Moves, covered: frozenset[int], hidden: frozenset[int]
) -> frozenset[int]:
    """The cells beside `hidden` that some move cannot do without, the dearest tried first."""
    costs = solver.table.costs
    more = {cell for cell in covered - hidden if 0 < costs[cell] < np.inf}
    for cell in sorted(more, key=lambda c: (-costs[c], c)):
        instead = {}
        for move, cells in moves.items():
            if cell in cells:
                other = solver.cheapest(*move, (hidden | more) - {cell}, only_hidden=True)
                if other is None:
                    break
                instead[move] = other
        else:
            more.remove(cell)
            moves.update(instead)
    return frozenset(more)


class _Solver:
    """The linear program of some cells of a table: columns are the ways up, then the ways down, of each of them."""

    def __init__(self, table: Table, cells: NDArray[np.int64], equations: Sequence[Equation]) -> None:
        import highspy  # noqa: PLC0415, only those with something to hide should wait for it

        self.table = table
        self._cells = cells
        self._place = {int(cell): place for place, cell in enumerate(self._cells)}
        values = table.values[self._cells]
        self._floor = np.where(np.isnan(values), highspy.kHighsInf, values)
        self._open = np.full(len(self._cells), highspy.kHighsInf)
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("presolve", "off")
        self._highs.passModel(self._program(highspy, equations))
        self._optimal = highspy.HighsModelStatus.kOptimal

    def cheapest(
        self, cell: int, step: float, hidden: Set[int], *, only_hidden: bool = False
    ) -> frozenset[int] | None:
        """The cells of the cheapest move that changes `cell` by `step`; None where there is no such move."""
        if cell not in self._place:
            return None
        count = len(self._cells)
        cost = self.table.costs[self._cells]
        cost[[place for c in hidden if (place := self._place.get(c)) is not None]] = 0.0
        barred = (cost > 0) & only_hidden
        up, down = np.where(barred, 0.0, self._open), np.where(barred, 0.0, self._floor)
        lowest = np.zeros(2 * count)
        there, back = (self._place[cell], self._place[cell] + count)[:: 1 if step > 0 else -1]
        upper = np.concatenate([up, down])
        lowest[there] = upper[there] = abs(step)
        upper[back] = 0.0
        columns = np.arange(2 * count, dtype=np.int32)
        self._highs.changeColsCost(2 * count, columns, np.concatenate([cost, cost]))
        self._highs.changeColsBounds(2 * count, columns, lowest, upper)
        self._highs.run()
        if self._highs.getModelStatus() != self._optimal:
            return None
        change = np.array(self._highs.getSolution().col_value)
        has_moved = np.abs(change[:count] - change[count:]) > _NEVER
        return frozenset(int(c) for c in self._cells[has_moved])

    def _program(self, highspy: Any, equations: Sequence[Equation]) -> Any:
        rows = [[(self._place[c], k) for c, k in row.items() if c in self._place] for row in equations]
        rows = [row for row in rows if row]
        count = len(self._cells)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = 2 * count, len(rows)
        program.col_cost_ = program.col_lower_ = np.zeros(2 * count)
        program.col_upper_ = np.concatenate([self._open, self._floor])
        program.row_lower_ = program.row_upper_ = np.zeros(len(rows))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(2 * len(row) for row in rows)])
        program.a_matrix_.index_ = np.array(
            [p for row in rows for p in [*(p for p, _ in row), *(p + count for p, _ in row)]]
        )
        program.a_matrix_.value_ = np.array([k for row in rows for k in [*(k for _, k in row), *(-k for _, k in row)]])
        return program
