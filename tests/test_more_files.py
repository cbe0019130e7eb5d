"""Files as programs, databases and reports write them: each kind with its right values, or with what is told of it."""

from __future__ import annotations

from typing import Any

import pytest

from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import NAMES, codes_of, examined, finding_of, rows_of_kommuner
from tests.test_traps import counted, text

KOMMUNER = list(NAMES.values())
SABO = "Kommun;Boende på SÄBO;Kommunal primärvård"
SABO_LINES = [SABO, *(f"{name};100;60" for name in KOMMUNER)]
NAMED = "Nyckeltal;Kommun;År;Värde"
PERSONS = "Person-id;Kommun;Boendeform"


def of_sabo(content: bytes, name: str = "", **choices: Any) -> Any:
    return examined(content, name, **{"kalla": "sabo", "matperiod": "mars 2025", **choices})


def persons(heading: str = "", *cells: str, count: int = 36, ids: str = "p{i}") -> bytes:
    """A row per person, with more columns: `cells` are those of the first person, the second … and over again."""
    more = [f";{cells[i % len(cells)].format(i=i)}" if cells else "" for i in range(count)]
    rows = [f"{ids.format(i=i)};{KOMMUNER[i % 12]};SÄBO{more[i]}" for i in range(count)]
    return text(f"{PERSONS};{heading}" if heading else PERSONS, *rows)


def of_persons(heading: str = "", *cells: str, **choices: Any) -> Any:
    return examined(persons(heading, *cells), **{"kalla": "cosmic", "matperiod": "mars 2025", **choices})


# ---- what programs write around a table


def _delimited(lines: list[str], form: str) -> str:
    return "\n".join(";".join(form.format(cell) for cell in line.split(";")) for line in lines)


R_ROWS = [f"{i + 1};{line}" for i, line in enumerate(SABO_LINES[1:])]
WRITTEN = {
    "numbers of rows under no heading, as R writes": ("\n".join([SABO, *R_ROWS]), "u.csv"),
    "the same with tabs": ("\n".join([SABO, *R_ROWS]).replace(";", "\t"), "u.txt"),
    "the same with a space between quotation marks": (_delimited([SABO, *R_ROWS], '"{}"').replace(";", " "), "u.txt"),
    "each row as one cell": ("\n".join(f'"{line}"' for line in SABO_LINES), "u.csv"),
    "each row as one cell, with commas": ("\n".join(f'"{line}"'.replace(";", ",") for line in SABO_LINES), "u.csv"),
    "numbers kept as text": (_delimited(SABO_LINES, '="{}"'), "u.csv"),
    "a line of dashes under the headings": ("\n".join([SABO, "------;---;---", *SABO_LINES[1:]]), "u.csv"),
    "Markdown": (
        "\n".join(f"| {' | '.join(line.split(';'))} |" for line in [SABO, "---;---;--:", *SABO_LINES[1:]]),
        "u.md",
    ),
    "a remark with the delimiter in it": ("\n".join([*SABO_LINES, "", "Obs: Kalmar saknar ett boende; se bilaga"]), ""),
    "two lines above the headings of each page": (
        "\n".join(["Rapport", *SABO_LINES[:7], "Sida 1 av 2;;", "Rapport;;", SABO, *SABO_LINES[7:]]),
        "",
    ),
}


@pytest.mark.parametrize(("content", "name"), WRITTEN.values(), ids=WRITTEN)
def test_what_programs_write_around_a_table_is_no_part_of_it(content: str, name: str) -> None:
    found = counted(of_sabo(content.encode(), name or "u.csv"))
    assert (len(found), found["0840"]) == (13, (100, 60))


def test_a_file_in_utf_32_is_read() -> None:
    assert counted(of_sabo("\n".join(SABO_LINES).encode("utf-32")))["0840"] == (100, 60)


@pytest.mark.parametrize("first", ["1;{namn};100;60;9", "7;{namn};100;60"])
def test_longer_rows_that_are_not_numbered_are_an_error(first: str) -> None:
    assert FindingCode.ROW_TOO_LONG in codes_of(of_sabo(rows_of_kommuner(first, heading=SABO)))


def test_a_decimal_comma_makes_no_row_one_with_a_number() -> None:
    rows = [f"{i + 1},20,5,{name}" for i, name in enumerate(KOMMUNER)]
    assert examined(text("Nr,Värde,Kommun", *rows), kalla="nyckeltal", constants={"ar": "2024", "titel": "x"}).errors


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("(12 rows affected)", Level.NOTE),
        ("(40 rows affected)", Level.WARNING),
        ("Antal rader: 40", Level.WARNING),
        ("40 rader", Level.WARNING),
        ("Antal rader: 12", Level.NOTE),
    ],
)
def test_fewer_rows_than_a_line_below_says_are_told(line: str, level: Level) -> None:
    examination = of_sabo(text(*SABO_LINES, "", line))
    assert finding_of(examination, FindingCode.TEXT_BELOW_TABLE).level is level


# ---- names of areas and headings


@pytest.mark.parametrize(
    "area", ["{namn} municipality", "Municipality of {namn}", "{namn} Municipality", "{namn} a)", "{namn}s kommun"]
)
def test_a_kommun_in_english_or_with_a_letter_of_a_footnote_is_that_kommun(area: str) -> None:
    found = counted(of_sabo(rows_of_kommuner(f"{area};100;60", heading=SABO)))
    assert (found["0880"], found["0840"]) == ((100, 60), (100, 60))


@pytest.mark.parametrize("lan", ["Kalmar county", "Kalmar County", "County of Kalmar", "Region Kalmar County"])
def test_a_county_is_its_lan(lan: str) -> None:
    rows = [f"Visits;{area};2024;{n}" for n, area in enumerate((lan, "Sweden", "Stockholm county"), 1)]
    found = counted(examined(text("Nyckeltal;Region;År;Värde", *rows), kalla="nyckeltal"))
    assert found == {"08 Visits 2024 totalt": 1, "00 Visits 2024 totalt": 2}


def test_areas_that_nobody_knows_are_no_question_of_the_period() -> None:
    rows = [f"Visits;{area};2024;7" for area in ("Storstäder", "Landsbygd")]
    examination = examined(text("Nyckeltal;Region;År;Värde", *rows), kalla="nyckeltal")
    assert [error.code for error in examination.errors] == [FindingCode.NO_ROWS]


@pytest.mark.parametrize("heading", ["Län", "Länsnamn", "County"])
def test_the_lan_beside_a_kommun_is_not_another_kommun(heading: str) -> None:
    content = rows_of_kommuner("Kalmar;N21704;{namn};2024;20,5", heading=f"{heading};{NAMED}")
    assert counted(examined(content))["0885 N21704 2024 totalt"] == 20.5


@pytest.mark.parametrize("mark", ["1)", "a)", "[1]", "*", "¹"])
def test_a_heading_with_a_mark_is_that_heading(mark: str) -> None:
    content = rows_of_kommuner("{namn};100;60", heading=f"Kommun;Boende på SÄBO {mark};Kommunal primärvård {mark}")
    assert counted(of_sabo(content))["0840"] == (100, 60)


# ---- rows of other persons and of other times


@pytest.mark.parametrize(
    ("heading", "cells", "is_asked"),
    [
        *(("Dödsdatum", cells, True) for cells in [("2025-02-01", "")]),
        ("Vitalstatus", ("Avliden", "Levande"), True),
        ("Avregistreringsorsak", ("AV", ""), True),
        ("Utflyttad", ("2025-01-02", ""), True),
        ("Makulerad", ("Ja", "Nej"), True),
        ("Kommunal primärvård", ("Ja", "Nej"), True),
        ("Kommunal primärvård", ("Ja",), False),
        ("Dödsdatum", ("",), False),
        ("Civilstatus", ("gift", "ogift"), False),
        ("Dödsboets kontakt", ("a", "b"), False),
    ],
)
def test_persons_who_may_not_be_counted_any_more_are_asked_about(
    heading: str, cells: tuple[str, ...], is_asked: bool, empty_data: object
) -> None:
    examination = of_persons(heading, *cells)
    assert (FindingCode.COLUMNS_UNUSED in codes_of(examination, Level.WARNING)) is is_asked
    assert examination.counts is not None


@pytest.mark.parametrize(("heading", "is_asked"), [("Mättillfälle", True), ("Mätomgång", True), ("Grupp", False)])
def test_rows_of_several_measurements_without_days_are_asked_about(
    heading: str, is_asked: bool, empty_data: object
) -> None:
    examination = of_persons(heading, "1", "2")
    assert (FindingCode.SEVERAL_PERIODS in codes_of(examination, Level.WARNING)) is is_asked


TITLES = {
    "Boende på SÄBO, mars 2024": True,
    "Boende på SÄBO, kvartal 1 2024": True,
    "Boende på SÄBO, mars 2025": False,
    "Boende på SÄBO 2025": False,
    "Boende på SÄBO. Hämtat april 2025": False,
    "Uttag 2025-04-03": False,
    "Mars 2025 jämfört med mars 2024": False,
}


@pytest.mark.parametrize(("title", "is_asked"), TITLES.items())
def test_another_period_above_the_table_than_the_one_that_was_given_is_asked_about(title: str, is_asked: bool) -> None:
    assert (FindingCode.YEARS_DIFFER in codes_of(of_sabo(text(title, *SABO_LINES)), Level.WARNING)) is is_asked


def test_another_period_in_the_name_of_the_file_is_told() -> None:
    assert finding_of(of_sabo(text(*SABO_LINES), "sabo 2024-03.csv"), FindingCode.YEARS_DIFFER).level is Level.NOTE
    assert FindingCode.YEARS_DIFFER not in codes_of(of_sabo(text(*SABO_LINES), "sabo 2025-03.csv"))


@pytest.mark.parametrize(
    ("days", "is_asked"),
    [
        (("2025-03-01", "2025-05-03"), True),
        (("2024-03-01", "2024-02-03"), True),
        (("2025-03-01", "2024-02-03", ""), False),
        (("2025-03-31",), False),
    ],
)
def test_days_of_contacts_outside_the_period_are_asked_about(
    days: tuple[str, ...], is_asked: bool, empty_data: object
) -> None:
    examination = of_persons("Kontaktdatum", *days)
    assert (FindingCode.YEARS_DIFFER in codes_of(examination, Level.WARNING)) is is_asked
