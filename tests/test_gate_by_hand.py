"""The gate row by row, by hand: what is hidden and why, what a result answers, and what each row is compared with."""

from typing import Any

import pytest

from naravard.base import kommuner
from naravard.base.model import Remark
from naravard.figures import judgement
from naravard.figures.comparisons import comparison, comparisons
from naravard.figures.gate import ProtectedResult
from naravard.figures.judgement import (
    Figure,
    Judgement,
    Whole,
)
from naravard.figures.protection import Plan, denominator, numerator
from naravard.figures.rules import Rules
from tests.by_hand import BORGHOLM, EMMABODA, KALMAR, LAN, MORBYLANGA, NYBRO, RIKET, gate, raw, spec


@pytest.mark.parametrize(
    ("tecken", "skydd", "skal"),
    [
        ("dolt", "..", "dolt"),  # by its owner: hidden, and not missing
        ("ungefarligt", "-", "ungefarligt"),
        ("ej_tillampligt", "-", "ej_tillampligt"),
        ("saknas", "-", "saknas"),
        (None, "-", "saknas"),
    ],
)
@pytest.mark.parametrize("kind", ["count", "proportion", "rate"])
def test_why_there_is_no_value(tecken: str | None, skydd: str, skal: str, kind: str) -> None:
    (row,) = gate([raw(KALMAR, None, 100, tecken=tecken)], spec(kind)).rows
    assert (row.varde, row.skydd, row.skal) == (None, skydd, skal)


@pytest.mark.parametrize("tecken", ["dolt", "saknas", None])
def test_a_value_that_is_there_has_no_sign_whatever_stood_beside_it(tecken: str | None) -> None:
    (row,) = gate([raw(KALMAR, 50, 100, tecken=tecken)]).rows
    assert (row.varde, row.skydd, row.skal) == (50.0, None, None)


@pytest.mark.parametrize("tecken", ["dolt", "saknas", None])
def test_what_we_hide_is_protected_and_no_more_is_told(tecken: str | None) -> None:
    (row,) = gate([raw(KALMAR, 3, 100, tecken=tecken)]).rows
    assert (row.taljare, row.varde, row.skydd, row.skal) == (None, None, "..", "skyddat")


SMALL = [(0, False), (1, True), (4, True), (5, False)]


@pytest.mark.parametrize(("value", "small"), [*SMALL, (None, False), (0.5, False), (4.5, False)])
def test_small_counts_are_those_from_the_lowest_to_the_highest_of_the_rules(value: float | None, small: bool) -> None:
    assert Rules().small(value) is small


@pytest.mark.parametrize("rules", [Rules(1, 7), Rules(0, 4), Rules(1, 1)])
def test_other_rules_have_other_ends(rules: Rules) -> None:
    assert [rules.small(n) for n in (rules.low - 1, rules.low, rules.high, rules.high + 1)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert rules.span == f"{rules.low}–{rules.high}"


@pytest.mark.parametrize(("rest", "small"), SMALL)
@pytest.mark.parametrize("rests", [True, False])
def test_a_share_is_hidden_for_a_small_rest_where_the_rules_say_so(rest: int, small: bool, rests: bool) -> None:
    (row,) = gate(
        [raw(KALMAR, 100 - rest, 100)], rules=Rules(switched_off=frozenset() if rests else frozenset({"rest"}))
    ).rows
    assert (row.taljare is None, row.namnare) == (small and rests, 100)


@pytest.mark.parametrize(("count", "small"), SMALL)
@pytest.mark.parametrize("kind", ["count", "proportion", "rate", "distribution"])
def test_a_small_numerator_hides_itself_and_the_value(count: int, small: bool, kind: str) -> None:
    (row,) = gate([raw(KALMAR, count, 100)], spec(kind)).rows
    assert (row.taljare is None, row.varde is None, row.namnare) == (small, small, 100)


@pytest.mark.parametrize(("count", "small"), SMALL)
def test_a_small_denominator_hides_itself_and_the_value(count: int, small: bool) -> None:
    (row,) = gate([raw(KALMAR, 100, count)], spec("rate")).rows
    assert (row.taljare, row.namnare is None) == (100, small)
    assert (row.varde is None) == (small or count == 0)


@pytest.mark.parametrize(
    ("kind", "taljare", "namnare", "varde", "shown"),
    [
        ("count", 40, None, None, 40),
        ("proportion", 40, 80, None, 50.0),
        ("distribution", 40, 80, None, 50.0),
        ("rate", 40, 80, None, 500.0),
        ("proportion", None, None, 12.5, 12.5),
        ("proportion", 40, 80, 12.5, 12.5),
        ("proportion", 40, 0, None, None),
        ("proportion", 40, None, None, None),
    ],
)
def test_the_value_is_what_was_given_else_numerator_by_denominator(
    kind: str, taljare: int | None, namnare: int | None, varde: float | None, shown: float | None
) -> None:
    assert gate([raw(KALMAR, taljare, namnare, varde=varde)], spec(kind)).rows[0].varde == shown


@pytest.mark.parametrize(
    ("published", "shown"),
    [((), (None, None)), ((1,), (3, None)), ((2,), (None, 4)), ((1, 2), (3, 4)), ((3,), (None, None))],
)
def test_each_count_is_exempt_where_its_own_extract_is(published: tuple[int, ...], shown: tuple[object, ...]) -> None:
    rows = [raw(KALMAR, 3, 4, uttag_id=1, namnare_uttag_id=2)]
    (row,) = gate(rows, spec("rate"), published=published).rows
    assert (row.taljare, row.namnare) == shown
    assert (row.varde is None) == (None in shown)


def test_what_the_plan_hides_is_hidden_however_large() -> None:
    indicator, rows = spec(), [raw(kod, 50, 100, uttag_id=1) for kod in (KALMAR, BORGHOLM, NYBRO)]
    plan = Plan({numerator(indicator, rows[0]): "foljd", denominator(indicator, rows[1]): "foljd"})
    shown = {row.kommun_kod: (row.taljare, row.namnare, row.varde) for row in gate(rows, indicator, plan=plan).rows}
    assert shown == {KALMAR: (None, 100, None), BORGHOLM: (50, None, None), NYBRO: (50, 100, 50.0)}
    published = gate(rows, indicator, plan=plan, published={1}).rows
    assert {row.varde for row in published} == {50.0}, "a plan for others does not hide what is public"


def test_a_count_has_no_denominator_that_a_plan_could_hide() -> None:
    indicator, row = spec("count"), raw(KALMAR, 50, 100)
    plan = Plan({denominator(indicator, row): "foljd"})
    assert gate([row], indicator, plan=plan).rows[0].varde == 50


# what a result answers


@pytest.fixture
def result() -> ProtectedResult:
    """Two groups of three kommuner, of which one is hidden and one is missing in the first, and the län."""
    first = [raw(KALMAR, 30, 100), raw(BORGHOLM, 3, 100), raw(NYBRO, None, None), raw(LAN, 40, 300)]
    second = [raw(kod, n, 100, grupp="65+") for kod, n in ((KALMAR, 10), (BORGHOLM, 20), (NYBRO, 0), (LAN, 30))]
    return gate([*first, *second], spec(grupper={"65+": "65 år och äldre"}))


def test_rows_are_found_by_area_and_group(result: ProtectedResult) -> None:
    assert [row.kommun_kod for row in result.kommuner] == [KALMAR, BORGHOLM, NYBRO] * 2
    assert result.groups == ("totalt", "65+")
    assert result.row(KALMAR, "65+").taljare == 10  # type: ignore[union-attr]
    assert result.row(KALMAR).taljare == 30  # type: ignore[union-attr]
    assert result.row(EMMABODA) is None
    assert result.lan().taljare == 40  # type: ignore[union-attr]
    assert result.lan("65+").taljare == 30  # type: ignore[union-attr]
    assert (result.group_label("65+"), result.group_label("totalt")) == ("65 år och äldre", "totalt")
    assert result.hidden == 1


def test_some_kommuner_are_beside_the_lan_and_none_chosen_is_all(result: ProtectedResult) -> None:
    assert [row.kommun_kod for row in result.only([NYBRO]).rows] == [NYBRO, LAN] * 2
    assert result.only([]) is result
    assert {row.grupp for row in result.in_group("65+").rows} == {"65+"}
    assert result.in_group("65+") is result.in_group("65+"), "it is remembered, with what is drawn of it"


def test_by_value_the_largest_is_first_and_what_has_no_value_is_last(result: ProtectedResult) -> None:
    def order(grupp: str) -> list[str]:
        return [row.kommun_kod for row in result.by_value(grupp).rows if row.grupp == grupp]

    assert order("65+") == [BORGHOLM, KALMAR, NYBRO, LAN], "0 is a value"
    assert order("totalt") == [KALMAR, BORGHOLM, NYBRO, LAN]
    assert result.by_value().kommuner[0].kommun_kod == KALMAR, "of the group of all"


def test_by_value_a_zero_is_before_what_has_no_value_and_the_lan_is_last_wherever_it_stood() -> None:
    counts = ((LAN, 40), (BORGHOLM, 3), (NYBRO, None), (MORBYLANGA, 0), (KALMAR, 10))
    result = gate([raw(kod, n, None if n is None else 100) for kod, n in counts])
    assert [row.kommun_kod for row in result.by_value().rows] == [KALMAR, MORBYLANGA, BORGHOLM, NYBRO, LAN]


def test_each_choice_is_remembered_apart(result: ProtectedResult) -> None:
    """What is drawn of a view is remembered with it: another view must not get it."""
    some = [result.only([KALMAR]), result.only([NYBRO]), result.only([KALMAR, NYBRO])]
    groups = [result.in_group("65+"), result.in_group("totalt"), result.in_group(KALMAR)]
    orders = [result.by_value("65+"), result.by_value("totalt"), result.by_value(KALMAR)]
    views = [*some, *groups, *orders]
    assert len({id(view) for view in views}) == len(views)
    assert [len(view.rows) for view in views] == [4, 4, 6, 4, 4, 0, 8, 8, 8]
    assert result.only([NYBRO, KALMAR]) is some[2]
    assert result.by_value("65+") is orders[0]
    assert not some[0].memo


def test_a_result_remembers_so_much_and_no_more(result: ProtectedResult) -> None:
    for n in range(200):
        result.in_group(str(n))
    assert 0 < len(result.memo) <= 65


@pytest.mark.parametrize(
    ("groups", "huvudgrupp", "main", "lead"),
    [
        (["totalt", "a"], "", "totalt", "totalt"),
        (["a", "totalt"], "", "totalt", "totalt"),
        (["a", "b"], "b", "b", "b"),
        (["a", "b"], "", None, "a"),
        ([], "", None, "totalt"),
    ],
)
def test_the_group_that_stands_for_the_indicator(
    groups: list[str], huvudgrupp: str, main: str | None, lead: str
) -> None:
    result = gate([raw(KALMAR, 50, 100, grupp=grupp) for grupp in groups], spec(huvudgrupp=huvudgrupp))
    assert (result.main_group, result.lead_group) == (main, lead)


@pytest.mark.parametrize(
    ("rows", "has"),
    [
        ([raw(LAN, 50, 100)], False),
        ([raw(LAN, 50, 100), raw(KALMAR, None, None)], False),
        ([raw(LAN, 50, 100), raw(KALMAR, 3, 100)], True),
        ([raw(LAN, 50, 100), raw(KALMAR, 0, 100)], True),
    ],
)
def test_a_result_has_kommuner_where_one_has_a_figure_be_it_hidden(rows: list[Any], has: bool) -> None:
    assert gate(rows).has_kommuner is has


# what each row is compared with

ROWS = [raw(KALMAR, 90, 100), raw(BORGHOLM, 10, 100), raw(LAN, 200, 400), raw(RIKET, 6_000, 10_000)]
EARLIER = [raw(KALMAR, 40, 100, matperiod="2023"), raw(LAN, 200, 400, matperiod="2023")]


def references(against: str, **given: Any) -> dict[str, tuple[float, int] | None]:
    result = gate(ROWS, against=against, **given)
    return {r.kommun_kod: (r.jamforelse.reference, r.level) if r.jamforelse else None for r in result.rows}


@pytest.mark.parametrize(
    ("against", "expected"),
    [
        ("lanet", {KALMAR: (50.0, 2), BORGHOLM: (50.0, -2), LAN: None, RIKET: None}),
        ("ovriga", {KALMAR: (100 * 110 / 300, 2), BORGHOLM: (100 * 190 / 300, -2), LAN: None, RIKET: None}),
        ("riket", {KALMAR: (60.0, 2), BORGHOLM: (60.0, -2), LAN: (50.0 + 10, -2), RIKET: None}),
        ("tidigare", {KALMAR: (40.0, 2), BORGHOLM: None, LAN: (50.0, 0), RIKET: None}),
    ],
)
def test_each_area_is_compared_with_what_it_should_be(against: str, expected: dict[str, Any]) -> None:
    found = references(against, earlier=EARLIER)
    assert found == {kod: wanted and pytest.approx(wanted) for kod, wanted in expected.items()}


@pytest.mark.parametrize("against", tuple(comparisons()))
def test_without_what_it_is_compared_with_no_area_is_judged(against: str) -> None:
    result = gate([raw(KALMAR, 90, 100), raw(BORGHOLM, 10, 100)], against=against)
    assert {row.jamforelse for row in result.rows} == {None}
    assert {row.level for row in result.rows} == {0}
    assert all(row.nedre is not None and row.nedre < row.varde < row.ovre for row in result.rows)  # type: ignore[operator]


@pytest.mark.parametrize("against", ["lanet", "ovriga", "riket"])
def test_a_period_and_a_group_are_compared_within_themselves(against: str) -> None:
    rows = [
        raw(kod, n, of, matperiod=period, grupp=grupp)
        for period, grupp, wholes in (("2023", "a", 20), ("2024", "a", 40), ("2024", "b", 60))
        for kod, n, of in ((KALMAR, 50, 100), (LAN, 3 * wholes, 300), (RIKET, wholes, 100))
    ]
    found = {
        (row.matperiod, row.grupp): row.jamforelse.reference
        for row in gate(rows, against=against).rows
        if row.kommun_kod == KALMAR and row.jamforelse
    }
    if against != "ovriga":
        assert found == {("2023", "a"): 20.0, ("2024", "a"): 40.0, ("2024", "b"): 60.0}
    assert len(set(found.values())) == len(found)


def test_a_group_is_compared_with_its_own_earlier_period_which_is_named() -> None:
    earlier = [raw(KALMAR, n, 100, matperiod="våren 2023", grupp=grupp) for grupp, n in (("a", 20), ("b", 60))]
    rows = [raw(KALMAR, 50, 100, grupp=grupp) for grupp in ("a", "b", "c")]
    found = [row.jamforelse for row in gate(rows, against="tidigare", earlier=earlier).rows]
    assert [judged and (judged.comparison.id, judged.reference, judged.period) for judged in found] == [
        ("tidigare", 20.0, "våren 2023"), ("tidigare", 60.0, "våren 2023"), None,
    ]  # fmt: skip


def test_what_was_hidden_earlier_is_not_compared_with() -> None:
    result = gate([raw(KALMAR, 50, 100)], against="tidigare", earlier=[raw(KALMAR, 3, 100, matperiod="2023")])
    assert result.rows[0].jamforelse is None


# how sure a figure is

FULL = Figure(50, 100, 50.0)


@pytest.mark.parametrize("kind", ["proportion", "rate", "distribution"])
@pytest.mark.parametrize(
    "figure", [Figure(None, 100, 50.0), Figure(50, None, 50.0), Figure(50, 0, 50.0), Figure(50, 100, None)]
)
def test_without_both_counts_and_value_there_is_no_interval_and_no_judgement(figure: Figure, kind: str) -> None:
    indicator = spec(kind)
    assert judgement.interval(figure, indicator) is None
    assert judgement.with_value(figure, 10.0, comparison("riket"), indicator) is None


@pytest.mark.parametrize(
    ("kind", "limits"),
    [
        ("proportion", (40.38, 59.62)),  # Wilson's interval of 50 of 100, by hand
        ("distribution", (40.38, 59.62)),
        ("rate", (371.1, 659.2)),  # exact Poisson of 50, Garwood 1936, per 100 persons, times 1 000
        ("count", None),
    ],
)
def test_an_interval_has_the_unit_of_the_value_and_a_count_has_none(kind: str, limits: Any) -> None:
    figure = Figure(50, 100, 500.0 if kind == "rate" else 50.0)
    assert judgement.interval(figure, spec(kind, per=1000)) == (limits and pytest.approx(limits, abs=0.05))


def test_a_rate_is_compared_with_a_value_in_its_unit() -> None:
    indicator = spec("rate", per=1000, mangder={"taljare": "cosmic"})
    for reference, level in ((300.0, 2), (365.0, 1), (500.0, 0), (670.0, -1), (900.0, -2)):
        judged = judgement.with_value(Figure(50, 100, 500.0), reference, comparison("riket"), indicator)
        assert judged is not None
        assert (judged.level, judged.reference, judged.too_few) == (level, reference, False)


@pytest.mark.parametrize("against", tuple(comparisons()))
def test_a_rate_of_visits_is_not_compared(against: str) -> None:
    """One person can make many, so that chance is not known."""
    rows = [raw(KALMAR, 90, 100), raw(LAN, 200, 400), raw(RIKET, 6_000, 10_000)]
    earlier = [raw(KALMAR, 40, 100, matperiod="2023")]
    result = gate(rows, spec("rate"), against=against, earlier=earlier)
    assert {row.jamforelse for row in result.rows} == {None}
    assert result.rows[0].nedre is not None


def test_the_comparisons_in_order_and_the_first_is_with_the_lan() -> None:
    order = "lanet", "lanet_slumpen", "lanet_utan_anmarkta", "ovriga", "liknande", "riket", "median", "tidigare", "mal"
    assert tuple(comparisons()) == order
    assert Judgement(comparison("lanet"), 0, 50.0) == Judgement(comparison("lanet"), 0, 50.0, too_few=False, period="")


def test_without_a_reference_there_is_no_judgement() -> None:
    assert judgement.with_value(FULL, None, comparison("riket"), spec()) is None
    assert judgement.with_value(FULL, 0.0, comparison("riket"), spec()) is not None, "0 is a reference"


@pytest.mark.parametrize("missing", ["taljare", "namnare"])
@pytest.mark.parametrize("of_whole", [True, False])
def test_the_others_are_known_where_all_four_counts_are(missing: str, of_whole: bool) -> None:
    lacking = Figure(**{"taljare": 50, "namnare": 100, "varde": 50.0, missing: None})
    figure, whole = (FULL, lacking) if of_whole else (lacking, Figure(300, 400, 75.0))
    assert judgement.with_others(figure, Whole(whole), comparison("ovriga"), spec()) is None
    assert judgement.with_others(FULL, None, comparison("ovriga"), spec()) is None


@pytest.mark.parametrize(
    ("figure", "whole", "reference"),
    [
        (Figure(50, 100, 50.0), Figure(350, 500, 70.0), 75.0),
        (Figure(50, 100, 50.0), Figure(40, 500, 8.0), 0.0),  # figures that contradict each other: not below none
        (Figure(50, 100, 50.0), Figure(50, 100, 50.0), None),  # there are no others
        (Figure(50, 100, 50.0), Figure(60, 90, 66.0), None),
        (Figure(0, 100, 0.0), Figure(0, 500, 0.0), 0.0),
    ],
)
def test_the_others_are_the_whole_less_its_own(figure: Figure, whole: Figure, reference: float | None) -> None:
    judged = judgement.with_others(figure, Whole(whole), comparison("ovriga"), spec())
    assert (judged and judged.reference) == reference
    assert judged is None or judged.comparison.id == "ovriga"


def test_rates_of_the_others_have_the_indicators_unit() -> None:
    whole = Figure(350, 500, 700.0)
    indicator = spec("rate", per=1000, mangder={"taljare": "cosmic"})
    judged = judgement.with_others(Figure(50, 100, 500.0), Whole(whole), comparison("ovriga"), indicator)
    assert judged is not None
    assert (judged.comparison.id, judged.level, judged.reference) == ("ovriga", -1, 750.0)


@pytest.mark.parametrize("kind", ["proportion", "rate", "distribution"])
def test_the_period_of_what_is_compared_with_is_named(kind: str) -> None:
    persons = spec(kind, mangder={"taljare": "cosmic"})
    now, then = (Figure(count, 100, count / 100 * persons.scale) for count in (50, 20))
    judged = judgement.with_earlier(now, then, comparison("tidigare"), persons, "våren 2023")
    assert judged is not None
    assert (judged.comparison.id, judged.period, judged.reference) == ("tidigare", "våren 2023", then.varde)


@pytest.mark.parametrize(
    "other", [None, Figure(None, 100, 20.0), Figure(20, None, 20.0), Figure(20, 0, 20.0), Figure(20, 100, None)]
)
def test_two_figures_are_compared_where_both_are_whole(other: Figure | None) -> None:
    assert judgement.with_earlier(FULL, other, comparison("tidigare"), spec()) is None
    if other is not None and other.varde is not None:
        assert judgement.with_earlier(other, FULL, comparison("tidigare"), spec()) is None
    assert judgement.with_earlier(FULL, FULL, comparison("tidigare"), spec("count")) is None
    zero = Figure(0, 100, 0.0)
    assert judgement.with_earlier(zero, zero, comparison("tidigare"), spec()) is not None, "0 is a figure"


@pytest.mark.parametrize(
    # (1,96 · √0,25 + 0,84 · √0,24)² / 0,10² = 193,9 persons
    ("total", "too_few"),
    [(90, True), (192, True), (194, False), (400, False)],
)
def test_persons_are_too_few_where_only_more_than_ten_percentage_points_is_seen(total: int, too_few: bool) -> None:
    half = Figure(total // 2, total, 50.0)
    judged = judgement.with_value(half, 50.0, comparison("riket"), spec())
    assert judged is not None
    assert (judged.level, judged.too_few, (judged.detectable or 0) > 10) == (0, too_few, too_few)
    for one, other in ((half, Figure(500_000, 1_000_000, 50.0)), (Figure(500_000, 1_000_000, 50.0), half)):
        judged = judgement.with_earlier(one, other, comparison("tidigare"), spec())
        assert judged is not None
        assert (judged.level, judged.too_few) == (0, too_few), "both vary, and the fewer decide"


@pytest.mark.parametrize("against", tuple(comparisons()))
def test_what_follows_age_is_compared_with_its_own_past_alone(against: str) -> None:
    rows = [raw(KALMAR, 90, 100), raw(LAN, 200, 400), raw(RIKET, 6_000, 10_000)]
    earlier = [raw(KALMAR, 40, 100, matperiod="2023")]
    result = gate(rows, spec(foljer_alder=True), against=against, earlier=earlier)
    assert (result.rows[0].jamforelse is not None) is (against == "tidigare")


@pytest.mark.parametrize(
    ("taljare_ar", "namnare_ar", "agree"),
    [(2023, 2023, True), (2023, 2022, True), (2022, 2023, True), (2023, 2018, False), (None, 2023, False),
     (None, None, True), (2023, None, True), (2023, 2021, False)],
)  # fmt: skip
def test_years_more_than_one_apart_are_not_judged(taljare_ar: int | None, namnare_ar: int | None, agree: bool) -> None:
    years = {"taljare_ar": taljare_ar, "namnare_ar": namnare_ar}
    result = gate([raw(KALMAR, 90, 100, **years), raw(LAN, 200, 400, **years)])
    assert (result.rows[0].jamforelse is not None) is agree
    assert result.rows[0].nedre is not None


def of_many(*counts: int, of_lan: int | None = None, **given: Any) -> ProtectedResult:
    """Kommuner of 100 persons each, and the län: their sum where nothing else is given."""
    koder = [kommun.kod for kommun in kommuner.in_lan(LAN)]
    rows = [raw(kod, count, 100) for kod, count in zip(koder, counts, strict=False)]
    return gate([*rows, raw(LAN, sum(counts) if of_lan is None else of_lan, 100 * len(counts))], **given)


def test_where_the_kommuner_differ_more_than_chance_the_limits_are_widened() -> None:
    result = of_many(20, 35, 50, 65, 80, 50)
    spreads = {row.jamforelse.spread for row in result.kommuner if row.jamforelse}
    (spread,) = spreads
    assert spread is not None
    assert spread.is_more_than_chance
    assert [row.level for row in result.kommuner] == [0] * 6
    assert [row.jamforelse.level_by_chance for row in result.kommuner if row.jamforelse] == [-2, -2, 0, 2, 2, 0]
    alone = of_many(20, 35, 50, 65, 80, 50, against="lanet_slumpen")
    assert [row.level for row in alone.kommuner] == [-2, -2, 0, 2, 2, 0]


def test_kommuner_that_differ_as_chance_lets_them_have_its_limits() -> None:
    result = of_many(45, 50, 55, 50, 48, 52)
    assert {row.jamforelse.spread for row in result.kommuner if row.jamforelse} == {None}


def test_the_spread_is_of_what_is_seen_alone() -> None:
    """A hidden kommun's figure weighs in nothing that is said of the others."""
    shown = [of_many(20, 35, 50, 65, 80, hidden, of_lan=254).kommuner for hidden in (3, 4)]
    spreads = [[row.jamforelse and row.jamforelse.spread for row in rows] for rows in shown]
    assert spreads[0] == spreads[1]
    assert spreads[0][-1] is None
    assert spreads[0][0] is not None


def test_one_kommun_asked_for_is_judged_among_all() -> None:
    counts = (20, 35, 50, 65, 80, 50)
    one = of_many(*counts, areas=frozenset({"0885", LAN}))
    assert [row.kommun_kod for row in one.rows] == ["0885", LAN]
    (judged,) = [row.jamforelse for row in of_many(*counts).kommuner if row.kommun_kod == "0885"]
    assert one.rows[0].jamforelse == judged


def test_a_kommun_that_is_remarked_on_is_no_yardstick() -> None:
    remarks = (Remark("Registreringen.", ("prov",), "0885"),)
    result = of_many(5, 50, 52, 48, 50, 51, against="lanet_utan_anmarkta", remarks=remarks)
    references = {row.jamforelse.reference for row in result.kommuner if row.jamforelse}
    assert [round(each, 1) for each in references] == [50.2]
    assert [row.level for row in result.kommuner] == [-2, 0, 0, 0, 0, 0]
    hidden = of_many(3, 50, 52, 48, 50, 51, against="lanet_utan_anmarkta", remarks=remarks)
    assert {row.jamforelse for row in hidden.rows} == {None}, "a yardstick without it would tell it"


def test_what_differs_is_not_said_to_be_too_few() -> None:
    few = Figure(20, 20, 100.0)
    for judged in (
        judgement.with_value(few, 50.0, comparison("riket"), spec()),
        judgement.with_earlier(few, Figure(5_000, 10_000, 50.0), comparison("tidigare"), spec()),
    ):
        assert judged is not None
        assert (judged.level, judged.too_few) == (2, False)
