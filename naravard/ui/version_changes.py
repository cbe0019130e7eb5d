"""The difference between two versions, computed once: neither ever changes."""

from __future__ import annotations

import streamlit as st

from naravard.figures import changes
from naravard.store.snapshots import Store
from naravard.ui.visit import store

_CACHE_ENTRIES = 8


def changes_between(before: int, after: int) -> list[changes.Change]:
    """All figures that differ. Raises UserError for a version that can no longer be read."""
    current_store = store()
    return _changes(current_store, str(current_store.folder), before, after)


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _changes(_store: Store, folder: str, before: int, after: int) -> list[changes.Change]:
    """Their numbers are the whole key of the cache."""
    with _store.open(before) as old, _store.open(after) as new:
        return changes.compare(old, new)
