"""How it goes for an area in sentences: what goes well, what does not, what is new, and what is flagged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import htpy
from htpy import Element, Node

from naravard.figures.standing import Standing
from naravard.telling import situation
from naravard.telling.situation import Block, Sentence
from naravard.ui.elements import link, shape, small_print
from naravard.ui.view_addresses import page_address, view_address

_WAYS_ON = (
    ("workshop", "ta upp det i en workshop"),
    ("malbild", "se vad målbilden säger"),
    ("framat", "se vad som väntar"),
)


def blocks(standings: Sequence[Standing]) -> Iterator[Element]:
    """A section for each block, in which each sentence leads to its view."""
    return map(_block, situation.blocks(standings))


def not_told(standings: Sequence[Standing]) -> Element | None:
    """How many the headline leaves out, and why, right below it; None where it counts them all."""
    text = situation.not_told(standings)
    return small_print(text) if text else None


def flagged(content: Node) -> Element | None:
    """What is remarked on, under its own heading; None where nothing is."""
    return htpy.section(".block.flaggat")[htpy.h2[situation.FLAGGED], content] if content else None


def flags_of_area(standings: Sequence[Standing]) -> list[Element]:
    """The remarks on an area's own figures, a paragraph each."""
    return [htpy.p[text] for text in situation.flags(standings)]


def to_ask(standings: Sequence[Standing]) -> Element | None:
    """Questions to take along, and where to go on with them; None where no figure gives one."""
    questions = situation.questions(standings)
    if not questions:
        return None
    on = [link(page_address(page))[text] for page, text in _WAYS_ON]
    return htpy.section(".block.fragor")[
        htpy.h2[situation.QUESTIONS],
        [
            htpy.p[link(view_address(each.measure))[each.measure.indicator.short], f": {each.text}"]
            for each in questions
        ],
        htpy.p(".vidare")["Gå vidare: ", on[0], ", ", on[1], " eller ", on[2], "."],
    ]


def _block(block: Block) -> Element:
    return htpy.section(class_=["block", block.id])[
        htpy.h2[block.heading],
        [_sentence(sentence) for sentence in block.sentences] or htpy.p(".tomt")[block.otherwise],
    ]


def _sentence(sentence: Sentence) -> Element:
    head, _, rest = sentence.text.partition(": ")
    return htpy.p(class_=["signal", sentence.tone, not sentence.is_sure and "osaker"])[
        shape(sentence.mark, sentence.tone), " ", link(view_address(sentence.measure))[head], f": {rest}"
    ]
