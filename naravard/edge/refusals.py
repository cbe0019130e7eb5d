"""How the edge says no: in Swedish, as text, or as JSON where scripts read the answer."""

from __future__ import annotations

from typing import NamedTuple

from starlette.types import Receive, Scope, Send

from naravard.access import doors

_POLICY_VIOLATION = 1008


class Refusal(NamedTuple):
    """Why a request is refused, and the status of HTTP that says it."""

    status: int
    text: str


async def refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request or a websocket with a refusal. Of a websocket browsers tell a page no more than that it is."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
    else:
        await doors.refusal(refusal.text, scope, refusal.status)(scope, receive, send)
