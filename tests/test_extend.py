"""An indicator is one new file, and so is a source or a verb: nothing else in a copy of the project is edited."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from naravard.base import settings

INDICATOR = """/* ---
titel: Andel som har ätit tårta
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: personer som har ätit tårta
namnare: personer
kalla: Tårtregistret
definition: ett prov
--- */
select kommun_kod, matperiod, 'totalt' as grupp, atit as taljare, personer as namnare
from tarta
inner join uttag using (uttag_id)
"""
SOURCE = '''"""Tårta: cake eaters, a row per kommun."""

from naravard.base.model import Column, Source
from naravard.sources._columns import KOMMUN

SOURCE = Source(
    id="tarta",
    title="Tårtregistret",
    provider="Tårtregistret",
    description="Hur många som har ätit tårta.",
    grain="en rad per kommun",
    columns=(
        KOMMUN,
        Column("personer", "integer", "alla", required=True, minimum=0),
        Column("atit", "integer", "de som har ätit", ("ätit",), required=True, minimum=0),
    ),
    table="niva varchar, kommun_kod varchar, personer bigint, atit bigint",
    count_sql="select 'kommun', kommun, personer, atit from rader",
)
'''
VERB = '''"""Tårta, som verb."""

from naravard.commands._app import app


@app.command()
def tarta() -> None:
    """Bjud på tårta."""
    print("Varsågod.")
'''
COMMANDS = """
import contextlib, io, json, sys
from naravard import __main__ as command_line

answers = []
for command in json.loads(sys.argv[1]):
    sys.argv = ["naravard", *command]
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            command_line.main()
    except SystemExit as left:
        assert left.code == 0, command
    answers.append(out.getvalue())
print(json.dumps(answers))
"""
DRAW = """
import json
from naravard import charts, stores
from naravard.figures.reader import Reader
from streamlit.testing.v1 import AppTest

figure = charts.draw(Reader(stores.live_store()).read("tarta_andel"))
page = AppTest.from_file("naravard/ui/shell/main.py", default_timeout=300)
page.run()
page.switch_page("../../../pages/jamfor.py").run()
page.selectbox(key="indikator").select("tarta_andel").run()
found = len(page.exception), [s.value for s in page.header], len(page.get("plotly_chart"))
print(json.dumps([list(figure.data[0].text), *found]))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("kopia") / "projekt"
    for name in ("naravard", "pages", "queries", ".streamlit", "data"):
        shutil.copytree(
            settings.ROOT / name, root / name, ignore=shutil.ignore_patterns("lager*", "exempel", "__pycache__")
        )
    (root / "queries" / "tarta_andel.sql").write_text(INDICATOR, encoding="utf-8")
    (root / "naravard" / "sources" / "tarta.py").write_text(SOURCE, encoding="utf-8")
    (root / "naravard" / "commands" / "tarta.py").write_text(VERB, encoding="utf-8")
    (root / "tarta.csv").write_text("Kommun;Personer;Ätit\nKalmar;80;40\nNybro;50;25\n", encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "NARAVARD_DATA": str(root / "data"), "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_new_file_each_is_listed_computed_and_drawn(copy: Path) -> None:
    """The commands go one after another in one process of the copy: to start it is most of the work."""
    show = ["visa", "tarta_andel", "--json"]
    publish = ["importera", "tarta.csv", "--kalla", "auto", "--matperiod", "2024"]
    commands = [["indikatorer"], ["kallor"], ["tarta"], show, publish, show]
    listed, known, offer, before, _, after = json.loads(run(copy, "-c", COMMANDS, json.dumps(commands)))
    assert "tarta_andel" in listed
    assert "Tårtregistret" in known
    assert offer == "Varsågod.\n"
    assert json.loads(before)["rader"] == []
    assert {r["kommun"]: r["varde"] for r in json.loads(after)["rader"] if r["varde"]} == {"Kalmar": 50, "Nybro": 50}
    texts, faults, headings, charts = json.loads(run(copy, "-c", DRAW).splitlines()[-1])
    assert texts.count("50\u00a0%") == 2
    assert (faults, headings, charts) == (0, ["Andel som har ätit tårta"], 1)
