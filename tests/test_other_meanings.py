"""Cells and headings that look like what a source reads, and mean another thing."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.intake import publishing
from naravard.intake.read.sheet_marks import sheet_marks
from naravard.store.snapshots import Store
from tests.test_odd_files import codes_of, examined, finding_of
from tests.test_traps import counted, text

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]


def persons(heading: str, cell: str, count: int = 36) -> bytes:
    """A row per person, with a column of its own that says the same of all."""
    return text(f"Person-id;Kommun;Boendeform;{heading}", *(f"p{n};{NAMES[n % 12]};SÄBO;{cell}" for n in range(count)))


def per_kommun(heading: str, *cells: str) -> bytes:
    return text(f"Kommun;{heading}", *(f"{name};{cells[i % len(cells)]}" for i, name in enumerate(NAMES)))


@pytest.mark.parametrize("heading", ["RUB", "Ålder"])
@pytest.mark.parametrize("sign", ["-", "\u2212", " -"])
def test_a_number_below_zero_is_not_the_one_above_it(heading: str, sign: str, empty_data: object) -> None:
    examination = examined(persons(heading, f"{sign}1"), matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.OUT_OF_RANGE]


def test_minus_one_is_a_yes_as_databases_write_it(empty_data: object) -> None:
    examination = examined(persons("Fast läkarkontakt", "-1"), matperiod="2024")
    assert counted(examination)["08 fast_lakarkontakt ja"] == 36


OPPOSITES = ["Saknar fast läkarkontakt", "Ej fast läkarkontakt", "Utan fast läkarkontakt", "Fast läkarkontakt nej"]
OPPOSITES += ["Fast vårdkontakt", "Fast omsorgskontakt"]
PARTS = ["Utan kommunal primärvård", "Antal utan kommunal primärvård", "Ej kommunal primärvård"]
PARTS += ["Kommunal primärvård män", "Kommunal primärvård kvinnor", "Kommunal primärvård 80+"]


@pytest.mark.parametrize("heading", OPPOSITES)
def test_the_opposite_of_a_column_is_not_the_column(heading: str, empty_data: object) -> None:
    examination = examined(persons(heading, "Ja"), matperiod="2024")
    assert "fast_lakarkontakt" not in examination.columns


@pytest.mark.parametrize("heading", PARTS)
def test_a_part_or_the_rest_of_the_residents_is_not_read_as_all_of_them(heading: str, empty_data: object) -> None:
    examination = examined(per_kommun(f"Boende;{heading}", "100;40"), kalla="sabo", matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.COLUMN_MISSING]


@pytest.mark.parametrize("upper", ["Män", "Varav kvinnor", "80+"])
def test_a_row_of_headings_above_can_make_them_another_thing(upper: str, empty_data: object) -> None:
    rows = [f"{name};100;40" for name in NAMES]
    content = text(f"Kommun;{upper};", ";Boende;Kommunal primärvård", *rows)
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert [f.code for f in examination.errors] == [FindingCode.COLUMN_MISSING]
    content = text(f";{upper};", "Kommun;Boende;Kommunal primärvård", *rows)
    assert examined(content, kalla="sabo", matperiod="2024").warnings


@pytest.mark.parametrize("title", ["Män", "Boende 80+", "SÄBO, kvinnor, våren 2024", "Boende 65 år och äldre"])
def test_a_title_of_a_part_above_counts_is_asked_about(title: str, empty_data: object) -> None:
    content = text(title, "Kommun;Boende;Kommunal primärvård", *(f"{name};100;40" for name in NAMES))
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert finding_of(examination, FindingCode.PART_OF_POPULATION).level is Level.WARNING


@pytest.mark.parametrize("title", ["Kvinnor och män", "Boende på särskilt boende för äldre", "Äldreomsorg, v. 14 2024"])
def test_a_title_of_all_is_not(title: str, empty_data: object) -> None:
    content = text(title, "Kommun;Boende;Kommunal primärvård", *(f"{name};100;40" for name in NAMES))
    examination = examined(content, kalla="sabo", matperiod="2024")
    assert FindingCode.PART_OF_POPULATION not in codes_of(examination)


# ---- groups and sexes as columns

SEXES = [
    "Boende kvinnor;Boende män;Kommunal primärvård kvinnor;Kommunal primärvård män",
    "boende (män);boende (kvinnor);x",
]


@pytest.mark.parametrize("heading", SEXES)
@pytest.mark.parametrize("kalla", ["auto", "sabo"])
def test_counts_divided_by_sex_are_one_sentence_on_what_to_fetch(heading: str, kalla: str, empty_data: object) -> None:
    content = per_kommun(heading, ";".join(["100"] * len(heading.split(";"))))
    (error,) = examined(content, kalla=kalla, matperiod="2024").errors
    assert error.code is FindingCode.PART_OF_POPULATION
    assert error.action == "Hämta tabellen utan uppdelning på kön"


def test_a_column_of_all_beside_those_of_sexes_is_the_one_that_is_read(empty_data: object) -> None:
    heading = "Boende män;Boende totalt;Boende kvinnor;Kommunal primärvård män;Totalt kommunal primärvård"
    assert counted(examined(per_kommun(heading, "40;100;60;20;50"), matperiod="2024"))["0880"] == (100, 50)


YES_AND_NO = ["Fast läkarkontakt ja;Fast läkarkontakt nej", "Antal med fast läkarkontakt;Antal utan fast läkarkontakt"]
YES_AND_NO += ["Har fast läkare;Saknar fast läkare", "FLK Ja;FLK Nej"]


@pytest.mark.parametrize("heading", YES_AND_NO)
def test_yes_and_no_as_columns_are_read_where_they_say_of_what(heading: str, empty_data: object) -> None:
    found = counted(examined(per_kommun(heading, "30;10"), matperiod="2024"))
    assert (found["0880 fast_lakarkontakt ja"], found["0880 fast_lakarkontakt nej"], found["0880"]) == (30, 10, 40)


@pytest.mark.parametrize(("title", "is_said"), [("Har fast läkarkontakt", True), ("Har hemtjänst", False)])
def test_answers_alone_are_read_where_the_title_says_of_what(title: str, is_said: bool, empty_data: object) -> None:
    rows = [f"{name};30;10;2" for name in NAMES]
    examination = examined(text(title, "Kommun;Ja;Nej;Uppgift saknas", *rows), kalla="cosmic", matperiod="2024")
    assert (examination.counts is not None) is is_said


# ---- what a file says of itself beside its rows


@pytest.mark.parametrize(("name", "given"), [("ar", "2024"), ("titel", "Andel y"), ("enhet", "antal")])
def test_what_is_given_and_not_used_is_told(name: str, given: str, empty_data: object) -> None:
    rows = [f"Andel x;{namn};2023;20,5;procent" for namn in NAMES]
    content = text("Titel;Kommun;År;Värde;Enhet", *rows)
    found = finding_of(examined(content, constants={name: given}), FindingCode.GIVEN_NOT_USED)
    assert (found.level, given in found.what) == (Level.WARNING, True)
    own = {"ar": "2023", "titel": "Andel x", "enhet": "procent"}[name]
    assert FindingCode.GIVEN_NOT_USED not in codes_of(examined(content, constants={name: own}))


@pytest.mark.parametrize("period", ["2020-2023", "2020–2023", "2020/23", "2022 - 2024"])
def test_several_years_in_a_cell_are_told_as_such(period: str, empty_data: object) -> None:
    content = text("Nyckeltal;Kommun;Period;Värde", *(f"Hälsa x;{name};{period};20,5" for name in NAMES))
    (error,) = examined(content).errors
    assert (error.what, error.value) == ("värdet är flera år", period)


def test_a_page_of_several_is_told(empty_data: object) -> None:
    value = {"gender": "T", "status": "", "value": 20.5}
    records = [{"kpi": "N21704", "municipality": "0880", "period": 2024, "values": [value]}]
    for name in ("next_url", "next_page", "previous_url"):
        examination = examined(json.dumps({"values": records, name: "https://x"}).encode(), "svar.json")
        assert finding_of(examination, FindingCode.OTHER_SHEETS).level is Level.WARNING
    assert not examined(json.dumps({"values": records, "next_url": None}).encode(), "svar.json").warnings


def test_a_table_without_any_value_is_no_publication(empty_data: object) -> None:
    content = text("kpi;municipality;period;gender;value", *(f"N21704;{name};2024;T;NaN" for name in NAMES))
    assert [f.code for f in examined(content).errors] == [FindingCode.NO_ROWS]


def test_other_years_than_the_period_are_told(empty_data: object) -> None:
    rows = [f"{name};5000;5001" for name in NAMES]
    examination = examined(text("region;2023;2024", *rows), kalla="befolkning", matperiod="2024")
    assert "2023–2024" in finding_of(examination, FindingCode.YEARS_DIFFER).what


OTHER_DAYS = ["Folkmängd 1 januari 2024", "Befolkning den 1 november 2024", "Folkmängden per 30 juni"]
LAST_DAYS = ["Folkmängd den 31 december 2024", "Folkmängd 2024. Uttag 3 mars 2025"]


@pytest.mark.parametrize("title", [*OTHER_DAYS, *LAST_DAYS])
def test_a_population_of_another_day_is_asked_about(title: str, empty_data: object) -> None:
    content = text(title, "region;2024", *(f"{name};5000" for name in NAMES))
    examination = examined(content, kalla="befolkning")
    assert (FindingCode.OTHER_MEASURE in codes_of(examination)) is (title in OTHER_DAYS)


def test_years_that_have_been_in_a_forecast_are_asked_about(empty_data: object) -> None:
    rows = [f"{name};5000;5001" for name in NAMES]
    examination = examined(text("Befolkningsprognos", "region;2024;2040", *rows))
    assert "2024" in finding_of(examination, FindingCode.OTHER_MEASURE).what
    assert not examined(text("Befolkningsprognos", "region;2039;2040", *rows)).warnings


@pytest.mark.parametrize("name", ["Antal patienter", "Andel (%)", "Antal besök per 1000 invånare", "Mål", "Övre KI"])
def test_a_name_that_does_not_say_what_is_asked_about(name: str, empty_data: object) -> None:
    content = text("Mått;Region;2024", f"{name};Kalmar län;300", f"{name};Riket;310")
    assert finding_of(examined(content), FindingCode.NAME_VAGUE).level is Level.WARNING
    assert FindingCode.NAME_VAGUE not in codes_of(examined(text("Statiner", content.decode())))


def test_a_title_is_part_of_each_name_that_needs_it(empty_data: object) -> None:
    rows = [f"{name};2024;1000;2,5;31" for name in NAMES]
    heading = "Kommun;År;Antal besök;Besök per invånare;Nöjda med akuten, index"
    found = counted(examined(text("Akutmottagning", heading, *rows), kalla="nyckeltal"))
    names = {key.split(" ", 1)[1] for key in found}
    akut = {"Antal besök, Akutmottagning", "Besök per invånare, Akutmottagning"}
    assert names == {f"{name} 2024 totalt" for name in (*akut, "Nöjda med akuten, index")}


# ---- ids that are less than a person's


def of_ids(*ids: str) -> bytes:
    return text("Person-id;Kommun;Boendeform", *(f"{id};{NAMES[n % 12]};SÄBO" for n, id in enumerate(ids)))


HIDDEN_PARTS = [
    "19{n:02}0412-12**",
    "19{n:02}0412-1XXX",
    "********-{n:04}",
    "a3f5{n}...",
    "ab{n}…",
    "{n}•••",
    "19{n:02}0412####",
]


@pytest.mark.parametrize("form", HIDDEN_PARTS)
def test_ids_of_which_a_part_is_taken_away_are_refused(form: str, empty_data: object) -> None:
    errors = examined(of_ids(*(form.format(n=30 + n) for n in range(36))), matperiod="2024").errors
    assert [f.code for f in errors] == [FindingCode.ID_UNLIKE]


@pytest.mark.parametrize("form", ["INT{n}", "AB{n}XX", "{n}-X", "19{n:02}0412-TF12"])
def test_other_ids_are_whole(form: str, empty_data: object) -> None:
    examination = examined(of_ids(*(form.format(n=30 + n) for n in range(36))), matperiod="2024")
    assert counted(examination)["08"] == 36


def test_an_id_in_many_kommuner_is_asked_about(empty_data: object) -> None:
    others = [f"INT{n}" for n in range(36)]
    found = finding_of(examined(of_ids(*["9999"] * 4, *others), matperiod="2024"), FindingCode.ID_OFTEN)
    assert found.level is Level.WARNING
    assert FindingCode.ID_OFTEN not in codes_of(examined(of_ids(*["9999"] * 3, *others), matperiod="2024"))
    assert FindingCode.ID_OFTEN in codes_of(examined(of_ids(*["a3f5"] * 36), matperiod="2024"))


def test_ids_in_other_digits_are_those_that_they_look_like(empty_data: object) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    ids = [f"19{n}0412-1234" for n in range(30, 42)]
    examination = examined(of_ids(*ids, *(id.translate(wide) for id in ids)), matperiod="2024")
    assert counted(examination)["08"] == 12


# ---- dates and ages


@pytest.mark.parametrize("heading", ["Kontaktdatum", "Födelsedatum"])
def test_days_that_can_be_months_are_asked_about(heading: str, empty_data: object) -> None:
    months = [f"{1 + n % 12:02}/{1 + n % 5:02}/1944" for n in range(36)]

    def with_dates(*dates: str) -> bytes:
        rows = [f"p{n};{NAMES[n % 12]};SÄBO;{day}" for n, day in enumerate(dates)]
        return text(f"Person-id;Kommun;Boendeform;{heading}", *rows)

    assert finding_of(examined(with_dates(*months), matperiod="2024"), FindingCode.DAYS_AMBIGUOUS).count == 31
    for plain in (["31/01/1944", *months], ["1944-01-31"] * 36, ["31.01.1944"] * 36, ["05/05/1944"] * 36):
        assert FindingCode.DAYS_AMBIGUOUS not in codes_of(examined(with_dates(*plain), matperiod="2024"))
    for day in ("01/31/1944", "1/5/1944 10:15:00 AM"):
        errors = examined(with_dates(day, *months), matperiod="2024").errors
        assert [f.what for f in errors] == ["datumet är skrivet månad/dag/år"]


@pytest.mark.parametrize(
    ("odd", "others", "is_asked"), [(120, 82, True), (0, 82, True), (0, 5, False), (113, 82, False)]
)
def test_an_age_that_stands_for_one_that_lacks_is_asked_about(
    odd: int, others: int, is_asked: bool, empty_data: object
) -> None:
    rows = [f"p{n};{NAMES[n % 12]};SÄBO;{others if n % 4 else odd}" for n in range(36)]
    examination = examined(text("Person-id;Kommun;Boendeform;Ålder", *rows), matperiod="2024")
    assert (FindingCode.AGE_UNLIKELY in codes_of(examination)) is is_asked


# ---- files that are another kind than their name says


PAGE = b"<html><head></head><body><table><tr><td>Kommun</td></tr></table></body></html>"
XML = b'\xef\xbb\xbf<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (PAGE, "uttag.xls", r"är en webbsida \(HTML\), fast den heter \.xls. Öppna den i Excel och spara som \.xlsx"),
        (b"\r\n" + PAGE, "uttag.csv", r"är en webbsida \(HTML\), fast den heter \.csv"),
        (b"MIME-Version: 1.0\r\n" + PAGE, "uttag.xls", "är en webbsida"),
        (PAGE, "uttag.html", r"är en webbsida \(HTML\)\. Öppna den i Excel"),
        (XML, "uttag.xls", r"är ett kalkylblad i XML, fast den heter \.xls"),
        (XML, "uttag.xml", r"är ett kalkylblad i XML\. Öppna"),
        (b"Kommun;Boende\r\nKalmar;3", "uttag.xls", r"ingen Excelfil, fast den heter så\. Är den text: byt namn"),
        (b"PK\x03\x04", "uttag.zip", "är packad. Packa upp den"),
        (b"%PDF-1.7", "uttag.pdf", "Beställ tabellen som Excel"),
    ],
)
def test_a_file_of_another_kind_is_one_sentence_on_what_to_do(content: bytes, name: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        examined(content, name)


def test_more_persons_of_a_profession_than_inhabitants_are_told(shared_live: Store) -> None:
    rows = [f"{name};{word};{99_000 if name == 'Borgholm' else 50}" for name in NAMES for word in ("SSK", "AT", "FT")]
    choices = intake.Choices(kalla="ensolutions", matperiod="våren 2024")
    examination = publishing.check(
        text("Kommun;Profession;Antal", *rows), "uttag.csv", choices, shared_live
    ).examination
    assert [f.code for f in examination.errors] == [FindingCode.MORE_THAN_INHABITANTS]
    assert "Borgholm" in examination.errors[0].what


def test_a_row_without_height_is_hidden() -> None:
    rows = b'<row r="3" ht="0" customHeight="1"><c r="A3"/></row><row r="4" ht="15"><c r="A4"/></row>'
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as parts:
        parts.writestr("xl/workbook.xml", '<workbook><sheet name="A" r:id="r1"/></workbook>')
        parts.writestr("xl/_rels/workbook.xml.rels", '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>')
        parts.writestr("xl/worksheets/sheet1.xml", rows)
    assert sheet_marks(archive.getvalue(), 0).hidden_rows == [2]


def test_shares_of_one_among_others_in_per_cent_are_asked_about(empty_data: object) -> None:
    rows = [f"Andel x;{name};2024;{'94 %' if n % 3 else '0,95'}" for n, name in enumerate(NAMES)]
    found = finding_of(examined(text("Nyckeltal;Kommun;År;Värde", *rows)), FindingCode.NUMBER_AMBIGUOUS)
    assert (found.level, found.row, found.count) == (Level.WARNING, 2, 4)
    rows = [f"Andel x;{name};2024;{'94 %' if n % 3 else '95'}" for n, name in enumerate(NAMES)]
    assert FindingCode.NUMBER_AMBIGUOUS not in codes_of(examined(text("Nyckeltal;Kommun;År;Värde", *rows)))


def test_a_name_beside_the_code_of_another_kommun_is_an_error(empty_data: object) -> None:
    kommuner_in_order = kommuner.in_lan("08")
    rows = [f"{k.kod};{k.namn};100;40" for k in kommuner_in_order]
    heading = "Kod;Kommun;Boende;Kommunal primärvård"
    assert not examined(text(heading, *rows), kalla="sabo", matperiod="2024").errors
    rows[3:5] = [f"{kommuner_in_order[n].kod};{kommuner_in_order[7 - n].namn};100;40" for n in (3, 4)]
    (error,) = examined(text(heading, *rows), kalla="sabo", matperiod="2024").errors
    assert (error.code, error.row, error.count) == (FindingCode.AREA_AMBIGUOUS, 5, 2)


# ---- units beside numbers


def of_values(*values: str, heading: str = "", unit: str = "") -> bytes:
    rows = [f"Kostnad hemtjänst;{name};2024;{value}{unit}" for name, value in zip(NAMES, values * 12, strict=False)]
    return text(f"Nyckeltal;Kommun;År;Värde{heading}", *rows)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("1 234 kr", "kr", 1234),
        ("1 234,50 SEK", "kr", 1234.5),
        ("1234:-", "kr", 1234),
        ("12,5 ‰", "promille", 12.5),
        ("12,5‰", "promille", 12.5),
        ("-12 tkr", "tkr", -12),
        ("1,2 Mkr", "mnkr", 1.2),
        ("28 300 kr/inv", "kr per invånare", 28_300),
        ("14 dagar", "dagar", 14),
    ],
)
def test_a_unit_beside_a_number_is_its_unit(written: str, unit: str, value: float, empty_data: object) -> None:
    examination = examined(of_values(written), kalla="nyckeltal")
    assert examination.counts is not None
    assert {(row["varde"], row["enhet"]) for row in examination.counts.table.to_pylist()} == {(value, unit)}


@pytest.mark.parametrize("heading", ["Kommun;År;Kostnad", "Kommun;Kostnad 2024"])
def test_units_make_no_column_another_thing_than_numbers(heading: str, empty_data: object) -> None:
    years = ["2024"] if ";År" in heading else []
    rows = [";".join([name, *years, f"1 2{n:02d} kr"]) for n, name in enumerate(NAMES)]
    assert counted(examined(text(heading, *rows), kalla="nyckeltal"))["0885 Kostnad 2024 totalt"] == 1200


@pytest.mark.parametrize(
    "content",
    [
        of_values("1 234 kr", "12 tkr"),
        of_values("1 234", "12 tkr"),
        of_values("1 234;kr", "1 234;tkr", heading=";Enhet"),
        of_values("1 234 tkr;kr", heading=";Enhet"),
        of_values("1 234 av 2 000"),
        of_values("12 st, varav 3"),
    ],
)
def test_units_that_differ_are_never_read_as_one(content: bytes, empty_data: object) -> None:
    assert examined(content, kalla="nyckeltal").errors


# ---- one person, however the id is introduced


@pytest.mark.parametrize(
    "before", ["SE", "se-", "SE ", "PNR:", "personnr. ", "1.2.752.129.2.1.3.1:", "urn:oid:1.2.752.129.2.1.3.3|"]
)
def test_what_stands_before_an_id_makes_nobody_two(before: str, empty_data: object) -> None:
    ids = [f"19{30 + n}0412-1234" for n in range(12)]
    examination = examined(of_ids(*ids, *(f"{before}{each.replace('-', '')}" for each in ids)), matperiod="2024")
    assert counted(examination)["08"] == 12


@pytest.mark.parametrize(("before", "after"), [("P", ""), ("SWE", ""), ("", "-A"), ("K/", "")])
def test_an_id_within_another_is_asked_about(before: str, after: str, empty_data: object) -> None:
    ids = [f"19{30 + n}0412-1234" for n in range(12)]
    found = [
        finding
        for finding in examined(
            of_ids(*ids, f"{before}{ids[0]}{after}", f"{before}{ids[1][2:]}{after}"), matperiod="2024"
        ).findings
        if "något före eller efter" in finding.what
    ]
    assert [(finding.code, finding.level, finding.row, finding.count) for finding in found] == [
        (FindingCode.ID_UNLIKE, Level.WARNING, 14, 2)
    ]


@pytest.mark.parametrize("between", [", ", "; ", "/", " och ", "\n"])
def test_several_ids_in_a_cell_are_an_error(between: str, empty_data: object) -> None:
    ids = [f"19{30 + n}0412-1234" for n in range(12)]
    content = of_ids(*ids, f'"19500412-1234{between}19510412-1234"')
    assert [error.code for error in examined(content, matperiod="2024").errors] == [FindingCode.ID_UNLIKE]
