"""The room's own pages, scripts and styles, and Plotly, which they draw charts with.

Each page is one document: on a bad net each further file is one more that can be lost.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import time
import zlib
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import plotly
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from naravard.access.doors import Door
from naravard.base.errors import NotFound, Unavailable
from naravard.base.roles import Role
from naravard.room.answers import answering
from naravard.room.news import phones_news
from naravard.room.told import workshops
from naravard.telling import theme

_STATIC = Path(__file__).parent / "static"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FOR_LONG = {"cache-control": "public, max-age=31536000, immutable"}
_EACH_TIME = {"cache-control": "no-cache"}
PLOTLY = f"plotly-{plotly.__version__}.js"
_LONGEST_CODE = 20
_UP_TO_SCRIPT = re.compile(r".+?(?:</script>|\Z)", re.DOTALL)
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w-]+\.js)"\n', re.MULTILINE)
_GZIP = 16 + zlib.MAX_WBITS
_INLINED = re.compile(r"\{([\w-]+\.(?:css|js))\}")
_COMMENT = re.compile(r"^ *//[^\n]*\n|^ */\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)


_PAGES = {
    "visa": "projector.html",
    "presentator": "presenter.html",
    "led": "presenter.html",
    "d": "participant.html",
}
"""The document behind an address, by its first part."""
_CLASSIC = ("first.js", "watchdog.js")
"""Scripts that act while the page is still coming, as no module does."""
_SCRIPT = re.compile(r'<script(?: type="module")?>(.*?)</script>', re.DOTALL)


def scripts_of(path: str) -> str | None:
    """The scripts that the page at an address has in it, as a security policy names them; None where it is not ours."""
    first = path.split("/")[1]
    return _hashes(_PAGES[first]) if first in _PAGES else None


@cache
def _hashes(file: str) -> str:
    digests = (hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(document(file)))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _page(path: str, needs: Role, what: str) -> Door:
    file = _PAGES[path.split("/")[1]]

    async def page(request: Request) -> Response:
        return _packed(document(file), "no-cache")

    return Door(path, page, needs=needs, what=what)


def _content(file: str) -> Response:
    scope = {"service-worker-allowed": "/"} if file == "sw.js" else {}
    return Response(_read(file), media_type=_TYPES[Path(file).suffix], headers={**_EACH_TIME, **scope})


@cache
def _read(file: str) -> str:
    text = (_STATIC / file).read_text(encoding="utf-8")
    return theme.css() + (_STATIC / "base.css").read_text(encoding="utf-8") + text if file.endswith(".css") else text


@cache
def document(file: str) -> str:
    """A page with its style and its scripts in it."""

    def inlined(match: re.Match[str]) -> str:
        name = match[1]
        if name.endswith(".css"):
            return _read(name)
        script = bare(name) if name in _CLASSIC else module(name)
        return script.replace("</script", "<\\/script")

    return _INLINED.sub(inlined, _read(file)).replace("{PLOTLY}", PLOTLY)


def _phone(request: Request, body: dict[str, Any]) -> Response:
    """A phone's page, with what it needs to be used already in it."""
    start: dict[str, Any] = {}
    with suppress(NotFound, Unavailable):  # the page says so itself
        start = {"nar": int(1000 * time.time()), **phones_news(request.path_params["kod"].lower(), request)}
    as_text = json.dumps(start, ensure_ascii=False).replace("<", "\\u003c")
    page = document(_PAGES["d"]).replace("{start}", as_text)
    return _packed(page, "no-store")


def code_page(request: Request, body: dict[str, Any]) -> Response:
    """The page where a workshop's code is kod, and the way to the workshop once it is."""
    kod = "".join(request.query_params.get("kod", "").lower().split())[:_LONGEST_CODE]
    reason = f"Koden {kod} finns inte. Kontrollera tecknen på väggen."
    try:
        workshops().change_number(kod)
        return RedirectResponse(f"/d/{quote(kod)}", 303)
    except Unavailable as error:
        reason = str(error)
    except NotFound:
        pass
    message = f'<p class="fel" role="alert">{escape(reason)}</p>'
    page = document("code.html").replace("{message}", message if kod else "").replace("{kod}", escape(kod))
    return _packed(page, "no-store")


def _packed(page: str, caching: str) -> Response:
    headers = {"cache-control": caching, "content-encoding": "gzip"}
    return Response(_compressed(page), media_type="text/html", headers=headers)


def _compressed(page: str) -> bytes:
    """As gzip, of which a browser can read each script that has come, also where the rest is lost."""
    packing = zlib.compressobj(wbits=_GZIP)
    parts = (packing.compress(part.encode()) + packing.flush(zlib.Z_SYNC_FLUSH) for part in _UP_TO_SCRIPT.findall(page))
    return b"".join((*parts, packing.flush()))


def module(file: str) -> str:
    """A module and all that it imports as one, each once and before what needs it."""
    parts: dict[str, str] = {}

    def take(name: str) -> None:
        if name in parts:
            return
        text = bare(name)
        for other in _IMPORT.findall(text):
            take(other)
        parts[name] = re.sub(r"^export ", "", _IMPORT.sub("", text), flags=re.MULTILINE)

    take(file)
    return "".join(parts.values())


def bare(file: str) -> str:
    """A script without its comments."""
    return _COMMENT.sub("", (_STATIC / file).read_text(encoding="utf-8"))


async def part(request: Request) -> Response:
    """A script or a style of the room's."""
    file = request.path_params["file"]
    if file == PLOTLY:
        return Response(_plotly(), media_type="text/javascript", headers={**_FOR_LONG, "content-encoding": "gzip"})
    if file not in {path.name for path in _STATIC.iterdir() if path.suffix in _TYPES}:
        return Response("Filen finns inte.", status_code=404, media_type="text/plain")
    return _content(file)


@cache
def _plotly() -> bytes:
    """Plotly's own script, which comes with its Python package; packed once."""
    script = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    return gzip.compress(script.read_bytes())


ROUTES = [
    _page("/visa", Role.ALLA, "Visningen"),
    _page("/presentator", Role.LASARE, "Presentatörsvyn"),
    _page("/led/{kod}", Role.ALLA, "Ledarens vy"),
    Door("/d", answering(code_page), needs=Role.ALLA, what="Sidan där en kod skrivs"),
    Door("/d/{kod}", answering(_phone), needs=Role.ALLA, what="Deltagarnas sida"),
    Door("/rum/{file}", part, needs=Role.ALLA, what="Rummets skript och stil"),
]
"""The pages are empty: what they show they ask for, by a code, a leader's key or a role."""
