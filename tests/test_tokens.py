"""Keys of programs: shown once, kept as a hash, worth what their owner's address is worth when they are used."""

import json
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from naravard import backup, menu, web
from naravard.access import tokens
from naravard.base import clock, settings
from naravard.base.errors import NotAllowed, NotFound, Unavailable, UserError
from naravard.base.roles import Identity, Role
from naravard.shared import documents
from naravard.store.snapshots import Store
from tests import logins
from tests.test_pages import SHELL, html
from tests.test_store import publish_sabo

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
FIGURES = "/api/v1/indikatorer/sabo_andel_primarvard/siffror.json"
CLOSED = f"{logins.AUTH}{logins.ROLES}kraver_inloggning = true\n"
ANNA = Identity("Anna Analytiker (anna@region.example)", Role.ANALYTIKER, email="anna@region.example")
LISA = Identity("Lisa Läsare (lisa@kommun.example)", Role.LASARE, email="lisa@kommun.example")


@pytest.fixture
def folder(module_deck: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with two versions, and no key."""
    if module_deck.newest == 1:
        publish_sabo(module_deck, med=60)
    monkeypatch.setenv("NARAVARD_DATA", str(module_deck.folder.parent))
    yield module_deck.folder.parent
    (module_deck.folder.parent / tokens.FILE).unlink(missing_ok=True)


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file of a server where figures are read by who is logged in alone."""
    file = logins.write(tmp_path / "secrets.toml", CLOSED)
    with logins.options(secrets_files=[str(file)]):
        yield file


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE), logins.ORIGIN, client=("127.0.0.1", 1))


def status(client: TestClient, key: str, path: str = FIGURES, scheme: str = "Bearer") -> int:
    return client.get(path, headers={"authorization": f"{scheme} {key}"}).status_code


def stand_on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(day))


# the file


def test_a_key_is_kept_as_a_hash_alone_by_the_servers_own_user(folder: Path) -> None:
    key = tokens.make("Power BI", ANNA, 12)
    file = folder / tokens.FILE
    text = file.read_text(encoding="utf-8")
    assert key not in text
    assert key.removeprefix(tokens.BEGINS) not in text
    (record,) = json.loads(text)
    assert {*record} == {"nummer", "namn", "agare", "epost", "hash", "skapad", "galler_till", "anvand"}
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key != tokens.make("Excel", ANNA, 12)
    assert tokens.make("Power BI", LISA, 12)
    assert len(key) > 40


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        ("2026-11-27", 12, "2027-11-27"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-08-31", 1, "2026-09-30"),
    ],
)
def test_a_key_holds_to_the_same_day_some_months_later(
    day: str, months: int, last: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_on(monkeypatch, day)
    key = tokens.make("Prov", ANNA, months)
    (token,) = tokens.of_owner(ANNA.email)
    assert token.galler_till == last
    stand_on(monkeypatch, last)
    assert tokens.of_key(key) is not None
    monkeypatch.setattr(clock, "today", lambda: date.fromordinal(date.fromisoformat(last).toordinal() + 1))
    assert tokens.of_key(key) is None


@pytest.mark.parametrize(
    ("name", "months", "says"),
    [
        ("  ", 12, "Skriv vad nyckeln är till"),
        ("x" * 61, 12, "högst 60 tecken"),
        ("19850709-9805", 12, "person"),
        ("Prov", 24, "1, 3, 12 månader"),
    ],
)
def test_a_key_that_cannot_be_made_says_why(name: str, months: int, says: str, folder: Path) -> None:
    with pytest.raises(UserError, match=says):
        tokens.make(name, ANNA, months)
    with pytest.raises(UserError, match="ingen bekräftad e-postadress"):
        tokens.make("Prov", Identity("Anna", Role.ANALYTIKER), 12)
    assert tokens.all_tokens() == ()
    tokens.make("Power BI", ANNA, 12)
    with pytest.raises(UserError, match="redan en nyckel som heter"):
        tokens.make("power  bi", ANNA, 12)


def test_nobody_has_more_keys_than_can_be_looked_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_MOST_OF_ONE", 2)
    stand_on(monkeypatch, "2026-01-01")
    tokens.make("Gammal", ANNA, 1)
    stand_on(monkeypatch, "2026-11-01")
    tokens.make("Ett", ANNA, 12)
    tokens.make("Två", ANNA, 12)
    assert [token.namn for token in tokens.of_owner("ANNA@region.example")] == ["Ett", "Två"], (
        "what has run out is gone"
    )
    with pytest.raises(UserError, match="redan 2 nycklar"):
        tokens.make("Tre", ANNA, 12)
    tokens.make("Lisas", LISA, 12)


def test_the_day_of_the_last_use_is_written_down_once_a_day(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_on(monkeypatch, "2026-11-01")
    key = tokens.make("Prov", ANNA, 12)
    assert tokens.all_tokens()[0].anvand == ""
    assert tokens.of_key(key)
    assert tokens.all_tokens()[0].anvand == "2026-11-01"
    monkeypatch.setattr(tokens, "_change", lambda some: pytest.fail("once is enough"))
    assert tokens.of_key(key)
    monkeypatch.undo()


def test_a_folder_that_cannot_be_written_stops_no_question(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tokens.make("Prov", ANNA, 12)

    def refuse(some: object) -> None:
        raise PermissionError

    monkeypatch.setattr(tokens, "_change", refuse)
    assert tokens.of_key(key) is not None


def test_only_its_owner_or_a_steward_revokes_a_key(folder: Path) -> None:
    tokens.make("Prov", ANNA, 12)
    (token,) = tokens.all_tokens()
    with pytest.raises(NotAllowed):
        tokens.revoke(token.nummer, LISA.email)
    tokens.revoke(token.nummer, "ANNA@region.example")
    assert tokens.all_tokens() == ()
    with pytest.raises(NotFound):
        tokens.revoke(token.nummer, None)


def test_a_copy_of_the_data_has_no_keys(folder: Path, tmp_path: Path) -> None:
    tokens.make("Prov", ANNA, 12)
    copy = backup.take(folder, tmp_path / "kopia")
    assert copy.filer
    assert tokens.FILE not in copy.filer


# asking with one


def test_a_key_reads_as_its_owner_and_nothing_but_the_api(folder: Path, secrets: Path, client: TestClient) -> None:
    assert client.get(FIGURES).status_code == 403
    reader, analyst = tokens.make("Prov", LISA, 12), tokens.make("Prov", ANNA, 12)
    assert status(client, reader) == status(client, analyst) == status(client, reader, scheme="bearer") == 200
    assert status(client, reader, f"{FIGURES}?version=1") == 403
    assert status(client, analyst, f"{FIGURES}?version=1") == 200
    for path in ("/presentator", "/api/projektor/bild?bild=lgl3&version=2", "/api/v2/indikatorer"):
        assert status(client, analyst, path) in {403, 404}
    assert status(client, analyst, scheme="Basic") == 403
    cookie = logins.cookie_of(logins.claims_of(Role.ANALYTIKER))
    both = {"cookie": cookie, "authorization": f"Bearer {reader}"}
    assert client.get(f"{FIGURES}?version=1", headers=both).status_code == 403, "who sends a key asks by it"


def test_a_key_that_does_not_hold_is_told_so(
    folder: Path, secrets: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tokens.make("Prov", LISA, 1)
    for wrong in (key[:-1], key + "x", "nv_", "x", ""):
        expected = 401 if wrong else 403
        assert status(client, wrong) == expected
    answer = client.get(FIGURES, headers={"authorization": "Bearer nv_finnsinte"})
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Gör en ny på sidan Program och API" in answer.json()["detail"]
    assert status(client, key) == 200
    tokens.revoke(tokens.all_tokens()[0].nummer, None)
    assert status(client, key) == 401
    (folder / tokens.FILE).write_text("[", encoding="utf-8")
    assert status(client, key) == 401, "a file that cannot be read lets nobody in"


def test_where_the_keys_cannot_be_asked_for_now_a_program_may_try_again(
    folder: Path, secrets: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tokens.make("Prov", LISA, 12)

    def refuse() -> None:
        raise Unavailable("Databasen svarar inte just nu.")

    monkeypatch.setattr(documents, "of_installation", refuse)
    answer = client.get(FIGURES, headers={"authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["detail"]) == (503, "Databasen svarar inte just nu.")


def test_a_role_that_is_taken_away_takes_the_keys_with_it(folder: Path, secrets: Path, client: TestClient) -> None:
    analyst, reader = tokens.make("Prov", ANNA, 12), tokens.make("Prov", LISA, 12)
    older = f"{FIGURES}?version=1"
    assert status(client, analyst, older) == 200
    logins.write(secrets, CLOSED.replace('"Anna@Region.Example"', '"eva@region.example"'))
    assert status(client, analyst, older) == 403
    assert status(client, analyst) == 403, "nobody knows whether she could still log in"
    assert status(client, reader) == 200
    logins.write(secrets, CLOSED.replace('lasare = ["@kommun.example"]', ""))
    assert status(client, reader) == 403
    answer = client.get(FIGURES, headers={"authorization": f"Bearer {reader}"})
    assert "inte den som en grupp ger" in answer.json()["detail"]
    logins.write(
        secrets, CLOSED.replace("[roller]", '[roller]\nforval = "läsare"').replace('lasare = ["@kommun.example"]', "")
    )
    assert status(client, reader) == 200
    logins.write(secrets, CLOSED.replace("[roller]", "[roller]\nx ="))
    assert status(client, reader) == 403, "roles that cannot be read are nobody's"


def test_a_group_gives_a_key_nothing(folder: Path, secrets: Path, client: TestClient) -> None:
    """Only a login tells the groups."""
    bo = Identity("Bo", Role.ANALYTIKER, email="bo@annan.example")  # an analyst by a group
    assert status(client, tokens.make("Prov", bo, 12)) == 403


def test_where_nobody_logs_in_a_key_says_nothing(folder: Path, client: TestClient) -> None:
    with logins.options(server_address="0.0.0.0"):
        assert status(client, tokens.make("Prov", ANNA, 12), f"{FIGURES}?version=1") == 403
        assert status(client, "nv_finnsinte") == 200, "what is public is read"


def test_behind_a_proxy_what_is_no_key_of_ours_is_the_proxys(
    folder: Path, tmp_path: Path, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_PROXY", "127.0.0.1")
    file = logins.write(tmp_path / "roller.toml", f"{logins.ROLES}kraver_inloggning = true\n")
    with logins.options(secrets_files=[str(file)], server_trustedUserHeaders=logins.HEADERS):
        key = tokens.make("Prov", LISA, 12)
        assert status(client, key) == 200
        assert status(client, "nv_finnsinte") == 401
        assert status(client, "eyJhbGciOi") == 403


# the page


def visit(role: Role, email: str = "", **claims: object) -> AppTest:
    app = AppTest.from_file(SHELL, default_timeout=300)
    app.user = {**logins.claims_of(role), **({"email": email} if email else {}), **claims}
    app.run()
    return app.switch_page(str(menu.FOLDER / "program.py")).run()


def test_a_reader_makes_a_key_sees_it_once_and_revokes_it(folder: Path, secrets: Path, client: TestClient) -> None:
    app = visit(Role.LASARE)
    assert not app.exception
    assert "Du har ingen nyckel." in html(app)
    app.text_input[0].input("Power BI")
    app.main.button[0].click().run()
    (key,) = [block.value for block in app.code if block.value.startswith(tokens.BEGINS)]
    assert status(client, key) == 200
    assert "Power BI" in html(app)
    assert "lisa@kommun.example" in html(app)
    app.run()
    assert not [block for block in app.code if block.value.startswith(tokens.BEGINS)]
    assert key not in repr(app.session_state)
    assert "Andras nycklar" not in {each.value for each in app.subheader}
    (button,) = [each for each in app.main.button if each.label == "Återkalla nyckeln"]
    button.click().run()
    assert status(client, key) == 401
    assert "Du har ingen nyckel." in html(app)


def test_a_steward_sees_all_keys_and_revokes_any(folder: Path, secrets: Path) -> None:
    tokens.make("Lisas rapport", LISA, 12)
    app = visit(Role.FORVALTARE)
    assert "Lisas rapport" in html(app)
    (button,) = [each for each in app.main.button if each.label == "Återkalla nyckeln"]
    button.click().run()
    assert tokens.all_tokens() == ()


def test_who_has_a_role_by_a_group_is_told_what_a_key_has(folder: Path, secrets: Path) -> None:
    app = visit(Role.LASARE, email="bo@annan.example", groups=["analys"])
    assert "domän ger: den läser inga siffror." in app.info[0].value
    logins.write(secrets, f"{logins.AUTH}{logins.ROLES}")
    assert "domän ger: den har rollen publik." in app.run().info[0].value
    assert not visit(Role.LASARE).info


def test_what_cannot_be_made_is_said_on_the_page(folder: Path, secrets: Path) -> None:
    app = visit(Role.LASARE)
    app.main.button[0].click().run()
    assert "Skriv vad nyckeln är till" in app.error[0].value
    assert tokens.all_tokens() == ()


def test_where_nobody_logs_in_the_page_says_that_no_key_is_needed(folder: Path) -> None:
    app = AppTest.from_file(SHELL, default_timeout=300).run()
    app.switch_page(str(settings.ROOT / "pages" / "program.py")).run()
    assert "Här behövs ingen nyckel" in html(app)
    assert not app.main.button
