"""The figures of all indicators side by side: what to look at first, and one kommun's profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from naravard.base import remarks
from naravard.base.errors import UserError
from naravard.base.kommuner import RIKET
from naravard.base.model import NO_GROUP
from naravard.figures import indicators
from naravard.figures.comparisons.tidigare import COMPARISON as EARLIER
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.protection import canonical
from naravard.figures.reader import Reader
from naravard.methods.spine import Spine, spine


@dataclass(frozen=True)
class Measure:
    """One number per kommun: an indicator's newest figures, in the group that stands for it."""

    result: ProtectedResult
    grupp: str

    @property
    def indicator(self) -> Indicator:
        """What is measured."""
        return self.result.indicator

    def row(self, kommun_kod: str) -> ProtectedRow | None:
        """An area's row."""
        return self.result.row(kommun_kod, self.grupp)

    @property
    def lan(self) -> ProtectedRow | None:
        """The län's row."""
        return self.result.lan(self.grupp)

    @property
    def nation(self) -> ProtectedRow | None:
        """Riket's row."""
        return self.row(RIKET)

    @property
    def whole(self) -> ProtectedRow | None:
        """The län's row; riket's where nobody has computed the län's."""
        return self.nation if self.lan is None else self.lan

    @property
    def kommuner(self) -> tuple[ProtectedRow, ...]:
        """The kommuner's rows in the group."""
        return tuple(row for row in self.result.kommuner if row.grupp == self.grupp)


@dataclass(frozen=True)
class Signal:
    """A kommun that differs, and how far: the distance to what it is compared with, in lengths of its interval."""

    measure: Measure
    row: ProtectedRow
    strength: float
    others: tuple[Measure, ...] = ()
    """Other indicators of the same source in which the kommun differs: the same persons, and no more than one cause."""


@dataclass(frozen=True)
class Line:
    """One indicator in a kommun's profile. `change` is against `before`, in the indicator's unit; both may be None."""

    measure: Measure
    row: ProtectedRow
    spine: Spine | None
    before: ProtectedRow | None
    row_against_before: ProtectedRow | None
    """The kommun's row compared with its own period before."""

    @property
    def change(self) -> float | None:
        """How much the figure has changed since the period before; None where either is hidden or missing."""
        if self.before is None or self.before.varde is None or self.row.varde is None:
            return None
        return self.row.varde - self.before.varde


def measures(reader: Reader) -> list[Measure]:
    """All indicators that have figures per kommun: those that are compared first, then in the order of the slides."""
    all_measures = []
    for indicator in indicators.registry().values():
        result = None
        with suppress(UserError):  # one that cannot be computed says so on its own page
            result = None if indicator.is_series else reader.find(indicator.id)
        group = result.main_group if result else None
        if result is not None and group is not None and any(r.varde is not None for r in result.kommuner):
            all_measures.append(Measure(result, group))
    return sorted(all_measures, key=_place)


def _place(measure: Measure) -> tuple[bool, bool, int, str]:
    spec = measure.indicator
    is_compared = any(row.is_judged for row in measure.kommuner)
    return spec.kind.is_size, not is_compared, spec.bild or 99, spec.id


def signals(all_measures: Iterable[Measure]) -> list[Signal]:
    """All kommuner that differ from what they are compared with, the strongest first.

    A kommun's signals of the same persons are one: the strongest, with the others beside it.
    """
    all_signals = [Signal(m, row, strength(row)) for m in all_measures for row in m.kommuner if row.level]
    by_source: dict[tuple[str, str], Signal] = {}
    for signal in sorted(all_signals, key=lambda s: (-abs(s.row.level), -s.strength)):
        key = signal.row.kommun_kod, persons_of(signal.measure.indicator)
        first = by_source.get(key)
        by_source[key] = replace(first, others=(*first.others, signal.measure)) if first else signal
    return list(by_source.values())


def persons_of(indicator: Indicator) -> str:
    """Whose persons an indicator counts: a source, the same where two count the same ones; else its own alone."""
    for form in (indicator.sets(NO_GROUP).taljare, indicator.sets(next(iter(indicator.grupper), NO_GROUP)).taljare):
        if form:
            return canonical(form[0].name).partition(".")[0]
    return indicator.id


def with_the_same_persons(lines: Iterable[Line]) -> list[tuple[Line, ...]]:
    """The lines of a profile that differ and count the same persons, two or more together: one cause may be enough."""
    by_persons: dict[str, list[Line]] = {}
    for line in lines:
        if line.row.level:
            by_persons.setdefault(persons_of(line.measure.indicator), []).append(line)
    return [tuple(together) for together in by_persons.values() if len(together) > 1]


def comparison_count(all_measures: Iterable[Measure]) -> int:
    """How many comparisons are made."""
    return sum(row.is_judged for m in all_measures for row in m.kommuner)


def strength(row: ProtectedRow) -> float:
    """How far the figure lies from what it is compared with, by the length of its interval towards that."""
    comparison = row.jamforelse
    if comparison is None or row.varde is None or row.nedre is None or row.ovre is None:
        return 0
    distance = comparison.reference - row.varde
    towards = row.ovre - row.varde if distance > 0 else row.varde - row.nedre
    return abs(distance) / towards if towards else float("inf")


def profile(kommun_kod: str, reader: Reader) -> list[Line]:
    """Every indicator with figures per kommun, as one kommun has them."""
    return list(_lines(kommun_kod, reader))


def _lines(kommun_kod: str, reader: Reader) -> Iterator[Line]:
    for measure in measures(reader):
        row = measure.row(kommun_kod)
        if row is None:
            continue
        yield Line(
            measure,
            row,
            _spine(measure, row),
            row_before(measure, kommun_kod, reader),
            row_against_before(measure, kommun_kod, reader),
        )


def row_before(measure: Measure, area: str, reader: Reader) -> ProtectedRow | None:
    """The area's row in the period before, where that has a date and its figure is not in doubt."""
    earlier = _earlier(measure, area, reader)
    return earlier.row(area, measure.grupp) if earlier else None


def row_against_before(measure: Measure, area: str, reader: Reader) -> ProtectedRow | None:
    """The area's row as it is judged against the period before; None where that has no figure to be judged against."""
    if _earlier(measure, area, reader) is None:
        return None
    against = reader.find(measure.indicator.id, measure.result.matperiod, EARLIER.id)
    return against.row(area, measure.grupp) if against else None


def _earlier(measure: Measure, area: str, reader: Reader) -> ProtectedResult | None:
    """The period before; None where a remark on the area's figure then says that it is not as it should be.

    A change from such a figure tells that it has been put right, and nothing of the care. One that names no period is
    about both figures, and is told beside them.
    """
    period = measure.result.period_before(area)
    earlier = reader.find(measure.indicator.id, period) if period else None
    if earlier is None or any(each.matperioder for each in remarks.of_kommun(earlier.remarks, area, period or "")):
        return None
    return earlier


def _spine(measure: Measure, row: ProtectedRow) -> Spine | None:
    """Where the kommun lies among the others. Not for counts, which only tell how large a kommun is."""
    whole = measure.whole
    if measure.indicator.kind.is_size or row.varde is None or whole is None or whole.varde is None:
        return None
    values = [r.varde for r in measure.kommuner if r.varde is not None]
    return spine(values, row.varde, whole.varde, turned=measure.indicator.riktning == "lower_is_better")
