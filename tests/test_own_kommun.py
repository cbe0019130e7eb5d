"""The reader's own kommun is told apart in every chart, table and file, and the figures are the same."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from naravard import charts, exports
from naravard.base import periods, settings
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.ui.result_table import result_table
from tests.test_pages import SHELL, html

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
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


def is_signal(trace: Any) -> bool:
    return trace.type == "scatter" and trace.marker.symbol == "diamond-open"


@pytest.mark.parametrize("name", [name for name in charts.charts() if name != "timeline"])
def test_each_chart_with_kommuner_tells_it_apart_and_has_the_same_figures(name: str, shared_example: Store) -> None:
    result = drawn_where(name, shared_example)
    own, plain = charts.draw(result, name), charts.draw(result.marking(""), name)
    assert parts(own) != parts(plain)
    values = [[list(trace.x or ()), list(trace.y or ())] for trace in plain.data if not is_signal(trace)]
    own_values = [
        [list(trace.x or ()), [re.sub("</?b>", "", y) if isinstance(y, str) else y for y in trace.y or ()]]
        for trace in own.data
        if not is_signal(trace)  # what stands out is marked in a line that is told apart
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
    assert result.in_group("ssk").only([KOD]).by_value("ssk").own_kommun == KOD
    assert result.marking(KOD) is result
    assert Reader(shared_example).read("hemsjukvard_profession").own_kommun == ""


def with_kommun(page: str, address: str = "") -> AppTest:
    """A page as it is opened at an address that names a kommun; none where it is empty."""
    app = AppTest.from_file(SHELL, default_timeout=300)
    if address:
        app.query_params["kommun"] = address
    app.run()
    app.switch_page(str(settings.ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def test_who_has_chosen_nothing_is_asked_and_not_taken_for_the_first_in_the_alphabet(common_data: Path) -> None:
    for page in ("oversikt", "min_kommun"):
        app = with_kommun(page)
        assert "Vilken kommun gäller det?" in html(app)
        assert f'kommun=M%C3%B6nster%C3%A5s" data-kommun="{NAME}"' in html(app)
        assert app.sidebar.selectbox(key="kommun").value is None
        assert ' min"' not in html(app), "no row is told apart"


def test_the_whole_lan_is_a_choice_like_another(common_data: Path) -> None:
    app = with_kommun("oversikt", "Hela länet")
    assert "Vilken kommun gäller det?" not in html(app)
    assert "Vilken kommun gäller det?" in html(with_kommun("min_kommun", "Hela länet")), "that page is of one kommun"


@pytest.mark.parametrize("address", ["Mönsterås", "monsteras", "0861", "Mönsterås kommun"])
def test_an_address_names_the_kommun_as_people_write_it(address: str, common_data: Path) -> None:
    assert with_kommun("min_kommun", address).title[0].value == NAME


def test_an_address_with_a_kommun_of_another_lan_says_so(common_data: Path) -> None:
    app = AppTest.from_file(SHELL, default_timeout=300)
    app.query_params["kommun"] = "Växjö"
    app.run()
    assert "kommunen ”Växjö”, som inte finns här" in " ".join(text.value for text in app.text)


def test_the_menu_changes_it_on_every_page_and_links_take_it_along(common_data: Path) -> None:
    app = with_kommun("sabo", NAME)
    assert re.findall(r'<tr class="kommun min"><th scope="row">(\w+)', html(app)) == [NAME]
    app.sidebar.selectbox(key="kommun").select("0881").run()
    assert re.findall(r'<tr class="kommun min"><th scope="row">(\w+)', html(app)) == ["Nybro"]
    app.switch_page(str(settings.ROOT / "pages" / "oversikt.py")).run()
    links = re.findall(r'href="(jamfor[^"]+)"', html(app))
    assert links
    assert all("kommun=Nybro" in link for link in links)


def test_a_link_from_before_a_label_was_changed_opens_the_same_chart(common_data: Path) -> None:
    app = AppTest.from_file(SHELL, default_timeout=300)
    app.query_params["diagram"] = "Tratt"
    app.run()
    app.switch_page(str(settings.ROOT / "pages" / "jamfor.py")).run()
    assert app.session_state["diagram"] == "funnel_plot"
