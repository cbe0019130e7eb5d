"""Named mappings: what an analyst has decided about one kind of file, used by itself for the next one like it.

One JSON file per profile in `profiler/` of the data folder. It holds headings, never rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from naravard.base import settings
from naravard.base.errors import NotFound, UserError
from naravard.base.kommuner import folded
from naravard.base.mask import refuse_ids
from naravard.intake.column_map import NOT_MAPPED, Headings


@dataclass(frozen=True)
class Profile:
    """Which source the headings mean, and which heading each of its columns has (None: not in the file)."""

    namn: str
    kalla: str
    rubriker: tuple[str, ...]
    kolumner: Mapping[str, str | None]
    vem: str
    nar: str


def profiles() -> list[Profile]:
    """All profiles by name. One that cannot be read is left out: a check must not fail for it."""
    found = []
    for path in sorted(_folder().glob("*.json")) if _folder().exists() else []:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(Profile(**{**record, "rubriker": tuple(record["rubriker"])}))
        except (OSError, ValueError, TypeError, KeyError):
            continue
    return found


def profile(name: str) -> Profile:
    """One profile. Raises NotFound with the names that exist."""
    found = next((p for p in profiles() if folded(p.namn) == folded(name)), None)
    if found is None:
        known = ", ".join(p.namn for p in profiles()) or "ingen ännu"
        raise NotFound(f"Profilen ”{name}” finns inte. De som finns: {known}.")
    return found


def stem(name: str) -> str:
    """What a profile's file is called. Raises UserError for a name that cannot be used."""
    refuse_ids(name, "Profilens namn")
    found = "-".join(folded(name).split())
    if not found or len(found) > 60:
        raise UserError("Profilens namn behöver bokstäver eller siffror, högst 60 tecken.")
    return found


def save(new: Profile) -> None:
    """Write a profile; one of the same name is replaced. Raises UserError for a name that cannot be used."""
    _folder().mkdir(parents=True, exist_ok=True)
    path = _folder() / f"{stem(new.namn)}.json"
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(asdict(new), ensure_ascii=False, indent=1), encoding="utf-8")
    unfinished.replace(path)


def remove(name: str) -> None:
    """Take a profile away."""
    (_folder() / f"{stem(profile(name).namn)}.json").unlink(missing_ok=True)


def matching(headings: Headings) -> Profile | None:
    """The profile that was saved for exactly these headings, the newest if there are several."""
    mine = [folded(heading) for heading in headings.whole]
    same = [p for p in profiles() if [folded(heading) for heading in p.rubriker] == mine]
    return max(same, key=lambda p: p.nar, default=None)


def places(chosen: Profile, headings: Headings) -> dict[str, int]:
    """The profile's columns as positions among the headings; one that is not there is left to be found."""
    positions = {folded(heading): i for i, heading in reversed(list(enumerate(headings.whole)))}
    found = {}
    for name, heading in chosen.kolumner.items():
        if heading is None:
            found[name] = NOT_MAPPED
        elif folded(heading) in positions:
            found[name] = positions[folded(heading)]
    return found


def _folder() -> Path:
    return settings.data_folder() / "profiler"
