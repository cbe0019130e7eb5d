"""What a workshop came to, for afterwards: the board as slides, with the figures that it was about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from naravard.base.model import EXAMPLE
from naravard.base.numbers import enumeration, number, quantity
from naravard.slides.slide import Deck, Note, Slide
from naravard.telling.tables import Cell, Row, Table
from naravard.workshop.board import Card, ShownFigure, Workshop, candidates

COMMON = "Det gemensamma"
_FIGURES_NAMED = 2


@dataclass(frozen=True)
class Hidden:
    """An answer that others than the leader do not see, and why: it is hidden, or waits for a yes."""

    card: Card
    text: str
    why: str


@dataclass(frozen=True)
class Minutes:
    """A workshop with the answers that its leader lets be seen, and the figures that were on screen, each once.

    `hidden` are the other answers, and `ballots` how many phones have put dots in each round.
    """

    workshop: Workshop
    cards: tuple[Card, ...]
    figures: tuple[ShownFigure, ...] = field(default=())
    hidden: tuple[Hidden, ...] = ()
    ballots: Mapping[int, int] = field(default_factory=dict)

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

    @property
    def common(self) -> list[Card]:
        """What is marked as common, the most dots first."""
        return sorted((card for card in self.cards if card.gemensamt), key=lambda card: -card.prickar_gemensamt)

    def results(self, om: int) -> list[tuple[Card, int]]:
        """The answers that a round was about, with their dots: the most first."""
        dots = [(card, card.prickar if om else card.prickar_gemensamt) for card in candidates(self.cards, om)]
        return sorted(dots, key=lambda each: -each[1])

    def subject(self, om: int) -> str:
        """What a round was about, in words."""
        return next((question.text for question in self.workshop.fragor if question.id == om), COMMON)

    def has_dots(self, om: int) -> bool:
        """Whether dots have been asked for in a round."""
        return any(each.om == om for each in self.workshop.rostningar)


def minutes(
    workshop: Workshop, cards: Sequence[Card], everything: Sequence[Card] = (), ballots: Mapping[int, int] | None = None
) -> Minutes:
    """What is told of a workshop: its answers, and the figures that they were written before.

    `everything` is the board with what is hidden, or waits.
    """
    figures = dict.fromkeys(card.figur for card in cards if card.figur is not None)
    return Minutes(workshop, tuple(cards), tuple(figures), tuple(_hidden(cards, everything)), ballots or {})


def _hidden(cards: Sequence[Card], everything: Sequence[Card]) -> Iterator[Hidden]:
    visible_cards = {card.id: card for card in cards}
    for card in everything:
        visible_card = visible_cards.get(card.id)
        left = Counter((card.text, *card.lika))
        left.subtract((visible_card.text, *visible_card.lika) if visible_card else ())
        why = "väntar" if visible_card is None and card.vantar else "dold"
        yield from (Hidden(card, text, why) for text in left.elements())


def deck(record: Minutes, slide_of: Callable[[ShownFigure], Slide | None]) -> Deck:
    """The board as slides, each question beside the figure that it was about, and the dots; then the figures.

    `slide_of` gives a figure's slide, or None where its version is gone.
    """
    workshop = record.workshop
    slides = [title_of(record)]
    if record.common:
        slides.append(_board(COMMON, "Det som grupperna har gemensamt", record.common, record, slide_of))
        slides += _dots(record, 0)
    for question in workshop.fragor:
        cards = record.to(question.id)
        heading = f"{count_of(cards)} till frågan"
        slides.append(_board(question.text, heading, cards, record, slide_of) if cards else _empty(question.text))
        slides += _dots(record, question.id)
    slides += [slide_of(figure) or _as_kept(figure) for figure in record.figures]
    return Deck(f"Workshop: {workshop.namn}", "Svaren och de siffror som de gällde", tuple(slides))


def count_of(cards: Sequence[Card]) -> str:
    """How many answers there are, those that have been merged among them."""
    total = sum(1 + len(card.lika) for card in cards)
    return "Ett svar" if total == 1 else f"{number(total)} svar"


def title_of(record: Minutes) -> Slide:
    """What the whole of it is."""
    groups = enumeration([group.text for group in record.workshop.grupper])
    return Slide(
        title=f"Workshop: {record.workshop.namn}",
        heading=f"{count_of(record.cards)} från grupperna {groups}",
        kind="title",
        sentences=(f"Öppnad {record.workshop.oppnad[:10]}", "Svaren är deltagarnas egna ord, och inte kontrollerade."),
        mark=EXAMPLE if record.is_example else "",
    )


def _empty(question: str) -> Slide:
    return Slide(title=question, kind="missing", why_missing="Inga svar på den här frågan.")


def _board(
    title: str,
    heading: str,
    cards: Sequence[Card],
    record: Minutes,
    slide_of: Callable[[ShownFigure], Slide | None],
) -> Slide:
    """Answers as cards, beside the figure that most of them were written before."""
    is_common = title == COMMON
    figures = Counter(card.figur for card in cards if card.figur is not None)
    main_figure = None if is_common or not figures else figures.most_common(1)[0][0]
    figure_slide = slide_of(main_figure) if main_figure else None
    return Slide(
        title=title,
        heading=heading,
        kind="board",
        figures=tuple(replace(figure, form="diagram") for figure in figure_slide.figures[:1]) if figure_slide else (),
        board=tuple(note(card, record, is_common=is_common) for card in cards),
        sources=tuple(f"Senast på skärmen: {figure.titel}" for figure in figures)[:_FIGURES_NAMED],
        mark=EXAMPLE if any(figure.exempel for figure in figures) else "",
    )


def note(card: Card, record: Minutes, *, is_common: bool = False) -> Note:
    """An answer as it stands on a board: among what is common with its question, else with its star."""
    om = 0 if is_common else card.fraga
    groups = [group.id for group in record.workshop.grupper]
    return Note(
        text=card.text,
        group=record.group(card),
        place=groups.index(card.grupp) if card.grupp in groups else 0,
        more=card.lika,
        is_common=card.gemensamt and not is_common,
        dots=(card.prickar if om else card.prickar_gemensamt) if record.has_dots(om) else None,
        question=record.question(card) if is_common else "",
    )


def phones_of(record: Minutes, om: int) -> str:
    """How many have put dots in a round."""
    phones = record.ballots.get(om, 0)
    return f"{quantity(phones, 'telefon', 'telefoner')} har lagt prickar"


def _dots(record: Minutes, om: int) -> list[Slide]:
    results = record.results(om)
    if not record.has_dots(om) or not results:
        return []
    most = max(1, results[0][1])
    return [
        Slide(
            title=f"Prickar: {record.subject(om)}",
            heading=phones_of(record, om),
            kind="dots",
            board=tuple(Note(card.text, record.group(card), dots=dots, share=dots / most) for card, dots in results),
        )
    ]


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
        mark=EXAMPLE if figure.exempel else "",
    )
