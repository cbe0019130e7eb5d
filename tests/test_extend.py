"""What comes next is one new file: nothing else in a copy of the project is edited.

All additions are made to one copy, and asked for in one process of it: to start it is most of the work.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from naravard.base import settings

pytestmark = pytest.mark.process
SHARE = """/* ---
titel: Andel som har ätit tårta
kind: proportion
enhet: procent
riktning: higher_is_better
taljare: personer som har ätit tårta
namnare: personer
kalla: Tårtregistret
definition: ett prov
mangder:
  taljare: tarta.atit.ja
  namnare: tarta
--- */
select kommun_kod, matperiod, 'totalt' as grupp, atit as taljare, personer as namnare, tarta.uttag_id
from tarta
inner join uttag using (uttag_id)
"""
TENTHS = (
    SHARE.replace("Andel som har", "Tiondelar som har").replace("proportion", "tiondel").replace("procent", "av tio")
)
SOURCE = '''"""Tårta: cake eaters, a row per kommun."""

from naravard.base.model import Column, Source
from naravard.base.persons import Division, Persons
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
    table="niva text, kommun_kod text, personer bigint, atit bigint, personer_tecken text, atit_tecken text",
    count_sql="select 'kommun', kommun, personer, atit, personer_tecken, atit_tecken from rader",
    persons=Persons((Division("atit", ("ja", "nej")),), columns={"": "personer", "atit.ja": "atit"}),
)
'''
VERB = '''"""Tårta, som verb."""

from naravard.commands._app import app


@app.command()
def tarta() -> None:
    """Bjud på tårta."""
    print("Varsågod.")
'''
KIND = '''"""So many of ten."""

from naravard.figures.kinds import Kind

KIND = Kind("tiondel", 90, value=lambda count, total, scale: 10 * count / total, differs=lambda before, after: False)
'''
COMPARISON = '''"""With a half."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, with_value


def _judge(case: Case) -> Judgement | None:
    return with_value(case.figure, 50.0, COMPARISON, case.indicator)


COMPARISON = Comparison("halften", 90, "hälften", "hälften", "hälftens", "Varje område jämförs med hälften.", _judge)
'''
CHART = '''"""A dot per area."""

from plotly.graph_objects import Figure, Scatter

from naravard.charts import Chart


def _draw(result):
    rows = [row for row in result.kommuner if row.varde is not None]
    return Figure(Scatter(x=[row.varde for row in rows], y=[row.kommun for row in rows], mode="markers"))


CHART = Chart("Prickar", 90, lambda result: result.has_kommuner, _draw)
'''
FORMAT = '''"""A result as a list of areas."""

from naravard.exports import Format


def _text(result):
    return "\\n".join(row.kommun for row in result.kommuner if row.varde is not None)


FORMAT = Format("Lista", 90, "text/plain", write=lambda result, view: _text(result).encode(), text=_text)
'''
FOR_PROGRAMS = '''"""The names of the areas, for programs."""

from naravard.api.formats import Format

FORMAT = Format(
    "Namn", "listor", 90, "text/plain", lambda result: ", ".join(row.kommun for row in result.kommuner).encode()
)
'''
PAGE = '''"""Tårta: the figure on a page of its own."""

from naravard import ui
from naravard.menu import Page

PAGE = Page("Tårtor i länet", place=90, needs="publik")

ui.title(PAGE.title)
ui.section(ui.reader().find("tarta_andel"), "tarta_andel")
'''
RULE = '''"""A count that tells something by itself."""

from naravard.figures.rules import Rule

RULE = Rule("talande", "33 personer", 90, lambda row, indicator, rules: row.taljare == 33, key="talande")
'''
STORES = "lagren"
ADDED = {
    "queries/tarta_andel.sql": SHARE,
    "queries/tarta_tiondelar.sql": TENTHS,
    "naravard/sources/tarta.py": SOURCE,
    "naravard/commands/tarta.py": VERB,
    "naravard/figures/kinds/tiondel.py": KIND,
    "naravard/figures/comparisons/halften.py": COMPARISON,
    "naravard/figures/rules/talande.py": RULE,
    "naravard/charts/prickar.py": CHART,
    "naravard/exports/lista.py": FORMAT,
    "naravard/api/formats/namn.py": FOR_PROGRAMS,
    "pages/tarta.py": PAGE,
}
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
from naravard.api import formats
from naravard.api.operations import operations
from naravard.figures.reader import Reader
from streamlit.testing.v1 import AppTest
from tests import documents

result = Reader(stores.live_store()).read("tarta_andel")
page = AppTest.from_file("naravard/ui/shell/main.py", default_timeout=300)
page.run()
jamfor = page.switch_page("../../../pages/jamfor.py").run()
menus = [*jamfor.selectbox]
jamfor = jamfor.selectbox(key="indikator").select("tarta_andel").run()
seen = {
    "faults": len(jamfor.exception),
    "headings": [s.value for s in jamfor.header],
    "charts": len(jamfor.get("plotly_chart")),
    "menus": sorted({option for menu in (*menus, *jamfor.get("button_group")) for option in map(str, menu.options)}),
    "bars": list(charts.draw(result).data[0].text),
    "dots": list(charts.draw(result, "prickar").data[0].y),
    "documented": str([list(documents.verbs()), list(documents.formats()), list(documents.keys())]),
}
seen["programs"] = [formats.write(result, "namn").decode(), [each.path for each in operations()]]
own = page.switch_page("../../../pages/tarta.py").run()
seen["page"] = [len(own.exception), [s.value for s in own.header], len(own.get("plotly_chart"))]
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def copy(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with all that is added, and the stores as they were before."""
    root = tmp_path_factory.mktemp("kopia") / "projekt"
    for name in ("naravard", "pages", "queries", ".streamlit", "data"):
        ignored = shutil.ignore_patterns("lager*", "exempel", "__pycache__")
        shutil.copytree(settings.ROOT / name, root / name, ignore=ignored)
    shutil.copytree(filled, root / STORES)
    (root / "tests").mkdir()
    for name in ("__init__.py", "documents.py", "rooms.py"):
        shutil.copy(settings.ROOT / "tests" / name, root / "tests" / name)
    for file, text in ADDED.items():
        assert not (root / file).exists()
        (root / file).write_text(text, encoding="utf-8")
    (root / "tarta.csv").write_text(
        "Kommun;Personer;Ätit\nKalmar;80;40\nNybro;50;25\nVimmerby;77;33\n", encoding="utf-8"
    )
    return root


def run(root: Path, *arguments: str) -> Any:
    environment = {**os.environ, "NARAVARD_DATA": str(root / STORES), "PYTHONPATH": str(root)}
    process = subprocess.run(
        [sys.executable, *arguments], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def answers(copy: Path) -> dict[str, str]:
    """What the command line of the copy says, by command."""
    commands = [
        "indikatorer",
        "kallor",
        "tarta",
        "visa tarta_andel --json",
        "importera tarta.csv --kalla auto --matperiod 2024",
        "visa tarta_andel --jamfor halften --json",
        "visa tarta_tiondelar --json",
        "visa tarta_andel --format lista",
        "exportera tarta.lista tarta_andel",
    ]
    texts = run(copy, "-c", COMMANDS, json.dumps([command.split() for command in commands]))
    return dict(zip(commands, texts, strict=True))


@pytest.fixture(scope="module")
def seen(copy: Path, answers: dict[str, str]) -> dict[str, Any]:
    """What the pages, charts and documents of the copy show, when the file is published."""
    seen: dict[str, Any] = run(copy, "-c", DRAW)
    return seen


def rows(answer: str) -> dict[str, dict[str, Any]]:
    return {row["kommun"]: row for row in json.loads(answer)["rader"] if row["varde"]}


def test_an_indicator_and_a_source(answers: dict[str, str], seen: dict[str, Any]) -> None:
    assert "tarta_andel" in answers["indikatorer"]
    assert "Tårtregistret" in answers["kallor"]
    assert rows(answers["visa tarta_andel --json"]) == {}, "nothing is published yet"
    values = {name: row["varde"] for name, row in rows(answers["visa tarta_andel --jamfor halften --json"]).items()}
    assert values == {"Kalmar": 50, "Nybro": 50}
    assert (seen["faults"], seen["headings"], seen["charts"]) == (0, ["Andel som har ätit tårta"], 1)
    assert seen["bars"].count("50\u00a0%") == 2


def test_a_kind(answers: dict[str, str]) -> None:
    assert {name: row["varde"] for name, row in rows(answers["visa tarta_tiondelar --json"]).items()} == {
        "Kalmar": 5,
        "Nybro": 5,
    }


def test_a_comparison(answers: dict[str, str], seen: dict[str, Any]) -> None:
    row = rows(answers["visa tarta_andel --jamfor halften --json"])["Kalmar"]
    assert (row["jamfort_med"], row["jamforelse"]) == ("halften", "talen räcker inte")
    assert "Hälften" in seen["menus"]


def test_a_rule_of_disclosure(answers: dict[str, str]) -> None:
    answer = json.loads(answers["visa tarta_andel --jamfor halften --json"])
    (row,) = (row for row in answer["rader"] if row["kommun"] == "Vimmerby")
    assert (row["taljare"], row["varde"], row["skydd"]) == (None, None, "..")


def test_a_chart(seen: dict[str, Any]) -> None:
    assert "Prickar" in seen["menus"]
    assert seen["dots"] == ["Kalmar", "Nybro"]


def test_an_export_format(copy: Path, answers: dict[str, str], seen: dict[str, Any]) -> None:
    assert answers["visa tarta_andel --format lista"] == "Kalmar\nNybro\n"
    assert (copy / "tarta.lista").read_text(encoding="utf-8") == "Kalmar\nNybro"
    assert "A result as a list of areas." in seen["documented"]


def test_a_format_for_programs(seen: dict[str, Any]) -> None:
    text, paths = seen["programs"]
    assert text.split(", ")[:2] == ["Borgholm", "Emmaboda"]
    assert {path for path in paths if path.endswith(".namn")} == {
        "indikatorer/{indikator}/siffror.namn",
        "exempeldata/indikatorer/{indikator}/siffror.namn",
    }


def test_a_page(seen: dict[str, Any]) -> None:
    assert seen["page"] == [0, ["Andel som har ätit tårta"], 1]


def test_a_verb(answers: dict[str, str], seen: dict[str, Any]) -> None:
    assert answers["tarta"] == "Varsågod.\n"
    assert "Bjud på tårta." in seen["documented"]
    assert "tiondel" in seen["documented"], "and a kind among the keys of an indicator"
