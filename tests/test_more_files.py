"""Files as programs, databases and reports write them: each kind with its right values, or with what is told of it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from naravard.base.codes import FindingCode, Level
from naravard.intake import persons as person_ids
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


@pytest.mark.parametrize("heading", ["Län", "Länsnamn", "Landsting"])
def test_the_lan_of_persons_is_no_kommun(heading: str, empty_data: object) -> None:
    content = text(f"Person-id;{heading};Boendeform", *(f"p{i};Kalmar;SÄBO" for i in range(36)))
    examination = examined(content, kalla="cosmic", matperiod="mars 2025")
    assert [error.code for error in examination.errors] == [FindingCode.COLUMN_MISSING]


@pytest.mark.parametrize("mark", ["1)", "a)", "[1]", "*", "¹"])
def test_a_heading_with_a_mark_is_that_heading(mark: str) -> None:
    content = rows_of_kommuner("{namn};100;60", heading=f"Kommun;Boende på SÄBO {mark};Kommunal primärvård {mark}")
    assert counted(of_sabo(content))["0840"] == (100, 60)


@pytest.mark.parametrize("row", [";antal;antal", "(1);(2);(3)", "1);2);3)"])
def test_a_row_of_units_or_numbers_below_the_headings_is_no_part_of_them(row: str) -> None:
    assert counted(of_sabo(text(SABO, row, *SABO_LINES[1:])))["0840"] == (100, 60)


def test_a_pivot_table_with_sums_below_its_blocks_is_filled_down() -> None:
    block = "{namn};SÄBO;30\n;Ordinärt boende;40\n{namn} Totalt;;70"
    content = rows_of_kommuner(block, heading="Kommun;Boendeform;Antal") + b"\nTotalsumma;;840"
    found = counted(examined(content, kalla="cosmic", matperiod="2024"))
    assert (found["0880"], found["0880 boendeform ordinart"], found["08"]) == (70, 40, 840)
    uneven = content.replace(";Ordinärt boende;40\nKalmar Totalt".encode(), b"Kalmar Totalt")
    assert examined(uneven, kalla="cosmic", matperiod="2024").errors


def test_a_population_in_hundreds_is_an_error() -> None:
    content = text("Folkmängd, hundratal", "region;2024", *(f"{name};720" for name in KOMMUNER))
    assert FindingCode.OTHER_MEASURE in codes_of(examined(content, kalla="befolkning"), Level.ERROR)


def test_headings_on_each_page_may_be_in_capitals() -> None:
    found = counted(of_sabo(text(*SABO_LINES[:6], SABO.upper(), *SABO_LINES[6:])))
    assert (len(found), found["0883"]) == (13, (100, 60))


def test_a_word_for_a_value_beside_a_year_is_no_name() -> None:
    content = rows_of_kommuner("N21704;{namn};20,5;21,5", heading="Nyckeltal;Kommun;Värde 2023;Värde 2024")
    assert counted(examined(content))["0885 N21704 2024 totalt"] == 21.5


@pytest.mark.parametrize("heading", ["Fast läkarkontakt (J/N)", "Fast läkarkontakt (ja/nej)", "RUB (0-5)", "Kön (K/M)"])
def test_a_heading_with_its_answers_is_that_heading(heading: str, empty_data: object) -> None:
    answer = {"R": "3", "K": "K"}.get(heading[0], "J")
    examination = of_persons(heading, answer, answer)
    assert not examination.warnings
    assert heading in examination.columns.values()


# ---- rows of other persons and of other times


@pytest.mark.parametrize(
    ("heading", "cells", "is_asked"),
    [
        ("Dödsdatum", ("2025-02-01", ""), True),
        ("Vitalstatus", ("Avliden", "Levande"), True),
        ("Avregistreringsorsak", ("AV", ""), True),
        ("Utflyttad", ("2025-01-02", ""), True),
        ("Makulerad", ("Ja", "Nej"), True),
        ("Kommunal primärvård", ("Ja", "Nej"), True),
        ("Kommunal primärvård", ("Ja",), False),
        ("Insatsstatus", ("Planerad", "Utförd"), True),
        ("Utförd", ("Ja", "Nej"), True),
        ("Uteblivet besök", ("Ja", "Nej"), True),
        ("Utförd av", ("Ja", "Nej"), False),
        ("Antal insatser", ("0", "2"), True),
        ("Timmar", ("0,0", "2,5"), True),
        ("Antal insatser", ("1", "2"), False),
        ("Avstånd", ("0", "2"), False),
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


# ---- ages, dates and sexes of persons


@pytest.mark.parametrize("heading", ["Åldersgrupp", "Ålder", "Åldersklass", "Ålder vid insats"])
def test_ages_in_groups_are_counted_where_they_are_within_those_that_are(heading: str, empty_data: object) -> None:
    found = counted(of_persons(heading, "0-64", "65–79 år", "80-84", "85 år och äldre"))
    assert [found[f"08 aldersgrupp {group}"] for group in ("0-64", "65-79", "80+")] == [9, 9, 18]


@pytest.mark.parametrize("group", ["60-69", "75–84 år", "0-100", "79-65"])
def test_a_group_of_ages_over_a_limit_is_one_error(group: str, empty_data: object) -> None:
    (error,) = of_persons("Åldersgrupp", "0-64", group).errors
    assert "åldersgruppen går över 65 eller 80 år" in error.what
    assert error.value == group


DAYS = ["1 mars 1940", "01MAR1940", "1 March 1940", "den 1 mars 1940", "1-mar-1940", "1940-03-01T00:00:00.000+01:00"]


@pytest.mark.parametrize("day", DAYS)
def test_a_day_of_birth_with_its_month_in_letters_is_that_day(day: str, empty_data: object) -> None:
    assert counted(of_persons("Födelsedatum", day, day.replace("1940", "1980")))["08 aldersgrupp 80+"] == 18


def test_a_day_in_letters_that_is_none_is_an_error(empty_data: object) -> None:
    assert [error.code for error in of_persons("Födelsedatum", "31 februari 1940").errors] == [FindingCode.NOT_A_DATE]


@pytest.mark.parametrize("heading", ["Juridiskt kön", "Patientens kön", "Gender"])
def test_sex_under_other_headings_is_read(heading: str, empty_data: object) -> None:
    assert counted(of_persons(heading, "Kvinna", "Male"))["08 kon kvinna"] == 18


@pytest.mark.parametrize(("ids", "count"), [("{i}.0", 36), ("{i},0", 36), ("1{i:02}.000", 37)])
def test_numbers_of_persons_that_a_program_has_made_decimals_are_the_same(
    ids: str, count: int, empty_data: object
) -> None:
    content = persons(ids=ids) + f"\n{'101' if '000' in ids else '1'};Kalmar;SÄBO".encode()
    assert counted(examined(content, kalla="cosmic", matperiod="mars 2025"))["08"] == count


# ---- empty cells, dots and zeros


@pytest.mark.parametrize("heading", ["RUB", "Kön", "Fast läkarkontakt", "Boendeform 2"])
def test_empty_cells_that_become_unknown_are_told_with_how_many(heading: str, empty_data: object) -> None:
    answers = {"RUB": ("3", "4"), "Kön": ("K", "M"), "Fast läkarkontakt": ("Ja", "Nej")}.get(heading)
    examination = of_persons(heading, *(answers or ("a", "b")), "")
    told = [f.count for f in examination.findings if f.code is FindingCode.VALUES_TAKEN_AWAY]
    assert told == ([12] if answers else [])


def test_persons_without_an_age_among_others_are_told(empty_data: object) -> None:
    told = [f for f in of_persons("Ålder", "82", "70", "").findings if "ålder saknas" in f.what]
    assert [(f.level, f.count) for f in told] == [(Level.NOTE, 12)]
    assert not [f for f in of_persons().findings if "ålder saknas" in f.what]


def test_a_column_without_any_answer_is_asked_about(empty_data: object) -> None:
    assert finding_of(of_persons("RUB", ""), FindingCode.VALUES_TAKEN_AWAY).level is Level.WARNING


@pytest.mark.parametrize(("kalla", "level"), [("sabo", Level.WARNING), ("nyckeltal", Level.NOTE)])
def test_a_dot_instead_of_a_number_is_told(kalla: str, level: Level) -> None:
    lines = rows_of_kommuner("{namn};100;60", heading=SABO)
    if kalla == "nyckeltal":
        lines = rows_of_kommuner("N21704;{namn};2024;20", heading=NAMED)
    examination = examined(
        lines.replace(b";60", b";.", 2).replace(b"2024;20", b"2024;.", 2), kalla=kalla, matperiod="2024"
    )
    told = finding_of(examination, FindingCode.NUMBER_MISSING)
    assert (told.level, told.count, told.value) == (level, 2, ".")


def test_counts_that_are_all_zero_are_asked_about(empty_data: object) -> None:
    assert finding_of(of_sabo(rows_of_kommuner("{namn};100;0", heading=SABO)), FindingCode.NUMBER_MISSING).count == 12
    assert not of_sabo(rows_of_kommuner("{namn};100;{i}", heading=SABO)).warnings
    assert FindingCode.NUMBER_MISSING in codes_of(of_persons("RUB", "0"), Level.WARNING)
    values = rows_of_kommuner("Antal x;{namn};2024;0", heading=NAMED)
    assert FindingCode.NUMBER_MISSING not in codes_of(examined(values, kalla="nyckeltal"))


# ---- numbers


@pytest.mark.parametrize("unit", [" st", "st.", " personer", " boende"])
def test_counts_may_say_what_they_count(unit: str) -> None:
    found = counted(of_sabo(rows_of_kommuner(f"{{namn}};1 100{unit};60{unit}", heading=SABO)))
    assert found["0880"] == (1100, 60)


def test_a_count_in_another_unit_is_an_error() -> None:
    assert of_sabo(rows_of_kommuner("{namn};100 tkr;60", heading=SABO)).errors


@pytest.mark.parametrize("sign", ["\u2013", "\u2212", "-"])
def test_a_dash_before_a_value_is_a_minus(sign: str) -> None:
    content = rows_of_kommuner(f"Resultat;{{namn}};2024;{sign}1{{i}},5", heading=NAMED)
    assert counted(examined(content, kalla="nyckeltal"))["0885 Resultat 2024 totalt"] == -10.5


@pytest.mark.parametrize("sign", ["**", "***"])
def test_more_stars_are_a_hidden_number(sign: str) -> None:
    assert counted(of_sabo(rows_of_kommuner(f"{{namn}};100;{sign}", heading=SABO)))["0880"] == (100, "dolt")


@pytest.mark.parametrize("year", ["Helår 2024", "Hela året 2024", "Kalenderår 2024"])
def test_a_whole_year_is_that_year(year: str) -> None:
    content = rows_of_kommuner(f"N21704;{{namn}};{year};20", heading=NAMED)
    assert counted(examined(content, kalla="nyckeltal"))["0880 N21704 2024 totalt"] == 20


@pytest.mark.parametrize("units", [("kr", ""), ("", "kr")])
@pytest.mark.parametrize("is_beside", [True, False])
def test_a_unit_that_some_rows_lack_is_one_error_that_says_so(units: tuple[str, str], is_beside: bool) -> None:
    heading = NAMED if is_beside else f"{NAMED};Enhet"
    rows = [f"Kostnad;{name};2024;1200{' ' if is_beside else ';'}{units[i % 2]}" for i, name in enumerate(KOMMUNER)]
    (error,) = examined(text(heading, *rows), kalla="nyckeltal").errors
    assert (error.code, error.row, error.count) == (FindingCode.ROW_CHECK, 2 if units[0] == "" else 3, 6)
    assert "enheten saknas" in error.what


# ---- preliminary figures


PRELIMINARY = {
    "a title": (text("PRELIMINÄRA SIFFROR", *SABO_LINES), "u.csv"),
    "a draft": (text("Utkast till LGL", *SABO_LINES), "u.csv"),
    "the name of the file": (text(*SABO_LINES), "sabo_prel.csv"),
}


@pytest.mark.parametrize(("content", "name"), PRELIMINARY.values(), ids=PRELIMINARY)
def test_what_says_that_figures_are_preliminary_is_told(content: bytes, name: str) -> None:
    examination = of_sabo(content, name)
    assert finding_of(examination, FindingCode.NUMBER_MARKED).level is Level.NOTE
    assert FindingCode.NUMBER_MARKED not in codes_of(of_sabo(text(*SABO_LINES), "preludium.csv"))


@pytest.mark.parametrize("year", ["2024p", "2024 (prel.)", "2024 (p)"])
@pytest.mark.parametrize("is_heading", [True, False])
def test_a_preliminary_year_is_told(year: str, is_heading: bool) -> None:
    row, heading = ("N21704;{namn};20,5;21,5", f"Nyckeltal;Kommun;2023;{year}")
    if not is_heading:
        row, heading = f"N21704;{{namn}};{year};21,5", NAMED
    examination = examined(rows_of_kommuner(row, heading=heading), kalla="nyckeltal")
    assert counted(examination)["0880 N21704 2024 totalt"] == 21.5
    assert FindingCode.NUMBER_MARKED in codes_of(examination, Level.NOTE)


# ---- professions


@pytest.mark.parametrize("word", ["SSK-insats", "SSK insatser", "Hembesök SSK", "Sjuksköterskebesök SSK"])
def test_what_a_profession_did_is_the_profession(word: str, empty_data: object) -> None:
    rows = [f"p{i};{name};{word};80;Ordinärt boende" for i, name in enumerate(KOMMUNER)]
    examination = examined(
        text("Person-id;Kommun;Profession;Ålder;Boendeform", *rows), kalla="ensolutions", matperiod="våren 2025"
    )
    is_known = word != "Sjuksköterskebesök SSK"
    assert counted(examination).get("08 profession ssk", 0) == (12 if is_known else 0)


ALL_OF_THEM = ["Unika individer", "Totalt antal unika personer", "Antal unika", "Samtliga patienter", "Unika totalt"]


@pytest.mark.parametrize("word", ALL_OF_THEM)
def test_a_row_or_a_column_of_all_persons_is_the_total(word: str) -> None:
    choices = {"kalla": "ensolutions", "matperiod": "våren 2025"}
    cells = [f"{{namn}};{p};{n}" for p, n in (("SSK", 30), ("AT", 10), (word, 35))]
    rows = examined(rows_of_kommuner(*cells, heading="Kommun;Profession;Antal"), **choices)
    columns = examined(rows_of_kommuner("{namn};30;10;35", heading=f"Kommun;SSK;AT;{word}"), **choices)
    for examination in (rows, columns):
        found = counted(examination)
        assert (found["0880"], found["0880 profession ssk"]) == (35, 30)
        assert not examination.warnings


@pytest.mark.parametrize(("total", "is_asked"), [(40, True), (35, False)])
@pytest.mark.parametrize("word", ["Totalt", "Delsumma"])
def test_a_total_that_is_a_sum_of_professions_is_asked_about(word: str, total: int, is_asked: bool) -> None:
    cells = [f"{{namn}};{p};{n}" for p, n in (("SSK", 30), ("AT", 10), (word, total))]
    content = rows_of_kommuner(*cells, heading="Kommun;Profession;Antal")
    examination = examined(content, kalla="ensolutions", matperiod="våren 2025")
    assert (FindingCode.ROW_CHECK in codes_of(examination, Level.WARNING)) is is_asked


def test_rows_of_other_boendeformer_that_insatser_leave_out_are_told(empty_data: object) -> None:
    rows = [f"p{i};{KOMMUNER[i % 12]};SSK;80;{('Ordinärt', 'SÄBO', 'Korttid')[i // 12]}" for i in range(36)]
    examination = examined(
        text("Person-id;Kommun;Profession;Ålder;Boendeform", *rows), kalla="ensolutions", matperiod="våren 2025"
    )
    assert counted(examination)["08"] == 12
    assert [(f.level, f.count) for f in examination.findings if "räknas inte" in f.what] == [(Level.NOTE, 24)]


# ---- times in headings


@pytest.mark.parametrize("headings", ["2022/23;2023/24", "2024-01-01;2024-02-01", "31 mars 2024;30 juni 2024"])
def test_school_years_and_days_as_headings_are_one_error(headings: str) -> None:
    content = rows_of_kommuner("{namn};80,5;81,5", heading=f"Behöriga\nKommun;{headings}")
    errors = examined(content, kalla="nyckeltal").errors
    assert [error.code for error in errors] == [FindingCode.SEVERAL_PERIODS]


def test_the_last_row_of_weeks_is_no_heading() -> None:
    rows = [f"2024 v{week};{region};{week}" for week in (50, 51, 52) for region in ("Kalmar", "Blekinge")]
    examination = examined(text("Vecka;Region;Fall", *rows), kalla="nyckeltal")
    assert examination.layout.first == 0
    assert FindingCode.SEVERAL_PERIODS in codes_of(examination, Level.ERROR)


@pytest.mark.parametrize("total", ["total", "Total"])
def test_all_ages_in_english_are_all(total: str) -> None:
    content = rows_of_kommuner(f"{{kod}} {{namn}};men;{total};10", heading="region;sex;age;Population 2024")
    assert counted(examined(content))["0880 2024 totalt man"] == 10


# ---- ids


@pytest.mark.parametrize(
    "unlike",
    [
        "19380230-1261", "19110101-0000", "11111111-1111", "19991231-9999", "99999999-9999", "19381330-1234",
        "19380230-0000", "19380290-1000", "12345678-1234", "0", "", "19380230", "380230-1234", "19380230-XXXX",
    ],
)  # fmt: skip
def test_ids_that_are_all_whole_are_told_of_as_those_that_are_not(unlike: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such columns are looked through less: what is told is the same."""
    texts = [*(f"193802{day:02}-{number}" for day in range(1, 31) for number in range(1234, 1264, 3)), unlike]
    for many in (1, 40):
        column, told = pa.array([*texts, *[unlike] * many]).dictionary_encode(), []
        row_numbers = pa.array(range(len(column)))
        told.append(person_ids.read_ids(column, row_numbers, "Personnummer", 2025))
        with monkeypatch.context() as patch:
            for name, answer in (("are_whole", False), ("plain_digits", None)):
                patch.setattr(person_ids, name, lambda _, answer=answer: answer)
                told.append(person_ids.read_ids(column, row_numbers, "Personnummer", 2025))
        assert told[0] == told[1] == told[2]
        if unlike == texts[-2]:
            is_often = FindingCode.ID_OFTEN in {finding.code for finding in told[0].findings}
            assert is_often == (many == 40), "an id on far too many rows"
