"""More guises of the same kinds of files: what the headings, the cells and the time of a real analyst's files are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from naravard.base.codes import FindingCode, Level
from naravard.intake import publishing
from naravard.intake.choices import Choices
from naravard.store.snapshots import Store
from tests.test_more_kinds import ASKED, KOMMUNER, NAMES
from tests.test_odd_files import codes_of, examined
from tests.test_traps import counted, text

PERSONS = {
    "person_id": ("Patient-id", ["P{n:03d}"]),
    "kommun": ("Kommun", NAMES),
    "boendeform": ("Boendeform", ["SÄBO", "Ordinärt boende"]),
    "rub": ("RUB", ["2", "3", "4"]),
    "fast_lakarkontakt": ("Fast läkarkontakt", ["Ja", "Nej"]),
    "alder": ("Ålder", ["82", "75"]),
    "kon": ("Kön", ["K", "M"]),
}


def of_persons(changes: Mapping[str, tuple[str, list[str]]], kalla: str = "cosmic", count: int = 36) -> Any:
    """A file of persons, some of its columns changed, added or, without a heading, left out: heading and cells."""
    columns = {name: column for name, column in {**PERSONS, **changes}.items() if column[0]}
    rows = [";".join(cells[n % len(cells)].format(n=n) for _, cells in columns.values()) for n in range(count)]
    heading = ";".join(heading for heading, _ in columns.values())
    return examined(text(heading, *rows), kalla=kalla, matperiod="våren 2024")


# ---- a heading that says in other words what a column is: it was left unread, in a note

IN_OTHER_WORDS = {
    "rub": ["RUB-kategori", "Senaste RUB", "RUB 12 mån", "Vårdtyngd (RUB)", "RUB nivå 0-5"],
    "fast_lakarkontakt": ["Har patienten fast läkarkontakt?", "Fast läkarkontakt i primärvård"],
    "alder": ["Patientens ålder", "Levnadsålder", "Ålder per 2024-06-30", "Uppnådd ålder"],
    "kon": ["Legalt kön", "Kön enl. folkbokföring", "Patientkön"],
    "person_id": ["Patientens personnummer", "Personid krypterat"],
}


@pytest.mark.parametrize(("name", "heading"), [(name, each) for name, all in IN_OTHER_WORDS.items() for each in all])
def test_a_column_that_has_its_name_among_other_words_is_read_and_asked_about(
    name: str, heading: str, empty_data: object
) -> None:
    examination = of_persons({name: (heading, PERSONS[name][1])})
    assert examination.columns[name] == heading
    assert FindingCode.HEADING_NEAR in codes_of(examination, ASKED)


@pytest.mark.parametrize(
    ("name", "heading", "cells"),
    [
        ("rub", "RUB 5", ["1", "0"]),
        ("rub", "RUB-kategori", ["hjärta", "lunga"]),
        ("rub", "Medel-RUB", ["2", "3"]),
        ("alder", "Ålder vid inskrivning", ["82", "75"]),
        ("alder", "Ålder 80+", ["1", "0"]),
        ("alder", "Makens ålder", ["82", "75"]),
        ("alder", "Behandlarens ålder", ["42", "55"]),
        ("kon", "Behandlarens kön", ["K", "M"]),
        ("fast_lakarkontakt", "Saknar fast läkarkontakt helt", ["Ja", "Nej"]),
        ("fast_lakarkontakt", "Namn på fast läkarkontakt", ["Dr Ek", "Dr Lund"]),
    ],
)
def test_a_column_of_another_thing_is_not_read_for_its_words(
    name: str, heading: str, cells: list[str], empty_data: object
) -> None:
    assert name not in of_persons({name: (heading, cells)}).columns


def test_a_column_that_fits_goes_before_one_that_is_called_more_alike(empty_data: object) -> None:
    changes = {
        "datum": ("Fast läkarkontakt datum", ["2023-01-02", "2023-02-03"]),
        "fast_lakarkontakt": ("Fast läkarkontakt registrerad", ["Ja", "Nej"]),
    }
    assert of_persons(changes).columns["fast_lakarkontakt"] == "Fast läkarkontakt registrerad"


def test_groups_of_ages_under_another_heading_are_ages(empty_data: object) -> None:
    examination = of_persons({"alder": ("Ålder i grupp", ["80-84", "65-69"])})
    assert counted(examination)["08 aldersgrupp 80+"] == 18


@pytest.mark.parametrize(("title", "is_asked"), [("Anställda i äldreomsorgen", True), ("Personer med insats", False)])
def test_a_count_of_those_who_work_is_asked_about(title: str, is_asked: bool, empty_data: object) -> None:
    rows = [f"{name};{word};{50 + n}" for n, name in enumerate(NAMES) for word in ("Sjuksköterska", "Arbetsterapeut")]
    examination = examined(text(title, "Kommun;Yrke;Antal", *rows), kalla="ensolutions", matperiod="2024")
    assert (FindingCode.TEXT_BESIDE_CELLS in codes_of(examination, ASKED)) is is_asked


def test_of_two_columns_that_have_the_same_name_in_them_none_is_read(empty_data: object) -> None:
    examination = of_persons({"rub": ("RUB aktuell", ["2", "3"]), "rub_till": ("RUB senaste", ["4", "5"])})
    assert "rub" not in examination.columns
    (asked,) = [f for f in examination.warnings if f.code is FindingCode.HEADING_NEAR]
    assert "RUB aktuell och RUB senaste" in asked.what


# ---- insatser under a heading that no source has

PROFESSIONS = {
    "Utförarens yrke": ["Leg. sjuksköterska", "Dietist", "Logoped", "Arbetsterapeut"],
    "AID-befattning": ["206012 Sjuksköterska", "207012 Arbetsterapeut", "206024 Undersköterska"],
}


@pytest.mark.parametrize("heading", PROFESSIONS)
def test_professions_under_a_heading_with_their_name_are_those_of_insatser(heading: str, empty_data: object) -> None:
    changes = {"rub": ("", []), "fast_lakarkontakt": ("", []), "boendeform": ("Boendeform", ["Ordinärt boende"])}
    examination = of_persons({**changes, "yrke": (heading, PROFESSIONS[heading])}, kalla="auto")
    assert examination.source is not None
    assert examination.source.id == "ensolutions"
    assert counted(examination)["08 profession ssk"] == 36 / len(PROFESSIONS[heading])
    assert FindingCode.UNKNOWN_AS_OTHER in codes_of(examination, ASKED)


@pytest.mark.parametrize(
    ("heading", "words", "is_asked"),
    [
        ("Roll", ["SSK", "ARB", "FYS", "USK"], True),
        ("Insatstyp", ["HSL SSK", "HSL AT", "HSL FT", "HSL USK"], True),
        ("Enhet", ["HC Lindsdal", "HC Norr", "HC Stranden", "HC Ljungby"], False),
    ],
)
def test_professions_under_another_heading_are_asked_about(
    heading: str, words: list[str], is_asked: bool, empty_data: object
) -> None:
    examination = of_persons({"insats": (heading, words)}, kalla="auto")
    assert (FindingCode.OTHER_SOURCE in codes_of(examination, ASKED)) is is_asked


# ---- words of cells


@pytest.mark.parametrize(
    ("name", "word", "group"),
    [
        ("boendeform", "Korttidsboende (KB)", "boendeform korttid"),
        ("boendeform", "Ordinärt boende (OBO)", "boendeform ordinart"),
        ("rub", "Mkt hög (5)", "rub 5"),
    ],
)
def test_a_word_with_its_letters_or_its_number_is_that_word(
    name: str, word: str, group: str, empty_data: object
) -> None:
    assert counted(of_persons({name: (PERSONS[name][0], [word])}))[f"08 {group}"] == 36


@pytest.mark.parametrize("word", ["Korttidsboende (SB)", "Särskilt boende (LSS)", "Särskilt boende (avslutat)"])
def test_a_word_with_other_letters_is_asked_about(word: str, empty_data: object) -> None:
    examination = of_persons({"boendeform": ("Boendeform", [word, "SÄBO"])})
    assert codes_of(examination, Level.ERROR) == {FindingCode.CATEGORY_UNKNOWN}


@pytest.mark.parametrize("error", ["#SAKNAS", "#N/A", "#DIVISION/0", "#VÄRDEFEL"])
def test_an_error_of_excel_without_its_sign_is_that_error(error: str, empty_data: object) -> None:
    examination = of_persons({"rub": ("RUB", [error, "3"])})
    assert counted(examination)["08 rub uppgift_saknas"] == 18
    assert FindingCode.VALUES_TAKEN_AWAY in codes_of(examination, ASKED)


@pytest.mark.parametrize("form", ["1,234567890{n:02d}E+18", "{n}E+05", "1.94{n:02d}E11", "8,1{n}E+5"])
def test_ids_that_a_spreadsheet_has_made_numbers_are_an_error_however_long_they_were(
    form: str, empty_data: object
) -> None:
    ids = [form.format(n=1 + n % 9) for n in range(36)]
    assert FindingCode.ID_DESTROYED in codes_of(of_persons({"person_id": ("Patient-id", ids)}), Level.ERROR)


def test_digits_around_an_e_are_an_id(empty_data: object) -> None:
    ids = [f"{n:02d}e{n + 10}" for n in range(36)]
    assert counted(of_persons({"person_id": ("Patient-id", ids)}))["08"] == 36


# ---- a month beside its year


@pytest.mark.parametrize(
    ("headings", "cells", "period"),
    [
        ("År;Månad", "2024;3", "månad 3 2024"),
        ("Månad;År", "mars;2024", "mars 2024"),
        ("Mätår;Kvartal", "2024;K1", "K1 2024"),
        ("År;Vecka", "2024;14", "vecka 14 2024"),
        ("År;Uttagsår", "2024;2024", "2024"),
    ],
)
@pytest.mark.parametrize("kalla", ["cosmic", "sabo"])
def test_a_month_beside_a_column_of_its_year_is_that_month(
    kalla: str, headings: str, cells: str, period: str, empty_data: object
) -> None:
    persons = text(
        f"Patient-id;Kommun;Boendeform;{headings}", *(f"p{n};{NAMES[n % 12]};SÄBO;{cells}" for n in range(36))
    )
    counts = text(f"Kommun;Boende;Kommunal primärvård;{headings}", *(f"{name};40;30;{cells}" for name in NAMES))
    assert examined(persons if kalla == "cosmic" else counts, kalla=kalla).matperiod == period


def test_several_months_of_one_year_are_no_year(empty_data: object) -> None:
    lines = [f"p{n};{NAMES[n % 12]};SÄBO;2024;{1 + n % 3}" for n in range(36)]
    examination = examined(text("Patient-id;Kommun;Boendeform;År;Månad", *lines), kalla="cosmic")
    assert examination.matperiod is None
    assert {FindingCode.SEVERAL_PERIODS, FindingCode.PERIOD_MISSING} <= codes_of(examination)


# ---- ages, regions, names and values of open figures


@pytest.mark.parametrize(
    "ages",
    [
        ["Samtliga", "därav 65 år-", "därav 80 år-"],
        ["0-64 år", "65-79 år", "80- år"],
        ["0–64", "65–79", "80–"],
        ["alla åldrar", "varav 65+", "varav 80+"],
    ],
)
def test_more_ways_to_write_the_oldest_and_all(ages: list[str], empty_data: object) -> None:
    lines = [f"{kommun.namn};{age};2024;{9000 - 4000 * n}" for kommun in KOMMUNER for n, age in enumerate(ages)]
    found = counted(examined(text("Region;Ålder;År;Folkmängd", *lines)))
    assert found["0880 2024 80+ totalt"] == 1000


@pytest.mark.parametrize(
    ("areas", "own", "is_read"),
    [
        (["1 Stockholm", "8 Kalmar", "9 Gotland", "12 Skåne"], "08", True),
        (["1 Stockholm", "3 Uppsala", "8 Kalmar", "0 Riket"], "08", True),
        (["1 Nybro", "8 Kalmar", "9 Borgholm", "12 Torsås"], "0880", False),
    ],
)
def test_regions_with_codes_that_lost_their_zero_are_regions(
    areas: list[str], own: str, is_read: bool, empty_data: object
) -> None:
    content = text("Väntetid x, dagar", "Region;2024", *(f"{area};{20 + n}" for n, area in enumerate(areas)))
    examination = examined(content, kalla="nyckeltal")
    assert (examination.counts is not None) is is_read
    assert not is_read or f"{own} Väntetid x, dagar 2024 totalt" in counted(examination)


HEMTJANST = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"


def test_a_name_that_stands_once_above_all_kommuner_is_that_of_all_rows(empty_data: object) -> None:
    rows = [f"{HEMTJANST if n == 0 else ''};{kommun.namn};{20 + n};{21 + n}" for n, kommun in enumerate(KOMMUNER)]
    examination = examined(text("Kolada nyckeltal;;;", ";;2023;2024", *rows))
    assert counted(examination)[f"{KOMMUNER[11].kod} N21704 2024 totalt"] == 32
    assert FindingCode.OUTLINE in codes_of(examination)
    twice = examined(text("Kolada nyckeltal;;;", ";;2023;2024", *rows, f";{KOMMUNER[0].namn};1;2"))
    assert twice.errors, "a kommun that is there twice is perhaps another name's"


def test_years_without_a_name_are_asked_for_it_where_nyckeltal_is_chosen(empty_data: object) -> None:
    rows = [f"{kommun.namn};{20 + n};{21 + n}" for n, kommun in enumerate(KOMMUNER)]
    content = text("Region;2023;2024", *rows)
    assert codes_of(examined(content, kalla="nyckeltal"), Level.ERROR) == {FindingCode.NAME_MISSING}
    named = examined(content, kalla="nyckeltal", constants={"titel": "Väntetid x"})
    assert counted(named)["0885 Väntetid x 2024 totalt"] == 21


def test_a_heading_of_one_letter_is_no_name(empty_data: object) -> None:
    rows = [f"{kommun.kod},{kommun.namn},2024,{20 + n}.5" for n, kommun in enumerate(KOMMUNER)]
    examination = examined(text("kod,kommun,år,n", *rows), kalla="nyckeltal")
    assert FindingCode.NAME_VAGUE in codes_of(examination, ASKED)


@pytest.mark.parametrize(("deleted", "is_asked"), [("TRUE", True), ("FALSE", False), ("", False)])
def test_a_value_that_kolada_has_deleted_is_asked_about(deleted: str, is_asked: bool, empty_data: object) -> None:
    rows = [f"N21704,{k.kod},2024,T,20.5,{deleted if n == 3 else 'FALSE'}" for n, k in enumerate(KOMMUNER)]
    examination = examined(text("kpi,municipality,period,gender,value,isdeleted", *rows))
    asked = [(f.row, f.count) for f in examination.warnings if f.code is FindingCode.NUMBER_MISSING]
    assert asked == [(5, 1)] * is_asked


@pytest.mark.parametrize("heading", ["Kod;Kommun", "Namn;Kommunkod", "Knr;Namn"])
@pytest.mark.parametrize("values", ["År;Värde", "2024;", "Andel nöjda;Andel missnöjda"])
def test_a_code_or_a_name_of_a_kommun_is_no_name_of_a_nyckeltal(heading: str, values: str, empty_data: object) -> None:
    cells = {"Kod;Kommun": "{k.kod};{k.namn}", "Namn;Kommunkod": "{k.namn};{k.kod}", "Knr;Namn": "{k.kod};{k.namn}"}
    numbers = {"År;Värde": "2024;{n},5", "2024;": "{n},5;", "Andel nöjda;Andel missnöjda": "{n},5;7,5"}
    form = f"{cells[heading]};{numbers[values]}"
    rows = [form.format(k=kommun, n=20 + n) for n, kommun in enumerate(KOMMUNER)]
    examination = examined(text("Nöjda x", f"{heading};{values}", *rows), kalla="nyckeltal", constants={"ar": "2024"})
    assert 20.5 in counted(examination).values()
    assert {kommun.kod for kommun in KOMMUNER} == {key[:4] for key in counted(examination)}


# ---- what numbers are of, said above the table or in the field for it

GROUPS = "Kommun;Kvinnor 65–79;Kvinnor 80+;Män 65–79;Män 80+"
LIMITS = "Kommun;Andel;Nedre KI;Övre KI"


@pytest.mark.parametrize("headings", [GROUPS, LIMITS])
def test_a_title_or_a_name_that_is_given_tells_what_columns_of_groups_are_of(headings: str, empty_data: object) -> None:
    rows = [
        f"{name};{';'.join(f'{n},{part + 1}' for part in range(headings.count(';')))}" for n, name in enumerate(NAMES)
    ]
    above = examined(text("Bra hälsa", headings, *rows), kalla="nyckeltal", constants={"ar": "2024"})
    given = examined(text(headings, *rows), kalla="nyckeltal", constants={"ar": "2024", "titel": "Bra hälsa"})
    assert counted(above) == counted(given)
    assert all(", Bra hälsa 2024" in key for key in counted(given))
    assert FindingCode.GIVEN_NOT_USED not in codes_of(given)
    alone = examined(text(headings, *rows), kalla="nyckeltal", constants={"ar": "2024"})
    assert FindingCode.NAME_VAGUE in codes_of(alone, ASKED)


@pytest.mark.parametrize("title", ["Framskrivning av folkmängden", "Befolkningsprognos", "Prognos över befolkningen"])
def test_a_forecast_of_the_population_is_the_population(title: str, empty_data: object) -> None:
    rows = [f"{k.kod} {k.namn};80+ år;{1100 + n};{1200 + n}" for n, k in enumerate(KOMMUNER)]
    examination = examined(text(title, "region;ålder;2040;2050", *rows))
    assert counted(examination)["0885 2040 80+ totalt"] == 1100
    assert FindingCode.COUNT_UNNAMED not in codes_of(examination)


# ---- quotation marks as databases write them


@pytest.mark.parametrize("note", [r'"sa \"hej\", gick; sedan"', r'"\"rad ett\""', r'"rad ett \"två"'])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_quotation_mark_behind_a_backslash_is_one_in_its_cell(note: str, delimiter: str, empty_data: object) -> None:
    rows = [delimiter.join((f'"p{n}"', f'"{NAMES[n % 12]}"', '"SÄBO"', note)) for n in range(36)]
    heading = delimiter.join(("Patient-id", "Kommun", "Boendeform", "Anteckning"))
    examination = examined(text(heading, *rows), kalla="cosmic", matperiod="våren 2024")
    assert counted(examination)["08"] == 36
    assert FindingCode.STRAY_QUOTE not in codes_of(examination)


def test_a_backslash_at_the_end_of_a_cell_is_its_last_sign(empty_data: object) -> None:
    rows = [f'"p{n}";"{NAMES[n % 12]}";"SÄBO";"C:\\uttag\\"' for n in range(36)]
    content = text("Patient-id;Kommun;Boendeform;Mapp", *rows)
    assert counted(examined(content, kalla="cosmic", matperiod="våren 2024"))["08"] == 36


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        (HEMTJANST.removesuffix(" (%)"), True),
        ("Invånare 80+ med hemtjänst i ordinärt boende (%)", True),
        ("Invånare 80+ med hemtjänst i ordinärt boende – andel i procent", True),
        (HEMTJANST, False),
        ("N21704", False),
        ("Invånare 60+ med hemtjänst i ordinärt boende, andel", False),
        ("Invånare 80+ med hemtjänst i ordinärt boende, antal", False),
    ],
)
def test_a_name_that_is_nearly_koladas_is_asked_about(name: str, is_asked: bool, empty_data: object) -> None:
    rows = [f"{name};{kommun};2024;{20 + n},5" for n, kommun in enumerate(NAMES)]
    asked = [f for f in examined(text("Nyckeltal;Kommun;År;Värde", *rows)).warnings if "N21704" in f.what]
    assert len(asked) == is_asked


# ---- ages that are all gone since the period before


@pytest.mark.parametrize(("age", "is_asked"), [("", True), ("82", False)])
def test_ages_that_are_gone_since_the_period_before_are_asked_about(
    age: str, is_asked: bool, empty_store: Store
) -> None:
    def of(cell: str) -> bytes:
        return text("Löpnummer;Kommun;Boendeform;Ålder", *(f"P{n:03d};{NAMES[n % 12]};SÄBO;{cell}" for n in range(120)))

    first = publishing.check(of("82"), "a.csv", Choices(kalla="cosmic", matperiod="januari 2024"), empty_store)
    publishing.publish([first.examination], empty_store, who="t", why="t")
    second = publishing.check(of(age), "a.csv", Choices(kalla="cosmic", matperiod="februari 2024"), empty_store)
    asked = [f.what for f in second.examination.warnings if f.code is FindingCode.DIFFERS_FROM_BEFORE]
    assert any("åldersgrupp ”80+”" in what for what in asked) is is_asked
