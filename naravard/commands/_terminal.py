"""What a verb writes: text, a table or JSON on standard output, whatever stands at the other end of it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from time import monotonic
from typing import Any, TextIO

from naravard.base.errors import UserError
from naravard.exports.tabell import aligned


def print_list(records: list[dict[str, Any]], columns: tuple[str, ...], *, as_json: bool) -> None:
    """Records as aligned lines of the columns; as JSON with all that they have."""
    if as_json:
        print_json(records)
        return
    rows = [columns, *(tuple(str(record[name]) for name in columns) for record in records)]
    print_text("\n".join(aligned(rows, text_columns=len(columns))))


def print_json(value: object) -> None:
    """A value for machines. Dates are texts."""
    print_text(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2, default=str))


def print_text(text: str) -> None:
    """Write and flush. Raises BrokenPipeError where nobody reads, UserError where the disk is full."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk
        silence(sys.stdout)
        raise UserError(f"Svaret går inte att skriva ut ({error.strerror}).") from error


def ask_to_accept(count: int) -> None:
    """That warnings have to be accepted, and how."""
    warnings = "1 varning. Läs den" if count == 1 else f"{count} varningar. Läs dem"
    print(f"{warnings}, och lägg till --godkann-varningar för att publicera.", file=sys.stderr)


_SHOWN_AFTER = 1.0
"""Seconds before it is told how far something has come."""
_start_time = monotonic()


def print_progress(done_count: int, count: int, name: str) -> None:
    """`3 av 12: Hultsfred`, beside the answer, once the command has run for a while."""
    if monotonic() - _start_time > _SHOWN_AFTER:
        print(f"{done_count + 1} av {count}: {name}", file=sys.stderr, flush=True)


def prepare_streams() -> None:
    """Make the standard streams ones that can be written to, in UTF-8."""
    _open_closed_streams()
    _speak_utf8()


def _open_closed_streams() -> None:
    """Lead a stream that was closed from the start (`>&-`) nowhere: else the next opened file would be in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def silence(*streams: TextIO) -> None:
    """Lead streams nowhere: the interpreter writes what is left in them at its end, and would tell that it fails."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
