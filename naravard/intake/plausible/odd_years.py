"""Years of nyckeltal that are far from all others, or that have not been: a digit has changed its place."""

from __future__ import annotations

from itertools import pairwise

from naravard.base import clock
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration
from naravard.intake.plausible import Evidence

_FAR = 25
_MOST_NAMES = 6
_YEARS = """
select ar from antal where ar is not null and not regexp_matches(titel, '(?i)prognos|mål|framskriv|beräknad|väntad')
group by ar order by ar
"""


def check(evidence: Evidence) -> list[Finding]:
    """Only of nyckeltal: a population may be a forecast."""
    if evidence.source.id != "nyckeltal":
        return []
    years = [year for (year,) in evidence.query(_YEARS)]
    this_year = clock.today().year
    odd = [year for year in years if year > this_year]
    breaks = [place for place, (one, other) in enumerate(pairwise(years), 1) if other - one >= _FAR]
    odd = [*(years[: breaks[-1]] if breaks else []), *odd]
    if not odd or (len(odd) == len(years) and not any(year > this_year for year in odd)):
        return []
    what = f"år långt från de andra, eller som inte har varit: {enumeration(list(map(str, odd[:_MOST_NAMES])))}"
    action = "Kontrollera att årtalen är rätt skrivna"
    return [Finding(Level.WARNING, FindingCode.YEARS_DIFFER, what, action=action)]
