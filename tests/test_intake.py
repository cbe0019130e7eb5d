"""What a file may look like, and what is said when it is wrong: what, where, what is allowed, what to do."""

import io
import json
import re
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from naravard import intake, sources
from naravard.base import kommuner
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids, without_names
from naravard.base.model import Finding
from naravard.intake.column_map import Headings, map_columns, recognise
from naravard.intake.read.files import open_file
from naravard.intake.read.text import TextSheet
from tests.examples import examples

HEADING = "Personnummer;Kommun;Boendeform;Ålder;RUB;Fast läkarkontakt"
GOOD = f"{HEADING}\n19380230-1234;Mörbylånga;SÄBO;85;3;Ja\n19400231-1234;Kalmar;Ordinärt boende;83;4;Nej\n"
ID = "19380230-1234"
HIDDEN = "(dolt, kan vara en person)"


def examine(content: bytes, name: str = "uttag.csv", **options: Any) -> intake.Examination:
    return intake.examine(content, name, intake.Choices(**{"kalla": "cosmic", "matperiod": "våren 2024", **options}))


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
        (f"{ID};Kalmra;SÄBO;85;3;Ja", "Kommun", "Kalmra", "kommunen är okänd. Tillåtet: namn eller kod på en kommun i "
         "Kalmar län. Menar du Kalmar?"),
        (f"{ID};Summa;SÄBO;85;3;Ja", "Kommun", "Summa", "raden gäller hela länet eller riket. Tillåtet: en kommun på "
         "varje rad. Ta bort summaraden."),
        (f"{ID};Kalmar;SEBO;85;3;Ja", "Boendeform", "SEBO", "värdet är okänt"),
        (f"{ID};Kalmar;SÄBO;185;3;Ja", "Ålder", "185", "värdet är utanför det möjliga. Tillåtet: ett tal från 0 till "
         "125"),
        (f"{ID};Kalmar;SÄBO;åttio;3;Ja", "Ålder", HIDDEN, "värdet är inget tal. Tillåtet: ett tal från 0 till 125"),
        (f"{ID};Kalmar;SÄBO;85;6;Ja", "RUB", "6", "värdet är utanför det möjliga. Tillåtet: ett tal från 0 till 5"),
        (f"{ID};Kalmar;SÄBO;85;2,5;Ja", "RUB", "2,5", "värdet är inget heltal. Tillåtet: ett heltal utan "
         "punkt och komma från 0 till 5"),
        (f"{ID};Kalmar;SÄBO;85;3;Kanske", "Fast läkarkontakt", HIDDEN, "värdet är okänt. Tillåtet: ja"),
        (";Kalmar;SÄBO;85;3;Ja", "Personnummer", None, "person-id saknas. Tillåtet: ett id på varje rad"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_told_with_row_column_and_what_is_allowed(
    row: str, column: str, value: str | None, sentence: str
) -> None:
    error = one_error(row)
    assert (error.row, error.column, error.value) == (4, column, value)
    what, _, rest = sentence.partition(". ")
    quoted = f" (”{value}”)" if value else ""
    assert error.sentence().startswith(f"rad 4, kolumn {column}: {what}{quoted}. {rest}".rstrip(". "))


def test_all_errors_are_told_at_once_and_alike_ones_together() -> None:
    rows = f"{ID};Kalmra;SÄBO;85;9;Ja\n{ID};Kalmra;SÄBO;85;3;Ja\n"
    examination = examine((GOOD + rows).encode())
    assert [(e.column, e.row, e.count) for e in examination.errors] == [("Kommun", 4, 2), ("RUB", 4, 1)]
    with pytest.raises(intake.Rejected, match=r"Filen uttag\.csv lästes inte in, 2 fel"):
        intake.counts_of([examination])


@pytest.mark.parametrize("missing", ["", ".", "..", "-", "*", "NULL"])
def test_a_symbol_for_missing_is_missing_and_never_zero(missing: str) -> None:
    content = f"{HEADING}\n4711;Kalmar;SÄBO;{missing};{missing};{missing}\n".encode()
    examination = examine(content)
    assert examination.counts is not None
    groups = {r["uppdelning"]: r["grupp"] for r in examination.counts.table.to_pylist()}
    assert groups["rub"] == groups["fast_lakarkontakt"] == groups["aldersgrupp"] == "uppgift_saknas"


@pytest.mark.parametrize("text", ["1.000", "1,000", "3.5", "1e3", "99999999999999999999", "9" * 400])
def test_a_number_that_can_be_read_in_two_ways_is_refused(text: str) -> None:
    content = f'Kommun;Boende;Kommunal primärvård\nKalmar;"{text}";0\n'.encode()
    examination = examine(content, kalla="sabo")
    assert [e.column for e in examination.errors] == ["Boende"]


@pytest.mark.parametrize(
    ("text", "number"), [("1 885", 1885), ("1\u00a0885", 1885), ("85,0", 85), ("85.0", 85), ("0", 0)]
)
def test_a_whole_number_may_have_spaces_and_one_zero_after_the_comma(text: str, number: int) -> None:
    examination = examine(f'Kommun;Boende;Kommunal primärvård\nKalmar;"{text}";0\n'.encode(), kalla="sabo")
    assert examination.counts is not None
    assert examination.counts.table.to_pylist()[0]["boende"] == number


@pytest.mark.parametrize("missing", ["", "-", "*", "?", "\u200b", "NULL", "okänd", "1,93802E+11", "1.93802E+11"])
def test_a_missing_or_destroyed_id_is_an_error_and_never_one_shared_person(missing: str) -> None:
    examination = examine(f"{HEADING}\n{missing};Kalmar;SÄBO;;;\n{missing};Nybro;SÄBO;;;\n".encode())
    (error,) = examination.errors
    assert error.what.startswith("person-id")
    assert (error.count, error.value) == (2, None)


def test_the_same_area_twice_is_an_error_in_a_source_with_a_row_per_area() -> None:
    sabo = "Kommun;Boende;Kommunal primärvård\n"
    twice = examine(f"{sabo}Kalmar;10;7\nKalmar kommun;10;7\n".encode(), kalla="sabo")
    assert [(e.what, e.row, e.count) for e in twice.errors] == [("flera rader för samma kommun: 0880", 2, 2)]
    sums = examine(f"{sabo}Summa;10;7\nKalmar län;10;7\n".encode(), kalla="sabo")
    assert sums.counts is None
    population = b"kommun;ar;aldersgrupp;antal\n0880;2020;80+;5\n0880;2020;80+;7\n"
    assert examine(population, kalla="befolkning").counts is None


def test_more_with_care_than_residents_is_an_error() -> None:
    examination = examine("Kommun;Boende;Kommunal primärvård\nKalmar;10;70\n".encode(), kalla="sabo")
    assert [e.what for e in examination.errors] == ["fler har kommunal primärvård än som bor på SÄBO"]


def test_a_file_that_counts_to_nothing_is_an_error() -> None:
    examination = examine(f"{HEADING}\n19380231-9999;Växjö;SÄBO;85;3;Ja\n".encode())
    assert [e.what for e in examination.errors] == ["ingen rad går att räkna"]


def test_many_errors_are_all_kept_and_told_by_the_first_twenty() -> None:
    rows = "".join(f"{i};Kalm{'r' * i};SÄBO;;;\n" for i in range(1, 200))
    examination = examine(f"{HEADING}\n{rows}".encode())
    assert len(examination.errors) == 200
    assert "Kalmrr”" in str(intake.Rejected(examination))
    assert str(intake.Rejected(examination)).endswith("… och 197 till.")
    wrong = [f"{kommun.namn};10;70" for kommun in kommuner.in_lan("08")] + [f"Kalm{'r' * i};1;1" for i in range(1, 10)]
    examination = examine("\n".join(["Kommun;Boende;Kommunal primärvård", *wrong]).encode(), kalla="sabo")
    assert str(intake.Rejected(examination)).endswith("… och 1 till.")
    uneven = examine((GOOD + f"{ID};Kalmar;SÄBO;85;3;Ja;extra\n" * 500).encode())
    assert [(e.row, e.count) for e in uneven.errors] == [(4, 500)]


def test_empty_lines_above_the_header_do_not_shift_the_rows() -> None:
    assert total(examine(f"\n\n{GOOD}".encode())) == 2
    assert examine(f"\n\n{GOOD}{ID};Kalmra;SÄBO;;;\n".encode()).errors[0].row == 6


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@examples(100)
@given(
    rows=st.lists(st.lists(st.sampled_from(["a", "", "å", "1,5", "19380230-1234"]), min_size=1, max_size=5), min_size=1)
)
def test_rows_of_different_lengths_are_read_alike_by_the_fast_and_the_plain_way(
    encoding: str, rows: list[list[str]]
) -> None:
    content = "\n".join(["x;y;z", *map(";".join, rows)]).encode(encoding)
    sheet = open_file(content, "a.csv").sheet(None)
    fast, plain = sheet.body(1, 3), sheet._uneven_body(1, ["k0", "k1", "k2"])  # type: ignore[union-attr]
    assert fast.table.to_pylist() == plain.table.to_pylist()
    assert fast.findings == plain.findings


def test_a_short_row_in_windows_1252_does_not_send_the_whole_file_the_plain_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A million rows and a source below them must not be read row by row."""
    monkeypatch.delattr(TextSheet, "_uneven_body")
    content = "x;y;z\n1;å;ä\nKälla: Cosmic\n–;€;ö\n".encode("cp1252")
    body = open_file(content, "a.csv").sheet(None).body(1, 3)
    assert [(r["rad"], r["k0"], r["k1"], r["k2"]) for r in body.table.to_pylist()] == [
        (2, "1", "å", "ä"), (3, "Källa: Cosmic", "", ""), (4, "–", "€", "ö"),
    ]  # fmt: skip


def test_a_stray_quotation_mark_that_swallows_rows_is_an_error() -> None:
    content = f'{HEADING}\na;Kalmar;SÄBO;;;"x\nb;Kalmar;SÄBO;;;y\nc;Kalmar;SÄBO;;;z"\n'
    assert any("citattecken" in e.what for e in examine(content.encode()).errors)


@pytest.mark.parametrize("text", ["  ", "", "alla", "Senast kända per område", "x" * 61, "a\x07b"])
def test_a_period_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="går inte att använda"):
        examine(GOOD.encode(), matperiod=text)


def test_a_period_is_stored_in_one_spelling_and_holds_no_id() -> None:
    assert examine(GOOD.encode(), matperiod="  va\u030aren   2024 ").matperiod == "våren 2024"
    with pytest.raises(UserError, match="liknar ett person-id"):
        examine(GOOD.encode(), matperiod=ID)


def test_the_day_of_measurement_has_been_and_rules_over_the_period() -> None:
    with pytest.raises(UserError, match="har inte varit än"):
        examine(GOOD.encode(), matdatum=date(2199, 1, 1))
    examination = examine(GOOD.encode(), matdatum=date(2019, 5, 1))
    assert any("olika år" in f.what for f in examination.findings)
    assert examination.counts is not None
    assert examination.counts.ar == 2019


def test_an_id_in_a_text_column_is_refused() -> None:
    rows = f"nyckeltal;omrade;ar;varde;enhet;kalla\n{ID};0880;2023;5;procent;Anna {ID}\n"
    examination = examine(rows.encode(), kalla="nyckeltal")
    assert {e.what for e in examination.errors} == {"texten liknar ett person-id"}


def test_a_synthetic_file_is_marked_wherever_it_is_read() -> None:
    examination = examine(GOOD.encode(), "EXEMPELDATA_cosmic.csv")
    assert any("påhittade" in f.what for f in examination.findings)
    assert examination.counts is not None
    assert examination.counts.ursprung == "EXEMPELDATA (Cosmic)"


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
        (b"a;b\n1;2", "uttag.dbf", r"har ändelsen \.dbf. Tillåtet: .csv, .txt, .tsv, .md, .xlsx, .xlsm, .xls, .ods"),
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
    assert "dolt, liknar ett person-id" in repr(shifted) + repr(extra)
    assert extra.counts is not None
    assert form not in extra.counts.filnamn + extra.counts.rapport


def test_dates_and_years_in_names_are_not_masked() -> None:
    assert mask_ids("uttag_20240401.csv 2015–2024, 2024-04-01") == "uttag_20240401.csv 2015–2024, 2024-04-01"


def test_from_one_day_to_another_is_no_id_but_a_day_and_a_number_is() -> None:
    days = "2024-01-01–2024-03-31"
    assert mask_ids(days) == days
    assert mask_ids(f"{days}, 1938-02-30–1234") == f"{days}, (dolt, liknar ett person-id)"
    assert mask_ids("1938-02-30–2024") == "(dolt, liknar ett person-id)"
    assert mask_ids("1938-02-30–2024-13-01") != "1938-02-30–2024-13-01"


@pytest.mark.parametrize(
    "name",
    ["Uttag 202301-202312.csv", "202301–202306", "Cosmic jan-dec 2023.csv", "Jan-Dec 2023", "jan_feb_2024", "jan 24"],
)
def test_months_in_names_are_not_masked(name: str) -> None:
    assert without_names(mask_ids(name)) == name


@pytest.mark.parametrize("name", ["lista Jan 1950.csv", "Jan Andersson 2024", "Jan-Olof Berg 24", "19230120-2312"])
def test_what_reads_as_months_and_may_be_a_person_is_masked(name: str) -> None:
    assert "(dolt" in without_names(mask_ids(name))


def test_a_missing_column_is_told_with_its_names() -> None:
    examination = examine("Personnummer;Boendeform;RUB\n1;SÄBO;3\n".encode())
    (error,) = examination.errors
    assert error.what == "kolumnen kommun (kommunens namn eller kod) saknas"
    assert "vårdkommun" in error.allowed


def test_a_heading_that_is_nearly_right_is_used_and_must_be_accepted() -> None:
    examination = examine("Personnummer;Komun;Boende form\n1;Kalmar;SÄBO\n".encode())
    assert examination.columns == {"person_id": "Personnummer", "kommun": "Komun", "boendeform": "Boende form"}
    assert examination.reasons["kommun"].startswith("liknar")
    assert [w.what.split(" (")[0] for w in examination.warnings[:2]] == [
        "rubriken ”Komun” läses som ”kommun”",
        "rubriken ”Boende form” läses som ”boendeform”",
    ]


def test_the_same_heading_twice_is_an_error() -> None:
    examination = examine(b"Kommun;Kommun;Boendeform\nKalmar;Nybro;SABO\n")
    assert [e.what for e in examination.errors] == ["rubriken ”Kommun” finns 2 gånger"]


def test_a_period_is_needed_and_one_without_a_year_is_warned_of() -> None:
    without = examine(GOOD.encode(), matperiod=None)
    assert [e.what for e in without.errors] == ["mätperioden saknas"]
    vague = examine(GOOD.encode(), matperiod="mätning 1")
    assert any(f.level == "varning" and "har inget årtal" in f.what for f in vague.findings)


@pytest.mark.parametrize("source", sources.sources().values(), ids=lambda s: s.id)
def test_a_source_knows_its_columns_by_every_alias_and_auto_finds_it(source: Any) -> None:
    own = [column.name for column in source.columns]
    assert map_columns(Headings.of(own), source).positions == {name: i for i, name in enumerate(own)}
    for column in source.columns:
        for alias in column.aliases:
            headings = [alias if name == column.name else name for name in own]
            assert map_columns(Headings.of(headings), source).positions[column.name] == own.index(column.name), alias
    assert recognise(Headings.of(own), list(sources.sources().values()))[0] is source


@pytest.mark.parametrize("source", sources.sources().values(), ids=lambda s: s.id)
def test_a_source_is_documented(source: Any) -> None:
    assert source.title and source.description and source.grain and source.provider
    assert all(column.description for column in source.columns)


def test_headings_of_no_source_are_refused_with_the_choices() -> None:
    (error,) = examine(b"a;b\n1;2\n", kalla="auto").errors
    assert error.what == "rubrikerna i filen passar ingen känd källa"
    assert error.allowed == ", ".join(source.title for source in sources.sources().values())


def test_the_stored_report_has_no_counts_but_the_analyst_sees_them() -> None:
    rows = [
        "Person-ID;Kommun;Profession;Ålder",
        *(f"{10_000 + n};Kalmar;SSK;80" for n in range(30)),
        "20000;Högsby;SSK;",
    ]
    text = "\n".join([*rows, "20001;Högsby;SSK;", "Summa;12;;"])
    checked = intake.examine(text.encode(), "e.csv", intake.Choices(kalla="ensolutions", matperiod="våren 2026"))
    assert checked.counts is not None
    assert any(finding.count == 2 for finding in checked.findings), "two without an age"
    kept = json.loads(checked.counts.rapport)
    assert {finding["count"] for finding in kept} == {1}
    assert {finding["row"] for finding in kept} == {None}
    assert not [finding["what"] for finding in kept if re.search(r"\b(?:2|12|32|33)\b", finding["what"])]
