"""The parts of Framåt: the oldest inhabitants by year, and what today's rates would mean, with sliders."""

from __future__ import annotations

from functools import partial

import htpy
import streamlit as st

from naravard import charts
from naravard.base.numbers import MINUS, NBSP, number
from naravard.figures import forward
from naravard.figures.forward import NEEDS, Assumptions, Need, Population
from naravard.slides import forward as slides
from naravard.telling import forward as words
from naravard.telling import provenance
from naravard.telling.forward import Outlook
from naravard.ui import download
from naravard.ui.choose import warn_of_unknown
from naravard.ui.elements import small_print, warning
from naravard.ui.origin import definition, source_line
from naravard.ui.plot import chart
from naravard.ui.show import lead, records
from naravard.ui.visit import mend_address, reader, remember_choice

_MOST = 50
_STEP = 5
_LEAST_OCCUPANCY = 50
_MOST_PERSONS = 500
"""The largest staffing key that can be written, so that a slip of the hand is seen."""


def choose_base(population: Population) -> int:
    """The year that growth is counted from: the latest that is known by default, kept in the link."""
    years = sorted(population.actual, reverse=True)
    warn_of_unknown("basar", list(map(str, years)), "basåret")
    with st.container(width=220):
        base: int = st.selectbox("Basår", years, key="basar", bind="query-params")
    remember_choice("basar", str(base))
    return base


def growth(population: Population, base: int) -> None:
    """How many more they will be, always with the year that it is counted from."""
    lead(f"{words.finding(population, base)} ({number(population.actual[base])}), enligt SCB:s prognos.")
    counts, forecasts = population.results
    drawing = partial(charts.forecast, counts, forecasts, base, population.area)
    chart(
        forecasts,
        drawing,
        (base, population.area),
        alt=words.alt(population, base),
        key=download.chart_key(forecasts),
        draw_narrow=partial(drawing, is_narrow=True),
    )
    caption = f"Invånare 80 år och äldre, {words.area_name(population)}"
    records(caption, words.POPULATION_HEADINGS, words.population_rows(population, base), numbers=True)
    notes = dict.fromkeys(provenance.notes(forecasts) + provenance.notes(counts))
    st.html(htpy.fragment[map(source_line, population.results), map(small_print, notes)])


def what_if(population: Population, base: int) -> None:
    """Persons, visits, beds and nurses if the rates stayed, were a third's, or changed as the sliders say."""
    st.html(warning(words.ARITHMETIC, f"{words.HOW} Dra i reglagen för att se vad en annan takt skulle ge."))
    assumptions = _assumptions()
    outlooks = [_outlook(need, population, base) for need in NEEDS]
    st.html(htpy.p(".utfall")[_sentence(outlooks, assumptions, population, base)])
    records(
        f"Vad takten skulle betyda i {words.area_name(population)}",
        words.headings(population, base),
        words.rows(outlooks, assumptions, population, base),
        numbers=True,
    )
    st.html(htpy.fragment[map(small_print, words.notes(outlooks, assumptions, base))])
    download.deck(
        "Bilder (PowerPoint)",
        partial(slides.deck, population, outlooks, assumptions, base),
        f"framat_{words.area_name(population)}",
        mark=provenance.mark_of(each.today.result for each in outlooks if each.today),
    )
    for outlook in outlooks:
        if outlook.today is not None:
            origin = outlook.today.row.kalla or provenance.origin(outlook.today.result)
            st.html(small_print(f"{outlook.need.label}. Källa: {origin}."))
            definition(outlook.today.result, heading=f"Definition och ursprung: {outlook.need.label}")


def _outlook(need: Need, population: Population, base: int) -> Outlook:
    figures = reader()
    return Outlook(need, forward.today(need, population, base, figures), forward.third(need, population, base, figures))


def _sentence(outlooks: list[Outlook], assumptions: Assumptions, population: Population, base: int) -> str:
    """The arithmetic of the first need in a sentence, for who does not read the table."""
    first = next((each for each in outlooks if each.today), None)
    if first is None:
        return "Inget av talen som räkneexemplet bygger på är känt här."
    year = min(population.milestones)
    now, then = (words.count_in(first, assumptions, population, each) for each in (base, year))
    return f"{first.need.label}: {now} {first.need.unit} med {base} års invånare, {then} med {year} års."


def _assumptions() -> Assumptions:
    """The sliders, the occupancy and the staffing key, all kept in the link."""
    changes = {}
    for need, column in zip(NEEDS, st.columns(len(NEEDS), gap="medium", vertical_alignment="bottom"), strict=True):
        with column:
            changes[need.id] = _slider(need)
    left, middle, right = st.columns([1, 1, 2], vertical_alignment="bottom")
    occupancy: int = left.number_input(
        "Beläggning på SÄBO, procent", _LEAST_OCCUPANCY, 100, 100, key="belaggning", bind="query-params"
    )
    key: float | None = middle.number_input(
        "Personer med hemsjukvård per heltidssjuksköterska",
        1.0,
        float(_MOST_PERSONS),
        None,
        format="%g",
        placeholder="Ert eget tal",
        key="bemanning",
        bind="query-params",
    )
    source: str = right.text_input(
        "Var kommer bemanningstalet ifrån?",
        max_chars=80,
        placeholder="Till exempel: bemanningsplan 2026",
        key="bemanning_kalla",
        bind="query-params",
    )
    if key is None:
        st.html(small_print("Vi har inget bemanningstal att visa: det skiljer sig mellan kommuner. Skriv ert eget."))
    return Assumptions(changes, occupancy, key, source.strip())


def _slider(need: Need) -> int:
    changes = range(-_MOST, _MOST + _STEP, _STEP)
    mend_address(f"takt_{need.id}", {each: _in_words(each) for each in changes}, _of_former_link)
    change: int = st.select_slider(
        f"{need.label}: ändra takten",
        changes,
        0,
        format_func=_in_words,
        key=f"takt_{need.id}",
        bind="query-params",
    )
    return change


def _of_former_link(text: str) -> int | None:
    """The change of a link from when it was written as a number alone."""
    return int(text) if text.lstrip("-").isdecimal() else None


def _in_words(change: int) -> str:
    return f"{MINUS if change < 0 else '+'}{abs(change)}{NBSP}%" if change else "som nu"
