"""The guard of the server: it lets in what comes for this server, from its own pages or from no page at all."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from naravard.base import settings
from naravard.edge import names, proxies
from naravard.edge.refusals import Refusal, refuse
from naravard.ui import streamlit_internals

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_FOREIGN_SITES = frozenset({"cross-site", "same-site"})
"""What browsers say of a page that is not of the same origin, also where they send no origin."""
_NO_SUCH_NAME = Refusal(
    421,
    "Adressen leder inte hit. Öppna tjänsten på den adress som du har fått. På datorn själv: http://127.0.0.1 och "
    "porten. Den som sköter servern: sätt adressen i NARAVARD_ADRESS.",
)
_FOREIGN_PAGE = Refusal(
    403, "En sida på en annan adress får inte skicka något hit. Öppna tjänsten på dess egen adress och gör det där."
)
_UNNAMED_PROXY = Refusal(
    403,
    "I rumsläge tas inget emot genom en proxy som inte är namngiven. Den som sköter servern: sätt proxyns adress i "
    "NARAVARD_PROXY, eller öppna datorns egen adress.",
)
_CLOSED = Refusal(404, "Sidan finns inte.")


class Guard:
    """Refuse requests and websockets for other names than the server's own, or from foreign pages, before the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with who asks; or say no."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
        elif refusal := _refusal(scope):
            await refuse(refusal, scope, receive, send)
        else:
            await self.app(_with_own_host(scope), receive, send)


class Clients:
    """Put the address of who asks in its place, where a named proxy tells it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self.app(proxies.with_client(scope) if "headers" in scope else scope, receive, send)


def _refusal(scope: Scope) -> Refusal | None:
    host = names.host_of(scope)
    if host is None or not names.is_own_host(host, scope):
        return _NO_SUCH_NAME
    if _is_from_foreign_page(scope):
        return _FOREIGN_PAGE
    if settings.is_room() and proxies.is_forwarded(scope) and not proxies.is_from_named_proxy(scope):
        return _UNNAMED_PROXY
    return _CLOSED if any(path in scope["path"] for path in streamlit_internals.NOT_SERVED) else None


def _is_from_foreign_page(scope: Scope) -> bool:
    """Whether a page of another origin opens a websocket, or sends something that may change something."""
    if scope["type"] == "http" and scope["method"] in _READS:
        return False
    origins = names.headers_of(scope, b"origin")
    sites = names.headers_of(scope, b"sec-fetch-site")
    is_foreign_site = not origins and any(site in _FOREIGN_SITES for site in sites)
    return is_foreign_site or any(not names.is_own_origin(origin, scope) for origin in origins)


def _with_own_host(scope: Scope) -> Scope:
    """A websocket of an own page, asking for the name that the page has: a proxy may have put another in its place.

    Streamlit compares the two, and asks the internet where they differ.
    """
    origins = names.headers_of(scope, b"origin") if scope["type"] == "websocket" else []
    if not origins:
        return scope
    others = [pair for pair in scope["headers"] if pair[0].lower() != b"host"]
    return {**scope, "headers": [(b"host", urlsplit(origins[0]).netloc.encode("latin-1")), *others]}
