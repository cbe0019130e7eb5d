"""What goes wrong, told to programs as RFC 9457 has it (`application/problem+json`), in Swedish."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response

from naravard.base.errors import UserError

API = "/api/v1/"
"""Where the addresses of programs begin."""
MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: "Frågan går inte att besvara så som den är skriven",
    401: "Nyckeln gäller inte",
    403: "Det får du inte läsa",
    404: "Det finns inte",
    405: "Här går det bara att läsa",
    410: "Det finns inte längre",
    416: "Så långt är svaret inte",
    421: "Servern heter något annat",
    429: "För många frågor",
    500: "Något gick fel i servern",
    503: "Det går inte just nu",
}
"""What each status means here."""
_HEADERS = {"cache-control": "no-store"}
_FOR_LOGIN = {"www-authenticate": 'Bearer error="invalid_token"'}


class Problem(UserError):
    """What is wrong with a question: the status, a sentence, and more for programs (which values are allowed)."""

    def __init__(self, status: int, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.more = more


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, /, **more: object) -> Response:
    """A problem as an answer. `more` are members of its own beside those of the standard."""
    content = {
        "type": f"{API}#fel-{status}",
        "title": TITLES.get(status, TITLES[500]),
        "status": status,
        "detail": detail,
        **more,
    }
    own_headers = {**_HEADERS, **(_FOR_LOGIN if status == 401 else {}), **(headers or {})}
    return Response(json.dumps(content, ensure_ascii=False), status, own_headers, MEDIA_TYPE)
