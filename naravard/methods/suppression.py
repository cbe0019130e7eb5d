"""Complementary cell suppression: what more to hide, so that a hidden count cannot be worked out from the others.

Counts hang together in equations: kommuner add up to the län, groups to their total. A hidden count is safe when
the table could just as well have held any value from `low` to `high` in its place, with everything that is seen
unchanged. A *move* shows it: a change of hidden cells alone that keeps all equations, lets no count fall below 0,
and takes the count down to `low`; another takes it up to `high`. Each move is found by a linear program that
weighs what would have to be hidden for it. At the end, what later choices made needless is shown again.

Most moves are there already with what is hidden, or are not there whatever is hidden. Such are found many at once,
before the others: moves that have nothing in common that can change do not hinder each other in one program.

Sources: J. P. Kelly, B. L. Golden and A. A. Assad, Cell suppression: disclosure protection for sensitive tabular
data, Networks 22 (1992) 397–417; M. Fischetti and J. J. Salazar, Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47 (2001) 1008–1027; A. Hundepool et al., Statistical Disclosure
Control (Wiley 2012), chapter 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

_NEVER = 1e-7
"""Changes smaller than this are the solver's rounding."""

GIVES_WAY = 3.0
"""Times the largest small count: one that gives way from there does not become small itself, wherever the other is."""

_MANY = 20
"""So many moves are asked together first."""
_BLOCKS = 12
"""So many blocks of the table are taken together then: few enough to ask many groups at once, and enough to move in."""
_REMEMBERED = 8
"""So many moves that were found are tried for each cell, before another is asked for."""

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
_Flags = NDArray[np.bool_]
T = TypeVar("T")


@dataclass(frozen=True)
class Table:
    """Cells and what ties them together.

    `values` (n,) are counts, nan where nobody knows them. `costs` (n,) are what is lost by hiding a cell: 0 where it
    is not seen anyway, infinite where it stays seen whatever happens. They must not come from counts that are hidden:
    who knows how the choice is made would read the counts out of it. Those of `same_as_other` have the count of another
    cell, which a firm move is asked of instead. What costs as much as `dear` is hidden only where no other way is left.
    A count of more than `gives_way` (n,) times the largest small one gives way for a small one in a firm move. `ties`
    are further equations, between parts of the table that have none else in common, as areas that add up.
    """

    values: _Floats
    costs: _Floats
    equations: Sequence[Equation]
    same_as_other: frozenset[int] = frozenset()
    dear: float = float("inf")
    gives_way: _Floats | float = GIVES_WAY
    ties: Sequence[Equation] = ()


@dataclass(frozen=True)
class Choice:
    """Cells to hide beside those that were hidden, and sensitive cells that cannot be protected."""

    more: frozenset[int]
    unprotected: tuple[int, ...]


def choose(table: Table, sensitive: Sequence[int], hidden: Set[int], low: int, high: int) -> Choice:
    """Cells to hide so that each sensitive one could be anything from `low` to `high`. The same answer each time."""
    more: set[int] = set()
    unprotected: list[int] = []
    for piece, cells, mine in _pieces(table, sensitive):
        columns = _Columns(piece, cells, mine, hidden)
        columns.measure(low, high)
        moves, covered, without_move = _moves(columns, mine, frozenset(hidden), low, high)
        more |= _without_needless(columns, moves, covered, frozenset(hidden))
        unprotected += without_move
    return Choice(frozenset(more), tuple(unprotected))


def _pieces(table: Table, sensitive: Sequence[int]) -> Iterator[tuple[Table, list[int], list[int]]]:
    """The table by parts that have no equation in common: its cells that may be hidden, and the sensitive ones."""
    rows, cells, _ = _entries_of((*table.equations, *table.ties))
    part_of_cell = _bound(cells, rows, len(table.values)).tolist()
    sensitive_by_part = _by_part(part_of_cell, sensitive, sensitive)
    can_be_hidden = np.flatnonzero(np.isfinite(table.costs)).tolist()
    cells_by_part = _by_part(part_of_cell, can_be_hidden, can_be_hidden)
    own, ties = (_by_part(part_of_cell, each, map(next, map(iter, each))) for each in (table.equations, table.ties))
    for part, mine in sensitive_by_part.items():
        yield replace(table, equations=own[part], ties=ties[part]), cells_by_part[part], mine


def _by_part(part_of_cell: Sequence[int], things: Iterable[T], first_cells: Iterable[int]) -> dict[int, list[T]]:
    """Things, each with a cell that is in it, by the part that the cell is in."""
    by_part: dict[int, list[T]] = defaultdict(list)
    for thing, cell in zip(things, first_cells, strict=True):
        by_part[part_of_cell[cell]].append(thing)
    return by_part


class _Move(NamedTuple):
    """What must be possible: that a cell changes by `step`, in a table where counts that are known keep their class.

    Where `firm`, no other count becomes small, or 0, or leaves it, and nothing is asked of how large it is but that.
    """

    cell: int
    step: float
    firm: bool


_Moves = dict[_Move, frozenset[int]]
"""The cells that each move changes, without those that nobody sees and that are in one equation alone."""


def _moves(
    columns: _Columns, sensitive: Sequence[int], hidden: frozenset[int], low: int, high: int
) -> tuple[_Moves, frozenset[int], list[int]]:
    """Moves by which each cell can be all that is small, all cells they need hidden, and cells that have none.

    First the firm ones, each the whole way whatever the cell is: what is hidden then does not tell how large the small
    ones are. Where there is none, one that only keeps counts from falling below 0.
    """
    moves: _Moves = {}
    unprotected: dict[int, None] = {}
    costs = columns.costs(hidden)
    questions: dict[bool, _Questions] = {}
    firm_moves = {
        cell: [_Move(cell, step, True) for step in (float(low - high), float(high - low))] for cell in sensitive
    }
    free, none = _asked_together(columns, costs, [move for both in firm_moves.values() for move in both if move.step])
    for cell, firm in firm_moves.items():
        plain = [_Move(cell, step, False) for step in _steps(float(columns.table.values[cell]), low, high)]
        for first, second in zip(firm, plain, strict=True):
            if first in free or not first.step:
                continue
            for move in (first, second) if first not in none else (second,):
                if move.firm not in questions:
                    questions[move.firm] = _Questions(_Program(columns, costs, firm=move.firm))
                cells = questions[move.firm].cells(move) if move.step else frozenset()
                if cells is not None:
                    moves[move] = cells
                    if not cells <= hidden:
                        hidden |= cells
                        costs = np.where(columns.of(cells), 0.0, costs)
                        for each in questions.values():
                            each.program.set_costs(costs)
                    break
            else:
                unprotected[cell] = None
    return moves, hidden, list(unprotected)


def _asked_together(columns: _Columns, costs: _Floats, moves: Sequence[_Move]) -> tuple[set[_Move], set[_Move]]:
    """Of many firm moves, some that need nothing more hidden, and some that are none even where nothing is tied."""
    if len(moves) < _MANY:
        return set(), set()
    nothing = np.zeros(len(columns))
    possible = _Program(columns, nothing, firm=True, entries=columns.untied).those_of(moves)
    within = _Program(columns, nothing, firm=True, usable=costs == 0, entries=columns.in_groups(_BLOCKS))
    return within.those_of(move for move in moves if move in possible), set(moves) - possible


def _steps(value: float, low: int, high: int) -> tuple[float, float]:
    """How far a cell must be able to go down and up. One that nobody knows must be able to go the whole way."""
    down, up = (float(low - high), float(high - low)) if np.isnan(value) else (min(0.0, low - value), high - value)
    return down, max(0.0, up)


def _without_needless(
    columns: _Columns, moves: _Moves, covered: frozenset[int], hidden: frozenset[int]
) -> frozenset[int]:
    """The cells beside `hidden` that some move cannot do without, the dearest tried first."""
    costs = columns.table.costs
    more = {cell for cell in covered - hidden if 0 < costs[cell] < np.inf}
    if not more:
        return frozenset()
    only_hidden = _OnlyHidden(columns, hidden | more, more)
    for cell in sorted(more, key=lambda c: (-costs[c], c)):
        instead = only_hidden.without(cell, [move for move, cells in moves.items() if cell in cells])
        if instead is not None:
            more.remove(cell)
            moves.update(instead)
    return frozenset(more)


class _OnlyHidden:
    """Moves of hidden cells alone: what nobody sees may go anywhere, and what is seen nowhere.

    Most of a table cannot move then, so that these programs are far smaller than those that choose what to hide.
    """

    def __init__(self, columns: _Columns, hidden: Set[int], closable: Set[int] = frozenset()) -> None:
        self._columns = columns
        self._usable = columns.costs(hidden) == 0
        self._closable = columns.of(closable)
        self._closed_columns: set[int] = set()
        self._programs: dict[bool, _Program] = {}

    def _program(self, *, firm: bool) -> _Program:
        """The program of firm moves, or of others, made when it is first asked."""
        if firm not in self._programs:
            costs = np.zeros(len(self._columns))
            program = _Program(self._columns, costs, firm=firm, usable=self._usable, apart=self._closable)
            for column in self._closed_columns:
                program.close(column)
            self._programs[firm] = program
        return self._programs[firm]

    def has(self, move: _Move) -> bool:
        """Whether there is such a move."""
        return _Questions(self._program(firm=move.firm)).cells(move) is not None

    def without(self, cell: int, moves: Sequence[_Move]) -> _Moves | None:
        """Other such moves that leave a cell as it is from now on; None, with nothing changed, where there are none."""
        column = self._columns.by_cell[cell]
        if any(self._columns.by_cell[move.cell] == column for move in moves):
            return None  # it is what is to move
        self._closed_columns.add(column)
        for program in self._programs.values():
            program.close(column)
        questions: dict[bool, _Questions] = {}
        instead: _Moves = {}
        for move in moves:
            if move.firm not in questions:
                questions[move.firm] = _Questions(self._program(firm=move.firm))
            cells = questions[move.firm].cells(move)
            if cells is None:
                self._closed_columns.remove(column)
                for program in self._programs.values():
                    program.open(column)
                return None
            instead[move] = cells
        return instead


class _Columns:
    """Some cells of a table as columns: cells that an equation of two says are the same have one together."""

    def __init__(
        self,
        table: Table,
        cells: Sequence[int],
        sensitive: Iterable[int],
        hidden: Set[int],
    ) -> None:
        self.table = table
        self.groups = _alike(table, cells)
        self.by_cell = {cell: column for column, group in enumerate(self.groups) for cell in group}
        self.is_sensitive = self.of(sensitive)
        self.entries = self._entries()
        self.room: dict[bool, tuple[_Floats, _Floats]] = {}
        """How far each column may go up and down: where the move is firm, and else."""
        self._costs_at_first = self.costs(hidden)

    def __len__(self) -> int:
        return len(self.groups)

    def of(self, cells: Iterable[int]) -> _Flags:
        """Which columns some cells are in."""
        flags = np.zeros(len(self), dtype=bool)
        flags[[self.by_cell[cell] for cell in cells if cell in self.by_cell]] = True
        return flags

    def cells(self, columns: NDArray[np.int64]) -> frozenset[int]:
        """The cells that some columns are of."""
        is_mine = np.zeros(len(self), dtype=bool)
        is_mine[columns] = True
        cells, of = self._cells
        return frozenset(cells[is_mine[of]].tolist())

    @cached_property
    def _cells(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """All cells, and the column that each is in."""
        sizes = [len(group) for group in self.groups]
        cells = np.fromiter(chain.from_iterable(self.groups), np.int64, sum(sizes))
        return cells, np.repeat(np.arange(len(self)), sizes)

    def costs(self, hidden: Set[int]) -> _Floats:
        """What is lost by letting each column move, where these cells are hidden."""
        costs = self._own_costs.copy()
        for column in {self.by_cell[cell] for cell in hidden if cell in self.by_cell}:
            costs[column] = sum(self.table.costs[cell] for cell in self.groups[column] if cell not in hidden)
        return costs

    @cached_property
    def _own_costs(self) -> _Floats:
        return np.array([sum(self.table.costs[list(group)]) for group in self.groups])

    def measure(self, low: int, high: int) -> None:
        """Work out how far each column may go, where counts from `low` to `high` are small."""
        values = self.table.values[[group[0] for group in self.groups]]
        is_known = ~np.isnan(values)
        free = np.full(len(self), np.inf)
        falls = np.where(is_known, values, free)
        is_asked = is_known & ~self.of(self.table.same_as_other)
        gives_way_above = np.broadcast_to(self.table.gives_way, len(self.table.values))[[g[0] for g in self.groups]]
        gives_way = np.where(values > gives_way_above * high, float(high - low), 0.0)
        is_dear = self._costs_at_first >= self.table.dear
        firm_up = np.where(is_dear | (is_asked & (values <= high)), 0.0, free)
        firm_down = np.where(is_dear, 0.0, np.where(is_asked, gives_way, falls))
        self.room = {True: (firm_up, firm_down), False: (free, falls)}

    def _entries(self) -> _Entries:
        column_of_cell = np.full(len(self.table.values), -1)
        cells, of = self._cells
        column_of_cell[cells] = of
        rows, cells, factors = _entries_of((*self.table.ties, *self.table.equations))
        columns = column_of_cell[cells]
        is_column = columns >= 0
        places, inverse = np.unique(rows[is_column] * len(self) + columns[is_column], return_inverse=True)
        sums = np.bincount(inverse, weights=factors[is_column], minlength=len(places))
        rows, columns = np.divmod(places[sums != 0], len(self))
        return _Entries(rows, columns, sums[sums != 0])

    @cached_property
    def untied(self) -> _Entries:
        """The entries without those of ties."""
        rows, columns, factors = self.entries
        is_own = rows >= len(self.table.ties)
        return _Entries(rows[is_own], columns[is_own], factors[is_own])

    @cached_property
    def block_of_column(self) -> NDArray[np.int64]:
        """Which block each column is in; blocks have nothing in common but ties."""
        rows, columns, _ = self.untied
        return np.unique(_bound(columns, rows, len(self)), return_inverse=True)[1]

    def in_groups(self, size: int) -> _Entries:
        """The entries where each tie holds in so many blocks by themselves: what keeps these keeps all."""
        rows, columns, factors = self.entries
        groups = self.block_of_column[columns] // size
        is_tie = rows < len(self.table.ties)
        return _Entries(np.where(is_tie, rows + (rows.max(initial=0) + 1) * (groups + 1), rows), columns, factors)


class _Entries(NamedTuple):
    """Row, column and factor of all that is not 0 in some equations, by row."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    factors: _Floats


def _entries_of(equations: Sequence[Equation]) -> _Entries:
    """Equations as entries, where each cell is a column."""
    sizes = np.fromiter(map(len, equations), np.int64, len(equations))
    total = int(sizes.sum())
    cells = np.fromiter(chain.from_iterable(equations), np.int64, total)
    factors = np.fromiter(chain.from_iterable(equation.values() for equation in equations), float, total)
    return _Entries(np.repeat(np.arange(len(equations)), sizes), cells, factors)


class _Questions:
    """A program, and the moves that it has found: they are moves of other cells as well, and back as much as forth."""

    def __init__(self, program: _Program) -> None:
        self.program = program
        self._changes_by_place: dict[int | None, list[_Floats]] = defaultdict(list)

    def cells(self, move: _Move) -> frozenset[int] | None:
        """The cells of one found before that costs nothing more, or of the cheapest such move; None without any."""
        changes = self._changes_by_place[self.program.place_of(move.cell)]
        for number, before in enumerate(changes):
            change = self.program.as_far(before, move)
            if change is not None:
                changes.insert(0, changes.pop(number))  # what has served is asked first
                return self.program.cells(change)
        change = self.program.cheapest(move.cell, move.step)
        if change is None:
            return None
        for place in self.program.asked_places(change):
            self._changes_by_place[place].insert(0, change)
            del self._changes_by_place[place][_REMEMBERED:]
        return self.program.cells(change)


class _Program:
    """The linear program of some columns, asked again and again from where it stands.

    Left out are columns that cannot move, with what that makes so of others. A column that costs has a way up and a
    way down; one that costs nothing goes both ways, and in one equation alone it is but the room of that equation.
    """

    def __init__(
        self,
        columns: _Columns,
        costs: _Floats,
        *,
        firm: bool,
        usable: _Flags | None = None,
        apart: _Flags | None = None,
        entries: _Entries | None = None,
    ) -> None:
        self._of = columns
        self._all = columns.entries if entries is None else entries
        up, down = columns.room[firm]
        can_move = columns.is_sensitive | (up > 0)  # what can fall can rise
        is_free = _free(self._all, can_move if usable is None else can_move & usable)
        is_entry = is_free[self._all.columns]
        times = np.bincount(self._all.columns[is_entry], minlength=len(columns))
        is_kept = columns.is_sensitive | (times != 1) | (costs > 0)
        is_kept = is_free & (is_kept if apart is None else is_kept | apart)
        self._number = np.flatnonzero(is_kept)
        self._place = np.where(is_kept, np.cumsum(is_kept) - 1, -1)
        self._costs = costs[self._number]
        self._twofold = np.flatnonzero(self._costs > 0)
        self._back = np.full(len(self._number), -1)
        self._back[self._twofold] = len(self._number) + np.arange(len(self._twofold))
        self._up, self._down = up[self._number], down[self._number]
        self._program, self._optimal = self._highs((is_entry, is_kept), (up, down))

    def _highs(self, flags: tuple[_Flags, _Flags], room: tuple[_Floats, _Floats]) -> tuple[Any, object]:
        import highspy  # noqa: PLC0415, only those with something to hide should wait for it

        is_entry, is_kept = flags
        entries = self._all
        is_column = is_entry & is_kept[entries.columns]
        all_rows, rows = np.unique(entries.rows[is_column], return_inverse=True)
        self._row_low, self._row_high = _row_room(entries, is_entry & ~is_column, room, all_rows)
        places, factors = self._place[entries.columns[is_column]], entries.factors[is_column]
        self._entries = rows, places, factors
        is_twofold = self._back[places] >= 0
        order = np.argsort(np.concatenate([rows, rows[is_twofold]]), kind="stable")
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self._number) + len(self._twofold), len(all_rows)
        program.col_cost_ = np.concatenate([self._costs, self._costs[self._twofold]])
        low = np.where(self._back < 0, -self._down, 0.0)
        program.col_lower_ = np.concatenate([low, np.zeros(len(self._twofold))])
        program.col_upper_ = np.concatenate([self._up, self._down[self._twofold]])
        program.row_lower_, program.row_upper_ = self._row_low, self._row_high
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        sizes = np.bincount(rows, minlength=len(all_rows)) + np.bincount(rows[is_twofold], minlength=len(all_rows))
        program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)])
        program.a_matrix_.index_ = np.concatenate([places, self._back[places[is_twofold]]])[order]
        program.a_matrix_.value_ = np.concatenate([factors, -factors[is_twofold]])[order]
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.passModel(program)
        return solver, highspy.HighsModelStatus.kOptimal

    def cheapest(self, cell: int, step: float) -> _Floats | None:
        """The cheapest way to move a cell so far; None where there is none."""
        place = self.place_of(cell)
        if place is None:
            return None
        self._set_room(place, step, step)
        self._program.run()
        change = None
        if self._program.getModelStatus() == self._optimal:
            solution = self._program.getSolution()
            values = np.array(solution.col_value)
            change = values[: len(self._number)]
            change[self._twofold] -= values[len(self._number) :]
        self._set_room(place, -self._down[place], self._up[place])
        return change

    def those_of(self, moves: Iterable[_Move]) -> set[_Move]:
        """Those of some moves that there are in a program where nothing costs, many asked at once."""
        return {move for together in self._apart(moves) for move in self._there_are(together)}

    def _there_are(self, moves: Sequence[_Move]) -> list[_Move]:
        """Those of moves that do not hinder each other that there are: each goes as far as it can."""
        places = [self._place[self._of.by_cell[move.cell]] for move in moves]
        for place, move in zip(places, moves, strict=True):
            self._set_room(place, min(0.0, move.step), max(0.0, move.step))
            self._program.changeColCost(place, -move.step)
        self._program.run()
        values = self._program.getSolution().col_value
        for place in places:
            self._set_room(place, -self._down[place], self._up[place])
            self._program.changeColCost(place, 0.0)
        return [move for place, move in zip(places, moves, strict=True) if abs(values[place] - move.step) < _NEVER]

    def _apart(self, moves: Iterable[_Move]) -> list[list[_Move]]:
        """Moves in lists, each of such as have no row in common, and no column that can move."""
        rows_of = self._bound_rows()
        lists: list[list[_Move]] = []
        rows_of_list: list[set[int]] = []
        for move in moves:
            place = self.place_of(move.cell)
            if place is None:
                continue
            apart = (n for n, rows in enumerate(rows_of_list) if rows.isdisjoint(rows_of[place]))
            number = next(apart, len(lists))
            if number == len(lists):
                lists.append([])
                rows_of_list.append(set())
            lists[number].append(move)
            rows_of_list[number] |= rows_of[place]
        return lists

    def _bound_rows(self) -> list[set[int]]:
        """The rows that each column is in, and itself; rows bound together by columns that can move have one number."""
        rows, places, _ = self._entries
        can_move = (self._up > 0) | (self._down > 0)
        is_bond = can_move[places]
        label = _bound(rows[is_bond], places[is_bond], len(self._row_low))
        rows_of = [{-1 - place} for place in range(len(self._number))]
        for row, place in zip(label[rows].tolist(), places.tolist(), strict=True):
            rows_of[place].add(row)
        return rows_of

    def as_far(self, change: _Floats, move: _Move) -> _Floats | None:
        """A move that costs nothing more, made as long as one asked for, or turned round; None where that cannot be."""
        place = self.place_of(move.cell)
        if place is None or abs(change[place]) <= _NEVER:
            return None
        other: _Floats = change * (move.step / change[place])
        return other if self._allows(other, place) else None

    def _allows(self, change: _Floats, place: int) -> bool:
        """Whether a move is possible, were the cell that it is for free to go anywhere."""
        is_within = (change <= self._up + _NEVER) & (change >= -self._down - _NEVER)
        is_within[place] = True
        if not is_within.all():
            return False
        rows, places, factors = self._entries
        sums = np.bincount(rows, factors * change[places], len(self._row_low))
        return bool((sums <= self._row_high + _NEVER).all() and (sums >= self._row_low - _NEVER).all())

    def cells(self, change: _Floats) -> frozenset[int]:
        """The cells that a move changes."""
        return self._of.cells(self._number[np.abs(change) > _NEVER])

    def asked_places(self, change: _Floats) -> list[int]:
        """Where the columns are that a move changes and that moves are asked of."""
        is_asked = self._of.is_sensitive[self._number] & (np.abs(change) > _NEVER)
        places: list[int] = np.flatnonzero(is_asked).tolist()
        return places

    def set_costs(self, costs: _Floats) -> None:
        """Let what is hidden now cost nothing."""
        costs = costs[self._number]
        for place in np.flatnonzero(costs != self._costs):
            self._program.changeColCost(place, costs[place])
            self._program.changeColCost(self._back[place], costs[place])
        self._costs = costs

    def close(self, column: int) -> None:
        """Let a column go nowhere."""
        place = self._place[column]
        if place >= 0:
            self._set_room(place, 0.0, 0.0)

    def open(self, column: int) -> None:
        """Let a column go as far as it can."""
        place = self._place[column]
        if place >= 0:
            self._set_room(place, -self._down[place], self._up[place])

    def place_of(self, cell: int) -> int | None:
        """Where a cell's column is in the program; None for one that cannot move."""
        column = self._of.by_cell.get(cell)
        place = -1 if column is None else int(self._place[column])
        return None if place < 0 else place

    def _set_room(self, place: int, low: float, high: float) -> None:
        back = self._back[place]
        if back < 0:
            self._program.changeColBounds(place, low, high)
            return
        self._program.changeColBounds(place, max(low, 0.0), max(high, 0.0))
        self._program.changeColBounds(back, max(-high, 0.0), max(-low, 0.0))


def _free(entries: _Entries, can_move: _Flags) -> _Flags:
    """The columns that can move: not the only one of an equation, and so on."""
    is_free = can_move.copy()
    while True:
        is_entry = is_free[entries.columns]
        is_alone = np.bincount(entries.rows[is_entry]) == 1
        alone = entries.columns[is_entry][is_alone[entries.rows[is_entry]]]
        if not len(alone):
            return is_free
        is_free[alone] = False


def _bound(some: NDArray[np.int64], others: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The least of all that each of `size` hangs together with, by pairs of one of `some` and one of `others`."""
    label = np.arange(size)
    while True:
        least = np.full(others.max(initial=-1) + 1, size)
        np.minimum.at(least, others, label[some])
        new = label.copy()
        np.minimum.at(new, some, least[others])
        if (new == label).all():
            return label
        label = new[new]


def _row_room(
    entries: _Entries, is_slack: _Flags, room: tuple[_Floats, _Floats], all_rows: NDArray[np.int64]
) -> tuple[_Floats, _Floats]:
    """How far the rest of each row may go, by what the columns that are in it alone can take up."""
    up, down = (each[entries.columns[is_slack]] for each in room)
    factors = entries.factors[is_slack]
    rows = entries.rows[is_slack]
    size = int(max(all_rows.max(initial=-1), rows.max(initial=-1))) + 1
    low, high = np.zeros(size), np.zeros(size)
    np.add.at(low, rows, -np.where(factors > 0, factors * up, -factors * down))
    np.add.at(high, rows, np.where(factors > 0, factors * down, -factors * up))
    return low[all_rows], high[all_rows]


def _alike(table: Table, cells: Sequence[int]) -> list[tuple[int, ...]]:
    """Cells that have the same count whatever it is, as groups; without those tied to one that stays seen."""
    equations = (*table.ties, *table.equations)
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
    columns = _Columns(table, cells, sensitive, hidden)
    columns.measure(low, high)
    only_hidden = _OnlyHidden(columns, hidden)
    moves = [_Move(cell, step, False) for cell in sensitive for step in _steps(float(table.values[cell]), low, high)]
    return all(only_hidden.has(move) for move in moves if move.step)
