"""The roles that the operator has given: `[roller]` in Streamlit's file of secrets, read anew when it changes."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from naravard.base import kommuner, settings, structs
from naravard.base.errors import UserError
from naravard.base.roles import Role, of_word

DefaultRole = Literal["publik", "läsare", "analytiker"]
_GROUP = "grupp:"
_SECTION = "roller"
_MOST_FILES = 20


@dataclass(frozen=True)
class Entries:
    """Who has which role: an e-mail address, `@domain`, or `grupp:` and what the provider calls the group."""

    lasare: tuple[str, ...] = ()
    analytiker: tuple[str, ...] = ()
    forvaltare: tuple[str, ...] = ()

    def roles_of(self, names: Collection[str]) -> list[Role]:
        """The roles that any of somebody's names has been given."""
        by_role = {Role.LASARE: self.lasare, Role.ANALYTIKER: self.analytiker, Role.FORVALTARE: self.forvaltare}
        return [role for role, entries in by_role.items() if not set(map(_plain, entries)).isdisjoint(names)]

    def all(self) -> list[str]:
        """All entries."""
        return [*self.lasare, *self.analytiker, *self.forvaltare]


@dataclass(frozen=True)
class RoleRules(Entries):
    """Who has which role in every län of the installation, and, in `lan`, who has one in one of them (by its code)."""

    lan: Mapping[str, Entries] = field(default_factory=dict)
    forval: DefaultRole = "publik"
    """The role of whoever is logged in and has no other."""
    kraver_inloggning: bool = False
    """Whether who is not logged in reads no figures either."""
    timmar: int = 12
    """How long a login holds."""
    epost: str = "email"
    """The claim that has the e-mail address."""
    namn: str = "name"
    """The claim that has the name."""
    grupper: str = "groups"
    """The claim that has the groups."""

    @property
    def without_login(self) -> Role:
        """What everybody may."""
        return Role.ALLA if self.kraver_inloggning else Role.PUBLIK

    def role_of(self, email: str, groups: Sequence[str]) -> Role:
        """The highest role that has been given to somebody who is logged in, by address, domain or group.

        It is for the län that is asked about; where that has not been said, the highest that they have in any.
        """
        names = {email.casefold(), f"@{email.casefold().rpartition('@')[2]}"} if is_email(email) else set()
        names |= {f"{_GROUP}{group}" for group in groups}
        kod = settings.lan_here.get() if settings.has_several_lan() else settings.lan_kod()
        own_entries = [each for lan_kod, each in self.lan.items() if kod in {None, lan_kod}]
        own_roles = [role for entries in (self, *own_entries) for role in entries.roles_of(names)]
        return max([of_word(self.forval), self.without_login, *own_roles])


def is_email(text: str) -> bool:
    """Whether a text is an address with one name and one domain."""
    name, at, domain = text.partition("@")
    return bool(name and at and domain) and "@" not in domain and not any(sign.isspace() for sign in text)


def rules_of(files: Sequence[Path]) -> RoleRules:
    """The roles as the files say now, a later file before an earlier. Raises UserError that tells all that is wrong."""
    part, place = _part(files, _SECTION)
    rules = structs.build(part, RoleRules, f"{place}, [{_SECTION}],")
    entries = [*rules.all(), *(entry for each in rules.lan.values() for entry in each.all())]
    if unknown_koder := sorted(set(rules.lan) - set(kommuner.lan_koder())):
        raise UserError(
            f"{place}, [{_SECTION}.lan], har {', '.join(unknown_koder)}, som inget län har. Skriv länets kod."
        )
    if odd_entries := [entry for entry in entries if not _is_entry(entry)]:
        raise UserError(
            f"{place}, [{_SECTION}], har {', '.join(map(repr, odd_entries))}. Skriv en e-postadress, @domän, eller "
            f"{_GROUP} och gruppens namn."
        )
    return rules


def has_login(files: Sequence[Path]) -> bool:
    """Whether a provider of logins has been set, `[auth]`. A file that cannot be read lets nobody in, and has one."""
    try:
        return bool(_part(files, "auth")[0])
    except UserError:
        return True


def _part(files: Sequence[Path], name: str) -> tuple[Mapping[str, Any], str]:
    """One part of the files, and how an error names the file that has it."""
    part: Mapping[str, Any] = {}
    place = f"Filen {files[-1] if files else 'secrets.toml'}"
    for file in files:
        if file.is_file():
            status = file.stat()
            content = _content(file, status.st_mtime_ns, status.st_size)
            if name in content:
                part, place = content[name], f"Filen {file}"
    return part, place


@lru_cache(maxsize=_MOST_FILES)
def _content(file: Path, change_time: int, size: int) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"Filen {file} går inte att läsa som TOML: rätta den.") from error


def _is_entry(entry: str) -> bool:
    is_domain = entry.startswith("@") and is_email(f"x{entry}")
    return is_domain or is_email(entry) or (entry.startswith(_GROUP) and entry != _GROUP)


def _plain(entry: str) -> str:
    """A group as it is written; an address or a domain in whichever case."""
    return entry if entry.startswith(_GROUP) else entry.casefold()
