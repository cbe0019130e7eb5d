"""Nothing hidden follows from what was shown before, from a period that overlaps, or from how the gate chooses."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from naravard.base import kommuner
from naravard.figures import indicators, plans, protection, rules
from naravard.figures.plans import plan_of
from naravard.figures.protection import Cell
from naravard.figures.reader import Reader
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.shelves import OutOfReach
from naravard.store.snapshots import Snapshot, Store
from tests.attack import attack, truth_of
from tests.examples import more
from tests.replay import Game, narrowed
from tests.test_attack import PERIOD, empty, in_force, random_store, sabo_by_hand

__all__ = ["empty"]
pytestmark = pytest.mark.attack
CODES = [kommun.kod for kommun in kommuner.in_lan("08")]
SHARE = "sabo_andel_primarvard"


def sabo_table(random: Random, inhabitants_by_code: Mapping[str, int]) -> Counts:
    """Twelve kommuner of the sizes that they have, with a small count or a small rest in one to three of them."""
    residents = {code: round(inhabitants_by_code[code] / 100 * random.uniform(0.6, 1.2)) for code in CODES}
    enrolled = {code: min(count, round(count * random.betavariate(2, 1))) for code, count in residents.items()}
    for code in random.sample(CODES, random.randint(1, 3)):
        enrolled[code] = random.choice([1, 2, 3, 4, residents[code] - 1, residents[code] - 3])
    return sabo_by_hand(PERIOD, enrolled, {code: residents[code] - enrolled[code] for code in CODES})


def replayed(store: Store, seed: int, tries: int = 12) -> tuple[int, list[str]]:
    """How many small counts a random table has, and which of them are told by replaying the gate."""
    with store.open() as snapshot:
        rows = snapshot.connection.execute(
            "select kommun_kod, arg_max(antal, ar) from befolkning_gallande "
            "where aldersgrupp = 'totalt' and kon = 'totalt' and niva = 'kommun' group by kommun_kod"
        )
        inhabitants_by_code = dict(rows.fetchall())
    # the installation's secret order is of the table's number, so that what one run finds the next one does too
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Snapshot, "order_key", lambda self: f"{seed:032x}")
        with store.candidate([sabo_table(Random(seed), inhabitants_by_code)]) as snapshot:
            return narrowed(snapshot, Random(seed), tries=tries)


def counts_of(med: Mapping[str, int], residents: int = 60, period: str = PERIOD) -> Counts:
    return sabo_by_hand(period, dict(med), {code: residents - count for code, count in med.items()})


MED = {code: 20 + n for n, code in enumerate(CODES)}


@contextmanager
def costs_from_hidden_counts() -> Iterator[None]:
    """As the gate once chose: the partner with the fewest persons, above a limit that all know."""
    costs = protection._Period._costs

    def by_size(self: protection._Period) -> list[float]:
        sizes = [0.0 if value != value else value for value in self.values]
        return [1 + size if 0 < cost < 1e9 else cost for cost, size in zip(costs(self), sizes, strict=False)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protection._Period, "_costs", by_size)
        patch.setattr(protection, "_GIVES_WAY", (3.0, 3.0))
        yield


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 22))])
def test_who_replays_the_gate_narrows_no_count(shared_deck: Store, part: int) -> None:
    """Five tables in each part, the same each time: `make attack` has 110."""
    told = {seed: replayed(shared_deck, seed) for seed in range(5 * part, 5 * part + 5)}
    assert all(count for count, _ in told.values())
    assert {seed: sentences for seed, (_, sentences) in told.items() if sentences} == {}


NEAR_SMALL = "nyckel107"
"""An installation where Oskarshamn's nine without kommunal primärvård give way for others."""


@pytest.mark.parametrize(
    "key",
    [NEAR_SMALL, *(pytest.param(f"{key:032x}", marks=pytest.mark.slow) for key in range(40))],
)
def test_the_decks_own_table_is_not_narrowed_where_it_is_not_published(
    shared_deck: Store, empty: Store, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For some secret orders, the same each time. Beside the published one it would give nothing more away."""
    with shared_deck.open() as snapshot:
        rows = snapshot.connection.execute("select kommun_kod, boende, med_primarvard from sabo where niva = 'kommun'")
        residents_and_enrolled = {code: (all_, med) for code, all_, med in rows.fetchall() if med is not None}
    enrolled = {code: med for code, (_, med) in residents_and_enrolled.items()}
    without = {code: all_ - med for code, (all_, med) in residents_and_enrolled.items()}
    monkeypatch.setattr(Snapshot, "order_key", lambda self: key)
    with empty.candidate([sabo_by_hand(PERIOD, enrolled, without)]) as snapshot:
        count, sentences = narrowed(snapshot, Random(1))
        hidden_for_others = {c.kommun_kod for c, why in plan_of(snapshot).reasons.items() if why == "foljd"}
    assert count
    assert sentences == []
    assert hidden_for_others == {"0882"} or key != NEAR_SMALL


@pytest.mark.slow
def test_replaying_narrows_counts_where_hidden_ones_are_weighed(shared_deck: Store) -> None:
    with costs_from_hidden_counts():
        told = any(replayed(shared_deck, seed, tries=3)[1] for seed in range(6, 13))
    assert told, "the attack is to succeed"


def test_the_replay_shows_what_the_gate_shows(example: Store) -> None:
    with example.open() as snapshot:
        seen = Game.of(snapshot).shown(truth_of(snapshot))
        result = Reader.over(snapshot).read(SHARE)
        for row in result.rows:
            place = SHARE, row.kommun_kod, row.matperiod, row.grupp
            if place in seen:
                assert (row.taljare, row.namnare) == seen[place][:2]


def test_a_store_has_its_own_order_and_keeps_it(empty: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    keys = set()
    for _ in range(2):
        store = Store(tmp_path_factory.mktemp("lager"), Schema(empty.schema.tables, empty.schema.views))
        for _ in range(2):
            store.publish([counts_of(MED)], who="a", why="b")
            with store.open() as snapshot:
                keys.add(snapshot.order_key())
    assert len(keys) == 2
    assert all(len(key) == 32 for key in keys)
    one, other = ([protection.Whole((), (), (), rules.in_force(), "08", key).order(a) for a in CODES] for key in keys)
    assert one != other


def published(store: Store, *versions: Counts) -> Store:
    for counts in versions:
        store.publish([counts], who="a", why="b")
    return store


@pytest.fixture
def fresh(empty: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("lager"), Schema(empty.schema.tables, empty.schema.views))


def recovered(store: Store) -> list[str]:
    numbers = sorted(store.numbers())
    with store.open(numbers[0]) as first, store.open(numbers[-1]) as last:
        return attack(first, last).recovered


CORRECTIONS = {
    "one that was small is not": ({**MED, "0885": 3}, {**MED, "0885": 12}),
    "one that was not small is": ({**MED, "0885": 12}, {**MED, "0885": 3}),
    "another is small": ({**MED, "0885": 3}, {**MED, "0840": 2}),
    "a rest is small": ({**MED, "0885": 58}, {**MED, "0885": 50}),
    "all are large": (MED, {**MED, "0885": 44}),
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_a_correction_gives_nothing_away_of_the_version_before(fresh: Store, name: str) -> None:
    published(fresh, *map(counts_of, CORRECTIONS[name]))
    assert recovered(fresh) == []


def test_without_what_was_seen_a_correction_gives_the_old_count_away(
    fresh: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "_earlier", lambda snapshot: ())
    published(fresh, *map(counts_of, CORRECTIONS["one that was small is not"]))
    assert recovered(fresh), "the attack is to succeed"


@pytest.mark.parametrize("seed", [0, *more(*range(1, 4))])
def test_a_random_correction_gives_nothing_away(fresh: Store, seed: int) -> None:
    random = Random(seed)
    first = {code: random.choice([2, 3, 9, 30, 40, 57]) for code in CODES}
    second = {code: random.choice([2, 14, 45]) if random.random() < 0.2 else count for code, count in first.items()}
    published(fresh, counts_of(first), counts_of(second))
    assert recovered(fresh) == []


def test_what_was_seen_is_not_hidden_for_another(fresh: Store) -> None:
    """A new small count finds other partners than the counts that the version before shows."""
    published(fresh, counts_of(MED), counts_of({**MED, "0885": 3, "0840": 33, "0860": 34}))
    with fresh.open() as snapshot:
        hidden = {c.kommun_kod for c, reason in plan_of(snapshot).reasons.items() if reason == "foljd"}
    assert hidden
    assert hidden <= {"0885", "0840", "0860", "08"}


def test_a_version_out_of_reach_makes_nothing_more_hidden(fresh: Store) -> None:
    published(fresh, *map(counts_of, CORRECTIONS["one that was small is not"]))
    with fresh.open() as snapshot:
        assert plan_of(snapshot).reasons
    fresh.withdraw([1], who="a", why="b")
    with fresh.open() as snapshot:
        assert not plan_of(snapshot).reasons


def test_other_publications_between_make_no_difference(fresh: Store) -> None:
    first, second = map(counts_of, CORRECTIONS["one that was small is not"])
    published(fresh, first, counts_of(MED, period="våren 2021"), second, counts_of(MED, period="våren 2022"))
    with fresh.open() as snapshot:
        hidden = {cell.kommun_kod for cell in plan_of(snapshot, [PERIOD]).reasons}
        assert "0885" in hidden
        assert plans.whole_of(snapshot).taken_in() == [1, 2]


def test_what_a_restore_brings_back_is_beside_what_was_seen_between(fresh: Store) -> None:
    published(fresh, *map(counts_of, CORRECTIONS["one that was not small is"]))
    fresh.restore(1, who="a", why="b")
    numbers = sorted(fresh.numbers())
    with fresh.open(numbers[1]) as small, fresh.open(numbers[2]) as back:
        assert attack(small, back).recovered == []


def test_what_earlier_versions_count_follows_from_the_log(fresh: Store) -> None:
    """As each of them says itself: after corrections, under other letters, two at once, a restore, one out of reach."""
    for names in (["våren 2021"], ["våren 2022", "2022"], ["Våren 2021"], ["våren 2021", "VÅREN 2021"], ["2023"]):
        fresh.publish([counts_of(MED, period=name) for name in names], who="a", why="b")
    fresh.restore(2, who="a", why="b")
    published(fresh, counts_of(MED, period="våren 2022"), counts_of(MED, period="2024"))
    fresh.withdraw([3], who="a", why="b")
    published(fresh, counts_of(MED, period="2024"))
    with fresh.open() as snapshot:
        periods_by_version = dict(plans._periods_by_version(snapshot))
    assert list(periods_by_version) == [9, 8, 7, 6, 5, 4, 2, 1]
    for number, period_by_id in periods_by_version.items():
        with fresh.open(number) as earlier:
            in_force_then = {e.uttag_id: e.matperiod for e in earlier.extracts() if e.status == "gallande"}
        assert period_by_id == in_force_then, number


def test_a_damaged_version_takes_nothing_from_the_others(fresh: Store) -> None:
    """What is in it alone cannot be known; its neighbours are taken in."""
    first, second = map(counts_of, CORRECTIONS["one that was small is not"])
    published(fresh, first, counts_of({**MED, "0840": 2}), second)
    (fresh.folder / "000002.duckdb").write_bytes(b"skadad")
    with fresh.open() as snapshot:
        assert "0885" in {cell.kommun_kod for cell in plan_of(snapshot).reasons}
        assert plans.whole_of(snapshot).taken_in() == [1]


def test_a_version_that_others_can_read_is_not_left_out(fresh: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its copy is damaged here and the database is away: nothing is shown, rather than what it would give away."""
    first, second = map(counts_of, CORRECTIONS["one that was small is not"])
    published(fresh, first, second)
    get = fresh.shelf.get

    def out_of_reach(number: int) -> Path:
        if number == 1:
            raise OutOfReach("Kopian är skadad.")
        return get(number)

    monkeypatch.setattr(fresh.shelf, "get", out_of_reach)
    with fresh.open() as snapshot, pytest.raises(OutOfReach):
        plan_of(snapshot)


@pytest.mark.parametrize("later", ["april 2026", "2026", "2026-03"])
def test_periods_that_overlap_are_hidden_alike(empty: Store, later: str) -> None:
    """Enrolled persons are mostly the same in a season and in its months; one is small in the one alone."""
    first = counts_of({**MED, "0885": 3}, period="våren 2026")
    for med in ({**MED, "0885": 25}, {**MED, "0821": 2}):
        with empty.candidate([first, counts_of(med, period=later)]) as snapshot:
            assert attack(snapshot).recovered == []


def test_planned_apart_overlapping_periods_give_counts_away(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection.Whole, "_hang_together", lambda *_: False)
    first = counts_of({**MED, "0885": 3}, period="våren 2026")
    second = counts_of({**MED, "0885": 25}, period="april 2026")
    with empty.candidate([first, second]) as snapshot:
        assert attack(snapshot).recovered, "the attack is to succeed"


def test_that_all_of_a_few_are_in_one_group_is_not_seen(empty: Store) -> None:
    enrolled = {**MED, "0821": 3, "0834": 0}
    without = {code: 60 - count for code, count in MED.items()} | {"0821": 0, "0834": 3}
    with empty.candidate([sabo_by_hand(PERIOD, enrolled, without)]) as snapshot:
        hidden_rows = {row.kommun_kod for row in Reader.over(snapshot).read(SHARE).rows if row.taljare is None}
    assert {"0821", "0834"} <= hidden_rows
    switched_off = frozenset({"liten_helhet"})
    with in_force(switched_off=switched_off), empty.candidate([sabo_by_hand(PERIOD, enrolled, without)]) as snapshot:
        row = Reader.over(snapshot).read(SHARE).row("0834")
        assert row is not None
        assert row.taljare == 0


def is_small_whole(cell: Cell, reason: str) -> bool:
    return cell.mangd in {"cosmic", "ensolutions"} and reason == "litet_antal"


def test_groups_of_a_small_whole_are_hidden_in_each_division(empty: Store) -> None:
    extracts = [extract for seed in range(6) for extract in random_store(Random(seed), str(seed))]
    with empty.candidate(extracts) as snapshot:
        small = {(c.uttag_id, c.kommun_kod) for c, why in plan_of(snapshot).reasons.items() if is_small_whole(c, why)}
        assert small
        for indicator in ("kommunal_primarvard_antal", "rub_fordelning", "hemsjukvard_profession"):
            rows = Reader.over(snapshot).read(indicator, matperiod="alla").rows
            assert [row for row in rows if row.taljare == 0 and (row.uttag_id, row.kommun_kod) in small] == []


def remembering(store: Store) -> Store:
    return Store(store.folder, store.schema, hidden_cells=plans.hidden_cells)


def shown_by_area(store: Store, number: int) -> dict[str, int | None]:
    with store.open(number) as snapshot:
        return {row.kommun_kod: row.taljare for row in Reader.over(snapshot).read(SHARE).rows}


def told_together(*views: Mapping[str, int | None]) -> bool:
    """Whether Borgholm's 3 follows from what is seen in any of some views of the same extract."""
    together = {area: next((v[area] for v in views if v[area] is not None), None) for area in views[0]}
    return [area for area, value in together.items() if value is None] == ["0885"]


def tells_when_withdrawn(store: Store) -> bool:
    """Who has read the version before the withdrawal has the one after it too."""
    published(store, counts_of(MED), counts_of({**MED, "0885": 3, "0840": 33, "0860": 34}))
    before = shown_by_area(store, 2)
    store.withdraw([1], who="a", why="b")
    return told_together(before, shown_by_area(store, 3))


def test_a_withdrawal_does_not_change_what_else_is_hidden(fresh: Store) -> None:
    stores = [remembering(Store(fresh.folder / str(n), fresh.schema)) for n in range(3)]
    assert not any(map(tells_when_withdrawn, stores))


def test_a_withdrawal_tells_where_nothing_is_remembered(fresh: Store) -> None:
    """By the installation's own order of kommuner, which is another in each store."""
    assert any(tells_when_withdrawn(Store(fresh.folder / str(n), fresh.schema)) for n in range(20))


def test_an_indicator_whose_sql_fails_stops_no_publication(fresh: Store) -> None:
    """It fails while it runs, not when it is read: such an error ends the transaction that it is asked in."""
    registry = dict(indicators.registry())
    sql = """
        select kommun_kod, matperiod, 'totalt' as grupp, ('x' || boende)::integer as taljare,
            null::bigint as namnare, uttag_id
        from sabo inner join uttag using (uttag_id)
    """
    failing = replace(registry["sabo_boende"], id="fel", sql=sql)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "registry", lambda: {"fel": failing, **registry})
        store = published(remembering(fresh), counts_of({**MED, "0885": 3}))
        assert store.restore(1, who="a", why="b") == 2
    for number in (1, 2):
        with store.open(number) as snapshot:
            assert {area for _, mangd, _, area in snapshot.hidden() if mangd} > {"0885"}


def test_another_indicator_does_not_change_what_else_is_hidden(fresh: Store) -> None:
    registry = dict(indicators.registry())
    sql = """
        select kommun_kod, matperiod, 'totalt' as grupp, med_primarvard as taljare, null::bigint as namnare,
            sabo.uttag_id
        from sabo inner join uttag using (uttag_id) where kommun_kod = '{area}'
    """
    store = published(remembering(fresh), counts_of({**MED, "0885": 3}))
    before = shown_by_area(store, 1)
    (partner,) = [area for area, value in before.items() if value is None and area != "0885"]
    more = replace(
        registry["sabo_boende"], id="ny", sql=sql.format(area=partner), mangder={"taljare": "sabo.primarvard.med"}
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "registry", lambda: {**registry, "ny": more})
        with store.open(1) as snapshot:
            snapshot.memo.clear()
        assert shown_by_area(store, 1) == before
