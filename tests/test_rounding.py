"""Random rounding: all visible counts of what is not published are multiples, the same wherever they are seen."""

from collections import defaultdict

import pytest

from naravard.base import periods
from naravard.figures import indicators, rules
from naravard.figures.gate import ProtectedRow
from naravard.figures.protection import Cell, Plan, denominator, numerator
from naravard.figures.reader import Reader
from naravard.figures.rows import rows_of
from naravard.figures.rules import Rules
from naravard.store.snapshots import Store
from tests.by_hand import KALMAR, LAN, gate, raw, spec

ROUNDED = Rules(switched_off=frozenset({"rest"}), complementary=False, rounding_base=5)


@pytest.fixture
def fives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "in_force", lambda: ROUNDED)


def shown(store: Store) -> dict[str, tuple[ProtectedRow, ...]]:
    """What each indicator that has persons shows, in all periods."""
    reader = Reader(store)
    return {i: reader.read(i, matperiod=periods.EVERY).rows for i in indicators.registry()}


def test_a_count_is_rounded_to_a_neighbour_and_right_in_the_mean() -> None:
    for count in range(41):
        values = [ROUNDED.rounded_count(count, (n + 0.5) / 100) for n in range(100)]
        assert {value for value in values if value is not None} <= {count // 5 * 5, -(-count // 5) * 5}
        assert sum(value or 0 for value in values) == 100 * count
    assert ROUNDED.rounded_count(None, 0.5) is None
    assert Rules().rounded_count(7, 0.5) == 7


def test_all_visible_counts_of_what_is_not_published_are_multiples(example: Store, fives: None) -> None:
    with example.open() as snapshot:
        published = {extract.uttag_id for extract in snapshot.extracts() if extract.publicerad}
        exact = {
            (i.id, row.kommun_kod, row.matperiod, row.grupp): row
            for i in indicators.registry().values()
            for row in rows_of(snapshot, i)
        }
    rounded_counts = changed_counts = 0
    for indicator_id, rows in shown(example).items():
        for row in rows:
            before = exact.get((indicator_id, row.kommun_kod, row.matperiod, row.grupp))
            if before is None:  # a place that the indicator has no row of
                assert (row.taljare, row.namnare, row.varde) == (None, None, None)
                continue
            below_id = before.uttag_id if before.namnare_uttag_id is None else before.namnare_uttag_id
            sides = (
                (row.taljare, before.taljare, before.uttag_id),
                (row.namnare, before.namnare, below_id),
            )
            for count, exact_count, uttag_id in sides:
                if count is None or exact_count is None:
                    continue
                if uttag_id in published:
                    assert count == exact_count, "what is published is shown as it is"
                else:
                    assert count % 5 == 0
                    assert abs(count - exact_count) < 5
                    rounded_counts += 1
                    changed_counts += count != exact_count
    assert rounded_counts > 300
    assert changed_counts > rounded_counts / 2


def test_shares_are_worked_out_from_the_rounded_counts(example: Store, fives: None) -> None:
    shares = 0
    for indicator_id, rows in shown(example).items():
        indicator = indicators.by_id(indicator_id)
        if not indicator.kind.part_of_whole or indicator.nyckeltal:  # whose shares are ready
            continue
        for row in rows:
            if row.varde is not None and row.taljare is not None and row.namnare:
                assert row.varde == pytest.approx(min(100.0, indicator.scale * row.taljare / row.namnare))
                shares += 1
    assert shares > 100


def test_the_same_persons_are_the_same_number_wherever_they_are_seen(example: Store, fives: None) -> None:
    by_cell: dict[Cell, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    with example.open() as snapshot:
        raw_rows = {i.id: rows_of(snapshot, i) for i in indicators.registry().values()}
    for indicator_id, rows in shown(example).items():
        indicator = indicators.by_id(indicator_id)
        seen = {(row.kommun_kod, row.matperiod, row.grupp): row for row in rows}
        for raw_row in raw_rows[indicator_id]:
            row = seen[raw_row.kommun_kod, raw_row.matperiod, raw_row.grupp]
            cells = [(numerator(indicator, raw_row), row.taljare)]
            if indicator.kind.has_denominator:
                cells.append((denominator(indicator, raw_row), row.namnare))
            for cell, count in cells:
                if count is not None:
                    by_cell[cell][count].add(indicator_id)
    assert [cell for cell, counts in by_cell.items() if len(counts) > 1] == []
    assert sum(len(ids) > 1 for counts in by_cell.values() for ids in counts.values()) > 40, "seen in several"


def test_what_is_small_is_hidden_before_it_is_rounded() -> None:
    for key in map(str, range(30)):
        plan = Plan(order_key=key)
        small = gate([raw(KALMAR, 4, 52, uttag_id=1)], plan=plan, rules=ROUNDED).rows[0]
        assert (small.taljare, small.varde, small.skydd) == (None, None, "..")


@pytest.mark.parametrize("against", ["lanet", "ovriga"])
def test_a_part_never_looks_larger_than_its_whole(against: str) -> None:
    """52 of 52 may be 55 of 50, each rounded by itself: that is all of them, and no interval can be given."""
    found = set()
    for key in map(str, range(60)):
        rows = [raw(KALMAR, 52, 52, uttag_id=1), raw(LAN, 400, 500, uttag_id=1)]
        row = gate(rows, against=against, plan=Plan(order_key=key), rules=ROUNDED).rows[0]
        found.add((row.taljare, row.namnare, row.varde))
        if row.taljare and row.namnare and row.taljare > row.namnare:
            assert (row.nedre, row.ovre, row.jamforelse) == (None, None, None)
    assert (55, 50, 100.0) in found
    assert max(varde or 0 for *_, varde in found) == 100


def test_a_contradiction_in_the_data_is_not_covered_up() -> None:
    row = gate([raw(KALMAR, 80, 50, uttag_id=1)], plan=Plan(order_key="a"), rules=ROUNDED).rows[0]
    assert row.varde == 160
    assert (row.nedre, row.ovre) == (None, None)


def test_published_counts_are_shown_as_they_are_and_each_side_by_its_own_extract() -> None:
    def counts(published: set[int]) -> tuple[int | None, int | None]:
        rows = [raw(KALMAR, 51, 102, uttag_id=1, namnare_uttag_id=2)]
        row = gate(rows, plan=Plan(order_key="a"), published=published, rules=ROUNDED).rows[0]
        return row.taljare, row.namnare

    above, below = counts(set())
    assert above in {50, 55}
    assert below in {100, 105}
    assert counts({1, 2}) == (51, 102)
    assert counts({1}) == (51, below)
    assert counts({2}) == (above, 102)


def test_a_count_that_comes_as_a_value_is_rounded_too() -> None:
    row = gate(
        [raw(KALMAR, None, varde=52.0, uttag_id=1)], spec("count"), plan=Plan(order_key="a"), rules=ROUNDED
    ).rows[0]
    assert row.varde in {50.0, 55.0}


def test_installations_round_differently_and_each_always_alike() -> None:
    def rounded_count(key: str) -> int | None:
        return (
            gate([raw(KALMAR, 52, uttag_id=1)], spec("count"), plan=Plan(order_key=key), rules=ROUNDED).rows[0].taljare
        )

    by_key = {key: rounded_count(key) for key in map(str, range(30))}
    assert set(by_key.values()) == {50, 55}
    assert by_key == {key: rounded_count(key) for key in by_key}
