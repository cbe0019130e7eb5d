"""What stands in tables beside their values: means, marks of footnotes, ranks, dates where words belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.footnotes import number_without_mark
from naravard.intake.chosen_values import DATES, NOT_HERE
from naravard.intake.looks import is_rank
from naravard.intake.statistic_rows import is_statistic
from tests.test_odd_files import examined, finding_of
from tests.test_traps import PERSONS, SABO, counted, text

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
VALUES = "Nyckeltal;Kommun;År;Värde"


def table(heading: str, *cells: str, more: tuple[str, ...] = ()) -> bytes:
    """A row per kommun, the first cells in turn; then other rows."""
    return text(heading, *(f"{name};{cells[i % len(cells)]}" for i, name in enumerate(NAMES)), *more)


# ---- rows that are no areas


STATISTICS = ["Snitt", "Medel", "Medelvärde", "Median", "Genomsnitt", "Kommunsnitt", "Rikssnitt", "Min", "Kvartil 3"]
STATISTICS += ["Medel länet", "Snitt i Kalmar län", "Ovägt medel", "MEDIAN (alla kommuner)", "Standardavvikelse"]


def test_means_among_kommuner_are_left_out_and_told(empty_data: object) -> None:
    more = tuple(f"{name};100,4;49,7" for name in STATISTICS)
    without = counted(examined(table(SABO, "100;50"), matperiod="2024"))
    examination = examined(table(SABO, "100;50", more=more), matperiod="2024")
    assert counted(examination) == without
    found = finding_of(examination, FindingCode.STATISTIC_ROW)
    assert (found.level, found.row, found.count) == (Level.NOTE, 14, len(STATISTICS))
    assert found.value.startswith("Snitt, Medel")


@pytest.mark.parametrize("name", ["Medelpad", "Medelplana", "Storstan", "Minnesota", "Avsnitt Nord", "Snittby"])
def test_other_names_are_no_means(name: str) -> None:
    assert not is_statistic(name)


def test_no_area_is_a_statistic() -> None:
    areas = {name for kommun in kommuner.register() for name in (kommun.namn, kommun.lan, kommun.kod)}
    assert not list(filter(is_statistic, areas))


def test_the_country_is_left_out_of_counts_and_is_an_area_of_open_figures(empty_data: object) -> None:
    examination = examined(table(SABO, "100;50", more=("Riket;100000;50000",)), matperiod="2024")
    assert counted(examination)["08"] == (1200, 600)
    assert "riket" in finding_of(examination, FindingCode.STATISTIC_ROW).what
    content = text(VALUES, "Andel x;Kalmar;2024;10,5", "Andel x;Riket;2024;11", "Andel x;Medel;2024;12")
    assert counted(examined(content)) == {"0880 Andel x 2024 totalt": 10.5, "00 Andel x 2024 totalt": 11}


def test_zeros_as_the_kommun_of_counts_are_asked_about(empty_data: object) -> None:
    examination = examined(table(SABO, "100;50", more=("0000;3;1",)), matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.AREA_NOT_ALLOWED]


@pytest.mark.parametrize("row", [";Snitt;;85,3;3;", "Medel;;;85,3;3;", "Median;;;30;;"])
def test_a_mean_below_persons_is_no_person(row: str, empty_data: object) -> None:
    rows = [f"p{n};{NAMES[n % 12]};SÄBO;85;3;{'Ja' if n % 2 else 'Nej'}" for n in range(36)]
    examination = examined(text(PERSONS, *rows, row), matperiod="2024")
    assert counted(examination)["08"] == 36
    assert not examination.warnings


def test_a_person_whose_kommun_is_a_mean_is_asked_about(empty_data: object) -> None:
    rows = [f"p{n};{'Medel' if n == 9 else 'Kalmar'};SÄBO;85;3;Ja" for n in range(36)]
    examination = examined(text(PERSONS, *rows), matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.KOMMUN_UNKNOWN]


def test_a_row_of_open_figures_can_be_said_not_to_belong_there(empty_data: object) -> None:
    content = text(VALUES, "Andel x;Kalmar;2024;10,5", "Andel x;Nybro;2024;se not")
    assert counted(examined(content, values={"varde": {"se not": NOT_HERE}})) == {"0880 Andel x 2024 totalt": 10.5}


# ---- marks of footnotes behind numbers

MARKS = ("*", "**", " *", "†", "‡", "¹", "²)", " 1)", " 12)", "[1]", " [2]", " a)", " (p)", " (prel.)")


NUMBERS = st.integers(-99_999, 99_999).map(str) | st.decimals(0, 999, places=2).map(lambda d: f"{d}".replace(".", ","))


@given(NUMBERS | st.sampled_from(["1 234", "12 345 678", "20,5 %", "<5", "..", "-"]), st.sampled_from(MARKS))
def test_a_mark_is_taken_from_a_number_and_from_nothing_else(number: str, mark: str) -> None:
    assert number_without_mark(f"{number}{mark}") == number
    assert number_without_mark(number) == number
    assert number_without_mark(f"ca {number} st{mark}") == f"ca {number} st{mark}"


def test_numbers_with_marks_are_read_and_told(empty_data: object) -> None:
    cells = [f"2024;{10 + i},5{MARKS[i] if i < 9 else ''}" for i in range(12)]
    content = text(VALUES, *(f"Andel x;{name};{cells[i]}" for i, name in enumerate(NAMES)))
    examination = examined(content)
    assert sorted(counted(examination).values()) == [10.5 + i for i in range(12)]
    found = finding_of(examination, FindingCode.NUMBER_MARKED)
    assert (found.level, found.count, found.row) == (Level.WARNING, 9, 2)


def test_counts_and_hidden_counts_with_marks_are_read_and_told(empty_data: object) -> None:
    rows = table(SABO, "100*;50", "100;<5*", "100;..¹")
    examination = examined(rows, matperiod="2024")
    assert counted(examination)[kommuner.in_lan("08")[1].kod] == (100, "dolt")
    assert counted(examination)[kommuner.in_lan("08")[2].kod] == (100, "dolt")
    assert [(f.count, f.column) for f in examination.warnings if f.code is FindingCode.NUMBER_MARKED] == [
        (4, "Boende"),
        (8, "Kommunal primärvård"),
    ]


@pytest.mark.parametrize("cell", ["20,51)", "20,5(1)", "20 (15)", "12 (3)"])
def test_where_the_number_ends_is_asked_about(cell: str, empty_data: object) -> None:
    (error,) = examined(text(VALUES, "Andel x;Kalmar;2024;11,5", f"Andel x;Nybro;2024;{cell}")).errors
    assert (error.value, "fotnoten" in error.what) == (cell, True)


def test_thousands_or_decimals_are_asked_about_though_they_have_marks(empty_data: object) -> None:
    content = text(VALUES, *(f"Antal x;{name};2024;1.23{i}{'*' * (i % 2)}" for i, name in enumerate(NAMES[:9])))
    assert FindingCode.NUMBER_AMBIGUOUS in {f.code for f in examined(content).warnings}


def test_a_year_whose_numbers_all_have_marks_is_a_column_of_values(empty_data: object) -> None:
    content = table("Kommun;2023;2024", "10,5;11,5*", more=("Källa: Kolada",))
    examination = examined(content, constants={"titel": "Andel x"})
    assert counted(examination)["0880 Andel x 2024 totalt"] == 11.5


# ---- columns that order, and columns of years without a name


@pytest.mark.parametrize(
    "heading", ["Rang 2024", "Rank", "Ranking i länet 2024", "Placering 2024", "Placering i riket"]
)
def test_a_rank_is_told_and_is_no_value(heading: str, empty_data: object) -> None:
    rows = text(f"Kommun;2024;{heading}", *(f"{name};{10 + i},5;{12 - i}" for i, name in enumerate(NAMES)))
    examination = examined(rows, constants={"titel": "Andel x"})
    assert counted(examination) == {
        f"{k.kod} Andel x 2024 totalt": 10.5 + i for i, k in enumerate(kommuner.in_lan("08"))
    }
    assert heading in finding_of(examination, FindingCode.COLUMNS_UNUSED).what


def test_a_rank_beside_measures_is_no_nyckeltal(empty_data: object) -> None:
    rows = text("Kommun;Andel x;Rang", *(f"{name};{10 + i},5;{12 - i}" for i, name in enumerate(NAMES)))
    examination = examined(rows, kalla="nyckeltal", matperiod="2024")
    assert len(counted(examination)) == 12


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Placeringar per 1 000", "12"), ("Placering, andel (%)", "12"), ("Rang", "12,5"), ("Index", "9")],
)
def test_what_is_measured_is_no_rank(heading: str, cell: str) -> None:
    assert not is_rank(heading, [cell] * 5)


def test_a_year_beside_a_measure_of_the_same_year_has_the_given_name(empty_data: object) -> None:
    rows = table("Kommun;2024;Index 2024", "10,5;103")
    (error,) = examined(rows).errors
    assert error.code is FindingCode.NAME_MISSING
    found = counted(examined(rows, constants={"titel": "Andel x"}))
    assert (found["0880 Andel x 2024 totalt"], found["0880 Index, Andel x 2024 totalt"]) == (10.5, 103)


# ---- persons, refused


@pytest.mark.parametrize(
    "content", [text("Personnummer;Kommun;Ålder;RUB", *(f"p{n};Kalmar;8{n % 10};3" for n in range(9)))]
)
def test_nothing_is_said_of_how_persons_are_read_as_figures(content: bytes, empty_data: object) -> None:
    examination = examined(content, kalla="nyckeltal")
    assert {f.code for f in examination.findings} == {FindingCode.ROWS_OF_PERSONS}


# ---- many unknown values in a column


def of_contact(*cells: str, **choices: object) -> intake.Examination:
    rows = [f"p{n};{NAMES[n % 12]};SÄBO;85;3;{cells[n % len(cells)]}" for n in range(60)]
    return examined(text(PERSONS, *rows), matperiod="2024", **choices)


DAYS = (
    "2024-03-0{n}",
    "1{n}/3 2024",
    "2024031{n}",
    "1{n}.3.2024",
    "2024-03-1{n} 08:30",
    "1{n} mars 2024",
    "24-03-1{n}",
)


def test_dates_where_yes_or_no_belongs_are_one_question(empty_data: object) -> None:
    cells = [day.format(n=n) for day in DAYS for n in range(1, 4)]
    (error,) = of_contact("ja", *cells).errors
    assert (error.code, error.allowed, error.value) == (FindingCode.DATES_IN_CATEGORY, "ja, nej", None)
    assert error.what == "kolumnen har datum, 21 olika"
    chosen = of_contact("nej", *cells, values={"fast_lakarkontakt": {DATES: "ja"}})
    assert counted(chosen)["08 fast_lakarkontakt nej"] == 3


def test_many_unknown_kommuner_have_one_sentence_above_and_a_line_each(empty_data: object) -> None:
    rows = [f"{NAMES[n % 12]} omr {n};100;50" for n in range(40)]
    examination = examined(text(SABO, *rows), matperiod="2024")
    first, *others = examination.errors
    assert (first.code, first.row) == (FindingCode.MANY_UNKNOWN, None)
    assert first.what.startswith("40 olika namn")
    assert {f.code for f in others} == {FindingCode.KOMMUN_UNKNOWN}
    assert len(others) == 40
    assert str(intake.Rejected(examination)).endswith("… och 38 till.")


def test_a_few_unknown_kommuner_need_no_sentence_above(empty_data: object) -> None:
    rows = [f"{NAMES[n % 12]} omr {n};100;50" for n in range(9)]
    assert {f.code for f in examined(text(SABO, *rows)).errors} == {
        FindingCode.KOMMUN_UNKNOWN,
        FindingCode.PERIOD_MISSING,
    }


def test_many_unknown_words_that_can_be_persons_are_summed_up_without_them(empty_data: object) -> None:
    examination = of_contact(*(f"Dr {chr(65 + n % 26)}ndersson{n}" for n in range(30)))
    assert examination.errors[0].what == "30 olika värden är okända, på 60 rader"
    assert not any("ndersson" in f.sentence() for f in examination.findings)
