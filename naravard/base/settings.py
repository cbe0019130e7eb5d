"""Where things lie and which län is shown: read from the environment at each call."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUERIES = ROOT / "queries"
OWN_DATA = ROOT / "data"
"""The product's own tables and texts: what is data and not code. An installation's data may lie elsewhere."""
PUBLISHED = OWN_DATA / "published"
KOMMUNER_CSV = OWN_DATA / "kommuner.csv"

DEFAULT_LAN = "08"


def data_folder() -> Path:
    """Folder that holds the stores (`NARAVARD_DATA`, default `data/`)."""
    return Path(os.environ.get("NARAVARD_DATA") or ROOT / "data").expanduser().resolve()


def lan_kod() -> str:
    """Two-digit code of the län that is shown (`NARAVARD_LAN`, default "08")."""
    return os.environ.get("NARAVARD_LAN") or DEFAULT_LAN


def user_name() -> str:
    """Name written in the log for work done from this machine."""
    try:
        return os.environ.get("NARAVARD_ANVANDARE") or getpass.getuser()
    except (KeyError, OSError):  # a container user without a name
        return "okänd"


def is_room() -> bool:
    """Whether this machine serves a room (`NARAVARD_RUM=1`): others in its network reach the workshop alone."""
    return os.environ.get("NARAVARD_RUM") == "1"


def public_address() -> str | None:
    """Where others reach the app (`NARAVARD_ADRESS`, as `http://192.168.1.20:8501`), for QR codes; None if unset."""
    return (os.environ.get("NARAVARD_ADRESS") or "").rstrip("/") or None
