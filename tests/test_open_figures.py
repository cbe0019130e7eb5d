"""Open figures that others have computed (Kolada, SCB), as they are at the first start."""

from __future__ import annotations

import pytest

from naravard import charts, stores
from naravard.base import kommuner, periods
from naravard.figures import forward, indicators, overview
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.telling import phrases, verdicts, vocabulary

# typed in from the collected figures, and not read from the files that the app reads
PER_KOMMUN = {
    "befolkning_80plus_andel": ("2022", {"0880": 5.611097, "0821": 7.30659, "0861": 7.585116, "00": 5.534799}),
    "hemsjukvard_mottagare_65plus_andel": (
        "2022", {"0880": 24.258038, "0821": 10.702977, "0861": 11.108026, "00": 10.112303}
    ),
    "sabo_80plus_andel": ("2022", {"0880": 9.428359, "0821": 14.460784, "0861": 10.923535, "00": 10.502673}),
    "hemtjanst_80plus_andel": ("2023", {"0880": 20.725018, "0821": 15.776699, "0861": 14.57529}),
    "sabo_eller_hemtjanst_80plus_andel": (
        "2022", {"0880": 30.561742, "0821": 29.656863, "0861": 25.91857, "00": 27.814688}
    ),
    "korttidsboende_65plus_andel": ("2022", {"0880": 0.494641, "0821": None, "0861": 0.388781, "00": 0.379389}),
    "fallskador_80plus": ("2022", {"0880": 5786, "0821": 4322, "0861": 4893.4, "08": 5240.9, "00": 5746}),
    "lakare_vid_behov_sabo_andel": ("2022", {"0880": 53, "0821": 20, "0861": 40, "00": 45}),
    "helhetssyn_hemtjanst_andel": ("2022", {"0880": 86, "0821": 97, "0861": 97, "00": 86}),
    "helhetssyn_sabo_andel": ("2022", {"0880": 80, "0821": 88, "0861": 77, "00": 77}),
}  # fmt: skip
PER_REGION = {
    "akutbesok_80plus_per_1000": ("2024", 621.6, 600.3, 734.1, 674.6),
    "paverkbar_slutenvard_per_100000": ("2024", 549.9, 562.2, 729.7, 699),
    "aterinskrivning_30_dagar_andel": ("2025", 19, 17, 18, 17),
    "utskrivningsklara_vardplatser_andel": ("2025", 1.9, 4.7, 2, 3.6),
    "tio_lakemedel_aldre_andel": ("2024", 11.7, 14, 12.1, 13.8),
}
COUNTED = ("sabo_80plus_andel", "hemtjanst_80plus_andel", "sabo_eller_hemtjanst_80plus_andel")


@pytest.mark.parametrize("indicator_id", PER_KOMMUN)
def test_figures_of_kommuner_are_koladas(indicator_id: str, shared_live: Store) -> None:
    period, values = PER_KOMMUN[indicator_id]
    result = Reader(shared_live).read(indicator_id)
    assert result.matperiod == period
    for kod, value in values.items():
        row = result.row(kod)
        assert row is not None
        assert row.varde == (None if value is None else pytest.approx(value))
        assert (row.skydd == "-") is (value is None), "what Kolada lacks is missing, and not hidden"
    assert {row.kommun_kod for row in result.kommuner} == {kommun.kod for kommun in kommuner.in_lan("08")}
    assert result.indicator.kalla.startswith("Kolada "), "who owns the definition"
    assert all(
        extract.ursprung.startswith("Kolada (RKA)") or extract.kalla == "befolkning" for extract in result.extracts
    )


@pytest.mark.parametrize("indicator_id", PER_REGION)
def test_figures_of_regions_are_koladas(indicator_id: str, shared_live: Store) -> None:
    period, lan, nation, lan_2018, nation_2018 = PER_REGION[indicator_id]
    result = Reader(shared_live).read(indicator_id, periods.EVERY)
    found = {(row.kommun_kod, row.matperiod): row.varde for row in result.rows}
    assert (found["08", period], found["00", period]) == (lan, nation)
    assert (found["08", "2018"], found["00", "2018"]) == (lan_2018, nation_2018)
    assert result.matperioder[0] == period
    assert f"{period} (riket " in phrases.headline(result)
    assert [trace.name for trace in charts.draw(result).data] == ["Kalmar län", "Riket"]


@pytest.mark.parametrize("indicator_id", COUNTED)
def test_persons_are_the_share_of_the_inhabitants_and_the_lan_its_kommuner(
    indicator_id: str, shared_live: Store
) -> None:
    result = Reader(shared_live).read(indicator_id, "2022")
    row, lan = result.row("0880"), result.lan()
    assert row is not None
    assert lan is not None
    assert (row.namnare, lan.namnare) == (4041, 17877)
    assert row.taljare == round((row.varde or 0) * 4041 / 100)
    assert lan.taljare == pytest.approx(sum(each.taljare or 0 for each in result.kommuner), abs=6), "but for rounding"
    assert lan.varde == pytest.approx(100 * (lan.taljare or 0) / 17877, abs=0.01)


@pytest.mark.parametrize("against", ["lanet", "riket"])
@pytest.mark.parametrize("indicator", COUNTED)
def test_ready_shares_of_the_old_are_not_compared_since_the_oldest_are_more_in_some_kommuner(
    indicator: str, against: str, shared_live: Store
) -> None:
    result = Reader(shared_live).read(indicator, comparison_id=against)
    assert not any(row.jamforelse for row in result.rows)
    assert verdicts.about_comparison(result) == [vocabulary.AGE]


def test_a_raw_difference_that_age_may_make_says_so(shared_live: Store) -> None:
    result = Reader(shared_live).read("korttidsboende_65plus_andel", comparison_id="riket")
    assert any(row.jamforelse for row in result.kommuner)
    assert vocabulary.AGE_IN_DIFFERENCE in verdicts.about_comparison(result)


def test_values_without_counts_are_not_said_to_differ_and_it_is_told_why(shared_live: Store) -> None:
    result = Reader(shared_live).read("hemsjukvard_mottagare_65plus_andel", comparison_id="riket")
    assert not any(row.is_judged for row in result.rows), "differences of registration are not ranked"
    assert "Källan ger inte antalen" in verdicts.about_comparison(result)[1]
    signals = overview.signals(overview.measures(Reader(shared_live)))
    assert "hemsjukvard_mottagare_65plus_andel" not in {signal.measure.indicator.id for signal in signals}


@pytest.mark.parametrize(("period", "before"), [("2020", "2019"), ("2021", None), ("2022", "2021")])
def test_no_change_is_told_across_a_break(period: str, before: str | None, shared_live: Store) -> None:
    reader = Reader(shared_live)
    result = reader.read("hemtjanst_80plus_andel", period, "tidigare")
    assert result.period_before("0880") == before
    assert {row.jamforelse.period for row in result.kommuner if row.jamforelse} == ({before} if before else set())


def test_no_line_is_drawn_across_a_break(shared_live: Store) -> None:
    figure = charts.draw(Reader(shared_live).read("hemtjanst_80plus_andel", periods.EVERY), "over_time")
    line = next(trace for trace in figure.data if trace.meta == "0880")
    years = [x.year if y is not None else None for x, y in zip(line.x, line.y, strict=True)]
    assert years[years.index(2020) : years.index(2021) + 1] == [2020, None, 2021]
    assert "Nytt mätsätt" in {annotation.text for annotation in figure.layout.annotations}
    whole = charts.draw(Reader(shared_live).read("fallskador_80plus", periods.EVERY), "over_time")
    assert all(None not in trace.y for trace in whole.data)


@pytest.mark.parametrize(
    ("indicator_id", "period", "kommun", "part"),
    [
        ("hemtjanst_80plus_andel", "2021", None, "median"),
        ("hemtjanst_80plus_andel", "2021", "0860", "21,6 %"),
        ("sabo_eller_hemtjanst_80plus_andel", "2022", "0862", "11,3 %"),
        ("hemsjukvard_mottagare_65plus_andel", "2022", None, "Rangordna inte"),
        ("hemsjukvard_mottagare_65plus_andel", "2019", "0881", "registrering"),
        ("lakare_vid_behov_sabo_andel", "2022", "0821", "antalet svar"),
        ("akutbesok_80plus_per_1000", "2024", None, "reviderats"),
        ("befolkning_80plus", "2025", None, "slumpfel"),
    ],
)
def test_what_must_be_known_stands_beside_the_figures(
    indicator_id: str, period: str, kommun: str | None, part: str, shared_live: Store
) -> None:
    remarks = Reader(shared_live).read(indicator_id, period).remarks
    assert any(part in remark.text and remark.kommun_kod == kommun for remark in remarks)


@pytest.mark.parametrize(
    ("period", "comparison", "koder"),
    [
        ("2020", "lanet", set()),
        ("2021", "lanet", {"0860"}),
        ("2022", "lanet", {"0862"}),
        ("2022", "tidigare", {"0860", "0862"}),
        (periods.EVERY, "lanet", {"0860", "0862"}),
    ],
)
def test_a_remark_on_one_year_stands_beside_that_year_alone(
    period: str, comparison: str, koder: set[str], shared_live: Store
) -> None:
    result = Reader(shared_live).read("hemtjanst_80plus_andel", period, comparison)
    remarks_on_years = [remark for remark in result.remarks if "troligen fel" in remark.text]
    assert {remark.kommun_kod for remark in remarks_on_years} == koder


def test_what_someone_computed_wrongly_in_2021_is_not_said_of_2023(shared_live: Store) -> None:
    assert not Reader(shared_live).read("hemtjanst_80plus_andel").remarks


def test_the_forecast_is_corrected_and_there_for_each_kommun(shared_live: Store) -> None:
    with shared_live.open() as snapshot:
        sql = "select aldersgrupp, antal from befolkning_gallande where niva = 'lan' and ar = 2030 and kon = 'totalt'"
        ages = dict(snapshot.connection.execute(sql).fetchall())
        per_kommun = snapshot.connection.execute(
            "select ar, sum(antal), count(*) from befolkning_gallande "
            "where aldersgrupp = '80+' and kvalitet = 'prognos' and niva = 'kommun' group by ar"
        ).fetchall()
    assert ages == {"totalt": 245_025, "65+": 68_500, "75+": 37_834, "80+": 24_116, "85+": 11_798}
    assert {ar for ar, _, _ in per_kommun} == set(range(2026, 2041))
    expected = forward.population(Reader(shared_live))
    assert expected is not None
    assert all(count == 12 and antal == pytest.approx(expected.forecast[ar], abs=6) for ar, antal, count in per_kommun)
    assert expected.milestones == {2030: 24116, 2035: 25635, 2040: 26129, 2050: 29073}


def test_the_first_start_reads_each_file_and_says_where_it_is_from(shared_live: Store) -> None:
    extracts = {extract.filnamn: extract for extract in shared_live.extracts()}
    assert set(extracts) == {file.fil for file in stores.published_files() if file.lan == "08"}
    assert all(extract.publicerad and extract.status == "gallande" for extract in extracts.values())
    assert "open-numbers/ddf--kolada--dump" in extracts["kolada_kommuner.csv"].ursprung
    assert extracts["befolkning.csv"].matperiod == "2010–2025"


def test_remarks_name_indicators_that_there_are() -> None:
    names = {name for file in stores.published_files() for remark in file.anmarkningar for name in remark.indikatorer}
    assert names <= set(indicators.registry())
