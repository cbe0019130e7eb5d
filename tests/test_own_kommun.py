"""The reader's own kommun is told apart in every chart, table and file, and the figures are the same."""

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation

from naravard import charts, exports
from naravard.base import periods
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.ui.result_table import result_table

KOD, NAME = "0861", "Mönsterås"
BY_AREA = "sabo_andel_primarvard"


def drawn_where(name: str, store: Store) -> ProtectedResult:
    """A result in which the kommun is told apart, that the chart fits."""
    reader = Reader(store).marking(KOD)
    chart = charts.charts()[name]
    for indicator_id in indicators.registry():
        result = reader.find(indicator_id, periods.EVERY if chart.every_period else None)
        if result and result.row(KOD, result.lead_group) and chart.fits(result):
            return result
    raise LookupError(name)


def parts(figure: Any) -> list[str]:
    """All that a figure is described by, a text for each part of it."""
    return [str(part) for part in figure.to_plotly_json()["data"]] + [str(figure.layout)]


@pytest.mark.parametrize("name", [name for name in charts.charts() if name != "timeline"])
def test_each_chart_with_kommuner_tells_it_apart_and_has_the_same_figures(name: str, shared_example: Store) -> None:
    result = drawn_where(name, shared_example)
    own, plain = charts.draw(result, name), charts.draw(result.marking(""), name)
    assert parts(own) != parts(plain)
    values = [[list(trace.x or ()), list(trace.y or ())] for trace in plain.data]
    own_values = [
        [list(trace.x or ()), [re.sub("</?b>", "", y) if isinstance(y, str) else y for y in trace.y or ()]]
        for trace in own.data
    ]
    assert sorted(map(str, own_values)) == sorted(map(str, values)), "only the look differs"


def test_the_table_says_it_to_the_eye_and_to_those_who_listen(shared_live: Store) -> None:
    result = Reader(shared_live).marking(KOD).read(BY_AREA)
    text = result_table(result)
    assert re.findall(r'<tr class="kommun min"><th scope="row">(\w+)', text) == [NAME]
    assert text.count(", din kommun") == 1
    assert "din kommun" not in result_table(result.marking(""))


def test_slides_and_workbooks_have_it_in_bold_or_with_an_arrow(shared_live: Store) -> None:
    result = Reader(shared_live).marking(KOD).read(BY_AREA)
    slide = Presentation(io.BytesIO(exports.write_file(result, "pptx"))).slides[0]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert [name for name in map(str, chart.plots[0].categories) if "►" in name] == [f"► {NAME}"]
    table = exports.write_file(result, "pptx", exports.View("tabell"))
    rows = next(shape.table.rows for shape in Presentation(io.BytesIO(table)).slides[0].shapes if shape.has_table)
    bold = [row.cells[0].text for row in list(rows)[1:] if row.cells[0].text_frame.paragraphs[0].runs[0].font.bold]
    assert bold == [NAME, "Kalmar län"]
    assert bold_names(exports.write_file(result, "xlsx")) == [NAME]


def bold_names(workbook: bytes) -> list[str]:
    """The areas of a workbook's first sheet, below its head, that are in bold."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts_of_it:
        sheet, styles, texts = (
            ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", parts_of_it.read(name).decode()))
            for name in ("xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml")
        )
    bold_fonts = [font.find("b") is not None for font in styles.iter("font")]
    xfs = styles.find("cellXfs")
    assert xfs is not None
    bold_formats = [bold_fonts[int(xf.get("fontId", 0))] for xf in xfs]
    words = ["".join(text.itertext()) for text in texts.iter("si")]
    cells = [row[1] for row in sheet.iter("row")][1:]
    return [words[int(cell.findtext("v") or 0)] for cell in cells if bold_formats[int(cell.get("s", 0))]]


def test_it_stays_told_apart_in_what_is_left_of_a_result(shared_example: Store) -> None:
    result = Reader(shared_example).marking(KOD).read("hemsjukvard_profession")
    assert result.in_group("ssk").only([KOD]).by_value("ssk").marked == KOD
    assert result.marking(KOD) is result
    assert Reader(shared_example).read("hemsjukvard_profession").marked == ""
