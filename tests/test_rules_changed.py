"""Another rule than the one before: who has seen both views of the same extract learns nothing small from the two."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from naravard.base import kommuner
from naravard.figures import plans, rules
from naravard.figures.indicators import views
from naravard.figures.rules import Rules
from naravard.sources import tables
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.snapshots import Store
from tests.attack import Facts, Var, _ranges, field_facts, figure_facts, rows_that_show, truth_of
from tests.test_attack import PERIOD, random_store, sabo_by_hand

pytestmark = pytest.mark.attack
CODES = [kommun.kod for kommun in kommuner.in_lan("08")]
FOUR, SEVEN = Rules(1, 4), Rules(1, 7)
ROUNDED = Rules(switched_off=frozenset({"rest"}), complementary=False, rounding_base=5)
ALONE = Rules(complementary=False)


@contextmanager
def in_force(rule: Rules) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "in_force", lambda: rule)
        yield


def told(store: Store, *views_of: tuple[Rules, int], low: int = 1, high: int = 4) -> list[str]:
    """Small counts of all these versions that follow from what is seen under their rules, one after the other."""
    facts = Facts()
    seen_in_all: set[Var] | None = None
    for rule, number in views_of:
        with in_force(rule), store.open(number) as snapshot:
            truth = truth_of(snapshot)
            seen_in_all = set(truth) if seen_in_all is None else seen_in_all & set(truth)
            for var in truth:
                facts.of(*var)
            figure_facts(list(rows_that_show(snapshot)), facts)
    field_facts(truth, facts)
    # a rule that hides nothing but what is small protects no extract that it alone has been shown by
    small = [var for var, count in truth.items() if low <= count <= high and var in (seen_in_all or ())]
    ranges = _ranges(facts, [facts.place[var] for var in small])
    return [
        f"{var}: {least}–{most}"
        for var, (least, most) in zip(small, ranges, strict=True)
        if least > low + 1e-6 or most < high - 1e-6
    ]


def table(random: Random) -> list[Counts]:
    """Kommuner of which one to three have a small count and the others one that is a partner by one rule or by both."""
    med = {code: random.choice([6, 14, 18, 21, 25, 60]) for code in CODES}
    med |= {code: random.randint(1, 4) for code in random.sample(CODES, random.randint(1, 3))}
    return [sabo_by_hand(PERIOD, med, dict.fromkeys(CODES, 40))]


@pytest.fixture
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    def new() -> Iterator[Store]:
        while True:
            folder = tmp_path_factory.mktemp("lager")
            yield Store(folder, Schema(tables(), views()), hidden_cells=plans.hidden_cells)

    return new()


CHANGES = {
    "raised": (FOUR, SEVEN),
    "lowered": (SEVEN, FOUR),
    "without following": (FOUR, ALONE),
    "rests too": (Rules(switched_off=frozenset({"rest"})), FOUR),
}


@pytest.mark.parametrize(
    "again", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["the same version", "another after it"]
)
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        *(("table", name) for name in CHANGES),
        *(("persons", name) for name in ("raised", "without following")),
        *(pytest.param("persons", name, marks=pytest.mark.slow) for name in ("lowered", "rests too")),
    ],
)
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_another_rule_gives_nothing_away(
    stores: Iterator[Store], change: str, again: bool, kind: str, seed: int
) -> None:
    """Each change with a small table each time; with persons a stricter rule and one that is looser."""
    store, (before, after) = next(stores), CHANGES[change]
    extracts = table(Random(seed)) if kind == "table" else random_store(Random(seed), PERIOD)
    with in_force(before):
        store.publish(extracts, who="a", why="b")
    with in_force(after):
        if again:
            store.publish(random_store(Random(99), "våren 2019"), who="a", why="b")
    assert told(store, (before, 1), (after, store.newest)) == []


@pytest.mark.slow
@pytest.mark.attack
def test_what_an_earlier_rule_showed_stays_known_however_many_versions_follow(stores: Iterator[Store]) -> None:
    """A version that is published by the new rule remembers what the old one hid, and not what it hides itself."""
    store = next(stores)
    with in_force(FOUR):
        store.publish(random_store(Random(0), PERIOD), who="a", why="b")
    with in_force(SEVEN):
        for _ in range(2):
            store.publish(random_store(Random(99), "våren 2019"), who="a", why="b")
    assert told(store, (FOUR, 1), (SEVEN, 2), (SEVEN, 3)) == []
