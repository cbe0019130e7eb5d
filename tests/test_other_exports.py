"""What other programs write around a table, and what tables of public authorities have beside their values."""

from __future__ import annotations

import pytest

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.intake.looks import year_in
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_traps import SABO, counted, text

KOMMUNER = {kommun.kod: kommun.namn for kommun in kommuner.in_lan("08")}
NAMES = list(KOMMUNER.values())
SABO_ROWS = [f"{name};{100 + n};{40 + n}" for n, name in enumerate(NAMES)]


def of_health(*rows: str, heading: str = "Ohälsotalet", cell: str = "") -> bytes:
    """A table as Försäkringskassan has it: a row for each kommun beside its län, and others."""
    own = [f"2024;{cell}08 Kalmar län;{kod} {name};{20 + n}" for n, (kod, name) in enumerate(KOMMUNER.items())]
    return text(f"År;{heading};Län;Kommun;Ohälsotalet" if cell else "År;Län;Kommun;Ohälsotalet", *own, *rows)


def areas_of(content: bytes) -> set[str]:
    return {key.split(" ", 1)[0] for key in counted(examined(content, kalla="nyckeltal"))} - set(KOMMUNER)


@pytest.mark.parametrize(
    ("rows", "areas"),
    [
        (["2024;08 Kalmar län;Samtliga;25"], {"08"}),
        (["2024;Kalmar;Samtliga kommuner;25"], {"08"}),
        (["2024;14 Västra Götalands län;Samtliga;99"], set()),
        (["2024;Riket;Samtliga;99"], {"00"}),
        (["2024;08 Kalmar län;Samtliga;25", "2024;Samtliga;Samtliga;99"], {"08", "00"}),
        (["2024;Samtliga;Samtliga;99"], set()),
    ],
)
def test_all_kommuner_are_those_of_the_region_beside(rows: list[str], areas: set[str], empty_data: object) -> None:
    assert areas_of(of_health(*rows)) == areas


def test_all_of_all_is_told_where_nobody_knows_of_what(empty_data: object) -> None:
    found = finding_of(examined(of_health("2024;Samtliga;Samtliga;99"), kalla="nyckeltal"), FindingCode.KOMMUN_UNKNOWN)
    assert (found.level, found.count) == (Level.WARNING, 1)


def test_a_sum_in_both_columns_of_counts_is_the_lans(empty_data: object) -> None:
    rows = [f"08 Kalmar län;{row}" for row in SABO_ROWS]
    content = text(f"Län;{SABO}", *rows, "Totalt;Totalt;1266;546")
    assert counted(examined(content, kalla="sabo", matperiod="2024"))["08"] == (1266, 546)


@pytest.mark.parametrize("heading", ["Månad", "Vecka", "regionkod", "county_code", "Radnummer", "row_id"])
def test_a_time_or_a_code_is_no_measure(heading: str, empty_data: object) -> None:
    rows = [f"2024;{name};9;{20 + n}" for n, name in enumerate(NAMES)]
    found = counted(examined(text(f"År;Kommun;{heading};Ohälsotal", *rows), kalla="nyckeltal"))
    assert sorted(found.values()) == list(range(20, 32))


@pytest.mark.parametrize(("heading", "first"), [("", 0), ("Unnamed: 0", 0), ("index", 0), ("Obs", 1), ("X", 1)])
def test_the_numbers_of_rows_are_no_measure_beside_one(heading: str, first: int, empty_data: object) -> None:
    rows = [f"{n + first};{name};2024;{20 + n}" for n, name in enumerate(NAMES)]
    found = counted(examined(text(f"{heading};Kommun;År;Ohälsotal", *rows), kalla="nyckeltal"))
    assert sorted(found.values()) == list(range(20, 32))


@pytest.mark.parametrize("months", [("09",), ("08", "09")])
def test_a_month_in_digits_is_told_and_several_are_an_error(months: tuple[str, ...], empty_data: object) -> None:
    rows = [f"2024;{month};{name};{20 + n}" for n, name in enumerate(NAMES) for month in months]
    found = finding_of(
        examined(text("År;Månad;Kommun;Ohälsotal", *rows), kalla="nyckeltal"), FindingCode.SEVERAL_PERIODS
    )
    assert found.level is (Level.WARNING if len(months) == 1 else Level.ERROR)


def test_a_school_year_is_no_year(empty_data: object) -> None:
    content = text("Kommun;Läsår;Andel behöriga", *(f"{name};2023/24;80" for name in NAMES))
    assert finding_of(examined(content, kalla="nyckeltal"), FindingCode.SEVERAL_PERIODS).level is Level.WARNING


@pytest.mark.parametrize("written", ["X2024", "Y2024", "ar2024", "2024"])
def test_a_year_as_programs_name_a_column_is_a_year(written: str) -> None:
    assert year_in(written) == ("2024", "")


@pytest.mark.parametrize(
    "heading",
    [
        "Kommun;Summa av Boende;Summa av Kommunal primärvård",
        "Kommun;Sum of Boende;Sum of Kommunal primärvård",
        "Kommun;Sum(Boende);Sum([Kommunal primärvård])",
    ],
)
def test_a_sum_of_a_column_is_read_as_it_and_told(heading: str, empty_data: object) -> None:
    examination = examined(text(heading, *SABO_ROWS), kalla="sabo", matperiod="2024")
    assert counted(examination)["0885"] == (100 + NAMES.index("Borgholm"), 40 + NAMES.index("Borgholm"))
    assert FindingCode.HEADING_NEAR in codes_of(examination, Level.WARNING)


@pytest.mark.parametrize("heading", ["Kommun;Medel av Boende;Kommunal primärvård", "Kommun;Max av Boende;Primärvård"])
def test_another_statistic_of_a_column_is_not_read_as_it(heading: str, empty_data: object) -> None:
    assert examined(text(heading, *SABO_ROWS), kalla="sabo", matperiod="2024").errors


def test_a_pivot_table_of_excel_is_read_with_its_sums(empty_data: object) -> None:
    rows = [f"{name};{100 + n};{40 + n};{140 + 2 * n}" for n, name in enumerate(NAMES)]
    pivot = ["Antal av Person-id;Kolumnetiketter", "Radetiketter;Ordinärt boende;SÄBO;Totalsumma"]
    examination = examined(text(*pivot, *rows, "Totalsumma;1266;546;1812"), kalla="cosmic", matperiod="2024")
    borgholm = NAMES.index("Borgholm")
    assert counted(examination)["0885"] == 140 + 2 * borgholm
    assert counted(examination)["0885 boendeform sabo"] == 40 + borgholm


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Tillämpade filter:", Level.WARNING),
        ("Data har begränsats till de första 30 000 raderna", Level.WARNING),
        ("Results truncated", Level.WARNING),
        ("Uppgifterna är preliminära", Level.NOTE),
    ],
)
def test_a_line_below_that_says_that_rows_lack_is_a_warning(line: str, level: Level, empty_data: object) -> None:
    examination = examined(text(SABO, *SABO_ROWS, "", line), kalla="sabo", matperiod="2024")
    assert finding_of(examination, FindingCode.TEXT_BELOW_TABLE).level is level


def test_a_page_above_headings_that_stand_again_is_no_row(empty_data: object) -> None:
    content = text("Sida 1 av 2", SABO, *SABO_ROWS[:6], "Sida 2 av 2", SABO, *SABO_ROWS[6:])
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert counted(examination)["08"] == (1266, 546)
    assert finding_of(examination, FindingCode.HEADINGS_AGAIN).count == 1
