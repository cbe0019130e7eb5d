"""What every answer carries: headers that bind the browser, and the page's language."""

from __future__ import annotations

from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naravard import room
from naravard.edge import names
from naravard.ui import assets, streamlit_internals

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cross-origin-resource-policy": b"same-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'{sockets}; worker-src 'self' blob:; manifest-src 'self'; "
    "media-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
)
"""What a page may reach: this server alone. The browser itself refuses fonts, scripts and telemetry of others."""
_OF_STREAMLIT = "'unsafe-inline' blob:"
"""Its page has scripts of its own in it, and so have ours that it runs; parts with scripts are blobs."""
_FIRST_PARTS = ("PlotlyChart", "Html", "Selectbox")
"""Parts of Streamlit's front end that it would ask for only when the first figures arrive."""


class Headers:
    """Add our headers to every response, and tell browsers and screen readers that the page is Swedish."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own_headers = [
                    *_HEADERS.items(),
                    (b"content-security-policy", _policy(scope).encode()),
                    *([(b"link", _ahead())] if _wants_streamlits_page(scope) else []),
                ]
                changed_names = {name for name, _ in own_headers if name != b"link"}
                changed_names |= {b"content-length"} if _wants_streamlits_page(scope) else set()
                message["headers"] = [
                    header for header in message["headers"] if header[0].lower() not in changed_names
                ] + own_headers
            elif message["type"] == "http.response.body" and _wants_streamlits_page(scope):
                message["body"] = _own_page(message.get("body", b""))
            await send(message)

        await self.app(_uncompressed_page(scope), receive, with_headers)


def _policy(scope: Scope) -> str:
    """What the page of an answer may reach. Not all browsers know that a server's own websockets are its own."""
    hosts = names.headers_of(scope, b"host") if names.host_of(scope) else []
    own = [*hosts, *(f"{origin.host}:{origin.port}" for origin in names.public_origins())]
    sockets = "".join(f" ws://{host} wss://{host}" for host in own)
    scripts = room.scripts_of(scope["path"])
    return _POLICY.format(scripts=_OF_STREAMLIT if scripts is None else scripts, sockets=sockets)


def _own_page(body: bytes) -> bytes:
    """Streamlit's page in Swedish, with what is done before its scripts; any other page as it is."""
    language, head = streamlit_internals.LANGUAGE, streamlit_internals.HEAD
    return body.replace(*language).replace(head, head + assets.before(), 1) if language[0] in body else body


@cache
def _ahead() -> bytes:
    """The header that lets a browser read the scripts of charts while it still waits for the figures."""
    scripts = streamlit_internals.scripts_of(*_FIRST_PARTS)
    return ", ".join(f"<{address}>; rel=modulepreload" for address in scripts).encode()


def wants_page(scope: Scope) -> bool:
    """Whether a request is for a page that a person looks at."""
    return scope["type"] == "http" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _wants_streamlits_page(scope: Scope) -> bool:
    return wants_page(scope) and scope["path"].split("/")[1] not in room.PATHS


def _uncompressed_page(scope: Scope) -> Scope:
    """A request for a page, asking for it uncompressed, so that its language can be set. It is 8 kB."""
    if not wants_page(scope):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
