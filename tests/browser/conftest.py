"""A real server and a real Chromium. Whatever goes wrong on a page fails the test that opened it.

A worker opens its pages in one tab, one after another: a new tab reads and compiles all scripts of Streamlit and Plotly
again, which takes longer than the page itself. A page that is opened is a new session on the server all the same.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as NotInTime

from naravard import intake, stores
from naravard.base import settings

PATIENCE = 180
"""Seconds until something that must happen counts as not happening: how fast the machine is decides nothing."""
PATIENCE_MS = 1_000 * PATIENCE
expect.set_options(timeout=PATIENCE_MS)
Scheme = Literal["light", "dark"]
DESKTOP, PHONE = (1600, 900), (400, 800)
NOWHERE = "about:blank"
"""What a tab shows that nobody uses."""
# On a deep link Streamlit's own front end first asks whether the app lies under that path. The 404 that
# answers is how it finds out that it does not.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_UNFINISHED = """() => [
    ["no heading", !document.querySelector("h1")],
    ["the script runs", !document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]')],
    ["a part is not loaded", document.querySelector('[data-testid="stSkeleton"]')],
    ["a chart is not drawn", [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
        .some(chart => !chart.querySelector(".main-svg"))],
].filter(([, holds]) => holds).map(([what]) => what)"""
_STILL = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(
    document.getAnimations().every(a => a.playState !== "running" || a.effect.getTiming().iterations === Infinity)
))))"""


@dataclass
class Server:
    """A running app: its address, its data folder and its log."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]
    as_started: int = 1
    """Number of the version that has the content of the first start."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(
    folder: Path, program: str = "tests.shut", port: int | None = None, options: Sequence[str] = ()
) -> Server:
    """A server whose data folder is `data` in the folder, empty or not."""
    port = port or free_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                program,
                "run",
                "app.py",
                f"--server.port={port}",
                "--server.headless=true",
                *options,
            ],
            cwd=settings.ROOT,
            env={**os.environ, "NARAVARD_DATA": str(folder / "data")},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=PATIENCE) as response:
                if response.status == 200:
                    return Server(url, folder / "data", log, process)
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.1)
    raise AssertionError("the server did not start: " + log.read_text(encoding="utf-8"))


def stop_server(server: Server) -> None:
    server.process.terminate()
    server.process.wait(timeout=PATIENCE)
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log
    assert "rror" not in log, log


def with_stores(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a server that has been started before."""
    folder = tmp_path_factory.mktemp("server")
    shutil.copytree(filled, folder / "data")
    return folder


@pytest.fixture(scope="session")
def server(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the figures of the first start, where nobody publishes anything."""
    running = start_server(with_stores(filled, tmp_path_factory))
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def busy_server(filled_with_deck: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where tests publish, each indicator at a cost, and where they can hold a check (see `gate.py`)."""
    running = start_server(with_stores(filled_with_deck, tmp_path_factory), "tests.browser.gate")
    yield running
    stop_server(running)


@pytest.fixture
def publishing(busy_server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server where tests publish, its store with the content of the first start."""
    monkeypatch.setenv("NARAVARD_DATA", str(busy_server.data))
    if stores.live_store().newest != busy_server.as_started:
        intake.restore(1, stores.live_store(), who="test", why="från början")
        busy_server.as_started = stores.live_store().newest or 1
    return busy_server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("NARAVARD_CHROMIUM") or None
    running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS, timeout=PATIENCE_MS)
    yield running
    running.close()


class Visit:
    """A visitor's tab that remembers everything that went wrong."""

    def __init__(self, context: BrowserContext, server: Server, opener: Page | None = None) -> None:
        """With an opener in the same process of Chromium, which then reads all scripts once for both."""
        context.set_default_timeout(PATIENCE_MS)
        if opener is None:
            self.page: Page = context.new_page()
        else:
            with context.expect_page() as opened:
                opener.evaluate("url => { window.open(url) }", NOWHERE)
            self.page = opened.value
        self.server = server
        self.shown: tuple[str, tuple[int, int], Scheme] | None = None
        """Which page was opened, in which size and theme; None when a test may have clicked on it since."""
        self.faults: list[str] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", lambda request: self._on_request(request.url))

    def _on_console(self, message: ConsoleMessage) -> None:
        probe = message.location.get("url", "").endswith(_PROBES)
        if message.type == "error" and not probe:
            self.faults.append(f"console: {message.text}")

    def _on_request(self, url: str) -> None:
        host = self.server.url.removeprefix("http://")
        if not url.startswith((f"http://{host}", f"ws://{host}", "data:", "blob:")):
            self.faults.append(f"outside: {url}")

    def begin(self, path: str = "") -> None:
        """Ask for a page without waiting for it."""
        self.page.goto(f"{self.server.url}/{path}", wait_until="commit")

    def open(self, path: str = "") -> Page:
        self.begin(path)
        self.settle()
        return self.page

    def look(self, path: str, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light") -> Page:
        """Open a page in a window of a size and a theme, unless it is what the tab shows, as it was opened."""
        if self.shown != (path, size, scheme):
            self.shown = None
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.page.emulate_media(color_scheme=scheme)
            self.open(path)
            self.shown = path, size, scheme
        return self.page

    def settle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        settle(self.page)

    def text(self) -> str:
        return self.page.inner_text('[data-testid="stMain"]').replace("\u00a0", " ")

    def check(self) -> None:
        faults, self.faults = self.faults, []
        assert not faults, (self.page.url, faults)
        assert self.page.locator('[data-testid="stException"]').count() == 0, self.page.url
        assert self.page.locator('[data-testid="stAlertContentError"]').count() == 0, self.page.url

    def leave(self) -> None:
        """As a tab that nobody has used: no page, no session, nothing remembered."""
        if self.page.url == NOWHERE:
            return
        self.shown = None
        if self.page.url.startswith("http"):
            self.page.evaluate("() => { sessionStorage.clear(); localStorage.clear() }")
        self.page.context.clear_cookies()
        self.page.goto(NOWHERE)
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        self.faults.clear()


def settle(page: Page) -> None:
    """Wait until the page is drawn and nothing runs."""
    try:
        page.wait_for_function(f"() => !({_UNFINISHED})().length", polling=50)
    except NotInTime:
        raise AssertionError(f"{page.url} is not drawn: {page.evaluate(_UNFINISHED)}") from None


def still(page: Page) -> None:
    """Wait until what has been opened, resized or scrolled to no longer moves."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(_STILL):
        assert time.monotonic() < end, f"{page.url}: something moves without end"


def choose(menu: Locator, option: str) -> None:
    """Choose in a menu. One that is scrolled while it opens closes again: then it is opened once more."""
    menu.scroll_into_view_if_needed()
    choice = menu.page.get_by_role("option", name=option)
    for _ in range(PATIENCE // 10):
        still(menu.page)
        menu.click()
        try:
            choice.click(timeout=10_000)
        except NotInTime:
            menu.press("Escape")
        else:
            return
    raise AssertionError(f"{option} cannot be chosen on {menu.page.url}")


def follow(link: Locator, path: str) -> None:
    """Follow a link to a page. A click that meets a page which draws itself anew is lost: then once more."""
    for _ in range(PATIENCE // 10):
        link.click()
        with suppress(NotInTime):
            link.page.wait_for_url(re.compile(rf"/{path}(\?|$)"), wait_until="commit", timeout=10_000)
            return
    raise AssertionError(f"the link does not lead from {link.page.url} to {path}")


def assert_no_sideways_scroll(page: Page) -> None:
    """The page fits into its window, once all parts have followed a change of its width."""
    too_wide = """width => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
        .filter(part => part.scrollWidth > width).map(part => `${part.tagName} ${part.scrollWidth}`)"""
    width = (page.viewport_size or {"width": 0})["width"]
    try:
        page.wait_for_function(f"width => !({too_wide})(width).length", arg=width, polling=50)
    except NotInTime:
        raise AssertionError(f"{page.url} is wider than {width}: {page.evaluate(too_wide, width)}") from None


def new_tab(browser: Browser, server: Server) -> Visit:
    """A tab of a visitor who has never been here."""
    size = {"width": DESKTOP[0], "height": DESKTOP[1]}
    # without motion, which Chromium would draw 60 times a second while a page is waited for
    context = browser.new_context(viewport=size, locale="sv-SE", reduced_motion="reduce")  # type: ignore[arg-type]
    return Visit(context, server)


@pytest.fixture(scope="session")
def tab(browser: Browser, server: Server) -> Iterator[Visit]:
    """The worker's tab for pages that are only looked at."""
    opened = new_tab(browser, server)
    yield opened
    opened.page.context.close()


@pytest.fixture(scope="session")
def busy_tab(browser: Browser, busy_server: Server) -> Iterator[Visit]:
    """The worker's tab for pages where something is published."""
    opened = new_tab(browser, busy_server)
    yield opened
    opened.page.context.close()


@pytest.fixture
def looker(tab: Visit) -> Iterator[Visit]:
    """A visitor who only looks: `look` opens no page that the tab shows already."""
    yield tab
    try:
        tab.check()
    except AssertionError:
        tab.leave()  # the fault is this test's, and not the next one's
        raise


@pytest.fixture
def visit(tab: Visit) -> Iterator[Visit]:
    tab.leave()
    yield tab
    try:
        tab.check()
    finally:
        tab.leave()
