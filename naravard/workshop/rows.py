"""Workshops out of their rows: each raises NotFound for a workshop that is not there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from naravard import stores
from naravard.base.errors import NotFound
from naravard.shared import tables
from naravard.shared.tables import figur, fraga, grupp, prick, rostning, rum, svar
from naravard.workshop.board import Card, Named, Question, ShownFigure, VoteRound, WallState, Workshop

_KOD: BindParameter[str] = bindparam("kod")
_WORKSHOP = select(tables.workshop).where(tables.workshop.c.kod == _KOD)
_GROUPS = select(grupp.c.id, grupp.c.namn).where(grupp.c.kod == _KOD).order_by(grupp.c.plats)
_QUESTIONS = select(fraga.c.id, fraga.c.text, fraga.c.stangd).where(fraga.c.kod == _KOD).order_by(fraga.c.plats)
_FIGURES = select(figur.c.id, figur.c.innehall).where(figur.c.kod == _KOD)
_FIGURE = _FIGURES.where(figur.c.id == bindparam("figur"))
_ROUNDS = select(rostning.c.om, rostning.c.oppen, rostning.c.visas).where(rostning.c.kod == _KOD)
_ROUNDS = _ROUNDS.order_by(rostning.c.ordning)
_DOTS = select(prick.c.svar, (prick.c.om == 0).label("is_common"), func.count()).where(prick.c.kod == _KOD)
_DOTS = _DOTS.group_by(prick.c.svar, "is_common")
_ANSWERS = select(svar).where(svar.c.kod == _KOD).order_by(svar.c.id)
_WALL = select(rum.c.nummer, rum.c.lage).where(rum.c.kod == _KOD)
"""What each poll asks, made once: making a query takes longer than SQLite does to answer it."""

Dots = dict[tuple[str, bool], int]
"""How many dots an answer has, by its own number and whether they are on it as something common."""


def workshop_row(connection: Connection, kod: str) -> Row[Any]:
    """A workshop's own row."""
    row = connection.execute(_WORKSHOP, {"kod": kod}).first()
    if row is None:
        raise NotFound(f"Workshoppen ”{kod[:20]}” finns inte, eller är raderad. Kontrollera länken.")
    return row


def workshop(connection: Connection, kod: str) -> Workshop:
    """A workshop with its groups, questions and what is on screen."""
    row = workshop_row(connection, kod)
    groups, questions = (connection.execute(query, {"kod": kod}) for query in (_GROUPS, _QUESTIONS))
    return Workshop(
        kod=kod,
        namn=row.namn,
        bildspel=row.bildspel,
        oppnad=row.oppnad,
        raderas=row.raderas,
        oppen=bool(row.oppen),
        andring=row.andring,
        grupper=tuple(Named(*group) for group in groups),
        fragor=tuple(Question(one.id, one.text, one.stangd is None) for one in questions),
        visas=_figure(connection, kod, row.figur),
        figur=row.figur,
        rensad=row.rensad,
        rostningar=rounds(connection, kod),
        visa_svar=bool(row.visa_svar),
        granskas=bool(row.granskas),
    )


def _figure(connection: Connection, kod: str, number: int | None) -> ShownFigure | None:
    row = None if number is None else connection.execute(_FIGURE, {"kod": kod, "figur": number}).first()
    return None if row is None else _shown_figure(json.loads(row.innehall))


def figures(connection: Connection, kod: str) -> dict[int, ShownFigure]:
    """The figures that have been on screen, by id. Of a version that has been taken out of reach no number is left."""
    rows = connection.execute(_FIGURES, {"kod": kod})
    return {row.id: _shown_figure(json.loads(row.innehall)) for row in rows}


def _shown_figure(content: dict[str, Any]) -> ShownFigure:
    rows = tuple(tuple(row) for row in content.pop("rader"))
    figure = ShownFigure(**{**content, "kolumner": tuple(content["kolumner"]), "rader": rows})
    if not stores.is_withdrawn(figure.version, is_example=figure.exempel):
        return figure
    # what it showed is not known to the plans of later versions, from which it could be worked out
    return ShownFigure(
        bild=figure.bild,
        titel=f"En bild ur version {figure.version}",
        kalla=f"Version {figure.version} är tagen ur läsning. Dess siffror visas inte.",
        kommun=figure.kommun,
        version=figure.version,
        exempel=figure.exempel,
    )


def rounds(connection: Connection, kod: str) -> tuple[VoteRound, ...]:
    """The rounds of dots, the one that was opened last at the end."""
    rows = connection.execute(_ROUNDS, {"kod": kod})
    return tuple(VoteRound(row.om, bool(row.oppen), bool(row.visas)) for row in rows)


def dots(connection: Connection, kod: str) -> Dots:
    """How many dots each answer has, by the answer's own number: on common ones, and on the answers to a question."""
    return {(row[0], bool(row[1])): row[2] for row in connection.execute(_DOTS, {"kod": kod})}


def cards(connection: Connection, kod: str, *, hidden: bool) -> tuple[Card, ...]:
    """The answers, the oldest first, merged ones as one. `hidden` gives also those that are hidden, or that wait."""
    workshop_row(connection, kod)
    groups = {row.id: row.namn for row in connection.execute(_GROUPS, {"kod": kod})}
    answers = connection.execute(_ANSWERS, {"kod": kod})
    visible_rows = [row for row in answers if hidden or not (row.dold or row.vantar)]
    merged_rows: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in visible_rows:
        if row.ihop_med is not None:
            merged_rows[row.ihop_med].append(row)
    figures_by_id, dots_by_answer = figures(connection, kod), dots(connection, kod)
    return tuple(
        _card(row, merged_rows[row.id], groups, figures_by_id, dots_by_answer)
        for row in visible_rows
        if row.ihop_med is None
    )


def _card(
    row: Row[Any],
    merged_rows: Sequence[Row[Any]],
    groups: dict[int, str],
    figures_by_id: dict[int, ShownFigure],
    dots_by_answer: Dots,
) -> Card:
    """An answer with the texts that have been merged into it, and the dots of them all."""

    def merged_text(other: Row[Any]) -> str:
        return str(other.text if other.grupp == row.grupp else f"{groups[other.grupp]}: {other.text}")

    def dots_on(is_common: bool) -> int:
        return sum(dots_by_answer.get((one.nyckel, is_common), 0) for one in (row, *merged_rows))

    return Card(
        id=row.id,
        fraga=row.fraga,
        grupp=row.grupp,
        text=row.text,
        nar=row.nar,
        dold=bool(row.dold),
        gemensamt=bool(row.gemensamt),
        lika=tuple(map(merged_text, merged_rows)),
        figur=figures_by_id.get(row.figur),
        ihop=tuple(other.id for other in merged_rows),
        prickar=dots_on(False),
        prickar_gemensamt=dots_on(True),
        vantar=bool(row.vantar),
    )


def wall_state(connection: Connection, kod: str) -> tuple[int, WallState]:
    """What a workshop's walls show, with the number of its change; 0 where nobody has steered yet."""
    row = connection.execute(_WALL, {"kod": kod}).first()
    return (row.nummer, WallState(**json.loads(row.lage))) if row else (0, WallState())
