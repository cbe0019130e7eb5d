"""Hämta öppna siffror: which source and years, how far it has come; what comes is put on the desk like any file."""

from __future__ import annotations

import streamlit as st

from naravard import fetch
from naravard.base import clock, settings
from naravard.base.errors import UserError
from naravard.base.roles import Role
from naravard.fetch import OpenSource, jobs
from naravard.fetch.jobs import Job, State
from naravard.intake.desk import Desk
from naravard.ui import visitor
from naravard.ui.elements import paragraphs, small_print
from naravard.ui.show import plain

_POLL_SECONDS = 0.5
_FIRST_YEAR = 2000
_HOW_TO_TURN_ON = (
    "Hämtning är avstängd på den här servern: ingenting lämnar den.",
    "Den som sköter servern slår på den med miljövariabeln NARAVARD_HAMTA, till exempel NARAVARD_HAMTA=kolada,scb, och "
    "startar om. Då når servern bara Koladas och SCB:s adresser, se docs/drift.md.",
)


def open_figures(desk: Desk) -> None:
    """What may be fetched, or how the operator turns it on. Not among synthetic data."""
    if desk.store.is_example:
        return
    with st.expander("Hämta öppna siffror från Kolada och SCB", icon=":material/cloud_download:"):
        allowed = [source for source in fetch.open_sources().values() if source.id in settings.may_fetch()]
        if not allowed:
            st.html(paragraphs(_HOW_TO_TURN_ON))
            return
        _form(desk, allowed)


def _form(desk: Desk, allowed: list[OpenSource]) -> None:
    names = {source.id: source.name for source in allowed}
    source_id = st.segmented_control("Källa", list(names), default=allowed[0].id, format_func=names.__getitem__)
    source = fetch.open_source(source_id or allowed[0].id)
    today = clock.today().year
    first, last = st.slider("År", _FIRST_YEAR, today, (today - fetch.YEARS + 1, today))
    whole_country = source.id == "kolada" and st.checkbox("Också landets övriga kommuner, inte bara de liknande")
    figures = source.figures()
    with st.popover(f"Det som hämtas ({len(figures)})"):
        st.html(paragraphs(figures))
    job = st.session_state.get(_job_key(desk))
    is_running = job is not None and job.state is State.RUNNING
    if st.button(f"Hämta från {source.name}", type="primary", disabled=is_running, icon=":material/download:"):
        _start(desk, source, first, last, whole_country=whole_country)
    st.html(small_print("Filerna kontrolleras som alla andra. Ingenting ändras förrän du publicerar."))


@visitor.action("Hämta öppna siffror", Role.ANALYTIKER)
def _start(desk: Desk, source: OpenSource, first: int, last: int, *, whole_country: bool) -> None:
    try:
        remarks = fetch.known_traps(source, desk.store)
        wish = fetch.wish(first, last, whole_country=whole_country, remarks=remarks)
    except UserError as error:
        st.error(plain(str(error)))
        return
    st.session_state[_job_key(desk)] = jobs.start(source, wish)
    st.rerun()


def _job_key(desk: Desk) -> str:
    """Where the tab's fetching for one store is kept: what comes is for that store's desk, whichever is looked at."""
    return f"hamtning_{desk.store.folder}"


def fetching(desk: Desk) -> None:
    """Progress of what is being fetched, with a way to stop it; what came; or what went wrong."""
    job: Job | None = st.session_state.get(_job_key(desk))
    if job is None:
        return
    if job.state is State.RUNNING:
        _progress(job)
        return
    if job.state is State.FAILED:
        st.error(plain(job.problem), icon=":material/error:")
    elif job.state is State.CANCELLED:
        st.info("Hämtningen avbröts. Inget är ändrat.", icon=":material/cancel:")
    del st.session_state[_job_key(desk)]
    for file in job.files:
        desk.add(file.filename, file.content, file.choices)


@visitor.fragment(_POLL_SECONDS)
def _progress(job: Job) -> None:
    """Poll the fetching. When it has ended, the whole page runs again."""
    if job.state is not State.RUNNING:
        st.rerun()
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    left.progress(job.part, text=f"{job.source.name}: {job.step} …")
    right.button("Avbryt", key="avbryt_hamtning", on_click=job.cancel, width="stretch")
