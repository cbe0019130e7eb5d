"""A nyckeltal in percent lies between 0 and 100, and does not change its scale from one file to the next."""

from __future__ import annotations

from statistics import median

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration, number
from naravard.intake.plausible import Evidence

_MOST_PLACES = 6
_SEVERAL = 4
_MOST_RATIO = 2.0
_OUTSIDE = """
select titel, kommun_kod, ar from antal where enhet = 'procent' and varde > 100 and not contains(titel, 'förändring')
order by all
"""

_FEW_BELOW = """
select titel from antal
where not regexp_matches(
    titel, '(?i)förändring|ökning|minskning|skillnad|tillväxt|netto|resultat|avvik|differens|saldo'
)
group by titel
having count(varde) > 4 and count(*) filter (varde < 0) between 1 and count(varde) / 10
order by all
"""

# Kolada has shares of less than one per cent, and writes all of them in per cent
_OF_ONE = r"""
select titel from antal
where
    (enhet = 'procent' or regexp_matches(titel, '(?i)\bandel(en)?\b')) and not starts_with(kalla, 'Kolada')
group by titel
having count(varde) > 3 and max(abs(varde)) <= 1 and max(abs(varde)) > 0
order by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of nyckeltal."""
    if evidence.source.id != "nyckeltal":
        return []
    return [
        *_about_outside(evidence),
        *_about_below_zero(evidence),
        *_about_shares_of_one(evidence),
        *_about_scale(evidence),
    ]


def _about_shares_of_one(evidence: Evidence) -> list[Finding]:
    """Shares that are perhaps parts of one, as a spreadsheet stores what it shows in per cent."""
    titles = [f"”{titel}”" for (titel,) in evidence.query(_OF_ONE)]
    if not titles:
        return []
    rest = len(titles) - _MOST_PLACES
    listing = enumeration([*titles[:_MOST_PLACES], *([f"{number(rest)} till"] if rest > 0 else [])])
    what = f"inget värde är över 1 procent i {listing}: talen kan vara andelar av ett (0,24 i stället för 24)"
    action = "Kontrollera några av dem. Är de andelar av ett: visa dem som procent i filen"
    return [Finding(Level.WARNING, FindingCode.SHARE_OUT_OF_RANGE, what, "0–100 procent", action)]


def _about_outside(evidence: Evidence) -> list[Finding]:
    places = [f"{kommuner.area_name(kod)} {ar or ''}".strip() for _, kod, ar in evidence.query(_OUTSIDE)]
    if not places:
        return []
    rest = len(places) - _MOST_PLACES
    listing = enumeration([*places[:_MOST_PLACES], *([f"{number(rest)} till"] if rest > 0 else [])])
    what, allowed = f"procenttal över 100: {listing}", "0–100 procent"
    action = "Kontrollera enheten och kolumnen"
    return [Finding(Level.WARNING, FindingCode.SHARE_OUT_OF_RANGE, what, allowed, action)]


def _about_below_zero(evidence: Evidence) -> list[Finding]:
    """A few values below zero among many that are not: a dash before a number, or another column."""
    titles = [f"”{titel}”" for (titel,) in evidence.query(_FEW_BELOW)][:_MOST_PLACES]
    if not titles:
        return []
    what, action = f"enstaka tal är under 0 i {enumeration(titles)}", "Kontrollera att det är minus och inget streck"
    return [Finding(Level.WARNING, FindingCode.SHARE_OUT_OF_RANGE, what, action=action)]


def _about_scale(evidence: Evidence) -> list[Finding]:
    """The nearest year that is known of the same nyckeltal, area and sex, against the file's."""
    known_years: dict[tuple[str, str, str], list[tuple[int, float]]] = {}
    ids = {nyckeltal for (nyckeltal,) in evidence.query("select distinct nyckeltal from antal")}
    sql = "select nyckeltal, kommun_kod, kon, ar, varde from nyckeltal_gallande where varde > 0 and ar is not null"
    for nyckeltal, kod, sex, year, value in evidence.query_store(sql):
        if nyckeltal in ids:
            known_years.setdefault((nyckeltal, kod, sex), []).append((year, value))
    ratios: dict[str, list[float]] = {}
    sql = "select nyckeltal, kommun_kod, kon, ar, varde from antal where varde > 0 and ar is not null"
    for nyckeltal, kod, sex, year, value in evidence.query(sql):
        near = min(known_years.get((nyckeltal, kod, sex), ()), key=lambda other: abs(other[0] - year), default=None)
        if near is not None:
            ratios.setdefault(nyckeltal, []).append(value / near[1])
    different = [
        nyckeltal
        for nyckeltal, values in ratios.items()
        if len(values) >= _SEVERAL and not 1 / _MOST_RATIO < median(values) < _MOST_RATIO
    ]
    if not different:
        return []
    what = f"värdena är mer än dubbla eller halva mot dem som redan är inlästa: {enumeration(different)}"
    action = "Kontrollera enheten, och att det är samma nyckeltal"
    return [Finding(Level.WARNING, FindingCode.DIFFERS_FROM_BEFORE, what, action=action)]
