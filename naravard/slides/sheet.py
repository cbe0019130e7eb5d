"""A kommun's profile as it stands on paper: what it says first, then each indicator among the kommuner and over time.

Places are parts of a width or a height, from 0 to 1, so that any format can draw them. All of it is made of what has
passed the gate, and of nothing that is hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from naravard.base import kommuner, periods
from naravard.base.numbers import HIDDEN, capital, enumeration, number
from naravard.figures import overview
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator
from naravard.figures.overview import Line, Measure
from naravard.figures.reader import Reader
from naravard.figures.standing import standings
from naravard.telling import amounts, phrases, provenance, series, situation, verdicts, vocabulary
from naravard.telling.situation import Answer
from naravard.telling.strip import Strip, strip_of

Point = tuple[float, float]
_FEWEST_KOMMUNER = 4
"""Fewer are no line to lie on."""
_LEAST_REACH = 0.25
"""The height of a curve is at least so much of its largest value: a small change must look small."""


@dataclass(frozen=True)
class Curve:
    """The kommun's figures over time as parts of an unbroken line, from the left and from below; and its two ends."""

    parts: tuple[tuple[Point, ...], ...]
    first: str
    last: str
    alt: str


@dataclass(frozen=True)
class Entry:
    """One indicator: what it is called, the figure or why there is none, what it stands beside, and its pictures."""

    name: str
    value: str
    unit: str
    why: str
    counts: str
    beside: str
    mark: str
    tone: str
    verdict: str
    change: str
    strip: Strip | None
    why_no_strip: str
    curve: Curve | None
    source: str


@dataclass(frozen=True)
class Sheet:
    """A kommun's profile on paper."""

    kommun: str
    lead: str
    answers: tuple[Answer, ...]
    entries: tuple[Entry, ...]
    sizes: tuple[Entry, ...]
    """Counts, which tell how large a kommun is and are not compared."""
    remarks: tuple[str, ...]
    explanations: tuple[str, ...]
    sources: tuple[str, ...]
    mark: str
    version: int


def sheet(kommun_kod: str, reader: Reader, version: int) -> Sheet:
    """A kommun's profile from one version's protected figures."""
    kommun, lines = kommuner.area_name(kommun_kod), overview.profile(kommun_kod, reader)
    results = [line.measure.result for line in lines]
    by_size = {
        is_size: [line for line in lines if line.measure.indicator.kind.is_size is is_size] for is_size in (False, True)
    }
    all_standings = standings(kommun_kod, reader) if lines else ()
    return Sheet(
        kommun=kommun,
        lead=situation.headline(all_standings) if lines else phrases.profile_headline(kommun, lines),
        answers=situation.with_edge_explained(situation.answers(all_standings)) if lines else (),
        entries=tuple(_entry(line, reader) for line in by_size[False]),
        sizes=tuple(_entry(line, reader) for line in by_size[True]),
        remarks=(*phrases.remarks_of(lines), *phrases.cautions_of(lines)),
        explanations=tuple(_explanations(lines)),
        sources=tuple(_sources(results)),
        mark=next(filter(None, map(provenance.mark_in_words, results)), ""),
        version=version,
    )


def _explanations(lines: Sequence[Line]) -> Iterator[str]:
    yield vocabulary.SHAPES
    yield f"{vocabulary.SPAN}: {vocabulary.SPAN_MEANS}"
    results = [line.measure.result for line in lines]
    if hidden_in := next((result for result in results if result.hidden), None):
        yield capital(provenance.what_is_hidden(hidden_in))


def _sources(results: Sequence[ProtectedResult]) -> Iterator[str]:
    """Each origin once, with the day on which its newest extract was read."""
    by_day: dict[str, dict[str, None]] = {}
    for result in results:
        by_day.setdefault(provenance.load_day(result), {}).update(dict.fromkeys(provenance.origin(result).split("; ")))
    for day, origins in sorted(by_day.items(), reverse=True):
        yield f"{f'Inläst {day}' if day else 'Utan uttag'}: {enumeration(list(origins))}."


def _entry(line: Line, reader: Reader) -> Entry:
    row, measure = line.row, line.measure
    spec, result = measure.indicator, measure.result
    has_counts = spec.kind.has_denominator and row.taljare is not None and row.namnare is not None
    strip = _strip(line)
    return Entry(
        name=spec.short,
        value=amounts.value(row, spec) if row.varde is not None else "",
        unit="" if spec.in_percent else spec.enhet,
        why=amounts.why(row),
        counts=f"{number(row.taljare or 0)} av {number(row.namnare or 0)}" if has_counts else "",
        beside=" · ".join(_beside(measure)),
        mark=verdicts.shape(row),
        # where nobody agrees which way is better the triangle alone tells which way it differs
        tone=verdicts.tone(row.level, spec) if spec.riktning != "neutral" else "",
        verdict=_verdict(line),
        change=_change(line),
        strip=strip,
        why_no_strip="" if strip else _why_no_strip(line),
        curve=_curve(measure, row, reader),
        source=_source(result, row),
    )


def _beside(measure: Measure) -> Iterator[str]:
    """`länet 77 %`, `riket 82 %`, those that are known."""
    for name, row in (("länet", measure.lan), ("riket", measure.nation)):
        if row is not None and row.varde is not None:
            yield f"{name} {amounts.value(row, measure.indicator)}"
        elif row is not None and row.skydd == HIDDEN:
            yield f"{name} dolt"


def _verdict(line: Line) -> str:
    """What the comparison with the län says, and how sure the figure is."""
    row, spec = line.row, line.measure.indicator
    if row.varde is None or spec.kind.is_size:
        return ""
    judgement = verdicts.verdict_in_words(row, spec) if row.is_judged else ""
    words = f"Mot länet: {judgement}." if judgement else "Jämförs inte med länet."
    has_interval = row.nedre is not None
    return f"{words} {vocabulary.SPAN} {amounts.interval(row, spec)}." if has_interval else words


def _change(line: Line) -> str:
    """How much it has changed since the period before, and whether chance gives that."""
    if line.change is None or line.before is None:
        return ""
    own_row = line.row_against_before
    is_judged = own_row is not None and own_row.is_judged
    verdict = f", {verdicts.verdict_of_change(own_row)}" if own_row is not None and is_judged else ""
    amount = amounts.difference(line.change, line.measure.indicator)
    return f"{amount} sedan {periods.when(line.before.matperiod)}{verdict}."


def _source(result: ProtectedResult, row: ProtectedRow) -> str:
    return f"Källa: {provenance.origin(result)}, {periods.when(row.matperiod)}."


def _why_no_strip(line: Line) -> str:
    return "" if line.measure.indicator.kind.is_size else "Färre än fyra kommuner har ett tal."


def _strip(line: Line) -> Strip | None:
    """Where the kommun lies among those that have a value. Not for counts, which tell how large a kommun is."""
    with_value = sum(each.varde is not None for each in line.measure.kommuner)
    if line.measure.indicator.kind.is_size or with_value < _FEWEST_KOMMUNER:
        return None
    return strip_of(line.measure, line.row.kommun_kod, line.row.kommun, line.row)


def _curve(measure: Measure, newest: ProtectedRow, reader: Reader) -> Curve | None:
    """The kommun over the periods of the commonest length. None where fewer than two have a value."""
    spec = measure.indicator
    every = reader.find(spec.id, periods.EVERY)
    own_rows = every.rows if every else ()
    rows = {r.matperiod: r for r in own_rows if (r.kommun_kod, r.grupp) == (newest.kommun_kod, measure.grupp)}
    names = next(iter(series.lengths(rows)), [])
    with_value = [name for name in names if rows[name].varde is not None]
    if len(with_value) < 2:
        return None
    points = _points(names, rows)
    breaks = every.breaks if every else ()
    parts = [tuple(points[name] for name in run) for run in series.runs(names, points, breaks, newest.kommun_kod)]
    first, last = rows[with_value[0]], rows[with_value[-1]]
    return Curve(tuple(parts), _end(first, spec), _end(last, spec), _alt_of_curve([rows[n] for n in with_value], spec))


def _points(names: Sequence[str], rows: dict[str, ProtectedRow]) -> dict[str, Point]:
    """Where each period with a value lies."""
    days = {name: series.middle(name).toordinal() for name in names}
    values = {name: row.varde for name in names if (row := rows[name]).varde is not None}
    numbers = [value for value in values.values() if value is not None]
    low, high = min(numbers), max(numbers)
    reach = max(high - low, _LEAST_REACH * abs(high)) or 1
    base, length = (low + high - reach) / 2, (days[names[-1]] - days[names[0]]) or 1
    return {
        name: ((days[name] - days[names[0]]) / length, (value - base) / reach)
        for name, value in values.items()
        if value is not None
    }


def _end(row: ProtectedRow, spec: Indicator) -> str:
    return f"{periods.when(row.matperiod)}: {amounts.value(row, spec)}"


def _alt_of_curve(rows: Sequence[ProtectedRow], spec: Indicator) -> str:
    low, high = min(rows, key=lambda r: r.varde or 0), max(rows, key=lambda r: r.varde or 0)
    ends = [_end(rows[0], spec), _end(rows[-1], spec)]
    return f"{spec.short} över tid. {capital(enumeration(ends))}. Lägst {_end(low, spec)}, högst {_end(high, spec)}."
