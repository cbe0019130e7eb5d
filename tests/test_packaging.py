"""The project as a package: what it declares, what its locked requirements say."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from naravard import settings

PROJECT: dict[str, Any] = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES: list[str] = PROJECT["project"]["dependencies"]
DEV: list[str] = PROJECT["dependency-groups"]["dev"]
LOCKED = {"requirements.txt": DEPENDENCIES, "requirements-dev.txt": [*DEPENDENCIES, *DEV]}


def _name(text: str) -> str:
    """A distribution's name as the index writes it."""
    return re.sub(r"[-_.]+", "-", text).lower()


def _pins(requirements: list[str]) -> dict[str, str]:
    pairs = (requirement.split("==") for requirement in requirements)
    return {_name(name): version for name, version in pairs}


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


@pytest.mark.parametrize("file", LOCKED)
def test_all_is_pinned_with_hashes(file: str) -> None:
    lines = (settings.ROOT / file).read_text(encoding="utf-8").splitlines()
    assert sum(not line.startswith(("#", " ")) for line in lines) == len(_locked(file))
    assert [name for name, (_, hashes, _) in _locked(file).items() if not hashes] == []


def test_the_tests_run_with_what_the_product_is_installed_with() -> None:
    product, dev = _locked("requirements.txt"), _locked("requirements-dev.txt")
    assert {name: dev.get(name, ("",))[0] for name in product} == {name: entry[0] for name, entry in product.items()}


def test_what_is_imported_is_declared_and_the_other_way_round() -> None:
    product = _imports("naravard/**/*.py", "pages/*.py", "app.py", "docs/*.md")
    assert product | {"pandas"} == set(_pins(DEPENDENCIES))
    assert _imports("tests/**/*.py") <= set(_pins([*DEPENDENCIES, *DEV]))


def _imports(*patterns: str) -> set[str]:
    """The distributions that files import from. Of a page of documentation: its examples in Python."""
    files = [file for pattern in patterns for file in settings.ROOT.glob(pattern)]
    nodes = [node for file in files for source in _sources(file) for node in ast.walk(ast.parse(source))]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    tops = {module.split(".")[0] for module in modules} - {"naravard", "tests"} - sys.stdlib_module_names
    distributions = packages_distributions()
    return {_name(distributions[top][0]) for top in tops}


def _sources(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.M | re.S) if file.suffix == ".md" else [text]
