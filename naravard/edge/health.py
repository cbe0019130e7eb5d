"""Whether the server is well, for what stands in front of it or starts it anew: no figures, and no reasons."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from threading import Lock

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse

from naravard import __version__, stores
from naravard.access.doors import Door
from naravard.base import clock, lan, log
from naravard.base.model import Version
from naravard.base.roles import Role
from naravard.store.snapshots import Store

_NO_CACHE = {"cache-control": "no-store"}
_WRITTEN = "%Y-%m-%d %H:%M"
_GOOD_FOR = 5.0
"""Seconds: to open the file takes a twentieth of one."""
_WELL, _PARTLY, _ILL = "ok", "delvis", "fel"
_LOCK = Lock()
_READ: dict[tuple[Path, int | None], tuple[float, Version]] = {}


async def health(request: Request) -> JSONResponse:
    """200 where the newest version can be read, else 503; of several län where that of any can: the others go on."""
    try:
        answer = await to_thread.run_sync(_condition)
    except Exception as error:  # whatever is wrong, the answer is that it is not well
        answer = {"status": _ILL, "program": __version__, **_unreadable(error)}
    return JSONResponse(answer, 503 if answer["status"] == _ILL else 200, _NO_CACHE)


def newest_of(store: Store) -> Version:
    """The newest publication, read of its file; not more often than every few seconds, however many ask."""
    with _LOCK:
        key = store.folder, store.newest
        if key not in _READ or time.monotonic() - _READ[key][0] > _GOOD_FOR:
            version = store.read_newest()
            for each in [each for each in _READ if each[0] == store.folder]:
                del _READ[each]
            _READ[key] = time.monotonic(), version
        return _READ[key][1]


def _condition() -> dict[str, object]:
    """The newest version of one län; of several by their codes, those that can be read and those that cannot."""
    if not lan.are_several():
        return {"status": _WELL, "program": __version__, **_facts()}
    facts = lan.of_each(_facts_or_fault)
    ill_count = sum("fel" in each for each in facts.values())
    status = _WELL if not ill_count else _ILL if ill_count == len(facts) else _PARTLY
    return {"status": status, "program": __version__, "lan": facts}


def _facts() -> dict[str, object]:
    version = newest_of(stores.live_store())
    return {"version": version.nummer, "version_alder_sekunder": age(version.nar)}


def _facts_or_fault() -> dict[str, object]:
    try:
        return _facts()
    except Exception as error:  # whatever is wrong with it, the other län are well
        return _unreadable(error)


def _unreadable(error: Exception) -> dict[str, object]:
    return {"fel": "Lagret går inte att läsa.", "nummer": log.fault("Lagret går inte att läsa", error)}


def age(published: str) -> int:
    """How many seconds ago something was published, by the time in the store's log."""
    return max(
        0, round((clock.now() - datetime.strptime(published, _WRITTEN).replace(tzinfo=clock.HERE)).total_seconds())
    )


ROUTES = [
    Door("/halsa", health, needs=Role.ALLA, what="Serverns hälsa"),
    Door("/api/halsa", health, needs=Role.ALLA, what="Serverns hälsa, på den adress som den har haft"),
]
