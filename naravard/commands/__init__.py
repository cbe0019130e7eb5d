"""The verbs of the command line, found by looking: one module per group registers its verbs on `app`.

A new verb is a function in a module here, with `@app.command()`; nothing else is edited. Modules whose name begins
with `_` are shared parts. No module here may import streamlit, plotly or pandas: the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from naravard.commands._app import app
from naravard.commands._main import UNREAD, main

__all__ = ["UNREAD", "app", "main"]

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
