"""Several län on one installation: each has its own, what is asked of one is never answered of another."""

import ast
import csv
import io
import json
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import anyio
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from naravard import backup, menu, moving, sources, stores, web
from naravard.access.role_rules import rules_of
from naravard.api.catalogue import base_of
from naravard.base import kommuner, lan, settings
from naravard.base.errors import UserError
from naravard.base.roles import Role
from naravard.edge import health
from naravard.edge.lan import lan_of_workshop
from naravard.fetch import Wish, open_source
from naravard.fetch.jobs import Job, State
from naravard.figures.reader import Reader
from naravard.intake.desk import Desk
from naravard.room.live import Presence
from naravard.room.others import Others
from naravard.slides import links
from naravard.store.shelves.folder import FolderShelf
from naravard.ui import last_visit
from naravard.ui.parts import lanen
from naravard.ui.parts.ladda_upp.open_figures import _job_key, fetching
from naravard.workshop.servers import Servers
from naravard.workshop.workshops import Workshops
from tests import logins
from tests.test_api import asking
from tests.test_cli import run
from tests.test_pages import SHELL, html

KRONOBERG, SKANE = "07", "12"
HOME_CARE = "hemtjanst_80plus_andel"
VISITS = "akutbesok_80plus_per_1000"


@pytest.fixture(scope="module")
def filled_lan(tmp_path_factory: pytest.TempPathFactory, filled_with_deck: Path) -> Path:
    """A data folder of three län."""
    folder = tmp_path_factory.mktemp("lan") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NARAVARD_DATA", str(folder))
        patch.setenv("NARAVARD_LAN", f"08,{KRONOBERG},{SKANE}")
        lan.of_each(stores.live_store)
    return folder


@pytest.fixture
def data(filled_lan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of three län, for tests that read in it."""
    monkeypatch.setenv("NARAVARD_DATA", str(filled_lan))
    monkeypatch.setenv("NARAVARD_LAN", f"08,{KRONOBERG},{SKANE}")
    return filled_lan


def areas(indicator_id: str = HOME_CARE) -> set[str]:
    return {row.kommun_kod[:2] for row in Reader(stores.live_store()).read(indicator_id).rows}


@pytest.mark.parametrize(
    ("text", "koder"),
    [("14", ("14",)), ("08,14", ("08", "14")), (" 14 , 08, 14 ", ("14", "08")), ("", ("08",))],
)
def test_the_operator_names_them(text: str, koder: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", text)
    assert lan.koder() == koder
    assert lan.are_several() is (len(set(koder)) > 1)


def test_all_are_twenty_one_and_the_default_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "Alla")
    assert lan.koder()[0] == settings.DEFAULT_LAN
    assert len(lan.koder()) == len({kommun.lan_kod for kommun in kommuner.register()}) == 21


@pytest.mark.parametrize("text", ["08,99", "8", "08,", "kalmar,14", "allt"])
def test_what_is_no_lan_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", text)
    with pytest.raises(UserError, match="finns inte"):
        lan.koder()


def test_nobody_guesses_which(data: Path) -> None:
    with pytest.raises(UserError, match="Säg vilket"):
        stores.live_store()
    with pytest.raises(UserError, match="”03” finns inte här"):
        lan.of_text("03")
    assert [lan.of_text(text) for text in ("07", "Kronobergs län", "kronoberg", "Skåne")] == ["07", "07", "07", "12"]


def test_each_has_its_own_and_a_store_is_never_read_as_anothers(data: Path) -> None:
    for kod, kods_there in lan.of_each(areas).items():
        assert kods_there <= {kod, kommuner.RIKET}
    for kod, store in lan.of_each(stores.live_store).items():
        assert store.folder == (data if kod == "08" else data / "lan" / kod) / "lager"
    with lan.within(KRONOBERG):
        store = stores.live_store()
    with lan.within(SKANE), pytest.raises(UserError, match="gäller län 07"), store.open():
        pass


def test_many_at_once_are_never_told_apart_wrongly(data: Path) -> None:
    faults: list[str] = []
    begin = threading.Barrier(6)

    def read_in_turns(worker: int) -> None:
        begin.wait()
        for turn in range(40):
            kod = lan.koder()[(worker + turn) % 3]
            with lan.within(kod):
                work = lan.bound(areas)
            if not work() <= {kod, kommuner.RIKET}:
                faults.append(kod)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(read_in_turns, range(6)))
    assert not faults


def test_what_runs_later_or_by_itself_is_bound_to_its_lan() -> None:
    """Each thread and each fragment of a page; a new one that is not would ask for a län, and not guess one."""
    allowed = {"naravard/ui/visitor.py", "naravard/store/shelves/postgresql.py"}
    for path in (settings.ROOT / "naravard").rglob("*.py"):
        name = path.relative_to(settings.ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called.endswith("st.fragment"):
                assert name in allowed, f"{name}: use ui.visitor.fragment"
            if called.endswith("threading.Thread") and name not in allowed:
                target = next(ast.unparse(each.value) for each in node.keywords if each.arg == "target")
                assert target.startswith("lan.bound(") or target == "_keep_sweeping", f"{name}: bind {target}"


def test_a_command_says_which(data: Path) -> None:
    refused = run("visa", HOME_CARE)
    assert refused.returncode == 2
    assert "--lan" in refused.stderr
    assert "Växjö" in run("--lan", KRONOBERG, "visa", HOME_CARE).stdout
    assert "Malmö" in run("--lan", "skåne", "visa", HOME_CARE).stdout
    unknown = run("--lan", "03", "visa", HOME_CARE)
    assert unknown.returncode == 2
    assert "07 (Kronobergs län)" in unknown.stderr


# pages


def opened(**query: str) -> AppTest:
    app = AppTest.from_file(SHELL, default_timeout=300)
    for name, text in query.items():
        app.query_params[name] = text
    return app.run()


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_a_page_is_about_the_lan_of_its_address_until_another_is_chosen(data: Path) -> None:
    app = opened(lan="Kronobergs län", kommun="Växjö")
    assert not app.exception
    assert app.title[0].value == "Nära vård i Växjö"
    assert app.selectbox(key=links.KOMMUN_KEY).value == "0780"
    assert "lan=Kronobergs" in html(app)
    app.selectbox(key=links.LAN_KEY).select(SKANE).run()
    assert not app.exception
    assert "Skåne län" in app.title[0].value
    assert app.selectbox(key=links.KOMMUN_KEY).value is None
    assert "Växjö" not in html(app)
    assert not [text.value for text in app.text if "Växjö" in text.value], "nobody has followed a link to it"
    app.selectbox(key=links.LAN_KEY).select("08").run()
    assert "Kalmar län" in app.title[0].value


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_an_address_may_have_a_code_and_one_that_names_no_lan_says_so(data: Path) -> None:
    assert "Skåne län" in opened(lan="12").title[0].value
    assert opened(kommun="Växjö").title[0].value == "Nära vård i Växjö"
    app = opened(lan="Gotham")
    assert "Kalmar län" in app.title[0].value
    assert any("Gotham" in text.value for text in app.text)


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_all_stand_beside_each_other_where_there_are_several(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened().switch_page(str(menu.FOLDER / "lanen.py")).run()
    assert not app.exception
    values = {kod: lanen.figures_of(kod, VISITS, None).own_row for kod in lan.koder()}
    for kod, own_row in values.items():
        assert own_row is not None
        assert f"{kommuner.lan_name(kod)}</a>" in html(app)
        assert f">{own_row.varde:.0f}<" in html(app).replace("</i>", ">")
    assert "Källa: Kolada U79029. Varje läns uttag" in html(app)
    assert "lanen" in menu.pages()
    monkeypatch.setenv("NARAVARD_LAN", "08")
    assert "lanen" not in menu.pages()


def test_where_no_lan_has_a_figure_of_its_own_its_kommuner_are_told(data: Path) -> None:
    figures = lanen.figures_of(KRONOBERG, HOME_CARE, None)
    with lan.within(KRONOBERG):
        rows = Reader(stores.live_store()).read(HOME_CARE).kommuner
    values = sorted(row.varde for row in rows if row.varde is not None)
    assert figures.own_row is None
    assert (figures.values[0], figures.values[-1]) == (values[0], values[-1])
    assert values[0] < (figures.middle or 0) < values[-1]


# what lies behind the edge


@pytest.fixture
def client(data: Path) -> TestClient:
    return asking()


def test_a_program_says_which_and_is_told_of_that_one(client: TestClient) -> None:
    path = f"/api/v1/indikatorer/{HOME_CARE}/siffror.json"
    assert client.get(path).status_code == 400
    assert "lan=" in client.get(path).json()["detail"]
    unknown = client.get(path, params={"lan": "03"})
    assert unknown.status_code == 404
    assert unknown.headers["content-type"].startswith("application/problem+json")
    one, other = (client.get(path, params={"lan": kod}) for kod in (KRONOBERG, SKANE))
    assert one.headers["etag"] != other.headers["etag"]
    assert "Växjö" in one.text
    assert "Växjö" not in other.text
    catalogue = client.get("/api/v1/indikatorer", params={"lan": KRONOBERG})
    assert "lan=Kronobergs" in catalogue.text
    described = client.get("/api/v1/openapi.json", params={"lan": KRONOBERG}).json()
    names = {each["name"] for path in described["paths"].values() for each in path["get"]["parameters"]}
    assert "lan" in names


def test_a_workshop_is_of_the_lan_that_opened_it_wherever_its_code_is_written(client: TestClient, data: Path) -> None:
    with lan.within(KRONOBERG):
        kod, _ = Workshops(lan.folder()).begin("Hösten", ["Växjö"], ["Vad fungerar?"], "bilder=lgl7")
    told = client.get(f"/api/workshop/{kod}").json()
    assert told["namn"] == "Hösten"
    screen = client.get(f"/api/workshop/{kod}/bild", params={"nr": "0", "version": "1"}).json()
    assert "Kronobergs län" in json.dumps(screen, ensure_ascii=False)
    assert client.get(f"/d/{kod}").status_code == 200
    assert client.get("/d", params={"kod": kod.upper()}, follow_redirects=False).headers["location"] == f"/d/{kod}"
    assert client.get("/api/workshop/finnsej").status_code == 404


def test_a_show_is_of_the_lan_of_its_address(client: TestClient) -> None:
    query = {"bild": VISITS, "version": "1", "exempel": "false"}
    assert client.get("/api/projektor/bild", params=query).status_code == 400
    screen = client.get("/api/projektor/bild", params={**query, "lan": "Skåne län"}).json()
    assert "Skåne län" in json.dumps(screen, ensure_ascii=False)


def test_health_and_what_is_measured_tell_of_each(client: TestClient) -> None:
    health._READ.clear()
    assert set(client.get("/halsa").json()["lan"]) == set(lan.koder())
    text = client.get("/metrics").text
    assert all(f'naravard_store_readable{{lan="{kod}"}} 1.0' in text for kod in lan.koder())


# roles


def test_a_role_can_be_of_one_lan(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text(
        '[roller]\nlasare = ["@rike.se"]\n[roller.lan.07]\nanalytiker = ["a@kronoberg.se"]\n', encoding="utf-8"
    )
    rules = rules_of([file])
    with lan.within(KRONOBERG):
        assert rules.role_of("a@kronoberg.se", ()) is Role.ANALYTIKER
    with lan.within(SKANE):
        assert rules.role_of("a@kronoberg.se", ()) is Role.PUBLIK
        assert rules.role_of("b@rike.se", ()) is Role.LASARE
    assert rules.role_of("a@kronoberg.se", ()) is Role.ANALYTIKER, "where it is not said which: the highest of any"
    file.write_text('[roller.lan.99]\nanalytiker = ["a@b.se"]\n', encoding="utf-8")
    with pytest.raises(UserError, match="99, som inget län har"):
        rules_of([file])


def test_a_role_of_another_lan_is_none_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secrets.toml"
    file.write_text('[roller.lan.07]\nanalytiker = ["a@kronoberg.se"]\n', encoding="utf-8")
    monkeypatch.setenv("NARAVARD_LAN", "08")
    assert rules_of([file]).role_of("a@kronoberg.se", ()) is Role.PUBLIK


# copies and moves


def test_a_copy_has_all_of_them(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backup.take(data, tmp_path / "kopia")
    assert {f"{place}lager/000001.duckdb" for place in ("", "lan/07/", "lan/12/")} <= set(copy.filer)
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "ny"))
    backup.put_back(copy, tmp_path / "ny")
    for kod, kods_there in lan.of_each(areas).items():
        assert kods_there <= {kod, kommuner.RIKET}


def test_the_versions_of_each_are_copied_out_of_where_they_lie(data: Path, tmp_path: Path) -> None:
    shelves = {f"lan/{kod}/lager": FolderShelf(data / "lan" / kod / "lager") for kod in (KRONOBERG, SKANE)}
    copy = backup.take(data, tmp_path / "kopia", {"lager": FolderShelf(data / "lager"), **shelves})
    assert {f"{place}lager/000001.duckdb" for place in ("", "lan/07/", "lan/12/")} <= set(copy.filer)


def test_all_of_them_are_moved(data: Path, tmp_path: Path) -> None:
    sentences = moving.move(str(data), str(tmp_path / "ny"))
    assert sum("1 version ligger på båda platserna" in sentence for sentence in sentences) == 3
    for kod in ("08", KRONOBERG, SKANE):
        assert any(sentence.startswith(kommuner.lan_name(kod)) for sentence in sentences)
    assert sorted(path.relative_to(tmp_path / "ny").as_posix() for path in (tmp_path / "ny").rglob("*.duckdb")) == [
        "lager/000001.duckdb",
        "lan/07/lager/000001.duckdb",
        "lan/12/lager/000001.duckdb",
    ]


def test_the_open_figures_of_the_country_are_those_of_the_file(data: Path) -> None:
    """What each other län begins with: its own rows and riket's, as they were collected."""
    content = (settings.PUBLISHED / "kolada_landet.csv").read_text(encoding="utf-8")
    file = next(each for each in stores.published_files() if each.lan == "ovriga")
    with lan.within(KRONOBERG):
        own_rows = stores._content(file).decode("utf-8").splitlines()
    expected = [line for line in content.splitlines()[1:] if _area_of(line)[:2] in {KRONOBERG, kommuner.RIKET}]
    assert own_rows[1:] == expected
    assert own_rows[0] == content.splitlines()[0]
    assert len(expected) > 50


def _area_of(line: str) -> str:
    return next(csv.reader(io.StringIO(line)))[2]


# what is clicked, kept and fetched for one län


@pytest.fixture
def changed(filled_lan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder of three län, for tests that change it. Kronoberg and Skåne have two versions each."""
    folder = tmp_path / "data"
    shutil.copytree(filled_lan, folder)
    monkeypatch.setenv("NARAVARD_DATA", str(folder))
    monkeypatch.setenv("NARAVARD_LAN", f"08,{KRONOBERG},{SKANE}")
    for kod in (KRONOBERG, SKANE):
        with lan.within(kod):
            stores.live_store().restore(1, who="Anna", why="Prov")
    return folder


def newest_of_each() -> dict[str, int | None]:
    return lan.of_each(lambda: stores.live_store().newest)


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """Fia is the steward of Kronoberg alone."""
    roles = '[roller]\n[roller.lan.07]\nforvaltare = ["fia@region.example"]\n'
    file = logins.write(tmp_path / "secrets.toml", logins.AUTH + roles)
    with logins.options(secrets_files=[str(file)]):
        yield file


def at_versions(**query: str) -> AppTest:
    app = opened(**query)
    app.user = logins.claims_of(Role.FORVALTARE)
    app.run()
    return app.switch_page(str(menu.FOLDER / "versioner.py")).run()


@pytest.mark.usefixtures("components_are_looked_for_once", "secrets")
def test_what_is_clicked_on_is_of_the_lan_that_was_seen(changed: Path) -> None:
    """Another län is chosen in the menu, and the button of the page before is clicked before the new page has come."""
    app = at_versions(lan="Kronobergs län", kommun="Växjö")
    app.selectbox(key="nummer").select(1).run()
    app.text_input(key="aterstall_varfor").input("Fel fil").run()
    app.button(key="aterstall").click()
    app.selectbox(key=links.LAN_KEY).select(SKANE).run()
    assert not app.exception
    assert newest_of_each() == {"08": 1, KRONOBERG: 3, SKANE: 2}
    assert "Sidan Versioner kräver rollen analytiker" in html(app)
    assert app.selectbox(key=links.KOMMUN_KEY).value is None


@pytest.mark.usefixtures("components_are_looked_for_once", "secrets")
def test_who_has_a_role_in_another_lan_has_none_in_this(changed: Path) -> None:
    app = at_versions(lan="Skåne län")
    assert "Sidan Versioner kräver rollen analytiker" in html(app)
    assert "aterstall" not in {each.key for each in app.button}
    assert "Version 1 är inte den som visas för alla" in html(opened(lan="Skåne län", version="1"))


def test_a_store_is_never_written_to_as_anothers(changed: Path) -> None:
    with lan.within(KRONOBERG):
        store = stores.live_store()
    with lan.within(SKANE):
        for work in (
            lambda: store.restore(1, who="Anna", why="Prov"),
            lambda: store.withdraw([1], who="Anna", why="Prov"),
            lambda: store.publish([], who="Anna", why="Prov"),
            lambda: store.candidate([]).__enter__(),
        ):
            with pytest.raises(UserError, match="gäller län 07"):
                work()
    assert newest_of_each()[KRONOBERG] == 2


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_the_slides_that_are_chosen_are_those_of_their_lan(data: Path) -> None:
    app = opened(lan="Kronobergs län", kommun="Växjö").switch_page(str(menu.FOLDER / "min_kommun.py")).run()
    app.button(key="till_profil").click().run()
    assert not app.exception
    app.selectbox(key=links.LAN_KEY).select(SKANE).run()
    app.switch_page(str(menu.FOLDER / "projektor.py")).run()
    assert not app.exception
    assert "0780" not in " ".join(app.query_params["bilder"])
    app.selectbox(key=links.LAN_KEY).select(KRONOBERG).run()
    assert "0780" in " ".join(app.query_params["bilder"])
    app.selectbox(key=links.LAN_KEY).select(SKANE).run()
    assert "0780" not in " ".join(app.query_params["bilder"])


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_what_only_kalmar_has_is_not_offered_to_others(data: Path) -> None:
    app = opened(lan="Skåne län").switch_page(str(menu.FOLDER / "framat.py")).run()
    assert not app.exception
    assert not [each for each in app.button if "exempel" in str(each.key)]
    assert "Kalmar läns utvecklingsområden" in html(app.switch_page(str(menu.FOLDER / "malbild.py")).run())


def test_a_damaged_store_is_told_of_and_the_others_go_on(changed: Path) -> None:
    next((changed / "lan" / KRONOBERG / "lager").glob("000002*")).write_bytes(b"half a file")
    file = changed / "lan" / KRONOBERG / "workshop" / "workshop.sqlite"
    shutil.rmtree(file.parent, ignore_errors=True)
    file.parent.mkdir()
    file.write_bytes(b"no database" * 1_000)
    with lan.within(SKANE):
        kod, _ = Workshops(lan.folder()).begin("Hösten", ["Malmö"], ["Vad fungerar?"], "bilder=lgl7")
    health._READ.clear()
    answer = asking().get("/halsa")
    assert (answer.status_code, answer.json()["status"]) == (200, "delvis")
    assert {each for each, facts in answer.json()["lan"].items() if "fel" in facts} == {KRONOBERG}
    assert asking().get(f"/api/workshop/{kod}").json()["namn"] == "Hösten"
    prepared = web._Prepared()
    for each in 2 * lan.koder():
        web._prepare(each, prepared)
    assert prepared.hindered <= {KRONOBERG}
    assert set(prepared.newest) == set(lan.koder())
    lan.of_each(web._delete_old_of_lan)
    assert opened(lan="Kronobergs län").exception
    assert "Skåne län" in opened(lan="Skåne län").title[0].value
    app = opened(lan="Skåne län").switch_page(str(menu.FOLDER / "lanen.py")).run()
    assert not app.exception
    assert "går inte att läsa" in html(app)


def test_where_another_is_named_first_no_store_is_filled_anew_beside_its_own(
    changed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAN", f"{KRONOBERG},{SKANE},08")
    for kod in (KRONOBERG, "08"):
        with lan.within(kod), pytest.raises(UserError, match="gäller län 08"):
            stores.live_store().open().__enter__()
    assert not (changed / "lan" / "08" / "lager").exists()
    with lan.within(SKANE):
        assert stores.live_store().newest == 2
    monkeypatch.setenv("NARAVARD_LAN", f"08,{SKANE}")
    assert newest_of_each() == {"08": 1, SKANE: 2}
    monkeypatch.setenv("NARAVARD_LAN", f"08,{SKANE},{KRONOBERG}")
    assert newest_of_each()[KRONOBERG] == 2, "a län that was taken away has its own when it comes back"


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_a_lan_of_one_kommun_is_told_of_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("NARAVARD_LAN", "09")
    text = html(opened())
    assert "av 1 kommuner" not in text
    assert "Nöjda med äldreboendet</a>: Gotland har 85 %, bättre än riket (77 %)." in text.replace("\xa0", " ")
    assert '<span class="lagst">77' in text.replace("\xa0", " ")


def test_what_another_server_tells_of_a_workshop_is_heard_in_each_lan(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One who waits looks for all who wait, whichever län their workshops are of."""
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path))
    monkeypatch.setenv("NARAVARD_LAGER", postgres_url)
    monkeypatch.setenv("NARAVARD_LAN", f"08,{KRONOBERG}")
    others = Others(Presence())
    kods = {}
    with ExitStack() as waits:
        for kod in lan.koder():
            with lan.within(kod):
                kods[kod], _ = Workshops(lan.folder()).begin("Hösten", ["Grupp"], ["Vad fungerar?"])
                Servers(lan.folder(), "en annan").tell({kods[kod]: 3})
                waits.enter_context(others.waited_for(kods[kod]))
        with lan.within("08"):
            anyio.run(others.look)
            assert [others.phones(kod) for kod in kods.values()] == [3, 3]
            assert lan_of_workshop(kods[KRONOBERG]) == KRONOBERG


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_what_is_fetched_for_one_lan_is_not_laid_on_the_desk_of_another(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks = {}
    for kod in (KRONOBERG, SKANE):
        with lan.within(kod):
            desks[kod] = Desk(stores.live_store(), "flik")
    job = Job(open_source("scb"), Wish(KRONOBERG, 2020, 2021), State.READY, files=[])
    state = {_job_key(desks[KRONOBERG]): job}
    monkeypatch.setattr(st, "session_state", state)
    fetching(desks[SKANE])
    assert state, "it waits for its own desk"
    fetching(desks[KRONOBERG])
    assert not state


def test_the_earlier_visit_is_to_one_lan(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(last_visit, "store", stores.live_store)
    assert len(set(lan.of_each(last_visit._store_name).values())) == 3
    monkeypatch.setenv("NARAVARD_LAN", "08")
    assert last_visit._store_name() == "lager", "as browsers that came before there were several have it"


def test_a_lan_that_has_not_been_opened_does_not_hinder_a_move(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAN", f"08,09,{KRONOBERG}")
    sentences = moving.move(str(data), str(tmp_path / "ny"))
    assert "Gotlands län har inget än, och inget är flyttat." in sentences
    assert (tmp_path / "ny" / "lan" / KRONOBERG / "lager" / "000001.duckdb").exists()
    with pytest.raises(UserError, match="inga versioner att flytta"):
        moving.move(str(tmp_path / "tom"), str(tmp_path / "annan"))


def test_a_server_with_a_lan_that_is_none_is_not_started_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "08,99")
    refused = run("starta")
    assert refused.returncode == 2
    assert "Länskoden '99' finns inte" in refused.stderr


@pytest.mark.usefixtures("secrets")
def test_older_versions_are_for_the_analysts_of_their_lan(changed: Path) -> None:
    client = TestClient(Starlette(routes=web.ROUTES, middleware=web.MIDDLEWARE), logins.ORIGIN, client=("127.0.0.1", 1))
    cookie = logins.cookie_of(logins.claims_of(Role.FORVALTARE))

    def status(path: str) -> int:
        return client.get(path, headers={"cookie": cookie}).status_code

    figures = f"/api/v1/indikatorer/{HOME_CARE}/siffror.json?version=1"
    assert [status(f"{figures}&lan={kod}") for kod in (KRONOBERG, SKANE)] == [200, 403]
    assert status(f"{figures}&lan={KRONOBERG}&lan={SKANE}") in {200, 400}
    assert status(f"{figures}&lan={SKANE}&lan={KRONOBERG}") in {400, 403}
    assert status(figures) == 400
    picture = f"/api/projektor/bild?bild={VISITS}&version=1"
    assert [status(f"{picture}&lan={kod}") for kod in (KRONOBERG, SKANE)] == [200, 403]
    kods = {}
    for kod in (KRONOBERG, SKANE):
        with lan.within(kod):
            kods[kod], _ = Workshops(lan.folder()).begin("Hösten", ["Grupp"], ["Vad fungerar?"], f"bilder={VISITS}")
    assert [status(f"/api/workshop/{kods[kod]}/bild?nr=0&version=1") for kod in kods] == [200, 403]
    assert status(f"/api/workshop/{kods[SKANE]}/bild?nr=0&version=1&lan={KRONOBERG}") == 403
    assert status(f"{picture}&lan={KRONOBERG}&workshop={kods[SKANE]}") == 403
    assert status(f"{picture}&lan={KRONOBERG}&kod={kods[SKANE]}") == 403
    for path in (
        f"/api/projektor/bild?bild={VISITS}&version=2&lan={KRONOBERG}&exempel=true",
        f"{base_of(is_example=True)}indikatorer/{HOME_CARE}/siffror.json?lan={KRONOBERG}",
    ):
        answer = client.get(path)
        assert answer.status_code == 400
        assert "Exempeldata finns bara för Kalmar län" in answer.text


def test_the_figures_printed_on_lgls_slides_are_a_source_of_their_lan_alone() -> None:
    assert "bilden" in sources.of_lan("08")
    assert set(sources.sources()) - set(sources.of_lan("07")) == {"bilden"}
