"""How fast a slide changes, and whether a full room's answers come to the board in time: a part of `make bench`.

Both are seen in Chromium on the projected window itself. A bare page is a Streamlit script with a chart that a button
draws anew, in the same run on the same machine.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from naravard import stores
from naravard.workshop.votes import Votes
from naravard.workshop.workshops import Workshops
from tests.bench_pages import bare_server, told
from tests.browser.conftest import CHROMIUM_FLAGS, Server, start_server, stop_server
from tests.browser.net import Net, Weather

PARTICIPANTS, ANSWERS, DOTS = 100, 5, 3
MEETING = 40
_ON_AN_ADDRESS = 10
_LOST_RECEIPTS = 0.15
"""Of ballots whose receipt a phone does not get, so that it sends them again."""
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
BAD_PHONES, CHANGES_ON_BAD_NET = 20, 10
_OF_A_BROWSER = {
    "user-agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile",
    "accept": "*/*", "accept-encoding": "gzip, deflate", "accept-language": "sv-SE,sv;q=0.9,en;q=0.8",
    "referer": "http://192.168.1.20:8501/",
}  # fmt: skip
_PAINTED = """() => { window.painted = new Promise(done => {
  const page = () => document.querySelector(".bild.framme .sida").textContent, before = page()
  const look = () => page() === before ? requestAnimationFrame(look)
    : requestAnimationFrame(() => setTimeout(() => done(Date.now())))
  look()
}) }"""
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
    for (const text of document.querySelectorAll(".tavla .kort .text"))
      window.seen[text.textContent.replaceAll("\u00ad", "")] ??= Date.now()
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
            _phones(browser, server)
            _steering(browser, server)
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
    """A hundred participants with five answers each; and forty with one each, whose answers are on one screen."""
    rooms = Workshops(server.data)
    _, sent, kod = _answered(page, server, PARTICIPANTS, ANSWERS)
    kept = [text for card in rooms.board(kod) for text in (card.text, *card.lika)]
    told("answers lost, of 500", float(len(set(sent) - set(kept))), 0)
    told("answers doubled", float(len(kept) - len(set(kept))), 0)
    _vote(server, rooms, kod, _ask(server, f"/api/workshop/{kod}")["fragor"][0]["id"])
    seen, sent, _ = _answered(page, server, MEETING, 1)
    waits = sorted((seen[text] / 1000 - at) if text in seen else 60 for text, at in sent.items())
    late = waits[int(0.95 * len(waits))]
    told("95 % are on the board within / 2 s", late / 2, 1, f"{late:.2f} s, median {statistics.median(waits):.2f} s")


def _answered(
    page: Page, server: Server, participants: int, answers: int
) -> tuple[dict[str, float], dict[str, float], str]:
    """When each answer was first on the wall (ms) and when it was sent (s), by its text; and the workshop's code."""
    kod, _ = Workshops(server.data).begin("Bänk", ["Kalmar", "Öland", "Norr", "Söder"], ["Vad fungerar?"])
    page.goto(f"{server.url}/visa?workshop={kod}&tavla=0")
    page.wait_for_selector(".tavla.framme .saknas")
    page.evaluate(_SEEN)
    sent: dict[str, float] = {}
    chance = random.Random(5)
    known = _ask(server, f"/api/workshop/{kod}")
    plans = [sorted(chance.uniform(0, MINUTE) for _ in range(answers)) for _ in range(participants)]
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
    return seen, sent, kod


def _vote(server: Server, rooms: Workshops, kod: str, question: int) -> None:
    """The same hundred put three dots each, one at a time; some do not hear that they were received, and send again."""
    Votes(server.data).open(kod, question)
    ids = [card.id for card in rooms.board(kod)]
    chance = random.Random(7)
    wanted = [chance.sample(ids, DOTS) for _ in range(PARTICIPANTS)]
    plans = [sorted(chance.uniform(0, MINUTE / 2) for _ in range(DOTS)) for _ in range(PARTICIPANTS)]
    begun = time.monotonic()
    threads = [
        threading.Thread(target=_put_dots, args=(server, kod, question, i, wanted[i], plans[i], begun))
        for i in range(PARTICIPANTS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = Counter(one for each in wanted for one in each)
    dots = {card.id: card.prickar for card in rooms.board(kod) if card.prickar}
    told("dots lost, of 300", float(sum((counts - Counter(dots)).values())), 0)
    told("dots doubled", float(sum((Counter(dots) - counts).values())), 0)


def _steering(browser: Browser, server: Server) -> None:
    """From a press on one device until the next slide is painted on a wall of another browser."""
    kod, key = Workshops(server.data).begin("Styr", ["A"], ["Vad?"])
    remote, pc = browser.new_context(), browser.new_context(viewport={"width": 1920, "height": 1080})
    thumb, wall = remote.new_page(), pc.new_page()
    thumb.goto(f"{server.url}/led/{kod}#{key}")
    thumb.wait_for_selector("#nu .bild.framme .main-svg")
    wall.goto(f"{server.url}/visa?workshop={kod}")
    wall.wait_for_selector(".bild.framme .main-svg")
    wall.wait_for_timeout(5_000)  # its other slides are made ready
    times = []
    for name in (["Nästa"] * 6 + ["Föregående"] * 6) * 2:
        wall.evaluate(_PAINTED)
        at = time.time()
        thumb.get_by_role("button", name=name).dispatch_event("click")
        times.append(wall.evaluate("() => window.painted") / 1000 - at)
        wall.wait_for_timeout(300)
    median = statistics.median(times)
    told("steering from another device to a painted wall / 400 ms", median / 0.4, 1, f"median {1000 * median:.0f} ms")


def _phones(browser: Browser, server: Server) -> None:
    """How soon a phone can be used, on a slow net and on a bad one; and what it costs while nothing changes."""
    kod, key = Workshops(server.data).begin("Nätet", ["Kalmar", "Öland"], ["Vad fungerar?"])
    port = int(server.url.rsplit(":", 1)[1])
    with Net(port, Weather(delay=0.2, bytes_per_second=50_000)) as slow:
        seconds = _usable(browser, f"{slow.url}/d/{kod}") or 60
        told("a phone over slow 3G is usable within / 2.5 s", seconds / 2.5, 1, f"{seconds:.2f} s")
        told("bytes until then / 45 kB", slow.bytes_passed / 45_000, 1, f"{slow.bytes_passed} bytes")
    with Net(port, Weather(delay=0.4, lost=0.15)) as bad:
        times = [_usable(browser, f"{bad.url}/d/{kod}") for _ in range(BAD_PHONES)]
        late = [seconds for seconds in times if seconds is None or seconds > 15]
        longest = max(seconds for seconds in times if seconds is not None)
        told("phones of 20 over a bad net not usable in 15 s", float(len(late)), 0, f"longest {longest:.1f} s")
        for what, wait, pause in (("a question that waits", 20, 0.0), ("a question every 5 s", 0, 5.0)):
            passed, known = _followed(bad, server, kod, key, wait, pause)
            told(f"{what}: bytes a minute of a quiet phone / 4 kB", passed / 4_000, 1, f"{passed:.0f} bytes")
            told(f"{what}: a change is known on the bad net within / 5 s", known / 5, 1, f"median {known:.2f} s")


def _usable(browser: Browser, address: str) -> float | None:
    """Seconds until a group can be chosen, without anybody loading the page again; None where it never can."""
    context = browser.new_context(viewport={"width": 400, "height": 800})
    page = context.new_page()
    begun = time.monotonic()
    try:
        page.goto(address, wait_until="commit", timeout=30_000)
        page.get_by_role("button", name="Kalmar").wait_for(timeout=30_000)
    except PlaywrightError:
        return None
    finally:
        context.close()
    return time.monotonic() - begun


def _followed(net: Net, server: Server, kod: str, key: str, wait: int, pause: float) -> tuple[float, float]:
    """Bytes a minute, on a good net, of such a phone; and how late it knows of a change on a bad one."""
    weather, net.weather = net.weather, Weather()
    phone = _Follower(net.url, kod, wait, pause)
    phone.start()
    time.sleep(3)
    before = net.bytes_passed
    time.sleep(MINUTE)
    passed = (net.bytes_passed - before) * 60 / MINUTE
    net.weather = weather
    delays = []
    for is_open in [False, True] * (CHANGES_ON_BAD_NET // 2):
        time.sleep(1.7)
        body, at = {"oppen": is_open}, time.monotonic()
        _ask(server, f"/api/workshop/{kod}/andra", body, key)
        while phone.is_open is not is_open and time.monotonic() - at < 60:
            time.sleep(0.01)
        delays.append(time.monotonic() - at)
    phone.ends = True
    return passed, statistics.median(delays)


class _Follower(threading.Thread):
    """A phone that asks for news over one connection, with the headers of a browser, and anew where it is cut."""

    def __init__(self, url: str, kod: str, wait: int, pause: float) -> None:
        super().__init__(daemon=True)
        self.host, self.path = (
            url.removeprefix("http://"),
            f"/api/workshop/{kod}/nytt?telefon=a&vanta={wait}&deltagare=",
        )
        self.pause, self.ends, self.is_open = pause, False, True

    def run(self) -> None:
        tag = ""
        connection = http.client.HTTPConnection(self.host, timeout=28)
        while not self.ends:
            try:
                connection.request("GET", self.path + tag, headers=_OF_A_BROWSER)
                answer = connection.getresponse()
                content = answer.read()
                news = json.loads(gzip.decompress(content) if answer.headers["content-encoding"] == "gzip" else content)
            except (OSError, http.client.HTTPException, ValueError):
                connection.close()
                time.sleep(2)
                continue
            if part := news.get("deltagare"):
                tag, self.is_open = part["tagg"], part["innehall"]["oppen"]
            time.sleep(self.pause)


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
                _ask(server, f"/api/workshop/{known['kod']}/svar", {**body, "telefon": str(number)}, number=number)
                break
            except (OSError, http.client.HTTPException):
                time.sleep(2)


def _put_dots(
    server: Server, kod: str, question: int, number: int, ids: list[int], plan: list[float], begun: float
) -> None:
    """One participant's phone, which sends all its dots each time that one is put, until it hears that they came."""
    chance = random.Random(number)
    for count, at in enumerate(plan, start=1):
        time.sleep(max(0, begun + at - time.monotonic()))
        ballot = {"nyckel": f"telefon-{number:04d}", "om": question, "utgava": count, "prickar": ids[:count]}
        while True:
            try:
                _ask(server, f"/api/workshop/{kod}/prickar", ballot, number=number)
                if chance.random() > _LOST_RECEIPTS:
                    break
            except (OSError, http.client.HTTPException):
                time.sleep(2)


def _ask(server: Server, path: str, body: object = None, key: str = "", number: int = 0) -> dict[str, Any]:
    """What the server answers a phone of this number. Ten phones have an address, since each address has its limit."""
    content = None if body is None else json.dumps(body).encode()
    source = f"127.0.0.{2 + number // _ON_AN_ADDRESS}"
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=30, source_address=(source, 0))
    try:
        connection.request(
            "GET" if body is None else "POST", path, content, {"x-nyckel": key, "content-type": "application/json"}
        )
        answer = connection.getresponse()
        if answer.status >= 400:
            raise OSError(answer.status)
        said: dict[str, Any] = json.loads(answer.read())
        return said
    finally:
        connection.close()


if __name__ == "__main__":
    main()
