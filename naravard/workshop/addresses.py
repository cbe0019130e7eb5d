"""At which address others reach the app: what phones in a room are told."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from naravard.base import settings

_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
SOMEWHERE = ("192.0.2.1", 9)
"""An address that nobody has. To ask which way leads there sends nothing."""


def reachable(address: str) -> str:
    """The address to give to others, for one that the app is met at here (`http://127.0.0.1:8501`), without a last `/`.

    It is the one that has been set; in a room, this machine's own in the room's network; else the same.
    """
    if public_address := settings.public_address():
        return public_address
    here = urlsplit(address)
    if settings.is_room() and here.hostname in _LOCAL and (own := own_address()):
        return f"{here.scheme}://{own}:{here.port or 80}"
    return f"{here.scheme}://{here.netloc}"


def is_local(address: str) -> bool:
    """Whether an address (or a host alone) is one that only the machine itself reaches."""
    return (urlsplit(address).hostname if "://" in address else address) in _LOCAL


def own_address() -> str | None:
    """This machine's address in the network that it is in now; None in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(SOMEWHERE)
        except OSError:  # no network at all
            return None
        return str(probe.getsockname()[0])
