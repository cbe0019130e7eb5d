"""Which län a request is about, where the installation has several: the one that its address names, or whose workshop's
code it has. One that says neither is about none, and what needs a län then asks for it.

Streamlit's pages say it themselves (`ui.own_lan`): a page changes län without asking the server for another.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from naravard.access.doors import refusal
from naravard.base import lan
from naravard.base.errors import NotFound, Unavailable, UserError
from naravard.slides.links import LAN_KEY
from naravard.workshop.workshops import Workshops

_OURS = re.compile(r"/(?:api|d|led|visa|presentator)(?:/|$)")
"""Addresses that are not Streamlit's and about a län."""
_CODE = re.compile(r"/(?:d|led|api/workshop)/(?P<kod>[^/]+)")
_CODE_KEYS = ("workshop", "kod")
"""Parameters of an address that have a workshop's code."""


class Lan:
    """Tell what lies behind which län a request is about."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._lan_by_code: dict[str, str] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that there is no such län."""
        if scope["type"] != "http" or not lan.are_several() or not _OURS.match(scope["path"]):
            await self.app(scope, receive, send)
            return
        try:
            kod = await self._kod_of(scope)
        except Unavailable as error:
            await refusal(str(error), scope, 503)(scope, receive, send)
        except UserError as error:
            await refusal(str(error), scope, 404)(scope, receive, send)
        else:
            if kod is None:
                await self.app(scope, receive, send)
                return
            with lan.within(kod):
                await self.app(scope, receive, send)

    async def _kod_of(self, scope: Scope) -> str | None:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        match = _CODE.match(scope["path"])
        codes = [match["kod"]] if match else [query[key][0] for key in _CODE_KEYS if key in query]
        if codes:
            return await self._lan_of_workshop("".join(codes[0].lower().split()))
        return lan.of_text(query[LAN_KEY][0]) if LAN_KEY in query else None

    async def _lan_of_workshop(self, code: str) -> str | None:
        """The län whose workshop has a code; remembered, since a workshop never changes län. None where none has."""
        if code not in self._lan_by_code:
            own_lan = await to_thread.run_sync(lan_of_workshop, code)
            if own_lan is None:
                return lan.koder()[0]  # the route says that there is no such workshop
            self._lan_by_code[code] = own_lan
        return self._lan_by_code[code]


def lan_of_workshop(code: str) -> str | None:
    """The län of the installation that has a workshop of this code.

    Raises Unavailable where a database is down; where none has it and one could not be read, what hindered.
    """
    hindrance: UserError | None = None
    for kod in lan.koder():
        with lan.within(kod):
            try:
                Workshops(lan.folder()).change_number(code)
            except NotFound:
                continue
            except Unavailable:  # of all of them: no other is asked
                raise
            except UserError as error:  # one whose file is damaged: the others' workshops go on
                hindrance = error
            else:
                return kod
    if hindrance is not None:
        raise hindrance
    return None
