"""The one way out: JSON from one address that the operator has allowed, bounded in size and time.

It keeps to the host that it was given, also in a redirect and in the address of a next page. An answer that may come
later (429, 5xx, a broken connection) is retried with exponential backoff, or after as long as `Retry-After` says. Each
fault is a UserError of one sentence. The proxy and the certificates are those of the environment.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self

import httpx
import stamina

from naravard import __version__
from naravard.base import settings
from naravard.base.errors import NotAllowed, UserError
from naravard.base.numbers import number, quantity
from naravard.fetch import Cancelled

USER_AGENT = f"naravard/{__version__} (Nara vard i siffror; oppna data)"
_JSON = ("application/json", "application/vnd.api+json", "text/json")
_BUSY, _SERVER_FAULT = 429, 500


@dataclass(frozen=True)
class Limits:
    """How long and how much is waited for: seconds, bytes of one answer when unpacked, attempts."""

    connect: float = 10
    read: float = 60
    whole: float = 180
    most_bytes: int = 64 * 2**20
    attempts: int = 5
    first_wait: float = 1
    longest_wait: float = 60
    redirects: int = 3


class _Later(Exception):
    """An answer that may be another when it is asked for again: what to say if not, and the wait that is asked for."""

    def __init__(self, sentence: str, wait: float | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


def _never() -> bool:
    return False


class Client:
    """Asks one address. `is_cancelled` is asked before each attempt, and while an answer is read."""

    def __init__(
        self, name: str, base: str, *, limits: Limits | None = None, is_cancelled: Callable[[], bool] = _never
    ) -> None:
        self._name, self._base, self._limits = name, httpx.URL(base), limits or Limits()
        self._is_cancelled = is_cancelled
        if self._base.scheme not in {"http", "https"} or not self._base.host:
            raise UserError(f"Adressen till {name} ska börja med https://. Rätta inställningen.")
        self._http = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(self._limits.read, connect=self._limits.connect),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def get(self, path: str) -> Any:
        """The JSON at a path below the address. Raises UserError."""
        return self._ask("GET", self._url(path))

    def post(self, path: str, body: object) -> Any:
        """The JSON that answers a question in JSON. Raises UserError."""
        return self._ask("POST", self._url(path), body)

    def get_next(self, address: str) -> Any:
        """The JSON of a next page, whose address an answer has given. Raises UserError for one on another host."""
        url = self._base.join(address)
        if url.host != self._base.host:
            raise UserError(f"{self._name} hänvisar till en annan värd ({url.host}). Inget hämtades därifrån.")
        # behind a proxy a server may call itself http, or by another port: what it asks for is the path
        return self._ask("GET", url.copy_with(scheme=self._base.scheme, port=self._base.port))

    def _url(self, path: str) -> httpx.URL:
        return httpx.URL(f"{str(self._base).rstrip('/')}/{path.lstrip('/')}")

    def _ask(self, method: str, url: httpx.URL, body: object = None) -> Any:
        limits = self._limits
        try:
            for attempt in stamina.retry_context(
                on=self._wait_of,
                attempts=limits.attempts,
                timeout=None,
                wait_initial=limits.first_wait,
                wait_max=limits.longest_wait,
                wait_jitter=limits.first_wait / 4,
            ):
                with attempt:
                    return self._json(self._answer(method, url, body))
        except _Later as error:
            raise UserError(str(error)) from None
        raise AssertionError("an attempt gives an answer or raises")

    def _wait_of(self, error: Exception) -> bool | float:
        """Whether to try once more, or after how many seconds."""
        if not isinstance(error, _Later):
            return False
        return True if error.wait is None else error.wait

    def _answer(self, method: str, url: httpx.URL, body: object) -> bytes:
        """The body of an answer, redirects on the same host followed."""
        for _ in range(self._limits.redirects + 1):
            self._stop_if_cancelled()
            try:
                with self._http.stream(method, url, json=body) as response:
                    if not response.is_redirect:
                        return self._body(response)
                    url = self._redirected(url, response)
            except httpx.TimeoutException:
                raise _Later(f"{self._name} svarar inte i tid. Försök igen senare.") from None
            except httpx.RemoteProtocolError:
                raise _Later(f"Svaret från {self._name} blev avbrutet. Försök igen senare.") from None
            except (httpx.TransportError, httpx.InvalidURL):
                raise _Later(f"{self._name} går inte att nå. Kontrollera nätet och adressen.") from None
        raise UserError(f"{self._name} hänvisar vidare gång på gång. Kontrollera adressen.")

    def _redirected(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        target = url.join(response.headers.get("Location", ""))
        if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
            raise UserError(f"{self._name} hänvisar till en annan adress ({target.host}). Inget hämtades därifrån.")
        return target

    def _body(self, response: httpx.Response) -> bytes:
        self._refuse(response)
        return b"".join(self._parts(response))

    def _refuse(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == _BUSY:
            raise _Later(f"{self._name} tar inte emot fler frågor just nu. Försök igen senare.", self._wait(response))
        if status >= _SERVER_FAULT:
            raise _Later(f"{self._name} har ett fel just nu ({status}). Försök igen senare.", self._wait(response))
        if not response.is_success:
            raise UserError(
                f"{self._name} svarar {status} på frågan. Tjänsten kan ha ändrats: meddela den som sköter den."
            )
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in _JSON:
            raise UserError(f"{self._name} svarar med {kind or 'okänt innehåll'} och inte JSON. Kontrollera adressen.")

    def _wait(self, response: httpx.Response) -> float | None:
        """Seconds that `Retry-After` asks for, as a number or a date. Raises UserError where that is too long."""
        text = response.headers.get("Retry-After", "")
        if text.isdigit():
            seconds = float(text)
        else:
            try:
                seconds = max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)) / timedelta(seconds=1))
            except (ValueError, TypeError):
                return None
        if seconds > self._limits.longest_wait:
            raise UserError(
                f"{self._name} ber om {quantity(seconds, 'sekunds', 'sekunders')} väntan. Försök igen efter det."
            )
        return seconds

    def _parts(self, response: httpx.Response) -> Iterator[bytes]:
        """The answer in parts, unpacked no further than to the limit."""
        end, left = time.monotonic() + self._limits.whole, self._limits.most_bytes
        unpack = _unpacker(response)
        try:
            for raw in response.iter_raw():
                self._stop_if_cancelled()
                part = unpack(raw, left + 1)
                left -= len(part)
                if left < 0:
                    raise UserError(f"Svaret från {self._name} är för stort. Högst {self._megabytes} MB går att hämta.")
                if time.monotonic() > end:
                    raise _Later(f"{self._name} svarar för långsamt. Försök igen senare.")
                yield part
        except zlib.error:
            raise _Later(f"Svaret från {self._name} är skadat. Försök igen senare.") from None

    @property
    def _megabytes(self) -> str:
        return number(self._limits.most_bytes / 2**20)

    def _json(self, content: bytes) -> Any:
        try:
            return json.loads(content)
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise _Later(f"Svaret från {self._name} är inte hel JSON. Försök igen senare.") from None

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise Cancelled


def _unpacker(response: httpx.Response) -> Callable[[bytes, int], bytes]:
    """What unpacks a part of an answer to so many bytes at most."""
    encoding = response.headers.get("Content-Encoding", "identity").lower()
    if encoding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress
    return lambda part, most: part


def open_client(source: str, name: str, base: str, *, is_cancelled: Callable[[], bool] = _never) -> Client:
    """A client of an open source. Raises NotAllowed where the operator has not named it: then nothing is connected."""
    if source not in settings.may_fetch():
        raise NotAllowed(
            f"Hämtning från {name} är avstängd på den här servern. Den som sköter den skriver {source} i "
            "miljövariabeln NARAVARD_HAMTA, se docs/drift.md."
        )
    return Client(name, base, is_cancelled=is_cancelled)
