"""A kommun's profile as slides: all its indicators in tables, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from naravard.base import periods
from naravard.figures.overview import Line
from naravard.slides.slide import Deck, Slide, slide_of_sources
from naravard.telling import amounts, phrases, provenance, verdicts, vocabulary
from naravard.telling.tables import Cell, Row, Table

_LINES_ON_A_SLIDE = 9
_NAMED = 3
_HEADINGS = ("Indikator", "Kommunen", "Länet", vocabulary.SPAN, "Sedan förra perioden", "Jämfört med länet")


def deck(kommun: str, lines: Sequence[Line], version: int) -> Deck:
    """A kommun's profile, and the sources."""
    is_example = any(line.measure.result.is_example for line in lines)
    results = [line.measure.result for line in lines]
    last = slide_of_sources(results, version, is_example)
    return Deck(f"{kommun}: nära vård i siffror", "Kommunprofil", (*slides(kommun, lines), last))


def slides(kommun: str, lines: Sequence[Line]) -> list[Slide]:
    """A kommun's indicators, as many on each slide as can be read."""
    parts = [lines[i : i + _LINES_ON_A_SLIDE] for i in range(0, len(lines), _LINES_ON_A_SLIDE)]
    return [
        _slide(kommun, part, f" ({i} av {len(parts)})" if len(parts) > 1 else "")
        for i, part in enumerate(parts, start=1)
    ]


def _slide(kommun: str, lines: Sequence[Line], part: str) -> Slide:
    results = [line.measure.result for line in lines]
    return Slide(
        title=f"{kommun}{part}: {phrases.profile_finding(lines, _NAMED)}",
        heading="Kommunprofil",
        kind="table",
        table=Table(f"{kommun}, alla indikatorer", _HEADINGS, tuple(_rows(lines))),
        sources=tuple(dict.fromkeys(map(provenance.source_line, results))),
        remarks=(*phrases.what_is_not_compared(lines), *phrases.remarks_of(lines)),
        signs=" ".join(dict.fromkeys(filter(None, map(provenance.signs, results)))),
        notes="\n".join(phrases.sentence(line.row, line.measure.result) for line in lines),
        is_example=any(result.is_example for result in results),
    )


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        spec = line.measure.indicator
        verdict = verdicts.verdict_with_shape(line.row, spec)
        cells = (
            Cell(amounts.value(line.row, spec), amounts.why(line.row)),
            Cell(amounts.value(line.measure.lan, spec), amounts.why(line.measure.lan)),
            Cell(amounts.interval(line.row, spec)),
            Cell(amounts.difference(line.change, spec)),
            Cell(verdict, kind="text", tone=verdicts.tone(line.row.level, spec)),
        )
        yield Row("", f"{spec.short} ({periods.when(line.row.matperiod)})", None, cells)
