"""What the server says when it starts: where the app is, and loudly which settings let in more than was meant."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from naravard.base import log, settings
from naravard.base.errors import UserError
from naravard.edge import names, proxies, visitors
from naravard.edge.only_the_room import says_proxy
from naravard.ui.streamlit_internals import Bound
from naravard.workshop import addresses

_LOG = logging.getLogger(log.NAME)
_PORTS_OF_PROXIES = (80, 443)
_PATIENCE = 0.2


def tell(bound: Bound) -> None:
    """Say where the app is."""
    _LOG.info("Appen finns på %s", " och för andra i nätet på ".join(_addresses(bound)))


@contextmanager
def failing_in_words() -> Iterator[None]:
    """Log why the server does not start: a setting that cannot be read as its sentence, anything else with a number."""
    try:
        yield
    except UserError as error:
        _LOG.critical("%s", error)
        raise
    except Exception as error:
        log.fault("Servern gick inte att starta", error)
        raise


def warn(bound: Bound) -> None:
    """Say what is dangerous. Raises UserError for a setting that cannot be read."""
    for danger in dangers(bound):
        _LOG.warning("%s", danger)


def _addresses(bound: Bound) -> list[str]:
    hosts = ["127.0.0.1", addresses.own_address()] if _is_everywhere(bound.address) else [bound.address]
    quoted = [f"[{host}]" if ":" in host else host for host in hosts if host]
    return [f"{bound.scheme}://{host}:{bound.port}" for host in quoted]


def dangers(bound: Bound) -> Iterator[str]:
    """What is dangerous in how the server has been started. Raises UserError for a setting that cannot be read."""
    yield from _without_scheme()
    settings.readers_of_metrics()
    proxies_here = [network for network in settings.proxies() if proxies.is_proxy(names.as_ip("127.0.0.1"))]
    is_open = not is_local(bound.address)
    if proxies_here and is_open:
        yield (
            "Proxyn står på den här datorn, men appen tar emot från hela nätet: den som går förbi proxyn väljer själv "
            "vad den kallar sig. Starta med --server.address 127.0.0.1."
        )
    if os.environ.get("FORWARDED_ALLOW_IPS"):
        yield "FORWARDED_ALLOW_IPS gäller inte här. Ta bort den och sätt proxyns adress i NARAVARD_PROXY."
    if settings.is_room():
        yield from _of_a_room(bound, is_open)
    yield from visitors.dangers(is_reached_by_others=is_open or is_behind_a_proxy(bound))


def is_behind_a_proxy(bound: Bound) -> bool:
    """Whether what is set says that something stands in front of the server."""
    return bool(settings.proxies()) or says_proxy(bound.scheme, bound.port)


def _of_a_room(bound: Bound, is_open: bool) -> Iterator[str]:
    if settings.proxies():
        return
    if says_proxy(bound.scheme, bound.port):
        yield (
            "Rumsläge, och NARAVARD_ADRESS är en annan än appens egen: då står en proxy framför. Sätt dess adress i "
            "NARAVARD_PROXY. Tills dess når ingen mer än workshoppen, inte heller den här datorn."
        )
    elif not is_open:
        yield (
            "Rumsläge, men appen tar bara emot från den här datorn: telefoner når den inte. Starta med "
            "--server.address 0.0.0.0. Står en proxy eller tunnel framför: sätt dess adress i NARAVARD_PROXY, annars "
            "kan den som kommer genom den se ut som den här datorn och nå allt."
        )
    elif ports := [port for port in _PORTS_OF_PROXIES if port != bound.port and _answers(port)]:
        yield (
            f"Rumsläge, och något på den här datorn svarar på port {' och '.join(map(str, ports))}. Leder det hit (en "
            "proxy, en tunnel) kan den som kommer genom det se ut som den här datorn och nå allt. Sätt då "
            "NARAVARD_PROXY=127.0.0.1, eller stäng av det."
        )


def _without_scheme() -> Iterator[str]:
    for address in settings.public_addresses():
        if urlsplit(address).scheme not in {"http", "https"}:
            yield f"NARAVARD_ADRESS har {address!r}, som inte börjar med http:// eller https://. Den gäller inte."


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(_PATIENCE)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_local(address: str) -> bool:
    """Whether a server that is bound to an address is reached from its own machine alone."""
    as_address = names.as_ip(address)
    return address == names.LOCALHOST or (as_address is not None and as_address.is_loopback)


def _is_everywhere(address: str) -> bool:
    as_address = names.as_ip(address)
    return not address or (as_address is not None and as_address.is_unspecified)
