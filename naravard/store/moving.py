"""All versions of a store from one shelf to another, as they are, while the first goes on serving.

Nothing is converted: a version is the same bytes in both. What is there already is compared, so that a move that was
broken off goes on, and one that is run again brings what has come since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from naravard.base import clock
from naravard.base.errors import NotFound, UserError
from naravard.store.shelves import Note, Shelf, State, Writing, newest_of
from naravard.store.snapshots import Store

_ROUNDS = 10


@dataclass(frozen=True)
class Moved:
    """What lies on both shelves after a move: how many versions, how many of them came now, and the newest."""

    versions: int
    new: int
    newest: int | None


def move(source: Store, target: Store) -> Moved:
    """Make the target's shelf as the source's. Raises UserError where the target has had versions of its own."""
    _refuse_others(source, target)
    notes = _notes(source)
    new = 0
    for _ in range(_ROUNDS):
        states = source.shelf.states()
        with target.shelf.lock() as writing:
            added_count = _bring(states, source.shelf, target.shelf, writing, notes)
        new += added_count
        if source.shelf.states() == states == target.shelf.states():
            return Moved(len(states), new, newest_of(states))
    raise UserError("Versionerna ändras hela tiden. Flytta när ingen publicerar.")


def _bring(
    states: Mapping[int, State], source: Shelf, target: Shelf, writing: Writing, notes: Mapping[int, Note]
) -> int:
    """Copy what the target lacks, compare what it has, and give all the same states. Gives how many were copied."""
    new = 0
    writing.drop([number for number in writing.states if number not in states])
    for number, state in sorted(states.items()):
        try:
            content = source.content(number)
        except NotFound:  # pruned meanwhile: the next round sees that
            continue
        if number not in writing.states:
            draft = writing.draft()
            draft.write_bytes(content)
            writing.put(number, draft, notes.get(number, Note("okänd", "")), state=state)
            new += 1
        elif writing.states[number] is not state:
            writing.set_state(number, state)
        if target.content(number) != content:
            raise UserError(f"Version {number} är inte samma på båda platserna. Inget mer är flyttat.")
    return new


def _refuse_others(source: Store, target: Store) -> None:
    """What the target has must be an earlier time of the source, by their logs."""
    if source.newest is None:
        raise UserError(f"Det finns inga versioner att flytta i {source.folder}.")
    log, log_of_target = source.versions()[::-1], target.versions()[::-1]  # what is of another län is refused
    for version, other in zip(log_of_target, [*log, *[None] * len(log_of_target)], strict=False):
        if version != other:
            raise UserError(
                f"Dit du flyttar finns version {version.nummer} (av {version.vem}: {version.varfor}), som "
                "inte finns här. Inget är flyttat. Flytta till en tom plats, eller åt andra hållet."
            )


def _notes(source: Store) -> dict[int, Note]:
    """Who made each version, why and when, by the log."""
    return {number: Note(who, why, when.replace(tzinfo=clock.HERE)) for number, _, when, who, why, _ in source.log()}
