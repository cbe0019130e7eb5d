"""The parts of Översikt: the tour, headline figures, what to look at first, kommun by kommun, how fresh sources are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import htpy
import streamlit as st
from htpy import Element

from naravard import sources
from naravard.base import periods
from naravard.base.model import EXAMPLE
from naravard.base.numbers import number
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.overview import MOST_SIGNALS, Measure, Signal
from naravard.telling import amounts, phrases, provenance, verdicts
from naravard.ui import help_texts
from naravard.ui.elements import aside, for_listeners, link, shape, small_print
from naravard.ui.help_texts import TourStep
from naravard.ui.navigation import page
from naravard.ui.show import records
from naravard.ui.table import cell, empty_cell, heading, row, table, written_once
from naravard.ui.view_addresses import page_address, view_address
from naravard.ui.visit import ledger


@dataclass(frozen=True)
class Link:
    """Where a tile leads: a page, and the choices to make there."""

    page: str
    label: str | None = None
    query: dict[str, str] | None = None


def tour() -> None:
    """The first visit's tour at the top of Översikt, which can be skipped. The browser remembers it (app.js)."""
    steps = help_texts.of_the_service().rundtur
    parts = (_step(step, number, len(steps)) for number, step in enumerate(steps, start=1))
    card = htpy.section(".rundtur-kort", aria_label="Rundtur")[parts]
    begin = htpy.script["window.naravard?.begin()"]
    st.html(htpy.fragment[card, begin], unsafe_allow_javascript=True)


def _step(step: TourStep, number: int, count: int) -> Element:
    is_last = number == count
    return htpy.div(".steg", hidden=True)[
        htpy.p[f"Rundtur, steg {number} av {count}"],
        htpy.h2(tabindex="-1")[step.titel],
        htpy.p[step.text],
        htpy.button(".rundtur", value="klart" if is_last else str(number))["Klart" if is_last else "Nästa"],
        None if is_last else htpy.button(".rundtur.hoppa", value="klart")["Hoppa över"],
    ]


def tile(label: str, addition: str, result: ProtectedResult, row: ProtectedRow | None, link: Link) -> None:
    """A headline figure with its source and period, and the way to its page. Nothing where there is no row."""
    if row is None:
        return
    origin = row.kalla if row.kalla and result.indicator.period_per_omrade else provenance.origin(result)
    if result.is_example and EXAMPLE not in origin:
        origin = f"{provenance.example_mark(result)}. {origin}"
    with st.container(border=True, height="stretch", vertical_alignment="distribute"):
        st.html(
            htpy.div(".bricka")[
                htpy.p(".etikett")[label],
                htpy.p(".tal")[amounts.value(row, result.indicator)],
                htpy.p(".tillagg")[addition],
                htpy.p(class_=["ursprung", result.is_example and "exempel"])[
                    origin,
                    htpy.br,
                    f"Mätperiod: {periods.when(row.matperiod)}",
                    htpy.br,
                    f"Inläst {provenance.load_day(result)}",
                ],
            ]
        )
        st.page_link(
            page(link.page),
            label=link.label,
            query_params=link.query,
            icon=":material/arrow_forward:",
            icon_position="right",
        )


def signals(all_signals: Sequence[Signal], comparisons: int) -> None:
    """What to look at first, as sentences with the way to each view, and what chance alone would give."""
    if not comparisons:
        st.html(small_print("Inga tal går att jämföra mellan kommunerna ännu."))
        return
    others = len(all_signals) - MOST_SIGNALS
    differ = sum(1 + len(signal.others) for signal in all_signals)
    rest = f" De {number(others)} som inte står här finns i tabellen." if others > 0 else ""
    example_mark = provenance.example_mark(all_signals[0].measure.result) if all_signals else ""
    st.html(
        htpy.div(".signaler")[
            htpy.p(".exempel")[example_mark] if example_mark else None,
            list(map(_signal, all_signals[:MOST_SIGNALS])) or htpy.p["Ingen kommun avviker från länet."],
            small_print(f"{number(differ)} avviker. {verdicts.about_chance(comparisons)}{rest}"),
        ]
    )


def _signal(signal: Signal) -> Element:
    figure, spec = signal.row, signal.measure.indicator
    return htpy.p(class_=["signal", verdicts.tone(figure.level, spec)])[
        shape(verdicts.shape(figure)),
        f" {phrases.signal(figure, signal.measure.result, [m.indicator.short for m in signal.others])} ",
        link(view_address(signal.measure))["Visa", for_listeners(f" {spec.titel}, {figure.kommun}")],
    ]


def matrix(measures: Sequence[Measure]) -> None:
    """Kommuner by indicators. Each cell has the value, the shape of a difference, and leads to its view."""
    st.html(written_once(measures[0].result, "matrix", lambda: _matrix(measures)))


def _matrix(measures: Sequence[Measure]) -> Element:
    example_mark = provenance.example_mark(measures[0].result)
    links = [link(view_address(measure)) for measure in measures]
    headings = [
        heading([to[measure.indicator.short], aside(_unit(measure))])
        for measure, to in zip(measures, links, strict=True)
    ]
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for measure in measures for row in measure.kommuner)
    rows = [
        row(
            link(page_address("min_kommun", kommun=name))[name],
            [_cell(measure, measure.row(kod), to) for measure, to in zip(measures, links, strict=True)],
            "kommun",
        )
        for kod, name in areas
    ]
    lan = next((measure.lan.kommun for measure in measures if measure.lan), "Länet")
    rows.append(row(lan, [cell(amounts.value(measure.lan, measure.indicator)) for measure in measures], "lan"))
    if any(measure.nation for measure in measures):
        rows.append(row("Riket", [cell(amounts.value(m.nation, m.indicator)) for m in measures], "riket"))
    caption = ". ".join(filter(None, [example_mark, "Kommunernas senaste tal, jämförda med länet"]))
    return table(caption, [heading("Kommun"), *headings], rows, kind="tal matris", is_example=bool(example_mark))


def _unit(measure: Measure) -> str:
    period = periods.when(measure.result.matperiod)
    unit = "%" if measure.indicator.in_percent else measure.indicator.enhet
    return f"{unit}, {'mätperiod ej angiven' if period.startswith('ej') else period}"


def _cell(measure: Measure, figure: ProtectedRow | None, to: Element) -> Element:
    text = amounts.value(figure, measure.indicator)
    if figure is None or figure.varde is None:
        return empty_cell(text, amounts.why(figure))
    label = for_listeners(f"{figure.kommun}, {measure.indicator.short}: ")
    if not figure.level:
        return cell(to[label, text])
    words = verdicts.verdict_in_words(figure, measure.indicator)
    content = to[label, shape(verdicts.shape(figure)), f" {text}", for_listeners(f", {words}")]
    return cell(content, verdicts.tone(figure.level, measure.indicator), words)


def freshness() -> None:
    """Each source with its periods, and how long ago its newest extract was read."""
    extracts = [extract for extract in ledger().extracts if extract.status == "gallande"]
    rows = []
    for source in sources.sources().values():
        own_extracts = [extract for extract in extracts if extract.kalla == source.id]
        matperioder = sorted({extract.matperiod for extract in own_extracts}, key=periods.sort_key)
        period_names = ", ".join(map(periods.when, matperioder)) or "Inget uttag ännu"
        newest_day = max((extract.nar[:10] for extract in own_extracts), default="")
        rows.append((source.title, period_names, provenance.days_ago(newest_day) if newest_day else "–"))
    records("Källor, mätperioder och senaste inläsning", ("Källa", "Mätperioder", "Senast inläst"), rows)
