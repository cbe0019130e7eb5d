"""`Våren 2024` and `våren 2024` are one period: where an extract replaces another, and where two files meet."""

import math
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.base.model import Column, Extract, Source
from naravard.intake import counting
from naravard.intake.checks import about_loaded
from naravard.intake.counting import repeated_persons
from naravard.intake.desk import Desk, Upload
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.snapshots import Store


def counts(kalla: str, matperiod: str, antal: int, *, cumulative: bool = False) -> Counts:
    given = {"filnamn": "fil.csv", "sha256": "0" * 64, "ursprung": "Prov", "rapport": "", "cumulative": cumulative}
    table = pa.table({"antal": [antal]})
    return Counts(
        kalla, kalla, matperiod, date(2024, 4, 30), 2024, rader_lasta=1, rader_raknade=1, table=table, **given
    )


@pytest.fixture
def small(tmp_path: Path) -> Store:
    """A store of two tables with one column."""
    return Store(tmp_path, Schema({"ett": "antal integer", "annat": "antal integer"}, {}))


def in_force(store: Store) -> list[tuple[str, str]]:
    return sorted((e.kalla, e.matperiod) for e in store.extracts() if e.status == "gallande")


def rows(store: Store, table: str) -> list[int]:
    with store.open() as snapshot:
        return [n for (n,) in snapshot.connection.execute(f"select antal from {table} order by 1").fetchall()]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Våren 2024", "våren 2024"), ("våren 2024", "VÅREN 2024"), ("våren 2024", "våren 2024"), ("Q1 2024", "q1 2024")],
)
def test_an_extract_replaces_the_one_of_its_period_whatever_the_letters(small: Store, first: str, second: str) -> None:
    small.publish([counts("ett", first, 1), counts("annat", first, 2)], who="t", why="t")
    small.publish([counts("ett", second, 3)], who="t", why="t")
    assert in_force(small) == [("annat", first), ("ett", second)], "and not that of another source"
    assert (rows(small, "ett"), rows(small, "annat")) == ([3], [2])


def test_another_period_and_what_adds_up_are_not_replaced(small: Store) -> None:
    small.publish([counts("ett", "våren 2024", 1)], who="t", why="t")
    small.publish([counts("ett", "våren 2023", 2), counts("ett", "våren 2024", 3, cumulative=True)], who="t", why="t")
    assert in_force(small) == [("ett", "våren 2023"), ("ett", "våren 2024"), ("ett", "våren 2024")]
    assert rows(small, "ett") == [1, 2, 3]


def test_what_has_been_replaced_keeps_its_state(small: Store) -> None:
    for n in (1, 2, 3):
        small.publish([counts("ett", "våren 2024", n)], who="t", why="t")
    assert [(e.uttag_id, e.status) for e in small.extracts()] == [(3, "gallande"), (2, "ersatt"), (1, "ersatt")]


def upload(kalla: str, matperiod: str, *, cumulative: bool = False) -> Upload:
    checked: Any = SimpleNamespace(counts=SimpleNamespace(kalla=kalla, matperiod=matperiod, cumulative=cumulative))
    return Upload("", f"{kalla} {matperiod}", b"", choices=None, examination=checked)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("files", "pairs"),
    [
        ([("ett", "Våren 2024"), ("ett", "våren 2024")], [(0, 1)]),
        ([("ett", "våren 2024"), ("ett", "våren 2023")], []),
        ([("ett", "våren 2024"), ("annat", "våren 2024")], []),
        ([("ett", "a"), ("annat", "a"), ("ett", "A"), ("ett", "a")], [(0, 2), (0, 3)]),
        ([], []),
    ],
)
def test_two_files_of_one_source_and_period_are_twins(
    small: Store, files: list[tuple[str, str]], pairs: list[tuple[int, int]]
) -> None:
    desk = Desk(small)
    uploads = [upload(*file) for file in files]
    desk._uploads = {str(i): one for i, one in enumerate(uploads)}
    assert desk.twins() == [(uploads[one], uploads[other]) for one, other in pairs]


def test_files_that_add_up_are_no_twins(small: Store) -> None:
    desk = Desk(small)
    desk._uploads = {str(i): upload("ett", "2024", cumulative=True) for i in range(2)}
    assert desk.twins() == []


@pytest.mark.parametrize(
    ("matperiod", "sha256", "status", "told"),
    [
        ("våren 2024", "b", "gallande", ["mätperioden Våren 2024"]),
        ("VÅREN 2024", "a", "gallande", ["precis samma fil", "mätperioden Våren 2024"]),
        ("våren 2023", "a", "gallande", ["precis samma fil"]),
        ("vt 2024", "b", "gallande", ["uttag 1 har samma dagar men heter ”Våren 2024”"]),
        ("H1 2024", "b", "ersatt", []),
        ("mars 2024", "b", "gallande", []),
        ("våren 2024", "a", "ersatt", []),
        (None, "b", "gallande", []),
    ],
)
def test_that_a_period_is_loaded_already_is_told(
    matperiod: str | None, sha256: str, status: str, told: list[str]
) -> None:
    empty: dict[str, Any] = dict.fromkeys(Extract.__dataclass_fields__, "")
    loaded = {"kalla": "ett", "matperiod": "Våren 2024", "sha256": "a", "status": status, "uttag_id": 1}
    source = Source("ett", "", "", "", "", (), "", "")
    findings = about_loaded(sha256, source, matperiod, [Extract(**{**empty, **loaded})])
    assert [re.split(r" är redan|\. Båda", finding.what)[0] for finding in findings] == told
    assert about_loaded("b", source, "våren 2024", [Extract(**{**empty, **loaded, "kalla": "annat"})]) == []


PERSONS = Source(
    "ett", "", "", "", "",
    (Column("rub", "category", "", rule="den högsta"), Column("kommun", "area", "")), "", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("persons", "rub", "on_several", "differ"),
    [
        ([0, 1, 2], ["1", "2", "3"], 0, 0),
        ([0, 1, 1], ["1", "2", "2"], 1, 0),
        ([0, 1, 1, 1], ["1", "2", "2", "2"], 1, 0),
        ([0, 0, 1, 1, 2], ["1", "2", "3", "3", "3"], 2, 1),
        ([0, 0, 1, 1, 2], ["1", "2", "3", "4", "3"], 2, 2),
        ([0, 0, 1], ["1", None, "1"], 1, 0),  # what is not said contradicts nothing
        ([0, 0, 0], [None, "1", "2"], 1, 1),
        ([3, 3, 5], ["1", "1", "1"], 1, 0),  # numbers that no row has are nobody
    ],
)
def test_persons_on_several_rows_are_those_with_more_than_one(
    persons: list[int], rub: list[str | None], on_several: int, differ: int
) -> None:
    table = pa.table({"person_id": pa.array(np.array(persons, np.int32)), "rub": rub, "kommun": ["0880"] * len(rub)})
    found = repeated_persons(table, PERSONS)
    assert found is not None
    assert (found.persons, found.on_several_rows) == (len(set(persons)), on_several)
    assert found.contradictions == ({"rub": differ} if differ else {})
    assert repeated_persons(table.drop_columns(["person_id"]), PERSONS) is None


@pytest.mark.parametrize("most_codes", [math.inf, 1], ids=["at once", "one by one"])
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 4),
            st.sampled_from(["1", "2", None]),
            st.sampled_from(["0880", "0881", "0882", "0883", None]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_persons_contradict_themselves_as_counted_by_hand(
    most_codes: float, rows: list[tuple[int, str | None, str | None]]
) -> None:
    persons, rub, kommuner = map(list, zip(*rows, strict=True))
    table = pa.table(
        {
            "person_id": pa.array(persons, pa.int32()),
            "rub": pa.array(rub, pa.string()).dictionary_encode(),
            "kommun": pa.array(kommuner, pa.string()),
        }
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_MOST_CODES", most_codes)
        found = repeated_persons(table, PERSONS)
    assert found is not None
    values = {person: {row[1] for row in rows if row[0] == person} - {None} for person in persons}
    places = {person: {row[2] for row in rows if row[0] == person} - {None} for person in persons}
    differ = sum(len(of_person) > 1 for of_person in values.values())
    assert found.contradictions == ({"rub": differ} if differ else {})
    assert found.is_any_in_many_kommuner == any(len(of_person) >= 4 for of_person in places.values())
