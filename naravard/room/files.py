"""The room's own pages, scripts and styles, and Plotly, which they draw charts with."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import plotly
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from naravard.telling import theme

_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
_FOR_LONG = {"cache-control": "public, max-age=31536000, immutable"}
_EACH_TIME = {"cache-control": "no-cache"}
PLOTLY = f"plotly-{plotly.__version__}.js"


def _page(name: str) -> Route:
    path, file = name.split("=")

    async def page(request: Request) -> Response:
        return _content(file)

    return Route(path, page)


def _content(file: str) -> Response:
    return Response(_read(file), media_type=_TYPES[Path(file).suffix], headers=_EACH_TIME)


@cache
def _read(file: str) -> str:
    text = (_STATIC / file).read_text(encoding="utf-8")
    return theme.css() + text if file.endswith(".css") else text.replace("{PLOTLY}", PLOTLY)


async def part(request: Request) -> Response:
    """A script or a style of the room's."""
    file = request.path_params["file"]
    if file == PLOTLY:
        return Response(_plotly(), media_type="text/javascript", headers={**_FOR_LONG, "content-encoding": "gzip"})
    if file not in {path.name for path in _STATIC.iterdir()}:
        return Response("Filen finns inte.", status_code=404, media_type="text/plain")
    return _content(file)


@cache
def _plotly() -> bytes:
    """Plotly's own script, which comes with its Python package; packed once."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(script.read_bytes())


ROUTES = [
    _page("/visa=projector.html"),
    _page("/presentator=presenter.html"),
    _page("/led/{kod}=presenter.html"),
    _page("/d/{kod}=participant.html"),
    Route("/rum/{file}", part),
]
