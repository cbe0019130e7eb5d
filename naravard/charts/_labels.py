"""Names beside points: each on a side where it lies on no other name and inside the chart, or left out.

Widths are reckoned in letters, since a figure is not drawn where it is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

LETTER, LINE = 7.2, 17.0
"""Pixels of a letter and of a line of 13 pixels' type, on average."""
_BESIDE = 9.0
"""Pixels from the middle of a point to its name."""


class Point(NamedTuple):
    """A point in pixels from the lower left, and its name."""

    x: float
    y: float
    name: str


class _Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: _Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )


def sides(points: Sequence[Point], width: float, height: float) -> list[str]:
    """Plotly's word for the side of each name, in the order of the points; empty where a name has no room.

    The first points choose first.
    """
    boxes: list[_Box] = []
    chosen_sides = []
    for point in points:
        side, box = next(
            ((side, box) for side, box in _candidates(point) if _has_room(box, boxes, width, height)), ("", None)
        )
        chosen_sides.append(side)
        boxes += [box] if box else []
    return chosen_sides


def _candidates(point: Point) -> list[tuple[str, _Box]]:
    across, half = len(point.name) * LETTER, LINE / 2
    x, y = point.x, point.y
    return [
        ("top center", _Box(x - across / 2, y + _BESIDE, x + across / 2, y + _BESIDE + LINE)),
        ("bottom center", _Box(x - across / 2, y - _BESIDE - LINE, x + across / 2, y - _BESIDE)),
        ("middle right", _Box(x + _BESIDE, y - half, x + _BESIDE + across, y + half)),
        ("middle left", _Box(x - _BESIDE - across, y - half, x - _BESIDE, y + half)),
    ]


def _has_room(box: _Box, others: Sequence[_Box], width: float, height: float) -> bool:
    is_inside = box.left >= 0 and box.right <= width and box.bottom >= 0 and box.top <= height
    return is_inside and not any(box.meets(other) for other in others)
