"""One group alone in a table that someone has counted: all persons are then taken to be those of that group."""

from __future__ import annotations

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.column_map import display_name
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.absent_groups import UNKNOWN_GROUP, is_counted_by_groups, word

_GROUPS = """
with grupper as (
    select uppdelning, kommun_kod, sum(antal) as antal, list_sort(list(distinct grupp)) as grupper
    from antal
    where uppdelning <> 'totalt' and niva = 'kommun'
    group by all
)

select grupper.uppdelning, list_sort(list_distinct(flatten(list(grupper.grupper))))
from grupper
join antal as totaler using (kommun_kod)
where totaler.uppdelning = 'totalt'
group by grupper.uppdelning
having bool_and(grupper.antal is not distinct from totaler.antal)
order by all
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of divisions in which each person has one group, and in which all persons are those of the groups."""
    if not is_counted_by_groups(evidence) or evidence.source.has_persons or evidence.source.persons is None:
        return []
    divisions = {d.name: d for d in evidence.source.persons.divisions if not (d.overlaps or d.within)}
    return [
        _finding(evidence, division, groups)
        for division, groups in evidence.query(_GROUPS)
        if division in divisions and _are_few(set(groups), set(divisions[division].parts))
    ]


def _are_few(groups: set[str], of_all: set[str]) -> bool:
    """Whether no more than half of the groups are there, those of unknown apart."""
    return 2 * len(groups - {UNKNOWN_GROUP}) <= len(of_all - {UNKNOWN_GROUP})


def _finding(evidence: Evidence, division: str, groups: list[str]) -> Finding:
    column = evidence.source.columns_by_name[division]
    words = ", ".join(word(column, group) for group in groups)
    what = f"i {display_name(column)} finns bara {words}, och totalen är bara de personerna"
    action = "Hämta tabellen med alla grupper, eller lägg till en rad med alla för varje kommun"
    return Finding(Level.WARNING, FindingCode.PARTS_NOT_WHOLE, what, "alla grupper", action)
