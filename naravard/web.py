"""What the web server adds around Streamlit: its edge, its routes, the way from unknown addresses, warm-up."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from subprocess import DEVNULL
from urllib.parse import urlencode

import streamlit as st
from anyio import create_task_group, run_process, sleep, to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from naravard import api, menu, room, stores
from naravard.access.doors import Door
from naravard.access.visitors import Mode
from naravard.base import core_dumps, lan, log, settings
from naravard.base.errors import UserError
from naravard.base.roles import Role
from naravard.edge import health, metrics, start
from naravard.edge.guard import Clients, Guard
from naravard.edge.headers import Headers, wants_page
from naravard.edge.lan import Lan
from naravard.edge.only_the_room import OnlyTheRoom
from naravard.edge.visitors import Visitors
from naravard.figures import indicators
from naravard.figures.reader import shared_reader
from naravard.figures.standing import standings
from naravard.store.snapshots import Store
from naravard.ui import streamlit_internals, visitor
from naravard.workshop.workshops import Workshops

streamlit_internals.stay_inside()
streamlit_internals.keep_uploads_in_memory()
streamlit_internals.take_short_ways()
SHELL = settings.PACKAGE / "ui" / "shell" / "main.py"
"""The main script that Streamlit runs, alone in its folder."""
_ICON = settings.PACKAGE / "ui" / "icon.svg"
_FOR_A_DAY = {"cache-control": "public, max-age=86400"}
_HOUR = 3_600
_NEW_SECONDS = 2
"""How often it is looked for what others have published, to have it ready."""
_COLLECT_SECONDS = 60
"""How often garbage is collected. Streamlit's own way, after each page, makes all visitors wait for each other."""


class UnknownPages:
    """Send an address that no page has to the start page, which says so in Swedish. Streamlit says it in English.

    The start page by its own name is sent to its address: Streamlit does not know it by name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer with the way to the start page."""
        path = scope.get("path", "").strip("/")
        if wants_page(scope) and path == menu.start().name:
            query = scope.get("query_string", b"").decode("latin-1")
            await RedirectResponse(f"/?{query}" if query else "/", status_code=307)(scope, receive, send)
        elif wants_page(scope) and path and path not in menu.pages() and not _is_own_address(path, scope):
            redirect = RedirectResponse(f"/?{urlencode({menu.UNKNOWN_KEY: path[:60]})}", status_code=307)
            await redirect(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_own_address(path: str, scope: Scope) -> bool:
    """Whether an address is Streamlit's, or one of our own routes."""
    first = path.split("/", maxsplit=1)[0]
    if first in _OWN_ADDRESSES:
        return any(route.matches(scope)[0] is Match.FULL for route in ROUTES)
    addresses = streamlit_internals.ADDRESSES
    if visitor.set_mode() is Mode.LOGIN:
        addresses |= streamlit_internals.LOGIN_ADDRESSES
    return first in addresses


@asynccontextmanager
async def warm_up(app: object) -> AsyncIterator[None]:
    """Before the first visitor: fill an empty store, and run each indicator once so that all is loaded.

    As long as the server runs, workshops whose day has come are deleted, new versions are worked out, and garbage is
    collected.
    """
    core_dumps.prevent()
    log.install(*streamlit_internals.loggers())
    metrics.install()
    prepared = _Prepared()
    with start.failing_in_words():
        koder = lan.koder()
        start.warn(streamlit_internals.bound())
        await to_thread.run_sync(_prepare, koder[0], prepared)
    gc.collect()  # before the freeze, which would keep garbage for good
    gc.freeze()  # modules and indicators stay as long as the server: no collection has to walk through them
    async with create_task_group() as tasks:
        tasks.start_soon(_delete_old)
        tasks.start_soon(_collect)
        tasks.start_soon(_prepare_example)
        tasks.start_soon(_prepare_new, prepared)
        start.tell(streamlit_internals.bound())
        yield
        tasks.cancel_scope.cancel()


async def _delete_old() -> None:
    while True:
        await to_thread.run_sync(lan.of_each, _delete_old_of_lan)
        await sleep(_HOUR)


def _delete_old_of_lan() -> None:
    try:
        Workshops(lan.folder()).delete_old()
    except Exception as error:  # whatever is wrong with that file, the figures are shown, and those of other län go
        log.fault("Gamla workshoppar gick inte att radera", error)


async def _prepare_example() -> None:
    """Build the store of synthetic data beside the first visitors, so that who switches to it does not wait.

    It is built by a process of its own, which takes no turns from those that answer.
    """
    if settings.DEFAULT_LAN not in lan.koder():
        return
    try:
        with lan.within(settings.DEFAULT_LAN):
            if not stores.is_example_ready():
                await run_process(
                    [sys.executable, "-m", "naravard", "--lan", settings.DEFAULT_LAN, "exempel"],
                    stdout=DEVNULL,
                    stderr=DEVNULL,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                )
            await to_thread.run_sync(_compute_example)
    except Exception as error:  # whatever is wrong with it, the real figures are shown
        log.fault("Exempeldata gick inte att göra i ordning", error)


async def _collect() -> None:
    """Full collections on a timer: sessions that have ended are circles of objects, which nothing else lets go of."""
    while True:
        await sleep(_COLLECT_SECONDS)
        await to_thread.run_sync(gc.collect)


@dataclass
class _Prepared:
    """Which version of each län has been worked out, and for which it has been said that something hinders it."""

    newest: dict[str, int | None] = field(default_factory=dict)
    hindered: set[str] = field(default_factory=set)


async def _prepare_new(prepared: _Prepared) -> None:
    """Work out the newest version of each län, and each that is published while the server runs, by whichever server.

    In a store of many kommuner and months that takes long. Who asks meanwhile waits for the rest of it.
    """
    while True:
        for kod in lan.koder():
            await to_thread.run_sync(_prepare, kod, prepared)
        await sleep(_NEW_SECONDS)


def _prepare(lan_kod: str, prepared: _Prepared) -> None:
    """Work out what Översikt of a län shows, once for each version. What hinders that is said once, and tried again."""
    try:
        with lan.within(lan_kod):
            store = stores.live_store()
            newest = store.newest
            if newest != prepared.newest.get(lan_kod):
                prepared.newest[lan_kod] = newest
                _compute(store)
        prepared.hindered.discard(lan_kod)
    except Exception as error:  # its pages say so, and it goes on when that is put right
        if lan_kod not in prepared.hindered:
            prepared.hindered.add(lan_kod)
            _tell_hindrance(lan_kod, error)


def _tell_hindrance(lan_kod: str, error: Exception) -> None:
    if isinstance(error, UserError):
        logging.getLogger(log.NAME).error("Siffrorna för %s går inte att visa än. %s", lan_kod, error)
    else:
        log.fault(f"Siffrorna för {lan_kod} gick inte att göra i ordning", error)


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
        number = log.fault("Oväntat fel på en sida", error)
        st.error(
            "Något gick fel på sidan. Ladda om den. Händer det igen: meddela den som sköter tjänsten. Felets nummer i "
            f"serverns logg är {number}.",
            icon=":material/error:",
        )
    return True


async def answer_fault(request: Request, error: Exception) -> PlainTextResponse:
    """In place of an English line, where something other than a page goes wrong."""
    number = log.fault("Oväntat fel i ett svar", error)
    return PlainTextResponse(f"Något gick fel. Felets nummer i serverns logg är {number}.", 500)


async def icon(request: Request) -> FileResponse:
    """The mark of the browser's tab, on the room's pages too."""
    return FileResponse(_ICON, headers=_FOR_A_DAY)


async def font(request: Request) -> FileResponse:
    """The font of Streamlit's pages, for those of the room."""
    return FileResponse(streamlit_internals.font(), media_type="font/woff2", headers=_FOR_A_DAY)


ROUTES = [
    *health.ROUTES,
    *metrics.ROUTES,
    Door("/rum/icon.svg", icon, needs=Role.ALLA, what="Ikonen"),
    Door("/rum/font.woff2", font, needs=Role.ALLA, what="Typsnittet"),
    *api.ROUTES,
    *room.ROUTES,
]
_OWN_ADDRESSES = frozenset(route.path.split("/")[1] for route in ROUTES)
"""First parts of the addresses of our own."""
MIDDLEWARE = [
    Middleware(metrics.Metrics, routes=ROUTES),
    *(Middleware(part) for part in (Headers, Guard, OnlyTheRoom, Lan, Visitors, Clients, UnknownPages)),
]
"""What each request passes, the first first."""
