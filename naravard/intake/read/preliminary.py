"""What a file says of its figures in words: that they may change."""

from __future__ import annotations

from collections.abc import Iterable

from naravard.base.codes import FindingCode, Level
from naravard.base.footnotes import is_preliminary
from naravard.base.model import Finding


def about_preliminary(texts: Iterable[str]) -> tuple[Finding, ...]:
    """That a title, a heading, a note or a name says that the figures are preliminary, or a draft."""
    if not any(map(is_preliminary, texts)):
        return ()
    what = "filen säger att siffror är preliminära eller ett utkast"
    action = "Publicera dem som preliminära om de inte ska synas för alla än"
    return (Finding(Level.NOTE, FindingCode.NUMBER_MARKED, what, action=action),)
