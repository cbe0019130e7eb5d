"""Colours and type by meaning, for charts and for our own HTML. Base colours come from `.streamlit/config.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from naravard import settings


@cache
def base() -> dict[str, Any]:
    """The `[theme]` table of the app's configuration."""
    config = tomllib.loads((settings.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    theme: dict[str, Any] = config["theme"]
    return theme


TEXT: str = base()["textColor"]
GRID = "#e3e9ea"
PAPER: str = base()["backgroundColor"]
FIGURE: str = base()["primaryColor"]
"""A kommun's own figure."""
COMPARATOR = "#5b4a3f"
"""The län, which kommuner are compared with."""
NATION = "#8a8f94"
ABOVE = "#1d5fa6"
"""Differs from what it is compared with: higher, or better where the indicator has a direction."""
BELOW = "#c25a00"
"""Differs: lower, or worse."""
UNSURE = "#a9b3b6"
"""No certain difference, or none that can be told."""
EXAMPLE = "#a3480f"
"""EXEMPELDATA, wherever it is seen."""

ORDERED = ("#d9e7ea", "#a9cbd1", "#74abb5", "#2f7684", "#0b5c6b", "#083f4a")
"""Steps of something ordinal, from low to high."""
GROUPS = ("#0b5c6b", "#d08c2f", "#7a5c99", "#6d7b80")
"""Groups without an order; told apart by lightness too."""

FONT = '"Source Sans", "Source Sans 3", "Segoe UI", sans-serif'
FONT_SIZE = 15
