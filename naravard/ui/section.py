"""One indicator on a page: heading, chart, table, comparison, source, remarks and definition; or what is missing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import htpy
import streamlit as st
from htpy import Element, Fragment, Node
from markupsafe import Markup

from naravard import charts
from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.numbers import capital, with_hard_spaces
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Indicator
from naravard.slides.sequence import Entry
from naravard.telling import amounts, phrases, verdicts, vocabulary
from naravard.telling.tables import table_of
from naravard.ui import download, slideshow
from naravard.ui.elements import details, paragraphs, small_print, warning
from naravard.ui.missing import empty_state, nothing_yet, only_lan
from naravard.ui.origin import definition, remarks, source_line
from naravard.ui.plot import indicator_chart
from naravard.ui.result_table import result_table
from naravard.ui.table import records_table
from naravard.ui.visit import reader
from naravard.ui.written_once import written_once

_NARROW = 3
"""So many columns of a table have room in two fifths of the page."""


def section(
    result: ProtectedResult | None,
    indicator_id: str,
    *,
    matperiod: str | None = None,
    kind: str | None = None,
    filters: Sequence[str] = (),
    entry: Entry | None = None,
) -> None:
    """Heading, chart, table, source, remarks and definition of one indicator; or what is missing.

    `kind` is the chart, `filters` the choices in words, and `entry` the view as a slide of a sequence, where it can be
    one.
    """
    spec = indicators.by_id(indicator_id)
    with st.container(
        horizontal=True,
        vertical_alignment="bottom",
        horizontal_alignment="distribute",
        key=f"rubrik_{indicator_id}",
    ):
        st.header(spec.titel, anchor=False, width="content")
        if entry is not None and result is not None:
            with st.container(horizontal=True, width="content"):
                slideshow.add_button(entry)
                download.files(result, filters)
        elif result is not None:
            download.files(result, filters)
    if result is None:
        empty_state(spec, matperiod)
        return
    _block(result, ("above", tuple(filters)), lambda: _above(result, filters))
    _chart_and_table(result, kind)
    _block(result, ("below", kind), lambda: _below(result, charts.chart_of(result, kind)))
    definition(result)


def sections(results: Mapping[str, ProtectedResult | None], matperiod: str | None) -> None:
    """Sections of indicators by id. Several that wait for the same extract are said to be missing once, after them."""
    waiting = [indicators.by_id(each) for each, result in results.items() if result is None and not reader().find(each)]
    by_source: dict[str, list[Indicator]] = {}
    for spec in waiting:
        by_source.setdefault(spec.behover, []).append(spec)
    together = [specs for specs in by_source.values() if len(specs) > 1]
    told_together = {spec.id for specs in together for spec in specs}
    for each, result in results.items():
        if each not in told_together:
            section(result, each, matperiod=matperiod)
    for specs in together:
        nothing_yet(specs, matperiod)


def _block(result: ProtectedResult, key: Hashable, build: Callable[[], Sequence[Node]]) -> None:
    """Several parts as one element of the page, of those that there are: each element costs every visitor."""
    html = written_once(result, key, lambda: _stacked(build()))
    if html:
        st.html(html)


def _stacked(nodes: Sequence[Node]) -> Fragment:
    return htpy.fragment[htpy.div(".stycken")[nodes] if any(nodes) else None]


def _above(result: ProtectedResult, filters: Sequence[str]) -> list[Node]:
    """What is said above the chart: what the figure is called, what it is narrowed to, and what must not be missed."""
    spec = result.indicator
    is_lan_alone = not result.has_kommuner and result.lan(result.groups[0]) and not spec.period_per_omrade
    sentences = verdicts.of_spread(result) if result.matperiod != periods.EVERY else []
    return [
        *map(small_print, filter(None, [short_name(spec), " ".join(filters)])),
        small_print(only_lan(result)) if is_lan_alone else None,
        warning(sentences[0], with_hard_spaces(" ".join(sentences[1:]))) if sentences else None,
    ]


def _below(result: ProtectedResult, chart: charts.Chart) -> list[Node]:
    """What is said under the chart: what it is compared with, where it comes from, what to know, and all in words."""
    one_period = result.matperiod != periods.EVERY
    return [
        small_print(chart.where_hidden) if chart.where_hidden and result.hidden else None,
        _comparison(result, whiskers=chart.has_whiskers) if one_period else None,
        source_line(result),
        remarks(result),
        *([_in_words(result), _over_time(result)] if one_period else [_series_in_words(result)]),
    ]


def short_name(spec: Indicator) -> str:
    """What a figure with the source's own long name is called elsewhere; empty where the two are alike."""
    is_alike = set(spec.short.casefold().split()) <= set(spec.titel.casefold().split())
    return f"Kort namn: {spec.short}." if spec.nyckeltal and not is_alike else ""


def _chart_and_table(result: ProtectedResult, kind: str | None) -> None:
    """Both at once: side by side where the table is narrow enough, else the chart above."""
    if len(result.rows) == 1 and not result.indicator.is_series:
        st.html(_table(result))  # one bar says no more than its number
    elif _needs_width(result, kind):
        indicator_chart(result, kind)
        st.html(_table(result))
    else:
        is_compared = any(row.jamforelse for row in result.rows)
        widths = "3_5" if is_compared else "3_2" if len(table_of(result).headings) <= _NARROW else "1_1"
        with st.container(key=f"bredvid_{widths}_{result.indicator.id}"):
            indicator_chart(result, kind)
            st.html(_table(result))


def _needs_width(result: ProtectedResult, kind: str | None) -> bool:
    """Whether the table has no room beside the chart; with equal ages all its columns must be seen."""
    if any(row.utjamnad for row in result.rows):
        return True
    return len(result.groups) > 3 or not result.has_kommuner or charts.chart_of(result, kind).is_wide


def _table(result: ProtectedResult) -> Markup:
    """The result's table, written once."""
    return written_once(result, "table", lambda: result_table(result))


def _comparison(result: ProtectedResult, *, whiskers: bool) -> Element | None:
    """What the figures are compared with, what the colours and shapes mean, and what chance alone would give."""
    first_sentences = verdicts.of_spread(result)  # above the chart
    sentences = [each for each in verdicts.about_comparison(result) if each not in first_sentences]
    key = _key(result, whiskers=whiskers)
    if not key and not sentences:
        return None
    return htpy.p(".kalla.jamfor")[key, with_hard_spaces(" ".join(sentences))]


def _key(result: ProtectedResult, *, whiskers: bool) -> Node:
    """What whiskers, shapes and colours mean, where there are any."""
    has_whiskers = whiskers and len(result.groups) == 1 and any(row.nedre is not None for row in result.rows)
    whisker = f"Strecket: {vocabulary.SPAN[0].lower()}{vocabulary.SPAN[1:]}. {vocabulary.SPAN_MEANS} "
    if not any(row.is_judged for row in result.kommuner):
        return [whisker, htpy.br] if has_whiskers else None
    more, less = verdicts.sides(result.indicator)
    up, down = (verdicts.tone(level, result.indicator) for level in (1, -1))
    where = "I tabellen: " if len(result.groups) > 1 else whisker if has_whiskers else ""
    return [
        where,
        htpy.span(class_=up)[f"▲ {more}"],
        " ",
        htpy.span(class_=down)[f"▼ {less}"],
        f" än {verdicts.comparison_name(result)}, {vocabulary.MARKS} {verdicts.without_mark(result)}",
        htpy.br,
    ]


def _in_words(result: ProtectedResult) -> Element | None:
    """Each kommun's figure as a sentence, with what can be said of the difference."""
    if not any(row.jamforelse for row in result.kommuner) or len(result.groups) > 1:
        return None
    sentences = (with_hard_spaces(phrases.sentence(row, result)) for row in result.kommuner)
    return details("Varje kommun i ord", htpy.div(".ord")[paragraphs(sentences)])


def _series_in_words(result: ProtectedResult) -> Element:
    """What can be said of the län's points over time, and of the reader's own kommun's."""
    sentences = []
    for kod in dict.fromkeys([result.lan_kod, result.own_kommun]):
        rows = [r for r in result.in_group(result.lead_group).rows if r.kommun_kod == kod and periods.span(r.matperiod)]
        if len(rows) > 1:
            words = verdicts.about_time(rows, result.indicator, result.breaks)
            sentences.append(f"{rows[0].kommun}: {' '.join(words)}")
    return htpy.div(".ord")[paragraphs(map(with_hard_spaces, sentences))]


def _over_time(result: ProtectedResult) -> Element | None:
    """The län's figures over the periods, and what can be said of them; or why nothing can."""
    spec = result.indicator
    if len(result.matperioder) < 2 or spec.is_series or spec.period_per_omrade:
        return None
    all_periods = reader().find(spec.id, periods.EVERY)
    group = result.lead_group
    rows = [
        row
        for row in (all_periods.rows if all_periods else ())
        if (row.kommun_kod, row.grupp) == (result.lan_kod, group) and row.matperiod != UNKNOWN_PERIOD
    ]
    if len(rows) < 2 or all_periods is None:
        return None
    label = f": {result.group_label(group)}" if len(result.groups) > 1 else ""
    headings = ["Mätperiod", capital(spec.enhet), vocabulary.SPAN]
    decimals = amounts.decimals_of_column(rows, spec)
    cells = [
        [periods.when(row.matperiod), amounts.value(row, spec), amounts.interval(row, spec, decimals)] for row in rows
    ]
    width = 3 if spec.kind.interval else 2
    table = records_table(f"Länet över tid: {spec.titel}{label}", headings[:width], [cell[:width] for cell in cells])
    words = small_print(" ".join(verdicts.about_time(rows, spec, all_periods.breaks)))
    return details(f"Länet över tid{label}", [words, table])
