"""Data files as structs: a frozen dataclass says which keys a file has, and every mistake in a file is told at once.

The name of a field is the key in the file, and its type is what may stand there: str, int, float, bool, a Literal,
another struct, `tuple[X, ...]`, `Mapping[str, X]`, or an object that the file names (`OneOf`). A field without a
default is a key that must be there.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import GenericAlias, MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema
from rapidfuzz import process

from naravard.base import settings
from naravard.base.errors import UserError

Struct = TypeVar("Struct")
_ORDER = {"unexpected_keyword_argument": 0, "missing": 1}
"""Keys that are unknown are told first, since they often are those that are missing."""
_TYPE_IN_WORDS = {
    "string_type": "text",
    "int_type": "ett heltal",
    "float_type": "ett tal",
    "bool_type": "true eller false",
    "tuple_type": "en lista",
    "dict_type": "en lista med kod: namn",
    "dataclass_type": "en del med egna nycklar",
}
"""What ought to stand in the file, by Pydantic's code of the error."""
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C it is seven times as fast; not all builds have it


class OneOf:
    """Marks a field that is an object, and in the file the name of it: `kalla: Annotated[Source, OneOf(sources)]`."""

    def __init__(self, objects: Callable[[], Mapping[str, Any]]) -> None:
        self._objects = objects

    @property
    def names(self) -> tuple[str, ...]:
        """All names that the file may have."""
        return tuple(self._objects())

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._by_name, core_schema.str_schema())

    def _by_name(self, name: str) -> Any:
        objects = self._objects()
        if name not in objects:
            raise PydanticCustomError("one_of", "not one of the names")
        return objects[name]


def read(path: Path, struct: type[Struct]) -> Struct:
    """A TOML, YAML or JSON file as a struct. Raises UserError that tells all that is wrong in it."""
    return build(_content(path), struct, _place(path))


def read_list(path: Path, struct: type[Struct]) -> tuple[Struct, ...]:
    """A file that is a list, each part of it as a struct. Raises UserError that tells all that is wrong in it."""
    content = _content(path)
    if not isinstance(content, list):
        raise UserError(f"{_place(path)} ska vara en lista.")
    structs, errors = _validate(content, struct)
    _refuse(_place(path), [_problem(error, struct, error["loc"]) for error in errors])
    return structs


def build(
    content: object,
    struct: type[Struct],
    place: str,
    problems: Sequence[str] = (),
    *,
    beside: Mapping[str, object] = MappingProxyType({}),
) -> Struct:
    """A struct of what a file, or a part of it, holds.

    `place` begins the sentence of an error ("Filen data/lgl.toml"); `problems` are what the caller has met, told after
    those that are met here. `beside` are fields that are no keys of the file. Raises UserError.
    """
    keys = content if isinstance(content, dict) else {}
    unknown = [f"nyckeln {name!r} är okänd" for name in beside if name in keys]
    structs, errors = _validate([{**keys, **beside} if beside else content], struct)
    _refuse(place, [*unknown, *(_problem(error, struct, error["loc"][1:], beside) for error in errors), *problems])
    return structs[0]


def parse_yaml(text: str, place: str, lines_before: int = 0) -> object:
    """What a YAML text holds. Raises UserError with the line in the file, where the text begins below some lines."""
    try:
        return yaml.load(text, Loader=_YAML_LOADER)  # noqa: S506 - both loaders are the safe one
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1 + lines_before
        raise UserError(f"{place} är inte giltig YAML, se rad {line}.") from error


def names_at(struct: type[Any], key: str) -> tuple[str, ...]:
    """The names that may stand at a key of a struct; none where it may have any value of its type."""
    return _names(_type_at(struct, (0, key)))


def _place(path: Path) -> str:
    """How an error names a file: the product's own without the folder that it is installed in."""
    return f"Filen {path.relative_to(settings.ROOT).as_posix() if path.is_relative_to(settings.ROOT) else path}"


def _content(path: Path) -> object:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".yaml":
            return parse_yaml(text, _place(path))
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, ValueError) as error:  # not UTF-8, TOML or JSON
        raise UserError(f"{_place(path)} går inte att läsa: {error}. Rätta den.") from error


def _list_of(struct: type[Any]) -> Any:
    """The type `tuple[struct, ...]`."""
    return GenericAlias(tuple, (struct, ...))


@cache
def _adapter(struct: type[Any]) -> TypeAdapter[Any]:
    # strict, so that "3" is no number; a list, since Pydantic takes no config for a dataclass by itself
    return TypeAdapter(_list_of(struct), config=ConfigDict(extra="forbid", strict=True))


def _validate(parts: Sequence[object], struct: type[Struct]) -> tuple[tuple[Struct, ...], list[ErrorDetails]]:
    """The parts as structs, or all errors in them. As JSON, in which a strict reading takes tables and lists."""
    kind: Any = struct
    try:
        return _adapter(kind).validate_json(json.dumps(_with_text_keys(parts), default=str)), []
    except ValidationError as error:
        return (), sorted(error.errors(include_url=False), key=lambda details: _ORDER.get(details["type"], len(_ORDER)))


def _with_text_keys(content: object) -> object:
    """YAML takes `0:` for a number and `2024-01-01:` for a date; as keys they are what is written."""
    if isinstance(content, dict):
        return {str(key): _with_text_keys(value) for key, value in content.items()}
    return [_with_text_keys(value) for value in content] if isinstance(content, list) else content


def _refuse(place: str, problems: Sequence[str]) -> None:
    if problems:
        raise UserError(f"{place} är fel: {'; '.join(problems)}.")


def _problem(
    error: ErrorDetails, struct: type[Struct], path: tuple[int | str, ...], not_keys: Collection[str] = ()
) -> str:
    """One mistake in Swedish: where it is, and what is allowed. `not_keys` are fields that no file has."""
    *parents, key = path or ("filen",)
    where = f"{_words(parents)}: " if parents else ""
    if error["type"] == "missing":
        return f"{where}nyckeln {key!r} saknas"
    if error["type"] == "unexpected_keyword_argument":
        keys = [name for name in _keys(_type_at(struct, error["loc"][:-1])) if parents or name not in not_keys]
        return f"{where}nyckeln {key!r} är okänd{_nearest(repr, key, keys)}"
    if error["type"] in {"literal_error", "one_of"}:
        names = _names(_type_at(struct, error["loc"]))
        return f"{_words(path)} är {error['input']!r} men ska vara en av {', '.join(names)}" + _nearest(
            str, error["input"], names
        )
    in_quotes = ", sätt citattecken om värdet" if error["type"] == "string_type" and _is_bare(error["input"]) else ""
    return f"{_words(path) or 'filen'} ska vara {_TYPE_IN_WORDS.get(error['type'], 'något annat')}{in_quotes}"


def _is_bare(value: object) -> bool:
    """Whether a value would be a text, had it stood in quotation marks."""
    return isinstance(value, int | float)


def _words(path: Sequence[int | str]) -> str:
    """A place in a file: `bild 3: visar 1`."""
    words: list[str] = []
    for step in path:
        if isinstance(step, str):
            words.append(step)
        elif words:
            words[-1] += f" {step + 1}"
        else:
            words.append(f"nr {step + 1}")
    return ": ".join(words)


def _nearest(shape: Callable[[str], str], text: object, names: Sequence[str]) -> str:
    near = process.extractOne(str(text), names)
    return f", närmast är {shape(near[0])}" if near else ""


def _keys(struct: Any) -> list[str]:
    return [field.name for field in fields(struct)] if is_dataclass(struct) else []


def _type_at(struct: type[Any], path: Sequence[int | str]) -> Any:
    """The type of what lies at a place in a list of structs."""
    kind = _list_of(struct)
    for step in path:
        kind = get_type_hints(kind, include_extras=True)[str(step)] if is_dataclass(kind) else _of_parts(kind)
    return kind


def _names(kind: Any) -> tuple[str, ...]:
    """The names that a Literal or a `OneOf` takes; none of any other type."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    return next((mark.names for mark in getattr(kind, "__metadata__", ()) if isinstance(mark, OneOf)), ())


def _of_parts(kind: Any) -> Any:
    """`tuple[X, ...]` and `Mapping[str, X]` → X."""
    return [part for part in get_args(kind) if part is not ...][-1]
