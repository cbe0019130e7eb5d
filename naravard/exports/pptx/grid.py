"""The slide's measures, in inches, and the sizes of its letters, in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pptx.util import Inches

AUTHOR = "Nära vård i siffror"
WIDTH, HEIGHT = 13.333, 7.5
LEFT, RIGHT = 0.7, 12.733
FULL = RIGHT - LEFT
GAP = 0.45
HEADING_TOP, TITLE_TOP, SMALL_BOTTOM, FOOT = 0.42, 0.76, 6.92, 7.06
REMARKS_WIDTH = 6.7
"""Of the small print to the left; the sources stand to the right of it."""
SOURCES_LEFT = LEFT + REMARKS_WIDTH + GAP
SOURCES_WIDTH = RIGHT - SOURCES_LEFT

SMALL, SENTENCE = 10.5, 16
LINE = 1.22
"""Height of a line by the size of its letters."""
PARAGRAPH = 3
"""Points between paragraphs."""


class Box(NamedTuple):
    """A place on the slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        """As python-pptx takes it."""
        left, top, width, height = (Inches(part) for part in self)
        return left, top, width, height

    def columns(self, weights: Sequence[float]) -> list[Box]:
        """Places side by side, as wide as their weights."""
        unit = (self.width - GAP * (len(weights) - 1)) / sum(weights)
        starts = [self.left + sum(weights[:i]) * unit + i * GAP for i in range(len(weights))]
        return [self._replace(left=left, width=weight * unit) for left, weight in zip(starts, weights, strict=True)]

    def below(self, height: float) -> Box:
        """What is left of it under so many inches."""
        return self._replace(top=self.top + height, height=self.height - height)
