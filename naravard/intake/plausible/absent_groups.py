"""A group that many persons were in the period before, and nobody is in now: a form of housing, a profession."""

from __future__ import annotations

from naravard import sources
from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Column, Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.column_map import display_name
from naravard.intake.plausible import Evidence
from naravard.intake.plausible.period_before import compared_extract

UNKNOWN_GROUP = "uppgift_saknas"
MANY = 30
"""So many persons of a group do not vanish by chance."""
_SHORT = 3
"""Words of so few letters are abbreviations."""
_EARLIER = """
select uppdelning, grupp
from "{source}"
where uttag_id = $uttag_id and niva = 'lan' and grupp <> 'uppgift_saknas' and antal >= $many
order by all
"""
_HERE = "select distinct uppdelning, grupp from antal where niva = 'lan' and (antal > 0 or tecken is not null)"


def check(evidence: Evidence) -> list[Finding]:
    """Only of sources that count groups, and only of divisions that the file has at all."""
    if not is_counted_by_groups(evidence):
        return []
    earlier = compared_extract(evidence)
    if earlier is None:
        return []
    groups = evidence.query(_HERE)
    divisions = {division for division, _ in groups}
    sql = _EARLIER.format(source=evidence.source.id)
    old_groups = evidence.query_store(sql, {"uttag_id": earlier.uttag_id, "many": MANY})
    absent = [
        group_in_words(column, group)
        for division, group in old_groups
        if (division, group) not in groups
        and division in divisions
        and (column := column_of(evidence.source, division)) is not None
    ]
    if not absent:
        return []
    what = f"ingen i filen har {enumeration(absent)}, men många hade det {periods.when(earlier.matperiod)}"
    action = "Kontrollera att alla är med i uttaget, och att värdena betyder detsamma som förut"
    return [Finding(Level.WARNING, FindingCode.DIFFERS_FROM_BEFORE, what, action=action)]


def is_counted_by_groups(evidence: Evidence) -> bool:
    """Whether the counts are of the groups of a division each."""
    return {"uppdelning", "grupp", "tecken"} <= set(evidence.table.column_names)


def column_of(source: Source, division: str) -> Column | None:
    """The column whose values a division's groups are, in a form of the source or of another; None where none is."""
    all_forms = (form for each in (source, *sources.sources().values()) for form in (each, *each.forms))
    return next((form.columns_by_name[division] for form in all_forms if division in form.columns_by_name), None)


def group_in_words(column: Column, group: str) -> str:
    """`åldersgrupp ”80+”`: a group behind the column that has it."""
    return f"{display_name(column)} ”{word(column, group)}”"


def word(column: Column, group: str) -> str:
    """A group as files write it, in whole words."""
    if group == UNKNOWN_GROUP:
        return "uppgift saknas"
    words = [spelling for spelling, code in column.values.items() if code == group]
    is_word_itself = group in {"ja", "nej"} or not group.isalpha()
    whole_words = (spelling for spelling in words if len(spelling) > _SHORT)
    return group if is_word_itself else next(whole_words, group)
