"""Which cells of a workbook have text in the colour of what lies behind it, so that nobody sees it.

Sources: ECMA-376 18.8.19 fgColor, 18.8.3 bgColor and 18.8.27 indexedColors; [MS-XLS] 2.4.122 Font, 2.4.353 XF and
2.5.161 Icv; OpenDocument 1.2, 20.180 fo:color and 20.175 fo:background-color.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_FILLS = re.compile(rb"<(?:\w+:)?fills\b.*?</(?:\w+:)?fills>", re.S)
_FILL = re.compile(rb"<(?:\w+:)?fill\s*/>|<(?:\w+:)?fill>.*?</(?:\w+:)?fill>", re.S)
_PATTERN = re.compile(rb"""<(?:\w+:)?patternFill\b[^>]*\bpatternType\s*=\s*["'](\w+)["']""")
_COLOUR = re.compile(rb"<(?:\w+:)?color\b([^>]*)>")
_FOREGROUND = re.compile(rb"<(?:\w+:)?fgColor\b([^>]*)>")
_BEHIND_RULE = re.compile(rb"<(?:\w+:)?bgColor\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(rgb|theme|indexed|tint)\s*=\s*["']([^"']*)["']""")
_TEXT_COLOUR, _BACKGROUND = (
    re.compile(rb'\bfo:%b="#([0-9A-Fa-f]{6})"' % name) for name in (b"color", b"background-color")
)
_AUTOMATIC = 0x7FFF
WHITE, _BLACK = 0xFFFFFF, 0x000000
_BY_THEME = {b"0": WHITE, b"1": _BLACK}
"""The first two colours of a theme, which are what paper and ink are; the others are the theme's own."""
_BY_NUMBER = {b"0": _BLACK, b"1": WHITE, b"8": _BLACK, b"9": WHITE, b"64": _BLACK, b"65": WHITE}
_MOST_ALIKE = 16
"""So little, of 255, each part of two colours may differ where one is not seen on the other."""


def unseen_formats(styles: bytes, fonts: Sequence[bytes], formats: Sequence[Mapping[str, str]]) -> list[bool]:
    """Whether the text of each format of cells in a workbook has the colour of its background."""
    part = _FILLS.search(styles)
    fills = [_of_fill(fill) for fill in _FILL.findall(part[0])] if part else []
    colours = [_of_font(font) for font in fonts]

    def is_unseen(cell_format: Mapping[str, str]) -> bool:
        font, fill = (cell_format.get(name, "") for name in ("fontId", "fillId"))
        colour = colours[int(font)] if font.isdigit() and int(font) < len(colours) else None
        behind = fills[int(fill)] if fill.isdigit() and int(fill) < len(fills) else WHITE
        return are_alike(colour, behind)

    return [is_unseen(cell_format) for cell_format in formats]


def hides_text(rule: bytes) -> bool:
    """Whether what a conditional format does to a cell (ECMA-376 18.8.14 dxf) gives its text the colour behind it."""
    colour, behind = _COLOUR.search(rule), _BEHIND_RULE.search(rule)
    return colour is not None and are_alike(_colour(colour[1]), _colour(behind[1]) if behind else WHITE)


def are_alike(colour: int | str | None, other: int | str | None) -> bool:
    """Whether two colours, as numbers or as the same unknown one of a theme, cannot be told apart."""
    if isinstance(colour, int) and isinstance(other, int):
        parts = ((colour >> shift & 0xFF) - (other >> shift & 0xFF) for shift in (0, 8, 16))
        return all(abs(part) <= _MOST_ALIKE for part in parts)
    return colour is not None and colour == other


def of_number(number: int) -> int | str | None:
    """A colour of an old workbook, by its number; as a text where only its palette knows it."""
    return _BY_NUMBER.get(f"{number}".encode(), None if number == _AUTOMATIC else f"{number}")


def of_style(style: bytes) -> tuple[int | str | None, int | str | None]:
    """The colours of a text and of what lies behind it, of a style in an OpenDocument file."""
    text, behind = _TEXT_COLOUR.search(style), _BACKGROUND.search(style)
    return int(text[1], 16) if text else None, int(behind[1], 16) if behind else WHITE


def _of_font(font: bytes) -> int | str | None:
    colour = _COLOUR.search(font)
    return _colour(colour[1]) if colour else _BLACK


def _of_fill(fill: bytes) -> int | str | None:
    """What a fill paints behind a text: nothing is white, and of a pattern nobody knows."""
    pattern, foreground = _PATTERN.search(fill), _FOREGROUND.search(fill)
    if pattern is None or pattern[1] == b"none":
        return WHITE
    return _colour(foreground[1]) if foreground and pattern[1] == b"solid" else None


def _colour(attributes: bytes) -> int | str | None:
    """A colour as a number; as a text where only the theme knows it."""
    values = dict(_ATTRIBUTE.findall(attributes))
    tint = float(values.get(b"tint", b"0") or 0)
    if b"rgb" in values:
        return int(values[b"rgb"][-6:], 16)
    number = _BY_THEME.get(values.get(b"theme", b""), _BY_NUMBER.get(values.get(b"indexed", b"")))
    if number is not None and not tint:
        return number
    return f"{values}" if values else None
