"""The command line as an analyst and a script meet it: in a process of its own."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from naravard import settings
from tests.test_counting import COSMIC, as_csv, random_rows


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "naravard", *arguments],
        cwd=settings.ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def answer(*arguments: str) -> Any:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_sabo_share_on_an_empty_folder(empty_data: Path) -> None:
    """The first command fills the store, and answers with the deck's table."""
    found = answer("visa", "sabo_andel_primarvard", "--format", "json")
    assert {k: found[k] for k in ("indikator", "matperiod", "enhet", "version")} == {
        "indikator": "sabo_andel_primarvard", "matperiod": "ej angiven", "enhet": "procent", "version": 1,
    }  # fmt: skip
    assert len(found["rader"]) == 13
    lan = found["rader"][-1]
    assert (lan["kommun_kod"], lan["taljare"], lan["namnare"], lan["varde"]) == ("08", 1447, 1885, 76.8)
    assert set(lan) >= {
        "kommun_kod", "kommun", "grupp", "taljare", "namnare", "varde", "nedre", "ovre", "skydd", "jamforelse",
    }  # fmt: skip
    (extract,) = found["uttag"]
    assert extract["fil"] == "bilden_sabo.csv"


def test_import_shows_at_once_in_the_figures_and_the_lists(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cosmic.csv"
    rows = random_rows(600, persons=300, seed=3)
    file.write_bytes(as_csv(COSMIC, rows))
    done = run("importera", str(file), "--kalla", "cosmic", "--matperiod", "våren 2024", "--orsak", "månadsuttag")
    assert done.returncode == 0
    again = run("importera", str(file), "--kalla", "cosmic", "--matperiod", "Våren 2024", "--prova")
    assert "inget publicerat (prov)" in again.stdout
    assert "600 rader lästa, 600 räknade, publicerat som version 2." in done.stdout.replace("\u00a0", " ")
    shown = answer("visa", "kommunal_primarvard_antal", "--json", "--kommun", "Kalmar")["rader"]
    found = {row["kommun_kod"]: row["taljare"] for row in shown if row["grupp"] == "totalt"}
    in_kalmar = {row[0] for row in rows if row[1] == "Kalmar"}
    assert found == {"0880": len(in_kalmar), "08": len({row[0] for row in rows})}
    newest = answer("uttag", "--json")[0]
    assert (newest["kalla"], newest["matperiod"], newest["rader_lasta"]) == ("cosmic", "våren 2024", 600)
    assert answer("versioner", "--json")[0]["varfor"] == "månadsuttag"
    assert run("aterstall", "1", "--orsak", "fel fil").returncode == 0
    assert answer("visa", "kommunal_primarvard_antal", "--json")["rader"][0]["taljare"] == 5793


ID_SHAPE = re.compile(rb"(?:19)?\d{6}-?\d{4}")


def all_text(path: Path) -> bytes:
    """A file's bytes; for a snapshot also each column of each table as text, since DuckDB packs texts together."""
    found = path.read_bytes()
    if path.suffix == ".duckdb":
        with duckdb.connect(path, read_only=True) as connection:
            for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                found += repr(connection.execute(f'select * from "{table}"').fetchall()).encode()
    return found


def test_no_person_is_left_on_disk_in_logs_or_in_temporary_files(data: Path, tmp_path: Path) -> None:
    """20 000 rows go in; afterwards each id is searched for, with and without its hyphen and century."""
    name = "uttag 19991231-9999.csv"
    rows = random_rows(20_000, persons=6_000, seed=4)
    (tmp_path / name).write_bytes(as_csv((*COSMIC, "19991230-9999", "Anteckning"), [(*r, r[0], r[0]) for r in rows]))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    outside = set(Path(tempfile.gettempdir()).iterdir())
    done = run(
        "importera", str(tmp_path / name), "--kalla", "cosmic", "--matperiod", "våren 2024",
        TMPDIR=str(temporary), TEMP=str(temporary), TMP=str(temporary),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ids = {row[0] for row in rows} | {"19991231-9999", "19991230-9999"}
    wanted = {form.encode() for i in ids for form in (i, i.replace("-", ""), i[2:], i[2:].replace("-", ""))}
    new_outside = [p for p in Path(tempfile.gettempdir()).iterdir() if p not in outside and p.is_file()]
    searched = [p for p in [*data.rglob("*"), *temporary.rglob("*"), *new_outside] if p.is_file()]
    assert any(p.name == "000002.duckdb" for p in searched)
    for path in searched:
        if path.parent.name != "exempel":  # the synthetic extracts themselves
            assert not wanted & set(ID_SHAPE.findall(all_text(path))), path
    assert not wanted & set(ID_SHAPE.findall((done.stdout + done.stderr).encode()))


def test_the_search_for_ids_finds_one_that_is_in_a_snapshot(tmp_path: Path) -> None:
    path = tmp_path / "000001.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("create table t as select '19380231-' || (1000 + i)::varchar as id from range(6000) r(i)")
    assert b"19380231-1234" in ID_SHAPE.findall(all_text(path))


def test_trial_publishes_nothing(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cosmic.csv"
    file.write_bytes(as_csv(COSMIC, random_rows(50, persons=20, seed=5)))
    found = answer("importera", str(file), "--matperiod", "våren 2024", "--prova", "--json")
    assert (found["kalla"], found["version"], found["rader_lasta"]) == ("cosmic", None, 50)
    assert found["kolumner"]["alder"] == "Ålder"
    assert len(answer("versioner", "--json")) == 1


def test_a_file_with_errors_is_refused_whole(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cosmic.csv"
    file.write_text("Kommun;Boendeform;RUB\nKalmra;SÄBO;9\n", encoding="utf-8")
    done = run("importera", str(file), "--kalla", "cosmic", "--matperiod", "våren 2024")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "2 fel" in done.stderr
    assert "Menas Kalmar?" in done.stderr
    assert len(answer("versioner", "--json")) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["visa", "sabo_boenden"], "Indikatorn 'sabo_boenden' finns inte. Menas sabo_boende?"),
        (["visa", "sabo_boende", "--kommun", "Kalmra"], "Kommunen 'Kalmra' finns inte. Menas Kalmar?"),
        (["visa", "sabo_boende", "--kommun", "Växjö"], "Växjö ligger inte i Kalmar län."),
        (["visa", "sabo_boende", "--matperiod", "1999"], "Mätperioden ”1999” finns inte"),
        (["visa", "sabo_boende", "--format", "xml"], "Formatet 'xml' finns inte. Välj tabell, csv eller json."),
        (["visa", "--finns"], "Flaggan --finns finns inte."),
        (["visa"], "Uppgiften indikator saknas."),
        (["aterstall", "99", "--orsak", "prov"], "Version 99 finns inte."),
        (["importera", "finns_inte.csv"], "Filen finns_inte.csv går inte att läsa."),
        (["importera", "README.md", "--kalla", "kosmic"], "README.md har ändelsen .md"),
        (["hej"], "Kommandot finns inte"),
        (["importera", "naravard"], "Filen naravard går inte att läsa."),
    ],
)
def test_a_mistake_gets_one_swedish_line_and_status_2(arguments: list[str], message: str, data: Path) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert message in done.stderr


@pytest.mark.parametrize("arguments", [["indikatorer"], ["kallor"], ["uttag"], ["versioner"], ["exempel"]])
def test_lists_are_text_and_json(arguments: list[str], data: Path) -> None:
    assert run(*arguments).stdout
    assert answer(*arguments, "--json")


def test_the_command_line_does_not_load_the_heavy_parts(data: Path) -> None:
    program = (
        "import sys; from naravard.__main__ import app; app(['visa', 'sabo_boende'], standalone_mode=False); "
        "print([m for m in ('streamlit', 'plotly', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
