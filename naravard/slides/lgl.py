"""LGL's statistics slides: which they are, in which order and what they show is written in data/lgl.toml."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from naravard.base import clock, kommuner, periods, settings, structs
from naravard.base.errors import NotFound, UserError
from naravard.base.model import EXAMPLE, UNKNOWN_PERIOD
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides.parts import in_parts
from naravard.slides.slide import Deck, Form, Slide, slide_of, slide_of_sources, slide_without_figures
from naravard.sources import nyckeltal
from naravard.telling import provenance


@dataclass(frozen=True)
class PlannedSlide:
    """One slide: the indicators in `visar` are drawn, those in `sager` are told in a sentence each.

    `annars` are drawn where none in `visar` has figures.
    """

    nummer: int
    rubrik: str
    visar: tuple[str, ...]
    annars: tuple[str, ...] = ()
    sager: tuple[str, ...] = ()
    form: Form = "diagram"


@dataclass(frozen=True)
class Plan:
    """The whole deck, as data/lgl.toml has it: whose län it is, and what those who own it are called there."""

    lan: str
    agare: str
    titel: str
    underrubrik: str
    bild: tuple[PlannedSlide, ...]


@cache
def plan() -> Plan:
    """The plan of the deck. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "lgl.toml", Plan)


def owner(lan_kod: str) -> str:
    """What those who own the slides are called; empty in another län, where nobody is named so."""
    return plan().agare if lan_kod == plan().lan else ""


def name_of_slides(lan_kod: str) -> str:
    """`LGL:s bilder`, or what they are called in another län."""
    return f"{owner(lan_kod)}:s bilder" if owner(lan_kod) else "Länets bilder"


def without_printed_figures(*numbers: int) -> str:
    """That slides have no figures printed on them; empty in another län, which has not printed any."""
    name = owner(settings.lan_kod())
    which = f"{'bild' if len(numbers) == 1 else 'bilder'} {enumeration([str(each) for each in numbers])}"
    return f"{name}:s {which} har inga tryckta siffror" if name and numbers else ""


def planned_slide(number: int) -> PlannedSlide:
    """What one of the slides shows. Raises NotFound for a number that none has."""
    entries = plan().bild
    entry = next((entry for entry in entries if entry.nummer == number), None)
    if entry is None:
        raise NotFound(f"Bild {number} finns inte. De har nummer {entries[0].nummer} till {entries[-1].nummer}.")
    return entry


def matperioder(reader: Reader) -> list[str]:
    """All periods with a date that the slides can be made for, the newest first."""
    names = [name for entry in plan().bild for name in entry.visar]
    results = [r for name in names if not _has_fixed_period(name) and (r := _result_of(name, reader, None))]
    dated_periods = {period for result in results for period in result.matperioder if period != UNKNOWN_PERIOD}
    return sorted(dated_periods, key=periods.sort_key, reverse=True)


def deck(reader: Reader, version: int, matperiod: str | None = None, *, is_example: bool = False) -> Deck:
    """The slides that have figures, between a title and a slide of sources, which names those that have none yet.

    `matperiod` None is the newest of each.
    """
    all_slides = [_slide(entry, reader, matperiod, is_example) for entry in plan().bild]
    figure_slides = [each for each in all_slides if each.figures]
    without_figures = [each for each in all_slides if not each.figures]
    lan_kod = settings.lan_kod()
    title = f"{plan().titel}: {kommuner.lan_name(lan_kod)}"
    subject = plan().underrubrik if owner(lan_kod) else name_of_slides(lan_kod)
    period = f"Mätperiod: {periods.when(matperiod)}" if matperiod else "Senaste mätperiod för varje indikator"
    results = [figure.result for each in figure_slides for figure in each.figures]
    mark = provenance.mark_of(results) or (EXAMPLE if is_example else "")
    title_slide = Slide(
        title=title,
        heading=subject,
        kind="title",
        sentences=(period, f"Version {version} · Framställd {clock.today().isoformat()}"),
        notes="Varje tal är skyddat innan det visas: små antal är dolda. Källor och uttag står på sista bilden.",
        mark=mark,
    )
    last = slide_of_sources(results, version, mark, without_figures)
    return Deck(title, subject, (title_slide, *(part for each in figure_slides for part in in_parts(each)), last))


def slide(number: int, reader: Reader, matperiod: str | None = None, *, is_example: bool = False) -> Slide:
    """One of the slides, with all its figures."""
    return _slide(planned_slide(number), reader, matperiod, is_example)


def _slide(entry: PlannedSlide, reader: Reader, matperiod: str | None, is_example: bool) -> Slide:
    """One of the slides: figures where there are any for the period, else what is needed to have them."""
    results = _results_of(entry.visar, reader, matperiod) or _results_of(entry.annars, reader, matperiod)
    if not results:
        return slide_without_figures(entry.rubrik, matperiod, *entry.visar, mark=EXAMPLE if is_example else "")
    # a chart with one bar says no more than its number: that is told in a sentence, beside a chart that has more
    figures = [result for result in results if len(result.rows) > 1] or results[:1]
    in_sentences = [result for result in results if result not in figures]
    in_sentences += _results_of(entry.sager, reader, matperiod)
    with_figures = slide_of(figures, entry.rubrik, in_sentences, form=entry.form, lead=results[0])
    return replace(with_figures, sentences=(*with_figures.sentences, *_whose(figures)))


def _whose(results: Sequence[ProtectedResult]) -> list[str]:
    """That the figures are not the deck's own, where someone else has computed them."""
    owners = dict.fromkeys(r.indicator.kalla for r in results if r.indicator.behover == nyckeltal.SOURCE.id)
    name = owner(settings.lan_kod())
    return [f"Talen är ur {enumeration(list(owners))} och inte {name}:s egna."] if owners and name else []


def _results_of(names: Sequence[str], reader: Reader, matperiod: str | None) -> list[ProtectedResult]:
    return [result for name in names if (result := _result_of(name, reader, matperiod))]


def _has_fixed_period(name: str) -> bool:
    spec = indicators.by_id(name)
    return spec.is_series or spec.period_per_omrade


def _result_of(name: str, reader: Reader, matperiod: str | None) -> ProtectedResult | None:
    """An indicator's figures; None where it has none for the period, or cannot be computed."""
    period = None if _has_fixed_period(name) else matperiod
    with suppress(UserError):  # one that cannot be computed says so on its own page
        return reader.find(name, periods.EVERY if indicators.by_id(name).is_series else period)
    return None
