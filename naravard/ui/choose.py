"""What a visitor chooses: store, period, indicator, kommun, comparison; and the cached way to the figures.

Each choice is bound to the link by its key. What is shared between pages has one key: `kommun`, `indikator`. Menus that
differ from page to page (period, comparison) have one key per page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from naravard import charts, stores
from naravard.base import kommuner, periods, settings
from naravard.base.model import (
    Extract,
    Remark,
    Version,
)
from naravard.figures import (
    indicators,
    overview,
)
from naravard.figures.comparisons import STANDARD, comparisons
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader, shared_reader
from naravard.slides import lgl
from naravard.slides.links import (
    EXAMPLE_KEY,
    GROUP_KEY,
    INDICATOR_KEY,
    KOMMUN_KEY,
    ORDERS,
    comparison_label,
    period_label,
)
from naravard.store.snapshots import Store

_VERSION_KEY, _READER_KEY, _CHOSEN_KEY = "version_of_this_run", "reader_of_this_run", "choices_of_this_run"
_VERSIONS_KEPT = 10
_MENU_WIDTH, _WIDE_MENU = 320, 520
_EVERY_GROUP = "Alla grupper"


def store() -> Store:
    """The store that this visitor looks at: real figures, or EXEMPELDATA when the switch is on."""
    return stores.store_of(is_example=bool(st.session_state.get(EXAMPLE_KEY)))


def version() -> int:
    """The version that this run shows."""
    number: int = st.session_state[_VERSION_KEY]
    return number


def pin_version() -> None:
    """Let all of this run see one version of the store, whatever is published meanwhile. Called by the shell."""
    source = store()
    st.session_state[_VERSION_KEY] = source.newest
    st.session_state[_READER_KEY] = shared_reader(source, version())
    st.session_state[_CHOSEN_KEY] = {}


@dataclass(frozen=True)
class Ledger:
    """All extracts of a version, their remarks by id, and all publications, the newest first."""

    extracts: list[Extract]
    remarks: list[tuple[int, Remark]]
    versions: list[Version]


def ledger() -> Ledger:
    """The lists of the version of this run."""
    source = store()
    return _ledger(source, str(source.folder), version())


@st.cache_resource(max_entries=_VERSIONS_KEPT, show_spinner=False)
def _ledger(_store: Store, folder: str, version: int) -> Ledger:
    with _store.open(version) as snapshot:
        return Ledger(snapshot.extracts(), snapshot.remarks(), snapshot.versions())


def reader() -> Reader:
    """The way to this run's figures, which can be kept for when a file is asked for."""
    reader_of_run: Reader = st.session_state[_READER_KEY]
    return reader_of_run


def known(key: str, labels: Sequence[str], what: str) -> None:
    """Tell in words when a link names what there is not. The menu itself then shows its first choice."""
    asked = st.query_params.get_all(key)
    unknown = [text for text in asked if text not in labels]
    if unknown:
        with st.container(border=True):
            st.text(f"Länken nämner {what} ”{', '.join(unknown)[:80]}”, som inte finns här. Välj i menyn.")


def _menu(label: str, options: Sequence[Any], labels: Sequence[str], key: str, what: str, **more: Any) -> Any:
    """A menu that is kept in the link, and says so when the link names a `what` that it does not have."""
    if what:
        known(key, labels, what)
    names = dict(zip(options, labels, strict=True))
    with st.container(width=_MENU_WIDTH):
        picked = st.selectbox(label, options, format_func=names.__getitem__, key=key, bind="query-params", **more)
    _noted(key, names[picked])
    return picked


def _noted(key: str, label: str) -> None:
    """Remember a choice for the link to share, which names what is the default today as well."""
    st.session_state[_CHOSEN_KEY][key] = label


def chosen() -> dict[str, str]:
    """The choices made in menus on this run, by the keys of the link, defaults included."""
    noted: dict[str, str] = st.session_state[_CHOSEN_KEY]
    return noted


def choose_period(page: str, *indicator_ids: str) -> str | None:
    """A menu of the periods that any of the indicators has, kept in the link; the newest by default.

    No menu is shown where there is nothing to choose.
    """
    results = [result for indicator_id in indicator_ids if (result := reader().find(indicator_id))]
    found = {period for result in results for period in result.matperioder}
    options = sorted(found, key=periods.sort_key, reverse=True)
    if len(options) < 2:
        return options[0] if options else None
    chosen: str = _menu("Mätperiod", options, list(map(period_label, options)), f"matperiod_{page}", "mätperioden")
    return chosen


def choose_deck_period() -> str | None:
    """The period of LGL's slides: the newest of each figure, or one of those that there are."""
    options = ["", *lgl.matperioder(reader())]
    labels = ["Senaste för varje bild", *map(period_label, options[1:])]
    chosen: str = _menu("Mätperiod för bilderna", options, labels, "matperiod_lgl", "mätperioden")
    return chosen or None


def choose_view(page: str, *indicator_ids: str) -> tuple[str | None, str]:
    """The menus of period and comparison, side by side."""
    with st.container(horizontal=True, gap="medium"):
        period = choose_period(page, *indicator_ids)
        return period, choose_comparison(page, period, *indicator_ids)


def choose_comparison(page: str, matperiod: str | None, *indicator_ids: str) -> str:
    """A menu of what some indicators can be compared with, kept in the link; none where there is nothing to choose."""
    options = [name for name in comparisons() if any(_can_compare(i, matperiod, name) for i in indicator_ids)]
    if len(options) < 2:
        return STANDARD
    labels = list(map(comparison_label, options))
    chosen: str = _menu("Jämför med", options, labels, f"jamfor_{page}", "jämförelsen")
    return chosen


def _can_compare(indicator_id: str, matperiod: str | None, comparison_id: str) -> bool:
    result = reader().find(indicator_id, matperiod, comparison_id)
    return result is not None and any(row.jamforelse for row in result.rows)


def choose_indicator() -> str:
    """A menu of all indicators by title, kept in the link; first the one that most can be said of."""
    by_title = sorted(indicators.registry().values(), key=lambda i: kommuner.swedish_key(i.titel))
    ids = [indicator.id for indicator in by_title]
    compared = overview.measures(reader())
    first = ids.index(compared[0].indicator.id) if compared else 0
    titles = [indicator.titel for indicator in by_title]
    known(INDICATOR_KEY, titles, "indikatorn")
    names = dict(zip(ids, titles, strict=True))
    with st.container(width=_WIDE_MENU):
        chosen: str = st.selectbox(
            "Indikator", ids, index=first, format_func=names.__getitem__, key=INDICATOR_KEY, bind="query-params"
        )
    _noted(INDICATOR_KEY, names[chosen])
    return chosen


def choose_kommun() -> str:
    """A menu of the län's kommuner, kept in the link and from page to page."""
    found = kommuner.in_lan(settings.lan_kod())
    labels = [kommun.namn for kommun in found]
    chosen: str = _menu("Kommun", [kommun.kod for kommun in found], labels, KOMMUN_KEY, "kommunen")
    return chosen


def choose_kommuner() -> list[str]:
    """Some of the län's kommuner, or none, which is all."""
    names = {kommun.kod: kommun.namn for kommun in kommuner.in_lan(settings.lan_kod())}
    known("kommuner", list(names.values()), "kommunen")
    with st.container(width=_WIDE_MENU):
        chosen: list[str] = st.multiselect(
            "Kommuner",
            list(names),
            format_func=names.__getitem__,
            key="kommuner",
            bind="query-params",
            placeholder="Alla kommuner",
            select_all=False,
        )
    return chosen


def choose_group(result: ProtectedResult) -> str | None:
    """One of an indicator's groups; None for all of them together."""
    if len(result.groups) < 2:
        return None
    options = ["", *result.groups]
    labels = [_EVERY_GROUP, *map(result.group_label, result.groups)]
    chosen: str = _menu("Grupp", options, labels, GROUP_KEY, "")
    return chosen or None


def choose_chart(result: ProtectedResult) -> str:
    """The kinds of chart that a result can be drawn as."""
    kinds = charts.fitting(result)
    if len(kinds) < 2:
        return next(iter(kinds))
    chosen: str = st.segmented_control(
        "Diagram",
        list(kinds),
        default=next(iter(kinds)),
        required=True,
        format_func=kinds.__getitem__,
        key="diagram",
        bind="query-params",
    )
    return chosen


def choose_order() -> str:
    """By name, or by value."""
    chosen: str = st.segmented_control(
        "Ordna efter", list(ORDERS), default=ORDERS[0], required=True, key="ordning", bind="query-params"
    )
    return chosen
