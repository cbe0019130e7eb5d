"""Ages that cannot be added up to those that are used: one sentence on what to order instead."""

from __future__ import annotations

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.intake.plausible import Evidence


def check(evidence: Evidence) -> list[Finding]:
    """Only of SCB's population, where a file has no row left."""
    if evidence.source.id != "befolkning" or evidence.table.num_rows:
        return []
    what = "åldrarna i filen går inte att lägga ihop till alla, 65+, 75+, 80+ eller 85+"
    allowed = "alla åldrar från 65 år och uppåt, den sista utan slut (100+)"
    action = "Beställ folkmängden från SCB per region, kön och ettårsklass eller femårsklass, 0 till 100+"
    return [Finding(Level.ERROR, FindingCode.AGES_NOT_ENOUGH, what, allowed, action)]
