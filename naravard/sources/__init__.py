"""The kinds of extract that can be read: one module each, found by looking in this folder.

A new source is a new module here that sets `SOURCE`; nothing else has to be edited. Modules whose name
begins with `_` are shared parts, not sources.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from naravard.base.errors import NotFound
from naravard.base.model import Source


@cache
def sources() -> dict[str, Source]:
    """All sources by id, in alphabetical order."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return {module.SOURCE.id: module.SOURCE for module in modules}


def source(source_id: str) -> Source:
    """One source. Raises NotFound with the ids that exist."""
    if source_id not in sources():
        raise NotFound(f"Källan {source_id!r} finns inte. Välj en av: {', '.join(sources())}, eller auto.")
    return sources()[source_id]


def tables() -> dict[str, str]:
    """DDL of the columns of each source's count table, by table name."""
    return {source.id: source.table for source in sources().values()}
