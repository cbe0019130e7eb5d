"""Groups that are together a hundred in every kommun, in a table that someone has counted: shares, and no counts."""

from __future__ import annotations

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.column_map import display_name
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.absent_groups import is_counted_by_groups

_ENOUGH = 4
"""So many kommuner do not have a hundred persons each by chance."""
_SUMS = """
with summor as (
    select uppdelning, kommun_kod, sum(antal) as antal
    from antal
    where uppdelning <> 'totalt' and niva = 'kommun'
    group by all
    having count(antal) = count(*) and count(*) > 1
)

select uppdelning
from summor
group by uppdelning
having count(*) >= $enough and bool_and(antal between 99 and 101)
order by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """Each division that looks so; a person's own rows are counted here, and are never shares."""
    if not is_counted_by_groups(evidence):
        return []
    return [
        _finding(display_name(evidence.source.columns_by_name[division]))
        for (division,) in evidence.query(_SUMS.replace("$enough", f"{_ENOUGH}"))
        if division in evidence.source.columns_by_name
    ]


def _finding(name: str) -> Finding:
    what = f"grupperna i {name} är tillsammans 100 i varje kommun: talen kan vara procent, och läses som personer"
    action = "Kontrollera att det är antal. Andelar läses med källan ”Nyckeltal från andra”"
    return Finding(Level.WARNING, FindingCode.OTHER_MEASURE, what, "antal personer", action)
