"""The routes of a workshop: what participants send, what the board shows, and what only its leader may do."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from naravard import exports
from naravard.base import kommuner, mask, settings
from naravard.base.errors import NotAllowed, TooSoon, UserError
from naravard.room.answers import answering
from naravard.room.projector import base_address, figure_on_screen, screen_of
from naravard.slides.links import address_of
from naravard.slides.sequence import entry
from naravard.slides.slide import Slide
from naravard.workshop import minutes
from naravard.workshop.board import Card, ShownFigure, Workshop
from naravard.workshop.workshops import DAYS_KEPT, Workshops
from naravard.workshop.writing import LONGEST, LONGEST_NAME

_KEY_HEADER = "x-nyckel"
_MOST_FROM_ONE, _WITHIN = 10, 60.0
"""Answers from one phone, in seconds."""
_LIMITS = {"svar": LONGEST, "namn": LONGEST_NAME, "dagar": DAYS_KEPT}
"""What the pages have to know of what is kept: characters of an answer and a name, and days."""


class Rate:
    """How often each phone has sent, by a number that its page makes. In memory alone: it tells nothing of anybody.

    It holds back an eager finger, not somebody who makes new numbers: the workshop's own limits do that.
    """

    def __init__(self) -> None:
        self._times_by_phone: dict[str, deque[float]] = {}
        self._lock = Lock()
        self._swept = 0.0

    def take(self, phone: str, now: float) -> None:
        """Count one answer. Raises TooSoon where a phone sends too many."""
        with self._lock:
            if now - self._swept > _WITHIN:
                self._times_by_phone = {p: s for p, s in self._times_by_phone.items() if s and now - s[-1] < _WITHIN}
                self._swept = now
            times = self._times_by_phone.setdefault(phone[:64], deque())
            while times and now - times[0] > _WITHIN:
                times.popleft()
            if len(times) >= _MOST_FROM_ONE:
                raise TooSoon(f"Du har skickat {_MOST_FROM_ONE} svar på en minut. Vänta lite och skicka sedan igen.")
            times.append(now)


_rate = Rate()


def workshops() -> Workshops:
    """The workshops of this installation."""
    return Workshops(settings.data_folder())


def _kod(request: Request) -> str:
    return str(request.path_params["kod"]).lower()


def _leading(request: Request) -> str:
    """The code of a workshop whose leader asks. Raises NotAllowed for anybody else."""
    kod = _kod(request)
    if not workshops().is_leader(kod, request.headers.get(_KEY_HEADER, "")):
        raise NotAllowed("Det här kan bara ledaren göra. Öppna workshoppen med ledarens hemliga länk.")
    return kod


def _open(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """A workshop as its participants see it."""
    return _workshop(workshops().workshop(_kod(request)), request)


def _workshop(workshop: Workshop, request: Request) -> dict[str, Any]:
    return {
        "kod": workshop.kod,
        "namn": workshop.namn,
        "bildspel": workshop.bildspel,
        "oppen": workshop.oppen,
        "raderas": workshop.raderas,
        "andring": workshop.andring,
        "grupper": [{"id": group.id, "namn": group.text} for group in workshop.grupper],
        "fragor": [{"id": question.id, "text": question.text} for question in workshop.fragor],
        "visas": _figure(workshop.visas, workshop.figur),
        "adress": f"{base_address(request)}/d/{workshop.kod}",
        "granser": _LIMITS,
        "personnummer": mask.javascript_patterns(),
    }


def _figure(figure: ShownFigure | None, number: int | None) -> dict[str, Any] | None:
    """The figure on screen, with its table; and where it can be looked at more closely, if phones reach that."""
    if figure is None:
        return None
    address = None
    with suppress(UserError):
        address = None if settings.is_room() else address_of(entry(figure.bild), None, figure.exempel)
    names = ("titel", "kalla", "kolumner", "rader", "exempel")
    return {**{name: getattr(figure, name) for name in names}, "id": number, "adress": address}


def _answer(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Keep a participant's answer. One that is sent again is kept once."""
    kod, store = _kod(request), workshops()
    store.change_number(kod)  # says so where there is no such workshop
    _rate.take(f"{kod} {body.get('telefon', '')}", time.monotonic())
    new = store.answer(
        kod,
        str(body.get("nyckel", "")),
        _whole(body.get("fraga")),
        _whole(body.get("grupp")),
        str(body.get("text", "")),
        _whole(body.get("figur")),
    )
    return {"nytt": new}


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62 else -1


def _board(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """The board, if it has changed since `andring`; with what is hidden for the leader alone."""
    kod, store = _kod(request), workshops()
    now = store.change_number(kod)
    if request.query_params.get("andring") == str(now):
        return {"andring": now}
    leads = _KEY_HEADER in request.headers and store.is_leader(kod, request.headers[_KEY_HEADER])
    return {
        **_workshop(store.workshop(kod), request),
        "andring": now,
        "svar": [_card(card) for card in store.board(kod, hidden=leads)],
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "id": card.id,
        "fraga": card.fraga,
        "grupp": card.grupp,
        "text": card.text,
        "lika": list(card.lika),
        "gemensamt": card.gemensamt,
        "dold": card.dold,
        "figur": card.figur.titel if card.figur else None,
    }


def _show(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Remember which figure was shown last. It stays while the board is up: that is what is being talked about."""
    kod = _leading(request)
    version, is_example = _whole(body.get("version")), body.get("exempel") is True
    names = {kommun.namn for kommun in kommuner.in_lan(settings.lan_kod())}
    kommun = str(body.get("kommun")) if body.get("kommun") in names else ""
    workshops().show(kod, figure_on_screen(screen_of(str(body.get("bild", "")), version, is_example), kommun, version))
    return {"sparat": True}


def _moderate(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """What the leader does with answers: hide, merge, move, mark as common."""
    kod, store = _leading(request), workshops()
    answers = body.get("svar")
    ids = [_whole(i) for i in answers] if isinstance(answers, list) else []
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
            kod, ids, None if fraga is None else _whole(fraga), None if grupp is None else _whole(grupp)
        ),
    }
    action = actions.get(str(body.get("gor")))
    if action is None or not ids:
        raise UserError("Välj först ett eller flera svar.")
    action()
    return {"gjort": True}


def _change(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Name, groups and questions; or whether it is open; or whether it is kept. One of them at a time."""
    kod, store = _leading(request), workshops()
    if isinstance(body.get("oppen"), bool):
        store.set_open(kod, body["oppen"])
    elif isinstance(body.get("behall"), bool):
        store.keep(kod, body["behall"])
    else:
        name = str(body.get("namn", ""))
        store.change(kod, namn=name, grupper=_texts(body, "grupper"), fragor=_texts(body, "fragor"))
    return {"sparat": True}


def _is_leader(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Whether the one who asks leads the workshop."""
    return {"ledare": workshops().is_leader(_kod(request), request.headers.get(_KEY_HEADER, ""))}


def _texts(body: dict[str, Any], name: str) -> list[str]:
    texts = body.get(name)
    return [str(text) for text in texts] if isinstance(texts, list) else []


def _delete(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Delete the workshop with all its answers, now."""
    workshops().delete(_leading(request))
    return {"raderat": True}


def _file(request: Request, body: dict[str, Any]) -> Response:
    """The board and the figures it was about, as a file."""
    kod, ending = _leading(request), str(request.path_params["ending"])
    store = workshops()
    record = minutes.minutes(store.workshop(kod), store.board(kod))
    content = exports.write_minutes(record, ending, _slide_of)
    name = exports.file_name(f"workshop_{record.workshop.namn}_{kod}", ending, is_example=record.is_example)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=exports.formats()[ending].media_type, headers=headers)


def _slide_of(figure: ShownFigure) -> Slide | None:
    """The slide of a kept figure; None when its version or what it shows is gone."""
    with suppress(UserError):
        return screen_of(figure.bild, figure.version, figure.exempel).slide
    return None


_ONE = "/api/workshop/{kod}"
ROUTES = [
    Route(_ONE, answering(_open), methods=["GET"]),
    Route(_ONE, answering(_delete), methods=["DELETE"]),
    Route(f"{_ONE}/svar", answering(_answer), methods=["POST"]),
    Route(f"{_ONE}/tavla", answering(_board), methods=["GET"]),
    Route(f"{_ONE}/ledare", answering(_is_leader), methods=["GET"]),
    Route(f"{_ONE}/visas", answering(_show), methods=["POST"]),
    Route(f"{_ONE}/ordna", answering(_moderate), methods=["POST"]),
    Route(f"{_ONE}/andra", answering(_change), methods=["POST"]),
    Route(f"{_ONE}/fil.{{ending}}", answering(_file), methods=["GET"]),
]
