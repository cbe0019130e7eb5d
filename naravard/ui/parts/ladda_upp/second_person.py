"""What waits for a second person: what it is and what it changes, then yes or no; and what became of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from naravard.base import periods, settings
from naravard.base.codes import Level
from naravard.base.errors import UserError
from naravard.base.model import Finding
from naravard.base.roles import Role
from naravard.intake import approvals, publishing
from naravard.intake.approvals import Proposal
from naravard.intake.desk import Desk
from naravard.store.counts import Counts
from naravard.ui import visitor
from naravard.ui.change_tables import show_changes
from naravard.ui.elements import small_print
from naravard.ui.parts.ladda_upp.file_findings import findings_table
from naravard.ui.show import plain

_POLL_SECONDS = 3
_MOST_DECISIONS = 3
_PROBLEM_KEY = "godkann_gick_inte"


def waiting(desk: Desk) -> None:
    """All that waits in this store, and what was decided on what came from this tab."""
    proposals = approvals.of_store(desk.store)
    own = [each for each in proposals if each.desk == desk.token]
    for proposal in [each for each in own if not each.is_waiting][:_MOST_DECISIONS]:
        _decision(proposal)
    if problem := st.session_state.pop(_PROBLEM_KEY, ""):
        st.error(plain(problem), icon=":material/error:")
    waiting_proposals = [each for each in proposals if each.is_waiting]
    if not waiting_proposals:
        return
    st.header("Väntar på att en till godkänner", anchor=False)
    for proposal in waiting_proposals:
        with st.container(border=True):
            _proposal(proposal)
            if proposal.desk == desk.token:
                _own(proposal)
            else:
                _answer(desk, proposal)
    _poll(desk, tuple(each.id for each in waiting_proposals))


def _decision(proposal: Proposal) -> None:
    if proposal.version is not None:
        st.success(
            plain(f"{proposal.decided_by} godkände ”{proposal.why}”. Version {proposal.version} är publicerad."),
            icon=":material/check:",
        )
    elif proposal.is_too_late:
        st.warning(
            plain(
                f"Ingen godkände ”{proposal.why}” före {_day_and_time(proposal.until)}. Inget är publicerat, och "
                "antalen är borta ur minnet. Släpp filen igen och lämna in den på nytt."
            ),
            icon=":material/schedule:",
        )
    else:
        st.warning(
            plain(
                f"{proposal.decided_by} sade nej till ”{proposal.why}”: {proposal.reason}. Inget är publicerat. Rätta, "
                "släpp filen igen och lämna in den på nytt."
            ),
            icon=":material/cancel:",
        )

    st.button("Jag har läst det", key=f"last_{proposal.id}", on_click=approvals.forget, args=(proposal.id,))


def _proposal(proposal: Proposal) -> None:
    """What it is: who, when, why, which files; its findings; what it changes."""
    st.markdown(
        plain(f"{proposal.who} lämnade in, {_day_and_time(proposal.when)}: {proposal.why}"),
    )
    st.html(small_print(f"Väntar till {_day_and_time(proposal.until)}. Därefter får filen lämnas in på nytt."))
    for counts in proposal.counts:
        st.subheader(plain(f"{counts.titel}, {periods.when(counts.matperiod)} ({counts.filnamn})"), anchor=False)
        warnings = [finding for finding in _findings(counts) if finding.level is not Level.NOTE]
        notes = [finding for finding in _findings(counts) if finding.level is Level.NOTE]
        if warnings:
            st.html(findings_table("Varningar som den som lämnade in har godkänt", warnings))
        if notes:
            with st.expander(f"Upplysningar ({len(notes)})"):
                st.html(findings_table("Upplysningar", notes))
    if proposal.difference.warnings:
        st.html(findings_table("Det här visar ändringen om få personer", proposal.difference.warnings))
    show_changes(proposal.difference.changes)


def _day_and_time(when: datetime) -> str:
    return f"{when:%Y-%m-%d} kl. {when:%H.%M}"


def _findings(counts: Counts) -> list[Finding]:
    """What the check found, as it is kept for others than the one who checked: without counts of persons."""
    return [Finding.of_record(record) for record in json.loads(counts.rapport)]


def _own(proposal: Proposal) -> None:
    st.html(
        small_print(
            "Du har lämnat in det. En annan person öppnar Ladda upp uttag på sin dator och godkänner där. Personerna i "
            "filen är borta ur minnet; antalen väntar. Har ingen godkänt i tid, eller startas servern om innan dess, "
            f"får du släppa filen igen.{_where()}"
        )
    )
    st.button(
        "Ta tillbaka",
        key=f"ta_tillbaka_{proposal.id}",
        on_click=_decide,
        args=(partial(approvals.refuse, proposal.id, who=proposal.who, reason="taget tillbaka"),),
    )


def _where() -> str:
    """On which server it waits, where there are several: the counts are not protected yet, and lie in no database."""
    if settings.shared_url() is None:
        return ""
    return (
        " Flera servrar delar lagret, och det som väntar finns bara på en av dem. Ser den andra det inte: ta "
        "tillbaka det, och publicera preliminärt."
    )


def _answer(desk: Desk, proposal: Proposal) -> None:
    """Name, and yes; or why not, and no."""
    who_key, why_key = f"godkanner_{proposal.id}", f"varfor_inte_{proposal.id}"
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    who = visitor.name_field(left, "Ditt namn, du som godkänner", key=who_key)
    reason = right.text_input("Varför inte? Behövs bara för ett nej", key=why_key).strip()
    is_same = bool(who) and publishing.same_person(who, proposal.who)
    if is_same:
        st.html(small_print(f"{proposal.who} har lämnat in det. En annan person måste godkänna."))
    yes, no = st.columns([2, 3])
    yes.button(
        "Godkänn och publicera",
        type="primary",
        disabled=not who or is_same,
        help=None if who else "Skriv ditt namn först",
        key=f"godkann_ja_{proposal.id}",
        icon=":material/check:",
        on_click=_approve,
        args=(desk, proposal.id, who),
        width="stretch",
    )
    no.button(
        "Säg nej",
        disabled=not (who and reason),
        help=None if who and reason else "Skriv ditt namn och varför",
        key=f"godkann_nej_{proposal.id}",
        on_click=_decide,
        args=(partial(approvals.refuse, proposal.id, who=who, reason=reason),),
    )


@visitor.action("Godkänna det som väntar", Role.ANALYTIKER)
def _approve(desk: Desk, proposal_id: str, who: str) -> None:
    def publish() -> None:
        desk.published_version = approvals.approve(proposal_id, desk.store, who=who, desk=desk.token)

    _decide(publish)


@visitor.action("Svara på det som väntar", Role.ANALYTIKER)
def _decide(decide: Callable[[], None]) -> None:
    """In a callback: a second click finds nothing that waits, and says so."""
    try:
        decide()
    except UserError as error:
        st.session_state[_PROBLEM_KEY] = str(error)


@visitor.fragment(_POLL_SECONDS)
def _poll(desk: Desk, waiting_ids: tuple[str, ...]) -> None:
    """Run the whole page again when something else waits than what it shows."""
    if waiting_ids != tuple(each.id for each in approvals.of_store(desk.store) if each.is_waiting):
        st.rerun()
