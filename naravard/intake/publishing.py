"""From checked files to a new version: one core for the page and the command line.

A publication is optimistic: files are checked against a version without a lock, and `expected_version` says which
one it was. If someone else has published since then the store raises VersionConflict, and the files are checked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from naravard.base import settings
from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import refuse_ids
from naravard.base.model import Finding, Version
from naravard.figures import differencing
from naravard.figures.changes import Change
from naravard.figures.differencing import HiddenCount
from naravard.intake import examination as examinations
from naravard.intake.choices import Choices
from naravard.intake.examination import Examination, Progress
from naravard.store.counts import Counts
from naravard.store.snapshots import Store

MOST_SENTENCES = 20
"""So many errors stand in one text; all of them are in the findings."""
_MOST_ALIKE = 2
"""So many of those that one sentence already sums up."""


class Rejected(UserError):
    """The file has errors. All of them are in `examination`; the text has the first twenty."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        sentences = [finding.sentence() for finding in _without_summed_up(examination.errors)[:MOST_SENTENCES]]
        rest = len(examination.errors) - len(sentences)
        more = f" … och {rest} till." if rest > 0 else ""
        super().__init__(
            f"Filen {examination.filename} lästes inte in, {len(examination.errors)} fel. {' '.join(sentences)}{more}"
        )


def _without_summed_up(errors: Sequence[Finding]) -> list[Finding]:
    """The errors with but a few of those in a column that one of them sums up."""
    columns = {finding.column for finding in errors if finding.code is FindingCode.MANY_UNKNOWN}
    summed_up = [
        f
        for f in errors
        if f.column in columns and f.code in {FindingCode.KOMMUN_UNKNOWN, FindingCode.CATEGORY_UNKNOWN}
    ]
    left_out = {id(f) for column in columns for f in [f for f in summed_up if f.column == column][_MOST_ALIKE:]}
    return [finding for finding in errors if id(finding) not in left_out]


@dataclass(frozen=True)
class Check:
    """A file that has been examined, and the version that it was examined against; None for an empty store."""

    examination: Examination
    base: int | None


@dataclass(frozen=True)
class Difference:
    """What a publication would change in version `base`, and what that would disclose of a few persons."""

    base: int | None
    changes: tuple[Change, ...]
    warnings: tuple[Finding, ...]
    hidden_counts: tuple[HiddenCount, ...] = ()


def check(
    content: bytes, filename: str, choices: Choices, store: Store, *, step: Progress = lambda name: None
) -> Check:
    """Examine a file against the version that is built on. Raises UserError where the file cannot be read at all."""
    base = store.base
    if base is None:
        return Check(examinations.examine(content, filename, choices, step=step), None)
    with store.open(base) as snapshot:
        examination = examinations.examine(
            content, filename, choices, extracts=snapshot.extracts(), snapshot=snapshot, step=step
        )
    return Check(examination, base)


def difference(store: Store, base: int | None, files: Sequence[Examination]) -> Difference:
    """What publishing these files together would change. Raises Rejected if any of them has an error."""
    effect = differencing.against(store, base, counts_of(files))
    return Difference(base, tuple(effect.changes), tuple(effect.warnings), tuple(effect.hidden_counts))


def with_disclosures(file: Check, store: Store) -> Check:
    """A check with what publishing the file alone would disclose among its findings."""
    if file.examination.counts is None or file.base is None:
        return file
    warnings = difference(store, file.base, [file.examination]).warnings
    return replace(file, examination=replace(file.examination, findings=(*file.examination.findings, *warnings)))


def counts_of(files: Sequence[Examination]) -> list[Counts]:
    """The counts of checked files. Raises Rejected if any of them has an error."""
    counts = []
    for examination in files:
        if examination.counts is None:
            raise Rejected(examination)
        counts.append(examination.counts)
    return counts


def publish(
    files: Sequence[Examination],
    store: Store,
    *,
    who: str,
    why: str,
    expected_version: int | None = None,
    preliminary: bool = False,
) -> int:
    """Publish checked files as one new version, for all or for analysts, and give its number.

    `expected_version` is the version that they were checked against. Raises Rejected if any of them has an error,
    VersionConflict if someone has published since then, and PreliminaryWaits if something preliminary waits and these
    are for all.
    """
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    counts = counts_of(files)
    return store.publish(counts, who=who, why=why, expected_version=expected_version, preliminary=preliminary)


def replaced_extracts(store: Store, base: int | None, version: int) -> list[int]:
    """Ids of the extracts that were in force in version `base` and are replaced in `version`."""
    in_force = {extract.uttag_id for extract in store.extracts(base) if extract.is_in_force}
    return [e.uttag_id for e in store.extracts(version) if not e.is_in_force and e.uttag_id in in_force]


def release(number: int, store: Store, *, who: str, why: str) -> int:
    """Publish the preliminary version that waits for all, with a reason, and give the new version's number.

    Raises UserError for one of those who loaded it, where two persons are needed; and VersionConflict where another one
    waits, or none any more.
    """
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    if reason := why_not_release(who, store, waiting_versions(store)):
        raise UserError(reason)
    return store.release(number, who=who, why=why)


def release_warnings(store: Store) -> list[Finding]:
    """What the release of what waits reveals of a few persons to those who have seen what is shown to all until then.

    They have not seen what it was built on: each publication was checked against that.
    """
    number, newest = store.preliminary, store.newest
    return [] if number is None or newest is None else differencing.between(store, newest, number)


def discard(number: int, store: Store, *, who: str, why: str) -> int:
    """Take the preliminary version that waits out of reach, with a reason. Raises VersionConflict as `release`."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.discard(number, who=who, why=why)


def waiting_versions(store: Store) -> list[Version]:
    """The preliminary publications that would be released together, the newest first; none where nothing waits."""
    numbers = store.waiting()
    return [each for each in store.versions() if each.nummer in numbers] if numbers else []


def needs_another(store: Store) -> bool:
    """Whether what is published for all needs another person. Who practises among synthetic data is alone."""
    return settings.needs_second_person() and not store.is_example


def why_not_release(who: str, store: Store, versions: Sequence[Version]) -> str:
    """Why somebody may not release what waits: two are needed, and they loaded some of it. Empty where they may."""
    is_own = any(same_person(who, each.vem) for each in versions)
    if needs_another(store) and is_own:
        return f"{who} har själv läst in det som väntar, och kan inte släppa det. En annan person måste göra det."
    return ""


def same_person(one: str, other: str) -> bool:
    """Whether two names are one: without case, diacritics and spaces."""
    return match_key(one) == match_key(other)


def withdraw(numbers: Sequence[int], store: Store, *, who: str, why: str, expected_version: int | None = None) -> int:
    """Take older versions out of reach, with a reason. Raises VersionConflict as `restore`."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.withdraw(numbers, who=who, why=why, expected_version=expected_version)


def restore(number: int, store: Store, *, who: str, why: str, expected_version: int | None = None) -> int:
    """Publish an older version again, with a reason. Raises VersionConflict if `expected_version` is not the newest."""
    who, why = refuse_ids(who, "Namnet"), refuse_ids(why, "Orsaken")
    return store.restore(number, who=who, why=why, expected_version=expected_version)
