"""Questions and answers for someone who is new here and no analyst, and the accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape

import streamlit as st

from naravard.base import settings, structs
from naravard.base.numbers import enumeration
from naravard.slides import keyboard
from naravard.ui.navigation import page
from naravard.ui.statement import AxeResult, Statement


@dataclass(frozen=True)
class TourStep:
    """One step of the first visit's tour."""

    titel: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question and its answer, in which `{span}` stands for the counts that are hidden."""

    fraga: str
    svar: str


@dataclass(frozen=True)
class HelpTexts:
    """The tour and the questions, as data/hjalp.toml has them."""

    rundtur: tuple[TourStep, ...]
    fraga: tuple[Question, ...]


@cache
def texts() -> HelpTexts:
    """The texts. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "hjalp.toml", HelpTexts)


def tour() -> None:
    """The first visit's tour at the top of Översikt, which can be skipped. The browser remembers it (app.js)."""
    steps = texts().rundtur
    parts = "".join(_step(step, number, len(steps)) for number, step in enumerate(steps, start=1))
    card = f'<section class="rundtur-kort" aria-label="Rundtur">{parts}</section>'
    st.html(f"{card}<script>window.naravard?.begin()</script>", unsafe_allow_javascript=True)


def _step(step: TourStep, number: int, count: int) -> str:
    last = number == count
    following = f'<button class="rundtur" value="{"klart" if last else number}">{"Klart" if last else "Nästa"}</button>'
    skip = "" if last else '<button class="rundtur hoppa" value="klart">Hoppa över</button>'
    return (
        f'<div class="steg" hidden><p>Rundtur, steg {number} av {count}</p>'
        f'<h2 tabindex="-1">{escape(step.titel)}</h2>'
        f"<p>{escape(step.text)}</p>{following}{skip}</div>"
    )


def keys() -> list[tuple[str, str]]:
    """The keys of the projected window, and what each does."""
    return [(key.tryck, key.gor) for key in keyboard.of_the_show().tangent]


def questions(hidden: str) -> None:
    """All questions with their answers. `hidden` tells which counts are hidden, in words."""
    text = "".join(
        f"<h3>{escape(question.fraga)}</h3><p>{escape(question.svar.format(span=hidden))}</p>"
        for question in texts().fraga
    )
    st.html(f'<div class="hjalp">{text}</div>')
    st.page_link(page("kallor"), label="Källor och uttag", icon=":material/arrow_forward:")
    st.page_link(page("tillganglighet"), label="Tillgänglighetsredogörelse", icon=":material/arrow_forward:")


def accessibility(statement: Statement, result: AxeResult | None) -> None:
    """The statement: actor, service, conformance, shortcomings, how and when it was tested, and where to turn."""
    faults = [*(fault.betyder for fault in statement.brist), *(exempt.betyder for exempt in statement.undantag)]
    sections = [
        ("Vem och vad", f"{statement.aktor} står bakom {statement.tjanst}. Den här redogörelsen gäller hela tjänsten."),
        ("Hur tillgänglig är tjänsten?", _conformance(result)),
        ("Kända brister", "\n".join(faults)),
        ("Hur vi har testat", _method(result)),
        ("Hittar du hinder?", f"Skriv till {statement.kontakt}, och berätta vilken sida det gäller. Du kan också få "
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


def _conformance(result: AxeResult | None) -> str:
    if result is None:
        return "Tjänsten är byggd efter WCAG 2.1 nivå AA. Testets resultat saknas."
    if result.faults:
        return f"Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann {result.faults} brister."
    return (
        "Tjänsten är delvis förenlig med lagen (WCAG 2.1 nivå AA). Testet fann inga brister på våra egna sidor. "
        "De brister som står här under är kända."
    )


def _method(result: AxeResult | None) -> str:
    if result is None:
        return "Det automatiska testet (axe) körs med ”make accessibility”."
    return (
        f"Senast testad {result.day}, med axe i Chromium: {len(result.pages)} sidor, i "
        f"{enumeration(list(result.themes))} tema, med reglerna {enumeration(list(result.rules))}. "
        "Därtill provas tangentbord, 400 % förstoring och 400 "
        "bildpunkters bredd."
    )
