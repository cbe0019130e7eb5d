"""The profiles of all kommuner of the län as one zip: a PDF each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from naravard import exports
from naravard.base import kommuner, settings
from naravard.figures.reader import Reader

_FORMAT = "pdf"
MEDIA_TYPE = "application/zip"


def as_zip(
    reader: Reader, version: int, *, mark: str, progress: Callable[[int, int, str], None] = lambda *_: None
) -> bytes:
    """One file for each kommun, in Swedish order. `progress` is called before each: how many are done, of how many."""
    file = io.BytesIO()
    own_kommuner = kommuner.in_lan(settings.lan_kod())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for done_count, kommun in enumerate(own_kommuner):
            progress(done_count, len(own_kommuner), kommun.namn)
            name = exports.file_name(f"kommunprofil_{kommun.namn}", _FORMAT, mark=mark)
            book.writestr(name, exports.write_profile(kommun.kod, reader, version, _FORMAT))
    return file.getvalue()
