"""What the walls of a workshop show, and who changes it: one state for all of them, from any device with the key."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from anyio import to_thread
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from naravard.base import kommuner, settings
from naravard.base.errors import NotFound, UserError
from naravard.room.answers import answering, as_answer
from naravard.room.live import pulse
from naravard.room.projector import as_json, figure_on_screen, refuse_older, screen_of, status_of, store_of, version_of
from naravard.room.told import changing, door, kod_of, leading, now_ms, slides_of, state_of, walls, whole, workshops


def _steer(request: Request, body: dict[str, Any]) -> Response:
    """Change what the walls show. What is on screen is then remembered, for the answers that are written meanwhile."""
    kod = leading(request)
    since = body.get("efter")
    change = _checked_change(body.get("andring"))
    who = str(body.get("vem", ""))[:64]
    state = state_of(*walls().steer(kod, change, who, None if since is None else whole(since)))
    answer = as_answer(state)
    answer.background = BackgroundTask(_remember_figure, kod)
    return answer


def _checked_change(change: object) -> dict[str, Any]:
    """What is to be changed, each of its kind. Raises UserError for anything else."""
    if not isinstance(change, dict) or not change:
        raise UserError("Det finns inget att ändra på väggen. Ladda om sidan.")
    for name, value in change.items():
        if name not in _STATE or not _STATE[name](value):
            raise UserError(f"Väggen kan inte visa ”{str(name)[:40]}” så. Ladda om sidan.")
    return change


def _is_place(value: object) -> bool:
    return 0 <= whole(value) < _MOST_PLACES


def _is_place_or_none(value: object) -> bool:
    return value is None or _is_place(value)


def _is_choice(value: object) -> bool:
    return isinstance(value, bool)


def _is_kommun(value: object) -> bool:
    names = {kommun.namn for kommun in kommuner.in_lan(settings.lan_kod())}
    return value is None or (isinstance(value, str) and value in names)


def _is_time_or_none(value: object) -> bool:
    return value is None or abs(whole(value) - now_ms()) < _LONGEST_TIMER


_MOST_PLACES = 1_000_000
_LONGEST_TIMER = 24 * 3_600_000
"""Milliseconds that the end of a timer may be from now."""


_STATE: dict[str, Callable[[object], bool]] = {
    "nr": _is_place,
    "kommun": _is_kommun,
    "tavla": _is_place_or_none,
    "plats": _is_place,
    "svart": _is_choice,
    "qr": _is_choice,
    "kort": _is_place_or_none,
    "version": _is_place_or_none,
    "staplar": _is_choice,
    "slut": _is_time_or_none,
}
"""What the walls' state may be changed to."""


async def _remember_figure(kod: str) -> None:
    """Remember which figure the walls show. It stays while the board is up: that is what is being talked about."""
    with suppress(UserError):  # a screen that cannot be shown is not remembered
        await to_thread.run_sync(_keep_figure, kod)
    pulse.tell(kod)


def _keep_figure(kod: str) -> None:
    _, state = walls().state(kod)
    slides = slides_of(kod)
    version = state.version or store_of(slides.exempel).newest or 0
    screen = screen_of(slides.bilder[min(state.nr, len(slides.bilder) - 1)], version, slides.exempel)
    workshops().show(kod, figure_on_screen(screen, state.kommun or "", version))


def _lage(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """What a wall of the workshop has to know before it shows anything."""
    return status_of(request, slides_of(kod_of(request)))


def _bild(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """One of the workshop's own screens: what a room sees is shown to any wall that knows its code."""
    slides = slides_of(kod_of(request))
    number = request.query_params.get("nr", "")
    if not number.isdecimal() or int(number) >= len(slides.bilder):
        raise NotFound("Bildspelet har ingen sådan bild.")
    version = version_of(request.query_params.get("version", ""))
    if version != walls().state(kod_of(request))[1].version:  # what the leader has pinned is what the room sees
        refuse_older(request, version, slides.exempel)
    return as_json(screen_of(slides.bilder[int(number)], version, slides.exempel))


ROUTES = [
    door("/rum", changing(_steer), "Styra visningen, med ledarens nyckel"),
    door("/lage", answering(_lage), "Workshoppens läge, med dess kod", "GET"),
    door("/bild", answering(_bild), "Workshoppens bilder, med dess kod", "GET"),
]
