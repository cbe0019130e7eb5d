"""Framåt: the län's oldest inhabitants by year, and what today's rates would mean, with sliders."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from naravard import charts
from naravard.base import kommuner, settings
from naravard.base.numbers import number, percent
from naravard.figures import forward
from naravard.figures.forward import (
    NEEDS,
    Need,
    Population,
    Today,
)
from naravard.telling import provenance
from naravard.ui import download
from naravard.ui.choose import known, reader
from naravard.ui.show import definition, lead, plotted, records, source_line

LAN = kommuner.lan_name(settings.lan_kod())
_MOST = 50
_STEP = 5


def choose_base(population: Population) -> int:
    """The year that growth is counted from: the latest that is known by default, kept in the link."""
    years = sorted(population.actual, reverse=True)
    known("basar", list(map(str, years)), "basåret")
    with st.container(width=220):
        chosen: int = st.selectbox("Basår", years, key="basar", bind="query-params")
    return chosen


def growth(population: Population, base: int) -> None:
    """How many more they will be, always with the year that it is counted from."""
    known, expected = population.actual[base], population.forecast
    first = min(expected)
    lead(
        f"{number(expected[first])} invånare i {LAN} är 80 år eller äldre år {first}, enligt SCB: "
        f"{percent(forward.growth(population, base, first))} fler än år {base} ({number(known)})."
    )
    counted, later = population.results
    plotted(
        later,
        partial(charts.forecast, counted, later, base),
        base,
        alt=f"Invånare 80 år och äldre: {number(known)} år {base}, "
        + ", ".join(f"{number(count)} år {year}" for year, count in expected.items())
        + ". Samma tal finns i tabellen.",
        key=download.chart_key(later),
    )
    rows = [(str(base), number(known), "basår")]
    rows += [
        (str(year), number(count), f"+{percent(forward.growth(population, base, year))}")
        for year, count in expected.items()
    ]
    records("Invånare 80 år och äldre", ("År", "Invånare 80+", f"Ändring sedan {base}"), rows, numbers=True)
    for result in population.results:
        source_line(result)
        st.html("".join(f'<p class="kalla">{escape(note)}</p>' for note in provenance.notes(result)))


def what_if(population: Population, base: int) -> None:
    """Persons and visits if the rates stayed, or changed as the sliders say."""
    st.html(
        '<p class="varning"><b>Räkneexempel, ingen prognos.</b> Dagens tal per 1 000 invånare 80+ gånger hur många de '
        "blir. Behov, arbetssätt och hälsa kan ändras. Dra i reglagen för att se vad en annan takt skulle ge.</p>"
    )
    figures = reader()
    found = [(need, forward.today(need, population.actual[base], figures)) for need in NEEDS]
    columns = st.columns(len(found), gap="medium")
    rates = [_slider(need, column) for (need, _), column in zip(found, columns, strict=True)]
    headings = [
        "Vad",
        "Per 1 000 invånare 80+",
        "Takt",
        f"Med {base} års invånare",
        *map(str, population.forecast),
    ]
    rows = [_row(need, now, rate, population, base) for (need, now), rate in zip(found, rates, strict=True)]
    records("Om takten vore som dagens", headings, rows, numbers=True)
    for need, now in found:
        if now is not None:
            origin = now.row.kalla or provenance.origin(now.result)
            st.html(f'<p class="kalla">{escape(need.label)}: {escape(need.note)} Källa: {escape(origin)}.</p>')
    for _, now in found:
        if now is not None:
            definition(now.result, heading=f"Definition och ursprung: {now.need.label}")


def _slider(need: Need, column: st.delta_generator.DeltaGenerator) -> int:
    change: int = column.slider(
        f"{need.label}: ändra takten",
        -_MOST,
        _MOST,
        0,
        _STEP,
        format="%+d %%",
        key=f"takt_{need.id}",
        bind="query-params",
    )
    return change


def _row(need: Need, now: Today | None, change: int, population: Population, base: int) -> tuple[str, ...]:
    if now is None:
        return (need.label, "Uppgift saknas", "–", "–", *("–" for _ in population.forecast))
    factor = 1 + change / 100
    later = [number(now.at(count, factor)) for count in population.forecast.values()]
    mark = "som nu" if not change else f"{'+' if change > 0 else '−'}{abs(change)} %"
    return (f"{need.label}, {need.unit}", number(now.rate), mark, number(now.at(population.actual[base])), *later)
