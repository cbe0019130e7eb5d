"""A result of more kommuner than a slide has room for, as several: each with the län beside some of the kommuner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from naravard.base.numbers import NBSP, quantity
from naravard.figures.gate import ProtectedResult
from naravard.slides.slide import Deck, Form, Slide, slide_of
from naravard.telling import provenance

MOST = 20
"""So many kommuner can be read on a slide."""
_MOST_BESIDE = 13
"""So many where each has several bars, or two figures stand beside each other: their names need the height."""


def parts(result: ProtectedResult, most: int = MOST) -> list[ProtectedResult]:
    """The result as it is where all its kommuner have room; else as few parts as can be, of about as many each."""
    return [part for (part,) in parts_of_several((result,), most)]


def parts_of_several(results: tuple[ProtectedResult, ...], most: int) -> list[tuple[ProtectedResult, ...]]:
    """The same of results that stand beside each other: each part has the same kommuner of them all."""
    koder = list(dict.fromkeys(row.kommun_kod for result in results for row in result.kommuner))
    count = -(-len(koder) // most)
    if count < 2:
        return [results]
    ends = [round(i * len(koder) / count) for i in range(count + 1)]
    return [tuple(result.part(koder[begin:end]) for result in results) for begin, end in pairwise(ends)]


def part_slide(
    result: ProtectedResult, number: int, *, form: Form = "diagram", filters: tuple[str, ...] = (), most: int = MOST
) -> tuple[Slide, ProtectedResult]:
    """The slide of one part, from 1, and what it shows. Its title is the finding of all, and which part it is."""
    all_parts = parts(result, most)
    number = min(max(number, 1), len(all_parts))
    part = all_parts[number - 1]
    if len(all_parts) == 1:
        return slide_of([part], form=form, filters=filters), part
    which = _which(number, len(all_parts), [part])
    slide = slide_of([part], form=form, filters=(*filters, which), lead=result)
    return replace(slide, title=_title(slide, number, len(all_parts)), sentences=()), part


def in_parts(slide: Slide) -> list[Slide]:
    """A slide of figures as it is where all their kommuner have room; else as several, each with its part of them all.

    What is told in sentences stands on the first.
    """
    results = tuple(figure.result for figure in slide.figures)
    all_parts = parts_of_several(results, MOST if _is_one_bar_each(slide) else _MOST_BESIDE)
    count = len(all_parts)
    if count < 2:
        return [slide]
    return [
        replace(
            slide,
            title=_title(slide, number, count),
            figures=tuple(replace(figure, result=of) for figure, of in zip(slide.figures, part, strict=True)),
            sentences=slide.sentences if number == 1 else (),
            sources=(*slide.sources, _which(number, count, part)),
            filters=(*slide.filters, _which(number, count, part)),
        )
        for number, part in enumerate(all_parts, start=1)
    ]


def _is_one_bar_each(slide: Slide) -> bool:
    """Whether each kommun has one bar, or one row: not several side by side, nor two figures."""
    return len(slide.figures) == 1 and all(
        figure.form == "tabell" or len(figure.result.groups) == 1 or figure.result.indicator.kind.part_of_whole
        for figure in slide.figures
    )


def _title(slide: Slide, number: int, count: int) -> str:
    return f"{slide.title} ({number}{NBSP}av{NBSP}{count})"


def _which(number: int, count: int, results: Sequence[ProtectedResult]) -> str:
    """Which slide it is; with the län where that is drawn: beside counts it would flatten the kommuner."""
    has_lan = any(row.kommun_kod == result.lan_kod for result in results for row in result.rows)
    with_lan = ", med länet på varje" if has_lan and not any(r.indicator.kind.is_size for r in results) else ""
    all_slides = quantity(count, "bild", "bilder")
    return f"Kommunerna står på {all_slides}{with_lan}. Det här är bild {number}."


def deck_of(result: ProtectedResult, *, form: Form = "diagram", filters: tuple[str, ...] = ()) -> Deck:
    """One view as a deck: a slide, or one for each part."""
    slides = [part_slide(result, i + 1, form=form, filters=filters)[0] for i in range(len(parts(result)))]
    return Deck(result.indicator.titel, provenance.source_line(result), tuple(slides))
