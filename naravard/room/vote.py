"""The routes of the dots: a phone puts them, the leader opens and closes for them."""

from __future__ import annotations

import time
from typing import Any

from starlette.requests import Request

from naravard.access.callers import client_of
from naravard.base.errors import UserError
from naravard.room.limits import limits
from naravard.room.told import changing, door, kod_of, leading, votes, waiting_time, whole, workshops


def _vote(request: Request, body: dict[str, Any]) -> dict[str, list[int]]:
    """Let a phone's dots be those that it sends: all of them each time. One that is sent again changes nothing."""
    kod, answers = kod_of(request), body.get("prickar")
    workshops().change_number(kod)  # says so where there is no such workshop
    nyckel = str(body.get("nyckel", ""))
    limits.take_dots(kod, client_of(request), nyckel, time.monotonic())
    if not isinstance(answers, list):
        raise UserError("Prickarna går inte att läsa. Ladda om sidan och försök igen.")
    ids = [whole(one) for one in answers]
    dotted_ids = votes().vote(
        kod, whole(body.get("om")), nyckel, whole(body.get("utgava")), ids, age=waiting_time(body)
    )
    return {"prickar": list(dotted_ids)}


def _lead(request: Request, body: dict[str, Any]) -> dict[str, bool]:
    """Open a round, close it, or let all see the dots while they are put."""
    kod, om = leading(request), whole(body.get("om"))
    match body.get("gor"):
        case "oppna":
            votes().open(kod, om)
        case "stang":
            votes().close(kod)
        case "visa":
            votes().let_be_seen(kod, om, body.get("visas") is True)
        case _:
            raise UserError("Välj vad prickarna ska gälla. Ladda om sidan.")
    return {"gjort": True}


ROUTES = [
    door("/prickar", changing(_vote, is_calm=True), "Lägga prickar, med workshoppens kod"),
    door("/rostning", changing(_lead), "Öppna och stänga för prickar, med ledarens nyckel"),
]
