"""A real server and a real Chromium. Whatever goes wrong on a page fails the test that opened it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from naravard import settings

# On a deep link Streamlit's own front end first asks whether the app lies under that path. The 404 that
# answers is how it finds out that it does not.
_PROBES = ("/_stcore/health", "/_stcore/host-config")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Server:
    """A running app: its address, its data folder and its log."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(data: Path, folder: Path) -> Server:
    port = free_port()
    log = folder / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"],
            cwd=settings.ROOT,
            env={**os.environ, "NARAVARD_DATA": str(data)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as response:
                if response.status == 200:
                    return Server(url, data, log, process)
        except OSError:
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.25)
    raise AssertionError("the server did not start: " + log.read_text(encoding="utf-8"))


def stop_server(server: Server) -> None:
    server.process.terminate()
    server.process.wait(timeout=20)
    log = server.log.read_text(encoding="utf-8")
    assert "Traceback" not in log, log
    assert "rror" not in log, log


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on an empty data folder."""
    folder = tmp_path_factory.mktemp("server")
    running = start_server(folder / "data", folder)
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    path = os.environ.get("NARAVARD_CHROMIUM") or None
    running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
    yield running
    running.close()


class Visit:
    """A visitor's tab that remembers everything that went wrong."""

    def __init__(self, context: BrowserContext, server: Server) -> None:
        self.page: Page = context.new_page()
        self.server = server
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

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.server.url}/{path}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page is drawn and nothing runs."""
        self.page.wait_for_selector("h1", timeout=60_000)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        self.page.wait_for_selector('[data-testid="stSkeleton"]', state="detached")
        for chart in self.page.query_selector_all('[data-testid="stPlotlyChart"]'):
            chart.wait_for_selector(".main-svg")

    def text(self) -> str:
        return self.page.inner_text('[data-testid="stMain"]').replace("\u00a0", " ")

    def check(self) -> None:
        assert not self.faults, self.faults
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.page.locator('[data-testid="stAlertContentError"]').count() == 0


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1600, "height": 900}, locale="sv-SE")
    visitor = Visit(context, server)
    yield visitor
    visitor.check()
    context.close()
