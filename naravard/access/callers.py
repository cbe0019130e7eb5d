"""From where a request comes, for those who count how often somebody asks."""

from __future__ import annotations

from ipaddress import ip_interface

from starlette.requests import HTTPConnection

_SUBSCRIBER = 64
"""Bits of an address of IPv6 that a subscriber cannot change at will."""


def client_of(request: HTTPConnection) -> str:
    """The address of who asks, behind a named proxy what that says; of IPv6 the network that one subscriber has."""
    host = request.client.host if request.client else ""
    try:
        network = ip_interface(f"{host.partition('%')[0]}/{_SUBSCRIBER}")
    except ValueError:  # IPv4, which has no such network, or no address
        return host
    return str(network.network)
