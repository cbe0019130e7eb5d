"""What must be hidden in one version of the store, seen over all indicators at once.

An indicator's counts are sizes of sets of persons. Its front matter names the sets (`mangder`), as paths: a set lies
within the one its path begins with, so `hemsjukvard/ssk/65+` are some of `hemsjukvard/ssk`. The same name in two
indicators is the same count, and hidden in one it is hidden in both. From the names follow the equations by which a
hidden count could be worked out:

- groups that do not overlap, and the rest that is in none of them, add up to the set they are groups of;
- a share's numerator and its rest add up to its denominator;
- kommuner add up to the län;
- sets with the same counts everywhere are taken for the same set.

Small counts and small rests are sensitive. methods/suppression.py chooses what more to hide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np

from naravard.indicators import Indicator
from naravard.methods import suppression
from naravard.rules import Rules

Reason = Literal["litet_antal", "liten_rest", "foljd"]
"""Why a count is hidden: it is small, what it leaves of its denominator is small, or others would be worked out."""

_LAN_COST = 100.0
"""The län's figures are the last to be hidden."""
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
    """The size of one set of persons, in one area and period."""

    mangd: str
    matperiod: str
    kommun_kod: str


@dataclass(frozen=True)
class Plan:
    """Hidden cells with the reason of each, and sensitive cells that what is published already gives away.

    The reasons are not for readers: that a count is hidden as being small tells more of it than that it is hidden.
    """

    reasons: Mapping[Cell, Reason] = field(default_factory=dict)
    unprotected: tuple[Cell, ...] = ()

    def hides(self, cell: Cell) -> bool:
        """Whether a count must not be shown."""
        return cell in self.reasons


def numerator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's numerator is."""
    return Cell(indicator.sets(row.grupp).taljare[0], row.matperiod, row.kommun_kod)


def denominator(indicator: Indicator, row: RawRow) -> Cell:
    """The cell that a row's denominator is."""
    return Cell(indicator.sets(row.grupp).namnare[0], row.matperiod, row.kommun_kod)


def reveals(row: RawRow, indicator: Indicator, rules: Rules) -> Reason | None:
    """Why a row tells by itself of so few persons that one of them could be known; None where it does not."""
    if rules.small(row.taljare):
        return "litet_antal"
    if indicator.kind == "count":
        return "litet_antal" if row.taljare is None and rules.small(row.varde) else None
    if row.namnare is None or row.taljare is None:
        return None
    if rules.small(row.namnare):  # with the numerator and the value it could be worked out
        return "litet_antal"
    rest = rules.rests and indicator.kind != "rate" and rules.small(row.namnare - row.taljare)
    return "liten_rest" if rest else None


def is_published(row: RawRow, published: Collection[int]) -> bool:
    """Whether all of the row, its denominator included, has been shown in public by its owner."""
    return row.uttag_id in published and (row.namnare_uttag_id is None or row.namnare_uttag_id in published)


def plan(
    results: Iterable[tuple[Indicator, Sequence[RawRow]]], published: Collection[int], rules: Rules, lan: str
) -> Plan:
    """What to hide in these rows: all rows of all indicators of one version. `published` are ids of exempt extracts."""
    whole = _Whole(rules, lan)
    for indicator, rows in results:
        whole.add(indicator, rows, published)
    return whole.plan()


class _Seen:
    """What is known of a cell: its value, how many figures show it, whether it is public already."""

    __slots__ = ("figures", "public", "secret", "value")

    def __init__(self) -> None:
        self.value: int | None = None
        self.figures = 0
        self.public = False
        self.secret = False  # hidden by the one who gave the extract


class _Whole:
    """All cells of a version with their relations, as they are gathered from the indicators."""

    def __init__(self, rules: Rules, lan: str) -> None:
        self.rules = rules
        self.lan = lan
        self.cells: dict[Cell, _Seen] = defaultdict(_Seen)
        self.reasons: dict[Cell, Reason] = {}
        self.divisions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and groups of it that do not overlap
        self.unions: dict[tuple[str, tuple[str, ...]], None] = {}  # a set and groups that overlap and cover it
        self.crossings: dict[tuple[str, str, str, str], None] = {}  # a set, the two that it is common to, their whole

    def add(self, indicator: Indicator, rows: Sequence[RawRow], published: Collection[int]) -> None:
        """Take in one indicator: its counts, what is small in it, and how its sets hang together."""
        for row in rows:
            counts = [(numerator(indicator, row), row.taljare, row.uttag_id)]
            if indicator.kind != "count":
                of = row.uttag_id if row.namnare_uttag_id is None else row.namnare_uttag_id
                counts.append((denominator(indicator, row), row.namnare, of))
            for cell, value, uttag_id in counts:
                seen = self.cells[cell]
                seen.value = value if seen.value is None else seen.value
                seen.figures += 1
                seen.public |= uttag_id in published
                seen.secret |= value is None and row.tecken == "dolt"
            reason = None if is_published(row, published) else reveals(row, indicator, self.rules)
            if reason:
                self.reasons.setdefault(counts[0][0], reason)
        self._relate(indicator, tuple(dict.fromkeys(row.grupp for row in rows)))

    def _relate(self, indicator: Indicator, groups: tuple[str, ...]) -> None:
        """Numerators and denominators each lie in the sets that their names begin with, and a share in its whole."""
        sets = [indicator.sets(group) for group in groups]
        for each in sets:
            self._cross(each.taljare)
        numerators = [(parent, each.taljare[0]) for each in sets for parent in _parents(each.taljare)]
        if indicator.kind in {"proportion", "distribution"}:
            numerators += [(each.namnare[0], each.taljare[0]) for each in sets]
        denominators = [(parent, each.namnare[0]) for each in sets for parent in _parents(each.namnare)]
        for pairs in (numerators, denominators if indicator.kind != "count" else []):
            found: dict[str, dict[str, None]] = defaultdict(dict)
            for whole, part in pairs:
                found[whole][part] = None
            for whole, parts in found.items():
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

    def plan(self) -> Plan:
        """Hide what is small, and what more is needed."""
        for cell, seen in self.cells.items():
            if self.rules.small(seen.value) and not seen.public:
                self.reasons.setdefault(cell, "litet_antal")
        if not self.rules.complementary:
            return Plan(dict(self.reasons))
        plan = Plan(dict(self.reasons))
        for matperiod in dict.fromkeys(cell.matperiod for cell in self.cells):
            more = _Period(self, matperiod).plan()
            plan = Plan({**plan.reasons, **more.reasons}, plan.unprotected + more.unprotected)
        return plan


class _Period:
    """One period as a table for methods/suppression.py: cells by number, rests added, equations."""

    def __init__(self, whole: _Whole, matperiod: str) -> None:
        self.whole, self.rules = whole, whole.rules
        self.cells = [cell for cell in whole.cells if cell.matperiod == matperiod]
        self.number = {cell: place for place, cell in enumerate(self.cells)}
        self.areas = tuple(dict.fromkeys(cell.kommun_kod for cell in self.cells))
        self.matperiod = matperiod
        self.values = [_float(whole.cells[cell].value) for cell in self.cells]
        self.equations: list[dict[int, float]] = []
        self.whole_of = dict(enumerate(self.cells))  # a rest is told by the set that it is of
        self.sensitive = [n for n, cell in enumerate(self.cells) if self._is_sensitive(cell)]
        for area in self.areas:
            self._rests(area)
            self._covers(area)
            self._crosses(area)
        self._areas_add_up()
        self._same()

    def plan(self) -> Plan:
        """What to hide beside what is hidden by itself."""
        if not self.sensitive:
            return Plan()
        table = suppression.Table(np.array(self.values), np.array(self._costs()), self.equations)
        hidden = {n for n, cell in enumerate(self.cells) if cell in self.whole.reasons}
        choice = suppression.choose(table, self.sensitive, hidden, self.rules.low, self.rules.high)
        named = tuple(dict.fromkeys(self.whole_of[n] for n in choice.unprotected))
        return Plan({self.cells[n]: "foljd" for n in sorted(choice.more) if n < len(self.cells)}, named)

    def _is_sensitive(self, cell: Cell) -> bool:
        seen = self.whole.cells[cell]
        return not seen.public and (self.rules.small(seen.value) or (seen.secret and seen.value is None))

    def _rests(self, area: str) -> None:
        """A set is its groups and the rest."""
        for whole, parts in self.whole.divisions:
            places = self._places(whole, parts, area)
            if places is None:
                continue
            rest = self.values[places[0]] - sum(self.values[n] for n in places[1:])
            if rest > 0 or np.isnan(rest):
                places.append(self._persons(rest, places))
            self.equations.append({places[0]: -1.0, **dict.fromkeys(places[1:], 1.0)})

    def _covers(self, area: str) -> None:
        """Groups that overlap are together at least the set that they cover."""
        for whole, parts in self.whole.unions:
            places = self._places(whole, parts, area)
            if places is None:
                continue
            overlap = sum(self.values[n] for n in places[1:]) - self.values[places[0]]
            if overlap >= 0:
                more = self._unseen(overlap)
                self.equations.append({places[0]: -1.0, more: -1.0, **dict.fromkeys(places[1:], 1.0)})

    def _crosses(self, area: str) -> None:
        """Of a whole, some are in neither of two parts: what it is more than the two, with those in both once."""
        for common, one, other, whole in self.whole.crossings:
            places = self._places(common, (one, other, whole), area)
            if places is not None and len(places) == 4:
                shared, first, second, all_ = places
                outside = self.values[all_] - self.values[first] - self.values[second] + self.values[shared]
                if outside >= 0:
                    more = self._persons(outside, places)
                    self.equations.append({all_: 1.0, first: -1.0, second: -1.0, shared: 1.0, more: -1.0})

    def _areas_add_up(self) -> None:
        """Kommuner are together the län, persons in two of them apart, whose number may be known."""
        for mangd in dict.fromkeys(cell.mangd for cell in self.cells):
            lan = self.number.get(Cell(mangd, self.matperiod, self.whole.lan))
            mine = [self.number.get(Cell(mangd, self.matperiod, area)) for area in self.areas if len(area) == 4]
            kommuner = [n for n in mine if n is not None]
            if lan is not None and kommuner:
                self.equations.append({lan: -1.0, **dict.fromkeys(kommuner, 1.0)})

    def _same(self) -> None:
        """Sets under different names with the same count in every area are taken for the same persons.

        So an indicator whose front matter names no sets is hidden together with the one that it repeats.
        """
        found: dict[tuple[tuple[str, float], ...], list[dict[str, int]]] = defaultdict(list)
        for mangd in dict.fromkeys(cell.mangd for cell in self.cells):
            numbers = {
                area: n for area in self.areas if (n := self.number.get(Cell(mangd, self.matperiod, area))) is not None
            }
            counts = {area: self.values[n] for area, n in numbers.items() if self.values[n] > 0}
            if len(counts) >= _ENOUGH_ALIKE:
                found[tuple(sorted(counts.items()))].append({area: numbers[area] for area in counts})
        for first, *others in found.values():
            self.equations += [{first[area]: 1.0, other[area]: -1.0} for other in others for area in first]

    def _places(self, whole: str, parts: Sequence[str], area: str) -> list[int] | None:
        """Numbers of a set and its groups in an area, those that have a count there; None where they do not meet."""
        places = [self.number.get(Cell(mangd, self.matperiod, area)) for mangd in (whole, *parts)]
        found = [n for n in places[1:] if n is not None]
        return [places[0], *found] if places[0] is not None and found else None

    def _persons(self, value: float, places: Sequence[int]) -> int:
        """Persons that no indicator counts, but who follow from those in `places`; sensitive where they are few."""
        number = self._unseen(value)
        if self.rules.small(value) and not all(self._is_public(n) for n in places):
            self.sensitive.append(number)
            self.whole_of[number] = self.cells[places[0]]
        return number

    def _unseen(self, value: float) -> int:
        self.values.append(value)
        return len(self.values) - 1

    def _is_public(self, number: int) -> bool:
        return self.whole.cells[self.cells[number]].public

    def _costs(self) -> list[float]:
        """What is lost by hiding each cell: the figures that show it. Rests are not seen."""
        sums: Counter[str] = Counter()
        for cell, value in zip(self.cells, self.values, strict=False):
            sums[cell.mangd] += 0 if np.isnan(value) else int(value)
        costs = []
        for cell, value in zip(self.cells, self.values, strict=False):
            seen = self.whole.cells[cell]
            if np.isnan(value):
                costs.append(0.0)
            elif seen.public or (value == 0 and self.rules.low > 0):
                costs.append(np.inf)
            else:
                far = _LAN_COST if cell.kommun_kod == self.whole.lan else 1.0
                costs.append(far * (seen.figures + _SIZE_COST * value / max(1, sums[cell.mangd])))
        return costs + [0.0] * (len(self.values) - len(self.cells))


def _parents(paths: Sequence[str]) -> list[str]:
    """The sets that a set lies in by its names."""
    return [path.rpartition("/")[0] for path in paths if "/" in path]


def _float(value: int | None) -> float:
    return np.nan if value is None else float(value)
