"""What may identify a person is never repeated, not even where it stands in the wrong place."""

from __future__ import annotations

import re

_ID_LIKE = re.compile(r"\d{6,8}[-+ ]?[0-9A-Za-z]{3,4}")
"""The family of person ids: a date of six or eight digits, then three or four characters."""
MASKED = "(dolt, liknar ett person-id)"


def masked(text: str) -> str:
    """The text with everything that looks like a person id replaced.

    Used for headings, file names and cells that a report quotes: a file can lack its heading row, and a
    column can be shifted.
    """
    return _ID_LIKE.sub(MASKED, text)
