"""How fast a slide changes, and whether a full room's answers come to the board in time: a part of `make bench`.

Both are seen in Chromium on the projected window itself. A bare page is a Streamlit script with a chart that a button
draws anew, in the same run on the same machine.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from naravard import stores
from naravard.workshop.workshops import Workshops
from tests.bench_pages import bare_server, told
from tests.browser.conftest import CHROMIUM_FLAGS, Server, start_server, stop_server

PARTICIPANTS, ANSWERS = 100, 5
MINUTE = float(os.environ.get("BENCH_SECONDS", "60"))
CHANGES = 40
BARE = """
import plotly.graph_objects as go
import streamlit as st
n = st.session_state.get("n", 0)
st.button("byt", shortcut="PageDown", on_click=lambda: st.session_state.update(n=n + 1))
st.title(f"Bild {n}")
st.plotly_chart(go.Figure(go.Bar(x=[i + n for i in range(12)], y=[str(i) for i in range(12)], orientation="h")),
                theme=None, key="d")
"""
_TIMED = """([key, place]) => new Promise(done => {
  const before = document.querySelector(place)?.textContent
  let pressed
  const look = () => {
    const now = document.querySelector(place)?.textContent
    if (now && now !== before) requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(() => {
    pressed = performance.now()
    const options = { key, code: key, bubbles: true, keyCode: { PageDown: 34, PageUp: 33 }[key] }
    document.body.dispatchEvent(new KeyboardEvent("keydown", options))
    look()
  })
})"""
"""Milliseconds from a key until the frame after the one in which what is shown has changed."""
_SEEN = """() => {
  window.seen = {}
  const look = () => {
    for (const card of document.querySelectorAll(".tavla .kort p")) window.seen[card.textContent] ??= Date.now()
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  look()
}"""


def main() -> None:
    """Print a line for each promise."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NARAVARD_DATA"] = str(folder / "data")
        stores.live_store()
        stores.example_store()
        (folder / "bar").mkdir()
        (folder / "bar" / "app.py").write_text(BARE, encoding="utf-8")
        server = start_server(folder)
        bare, process = bare_server(folder / "bar")
        with sync_playwright() as playwright:
            path = os.environ.get("NARAVARD_CHROMIUM") or None
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            _changes(page, server, bare)
            _full_room(page, server)
            browser.close()
        process.terminate()
        stop_server(server)


def _changes(page: Page, server: Server, bare: str) -> None:
    """From a key until the next slide is painted, its chart included, beside a rerun of a bare page."""
    page.goto(f"{bare}/")
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(1_000)
    theirs = [page.evaluate(_TIMED, ["PageDown", "h1"]) for _ in range(CHANGES)]
    page.goto(f"{server.url}/visa?exempel=true")
    page.wait_for_selector(".bild.framme")
    keys = (["PageDown"] * 6 + ["PageUp"] * 6) * (CHANGES // 12 + 1)
    at_once = [page.evaluate(_TIMED, [key, ".bild.framme .sida"]) for key in keys[:6]]
    ours = [page.evaluate(_TIMED, [key, ".bild.framme .sida"]) for key in keys[6 : CHANGES + 6]]
    mine, bares = statistics.median(ours), statistics.median(theirs)
    told("slide change, key to painted / a bare rerun", mine / bares, 2, f"{mine:.0f} ms / {bares:.0f} ms")
    told("slide change, median / 400 ms", mine / 400, 1, f"longest {max(ours):.0f} ms")
    told(
        "six slides at once from a cold start / 400 ms",
        statistics.median(at_once) / 400,
        1,
        f"longest {max(at_once):.0f} ms",
    )


def _full_room(page: Page, server: Server) -> None:
    """A hundred participants with five answers each, spread by chance over a minute."""
    rooms = Workshops(server.data)
    kod, _ = rooms.begin("Bänk", ["Kalmar", "Öland", "Norr", "Söder"], ["Vad fungerar?"])
    page.goto(f"{server.url}/visa?workshop={kod}&tavla=0")
    page.wait_for_selector(".tavla.framme .saknas")
    page.evaluate(_SEEN)
    sent: dict[str, float] = {}
    chance = random.Random(5)
    known = _ask(server, f"/api/workshop/{kod}")
    plans = [sorted(chance.uniform(0, MINUTE) for _ in range(ANSWERS)) for _ in range(PARTICIPANTS)]
    begun = time.monotonic()
    threads = [
        threading.Thread(target=_participate, args=(server, known, i, p, begun, sent)) for i, p in enumerate(plans)
    ]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        page.wait_for_timeout(100)
    page.wait_for_timeout(3_000)
    seen: dict[str, float] = page.evaluate("() => window.seen")
    kept = [text for card in rooms.board(kod) for text in (card.text, *card.lika)]
    waits = sorted((seen[text] / 1000 - at) if text in seen else 60 for text, at in sent.items())
    told("answers lost, of 500", float(len(set(sent) - set(kept))), 0)
    told("answers doubled", float(len(kept) - len(set(kept))), 0)
    late = waits[int(0.95 * len(waits))]
    told("95 % are on the board within / 2 s", late / 2, 1, f"{late:.2f} s, median {statistics.median(waits):.2f} s")


def _participate(
    server: Server, known: dict[str, Any], number: int, plan: list[float], begun: float, sent: dict[str, float]
) -> None:
    """One participant, whose phone sends again until it hears that the answer was received."""
    group = known["grupper"][number % len(known["grupper"])]["id"]
    for place, at in enumerate(plan):
        time.sleep(max(0, begun + at - time.monotonic()))
        text = f"Svar {place} av {number}"
        body = {"nyckel": f"{number:04d}-{place:04d}", "fraga": known["fragor"][0]["id"], "grupp": group, "text": text}
        sent[text] = time.time()
        while True:
            try:
                _ask(server, f"/api/workshop/{known['kod']}/svar", {**body, "telefon": str(number)})
                break
            except (urllib.error.URLError, OSError):
                time.sleep(2)


def _ask(server: Server, path: str, body: object = None) -> dict[str, Any]:
    content = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(server.url + path, data=content), timeout=30) as answer:
        found: dict[str, Any] = json.loads(answer.read())
        return found


if __name__ == "__main__":
    main()
