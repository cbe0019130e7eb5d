"""What comes for an area as slides: how many more they will be, and what today's rates would mean."""

from __future__ import annotations

from collections.abc import Sequence

from naravard.figures.forward import Assumptions, Population
from naravard.slides.slide import Deck, Slide
from naravard.telling import forward as words
from naravard.telling import provenance
from naravard.telling.forward import Outlook
from naravard.telling.tables import Cell, Row, Table


def deck(population: Population, outlooks: Sequence[Outlook], assumptions: Assumptions, base: int) -> Deck:
    """A slide of the inhabitants, and one of the arithmetic."""
    area = words.area_name(population)
    slides = _inhabitants(population, base), _arithmetic(population, outlooks, assumptions, base)
    return Deck(f"Framåt: {area}", f"Invånare 80 år och äldre i {area}", slides)


def _inhabitants(population: Population, base: int) -> Slide:
    heading = f"Invånare 80 år och äldre, {words.area_name(population)}"
    results = population.results
    return Slide(
        title=words.finding(population, base),
        heading=heading,
        kind="table",
        table=_table(heading, words.POPULATION_HEADINGS, words.population_rows(population, base)),
        sources=tuple(dict.fromkeys(map(provenance.source_line, results))),
        remarks=tuple(dict.fromkeys(note for result in results for note in provenance.notes(result))),
        notes=words.alt(population, base),
        mark=provenance.mark_of(results),
    )


def _arithmetic(population: Population, outlooks: Sequence[Outlook], assumptions: Assumptions, base: int) -> Slide:
    heading = f"Räkneexempel, {words.area_name(population)}"
    results = [each.today.result for each in outlooks if each.today]
    rows = words.rows(outlooks, assumptions, population, base)
    return Slide(
        title=f"Vad dagens takt skulle betyda i {words.area_name(population)} med fler invånare 80+",
        heading=f"{words.ARITHMETIC} {words.HOW}",
        kind="table",
        table=_table(heading, words.headings(population, base), rows),
        sources=tuple(dict.fromkeys(map(provenance.source_line, results))),
        remarks=tuple(words.notes(outlooks, assumptions, base)),
        notes=f"{words.ARITHMETIC} {words.HOW}",
        mark=provenance.mark_of(results),
    )


def _table(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        caption, tuple(headings), tuple(Row("", first, None, tuple(map(Cell, others))) for first, *others in rows)
    )
