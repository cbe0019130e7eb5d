"""The verb that starts the app: starta."""

from __future__ import annotations

import os
import subprocess
import sys

import typer

from naravard.base import lan, settings
from naravard.commands._app import app


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def starta(context: typer.Context) -> int:
    """Starta appen. Det som står efter går till Streamlit, till exempel --server.port 8502."""
    lan.koder()  # raises for what NARAVARD_LAN cannot be, in a sentence before the server's own log begins
    program = str(settings.ROOT / "app.py")
    # -P: the code of the folder that the user happens to stand in is not imported
    command = [sys.executable, "-P", "-m", "streamlit", "run", program, *context.args]
    if sys.platform != "win32":
        os.execv(sys.executable, command)  # noqa: S606 (the server takes this process over, with its signals)
    return subprocess.call(command)  # noqa: S603 (exec on Windows would free the terminal while the server runs)
