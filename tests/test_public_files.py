"""Files as authorities publish them and offices save them: many rows of headings, kommuner as columns, hidden rows.

Each is a twin of a real one, with invented numbers.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import NAMES, codes_of, examined, finding_of
from tests.test_traps import counted, ods, text, xlsx

Rows = Sequence[Sequence[Any]]
ALL = list(NAMES.items())


def values(content: bytes, name: str = "", **choices: Any) -> dict[str, Any]:
    """The nyckeltal of a file, whatever source is recognised."""
    return counted(examined(content, name, **choices))


# ---- headings over many rows

SCB_ROWS: Rows = [
    ["", "", "", "", "", ""],
    ["Folkmängd i riket, län och kommuner 31 december och förändringar 1 januari - 31 december 2023", *[""] * 5],
    ["Folkmängd redovisas enligt indelningen 2024-01-01", *[""] * 5],
    [],
    ["Kommun", "Kommunnamn", "Folkmängd", "Folk-", "Inflyttade", "Inflyttade"],
    ["Län", "Länsnamn", " ", "ökning", "Totalt", "därav från"],
    ["", "", " ", " ", "", "Egna"],
    ["", "", "", "", "", "länet"],
    ["", "Riket", 5000, 120, 90, "."],
    ["08", "Kalmar", 700, -12, 31, "."],
    *([kod, namn, 100 + i, -i, 20 + i, 10 + i] for i, (kod, namn) in enumerate(ALL)),
    ["Källa: EXEMPELDATA"],
]


def test_scbs_table_over_four_rows_of_headings_is_a_population_where_that_is_chosen() -> None:
    examination = examined(xlsx(*SCB_ROWS), kalla="befolkning")
    assert finding_of(examination, FindingCode.YEAR_FROM_TITLE).level is Level.WARNING
    found = counted(examination)
    assert (found["00 2023 totalt totalt"], found["08 2023 totalt totalt"]) == (5000, 700)
    assert found["0885 2023 totalt totalt"] == 100


def test_scbs_table_over_four_rows_of_headings_is_a_nyckeltal_each_where_that_is_chosen() -> None:
    found = values(xlsx(*SCB_ROWS), kalla="nyckeltal")
    assert found["0885 Inflyttade därav från Egna länet 2023 totalt"] == 10
    assert found["0862 Folkökning 2023 totalt"] == -1
    assert found["08 Inflyttade Totalt 2023 totalt"] == 31


def test_a_given_year_goes_before_that_of_the_title() -> None:
    examination = examined(xlsx(*SCB_ROWS), kalla="befolkning", constants={"ar": "2022"})
    assert "08 2022 totalt totalt" in counted(examination)
    assert FindingCode.YEAR_FROM_TITLE not in codes_of(examination)


def test_headings_with_an_empty_row_between_and_a_title_with_a_year() -> None:
    content = xlsx(
        ["Tabell 10", "Antal anställda efter ålder och kommun nov 2017", *[""] * 5],
        [],
        ["Län", "Antal", "", "", "Medelålder", "", ""],
        ["", "", "därav i olika åldersgrupper, %", "", "", "", ""],
        [],
        ["Kommun", "", "-29", "30-39", "Totalt", "Kvinnor", "Män"],
        ["Kalmar län", 900, 12.4, 25.2, 45.1, 45.2, 44.3],
        *([namn, 40 + i, 11.5, 25.2, 44.0, 43.0 + i, 45.0] for i, namn in enumerate(NAMES.values())),
        ["Storstäder", 90, 12.4, 25.2, 45.1, 45.2, 44.3],
    )
    found = values(content, kalla="nyckeltal", constants={"ar": "2017"})
    names = {name.split(" ", 1)[1].split(", Tabell")[0] for name in found if name.startswith("0885")}
    assert {"Medelålder Totalt", "Medelålder Kvinnor", "Medelålder Män"} <= names
    assert any(name.endswith("-29") for name in names) and len(names) == 6
    assert {value for name, value in found.items() if name.startswith("0862 Medelålder Kvinnor")} == {44.0}


def test_a_row_of_units_is_a_heading() -> None:
    content = text(
        "Kommun;Vårdplatser;Beläggning",
        ";antal;procent",
        *(f"{namn};{i + 10};9{i % 9}" for i, namn in enumerate(NAMES.values())),
    )
    found = values(content, kalla="nyckeltal", constants={"ar": "2024"})
    assert found["0885 Vårdplatser antal 2024 totalt"] == 10
    assert found["0862 Beläggning procent 2024 totalt"] == 91


def test_a_person_whose_kommun_is_misspelled_is_no_row_of_headings() -> None:
    lines = [f"INT{i};Högsby;SÄBO;8{i % 10};3" for i in range(12)]
    examination = examined(
        text("Löpnummer;Kommun;Boendeform;Ålder;RUB", "INT99;Hogsbyy;SÄBO;okänd;okänd", *lines),
        kalla="cosmic",
        matperiod="2024",
    )
    assert FindingCode.KOMMUN_UNKNOWN in codes_of(examination, Level.ERROR)


def test_a_heading_of_kommuner_may_be_empty() -> None:
    content = text(
        ",Antal elbilar,Andel av bilbestånd",
        *(f"{namn.upper()},{10 + i},{i}.25" for i, namn in enumerate(NAMES.values())),
    )
    found = values(content, kalla="nyckeltal", constants={"ar": "2023"})
    assert (found["0885 Antal elbilar 2023 totalt"], found["0862 Andel av bilbestånd 2023 totalt"]) == (10, 1.25)


def test_a_column_of_decimals_is_no_column_of_areas() -> None:
    content = text("Kommun;Väntetid;Andel", *(f"{namn};2{i % 6},2;1{i % 9},5" for i, namn in enumerate(NAMES.values())))
    found = values(content, kalla="nyckeltal", constants={"ar": "2023"})
    assert (found["0885 Väntetid 2023 totalt"], found["0862 Andel 2023 totalt"]) == (20.2, 11.5)
    assert kommuner.resolve("25,2", "08") is None


# ---- years


def test_years_and_letters_under_a_year_are_no_values() -> None:
    parties = xlsx(
        ["", "", "M 2022", "S 2022", "V 2022"], *([k, n, "M", "S" * (i % 2), "V"] for i, (k, n) in enumerate(ALL))
    )
    assert examined(parties).source is None
    of_years = xlsx(["Ar", "AstKommun", "Namn", "cnum"], *([2022, 2080 + i, n, 30 + i] for i, (_, n) in enumerate(ALL)))
    assert examined(of_years).counts is None


def test_a_year_joined_to_a_word_and_years_before_1968() -> None:
    content = text(
        "municipality_code;municipality_name;pop2018", *(f"{int(k)};{n};{500 + i}" for i, (k, n) in enumerate(ALL))
    )
    assert values(content)["0885 2018 totalt totalt"] == 500
    content = text(
        "k_ID;kommun;ar_1950;ar_1951",
        *(f"{n[:3].upper()}{i};{n};{500 + i};{600 + i}" for i, n in enumerate(NAMES.values())),
    )
    assert values(content)["0862 1951 totalt totalt"] == 601


def test_counts_that_look_like_years_are_counts() -> None:
    lines = [f"{n};{2000 + i};{1990 + i}" for i, n in enumerate(NAMES.values())]
    found = values(text("region;Folkmängd 2022;Folkmängd 2023", *lines))
    assert (found["0885 2022 totalt totalt"], found["0862 2023 totalt totalt"]) == (2000, 1991)
    assert values(text("region;2022;2023", *lines))["0885 2022 totalt totalt"] == 2000


def test_a_row_for_each_day_is_no_nyckeltal() -> None:
    content = text("Statistikdatum;Antal;Blekinge;Gotland;Kalmar", *(f"2020-02-{d:02};9;1;2;3" for d in range(4, 20)))
    assert examined(content, kalla="nyckeltal").counts is None


def test_columns_of_two_measures_and_a_year_are_two_nyckeltal() -> None:
    content = text("Kommun;Hemtjänst 2023;SÄBO 2023", *(f"{n};{10 + i};{20 + i}" for i, n in enumerate(NAMES.values())))
    found = values(content)
    assert (found["0885 Hemtjänst 2023 totalt"], found["0885 SÄBO 2023 totalt"]) == (10, 20)


# ---- Kolada


def test_koladas_old_export_negative_values_and_means() -> None:
    content = text(
        "Nyckeltal;Kommun/Landsting;År;Visat Värde",
        "Förändring i antal invånare, andel (%);Alla kommuner;2012;0,5",
        "Förändring i antal invånare, andel (%);Kalmar läns kommuner (ovägt medel);2012;0,25",
        *(f"Förändring i antal invånare, andel (%);{n};2012;-0,57021{i}" for i, n in enumerate(NAMES.values())),
    )
    examination = examined(content)
    found = counted(examination)
    assert found["0862 Förändring i antal invånare, andel (%) 2012 totalt"] == -0.570211
    assert len(found) == 12
    assert finding_of(examination, FindingCode.MEAN_OF_KOMMUNER).count == 2


def test_a_heading_that_is_a_nyckeltal_of_kolada_names_it() -> None:
    content = text("geo,gender,year,n21704", *(f"{k},{sex},2015,2{i}.5" for i, k in enumerate(NAMES) for sex in "km"))
    assert values(content, kalla="nyckeltal")["0862 N21704 2015 man"] == 21.5


# ---- regions


def test_kalmar_among_regions_with_a_sum_is_the_region() -> None:
    names = ["Stockholm", "Uppsala", "Kalmar", "Jönköping", "Halland", "Örebro"]
    content = text("Landsting/region;Antal;Andel", *(f"{n};{i + 5};{i},5" for i, n in enumerate(names)), "Summa;99;3,5")
    examination = examined(content, kalla="nyckeltal", constants={"ar": "2017"})
    assert set(counted(examination)) == {"08 Antal 2017 totalt", "08 Andel 2017 totalt"}
    assert FindingCode.KOMMUN_UNKNOWN in codes_of(examination, Level.WARNING)


# ---- kommuner as columns


def test_years_by_kommuner() -> None:
    content = text("År;Borgholm;Emmaboda;Kalmar", "2022;10 900;9 300;71 000", "2023;10 800;9 200;72 000")
    found = values(content)
    assert found == {
        "0885 2022 totalt totalt": 10900, "0885 2023 totalt totalt": 10800, "0862 2022 totalt totalt": 9300,
        "0862 2023 totalt totalt": 9200, "0880 2022 totalt totalt": 71000, "0880 2023 totalt totalt": 72000,
    }  # fmt: skip


def test_years_sexes_and_ages_by_kommuner() -> None:
    lines = [
        f"{year};{sex};{age};1;2;3" for year in (2023, 2024) for sex in ("kvinnor", "män") for age in ("0-79", "80+")
    ]
    found = values(
        xlsx(["Folkmängd"], ["År", "Kön", "Ålder", "Borgholm", "Emmaboda", "Kalmar"], *(li.split(";") for li in lines))
    )
    assert (found["0880 2024 80+ man"], found["0880 2024 80+ totalt"], found["0862 2023 80+ kvinna"]) == (3, 6, 2)


def test_measures_by_kommuner_with_a_sum() -> None:
    content = text(
        ";Borgholm;Emmaboda;Kalmar;Summa", "Boende på SÄBO;80;60;400;540", "varav kommunal primärvård;40;50;300;390"
    )
    found = values(content, kalla="sabo", matperiod="2024")
    assert found == {"08": (540, 390), "0885": (80, 40), "0862": (60, 50), "0880": (400, 300)}


def test_groups_by_kommuner() -> None:
    content = text("Boendeform;Borgholm;Emmaboda;Kalmar", "Ordinärt boende;80;60;400", "SÄBO;40;50;300")
    found = values(content, kalla="cosmic", matperiod="2024")
    assert (found["0880"], found["0885 boendeform sabo"]) == (700, 40)


def test_years_by_regions_with_a_title_and_a_source() -> None:
    content = text(
        "Väntetid till besök, dagar;;;",
        ";Blekinge;Kalmar;Stockholm",
        "2022;10;12;13",
        "2023;11;14;15",
        "Källa: EXEMPELDATA",
    )
    examination = examined(content)
    assert counted(examination) == {
        "08 Väntetid till besök, dagar 2022 totalt": 12, "08 Väntetid till besök, dagar 2023 totalt": 14,
    }  # fmt: skip
    assert finding_of(examination, FindingCode.TABLE_TURNED).level is Level.NOTE


def test_a_person_with_three_kommuner_is_no_heading() -> None:
    lines = [f"INT{i};Högsby;Kalmar;Nybro;SÄBO" for i in range(5)]
    examination = examined(
        text("Löpnummer;Kommun;Hemkommun;Skrivkommun;Boendeform", *lines), kalla="cosmic", matperiod="2024"
    )
    assert counted(examination)["0821"] == 5


# ---- what is hidden

SABO_ROWS: Rows = [
    ["Kommun", "Boende", "Kommunal primärvård"],
    *([n, 40 + i, 30 + i] for i, n in enumerate(NAMES.values())),
]


@dataclass(frozen=True)
class Formula:
    """A cell with a formula, and the value that is stored with it; None where none is."""

    stored: float | None


@dataclass(frozen=True)
class Shown:
    """A number in one of the workbook's formats, and whether it is stored among others in one record."""

    number: float
    cell_format: int
    is_one_of_several: bool = False


PLAIN, PER_CENT, OWN_PER_CENT, STRUCK, IN_THOUSANDS = 15, 16, 17, 18, 19


def old_workbook(
    rows: Rows, *, hidden_rows: Sequence[int] = (), hidden_columns: Sequence[int] = (), is_by_size: bool = False
) -> bytes:
    """An .xls as old programs write it: records of BIFF8 in a compound file. What is hidden can be so by its size."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<2H", kind, len(data)) + data

    begin, end = struct.pack("<4H2I", 0x0600, 0x0010, 0, 1997, 0, 6), record(0x000A, b"")
    book_begin = record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 1997, 0, 6))
    name = b"\x05\x00Uttag"
    book_begin += record(0x041E, struct.pack("<2HB", 164, 4, 0) + b"0.0%")
    book_begin += record(0x041E, struct.pack("<2HB", 165, 6, 0) + b"#,##0,")
    for has_line in (0, 8):
        book_begin += record(0x0031, struct.pack("<2H", 200, has_line).ljust(16, b"\0"))
    for i in range(IN_THOUSANDS + 1):
        number = {PER_CENT: 9, OWN_PER_CENT: 164, IN_THOUSANDS: 165}.get(i, 0)
        book_begin += record(0x00E0, struct.pack("<2H", i == STRUCK, number).ljust(20, b"\0"))
    sheet_at = len(book_begin) + len(record(0x0085, b"\0" * 6 + name)) + len(end)
    sheet = record(0x0809, begin)
    for i in hidden_columns:
        sheet += record(0x007D, struct.pack("<6H", i, i, 0 if is_by_size else 2000, 15, not is_by_size, 0))
    for y, row in enumerate(rows):
        height, options = (0, 0) if is_by_size else (255, 0x20)
        size = (height, 0, 0, options) if y in hidden_rows else (255, 0, 0, 0)
        sheet += record(0x0208, struct.pack("<6HI", y, 0, len(row), *size))
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            at = struct.pack("<3H", y, x, 15)
            if cell == "#DIV/0!":  # a formula that failed: its value is an error, and its expression is empty here
                sheet += record(0x0006, at + struct.pack("<6BHHIH", 2, 0, 7, 0, 0, 0, 0xFFFF, 0, 0, 0))
            elif isinstance(cell, Formula):
                stored = b"\x03" + b"\0" * 5 + b"\xff\xff" if cell.stored is None else struct.pack("<d", cell.stored)
                sheet += record(0x0006, at + stored + struct.pack("<HIH", 0, 0, 0))
            elif cell == "#N/A":
                sheet += record(0x0205, at + struct.pack("<2B", 42, 1))
            elif isinstance(cell, Shown) and cell.is_one_of_several:
                hundredths = struct.pack("<HI", cell.cell_format, round(cell.number * 100) << 2 | 3)
                sheet += record(0x00BD, struct.pack("<2H", y, x) + hundredths + struct.pack("<H", x))
            elif isinstance(cell, Shown):
                sheet += record(0x0203, struct.pack("<3Hd", y, x, cell.cell_format, cell.number))
            elif isinstance(cell, str):
                sheet += record(0x0204, at + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            else:
                sheet += record(0x0203, at + struct.pack("<d", cell))
    stream = book_begin + record(0x0085, struct.pack("<I2B", sheet_at, 0, 0) + name) + end + sheet + end
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    free, last, table_sector = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text_of_name = name.encode("utf-16-le") + b"\0\0" if name else b""
        head = text_of_name.ljust(64, b"\0") + struct.pack("<H2B3I", len(text_of_name), kind, 1, free, free, child)
        return head + b"\0" * 36 + struct.pack("<3I", start, size, 0)

    chain = [*range(1, sectors), last, last, table_sector]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    directory = (
        entry("Root Entry", 5, 1, last, 0) + entry("Workbook", 2, free, 0, len(stream)) + 2 * entry("", 0, free, 0, 0)
    )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += (
        struct.pack("<9I", 0, 1, sectors, 0, 4096, last, 0, last, 0) + struct.pack("<I", sectors + 1) + b"\xff" * 432
    )
    return header + stream + directory + table


def open_document(hidden: str) -> bytes:
    """An .ods with a hidden row and a hidden column, its visibility spelled as filters or people write it."""
    content = ods(*SABO_ROWS)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "content.xml":
                rows = part.split(b"<table:table-row>")
                rows[3] = f'<table:table-row table:visibility="{hidden}">'.encode() + rows[3]
                part = (
                    b"<table:table-row>".join(rows[:3]) + rows[3] + b"".join(b"<table:table-row>" + r for r in rows[4:])
                )
                column = b'<table:table-column/><table:table-column table:visibility="collapse"/>'
                part = part.replace(b"<table:table-row>", column + b"<table:table-row>", 1)
            new.writestr(name, part)
    return file.getvalue()


def new_workbook(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for y, row in enumerate(SABO_ROWS):
            sheet.write_row(y, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(9, 60, None, None, {"hidden": True})
    return path.read_bytes()


@pytest.mark.parametrize(
    "shown",
    [
        Shown(0.24, PER_CENT),
        Shown(0.24, OWN_PER_CENT),
        Shown(0.24, PER_CENT, True),
        Shown(24, PLAIN),
        Shown(24, PLAIN, True),
    ],
)
def test_an_old_workbook_is_read_in_per_cent_too(shown: Shown) -> None:
    rows = [["Andel trygga", ""], ["Kommun", "2024"], *([name, shown] for name in ("Kalmar", "Nybro"))]
    assert set(counted(intake.examine(old_workbook(rows), "andel.xls")).values()) == {24}


@pytest.mark.parametrize(
    ("cell_format", "code"), [(STRUCK, FindingCode.STRUCK_ROWS), (IN_THOUSANDS, FindingCode.NUMBERS_SCALED)]
)
def test_an_old_workbook_that_shows_a_number_otherwise_is_told(cell_format: int, code: FindingCode) -> None:
    rows = [
        [*row[:1], Shown(float(str(row[1])), cell_format), row[2]] if y == 4 else row for y, row in enumerate(SABO_ROWS)
    ]
    examination = intake.examine(old_workbook(rows), "uttag.xls", intake.Choices(kalla="sabo", matperiod="2024"))
    found = finding_of(examination, code)
    assert (found.level, found.row, found.count) == (Level.WARNING, 5, 1)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "xls, by size", "ods", "ods, filtered"])
def test_hidden_rows_and_columns_are_told_alike_in_all_workbooks(kind: str, tmp_path: Path) -> None:
    content = {
        "xlsx": lambda: new_workbook(tmp_path / "dold.xlsx"),
        "xls": lambda: old_workbook(SABO_ROWS, hidden_rows=[2], hidden_columns=[1]),
        "xls, by size": lambda: old_workbook(SABO_ROWS, hidden_rows=[2], hidden_columns=[1], is_by_size=True),
        "ods": lambda: open_document("collapse"),
        "ods, filtered": lambda: open_document("filter"),
    }[kind]()
    examination = intake.examine(
        content, f"uttag.{kind[:4].strip(',')}", intake.Choices(kalla="sabo", matperiod="2024")
    )
    rows, columns = (finding_of(examination, code) for code in (FindingCode.HIDDEN_ROWS, FindingCode.HIDDEN_COLUMNS))
    assert (rows.level, rows.row, rows.count) == (Level.WARNING, 3, 1)
    assert (columns.level, columns.count, "kolumn B" in columns.what) == (Level.WARNING, 1, True)
    assert counted(examination)["0885"] == (40, 30)


def test_an_old_workbook_that_hides_nothing_says_nothing() -> None:
    examination = intake.examine(old_workbook(SABO_ROWS), "uttag.xls", intake.Choices(kalla="sabo", matperiod="2024"))
    assert not codes_of(examination) & {FindingCode.HIDDEN_ROWS, FindingCode.HIDDEN_COLUMNS}


# ---- ids without their first zero


def with_check_digit(nine: str) -> str:
    products = [int(digit) * (2 - i % 2) for i, digit in enumerate(nine)]
    return nine + str(-sum(p // 10 + p % 10 for p in products) % 10)


def test_an_id_that_has_lost_its_first_zero_is_the_same_person() -> None:
    ids = [with_check_digit(f"0{i}030{i}{i}98") for i in range(1, 6)]
    lines = [f"{spelling};Kalmar;SÄBO" for i in ids for spelling in (i.removeprefix("0"), f"19{i}")]
    examination = examined(text("Personnummer;Kommun;Boendeform", *lines), kalla="cosmic", matperiod="2024")
    finding = finding_of(examination, FindingCode.ID_LOST_ZERO)
    assert (finding.level, finding.count) == (Level.WARNING, 5)
    assert counted(examination)["0880"] == 10, "ten digits are younger than a hundred, which is asked about"
    with_plain = [f"{spelling};Kalmar;SÄBO" for i in ids for spelling in (i.removeprefix("0"), f"20{i}")]
    assert (
        counted(examined(text("Personnummer;Kommun;Boendeform", *with_plain), kalla="cosmic", matperiod="2024"))["0880"]
        == 5
    )


def test_internal_numbers_of_nine_digits_stay_as_they_are() -> None:
    lines = [f"{305_120_000 + 7919 * i};Kalmar;SÄBO" for i in range(40)]
    examination = examined(text("Löpnummer;Kommun;Boendeform", *lines), kalla="cosmic", matperiod="2024")
    assert FindingCode.ID_LOST_ZERO not in codes_of(examination)
    assert counted(examination)["0880"] == 40


def failed_in_ods(shown: str) -> bytes:
    """An .ods with a formula that failed, as LibreOffice stores it."""
    content = ods(*[[*row[:2], 777] if y == 2 else row for y, row in enumerate(SABO_ROWS)])
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<text:p>777</text:p>", f"<text:p>{shown}</text:p>".encode())
            new.writestr(name, part.replace(b'office:value="777"', b'table:formula="of:=1/0" office:value="0"'))
    return file.getvalue()


@pytest.mark.parametrize("kind", ["xls, formula", "xls, cell", "ods", "ods, by number"])
def test_a_formula_that_failed_is_told_in_old_workbooks_too(kind: str) -> None:
    rows = [
        [*row[:2], "#DIV/0!" if kind == "xls, formula" else "#N/A"] if y == 2 else row
        for y, row in enumerate(SABO_ROWS)
    ]
    content = {
        "xls, formula": lambda: old_workbook(rows),
        "xls, cell": lambda: old_workbook(rows),
        "ods": lambda: failed_in_ods("#DIV/0!"),
        "ods, by number": lambda: failed_in_ods("Err:502"),
    }[kind]()
    examination = intake.examine(content, f"uttag.{kind[:3]}", intake.Choices(kalla="sabo", matperiod="2024"))
    finding = finding_of(examination, FindingCode.VALUES_TAKEN_AWAY)
    assert (finding.level, finding.row, finding.count) == (Level.WARNING, 3, 1)
    assert finding.value in {"#DIV/0!", "#N/A", "Err:502"}


def with_formulas(kind: str, stored: Sequence[float | None]) -> bytes:
    """A file whose second column is formulas, as many as there are stored values."""
    cells = [Formula(value) for value in stored]
    rows = [[row[0], row[1], cells[y - 1] if 0 < y <= len(cells) else row[2]] for y, row in enumerate(SABO_ROWS)]
    if kind == "xls":
        return old_workbook(rows)
    plain = [[777_000 + y if isinstance(cell, Formula) else cell for cell in row] for y, row in enumerate(rows)]
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods(*plain))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for y, value in enumerate(stored, start=1):
                value_type = "" if value is None else f' office:value-type="float" office:value="{value:g}"'
                before = f' office:value-type="float" office:value="{777_000 + y}"><text:p>{777_000 + y}</text:p>'
                after = f' table:formula="of:=[.B2]-10"{value_type}>' + (
                    "" if value is None else f"<text:p>{value:g}</text:p>"
                )
                part = part.replace(before, after)
            new.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["xls", "ods"])
@pytest.mark.parametrize(
    ("stored", "level", "count"),
    [
        ([0] * 12, Level.WARNING, 12),
        ([None] * 12, Level.WARNING, 12),
        ([30.0, 0, 32.0], Level.NOTE, 1),
        ([30.0, 31.0], None, 0),
    ],
    ids=["0", "nothing", "one of them 0", "computed"],
)
def test_a_formula_that_nobody_has_computed_is_told_in_old_workbooks_too(
    kind: str, stored: list[float | None], level: Level | None, count: int
) -> None:
    content = with_formulas(kind, stored)
    examination = intake.examine(content, f"uttag.{kind}", intake.Choices(kalla="sabo", matperiod="2024"))
    findings = [f for f in examination.findings if f.code is FindingCode.FORMULAS_NOT_COMPUTED]
    assert [(f.level, f.count) for f in findings] == ([(level, count)] if level else [])


@pytest.mark.parametrize("truth", [True, False])
def test_a_boolean_is_no_number_and_an_answer(truth: bool, tmp_path: Path) -> None:
    rows = [[*row[:2], truth] if y == 2 else row for y, row in enumerate(SABO_ROWS)]
    with xlsxwriter.Workbook(tmp_path / "sant.xlsx") as book:
        sheet = book.add_worksheet()
        for y, row in enumerate(rows):
            sheet.write_row(y, 0, row)
    content = (tmp_path / "sant.xlsx").read_bytes()
    (error,) = intake.examine(content, "u.xlsx", intake.Choices(kalla="sabo", matperiod="2024")).errors
    assert (error.code, error.row, error.value) == (FindingCode.NOT_A_NUMBER, 3, "SANT" if truth else "FALSKT")


def test_a_column_of_no_width_is_hidden(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "smal.xlsx") as book:
        sheet = book.add_worksheet()
        for y, row in enumerate(SABO_ROWS):
            sheet.write_row(y, 0, row)
        sheet.set_column(1, 1, 0)
    content = (tmp_path / "smal.xlsx").read_bytes()
    examination = intake.examine(content, "u.xlsx", intake.Choices(kalla="sabo", matperiod="2024"))
    assert "kolumn B" in finding_of(examination, FindingCode.HIDDEN_COLUMNS).what
