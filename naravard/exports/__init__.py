"""Formats that a protected result leaves the product in: one module each, with `write(result)`."""

from __future__ import annotations

from importlib import import_module

from naravard.disclosure import ProtectedResult
from naravard.errors import NotFound
from naravard.exports.json import record

__all__ = ["TEXT_FORMATS", "record", "write_text"]

TEXT_FORMATS = ("tabell", "csv", "json")


def write_text(result: ProtectedResult, name: str) -> str:
    """The result in one of TEXT_FORMATS. Raises NotFound for another name."""
    if name not in TEXT_FORMATS:
        raise NotFound(f"Formatet {name!r} finns inte. Välj {', '.join(TEXT_FORMATS[:-1])} eller {TEXT_FORMATS[-1]}.")
    text: str = import_module(f"{__name__}.{name}").write(result)
    return text
