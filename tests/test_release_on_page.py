"""On the pages: an extract is published for analysts alone, looked at, and released or taken away."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from naravard import stores
from naravard.intake import Choices
from naravard.intake.desk import Desk
from naravard.store.snapshots import Store
from naravard.ui.parts import versioner
from naravard.ui.parts.ladda_upp import arrival
from tests.test_desk import checked
from tests.test_pages import html, in_all_words, opened
from tests.test_preliminary import publish
from tests.test_store import sabo_file

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")


@pytest.fixture
def store(deck_data: Path) -> Store:
    """The deck's figures, and an extract upon them that Anna has loaded and that waits."""
    filled = stores.live_store()
    assert publish(filled, 77, period="2026") == 2
    return filled


def signed(app: AppTest, who: str = "Bo Prov") -> AppTest:
    app.text_input(key="slapp_varfor").input("kontrollerat")
    return app.text_input(key="slapp_vem").input(who).run()


def test_what_waits_stands_first_with_what_it_changes_and_is_released(store: Store) -> None:
    app = opened("versioner")
    assert not app.exception
    assert [header.value for header in app.header] == ["Version 2 är preliminär och väntar"]
    assert [header.value for header in app.subheader] == ["Det här ändras för alla när version 2 släpps"]
    assert "Version 2: prov. Anna, " in in_all_words(app)
    assert "Preliminär, väntar" in html(app)
    assert app.button(key="slapp").disabled
    signed(app).button(key="slapp").click().run()
    assert "Version 2 är släppt, och visas för alla som version 3." in in_all_words(app)
    assert (store.newest, store.preliminary) == (3, None)
    assert (store.versions()[0].vem, store.versions()[0].varfor) == ("Bo Prov", "kontrollerat")
    assert "slapp" not in {button.key for button in app.button}
    assert app.selectbox(key="nummer").options[0].startswith("Version 3")
    app.selectbox(key="nummer").select(3).run()
    assert "tal ändras" in in_all_words(app), "beside what all saw before it"


def test_what_a_release_reveals_is_read_first(store: Store) -> None:
    store.release(2, who="Bo", why="rätt")
    publish(store, 78, period="2026")
    app = signed(opened("versioner"))
    assert app.button(key="slapp").disabled
    (box,) = [each for each in app.checkbox if str(each.key).startswith("slapp_4_")]
    assert "bara 1–4 personer" in box.label
    box.check().run()
    app.button(key="slapp").click().run()
    assert store.newest == 5


def test_what_waits_is_taken_away(store: Store) -> None:
    app = signed(opened("versioner"))
    app.button(key="ta_bort_preliminar").click().run()
    assert "Version 2 är borttagen. Ingen kan läsa den, och det står i loggen, som version 3." in in_all_words(app)
    assert (store.newest, store.has(2)) == (3, False)
    assert "Ur läsning" in html(app)


def test_while_it_waits_an_older_one_is_not_restored_and_the_page_says_why(store: Store) -> None:
    store.release(2, who="Bo", why="rätt")
    publish(store, 78, period="2026")
    app = opened("versioner")
    app.selectbox(key="nummer").select(1).run()
    assert "Version 4 är preliminär och väntar. Släpp den eller ta bort den först" in html(app)
    assert not {"aterstall", "undanta"} & {button.key for button in app.button}


def test_where_two_are_needed_who_loaded_it_is_told_to_let_another(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    app = opened("versioner")
    assert "den släpps av någon annan än den som läste in den" in html(app)
    signed(app, "anna")
    assert "anna har själv läst in det som väntar" in html(app)
    assert app.button(key="slapp").disabled
    assert not app.button(key="ta_bort_preliminar").disabled
    versioner._release(store, 2, "Anna", "kontrollerat")  # a click upon the page as it was drawn before
    assert store.newest == 1
    signed(app).button(key="slapp").click().run()
    assert store.newest == 3


def test_a_second_click_releases_nothing_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    state: dict[str, str] = {}
    monkeypatch.setattr(versioner.st, "session_state", state)
    for _ in range(2):
        versioner._release(store, 2, "Bo", "rätt")
    assert state == {"aterstalld": "Version 2 är släppt, och visas för alla som version 3."}
    state.clear()
    versioner._discard(store, 2, "Cia", "fel")
    assert "Någon annan har publicerat version 3" in state["aterstalldes_inte"]


@pytest.fixture
def desk(deck_data: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An analyst's desk with a file on it, which the page finds."""
    own_desk = Desk(stores.live_store(), "flik")
    lay(own_desk)
    monkeypatch.setattr(arrival, "visitors_desk", lambda: own_desk)
    monkeypatch.setattr("naravard.ui.parts.ladda_upp.visitors_desk", lambda: own_desk)
    return own_desk


def lay(desk: Desk) -> None:
    desk.add("sabo 2026.csv", sabo_file(), Choices(kalla="sabo", matperiod="2026"))
    checked(desk)


def test_who_publishes_chooses_who_is_to_see_it(desk: Desk) -> None:
    app = opened("ladda_upp")
    assert not app.exception
    assert app.button(key="publicera").label == "Publicera uttaget"
    choice = app.radio(key="publicera_for")
    choice.set_value(choice.options[1]).run()
    assert app.button(key="publicera").label == "Publicera uttaget preliminärt"
    assert "De syns för analytiker tills någon släpper dem" in html(app)
    app.text_input(key="publicera_varfor").input("våren")
    app.text_input(key="publicera_vem").input("Anna").run()
    for box in app.checkbox:
        if str(box.key).startswith("godkann_"):
            box.check()
    app.run()
    app.button(key="publicera").click().run()
    assert "Version 2 är publicerad preliminärt: bara analytiker ser den." in in_all_words(app)
    assert (desk.store.newest, desk.store.preliminary) == (1, 2)
    lay(desk)
    app.run()
    assert "publicera_for" not in {each.key for each in app.radio}, "there is nothing to choose while one waits"
    assert "Version 2 är preliminär och väntar. Uttaget läggs ovanpå den" in html(app)
    assert app.button(key="publicera").label == "Publicera uttaget preliminärt"


def test_where_two_are_needed_the_choice_says_when_the_other_comes_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_GODKANN", "2")
    app = opened("ladda_upp")
    assert app.button(key="publicera").label == "Lämna in uttaget"
    assert "uttaget visas för alla först när en annan person har sett ändringen" in html(app)
    choice = app.radio(key="publicera_for")
    choice.set_value(choice.options[1]).run()
    assert app.button(key="publicera").label == "Publicera uttaget preliminärt"
    assert "Den som släpper är en annan person än du." in html(app)
