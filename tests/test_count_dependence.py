"""An indicator whose rows, beside the counts, follow from how large these are is refused: it shows which are small."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from naravard.base import kommuner
from naravard.figures import count_dependence, indicators
from naravard.figures.kinds import kinds
from naravard.figures.plans import refusals
from naravard.figures.reader import Reader
from naravard.store.snapshots import Snapshot, Store
from tests import documents
from tests.test_attack import PERIOD, PLACE, SABO_ROWS, and_also, sabo_by_hand

COUNT = f"select {PLACE}, med_primarvard as taljare, null::bigint as namnare, sabo.uttag_id"
SHARE = f"select {PLACE}, med_primarvard as taljare, boende as namnare, sabo.uttag_id"
DEPENDENT = {
    "rows of ten and more": ("count", f"{COUNT} {SABO_ROWS} where med_primarvard >= 10"),
    "rows of those that are not small": ("count", f"{COUNT} {SABO_ROWS} where not med_primarvard between 1 and 4"),
    "rows but for one small number": ("count", f"{COUNT} {SABO_ROWS} where med_primarvard <> 3"),
    "rows whose share is less than all": ("proportion", f"{SHARE} {SABO_ROWS} where med_primarvard < boende"),
    "small counts as missing": (
        "count",
        f"select {PLACE}, case when med_primarvard < 5 then null else med_primarvard end as taljare, "
        f"null::bigint as namnare, sabo.uttag_id {SABO_ROWS}",
    ),
    "a sign for small counts": ("count", f"{COUNT}, if(med_primarvard < 5, 'dolt', null) as tecken {SABO_ROWS}"),
    "a year of a count": ("count", f"{COUNT}, 2000 + med_primarvard % 100 as taljare_ar {SABO_ROWS}"),
    "inhabitants of one year or another": (
        "rate",
        f"select {PLACE}, med_primarvard as taljare, sabo.uttag_id, "
        f"if(med_primarvard < 5, 10848, 10845) as namnare {SABO_ROWS}",
    ),
    "the largest of the län": (
        "count",
        f"{COUNT} {SABO_ROWS} qualify med_primarvard > 0.5 * max(med_primarvard) over () and med_primarvard > 20",
    ),
    "SQL that stops at a small count": (
        "count",
        f"{COUNT} {SABO_ROWS} where if(med_primarvard < 5, error('litet'), true)",
    ),
    "groups that are large": (
        "count",
        f"{COUNT} {SABO_ROWS} where kommun_kod in (select kommun_kod from sabo group by all having sum(boende) > 100)",
    ),
}
INDEPENDENT = {
    "all rows": ("count", f"{COUNT} {SABO_ROWS}"),
    "rows that have a count": ("count", f"{COUNT} {SABO_ROWS} where med_primarvard is not null"),
    "a denominator that can be divided by": ("proportion", f"{SHARE} {SABO_ROWS} where boende > 0"),
    "some kommuner": ("count", f"{COUNT} {SABO_ROWS} where kommun_kod <> '0885'"),
}
MANGDER = {
    "rate": {"taljare": "sabo.primarvard.med"},
    "count": {"taljare": "sabo.primarvard.med"},
    "proportion": indicators.registry()["sabo_andel_primarvard"].mangder,
}


@pytest.fixture(scope="module")
def with_a_small_count(shared: tuple[Store, Store]) -> Iterator[Snapshot]:
    enrolled = {kommun.kod: 20 + n for n, kommun in enumerate(kommuner.in_lan("08"))} | {"0885": 3}
    with shared[0].candidate([sabo_by_hand(PERIOD, enrolled, dict.fromkeys(enrolled, 40))]) as snapshot:
        yield snapshot


def refused(snapshot: Snapshot, kind: str, sql: str) -> dict[str, str]:
    own = replace(indicators.registry()["sabo_andel_primarvard"], kind=kinds()[kind], sql=sql, mangder=MANGDER[kind])
    with and_also(snapshot, own):
        return refusals(snapshot)


@pytest.mark.parametrize("name", DEPENDENT)
def test_an_indicator_whose_rows_follow_from_the_counts_is_refused(with_a_small_count: Snapshot, name: str) -> None:
    assert refused(with_a_small_count, *DEPENDENT[name]) == {"fel": count_dependence.FAULT}


@pytest.mark.parametrize("name", INDEPENDENT)
def test_one_whose_rows_do_not_is_shown(with_a_small_count: Snapshot, name: str) -> None:
    assert refused(with_a_small_count, *INDEPENDENT[name]) == {}


def test_none_of_ours_depends_on_its_counts_and_all_are_written_down(
    shared_example: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert count_dependence.WRITTEN_DOWN.read_text(encoding="utf-8") == documents.queries_written_down(), (
        "run make docs"
    )
    monkeypatch.setattr(count_dependence, "_fingerprints_written_down", frozenset)
    monkeypatch.setattr(count_dependence, "_depends", {})
    with shared_example.open() as snapshot:
        assert count_dependence.faults(snapshot) == {}
        all_sql = {sql for sql, _ in count_dependence._depends}
    assert all_sql >= {i.sql for i in indicators.registry().values() if i.mangder}


def test_what_is_written_down_is_not_tried_again(shared_example: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(count_dependence, "_depends", {})
    with shared_example.open() as snapshot:
        count_dependence.faults(snapshot)
    assert count_dependence._depends == {}


def test_one_that_has_nothing_to_be_tried_on_is_tried_when_there_is(
    with_a_small_count: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, sql = "count", DEPENDENT["rows of ten and more"][1]
    own_extracts = [extract for extract in with_a_small_count.extracts() if not extract.publicerad]
    nothing = [replace(extract, kalla="hemsjukvard") for extract in own_extracts]
    monkeypatch.setattr(count_dependence, "_depends", {})
    with monkeypatch.context() as patch:
        patch.setattr(Snapshot, "extracts", lambda snapshot: nothing)
        own = replace(indicators.registry()["sabo_andel_primarvard"], kind=kinds()[kind], sql=sql)
        with and_also(with_a_small_count, own):
            assert count_dependence.faults(with_a_small_count) == {}
    assert refused(with_a_small_count, kind, sql) == {"fel": count_dependence.FAULT}


def test_it_says_so_on_its_page_and_shows_nothing(with_a_small_count: Snapshot) -> None:
    kind, sql = DEPENDENT["rows of ten and more"]
    own = replace(indicators.registry()["sabo_andel_primarvard"], kind=kinds()[kind], sql=sql, mangder=MANGDER[kind])
    with and_also(with_a_small_count, own), pytest.raises(Exception, match="beroende på hur stora antalen är"):
        Reader.over(with_a_small_count).read("fel", PERIOD)


def test_printed_figures_alone_are_not_tried(shared_deck: Store) -> None:
    """They are published: nothing in them is hidden."""
    with shared_deck.open() as snapshot:
        assert count_dependence.faults(snapshot) == {}
