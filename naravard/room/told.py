"""A workshop as pages are told of it, and who may ask for what."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from naravard.access.doors import Door
from naravard.base import lan, mask, settings
from naravard.base.errors import NotAllowed, UserError
from naravard.base.roles import Role
from naravard.room.answers import Work, answering
from naravard.room.live import pulse
from naravard.room.projector import Slides, base_address
from naravard.slides.links import address_of
from naravard.slides.sequence import entry
from naravard.workshop.board import COMMON, Card, ShownFigure, VoteRound, WallState, Workshop
from naravard.workshop.notes import Notes
from naravard.workshop.undo import Undo
from naravard.workshop.votes import DOTS, Votes
from naravard.workshop.walls import Walls
from naravard.workshop.workshops import DAYS_KEPT, Workshops
from naravard.workshop.writing import LONGEST, LONGEST_NAME

KEY_HEADER = "x-nyckel"
_OLDEST = 24 * 3_600_000
"""Milliseconds that an answer can have waited in a phone."""


_LIMITS = {"svar": LONGEST, "namn": LONGEST_NAME, "dagar": DAYS_KEPT, "prickar": DOTS}
"""What the pages have to know of what is kept: characters of an answer and a name, days, and dots of a phone."""


undo = Undo()


def workshops() -> Workshops:
    """The workshops of this installation."""
    return Workshops(lan.folder())


def votes() -> Votes:
    """The dots of the workshops of this installation."""
    return Votes(lan.folder())


def notes() -> Notes:
    """The leaders' own notes of this installation."""
    return Notes(lan.folder())


def walls() -> Walls:
    """What the rooms of this installation see."""
    return Walls(lan.folder())


def waiting_time(body: dict[str, Any]) -> timedelta:
    """How long what is sent has waited in the phone."""
    return timedelta(milliseconds=min(max(whole(body.get("alder")), 0), _OLDEST))


def kod_of(request: Request) -> str:
    """The code of the workshop that is asked about."""
    return str(request.path_params["kod"]).lower()


def leading(request: Request) -> str:
    """The code of a workshop whose leader asks. Raises NotAllowed for anybody else."""
    kod = kod_of(request)
    if not workshops().is_leader(kod, request.headers.get(KEY_HEADER, "")):
        raise NotAllowed("Det här kan bara ledaren göra. Öppna workshoppen med ledarens hemliga länk.")
    return kod


def door(path: str, endpoint: Callable[..., Any], what: str, method: str = "POST") -> Door:
    """A route of a workshop. Who knows the code answers, and who has the key leads: no login is asked of a room."""
    return Door(f"/api/workshop/{{kod}}{path}", endpoint, needs=Role.ALLA, what=what, methods=[method])


def changing(work: Work, *, is_calm: bool = False) -> Callable[[Request], Any]:
    """A route that changes a workshop: those who wait for news of it are woken. Phones may hear of a calm one later."""
    route = answering(work)

    async def changing(request: Request) -> Response:
        response: Response = await route(request)
        if response.status_code < 400:
            pulse.tell(kod_of(request), is_calm=is_calm)
        return response

    return changing


def slides_of(kod: str) -> Slides:
    """The screens that a workshop shows."""
    return Slides.of_query(workshops().workshop(kod).bildspel)


def as_told(workshop: Workshop, request: Request) -> dict[str, Any]:
    """A workshop as its participants see it."""
    return {
        "kod": workshop.kod,
        "namn": workshop.namn,
        "bildspel": workshop.bildspel,
        "oppen": workshop.oppen,
        "raderas": workshop.raderas,
        "andring": workshop.andring,
        "grupper": [{"id": group.id, "namn": group.text} for group in workshop.grupper],
        "fragor": [asdict(question) for question in workshop.fragor],
        "fraga_nu": _question_now(workshop),
        "visa_svar": workshop.visa_svar,
        "granskas": workshop.granskas,
        "rostningar": [asdict(each) for each in workshop.rostningar],
        "rensad": workshop.rensad,
        "visas": _figure(workshop.visas, workshop.figur),
        "adress": f"{base_address(request)}/d/{workshop.kod}",
        "granser": _LIMITS,
        "personnummer": mask.javascript_patterns(),
    }


def _question_now(workshop: Workshop) -> int | None:
    """The question that is on the board; None where none is."""
    question = walls().state(workshop.kod)[1].question
    return workshop.fragor[question].id if question is not None and question < len(workshop.fragor) else None


def _figure(figure: ShownFigure | None, number: int | None) -> dict[str, Any] | None:
    """The figure on screen, with its table; and where it can be looked at more closely, if phones reach that."""
    if figure is None:
        return None
    address = None
    with suppress(UserError):
        address = None if settings.is_room() else address_of(entry(figure.bild), None, figure.exempel)
    names = ("titel", "kalla", "kolumner", "rader", "exempel")
    return {**{name: getattr(figure, name) for name in names}, "id": number, "adress": address}


def card_of(card: Card, rounds: Sequence[VoteRound], *, leads: bool) -> dict[str, Any]:
    """An answer on the board. How many dots it has is told to others when the leader lets it be seen."""
    seen_rounds = {each.om for each in rounds if leads or each.visas}
    return {
        "id": card.id,
        "fraga": card.fraga,
        "grupp": card.grupp,
        "text": card.text,
        "lika": list(card.lika),
        "gemensamt": card.gemensamt,
        "dold": card.dold,
        "vantar": card.vantar,
        "prickar": card.prickar if card.fraga in seen_rounds else 0,
        "prickar_gemensamt": card.prickar_gemensamt if COMMON in seen_rounds else 0,
        "figur": card.figur.titel if card.figur else None,
    }


def phones_card_of(card: Card) -> dict[str, Any]:
    """An answer as a phone shows it to others."""
    names = ("id", "fraga", "grupp", "text", "gemensamt", "ihop", "lika")
    return {name: getattr(card, name) for name in names}


def state_of(number: int, state: WallState) -> dict[str, Any]:
    """What the walls show, with the number of its change, and the server's clock, by which timers go."""
    return {"nummer": number, "lage": asdict(state), "nu": now_ms()}


def now_ms() -> int:
    """The server's clock, as milliseconds since 1970."""
    return int(1000 * time.time())


def whole(value: object) -> int:
    """A whole number that was sent; -1 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62 else -1
