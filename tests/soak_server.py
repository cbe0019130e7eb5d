"""An hour of visitors: 35 at once walk the pages while versions are published; no error, and memory stands still.

`python -m tests.soak_server`, a part of `make soak`. SOAK_SECONDS and SOAK_VISITORS change how long and how many.

A server keeps what follows from the sixteen newest versions of a store (`snapshots.py`), some 5 MB of each. It is warm
when it has seen twenty, after twenty minutes: what grows from then on is no such memory, and would grow for ever.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from naravard import stores
from naravard.base import settings
from tests import sessions
from tests.bench_sessions import OWN_PAGES, megabytes
from tests.browser.conftest import start_server, stop_server
from tests.test_store import sabo_file

SECONDS = float(os.environ.get("SOAK_SECONDS", "3600"))
VISITORS = int(os.environ.get("SOAK_VISITORS", "35"))
_PUBLICATION_SECONDS, _WARM_PUBLICATIONS, _MOST_GROWTH = 60, 20, 1.05


def main() -> int:
    """Print what came of it; 1 where something was wrong."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NARAVARD_DATA"] = str(folder / "data")
        stores.live_store()
        stores.example_store()
        server = start_server(folder, program="streamlit")
        try:
            return asyncio.run(_walk(server.process.pid, int(server.url.rpartition(":")[2]), folder))
        finally:
            stop_server(server)


async def _walk(pid: int, port: int, folder: Path) -> int:
    begun = time.monotonic()
    pages, errors, published = 0, [], 0
    warm = 0.0
    while (now := time.monotonic() - begun) < SECONDS:
        if now > published * _PUBLICATION_SECONDS:
            published += 1
            await asyncio.to_thread(_publish, folder, published)
        seen = await sessions.visit(port, VISITORS, OWN_PAGES.split(","))
        pages += len(seen["first"]) + len(seen["moves"])
        errors += seen["errors"]
        if not warm and published > _WARM_PUBLICATIONS:
            warm = megabytes(pid)
            print(f"warm after {now:.0f} s: {warm:.0f} MB", flush=True)
    growth = megabytes(pid) / warm if warm else 1.0
    memory = f"memory {growth:.2f} times the warm server's" if warm else "too short a time to warm the server"
    print(f"{pages} pages, {published} publications, {len(errors)} errors, {memory}")
    return int(bool(errors) or growth > _MOST_GROWTH)


def _publish(folder: Path, number: int) -> None:
    """By the command line, as another process does it."""
    file = folder / "sabo.csv"
    file.write_bytes(sabo_file(100 + 10 * (number % 20)))
    arguments = ["importera", str(file), "--kalla", "sabo", "--matperiod", "våren 2024", "--godkann-varningar"]
    subprocess.run(
        [sys.executable, "-m", "naravard", *arguments], cwd=settings.ROOT, check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main())
