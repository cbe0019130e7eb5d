"""Tables in README.md and docs/ that are generated from code: `make docs` writes them, a test finds stale ones.

A table stands between `<!-- NAME: begin -->` and `<!-- end -->`, where NAME is one of TABLES, for some with a word more
(`<!-- variables sv: begin -->`). Write the two lines where the table is to be, and run `make docs`. What is no table
stands in BLOCKS.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from naravard import exports, menu, web
from naravard.access.doors import Door
from naravard.api import API
from naravard.api.fields import FIELDS
from naravard.api.figures import PARAMETERS
from naravard.api.operations import operations
from naravard.api.questions import VERSION
from naravard.api.recipes import RECIPES, Recipe
from naravard.base import settings, structs
from naravard.base.roles import Role
from naravard.commands import app
from naravard.edge import visitors
from naravard.figures import count_dependence, indicators
from naravard.figures.rows import sources_read
from naravard.ui import streamlit_internals
from naravard.ui.visitor import ACTIONS
from tests import rooms as house

Row = tuple[str, ...]
_RULE = "---"
_NO_KEYS = {"id", "sql"}
_TABLE = re.compile(r"(<!-- (?P<name>[a-z]+)(?: (?P<word>[\w-]+))?: begin -->\n).*?(<!-- end -->)", re.DOTALL)


def documents() -> list[Path]:
    """The pages that may hold tables."""
    return [settings.ROOT / "README.md", *sorted((settings.ROOT / "docs").glob("*.md"))]


def refreshed(text: str) -> str:
    """A page's text with every table and block as the code says now. Raises KeyError for one that is not there."""

    def table(match: re.Match[str]) -> str:
        if match["name"] in BLOCKS:
            return match[1] + BLOCKS[match["name"]]() + match[4]
        words = [match["word"]] if match["word"] else []
        heading, *rows = TABLES[match["name"]](*words)
        lines = [heading, (_RULE,) * len(heading), *rows]
        return match[1] + "".join(f"{_line(cells)}\n" for cells in lines) + match[4]

    return _TABLE.sub(table, text)


def _line(cells: Row) -> str:
    return "|" + "|".join(cell if cell == _RULE else f" {_escaped(cell)} " for cell in cells) + "|"


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|")


def verbs() -> Iterator[Row]:
    """The verbs of the command line with their arguments."""
    yield "kommando", "gör"
    for name, verb in _commands().items():
        arguments = [f"{p.name}" if p.required else f"[{p.name}]" for p in verb.params if _is_argument(p)]
        yield f"`{' '.join([name, *map(str.upper, arguments)])}`", _paragraph(verb.help)


def options(verb: str) -> Iterator[Row]:
    """What one verb takes."""
    yield "flagga", "betyder"
    for parameter in _commands()[verb].params:
        name = str(parameter.name).upper() if _is_argument(parameter) else parameter.opts[0]
        default = "" if parameter.default in (None, False, "") else f" Förval: `{parameter.default}`."
        yield f"`{name}`", f"{getattr(parameter, 'help', '')}{default}"


def keys() -> Iterator[Row]:
    """The keys of an indicator's head: its fields, each with the string that stands under it."""
    yield "key", "required", "meaning"
    (definition,) = ast.parse(inspect.getsource(indicators.Indicator)).body
    assert isinstance(definition, ast.ClassDef)
    for field, docstring in zip(definition.body, [*definition.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and field.target.id not in _NO_KEYS:
            meaning = _paragraph(_text(docstring)) + _choices(field.target.id) + _number(field.value)
            yield f"`{field.target.id}`", "" if field.value else "yes", meaning


def variables(language: str) -> Iterator[Row]:
    """The environment variables, in English (`en`) or Swedish (`sv`)."""
    yield ("environment", "meaning", "default") if language == "en" else ("miljövariabel", "betyder", "förval")
    for name, variable in settings.VARIABLES.items():
        yield f"`{name}`", getattr(variable.meaning, language), getattr(variable.default, language)


def formats() -> Iterator[Row]:
    """The formats of figures: which verb gives them, and what their module says that they are."""
    yield "format", "command", "what"
    for name, each in exports.formats().items():
        commands = [
            *([f"`visa --format {name}`"] if each.text else []),
            *([f"`exportera FIL.{name}`"] if each.write else []),
        ]
        yield f"`{name}`", ", ".join(commands), _paragraph(import_module(f"naravard.exports.{name}").__doc__)


def rooms() -> Iterator[Row]:
    """The rooms of the house, and the others that each imports."""
    pairs = house.imports()
    names = sorted({name for name in house.rooms() if name})
    yield f"rum ({len(names)})", "vad", f"importerar ({len(pairs)})"
    for name in names:
        yield f"`{name}`", _about_room(name), ", ".join(f"`{other}`" for one, other in sorted(pairs) if one == name)


def _about_room(name: str) -> str:
    """What a room is, by its own words."""
    inside = settings.PACKAGE / name
    for path in (inside / "__init__.py", inside.with_suffix(".py"), settings.ROOT / f"{name}.py"):
        if path.is_file():
            return _paragraph(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))))
    return "The pages, one file each."


def roles() -> Iterator[Row]:
    """What each role may: pages in the order of the menu, actions by need, then all routes."""
    yield "vad", *(role.word for role in Role)
    for page in menu.pages().values():
        yield f"**Sidan {page.title}**", *_marks(page.role)
    for doing in sorted({*ACTIONS.values()}, key=lambda each: (each.needs, each.what)):
        yield doing.what, *_marks(doing.needs)
    for route in web.ROUTES:
        if isinstance(route, Door):
            methods = ", ".join(sorted({*(route.methods or ())} - {"HEAD"}))
            yield f"{route.what}: {methods} `{route.path}`", *_marks(route.needs)
    what, needs = visitors.UPLOAD
    yield f"{what}: `{streamlit_internals.UPLOADS}`", *_marks(needs)


def addresses() -> Iterator[Row]:
    """The addresses of the API, but for those of EXEMPELDATA, which are the same."""
    yield "adress", "vad", "för"
    for operation in (each for each in operations() if not each.is_example):
        yield f"`{API}{operation.path}`", operation.what, operation.description


def parameters() -> Iterator[Row]:
    """What may stand after the question mark of an address of the API."""
    yield "parameter", "betyder", "till exempel"
    for parameter in (*PARAMETERS, VERSION):
        yield f"`{parameter.name}`", parameter.what, f"`{parameter.name}={parameter.example}`"


def fields() -> Iterator[Row]:
    """The columns of figures in the API."""
    yield "kolumn", "slag", "kan vara tom", "vad"
    for field in FIELDS:
        yield f"`{field.name}`", field.kind, "ja" if field.can_be_null else "", field.what


def recipes() -> str:
    """How other programs take the figures, as the guide of the API has it."""
    return "\n".join(
        "\n".join([f"### {each.program}", "", *(f"- {step}" for step in each.steps), "", _fenced(each), ""])
        for each in RECIPES
    )


def _fenced(recipe: Recipe) -> str:
    return f"```{recipe.language}\n{recipe.code}```"


def _marks(needs: Role) -> Row:
    return tuple("●" if role >= needs else "" for role in Role)


TABLES: dict[str, Callable[..., Iterator[Row]]] = {
    table.__name__: table
    for table in (verbs, options, keys, variables, formats, rooms, roles, addresses, parameters, fields)
}
BLOCKS: dict[str, Callable[[], str]] = {"recipes": recipes}


def _commands() -> dict[str, Any]:
    group = typer.main.get_command(app)
    return dict(getattr(group, "commands"))  # noqa: B009 (Typer does not say that its app of many verbs is a group)


def _is_argument(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "argument")


def _choices(key: str) -> str:
    """The values that a key may have, where they are few."""
    values = [f"`{value}`" for value in structs.names_at(indicators.Indicator, key)]
    return f" One of {', '.join(values)}." if values else ""


def _number(default: ast.expr | None) -> str:
    """What a key that is a number is without it."""
    is_number = isinstance(default, ast.Constant) and type(default.value) is int
    return f" {ast.unparse(default)} where none is given." if default and is_number else ""


def _text(node: ast.stmt | None) -> str | None:
    """The string that a statement is, None for any other statement."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(str(node.value.value))
    return None


def _paragraph(text: str | None) -> str:
    """The first paragraph, on one line."""
    return " ".join((text or "").split("\n\n")[0].split())


def queries_written_down() -> str:
    """What is known to show nothing of its counts: each indicator of persons, with the fingerprint of its SQL."""
    ids = sorted(indicator_id for indicator_id, read in sources_read().items() if read)
    return "".join(f"{i},{count_dependence.fingerprint(indicators.registry()[i].sql)}\n" for i in ids)


def main() -> None:
    """Write the tables into the pages, and the file of queries."""
    count_dependence.WRITTEN_DOWN.write_text(queries_written_down(), encoding="utf-8")
    for path in documents():
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
