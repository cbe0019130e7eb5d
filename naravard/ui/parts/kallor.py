"""The parts of Källor och uttag: what is to be known of each extract, and the breaks in series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import streamlit as st

from naravard import sources
from naravard.base import kommuner, settings
from naravard.base.breaks import Break
from naravard.base.codes import Level
from naravard.base.errors import UserError
from naravard.base.model import Extract, Remark
from naravard.base.numbers import capital
from naravard.base.roles import Role
from naravard.figures import extract_facts, indicators
from naravard.intake import breaks as breaks_in
from naravard.store.snapshots import VersionConflict
from naravard.telling.breaks import sentence, since
from naravard.ui import visitor
from naravard.ui.elements import paragraphs, small_print
from naravard.ui.show import plain, records
from naravard.ui.visit import ledger, newest, store

_OUTCOME_KEY = "brytpunkt_utfall"


def findings(extract: Extract, remarks: Sequence[Remark]) -> None:
    """What is to be known of an extract: what to think of first, then the report of its check."""
    all_findings = extract_facts.findings(extract)
    warnings = [finding.sentence() for finding in all_findings if finding.level is Level.WARNING]
    others = [finding.sentence() for finding in all_findings if finding.level is not Level.WARNING]
    groups = {
        "Att tänka på": [*(remark.text for remark in remarks), *warnings],
        "Tekniskt om inläsningen": others,
    }
    if not any(groups.values()):
        return
    counts = ", ".join(f"{heading.lower()}: {len(lines)}" for heading, lines in groups.items() if lines)
    with st.expander(f"{extract.titel}, {extract.filnamn} ({counts})"):
        for heading, lines in groups.items():
            if lines:
                st.html(paragraphs(map(capital, lines), heading))


def breaks() -> None:
    """The breaks in series that have been set, and the forms that set one or take it away."""
    st.header("Brytpunkter", anchor=False)
    st.markdown(
        "En brytpunkt är dagen från vilken något mäts på ett annat sätt: ett nytt system, en ny definition. Talen före "
        "och efter jämförs inte, och gränser och trender börjar om."
    )
    outcome = st.session_state.pop(_OUTCOME_KEY, None)
    if outcome:
        (st.success if outcome.is_good else st.error)(plain(outcome.text))
    own_breaks = ledger().breaks
    if own_breaks:
        headings = ("Nummer", "Från", "Gäller", "Kommun", "Vad som ändrades", "Satt av", "När")
        records("Brytpunkter", headings, [_row(each) for each in own_breaks])
    else:
        st.html(small_print("Ingen är satt här. De som hör till ett nyckeltal självt står vid dess tal."))
    if reason := visitor.refusal(_publish):
        st.html(small_print(reason))
        return
    with st.expander("Sätt en brytpunkt"):
        _form_to_add()
    if own_breaks:
        with st.expander("Ta bort en brytpunkt"):
            _form_to_remove(own_breaks)


@dataclass(frozen=True)
class _Outcome:
    """What came of a button of the run before."""

    text: str
    is_good: bool


def _row(each: Break) -> tuple[str, ...]:
    where = kommuner.area_name(each.kommun_kod) if each.kommun_kod else "Alla"
    return str(each.nummer), since(each.datum), _about(each), where, each.text, each.vem, each.nar


def _about(each: Break) -> str:
    """The source or the indicator by its title; by its id where it is no more."""
    titles = {(f.kalla, f.indikator): label for f, label in _subjects().items()}
    return titles.get((each.kalla, each.indikator), each.kalla or each.indikator)


@dataclass(frozen=True)
class _Subject:
    """What a break is about: a source, or one indicator."""

    kalla: str = ""
    indikator: str = ""


def _subjects() -> dict[_Subject, str]:
    """All that a break can be about: the sources first, then the indicators, in Swedish order."""
    by_title = sorted(indicators.registry().values(), key=lambda each: kommuner.swedish_key(each.titel))
    return {
        **{_Subject(kalla=each.id): f"Allt från {each.title}" for each in sources.of_lan(settings.lan_kod()).values()},
        **{_Subject(indikator=each.id): each.titel for each in by_title},
    }


def _form_to_add() -> None:
    subjects = _subjects()
    names = {"": "Alla kommuner", **{k.kod: k.namn for k in kommuner.in_lan(settings.lan_kod())}}
    left, middle, right = st.columns([3, 2, 2])
    subject = left.selectbox("Vad gäller den?", list(subjects), format_func=subjects.__getitem__, key="brytpunkt_vad")
    kod = middle.selectbox("Vilken kommun?", list(names), format_func=names.__getitem__, key="brytpunkt_kommun")
    datum = right.date_input(
        "Från vilken dag?", value=None, max_value="today", format="YYYY-MM-DD", key="brytpunkt_datum",
        min_value=breaks_in.EARLIEST,
    )  # fmt: skip
    left, right = st.columns([3, 1])
    text = left.text_input(
        "Vad ändrades?", placeholder="Nytt journalsystem", max_chars=breaks_in.MOST_SIGNS, key="brytpunkt_text"
    ).strip()
    who = visitor.name_field(right, "Ditt namn", autocomplete="name", key="brytpunkt_vem")
    each = Break(datum or date.min, text, subject.kalla, subject.indikator, kod or None)
    st.button(
        "Sätt brytpunkten",
        type="primary",
        disabled=not (datum and text and who),
        key="brytpunkt_satt",
        on_click=_publish,
        args=(partial(breaks_in.add, each, store(), who=who, expected_version=newest()), "Brytpunkten är satt"),
    )
    if not (datum and text and who):
        st.html(small_print("Fyll i dag, vad som ändrades och ditt namn."))


def _form_to_remove(own_breaks: Sequence[Break]) -> None:
    labels = {each.nummer: f"{each.nummer}: {sentence(each)} {_about(each)}" for each in own_breaks}
    nummer = st.selectbox("Vilken?", list(labels), format_func=labels.__getitem__, key="brytpunkt_nummer")
    left, right = st.columns([3, 1])
    why = left.text_input("Varför tas den bort?", placeholder="Fel dag", key="brytpunkt_varfor").strip()
    who = visitor.name_field(right, "Ditt namn", autocomplete="name", key="brytpunkt_borttagen_av")
    remove = partial(breaks_in.remove, nummer, store(), who=who, why=why, expected_version=newest())
    st.button(
        "Ta bort brytpunkten",
        disabled=not (why and who),
        key="brytpunkt_bort",
        on_click=_publish,
        args=(remove, f"Brytpunkt {nummer} är borttagen"),
    )


@visitor.action("Sätta och ta bort brytpunkter", Role.ANALYTIKER)
def _publish(change: Callable[[], int], message: str) -> None:
    """In a callback, with the version that the button was drawn for: a second click must not publish twice."""
    try:
        st.session_state[_OUTCOME_KEY] = _Outcome(f"{message}, i version {change()}.", is_good=True)
        for key in ("brytpunkt_text", "brytpunkt_datum", "brytpunkt_varfor"):
            st.session_state.pop(key, None)
    except VersionConflict as error:
        if _OUTCOME_KEY not in st.session_state:
            st.session_state[_OUTCOME_KEY] = _Outcome(str(error), is_good=False)
    except UserError as error:
        st.session_state[_OUTCOME_KEY] = _Outcome(str(error), is_good=False)
