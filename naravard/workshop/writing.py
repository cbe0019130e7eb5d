"""What may be written in a workshop: one line of signs that are seen, not too long, and nothing like a person id."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from naravard.base import mask
from naravard.base.errors import PersonId, UserError
from naravard.base.numbers import number

LONGEST = 280
"""Characters in an answer."""
LONGEST_NAME = 80
LONGEST_QUESTION = 160
LONGEST_NOTES = 4_000
"""Characters of a leader's own notes to a slide."""
MOST_GROUPS, MOST_QUESTIONS = 30, 8
_JOINER = "\u200d"


def checked_line(text: str, what: str, longest: int) -> str:
    """A text on one line, of signs that are seen. Raises UserError where it is empty, too long or like a person id."""
    plain = " ".join("".join(map(_visible, unicodedata.normalize("NFC", text))).split())
    if not plain:
        raise UserError(f"{what} är tomt. Skriv något.")
    if len(plain) > longest:
        raise UserError(f"{what} har {number(len(plain))} tecken. Det får ha högst {number(longest)}. Korta det.")
    if mask.is_in_writing(plain):  # also with spaces between the digits
        raise PersonId(
            f"{what} innehåller något som liknar ett personnummer. Sådant sparas aldrig här, för att skydda enskilda. "
            "Skriv utan det."
        )
    return plain


def checked_notes(text: str) -> str:
    """Notes on several lines, which may be empty. Raises UserError where they are too long or like a person id."""
    lines = ["".join(map(_visible, line)).rstrip() for line in unicodedata.normalize("NFC", text).splitlines()]
    plain = "\n".join(lines).strip()
    if len(plain) > LONGEST_NOTES:
        raise UserError(
            f"Anteckningen har {number(len(plain))} tecken. Den får ha högst {number(LONGEST_NOTES)}. Korta den."
        )
    if mask.is_in_writing(" ".join(plain.split())):
        raise PersonId(
            "Anteckningen innehåller något som liknar ett personnummer. Sådant sparas aldrig här. Skriv utan det."
        )
    return plain


def _visible(sign: str) -> str:
    """A sign as it is kept: one that is not seen is left out, but for what joins emojis; other controls are spaces."""
    kind = unicodedata.category(sign)
    if kind[0] != "C" or sign == _JOINER:
        return sign
    return "" if kind == "Cf" else " "


def _checked_lines(texts: Sequence[str], what: str, longest: int, most: int) -> list[str]:
    lines = [checked_line(text, what, longest) for text in texts if text.strip()]
    if not lines:
        raise UserError(f"{what} saknas. Skriv minst en rad.")
    if len(lines) > most:
        raise UserError(f"{what}: {number(len(lines))} är för många. Högst {number(most)} ryms.")
    double = next((line for line in lines if lines.count(line) > 1), None)
    if double:
        raise UserError(f"{what}: ”{double}” står två gånger. Ta bort den ena.")
    return lines


def checked_groups(texts: Sequence[str]) -> list[str]:
    """The names of a workshop's groups. Raises UserError that says what is missing, too long or twice."""
    return _checked_lines(texts, "Gruppens namn", LONGEST_NAME, MOST_GROUPS)


def checked_questions(texts: Sequence[str]) -> list[str]:
    """A workshop's questions. Raises UserError that says what is missing, too long or twice."""
    return _checked_lines(texts, "Frågan", LONGEST_QUESTION, MOST_QUESTIONS)
