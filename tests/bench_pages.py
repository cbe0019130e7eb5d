"""How long pages, files and moving between pages take, as ratios to bare ones: a part of `make bench`.

A bare page is a Streamlit script that draws as many charts from constants, and as many bytes of HTML, in the same run.
All figures are of one run on one machine.
"""

from __future__ import annotations

import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches
from streamlit.testing.v1 import AppTest

from naravard import exports, intake, stores
from naravard.base import settings
from naravard.figures.reader import Reader
from naravard.slides import lgl
from naravard.store.snapshots import Store
from tests.browser.conftest import CHROMIUM_FLAGS, free_port, settle, start_server, stop_server

TIMES = 7
SHELL = str(settings.ROOT / "naravard" / "ui" / "shell" / "main.py")
PAGES = sorted((settings.ROOT / "pages").glob("*.py"))
FEW, MANY = 6_000, int(os.environ.get("BENCH_ROWS", "6_000_000"))
BARE = """
import plotly.graph_objects as go
import streamlit as st
st.set_page_config(layout="wide")
st.title("Bar sida")
for i in range({charts}):
    figure = go.Figure(go.Bar(x=list(range(12)), y=[str(n) for n in range(12)], orientation="h"))
    st.plotly_chart(figure, theme=None, key=str(i))
for i in range({texts}):
    st.html("<p>" + "x" * 200 + "</p>")
"""
MOVES = """
import streamlit as st
current = st.navigation([st.Page("a.py", title="A", default=True), st.Page("b.py", title="B")])
current.run()
"""


def main() -> None:
    """Print a table for each of the five."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NARAVARD_DATA"] = str(folder / "data")
        stores.live_store()
        store = stores.example_store()
        _server_time()
        _deck(store)
        _in_chromium(folder)
        _growth(folder)


def told(what: str, ratio: float, bound: float, more: str = "") -> None:
    """Print a measure beside its bound."""
    print(f"{what:<46} {ratio:6.2f}   bound {bound:.2f}   {'kept' if ratio <= bound else 'BROKEN'}   {more}")


def _median(work: Callable[[], object], times: int = TIMES) -> float:
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def _opened(page: Path, *, example: bool = True) -> AppTest:
    app = AppTest.from_file(SHELL, default_timeout=300)
    if example:
        app.query_params["exempel"] = "true"
    app.run()
    return app.switch_page(str(page)).run()


def _server_time() -> None:
    """A rerun of each page, warm and with all figures, beside a bare page with as many charts and texts."""
    print("server time of a warm page / a bare page with as many charts")
    for page in PAGES:
        app = _opened(page)
        charts, texts = len(app.get("plotly_chart")), len(app.get("html"))
        bare = AppTest.from_string(BARE.format(charts=charts, texts=texts), default_timeout=300).run()
        ours, theirs = _median(app.run), _median(bare.run)
        told(f"  {page.stem} ({charts} charts)", ours / theirs, 3, f"{1000 * ours:.0f} ms / {1000 * theirs:.0f} ms")


def _deck(store: Store) -> None:
    """LGL's deck as a file, figures already fetched, beside python-pptx with the same number of charts of constants."""

    deck = lgl.deck(Reader(store), 1, is_example=True)
    made = Presentation(io.BytesIO(exports.write_deck(deck)))
    charts = [[_constants(s.chart) for s in slide.shapes if s.has_chart] for slide in made.slides]
    ours = _median(partial(exports.write_deck, deck))
    bare = _median(partial(_bare_deck, charts))
    told("LGL's deck / the same charts from constants", ours / bare, 3, f"{ours:.2f} s / {bare:.2f} s")


Constants = tuple[list[str], list[tuple[str, list[float | None]]]]


def _constants(chart: Any) -> Constants:
    plot = chart.plots[0]
    return [str(c) for c in plot.categories], [(series.name, list(series.values)) for series in plot.series]


def _bare_deck(charts: list[list[Constants]]) -> bytes:
    """The same charts with their labels and the colour of each bar, without titles, texts, tables and notes."""
    deck = Presentation()
    for wanted in charts:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for position, (categories, series) in enumerate(wanted):
            data = CategoryChartData()
            data.categories = categories
            for name, values in series:
                data.add_series(name, values)
            place = Inches(position * 4), Inches(2), Inches(4), Inches(4)
            chart = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data).chart
            chart.plots[0].has_data_labels = True
            for drawn in chart.plots[0].series:
                for bar in range(len(categories)):
                    fill = drawn.points[bar].format.fill
                    fill.solid()
                    fill.fore_color.rgb = RGBColor(11, 92, 107)
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def _in_chromium(folder: Path) -> None:
    """Time until the first figure is drawn, and from a click in the menu until the next page is."""
    bare = folder / "bar"
    bare.mkdir()
    (bare / "app.py").write_text(MOVES, encoding="utf-8")
    for name in "ab":
        (bare / f"{name}.py").write_text(BARE.format(charts=1, texts=10), encoding="utf-8")
    ours = start_server(folder)
    theirs, bare_process = bare_server(bare)
    with sync_playwright() as playwright:
        path = os.environ.get("NARAVARD_CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1600, "height": 900})
        first = {url: _median(partial(_first_figure, page, url)) for url in (f"{ours.url}/sabo", f"{theirs}/b")}
        mine, bares = first.values()
        told("time to the first figure / a bare page", mine / bares, 1.15, f"{mine:.2f} s / {bares:.2f} s")
        page.goto(f"{ours.url}/sabo")
        settle(page)
        moved = _median(partial(_there_and_back, page)) / 2
        told("moving to another page / the first figure", moved / mine, 0.5, f"{moved:.2f} s")
        browser.close()
    stop_server(ours)
    bare_process.terminate()


def bare_server(folder: Path) -> tuple[str, subprocess.Popen[bytes]]:
    port = free_port()
    arguments = ["-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    while True:
        with suppress(OSError), urllib.request.urlopen(f"{url}/_stcore/health"):
            return url, process
        time.sleep(0.1)


def _first_figure(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector(".js-plotly-plot .main-svg")


def _there_and_back(page: Page) -> None:
    for link, heading in (("Hemsjukvård", "Hemsjukvård"), ("SÄBO", "Särskilt boende för äldre (SÄBO)")):
        page.get_by_test_id("stSidebarNavLink").get_by_text(link, exact=True).click()
        page.get_by_role("heading", name=heading, exact=True).wait_for()
        page.wait_for_selector(".js-plotly-plot .main-svg")


def _growth(folder: Path) -> None:
    """The same page over a store of few persons and one of a thousand times as many, warm, and its first fetch."""
    pages, fetches = {}, {}
    for rows in (FEW, MANY):
        os.environ["NARAVARD_DATA"] = str(folder / str(rows))
        content = _persons(rows)
        store = stores.live_store()
        choices = intake.Choices(kalla="cosmic", matperiod="våren 2024")
        examination = intake.examine(content, "cosmic.csv", choices, extracts=store.extracts())
        intake.publish([examination], store, who="bench", why="bench", expected_version=store.newest)
        pages[rows] = _opened(settings.ROOT / "pages" / "kommunal_primarvard.py", example=False).run
        fetches[rows] = partial(_first_read, store)
    for what, works in ((f"a page over {MANY} person rows / over {FEW}", pages), ("its figures, not cached", fetches)):
        times: dict[int, list[float]] = {FEW: [], MANY: []}
        for _ in range(3 * TIMES):  # by turns, so that what else the machine does falls on both
            for rows, work in works.items():
                os.environ["NARAVARD_DATA"] = str(folder / str(rows))
                times[rows].append(_median(work, 1))
        few, many = (statistics.median(times[rows]) for rows in (FEW, MANY))
        told(what, many / few, 1.1, f"{1000 * many:.0f} ms / {1000 * few:.0f} ms")


def _first_read(store: Store) -> object:
    return Reader(store).read("kommunal_primarvard_antal")


def _persons(rows: int) -> bytes:
    """An extract with so many rows, in few letters, so that six millions are within what can be read."""
    kommuner = ("0885", "0880", "0881", "0882", "0834", "0884", "0883")
    lines = (
        f"{1925 + i % 60}0230-{i % 10_000:04};{kommuner[i % 7]};{'SÄBO' if i % 4 else 'Ordinärt'};{i % 6}\n"
        for i in range(rows)
    )
    return ("Personnummer;Kommun;Boendeform;RUB\n" + "".join(lines)).encode("cp1252")


if __name__ == "__main__":
    main()
