"""Formats that figures leave the product in, found by looking: one module or package each that sets `FORMAT`.

The format's name is that of its module, and the ending of its files. All take what has passed the gate.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

from naravard.base import clock, periods
from naravard.base.errors import NotFound
from naravard.base.kommuner import match_key
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.numbers import enumeration
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides.slide import Deck, Form, Slide
from naravard.workshop import minutes
from naravard.workshop.board import ShownFigure
from naravard.workshop.minutes import Minutes

_OTHERS = frozenset({"andringar", "fynd", "profiler", "tavla"})
"""Files of something else than one indicator's figures."""
_MINUTES = {"pdf": ("pdf", "write_minutes"), "xlsx": ("tavla", "write")}
"""What writes a workshop's board, other than as slides: a module and a function in it."""


@dataclass(frozen=True)
class View:
    """How a result is looked at: as a chart or a table, and the filters in words."""

    form: Form = "diagram"
    filters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Format:
    """One format: its name in a menu and its place there, and how a result is written in it.

    `write` gives a file, `text` what a terminal shows; at least one of them is there.
    """

    label: str
    place: int
    media_type: str
    icon: str = ":material/download:"
    write: Callable[[ProtectedResult, View], bytes] | None = None
    text: Callable[[ProtectedResult], str] | None = None
    write_profile: Callable[[str, Reader, int], bytes] | None = None
    """How a kommun's profile is written, by its code from a version's figures; None where it is not."""


@cache
def formats() -> dict[str, Format]:
    """All formats by name, in the order of menus."""
    entries = Path(__file__).parent.iterdir()
    names = {path.stem for path in entries if path.suffix == ".py" or (path / "__init__.py").exists()}
    modules = {name: import_module(f"{__name__}.{name}") for name in names - _OTHERS if not name.startswith("_")}
    return dict(sorted(((name, module.FORMAT) for name, module in modules.items()), key=lambda item: item[1].place))


def file_formats() -> dict[str, Format]:
    """The formats of files, by the ending of the file."""
    return {name: each for name, each in formats().items() if each.write}


def text_formats() -> dict[str, Format]:
    """The formats that a terminal can show, by name."""
    return {name: each for name, each in formats().items() if each.text}


def write_text(result: ProtectedResult, name: str) -> str:
    """The result as text. Raises NotFound for a name that no such format has."""
    text = formats()[name].text if name in formats() else None
    if text is None:
        raise NotFound(f"Formatet {name!r} finns inte. Välj {enumeration(list(text_formats()), 'eller')}.")
    return text(result)


def write_file(result: ProtectedResult, ending: str, view: View | None = None) -> bytes:
    """The result as a file. Raises NotFound for an ending that no such format has."""
    write = formats()[ending].write if ending in formats() else None
    if write is None:
        raise NotFound(f"Filer av typen {ending!r} finns inte. Välj {enumeration(list(file_formats()), 'eller')}.")
    return write(result, view or View())


def profile_formats() -> dict[str, Format]:
    """The formats that a kommun's profile can be written in, by the ending of the file."""
    return {name: each for name, each in formats().items() if each.write_profile}


def write_profile(kommun_kod: str, reader: Reader, version: int, ending: str) -> bytes:
    """A kommun's profile as a file. Raises NotFound for an ending that no such format has."""
    write = formats()[ending].write_profile if ending in formats() else None
    if write is None:
        endings = enumeration(list(profile_formats()), "eller")
        raise NotFound(f"En kommuns profil finns inte som {ending!r}. Välj {endings}.")
    return write(kommun_kod, reader, version)


def write_deck(deck: Deck) -> bytes:
    """Slides as a PowerPoint file."""
    content: bytes = import_module(f"{__name__}.pptx").write(deck)
    return content


def write_minutes(record: Minutes, ending: str, slide_of: Callable[[ShownFigure], Slide | None]) -> bytes:
    """A workshop's board and its figures, as `pptx`, `pdf` or `xlsx`. Raises NotFound for another ending."""
    if ending == "pptx":
        return write_deck(minutes.deck(record, slide_of))
    if ending not in _MINUTES:
        raise NotFound(f"Tavlan finns inte som {ending[:10]}. Välj pptx, pdf eller xlsx.")
    module, write = _MINUTES[ending]
    content: bytes = getattr(import_module(f"{__name__}.{module}"), write)(record)
    return content


def file_name(what: str, ending: str, matperiod: str | None = None, mark: str = "") -> str:
    """`sabo_andel_primarvard_våren-2024_2026-11-22.xlsx`: what, when it was measured, and when it was taken out.

    A mark, as EXEMPELDATA, stands first.
    """
    period_part = "" if matperiod in {None, periods.EVERY, periods.LATEST_PER_AREA, UNKNOWN_PERIOD} else matperiod
    parts = [_plain(mark).upper(), _plain(what), _plain(period_part or ""), clock.today().isoformat()]
    return f"{'_'.join(part for part in parts if part)}.{ending}"


def _plain(text: str) -> str:
    """Letters without diacritics, digits, hyphens and underscores, which every file system takes."""
    return "_".join(match_key(part).replace(" ", "-") for part in text.split("_"))
