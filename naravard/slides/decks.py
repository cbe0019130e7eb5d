"""What stands on a slide, whatever it is shown with: the finding as title, the figures, and where they come from.

The order of LGL's own slides lies in data/lgl.toml. Everything here comes from results that have passed the gate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from naravard import __version__, sources
from naravard.base import kommuner, periods, settings
from naravard.base.errors import NotFound, UserError
from naravard.base.model import EXAMPLE, UNKNOWN_PERIOD
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.overview import Line
from naravard.figures.reader import Reader
from naravard.telling import amounts, phrases, provenance, verdicts
from naravard.telling.tables import Cell, Row, Table

Form = Literal["diagram", "tabell"]
_LINES_ON_A_SLIDE = 9


@dataclass(frozen=True)
class Figure:
    """One result on a slide, drawn as a chart or written as a table, with its texts."""

    result: ProtectedResult
    form: Form

    @property
    def alt(self) -> str:
        """What the figure shows, in words."""
        return phrases.alt(self.result)


@dataclass(frozen=True)
class Slide:
    """One slide. `title` is the finding, `heading` what is shown; `figures` are one or two, or none.

    `table` is a table of texts where the slide is not about one indicator. `sources`, `remarks` and `signs` are the
    small print, and `notes` is for the one who speaks. `missing` tells why there are no figures.
    """

    title: str
    heading: str = ""
    kind: Literal["title", "figures", "table", "missing"] = "figures"
    figures: tuple[Figure, ...] = ()
    table: Table | None = None
    sentences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    signs: str = ""
    notes: str = ""
    missing: str = ""
    is_example: bool = False


@dataclass(frozen=True)
class Deck:
    """Slides in order, and what the file with them is about."""

    title: str
    subject: str
    slides: tuple[Slide, ...]


def periods_of_lgl(reader: Reader) -> list[str]:
    """All periods with a date that LGL's slides can be made for, the newest first."""
    names = [name for entry in settings.table("lgl")["bild"] for name in entry["visar"]]
    results = [r for name in names if (r := _fetched(reader, name, None)) and not r.indicator.period_per_omrade]
    found = {period for result in results for period in result.matperioder if period != UNKNOWN_PERIOD}
    return sorted(found, key=periods.sort_key, reverse=True)


def lgl(reader: Reader, version: int, matperiod: str | None = None, *, is_example: bool = False) -> Deck:
    """LGL's seven statistics slides, between a title and a slide of sources. `matperiod` None is the newest of each."""
    plan = settings.table("lgl")
    numbered = [_numbered(entry, reader, matperiod, is_example) for entry in plan["bild"]]
    lan = kommuner.lan_name(settings.lan_kod())
    when = f"Mätperiod: {periods.when(matperiod)}" if matperiod else "Senaste mätperiod för varje indikator"
    first = Slide(
        title=f"{plan['titel']}: {lan}",
        heading=plan["underrubrik"],
        kind="title",
        sentences=(when, f"Version {version} · Framställd {date.today().isoformat()}"),
        notes="Varje tal är skyddat innan det visas: små antal är dolda. Källor och uttag står på sista bilden.",
        is_example=is_example,
    )
    results = [figure.result for slide in numbered for figure in slide.figures]
    return Deck(
        f"{plan['titel']}: {lan}",
        plan["underrubrik"],
        (first, *numbered, _sources(results, version, is_example)),
    )


def planned(number: int) -> dict[str, Any]:
    """What one of LGL's slides shows, from data/lgl.toml. Raises NotFound for a number that none has."""
    plan: list[dict[str, Any]] = settings.table("lgl")["bild"]
    found = next((entry for entry in plan if entry["nummer"] == number), None)
    if found is None:
        raise NotFound(f"LGL:s bild {number} finns inte. De har nummer {plan[0]['nummer']} till {plan[-1]['nummer']}.")
    return found


def one_of_lgl(number: int, reader: Reader, matperiod: str | None = None, *, is_example: bool = False) -> Slide:
    """One of LGL's slides with a single figure: what else it has is told in sentences."""
    return _numbered(planned(number), reader, matperiod, is_example, figures=1)


def _numbered(
    entry: dict[str, Any], reader: Reader, matperiod: str | None, is_example: bool, figures: int | None = None
) -> Slide:
    """One of LGL's slides: figures where there are any for the period, else what is needed to have them."""
    shown = [result for name in entry["visar"] if (result := _fetched(reader, name, matperiod))]
    if not shown:
        return without_figures(entry["rubrik"], matperiod, *entry["visar"], is_example=is_example)
    told = [result for name in entry.get("sager", ()) if (result := _fetched(reader, name, matperiod))]
    # a chart with one bar says no more than its number: it is told instead, beside one that has more
    drawn = [result for result in shown if len(result.rows) > 1] or shown[:1]
    drawn = drawn[:figures]
    told = [result for result in shown if result not in drawn] + told
    return of_results(drawn, entry["rubrik"], told, form=entry.get("form", "diagram"), lead=shown[0])


def _fetched(reader: Reader, name: str, matperiod: str | None) -> ProtectedResult | None:
    per_area = indicators.indicator(name).period_per_omrade
    with suppress(UserError):  # one that cannot be computed says so on its own page
        return reader.find(name, None if per_area else matperiod)
    return None


def of_results(
    results: Sequence[ProtectedResult],
    heading: str = "",
    told: Sequence[ProtectedResult] = (),
    *,
    form: Form = "diagram",
    chosen: Sequence[str] = (),
    lead: ProtectedResult | None = None,
) -> Slide:
    """A slide of one or two results. `told` are said in a sentence, `chosen` are the filters in words.

    The title says the finding of `lead`, the first result where none is given. Results without rows are left out;
    where all are, the slide says what is needed.
    """
    if not any(result.rows for result in results):
        names = [result.indicator.id for result in results]
        titel, is_example = results[0].indicator.titel, results[0].is_example
        return without_figures(heading or titel, None, *names, is_example=is_example)
    results = [result for result in results if result.rows]
    first = lead or results[0]
    everything = [*results, *told]
    return Slide(
        title=phrases.headline(first),
        heading=heading or first.indicator.titel,
        figures=tuple(Figure(result, form) for result in results),
        sentences=tuple(f"{phrases.headline(result)}." for result in everything if result is not first),
        sources=tuple(dict.fromkeys([*map(provenance.source_line, everything), *chosen])),
        remarks=tuple(dict.fromkeys(note for result in everything for note in provenance.notes(result))),
        signs=" ".join(dict.fromkeys(filter(None, map(provenance.signs, results)))),
        notes="\n\n".join(map(_spoken, everything)),
        is_example=any(result.is_example for result in everything),
    )


def _spoken(result: ProtectedResult) -> str:
    """Definition, numerator, denominator and comparison, for the notes under a slide."""
    spec = result.indicator
    of = f"Täljare: {spec.taljare}. Nämnare: {spec.namnare}." if spec.namnare else f"Räknas: {spec.taljare}."
    return "\n".join(
        [f"{spec.titel}. {spec.definition}", of, *verdicts.about_comparison(result), f"Räknas i {spec.file}."]
    )


def without_figures(heading: str, matperiod: str | None = None, *indicator_ids: str, is_example: bool) -> Slide:
    """A slide that says what is needed for its figures to be shown."""
    specs = [indicators.indicator(name) for name in indicator_ids]
    needed = next((spec.behover for spec in specs if spec.behover), None)
    what = f"ett uttag av typen ”{sources.source(needed).title}”" if needed else "ett uttag"
    period = f" för {periods.label(matperiod)}" if matperiod else ""
    return Slide(
        title=f"Siffror saknas: {heading}",
        heading=heading,
        kind="missing",
        missing=f"Siffror saknas{period}. För att visa dem behövs {what}.",
        notes="\n".join(spec.definition for spec in specs),
        is_example=is_example,
    )


def _sources(results: Sequence[ProtectedResult], version: int, is_example: bool) -> Slide:
    """Where all figures of a deck come from."""
    extracts = {extract.uttag_id: extract for result in results for extract in result.extracts}
    rows = tuple(
        Row("", e.titel, None, (Cell(e.ursprung, kind="text"), Cell(periods.when(e.matperiod), kind="text"),
            Cell(e.filnamn, kind="text"), Cell(e.nar[:10], kind="text"), Cell(e.vem, kind="text")))
        for e in extracts.values()
    )  # fmt: skip
    return Slide(
        title="Källor och uttag",
        kind="table",
        table=Table("Källor och uttag", ("Källa", "Ursprung", "Mätperiod", "Fil", "Inläst", "Av"), rows),
        sources=(f"Nära vård i siffror {__version__} · Version {version}" + (f" · {EXAMPLE}" if is_example else ""),),
        signs=".. är dolt för att skydda enskilda. - betyder att uppgiften saknas.",
        notes="Varje tal går att följa till sitt uttag, med fil, person och dag, på sidan Källor och uttag.",
        is_example=is_example,
    )


def view(result: ProtectedResult, *, form: Form = "diagram", chosen: Sequence[str] = ()) -> Deck:
    """One view as a deck of one slide."""
    return Deck(
        result.indicator.titel, provenance.source_line(result), (of_results([result], form=form, chosen=chosen),)
    )


PROFILE_HEADINGS = ("Indikator", "Kommunen", "Länet", "95 % osäkerhet", "Sedan förra perioden", "Jämfört med länet")


def profile(kommun: str, lines: Sequence[Line], version: int) -> Deck:
    """A kommun's profile: its indicators as tables, and the sources."""
    is_example = any(line.measure.result.is_example for line in lines)
    results = [line.measure.result for line in lines]
    shown = (*profile_slides(kommun, lines), _sources(results, version, is_example))
    return Deck(f"{kommun}: nära vård i siffror", "Kommunprofil", shown)


def profile_slides(kommun: str, lines: Sequence[Line]) -> list[Slide]:
    """A kommun's indicators, as many on each slide as can be read."""
    parts = [lines[i : i + _LINES_ON_A_SLIDE] for i in range(0, len(lines), _LINES_ON_A_SLIDE)]
    return [
        _profile_slide(kommun, part, f" ({i} av {len(parts)})" if len(parts) > 1 else "")
        for i, part in enumerate(parts, start=1)
    ]


def _profile_slide(kommun: str, lines: Sequence[Line], part: str) -> Slide:
    results = [line.measure.result for line in lines]
    differ = [line for line in lines if line.row.level]
    says = enumeration([line.measure.indicator.short for line in differ][:3]) if differ else ""
    return Slide(
        title=f"{kommun}{part}: {says} avviker från länet"
        if says
        else f"{kommun}{part}: ingen säker skillnad mot länet",
        heading="Kommunprofil",
        kind="table",
        table=Table(f"{kommun}, alla indikatorer", PROFILE_HEADINGS, tuple(_profile_rows(lines))),
        sources=tuple(dict.fromkeys(map(provenance.source_line, results))),
        signs=" ".join(dict.fromkeys(filter(None, map(provenance.signs, results)))),
        notes="\n".join(phrases.sentence(line.row, line.measure.result) for line in lines),
        is_example=any(result.is_example for result in results),
    )


def _profile_rows(lines: Sequence[Line]) -> Iterator[Row]:
    for line in lines:
        spec = line.measure.indicator
        judged = verdicts.verdict_with_shape(line.row, spec)
        cells = (
            Cell(amounts.value(line.row, spec), amounts.why(line.row)),
            Cell(amounts.value(line.measure.lan, spec), amounts.why(line.measure.lan)),
            Cell(amounts.interval(line.row, spec)),
            Cell(amounts.difference(line.change, spec)),
            Cell(judged, kind="text", tone=verdicts.tone(line.row.level, spec)),
        )
        yield Row("", f"{spec.short} ({periods.when(line.row.matperiod)})", None, cells)
