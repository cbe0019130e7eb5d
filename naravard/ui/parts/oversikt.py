"""The parts of Översikt: the tour, headline figures, what to look at first, kommun by kommun, how fresh sources are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import htpy
import streamlit as st
from htpy import Element, Fragment
from markupsafe import Markup

from naravard import menu, sources
from naravard.base import clock, kommuner, periods, settings
from naravard.base.numbers import HIDDEN, NBSP, number, quantity
from naravard.figures import overview
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.overview import Measure, Signal
from naravard.figures.reader import Reader
from naravard.figures.standing import Standing, standings
from naravard.telling import amounts, phrases, provenance, situation, verdicts, vocabulary
from naravard.ui import answers, help_texts, strips
from naravard.ui.elements import YOURS, aside, for_listeners, lead, link, part_heading, shape, small_print
from naravard.ui.help_texts import TourStep
from naravard.ui.table import all_figures, cell, empty_cell, heading, records_table, row, table
from naravard.ui.view_addresses import page_address, view_address
from naravard.ui.visit import ledger
from naravard.ui.written_once import written_once

_FIRST = 8
"""Strips in the first screen."""
_MOST_KOMMUNER = 4
_MOST_PERIODS = 3
_YEARS = re.compile(r"\d{4}(–\d{4})?")


def tour() -> None:
    """The first visit's tour at the top of Översikt, which can be skipped. The browser remembers it (app.js)."""
    steps = help_texts.of_the_service().rundtur
    parts = [_step(step, number, len(steps)) for number, step in enumerate(steps, start=1)]
    card = htpy.section(".rundtur-kort", aria_label="Rundtur")[_invitation(len(steps)), parts]
    begin = htpy.script["window.naravard?.begin()"]
    st.html(htpy.fragment[card, begin], unsafe_allow_javascript=True)


def _invitation(steps: int) -> Element:
    """One line, so that what the page says is seen beside it."""
    return htpy.div(".steg.inbjudan", hidden=True)[
        htpy.h2(tabindex="-1")[f"Ny här? En rundtur i {steps} steg."],
        htpy.button(".rundtur", value="1")["Visa rundturen"],
        htpy.button(".rundtur.hoppa", value="klart")["Hoppa över"],
    ]


def _step(step: TourStep, number: int, count: int) -> Element:
    is_last = number == count
    return htpy.div(".steg", hidden=True)[
        htpy.p[f"Rundtur, steg {number} av {count}"],
        htpy.h2(tabindex="-1")[step.titel],
        htpy.p[step.text],
        htpy.button(".rundtur", value="klart" if is_last else str(number + 1))["Klart" if is_last else "Nästa"],
        None if is_last else htpy.button(".rundtur.hoppa", value="klart")["Hoppa över"],
    ]


def headline_figures(heading_text: str, tiles: Iterable[Markup | None]) -> None:
    """Tiles side by side, under a heading; nothing where there are none."""
    if existing := [each for each in tiles if each is not None]:
        st.html(htpy.section[part_heading(heading_text), htpy.div(".brickor")[existing]])


def tile(label: str, addition: str, result: ProtectedResult, row: ProtectedRow | None, page: str) -> Markup | None:
    """A headline figure with its source and period, and the way to its page. Nothing where there is no row."""
    if row is None:
        return None
    address = page_address(page)
    return written_once(
        result, ("tile", label, addition, address), lambda: _tile(label, addition, result, row, _way_on(page, address))
    )


def _tile(label: str, addition: str, result: ProtectedResult, row: ProtectedRow, way_on: Element) -> Element:
    origin = row.kalla if row.kalla and result.indicator.period_per_omrade else provenance.origin(result)
    if result.mark and result.mark not in origin:
        origin = f"{provenance.mark_in_words(result)}. {origin}"
    return htpy.div(".bricka")[
        htpy.p(".etikett")[label],
        htpy.p(".tal")[amounts.value(row, result.indicator)],
        htpy.p(".tillagg")[addition],
        htpy.p(".exempel")[result.mark] if result.mark else None,
        htpy.details[
            htpy.summary["Källa", for_listeners(f": {label}")],
            htpy.p(class_=["ursprung", result.mark and "exempel"])[
                origin,
                htpy.br,
                f"Mätperiod: {periods.when(row.matperiod)}",
                htpy.br,
                f"Inläst {provenance.load_day(result)}, version {result.version}",
            ],
        ],
        way_on,
    ]


def situation_of(measures: Sequence[Measure], area: str, reader: Reader) -> None:
    """The first screen: how it goes for an area in sentences, and beside them each indicator as a strip."""
    if not measures:
        st.html(small_print("Inga tal går att jämföra mellan kommunerna ännu."))
        return
    first = measures[0].result
    st.html(written_once(first, ("situation", area), lambda: _answers(standings(area, reader), measures, area)))


def _answers(all_standings: Sequence[Standing], measures: Sequence[Measure], area: str) -> Fragment:
    result = measures[0].result
    is_lan = area == result.lan_kod
    name = kommuner.area_name(area)
    mark = provenance.mark_in_words(result)
    rest = all_standings[_FIRST:]
    return htpy.fragment[
        htpy.p(".exempel")[mark] if mark else None,
        htpy.div(".svar")[
            htpy.div(".ord-om")[
                lead(situation.headline(all_standings)),
                answers.not_told(all_standings),
                answers.blocks(all_standings),
                _differing(measures) if is_lan else None,
                _flags(measures, all_standings),
                _how_sure(all_standings),
            ],
            htpy.section(aria_label="Indikatorerna i bild")[
                strips.key(name, is_lan=is_lan), strips.strips(all_standings[:_FIRST], name)
            ],
        ],
        htpy.section(".alla")[htpy.h2["Fler indikatorer"], strips.strips(rest, name)] if rest else None,
    ]


def _differing(measures: Sequence[Measure]) -> Element | None:
    """The kommuner that differ most from the län, one sentence each; those with a remark are flagged apart."""
    all_signals = [signal for signal in overview.signals(measures) if not _remark_texts(signal)]
    if not all_signals:
        return None
    rest = len(all_signals) - _MOST_KOMMUNER
    return htpy.section(".block")[
        htpy.h2["Kommuner som avviker från länet"],
        map(_signal, all_signals[:_MOST_KOMMUNER]),
        small_print(f"{number(rest)} till finns i tabellen Kommun för kommun.") if rest > 0 else None,
    ]


def _signal(signal: Signal) -> Element:
    figure, spec = signal.row, signal.measure.indicator
    return htpy.p(class_=["signal", verdicts.tone(figure.level, spec)])[
        shape(verdicts.shape(figure), verdicts.tone(figure.level, spec)),
        f" {phrases.signal(figure, signal.measure.result, [m.indicator.short for m in signal.others])} ",
        link(view_address(signal.measure))["Visa", for_listeners(f" {spec.titel}, {figure.kommun}")],
    ]


def _remark_texts(signal: Signal) -> list[str]:
    remarks = signal.measure.result.remarks
    return [remark.text for remark in remarks if remark.kommun_kod == signal.row.kommun_kod]


def _flags(measures: Sequence[Measure], all_standings: Sequence[Standing]) -> Element | None:
    """What is known of the registration of some figures, which are no verdict and have no place among the others."""
    is_lan = bool(all_standings) and all_standings[0].area == measures[0].result.lan_kod
    return answers.flagged(_flagged_kommuner(measures) if is_lan else answers.flags_of_area(all_standings))


def _flagged_kommuner(measures: Sequence[Measure]) -> Element | None:
    """The kommuner that differ and have a remark, each as a link to what is remarked on."""
    all_signals = [signal for signal in overview.signals(measures) if _remark_texts(signal)]
    links = [
        link(view_address(signal.measure))[f"{signal.row.kommun} ({signal.measure.indicator.short})"]
        for signal in all_signals
    ]
    if not links:
        return None
    parts = [part for each in links for part in (each, ", ")][:-1]
    return htpy.p["Avviker från länet, men har en anmärkning, till exempel om registrering: ", parts, "."]


def _how_sure(all_standings: Sequence[Standing]) -> Element:
    return htpy.section(".block.saker")[
        htpy.h2["Hur säkert är det?"],
        small_print(" ".join([*situation.how_sure(all_standings), *situation.edge_explained(all_standings)])),
    ]


def _way_on(page: str, address: str) -> Element:
    return link(address)[f"{menu.page(page).title}{NBSP}", htpy.span(aria_hidden="true")["→"]]


def matrix(heading_text: str, measures: Sequence[Measure]) -> None:
    """Kommuner by indicators. Each cell has the value, the shape of a difference, and leads to its view."""
    first = measures[0].result
    st.html(written_once(first, "matrix", lambda: htpy.section[part_heading(heading_text), _matrix(measures)]))


def _matrix(measures: Sequence[Measure]) -> Element:
    mark = provenance.mark_in_words(measures[0].result)
    links = [link(view_address(measure)) for measure in measures]
    headings = [
        heading([to[measure.indicator.short], for_listeners(", "), aside(_unit(measure))])
        for measure, to in zip(measures, links, strict=True)
    ]
    own = measures[0].result.own_kommun
    areas = dict.fromkeys((row.kommun_kod, row.kommun) for measure in measures for row in measure.kommuner)
    rows = [
        row(
            [
                htpy.span[
                    link(page_address("min_kommun", kommun=name))[name], for_listeners(YOURS) if kod == own else None
                ],
                _all_figures(name, [measure.row(kod) for measure in measures]),
            ],
            [_cell(measure, measure.row(kod), to) for measure, to in zip(measures, links, strict=True)],
            "kommun min" if kod == own else "kommun",
        )
        for kod, name in areas
    ]
    for name, kind, figures in (
        (kommuner.area_name(measures[0].result.lan_kod), "lan", [measure.lan for measure in measures]),
        ("Riket", "riket", [measure.nation for measure in measures]),
    ):
        if any(figures):
            cells = [cell(amounts.value(figure, m.indicator)) for figure, m in zip(figures, measures, strict=True)]
            rows.append(row([htpy.span[name], _all_figures(name, figures)], cells, kind))
    caption = ". ".join(filter(None, [mark, "Kommunernas senaste tal, jämförda med länet"]))
    return table(caption, [heading("Kommun"), *headings], rows, kind="tal matris", is_marked=bool(mark))


def _all_figures(name: str, figures: Sequence[ProtectedRow | None]) -> Element:
    """What opens the card of an area on a phone, where only what differs is seen at first."""
    return all_figures(name, [HIDDEN if figure is not None and figure.skydd == HIDDEN else "" for figure in figures])


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
    ages = aside(vocabulary.EQUAL_AGES) if figure.utjamnad is not None else None
    content = to[label, shape(verdicts.shape(figure)), f" {text}", for_listeners(f", {words}"), ages]
    return cell(content, verdicts.tone(figure.level, measure.indicator), words)


def freshness(heading_text: str) -> None:
    """Each source with its periods, and how long ago its newest extract was read; and the way to all extracts."""
    address = page_address("kallor")
    key = ("freshness", clock.today(), address)
    st.html(written_once(ledger(), key, lambda: htpy.section[part_heading(heading_text), _freshness(address)]))


def _freshness(address: str) -> Fragment:
    extracts = [extract for extract in ledger().extracts if extract.is_in_force]
    rows = []
    for source in sources.of_lan(settings.lan_kod()).values():
        own_extracts = [extract for extract in extracts if extract.kalla == source.id]
        matperioder = sorted({extract.matperiod for extract in own_extracts}, key=periods.sort_key)
        period_names = _in_short(matperioder) or "Inget uttag ännu"
        newest_day = max((extract.nar[:10] for extract in own_extracts), default="")
        rows.append((source.title, period_names, provenance.days_ago(newest_day) if newest_day else "–"))
    headings = ("Källa", "Mätperioder", "Senast inläst")
    table = records_table("Källor, mätperioder och senaste inläsning", headings, rows)
    return htpy.fragment[table, small_print(link(address)["Alla uttag, med fil, datum och anmärkningar"])]


def _in_short(matperioder: Sequence[str]) -> str:
    """Periods in the order of time: all of a few, else from which to which; years that run into each other as one."""
    period_names = list(map(periods.when, matperioder))
    if len(period_names) <= _MOST_PERIODS:
        return ", ".join(period_names)
    if all(map(_YEARS.fullmatch, period_names)):
        years = [year for name in period_names for year in name.split("–")]
        return f"{min(years)}–{max(years)}"
    return f"{period_names[0]} till {period_names[-1]} ({quantity(len(period_names), 'period', 'perioder')})"
