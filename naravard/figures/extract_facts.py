"""What readers may know of an extract beside its figures: nothing that follows from counts of persons.

That a count differs much from the one before it, or not, tells how large it is where it is hidden. The rows of a file
are often a sum of its counts (of a row per person, or per person and profession), from which a hidden one follows.
"""

from __future__ import annotations

from collections.abc import Sequence

from naravard import sources
from naravard.base.codes import ABOUT_FILES, FindingCode
from naravard.base.model import Extract, Finding


def findings(extract: Extract) -> Sequence[Finding]:
    """What the check found: in an extract of persons that is not published, what is of its file alone."""
    source = sources.sources().get(extract.kalla)
    is_protected = not extract.publicerad and (source is None or source.persons is not None)
    return [finding for finding in extract.findings if not is_protected or _is_about_file(finding)]


def row_counts(extract: Extract) -> dict[str, int | None]:
    """Rows read and counted; None where each is a person's, in an extract that is not published."""
    source = sources.sources().get(extract.kalla)
    is_protected = not extract.publicerad and (source is None or source.has_persons)
    counts = {"rader_lasta": extract.rader_lasta, "rader_raknade": extract.rader_raknade}
    return dict.fromkeys(counts) if is_protected else {**counts}


def _is_about_file(finding: Finding) -> bool:
    """Whether it is the same whatever the counts are. What rows of persons lack is, where it names no area."""
    return finding.code in ABOUT_FILES or (finding.code is FindingCode.ROW_CHECK and finding.value is None)
