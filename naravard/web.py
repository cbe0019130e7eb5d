"""What the web server adds around Streamlit: response headers, the page's language, a health route, warm-up."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from subprocess import DEVNULL
from urllib.parse import urlencode

import streamlit as st
from anyio import create_task_group, run_process, sleep, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naravard import __version__, menu, room, stores
from naravard.base import settings
from naravard.base.errors import UserError
from naravard.figures import indicators
from naravard.figures.reader import shared_reader
from naravard.figures.standing import standings
from naravard.store.snapshots import Store
from naravard.ui import assets, streamlit_internals
from naravard.workshop import addresses
from naravard.workshop.workshops import Workshops

_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    # the browser itself refuses everything outside this server: no fonts, tiles, scripts or telemetry
    b"content-security-policy": (
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        b"frame-ancestors 'self'; object-src 'none'; base-uri 'self'"
    ),
}
_FIRST_PARTS = ("PlotlyChart", "Html", "Selectbox")
"""Parts of Streamlit's front end that it would ask for only when the first figures arrive."""
SHELL = settings.PACKAGE / "ui" / "shell" / "main.py"
"""The main script that Streamlit runs, alone in its folder."""
_ICON = settings.PACKAGE / "ui" / "icon.svg"
_FOR_A_DAY = {"cache-control": "public, max-age=86400"}
_HOUR = 3_600
_COLLECT_SECONDS = 60
"""How often garbage is collected. Streamlit's own way, after each page, makes all visitors wait for each other."""
_REFUSAL = "Härifrån nås bara workshoppen. Skanna QR-koden, eller öppna ledarens länk."


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
                own_headers = [*_HEADERS.items(), *([(b"link", _ahead())] if _wants_streamlits_page(scope) else [])]
                changed_names = {*_HEADERS, *([b"content-length"] if _wants_streamlits_page(scope) else [])}
                message["headers"] = [
                    header for header in message["headers"] if header[0].lower() not in changed_names
                ] + own_headers
            elif message["type"] == "http.response.body" and _wants_streamlits_page(scope):
                message["body"] = _own_page(message.get("body", b""))
            await send(message)

        await self.app(_uncompressed_page(scope), receive, with_headers)


def _own_page(body: bytes) -> bytes:
    """Streamlit's page in Swedish, with what is done before its scripts; any other page as it is."""
    language, head = streamlit_internals.LANGUAGE, streamlit_internals.HEAD
    return body.replace(*language).replace(head, head + assets.before(), 1) if language[0] in body else body


@cache
def _ahead() -> bytes:
    """The header that lets a browser read the scripts of charts while it still waits for the figures."""
    scripts = streamlit_internals.scripts_of(*_FIRST_PARTS)
    return ", ".join(f"<{address}>; rel=modulepreload" for address in scripts).encode()


class OnlyTheRoom:
    """In a room: others than this machine itself reach what participants need, and nothing else.

    A hotel's network has other guests, and the pages have no login: nobody there may read, upload or publish.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say no."""
        if settings.is_room() and scope["type"] in {"http", "websocket"} and not _may_enter(scope):
            if scope["type"] == "http":
                is_api = scope["path"].startswith("/api/")  # whose scripts read what they are answered
                refusal = JSONResponse({"fel": _REFUSAL}, 403) if is_api else PlainTextResponse(_REFUSAL, 403)
                answer = RedirectResponse(room.CODE_PAGE, 307) if scope["path"] == "/" else refusal
                await answer(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
        else:
            await self.app(scope, receive, send)


def _may_enter(scope: Scope) -> bool:
    """Whether a request comes from the machine itself, or asks for what a room needs: there a key says who leads.

    Who asks this machine from the address that it answers at is the machine itself, in the room's network.
    """
    client, server = scope.get("client"), scope.get("server")
    path = scope["path"]
    is_for_all = path == room.CODE_PAGE or (".." not in path and path.startswith(room.FOR_ALL))
    is_own = client is not None and (addresses.is_local(client[0]) or (server is not None and client[0] == server[0]))
    return is_for_all or is_own


class UnknownPages:
    """Send an address that no page has to the start page, which says so in Swedish. Streamlit says it in English.

    The start page by its own name is sent to its address: Streamlit does not know it by name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the way to the start page."""
        path = scope.get("path", "").strip("/")
        if _wants_page(scope) and path == menu.start().name:
            query = scope.get("query_string", b"").decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/", status_code=307)(scope, receive, send)
        elif _wants_page(scope) and path and path not in menu.pages() and not _is_own_address(path, scope):
            redirect = RedirectResponse(f"/?{urlencode({menu.UNKNOWN_KEY: path[:60]})}", status_code=307)
            await redirect(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_own_address(path: str, scope: Scope) -> bool:
    """Whether an address is Streamlit's or the room's own."""
    if path.split("/", maxsplit=1)[0] in room.PATHS:
        return any(route.matches(scope)[0] is Match.FULL for route in room.ROUTES)
    return path.split("/", maxsplit=1)[0] in streamlit_internals.ADDRESSES | {"api"}


def _wants_streamlits_page(scope: Scope) -> bool:
    return _wants_page(scope) and scope["path"].split("/")[1] not in room.PATHS


def _wants_page(scope: Scope) -> bool:
    return scope["type"] == "http" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _uncompressed_page(scope: Scope) -> Scope:
    """A request for a page, asking for it uncompressed, so that its language can be set. It is 8 kB."""
    if not _wants_page(scope):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}


async def health(request: Request) -> JSONResponse:
    """Whether the store can be read, and which version is the newest."""
    store = await to_thread.run_sync(stores.live_store)
    return JSONResponse({"status": "ok", "program": __version__, "version": store.newest})


@asynccontextmanager
async def warm_up(app: object) -> AsyncIterator[None]:
    """Before the first visitor: fill an empty store, and run each indicator once so that all is loaded.

    As long as the server runs, workshops whose day has come are deleted, and garbage is collected.
    """
    await to_thread.run_sync(_compute_all)
    gc.collect()  # before the freeze, which would keep garbage for good
    gc.freeze()  # modules and indicators stay as long as the server: no collection has to walk through them
    async with create_task_group() as tasks:
        tasks.start_soon(_delete_old)
        tasks.start_soon(_collect)
        tasks.start_soon(_prepare_example)
        yield
        tasks.cancel_scope.cancel()


async def _delete_old() -> None:
    while True:
        try:
            await to_thread.run_sync(Workshops(settings.data_folder()).delete_old)
        except Exception:  # whatever is wrong with that file, the figures are shown
            logging.getLogger("naravard").exception("Gamla workshoppar gick inte att radera")
        await sleep(_HOUR)


async def _prepare_example() -> None:
    """Build the store of synthetic data beside the first visitors, so that who switches to it does not wait.

    It is built by a process of its own, which takes no turns from those that answer.
    """
    if settings.lan_kod() != settings.DEFAULT_LAN:
        return
    try:
        if not stores.is_example_ready():
            await run_process(
                [sys.executable, "-m", "naravard", "exempel"],
                stdout=DEVNULL,
                stderr=DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        await to_thread.run_sync(_compute_example)
    except Exception:  # whatever is wrong with it, the real figures are shown
        logging.getLogger("naravard").exception("Exempeldata gick inte att göra i ordning")


async def _collect() -> None:
    """Full collections on a timer: sessions that have ended are circles of objects, which nothing else lets go of."""
    while True:
        await sleep(_COLLECT_SECONDS)
        await to_thread.run_sync(gc.collect)


def _compute_all() -> None:
    _compute(stores.live_store())


def _compute_example() -> None:
    _compute(stores.example_store())


def _compute(store: Store) -> None:
    """What Översikt shows, in the reader that all visitors share: the first of them does not wait for it."""
    assert store.newest is not None
    reader = shared_reader(store, store.newest)
    for indicator_id in indicators.registry():
        reader.read(indicator_id)
    standings(settings.lan_kod(), reader)


def show_error(error: Exception) -> bool:
    """In place of a traceback: what a user can do. The traceback goes to the server's log."""
    if isinstance(error, UserError):
        st.error(str(error), icon=":material/error:")
    else:
        logging.getLogger("naravard").error("Oväntat fel på en sida", exc_info=error)
        st.error(
            "Något gick fel på sidan. Ladda om den. Händer det igen: meddela den som sköter tjänsten, "
            "med sidans namn och klockslaget.",
            icon=":material/error:",
        )
    return True


async def icon(request: Request) -> FileResponse:
    """The mark of the browser's tab, on the room's pages too."""
    return FileResponse(_ICON, headers=_FOR_A_DAY)


async def font(request: Request) -> FileResponse:
    """The font of Streamlit's pages, for those of the room."""
    return FileResponse(streamlit_internals.font(), media_type="font/woff2", headers=_FOR_A_DAY)


ROUTES = [
    Route("/api/halsa", health),
    Route("/rum/icon.svg", icon),
    Route("/rum/font.woff2", font),
    *room.ROUTES,
]
MIDDLEWARE = [Middleware(Headers), Middleware(OnlyTheRoom), Middleware(UnknownPages)]
