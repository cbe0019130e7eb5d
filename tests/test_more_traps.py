"""More of the kinds of trap in test_traps.py: other spellings, other programs, ids of other sorts that are nobody's."""

import pytest

from naravard import intake
from naravard.base.codes import FindingCode, Level
from naravard.ui.parts.ladda_upp import unknown_values
from tests.examples import more
from tests.test_traps import counted, text, xlsx

IDS = "Personnummer;Kommun;Boendeform"


def check_digit(nine: str) -> int:
    products = [int(digit) * weight for digit, weight in zip(nine, (2, 1) * 5, strict=False)]
    return -sum(product // 10 + product % 10 for product in products) % 10


def person(n: int) -> str:
    """An id of nobody: its last digit is right."""
    nine = f"{30 + n % 20:02d}{1 + n % 12:02d}{1 + n % 28:02d}{100 + n}"
    return f"19{nine[:6]}-{nine[6:]}{check_digit(nine)}"


PEOPLE = [person(n) for n in range(40)]


def examined(content: bytes, name: str = "uttag.csv", **choices: object) -> intake.Examination:
    return intake.examine(content, name, intake.Choices(**{"kalla": "cosmic", "matperiod": "mars 2025", **choices}))  # type: ignore[arg-type]


def of_ids(*ids: str) -> intake.Examination:
    return examined(text(IDS, *(f"{person_id};Högsby;SÄBO" for person_id in ids)))


def about_ids(examination: intake.Examination) -> list[tuple[Level, FindingCode, int]]:
    return [
        (finding.level, finding.code, finding.count)
        for finding in examination.findings
        if finding.column == "Personnummer" and finding.level is not Level.NOTE
    ]


@pytest.mark.parametrize(
    "placeholder",
    [
        "19999999-9999", "19000101-0000", "19850101-****", "19990101-TEST", "ID saknas", "(null)",
        *more("12345678-1234", "222222-2222", "999999-9999", "19850101XXXX", "TEST", "okänd", "anonym", "reservnummer"),
    ],
)  # fmt: skip
def test_a_placeholder_for_an_id_is_a_missing_id(empty_data: object, placeholder: str) -> None:
    examination = of_ids(*PEOPLE, *[placeholder] * 3)
    assert about_ids(examination) == [(Level.ERROR, FindingCode.ID_MISSING, 3)]
    settled = examined(
        text(IDS, *(f"{each};Högsby;SÄBO" for each in (*PEOPLE, *[placeholder] * 3))),
        values={"person_id": {"saknas": ""}},
    )
    assert counted(settled)["08"] == len(PEOPLE) + 3, "each row as a person of its own, where that is chosen"


@pytest.mark.parametrize("odd", ["19121212-1212", "19010101-0101", "INT-1"])
def test_an_id_on_many_times_more_rows_than_others_is_told(empty_data: object, odd: str) -> None:
    assert (Level.WARNING, FindingCode.ID_OFTEN, 12) in about_ids(of_ids(*PEOPLE, *[odd] * 12))
    assert about_ids(of_ids(*PEOPLE * 3, *[PEOPLE[0]] * 9)) == [], "nor four times as many"


@pytest.mark.parametrize("odd", ["19850101", "850101", "12345", "19850101-", "193410000000"])
def test_an_id_that_is_not_whole_is_told(empty_data: object, odd: str) -> None:
    assert about_ids(of_ids(*PEOPLE, odd)) == [(Level.WARNING, FindingCode.ID_UNLIKE, 1)]


@pytest.mark.parametrize("spelling", ["{0}", "{0}-****", "{0}XXXX", "{1}-{2}-{3}", "{0}-"])
def test_a_column_of_birth_dates_is_no_column_of_ids(empty_data: object, spelling: str) -> None:
    days = [each[:8] for each in PEOPLE]
    examination = of_ids(*(spelling.format(day, day[:4], day[4:6], day[6:]) for day in days))
    assert about_ids(examination) == [(Level.ERROR, FindingCode.ID_UNLIKE, 40)]
    assert "Hämta uttaget på nytt" in examination.errors[0].action


@pytest.mark.parametrize(
    "spelled",
    [
        lambda each: f"{int(each.replace('-', '')):,}".replace(",", "."),
        lambda each: each.replace("-", "") + ",00",
        lambda each: each.replace("-", "") + ".00",
        lambda each: f'"=""{each}"""',
        lambda each: f"'{each}",
    ],
)
def test_what_a_spreadsheet_adds_to_an_id_is_taken_away(empty_data: object, spelled: object) -> None:
    examination = of_ids(*PEOPLE, *map(spelled, PEOPLE))  # type: ignore[call-overload]
    assert about_ids(examination) == []
    assert counted(examination)["08"] == len(PEOPLE)
    assert "08 aldersgrupp uppgift_saknas" not in counted(examination), "their dates of birth are read"


@pytest.mark.parametrize(
    ("ids", "persons"),
    [
        ([str(n) for n in range(40)], 40),
        ([f"{n * 7919:030x}11" for n in range(1, 60)], 59),
        ([f"{n}E{n}" for n in range(13, 60)], 47),
        ([f"{10_000_000 + 10_000 * n}" for n in range(40)], 40),
    ],
)
def test_internal_numbers_are_ids(empty_data: object, ids: list[str], persons: int) -> None:
    examination = of_ids(*ids)
    assert about_ids(examination) == []
    assert counted(examination)["08"] == persons


@pytest.mark.parametrize("zeros", range(3, 9))
@pytest.mark.parametrize("digits", [10, 12])
def test_rounded_ids_are_an_error(empty_data: object, zeros: int, digits: int) -> None:
    numbers = [round(int(each.replace("-", "")[-digits:]), -zeros) for each in PEOPLE]
    examination = examined(xlsx(IDS.split(";"), *([n, "Högsby", "SÄBO"] for n in numbers)), "uttag.xlsx")
    (error,) = examination.errors
    assert error.code is FindingCode.ID_ROUNDED
    assert error.count == len(PEOPLE)


@pytest.mark.parametrize("digits", [16, 17, 20])
def test_of_long_ids_a_spreadsheet_keeps_fifteen_digits(empty_data: object, digits: int) -> None:
    whole = [str(7_777_777 * 10 ** (digits - 7) + 1_234_567 * n) for n in range(1, 60)]
    assert about_ids(of_ids(*whole)) == []
    (error,) = of_ids(*(each[:15] + "0" * (digits - 15) for each in whole)).errors
    assert error.code is FindingCode.ID_ROUNDED


def by_age(examination: intake.Examination, group: str) -> int:
    assert examination.counts is not None
    rows = examination.counts.table.to_pylist()
    place = "kommun", "aldersgrupp", group
    (count,) = [row["antal"] for row in rows if (row["niva"], row["uppdelning"], row["grupp"]) == place]
    return int(count)


@pytest.mark.parametrize("form", ["{} år", "{} ÅR", "{},0", " {} "])
@pytest.mark.parametrize("heading", ["Ålder", "Ålder vid uttag", "Ålder (år)"])
def test_an_age_may_have_its_unit(empty_data: object, form: str, heading: str) -> None:
    ages = [64, 65, 79, 80, 93]
    rows = [f"p{n};Högsby;SÄBO;{form.format(ages[n % 5])}" for n in range(50)]
    examination = examined(text(f"Löpnummer;Kommun;Boendeform;{heading}", *rows))
    assert not examination.errors
    assert [by_age(examination, group) for group in ("0-64", "65-79", "80+")] == [10, 20, 20]


def test_an_open_age_is_read_where_it_is_in_the_oldest_group_whatever_it_is(empty_data: object) -> None:
    rows = [f"p{n};Högsby;SÄBO;{('100+', '85 år och äldre', '70')[n % 3]}" for n in range(60)]
    examination = examined(text("Löpnummer;Kommun;Boendeform;Ålder", *rows))
    assert [by_age(examination, group) for group in ("65-79", "80+")] == [20, 40]
    (error,) = examined(text("Löpnummer;Kommun;Boendeform;Ålder", *rows, "p99;Högsby;SÄBO;65+")).errors
    assert error.row == 62


YES_NO = "Löpnummer;Kommun;Boendeform;RUB;Fast läkarkontakt;Ålder"


def of_answers(yes: str, no: str, **choices: object) -> intake.Examination:
    rows = [f"p{n};Högsby;Ordinärt boende;3;{yes if n < 30 else no};82" for n in range(40)]
    return examined(text(YES_NO, *rows), **choices)


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("✔", "☐"), ("V", "0"), ("SANT", "FALSKT"), ("X", "Nej"), ("1.0", "0,0"), ("-1", "0"), ("Har", "Har ej"),
        *more(("✓", "nej"), ("√", "nej"), ("v", "n"), ("JA", "NEJ"), ("1", "0"), ("True", "False"), ("j", "n")),
        *more(("Yes", "No")),
    ],
)  # fmt: skip
def test_words_for_yes_and_no(empty_data: object, yes: str, no: str) -> None:
    counts = counted(of_answers(yes, no))
    assert (counts["08 fast_lakarkontakt ja"], counts["08 fast_lakarkontakt nej"]) == (30, 10)


@pytest.mark.parametrize(("no", "text_of_it"), [("", ""), ("-", "-"), ("saknas", "saknas"), ("#N/A", "#N/A")])
def test_a_column_of_yes_alone_is_told_and_settled(empty_data: object, no: str, text_of_it: str) -> None:
    told = [f for f in of_answers("x", no).warnings if f.code is FindingCode.ONE_ANSWER]
    assert [(f.count, f.row) for f in told] == [(10, 32)]
    settled = of_answers("x", no, values={"fast_lakarkontakt": {text_of_it: "nej"}})
    assert FindingCode.ONE_ANSWER not in {f.code for f in settled.warnings}
    assert counted(settled)["08 fast_lakarkontakt nej"] == 10


def test_what_an_empty_answer_means_is_a_line_to_choose_in_the_app(empty_data: object) -> None:
    (line,) = unknown_values.lines(of_answers("x", ""))
    assert (line.label, line.keys) == ("Fast läkarkontakt: tom cell", ("rad 32",))
    settled = of_answers("x", "", values={"fast_lakarkontakt": {"rad 32": "nej"}})
    assert unknown_values.lines(settled) == []
    assert counted(settled)["08 fast_lakarkontakt nej"] == 10


def test_a_column_of_yes_and_no_is_not_told_of_its_empty_cells(empty_data: object) -> None:
    rows = [f"p{n};Högsby;SÄBO;3;{('ja', 'nej', '')[n % 3]};82" for n in range(30)]
    assert FindingCode.ONE_ANSWER not in {f.code for f in examined(text(YES_NO, *rows)).findings}


INSATSER = "Person-id;Kommun;Ålder;Boendeform;Yrkeskategori"


def of_profession(word: str, heading: str = INSATSER, kalla: str = "ensolutions") -> intake.Examination:
    rows = [f"p{n};Högsby;82;Ordinärt boende;{'SSK' if n < 20 else word}" for n in range(25)]
    return examined(text(heading, *rows), kalla=kalla)


@pytest.mark.parametrize(
    ("word", "profession"),
    [
        ("Leg. sjuksköterska, natt", "ssk"), ("Leg. AT", "at"), ("Sjukgymnast/fysioterapeut", "ft"),
        ("Fysioterapeut (FT)", "ft"), ("USK", "annan"), ("AT-läkare", "annan"),
        ("Arbetsterapeut, assistent", "annan"),
        *more(("Demenssjuksköterska", "ssk"), ("Leg ssk", "ssk"), ("Legitimerad arbetsterapeut", "at")),
        *more(("Fysioterapeuter", "ft"), ("Undersköterska", "annan"), ("Dietist", "annan"), ("Logoped", "annan")),
    ],
)  # fmt: skip
def test_professions_in_more_words(empty_data: object, word: str, profession: str) -> None:
    examination = of_profession(word)
    assert not examination.errors
    expected = 25 if profession == "ssk" else 5
    assert counted(examination)[f"08 profession {profession}"] == expected
    is_told = FindingCode.UNKNOWN_AS_OTHER in {f.code for f in examination.warnings}
    assert is_told == (profession == "annan")


def test_a_misspelled_profession_is_asked_about_and_not_told_as_another(empty_data: object) -> None:
    examination = of_profession("Distriktsköterska")
    assert [f.action for f in examination.errors] == ["Menar du distriktssköterska?"]
    assert FindingCode.UNKNOWN_AS_OTHER not in {f.code for f in examination.findings}


@pytest.mark.parametrize("heading", ["Yrkesroll", "Befattning", "Personalkategori", "Legitimation"])
def test_more_headings_of_a_profession(empty_data: object, heading: str) -> None:
    examination = of_profession("Undersköterska", INSATSER.replace("Yrkeskategori", heading), "auto")
    assert counted(examination)["08 profession annan"] == 5


def test_professions_under_an_unknown_heading_are_told(empty_data: object) -> None:
    rows = [f"p{n};Högsby;82;Ordinärt boende;{'SSK' if n < 20 else 'Dietist'};2024-04-01" for n in range(25)]
    heading = "Person-id;Kommun;Ålder;Boendeform;Kompetens;Datum"
    read_as_another = examined(text(heading, *rows), kalla="auto")
    assert [f.column for f in read_as_another.warnings if f.code is FindingCode.OTHER_SOURCE] == ["Kompetens"]
    columns = {"profession": "Kompetens"}
    assert counted(examined(text(heading, *rows), kalla="ensolutions", headings=columns))["08 profession ssk"] == 20
    assert FindingCode.OTHER_SOURCE not in {f.code for f in of_answers("ja", "nej").findings}


@pytest.mark.parametrize(
    ("words", "boendeform"),
    [
        (("ORD", "OB", "Ord. boende", "eget boende", "Eget hem", "Ordinärt boende (ORD)"), "ordinart"),
        (("SÄB", "SB", "VBO", "VoB", "ÄBO", "Särskilt boende (SÄBO)", "Vård- & omsorgsboende"), "sabo"),
        (("KTB", "KTP", "Korttids", "Korttidsboende/växelvård"), "korttid"),
    ],
)
def test_abbreviations_of_boendeform(empty_data: object, words: tuple[str, ...], boendeform: str) -> None:
    rows = [f"p{n};Högsby;{word}" for n, word in enumerate(words)]
    assert counted(examined(text(IDS, *rows)))[f"08 boendeform {boendeform}"] == len(words)


@pytest.mark.parametrize("error", ["#DIV/0!", "#VÄRDEFEL!", "#FÄLT!", "#ÖVERSPILL!", "Err:502", "########"])
def test_what_a_spreadsheet_writes_for_a_formula_that_failed(empty_data: object, error: str) -> None:
    heading = "Personnummer;Kommun;Boendeform;RUB;Fast läkarkontakt;Ålder"
    rows = [f"p{n};Högsby;SÄBO;3;{'nej' if n else 'ja'};{error if n < 5 else 82}" for n in range(40)]
    examination = examined(text(heading, *rows))
    assert [(f.count, f.column) for f in examination.warnings if f.code is FindingCode.VALUES_TAKEN_AWAY] == [
        (5, "Ålder")
    ]
    assert counted(examination)["08 aldersgrupp uppgift_saknas"] == 5


def test_a_cell_with_line_breaks_and_as_many_commas_as_a_row_is_a_cell(empty_data: object) -> None:
    rows = [f'p{n},Högsby,SÄBO,"a, b, c, d\ne, f, g, h"' for n in range(40)]
    examination = examined(text("Person-id,Kommun,Boendeform,Anteckning", *rows))
    assert FindingCode.STRAY_QUOTE not in {f.code for f in examination.findings}
    assert counted(examination)["08"] == 40


def test_rows_that_a_pair_of_marks_has_swallowed_are_an_error(empty_data: object) -> None:
    rows = [f"p{n};Högsby;SÄBO;ok" for n in range(40)]
    rows[3], rows[9] = 'p3;Högsby;SÄBO;"ok', 'p9;Högsby;SÄBO;ok"'
    examination = examined(text("Person-id;Kommun;Boendeform;Anteckning", *rows))
    assert [(f.code, f.row) for f in examination.errors] == [(FindingCode.STRAY_QUOTE, 5)]
