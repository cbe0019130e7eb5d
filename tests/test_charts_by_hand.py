"""Where a chart is drawn in another way: so many names, so many colours, so long a bar."""

import pytest

from naravard import charts
from naravard.base import kommuner
from naravard.figures.gate import ProtectedResult
from naravard.room.projector import _kind
from naravard.slides.sequence import Entry, Screen
from naravard.slides.slide import Slide
from naravard.telling import theme
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
    assert "funnel_plot" in charts.fitting(of(count))
    points = next(trace for trace in charts.draw(of(count), "funnel_plot").data if trace.name == "Kommun")
    assert sum(bool(text) for text in points.text) == named


@pytest.mark.parametrize(("count", "colours"), [(1, 1), (4, 4), (5, 1), (12, 1)])
def test_over_time_up_to_four_kommuner_have_colours_of_their_own(count: int, colours: int) -> None:
    drawn = charts.draw(of(count, periods=("2023", "2024")), "over_time")
    lines = [trace for trace in drawn.data if trace.meta != LAN]
    assert len({trace.line.color for trace in lines}) == colours
    assert ({trace.line.color for trace in lines} == {theme.UNSURE}) is (count > 4)


@pytest.mark.parametrize(
    ("periods", "fits"), [(("2024",), False), (("2023", "2024"), True), (("ej angiven", "2024"), False)]
)
def test_over_time_is_two_periods_with_a_date(periods: tuple[str, ...], fits: bool) -> None:
    assert ("over_time" in charts.fitting(of(2, periods=periods))) is fits


@pytest.mark.parametrize(("length", "place"), [(19, "outside"), (20, "outside"), (21, "inside"), (100, "inside")])
def test_a_number_stands_in_its_bar_where_that_is_a_fifth_of_the_longest(length: int, place: str) -> None:
    result = gate([raw(KOMMUNER[0], length), raw(KOMMUNER[1], 100)], spec("count"))
    assert charts.draw(result, "ranked_bar").data[0].textposition == (place, "inside")


@pytest.mark.parametrize(("kommuner_shown", "kind"), [(7, "grouped_bar"), (8, None)])
def test_on_a_wall_more_than_fifteen_bars_in_groups_are_a_table(kommuner_shown: int, kind: str | None) -> None:
    result = of(kommuner_shown, groups=("a", "b"))
    assert _kind(Screen(Entry("prov"), Slide(""), result, "grouped_bar")) == kind


def test_on_a_wall_fifteen_bars_are_not_too_many() -> None:
    result = gate(
        [raw(kod, 50, 100, grupp=group) for kod in KOMMUNER[:5] for group in "abc"], spec(diagram="grouped_bar")
    )
    assert _kind(Screen(Entry("prov"), Slide(""), result, "grouped_bar")) == "grouped_bar"
