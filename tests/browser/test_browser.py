"""The pages in Chromium, as a visitor meets them."""

import os
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from naravard import stores
from naravard.base import settings
from tests.browser.conftest import (
    Server,
    Visit,
    choose,
    follow,
)
from tests.test_store import publish_sabo, sabo_file

PAGES = ["", *(p.stem for p in sorted((settings.ROOT / "pages").glob("*.py")) if p.stem not in {"oversikt", "lanen"})]
OWN = "min_kommun?kommun=Borgholm"
"""The page of one's own kommun, which asks which it is where the address names none."""
PATHS = [OWN if name == "min_kommun" else name for name in PAGES]
"""Where each page has figures."""
FIGURES = {
    "": ["5 793", "varav 4 346 i ordinärt boende", "2,3 %", "2,34 % av 247 711", "3 558", "2 811", "656", "529",
         "77 %", "1 447 av 1 885", "622", "600"],
    "kommunal_primarvard": ["5 793 personer i Kalmar län", "4 346 bor i ordinärt boende", "2,3 % av befolkningen"],
    "hemsjukvard": ["3 558 personer", "2 811 har insats av sjuksköterska", "656", "529"],
    "sabo": ["77 % av de boende", "1 447 av 1 885", "Bilden säger emot sig själv"],
    "akutbesok": ["622 akutbesök per 1 000", "riket 600"],
    OWN: ["Borgholm: det enda jämförda måttet avviker från länet", "5 %", "2–12 %", "Läge bland kommunerna",
          "registrering"],
    "jamfor": ["Andel boende på SÄBO med kommunal primärvård", "Definition och ursprung", "Ladda ner"],
    "framat": ["24 116 invånare 80+ år 2030: 18 % fler än 2025", "20 475",
               "Räkneexempel, ingen prognos", "Spannet är slumpens (95 %)"],
    "malbild": ["Samordning och relationskontinuitet", "Uppföljning och analys", "Mäts inte än"],
    "projektor": ["Bilder i ordning (7)", "5 793 personer i Kalmar län", "Markera nästa och föregående kommun"],
    "workshop": ["Öppna workshop", "Bilder: 7 stycken"],
    "hjalp": ["Varifrån kommer siffran?", "1–4 personer"],
    "tillganglighet": ["WCAG 2.1 nivå AA", "Digg", "Senast testad"],
    "kallor": ["bilden_sabo.csv", "Ladda upp ett uttag"],
    "ladda_upp": ["Släpp ett eller flera uttag här", "Kända fel hos leverantörer"],
    "program": ["/api/v1/indikatorer", "Här behövs ingen nyckel"],
    "versioner": ["bilden_sabo.csv", "Första start", "Det är den äldsta versionen som finns kvar"],
}  # fmt: skip
SABO_TABLE = [
    "Borgholm1 , anmärkning 1 79 4 5 %", "Emmaboda 68 53 78 %", "Hultsfred 104 93 89 %", "Högsby 52 51 98 %",
    "Kalmar 494 324 66 %", "Mönsterås 110 96 87 %", "Mörbylånga2 , anmärkning 2 106 26 25 %",
    "Nybro 169 160 95 %", "Oskarshamn 215 206 96 %",
    "Torsås 43 41 95 %", "Vimmerby 106 87 82 %", "Västervik 339 306 90 %", "Kalmar län 1 885 1 447 77 %",
]  # fmt: skip


def test_the_sabo_table_is_a_real_table_with_the_slides_rows(looker: Visit) -> None:
    page = looker.look("sabo")
    rows = page.get_by_role("table").first.get_by_role("row").all_inner_texts()
    shown = [" ".join(row.replace("\u00a0", " ").split()) for row in rows[1:]]
    assert [row[: len(slide)] for row, slide in zip(shown, SABO_TABLE, strict=True)] == SABO_TABLE
    assert shown[0].startswith("Borgholm1 , anmärkning 1 79 4 5 % 2,0–12,3 % ▼▼ avviker tydligt")


def test_charts_have_a_text_that_says_what_they_show(looker: Visit) -> None:
    page = looker.look("sabo")
    name = page.get_by_role("figure").first.get_attribute("aria-label") or ""
    assert "Kalmar län 77\u00a0%, från 5\u00a0% (Borgholm) till 98\u00a0% (Högsby)" in name


def test_the_switch_turns_example_data_on_and_off_and_stays_in_the_link(visit: Visit) -> None:
    page = visit.open("hemsjukvard")
    page.get_by_text("Visa exempeldata", exact=True).click()
    page.get_by_text("Personerna är påhittade. Länets summor").wait_for()
    visit.settle()
    page.wait_for_url("**exempel=true*")
    page.get_by_text("Visa exempeldata", exact=True).click()
    page.get_by_text("Personerna är påhittade. Länets summor").wait_for(state="detached")
    page.wait_for_url(lambda url: "exempel" not in url)


def test_the_menu_and_the_tiles_lead_to_the_pages(visit: Visit) -> None:
    page = visit.open()
    follow(page.locator(".bricka").get_by_role("link", name="SÄBO"), "sabo")
    follow(page.get_by_role("link", name="Akutbesök 80+").first, "akutbesok")
    page.go_back()
    page.get_by_role("heading", name="Särskilt boende för äldre (SÄBO)").wait_for()


def importera(server: Server, file: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "naravard", "importera", str(file), "--kalla", "sabo", "--godkann-varningar", *options],
        cwd=settings.ROOT,
        env={**os.environ, "NARAVARD_DATA": str(server.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.slow
@pytest.mark.parametrize("count", [3, 10])
def test_visitors_and_an_import_at_once(browser: Browser, publishing: Server, tmp_path: Path, count: int) -> None:
    """Nobody meets an error or a lock; afterwards everyone sees the new figure at the next click, without a restart."""
    file = tmp_path / "sabo.csv"
    file.write_bytes(sabo_file(boende=100, med=60))
    context = browser.new_context(reduced_motion="reduce")
    first = Visit(context, publishing)
    first.open()
    visitors = [first, *(Visit(context, publishing, opener=first.page) for _ in range(count - 1))]
    for visitor in visitors:
        visitor.begin()
    for visitor in visitors:
        visitor.settle()
        assert "1 447 av 1 885" in visitor.text()
    publication = importera(publishing, file, "--matperiod", "våren 2025")
    for visitor in cycle(visitors):  # one at a time: all pages loading at once only starve the import
        visitor.open()
        if publication.poll() is not None:
            break
    assert publication.wait() == 0, publication.stderr and publication.stderr.read()
    for visitor in visitors:
        visitor.page.get_by_test_id("stSidebarNavLink").first.click()
    for visitor in visitors:
        visitor.page.get_by_text("720 av 1\u00a0200 boende").wait_for()
        visitor.settle()
        assert "våren 2025" in visitor.text()
        visitor.check()
    context.close()


@pytest.mark.slow  # test_browse.py has other choices that are kept in the link
def test_the_period_is_kept_in_the_link(publishing: Server, busy_tab: Visit) -> None:
    publish_sabo(stores.live_store(), "våren 2024")
    page = busy_tab.open("sabo")
    assert "60 % av de boende" in busy_tab.text()
    choose(page.get_by_role("combobox", name="Mätperiod"), "Ej angiven (LGL:s bild)")
    page.get_by_text("77 % av de boende").wait_for()
    page.wait_for_url("**/sabo?*matperiod_sabo=*")
    link = page.url.removeprefix(publishing.url + "/")
    busy_tab.check()
    busy_tab.leave()  # who opens the link has nothing but the link
    busy_tab.open(link)
    assert "77 % av de boende" in busy_tab.text()
    busy_tab.open("sabo?matperiod_sabo=finns+inte")
    assert "60 % av de boende" in busy_tab.text()
    busy_tab.check()


def test_an_unknown_address_leads_to_the_start_page_with_a_word(visit: Visit) -> None:
    page = visit.open("finns_inte")
    assert "Sidan ”finns_inte” finns inte" in visit.text()
    assert "5 793" in visit.text()
    follow(page.get_by_role("link", name="SÄBO").first, "sabo")
    page.get_by_text("finns inte").wait_for(state="detached")


def test_headers_and_health(server: Server, visit: Visit) -> None:
    response = visit.page.request.get(f"{server.url}/halsa")
    assert response.json()["status"] == "ok"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
