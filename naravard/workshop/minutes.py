"""What a workshop came to, for afterwards: the board as slides, with the figures that it was about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from naravard.base.model import EXAMPLE
from naravard.base.numbers import enumeration, number
from naravard.slides.slide import Deck, Slide
from naravard.telling.tables import Cell, Row, Table
from naravard.workshop.board import Card, ShownFigure, Workshop

COMMON = "Det gemensamma"
_LINES, _LINE, _NAME, _BESIDE = 11, 70, 18, 36
"""Lines on a slide, and letters in a line of an answer, of a group and of what stands to the right."""
_FIGURES_NAMED = 2


@dataclass(frozen=True)
class Minutes:
    """A workshop with the answers that its leader lets be seen, and the figures that were on screen, each once."""

    workshop: Workshop
    cards: tuple[Card, ...]
    figures: tuple[ShownFigure, ...] = field(default=())

    @property
    def is_example(self) -> bool:
        """Whether any of the figures is EXEMPELDATA."""
        return any(figure.exempel for figure in self.figures)

    def group(self, card: Card) -> str:
        """The name of the group that wrote an answer."""
        return next((group.text for group in self.workshop.grupper if group.id == card.grupp), "")

    def question(self, card: Card) -> str:
        """The question that an answer is to."""
        return next((question.text for question in self.workshop.fragor if question.id == card.fraga), "")

    def to(self, question_id: int) -> list[Card]:
        """The answers to a question, by group."""
        order = {group.id: place for place, group in enumerate(self.workshop.grupper)}
        mine = [card for card in self.cards if card.fraga == question_id]
        return sorted(mine, key=lambda card: (order.get(card.grupp, 0), card.id))


def minutes(workshop: Workshop, cards: Sequence[Card]) -> Minutes:
    """What is told of a workshop: its answers, and the figures that they were written before."""
    figures = dict.fromkeys(card.figur for card in cards if card.figur is not None)
    return Minutes(workshop, tuple(cards), tuple(figures))


def deck(record: Minutes, slide_of: Callable[[ShownFigure], Slide | None]) -> Deck:
    """The board as slides, then the figures. `slide_of` gives a figure's slide, or None where its version is gone."""
    workshop = record.workshop
    slides = [_title(record)]
    if common := [card for card in record.cards if card.gemensamt]:
        slides += _answers(COMMON, "Det som grupperna har gemensamt", common, record, with_question=True)
    for question in workshop.fragor:
        cards = record.to(question.id)
        slides += (
            _answers(question.text, f"{_count(cards)} till frågan", cards, record) if cards else [_empty(question.text)]
        )
    slides += [slide_of(figure) or _as_kept(figure) for figure in record.figures]
    return Deck(f"Workshop: {workshop.namn}", "Svaren och de siffror som de gällde", tuple(slides))


def _count(cards: Sequence[Card]) -> str:
    total = sum(1 + len(card.lika) for card in cards)
    return "Ett svar" if total == 1 else f"{number(total)} svar"


def _title(record: Minutes) -> Slide:
    groups = enumeration([group.text for group in record.workshop.grupper])
    return Slide(
        title=f"Workshop: {record.workshop.namn}",
        heading=f"{_count(record.cards)} från grupperna {groups}",
        kind="title",
        sentences=(f"Öppnad {record.workshop.oppnad[:10]}", "Svaren är deltagarnas egna ord, och inte kontrollerade."),
        is_example=record.is_example,
    )


def _empty(question: str) -> Slide:
    return Slide(title=question, kind="missing", why_missing="Inga svar på den här frågan.")


def _answers(
    title: str, heading: str, cards: Sequence[Card], record: Minutes, *, with_question: bool = False
) -> list[Slide]:
    """As many slides as the answers take."""
    headings = ("Grupp", "Svar", "Fråga" if with_question else "")
    rows = [row for card in cards for row in _rows(card, record, with_question)]
    parts = list(_pages(rows))
    figure_lines = tuple(dict.fromkeys(f"Senast på skärmen: {card.figur.titel}" for card in cards if card.figur))
    return [
        Slide(
            title=title + (f" ({place} av {len(parts)})" if len(parts) > 1 else ""),
            heading=heading,
            kind="table",
            table=Table(title, headings, tuple(part)),
            sources=figure_lines[:_FIGURES_NAMED],
            is_example=any(card.figur.exempel for card in cards if card.figur),
        )
        for place, part in enumerate(parts, start=1)
    ]


def _pages(rows: Sequence[Row]) -> Iterator[list[Row]]:
    page: list[Row] = []
    used_lines = 0
    for row in rows:
        takes = 1 + max(len(text) // width for text, width in _texts(row))
        if page and used_lines + takes > _LINES:
            yield page
            page, used_lines = [], 0
        page.append(row)
        used_lines += takes
    yield page


def _texts(row: Row) -> list[tuple[str, int]]:
    """The texts of a row, with how many letters of each go in a line."""
    answer, beside = row.cells
    return [(answer.text, _LINE), (row.name, _NAME), (beside.text, _BESIDE)]


def _rows(card: Card, record: Minutes, with_question: bool) -> Iterator[Row]:
    """An answer, and under it each of those that were merged into it."""
    last = record.question(card) if with_question else "★" if card.gemensamt else ""
    yield Row("", record.group(card), None, (Cell(card.text, kind="text"), Cell(last, kind="text")))
    for text in card.lika:
        yield Row("", "", None, (Cell(f"+ {text}", kind="text"), Cell("", kind="text")))


def _as_kept(figure: ShownFigure) -> Slide:
    """A figure as it was shown, when the version that it came from is no longer kept."""
    rows = tuple(Row("", name, None, tuple(map(Cell, cells))) for name, *cells in figure.rader)
    return Slide(
        title=figure.titel,
        heading=figure.rubrik,
        kind="table" if rows else "missing",
        table=Table(figure.titel, figure.kolumner, rows) if rows else None,
        sources=(figure.kalla, *([EXAMPLE] if figure.exempel else [])),
        why_missing="" if rows else "Bilden visade inga siffror.",
        is_example=figure.exempel,
    )
