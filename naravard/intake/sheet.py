"""What a sheet is to those who read tables out of it, whatever kind of file it is in."""

from __future__ import annotations

from typing import Protocol

from naravard.intake.read.body import Body


class Sheet(Protocol):
    """A sheet of any kind of file."""

    @property
    def filename(self) -> str:
        """What its file is called."""

    @property
    def name(self) -> str | None:
        """What the sheet is called, None where a file has one only."""

    @property
    def head(self) -> list[list[str]]:
        """The first rows."""

    def body(self, first: int, width: int) -> Body:
        """The rows from `first` on."""
