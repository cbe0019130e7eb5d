"""Who asks, where a proxy stands in front: what the proxy says, if it is one that the operator has named.

uvicorn believes whatever comes from 127.0.0.1 and has put its `X-Forwarded-For` in the place of the client's address
before the edge sees it. So the way to a request is read as a whole: what the header says and then that address. The
first from the end that is no named proxy is who asks, whether uvicorn has believed the header or not.
"""

from __future__ import annotations

from ipaddress import ip_address

from starlette.types import Scope

from naravard.base import settings
from naravard.edge.names import Ip, as_ip, headers_of

_FORWARDING = frozenset({
    b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"x-cluster-client-ip", b"x-original-forwarded-for",
    b"x-envoy-external-address", b"true-client-ip", b"cf-connecting-ip", b"fastly-client-ip", b"fly-client-ip",
})  # fmt: skip
_FORWARDING_PREFIX = b"x-forwarded"
_OLD_HTTP = "1.0"
"""No browser speaks it. nginx does to what lies behind it, unless it is told otherwise."""
_NGINX_UPGRADE = "upgrade"
"""What nginx's own example puts into each request. Browsers write `Upgrade`, and for a websocket alone."""
_SCHEMES = frozenset({"http", "https"})
_LOCALHOST = ip_address("127.0.0.1")


def is_forwarded(scope: Scope) -> bool:
    """Whether something stands between the client and this server, by what it adds to a request."""
    names = {name.lower() for name, _ in scope["headers"]}
    is_as_nginx_asks = scope.get("http_version") == _OLD_HTTP or _NGINX_UPGRADE in headers_of(scope, b"connection")
    return is_as_nginx_asks or bool(names & _FORWARDING) or any(name.startswith(_FORWARDING_PREFIX) for name in names)


def client_of(scope: Scope) -> Ip | None:
    """The address of a connection's other end, as the server has it."""
    return as_ip(scope["client"][0]) if scope.get("client") else None


def is_proxy(address: Ip | None) -> bool:
    """Whether an address is a named proxy's."""
    return address is not None and any(address in network for network in settings.proxies())


def is_from_named_proxy(scope: Scope) -> bool:
    """Whether a request may have come through a named proxy: what uvicorn believed has 127.0.0.1 before it."""
    return is_proxy(client_of(scope)) or is_proxy(_LOCALHOST)


def with_client(scope: Scope) -> Scope:
    """The request with the address of who asks, and with how the browser asked the proxy: by http or https."""
    if not settings.proxies() or not is_from_named_proxy(scope):
        return scope
    values = ",".join(headers_of(scope, b"x-forwarded-for")).split(",")
    way = [address for value in values if (address := as_ip(_without_port(value.strip()))) is not None]
    end = client_of(scope)
    chain = [*way, end] if end is not None else way
    who = next((address for address in reversed(chain) if not is_proxy(address)), end)
    client = (str(who), scope["client"][1] if scope.get("client") else 0)
    return {**scope, "client": client if who is not None else None, "scheme": _scheme(scope)}


def _scheme(scope: Scope) -> str:
    schemes = [value.strip().lower() for value in headers_of(scope, b"x-forwarded-proto")]
    if len(schemes) != 1 or schemes[0] not in _SCHEMES:
        return str(scope.get("scheme", "http"))
    return schemes[0].replace("http", "ws") if scope["type"] == "websocket" else schemes[0]


def _without_port(text: str) -> str:
    return text.partition("]")[0] if text.startswith("[") else text.partition(":")[0] if text.count(":") == 1 else text
