"""Open figures from a server on this machine: what is asked, what is read, and what each fault of it gives."""

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from naravard import fetch, stores
from naravard.base.errors import NotAllowed, UserError
from naravard.fetch import Cancelled, FetchedFile, client, kolada, scb
from naravard.fetch.client import Client, Limits
from naravard.figures.indicators import registry
from naravard.intake import examine
from tests.open_apis import MOST_CELLS, Fault, OpenApis, serving
from tests.test_cli import run
from tests.test_traps import counted

QUICK = Limits(connect=20, read=30, whole=60, most_bytes=16 * 2**20, attempts=2, first_wait=0.01, longest_wait=2)


@pytest.fixture
def apis(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApis]:
    """Both APIs, allowed, and with less patience than there is for real ones."""
    with serving() as running:
        monkeypatch.setenv("NARAVARD_HAMTA", "kolada, scb")
        monkeypatch.setenv("NARAVARD_KOLADA_URL", running.kolada)
        monkeypatch.setenv("NARAVARD_SCB_URL", running.scb)
        monkeypatch.setattr(client, "Limits", lambda: QUICK)
        yield running


def fetched(source_id: str, **years: Any) -> list[FetchedFile]:
    return fetch.fetch(fetch.open_source(source_id), fetch.wish(**years))


@pytest.mark.parametrize("source_id", fetch.open_sources())
def test_no_socket_is_opened_without_the_setting(source_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    for setting in ("", "1", "other"):
        monkeypatch.setenv("NARAVARD_HAMTA", setting)
        with pytest.raises(NotAllowed, match="NARAVARD_HAMTA"):
            fetched(source_id)
    monkeypatch.setenv("NARAVARD_HAMTA", source_id)
    with pytest.raises((AssertionError, UserError)):
        fetched(source_id)


def test_what_indicators_show_is_what_is_asked_for(apis: OpenApis) -> None:
    files = fetched("kolada", first=2021, last=2022)
    content = json.loads(files[0].content)
    asked = {spec.nyckeltal for spec in registry().values() if spec.nyckeltal}
    assert {record["kpi"] for record in content["values"]} == {kpi["id"] for kpi in content["kpi"]} == asked
    assert {record["period"] for record in content["values"]} == {2021, 2022}
    paths = [line for line in apis.asked if "/data/kpi/" in line]
    assert len(paths) > len([line for line in paths if "page=" not in line.split("?")[1].split("&")[0]]), (
        "several pages"
    )
    assert all(len(part.split(",")) <= kolada.MOST_IDS for path in paths for part in path.split("?")[0].split("/"))
    assert all(agent.startswith("naravard/") for agent in apis.agents)


def test_of_other_areas_both_sexes_together_alone(apis: OpenApis) -> None:
    records = json.loads(fetched("kolada", first=2021, last=2021)[0].content)["values"]
    own = {record["municipality"] for record in records if any(v["gender"] == "K" for v in record["values"])}
    assert {"0000", "0880"} <= own
    assert all(area.startswith("08") or area in {"0000", "0008"} for area in own)
    assert len({record["municipality"] for record in records}) == 12 + 2 + 84


def test_the_newest_group_of_similar_kommuner_is_named(apis: OpenApis) -> None:
    groups = fetched("kolada", first=2021, last=2021)[1]
    lines = groups.content.decode().splitlines()
    assert len(lines) == 1 + 12 * 7
    assert all(
        line.split(";")[1].startswith("Liknande kommuner äldreomsorg, ") and "2024" in line for line in lines[1:]
    )


def test_kolada_goes_through_the_ordinary_intake(apis: OpenApis) -> None:
    file = fetched("kolada", first=2022, last=2022)[0]
    examination = examine(file.content, file.filename, file.choices)
    assert not examination.errors
    assert not examination.warnings
    found = counted(examination)
    assert found["0880 N23801 2022 totalt"] == apis.values["N23801", "0880", 2022]["T"]
    assert found["00 N23801 2022 totalt"] == apis.values["N23801", "0000", 2022]["T"]
    assert examination.counts is not None
    assert {"annat", "kommun", "lan", "riket"} == set(examination.counts.table["niva"].to_pylist())


@pytest.mark.parametrize(
    ("status", "is_deleted", "tecken"),
    [("Missing", False, "saknas"), ("Hidden", False, "dolt"), ("Private", False, "dolt"), ("", True, "saknas")],
)
def test_a_status_keeps_its_meaning(status: str, is_deleted: bool, tecken: str, apis: OpenApis) -> None:
    key = "N23801", "0880", 2022
    apis.statuses |= {key: status} if status else {}
    apis.deleted |= {key} if is_deleted else set()
    file = fetched("kolada", first=2022, last=2022)[0]
    counts = examine(file.content, file.filename, file.choices).counts
    assert counts is not None
    rows = counts.table.to_pylist()
    (row,) = [r for r in rows if (r["nyckeltal"], r["kommun_kod"], r["kon"]) == ("N23801", "0880", "totalt")]
    assert (row["varde"], row["tecken"]) == (None, tecken)


def test_scb_is_asked_no_more_at_a_time_than_it_says(apis: OpenApis) -> None:
    files = fetched("scb", first=2018, last=2024)
    assert [file.filename.split()[1] for file in files] == [table.id for table in scb.TABLES]
    posts = [line for line in apis.asked if line.startswith("POST") and "TAB638" in line]
    assert len(posts) > 1, f"more than {MOST_CELLS} cells in all"
    whole = json.loads(files[0].content)
    assert whole["size"] == [14, 101, 2, 1, 7]
    assert len(whole["value"]) == 14 * 101 * 2 * 7
    found = counted(examine(files[0].content, files[0].filename, files[0].choices))
    assert found["0880 2018 80+ totalt"] == 3709 or found["0880 2018 80+ totalt"] > 3000
    assert "Civilstånd" not in files[0].content.decode()


def test_noise_is_told_and_not_refused_and_a_projection_is_of_years_to_come(apis: OpenApis) -> None:
    _, recent, per_kommun, of_lan = fetched("scb", first=2024, last=2025)
    assert "slumpfel" in recent.choices.remarks[0].text
    assert not per_kommun.choices.remarks
    for file in (per_kommun, of_lan):
        counts = examine(file.content, file.filename, file.choices).counts
        assert counts is not None
        assert set(counts.table["kvalitet"].to_pylist()) == {"prognos"}


FAULTS = [
    (Fault("429", 9), "tar inte emot fler frågor"),
    (Fault("503", 9), "har ett fel just nu (503)"),
    (Fault("404", 9), "svarar 404"),
    (Fault("429", 9, retry_after="600"), "ber om 600 sekunders väntan"),
    (Fault("slow", 9), "svarar inte i tid"),
    (Fault("cut", 9), "blev avbrutet"),
    (Fault("hang up", 9), "blev avbrutet"),
    (Fault("wrong content type", 9), "text/html och inte JSON"),
    (Fault("not json", 9), "inte hel JSON"),
    (Fault("broken gzip", 9), "är skadat"),
    (Fault("gzip bomb", 9), "för stort"),
    (Fault("redirect elsewhere", 9), "hänvisar till en annan adress (example.invalid)"),
    (Fault("redirect", 9), "hänvisar vidare gång på gång"),
    (Fault("changed schema", 9), "annan form än väntat"),
]


@pytest.mark.parametrize("source_id", fetch.open_sources())
@pytest.mark.parametrize(
    ("fault", "said"), FAULTS, ids=[f"{fault.kind} {fault.retry_after or ''}" for fault, _ in FAULTS]
)
def test_each_fault_gives_one_sentence(
    fault: Fault, said: str, source_id: str, apis: OpenApis, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault.kind == "slow":
        monkeypatch.setattr(client, "Limits", lambda: replace(QUICK, read=0.3))
    apis.faults = [replace(fault)]
    with pytest.raises(UserError) as error:
        fetched(source_id, first=2022, last=2022)
    assert said in str(error.value)
    assert fetch.open_source(source_id).name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", ["429", "500", "cut", "not json", "hang up"])
def test_what_passes_is_tried_again(kind: str, apis: OpenApis) -> None:
    apis.faults = [Fault(kind, 1, "/data/", retry_after="0" if kind == "429" else None)]
    assert len(fetched("kolada", first=2022, last=2022)) == 2


def test_a_server_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="går inte att nå"), Client("Kolada", "http://127.0.0.1:9", limits=QUICK) as way:
        way.get("kpi/N1")


@pytest.mark.parametrize("address", ["http://example.invalid/v3/data?page=2", "//example.invalid/v3"])
def test_a_next_page_is_on_the_same_host(address: str) -> None:
    with Client("Kolada", "http://127.0.0.1:9/v3", limits=QUICK) as way, pytest.raises(UserError, match="annan värd"):
        way.get_next(address)


def test_fetching_can_be_cancelled(apis: OpenApis) -> None:
    steps: list[str] = []
    with pytest.raises(Cancelled):
        fetch.fetch(
            fetch.open_source("kolada"),
            fetch.wish(2021, 2022),
            step=lambda text, part: steps.append(text),
            is_cancelled=lambda: any("fråga 2" in text for text in steps),
        )
    assert not any("fråga 3" in text for text in steps)


@pytest.mark.parametrize(("first", "last"), [(2023, 2022), (1900, 2022), (2022, 2999)])
def test_years_that_cannot_be_are_refused(first: int, last: int) -> None:
    with pytest.raises(UserError, match="går inte att hämta"):
        fetch.wish(first, last)


def values_of(folder: Path, indicator: str, period: str) -> dict[str, float]:
    answer = run("visa", indicator, "--matperiod", period, "--format", "json")
    assert not answer.stderr
    return {row["kommun_kod"]: row["varde"] for row in json.loads(answer.stdout)["rader"]}


@pytest.mark.usefixtures("data")
def test_one_command_fills_and_the_next_finds_nothing_new_and_a_change_is_told(apis: OpenApis, data: Path) -> None:
    first = run("hamta", "kolada", "--fran", "2022", "--publicera")
    assert first.stderr == ""
    assert "nya tal" in first.stdout
    assert "Publicerat som version 2." in first.stdout
    again = run("hamta", "kolada", "--fran", "2022", "--publicera")
    assert again.stdout.count("Inget nytt sedan sist.") == 2
    assert "Inget publicerat." in again.stdout
    apis.values["N23801", "0880", 2022]["T"] = 8.5
    assert "1 ändrat tal, år 2022." in run("hamta", "kolada", "--fran", "2022").stdout
    assert values_of(data, "sabo_80plus_andel", "2022")["0880"] != pytest.approx(8.5)
    assert "version 3" in run("hamta", "kolada", "--fran", "2022", "--publicera").stdout
    assert values_of(data, "sabo_80plus_andel", "2022")["0880"] == pytest.approx(8.5)
    apis.deleted.add(("N23801", "0880", 2022))
    assert "3 borttagna tal, år 2022." in run("hamta", "kolada", "--fran", "2022", "--publicera").stdout
    assert values_of(data, "sabo_80plus_andel", "2022")["0880"] is None, "what is withdrawn is not the older value"
    assert run("hamta", "kolada", "--fran", "2022", "--publicera").stdout.count("Inget nytt sedan sist.") == 2


@pytest.mark.usefixtures("data")
def test_known_traps_stay_with_the_figures_that_take_the_place_of_others(apis: OpenApis) -> None:
    run("hamta", "kolada", "--fran", "2021", "--till", "2021", "--publicera")
    answer = run("visa", "hemtjanst_80plus_andel", "--matperiod", "2021")
    assert "Hultsfred, hemtjänst 2021" in answer.stdout


@pytest.mark.parametrize("kind", ["500", "cut", "changed schema", "wrong content type"])
def test_a_fault_leaves_the_store_as_it_was(kind: str, apis: OpenApis, data: Path) -> None:
    before = sorted(path.name for path in data.rglob("*.duckdb"))
    apis.faults = [Fault(kind, 9, "page=2" if kind == "500" else "/data/")]
    answer = run("hamta", "kolada", "--publicera")
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert sorted(path.name for path in data.rglob("*.duckdb")) == before


@pytest.mark.usefixtures("empty_data")
def test_another_lan_is_fetched_by_the_same_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "14")
    monkeypatch.setenv("NARAVARD_HAMTA", "kolada")
    monkeypatch.setattr(stores, "published_files", tuple)  # what the server of the tests says is not what is there
    with serving("14") as running:
        monkeypatch.setenv("NARAVARD_KOLADA_URL", running.kolada)
        answer = run("hamta", "kolada", "--fran", "2022", "--till", "2022", "--publicera")
        assert answer.stderr == ""
        assert "Publicerat som version" in answer.stdout
        values = values_of(Path(), "hemsjukvard_mottagare_65plus_andel", "2022")
        assert {"1480", "1441"} <= values.keys()
        assert len([kod for kod in values if len(kod) == 4]) == 49


@pytest.mark.slow
@pytest.mark.usefixtures("data")
def test_scb_is_published_by_a_command(apis: OpenApis) -> None:
    answer = run("hamta", "scb", "--fran", "2018", "--till", "2018", "--publicera")
    assert "Publicerat som version 2." in answer.stdout, answer
    assert "Inget publicerat." in run("hamta", "scb", "--fran", "2018", "--till", "2018", "--publicera").stdout


@pytest.mark.usefixtures("data")
def test_without_the_setting_the_command_says_who_can_turn_it_on() -> None:
    answer = run("hamta", "kolada")
    assert answer.returncode == 2
    assert "NARAVARD_HAMTA" in answer.stderr


TWENTY = (
    "N01957 N01813 N20897 N23806 N23801 N21704 N20892 N21817 N20506 N20402 U21432 N20416 U23482 U21468 U23471 "
    "U79029 U79133 U79092 N79176 N79175"
)


def test_each_of_twenty_nyckeltal_has_an_indicator_that_says_what_it_is() -> None:
    of_kolada = [spec for spec in registry().values() if spec.nyckeltal]
    assert sorted(spec.nyckeltal for spec in of_kolada) == sorted(TWENTY.split())
    for spec in of_kolada:
        assert spec.definition, spec.id
        assert f"Kolada {spec.nyckeltal}" in f"{spec.kalla} {spec.definition}", spec.id
        assert spec.nyckeltal == "N01957" or spec.tolka_varsamt, spec.id
