"""A login by a real provider (OpenID Connect), in a real browser: in, with which role, out, and when it ends."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME

from naravard import menu
from naravard.base.roles import Role
from tests import logins, sessions
from tests.browser.conftest import (
    Server,
    Visit,
    free_port,
    new_tab,
    settle,
    start_server,
    stop_server,
    with_stores,
)
from tests.test_store import sabo_file

pytestmark = pytest.mark.process
ROLES = """
[roller]
lasare = ["@kommun.example"]
analytiker = ["grupp:analys"]
forvaltare = ["fia@region.example"]
"""
USERS = {
    "lisa": {"email": "lisa@kommun.example", "name": "Lisa Läsare", "groups": ["annat"]},
    "anna": {"email": "anna@region.example", "name": "Anna Analytiker", "groups": ["analys"]},
    "olle": {"email": "olle@utanfor.example", "name": "Olle Okänd", "groups": ["Analys", "forvaltare"]},
}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inloggning") / "secrets.toml"


@pytest.fixture(scope="module")
def login_server(
    secrets: Path, filled_with_deck: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Server, str]]:
    """A server with a login, and the text of its provider's settings."""
    port = free_port()
    users = [oidc_provider_mock.User(sub=name, claims=claims) for name, claims in USERS.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as provider:
        settings = f"""
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{logins.SECRET}"
client_id = "naravard"
client_secret = "hemlig"
server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"
"""
        logins.write(secrets, settings + ROLES)
        folder = with_stores(filled_with_deck, tmp_path_factory)
        server = start_server(folder, "tests.browser.plain", port, [f"--secrets.files={secrets}"])
        yield server, settings
        stop_server(server)


@pytest.fixture(scope="module")
def module_tab(browser: Browser, login_server: tuple[Server, str]) -> Iterator[Visit]:
    opened = new_tab(browser, login_server[0])
    yield opened
    opened.page.context.close()


@pytest.fixture
def tab(module_tab: Visit) -> Iterator[Visit]:
    """A tab of a browser that remembers no login. It goes to the provider and back."""
    yield module_tab
    module_tab.leave()


def log_in(tab: Visit, name: str) -> Page:
    page = tab.open("ladda_upp")
    page.get_by_test_id("stMain").get_by_role("button", name="Logga in").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_url(f"{tab.server.url}/**")
    page.get_by_role("button", name="Logga ut").wait_for()
    settle(page)
    return page


def in_menu(page: Page) -> list[str]:
    return page.get_by_test_id("stSidebarNavLink").all_inner_texts()


def test_nobody_reads_and_is_told_the_way_in(tab: Visit) -> None:
    page = tab.open("ladda_upp")
    assert "Sidan Ladda upp uttag kräver rollen analytiker. Du är inte inloggad." in tab.text()
    assert "Ladda upp uttag" not in in_menu(page)
    assert "SÄBO" in in_menu(page)
    tab.open("sabo")
    assert "1 447 av 1 885" in tab.text()
    tab.check()


def test_a_login_has_the_role_of_its_group_until_it_is_taken_away(
    tab: Visit, login_server: tuple[Server, str], secrets: Path
) -> None:
    page = log_in(tab, "anna")
    assert "Anna Analytiker (anna@region.example). Roll: analytiker." in page.inner_text("body")
    page.get_by_role("link", name="Ladda upp uttag").click()
    content = b"Kommun;Boende;Kommunal primarvard\nKalmar;399;300\n"
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        files=[{"name": "sabo 2025.csv", "mimeType": "text/csv", "buffer": content}]
    )
    page.get_by_role("heading", name="sabo 2025.csv").wait_for()
    expect(page.get_by_text("Det står i loggen att det är du: Anna Analytiker (anna@region.example).")).to_be_visible()
    expect(page.get_by_label("Ditt namn")).to_have_count(0)

    _, settings = login_server
    logins.write(secrets, settings + ROLES.replace("grupp:analys", "grupp:andra"))
    try:
        page.get_by_role("button", name="Ta bort", exact=True).click()
        page.get_by_text("Sidan Ladda upp uttag kräver rollen analytiker.").wait_for()
        settle(page)
        assert "utan någon roll här" in tab.text()
        upload = page.request.put(f"{tab.server.url}/_stcore/upload_file/x/y", data=b"Kommun;Boende")
        assert upload.status == 403
        assert "Ladda upp en fil kräver rollen analytiker" in upload.text()
    finally:
        logins.write(secrets, settings + ROLES)


@pytest.mark.slow
def test_the_wrong_group_has_no_role_and_one_gets_out_again(tab: Visit) -> None:
    page = log_in(tab, "olle")
    assert "Olle Okänd (olle@utanfor.example). Roll: ingen." in page.inner_text("body")
    assert not {"Ladda upp uttag", "Versioner", "Workshop", "Projektor"} & set(in_menu(page))
    page.get_by_role("button", name="Logga ut").click()
    page.get_by_role("button", name="End session").click()  # the provider's own session
    page.get_by_test_id("stSidebar").get_by_role("button", name="Logga in").wait_for()
    assert not [each for each in page.context.cookies() if each["name"].startswith("_streamlit_user")]


def test_a_reader_reads_more_than_nobody_and_no_more(tab: Visit) -> None:
    page = signed_in(tab, "lisa").open("versioner")
    assert "Projektor" in in_menu(page)
    assert "Du är inloggad som Lisa Läsare (lisa@kommun.example), med rollen läsare." in tab.text()


def test_a_cookie_that_is_tampered_with_or_old_is_nobodys(login_server: tuple[Server, str]) -> None:
    server, _ = login_server
    forged = {"is_logged_in": True, "email": "fia@region.example", "name": "Fia", "iat": int(time.time())}
    url = server.url
    for cookie in (
        logins.cookie_of(forged, origin=url, secret="en-gissad-hemlighet"),
        logins.cookie_of(forged, origin=url)[:-3] + "abc",
        logins.cookie_of({**forged, "iat": int(time.time()) - 13 * 3_600}, origin=url),
    ):
        text = texts_of_a_run(server, "versioner", cookie)
        assert "Sidan Versioner kräver rollen analytiker. Du är inte inloggad." in text
        assert "Alla publiceringar" not in text
    text = texts_of_a_run(server, "versioner", logins.cookie_of(forged, origin=url))
    assert "Alla publiceringar" in text, "what is refused above is signed otherwise"


def texts_of_a_run(server: Server, page: str, cookie: str, **headers: str) -> str:
    with ThreadPoolExecutor() as thread:  # Playwright's loop runs in this one
        return thread.submit(asyncio.run, _texts_of_a_run(server, page, cookie, **headers)).result()


async def _texts_of_a_run(server: Server, page: str, cookie: str, **headers: str) -> str:
    """What the server sends for a page that is asked for by a message of one's own, without any browser."""
    token = generate_xsrf_token_string()  # as the page gets one and sends it back: without it, no cookie is read
    of_request = {"cookie": f"{cookie}; {XSRF_COOKIE_NAME}={token}", **headers}
    async with sessions.session(server.url, of_request, token) as socket:
        parts = [message.SerializeToString() async for message in sessions.messages_of(socket, page)]
    return b"".join(parts).decode("utf-8", errors="ignore")


def test_a_message_of_ones_own_opens_no_page(login_server: tuple[Server, str]) -> None:
    server, _ = login_server
    forged = logins.cookie_of(logins.claims_of(Role.ANALYTIKER), origin=server.url, secret="en-gissad-hemlighet")
    for page in ("ladda_upp", "versioner"):
        for headers in ({}, {"x-naravard-tillgang": "lokalt"}, {"x-email": "fia@region.example"}):
            text = texts_of_a_run(server, page, forged, **headers)
            assert f"Sidan {menu.page(page).title} kräver rollen analytiker" in text
            assert "Släpp ett eller flera" not in text
            assert "Alla publiceringar" not in text


def signed_in(tab: Visit, name: str) -> Visit:
    """A tab with the cookie of a login that has been."""
    claims = {"is_logged_in": True, "iat": int(time.time()), **USERS[name]}
    cookie, _, value = logins.cookie_of(claims, origin=tab.server.url).partition("=")
    tab.page.context.add_cookies([{"name": cookie, "value": value, "url": tab.server.url}])
    return tab


@pytest.mark.slow  # test_preliminary.py and test_attack_by_role.py have the same without a browser
def test_a_preliminary_extract_is_for_analysts_until_it_is_released(tab: Visit) -> None:
    """The last of the module: what it releases is seen by the others."""
    page = signed_in(tab, "anna").open("ladda_upp")
    page.locator('input[type="file"]').set_input_files(
        files=[{"name": "sabo våren 2025.csv", "mimeType": "text/csv", "buffer": sabo_file(med=90)}]
    )
    page.get_by_text("Bara analytiker: publicera preliminärt").click()
    page.get_by_label("Varför publicerar du uttaget?").fill("höstens mätning")
    page.get_by_label("Varför publicerar du uttaget?").press("Enter")
    button = page.get_by_role("button", name="Publicera uttaget preliminärt")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Version 2 är publicerad preliminärt: bara analytiker ser den.")).to_be_visible()
    page.get_by_role("link", name="Se siffrorna i översikten").click()
    expect(page.get_by_text("PRELIMINÄR. Du ser version 2.")).to_be_visible()
    page.get_by_test_id("stSidebar").get_by_role("link", name="SÄBO").click()
    expect(page.get_by_text("90 % av de boende på SÄBO")).to_be_visible()

    tab.leave()
    signed_in(tab, "lisa").open("sabo")
    assert "1 447 av 1 885" in tab.text()
    tab.open("sabo?version=2")
    assert "Att läsa andra versioner kräver rollen analytiker. Du är inloggad som Lisa Läsare" in tab.text()
    assert "90 %" not in tab.text()

    tab.leave()
    signed_in(tab, "anna").open("versioner")
    page.get_by_label("Varför släpps den, eller tas bort?").fill("kontrollerat")
    page.get_by_label("Varför släpps den, eller tas bort?").press("Enter")
    page.get_by_role("button", name="Släpp för alla").click()
    expect(page.get_by_text("Version 2 är släppt, och visas för alla som version 3.")).to_be_visible()
    tab.leave()
    signed_in(tab, "lisa").open("sabo")
    assert "90 % av de boende på SÄBO" in tab.text()
    assert "PRELIMINÄR" not in tab.text()
