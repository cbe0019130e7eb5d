"""More guises of files that a person reads at once, and of those that look plain and are not: each kind is one case."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import pytest
import xlsxwriter

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.intake import checks
from tests.test_odd_files import codes_of, examined
from tests.test_traps import counted, ods, sheets, text, xlsx

KOMMUNER = kommuner.in_lan("08")
NAMES = [kommun.namn for kommun in KOMMUNER]
SABO = "Kommun;Boende;Kommunal primärvård"
RIGHT = {kommun.kod: (40 + i, 30 + i) for i, kommun in enumerate(KOMMUNER)}
ASKED = Level.WARNING


IN_MARKS = ods(SABO.split(";"), *([name, f"'{40 + i}'", f"’{30 + i}’"] for i, name in enumerate(NAMES)))


def per_kommun(row: str, heading: str = SABO, *below: str) -> bytes:
    """A row per kommun, with `{n}` its name, `{a}` from 40 and `{b}` from 30 on."""
    return text(heading, *(row.format(n=name, a=40 + i, b=30 + i) for i, name in enumerate(NAMES)), *below)


def of_sabo(content: bytes, name: str = "") -> Any:
    return examined(content, name, kalla="sabo", matperiod="2024")


PLAIN: Mapping[str, tuple[bytes, str]] = {
    "signs without width": (per_kommun("\u2067{n}\u2069;\u200b{a}\u200b;\ufeff{b}\u200e"), ""),
    "a soft hyphen": (per_kommun("\u00ad{n};{a};{b}"), ""),
    "single quotation marks": (per_kommun("'{n}';'{a}';'{b}'", "'Kommun';'Boende';'Kommunal primärvård'"), ""),
    "single marks and commas": (per_kommun("'{n}','{a}','{b}'", "'Kommun','Boende','Kommunal primärvård'"), ""),
    "numbers in single marks": (per_kommun("{n};'{a}';'{b}'"), ""),
    "numbers in single marks, ods": (IN_MARKS, "uttag.ods"),
    "marks of a word processor": (per_kommun("{n};”{a}”;“{b}”"), ""),
    "two decimals that are zeros": (per_kommun("{n};{a},00;{b}.00"), ""),
    "all with zeros in front": (per_kommun("{n};000{a};000{b}"), ""),
    "those without stand beside": (per_kommun("{n};{a};{b};10", f"{SABO};Utan kommunal primärvård"), ""),
    **{
        f"{word} for the sum": (per_kommun("{n};{a};{b}", SABO, f"{word};546;426"), "")
        for word in ("S:a", "s:a kommuner", "Σ", "∑ länet", "Sammanlagt", "Samtliga 12 kommuner", "Alla 12")
    },
}  # fmt: skip


@pytest.mark.parametrize(("content", "name"), PLAIN.values(), ids=list(PLAIN))
def test_what_a_person_reads_at_once_is_read(content: bytes, name: str, empty_data: object) -> None:
    examination = of_sabo(content, name)
    assert counted(examination).items() >= RIGHT.items()
    assert not examination.warnings


REFUSED: Mapping[str, bytes] = {
    "a sum of other kommuner than the län's": per_kommun("{n};{a};{b}", SABO, "Samtliga 14 kommuner;546;426"),
    "a number with a plus": per_kommun("{n};+{a};{b}"),
    "halves": per_kommun("{n};{a},5;{b}"),
    "a point in a number that stands alone": text(SABO, "Kalmar;1.885;1.447"),
    "whole numbers with three decimals": text(SABO, "Kalmar;100.000;50", "Nybro;90.000;40"),
    "points and commas": per_kommun("{n};{a};{b}", SABO).replace(b";41;", b";1.041;").replace(b";42;", b";1,042;"),
    "a mean among counts with points": per_kommun("{n};1.8{a};{b}").replace(b"1.841", b"0.841"),
    "marks around some cells of other things": per_kommun("'{n}' eller annan;'{a}'1;{b}"),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=list(REFUSED))
def test_what_nobody_can_be_sure_of_is_refused(content: bytes, empty_data: object) -> None:
    assert of_sabo(content).errors


THOUSANDS: Mapping[str, tuple[bytes, tuple[int, int]]] = {
    "points": (per_kommun("{n};1.8{a};1.2{b}"), (1840, 1230)),
    "commas": (per_kommun("{n};1,8{a};1,2{b}"), (1840, 1230)),
    "one among smaller": (per_kommun("{n};{a};{b}").replace(b";40;30", b";1.885;1.447"), (1885, 1447)),
    "millions": (per_kommun("{n};1.000.0{a};{b}"), (1_000_040, 30)),
}


@pytest.mark.parametrize(("content", "first"), THOUSANDS.values(), ids=list(THOUSANDS))
def test_points_between_the_thousands_of_counts_are_asked_about(
    content: bytes, first: tuple[int, int], empty_data: object
) -> None:
    content = content if b"," not in content else content.replace(b";", b"\t")
    examination = of_sabo(content, "uttag.txt")
    assert FindingCode.NUMBER_AMBIGUOUS in codes_of(examination, ASKED)
    assert counted(examination)[KOMMUNER[0].kod] == first


@pytest.mark.parametrize(
    ("odd", "others", "is_asked"),
    [("1.885", "{a}", True), ("1,885", "{a}", True), ("1.885", "{a}.5", False), ("1.885", "{a}.123", True)],
)
def test_a_value_with_three_decimals_among_whole_numbers_is_asked_about(
    odd: str, others: str, is_asked: bool, empty_data: object
) -> None:
    content = per_kommun(f"Besök x;{{n}};2024;{others}", "Nyckeltal;Kommun;År;Värde").decode()
    first = f"Besök x;{NAMES[0]};2024;{others.format(a=40)}"
    examination = examined(content.replace(first, f"Besök x;{NAMES[0]};2024;{odd}").encode())
    assert (FindingCode.NUMBER_AMBIGUOUS in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize("sign", ["+", "+ "])
def test_a_change_upwards_is_read(sign: str, empty_data: object) -> None:
    content = per_kommun(f"Förändring x;{{n}};2024;{sign}1,5", "Nyckeltal;Kommun;År;Värde")
    assert set(counted(examined(content)).values()) == {1.5}


# ---- ids of which digits are gone


def check_digit(nine: str) -> int:
    products = [int(digit) * weight for digit, weight in zip(nine, (2, 1) * 5, strict=False)]
    return -sum(product // 10 + product % 10 for product in products) % 10


def person(n: int) -> str:
    nine = f"{30 + n % 20:02d}{1 + n % 12:02d}{1 + n % 28:02d}{100 + n}"
    return f"19{nine}{check_digit(nine)}"


PEOPLE = [person(n) for n in range(40)]
WITH_HYPHEN = [f"{each[:8]}-{each[8:]}" for each in PEOPLE]
IDS: Mapping[str, tuple[list[Any], bool]] = {
    "a digit gone of twelve": ([*PEOPLE, PEOPLE[0][1:]], True),
    "the last digit gone": ([*PEOPLE, PEOPLE[0][:-1]], True),
    "a digit gone behind a hyphen": ([*WITH_HYPHEN, WITH_HYPHEN[0][:-1]], True),
    "numbers with and without zeros": ([*(f"{n:06d}" for n in range(1, 41)), "7", "12"], True),
    "numbers without zeros among others": ([*(f"{n:06d}" for n in range(1, 41)), "4711", "99123"], True),
    "text and numbers in one column": ([*(f"{n * 79:08d}" for n in range(1, 41)), 79, 158], True),
    "numbers as they are": ([f"{n}" for n in range(1, 120)], False),
    "numbers by chance": ([f"{n * 7919 % 1_000_000}" for n in range(1, 120)], False),
    "zeros in front of all": ([f"{n:06d}" for n in range(1, 41)], False),
    "ten digits beside twelve": ([*PEOPLE, *(person(n)[2:] for n in range(40, 45))], False),
    "a reserve number beside": ([*PEOPLE, "19400101R12A", "99400101-1234"], False),
    "letters in front": ([f"K{n:05d}" for n in range(40)], False),
}  # fmt: skip


@pytest.mark.parametrize(("ids", "is_asked"), IDS.values(), ids=list(IDS))
def test_ids_of_which_digits_are_gone_are_asked_about(ids: list[Any], is_asked: bool, empty_data: object) -> None:
    rows = [[person_id, NAMES[n % 12], "SÄBO"] for n, person_id in enumerate(ids)]
    examination = examined(xlsx(["Patient-id", "Kommun", "Boendeform"], *rows), kalla="cosmic", matperiod="2024")
    asked = [f for f in examination.warnings if f.code is FindingCode.ID_UNLIKE and "Hämta uttaget" in f.action]
    assert bool(asked) is is_asked


# ---- kommuner and regions in one column


def waiting(*rows: str, heading: str = "Nyckeltal;Huvudman;År;Värde") -> Any:
    return examined(text(heading, *(f"Väntetid x;{row}" for row in rows)))


HUVUDMAN: Mapping[str, tuple[list[str], dict[str, int] | None]] = {
    "said of both": (["Region Kalmar län;2024;31", "Kalmar kommun;2024;11"], {"08": 31, "0880": 11}),
    "said of the region": (["Region Kalmar län;2024;31", "Kalmar;2024;11", "Nybro;2024;12"], {"08": 31, "0880": 11}),
    "kommuner": (["Kalmar;2024;11", "Nybro;2024;12"], {"0880": 11, "0881": 12}),
    "regions": (["Kalmar;2024;31", "Kronoberg;2024;12", "Skåne;2024;12"], {"08": 31}),
    "kommuner and bare regions": (["Kalmar;2024;31", "Kronoberg;2024;12", "Nybro;2024;12"], None),
    "names that are all both": (["Kalmar;2024;31", "Gotland;2024;12", "Uppsala;2024;12"], None),
    "all kommuner and a bare region": ([*(f"{n};2024;11" for n in NAMES), "Kronoberg;2024;12"], {"0880": 11}),
}


@pytest.mark.parametrize(("rows", "right"), HUVUDMAN.values(), ids=list(HUVUDMAN))
def test_kommuner_and_regions_are_told_apart_or_asked_about(
    rows: list[str], right: dict[str, int] | None, empty_data: object
) -> None:
    examination = waiting(*rows)
    if right is None:
        assert codes_of(examination, Level.ERROR) == {FindingCode.AREA_AMBIGUOUS}
    else:
        found = {key.split()[0]: value for key, value in counted(examination).items()}
        assert found.items() >= right.items()


@pytest.mark.parametrize(
    ("heading", "kommun", "region"),
    [("Huvudmannatyp", "Kommun", "Region"), ("Nivå", "kommunal", "Landsting"), ("Typ", "K", "L")],
)
def test_a_column_of_levels_says_what_a_name_is(heading: str, kommun: str, region: str, empty_data: object) -> None:
    rows = [f"Kalmar;{region};2024;31", f"Kalmar;{kommun};2024;11", f"Nybro;{kommun};2024;12"]
    found = counted(waiting(*rows, heading=f"Nyckeltal;Område;{heading};År;Värde"))
    assert found == {f"{kod} Väntetid x 2024 totalt": value for kod, value in (("08", 31), ("0880", 11), ("0881", 12))}


# ---- parts and wholes

PARTS = {
    "Antal patienter;Varav med fast läkarkontakt": True,
    "Patienter;därav fast läkarkontakt": True,
    "Antal personer;Antal med fast läkarkontakt": True,
    "Totalt;Varav med fast läkare": True,
    "Antal patienter;Varav andel med fast läkarkontakt": False,
    "Antal patienter;Varav 80+": False,
}


@pytest.mark.parametrize("kalla", ["auto", "cosmic"])
@pytest.mark.parametrize("headings", PARTS)
def test_a_part_of_a_whole_is_read_with_its_rest(headings: str, kalla: str, empty_data: object) -> None:
    content = per_kommun("{n};1{a};{b}", f"Kommun;{headings}", "Summa;1746;426")
    examination = examined(content, kalla=kalla, matperiod="mars 2024")
    first = KOMMUNER[0].kod
    if PARTS[headings]:
        found = counted(examination)
        assert [found[f"{first}{group}"] for group in ("", " fast_lakarkontakt ja", " fast_lakarkontakt nej")] == [
            *(140, 30, 110)
        ]
        assert FindingCode.MEASURES_AS_ROWS in codes_of(examination, ASKED)
    elif examination.counts is not None:
        assert "fast_lakarkontakt" not in " ".join(counted(examination))


@pytest.mark.parametrize(("part", "rest"), [("..", "dolt"), ("<5", "dolt"), ("1 000", None)])
def test_the_rest_of_a_part_that_is_hidden_or_too_large_is_no_number(
    part: str, rest: str | None, empty_data: object
) -> None:
    content = per_kommun("{n};1{a};{b}", "Kommun;Antal patienter;Varav med fast läkarkontakt")
    content = content.replace(b";140;30", f";140;{part}".encode())
    examination = examined(content, kalla="cosmic", matperiod="mars 2024")
    if rest is None:
        assert FindingCode.OUT_OF_RANGE in codes_of(examination, Level.ERROR)
    else:
        assert counted(examination)[f"{KOMMUNER[0].kod} fast_lakarkontakt nej"] == rest


def test_those_without_are_controlled(empty_data: object) -> None:
    examination = of_sabo(per_kommun("{n};{a};{b};9", f"{SABO};Antal utan kommunal primärvård"))
    assert [f.count for f in examination.warnings if f.code is FindingCode.ROW_CHECK] == [1] * 12
    assert counted(examination).items() >= RIGHT.items()


# ---- words and ages


@pytest.mark.parametrize("heading", ["Uppföljningsår", "Redovisningsår", "Statistikår", "Reporting year"])
@pytest.mark.parametrize("year", [2023, 2024])
def test_a_year_of_what_is_followed_up_is_that_of_the_rows(heading: str, year: int, empty_data: object) -> None:
    examination = of_sabo(per_kommun(f"{{n}};{year};{{a}};{{b}}", SABO.replace(";", f";{heading};", 1)))
    assert (FindingCode.YEARS_DIFFER in codes_of(examination, ASKED)) is (year == 2023)


@pytest.mark.parametrize(
    ("age", "group"),
    [("82,5", "80+"), ("79.97", "65-79"), ("82 år 3 mån", "80+"), ("64 år och 11 månader", "0-64")],
)
def test_whole_years_are_those_that_have_been(age: str, group: str, empty_data: object) -> None:
    rows = [f"p{n};{name};SÄBO;{age}" for n, name in enumerate(NAMES)]
    found = counted(examined(text("Person-id;Kommun;Boendeform;Ålder", *rows), kalla="cosmic", matperiod="2024"))
    assert found[f"08 aldersgrupp {group}"] == 12


@pytest.mark.parametrize(
    ("word", "profession"), [("Arbetsterapi", "at"), ("Fysioterapi", "ft"), ("Sjukgymnastik", "ft")]
)
def test_what_a_profession_is_about_is_the_profession(word: str, profession: str, empty_data: object) -> None:
    rows = [f"p{n};{name};82;Ordinärt boende;{word}" for n, name in enumerate(NAMES)]
    content = text("Person-id;Kommun;Ålder;Boendeform;Yrkeskategori", *rows)
    assert counted(examined(content, kalla="ensolutions", matperiod="2024"))[f"08 profession {profession}"] == 12


# ---- what looks like one value and is another


DOUBTS = {
    "Fast läkarkontakt": ("Ja?", "~ja"),
    "Boendeform": ("SÄBO?",),
    "Kön": ("Kvinna?", "K ?"),
    "RUB": ("3?", "≥3", "~3", "≤ 3"),
}


@pytest.mark.parametrize(("heading", "cell"), [(heading, cell) for heading, cells in DOUBTS.items() for cell in cells])
def test_a_sign_of_doubt_is_part_of_a_value(heading: str, cell: str, empty_data: object) -> None:
    rows = [f"p{n};{name};SÄBO;{cell}" for n, name in enumerate(NAMES)]
    heading = "Person-id;Kommun;" + (f"{heading};X" if heading == "Boendeform" else f"Boendeform;{heading}")
    content = text(heading, *(row.replace("SÄBO;", "") if "SÄBO?" in row else row for row in rows))
    assert examined(content, kalla="cosmic", matperiod="2024").errors


@pytest.mark.parametrize("between", ["\n", "\t", "\r\n", "\u2028"])
def test_two_numbers_in_a_cell_are_no_thousands(between: str, empty_data: object) -> None:
    rows = [["Nyckeltal", "Kommun", "År", "Värde"], *(["Besök x", name, 2024, 140] for name in NAMES)]
    rows[4][3] = f"52{between}132"
    assert codes_of(examined(xlsx(*rows)), Level.ERROR) == {FindingCode.NOT_A_NUMBER}


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", "\u2007"])
def test_a_space_of_any_width_stands_between_thousands(space: str, empty_data: object) -> None:
    assert set(counted(examined(of_values(f"52{space}132", titel="Besök x"))).values()) == {52_132}


CASES: Mapping[str, tuple[list[str], int, bool]] = {
    "as base64 writes": ([f"x{a}{b}9" for a in "aAbBcC" for b in "xXyYzZ"], 36, True),
    "all in capitals once more": ([f"ab{n}cd" for n in range(30)] + [f"AB{n}CD" for n in range(30)], 30, False),
    "the first letter": ([f"Int{n}" for n in range(30)] + [f"INT{n}" for n in range(30)], 30, False),
    "no two alike": ([f"x{n}aB" for n in range(30)], 30, False),
    "reserve numbers": ([f"194001{1 + n:02d}-Tf1{n % 9}" for n in range(20)] + ["19400101-TF10"], 20, False),
}


@pytest.mark.parametrize(("ids", "count", "is_told"), CASES.values(), ids=list(CASES))
def test_capitals_are_a_part_of_an_id_where_both_stand_in_it(
    ids: list[str], count: int, is_told: bool, empty_data: object
) -> None:
    rows = [f"{person_id};Högsby;SÄBO" for person_id in ids]
    examination = examined(text("Person-id;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert counted(examination)["08"] == count
    assert any("stora och små" in finding.what for finding in examination.warnings) is is_told


OF_OTHERS = ["Födelsekommun", "Läkarens kommun", "Tidigare kommun", "Anhörigs hemkommun"]


@pytest.mark.parametrize("heading", [*OF_OTHERS, "Hemort", "Bostadsort"])
def test_the_kommun_of_another_person_or_time_is_asked_about(heading: str, empty_data: object) -> None:
    rows = [f"p{n};{name};SÄBO" for n, name in enumerate(NAMES)]
    examination = examined(text(f"Person-id;{heading};Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert (FindingCode.HEADING_NEAR in codes_of(examination, ASKED)) is (heading in OF_OTHERS)


def test_the_id_of_another_person_is_asked_about(empty_data: object) -> None:
    rows = [f"{person_id};{NAMES[n % 12]};SÄBO" for n, person_id in enumerate(PEOPLE)]
    examination = examined(text("Anhörigs personnummer;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert FindingCode.HEADING_NEAR in codes_of(examination, ASKED)


# ---- what a file of open figures says beside its values


def of_values(*values: str, year: str = "2024", titel: str = "Andel x") -> Any:
    rows = [f"{titel};{name};{year};{value}" for name, value in zip(NAMES, values * 12, strict=False)]
    return text("Nyckeltal;Kommun;År;Värde", *rows)


@pytest.mark.parametrize(
    ("year", "others", "is_asked"),
    [("2042", "2024", True), ("1924", "2024", True), ("2012", "2024", False), ("2042", "2042", True)],
)
def test_a_year_far_from_the_others_is_asked_about(year: str, others: str, is_asked: bool, empty_data: object) -> None:
    content = of_values("20,5", year=others).replace(f"Nybro;{others}".encode(), f"Nybro;{year}".encode())
    asked = [f for f in examined(content).warnings if f.code is FindingCode.YEARS_DIFFER]
    assert [year in finding.what for finding in asked] == [True] * is_asked
    forecast = of_values("20,5", year="2042", titel="Prognos x")
    assert FindingCode.YEARS_DIFFER not in codes_of(examined(forecast))


@pytest.mark.parametrize(
    ("values", "titel", "is_asked"),
    [
        (("-20,5", *["20,5"] * 11), "Besök x", True),
        (("-20,5", *["20,5"] * 11), "Förändring x", False),
        (("-20,5", "20,5"), "Kostnad x", False),
    ],
)
def test_a_few_values_below_zero_are_asked_about(
    values: tuple[str, ...], titel: str, is_asked: bool, empty_data: object
) -> None:
    examination = examined(of_values(*values, titel=titel))
    assert (FindingCode.SHARE_OUT_OF_RANGE in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(
    ("status", "value", "is_asked"), [("Missing", "0", True), ("Missing", "", False), ("", "0", False)]
)
def test_a_number_that_a_column_says_is_missing_is_asked_about(
    status: str, value: str, is_asked: bool, empty_data: object
) -> None:
    rows = [f"N21704,{k.kod},2024,T,1,,20.5" for k in KOMMUNER]
    rows[3] = f"N21704,{KOMMUNER[3].kod},2024,T,0,{status},{value}"
    examination = examined(text("kpi,municipality,period,gender,count,status,value", *rows))
    asked = [f for f in examination.warnings if f.column == "status"]
    assert [(f.code, f.row) for f in asked] == [(FindingCode.NUMBER_MISSING, 5)] * is_asked


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Uttag", set()),
        ("SÄBO 2024", set()),
        ("2023", {FindingCode.YEARS_DIFFER}),
        ("Våren 2023", {FindingCode.YEARS_DIFFER}),
        ("Gammal version", {FindingCode.OTHER_SHEETS}),
        ("Prognos", {FindingCode.OTHER_SHEETS}),
    ],
)
def test_a_sheets_name_says_what_its_figures_are(name: str, codes: set[FindingCode], empty_data: object) -> None:
    rows = [SABO.split(";"), *([n, 40, 30] for n in NAMES)]
    assert codes_of(of_sabo(sheets({name: rows})), ASKED) == codes


@pytest.mark.parametrize(("number", "is_asked"), [("0", True), ("40", False), ("..", False)])
def test_a_kommun_with_nobody_among_others_is_asked_about(number: str, is_asked: bool, empty_data: object) -> None:
    content = per_kommun("{n};{a};{b}").replace(b";43;33", f";{number};{'0' if number == '0' else '33'}".encode())
    asked = [f for f in of_sabo(content).warnings if f.what == "kommunen har 0 boende på SÄBO"]
    assert [f.row for f in asked] == [5] * is_asked


PX = """CHARSET="ANSI";AXIS-VERSION="2013";LANGUAGE="sv";TITLE="Folkmängd efter region och år";CONTENTS="Folkmängd";
UNITS="{}";{}STUB="region";HEADING="år";VALUES("region")="Högsby","Borgholm";VALUES("år")="2024";
CODES("region")="0821","0885";DATA=5900 10800;"""


@pytest.mark.parametrize("unit", ["1000-tal", "1 000-tal", "tusental", "antal", "personer"])
def test_a_unit_of_thousands_is_no_count_of_a_population(unit: str, empty_data: object) -> None:
    is_refused = FindingCode.OTHER_MEASURE in codes_of(examined(PX.format(unit, "").encode(), "a.px"), Level.ERROR)
    assert is_refused is (unit not in {"antal", "personer"})
    content = json_stat(unit={"base": unit, "decimals": 0})
    assert (FindingCode.OTHER_MEASURE in codes_of(examined(content, "a.json"), Level.ERROR)) is is_refused


def json_stat(unit: Mapping[str, Any] | None = None, **more: Any) -> bytes:
    category = {"index": {"A": 0}, "label": {"A": "Folkmängd"}, "unit": {"A": unit or {}}}
    dimension = {
        "Region": {"category": {"index": ["0821", "0885"], "label": {"0821": "Högsby", "0885": "Borgholm"}}},
        "ContentsCode": {"label": "tabellinnehåll", "category": category},
        "Tid": {"label": "år", "category": {"index": {"2024": 0}, "label": {"2024": "2024"}}},
    }
    whole = {"class": "dataset", "label": "Folkmängd", "id": list(dimension), "size": [2, 1, 1]}
    return json.dumps({**whole, "dimension": dimension, "value": [5900, 10800], **more}).encode()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PX.format("antal", 'NOTE="Preliminär statistik";').encode(), "a.px"),
        (PX.format("antal", 'VALUENOTE("år","2024")="Preliminära uppgifter";').encode(), "a.px"),
        (json_stat(status={"0": "p"}), "a.json"),
        (json_stat(note=["Preliminära uppgifter"]), "a.json"),
    ],
)
def test_a_note_that_figures_are_preliminary_is_told(content: bytes, name: str, empty_data: object) -> None:
    assert FindingCode.NUMBER_MARKED in codes_of(examined(content, name))


def test_a_digit_below_the_line_is_a_footnotes(empty_data: object) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, low = book.add_worksheet(), book.add_format({"font_script": 2})
        for y, row in enumerate([SABO.split(";"), *([n, 40 + i, 30 + i] for i, n in enumerate(NAMES))]):
            sheet.write_row(y, 0, row)
        sheet.write_rich_string(4, 1, "43", low, "1", " ")
    examination = of_sabo(file.getvalue())
    assert counted(examination).items() >= RIGHT.items()
    assert FindingCode.NUMBER_MARKED in codes_of(examination, ASKED)


# ---- what stands around a table, and beside its ids

AROUND = {
    "Urval: Ålder 65+": True,
    "Filter: Boendeform = SÄBO": True,
    "Endast kvinnor": True,
    "SÄBO exkl. privata utförare": True,
    "Privata utförare ingår inte": True,
    "Medelvärde per månad": True,
    "Mål för året": True,
    "Testdata": True,
    "Sida 1 av 3": True,
    "Sida 1 av 1": False,
    "Urval: Alla kommuner": False,
    "Avgränsning: samtliga enheter": False,
    "Målgrupp: äldre": False,
    "Boende på särskilt boende": False,
}


@pytest.mark.parametrize("place", ["above", "below"])
@pytest.mark.parametrize("kalla", ["sabo", "cosmic"])
@pytest.mark.parametrize("line", AROUND)
def test_lines_that_say_that_rows_are_some_or_others_are_asked_about(
    line: str, kalla: str, place: str, empty_data: object
) -> None:
    persons = text("Person-id;Kommun;Boendeform", *(f"p{n};{NAMES[n % 12]};SÄBO" for n in range(36))).decode()
    table = per_kommun("{n};{a};{b}").decode() if kalla == "sabo" else persons
    content = f"{line}\n{table}" if place == "above" else f"{table}\n\n{line}"
    examination = examined(content.encode(), kalla=kalla, matperiod="2024")
    codes = {FindingCode.TEXT_BESIDE_CELLS, FindingCode.TEXT_BELOW_TABLE, FindingCode.PART_OF_POPULATION}
    assert bool(codes & codes_of(examination, ASKED)) is AROUND[line]


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Antal hembesök", True),
        ("Vårdkontakter", True),
        ("Antal insatser", True),
        ("Patienter med insatser", False),
        ("Unika individer med besök", False),
    ],
)
def test_a_title_of_other_things_than_people_is_asked_about(line: str, is_asked: bool, empty_data: object) -> None:
    content = per_kommun("{n};1{a}", f"{line}\nKommun;Antal")
    examination = examined(content, kalla="cosmic", matperiod="mars 2024")
    assert (FindingCode.TEXT_BESIDE_CELLS in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(("said", "is_asked"), [(500, True), (36, False)])
def test_more_rows_in_a_line_above_than_there_are_is_asked_about(said: int, is_asked: bool, empty_data: object) -> None:
    rows = [f"p{n};{NAMES[n % 12]};SÄBO" for n in range(36)]
    content = text(f"Antal poster: {said}", "Person-id;Kommun;Boendeform", *rows)
    examination = examined(content, kalla="cosmic", matperiod="mars 2024")
    assert (FindingCode.TEXT_BESIDE_CELLS in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(
    ("line", "is_asked"),
    [
        ("Uppgifterna avser våren 2022", True),
        ("Uppgifterna gäller våren 2024", False),
        ("Uttag 2025-01-15", False),
        ("Jämför med våren 2022", False),
    ],
)
def test_another_period_below_a_table_is_asked_about(line: str, is_asked: bool, empty_data: object) -> None:
    content = per_kommun("{n};{a};{b}", SABO, "", line)
    examination = examined(content, kalla="sabo", matperiod="våren 2024")
    assert (FindingCode.YEARS_DIFFER in codes_of(examination, ASKED)) is is_asked


@pytest.mark.parametrize(
    ("heading", "right", "wrong"),
    [("Ålder", lambda p: f"{2024 - int(p[:4])}", "45"), ("Kön", lambda p: "KM"[int(p[10]) % 2], "K")],
)
def test_an_age_or_a_sex_that_is_not_that_of_the_ids_is_asked_about(
    heading: str, right: Any, wrong: str, empty_data: object
) -> None:
    for cells, is_asked in (([right(p) for p in PEOPLE], False), ([wrong] * len(PEOPLE), True)):
        rows = [f"{p};{NAMES[n % 12]};SÄBO;{cells[n]}" for n, p in enumerate(PEOPLE)]
        content = text(f"Personnummer;Kommun;Boendeform;{heading}", *rows)
        warnings = examined(content, kalla="cosmic", matperiod="2024").warnings
        assert any(heading in (f.column or "") and "person-id" in f.what for f in warnings) is is_asked


@pytest.mark.parametrize(("shift", "is_asked"), [(0, False), (1, True)])
def test_codes_of_other_kommuner_beside_persons_are_asked_about(shift: int, is_asked: bool, empty_data: object) -> None:
    rows = [f"p{n};{NAMES[n % 12]};{KOMMUNER[(n + shift) % 12].kod};SÄBO" for n in range(36)]
    content = text("Person-id;Kommun;Kommunkod;Boendeform", *rows)
    examination = examined(content, kalla="cosmic", matperiod="2024")
    assert (FindingCode.AREA_AMBIGUOUS in codes_of(examination, ASKED)) is is_asked


def of_professions(**numbers: int) -> list[str]:
    return [f"{name};{word};{number}" for name in NAMES for word, number in numbers.items()]


def test_a_group_that_one_kommun_lacks_is_asked_about(empty_data: object) -> None:
    rows = of_professions(Totalt=50, SSK=40, AT=20)
    rows.remove("Nybro;AT;20")
    examination = examined(text("Kommun;Profession;Antal", *rows), kalla="ensolutions", matperiod="2024")
    assert any("Nybro" in f.what for f in examination.warnings if f.code is FindingCode.PARTS_NOT_WHOLE)


def test_a_total_smaller_than_one_of_its_professions_is_an_error(empty_data: object) -> None:
    rows = of_professions(Totalt=30, SSK=40, AT=20)
    examination = examined(text("Kommun;Profession;Antal", *rows), kalla="ensolutions", matperiod="2024")
    assert codes_of(examination, Level.ERROR) == {FindingCode.ROW_CHECK}


def test_a_code_of_kolada_in_small_letters_is_that_code(empty_data: object) -> None:
    rows = [f"n21704;{name};2024;20,5" for name in NAMES]
    assert "0880 N21704 2024 totalt" in counted(examined(text("Nyckeltal;Kommun;År;Värde", *rows)))


DIVIDED = ["{y}-{m}-{d}-{n}", "{y}{m}{d}.{n}", "{y}{m}{d}/{n}", "{y}{m}{d}_{n}", "[{y}{m}{d}-{n}]", "{y}.{m}.{d} {n}"]


@pytest.mark.parametrize("form", [*DIVIDED, "{y}{m}{d}:{n}"])
def test_signs_between_the_parts_of_an_id_make_nobody_two(form: str, empty_data: object) -> None:
    others = [form.format(y=p[:4], m=p[4:6], d=p[6:8], n=p[8:]) for p in PEOPLE]
    rows = [f"{person_id};Högsby;SÄBO" for person_id in (*PEOPLE, *others)]
    examination = examined(text("Personnummer;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert counted(examination)["08"] == len(PEOPLE)
    assert "08 aldersgrupp uppgift_saknas" not in counted(examination)


@pytest.mark.parametrize("ids", [["10.5", "10.51", "105"], ["1/2", "12"], ["1-1-1", "111"], ["2024_1", "20241"]])
def test_signs_in_other_ids_are_parts_of_them(ids: list[str], empty_data: object) -> None:
    rows = [f"{person_id};Högsby;SÄBO" for person_id in (*ids, *(f"p{n}" for n in range(20)))]
    examination = examined(text("Personnummer;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert counted(examination)["08"] == 20 + len(ids)


def test_rounded_ids_among_others_are_an_error_still(empty_data: object) -> None:
    rows = [f"{person_id};Högsby;SÄBO" for person_id in ("193002120000", "193103130000", "194001010000", *PEOPLE[:1])]
    rows.append(f"{PEOPLE[1][:8]}.{PEOPLE[1][8:]};Högsby;SÄBO")
    examination = examined(text("Personnummer;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert FindingCode.ID_ROUNDED in codes_of(examination, Level.ERROR)


def test_a_line_below_that_is_merged_over_the_table_is_no_row(empty_data: object) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate([SABO.split(";"), *([n, 40 + i, 30 + i] for i, n in enumerate(NAMES))]):
            sheet.write_row(y, 0, row)
        sheet.merge_range(14, 0, 14, 2, "Uppgifterna gäller våren 2024")
    examination = of_sabo(file.getvalue())
    assert counted(examination).items() >= RIGHT.items()
    assert FindingCode.TEXT_BELOW_TABLE in codes_of(examination, Level.NOTE)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [("Värde (procent)", "procent"), ("Värde (%)", "procent"), ("Värde i procent", "procent"), ("Värde (kr)", "kr")],
)
def test_a_unit_in_the_heading_of_values_is_theirs(heading: str, unit: str, empty_data: object) -> None:
    content = per_kommun("Nöjda x;{n};2024;20,5", f"Nyckeltal;Kommun;År;{heading}")
    examination = examined(content)
    assert examination.counts is not None
    assert set(examination.counts.table["enhet"].to_pylist()) == {unit}


def test_a_landsting_of_a_lan_is_its_region(empty_data: object) -> None:
    rows = ["Väntetid x;Landstinget i Kalmar län;2024;31", "Väntetid x;Landstinget Kronoberg;2024;22"]
    assert counted(examined(text("Nyckeltal;Region;År;Värde", *rows))) == {"08 Väntetid x 2024 totalt": 31}


@pytest.mark.parametrize(("limit", "is_asked"), [("LAST_ROWS", True), ("MOST_ROWS", True), ("", False)])
def test_a_file_that_ends_where_a_program_does_is_asked_about(
    limit: str, is_asked: bool, empty_data: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    if limit:
        monkeypatch.setattr(checks, limit, {37} if limit == "LAST_ROWS" else {36})
    rows = [f"p{n};{NAMES[n % 12]};SÄBO" for n in range(36)]
    examination = examined(text("Person-id;Kommun;Boendeform", *rows), kalla="cosmic", matperiod="2024")
    assert (FindingCode.ROWS_AT_LIMIT in codes_of(examination, ASKED)) is is_asked
