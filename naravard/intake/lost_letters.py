"""Letters that another program has lost: å, ä and ö as `?` or as the sign of what cannot be read (U+FFFD)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding

_REPLACED = "\ufffd"
_QUESTION_MARK = re.compile(r"(?<![^\s(])\?+[^\W\d_]|[^\W\d_]\?+[^\W\d_]")
"""Before a word or within one, where no question ends."""
_SWEDISH = re.compile("[åäöÅÄÖ]")


def about_lost_letters(texts: Sequence[str]) -> list[Finding]:
    """What to do with a file whose headings and first cells lack letters. A question mark in one that has å is none."""
    signs = [_REPLACED] if any(_REPLACED in text for text in texts) else []
    if any(map(_QUESTION_MARK.search, texts)) and not any(map(_SWEDISH.search, texts)):
        signs.append("?")
    if not signs:
        return []
    what = f"bokstäver gick förlorade innan filen kom hit: {' och '.join(signs)} står i stället för å, ä eller ö"
    action = "Hämta uttaget på nytt som Excel (.xlsx), eller som CSV med kodningen UTF-8"
    return [Finding(Level.WARNING, FindingCode.LETTERS_LOST, what, action=action)]
