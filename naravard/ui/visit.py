"""What one run of a page sees of the store: the version that it shows, its lists, and the cached way to its figures.

There is no cache invalidation: the key of a cache is the store and the version. A version never changes, and a
publication has a new number, and thereby new keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from naravard import stores
from naravard.base import lan, settings
from naravard.base.breaks import Break
from naravard.base.model import Extract, Remark, Version
from naravard.base.recent import Recent
from naravard.figures.reader import Reader, shared_reader
from naravard.slides.links import EXAMPLE_KEY, LAN_KEY
from naravard.store.snapshots import Store

_VERSION_KEY, _NEWEST_KEY = "version_of_this_run", "newest_of_this_run"
_STORE_KEY, _READER_KEY, _CHOICES_KEY = "store_of_this_run", "reader_of_this_run", "choices_of_this_run"
_LAN_KEY = "lan_of_this_session"
_MOST_VERSIONS = 4
"""Lists of so many versions of a store are kept in memory, with what has been written of them for each kommun."""


def begin() -> None:
    """Let go of what the run before saw. Called by the shell, before anything is chosen."""
    st.session_state[_STORE_KEY] = None


def choose_lan() -> None:
    """Let this run be about the län of the menu. Called before all else that a run of the shell does."""
    _be_about(LAN_KEY)


def _be_about(key: str) -> None:
    """Be about the län that the session has under a key; the installation's first where it has none there."""
    kod = st.session_state.get(key)
    lan.choose(kod if kod in lan.koder() else lan.koder()[0])


def note_lan() -> None:
    """Remember which län the widgets of this session are of. Called by the shell, before it runs the page."""
    st.session_state[_LAN_KEY] = settings.lan_kod()


def take_lan() -> None:
    """Let what runs apart from the shell, a callback or a fragment, be about the län that its widgets were made for.

    The menu may say another already: who clicked saw the one before.
    """
    if lan.are_several():
        _be_about(_LAN_KEY)


def store() -> Store:
    """The store that this visitor looks at: real figures, or EXEMPELDATA when the switch is on.

    Once the run has chosen, it is that which is chosen also for what comes before the next run: a callback.
    """
    return st.session_state.get(_STORE_KEY) or stores.store_of(is_example=bool(st.session_state.get(EXAMPLE_KEY)))


def version() -> int:
    """The version that this run shows."""
    number: int = st.session_state[_VERSION_KEY]
    return number


def mark() -> str:
    """What must stand on what this run shows, in its files and in their names; empty for what all may see."""
    return store().mark(version())


def newest() -> int:
    """The newest version that was released when this run began, whichever it shows: what a change is made upon."""
    number: int = st.session_state[_NEWEST_KEY]
    return number


def pin_version(kommun_kod: str, number: int | None = None) -> None:
    """Let all of this run see one version of the store, whatever is published meanwhile, with one kommun told apart.

    It is the newest that is released where no other is asked for. Called by the shell.
    """
    current_store = store()
    st.session_state[_STORE_KEY] = current_store
    st.session_state[_NEWEST_KEY] = current_store.newest
    st.session_state[_VERSION_KEY] = number or newest()
    st.session_state[_READER_KEY] = shared_reader(current_store, version()).marking(kommun_kod)
    st.session_state[_CHOICES_KEY] = {}


@dataclass(frozen=True)
class Ledger:
    """All extracts of a version, their remarks by id, all publications, the newest first, and the breaks in series."""

    extracts: list[Extract]
    remarks: list[tuple[int, Remark]]
    versions: list[Version]
    breaks: list[Break]
    memo: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What has been written of them."""


_ledgers: Recent[Ledger] = Recent(_MOST_VERSIONS)


def ledger() -> Ledger:
    """The lists of the version of this run."""
    current_store, number = store(), version()
    return _ledgers.of(str(current_store.folder), number, lambda: _ledger(current_store, number))


def _ledger(current_store: Store, number: int) -> Ledger:
    with current_store.open(number) as snapshot:
        return Ledger(snapshot.extracts(), snapshot.remarks(), snapshot.versions(), snapshot.breaks())


def reader() -> Reader:
    """The way to this run's figures, which can be kept for when a file is asked for."""
    reader_of_run: Reader = st.session_state[_READER_KEY]
    return reader_of_run


def remember_choice(key: str, label: str) -> None:
    """Note a choice for the link to share, which names what is the default today as well."""
    st.session_state[_CHOICES_KEY][key] = label


def mend_address(key: str, labels: Mapping[Any, str], meaning_of: Callable[[str], Any]) -> None:
    """Choose what an address means where it does not say it in the words of today's menu.

    `labels` are the options of the menu, and `meaning_of` gives one of them, or None where the text is none of them.
    """
    text = st.query_params.get(key)
    if text is None or text in labels.values() or st.session_state.get(key) is not None:
        return
    option = meaning_of(text)
    if option in labels:
        st.session_state[key] = option


def choices() -> dict[str, str]:
    """The choices made in menus on this run, by the keys of the link, defaults included."""
    labels: dict[str, str] = st.session_state[_CHOICES_KEY]
    return labels
