"""What every answer carries: headers that bind the browser, and the page's language."""

from __future__ import annotations

from functools import cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naravard import room
from naravard.access.problems import API
from naravard.edge import names, proxies
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
_OWN_POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'self'; "
    "base-uri 'none'"
)
"""The same for our own pages, which need less. It is short, so that their first script comes in the same packet."""
_OF_STREAMLIT = "'unsafe-inline' blob:"
"""Its page has scripts of its own in it, and so have ours that it runs; parts with scripts are blobs."""
_FIRST_PARTS = ("PlotlyChart", "Html", "Selectbox")
"""Parts of Streamlit's front end that it would ask for only when the first figures arrive."""
_ONLY_TLS = (b"strict-transport-security", b"max-age=31536000")
"""A browser that has been here by https comes by nothing else for a year."""


class Headers:
    """Add our headers to every response, and tell browsers and screen readers that the page is Swedish."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and change what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        is_by_tls = proxies.with_client(scope).get("scheme") == "https"

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own_headers = [
                    *_HEADERS.items(),
                    (b"content-security-policy", _policy(scope, is_by_tls=is_by_tls).encode()),
                    *([(b"link", _ahead())] if _wants_streamlits_page(scope) else []),
                    *([_ONLY_TLS] if is_by_tls else []),
                ]
                changed_names = {name for name, _ in own_headers if name != b"link"}
                changed_names |= {b"content-length"} if _wants_streamlits_page(scope) else set()
                message["headers"] = [
                    _only_by_tls(header) if is_by_tls else header
                    for header in message["headers"]
                    if header[0].lower() not in changed_names
                ] + own_headers
            elif message["type"] == "http.response.body" and _wants_streamlits_page(scope):
                message["body"] = _own_page(message.get("body", b""))
            await send(message)

        await self.app(_uncompressed_page(scope), receive, with_headers)


def _only_by_tls(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A cookie that a browser never sends in clear. Streamlit behind a proxy does not know that it is asked by TLS."""
    name, value = header
    attributes = {part.strip().lower() for part in value.split(b";")[1:]}
    is_open_cookie = name.lower() == b"set-cookie" and b"secure" not in attributes
    return (name, value + b"; Secure") if is_open_cookie else header


def _policy(scope: Scope, *, is_by_tls: bool) -> str:
    """What the page of an answer may reach. Not all browsers know that a server's own websockets are its own."""
    scripts = "" if scope["path"].startswith(API) else room.scripts_of(scope["path"])  # the guide runs none
    if scripts is not None:
        return _OWN_POLICY.format(scripts=scripts)
    hosts = names.headers_of(scope, b"host") if names.host_of(scope) else []
    own = dict.fromkeys([*hosts, *(f"{origin.host}:{origin.port}" for origin in names.public_origins())])
    sockets = "".join(f" wss://{host}" if is_by_tls else f" ws://{host} wss://{host}" for host in own)
    return _POLICY.format(scripts=_OF_STREAMLIT, sockets=sockets)


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
