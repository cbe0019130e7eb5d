"""A PDF as a reader's program takes it: its structure, its texts and where they stand."""

import io
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from pypdf import PdfReader


class Text(NamedTuple):
    """A piece of text and where it begins, in points from the lower left."""

    words: str
    x: float
    y: float
    size: float


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def elements(pdf: PdfReader) -> list[tuple[str, str | None]]:
    """Every element of the structure in reading order: its role, and its text alternative."""
    return list(_walk(pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def _walk(node: Any) -> Iterator[tuple[str, str | None]]:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _walk(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node.get("/Alt")
        if "/K" in node:
            yield from _walk(node["/K"])


@lru_cache(maxsize=2)
def pages(content: bytes) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    """All that stands on each page, and the pieces of it with their places; read once, which takes most of the time."""
    return tuple(_page(page) for page in read(content).pages)


def _page(page: Any) -> tuple[str, tuple[Text, ...]]:
    pieces: list[Text] = []

    def visit(words: str, matrix: list[float], place: list[float], font: Any, size: float) -> None:
        if words.strip():
            x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
            y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
            pieces.append(Text(words.strip(), x, y, size))

    return page.extract_text(visitor_text=visit), tuple(pieces)


def words(content: bytes) -> str:
    """All that can be read of it, by eye or by ear."""
    on_paper = " ".join(text for text, _ in pages(content))
    alternatives = " ".join(alt for _, alt in elements(read(content)) if alt)
    return " ".join(f"{on_paper} {alternatives}".replace("\u00a0", " ").split())


def everything(content: bytes) -> str:
    """Words, places and colours: the whole drawing of each page, beside the words."""
    drawings = [page.get_contents().get_data().decode("latin-1") for page in read(content).pages]
    return "\n".join([words(content), *drawings])
