"""What a whole country costs: 21 län with 24 months each, the heaviest store that is likely, and a national extract.

    python -m tests.bench_nation [lan] [heaviest] [extract]

A part of `make bench`; without a name, all three. A store of one län with one month is what the others are ratios to.
The patients are invented, as many in each kommun as gives small counts.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from naravard import intake, stores
from naravard.base import kommuner
from naravard.figures.plans import plan_of
from naravard.store.snapshots import Store
from tests import sessions
from tests.bench import DUCKDB, HEADINGS, best, csv_file, print_ratio
from tests.bench_sessions import OWN_PAGES, megabytes
from tests.browser.conftest import start_server, stop_server

MONTHS = [f"{2024 + n // 12}-{n % 12 + 1:02}" for n in range(24)]
ROWS = (1_000_000, 10_000_000)
KALMAR, VASTRA_GOTALAND = "08", "14"
_EXAMINE = """
from naravard import intake
name, content = Path(path).name, Path(path).read_bytes()
choices = intake.Choices(kalla="cosmic", matperiod="2024-01")
intake.examine(content[:content.index(b"\\n", 10_000)], name, choices)
def work():
    examination = intake.examine(content, name, choices)
    assert examination.counts is not None, examination.errors
measured(work)
"""


class Cost(NamedTuple):
    """Of one store: kommuner and months in it, CPU seconds of its gate, and what a server of it needs."""

    kommuner: int
    months: int
    gate: float
    hidden: int
    start: float = 0
    first_page: float = 0
    after_publication: float = 0
    megabytes: float = 0


def main(parts: Sequence[str]) -> None:
    """Print each part."""
    names: dict[str, Callable[[Path], None]] = {"lan": _all_lan, "heaviest": _heaviest, "extract": _extract}
    for name in parts or names:
        with tempfile.TemporaryDirectory() as folder:
            names[name](Path(folder))


def _all_lan(folder: Path) -> None:
    base = _store(folder, KALMAR, 1, ["cosmic"])
    costs = [_store(folder, lan, len(MONTHS), ["cosmic"]) for lan in sorted({k.lan_kod for k in kommuner.register()})]
    months = sum(cost.months * cost.kommuner for cost in costs) / base.kommuner
    print(f"21 län x {len(MONTHS)} months of Cosmic, a store each; gate of 12 kommuner x 1 month {base.gate:.2f} s CPU")
    worst = max(costs, key=lambda cost: cost.gate)
    print(f"  all {sum(cost.gate for cost in costs):.1f} s, the slowest {worst.gate:.2f} s ({worst.kommuner} kommuner)")
    print_ratio("gate of all / of one, for each kommun and month", sum(c.gate for c in costs) / base.gate / months, 1.0)


def _heaviest(folder: Path) -> None:
    kinds = ["cosmic", "ensolutions", "sabo"]
    base = _served(folder, KALMAR, 1, ["cosmic"])
    print(f"12 kommuner x 1 month of Cosmic: {_words(base)}")
    for lan, sources in ((KALMAR, kinds), (VASTRA_GOTALAND, kinds)):
        cost = _served(folder, lan, len(MONTHS), sources)
        print(f"{cost.kommuner} kommuner x {cost.months} months x {len(sources)} sources: {_words(cost)}")
        times = cost.kommuner * cost.months * len(sources) / base.kommuner
        print_ratio(f"gate / {times:.0f} times as much", cost.gate / base.gate / times, 1.0)
        print_ratio("start, which works out what is hidden", cost.start / base.start, 8)
        print_ratio("first page of all", cost.first_page / base.first_page, 5)
        print_ratio("first page just after a publication / start", cost.after_publication / cost.start, 1.5)
        print_ratio("memory of the server, after each page", cost.megabytes / base.megabytes, 2)


def _words(cost: Cost) -> str:
    return (
        f"gate {cost.gate:.2f} s CPU ({cost.hidden} cells hidden), start {cost.start:.1f} s, "
        f"first page {cost.first_page:.2f} s, just after a publication {cost.after_publication:.2f} s, "
        f"{cost.megabytes:.0f} MB"
    )


def _extract(folder: Path) -> None:
    os.environ["NARAVARD_LAN"] = VASTRA_GOTALAND
    names = [kommun.namn for kommun in kommuner.register()]
    by_rows: dict[int, tuple[float, float]] = {}
    for rows in ROWS:
        csv = csv_file(folder / "riket.csv", rows, names)
        size = csv.stat().st_size
        ours, memory = by_rows[rows] = best(_EXAMINE, csv, folder, 2)
        duckdb, duckdb_memory = best(DUCKDB, csv, folder, 2)
        print(
            f"national extract of {rows} rows, {size / 2**20:.0f} MB: {rows / ours:.0f} rows a second, "
            f"{memory / 2**20:.0f} MB; DuckDB {rows / duckdb:.0f}, {duckdb_memory / 2**20:.0f} MB"
        )
        print_ratio("examine / DuckDB with eight groupings", ours / duckdb, 1.2)
        print_ratio("peak memory above idle / the file", memory / size, 5)
    (few, few_memory), (many, many_memory) = by_rows.values()
    print_ratio("seconds, ten times the rows / ten times one", many / few / 10, 1.1)
    print_ratio("memory, ten times the rows / ten times one", many_memory / few_memory / 10, 1.1)


def _store(folder: Path, lan: str, months: int, sources: Sequence[str]) -> Cost:
    """A store with so many months of each source, published at once."""
    os.environ["NARAVARD_LAN"] = lan
    os.environ["NARAVARD_DATA"] = str(folder / f"{lan}-{months}-{len(sources)}" / "data")
    store = stores.live_store()
    _publish(store, lan, MONTHS[:months], sources)
    with store.open() as snapshot:
        snapshot.memo.clear()
        begun = time.process_time()
        hidden = len(plan_of(snapshot).reasons)
        return Cost(len(kommuner.in_lan(lan)), months, time.process_time() - begun, hidden)


def _publish(store: Store, lan: str, months: Sequence[str], sources: Sequence[str]) -> None:
    files = [
        intake.examine(_FILES[kalla](lan, month), "uttag.csv", intake.Choices(kalla=kalla, matperiod=month))
        for month in months
        for kalla in sources
    ]
    intake.publish(files, store, who="bench", why="bench")


def _served(folder: Path, lan: str, months: int, sources: Sequence[str]) -> Cost:
    """The same, and what a server of it needs until the first page, after each of the pages, and a publication."""
    cost = _store(folder, lan, months, sources)
    begun = time.perf_counter()
    server = start_server(Path(os.environ["NARAVARD_DATA"]).parent, program="streamlit")
    started = time.perf_counter() - begun
    port = int(server.url.rpartition(":")[2])
    try:
        (first,) = asyncio.run(sessions.visit(port, 1, [""], moves=0))["first"]
        seen = asyncio.run(sessions.visit(port, 4, OWN_PAGES.split(",")))
        assert not seen["errors"], seen["errors"]
        _publish(stores.live_store(), lan, ["december 2023"], ["sabo"])
        (after,) = asyncio.run(sessions.visit(port, 1, [""], moves=0))["first"]
        return cost._replace(
            start=started, first_page=first, after_publication=after, megabytes=megabytes(server.process.pid)
        )
    finally:
        stop_server(server)


def _persons(lan: str, month: str) -> Iterator[tuple[str, str, random.Random]]:
    """An id, a kommun and chance for each: between 25 and 425 in a kommun."""
    for place, kommun in enumerate(kommuner.in_lan(lan)):
        chance = random.Random(f"{month}{kommun.kod}")
        for number in range(25 + place * place * 37 % 400):
            yield f"P{kommun.kod}{number:06}", kommun.namn, chance


def _cosmic(lan: str, month: str) -> bytes:
    rows = [
        f"{who};{kommun};{c.choice(('Ordinärt boende',) * 3 + ('Särskilt boende',))};{c.randint(60, 99)};"
        f"{c.choice(('Kvinna', 'Man'))};{c.randint(0, 5)};{c.choice(('Ja', 'Nej'))}"
        for who, kommun, c in _persons(lan, month)
    ]
    return "\n".join([HEADINGS, *rows]).encode()


def _ensolutions(lan: str, month: str) -> bytes:
    rows = [
        f"{who};{kommun};{c.choice(('SSK',) * 4 + ('AT', 'FT'))};Ordinärt boende;{c.randint(60, 99)};Kvinna"
        for who, kommun, c in _persons(lan, month)
    ]
    return "\n".join(["Personnummer;Kommun;Profession;Boendeform;Ålder;Kön", *rows]).encode()


def _sabo(lan: str, month: str) -> bytes:
    chance = random.Random(month)
    numbers = [(kommun.namn, chance.randint(30, 400)) for kommun in kommuner.in_lan(lan)]
    rows = [f"{kommun};{number};{number * 3 // 4}" for kommun, number in numbers]
    return "\n".join(["Kommun;Boende på SÄBO;Kommunal primärvård", *rows]).encode()


_FILES: dict[str, Callable[[str, str], bytes]] = {"cosmic": _cosmic, "ensolutions": _ensolutions, "sabo": _sabo}


if __name__ == "__main__":
    main(sys.argv[1:])
