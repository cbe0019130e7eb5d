"""What must be hidden in one version of the store, seen over all indicators at once.

An indicator's counts are sizes of sets of persons. Its front matter names the sets (`mangder`), as paths: a set lies
within the one its path begins with, so `hemsjukvard/ssk/65+` are some of `hemsjukvard/ssk`. The same name in two
indicators is the same count of an extract, and hidden in one it is hidden in both. From the names follow the equations
by which a hidden count could be worked out:

- groups that do not overlap, and the rest that is in none of them, add up to the set they are groups of;
- a share's numerator and its rest add up to its denominator;
- kommuner add up to the län, and those without a number are what it has more than the others;
- two extracts, or two names, with the same counts everywhere are about the same persons.

Small counts and small rests are sensitive. methods/suppression.py chooses what more to hide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from naravard.base import kommuner, periods
from naravard.figures.indicators import Indicator
from naravard.figures.rules import Rules, reason_to_hide
from naravard.methods import suppression

"""Why a count is hidden: it is small, what it leaves of its denominator is small, or others would be worked out."""

_LAN_COST = 100.0
"""The län's figures are the last to be hidden,"""
_TOTAL_COST = 1000.0
"""and of them its totals, which follow from the number of rows that an extract has."""
_SIZE_COST = 0.5
"""Of two cells that as many figures show, the one with the fewer persons is hidden."""
_ENOUGH_ALIKE = 3
"""Areas in which two sets must have the same count to be taken for one."""


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
    kalla: str | None = None
    tecken: str | None = None
    """Why the extract itself holds no number (model.Tecken)."""


class Cell(NamedTuple):
    """The size of one set of persons, in one area and period, as one extract has it."""

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

    def hides(self, cell: Cell) -> bool:
        """Whether a count must not be shown."""
        return cell in self.reasons


def numerator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's numerator is."""
    return Cell(indicator.sets(row.grupp).taljare[0], row.matperiod, row.kommun_kod, row.uttag_id)


def denominator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's denominator is."""
    uttag_id = row.uttag_id if row.namnare_uttag_id is None else row.namnare_uttag_id
    return Cell(indicator.sets(row.grupp).namnare[0], row.matperiod, row.kommun_kod, uttag_id)


def plan(
    results: Iterable[tuple[Indicator, Sequence[RawRow]]], published: Collection[int], rules: Rules, lan: str
) -> Plan:
    """What to hide in these rows: all rows of all indicators of one version. `published` are ids of exempt extracts."""
    return Whole(results, published, rules, lan).plan()


class _Seen:
    """What is known of a cell: its value, how many figures show it, whether it is public already."""

    __slots__ = ("figures", "public", "unknown", "value")

    def __init__(self) -> None:
        self.value: int | None = None
        self.figures = 0
        self.public = False
        self.unknown = False  # hidden or left out by the one who gave the extract


class Whole:
    """All cells of a version with their relations. Plans are worked out period by period, when they are asked for."""

    def __init__(
        self,
        results: Iterable[tuple[Indicator, Sequence[RawRow]]],
        published: Collection[int],
        rules: Rules,
        lan: str,
    ) -> None:
        self.rules = rules
        self.lan = lan
        self.kommuner = frozenset(kommun.kod for kommun in kommuner.in_lan(lan))
        self.cells: dict[Cell, _Seen] = defaultdict(_Seen)
        self.reasons: dict[Cell, str] = {}
        self.divisions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and groups of it that do not overlap
        self.unions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and groups that overlap and cover it
        self.crossings: dict[tuple[str, str, str, str], None] = {}  # a set, the two that it is common to, their whole
        self.shares: dict[tuple[str, Cell], dict[Cell, None]] = defaultdict(dict)  # a denominator and its numerators
        self._plans: dict[object, Plan] = {}
        for indicator, rows in results:
            self._add(indicator, rows, published)
        self._span_of = {cell.matperiod: _months(cell.matperiod) for cell in self.cells}
        self._cells_of_span: dict[object, list[Cell]] = defaultdict(list)
        for cell, facts in self.cells.items():
            self._cells_of_span[self._span_of[cell.matperiod]].append(cell)
            if self.rules.small(facts.value) and not facts.public:
                self.reasons.setdefault(cell, "litet_antal")

    def plan(self, matperioder: Collection[str] | None = None) -> Plan:
        """What to hide in some periods, all of them by default. The same months under another name are one period."""
        wanted_spans = dict.fromkeys(
            months for m, months in self._span_of.items() if matperioder is None or m in matperioder
        )
        plans = [self._plan(months) for months in wanted_spans]
        reasons = {cell: reason for plan in plans for cell, reason in plan.reasons.items()}
        return Plan(reasons, tuple(cell for plan in plans for cell in plan.unprotected))

    def _plan(self, months: object) -> Plan:
        if months not in self._plans:
            period = _Period(self, self._cells_of_span[months])
            more = period.plan() if self.rules.complementary else Plan()
            primary = {cell: self.reasons[cell] for cell in period.cells if cell in self.reasons}
            self._plans[months] = Plan({**primary, **more.reasons}, more.unprotected)
        return self._plans[months]

    def _add(self, indicator: Indicator, rows: Sequence[RawRow], published: Collection[int]) -> None:
        """Take in one indicator: its counts, what is small in it, and how its sets hang together."""
        for row in rows:
            above = numerator(indicator, row)
            counts = [(above, row.taljare)]
            if indicator.kind.has_denominator:
                counts.append((denominator(indicator, row), row.namnare))
            for cell, value in counts:
                facts = self.cells[cell]
                facts.value = value if facts.value is None else facts.value
                facts.figures += 1
                facts.public |= cell.uttag_id in published
                facts.unknown |= value is None and row.tecken is not None
            if indicator.kind.part_of_whole:
                self.shares[indicator.id, counts[1][0]][above] = None
            reason = None if self.cells[above].public else reason_to_hide(row, indicator, self.rules)
            if reason:
                self.reasons.setdefault(above, reason)
        self._relate(indicator, tuple(dict.fromkeys(row.grupp for row in rows)))

    def _relate(self, indicator: Indicator, groups: tuple[str, ...]) -> None:
        """Numerators and denominators each lie in the sets that their names begin with."""
        sets = [indicator.sets(group) for group in groups]
        for each in sets:
            self._cross(each.taljare)
        numerators = [(parent, each.taljare[0]) for each in sets for parent in _parents(each.taljare)]
        denominators = [(parent, each.namnare[0]) for each in sets for parent in _parents(each.namnare)]
        for pairs in (numerators, denominators if indicator.kind.has_denominator else []):
            parts_of: dict[str, dict[str, None]] = defaultdict(dict)
            for whole, part in pairs:
                parts_of[whole][part] = None
            for whole, parts in parts_of.items():
                if indicator.grupper_overlappar and len(parts) > 1:
                    self.unions[whole, tuple(parts)] = None
                    self.divisions |= {(whole, (part,)): None for part in parts}
                else:
                    self.divisions[whole, tuple(parts)] = None

    def _cross(self, paths: tuple[str, ...]) -> None:
        """A set with two names of which each begins like the other: what two parts of a whole have in common."""
        for one, other in combinations(_parents(paths), 2):
            if one.rpartition("/")[0] == other.rpartition("/")[0] != "":
                self.crossings[paths[0], one, other, one.rpartition("/")[0]] = None


class _Period:
    """One period as a table for methods/suppression.py: cells by number, rests added, equations."""

    def __init__(self, whole: Whole, cells: Sequence[Cell]) -> None:
        self.whole, self.rules, self.cells = whole, whole.rules, list(cells)
        self.number = {cell: place for place, cell in enumerate(self.cells)}
        self.values = [_float(whole.cells[cell].value) for cell in self.cells]
        self.equations: list[dict[int, float]] = []
        self.whole_of = dict(enumerate(self.cells))  # a rest is told by the set that it is of
        self.sensitive: dict[int, None] = {}
        self._areas_add_up()  # first: it gives the unknown a value
        for n, cell in enumerate(self.cells):
            if self._is_sensitive(cell, self.values[n]):
                self.sensitive[n] = None
        for key in dict.fromkeys((cell.matperiod, cell.kommun_kod, cell.uttag_id) for cell in self.cells):
            self._rests(*key)
            self._covers(*key)
            self._crosses(*key)
        self._shares()
        self._same()

    def plan(self) -> Plan:
        """What to hide beside what is hidden by itself."""
        if not self.sensitive:
            return Plan()
        costs = np.array(self._costs())
        is_visible = np.array([0 < cost < np.inf for cost in costs])
        values = np.array(self.values)
        # what is hidden is known not to be 0, since a 0 is shown
        least = np.where(is_visible & (values >= 1) & (self.rules.low > 0), 1.0, 0.0)
        table = suppression.Table(values, costs, self.equations, least)
        hidden = {n for n, cell in enumerate(self.cells) if cell in self.whole.reasons}
        choice = suppression.choose(table, list(self.sensitive), hidden, self.rules.low, self.rules.high)
        unprotected_cells = tuple(dict.fromkeys(self.whole_of[n] for n in choice.unprotected))
        return Plan({self.cells[n]: "foljd" for n in sorted(choice.more) if n < len(self.cells)}, unprotected_cells)

    def _is_sensitive(self, cell: Cell, value: float) -> bool:
        facts = self.whole.cells[cell]
        unknown = facts.unknown and (np.isnan(value) or value <= self.rules.high)
        return not facts.public and (self.rules.small(value) or unknown)

    def _areas_add_up(self) -> None:
        """Kommuner are together the län, persons in two of them apart, whose number may be known.

        Kommuner without a number are together what the län has more than the others. What one extract lacks is taken
        from another that says the same where both have a number.
        """
        by_set: dict[str, dict[tuple[str, int | None], dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for n, cell in enumerate(self.cells):
            by_set[cell.mangd][cell.matperiod, cell.uttag_id][cell.kommun_kod] = n
        for extracts in by_set.values():
            for mine in extracts.values():
                number_by_area = {area: n for area, n in mine.items() if self._is_known(n)}
                for other in extracts.values():
                    theirs = {area: n for area, n in other.items() if self._is_known(n)}
                    both = number_by_area.keys() & theirs.keys()
                    if all(self.values[number_by_area[area]] == self.values[theirs[area]] for area in both):
                        number_by_area = {**theirs, **number_by_area}
                self._adds_up(number_by_area, [n for n in mine.values() if not self._is_known(n)])

    def _adds_up(self, number_by_area: Mapping[str, int], unknown: Sequence[int]) -> None:
        kommuner = [number_by_area[kod] for kod in sorted(self.whole.kommuner & number_by_area.keys())]
        lan = number_by_area.get(self.whole.lan)
        unknown = [n for n in unknown if self.cells[n].kommun_kod in self.whole.kommuner - number_by_area.keys()]
        if lan is None or not kommuner + unknown:
            return
        equation = {lan: -1.0, **dict.fromkeys([*kommuner, *unknown], 1.0)}
        remainder = self.values[lan] - sum(self.values[n] for n in kommuner)
        if remainder > 0:
            for n in unknown:
                self.values[n] = remainder / len(unknown)
            if not unknown and len(kommuner) < len(self.whole.kommuner):
                equation[self._persons(remainder, [lan])] = 1.0
        self.equations.append(equation)

    def _is_known(self, number: int) -> bool:
        return self.whole.cells[self.cells[number]].value is not None

    def _rests(self, matperiod: str, area: str, uttag_id: int | None) -> None:
        """A set is its groups and the rest."""
        for whole, parts in self.whole.divisions:
            places = self._places((whole, *parts), matperiod, area, uttag_id)
            if places is not None:
                self._rest(places)

    def _shares(self) -> None:
        """A denominator is its numerators and the rest."""
        for (_, below), above in self.whole.shares.items():
            if below in self.number:
                self._rest([self.number[below], *(self.number[cell] for cell in above)])

    def _rest(self, places: Sequence[int]) -> None:
        """What is known of the groups and what is left of their set: the rest, and the groups without a number.

        Of a set without a number, what is remainder of the one that it lies in.
        """
        whole = self._nearest_known(places[0])
        if whole is None:
            return
        parts = [n for n in places[1:] if self._is_known(n)]
        remainder = self.values[whole] - sum(self.values[n] for n in parts)
        equation = {whole: -1.0, **dict.fromkeys(parts, 1.0)}
        if remainder > 0 or (remainder == 0 and self.rules.low == 0):
            equation[self._persons(remainder, [whole, *parts])] = 1.0
        self.equations.append(equation)

    def _nearest_known(self, number: int) -> int | None:
        cell = self.cells[number]
        while not self._is_known(self.number[cell]):
            above = cell.mangd.rpartition("/")[0]
            while above and cell._replace(mangd=above) not in self.number:
                above = above.rpartition("/")[0]
            if not above:
                return None
            cell = cell._replace(mangd=above)
        return self.number[cell]

    def _covers(self, matperiod: str, area: str, uttag_id: int | None) -> None:
        """Groups that overlap are together at least the set that they cover."""
        for whole, parts in self.whole.unions:
            places = self._places((whole, *parts), matperiod, area, uttag_id)
            if places is None:
                continue
            if not self._is_known(places[0]):
                continue
            counted_parts = [n for n in places[1:] if self._is_known(n)]
            overlap = sum(self.values[n] for n in counted_parts) - self.values[places[0]]
            equation = {places[0]: -1.0, **dict.fromkeys(counted_parts, 1.0)}
            if overlap >= 0:
                self.equations.append({**equation, self._unseen(overlap): -1.0})
            elif len(counted_parts) < len(places) - 1:  # at least so many are in the groups without a number
                self.equations.append({**equation, self._persons(-overlap, places): 1.0})

    def _crosses(self, matperiod: str, area: str, uttag_id: int | None) -> None:
        """Of a whole, some are in neither of two parts: what it is more than the two, with those in both once."""
        for common, one, other, whole in self.whole.crossings:
            places = self._places((common, one, other, whole), matperiod, area, uttag_id)
            if places is not None and len(places) == 4 and all(map(self._is_known, places)):
                shared, first, second, all_ = places
                outside = self.values[all_] - self.values[first] - self.values[second] + self.values[shared]
                if outside >= 0:
                    more = self._persons(outside, places)
                    self.equations.append({all_: 1.0, first: -1.0, second: -1.0, shared: 1.0, more: -1.0})

    def _same(self) -> None:
        """Counts that are the same in two extracts, or under two names, are taken for the same persons.

        Under one name where at least half of the areas agree: two extracts may differ in some. Under different names
        all must, and be several: so an indicator whose front matter names no sets is hidden with the one it repeats.
        """
        by_set: dict[tuple[str, str, int | None], dict[str, int]] = defaultdict(dict)
        for n, cell in enumerate(self.cells):
            if self.values[n] > 0:
                by_set[cell.mangd, cell.matperiod, cell.uttag_id][cell.kommun_kod] = n
        for (one, mine), (other, theirs) in combinations(by_set.items(), 2):
            both = mine.keys() & theirs.keys()
            alike = sorted(area for area in both if self.values[mine[area]] == self.values[theirs[area]])
            of_one_name = one[0] == other[0] and 2 * len(alike) >= len(both)
            if of_one_name or (len(alike) == len(both) and len(both) >= _ENOUGH_ALIKE):
                self.equations += [{mine[area]: 1.0, theirs[area]: -1.0} for area in alike]

    def _places(self, mangder: Sequence[str], matperiod: str, area: str, uttag_id: int | None) -> list[int] | None:
        """Numbers of a set and its groups in an area, those that have a count there; None where they do not meet."""
        places = [self.number.get(Cell(mangd, matperiod, area, uttag_id)) for mangd in mangder]
        parts = [n for n in places[1:] if n is not None]
        return [places[0], *parts] if places[0] is not None and parts else None

    def _persons(self, value: float, places: Sequence[int]) -> int:
        """Persons that no indicator counts, but who follow from those in `places`; sensitive where they are few."""
        number = self._unseen(value)
        self.whole_of[number] = self.cells[places[0]]
        if self.rules.small(value) and not all(self.whole.cells[self.cells[n]].public for n in places):
            self.sensitive[number] = None
        return number

    def _unseen(self, value: float) -> int:
        self.values.append(value)
        return len(self.values) - 1

    def _costs(self) -> list[float]:
        """What is lost by hiding each cell: the figures that show it. Rests are not seen."""
        sums: Counter[str] = Counter()
        for cell, value in zip(self.cells, self.values, strict=False):
            sums[cell.mangd] += 0 if np.isnan(value) else int(value)
        costs = []
        for cell, value in zip(self.cells, self.values, strict=False):
            facts = self.whole.cells[cell]
            if facts.public or (value == 0 and self.rules.low > 0):
                costs.append(np.inf)
            elif facts.value is None:
                costs.append(0.0)
            else:
                far = 1.0
                if cell.kommun_kod == self.whole.lan:
                    far = _LAN_COST if "/" in cell.mangd else _TOTAL_COST
                costs.append(far * (facts.figures + _SIZE_COST * value / max(1, sums[cell.mangd])))
        return costs + [0.0] * (len(self.values) - len(self.cells))


def _months(matperiod: str) -> object:
    """What makes two periods one: the months that they name, else their words."""
    return periods.span(matperiod) or matperiod.casefold()


def _parents(paths: Sequence[str]) -> list[str]:
    """The sets that a set lies in by its names."""
    return [path.rpartition("/")[0] for path in paths if "/" in path]


def _float(value: int | None) -> float:
    return np.nan if value is None else float(value)
