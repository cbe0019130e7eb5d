"""Routes that ask who comes: each says which role it needs where it is defined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from naravard.access.problems import API, problem
from naravard.base.errors import NotAllowed
from naravard.base.roles import NOBODY, Identity, Role, need

_WHO = "naravard.who"
"""Where a request has what tells who asks; the edge puts it there."""
_NO_CACHE = {"cache-control": "no-store"}


def with_identity(scope: Scope, who: Callable[[], Identity]) -> Scope:
    """The request with what tells who asks, which is asked where it is needed."""
    return {**scope, _WHO: who}


def identity_of(scope: Scope) -> Identity:
    """Who asks. Nobody, where no edge has said it."""
    who: Callable[[], Identity] | None = scope.get(_WHO)
    return who() if who is not None else NOBODY


class Door(Route):
    """A route, the role that it needs, and what it gives, in the words of a refusal."""

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        needs: Role,
        what: str,
        methods: list[str] | None = None,
    ) -> None:
        super().__init__(path, endpoint, methods=methods)
        self.needs = needs
        self.what = what

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask who comes, and pass the request on; or say no."""
        try:
            need(self.needs, identity_of(scope), self.what)
        except NotAllowed as error:
            await refusal(str(error), scope, felkod=NotAllowed.code)(scope, receive, send)
        else:
            await super().handle(scope, receive, send)


def refusal(text: str, scope: Scope, status: int = 403, **more: str) -> Response:
    """A no, as JSON where scripts read the answer, with more for them; as a problem where programs do."""
    if scope["path"].startswith(API):
        return problem(status, text, **{name: value for name, value in more.items() if value})
    if scope["path"].startswith("/api/"):
        return JSONResponse({"fel": text, **more}, status, _NO_CACHE)
    return PlainTextResponse(text, status, _NO_CACHE)
