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
from naravard.ui.parts.ladda_upp import unknown_values
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
    assert (found["0880 Andel x 2024 totalt"], found["0880 Andel x, Index 2024 totalt"]) == (10.5, 103)


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
    (line,) = unknown_values.lines(of_contact("ja", *cells))
    assert (line.keys, line.text) == ((DATES,), None), "no date is shown, and one choice is for all of them"
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


# ---- names of kommuner with numbers before them


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *((f"{number}. Torsås", "0834") for number in (1, 8, 10, 12, 123)),
        *(("7) Mörbylånga", "0840"), ("10 Torsås", None), ("08 Torsås", None), ("00 Okänd", None)),
        *(("08 Kalmar län", "08"), ("08 Kalmar", "08"), ("08 Kalmar län totalt", "08"), ("10 Blekinge", "10")),
        *(("0000 Riket", "00"), ("00 Totalt", "00"), ("14 Västra Götalandsregionen", "14"), ("0014", "14")),
    ],
)
def test_a_number_before_a_name_is_its_code_or_its_place(written: str, code: str | None) -> None:
    assert kommuner.resolve(written, "08") == code


# ---- sums of each kommun, as a spreadsheet adds them


@pytest.mark.parametrize("word", ["Summa", "Antal", "Totalt", "Resultat"])
def test_a_sum_of_each_kommun_among_counts_is_left_out_and_told(word: str, empty_data: object) -> None:
    rows = [row for name in NAMES for row in (f"{name};SÄBO;10", f"{name};Ordinärt boende;20", f"{name} {word};;30")]
    examination = examined(text("Kommun;Boendeform;Antal patienter", *rows), matperiod="2024")
    assert counted(examination)["08"] == 360
    assert finding_of(examination, FindingCode.STATISTIC_ROW).count == 12


def test_a_sum_of_each_kommun_among_persons_is_left_out_before_the_whole_is_controlled(empty_data: object) -> None:
    rows = [
        row
        for k, name in enumerate(NAMES)
        for row in (*(f"p{k}{n};{name};SÄBO;85;3;{'Ja' if n else 'Nej'}" for n in range(5)), f";{name} Antal;;;;5")
    ]
    examination = examined(text(PERSONS, *rows, ";Totalt antal;;;;60"), matperiod="2024")
    assert counted(examination)["08"] == 60
    assert FindingCode.SUM_ROW_AGREES in {f.code for f in examination.findings}
    assert not examination.warnings


def test_the_sum_of_kalmar_alone_is_the_lans(empty_data: object) -> None:
    examination = examined(table(SABO, "100;50", more=("Kalmar totalt;1200;600",)), matperiod="2024")
    assert FindingCode.SUM_ROW_AGREES in {f.code for f in examination.findings}


# ---- groups and totals, and counts in thousands


@pytest.mark.parametrize(("total", "is_told"), [(31, True), (30, False)])
def test_groups_that_are_not_all_are_told_without_numbers(total: int, is_told: bool, empty_data: object) -> None:
    rows = [r for n in NAMES for r in (f"{n};SÄBO;10", f"{n};Ordinärt boende;20", f"{n};Totalt;{total}")]
    examination = examined(text("Kommun;Boendeform;Antal patienter", *rows), matperiod="2024")
    found = [f.what for f in examination.warnings if f.code is FindingCode.PARTS_NOT_WHOLE]
    assert found == is_told * [
        "grupperna i boendeform är tillsammans färre än totalen i Kalmar län, Högsby, Torsås, Mörbylånga och 9 till"
    ]


def test_professions_are_together_more_than_the_persons(empty_data: object) -> None:
    rows = [r for n in NAMES for r in (f"{n};SSK;10", f"{n};AT;20", f"{n};Totalt;25")]
    examination = examined(text("Kommun;Profession;Antal personer", *rows), matperiod="2024", kalla="ensolutions")
    assert FindingCode.PARTS_NOT_WHOLE not in {f.code for f in examination.findings}


@pytest.mark.parametrize(
    "content",
    [
        text("Folkmängd, tusental;", "Kommun;2024", *(f"{name};12" for name in NAMES)),
        text("Folkmängd (1 000-tal);", "Kommun;2024", *(f"{name};12" for name in NAMES)),
        text("Kommun;År;Folkmängd;Enhet: tusental", *(f"{name};2024;12;x" for name in NAMES)),
    ],
)
def test_counts_in_thousands_are_refused(content: bytes, empty_data: object) -> None:
    assert [f.code for f in examined(content, kalla="befolkning").errors] == [FindingCode.OTHER_MEASURE]


# ---- whose id it is


def test_a_persons_key_goes_before_the_number_of_a_row(empty_data: object) -> None:
    rows = [f"{n};k{n % 12};{NAMES[n % 12]};SÄBO" for n in range(36)]
    assert counted(examined(text("Id;Patientnyckel;Kommun;Boendeform", *rows), matperiod="2024"))["08"] == 12
    examination = examined(text("Id;Vårdtagare;Kommun;Boendeform", *rows), matperiod="2024")
    assert [f.level for f in examination.findings if "Vårdtagare kan vara" in f.what] == [Level.WARNING]
    plain = [f"{n};v{n};{NAMES[n % 12]};SÄBO" for n in range(36)]
    examination = examined(text("Id;Vårdtagare;Kommun;Boendeform", *plain), matperiod="2024")
    assert not [f for f in examination.findings if "kan vara det" in f.what]


# ---- several tables, and times that are no years


def test_a_table_below_another_is_one_error(empty_data: object) -> None:
    first, second = ([f"{name};{count};50" for name in NAMES] for count in (100, 110))
    content = text("Boende på SÄBO 2023;;", SABO, *first, ";;", "Boende på SÄBO 2024;;", SABO, *second)
    (error,) = examined(content, matperiod="2024").errors
    assert "börjar på rad 16" in error.what


@pytest.mark.parametrize("page", ["Sida 2;;", "Utskrivet 2024-05-03, sid 2;;", "Boende på SÄBO;;"])
def test_headings_on_each_page_have_its_title(page: str, empty_data: object) -> None:
    rows = [f"{name};100;50" for name in NAMES]
    content = text("Boende på SÄBO;;", SABO, *rows[:6], page, SABO, *rows[6:])
    examination = examined(content, matperiod="2024")
    assert "börjar" not in "".join(f.what for f in examination.findings)


@pytest.mark.parametrize(
    "headings", ["2024-01-01;2024-02-01", "2022/23;2023/24", "Q1 2024;Q2 2024", "2023/2024;2024/2025"]
)
def test_columns_of_other_times_than_years_are_one_sentence(headings: str, empty_data: object) -> None:
    (error,) = examined(table(f"Kommun;{headings}", "10;11")).errors
    assert (error.code, error.allowed) == (FindingCode.SEVERAL_PERIODS, "ett år i varje rubrik (2024)")


@pytest.mark.parametrize("cell", ["60,5 (58,1–62,9)", "100 500 kr i snitt", "20,5±1,2"])
def test_cells_under_a_year_that_are_no_plain_numbers_are_one_sentence(cell: str, empty_data: object) -> None:
    (error,) = examined(text("Andel med god hälsa (%);", "Kommun;2024", *(f"{name};{cell}" for name in NAMES))).errors
    assert (error.code, error.column) == (FindingCode.NOT_A_NUMBER, "2024")


# ---- signs between digits, units in cells, several words in one


@pytest.mark.parametrize(
    ("others", "number"),
    [(("1234,5", "987"), "1.234"), (("20,5", "7"), "1.234"), (("12.345,6", "3"), "1.234"), (("20.55", "7"), "1,234")],
)
def test_thousands_among_decimals_are_asked_about(others: tuple[str, ...], number: str, empty_data: object) -> None:
    cells = [*others, number]
    content = text(
        "Nyckeltal\tKommun\tÅr\tVärde", *(f"Kostnad\t{n}\t2024\t{c}" for n, c in zip(NAMES, cells, strict=False))
    )
    (error,) = examined(content).errors
    assert (error.value, error.row, "tusental" in error.what) == (number, 4, True)


@pytest.mark.parametrize("numbers", [("20.5", "1.234", "7"), ("20,5", "1,234", "7"), ("0.123", "1.234", "12.5")])
def test_decimals_of_one_sign_are_read(numbers: tuple[str, ...], empty_data: object) -> None:
    rows = [f"Kostnad\t{n}\t2024\t{c}" for n, c in zip(NAMES, numbers, strict=False)]
    found = counted(examined(text("Nyckeltal\tKommun\tÅr\tVärde", *rows)))
    assert sorted(found.values()) == sorted(float(number.replace(",", ".")) for number in numbers)


@pytest.mark.parametrize(
    ("title", "cell", "unit"),
    [
        ("Hemtjänst 80 år och äldre", "23,5 %", "procent"),
        ("Fallskador per 1000 invånare", "23,5", "per 1 000"),
        ("Vårdtillfällen per 100000 invånare", "23,5", "per 100 000"),
        ("Andel med hemtjänst", "23,5", "enhet ej angiven"),
    ],
)
def test_shares_are_known_by_their_unit_wherever_it_stands(
    title: str, cell: str, unit: str, empty_data: object
) -> None:
    examination = examined(text(f"{title};", "Kommun;2024", *(f"{name};{cell}" for name in NAMES)))
    assert examination.counts is not None
    assert set(examination.counts.table["enhet"].to_pylist()) == {unit}
    assert FindingCode.SHARES_WITHOUT_COUNTS in {f.code for f in examination.warnings}


def test_several_professions_in_a_cell_are_asked_about_and_no_other_profession(empty_data: object) -> None:
    rows = [f"p{n};{NAMES[n % 12]};{('SSK', 'AT/FT', 'SSK + AT')[n % 3]};80;Ordinärt boende" for n in range(36)]
    examination = examined(text("Person-id;Kommun;Profession;Ålder;Boendeform", *rows), matperiod="2024")
    assert {f.what for f in examination.errors} == {"cellen har flera värden"}
    assert FindingCode.UNKNOWN_AS_OTHER not in {f.code for f in examination.findings}


SHARES_BY_YEAR = "Kommun;2023;2024\nKalmar;20,5;21,1\nNybro;19,2;20,0\nBorgholm;30,1;28,8\nTorsås;12,0;13,1\n"


@pytest.mark.parametrize("rank", ["", ";Rang 2024"])
def test_numbers_with_decimals_under_years_alone_are_a_nyckeltal_whose_name_is_asked_for(rank: str) -> None:
    """Inhabitants are whole: a table of them may have no name, and one of shares may not."""
    lines = SHARES_BY_YEAR.splitlines()
    text = "\n".join([lines[0] + rank, *(line + f";{n}" * bool(rank) for n, line in enumerate(lines[1:], start=1))])
    unnamed = intake.examine(text.encode(), "tabell.csv", intake.Choices())
    assert [finding.code for finding in unnamed.errors] == [FindingCode.NAME_MISSING]
    named = intake.examine(
        text.encode(), "tabell.csv", intake.Choices(constants={"titel": "Fast läkare", "enhet": "%"})
    )
    assert named.counts
    assert named.errors == []
    whole = intake.examine(text.replace(",", "").encode(), "tabell.csv", intake.Choices())
    assert whole.source is not None
    assert whole.source.id == "befolkning"
