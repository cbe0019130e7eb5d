"""An address of the API: read alone (GET, HEAD), for a role, with an ETag by which nothing is sent twice.

Another origin's page gets nothing: there are no headers of CORS, so a browser keeps the answer from it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from naravard import __version__
from naravard.access.callers import client_of
from naravard.access.doors import Door
from naravard.access.problems import API, Problem, problem
from naravard.api import limits
from naravard.api.questions import Parameter, Question, read
from naravard.base import log, settings
from naravard.base.errors import NotAllowed, NotFound, UserError
from naravard.base.model import EXAMPLE
from naravard.base.roles import Role
from naravard.figures import rules

JSON = "application/json"
_METHODS = ("GET", "HEAD", "OPTIONS")
_ALLOW = {"allow": ", ".join(_METHODS)}
_OF_ETAG = 16
_RANGE = re.compile(r"bytes=(\d{1,18})?-(\d{1,18})?", re.ASCII)
"""One part of an answer. Several at once are answered with all of it, as the standard lets one do."""
_PRIVATE = {"cache-control": "private, no-cache", "vary": "Cookie, Authorization"}
"""A browser or a program may keep it for itself, and asks each time whether it is still right."""
_STATUS: Mapping[type[UserError], int] = {NotAllowed: 403, NotFound: 404}


class Answer(NamedTuple):
    """What an address gives: the content, its media type, and the name of its file where it is one."""

    content: bytes
    media_type: str = JSON
    file_name: str = ""


@dataclass(frozen=True)
class Operation:
    """One address of the API, as its route and its description are made of it.

    `path` follows the API's own address, `work` answers. `examples` are the query strings, by name, of which the
    description has the answers; `{indikator}` in a path is then one of those that have figures. `schema` is what
    OpenAPI says of an answer, None for a file.
    """

    path: str
    name: str
    what: str
    description: str
    work: Callable[[Question], Answer]
    media_type: str = JSON
    parameters: tuple[Parameter, ...] = ()
    schema: Mapping[str, Any] | None = None
    examples: Mapping[str, str] = field(default_factory=dict)
    is_example: bool = False
    needs: Role = Role.PUBLIK


class ReadOnly(Door):
    """A route that is read alone, and how often is counted."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match each method: what is behind (Streamlit's own files) would take what this route does not."""
        match, child_scope = super().matches(scope)
        return Match.FULL if match is Match.PARTIAL else match, child_scope

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say which methods there are, count the question, and ask who comes."""
        if scope["method"] == "OPTIONS":
            answer = Response(status_code=204, headers=_ALLOW)
        elif scope["method"] not in _METHODS:
            answer = problem(405, f"{scope['method'][:20]} går inte här. Adressen går bara att läsa (GET).", _ALLOW)
        elif seconds := limits.seconds_to_wait(client_of(Request(scope))):
            why = f"Det kommer fler än {limits.MOST_A_MINUTE} frågor i minuten härifrån. Vänta {seconds} sekunder."
            answer = problem(429, why, {"retry-after": str(seconds)})
        else:
            await super().handle(scope, receive, send)
            return
        await answer(scope, receive, send)


class Resource(ReadOnly):
    """The route of an operation."""

    def __init__(self, path: str, operation: Operation) -> None:
        super().__init__(path, self._answer, needs=operation.needs, what=operation.what)
        self.operation = operation

    async def _answer(self, request: Request) -> Response:
        return await to_thread.run_sync(answer_of, self.operation, request)


class Nowhere(ReadOnly):
    """All addresses that are none of the API's."""

    def __init__(self, path: str) -> None:
        super().__init__(path, self._answer, needs=Role.ALLA, what="Adresser som inte finns")

    async def _answer(self, request: Request) -> Response:
        return problem(404, f"Adressen finns inte. Alla adresser står på {API}.")


def answer_of(operation: Operation, request: Request) -> Response:
    """The answer to a request, or what is wrong with it."""
    try:
        question = read(request, operation.parameters, is_example=operation.is_example)
        tag = etag(question)
        asked_tags = tags_of(request.headers.get("if-none-match", ""))
        if tag.strip('"') in asked_tags:
            return Response(status_code=304, headers={**_PRIVATE, "etag": tag})
        answer = operation.work(question)
        if "*" in asked_tags:
            return Response(status_code=304, headers={**_PRIVATE, "etag": tag})
        headers = {**_PRIVATE, "etag": tag, "accept-ranges": "bytes", **_as_file(answer)}
        return _whole_or_part(answer, headers, request)
    except Problem as error:
        return problem(error.status, str(error), **error.more)
    except UserError as error:
        return problem(_STATUS.get(type(error), 400), str(error))
    except Exception as error:
        number = log.fault("Oväntat fel i API:et", error)
        return problem(500, f"Något gick fel. Felets nummer i serverns logg är {number}.", nummer=number)


def _whole_or_part(answer: Answer, headers: Mapping[str, str], request: Request) -> Response:
    """All of the content, or the bytes that are asked for: DuckDB reads a Parquet file from its end."""
    match = _RANGE.fullmatch(request.headers.get("range", "")) if request.method == "GET" else None
    if match is None or request.headers.get("if-range", headers["etag"]) != headers["etag"]:
        return Response(answer.content, 200, headers, answer.media_type)
    size = len(answer.content)
    first, end = (int(match[1]), int(match[2] or size) + 1) if match[1] else (size - int(match[2] or 0), size)
    first, end = max(0, first), min(end, size)
    if first >= end:
        why = f"Svaret är {size} byte långt, och de som efterfrågas finns inte."
        return problem(416, why, {"content-range": f"bytes */{size}"})
    part = {**headers, "content-range": f"bytes {first}-{end - 1}/{size}"}
    return Response(answer.content[first:end], 206, part, answer.media_type)


def _as_file(answer: Answer) -> dict[str, str]:
    return {"content-disposition": f'inline; filename="{answer.file_name}"'} if answer.file_name else {}


def tags_of(header: str) -> set[str]:
    """The tags that an `If-None-Match` names, strong and weak alike, without their quotes; `*` for any."""
    return {part.strip().removeprefix("W/").strip('"') for part in header.split(",")} - {""}


def etag(question: Question) -> str:
    """What tells one answer from all others: the address, the parameters, the version, the rules and the program.

    In whichever order the parameters come. A version's day is in it, so that a store that was put in the place of
    another has tags of its own.
    """
    in_force = rules.in_force()
    parts = [
        question.path,
        sorted((name, str(value)) for name, value in question.values.items()),
        question.version,
        _day_of(question),
        [in_force.low, in_force.high, sorted(in_force.switched_off), in_force.complementary, in_force.rounding_base],
        settings.lan_kod(),
        _program(),
    ]
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:_OF_ETAG]
    return f'"{EXAMPLE.lower() + "-" if question.store.is_example else ""}v{question.version}-{digest}"'


def _day_of(question: Question) -> str:
    with question.store.open(question.version) as snapshot:
        return snapshot.versions()[0].nar


@cache
def _program() -> str:
    """The program and its indicators, which are files beside it."""
    content = b"".join(path.read_bytes() for path in sorted(settings.QUERIES.rglob("*.sql")))
    return f"{__version__} {hashlib.sha256(content).hexdigest()}"
