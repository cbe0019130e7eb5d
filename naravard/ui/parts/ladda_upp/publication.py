"""The last steps: what would change, then why, who, and the button; or what remains to be done."""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.intake.desk import Desk
from naravard.ui.change_tables import show_changes
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp.approval import accepted, change_ticks
from naravard.ui.show import plain

_WHY_KEY, WHO_KEY = "publicera_varfor", "publicera_vem"


def difference(on: Desk) -> None:
    """What would change, indicator by indicator, before anything is published."""
    if on.busy or not on.ready:
        return
    st.header("Det här ändras", anchor=False)
    with st.spinner("Räknar skillnaden …"):
        changes = on.changes()
    show_changes(changes.figures)
    if changes.warnings:
        st.markdown("**Läs och godkänn innan du publicerar**")
    for key, text in change_ticks(on):
        st.checkbox(plain(text), key=key)


def publication(on: Desk) -> None:
    """The last step: why, who, and the button; or what remains to be done."""
    if not on.uploads or on.busy:
        return
    st.header("Publicera", anchor=False)
    remains = _remains(on)
    left, right = st.columns([3, 1])
    why = left.text_input(
        "Varför läses uttaget in?", placeholder="Månadsuttag, våren 2024", key=_WHY_KEY, persist_state="page"
    )
    who = right.text_input("Ditt namn", placeholder="Förnamn Efternamn", key=WHO_KEY, persist_state="session")
    if not why.strip():
        remains.append("skriv en rad om varför")
    if not who.strip():
        remains.append("skriv ditt namn")
    if remains:
        st.html(small_print(["Kvar att göra:", ([htpy.br, f"– {line}"] for line in remains)]))
    if on.problem:
        st.error(plain(on.problem), icon=":material/error:")
    count = len(on.ready)
    base = on.changes().base if count else None
    st.button(
        "Publicera uttaget" if count < 2 else f"Publicera {count} uttag",
        type="primary",
        disabled=bool(remains),
        key="publicera",
        icon=":material/publish:",
        # in a callback, with the version that this button was drawn for: a second click finds nothing left to publish
        on_click=_publish,
        args=(on, who.strip(), why.strip(), base),
    )


def _publish(on: Desk, who: str, why: str, base: int | None) -> None:
    on.publish(who=who, why=why, expected=base)
    if on.published is not None:
        st.session_state[_WHY_KEY] = ""


def _remains(on: Desk) -> list[str]:
    remains = []
    for upload in on.uploads:
        if upload not in on.ready:
            remains.append(f"rätta eller ta bort {upload.filename}")
        elif not accepted(upload):
            remains.append(f"läs och godkänn varningarna för {upload.filename}")
    for one, other in on.twins():
        remains.append(f"ta bort {one.filename} eller {other.filename}: de gäller samma källa och mätperiod")
    if not all(st.session_state.get(key) for key, _ in change_ticks(on)):
        remains.append("läs och godkänn varningarna om vad ändringen visar")
    remains += on.clashes()
    return remains
