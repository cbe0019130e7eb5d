"""A table with columns for each sex of several counts, where nobody reads them so: one sentence on what to fetch."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake.column_map import Headings
from naravard.intake.sexes import MEN, WOMEN

_MOST_NAMES = 4


def about_sexes(headings: Headings, sources: Sequence[Source]) -> list[Finding]:
    """That counts are divided by sex in the headings: `Boende kvinnor`, `Boende män`."""
    names_of_columns = _headings_of_sexes(headings)
    if not names_of_columns:
        return []
    names = enumeration(
        [f"”{name}”" for name in names_of_columns[:_MOST_NAMES]] + ["…"] * (len(names_of_columns) > _MOST_NAMES)
    )
    who = f"{sources[0].title} läses" if len(sources) == 1 else "en sådan tabell läses bara"
    what = f"talen är delade på kön, i {names}, och {who} för båda könen tillsammans"
    action = "Hämta tabellen utan uppdelning på kön"
    return [Finding(Level.ERROR, FindingCode.PART_OF_POPULATION, what, "en kolumn för varje antal", action)]


def _headings_of_sexes(headings: Headings) -> list[str]:
    """The headings that are the same but for a sex, which some have each."""
    sexes_by_name: dict[str, set[str]] = {}
    headings_by_name: dict[str, list[str]] = {}
    for heading in headings.whole:
        words = match_key(heading).split()
        sexes = [word for word in words if word in WOMEN | MEN]
        name = " ".join(word for word in words if word not in sexes)
        if sexes and name:
            sexes_by_name.setdefault(name, set()).update(sexes)
            headings_by_name.setdefault(name, []).append(heading)
    both = [name for name, sexes in sexes_by_name.items() if sexes & WOMEN and sexes & MEN]
    return [heading for name in both for heading in headings_by_name[name]]
