"""What we use of Streamlit beyond its public interface, in one place: an upgrade that breaks it breaks this file alone.

Its test (tests/test_streamlit_internals.py) says what each of them must do.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st
from streamlit import config, net_util
from streamlit import logger as streamlit_logger
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

_STATIC = Path(st.__file__).parent / "static" / "static"
ADDRESSES = frozenset({"_stcore", "media", "component", "static", "app"})
"""First parts of the addresses that Streamlit answers itself."""
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
