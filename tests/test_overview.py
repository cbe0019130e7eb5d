"""What is looked at first, a kommun's profile, slides and the arithmetic ahead: from the two stores, and by hand."""

from dataclasses import replace
from typing import Any

import pytest

from naravard.base import kommuner, periods
from naravard.base.errors import UserError
from naravard.figures import (
    forward,
    indicators,
    overview,
    vision,
)
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.methods import chance
from naravard.slides import lgl
from naravard.store.snapshots import Store
from naravard.telling import phrases, verdicts
from tests.by_hand import LAN, ByHand, gate, raw, spec


def test_the_strongest_signal_comes_first_and_has_what_is_known_of_it(shared_live: Store) -> None:
    found = overview.measures(Reader(shared_live))
    told = overview.signals(found)
    assert [(s.row.kommun, abs(s.row.level)) for s in told] == [
        ("Borgholm", 2),
        ("Mörbylånga", 1),
    ]
    assert [abs(s.row.level) for s in told] == sorted((abs(s.row.level) for s in told), reverse=True)
    sentence = phrases.signal(told[0].row, told[0].measure.result).replace("\u00a0", " ")
    assert sentence.startswith(
        "Borgholm: SÄBO-boende med kommunal primärvård, 5 % mot länets 77 %. Avviker tydligt, lägre."
    )
    assert "registrering" in sentence
    assert overview.comparison_count(found) == 12


def test_what_chance_gives_counts_every_comparison(shared_example: Store) -> None:
    found = overview.measures(Reader(shared_example))
    compared = [row for m in found for row in m.result.kommuner if row.grupp == m.grupp and row.jamforelse]
    assert overview.comparison_count(found) == len(compared) > 50
    assert f"omkring {chance.outside(len(compared)):.1f}".replace(".", ",") in verdicts.about_chance(len(compared))


def test_each_measure_stands_in_one_group_and_none_is_over_time_alone(shared_example: Store) -> None:
    found = overview.measures(Reader(shared_example))
    by_id = {measure.indicator.id: measure for measure in found}
    assert by_id["rub_fordelning"].grupp == "5"
    assert by_id["hemsjukvard_profession"].grupp == "ssk"
    assert "befolkning_80plus_prognos" not in by_id
    assert [m.indicator.kind.is_size for m in found] == sorted(m.indicator.kind.is_size for m in found)


def test_a_profile_has_the_kommuns_own_figures_beside_the_lans(shared_live: Store) -> None:
    lines = {line.measure.indicator.id: line for line in overview.profile("0885", Reader(shared_live))}
    sabo = lines["sabo_andel_primarvard"]
    assert (sabo.row.taljare, sabo.row.namnare) == (4, 79)
    assert sabo.spine is not None
    assert (sabo.spine.low, sabo.spine.at) == (0, 0), "Borgholm is the lowest, and the farthest from the län"
    people = lines["befolkning_80plus"]
    assert people.spine is None, "a count tells how large a kommun is, and not how it goes"
    assert people.before is not None
    assert people.before.matperiod == "2023"
    assert people.change == (people.row.varde or 0) - (people.before.varde or 0) == 115


def test_every_indicator_with_kommuner_is_in_every_kommuns_profile(shared_example: Store) -> None:
    reader = Reader(shared_example)
    wanted = {measure.indicator.id for measure in overview.measures(reader)}
    for kommun in kommuner.in_lan("08"):
        assert {line.measure.indicator.id for line in overview.profile(kommun.kod, reader)} == wanted


def test_a_broken_indicator_does_not_take_the_overview_with_it(shared_live: Store) -> None:
    class Broken(Reader):
        def read(self, indicator_id: str, *choices: Any, **more: Any) -> ProtectedResult:
            if indicator_id == "sabo_boende":
                raise UserError("SQL-frågan går inte att köra.")
            return super().read(indicator_id, *choices, **more)

    broken = Broken(shared_live)
    assert "sabo_boende" not in {measure.indicator.id for measure in overview.measures(broken)}
    assert len(lgl.deck(broken, 1).slides) == 7


def test_lgls_slides_with_figures_are_in_their_order_and_the_last_names_the_others(shared_live: Store) -> None:
    deck = lgl.deck(Reader(shared_live), 1)
    assert [slide.kind for slide in deck.slides] == [
        "title", "figures", "figures", "figures", "figures", "figures", "table",
    ]  # fmt: skip
    titles = [slide.title.replace("\u00a0", " ") for slide in deck.slides]
    assert titles[1] == "5 793 personer i Kalmar län har kommunal primärvård"
    assert titles[2] == "3 558 personer har insats i kommunal hemsjukvård i ordinärt boende"
    assert titles[3].startswith("77 % av de boende på SÄBO har kommunal primärvård (1 447 av 1 885).")
    assert titles[4] == "Hemsjukvård 65+ (Kolada): 9,3 % till 31,3 % i kommunerna (riket 10,1 %)"
    assert titles[5] == "622 akutbesök per 1 000 invånare 80 år och äldre i Kalmar län 2024 (riket 600)"
    for slide in deck.slides[4:6]:
        assert "Kolada" in slide.sentences[-1]
        assert "inte LGL:s egna" in slide.sentences[-1], "what the deck did not have is not the deck's"
    assert not any("Kolada" in sentence for slide in deck.slides[1:4] for sentence in slide.sentences)
    planned_titles = [entry.rubrik for entry in lgl.plan().bild]
    told = " ".join((*deck.slides[-1].remarks, *deck.slides[-1].sentences, deck.slides[-1].notes))
    assert [title for title in planned_titles if title in told] == planned_titles[3:5]


def test_all_slides_have_figures_with_example_data_and_say_what_it_is(shared_example: Store) -> None:
    deck = lgl.deck(Reader(shared_example), 1, is_example=True)
    assert {slide.kind for slide in deck.slides[1:-1]} == {"figures"}
    assert all(slide.mark for slide in deck.slides)


def test_slides_of_another_period_have_that_periods_figures(shared_example: Store) -> None:
    reader = Reader(shared_example)
    assert lgl.matperioder(reader)[:3] == ["våren 2023", "2022-12", "2022-11"]
    deck = lgl.deck(reader, 1, "hösten 1999", is_example=True)
    of_other_periods = [r.matperiod for s in deck.slides[1:-1] for f in s.figures for r in [f.result]]
    assert of_other_periods == [periods.EVERY], "the series of years; and no other period's figures"


def test_each_slide_of_lgl_shows_indicators_that_exist() -> None:
    for entry in lgl.plan().bild:
        for name in (*entry.visar, *entry.sager):
            assert indicators.by_id(name).bild == entry.nummer


@pytest.mark.parametrize(("year", "percent"), [(2019, 46.3), (2023, 29.8), (2018, 51.7)])
def test_growth_is_from_the_base_year(shared_live: Store, year: int, percent: float) -> None:
    population = forward.population(Reader(shared_live))
    assert population is not None
    assert (population.actual[2019], population.forecast[2030]) == (16479, 24116)
    assert forward.growth(population, year, 2030) == pytest.approx(percent, abs=0.05)


def test_what_if_is_todays_rate_times_the_inhabitants(shared_live: Store) -> None:
    reader = Reader(shared_live)
    population = forward.population(reader)
    assert population is not None
    by_id: dict[str, Any] = {need.id: forward.today(need, population, 2023, reader) for need in forward.NEEDS}
    assert by_id["sabo_boende"].at(18585)[0] == pytest.approx(1885)
    assert by_id["sabo_boende"].at(24116)[0] == pytest.approx(1885 * 24116 / 18585)
    assert by_id["hemsjukvard_antal"].at(24116, 0.5)[0] == pytest.approx(3558 * 24116 / 18585 / 2)
    # the newest rate, with the lowest and the highest of the newest years
    assert by_id["akutbesok_80plus_per_1000"].at(24116) == pytest.approx(
        (0.6216 * 24116, 0.6216 * 24116, 0.6849 * 24116), rel=1e-4
    )
    # chance's span of 3 558 persons: Byar
    assert by_id["hemsjukvard_antal"].at(18585) == pytest.approx((3558, 3442.04, 3676.87), abs=0.05)


def test_a_rate_is_of_the_numerators_own_year_whatever_year_growth_is_counted_from(shared_live: Store) -> None:
    reader = Reader(shared_live)
    population = forward.population(reader)
    assert population is not None
    sabo, _, care, visits = forward.NEEDS
    rates = {base: forward.today(care, population, base, reader) for base in (2019, 2023)}
    assert rates[2019] == rates[2023]
    assert rates[2023] is not None
    assert (rates[2023].year, rates[2023].rate) == (2023, pytest.approx(1000 * 3558 / 18585))
    unknown = forward.today(sabo, population, 2019, reader)
    assert unknown is not None
    assert (unknown.year, unknown.rate) == (None, pytest.approx(1000 * 1885 / 16479))
    lacking = replace(population, actual={2019: 16479})
    assert forward.today(care, lacking, 2019, reader) is None, "2023 has no known inhabitants"
    rate = forward.today(visits, population, 2023, reader)
    assert rate is not None
    assert rate.year == 2024


def test_care_at_home_follows_each_age_where_the_extract_has_ages(shared_example: Store) -> None:
    """Those of 65–79 become fewer until 2030: as if all were 80+ there would be ten percent more."""
    reader = Reader(shared_example)
    population = forward.population(reader)
    assert population is not None
    (need,) = [each for each in forward.NEEDS if each.per_alder]
    care = forward.today(need, population, 2022, reader)
    assert care is not None
    assert care.ages is not None
    assert (care.ages.persons, care.ages.year) == ((169, 1453, 1936), 2022)
    now, then = population.by_age[2022], population.by_age[2030]
    assert now == (247711 - 63702, 63702 - 17877, 17877)
    assert then == (245025 - 68500, 68500 - 24116, 24116)
    by_hand = 169 * then[0] / now[0] + 1453 * then[1] / now[1] + 1936 * then[2] / now[2]
    count, low, high = care.in_year(2030, population)
    assert count == pytest.approx(by_hand)
    assert low < count < high
    assert high - low == pytest.approx(2 * 1.96 * sum(n * (b / a) ** 2 for n, a, b in zip(
        care.ages.persons, now, then, strict=True)) ** 0.5, rel=0.01)  # fmt: skip
    assert care.in_year(2030, population, 0.5)[0] == pytest.approx(by_hand / 2)
    assert care.at(24116)[0] > 1.1 * count
    without = forward.today(care.need, population, 2023, reader)
    assert without is not None
    assert without.ages is None, "nobody knows the inhabitants 65+ of 2023, which is what growth is counted from"
    assert without.in_year(2030, population) == without.at(24116)


def test_a_ready_rate_has_the_span_of_its_newest_years() -> None:
    figures = {"2021": 640.0, "2022": 900.0, "2023": 666.0, "2024": 622.0}
    rows = [raw(LAN, None, None, matperiod=year, varde=rate, taljare_ar=int(year)) for year, rate in figures.items()]

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        newest = rows if matperiod == periods.EVERY else rows[-1:]
        return gate(newest, spec("rate"), matperiod=matperiod or "2024", matperioder=list(figures))

    population = forward.Population({2023: 18585}, {2030: 24116}, (gate([]), gate([])))
    rate = forward.today(forward.NEEDS[3], population, 2023, ByHand(fetch))
    assert rate is not None
    assert (rate.year, rate.rate, rate.low, rate.high) == (2024, 622.0, 622.0, 900.0)


def test_what_if_says_nothing_of_what_is_hidden_or_missing(shared_live: Store) -> None:
    class Nothing(Reader):
        def find(self, *_: Any) -> None:
            return None

    population = forward.population(Reader(shared_live))
    assert population is not None
    nothing = Nothing(shared_live)
    assert all(forward.today(need, population, 2023, nothing) is None for need in forward.NEEDS)


def test_the_vision_has_four_areas_and_six_factors_and_indicators_name_them_right() -> None:
    whole = vision.of_the_county()
    parts = [*whole.utvecklingsomrade, *whole.framgangsfaktor]
    assert (len(whole.utvecklingsomrade), len(whole.framgangsfaktor)) == (4, 6)
    known = {part.id for part in parts}
    for indicator in indicators.registry().values():
        assert set(indicator.malbild) <= known, indicator.id
        assert indicator.malbild, f"{indicator.id} follows no part of the vision"
    assert all(part.indicators or part.saknas for part in parts), "a part without either would say nothing"
