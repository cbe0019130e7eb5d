"""Kolada's and SCB's APIs on this machine, as they are described, with the county's published figures in them.

A server has faults that a test asks for: each is given once per question, in order, before the answer.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from naravard.base import kommuner, settings

MOST_IDS, PER_PAGE, MOST_CELLS = 25, 5000, 12_000
SEXES = {"totalt": "T", "kvinnor": "K", "män": "M", "kvinna": "K", "man": "M"}
NOT_PUBLISHED = {
    "N23806": ("Boende i särskilt boende 80+ med hälso- och sjukvård, andel (%)", 90.0),
    "N20506": ("Oplanerad återinskrivning, äldre, andel (%)", 19.0),
    "U21432": ("Åtgärder mot fall, hemsjukvård, andel (%)", 61.0),
    "N20416": ("Närvaro vid dödsögonblicket, andel (%)", 88.0),
}
"""What the published files lack: values of the test's own, the same everywhere but for a part of the kommunkod."""
Key = tuple[str, str, int]
Values = dict[Key, dict[str, float | None]]


def _published() -> tuple[dict[str, str], Values]:
    """Titles, and values by nyckeltal, area and year, of the files that the product opens with."""
    titles: dict[str, str] = {}
    values: Values = {}
    for name in ("kolada_kommuner.csv", "kolada_2023.csv", "kolada_regioner.csv"):
        with (settings.PUBLISHED / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                titles[row["nyckeltal"]] = row["titel"]
                area = f"00{row['omrade_kod']}" if len(row["omrade_kod"]) == 2 else row["omrade_kod"]
                for year in (name for name in row if name.isdigit() and row[name]):
                    key = row["nyckeltal"], area, int(year)
                    values.setdefault(key, {})[SEXES[row["kon"]]] = float(row[year])
    return titles, values


def _similar_areas(lan: str) -> dict[str, list[str]]:
    """Seven kommuner outside the län for each kommun in it: those that follow it in the register's order."""
    others = [kommun.kod for kommun in kommuner.register() if kommun.lan_kod != lan]
    own = kommuner.in_lan(lan)
    return {kommun.kod: [others[(i * 7 + j) % len(others)] for j in range(7)] for i, kommun in enumerate(own)}


@dataclass
class Fault:
    """What is given in place of an answer, so many times, to paths that hold a text."""

    kind: str
    times: int = 1
    path: str = ""
    retry_after: str | None = None


@cache
def _at_first(lan: str) -> tuple[dict[str, str], Values]:
    """The titles and values that the APIs hold before a test changes any."""
    titles, values = _published()
    titles |= {kpi: title for kpi, (title, _) in NOT_PUBLISHED.items()}
    own = [kommun.kod for kommun in kommuner.in_lan(lan)]
    years = (2021, 2022, 2023)
    if lan != "08":  # another län has the same figures as the deck's
        deck = [kommun.kod for kommun in kommuner.in_lan("08")]
        copies = {kod: deck[i % len(deck)] for i, kod in enumerate(own)} | {f"00{lan}": "0008"}
        values |= {(kpi, kod, year): dict(values[kpi, as_kod, year])
                        for kod, as_kod in copies.items() for kpi, area, year in list(values)
                        if area == as_kod}  # fmt: skip
    for kpi, (_, value) in NOT_PUBLISHED.items():
        for kod in (*own, "0000"):
            values |= {(kpi, kod, year): {"T": value + int(kod) % 7} for year in years}
    for kod, members in _similar_areas(lan).items():
        for kpi, area, year in [key for key in values if key[1] == kod]:
            for i, member in enumerate(members):
                value = values[kpi, area, year].get("T") or 0
                values[kpi, member, year] = {"T": round(value * (1 - i / 100), 4)}
    return titles, values


@dataclass
class OpenApis:
    """Both APIs, what they hold, and what they have been asked. Addresses are `kolada` and `scb`."""

    lan: str = "08"
    faults: list[Fault] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    statuses: dict[tuple[str, str, int], str] = field(default_factory=dict)
    deleted: set[tuple[str, str, int]] = field(default_factory=set)
    address: str = ""

    def __post_init__(self) -> None:
        titles, values = _at_first(self.lan)
        self.titles, self.values = dict(titles), {key: dict(of_sexes) for key, of_sexes in values.items()}

    @property
    def kolada(self) -> str:
        return f"{self.address}/kolada/v3"

    @property
    def scb(self) -> str:
        return f"{self.address}/scb/api/v2"

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        """Status and JSON."""
        if path.startswith("/kolada/v3/"):
            return self._of_kolada(path.removeprefix("/kolada/v3/"), query)
        return self._of_scb(method, path.removeprefix("/scb/api/v2/"), body)

    def _of_kolada(self, path: str, query: dict[str, list[str]]) -> tuple[int, Any]:
        parts = path.split("/")
        if any(len(part.split(",")) > MOST_IDS for part in parts):
            return 422, {"detail": "too many ids"}
        if parts[0] == "kpi":
            records = [{"id": kpi, "title": self.titles[kpi], "description": "", "municipality_type": "K"}
                       for kpi in parts[1].split(",") if kpi in self.titles]  # fmt: skip
        elif parts[0] == "municipality_groups":
            records = self._groups(query.get("title", [""])[0])
        else:
            _, _, kpis, _, areas, _, years = parts
            records = [self._record(kpi, area, int(year)) for kpi in kpis.split(",") for area in areas.split(",")
                       for year in years.split(",") if (kpi, area, int(year)) in self.values]  # fmt: skip
        page, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", [f"{PER_PAGE}"])[0])
        if size > PER_PAGE:
            return 422, {"detail": "per_page"}
        size = min(size, 700)  # smaller than the real one, so that there are several
        more = len(records) > page * size
        shown = records[(page - 1) * size : page * size]
        next_url = f"{self.address}/kolada/v3/{path}?page={page + 1}&per_page={size}" if more else None
        return 200, {"values": shown, "count": len(shown), "next_url": next_url, "previous_url": None}

    def _record(self, kpi: str, area: str, year: int) -> dict[str, Any]:
        key = kpi, area, year
        values = [
            {"gender": sex, "count": 1, "value": None if self.statuses.get(key) else value,
             "status": self.statuses.get(key, ""), "isdeleted": key in self.deleted}
            for sex, value in self.values[key].items()
        ]  # fmt: skip
        return {"kpi": kpi, "municipality": area, "period": year, "values": values}

    def _groups(self, title: str) -> list[dict[str, Any]]:
        groups = []
        for i, (kod, members) in enumerate(_similar_areas(self.lan).items()):
            for year, some in ((2023, members[:1]), (2024, members)):
                name = f"Liknande kommuner äldreomsorg, {kommuner.area_name(kod)}, {year}"
                listing = [{"member_id": m, "member_title": kommuner.area_name(m)} for m in some]
                groups.append({"id": f"G{1000 * i + year}", "title": name, "members": listing})
        groups.append({"id": "G1", "title": "Liknande kommuner skola, Kalmar, 2024", "members": []})
        return [group for group in groups if title.casefold() in group["title"].casefold()]

    def _of_scb(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        if path == "config":
            return 200, {"apiVersion": "2.0", "maxDataCells": MOST_CELLS, "maxCallsPerTimeWindow": 30, "timeWindow": 10}
        _, table, what = path.split("/")
        variables = _variables(table, self.lan)
        if what == "metadata":
            return 200, _dataset(variables, None)
        chosen = {part["variableCode"]: part["valueCodes"] for part in body["selection"]}
        known = {name: {code: label for code, label in codes.items() if code in chosen.get(name, codes)}
                 for name, codes in variables.items() if name in chosen or name != "Civilstand"}  # fmt: skip
        dataset = _dataset(known, inhabitants)
        return (403, {"title": "too many cells"}) if len(dataset["value"]) > MOST_CELLS else (200, dataset)


AGES = ("totalt", "65+", "75+", "80+", "85+")


@cache
def _published_groups() -> dict[tuple[str, str, str], dict[int, int]]:
    """Area, sex and group of ages → year → inhabitants."""
    groups: dict[tuple[str, str, str], dict[int, int]] = {}
    with (settings.PUBLISHED / "befolkning.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["kommun_kod"], SEXES[row["kon"]], row["aldersgrupp"]
            groups.setdefault(key, {})[int(row["ar"])] = int(row["antal"])
    return groups


@cache
def _from_age(area: str, sex: str, group: str, year: int) -> int:
    """Inhabitants in a group of ages: as published; else as of the nearest year, grown as those of 65+ are."""
    groups = _published_groups()
    area = area if (area, sex, group) in groups else "0880"
    years = groups[area, sex, group]
    if year in years:
        return years[year]
    of_65, near = groups[area, sex, "65+"], min(years, key=lambda known: abs(known - year))
    last = min(of_65, key=lambda known: abs(known - year))
    before = min(of_65, key=lambda known: abs(known - near))
    return round(years[near] * of_65[last] / of_65[before]) if group != "totalt" else years[near]


def inhabitants(codes: dict[str, str]) -> int:
    """What is published, each group of ages in its first."""
    age = int(re.match(r"\d+", codes["Alder"])[0])  # type: ignore[index]
    if age not in (0, 65, 75, 80, 100):
        return 0
    place = (0, 65, 75, 80, 100).index(age)
    of = [_from_age(codes["Region"], {"1": "M", "2": "K"}[codes["Kon"]], g, int(codes["Tid"])) for g in AGES]
    return max(0, of[place] - (of[place + 1] if age != 100 else 0))


def _variables(table: str, lan: str) -> dict[str, dict[str, str]]:
    """Code → label of each variable."""
    areas = {"00": "Riket", lan: kommuner.lan_name(lan), **{k.kod: k.namn for k in kommuner.in_lan(lan)}}
    ages = {f"{age}": f"{age} år" for age in range(100)} | {"100+": "100+ år"}
    years = {"TAB638": range(2018, 2025), "TAB6574": range(2020, 2026)}.get(table, range(2024, 2061))
    return {
        "Region": areas,
        **({"Civilstand": {"OG": "ogifta", "G": "gifta"}} if table == "TAB638" else {}),
        "Alder": {**ages, "tot": "totalt ålder"},
        "Kon": {"1": "män", "2": "kvinnor"},
        "ContentsCode": {"BE0101N1": "Folkmängd", "BE0101N2": "Folkökning"},
        "Tid": {f"{year}": f"{year}" for year in years},
    }


def _dataset(variables: dict[str, dict[str, str]], value: Any) -> dict[str, Any]:
    labels = {"Region": "region", "Civilstand": "civilstånd", "Alder": "ålder", "Kon": "kön",
              "ContentsCode": "tabellinnehåll", "Tid": "år"}  # fmt: skip
    dimension = {
        name: {"label": labels[name], "extension": {"elimination": name in {"Civilstand", "Alder", "Kon"}},
               "category": {"index": {code: i for i, code in enumerate(codes)}, "label": codes}}
        for name, codes in variables.items()
    }  # fmt: skip
    dataset: dict[str, Any] = {"version": "2.0", "class": "dataset", "label": "Folkmängd efter region", "source": "SCB",
                               "id": list(variables), "size": [len(codes) for codes in variables.values()],
                               "dimension": dimension}  # fmt: skip
    if value is not None:
        dataset["value"] = [value(codes) for codes in _cells(variables)]
    return dataset


def _cells(variables: dict[str, dict[str, str]]) -> Iterator[dict[str, str]]:
    if not variables:
        yield {}
        return
    (name, codes), *rest = variables.items()
    for code in codes:
        for cell in _cells(dict(rest)):
            yield {name: code, **cell}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    apis: OpenApis

    def do_GET(self) -> None:
        self._respond("GET", None)

    def do_POST(self) -> None:
        self._respond("POST", json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _respond(self, method: str, body: Any) -> None:
        parts = urlsplit(self.path)
        apis = self.apis
        apis.asked.append(f"{method} {unquote(self.path)}")
        apis.agents.add(self.headers["User-Agent"])
        fault = next((f for f in apis.faults if f.times and f.path in self.path), None)
        if fault is not None:
            fault.times -= 1
            if self._give(fault):
                return
        status, answer = apis.answer(method, unquote(parts.path), parse_qs(parts.query), body)
        if fault is not None and fault.kind == "changed schema":
            answer = {"records": answer}
        self._send(status, json.dumps(answer).encode(), gzipped="gzip" in self.headers.get("Accept-Encoding", ""))

    def _give(self, fault: Fault) -> bool:
        """Give a fault in place of the answer; False where the answer itself is what is wrong."""
        if fault.kind.isdigit():
            headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
            self._send(int(fault.kind), b"{}", headers=headers)
        elif fault.kind == "slow":
            time.sleep(1.5)
            self._send(200, b"{}")
        elif fault.kind == "cut":
            self.send_response(200)
            self._end({"Content-Type": "application/json", "Content-Length": "1000", "Connection": "close"})
            self.wfile.write(b'{"values": [')
            self.close_connection = True
        elif fault.kind == "wrong content type":
            self._send(200, b"<html>hej</html>", content_type="text/html; charset=utf-8")
        elif fault.kind == "not json":
            self._send(200, b'{"values": [')
        elif fault.kind == "gzip bomb":
            self._send(200, b"[" + b" " * 40 * 2**20, gzipped=True)
        elif fault.kind == "broken gzip":
            self.send_response(200)
            self._end({"Content-Type": "application/json", "Content-Length": "8", "Content-Encoding": "gzip"})
            self.wfile.write(b"notzip!!")
        elif fault.kind == "redirect elsewhere":
            self._send(302, b"", headers={"Location": "http://example.invalid/v3"})
        elif fault.kind == "redirect":
            self._send(302, b"", headers={"Location": self.path})
        elif fault.kind == "hang up":
            self.connection.close()
            self.close_connection = True
        else:
            return False
        return True

    def _send(
        self, status: int, content: bytes, *, gzipped: bool = False, content_type: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:  # fmt: skip
        content = gzip.compress(content, 1) if gzipped else content
        self.send_response(status)
        encoding = {"Content-Encoding": "gzip"} if gzipped else {}
        length = {"Content-Type": content_type, "Content-Length": f"{len(content)}"}
        self._end({**length, **encoding, **(headers or {})})
        self.wfile.write(content)

    def _end(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test reads `asked`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Nothing: a client that gives up is what some tests are about."""


@contextmanager
def serving(lan: str = "08", faults: Sequence[Fault] = ()) -> Iterator[OpenApis]:
    """Both APIs on a free port of this machine."""
    apis = OpenApis(lan, list(faults))
    handler = type("Handler", (_Handler,), {"apis": apis})
    server = _Server(("127.0.0.1", 0), handler)
    apis.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.05}).start()
    try:
        yield apis
    finally:
        server.shutdown()
        server.server_close()
