"""A population against the one that is there, and its parts against the whole."""

from __future__ import annotations

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration, number
from naravard.intake.plausible import Evidence

_MOST_PLACES = 6
_NEAREST = """
select kommun_kod, aldersgrupp, kon, ar, antal from befolkning_gallande where kvalitet <> 'prognos'
"""
_MOST_A_YEAR, _MOST_SAME_YEAR = 0.04, 0.03
"""How much a population changes in a year at most, as a share, and between two statistics of the same year."""
_SEXES = {"kvinna": "kvinnor", "man": "män"}
_FEW = 30
"""So many persons more or less are noise and chance."""
_PARTS = """
-- grain: one row per pair of an older group within a younger one, or of a sex within both
with par as (
    select del.kommun_kod, del.ar, del.aldersgrupp as del, helhet.aldersgrupp as helhet, del.antal > helhet.antal as fel
    from antal as del
    inner join antal as helhet using (kommun_kod, ar, kon)
    where helhet.aldersgrupp = 'totalt' and del.aldersgrupp <> 'totalt'
        or try_cast(rtrim(del.aldersgrupp, '+') as integer) > try_cast(rtrim(helhet.aldersgrupp, '+') as integer)
    union all
    select del.kommun_kod, del.ar, del.kon, helhet.kon, del.antal > helhet.antal
    from antal as del
    inner join antal as helhet using (kommun_kod, ar, aldersgrupp)
    where helhet.kon = 'totalt' and del.kon <> 'totalt'
)

select kommun_kod, ar, del, helhet from par where fel order by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of SCB's population."""
    if evidence.source.id != "befolkning":
        return []
    return [*_about_parts(evidence), *_about_known(evidence)]


def _about_parts(evidence: Evidence) -> list[Finding]:
    places = [f"{kommuner.area_name(kod)} {ar} ({part} mot {whole})" for kod, ar, part, whole in evidence.query(_PARTS)]
    if not places:
        return []
    what = f"en del är större än helheten: {_listing(places)}"
    return [Finding(Level.WARNING, FindingCode.PARTS_EXCEED_WHOLE, what, action="Kontrollera åldrar och kön i filen")]


def _about_known(evidence: Evidence) -> list[Finding]:
    known_years: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for kod, ages, sex, year, antal in evidence.query_store(_NEAREST):
        known_years.setdefault((kod, ages, sex), []).append((year, antal))
    places = []
    rows = evidence.query(
        "select kommun_kod, aldersgrupp, kon, ar, antal from antal where kvalitet <> 'prognos' order by all"
    )
    for kod, ages, sex, year, antal in rows:
        near = min(known_years.get((kod, ages, sex), ()), key=lambda other: abs(other[0] - year), default=None)
        if near is not None and _differs(antal, near[1], abs(near[0] - year)):
            change = round(100 * (antal - near[1]) / near[1]) if near[1] else 100
            who = f"{ages} {_SEXES.get(sex, '')}".strip()
            places.append(
                f"{kommuner.area_name(kod)} {who} {year} ({'+' * (change > 0)}{number(change)} % mot {near[0]})"
            )
    if not places:
        return []
    what = f"folkmängden skiljer mycket från den som redan är inläst: {_listing(places)}"
    action = "Kontrollera att filen är SCB:s folkmängd den 31 december, och inte en del av den"
    return [Finding(Level.WARNING, FindingCode.DIFFERS_FROM_BEFORE, what, action=action)]


def _differs(antal: int, old_count: int, years: int) -> bool:
    return abs(antal - old_count) > _FEW + (_MOST_SAME_YEAR if not years else _MOST_A_YEAR * years) * old_count


def _listing(places: list[str]) -> str:
    rest = len(places) - _MOST_PLACES
    return enumeration([*places[:_MOST_PLACES], *([f"{number(rest)} till"] if rest > 0 else [])])
