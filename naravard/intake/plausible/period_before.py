"""A period against the one before it: a fifth more or fewer, beyond chance, is asked about. A file can be cut off."""

from __future__ import annotations

from collections.abc import Mapping

from naravard.base import kommuner, periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import UNKNOWN_PERIOD, Extract, Finding
from naravard.base.numbers import enumeration, number
from naravard.figures import rules
from naravard.intake.plausible import Evidence
from naravard.methods import Z95

_MOST_CHANGE = 0.2
_MOST_PLACES = 8
_Counts = Mapping[tuple[str, str], int | None]


def check(evidence: Evidence) -> list[Finding]:
    """For each measure the län alone where it differs, else the kommuner that do."""
    earlier = compared_extract(evidence)
    if earlier is None:
        return []
    old, new = _earlier_counts(evidence, earlier), _counts(evidence)
    findings = []
    for measure in dict.fromkeys(measure for _, measure in new):
        total = _change(_total(old, measure, evidence.lan), _total(new, measure, evidence.lan))
        if total:
            findings.append(_finding(measure, [total], earlier))
            continue
        places = [
            f"{kommuner.area_name(kod)} {change}"
            for kod, of in new
            if of == measure and len(kod) == 4 and (change := _change(old.get((kod, of)), new[kod, of]))
        ]
        if places:
            findings.append(_finding(measure, places, earlier))
    return findings


def compared_extract(evidence: Evidence) -> Extract | None:
    """The extract of the same period, else of the one before, of the same season where there is one, else after."""
    if evidence.snapshot is None or not evidence.source.measures_sql:
        return None
    extracts = [
        extract
        for extract in evidence.snapshot.extracts()
        if (extract.kalla, extract.status) == (evidence.source.id, "gallande") and extract.matperiod != UNKNOWN_PERIOD
    ]
    by_period = {extract.matperiod: extract for extract in extracts}
    same = [e for e in extracts if e.matperiod.casefold() == evidence.matperiod.casefold()]
    before = by_period.get(periods.nearest_before(evidence.matperiod, list(by_period)))
    if same or before:
        return same[0] if same else before
    here = periods.sort_key(evidence.matperiod)
    after = [e for e in extracts if periods.sort_key(e.matperiod) > here]
    return min(after, key=lambda e: periods.sort_key(e.matperiod), default=None)


def _counts(evidence: Evidence) -> _Counts:
    rows = evidence.query(evidence.source.measures_sql)
    return {(kod, measure): antal for kod, measure, _, antal in rows}


def _earlier_counts(evidence: Evidence, extract: Extract) -> _Counts:
    of_extract = f'with antal as (select * from "{evidence.source.id}" where uttag_id = $uttag_id)'
    sql = f"{of_extract} {evidence.source.measures_sql}"
    return {
        (kod, measure): antal for kod, measure, _, antal in evidence.query_store(sql, {"uttag_id": extract.uttag_id})
    }


def _total(counts: _Counts, measure: str, lan: str) -> int | None:
    """The län's own count, else the sum of the kommuner that have one."""
    if (total := counts.get((lan, measure))) is not None:
        return total
    counts_of_kommuner = [antal for (_, of), antal in counts.items() if of == measure and antal is not None]
    return sum(counts_of_kommuner) if counts_of_kommuner else None


def _change(old: int | None, new: int | None) -> str:
    """`−65 %`, empty where the counts do not differ by so much, or chance could explain it."""
    if not old or new is None or abs(new - old) < _MOST_CHANGE * old or (new - old) ** 2 <= Z95**2 * (new + old):
        return ""
    if rules.in_force().small(old) or rules.in_force().small(new):
        return "en stor ändring"
    change = round(100 * (new - old) / old)
    return f"{'+' if change > 0 else ''}{number(change)} %"


def _finding(measure: str, places: list[str], earlier: Extract) -> Finding:
    listing = enumeration(
        [*places[:_MOST_PLACES], *([f"{len(places) - _MOST_PLACES} till"] * (len(places) > _MOST_PLACES))]
    )
    what = f"antalet {measure} skiljer mycket från {periods.when(earlier.matperiod)}: {listing}"
    action = "Kontrollera att filen är hel, gäller rätt period och räknar samma personer"
    return Finding(Level.WARNING, FindingCode.DIFFERS_FROM_BEFORE, what, action=action)
