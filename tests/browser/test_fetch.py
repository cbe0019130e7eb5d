"""A fresh server, from its first request; from click to figure: open figures are fetched from this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import (
    PHONE,
    Server,
    Visit,
    assert_no_sideways_scroll,
    new_tab,
    settle,
    start_server,
    stop_server,
    with_stores,
)
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_browser import PAGES
from tests.browser.test_upload import sign
from tests.open_apis import Fault, OpenApis, serving


@pytest.fixture(scope="module")
def apis() -> Iterator[OpenApis]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def fetching(
    apis: OpenApis, browser: Browser, filled: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """A visitor of a server whose operator has turned Kolada on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_HAMTA", "kolada")
        patch.setenv("NARAVARD_KOLADA_URL", apis.kolada)
        server = start_server(with_stores(filled, tmp_path_factory), "tests.browser.plain")
    yield from _only_visitor(browser, server)


@pytest.fixture
def fresh(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """The first visitor of a server that starts without any store."""
    yield from _only_visitor(browser, start_server(tmp_path, "tests.browser.plain"))


def _only_visitor(browser: Browser, server: Server) -> Iterator[Visit]:
    visit = new_tab(browser, server)
    yield visit
    visit.check()
    visit.page.context.close()
    stop_server(server)


@pytest.mark.slow
def test_the_first_request_to_a_fresh_server_may_be_a_deep_link(fresh: Visit) -> None:
    """It goes through the shell: our style, our menu and our switch are there, and the store has been filled."""
    page = fresh.open("sabo")
    assert page.title() == "SÄBO – Nära vård i siffror"
    assert page.get_by_text("Visa exempeldata").is_visible()
    assert page.locator('[data-testid="stSidebarNavLink"]').count() == len(PAGES)
    assert "1 447 av 1 885" in fresh.text()
    fresh.check()


@pytest.mark.slow
def test_from_click_to_figure(fetching: Visit, apis: OpenApis) -> None:
    page = fetching.open("ladda_upp")
    apis.values["N23801", "0880", 2022]["T"] = 8.5
    page.get_by_text("Hämta öppna siffror från Kolada och SCB").click()
    expect(page.get_by_text("SCB", exact=True)).to_have_count(0)
    button = page.get_by_role("button", name="Hämta från Kolada")
    expect(button).to_be_visible()
    settle(page)
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert_no_sideways_scroll(page)
    page.set_viewport_size({"width": 1600, "height": 900})
    apis.faults = [Fault("503", 99, "/kpi/")]
    button.click()
    expect(page.get_by_text("Kolada: ", exact=False).first).to_be_visible()
    page.get_by_role("button", name="Avbryt").click()
    expect(page.get_by_text("Hämtningen avbröts. Inget är ändrat.")).to_be_visible()
    apis.faults = []
    settle(page)
    button.click()
    expect(page.locator("p.utfall")).to_have_count(2)
    settle(page)
    assert "inga fel och inga varningar" in fetching.text()
    assert "1 ändrat tal" in fetching.text()
    sign(page, "Koladas nya tal")
    button = page.get_by_role("button", name="Publicera 2 uttag")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Version 2 är publicerad.", exact=False)).to_be_visible()
    query = "indikator=Inv%C3%A5nare+80%2B+i+s%C3%A4rskilt+boende%2C+andel+%28%25%29&jamfor_matperiod=2022"
    fetching.open(f"jamfor?{query}&matperiod_jamfor=2022&jamfor_jamfor=Liknande+kommuner")
    expect(page.get_by_role("row", name="Kalmar ").filter(has_text="8,5").first).to_be_visible()


def test_a_server_without_the_setting_has_no_button_and_says_who_can_turn_it_on(looker: Visit) -> None:
    page = looker.look("ladda_upp")
    page.get_by_text("Hämta öppna siffror från Kolada och SCB").click()
    expect(page.get_by_text("NARAVARD_HAMTA=kolada,scb", exact=False)).to_be_visible()
    assert page.get_by_role("button", name="Hämta från").count() == 0
