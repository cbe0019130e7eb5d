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
from naravard.sources._declared import refuse_undeclared


@cache
def sources() -> dict[str, Source]:
    """All sources by id, in alphabetical order. Raises UserError for one that does not say if it is about persons."""
    names = sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_"))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    by_id = {module.SOURCE.id: module.SOURCE for module in modules}
    refuse_undeclared(by_id)
    return by_id


def of_lan(lan_kod: str) -> dict[str, Source]:
    """Those that a län may have extracts of."""
    return {source.id: source for source in sources().values() if source.only_lan in {"", lan_kod}}


def source(source_id: str) -> Source:
    """One source. Raises NotFound with the ids that exist."""
    if source_id not in sources():
        raise NotFound(f"Källan {source_id!r} finns inte. Välj en av: {', '.join(sources())}, eller auto.")
    return sources()[source_id]


@cache
def of_persons() -> frozenset[str]:
    """Ids of the sources whose counts are of persons: each says what these are divided into."""
    return frozenset(source.id for source in sources().values() if source.persons)


def tables() -> dict[str, str]:
    """DDL of the columns of each source's count table, by table name."""
    return {source.id: source.table for source in sources().values()}
