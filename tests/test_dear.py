"""The list of tests that take long is of tests that are there."""

import ast
from pathlib import Path

import pytest

from tests.dear import DEAR


@pytest.mark.parametrize("module", DEAR)
def test_each_test_that_takes_long_is_there(module: str) -> None:
    text = (Path(__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    functions = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
    assert DEAR[module] <= functions
