"""Ages that some kommuner of a population have and others not: a row is missing, or a part is hidden."""

from __future__ import annotations

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration
from naravard.intake.plausible import Evidence

_GROUPS = "select distinct kommun_kod, ar, aldersgrupp, kon from antal where length(kommun_kod) = 4"


def check(evidence: Evidence) -> list[Finding]:
    """Only of SCB's population."""
    if evidence.source.id != "befolkning":
        return []
    rows = {(kod, (ar, ages, sex)) for kod, ar, ages, sex in evidence.query(_GROUPS)}
    codes, groups = {kod for kod, _ in rows}, {group for _, group in rows}
    all_codes = {kommun.kod for kommun in kommuner.in_lan(evidence.lan)}
    if 2 * len(codes & all_codes) > len(all_codes):  # a table of the län, and not of some kommuner in it
        codes |= all_codes
    places: dict[str, dict[str, None]] = {}
    for kod in sorted(codes):
        for ar, ages, _ in sorted(group for group in groups if (kod, group) not in rows):
            places.setdefault(kommuner.area_name(kod), {})[f"{ages} {ar}"] = None
    if not places:
        return []
    listing = "; ".join(f"{name}: {enumeration(list(ages))}" for name, ages in places.items())
    what = f"folkmängden finns för andra kommuner men inte för {listing}"
    action = "Kontrollera att alla åldrar och båda könen finns med för varje kommun"
    return [Finding(Level.WARNING, FindingCode.AGES_NOT_ENOUGH, what, action=action)]
