"""Persons are counted once per kommun and once in the län: each number a second time in plain Python."""

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard import intake
from naravard.base import clock, kommuner
from naravard.store.counts import Counts
from tests.examples import examples

NAMES = {k.namn: k.kod for k in kommuner.in_lan("08")}
HOUSING = {"Ordinärt boende": "ordinart", "Korttidsboende": "korttid", "Särskilt boende": "sabo"}
RANK = ["sabo", "korttid", "ordinart"]
PROFESSIONS = {"SSK": "ssk", "Arbetsterapeut": "at", "FT": "ft"}
Row = tuple[str, str, str, str, str, str]
"""id, kommun, boendeform, alder, rub, lakarkontakt"""
Key = tuple[str, str, str, str]
"""niva, kommun_kod, uppdelning, grupp"""


def as_csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([heading, *rows])
    return text.getvalue().encode("utf-8")


def counted(content: bytes, kalla: str, matperiod: str = "våren 2024") -> Counts:
    examination = intake.examine(content, "fil.csv", intake.Choices(kalla=kalla, matperiod=matperiod))
    assert examination.counts is not None, [f.sentence() for f in examination.errors]
    return examination.counts


def as_dict(counts: Counts) -> dict[Key, int]:
    rows = counts.table.to_pylist()
    return {(r["niva"], r["kommun_kod"], r["uppdelning"], r["grupp"]): r["antal"] for r in rows if r["antal"]}


def age_group(ages: list[int]) -> str:
    oldest = max(ages, default=-1)
    return "uppgift_saknas" if oldest < 0 else "0-64" if oldest < 65 else "65-79" if oldest < 80 else "80+"


def age_by_id(person_id: str) -> int:
    """At the end of April 2024; all ids of these tests are born before May."""
    return 2024 - int(person_id[:4])


def cosmic_by_hand(rows: list[Row]) -> dict[Key, int]:
    found: Counter[Key] = Counter()
    for niva in ("kommun", "lan"):
        persons: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows:
            persons[row[0], NAMES[row[1]] if niva == "kommun" else "08"].append(row)
        for (_, kod), mine in persons.items():
            housing = [HOUSING[r[2]] for r in mine if r[2]]
            contact = [r[5] for r in mine if r[5]]
            rub = [int(r[4]) for r in mine if r[4]]
            groups = {
                "totalt": "totalt",
                "boendeform": min(housing, key=RANK.index, default="uppgift_saknas"),
                "fast_lakarkontakt": "ja" if "Ja" in contact else "nej" if contact else "uppgift_saknas",
                "rub": str(max(rub)) if rub else "uppgift_saknas",
                "aldersgrupp": age_group([int(r[3]) if r[3] else age_by_id(r[0]) for r in mine]),
                "kon": "uppgift_saknas",
            }
            found.update((niva, kod, name, group) for name, group in groups.items())
    return dict(found)


def random_rows(count: int, persons: int, seed: int) -> list[Row]:
    rng = random.Random(seed)
    ids = [f"19{rng.randint(20, 59)}0231-{i:04}" for i in range(persons)]
    return [
        (
            rng.choice(ids),
            rng.choice(list(NAMES)),
            rng.choice([*HOUSING, ""]),
            rng.choice(["", "40", "64", "65", "79", "80", "101"]),
            rng.choice(["", "0", "1", "2", "3", "4", "5"]),
            rng.choice(["Ja", "Nej", ""]),
        )
        for _ in range(count)
    ]


COSMIC = ("Personnummer", "Kommun", "Boendeform", "Ålder", "RUB", "Fast läkarkontakt")


def test_twenty_thousand_rows_with_duplicates_are_counted_as_by_hand() -> None:
    rows = random_rows(20_000, persons=6_000, seed=1)
    counts = counted(as_csv(COSMIC, rows), "cosmic")
    assert as_dict(counts) == cosmic_by_hand(rows)
    assert counts.rader_lasta == counts.rader_raknade == 20_000


row_strategy = st.tuples(
    st.sampled_from(["19300230-1111", "19300230-2222", "19300230-3333"]),
    st.sampled_from(["Kalmar", "Borgholm", "Nybro"]),
    st.sampled_from([*HOUSING, ""]),
    st.sampled_from(["", "64", "65", "80"]),
    st.sampled_from(["", "0", "5"]),
    st.sampled_from(["Ja", "Nej", ""]),
)


@examples(60)
@given(st.lists(row_strategy, min_size=1, max_size=12))
def test_any_few_rows_are_counted_as_by_hand(rows: list[Row]) -> None:
    assert as_dict(counted(as_csv(COSMIC, rows), "cosmic")) == cosmic_by_hand(rows)


def test_insatser_are_counted_per_person_and_profession_in_ordinart_boende() -> None:
    rng = random.Random(2)
    rows = [
        (f"p{rng.randint(1, 900)}", rng.choice(list(NAMES)), rng.choice(list(PROFESSIONS)), rng.choice(list(HOUSING)),
         rng.choice(["", "60", "70", "85"]), rng.choice(["", "Kvinna", "Man"]))
        for _ in range(4_000)
    ]  # fmt: skip
    counts = counted(as_csv(("Person-ID", "Kommun", "Yrke", "Boende", "Ålder", "Kön"), rows), "ensolutions")
    expected: Counter[Key] = Counter()
    for niva in ("kommun", "lan"):
        persons: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
        for row in rows:
            if row[3] == "Ordinärt boende":
                persons[row[0], NAMES[row[1]] if niva == "kommun" else "08"].append(row)
        for (_, kod), mine in persons.items():
            group = age_group([int(r[4]) for r in mine if r[4]])
            professions = {PROFESSIONS[r[2]] for r in mine}
            expected.update([(niva, kod, "totalt", "totalt"), (niva, kod, "aldersgrupp", group)])
            expected.update((niva, kod, "profession", p) for p in professions)
            if group in {"65-79", "80+"}:
                expected.update((niva, kod, "profession_65plus", p) for p in professions)
                expected.update([(niva, kod, "ssk_alder", group)] if "ssk" in professions else [])
                sexes = {r[5] for r in mine}
                sex = "kvinna" if "Kvinna" in sexes else "man" if "Man" in sexes else "uppgift_saknas"
                expected[niva, kod, "kon_80plus" if group == "80+" else "kon_65_79", sex] += 1
    assert as_dict(counts) == dict(expected)


@pytest.mark.parametrize(
    ("ids", "persons"),
    [
        (["19380230-1234", "193802301234", "380230-1234", "3802301234"], 1),
        (["19380230-1234", "20380230-1234"], 2),
        (["200230+1234", "19200230-1234"], 1),
        (["200230-1234", "20200230-1234"], 1),
        (["19380290-1234", "380290-1234"], 1),
        (["19380230R12A", "19380230r12a", "19380230-R12A"], 1),
        (["4711", "4712", " 4711 "], 2),
        (["380230 1234", "380230–1234", "380230\u22121234", "19380230-1234", "193802301234.0"], 1),
        (["380230T123", "19380230T123"], 1),
        (["1-23", "12-3"], 2),
        (["Ü1", "É1"], 2),
    ],
)
def test_one_person_written_in_several_ways_is_one(ids: list[str], persons: int) -> None:
    rows = [(i, "Kalmar", "Ordinärt boende", "80", "3", "Ja") for i in ids]
    assert as_dict(counted(as_csv(COSMIC, rows), "cosmic"))["lan", "08", "totalt", "totalt"] == persons


def test_without_an_id_each_row_is_a_person_and_the_report_says_so() -> None:
    content = as_csv(("Kommun", "Boendeform"), [("Kalmar", "SÄBO")] * 7)
    examination = intake.examine(content, "fil.csv", intake.Choices(kalla="cosmic", matperiod="2024"))
    assert examination.counts is not None
    assert as_dict(examination.counts)["kommun", "0880", "totalt", "totalt"] == 7
    assert any("dubbletter kan inte ses" in f.what for f in examination.findings)


def test_a_group_that_a_kommun_lacks_is_zero_not_missing() -> None:
    rows = [("a", "Kalmar", "SÄBO", "", "", ""), ("b", "Nybro", "Ordinärt boende", "", "", "")]
    table = counted(as_csv(COSMIC, rows), "cosmic").table.to_pylist()
    found = {(r["kommun_kod"], r["grupp"]): r["antal"] for r in table if r["uppdelning"] == "boendeform"}
    assert found["0880", "ordinart"] == 0
    assert found["0881", "sabo"] == 0


def test_the_lan_of_sabo_is_the_sum_of_all_kommuner_or_else_the_files_own_row() -> None:
    heading = ("Kommun", "Boende på SÄBO", "Kommunal primärvård")
    full = [(name, "10", "7") for name in NAMES]

    def lan(rows: list[tuple[str, str, str]]) -> list[tuple[int, int]]:
        table = counted(as_csv(heading, rows), "sabo").table.to_pylist()
        return [(r["boende"], r["med_primarvard"]) for r in table if r["niva"] == "lan"]

    assert lan(full) == [(120, 84)]
    assert lan([*full, ("Summa", "121", "85")]) == [(120, 84)]
    assert lan([*full[:-1], ("Summa", "121", "85")]) == [(121, 85)]
    assert lan(full[:-1]) == []
    assert lan([*full[:-1], (full[-1][0], "..", "7")]) == []


def test_a_population_year_that_has_not_ended_is_a_forecast() -> None:
    this_year = clock.today().year
    content = as_csv(
        ("kommun_kod", "år", "åldersgrupp", "antal"), [("08", str(y), "80+", "5") for y in (2020, this_year)]
    )
    table = counted(content, "befolkning").table.to_pylist()
    assert {r["ar"]: r["kvalitet"] for r in table} == {2020: "uppgift saknas", this_year: "prognos"}
