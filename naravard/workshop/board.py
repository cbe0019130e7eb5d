"""A workshop as its participants and its leader meet it: groups, questions, answers, and the figure on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ON_A_QUESTION = 100
"""A place on the board is the number of its question times this, plus its screen."""
COMMON = 0
"""The round of dots on what is marked as common; others have the number of their question."""


@dataclass(frozen=True)
class Named:
    """A group or a question, with its number in the workshop."""

    id: int
    text: str


@dataclass(frozen=True)
class Question(Named):
    """A question, which phones answer while it is open."""

    oppen: bool = True


@dataclass(frozen=True)
class ShownFigure:
    """A figure as it was shown. `bild` is its entry in a sequence; `rader` are its rows of texts, the area first."""

    bild: str
    titel: str
    rubrik: str = ""
    kalla: str = ""
    kommun: str = ""
    version: int = 0
    exempel: bool = False
    kolumner: tuple[str, ...] = ()
    rader: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class WallState:
    """What is on the walls: a slide or the board over it, black or a QR code, and of which version the figures are.

    `nr` counts from 0. `tavla` is the place on the board while it is up, and `plats` where it was last; with `staplar`
    the board shows dots as bars where there are any. `slut` is when the timer is out, as milliseconds since 1970 by
    the server's clock; None where there is none. `kort` is the answer on it that is enlarged.
    """

    nr: int = 0
    kommun: str | None = None
    tavla: int | None = None
    plats: int = 0
    svart: bool = False
    qr: bool = False
    kort: int | None = None
    version: int | None = None
    staplar: bool = False
    slut: int | None = None

    @property
    def question(self) -> int | None:
        """Which of the questions is on the board, counted from 0; None while the board is not up."""
        return None if self.tavla is None else self.tavla // ON_A_QUESTION


@dataclass(frozen=True)
class VoteRound:
    """Dots that may be, or were, put on the answers to a question, by its number; on what is common where `om` is 0.

    `visas` is whether others than the leader see how many each has; once it is closed they do.
    """

    om: int
    oppen: bool
    visas: bool


@dataclass(frozen=True)
class Workshop:
    """A workshop as its participants meet it. `raderas` is the day of deletion, None where it is kept."""

    kod: str
    namn: str
    bildspel: str
    oppnad: str
    raderas: str | None
    oppen: bool
    andring: int
    grupper: tuple[Named, ...]
    fragor: tuple[Question, ...]
    visas: ShownFigure | None
    figur: int | None = None
    """The number of what is on screen, by which a phone tells before which figure an answer was written."""
    rensad: int = 0
    """How often the answers have been cleared: phones then forget those that they have sent."""
    rostningar: tuple[VoteRound, ...] = ()
    """The one that was opened last comes last."""
    visa_svar: bool = False
    """Whether phones show what others have answered."""
    granskas: bool = False
    """Whether an answer waits for the leader's yes before others see it."""


@dataclass(frozen=True)
class Card:
    """An answer on the board, with those that have been merged into it. `figur` was on screen when it was written."""

    id: int
    fraga: int
    grupp: int
    text: str
    nar: str
    dold: bool
    gemensamt: bool
    lika: tuple[str, ...]
    figur: ShownFigure | None
    ihop: tuple[int, ...] = ()
    """The numbers of those that have been merged into it."""
    prickar: int = 0
    """Dots that it has among the answers to its question, those of the merged ones with it."""
    prickar_gemensamt: int = 0
    """Dots that it has among what is common."""
    vantar: bool = False
    """Whether it waits for the leader's yes."""


def candidates(cards: Sequence[Card], om: int) -> list[Card]:
    """What dots can be put on in a round."""
    return [card for card in cards if (card.gemensamt if om == COMMON else card.fraga == om)]
