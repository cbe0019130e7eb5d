"""What a workbook shows otherwise than it stores it: numbers in per cent, raised digits of footnotes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_public_files import ods
from tests.test_traps import counted, text

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
