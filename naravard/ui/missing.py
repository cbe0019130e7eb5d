"""What stands where an indicator has no figures, or none for the kommuner, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from naravard import sources, stores
from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.numbers import enumeration
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Indicator
from naravard.slides import lgl
from naravard.slides.links import EXAMPLE_KEY
from naravard.ui import visitor
from naravard.ui.navigation import page
from naravard.ui.visit import reader

_SLIDES_WITHOUT_FIGURES = {4, 5, 6, 7}


def empty_state(spec: Indicator, matperiod: str | None = None) -> None:
    """What is missing, and the ways on: another period, or an extract."""
    newest = reader().find(spec.id)
    if newest is None:
        nothing_yet([spec], matperiod)
        return
    other_periods = enumeration([periods.label(p) for p in newest.matperioder])
    with st.container(border=True):
        st.markdown(
            f"**Siffror saknas för den här mätperioden.** De finns för {other_periods}. Byt mätperiod överst på sidan."
        )


def nothing_yet(specs: Sequence[Indicator], matperiod: str | None) -> None:
    """Indicators that wait for one extract, in one box: named where they are several, as no heading then does.

    The ways on are to read it, or to look at example data where there is any.
    """
    source = sources.source(specs[0].behover) if specs[0].behover else None
    numbers = sorted({spec.bild for spec in specs if spec.bild in _SLIDES_WITHOUT_FIGURES})
    about_slides = lgl.without_printed_figures(*numbers)
    slides = f" {about_slides}." if about_slides else ""
    when = f" för {matperiod}" if matperiod and matperiod != UNKNOWN_PERIOD else ""
    names = f":** {enumeration([spec.titel for spec in specs])}." if len(specs) > 1 else ".**"
    extract_name = f"ett uttag av typen ”{source.title}”" if source else "ett uttag"
    with st.container(border=True):
        st.markdown(f"**Siffror saknas{when}{names}{slides} För att visa dem behövs {extract_name}.")
        with st.container(horizontal=True, vertical_alignment="center"):
            if stores.has_example() and not st.session_state.get(EXAMPLE_KEY):
                st.button(
                    "Visa hur det ser ut med exempeldata",
                    key=f"exempel_{specs[0].id}",
                    icon=":material/science:",
                    on_click=_show_example,
                )
            if source and visitor.may_open("ladda_upp"):
                st.page_link(page("ladda_upp"), label="Ladda upp ett uttag", icon=":material/upload:", width="content")


def _show_example() -> None:
    st.session_state[EXAMPLE_KEY] = True


def only_lan(result: ProtectedResult) -> str:
    """Why there is the län's figure alone."""
    source_id = result.indicator.behover
    if not source_id or any(extract.kalla == source_id for extract in result.extracts):
        return "Källan ger bara länets tal, inte kommunernas."
    title = sources.source(source_id).title
    return f"Källan ger bara länets tal. Per kommun visas siffrorna när uttaget ”{title}” är inläst."
