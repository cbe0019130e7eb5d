"""The deck's figures, out of the store at first start and out of the synthetic extracts."""

import csv
from collections import Counter
from typing import Any

import pytest

from naravard.base import periods, settings
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.reader import Reader
from naravard.intake import example as example_data
from naravard.store.snapshots import Store
from naravard.telling import amounts

# typed in from the slide, not read from the file that the app reads
SABO = {
    "Borgholm": (79, 4, "5\u00a0%"),
    "Emmaboda": (68, 53, "78\u00a0%"),
    "Hultsfred": (104, 93, "89\u00a0%"),
    "Högsby": (52, 51, "98\u00a0%"),
    "Kalmar": (494, 324, "66\u00a0%"),
    "Mönsterås": (110, 96, "87\u00a0%"),
    "Mörbylånga": (106, 26, "25\u00a0%"),
    "Nybro": (169, 160, "95\u00a0%"),
    "Oskarshamn": (215, 206, "96\u00a0%"),
    "Torsås": (43, 41, "95\u00a0%"),
    "Vimmerby": (106, 87, "82\u00a0%"),
    "Västervik": (339, 306, "90\u00a0%"),
    "Kalmar län": (1885, 1447, "77\u00a0%"),
}


def lan(result: ProtectedResult, grupp: str = "totalt") -> ProtectedRow:
    row = result.lan(grupp)
    assert row is not None
    return row


@pytest.mark.parametrize("target", ["live", "example"])
@pytest.mark.parametrize(
    ("indicator", "grupp", "taljare"),
    [
        ("kommunal_primarvard_antal", "totalt", 5793),
        ("kommunal_primarvard_antal", "ordinart", 4346),
        ("kommunal_primarvard_antal", "sabo", 1447),
        ("hemsjukvard_antal", "totalt", 3558),
        ("hemsjukvard_profession", "ssk", 2811),
        ("hemsjukvard_profession", "at", 656),
        ("hemsjukvard_profession", "ft", 529),
        ("sabo_boende", "totalt", 1885),
        ("sabo_andel_primarvard", "totalt", 1447),
    ],
)
def test_totals_of_the_lan(
    target: str, indicator: str, grupp: str, taljare: int, request: pytest.FixtureRequest
) -> None:
    store: Store = request.getfixturevalue(target)
    assert lan(Reader(store).read(indicator), grupp).taljare == taljare


def test_share_of_the_population_says_that_its_years_differ(live: Store) -> None:
    result = Reader(live).read("kommunal_primarvard_andel_av_befolkningen")
    row = lan(result)
    assert (row.taljare, row.namnare, row.namnare_ar, row.taljare_ar) == (5793, 247711, 2022, None)
    assert amounts.value(row, result.indicator) == "2,3\u00a0%"
    assert amounts.value(row, result.indicator, 2) == "2,34\u00a0%"
    assert result.notes == (
        "Olika år: nämnaren (folkmängd 31 december) är från 2022. "
        "Källan säger inte vilket år antalet som räknas är från.",
    )


def test_share_of_65plus_takes_the_nearest_year_that_all_kommuner_have(example: Store) -> None:
    result = Reader(example).read("hemsjukvard_andel_65plus")
    assert {row.namnare_ar for row in result.rows} == {2022}
    assert result.notes == (
        "Olika år: nämnaren (folkmängd 65 år och äldre, 31 december) är från 2022. Antalet som räknas är från 2023.",
    )


def test_the_sabo_table_is_the_slides(live: Store) -> None:
    result = Reader(live).read("sabo_andel_primarvard")
    table = {r.kommun: (r.namnare, r.taljare, amounts.value(r, result.indicator)) for r in result.rows}
    assert table == SABO
    assert list(table) == list(SABO), "kommuner in Swedish order, the län last"


def test_the_slides_contradictions_are_remarks(live: Store) -> None:
    text = " ".join(remark.text for remark in Reader(live).read("sabo_andel_primarvard").remarks)
    for part in ("1 447 av 1 885 (76,8 %)", "1 441 av", "”ca 78 %”", "Borgholm, 4 av 79", "Mörbylånga, 26 av 106"):
        assert part in text
    overlap = " ".join(remark.text for remark in Reader(live).read("hemsjukvard_profession").remarks)
    assert "3 996" in overlap


def test_visits_are_a_series_of_the_lan_beside_riket(live: Store) -> None:
    every = Reader(live).read("akutbesok_80plus_per_1000", matperiod=periods.EVERY)
    found = {(r.kommun, r.matperiod): r.varde for r in every.rows}
    assert len(found) == 18
    assert (found["Kalmar län", "2018"], found["Riket", "2018"]) == (734.1, 674.6), "SKL's 734 without a year is 2018"
    assert (found["Kalmar län", "2024"], found["Riket", "2024"]) == (621.6, 600.3)


def test_elderly_now_and_in_2030(live: Store) -> None:
    now = lan(Reader(live).read("befolkning_80plus"))
    assert now.matperiod == "2025"
    assert lan(Reader(live).read("befolkning_80plus", matperiod="2023")).taljare == 18585
    assert lan(Reader(live).read("befolkning_80plus", matperiod="2019")).taljare == 16479
    assert lan(Reader(live).read("befolkning_80plus_prognos", matperiod="2030")).taljare == 24116


def test_home_help_from_kolada(live: Store) -> None:
    row = Reader(live).read("hemtjanst_80plus_andel").row("0880")
    assert row is not None
    assert row.varde == pytest.approx(20.725018)
    assert row.matperiod == "2023"


# the synthetic extracts


def read(name: str, encoding: str) -> list[dict[str, Any]]:
    path = settings.data_folder() / "exempel" / name
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_synthetic_files_are_the_same_each_time(example: Store, tmp_path: Any) -> None:
    for file in example_data.write_files(tmp_path / "igen", "08"):
        same_file = settings.data_folder() / "exempel" / file.path.relative_to(tmp_path / "igen")
        assert file.path.read_bytes() == same_file.read_bytes()


def test_synthetic_sabo_column_per_kommun_is_the_decks(example: Store) -> None:
    """All that is shown is as counted by hand; Borgholm's 4, and what gives away the few left elsewhere, is hidden."""
    rows = read("EXEMPELDATA_cosmic.csv", "cp1252")
    in_sabo = {(row["Personnummer"], row["Kommun"]) for row in rows if row["Boendeform"] == "Särskilt boende"}
    assert Counter(kommun for _, kommun in in_sabo) == {k: med for k, (_, med, _) in SABO.items() if k != "Kalmar län"}
    with_care, of_all, shares = (
        {row.kommun: row for row in Reader(example).read(i).rows if row.grupp == grupp}
        for i, grupp in (
            ("kommunal_primarvard_antal", "sabo"),
            ("sabo_boende", "totalt"),
            ("sabo_andel_primarvard", "totalt"),
        )
    )
    hidden = {kommun for kommun in SABO if with_care[kommun].taljare is None}
    for kommun, (boende, med, _) in SABO.items():
        assert with_care[kommun].taljare in {None, med}, kommun
        assert of_all[kommun].taljare in {None, boende}, kommun
    assert "Borgholm" in hidden
    assert 2 <= len(hidden) <= 4, "alone it would follow from the län"
    assert "Kalmar län" not in hidden
    for kommun in ("Högsby", "Torsås"):  # few are left: never both counts, and so no share
        assert None in {with_care[kommun].taljare, of_all[kommun].taljare}
    for kommun in ("Borgholm", "Högsby", "Torsås"):
        assert (shares[kommun].varde, shares[kommun].skydd) == (None, "..")


def test_synthetic_extracts_have_what_makes_counting_hard(example: Store) -> None:
    rows = read("EXEMPELDATA_cosmic.csv", "cp1252")
    persons = {row["Personnummer"] for row in rows}
    homes = {(row["Personnummer"], row["Kommun"]) for row in rows}
    assert len(persons) == 5793
    assert len(homes) > len(persons), "some persons have care in two kommuner"
    assert len(rows) > len(homes), "some persons have several rows"


def luhn(digits: str) -> bool:
    products = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    return sum(p // 10 + p % 10 for p in products) % 10 == 0


def test_synthetic_ids_are_valid_in_form_and_belong_to_nobody(example: Store) -> None:
    rows = read("EXEMPELDATA_cosmic.csv", "cp1252")
    ids = {row["Personnummer"] for row in rows}
    ids |= {row["Person-ID"] for row in read("EXEMPELDATA_ensolutions.csv", "utf-8-sig")}
    for person_id in ids:
        born, serial = person_id.split("-")
        assert born[4:] in {"0230", "0231", "0431", "0631", "0931", "1131"}, "a day that does not exist"
        assert luhn(born[2:] + serial)
    for row in rows:
        assert int(row["Personnummer"][-2]) % 2 == (row["Kön"] == "Man")
