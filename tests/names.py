"""Names that say that a value has something, and not what it is: bare participles such as `found` and `told`.

    python -m tests.names

prints them with file and line, and their part of all names that are assigned. `tests/test_names.py` lets none in.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_WORDS = """
found told known shown kept named said seen given used written drawn made done taken chosen gone begun broken built
bought brought caught dealt felt fed fought held laid led lent lost meant met paid sent sold spent spoken spelled stood
stuck taught thought thrown understood won worn asked added wanted needed joined marked judged changed counted compared
called checked cleaned closed collected coloured converted copied created deleted described divided ended entered
escaped examined expected explained failed filled fitted folded followed formatted grouped guessed handled ignored
imported included inserted listed loaded looked mapped masked matched measured merged moved noted opened ordered parsed
picked placed planned printed ranked rated received recognised recoloured related removed renamed repeated replaced
resolved returned rounded saved scaled scored selected sized split started stated stored stripped summed tested tried
typed unpacked updated valued waited walked worked
"""
PARTICIPLES = frozenset(_WORDS.split())


def assigned(path: Path) -> Iterator[tuple[str, int]]:
    """Each name that a file assigns, with its line: variables, parameters, fields, loop targets, functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):  # others' names are theirs
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.MatchAs(name=str(name)):
                yield name, node.lineno


def bare_participles() -> list[tuple[str, str, int]]:
    """Names that are a bare participle, with file and line."""
    return [
        (name, str(path.relative_to(ROOT)), line)
        for path in sources()
        for name, line in assigned(path)
        if name.lstrip("_") in PARTICIPLES
    ]


def sources() -> list[Path]:
    """The files of the product."""
    return [*sorted((ROOT / "naravard").rglob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]


if __name__ == "__main__":
    total = sum(1 for path in sources() for _ in assigned(path))
    bare = bare_participles()
    for name, file, line in bare:
        print(f"{file}:{line}: {name}")
    print(f"{len(bare)} of {total} assigned names, {100 * len(bare) / total:.1f} %")
