"""Which store, which period, which indicator; and the cached way to the figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import streamlit as st

from naravard import indicators, kommuner, overview, periods, rules, service, start, wording
from naravard.disclosure import ProtectedResult
from naravard.judgement import AGAINST, Against
from naravard.model import UNKNOWN_PERIOD
from naravard.overview import Fetch
from naravard.store import Snapshot, Store

EXAMPLE_KEY = "exempel"
_VERSION_KEY = "version_of_this_run"
_RESULTS_KEPT = 500
_MENU_WIDTH = 320


def store() -> Store:
    """The store that this visitor looks at: real figures, or EXEMPELDATA when the switch is on."""
    return start.example_store() if st.session_state.get(EXAMPLE_KEY) else start.live_store()


def pin_version() -> None:
    """Let all of this run see one version of the store, whatever is published meanwhile. Called by the shell."""
    st.session_state[_VERSION_KEY] = store().newest


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    """The version of this run, for lists of extracts and remarks."""
    with store().open(st.session_state[_VERSION_KEY]) as opened:
        yield opened


def fetch(indicator_id: str, matperiod: str | None = None, against: Against = "lanet") -> ProtectedResult | None:
    """Protected figures of one indicator; None where it has none for the period."""
    return reader()(indicator_id, matperiod, against)


def reader() -> Fetch:
    """The way to this run's figures, which can be kept for when a file is asked for."""
    source, version = store(), st.session_state[_VERSION_KEY]
    return overview.reader(partial(_fetch, source, str(source.folder), version, rules.rules()))


@st.cache_resource(max_entries=_RESULTS_KEPT, show_spinner=False)
def _fetch(
    _store: Store,
    folder: str,
    version: int,
    in_force: rules.Rules,
    indicator_id: str,
    matperiod: str | None,
    against: Against,
) -> ProtectedResult:
    """A snapshot never changes, so its number in the key is all the invalidation there is."""
    return service.fetch(_store, indicator_id, matperiod=matperiod, against=against, version=version)


def choose_period(page: str, *indicator_ids: str) -> str | None:
    """A menu of the periods that any of the indicators has, kept in the link; the newest by default.

    No menu is shown where there is nothing to choose.
    """
    results = [result for indicator_id in indicator_ids if (result := fetch(indicator_id))]
    found = {period for result in results for period in result.matperioder}
    options = sorted(found, key=periods.sort_key, reverse=True)
    if len(options) < 2:
        return options[0] if options else None
    with st.container(width=_MENU_WIDTH):
        chosen: str = st.selectbox(
            "Mätperiod", options, format_func=_period_label, key=f"matperiod_{page}", bind="query-params"
        )
    return chosen


def choose_view(page: str, *indicator_ids: str) -> tuple[str | None, Against]:
    """The menus of period and comparison, side by side."""
    with st.container(horizontal=True, gap="medium"):
        period = choose_period(page, *indicator_ids)
        return period, choose_comparison(page, period, *indicator_ids)


def choose_comparison(page: str, matperiod: str | None, *indicator_ids: str) -> Against:
    """A menu of what some indicators can be compared with, kept in the link; none where there is nothing to choose."""
    options = [against for against in AGAINST if any(_can_compare(i, matperiod, against) for i in indicator_ids)]
    if len(options) < 2:
        return AGAINST[0]
    with st.container(width=_MENU_WIDTH):
        chosen: Against = st.selectbox(
            "Jämför med", options, format_func=_comparison_label, key=f"jamfor_{page}", bind="query-params"
        )
    return chosen


def _can_compare(indicator_id: str, matperiod: str | None, against: Against) -> bool:
    result = fetch(indicator_id, matperiod, against)
    return result is not None and any(row.jamforelse for row in result.rows)


def _comparison_label(against: Against) -> str:
    name = wording.compared_with(against)
    return name[:1].upper() + name[1:]


def _period_label(matperiod: str) -> str:
    return "Ej angiven (LGL:s bild)" if matperiod == UNKNOWN_PERIOD else matperiod[:1].upper() + matperiod[1:]


def choose_indicator() -> str:
    """A menu of all indicators by title, kept in the link."""
    by_title = sorted(indicators.indicators().values(), key=lambda i: kommuner.swedish_key(i.titel))
    titles = {i.id: i.titel for i in by_title}
    chosen: str = st.selectbox(
        "Indikator", list(titles), format_func=lambda i: titles[i], key="indikator", bind="query-params"
    )
    return chosen
