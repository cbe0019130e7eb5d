"""The language of a workbook, for spelling and for those who listen: XlsxWriter has no property for it."""

from __future__ import annotations

import io
import zipfile

_CORE, _END = "docProps/core.xml", b"</cp:coreProperties>"
_LANGUAGE = b"<dc:language>sv-SE</dc:language>"


def in_swedish(workbook: bytes) -> bytes:
    """The same workbook with Swedish as its language."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, content.replace(_END, _LANGUAGE + _END) if entry.filename == _CORE else content)
    return file.getvalue()
