"""What is measured of the server, for Prometheus: how much, how fast, how often wrong. No figures, no ids, no texts.

A label is a route as it stands in the code, never an address that somebody has asked for. Only this machine reads
them, and the addresses that are set in NARAVARD_MATVARDEN.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence

from anyio import to_thread
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from naravard import menu, stores
from naravard.access import doors
from naravard.access.doors import Door
from naravard.base import lan, settings
from naravard.base.model import Version
from naravard.base.roles import Role
from naravard.edge import only_the_room, proxies
from naravard.edge.health import age, newest_of
from naravard.ui import streamlit_internals

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_LEVELS = frozenset({"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"})
_OTHER = "annat"
_SECONDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
_CLOSED = "Mätvärdena är stängda härifrån. Den som sköter servern: sätt adressen som läser dem i NARAVARD_MATVARDEN."

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)  # memory, processor time and open files, where the system tells
REQUESTS = Counter("naravard_requests", "Svar, efter väg och status", ("route", "method", "status"), registry=REGISTRY)
DURATIONS = Histogram(
    "naravard_request_seconds", "Sekunder till hela svaret", ("route",), buckets=_SECONDS, registry=REGISTRY
)
SESSIONS = Gauge("naravard_sessions", "Öppna flikar", registry=REGISTRY)
RECORDS = Counter("naravard_log_records", "Rader i loggen; error är fel med nummer", ("level",), registry=REGISTRY)


class _OfStore(Collector):
    """What the store says of itself, when it is asked for."""

    def collect(self) -> Iterator[Metric]:
        """The publications and versions of each län; of a store that cannot be read that it cannot."""
        label = ["lan"]
        readable = GaugeMetricFamily("naravard_store_readable", "1: lagret går att läsa", labels=label)
        publications = CounterMetricFamily("naravard_publications", "Publiceringar sedan första starten", labels=label)
        versions = GaugeMetricFamily("naravard_versions", "Versioner som sparas", labels=label)
        ages = GaugeMetricFamily("naravard_version_age_seconds", "Den nyaste versionens ålder", labels=label)
        for kod, newest_and_count in lan.of_each(_newest_and_count).items():
            readable.add_metric((kod,), newest_and_count is not None)
            if newest_and_count is not None:
                newest, count = newest_and_count
                publications.add_metric((kod,), newest.nummer)
                versions.add_metric((kod,), count)
                ages.add_metric((kod,), age(newest.nar))
        yield from (readable, publications, versions, ages)


def _newest_and_count() -> tuple[Version, int] | None:
    """The newest publication and how many versions are kept; None where the store cannot be read."""
    try:
        store = stores.live_store()
        return newest_of(store), len(store.numbers())
    except Exception:  # which /halsa logs
        return None


REGISTRY.register(_OfStore())


class Metrics:
    """Count each answer by its route, and how long it took; and the tabs that are open."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and see what comes back."""
        if scope["type"] == "websocket":
            with SESSIONS.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            status = message["status"] if message["type"] == "http.response.start" else status
            await send(message)

        start = time.perf_counter()
        try:
            await self.app(scope, receive, noting)
        finally:
            route = template_of(scope, self.routes)
            method = scope["method"] if scope["method"] in _METHODS else _OTHER
            REQUESTS.labels(route, method, str(status)).inc()
            DURATIONS.labels(route).observe(time.perf_counter() - start)


def template_of(scope: Scope, routes: Sequence[BaseRoute]) -> str:
    """The route of a request as the code has it, `/d/{kod}`; a page's address; else whose it is."""
    for route in routes:
        if isinstance(route, Route) and route.matches(scope)[0] is not Match.NONE:
            return route.path
    first = scope["path"].strip("/").split("/", maxsplit=1)[0]
    if first in streamlit_internals.ADDRESSES | streamlit_internals.LOGIN_ADDRESSES:
        return "streamlit"
    return f"/{first}" if not first or first in menu.pages() else _OTHER


class _Counting(logging.Handler):
    """Counts what is logged, by how serious it is."""

    def emit(self, record: logging.LogRecord) -> None:
        RECORDS.labels(record.levelname.lower() if record.levelname in _LEVELS else _OTHER).inc()


_COUNTING = _Counting()


def install() -> None:
    """Count what is logged from now on."""
    logging.getLogger().addHandler(_COUNTING)


async def metrics(request: Request) -> Response:
    """All that is measured, as text, to those who may read it."""
    if not may_read(request.scope):
        return doors.refusal(_CLOSED, request.scope)
    content = await to_thread.run_sync(generate_latest, REGISTRY)
    return Response(content, media_type=CONTENT_TYPE_LATEST, headers={"cache-control": "no-store"})


def may_read(scope: Scope) -> bool:
    """Whether who asks is this machine, or one of the addresses that are set; by a proxy only if that is named."""
    if proxies.is_forwarded(scope) and not proxies.is_from_named_proxy(scope):
        return False
    client = proxies.client_of(scope)
    is_set = client is not None and any(client in network for network in settings.readers_of_metrics())
    return is_set or only_the_room.is_of_this_machine(scope)


ROUTES = [Door("/metrics", metrics, needs=Role.ALLA, what="Mätvärden, för de adresser som är satta")]
