"""Files as their readers open them: real numbers, Swedish signs, texts that stay texts, names that tell."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from naravard import exports
from naravard.base import clock
from naravard.base.model import EXAMPLE
from naravard.exports import andringar, fynd
from naravard.figures.reader import Reader
from naravard.store.snapshots import Store
from naravard.telling import provenance
from tests import samples
from tests.test_cli import run


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_workbook_has_numbers_that_can_be_counted_with_and_tells_what_they_are(shared_live: Store) -> None:
    result = Reader(shared_live).read("sabo_andel_primarvard")
    book = sheets(exports.write_file(result, "xlsx", exports.View(filters=("Urval: Kalmar.",))))
    assert list(book) == ["Data", "Om"]
    head, *rows = book["Data"]
    by_name = {row[head.index("Område")]: row for row in rows}
    assert by_name["Kalmar"][head.index("Antal: boende på SÄBO som är inskrivna i kommunal primärvård")] == 324
    assert by_name["Kalmar"][head.index("Procent")] == pytest.approx(65.6)
    assert by_name["Borgholm"][head.index("Kod")] == "0885", "with its zero"
    about = dict(row[:2] for row in book["Om"])
    assert about["Urval"] == "Urval: Kalmar."
    assert "bilden_sabo.csv" in str(about["Uttag"])
    assert {"Definition", "Täljare", "Nämnare", "Källa", "Version", "Anmärkning", "Så räknas talet"} <= set(about)


def test_hidden_numbers_are_two_dots_in_a_workbook_and_say_why(shared_example: Store) -> None:
    result = Reader(shared_example).read("sabo_andel_primarvard")
    head, *rows = sheets(exports.write_file(result, "xlsx"))["Data"]
    hidden = [row for row in rows if row[head.index("Procent")] == ".."]
    assert len(hidden) == result.hidden > 0
    assert {row[head.index("Varför tal saknas")] for row in hidden} == {"dolt för att skydda enskilda"}
    assert {row[head.index(EXAMPLE)] for row in rows} == {EXAMPLE}


def test_csv_opens_right_in_swedish_excel(shared_live: Store) -> None:
    content = exports.write_file(Reader(shared_live).read("sabo_andel_primarvard"), "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert next(row["varde"] for row in rows if row["kommun"] == "Mörbylånga") == "24,5"


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_text_that_looks_like_a_formula_is_a_text(
    shared_live: Store, start: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f'{start}HYPERLINK("http://x";"y")'
    result = Reader(shared_live).read("sabo_andel_primarvard")
    object.__setattr__(result.rows[0], "kommun", text)
    assert text in [row[1] for row in sheets(exports.write_file(result, "xlsx"))["Data"]]
    assert b"<f>" not in exports.write_file(result, "xlsx")
    line = exports.write_file(result, "csv").decode("utf-8-sig").splitlines()[1]
    assert next(csv.reader([line], delimiter=";"))[4].startswith(f"'{start}")


def test_file_names_say_what_and_when() -> None:
    today = clock.today().isoformat()
    assert exports.file_name("sabo_boende", "xlsx", "våren 2024") == f"sabo_boende_varen-2024_{today}.xlsx"
    assert exports.file_name("lgl-bilder", "pptx", mark=EXAMPLE) == f"EXEMPELDATA_lgl-bilder_{today}.pptx"
    assert exports.file_name("kommunprofil_Mörbylånga", "pptx") == f"kommunprofil_morbylanga_{today}.pptx"


@pytest.mark.parametrize("indicator_id", samples.indicators_by_kind())
@pytest.mark.parametrize("ending", exports.file_formats())
def test_every_indicator_leaves_as_every_kind_of_file(shared_example: Store, indicator_id: str, ending: str) -> None:
    result = Reader(shared_example).read(indicator_id)
    assert len(exports.write_file(result, ending)) > (200 if result.rows else 100)


def test_the_command_line_writes_lgls_slides_a_profile_and_an_indicator(data: Path, tmp_path: Path) -> None:
    for arguments in (["lgl.pptx"], ["kalmar.pptx", "--kommun", "Kalmar"], ["sabo.xlsx", "sabo_boende"]):
        file = tmp_path / arguments[0]
        done = run("exportera", str(file), *arguments[1:])
        assert (done.returncode, done.stderr) == (0, "")
        assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lgl.ppt"], "ska sluta på .pptx, .xlsx, .pdf, .csv eller .zip"),
        (["lgl.xlsx"], "ange också en indikator"),
        (["lgl.pdf"], "eller en kommun med --kommun eller i filens namn (mönsterås.pdf)"),
        (["x.zip", "sabo_boende"], "En .zip är alla kommuners profiler"),
        (["x.xlsx", "sabo_boend"], "Menar du sabo_boende?"),
        (["x.pptx", "--kommun", "Kalmr"], "Menar du Kalmar?"),
        (["x.pptx", "--kommun", "Kalmar län"], "är ingen kommun"),
        (["x.pptx", "--matperiod", "våren 1999"], "finns inte för LGL:s bilder. Det som finns: våren 2023"),
        (["finns/inte/x.pptx"], "går inte att skriva"),
    ],
)
def test_what_cannot_be_written_is_told_in_swedish(data: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    done = run("exportera", str(tmp_path / arguments[0]), *arguments[1:])
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.*p*"))


@pytest.mark.parametrize("name", ["xlsx", "andringar", "fynd"])
def test_a_workbook_has_a_title_and_a_language(shared_live: Store, name: str) -> None:
    content = {
        "xlsx": lambda: exports.write_file(Reader(shared_live).read("sabo_boende"), "xlsx"),
        "andringar": lambda: andringar.as_workbook([]),
        "fynd": lambda: fynd.workbook([]),
    }[name]()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        core = book.read("docProps/core.xml").decode()
    assert "<dc:title>" in core
    assert "<dc:language>sv-SE</dc:language>" in core
    assert sheets(content), "it opens"


def test_remarks_follow_the_kommuner_that_are_chosen(shared_live: Store) -> None:
    result = Reader(shared_live).read("sabo_andel_primarvard")
    assert any("Mörbylånga" in note for note in provenance.notes(result))
    notes = provenance.notes(result.only(["0885", "0880"]))
    assert [note for note in notes if note.startswith("1 Borgholm")]
    assert not any("Mörbylånga" in note for note in notes)
    assert not any(note[:1].isdigit() for note in provenance.notes(result.only(["0880"])))
