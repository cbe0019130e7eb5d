"""Figures that follow age, beside those of the same persons at each age, by hand."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from naravard import charts, exports, intake
from naravard.base import kommuner
from naravard.base.numbers import number
from naravard.figures import ages, indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.intake import example
from naravard.methods import standard
from naravard.store.snapshots import Store
from naravard.telling import phrases, tables, verdicts
from tests.by_hand import LAN, gate, raw, spec

KODER = [kommun.kod for kommun in kommuner.in_lan(LAN)][:4]
GROUPS = ("0-64", "65-79", "80+")
POPULATION = ((8_000, 2_000, 900), (40_000, 6_000, 2_400), (4_000, 1_500, 800), (15_000, 2_600, 900))
"""By age in four kommuner: the first and third are older."""
SHARES = (0.004, 0.03, 0.18)


def counted(times: Sequence[float] = (1, 1, 1, 1)) -> list[tuple[int, ...]]:
    """Persons by age with the same share at each age everywhere, in each kommun so many times over."""
    return [
        tuple(round(n * share * factor) for n, share in zip(people, SHARES, strict=True))
        for people, factor in zip(POPULATION, times, strict=True)
    ]


def results(
    counts: Sequence[Sequence[int]],
    *,
    against: str = "lanet",
    without_age: int = 0,
    years: tuple[int | None, int] = (2024, 2024),
) -> tuple[ProtectedResult, ProtectedResult, ProtectedResult]:
    """The whole, which follows age; the same persons by age; and all inhabitants by age.

    `without_age` more persons in each kommun have no age. `years` are those of persons and inhabitants.
    """
    areas = [*zip(KODER, counts, POPULATION, strict=True)]
    areas.append((LAN, tuple(np.sum(counts, axis=0).tolist()), tuple(np.sum(POPULATION, axis=0).tolist())))
    whole = [raw(kod, sum(own) + without_age, sum(people)) for kod, own, people in areas]
    persons = [
        raw(kod, count, grupp=grupp, taljare_ar=years[0])
        for kod, own, _ in areas
        for grupp, count in zip(GROUPS, own, strict=True)
    ]
    inhabitants = [
        raw(kod, n, grupp=grupp, taljare_ar=years[1], matperiod=str(years[1]))
        for kod, _, people in areas
        for grupp, n in zip(GROUPS, people, strict=True)
    ]
    of_ages = spec("count", grupper=dict.fromkeys(GROUPS, ""))
    return (
        gate(whole, spec(foljer_alder=True, decimaler=1), against=against),
        gate(persons, of_ages),
        gate(inhabitants, of_ages),
    )


def adjusted(*args: Any, **given: Any) -> ProtectedResult:
    return ages.adjust(*results(*args, **given))


def test_what_age_alone_makes_is_no_difference() -> None:
    before, *_ = results(counted())
    assert {row.jamforelse for row in before.rows} == {None}
    after = adjusted(counted())
    crude = [row.varde or 0 for row in after.kommuner]
    assert max(crude) > 1.3 * min(crude)
    assert [row.level for row in after.kommuner] == [0, 0, 0, 0]
    lan = after.lan()
    assert lan is not None
    for row in after.kommuner:
        assert row.utjamnad is not None
        assert row.utjamnad.direct.value == pytest.approx(lan.varde, rel=0.02)
        assert row.utjamnad.ratio.value == pytest.approx(1, abs=0.02)
        assert row.jamforelse is not None
        assert row.jamforelse.reference == lan.varde


def test_a_kommun_with_more_at_each_age_differs_and_an_old_one_with_fewer_too() -> None:
    after = adjusted(counted((0.75, 1, 1, 1.3)), against="lanet_slumpen")
    assert [np.sign(row.level) for row in after.kommuner] == [-1, 0, 0, 1]
    assert (after.kommuner[0].varde or 0) > (after.kommuner[1].varde or 0), "as they are the old one has more"


def test_the_numbers_are_those_of_the_methods() -> None:
    counts = counted((1, 1.1, 0.9, 1))
    row = adjusted(counts).kommuner[2]
    lan_counts, lan_totals = np.sum(counts, axis=0).tolist(), np.sum(POPULATION, axis=0).tolist()
    direct = standard.direct(counts[2], POPULATION[2], lan_totals)
    expected = sum(n * x / m for n, x, m in zip(POPULATION[2], lan_counts, lan_totals, strict=True))
    assert row.utjamnad is not None
    assert direct is not None
    assert row.utjamnad.direct == pytest.approx([100 * each for each in direct])
    assert row.utjamnad.ratio == pytest.approx(standard.ratio(sum(counts[2]), expected))


def test_where_an_age_is_hidden_the_kommun_is_not_adjusted() -> None:
    counts = counted()
    counts[2] = (3, *counts[2][1:])
    after = adjusted(counts)
    assert (after.kommuner[2].utjamnad, after.kommuner[2].jamforelse) == (None, None)
    assert all(row.utjamnad for i, row in enumerate(after.kommuner) if i != 2)


@pytest.mark.parametrize(
    "given", [{"without_age": 100}, {"years": (2023, 2018)}, {"years": (2023, 2025)}, {"years": (None, 2023)}]
)
def test_without_ages_or_their_year_nothing_is_adjusted(given: dict[str, Any]) -> None:
    after = adjusted(counted(), **given)
    assert {(row.utjamnad, row.jamforelse) for row in after.rows} == {(None, None)}


def test_ages_that_are_not_those_of_all_inhabitants_adjust_nothing() -> None:
    """Of an extract of persons 65 years and older: a share of all would become one of the old."""
    whole, persons, inhabitants = results([(0, *own[1:]) for own in counted()])
    old_only = [raw(r.kommun_kod, r.taljare, grupp=r.grupp, taljare_ar=2024) for r in persons.rows if r.grupp != "0-64"]
    after = ages.adjust(whole, gate(old_only, spec("count", grupper=dict.fromkeys(GROUPS, ""))), inhabitants)
    assert {(row.utjamnad, row.jamforelse) for row in after.rows} == {(None, None)}


@pytest.mark.parametrize("years", [(2023, 2022), (2023, 2024), (2024, 2024)])
def test_inhabitants_may_be_of_the_year_beside(years: tuple[int, int]) -> None:
    assert all(row.utjamnad for row in adjusted(counted(), years=years).kommuner)


def test_kommuner_that_differ_more_than_chance_widen_the_limits() -> None:
    times = (0.7, 1.2, 1.4, 0.8)
    wide, alone = adjusted(counted(times)), adjusted(counted(times), against="lanet_slumpen")
    assert [row.level for row in wide.kommuner] == [0, 0, 0, 0]
    assert all(row.level for row in alone.kommuner)
    assert "av det väntade, och gränserna är vidgade" in " ".join(verdicts.about_comparison(wide))


def test_a_verdict_beside_the_figure_as_it_is_says_that_it_is_of_equal_ages() -> None:
    rows = adjusted(counted((0.75, 1, 1, 1.3)), against="lanet_slumpen").kommuner
    words = [verdicts.verdict_in_words(row, spec()) for row in rows]
    assert [text.endswith(", med länets åldrar") for text in words] == [bool(row.level) for row in rows]
    assert any(row.level for row in rows) and not all(row.level for row in rows)


def test_both_values_are_shown_and_said() -> None:
    after = adjusted(counted((0.75, 1, 1, 1.3)), against="lanet_slumpen")
    table = tables.table_of(after)
    assert "Med länets åldrar" in table.headings
    column = table.headings.index("Med länets åldrar") - 1
    assert table.rows[-1].cells[column].text == "–", "the län has its own ages"
    lines = exports.write_text(after, "tabell").splitlines()
    assert "Med länets åldrar" in lines[1] and table.rows[0].cells[column].text in lines[2]
    said = phrases.sentence(after.kommuner[3], after).replace("\u00a0", " ")
    assert "Med länets åldrar: " in said
    assert "gånger så många som väntat (1," in said
    first = after.kommuner[0]
    assert "med länets åldrar mot länets" in phrases.signal(first, after)
    notes = [note.text.replace("\u00a0", " ") for note in charts.draw(after, "ranked_bar").layout.annotations]
    assert any("; ▼" in text for text in notes), "the shape is of what is adjusted"
    assert not any(re.search(r",\d{3}", text) for text in notes), "a limit of the figure as it is was not compared"
    assert notes.count("talet; med länets åldrar") == 1, "once above the numbers, which have room on a phone"
    assert "Jämförelsen är utjämnad för ålder" in " ".join(verdicts.about_comparison(after))


def test_against_another_than_the_lan_nothing_is_compared() -> None:
    after = adjusted(counted(), against="ovriga")
    assert {row.jamforelse for row in after.rows} == {None}
    assert all(row.utjamnad for row in after.kommuner)


def test_each_indicator_that_is_adjusted_has_its_ages() -> None:
    known = indicators.registry()
    with_ages = [each for each in known.values() if each.per_alder]
    ready = {each.id for each in known.values() if each.foljer_alder and each.nyckeltal}
    assert {each.id for each in with_ages} == {each.id for each in known.values() if each.foljer_alder} - ready
    for each in with_ages:
        assert each.foljer_alder
        persons, inhabitants = known[each.per_alder], known[each.invanare_per_alder]
        assert persons.behover == each.behover
        assert set(persons.grupper) <= set(inhabitants.grupper)


TOTAL = "kommunal_primarvard_andel_av_befolkningen"


def test_a_store_whose_inhabitants_are_of_the_same_year_compares_with_equal_ages(live: Store, tmp_path: Path) -> None:
    """Inhabitants of 65 years and older are known until 2025: of 2027 nobody knows them within a year."""
    (cosmic,) = [file.path for file in example.write_files(tmp_path, LAN) if file.kalla == "cosmic"]
    for year in ("2018", "2027"):
        choices = intake.Choices(kalla="cosmic", matperiod=year)
        examination = intake.examine(cosmic.read_bytes(), cosmic.name, choices)
        intake.publish([examination], live, who="test", why="prov")
    reader = Reader(live)
    same, other = (reader.read(TOTAL, year).kommuner for year in ("2018", "2027"))
    assert [(row.utjamnad, row.jamforelse) for row in other] == [(None, None)] * 12
    adjusted_rows = [row for row in same if row.utjamnad]
    assert len(adjusted_rows) > 8
    assert all(row.jamforelse for row in adjusted_rows)
    by_kod = {row.kommun_kod: row for row in adjusted_rows}
    borgholm, kalmar = by_kod["0885"], by_kod["0880"]
    assert borgholm.utjamnad is not None
    assert kalmar.utjamnad is not None
    assert (borgholm.varde or 0) > (kalmar.varde or 0), "as they are"
    assert borgholm.utjamnad.direct.value < kalmar.utjamnad.direct.value, "with equal ages"
    one = reader.read(TOTAL, "2018", kommun="Borgholm")
    assert one.kommuner == (borgholm,)


def test_women_are_compared_with_the_women_of_the_lan_and_men_with_the_men() -> None:
    """The women of the third kommun have twice as many at each age, and its men as many as others."""
    times = {("kvinna", KODER[2]): 2.0}
    areas = [*zip(KODER, POPULATION, strict=True)]
    persons: dict[tuple[str, str], list[int]] = {}
    for sex in ("kvinna", "man"):
        for kod, people in areas:
            persons[sex, kod] = [
                round(n * s * times.get((sex, kod), 1)) for n, s in zip(people[1:], (0.06, 0.3), strict=True)
            ]
        persons[sex, LAN] = np.sum([persons[sex, kod] for kod, _ in areas], axis=0).tolist()
    areas.append((LAN, tuple(np.sum(POPULATION, axis=0).tolist())))
    codes = [f"{part}.{sex}" for sex in ("kvinna", "man") for part in ("kon_65_79", "kon_80plus")]
    whole = [
        raw(kod, sum(persons[sex, kod]), sum(people[1:]), grupp=sex)
        for kod, people in areas
        for sex in ("kvinna", "man")
    ]
    by_age = [
        raw(kod, persons[code.split(".")[1], kod]["80" in code], grupp=code, taljare_ar=2024)
        for kod, _ in areas
        for code in codes
    ]
    inhabitants = [
        raw(kod, people[2 if "80" in code else 1], grupp=code, taljare_ar=2024, matperiod="2024")
        for kod, people in areas
        for code in codes
    ]
    of_ages = spec("count", grupper=dict.fromkeys(codes, ""))
    of_sexes = spec("rate", foljer_alder=True, grupper={"kvinna": "", "man": ""}, per=1000)
    after = ages.adjust(
        gate(whole, of_sexes, against="lanet_slumpen"), gate(by_age, of_ages), gate(inhabitants, of_ages)
    )
    levels = {(row.kommun_kod, row.grupp): row.level for row in after.kommuner}
    assert levels.pop((KODER[2], "kvinna")) == 2
    assert {level for (_, sex), level in levels.items() if sex == "man"} == {0}
    women = after.row(KODER[2], "kvinna")
    assert women is not None
    assert women.utjamnad is not None
    own, lan = persons["kvinna", KODER[2]], POPULATION[0:4]
    weights = np.sum(lan, axis=0)[1:] / np.sum(lan, axis=0)[1:].sum()
    by_hand = 1000 * sum(w * x / n for w, x, n in zip(weights, own, POPULATION[2][1:], strict=True))
    assert women.utjamnad.direct.value == pytest.approx(by_hand)
    table = tables.table_of(after)
    assert table.headings[-2:] == (", med länets åldrar",) * 2
    assert table.rows[2].cells[-2].text.startswith(f"{number(by_hand)} ("), "as few decimals as do"
    assert table.rows[-1].cells[-2].text == "–", "the län has its own ages"
