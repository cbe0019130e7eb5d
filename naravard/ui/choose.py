"""Which store, which period, which indicator; and the cached way to the figures."""

from __future__ import annotations

import streamlit as st

from naravard import indicators, periods, service, start
from naravard.disclosure import ProtectedResult
from naravard.store import Store

EXAMPLE_KEY = "exempel"
_RESULTS_KEPT = 500


def store() -> Store:
    """The store that this visitor looks at: real figures, or EXEMPELDATA when the switch is on."""
    return start.example_store() if st.session_state.get(EXAMPLE_KEY) else start.live_store()


def fetch(indicator_id: str, matperiod: str | None = None) -> ProtectedResult | None:
    """Protected figures of one indicator; None where it has none for the period."""
    source = store()
    version = source.newest
    assert version is not None  # start publishes on an empty folder
    result = _fetch(source, str(source.folder), version, indicator_id, None)
    if matperiod is not None and matperiod not in result.matperioder:
        return None
    if matperiod is not None:
        result = _fetch(source, str(source.folder), version, indicator_id, matperiod)
    return result if result.rows else None


def fetch_every_period(indicator_id: str) -> ProtectedResult | None:
    """As `fetch`, with all periods at once."""
    source = store()
    version = source.newest
    assert version is not None
    result = _fetch(source, str(source.folder), version, indicator_id, service.EVERY_PERIOD)
    return result if result.rows else None


@st.cache_resource(max_entries=_RESULTS_KEPT, show_spinner=False)
def _fetch(_store: Store, folder: str, version: int, indicator_id: str, matperiod: str | None) -> ProtectedResult:
    """A snapshot never changes, so its number in the key is all the invalidation there is."""
    return service.fetch(_store, indicator_id, matperiod=matperiod, version=version)


def choose_period(page: str, *indicator_ids: str) -> str | None:
    """A menu of the periods that any of the indicators has, kept in the link; the newest by default.

    No menu is shown where there is nothing to choose.
    """
    results = [result for indicator_id in indicator_ids if (result := fetch(indicator_id))]
    found = {period for result in results for period in result.matperioder}
    options = sorted(found, key=periods.sort_key, reverse=True)
    if len(options) < 2:
        return options[0] if options else None
    with st.container(width=320):
        chosen: str = st.selectbox(
            "Mätperiod", options, format_func=periods.label, key=f"matperiod_{page}", bind="query-params"
        )
    return chosen


def choose_indicator() -> str:
    """A menu of all indicators, kept in the link."""
    titles = {i.id: i.titel for i in indicators.indicators().values()}
    chosen: str = st.selectbox(
        "Indikator", list(titles), format_func=lambda i: titles[i], key="indikator", bind="query-params"
    )
    return chosen
