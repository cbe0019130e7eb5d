"""The server's log: a line of JSON for each thing that happened, or a plain line where a person looks on.

What an error says is left out: `could not convert '19380230-1234'` has a person in it. Its kind and the way through the
code are there, and a number that the user has been told.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from datetime import datetime
from pathlib import Path
from types import TracebackType

from naravard.base import clock, mask

NAME = "naravard"
_LOG = logging.getLogger(NAME)
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without those that are read as each other."""
_MOST_FRAMES = 20
_DETAILS = "om_felet"
_NEVER = ("Uncaught app execution", "Exception in ASGI application", "Traceback (most recent call last)")
"""What Streamlit and uvicorn log of an error that has been logged already. The last would have what the error says."""


def fault(what: str, error: BaseException) -> str:
    """Log an error that nobody expected. Gives its number, to be told to the user."""
    number = "".join(secrets.choice(_LETTERS) for _ in range(8))
    _LOG.error(
        what, extra={_DETAILS: {"nr": number, **_of_error(error)}}
    )  # not as exc_info, which others would write out
    return number


class _Lines(logging.Formatter):
    """As a line for programs (JSON) or, where the log is a terminal, for a person."""

    def format(self, record: logging.LogRecord) -> str:
        line = line_of(record)
        if not sys.stderr.isatty():
            return json.dumps(line, ensure_ascii=False)
        rest = " ".join(f"{name}={value}" for name, value in line.items() if name not in {"tid", "niva", "text", "var"})
        return f"{line['tid']} {line['niva']} {line['text']} {rest}".rstrip()


def line_of(record: logging.LogRecord) -> dict[str, object]:
    """What the log has of something: when, how serious, from where, which error and through which code."""
    when = datetime.fromtimestamp(record.created, clock.HERE)
    line: dict[str, object] = {
        "tid": when.isoformat(timespec="milliseconds"),
        "niva": record.levelname.lower(),
        "var": record.name,
        "text": mask.mask_ids(record.getMessage()),
    }
    error = record.exc_info[1] if record.exc_info else None
    return {**line, **(_of_error(error) if error is not None else {}), **getattr(record, _DETAILS, {})}


def _of_error(error: BaseException) -> dict[str, object]:
    cause = error.__cause__ or error.__context__
    return {
        "fel": type(error).__name__,
        **({"orsak": type(cause).__name__} if cause is not None else {}),
        "spar": _frames(error.__traceback__),
    }


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_MOST_FRAMES:]
    return [f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


class Handler(logging.StreamHandler):  # type: ignore[type-arg]
    """To where standard error leads now."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(_Lines())
        self.addFilter(lambda record: not record.getMessage().startswith(_NEVER))

    @property
    def stream(self) -> object:
        """Standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, stream: object) -> None:
        """It has none of its own."""


def install(*others: logging.Logger) -> None:
    """Let all that is logged come so, also by loggers (`others`) that have had a way out of their own.

    Of those no more than warnings: who asked for which address is nobody's to know.
    """
    logging.getLogger().handlers = [Handler()]
    for logger in others:
        logger.handlers, logger.propagate = [], True
        logger.setLevel(max(logger.level, logging.WARNING))
    _LOG.setLevel(logging.INFO)
    sys.excepthook = _on_error
    threading.excepthook = lambda args: _on_error(args.exc_type, args.exc_value, args.exc_traceback)


def _on_error(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None or isinstance(error, KeyboardInterrupt):
        return
    fault("Oväntat fel i servern", error)
