"""What a file may look like, and what is said when it is wrong: what, where, what is allowed, what to do."""

import io
import json
from dataclasses import asdict
from typing import Any

import pytest
import xlsxwriter

from naravard import intake, sources
from naravard.errors import UserError
from naravard.intake.mapping import map_columns, recognise
from naravard.intake.mask import masked
from naravard.model import Finding

HEADING = "Personnummer;Kommun;Boendeform;Ålder;RUB;Fast läkarkontakt"
GOOD = f"{HEADING}\n19380230-1234;Mörbylånga;SÄBO;85;3;Ja\n19400231-1234;Kalmar;Ordinärt boende;83;4;Nej\n"
ID = "19380230-1234"


def examine(content: bytes, name: str = "uttag.csv", **options: Any) -> intake.Examination:
    return intake.examine(content, name, **{"kalla": "cosmic", "matperiod": "våren 2024", **options})


def total(examination: intake.Examination) -> int:
    assert examination.counts is not None, [f.sentence() for f in examination.findings]
    rows = examination.counts.table.to_pylist()
    return next(int(r["antal"]) for r in rows if (r["niva"], r["uppdelning"]) == ("lan", "totalt"))


def workbook(rows: list[list[Any]], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        hidden = book.add_worksheet("hjälp")
        sheet = book.add_worksheet("Uttag")
        sheet.activate()
        sheet.set_first_sheet()
        hidden.hide()
        for position, row in enumerate(rows):
            sheet.write_row(position, 0, row)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode("utf-8"),
        GOOD.encode("utf-8-sig"),
        GOOD.encode("cp1252"),
        GOOD.encode("utf-16"),
        GOOD.replace(";", ",").encode("utf-8"),
        GOOD.replace(";", "\t").encode("utf-8"),
        GOOD.replace("\n", "\r\n").encode("cp1252"),
        (GOOD + ";;;;;\n\n").encode("utf-8"),
        GOOD.replace("Kalmar", '"Kalmar"').encode("utf-8"),
    ],
    ids=["utf-8", "bom", "windows-1252", "utf-16", "comma", "tab", "crlf", "empty rows last", "quotes"],
)
def test_csv_is_read_whatever_its_encoding_and_delimiter(content: bytes) -> None:
    assert total(examine(content)) == 2


def test_xlsx_is_read_from_its_first_visible_sheet() -> None:
    rows = [
        HEADING.split(";"),
        [ID, "Mörbylånga", "SÄBO", 85, 3.0, "Ja"],
        ["19400231-1234", 880, "SÄBO", 83, None, "Nej"],
    ]
    examination = examine(workbook(rows), "uttag.xlsx")
    assert total(examination) == 2
    assert examination.counts is not None
    found = {r["kommun_kod"] for r in examination.counts.table.to_pylist()}
    assert found == {"0840", "0880", "08"}


def one_error(row: str) -> Finding:
    examination = examine(f"{GOOD}{row}\n".encode())
    assert examination.counts is None
    (error,) = examination.errors
    return error


@pytest.mark.parametrize(
    ("row", "column", "value", "sentence"),
    [
        (f"{ID};Kalmra;SÄBO;85;3;Ja", "kommun", "Kalmra", "kommunen är okänd. Tillåtet: namn eller kod på en kommun i "
         "Kalmar län. Menas Kalmar?"),
        (f"{ID};Summa;SÄBO;85;3;Ja", "kommun", "Summa", "raden gäller hela länet eller riket. Tillåtet: en kommun på "
         "varje rad. Ta bort summaraden."),
        (f"{ID};Kalmar;SEBO;85;3;Ja", "boendeform", "SEBO", "värdet är okänt"),
        (f"{ID};Kalmar;SÄBO;185;3;Ja", "alder", "185", "värdet är utanför det möjliga. Tillåtet: ett tal från 0 till "
         "125"),
        (f"{ID};Kalmar;SÄBO;åttio;3;Ja", "alder", "åttio", "värdet är inget tal. Tillåtet: ett tal från 0 till 125"),
        (f"{ID};Kalmar;SÄBO;85;6;Ja", "rub", "6", "värdet är utanför det möjliga. Tillåtet: ett tal från 0 till 5"),
        (f"{ID};Kalmar;SÄBO;85;2,5;Ja", "rub", "2,5", "värdet är inget heltal. Tillåtet: ett heltal från 0 till 5"),
        (f"{ID};Kalmar;SÄBO;85;3;Kanske", "fast_lakarkontakt", "Kanske", "värdet är okänt. Tillåtet: ja"),
        (";Kalmar;SÄBO;85;3;Ja", "person_id", None, "person-id saknas. Tillåtet: ett id på varje rad"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_row_column_and_what_is_allowed(
    row: str, column: str, value: str | None, sentence: str
) -> None:
    error = one_error(row)
    assert (error.row, error.column, error.value) == (4, column, value)
    assert f"rad 4, kolumn {column}: {sentence}" in error.sentence()


def test_all_errors_are_told_at_once_and_alike_ones_together() -> None:
    rows = f"{ID};Kalmra;SÄBO;85;9;Ja\n{ID};Kalmra;SÄBO;85;3;Ja\n"
    examination = examine((GOOD + rows).encode())
    assert [(e.column, e.row, e.count) for e in examination.errors] == [("kommun", 4, 2), ("rub", 4, 1)]
    with pytest.raises(intake.Rejected, match=r"Filen uttag\.csv lästes inte in, 2 fel"):
        intake.accepted([examination])


@pytest.mark.parametrize("missing", ["", ".", "..", "-", "X", "NULL"])
def test_a_symbol_for_missing_is_missing_and_never_zero(missing: str) -> None:
    content = f"{HEADING}\n{ID};Kalmar;SÄBO;{missing};{missing};{missing}\n".encode()
    examination = examine(content)
    assert examination.counts is not None
    groups = {r["uppdelning"]: r["grupp"] for r in examination.counts.table.to_pylist()}
    assert groups["rub"] == groups["fast_lakarkontakt"] == groups["aldersgrupp"] == "uppgift_saknas"


def test_a_kommun_outside_the_lan_is_told_and_not_counted() -> None:
    examination = examine(f"{GOOD}19380231-9999;Växjö;SÄBO;85;3;Ja\n".encode())
    assert total(examination) == 2
    (outside,) = [f for f in examination.findings if "utanför Kalmar län" in f.what]
    assert (outside.level, outside.row, outside.count) == ("varning", 4, 1)
    assert examination.rows_counted == 2


def test_kommuner_without_rows_are_told() -> None:
    (finding,) = [f for f in examine(GOOD.encode()).findings if "utan rader" in f.what]
    assert "Borgholm" in finding.what
    assert "Kalmar" not in finding.what


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "tom.csv", "Filen tom.csv är tom"),
        (b"\n \n", "tom.csv", "Filen tom.csv är tom"),
        (HEADING.encode(), "rubrik.csv", "har rubriker men inga rader"),
        (b"a;b\n1;2", "uttag.docx", r"har ändelsen \.docx. Tillåtet: .csv, .txt, .xlsx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bild.csv", "är ingen textfil"),
        (b"Kommun;Boende", "uttag.xlsx", "är ingen Excelfil, fast den heter så"),
        (b"PK\x03\x04" + b"\x00" * 50, "trasig.xlsx", "går inte att öppna som Excelfil"),
        (workbook([[]]), "tom.xlsx", "är tom"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_words(content: bytes, name: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        examine(content, name)


def test_a_row_with_too_many_fields_is_told_by_number_and_not_quoted() -> None:
    examination = examine(f"{GOOD}{ID};Kalmar;SÄBO;85;3;Ja;extra\n".encode())
    (error,) = examination.errors
    assert error.what == "raden har 7 fält, men rubrikraden har 6"
    assert error.row == 4


def test_no_error_text_holds_a_person_id() -> None:
    rows = f"{ID};Kalmra;SEBO;85;9;Kanske\n{ID};Kalmar\n{ID};Växjö;SÄBO;1;1;Ja\n"
    examination = examine((GOOD + rows).encode())
    told = json.dumps([asdict(f) for f in examination.findings]) + " ".join(f.sentence() for f in examination.findings)
    assert "19380230" not in told
    assert "1234" not in told


@pytest.mark.parametrize(
    "form", ["19380230-1234", "193802301234", "380230-1234", "3802301234", "200230+1234", "19380230R12A"]
)
def test_an_id_in_the_wrong_place_is_masked(form: str) -> None:
    shifted = examine(f"{HEADING}\nx;{form};{form};{form};{form};{form}\n".encode())
    headless = examine(f"{form};Kalmar;SÄBO\n{form};Kalmar;SÄBO\n".encode())
    extra = examine(f"Kommun;Boendeform;{form}\nKalmar;SÄBO;1\n".encode(), f"uttag {form}.csv")
    for examination in (shifted, headless, extra):
        told = repr(examination) + json.dumps([asdict(f) for f in examination.findings])
        assert form not in told
        assert "dolt, liknar ett person-id" in told
    assert extra.counts is not None
    assert form not in extra.counts.filnamn + extra.counts.rapport


def test_dates_and_years_in_names_are_not_masked() -> None:
    assert masked("uttag_20240401.csv 2015–2024, 2024-04-01") == "uttag_20240401.csv 2015–2024, 2024-04-01"


def test_a_missing_column_is_told_with_its_names_and_the_nearest_heading() -> None:
    examination = examine(b"Personnummer;Komun;Boendeform\n1;Kalmar;SABO\n")
    (error,) = examination.errors
    assert error.what == "kolumnen kommun (kommunens namn eller kod) saknas"
    assert "Menas 'Komun'?" in error.action


def test_the_same_heading_twice_is_an_error() -> None:
    examination = examine(b"Kommun;Kommun;Boendeform\nKalmar;Nybro;SABO\n")
    assert [e.what for e in examination.errors] == ["rubriken 'Kommun' finns 2 gånger"]


def test_a_period_is_needed_and_one_without_a_year_is_warned_of() -> None:
    without = examine(GOOD.encode(), matperiod=None)
    assert [e.what for e in without.errors] == ["mätperioden saknas"]
    vague = examine(GOOD.encode(), matperiod="mätning 1")
    assert any(f.level == "varning" and "har inget årtal" in f.what for f in vague.findings)


@pytest.mark.parametrize("source", sources.sources().values(), ids=lambda s: s.id)
def test_a_source_knows_its_columns_by_every_alias_and_auto_finds_it(source: Any) -> None:
    own = [column.name for column in source.columns]
    assert map_columns(own, source).positions == {name: i for i, name in enumerate(own)}
    for column in source.columns:
        for alias in column.aliases:
            headings = [alias if name == column.name else name for name in own]
            assert map_columns(headings, source).positions[column.name] == own.index(column.name), alias
    assert recognise(own, list(sources.sources().values())) is source


@pytest.mark.parametrize("source", sources.sources().values(), ids=lambda s: s.id)
def test_a_source_is_documented(source: Any) -> None:
    assert source.title and source.description and source.grain and source.provider
    assert all(column.description for column in source.columns)


def test_headings_of_no_source_are_refused_with_the_choices() -> None:
    with pytest.raises(UserError, match=r"passar ingen känd källa\. Ange källan med --kalla, en av: befolkning"):
        examine(b"a;b\n1;2\n", kalla="auto")
