"""The parts of Versioner: what waits, the list of publications, what one of them changed, and restoring it.

Restoring is idempotent: the button publishes upon the version that it was drawn for, once, however often it is clicked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from naravard import intake
from naravard.base import periods, settings
from naravard.base.errors import UserError
from naravard.base.model import Extract, Version
from naravard.base.numbers import capital, enumeration, quantity
from naravard.base.roles import Role
from naravard.intake import approvals, publishing
from naravard.slides.links import VERSION_KEY
from naravard.store.snapshots import PreliminaryWaits, Store, VersionConflict
from naravard.ui import visitor
from naravard.ui.change_tables import show_changes
from naravard.ui.elements import link, small_print
from naravard.ui.navigation import page
from naravard.ui.origin import row_counts_in_words
from naravard.ui.show import plain, records
from naravard.ui.version_changes import changes_between, warnings_between
from naravard.ui.view_addresses import page_address
from naravard.ui.visit import store

_CACHE_ENTRIES = 20
_EVENTS = {"import": "Uttag inläst"}
_SUCCESS_KEY, _PROBLEM_KEY = "aterstalld", "aterstalldes_inte"
_FileKey = tuple[str, str, str]


def what_is_kept() -> str:
    """Whether older versions are ever deleted, as the operator has set it."""
    months = settings.months_kept()
    if months is None:
        return "Äldre versioner sparas."
    return (
        f"Versioner som är äldre än {quantity(months, 'månad', 'månader')} tas bort vid nästa publicering, men den "
        "sista med varje uttag sparas alltid."
    )


def publications() -> None:
    """All publications, the newest first, with their files."""
    current_store = store()
    versions = _versions()
    extracts = _all_extracts(current_store, str(current_store.folder), versions[0].nummer)
    rows = [
        (
            str(version.nummer),
            capital(current_store.state_in_words(version.nummer)),
            version.nar,
            version.vem,
            _EVENTS.get(version.handelse, capital(version.handelse)),
            version.varfor,
            *_files(version, extracts),
        )
        for version in versions
    ]
    headings = ("Version", "Läge", "När", "Vem", "Händelse", "Varför", "Filer", "Antal rader lästa och räknade")
    records("Alla publiceringar, den senaste först", headings, rows)


def _versions() -> list[Version]:
    """All publications, whichever version the visitor looks at, the newest first."""
    current_store = store()
    return _all_versions(current_store, str(current_store.folder), current_store.numbers()[-1])


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


def preliminary() -> None:
    """What is preliminary and waits: who loaded it, what it changes of what all see, and the two ways on."""
    number, newest = store().preliminary, store().newest
    if number is None or newest is None:
        return
    st.header(f"Version {number} är preliminär och väntar", anchor=False)
    versions = publishing.waiting_versions(store())
    for version in versions:
        st.markdown(plain(f"Version {version.nummer}: {version.varfor}. {version.vem}, {version.nar}."))
    st.html(
        small_print(
            [
                "Bara analytiker kan se den. ",
                link(page_address("oversikt", **{VERSION_KEY: str(number)}))["Titta på den"],
            ]
        )
    )
    _release_form(number, versions, _boxes(newest, number))
    st.subheader(f"Det här ändras för alla när version {number} släpps", anchor=False)
    _show_difference(newest, number)


def _boxes(newest: int, number: int) -> bool:
    """A box for each warning on what a release reveals of a few persons. Whether all of them are ticked."""
    with st.spinner("Jämför versionerna …"):
        texts = [capital(finding.sentence()) for finding in warnings_between(newest, number)]
    if texts:
        st.markdown("**Läs och godkänn innan du släpper den**")
    ticks = [st.checkbox(plain(text), key=f"slapp_{number}_{hash(text)}") for text in texts]
    return all(ticks)


def _release_form(number: int, versions: Sequence[Version], is_read: bool) -> None:
    """Why and who, and the buttons that release what waits and take it away."""
    left, right = st.columns([3, 1])
    why = left.text_input("Varför släpps den, eller tas bort?", placeholder="Kontrollerat", key="slapp_varfor").strip()
    who = visitor.name_field(right, "Ditt namn", key="slapp_vem")
    reason = publishing.why_not_release(who, store(), versions) if who else ""
    if reason:
        st.html(small_print(reason))
    elif publishing.needs_another(store()):
        st.html(small_print("En till godkänner: den släpps av någon annan än den som läste in den."))
    args = (store(), number, who, why)
    with st.container(horizontal=True):
        st.button(
            "Släpp för alla",
            type="primary",
            disabled=not (why and who and is_read) or bool(reason),
            help=_what_is_left(is_signed=bool(why and who), is_read=is_read),
            key="slapp",
            icon=":material/lock_open:",
            on_click=_release,
            args=args,
        )
        st.button(
            "Ta bort",
            disabled=not (why and who),
            help=_what_is_left(is_signed=bool(why and who)),
            key="ta_bort_preliminar",
            icon=":material/delete:",
            on_click=_discard,
            args=args,
        )


def _what_is_left(*, is_signed: bool, is_read: bool = True) -> str | None:
    if not is_read:
        return "Läs och godkänn varningarna först"
    return None if is_signed else "Skriv varför, och ditt namn, först"


@visitor.action("Släppa en preliminär version", Role.ANALYTIKER)
def _release(from_store: Store, number: int, who: str, why: str) -> None:
    """In a callback, with the version that the button was drawn for: a second click finds that it waits no more."""
    with _telling_outcome():
        new_number = intake.release(number, from_store, who=who, why=why)
        st.session_state[_SUCCESS_KEY] = f"Version {number} är släppt, och visas för alla som version {new_number}."


@visitor.action("Ta bort en preliminär version", Role.ANALYTIKER)
def _discard(from_store: Store, number: int, who: str, why: str) -> None:
    """As `_release`."""
    with _telling_outcome():
        new_number = intake.discard(number, from_store, who=who, why=why)
        st.session_state[_SUCCESS_KEY] = (
            f"Version {number} är borttagen. Ingen kan läsa den, och det står i loggen, som version {new_number}."
        )


@contextmanager
def _telling_outcome() -> Iterator[None]:
    """What hinders is told on the page; but that somebody was first is not, where that was one's own first click."""
    try:
        yield
    except VersionConflict as error:
        if _SUCCESS_KEY not in st.session_state:
            st.session_state[_PROBLEM_KEY] = str(error)
    except UserError as error:
        st.session_state[_PROBLEM_KEY] = str(error)


def choose() -> Version:
    """A menu of versions, kept in the link; the last by default."""
    versions = {version.nummer: version for version in _versions()}
    with st.container(width=420):
        nummer: int = st.selectbox(
            "Version att titta på",
            list(versions),
            format_func=lambda nummer: f"Version {nummer}, {versions[nummer].nar}",
            key="nummer",
            bind="query-params",
        )
    return versions[nummer]


def changes_of(version: Version) -> None:
    """What the version said differently from the one before it; nothing where that stands above already."""
    current_store = store()
    if [version.nummer] == current_store.waiting():
        return
    st.header(f"Det här ändrades i version {version.nummer}", anchor=False)
    if not current_store.has(version.nummer):
        st.markdown("Versionens siffror går inte att läsa: den är gammal, eller tagen ur läsning. Loggen finns.")
        return
    earlier_numbers = [nummer for nummer in current_store.numbers()[::-1] if nummer < version.nummer]
    if not current_store.is_preliminary(version.nummer):  # what all saw before it
        earlier_numbers = [nummer for nummer in earlier_numbers if not current_store.is_preliminary(nummer)]
    if earlier_numbers:
        _show_difference(earlier_numbers[0], version.nummer)
    else:
        st.markdown("Det är den äldsta versionen som finns kvar. Det finns ingen tidigare att jämföra med.")


def restore(version: Version) -> None:
    """Publish an older version again, after a look at what that changes."""
    newest = _versions()[0]
    is_possible = store().has(version.nummer) and not store().is_preliminary(version.nummer)
    if version.nummer == store().newest or not is_possible:
        return
    st.header(f"Gå tillbaka till version {version.nummer}", anchor=False)
    if reason := visitor.refusal(_restore):
        st.html(small_print(reason))
        return
    if (waiting_number := store().preliminary) is not None:
        st.html(small_print(str(PreliminaryWaits(waiting_number))))
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
    newest = _versions()[0]
    if version.nummer == store().newest or not store().has(version.nummer) or store().preliminary is not None:
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
    with _telling_outcome():
        new_number = intake.withdraw([nummer], from_store, who=who, why=why, expected_version=newest)
        st.session_state[_SUCCESS_KEY] = (
            f"Version {nummer} går inte längre att läsa. Det står i loggen, som version {new_number}."
        )


def outcome() -> None:
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
        if extract.is_in_force
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
    with _telling_outcome():
        new_number = intake.restore(nummer, to_store, who=who, why=why, expected_version=newest)
        st.session_state[_SUCCESS_KEY] = f"Version {nummer} är publicerad på nytt som version {new_number}."


def _files(version: Version, extracts: dict[int, Extract]) -> tuple[str, str]:
    """A publication's files by name, and their rows read and counted."""
    own_extracts = [extracts[uttag_id] for uttag_id in version.uttag if uttag_id in extracts]
    counts = map(row_counts_in_words, own_extracts)
    return ", ".join(extract.filnamn for extract in own_extracts) or "–", ", ".join(counts) or "–"


def _show_difference(before: int, after: int) -> None:
    with st.spinner("Jämför versionerna …"):
        mark = max(map(store().mark, (before, after)), key=len)
        show_changes(changes_between(before, after), mark)


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _all_versions(_store: Store, folder: str, last: int) -> list[Version]:
    return _store.versions()


@st.cache_resource(max_entries=_CACHE_ENTRIES, show_spinner=False)
def _all_extracts(_store: Store, folder: str, newest: int) -> dict[int, Extract]:
    return _store.ledger()
