"""PC-Axis, json-stat, PxWeb's and Kolada's JSON as files: the same figures as in a table."""

import json
from typing import Any

import pytest

from naravard import intake
from naravard.base.errors import UserError
from tests.test_traps import counted

PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
TITLE="Folkmängd efter region, ålder, kön "
"och år";
TITLE[en]="Population";
CONTENTS="Folkmängd";
UNITS="antal";
STUB="region","ålder","kön";
HEADING="år";
VALUES("region")="Högsby","Borgholm";
VALUES[en]("region")="A","B";
VALUES("ålder")="80-84 år","85+ år";
VALUES("kön")="män","kvinnor";
VALUES("år")="2023","2024";
CODES("region")="0821","0885";
CODES("år")="2023","2024";
NOTE="Ett semikolon; i en anmärkning";
DATA=
1 2
3 4
5 6
7 ".."
11 12 13 14 15 16 17 18;
"""
KPI = {"kpi": "N21704", "municipality": "0821", "period": 2024,
       "values": [{"gender": "T", "value": 20.5, "status": "", "count": 1},
                  {"gender": "K", "value": None, "status": "Missing", "count": 1}]}  # fmt: skip


def examined(content: str, name: str, encoding: str = "utf-8") -> intake.Examination:
    return intake.examine(content.encode(encoding), name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_px_file_is_read(encoding: str) -> None:
    found = counted(examined(PX, "tabell.px", encoding))
    assert (found["0821 2024 80+ man"], found["0821 2023 80+ kvinna"]) == (2 + 6, 3 + 7)
    assert "0821 2024 80+ kvinna" not in found, "one of its parts is hidden"
    assert found["0885 2024 85+ totalt"] == 16 + 18


@pytest.mark.parametrize(
    ("nil", "is_zero"), [("", True), ('DATASYMBOLNIL="–";', True), ('DATASYMBOLNIL="uppgift saknas";', False)]
)
def test_nil_in_a_px_file_is_zero_and_told(nil: str, is_zero: bool) -> None:
    """As PC-Axis says; not where the table shows it in words."""
    examination = examined(PX.replace("DATA=\n1 2", f'{nil}\nDATA=\n"-" -'), "tabell.px")
    found = counted(examination)
    assert found.get("0821 2024 80+ man") == (6 if is_zero else None)
    assert any("2 värden är ”-”" in str(finding) for finding in examination.findings) == is_zero


def test_a_px_file_of_something_else_is_a_nyckeltal() -> None:
    content = PX.replace('CONTENTS="Folkmängd"', 'CONTENTS="Väntetid"').replace("Folkmängd efter", "Väntetid efter")
    examination = examined(content, "tabell.px")
    assert examination.source is not None
    assert examination.source.id == "nyckeltal"
    assert any(key.startswith("0821 Väntetid") for key in counted(examination))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("DATA=\n1 2", "DATA=\n1"),
        ('VALUES("kön")="män","kvinnor";', ""),
        ('STUB="region","ålder","kön";\nHEADING="år";', ""),
    ],
)
def test_a_broken_px_file_is_refused(old: str, new: str) -> None:
    with pytest.raises(UserError, match="inte hel"):
        examined(PX.replace(old, new), "tabell.px")


def category(labels: dict[str, str]) -> dict[str, Any]:
    return {"index": {code: i for i, code in enumerate(labels)}, "label": labels}


def json_stat(contents: tuple[str, ...] = ("Folkmängd",)) -> dict[str, Any]:
    size = [2, len(contents), 2]
    return {
        "version": "2.0", "class": "dataset", "label": "Folkmängd efter region och år",
        "id": ["Region", "ContentsCode", "Tid"], "size": size,
        "dimension": {
            "Region": {"label": "region", "category": category({"0821": "Högsby", "0885": "Borgholm"})},
            "ContentsCode": {"label": "tabellinnehåll", "category": category({name: name for name in contents})},
            "Tid": {"label": "år", "category": category({"2023": "2023", "2024": "2024"})},
        },
        "value": [*range(100, 100 + 4 * len(contents))],
    }  # fmt: skip


def test_json_stat_is_read() -> None:
    found = counted(examined(json.dumps(json_stat()), "svar.json"))
    assert found == {f"{kod} {year} totalt totalt": 100 + 2 * i + j
                     for i, kod in enumerate(("0821", "0885")) for j, year in enumerate((2023, 2024))}  # fmt: skip
    sparse = {**json_stat(), "value": {"0": 100, "3": 103}, "status": {"1": "..", "2": ".."}}
    assert len(counted(examined(json.dumps(sparse), "svar.json"))) == 2


def test_the_old_form_of_json_stat_is_the_same_table() -> None:
    new = json_stat()
    variables = {**new["dimension"], "id": new["id"], "size": new["size"], "role": {"time": ["Tid"]}}
    old = {"dataset": {"label": "Folkmängd", "dimension": variables, "value": new["value"]}}
    assert counted(examined(json.dumps(old), "svar.json")) == counted(examined(json.dumps(new), "svar.json"))


def test_pxwebs_own_json_is_read() -> None:
    texts = ("region", "kön", "år", "Folkmängd")
    data = [
        {"key": [kod, sex, "2024"], "values": [n]} for kod, n in (("0821", "10"), ("0885", "..")) for sex in ("1", "2")
    ]
    answer = {"columns": [{"code": text, "text": text} for text in texts], "comments": [], "data": data}
    found = counted(examined(json.dumps(answer), "svar.json"))
    assert found == {"0821 2024 totalt man": 10, "0821 2024 totalt kvinna": 10, "0821 2024 totalt totalt": 20}
    with pytest.raises(UserError):
        examined(json.dumps({**answer, "data": [{"key": ["0821"], "values": ["1"]}]}), "svar.json")


def test_json_stat_with_several_measures_keeps_them_apart() -> None:
    found = counted(examined(json.dumps(json_stat(("Döda", "Födda"))), "svar.json"))
    assert (found["0821 Döda 2024 totalt"], found["0821 Födda 2024 totalt"]) == (101, 103)


@pytest.mark.parametrize("whole", [{"count": 1, "values": [KPI]}, [KPI]])
def test_an_answer_of_koladas_api_is_read(whole: Any) -> None:
    assert counted(examined(json.dumps(whole), "svar.json"))["0821 N21704 2024 totalt"] == 20.5


@pytest.mark.parametrize(
    "content",
    [
        *("{", '{"a": 1}', "[]", "[1, 2]"),
        json.dumps({**json_stat(), "id": ["Region", "X"]}),
        json.dumps({**json_stat(), "value": [1]}),
    ],
)
def test_other_json_is_refused(content: str) -> None:
    with pytest.raises(UserError):
        examined(content, "svar.json")


def test_no_number_of_json_becomes_a_value() -> None:
    content = json.dumps(
        {"values": [{**KPI, "values": [{"gender": "T", "value": float("nan")}]}, {**KPI, "municipality": "0885"}]}
    )
    assert "0821 N21704 2024 totalt" not in counted(examined(content, "svar.json"))
