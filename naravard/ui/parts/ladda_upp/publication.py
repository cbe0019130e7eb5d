"""The last steps: what would change, then why, who, and the button; or what remains to be done.

The button is idempotent: it publishes upon the version that it was drawn for, once, however often it is clicked.
"""

from __future__ import annotations

import htpy
import streamlit as st

from naravard.base.codes import FindingCode
from naravard.base.model import EXAMPLE
from naravard.base.numbers import number
from naravard.base.roles import Role
from naravard.intake.desk import Desk, Upload
from naravard.ui import visitor
from naravard.ui.change_tables import show_changes
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp.approval import are_ticked, change_boxes, is_approved
from naravard.ui.show import plain, records

_WHY_KEY, WHO_KEY, _FOR_WHOM_KEY = "publicera_varfor", "publicera_vem", "publicera_for"
_FOR_WHOM = ("Alla: publicera", "Bara analytiker: publicera preliminärt")


def difference(desk: Desk) -> None:
    """What would change, indicator by indicator, before anything is published."""
    if desk.busy or not desk.ready_uploads:
        return
    st.header("Det här ändras", anchor=False)
    with st.spinner("Räknar skillnaden …"):
        effect = desk.difference()
    show_changes(effect.changes, EXAMPLE if desk.store.is_example else "")
    if effect.hidden_counts:
        with st.expander(f"Det här döljs, och varför ({number(len(effect.hidden_counts))} tal)"):
            st.markdown("Skälen är för dig som läser in. Läsaren ser bara att talet är dolt.")
            headings = ("Indikator", "Område", "Grupp", "Mätperiod", "Skäl")
            records("Tal i de nya uttagen som döljs", headings, effect.hidden_counts)
    if effect.warnings:
        st.markdown("**Läs och godkänn innan du publicerar**")
    for key, text in change_boxes(desk):
        st.checkbox(plain(text), key=key)


def publication(desk: Desk) -> None:
    """The last step: why, who, and the button; or what remains to be done."""
    if not desk.uploads or desk.busy:
        return
    st.header("Publicera", anchor=False)
    open_tasks = _open_tasks(desk)
    left, right = st.columns([3, 1])
    why = left.text_input(
        "Varför publicerar du uttaget?", placeholder="Månadsuttag, våren 2024", key=_WHY_KEY, persist_state="page"
    )
    who = visitor.name_field(right, "Ditt namn", key=WHO_KEY, persist_state="session")
    if not why.strip():
        open_tasks.append("skriv en rad om varför")
    if not who:
        open_tasks.append("skriv ditt namn")
    if open_tasks:
        st.html(small_print(["Kvar att göra:", ([htpy.br, f"– {line}"] for line in open_tasks)]))
    if desk.problem:
        st.error(plain(desk.problem), icon=":material/error:")
    count = len(desk.ready_uploads)
    base = desk.difference().base if count else None
    preliminary = _is_preliminary(desk)
    verb = "Lämna in" if desk.needs_second_person and not preliminary else "Publicera"
    st.button(
        _button(verb, count, preliminary=preliminary),
        type="primary",
        disabled=bool(open_tasks),
        help=f"Kvar att göra: {plain(open_tasks[0])}" if open_tasks else None,
        key="publicera",
        icon=":material/publish:",
        on_click=_publish,
        args=(desk, who, why.strip(), base, preliminary),
    )


def _button(verb: str, count: int, *, preliminary: bool) -> str:
    what = "uttaget" if count < 2 else f"{count} uttag"
    return f"{verb} {what}{' preliminärt' if preliminary else ''}"


def _is_preliminary(desk: Desk) -> bool:
    """The choice of who is to see it, with what it means; analysts alone where something preliminary waits already."""
    waiting_number = desk.store.preliminary
    if waiting_number is not None:
        st.html(
            small_print(
                f"Version {waiting_number} är preliminär och väntar. Uttaget läggs ovanpå den, preliminärt, och de "
                "släpps tillsammans. Ska det här visas för alla först: ta bort den som väntar, på sidan Versioner."
            )
        )
        return True
    preliminary = st.radio("Vem ska se siffrorna?", _FOR_WHOM, key=_FOR_WHOM_KEY, persist_state="page") == _FOR_WHOM[1]
    if preliminary:
        words = "De syns för analytiker tills någon släpper dem, på sidan Versioner. Då blir de en ny version för alla."
        another = " Den som släpper är en annan person än du." if desk.needs_second_person else ""
        st.html(small_print(words + another))
    elif desk.needs_second_person:
        st.html(small_print("En till godkänner: uttaget visas för alla först när en annan person har sett ändringen."))
    return preliminary


@visitor.action("Publicera ett uttag", Role.ANALYTIKER)
def _publish(desk: Desk, who: str, why: str, base: int | None, preliminary: bool) -> None:
    """In a callback, with the version that the button was drawn for: a second click has nothing left to publish."""
    ready_uploads = desk.ready_uploads
    desk.publish(who=who, why=why, expected_version=base, preliminary=preliminary)
    if not any(upload in desk.uploads for upload in ready_uploads):  # they stay where someone else was first
        st.session_state[_WHY_KEY] = ""


def _task(upload: Upload) -> str:
    """What a file that cannot be published needs: the period where only that is missing, else to be mended."""
    errors = upload.examination.errors if upload.examination else ()
    lacks_period = bool(errors) and all(error.code is FindingCode.PERIOD_MISSING for error in errors)
    what = "skriv mätperioden för" if lacks_period else "rätta"
    return f"{what} {upload.filename}, eller lägg den åt sidan"


def _open_tasks(desk: Desk) -> list[str]:
    """What must be done before the files can be published, the fields below apart."""
    open_tasks = []
    for upload in desk.uploads:
        if upload.is_aside:
            continue
        if upload not in desk.ready_uploads:
            open_tasks.append(_task(upload))
        elif not is_approved(upload):
            open_tasks.append(f"läs och godkänn varningarna för {upload.filename}")
    if all(upload.is_aside for upload in desk.uploads):
        open_tasks.append("ta tillbaka en fil: alla ligger åt sidan")
    for first, second in desk.twins():
        open_tasks.append(f"ta bort {first.filename} eller {second.filename}: de gäller samma källa och mätperiod")
    if not are_ticked(change_boxes(desk)):
        open_tasks.append("läs och godkänn varningarna om vad ändringen visar")
    open_tasks += desk.clashes()
    return open_tasks
