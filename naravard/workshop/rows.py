"""Workshops out of their file's rows: each raises NotFound for a workshop that is not there."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from naravard import stores
from naravard.base.errors import NotFound
from naravard.workshop.board import Card, Named, ShownFigure, WallState, Workshop


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
    questions = connection.execute("select id, text from fraga where kod = ? order by plats", (kod,)).fetchall()
    return Workshop(
        kod=kod,
        namn=row["namn"],
        bildspel=row["bildspel"],
        oppnad=row["oppnad"],
        raderas=row["raderas"],
        oppen=bool(row["oppen"]),
        andring=row["andring"],
        grupper=tuple(Named(*group) for group in groups),
        fragor=tuple(Named(*question) for question in questions),
        visas=figures(connection, kod).get(row["figur"]),
        figur=row["figur"],
        rensad=row["rensad"],
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


def card(row: sqlite3.Row, merged_texts: dict[int, list[str]], figures_by_id: dict[int, ShownFigure]) -> Card:
    """An answer with the texts that have been merged into it."""
    return Card(
        id=row["id"],
        fraga=row["fraga"],
        grupp=row["grupp"],
        text=row["text"],
        nar=row["nar"],
        dold=bool(row["dold"]),
        gemensamt=bool(row["gemensamt"]),
        lika=tuple(merged_texts.get(row["id"], ())),
        figur=figures_by_id.get(row["figur"]),
    )


def wall_state(connection: sqlite3.Connection, kod: str) -> tuple[int, WallState]:
    """What a workshop's walls show, with the number of its change; 0 where nobody has steered yet."""
    row = connection.execute("select nummer, lage from rum where kod = ?", (kod,)).fetchone()
    return (row["nummer"], WallState(**json.loads(row["lage"]))) if row else (0, WallState())
