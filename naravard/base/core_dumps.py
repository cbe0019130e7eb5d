"""No core dumps: where a program is ended by a fault the system can write all of its memory, persons too, to disk."""

from __future__ import annotations

import sys

if sys.platform != "win32":
    import resource


def prevent() -> None:
    """Let the system write none of this program, nor of what it starts. Windows has no such limit."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
