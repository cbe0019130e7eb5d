"""Profiles: saved schema mappings. What an analyst has decided about one kind of file is used for the next one like it.

One document per profile, JSON (`profiler/kalmar.json`). It holds headings, never rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from naravard.base.errors import NotFound, UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import refuse_ids
from naravard.intake.column_map import NOT_MAPPED, Headings
from naravard.shared import documents

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Profile:
    """Which source the headings mean, and which heading each of its columns has (None: not in the file)."""

    namn: str
    kalla: str
    rubriker: tuple[str, ...]
    kolumner: Mapping[str, str | None]
    vem: str
    nar: str


def load_all() -> list[Profile]:
    """All profiles by name. One that cannot be read is left out: a check must not fail for it."""
    profiles = []
    shared_documents = documents.of_installation()
    for name in shared_documents.names(documents.PROFILES):
        try:
            record = json.loads(shared_documents.read(name) or "")
            profiles.append(Profile(**{**record, "rubriker": tuple(record["rubriker"])}))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return profiles


def load(name: str) -> Profile:
    """One profile. Raises NotFound with the names that exist."""
    profiles = load_all()
    for profile in profiles:
        if match_key(profile.namn) == match_key(name):
            return profile
    names = ", ".join(profile.namn for profile in profiles) or "ingen ännu"
    raise NotFound(f"Profilen ”{name}” finns inte. De som finns: {names}.")


def stem(name: str) -> str:
    """What a profile's document is called. Raises UserError for a name that cannot be used."""
    refuse_ids(name, "Profilens namn")
    file_stem = "-".join(match_key(name).split())
    if not file_stem or len(file_stem) > _LONGEST_NAME:
        raise UserError(f"Profilens namn behöver bokstäver eller siffror, högst {_LONGEST_NAME} tecken.")
    return file_stem


def save(profile: Profile) -> None:
    """Write a profile in one step (atomic), over one of the same name. Raises UserError for an unusable name."""
    text = json.dumps(asdict(profile), ensure_ascii=False, indent=1)
    documents.of_installation().change(_name(profile), lambda _: text)


def remove(name: str) -> None:
    """Take a profile away."""
    documents.of_installation().remove(_name(load(name)))


def match(headings: Headings) -> Profile | None:
    """The profile that was saved for exactly these headings, the newest if there are several."""
    folded_headings = [match_key(heading) for heading in headings.whole]
    matches = [p for p in load_all() if [match_key(heading) for heading in p.rubriker] == folded_headings]
    return max(matches, key=lambda p: p.nar, default=None)


def positions_of(profile: Profile, headings: Headings) -> dict[str, int]:
    """The profile's columns as positions among the headings; one that is not there is left to be found."""
    position_by_heading = {match_key(heading): i for i, heading in reversed(list(enumerate(headings.whole)))}
    positions = {}
    for name, heading in profile.kolumner.items():
        if heading is None:
            positions[name] = NOT_MAPPED
        elif match_key(heading) in position_by_heading:
            positions[name] = position_by_heading[match_key(heading)]
    return positions


def _name(profile: Profile) -> str:
    return f"{documents.PROFILES}/{stem(profile.namn)}.json"
