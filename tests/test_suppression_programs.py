"""The programs that leave out what cannot move answer as the whole table does, worked out in the plainest way."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from naravard.methods.suppression import Equation, Table, choose, protects

LOW, HIGH = 1, 4
AREAS, SETS = 4, 3


def random_table(random: Random) -> tuple[Table, list[int], set[int]]:
    """Kommuner by parts of a set, with sums and rests: what is small is sensitive, and hidden where it is seen."""
    counts = [[random.choice([0, 1, 2, 4, 6, 9, 14, 40]) for _ in range(SETS)] for _ in range(AREAS)]
    rows = [[sum(row) + random.choice([0, 2, 5, 30]), *row] for row in counts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    values = [float(value) for row in rows for value in row]
    width = SETS + 1
    place = {(area, part): width * area + part for area in range(AREAS + 1) for part in range(width)}
    equations: list[Equation] = [
        {place[AREAS, part]: -1.0, **{place[area, part]: 1.0 for area in range(AREAS)}} for part in range(width)
    ]
    for area in range(AREAS + 1):
        parts = [place[area, part] for part in range(1, width)]
        values.append(values[place[area, 0]] - sum(values[n] for n in parts))
        equations.append({place[area, 0]: -1.0, **dict.fromkeys(parts, 1.0), len(values) - 1: 1.0})
    twin = place[random.randrange(AREAS), 1]  # another extract has the same persons
    values.append(values[twin])
    equations.append({twin: 1.0, len(values) - 1: -1.0})
    costs = np.array([1.0 + random.random() for _ in range(width * (AREAS + 1))])
    costs[width * AREAS :] *= 100
    costs = np.concatenate([costs, np.zeros(AREAS + 1), [random.choice([1.0, np.inf])]])
    sensitive = [n for n, value in enumerate(values) if LOW <= value <= HIGH and np.isfinite(costs[n])]
    return Table(np.array(values), costs, equations, dear=100.0), sensitive, {n for n in sensitive if costs[n]}


def has_all_that_is_small(table: Table, hidden: set[int], cell: int) -> bool:
    """Whether a cell could be the least and the greatest small count: the whole table as one program, asked anew."""
    matrix = np.zeros((len(table.equations), len(table.values)))
    for row, equation in enumerate(table.equations):
        for n, factor in equation.items():
            matrix[row, n] = factor
    is_free = [n in hidden or table.costs[n] == 0 for n in range(len(table.values))]
    bounds = [(0.0, None) if free else (v, v) for free, v in zip(is_free, table.values, strict=True)]
    for value in {min(LOW, table.values[cell]), HIGH}:
        own = [(value, value) if n == cell else each for n, each in enumerate(bounds)]
        answer = linprog(np.zeros(len(own)), A_eq=matrix, b_eq=matrix @ table.values, bounds=own, method="highs")
        if answer.status != 0 or not (is_free[cell] or value == table.values[cell]):
            return False
    return True


EACH = 24
PARTS = pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 4))])
"""The first random tables; `make soak` has more of the same."""


def tables(part: int) -> Iterator[tuple[Table, list[int], set[int]]]:
    yield from (random_table(Random(EACH * part + n)) for n in range(EACH))


@PARTS
@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.8])
def test_a_table_is_protected_where_the_whole_of_it_says_so(share: float, part: int) -> None:
    random = Random(share)
    answers = []
    for table, sensitive, hidden in tables(part):
        some = hidden | {n for n, cost in enumerate(table.costs) if 0 < cost < np.inf and random.random() < share}
        answers.append(protects(table, sensitive, some, LOW, HIGH))
        assert answers[-1] == all(has_all_that_is_small(table, some, cell) for cell in sensitive)
    assert any(answers)
    assert not all(answers)


@PARTS
def test_what_is_chosen_protects_each_that_it_does_not_name(part: int) -> None:
    names_some = False
    for table, sensitive, hidden in tables(part):
        choice = choose(table, sensitive, hidden, LOW, HIGH)
        names_some |= bool(choice.unprotected)
        for cell in sensitive:
            assert has_all_that_is_small(table, hidden | choice.more, cell) or cell in choice.unprotected
    assert names_some


@PARTS
def test_nothing_that_is_chosen_is_seen_already_or_stays_seen(part: int) -> None:
    for table, sensitive, hidden in tables(part):
        more = choose(table, sensitive, hidden, LOW, HIGH).more
        assert not more & hidden
        assert all(0 < table.costs[n] < np.inf for n in more)


def test_the_choice_does_not_hang_on_how_large_the_small_are() -> None:
    """Each of 1–4 in the place of a small count, with its partner in the largest kommun, is hidden alike."""
    by_small = set()
    for small in range(LOW, HIGH + 1):
        values = np.array([small, 60.0, 90.0, small + 150.0])
        table = Table(values, np.array([1.0, 1.2, 1.1, 100.0]), [{0: 1.0, 1: 1.0, 2: 1.0, 3: -1.0}], dear=100.0)
        by_small.add(choose(table, [0], {0}, LOW, HIGH).more)
    assert by_small == {frozenset({2})}
