"""Questions and answers for someone who is new here and no analyst, and the accessibility statement."""

from __future__ import annotations

from typing import Any

import htpy
import streamlit as st
from htpy import Element, Fragment

from naravard.base import settings
from naravard.base.numbers import joined
from naravard.ui.navigation import page
from naravard.ui.statement import Statement, Tested


def tour() -> None:
    """The first visit's tour at the top of Översikt, which can be skipped. The browser remembers it (app.js)."""
    steps = settings.table("hjalp")["rundtur"]
    parts = (_step(step, number, len(steps)) for number, step in enumerate(steps, start=1))
    card = htpy.section(".rundtur-kort", aria_label="Rundtur")[parts]
    begin = htpy.script["window.naravard?.begin()"]
    st.html(htpy.fragment[card, begin], unsafe_allow_javascript=True)


def _step(step: dict[str, Any], number: int, count: int) -> Element:
    last = number == count
    return htpy.div(".steg", hidden=True)[
        htpy.p[f"Rundtur, steg {number} av {count}"],
        htpy.h2(tabindex="-1")[step["titel"]],
        htpy.p[step["text"]],
        htpy.button(".rundtur", value="klart" if last else str(number))["Klart" if last else "Nästa"],
        None if last else htpy.button(".rundtur.hoppa", value="klart")["Hoppa över"],
    ]


def keys() -> list[tuple[str, str]]:
    """The keys of the projected window, and what each does."""
    return [(key, does) for key, does in settings.table("projektor")["tangenter"]]


def questions(hidden: str) -> None:
    """All questions with their answers. `hidden` tells which counts are hidden, in words."""
    entries = settings.table("hjalp")["fraga"]
    st.html(htpy.div(".hjalp")[(_answer(entry["fraga"], entry["svar"].format(span=hidden)) for entry in entries)])
    st.page_link(page("kallor"), label="Källor och uttag", icon=":material/arrow_forward:")
    st.page_link(page("tillganglighet"), label="Tillgänglighetsredogörelse", icon=":material/arrow_forward:")


def _answer(heading: str, body: str) -> Fragment:
    """A heading and its paragraphs, one for each line."""
    return htpy.fragment[htpy.h3[heading], (htpy.p[line] for line in body.splitlines())]


def accessibility(says: Statement, tested: Tested | None) -> None:
    """The statement: actor, service, conformance, shortcomings, how and when it was tested, and where to turn."""
    sections = [
        ("Vem och vad", f"{says.actor} står bakom {says.service}. Den här redogörelsen gäller hela tjänsten."),
        ("Hur tillgänglig är tjänsten?", _conformance(tested)),
        ("Kända brister", "\n".join([*says.shortcomings, *(exempt.meaning for exempt in says.exceptions)])),
        ("Hur vi har testat", _method(tested)),
        ("Hittar du hinder?", f"Skriv till {says.contact}, och berätta vilken sida det gäller. Du kan också få "
         "talen i ett annat format, till exempel Excel."),
    ]  # fmt: skip
    supervision = htpy.p[
        "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi hanterar dina "
        "synpunkter kan du vända dig dit: ",
        htpy.a(href="https://www.digg.se/tdosanmalan")["Anmäl till Digg"],
        ".",
    ]
    answers = (_answer(heading, body) for heading, body in sections)
    st.html(htpy.div(".hjalp")[answers, htpy.h3["Tillsyn"], supervision])


def _conformance(tested: Tested | None) -> str:
    if tested is None:
        return "Tjänsten är byggd efter WCAG 2.1 nivå AA. Testets resultat saknas."
    if tested.faults:
        return f"Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann {tested.faults} brister."
    return (
        "Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann inga brister på våra egna sidor. "
        "De brister som står här under är kända."
    )


def _method(tested: Tested | None) -> str:
    if tested is None:
        return "Det automatiska testet (axe) körs med ”make accessibility”."
    return (
        f"Senast testad {tested.day}, med axe i Chromium: {len(tested.pages)} sidor, i {joined(list(tested.themes))} "
        f"tema, med reglerna {joined(list(tested.rules))}. Därtill provas tangentbord, 400 % förstoring och 400 "
        "bildpunkters bredd."
    )
