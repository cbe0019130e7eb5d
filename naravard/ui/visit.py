"""What one run of a page sees of the store: the version that it shows, its lists, and the cached way to its figures.

There is no cache invalidation: the key of a cache is the store and the version. A version never changes, and a
publication has a new number, and thereby new keys.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from naravard import stores
from naravard.base import kommuner, settings
from naravard.base.breaks import Break
from naravard.base.model import Extract, Remark, Version
from naravard.figures.reader import Reader, shared_reader
from naravard.slides.links import EXAMPLE_KEY, KOMMUN_KEY
from naravard.store.snapshots import Store

_VERSION_KEY, _READER_KEY, _CHOICES_KEY = "version_of_this_run", "reader_of_this_run", "choices_of_this_run"
_MOST_VERSIONS = 10


def store() -> Store:
    """The store that this visitor looks at: real figures, or EXEMPELDATA when the switch is on."""
    return stores.store_of(is_example=bool(st.session_state.get(EXAMPLE_KEY)))


def version() -> int:
    """The version that this run shows."""
    number: int = st.session_state[_VERSION_KEY]
    return number


def pin_version() -> None:
    """Let all of this run see one version of the store, whatever is published meanwhile. Called by the shell."""
    current_store = store()
    st.session_state[_VERSION_KEY] = current_store.newest
    st.session_state[_READER_KEY] = shared_reader(current_store, version())
    st.session_state[_CHOICES_KEY] = {}


@dataclass(frozen=True)
class Ledger:
    """All extracts of a version, their remarks by id, all publications, the newest first, and the breaks in series."""

    extracts: list[Extract]
    remarks: list[tuple[int, Remark]]
    versions: list[Version]
    breaks: list[Break]


def ledger() -> Ledger:
    """The lists of the version of this run."""
    current_store = store()
    return _ledger(current_store, str(current_store.folder), version())


@st.cache_resource(max_entries=_MOST_VERSIONS, show_spinner=False)
def _ledger(_store: Store, folder: str, version: int) -> Ledger:
    with _store.open(version) as snapshot:
        return Ledger(snapshot.extracts(), snapshot.remarks(), snapshot.versions(), snapshot.breaks())


def reader() -> Reader:
    """The way to this run's figures, which can be kept for when a file is asked for."""
    reader_of_run: Reader = st.session_state[_READER_KEY]
    return reader_of_run


def kommun_of_link() -> str | None:
    """Code of the kommun that the link names; None where it names none of the län's."""
    name = st.query_params.get(KOMMUN_KEY)
    return next((k.kod for k in kommuner.in_lan(settings.lan_kod()) if k.namn == name), None)


def remember_choice(key: str, label: str) -> None:
    """Note a choice for the link to share, which names what is the default today as well."""
    st.session_state[_CHOICES_KEY][key] = label


def choices() -> dict[str, str]:
    """The choices made in menus on this run, by the keys of the link, defaults included."""
    labels: dict[str, str] = st.session_state[_CHOICES_KEY]
    return labels
