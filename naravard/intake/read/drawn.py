"""Text tables that are drawn for the eye: Markdown, what databases print, and columns of a fixed width."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from naravard.base.errors import UserError
from naravard.intake.read.limits import HEAD_ROWS

_RULE = re.compile(r"[ \t]*[|+]?(?:[ ]*:?[-=]{2,}:?[ ]*[|+])*[ ]*:?[-=]{2,}:?[ ]*[|+]?\s*")
"""A line between headings and rows: `|---|---:|`, `----+----`, `+====+====+`."""
_DASHES = re.compile(r"\s*-+(?: +-+)+\s*")
"""The same above columns of a fixed width, each as wide as its dashes."""
_RULE_OF_CELLS = re.compile(r"-{2,}\s*(?:(?P<mark>[;\t,])-{2,}\s*)(?:(?P=mark)-{2,}\s*)*")
"""The same between cells: how a database prints headings."""
_GAP = re.compile(r" {2,}")
_DELIMITERS = frozenset(";\t,|")
_SAMPLE = 2**16
_FEWEST_LINES = 3
_MOSTLY = 0.8


def as_delimited(content: bytes, encoding: str, filename: str) -> bytes:
    """The content with a delimiter between its columns, each line where it stands; any other text as it is.

    Raises UserError for columns of a fixed width of which nobody sees where each ends.
    """
    sample = content[:_SAMPLE].decode(encoding, errors="replace").splitlines()[:HEAD_ROWS]
    if len(sample) > 1 and _RULE_OF_CELLS.fullmatch(sample[1]):
        headings, rule, rows = content.split(b"\n", 2) if content.count(b"\n") > 1 else (*content.split(b"\n"), b"")
        return b"\n".join((headings, b"\r" if rule.endswith(b"\r") else b"", rows))
    has_frame = any(_RULE.fullmatch(line) and set(line) & set("|+") for line in sample)
    dashes = next((line for line in sample if _DASHES.fullmatch(line)), None)
    if not (has_frame or dashes or _is_in_columns(sample)):
        return content
    lines = content.decode(encoding, errors="replace").split("\n")
    if has_frame:
        lines = [_without_frame(line) for line in lines]
    elif dashes:
        lines = _cut(lines, dashes)
    else:
        lines = _split_at_gaps(lines, filename)
    return "\n".join(lines).encode(encoding, errors="replace")


def _without_frame(line: str) -> str:
    if _RULE.fullmatch(line):
        return ""
    plain = line.strip()
    return plain[1:-1] if plain.startswith("|") and plain.endswith("|") else line


def _cut(lines: Sequence[str], dashes: str) -> list[str]:
    """The lines from the headings, which stand above the dashes, to the first empty one, as cells.

    A line with something between the columns stays as it is.
    """
    starts = [match.start() for match in re.finditer("-+", dashes)]
    ends = [match.end() for match in re.finditer("-+", dashes)]
    place = next(place for place, line in enumerate(lines) if _DASHES.fullmatch(line))
    end = next((i for i, line in enumerate(lines) if i > place and not line.strip()), len(lines))

    def cells(line: str) -> str:
        if any(line[end:start].strip() for end, start in zip(ends, starts[1:], strict=False)):
            return line
        return "\t".join(line[start:end].strip() for start, end in zip(starts, [*starts[1:], None], strict=True))

    table = ["" if _DASHES.fullmatch(line) else cells(line) for line in lines[max(0, place - 1) : end]]
    return [*lines[: max(0, place - 1)], *table, *lines[end:]]


def _is_in_columns(sample: Sequence[str]) -> bool:
    """Whether most lines have wide gaps and no delimiter; a comma is one in the headings, in the first of them."""
    lines = [line for line in sample if line.strip()]
    wide_lines = [line for line in lines if _GAP.search(line.strip())]
    is_most = len(wide_lines) >= max(_FEWEST_LINES, _MOSTLY * len(lines))
    if not is_most or _DELIMITERS & set(wide_lines[0]):
        return False
    return not any(_DELIMITERS - {","} & set(line) for line in wide_lines)


def _split_at_gaps(lines: Sequence[str], filename: str) -> list[str]:
    rows = [_GAP.split(line.strip()) for line in lines]
    width = Counter(len(cells) for cells in rows if len(cells) > 1).most_common(1)[0][0]
    if any(1 < len(cells) != width for cells in rows) or _is_cut_by_one_space(rows, width):
        raise UserError(
            f"Filen {filename} är text i kolumner med blanksteg emellan, och det syns inte var varje kolumn slutar. "
            "Öppna den i Excel med Data, Från text, välj fast bredd, och spara som .xlsx."
        )
    return ["\t".join(cells) for cells in rows]


def _is_cut_by_one_space(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a line that is a row has a single space where others have more, so that it is one cell."""
    places = [place for place, cells in enumerate(rows) if len(cells) == width]
    between = rows[places[0] : places[-1]]
    return any(len(cells) == 1 and cells[0] for cells in between)
