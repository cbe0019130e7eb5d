"""Files as they come: the desk that they are moved to, the progress of their checks, and what was published.

The browser polls the checks while they go on; the rest of the page is not drawn again by that.
"""

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

_ROUND_KEY = "uppladdning_omgang"
_POLL_SECONDS = 0.5


@st.cache_resource(scope="session", on_release=desks.leave, show_spinner=False)
def _token(folder: str) -> str:
    """What this visitor's desk is called. The desk is not in the cache, and is cleared when the visitor leaves."""
    return secrets.token_hex(16)


def visitors_desk() -> Desk:
    """The desk of this visitor, for the store that is being looked at."""
    current_store = store()
    return desks.of_visitor(_token(str(current_store.folder)), lambda: current_store)


def receive(desk: Desk) -> None:
    """Where files are dropped. They are moved to the desk at once, and Streamlit's own copy is let go of."""
    if desk.store.is_example:
        st.html(warning("Övning bland EXEMPELDATA.", "De riktiga siffrorna ändras inte."))
    round_number = st.session_state.setdefault(_ROUND_KEY, 0)
    files = st.file_uploader(
        "Släpp ett eller flera uttag här",
        accept_multiple_files=True,
        key=f"filer_{round_number}",
        help="CSV, text, kalkylblad, PC-Axis eller JSON, högst 600 MB. Filen läses i minnet och sparas aldrig.",
    )
    if not files:
        if not desk.uploads:
            note = "Filerna finns bara i den här fliken tills du publicerar. Laddar du om sidan får du släppa dem igen."
            st.html(small_print(note))
        return
    for file in files:
        desk.add(file.name, file.getvalue())
        forget_upload(file)
    del files, st.session_state[f"filer_{round_number}"]
    st.session_state[_ROUND_KEY] = round_number + 1
    st.rerun()


def outcome(desk: Desk) -> None:
    """After a publication: what happened, and where to see it."""
    if desk.published_version is None:
        return
    with st.container(border=True):
        st.success(
            f"Version {desk.published_version} är publicerad. Alla som har sidan öppen ser den vid nästa klick.",
            icon=":material/check:",
        )
        st.page_link(page("oversikt"), label="Se siffrorna i översikten", icon=":material/arrow_forward:")
        st.page_link(page("versioner"), label="Se vad som ändrades, eller gå tillbaka", icon=":material/arrow_forward:")


def conflict(desk: Desk) -> None:
    """That someone else has published meanwhile."""
    desk.catch_up()
    if desk.notice:
        st.warning(plain(desk.notice), icon=":material/group:")


def progress(desk: Desk) -> None:
    """Progress of the checks that go on, with a way to stop each. The rest of the page can be used meanwhile."""
    if desk.busy:
        _progress_bars(desk)


@st.fragment(run_every=_POLL_SECONDS)
def _progress_bars(desk: Desk) -> None:
    """Poll the checks. When the last of them has ended, the whole page runs again."""
    busy_uploads = [upload for upload in desk.uploads if upload.busy]
    for upload in busy_uploads:
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        step = upload.step or "Väntar på sin tur"
        left.progress(upload.progress, text=f"{plain(upload.filename)}: {step} …")
        right.button("Avbryt", key=f"avbryt_{upload.id}", on_click=desk.cancel, args=(upload.id,), width="stretch")
    if not busy_uploads:
        st.rerun()
