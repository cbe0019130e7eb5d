"""A workshop as its participants and its leader meet it: groups, questions, answers, and the figure on screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """A group or a question, with its number in the workshop."""

    id: int
    text: str


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
    fragor: tuple[Named, ...]
    visas: ShownFigure | None
    figur: int | None = None
    """The number of what is on screen, by which a phone tells before which figure an answer was written."""


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
