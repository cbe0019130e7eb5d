"""Workshops, short links and documents from one place to another, while the first goes on serving.

A place is a data folder or the address of a PostgreSQL. Each workshop is moved in one transaction, row by row compared,
and each place remembers how far it had come when the other had the same: a move that was broken off goes on, one that
is run again brings what is new and takes away what has been deleted. What a place has done by itself since then is
never overwritten. A copy is taken in the same way, and remembered nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, and_, func, select, text

from naravard.base.errors import UserError
from naravard.base.numbers import number, quantity
from naravard.shared import database, documents, in_sqlite
from naravard.shared.database import Database, insert
from naravard.shared.documents import Documents
from naravard.shared.tables import (
    OF_A_WORKSHOP,
    answer_numbers,
    borta,
    figur,
    flyttad,
    fraga,
    grupp,
    lank,
    narvaro,
    rum,
    svar,
    version,
    workshop,
)

_COPIED = tuple(table for table in OF_A_WORKSHOP if table not in {narvaro, flyttad})
_NUMBERED = (grupp, fraga, figur)
"""Tables whose numbers the database itself makes."""
_ONE_AT_A_TIME = "flytt"
_Rows = dict[Table, list[dict[str, Any]]]


@dataclass(frozen=True)
class _State:
    """How far a workshop has come, and how far it had when the other place had the same."""

    now: str
    at_move: str | None


def copy(source: str, folder: Path) -> None:
    """All of it, as a data folder has it, in files that nobody has open."""
    move_tables(source, str(folder), is_copy=True)
    move_documents(source, str(folder), is_copy=True)
    in_sqlite.close(folder)


def move_tables(source: str, target: str, *, is_copy: bool = False) -> str:
    """Workshops and short links, with a sentence of what lies there now. Raises UserError, and says what differs."""
    here, there = database.at(source), database.at(target)
    if here.is_empty():
        return "Det finns inga att flytta."
    names = {here: _name(here), there: _name(there)}
    states, states_there = _states(here, names[there]), _states(there, names[here])
    _refuse_own(states_there)
    new = answers = 0
    for kod, state in states.items():
        is_there = kod in states_there and state.now == states_there[kod].now
        if not is_there or not _is_same(here, there, kod):
            new += 1
            answers += _move_one(here, there, kod, {} if is_copy else names)
    deleted_kods = states_there.keys() - states.keys()
    for kod in deleted_kods:
        with there.writing(kod) as connection:
            _delete(connection, kod)
    links = _move_links(here, there)
    _go_on_counting(there)
    there.flush()
    workshops = quantity(len(states), "workshop", "workshoppar")
    short_links = quantity(links, "kort länk", "korta länkar")
    return (
        f"{workshops} och {short_links} ligger på båda platserna, varje rad jämförd. Nu kopierade: "
        f"{quantity(new, 'workshop', 'workshoppar')} med {number(answers)} svar.{_also_deleted(len(deleted_kods))}"
    )


def move_documents(source: str, target: str, *, is_copy: bool = False) -> str:
    """Corrections and profiles, with a sentence of what lies there now. Raises UserError for one that differs."""
    here, there = documents.at(source), documents.at(target)
    names, names_there = (_names(place, is_copy=is_copy) for place in (here, there))
    deleted_names = [name for name in names_there if name not in names and _is_as_moved(here, there, name)]
    for name in names:
        if there.read(name) not in {None, here.read(name)} and not _is_as_moved(here, there, name):
            raise UserError(
                f"{here.place(name)} och {there.place(name)} har båda ändrats. Inget mer är flyttat. Ta bort den som "
                "inte ska gälla, och flytta igen."
            )
        content = here.read(name) or ""
        there.change(name, lambda _, content=content: content)  # type: ignore[misc]
        if not is_copy:
            here.mark(name, _mark_of(there, content))
            there.mark(name, _mark_of(here, content))
    for name in deleted_names:
        there.remove(name)
    count = quantity(len(names), "fil", "filer")
    return f"{count} med rättelser, profiler och programmens nycklar ligger på båda platserna."


def _names(place: Documents, *, is_copy: bool) -> list[str]:
    """All documents; programs' keys are in no copy, from which one that has been revoked could come back."""
    has_keys = not is_copy and place.read(documents.KEYS) is not None
    return [*documents.all_names(place), *([documents.KEYS] if has_keys else [])]


def _is_as_moved(here: Documents, there: Documents, name: str) -> bool:
    """Whether the one there is as it was when both were the same; what remembers that is a place with tables."""
    content = there.read(name) or ""
    return there.mark_of(name) == _mark_of(here, content) or here.mark_of(name) == _mark_of(there, content)


def _mark_of(other: Documents, content: str) -> str:
    """What remembers that another place has the same text."""
    return hashlib.sha256(f"{other.identity()}\n{content}".encode()).hexdigest()


def _name(place: Database) -> str:
    with place.writing(_ONE_AT_A_TIME) as connection:  # makes the tables of a new place
        return str(connection.scalars(select(version.c.plats)).one())


def _states(place: Database, other: str) -> dict[str, _State]:
    """The workshops of a place, with what is remembered of another by its name."""
    steps = func.coalesce(rum.c.nummer, 0)
    is_of_other = and_(flyttad.c.kod == workshop.c.kod, flyttad.c.plats == other)
    query = select(workshop.c.kod, workshop.c.andring, steps, flyttad.c.markering)
    query = query.select_from(workshop.outerjoin(rum).outerjoin(flyttad, is_of_other))
    with place.reading() as connection:
        rows = connection.execute(query.order_by(workshop.c.oppnad)).all()
    return {kod: _State(f"{changes}.{steps}", mark) for kod, changes, steps, mark in rows}


def _refuse_own(states_there: dict[str, _State]) -> None:
    own = [kod for kod, state in states_there.items() if state.now != state.at_move]
    if own:
        raise UserError(
            f"Dit du flyttar har {quantity(len(own), 'workshop', 'workshoppar')} öppnats eller ändrats sedan den "
            f"senaste flytten ({', '.join(own[:5])}). Inget är flyttat. Flytta åt andra hållet, eller radera dem där "
            "först."
        )


def _also_deleted(count: int) -> str:
    return f" Raderade, som på den andra platsen: {quantity(count, 'workshop', 'workshoppar')}." if count else ""


def _is_same(here: Database, there: Database, kod: str) -> bool:
    with here.writing(kod) as source, there.writing(kod) as target:
        return _rows(source, kod) == _rows(target, kod)


def _move_one(here: Database, there: Database, kod: str, names: Mapping[Database, str]) -> int:
    """One workshop, which nobody changes meanwhile; remembered by the places' names. Gives how many answers it has."""
    with here.writing(kod) as source, there.writing(kod) as target:
        content = _rows(source, kod)
        if not content[workshop]:  # deleted meanwhile
            return 0
        _delete(target, kod)
        for table, rows in content.items():
            if rows:
                target.execute(table.insert(), rows)
        if _rows(target, kod) != content:
            raise UserError(f"Workshoppen {kod} blev inte densamma på båda platserna. Den är inte flyttad.")
        changes, steps = content[workshop][0]["andring"], [row["nummer"] for row in content[rum]]
        progress = f"{changes}.{steps[0] if steps else 0}"
        if names:
            _mark(source, kod, names[there], progress)
            _mark(target, kod, names[here], progress)
        return len(content[svar])


def _rows(connection: Connection, kod: str) -> _Rows:
    """All rows of a workshop, those first that others refer to."""
    content = {}
    for table in _COPIED:
        query = select(table).where(table.c.kod == kod).order_by(*table.primary_key.columns)
        content[table] = [row._asdict() for row in connection.execute(query)]
    content[svar].sort(key=lambda row: (row["ihop_med"] is not None, row["id"]))
    return content


def _delete(connection: Connection, kod: str) -> None:
    for table in reversed(OF_A_WORKSHOP):
        connection.execute(table.delete().where(table.c.kod == kod))


def _mark(connection: Connection, kod: str, other: str, mark: str) -> None:
    row = insert(connection, flyttad).values(kod=kod, plats=other, markering=mark)
    connection.execute(row.on_conflict_do_update(index_elements=["kod", "plats"], set_={"markering": mark}))


def _move_links(here: Database, there: Database) -> int:
    """All short links; one that both have was last used when the later says. Gives how many."""
    with here.reading() as source:
        rows = [row._asdict() for row in source.execute(select(lank))]
    with there.writing(lank.name) as target:
        latest = {row.kod: row.skapad for row in target.execute(select(lank))}
        _replace(target, lank, [row for row in rows if latest.get(row["kod"], "") < row["skapad"]])
    return len(rows)


def _replace(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    connection.execute(table.delete().where(table.c.kod.in_([row["kod"] for row in rows])))
    if rows:
        connection.execute(table.insert(), rows)


def _go_on_counting(there: Database) -> None:
    """Let new rows have numbers that none has had. SQLite looks for itself."""
    with there.writing(_ONE_AT_A_TIME) as connection:
        if not connection.dialect.supports_sequences:
            return
        for table in _NUMBERED:
            highest = connection.scalar(select(func.max(table.c.id))) or 0
            _set_sequence(connection, f"{table.name}_id_seq", highest)
        highest_answer = connection.scalar(select(func.max(svar.c.id))) or 0
        highest_gone = connection.scalar(select(func.max(borta.c.nummer))) or 0
        _set_sequence(connection, answer_numbers.name, max(highest_answer, highest_gone))


def _set_sequence(connection: Connection, name: str, highest: int) -> None:
    """Never back: a server may have made more meanwhile."""
    if highest > connection.scalars(text(f"select last_value from {name}")).one():
        connection.execute(select(func.setval(name, highest)))
