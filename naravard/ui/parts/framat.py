"""The parts of Framåt: the län's oldest inhabitants by year, and what today's rates would mean, with sliders."""

from __future__ import annotations

from functools import partial

import htpy
import streamlit as st

from naravard import charts
from naravard.base import kommuner, settings
from naravard.base.numbers import number, percent
from naravard.figures import forward
from naravard.figures.forward import NEEDS, Need, Population, Today
from naravard.telling import provenance
from naravard.ui import download
from naravard.ui.choose import warn_of_unknown
from naravard.ui.elements import small_print, warning
from naravard.ui.origin import definition, source_line
from naravard.ui.plot import chart
from naravard.ui.show import lead, records
from naravard.ui.visit import reader, remember_choice

LAN = kommuner.lan_name(settings.lan_kod())
_MOST = 50
_STEP = 5


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
    base_count, expected_counts = population.actual[base], population.milestones
    first = min(expected_counts)
    lead(
        f"Enligt SCB:s prognos blir {number(expected_counts[first])} invånare i {LAN} 80 år eller äldre år {first}: "
        f"{percent(forward.growth(population, base, first))} fler än år {base} ({number(base_count)})."
    )
    counts, forecasts = population.results
    chart(
        forecasts,
        partial(charts.forecast, counts, forecasts, base),
        base,
        alt=f"Invånare 80 år och äldre: {number(base_count)} år {base}, "
        + ", ".join(f"{number(count)} år {year}" for year, count in expected_counts.items())
        + ". Samma tal finns i tabellen.",
        key=download.chart_key(forecasts),
    )
    rows = [(str(base), number(base_count), "basår")]
    rows += [
        (str(year), number(count), f"+{percent(forward.growth(population, base, year))}")
        for year, count in expected_counts.items()
    ]
    records("Invånare 80 år och äldre", ("År", "Invånare 80+", f"Ändring sedan {base}"), rows, numbers=True)
    for result in population.results:
        source_line(result)
        st.html(htpy.fragment[map(small_print, provenance.notes(result))])


def what_if(population: Population, base: int) -> None:
    """Persons and visits if the rates stayed, or changed as the sliders say."""
    st.html(
        warning(
            "Räkneexempel, ingen prognos.",
            "Dagens tal per 1 000 invånare 80+ gånger hur många de blir. Behov, arbetssätt och hälsa kan ändras. Dra i "
            "reglagen för att se vad en annan takt skulle ge.",
        )
    )
    figures = reader()
    needs = [(need, forward.today(need, population, base, figures)) for need in NEEDS]
    rates = []
    for (need, _), column in zip(needs, st.columns(len(needs), gap="medium"), strict=True):
        with column:
            rates.append(_slider(need))
    headings = [
        "Vad",
        "Per 1 000 invånare 80+",
        "Takt",
        f"Med {base} års invånare",
        *map(str, population.milestones),
    ]
    rows = [_row(need, today, rate, population, base) for (need, today), rate in zip(needs, rates, strict=True)]
    records("Om takten vore som dagens", headings, rows, numbers=True)
    for need, today in needs:
        if today is not None:
            origin = today.row.kalla or provenance.origin(today.result)
            st.html(small_print(f"{need.label}: {_whose_year(today, base)} {need.note} Källa: {origin}."))
    for _, today in needs:
        if today is not None:
            definition(today.result, heading=f"Definition och ursprung: {today.need.label}")


def _slider(need: Need) -> int:
    change: int = st.slider(
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


def _row(need: Need, today: Today | None, change: int, population: Population, base: int) -> tuple[str, ...]:
    if today is None:
        return (need.label, "Uppgift saknas", "–", "–", *("–" for _ in population.milestones))
    factor = 1 + change / 100
    later_counts = [_span(today, count, factor) for count in population.milestones.values()]
    rate_words = "som nu" if not change else f"{'+' if change > 0 else '−'}{abs(change)} %"
    return (
        f"{need.label}, {need.unit}",
        number(today.rate),
        rate_words,
        _span(today, population.actual[base]),
        *later_counts,
    )


def _span(today: Today, inhabitants: int, factor: float = 1) -> str:
    """From the lowest to the highest; one number where only one rate is known."""
    count, low, high = today.at(inhabitants, factor)
    return number(count) if low == high else f"{number(low)}–{number(high)}"


def _whose_year(today: Today, base: int) -> str:
    """Which year the rate is of, and what the span is."""
    if today.result.indicator.kind.scaled_by_per:
        span = "Spannet är de senaste kända årens lägsta och högsta. " if today.low < today.high else ""
        return (
            f"Takten är från {today.year}. {span}".strip()
            if today.year
            else f"Takten har inget känt mätår. {span}".strip()
        )
    divided_by = (
        f"Antalet och invånarna är från {today.year}."
        if today.year
        else f"Antalets mätår är inte känt: det är delat med {base} års invånare."
    )
    return f"{divided_by} Spannet är slumpens (95 %)."
