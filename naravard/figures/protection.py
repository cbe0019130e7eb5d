"""What must be hidden in one version of the store: primary and secondary suppression, over all indicators at once.

The unknowns are counts of sets of persons. Each source declares its sets and how they are divided (base/persons.py),
and an indicator's front matter says which sum of sets its numerator and its denominator count (`mangder`). The same
set in two indicators is one count, and hidden in one it is hidden in both. From the declarations, and from nothing
else, follow the equations by which a hidden count could be worked out:

- parts of a division that do not overlap, and the rest that is in none of them, add up to what is divided;
- parts that overlap cover what is divided; what two sets have in common, and what is in neither, are persons too;
- a sum or difference of sets is what its terms give;
- a share's numerator and its rest add up to its denominator;
- kommuner add up to the län, and those without a number are what it has more than the others;
- two extracts that have the same counts of a set are about the same persons.

Small counts and small rests are sensitive, shown or not. methods/suppression.py chooses what more to hide. An indicator
whose counts of persons cannot be placed among the sets is refused, and shows nothing.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import combinations, groupby
from math import sqrt
from types import MappingProxyType
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from naravard import sources
from naravard.base import kommuner, periods, persons
from naravard.base.model import NO_GROUP, UNKNOWN_PERIOD, Tecken
from naravard.base.persons import Division, Form, Term
from naravard.figures.indicators import Indicator
from naravard.figures.rules import Rules, reason_to_hide, small_wholes
from naravard.methods import suppression

_OPEN_SOURCES = frozenset({"befolkning"})
"""Sources whose counts are of all inhabitants, and open: they may be a denominator."""
_LAN_COST = 100.0
"""The län's figures are the last to be hidden,"""
_TOTAL_COST = 1000.0
"""and of them its totals, which who knows how many rows the file has can know."""
_MEMORY_COST = _LAN_COST
"""A count that was seen when its extract was published is hidden where nothing else will do: who saw it knows it."""
_ORDER_COST = 0.5
"""Of two cells that as many figures show, the one whose area comes first in the installation's own order is hidden."""
_ALIKE, _ALIKE_WITHOUT_DAYS = 0.5, 0.75
"""Extracts that count so many of the areas alike are taken for the same persons: of days in common, or of one that does
not say which days it is of."""
_FEW_AREAS = 5
"""A table of so many areas can be another's by chance."""
_TOGETHER = "+"
"""Between the codes of kommuner that are one area together."""
_DECIMALS = 6
"""What is left of a few persons who are shared out is rounded to so many, for it to be none where there are none."""
_GIVES_WAY = (1.0, 4.0)
"""A count gives way for another above so many times the largest small one: from which, the installation alone knows."""


@dataclass(frozen=True)
class RawRow:
    """One row of an indicator's SQL, before the gate. It must not be shown."""

    kommun_kod: str
    matperiod: str
    grupp: str
    taljare: int | None
    namnare: int | None
    varde: float | None = None
    uttag_id: int | None = None
    namnare_uttag_id: int | None = None
    taljare_ar: int | None = None
    namnare_ar: int | None = None
    namnare_andring: float | None = None
    """How much the denominator has changed from its year to the numerator's, as a part of itself, where it is known."""
    kalla: str | None = None
    tecken: str | None = None
    """Why the extract itself holds no number (model.Tecken)."""


class Cell(NamedTuple):
    """The size of one set of persons, or of a sum of sets, in one area and period, as one extract has it."""

    mangd: str
    matperiod: str
    kommun_kod: str
    uttag_id: int | None


@dataclass(frozen=True)
class Plan:
    """Hidden cells with the reason of each, and sensitive cells that what is seen all the same gives away.

    The reasons are not for readers: that a count is hidden as being small tells more of it than that it is hidden.
    """

    reasons: Mapping[Cell, str] = field(default_factory=dict)
    unprotected: tuple[Cell, ...] = ()
    order_key: str = field(default="", repr=False)

    def chance(self, cell: Cell, value: int | None) -> float:
        """A number from 0 to 1 by which a count is rounded: the same wherever, and however often, it is shown."""
        return _chance(self.order_key, cell.mangd, cell.matperiod, cell.kommun_kod, str(value))

    def hides(self, cell: Cell) -> bool:
        """Whether a count must not be shown."""
        return cell in self.reasons


class StoredCount(NamedTuple):
    """A count of a set of persons as the store holds it. `tecken` says why it has no value."""

    kalla: str
    uttag_id: int
    mangd: str
    matperiod: str
    kommun_kod: str
    value: int | None
    tecken: str | None


class _Names(NamedTuple):
    """What the rows of one group of an indicator count, by name."""

    numerator: str
    denominator: str

    def above(self, row: RawRow) -> Cell:
        """The cell that a row's numerator is."""
        return Cell(self.numerator, row.matperiod, row.kommun_kod, row.uttag_id)

    def below(self, row: RawRow) -> Cell:
        """The cell that a row's denominator is."""
        uttag_id = row.uttag_id if row.namnare_uttag_id is None else row.namnare_uttag_id
        return Cell(self.denominator, row.matperiod, row.kommun_kod, uttag_id)


def _names(indicator: Indicator, grupp: str) -> _Names:
    forms = indicator.sets(grupp)
    own = f"{indicator.id}.namnare" + ("" if indicator.kind.parts_add_up else f"/{grupp}")
    return _Names(form_name(forms.taljare) or f"{indicator.id}/{grupp}", form_name(forms.namnare) or own)


def numerator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's numerator is."""
    return _names(indicator, row.grupp).above(row)


def denominator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's denominator is."""
    return _names(indicator, row.grupp).below(row)


@cache
def form_name(form: Form) -> str:
    """A sum of sets as one name, the same for the same sum; empty for none."""
    terms = sorted((-sign, canonical(name)) for sign, name in form)
    return " ".join(f"{'-' if sign > 0 else '+'} {name}" for sign, name in terms).removeprefix("+ ")


@cache
def canonical(name: str) -> str:
    """The name of a set; where two sources count the same persons, the name that one of them has for them."""
    return _aliases().get(name, name)


def _aliases() -> dict[str, str]:
    return {
        f"{source.id}.{own}": other
        for source in sources.sources().values()
        if source.persons
        for own, other in source.persons.same_as.items()
    }


def plan(
    results: Iterable[tuple[Indicator, Sequence[RawRow]]],
    published: Collection[int],
    rules: Rules,
    lan: str,
    counts: Iterable[StoredCount] = (),
) -> Plan:
    """What to hide in these rows: all rows of all indicators of one version. `published` are ids of exempt extracts."""
    return Whole(results, counts, published, rules, lan).plan()


@dataclass(slots=True)
class _Facts:
    """What is known of a cell: its value, how many figures show it, whether it is public already."""

    value: int | None = None
    figures: int = 0
    public: bool = False
    unknown: bool = False
    """Hidden or left out by the one who gave the extract."""
    is_withheld: bool = False
    """Hidden by them, as what is small is."""
    is_seen: bool = False
    """An earlier version shows it; or that its extract has no such group in any area, that it is 0."""


class Earlier(NamedTuple):
    """Earlier versions that can still be read and have the same extracts: their periods by id, their cells if asked.

    Versions that turn out to be damaged have no cells.
    """

    versions: tuple[int, ...]
    period_by_id: Mapping[int, str]
    load: Callable[[], Whole | None]


class Read(NamedTuple):
    """What a version holds beside counts of persons, by which it is told what an indicator's rows are.

    `sources_read` are the sources of persons that an indicator's SQL reads, `open_counts` numbers of inhabitants,
    `printed_numbers` those of published extracts without persons, `hidden_before` what its extracts hid when they were
    published, and each of them with a cell without a name, `faults_of_sql` why SQL is not to be asked, by the
    indicator's id.
    """

    kalla_by_id: Mapping[int, str] = MappingProxyType({})
    sources_read: Mapping[str, frozenset[str]] = MappingProxyType({})
    open_counts: Collection[tuple[str, int]] = frozenset()
    printed_numbers: Collection[tuple[int, str, float]] = frozenset()
    hidden_before: Collection[Cell] = frozenset()
    faults_of_sql: Mapping[str, str] = MappingProxyType({})


class _Share(NamedTuple):
    """A denominator and the numerators that are shown as shares of it."""

    below: Cell
    above: tuple[Cell, ...]


class _Relations(NamedTuple):
    """How the sets that have a count in one place hang together: each with the parts that it has there."""

    divisions: Sequence[tuple[str, ...]]
    unions: Sequence[tuple[str, ...]]
    crossings: Sequence[tuple[str, ...]]
    sums: Sequence[tuple[str, Form]]


@dataclass
class _Table:
    """The cells of one period, or of several that overlap, and what is known of each. Those of earlier versions too."""

    facts: dict[Cell, _Facts]
    reasons: dict[Cell, str]
    shares: list[_Share]
    taken_in: set[tuple[int, object]] = field(default_factory=set)
    """Numbers of the earlier versions that are taken in, each with the days of which it is."""


class Whole:
    """All cells of a version with their relations. Plans are worked out period by period, when they are asked for."""

    def __init__(
        self,
        results: Iterable[tuple[Indicator, Sequence[RawRow]]],
        counts: Iterable[StoredCount],
        published: Collection[int],
        rules: Rules,
        lan: str,
        order_key: str = "",
        earlier: Sequence[Earlier] = (),
        read: Read | None = None,
    ) -> None:
        self.rules = rules
        self.lan = lan
        self.order_key = order_key
        self.earlier = earlier
        read = read or Read()
        self.kalla_by_id, self.sources_read = read.kalla_by_id, read.sources_read
        self.open_counts, self.printed_numbers = read.open_counts, read.printed_numbers
        self.hidden_before = frozenset(read.hidden_before)
        self.extracts_seen_before = {cell.uttag_id for cell in read.hidden_before}
        self.published = published
        self.kommuner = frozenset(kommun.kod for kommun in kommuner.in_lan(lan))
        self.cells: dict[Cell, _Facts] = defaultdict(_Facts)
        self.reasons: dict[Cell, str] = {}
        self.divisions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and parts of it that do not overlap
        self.unions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and parts that overlap and cover it
        self.crossings: dict[tuple[str, str, str, str], None] = {}  # a set, the two that it is common to, their whole
        self.parents: dict[str, str] = {}  # a set and the one that it is a part of
        self.sums: dict[str, Form] = {}  # sums of sets by name
        self.others: dict[str, str] = {}  # a sum of sets and the one set of all who are not in it
        self.shares: dict[tuple[str, Cell], dict[Cell, None]] = defaultdict(dict)  # a denominator and its numerators
        self.refusals: dict[str, str] = dict(read.faults_of_sql)
        """Why an indicator cannot be shown, by id."""
        self.shown_by_another_rule: set[int | None] = set()
        """Extracts that an earlier rule showed more of, of the periods that have been planned: that stays known."""
        self._taken_in: set[int] = set()
        self._relations: dict[tuple[str, ...], _Relations] = {}
        self._plans: dict[tuple[str, ...], tuple[Plan, _Table]] = {}
        self._plans_by_themselves: dict[tuple[str, ...], tuple[Plan, _Table]] = {}
        self._values_by_period: dict[str, _Values] = {}
        self.person_extracts: set[int] = set()
        self._declared: set[str] = set()
        self._declare()
        self._take_in(counts)
        self._periods = {cell.matperiod for cell in self.cells}
        for indicator, rows in results:
            self._add(indicator, rows)
        self._cells_by_period: dict[str, list[Cell]] = defaultdict(list)
        for cell, facts in self.cells.items():
            self._cells_by_period[cell.matperiod].append(cell)
            if self.rules.small(facts.value) and not facts.public:
                self.reasons.setdefault(cell, "litet_antal")
        if small_wholes.KEY not in self.rules.switched_off:
            self._hide_groups_of_small_wholes()

    def order(self, area: str) -> float:
        """The place of an area, from 0 to 1, in an order that the installation alone knows.

        The larger half, by inhabitants, comes first: what is large can be hidden for another's sake without becoming
        small in any table that a reader must reckon with, and small areas have the most that is hidden already.
        """
        return 0.5 * kommuner.is_in_smaller_half(area) + 0.5 * _chance(self.order_key, area)

    def gives_way(self, area: str) -> float:
        """How many times the largest small count one of an area must be more than, to give way: a secret of the area.

        Were it the same for all, a hidden count just above it would tell itself: every other would be chosen otherwise.
        Were there a least, all that are hidden for others would be known to be more, and the small ones by them. So any
        that is not small may give way, but the nearer to small the more seldom: such a one can become small itself.
        """
        low, high = _GIVES_WAY
        return low + (high - low) * sqrt(_chance(self.order_key, "ger vika", area))

    def plan(self, matperioder: Collection[str] | None = None) -> Plan:
        """What to hide in some periods, all of them by default. The same days under another name are one period."""
        groups = dict.fromkeys(group for m, group in self._together.items() if matperioder is None or m in matperioder)
        plans = [self._plan_and_table(group)[0] for group in groups]
        reasons = {cell: reason for plan in plans for cell, reason in plan.reasons.items()}
        return Plan(reasons, tuple(cell for plan in plans for cell in plan.unprotected), self.order_key)

    def taken_in(self) -> list[int]:
        """Numbers of the earlier versions whose figures the plan of all periods takes in, in order."""
        self.plan()
        return sorted(self._taken_in)

    def relations(self, mangder: tuple[str, ...]) -> _Relations:
        """How some sets hang together, worked out once: most areas have counts of the same ones."""
        if mangder not in self._relations:
            has = frozenset(mangder)
            divisions, unions = (_those_there(has, each) for each in (self.divisions, self.unions))
            self._relations[mangder] = _Relations(
                [each for each, parts in divisions if not self._rest_has_a_cell(parts[0], has)],
                [each for each, _ in unions],
                [crossing for crossing in self.crossings if has.issuperset(crossing)],
                [
                    (name, form)
                    for name in mangder
                    if (form := self._terms(name)) and has.issuperset(n for _, n in form)
                ],
            )
        return self._relations[mangder]

    def lie_in_one_division(self, mangder: tuple[str, ...]) -> bool:
        """Whether those after the first are several of the parts that it falls in."""
        name, *some = mangder
        return len(some) > 1 and any(name == whole and set(some) <= set(parts) for whole, parts in self.divisions)

    def _terms(self, name: str) -> Form:
        return tuple(Term(sign, canonical(term)) for sign, term in self.sums.get(name, ()))

    def _rest_has_a_cell(self, name: str, has: Collection[str]) -> bool:
        """Whether all who are not in a sum of sets are a set whose count is there, as are those of its terms."""
        others = self.others.get(name)
        return others is not None and all(each in has for each in (others, *(n for _, n in self._terms(name))))

    @cached_property
    def _together(self) -> dict[str, tuple[str, ...]]:
        """Periods that are planned as one: those of the same days, and those that count the same and may overlap."""
        groups = {matperiod: [matperiod] for matperiod in self._cells_by_period}
        for one, other in combinations(self._cells_by_period, 2):
            if groups[one] is not groups[other] and self._hang_together(one, other):
                groups[one] += groups[other]
                groups |= dict.fromkeys(groups[other], groups[one])
        return {matperiod: tuple(group) for matperiod, group in groups.items()}

    def _hang_together(self, one: str, other: str) -> bool:
        if days_of(one) == days_of(other):
            return True
        if UNKNOWN_PERIOD in {days_of(one), days_of(other)}:
            return bool(_twins(self._values(one), self._values(other), _ALIKE_WITHOUT_DAYS))
        return periods.overlaps(one, other) and bool(_twins(self._values(one), self._values(other)))

    @cached_property
    def _same_tables(self) -> Mapping[tuple[str, int | None], list[tuple[str, int | None]]]:
        """By period and extract, all of the same table, number by number: one that is loaded under another year too."""
        by_extract: dict[tuple[str, int | None], set[tuple[str, str, int]]] = defaultdict(set)
        for cell, facts in self.cells.items():
            if facts.value and cell.uttag_id in self.person_extracts:
                by_extract[cell.matperiod, cell.uttag_id].add((cell.mangd, cell.kommun_kod, facts.value))
        by_table: dict[frozenset[tuple[str, str, int]], list[tuple[str, int | None]]] = defaultdict(list)
        for extract, counts in by_extract.items():
            if len({area for _, area, _ in counts}) > _FEW_AREAS:
                by_table[frozenset(counts)].append(extract)
        return {extract: same for same in by_table.values() if len(same) > 1 for extract in same}

    def _values(self, matperiod: str) -> _Values:
        """The counts of a period that are not 0, by set and extract and then by area."""
        if matperiod not in self._values_by_period:
            by_set: dict[tuple[str, str, int | None], dict[str, float]] = defaultdict(dict)
            for cell in self._cells_by_period[matperiod]:
                if value := self.cells[cell].value:
                    by_set[cell.mangd, cell.matperiod, cell.uttag_id][cell.kommun_kod] = value
            self._values_by_period[matperiod] = by_set
        return self._values_by_period[matperiod]

    def _plan_and_table(self, group: tuple[str, ...]) -> tuple[Plan, _Table]:
        if group not in self._plans:
            plan, table = self._plan_by_itself(group)
            also = {
                cell: "foljd"
                for cell in self._hidden_in_the_same_table(group)
                if (facts := table.facts.get(cell)) and facts.figures and not (facts.public or facts.is_seen)
            }
            self._plans[group] = Plan({**also, **plan.reasons}, plan.unprotected), table
        return self._plans[group]

    def _hidden_in_the_same_table(self, group: tuple[str, ...]) -> Iterator[Cell]:
        """The cells of some periods that another period hides of the same table, and else would tell."""
        for (matperiod, uttag_id), same in self._same_tables.items():
            for other in same if matperiod in group else ():
                for cell in self._plan_by_itself(self._together[other[0]])[0].reasons:
                    if (cell.matperiod, cell.uttag_id) == other:
                        yield cell._replace(matperiod=matperiod, uttag_id=uttag_id)

    def _plan_by_itself(self, group: tuple[str, ...]) -> tuple[Plan, _Table]:
        if group not in self._plans_by_themselves:
            table = self._table(group)
            if self._more_is_small_than_before(table):
                self.shown_by_another_rule |= {cell.uttag_id for cell in table.facts} & self.extracts_seen_before
                table.reasons |= self._hidden_once(table)
            primary = {cell: reason for cell, reason in table.reasons.items() if table.facts[cell].figures}
            more = self._more(table)
            self._plans_by_themselves[group] = Plan({**primary, **more.reasons}, more.unprotected), table
        return self._plans_by_themselves[group]

    def _more(self, table: _Table) -> Plan:
        """What is hidden for another's sake. Values without counts, as most open figures are, give nothing away."""
        if not self.rules.complementary:
            return Plan(self._hidden_once(table))
        every = table.facts.values()
        if all(facts.value is None for facts in every) or all(facts.public for facts in every):
            return Plan()
        return _Period(self, table).plan()

    def _more_is_small_than_before(self, table: _Table) -> bool:
        """Whether a count is small by this rule that its extract showed when it was published: by another rule.

        What was seen then is known. Did anything that was hidden then come into sight now, both views together could
        tell what neither does.
        """
        return any(
            cell.uttag_id in self.extracts_seen_before and cell not in self.hidden_before and table.facts[cell].figures
            for cell in table.reasons
        )

    def _hidden_once(self, table: _Table) -> dict[Cell, str]:
        """What another rule hid for another's sake when its extract was published, where this one hides nothing so."""
        remembered_cells = self.hidden_before & table.facts.keys()
        return {
            cell: "foljd"
            for cell in sorted(remembered_cells - table.reasons.keys(), key=_place)
            if table.facts[cell].figures and not table.facts[cell].public
        }

    def _table(self, group: tuple[str, ...]) -> _Table:
        cells = [cell for matperiod in group for cell in self._cells_by_period[matperiod]]
        table = _Table(
            {cell: self.cells[cell] for cell in cells},
            {cell: self.reasons[cell] for cell in cells if cell in self.reasons},
            [share for matperiod in group for share in self._shares_by_period[matperiod]],
        )
        own_ids = frozenset(cell.uttag_id for cell in cells if cell.uttag_id in self.person_extracts)
        self._take_in_earlier(table, own_ids, {days_of(matperiod) for matperiod in group})
        return table

    def _take_in_earlier(self, table: _Table, own_ids: frozenset[int | None], days: set[object]) -> None:
        """Take in what each earlier version with other extracts of the same days shows of them.

        Most come with the newest of them, which has taken in those before it.
        """
        others = [(each, ids) for each in self.earlier if (ids := self._ids_of(each, days)) and ids != own_ids]
        newest_of_same = [next(same)[0] for _, same in groupby(others, key=lambda each: each[1])]
        _plan_from_the_oldest(newest_of_same, days)
        ids_taken_in: set[frozenset[int]] = set()
        for earlier, ids in others:
            own_days = {days_of(earlier.period_by_id[i]) for i in ids}
            if _is_taken_in(table, earlier, own_days):
                ids_taken_in.add(ids)
            elif ids not in ids_taken_in and (whole := earlier.load()):
                ids_taken_in.add(ids)
                self._add_earlier(table, whole, days)
                table.taken_in |= {(number, day) for number in earlier.versions for day in own_days}
            if ids in ids_taken_in:
                self._taken_in |= set(earlier.versions)

    def _ids_of(self, earlier: Earlier, days: set[object]) -> frozenset[int]:
        """The extracts of persons that earlier versions have of some days."""
        return frozenset(
            i for i, m in earlier.period_by_id.items() if days_of(m) in days and self._may_be_of_persons(i)
        )

    def _may_be_of_persons(self, uttag_id: int) -> bool:
        """Whether an extract is of persons, or nobody knows: open figures of the same days tell of none."""
        return self.kalla_by_id.get(uttag_id, "") in {"", *sources.of_persons()}

    def _add_earlier(self, table: _Table, whole: Whole, days: set[object]) -> None:
        """Take in what an earlier version shows of the same days, and what it hides."""
        for group in whole._groups_of(days):
            plan, earlier_table = whole._plan_and_table(group)
            table.taken_in |= earlier_table.taken_in
            for cell, facts in earlier_table.facts.items():
                is_shown = facts.figures > 0 and facts.value is not None and not plan.hides(cell)
                mine = table.facts.get(cell) or replace(facts, figures=0)
                is_news = not mine.is_seen and (facts.is_seen or is_shown)
                table.facts[cell] = replace(mine, is_seen=True) if is_news else mine
                if cell in earlier_table.reasons and not mine.figures:
                    table.reasons.setdefault(cell, earlier_table.reasons[cell])
            table.shares += [share for share in earlier_table.shares if share not in table.shares]

    @cached_property
    def _shares_by_period(self) -> dict[str, list[_Share]]:
        by_period: dict[str, list[_Share]] = defaultdict(list)
        for (_, below), above in self.shares.items():
            by_period[below.matperiod].append(_Share(below, tuple(above)))
        return by_period

    def _groups_of(self, days: set[object]) -> list[tuple[str, ...]]:
        """The groups of periods that have one of some days."""
        return list(dict.fromkeys(group for m, group in self._together.items() if days_of(m) in days))

    def _hide_groups_of_small_wholes(self) -> None:
        """All that lies in a set of a few persons is hidden, and sums with a term in it: it would follow from them."""
        parts_of: dict[str, list[str]] = defaultdict(list)
        for name, parts in [*self.divisions, *self.unions]:
            parts_of[name] += parts
        for cell in [cell for cell, facts in self.cells.items() if self._may_be_few(facts) and not facts.public]:
            inside = _all_parts(cell.mangd, parts_of)
            if self._has_more_than_a_few(cell, inside):
                continue
            sums = [name for name in self.sums if any(term in inside for _, term in self._terms(name))]
            for name in dict.fromkeys([*inside, *sums]):
                part = cell._replace(mangd=name)
                if part in self.cells and not self.cells[part].public:
                    self.reasons.setdefault(part, small_wholes.KEY)

    def _may_be_few(self, facts: _Facts) -> bool:
        """Whether a set is small; or hidden by the sender, as what is small is."""
        return self.rules.small(facts.value) or facts.is_withheld

    def _has_more_than_a_few(self, cell: Cell, inside: Iterable[str]) -> bool:
        """Whether something in a set is more than a few, which the set then is too."""
        parts = [self.cells[part] for name in inside if (part := cell._replace(mangd=name)) in self.cells]
        return any((part.value or 0) > self.rules.high for part in parts)

    def _declare(self) -> None:
        """How the sets of each source hang together, as the source says."""
        for source in sources.sources().values():
            if source.persons:
                self._declared |= set(map(canonical, persons.names(source.id, source.persons)))
                for division in source.persons.divisions:
                    self._divide(source.id, division)

    def _divide(self, source_id: str, division: Division) -> None:
        parts = tuple(canonical(f"{source_id}.{division.name}.{part}") for part in division.parts)
        form = division.within_form or ((1, source_id),)
        whole = form_name(form)
        if len(form) > 1:
            self._declare_sum(source_id, whole, form)
        self.parents |= dict.fromkeys(parts, whole)
        if division.overlaps:
            self.unions[whole, parts] = None
            self.divisions |= {(whole, (part,)): None for part in parts}
        else:
            self.divisions[whole, parts] = None
        if division.of:
            for part, name in zip(parts, division.parts, strict=True):
                other = canonical(f"{source_id}.{division.of}.{name}")
                self.divisions[other, (part,)] = None
                self.crossings[part, other, whole, source_id] = None

    def _declare_sum(self, source_id: str, name: str, form: Form) -> None:
        """A sum of sets; and those of the source's persons who are in none of them, where nobody is counted twice."""
        self.sums[name] = form
        if not self._counts_once(source_id, form):
            return
        self.divisions[source_id, (name,)] = None
        others = self._all_others(source_id, form)
        if len(others) == 1:
            self.others[name] = others.pop()

    def _counts_once(self, source_id: str, form: Form) -> bool:
        """Whether a sum of sets is a set: parts that do not overlap, or a set without parts of it."""
        terms = [canonical(name) for sign, name in form if sign > 0]
        taken_away = {canonical(name) for sign, name in form if sign < 0}
        partitions = [(whole, set(parts)) for whole, parts in self.divisions if len(parts) > 1]
        if not taken_away:
            return any(set(terms) <= parts for _, parts in partitions)
        if terms == [source_id] and any(whole == source_id and taken_away <= parts for whole, parts in partitions):
            return True
        return len(terms) == len(taken_away) == 1 and (terms[0], tuple(taken_away)) in self.divisions

    def _all_others(self, source_id: str, form: Form) -> set[str]:
        """The parts of one division that a sum of sets leaves out; none where it is made of something else."""
        terms = {(sign, canonical(name)) for sign, name in form}
        for whole, parts in self.divisions:
            if whole == source_id and len(parts) > 1:
                if terms <= {(1, part) for part in parts}:
                    return set(parts) - {name for _, name in terms}
                if terms <= {(1, source_id), *((-1, part) for part in parts)} and (1, source_id) in terms:
                    return {name for sign, name in terms if sign < 0}
        return set()

    def _take_in(self, counts: Iterable[StoredCount]) -> None:
        """The counts of all sets, shown or not; then those of the sums that sources divide."""
        places: dict[str, dict[tuple[str, str, int], None]] = defaultdict(dict)
        counts = list(counts)
        self._counted_sets = {(canonical(count.mangd), count.matperiod, count.uttag_id) for count in counts}
        for count in counts:
            cell = Cell(canonical(count.mangd), count.matperiod, count.kommun_kod, count.uttag_id)
            facts = self.cells[cell]
            facts.value = count.value
            facts.public = count.uttag_id in self.published
            facts.unknown = count.value is None and count.tecken is not None
            facts.is_withheld = count.value is None and count.tecken == "dolt"
            places[count.kalla][count.matperiod, count.kommun_kod, count.uttag_id] = None
            self.person_extracts.add(count.uttag_id)
        for kalla, own_places in places.items():
            divisions = [
                d for d in (*self.divisions, *self.unions) if len(d[1]) > 1 and d[1][0].startswith(f"{kalla}.")
            ]
            sums = [(name, form) for name, form in self.sums.items() if form[0][1].startswith(f"{kalla}.")]
            for place in own_places:
                self._fill_in(divisions, *place)
                for name, form in sums:
                    self._sum(Cell(name, *place), form)

    def _fill_in(
        self, divisions: Iterable[tuple[str, tuple[str, ...]]], matperiod: str, area: str, uttag_id: int
    ) -> None:
        """Parts without a row are 0: of those that overlap always, of others where the rest are all that is divided."""
        for name, parts in divisions:
            whole = self.cells.get(Cell(name, matperiod, area, uttag_id))
            cells = [Cell(part, matperiod, area, uttag_id) for part in parts]
            values = [self.cells[cell].value for cell in cells if cell in self.cells]
            is_whole = whole is not None and None not in values and sum(v or 0 for v in values) == whole.value
            if values and (is_whole or (name, parts) in self.unions):
                for cell in cells:
                    if cell not in self.cells:
                        self.cells[cell].value, self.cells[cell].public = 0, uttag_id in self.published
                        self.cells[cell].is_seen = (cell.mangd, matperiod, uttag_id) not in self._counted_sets

    def _sum(self, cell: Cell, form: Form) -> int | None:
        """The value of a sum of sets, of which the cell is made where its terms are known; None where they are not."""
        terms = [(sign, self.cells.get(cell._replace(mangd=canonical(name)))) for sign, name in form]
        if any(facts is None or facts.value is None for _, facts in terms):
            return None
        value = sum(sign * (facts.value or 0) for sign, facts in terms if facts)
        facts = self.cells[cell]
        facts.value, facts.public = value, cell.uttag_id in self.published
        return value

    def _add(self, indicator: Indicator, rows: Sequence[RawRow]) -> None:
        """Take in one indicator: which cells it shows, and what is small in it. Refuse one that cannot be placed."""
        refusal = next(filter(None, (self._refusal(indicator, row) for row in rows)), "")
        if refusal:
            self.refusals.setdefault(indicator.id, refusal)
        if indicator.id in self.refusals:
            return
        names_by_group = {grupp: _names(indicator, grupp) for grupp in dict.fromkeys(row.grupp for row in rows)}
        for grupp, names in names_by_group.items():
            for name, form in zip(names, indicator.sets(grupp), strict=True):
                if len(form) > 1:
                    self._declare_sum(form[0].name.partition(".")[0], name, form)
        for row in rows:
            names = names_by_group[row.grupp]
            above = names.above(row)
            is_public = self._show(above, row.taljare, row)
            if indicator.kind.has_denominator:
                below = names.below(row)
                self._show(below, row.namnare, row)
                if indicator.kind.part_of_whole:
                    self.shares[indicator.id, below][above] = None
            reason = None if is_public else reason_to_hide(row, indicator, self.rules)
            if reason:
                self.reasons.setdefault(above, reason)

    def _show(self, cell: Cell, value: int | None, row: RawRow) -> bool:
        """Take in that a row shows a cell. Whether it is public already."""
        facts = self.cells[cell]
        facts.value = value if facts.value is None else facts.value
        facts.figures += 1
        facts.public |= cell.uttag_id in self.published
        facts.unknown |= value is None and row.tecken is not None
        return facts.public

    def _refusal(self, indicator: Indicator, row: RawRow) -> str:
        """Why a row's counts of persons cannot be placed among the declared sets; empty where they can.

        What its SQL reads decides, and not what the row says of itself. A row of printed figures, which are published,
        has the numbers of its extract.
        """
        read_sources = self.sources_read.get(indicator.id, frozenset())
        if not read_sources or self._is_printed(row):
            return ""
        if fault := self._fault_beside_counts(indicator, row):
            return fault
        if row.varde is not None:
            return "varde är ett färdigt tal om personer; ge taljare och namnare"
        forms = indicator.sets(row.grupp)
        above = self._misplaced("taljare", row.taljare, forms.taljare, numerator(indicator, row))
        if above or row.namnare is None:
            return above
        below = denominator(indicator, row)
        if not forms.namnare and self.kalla_by_id.get(below.uttag_id or 0) in _OPEN_SOURCES:
            is_open = (row.kommun_kod, row.namnare) in self.open_counts
            return "" if is_open else "namnare är inget tal i befolkningen, vars uttag raden anger"
        return self._misplaced("namnare", row.namnare, forms.namnare, below)

    def _fault_beside_counts(self, indicator: Indicator, row: RawRow) -> str:
        """What of a row, beside its counts, could be made of a count and be read where the count is hidden."""
        forms = indicator.sets(row.grupp)
        is_own_group = forms != indicator.sets(NO_GROUP) and not self._fault_of_form("taljare", forms.taljare)
        faults = {
            "kommun_kod är inget område i länet": row.kommun_kod not in {*self.kommuner, self.lan, kommuner.RIKET},
            "matperiod är ingen som uttagen har": row.matperiod not in self._periods,
            "grupp är ingen av grupper i huvudet": not (row.grupp in {NO_GROUP, *indicator.grupper} or is_own_group),
            "kalla är en text ur frågan; utelämna den": row.kalla is not None,
            "tecken är inget av " + ", ".join(get_args(Tecken)): row.tecken not in {None, *get_args(Tecken)},
            "namnare_andring är en ändring av personer": row.namnare_andring is not None and bool(forms.namnare),
        }
        return next((fault for fault, is_there in faults.items() if is_there), "")

    def _is_printed(self, row: RawRow) -> bool:
        """Whether a row is of figures that are printed already, without persons behind them in the store."""
        number = row.varde if row.taljare is None else row.taljare
        if (row.uttag_id, row.kommun_kod, number) not in self.printed_numbers:
            return False
        whole = row.uttag_id, row.kommun_kod, row.namnare
        return row.namnare is None or whole in self.printed_numbers or whole[1:] in self.open_counts

    def _misplaced(self, name: str, value: int | None, form: Form, cell: Cell) -> str:
        """Why a count is not that of the sets that it is said to be of; empty where it is."""
        if value is None:
            return ""
        return self._fault_of_form(name, form) or self._fault_of_count(name, value, form, cell)

    def _fault_of_form(self, name: str, form: Form) -> str:
        if not form:
            return f"{name} räknar personer, men mangder säger inte vilka"
        names = [canonical(term.name) for term in form]
        unknown = [term.name for term in form if canonical(term.name) not in self._declared]
        if unknown:
            return f"mangder nämner {unknown[0]}, som ingen källa har"
        if len(names) != len(set(names)):
            return f"mangder nämner samma mängd två gånger för {name}"
        if len({term.name.partition(".")[0] for term in form}) > 1:
            return f"{name} lägger ihop personer ur flera källor; en summa ska vara ur en"
        return ""

    def _is_withheld(self, cell: Cell) -> bool:
        return cell in self.cells and self.cells[cell].is_withheld

    def _count_of(self, cell: Cell) -> int | None:
        """The count of a set as the store has it, or as it follows from the other parts of what it is a part of."""
        if cell in self.cells:
            return self.cells[cell].value
        for whole, parts in self.divisions:
            if cell.mangd in parts and len(parts) > 1:
                others = [cell._replace(mangd=name) for name in (whole, *parts) if name != cell.mangd]
                counts = [self.cells[other].value if other in self.cells else None for other in others]
                if None not in counts:
                    return (counts[0] or 0) - sum(count or 0 for count in counts[1:])
        return None

    def _fault_of_count(self, name: str, value: int, form: Form, cell: Cell) -> str:
        if cell.uttag_id not in self.person_extracts:
            return f"{name} har inte uttag_id för det uttag som räknas"
        count = self._sum(cell, form) if len(form) > 1 else self._count_of(cell)
        if count is None and any(self._is_withheld(cell._replace(mangd=canonical(term.name))) for term in form):
            return f"{name} är ett tal där uttaget har ett dolt, för {cell.kommun_kod} och {cell.matperiod}"
        if count is None and value:
            return f"{name} sägs räkna {cell.mangd}, som uttaget inte har för {cell.kommun_kod} och {cell.matperiod}"
        if count is not None and count != value:
            return f"{name} räknar något annat än {cell.mangd}, som mangder säger"
        return ""


def _all_parts(name: str, parts_of: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """All sets that lie in a set: its parts, and theirs."""
    inside: dict[str, None] = {}
    waiting = [name]
    while waiting:
        new_parts = [part for part in parts_of.get(waiting.pop(), ()) if part not in inside]
        inside |= dict.fromkeys(new_parts)
        waiting += new_parts
    return inside


def _those_there(
    has: Collection[str], divisions: Iterable[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Of divisions of a set, the set and those of its parts that are there, where it is and one is; with all parts."""
    for whole, parts in divisions:
        if whole in has:
            here = [part for part in parts if part in has]
            if here:
                yield (whole, *here), parts


def _left_out(facts_by_cell: Mapping[Cell, _Facts], whole: Whole) -> dict[Cell, _Facts]:
    """Kommuner that an extract leaves out, as one area, in each set that the län has more of than the others."""
    by_set: dict[_Set, dict[str, _Facts]] = defaultdict(dict)
    for cell, facts in facts_by_cell.items():
        by_set[cell.mangd, cell.matperiod, cell.uttag_id][cell.kommun_kod] = facts
    cells: dict[Cell, _Facts] = {}
    for (mangd, matperiod, uttag_id), facts_by_area in by_set.items():
        lan = facts_by_area.get(whole.lan)
        counts = [facts_by_area[area].value for area in facts_by_area.keys() & whole.kommuner]
        areas = _TOGETHER.join(sorted(whole.kommuner - facts_by_area.keys()))
        if not (lan and areas and counts) or lan.value is None or None in counts:
            continue
        if lan.value > sum(count or 0 for count in counts):
            cells[Cell(mangd, matperiod, areas, uttag_id)] = _Facts(public=lan.public)
    return cells


class _Period:
    """One period as a table for methods/suppression.py: cells by number, rests added, equations."""

    def __init__(self, whole: Whole, table: _Table) -> None:
        self.whole, self.rules, self.table = whole, whole.rules, table
        self.facts = {**_left_out(table.facts, whole), **table.facts}
        # of two choices that cost the same, the order of the cells decides: it must not be that of rows or files
        self.cells = sorted(self.facts, key=_place)
        self.number = {cell: place for place, cell in enumerate(self.cells)}
        self.values = [_float(self.facts[cell].value) for cell in self.cells]
        self.is_known = [self.facts[cell].value is not None for cell in self.cells]
        self.equations: list[dict[int, float]] = []
        self.ties: list[dict[int, float]] = []
        """Between areas."""
        self.few: dict[int, bool] = {}
        """Cells of kommuner without a number, by whether these are together a few, or a few for each of them."""
        self.whole_of = dict(enumerate(self.cells))  # a rest is told by the set that it is of
        self.sensitive: dict[int, None] = {}
        self.same_as_other: set[int] = set()
        self._with_rest: set[frozenset[int]] = set()
        self._work_out()  # first: it gives the unknown a value
        self._areas_add_up()
        for n, cell in enumerate(self.cells):
            if self.few.get(n, self._is_sensitive(cell, self.values[n])):
                self.sensitive[n] = None
        for number_by_set in self._places():
            relations = whole.relations(tuple(number_by_set))
            self._rests(relations, number_by_set)
            self._covers(relations, number_by_set)
            self._crosses(relations, number_by_set)
            self._sums(relations, number_by_set)
        self._shares()
        self._same()

    def plan(self) -> Plan:
        """What to hide beside what is hidden by itself."""
        if not self.sensitive:
            return Plan()
        costs = np.array(self._costs())
        table = suppression.Table(
            np.array(self.values),
            costs,
            self.equations,
            frozenset(self.same_as_other),
            _LAN_COST,
            self._gives_way(),
            self.ties,
        )
        hidden = {n for n, cell in enumerate(self.cells) if cell in self.table.reasons}
        choice = suppression.choose(table, list(self.sensitive), hidden, self.rules.low, self.rules.high)
        unprotected_cells = tuple(dict.fromkeys(self._told_as(n) for n in choice.unprotected))
        return Plan({self.cells[n]: "foljd" for n in sorted(choice.more) if n < len(self.cells)}, unprotected_cells)

    def _told_as(self, number: int) -> Cell:
        """The cell by which one is told: of kommuner together, the län's."""
        cell = self.whole_of[number]
        return cell._replace(kommun_kod=self.whole.lan) if _TOGETHER in cell.kommun_kod else cell

    def _is_sensitive(self, cell: Cell, value: float) -> bool:
        facts = self.facts[cell]
        unknown = facts.unknown and (np.isnan(value) or value <= self.rules.high)
        return not facts.public and (self.rules.small(value) or unknown)

    def _work_out(self) -> None:
        """Give the cells without a number what follows for them, as a reader would: of kommuner, and of groups.

        Where it is known only what some kommuner are together, they have as large parts of it as of all that they are.
        """
        if all(self.is_known):
            return
        places = list(self._places())
        while self._follows_of_areas() or self._follows_of_groups(places):
            pass
        for lan, others, unknown in list(self._areas()):
            remainder = self.values[lan] - sum(self.values[n] for n in others)
            if unknown and remainder > 0:
                self._share_out(remainder, unknown)

    def _share_out(self, remainder: float, unknown: Sequence[int]) -> None:
        """Give kommuner without a number what they are together, that tells each where it is a few for each."""
        wholes = [self._nearest_known(n) for n in unknown]
        sizes = [1.0 if None in wholes or whole is None else self.values[whole] for whole in wholes]
        is_few = self._is_few(remainder, unknown)
        for n, size in zip(unknown, sizes, strict=True):
            self.values[n], self.is_known[n] = remainder * size / sum(sizes) if sum(sizes) else 0.0, True
            self.few[n] = is_few and not self.facts[self.cells[n]].public

    def _is_few(self, value: float, without_number: Sequence[int] = ()) -> bool:
        """Whether persons are so few that they are hidden, or that each of those whom the sender hid among them is."""
        of_sender = sum(self.facts[self.cells[n]].unknown for n in without_number)
        return self.rules.small(value) or 0 < value <= self.rules.high * max(1, of_sender)

    def _follows_of_areas(self) -> bool:
        """Give a kommun that alone has no number what the län has more than the others. Whether any was given."""
        is_news = False
        for lan, others, unknown in list(self._areas()):
            if len(unknown) == 1:
                is_news |= self._follows(unknown[0], self.values[lan] - sum(self.values[n] for n in others))
        return is_news

    def _follows_of_groups(self, places: Sequence[Mapping[str, int]]) -> bool:
        """Give a set, or the one of its parts that has no number, what follows of the others. Whether any was given.

        A set without a number is the parts of it that are there, as where one adds them up.
        """
        is_news = False
        for number_by_set in places:
            if all(self.is_known[n] for n in number_by_set.values()):
                continue
            for mangder in self.whole.relations(tuple(number_by_set)).divisions:
                whole, *parts = (number_by_set[mangd] for mangd in mangder)
                unknown = [n for n in (whole, *parts) if not self.is_known[n]]
                total = sum(self.values[n] for n in parts if n not in unknown)
                if unknown == [whole] and self.whole.lie_in_one_division(mangder):
                    is_news |= self._follows(whole, total)
                elif len(unknown) == 1 and len(parts) > 1 and (mangder[0], mangder[1:]) in self.whole.divisions:
                    is_news |= self._follows(unknown[0], self.values[whole] - total)
        return is_news

    def _follows(self, number: int, value: float) -> bool:
        """Take in that a cell without a number is so many. False where it cannot be, or is known already."""
        if self.is_known[number] or value < 0:
            return False
        self.values[number], self.is_known[number] = value, True
        return True

    def _areas(self) -> Iterator[tuple[int, list[int], list[int]]]:
        """The län, areas with a number and areas without, of each set in each extract where the län has one.

        What one extract lacks is taken from another that says the same where both have a number.
        """
        by_set: dict[str, dict[tuple[str, int | None], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for n, cell in enumerate(self.cells):
            by_set[cell.mangd][cell.matperiod, cell.uttag_id][cell.kommun_kod] = n
        for extracts in by_set.values():
            counts_by_extract = {
                key: {area: n for area, n in mine.items() if self.is_known[n]} for key, mine in extracts.items()
            }
            for key, mine in extracts.items():
                number_by_area = counts_by_extract[key]
                for theirs in counts_by_extract.values() if len(extracts) > 1 else ():
                    both = number_by_area.keys() & theirs.keys()
                    if all(self.values[number_by_area[area]] == self.values[theirs[area]] for area in both):
                        without = self.whole.kommuner.difference(*map(_areas_of, number_by_area)) | {self.whole.lan}
                        number_by_area = {
                            **{area: theirs[area] for area in theirs if area in without},
                            **number_by_area,
                        }
                lan = number_by_area.get(self.whole.lan)
                with_number = [
                    n for area, n in number_by_area.items() if self.whole.kommuner.issuperset(_areas_of(area))
                ]
                without = self.whole.kommuner.difference(*map(_areas_of, number_by_area))
                unknown = [n for area, n in mine.items() if without.issuperset(_areas_of(area))]
                if lan is not None and with_number + unknown:
                    yield lan, with_number, unknown

    def _areas_add_up(self) -> None:
        """Kommuner are together the län, persons in two of them apart, whose number may be known."""
        for lan, with_number, unknown in self._areas():
            equation = {lan: -1.0, **dict.fromkeys([*with_number, *unknown], 1.0)}
            remainder = self.values[lan] - sum(self.values[n] for n in with_number)
            areas = {area for n in with_number for area in _areas_of(self.cells[n].kommun_kod)}
            if remainder > 0 and not unknown and areas != self.whole.kommuner:
                equation[self._persons(remainder, [lan])] = 1.0
            self.ties.append(equation)

    def _is_0(self, number: int) -> bool:
        """Whether nobody is in a set, so that what it leaves of another is all of the other."""
        return self.rules.low > 0 and self.values[number] == 0

    def _places(self) -> Iterable[dict[str, int]]:
        """The numbers of the sets that have a count in the same area, period and extract, for each of them."""
        places: dict[tuple[str, str, int | None], dict[str, int]] = defaultdict(dict)
        for n, cell in enumerate(self.cells):
            places[cell.matperiod, cell.kommun_kod, cell.uttag_id][cell.mangd] = n
        return places.values()

    def _rests(self, relations: _Relations, number_by_set: Mapping[str, int]) -> None:
        """A set is its groups and the rest."""
        for mangder in relations.divisions:
            self._rest([number_by_set[mangd] for mangd in mangder])

    def _sums(self, relations: _Relations, number_by_set: Mapping[str, int]) -> None:
        """A sum of sets is what its terms give."""
        for mangd, form in relations.sums:
            terms = {number_by_set[name]: float(sign) for sign, name in form}
            self.equations.append({number_by_set[mangd]: -1.0, **terms})

    def _shares(self) -> None:
        """A denominator is its numerators and the rest."""
        for below, above in sorted(
            self.table.shares, key=lambda share: (_place(share.below), *map(_place, share.above))
        ):
            self._rest([self.number[below], *(self.number[cell] for cell in above)])

    def _rest(self, places: Sequence[int]) -> None:
        """What is known of the groups and what is left of their set: the rest, and the groups without a number.

        Of a set without a number, what is remainder of the one that it lies in.
        """
        whole = self._nearest_known(places[0])
        if whole is None:
            return
        parts = [n for n in places[1:] if self.is_known[n]]
        remainder = round(self.values[whole] - sum(self.values[n] for n in parts), _DECIMALS)
        equation = {whole: -1.0, **dict.fromkeys(parts, 1.0)}
        if frozenset(equation) in self._with_rest or remainder < 0:  # parts that overlap, by a sum of them
            return
        self._with_rest.add(frozenset(equation))
        if remainder > 0 or (remainder == 0 and self.rules.low == 0):
            rest = self._persons(remainder, [whole, *parts], [n for n in places[1:] if n not in parts])
            equation[rest] = 1.0
            if all(self._is_0(part) for part in parts):
                self.same_as_other.add(rest)
        self.equations.append(equation)

    def _nearest_known(self, number: int) -> int | None:
        cell = self.cells[number]
        while not self.is_known[self.number[cell]]:
            above = self.whole.parents.get(cell.mangd)
            while above and cell._replace(mangd=above) not in self.number:
                above = self.whole.parents.get(above)
            if not above:
                return None
            cell = cell._replace(mangd=above)
        return self.number[cell]

    def _covers(self, relations: _Relations, number_by_set: Mapping[str, int]) -> None:
        """Groups that overlap are together the set that they cover, and those in several of them once more for each."""
        for mangder in relations.unions:
            places = [number_by_set[mangd] for mangd in mangder]
            if not self.is_known[places[0]]:
                continue
            counted_parts = [n for n in places[1:] if self.is_known[n]]
            without_number = [n for n in places[1:] if n not in counted_parts]
            overlap = round(sum(self.values[n] for n in counted_parts) - self.values[places[0]], _DECIMALS)
            equation = {places[0]: -1.0, **dict.fromkeys(counted_parts, 1.0)}
            if overlap < 0 and without_number:  # at least so many are in the groups without a number
                self.equations.append({**equation, self._persons(-overlap, places, without_number): 1.0})
            elif overlap >= 0:
                few = self.rules.small(overlap) and not without_number
                several = self._persons(overlap, places) if few else self._unseen(overlap)
                self.same_as_other |= {several} if few else set()  # those of the others where all are in one group
                self.equations.append({**equation, several: -1.0})

    def _crosses(self, relations: _Relations, number_by_set: Mapping[str, int]) -> None:
        """Of a whole, some are in neither of two parts: what it is more than the two, with those in both once."""
        for mangder in relations.crossings:
            places = [number_by_set[mangd] for mangd in mangder]
            if all(self.is_known[n] for n in places):
                shared, first, second, all_ = places
                outside = self.values[all_] - self.values[first] - self.values[second] + self.values[shared]
                if outside >= 0:
                    more = self._persons(outside, places)
                    if self._is_0(first):
                        self.same_as_other.add(more)  # all who are not in the second
                    self.equations.append({all_: 1.0, first: -1.0, second: -1.0, shared: 1.0, more: -1.0})

    def _same(self) -> None:
        """Counts of a set that are the same in two extracts are taken for the same persons; then nobody is, too."""
        by_set: dict[_Set, dict[str, float]] = defaultdict(dict)
        areas_of_nobody: dict[_Set, set[str]] = defaultdict(set)
        for n, cell in enumerate(self.cells):
            if self.values[n] > 0:
                by_set[cell.mangd, cell.matperiod, cell.uttag_id][cell.kommun_kod] = self.values[n]
            elif self.values[n] == 0:
                areas_of_nobody[cell.mangd, cell.matperiod, cell.uttag_id].add(cell.kommun_kod)
        for one, other, areas in _twins(by_set, by_set):
            for area in [*areas, *sorted(areas_of_nobody[one] & areas_of_nobody[other])]:
                places = [self.number[Cell(mangd, matperiod, area, i)] for mangd, matperiod, i in (one, other)]
                self.equations.append({places[0]: 1.0, places[1]: -1.0})

    def _persons(self, value: float, places: Sequence[int], without_number: Sequence[int] = ()) -> int:
        """Persons that no indicator counts, but who follow from those in `places`; sensitive where they are few.

        They are also those in `without_number`.
        """
        number = self._unseen(value)
        self.whole_of[number] = self.cells[places[0]]
        if self._is_few(value, without_number) and not all(self.facts[self.cells[n]].public for n in places):
            self.sensitive[number] = None
        return number

    def _unseen(self, value: float) -> int:
        self.values.append(value)
        return len(self.values) - 1

    def _cost_of_memory(self, cell: Cell, cost: float) -> float:
        """What was hidden when its extract was published is hidden again rather than what was seen.

        Versions that are read at different times, from memory or from a file that someone kept, then hide alike, also
        where another indicator, population or version has come or gone since.
        """
        if cell.uttag_id not in self.whole.extracts_seen_before:
            return 0.0
        return -0.99 * cost if cell in self.whole.hidden_before else _MEMORY_COST

    def _gives_way(self) -> NDArray[np.float64]:
        """How many times the largest small count each must be more than, to give way."""
        times = {area: self.whole.gives_way(area) for area in {cell.kommun_kod for cell in self.whole_of.values()}}
        return np.array(
            [
                times[self.whole_of[n].kommun_kod] if n in self.whole_of else _GIVES_WAY[1]
                for n in range(len(self.values))
            ]
        )

    def _costs(self) -> list[float]:
        """What is lost by hiding each cell: the figures that show it. Rests are not seen.

        Nothing here comes from a count: who knows how the choice is made would read hidden counts out of it.
        """
        costs = []
        for cell in self.cells:
            facts = self.facts[cell]
            if facts.public or facts.is_seen:
                costs.append(np.inf)
            elif facts.value is None or not facts.figures:
                costs.append(0.0)
            else:
                far = 1.0
                if cell.kommun_kod == self.whole.lan:
                    far = _LAN_COST if "." in cell.mangd else _TOTAL_COST
                cost = far * (facts.figures + _ORDER_COST * self.whole.order(cell.kommun_kod))
                costs.append(cost + self._cost_of_memory(cell, cost))
        return costs + [0.0] * (len(self.values) - len(self.cells))


def _areas_of(area: str) -> list[str]:
    """The kommuner that are one area together; of others the area itself."""
    return area.split(_TOGETHER)


def _place(cell: Cell) -> tuple[str, str, str, int]:
    return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or 0


def _chance(secret: str, *of: str) -> float:
    """A number from 0 to 1 that only who has the secret can work out, always the same."""
    digest = hmac.digest(secret.encode(), "\n".join(of).encode(), "sha256")
    return int.from_bytes(digest[:4]) / 2**32


def _is_taken_in(table: _Table, earlier: Earlier, days: set[object]) -> bool:
    """Whether what a version shows of some days has come with a later one's."""
    return any(all((number, day) in table.taken_in for day in days) for number in earlier.versions)


def _plan_from_the_oldest(newest_first: Sequence[Earlier], days: set[object]) -> None:
    """Plan earlier versions so that each finds the one before it planned, however many they are."""
    waiting: list[Earlier] = []
    for earlier in newest_first:
        whole = earlier.load()
        if whole and whole._plans.keys() >= set(whole._groups_of(days)):
            break
        waiting.append(earlier)
    for earlier in reversed(waiting):
        if whole := earlier.load():
            for group in whole._groups_of(days):
                whole._plan_and_table(group)


def days_of(matperiod: str) -> object:
    """What makes two periods one: the days that they name, else their words."""
    return periods.span(matperiod) or matperiod.casefold()


_Set = tuple[str, str, int | None]
"""Which set, in which period, by which extract."""
_Values = Mapping[_Set, Mapping[str, float]]
"""Counts by area, of each set."""


def _twins(some: _Values, others: _Values, least: float = _ALIKE) -> list[tuple[_Set, _Set, list[str]]]:
    """Sets that two extracts count alike, with the areas where they do: at least a part of those that both have."""
    by_name: dict[str, list[_Set]] = defaultdict(list)
    for key in others:
        by_name[key[0]].append(key)
    place = {key: n for n, key in enumerate({**some, **others})}  # each pair once, also where both are the same
    pairs = [(one, other) for one in some for other in by_name[one[0]] if place[one] < place[other]]
    twins = []
    for one, other in pairs:
        both = some[one].keys() & others[other].keys()
        alike = sorted(area for area in both if some[one][area] == others[other][area])
        if alike and len(alike) >= least * len(both):
            twins.append((one, other, alike))
    return twins


def _float(value: int | None) -> float:
    return np.nan if value is None else float(value)
