"""The documentation says what the code says: its generated tables, and the environment variables that are declared."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from naravard.base import settings
from tests import documents

_SOURCES = ("app.py", "Makefile", "*.toml", "*.md", ".ci/*", ".streamlit/*", "data/*.toml", "docs/*.md")
_CODE = ("naravard/**/*.py", "pages/*.py", "tests/**/*.py")


@pytest.mark.parametrize("path", documents.documents(), ids=lambda path: path.name)
def test_the_tables_are_as_the_code_says(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert documents.refreshed(text) == text, "run make docs"


def test_every_table_stands_somewhere_and_none_is_half() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in documents.documents())
    names = re.findall(r"<!-- (\w+).*: begin -->", text)
    assert set(names) == {*documents.TABLES, *documents.BLOCKS}
    assert len(names) == text.count("<!-- end -->")


def test_a_stale_table_is_written_anew_and_the_rest_is_left() -> None:
    stale = "Före\n<!-- variables sv: begin -->\n| gammal |\n<!-- end -->\nEfter\n"
    text = documents.refreshed(stale)
    assert text.startswith(
        "Före\n<!-- variables sv: begin -->\n| miljövariabel | betyder | förval |\n|---|---|---|\n| `NARA"
    )
    assert text.endswith(" |\n<!-- end -->\nEfter\n")
    assert documents.refreshed(text) == text


@pytest.mark.parametrize("table", [documents.verbs, documents.keys, documents.formats])
def test_every_row_has_a_meaning(table: Callable[[], Iterator[documents.Row]]) -> None:
    assert [row[0] for row in table() if not row[-1]] == []


def test_every_option_of_every_verb_says_what_it_does() -> None:
    names = [row[0].strip("`").split()[0] for row in documents.verbs()][1:]
    assert [(name, row[0]) for name in names for row in documents.options(name) if not row[1]] == []


def test_every_environment_variable_is_declared_and_used() -> None:
    files = [file for pattern in (*_SOURCES, *_CODE) for file in settings.ROOT.glob(pattern) if file.is_file()]
    declaration = Path(settings.__file__).read_text(encoding="utf-8")
    table = declaration[declaration.index("VARIABLES = ") : declaration.index("\n}\n")]
    text = "".join(file.read_text(encoding="utf-8") for file in files).replace(table, "")
    assert set(re.findall(r"NARAVARD_[A-Z][A-Z_]*", text)) == set(settings.VARIABLES)
