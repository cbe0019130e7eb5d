"""Which figures a remark is about: those of its kommun and its periods, or of all where it names none."""

from __future__ import annotations

from collections.abc import Iterable

from naravard.base import periods
from naravard.base.model import Remark


def is_of_period(remark: Remark, matperiod: str) -> bool:
    """Whether a remark is about figures of a period: it names none, or one that has days in common with it."""
    return not remark.matperioder or any(periods.overlaps(each, matperiod) for each in remark.matperioder)


def of_kommun(remarks: Iterable[Remark], kommun_kod: str, matperiod: str) -> list[Remark]:
    """The remarks on one kommun's own figures of a period."""
    return [remark for remark in remarks if remark.kommun_kod == kommun_kod and is_of_period(remark, matperiod)]
