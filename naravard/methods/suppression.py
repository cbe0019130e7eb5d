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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_NEVER = 1e-7
"""Changes smaller than this are the solver's rounding."""

_GIVES_WAY = 3
"""A count of more than so many times the largest small one gives way for a small one in a firm move.

It is then not small itself wherever the other is, and most others that it could be would give way too.
"""

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "primal_simplex_bound_perturbation_multiplier": 0.0,
}
"""Of HiGHS: the programs are small and asked again and again, and the answer must be the same each time."""

Equation = Mapping[int, float]
"""Coefficient by cell; the sum is known to all."""
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Table:
    """Cells and what ties them together.

    `values` (n,) are counts, nan where nobody knows them. `costs` (n,) are what is lost by hiding a cell: 0 where it
    is not seen anyway, infinite where it stays seen whatever happens. They must not come from counts that are hidden:
    who knows how the choice is made would read the counts out of it. Those of `same_as_other` have the count of another
    cell, which a firm move is asked of instead. What costs as much as `dear` is hidden only where no other way is left.
    """

    values: _Floats
    costs: _Floats
    equations: Sequence[Equation]
    same_as_other: frozenset[int] = frozenset()
    dear: float = float("inf")


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
        solver = _Solver(table, (cells_by_part[part], equations[part]), hidden, low, high)
        moves, covered, without_move = _moves(solver, mine, frozenset(hidden), low, high)
        more |= _without_needless(solver, moves, covered, frozenset(hidden))
        unprotected += without_move
    return Choice(frozenset(more), tuple(unprotected))


class _Move(NamedTuple):
    """What must be possible: that a cell changes by `step`, in a table where counts that are known keep their class.

    Where `firm`, no other count becomes small, or 0, or leaves it, and nothing is asked of how large it is but that.
    """

    cell: int
    step: float
    firm: bool


_Moves = dict[_Move, frozenset[int]]
"""The cells that each move changes."""


def _moves(
    solver: _Solver, sensitive: Sequence[int], hidden: frozenset[int], low: int, high: int
) -> tuple[_Moves, frozenset[int], list[int]]:
    """Moves by which each cell can be all that is small, all cells they need hidden, and cells that have none.

    First the firm ones, each the whole way whatever the cell is: what is hidden then does not tell how large the small
    ones are. Where there is none, one that only keeps counts from falling below 0.
    """
    moves: _Moves = {}
    unprotected: dict[int, None] = {}
    for cell in sensitive:
        firm = [_Move(cell, step, True) for step in (float(low - high), float(high - low))]
        plain = [_Move(cell, step, False) for step in _steps(float(solver.table.values[cell]), low, high)]
        for first, second in zip(firm, plain, strict=True):
            for move in (first, second):
                cells = solver.cheapest(move, hidden) if move.step else frozenset()
                if cells is not None:
                    moves[move] = cells
                    hidden |= cells
                    break
            else:
                unprotected[cell] = None
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


def _steps(value: float, low: int, high: int) -> tuple[float, float]:
    """How far a cell must be able to go down and up. One that nobody knows must be able to go the whole way."""
    down, up = (float(low - high), float(high - low)) if np.isnan(value) else (min(0.0, low - value), high - value)
    return down, max(0.0, up)


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
                other = solver.cheapest(move, (hidden | more) - {cell}, only_hidden=True)
                if other is None:
                    break
                instead[move] = other
        else:
            more.remove(cell)
            moves.update(instead)
    return frozenset(more)


class _Solver:
    """The linear program of some cells of a table: columns are the ways up, then the ways down, of each of them.

    Cells that an equation of two says are the same have one column together. It is asked again and again from where it
    stands, once with the room of firm moves and once with that of others: what a question changes is changed back.
    """

    def __init__(
        self, table: Table, part: tuple[Sequence[int], Sequence[Equation]], hidden: Set[int], low: int, high: int
    ) -> None:
        import highspy  # noqa: PLC0415, only those with something to hide should wait for it

        cells, equations = part
        self.table = table
        self._groups = _alike(table, cells, equations)
        self._column = {cell: column for column, group in enumerate(self._groups) for cell in group}
        self._hidden = frozenset(hidden)
        self._cost = np.array([self._cost_of(group) for group in self._groups])
        free = np.full(len(self._groups), highspy.kHighsInf)
        self._programs: dict[bool, Any] = {}
        self._room: dict[bool, _Floats] = {}
        for is_firm, room in self._rooms(table, free, low, high).items():
            program = highspy.Highs()  # type: ignore[no-untyped-call]
            for option, value in _OPTIONS.items():
                program.setOptionValue(option, value)
            program.passModel(self._program(highspy, equations, room))
            self._programs[is_firm], self._room[is_firm] = program, room
        self._optimal = highspy.HighsModelStatus.kOptimal

    def _rooms(self, table: Table, free: _Floats, low: int, high: int) -> dict[bool, _Floats]:
        """How far each column may go: where the move is firm, and else."""
        values = np.array([table.values[group[0]] for group in self._groups])
        is_known = ~np.isnan(values)
        falls = np.where(is_known, values, free)
        is_same = np.array([not table.same_as_other.isdisjoint(group) for group in self._groups], dtype=bool)
        is_asked = is_known & ~is_same
        gives_way = np.where(values > _GIVES_WAY * high, float(high - low), 0.0)
        firm_up = np.where(is_asked & (values <= high), 0.0, free)
        firm_down = np.where(is_asked, gives_way, falls)
        is_dear = self._cost >= table.dear
        firm = np.concatenate([np.where(is_dear, 0.0, firm_up), np.where(is_dear, 0.0, firm_down)])
        return {True: firm, False: np.concatenate([free, falls])}

    def cheapest(self, move: _Move, hidden: Set[int], *, only_hidden: bool = False) -> frozenset[int] | None:
        """The cells that the cheapest such move changes; None where there is none."""
        if move.cell not in self._column:
            return None
        self._hide(hidden)
        count = len(self._groups)
        program, room = self._programs[move.firm], self._room[move.firm]
        there, back = (self._column[move.cell], self._column[move.cell] + count)[:: 1 if move.step > 0 else -1]
        program.changeColBounds(there, abs(move.step), abs(move.step))
        program.changeColBounds(back, 0.0, 0.0)
        program.run()
        has_answer = program.getModelStatus() == self._optimal
        change = np.array(program.getSolution().col_value)
        for column in (there, back):
            program.changeColBounds(column, 0.0, room[column])
        if not has_answer:
            return None
        has_moved = np.abs(change[:count] - change[count:]) > _NEVER
        if only_hidden and self._cost[has_moved].any():
            return None
        return frozenset(c for column in np.flatnonzero(has_moved) for c in self._groups[column])

    def _hide(self, hidden: Set[int]) -> None:
        """Let the hidden cells cost nothing."""
        count = len(self._groups)
        columns = {self._column[cell] for cell in self._hidden ^ hidden if cell in self._column}
        self._hidden = frozenset(hidden)
        for column in sorted(columns):
            cost = self._cost[column] = self._cost_of(self._groups[column])
            for program in self._programs.values():
                program.changeColCost(column, cost)
                program.changeColCost(column + count, cost)

    def _cost_of(self, group: Sequence[int]) -> float:
        return float(sum(self.table.costs[cell] for cell in group if cell not in self._hidden))

    def _program(self, highspy: Any, equations: Sequence[Equation], room: _Floats) -> Any:
        rows = []
        for equation in equations:
            row: dict[int, float] = defaultdict(float)
            for cell, factor in equation.items():
                if cell in self._column:
                    row[self._column[cell]] += factor
            if any(row.values()):
                rows.append([(column, factor) for column, factor in row.items() if factor])
        count = len(self._groups)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = 2 * count, len(rows)
        program.col_cost_ = np.concatenate([self._cost, self._cost])
        program.col_lower_, program.col_upper_ = np.zeros(2 * count), room
        program.row_lower_ = program.row_upper_ = np.zeros(len(rows))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *(2 * len(row) for row in rows)])
        program.a_matrix_.index_ = np.array(
            [c for row in rows for c in [*(c for c, _ in row), *(c + count for c, _ in row)]]
        )
        program.a_matrix_.value_ = np.array([k for row in rows for k in [*(k for _, k in row), *(-k for _, k in row)]])
        return program


def _alike(table: Table, cells: Sequence[int], equations: Sequence[Equation]) -> list[tuple[int, ...]]:
    """Cells that have the same count whatever it is, as groups; without those tied to one that stays seen."""
    pairs = [tuple(equation) for equation in equations if len(equation) == 2 and sum(equation.values()) == 0]
    group_of: dict[int, set[int]] = {cell: {cell} for pair in pairs for cell in pair}
    for one, other in pairs:
        if group_of[one] is not group_of[other]:
            group_of[one] |= group_of[other]
            group_of.update(dict.fromkeys(group_of[other], group_of[one]))
    groups = {min(group): tuple(sorted(group)) for cell in cells for group in [group_of.get(cell, {cell})]}
    return [group for group in groups.values() if np.isfinite(table.costs[list(group)]).all()]


def protects(table: Table, sensitive: Sequence[int], hidden: Set[int], low: int, high: int) -> bool:
    """Whether each sensitive cell could be all that is small, with these cells hidden and no others."""
    cells = [n for n, cost in enumerate(table.costs) if np.isfinite(cost)]
    solver = _Solver(table, (cells, table.equations), hidden, low, high)
    moves = [_Move(cell, step, False) for cell in sensitive for step in _steps(float(table.values[cell]), low, high)]
    return all(solver.cheapest(move, hidden, only_hidden=True) is not None for move in moves if move.step)
