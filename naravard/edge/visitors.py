"""Who asks, told to what lies behind the edge: by which way they are somebody here, and what a trusted proxy says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from anyio import to_thread
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from naravard.access import doors, tokens
from naravard.access.problems import API
from naravard.access.role_rules import rules_of
from naravard.access.visitors import Mode, identity_of_key
from naravard.base import settings
from naravard.base.errors import NotAllowed, Unavailable, UserError
from naravard.base.roles import Identity, Role, need
from naravard.edge import names, only_the_room, proxies
from naravard.edge.refusals import Refusal, refuse
from naravard.ui import streamlit_internals, visitor

_ONLY_TO_READ = (
    "ANDRA ÄN DEN HÄR DATORN NÅR APPEN, OCH INGEN INLOGGNING ÄR PÅSLAGEN. Därför går det bara att läsa publicerade "
    "siffror: uppladdning, versioner, återställning, rättelser, profiler, brytpunkter och workshoppar är avstängda. "
    "Slå på inloggning så som det står i docs/behorighet.md, eller starta med --server.address "
    "127.0.0.1."
)
_BEARER = "bearer"
_NO_SUCH_KEY = Refusal(
    401,
    "Nyckeln finns inte, har gått ut eller är återkallad. Gör en ny på sidan Program och API.",
)
UPLOAD = "Ladda upp en fil", Role.ANALYTIKER
"""What Streamlit's own door for files is called in a refusal, and the role that it needs."""


class Visitors:
    """Tell what lies behind who asks, and let only those send files who may read them in."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say no."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        mode = mode_of(scope)
        with_claims = _with_trusted_headers(scope, mode)
        who = partial(_identity, mode, with_claims)
        refusal = None
        if key := _key_of(with_claims, mode):
            holder = await to_thread.run_sync(_holder, key)  # which servers may share, and ask a database for
            refusal, who = (holder, who) if isinstance(holder, Refusal) else (None, partial(_same, holder))
        if refusal := refusal or _refused_upload(scope, who):
            await refuse(refusal, scope, receive, send)
            return
        headers = [*with_claims["headers"], (visitor.MODE_HEADER.encode(), mode.value.encode())]
        await self.app(doors.with_identity({**with_claims, "headers": headers}, who), receive, send)


def dangers(*, is_reached_by_others: bool) -> Iterator[str]:
    """What is dangerous, or does not work, in how roles have been given."""
    mode = visitor.set_mode()
    if mode is None:
        if is_reached_by_others and not settings.is_room():
            yield _ONLY_TO_READ
        return
    if mode is Mode.PROXY and not settings.proxies():
        yield (
            "server.trustedUserHeaders är satt, men inte NARAVARD_PROXY: det som står i huvudena gäller inte, och "
            "ingen är inloggad. Sätt proxyns adress i NARAVARD_PROXY."
        )
    try:
        rules_of(streamlit_internals.secrets_files())
    except UserError as error:
        yield f"{error} Tills dess har ingen någon roll."


def mode_of(scope: Scope) -> Mode:
    """By which way who asks is somebody here."""
    if set_mode := visitor.set_mode():
        return set_mode
    if settings.is_room():  # others than this machine reach the workshop alone
        return Mode.LOCAL if only_the_room.is_of_this_machine(scope) else Mode.NO_LOGIN
    is_local = streamlit_internals.is_bound_locally() and not only_the_room.is_behind_a_proxy(scope)
    return Mode.LOCAL if is_local else Mode.NO_LOGIN


def _identity(mode: Mode, scope: Scope) -> Identity:
    if mode is Mode.LOGIN:
        claims: dict[str, Any] = streamlit_internals.claims_of_cookies(HTTPConnection(scope).cookies)
    else:
        values = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        trusted = streamlit_internals.trusted_headers()
        claims = {claim: values[name] for name, claim in trusted.items() if name in values}
    return visitor.identity_by(mode, claims)


def _key_of(scope: Scope, mode: Mode) -> str:
    """The key of a program that asks the API, where one logs in; empty for none. Pages and the room take no keys.

    A proxy may send what it has logged in by in the same header: then only what looks like a key of ours is one.
    """
    if mode not in {Mode.LOGIN, Mode.PROXY} or scope["type"] != "http" or not scope["path"].startswith(API):
        return ""
    values = names.headers_of(scope, b"authorization")
    scheme, _, key = values[0].strip().partition(" ") if len(values) == 1 else ("", "", "")
    is_key = scheme.lower() == _BEARER and (mode is Mode.LOGIN or key.strip().startswith(tokens.BEGINS))
    return key.strip() if is_key else ""


def _holder(key: str) -> Identity | Refusal:
    """Whose a key is. One that does not hold is told so: as nobody one would take it that there are no figures."""
    try:
        return identity_of_key(key, streamlit_internals.secrets_files()) or _NO_SUCH_KEY
    except Unavailable as error:
        return Refusal(503, str(error))
    except UserError:
        return _NO_SUCH_KEY


def _same(identity: Identity) -> Identity:
    return identity


def _with_trusted_headers(scope: Scope, mode: Mode) -> Scope:
    """The request without what a browser says of itself where only the edge or a named proxy has a say.

    A header that stands twice has come from both, and is nobody's.
    """
    identifying = {name.encode() for name in streamlit_internals.trusted_headers()}
    if mode is Mode.PROXY and _is_from_proxy(scope):
        header_names = [name.lower() for name, _ in scope["headers"]]
        identifying = {name for name in identifying if header_names.count(name) > 1}
    refused = {visitor.MODE_HEADER.encode(), *identifying}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in refused]}


def _is_from_proxy(scope: Scope) -> bool:
    """Whether a named proxy has sent it, and nobody else can have.

    uvicorn puts what it believes in the place of the client where the proxy is on this machine; then only a connection
    that came to an address of this machine alone is surely the proxy's.
    """
    came_to = names.address_of_server(scope)
    is_proxy_here = proxies.is_proxy(names.as_ip("127.0.0.1")) and came_to is not None and came_to.is_loopback
    return is_proxy_here or proxies.is_proxy(proxies.client_of(scope))


def _refused_upload(scope: Scope, who: partial[Identity]) -> Refusal | None:
    if scope["type"] != "http" or streamlit_internals.UPLOADS not in scope["path"]:
        return None
    what, needs = UPLOAD
    try:
        need(needs, who(), what)
    except NotAllowed as error:
        return Refusal(403, str(error))
    return None
