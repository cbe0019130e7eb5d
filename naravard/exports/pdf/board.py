"""A workshop's board as it is set on paper."""

from __future__ import annotations

from dataclasses import dataclass

from naravard.base.model import EXAMPLE
from naravard.base.numbers import number
from naravard.slides.slide import Note
from naravard.telling import theme
from naravard.workshop.board import Card, ShownFigure
from naravard.workshop.minutes import COMMON, Minutes, count_of, note, phones_of, title_of


@dataclass(frozen=True)
class Answer:
    """An answer as a card, with its group's colour."""

    text: str
    group: str
    colour: str
    more: tuple[str, ...]
    is_common: bool
    dots: int | None
    question: str


@dataclass(frozen=True)
class Votes:
    """How many dots an answer has."""

    text: str
    dots: int


@dataclass(frozen=True)
class Part:
    """A question, or what is common, with its answers and dots."""

    title: str
    heading: str
    answers: tuple[Answer, ...]
    voted: str
    dots: tuple[Votes, ...]


@dataclass(frozen=True)
class Figure:
    """A figure as it was shown."""

    title: str
    heading: str
    source: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Board:
    """The whole of it."""

    title: str
    heading: str
    sentences: tuple[str, ...]
    mark: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]


def board_of(record: Minutes) -> Board:
    """What is common first, then each question, then the figures."""
    first = title_of(record)
    parts = [_part(question.text, record.to(question.id), record, question.id) for question in record.workshop.fragor]
    if record.common:
        parts.insert(0, _part(COMMON, record.common, record, 0))
    return Board(
        title=first.title,
        heading=first.heading,
        sentences=first.sentences,
        mark=EXAMPLE if record.is_example else "",
        parts=tuple(parts),
        figures=tuple(map(_figure, record.figures)),
    )


def _part(title: str, cards: list[Card], record: Minutes, om: int) -> Part:
    has_dots = record.has_dots(om)
    results = record.results(om) if has_dots else []
    return Part(
        title=title,
        heading=f"{count_of(cards)} till frågan" if om else f"{number(len(cards))} svar som grupperna har gemensamt",
        answers=tuple(_answer(note(card, record, is_common=not om)) for card in cards),
        voted=phones_of(record, om) if has_dots else "",
        dots=tuple(Votes(card.text, dots) for card, dots in results),
    )


def _answer(content: Note) -> Answer:
    colour = theme.GROUPS[content.place % len(theme.GROUPS)]
    return Answer(
        content.text, content.group, colour, content.more, content.is_common, content.dots, content.question
    )  # fmt: skip


def _figure(figure: ShownFigure) -> Figure:
    source = figure.kalla + (f" · {EXAMPLE}" if figure.exempel else "")
    return Figure(figure.titel, figure.rubrik, source, figure.kolumner, figure.rader)
