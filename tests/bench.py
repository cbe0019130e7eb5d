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
from pathlib import Path

from naravard.base import settings

ROWS, XLSX_ROWS = 1_000_000, 200_000
TIMES = 3
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
    watcher = threading.Thread(target=watch); watcher.start()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    done.set(); watcher.join()
    print(json.dumps([seconds, max(peak[0], resident()) - idle]))
"""
_OURS = """
from naravard import intake, stores
store = stores.live_store()
choices = intake.Choices(kalla="cosmic", matperiod="våren 2024")
small = b"Kommun;Boende;Kommunal prim\\xe4rv\\xe5rd\\nKalmar;10;5\\n"
intake.counts_of([intake.examine(small, "liten.csv", intake.Choices(kalla="sabo", matperiod="2020"))])
with store.candidate([]):
    pass
name = Path(path).name
content = Path(path).read_bytes()
def work():
    examination = intake.examine(content, name, choices, extracts=store.extracts())
    intake.publish([examination], store, who="bench", why="bench")
measured(work)
"""
_DUCKDB = """
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
        csv, xlsx = _csv(folder / "cosmic.csv"), _xlsx(folder / "cosmic.xlsx")
        size = csv.stat().st_size
        print(f"csv: {ROWS} rows, {size / 2**20:.0f} MB of Windows-1252; xlsx: {XLSX_ROWS} rows\n")
        ours, memory = _best(_OURS, csv, folder)
        duckdb, _ = _best(_DUCKDB, csv, folder)
        pandas, _ = _best(_PANDAS, csv, folder)
        ours_xlsx, _ = _best(_OURS, xlsx, folder)
        calamine, _ = _best(_CALAMINE, xlsx, folder)
        rows = [
            ("csv to published / DuckDB with the same eight groupings", ours / duckdb, 2.0),
            ("csv to published / pandas with the same eight groupings", ours / pandas, 1.0),
            ("peak memory above idle / the file", memory / size, 6.0),
            ("xlsx to published / calamine's bare read", ours_xlsx / calamine, 1.3),
        ]
        for what, ratio, bound in rows:
            print(f"{what:<52} {ratio:5.2f}   bound {bound:.1f}   {'kept' if ratio <= bound else 'BROKEN'}")
        seconds = {"ours": ours, "DuckDB": duckdb, "pandas": pandas, "our xlsx": ours_xlsx, "calamine": calamine}
        print("\nseconds: " + ", ".join(f"{name} {value:.2f}" for name, value in seconds.items()))


def _best(program: str, file: Path, folder: Path) -> tuple[float, float]:
    """The shortest of some runs, in seconds, and the smallest peak of memory, in bytes."""
    runs = []
    for _ in range(TIMES):
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


def _row(i: int) -> tuple[str, ...]:
    """Contacts of a third as many invented persons: 30 and 31 February, so that nobody is meant.

    Each has an id of their own: 400 dates (those of samordningsnummer among them) with ten thousand numbers each.
    """
    person = i * 7919 % (ROWS // 3)
    date = person // 10_000
    born = f"{1910 + date % 100}02{(30, 31, 90, 91)[date // 100]}"
    kommun = ("Borgholm", "Kalmar", "Mörbylånga", "Nybro", "Oskarshamn", "Torsås", "Västervik")[person % 7]
    home = "Särskilt boende" if person % 4 == 0 else "Ordinärt boende"
    contact = "Ja" if person % 3 else "Nej"
    sex = "Kvinna" if person % 5 else "Man"
    return (f"{born}-{person % 10_000:04}", kommun, home, str(60 + person % 40), sex, str(person % 6), contact)


def _csv(path: Path) -> Path:
    lines = "\n".join(";".join(_row(i)) for i in range(ROWS))
    path.write_bytes(f"{HEADINGS}\n{lines}\n".encode("cp1252"))
    return path


def _xlsx(path: Path) -> Path:
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Uttag")
        sheet.write_row(0, 0, HEADINGS.split(";"))
        for i in range(XLSX_ROWS):
            sheet.write_row(i + 1, 0, _row(i))
    return path


if __name__ == "__main__":
    main()
