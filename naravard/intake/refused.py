"""Why a text in a cell cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from naravard.base.codes import FindingCode


@dataclass(frozen=True)
class RefusedText(Exception):
    """A text that cannot be read. `what` never repeats the text.

    `is_known_word` says that the text is, or is nearly, an allowed word, so that it is no person's name.
    """

    code: FindingCode
    what: str
    allowed: str
    action: str
    is_known_word: bool = False
