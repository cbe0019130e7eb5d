"""The first visit's tour, and the questions and answers and the word list of the page Hjälp."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from naravard.base import settings, structs


@dataclass(frozen=True)
class TourStep:
    """One step of the first visit's tour."""

    titel: str
    text: str


@dataclass(frozen=True)
class Question:
    """A question and its answer, in which `{span}` stands for the counts that are hidden."""

    fraga: str
    svar: str


@dataclass(frozen=True)
class Word:
    """A word of the service's own, and what it means."""

    ord: str
    betyder: str


@dataclass(frozen=True)
class HelpTexts:
    """The tour, the questions and the words, as data/hjalp.toml has them."""

    rundtur: tuple[TourStep, ...]
    fraga: tuple[Question, ...]
    ord: tuple[Word, ...]


@cache
def of_the_service() -> HelpTexts:
    """The texts. Raises UserError that tells all that is wrong in the file."""
    return structs.read(settings.OWN_DATA / "hjalp.toml", HelpTexts)
