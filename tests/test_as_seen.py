"""Workbooks and texts are read as a person sees them, and what a person does not see is told."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import xlsxwriter

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.intake.read.sheet_marks import sheet_marks
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_public_files import old_workbook
from tests.test_traps import counted, ods

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
SABO = "Kommun;Boende;Kommunal primärvård"
ROWS: list[list[Any]] = [SABO.split(";"), *([name, 40 + i, 30 + i] for i, name in enumerate(NAMES))]
RIGHT = {kommun.kod: (40 + i, 30 + i) for i, kommun in enumerate(kommuner.in_lan("08"))}


def of_sabo(content: bytes, name: str = "") -> Any:
    return examined(content, name, kalla="sabo", matperiod="2024")


def workbook(rows: list[list[Any]], formats: Mapping[tuple[int, int], Mapping[str, Any]], **size: float) -> bytes:
    """A workbook, some of its cells in a format; `height` is the fifth row's, `width` the third column's."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Uttag")
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                own = formats.get((y, x))
                sheet.write(y, x, cell, book.add_format(dict(own)) if own else None)
        if "height" in size:
            sheet.set_row(4, size["height"])
        if "width" in size:
            sheet.set_column(2, 2, size["width"])
    return file.getvalue()


# ---- text that nobody sees

UNSEEN = [{"font_color": "white"}, {"font_color": "#F8F8F8"}, {"font_color": "#FFFF00", "bg_color": "#FFFF00"}]
SEEN = [{"font_color": "white", "bg_color": "#1F4E79"}, {"font_color": "#BFBFBF"}, {"bg_color": "#FFFF00"}]


@pytest.mark.parametrize("look", [*UNSEEN, *SEEN])
def test_text_in_the_colour_of_its_background_is_told(look: Mapping[str, str], empty_data: object) -> None:
    examination = of_sabo(workbook(ROWS, {(4, x): look for x in range(3)}))
    assert (FindingCode.UNSEEN_ROWS in codes_of(examination, Level.WARNING)) is (look in UNSEEN)
    assert counted(examination).items() >= RIGHT.items()
    of_headings = of_sabo(workbook(ROWS, {(0, x): look for x in range(3)}))
    assert FindingCode.UNSEEN_ROWS not in codes_of(of_headings), "no row of the table"


COLOURS = {
    b'<color theme="0"/>': (b"", True),
    b'<color theme="0" tint="-0.5"/>': (b"", False),
    b'<color indexed="9"/>': (b'<patternFill patternType="none"/>', True),
    b'<color theme="4"/>': (b'<patternFill patternType="solid"><fgColor theme="4"/></patternFill>', True),
    b'<color theme="4" tint="0.5"/>': (b'<patternFill patternType="solid"><fgColor theme="4"/></patternFill>', False),
    b'<color auto="1"/>': (b"", False),
    b'<color rgb="FFFFFFFF"/>': (b'<patternFill patternType="gray125"/>', False),
    b"": (b'<patternFill patternType="solid"><fgColor rgb="FF000000"/></patternFill>', True),
}


@pytest.mark.parametrize(("colour", "fill", "is_unseen"), [(c, *rest) for c, rest in COLOURS.items()])
def test_a_colour_is_known_however_a_workbook_names_it(colour: bytes, fill: bytes, is_unseen: bool) -> None:
    styles = b"<fonts><font/><font>%b</font></fonts><fills><fill/><fill>%b</fill></fills>" % (colour, fill)
    styles += b'<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="1"/></cellXfs>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("xl/workbook.xml", '<workbook><sheet name="A" r:id="r1"/></workbook>')
        parts.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        parts.writestr(
            "xl/worksheets/sheet1.xml", '<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>1</v></c>'
        )
        parts.writestr("xl/styles.xml", styles)
    assert sheet_marks(file.getvalue(), 0).unseen_cells == ([(0, 1)] if is_unseen else [])


def with_part(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """An OpenDocument file whose content is another."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == "content.xml" else old.read(name))
    return file.getvalue()


@pytest.mark.parametrize(("behind", "is_unseen"), [("", True), ("#ffffff", True), ("#000080", False)])
def test_an_open_documents_white_text_is_told(behind: str, is_unseen: bool, empty_data: object) -> None:
    cell = f'<style:table-cell-properties fo:background-color="{behind}"/>' if behind else ""
    style = f'<style:style style:name="ce1">{cell}<style:text-properties fo:color="#ffffff"/></style:style>'
    styles = f"<office:automatic-styles>{style}</office:automatic-styles><office:body>".encode()

    def change(part: bytes) -> bytes:
        names = b' xmlns:style="urn:s" xmlns:fo="urn:f" office:version'
        part = part.replace(b" office:version", names, 1).replace(b"<office:body>", styles, 1)
        return part.replace(b'office:value-type="float" office:value="44"', b'table:style-name="ce1" \\g', 1).replace(
            b"\\g", b'office:value-type="float" office:value="44"'
        )

    examination = of_sabo(with_part(ods(*ROWS), change), "uttag.ods")
    assert counted(examination).items() >= RIGHT.items()
    assert (FindingCode.UNSEEN_ROWS in codes_of(examination, Level.WARNING)) is is_unseen


def test_an_old_workbooks_white_text_is_told(empty_data: object) -> None:
    plain = old_workbook(ROWS)
    font = struct.pack("<2H", 0x0031, 16) + struct.pack("<3H", 200, 0, 0)
    white = struct.pack("<2H", 0x0031, 16) + struct.pack("<3H", 200, 0, 9)
    assert plain.count(font) == 1
    assert FindingCode.UNSEEN_ROWS not in codes_of(of_sabo(plain, "uttag.xls"))
    told = finding_of(of_sabo(plain.replace(font, white), "uttag.xls"), FindingCode.UNSEEN_ROWS)
    assert (told.level, told.count) == (Level.WARNING, 12)


@pytest.mark.parametrize(
    ("size", "code"), [({"height": 1}, FindingCode.HIDDEN_ROWS), ({"width": 0.1}, FindingCode.HIDDEN_COLUMNS)]
)
def test_a_row_too_low_and_a_column_too_narrow_are_hidden(
    size: dict[str, float], code: FindingCode, empty_data: object
) -> None:
    assert code in codes_of(of_sabo(workbook(ROWS, {}, **size)), Level.WARNING)
    assert code not in codes_of(of_sabo(workbook(ROWS, {}, height=12, width=3)))


# ---- days of which the year is shown


@pytest.mark.parametrize("number_format", ["yyyy", "[$-41D]yyyy;@", "yyyy-mm-dd"])
def test_a_day_that_is_shown_as_a_year_is_that_year(number_format: str, empty_data: object) -> None:
    rows = [["Nyckeltal", "Kommun", "År", "Värde"], *(["N21704", name, 45_292, 20.5] for name in NAMES)]
    shown = {(y, 2): {"num_format": number_format} for y in range(1, 13)}
    examination = examined(workbook(rows, shown))
    if number_format == "yyyy-mm-dd":
        assert [error.what for error in examination.errors] == ["värdet är en dag och inget år"]
    else:
        assert counted(examination)["0880 N21704 2024 totalt"] == 20.5


def test_headings_that_are_days_shown_as_years_are_years(empty_data: object) -> None:
    rows = [["Nyckeltal", "Kommun", 44_927, 45_292], *(["N21704", name, 20.5, 21.5] for name in NAMES)]
    found = counted(examined(workbook(rows, {(0, x): {"num_format": "yyyy"} for x in (2, 3)})))
    assert (found["0880 N21704 2023 totalt"], found["0880 N21704 2024 totalt"]) == (20.5, 21.5)


def test_an_open_documents_day_that_is_shown_as_a_year_is_that_year(empty_data: object) -> None:
    rows = [["Nyckeltal", "Kommun", "År", "Värde"], *(["N21704", name, "ÅR", 20.5] for name in NAMES)]
    year = b'office:value-type="date" office:date-value="2024-01-01"><text:p>2024</text:p>'

    def change(part: bytes) -> bytes:
        return part.replace('office:value-type="string"><text:p>ÅR</text:p>'.encode(), year)

    assert counted(examined(with_part(ods(*rows), change), "uttag.ods"))["0880 N21704 2024 totalt"] == 20.5
