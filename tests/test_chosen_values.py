"""What an analyst says that texts mean: read so, told, and never a person's name repeated."""

import dataclasses

import pytest

from naravard import intake, sources
from naravard.base.codes import Level
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.intake import chosen_values
from naravard.intake.chosen_values import NOT_HERE, NOTHING
from tests.test_counting import as_csv

HEADINGS = ("Personnummer", "Kommun", "Boendeform", "Ålder", "Kön", "RUB", "Fast läkarkontakt")
NAME = "Anna Andersson"


def rows() -> list[list[str]]:
    """Forty persons, each on a row of its own, from row 2 of the file."""
    return [
        [f"id-{i:04}", ("Kalmar", "Nybro")[i % 2], "SÄBO", "85", ("Kvinna", "Man")[i % 2], "3", "Ja"] for i in range(40)
    ]


def examine(table: list[list[str]], **values: dict[str, str]) -> intake.Examination:
    choices = intake.Choices(kalla="cosmic", matperiod="våren 2024", values=values)
    return intake.examine(as_csv(HEADINGS, table), "cosmic.csv", choices)


def counts(examination: intake.Examination, uppdelning: str) -> dict[tuple[str, str], int]:
    assert examination.counts is not None, [finding.sentence() for finding in examination.errors]
    return {
        (row["kommun_kod"], row["grupp"]): row["antal"]
        for row in examination.counts.table.to_pylist()
        if row["uppdelning"] == uppdelning
    }


def test_rows_that_do_not_belong_are_not_counted_whatever_else_is_wrong_on_them() -> None:
    table = rows()
    table[7][1], table[7][4] = "Storstan", "Kvinnna"
    assert len(examine(table).errors) == 2
    mended = examine(table, kommun={"Storstan": NOT_HERE})
    assert counts(mended, "totalt") == {("08", "totalt"): 39, ("0880", "totalt"): 20, ("0881", "totalt"): 19}
    told = [finding for finding in mended.findings if "som du har valt" in finding.what]
    assert [(finding.row, finding.value, finding.count) for finding in told] == [(9, "Storstan", 1)]


def test_a_value_that_may_be_a_person_is_chosen_by_its_row_and_never_repeated() -> None:
    table = rows()
    table[4][2] = NAME
    before = examine(table)
    assert [(e.row, e.value) for e in before.errors] == [(6, "(dolt, kan vara en person)")]
    mended = examine(table, boendeform={chosen_values.row_key(6): NOTHING})
    assert counts(mended, "boendeform")["0880", "uppgift_saknas"] == 1
    for examination in (before, mended):
        assert NAME not in repr(dataclasses.asdict(examination)["findings"])
        assert "Andersson" not in repr(examination.preview)


@pytest.mark.parametrize(("meaning", "persons"), [(NOT_HERE, 37), (NOTHING, 40)])
def test_rows_without_an_id_are_left_out_or_are_each_a_person(meaning: str, persons: int) -> None:
    table = rows()
    table[1][0], table[2][0], table[3][0] = "", "000000-0000", ""
    assert {error.what for error in examine(table).errors} == {
        "person-id saknas",
        "person-id är en platshållare, ingen persons",
    }
    mended = examine(table, person_id={"saknas": meaning})
    assert counts(mended, "totalt")["08", "totalt"] == persons


def test_much_that_is_taken_away_is_a_warning() -> None:
    table = rows()
    for row in table[:3]:
        row[5] = "7"
    assert [w.value for w in examine(table, rub={"7": NOTHING}).warnings if w.column == "RUB"] == ["7"]
    few = examine([*rows(), *[[f"x{i}", *row[1:]] for i, row in enumerate(rows() * 3)], *table[:1]], rub={"7": ""})
    assert [f.level for f in few.findings if f.value == "7"] == [Level.NOTE]


def test_a_word_of_the_file_itself_takes_no_row_away() -> None:
    table = rows()
    table[0][2] = table[1][2] = table[2][2] = NOT_HERE
    examination = examine(table)
    assert [(error.value, error.count) for error in examination.errors] == [(NOT_HERE, 3)]


@pytest.mark.usefixtures("live")
def test_what_never_belongs_is_a_known_error_of_the_provider() -> None:
    intake.corrections.add(Correction("cosmic", "kommun", "Storstan", NOT_HERE, "valt"))
    table = rows()
    table[7][1] = "Storstan"
    assert counts(examine(table), "totalt")["08", "totalt"] == 39


def test_meanings_begin_with_the_nearest() -> None:
    source = sources.source("cosmic")
    columns = source.columns_by_name
    kommuner = chosen_values.meanings(columns["kommun"], source, "Oskarshamm")
    assert kommuner[0] == "Oskarshamns kommun" or kommuner[0] == "Oskarshamn kommun"
    assert kommuner[-1] == NOT_HERE
    assert "Kalmar län" not in kommuner
    assert chosen_values.meanings(columns["kon"], source, "Kvinnna") == ["kvinna", "man", NOTHING, NOT_HERE]
    assert chosen_values.suggestion(columns["kon"], "Kvinnna") == "kvinna"
    assert chosen_values.suggestion(columns["kommun"], "Kalmra") == "Kalmar kommun"
    assert chosen_values.suggestion(columns["kommun"], "Storstan") is None


@pytest.mark.parametrize(("column", "meaning"), [("rub", "9"), ("rub", "hög"), ("alder", "8507099805")])
def test_a_meaning_that_the_column_cannot_hold_is_refused(column: str, meaning: str) -> None:
    source = sources.source("cosmic")
    with pytest.raises(UserError):
        chosen_values.refuse_unreadable(meaning, source.columns_by_name[column], source)


@pytest.mark.usefixtures("live")
@pytest.mark.parametrize(("text", "stays"), [("-1", "1"), ("7", "3"), ("1,5", "1")])
def test_a_number_with_another_sign_is_another_text(text: str, stays: str) -> None:
    table = rows()
    table[4][5], table[5][5] = text, stays
    mended = examine(table, rub={text: NOTHING})
    assert counts(mended, "rub")["08", "uppgift_saknas"] == 1
    intake.corrections.add(Correction("cosmic", "rub", text, "5", "anmält"))
    assert counts(examine(table), "rub")["08", "5"] == 1


def test_a_level_with_words_beside_it_is_a_level_and_words_alone_are_asked_about() -> None:
    table = rows()
    spellings = ["RUB 0", "rub1", "2 - Low", "3 – Måttlig", "Nivå 4", "5 Mycket hög", "Okänd", "(tom)"]
    for row, spelling in zip(table, spellings, strict=False):
        row[5] = spelling
    by_level = counts(examine(table[: len(spellings)]), "rub")
    assert {group: n for (kod, group), n in by_level.items() if kod == "08"} == {
        **dict.fromkeys("012345", 1),
        "uppgift_saknas": 2,
    }
    table[0][5], table[1][5] = "Hög", "2 - High"
    assert [error.row for error in examine(table).errors] == [2, 3]
    assert chosen_values.meanings(sources.source("cosmic").columns_by_name["rub"], sources.source("cosmic"), "7")[
        :6
    ] == [*"012345"]


@pytest.mark.parametrize("word", ["Okänd", "ej angivet", "Vet ej", "Ej registrerad", "(tomt)", "unknown"])
def test_words_for_nothing_are_nothing_in_any_column(word: str) -> None:
    table = rows()
    table[0][3] = table[0][4] = table[0][6] = word
    examination = examine(table)
    assert examination.counts is not None, [finding.sentence() for finding in examination.errors]
    assert counts(examination, "fast_lakarkontakt")["08", "uppgift_saknas"] == 1
