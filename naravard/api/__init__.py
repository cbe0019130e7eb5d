"""Figures for other programs, at `/api/v1/`: a catalogue, figures in several formats, data packages, OpenAPI.

All figures come by the way of the pages (figures.reader), and each address asks for the role that pages do.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from naravard.access.doors import Door
from naravard.access.problems import API
from naravard.api import guide, specification
from naravard.api.operations import operations
from naravard.api.resources import Nowhere, Operation, Resource
from naravard.base.roles import Role

_GUIDE = Operation("", "vagledning", "Vägledning för program", "", guide.answer, needs=Role.ALLA)
_SPECIFICATION = Operation("openapi.json", "openapi", "Beskrivning för program (OpenAPI)", "", specification.answer)


async def _to_guide(request: Request) -> RedirectResponse:
    """The way to the guide for who leaves out the last sign of its address."""
    return RedirectResponse(API, 308)


ROUTES = [
    *(Resource(f"{API}{each.path}", each) for each in (_GUIDE, _SPECIFICATION, *operations())),
    Nowhere(f"{API}{{rest:path}}"),
    Door(API.rstrip("/"), _to_guide, needs=Role.ALLA, what=_GUIDE.what),
]

__all__ = ["API", "ROUTES"]
