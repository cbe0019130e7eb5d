"""A kommun's profile as slides: all its indicators in tables, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from naravard.base import kommuner, periods
from naravard.base.numbers import enumeration
from naravard.figures import overview
from naravard.figures.overview import Line
from naravard.figures.reader import Reader
from naravard.figures.standing import Standing, standings
from naravard.slides.slide import Deck, Slide, slide_of, slide_of_sources
from naravard.telling import amounts, phrases, provenance, situation, verdicts, vocabulary
from naravard.telling.tables import Cell, Row, Table, reckoned_cell

_LINES_ON_A_SLIDE, _LINES_ON_A_WALL = 9, 5
_NAMED = 3
_MOST_CHARTS = 8
_HEADINGS = ("Indikator", "Kommunen", "Länet", vocabulary.SPAN, "Sedan förra perioden", "Jämfört med länet")


def deck(kommun_kod: str, reader: Reader, version: int) -> Deck:
    """A kommun's profile: how it goes, charts with the kommun marked, all its indicators, and the sources."""
    kommun, lines = kommuner.area_name(kommun_kod), overview.profile(kommun_kod, reader)
    results = [line.measure.result for line in lines]
    last = slide_of_sources(results, version, provenance.mark_of(results))
    first = [_answers(kommun, lines, standings(kommun_kod, reader))] if lines else []
    return Deck(
        f"{kommun}: nära vård i siffror",
        "Kommunprofil",
        (*first, *_charts(kommun, lines), *slides(kommun, lines), last),
    )


def _answers(kommun: str, lines: Sequence[Line], all_standings: Sequence[Standing]) -> Slide:
    """What a leader asks first, as a table of questions and answers."""
    texts = {
        answer.heading: " ".join(statement.text for statement in answer.sentences)
        for answer in situation.answers(all_standings)
    }
    rows = tuple(Row("", heading, None, (Cell(text, kind="text"),)) for heading, text in texts.items())
    return Slide(
        title=f"{kommun}: {_within_sentence(situation.headline(all_standings))}",
        heading="Kommunprofil",
        kind="table",
        table=Table(f"Hur går det för {kommun}?", ("Fråga", "Svar"), rows),
        remarks=phrases.remarks_of(lines),
        notes="\n".join(f"{heading}: {text}" for heading, text in texts.items()),
        mark=provenance.mark_of(line.measure.result for line in lines),
    )


def _within_sentence(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].removesuffix(".")


def _charts(kommun: str, lines: Sequence[Line]) -> Iterator[Slide]:
    """The indicators that say most of the kommun, two on a slide: those that differ, then those with a direction."""
    drawn_lines = sorted(filter(_can_be_drawn, lines), key=_weight, reverse=True)[:_MOST_CHARTS]
    for i in range(0, len(drawn_lines), 2):
        pair = drawn_lines[i : i + 2]
        results = [line.measure.result.in_group(line.measure.grupp) for line in pair]
        slide = slide_of(results, "Kommunprofil")
        values = [f"{line.measure.indicator.short} {amounts.value(line.row, line.measure.indicator)}" for line in pair]
        yield replace(
            slide,
            title=f"{kommun}: {enumeration(values)}",
            figures=tuple(
                replace(figure, result=figure.result.marking(line.row.kommun_kod))
                for figure, line in zip(slide.figures, pair, strict=True)
            ),
            sentences=(),
        )


def _can_be_drawn(line: Line) -> bool:
    return line.row.varde is not None and not line.measure.indicator.kind.is_size


def _weight(line: Line) -> tuple[int, bool, bool]:
    return abs(line.row.level), line.measure.indicator.riktning != "neutral", line.row.is_judged


def slides(kommun: str, lines: Sequence[Line], most: int = _LINES_ON_A_SLIDE) -> list[Slide]:
    """A kommun's indicators, as many on each slide as can be read."""
    parts = [lines[i : i + most] for i in range(0, len(lines), most)]
    return [
        _slide(f"{kommun}: {_title(lines, i)}{f' ({i} av {len(parts)})' if len(parts) > 1 else ''}", kommun, part)
        for i, part in enumerate(parts, start=1)
    ]


def slides_on_wall(kommun: str, lines: Sequence[Line]) -> list[Slide]:
    """The same for a room: fewer on each, without the interval and the period, which the presenter's notes have."""
    return [replace(each, table=_without_span(each.table)) for each in slides(kommun, lines, _LINES_ON_A_WALL)]


def _without_span(table: Table | None) -> Table | None:
    if table is None:
        return None
    place = table.headings.index(vocabulary.SPAN)
    rows = tuple(
        row._replace(name=row.name.rpartition(" (")[0], cells=(*row.cells[: place - 1], *row.cells[place:]))
        for row in table.rows
    )
    return table._replace(headings=(*table.headings[:place], *table.headings[place + 1 :]), rows=rows)


def _title(lines: Sequence[Line], number: int) -> str:
    """The finding of all indicators first; what the others are is told by their table."""
    return phrases.profile_finding(lines, _NAMED) if number == 1 else "fler indikatorer"


def _slide(title: str, kommun: str, lines: Sequence[Line]) -> Slide:
    results = [line.measure.result for line in lines]
    return Slide(
        title=title,
        heading="Kommunprofil",
        kind="table",
        table=Table(f"{kommun}, alla indikatorer", _HEADINGS, tuple(_rows(lines))),
        sources=tuple(dict.fromkeys(map(provenance.source_line, results))),
        remarks=(*phrases.what_is_not_compared(lines), *phrases.remarks_of(lines)),
        signs=" ".join(dict.fromkeys(filter(None, map(provenance.signs, results)))),
        notes="\n".join(
            f"{line.measure.indicator.short}. {phrases.sentence(line.row, line.measure.result)}" for line in lines
        ),
        mark=provenance.mark_of(results),
    )


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        spec = line.measure.indicator
        verdict = f"{verdicts.shape(line.row)} {verdicts.verdict_in_words(line.row, spec)}".strip()
        cells = (
            Cell(amounts.value(line.row, spec), amounts.why(line.row)),
            Cell(amounts.value(line.measure.lan, spec), amounts.why(line.measure.lan)),
            reckoned_cell(amounts.interval(line.row, spec)),
            reckoned_cell(amounts.difference(line.change, spec)),
            Cell(verdict, kind="text", tone=verdicts.tone(line.row.level, spec)),
        )
        yield Row("", f"{spec.short} ({periods.when(line.row.matperiod)})", None, cells)
