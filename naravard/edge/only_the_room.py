"""In a room: what others than this machine itself reach."""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from naravard import room
from naravard.base import settings
from naravard.edge import names, proxies
from naravard.edge.refusals import Refusal, refuse

_REFUSAL = Refusal(
    403,
    "Härifrån nås bara workshoppen. Skanna QR-koden, eller öppna ledarens länk. Vid datorn själv: öppna "
    "http://127.0.0.1 och porten.",
)


class OnlyTheRoom:
    """In a room: others than this machine itself reach what participants need, and nothing else.

    A hotel's network has other guests, and the pages have no login: nobody there may read, upload or publish.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say no."""
        if settings.is_room() and scope["type"] in {"http", "websocket"} and not _may_enter(scope):
            if scope["type"] == "http" and scope["path"] == "/":
                await RedirectResponse(room.CODE_PAGE, 307)(scope, receive, send)
            else:
                await refuse(_REFUSAL, scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _may_enter(scope: Scope) -> bool:
    """Whether a request comes from the machine itself, or asks for what a room needs: there a key says who leads."""
    path = scope["path"]
    is_for_all = path in room.FOR_ALL or (".." not in path and path.startswith(room.BEGIN_FOR_ALL))
    return is_for_all or is_of_this_machine(scope)


def is_of_this_machine(scope: Scope) -> bool:
    """Whether who asks sits at this machine: at an address that only it has, without anything in between.

    Who asks from the address that the connection came to is this machine too, in the room's network. A proxy on this
    machine has its addresses as well, so where one shows, in a request or in what is set, they say nothing. A name can
    be rebound in a hostile network; figures and localhost cannot.
    """
    client = proxies.client_of(scope)
    is_own_address = client is not None and (
        client in names.LOCAL_ADDRESSES or client == names.address_of_server(scope)
    )
    host = names.host_of(scope) or ""
    is_rebound = names.as_ip(host) is None and host != names.LOCALHOST
    return is_own_address and not is_rebound and not is_behind_a_proxy(scope)


def is_behind_a_proxy(scope: Scope) -> bool:
    """Whether something stands in between, by a request or by what is set."""
    return bool(settings.proxies()) or proxies.is_forwarded(scope) or says_proxy(scope["scheme"], _port(scope))


def says_proxy(scheme: str, port: int | None) -> bool:
    """Whether the addresses that are set are not this server's own: then something else answers at them."""
    own = scheme.replace("ws", "http"), port
    return port is not None and any((origin.scheme, origin.port) != own for origin in names.public_origins())


def _port(scope: Scope) -> int | None:
    server = scope.get("server")
    return server[1] if server else None
