"""Formats in which programs get figures, found by looking: one module each that sets `FORMAT`.

The format's name is that of its module, and the ending of the address. All take what has passed the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from naravard.figures.gate import ProtectedResult

MEMO = "api"
"""Under which key a result remembers what has been written of it."""


@dataclass(frozen=True)
class Format:
    """One format: its name for people, what it is for, its media type, and how a result is written in it.

    `table` is how a data package names a format that is a table of the fields alone, with its encoding and dialect.
    """

    label: str
    what: str
    place: int
    media_type: str
    write: Callable[[ProtectedResult], bytes]
    table: dict[str, object] | None = None
    is_text: bool = True


@cache
def formats() -> dict[str, Format]:
    """All formats by name, in their order."""
    modules = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    return dict(sorted(((name, module.FORMAT) for name, module in modules.items()), key=lambda item: item[1].place))


def write(result: ProtectedResult, name: str) -> bytes:
    """A result in one format: written when it is first asked for, and kept with the result, which never changes."""
    key = MEMO, name
    if key not in result.memo:
        result.memo[key] = formats()[name].write(result)
    content: bytes = result.memo[key]
    return content
