"""An attacker on what is shown: from all visible figures, how closely can each small count be told?

Knows nothing of how the gate works. The unknowns are the counts of persons in the extracts; the equations are what
each source says of its persons (one place to live, one RUB level, in the län once …) and each figure that is visible:
a new indicator, division or source is attacked as it stands. Linear programming (HiGHS) gives the least and
the greatest value of every small count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

import highspy
import numpy as np

from naravard import sources
from naravard.base import periods
from naravard.base.model import UNKNOWN_PERIOD, Source
from naravard.base.persons import Division, Form, Persons, Term
from naravard.figures import indicators, rules
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.reader import Reader
from naravard.figures.rows import rows_of
from naravard.store.snapshots import Snapshot

_EPS = 1e-6
_SEVERAL = "{} once more"
"""Who are in several groups that overlap, once for each beside the first: as many as the groups are more than all."""
Var = tuple[str, str, str]  # a set of persons, area, period


@dataclass(frozen=True)
class Attack:
    """What came of it: small counts with the range that is told, and which of them are given away."""

    ranges: Mapping[Var, tuple[float, float]]
    low: int
    high: int

    @property
    def recovered(self) -> list[str]:
        """Small counts whose range leaves out some of the small counts that they could be."""
        return [
            f"{name} {area} {period}: {low:g}–{high:g}"
            for (name, area, period), (low, high) in self.ranges.items()
            if low > self.low + _EPS or high < self.high - _EPS
        ]


@dataclass
class Facts:
    """Unknowns and what is known of them."""

    place: dict[Var, int] = field(default_factory=dict)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def tell(self, terms: dict[int, float], value: int) -> None:
        """A count that is shown: what it is, or what it can have been before it was rounded."""
        base = rules.in_force().rounding_base
        if not base or value == 0:
            self.equal.append((terms, float(value)))
            return
        least = max(value - base + 1, rules.in_force().high + 1)
        self.at_most.append((terms, float(value + base - 1)))
        self.at_most.append(({place: -k for place, k in terms.items()}, -float(least)))

    def add(self, other: Facts, mark: str) -> None:
        """Take in what is known of another version or period, whose unknowns are named after it."""
        new = {n: self.of(name, area, period + mark) for (name, area, period), n in other.place.items()}
        for mine, theirs in ((self.equal, other.equal), (self.at_most, other.at_most)):
            mine += [({new[n]: k for n, k in terms.items()}, total) for terms, total in theirs]

    def of(self, *var: str) -> int:
        name, area, period = var
        return self.place.setdefault((name, area, period), len(self.place))


def attack(*snapshots: Snapshot, low: int = 1, high: int = 4) -> Attack:
    """Try to tell every count of 1–4 that some extract which is not published holds or implies.

    Several snapshots are versions that one reader can read beside each other. He guesses right which counts a
    correction left as they were, and which persons two periods that overlap have in common.
    """
    truths = [truth_of(snapshot) for snapshot in snapshots]
    shown = [list(rows_that_show(snapshot)) for snapshot in snapshots]
    every_period = dict.fromkeys(var[2] for truth in truths for var in truth)
    ranges: dict[Var, tuple[float, float]] = {}
    for together in _at_the_same_time(list(every_period)):
        facts = Facts()
        mine: dict[Var, int] = {}
        for number, (truth, rows) in enumerate(zip(truths, shown, strict=True)):
            for period in together:
                of_period = {var: count for var, count in truth.items() if var[2] == period}
                own = _one_version(
                    snapshots[number], of_period, [(i, row) for i, row in rows if row.matperiod == period]
                )
                mark = f" i version {number + 1}" if len(snapshots) > 1 else ""
                facts.add(own, mark)
                mine |= {(name, area, period + mark): count for (name, area, _), count in of_period.items()}
        _unchanged(mine, facts)
        _check(mine, facts)
        small = [var for var, count in mine.items() if max(1, low) <= count <= high]
        ranges |= zip(small, _ranges(facts, [facts.place[v] for v in small]), strict=True)
    return Attack(ranges, low, high)


def _one_version(
    snapshot: Snapshot, truth: Mapping[Var, int], shown: Sequence[tuple[Indicator, ProtectedRow]]
) -> Facts:
    facts = Facts()
    for var in truth:
        facts.of(*var)
    field_facts(truth, facts)
    _nobody(snapshot, truth, facts)
    _two_extracts(truth, facts)
    figure_facts(shown, facts)
    return facts


def _at_the_same_time(every_period: Sequence[str]) -> list[list[str]]:
    """Periods that overlap in time, or of which it is not known, together."""
    groups: list[list[str]] = []
    for period in every_period:
        mine = [group for group in groups if any(_overlap(period, other) for other in group)]
        groups = [group for group in groups if group not in mine] + [[period, *(p for group in mine for p in group)]]
    return groups


def _overlap(one: str, other: str) -> bool:
    if UNKNOWN_PERIOD in {one, other}:
        return True
    first, second = periods.span(one), periods.span(other)
    return first is not None and second is not None and first[0] <= second[1] and second[0] <= first[1]


def _unchanged(truth: Mapping[Var, int], facts: Facts) -> None:
    """Counts that are the same in another version or period are those of the same persons, where at least half are.

    Where one does not say its days, at least three in four.
    """
    by_set: dict[str, dict[str, dict[str, int]]] = {}
    for (name, area, period), count in truth.items():
        by_set.setdefault(name, {}).setdefault(period, {})[area] = count
    for name, by_period in by_set.items():
        for one, other in combinations(by_period, 2):
            both = by_period[one].keys() & by_period[other].keys()
            alike = [area for area in both if by_period[one][area] == by_period[other][area]]
            least = 0.75 if any(each.startswith(UNKNOWN_PERIOD) for each in (one, other)) else 0.5
            if len(alike) >= least * len(both):
                facts.equal += [({facts.of(name, a, one): 1.0, facts.of(name, a, other): -1.0}, 0.0) for a in alike]


def _nobody(snapshot: Snapshot, truth: Mapping[Var, int], facts: Facts) -> None:
    """Of a group that no area has a row of, an extract has nobody: it would stand among the others.

    An extract that has no group of a division does not tell of it, and one may follow that has no row.
    """
    for source in _with_persons():
        there = {(name, period) for name, _, period in _stored(snapshot, source)}
        divisions = [] if _persons(source).columns else _persons(source).divisions
        for division in divisions:
            names = [f"{source.id}.{division.name}.{part}" for part in division.parts]
            for period in {period for name, period in there if name in names}:
                absent_names = {name for name in names if (name, period) not in there}
                counts = {var: count for var, count in truth.items() if var[0] in absent_names and var[2] == period}
                some_names = {name for (name, _, _), count in counts.items() if count}
                facts.equal += [({facts.of(*var): 1.0}, 0.0) for var in counts if var[0] not in some_names]


def _two_extracts(truth: Mapping[Var, int], facts: Facts) -> None:
    """What a source says are the same persons as another's, where the two agree everywhere."""
    for source in _with_persons():
        for own, other in _persons(source).same_as.items():
            twins = [var for var in truth if var[0] == f"{source.id}.{own}"]
            pairs = [(var, twin) for var in truth if var[0] == other for twin in twins if var[1] == twin[1]]
            if all(truth[one] == truth[twin] for one, twin in pairs):
                facts.equal += [({facts.of(*one): 1.0, facts.of(*twin): -1.0}, 0.0) for one, twin in pairs]


def _with_persons() -> list[Source]:
    return [source for source in sources.sources().values() if source.persons]


def _persons(source: Source) -> Persons:
    assert source.persons
    return source.persons


def truth_of(snapshot: Snapshot) -> dict[Var, int]:
    """The true counts of extracts that are not published, also of the persons that are counted nowhere but follow."""
    truth: dict[Var, int] = {}
    for source in _with_persons():
        stored = _stored(snapshot, source)
        for area, period in dict.fromkeys(key[1:] for key in stored):
            count = {name: value for (name, *place), value in stored.items() if tuple(place) == (area, period)}
            for name, value in _implied(source, count).items():
                truth[name, area, period] = value
    return truth


def _stored(snapshot: Snapshot, source: Source) -> dict[Var, int]:
    columns = _persons(source).columns
    picked = ", ".join(columns.values()) if columns else "uppdelning, grupp, antal"
    rows = snapshot.connection.execute(
        f"select kommun_kod, matperiod, {picked} from {source.id} inner join uttag using (uttag_id) "
        "where not publicerad and niva <> 'riket'"
    ).fetchall()
    stored: dict[Var, int] = {}
    for area, period, *values in rows:
        if columns:
            for own, value in zip(columns, values, strict=True):
                stored[f"{source.id}.{own}".rstrip("."), area, period] = value
        else:
            division, group, value = values
            stored[source.id if division == "totalt" else f"{source.id}.{division}.{group}", area, period] = value
    return stored


def _implied(source: Source, count: dict[str, int]) -> dict[str, int]:
    """Counts of one area, with those that follow: parts without a number, those outside a part, what two have apart."""
    everyone = count[source.id]
    for division in _persons(source).divisions:
        names = [f"{source.id}.{division.name}.{part}" for part in division.parts]
        within = _sum(division.within_form, count) if division.within else everyone
        if not division.overlaps:
            rest = within - sum(count.get(name, 0) for name in names)
            *others, last = names
            for name in others:
                count.setdefault(name, 0)
            count[last] = count.get(last, 0) + rest
            if not division.of:
                continue
        if division.overlaps:
            more_than_one = sum(count.get(name, 0) for name in names) - within
            count[_SEVERAL.format(f"{source.id}.{division.name}")] = more_than_one
        for name, part in zip(names, division.parts, strict=True):
            count.setdefault(name, 0)
            if division.of:
                whole = count[f"{source.id}.{division.of}.{part}"]
                count[f"{name} apart"] = whole - count[name]
                count[f"{name} others"] = within - count[name]
                count[f"{name} neither"] = everyone - whole - within + count[name]
            else:
                count[f"{name} outside"] = within - count[name]
    for form in filter(partial(_is_set, source), _forms(source)):
        count[_beyond(form)] = everyone - _sum(form, count)
    return count


def _is_set(source: Source, form: Form) -> bool:
    """Whether a sum of sets counts nobody twice: only then are those who are not in it persons."""
    added = {name for sign, name in form if sign > 0}
    taken_away = {name for sign, name in form if sign < 0}
    for division in _persons(source).divisions:
        names = {f"{source.id}.{division.name}.{part}" for part in division.parts}
        if not division.overlaps and (added <= names and not taken_away):
            return True
        if not division.overlaps and added == {source.id} and taken_away <= names:
            return True
        if (
            division.of
            and division.overlaps
            and {name.replace(f".{division.name}.", f".{division.of}.") for name in taken_away} == added
        ):
            return len(added) == 1 and taken_away <= names
    return False


def _sum(form: Form, count: Mapping[str, int]) -> int:
    return sum(sign * count[name] for sign, name in form)


def _forms(source: Source) -> set[Form]:
    """Sums of several of a source's sets that it divides itself, or that an indicator counts."""
    within = [division.within_form for division in _persons(source).divisions]
    counted = [
        form
        for indicator in indicators.registry().values()
        for group in ("totalt", *indicator.grupper)
        for form in indicator.sets(group)
    ]
    return {
        form
        for form in [*within, *counted]
        if len({name for _, name in form}) == len(form) > 1 and form[0].name.split(".")[0] == source.id
    }


def _beyond(form: Form) -> str:
    """A name for the source's persons who are not in a sum of sets."""
    return f"all but {' '.join(f'{sign:+}{name}' for sign, name in form)}"


def field_facts(truth: Mapping[Var, int], facts: Facts) -> None:
    """What everyone knows: parts add up, those that overlap cover the whole, kommuner add up to the län."""
    for source in _with_persons():
        for area, period in dict.fromkeys(var[1:] for var in truth if var[0] == source.id):
            for division in _persons(source).divisions:
                _divided(source.id, division, (area, period), facts)
            for form in filter(partial(_is_set, source), _forms(source)):
                terms = {facts.of(name, area, period): float(sign) for sign, name in form}
                terms[facts.of(source.id, area, period)] = terms.get(facts.of(source.id, area, period), 0.0) - 1.0
                facts.equal.append(({**terms, facts.of(_beyond(form), area, period): 1.0}, 0.0))
    for name, period in dict.fromkeys((var[0], var[2]) for var in truth):
        mine = [var for var in truth if (var[0], var[2]) == (name, period)]
        lan = [var for var in mine if len(var[1]) == 2]
        if lan and len(mine) > 1:
            # persons in two kommuner: their number is taken as known
            twice = sum(truth[v] for v in mine if v not in lan) - truth[lan[0]]
            facts.equal.append(({facts.of(*v): -1.0 if v in lan else 1.0 for v in mine}, float(twice)))


def _divided(source_id: str, division: Division, place: tuple[str, str], facts: Facts) -> None:
    """What is known of one division in one area and period."""

    def adds_up(whole: Form, *parts: str) -> None:
        terms: dict[int, float] = {facts.of(part, *place): 1.0 for part in parts}
        for sign, name in whole:
            terms[facts.of(name, *place)] = terms.get(facts.of(name, *place), 0.0) - sign
        facts.equal.append((terms, 0.0))

    everyone: Form = (Term(1, source_id),)
    within = division.within_form or everyone
    names = [f"{source_id}.{division.name}.{part}" for part in division.parts]
    if not division.overlaps:
        adds_up(within, *names)
    else:
        covered = dict.fromkeys((facts.of(name, *place) for name in names), -1.0)
        covered |= {facts.of(name, *place): float(sign) for sign, name in within}
        covered[facts.of(_SEVERAL.format(f"{source_id}.{division.name}"), *place)] = 1.0
        facts.equal.append((covered, 0.0))
    if not (division.overlaps or division.of):
        return
    for name, part in zip(names, division.parts, strict=True):
        if division.of:
            whole = f"{source_id}.{division.of}.{part}"
            adds_up((Term(1, whole),), name, f"{name} apart")
            adds_up(within, name, f"{name} others")
            adds_up(everyone, name, f"{name} apart", f"{name} others", f"{name} neither")
        else:
            adds_up(within, name, f"{name} outside")


def rows_that_show(snapshot: Snapshot) -> Iterator[tuple[Indicator, ProtectedRow]]:
    """Every row that is shown of extracts that are not published."""
    reader, closed = Reader.over(snapshot), ids_not_published(snapshot)
    for indicator in indicators.registry().values():
        if not any(row.uttag_id in closed for row in rows_of(snapshot, indicator)):
            continue  # it has nothing to show of them
        for row in reader.read(indicator.id, matperiod=periods.EVERY).rows:
            if row.uttag_id in closed:
                yield indicator, row


def ids_not_published(snapshot: Snapshot) -> set[int]:
    return {extract.uttag_id for extract in snapshot.extracts() if not extract.publicerad}


def figure_facts(shown: Sequence[tuple[Indicator, ProtectedRow]], facts: Facts) -> None:
    """Every figure that is visible, and what is known of those that are not."""
    for indicator, row in shown:
        sums = [_terms(form, row, facts) for form in indicator.sets(row.grupp)]
        for terms, value in zip(sums, (row.taljare, row.namnare), strict=True):
            if value is not None and terms:
                facts.tell(terms, value)
        facts.at_most += _share(row, indicator, *sums)


def _terms(form: Form, row: ProtectedRow, facts: Facts) -> dict[int, float]:
    """A sum of sets as coefficients by unknown."""
    return {facts.of(name, row.kommun_kod, row.matperiod): float(sign) for sign, name in form}


def _share(
    row: ProtectedRow, indicator: Indicator, above: dict[int, float], below: dict[int, float]
) -> Iterator[tuple[dict[int, float], float]]:
    """A visible value says of its counts what its decimals leave open."""
    if row.varde is None or not indicator.kind.has_denominator:
        return
    if rules.in_force().rounding_base and row.taljare is not None:
        return  # worked out from the rounded counts, which are shown
    scale = indicator.scale
    half = 0.5 * 10 ** -(indicator.decimaler + 1)
    for sign in (1.0, -1.0):
        value = (row.varde + sign * half) / scale
        if below:
            terms = {place: -sign * value * k for place, k in below.items()}
            for place, k in above.items():
                terms[place] = terms.get(place, 0.0) + sign * k
            yield terms, 0.0
        elif row.namnare is not None and above and not rules.in_force().rounding_base:
            yield {place: sign * k for place, k in above.items()}, sign * value * row.namnare


def _check(truth: Mapping[Var, int], facts: Facts) -> None:
    """What is shown is true: the attack would find nothing in what contradicts itself."""
    assert set(facts.place) == set(truth), sorted(set(facts.place) ^ set(truth))
    counts = np.array([truth[var] for var in facts.place], dtype=float)
    for terms, total in facts.equal:
        assert abs(sum(k * counts[n] for n, k in terms.items()) - total) < _EPS, terms
    for terms, total in facts.at_most:
        assert sum(k * counts[n] for n, k in terms.items()) <= total + _EPS, terms


def _ranges(facts: Facts, targets: list[int]) -> list[tuple[float, float]]:
    """Least and greatest value of each target: one program, asked again from where it stands for each question."""
    if not targets:
        return []
    program = highspy.Highs()
    program.setOptionValue("output_flag", False)
    width = len(facts.place)
    program.addVars(width, np.zeros(width), np.full(width, 1e6))
    for terms, total in facts.equal:
        program.addRow(total, total, len(terms), np.array(list(terms)), np.array(list(terms.values())))
    for terms, total in facts.at_most:
        program.addRow(-highspy.kHighsInf, total, len(terms), np.array(list(terms)), np.array(list(terms.values())))
    return [(_extreme(program, target, 1.0), _extreme(program, target, -1.0)) for target in targets]


def _extreme(program: highspy.Highs, target: int, sign: float) -> float:
    program.changeColCost(target, sign)
    program.run()
    assert program.getModelStatus() == highspy.HighsModelStatus.kOptimal, program.getModelStatus()
    value = program.getSolution().col_value[target]
    program.changeColCost(target, 0.0)
    return float(value)
