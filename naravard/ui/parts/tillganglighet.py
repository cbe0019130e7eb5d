"""The parts of Tillgänglighet: the accessibility statement."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.base.numbers import enumeration, quantity
from naravard.ui.elements import answer
from naravard.ui.statement import AxeResult, Statement


def accessibility(statement: Statement, result: AxeResult | None) -> None:
    """The statement: actor, service, conformance, shortcomings, how and when it was tested, and where to turn."""
    shortcomings = [*(each.betyder for each in statement.brist), *(each.betyder for each in statement.undantag)]
    sections = [
        ("Vem och vad", f"{statement.aktor} står bakom {statement.tjanst}. "
         "Den här redogörelsen gäller hela tjänsten."),
        ("Hur tillgänglig är tjänsten?", _conformance(result)),
        ("Kända brister", "\n".join(shortcomings)),
        ("Hur vi har testat", _method(result)),
        ("Hittar du hinder?", f"Skriv till {statement.kontakt}, och berätta vilken sida det gäller. Du kan också få "
         "talen i ett annat format, till exempel Excel."),
    ]  # fmt: skip
    supervision = htpy.p[
        "Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med hur vi hanterar dina "
        "synpunkter kan du vända dig dit: ",
        htpy.a(href="https://www.digg.se/tdosanmalan")["Anmäl till Digg"],
        ".",
    ]
    answers = (answer(heading, body) for heading, body in sections)
    st.html(htpy.div(".hjalp")[answers, htpy.h3["Tillsyn"], supervision])


def _conformance(result: AxeResult | None) -> str:
    if result is None:
        return "Tjänsten är byggd efter WCAG 2.1 nivå AA. Testets resultat saknas."
    if result.faults:
        found_faults = quantity(result.faults, "brist", "brister")
        return f"Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann {found_faults}."
    return (
        "Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann inga brister på våra egna sidor. "
        "De brister som står här under är kända."
    )


def _method(result: AxeResult | None) -> str:
    if result is None:
        return "Det automatiska testet (axe) körs med ”make accessibility”."
    return (
        f"Senast testad {result.day}, med axe i Chromium: {quantity(len(result.pages), 'sida', 'sidor')}, i "
        f"{enumeration(list(result.themes))} tema, med reglerna {enumeration(list(result.rules))}. Därtill provas "
        "tangentbord, 400 % förstoring och 400 bildpunkters bredd."
    )
