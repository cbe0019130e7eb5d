"""The room's own pages, scripts and styles, and the two large files that they use: Plotly and the font."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import plotly
import streamlit as st
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from naravard import theme

_STATIC = Path(__file__).parent / "static"
_ICON = Path(__file__).parent.parent / "ui" / "icon.svg"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
_FOR_LONG = {"cache-control": "public, max-age=31536000, immutable"}
_FOR_A_DAY = {"cache-control": "public, max-age=86400"}
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
    if file == "icon.svg":
        return FileResponse(_ICON, headers=_FOR_A_DAY)
    if file == "font.woff2":
        return FileResponse(_font(), media_type="font/woff2", headers=_FOR_A_DAY)
    if file not in {path.name for path in _STATIC.iterdir()}:
        return Response("Filen finns inte.", status_code=404, media_type="text/plain")
    return _content(file)


@cache
def _plotly() -> bytes:
    """Plotly's own script, which comes with its Python package; packed once."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(script.read_bytes())


@cache
def _font() -> Path:
    """The font of all other pages, which comes with Streamlit."""
    return next((Path(st.__file__).parent / "static" / "static" / "media").glob("SourceSansVF-Upright*.woff2"))


ROUTES = [
    _page("/visa=projector.html"),
    _page("/presentator=presenter.html"),
    _page("/led/{kod}=presenter.html"),
    _page("/d/{kod}=participant.html"),
    Route("/rum/{file}", part),
]
