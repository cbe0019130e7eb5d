"""How the room's routes answer: JSON that no browser keeps, and what went wrong as a Swedish sentence and a code."""

from __future__ import annotations

import functools
import inspect
import json
from collections.abc import Callable
from typing import Any

from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from naravard.base import log
from naravard.base.errors import (
    NotAllowed,
    NotFound,
    TooSoon,
    Unavailable,
    UserError,
)

_LARGEST = 100_000
"""Bytes of a request."""


class NotJson(UserError):
    """A body of another kind than JSON."""

    code = "not_json"


_STATUS = {NotAllowed: 403, NotFound: 404, TooSoon: 429, NotJson: 415, Unavailable: 503}
Work = Callable[[Request, dict[str, Any]], Any]


def answering(work: Work) -> Callable[[Request], Any]:
    """A route that gives what `work(request, body)` gives, or says in Swedish why not. On a thread, if not async."""

    @functools.wraps(work)
    async def route(request: Request) -> Response:
        try:
            body = await _body(request)
            if inspect.iscoroutinefunction(work):
                answer = await work(request, body)
            else:
                answer = await to_thread.run_sync(work, request, body)
            return answer if isinstance(answer, Response) else as_answer(answer)
        except UserError as error:
            return as_answer({"fel": str(error), "felkod": error.code}, _STATUS.get(type(error), 400))
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception as error:
            number = log.fault("Oväntat fel i rummet", error)
            text = f"Något gick fel. Försök igen om en stund. Felets nummer i serverns logg är {number}."
            return as_answer({"fel": text, "felkod": ""}, 500)

    return route


async def _body(request: Request) -> dict[str, Any]:
    """What was sent, as an object; empty where nothing was."""
    _refuse_other_kinds(request)
    raw = b""
    async for part in request.stream():
        raw += part
        if len(raw) > _LARGEST:
            raise UserError("Det som skickades är för stort.")
    try:
        body = json.loads(raw) if raw else {}
        json.dumps(body, ensure_ascii=False).encode()  # half a sign cannot be kept
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise UserError("Det som skickades går inte att läsa. Ladda om sidan och försök igen.")
    return body


def _refuse_other_kinds(request: Request) -> None:
    """Raises NotJson for a body of another kind: JSON is what a page of another origin cannot send unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if (request.method == "POST" or has_body) and kind != "application/json":
        raise NotJson("Det som skickas hit ska vara JSON (content-type: application/json). Ladda om sidan.")


def as_answer(content: Any, status: int = 200) -> Response:
    """Content as JSON that no browser keeps."""
    return JSONResponse(content, status_code=status, headers={"cache-control": "no-store"})
