"""The difference between two versions, and what it reveals, computed once: neither ever changes."""

from __future__ import annotations

import streamlit as st

from naravard.base.model import Finding
from naravard.figures import changes, differencing
from naravard.store.snapshots import Store
from naravard.ui.visit import store

_CACHE_ENTRIES = 8


def changes_between(before: int, after: int) -> list[changes.Change]:
    """All figures that differ. Raises UserError for a version that can no longer be read."""
    current_store = store()
    return _changes(current_store, str(current_store.folder), before, after)


def warnings_between(before: int, after: int) -> list[Finding]:
    """What the later version reveals of a few persons to who has seen the former."""
    current_store = store()
    return _warnings(current_store, str(current_store.folder), before, after)


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _warnings(_store: Store, folder: str, before: int, after: int) -> list[Finding]:
    return differencing.between(_store, before, after, changes_between(before, after))


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _changes(_store: Store, folder: str, before: int, after: int) -> list[changes.Change]:
    """Their numbers are the whole key of the cache."""
    with _store.open(before) as old, _store.open(after) as new:
        return changes.compare(old, new)
