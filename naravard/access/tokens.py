"""Keys with which programs ask in a person's name: made by who is logged in, shown once, kept as a hash alone.

A key has its owner's e-mail address, and no role: which role that address has is asked at each request, so that a role
that is taken away takes the key's with it. They are a document, and no part of a copy: a copy that is taken back must
not let in who has been shut out since.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache

from naravard.base import clock, lan
from naravard.base.errors import NotAllowed, NotFound, UserError
from naravard.base.mask import refuse_ids
from naravard.base.roles import Identity
from naravard.shared import documents

FILE = documents.KEYS
MONTHS = (1, 3, 12)
"""How long a key may hold; the last where nothing else is chosen."""
BEGINS = "nv_"
"""How each key begins, so that one that has come astray is seen for what it is."""
_LONGEST_NAME = 60
_MOST_OF_ONE = 20
_UNREADABLE = f"{documents.KEYS} med programmens nycklar går inte att läsa. Tills dess gäller ingen."


@dataclass(frozen=True)
class Token:
    """One key: what its owner calls it, whose it is, and its days. `hash` is what is kept of the key itself.

    `anvand` is the day of its last use, empty before the first; `galler_till` is the last day on which it holds.
    """

    nummer: str
    namn: str
    agare: str
    epost: str
    hash: str
    skapad: str
    galler_till: str
    anvand: str = ""

    def holds(self, today: date) -> bool:
        """Whether it has not run out."""
        return today <= date.fromisoformat(self.galler_till)


def make(name: str, owner: Identity, months: int) -> str:
    """Make a key for an owner and give it, the only time that it can be seen. Raises UserError for what cannot be."""
    text = _usable_name(name)
    if not owner.email:
        raise UserError(
            "Inloggningen säger ingen bekräftad e-postadress, och en nyckel får sin roll av den. Fråga den som sköter "
            "tjänsten."
        )
    if months not in MONTHS:
        raise UserError(f"En nyckel gäller i {', '.join(map(str, MONTHS))} månader.")
    key = f"{BEGINS}{secrets.token_urlsafe(32)}"
    today = clock.today()
    token = Token(
        nummer=secrets.token_hex(4),
        namn=text,
        agare=owner.name,
        epost=owner.email,
        hash=_hash(key),
        skapad=today.isoformat(),
        galler_till=_months_after(today, months).isoformat(),
    )
    _change(lambda tokens: [*_others(tokens, token), token])
    return key


def _others(tokens: Sequence[Token], token: Token) -> list[Token]:
    """The keys beside a new one, less what has run out. Raises UserError where it is one too many."""
    others = [each for each in tokens if each.holds(date.fromisoformat(token.skapad))]
    own_names = [each.namn.casefold() for each in others if _is_of(each, token.epost)]
    if token.namn.casefold() in own_names:
        raise UserError(
            f"Du har redan en nyckel som heter ”{token.namn}”. Välj ett annat namn, så går de att skilja åt."
        )
    if len(own_names) >= _MOST_OF_ONE:
        raise UserError(f"Du har redan {_MOST_OF_ONE} nycklar. Återkalla en som inte används.")
    return others


def all_tokens() -> tuple[Token, ...]:
    """All keys, the oldest first. Raises UserError for a document that cannot be read: then no key holds."""
    try:
        return _content(_documents().read(FILE))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(_UNREADABLE) from error


def of_owner(email: str) -> list[Token]:
    """The keys of one owner."""
    return [token for token in all_tokens() if _is_of(token, email)]


def revoke(number: str, email: str | None) -> None:
    """Let a key hold no longer. Raises NotAllowed for another's, where `email` says who asks; NotFound for none."""
    _change(lambda tokens: _without(tokens, number, email))


def _without(tokens: Sequence[Token], number: str, email: str | None) -> list[Token]:
    token = next((each for each in tokens if each.nummer == number), None)
    if token is None:
        raise NotFound("Nyckeln finns inte. Ladda om sidan.")
    if email is not None and not _is_of(token, email):
        raise NotAllowed("Nyckeln är någon annans. En förvaltare kan återkalla den.")
    return [each for each in tokens if each is not token]


def of_key(key: str) -> Token | None:
    """The token of a key that holds, noting the day that it is used; None for any other text."""
    today = clock.today()
    digest = _hash(key)
    token = next((each for each in all_tokens() if secrets.compare_digest(each.hash, digest)), None)
    if token is None or not token.holds(today):
        return None
    if token.anvand != today.isoformat():
        _note_use(token, today)
    return token


def _note_use(token: Token, today: date) -> None:
    """Write the day down. A place that cannot be written must not stop the question."""
    noted_token = replace(token, anvand=today.isoformat())
    with suppress(OSError, UserError):
        _change(lambda tokens: [noted_token if each == token else each for each in tokens])


def _usable_name(name: str) -> str:
    text = " ".join(name.split())
    if not text or len(text) > _LONGEST_NAME or not text.isprintable():
        raise UserError(f"Skriv vad nyckeln är till, högst {_LONGEST_NAME} tecken, till exempel ”Power BI, nära vård”.")
    refuse_ids(text, "Nyckelns namn")
    return text


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        with suppress(ValueError):
            return date(day.year + year, month + 1, last)
    raise AssertionError("each month has 28 days")


def _is_of(token: Token, email: str) -> bool:
    return token.epost.casefold() == email.casefold()


def _documents() -> documents.Documents:
    """Where the keys are: with the installation's first län, whichever a program asks about."""
    with lan.within(lan.koder()[0]):
        return documents.of_installation()


def _hash(key: str) -> str:
    """What is kept of a key: it is too long to be guessed, so no slow hash is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


@lru_cache(maxsize=4)
def _content(text: str | None) -> tuple[Token, ...]:
    try:
        return tuple(Token(**record) for record in json.loads(text or "[]"))
    except (ValueError, TypeError) as error:
        raise UserError(_UNREADABLE) from error


def _change(change: Callable[[Sequence[Token]], Sequence[Token]]) -> None:
    """Replace the document in one step (atomic). One change at a time, whichever server makes it."""

    def content(text: str | None) -> str:
        return json.dumps([asdict(token) for token in change(_content(text))], ensure_ascii=False, indent=1)

    _documents().change(FILE, content)
