"""A result of more kommuner than a slide has room for, as several: each with the län beside some of the kommuner."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from naravard.figures.gate import ProtectedResult
from naravard.slides.slide import Deck, Form, Slide, slide_of
from naravard.telling import provenance

MOST = 20
"""So many kommuner can be read on a slide."""


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
    return [tuple(result.only(koder[begin:end]) for result in results) for begin, end in pairwise(ends)]


def part_slide(
    result: ProtectedResult, number: int, *, form: Form = "diagram", filters: tuple[str, ...] = (), most: int = MOST
) -> tuple[Slide, ProtectedResult]:
    """The slide of one part, from 1, and what it shows. Its title is the finding of all, and which part it is."""
    all_parts = parts(result, most)
    number = min(max(number, 1), len(all_parts))
    part = all_parts[number - 1]
    if len(all_parts) == 1:
        return slide_of([part], form=form, filters=filters), part
    words = f"Kommunerna står på {len(all_parts)} bilder, med länet på varje. Det här är bild {number}."
    slide = slide_of([part], form=form, filters=(*filters, words), lead=result)
    return replace(slide, title=f"{slide.title} ({number} av {len(all_parts)})", sentences=()), part


def deck_of(result: ProtectedResult, *, form: Form = "diagram", filters: tuple[str, ...] = ()) -> Deck:
    """One view as a deck: a slide, or one for each part."""
    slides = [part_slide(result, i + 1, form=form, filters=filters)[0] for i in range(len(parts(result)))]
    return Deck(result.indicator.titel, provenance.source_line(result), tuple(slides))
