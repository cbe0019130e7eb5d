"""Still more guises of files: what is beside ids, around a table, or in a column that is not read. Each is one case."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
import xlsxwriter

from naravard.base.codes import FindingCode, Level
from tests.test_more_kinds import (
    ASKED,
    KOMMUNER,
    NAMES,
    PEOPLE,
    SABO,
    WITH_HYPHEN,
    of_sabo,
    of_values,
    per_kommun,
    person,
)
from tests.test_odd_files import codes_of, examined
from tests.test_traps import counted, sheets, text

HEADING = "Patient;Kommun;Boendeform"


def of_persons(*lines: str, heading: str = HEADING) -> Any:
    return examined(text(heading, *lines), kalla="cosmic", matperiod="våren 2024")


def in_sabo(*ids: str, more: str = "") -> Any:
    return of_persons(*(f"{each};{NAMES[n % 12]};SÄBO{more}" for n, each in enumerate(ids)))


# ---- ids with something beside them

BESIDE: Mapping[str, tuple[list[str], int]] = {
    "a name after": ([f"{p} Anna Ek" for p in WITH_HYPHEN] + [f"{p} Ek, Anna" for p in WITH_HYPHEN], 40),
    "a name before": ([f"Anna Ek {p}" for p in WITH_HYPHEN] + WITH_HYPHEN, 40),
    "a sign or a word": ([*WITH_HYPHEN, f"{WITH_HYPHEN[0]}†", f"{WITH_HYPHEN[1]} (avliden)", f"{WITH_HYPHEN[2]}*"], 40),
    "the number of a contact": ([f"{p}-1" for p in WITH_HYPHEN] + [f"{p}-2" for p in WITH_HYPHEN], 40),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "persons"), BESIDE.values(), ids=list(BESIDE))
def test_a_personnummer_is_read_without_what_stands_beside_it(ids: list[str], persons: int, empty_data: object) -> None:
    examination = in_sabo(*ids)
    assert counted(examination)["08"] == persons
    assert "08 aldersgrupp uppgift_saknas" not in counted(examination)
    assert FindingCode.ID_UNLIKE in codes_of(examination, ASKED)


ASKED_ABOUT: Mapping[str, list[str]] = {
    "letters that look like digits": [*WITH_HYPHEN, WITH_HYPHEN[0].replace("0", "O")],
    "a century before all": [f"17{p[2:]}" for p in PEOPLE],
    "a century before all, once": [*PEOPLE, f"17{person(41)[2:]}"],
    "initials and a day": [f"AB{p[:8]}" for p in PEOPLE],
    "a day and initials": [f"{p[2:8]}-AB" for p in PEOPLE],
    "contacts of internal numbers": [f"{n:05d}-{contact}" for n in range(20) for contact in (1, 2)],
    "names": [f"{first} {last}" for first in ("Anna", "Karin", "Lars") for last in ("Berg", "Ek", "Lund", "Holm")],
}  # fmt: skip


@pytest.mark.parametrize("ids", ASKED_ABOUT.values(), ids=list(ASKED_ABOUT))
def test_ids_that_may_be_several_persons_or_one_are_asked_about(ids: list[str], empty_data: object) -> None:
    assert FindingCode.ID_UNLIKE in codes_of(in_sabo(*ids), ASKED)


AS_THEY_ARE: Mapping[str, tuple[list[str], int]] = {
    "reserve numbers beside": ([*WITH_HYPHEN, *(f"19400101-R{n:02d}A" for n in range(20))], 60),
    "a letter after": ([*PEOPLE, *(f"{p[2:]}A" for p in PEOPLE)], 80),
    "numbers of a place": ([f"K08-{n}" for n in range(60)], 60),
    "numbers of a year": ([f"2024-{n}" for n in range(60)], 60),
    "in brackets": ([f"0f8fad5b-{n:04d}" for n in range(20)] + [f"{{0F8FAD5B-{n:04d}}}" for n in range(20)], 20),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "persons"), AS_THEY_ARE.values(), ids=list(AS_THEY_ARE))
def test_other_ids_are_as_they_stand(ids: list[str], persons: int, empty_data: object) -> None:
    examination = in_sabo(*ids)
    assert counted(examination)["08"] == persons
    assert not any("avliden" in f.action or "kontakter" in f.what for f in examination.findings)


# ---- persons who are not to be counted, or are another source's

ROWS: Mapping[str, tuple[str, str, str, bool]] = {
    "the dead": ("Patientstatus", "Aktiv i vården", "Avliden", True),
    "test persons": ("Namn", "Anna Ek", "Test Testsson", True),
    "test persons of a unit": ("Enhet", "HC Lindsdal", "TESTENHET", True),
    "a test of hearing": ("Anteckning", "Kontrolleras", "Hörseltest gjort", False),
    "all rows alike": ("Patientstatus", "Avliden", "Avliden", False),
}


@pytest.mark.parametrize(("heading", "usual", "odd", "is_asked"), ROWS.values(), ids=list(ROWS))
def test_rows_that_a_column_says_are_of_nobody_are_asked_about(
    heading: str, usual: str, odd: str, is_asked: bool, empty_data: object
) -> None:
    lines = [f"p{n};{NAMES[n % 12]};SÄBO;{odd if n == 30 else usual}" for n in range(36)]
    examination = of_persons(*lines, heading=f"{HEADING};{heading}")
    asked = [f for f in examination.warnings if f.code is FindingCode.COLUMNS_UNUSED and f.row]
    assert [(f.row, f.count) for f in asked] == [(32, 1)] * is_asked


@pytest.mark.parametrize(
    ("headings", "is_asked"),
    [("SSK;AT;FT", True), ("RUB 1;RUB 2;RUB 3", True), ("Kvinna;Man;Annat", True), ("Vikt;Längd;BMI", False)],
)
def test_a_column_for_each_group_beside_persons_is_asked_about(
    headings: str, is_asked: bool, empty_data: object
) -> None:
    examination = of_persons(*(f"p{n};{NAMES[n % 12]};SÄBO;1;0;2" for n in range(36)), heading=f"{HEADING};{headings}")
    assert (FindingCode.OTHER_SOURCE in codes_of(examination, ASKED)) is is_asked


LINES = {
    "Antal unika patienter: 80": True,
    "Antal personer = 36": False,
    "Visar 1-36 av 120": True,
    "Visar 1–36 av 36": False,
    "Boendeform: SÄBO": True,
    "Boendeform;SÄBO": True,
    "Boendeform: SÄBO och ordinärt boende": False,
    "Boendeform;(Alla)": False,
}


@pytest.mark.parametrize("line", LINES)
def test_lines_that_say_that_rows_lack_are_asked_about(line: str, empty_data: object) -> None:
    examination = of_persons(
        HEADING, *(f"p{n};{NAMES[n % 12]};SÄBO" for n in range(36)), heading=f"Uttag ur Cosmic;;\n{line}\n"
    )
    assert counted(examination)["08"] == 36
    assert (FindingCode.TEXT_BESIDE_CELLS in codes_of(examination, ASKED)) is LINES[line]


# ---- sheets, headings and pivot tables


@pytest.mark.parametrize(
    ("other", "is_asked"),
    [
        ([[NAMES[n], 40, 30] for n in range(6, 12)], True),
        ([["Kommun", "Boende"], *([NAMES[n], 40] for n in range(6, 12))], True),
        ([["Läs mig"], ["Uttag ur Cosmic"]], False),
        ([["Kod", "Betydelse"], ["SB", "SÄBO"]], False),
    ],
    ids=["no headings", "most of the headings", "words", "another table"],
)
def test_a_sheet_that_goes_on_is_told(other: list[list[Any]], is_asked: bool, empty_data: object) -> None:
    rows = [SABO.split(";"), *([NAMES[n], 40, 30] for n in range(6))]
    examination = of_sabo(sheets({"Norr": rows, "Söder": other}))
    assert (FindingCode.OTHER_SHEETS in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(("second", "is_read"), [("{n}", True), ("Kalmar", False)])
def test_a_heading_once_more_over_the_same_cells_is_no_other_column(
    second: str, is_read: bool, empty_data: object
) -> None:
    examination = of_sabo(per_kommun(f"{{n}};{second};{{a}};{{b}}", f"Kommun;{SABO}"))
    assert bool(examination.errors) is not is_read


PIVOTS: Mapping[str, tuple[list[str], str, bool]] = {
    "rows": (["Radetiketter;Antal av Personnummer"], "{n};{a}", True),
    "persons": (["Row Labels;Distinct Count of Patient-id"], "{n};{a}", False),
    "a filter of all": (["Boendeform;(Alla)", "", "Radetiketter;Antal av Personnummer"], "{n};{a}", True),
    "groups below": (["Radetiketter;Antal av Personnummer"], "{n};{a}\n   Ordinärt boende;10\n   SÄBO;{b}", True),
    "a group that lacks": (["Etikett;Antal av Personnummer"], "{n};{a}\n  SÄBO;{b}\n  Korttid;10", True),
}  # fmt: skip


@pytest.mark.parametrize(("above", "row", "is_asked"), PIVOTS.values(), ids=list(PIVOTS))
def test_a_pivot_table_of_persons_is_read(above: list[str], row: str, is_asked: bool, empty_data: object) -> None:
    content = per_kommun(row, "\n".join(above), "Totalsumma;546")
    content = content.replace("40\n  SÄBO;30\n  Korttid;10".encode(), "40\n  SÄBO;40".encode())
    examination = examined(content, kalla="cosmic", matperiod="våren 2024")
    found = counted(examination)
    assert [found[kommun.kod] for kommun in KOMMUNER] == [40 + i for i in range(12)]
    assert (FindingCode.HEADING_NEAR in codes_of(examination, ASKED)) is is_asked
    assert FindingCode.SUM_ROW_AGREES in codes_of(examination)


@pytest.mark.parametrize("above", ["Boendeform;SÄBO", "Boendeform;(Flera objekt)"])
def test_a_pivot_table_of_some_persons_is_refused(above: str, empty_data: object) -> None:
    content = per_kommun("{n};{a}", f"{above}\n\nRadetiketter;Antal av Personnummer")
    assert examined(content, kalla="cosmic", matperiod="våren 2024").errors


# ---- what a conditional format hides

RULES: Mapping[str, tuple[dict[str, Any], bool]] = {
    "no number": ({"num_format": ";;;"}, True),
    "white text": ({"font_color": "#FFFFFF"}, True),
    "white on dark": ({"font_color": "#FFFFFF", "bg_color": "#1F3864"}, False),
    "as the cell": ({"font_color": "#FFC7CE", "bg_color": "#FFC7CE"}, True),
    "struck out": ({"font_strikeout": True}, True),
    "red": ({"font_color": "#9C0006", "bg_color": "#FFC7CE"}, False),
}


@pytest.mark.parametrize("where", ["B2:B5", "B:B", "A1:C1"])
@pytest.mark.parametrize(("look", "is_hiding"), RULES.values(), ids=list(RULES))
def test_what_a_conditional_format_hides_is_told(
    look: dict[str, Any], is_hiding: bool, where: str, empty_data: object
) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate([SABO.split(";"), *([n, 40 + i, 30 + i] for i, n in enumerate(NAMES))]):
            sheet.write_row(y, 0, row)
        where = "B1:B1048576" if where == "B:B" else where
        sheet.conditional_format(where, {"type": "cell", "criteria": ">", "value": 0, "format": book.add_format(look)})
    told = FindingCode.UNSEEN_ROWS in codes_of(of_sabo(file.getvalue()), ASKED)
    assert told is (is_hiding and where != "A1:C1")


# ---- open figures without a year, with a mark, or as other programs write them


def test_open_figures_without_any_year_are_asked_about(empty_data: object) -> None:
    rows = [["Nyckeltal", "Kommun", "Värde"], *(["Besök x", name, 40] for name in NAMES)]
    (asked,) = [f for f in examined(sheets({"2024": rows})).warnings if f.code is FindingCode.YEAR_MISSING]
    assert "2024" in asked.action
    assert FindingCode.YEAR_MISSING not in codes_of(examined(sheets({"2024": rows}), constants={"ar": "2024"}))


@pytest.mark.parametrize(
    ("heading", "row", "level"),
    [
        ("Nyckeltal;Kommun;År;Värde", "Besök x;{n};2024;{a}", ASKED),
        ("Kommun;År;Folkmängd", "{n};2024;{a}", Level.ERROR),
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_a_year_that_some_rows_lack_is_asked_about(
    heading: str, row: str, level: Level, sign: str, empty_data: object
) -> None:
    content = per_kommun(row, heading).replace(f"{NAMES[3]};2024".encode(), f"{NAMES[3]};{sign}".encode())
    found = [f for f in examined(content).findings if f.code is FindingCode.ROW_CHECK]
    assert [(f.level, f.row, f.count) for f in found] == [(level, 5, 1)]


@pytest.mark.parametrize(
    ("values", "is_asked"),
    [
        ([f"8{n % 10},5" for n in range(11)] + ["81,51"], True),
        ([f"8{n % 10}.{n % 9 + 1}" for n in range(11)] + ["81.51"], True),
        ([f"8{n % 10},{n % 9 + 1}5" for n in range(8)] + ["81,5"] * 4, False),
        ([f"8{n % 10}" for n in range(11)] + ["81,51"], False),
    ],
)
def test_a_value_with_a_decimal_more_than_all_others_is_asked_about(
    values: list[str], is_asked: bool, empty_data: object
) -> None:
    examination = examined(of_values(*values, titel="Besök x"))
    assert (FindingCode.NUMBER_AMBIGUOUS in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize("heading", ["Folkmängd 2024-12-31", "Folkmängd (2024)", "Folkmängd 31 dec 2024"])
def test_a_year_in_a_heading_of_a_population_is_that_year(heading: str, empty_data: object) -> None:
    found = counted(examined(per_kommun("{n};110{a}", f"Kommun;{heading}")))
    assert [found[f"{kommun.kod} 2024 totalt totalt"] for kommun in KOMMUNER] == [11040 + i for i in range(12)]


@pytest.mark.parametrize("heading", ["Regionkod", "Länskod"])
def test_codes_of_regions_without_their_zero_are_regions(heading: str, empty_data: object) -> None:
    rows = [f"Väntetid x;{kod};2024;{30 + kod}" for kod in (1, 7, 8, 10)]
    assert counted(examined(text(f"Nyckeltal;{heading};År;Värde", *rows))) == {"08 Väntetid x 2024 totalt": 38}


@pytest.mark.parametrize("whole", [list, lambda rows: {"value": rows, "count": 12}])
def test_records_of_json_are_a_table(whole: Any, empty_data: object) -> None:
    rows = [{"kommunkod": k.kod, "ar": 2024, "folkmangd": 11_000 + i} for i, k in enumerate(KOMMUNER)]
    found = counted(examined(json.dumps(whole(rows)).encode(), "a.json"))
    assert found[f"{KOMMUNER[3].kod} 2024 totalt totalt"] == 11_003


@pytest.mark.parametrize("status", [{"0": ".."}, ["..", *[None] * 11], {"0": "."}])
def test_a_status_of_json_stat_goes_before_the_number_beside_it(status: Any, empty_data: object) -> None:
    region = {"index": [k.kod for k in KOMMUNER], "label": {k.kod: k.namn for k in KOMMUNER}}
    dimension = {"Region": {"category": region}, "Tid": {"label": "år", "category": {"index": ["2024"]}}}
    whole = {"class": "dataset", "label": "Folkmängd", "id": list(dimension), "size": [12, 1], "dimension": dimension}
    content = json.dumps({**whole, "value": [0, *range(11_001, 11_012)], "status": status}).encode()
    found = counted(examined(content, "a.json"))
    assert [kommun.kod for kommun in KOMMUNER if f"{kommun.kod} 2024 totalt totalt" not in found] == [KOMMUNER[0].kod]


@pytest.mark.parametrize(("parts", "is_asked"), [((40, 60), True), ((40, 70), False)])
def test_groups_that_are_a_hundred_in_every_kommun_are_asked_about(
    parts: tuple[int, int], is_asked: bool, empty_data: object
) -> None:
    content = per_kommun(f"{{n}};SÄBO;{parts[0]}\n{{n}};Ordinärt boende;{parts[1]}", "Kommun;Boendeform;Antal")
    examination = examined(content, kalla="cosmic", matperiod="våren 2024")
    assert (FindingCode.OTHER_MEASURE in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(("name", "is_told"), [("sabo_2023.csv", True), ("sabo_2024.csv", False), ("2025.csv", False)])
def test_a_year_before_the_period_in_the_name_of_the_file_is_told(name: str, is_told: bool, empty_data: object) -> None:
    examination = of_sabo(per_kommun("{n};{a};{b}"), name)
    assert (FindingCode.YEARS_DIFFER in codes_of(examination, Level.NOTE)) is is_told


@pytest.mark.parametrize(
    ("word", "group"),
    [
        *(("1. Ordinärt boende", "ordinart"), ("2 - SÄBO", "sabo"), ("03 Korttidsboende", "korttid")),
        *(("S.Ä.B.O", "sabo"), ("SÄBO (permanent)", "sabo"), ("Korttidsb.", "korttid"), ("Hemmaboende", "ordinart")),
    ],
)
def test_a_word_with_its_number_in_a_list_is_that_word(word: str, group: str, empty_data: object) -> None:
    found = counted(of_persons(*(f"p{n};{NAMES[n % 12]};{word}" for n in range(36))))
    assert found[f"08 boendeform {group}"] == 36


# ---- more headings, labels and years


@pytest.mark.parametrize("heading", ["Antal RUB", "RUB totalt"])
def test_a_number_of_levels_is_no_level_of_a_person(heading: str, empty_data: object) -> None:
    examination = of_persons(*(f"p{n};{NAMES[n % 12]};SÄBO;3" for n in range(36)), heading=f"{HEADING};{heading}")
    assert "08 rub 3" not in counted(examination) or examination.warnings


@pytest.mark.parametrize("heading", ["Kommun vårdcentral", "Utskrivande kommun", "Besökskommun"])
def test_the_kommun_of_another_place_is_asked_about(heading: str, empty_data: object) -> None:
    lines = [f"p{n};{NAMES[n % 12]};SÄBO" for n in range(36)]
    examination = of_persons(*lines, heading=HEADING.replace("Kommun", heading))
    assert FindingCode.HEADING_NEAR in codes_of(examination, ASKED)


@pytest.mark.parametrize("heading", ["Antal unika patienter", "Unika personer", "Antal inskrivna patienter"])
def test_more_headings_of_a_count_of_persons(heading: str, empty_data: object) -> None:
    examination = examined(per_kommun("{n};{a}", f"Kommun;{heading}"), kalla="cosmic", matperiod="våren 2024")
    assert counted(examination)[KOMMUNER[0].kod] == 40


HEMTJANST = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"


@pytest.mark.parametrize("heading", ["Färg", "Trend", "Kommentar", "Jämfört med andra"])
@pytest.mark.parametrize("cells", [("Grön", "Röd"), ("Grön", "Grön")])
def test_what_is_said_of_a_value_is_no_part_of_its_name(
    heading: str, cells: tuple[str, str], empty_data: object
) -> None:
    rows = [f"{n};{20 + i};{cells[(i + year) % 2]};{year}" for i, n in enumerate(NAMES) for year in (2023, 2024)]
    examination = examined(text(HEMTJANST, f"Kommun;Värde;{heading};År", *rows))
    is_name = heading.startswith("Jämfört") and len(set(cells)) == 1  # as a drug or a diagnosis is
    assert ("0880 N21704 2024 totalt" in counted(examination)) is not is_name


def test_what_tells_rows_apart_is_part_of_the_name_still(empty_data: object) -> None:
    rows = [f"Nöjda x;{n};2024;{word};{20 + i}" for i, n in enumerate(NAMES) for word in ("Mycket", "Ganska")]
    found = counted(examined(text("Nyckeltal;Kommun;År;Svar;Värde", *rows)))
    assert {key.split(" 2024")[0] for key in found} == {
        f"{k.kod} Nöjda x, {w}" for k in KOMMUNER for w in ("Mycket", "Ganska")
    }


@pytest.mark.parametrize(
    ("heading", "is_refused"), [("2024 (jan–sep)", True), ("2024 kvartal 1", True), ("2024 (prel.)", False)]
)
def test_a_part_of_a_year_behind_it_is_no_year(heading: str, is_refused: bool, empty_data: object) -> None:
    examination = examined(per_kommun("{n};{a};{b}", f"Besök x;;\nKommun;2023;{heading}"), kalla="nyckeltal")
    assert (FindingCode.SEVERAL_PERIODS in codes_of(examination, Level.ERROR)) is is_refused


@pytest.mark.parametrize(("values", "is_asked"), [(("999", *["81,5"] * 11), True), (("99", *["81,5"] * 11), False)])
def test_nines_far_above_all_others_are_asked_about(
    values: tuple[str, ...], is_asked: bool, empty_data: object
) -> None:
    numbers = [value if value != "81,5" else f"8{i % 10},5" for i, value in enumerate(values)]
    examination = examined(of_values(*numbers, titel="Poäng x"))
    assert (FindingCode.NUMBER_MISSING in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(("title", "is_asked"), [("Folkmängd", True), ("Befolkningsprognos", False)])
def test_a_population_of_a_year_to_come_is_asked_about(title: str, is_asked: bool, empty_data: object) -> None:
    examination = examined(per_kommun("{n};2042;110{a}", f"{title};;\nKommun;År;Folkmängd"))
    assert (FindingCode.YEARS_DIFFER in codes_of(examination, ASKED)) is is_asked


def test_a_title_of_rates_above_counts_is_asked_about(empty_data: object) -> None:
    content = per_kommun("{n};{a}", "Antal per 100 000 invånare;\nKommun;Antal")
    examination = examined(content, kalla="cosmic", matperiod="våren 2024")
    assert FindingCode.OTHER_MEASURE in codes_of(examination, ASKED)


@pytest.mark.parametrize(
    ("heading", "usual", "odd", "is_asked"),
    [
        *(("Exkluderas", "", "x", True), ("Dubblett", "", "ja", True), ("Ska räknas", "Ja", "Nej", True)),
        *(("Med i mätningen", "Ja", "Nej", True), ("T.o.m.", "", "2023-06-01", True), ("Slut", "", "2023-06-01", True)),
        *(("Ska räknas", "Ja", "Ja", False), ("Slutenvård", "Nej", "Ja", False), ("Medicin", "Nej", "Ja", False)),
    ],
)
def test_a_column_that_says_whom_to_count_is_asked_about(
    heading: str, usual: str, odd: str, is_asked: bool, empty_data: object
) -> None:
    lines = [f"p{n};{NAMES[n % 12]};SÄBO;{odd if n == 30 else usual}" for n in range(36)]
    examination = of_persons(*lines, heading=f"{HEADING};{heading}")
    assert (FindingCode.COLUMNS_UNUSED in codes_of(examination, ASKED)) is is_asked


DOUBTS = {
    "OBS! Siffrorna för Kalmar är fel": True,
    "Siffrorna är inte kvalitetssäkrade": True,
    "Borgholm och Nybro saknas": True,
    "Avrundat till närmaste tiotal": True,
    "Dubbelräkning kan förekomma": True,
    "Inkl. korttidsboende": True,
    "Kumulativt sedan januari": True,
    "Ej jämförbart med tidigare": True,
    "Avser 2023-12-31": True,
    "Avser 2024-03-31": False,
    "- = uppgift saknas": False,
    "Inklusive privata utförare": False,
    "Uttag ur Cosmic 2023-12-31": False,
}


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("line", DOUBTS)
def test_lines_that_doubt_the_figures_are_asked_about(line: str, place: str, empty_data: object) -> None:
    table = per_kommun("{n};{a};{b}").decode()
    content = f"{line}\n{table}" if place == "above" else f"{table}\n\n{line}"
    asked = codes_of(of_sabo(content.encode()), ASKED)
    assert bool({FindingCode.TEXT_BESIDE_CELLS, FindingCode.YEARS_DIFFER} & asked) is DOUBTS[line]


@pytest.mark.parametrize(("heading", "is_told"), [("Kommentar", True), ("", True), ("Handläggare", False)])
def test_remarks_beside_counts_are_told_with_their_row(heading: str, is_told: bool, empty_data: object) -> None:
    content = per_kommun("{n};{a};{b};", f"{SABO};{heading}").replace(b";44;34;", b";44;34;ska vara 52")
    asked = [f.row for f in of_sabo(content).warnings if f.code is FindingCode.TEXT_BESIDE_CELLS]
    assert asked == [6] * is_told


def test_a_draft_that_is_told_below_is_told(empty_data: object) -> None:
    examination = of_sabo(per_kommun("{n};{a};{b}", SABO, "", "Uppgifterna är preliminära"))
    assert FindingCode.NUMBER_MARKED in codes_of(examination, Level.NOTE)


# ---- populations


POPULATION: Mapping[str, tuple[str, str, FindingCode | None]] = {
    "SCB's code for all ages": ("ålder", "tot", None),
    "an empty column of ages": ("ålder", "", FindingCode.VALUES_TAKEN_AWAY),
    "citizens": ("medborgarskap", "Sverige", FindingCode.OTHER_PARTS),
    "born abroad": ("Födelseland", "Finland", FindingCode.OTHER_PARTS),
    "parts of kommuner": ("Tätort", "{n} tätort", FindingCode.OTHER_PARTS),
    "a share beside": ("Andel 65+ (%)", "25,5", None),
}


@pytest.mark.parametrize(("heading", "cell", "code"), POPULATION.values(), ids=list(POPULATION))
def test_a_population_says_of_whom_it_is(heading: str, cell: str, code: FindingCode | None, empty_data: object) -> None:
    examination = examined(per_kommun(f"{{n}};{cell};2024;110{{a}}", f"region;{heading};år;Folkmängd"))
    assert counted(examination)[f"{KOMMUNER[0].kod} 2024 totalt totalt"] == 11_040
    assert codes_of(examination, ASKED) == ({code} if code else set())


@pytest.mark.parametrize("age", ["80 år och över", "80 år o.ä.", "80 år och uppåt", "80 o ä", "80 years or over"])
def test_more_words_for_the_oldest(age: str, empty_data: object) -> None:
    found = counted(examined(per_kommun(f"{{n}};2024;{age};5{{a}}", "Kommun;År;Ålder;Folkmängd")))
    assert found[f"{KOMMUNER[0].kod} 2024 80+ totalt"] == 540


# ---- areas, and cells over several rows


@pytest.mark.parametrize(
    ("heading", "is_asked"), [("FA-region", True), ("Delregion", True), ("Arbetskommun", True), ("Område", False)]
)
def test_kommuner_that_name_another_area_are_asked_about(heading: str, is_asked: bool, empty_data: object) -> None:
    examination = examined(per_kommun("Besök x;{n};2024;{a}", f"Nyckeltal;{heading};År;Värde"))
    assert (FindingCode.HEADING_NEAR in codes_of(examination, ASKED)) is is_asked


def over_two_rows(column: int, values: list[Any]) -> bytes:
    """A table whose column has a merged cell for each two kommuner."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nyckeltal", "År", "Kommun", "Värde"])
        for y, name in enumerate(NAMES, 1):
            sheet.write_row(y, 0, ["Besök x", 2024, name, 40 + y])
        for y, value in enumerate(values):
            sheet.merge_range(1 + 2 * y, column, 2 + 2 * y, column, value)
    return file.getvalue()


def test_a_number_in_a_cell_over_several_rows_is_asked_about(empty_data: object) -> None:
    (asked,) = [f for f in examined(over_two_rows(3, [45])).warnings if f.code is FindingCode.NUMBER_AMBIGUOUS]
    assert asked.row == 2


def test_a_year_in_a_cell_over_several_rows_is_that_of_all(empty_data: object) -> None:
    examination = examined(over_two_rows(1, [2023, 2024, 2023, 2024, 2023, 2024]))
    assert {key.split()[-2] for key in counted(examination)} == {"2023", "2024"}
    assert len(counted(examination)) == len(NAMES)
    assert FindingCode.NUMBER_AMBIGUOUS not in codes_of(examination)


@pytest.mark.parametrize("cell", ["SÄBO, Korttid", "SÄBO/Korttid", "SÄBO + ordinärt boende"])
def test_several_forms_of_housing_in_a_cell_are_an_error(cell: str, empty_data: object) -> None:
    assert FindingCode.CATEGORY_UNKNOWN in codes_of(of_persons(f"p1;Kalmar;{cell}"), Level.ERROR)


@pytest.mark.parametrize(
    ("title", "level"),
    [("Besök 2023", Level.WARNING), ("Besök 2020–2024", None), ("Besök x", None), ("Hämtat 2025-01-15", None)],
)
def test_another_year_above_the_table_than_the_one_that_was_given_is_asked_about(
    title: str, level: Level | None, empty_data: object
) -> None:
    content = per_kommun("Besök x;{n};{a}", f"{title};;\nNyckeltal;Kommun;Värde")
    found = [
        f.level for f in examined(content, constants={"ar": "2024"}).findings if f.code is FindingCode.YEARS_DIFFER
    ]
    assert found == ([level] if level else [])


def test_persons_with_a_cross_under_their_kommun_are_in_no_other(empty_data: object) -> None:
    rows = [";".join([f"p{n}", "SÄBO", *("x" if i == n % 12 else "" for i in range(12))]) for n in range(36)]
    assert of_persons(*rows, heading=";".join(["Personnummer", "Boendeform", *NAMES])).errors


@pytest.mark.parametrize("heading", ["Person-id", "Id"])
def test_a_column_for_each_level_of_persons_is_no_row_for_each(heading: str, empty_data: object) -> None:
    lines = [f"p{n};{NAMES[n % 12]};SÄBO;1;0;2" for n in range(60)]
    examination = of_persons(*lines, heading=f"{heading};Kommun;Boendeform;RUB 1;RUB 2;RUB 3")
    assert counted(examination)["08"] == 60
    assert "08 rub 3" not in counted(examination)


# ---- counts of some persons alone


@pytest.mark.parametrize(
    ("heading", "cell", "is_asked"),
    [
        *(("Kön", "Kvinnor", True), ("Ålder", "80+", True), ("Regi", "Privat", True), ("Diagnos", "Demens", True)),
        *(("Kön", "Totalt", False), ("Källa", "Cosmic", False), ("Län", "Kalmar län", False), ("Månad", "mars", False)),
        *(("Mått", "Antal", False), ("Rang", "{a}", False), ("Kommentar", "", False), ("Enhet", "Hus {n}", False)),
    ],
)
@pytest.mark.parametrize("kalla", ["sabo", "cosmic"])
def test_counts_that_are_all_of_some_persons_are_asked_about(
    heading: str, cell: str, is_asked: bool, kalla: str, empty_data: object
) -> None:
    if kalla == "sabo":
        content = per_kommun(f"{{n}};{cell};{{a}};{{b}}", f"Kommun;{heading};Boende;Kommunal primärvård")
    else:
        content = per_kommun(f"{{n}};{cell};{{a}}", f"Kommun;{heading};Antal personer")
    codes = codes_of(examined(content, kalla=kalla, matperiod="mars 2024"), ASKED)
    assert bool({FindingCode.OTHER_PARTS, FindingCode.PARTS_NOT_WHOLE} & codes) is is_asked


@pytest.mark.parametrize(
    ("heading", "groups", "is_asked"),
    [
        *(("Boendeform", ["SÄBO"], True), ("Boendeform", ["SÄBO", "Ordinärt boende"], False)),
        *(("Fast läkarkontakt", ["Ja"], True), ("Fast läkarkontakt", ["Ja", "Nej"], False)),
        *(("RUB", ["3", "4", "5"], True), ("RUB", ["2", "3", "4", "5"], False), ("Kön", ["Kvinnor", "Okänd"], True)),
    ],
)
def test_a_total_of_one_group_alone_is_asked_about(
    heading: str, groups: list[str], is_asked: bool, empty_data: object
) -> None:
    content = per_kommun("\n".join(f"{{n}};{group};1{{a}}" for group in groups), f"Kommun;{heading};Antal")
    examination = examined(content, kalla="cosmic", matperiod="våren 2024")
    assert (FindingCode.PARTS_NOT_WHOLE in codes_of(examination, ASKED)) is is_asked


def test_one_group_beside_a_total_of_its_own_is_no_whole(empty_data: object) -> None:
    content = per_kommun("{n};Totalt;9{a}\n{n};SÄBO;{a}", "Kommun;Boendeform;Antal")
    examination = examined(content, kalla="cosmic", matperiod="våren 2024")
    assert not any("totalen är bara" in finding.what for finding in examination.findings)
