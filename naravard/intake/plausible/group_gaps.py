"""Groups that most kommuner of a counted table have and some have not: their row is missing, and is no 0."""

from __future__ import annotations

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.absent_groups import is_counted_by_groups

_GROUPS = """
select distinct kommun_kod, if(uppdelning = 'totalt', 'totalt', grupp) from antal where length(kommun_kod) = 4
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of tables that someone has counted; where persons are counted here each kommun has all groups."""
    if not is_counted_by_groups(evidence):
        return []
    rows = set(evidence.query(_GROUPS))
    codes, groups = {kod for kod, _ in rows}, sorted({group for _, group in rows})
    places = []
    for group in groups:
        missing = sorted(kod for kod in codes if (kod, group) not in rows)
        if missing and 2 * len(missing) < len(codes):
            places.append(f"{group}: {enumeration([kommuner.area_name(kod) for kod in missing])}")
    if not places:
        return []
    what = f"gruppen finns för andra kommuner men inte för alla ({'; '.join(places)})"
    action = "Kontrollera att raden inte har fallit bort. Är antalet 0: skriv det"
    return [Finding(Level.WARNING, FindingCode.PARTS_NOT_WHOLE, what, action=action)]
