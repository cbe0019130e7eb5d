"""Where things lie and which län is shown: read from the environment at each call."""

from __future__ import annotations

import getpass
import os
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import NamedTuple

from naravard.base.errors import UserError

PACKAGE = Path(__file__).resolve().parents[1]
INSTALLED = PACKAGE / "_installed"
"""Where a wheel has what lies beside the package in a checkout: app.py, pages, queries, data, .streamlit."""
ROOT = INSTALLED if INSTALLED.is_dir() else PACKAGE.parent
QUERIES = ROOT / "queries"
OWN_DATA = ROOT / "data"
"""The product's own tables and texts: what is data and not code. An installation's data may lie elsewhere."""
PUBLISHED = OWN_DATA / "published"
KOMMUNER_CSV = OWN_DATA / "kommuner.csv"
KOLADA_CSV = OWN_DATA / "kolada.csv"

Network = IPv4Network | IPv6Network

DEFAULT_LAN = "08"
EVERY_LAN = "alla"
lan_here: ContextVar[str | None] = ContextVar("lan_here", default=None)
"""The län that what runs now is about, where that has been said (`base.lan`)."""
_MOST_MONTHS = 1_200
_KOLADA_URL = "https://api.kolada.se/v3"
_SCB_URL = "https://statistikdatabasen.scb.se/api/v2"


class Words(NamedTuple):
    """The same words in English and Swedish, for README.md and docs/."""

    en: str
    sv: str


@dataclass(frozen=True)
class Variable:
    """An environment variable: what it means, and what goes where it is not set."""

    meaning: Words
    default: Words


_NONE = Words("none", "inget")
VARIABLES = {
    "NARAVARD_DATA": Variable(
        Words(
            "folder of the stores, profiles, corrections and workshops",
            "mapp för lagren, profilerna, rättelserna och workshopparna",
        ),
        Words("`data/`; installed: the user's own", "`data/`; installerat: användarens egen"),
    ),
    "NARAVARD_LAGER": Variable(
        Words(
            "a PostgreSQL that several servers share, as `postgresql://name:password@host/database`",
            "en PostgreSQL som flera servrar delar, till exempel `postgresql://namn:lösenord@värd/databas`",
        ),
        Words("the folder", "mappen"),
    ),
    "NARAVARD_LAN": Variable(
        Words(
            "code of the län; several as `08,14`, or `alla`: each has its own store",
            "länets kod; flera som `08,14`, eller `alla`: vart och ett har sitt eget lager",
        ),
        Words(f"`{DEFAULT_LAN}`", f"`{DEFAULT_LAN}`"),
    ),
    "NARAVARD_ANVANDARE": Variable(
        Words("name in the log", "namn i loggen"), Words("who is logged in", "den som är inloggad")
    ),
    "NARAVARD_GODKANN": Variable(
        Words(
            "`2`: an extract is published when a second person has approved it",
            "`2`: ett uttag publiceras när en till har godkänt det",
        ),
        Words("`1`: who reads it in", "`1`: den som läser in det"),
    ),
    "NARAVARD_GALLRING": Variable(
        Words(
            "months that older versions are kept; before them, the last version of each extract is kept",
            "så många månader som äldre versioner sparas; före dem sparas den sista versionen med varje uttag",
        ),
        Words("all are kept", "alla sparas"),
    ),
    "NARAVARD_ADRESS": Variable(
        Words(
            "where others reach the app, several with commas between: the first is in QR codes, and requests for any "
            "other name than these and the machine's own are refused",
            "adressen där andra når appen, flera med komma mellan: den första står i QR-koder, och frågor till andra "
            "namn än dessa och datorns egna vägras",
        ),
        Words("the machine's own", "datorns egna"),
    ),
    "NARAVARD_PROXY": Variable(
        Words(
            "addresses of the proxy in front, as `127.0.0.1` or `10.1.0.0/16`: what it says in `X-Forwarded-For` is "
            "who asks",
            "adresser för proxyn framför, till exempel `127.0.0.1` eller `10.1.0.0/16`: det som den säger i "
            "`X-Forwarded-For` är den som frågar",
        ),
        _NONE,
    ),
    "NARAVARD_MATVARDEN": Variable(
        Words(
            "addresses that may read `/metrics` beside this machine, as `10.1.0.7` or `10.1.0.0/24`",
            "adresser som får läsa `/metrics` utöver datorn själv, till exempel `10.1.0.7` eller `10.1.0.0/24`",
        ),
        _NONE,
    ),
    "NARAVARD_RUM": Variable(
        Words(
            "`1`: others than this machine reach the workshop alone: participants, walls, leaders",
            "`1`: andra än datorn själv når bara workshoppen: deltagarna, visningen, ledaren",
        ),
        Words("off", "av"),
    ),
    "NARAVARD_HAMTA": Variable(
        Words(
            "open sources that may be fetched, as `kolada,scb`: the only way for anything to leave the server",
            "öppna källor som får hämtas, till exempel `kolada,scb`: det enda som får lämna servern",
        ),
        _NONE,
    ),
    "NARAVARD_KOLADA_URL": Variable(
        Words("where Kolada answers", "adressen där Kolada svarar"), Words(f"`{_KOLADA_URL}`", f"`{_KOLADA_URL}`")
    ),
    "NARAVARD_SCB_URL": Variable(
        Words("where SCB's PxWebApi answers", "adressen där SCB:s PxWebApi svarar"),
        Words(f"`{_SCB_URL}`", f"`{_SCB_URL}`"),
    ),
    "NARAVARD_CHROMIUM": Variable(
        Words("tests: path of the browser, a Chromium", "tester: sökväg till webbläsaren, en Chromium"),
        Words("Playwright's own", "Playwrights egen"),
    ),
    "NARAVARD_SCREENSHOTS": Variable(
        Words("tests: folder that screenshots are written to", "tester: mapp som skärmbilder skrivs till"), _NONE
    ),
    "NARAVARD_TILLGANGLIGHET": Variable(
        Words(
            "tests: file that the result for the accessibility statement is written to",
            "tester: fil som resultatet för tillgänglighetsredogörelsen skrivs till",
        ),
        _NONE,
    ),
}
"""Every environment variable that the product or its tests read, by name. `make docs` writes them into the pages."""


CONNECTION = {
    "application_name": "naravard",
    "connect_timeout": "4",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""How a shared PostgreSQL is reached, where its address says nothing else: one that is gone is noticed in seconds."""


def data_folder() -> Path:
    """Folder that holds the stores (`NARAVARD_DATA`, default `data/`, for an installed program the user's own)."""
    default = _user_folder() if ROOT == INSTALLED else ROOT / "data"
    return Path(os.environ.get("NARAVARD_DATA") or default).expanduser().resolve()


def shared_url() -> str | None:
    """The PostgreSQL that is shared with other servers (`NARAVARD_LAGER`); None: all lies in the data folder."""
    return os.environ.get("NARAVARD_LAGER") or None


def _user_folder() -> Path:
    """Where the system keeps a user's data: an update of an installed program replaces all in its own folder."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or "~/AppData/Local", "naravard")
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/naravard")
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share", "naravard")


def lan_text() -> str:
    """Which län the installation has, as the operator has written it (`NARAVARD_LAN`, default "08")."""
    return os.environ.get("NARAVARD_LAN", "").strip() or DEFAULT_LAN


def has_several_lan() -> bool:
    """Whether the operator has named more than one, or all."""
    return _names_several(lan_text())


def _names_several(text: str) -> bool:
    return "," in text or text.casefold() == EVERY_LAN


def lan_kod() -> str:
    """Two-digit code of the län that what runs now is about.

    Raises UserError where the installation has several and it has not been said which: a guess would be another's.
    """
    if kod := lan_here.get():
        return kod
    text = lan_text()  # read once: it is asked for hundreds of times while a file is checked
    if _names_several(text):
        raise UserError(
            f"Här finns flera län (NARAVARD_LAN är {text}). Säg vilket det gäller: ”--lan 08” före kommandot, "
            "eller ”lan=08” i adressen."
        )
    return text


def user_name() -> str:
    """Name written in the log for work done from this machine."""
    try:
        return os.environ.get("NARAVARD_ANVANDARE") or getpass.getuser()
    except (KeyError, OSError):  # a container user without a name
        return "okänd"


def needs_second_person() -> bool:
    """Whether a second person approves what is published (`NARAVARD_GODKANN=2`). Raises UserError for another number.

    A slip of the pen must not turn the rule off.
    """
    text = os.environ.get("NARAVARD_GODKANN", "").strip()
    if text not in {"", "1", "2"}:
        raise UserError(
            f"NARAVARD_GODKANN är {text!r}. Skriv 1 (den som läser in publicerar) eller 2 (en till godkänner)."
        )
    return text == "2"


def months_kept() -> int | None:
    """How many months of older versions are kept (`NARAVARD_GALLRING`); None: all. Raises UserError for no number."""
    text = os.environ.get("NARAVARD_GALLRING", "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _MOST_MONTHS:
        raise UserError(
            f"NARAVARD_GALLRING är {text!r}. Skriv ett antal månader från 1 till {_MOST_MONTHS}, eller inget alls: då "
            "sparas alla versioner."
        )
    return int(text)


def is_room() -> bool:
    """Whether this machine serves a room (`NARAVARD_RUM=1`): others in its network reach the workshop alone."""
    return os.environ.get("NARAVARD_RUM") == "1"


def may_fetch() -> frozenset[str]:
    """The open sources that the operator lets this server fetch (`NARAVARD_HAMTA`, as `kolada,scb`); none by itself."""
    return frozenset(name.strip().lower() for name in os.environ.get("NARAVARD_HAMTA", "").split(",") if name.strip())


def kolada_url() -> str:
    """Where Kolada's API answers (`NARAVARD_KOLADA_URL`), without a slash at its end."""
    return (os.environ.get("NARAVARD_KOLADA_URL") or _KOLADA_URL).rstrip("/")


def scb_url() -> str:
    """Where SCB's PxWebApi 2 answers (`NARAVARD_SCB_URL`), without a slash at its end."""
    return (os.environ.get("NARAVARD_SCB_URL") or _SCB_URL).rstrip("/")


def public_addresses() -> tuple[str, ...]:
    """Where others reach the app (`NARAVARD_ADRESS`, as `http://192.168.1.20:8501`), without a slash at their ends."""
    return tuple(
        text for part in os.environ.get("NARAVARD_ADRESS", "").split(",") if (text := part.strip().rstrip("/"))
    )


def public_address() -> str | None:
    """The first of them, for QR codes; else None."""
    return next(iter(public_addresses()), None)


def proxies() -> tuple[Network, ...]:
    """The proxies in front of the server (`NARAVARD_PROXY`). Raises UserError for what is no address."""
    return _networks("NARAVARD_PROXY", os.environ.get("NARAVARD_PROXY", ""))


def readers_of_metrics() -> tuple[Network, ...]:
    """Who may read what is measured (`NARAVARD_MATVARDEN`). Raises UserError for what is no address."""
    return _networks("NARAVARD_MATVARDEN", os.environ.get("NARAVARD_MATVARDEN", ""))


@cache
def _networks(name: str, text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise UserError(
            f"{name} är {text!r}. Skriv en IP-adress eller ett nät, till exempel 127.0.0.1 eller 10.1.0.0/16."
        ) from error
