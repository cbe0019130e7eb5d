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

HEADINGS = ("Fråga", "Grupp", "Svar", "Hör ihop med", "Gemensamt", "Prickar", "Dold", "Skrivet", "Senast på skärmen")
_WIDTHS = (40, 18, 70, 50, 12, 9, 9, 18, 60)
_COMMON_HEADINGS = ("Det gemensamma", "Också sagt", "Grupp", "Fråga", "Prickar", "Vem gör det?", "Till när?", "Läge")
_COMMON_WIDTHS = (70, 50, 18, 40, 9, 24, 14, 24)
_DOTS_HEADINGS = ("Prickarna gällde", "Svar", "Grupp", "Prickar")
_DOTS_WIDTHS = (40, 70, 18, 9)
_QUOTED = 80


def write(record: Minutes) -> bytes:
    """The sheets ”Svar”, ”Det gemensamma” and ”Prickar”, and one for each figure. Texts stay texts, however they begin.

    ”Det gemensamma” is a list to go on with: its last columns are empty, for who does what until when. What the leader
    has hidden is in ”Svar” alone, and marked there.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": f"Workshop: {record.workshop.namn}", "author": "Nära vård i siffror"})
        cards = [card for question in record.workshop.fragor for card in record.to(question.id)]
        hidden_rows = [_row(each.card, record, each.text, why=each.why) for each in record.hidden]
        answers = [row for card in cards for row in _rows(card, record)]
        _sheet(book, "Svar", HEADINGS, [*answers, *hidden_rows], _WIDTHS)
        _sheet(book, COMMON, _COMMON_HEADINGS, [_common_row(card, record) for card in record.common], _COMMON_WIDTHS)
        if record.workshop.rostningar:
            _sheet(book, "Prickar", _DOTS_HEADINGS, list(_dots_rows(record)), _DOTS_WIDTHS)
        for position, figure in enumerate(record.figures, start=1):
            _figure(book, f"Figur {position}", figure)
    return in_swedish(file.getvalue())


def _rows(card: Card, record: Minutes) -> Iterator[list[str | int]]:
    """An answer, and a row for each that was merged into it."""
    yield _row(card, record, card.text)
    for text in card.lika:
        common = "ja" if card.gemensamt else ""
        yield [record.question(card), record.group(card), text, card.text[:_QUOTED], common, "", "", "", ""]


def _row(card: Card, record: Minutes, text: str, *, why: str = "") -> list[str | int]:
    """One answer; `why` says that others do not see it."""
    on_screen = "" if card.figur is None else card.figur.titel + (f" ({EXAMPLE})" if card.figur.exempel else "")
    written_at = datetime.fromisoformat(card.nar).astimezone(clock.HERE).strftime("%Y-%m-%d %H:%M")
    common = "ja" if card.gemensamt else ""
    dots = card.prickar if record.has_dots(card.fraga) and not why else ""
    return [record.question(card), record.group(card), text, "", common, dots, why, written_at, on_screen]


def _common_row(card: Card, record: Minutes) -> list[str | int]:
    dots = card.prickar_gemensamt if record.has_dots(0) else ""
    return [card.text, "\n".join(card.lika), record.group(card), record.question(card), dots, "", "", ""]


def _dots_rows(record: Minutes) -> Iterator[list[str | int]]:
    for each in record.workshop.rostningar:
        for card, dots in record.results(each.om):
            yield [record.subject(each.om), card.text, record.group(card), dots]


def _sheet(
    book: Any, name: str, headings: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width, wrapped)
    for line, row in enumerate(rows, start=1):
        for column, content in enumerate(row):
            if isinstance(content, int):
                sheet.write_number(line, column, content, wrapped)
            else:
                sheet.write_string(line, column, content, wrapped)
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
