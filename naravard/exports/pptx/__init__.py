"""A deck as PowerPoint: native charts and tables that can be edited, on one layout, with notes and alt texts."""

from __future__ import annotations

from naravard.exports import Format, View
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.slides import profile
from naravard.slides.parts import deck_of
from naravard.slides.slide import Deck


def write(deck: Deck) -> bytes:
    """The deck as a file."""
    from naravard.exports.pptx import presentation  # noqa: PLC0415 (the command line starts faster without it)

    return presentation.write(deck)


def _write(result: ProtectedResult, view: View) -> bytes:
    """One view as a deck of one slide."""
    return write(deck_of(result, form=view.form, filters=view.filters))


def _write_profile(kommun_kod: str, reader: Reader, version: int) -> bytes:
    """A kommun's profile as slides."""
    return write(profile.deck(kommun_kod, reader, version))


FORMAT = Format(
    "PowerPoint",
    place=1,
    media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
    icon=":material/slideshow:",
    write=_write,
    write_profile=_write_profile,
)
