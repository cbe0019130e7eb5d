"""What stands on a slide, whatever it is shown with: the finding as title, the figures, and where they come from.

Everything here comes from results that have passed the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from naravard import __version__, sources
from naravard.base import periods
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.telling import phrases, provenance, verdicts
from naravard.telling.tables import Cell, Row, Table

Form = Literal["diagram", "tabell"]


@dataclass(frozen=True)
class Figure:
    """One result on a slide, drawn as a chart or written as a table, with its texts."""

    result: ProtectedResult
    form: Form

    @property
    def alt(self) -> str:
        """What the figure shows, in words; the kommun that is marked first."""
        own_kommun = self.result.own_kommun
        own_row = self.result.row(own_kommun, self.result.lead_group) if own_kommun else None
        own = f"{phrases.sentence(own_row, self.result)} " if own_row else ""
        return f"{own}{phrases.alt(self.result)}"


@dataclass(frozen=True)
class Note:
    """An answer on a board: whose it is, by the place of its group, what was merged into it, and its dots."""

    text: str
    group: str
    place: int = 0
    more: tuple[str, ...] = ()
    is_common: bool = False
    dots: int | None = None
    share: float = 0
    """Its dots by those of the one that has the most."""
    question: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide. `title` is the finding, `heading` what is shown; `figures` are one or two, or none.

    `table` is a table of texts where the slide is not about one indicator; `board` is answers as cards, with a figure
    beside, or as bars of their dots: as many as there are, which may take several slides. `sources`, `remarks` and
    `signs` are the small print, `filters` those of the sources that tell what a view has left out or how it is ordered,
    and `notes` is for the speaker. `why_missing` tells why there are no figures.
    """

    title: str
    heading: str = ""
    kind: Literal["title", "figures", "table", "missing", "board", "dots"] = "figures"
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    board: tuple[Note, ...] = ()
    sentences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    signs: str = ""
    notes: str = ""
    why_missing: str = ""
    mark: str = ""
    """What must stand on it, as EXEMPELDATA; empty for the real figures that all may see."""


@dataclass(frozen=True)
class Deck:
    """Slides in order, and what the file with them is about."""

    title: str
    subject: str
    slides: tuple[Slide, ...]


def slide_of(
    results: Sequence[ProtectedResult],
    heading: str = "",
    in_sentences: Sequence[ProtectedResult] = (),
    *,
    form: Form = "diagram",
    filters: Sequence[str] = (),
    lead: ProtectedResult | None = None,
) -> Slide:
    """A slide of one or two results as figures, and others in a sentence each. `filters` are a view's, in words.

    The title says the finding of `lead`, the first result where none is given. Results without rows are left out;
    where all are, the slide says what is needed.
    """
    if not any(result.rows for result in results):
        names = [result.indicator.id for result in results]
        return slide_without_figures(heading or results[0].indicator.titel, None, *names, mark=results[0].mark)
    results = [result for result in results if result.rows]
    first = lead or results[0]
    all_results = [*results, *in_sentences]
    return Slide(
        title=phrases.headline(first),
        heading=heading or first.indicator.titel,
        figures=tuple(Figure(result, form) for result in results),
        sentences=tuple(f"{phrases.headline(result)}." for result in all_results if result is not first),
        sources=tuple(dict.fromkeys([*map(provenance.source_line, all_results), *filters])),
        filters=tuple(filters),
        remarks=tuple(dict.fromkeys(note for result in all_results for note in provenance.notes(result))),
        signs=" ".join(dict.fromkeys(filter(None, map(provenance.signs, results)))),
        notes="\n\n".join(map(_speaker_notes, all_results)),
        mark=provenance.mark_of(all_results),
    )


def _speaker_notes(result: ProtectedResult) -> str:
    """Definition, numerator, denominator and comparison, for the notes under a slide."""
    spec = result.indicator
    counts = f"Det som räknas: {spec.taljare}."
    if spec.namnare:
        counts += f" Av (nämnare): {spec.namnare}."
    return "\n".join([f"{spec.titel}. {spec.definition}", counts, *verdicts.about_comparison(result)])


def slide_without_figures(heading: str, matperiod: str | None = None, *indicator_ids: str, mark: str) -> Slide:
    """A slide that says what is needed for its figures to be shown."""
    specs = [indicators.by_id(name) for name in indicator_ids]
    source_id = next((spec.behover for spec in specs if spec.behover), None)
    extract = f"ett uttag av typen ”{sources.source(source_id).title}”" if source_id else "ett uttag"
    period = f" för {periods.label(matperiod)}" if matperiod else ""
    return Slide(
        title=f"Siffror saknas{period}: {heading}",
        heading=heading,
        kind="missing",
        why_missing=f"För att visa dem behövs {extract}.",
        notes="\n".join(spec.definition for spec in specs),
        mark=mark,
    )


def slide_of_sources(
    results: Sequence[ProtectedResult], version: int, mark: str, without_figures: Sequence[Slide] = ()
) -> Slide:
    """Where all figures of a deck come from, and which slides are left out because they have none yet."""
    extracts = {extract.uttag_id: extract for result in results for extract in result.extracts}
    rows = tuple(
        Row("", e.titel, None, (Cell(e.ursprung, kind="text"), Cell(periods.when(e.matperiod), kind="text"),
            Cell(e.nar[:10], kind="text")))
        for e in extracts.values()
    )  # fmt: skip
    missing = [slide.heading for slide in without_figures]
    return Slide(
        title="Källor och uttag",
        kind="table",
        table=Table("Källor och uttag", ("Källa", "Ursprung", "Mätperiod", "Inläst"), rows),
        sentences=(f"Inga siffror än: {enumeration(missing)}.",) if missing else (),
        sources=(f"Nära vård i siffror {__version__} · Version {version}" + (f" · {mark}" if mark else ""),),
        signs=".. är dolt för att skydda enskilda. - betyder att uppgiften saknas.",
        notes="\n".join(
            [
                "Varje tal går att följa till sitt uttag, med fil, person och dag, på sidan Källor och uttag.",
                *(f"{slide.title}. {slide.why_missing}" for slide in without_figures),
            ]
        ),
        mark=mark,
    )
