"""The project as a package: what it declares, what its locked requirements say, and the wheel, installed and run."""

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import duckdb
import duckdb_extension_httpfs as httpfs
import pytest
import yaml

from naravard import __main__ as command_line
from naravard.api.recipes import ADDRESS, RECIPES
from naravard.base import settings
from tests.conftest import DECK_FILES

PROJECT: dict[str, Any] = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
DEV: list[str] = PROJECT["dependency-groups"]["dev"]
OPTIONAL: list[str] = [one for each in PROJECT["project"]["optional-dependencies"].values() for one in each]
LOCKED = {"requirements.txt": DEPENDENCIES, "requirements-dev.txt": [*DEPENDENCIES, *DEV]}
PRIVATE = [
    "data/lager/000001.duckdb",
    "data/lager-exempel/000001.duckdb",
    "data/exempel/cosmic.csv",
    "data/profiler/vår.json",
    "data/rattelser.csv",
    "data/uttag_med_personer.csv",
    "data/workshop/workshop.sqlite",
    ".streamlit/secrets.toml",
]
PATIENCE = 60
RUN_A_PAGE = """
import json
from naravard.base import settings
from streamlit.testing.v1 import AppTest

page = AppTest.from_file(settings.PACKAGE / "ui" / "shell" / "main.py", default_timeout=60).run()
print(json.dumps([len(page.exception), [title.value for title in page.title]]))
"""


def _name(text: str) -> str:
    """A distribution's name as the index writes it."""
    return re.sub(r"[-_.]+", "-", text).lower()


def _pins(requirements: list[str]) -> dict[str, str]:
    pairs = (requirement.split("==") for requirement in requirements)
    return {_name(name.partition("[")[0]): version for name, version in pairs}


def _locked(file: str) -> dict[str, tuple[str, list[str], bool]]:
    """Version, hashes and whether the project asks for it itself, by name."""
    text = (settings.ROOT / file).read_text(encoding="utf-8")
    entries = re.findall(r"^([\w.-]+)==([^\s;]+)(.*\n(?:    .*\n)*)", text, flags=re.MULTILINE)
    return {
        _name(name): (version, re.findall(r"--hash=sha256:([0-9a-f]{64})\b", rest), "naravard (pyproject.toml" in rest)
        for name, version, rest in entries
    }


@pytest.mark.parametrize("file", LOCKED)
def test_the_locked_requirements_are_what_pyproject_says(file: str) -> None:
    """Or else: `make requirements`."""
    direct = {name: version for name, (version, _, is_direct) in _locked(file).items() if is_direct}
    assert direct == _pins(LOCKED[file])


@pytest.mark.parametrize("file", [*LOCKED, ".ci/uv.txt"])
def test_all_is_pinned_with_hashes(file: str) -> None:
    lines = (settings.ROOT / file).read_text(encoding="utf-8").splitlines()
    assert sum(not line.startswith(("#", " ")) for line in lines) == len(_locked(file))
    assert [name for name, (_, hashes, _) in _locked(file).items() if not hashes] == []


def test_the_tests_run_with_what_the_product_is_installed_with() -> None:
    product, dev = _locked("requirements.txt"), _locked("requirements-dev.txt")
    assert {name: dev.get(name, ("",))[0] for name in product} == {name: entry[0] for name, entry in product.items()}


OF_STREAMLIT = {"authlib"}
"""What Streamlit imports where it is there, for a login, and does not bring."""


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    product = _imports("naravard/**/*.py", "pages/*.py", "app.py", "docs/*.md") - set(_pins(OPTIONAL))
    assert set(OPTIONAL) <= set(DEV)
    assert product | OF_STREAMLIT == set(_pins(DEPENDENCIES))
    assert not product & OF_STREAMLIT
    assert _imports("tests/**/*.py") <= set(_pins([*DEPENDENCIES, *DEV]))


def _imports(*patterns: str) -> set[str]:
    """The distributions that files import from. Of a page of documentation: its examples in Python."""
    files = [file for pattern in patterns for file in settings.ROOT.glob(pattern)]
    nodes = [node for file in files for source in _sources(file) for node in _statements(ast.parse(source))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {module.split(".")[0] for module in modules} - {"naravard", "tests"} - sys.stdlib_module_names
    return {_name(_distributions()[top][0]) for top in tops}


@cache
def _distributions() -> Mapping[str, list[str]]:
    return packages_distributions()


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements within a node, however deep; no expression has an import in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child
            yield from _statements(child)


def _sources(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.M | re.S) if file.suffix == ".md" else [text]


def test_the_notebook_example_gives_the_protected_figures(common_data: Path) -> None:
    """The examples of docs/notebook.md, one after another as a notebook runs its cells."""
    cells: dict[str, Any] = {}
    for source in _sources(settings.ROOT / "docs" / "notebook.md"):
        exec(source, cells)
    table = cells["table"].set_index("kommun")
    assert len(table) == 13
    assert table.loc["Kalmar län", ["taljare", "namnare", "varde"]].tolist() == [1447, 1885, 76.8]
    assert cells["visible"]["kommun"].iloc[0] == "Högsby"


@pytest.mark.parametrize(
    ("platform", "variables", "folder"),
    [
        ("linux", {}, "hem/.local/share/naravard"),
        ("linux", {"XDG_DATA_HOME": "/xdg"}, "/xdg/naravard"),
        ("darwin", {}, "hem/Library/Application Support/naravard"),
        ("win32", {}, "hem/AppData/Local/naravard"),
        ("win32", {"LOCALAPPDATA": "/lokalt"}, "/lokalt/naravard"),
        ("linux", {"NARAVARD_DATA": "/egen"}, "/egen"),
    ],
)
def test_an_installed_program_keeps_its_data_in_the_users_folder(
    platform: str, variables: dict[str, str], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NARAVARD_DATA", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    home = {"HOME": str(tmp_path / "hem"), "USERPROFILE": str(tmp_path / "hem")}
    for name, value in (home | variables).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(settings, "ROOT", settings.INSTALLED)
    monkeypatch.setattr(sys, "platform", platform)
    assert settings.data_folder() == (tmp_path / folder).resolve()


def test_starta_hands_on_what_stands_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(sys, "argv", ["naravard", "starta", "--server.port", "8502", "--server.headless=true"])
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "call", lambda command: commands.append(command) or 3)
    with pytest.raises(SystemExit) as left:
        command_line.main()
    assert left.value.code == 3
    streamlit = [sys.executable, "-P", "-m", "streamlit", "run", str(settings.ROOT / "app.py")]
    assert commands == [[*streamlit, "--server.port", "8502", "--server.headless=true"]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of a copy of the project whose data folder is in use."""
    root = tmp_path_factory.mktemp("bygge") / "projekt"
    for name in ("naravard", "pages", "queries", "data/karta", "data/published", ".streamlit"):
        shutil.copytree(settings.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (settings.ROOT / "data").glob("*.*"):
        shutil.copy(file, root / "data")
    for name in ("app.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(settings.ROOT / name, root / name)
    _shorten_the_list_of_what_is_published(root / "data" / "published" / "uttag.yaml")
    for name in PRIVATE:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("hemligt", encoding="utf-8")
    _python("-m", "hatchling", "build", "-t", "wheel", "-d", str(root / "dist"), cwd=root)
    (file,) = (root / "dist").glob("*.whl")
    return file


def _shorten_the_list_of_what_is_published(file: Path) -> None:
    """Little more than LGL's slides, for a first start in less time: the files are in the wheel all the same."""
    files = [each for each in yaml.safe_load(file.read_text(encoding="utf-8")) if each["fil"] in DECK_FILES]
    file.write_text(yaml.safe_dump(files, allow_unicode=True), encoding="utf-8")


def _python(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.process
def test_the_wheel_has_all_that_is_the_projects_and_nothing_of_a_user(wheel: Path) -> None:
    if not (settings.ROOT / ".git").exists():
        pytest.skip("which files are the project's is known to git alone")
    folders = ["naravard", "pages", "queries", "data", ".streamlit", "app.py"]
    listing = subprocess.run(
        ["git", "ls-files", "-z", *folders], cwd=settings.ROOT, capture_output=True, encoding="utf-8", check=True
    )
    tracked = {file for file in listing.stdout.split("\0") if file}
    package = {file for file in tracked if file.startswith("naravard/")}
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == package | {f"naravard/_installed/{file}" for file in tracked - package}


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the wheel is installed in; what it needs is in the tests' own environment."""
    folder = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    _python("-m", "pip", "install", *options, "--target", str(folder), str(wheel), cwd=folder)
    return folder


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is no checkout, and the home of the user."""
    return tmp_path_factory.mktemp("hem")


@pytest.fixture(scope="module")
def environment(site: Path, elsewhere: Path) -> dict[str, str]:
    home = dict.fromkeys(("HOME", "USERPROFILE", "XDG_DATA_HOME", "LOCALAPPDATA"), str(elsewhere))
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("NARAVARD_")}
    return {**inherited, **home, "PYTHONPATH": str(site)}


@pytest.fixture(scope="module")
def command(site: Path) -> str:
    path = shutil.which("naravard", path=str(site / "bin"))
    assert path
    return path


@pytest.mark.process
def test_an_installed_program_answers_from_any_folder(
    command: str, site: Path, elsewhere: Path, environment: dict[str, str]
) -> None:
    figures = subprocess.run(
        [command, "visa", "sabo_andel_primarvard", "--json"],
        cwd=elsewhere, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert json.loads(figures.stdout)["rader"][-1]["varde"] == 76.8
    assert len(list(elsewhere.rglob("lager/000001.duckdb"))) == 1
    assert not (site / "naravard" / "_installed" / "data" / "lager").exists()


@pytest.mark.slow
@pytest.mark.process
def test_a_page_of_an_installed_program_runs(elsewhere: Path, environment: dict[str, str]) -> None:
    faults, titles = json.loads(_python("-c", RUN_A_PAGE, cwd=elsewhere, env=environment).splitlines()[-1])
    assert (faults, titles) == (0, ["Nära vård i Kalmar län"])


@pytest.fixture(scope="module")
def address(command: str, elsewhere: Path, environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = elsewhere / "server.log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [command, "starta", f"--server.port={port}", "--server.headless=true"],
            cwd=elsewhere, env=environment, stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=PATIENCE)
    text = log.read_text(encoding="utf-8")
    assert "rror" not in text, text
    assert f'Appen finns på http://127.0.0.1:{port}"' in text, "without .streamlit/config.toml others would reach it"


@pytest.mark.process
def test_an_installed_program_is_started_with_its_own_settings(address: str) -> None:
    assert json.loads(_when_it_answers(f"{address}/halsa"))["status"] == "ok"
    page = urllib.request.Request(address, headers={"Accept": "text/html"})
    with urllib.request.urlopen(page, timeout=PATIENCE) as response:
        assert b'<html lang="sv"' in response.read()


@pytest.mark.process
def test_pandas_and_duckdb_read_by_address_as_the_guide_says(address: str) -> None:
    _when_it_answers(f"{address}/halsa")
    code = {recipe.program: recipe.code.replace(ADDRESS, address) for recipe in RECIPES}
    names: dict[str, Any] = {}
    exec(code["Python (pandas)"], names)
    assert names["kommuner"].loc["Kalmar", "ej angiven"] == 65.6
    (extension,) = Path(httpfs.__file__).parent.rglob("httpfs.duckdb_extension")
    asked = code["DuckDB"].replace("install httpfs; load httpfs;", f"load '{extension}';")
    assert asked.startswith("load '/") or sys.platform == "win32"
    with duckdb.connect() as connection:
        rows = connection.sql(asked).fetchall()
    assert [rows[0], rows[-1]] == [("Högsby", 98.1, None), ("Borgholm", 5.1, None)]


def _when_it_answers(url: str) -> bytes:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as response:
                return bytes(response.read())
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)
