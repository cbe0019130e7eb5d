"""What we use of Streamlit beyond its public interface, in one place: an upgrade that breaks it breaks this file alone.

Its test (tests/test_streamlit_internals.py) says what each of them must do.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from plotly import tools
from plotly.graph_objects import Figure
from streamlit import auth_util, config, net_util
from streamlit import logger as streamlit_logger
from streamlit.elements import html
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette import starlette_websocket
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

_STATIC = Path(st.__file__).parent / "static" / "static"
ADDRESSES = frozenset({"_stcore", "media", "component", "static", "app"})
"""First parts of the addresses that Streamlit answers itself."""
LOGIN_ADDRESSES = frozenset({"auth", "oauth2callback"})
"""The same, where logging in has been set."""
UPLOADS = "/_stcore/upload_file"
"""Where its pages send files."""
NOT_SERVED = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")
"""Those of them that no page needs: counts of visitors and memory, and a door for programs."""
LANGUAGE = (b'<html lang="en"', b'<html lang="sv"')
"""How its page begins, and how it is to begin."""
HEAD = b"<head>"
"""Where its page takes what is to be done first."""


class Bound(NamedTuple):
    """Where the server takes connections: the address it is bound to, empty for all, the port, and how."""

    address: str
    port: int
    scheme: str


def bound() -> Bound:
    """Where the server takes connections."""
    scheme = "https" if config.get_option("server.sslCertFile") else "http"
    return Bound(str(config.get_option("server.address") or ""), int(config.get_option("server.port")), scheme)


def is_bound_locally() -> bool:
    """Whether the server is reached from its own machine alone."""
    address = bound().address
    try:
        return address == "localhost" or ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def loggers() -> list[logging.Logger]:
    """Those of it, and of its server, that have a way out of their own. Later ones have none."""
    streamlit_logger.setup_formatter = _without_handler
    servers = map(logging.getLogger, ("uvicorn", "uvicorn.error", "uvicorn.asgi"))
    return [*servers, *streamlit_logger._loggers.values()]


def _without_handler(logger: logging.Logger) -> None:
    logger.propagate = logger.name != "uvicorn.access"


def stay_inside() -> None:
    """Let nothing of it ask the internet for this machine's address, as it does for a page of a foreign origin."""
    net_util.get_external_ip = net_util.get_internal_ip = _no_address


def _no_address() -> None:
    return None


def take_short_ways() -> None:
    """Spare each run what comes out the same: the theme in figures, and whether a text of HTML is the name of a file.

    A text that we give is HTML, without an indent to take away. Settings are read for each element that is sent, with a
    lock that all visitors share: they are read without. A figure that is ready is neither checked nor copied. Together
    a fourth of what a warm page takes.
    """
    config.get_option = _option
    html._is_file = _is_no_file  # type: ignore[assignment]
    html.clean_text = _as_it_is  # type: ignore[attr-defined, assignment]
    html._html_only_style_tags = _is_style  # type: ignore[assignment]
    tools.return_figure_from_figure_or_data = _ready_or_checked
    if app_session._populate_theme_msg is _POPULATE_THEME:
        app_session._populate_theme_msg = _theme_once(_POPULATE_THEME)


class _ReadyFigure(dict[str, Any]):
    """A figure as its dictionary, which is sent as it is."""


def ready_figure(figure: Figure) -> dict[str, Any]:
    """A figure of plotly to draw many times: it is checked and copied once, and not at each run."""
    return _ReadyFigure(figure.to_dict())


def _ready_or_checked(figure: Any, *arguments: Any, **options: Any) -> Any:
    return figure if isinstance(figure, _ReadyFigure) else _RETURN_FIGURE(figure, *arguments, **options)


def _option(key: str) -> Any:
    option = (config._config_options or {}).get(key)
    return _GET_OPTION(key) if option is None else option.value


def _as_it_is(body: object) -> str:
    return str(body)


def _is_style(content: str) -> bool:
    """Our own style is alone in its element."""
    return content.startswith("<style>")


def _is_no_file(_: object) -> bool:
    return False


def _theme_once(populate: Callable[..., None]) -> Callable[..., None]:
    """The same, reading each section of the settings once: they do not change while the server runs."""
    content_of_section: dict[str, bytes] = {}

    def populate_once(message: CustomThemeConfig, section: str = "theme") -> None:
        if section not in content_of_section:
            populate(message, section)
            content_of_section[section] = message.SerializeToString()
        elif content_of_section[section]:
            message.MergeFromString(content_of_section[section])

    return populate_once


@cache
def scripts_of(*parts: str) -> tuple[str, ...]:
    """Addresses of the scripts of its front end that draw these parts (`PlotlyChart`, `Html`, …)."""
    return tuple(f"/static/js/{file.name}" for part in parts for file in (_STATIC / "js").glob(f"{part}.*.js"))


@cache
def font() -> Path:
    """The font of its pages, upright."""
    return next((_STATIC / "media").glob("SourceSansVF-Upright*.woff2"))


def forget_upload(file: Any) -> None:
    """Let go of Streamlit's own copy of an uploaded file."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def runs_a_fragment() -> bool:
    """Whether this run is of a part of a page alone."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def secrets_files() -> list[Path]:
    """Where it looks for secrets; a later file goes before an earlier."""
    return [Path(file) for file in config.get_option("secrets.files")]


def has_login_in_a_folder() -> bool:
    """Whether it knows a provider of logins from a folder of secrets."""
    return any(file.is_dir() for file in secrets_files()) and bool(auth_util.get_secrets_auth_section())


def trusted_headers() -> Mapping[str, str]:
    """Headers in which a proxy says who asks (`server.trustedUserHeaders`), and what each of them says."""
    headers = config.get_option("server.trustedUserHeaders")
    return {str(name).lower(): str(claim) for name, claim in headers.items()} if isinstance(headers, dict) else {}


def claims_of_cookies(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What its cookie of a login says, if it is signed, not too old, and of this app; else nothing."""
    if USER_COOKIE_NAME not in cookies or not get_cookie_secret():
        return {}
    content = starlette_websocket._get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME)
    try:
        claims = json.loads(content) if content else {}
    except ValueError:
        return {}
    is_of_this_app = isinstance(claims, dict) and claims.get("origin") == auth_util.get_origin_from_redirect_uri()
    return claims if is_of_this_app else {}


def ask_before_callbacks(may_act: Callable[[], bool]) -> None:
    """Let no callback of a widget run for somebody who may not open its page: callbacks come before the main script."""
    call_callbacks = _CALL_CALLBACKS

    def asking(state: SessionState, **options: Any) -> None:
        if may_act():
            call_callbacks(state, **options)

    SessionState._call_callbacks = asking  # type: ignore[method-assign, assignment]


_GET_OPTION = config.get_option
_RETURN_FIGURE = tools.return_figure_from_figure_or_data
_CALL_CALLBACKS = SessionState._call_callbacks
_POPULATE_THEME = app_session._populate_theme_msg
