"""Every page: its figures, its marks, axe in light and dark, a phone. The statement's own facts come from here.

`make accessibility` looks at all pages in both themes and on a phone, and writes what was found to
data/tillganglighet.json, which the page Tillgänglighet tells. In `make test` pages are looked at as they open, of
those that are alike two, and those with the most kinds of parts in the other theme and on a phone too.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from naravard.base import clock
from naravard.ui import statement
from tests.browser.conftest import DESKTOP, PHONE, Scheme, Visit, assert_no_sideways_scroll
from tests.browser.test_browser import FIGURES, OWN, PAGES, PATHS

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
AXE = {"runOnly": RULES, "resultTypes": ["violations"]}
"""What passes is not described: that took longer than the search."""
LEVELS = ("WCAG 2.0 A", "WCAG 2.0 AA", "WCAG 2.1 A", "WCAG 2.1 AA")
_FADED = """part => {
  Object.assign(part.style, { transition: "opacity 1s", opacity: ".3" })
  const { transitionDuration, opacity } = getComputedStyle(part)
  Object.assign(part.style, { transition: "", opacity: "" })
  return [transitionDuration, opacity]
}"""
"""How a part looks that fades as Streamlit lets those fade that wait for their next run."""
THEMES: dict[Scheme, str] = {"light": "ljust", "dark": "mörkt"}
KEEP = os.environ.get("NARAVARD_TILLGANGLIGHET")
ours: list[str] = []
excepted: set[str] = set()


def assert_accessible(page: Page) -> None:
    """Axe finds nothing on the page as it is shown now, but for what is Streamlit's own."""
    found = Axe().run(page, options=AXE).response["violations"]
    nodes = [(v["id"], n["html"][:200]) for v in found for n in v["nodes"]]
    excepted.update(rule for rule, html in nodes if streamlits_own(rule, html))
    told = [node for node in nodes if not streamlits_own(*node)]
    ours.extend(str(node) for node in told)
    assert not told, f"{page.url}: {json.dumps(told, ensure_ascii=False, indent=1)}"
    loose = page.locator('[data-testid="stMain"] :not(ul, ol) > li')
    assert loose.count() == 0, "else the exception for items could hide one of ours"


def streamlits_own(rule: str, html: str) -> bool:
    """Whether it is in the list of what Streamlit draws and we cannot change."""
    return any(rule == e.regel and html.startswith(e.element) for e in statement.of_the_service().undantag)


@pytest.fixture(scope="module", autouse=True)
def result() -> Iterator[None]:
    yield
    if KEEP:
        told = {
            "day": clock.today().isoformat(),
            "pages": [page or "oversikt" for page in PAGES],
            "themes": list(THEMES.values()),
            "rules": list(LEVELS),
            "faults": len(ours),
            "excepted": sorted(excepted),
        }
        Path(KEEP).write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


OF_MANY_PARTS = ("jamfor", OWN)
"""Between them they have most kinds of parts: situation, charts, tables, strips, menus."""


ALIKE = ("hemsjukvard", "akutbesok")
"""Built of the same parts as two pages that are looked at each time; test_pages.py has their figures."""


def name_of(path: str) -> str:
    return path.partition("?")[0] or "oversikt"


@pytest.fixture(
    scope="module",
    params=[pytest.param(p, marks=pytest.mark.slow if p in ALIKE else (), id=name_of(p)) for p in PATHS],
)
def path(request: pytest.FixtureRequest) -> str:
    """Each page in turn. A parameter of the module keeps the tests of a page together: an opening serves several."""
    return str(request.param)


@pytest.fixture(
    scope="module",
    params=[pytest.param(p, marks=() if p in OF_MANY_PARTS else pytest.mark.slow, id=name_of(p)) for p in PATHS],
)
def example_path(request: pytest.FixtureRequest) -> str:
    return f"{request.param}{'&' if '?' in request.param else '?'}exempel=true"


@pytest.fixture
def real(path: str, looker: Visit) -> Page:
    return looker.look(path)


@pytest.fixture
def example(example_path: str, looker: Visit) -> Page:
    return looker.look(example_path, DESKTOP, "dark")


def test_a_page_opens_with_its_figures_and_without_a_fault(path: str, real: Page, looker: Visit) -> None:
    text = looker.text()
    for figure in FIGURES[path]:
        assert figure in text, figure
    assert real.get_attribute("html", "lang") == "sv"
    faded = real.get_by_test_id("stElementContainer").first.evaluate(_FADED)
    assert faded == ["0s", "1"], "who has asked for less motion sees no part of a page fade"


def test_axe_finds_nothing_in_light(real: Page) -> None:
    """The real figures, with their empty states and remarks."""
    assert_accessible(real)


def test_with_example_data_every_chart_and_table_says_so(example: Page) -> None:
    assert example.get_by_text("Personerna är påhittade. Länets summor").is_visible()
    charts = example.locator('[data-testid="stPlotlyChart"]')
    for position in range(charts.count()):
        assert "EXEMPELDATA" in charts.nth(position).inner_text()
    tables = example.locator(".tabell.tal:not(.poster) caption")
    for position in range(tables.count()):
        assert tables.nth(position).inner_text().startswith("EXEMPELDATA")


def test_axe_finds_nothing_in_dark(example: Page) -> None:
    """EXEMPELDATA, with every chart and hidden figures."""
    assert_accessible(example)


def test_a_phone_does_not_scroll_sideways(example_path: str, looker: Visit) -> None:
    """Opened on the phone: a window that is made narrow keeps its menu."""
    assert_no_sideways_scroll(looker.look(example_path, PHONE))


@pytest.mark.parametrize("kind", ["Karta", pytest.param("Trattdiagram", marks=pytest.mark.slow)])
def test_axe_finds_nothing_on_the_other_charts(kind: str, looker: Visit) -> None:
    assert_accessible(looker.look(f"jamfor?diagram={kind}"))


def test_axe_finds_nothing_on_a_phone_or_in_an_open_menu(visit: Visit) -> None:
    page = visit.look("jamfor", PHONE)
    page.get_by_role("button", name="Ladda ner").click()
    page.get_by_role("button", name="Excel").wait_for()
    assert_accessible(page)


@pytest.mark.slow
@pytest.mark.parametrize("width", [DESKTOP[0], PHONE[0]])
def test_axe_finds_nothing_in_the_guide_for_programs(width: int, visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": DESKTOP[1]})
    page.goto(f"{visit.server.url}/api/v1/")
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_statement_is_of_all_pages_as_they_are() -> None:
    """The stored result names every page and both themes: a new page is tested before the statement speaks of it."""
    stored = statement.last_test()
    assert stored is not None, "make accessibility"
    assert set(stored.pages) == {page or "oversikt" for page in PAGES}
    assert set(stored.themes) == set(THEMES.values())
    assert stored.faults == 0
    assert set(stored.excepted) <= {exempt.regel for exempt in statement.of_the_service().undantag}
