"""Publications that wait for a second person (four eyes, NARAVARD_GODKANN=2): counts in memory, and no person.

What waits is what a check gave: counts, its findings as a version stores them, and the difference. The file and its
persons are released when it begins to wait. Who proposed it cannot approve it, neither by name nor from the same desk.
Nothing is on disk: when the server is started again it is gone, and the file is dropped once more. The same holds after
`WAIT`, for the counts are not protected yet.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from naravard.base import clock
from naravard.base.errors import NotFound, UserError
from naravard.base.mask import refuse_ids
from naravard.figures import differencing
from naravard.intake.publishing import Difference, same_person
from naravard.store.counts import Counts
from naravard.store.snapshots import Store, VersionConflict

WAIT = timedelta(days=3)
"""How long a publication waits: from a Friday to the Monday after it."""
_MOST_DECISIONS = 50
"""So many decisions are remembered, for those who proposed them."""


class Superseded(UserError):
    """Someone published meanwhile: the difference is another, and has to be read before it is approved."""


@dataclass(frozen=True)
class Proposal:
    """A publication that waits for another person, or what became of it."""

    id: str
    folder: Path
    """Of the store that it is for."""
    desk: str = field(repr=False)
    """The token of the tab that it came from, which may not approve it."""
    who: str
    why: str
    when: datetime
    counts: tuple[Counts, ...] = field(repr=False)
    difference: Difference = field(repr=False)
    decided_by: str = ""
    reason: str = ""
    """Why it was refused; empty while it waits, and when it was approved."""
    version: int | None = None
    """What it was published as."""
    is_too_late: bool = False
    """Whether nobody decided in time, and the counts have been released."""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided yet, and there still is time."""
        return not self.decided_by and not self.is_too_late

    @property
    def until(self) -> datetime:
        """When it waits no more."""
        return self.when + WAIT


_proposals: dict[str, Proposal] = {}
_lock = threading.RLock()


def propose(
    store: Store, desk: str, counts: Sequence[Counts], difference: Difference, *, who: str, why: str
) -> Proposal:
    """Let a publication wait for another person."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    now = clock.now()
    proposal = Proposal(secrets.token_hex(8), store.folder, desk, who, why, now, tuple(counts), difference)
    with _lock:
        _proposals[proposal.id] = proposal
        _forget_old()
    timer = threading.Timer(WAIT.total_seconds(), _release_old)
    timer.daemon = True
    timer.start()
    return proposal


def of_store(store: Store) -> list[Proposal]:
    """All proposals for a store that are remembered, the newest first."""
    with _lock:
        _release_old()
        return [each for each in reversed(_proposals.values()) if each.folder == store.folder]


def of_desk(token: str) -> list[Proposal]:
    """What came from one tab, the newest first; nothing after a restart."""
    with _lock:
        _release_old()
        return [each for each in reversed(_proposals.values()) if each.desk == token]


def by_two(who: str, other: str) -> str:
    """Both names, as they stand in the log. Raises UserError where they are one person's."""
    if not other.strip():
        raise UserError("Skriv namnet på den som godkänner.")
    if same_person(who, other):
        raise UserError(f"{who} kan inte godkänna sitt eget uttag. En annan person måste göra det.")
    return f"{who}, godkänt av {refuse_ids(other.strip(), 'Namnet')}"


def approve(proposal_id: str, store: Store, *, who: str, desk: str) -> int:
    """Publish what waits, with both names in the log, and give the version's number.

    Raises UserError for the proposer's own name or tab, NotFound for what waits no more, and Superseded where someone
    published meanwhile: the difference is computed again.
    """
    with _lock:
        proposal = _waiting(proposal_id)
        names = by_two(proposal.who, who)
        if desk == proposal.desk:
            raise UserError("Det går inte att godkänna från samma flik som det kom från. Gör det på en egen dator.")
        try:
            version = store.publish(
                proposal.counts, who=names, why=proposal.why, expected_version=proposal.difference.base
            )
        except VersionConflict as conflict:
            _proposals[proposal_id] = replace(proposal, difference=_against_newest(proposal, store))
            raise Superseded(
                f"{conflict.version.vem} publicerade version {conflict.version.nummer} medan det här väntade. "
                "Skillnaden är räknad om. Läs den och godkänn igen."
            ) from conflict
        _decide(replace(proposal, decided_by=who.strip(), version=version))
        return version


def refuse(proposal_id: str, *, who: str, reason: str) -> None:
    """Say no, with a reason; who proposed it can take it back in the same way."""
    who, reason = refuse_ids(who.strip(), "Namnet"), refuse_ids(reason.strip(), "Orsaken")
    if not who or not reason:
        raise UserError("Skriv ditt namn och varför det inte ska publiceras.")
    with _lock:
        _decide(replace(_waiting(proposal_id), decided_by=who, reason=reason))


def forget(proposal_id: str) -> None:
    """Remember a decision no more: who proposed it has read it."""
    with _lock:
        proposal = _proposals.get(proposal_id)
        if proposal is not None and not proposal.is_waiting:
            del _proposals[proposal_id]


def _waiting(proposal_id: str) -> Proposal:
    _release_old()
    proposal = _proposals.get(proposal_id)
    if proposal is not None and proposal.is_too_late:
        raise NotFound("Tiden har gått ut, och antalen är borta. Den som lämnade in får släppa filen igen.")
    if proposal is None or not proposal.is_waiting:
        raise NotFound("Det väntar inte längre: någon har redan godkänt det eller sagt nej.")
    return proposal


def _decide(proposal: Proposal) -> None:
    """Remember the decision, and release the counts."""
    empty = Difference(proposal.difference.base, (), ())
    _proposals[proposal.id] = replace(proposal, counts=(), difference=empty)


def _release_old() -> None:
    """Release the counts of what has waited too long."""
    now = clock.now()
    with _lock:
        for proposal in list(_proposals.values()):
            if proposal.is_waiting and proposal.until <= now:
                _decide(replace(proposal, is_too_late=True))


def _against_newest(proposal: Proposal, store: Store) -> Difference:
    base = store.base
    effect = differencing.against(store, base, list(proposal.counts))
    return Difference(base, tuple(effect.changes), tuple(effect.warnings), tuple(effect.hidden_counts))


def _forget_old() -> None:
    decided_ids = [each.id for each in _proposals.values() if not each.is_waiting]
    for proposal_id in decided_ids[:-_MOST_DECISIONS]:
        del _proposals[proposal_id]
