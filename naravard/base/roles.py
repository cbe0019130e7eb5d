"""Who may do what: the roles in their order, who asks, and the question itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from naravard.base.errors import NotAllowed


class Role(IntEnum):
    """What somebody may do; each role also what the ones before it may. `word` is how people and pages write it."""

    ALLA = 0, "alla"
    PUBLIK = 1, "publik"
    LASARE = 2, "läsare"
    ANALYTIKER = 3, "analytiker"
    FORVALTARE = 4, "förvaltare"

    word: str

    def __new__(cls, value: int, word: str) -> Role:
        """A number for the order, with its word."""
        role = int.__new__(cls, value)
        role._value_ = value
        role.word = word
        return role


OLDER_VERSIONS = Role.ANALYTIKER
"""Who may read another version than the newest that is released: one before it, or a preliminary one after it."""


def of_word(word: str) -> Role:
    """The role that a word names. Raises LookupError, with all words, for another."""
    for role in Role:
        if role.word == word:
            return role
    raise LookupError(f"{word!r} is no role. Write one of {', '.join(role.word for role in Role)}.")


@dataclass(frozen=True)
class Identity:
    """Who asks: a name for the log, empty where it is typed or nobody is logged in; the role; how one gets another.

    `email` is the address that roles are given by, empty where none is told that is verified.
    """

    name: str
    role: Role
    way_on: str = ""
    email: str = ""


NOBODY = Identity("", Role.ALLA)


def need(role: Role, identity: Identity, what: str) -> None:
    """Raises NotAllowed, which says what is needed, what one has and what to do, for somebody without the role."""
    if identity.role < role:
        who = f"Du är inloggad som {identity.name}, {_has(identity)}." if identity.name else "Du är inte inloggad."
        raise NotAllowed(" ".join(filter(None, [f"{what} kräver rollen {role.word}.", who, identity.way_on])))


def need_for_version(number: int | str, newest: int | None, identity: Identity, to_newest: str = "") -> None:
    """Raises NotAllowed for who may not read another version than the newest: the same words whichever it is."""
    what = f"Version {number} är inte den som visas för alla, version {newest}."
    need(OLDER_VERSIONS, identity, " ".join(filter(None, [what, to_newest, "Att läsa andra versioner"])))


def _has(identity: Identity) -> str:
    has_role = identity.role >= Role.LASARE
    return f"med rollen {identity.role.word}" if has_role else "utan någon roll här"
