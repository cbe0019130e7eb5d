"""Every page in Streamlit's own test runner: it runs, says the figures, and tells what is missing."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from naravard import exports, menu, stores
from naravard.base import settings
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.store.shelves.folder import FolderShelf
from naravard.store.snapshots import Store
from naravard.ui.parts import kallor, versioner
from tests.test_store import publish_sabo

SHELL = str(settings.ROOT / "naravard" / "ui" / "shell" / "main.py")
OF_SEVERAL = "lanen"
"""The page that an installation with one län does not have (tests/test_several_lan.py)."""
PAGES = sorted(path for path in (settings.ROOT / "pages").glob("*.py") if path.stem != OF_SEVERAL)
pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
SLIDES = {"kommunal_primarvard": 4, "hemsjukvard": 6, "sabo": 1, "akutbesok": 1}
"""Sections on each of the slides' pages."""


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides, for tests that publish; those that only read have all."""
    return deck_data


def opened(page: Path | str, *, example: bool = False, **address: str | list[str]) -> AppTest:
    """A page as it is opened at an address."""
    path = Path(page) if str(page).endswith(".py") else settings.ROOT / "pages" / f"{page}.py"
    app = AppTest.from_file(SHELL, default_timeout=300)
    if example:
        app.query_params["exempel"] = "true"
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.switch_page(str(path)).run()
    return app


def html(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html")).replace("\u00a0", " ")


def blocks(block: Block) -> Iterator[Block]:
    """A block and all those within it."""
    yield block
    for child in block.children.values():
        if isinstance(child, Block):
            yield from blocks(child)


def row_headings(app: AppTest) -> list[str]:
    """What each row of the first table begins with, without what is read aloud alone."""
    table = html(app).partition("<table")[2].partition("</table>")[0]
    return [
        re.split("<", each.removeprefix("<span>"))[0] for each in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', table)
    ]


def test_a_link_to_what_is_not_there_says_so_and_shows_something_else(common_data: Path) -> None:
    app = opened("jamfor", indikator="Finns inte")
    assert [each.value for each in app.text] == [
        "Länken nämner indikatorn ”Finns inte”, som inte finns här. Välj i menyn."
    ]
    assert [each.value for each in app.header] == ["Andel boende på SÄBO med kommunal primärvård"]
    menu = app.selectbox(key="indikator")
    (place,) = (block for block in blocks(app.main) if menu in block.children.values())
    assert [each.type for each in place.children.values()] == ["flex_container", "selectbox"], "above it, not beside"


def test_a_choice_of_kommuner_in_a_link_is_what_the_table_has(common_data: Path) -> None:
    title = "Andel 80+ med hemtjänst i ordinärt boende"
    app = opened("jamfor", indikator=title, kommuner=["Kalmar", "Nybro"], ordning="Värde")
    assert "Urval: Kalmar och Nybro. Ordnat efter värde." in html(app)
    assert row_headings(app) == ["Nybro", "Kalmar", "Kalmar län"]


def test_what_must_not_be_ranked_has_no_order_by_value(common_data: Path) -> None:
    app = opened("jamfor", kommuner=["Kalmar", "Nybro"], ordning="Värde")
    assert "Rangordna inte kommunerna." in html(app)
    assert "ordning" not in [group.key for group in app.button_group]
    assert row_headings(app) == ["Kalmar", "Nybro", "Kalmar län"]


def test_over_time_chart_and_table_have_the_same_years(common_data: Path) -> None:
    app = opened("jamfor", indikator="Invånare 80 år och äldre", diagram="Över tid", kommuner="Kalmar")
    years = [*range(2010, 2024), 2025]
    assert row_headings(app) == [str(year) for year in years]
    assert "Mätperiod: 2010–2025" in html(app)
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert {int(day[:4]) for trace in drawn["data"] for day in trace["x"]} == set(years)


@pytest.mark.parametrize("example", [False, True], ids=["real", "example"])
@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_every_page_runs_and_marks_example_data(page: Path, example: bool, common_data: Path) -> None:
    app = opened(page, example=example, kommun="Mönsterås")
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert bool(app.warning) is example
    if page.stem not in {"hjalp", "tillganglighet", "workshop"}:  # they show no figures, and tell what example data is
        assert ("EXEMPELDATA" in html(app)) is example
    figures = app.get("plotly_chart")
    assert all(("EXEMPELDATA" in figure.proto.spec) is example for figure in figures)


def test_a_menu_of_files_costs_nothing_until_it_is_opened(common_data: Path) -> None:
    app = opened("sabo", kommun="Mönsterås")
    assert not app.get("download_button")
    app.session_state["meny_sabo_andel_primarvard"] = True
    app.run()
    assert len(app.get("download_button")) == len(exports.file_formats())


def test_a_profile_can_be_printed_and_those_of_all_kommuner_too(common_data: Path) -> None:
    app = opened("min_kommun", kommun="Mönsterås")
    app.session_state["meny_skriv_ut"] = True
    app.run()
    assert [each.proto.label for each in app.get("download_button") if each.proto.label.endswith(" (PDF)")]
    next(each for each in app.button if each.label == "Alla kommuner (zip)").click().run()
    assert not app.exception
    assert "Spara alla profiler" in [each.proto.label for each in app.get("download_button")]


def test_a_kommuns_page_says_first_what_the_overview_says_of_it(common_data: Path) -> None:
    own_page, overview = html(opened("min_kommun", kommun="Borgholm")), html(opened("oversikt", kommun="Borgholm"))
    sections = re.findall(r'<section class="block (?:bra|samre|nytt|flaggat)">.*?</section>', overview)
    assert len(sections) == 4
    assert own_page.index('class="lead"') < own_page.index(sections[0]) < own_page.index("<table")
    for section in sections:
        assert section in own_page
    assert "Borgholm: det enda jämförda måttet avviker från länet" in own_page
    mark = '<sup aria-hidden="true">1</sup><span class="upplast">, anmärkning 1</span>'
    assert own_page.count(mark) == 2, "at the name of each figure that the remark is about"
    assert '<b class="nr">1</b> SÄBO-boende med kommunal primärvård och Boende på SÄBO: Borgholm, 4 av 79' in own_page


def test_a_rate_has_its_unit_in_tables_cards_and_strips(common_data: Path) -> None:
    own_page, overview = html(opened("min_kommun", kommun="Borgholm")), html(opened("oversikt", kommun="Borgholm"))
    assert "per 100 000 invånare 80+ · Kolada N20402" in own_page
    assert 'data-label="Fallskador 80+, per 100 000 invånare 80+, 2022"' in overview
    assert "per 100 000 invånare 80+ · 2022 · lågt är bra" in overview


def test_slide_pages_have_the_chosen_kommuns_own_figure_in_the_first_sentence(common_data: Path) -> None:
    assert "beror troligen på registrering.</p>" in html(opened("sabo"))
    assert "(mätperiod ej angiven). I Mönsterås: 87 %. De låga talen" in html(opened("sabo", kommun="Mönsterås"))
    example = html(opened("kommunal_primarvard", kommun="Mönsterås", example=True))
    assert "på SÄBO. I Mönsterås: 342 personer.</p>" in example
    assert example.count("Luckan står till vänster") == 1, "of the steps alone, some of which are hidden"
    hidden = html(opened("hemsjukvard", kommun="Mönsterås", example=True))
    assert "insats av flera. I Mönsterås: dolt för att skydda enskilda.</p>" in hidden


def test_what_waits_for_one_extract_is_said_to_be_missing_once(common_data: Path) -> None:
    (text,) = [each.value for each in opened("kommunal_primarvard").markdown if "Siffror saknas" in each.value]
    assert text == (
        "**Siffror saknas:** Andel med fast läkarkontakt och RUB-nivå i kommunal primärvård. LGL:s bilder 4 och 5 har "
        "inga tryckta siffror. För att visa dem behövs ett uttag av typen ”Kommunal primärvård (Cosmic)”."
    )
    (text,) = [each.value for each in opened("hemsjukvard").markdown if "Siffror saknas" in each.value]
    assert "LGL:s bild 6 har inga tryckta siffror." in text


def test_many_years_of_a_source_are_told_from_the_first_to_the_last(common_data: Path) -> None:
    assert "2010–2025</td>" in html(opened("oversikt"))


def test_the_vision_has_the_kommuns_own_figures_and_one_line_for_what_is_missing(common_data: Path) -> None:
    own, whole = html(opened("malbild", kommun="Mönsterås")), html(opened("malbild"))
    assert "Mönsterås 97 %, riket 86 % (2022)" in own
    assert "Mönsterås 4 893, länet 5 241 per 100 000 invånare 80+ (2022)" in own
    assert "Länet 5 241 per 100 000 invånare 80+ (2022)" in whole
    assert "Finns per kommun" not in own
    assert own.count("Siffror saknas ännu: ") == 5, "one for each part that lacks some"
    assert "Mönsterås 1 306, länet 24 116 personer (2030)" in own, "of a forecast what Framåt begins with"


def test_the_overview_has_the_headline_figures(common_data: Path) -> None:
    text = html(opened("oversikt"))
    for figure in (
        "5 793",
        "4 346",
        "2,3 %",
        "2,34 %",
        "3 558",
        "2 811",
        "656",
        "529",
        "77 %",
        "1 447 av 1 885",
        "622",
        "i riket 600",
    ):
        assert figure in text, figure
    assert "20 475" in text
    assert "18 % fler år 2030 än 2025" in text


@pytest.mark.parametrize("page", SLIDES)
def test_with_example_data_no_slide_is_empty(page: str, common_data: Path) -> None:
    app = opened(page, example=True)
    assert len(app.get("plotly_chart")) == SLIDES[page]
    assert not [button for button in app.button if "exempeldata" in button.label]


def test_an_empty_slide_says_which_extract_is_missing_and_offers_example_data(common_data: Path) -> None:
    app = opened("kommunal_primarvard")
    assert "LGL:s bilder 4 och 5 har inga tryckta siffror. För att visa dem behövs ett uttag" in " ".join(
        m.value for m in app.markdown
    )
    assert "Ladda upp ett uttag" in [link.proto.label for link in app.get("page_link")]
    app.button(key="exempel_fast_lakarkontakt_andel").click().run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == SLIDES["kommunal_primarvard"]


def test_who_publishes_is_told_beforehand_that_nothing_can_be_published(
    common_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FolderShelf, "refusal", lambda _: "Databasen för lagret svarar inte (den startar).")
    (warning,) = opened("versioner").warning
    assert "svarar inte (den startar). Siffrorna visas ur kopior på den här servern" in warning.value
    assert not opened("sabo").warning, "who reads notices nothing"


def test_a_new_version_shows_on_the_next_run_and_the_period_can_be_chosen(data: Path) -> None:
    app = opened("sabo")
    assert "77 % av de boende" in html(app)
    assert [menu.label for menu in app.main.selectbox] == ["Jämför med"], "one period is nothing to choose from"
    publish_sabo(stores.live_store(), med=60)
    app.run()
    assert "60 % av de boende" in html(app)
    assert "Version 2" in html(app)
    app.selectbox(key="matperiod_sabo").select("ej angiven").run()
    assert "77 % av de boende" in html(app)


def test_what_is_compared_with_can_be_chosen_where_it_can(common_data: Path) -> None:
    app = opened("sabo")
    assert "Varje kommun jämförs med hela länet, där kommunen själv ingår." in html(app)
    known = ["Länet", "Länet, bara slumpen", "Länet utan anmärkta kommuner", "Övriga kommuner", "Länets median"]
    assert app.selectbox(key="jamfor_sabo").options == known, "riket is not known, nor a period"
    app.selectbox(key="jamfor_sabo").select("ovriga").run()
    assert "länets övriga kommuner tillsammans" in html(app)
    assert "Jämfört med övriga kommuner" in html(app)
    assert not opened("kommunal_primarvard").main.selectbox, "the län alone is compared with nothing"


def test_over_time_has_no_period_nor_comparison_to_choose_and_says_why(common_data: Path) -> None:
    """A menu without effect promises one; the choice is there again with another chart."""
    app = opened("jamfor")
    app.selectbox(key="indikator").select("helhetssyn_sabo_andel").run()
    menus = {"matperiod_jamfor", "jamfor_jamfor"}
    assert menus <= {each.key for each in app.selectbox}
    period = app.selectbox(key="matperiod_jamfor").options[1]
    app.selectbox(key="matperiod_jamfor").select(period).run()
    app.button_group(key="diagram").set_value("over_time").run()
    assert not app.exception
    assert menus.isdisjoint({each.key for each in app.selectbox})
    assert "menyerna Mätperiod och Jämför med finns inte över tid" in html(app)
    app.button_group(key="diagram").set_value("ranked_bar").run()
    assert menus <= {each.key for each in app.selectbox}
    assert app.selectbox(key="matperiod_jamfor").value == period
    assert "finns inte över tid" not in html(app)


def test_a_page_sees_one_version_however_long_it_takes(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone publishes between two figures of the same run."""
    real = Reader.read
    published: list[int] = []

    def publish_meanwhile(reader: Reader, *question: Any, **options: Any) -> ProtectedResult:
        result = real(reader, *question, **options)
        if not published:
            published.append(publish_sabo(stores.live_store()))
        return result

    monkeypatch.setattr(Reader, "read", publish_meanwhile)
    app = opened("sabo")
    versions = set(re.findall(r"Version (\d)", html(app)))
    assert len(versions) == 1


def test_the_sabo_page_shows_the_slides_contradictions(common_data: Path) -> None:
    text = html(opened("sabo"))
    assert "1 441 av 1 885 (76,4 %)" in text
    assert re.search(r"Borgholm<sup[^>]*>1</sup>", text)


def test_only_footnotes_have_the_sign_of_a_footnote(common_data: Path) -> None:
    assert '<b class="nr">1</b> Borgholm' in html(opened("sabo"))
    marks = re.findall(r'<b class="nr">(.*?)</b> ?(\w+)', html(opened("hemsjukvard")))
    assert marks == [], "4 346 is a number, and what is remarked on is about earlier years"


def test_sources_page_lists_extracts_remarks_and_versions(common_data: Path) -> None:
    app = opened("kallor")
    text = html(app)
    for part in ("bilden_sabo.csv", "befolkning.csv", "Redan publicerat: små tal visas", "2 026 / 2 026"):
        assert part in text
    assert "Bilden säger emot sig själv" in text


def test_every_page_is_in_the_menu() -> None:
    assert set(menu.pages()) == {page.stem for page in PAGES}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_LAN", "08,14")
        assert set(menu.pages()) == {page.stem for page in PAGES} | {OF_SEVERAL}


LIGHT = (
    "naravard.base",
    "naravard.base.numbers",
    "naravard.figures",
    "naravard.menu",
    "naravard.slides",
    "naravard.telling",
    "naravard.ui",
)


@pytest.mark.parametrize(("name", "nearest"), [("sabbo", "sabo"), ("Källor", "kallor"), ("", "")])
def test_a_page_that_is_not_registered_is_a_mistake_with_a_sentence(name: str, nearest: str) -> None:
    with pytest.raises(LookupError, match=f"The page {name!r} is not registered in .* The nearest is '{nearest}"):
        menu.page(name)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_a_page_chooses_fetches_and_shows_and_no_more(page: Path) -> None:
    """No SQL, no statistics, no store: pages import the interface and words alone."""
    allowed = {"functools", "streamlit", "naravard", *LIGHT}
    for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert {alias.name for alias in node.names} <= allowed
        if isinstance(node, ast.ImportFrom):
            assert node.module in allowed
            names = {alias.name for alias in node.names}
            assert not names & {"store", "stores", "gate", "rows", "intake", "charts", "exports"}
    assert "select " not in page.read_text(encoding="utf-8")


def in_all_words(app: AppTest) -> str:
    return " ".join(element.value for kind in (app.success, app.error, app.markdown, app.header) for element in kind)


def test_an_earlier_version_is_taken_out_of_reach_on_its_page(data: Path) -> None:
    store = stores.live_store()
    publish_sabo(store)
    app = opened("versioner")
    assert "undanta" not in {button.key for button in app.button}, "the newest is the one that is shown"
    app.selectbox(key="nummer").select(1).run()
    assert "Ta version 1 ur läsning" in in_all_words(app)
    assert app.button(key="undanta").disabled, "without a reason and a name"
    app.text_input(key="undanta_varfor").input("fel i uttaget")
    app.text_input(key="undanta_vem").input("Eva Prov").run()
    app.button(key="undanta").click().run()
    assert "Version 1 går inte längre att läsa. Det står i loggen, som version 3." in in_all_words(app)
    app.run()
    assert not app.exception
    assert sorted(store.numbers()) == [2, 3]
    assert store.versions()[0].handelse == "version 1 tagen ur läsning"
    assert (store.versions()[0].vem, store.versions()[0].varfor) == ("Eva Prov", "fel i uttaget")
    app.selectbox(key="nummer").select(1).run()
    assert "Versionens siffror går inte att läsa: den är gammal, eller tagen ur läsning." in in_all_words(app)
    assert not {"undanta", "aterstall"} & {button.key for button in app.button}


def test_a_second_click_that_waits_while_the_first_is_answered_publishes_nothing_more(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both clicks were made on the button as it was drawn, upon version 2."""
    for med in (50, 60):
        publish_sabo(empty_store, med=med)
    state: dict[str, str] = {}
    monkeypatch.setattr(versioner.st, "session_state", state)
    for _ in range(2):
        versioner._withdraw(empty_store, 1, 2, "Eva", "fel")
    assert state == {"aterstalld": "Version 1 går inte längre att läsa. Det står i loggen, som version 3."}
    assert sorted(empty_store.numbers()) == [2, 3]


@pytest.mark.parametrize("who", ["Eva", "19121212-1212"])
def test_what_hinders_that_a_version_is_taken_out_of_reach_is_told(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    for med in (50, 60):
        publish_sabo(empty_store, med=med)
    if who == "Eva":
        publish_sabo(empty_store, med=70)  # someone else, meanwhile
    state: dict[str, str] = {}
    monkeypatch.setattr(versioner.st, "session_state", state)
    before = empty_store.numbers(), empty_store.versions()
    versioner._withdraw(empty_store, 1, 2, who, "fel")
    assert list(state) == ["aterstalldes_inte"]
    assert ("Någon annan har publicerat version 3" in state["aterstalldes_inte"]) is (who == "Eva")
    assert (empty_store.numbers(), empty_store.versions()) == before


def test_a_break_in_series_is_set_and_taken_away_on_the_page_of_sources(data: Path) -> None:
    app = opened("kallor")
    assert app.button(key="brytpunkt_satt").disabled
    app.selectbox(key="brytpunkt_vad").select(kallor._Subject(indikator="hemtjanst_80plus_andel"))
    app.selectbox(key="brytpunkt_kommun").select("0885")
    app.date_input(key="brytpunkt_datum").set_value(date(2018, 1, 1))
    app.text_input(key="brytpunkt_text").set_value("Nytt system")
    app.text_input(key="brytpunkt_vem").set_value("Eva Prov").run()
    app.button(key="brytpunkt_satt").click().run()
    assert [message.value for message in app.success] == ["Brytpunkten är satt, i version 2."]
    event = stores.live_store().versions()[0]
    assert (event.handelse, event.vem, event.varfor) == ("brytpunkt satt", "Eva Prov", "Nytt system")
    assert ">Borgholm</td>" in html(app)
    app.text_input(key="brytpunkt_varfor").set_value("fel kommun")
    app.text_input(key="brytpunkt_borttagen_av").set_value("Eva Prov").run()
    app.button(key="brytpunkt_bort").click().run()
    assert [message.value for message in app.success] == ["Brytpunkt 1 är borttagen, i version 3."]
    with stores.live_store().open() as snapshot:
        assert snapshot.breaks() == []


def test_a_break_with_a_person_id_is_not_set(data: Path) -> None:
    app = opened("kallor")
    app.date_input(key="brytpunkt_datum").set_value(date(2018, 1, 1))
    app.text_input(key="brytpunkt_text").set_value("19121212-1212")
    app.text_input(key="brytpunkt_vem").set_value("Eva Prov").run()
    app.button(key="brytpunkt_satt").click().run()
    assert "liknar ett person-id" in app.error[0].value
    assert stores.live_store().newest == 1
