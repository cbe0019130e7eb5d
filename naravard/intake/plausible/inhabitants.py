"""Persons against inhabitants: no kommun has more persons in an extract than people who live there."""

from __future__ import annotations

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration
from naravard.intake.plausible import Evidence

_OF_ALL = "totalt"
_INHABITANTS = """
select kommun_kod, aldersgrupp, arg_min(antal, abs(ar - coalesce($ar, 9999)))
from befolkning_gallande
where kon = 'totalt' and kvalitet <> 'prognos'
group by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """More persons than inhabitants is an error; more than there are of an age is asked about."""
    if not evidence.source.measures_sql:
        return []
    inhabitants = {
        (kod, ages): antal for kod, ages, antal in evidence.query_store(_INHABITANTS, {"ar": evidence.year}) if antal
    }
    places: dict[tuple[str, str], list[str]] = {}
    for kod, measure, ages, antal in evidence.query(evidence.source.measures_sql):
        most = inhabitants.get((kod, ages))
        if most is not None and antal is not None and antal > most:
            places.setdefault((measure, ages), []).append(kommuner.area_name(kod))
    return [_finding(measure, ages, names) for (measure, ages), names in places.items()]


def _finding(measure: str, ages: str, names: list[str]) -> Finding:
    listing = enumeration(list(dict.fromkeys(names)))
    if ages == _OF_ALL:
        what = f"fler {measure} än invånare: {listing}"
        action = "Kontrollera att kolumnerna inte är förskjutna och att filen är rätt"
        return Finding(Level.ERROR, FindingCode.MORE_THAN_INHABITANTS, what, "högst så många som invånarna", action)
    what = f"fler {measure} än invånare som är {ages}: {listing}"
    action = "Kontrollera talen och mätperioden"
    return Finding(Level.WARNING, FindingCode.MORE_THAN_INHABITANTS, what, f"högst så många som är {ages}", action)
