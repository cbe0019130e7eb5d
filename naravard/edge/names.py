"""By which names the server is asked for, and from which pages: those of its own, and no other.

A foreign page can have its own name lead to this machine (DNS rebinding). The browser then takes the app for a part of
that page, but still sends the name. An address in figures cannot be rebound: one that is the connection's own is ours
in any network, and a change of network needs no setting.
"""

from __future__ import annotations

import os
import re
import socket
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.types import Scope

from naravard.base import settings

Ip = IPv4Address | IPv6Address
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)(?::(\d{1,5}))?", re.IGNORECASE)
_ORIGIN = re.compile(rf"(https?)://({_HOST.pattern})", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
LOCAL_ADDRESSES = frozenset({ip_address("127.0.0.1"), ip_address("::1")})
LOCALHOST = "localhost"


class Origin(NamedTuple):
    """Where a page comes from, as browsers compare it."""

    scheme: str
    host: str
    port: int


def headers_of(scope: Scope, name: bytes) -> list[str]:
    """All values of a header."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def host_of(scope: Scope) -> str | None:
    """The name that is asked for, without its port; None where it is none or not one."""
    values = headers_of(scope, b"host")
    match = _HOST.fullmatch(values[0]) if len(values) == 1 else None
    return _plain(match[1]) if match else None


def is_own_host(host: str, scope: Scope) -> bool:
    """Whether a name is one of this server's: set, the machine's own, or the address that the connection came to."""
    here = address_of_server(scope)
    as_address = as_ip(host)
    if as_address is not None:
        is_here = as_address in LOCAL_ADDRESSES or as_address == here
    else:
        # names lead here over the network alone: in a hostile one they may be rebound as well
        is_from_network = here is not None and not here.is_loopback
        is_here = host == LOCALHOST or (is_from_network and host in machine_names())
    return is_here or host in {origin.host for origin in public_origins()}


def is_own_origin(text: str, scope: Scope) -> bool:
    """Whether a page is one of this server's: of the name that is asked for, or of one that has been set."""
    origin = origin_of(text)
    host = headers_of(scope, b"host")
    scheme = str(scope.get("scheme", "http")).replace("ws", "http")
    return origin is not None and origin in {origin_of(f"{scheme}://{host[0]}") if host else None, *public_origins()}


def origin_of(text: str) -> Origin | None:
    """An address as an origin; None where it is none."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        return None
    scheme = match[1].lower()
    return Origin(scheme, _plain(match[3]), int(match[4]) if match[4] else _PORTS[scheme])


def address_of_server(scope: Scope) -> Ip | None:
    """The address of this machine that a connection came to; None where the server does not know."""
    server = scope.get("server")
    return as_ip(server[0]) if server else None


def as_ip(text: str) -> Ip | None:
    """An address in figures, one of IPv4 as such also where IPv6 wraps it; None for a name."""
    try:
        address = ip_address(text.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


@cache
def machine_names() -> frozenset[str]:
    """What this machine is called in its network. Nothing is asked of the network for it."""
    name = socket.gethostname().lower().rstrip(".")
    short = name.partition(".")[0]
    domain = os.environ.get("USERDNSDOMAIN", "").lower()  # Windows
    return frozenset({name, short, f"{short}.local", *([f"{short}.{domain}"] if domain else [])} - {""})


def public_origins() -> tuple[Origin, ...]:
    """The addresses that have been set, as origins."""
    addresses = (urlsplit(address) for address in settings.public_addresses())
    origins = (origin_of(f"{address.scheme}://{address.netloc}") for address in addresses)
    return tuple(origin for origin in origins if origin is not None)


def _plain(host: str) -> str:
    return host.lower().rstrip(".")
