"""Errors that a user can act on."""

from __future__ import annotations

from typing import ClassVar


class UserError(Exception):
    """A mistake in input or set-up, told in one plain Swedish sentence or two.

    The text says what is wrong, where, what is allowed and what to do. It never holds a person id.
    """

    code: ClassVar[str] = ""
    """For programs, which never read the text."""


class PersonId(UserError):
    """A text looks like a person id, and is not stored."""

    code = "person_id"


class TooSoon(UserError):
    """Something is right, but has to wait: it can be sent again in a while."""


class NotAllowed(UserError):
    """Something that only somebody else may do."""


class NotFound(UserError):
    """Something was asked for by a name that does not exist (indicator, source, version, period)."""
