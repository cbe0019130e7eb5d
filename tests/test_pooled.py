"""Three years together: made of what is seen, counts added where they are known, and nothing told of chance."""

from dataclasses import replace
from datetime import date

import pytest

from naravard import charts
from naravard.base import periods
from naravard.base.breaks import Break
from naravard.base.numbers import HIDDEN, MISSING
from naravard.figures import pooled
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.telling import series, tables, verdicts, vocabulary
from tests.by_hand import KALMAR, LAN, gate, raw, row, spec

YEARS = ("2020", "2021", "2022", "2023", "2024")


def test_counts_are_added_and_values_without_counts_averaged() -> None:
    rows = [raw(KALMAR, 10 * (i + 1), 100 + 50 * i, matperiod=year) for i, year in enumerate(YEARS)]
    together = pooled.three_years(gate(rows, matperiod=periods.EVERY))
    assert [each.matperiod for each in together.rows] == ["2020–2022", "2021–2023", "2022–2024"]
    assert together.rows[0].varde == pytest.approx(100 * (10 + 20 + 30) / (100 + 150 + 200))
    values = [
        raw(KALMAR, None, None, varde=value, matperiod=year)
        for value, year in zip((1.0, 3.0, 8.0), YEARS, strict=False)
    ]
    assert [each.varde for each in pooled.three_years(gate(values, matperiod=periods.EVERY)).rows] == [4.0]
    counts = [raw(KALMAR, n, matperiod=year) for n, year in zip((10, 20, 40), YEARS, strict=False)]
    mean = pooled.three_years(gate(counts, spec("count"), matperiod=periods.EVERY)).rows[0].varde
    assert mean == pytest.approx(70 / 3)


@pytest.mark.parametrize(("hidden", "sign"), [(3, HIDDEN), (None, MISSING)])
def test_what_is_hidden_or_missing_in_one_year_is_so_in_all_three(hidden: int | None, sign: str) -> None:
    counts = (20, hidden, 30, 40, 50)
    rows = [raw(KALMAR, n, None if n is None else 100, matperiod=year) for n, year in zip(counts, YEARS, strict=True)]
    together = pooled.three_years(gate(rows, matperiod=periods.EVERY))
    assert [(each.varde, each.skydd) for each in together.rows] == [(None, sign), (None, sign), (40.0, None)]
    assert all(each.taljare is None and each.nedre is None and each.jamforelse is None for each in together.rows)


@pytest.mark.parametrize(
    ("matperioder", "brott", "expected"),
    [
        (YEARS, (), 3),
        (YEARS, (2022,), 1),
        (("2020", "2021", "2023", "2024"), (), 0),
        (("våren 2022", "våren 2023", "hösten 2023", "våren 2024"), (), 1),
        (("mars 2022", "april 2022", "maj 2022"), (), 0),
    ],
)
def test_only_years_in_a_row_measured_alike_are_taken_together(
    matperioder: tuple[str, ...], brott: tuple[int, ...], expected: int
) -> None:
    assert len(pooled.threes(matperioder, spec(brott=brott).breaks, LAN)) == expected


def test_where_one_kommun_alone_has_a_break_periods_stay_in_the_order_of_time() -> None:
    other = "0885"
    rows = [raw(kod, 10 + i, 100, matperiod=year) for kod in (KALMAR, other) for i, year in enumerate(YEARS)]
    result = gate(rows, matperiod=periods.EVERY)
    own_break = Break(date(2022, 1, 1), "Nytt journalsystem", kommun_kod=KALMAR)
    together = pooled.three_years(replace(result, breaks=(own_break,)))
    assert [(each.matperiod, each.kommun_kod) for each in together.rows] == [
        ("2020–2022", other), ("2021–2023", other), ("2022–2024", KALMAR), ("2022–2024", other),
    ]  # fmt: skip
    assert together.matperioder == ("2022–2024", "2021–2023", "2020–2022"), "the newest first"


def test_periods_that_go_into_each_other_tell_no_trend_and_nothing_that_stands_out() -> None:
    monthly = [f"R12 {2020 + n // 12}-{n % 12 + 1:02}" for n in range(14)]
    rolling = [row(50.0 if i < 13 else 90.0, kod=LAN, matperiod=name) for i, name in enumerate(monthly)]
    assert verdicts.about_time(rolling, spec()) == [vocabulary.SHARED_DAYS]
    assert series.signals(rolling, spec()) == []
    apart = [replace(each, matperiod=f"{2000 + i}") for i, each in enumerate(rolling)]
    assert series.signals(apart, spec()) != []


def test_it_is_a_chart_to_choose_whose_table_has_the_same_points(shared_live: Store) -> None:
    reader = Reader(shared_live)
    result = reader.read("sabo_80plus_andel")
    assert "three_years" in charts.fitting(result)
    chart = charts.charts()["three_years"]
    together = chart.of_every(reader.read("sabo_80plus_andel", periods.EVERY))
    figure = charts.draw(together, "three_years")
    names = {row.name for row in tables.table_of(together).rows}
    assert "2010–2012" in names
    line = next(trace for trace in figure.data if trace.meta == KALMAR)
    own = [each for each in together.rows if each.kommun_kod == KALMAR and each.varde is not None]
    assert [y for y in line.y if y is not None] == [each.varde for each in own]
    assert pooled.HOW_IT_IS_MADE in together.notes
    assert not charts.charts()["three_years"].fits(reader.read("befolkning_80plus_prognos", periods.EVERY))


def test_on_a_phone_its_charts_stand_two_in_a_row(shared_live: Store) -> None:
    result = Reader(shared_live).read("helhetssyn_hemtjanst_andel", periods.EVERY)
    together = charts.charts()["three_years"].of_every(result)
    lefts = {axis.domain[0] for axis in charts.draw(together, "three_years", is_narrow=True).select_xaxes()}
    assert len(lefts) == 2
