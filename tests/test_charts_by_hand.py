"""Where a chart is drawn in another way: so many names, so many colours, so long a bar."""

import json
import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import pytest

from naravard import charts
from naravard.base import kommuner
from naravard.base.kommuner import RIKET
from naravard.base.model import Remark
from naravard.base.periods import EVERY
from naravard.charts.over_time import _apart
from naravard.figures.gate import ProtectedResult
from naravard.telling import provenance, series, verdicts
from naravard.telling.tables import table_of
from tests.by_hand import LAN, gate, raw, spec

KOMMUNER = [kommun.kod for kommun in kommuner.in_lan(LAN)]


def of(count: int, *, periods: tuple[str, ...] = ("2024",), groups: tuple[str, ...] = ("totalt",)) -> ProtectedResult:
    """So many kommuner like their län."""
    rows = [
        raw(kod, 50, 100, matperiod=period, grupp=group)
        for kod in (*KOMMUNER[:count], LAN)
        for period in periods
        for group in groups
    ]
    return gate(rows, spec(diagram="grouped_bar" if len(groups) > 1 else "ranked_bar"))


@pytest.mark.parametrize(("count", "named"), [(1, 1), (5, 5), (6, 0), (12, 0)])
def test_in_a_funnel_up_to_five_kommuner_are_named_whether_they_differ_or_not(count: int, named: int) -> None:
    rows = [raw(kod, 50 + 30 * i, 100 + 60 * i) for i, kod in enumerate(KOMMUNER[:count])]
    result = gate([*rows, raw(LAN, 3000, 6000)])
    assert "funnel_plot" in charts.fitting(result)
    figure = charts.draw(result, "funnel_plot")
    points = next(trace for trace in figure.data if trace.name == "Kommun")
    assert sum(bool(text) for text in points.text) == named
    assert figure.layout.xaxis.range[1] > max(points.x)


def test_names_in_a_funnel_that_have_no_room_are_counted_in_words() -> None:
    rows = [raw(kod, 50, 100) for kod in KOMMUNER[:5]]
    figure = charts.draw(gate([*rows, raw(LAN, 3000, 6000)]), "funnel_plot")
    points = next(trace for trace in figure.data if trace.name == "Kommun")
    unnamed = sum(not text for text in points.text)
    assert unnamed >= 1
    assert [note.text for note in figure.layout.annotations] == [f"{unnamed} namn till står i tabellen"]


@pytest.mark.parametrize(("count", "colours"), [(1, 1), (4, 4), (5, 1), (12, 1)])
def test_over_time_up_to_four_kommuner_have_colours_of_their_own(count: int, colours: int) -> None:
    drawn = charts.draw(of(count, periods=("2023", "2024")), "over_time")
    lines = [trace for trace in drawn.data if trace.meta not in {LAN, None}]
    assert len(lines) == count
    assert len({trace.line.color for trace in lines}) == colours


@pytest.mark.parametrize(
    ("count", "is_narrow", "columns"), [(12, False, 4), (12, True, 2), (4, False, 1), (4, True, 1)]
)
def test_more_than_four_kommuner_have_a_small_chart_each_with_one_scale(
    count: int, is_narrow: bool, columns: int
) -> None:
    drawn = charts.draw(of(count, periods=("2023", "2024")), "over_time", is_narrow=is_narrow)
    axes = [axis for name, axis in drawn.layout.to_plotly_json().items() if name.startswith("xaxis")]
    scales = [tuple(axis["range"]) for name, axis in drawn.layout.to_plotly_json().items() if name.startswith("yaxis")]
    assert len(axes) == (count + 1 if count > 4 else 1)
    assert len({tuple(axis.get("domain", (0, 1))) for axis in axes}) == columns
    assert len(set(scales)) == 1


@pytest.mark.parametrize(("others", "name"), [((LAN, RIKET), "Länet"), ((RIKET,), "Riket"), ((), None)])
def test_the_line_behind_each_kommun_is_the_lans_or_rikets_where_nobody_has_that(
    others: tuple[str, ...], name: str | None
) -> None:
    """Of what kommuner are good or bad at there was nothing to see it by, and a sentence said that there was."""
    rows = [raw(kod, 50, 100, matperiod=period) for kod in (*KOMMUNER, *others) for period in ("2023", "2024")]
    drawn = charts.draw(gate(rows, spec(), matperiod=EVERY), "over_time")
    behind = [trace for trace in drawn.data if trace.meta is None]
    assert [trace.name for trace in behind] == ([name] * len(KOMMUNER) if name else [])
    assert all("markers" in trace.mode for trace in behind), "else the newest is not seen where the year before lacks"


def test_the_scale_of_shares_ends_at_the_whole() -> None:
    rows = [raw(kod, 100, 100, matperiod=period) for kod in (*KOMMUNER, LAN) for period in ("2023", "2024")]
    result = gate(rows, spec(), matperiod=EVERY)
    for some in (result, result.only(KOMMUNER[:2])):
        assert charts.draw(some, "over_time").layout.yaxis.range == (0, 100)


def test_the_readers_own_kommun_is_told_apart_in_its_own_small_chart_and_in_no_other() -> None:
    result = of(12, periods=("2023", "2024"))
    plain, marked = charts.draw(result, "over_time"), charts.draw(result.marking(KOMMUNER[3]), "over_time")
    widths = {trace.meta: trace.line.width for trace in marked.data if trace.meta}
    assert {kod for kod, width in widths.items() if width == max(widths.values())} == {LAN, KOMMUNER[3]}
    (ground,) = marked.layout.shapes
    assert ground.xref == "x5 domain"  # the län has the first
    assert sum(note.text.startswith("▸ ") for note in marked.layout.annotations) == 1
    assert not plain.layout.shapes


def test_names_at_the_ends_of_lines_never_lie_on_each_other_nor_outside() -> None:
    places = _apart([0.0, 0.01, 0.02, 0.9, 0.99, 1.0, 1.0])
    assert places[-1] <= 1
    assert all(b - a >= 0.0449 for a, b in pairwise(places))
    assert _apart([0.2, 0.8]) == [0.2, 0.8]


@pytest.mark.parametrize(
    ("periods", "fits"), [(("2024",), False), (("2023", "2024"), True), (("ej angiven", "2024"), False)]
)
def test_over_time_is_two_periods_with_a_date(periods: tuple[str, ...], fits: bool) -> None:
    assert ("over_time" in charts.fitting(of(2, periods=periods))) is fits


WITH_GAPS = [
    *(f"2023-{month:02}" for month in (1, 2, 3, 4, 10, 11, 12)),
    *(f"2024-{month:02}" for month in (1, 2, 9, 10, 11, 12)),
    "2025-01",
]


def monthly(values: dict[str, int], **given: Any) -> ProtectedResult:
    """The län's share by month."""
    return gate([raw(LAN, n, 1000, matperiod=m) for m, n in values.items()], matperiod=EVERY, **given)


def test_over_time_lies_at_true_distances_with_gaps_where_months_lack() -> None:
    line, *_ = charts.draw(monthly(dict.fromkeys(WITH_GAPS, 500)), "over_time").data
    runs = [sum(1 for _ in run) for has_value, run in groupby(line.y, lambda y: y is not None) if has_value]
    assert runs == [4, 5, 5]
    assert line.connectgaps is False
    at = dict(zip(WITH_GAPS, (x for x, y in zip(line.x, line.y, strict=True) if y is not None), strict=True))
    for month, place in at.items():
        assert f"{place:%Y-%m}" == month
    assert (at["2023-10"] - at["2023-04"]).days > 5 * (at["2023-02"] - at["2023-01"]).days


YEARS = ("2021", "2022", "2023", "2024")


def with_holes(count: int, small: int, remarks: Sequence[Remark] = ()) -> ProtectedResult:
    """So many kommuner over four years. The first has few persons in 2022, the second in all years."""
    few = {(KOMMUNER[0], "2022"), *((KOMMUNER[1], year) for year in YEARS)}
    rows = [
        raw(kod, small if (kod, year) in few else 50, 100, matperiod=year)
        for kod in (*KOMMUNER[:count], LAN)
        for year in YEARS
    ]
    return gate(rows, matperiod=EVERY, remarks=remarks)


@pytest.mark.parametrize("is_narrow", [False, True])
@pytest.mark.parametrize("count", [3, 12])
def test_a_hole_in_a_line_says_that_the_figure_is_hidden(count: int, is_narrow: bool) -> None:
    drawn = [charts.draw(with_holes(count, small), "over_time", is_narrow=is_narrow) for small in (2, 3)]
    signs = [trace for trace in drawn[0].data if trace.text is not None]
    (sign,) = signs
    assert [f"{day:%Y}" for day in sign.x] == ["2022"], "one all of whose figures are hidden is told of in words"
    assert set(sign.text) == {".."}
    assert "dolt för att skydda enskilda" in sign.hovertext[0]
    assert drawn[0].to_json() == drawn[1].to_json(), "where the sign stands says nothing of the figure"
    line = next(trace for trace in drawn[0].data if trace.meta == KOMMUNER[0])
    assert [y is None for y in line.y] == [False, True, False, False]
    assert ".. är " in provenance.signs(with_holes(count, 2)), "and below stands what it means"


def test_signs_of_several_hidden_figures_of_a_year_do_not_lie_on_each_other() -> None:
    rows = [raw(kod, 2 if year == "2022" else 50, 100, matperiod=year) for kod in KOMMUNER[:4] for year in YEARS]
    signs = [each for each in charts.draw(gate(rows, matperiod=EVERY), "over_time").data if each.text is not None]
    assert len({each.y[0] for each in signs}) == len(signs) == 4


def test_the_line_of_a_lan_alone_has_a_hole_with_its_sign_too() -> None:
    rows = [raw(LAN, 2 if year == "2022" else 50, 100, matperiod=year, taljare_ar=int(year)) for year in YEARS]
    line, sign = charts.draw(gate(rows, spec(diagram="timeline"), matperiod=EVERY), "timeline").data
    assert [y is None for y in line.y] == [False, True, False, False]
    assert (list(sign.x), list(sign.text)) == ([2022], [".."])


@pytest.mark.parametrize("count", [3, 12])
def test_each_number_of_a_remark_is_seen_over_time_too(count: int) -> None:
    own_remarks = [Remark("Nytt system.", ("prov",), KOMMUNER[2]), Remark("Annat mått.", ("prov",), KOMMUNER[0])]
    result = with_holes(count, 50, own_remarks)
    numbers = provenance.footnote_numbers(result.remarks)
    assert [note[0] for note in provenance.notes(result)[:2]] == ["1", "2"]
    names = [kommuner.area_name(kod) + str(number).translate(provenance.RAISED) for kod, number in numbers.items()]
    drawn = charts.draw(result, "over_time")
    texts = " ".join(note.text for note in drawn.layout.annotations)
    headings = table_of(result).headings
    assert all(name in texts and name in headings for name in names)
    assert sum("¹" in heading or "²" in heading for heading in headings) == 2


def test_over_time_has_no_number_without_meaning_on_its_axis() -> None:
    figure = charts.draw(monthly(dict.fromkeys(WITH_GAPS, 500)), "over_time")
    axis = figure.layout.xaxis
    assert axis.type == "date"
    assert 3 <= len(axis.ticktext) <= 8
    assert all(f"{place:%Y-%m}" == text for place, text in zip(axis.tickvals, axis.ticktext, strict=True))


@pytest.mark.parametrize(
    ("matperioder", "names"),
    [
        (["2021", "2022", "2023"], ["2021", "2022", "2023"]),
        (["våren 2023", "hösten 2023", "våren 2024"], ["våren 2023", "hösten 2023", "våren 2024"]),
        ([f"{year}" for year in range(2000, 2021)], [f"{year}" for year in range(2000, 2021, 5)]),
        (["v. 1 2024", "v. 2 2024", "v. 40 2024"], None),  # the first two are too near
        (["2023", "2023"], ["2023"]),
    ],
)
def test_the_axis_of_time_names_its_periods_or_months_or_years(matperioder: list[str], names: list[str] | None) -> None:
    places, texts = series.ticks(matperioder)
    assert len(places) == len(texts) <= 8
    assert places == sorted(set(places))
    if names:
        assert texts == names
    else:
        assert all(re.fullmatch(r"2024-\d\d", text) for text in texts)


def test_periods_of_another_length_are_a_line_of_their_own() -> None:
    months = {f"2024-{month:02}": 500 for month in range(1, 7)}
    (line,) = charts.draw(monthly({**months, "2024": 480, "2023": 470}), "over_time").data
    assert [y for y in line.y if y is not None] == [50.0] * 6 + [47.0, 48.0]
    assert line.y[6] is None


def test_points_out_of_the_usual_variation_are_marked_in_chart_table_and_words() -> None:
    values = {**{name: 500 + 20 * (i % 2) for i, name in enumerate(WITH_GAPS)}, "2024-10": 640}
    result = monthly(values)
    figure = charts.draw(result, "over_time")
    line, *limits, marks = figure.data
    assert len(limits) == 3
    assert [f"{x:%Y-%m}" for x in marks.x] == ["2024-10"]
    assert list(marks.y) == [64.0]
    assert figure.layout.showlegend
    assert (marks.showlegend, line.showlegend) == (None, False)
    assert marks.name == "Kalmar län avviker (styrdiagram)"
    assert [note.text for note in figure.layout.annotations] == ["Kalmar län"]
    table = table_of(result)
    assert table.headings[0] == "Mätperiod"
    assert [(row.name, row.cells[0].aloud) for row in table.rows if row.cells[0].mark] == [
        ("2024-10", "utanför den vanliga variationen (styrdiagram)")
    ]
    assert verdicts.about_time(result.rows, result.indicator)[-1].endswith(
        "1 av 14 mätperioder avviker från den vanliga variationen: 2024-10."
    )


def test_a_control_chart_sees_periods_of_one_length_alone() -> None:
    months = {f"2023-{month:02}": 500 + month % 2 for month in range(1, 13)}
    assert series.signals(monthly({**months, "2023": 900}).rows, spec()) == []
    assert len(series.comparable(monthly({**months, "2023": 900}).rows)) == 12


def test_what_is_measured_in_another_way_is_neither_drawn_nor_judged_with_the_rest() -> None:
    years = {f"{year}": 500 if year < 2021 else 300 + year % 2 for year in range(2009, 2026)}
    result = monthly(years)
    object.__setattr__(result, "breaks", spec(brott=(2021,)).breaks)
    figure = charts.draw(result, "over_time")
    line, *limits = figure.data
    assert {x.year for limit in limits for x in limit.x} == set(range(2009, 2021)), "five years have no limits"
    assert [y is None for y in line.y].index(True) == 12, "no line from 2020 to 2021"
    (mark,) = figure.layout.shapes
    assert mark.x0 == date(2021, 1, 1)
    assert {note.text for note in figure.layout.annotations} == {"Kalmar län", "Nytt mätsätt"}
    assert [row.matperiod for row in series.comparable(result.rows, result.breaks)] == [
        str(y) for y in range(2021, 2026)
    ]
    first, second, *_ = verdicts.about_time(result.rows, spec(), result.breaks)
    assert first == "Brytpunkt 2021: Nytt mätsätt. Bara tal därefter räknas här."
    assert second.startswith("Talen ändras inte mer över tid än slumpen kan ge (+0,0 procentenheter per år, ")
    assert "5 mätperioder" in second
    assert verdicts.about_time(result.rows[12:], spec(), result.breaks)[0] == second, (
        "a break before all that is known is none"
    )


@pytest.mark.parametrize(("length", "place"), [(19, "outside"), (20, "outside"), (21, "inside"), (100, "inside")])
def test_a_number_stands_in_its_bar_where_that_is_a_fifth_of_the_longest(length: int, place: str) -> None:
    result = gate([raw(KOMMUNER[0], length), raw(KOMMUNER[1], 100)], spec("count"))
    assert charts.draw(result, "ranked_bar").data[0].textposition == (place, "inside")


@pytest.mark.parametrize(("share", "letters"), [(50, len("50 %")), (95, len("▲▲ 95 %"))])
def test_the_column_of_numbers_has_its_width_on_any_screen(share: int, letters: int) -> None:
    """It was a part of the width: on a phone a number stood on the whisker beside it."""
    rows = [raw(KOMMUNER[0], 10 * share, 1000), *(raw(kod, 500, 1000) for kod in KOMMUNER[1:])]
    figure = charts.draw(gate([*rows, raw(LAN, 5500 + 10 * share, 12_000)]), "ranked_bar")
    numbers = [note for note in figure.layout.annotations if note.text.endswith("%")]
    assert {note.xshift for note in numbers} == {figure.layout.margin.r}
    assert figure.layout.margin.r > 7 * letters


def test_on_a_wall_columns_of_one_unit_have_one_scale_and_none_is_narrower_than_its_name() -> None:
    lengths = {"a": 400, "b": 100, "c": 1}
    result = gate(
        [raw(kod, lengths[group], grupp=group) for kod in KOMMUNER[:5] for group in lengths],
        spec("count", grupper={"a": "Alla", "b": "Boende", "c": "Ett långtordsomdetär"}),
    )
    layout = charts.on_wall([result], "grouped_bar")["layout"]
    axes = [layout["xaxis"], layout["xaxis2"], layout["xaxis3"]]
    widths = [axis["domain"][1] - axis["domain"][0] for axis in axes]
    units = [width / axis["range"][1] for axis, width in zip(axes, widths, strict=True)]
    assert units == pytest.approx([units[0]] * 3)
    assert axes[2]["domain"][1] == pytest.approx(1, abs=0.01)
    assert widths[0] > widths[1]
    assert widths[2] * 490 > 7.7 * len("långtordsomdetär") - 1


@pytest.mark.parametrize(("groups", "can"), [(1, True), (3, True), (4, False)])
def test_on_a_wall_more_than_four_columns_take_another_screen(groups: int, can: bool) -> None:
    several = of(3, groups=tuple("abcd"[:groups]))
    assert charts.can_stand_beside([of(3), several]) is can


def test_on_a_wall_steps_with_a_hidden_one_have_a_column_each_and_else_one_bar() -> None:
    shares = {"a": (30, 60), "b": (30, 38), "c": (40, 2)}  # of the second kommun the last is hidden, and one for it
    rows = [raw(kod, shares[group][i], 100, grupp=group) for i, kod in enumerate(KOMMUNER[:2]) for group in shares]
    indicator = spec("distribution", grupper=dict.fromkeys("abc", "Steg"), ordnade_grupper=True)
    seen = charts.on_wall([gate(rows, indicator)], "stacked_bar")
    assert len({trace["xaxis"] for trace in seen["data"]}) == len(shares)
    assert [axis["range"][0] for name, axis in seen["layout"].items() if name.startswith("xaxis")] == [0, 0, 0]
    bars = [trace for trace in seen["data"] if trace["type"] == "bar"]
    assert {trace["customdata"][1] for trace in bars} == {KOMMUNER[1]}, "it has its row in all of them"
    whole = charts.on_wall([gate(rows[:3], indicator)], "stacked_bar")
    assert whole["layout"]["barmode"] == "stack"


def test_on_a_wall_no_letters_are_smaller_than_others() -> None:
    for kind in charts.fitting(of(3)):
        text = json.dumps(charts.on_wall([of(3)], kind))
        assert set(re.findall(r'font": {[^}]*"size": ([\d.]+)', text)) == {"15"}, kind
