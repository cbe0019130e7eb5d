"""An analyst's work in the browser: a messy file, its errors, the mended file, the difference, publication, restore."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import CalamineWorkbook

from naravard import intake, stores
from naravard.base import kommuner
from tests.browser.conftest import (
    PHONE,
    Server,
    Visit,
    assert_no_sideways_scroll,
    choose,
    new_tab,
    settle,
    start_server,
    still,
    stop_server,
    with_stores,
)
from tests.browser.gate import HELD, gate
from tests.browser.test_accessibility import assert_accessible
from tests.test_counting import COSMIC, as_csv
from tests.test_store import publish_sabo

KOMMUNER = [k.namn for k in kommuner.in_lan("08")]
PERSON = "19380230-1234"


def messy(**wrong: tuple[str, str, str]) -> bytes:
    """A SÄBO table as a kommun might send it: Latin-1, lines of a title, a sum row and a source below."""
    rows = {name: (name, "100", "60") for name in KOMMUNER} | wrong
    table = "\r\n".join(";".join(row) for row in rows.values())
    head = "Uttag ur Cosmic;;\r\nSÄBO, våren 2024;;\r\n;;\r\nKommun;Boende på SÄBO;Kommunal primärvård"
    return f"{head}\r\n{table}\r\nSumma;1 200;720\r\nKälla: Cosmic;;\r\n".encode("latin-1")


WRONG = {"Kalmar": ("Kalmra", "100", "60"), "Nybro": ("Nybro", "hundra", "60"), "Torsås": ("Torsås", "100", "600")}


@pytest.fixture
def analyst(busy_tab: Visit, publishing: Server) -> Iterator[Visit]:
    """An analyst before the page, on a store whose content is that of the first start."""
    busy_tab.leave()
    busy_tab.open("ladda_upp")
    yield busy_tab
    busy_tab.leave()


def next_version() -> int:
    return (stores.live_store().newest or 0) + 1


def drop(page: Page, *files: tuple[str, bytes]) -> None:
    payload = [{"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files]
    cards = page.get_by_role("heading", level=3)
    before = cards.count()
    page.locator('input[type="file"]').set_input_files(payload)  # type: ignore[arg-type]
    expect(cards).to_have_count(before + len(files))
    # each has its outcome: between the end of the check and the next run of the page a card is empty for a moment
    page.wait_for_function(
        """count => document.querySelectorAll('p.utfall, [data-testid="stAlertContentError"]').length >= count""",
        arg=before + len(files),
    )
    expect(page.get_by_text("Filen kontrolleras …")).to_have_count(0)
    settle(page)


def sign(page: Page, why: str) -> None:
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_label("Varför publicerar du uttaget?").fill(why)
    page.get_by_label("Varför publicerar du uttaget?").press("Enter")


def publish(page: Page, why: str) -> None:
    sign(page, why)
    button = page.get_by_role("button", name="Publicera uttaget")
    expect(button).to_be_enabled()
    button.click()


def table(page: Page, caption: str) -> list[str]:
    expect(page.get_by_role("table", name=caption)).to_be_visible()
    rows = page.get_by_role("table", name=caption).get_by_role("row").all_inner_texts()
    return [" ".join(row.replace("\u00a0", " ").split()) for row in rows[1:]]


@pytest.mark.slow  # test_desk.py and test_pages.py have the same without a browser, and below one publishes in it
def test_errors_by_row_then_the_mended_file_difference_publication_and_restore(analyst: Visit) -> None:
    page = analyst.page
    drop(page, ("sabo.csv", messy(**WRONG)))
    assert "3 fel" in analyst.text()
    expect(page.get_by_label("Kommun: ”Kalmra” (rad 9)")).to_be_visible()
    expect(page.get_by_label("Boende på SÄBO: ”hundra” (rad 12)")).to_be_visible()
    (error,) = table(page, "Fel som stoppar filen")
    assert error.startswith("Fler har kommunal primärvård än som bor ")
    assert " 14 " in error
    with page.expect_download() as download:
        page.get_by_role("button", name="Hämta hela listan som Excel").click()
    found = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_name("Fynd").to_python()
    assert [row[4] for row in found if row[0] == "fel"] == [9, 12, 14]
    assert page.get_by_role("button", name="Publicera uttaget").is_disabled()

    page.get_by_role("button", name="Ta bort", exact=True).click()
    expect(page.get_by_role("heading", name="sabo.csv")).to_have_count(0)
    drop(page, ("sabo.csv", messy()))
    text = analyst.text()
    assert "13 rader lästa, 13 räknade · inga fel och inga varningar" in text
    assert page.get_by_role("textbox", name="Mätperiod").input_value() == "våren 2024"
    changes = table(page, "Andel boende på SÄBO med kommunal primärvård")
    assert "Borgholm 5,1 % 60,0 % +54,9 procentenheter ej lika perioder" in changes
    assert "Kalmar 65,6 % 60,0 % −5,6 procentenheter ej lika perioder" in changes
    version = next_version()
    publish(page, "månadsuttag")
    expect(page.get_by_text(f"Version {version} är publicerad")).to_be_visible()

    analyst.open("sabo")
    assert "60 % av de boende på SÄBO" in analyst.text()
    analyst.open("versioner")
    choose(page.get_by_role("combobox", name="Version att titta på"), "Version 1,")
    expect(page.get_by_role("heading", name="Gå tillbaka till version 1")).to_be_visible()
    page.get_by_label("Ditt namn").fill("Anna Analytiker")
    page.get_by_label("Varför?").fill("fel fil")
    page.get_by_label("Varför?").press("Enter")
    page.get_by_role("button", name="Återställ version 1").click()
    done = f"Version 1 är publicerad på nytt som version {version + 1}."
    expect(page.get_by_text(done)).to_be_visible()
    listed = [row.split()[0] for row in table(page, "Alla publiceringar, den senaste först")]
    assert listed[:2] == [str(version + 1), str(version)]
    assert listed[-1] == "1"
    analyst.open("sabo")
    assert "77 % av de boende på SÄBO" in analyst.text()
    analyst.check()


@pytest.mark.slow
def test_warnings_are_ticked_one_by_one_before_the_button_opens(analyst: Visit) -> None:
    page = analyst.page
    rows = [(f"1938023{i % 10}-{1000 + i}", KOMMUNER[i % 5], "SÄBO", "85", str(i % 6), "Ja") for i in range(60)]
    rows += [(rows[0][0], rows[0][1], "Ordinärt boende", "85", "0", "Ja")]
    drop(page, ("cosmic våren 2024.csv", as_csv(COSMIC, rows)))
    boxes = page.get_by_role("checkbox", name="personer").or_(page.get_by_role("checkbox", name="person har"))
    expect(page.get_by_text("1 person har olika Boendeform på olika rader")).to_be_visible()
    expect(page.get_by_text("kommuner utan rader i filen")).to_be_visible()
    assert boxes.count() >= 1
    sign(page, "prov")
    button = page.get_by_role("button", name="Publicera uttaget")
    expect(page.get_by_text("läs och godkänn varningarna för cosmic våren 2024.csv")).to_be_visible()
    assert button.is_disabled()
    for text in ("1 person har olika Boendeform", "kommuner utan rader", "fel kontrollsiffra"):
        page.get_by_text(text).click()
    expect(button).to_be_enabled()
    version = next_version()
    button.click()
    expect(page.get_by_text(f"Version {version} är publicerad")).to_be_visible()
    analyst.check()


@pytest.mark.slow  # test_desk.py has the same without a browser
def test_someone_else_publishes_in_between(analyst: Visit) -> None:
    page = analyst.page
    drop(page, ("sabo.csv", messy()))
    sign(page, "månadsuttag")
    button = page.get_by_role("button", name="Publicera uttaget")
    expect(button).to_be_enabled()
    theirs = publish_sabo(stores.live_store(), "hösten 2023")
    button.click()
    told = f"test publicerade version {theirs} (prov) medan du arbetade"
    expect(page.get_by_text(told)).to_be_visible()
    page.wait_for_timeout(1_500)  # the files are checked again: the button goes and comes back
    analyst.settle()
    expect(button).to_be_enabled(timeout=30_000)
    button.dblclick()
    expect(page.get_by_text(f"Version {theirs + 1} är publicerad")).to_be_visible()
    analyst.check()


@pytest.mark.slow
def test_a_field_that_is_left_by_a_click_on_another_keeps_both(analyst: Visit) -> None:
    """Two changes reach the server at once: neither may be lost, and the page must not fail."""
    page = analyst.page
    drop(page, ("sabo.csv", messy()))
    page.get_by_role("textbox", name="Mätperiod").fill("hösten 2025")
    page.get_by_text("Visa även små tal (allt är redan offentligt)").click()
    expect(page.get_by_text("Mätperiod: hösten 2025, jämfört med LGL:s bild").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Visa även små tal")).to_be_checked()
    analyst.check()


@pytest.mark.slow
def test_a_file_can_be_read_in_another_way_and_the_way_is_remembered(analyst: Visit) -> None:
    page = analyst.page
    content = messy().replace("Kommunal primärvård".encode("latin-1"), b"Med KPV")
    drop(page, ("a.csv", content))
    choose(page.get_by_role("combobox", name="Källa"), "Boende på SÄBO")
    menu = page.get_by_role("combobox", name="Hur många av de boende som har kommunal primärvård")
    expect(menu).to_be_visible()
    analyst.settle()
    choose(menu, "Med KPV")
    expect(page.get_by_text("inga fel och inga varningar")).to_be_visible()
    page.get_by_label("Spara som profil").fill("Kort tabell")
    page.get_by_label("Spara som profil").press("Enter")
    page.get_by_role("button", name="Spara profilen").click()
    expect(page.get_by_text("Profilen ”Kort tabell” är sparad")).to_be_visible()
    next_file = intake.examine(content.replace(b";60", b";61"), "b.csv", intake.Choices(matperiod="2024"))
    assert next_file.profile == "Kort tabell"
    analyst.check()


def test_text_from_a_file_is_shown_as_text_and_no_person_is_shown(analyst: Visit) -> None:
    page = analyst.page
    heading = ";".join((*COSMIC, "<img src=x onerror=alert(1)>", "Anteckning **fet**", PERSON))
    rows = [f"{PERSON};Kalmar;SÄBO;85;3;Ja;<b>Anna</b>;[länk](http://x.se) ringde hem;{PERSON}"] * 4
    rows += [f"{PERSON};<script>alert(1)</script>;SÄBO;85;3;Ja;;;", f"{PERSON};Anna Andersson;SÄBO;85;3;Ja;;;"]
    drop(page, (f"**uttag** {PERSON} <b>.csv", "\n".join([heading, *rows]).encode()))
    page.get_by_text("Så lästes filen").click()
    page.get_by_text("Upplysningar (").click()
    still(page)
    shown = page.get_by_test_id("stMain").inner_html() + analyst.text()
    for secret in ("19380230", "Anna", "ringde hem", "193802301234"):
        assert secret not in shown, secret
    assert page.locator('[data-testid="stMain"] img').count() == 0
    assert "**uttag**" in analyst.text()
    assert "Anteckning **fet**" in analyst.text()
    assert not analyst.faults


BAD = {
    "tom.csv": (b"", "Filen tom.csv är tom"),
    "bild.csv": (b"\x89PNG\r\n\x1a\n\x00\x00", "är ingen textfil"),
    "trasig.xlsx": (b"PK\x03\x04" + b"\x00" * 50, "går inte att öppna som Excelfil"),
}


def test_bad_files_get_one_sentence_each_and_can_be_taken_away(analyst: Visit) -> None:
    page = analyst.page
    drop(page, *((name, content) for name, (content, _) in BAD.items()))
    for _, sentence in BAD.values():
        assert sentence in analyst.text()
    for left in range(len(BAD) - 1, -1, -1):
        page.get_by_role("button", name="Ta bort", exact=True).first.click()
        expect(page.get_by_role("heading", level=3)).to_have_count(left)
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    analyst.check()


@pytest.mark.slow
def test_long_work_shows_its_steps_can_be_cancelled_and_leaves_nothing_on_disk(analyst: Visit) -> None:
    """A check that is held at its second step, so that it is as long as the test needs on any machine."""
    page = analyst.page
    rows = [(PERSON, "Kalmar", "SÄBO", "85", "3", "Ja")] * 1_000
    held = gate(analyst.server.data)
    held.touch()
    try:
        page.locator('input[type="file"]').set_input_files(
            [{"name": "stor.csv", "mimeType": "text/csv", "buffer": as_csv(COSMIC, rows)}]
        )
        expect(page.get_by_text(f"stor.csv: {HELD} …")).to_be_visible()
        page.get_by_role("button", name="Avbryt").click()
        expect(page.get_by_text("Kontrollen avbröts. Inget är ändrat.")).to_be_visible()
        expect(page.get_by_role("button", name="Avbryt")).to_have_count(0)
        page.get_by_role("button", name="Kontrollera igen").click()
        expect(page.get_by_text(f"stor.csv: {HELD} …")).to_be_visible()
        expect(page.get_by_text("Kontrollen avbröts")).to_have_count(0)
        assert_no_person_is_on_disk(analyst.server)
    finally:
        held.unlink()
    expect(page.get_by_text("1 000 rader lästa".replace(" ", "\u00a0", 1))).to_be_visible()
    assert_no_person_is_on_disk(analyst.server)
    analyst.check()


def assert_no_person_is_on_disk(server: Server) -> None:
    """Nothing of a file is in any file of the server's folder, the log included."""
    for path in (p for p in server.data.parent.rglob("*") if p.is_file()):
        content = path.read_bytes()
        assert PERSON.encode() not in content, path
        assert PERSON.replace("-", "").encode() not in content, path


@pytest.mark.slow
def test_axe_finds_nothing_on_a_page_full_of_findings_and_differences(analyst: Visit) -> None:
    page = analyst.page
    drop(page, ("fel.csv", messy(**WRONG)), ("sabo.csv", messy()), ("cosmic våren 2024.csv", with_bad_values()))
    for opener in page.get_by_text("Så lästes filen").all():
        opener.click()
    still(page)
    assert_accessible(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    still(page)
    assert_no_sideways_scroll(page)
    assert_accessible(page)
    labels = page.locator('input[role="combobox"]').evaluate_all("all => all.map(one => one.ariaLabel)")
    assert [label for label in labels if "Parboende" in label]
    assert not [label for label in labels if "\\" in label], "what is read aloud has no Markdown"
    analyst.check()


@pytest.mark.slow  # of the bad values below, one is chosen so
def test_an_unknown_value_is_chosen_in_a_menu(analyst: Visit) -> None:
    page = analyst.page
    rows = "".join(f"{i};{name};SÄBO;{7 if i == 5 else 3}\n" for i, name in enumerate(KOMMUNER * 9, 1))
    drop(page, ("cosmic våren 2024.csv", f"Löpnummer;Kommun;Boendeform;RUB\n{rows}".encode()))
    assert "1 fel" in analyst.text()
    choose(page.get_by_label("RUB: ”7”"), "uppgift saknas")
    page.get_by_role("button", name="Läs filen med valen (1 av 1)").click()
    expect(page.get_by_text("inga fel", exact=False).first).to_be_visible()
    expect(page.get_by_text("som du har valt för den här filen").first).to_be_attached()
    analyst.check()


@pytest.mark.slow
def test_what_the_file_lacks_is_chosen_in_menus(analyst: Visit) -> None:
    page = analyst.page
    values = "".join(f"{name};{20 + i}\n" for i, name in enumerate(KOMMUNER))
    drop(page, ("mått.csv", f"Kommun;Värde\n{values}".encode()))
    name = page.get_by_label("Namn på nyckeltalet")
    name.fill("Påhittat mått, andel (%)")
    name.press("Enter")
    expect(page.get_by_text("Visa som indikator", exact=True)).to_be_visible()
    page.get_by_text("Visa som indikator", exact=True).click()
    expect(page.get_by_role("button", name="Hämta pahittat_matt_andel.sql")).to_be_visible()
    page.get_by_role("button", name="Ta bort", exact=True).click()


def with_bad_values(ages_and_more: bool = True) -> bytes:
    """Six hundred persons, each on a row of its own, with eight values that stop the file, or twelve."""
    rows = [
        [f"X-{i:05}", KOMMUNER[i % 12], ("Ordinärt boende", "SÄBO")[i % 3 == 2], f"{70 + i % 25}",
         ("Man", "Kvinna")[i % 2], f"{i % 6}", ("Nej", "Ja")[i % 3 > 0]]
        for i in range(600)
    ]  # fmt: skip
    wrong = [
        (10, 1, "Kalmra", 5), (20, 1, "Oskarshamm", 1), (25, 1, "Storstan", 4), (30, 2, "Parboende", 6),
        (40, 2, "Anna Andersson", 1), (60, 4, "Kvinnna", 4), (70, 5, "7", 8), (100, 0, "", 3),
    ]  # fmt: skip
    more = [(50, 3, "åttio", 1), (55, 3, "850", 3), (80, 5, "hög", 3), (90, 6, "kanske", 4)]
    for first, column, text, count in [*wrong, *(more if ages_and_more else ())]:
        for row in rows[first : first + count]:
            row[column] = text
    headings = ("Personnummer", "Kommun", "Boendeform", "Ålder", "Kön", "RUB", "Fast läkarkontakt")
    return as_csv(headings, rows)


def tick_all(page: Page) -> None:
    """Read and approve each warning."""
    boxes = page.get_by_test_id("stCheckbox").filter(has_not_text="Visa även små tal")
    for place in range(boxes.count()):
        box = boxes.nth(place).get_by_role("checkbox")
        if box.is_visible() and not box.is_checked():
            boxes.nth(place).get_by_test_id("stWidgetLabel").click()
            expect(box).to_be_checked()
            settle(page)


MEANINGS = {
    "Kommun: ”Storstan” (4 rader": "hör inte hit: räkna inte raderna",
    "Boendeform: ”Parboende”": "ordinärt boende",
    "Boendeform: dolt värde": "uppgift saknas",
    "Personnummer: id saknas": "hör inte hit: räkna inte raderna",
}
MORE_MEANINGS = dict.fromkeys(
    ("Ålder: dolt värde", "Ålder: ”850”", "RUB: ”hög”", "Fast läkarkontakt: ”kanske”"), "uppgift saknas"
)


@pytest.mark.parametrize(
    "meanings",
    [MEANINGS, pytest.param({**MEANINGS, **MORE_MEANINGS}, marks=pytest.mark.slow)],
    ids=["of each kind", "twelve"],
)
def test_bad_values_are_mended_in_the_app_from_drop_to_figure(analyst: Visit, meanings: dict[str, str]) -> None:
    """With the page loaded anew in the middle, and without anything that may be a person being seen."""
    page = analyst.page
    values = 4 + len(meanings)
    drop(page, ("cosmic våren 2024.csv", with_bad_values(ages_and_more=len(meanings) > len(MEANINGS))))
    expect(page.get_by_text(f"Vad betyder värdena? {values} värden att välja")).to_be_visible()
    assert "Anna" not in page.content()
    page.get_by_role("button", name="Menar du Kalmar?").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Läs filen med valen (1 av {values})")).to_be_enabled()
    settle(page)
    page.get_by_role("button", name="Ta alla 3 förslag").click()
    expect(page.get_by_role("button", name=f"Läs filen med valen (3 av {values})")).to_be_enabled()
    settle(page)
    choose(page.get_by_label("RUB: ”7”"), "uppgift saknas")
    expect(page.get_by_role("button", name=f"Läs filen med valen (4 av {values})")).to_be_visible()

    page.reload()
    settle(page)
    expect(page.get_by_role("button", name=f"Läs filen med valen (4 av {values})")).to_be_enabled()
    expect(page.get_by_text("Sparas i minnet till")).to_be_visible()
    token = page.evaluate("sessionStorage.getItem('naravard_skrivbord')")
    assert len(token) >= 32
    assert token not in page.url + analyst.server.log.read_text(encoding="utf-8")
    for count, (label, meaning) in enumerate(meanings.items(), 5):
        choose(page.get_by_label(label), meaning)
        expect(page.get_by_role("button", name=f"Läs filen med valen ({count} av {values})")).to_be_visible()
        settle(page)
    page.get_by_role("button", name=f"Läs filen med valen ({values} av {values})").click()
    expect(page.get_by_text("593 räknade")).to_be_visible()
    expect(page.get_by_text(f"Dina val av vad värden betyder ({values})")).to_be_visible()
    expect(page.get_by_text("som du har valt för den här filen").first).to_be_attached()
    settle(page)
    sign(page, "månadsuttag")
    settle(page)
    tick_all(page)
    version = next_version()
    expect(page.get_by_role("button", name="Publicera uttaget")).to_be_enabled()
    page.get_by_role("button", name="Publicera uttaget").click()
    expect(page.get_by_text(f"Version {version} är publicerad")).to_be_visible()
    analyst.open("kommunal_primarvard")
    assert "593" in analyst.text()
    analyst.check()


@pytest.mark.slow  # test_desk.py has the same without a browser
def test_a_bad_file_is_set_aside_the_rest_published_and_it_is_taken_back(analyst: Visit) -> None:
    page = analyst.page
    drop(page, ("sabo.csv", messy()), ("höst 2024.csv", messy(**WRONG)))
    sign(page, "månadsuttag")
    expect(page.get_by_text("rätta höst 2024.csv, eller lägg den åt sidan")).to_be_visible()
    page.get_by_role("button", name="Lägg åt sidan").nth(1).click()
    expect(page.get_by_text("Filen ligger åt sidan.")).to_be_visible()
    version = next_version()
    expect(page.get_by_role("button", name="Publicera uttaget")).to_be_enabled()
    page.get_by_role("button", name="Publicera uttaget").click()
    expect(page.get_by_text(f"Version {version} är publicerad")).to_be_visible()
    expect(page.get_by_role("heading", level=3)).to_have_text(["höst 2024.csv"])
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.get_by_text("Kommun: ”Kalmra”")).to_be_visible()
    analyst.check()


@pytest.fixture
def four_eyes(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where a second person approves."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NARAVARD_GODKANN", "2")
        running = start_server(with_stores(filled, tmp_path_factory))
        environment.setenv("NARAVARD_DATA", str(running.data))
        yield running
        stop_server(running)


def hand_in(page: Page, why: str) -> None:
    drop(page, ("sabo.csv", messy()))
    sign(page, why)
    settle(page)
    tick_all(page)
    expect(page.get_by_role("button", name="Lämna in uttaget")).to_be_enabled()
    page.get_by_role("button", name="Lämna in uttaget").click()
    expect(page.get_by_text("Du har lämnat in det.")).to_be_visible()
    settle(page)


@pytest.mark.slow  # test_approvals.py has the same without a browser
def test_two_persons_publish_together_and_a_restart_is_told(browser: Browser, four_eyes: Server) -> None:
    anna, bo = new_tab(browser, four_eyes), new_tab(browser, four_eyes)
    hand_in(anna.open("ladda_upp"), "månadsuttag")
    assert stores.live_store().newest == 1
    page = bo.open("versioner")
    expect(page.get_by_text("1 publicering väntar på att en till godkänner.")).to_be_visible()
    page = bo.open("ladda_upp")
    assert "Borgholm 5,1 % 60,0 % +54,9 procentenheter ej lika perioder" in table(
        page, "Andel boende på SÄBO med kommunal primärvård"
    )
    assert_accessible(page)
    name, yes = (
        page.get_by_label("Ditt namn, du som godkänner"),
        page.get_by_role("button", name="Godkänn och publicera"),
    )
    assert yes.is_disabled()
    name.fill("anna analytiker")
    name.press("Enter")
    expect(page.get_by_text("En annan person måste godkänna.")).to_be_visible()
    assert yes.is_disabled()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    still(page)
    assert_no_sideways_scroll(page)
    name.fill("Bo Granskare")
    name.press("Enter")
    still(page)  # while the sentence goes away the button stands twice, as it was and as it is
    expect(yes).to_be_enabled()
    yes.click()
    expect(page.get_by_text("Version 2 är publicerad")).to_be_visible()
    expect(anna.page.get_by_text("Bo Granskare godkände ”månadsuttag”. Version 2 är publicerad.")).to_be_visible()
    bo.open("versioner")
    assert "Anna Analytiker, godkänt av Bo Granskare" in bo.text()

    anna.page.get_by_role("button", name="Jag har läst det").click()
    expect(anna.page.get_by_text("Bo Granskare godkände")).to_have_count(0)
    hand_in(anna.page, "rättelse")
    page = bo.open("ladda_upp")
    page.get_by_label("Ditt namn, du som godkänner").fill("Bo Granskare")
    page.get_by_label("Varför inte?").fill("fel månad")
    page.get_by_label("Varför inte?").press("Enter")
    no = page.get_by_role("button", name="Säg nej")
    expect(no).to_be_enabled()
    no.click()
    expect(anna.page.get_by_text("Bo Granskare sade nej till ”rättelse”: fel månad.")).to_be_visible()
    anna.page.get_by_role("button", name="Jag har läst det").click()
    expect(anna.page.get_by_text("sade nej")).to_have_count(0)
    hand_in(anna.page, "en gång till")
    for visit in (anna, bo):
        visit.check()
    bo.page.context.close()
    stop_server(four_eyes)
    anna.page.goto("about:blank")
    again = start_server(four_eyes.data.parent, port=int(four_eyes.url.rpartition(":")[2]))
    four_eyes.process = again.process
    page = anna.open("ladda_upp")
    expect(page.get_by_text("Det som du lämnade in för godkännande finns inte kvar")).to_be_visible()
    assert stores.live_store().newest == 2
    anna.page.context.close()
