"""No way out: every connection to anything but this machine is refused, and remembered.

In a process of its own, it runs Streamlit's command line so: `python -m tests.shut run app.py`.
"""

import socket
import sys
from ipaddress import ip_address
from typing import Any

from naravard.workshop import addresses

CALLS: list[str] = []
"""What has been called, also where the caller took the refusal in silence."""
_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0, "socket.gethostbyname": 0}
"""What Python tells of before it happens, and which of its arguments has the address."""


class CallsOut(OSError):
    """Something has called another machine."""


def shut() -> None:
    """From now on, for the whole process: an audit hook cannot be taken away."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    place = _EVENTS.get(event)
    if place is None:
        return
    address = arguments[place]
    host = address[0] if isinstance(address, tuple) else address
    is_question_of_the_way = address == addresses.SOMEWHERE and arguments[0].type == socket.SOCK_DGRAM  # sends nothing
    if not is_question_of_the_way and not _is_here(host):
        CALLS.append(f"{event} {host}")
        print(f"error: {event} {host}", file=sys.stderr)
        raise CallsOut(f"{event}: {host} is another machine")


def _is_here(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if text == "localhost" or text.startswith("/"):  # a socket in the file system
        return True
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


if __name__ == "__main__":
    from streamlit.web import cli

    shut()
    cli.main()
