"""Stores where all is alike: nobody anywhere, all hidden, all the same, all of a class. All that leaves is written."""

import re
from collections.abc import Iterator

import pytest

from naravard import charts
from naravard.base import kommuner
from naravard.figures import standing
from naravard.figures.reader import Reader
from naravard.slides.sheet import sheet
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot, Store
from naravard.telling import situation
from naravard.ui import strips
from naravard.ui.result_table import result_table
from tests.test_attack import by_hand, empty, sabo_by_hand
from tests.test_hostile_eyes import everything, files_of, indicators_of_persons

__all__ = ["empty"]
PERIOD = "våren 2024"
_NO_NUMBER = re.compile(r"\b(?:nan|inf|infinity)\b", re.IGNORECASE)
AREAS = [kommun.kod for kommun in kommuner.in_lan("08")]


def extracts_of(persons: int, *, enrolled: int, without: int) -> list[Counts]:
    """The same number of persons in each kommun, all of one kind."""
    primary = [("boendeform", "ordinart"), ("rub", "3"), ("fast_lakarkontakt", "ja")]
    home = [("aldersgrupp", "80+"), ("kon_80plus", "kvinna"), ("ssk_alder", "80+")]
    home += [("profession", "ssk"), ("profession_65plus", "ssk")]
    return [
        by_hand("cosmic", PERIOD, [(area, primary) for area in AREAS for _ in range(persons)], AREAS),
        by_hand("ensolutions", PERIOD, [(area, home) for area in AREAS for _ in range(persons)], AREAS),
        sabo_by_hand(PERIOD, dict.fromkeys(AREAS, enrolled), dict.fromkeys(AREAS, without)),
    ]


@pytest.fixture(
    params=[(0, 0, 0), (0, 0, 30), (2, 1, 2), (2, 2, 0), (40, 40, 0), (40, 0, 3)],
    ids=["nobody", "no share", "all hidden", "all hidden, of one class", "all of one class", "few outside"],
)
def snapshot(request: pytest.FixtureRequest, empty: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Snapshot]:
    monkeypatch.setattr(strips, "view_address", lambda measure: measure.indicator.id)  # else of a browser's own choices
    persons, enrolled, without = request.param
    with empty.candidate(extracts_of(persons, enrolled=enrolled, without=without)) as candidate:
        yield candidate


def test_each_chart_and_each_summary_is_drawn_where_all_kommuner_are_alike(snapshot: Snapshot) -> None:
    reader = Reader.over(snapshot)
    for indicator_id in indicators_of_persons(snapshot):
        result = reader.read(indicator_id)
        texts = [result_table(result), *(charts.draw(result, kind).to_json() for kind in charts.fitting(result))]
        assert not any(_NO_NUMBER.search(text) for text in texts), indicator_id
    for area in ("08", AREAS[0]):
        standings = standing.standings(area, reader)
        texts = [situation.headline(standings), str(strips.strips(standings, area)), repr(sheet(area, reader, 1))]
        assert not any(_NO_NUMBER.search(text) for text in texts), area


@pytest.mark.slow
@pytest.mark.attack
def test_all_that_leaves_is_written_where_all_kommuner_are_alike(snapshot: Snapshot) -> None:
    for name, text in {**everything(snapshot), **files_of(snapshot)}.items():
        assert not _NO_NUMBER.search(text), name
