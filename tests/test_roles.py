"""Who may do what: every page, action and route, found by looking, says which role it needs, and asks for it.

All are tried as nobody and with each role: by the menu, by their address, by a request of their own, by an upload that
is sent again, and by a click in a tab whose role has been taken away.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from naravard import api, menu, room, stores, web
from naravard.access.doors import Door
from naravard.access.role_rules import RoleRules, rules_of
from naravard.access.visitors import Mode, identity
from naravard.base import settings
from naravard.base.errors import NotAllowed, UserError
from naravard.base.roles import NOBODY, Identity, Role, need, of_word
from naravard.edge import visitors
from naravard.room import talk
from naravard.store.snapshots import Store
from naravard.ui import streamlit_internals, visitor
from tests import logins
from tests.test_edge import answered, met
from tests.test_pages import SHELL, html, opened
from tests.test_store import publish_sabo

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
ROLES = [Role.PUBLIK, Role.LASARE, Role.ANALYTIKER, Role.FORVALTARE]
NOW = 1_800_000_000.0
INTERFACE = sorted([*(settings.ROOT / "naravard" / "ui").rglob("*.py"), *(settings.ROOT / "pages").glob("*.py")])
CHANGING = {
    "intake": {"publish", "release", "discard", "restore", "withdraw", "save_profile"},
    "corrections": {"add", "remove"},
    "breaks_in": {"add", "remove"},
    "approvals": {"propose", "approve", "refuse"},
    "desk": {"add", "publish", "read_notes"},
    "jobs": {"start"},
    "Workshops": {"begin", "delete"},
    "tokens": {"make", "revoke"},
}
"""What of the product changes something that others see, or takes in files, by what it is called on."""
IN_PATHS = re.compile(r"\{(\w+)(?::\w+)?\}")
PARTS = {
    "kod": "abc234",
    "file": "stage.js",
    "ending": "csv",
    "indikator": "sabo_andel_primarvard",
    "rest": "finns/inte",
}
"""What stands in a route's address where it takes any."""
FETCHED_TO_DESK = "fetching"
"""It lays on the desk what the action that fetches has brought; it is drawn by its page alone."""


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file of a server with a login."""
    file = logins.write(tmp_path / "secrets.toml", logins.AUTH + logins.ROLES)
    with logins.options(secrets_files=[str(file)]):
        yield file


@pytest.fixture
def client() -> TestClient:
    """The whole server, its edge included, but for Streamlit."""
    return TestClient(Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE), logins.ORIGIN, client=("127.0.0.1", 1))


# the order, and the question


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_it_and_those_before_it_may(role: Role) -> None:
    for other in Role:
        asked = Identity("Anna", role)
        if other <= role:
            need(other, asked, "Något")
        else:
            with pytest.raises(NotAllowed, match=f"Något kräver rollen {other.word}"):
                need(other, asked, "Något")


def test_a_refusal_says_what_is_needed_what_one_has_and_what_to_do() -> None:
    with pytest.raises(NotAllowed) as refused:
        need(Role.ANALYTIKER, Identity("Lisa", Role.LASARE, "Be Fia."), "Publicera ett uttag")
    assert str(refused.value) == (
        "Publicera ett uttag kräver rollen analytiker. Du är inloggad som Lisa, med rollen läsare. Be Fia."
    )
    with pytest.raises(NotAllowed, match="Du är inte inloggad"):
        need(Role.PUBLIK, NOBODY, "Sidan")


def test_a_word_that_is_no_role_is_a_mistake_with_a_sentence() -> None:
    assert of_word("förvaltare") is Role.FORVALTARE
    with pytest.raises(LookupError, match="alla, publik, läsare, analytiker, förvaltare"):
        of_word("chef")


# who has which role


def given(text: str, tmp_path: Path) -> RoleRules:
    return rules_of([logins.write(tmp_path / "secrets.toml", f"[roller]\n{text}")])


@pytest.mark.parametrize(
    ("email", "groups", "role"),
    [
        ("anna@region.example", [], Role.ANALYTIKER),
        ("ANNA@REGION.EXAMPLE", [], Role.ANALYTIKER),
        ("bo@region.example", [], Role.PUBLIK),
        ("bo@kommun.example", [], Role.LASARE),
        ("bo@annan.kommun.example", [], Role.PUBLIK),
        ("bo@kommun.example.anfall.example", [], Role.PUBLIK),
        ("anna@region.example@anfall.example", [], Role.PUBLIK),
        ("@kommun.example", [], Role.PUBLIK),
        ("", ["analys"], Role.ANALYTIKER),
        ("", ["Analys"], Role.PUBLIK),
        ("", ["anna@region.example"], Role.PUBLIK),
        ("bo@kommun.example", ["analys"], Role.ANALYTIKER),
        ("grupp:analys", [], Role.PUBLIK),
        ("", [], Role.PUBLIK),
    ],
)
def test_roles_are_given_by_address_domain_and_group(email: str, groups: list[str], role: Role, tmp_path: Path) -> None:
    file = logins.write(tmp_path / "secrets.toml", logins.ROLES)
    assert rules_of([file]).role_of(email, groups) is role


def test_whoever_is_logged_in_may_have_a_role_and_who_is_not_may_be_kept_from_the_figures(tmp_path: Path) -> None:
    assert given('forval = "läsare"', tmp_path).role_of("x@y.example", []) is Role.LASARE
    assert given("", tmp_path).without_login is Role.PUBLIK
    closed = given("kraver_inloggning = true", tmp_path)
    assert (closed.without_login, closed.role_of("x@y.example", [])) == (Role.ALLA, Role.PUBLIK)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('chefer = ["a@b.se"]', "'chefer' är okänd"),
        ('forval = "förvaltare"', "publik, läsare, analytiker"),
        ('lasare = ["region.example"]', "e-postadress, @domän"),
        ('lasare = ["grupp:"]', "e-postadress, @domän"),
        ('lasare = ["*"]', "e-postadress, @domän"),
        ("timmar = true", "ett heltal"),
        ("x = [", "går inte att läsa som TOML"),
    ],
)
def test_what_is_wrong_in_the_file_of_roles_is_said_and_nobody_has_one(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"secrets\.toml"):
        given(text, tmp_path)
    file = tmp_path / "secrets.toml"
    with logins.options(secrets_files=[str(file)]):
        assert identity(Mode.LOGIN, logins.claims_of(Role.FORVALTARE), [file], NOW).role is Role.ALLA
        file.write_text(f"{logins.AUTH}{file.read_text()}", encoding="utf-8")
        assert says in "".join(visitors.dangers(is_reached_by_others=True))


def test_a_role_that_is_taken_away_in_the_file_is_gone_when_one_asks_again(tmp_path: Path) -> None:
    file = logins.write(tmp_path / "secrets.toml", logins.ROLES)
    assert rules_of([file]).role_of(logins.EMAILS[Role.FORVALTARE], []) is Role.FORVALTARE
    logins.write(file, logins.ROLES.replace("fia@", "eva@"))
    assert rules_of([file]).role_of(logins.EMAILS[Role.FORVALTARE], []) is Role.PUBLIK


# who asks


def claims(**more: Any) -> dict[str, Any]:
    return {"is_logged_in": True, "iat": NOW - 60, "email": "anna@region.example", "name": "Anna  Berg", **more}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (claims(), ("Anna Berg (anna@region.example)", Role.ANALYTIKER)),
        (claims(name=None), ("anna@region.example", Role.ANALYTIKER)),
        (claims(email="bo@x.example", groups=["analys"]), ("Anna Berg (bo@x.example)", Role.ANALYTIKER)),
        (claims(email_verified=False), ("Anna Berg", Role.PUBLIK)),
        (claims(email_verified=True), ("Anna Berg (anna@region.example)", Role.ANALYTIKER)),
        (claims(is_logged_in=False), ("", Role.PUBLIK)),
        (claims(is_logged_in="true"), ("", Role.PUBLIK)),
        (claims(iat=NOW - 12 * 3_600 + 1), ("Anna Berg (anna@region.example)", Role.ANALYTIKER)),
        (claims(iat=NOW - 12 * 3_600), ("", Role.PUBLIK)),
        (claims(iat=None), ("", Role.PUBLIK)),
        (claims(email=["anna@region.example"], name=5), ("", Role.PUBLIK)),
        (claims(email=None, name=" ", groups=["analys"]), ("", Role.PUBLIK)),  # nobody to write in the log
        (claims(email=None, name=None, sub="a1b2", groups=["analys"]), ("a1b2", Role.ANALYTIKER)),
        ({}, ("", Role.PUBLIK)),
    ],
)
def test_who_is_logged_in_is_who_the_provider_says(
    told: dict[str, Any], expected: tuple[str, Role], tmp_path: Path
) -> None:
    file = logins.write(tmp_path / "secrets.toml", logins.ROLES)
    someone = identity(Mode.LOGIN, told, [file], NOW)
    assert (someone.name, someone.role) == expected


def test_no_person_id_reaches_the_log_by_a_name(tmp_path: Path) -> None:
    file = logins.write(tmp_path / "secrets.toml", logins.ROLES)
    assert "0980" not in identity(Mode.LOGIN, claims(name="19811218-9876"), [file], NOW).name


def test_without_a_login_the_place_decides() -> None:
    assert identity(Mode.LOCAL, {}, [], NOW) == Identity("", Role.FORVALTARE)
    everybody = identity(Mode.NO_LOGIN, claims(), [], NOW)
    assert (everybody.name, everybody.role) == ("", Role.PUBLIK)
    assert "docs/behorighet.md" in everybody.way_on


# how one came


@pytest.mark.parametrize(
    ("headers", "address", "variables", "mode"),
    [
        ({}, "127.0.0.1", {}, "lokalt"),
        ({}, "localhost", {}, "lokalt"),
        ({}, "::1", {}, "lokalt"),
        ({}, "0.0.0.0", {}, "utan"),
        ({}, "", {}, "utan"),
        ({}, "192.168.1.2", {}, "utan"),
        # something stands in front: others come by it
        ({"x_forwarded_for": "10.0.0.7"}, "127.0.0.1", {}, "utan"),
        ({}, "127.0.0.1", {"NARAVARD_PROXY": "127.0.0.1"}, "utan"),
        ({}, "127.0.0.1", {"NARAVARD_ADRESS": "https://naravard.example"}, "utan"),
        # a browser's word is nobody's
        ({"x_naravard_tillgang": "lokalt"}, "0.0.0.0", {}, "utan"),
        # a room: this machine alone
        ({}, "0.0.0.0", {"NARAVARD_RUM": "1"}, "lokalt"),
    ],
)
def test_only_who_sits_at_the_machine_is_local(
    headers: dict[str, str], address: str, variables: dict[str, str], mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with logins.options(server_address=address):
        for kind in ("http", "websocket"):
            sent = met("/_stcore/stream", kind=kind, **headers)["headers"]
            assert [value for name, value in sent if name == b"x-naravard-tillgang"] == [mode.encode()]


@pytest.mark.parametrize(
    ("variables", "came_to", "client", "extra", "name"),
    [
        ({"NARAVARD_PROXY": "10.1.0.5"}, "10.1.0.9", "10.1.0.5", {}, "Anna (anna@region.example)"),
        ({"NARAVARD_PROXY": "127.0.0.1"}, "127.0.0.1", "10.0.0.7", {}, "Anna (anna@region.example)"),
        ({"NARAVARD_PROXY": "10.1.0.5"}, "10.1.0.9", "10.1.0.6", {}, ""),  # somebody beside the proxy
        ({"NARAVARD_PROXY": "127.0.0.1"}, "10.1.0.9", "10.1.0.6", {}, ""),
        ({"NARAVARD_PROXY": "10.1.0.5"}, "10.1.0.9", "10.1.0.5", {"X_EPOST": "fia@region.example"}, "Anna"),
        ({}, "127.0.0.1", "127.0.0.1", {}, ""),
    ],
)
def test_headers_are_believed_from_a_named_proxy_alone(
    variables: dict[str, str],
    came_to: str,
    client: str,
    extra: dict[str, str],
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    file = logins.write(tmp_path / "secrets.toml", logins.ROLES)
    with logins.options(secrets_files=[str(file)], server_trustedUserHeaders=logins.HEADERS):
        scope = met(
            "/_stcore/stream", kind="websocket", client=client, server=came_to, host=f"{came_to}:8501",
            x_epost="anna@region.example", x_namn="Anna", **extra,
        )  # fmt: skip
        assert visitors.doors.identity_of(scope).name == name
        assert (b"x-epost" in dict(scope["headers"])) is (name == "Anna (anna@region.example)")


@pytest.mark.parametrize(
    ("cookie", "role"),
    [
        (logins.cookie_of(logins.claims_of(Role.ANALYTIKER)), Role.ANALYTIKER),
        (logins.cookie_of(logins.claims_of(Role.ANALYTIKER))[:-2] + "xx", Role.PUBLIK),
        (logins.cookie_of(logins.claims_of(Role.ANALYTIKER), secret="en-annan-hemlighet"), Role.PUBLIK),
        (logins.cookie_of(logins.claims_of(Role.ANALYTIKER), origin="https://annan.example"), Role.PUBLIK),
        (logins.cookie_of({**logins.claims_of(Role.ANALYTIKER), "iat": 1_700_000_000}), Role.PUBLIK),
        ("_streamlit_user=x", Role.PUBLIK),
        ("", Role.PUBLIK),
    ],
)
def test_a_cookie_that_is_tampered_with_old_or_of_another_app_is_nobodys(
    cookie: str, role: Role, secrets: Path
) -> None:
    assert visitors.doors.identity_of(met(cookie=cookie)).role is role


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_upload_sends_files(role: Role, secrets: Path) -> None:
    cookie = logins.cookie_of(logins.claims_of(role))
    for method in ("PUT", "DELETE", "POST"):
        gets = answered("/_stcore/upload_file/session/file", method=method, cookie=cookie)
        assert gets == ("in" if role >= Role.ANALYTIKER else "403")


# pages


def visit(app: AppTest, page: str, role: Role) -> AppTest:
    app.user = logins.claims_of(role)
    app.run()
    return app.switch_page(str(menu.FOLDER / f"{page}.py")).run()


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_its_roles_and_says_why_not_to_others(
    role: Role, secrets: Path, common_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its address: the menu hides what one may not open. What a page itself does is for other tests."""
    opened_pages: list[str] = []
    monkeypatch.setattr(st.Page, "run", lambda page: opened_pages.append(page.title))
    app = AppTest.from_file(SHELL, default_timeout=300)
    for page in menu.pages().values():
        opened_pages.clear()
        visit(app, page.name, role)
        assert not app.exception
        text = html(app)
        if role >= page.role:
            assert opened_pages[-1] == page.title
        else:
            assert page.title not in opened_pages
            assert f"Sidan {page.title} kräver rollen {page.role.word}." in text
            assert bool([each for each in app.main.button if each.label == "Logga in"]) is (role is Role.PUBLIK)


def test_who_is_logged_in_stands_in_the_menu_with_the_way_out(secrets: Path, common_data: Path) -> None:
    app = visit(AppTest.from_file(SHELL, default_timeout=300), "hjalp", Role.LASARE)
    assert "Lisa Läsare (lisa@kommun.example). Roll: läsare." in html(app)
    assert [button.label for button in app.sidebar.button] == ["Logga ut"]
    nobody = visit(app, "hjalp", Role.PUBLIK)
    assert [button.label for button in nobody.sidebar.button] == ["Logga in"]
    secrets.write_text(secrets.read_text(encoding="utf-8") + "kraver_inloggning = true\n", encoding="utf-8")
    assert not app.run().exception
    assert "Sidan Översikt kräver rollen publik" in html(visit(app, "oversikt", Role.PUBLIK))


def test_at_the_machine_itself_the_menu_says_so(common_data: Path) -> None:
    app = opened("hjalp")
    assert "Lokalt: den som sitter vid datorn får göra allt." in html(app)
    assert not app.sidebar.button


def test_a_page_that_does_not_say_who_may_open_it_is_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "FOLDER", tmp_path)
    menu._pages.cache_clear()
    try:
        for text in ('PAGE = Page("X")', 'PAGE = Page("X", needs="chef")'):
            (tmp_path / "x.py").write_text(text, encoding="utf-8")
            with pytest.raises(LookupError, match=r"pages/x\.py does not say who may open it"):
                menu.pages()
    finally:
        menu._pages.cache_clear()


# actions


def calls_that_change(path: Path) -> Iterator[tuple[str, str]]:
    """Each function of a file that changes something, itself or by handing it on, and what it calls."""
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    place = node.func.value
                    while isinstance(place, ast.Call):
                        place = place.func
                    name = place.attr if isinstance(place, ast.Attribute) else getattr(place, "id", "")
                    if node.func.attr in CHANGING.get(name, ()):
                        yield function.name, f"{name}.{node.func.attr}"


def test_what_changes_something_is_an_action_that_asks() -> None:
    seen = set()
    for path in INTERFACE:
        module = ".".join(path.relative_to(settings.ROOT).with_suffix("").parts)
        for name, call in calls_that_change(path):
            seen.add(call)
            is_action = f"{module}.{name}" in visitor.ACTIONS
            assert is_action or name == FETCHED_TO_DESK, f"{module}.{name} calls {call} and asks nobody"
    assert {
        "intake.restore",
        "intake.release",
        "intake.discard",
        "intake.withdraw",
        "desk.publish",
        "desk.add",
        "corrections.add",
        "Workshops.begin",
        "tokens.make",
    } <= seen
    assert {each.needs for each in visitor.ACTIONS.values()} == {Role.LASARE, Role.ANALYTIKER, Role.FORVALTARE}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(visitor.ACTIONS))
def test_an_action_is_done_for_its_roles_alone(name: str, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    doing = visitor.ACTIONS[name]
    done: list[int] = []
    errors: list[str] = []
    monkeypatch.setattr(visitor, "identity", lambda: Identity("Någon", role))
    monkeypatch.setattr(visitor.st, "error", lambda text, **options: errors.append(text))
    visitor.action(doing.what, doing.needs)(lambda: done.append(1))()
    assert bool(done) is (role >= doing.needs)
    assert bool(errors) is not bool(done)


@pytest.mark.parametrize("role", ROLES)
def test_a_part_of_a_page_that_runs_by_itself_is_for_the_roles_of_its_page(
    role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    reruns: list[int] = []

    def rerun() -> None:
        reruns.append(1)
        raise InterruptedError

    monkeypatch.setattr(visitor, "identity", lambda: Identity("Någon", role))
    monkeypatch.setattr(visitor.streamlit_internals, "runs_a_fragment", lambda: True)
    monkeypatch.setattr(visitor.st, "fragment", lambda work, run_every: work)
    monkeypatch.setattr(visitor.st, "rerun", rerun)
    monkeypatch.setattr(visitor.st, "session_state", {"page_of_this_session": "ladda_upp"})
    part = visitor.fragment()(lambda: done.append(1))
    with suppress(InterruptedError):
        part()
    assert bool(done) is (role >= menu.page("ladda_upp").role)
    assert bool(reruns) is not bool(done)


def test_the_next_click_in_a_tab_whose_role_has_been_taken_away_does_nothing(deck_data: Path, secrets: Path) -> None:
    store = stores.live_store()
    publish_sabo(store, med=60)
    app = visit(AppTest.from_file(SHELL, default_timeout=300), "versioner", Role.FORVALTARE)
    app.selectbox(key="nummer").select(1).run()
    app.text_input(key="aterstall_varfor").input("Fel fil").run()
    assert "aterstall_vem" not in {each.key for each in app.text_input}, "the name is the login's"
    button = app.button(key="aterstall")
    assert not button.disabled

    as_analyst = logins.ROLES.replace('forvaltare = ["fia@', 'forvaltare = ["eva@').replace("Anna@", "fia@")
    logins.write(secrets, logins.AUTH + as_analyst)
    app.button(key="aterstall").click().run()
    assert store.newest == 2
    assert "Återställa en version kräver rollen förvaltare" in " ".join(each.value for each in app.error)
    assert "aterstall" not in {each.key for each in app.button}

    logins.write(secrets, logins.AUTH + logins.ROLES)
    app.run()
    app.text_input(key="aterstall_varfor").input("Fel fil").run()
    app.button(key="aterstall").click()
    logins.write(secrets, logins.AUTH)  # not even the page is left
    app.run()
    assert store.newest == 2
    assert "Sidan Versioner kräver rollen analytiker" in html(app)

    logins.write(secrets, logins.AUTH + logins.ROLES)
    visit(app, "versioner", Role.FORVALTARE)
    app.selectbox(key="nummer").select(1).run()
    app.text_input(key="aterstall_varfor").input("Fel fil").run()
    app.button(key="aterstall").click().run()
    assert store.newest == 3
    assert store.versions()[0].vem == "Fia Förvaltare (fia@region.example)"


def test_where_one_may_only_read_the_forms_say_why(secrets: Path, common_data: Path) -> None:
    app = visit(AppTest.from_file(SHELL, default_timeout=300), "kallor", Role.LASARE)
    assert "brytpunkt_satt" not in {each.key for each in app.button}
    assert "Sätta och ta bort brytpunkter kräver rollen analytiker" in html(app)
    assert not [link for link in app.get("page_link") if "Ladda upp" in link.proto.label]


# routes


def test_every_route_says_which_role_it_needs() -> None:
    assert len(web.ROUTES) > 20
    assert [route.path for route in web.ROUTES if isinstance(route, Route) and not isinstance(route, Door)] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_route_answers_its_roles_alone(
    role: Role, client: TestClient, secrets: Path, shared_deck: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a request of its own; nobody's workshop is asked for, so that no answer says more than that there is none."""
    monkeypatch.setenv("NARAVARD_DATA", str(shared_deck.folder.parent))
    monkeypatch.setattr(stores, "example_store", stores.live_store)  # the question is who may ask
    cookie = logins.cookie_of(logins.claims_of(role))
    for route in web.ROUTES:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            path = IN_PATHS.sub(lambda match: PARTS[match[1]], route.path)
            body = {"json": {}} if method == "POST" else {}
            answer = client.request(method, path, headers={"cookie": cookie}, follow_redirects=False, **body)
            refused_by_role = answer.status_code == 403 and "kräver rollen" in answer.text
            assert refused_by_role is (role < route.needs), f"{method} {path}"


@pytest.mark.parametrize("role", ROLES)
def test_older_versions_are_for_analysts(
    role: Role, client: TestClient, secrets: Path, module_deck: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    if module_deck.newest == 1:
        publish_sabo(module_deck, med=60)
    monkeypatch.setenv("NARAVARD_DATA", str(module_deck.folder.parent))
    headers = {"cookie": logins.cookie_of(logins.claims_of(role))}

    def status(path: str) -> int:
        return client.get(path, headers=headers).status_code

    figures = "/api/v1/indikatorer/sabo_andel_primarvard/siffror.json"
    assert status(figures) == status(f"{figures}?version=2") == 200
    assert status(f"{figures}?version=1") == (200 if role >= Role.ANALYTIKER else 403)
    assert status("/api/projektor/bild?bild=lgl3&version=2") == 200
    assert status("/api/projektor/bild?bild=lgl3&version=1") == (200 if role >= Role.ANALYTIKER else 403)
    kod, key = talk.workshops().begin("Hösten", ["Kalmar"], ["Vad fungerar?"], "bilder=lgl3")
    assert status(f"/api/workshop/{kod}/bild?nr=0&version=1") == (200 if role >= Role.ANALYTIKER else 403)
    pinned = {"andring": {"version": 1}}
    client.post(f"/api/workshop/{kod}/rum", headers={**headers, "x-nyckel": key}, json=pinned)
    assert status(f"/api/workshop/{kod}/bild?nr=0&version=1") == 200, "what the leader has pinned is seen by the room"


def test_a_route_without_an_edge_before_it_is_asked_by_nobody() -> None:
    bare = TestClient(Starlette(routes=room.ROUTES))
    assert bare.get("/presentator").status_code == 403
    programs = TestClient(Starlette(routes=api.ROUTES))
    assert programs.get("/api/v1/indikatorer").json()["status"] == 403
    assert bare.get("/api/projektor/lage").json()["fel"].startswith("Visningens läge kräver rollen publik")


def test_the_addresses_of_the_login_are_streamlits_own() -> None:
    assert {"auth", "oauth2callback"} == streamlit_internals.LOGIN_ADDRESSES
    from streamlit.web.server.starlette import starlette_auth_routes as routes  # noqa: PLC0415

    used = {routes._ROUTE_AUTH_LOGIN, routes._ROUTE_AUTH_LOGOUT, routes._ROUTE_OAUTH_CALLBACK}
    assert {address.split("/")[0] for address in used} == streamlit_internals.LOGIN_ADDRESSES


def test_the_example_of_the_operators_file_has_every_setting_and_can_be_read() -> None:
    example = settings.ROOT / ".streamlit" / "secrets.toml.example"
    assert rules_of([example]).timmar == RoleRules().timmar
    content = tomllib.loads(example.read_text(encoding="utf-8"))
    assert {*content["roller"]} == {*RoleRules.__dataclass_fields__}
    assert {*content["auth"]} == {*tomllib.loads(logins.AUTH)["auth"]}
