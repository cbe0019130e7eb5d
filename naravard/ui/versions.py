"""The parts of the page of publications: the list, what one of them changed, and restoring it."""

from __future__ import annotations

import streamlit as st

from naravard import intake
from naravard.base import periods
from naravard.base.errors import UserError
from naravard.base.model import Extract, Version
from naravard.base.numbers import (
    NBSP,
    capital,
    enumeration,
    number,
)
from naravard.figures import changes, row_counts
from naravard.store.snapshots import Store, VersionConflict
from naravard.ui.choose import ledger, store
from naravard.ui.show import plain, records
from naravard.ui.upload import show_changes

_KEPT = 20
_EVENTS = {"import": "Uttag inläst"}
_DONE, _PROBLEM = "aterstalld", "aterstalldes_inte"


def listed() -> None:
    """All publications, the newest first, with their files."""
    source = store()
    versions = ledger().versions
    extracts = _ledger(source, str(source.folder), versions[0].nummer)
    rows = [
        (
            str(v.nummer),
            v.nar,
            v.vem,
            _EVENTS.get(v.handelse, capital(v.handelse)),
            v.varfor,
            *_files(v, extracts),
        )
        for v in versions
    ]
    headings = ("Version", "När", "Vem", "Händelse", "Varför", "Filer", "Rader lästa / räknade")
    records("Alla publiceringar, den senaste först", headings, rows)


def choose() -> Version:
    """A menu of versions, kept in the link; the newest by default."""
    versions = {version.nummer: version for version in ledger().versions}
    with st.container(width=420):
        number_chosen: int = st.selectbox(
            "Version att titta på",
            list(versions),
            format_func=lambda n: f"Version {n}, {versions[n].nar}",
            key="version",
            bind="query-params",
        )
    return versions[number_chosen]


def changed(version: Version) -> None:
    """What the version said differently from the one before it."""
    st.header(f"Det här ändrades i version {version.nummer}", anchor=False)
    source = store()
    if not source.has(version.nummer):
        st.markdown("Versionen är så gammal att dess siffror inte längre finns kvar. Loggen finns.")
        return
    earlier = [v.nummer for v in ledger().versions if v.nummer < version.nummer and source.has(v.nummer)]
    if not earlier:
        st.markdown("Det är den äldsta versionen som finns kvar. Det finns ingen tidigare att jämföra med.")
        return
    with st.spinner("Jämför versionerna …"):
        show_changes(_changes(source, str(source.folder), earlier[0], version.nummer))


def restore(version: Version) -> None:
    """Publish an older version again, after a look at what that changes."""
    source = store()
    newest = ledger().versions[0]
    done, problem = st.session_state.pop(_DONE, ""), st.session_state.pop(_PROBLEM, "")
    if done:
        st.success(done, icon=":material/check:")
    if problem:
        st.error(plain(problem), icon=":material/error:")
    if version.nummer == newest.nummer or not source.has(version.nummer):
        return
    st.header(f"Gå tillbaka till version {version.nummer}", anchor=False)
    st.markdown(
        f"Innehållet i version {version.nummer} publiceras på nytt, som version {newest.nummer + 1}. Inget tas bort: "
        f"version {newest.nummer} finns kvar i listan."
    )
    now, then = (
        {(e.kalla, e.matperiod, e.sha256): e for e in source.extracts(n) if e.status == "gallande"}
        for n in (newest.nummer, version.nummer)
    )
    for heading, gone in (("Slutar gälla", now.keys() - then.keys()), ("Gäller igen", then.keys() - now.keys())):
        names = [
            f"{e.titel}, {periods.when(e.matperiod)} ({e.filnamn})" for key, e in {**now, **then}.items() if key in gone
        ]
        if names:
            st.markdown(plain(f"{heading}: {enumeration(names)}."))
    left, right = st.columns([3, 1])
    why = left.text_input("Varför?", placeholder="Fel fil", key="aterstall_varfor")
    who = right.text_input("Ditt namn", placeholder="Förnamn Efternamn", key="aterstall_vem")
    st.button(
        f"Återställ version {version.nummer}",
        type="primary",
        disabled=not (why.strip() and who.strip()),
        key="aterstall",
        icon=":material/history:",
        on_click=_restore,
        args=(source, version.nummer, newest.nummer, who.strip(), why.strip()),
    )
    st.markdown("Så här ändras siffrorna mot i dag:")
    with st.spinner("Jämför versionerna …"):
        show_changes(_changes(source, str(source.folder), newest.nummer, version.nummer))


def _restore(source: Store, number_chosen: int, expected: int, who: str, why: str) -> None:
    """In a callback, with the version that the button was drawn for: a second click must not publish twice."""
    try:
        published = intake.restore(number_chosen, source, who=who, why=why, expected=expected)
        st.session_state[_DONE] = f"Version {number_chosen} är publicerad på nytt som version {published}."
    except VersionConflict as error:
        if _DONE not in st.session_state:
            st.session_state[_PROBLEM] = str(error)
    except UserError as error:
        st.session_state[_PROBLEM] = str(error)


def _files(version: Version, extracts: dict[int, Extract]) -> tuple[str, str]:
    mine = [extracts[uttag_id] for uttag_id in version.uttag if uttag_id in extracts]
    counts = [
        f"{NBSP}/{NBSP}".join(n if isinstance(n, str) else number(n) for n in row_counts.rows(e).values()) for e in mine
    ]
    return ", ".join(e.filnamn for e in mine) or "–", ", ".join(counts) or "–"


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _ledger(_store: Store, folder: str, newest: int) -> dict[int, Extract]:
    return _store.ledger()


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _changes(_store: Store, folder: str, before: int, after: int) -> list[changes.Change]:
    """Versions never change, so their numbers are the whole key."""
    with _store.open(before) as old, _store.open(after) as new:
        return changes.compare(old, new)
