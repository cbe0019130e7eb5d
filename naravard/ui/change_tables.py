"""What one version says differently from another: sentences, and a table for each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import htpy
import streamlit as st
from htpy import Element, Node

from naravard import exports
from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD
from naravard.exports import andringar
from naravard.figures.changes import STRIKING, Change, ChangeKind, ChangeMark, by_importance, summary
from naravard.telling.amounts import decimals_of_changes, difference, value
from naravard.ui.elements import aside, small_print
from naravard.ui.show import plain
from naravard.ui.table import cell, heading, row, table

_OPEN_UP_TO = 40
"""Marked tables of so many figures are open from the beginning."""


def show_changes(changes: Sequence[Change], mark: str = "") -> None:
    """A summary in words, all of it as a file, then a table for each indicator, by how much they matter.

    `mark` stands in the name of the file, as EXEMPELDATA.
    """
    for sentence in summary(changes):
        st.markdown(plain(sentence))
    if changes:
        _files(changes, mark)
    for indicator, group in groupby(by_importance(changes), key=lambda change: change.indicator):
        own_changes = list(group)
        marks = sum(map(is_striking, own_changes))
        counts = f"{len(own_changes)} tal" + (f", {marks} att kontrollera" if marks else "")
        is_told = any(change.mark or is_striking(change) for change in own_changes)
        with st.expander(f"{indicator.titel} ({counts})", expanded=is_told and len(own_changes) <= _OPEN_UP_TO):
            st.html(changes_table(indicator.titel, own_changes))


def _files(changes: Sequence[Change], mark: str) -> None:
    """The changes as Excel and CSV, made when they are asked for. They have passed the gate."""
    with st.container(horizontal=True):
        for ending, write in andringar.WRITERS.items():
            st.download_button(
                f"Hämta ändringarna ({exports.formats()[ending].label})",
                partial(write, by_importance(changes)),
                exports.file_name("ändringar", ending, mark=mark),
                exports.formats()[ending].media_type,
                key=f"andringar_{ending}_{hash(tuple(map(id, changes)))}",
                icon=exports.formats()[ending].icon,
                on_click="ignore",
            )


def is_striking(change: Change) -> bool:
    """Whether a change is to be looked at: a large one, and a figure that comes or goes.

    Not for its periods alone, which are unlike for all and are told of once, above.
    """
    return change.mark not in {ChangeMark.NONE, ChangeMark.UNLIKE} or change.kind in STRIKING


def changes_table(caption: str, changes: Sequence[Change]) -> str:
    """Old and new figures side by side, with the marked ones in words."""
    has_groups = any(change.group for change in changes)
    has_periods = len({(change.period, change.old_period) for change in changes}) > 1
    extra_headings = [*(["Grupp"] if has_groups else []), *(["Mätperiod"] if has_periods else [])]
    is_of_new_period = all(change.period != change.old_period for change in changes)
    has_earlier = any(change.earlier for change in changes)
    old_and_new = ["Egen tidigare period", "Nu"] if is_of_new_period else ["Före", "Efter"]
    earlier_heading = ["Egen tidigare period"] if has_earlier else []
    headings = ["Område", *extra_headings, *old_and_new, "Ändring", *earlier_heading, "Kontrollera"]
    decimals = _decimals(changes)
    rows = (
        _change_row(change, decimals, has_groups=has_groups, has_periods=has_periods, has_earlier=has_earlier)
        for change in changes
    )
    period_line = None if has_periods else small_print(f"Mätperiod: {_periods(changes[0])}")
    kind = f"tal andringar text{len(extra_headings)}"
    return str(htpy.fragment[period_line, table(caption, map(heading, headings), rows, kind=kind)])


def _change_row(change: Change, decimals: int, *, has_groups: bool, has_periods: bool, has_earlier: bool) -> Element:
    indicator = change.indicator
    cells = [
        cell(change.group, "text") if has_groups else None,
        cell(_periods(change), "text") if has_periods else None,
        cell(value(change.old, indicator, decimals) if change.old else "–"),
        cell(value(change.new, indicator, decimals) if change.new else "–"),
        cell(_step(change, decimals)),
        cell(_earlier(change, decimals)) if has_earlier else None,
        cell(note(change), "text"),
    ]
    return row(change.kommun, cells, "lan" if len(change.kommun_kod) == 2 else "kommun")


def _periods(change: Change) -> str:
    if change.old_period in {"", change.period}:
        return periods.when(change.period)
    earlier_name = "LGL:s bild" if change.old_period == UNKNOWN_PERIOD else change.old_period
    return f"{periods.when(change.period)}, jämfört med {earlier_name}"


def _earlier(change: Change, decimals: int) -> Node:
    """What the area had in its own period before, and when that was."""
    if change.earlier is None:
        return "–"
    return [value(change.earlier, change.indicator, decimals), aside(periods.when(change.earlier_period))]


def _step(change: Change, decimals: int) -> str:
    """The change itself: persons, or percentage points."""
    old, new = change.old, change.new
    if old is None or new is None or old.varde is None or new.varde is None:
        return ""
    return difference(new.varde - old.varde, change.indicator, decimals)


def _decimals(changes: Sequence[Change]) -> int:
    """One more than on the pages for shares that are not all whole, so that each change can be followed."""
    rows = [row for change in changes for row in (change.old, change.new, change.earlier) if row is not None]
    return decimals_of_changes([row.varde for row in rows if row.varde is not None], changes[0].indicator)


def note(change: Change) -> str:
    """What to look at, in words; also why a row is there whose figures read alike, as `..` before and after."""
    kind = "" if change.kind is ChangeKind.CHANGED else change.kind
    return ", ".join(filter(None, [kind, change.mark, "nämnaren ändras" if _is_of_denominator(change) else ""]))


def _is_of_denominator(change: Change) -> bool:
    old, new = change.old, change.new
    if old is None or new is None or change.period != change.old_period or old.namnare == new.namnare:
        return False
    return (old.taljare, old.varde, old.skydd) == (new.taljare, new.varde, new.skydd)
