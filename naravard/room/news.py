"""What is new in a workshop since what the one who asks has."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from anyio import to_thread
from starlette.requests import Request

from naravard.access.callers import client_of
from naravard.base.errors import UserError
from naravard.room.answers import answering
from naravard.room.limits import limits
from naravard.room.live import Presence, pulse, wait_for_news
from naravard.room.others import Others
from naravard.room.projector import base_address
from naravard.room.told import (
    KEY_HEADER,
    as_told,
    card_of,
    door,
    kod_of,
    notes,
    phones_card_of,
    state_of,
    undo,
    votes,
    walls,
    workshops,
)
from naravard.workshop.board import Card, candidates

_Part = tuple[str, Any]
"""The tag of a part's content, and the content."""


_FRESH = 2.0
"""Seconds after which what another process may have changed is looked for."""


@dataclass(frozen=True)
class _Cached:
    """What phones are told, for as long as nothing has changed; a hundred of them ask for the same."""

    beat: int
    at: float
    tag: str
    content: Any


_CALM = 4.0
"""Seconds between two looks, for phones, at what other phones have sent."""
_MOST_CACHED = 500
_cards_for_phones: dict[str, _Cached] = {}
_seen_by_phones: dict[tuple[str, str], _Cached] = {}


presence = Presence()
others = Others(presence)


async def _news(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """What is new since what the one who asks has, by its tags; asked with `vanta`, as soon as there is something.

    `deltagare` is the workshop as phones show it, `kort` the answers that they may see, `tavla` the board, `rum` what
    the walls show, `telefoner` how many phones there are.
    """
    kod = kod_of(request)
    query = request.query_params
    await to_thread.run_sync(workshops().change_number, kod)  # nobody waits for a workshop that there is not
    phone, now = query.get("telefon", ""), time.monotonic()
    if phone and limits.is_welcome(kod, client_of(request), phone, now):
        presence.note(kod, phone, now)
    seconds = float(query["vanta"]) if query.get("vanta", "").isdecimal() else 0.0
    with others.waited_for(kod):
        return await wait_for_news(kod, seconds, lambda: _new_parts(kod, request), others.look)


def _new_parts(kod: str, request: Request) -> dict[str, Any]:
    """The parts that are asked for and that have other tags than what is known."""
    query = request.query_params
    parts = {name: part for name, part in _PARTS.items() if name in query}
    if not parts:
        raise UserError("Frågan säger inte vad som ska vara nytt. Ladda om sidan.")
    news = {name: part(kod, request, query[name]) for name, part in parts.items()}
    return {name: {"tagg": tag, "innehall": content} for name, (tag, content) in news.items() if tag != query[name]}


def phones_news(kod: str, request: Request) -> dict[str, Any]:
    """What a phone that knows nothing would be answered. Raises NotFound for no workshop."""
    tag, content = _participants_part(kod, request, "")
    return {"deltagare": {"tagg": tag, "innehall": content}}


def _participants_part(kod: str, request: Request, tag: str) -> _Part:
    beat, address = pulse.beat(kod), base_address(request)
    cached = _seen_by_phones.get((kod, address))
    if cached is None or cached.beat != beat or time.monotonic() - cached.at > _FRESH:
        content = as_told(workshops().workshop(kod), request)
        content.pop("andring")
        if len(_seen_by_phones) > _MOST_CACHED:
            _seen_by_phones.clear()
        cached = _seen_by_phones[kod, address] = _Cached(beat, time.monotonic(), _digest(content), content)
    return cached.tag, cached.content


def _cards_part(kod: str, request: Request, tag: str) -> _Part:
    """The answers that phones may see: all when the leader lets them, else those that dots can be put on now.

    A hundred phones ask for them, and each answer of somebody is a change: what others write is told in gathered turns.
    """
    now, beat = time.monotonic(), pulse.strong_beat(kod)
    cached = _cards_for_phones.get(kod)
    if cached is None or cached.beat != beat or now - cached.at > _CALM:
        content = [phones_card_of(card) for card in _cards_for(kod)]
        if len(_cards_for_phones) > _MOST_CACHED:
            _cards_for_phones.clear()
        cached = _cards_for_phones[kod] = _Cached(beat, now, _digest(content), content)
    return cached.tag, cached.content


def _cards_for(kod: str) -> Sequence[Card]:
    workshop = workshops().workshop(kod)
    if workshop.visa_svar:
        return workshops().board(kod)
    open_rounds = [each.om for each in workshop.rostningar if each.oppen]
    return candidates(workshops().board(kod), open_rounds[-1]) if open_rounds else []


def _digest(content: Any) -> str:
    return f"{zlib.crc32(json.dumps(content).encode()):08x}"


def _board_part(kod: str, request: Request, tag: str) -> _Part:
    """The board; with what is hidden for the leader alone."""
    store = workshops()
    leads = KEY_HEADER in request.headers and store.is_leader(kod, request.headers[KEY_HEADER])
    address = zlib.crc32(base_address(request).encode())
    step = undo.last(kod, time.monotonic()) if leads else None
    now = f"{store.change_number(kod)}.{address:08x}.{int(leads)}.{step.number if step else 0}"
    if now == tag:
        return now, None
    workshop = store.workshop(kod)
    content = {
        **as_told(workshop, request),
        "angra": {"nr": step.number, "text": step.text} if step else None,
        "anteckningar": notes().all(kod) if leads else {},
        "roster": votes().ballots(kod),
        "svar": [card_of(card, workshop.rostningar, leads=leads) for card in store.board(kod, hidden=leads)],
    }
    return now, content


def _wall_part(kod: str, request: Request, tag: str) -> _Part:
    state = state_of(*walls().state(kod))
    return str(state["nummer"]), state


def _phones_part(kod: str, request: Request, tag: str) -> _Part:
    count = presence.count(kod, time.monotonic()) + others.phones(kod)
    return str(count), count


_PARTS: dict[str, Callable[[str, Request, str], _Part]] = {
    "deltagare": _participants_part,
    "tavla": _board_part,
    "kort": _cards_part,
    "rum": _wall_part,
    "telefoner": _phones_part,
}


ROUTES = [
    door("/nytt", answering(_news), "Det som är nytt i en workshop, med dess kod", "GET"),
]
