"""From the overview to a slide: what a member of LGL does in the ten minutes before a meeting."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Download, Page, expect
from pptx import Presentation

from tests import pdf_reading
from tests.browser.conftest import DESKTOP, PHONE, Visit, assert_no_sideways_scroll, choose, settle

INDICATOR = "Andel boende på SÄBO med kommunal primärvård"


def downloaded(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    file: Download = waiting.value
    target = folder / file.suggested_filename
    file.save_as(target)
    return target


@pytest.mark.slow
def test_from_a_marked_cell_to_a_slide_and_a_shared_link(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    cell = page.get_by_role(
        "link", name=re.compile("Borgholm, SÄBO-boende med kommunal primärvård: .*avviker tydligt, lägre")
    )
    cell.focus()  # by keyboard
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=INDICATOR).wait_for()
    settle(page)
    page.get_by_text("Karta", exact=True).click()
    page.wait_for_url("**diagram=Karta*")
    settle(page)

    page.get_by_text("Definition och ursprung").click()
    page.get_by_text("bilden_sabo.csv").first.wait_for()
    page.get_by_text("Så räknas siffran").click()
    assert "queries/sabo_andel_primarvard.sql" in visit.text()

    page.get_by_role("button", name="Ladda ner").click()
    expect(page.get_by_test_id("stCode")).to_be_visible()
    link = page.get_by_test_id("stCode").inner_text().strip()
    slide = downloaded(page, "PowerPoint", tmp_path)
    assert slide.name.startswith("sabo_andel_primarvard_20")
    the_slide_has_the_figures(slide)

    visit.check()
    visit.leave()  # another, who has nothing but the link
    visit.open(link.removeprefix(visit.server.url + "/"))
    assert INDICATOR in visit.text()
    assert page.get_by_role("radio", name="Karta").is_checked()


def the_slide_has_the_figures(file: Path) -> None:
    """A chart that can be edited, with the figures, a text for those who do not see it, and the definition in notes."""
    deck = Presentation(io.BytesIO(file.read_bytes()))
    assert len(deck.slides) == 1
    slide = deck.slides[0]
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    plot = frame.chart.plots[0]
    shown = dict(zip([str(c) for c in plot.categories], plot.series[0].values, strict=True))
    with_marks = {name.split(" ")[0]: value for name, value in shown.items()}
    assert round(with_marks["Kalmar"], 1) in {65.6, 76.8}, "the kommun, or the län whose name begins like it"
    assert len(shown) == 13
    assert "77" in frame._element._nvXxPr.cNvPr.get("descr")
    assert "inskrivna i kommunal primärvård" in slide.notes_slide.notes_text_frame.text
    assert slide.shapes.title.text.startswith("77")


@pytest.mark.slow  # a slide is taken above, and test_pptx.py has all of them
def test_all_of_lgls_slides_come_with_one_click(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    deck = Presentation(io.BytesIO(downloaded(page, "LGL:s bilder (PowerPoint)", tmp_path).read_bytes()))
    assert len(deck.slides) == 7, "two of LGL's slides have no figures yet, which the last one says"


def test_a_workbook_a_csv_and_a_picture_with_title_and_source_come_from_the_same_menu(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.open("sabo")
    page.get_by_role("button", name="Ladda ner").click()
    assert downloaded(page, "Excel", tmp_path).read_bytes().startswith(b"PK")
    assert downloaded(page, "CSV", tmp_path).read_bytes().startswith(b"\xef\xbb\xbf")
    file = downloaded(page, "Bild (PNG)", tmp_path)
    assert file.name.startswith("sabo_andel_primarvard_")
    picture = Image.open(file).convert("L")
    chart = page.locator(".js-plotly-plot").first.bounding_box()
    assert chart is not None
    assert picture.height > 2 * chart["height"] + 150, "room for the words above and below the chart"
    for band in ((0, 120), (picture.height - 80, picture.height)):
        dark = sum(picture.crop((0, band[0], picture.width, band[1])).histogram()[:128])
        assert dark > 300, "something is written there"


def test_the_kommun_is_remembered_from_page_to_page_and_in_the_link(visit: Visit) -> None:
    page = visit.open("min_kommun")
    choose(page.get_by_role("combobox", name="Min kommun"), "Mönsterås")
    page.wait_for_url("**kommun=M%C3%B6nster%C3%A5s*")
    # the link changes before the page does
    page.get_by_text("Mönsterås: det enda jämförda måttet avviker inte").wait_for()
    page.get_by_role("link", name="Målbild", exact=True).click()
    page.get_by_role("heading", name="Fyra utvecklingsområden").wait_for()
    page.get_by_role("link", name="Min kommun").click()
    page.get_by_text("Mönsterås: det enda jämförda måttet avviker inte").wait_for()
    page.go_back()
    page.get_by_role("heading", name="Fyra utvecklingsområden").wait_for()
    page.go_forward()
    page.get_by_text("Mönsterås: det enda jämförda måttet avviker inte").wait_for()


def test_the_sliders_change_the_arithmetic_and_the_link(visit: Visit) -> None:
    page = visit.open("framat")
    slider = page.get_by_role("slider", name="Boende på SÄBO: ändra takten")
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**takt_sabo_boende=%2B10*")
    page.get_by_role(
        "cell", name="2\u00a0333–2\u00a0555"
    ).first.wait_for()  # persons, and beds: around 1 885 × 24 116 / 20 475 × 1,1
    assert "+10 %" in visit.text()


@pytest.mark.slow
def test_the_tour_has_four_steps_can_be_skipped_and_does_not_come_back(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="Visa rundturen").click()
    for step in range(1, 4):
        page.get_by_text(f"Rundtur, steg {step} av 4").wait_for()
        page.get_by_role("button", name="Nästa").click()
    page.get_by_role("button", name="Klart").click()
    page.locator(".rundtur-kort").wait_for(state="hidden")
    visit.open()
    assert "Rundtur" not in visit.text()


def test_the_profile_fits_two_printed_pages(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("min_kommun?exempel=true&kommun=Borgholm")
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 2


def test_a_printed_view_is_whole_and_tells_what_was_chosen(visit: Visit) -> None:
    """No number of a chart and no row is off the paper; the indicator stands there, and nothing to press."""
    page = visit.open("jamfor?exempel=true")
    printed = page.pdf(prefer_css_page_size=True)
    width = pdf_reading.read(printed).pages[0].mediabox.width
    assert all(0 <= text.x < width for _, texts in pdf_reading.pages(printed) for text in texts)
    words = " ".join(" ".join(text.split()) for text, _ in pdf_reading.pages(printed)).replace("\u00a0", " ")
    assert words.count("Västervik") >= 2, "in the chart and in the table"
    letters = words.replace(" ", "")  # a browser's PDF has spaces within words
    assert "talet;medlänetsåldrar" in letters, "over the column of numbers, to the last letter"
    assert len(re.findall(r"%;[▲▼]*2,6%", letters)) == 2, "Nybro's and Oskarshamn's"
    assert "Indikator:Andelavbefolkningenmedkommunalprimärvård" in letters
    assert "Jämförmed:Länet" in letters
    assert not [label for label in ("Ordna efter", "Staplar", "Ladda ner") if label in words]


def test_a_leader_with_ten_minutes(visit: Visit) -> None:
    """First visit, one's kommun, what goes well and what does not, what is new, how sure; each a link for others."""
    page = visit.open()
    page.get_by_role("link", name="Mönsterås", exact=True).first.click()  # one click answers the four questions
    page.get_by_role("heading", name="Nära vård i Mönsterås").wait_for()
    settle(page)
    below = page.get_by_role("heading", name="Fler indikatorer").bounding_box()
    assert below is not None
    assert below["y"] <= DESKTOP[1], "the answers fit a screen"
    answers = [
        "1 mått ligger bra till, inget ligger sämre till",
        "Nöjda med hemtjänsten: 97 %, bättre än riket (86 %) och upp 5 procentenheter sedan 2020.",
        "Läkare vid behov, SÄBO: 40 %, ned 10 procentenheter sedan 2020.",
        "Det enda mått som kan prövas avviker inte mer än slumpen brukar ge.",
    ]
    for answer in answers:
        assert answer in visit.text(), answer
    strip = page.get_by_role("img", name=re.compile("Nöjda med hemtjänsten: Mönsterås 97"))
    assert "Riket 86" in (strip.get_attribute("aria-label") or "")
    page.get_by_label("Källa och definition: Nöjda med hemtjänsten").click()
    page.get_by_text("Kolada U21468").first.wait_for()

    others = {
        page.url: answers,
        seen_from_menu(visit, "Min kommun", "min_kommun"): [
            "Mönsterås: det enda jämförda måttet avviker inte",
            "Sedan förra perioden: inget av 3",
        ],
        seen_from_menu(visit, "SÄBO", "sabo"): ["1 447 av 1 885"],
    }
    page.evaluate("sessionStorage.clear()")  # another day
    visit.begin()
    page.get_by_role("heading", name="Nära vård i Mönsterås").wait_for()
    page.get_by_text("Inget nytt har kommit sedan ditt förra besök").wait_for()
    visit.settle()
    visit.check()
    for address, texts in others.items():
        visit.leave()  # a colleague, who has nothing but the link
        assert "kommun=M%C3%B6nster%C3%A5s" in address
        visit.open(address.removeprefix(f"{visit.server.url}/"))
        for text in texts:
            assert text in visit.text(), (address, text)
        assert page.get_by_role("combobox", name="Min kommun").input_value() == "Mönsterås"


def seen_from_menu(visit: Visit, page_name: str, path: str) -> str:
    """The address of a page of the menu, when it is drawn."""
    visit.page.get_by_role("link", name=page_name, exact=True).click()
    visit.page.wait_for_url(f"**/{path}?*kommun=M%C3%B6nster%C3%A5s*")
    visit.page.get_by_role("heading", level=1).wait_for()
    visit.settle()
    return visit.page.url


@pytest.mark.slow
def test_back_leads_to_the_kommun_that_was_left(visit: Visit) -> None:
    """By a choice, by the menu and by a link in a table. A bare address would show the first of the menu."""
    page = visit.open("min_kommun?kommun=M%C3%B6nster%C3%A5s")
    choose(page.get_by_role("combobox", name="Min kommun"), "Nybro")
    page.get_by_role("heading", name="Nybro", exact=True).wait_for()
    settle(page)
    page.go_back()
    page.get_by_role("heading", name="Mönsterås", exact=True).wait_for()
    settle(page)
    page.get_by_role("link", name="Målbild", exact=True).click()
    page.get_by_role("heading", name="Fyra utvecklingsområden").wait_for()
    page.go_back()
    page.get_by_text("Mönsterås: det enda jämförda måttet avviker inte").wait_for()
    settle(page)
    page.get_by_role("link", name="SÄBO-boende med kommunal primärvård").click()
    page.get_by_role("heading", name=INDICATOR).wait_for()
    settle(page)
    page.go_back()
    page.get_by_text("Mönsterås: det enda jämförda måttet avviker inte").wait_for()


@pytest.mark.slow
def test_a_shared_link_names_the_view_even_where_it_is_the_first_of_the_menu(visit: Visit) -> None:
    page = visit.open("jamfor")
    page.get_by_role("button", name="Ladda ner").click()
    expect(page.get_by_test_id("stCode")).to_be_visible()
    link = page.get_by_test_id("stCode").inner_text()
    assert "indikator=Andel+boende+p%C3%A5+S%C3%84BO" in link
    assert "jamfor_jamfor=L%C3%A4net" in link


@pytest.mark.slow
def test_on_a_phone_each_number_stands_beside_its_heading_and_one_of_two_charts_is_seen(looker: Visit) -> None:
    page = looker.look("sabo?kommun=Borgholm", PHONE)
    table = page.get_by_role("table").first
    box = page.locator(".tabell").first
    assert box.evaluate("each => each.scrollWidth <= each.clientWidth")
    first_row = table.get_by_role("row").nth(1)
    assert (
        first_row.get_by_role("cell")
        .first.evaluate("each => getComputedStyle(each, '::before').content")
        .startswith('"Boende på SÄBO"')
    )
    lefts = first_row.get_by_role("cell").evaluate_all("all => all.map(each => each.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1, "one below the other"
    assert_no_sideways_scroll(looker.look("jamfor?diagram=Karta", PHONE))
    page = looker.look("jamfor?diagram=Trattdiagram", PHONE)
    assert_no_sideways_scroll(page)
    charts = page.locator(".js-plotly-plot").evaluate_all(
        "all => all.filter(each => each.getClientRects().length).length"
    )
    assert charts == 1
