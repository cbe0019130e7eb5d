"""An uploaded nyckeltal that no indicator shows: it is stored, and nobody would see it."""

from __future__ import annotations

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.intake.plausible import Evidence

_MOST_NAMES = 3


def check(evidence: Evidence) -> list[Finding]:
    """Only of nyckeltal."""
    if evidence.source.id != "nyckeltal":
        return []
    rows = evidence.query("select distinct nyckeltal, titel from antal order by all")
    titles = [titel for nyckeltal, titel in rows if not is_shown(nyckeltal)]
    if not titles:
        return []
    rest = len(titles) - _MOST_NAMES
    names = enumeration([f"”{title}”" for title in titles[:_MOST_NAMES]] + ([f"{rest} till"] if rest > 0 else []))
    what = f"ingen indikator visar {names}: talen sparas men syns inte"
    action = "Gör en indikator av det, med ”Visa som indikator”"
    return [Finding(Level.NOTE, FindingCode.NOT_SHOWN, what, action=action)]


def is_shown(nyckeltal: str) -> bool:
    """Whether some indicator asks for a nyckeltal."""
    quoted = "'" + nyckeltal.replace("'", "''") + "'"
    return any(nyckeltal == spec.nyckeltal or quoted in spec.sql for spec in indicators.registry().values())
