"""Nära vård i siffror: indicators for care close to home, per kommun, out of DuckDB."""

__version__ = "0.1.0"
