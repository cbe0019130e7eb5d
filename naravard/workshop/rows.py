"""Workshops out of their file's rows: each raises NotFound for a workshop that is not there."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from naravard import stores
from naravard.base.errors import NotFound
from naravard.workshop.board import Card, Named, Question, ShownFigure, VoteRound, WallState, Workshop

Dots = dict[tuple[str, bool], int]
"""How many dots an answer has, by its own number and whether they are on it as something common."""


def workshop_row(connection: sqlite3.Connection, kod: str) -> sqlite3.Row:
    """A workshop's own row."""
    row: sqlite3.Row | None = connection.execute("select * from workshop where kod = ?", (kod,)).fetchone()
    if row is None:
        raise NotFound(f"Workshoppen ”{kod[:20]}” finns inte, eller är raderad. Kontrollera länken.")
    return row


def workshop(connection: sqlite3.Connection, kod: str) -> Workshop:
    """A workshop with its groups, questions and what is on screen."""
    row = workshop_row(connection, kod)
    groups = connection.execute("select id, namn from grupp where kod = ? order by plats", (kod,)).fetchall()
    questions = connection.execute("select id, text, stangd from fraga where kod = ? order by plats", (kod,)).fetchall()
    return Workshop(
        kod=kod,
        namn=row["namn"],
        bildspel=row["bildspel"],
        oppnad=row["oppnad"],
        raderas=row["raderas"],
        oppen=bool(row["oppen"]),
        andring=row["andring"],
        grupper=tuple(Named(*group) for group in groups),
        fragor=tuple(Question(one["id"], one["text"], one["stangd"] is None) for one in questions),
        visas=figures(connection, kod).get(row["figur"]),
        figur=row["figur"],
        rensad=row["rensad"],
        rostningar=rounds(connection, kod),
        visa_svar=bool(row["visa_svar"]),
        granskas=bool(row["granskas"]),
    )


def figures(connection: sqlite3.Connection, kod: str) -> dict[int, ShownFigure]:
    """The figures that have been on screen, by id. Of a version that has been taken out of reach no number is left."""
    rows = connection.execute("select id, innehall from figur where kod = ?", (kod,)).fetchall()
    return {row["id"]: _shown_figure(json.loads(row["innehall"])) for row in rows}


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


def rounds(connection: sqlite3.Connection, kod: str) -> tuple[VoteRound, ...]:
    """The rounds of dots, the one that was opened last at the end."""
    query = "select om, oppen, visas from rostning where kod = ? order by ordning"
    return tuple(VoteRound(row[0], bool(row[1]), bool(row[2])) for row in connection.execute(query, (kod,)).fetchall())


def dots(connection: sqlite3.Connection, kod: str) -> Dots:
    """How many dots each answer has, by the answer's own number: on common ones, and on the answers to a question."""
    query = "select svar, om = 0, count(*) from prick where kod = ? group by 1, 2"
    return {(row[0], bool(row[1])): row[2] for row in connection.execute(query, (kod,)).fetchall()}


def cards(connection: sqlite3.Connection, kod: str, *, hidden: bool) -> tuple[Card, ...]:
    """The answers, the oldest first, merged ones as one. `hidden` gives also those that are hidden, or that wait."""
    groups = {group.id: group.text for group in workshop(connection, kod).grupper}
    answers = connection.execute("select * from svar where kod = ? order by id", (kod,)).fetchall()
    visible_rows = [row for row in answers if hidden or not (row["dold"] or row["vantar"])]
    merged_rows: defaultdict[int, list[sqlite3.Row]] = defaultdict(list)
    for row in visible_rows:
        if row["ihop_med"] is not None:
            merged_rows[row["ihop_med"]].append(row)
    figures_by_id, dots_by_answer = figures(connection, kod), dots(connection, kod)
    return tuple(
        _card(row, merged_rows[row["id"]], groups, figures_by_id, dots_by_answer)
        for row in visible_rows
        if row["ihop_med"] is None
    )


def _card(
    row: sqlite3.Row,
    merged_rows: Sequence[sqlite3.Row],
    groups: dict[int, str],
    figures_by_id: dict[int, ShownFigure],
    dots_by_answer: Dots,
) -> Card:
    """An answer with the texts that have been merged into it, and the dots of them all."""

    def merged_text(other: sqlite3.Row) -> str:
        return str(other["text"] if other["grupp"] == row["grupp"] else f"{groups[other['grupp']]}: {other['text']}")

    def dots_on(is_common: bool) -> int:
        return sum(dots_by_answer.get((one["nyckel"], is_common), 0) for one in (row, *merged_rows))

    return Card(
        id=row["id"],
        fraga=row["fraga"],
        grupp=row["grupp"],
        text=row["text"],
        nar=row["nar"],
        dold=bool(row["dold"]),
        gemensamt=bool(row["gemensamt"]),
        lika=tuple(map(merged_text, merged_rows)),
        figur=figures_by_id.get(row["figur"]),
        ihop=tuple(other["id"] for other in merged_rows),
        prickar=dots_on(False),
        prickar_gemensamt=dots_on(True),
        vantar=bool(row["vantar"]),
    )


def wall_state(connection: sqlite3.Connection, kod: str) -> tuple[int, WallState]:
    """What a workshop's walls show, with the number of its change; 0 where nobody has steered yet."""
    row = connection.execute("select nummer, lage from rum where kod = ?", (kod,)).fetchone()
    return (row["nummer"], WallState(**json.loads(row["lage"]))) if row else (0, WallState())
