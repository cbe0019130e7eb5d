"""Files as they come: the desk that they are moved to, the progress of their checks, and what was published.

The browser polls the checks while they go on; the rest of the page is not drawn again by that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from naravard.base.roles import Role
from naravard.intake import approvals
from naravard.intake import desk as desks
from naravard.intake.desk import Desk
from naravard.slides.links import VERSION_KEY
from naravard.ui import visitor
from naravard.ui.elements import link, small_print, warning
from naravard.ui.navigation import page
from naravard.ui.show import plain
from naravard.ui.streamlit_internals import forget_upload
from naravard.ui.tab_memory import remember, remembered
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import store

_ROUND_KEY = "uppladdning_omgang"
_POLL_SECONDS = 0.5
_TOKEN_KEY, _GONE_KEY = "skrivbordets_namn", "skrivbordet_tomt"
_FILES, _WAITING = "filer", "vantar"
"""The tab's note while there are files on its desk, and while something from it waits for a second person."""
_GONE = {
    _FILES: "Filerna som du höll på med finns inte kvar. Servern har startats om, eller så har det gått mer än en "
    "timme. Filerna sparas aldrig på disk. Släpp dem igen.",
    _WAITING: "Det som du lämnade in för godkännande finns inte kvar: servern har startats om, eller så gick tiden "
    "ut. Inget är publicerat och inget är sparat på disk. Släpp filen igen och lämna in den på nytt.",
}
"""What is said when the server no longer has what the tab noted."""


def visitors_desk() -> Desk:
    """The desk of this tab, for the store that is being looked at: the one that it had before its page was loaded."""
    return desks.of_visitor(_token(), store())


def _token() -> str:
    """What the desk is called: the tab's own token where the server knows it, else a new one."""
    before = remembered()
    if before.token and (desks.is_known(before.token) or approvals.of_desk(before.token)):
        st.session_state[_TOKEN_KEY] = before.token
    elif before.token and before.note in _GONE:
        st.session_state.setdefault(_GONE_KEY, before.note)
    token: str = st.session_state.setdefault(_TOKEN_KEY, desks.new_token())
    return token


def keep(desk: Desk) -> None:
    """Let the tab find its desk again when the page is loaded anew, and say how long the files are kept."""
    is_waiting = any(proposal.is_waiting for proposal in approvals.of_desk(desk.token))
    remember(_token(), _FILES if desk.uploads else _WAITING if is_waiting else "")
    if desk.uploads:
        until = datetime.now(_zone()) + timedelta(seconds=desks.IDLE_SECONDS)
        st.html(
            small_print(
                f"Sparas i minnet till {until:%H.%M}, också om du laddar om sidan. Varje klick ger en timme till. "
                "Filerna skrivs aldrig till disk."
            )
        )


def _zone() -> ZoneInfo | None:
    """The visitor's own time zone, as the browser tells it; None for the server's."""
    try:
        return ZoneInfo(st.context.timezone) if st.context.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def receive(desk: Desk) -> None:
    """Where files are dropped. They are moved to the desk at once, and Streamlit's own copy is let go of."""
    if desk.store.is_example:
        st.html(warning("Övning bland EXEMPELDATA.", "De riktiga siffrorna ändras inte."))
    round_number = st.session_state.setdefault(_ROUND_KEY, 0)
    if (note := st.session_state.get(_GONE_KEY)) and not desk.uploads:
        st.info(_GONE[note], icon=":material/restart_alt:")
    files = st.file_uploader(
        "Släpp ett eller flera uttag här",
        accept_multiple_files=True,
        key=f"filer_{round_number}",
        help="Filen läses i minnet och sparas aldrig.",
    )
    if not files:
        if not desk.uploads:
            note = "Filerna finns bara i serverns minne, i en timme efter senaste klicket. Du kan ladda om sidan."
            st.html(small_print(note))
        return
    for file in files:
        _lay(desk, file)
    del files, st.session_state[f"filer_{round_number}"]
    st.session_state[_ROUND_KEY], st.session_state[_GONE_KEY] = round_number + 1, None
    st.rerun()


@visitor.action("Ladda upp en fil", Role.ANALYTIKER)
def _lay(desk: Desk, file: Any) -> None:
    """Move a file to the desk."""
    desk.add(file.name, file.getvalue())
    forget_upload(file)


def outcome(desk: Desk) -> None:
    """After a publication: what happened, and where to see it."""
    if desk.published_version is None:
        return
    with st.container(border=True):
        version, arrow = desk.published_version, ":material/arrow_forward:"
        if desk.store.is_preliminary(version):
            st.success(
                f"Version {version} är publicerad preliminärt: bara analytiker ser den.", icon=":material/check:"
            )
            address = page_address("oversikt", **{VERSION_KEY: str(version)})
            to_release = link(page_address("versioner"))["Släpp den, eller ta bort den"]
            st.html(small_print([link(address)["Se siffrorna i översikten"], " · ", to_release]))
            return
        st.success(
            f"Version {version} är publicerad. Alla som har sidan öppen ser den vid nästa klick.",
            icon=":material/check:",
        )
        st.page_link(page("oversikt"), label="Se siffrorna i översikten", icon=arrow)
        st.page_link(page("versioner"), label="Se vad som ändrades, eller gå tillbaka", icon=arrow)


def conflict(desk: Desk) -> None:
    """That someone else has published meanwhile."""
    desk.catch_up()
    if desk.notice:
        st.warning(plain(desk.notice), icon=":material/group:")


def progress(desk: Desk) -> None:
    """Progress of the checks that go on, with a way to stop each. The rest of the page can be used meanwhile."""
    if desk.busy:
        _progress_bars(desk)


@visitor.fragment(_POLL_SECONDS)
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
