"""The gate: the only maker of ProtectedResult, which is the only thing that may be drawn, printed or exported.

A small count can tell who a person is. So small counts are hidden, and so is a share that would give such a count
away from the other side (51 of 52 tells that one is left), and so are the counts from which a hidden one could be
worked out (protection.py sees all indicators at once and says which). 0 is shown. An extract that its owner has
already published is exempt. What is hidden here is gone: the result holds None, never the value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from statistics import median
from typing import Any

from naravard.base import breaks, periods, remarks
from naravard.base.breaks import Break
from naravard.base.kommuner import RIKET
from naravard.base.model import NO_GROUP, Extract, Remark, mark
from naravard.base.numbers import HIDDEN, MISSING
from naravard.figures import judgement
from naravard.figures.comparisons import Case, Comparison
from naravard.figures.indicators import Indicator
from naravard.figures.judgement import Adjusted, Figure, Judgement
from naravard.figures.protection import (
    Plan,
    RawRow,
    denominator,
    numerator,
)
from naravard.figures.rules import Rules, reason_to_hide


@dataclass(frozen=True)
class ProtectedRow:
    """One row that may be shown. `skydd` is ".." where something is hidden, "-" where nothing was reported.

    `skal` says why: "skyddat" where we hid it, else what the extract said itself (model.Tecken). Whether it was small
    or hidden for the sake of another count is not told: that would tell more of both.

    `varde` is in percent for shares and distributions, per `Indicator.per` for rates, persons for counts.
    `nedre` and `ovre` are its 95 % interval, in the same unit, and `jamforelse` how it compares; both None for what
    cannot be judged. They come from what is shown alone (judgement.py).
    """

    kommun_kod: str
    kommun: str
    matperiod: str
    grupp: str
    taljare: int | None
    namnare: int | None
    varde: float | None
    nedre: float | None
    ovre: float | None
    skydd: str | None
    jamforelse: Judgement | None
    taljare_ar: int | None
    namnare_ar: int | None
    uttag_id: int | None
    kalla: str | None
    skal: str | None = None
    utjamnad: Adjusted | None = None
    namnare_andring: float | None = None
    """How much the denominator has changed from its year to the numerator's, as a part of itself, where it is known."""

    @property
    def figure(self) -> Figure:
        """What can be judged by."""
        return Figure(self.taljare, self.namnare, self.varde, self.years_agree, self.namnare_andring or 0.0)

    @property
    def years_agree(self) -> bool:
        """Whether numerator and denominator are at most a year apart; of a source without years they are together."""
        if self.namnare_ar is None:
            return True
        return self.taljare_ar is not None and abs(self.taljare_ar - self.namnare_ar) <= YEARS_APART

    @property
    def level(self) -> int:
        """How far out it lies in its comparison, 0 where there is none."""
        return self.jamforelse.level if self.jamforelse else 0

    @property
    def is_judged(self) -> bool:
        """Whether it is told if chance alone would give how it differs from what it is compared with."""
        return self.jamforelse is not None and self.jamforelse.is_judged

    @property
    def is_kommun(self) -> bool:
        """Whether the row is about a kommun, and not the län or riket."""
        return len(self.kommun_kod) == 4


_KEY = object()
_REMEMBERED = 64
_FEWEST_FOR_MEDIAN = 5
YEARS_APART = 1
"""A denominator may be of the year before or after its numerator's, and no other."""


@dataclass(frozen=True)
class ProtectedResult:
    """An indicator's rows after the gate, with all that is needed to say where they come from.

    `comparison` is what they are compared with.

    `matperioder` are all periods that the indicator has, the newest first. `notes` are sentences that
    belong beside the figures.
    """

    indicator: Indicator
    matperiod: str
    matperioder: tuple[str, ...]
    comparison: Comparison
    rows: tuple[ProtectedRow, ...]
    version: int
    extracts: tuple[Extract, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]
    is_example: bool
    lan_kod: str
    rules: Rules
    breaks: tuple[Break, ...] = ()
    """Where its series are broken: the indicator's own, and those that have been set for it or its sources."""
    is_preliminary: bool = False
    """Whether it is of a version for analysts alone."""
    _key: object = field(repr=False, compare=False, kw_only=True)
    own_kommun: str = ""
    """Code of the kommun that the reader calls theirs, told apart where it is drawn or written; empty for none."""
    whole_rows: tuple[ProtectedRow, ...] = ()
    """All rows that it is a part of, which its axes have room for; none where it is no part."""
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What has been made of these rows and of nothing else, as charts: the result never changes."""

    def __post_init__(self) -> None:
        if self._key is not _KEY:
            raise TypeError("a ProtectedResult is made by gate.protect alone")

    @property
    def mark(self) -> str:
        """What must stand wherever it is seen, as short as can be; empty for the real figures that all may see."""
        return mark(is_example=self.is_example, is_preliminary=self.is_preliminary)

    @property
    def kommuner(self) -> tuple[ProtectedRow, ...]:
        """The rows of kommuner."""
        return tuple(row for row in self.rows if row.is_kommun)

    @property
    def has_kommuner(self) -> bool:
        """Whether any kommun has a figure, be it hidden."""
        return any(row.skydd != MISSING for row in self.kommuner)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Groups in the order of display."""
        return tuple(dict.fromkeys(row.grupp for row in self.rows))

    @property
    def main_group(self) -> str | None:
        """The group that stands for the indicator where one number fits; None where no group does."""
        return self.indicator.huvudgrupp or (NO_GROUP if NO_GROUP in self.groups else None)

    @property
    def lead_group(self) -> str:
        """The group that stands for the indicator, else the first."""
        main = self.main_group
        return main if main is not None and main in self.groups else next(iter(self.groups), NO_GROUP)

    def period_before(self, kommun_kod: str, matperiod: str | None = None) -> str | None:
        """The period before its own, or another, that an area is compared with: as long, measured in the same way."""
        own_period = matperiod or self.matperiod
        before = periods.before(own_period, [matperiod, *self.matperioder] if matperiod else self.matperioder)
        return before if before and not breaks.between(self.breaks, before, own_period, kommun_kod) else None

    @property
    def hidden(self) -> int:
        """How many rows have something hidden."""
        return sum(row.skydd == HIDDEN for row in self.rows)

    def only(self, koder: Collection[str]) -> ProtectedResult:
        """The same result with those kommuner alone, beside the län and riket; with all of them where none is named."""
        if not koder:
            return self
        some = frozenset(koder)
        return self._with_rows(
            ("only", some), lambda: (r for r in self.rows if not r.is_kommun or r.kommun_kod in some)
        )

    def part(self, koder: Collection[str]) -> ProtectedResult:
        """The result with those kommuner, as one of several pictures that are to be compared: on the scale of all."""
        only = self.only(koder)
        if "part" not in only.memo:
            only.memo["part"] = replace(only, whole_rows=self.measured_rows)
        part: ProtectedResult = only.memo["part"]
        return part

    @property
    def measured_rows(self) -> tuple[ProtectedRow, ...]:
        """The rows that axes have room for."""
        return self.whole_rows or self.rows

    def in_group(self, grupp: str) -> ProtectedResult:
        """The same result with one group alone."""
        return self._with_rows(("group", grupp), lambda: (row for row in self.rows if row.grupp == grupp))

    def by_value(self, grupp: str = NO_GROUP) -> ProtectedResult:
        """The same result with its kommuner from the largest value to the smallest, those without a value last."""
        values = {row.kommun_kod: row.varde for row in self.kommuner if row.grupp == grupp}

        def place(row: ProtectedRow) -> tuple[bool, bool, float]:
            value = values.get(row.kommun_kod)
            return not row.is_kommun, value is None, -(value or 0)

        return self._with_rows(("value", grupp), lambda: sorted(self.rows, key=place))

    def _with_rows(self, key: object, rows: Callable[[], Iterable[ProtectedRow]]) -> ProtectedResult:
        """A result with some of these rows and what is remarked on them.

        It is remembered, so that what is drawn of it is remembered too.
        """
        if len(self.memo) > _REMEMBERED:
            self.memo.clear()
        if key not in self.memo:
            some = tuple(rows())
            koder = {row.kommun_kod for row in some}
            own_remarks = (remark for remark in self.remarks if not remark.kommun_kod or remark.kommun_kod in koder)
            self.memo[key] = replace(self, rows=some, remarks=tuple(own_remarks))
        narrower: ProtectedResult = self.memo[key]
        return narrower

    def marking(self, kommun_kod: str) -> ProtectedResult:
        """The same result with one kommun told apart; what is drawn of it is remembered for itself."""
        if kommun_kod == self.own_kommun:
            return self
        key = "marking", kommun_kod
        if key not in self.memo:
            self.memo[key] = replace(self, own_kommun=kommun_kod)
        marked_result: ProtectedResult = self.memo[key]
        return marked_result

    def adjusted(self, rows: Iterable[ProtectedRow]) -> ProtectedResult:
        """The same result with the same rows adjusted by another that has passed the gate (figures/ages.py)."""
        return replace(self, rows=tuple(rows))

    def derived(self, rows: Iterable[ProtectedRow], note: str) -> ProtectedResult:
        """The same result with rows that are made of its own and of nothing else (figures/pooled.py), and how."""
        own_rows = tuple(rows)
        matperioder = tuple(sorted({row.matperiod for row in own_rows}, key=periods.sort_key, reverse=True))
        return replace(self, rows=own_rows, matperioder=matperioder, notes=(*self.notes, note))

    def row(self, kommun_kod: str, grupp: str = NO_GROUP) -> ProtectedRow | None:
        """The first row of an area and group, None where there is none."""
        return next((r for r in self.rows if (r.kommun_kod, r.grupp) == (kommun_kod, grupp)), None)

    def of_area(self, kommun_kod: str, grupp: str = NO_GROUP) -> tuple[ProtectedRow, ...]:
        """The rows of an area and group: one for each period, in the order of time."""
        return tuple(r for r in self.rows if (r.kommun_kod, r.grupp) == (kommun_kod, grupp))

    def lan(self, grupp: str = NO_GROUP) -> ProtectedRow | None:
        """The län's row."""
        return self.row(self.lan_kod, grupp)

    def group_label(self, grupp: str) -> str:
        """What a group is called on screen."""
        return self.indicator.grupper.get(grupp, grupp)


@dataclass(frozen=True)
class Request:
    """An indicator's rows before the gate, and all that the result must say of them.

    `published` are ids of extracts that are exempt. `earlier` are rows of the period before, where the comparison
    needs them.
    """

    indicator: Indicator
    rows: Sequence[RawRow]
    earlier: Sequence[RawRow]
    plan: Plan
    rules: Rules
    names: Mapping[str, str]
    published: Collection[int]
    matperiod: str
    matperioder: tuple[str, ...]
    comparison: Comparison
    version: int
    extracts: tuple[Extract, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]
    is_example: bool
    lan_kod: str
    similar: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """Kommun and period → the mean of the kommuner that are like it, where the comparison needs it."""
    breaks: tuple[Break, ...] = ()
    """The breaks in its series that have been set, beside those of the indicator's own head."""
    is_preliminary: bool = False
    areas: frozenset[str] | None = None
    """The areas that are asked for, None for all: what they are compared with is made of all the same."""


def protect(request: Request) -> ProtectedResult:
    """Hide what the plan hides, and what is small even so; then judge what is left."""
    rows = _hide(request.rows, request)
    earlier = _hide(request.earlier, request)
    return ProtectedResult(
        indicator=request.indicator,
        matperiod=request.matperiod,
        matperioder=request.matperioder,
        comparison=request.comparison,
        rows=tuple(
            row
            for row in _with_verdicts(rows, earlier, request)
            if request.areas is None or row.kommun_kod in request.areas
        ),
        version=request.version,
        extracts=request.extracts,
        remarks=request.remarks,
        notes=request.notes,
        is_example=request.is_example,
        lan_kod=request.lan_kod,
        rules=request.rules,
        breaks=(*request.indicator.breaks, *request.breaks),
        is_preliminary=request.is_preliminary,
        _key=_KEY,
    )


def _hide(rows: Sequence[RawRow], request: Request) -> list[ProtectedRow]:
    indicator, rules, published = request.indicator, request.rules, request.published
    return [
        _protected(
            _rounded_row(row, request),
            indicator,
            request.names.get(row.kommun_kod, ""),
            hidden(row, indicator, request.plan, rules, published),
        )
        for row in rows
    ]


def _rounded_row(row: RawRow, request: Request) -> RawRow:
    """The row with the counts of extracts that are not published as the rules round them, where they do."""
    indicator, rules, plan = request.indicator, request.rules, request.plan
    if not rules.rounding_base:
        return row
    of = row.uttag_id if row.namnare_uttag_id is None else row.namnare_uttag_id
    below = row.namnare
    if of not in request.published:
        below = rules.rounded_count(below, plan.chance(denominator(indicator, row), below))
    if row.uttag_id in request.published:
        return replace(row, namnare=below)
    cell, value = numerator(indicator, row), row.varde
    above = rules.rounded_count(row.taljare, plan.chance(cell, row.taljare))
    if value is not None and not indicator.kind.has_denominator:
        value = float(rules.rounded_count(round(value), plan.chance(cell, round(value))) or 0)
    if above is not None:
        value = _whole_share(row, above, below, indicator)
    return replace(row, taljare=above, namnare=below, varde=value)


def _whole_share(row: RawRow, above: int, below: int | None, indicator: Indicator) -> float | None:
    """All of it, where rounding alone makes a part more than its whole; None where the share follows from the two."""
    is_part = indicator.kind.part_of_whole and row.namnare is not None and (row.taljare or 0) <= row.namnare
    return indicator.kind.value(below, below, indicator.scale) if is_part and below and above > below else None


def hidden(
    row: RawRow, indicator: Indicator, plan: Plan, rules: Rules, published: Collection[int]
) -> tuple[bool, bool]:
    """Whether the numerator and the denominator are hidden. The value is, where either is.

    What has no number is not: that it is hidden, and not what its extract says, would tell why.
    """
    has_number = row.taljare is not None or row.varde is not None
    above = (has_number and row.uttag_id not in published) and (
        reason_to_hide(row, indicator, rules) is not None or plan.hides(numerator(indicator, row))
    )
    of = row.uttag_id if row.namnare_uttag_id is None else row.namnare_uttag_id
    below = (row.namnare is not None and of not in published) and (
        rules.small(row.namnare) or (indicator.kind.has_denominator and plan.hides(denominator(indicator, row)))
    )
    return above, below


def _protected(row: RawRow, indicator: Indicator, name: str, hidden: tuple[bool, bool]) -> ProtectedRow:
    hide = any(hidden)
    value = None if hide else _value(row, indicator)
    return ProtectedRow(
        kommun_kod=row.kommun_kod,
        kommun=name,
        matperiod=row.matperiod,
        grupp=row.grupp,
        taljare=None if hidden[0] else row.taljare,
        namnare=None if hidden[1] else row.namnare,
        varde=value,
        nedre=None,
        ovre=None,
        skydd=HIDDEN if hide or (value is None and row.tecken == "dolt") else MISSING if value is None else None,
        jamforelse=None,
        taljare_ar=row.taljare_ar,
        namnare_ar=row.namnare_ar,
        uttag_id=row.uttag_id,
        kalla=row.kalla,
        namnare_andring=None if hidden[1] else row.namnare_andring,
        skal="skyddat" if hide else (row.tecken or "saknas") if value is None else None,
    )


def _with_verdicts(
    rows: Sequence[ProtectedRow], earlier: Sequence[ProtectedRow], request: Request
) -> Iterator[ProtectedRow]:
    """The rows with confidence interval and comparison, each within its own period, or with the one before it."""
    figures = {(row.matperiod, row.grupp, row.kommun_kod): row.figure for row in rows}
    before = {(row.grupp, row.kommun_kod): (row.figure, row.matperiod) for row in earlier}
    medians = _medians(rows)
    by_group: dict[tuple[str, str], dict[str, Figure]] = {}
    for row in rows:
        if row.is_kommun:
            by_group.setdefault((row.matperiod, row.grupp), {})[row.kommun_kod] = row.figure
    spreads = {
        key: judgement.spread_of(kommuner.values(), figures.get((*key, request.lan_kod)), request.indicator)
        for key, kommuner in by_group.items()
    }
    remark_koder = {
        period: frozenset(r.kommun_kod for r in request.remarks if r.kommun_kod and remarks.is_of_period(r, period))
        for period in {row.matperiod for row in rows}
    }
    for row in rows:
        own_group = by_group.get((row.matperiod, row.grupp), {})
        case = Case(
            row.figure,
            row.kommun_kod,
            request.indicator,
            figures.get((row.matperiod, row.grupp, request.lan_kod)),
            figures.get((row.matperiod, row.grupp, RIKET)),
            before.get((row.grupp, row.kommun_kod)),
            request.similar.get((row.kommun_kod, row.matperiod)),
            medians.get((row.matperiod, row.grupp)),
            spreads.get((row.matperiod, row.grupp)),
            own_group,
            remark_koder[row.matperiod],
            row.matperiod,
        )
        low, high = judgement.interval(row.figure, request.indicator) or (None, None)
        yield replace(row, nedre=low, ovre=high, jamforelse=request.comparison.judge(case))


def _medians(rows: Sequence[ProtectedRow]) -> dict[tuple[str, str], float]:
    """Period and group → the median of the kommuner that may be seen, where they are more than a few."""
    values: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        if row.is_kommun and row.varde is not None:
            values.setdefault((row.matperiod, row.grupp), []).append(row.varde)
    return {key: median(some) for key, some in values.items() if len(some) >= _FEWEST_FOR_MEDIAN}


def _value(row: RawRow, indicator: Indicator) -> float | None:
    if row.varde is not None or row.taljare is None:
        return row.varde
    return indicator.kind.value(row.taljare, row.namnare, indicator.scale)
