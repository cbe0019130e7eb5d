"""A source says what its persons are divided into, or why its figures are open: else nothing starts."""

from dataclasses import replace
from pathlib import Path

import pytest

from naravard import sources
from naravard.base.errors import UserError
from naravard.base.model import Column, Source
from naravard.base.persons import Division, Persons
from naravard.sources import _declared
from naravard.sources._columns import KOMMUN, PERSON_ID
from tests.test_cli import run

COUNTED = Source(
    "tarta", "", "", "", "", (KOMMUN, Column("personer", "integer", "")),
    "niva varchar, kommun_kod varchar, personer bigint, personer_tecken varchar, atit bigint, atit_tecken varchar", "",
)  # fmt: skip
DIVIDED = replace(
    COUNTED, table="niva varchar, kommun_kod varchar, uppdelning varchar, grupp varchar, antal bigint, tecken varchar"
)
CAKE = Division("atit", ("ja", "nej"))
COLUMNS = {"": "personer", "atit.ja": "atit"}
GOOD = {
    "persons in divisions": replace(DIVIDED, persons=Persons((CAKE,))),
    "persons, not divided": replace(DIVIDED, persons=Persons(())),
    "persons in columns": replace(COUNTED, persons=Persons((CAKE,), COLUMNS)),
    "open figures": replace(COUNTED, open_figures="tryckta i tidningen"),
}
WRONG = {
    "nothing said": (COUNTED, "SOURCE säger inte om siffrorna är om personer. Är de det: skriv i nyckeln persons"),
    "both": (replace(DIVIDED, persons=Persons(()), open_figures="tryckta"), "både persons och open_figures"),
    "ids, and open": (
        replace(COUNTED, columns=(PERSON_ID, KOMMUN), open_figures="tryckta"), "har en kolumn med person-id",
    ),
    "ids in another form, and open": (
        replace(COUNTED, open_figures="tryckta", forms=(replace(COUNTED, columns=(PERSON_ID,)),)), "person-id",
    ),
    "no table for divisions": (
        replace(COUNTED, persons=Persons((CAKE,))), "behöver uppdelning, grupp, antal och tecken i nyckeln table",
    ),
    "a column without its sign": (
        replace(COUNTED, table="personer bigint, personer_tecken text, atit bigint", persons=Persons((CAKE,), COLUMNS)),
        "persons behöver atit_tecken",
    ),
    "no column of all": (replace(COUNTED, persons=Persons((CAKE,), {"atit.ja": "atit"})), "nämner inte alla personer"),
    "a column of no set": (
        replace(COUNTED, persons=Persons((CAKE,), {**COLUMNS, "kon.man": "atit"})), "persons nämner tarta.kon.man",
    ),
    "the same as another, of no set": (
        replace(DIVIDED, persons=Persons((CAKE,), same_as={"kon.man": "cosmic.kon.man"})), "nämner tarta.kon.man",
    ),
    "within no set": (
        replace(DIVIDED, persons=Persons((replace(CAKE, within="tarta.kon.man"),))), "persons nämner tarta.kon.man",
    ),
    "within no sum": (
        replace(DIVIDED, persons=Persons((replace(CAKE, within="tarta tarta"),))), "within i uppdelningen atit ska",
    ),
    "of no division": (
        replace(DIVIDED, persons=Persons((replace(CAKE, of="kon"),))), "of i uppdelningen atit nämner kon",
    ),
}  # fmt: skip


@pytest.mark.parametrize("source", GOOD.values(), ids=GOOD)
def test_a_source_that_says_what_its_figures_are(source: Source) -> None:
    _declared.refuse_undeclared({source.id: source})


@pytest.mark.parametrize("name", WRONG)
def test_one_that_does_not_is_refused_with_file_and_key(name: str) -> None:
    source, told = WRONG[name]
    with pytest.raises(UserError) as error:
        _declared.refuse_undeclared({"tarta": source})
    assert told in str(error.value)
    assert all(line.startswith("naravard/sources/tarta.py: ") for line in str(error.value).splitlines())


def test_all_that_are_wrong_are_told_at_once() -> None:
    with pytest.raises(UserError) as error:
        _declared.refuse_undeclared({"ett": replace(COUNTED, id="ett"), "annat": replace(COUNTED, id="annat")})
    assert [line.partition(":")[0] for line in str(error.value).splitlines()] == [
        "naravard/sources/ett.py", "naravard/sources/annat.py",
    ]  # fmt: skip


def test_a_new_source_that_says_nothing_stops_the_start(empty_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = sources.sources()["sabo"]
    monkeypatch.setattr("naravard.sources.sabo.SOURCE", replace(known, persons=None))
    sources.sources.cache_clear()
    try:
        done = run("indikatorer")
    finally:
        monkeypatch.undo()
        sources.sources.cache_clear()
    assert (done.returncode, done.stdout) == (2, "")
    assert "naravard/sources/sabo.py: SOURCE säger inte om siffrorna är om personer" in done.stderr
    assert "Traceback" not in done.stderr
