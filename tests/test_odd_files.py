"""Files that were read wrongly in silence, or refused though they were good: each kind with its right values."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids, refuse_ids
from naravard.figures import indicators
from naravard.intake import publishing
from naravard.intake.new_indicator import NOT_GIVEN, new_indicator, new_indicators
from naravard.store.snapshots import Store
from tests.test_traps import counted, sheets, text, xlsx

NAMES = {k.kod: k.namn for k in kommuner.in_lan("08")}
HEMTJANST = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"
PERSONS = "Person-id;Kommun;Boendeform"


def examined(content: bytes, name: str = "", **choices: Any) -> intake.Examination:
    """A file by itself, without what is known already."""
    name = name or ("uttag.xlsx" if content.startswith(b"PK") else "uttag.csv")
    return intake.examine(content, name, intake.Choices(**choices))


def codes_of(examination: intake.Examination, level: Level | None = None) -> set[FindingCode]:
    return {finding.code for finding in examination.findings if level in {None, finding.level}}


def finding_of(examination: intake.Examination, code: FindingCode) -> Any:
    (finding,) = [finding for finding in examination.findings if finding.code is code]
    return finding


def rows_of_kommuner(*cells: str, heading: str = "", delimiter: str = ";") -> bytes:
    """A row per kommun, with `{i}`, `{kod}` and `{namn}` filled in."""
    lines = [cell.format(i=i, kod=kod, namn=namn) for i, (kod, namn) in enumerate(NAMES.items()) for cell in cells]
    return text(*([heading] if heading else []), *lines)


# ---- headings, years and ages


@pytest.mark.parametrize("heading", ["code,name,year,population", "kommunkod,kommunnamn,år,folkmängd"])
def test_a_row_of_data_is_no_second_row_of_headings(heading: str) -> None:
    content = text(heading, "0767,Markaryd,2024,11001", "0821,Högsby,2024,12002", "0880,Kalmar,2024,15005")
    found = counted(examined(content))
    assert found == {"0821 2024 totalt totalt": 12002, "0880 2024 totalt totalt": 15005}


@pytest.mark.parametrize("heading", ["2024", "ar_2024", "år 2024", "31 december 2024"])
def test_one_year_can_be_the_only_heading(heading: str) -> None:
    content = rows_of_kommuner('"{kod} {namn}",500{i}', heading=f'"region","{heading}"')
    found = counted(examined(content.replace(b";", b",")))
    assert found["0880 2024 totalt totalt"] == 5000 + list(NAMES).index("0880")


def test_a_year_that_stands_nowhere_is_given() -> None:
    content = rows_of_kommuner("{kod} {namn};500{i}", heading="region;Folkmängd")
    assert FindingCode.YEAR_MISSING in codes_of(examined(content, kalla="befolkning"))
    for choices in ({"constants": {"ar": "2024"}}, {"matperiod": "2024"}):
        assert counted(examined(content, kalla="befolkning", **choices))["0885 2024 totalt totalt"] == 5000


_AGES_AS_COLUMNS = {
    "five years": [*(f"{age}-{age + 4} år" for age in range(0, 85, 5)), "85+ år"],
    "without a word": [*(f"{age}-{age + 4}" for age in range(0, 85, 5)), "85+"],
    "and their sum": [*(f"{age}–{age + 4} år" for age in range(0, 85, 5)), "85 år och äldre", "Totalt"],
    "each age": [*(f"{age} år" for age in range(100)), "100+ år"],
}


@pytest.mark.parametrize("ages", _AGES_AS_COLUMNS.values(), ids=list(_AGES_AS_COLUMNS))
@pytest.mark.parametrize("title", ["", "Folkmängd efter ålder\n"])
def test_ages_as_columns_without_a_year_are_one_error_that_says_where_to_give_it(title: str, ages: list[str]) -> None:
    cells = ";".join(["10"] * len(ages))
    content = title.encode() + rows_of_kommuner(f"{{namn}};{cells}", heading=";".join(["Kommun", *ages]))
    (error,) = examined(content).errors
    assert (error.code, error.count) == (FindingCode.YEAR_MISSING, 1)
    assert "i fältet År, för alla rader" in error.action
    oldest = 16 if len(ages) > 100 else 1
    assert counted(examined(content, constants={"ar": "2023"}))["0885 2023 85+ totalt"] == 10 * oldest


def test_a_few_age_groups_without_a_year_are_a_count_of_patients_still() -> None:
    content = rows_of_kommuner("{namn};10;10;10", heading="Kommun;0–64;65–79;80+")
    examination = examined(content)
    assert examination.source.id == "cosmic"
    assert [error.code for error in examination.errors] == [FindingCode.PERIOD_MISSING]


FIVE_YEARS = [f"{age}-{age + 4} år" for age in range(65, 100, 5)] + ["100+ år"]


@pytest.mark.parametrize(
    ("ages", "sums"),
    [
        (FIVE_YEARS, {"65+": 8, "75+": 6, "80+": 5, "85+": 4}),
        ([f"{age} år" for age in range(80, 100)] + ["100+ år"], {"80+": 21, "85+": 16}),
        ([str(age) for age in range(85, 95)] + ["95 år och äldre"], {"85+": 11}),
        (["0-64 år", *FIVE_YEARS], {"totalt": 9, "65+": 8, "80+": 5}),
        (["80-84 år", "85+ år", "85-89 år", "90+ år"], {"80+": 3, "85+": 1}),
        (["65-79", "80-w"], {"65+": 2, "80+": 1}),
        (["-64", "65-79", "80+"], {"totalt": 3, "65+": 2, "80+": 1}),
        (["under 65 år", "65-79 år", "80 år eller äldre"], {"totalt": 3, "65+": 2}),
        (["<65", "65-"], {"totalt": 2, "65+": 1}),
    ],
    ids=[
        "five years",
        "single years",
        "single years to 95",
        "all",
        "a sum beside its parts",
        "two groups",
        "the youngest with a dash",
        "the youngest in words",
        "the youngest with a sign",
    ],
)
def test_ages_are_added_up(ages: list[str], sums: dict[str, int]) -> None:
    lines = [f"{kod} {namn};{age};{sex};1" for kod, namn in NAMES.items() for age in ages for sex in ("män", "kvinnor")]
    found = counted(examined(text("region;ålder;kön;2024", *lines)))
    assert {age: found.get(f"0880 2024 {age} man") for age in sums} == sums
    assert {age: found.get(f"08 2024 {age} totalt") for age in sums} == {age: 24 * n for age, n in sums.items()}


@pytest.mark.parametrize("ages", [["16-19 år", "20-24 år"], ["80-84 år", "90+ år"], ["60-69 år", "70+ år"]])
def test_ages_that_cannot_be_added_up_are_one_error(ages: list[str]) -> None:
    lines = [f"{kod};{age};7" for kod in NAMES for age in ages]
    (error,) = examined(text("region;ålder;2024", *lines)).errors
    assert error.code is FindingCode.AGES_NOT_ENOUGH
    assert "SCB" in error.action


def test_another_measure_beside_the_people_is_asked_about() -> None:
    heading = "region;kön;år;Totalsumma, mnkr;Antal personer"
    content = rows_of_kommuner("{kod} {namn};män;2023;90{i}.5;300{i}", heading=heading)
    assert FindingCode.OTHER_MEASURE in codes_of(examined(content), Level.WARNING)


def test_other_parts_of_a_population_are_refused_or_asked_about() -> None:
    lines = [f"{kod};{status};2023;7" for kod in NAMES for status in ("gifta", "ogifta")]
    assert FindingCode.OTHER_PARTS in codes_of(examined(text("region;civilstånd;år;Folkmängd", *lines)), Level.ERROR)
    lines = [f"{kod};ogifta;2023;7" for kod in NAMES]
    assert FindingCode.OTHER_PARTS in codes_of(examined(text("region;civilstånd;år;Folkmängd", *lines)), Level.WARNING)


# ---- Kolada and Socialstyrelsen


def kolada_wide(*names: str, title: str = "Kolada nyckeltal") -> bytes:
    rows: list[list[Any]] = [[title, "", "", ""]] if title else []
    rows.append(["", "", "2023", "2024"])
    for name in names:
        rows.append([name, "Alla kommuner", 50.1, 50.1])
        rows += [[name, namn, 20.0 + i, 21.0 + i] for i, namn in enumerate(NAMES.values())]
    return xlsx(*rows)


@pytest.mark.parametrize("title", ["Kolada nyckeltal", ""])
def test_koladas_wide_file_is_named_by_its_column(title: str) -> None:
    found = counted(examined(kolada_wide(HEMTJANST, "Påhittat mått, andel (%)", title=title)))
    assert found["0885 N21704 2024 totalt"] == 21.0
    assert found["0885 Påhittat mått, andel (%) 2023 totalt"] == 20.0


def test_koladas_long_file_has_its_years_in_a_column() -> None:
    rows = [["Medellivslängd kvinnor, år", namn, year, 83.0 + i] for i, namn in enumerate(NAMES.values())
            for year in ("2023", "2024")]  # fmt: skip
    found = counted(examined(xlsx(["Nyckeltal", "Område", "Period", "Värde"], *rows)))
    assert (found["0885 N00925 2023 totalt"], found["0862 N00925 2024 totalt"]) == (83.0, 84.0)


def test_koladas_flat_file_of_its_api() -> None:
    content = rows_of_kommuner(
        *(f"N21704,{{kod}},2024,{sex},1,,2{{i}}.5" for sex in "TKM"),
        heading="kpi,municipality,period,gender,count,status,value",
    )
    found = counted(examined(content))
    assert len(found) == 36
    assert (found["0885 N21704 2024 totalt"], found["0862 N21704 2024 kvinna"]) == (20.5, 21.5)


def socialstyrelsen(drug: str, title: str = "Läkemedelsstatistik") -> bytes:
    return text(
        title,
        "Mått;Läkemedel;Region;Kön;Ålder;2023;2024",
        f"Antal patienter;{drug};Kronobergs län;Båda könen;085+;10;20",
        f"Antal patienter;{drug};Kalmar län;Båda könen;085+;20;40",
        "Socialstyrelsens statistikdatabas 2026-04-24",
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (socialstyrelsen("X01 Alfa"), socialstyrelsen("X02 Beta")),
        (socialstyrelsen("X01 Alfa", "Öppenvård"), socialstyrelsen("X01 Alfa", "Slutenvård")),
    ],
    ids=["a column", "the title"],
)
def test_two_tables_are_two_nyckeltal(first: bytes, second: bytes) -> None:
    one, two = counted(examined(first)), counted(examined(second))
    assert len(one) == len(two) == 2
    assert not set(one) & set(two)


def test_a_column_that_an_area_says_already_is_no_part_of_the_name() -> None:
    content = rows_of_kommuner("{namn};Område {i};N21704;2024;7,5", heading="Kommun;Distrikt;Nyckeltal;År;Värde")
    assert counted(examined(content))["0880 N21704 2024 totalt"] == 7.5


def test_a_column_for_each_measure_is_a_nyckeltal_each_where_that_is_chosen() -> None:
    content = rows_of_kommuner(
        "08;Kalmar län;{kod};{namn};70+;1000;9{i}0;9{i},5",
        heading="Län;Länsnamn;Kommun;Kommun_namn;Ålder;Befolkning;Antal vaccinerade;Andel vaccinerade",
    )
    (error,) = examined(content).errors
    assert "Väljer du ”Nyckeltal från andra" in error.action
    examination = examined(content, kalla="nyckeltal", constants={"ar": "2022"}, headings={"omrade": "Kommun"})
    found = counted(examination)
    assert (found["0885 Antal vaccinerade, 70+ 2022 totalt"], found["0885 Andel vaccinerade, 70+ 2022 totalt"]) == (
        900,
        90.5,
    )
    assert examination.rows_read == 12


@pytest.mark.parametrize(
    ("names", "area"),
    [
        (["Kalmar", "Gotland", "Stockholm", "Uppsala"], "08"),
        (["Kalmar", "Blekinge"], "08"),
        (["Kalmar", "Sörmland", "Norrbotten"], "08"),
        (["Kalmar", "Nybro"], "0880"),
        (["Kalmar", "Kalmar län"], "0880"),
        (["Kalmar kommun"], "0880"),
        (["Kalmar"], None),
        (["Kalmar", "Gotland"], None),
    ],
    ids=str,
)
def test_kalmar_is_a_kommun_or_a_region_by_the_column(names: list[str], area: str | None) -> None:
    content = text("Väntetider, medianvärde i dagar", "Region;2024;2025", *(f"{name};31;32" for name in names))
    examination = examined(content, kalla="nyckeltal")
    if area is None:
        assert FindingCode.AREA_AMBIGUOUS in codes_of(examination, Level.ERROR)
        chosen = examined(
            content, kalla="nyckeltal", values={"omrade": {"Kalmar": "Kalmar län", "Gotland": "Gotlands län"}}
        )
        assert chosen.counts is not None
        return
    found = counted(examination)
    assert found[f"{area} Väntetider, medianvärde i dagar 2025 totalt"] == 32


# ---- values that are taken away


def test_a_cross_is_a_yes_beside_no() -> None:
    answers = ["Ja"] * 10 + ["x"] * 20 + ["Nej"] * 10
    content = text(
        "Löpnummer;Kommun;Boendeform;Fast läkarkontakt", *(f"a{i};Högsby;OB;{a}" for i, a in enumerate(answers))
    )
    found = counted(examined(content, kalla="cosmic", matperiod="mars 2025"))
    assert (found["0821 fast_lakarkontakt ja"], found["0821 fast_lakarkontakt nej"]) == (30, 10)


@pytest.mark.parametrize("tick", ["X", "✓", "✔", "ja"])
def test_all_crosses_and_ticks_are_a_yes(tick: str) -> None:
    content = text(
        "Löpnummer;Kommun;Boendeform;Fast läkarkontakt", f"1;Högsby;OB;{tick}", "2;Högsby;OB;Nej", "3;Högsby;OB;"
    )
    found = counted(examined(content, kalla="cosmic", matperiod="mars 2025"))
    assert (found["0821 fast_lakarkontakt ja"], found["0821 fast_lakarkontakt uppgift_saknas"]) == (1, 1)


@pytest.mark.parametrize(
    ("sign", "count", "level"),
    [("..", 1, Level.NOTE), ("..", 30, Level.WARNING), ("NULL", 30, Level.WARNING), ("#SAKNAS!", 1, Level.WARNING)],
)
def test_what_is_taken_away_is_told_with_how_many(sign: str, count: int, level: Level) -> None:
    lines = [f"a{i};Högsby;OB;{sign if i < count else 3}" for i in range(100)]
    examination = examined(text("Löpnummer;Kommun;Boendeform;RUB", *lines), kalla="cosmic", matperiod="mars 2025")
    finding = finding_of(examination, FindingCode.VALUES_TAKEN_AWAY)
    assert (finding.level, finding.count, finding.column) == (level, count, "RUB")
    assert counted(examination)["0821 rub uppgift_saknas"] == count


def with_errors(path: Path) -> bytes:
    """A workbook with formulas that failed, as Excel saves it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Person-id", "Kommun", "Boendeform", "RUB"])
        for i in range(20):
            sheet.write_row(i + 1, 0, [f"INT{i}", "Högsby", "SÄBO"])
            sheet.write_formula(i + 1, 3, "=NA()", None, "#N/A" if i % 2 else 3)
    return path.read_bytes()


def test_errors_of_excel_are_told_alike_in_a_workbook_and_in_text(tmp_path: Path) -> None:
    lines = [f"INT{i};Högsby;SÄBO;{'#N/A' if i % 2 else 3}" for i in range(20)]
    for content in (with_errors(tmp_path / "fel.xlsx"), text("Person-id;Kommun;Boendeform;RUB", *lines)):
        examination = examined(content, kalla="cosmic", matperiod="våren 2024")
        finding = finding_of(examination, FindingCode.VALUES_TAKEN_AWAY)
        assert (finding.level, finding.count, finding.value) == (Level.WARNING, 10, "#N/A")
        assert counted(examination)["0821 rub 3"] == 10


def with_hidden_rows(path: Path, *, formulas: bool = False) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kommun", "Boende", "Kommunal primärvård"])
        for i, namn in enumerate(NAMES.values()):
            sheet.write_row(i + 1, 0, [namn, 40 + i, 30 + i])
            if formulas:
                sheet.write_formula(i + 1, 2, "=B2-10")
            elif i in {2, 5, 7}:
                sheet.set_row(i + 1, None, None, {"hidden": True})
    return path.read_bytes()


def test_hidden_rows_are_told(tmp_path: Path) -> None:
    examination = examined(with_hidden_rows(tmp_path / "dold.xlsx"), kalla="sabo", matperiod="våren 2024")
    finding = finding_of(examination, FindingCode.HIDDEN_ROWS)
    assert (finding.level, finding.row, finding.count) == (Level.WARNING, 4, 3)


def test_formulas_that_nobody_has_computed_are_told(tmp_path: Path) -> None:
    content = with_hidden_rows(tmp_path / "formler.xlsx", formulas=True)
    finding = finding_of(examined(content, kalla="sabo", matperiod="2024"), FindingCode.FORMULAS_NOT_COMPUTED)
    assert (finding.level, finding.count) == (Level.WARNING, 12)


def test_unknown_professions_are_other_and_told() -> None:
    jobs = ["SSK", "AT", "FT", "Undersköterska", "Läkare"]
    lines = [f"a{i};Högsby;82;OB;{job};2024-04-01;15" for i, job in enumerate(jobs)]
    examination = examined(
        text("Person-id;Kommun;Ålder;Boendeform;Yrkeskategori;Datum;Minuter", *lines), matperiod="2024"
    )
    assert examination.source is not None
    assert examination.source.id == "ensolutions"
    assert counted(examination)["0821 profession annan"] == 2
    assert finding_of(examination, FindingCode.UNKNOWN_AS_OTHER).count == 2
    misspelled = examined(text("Person-id;Kommun;Profession", "1;Högsby;Sjukskötreska"), matperiod="2024")
    assert FindingCode.CATEGORY_UNKNOWN in codes_of(misspelled, Level.ERROR)


@pytest.mark.parametrize(
    ("word", "group"),
    [
        *((word, "ordinart") for word in ("ORD", "Eget boende", "Trygghetsboende", "egen bostad")),
        *((word, "sabo") for word in ("Vårdboende", "Äldreboende", "VoBo", "Särskilt")),
        *((word, "korttid") for word in ("KTB", "Växelvård", "korttidsvård")),
    ],
)
def test_usual_words_for_a_home_are_known(word: str, group: str) -> None:
    found = counted(examined(text(PERSONS, f"1;Högsby;{word}"), kalla="cosmic", matperiod="2024"))
    assert found[f"0821 boendeform {group}"] == 1


def test_an_unknown_value_is_chosen_for_one_file() -> None:
    lines = [f"a{i};Högsby;{'Kollektiv' if i == 5 else 'SÄBO'};{7 if i == 3 else 4}" for i in range(50)]
    content = text("Löpnummer;Kommun;Boendeform;RUB", *lines)
    choices = {"kalla": "cosmic", "matperiod": "2024"}
    assert len(examined(content, **choices).errors) == 2
    values = {"boendeform": {"Kollektiv": "ordinärt boende"}, "rub": {"7": ""}}
    examination = examined(content, **choices, values=values)
    found = counted(examination)
    assert (found["0821 boendeform ordinart"], found["0821 rub uppgift_saknas"]) == (1, 1)
    assert [f.level for f in examination.findings if f.code is FindingCode.VALUE_CHOSEN] == [Level.NOTE] * 2


# ---- ids and names


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([193410000000, 195402000000, 194508000000], FindingCode.ID_ROUNDED),
        ([3410000000, 5402000000, 4508000000], FindingCode.ID_ROUNDED),
        (["193410120000", "195402110000"], FindingCode.ID_ROUNDED),
        (["a1", "000000-0000", "00000000-0000"], FindingCode.ID_MISSING),
        (["a1", "999999-9999", "9999999999"], FindingCode.ID_MISSING),
        (["a1", "1234567890", "123456789012"], FindingCode.ID_MISSING),
        (["a1", "19000101-0000", "111111-1111"], FindingCode.ID_MISSING),
    ],
    ids=str,
)
def test_ids_of_nobody_are_errors(ids: list[Any], code: FindingCode) -> None:
    content = xlsx(PERSONS.split(";"), *([person, "Högsby", "SÄBO"] for person in ids))
    assert code in codes_of(examined(content, kalla="cosmic", matperiod="2024"), Level.ERROR)


def test_internal_numbers_are_no_placeholders() -> None:
    ids = ["1", "11", "111", "1111", "1234", "99", "1000", "2000", "INT0", "120000"]
    examination = examined(text(PERSONS, *(f"{i};Högsby;SÄBO" for i in ids)), kalla="cosmic", matperiod="2024")
    assert counted(examination)["0821"] == len(ids)


def test_ten_digits_that_make_a_child_are_asked_about() -> None:
    content = text(PERSONS, "180101-1234;Högsby;SÄBO", "19180102-1234;Högsby;SÄBO", "180103+1234;Högsby;SÄBO")
    finding = finding_of(examined(content, kalla="cosmic", matperiod="2024"), FindingCode.ID_GIVES_CHILD)
    assert (finding.level, finding.count) == (Level.WARNING, 1)


def test_a_reserve_number_written_in_three_ways_is_one_person() -> None:
    content = text(
        PERSONS, *(f"{i};Högsby;SÄBO" for i in ("19450709-TF12", "450709TF12", "450709-tf12", "19450709 TF12"))
    )
    assert counted(examined(content, kalla="cosmic", matperiod="2024"))["0821"] == 1


def test_many_wrong_check_digits_are_a_warning() -> None:
    for wrong, level in ((2, Level.NOTE), (20, Level.WARNING)):
        lines = [f"19{40 + i // 10}0230-{i:03}{0 if i < wrong else 'X'};Högsby;SÄBO" for i in range(10, 100)]
        ids = [line.replace("X", str(check_digit(line[2:8] + line[9:12]))) for line in lines]
        ids = [line if i >= wrong else line[:12] + str((check_digit(line[2:8] + line[9:12]) + 1) % 10) + line[13:]
               for i, line in enumerate(ids)]  # fmt: skip
        finding = finding_of(
            examined(text(PERSONS, *ids), kalla="cosmic", matperiod="2024"), FindingCode.WRONG_CHECK_DIGITS
        )
        assert (finding.level, finding.what.split()[0]) == (level, str(wrong))


def check_digit(nine: str) -> int:
    products = [int(digit) * (2 - i % 2) for i, digit in enumerate(nine)]
    return -sum(p // 10 + p % 10 for p in products) % 10


@pytest.mark.parametrize("number", ["8507099805", "198507099805", "850709-9805", "12345678", "8 507 099 805"])
def test_a_count_that_looks_like_an_id_is_an_error(number: str) -> None:
    for kalla, heading in (("cosmic", "Kommun;Antal"), ("nyckeltal", "Kommun;Värde;Nyckeltal")):
        content = text(heading, f"Högsby;{number};N21704", "Nybro;7;N21704")
        if kalla == "cosmic":
            content = content.replace(b";N21704", b"")
        if (kalla, number) != ("nyckeltal", "12345678"):
            assert examined(content, kalla=kalla, matperiod="2024").errors, kalla


IDS = [
    "8 5 0 7 0 9 9 8 0 5",
    "85-07-09-98-05",
    "850709x9805",
    "８５０７０９９８０５",
    "85.07.09.9805",
    "8507\u200b099805",
]


@pytest.mark.parametrize("written", IDS)
def test_one_mask_holds_everywhere(written: str) -> None:
    from naravard.base.errors import PersonId  # noqa: PLC0415

    assert "dolt" in mask_ids(f"uttag {written}")
    with pytest.raises(PersonId):
        refuse_ids(f"fel för {written}", "Orsaken")
    told = examined(
        text("Kommun;Boende;Kommunal primärvård;" + written, "Högsby;52;51;1"), f"u {written}.csv", matperiod="2024"
    )
    assert written not in repr(told)


def test_names_in_file_names_and_unused_headings_are_not_kept() -> None:
    content = text("Kommun;Boende;Kommunal primärvård;Karin Testsson", "Högsby;52;51;1")
    told = repr(examined(content, "uttag Karin Testsson mars.csv", kalla="sabo", matperiod="2024"))
    assert "Testsson" not in told
    assert "Karin" not in told


# ---- the file itself


def test_line_breaks_and_delimiters_between_quotation_marks_are_read() -> None:
    lines = [f'INT{i};Högsby;SÄBO;"rad ett; med semikolon\nrad ""två"" ; x"' for i in range(60)]
    assert counted(examined(text(PERSONS + ";Anteckning", *lines), kalla="cosmic", matperiod="2024"))["0821"] == 60


@pytest.mark.parametrize(
    "lines",
    [
        ['N1;Mått "ett;Högsby;2024;7', "N1;Mått;Nybro;2024;8"],
        ['N1;"Mått;Högsby;2024;7', 'N1;Mått";Nybro;2024;8'],
        ['N1;Mått," andel;Högsby;2024;7', "N1;Mått;Nybro;2024;8"],
    ],
)
def test_a_stray_quotation_mark_is_never_silent(lines: list[str]) -> None:
    examination = examined(text("Nyckeltal;Titel;Område;År;Värde", *lines))
    assert examination.errors or examination.warnings


def test_a_sheet_has_its_own_name() -> None:
    rows = [["Kommun", "År", "Värde", "Nyckeltal"], ["Kalmar", 2024, 12.5, "M"], ["Nybro", 2024, 12.5, "M"]]
    content = sheets({"Läs mig": [["Se nästa"]], "Veckodata Kommun_stadsdel": rows, "Tabell 10 KP 2017": rows,
                      "Karin Testsson": rows})  # fmt: skip
    examination = examined(content, sheet="Veckodata Kommun_stadsdel")
    assert examination.sheet == "Veckodata Kommun_stadsdel"
    assert [name for name, _ in examination.sheets] == [
        "Läs mig",
        "Veckodata Kommun_stadsdel",
        "Tabell 10 KP 2017",
        "blad 4",
    ]
    assert examined(content, sheet="Karin Testsson").sheet == "blad 4"


@pytest.mark.parametrize("name", ["tabell 1.2 (KALMAR)", " Tabell 1.2  (Kalmar)", "Tabell 1.2 (Kalmar)"])
def test_a_sheet_is_known_by_its_name_however_it_is_written(name: str) -> None:
    rows = [["Kommun", "År", "Värde", "Nyckeltal"], ["Kalmar", 2024, 12.5, "M"], ["Nybro", 2024, 12.5, "M"]]
    assert examined(sheets({"A": rows, "Tabell 1.2 (Kalmar)": rows}), sheet=name).sheet == "Tabell 1.2 (Kalmar)"
    with pytest.raises(UserError, match=r"Välj en av: A, Tabell 1\.2 \(Kalmar\)\."):
        examined(sheets({"A": rows, "Tabell 1.2 (Kalmar)": rows}), sheet="Tabell 1.3")


def test_no_sheet_stands_in_for_another() -> None:
    def rows(value: float) -> list[list[Any]]:
        return [["Kommun", "År", "Värde", "Nyckeltal"], ["Kalmar", 2024, value, "M"], ["Nybro", 2024, value, "M"]]

    content = sheets({"Linnea": rows(1.5), "blad 1": rows(2.5)})
    names = [name for name, _ in examined(content, sheet="blad 1").sheets]
    assert len(set(names)) == 2
    assert "Linnea" not in names
    assert counted(examined(content, sheet="blad 1"))["0880 M 2024 totalt"] == 2.5
    assert counted(examined(content, sheet="Linnea"))["0880 M 2024 totalt"] == 1.5


@pytest.mark.parametrize("again", ["Kommun;Boende;Kommunal primärvård", " Kommun ;Boende;Kommunal primärvård"])
def test_headings_on_each_page_are_no_rows(again: str) -> None:
    rows = [f"{namn};{200 + i};{150 + i}" for i, namn in enumerate(NAMES.values())]
    content = text("Kommun;Boende;Kommunal primärvård", *rows[:6], again, *rows[6:])
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert counted(examination)["0883"] == (211, 161)
    finding = finding_of(examination, FindingCode.HEADINGS_AGAIN)
    assert (finding.level, finding.row, finding.count) == (Level.NOTE, 8, 1)
    twice = examined(text("Kommun;Boende;Kommunal primärvård", *rows, again, *rows), kalla="sabo", matperiod="2024")
    assert FindingCode.KEY_REPEATED in codes_of(twice, Level.ERROR)


def test_signs_that_are_not_seen_are_no_part_of_a_name() -> None:
    content = text("Kommun;Boende;Kommunal primärvård", "Mörby\u00adlånga;90;22", "Hög\u200bsby\ufeff;52;51")
    found = counted(examined(content, kalla="sabo", matperiod="2024"))
    assert (found["0840"], found["0821"]) == ((90, 22), (52, 51))


# ---- what is likely, beside what is known


@pytest.fixture
def store(module_deck: Store) -> Store:
    """With inhabitants and nyckeltal, for tests that only read."""
    return module_deck


def checked(store: Any, content: bytes, **choices: Any) -> intake.Examination:
    name = "uttag.xlsx" if content.startswith(b"PK") else "uttag.csv"
    return publishing.check(content, name, intake.Choices(**choices), store).examination


def test_more_persons_than_inhabitants_is_an_error(store: Any) -> None:
    content = rows_of_kommuner("{namn};500", heading="Kommun;Antal").replace(b"Borgholm;500", b"Borgholm;900000")
    error = finding_of(
        checked(store, content, kalla="cosmic", matperiod="våren 2024"), FindingCode.MORE_THAN_INHABITANTS
    )
    assert error.level is Level.ERROR
    assert "Borgholm" in error.what


def test_more_old_persons_than_there_are_is_asked_about(store: Any) -> None:
    lines = [f"{namn};{group};{3000 if group == '80+' and namn == 'Högsby' else 10}" for namn in NAMES.values()
             for group in ("0-64", "65-79", "80+")]  # fmt: skip
    examination = checked(store, text("Kommun;Åldersgrupp;Antal", *lines), kalla="cosmic", matperiod="våren 2024")
    findings = [f for f in examination.findings if f.code is FindingCode.MORE_THAN_INHABITANTS]
    assert any("80+" in finding.what and "Högsby" in finding.what for finding in findings)
    residents = rows_of_kommuner("{namn};4000;10", heading="Kommun;Boende;Kommunal primärvård")
    examination = checked(store, residents, kalla="sabo", matperiod="våren 2024")
    assert FindingCode.MORE_THAN_INHABITANTS in codes_of(examination, Level.WARNING)


def persons(count: int, seed: int) -> bytes:
    chance = random.Random(seed)
    names = list(NAMES.values())
    return text(PERSONS, *(f"INT{i};{chance.choice(names)};SÄBO" for i in range(count)))


def test_a_period_that_differs_from_the_one_before_is_asked_about(empty_store: Store) -> None:
    first = checked(empty_store, persons(2000, 1), kalla="cosmic", matperiod="januari 2024")
    publishing.publish([first], empty_store, who="t", why="t")
    for count, is_asked in ((700, True), (2600, True), (1900, False), (2000, False)):
        second = checked(empty_store, persons(count, 1), kalla="cosmic", matperiod="februari 2024")
        assert (FindingCode.DIFFERS_FROM_BEFORE in codes_of(second, Level.WARNING)) == is_asked, count


def insatser(*professions: str) -> bytes:
    rows = [f"P{i:05d};{list(NAMES.values())[i // 10 % 12]};{professions[i % len(professions)]};80" for i in range(600)]
    return text("Löpnummer;Kommun;Profession;Ålder", *rows)


def test_a_group_that_nobody_is_in_any_more_is_asked_about(empty_store: Store) -> None:
    first = checked(empty_store, insatser("SSK", "AT", "FT"), kalla="ensolutions", matperiod="våren 2024")
    publishing.publish([first], empty_store, who="t", why="t")
    second = checked(empty_store, insatser("SSK", "AT"), kalla="ensolutions", matperiod="hösten 2024")
    sentences = [f.what for f in second.warnings if f.code is FindingCode.DIFFERS_FROM_BEFORE]
    assert any("profession ”fysioterapeut”" in sentence and "våren 2024" in sentence for sentence in sentences)
    third = checked(empty_store, insatser("SSK", "AT", "FT"), kalla="ensolutions", matperiod="hösten 2024")
    assert FindingCode.DIFFERS_FROM_BEFORE not in codes_of(third)


def answers(yes: str, no: str, rub: str = "3") -> bytes:
    names = list(NAMES.values())
    rows = [f"P{i:05d};{names[i % 12]};SÄBO;{yes if i % 10 < 7 else no};{rub if i % 2 else 3}" for i in range(600)]
    return text("Löpnummer;Kommun;Boendeform;Fast läkarkontakt;RUB", *rows)


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (answers("Nej", "Ja"), ["fast läkarkontakt ”ja” \u221240", "fast läkarkontakt ”nej” +40"]),
        (answers("Ja", "Nej", rub=""), ["rub ”uppgift saknas” +50"]),
        (answers("Ja", "Nej"), []),
        (answers("Ja", "Ja"), ["ingen i filen har fast läkarkontakt ”nej”"]),
    ],
    ids=["yes and no have changed places", "half are empty", "the same", "one is gone, and told once"],
)
def test_groups_that_are_another_share_of_all_are_asked_about(
    empty_store: Store, second: bytes, said: list[str]
) -> None:
    first = checked(empty_store, answers("Ja", "Nej"), kalla="cosmic", matperiod="januari 2024")
    publishing.publish([first], empty_store, who="t", why="t")
    examination = checked(empty_store, second, kalla="cosmic", matperiod="februari 2024")
    sentences = [f.what for f in examination.warnings if f.code is FindingCode.DIFFERS_FROM_BEFORE]
    assert len(sentences) == bool(said)
    assert all(each in " ".join(sentences) for each in said)


@pytest.mark.parametrize(("share", "is_asked"), [(19, False), (20, True)])
def test_a_fifth_of_all_is_where_another_share_is_asked_about(empty_store: Store, share: int, is_asked: bool) -> None:
    def of(yes: int) -> bytes:
        rows = [
            f"{area};{answer};{n}"
            for area in ("Kalmar", "Kalmar län")
            for answer, n in (("Ja", yes), ("Nej", 1000 - yes))
        ]
        return text("Kommun;Fast läkarkontakt;Antal", *rows)

    first = checked(empty_store, of(700), kalla="cosmic", matperiod="januari 2024")
    publishing.publish([first], empty_store, who="t", why="t")
    second = checked(empty_store, of(700 - 10 * share), kalla="cosmic", matperiod="februari 2024")
    assert any("gruppernas andelar" in finding.what for finding in second.warnings) == is_asked


def test_one_kommun_that_differs_is_named(empty_store: Store) -> None:
    before = rows_of_kommuner("{namn};400", heading="Kommun;Antal")
    publishing.publish([checked(empty_store, before, kalla="cosmic", matperiod="2023")], empty_store, who="t", why="t")
    after = before.replace(b"Nybro;400", b"Nybro;300")
    finding = finding_of(checked(empty_store, after, kalla="cosmic", matperiod="2024"), FindingCode.DIFFERS_FROM_BEFORE)
    assert "Nybro" in finding.what
    assert "Kalmar" not in finding.what


def test_a_population_that_differs_is_asked_about(store: Any) -> None:
    known = {"0880": 72018}
    for people, is_asked in ((known["0880"], False), (50000, True)):
        examination = checked(store, text("region;år;Folkmängd", f"0880 Kalmar;2024;{people}"))
        assert (FindingCode.DIFFERS_FROM_BEFORE in codes_of(examination, Level.WARNING)) == is_asked


def test_parts_larger_than_the_whole_are_asked_about(store: Any) -> None:
    lines = ["0821;2023;totalt;5600", "0821;2023;65+;1700", "0821;2023;80+;1900"]
    examination = checked(store, text("region;år;ålder;Folkmängd", *lines))
    assert FindingCode.PARTS_EXCEED_WHOLE in codes_of(examination, Level.WARNING)


def test_a_share_above_a_hundred_and_another_scale_are_asked_about(shared_live: Store) -> None:
    above = rows_of_kommuner("{namn};N21704;procent;2024;120", heading="Kommun;Nyckeltal;Enhet;År;Värde")
    assert FindingCode.SHARE_OUT_OF_RANGE in codes_of(checked(shared_live, above), Level.WARNING)
    scaled = rows_of_kommuner("{namn};N21704;procent;2024;0,2", heading="Kommun;Nyckeltal;Enhet;År;Värde")
    assert FindingCode.DIFFERS_FROM_BEFORE in codes_of(checked(shared_live, scaled), Level.WARNING)


def test_a_nyckeltal_that_nobody_would_see_becomes_an_indicator(empty_store: Store, tmp_path: Path) -> None:
    examination = checked(empty_store, kolada_wide(HEMTJANST, "Påhittat mått, andel (%)"))
    assert "Påhittat mått" in finding_of(examination, FindingCode.NOT_SHOWN).what
    assert examination.counts is not None
    (file,) = new_indicators(examination.counts.table)
    path = tmp_path / file.name
    path.write_text(file.text, encoding="utf-8")
    indicator = indicators.parse(path)
    assert (indicator.titel, indicator.in_percent) == ("Påhittat mått, andel (%)", True)
    publishing.publish([examination], empty_store, who="t", why="t")
    with empty_store.open() as snapshot:
        rows = snapshot.connection.execute(f"select kommun_kod, matperiod, varde from ({indicator.sql})").fetchall()
    assert ("0885", "2024", 21.0) in rows


@pytest.mark.parametrize(
    ("titel", "given", "said"),
    [
        ("Kostnad hemsjukvård, kr/inv", NOT_GIVEN, "kr per invånare"),
        ("Vårdtid (dagar)", NOT_GIVEN, "dagar"),
        ("Vårdtid, Kalmar lasarett", NOT_GIVEN, NOT_GIVEN),
        ("Kostnad, kr/inv", "tkr", "tkr"),
    ],
)
def test_the_unit_of_an_indicator_is_asked_for_where_nothing_says_it(
    titel: str, given: str, said: str, tmp_path: Path
) -> None:
    file = new_indicator("N1", titel, given, "Kolada")
    (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    assert indicators.parse(tmp_path / file.name).enhet == said
    assert ("skriv den här" in file.text) is (said == NOT_GIVEN)


@pytest.mark.parametrize(
    ("unit", "kind"), [("personer", "count"), ("antal", "count"), ("procent", "proportion"), ("dagar", "rate")]
)
def test_an_indicator_of_people_is_a_count_of_which_small_ones_are_hidden(unit: str, kind: str, tmp_path: Path) -> None:
    file = new_indicator("N1", "Personer med demens", unit, "egen räkning")
    (tmp_path / file.name).write_text(file.text, encoding="utf-8")
    indicator = indicators.parse(tmp_path / file.name)
    assert (indicator.kind.id, bool(indicator.namnare)) == (kind, kind != "count")


def test_a_count_larger_than_its_whole_has_no_interval_that_is_no_number() -> None:
    from naravard.figures import indicators, judgement  # noqa: PLC0415

    share = indicators.by_id("kommunal_primarvard_andel_av_befolkningen")
    assert judgement.interval(judgement.Figure(900, 100, 900.0), share) is None
    assert judgement.interval(judgement.Figure(90, 100, 90.0), share) is not None


def test_a_total_among_kommuner_of_the_country_is_the_country() -> None:
    lines = [f"{k.namn};2024;7" for k in kommuner.register()]
    content = text("Kommun;År;Värde;Nyckeltal", *(f"{line};M" for line in [*lines, "Totalt;2024;99", "Länet;2024;55"]))
    found = counted(examined(content))
    assert (found["00 M 2024 totalt"], found["08 M 2024 totalt"]) == (99, 55)
    some = text("Kommun;År;Värde;Nyckeltal", "Kalmar;2024;7;M", "Växjö;2024;7;M", "Totalt;2024;99;M")
    assert FindingCode.AREA_AMBIGUOUS in codes_of(examined(some), Level.ERROR)


def test_areas_that_nobody_knows_are_left_out_and_told() -> None:
    content = text("Region;År;Värde;Nyckeltal", "Borgholm;2024;7;M", "Pendlingskommun;2024;8;M", "Kalmra;2024;8;M")
    assert [f.value for f in examined(content).errors] == ["Kalmra"]
    examination = examined(content.replace(b"Kalmra", b"Kalmar"))
    finding = finding_of(examination, FindingCode.KOMMUN_UNKNOWN)
    assert (finding.level, finding.value, finding.count) == (Level.WARNING, "Pendlingskommun", 1)
    assert len(counted(examination)) == 2


def test_a_line_with_a_year_above_the_table_is_no_heading() -> None:
    rows = "\n".join(f"{namn};100;60" for namn in NAMES.values())
    content = f"Uttag ur Cosmic;;\nSÄBO, våren 2024;;\n;;\nKommun;Boende på SÄBO;Med KPV\n{rows}\n".encode()
    examination = examined(content)
    assert examination.layout.first == 3
    assert "Boende på SÄBO" in examination.errors[0].what


def test_a_hidden_sheet_that_is_not_read_is_told(empty_data: object) -> None:
    def book(*sheets: tuple[str, list[list[object]], bool]) -> bytes:
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as workbook:
            for name, rows, is_hidden in sheets:
                sheet = workbook.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
                if is_hidden:
                    sheet.hide()
                else:
                    sheet.activate()
        return content.getvalue()

    heading: list[object] = ["Kommun", "Boende", "Med kommunal primärvård"]
    rows: list[list[object]] = [heading, *([k.namn, 100, 50] for k in kommuner.in_lan("08"))]
    choices = intake.Choices(kalla="sabo", matperiod="våren 2025")
    both = book(("Data", rows, False), ("Gammal", rows, True))
    examination = intake.examine(both, "sabo.xlsx", choices)
    told = [f.sentence() for f in examination.findings if f.code is FindingCode.HIDDEN_SHEETS]
    assert told == ["fliken Gammal är dold och läses inte. Välj fliken om det är den som ska läsas."]
    chosen = intake.examine(both, "sabo.xlsx", replace(choices, sheet="Gammal"))
    assert not [f for f in chosen.findings if f.code is FindingCode.HIDDEN_SHEETS]
    with pytest.raises(UserError, match=r"Dolda flikar läses inte: Data\. Välj en av dem"):
        intake.examine(book(("Info", [["Läs mig"]], False), ("Data", rows, True)), "sabo.xlsx", choices)


# ---- time that the file itself has, and a source that does not fit

MONTHS = ["2024-01", "2024-02", "2024-03"]
SABO = "Kommun;Boende på SÄBO;Kommunal primärvård"


def of_persons(heading: str, cell: str, count: int = 36) -> bytes:
    """Persons in all kommuner, with one more column: `{month}` is one of three, `{i}` the row."""
    cells = (cell.format(month=MONTHS[i % 3], year=2023 + i % 2, i=i) for i in range(count))
    names = list(NAMES.values())
    return text(f"{PERSONS};{heading}", *(f"a{i};{names[i % 12]};SÄBO;{more}" for i, more in enumerate(cells)))


@pytest.mark.parametrize(
    ("heading", "cell", "matperiod", "level"),
    [
        ("Månad", "{month}", "mars 2024", Level.WARNING),
        ("Besöksmånad", "{month}", "kvartal 1 2024", None),
        ("Kontaktmånad", "mars", "2024", None),
        ("Period", "2023-12", "mars 2024", Level.WARNING),
        ("Period", "2024", "mars 2024", None),
        ("År", "{year}", "2024", Level.WARNING),
        ("Månad", "{i}", "mars 2024", None),
        ("Födelsemånad", "{month}", "2023", None),
    ],
)
def test_rows_of_other_periods_than_the_one_that_was_given_are_told(
    heading: str, cell: str, matperiod: str, level: Level | None
) -> None:
    examination = examined(of_persons(heading, cell), kalla="cosmic", matperiod=matperiod)
    about_time = [f for f in examination.findings if f.code in {FindingCode.SEVERAL_PERIODS, FindingCode.YEARS_DIFFER}]
    assert [(f.level, f.column) for f in about_time] == ([(level, heading)] if level else [])


def test_the_one_period_of_a_column_is_that_of_the_extract() -> None:
    examination = examined(of_persons("Mätmånad", "mars 2024"), kalla="cosmic")
    assert examination.matperiod == "mars 2024" and examination.counts is not None
    assert finding_of(examination, FindingCode.PERIOD_FROM_TITLE).column == "Mätmånad"


@pytest.mark.parametrize(
    ("kalla", "heading", "cells"),
    [
        ("sabo", f"Månad;{SABO}", [f"{month};{{namn}};1{{i:02}};60" for month in MONTHS]),
        ("cosmic", "Kvartal;Kommun;Boendeform;Antal", [f"{q};{{namn}};SÄBO;100" for q in ("2024K1", "2024K2")]),
        ("ensolutions", "Kommun;Tertial;Yrke;Antal", [f"{{namn}};T{i} 2024;SSK;100" for i in (1, 2, 3)]),
        ("ensolutions", "Månad;Kommun;Yrke;Antal", [f"{month};{{namn}};SSK;100" for month in ("jan", "feb")]),
        ("nyckeltal", "Kod;Kommun;År;Halvår;Värde", [f"N21704;{{namn}};2024;{half};20" for half in ("H1", "H2")]),
        ("nyckeltal", "Kommun;2024 K1;2024 K2", ["{namn};1;2"]),
        ("nyckeltal", "Kommun;jan-24;feb-24", ["{namn};1;2"]),
        ("nyckeltal", "Kommun;202401;202402", ["{namn};1;2"]),
        ("nyckeltal", "Kommun;2019-2021;2020-2022", ["{namn};20,5;21,5"]),
    ],
)
def test_counts_of_several_periods_are_one_error(kalla: str, heading: str, cells: list[str]) -> None:
    content = rows_of_kommuner(*cells, heading=heading)
    examination = examined(content, kalla=kalla, matperiod="2024", constants={"titel": "Akutbesök"})
    assert [error.code for error in examination.errors] == [FindingCode.SEVERAL_PERIODS]


@pytest.mark.parametrize(
    ("kalla", "heading", "cells", "sentence"),
    [
        ("cosmic", "Kommun;Profession;Antal", ["{namn};SSK;1{i:02}", "{namn};AT;1{i:02}"], "Ensolutions"),
        ("ensolutions", "Kommun;Boendeform;Antal", ["{namn};SÄBO;1{i:02}", "{namn};Ordinärt;90"], "Cosmic"),
        ("ensolutions", "Kommun;Enhet;Antal", ["{namn};Norr;1{i:02}", "{namn};Syd;90"], "utan den uppdelningen"),
        ("sabo", "Kommun;Kön;År;Folkmängd", ["{namn};män;2024;9000", "{namn};kvinnor;2024;9000"], "Befolkning"),
        ("sabo", "Kommun;Första;Andra", ["{namn};100;60"], "saknas boende och kommunal primärvård"),
        ("cosmic", "Kommun;Boende på SÄBO;Kommunal primärvård;Andel", ["{namn};100;60;60"], "Boende på SÄBO"),
    ],
)
def test_a_source_that_does_not_fit_is_one_sentence(kalla: str, heading: str, cells: list[str], sentence: str) -> None:
    (error,) = examined(rows_of_kommuner(*cells, heading=heading), kalla=kalla, matperiod="2024").errors
    assert sentence in error.sentence()


# ---- columns of which there are several


@pytest.mark.parametrize("upper", [("Permanent", "Korttid"), ("Januari", "Februari"), ("2023", "2024")])
def test_the_first_of_several_columns_is_never_taken_unasked(upper: tuple[str, str]) -> None:
    """Two tables beside each other under one upper row of headings: neither is the extract."""
    top, low = ["Kommun", upper[0], None, upper[1], None], [None, *("Boende", "Kommunal primärvård") * 2]
    rows = [[namn, 100 + i, 60, 90 + i, 50] for i, namn in enumerate(NAMES.values())]
    examination = examined(xlsx(top, low, *rows), kalla="sabo", matperiod="mars 2024")
    assert {error.code for error in examination.errors} == {FindingCode.HEADING_REPEATED}
    assert upper[1] in examination.errors[0].what


@pytest.mark.parametrize(("headings", "level"), [("RUB 2023;RUB 2024", Level.ERROR), ("RUB 2024", Level.WARNING)])
def test_a_year_in_a_heading_of_persons_is_no_column_of_years(headings: str, level: Level) -> None:
    cells = [";".join(["3"] * (headings.count(";") + 1))] * 24
    names = list(NAMES.values())
    content = text(f"{PERSONS};{headings}", *(f"a{i};{names[i % 12]};SÄBO;{cell}" for i, cell in enumerate(cells)))
    examination = examined(content, kalla="cosmic", matperiod="mars 2024")
    assert level in {finding.level for finding in examination.findings if "RUB 2024" in finding.what}
    if level is Level.WARNING:
        assert counted(examination)["08 rub 3"] == 24


def test_persons_live_in_their_kommun_and_not_in_its_region() -> None:
    rows = [f"a{i};Kalmar;{namn};SÄBO" for i, namn in enumerate(NAMES.values())]
    content = text("Person-id;Region;Hemkommun;Boendeform", *rows)
    assert counted(examined(content, kalla="cosmic", matperiod="mars 2024"))["0880"] == 1


@pytest.mark.parametrize(
    ("heading", "cell", "is_asked"),
    [
        ("Vårdande kommun;Folkbokföringskommun", "{namn};Kalmar", True),
        ("Kommun;Folkbokföringskommun", "{namn};Kalmar", False),
        ("Kommun;Status", "{namn};{status}", True),
        ("Kommun;Utskriven", "{namn};{day}", True),
        ("Kommun;Status", "{namn};Aktiv", False),
        ("Kommun;Inskrivningsdatum", "{namn};2024-01-0{one}", False),
    ],
)
def test_what_may_be_another_kommun_or_ended_is_asked_about(heading: str, cell: str, is_asked: bool) -> None:
    rows = [
        cell.format(namn=namn, status=("Aktiv", "Avslutad")[i % 2], day=("", "2024-01-02")[i % 2], one=1 + i % 9)
        for i, namn in enumerate([*NAMES.values()] * 3)
    ]
    content = text(f"Person-id;Boendeform;{heading}", *(f"a{i};SÄBO;{row}" for i, row in enumerate(rows)))
    examination = examined(content, kalla="cosmic", matperiod="mars 2024")
    assert bool(examination.warnings) == is_asked and examination.counts is not None


@pytest.mark.parametrize(
    ("column", "cell"),
    [("Ålder", "ca {i}"), ("Ålder", "{i} dagar"), ("Födelsedatum", "{i}-03-01"), ("RUB", "A{i}")],
)
def test_a_column_of_another_kind_is_one_error(column: str, cell: str) -> None:
    names = list(NAMES.values())
    rows = [f"a{i};{names[i % 12]};SÄBO;{cell.format(i=30 + i)}" for i in range(60)]
    (error,) = examined(text(f"{PERSONS};{column}", *rows), kalla="cosmic", matperiod="mars 2024").errors
    assert (error.code, error.column, error.count) == (FindingCode.COLUMN_UNREADABLE, column, 60)


def test_levels_in_words_are_chosen_one_by_one() -> None:
    words = ["frisk", "låg", "medel", "hög", "mycket hög", "okänd nivå"]
    rows = [f"a{i};{namn};SÄBO;{words[i % 6]}" for i, namn in enumerate([*NAMES.values()] * 2)]
    errors = examined(text(f"{PERSONS};RUB", *rows), kalla="cosmic", matperiod="2024").errors
    assert {error.code for error in errors} <= {FindingCode.NOT_A_NUMBER} and len(errors) > 1


def test_days_as_a_spreadsheet_counts_them_are_days_and_told() -> None:
    rows = [f"a{i};{namn};SÄBO;{16163 + i}" for i, namn in enumerate(NAMES.values())]  # from 1944-04-01
    examination = examined(text(f"{PERSONS};Född", *rows), kalla="cosmic", matdatum=date(2024, 4, 2), matperiod="2024")
    assert finding_of(examination, FindingCode.DAY_NUMBERS).count == 12
    assert (counted(examination)["08 aldersgrupp 80+"], counted(examination)["08 aldersgrupp 65-79"]) == (2, 10)


@pytest.mark.parametrize("heading", ["Antal besök", "Antal insatser", "Besök", "Summa timmar"])
@pytest.mark.parametrize(("kalla", "group"), [("ensolutions", "Profession"), ("cosmic", "Boendeform")])
def test_a_table_of_other_things_than_persons_is_no_row_per_person(kalla: str, group: str, heading: str) -> None:
    words = {"Profession": ("SSK", "AT"), "Boendeform": ("SÄBO", "Ordinärt boende")}[group]
    content = rows_of_kommuner(*(f"{{namn}};{word};30{{i}}" for word in words), heading=f"Kommun;{group};{heading}")
    (error,) = examined(content, kalla=kalla, matperiod="2024").errors
    assert (error.code, error.column) == (FindingCode.OTHER_MEASURE, heading)


def test_persons_without_ids_may_have_a_number_of_visits() -> None:
    content = rows_of_kommuner(*["{namn};SÄBO;{i}"] * 3, heading="Kommun;Boendeform;Antal besök")
    assert counted(examined(content, kalla="cosmic", matperiod="2024"))["08"] == 36


@pytest.mark.parametrize(
    ("kalla", "headings", "cells", "counts"),
    [
        (
            "ensolutions",
            "Unika;SSK;AT;FT",
            "30{i};20{i};50;40",
            {"0880": 304, "0880 profession ssk": 204, "0880 profession ft": 40},
        ),
        ("cosmic", "RUB 3;RUB 4;RUB 5", "100;1{i};20", {"0880 rub 3": 100, "0880 rub 4": 14, "0880": 134}),
        ("cosmic", "Ordinärt boende;SÄBO;Totalt", "200;10{i};30{i}", {"0880 boendeform sabo": 104, "0880": 304}),
    ],
)
def test_a_column_for_each_group_is_rows(kalla: str, headings: str, cells: str, counts: dict[str, int]) -> None:
    content = rows_of_kommuner(f"{{namn}};{cells}", heading=f"Kommun;{headings}")
    examination = examined(content, kalla=kalla, matperiod="2024")
    found = counted(examination)
    assert {key: found.get(key) for key in counts} == counts
    assert FindingCode.MEASURES_AS_ROWS in codes_of(examination, Level.NOTE)


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        ("SSK;AT;FT", "50;30;20"),
        ("SSK, andel;AT, andel", "50;30"),
        ("SSK;AT;Antal besök", "200;100;900"),
        ("Ja;Nej", "200;100"),
    ],
)
def test_shares_and_other_numbers_are_no_columns_of_groups(headings: str, cells: str) -> None:
    for kalla in ("cosmic", "ensolutions"):
        content = rows_of_kommuner(f"{{namn}};{cells}", heading=f"Kommun;{headings}")
        assert examined(content, kalla=kalla, matperiod="2024").counts is None


@pytest.mark.parametrize(
    ("kalla", "heading", "row", "level"),
    [
        ("sabo", "Kommun;Boende;Kommunal primärvård (%)", "{namn};20{i};6{i}", Level.ERROR),
        ("sabo", "Kommun;Boende;Kommunal primärvård, procent", "{namn};20{i};6{i}", Level.ERROR),
        ("cosmic", "Kommun;Antal (%)", "{namn};6{i}", Level.ERROR),
        ("befolkning", "Kommun;År;Folkmängd (%)", "{namn};2024;6{i}", Level.ERROR),
        ("cosmic", "Andel av invånare 80+\nKommun;Antal", "{namn};6{i}", Level.WARNING),
        ("sabo", "Antal och andel (%)\nKommun;Boende;Kommunal primärvård", "{namn};20{i};6{i}", None),
    ],
)
def test_shares_are_never_counts(kalla: str, heading: str, row: str, level: Level | None) -> None:
    findings = examined(rows_of_kommuner(row, heading=heading), kalla=kalla, matperiod="2024").findings
    levels = {finding.level for finding in findings} - {Level.NOTE}
    assert max(levels, key=[Level.WARNING, Level.ERROR].index, default=None) is level


@pytest.mark.parametrize(
    ("kommun", "sign"),
    [
        ("Mörbylånga", "ö"),
        ("Mörbylånga?nej", "?"),
        ("M?rbyl?nga", "?"),
        ("?rebro", "?"),
        ("Vilken?", "?"),
        ("H\ufffdgsby", "\ufffd"),
        ("Mörbyl\ufffdnga", "\ufffd"),
    ],
)
def test_letters_that_another_program_has_lost_are_told_with_what_to_do(kommun: str, sign: str) -> None:
    examination = examined(f"Kommun;Boende;Primarvard\nKalmar;300;200\n{kommun};100;50\n".encode(), "sabo.csv")
    told = [f.sentence() for f in examination.findings if f.code is FindingCode.LETTERS_LOST]
    assert bool(told) is (kommun not in {"Mörbylånga", "Mörbylånga?nej", "Vilken?"})
    assert all(f"{sign} står i stället för å, ä eller ö. Hämta uttaget på nytt" in text for text in told)
