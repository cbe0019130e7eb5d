"""A month in a quarter that is published later, a correction, a restored version: all beside each other."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from naravard import sources
from naravard.base import kommuner
from naravard.base.errors import NotFound
from naravard.base.recent import Recent
from naravard.figures import indicators, plans, protection
from naravard.store import snapshots
from naravard.store.schema import Schema
from naravard.store.snapshots import Store
from tests.attack import attack
from tests.examples import more
from tests.test_attack import sabo_by_hand

pytestmark = pytest.mark.attack
CODES = [kommun.kod for kommun in kommuner.in_lan("08")]
QUARTER, MONTH = "kvartal 1 2026", "mars 2026"
Table = dict[str, int]


def published(store: Store, period: str, med: Table) -> None:
    store.publish([sabo_by_hand(period, med, {code: 90 - count for code, count in med.items()})], who="a", why="b")


def first(random: Random) -> Table:
    med = {code: random.choice([14, 25, 40, 60]) for code in CODES}
    return med | {code: random.randint(1, 4) for code in random.sample(CODES, 2)}


def changed(med: Table, random: Random) -> Table:
    """Some of the counts are others; most are as they were."""
    some = random.sample(CODES, 3)
    return med | {code: random.choice([2, 16, 44]) for code in some}


def month_after_quarter(store: Store, random: Random) -> None:
    quarter = first(random)
    published(store, QUARTER, quarter)
    published(store, MONTH, changed(quarter, random))


def corrected_month(store: Store, random: Random) -> None:
    quarter = first(random)
    month = changed(quarter, random)
    published(store, QUARTER, quarter)
    published(store, MONTH, month)
    published(store, MONTH, changed(month, random))


def restored_quarter(store: Store, random: Random) -> None:
    quarter = first(random)
    published(store, QUARTER, quarter)
    published(store, QUARTER, changed(quarter, random))
    store.restore(1, who="a", why="b")
    published(store, MONTH, changed(quarter, random))


def corrected_three_times(store: Store, random: Random) -> None:
    quarter = first(random)
    published(store, QUARTER, quarter)
    for _ in range(3):
        quarter = changed(quarter, random)
        published(store, QUARTER, quarter)


def one_kommun_is_missing_for_a_while(store: Store, random: Random) -> None:
    quarter = first(random)
    published(store, QUARTER, quarter)
    missing = random.choice(CODES)
    published(store, QUARTER, {code: count for code, count in changed(quarter, random).items() if code != missing})
    published(store, QUARTER, changed(quarter, random))


def week_at_the_end_of_a_month(store: Store, random: Random) -> None:
    month = first(random)
    published(store, MONTH, month)
    published(store, "vecka 14 2026", changed(month, random))


WAYS: dict[str, Callable[[Store, Random], None]] = {
    "a month after its quarter": month_after_quarter,
    "a month that is corrected": corrected_month,
    "a quarter that is restored": restored_quarter,
    "three corrections in a row": corrected_three_times,
    "a kommun that one version lacks": one_kommun_is_missing_for_a_while,
    "a week that has two days of a month": week_at_the_end_of_a_month,
}
EACH_TIME = (month_after_quarter, restored_quarter, one_kommun_is_missing_for_a_while)


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=() if WAYS[way] in EACH_TIME else pytest.mark.slow) for way in WAYS]
)
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_nothing_follows_from_what_the_versions_show_together(tmp_path: Path, way: str, seed: int) -> None:
    store = Store(tmp_path, Schema(sources.tables(), indicators.views()), hidden_cells=plans.hidden_cells)
    WAYS[way](store, Random(seed))
    newest = store.newest
    assert newest
    for number in range(1, newest):
        with store.open(number) as one, store.open(newest) as other:
            assert attack(one, other).recovered == [], number


def test_what_is_out_of_reach_stays_so_through_a_restore(tmp_path: Path) -> None:
    """Its file is not opened, neither by its number nor by a restore of it or of another."""
    store = Store(tmp_path, Schema(sources.tables(), indicators.views()), hidden_cells=plans.hidden_cells)
    corrected_month(store, Random(1))
    store.withdraw([2], who="a", why="b")
    store.restore(1, who="a", why="b")
    assert store.newest == 5
    assert sorted(store.numbers()) == [1, 3, 4, 5]
    with pytest.raises(NotFound, match="Version 2 finns inte"):
        store.restore(2, who="a", why="b")
    with pytest.raises(NotFound, match="Version 2 finns inte"), store.open(2):
        pass
    with store.open() as snapshot:
        assert 2 not in snapshot.earlier()


def any_history(store: Store, random: Random) -> None:
    """Six publications of three periods that overlap, corrections and restores among them; one may be withdrawn."""
    med = first(random)
    for _ in range(6):
        numbers = sorted(store.numbers())
        if len(numbers) > 2 and random.random() < 0.3:
            store.restore(random.choice(numbers), who="a", why="b")
        else:
            med = changed(med, random)
            published(store, random.choice([QUARTER, MONTH, "vecka 14 2026"]), med)
    if random.random() < 0.5:
        store.withdraw([random.choice(sorted(store.numbers())[:-1])], who="a", why="b")


@pytest.mark.parametrize("seed", [0, *more(*range(1, 40))])
def test_what_comes_with_a_later_version_is_all_that_the_earlier_one_shows(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path, Schema(sources.tables(), indicators.views()), hidden_cells=plans.hidden_cells)
    any_history(store, Random(seed))
    with store.open() as snapshot:
        with_the_later = plans.plan_of(snapshot), plans.whole_of(snapshot).taken_in()
    snapshots._memos.clear()
    monkeypatch.setattr(protection, "_is_taken_in", lambda *_: False)
    with store.open() as snapshot:
        assert (plans.plan_of(snapshot), plans.whole_of(snapshot).taken_in()) == with_the_later


@pytest.mark.slow
@pytest.mark.attack
def test_many_corrections_of_one_period_are_read_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version asks what those before it have shown, and few are kept in memory."""
    store = Store(tmp_path, Schema(sources.tables(), indicators.views()))
    random = Random(0)
    med = first(random)
    for _ in range(12):
        med = changed(med, random)
        published(store, QUARTER, med)
    monkeypatch.setattr(snapshots, "_memos", Recent(3))
    loads: list[int] = []
    whole_of = plans._whole_of
    monkeypatch.setattr(plans, "_whole_of", lambda *args: loads.append(args[0].number) or whole_of(*args))
    with store.open() as snapshot:
        plans.plan_of(snapshot)
        assert plans.whole_of(snapshot).taken_in() == list(range(1, 12))
    assert len(loads) <= 4 * 12
