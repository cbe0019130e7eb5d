"""A deck as a PowerPoint file."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from pptx import Presentation

from naravard.exports.pptx.board import screens
from naravard.exports.pptx.grid import AUTHOR
from naravard.exports.pptx.layout import layouts
from naravard.exports.pptx.slides import draw
from naravard.exports.pptx.text import LANGUAGE
from naravard.slides.slide import Deck


def write(deck: Deck) -> bytes:
    """The deck as a file."""
    presentation = Presentation()
    first, other = layouts(presentation)
    _describe(presentation, deck)
    contents = [part for content in deck.slides for part in screens(content)]
    for number, content in enumerate(contents, start=1):
        draw(presentation.slides.add_slide(first if content.kind == "title" else other), content, number)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _describe(presentation: Any, deck: Deck) -> None:
    """Title, subject, author and language of the file."""
    mark = max((slide.mark for slide in deck.slides), key=len, default="")
    core = presentation.core_properties
    core.title = f"{mark}: {deck.title}" if mark else deck.title
    core.subject, core.author, core.last_modified_by = deck.subject, AUTHOR, AUTHOR
    core.keywords, core.comments, core.language = mark, "", LANGUAGE
    core.created = core.modified = datetime.now(UTC).replace(tzinfo=None)
