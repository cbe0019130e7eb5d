"""The parts of Versioner: the list of publications, what one of them changed, and restoring it.

Restoring is idempotent: the button publishes upon the version that it was drawn for, once, however often it is clicked.
"""

from __future__ import annotations

import streamlit as st

from naravard import intake
from naravard.base import periods
from naravard.base.errors import UserError
from naravard.base.model import Extract, Version
from naravard.base.numbers import NBSP, capital, enumeration, quantity
from naravard.base.roles import Role
from naravard.intake import approvals
from naravard.store.snapshots import Store, VersionConflict
from naravard.ui import visitor
from naravard.ui.change_tables import show_changes
from naravard.ui.elements import small_print
from naravard.ui.navigation import page
from naravard.ui.origin import row_counts_in_words
from naravard.ui.show import plain, records
from naravard.ui.version_changes import changes_between
from naravard.ui.visit import ledger, store

_CACHE_ENTRIES = 20
_EVENTS = {"import": "Uttag inläst"}
_SUCCESS_KEY, _PROBLEM_KEY = "aterstalld", "aterstalldes_inte"
_FileKey = tuple[str, str, str]


def publications() -> None:
    """All publications, the newest first, with their files."""
    current_store = store()
    versions = ledger().versions
    extracts = _all_extracts(current_store, str(current_store.folder), versions[0].nummer)
    rows = [
        (
            str(version.nummer),
            version.nar,
            version.vem,
            _EVENTS.get(version.handelse, capital(version.handelse)),
            version.varfor,
            *_files(version, extracts),
        )
        for version in versions
    ]
    headings = ("Version", "När", "Vem", "Händelse", "Varför", "Filer", "Antal rader lästa och räknade")
    records("Alla publiceringar, den senaste först", headings, rows)


def waiting() -> None:
    """That something waits for a second person, with the way to it."""
    ends = [proposal.until for proposal in approvals.of_store(store()) if proposal.is_waiting]
    count = len(ends)
    if count:
        with st.container(border=True):
            st.markdown(f"**{quantity(count, 'publicering', 'publiceringar')} väntar på att en till godkänner.**")
            st.markdown(
                f"{'Den' if count == 1 else 'Den första'} väntar till {min(ends):%Y-%m-%d} kl. {min(ends):%H.%M}."
            )
            st.page_link(page("ladda_upp"), label="Se vad som ändras, och godkänn", icon=":material/arrow_forward:")


def choose() -> Version:
    """A menu of versions, kept in the link; the newest by default."""
    versions = {version.nummer: version for version in ledger().versions}
    with st.container(width=420):
        nummer: int = st.selectbox(
            "Version att titta på",
            list(versions),
            format_func=lambda nummer: f"Version {nummer}, {versions[nummer].nar}",
            key="version",
            bind="query-params",
        )
    return versions[nummer]


def changes_of(version: Version) -> None:
    """What the version said differently from the one before it."""
    st.header(f"Det här ändrades i version {version.nummer}", anchor=False)
    current_store = store()
    if not current_store.has(version.nummer):
        st.markdown("Versionens siffror går inte att läsa: den är gammal, eller tagen ur läsning. Loggen finns.")
        return
    numbers = [each.nummer for each in ledger().versions]
    earlier_numbers = [nummer for nummer in numbers if nummer < version.nummer and current_store.has(nummer)]
    if earlier_numbers:
        _show_difference(earlier_numbers[0], version.nummer)
    else:
        st.markdown("Det är den äldsta versionen som finns kvar. Det finns ingen tidigare att jämföra med.")


def restore(version: Version) -> None:
    """Publish an older version again, after a look at what that changes."""
    newest = ledger().versions[0]
    _outcome()
    if version.nummer == newest.nummer or not store().has(version.nummer):
        return
    st.header(f"Gå tillbaka till version {version.nummer}", anchor=False)
    if reason := visitor.refusal(_restore):
        st.html(small_print(reason))
        return
    st.markdown(
        f"Innehållet i version {version.nummer} publiceras på nytt, som version {newest.nummer + 1}. Inget tas bort: "
        f"version {newest.nummer} finns kvar i listan."
    )
    _extracts_that_change(newest.nummer, version.nummer)
    _form(version.nummer, newest.nummer)
    st.markdown("Så här ändras siffrorna mot i dag:")
    _show_difference(newest.nummer, version.nummer)


def withdraw(version: Version) -> None:
    """Take an older version out of reach: what it shows then no longer makes later ones hide more."""
    newest = ledger().versions[0]
    if version.nummer == newest.nummer or not store().has(version.nummer):
        return
    st.header(f"Ta version {version.nummer} ur läsning", anchor=False)
    if reason := visitor.refusal(_withdraw):
        st.html(small_print(reason))
        return
    st.markdown(
        "Versionen står kvar i loggen, men ingen kan läsa dess siffror. Gör det när den visar något som inte borde ha "
        "visats, eller när nyare siffror döljs bara för att den går att läsa."
    )
    left, right = st.columns([3, 1])
    why = left.text_input("Varför tas den ur läsning?", placeholder="Fel i uttaget", key="undanta_varfor").strip()
    who = visitor.name_field(right, "Vem tar den ur läsning?", key="undanta_vem")
    st.button(
        f"Ta version {version.nummer} ur läsning",
        disabled=not (why and who),
        key="undanta",
        icon=":material/visibility_off:",
        on_click=_withdraw,
        args=(store(), version.nummer, newest.nummer, who, why),
    )


@visitor.action("Ta en version ur läsning", Role.FORVALTARE)
def _withdraw(from_store: Store, nummer: int, newest: int, who: str, why: str) -> None:
    """In a callback, with the version that the button was drawn for: a second click must not publish twice."""
    try:
        new_number = intake.withdraw([nummer], from_store, who=who, why=why, expected_version=newest)
        st.session_state[_SUCCESS_KEY] = (
            f"Version {nummer} går inte längre att läsa. Det står i loggen, som version {new_number}."
        )
    except VersionConflict as error:
        if _SUCCESS_KEY not in st.session_state:
            st.session_state[_PROBLEM_KEY] = str(error)
    except UserError as error:
        st.session_state[_PROBLEM_KEY] = str(error)


def _outcome() -> None:
    """What came of the button of the run before."""
    success, problem = st.session_state.pop(_SUCCESS_KEY, ""), st.session_state.pop(_PROBLEM_KEY, "")
    if success:
        st.success(success, icon=":material/check:")
    if problem:
        st.error(plain(problem), icon=":material/error:")


def _extracts_that_change(newest: int, nummer: int) -> None:
    """Which extracts would no longer be in force, and which would be so again."""
    current, former = _extracts_in_force(newest), _extracts_in_force(nummer)
    titles = {**current, **former}
    for heading, keys in (
        ("Slutar gälla", current.keys() - former.keys()),
        ("Gäller igen", former.keys() - current.keys()),
    ):
        if keys:
            st.markdown(plain(f"{heading}: {enumeration([title for key, title in titles.items() if key in keys])}."))


def _extracts_in_force(nummer: int) -> dict[_FileKey, str]:
    """The extracts that a version counts, in words, by source, period and content."""
    return {
        (extract.kalla, extract.matperiod, extract.sha256): (
            f"{extract.titel}, {periods.when(extract.matperiod)} ({extract.filnamn})"
        )
        for extract in store().extracts(nummer)
        if extract.status == "gallande"
    }


def _form(nummer: int, newest: int) -> None:
    """Why and who, and the button."""
    left, right = st.columns([3, 1])
    why = left.text_input("Varför?", placeholder="Fel fil", key="aterstall_varfor").strip()
    who = visitor.name_field(right, "Ditt namn", key="aterstall_vem")
    st.button(
        f"Återställ version {nummer}",
        type="primary",
        disabled=not (why and who),
        key="aterstall",
        icon=":material/history:",
        on_click=_restore,
        args=(store(), nummer, newest, who, why),
    )


@visitor.action("Återställa en version", Role.FORVALTARE)
def _restore(to_store: Store, nummer: int, newest: int, who: str, why: str) -> None:
    """In a callback, with the version that the button was drawn for: a second click must not publish twice."""
    try:
        new_number = intake.restore(nummer, to_store, who=who, why=why, expected_version=newest)
        st.session_state[_SUCCESS_KEY] = f"Version {nummer} är publicerad på nytt som version {new_number}."
    except VersionConflict as error:
        if _SUCCESS_KEY not in st.session_state:
            st.session_state[_PROBLEM_KEY] = str(error)
    except UserError as error:
        st.session_state[_PROBLEM_KEY] = str(error)


def _files(version: Version, extracts: dict[int, Extract]) -> tuple[str, str]:
    """A publication's files by name, and their rows read and counted."""
    own_extracts = [extracts[uttag_id] for uttag_id in version.uttag if uttag_id in extracts]
    counts = [f"{NBSP}/{NBSP}".join(row_counts_in_words(extract)) for extract in own_extracts]
    return ", ".join(extract.filnamn for extract in own_extracts) or "–", ", ".join(counts) or "–"


def _show_difference(before: int, after: int) -> None:
    with st.spinner("Jämför versionerna …"):
        show_changes(changes_between(before, after))


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _all_extracts(_store: Store, folder: str, newest: int) -> dict[int, Extract]:
    return _store.ledger()
