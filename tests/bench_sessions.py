"""How long many visitors at once wait, beside bare apps with as many charts: a part of `make bench`.

Bare are a Streamlit app as it is delivered, the same with our setting of the garbage collector, and a Dash app. All are
asked in the same run on the same machine, each with the machine to itself. Dash is installed for this into a folder of
its own; where it cannot be had, that line says so.

    python -m tests.bench_sessions [bare] [processes]

The second part has several processes of ours on one PostgreSQL behind Caddy, which share the machine with what asks.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pytest import MonkeyPatch

from naravard import stores
from naravard.store import moving
from tests import balancer, postgres
from tests.bench_pages import told
from tests.browser.conftest import free_port, start_server, stop_server

VISITORS = tuple(int(number) for number in os.environ.get("BENCH_VISITORS", "35,100").split(","))
PROCESSES = tuple(int(number) for number in os.environ.get("BENCH_PROCESSES", "1,2,3").split(","))
OWN_PAGES = ",sabo,jamfor,hemsjukvard"
BARE_PAGES = ",b,c,d"
DASH = "4.4.1"
_SETTLES, _CALM = 3, 0.2
"""Seconds, and the part of a processor that a server uses by itself."""
BARE_APP = """
import streamlit as st
st.set_page_config(layout="wide")
names = ["a", "b", "c", "d"]
st.navigation([st.Page(f"{name}.py", title=name, default=name == "a") for name in names]).run()
"""
BARE_PAGE = """
import plotly.graph_objects as go
import streamlit as st
st.title("Bar sida")
for i in range(3):
    figure = go.Figure(go.Bar(x=list(range(12)), y=[str(n) for n in range(12)], orientation="h"))
    st.plotly_chart(figure, theme=None, key=str(i))
for i in range(8):
    st.html("<p>" + "x" * 200 + "</p>")
"""
DASH_APP = """
import sys
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
app = Dash(__name__)
def figure(n):
    return go.Figure(go.Bar(x=[i + n for i in range(12)], y=[str(i) for i in range(12)], orientation="h"))
app.layout = lambda: html.Div([
    dcc.Dropdown([0, 1, 2, 3], 0, id="val"),
    *(dcc.Graph(id=f"d{i}", figure=figure(0)) for i in range(3)), *(html.P("x" * 200) for _ in range(8)),
])
@app.callback([Output(f"d{i}", "figure") for i in range(3)], Input("val", "value"))
def change(value):
    return [figure(value or 0)] * 3
from waitress import serve
serve(app.server, host="127.0.0.1", port=int(sys.argv[1]), threads=16)
"""


class Waits(NamedTuple):
    """Median seconds that a visitor waits for the first page and for each other, and the memory that one takes."""

    first: float
    moves: float
    megabytes: float

    def __str__(self) -> str:
        """In words, for a line of the table."""
        return f"{self.first:.2f} s, then {self.moves:.2f} s, {self.megabytes:.1f} MB each"


def main(parts: Sequence[str]) -> None:
    """Print the waits, and ours as ratios to the others."""
    names = {"bare": _print_beside_bare, "processes": _print_processes}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NARAVARD_DATA"] = str(folder / "data")
        stores.live_store()
        stores.example_store()
        for part in parts or names:
            names[part](folder)


def _print_beside_bare(folder: Path) -> None:
    for visitors in VISITORS:
        ours = _ours(folder, visitors)
        bare = _bare(folder / "bar", visitors, collects=True)
        set_alike = _bare(folder / "lika", visitors, collects=False)
        print(f"{visitors} visitors at once: first page, other pages, memory")
        print(f"  ours {ours}\n  bare, as delivered {bare}\n  bare, set as ours {set_alike}")
        for what in ("first", "moves"):
            mine = getattr(ours, what)
            told(f"  {what} / bare as delivered", mine / getattr(bare, what), 0.2)
            told(f"  {what} / bare set as ours", mine / getattr(set_alike, what), 1.5)
        dash = _dash(folder / "dash", visitors)
        print(f"  Dash with the same charts: {dash or 'could not be installed here'}")


def _print_processes(folder: Path) -> None:
    database = postgres.Server()
    url = database.new_database()
    ours = stores.live_store()
    with MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder / "flytt"))
        patch.setenv("NARAVARD_LAGER", url)
        moving.move(ours, stores.store_at(url))
        stores.example_store()  # built once, and by none that is measured
    for visitors in VISITORS:
        one: Waits | None = None
        for processes in PROCESSES:
            waits = _several(folder / f"{visitors}-{processes}", url, visitors, processes)
            one = one or waits
            load = os.getloadavg()[0]
            print(f"{visitors} visitors at once, {processes} processes behind Caddy: {waits}; load {load:.1f}")
            print(
                f"  first / {PROCESSES[0]} {waits.first / one.first:.2f}, moves {waits.moves / one.moves:.2f}",
                flush=True,
            )
    database.remove()


def _several(folder: Path, url: str, visitors: int, processes: int) -> Waits:
    with balancer.servers(processes, folder, url, program="streamlit") as (address, running):
        pids = [server.process.pid for server in running]
        return _asked(pids, int(address.rpartition(":")[2]), visitors, OWN_PAGES)


def _ours(folder: Path, visitors: int) -> Waits:
    server = start_server(folder, program="streamlit")
    try:
        return _asked([server.process.pid], int(server.url.rpartition(":")[2]), visitors, OWN_PAGES)
    finally:
        stop_server(server)


def _bare(folder: Path, visitors: int, *, collects: bool) -> Waits:
    folder.mkdir(exist_ok=True)
    (folder / "app.py").write_text(BARE_APP, encoding="utf-8")
    for name in "abcd":
        (folder / f"{name}.py").write_text(BARE_PAGE, encoding="utf-8")
    port = free_port()
    options = [f"--server.port={port}", "--server.headless=true", f"--runner.postScriptGC={str(collects).lower()}"]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    with _running(command, folder, f"http://127.0.0.1:{port}/_stcore/health") as pid:
        return _asked([pid], port, visitors, BARE_PAGES)


@contextmanager
def _running(command: list[str], folder: Path, health: str) -> Iterator[int]:
    """A server's process, once it answers."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            with suppress(OSError), urllib.request.urlopen(health):
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _asked(pids: Sequence[int], port: int, visitors: int, pages: str) -> Waits:
    def sessions(number: int) -> dict[str, list[float]]:
        command = [sys.executable, "-m", "tests.sessions", str(port), str(number), pages]
        answer: dict[str, list[float]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return answer

    return _measured(pids, visitors, sessions)


def _measured(pids: Sequence[int], visitors: int, sessions: Callable[[int], dict[str, list[float]]]) -> Waits:
    """What all wait for at once, after each page has been asked for by a few."""
    sessions(4 * len(pids))
    _until_calm(pids)
    before = sum(map(megabytes, pids))
    seen = sessions(visitors)
    assert not seen.get("errors"), seen["errors"]
    grown = sum(map(megabytes, pids)) - before
    return Waits(statistics.median(seen["first"]), statistics.median(seen["moves"]), grown / visitors)


def _until_calm(pids: Sequence[int]) -> None:
    """Wait until what they work out beside the pages is done."""
    before = float("-inf")
    while (now := sum(map(_cpu_seconds, pids))) - before > _CALM * _SETTLES:
        before = now
        time.sleep(_SETTLES)


def _cpu_seconds(pid: int) -> float:
    """What a process has used; 0 where the system does not tell it so."""
    stat = Path(f"/proc/{pid}/stat")
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split() if stat.exists() else ["0"] * 20
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int) -> float:
    """What a process has in memory; 0 where the system does not tell it so."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _dash(folder: Path, visitors: int) -> Waits | None:
    """A Dash app, asked for by the four requests that its page makes, and then by one for each change."""
    folder.mkdir(exist_ok=True)
    program = folder / "venv" / "bin" / "python"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
        install = [str(program), "-m", "pip", "install", "--quiet", f"dash=={DASH}", "waitress==3.0.2"]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            return None
    (folder / "app.py").write_text(DASH_APP, encoding="utf-8")
    port = free_port()

    def one(number: int) -> tuple[float, list[float]]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
        begun = time.perf_counter()
        for path in ("/", "/_dash-layout", "/_dash-dependencies"):
            _answer(connection, "GET", path)
        _change(connection, 0)
        first, moves = time.perf_counter() - begun, []
        for move in range(1, 4):
            begun = time.perf_counter()
            _change(connection, (number + move) % 4)
            moves.append(time.perf_counter() - begun)
            time.sleep(0.5)
        return first, moves

    def sessions(number: int) -> dict[str, list[float]]:
        with ThreadPoolExecutor(number) as visitors:
            answers = list(visitors.map(one, range(number)))
        return {"first": [first for first, _ in answers], "moves": [each for _, moves in answers for each in moves]}

    with _running([str(program), "app.py", str(port)], folder, f"http://127.0.0.1:{port}/") as pid:
        return _measured([pid], visitors, sessions)


def _answer(connection: http.client.HTTPConnection, method: str, path: str, body: str | None = None) -> None:
    connection.request(method, path, body, {"content-type": "application/json"})
    response = connection.getresponse()
    response.read()
    assert response.status == 200, (path, response.status)


def _change(connection: http.client.HTTPConnection, value: int) -> None:
    figures = [{"id": f"d{i}", "property": "figure"} for i in range(3)]
    names = "...".join(f"d{i}.figure" for i in range(3))
    _answer(
        connection,
        "POST",
        "/_dash-update-component",
        json.dumps(
            {
                "output": f"..{names}..",
                "outputs": figures,
                "inputs": [{"id": "val", "property": "value", "value": value}],
                "changedPropIds": ["val.value"],
            }
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
