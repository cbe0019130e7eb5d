"""What comes for a kommun: its own inhabitants and rates, a third's, beds and nurses; all of it arithmetic."""

from math import ceil
from typing import Any

import pytest

from naravard import charts, exports
from naravard.base import kommuner, periods
from naravard.figures import forward
from naravard.figures.forward import NEEDS, Assumptions, Need, Population, Today
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides import forward as slides
from naravard.store.snapshots import Store
from naravard.telling import forward as words
from naravard.telling.forward import Outlook
from tests.by_hand import BORGHOLM, KALMAR, LAN, ByHand, gate, raw, spec

SABO, HEMTJANST, CARE, VISITS = NEEDS
BASE = 2025


def borgholm(reader: Reader) -> Population:
    population = forward.population(reader, BORGHOLM)
    assert population is not None
    return population


def outlooks(reader: Reader, population: Population) -> list[Outlook]:
    return [
        Outlook(need, forward.today(need, population, BASE, reader), forward.third(need, population, BASE, reader))
        for need in NEEDS
    ]


def rows_by_name(assumptions: Assumptions, reader: Reader) -> dict[tuple[str, str], tuple[str, ...]]:
    population = borgholm(reader)
    table = words.rows(outlooks(reader, population), assumptions, population, BASE)
    return {(name, rate): tuple(rest) for name, rate, *rest in table}


def test_every_kommun_has_its_own_inhabitants_and_forecast_to_2040(shared_live: Store) -> None:
    reader = Reader(shared_live)
    for kommun in kommuner.in_lan(LAN):
        population = forward.population(reader, kommun.kod)
        assert population is not None
        assert list(population.milestones) == [2030, 2035, 2040]
    own = borgholm(reader)
    assert (own.actual[BASE], own.forecast[2040]) == (1303, 1852)
    assert words.finding(own, BASE) == "Borgholm får 1\u00a0637 invånare 80+ år 2030: 26\u00a0% fler än 2025"
    assert words.population_rows(own, BASE)[-1] == ("2040, prognos", "1\u00a0852", "+42\u00a0% sedan 2025")


def test_a_kommun_has_its_own_rate_and_the_lans_where_the_source_has_no_kommuner(shared_live: Store) -> None:
    reader = Reader(shared_live)
    population = borgholm(reader)
    by_id = {need.id: forward.today(need, population, BASE, reader) for need in NEEDS}
    sabo, home, care, visits = (by_id[need.id] for need in NEEDS)
    assert sabo and home and care and visits
    assert sabo.at(1303)[0] == pytest.approx(79)
    assert (home.rate, home.year) == (pytest.approx(1000 * 188 / 1188, abs=0.5), 2023)
    assert home.low < home.rate < home.high
    assert [each.is_of_lan for each in (sabo, home, care, visits)] == [False, False, True, True]
    # the län's persons by the län's inhabitants of that year, and not by the kommun's
    assert care.rate == pytest.approx(1000 * 3558 / 18585)


def test_a_hidden_figure_of_a_kommun_is_not_replaced_by_that_of_the_lan(shared_live: Store) -> None:
    live = Reader(shared_live)
    rows = [raw(BORGHOLM, 3), raw(KALMAR, 400), raw(LAN, 1000)]

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        return gate(rows, spec("count")) if name == SABO.id else live.read(name, matperiod, against)

    assert forward.today(SABO, borgholm(live), BASE, ByHand(fetch)) is None


@pytest.mark.parametrize(
    ("count", "direction", "rate"),
    [
        (5, "neutral", None),
        (6, "neutral", 20),
        (12, "neutral", 40),
        (6, "higher_is_better", 50),
        (6, "lower_is_better", 20),
    ],
)
def test_a_third_is_of_six_kommuner_at_least_and_on_the_better_side(
    shared_live: Store, count: int, direction: Any, rate: int | None
) -> None:
    live = Reader(shared_live)
    population = borgholm(live)
    koder = [kommun.kod for kommun in kommuner.in_lan(LAN)][:count]
    rows = [raw(kod, 10 * (i + 1), 1000, taljare_ar=2025, namnare_ar=2025) for i, kod in enumerate(koder)]

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        return gate(rows, spec(riktning=direction))

    third = forward.third(Need("prov", "Prov", "personer", ""), population, BASE, ByHand(fetch))
    assert (third.today.rate if third else None) == (None if rate is None else pytest.approx(rate))
    if third:
        assert third.is_best is (direction != "neutral")
        better = sum(each * 10 >= rate for each in range(1, count + 1)) if direction == "higher_is_better" else None
        assert better in {None, ceil(count / 3)}


def test_beds_follow_the_occupancy_and_nurses_the_key_that_has_been_written(shared_live: Store) -> None:
    reader = Reader(shared_live)
    without = rows_by_name(Assumptions(), reader)
    full = without["Boende på SÄBO, personer", "som nu"]
    assert without["Platser på SÄBO", "beläggning 100\u00a0%"][1:] == full[1:]
    nurses = "Sjuksköterskor i hemsjukvården, heltid"
    assert set(without[nurses, "bemanningstal saknas"]) == {"–"}, "no key is invented"
    some = rows_by_name(Assumptions({SABO.id: 10}, 50, 25.0, "plan 2026"), reader)
    today = forward.today(SABO, borgholm(reader), BASE, reader)
    care = forward.today(CARE, borgholm(reader), BASE, reader)
    assert isinstance(today, Today) and isinstance(care, Today)
    low, high = (2 * 1.1 * each * 1637 / 1000 for each in (today.low, today.high))
    assert some["Platser på SÄBO", "beläggning 50\u00a0%"][2] == f"{low:.0f}–{high:.0f}"
    assert ("Boende på SÄBO, personer", "+10\u00a0%") in some
    few = [each * 1303 / 1000 / 25 for each in (care.low, care.high)]
    assert some[nurses, "25 personer per heltid"][1] == "–".join(f"{each:.1f}".replace(".", ",") for each in few)
    notes = words.notes(
        outlooks(reader, borgholm(reader)), Assumptions(persons_per_nurse=25, source_of_key="plan"), BASE
    )
    assert notes[-1] == "Bemanningstalet 25 personer per heltid: plan."


def test_no_number_lies_on_another_in_the_chart_of_a_phone(shared_live: Store) -> None:
    own = borgholm(Reader(shared_live))
    wide, narrow = (charts.forecast(*own.results, BASE, BORGHOLM, is_narrow=flag) for flag in (False, True))
    counted, expected = wide.data
    assert [text for text in expected.text if text] == ["1\u00a0637", "1\u00a0781", "1\u00a0852"]
    assert [text for text in counted.text if text] == ["1\u00a0303"]
    assert [text for text in narrow.data[1].text if text] == ["1\u00a0637", "1\u00a0852"]
    assert {counted.textposition, expected.textposition} == {"bottom right", "top left"}
    for figure in (wide, narrow):
        assert figure.layout.yaxis.showticklabels is not False, "most points have no number of their own"


def test_the_slides_have_base_year_percent_and_finding(shared_live: Store) -> None:
    reader = Reader(shared_live)
    own = borgholm(reader)
    deck = slides.deck(own, outlooks(reader, own), Assumptions({SABO.id: -5}), BASE)
    first, second = deck.slides
    assert first.title == words.finding(own, BASE)
    assert first.table is not None and second.table is not None
    assert [row.name for row in first.table.rows] == ["2025", "2030, prognos", "2035, prognos", "2040, prognos"]
    assert second.heading.startswith("Räkneexempel, ingen prognos.")
    assert second.table.rows[0].cells[0].text == "\u22125\u00a0%"
    assert exports.write_deck(deck).startswith(b"PK")


def test_a_fall_is_told_as_fewer() -> None:
    rows = [raw(LAN, count, matperiod=str(year)) for year, count in ((2025, 1000), (2030, 950))]
    result = gate(rows, spec("count"), matperiod=periods.EVERY)
    population = Population({2025: 1000}, {2030: 950}, (result, result))
    assert words.more(population, 2025, 2030) == "5\u00a0% färre"
    assert words.population_rows(population, 2025)[-1][-1] == "\u22125\u00a0% sedan 2025"


@pytest.mark.parametrize(("years", "has_axis"), [(12, False), (13, True)])
def test_a_series_has_an_axis_of_values_where_some_points_have_no_number(years: int, has_axis: bool) -> None:
    rows = [raw(LAN, 500 + i, 1000, matperiod=str(2010 + i), taljare_ar=2010 + i) for i in range(years)]
    figure = charts.draw(gate(rows, spec(diagram="timeline")), "timeline")
    assert (len([text for text in figure.data[0].text if text]) < years) == has_axis
    assert (figure.layout.yaxis.showticklabels is not False) == has_axis
