"""Files as they come: the desk that they are moved to, the progress of their checks, and what was published."""

from __future__ import annotations

import secrets

import streamlit as st

from naravard.intake import desk as desks
from naravard.intake.desk import Desk
from naravard.ui.elements import small_print, warning
from naravard.ui.navigation import page
from naravard.ui.show import plain
from naravard.ui.streamlit_internals import forget_upload
from naravard.ui.visit import store

_TURN = "uppladdning_omgang"
_POLL_SECONDS = 0.5


@st.cache_resource(scope="session", on_release=desks.leave, show_spinner=False)
def _token(folder: str) -> str:
    """What this visitor's desk is called. The desk is not in the cache, and is cleared when the visitor leaves."""
    return secrets.token_hex(16)


def desk() -> Desk:
    """This visitor's desk, for the store that is being looked at."""
    source = store()
    return desks.desk(_token(str(source.folder)), lambda: source)


def receive(on: Desk) -> None:
    """Where files are dropped. They are moved to the desk at once, and Streamlit's own copy is let go of."""
    if on.store.is_example:
        st.html(warning("Övning bland EXEMPELDATA.", "De riktiga siffrorna ändras inte."))
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        "Släpp ett eller flera uttag här",
        accept_multiple_files=True,
        key=f"filer_{turn}",
        help="CSV, text eller kalkylblad, högst 200 MB. Filen läses i minnet och sparas aldrig.",
    )
    if not files:
        if not on.uploads:
            where = "Filerna finns bara i den här fliken tills du publicerar."
            st.html(small_print(f"{where} Laddar du om sidan får du släppa dem igen."))
        return
    for file in files:
        on.add(file.name, file.getvalue())
        forget_upload(file)
    del files, st.session_state[f"filer_{turn}"]
    st.session_state[_TURN] = turn + 1
    st.rerun()


def published(on: Desk) -> None:
    """After a publication: what happened, and where to see it."""
    if on.published is None:
        return
    with st.container(border=True):
        st.success(
            f"Version {on.published} är publicerad. Alla som har sidan öppen ser den vid nästa klick.",
            icon=":material/check:",
        )
        st.page_link(page("oversikt"), label="Se siffrorna i översikten", icon=":material/arrow_forward:")
        st.page_link(page("versioner"), label="Se vad som ändrades, eller gå tillbaka", icon=":material/arrow_forward:")


def notice(on: Desk) -> None:
    """That someone else has published meanwhile."""
    on.catch_up()
    if on.notice:
        st.warning(plain(on.notice), icon=":material/group:")


def waiting(on: Desk) -> None:
    """Progress of the checks that go on, with a way to stop each. The rest of the page can be used meanwhile."""
    if on.busy:
        _progress(on)


@st.fragment(run_every=_POLL_SECONDS)
def _progress(on: Desk) -> None:
    busy = [upload for upload in on.uploads if upload.busy]
    for upload in busy:
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        step = upload.step or "Väntar på sin tur"
        left.progress(upload.progress, text=f"{plain(upload.filename)}: {step} …")
        right.button("Avbryt", key=f"avbryt_{upload.id}", on_click=on.cancel, args=(upload.id,), width="stretch")
    if not busy:
        st.rerun()
