"""A figure that follows age as it would be with the län's ages, out of what is seen at each age and of nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from naravard.base.model import NO_GROUP
from naravard.figures.gate import YEARS_APART, ProtectedResult, ProtectedRow
from naravard.figures.judgement import Adjusted, Judgement, outgrown
from naravard.methods import dispersion, part, standard
from naravard.methods.dispersion import Spread
from naravard.methods.standard import Excess, Standardised

_LEAST_OF_ALL = 0.95
"""Where the ages of fewer of the persons are known, or are of fewer of the inhabitants, nothing is adjusted."""


@dataclass(frozen=True)
class _Ages:
    """An area's counts and inhabitants by age, in the order of the groups."""

    counts: tuple[int, ...]
    totals: tuple[int, ...]


def adjust(result: ProtectedResult, persons: ProtectedResult, inhabitants: ProtectedResult) -> ProtectedResult:
    """The result with what each kommun would have with the län's ages, compared with the län by that.

    `persons` are the same persons by age, and `inhabitants` all by age, of every year; their groups have the same
    codes. Each age is compared with the same age in the län (methods/standard.excess), so that a kommun is not told
    from it by its ages. One of which an age is hidden, missing or of another year is not adjusted, and not compared.
    """
    by_group = {grupp: _ages(grupp, persons, inhabitants) for grupp in result.groups}
    spreads = {
        (grupp, period): _spread(ages, period, result.lan_kod)
        for grupp, ages in by_group.items()
        for period, kod in ages
        if kod == result.lan_kod
    }
    return result.adjusted(
        _row(row, result, by_group[row.grupp], spreads.get((row.grupp, row.matperiod))) for row in result.rows
    )


def _ages(grupp: str, persons: ProtectedResult, inhabitants: ProtectedResult) -> Mapping[tuple[str, str], _Ages]:
    """What is seen of each area and period of which every age of a group is."""
    people = {(row.kommun_kod, row.taljare_ar, row.grupp): row.taljare for row in inhabitants.rows}
    years = sorted({row.taljare_ar for row in inhabitants.rows if row.taljare_ar is not None})
    ages_of_group = [each for each in persons.groups if _is_of(each, grupp)]
    rows: dict[tuple[str, str], list[ProtectedRow]] = {}
    for row in persons.rows:
        if row.grupp in ages_of_group:
            rows.setdefault((row.matperiod, row.kommun_kod), []).append(row)
    by_area = {key: _of_area(of_area, len(ages_of_group), people, years) for key, of_area in rows.items()}
    return {key: of_area for key, of_area in by_area.items() if of_area is not None}


def _is_of(age: str, grupp: str) -> bool:
    """Whether a group of persons by age is of a group of the whole: `kon_80plus.kvinna` is of `kvinna`."""
    return grupp == NO_GROUP or grupp in age.split(".")


def _of_area(
    rows: list[ProtectedRow], ages: int, people: Mapping[tuple[str, int | None, str], int | None], years: list[int]
) -> _Ages | None:
    own_year = rows[0].taljare_ar
    near = [year for year in years if own_year is not None and abs(year - own_year) <= YEARS_APART]
    if len(rows) < ages or not near or own_year is None:
        return None
    year = min(near, key=lambda each: abs(each - own_year))
    totals = [people.get((row.kommun_kod, year, row.grupp)) for row in rows]
    if any(row.taljare is None for row in rows) or not all(totals):
        return None
    return _Ages(tuple(row.taljare or 0 for row in rows), tuple(total or 0 for total in totals))


def _are_all(own: _Ages, persons: int, inhabitants: int) -> bool:
    """Whether the ages are those of nearly all: an extract of the old alone has no age that the others have."""
    return sum(own.counts) >= _LEAST_OF_ALL * persons and sum(own.totals) >= _LEAST_OF_ALL * inhabitants


def _excess(own: _Ages, lan: _Ages) -> tuple[float, Excess]:
    """How many are expected, and the excess over that."""
    expected_count = standard.expected_count(own.totals, lan.counts, lan.totals)
    return expected_count, standard.excess(own.counts, own.totals, lan.counts, lan.totals)


def _spread(ages: Mapping[tuple[str, str], _Ages], period: str, lan_kod: str) -> Spread | None:
    """How much the kommuner's observed by expected differ among themselves."""
    lan = ages[period, lan_kod]
    pairs = [_excess(own, lan) for (of, kod), own in ages.items() if of == period and len(kod) == len("0880")]
    pairs = [(expected_count, excess) for expected_count, excess in pairs if expected_count and excess.deviation]
    ratios = [1 + excess.persons / expected_count for expected_count, excess in pairs]
    return dispersion.spread(ratios, [(excess.deviation / e) ** 2 for e, excess in pairs], 1.0)


def _row(
    row: ProtectedRow,
    result: ProtectedResult,
    ages: Mapping[tuple[str, str], _Ages],
    spread: Spread | None,
) -> ProtectedRow:
    own, lan = ages.get((row.matperiod, row.kommun_kod)), ages.get((row.matperiod, result.lan_kod))
    place = row.matperiod, result.lan_kod, row.grupp
    lan_row = next((r for r in result.rows if (r.matperiod, r.kommun_kod, r.grupp) == place), None)
    if own is None or lan is None or lan_row is None or lan_row.varde is None or not row.is_kommun:
        return row
    if row.varde is None or outgrown(row.figure, result.indicator):
        return row
    if not row.taljare or not row.namnare or not _are_all(own, row.taljare, row.namnare):
        return row
    direct = standard.direct(own.counts, own.totals, lan.totals)
    expected_count, excess = _excess(own, lan)
    ratio = standard.ratio(sum(own.counts), expected_count)
    if direct is None or ratio is None:
        return row
    scale = result.indicator.scale
    adjusted_row = replace(row, utjamnad=Adjusted(Standardised(*(scale * each for each in direct)), ratio))
    if not result.comparison.is_a_line:
        return adjusted_row
    wider = dispersion.beyond_chance(spread) if result.comparison.allows_spread else None
    variance = (excess.deviation / expected_count) ** 2
    level, by_chance = (
        part.level(ratio.value, part.normal_limits(1.0, variance, between))
        for between in (wider.between if wider else 0.0, 0.0)
    )
    judgement = Judgement(result.comparison, level, lan_row.varde, spread=wider, level_by_chance=by_chance)
    return replace(adjusted_row, jamforelse=judgement)
