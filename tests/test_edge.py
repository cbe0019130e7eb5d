"""The edge of the server: what a foreign page, another name or a proxy gets, before anything of Streamlit is asked."""

import logging
import re
import socket
from typing import Any

import anyio
import pytest
from starlette.applications import Starlette
from streamlit import net_util
from streamlit.web.server import server_util

from naravard import web
from naravard.base import lan, log
from naravard.base.errors import UserError
from naravard.edge import metrics, names, start
from naravard.edge.guard import Clients
from naravard.ui.streamlit_internals import Bound
from naravard.workshop import addresses
from tests import shut

LAPTOP = "192.168.1.2"
"""The address of the machine that serves, in the room's network."""
HERE, PHONE = "127.0.0.1", "192.168.1.7"
FOREIGN = "http://exempel-anfall.se"


def answered(
    path: str = "/",
    *,
    method: str = "GET",
    kind: str = "http",
    client: str = HERE,
    server: str = HERE,
    version: str = "1.1",
    **headers: str,
) -> str:
    """What a request gets at the door of the whole server: `in`, or the status or code that it is refused with."""
    sent: list[dict[str, Any]] = []
    return sent_to(sent, path, method=method, kind=kind, client=client, server=server, version=version, **headers)[0]


def sent_to(
    sent: list[dict[str, Any]],
    path: str,
    *,
    method: str,
    kind: str,
    client: str,
    server: str,
    version: str,
    **headers: str,
) -> tuple[str, Any]:
    """The same, and the scope that the app behind has met."""
    behind: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        behind.append(scope)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "scheme": "ws" if kind == "websocket" else "http",
        "http_version": version,
        "client": (client, 5000),
        "server": (server, 8501),
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode())
            for name, value in {"host": f"{HERE}:8501", **headers}.items()
        ],
    }
    stack: Any = app
    for part in reversed(web.MIDDLEWARE):
        stack = part.cls(stack, *part.args, **part.kwargs)
    anyio.run(stack, scope, None, send)
    return ("in", behind[0]) if behind else (str(sent[0].get("status", sent[0].get("code"))), None)


def met(path: str = "/", *, kind: str = "http", client: str = HERE, server: str = HERE, **headers: str) -> Any:
    """The request as the app behind the door meets it."""
    return sent_to([], path, method="GET", kind=kind, client=client, server=server, version="1.1", **headers)[1]


@pytest.mark.parametrize(
    ("host", "server", "gets"),
    [
        ("127.0.0.1:8501", HERE, "in"),
        ("localhost:8501", HERE, "in"),
        ("LOCALHOST", HERE, "in"),
        ("localhost.:8501", HERE, "in"),
        ("[::1]:8501", "::1", "in"),
        ("exempel-anfall.se:8501", HERE, "421"),
        ("exempel-anfall.se", LAPTOP, "421"),
        ("localhost.exempel-anfall.se", HERE, "421"),
        ("127.0.0.1.exempel-anfall.se:8501", HERE, "421"),
        ("exempel-anfall.se@127.0.0.1:8501", HERE, "421"),
        ("127.0.0.1:8501/exempel", HERE, "421"),
        ("127.0.0.1:8501; script-src *", HERE, "421"),
        ("0.0.0.0:8501", HERE, "421"),
        ("127.1:8501", HERE, "421"),
        ("", HERE, "421"),
        # the room's network: the address that the connection came to, whichever it is today
        (f"{LAPTOP}:8501", LAPTOP, "in"),
        ("10.0.0.9:8501", "10.0.0.9", "in"),
        (f"{LAPTOP}:8501", "10.0.0.9", "421"),
        (f"{LAPTOP}:8501", HERE, "421"),
        (f"{LAPTOP}:8501", f"::ffff:{LAPTOP}", "in"),
        ("[fe80::1]:8501", "fe80::1%eth0", "in"),
        ("min-dator:8501", LAPTOP, "in"),
        ("Min-Dator.local:8501", LAPTOP, "in"),
        ("min-dator.exempel-anfall.se:8501", LAPTOP, "421"),
        # a rebound name comes over the machine's own address
        ("min-dator.local:8501", HERE, "421"),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_only_a_name_of_the_servers_own_is_answered(
    monkeypatch: pytest.MonkeyPatch, host: str, server: str, gets: str, kind: str
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "min-dator")
    names.machine_names.cache_clear()
    expected = gets if kind == "http" or gets == "in" else "1008"
    assert answered("/_stcore/stream", kind=kind, host=host, server=server) == expected
    names.machine_names.cache_clear()


def test_a_request_with_two_names_or_none_is_refused() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("nobody is let in")

    for headers in ([], [(b"host", b"127.0.0.1"), (b"host", b"127.0.0.1")]):
        sent: list[Any] = []

        async def send(message: Any, sent: list[Any] = sent) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "server": (HERE, 8501)}
        anyio.run(web.Guard(app), scope, None, send)
        assert sent[0]["status"] == 421


def test_the_names_that_are_set_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(host="naravard.exempel.se") == "421"
    monkeypatch.setenv("NARAVARD_ADRESS", "https://naravard.exempel.se/, http://intern:8501")
    assert answered(host="naravard.exempel.se") == "in"
    assert answered(host="intern:8501") == "in"
    assert answered(host="exempel.se") == "421"


def test_a_refusal_is_in_swedish_and_for_scripts_as_json() -> None:
    for path, kind in (("/", b"text/plain; charset=utf-8"), ("/api/workshop/abc234", b"application/json")):
        sent: list[dict[str, Any]] = []
        sent_to(
            sent, path, method="GET", kind="http", client=HERE, server=HERE, version="1.1", host="exempel-anfall.se"
        )
        assert dict(sent[0]["headers"])[b"content-type"] == kind
        assert "NARAVARD_ADRESS" in sent[1]["body"].decode()
        assert b"content-security-policy" in dict(sent[0]["headers"]), "also what is refused has its headers"


@pytest.mark.parametrize(
    ("kind", "method", "headers", "gets"),
    [
        ("websocket", "GET", {"origin": FOREIGN}, "1008"),
        ("websocket", "GET", {"origin": "null"}, "1008"),
        ("websocket", "GET", {"origin": "http://127.0.0.1:3000"}, "1008"),
        ("websocket", "GET", {"origin": "https://127.0.0.1:8501"}, "1008"),
        ("websocket", "GET", {"origin": "http://127.0.0.1:8501"}, "in"),
        ("websocket", "GET", {}, "in"),
        ("http", "POST", {"origin": FOREIGN}, "403"),
        ("http", "PUT", {"origin": FOREIGN}, "403"),
        ("http", "DELETE", {"origin": "null"}, "403"),
        ("http", "POST", {"origin": "http://127.0.0.1:8501"}, "in"),
        ("http", "POST", {"sec_fetch_site": "cross-site"}, "403"),
        ("http", "POST", {"sec_fetch_site": "same-site"}, "403"),
        ("http", "POST", {"sec_fetch_site": "same-origin"}, "in"),
        ("http", "POST", {}, "in"),
        ("http", "GET", {"origin": FOREIGN, "sec_fetch_site": "cross-site"}, "in"),  # a link from elsewhere
    ],
)
def test_a_foreign_page_opens_no_websocket_and_sends_nothing(
    kind: str, method: str, headers: dict[str, str], gets: str
) -> None:
    path = "/_stcore/stream" if kind == "websocket" else "/api/workshop/abc234/svar"
    assert answered(path, kind=kind, method=method, **headers) == gets


def test_a_page_behind_a_proxy_is_our_own_by_the_address_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_ADRESS", "https://naravard.exempel.se")
    ours = {"origin": "https://naravard.exempel.se"}
    assert answered(kind="websocket", host="naravard.exempel.se", **ours) == "in"
    assert answered(kind="websocket", host="naravard.exempel.se", origin="https://naravard.exempel.se:8443") == "1008"
    behind = met(kind="websocket", **ours)  # nginx puts its own name in the place of the browser's
    assert dict(behind["headers"])[b"host"] == b"naravard.exempel.se", "as Streamlit compares them"


@pytest.mark.parametrize("origin", [FOREIGN, "null", "http://127.0.0.1:3000"])
def test_streamlit_never_asks_the_internet_for_an_origin(monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    asked: list[str] = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout: asked.append(url))
    assert answered("/_stcore/stream", kind="websocket", origin=origin) == "1008"
    server_util.is_url_from_allowed_origins(origin)  # what it does with one that it meets itself
    assert net_util.get_external_ip() is None
    assert asked == []


@pytest.mark.parametrize("reach", ["192.0.2.1", "exempel.se"])
def test_a_test_that_calls_another_machine_fails(reach: str) -> None:
    with pytest.raises(shut.CallsOut):
        socket.create_connection((reach, 80), timeout=1)
    assert shut.CALLS
    shut.CALLS.clear()


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_what_no_page_needs_of_streamlit_is_closed(path: str) -> None:
    assert answered(path) == "404"
    assert answered("/_stcore/health") == "in"


FORWARDED = ["x_forwarded_for", "forwarded", "x_real_ip", "via", "x_forwarded_host", "cf_connecting_ip"]


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("path", ["/", "/ladda_upp", "/d/abc234"])
def test_a_room_takes_nothing_through_a_proxy_that_is_not_named(
    monkeypatch: pytest.MonkeyPatch, header: str, path: str
) -> None:
    assert answered(path, **{header: HERE}) == "in", "unless it has been started for a room"
    monkeypatch.setenv("NARAVARD_RUM", "1")
    assert answered(path, **{header: HERE}) == "403"
    assert answered(path) == "in"
    assert answered(path, version="1.0") == "403", "as nginx asks"
    assert answered(path, connection="upgrade") == "403", "and with the lines for websockets"
    for direct in ("keep-alive", "Upgrade", "keep-alive, Upgrade", "close"):
        assert answered(path, connection=direct) == "in", direct


def test_behind_a_named_proxy_who_asks_is_what_the_proxy_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_PROXY", "127.0.0.1, 10.1.0.0/16")
    assert met(x_forwarded_for=PHONE)["client"][0] == PHONE
    assert met(x_forwarded_for=f"1.2.3.4, {PHONE}")["client"][0] == PHONE, "what the client itself adds comes first"
    assert met(x_forwarded_for=f"{PHONE}, 10.1.4.4")["client"][0] == PHONE, "two proxies"
    assert met(client=PHONE, x_forwarded_for="127.0.0.1")["client"][0] == PHONE, "past the proxy"
    assert met(x_forwarded_for="[2001:db8::7]:4711")["client"][0] == "2001:db8::7"
    assert met(x_forwarded_for="vem som helst")["client"][0] == HERE
    assert met(x_forwarded_for=PHONE, x_forwarded_proto="https")["scheme"] == "https"
    monkeypatch.setenv("NARAVARD_PROXY", "10.1.0.5")
    assert met(client=PHONE, x_forwarded_for="1.2.3.4")["client"][0] == PHONE


def test_in_a_room_behind_a_named_proxy_nobody_is_the_machine_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_RUM", "1")
    monkeypatch.setenv("NARAVARD_PROXY", "127.0.0.1")
    for says in ({}, {"x_forwarded_for": HERE}, {"x_forwarded_for": LAPTOP}, {"x_forwarded_for": PHONE}):
        assert answered("/ladda_upp", **says) == "403", says
        assert answered("/_stcore/stream", kind="websocket", **says) == "1008", says
        assert answered("/d/abc234", **says) == "in", says
    monkeypatch.setenv("NARAVARD_PROXY", "10.1.0.5")
    assert answered("/d/abc234", client=PHONE, server=LAPTOP, host=LAPTOP, x_forwarded_for="1.1.1.1") == "403"


def test_in_a_room_whose_address_is_another_than_its_own_nobody_is_the_machine_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NARAVARD_RUM", "1")
    monkeypatch.setenv("NARAVARD_ADRESS", f"http://{LAPTOP}:8501")
    assert answered("/ladda_upp") == "in"
    monkeypatch.setenv("NARAVARD_ADRESS", "https://naravard.exempel.se")
    assert answered("/ladda_upp") == "403"
    assert answered("/d/abc234", host="naravard.exempel.se") == "in"


def test_in_a_hostile_network_a_rebound_name_of_the_machine_is_not_the_machine_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NARAVARD_RUM", "1")
    monkeypatch.setattr(names, "machine_names", lambda: frozenset({"min-dator.local"}))
    at_its_own = {"client": LAPTOP, "server": LAPTOP}
    assert answered("/ladda_upp", host=f"{LAPTOP}:8501", **at_its_own) == "in"
    assert answered("/ladda_upp", host="min-dator.local:8501", **at_its_own) == "403"
    assert answered("/d/abc234", host="min-dator.local:8501", client=PHONE, server=LAPTOP) == "in"


def test_a_proxy_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_PROXY", "nginx")
    with pytest.raises(UserError, match=r"127\.0\.0\.1"):
        list(start.dangers(Bound("127.0.0.1", 8501, "http")))


@pytest.mark.parametrize(
    ("bound", "variables", "says"),
    [
        ("127.0.0.1", {}, ""),
        ("localhost", {}, ""),
        ("0.0.0.0", {}, "OCH INGEN INLOGGNING ÄR PÅSLAGEN"),
        ("", {}, "OCH INGEN INLOGGNING ÄR PÅSLAGEN"),
        ("127.0.0.1", {"NARAVARD_ADRESS": "https://naravard.exempel.se"}, "OCH INGEN INLOGGNING ÄR PÅSLAGEN"),
        ("127.0.0.1", {"NARAVARD_ADRESS": "naravard.exempel.se"}, "börjar med http"),
        ("0.0.0.0", {"NARAVARD_RUM": "1"}, ""),
        ("127.0.0.1", {"NARAVARD_RUM": "1"}, "telefoner når den inte"),
        ("127.0.0.1", {"NARAVARD_RUM": "1", "NARAVARD_PROXY": "127.0.0.1"}, ""),
        ("0.0.0.0", {"NARAVARD_RUM": "1", "NARAVARD_PROXY": "127.0.0.1"}, "går förbi proxyn"),
        ("0.0.0.0", {"NARAVARD_RUM": "1", "NARAVARD_ADRESS": "https://naravard.exempel.se"}, "en proxy framför"),
        ("0.0.0.0", {"NARAVARD_RUM": "1", "NARAVARD_ADRESS": f"http://{LAPTOP}:8501"}, ""),
        ("127.0.0.1", {"FORWARDED_ALLOW_IPS": "*"}, "FORWARDED_ALLOW_IPS"),
    ],
)
def test_what_is_dangerous_is_said_when_the_server_starts(
    monkeypatch: pytest.MonkeyPatch, bound: str, variables: dict[str, str], says: str
) -> None:
    for name in ("NARAVARD_RUM", "NARAVARD_PROXY", "NARAVARD_ADRESS", "FORWARDED_ALLOW_IPS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(start, "_answers", lambda port: False)
    warnings = "\n".join(start.dangers(Bound(bound, 8501, "http")))
    assert bool(warnings) is bool(says), warnings
    assert says in warnings


def test_a_web_server_on_a_rooms_own_machine_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_RUM", "1")
    with socket.socket() as listener:
        listener.bind((HERE, 0))
        listener.listen()
        monkeypatch.setattr(start, "_PORTS_OF_PROXIES", (listener.getsockname()[1],))
        assert "NARAVARD_PROXY=127.0.0.1" in "\n".join(start.dangers(Bound("0.0.0.0", 8501, "http")))


def headers(path: str, *sent_by_app: tuple[bytes, bytes], **asked: str) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, out of those that the app gave."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": list(sent_by_app)})

    async def send(message: Any) -> None:
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": pairs, "server": (HERE, 1), "client": (HERE, 5)}
    anyio.run(web.Headers(app), {**scope, "scheme": "http"}, None, send)
    return list(sent[0]["headers"])


def policy(path: str, host: str = f"{HERE}:8501", **asked: str) -> dict[str, list[str]]:
    """The security policy of the page at an address: what may be reached, by kind."""
    parts = dict(headers(path, host=host, **asked))[b"content-security-policy"].decode().split("; ")
    return {name: values for name, *values in (part.split(" ") for part in parts)}


@pytest.mark.parametrize("path", ["/", "/jamfor", "/d/abc234", "/visa", "/led/abc234", "/presentator"])
def test_no_page_reaches_another_host_or_is_a_part_of_another_page(path: str) -> None:
    allowed = policy(path)
    assert allowed["default-src"] == ["'none'"]
    assert allowed.get("object-src", ["'none'"]) == ["'none'"]
    assert allowed["base-uri"] in (["'self'"], ["'none'"])
    for kind in ("form-action", "frame-ancestors"):
        assert allowed[kind] == ["'self'"], kind
    for values in allowed.values():
        assert not {"*", "ws:", "wss:", "http:", "https:"} & set(values), values
    assert "'unsafe-eval'" not in allowed["script-src"]


@pytest.mark.parametrize("path", ["/d/abc234", "/visa", "/led/abc234", "/presentator"])
def test_the_rooms_pages_run_their_own_scripts_alone_and_open_no_websockets(path: str) -> None:
    allowed = policy(path)
    scripts = allowed["script-src"]
    assert "'unsafe-inline'" not in scripts
    assert len([value for value in scripts if re.fullmatch(r"'sha256-[\w+/]{43}='", value)]) == 3
    assert allowed["connect-src"] == ["'self'"]


def test_a_page_of_streamlits_reaches_its_own_websockets() -> None:
    assert policy("/")["connect-src"] == ["'self'", "ws://127.0.0.1:8501", "wss://127.0.0.1:8501"]


def test_a_name_that_is_none_is_no_part_of_the_policy() -> None:
    assert policy("/", "x; script-src *")["connect-src"] == ["'self'"]


def test_behind_a_proxy_that_is_asked_by_tls_a_browser_sends_nothing_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_ADRESS", f"https://{HERE}:8501")
    cookies = [(b"set-cookie", b"_streamlit_user=x; Path=/; HttpOnly"), (b"set-cookie", b"secure=1; Path=/; Secure")]
    by_tls = {"host": f"{HERE}:8501", "x_forwarded_for": PHONE, "x_forwarded_proto": "https"}
    for proxy in ("", "10.1.0.5"):
        monkeypatch.setenv("NARAVARD_PROXY", proxy)
        not_believed = headers("/", *cookies, **by_tls)
        assert [pair for pair in not_believed if pair[0] == b"set-cookie"] == cookies
        assert b"strict-transport-security" not in dict(not_believed)
    monkeypatch.setenv("NARAVARD_PROXY", HERE)
    answer = headers("/", *cookies, **by_tls)
    assert [value for name, value in answer if name == b"set-cookie"] == [
        b"_streamlit_user=x; Path=/; HttpOnly; Secure", b"secure=1; Path=/; Secure",
    ]  # fmt: skip
    assert dict(answer)[b"strict-transport-security"] == b"max-age=31536000"
    assert policy("/", x_forwarded_for=PHONE, x_forwarded_proto="https")["connect-src"] == [
        "'self'", f"wss://{HERE}:8501",
    ]  # fmt: skip


def test_the_guard_stands_before_all_but_what_counts_and_the_headers() -> None:
    classes = [part.cls for part in web.MIDDLEWARE]
    assert classes[:4] == [metrics.Metrics, web.Headers, web.Guard, web.OnlyTheRoom]
    assert Clients in classes
    assert isinstance(Starlette(middleware=web.MIDDLEWARE), Starlette)


def test_a_setting_that_cannot_be_read_stops_the_server_and_says_why(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NARAVARD_PROXY", "nginx")
    with pytest.raises(UserError), start.failing_in_words():
        start.warn(Bound("127.0.0.1", 8501, "http"))
    monkeypatch.setenv("NARAVARD_LAN", "08,99")
    with pytest.raises(UserError), start.failing_in_words():
        lan.koder()
    told = [log.line_of(record)["text"] for record in caplog.records]
    assert "NARAVARD_PROXY är 'nginx'" in str(told[0])
    assert str(told[1]).startswith(
        "Länskoden '99' finns inte. Ange i NARAVARD_LAN en eller flera av 01 Stockholms län, 03"
    )


def test_a_start_that_fails_otherwise_is_a_number_and_no_text(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match="19380230"), start.failing_in_words():
        raise ValueError("19380230-1234")
    assert [(r.levelname, r.getMessage()) for r in caplog.records] == [("ERROR", "Servern gick inte att starta")]
    record = logging.LogRecord(
        "uvicorn.error", 40, "", 1, "Traceback (most recent call last):\n fel: hemligt", None, None
    )
    assert not log.Handler().filter(record)


def test_where_the_app_is_in_the_network_is_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(addresses, "own_address", lambda: LAPTOP)
    for bound in (Bound("127.0.0.1", 8501, "http"), Bound("0.0.0.0", 8501, "https"), Bound("::1", 8502, "http")):
        start.tell(bound)
    assert caplog.messages == [
        "Appen finns på http://127.0.0.1:8501",
        f"Appen finns på https://127.0.0.1:8501 och för andra i nätet på https://{LAPTOP}:8501",
        "Appen finns på http://[::1]:8502",
    ]
