"""The API: what programs are told is what the pages show, in each format, and what is wrong is said with what is right.

What it says of itself is tried by tests/test_api_described.py, and who may read by tests/test_roles.py.
"""

import io
import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.testclient import TestClient

from naravard import exports, intake, stores, web
from naravard.api import formats, limits, packages, resources
from naravard.api.fields import FIELDS
from naravard.api.operations import operations
from naravard.base import periods
from naravard.figures import comparisons, indicators
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from tests import logins
from tests.api_reading import rows_of
from tests.samples import indicators_by_kind
from tests.test_store import publish_sabo, sabo_file

SABO = "/api/v1/indikatorer/sabo_andel_primarvard"
FIGURES = f"{SABO}/siffror.json"


def asking() -> TestClient:
    """The whole server, its edge included; what Streamlit takes comes to nobody."""
    routes = [*web.ROUTES, Mount("/", PlainTextResponse("Streamlit", 418))]
    return TestClient(Starlette(routes=routes, middleware=web.MIDDLEWARE), logins.ORIGIN, client=("127.0.0.1", 1))


@pytest.fixture(autouse=True)
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has asked before."""
    monkeypatch.setattr(limits, "_windows", MovingWindowRateLimiter(MemoryStorage()))


@pytest.fixture
def client(shared_deck: Store, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """A server with little more than LGL's slides."""
    monkeypatch.setenv("NARAVARD_DATA", str(shared_deck.folder.parent))
    return asking()


@pytest.fixture
def example_client(shared_example: Store) -> TestClient:
    """A server with EXEMPELDATA, which has all sorts of figures, many of them hidden."""
    return asking()


# the figures


@pytest.mark.parametrize("indicator_id", indicators_by_kind())
def test_each_number_is_that_of_the_page_in_each_format(indicator_id: str, example_client: TestClient) -> None:
    """That of `visa --format json`, for all periods and with each comparison; hidden and missing are null and said."""
    reader = Reader(stores.example_store())
    choices = [{}, {"matperiod": periods.EVERY, "jamfor": "riket"}]
    for values in choices:
        result = reader.read(indicator_id, values.get("matperiod"), values.get("jamfor", comparisons.STANDARD))
        shown = json.loads(exports.write_text(result, "json"))
        counts = ("taljare", "namnare") if result.indicator.kind.has_denominator else ()
        for name in formats.formats():
            path = f"/api/v1/exempeldata/indikatorer/{indicator_id}/siffror.{name}"
            rows = rows_of(example_client.get(path, params=values).content, name)
            assert len(rows) == len(shown["rader"])
            assert len({tuple(row[key] for key in packages.KEY) for row in rows}) == len(rows)
            for row, original in zip(rows, shown["rader"], strict=True):
                same = {**{n: original[n] for n in original if n not in {"taljare", "namnare"}}}
                same |= {n: original[n] for n in counts}
                assert {n: row[n] for n in same} == same
                assert set(row) == {field.name for field in FIELDS}
                assert not (row["skydd"] and row["varde"] is not None)
                days = periods.span(row["matperiod"])
                assert (row["fran"], row["till"]) == (days or (None, None))


def test_a_parquet_file_has_the_kinds_and_the_words_of_its_columns(client: TestClient) -> None:
    content = client.get(f"{SABO}/siffror.parquet").content
    rows = pq.read_table(io.BytesIO(content))
    assert rows.schema.field("varde").metadata == {b"beskrivning": b"talet, i enheten"}
    sheet = json.loads(rows.schema.metadata[b"naravard"])
    assert (sheet["indikator"], sheet["version"]) == ("sabo_andel_primarvard", 1)
    frame = pd.read_parquet(io.BytesIO(content))
    assert frame.set_index("kommun").loc["Kalmar län", "varde"] == 76.8
    assert duckdb.sql("select typeof(varde), typeof(fran) from rows limit 1").fetchone() == ("DOUBLE", "DATE")


def test_what_must_be_known_follows_each_figure(client: TestClient) -> None:
    rows = {row["kommun"]: row for row in client.get(FIGURES).json()["rader"]}
    assert "beror troligen på registrering" in rows["Borgholm"]["anmarkning"]
    assert "Borgholm, 4 av 79" not in rows["Kalmar"]["anmarkning"]
    assert all("Tolka varsamt." in row["anmarkning"] for row in rows.values())
    assert {each["kommun_kod"] for each in client.get(FIGURES).json()["anmarkningar"]} == {None, "0885", "0840"}
    for name in ("csv", "parquet"):
        others = rows_of(client.get(f"{SABO}/siffror.{name}").content, name)
        assert [row["anmarkning"] for row in others] == [row["anmarkning"] for row in rows.values()]


def test_what_is_chosen_is_chosen_as_on_a_page(client: TestClient) -> None:
    def names(**values: Any) -> list[str]:
        return [row["kommun"] for row in client.get(FIGURES, params=values).json()["rader"]]

    assert len(names()) == 13
    assert names(kommun="Borgholm") == names(kommun="0885") == ["Borgholm", "Kalmar län"]
    assert names(kommun=["0885", "Kalmar", "0885"]) == ["Borgholm", "Kalmar", "Kalmar län"]
    assert names(kommun="08") == ["Kalmar län"]
    whole = {row["kommun"]: row for row in client.get(FIGURES).json()["rader"]}
    (one, _) = client.get(FIGURES, params={"kommun": "Borgholm"}).json()["rader"]
    assert one == whole["Borgholm"], "what it is compared with is made of all"
    riket = client.get(FIGURES, params={"jamfor": "median"}).json()
    assert {row["jamfort_med"] for row in riket["rader"] if row["jamforelse"]} == {"median"}


@pytest.mark.parametrize("name", formats.formats())
def test_example_data_is_marked_in_each_format(name: str, example_client: TestClient) -> None:
    real = example_client.get(f"{SABO}/siffror.{name}")
    made_up = example_client.get(f"/api/v1/exempeldata/indikatorer/rub_fordelning/siffror.{name}")
    assert b"EXEMPELDATA" in made_up.content
    assert b"EXEMPELDATA" not in real.content
    assert all(row["exempeldata"] and "EXEMPELDATA" in row["anmarkning"] for row in rows_of(made_up.content, name))
    assert "EXEMPELDATA_rub-fordelning" in made_up.headers["content-disposition"].replace("rub_", "rub-")
    assert made_up.headers["etag"].startswith('"exempeldata-v')
    for path in ("indikatorer", "datapackage.json", "indikatorer/rub_fordelning/datapackage.json"):
        assert "EXEMPELDATA" in example_client.get(f"/api/v1/exempeldata/{path}").text


# the catalogue and the packages


def test_the_catalogue_leads_to_everything(client: TestClient) -> None:
    catalogue = client.get("/api/v1/indikatorer").json()
    assert [each["indikator"] for each in catalogue["indikatorer"]] == list(indicators.registry())
    entry = next(each for each in catalogue["indikatorer"] if each["indikator"] == "sabo_andel_primarvard")
    assert entry["matperioder"] == [{"matperiod": "ej angiven", "fran": None, "till": None}]
    assert {"jamfor": "lanet", "namn": "länet"} in entry["jamforelser"]
    assert "riket" not in {each["jamfor"] for each in entry["jamforelser"]}
    assert client.get(entry["lankar"]["indikator"]).json() == {"version": 1, **entry}
    for name, path in entry["lankar"].items():
        if name != "sida":
            assert client.get(path).status_code == 200, path


def test_an_indicator_whose_small_counts_cannot_be_protected_is_not_shown_and_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing = {"sabo_andel_primarvard": "prov"}
    monkeypatch.setattr("naravard.figures.reader.refusals", lambda snapshot: refusing)
    monkeypatch.setattr("naravard.api.questions.shared_reader", Reader)
    entry = client.get(SABO).json()
    assert "visas inte, för att små tal inte går att skydda" in entry["visas_inte"]
    assert entry["lankar"] == {}
    answer = client.get(FIGURES)
    assert (answer.status_code, answer.json()["indikator"]) == (404, "sabo_andel_primarvard")


def test_a_data_package_says_where_the_tables_are_and_what_is_in_them(client: TestClient) -> None:
    answer = client.get(f"{SABO}/datapackage.json", params={"kommun": "0885"})
    package = answer.json()
    assert {each["format"] for each in package["resources"]} == {"csv", "parquet"}
    for resource in package["resources"]:
        content = client.get(str(answer.url.join(resource["path"]))).content
        rows = rows_of(content, resource["format"])
        assert [row["kommun"] for row in rows] == ["Borgholm", "Kalmar län"], "what was chosen follows"
        assert [field["name"] for field in resource["schema"]["fields"]] == list(rows[0])
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    assert package["sources"] == [{"title": "LGL:s bild 3 (Cosmic)"}]
    whole = client.get("/api/v1/datapackage.json")
    paths = [resource["path"] for resource in whole.json()["resources"]]
    assert len(paths) >= 10
    assert client.get(str(whole.url.join(paths[0]))).status_code == 200


# the description


def test_the_examples_of_the_description_are_answers(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert set(described["paths"]) == {f"/api/v1/{each.path}" for each in operations()}
    count = 0
    for path, operation in described["paths"].items():
        (content,) = operation["get"]["responses"]["200"]["content"].values()
        for example in content["examples"].values():
            count += 1
            if "externalValue" in example:
                if "exempeldata" not in path:
                    assert client.get(example["externalValue"]).status_code == 200
            else:
                answer = client.get(example["summary"])
                assert example["value"] == (answer.text if path.endswith("csv") else answer.json())
    assert count == len(described["paths"])


# what is wrong


@pytest.mark.parametrize(
    ("path", "status", "says", "allows"),
    [
        (f"{FIGURES}?period=2024", 400, "Parametern ”period” finns inte här", "matperiod"),
        (f"{FIGURES}?matperiod=2024", 400, "Mätperioden ”2024” finns inte för sabo_andel_primarvard", "alla"),
        (f"{FIGURES}?matperiod=", 400, "Mätperioden ”” finns inte", "ej angiven"),
        (f"{FIGURES}?kommun=Lund", 400, "Lund ligger inte i Kalmar län", "0885"),
        (f"{FIGURES}?kommun=Borgholn", 400, "Menar du Borgholm?", "Borgholm"),
        (f"{FIGURES}?kommun=", 400, "finns inte", "Borgholm"),
        (f"{FIGURES}?jamfor=grannen", 400, "Jämförelsen ”grannen” finns inte", "lanet"),
        (f"{FIGURES}?jamfor=lanet&jamfor=riket", 400, "Parametern jamfor står 2 gånger", None),
        (f"{FIGURES}?version=två", 400, "är inget versionsnummer", None),
        (f"{FIGURES}?version=0", 400, "är inget versionsnummer", None),
        (f"{FIGURES}?version=7", 400, "Version 7 finns inte än. Den nyaste är 1.", "1"),
        ("/api/v1/indikatorer?kommun=0885", 400, "Parametern ”kommun” finns inte här", "version"),
        ("/api/v1/indikatorer/sabo_andel_primarvrd", 404, "Menar du sabo_andel_primarvard?", "sabo_andel_primarvard"),
        ("/api/v1/indikatorer/sabo_andel_primarvard/siffror.xlsx", 404, "Alla adresser står på /api/v1/", None),
        ("/api/v1/finns/inte", 404, "Adressen finns inte", None),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_right(
    path: str, status: int, says: str, allows: str | None, client: TestClient
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert (problem["status"], problem["type"]) == (status, f"/api/v1/#fel-{status}")
    assert says in problem["detail"]
    assert allows is None or allows in problem["tillatna"]
    assert f'id="fel-{status}"' in client.get("/api/v1/").text, "the type leads somewhere"


def test_no_person_id_comes_back(client: TestClient) -> None:
    for name in ("kommun", "matperiod", "jamfor", "version", "850709-9805"):
        answer = client.get(FIGURES, params={name: "850709-9805"})
        assert answer.status_code == 400
        assert "9805" not in answer.text
    assert "9805" not in client.get("/api/v1/indikatorer/850709-9805").text


def test_what_nobody_expected_has_a_number_and_no_words_of_its_own(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("19850709-9805")

    monkeypatch.setattr("naravard.api.figures.result_of", fail)
    answer = client.get(FIGURES)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert len(answer.json()["nummer"]) == 8
    assert "-9805" not in answer.text  # four digits alone may stand in the number


def test_the_edges_no_is_a_problem_too(client: TestClient) -> None:
    answer = client.get(FIGURES, headers={"host": "anfall.example"})
    assert (answer.status_code, answer.json()["status"]) == (421, 421)
    assert answer.headers["content-type"] == "application/problem+json"


# versions


@pytest.fixture
def three_versions(module_deck: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Version 2 has another figure, and version 1 is withdrawn, which is version 3."""
    monkeypatch.setenv("NARAVARD_DATA", str(module_deck.folder.parent))
    if module_deck.newest == 1:
        publish_sabo(module_deck, med=60)
        publish_sabo(module_deck, med=61)
        module_deck.withdraw([1], who="Fia", why="Prov")
    yield asking()


def test_older_versions_are_read_by_number_and_withdrawn_ones_are_gone(three_versions: TestClient) -> None:
    newest = three_versions.get(FIGURES)
    assert newest.json()["version"] == 4
    older = three_versions.get(FIGURES, params={"version": 2})
    assert older.json()["version"] == 2
    assert three_versions.get(FIGURES, params={"version": 4}).content == newest.content
    gone = three_versions.get(FIGURES, params={"version": 1})
    assert (gone.status_code, gone.json()["nyaste"]) == (410, 4)
    assert "tagen ur läsning" in gone.json()["detail"]
    assert three_versions.get("/api/v1/indikatorer", params={"version": 2}).json()["version"] == 2


def test_what_waits_is_read_by_its_number_and_is_marked(three_versions: TestClient, module_deck: Store) -> None:
    newest = three_versions.get(FIGURES).json()["version"]
    examination = intake.examine(sabo_file(100, 70), "sabo.csv", intake.Choices(kalla="sabo", matperiod="våren 2024"))
    number = intake.publish([examination], module_deck, who="Anna", why="prov", preliminary=True)
    try:
        assert three_versions.get(FIGURES).json()["version"] == newest
        waiting = three_versions.get(FIGURES, params={"version": number})
        assert (waiting.status_code, waiting.json()["preliminar"]) == (200, True)
        assert waiting.json()["markning"].startswith("PRELIMINÄR")
        assert all(row["preliminar"] for row in waiting.json()["rader"])
        table = three_versions.get(FIGURES.replace("json", "csv"), params={"version": number})
        assert "PRELIMINAR" in table.headers["content-disposition"]
    finally:
        module_deck.discard(number, who="Anna", why="prov")
    gone = three_versions.get(FIGURES, params={"version": number})
    assert gone.status_code == 410


# what is kept


def test_an_answer_has_a_tag_and_is_sent_once(client: TestClient) -> None:
    first = client.get(FIGURES)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert {"Cookie", "Authorization"} <= {part.strip() for part in first.headers["vary"].split(",")}
    for header in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = client.get(FIGURES, headers={"if-none-match": header})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(FIGURES, headers={"if-none-match": '"x"'}).status_code == 200


def test_a_tag_is_of_one_question_and_one_version(
    client: TestClient, three_versions: TestClient, shared_deck: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        FIGURES,
        f"{SABO}/siffror.csv",
        f"{FIGURES}?kommun=0885",
        f"{FIGURES}?jamfor=median",
        f"{FIGURES}?matperiod=alla",
        f"{FIGURES}?version=2",
        f"{FIGURES}?version=3",
        "/api/v1/indikatorer",
    ]
    tags = [three_versions.get(path).headers["etag"] for path in paths]
    assert len(set(tags)) == len(tags)
    both = ["jamfor=median&kommun=0885", "kommun=Borgholm&jamfor=median"]
    assert len({three_versions.get(f"{FIGURES}?{query}").headers["etag"] for query in both}) == 1
    monkeypatch.setattr(resources, "_program", lambda: "en annan utgåva")
    assert three_versions.get(FIGURES).headers["etag"] != tags[0]


def test_head_says_what_get_would(client: TestClient) -> None:
    for path in (FIGURES, f"{SABO}/siffror.parquet", "/api/v1/", "/api/v1/openapi.json"):
        got, head = client.get(path), client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert {**head.headers} == {**got.headers}


@pytest.mark.parametrize("origin", [logins.ORIGIN, "https://annan.example"])
def test_options_says_how_one_may_ask_and_lets_no_other_page_in(origin: str, client: TestClient) -> None:
    headers = {"origin": origin, "access-control-request-method": "GET"}
    answer = client.options(FIGURES, headers=headers)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")
    for each in (answer, client.get(FIGURES, headers={"origin": origin})):
        assert not [name for name in each.headers if name.startswith("access-control")]
        assert each.headers["cross-origin-resource-policy"] == "same-origin"


def test_nothing_can_be_written(client: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.request(method, FIGURES)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-3", slice(0, 4)),
        ("bytes=-8", slice(-8, None)),
        ("bytes=100-", slice(100, None)),
        ("bytes=10-99999999", slice(10, None)),
        ("bytes=0-1, 4-5", None),
        ("rader=0-3", None),
    ],
)
def test_a_program_may_read_a_part(asked: str, part: slice | None, client: TestClient) -> None:
    whole = client.get(f"{SABO}/siffror.parquet")
    answer = client.get(f"{SABO}/siffror.parquet", headers={"range": asked})
    assert answer.status_code == (206 if part else 200)
    assert answer.content == (whole.content[part] if part else whole.content)
    other = client.get(f"{SABO}/siffror.parquet", headers={"range": asked, "if-range": '"gammal"'})
    assert (other.status_code, other.content) == (200, whole.content), "of another answer no part is right"


def test_a_part_that_is_not_there_is_told(client: TestClient) -> None:
    answer = client.get(FIGURES, headers={"range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(client.get(FIGURES).content)}"


def test_who_asks_too_often_waits(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/api/v1/finns/inte"
    assert len(indicators.registry()) * len(formats.formats()) * 4 <= limits.MOST_A_MINUTE
    for _ in range(limits.MOST_A_MINUTE):
        assert limits.seconds_to_wait("127.0.0.1") == 0
    answer = client.get(path)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert limits.seconds_to_wait("127.0.0.2") == 0


# the guide


def test_the_guide_is_for_people_and_has_this_servers_address(client: TestClient) -> None:
    answer = client.get("/api/v1/", headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    text = answer.text
    assert '<html lang="sv">' in text
    assert "<script" not in text
    assert "script-src 'self' ;" in answer.headers["content-security-policy"]
    assert f'"{logins.ORIGIN}{SABO}/siffror.parquet' in text.replace("&#34;", '"')
    assert "naravard.exempel.se" not in text
    for each in operations():
        assert f"/api/v1/{each.path}<" in text
    moved = client.get("/api/v1", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/api/v1/")


def test_a_browser_that_asks_is_not_sent_to_the_start_page(client: TestClient) -> None:
    for path in ("/api/v1/", "/api/v1/indikatorer", "/halsa", "/metrics"):
        assert client.get(path, headers={"accept": "text/html"}, follow_redirects=False).status_code == 200
    away = client.get("/api/finnsinte", headers={"accept": "text/html"}, follow_redirects=False)
    assert away.status_code == 307
