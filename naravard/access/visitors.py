"""Who asks: by which way one is somebody here, and who somebody is by what a provider of logins or a proxy says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from naravard.access import tokens
from naravard.access.role_rules import RoleRules, is_email, rules_of
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids
from naravard.base.roles import NOBODY, Identity, Role

Claims = Mapping[str, Any]
_HOUR = 3_600
_LONGEST = 120
_NO_LOGIN = (
    "Servern har ingen inloggning, och därför går det bara att läsa. Den som sköter den slår på inloggning så som det "
    "står i docs/behorighet.md."
)
_LOG_IN = "Logga in."
_LOG_IN_AGAIN = "Inloggningen gäller inte längre. Logga in igen."
_ASK = "Den som sköter tjänsten ger roller."
_ASK_FOR_KEY = (
    "En nyckel har den roll som ägarens e-postadress eller domän ger, inte den som en grupp ger. Den som sköter "
    "tjänsten ger roller."
)
_PROXY = "Proxyn framför servern säger inte vem du är. Logga in där, eller fråga den som sköter tjänsten."
_UNREADABLE = "Rollerna går inte att läsa. Meddela den som sköter tjänsten: felet står i serverns logg vid starten."


class Mode(Enum):
    """By which way one is somebody here."""

    LOCAL = "lokalt"
    """Only this machine reaches the server: who sits at it may do all, and types a name."""
    NO_LOGIN = "utan"
    """Others reach it and nobody logs in."""
    LOGIN = "inloggning"
    """By a provider of logins (OpenID Connect)."""
    PROXY = "proxy"
    """By what a trusted proxy says in headers."""


def identity(mode: Mode, claims: Claims, files: Sequence[Path], now: float) -> Identity:
    """Who asks, and what they may. `claims` are what the provider or the proxy says, `now` the time in Unix seconds."""
    if mode is Mode.LOCAL:
        return Identity("", Role.FORVALTARE)
    if mode is Mode.NO_LOGIN:
        return Identity("", Role.PUBLIK, _NO_LOGIN)
    try:
        rules = rules_of(files)
    except UserError:
        return Identity(NOBODY.name, NOBODY.role, _UNREADABLE)
    return _logged_in(claims, rules, now) if mode is Mode.LOGIN else _behind_proxy(claims, rules)


def identity_of_key(key: str, files: Sequence[Path]) -> Identity | None:
    """Whose a program's key is, with the role that the address has now; None where it is none that holds.

    An address that has no role of its own any longer is worth no more than no key at all: nobody knows whether its
    owner could still log in. What a group gives is not known here, since only a login tells the groups.
    """
    token = tokens.of_key(key)
    if token is None:
        return None
    try:
        rules = rules_of(files)
    except UserError:
        return Identity(token.agare, NOBODY.role, _UNREADABLE)
    role = role_of_keys(token.epost, rules)
    return Identity(token.agare, role, _ASK_FOR_KEY, token.epost)


def role_of_keys(email: str, rules: RoleRules) -> Role:
    """Which role the keys of an address have: what the address itself is given, else what everybody has."""
    role = rules.role_of(email, ())
    return role if role >= Role.LASARE else rules.without_login


def _logged_in(claims: Claims, rules: RoleRules, now: float) -> Identity:
    if claims.get("is_logged_in") is not True:
        return Identity("", rules.without_login, _LOG_IN)
    issued = claims.get("iat")
    is_fresh = isinstance(issued, int | float) and not isinstance(issued, bool) and now - issued < rules.timmar * _HOUR
    someone = _somebody(claims, rules)
    return someone if is_fresh and someone.name else Identity("", rules.without_login, _LOG_IN_AGAIN)


def _behind_proxy(claims: Claims, rules: RoleRules) -> Identity:
    someone = _somebody(claims, rules)
    return someone if someone.name else Identity("", rules.without_login, _PROXY)


def _somebody(claims: Claims, rules: RoleRules) -> Identity:
    """Who the claims are of; without a name where they have none for the log, and then nobody's.

    An address that the provider says is not verified is none.
    """
    email = _text(claims, rules.epost) if claims.get("email_verified") is not False else ""
    groups = _groups(claims.get(rules.grupper))
    name, address = _text(claims, rules.namn), email if is_email(email) else ""
    who = f"{name} ({address})" if name and address else name or address or _text(claims, "sub")
    return Identity(mask_ids(who)[:_LONGEST], rules.role_of(address, groups), _ASK, address)


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _groups(value: object) -> list[str]:
    """A provider says a list, a proxy one text with commas between."""
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]
