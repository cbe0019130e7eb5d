"""A workshop's board as a workbook: the answers, what they have in common, and the figures that they were about."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from naravard.base import clock
from naravard.base.model import EXAMPLE
from naravard.exports._swedish import in_swedish
from naravard.workshop.board import Card, ShownFigure
from naravard.workshop.minutes import COMMON, Minutes

HEADINGS = ("Fråga", "Grupp", "Svar", "Hör ihop med", "Gemensamt", "Skrivet", "Senast på skärmen")
_WIDTHS = (40, 18, 70, 50, 12, 18, 60)
_QUOTED = 80


def write(record: Minutes) -> bytes:
    """The sheets ”Svar” and ”Det gemensamma”, and one for each figure. Texts stay texts, whatever they begin with."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"Workshop: {record.workshop.namn}", "author": "Nära vård i siffror"})
        cards = [card for question in record.workshop.fragor for card in record.to(question.id)]
        _sheet(book, "Svar", HEADINGS, [row for card in cards for row in _rows(card, record)], _WIDTHS)
        common = [row for card in cards if card.gemensamt for row in _rows(card, record)]
        _sheet(book, COMMON, HEADINGS, common, _WIDTHS)
        for position, figure in enumerate(record.figures, start=1):
            _figure(book, f"Figur {position}", figure)
    return in_swedish(file.getvalue())


def _rows(card: Card, record: Minutes) -> Iterator[list[str]]:
    """An answer, and a row for each that was merged into it."""
    on_screen = "" if card.figur is None else card.figur.titel + (f" ({EXAMPLE})" if card.figur.exempel else "")
    common = "ja" if card.gemensamt else ""
    written_at = datetime.fromisoformat(card.nar).astimezone(clock.HERE).strftime("%Y-%m-%d %H:%M")
    yield [record.question(card), record.group(card), card.text, "", common, written_at, on_screen]
    for text in card.lika:
        yield [record.question(card), record.group(card), text, card.text[:_QUOTED], common, "", ""]


def _sheet(book: Any, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width, wrapped)
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text, wrapped)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)


def _figure(book: Any, name: str, figure: ShownFigure) -> None:
    """A figure as it was shown: what it says, where it comes from, and its table."""
    sheet = book.add_worksheet(name)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, max(1, len(figure.kolumner)), 18, wrapped)
    head = [figure.titel, figure.rubrik, figure.kalla]
    if figure.exempel:
        head.insert(0, f"{EXAMPLE} – påhittade personer")
    if figure.kommun:
        head.append(f"Utpekad kommun: {figure.kommun}")
    for line, text in enumerate(head):
        sheet.write_string(line, 0, text, bold if line == 0 else None)
    top = len(head) + 1
    for line, row in enumerate([figure.kolumner, *figure.rader], start=top):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text, bold if line == top else None)
