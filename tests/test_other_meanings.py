"""Cells and headings that look like what a source reads, and mean another thing."""

from __future__ import annotations

import pytest

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_traps import counted, text

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]


def persons(heading: str, cell: str, count: int = 36) -> bytes:
    """A row per person, with a column of its own that says the same of all."""
    return text(f"Person-id;Kommun;Boendeform;{heading}", *(f"p{n};{NAMES[n % 12]};SÄBO;{cell}" for n in range(count)))


def per_kommun(heading: str, *cells: str) -> bytes:
    return text(f"Kommun;{heading}", *(f"{name};{cells[i % len(cells)]}" for i, name in enumerate(NAMES)))


@pytest.mark.parametrize("heading", ["RUB", "Ålder"])
@pytest.mark.parametrize("sign", ["-", "\u2212", " -"])
def test_a_number_below_zero_is_not_the_one_above_it(heading: str, sign: str, empty_data: object) -> None:
    examination = examined(persons(heading, f"{sign}1"), matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.OUT_OF_RANGE]


def test_minus_one_is_a_yes_as_databases_write_it(empty_data: object) -> None:
    examination = examined(persons("Fast läkarkontakt", "-1"), matperiod="2024")
    assert counted(examination)["08 fast_lakarkontakt ja"] == 36


OPPOSITES = ["Saknar fast läkarkontakt", "Ej fast läkarkontakt", "Utan fast läkarkontakt", "Fast läkarkontakt nej"]
OPPOSITES += ["Fast vårdkontakt", "Fast omsorgskontakt"]
PARTS = ["Utan kommunal primärvård", "Antal utan kommunal primärvård", "Ej kommunal primärvård"]
PARTS += ["Kommunal primärvård män", "Kommunal primärvård kvinnor", "Kommunal primärvård 80+"]


@pytest.mark.parametrize("heading", OPPOSITES)
def test_the_opposite_of_a_column_is_not_the_column(heading: str, empty_data: object) -> None:
    examination = examined(persons(heading, "Ja"), matperiod="2024")
    assert "fast_lakarkontakt" not in examination.columns


@pytest.mark.parametrize("heading", PARTS)
def test_a_part_or_the_rest_of_the_residents_is_not_read_as_all_of_them(heading: str, empty_data: object) -> None:
    examination = examined(per_kommun(f"Boende;{heading}", "100;40"), kalla="sabo", matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.COLUMN_MISSING]


@pytest.mark.parametrize("upper", ["Män", "Varav kvinnor", "80+"])
def test_a_row_of_headings_above_can_make_them_another_thing(upper: str, empty_data: object) -> None:
    rows = [f"{name};100;40" for name in NAMES]
    content = text(f"Kommun;{upper};", ";Boende;Kommunal primärvård", *rows)
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.COLUMN_MISSING]
    content = text(f";{upper};", "Kommun;Boende;Kommunal primärvård", *rows)
    assert examined(content, kalla="sabo", matperiod="2024").warnings


@pytest.mark.parametrize("title", ["Män", "Boende 80+", "SÄBO, kvinnor, våren 2024", "Boende 65 år och äldre"])
def test_a_title_of_a_part_above_counts_is_asked_about(title: str, empty_data: object) -> None:
    content = text(title, "Kommun;Boende;Kommunal primärvård", *(f"{name};100;40" for name in NAMES))
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert finding_of(examination, FindingCode.PART_OF_POPULATION).level is Level.WARNING


@pytest.mark.parametrize("title", ["Kvinnor och män", "Boende på särskilt boende för äldre", "Äldreomsorg, v. 14 2024"])
def test_a_title_of_all_is_not(title: str, empty_data: object) -> None:
    content = text(title, "Kommun;Boende;Kommunal primärvård", *(f"{name};100;40" for name in NAMES))
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert FindingCode.PART_OF_POPULATION not in codes_of(examination)


# ---- groups and sexes as columns

SEXES = [
    "Boende kvinnor;Boende män;Kommunal primärvård kvinnor;Kommunal primärvård män",
    "boende (män);boende (kvinnor);x",
]


@pytest.mark.parametrize("heading", SEXES)
@pytest.mark.parametrize("kalla", ["auto", "sabo"])
def test_counts_divided_by_sex_are_one_sentence_on_what_to_fetch(heading: str, kalla: str, empty_data: object) -> None:
    content = per_kommun(heading, ";".join(["100"] * len(heading.split(";"))))
    (error,) = examined(content, kalla=kalla, matperiod="2024").errors
    assert error.code is FindingCode.PART_OF_POPULATION
    assert error.action == "Hämta tabellen utan uppdelning på kön"


def test_a_column_of_all_beside_those_of_sexes_is_the_one_that_is_read(empty_data: object) -> None:
    heading = "Boende män;Boende totalt;Boende kvinnor;Kommunal primärvård män;Totalt kommunal primärvård"
    assert counted(examined(per_kommun(heading, "40;100;60;20;50"), matperiod="2024"))["0880"] == (100, 50)


YES_AND_NO = ["Fast läkarkontakt ja;Fast läkarkontakt nej", "Antal med fast läkarkontakt;Antal utan fast läkarkontakt"]
YES_AND_NO += ["Har fast läkare;Saknar fast läkare", "FLK Ja;FLK Nej"]


@pytest.mark.parametrize("heading", YES_AND_NO)
def test_yes_and_no_as_columns_are_read_where_they_say_of_what(heading: str, empty_data: object) -> None:
    found = counted(examined(per_kommun(heading, "30;10"), matperiod="2024"))
    assert (found["0880 fast_lakarkontakt ja"], found["0880 fast_lakarkontakt nej"], found["0880"]) == (30, 10, 40)


@pytest.mark.parametrize(("title", "is_said"), [("Har fast läkarkontakt", True), ("Har hemtjänst", False)])
def test_answers_alone_are_read_where_the_title_says_of_what(title: str, is_said: bool, empty_data: object) -> None:
    rows = [f"{name};30;10;2" for name in NAMES]
    examination = examined(text(title, "Kommun;Ja;Nej;Uppgift saknas", *rows), kalla="cosmic", matperiod="2024")
    assert (examination.counts is not None) is is_said
