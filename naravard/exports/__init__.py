"""Formats that figures leave the product in: one module each. All take what has passed the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module

from naravard.base import periods
from naravard.base.errors import NotFound
from naravard.base.kommuner import folded
from naravard.base.model import EXAMPLE, UNKNOWN_PERIOD
from naravard.exports.json import record
from naravard.figures.gate import ProtectedResult
from naravard.slides.slide import Deck, Form, Slide, deck_of
from naravard.workshop import minutes
from naravard.workshop.answers import Shown
from naravard.workshop.minutes import Minutes

__all__ = ["FILES", "TEXT_FORMATS", "file_name", "record", "write_deck", "write_file", "write_minutes", "write_text"]

TEXT_FORMATS = ("tabell", "csv", "json")
FILES = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
"""Endings of files, and their media types."""


def write_text(result: ProtectedResult, name: str) -> str:
    """The result in one of TEXT_FORMATS. Raises NotFound for another name."""
    if name not in TEXT_FORMATS:
        raise NotFound(f"Formatet {name!r} finns inte. Välj {', '.join(TEXT_FORMATS[:-1])} eller {TEXT_FORMATS[-1]}.")
    text: str = import_module(f"{__name__}.{name}").write(result)
    return text


def write_file(result: ProtectedResult, ending: str, *, form: Form = "diagram", chosen: Sequence[str] = ()) -> bytes:
    """The result as a file with one of the endings in FILES. `chosen` are the filters of the view, in words."""
    if ending == "csv":  # with a mark of UTF-8, without which Excel reads å as Ã¥
        return write_text(result, "csv").encode("utf-8-sig")
    if ending == "pptx":
        return write_deck(deck_of(result, form=form, filters=chosen))
    content: bytes = import_module(f"{__name__}.{ending}").write(result, chosen)
    return content


def write_deck(deck: Deck) -> bytes:
    """Slides as a PowerPoint file."""
    content: bytes = import_module(f"{__name__}.pptx").write(deck)
    return content


def write_minutes(told: Minutes, ending: str, slide_of: Callable[[Shown], Slide | None]) -> bytes:
    """A workshop's board and its figures, as `pptx` or `xlsx`. Raises NotFound for another ending."""
    if ending == "pptx":
        return write_deck(minutes.deck(told, slide_of))
    if ending != "xlsx":
        raise NotFound(f"Tavlan finns inte som {ending[:10]}. Välj pptx eller xlsx.")
    content: bytes = import_module(f"{__name__}.tavla").write(told)
    return content


def file_name(what: str, ending: str, matperiod: str | None = None, *, is_example: bool = False) -> str:
    """`sabo_andel_primarvard_våren-2024_2026-11-22.xlsx`: what, when it was measured, and when it was taken out."""
    measured = "" if matperiod in {None, periods.EVERY, periods.LATEST_PER_AREA, UNKNOWN_PERIOD} else matperiod
    parts = [EXAMPLE if is_example else "", _plain(what), _plain(measured or ""), date.today().isoformat()]
    return f"{'_'.join(part for part in parts if part)}.{ending}"


def _plain(text: str) -> str:
    """Letters without diacritics, digits, hyphens and underscores, which every file system takes."""
    return "_".join(folded(part).replace(" ", "-") for part in text.split("_"))
