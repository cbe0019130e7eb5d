"""Errors that a user can act on."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import ClassVar


class UserError(Exception):
    """A mistake in input or set-up, in one plain Swedish sentence or two.

    The text says what is wrong, where, what is allowed and what to do. It never holds a person id.
    """

    code: ClassVar[str] = ""
    """For programs, which never read the text."""


class PersonId(UserError):
    """A text looks like a person id, and is not stored."""

    code = "person_id"


class TooSoon(UserError):
    """A valid request over its rate limit: the client may retry it later."""


class Unavailable(UserError):
    """What is shared with other servers does not answer now: the client may retry, and keeps what it has."""

    code = "unavailable"


class NotAllowed(UserError):
    """An action that the caller has no permission for."""


class NotFound(UserError):
    """A name that nothing has: of an indicator, a source, a version, a period."""


def place_of(error: BaseException) -> str:
    """What kind of error and where in the code, without its text, which could hold a person: for a log or a screen."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} i {Path(frame.filename).name}, rad {frame.lineno}"
