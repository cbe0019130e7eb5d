"""The routes of a workshop: what participants send, and what only its leader may do."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from naravard import exports
from naravard.access.callers import client_of
from naravard.base.errors import UserError
from naravard.base.model import EXAMPLE
from naravard.room.answers import answering
from naravard.room.limits import limits
from naravard.room.projector import screen_of
from naravard.room.told import (
    KEY_HEADER,
    as_told,
    changing,
    door,
    kod_of,
    leading,
    notes,
    undo,
    votes,
    waiting_time,
    whole,
    workshops,
)
from naravard.slides.slide import Slide
from naravard.workshop import minutes
from naravard.workshop.board import ShownFigure
from naravard.workshop.changes import Line
from naravard.workshop.undo import MINUTES


def _open(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """A workshop as its participants see it."""
    return as_told(workshops().workshop(kod_of(request)), request)


def _answer(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Keep a participant's answer. One that is sent again is kept once."""
    kod, store = kod_of(request), workshops()
    store.change_number(kod)  # says so where there is no such workshop
    limits.take_answer(kod, client_of(request), str(body.get("telefon", "")), time.monotonic())
    new = store.answer(
        kod,
        str(body.get("nyckel", "")),
        whole(body.get("fraga")),
        whole(body.get("grupp")),
        str(body.get("text", "")),
        whole(body.get("figur")),
        utgava=max(whole(body.get("utgava")), 1),
        age=waiting_time(body),
    )
    return {"nytt": new}


def _withdraw(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Take away a participant's own answer."""
    kod = kod_of(request)
    workshops().change_number(kod)
    limits.take_answer(kod, client_of(request), str(body.get("telefon", "")), time.monotonic())
    return {"borta": workshops().withdraw(kod, str(body.get("nyckel", "")), age=waiting_time(body))}


def _moderate(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """What the leader does with answers: hide, let be seen, merge, move, mark as common."""
    kod, store = leading(request), workshops()
    answers = body.get("svar")
    ids = [whole(i) for i in answers] if isinstance(answers, list) else []
    fraga, grupp = body.get("fraga"), body.get("grupp")
    actions: dict[str, Callable[[], None]] = {
        "dolj": lambda: store.hide(kod, ids),
        "visa": lambda: store.hide(kod, ids, False),
        "gemensamt": lambda: store.mark_common(kod, ids),
        "inte_gemensamt": lambda: store.mark_common(kod, ids, False),
        "sla_ihop": lambda: store.merge(kod, ids),
        "dela": lambda: store.unmerge(kod, ids),
        "radera": lambda: store.erase(kod, ids),
        "flytta": lambda: store.move(
            kod, ids, None if fraga is None else whole(fraga), None if grupp is None else whole(grupp)
        ),
    }
    action = actions.get(str(body.get("gor")))
    if action is None or not ids:
        raise UserError("Välj först ett eller flera svar.")
    before = store.answer_rows(kod, ids)
    action()
    undo.remember(kod, _DONE[str(body.get("gor"))], before, time.monotonic())
    return {"gjort": True}


_DONE = {
    "dolj": "Dölj",
    "visa": "Visa",
    "gemensamt": "Gemensamt",
    "inte_gemensamt": "Inte gemensamt",
    "sla_ihop": "Slå ihop",
    "dela": "Dela upp",
    "radera": "Radera",
    "flytta": "Flytta",
}
"""What has been done to answers, in the words of its button."""


def _take_back(request: Request, body: dict[str, Any]) -> dict[str, str]:
    """Take back the leader's latest step, where it is the one that was seen on the button."""
    kod, now = leading(request), time.monotonic()
    latest = undo.last(kod, now)
    if latest is None:
        raise UserError(f"Det finns inget att ångra. Ett steg går att ångra i {MINUTES} minuter.")
    step = undo.take(kod, whole(body.get("nr")), now)
    if step is None:
        raise UserError(f"Ett annat steg är nu det senaste: {latest.text}. Tryck igen för att ta tillbaka det.")
    workshops().put_back(kod, step.answers)
    return {"angrat": step.text}


def _clear(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Delete all answers, and nothing else of the workshop."""
    kod = leading(request)
    workshops().clear(kod)
    undo.forget(kod)
    return {"rensat": True}


def _change(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Name, groups and questions; or which question is open; or one of its choices. One of them at a time."""
    kod, store = leading(request), workshops()
    choices: dict[str, Callable[[str, bool], None]] = {
        "oppen": store.set_open,
        "behall": store.keep,
        "visa_svar": store.let_phones_see,
        "granskas": store.set_moderated,
    }
    choice = next((name for name in choices if isinstance(body.get(name), bool)), None)
    if choice is not None:
        choices[choice](kod, body[choice])
    elif "fraga" in body:
        store.open_question(kod, None if body["fraga"] is None else whole(body["fraga"]))
    else:
        name = str(body.get("namn", ""))
        store.change(kod, namn=name, grupper=_lines(body, "grupper"), fragor=_lines(body, "fragor"))
    return {"sparat": True}


def _note(request: Request, body: dict[str, Any]) -> dict[str, str]:
    """Keep the leader's own notes to a slide."""
    return {"text": notes().write(leading(request), str(body.get("bild", "")), str(body.get("text", "")))}


def _is_leader(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Whether the one who asks leads the workshop."""
    return {"ledare": workshops().is_leader(kod_of(request), request.headers.get(KEY_HEADER, ""))}


def _lines(body: dict[str, Any], name: str) -> list[Line]:
    """Groups or questions as `{"id", "text"}`; one without a number is new."""
    lines = body.get(name)
    entries = [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []
    return [(None if line.get("id") is None else whole(line["id"]), str(line.get("text", ""))) for line in entries]


def _delete(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Delete the workshop with all its answers, now."""
    kod = leading(request)
    workshops().delete(kod)
    undo.forget(kod)
    return {"raderat": True}


def _file(request: Request, body: dict[str, Any]) -> Response:
    """The board and the figures it was about, as a file."""
    kod, ending = leading(request), str(request.path_params["ending"])
    store = workshops()
    cards, everything = store.board(kod), store.board(kod, hidden=True)
    record = minutes.minutes(store.workshop(kod), cards, everything, votes().ballots(kod))
    content = exports.write_minutes(record, ending, _slide_of)
    name = exports.file_name(
        f"workshop_{record.workshop.namn}_{kod}", ending, mark=EXAMPLE if record.is_example else ""
    )
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=exports.formats()[ending].media_type, headers=headers)


def _slide_of(figure: ShownFigure) -> Slide | None:
    """The slide of a kept figure; None when its version or what it shows is gone."""
    with suppress(UserError):
        return screen_of(figure.bild, figure.version, figure.exempel).slide
    return None


ROUTES = [
    door("", answering(_open), "Workshoppen, med dess kod", "GET"),
    door("", changing(_delete), "Radera workshoppen, med ledarens nyckel", "DELETE"),
    door("/svar", changing(_answer, is_calm=True), "Svara, med workshoppens kod"),
    door("/svar", changing(_clear), "Radera alla svar, med ledarens nyckel", "DELETE"),
    door("/tillbaka", changing(_withdraw), "Ta tillbaka sitt svar"),
    door("/ledare", answering(_is_leader), "Fråga vem som leder", "GET"),
    door("/ordna", changing(_moderate), "Ordna svaren, med ledarens nyckel"),
    door("/angra", changing(_take_back), "Ångra, med ledarens nyckel"),
    door("/andra", changing(_change), "Ändra workshoppen, med ledarens nyckel"),
    door("/anteckning", changing(_note), "Skriva egna anteckningar, med ledarens nyckel"),
    door("/fil.{ending}", answering(_file), "Hämta tavlan, med ledarens nyckel", "GET"),
]
