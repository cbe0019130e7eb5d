"""An attacker on what is shown: from all visible figures, how closely can each small count be told?

Knows nothing of how the gate works. The unknowns are the counts of persons in the extracts; the equations are what
a reader knows of the field (a person lives in one place, has one RUB level, is in the län once …) and each figure
that is visible. Linear programming (scipy's HiGHS) gives the least and the greatest value of every small count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_matrix

from naravard.base import periods
from naravard.figures import indicators
from naravard.figures.gate import ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.reader import Reader
from naravard.store.snapshots import Snapshot

_EPS = 1e-6
Var = tuple[str, str, str]  # what is counted, area, period
Sum = dict[str, float]

_HOMES = ("ordinart", "sabo", "korttid", "hem_okant")
_LEVELS = tuple(f"rub{n}" for n in range(6))
_OLD = ("a0", "a65", "a80")
# persons of one whole fall in exactly one of the parts
_PARTITIONS: dict[str, tuple[str, ...]] = {
    "primarvard": _HOMES,
    "primarvard#rub": (*_LEVELS, "rub_okand"),
    "primarvard#alder": (*_OLD, "alder_okand"),
    "primarvard#kon": ("kvinna", "man", "kon_okand"),
    "primarvard#lakare": ("ja", "nej", "lakare_okand"),
    "boende": ("inskrivna", "utan"),
    "hemsjukvard#65": ("h65", "h64"),
    "hemsjukvard#ssk": ("ssk", "ej_ssk"),
    "hemsjukvard#at": ("at", "ej_at"),
    "hemsjukvard#ft": ("ft", "ej_ft"),
    "ssk#65": ("ssk65", "ssk64"),
    "h65#ssk": ("ssk65", "h65_ej_ssk"),
    "ej_ssk#65": ("h65_ej_ssk", "h64_ej_ssk"),
}
_AGES = ("65-79", "80+")
# the count in the store that each unknown is, where it is stored: table, division, group
_STORED: dict[str, tuple[str, str, str]] = {
    "primarvard": ("cosmic", "totalt", "totalt"),
    "ordinart": ("cosmic", "boendeform", "ordinart"),
    "sabo": ("cosmic", "boendeform", "sabo"),
    "korttid": ("cosmic", "boendeform", "korttid"),
    "hem_okant": ("cosmic", "boendeform", "uppgift_saknas"),
    **{f"rub{n}": ("cosmic", "rub", str(n)) for n in range(6)},
    "rub_okand": ("cosmic", "rub", "uppgift_saknas"),
    **{n: ("cosmic", "aldersgrupp", age) for n, age in zip(_OLD, ("0-64", "65-79", "80+"), strict=True)},
    "alder_okand": ("cosmic", "aldersgrupp", "uppgift_saknas"),
    "kvinna": ("cosmic", "kon", "kvinna"),
    "man": ("cosmic", "kon", "man"),
    "kon_okand": ("cosmic", "kon", "uppgift_saknas"),
    "ja": ("cosmic", "fast_lakarkontakt", "ja"),
    "nej": ("cosmic", "fast_lakarkontakt", "nej"),
    "lakare_okand": ("cosmic", "fast_lakarkontakt", "uppgift_saknas"),
    "hemsjukvard": ("ensolutions", "totalt", "totalt"),
    **{name: ("ensolutions", "profession", name) for name in ("ssk", "at", "ft")},
    "ssk65": ("ensolutions", "profession_65plus", "ssk"),
}
# what each indicator shows: numerator and denominator as sums of unknowns, by group
_SHOWN: dict[str, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "kommunal_primarvard_antal": {
        "totalt": (("primarvard",), ()),
        **{group: ((name,), ()) for group, name in zip((*_HOMES[:3], "uppgift_saknas"), _HOMES, strict=True)},
    },
    "kommunal_primarvard_andel_av_befolkningen": {"totalt": (("primarvard",), ())},
    "fast_lakarkontakt_andel": {"totalt": (("ja",), ("ja", "nej"))},
    "rub_fordelning": {str(n): ((f"rub{n}",), _LEVELS) for n in range(6)},
    "kommunal_primarvard_boendeform": {
        group: ((name,), ("primarvard",)) for group, name in zip((*_HOMES[:3], "uppgift_saknas"), _HOMES, strict=True)
    },
    "kommunal_primarvard_alder": {
        age: ((name,), _OLD) for age, name in zip(("0-64", "65-79", "80+"), _OLD, strict=True)
    },
    "kommunal_primarvard_kon": {name: ((name,), ("kvinna", "man")) for name in ("kvinna", "man")},
    "sabo_andel_primarvard": {"totalt": (("inskrivna",), ("boende",))},
    "sabo_boende": {"totalt": (("boende",), ())},
    "hemsjukvard_antal": {"totalt": (("hemsjukvard",), ())},
    "hemsjukvard_profession": {name: ((name,), ()) for name in ("ssk", "at", "ft")},
    "hemsjukvard_andel_65plus": {"totalt": (("h65",), ())},
    "hemsjukvard_ssk_andel_65plus": {"totalt": (("ssk65",), ())},
}


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
class _Facts:
    """Unknowns and what is known of them."""

    place: dict[Var, int] = field(default_factory=dict)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def of(self, *var: str) -> int:
        name, area, period = var
        return self.place.setdefault((name, area, period), len(self.place))


def attack(snapshot: Snapshot, low: int = 1, high: int = 4, *, least: int = 0) -> Attack:
    """Try to tell every count of 1–4 that some extract which is not published holds or implies.

    With `least` 1 the attacker also knows that what is hidden is not 0.
    """
    truth = _truth(snapshot)
    shown = list(_rows(snapshot))
    ranges: dict[Var, tuple[float, float]] = {}
    for period in dict.fromkeys(_same_time(var[2]) for var in truth):  # other periods have no count in common
        mine = {var: count for var, count in truth.items() if _same_time(var[2]) == period}
        facts = _Facts()
        for var in mine:
            facts.of(*var)
        _field(mine, facts)
        _two_extracts(mine, facts)
        _figures([(i, row) for i, row in shown if _same_time(row.matperiod) == period], facts, least)
        _check(mine, facts)
        small = [var for var, count in mine.items() if max(1, low) <= count <= high]
        ranges |= zip(small, _ranges(facts, [facts.place[v] for v in small]), strict=True)
    return Attack(ranges, low, high)


def _same_time(period: str) -> str:
    return period.casefold().replace("vt ", "våren ")


def _two_extracts(truth: Mapping[Var, int], facts: _Facts) -> None:
    """Cosmic and the SÄBO table count the same persons, where they agree."""
    pairs = [
        ((name, area, period), ("inskrivna", area, other))
        for name, area, period in truth
        for also, place, other in truth
        if (name, also) == ("sabo", "inskrivna") and area == place
    ]
    if all(truth[one] == truth[other] for one, other in pairs):
        facts.equal += [({facts.of(*one): 1.0, facts.of(*other): -1.0}, 0.0) for one, other in pairs]


def _truth(snapshot: Snapshot) -> dict[Var, int]:
    """The true counts of extracts that are not published, by what is counted, area and period."""
    stored = {}
    for table in ("cosmic", "ensolutions"):
        rows = snapshot.connection.execute(
            f"""
            select '{table}', uppdelning, grupp, kommun_kod, matperiod, antal
            from {table} inner join uttag using (uttag_id) where not publicerad
            """
        ).fetchall()
        stored.update({tuple(row[:-1]): row[-1] for row in rows})
    places = dict.fromkeys((key[0], key[3], key[4]) for key in stored)
    truth = {
        (name, area, period): stored.get((table, division, group, area, period), 0)
        for name, (table, division, group) in _STORED.items()
        for found, area, period in places
        if found == table
    }
    for table, area, period in places:
        if table == "cosmic":  # an extract without age or sex says of nobody what it is
            for rest, parts in (("alder_okand", _OLD), ("kon_okand", ("kvinna", "man"))):
                told = sum(truth[part, area, period] for part in parts)
                truth[rest, area, period] = truth["primarvard", area, period] - told
        if table == "ensolutions":
            of_age = [stored.get((table, "aldersgrupp", age, area, period), 0) for age in _AGES]
            truth["h65", area, period] = sum(of_age)
            _differences(truth, area, period)
    for area, period, living, enrolled in snapshot.connection.execute(
        """
        select kommun_kod, matperiod, boende, med_primarvard
        from sabo inner join uttag using (uttag_id) where not publicerad
        """
    ).fetchall():
        truth["boende", area, period] = living
        truth["inskrivna", area, period] = enrolled
        truth["utan", area, period] = living - enrolled
    return truth


def _differences(truth: dict[Var, int], area: str, period: str) -> None:
    """Persons that are not counted, but follow."""

    def count(name: str) -> int:
        return truth[name, area, period]

    for name, whole, part in (
        ("h64", "hemsjukvard", "h65"),
        ("ej_ssk", "hemsjukvard", "ssk"),
        ("ej_at", "hemsjukvard", "at"),
        ("ej_ft", "hemsjukvard", "ft"),
        ("ssk64", "ssk", "ssk65"),
        ("h65_ej_ssk", "h65", "ssk65"),
        ("h64_ej_ssk", "ej_ssk", "h65_ej_ssk"),
    ):
        truth[name, area, period] = count(whole) - count(part)


def _field(truth: Mapping[Var, int], facts: _Facts) -> None:
    """What everyone knows: parts add up, professions cover those who have any, kommuner add up to the län."""
    for area, period in dict.fromkeys(var[1:] for var in truth):
        for whole, parts in _PARTITIONS.items():
            names = (whole.partition("#")[0], *parts)
            if all((name, area, period) in truth for name in names):
                first, *rest = (facts.of(name, area, period) for name in names)
                facts.equal.append(({first: -1.0, **dict.fromkeys(rest, 1.0)}, 0.0))
        if ("hemsjukvard", area, period) in truth:
            met = {facts.of(name, area, period): -1.0 for name in ("ssk", "at", "ft")}
            facts.at_most.append(({facts.of("hemsjukvard", area, period): 1.0, **met}, 0.0))
    for name, period in dict.fromkeys((var[0], var[2]) for var in truth):
        mine = [var for var in truth if (var[0], var[2]) == (name, period)]
        lan = [var for var in mine if len(var[1]) == 2]
        if lan and len(mine) > 1:
            # persons in two kommuner: their number is taken as known
            twice = sum(truth[v] for v in mine if v not in lan) - truth[lan[0]]
            facts.equal.append(({facts.of(*v): -1.0 if v in lan else 1.0 for v in mine}, float(twice)))


def _rows(snapshot: Snapshot) -> Iterator[tuple[Indicator, ProtectedRow]]:
    """Every row that is shown of extracts that are not published."""
    published = {extract.uttag_id for extract in snapshot.extracts() if extract.publicerad}
    for indicator_id, indicator in indicators.registry().items():
        for row in Reader.over(snapshot).read(indicator_id, matperiod=periods.EVERY).rows:
            if row.uttag_id is not None and row.uttag_id not in published:
                yield indicator, row


def _figures(shown: Sequence[tuple[Indicator, ProtectedRow]], facts: _Facts, least: int) -> None:
    """Every figure that is visible, and what is known of those that are not."""
    for indicator, row in shown:
        counts = _SHOWN[indicator.id][row.grupp]  # a new indicator must be taught to the attack
        sums = [[facts.of(name, row.kommun_kod, row.matperiod) for name in names] for names in counts]
        for places, value in zip(sums, (row.taljare, row.namnare), strict=True):
            if value is not None and places:
                facts.equal.append((dict.fromkeys(places, 1.0), float(value)))
            elif places and least:
                facts.at_most.append((dict.fromkeys(places, -1.0), -float(least)))
        facts.at_most += _share(row, indicator, *sums)


def _share(
    row: ProtectedRow, indicator: Indicator, above: list[int], below: list[int]
) -> Iterator[tuple[dict[int, float], float]]:
    """A visible value says of its counts what its decimals leave open."""
    if row.varde is None or not indicator.kind.has_denominator:
        return
    scale = indicator.per if indicator.kind == "rate" else 100
    half = 0.5 * 10 ** -(indicator.decimaler + 1)
    for sign in (1.0, -1.0):
        value = (row.varde + sign * half) / scale
        if below:
            terms = dict.fromkeys(below, -sign * value)
            for place in above:
                terms[place] = terms.get(place, 0.0) + sign
            yield terms, 0.0
        elif row.namnare is not None:
            yield dict.fromkeys(above, sign), sign * value * row.namnare


def _check(truth: Mapping[Var, int], facts: _Facts) -> None:
    """What is shown is true: the attack would find nothing in what contradicts itself."""
    assert set(facts.place) == set(truth), sorted(set(facts.place) ^ set(truth))
    counts = np.array([truth[var] for var in facts.place], dtype=float)
    for terms, total in facts.equal:
        assert abs(sum(k * counts[n] for n, k in terms.items()) - total) < _EPS, terms
    for terms, total in facts.at_most:
        assert sum(k * counts[n] for n, k in terms.items()) <= total + _EPS, terms


def _ranges(facts: _Facts, targets: list[int]) -> list[tuple[float, float]]:
    """Least and greatest value of each target, in one program that holds a copy of the facts for each question."""
    if not targets:
        return []
    width = len(facts.place)
    asked = [(target, sign) for target in targets for sign in (1.0, -1.0)]
    cost = np.zeros(width * len(asked))
    for copy, (target, sign) in enumerate(asked):
        cost[copy * width + target] = sign
    equal, equal_to = _matrix(facts.equal, width)
    at_most, at_most_to = _matrix(facts.at_most, width)
    answer = linprog(
        cost,
        A_eq=block_diag([equal] * len(asked), format="csr"),
        b_eq=np.tile(equal_to, len(asked)),
        A_ub=block_diag([at_most] * len(asked), format="csr") if facts.at_most else None,
        b_ub=np.tile(at_most_to, len(asked)) if facts.at_most else None,
        bounds=(0, 1e6),
        method="highs",
    )
    assert answer.status == 0, answer.message
    found = [float(answer.x[copy * width + target]) for copy, (target, _) in enumerate(asked)]
    return list(zip(found[::2], found[1::2], strict=True))


def _matrix(facts: list[tuple[dict[int, float], float]], width: int) -> tuple[csr_matrix, np.ndarray]:
    rows = [n for n, (terms, _) in enumerate(facts) for _ in terms]
    columns = [place for terms, _ in facts for place in terms]
    values = [k for terms, _ in facts for k in terms.values()]
    matrix = csr_matrix((values, (rows, columns)), shape=(len(facts), width))
    return matrix, np.array([total for _, total in facts])
