"""How fast an extract is read, as ratios to what others need for the same: `make bench` prints a table.

Each side runs in a process of its own that has loaded its libraries, the best of three runs counts, and the peak of
memory is what the process holds above what it held before. All figures are of one run on one machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from naravard.base import settings

ROWS = (1_000_000, 5_000_000, 10_000_000)
XLSX_ROWS = 200_000
TIMES = 3
KOMMUNER = ("Borgholm", "Kalmar", "Mörbylånga", "Nybro", "Oskarshamn", "Torsås", "Västervik")
HEADINGS = "Personnummer;Kommun;Boendeform;Ålder;Kön;RUB;Fast läkarkontakt"

_MEASURE = """
import sys, threading, time, json, os
from pathlib import Path
path = sys.argv[1]

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

def measured(work):
    peak, done = [resident()], threading.Event()
    def watch():
        while not done.wait(0.005):
            peak[0] = max(peak[0], resident())
    idle = resident()
    watcher = threading.Thread(target=watch, daemon=True); watcher.start()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    done.set(); watcher.join()
    print(json.dumps([seconds, max(peak[0], resident()) - idle]))
"""
_OURS = """
from naravard import intake, stores
from naravard.base.numbers import number
store = stores.live_store()
choices = intake.Choices(kalla="cosmic", matperiod="våren 2024")
small = b"Kommun;Boende;Kommunal prim\\xe4rv\\xe5rd\\nKalmar;10;5\\n"
examination = intake.examine(small, "liten.csv", intake.Choices(kalla="sabo", matperiod="2020"))
intake.publish([examination], store, who="bench", why="bench")  # a server has all of its code read in
number(1000)
name = Path(path).name
content = Path(path).read_bytes()
def work():
    examination = intake.examine(content, name, choices, extracts=store.extracts())
    intake.publish([examination], store, who="bench", why="bench")
measured(work)
"""
DUCKDB = """
import duckdb
duckdb.sql("select 1").fetchall()
columns = ["Boendeform", "Ålder", "Kön", "RUB", "Fast läkarkontakt"]
sets = ", ".join(["()", "(Kommun)", "(Boendeform)", *(f'(Kommun, "{column}")' for column in columns)])
def work():
    with duckdb.connect() as connection:
        connection.execute(f'''
            select Kommun, {", ".join(f'"{column}"' for column in columns)}, count(distinct Personnummer)
            from read_csv(?, all_varchar = true, delim = ';', header = true, encoding = 'latin-1')
            group by grouping sets ({sets})
        ''', [path]).fetchall()
measured(work)
"""
_PANDAS = """
import pandas
columns = ["Boendeform", "Ålder", "Kön", "RUB", "Fast läkarkontakt"]
def work():
    table = pandas.read_csv(path, sep=";", encoding="cp1252", dtype=str)
    table["Personnummer"].nunique()
    for by in (["Kommun"], ["Boendeform"], *(["Kommun", column] for column in columns)):
        table.groupby(by)["Personnummer"].nunique()
measured(work)
"""
_CALAMINE = """
import io
from python_calamine import CalamineWorkbook
content = Path(path).read_bytes()
def work():
    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
measured(work)
"""


def main() -> None:
    """Write the files, measure both sides, print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in ROWS:
            _about_csv(rows, folder)
        xlsx = _xlsx(folder / "cosmic.xlsx")
        (ours, _), (calamine, _) = (best(program, xlsx, folder) for program in (_OURS, _CALAMINE))
        print(f"xlsx: {XLSX_ROWS} rows. Seconds: ours {ours:.2f}, calamine {calamine:.2f}")
        print_ratio("xlsx to published / calamine's bare read", ours / calamine, 1.2)


def _about_csv(rows: int, folder: Path) -> None:
    csv = csv_file(folder / "cosmic.csv", rows)
    size = csv.stat().st_size
    (ours, memory), (duckdb, _), (pandas, _) = (best(program, csv, folder) for program in (_OURS, DUCKDB, _PANDAS))
    print(
        f"csv: {rows} rows, {size / 2**20:.0f} MB of Windows-1252. "
        f"Seconds: ours {ours:.2f}, DuckDB {duckdb:.2f}, pandas {pandas:.2f}"
    )
    print_ratio("csv to published / DuckDB with eight groupings", ours / duckdb, 0.8)
    print_ratio("csv to published / pandas with the same", ours / pandas, 1.0)
    print_ratio("peak memory above idle / the file", memory / size, 4.0)
    print_ratio("peak memory above idle, in GB", memory / 2**30, 2.0)


def print_ratio(what: str, ratio: float, bound: float) -> None:
    """A line of the table."""
    print(f"  {what:<50} {ratio:5.2f}   bound {bound:.1f}   {'kept' if ratio <= bound else 'BROKEN'}", flush=True)


def best(program: str, file: Path, folder: Path, times: int = TIMES) -> tuple[float, float]:
    """The shortest of some runs, in seconds, and the smallest peak of memory, in bytes."""
    runs = []
    for _ in range(times):
        data = tempfile.mkdtemp(dir=folder)
        done = subprocess.run(
            [sys.executable, "-c", _MEASURE + program, str(file)],
            cwd=settings.ROOT,
            env={**os.environ, "NARAVARD_DATA": data, "PYTHONPATH": str(settings.ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(seconds for seconds, _ in runs), min(memory for _, memory in runs)


def _row(i: int, persons: int, kommuner: Sequence[str] = KOMMUNER) -> tuple[str, ...]:
    """A contact of one of so many invented persons: 30 and 31 February, so that nobody is meant.

    Each has an id of their own: 400 dates (those of samordningsnummer among them) with ten thousand numbers each.
    """
    person = i * 7919 % persons
    date = person // 10_000
    born = f"{1910 + date % 100}02{(30, 31, 90, 91)[date // 100]}"
    kommun = kommuner[person % len(kommuner)]
    home = "Särskilt boende" if person % 4 == 0 else "Ordinärt boende"
    contact = "Ja" if person % 3 else "Nej"
    sex = "Kvinna" if person % 5 else "Man"
    return (f"{born}-{person % 10_000:04}", kommun, home, str(60 + person % 40), sex, str(person % 6), contact)


def csv_file(path: Path, rows: int, kommuner: Sequence[str] = KOMMUNER) -> Path:
    """A file of contacts, of a third as many persons."""
    with path.open("w", encoding="cp1252", newline="\n") as file:
        file.write(f"{HEADINGS}\n")
        file.writelines(";".join(_row(i, rows // 3, kommuner)) + "\n" for i in range(rows))
    return path


def _xlsx(path: Path) -> Path:
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Uttag")
        sheet.write_row(0, 0, HEADINGS.split(";"))
        for i in range(XLSX_ROWS):
            sheet.write_row(i + 1, 0, _row(i, XLSX_ROWS // 3))
    return path


if __name__ == "__main__":
    main()
