"""The command line as an analyst and a script meet it.

Most commands run in this process, since a new one takes longer to start than to answer; those that are about a process
(a first start, the streams and their encoding, the status, temporary files, what is loaded) have one of their own.
"""

import contextlib
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from naravard import __main__ as command_line
from naravard import stores
from naravard.base import kommuner, settings
from naravard.figures import indicators
from naravard.intake import example
from naravard.workshop.workshops import Workshops
from tests.conftest import publish_only_the_deck
from tests.test_counting import COSMIC, as_csv, random_rows


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in this process, seen as if it had one of its own."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.chdir(settings.ROOT),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as left,
    ):
        patch.setattr(sys, "argv", ["naravard", *arguments])
        command_line.main()
    assert isinstance(left.value.code, int)
    return subprocess.CompletedProcess(arguments, left.value.code, out.getvalue(), err.getvalue())


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
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


def test_sabo_share_on_an_empty_folder(empty_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first command fills the store, and answers with the deck's table."""
    publish_only_the_deck(monkeypatch)
    done = run("visa", "sabo_andel_primarvard", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
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
    command = ("importera", str(file), "--kalla", "cosmic", "--matperiod", "våren 2024", "--orsak", "månadsuttag")
    warned = run(*command)
    assert warned.returncode == 1
    assert warned.stderr.startswith("7 varningar. Läs dem, och lägg till --godkann-varningar")
    assert "har olika RUB på olika rader" in warned.stdout
    assert len(answer("versioner", "--json")) == 1
    done = run(*command, "--godkann-varningar")
    assert done.returncode == 0
    again = run("importera", str(file), "--kalla", "cosmic", "--matperiod", "Våren 2024", "--prova")
    assert "inget publicerat" in again.stdout
    assert again.returncode == 1
    assert "precis samma fil är redan inläst" in again.stdout
    assert "mätperioden våren 2024 är redan inläst" in again.stdout
    assert "600 rader lästa, 600 räknade, publicerat som version 2." in done.stdout.replace("\u00a0", " ")
    shown = answer("visa", "kommunal_primarvard_antal", "--json", "--kommun", "Kalmar")["rader"]
    found = {row["kommun_kod"]: row["taljare"] for row in shown if row["grupp"] == "totalt"}
    in_kalmar = {row[0] for row in rows if row[1] == "Kalmar"}
    assert found["08"] == len({row[0] for row in rows})
    assert found["0880"] in {len(in_kalmar), None}, (
        "it may be hidden for the sake of another: each store has its own order"
    )
    newest = answer("uttag", "--json")[0]
    assert (newest["kalla"], newest["matperiod"], newest["rader_lasta"]) == ("cosmic", "våren 2024", None)
    assert answer("versioner", "--json")[0]["varfor"] == "månadsuttag"
    assert run("aterstall", "1", "--orsak", "fel fil").returncode == 0
    assert answer("visa", "kommunal_primarvard_antal", "--json")["rader"][0]["taljare"] == 5793


def test_a_break_in_series_is_set_listed_and_taken_away(data: Path) -> None:
    words = ("--text", "Nytt system", "--indikator", "hemtjanst_80plus_andel", "--kommun", "Borgholm")
    assert run("bryt", "--datum", "2018-01-01", *words).stdout == "Brytpunkten är satt, i version 2.\n"
    (each,) = answer("brytpunkter", "--json")
    assert (each["nummer"], each["datum"], each["kommun_kod"], each["text"]) == (1, "2018-01-01", "0885", "Nytt system")
    assert answer("versioner", "--json")[0]["handelse"] == "brytpunkt satt"
    wrong = run("bryt", "--datum", "1 maj", *words)
    assert (wrong.returncode, wrong.stderr) == (
        2, "Skriv dagen som år-månad-dag, till exempel 2025-05-01, inte '1 maj'.\n"
    )  # fmt: skip
    assert run("ta-bort-brytpunkt", "1", "--orsak", "fel kommun").stdout == "Brytpunkt 1 är borttagen, i version 3.\n"
    assert answer("brytpunkter", "--json") == []


ID_SHAPE = re.compile(rb"(?:19)?\d{6}-?\d{4}")


def all_text(path: Path) -> bytes:
    """A file's bytes; for a snapshot also each column of each table as text, since DuckDB packs texts together.

    None of one that is gone: the machine's temporary files are others' too.
    """
    try:
        found = path.read_bytes()
    except FileNotFoundError:
        return b""
    if path.suffix == ".duckdb":
        with duckdb.connect(path, read_only=True) as connection:
            for (table,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                found += repr(connection.execute(f'select * from "{table}"').fetchall()).encode()
    return found


@pytest.mark.process
def test_no_person_is_left_on_disk_in_logs_or_in_temporary_files(data: Path, tmp_path: Path) -> None:
    """6 000 rows go in; afterwards each id is searched for, with and without its hyphen and century."""
    name = "uttag 19991231-9999.csv"
    rows = random_rows(6_000, persons=2_000, seed=4)
    (tmp_path / name).write_bytes(as_csv((*COSMIC, "19991230-9999", "Anteckning"), [(*r, r[0], r[0]) for r in rows]))
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    outside = set(Path(tempfile.gettempdir()).iterdir())
    done = process(
        "importera", str(tmp_path / name), "--kalla", "cosmic", "--matperiod", "våren 2024", "--godkann-varningar",
        "--rapport", str(data / "rapport.xlsx"), "--spara-profil", "prov",
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
    done = run("importera", str(file), "--kalla", "auto", "--matperiod", "våren 2024", "--prova", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert (found["kalla"], found["version"], found["rader_lasta"]) == ("cosmic", None, 50)
    assert found["kolumner"]["alder"] == "Ålder"
    assert found["skal"]["alder"] == "rubriken är känd"
    persons = [r for r in found["antal"] if (r["indikator"], r["kommun_kod"]) == ("kommunal_primarvard_antal", "08")]
    assert persons[0]["taljare"] == len({row[0] for row in random_rows(50, persons=20, seed=5)})
    assert all(row["taljare"] is None or not 1 <= row["taljare"] <= 4 for row in found["antal"])
    assert {change["slag"] for change in found["skillnad"]} >= {"nytt", "ändrat"}
    assert len(answer("versioner", "--json")) == 1


def clean_sabo() -> bytes:
    rows = [f"{k.namn};{100 + i};60" for i, k in enumerate(kommuner.in_lan("08"))]
    return "\n".join(["Kommun;Boende på SÄBO;Kommunal primärvård", *rows]).encode("cp1252")


def test_a_clean_file_needs_no_acceptance(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "sabo.csv"
    file.write_bytes(clean_sabo())
    found = answer("importera", str(file), "--kalla", "auto", "--matperiod", "våren 2024", "--json")
    assert (found["kalla"], found["version"]) == ("sabo", 2)


def test_columns_sheet_and_headings_can_be_chosen_and_kept_as_a_profile(data: Path, tmp_path: Path) -> None:
    content = clean_sabo().replace(b"Boende p\xe5 S\xc4BO", b"A").replace("Kommunal primärvård".encode("cp1252"), b"B")
    (tmp_path / "a.csv").write_bytes(content)
    columns = ("--kolumn", "boende=A", "--kolumn", "med_primarvard=B")
    command = ("importera", str(tmp_path / "a.csv"), "--kalla", "sabo", "--matperiod", "2024", "--prova")
    assert run(*command).returncode == 2
    assert run(*command, *columns, "--rubrikrad", "1", "--spara-profil", "Kort").returncode == 0
    found = answer("importera", str(tmp_path / "a.csv"), "--matperiod", "2024", "--prova", "--json")
    assert (found["profil"], found["kalla"], found["kolumner"]["boende"]) == ("Kort", "sabo", "A")
    assert "Rubriken ”C” finns inte i filen" in run(*command, "--kolumn", "boende=C").stderr
    assert "Skriv --kolumn som kolumn=rubrik" in run(*command, "--kolumn", "boende").stderr
    assert "Profilen ”lång” finns inte. De som finns: Kort." in run(*command, "--profil", "lång").stderr


def test_a_known_error_is_corrected_until_it_is_not_needed(data: Path, tmp_path: Path) -> None:
    wrong, right = tmp_path / "fel.csv", tmp_path / "ratt.csv"
    right.write_bytes(clean_sabo())
    wrong.write_bytes(clean_sabo().replace(b"Kalmar", b"Kalmra"))
    options = ("--kalla", "sabo", "--matperiod", "2024", "--prova")
    assert run("importera", str(wrong), *options).returncode == 2
    added = run(
        "ratta", "--kalla", "sabo", "--kolumn", "kommun", "--fel", "Kalmra", "--ratt", "Kalmar", "--varfor", "stavfel"
    )
    assert added.returncode == 0
    mended = run("importera", str(wrong), *options)
    assert mended.returncode == 0
    assert "känt fel rättat: ”Kalmra” → ”Kalmar” (stavfel)" in mended.stdout
    assert "behövdes inte i filen" in run("importera", str(right), *options).stdout
    assert "går det inte att rätta kolumnen 'person_id'" in run(
        "ratta", "--kalla", "cosmic", "--kolumn", "person_id", "--fel", "1", "--ratt", "2", "--varfor", "x"
    ).stderr  # fmt: skip


def test_the_report_is_a_workbook_in_which_no_formula_is_alive(data: Path, tmp_path: Path) -> None:
    file, report = tmp_path / "uttag.csv", tmp_path / "fynd.xlsx"
    file.write_bytes("Kommun;Boende;Kommunal primärvård\n=1+1;10;5\n@SUM(A1);10;5\nKalmar;+2x;1\n".encode())
    command = ("importera", str(file), "--kalla", "sabo", "--matperiod", "2024", "--rapport", str(report))
    assert run(*command).returncode == 2
    rows = CalamineWorkbook.from_path(report).get_sheet_by_name("Fynd").to_python()
    assert rows[0][:5] == ["Nivå", "Vad", "Fil", "Flik", "Rad"]
    assert [(row[4], row[6]) for row in rows[1:4]] == [(2.0, "=1+1"), (3.0, "@SUM(A1)"), (4.0, "+2x")]
    assert b"<f>" not in zipfile.ZipFile(report).read("xl/worksheets/sheet1.xml")


def test_a_file_with_errors_is_refused_whole(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cosmic.csv"
    file.write_text("Kommun;Boendeform;RUB\nKalmra;SÄBO;9\n", encoding="utf-8")
    done = run("importera", str(file), "--kalla", "cosmic", "--matperiod", "våren 2024")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "2 fel" in done.stderr
    assert "Menar du Kalmar?" in done.stderr
    assert len(answer("versioner", "--json")) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["visa", "sabo_boenden"], "Indikatorn 'sabo_boenden' finns inte. Menar du sabo_boende?"),
        (["visa", "sabo_boende", "--kommun", "Kalmra"], "Kommunen 'Kalmra' finns inte. Menar du Kalmar?"),
        (["visa", "sabo_boende", "--kommun", "Växjö"], "Växjö ligger inte i Kalmar län."),
        (["visa", "sabo_boende", "--matperiod", "1999"], "Mätperioden ”1999” finns inte"),
        (["visa", "sabo_boende", "--format", "xml"], "Formatet 'xml' finns inte. Välj tabell, csv eller json."),
        (["visa", "--finns"], "Flaggan --finns finns inte."),
        (["visa"], "Uppgiften indikator saknas."),
        (["aterstall", "99", "--orsak", "prov"], "Version 99 finns inte."),
        (["importera", "finns_inte.csv"], "Filen finns_inte.csv går inte att läsa."),
        (["importera", "pyproject.toml", "--kalla", "kosmic"], "pyproject.toml har ändelsen .toml"),
        (["hej"], "Kommandot finns inte"),
        (["importera", "naravard"], "Filen naravard går inte att läsa."),
    ],
)
@pytest.mark.usefixtures("module_deck")
def test_a_mistake_gets_one_swedish_line_and_status_2(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert message in done.stderr


@pytest.mark.process
def test_a_process_says_a_mistake_on_stderr_in_utf8_and_ends_with_status_2(data: Path) -> None:
    """Whatever the terminal's encoding is."""
    done = process("visa", "sabo_boende", "--kommun", "Växjö", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "Växjö ligger inte i Kalmar län.\n")


@pytest.mark.usefixtures("module_deck")
@pytest.mark.parametrize("verb", ["indikatorer", "kallor", "uttag", "versioner"])
def test_lists_are_text_and_json(verb: str) -> None:
    assert run(verb).stdout
    assert answer(verb, "--json")


def test_example_data_is_written_and_taken_in_once(empty_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files = example.write_files
    monkeypatch.setattr(example, "write_files", lambda folder, lan: write_files(folder, lan)[:1])
    assert run("exempel").stdout.startswith("EXEMPELDATA är inläst, version 1. Filerna ligger i ")
    assert answer("exempel", "--json") == {"version": 1, "ny": False, "mapp": str(empty_data / "exempel")}
    assert run("exempel").stdout.startswith("EXEMPELDATA fanns redan, version 1.")


def test_the_hash_of_a_file_that_is_not_published_is_in_no_answer(data: Path, tmp_path: Path) -> None:
    """Who has it can try guesses of what is hidden in the file until one fits."""
    file = tmp_path / "sabo.csv"
    file.write_bytes(clean_sabo())
    own = hashlib.sha256(file.read_bytes()).hexdigest()
    assert run("importera", str(file), "--kalla", "sabo", "--matperiod", "2024").returncode == 0
    extracts = answer("uttag", "--json")
    assert {e["filnamn"]: "sha256" in e for e in extracts if not e["publicerad"]} == {"sabo.csv": False}
    assert all(len(e["sha256"]) == 64 for e in extracts if e["publicerad"])
    (shown,) = json.loads(run("visa", "sabo_boende", "--format", "json").stdout)["uttag"]
    assert shown["fil"] == "sabo.csv"
    assert "sha256" not in shown
    published = answer("visa", "sabo_boende", "--matperiod", "ej angiven", "--format", "json")["uttag"]
    assert [len(e["sha256"]) for e in published] == [64]
    verbs = [["uttag"], ["visa", "sabo_boende"], ["versioner"], ["indikatorer"]]
    assert not any(own in run(*verb, *more).stdout for verb in verbs for more in ([], ["--json"]))


REFUSED = {"taljare": "sabo", "namnare": "sabo"}


def test_an_indicator_that_cannot_be_protected_is_listed_with_the_reason(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {record["visas_inte"] for record in answer("indikatorer", "--json")} == {None}
    assert "visas_inte" not in run("indikatorer").stdout
    file = tmp_path / "sabo.csv"
    file.write_bytes(clean_sabo())
    assert run("importera", str(file), "--kalla", "sabo", "--matperiod", "2024").returncode == 0
    registry = dict(indicators.registry())
    wrong = replace(registry["sabo_andel_primarvard"], id="fel", mangder=REFUSED)
    monkeypatch.setattr(indicators, "registry", lambda: {**registry, "fel": wrong})
    with stores.live_store().open() as snapshot:
        snapshot.memo.clear()  # the import has read the version already
    why = "taljare räknar något annat än sabo, som mangder säger"
    reasons = {record["id"]: record["visas_inte"] for record in answer("indikatorer", "--json")}
    assert {name: reason for name, reason in reasons.items() if reason} == {"fel": why}
    listing = run("indikatorer").stdout
    assert why in listing
    refused = run("visa", "fel")
    assert refused.returncode == 2
    assert refused.stderr.startswith(f"Indikatorn fel visas inte, för att små tal inte går att skydda: {why}.")


def test_the_one_who_runs_it_lists_workshops_and_deletes_one_whose_key_is_lost(data: Path) -> None:
    assert run("radera-workshop", "aaaaaa").returncode == 2
    assert answer("workshoppar", "--json") == []
    kod, key = Workshops(data).begin("Hösten", ["A"], ["Vad?"])
    asked = Workshops(data).workshop(kod)
    Workshops(data).answer(kod, "nummer-ett", asked.fragor[0].id, asked.grupper[0].id, "ETT SVAR")
    told = run("workshoppar").stdout
    assert kod in told
    assert "ETT SVAR" not in told
    assert key not in told
    assert answer("workshoppar", "--json")[0]["svar"] == 1
    assert "är raderad" in run("radera-workshop", kod).stdout
    assert answer("workshoppar", "--json") == []


@pytest.mark.process
def test_the_command_line_does_not_load_the_heavy_parts(data: Path) -> None:
    program = (
        "import sys; from naravard.__main__ import app; app(['visa', 'sabo_boende'], standalone_mode=False); "
        "print([m for m in ('streamlit', 'plotly', 'pandas', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_nyckeltal_that_nobody_would_see_becomes_a_file(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "mått.csv"
    file.write_text("Kommun;Värde\nHögsby;7,5\nTorsås;8,5\n", encoding="utf-8")
    options = ("--kalla", "nyckeltal", "--ar", "2024", "--namn", "Påhittat mått, andel (%)", "--enhet", "procent")
    options = (*options, "--godkann-varningar")  # a share without its counts, from nobody who is named
    assert "ingen indikator visar ”Påhittat mått" in run("importera", str(file), *options).stdout
    assert run("ny-indikator", "Påhittat mått, andel (%)", "--fil", str(tmp_path)).returncode == 0
    written = (tmp_path / "pahittat_matt_andel.sql").read_text(encoding="utf-8")
    assert "where nyckeltal = 'Påhittat mått, andel (%)'" in written
    again = run("ny-indikator", "Påhittat mått, andel (%)", "--fil", str(tmp_path))
    assert (again.returncode, "finns redan" in again.stderr) == (2, True)
    assert "är inte inläst" in run("ny-indikator", "N99999").stderr


def test_an_unknown_value_is_chosen_on_the_command_line(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cosmic.csv"
    file.write_text("Löpnummer;Kommun;Boendeform;RUB\na1;Högsby;SÄBO;7\na2;Högsby;SÄBO;3\n", encoding="utf-8")
    command = ("importera", str(file), "--kalla", "cosmic", "--matperiod", "våren 2024", "--prova")
    assert run(*command).returncode == 2
    assert "som du har valt för den här filen" in run(*command, "--varde", "RUB:7=").stdout
    assert "Skriv --varde som kolumn:värde=betydelse" in run(*command, "--varde", "RUB").stderr
