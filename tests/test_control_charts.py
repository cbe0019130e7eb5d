"""Control charts of figures over time: what is drawn of them, and that a break begins them anew."""

import numpy as np
import pytest
from plotly.graph_objects import Figure

from naravard import charts
from naravard.base import periods
from naravard.methods import Z95, xmr
from naravard.telling import series
from tests.by_hand import BORGHOLM, KALMAR, LAN, gate, raw, spec

STEADY = (50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50)


def drawn(koder: tuple[str, ...], brott: tuple[int, ...] = ()) -> Figure:
    """Twelve years at 50 % and twelve at 80 %, each of another number of persons; one far out in the second part."""
    shares = (*STEADY, *(s + 30 for s in STEADY[:-1]), 60)
    rows = [
        raw(kod, round(share * n / 100), n, matperiod=f"{2000 + i}")
        for kod in koder
        for i, share in enumerate(shares)
        for n in [400 + 40 * (i % 3)]
    ]
    result = gate(rows, spec(brott=brott), matperiod=periods.EVERY)
    return charts.draw(result, "over_time")


def limits_of(figure: Figure) -> list[Figure]:
    return [trace for trace in figure.data if trace.name.endswith("(styrdiagram)") and trace.mode == "lines"]


def test_limits_are_drawn_as_lines_and_begin_anew_at_a_break() -> None:
    whole, broken = limits_of(drawn((LAN,))), limits_of(drawn((LAN,), (2012,)))
    assert (len(whole), len(broken)) == (3, 6)
    assert [trace.showlegend for trace in broken] == [True, *[False] * 5]
    first, second = broken[2].y[0], broken[5].y[0]
    assert (first, second) == (pytest.approx(50.2, abs=0.3), pytest.approx(78.6, abs=0.3))
    assert [x.year for x in broken[0].x] == list(range(2000, 2012))
    assert len(set(broken[0].y)) == 3, "by the size of each point"
    marked = next(trace for trace in drawn((LAN,), (2012,)).data if trace.mode == "markers")
    assert [x.year for x in marked.x] == [2023]


def test_the_limits_are_those_of_the_method() -> None:
    """By plain numbers: the average and 2.66 mean moves of the distances in standard deviations."""
    counts, sizes = np.array([200, 230, 210, 190] * 3), np.array([400, 440, 420, 380] * 3)
    rows = [
        raw(LAN, int(x), int(n), matperiod=f"{2000 + i}") for i, (x, n) in enumerate(zip(counts, sizes, strict=True))
    ]
    result = gate(rows, matperiod=periods.EVERY)
    (chart,) = series.control_charts(result.rows, result.indicator)
    average = counts.sum() / sizes.sum()
    deviations = np.sqrt(average * (1 - average) / sizes)
    away = (counts / sizes - average) / deviations
    half = 3 / 1.128 * np.abs(np.diff(away)).mean()
    assert chart.centre == pytest.approx(100 * average)
    assert chart.upper == pytest.approx(100 * (average + half * deviations))
    assert chart.lower == pytest.approx(100 * (average - half * deviations))
    assert half != pytest.approx(Z95)


def test_figures_without_counts_have_the_limits_of_xmr_and_none_below_none_or_above_all() -> None:
    values = [1.0, 3.0, 0.5, 2.5, 1.0, 4.0, 0.5, 3.5, 1.0, 3.0, 1.0, 2.0]
    rows = [raw(LAN, None, None, varde=v, matperiod=f"{2000 + i}") for i, v in enumerate(values)]
    result = gate(rows, matperiod=periods.EVERY)
    (chart,) = series.control_charts(result.rows, result.indicator)
    assert set(chart.lower) == {0.0}
    assert chart.upper[0] == pytest.approx(xmr.limits(values).upper)
    high = gate([raw(LAN, None, None, varde=100 - v, matperiod=f"{2000 + i}") for i, v in enumerate(values)],
                matperiod=periods.EVERY)  # fmt: skip
    assert set(series.control_charts(high.rows, high.indicator)[0].upper) == {100.0}


@pytest.mark.parametrize(
    ("koder", "named"),
    [((LAN, KALMAR), "Kalmar"), ((LAN,), "Kalmar län"), ((LAN, KALMAR, BORGHOLM), "")],
)
def test_limits_are_of_the_one_kommun_that_is_chosen_or_of_the_lan(koder: tuple[str, ...], named: str) -> None:
    names = {trace.name for trace in limits_of(drawn(koder))}
    assert names == ({f"{named}: medel och gränser (styrdiagram)"} if named else set())


def test_eleven_points_have_no_limits() -> None:
    rows = [raw(LAN, 50, 100, matperiod=f"{2000 + i}") for i in range(11)]
    result = gate(rows, matperiod=periods.EVERY)
    assert series.control_charts(result.rows, result.indicator) == []
