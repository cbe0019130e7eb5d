"""What a workbook shows otherwise than it stores it: numbers in per cent, raised digits of footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.intake.read import workbook
from naravard.intake.read.marks import SheetMarks
from naravard.intake.read.sheet_marks import sheet_marks
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_public_files import ods
from tests.test_traps import counted, text, zipped

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
TITLE = "Andel med hemtjänst 80+ (%)"


def in_percent(path: Path, number_format: str) -> bytes:
    """A table whose values are parts of one, shown in a format."""
    with xlsxwriter.Workbook(path) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": number_format})
        sheet.write(0, 0, TITLE)
        sheet.write_row(1, 0, ["Kommun", 2024])
        for y, name in enumerate(NAMES):
            sheet.write(y + 2, 0, name)
            sheet.write(y + 2, 1, 0.285 + y / 100, shown)
    return path.read_bytes()


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "0.0 %", '[Red]0.0%;-0.0%;"saknas"'])
def test_a_number_is_read_in_per_cent_as_it_is_shown(number_format: str, tmp_path: Path, empty_data: object) -> None:
    examination = examined(in_percent(tmp_path / "andel.xlsx", number_format))
    values = [counted(examination)[f"{kommun.kod} {TITLE} 2024 totalt"] for kommun in kommuner.in_lan("08")]
    assert values == [round(28.5 + y, 1) for y in range(12)]
    assert FindingCode.SHARE_OUT_OF_RANGE not in codes_of(examination)


@pytest.mark.parametrize("number_format", ["0.000", '0.0"%"', r"0.0\%"])
def test_parts_of_one_that_are_shown_so_are_asked_about(number_format: str, tmp_path: Path, empty_data: object) -> None:
    examination = examined(in_percent(tmp_path / "andel.xlsx", number_format))
    assert counted(examination)[f"0885 {TITLE} 2024 totalt"] == 0.285
    found = finding_of(examination, FindingCode.SHARE_OUT_OF_RANGE)
    assert (found.level, TITLE in found.what) == (Level.WARNING, True)


def test_an_open_document_is_read_in_per_cent_too(empty_data: object) -> None:
    content = ods([TITLE, ""], ["Kommun", 2024], *([name, 7000 + y] for y, name in enumerate(NAMES)))
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for y in range(12):
                before = f'office:value-type="float" office:value="{7000 + y}"'
                part = part.replace(before, f'office:value-type="percentage" office:value="{0.285 + y / 100}"')
            new.writestr(name, part)
    examination = examined(file.getvalue(), "andel.ods")
    assert counted(examination)[f"0885 {TITLE} 2024 totalt"] == 28.5


def test_shares_below_one_per_cent_that_kolada_has_are_not_asked_about(empty_data: object) -> None:
    rows = [f"N20048;Korttidsboende, andel (%);{name};2024;0,{40 + y};Kolada N20048" for y, name in enumerate(NAMES)]
    examination = examined(text("nyckeltal;titel;omrade;ar;varde;kalla", *rows))
    assert FindingCode.SHARE_OUT_OF_RANGE not in codes_of(examination)


def with_raised_digits(path: Path) -> bytes:
    with xlsxwriter.Workbook(path) as book:
        sheet, raised = book.add_worksheet(), book.add_format({"font_script": 1})

        def write(y: int, x: int, plain: str, mark: Any = "") -> None:
            if mark:
                sheet.write_rich_string(y, x, plain, raised, mark)
            else:
                sheet.write(y, x, plain)

        write(0, 0, "Kommun")
        write(0, 1, "2024", "1")
        for y, name in enumerate(NAMES):
            write(y + 1, 0, name, "2" if y == 3 else "")
            write(y + 1, 1, "20,5", {0: "1", 5: "12", 7: "1)"}.get(y, ""))
        sheet.write(13, 0, "20,51")
    return path.read_bytes()


def test_a_raised_digit_is_no_part_of_a_number_a_name_or_a_year(tmp_path: Path, empty_data: object) -> None:
    examination = examined(with_raised_digits(tmp_path / "fotnot.xlsx"), constants={"titel": "Andel x"})
    assert set(counted(examination).values()) == {20.5}
    assert len(counted(examination)) == 12
    assert finding_of(examination, FindingCode.NUMBER_MARKED).count == 3


def of_formats(path: Path, number_format: str, *, struck: int = 0) -> bytes:
    """A table of the residents, in a format for numbers; some of its last rows are struck out."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        shown = book.add_format({"num_format": number_format})
        out = book.add_format({"num_format": number_format, "font_strikeout": True})
        sheet.write_row(0, 0, ["Kommun", "Boende", "Kommunal primärvård"])
        for y, name in enumerate(NAMES, 1):
            sheet.write(y, 0, name)
            sheet.write_row(y, 1, [12_345 + y, 30 + y], out if y > len(NAMES) - struck else shown)
    return path.read_bytes()


@pytest.mark.parametrize(
    "number_format", ["#,##0,", "0.0,,", '#,##0, "tkr"', "[Red]0,;0,", '0"000"', r"0\0", ";;;", '"<5"', '[<5]"..";0']
)
def test_a_number_that_is_shown_as_another_is_told(number_format: str, tmp_path: Path, empty_data: object) -> None:
    examination = examined(of_formats(tmp_path / "uttag.xlsx", number_format), kalla="sabo", matperiod="2024")
    found = finding_of(examination, FindingCode.NUMBERS_SCALED)
    assert (found.level, found.row, found.count) == (Level.WARNING, 2, 12)


@pytest.mark.parametrize(
    "number_format", ["General", "#,##0", "#,##0.00", '0 "per 1000"', "# ##0;[Red]-# ##0", '0" m2"']
)
def test_a_number_that_is_shown_as_it_is_is_not(number_format: str, tmp_path: Path, empty_data: object) -> None:
    examination = examined(of_formats(tmp_path / "uttag.xlsx", number_format), kalla="sabo", matperiod="2024")
    assert codes_of(examination).isdisjoint({FindingCode.NUMBERS_SCALED, FindingCode.STRUCK_ROWS})


def test_rows_that_are_struck_out_are_told(tmp_path: Path, empty_data: object) -> None:
    examination = examined(of_formats(tmp_path / "uttag.xlsx", "0", struck=2), kalla="sabo", matperiod="2024")
    found = finding_of(examination, FindingCode.STRUCK_ROWS)
    assert (found.level, found.row, found.count) == (Level.WARNING, 12, 2)


def test_a_text_of_which_a_part_is_struck_out_is_told(tmp_path: Path, empty_data: object) -> None:
    path = tmp_path / "uttag.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, out = book.add_worksheet(), book.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["Kommun", "Boende", "Kommunal primärvård"])
        for y, name in enumerate(NAMES, 1):
            sheet.write_row(y, 0, [name, 100 + y, 30])
        sheet.write_rich_string(3, 1, out, "1", "2")
    found = finding_of(examined(path.read_bytes(), kalla="sabo", matperiod="2024"), FindingCode.STRUCK_ROWS)
    assert (found.row, found.count) == (4, 1)


def marks_of(sheet: str, styles: str = "<styleSheet/>") -> SheetMarks:
    """What is found in the XML of a sheet and of its styles."""
    parts = {
        "xl/workbook.xml": '<workbook><sheet name="A" r:id="r1"/></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>',
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles,
    }
    return sheet_marks(zipped({name: part.encode() for name, part in parts.items()}), 0)


@pytest.mark.parametrize(
    ("mark", "texts", "struck_cells"),
    [
        ("<vertAlign val='superscript'/>", {(0, 0): "20¹"}, []),
        ("<strike/>", {}, [(0, 0)]),
        ("<strike val='0'/>", {}, []),
    ],
)
def test_a_text_within_its_cell_is_looked_at_too(
    mark: str, texts: dict[tuple[int, int], str], struck_cells: list[tuple[int, int]]
) -> None:
    runs = f"<r><t>20</t></r><r><rPr>{mark}</rPr><t>1</t></r>"
    marks = marks_of(f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is>{runs}</is></c></row></sheetData>')
    assert (marks.texts, marks.struck_cells) == (texts, struck_cells)


_SHEET = """<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData><row r="1"><c r="A1"><v>1</v></c></row>
<row r="3" ht="0" customHeight="1"><c r="A3" s="1"><v>0.2</v></c><c r="B3" t="e"><v>#N/A</v></c></row>
<row r="4" hidden="1"><c r="A4"><f>B4</f><v>0</v></c><c r="B4" s="2"><v>12345</v></c></row></sheetData></worksheet>"""
_STYLES = """<styleSheet><numFmts><numFmt numFmtId="170" formatCode="#,##0,"/></numFmts><cellXfs><xf numFmtId="0"/>
<xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>"""


def in_prefixes(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml)


def in_single_quotes(xml: str) -> str:
    return xml.replace('"', "'")


def with_spaces(xml: str) -> str:
    return xml.replace('="', ' = "')


def in_another_order(xml: str) -> str:
    """Each tag's attributes the other way round."""
    pattern = re.compile(r'<(\w+)((?: \w+="[^"]*")+)')
    return pattern.sub(lambda tag: f"<{tag[1]} {' '.join(re.findall(r'[^ ]+', tag[2])[::-1])}", xml)


def without_places(xml: str) -> str:
    """Rows and cells that only stand where they do, as some programs write them."""
    return re.sub(r' r="\w+"', "", xml.replace('<row r="3"', '<row r="2"/><row r="3"'))


WRITINGS = {
    each.__name__: each for each in (in_prefixes, in_single_quotes, with_spaces, in_another_order, without_places)
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=list(WRITINGS))
def test_what_a_sheet_says_is_found_however_it_is_written(write: Callable[[str], str]) -> None:
    plain = marks_of(_SHEET, _STYLES)
    assert plain.hidden_rows == [2, 3]
    assert (plain.hidden_columns, plain.percents, plain.scaled_cells, plain.uncomputed) == (
        [1],
        [(2, 0)],
        [(3, 1)],
        [3],
    )
    assert plain.texts == {(2, 1): "#N/A"}
    assert marks_of(write(_SHEET), _STYLES if write is without_places else write(_STYLES)) == plain


@pytest.mark.parametrize("write", [in_single_quotes, with_spaces, in_another_order, without_places])
def test_a_row_far_down_may_be_written_otherwise_than_those_above_it(
    write: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("naravard.intake.read.sheet_marks._BLOCK", 300)
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"><v>{n}</v></c></row>' for n in range(1, 60))
    hidden = '<row r="60" ht="0"><c r="A60"/></row><row r="61"><c r="A61" t="e"><v>#N/A</v></c></row>'
    marks = marks_of(f"<sheetData>{rows}{write(hidden)}</sheetData>", _STYLES)
    assert marks.hidden_rows == [59]
    assert marks.texts == {(60, 0): "#N/A"}


@pytest.mark.parametrize(("has_comment", "has_box"), [(False, False), (True, False), (False, True), (True, True)])
def test_comments_and_boxes_with_text_are_told(has_comment: bool, has_box: bool, empty_data: object) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet, other = book.add_worksheet(), book.add_worksheet()
        for number, row in enumerate([["Kommun", "Boende", "Kommunal primärvård"], ["Kalmar", 40, 30]]):
            sheet.write_row(number, 0, row)
        if has_comment:
            sheet.write_comment(1, 1, "Gäller två av tre hus")
        if has_box:
            sheet.insert_textbox(2, 5, "Obs: Kalmar gäller 2023")
        other.write_comment(0, 0, "På en annan flik")
    examination = examined(content.getvalue(), kalla="sabo", matperiod="2024")
    told = [f.what for f in examination.findings if f.code is FindingCode.TEXT_BESIDE_CELLS]
    assert [what.split()[0] for what in told] == ([f"{has_comment + has_box}"] if has_comment or has_box else [])
    assert not any("hus" in what for what in told)


OPEN = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("table", "office", "text")
)
OPEN_STYLES = """<number:number-style style:name="N1">
<number:number number:display-factor="1000"/></number:number-style>
<style:style style:name="thousands" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="line"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>"""


def marks_of_open(cell: str, *, column: str = "<table:table-column/>") -> SheetMarks:
    """What is found of the second cell of the second row."""
    row = "<table:table-row><table:table-cell><text:p>Kommun</text:p></table:table-cell></table:table-row>"
    cells = f"<table:table-row><table:table-cell><text:p>Kalmar</text:p></table:table-cell>{cell}</table:table-row>"
    table = f"<table:table><table:table-column/>{column}{row}{cells}</table:table>"
    return sheet_marks(zipped({"content.xml": f"<x{OPEN}>{OPEN_STYLES}{table}</x>".encode()}), 0)


def open_cell(style: str, content: str = "<text:p>12</text:p>", kind: str = "float") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="12345"{style}>{content}</table:table-cell>'


@pytest.mark.parametrize("quotes", ['"', "'"])
def test_an_open_document_that_shows_a_number_otherwise_is_told(quotes: str) -> None:
    def marks(style: str, **others: str) -> SheetMarks:
        return marks_of_open(open_cell(f' table:style-name="{style}"', **others).replace('"', quotes))

    assert marks("thousands").scaled_cells == [(1, 1)]
    assert marks("line").struck_cells == [(1, 1)]
    assert marks("other").scaled_cells == marks("other").struck_cells == []
    assert marks("other", kind="percentage").percents == [(1, 1)]


def test_an_open_documents_column_says_how_its_cells_are_shown() -> None:
    column = '<table:table-column table:default-cell-style-name="thousands"/>'
    assert marks_of_open(open_cell(""), column=column).scaled_cells == [(1, 1)]
    assert marks_of_open(open_cell(' table:style-name="line"'), column=column).scaled_cells == []


def test_raised_digits_of_an_open_document_are_no_part_of_a_number() -> None:
    content = '<text:p>100<text:span text:style-name="up">1</text:span></text:p>'
    assert marks_of_open(open_cell("", content)).texts == {(1, 1): "100¹"}


@given(
    st.integers(1, 4).flatmap(lambda w: st.lists(st.lists(st.text(max_size=3), min_size=w, max_size=w), max_size=5)),
    st.none() | st.integers(-9, 9),
)
def test_rows_of_texts_alone_are_read_as_each_column_is_by_itself(rows: list[list[object]], number: int | None) -> None:
    width = len(rows[0]) if rows else 1
    if rows and number is not None:
        rows[-1][-1] = number
    columns = workbook._columns_of_texts(rows, width)
    if not rows or number is not None:
        assert columns is None
    else:
        by_itself = [workbook._texts([row[i] for row in rows], may_have_booleans=False) for i in range(width)]
        assert columns == by_itself
    assert workbook._columns_of_texts([*rows, []], width) is None
