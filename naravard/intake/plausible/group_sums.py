"""Groups that are together fewer than all persons, in a table that someone has counted: the others have no group.

Groups that are more than all are an error of the rows, and do not come here.
"""

from __future__ import annotations

from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration, number
from naravard.intake.column_map import display_name
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.absent_groups import is_counted_by_groups

_MOST_AREAS = 4
_SUMS = """
with summor as (
    select uppdelning, kommun_kod, sum(antal) as antal
    from antal
    where uppdelning <> 'totalt'
    group by all
    having count(antal) = count(*)
)

select summor.uppdelning, kommun_kod
from summor
join antal as totaler using (kommun_kod)
where totaler.uppdelning = 'totalt' and summor.antal < totaler.antal
order by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of divisions in which each person has one group. No numbers are told: the difference can be a few."""
    if not is_counted_by_groups(evidence) or evidence.source.persons is None:
        return []
    divisions = [d.name for d in evidence.source.persons.divisions if not (d.overlaps or d.within)]
    different: dict[str, list[str]] = {}
    for division, kod in evidence.query(_SUMS):
        if division in divisions:
            different.setdefault(division, []).append(kommuner.area_name(kod))
    return [_finding(evidence, division, names) for division, names in different.items()]


def _finding(evidence: Evidence, division: str, names: list[str]) -> Finding:
    rest = len(names) - _MOST_AREAS
    listing = enumeration([*names[:_MOST_AREAS], *([f"{number(rest)} till"] if rest > 0 else [])])
    name = display_name(evidence.source.columns_by_name[division])
    what = f"grupperna i {name} är tillsammans färre än totalen i {listing}"
    action = "Lägg till de andra, som ”uppgift saknas”, eller kontrollera totalen"
    return Finding(Level.WARNING, FindingCode.PARTS_NOT_WHOLE, what, "samma antal", action)
