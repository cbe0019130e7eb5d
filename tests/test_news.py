"""What has come since a browser's last visit: for whom, in which words, and what a browser may say of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from naravard import stores
from naravard.figures.changes import Change, ChangeKind, ChangeMark, compare
from naravard.store.snapshots import Store
from naravard.telling import news
from naravard.ui import last_visit
from tests.test_pages import SHELL, html, opened
from tests.test_store import publish_sabo

pytestmark = pytest.mark.usefixtures("components_are_looked_for_once")
KALMAR = "0880"


@pytest.fixture(scope="module")
def two_periods(module_deck: Store) -> Store:
    """A store with one period as version 2 and another as version 3, which tests only read."""
    publish_sabo(module_deck, "våren 2023", med=50)
    publish_sabo(module_deck, "våren 2024", med=80)
    return module_deck


@pytest.fixture(scope="module")
def changes(two_periods: Store) -> list[Change]:
    with two_periods.open(2) as old, two_periods.open(3) as new:
        return compare(old, new)


def test_a_new_period_stands_beside_what_was_there_and_says_what_chance_rarely_gives(changes: list[Change]) -> None:
    first, *rest = (text.replace("\u00a0", " ") for text in news.since(changes, KALMAR))
    assert first == "2 nya tal. 1 ändring är större än slumpen brukar ge."
    assert rest[0] == (
        "SÄBO-boende med kommunal primärvård, våren 2024: nytt tal, 80 %. Före det 50 % (våren 2023), mer än slumpen "
        "brukar ge."
    )
    assert rest[1] == "Boende på SÄBO, våren 2024: nytt tal, 100. Före det 100 (våren 2023)."
    assert len({text.split(",")[0] for text in rest}) == len(rest), "one sentence for an indicator"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ChangeKind.CHANGED, "ändrat från"),
        (ChangeKind.GONE, "talet finns inte längre."),
        (ChangeKind.LACKING, "uppgift saknas. Förra mätperioden var talet "),
        (ChangeKind.BECOMES_HIDDEN, "talet är dolt nu."),
        (ChangeKind.BECOMES_VISIBLE, "talet visas nu"),
        (ChangeKind.NEW, "nytt tal"),
    ],
)
def test_each_kind_of_change_has_its_words(changes: list[Change], kind: ChangeKind, words: str) -> None:
    change = next(c for c in changes if c.kommun_kod == KALMAR)
    changed = replace(change, kind=kind, old_period=change.period, mark=ChangeMark.NONE)
    assert words in news.since([changed], KALMAR)[1]


def test_what_has_changed_elsewhere_is_counted_and_nothing_is_nothing(changes: list[Change]) -> None:
    others = [change for change in changes if change.kommun_kod != KALMAR]
    (sentence,) = news.since(others, KALMAR)
    assert sentence.startswith("inget har ändrats. I länet i övrigt:")
    assert f"{len(others)} tal" in sentence.replace("\u00a0", "")
    assert news.since([], KALMAR) == ["inget har ändrats."]


@pytest.mark.usefixtures("two_periods")
def test_a_browser_that_was_here_before_is_told_on_both_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_visit, "_text", lambda: "2 2026-11-12")
    for page in ("oversikt", "min_kommun"):
        text = html(opened(page, kommun="Kalmar"))
        assert "Nytt sedan ditt förra besök, 2026-11-12" in text
        assert "Kalmar: 2 nya tal." in text


@pytest.mark.usefixtures("two_periods")
def test_what_no_earlier_visit_can_have_been_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    text = ""
    monkeypatch.setattr(last_visit, "_text", lambda: text)
    app = opened("oversikt", kommun="Kalmar")
    for text in ("", "3 2026-11-12", "7 2026-11-12", "0 x", "-1 x", "<b> x", "1e3 x"):
        assert "förra besök" not in html(app.run()), text
    text = "1 2026-11-12"
    assert "förra besök" in html(app.run()), "but what can have been is"


def test_a_version_that_is_gone_says_so(deck_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stores.live_store()
    publish_sabo(store)
    next(store.folder.glob("000001*")).unlink()
    monkeypatch.setattr(last_visit, "_text", lambda: "1 2026-11-12")
    app = AppTest.from_file(SHELL, default_timeout=300)
    app.query_params["kommun"] = "Kalmar"
    app.run()
    assert not app.exception
    assert "går inte längre att läsa" in html(app)
