"""A page shows the newest version that is released, or another one by its number, to those who may read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from naravard import menu, stores, web
from naravard.base.roles import Role
from naravard.room import talk
from naravard.store.snapshots import Store
from tests import logins
from tests.test_pages import SHELL, html, in_all_words
from tests.test_preliminary import publish
from tests.test_store import publish_sabo

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
RELEASED, OLDER, WAITING = 2, 1, 3
REFUSAL = "Att läsa andra versioner kräver rollen analytiker"


@pytest.fixture(scope="module")
def waiting(module_deck: Store) -> Store:
    """The deck's figures, an extract that is released, and one upon it that waits."""
    assert publish_sabo(module_deck, med=60) == RELEASED
    assert publish(module_deck, 77, period="2026") == WAITING
    return module_deck


@pytest.fixture
def data(waiting: Store, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NARAVARD_DATA", str(waiting.folder.parent))
    return waiting.folder.parent


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    file = logins.write(tmp_path / "secrets.toml", logins.AUTH + logins.ROLES)
    with logins.options(secrets_files=[str(file)]):
        yield file


def shown(page: str, version: int | str = "", role: Role | None = None, example: bool = False) -> AppTest:
    """A page by its link, at the machine itself or with a login."""
    app = AppTest.from_file(SHELL, default_timeout=300)
    if version:
        app.query_params["version"] = str(version)
    if example:
        app.query_params["exempel"] = "true"
    if role is not None:
        app.user = logins.claims_of(role)
    app.run()
    app.query_params["version"] = str(version)
    app.switch_page(str(menu.FOLDER / f"{page}.py")).run()
    return app


def test_the_newest_that_is_released_is_shown_and_analysts_are_told_what_waits(data: Path) -> None:
    app = shown("sabo")
    assert not app.exception
    assert "PRELIMINÄR" not in html(app)
    assert f"Version {RELEASED}" in html(app)
    assert f"Version {WAITING} är preliminär och väntar" in html(app)
    assert f'href="sabo?version={WAITING}"' in html(app)
    assert app.selectbox(key="version").options == ["Nyaste, för alla", str(WAITING)]


def test_chosen_it_says_on_the_page_and_at_each_figure_what_it_is(data: Path) -> None:
    app = shown("sabo", WAITING)
    assert not app.exception
    assert app.selectbox(key="version").value == WAITING
    assert "**PRELIMINÄR.** Du ser version 3. Den är inte släppt" in app.warning[0].value
    assert "PRELIMINÄR – inte släppt, bara för analytiker" in html(app)
    assert f"Version {WAITING}" in html(app)


def test_an_older_version_is_read_by_its_number_too(data: Path) -> None:
    app = shown("sabo", OLDER)
    assert "**ÄLDRE VERSION.** Du ser version 1. Det som visas för alla är version 2." in app.warning[0].value
    assert f"Version {OLDER}" in html(app)
    assert "PRELIMINÄR" not in html(app)


@pytest.mark.parametrize("number", [99, "x", "2 000", "9" * 30])
def test_a_number_that_no_version_has_is_told_and_the_newest_is_shown(number: int | str, data: Path) -> None:
    app = shown("sabo", number)
    assert not app.exception
    assert f"Version {RELEASED}" in html(app)
    assert f"Länken nämner versionen ”{number}”, som inte finns här. Välj i menyn." in [each.value for each in app.text]


@pytest.mark.parametrize("role", [Role.PUBLIK, Role.LASARE])
def test_others_are_refused_whatever_number_they_ask_for(role: Role, data: Path, secrets: Path) -> None:
    refusals = []
    for number in (OLDER, WAITING, 99):
        app = shown("sabo", number, role)
        assert not app.exception
        assert not app.get("plotly_chart")
        refusals.append(html(app).replace(f"Version {number} ", "Version N "))
        assert REFUSAL in html(app)
    assert len(set(refusals)) == 1, "nothing is told of which versions there are"
    app = shown("sabo", "", role)
    assert f"Version {RELEASED}" in html(app)
    assert "preliminär" not in in_all_words(app).casefold()
    assert "version" not in {each.key for each in app.selectbox}


def test_a_choice_goes_with_the_role_that_it_was_made_with(data: Path, secrets: Path) -> None:
    app = shown("sabo", WAITING, Role.ANALYTIKER)
    assert "PRELIMINÄR" in html(app)
    logins.write(secrets, logins.AUTH)
    app.query_params.clear()
    assert "PRELIMINÄR" not in html(app.run())


def test_a_room_is_shown_what_is_released_and_the_page_says_so(data: Path) -> None:
    for page in ("projektor", "workshop"):
        app = shown(page, WAITING)
        assert not app.exception
        assert "Här visas version 2, som är släppt för alla." in app.warning[0].value
        assert "PRELIMINÄR" not in html(app)


@pytest.mark.parametrize("role", [Role.PUBLIK, Role.LASARE, Role.ANALYTIKER, Role.FORVALTARE])
def test_no_wall_shows_what_is_preliminary_whoever_asks(role: Role, data: Path, secrets: Path) -> None:
    client = TestClient(Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE), logins.ORIGIN, client=("127.0.0.1", 1))
    headers = {"cookie": logins.cookie_of(logins.claims_of(role))}
    words = "är preliminär och visas inte i ett rum" if role >= Role.ANALYTIKER else REFUSAL
    answer = client.get(f"/api/projektor/bild?bild=lgl3&version={WAITING}", headers=headers)
    assert (answer.status_code, words in answer.text) == (403, True)
    assert client.get("/api/projektor/lage", headers=headers).json()["version"] == RELEASED
    kod, key = talk.workshops().begin("Hösten", ["Kalmar"], ["Vad fungerar?"], "bilder=lgl3")
    pinned = {"andring": {"version": WAITING}}
    client.post(f"/api/workshop/{kod}/rum", headers={**headers, "x-nyckel": key}, json=pinned)
    answer = client.get(f"/api/workshop/{kod}/bild?nr=0&version={WAITING}", headers=headers)
    assert (answer.status_code, "är preliminär och visas inte i ett rum" in answer.text) == (403, True)


def test_a_number_is_of_the_store_that_it_was_chosen_in(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "example_store", stores.live_store)  # the cheapest one that has such a version too
    app = shown("sabo", OLDER)
    app.toggle(key="exempel").set_value(True).run()
    assert not app.exception
    assert app.selectbox(key="version").value == 0
    assert f"Version {RELEASED}" in html(app)


def test_what_is_seen_of_a_release_is_the_new_version(data: Path, deck_data: Path) -> None:
    store = stores.live_store()
    publish(store, 77, period="2026")
    app = shown("sabo", 2)
    assert "PRELIMINÄR" in html(app)
    store.release(2, who="Bo", why="rätt")
    app.run()
    assert "**PRELIMINÄR.** Du ser version 2. Det som visas för alla är version 3." in app.warning[0].value
    app.selectbox(key="version").select(0).run()
    assert "PRELIMINÄR" not in html(app)
    assert "Version 3" in html(app)


def test_what_is_discarded_while_it_is_looked_at_is_left(data: Path, deck_data: Path) -> None:
    store = stores.live_store()
    publish(store, 77, period="2026")
    app = shown("sabo", 2)
    store.discard(2, who="Bo", why="fel")
    app.run()
    assert not app.exception
    assert "Version 3" in html(app)
    assert "PRELIMINÄR" not in html(app)


@pytest.mark.parametrize("page", ["oversikt", "min_kommun"])
def test_what_one_has_chosen_is_in_the_links_of_nobody_else(data: Path, page: str) -> None:
    """What a page has written is kept with its figures, which all who look at the version share."""
    assert f"version={RELEASED}" in html(shown(page, RELEASED))
    assert f"version={RELEASED}" not in html(shown(page))
    assert f"version={RELEASED}" in html(shown(page, RELEASED))
