"""What a visitor chooses: period, indicator, kommun, comparison, and how a view is narrowed.

Each choice is bound to the link by its key. What is shared between pages has one key: `kommun`, `indikator`. Menus that
differ from page to page (period, comparison) have one key per page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from naravard import charts
from naravard.base import kommuner, periods, settings
from naravard.figures import (
    indicators,
    overview,
)
from naravard.figures.comparisons import STANDARD, comparisons
from naravard.figures.gate import ProtectedResult
from naravard.slides import lgl
from naravard.slides.links import (
    GROUP_KEY,
    INDICATOR_KEY,
    ORDERS,
    comparison_label,
    period_label,
)
from naravard.ui.visit import mend_address, reader, remember_choice

_MENU_WIDTH, _WIDE_MENU, _WIDEST_MENU = 320, 520, 780
_EVERY_GROUP = "Alla grupper"


def warn_of_unknown(key: str, labels: Sequence[str], what: str) -> None:
    """Say so, above the menu, where the link names a `what` that is not there. The menu shows its first choice."""
    unknown_labels = [text for text in st.query_params.get_all(key) if text not in labels]
    if unknown_labels:
        with st.container(border=True):
            st.text(f"Länken nämner {what} ”{', '.join(unknown_labels)[:80]}”, som inte finns här. Välj i menyn.")


def _menu(label: str, options: Sequence[Any], labels: Sequence[str], key: str, what: str, **more: Any) -> Any:
    """A menu that is kept in the link, and says so when the link names a `what` that it does not have."""
    names = dict(zip(options, labels, strict=True))
    with st.container(width=_MENU_WIDTH):
        if what:
            warn_of_unknown(key, labels, what)
        option = st.selectbox(label, options, format_func=names.__getitem__, key=key, bind="query-params", **more)
    remember_choice(key, names[option])
    return option


def choose_period(page: str, *indicator_ids: str) -> str | None:
    """A menu of the periods that any of the indicators has, kept in the link; the newest by default.

    No menu is shown where there is nothing to choose.
    """
    results = [result for indicator_id in indicator_ids if (result := reader().find(indicator_id))]
    matperioder = {period for result in results for period in result.matperioder}
    return choose_one_period(page, sorted(matperioder, key=periods.sort_key, reverse=True))


def choose_one_period(page: str, options: Sequence[str]) -> str | None:
    """A menu of periods, of which the first is the default; None where there are none."""
    if len(options) < 2:
        return next(iter(options), None)
    period: str = _menu("Mätperiod", options, list(map(period_label, options)), f"matperiod_{page}", "mätperioden")
    return period


def choose_deck_period() -> str | None:
    """The period of LGL's slides: the newest of each figure, or one of those that there are."""
    options = ["", *lgl.matperioder(reader())]
    labels = ["Senaste för varje bild", *map(period_label, options[1:])]
    period: str = _menu("Mätperiod för bilderna", options, labels, "matperiod_lgl", "mätperioden")
    return period or None


def choose_view(page: str, *indicator_ids: str) -> tuple[str | None, str]:
    """The menus of period and comparison, side by side."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        period = choose_period(page, *indicator_ids)
        return period, choose_comparison(page, period, *indicator_ids)


def choose_comparison(page: str, matperiod: str | None, *indicator_ids: str) -> str:
    """A menu of what some indicators can be compared with, kept in the link; none where there is nothing to choose."""
    options = comparable(matperiod, *indicator_ids)
    if len(options) < 2:
        return STANDARD
    labels = list(map(comparison_label, options))
    comparison_id: str = _menu("Jämför med", options, labels, f"jamfor_{page}", "jämförelsen")
    return comparison_id


def comparable(matperiod: str | None, *indicator_ids: str) -> list[str]:
    """The comparisons that any of the indicators has in a period."""
    return [name for name in comparisons() if any(_can_compare(i, matperiod, name) for i in indicator_ids)]


def _can_compare(indicator_id: str, matperiod: str | None, comparison_id: str) -> bool:
    result = reader().find(indicator_id, matperiod, comparison_id)
    return result is not None and any(row.jamforelse for row in result.rows)


def choose_indicator(first_id: str = "") -> str:
    """A menu of all indicators by title, kept in the link; first the one that most can be said of, or a given one."""
    by_title = sorted(indicators.registry().values(), key=lambda i: kommuner.swedish_key(i.titel))
    ids = [indicator.id for indicator in by_title]
    measures = [] if first_id else overview.measures(reader())
    first_id = first_id or (measures[0].indicator.id if measures else ids[0])
    titles = [indicator.titel for indicator in by_title]
    names = dict(zip(ids, titles, strict=True))
    with st.container(width=_WIDEST_MENU):  # Kolada's names are long, and none is cut off
        warn_of_unknown(INDICATOR_KEY, titles, "indikatorn")
        indicator_id: str = st.selectbox(
            "Indikator",
            ids,
            index=ids.index(first_id),
            format_func=names.__getitem__,
            key=INDICATOR_KEY,
            bind="query-params",
        )
    remember_choice(INDICATOR_KEY, names[indicator_id])
    return indicator_id


def choose_kommuner() -> list[str]:
    """Some of the län's kommuner, or none, which is all."""
    names = {kommun.kod: kommun.namn for kommun in kommuner.in_lan(settings.lan_kod())}
    with st.container(width=_WIDE_MENU):
        warn_of_unknown("kommuner", list(names.values()), "kommunen")
        koder: list[str] = st.multiselect(
            "Kommuner",
            list(names),
            format_func=names.__getitem__,
            key="kommuner",
            bind="query-params",
            placeholder="Alla kommuner",
            select_all=False,
        )
    return koder


def choose_group(result: ProtectedResult) -> str | None:
    """One of an indicator's groups; None for all of them together."""
    if len(result.groups) < 2:
        return None
    options = ["", *result.groups]
    labels = [_EVERY_GROUP, *map(result.group_label, result.groups)]
    group: str = _menu("Grupp", options, labels, GROUP_KEY, "")
    return group or None


def choose_chart(result: ProtectedResult) -> str:
    """The kinds of chart that a result can be drawn as."""
    kinds = charts.fitting(result)
    if len(kinds) < 2:
        return next(iter(kinds))
    mend_address("diagram", kinds, charts.by_former_label)
    kind: str = st.segmented_control(
        "Diagram",
        list(kinds),
        default=next(iter(kinds)),
        required=True,
        format_func=kinds.__getitem__,
        key="diagram",
        bind="query-params",
    )
    remember_choice("diagram", kinds[kind])
    return kind


def choose_order() -> str:
    """By name, or by value."""
    order: str = st.segmented_control(
        "Ordna efter", list(ORDERS), default=ORDERS[0], required=True, key="ordning", bind="query-params"
    )
    remember_choice("ordning", order)
    return order
