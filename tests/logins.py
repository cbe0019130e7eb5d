"""Logins for tests: a file of roles, and what a provider or a signed cookie says of somebody with each of them."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from naravard.base.roles import Role

ORIGIN = "http://127.0.0.1:8501"
SECRET = "en-hemlighet-som-ar-lang-nog"
EMAILS = {
    Role.LASARE: "lisa@kommun.example",
    Role.ANALYTIKER: "anna@region.example",
    Role.FORVALTARE: "fia@region.example",
}
NAMES = {Role.LASARE: "Lisa Läsare", Role.ANALYTIKER: "Anna Analytiker", Role.FORVALTARE: "Fia Förvaltare"}
ROLES = """
[roller]
lasare = ["@kommun.example"]
analytiker = ["Anna@Region.Example", "grupp:analys"]
forvaltare = ["fia@region.example"]
"""
AUTH = f"""
[auth]
redirect_uri = "{ORIGIN}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "naravard"
client_secret = "hemlig"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"
"""
HEADERS = {"x-epost": "email", "x-namn": "name", "x-grupper": "groups"}
"""What a proxy says in its headers."""


def claims_of(role: Role) -> dict[str, Any]:
    """What a provider says of somebody with a role; nothing of who has none."""
    if role not in EMAILS:
        return {}
    return {"is_logged_in": True, "iat": int(time.time()), "email": EMAILS[role], "name": NAMES[role]}


def cookie_of(claims: dict[str, Any], *, origin: str = ORIGIN, secret: str = SECRET) -> str:
    """The cookie of a login, as a browser sends it back."""
    content = json.dumps({"origin": origin, **claims})
    return f"{USER_COOKIE_NAME}={create_signed_value(secret, USER_COOKIE_NAME, content).decode()}"


@contextmanager
def options(**values: object) -> Iterator[None]:
    """Options of Streamlit for a while (`secrets_files`, `server_trustedUserHeaders`)."""
    names = {name.replace("_", "."): value for name, value in values.items()}
    before = {name: config.get_option(name) for name in names}
    try:
        for name, value in names.items():
            config.set_option(name, value)
        secrets_singleton._reset()
        yield
    finally:
        for name, value in before.items():
            config.set_option(name, value)
        secrets_singleton._reset()


def write(file: Path, text: str) -> Path:
    """A file of secrets."""
    file.write_text(text, encoding="utf-8")
    return file
