"""Questions and answers for someone who is new here and no analyst, and the accessibility statement."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from naravard.base import settings
from naravard.base.numbers import enumeration
from naravard.ui.navigation import page
from naravard.ui.statement import Statement, Tested


def tour() -> None:
    """The first visit's tour at the top of Översikt, which can be skipped. The browser remembers it (app.js)."""
    steps = settings.table("hjalp")["rundtur"]
    parts = "".join(_step(step, number, len(steps)) for number, step in enumerate(steps, start=1))
    card = f'<section class="rundtur-kort" aria-label="Rundtur">{parts}</section>'
    st.html(f"{card}<script>window.naravard?.begin()</script>", unsafe_allow_javascript=True)


def _step(step: dict[str, Any], number: int, count: int) -> str:
    last = number == count
    following = f'<button class="rundtur" value="{"klart" if last else number}">{"Klart" if last else "Nästa"}</button>'
    skip = "" if last else '<button class="rundtur hoppa" value="klart">Hoppa över</button>'
    return (
        f'<div class="steg" hidden><p>Rundtur, steg {number} av {count}</p>'
        f'<h2 tabindex="-1">{escape(step["titel"])}</h2>'
        f"<p>{escape(step['text'])}</p>{following}{skip}</div>"
    )


def keys() -> list[tuple[str, str]]:
    """The keys of the projected window, and what each does."""
    return [(key, does) for key, does in settings.table("projektor")["tangenter"]]


def questions(hidden: str) -> None:
    """All questions with their answers. `hidden` tells which counts are hidden, in words."""
    text = "".join(
        f"<h3>{escape(entry['fraga'])}</h3><p>{escape(entry['svar'].format(span=hidden))}</p>"
        for entry in settings.table("hjalp")["fraga"]
    )
    st.html(f'<div class="hjalp">{text}</div>')
    st.page_link(page("kallor"), label="Källor och uttag", icon=":material/arrow_forward:")
    st.page_link(page("tillganglighet"), label="Tillgänglighetsredogörelse", icon=":material/arrow_forward:")


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
    text = "".join(
        f"<h3>{escape(heading)}</h3>{''.join(f'<p>{escape(line)}</p>' for line in body.splitlines())}"
        for heading, body in sections
    )
    digg = '<a href="https://www.digg.se/tdosanmalan">Anmäl till Digg</a>'
    st.html(
        f'<div class="hjalp">{text}<h3>Tillsyn</h3><p>Myndigheten för digital förvaltning (Digg) har tillsyn över '
        f"lagen. Är du inte nöjd med hur vi hanterar dina synpunkter kan du vända dig dit: {digg}.</p></div>"
    )


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
        f"Senast testad {tested.day}, med axe i Chromium: {len(tested.pages)} sidor, i "
        f"{enumeration(list(tested.themes))} tema, med reglerna {enumeration(list(tested.rules))}. "
        "Därtill provas tangentbord, 400 % förstoring och 400 "
        "bildpunkters bredd."
    )
