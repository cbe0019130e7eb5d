"""Colours and type by meaning, for charts and for our own HTML. Base colours come from `.streamlit/config.toml`.

The names are those of the light theme. What each is in the dark theme stands in one table, DARK.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from naravard.base import settings


@cache
def base() -> dict[str, Any]:
    """The `[theme]` table of the app's configuration."""
    config = tomllib.loads((settings.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme: dict[str, Any] = config["theme"]
    return theme


_LIGHT, _DARK = base()["light"], base()["dark"]
TEXT: str = _LIGHT["textColor"]
MUTED = "#51666b"
"""Small print and headings of columns."""
GRID = "#e3e9ea"
PAPER: str = _LIGHT["backgroundColor"]
FIGURE: str = _LIGHT["primaryColor"]
"""A kommun's own figure."""
COMPARATOR = "#5b4a3f"
"""The län, which kommuner are compared with."""
NATION = "#8a8f94"
BETTER = "#1d5fa6"
"""Differs from what it is compared with, to the better."""
WORSE = "#c25a00"
"""Differs, to the worse."""
DIFFERS = "#6d4a9c"
"""Differs, higher or lower, where nobody agrees on which is better."""
UNSURE = "#78868a"
"""No certain difference, or none that can be told."""
TONES: Mapping[str, str] = {"battre": BETTER, "samre": WORSE, "skiljer": DIFFERS, "": UNSURE}
"""By the tone of a difference (verdicts.tone)."""
EXAMPLE = "#a3480f"
"""EXEMPELDATA, wherever it is seen."""
HATCH = "#7b8a8e"
"""The pattern of an area whose figure is hidden or missing, on a map."""
OWN = "#dcebee"
"""The ground of one's own kommun among others."""

ORDERED = ("#d9e7ea", "#a9cbd1", "#74abb5", "#2f7684", "#0b5c6b", "#083f4a")
"""Steps of something ordinal, from low to high."""
GROUPS = ("#0b5c6b", "#a3661a", "#7a5c99", "#66757a")
"""Groups without an order; told apart by lightness too."""

DARK: dict[str, str] = {
    TEXT: _DARK["textColor"],
    MUTED: "#a9bcc0",
    GRID: "#2c3c40",
    PAPER: _DARK["backgroundColor"],
    FIGURE: _DARK["primaryColor"],
    COMPARATOR: "#d9c2b0",
    NATION: "#a3a9ae",
    BETTER: "#7fb8f5",
    WORSE: "#f5a25a",
    DIFFERS: "#c9aef0",
    UNSURE: "#7d898d",
    EXAMPLE: "#ffb27d",
    HATCH: "#93a3a7",
    OWN: "#1f3a40",
    **dict(zip(ORDERED, ("#22383d", "#2c4f57", "#376b76", "#58a5b2", _DARK["primaryColor"], "#b4e7ee"), strict=True)),
    **dict(zip(GROUPS[1:], ("#e0b265", "#c3a6df", "#a7b4b8"), strict=True)),
}
"""Light colour → the same meaning in the dark theme."""

WALL: dict[str, str] = {GRID: "#c3cfd1", MUTED: "#3b4d51", HATCH: "#56666a", NATION: "#6d7378"}
"""Light colour → the same meaning on a projector, which washes out what is pale."""

_VARIABLES = {
    "text": TEXT,
    "muted": MUTED,
    "paper": PAPER,
    "figure": FIGURE,
    "better": BETTER,
    "differs": DIFFERS,
    "example": EXAMPLE,
    "comparator": COMPARATOR,
}
_ONLY_CSS = {
    "worse-text": ("#a84d00", "#f5a25a"),
    "line": ("#d3dddf", "#35474c"),
    "soft": ("#f3f6f6", "#1b272a"),
    "note": ("#b5761c", "#d08c2f"),
    "note-paper": ("#fbf6ed", "#2a2318"),
    "shade": ("#16282c38", "#00000080"),
    "better-paper": ("#dfeaf7", "#1c3450"),
    "worse-paper": ("#fbe6d4", "#4a2d12"),
    "differs-paper": ("#ece5f6", "#332650"),
    "spine": ("#d5dddf", "#3a4b50"),
}


def css() -> str:
    """The colours as CSS variables, `--nv-…`, for our own HTML. The browser picks the one of the theme in force."""
    pairs = {**{name: (colour, DARK[colour]) for name, colour in _VARIABLES.items()}, **_ONLY_CSS}
    return ":root{" + "".join(f"--nv-{name}:light-dark({a},{b});" for name, (a, b) in pairs.items()) + "}"


def with_colours(part: Any, colours: Mapping[str, str]) -> Any:
    """A chart's description, as plotly's `to_dict` gives it, with each colour as a table (DARK, WALL) has it."""
    if isinstance(part, dict):
        return {name: with_colours(value, colours) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [with_colours(value, colours) for value in part]
    return colours.get(part, part) if isinstance(part, str) else part


FONT = '"Source Sans", "Source Sans 3", "Segoe UI", sans-serif'
FONT_SIZE = 15
