"""The traps that Swedish files hold: each is a small file here, with the counts or the sentence that it must give."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from naravard import intake
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.model import Finding

Cell = Any
Counted = dict[str, Any]

PERSONS = "Personnummer;Kommun;Boendeform;Ålder;RUB;Fast läkarkontakt"
TWO = f"{PERSONS}\n19640823-3234;Mörbylånga;SÄBO;85;3;Ja\n19640824-3233;Kalmar;Ordinärt boende;83;4;Nej\n"
TWO_COUNTED = {"08": 2, "0840": 1, "0880": 1, "08 boendeform sabo": 1, "08 rub 4": 1, "08 fast_lakarkontakt ja": 1}
DATED = "Personnummer;Kommun;Boendeform;RUB;Fast läkarkontakt;Datum"
SABO = "Kommun;Boende;Kommunal primärvård"
VALUES = "nyckeltal;omrade;ar;varde;enhet;kalla"
TITLE = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"
SUMS = ("Summa", "Totalt", "Länet", "Kalmar län", "Alla kommuner", "Länet totalt")
KOMMUNER = "Borgholm Emmaboda Hultsfred Högsby Kalmar Mönsterås Mörbylånga Nybro Oskarshamn Torsås Vimmerby Västervik"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def counted(examination: intake.Examination) -> Counted:
    """The counts as they stand: where there is no number, its tecken."""
    assert examination.counts is not None, [f.sentence() for f in examination.findings]
    found: Counted = {}
    for r in examination.counts.table.to_pylist():
        area = r["kommun_kod"]
        match examination.counts.kalla:
            case "sabo":
                found[area] = tuple(
                    r[f"{name}_tecken"] if r[name] is None else r[name] for name in ("boende", "med_primarvard")
                )
            case "befolkning":
                found[f"{area} {r['ar']} {r['aldersgrupp']} {r['kon']}"] = r["antal"]
            case "nyckeltal":
                found[f"{area} {r['nyckeltal']} {r['ar']} {r['kon']}"] = (
                    r["tecken"] if r["varde"] is None else r["varde"]
                )
            case _:
                group = "" if r["uppdelning"] == "totalt" else f" {r['uppdelning']} {r['grupp']}"
                found[f"{area}{group}"] = r["tecken"] if r["antal"] is None else r["antal"]
    return found


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def sheets(
    tables: Mapping[str, Sequence[Sequence[Cell]]], merged: Sequence[str] = (), hidden: Sequence[str] = ()
) -> bytes:
    """A workbook. A cell (formula, value) is a formula with its cached value; `merged` are ranges of the last sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write_formula(y, x, cell[0], value=cell[1])
                    elif isinstance(cell, date):
                        sheet.write_datetime(y, x, cell, day)
                    elif cell is not None:
                        sheet.write(y, x, cell)
            if name in hidden:
                sheet.hide()
        for name in (name for name in tables if name not in hidden):
            book.get_worksheet_by_name(name).activate()
            book.get_worksheet_by_name(name).set_first_sheet()
            break
        for where in merged:
            first = re.match(r"([A-Z])(\d+)", where)
            assert first is not None
            sheet.merge_range(where, rows[int(first[2]) - 1][ord(first[1]) - 65])
    return file.getvalue()


def xlsx(*rows: Sequence[Cell], merged: Sequence[str] = ()) -> bytes:
    return sheets({"Uttag": rows}, merged)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def ods(*rows: Sequence[Cell], down: int = 1) -> bytes:
    """An OpenDocument sheet. With `down` the first cell of the second row reaches so many rows down."""

    def cell(y: int, x: int, value: Cell) -> str:
        if x == 0 and 1 < y <= down:
            return "<table:covered-table-cell/>"
        span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="1"' if (y, x) == (1, 0) else ""
        kind = f'float" office:value="{value}' if isinstance(value, int | float) else "string"
        told = f"<text:p>{escape(str(value))}</text:p>"
        return f'<table:table-cell office:value-type="{kind}"{span}>{told}</table:table-cell>'

    body = "".join(
        f"<table:table-row>{''.join(cell(y, x, value) for x, value in enumerate(row))}</table:table-row>"
        for y, row in enumerate(rows)
    )
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Uttag">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    of = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    manifest = f'<manifest:manifest xmlns:manifest="{of}">{entry}</manifest:manifest>'
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: part.encode() for name, part in parts.items()})


def far(row: int, column: int) -> bytes:
    """A workbook with a stray cell far from its table."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, SABO.split(";"))
        sheet.write_row(1, 0, ["Kalmar", 40, 30])
        sheet.write(row, column, "x")
    return file.getvalue()


def long_cell_xlsx() -> bytes:
    """A workbook with a cell that Excel itself could not write."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(xlsx(SABO.split(";"), ["Kalmar", "LÅNG", 7]))) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name).replace("LÅNG".encode(), b"9" * 10**6)
    return zipped(parts)


def case(
    id: str,
    content: bytes | Callable[[], bytes],
    counts: Counted | None = None,
    *,
    error: tuple[str, int | None, str | None, str | None] | None = None,
    refused: str = "",
    told: str = "",
    kalla: str = "cosmic",
    name: str = "",
    **choices: Any,
) -> Any:
    """One trap: a file, and its counts, its first error (what, row, column, value) or the words of the refusal.

    `told` must stand in a finding.
    """
    if not name:
        name = "uttag.xlsx" if isinstance(content, bytes) and content.startswith(b"PK") else "uttag.csv"
    period = {} if kalla in {"auto", "befolkning", "nyckeltal"} else {"matperiod": "våren 2024"}
    return pytest.param(content, name, {"kalla": kalla, **period, **choices}, counts, error, refused, told, id=id)


def sabo(id: str, number: str, expected: Any, **more: Any) -> Any:
    """A number as it is written for residents in Kalmar."""
    return case(f"number {id}", text(SABO, f'Kalmar;"{number}";0'), {"0880": (expected, 0)}, kalla="sabo", **more)


def aggregated(id: str, number: str, expected: Any, **more: Any) -> Any:
    return case(f"aggregated {id}", text("Kommun;Antal", f"Kalmar;{number}"), {"0880": expected}, **more)


def value(id: str, number: str, expected: Any, **more: Any) -> Any:
    content = text(VALUES, f"N21704;0880;2023;{number};procent;Kolada", "N21704;0840;2023;7;procent;Kolada")
    counts = {"0840 N21704 2023 totalt": 7.0} | ({} if expected is None else {"0880 N21704 2023 totalt": expected})
    return case(f"value {id}", content, counts, kalla="nyckeltal", **more)


def ids(id: str, *spelled: str, persons: int = 1, **more: Any) -> Any:
    rows = (f"{person};Kalmar;SÄBO;;;" for person in spelled)
    return case(f"id {id}", text(PERSONS, *rows), {"08": persons, "0880": persons, **more.pop("also", {})}, **more)


def born(id: str, heading_and_day: tuple[str, str], group: str, **more: Any) -> Any:
    heading, day = heading_and_day
    content = text(f"Id;Kommun;Boendeform;{heading}", f"a17;Kalmar;SÄBO;{day}")
    return case(f"born {id}", content, {"08": 1, f"08 aldersgrupp {group}": 1}, **more)


def nfd(string: str) -> str:
    return unicodedata.normalize("NFD", string)


ENCODINGS = [
    *(case(f"encoding {e}", TWO.encode(e), TWO_COUNTED) for e in ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16")),
    case("encoding utf-16 big end first", b"\xfe\xff" + TWO.encode("utf-16-be"), TWO_COUNTED),
    case(
        "encoding unicode text",
        TWO.replace(";", "\t").replace("\n", "\r\n").encode("utf-16"),
        TWO_COUNTED,
        name="uttag.txt",
    ),
    case(
        "encoding cp1252 with a dash",
        text(SABO, "Mörbylånga;1–4;0", encoding="cp1252"),
        {"0840": ("dolt", 0)},
        kalla="sabo",
    ),
    *(case(f"encoding {e}", TWO.encode(e), TWO_COUNTED) for e in ("cp850", "mac_roman", "utf-16-le", "utf-16-be")),
    case("encoding twice", TWO.encode().decode("cp1252").encode(), TWO_COUNTED),
    case("encoding decomposed", nfd(TWO).encode(), TWO_COUNTED),
    case("delimiter comma", TWO.replace(";", ",").encode(), TWO_COUNTED),
    case("delimiter tab", TWO.replace(";", "\t").encode(), TWO_COUNTED, name="uttag.tsv"),
    case("delimiter sep=;", f"sep=;\n{TWO}".encode(), TWO_COUNTED),
    case(
        "delimiter comma and decimal comma",
        text("Kommun,Boende,Kommunal primärvård,Andel", 'Kalmar,40,30,"75,0"'),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case("lines CRLF", TWO.replace("\n", "\r\n").encode("cp1252"), TWO_COUNTED),
    case("lines CR CRLF", TWO.replace("\n", "\r\r\n").encode(), TWO_COUNTED),
    case("lines CR CRLF utf-16", TWO.replace("\n", "\r\r\n").encode("utf-16"), TWO_COUNTED),
    case("lines CR", TWO.replace("\n", "\r").encode("latin-1"), TWO_COUNTED),
    case(
        "lines inside a heading",
        text('Kommun;"Antal\nboende";Kommunal primärvård', "Kalmar;40;30"),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
]

NUMBERS = [
    sabo("space", "1 885", 1885),
    sabo("no-break space", "1\u00a0885", 1885),
    sabo("narrow no-break space", "1\u202f885", 1885),
    sabo("decimal comma", "1 885,0", 1885),
    sabo("no-break space latin-1", "1 885", 1885),
    sabo("apostrophe between thousands", "1'885", 1885),
    sabo("kept as text", "'1885", 1885),
    value("decimal comma", "12,5", 12.5),
    value("point between thousands", "1.234,5", 1234.5),
    value("comma between thousands", "1,234.5", 1234.5),
    value("thousands and decimal comma", "1\u00a0234,5", 1234.5),
    value("narrow and decimal comma", "1\u202f234,5", 1234.5),
    case(
        "number windows no-break space",
        text(SABO, "Kalmar;1\u00a0885;0", encoding="cp1252"),
        {"0880": (1885, 0)},
        kalla="sabo",
    ),
    *(
        sabo(sign, sign, tecken)
        for sign, tecken in {
            "..": "dolt",
            "X": "dolt",
            "x": "dolt",
            "<5": "dolt",
            "<15": "dolt",
            "< 5": "dolt",
            "<=4": "dolt",
            "under 5": "dolt",
            "1 till 4": "dolt",
            "0-4": "dolt",
            "färre än 5 st": "dolt",
            "~100": "ungefarligt",
            ".": "ej_tillampligt",
            "-": "saknas",
            "–": "saknas",
            "NULL": "saknas",
            "": "saknas",
        }.items()
    ),
    *(
        aggregated(sign, sign, tecken)
        for sign, tecken in {
            "..": "dolt",
            "X": "dolt",
            "<5": "dolt",
            "<15": "dolt",
            "~100": "ungefarligt",
            ".": "ej_tillampligt",
            "-": "saknas",
            "NULL": "saknas",
        }.items()
    ),
    *(
        value(sign, sign, tecken)
        for sign, tecken in {
            "..": "dolt",
            "X": "dolt",
            "<5": "dolt",
            "<15": "dolt",
            "~100": "ungefarligt",
            ".": "ej_tillampligt",
            "-": None,
            "NULL": None,
        }.items()
    ),
    *(
        case(
            f"person {sign}",
            text(PERSONS, f"4711;Kalmar;SÄBO;{sign};{sign};{sign}"),
            {
                "08": 1,
                "08 rub uppgift_saknas": 1,
                "08 aldersgrupp uppgift_saknas": 1,
                "08 fast_lakarkontakt uppgift_saknas": 1,
            },
        )
        for sign in ("..", ".", "-", "*", "NULL", "")
    ),
    case("person <5", text(PERSONS, "4711;Kalmar;SÄBO;<5;3;Ja"), error=("värdet är inget tal", 2, "Ålder", "<5")),
    case("person ~100", text(PERSONS, "4711;Kalmar;SÄBO;~100;3;Ja"), error=("värdet är inget tal", 2, "Ålder", "~100")),
    case(
        "hidden in the population",
        text("Område;År;Ålder;Kön;Folkmängd", "0880;2023;80+;Kvinnor;..", "0880;2023;80+;Män;7"),
        {"0880 2023 80+ man": 7},
        kalla="befolkning",
        told="läses som ett dolt tal",
    ),
    case(
        "hidden in one kommun hides the sum",
        text("Kommun;Antal", *(f"{k};{'<5' if k == 'Torsås' else 10}" for k in KOMMUNER.split())),
        {"0834": "dolt", "0880": 10, "08": None},
    ),
    case(
        "hidden in one kommun, the sum told",
        text(SABO, *(f"{k};{'..' if k == 'Torsås' else 10};5" for k in KOMMUNER.split()), "Summa;113;60"),
        None,
        kalla="sabo",
        told="läses som ett dolt tal",
    ),
]

SHAPES = [
    case("title above", f"Kommunal primärvård enligt Cosmic\nUttag 2024-04-01\n\n{TWO}".encode(), TWO_COUNTED),
    case("title with delimiters", f"Kommunal primärvård;;;;;\n;;;;;\n{TWO}".encode(), TWO_COUNTED),
    case(
        "footer below",
        f"{TWO}\nKälla: Cosmic\nUppgifterna är preliminära\n".encode(),
        TWO_COUNTED,
        told="text under tabellen",
    ),
    case(
        "blank line between the rows",
        text(SABO, "Kalmar;40;30", "", "Nybro;20;10"),
        {"0880": (40, 30), "0881": (20, 10)},
        kalla="sabo",
    ),
    case(
        "footer with delimiters",
        f"{TWO};;;;;\nKälla: Cosmic, 2024;;;;;\n".encode(),
        TWO_COUNTED,
        told="text under tabellen",
    ),
    case(
        "footer in a comma file",
        text("Kommun,Boende,Kommunal primärvård", "Kalmar,40,30", "Källa: Cosmic, uttag våren 2024"),
        {"0880": (40, 30)},
        kalla="sabo",
        told="text under tabellen",
    ),
    case(
        "footer after the sum",
        text(SABO, "Kalmar;40;30", "Nybro;20;10", "Summa;60;40", "", "X = sekretess"),
        {"0880": (40, 30), "0881": (20, 10), "08": (60, 40)},
        kalla="sabo",
        told="summaraden stämmer",
    ),
    case(
        "last row is a person, not a footer",
        text(PERSONS, "4711;Kalmar;SÄBO;85;3;Ja", "INTERN-7;Kalmra;;;;"),
        error=("kommunen är okänd", 3, "Kommun", "Kalmra"),
    ),
    case(
        "last row is a kommun, not a footer",
        text(f"{SABO};Andel", "Kalmar;40;30;75", "Mörbylång;;;"),
        error=("kommunen är okänd", 3, "Kommun", "Mörbylång"),
        kalla="sabo",
    ),
    case(
        "headings over two rows",
        text(";Boende på SÄBO;", "Kommun;Boende;Kommunal primärvård", "Kalmar;40;30"),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "headings over three rows",
        text("Kommun;Särskilt boende;", ";Antal;", ";Boende;Kommunal primärvård", "Kalmar;40;30"),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "headings over two rows and a title",
        text("Tabell 3;;", "", "Kommun;SÄBO;", ";Boende;Kommunal primärvård", "Kalmar;40;30"),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "headings merged over two rows",
        xlsx(
            ["Kommun", "Boende på SÄBO", None],
            [None, "Boende", "Kommunal primärvård"],
            ["Kalmar", 40, 30],
            merged=["A1:A2", "B1:C1"],
        ),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "headings merged over three rows",
        xlsx(
            ["SÄBO i länet", None, None],
            ["Kommun", "Antal", None],
            [None, "Boende", "Kommunal primärvård"],
            ["Kalmar", 40, 30],
            merged=["A1:C1", "A2:A3", "B2:C2"],
        ),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "kommun merged downwards",
        xlsx(
            ["Kommun", "Boendeform", "Antal"],
            ["Kalmar", "SÄBO", 30],
            [None, "Ordinärt boende", 40],
            ["Nybro", "SÄBO", 5],
            merged=["A2:A3"],
        ),
        {"0880": 70, "0880 boendeform sabo": 30, "0880 boendeform ordinart": 40, "0881": 5},
    ),
    case(
        "kommun merged downwards ods",
        ods(["Kommun", "Boendeform", "Antal"], ["Kalmar", "SÄBO", 30], ["", "Ordinärt boende", 40], down=2),
        error=("kommun saknas", 3, "Kommun", None),
        name="uttag.ods",
    ),
    case(
        "kommun told once in a csv",
        text("Kommun;Boendeform;Antal", "Kalmar;SÄBO;30", ";Ordinärt boende;40"),
        error=("kommun saknas", 3, "Kommun", None),
    ),
    case(
        "ods",
        ods(SABO.split(";"), ["Mörbylånga", 40, 30], ["880", 1885, 0.0]),
        {"0840": (40, 30), "0880": (1885, 0)},
        kalla="sabo",
        name="uttag.ods",
    ),
    case(
        "xlsx named csv", xlsx(SABO.split(";"), ["Kalmar", 40, 30]), {"0880": (40, 30)}, kalla="sabo", name="uttag.csv"
    ),
    case(
        "formulas with cached values",
        xlsx(
            SABO.split(";"),
            ["Kalmar", ("=20+20", 40), 30],
            ["Nybro", 20, 10],
            ["Summa", ("=SUM(B2:B3)", 60), ("=SUM(C2:C3)", 40)],
        ),
        {"0880": (40, 30), "0881": (20, 10), "08": (60, 40)},
        kalla="sabo",
        told="summaraden stämmer",
    ),
    case(
        "formula for the kommun", xlsx(SABO.split(";"), [("=X1", "Kalmar"), 40, 30]), {"0880": (40, 30)}, kalla="sabo"
    ),
    case(
        "formula that failed",
        xlsx(SABO.split(";"), ["Kalmar", ("=1/0", "#DIV/0!"), 30], ["Nybro", 20, 10]),
        {"0880": ("saknas", 30), "0881": (20, 10)},
        told="tal saknas",
        kalla="sabo",
    ),
    case(
        "hidden helper sheet first",
        sheets(
            {"hjälp": [SABO.split(";"), ["Nybro", 1, 1]], "Uttag": [SABO.split(";"), ["Kalmar", 40, 30]]},
            hidden=["hjälp"],
        ),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "table on the second sheet",
        sheets(
            {
                "Läs mig": [["Uttag ur Cosmic"], ["Beställt av Region Kalmar län"]],
                "Data": [SABO.split(";"), ["Kalmar", 40, 30]],
            }
        ),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "empty sheet first",
        sheets({"Blad1": [], "Blad2": [SABO.split(";"), ["Kalmar", 40, 30]]}),
        {"0880": (40, 30)},
        kalla="sabo",
    ),
    case(
        "sheet chosen",
        sheets({"A": [SABO.split(";"), ["Nybro", 1, 1]], "B": [SABO.split(";"), ["Kalmar", 40, 30]]}),
        {"0880": (40, 30)},
        kalla="sabo",
        sheet="B",
    ),
    case(
        "two sheets alike, the other told",
        sheets({"Kalmar": [SABO.split(";"), ["Kalmar", 40, 30]], "Nybro": [SABO.split(";"), ["Nybro", 20, 10]]}),
        {"0880": (40, 30)},
        kalla="sabo",
        told="flik",
    ),
    case(
        "only hidden sheets with rows",
        sheets({"Tom": [], "dold": [SABO.split(";"), ["Kalmar", 40, 30]]}, hidden=["dold"]),
        refused="Fliken Tom i filen uttag.xlsx är tom",
        kalla="sabo",
    ),
]

KOMMUN_SPELLINGS = [
    *(
        case(f"kommun {spelled!a}", text(SABO, f"{spelled};40;30"), {"0840": (40, 30)}, kalla="sabo")
        for spelled in (
            "Mörbylånga",
            "Mörbylånga kommun",
            "MÖRBYLÅNGA",
            "mörbylånga",
            "Morbylanga",
            "Mörbylånga   ",
            "Mörbylånga\u00a0",
            nfd("Mörbylånga"),
            nfd("MÖRBYLÅNGA KOMMUN"),
            "0840",
            "840",
            "0840 Mörbylånga",
            "0840\u00a0Mörbylånga",
            "Mörbylånga  kommun",
            "Kommun Mörbylånga",
            "Mörbylånga kn",
            "Mörbylånga, Kalmar län",
        )
    ),
    case(
        "kommun as a number",
        xlsx(SABO.split(";"), [840, 40, 30], [880.0, 10, 5]),
        {"0840": (40, 30), "0880": (10, 5)},
        kalla="sabo",
    ),
    case(
        "kommun Kalmar is not the län",
        text(SABO, "Kalmar;40;30", "Kalmar län;60;40"),
        {"0880": (40, 30), "08": (60, 40)},
        kalla="sabo",
    ),
    case(
        "kommun with another's code",
        text(SABO, "0880 Mörbylånga;40;30"),
        error=("kommunen är okänd", 2, "Kommun", "0880 Mörbylånga"),
        kalla="sabo",
    ),
    case(
        "kommun misspelled",
        text(SABO, "Kalmra;40;30"),
        error=("kommunen är okänd", 2, "Kommun", "Kalmra"),
        kalla="sabo",
    ),
]

SUM_ROWS = [
    *(
        case(
            f"sum {word} sabo",
            text(SABO, "Kalmar;40;30", "Nybro;20;10", f"{word};60;40"),
            {"0880": (40, 30), "0881": (20, 10), "08": (60, 40)},
            kalla="sabo",
            told="summaraden stämmer",
        )
        for word in (*SUMS, "Summa Kalmar län", "Totalt länet", "Samtliga", "Länstotal", "Summa kommuner", "Total:")
    ),
    *(
        case(f"sum {word} persons, in the kommun", f"{TWO};{word};;;;\n".encode(), TWO_COUNTED, told="summaraden")
        for word in (*SUMS, "Riket")
    ),
    *(
        case(f"sum {word} persons, first", f"{TWO}{word};;2;;;\n".encode(), TWO_COUNTED, told="summaraden stämmer")
        for word in (*SUMS, "Riket")
    ),
    *(
        case(
            f"sum {word} aggregated",
            text("Kommun;Antal", "Kalmar;40", "Nybro;20", f"{word};60"),
            {"0880": 40, "0881": 20, "08": 60},
            told="summaraden stämmer",
        )
        for word in SUMS
    ),
    *(
        case(
            f"sum {word} insatser counted",
            text("Kommun;Profession;Antal", "Kalmar;SSK;40", f"{word};SSK;60"),
            {"0880 profession ssk": 40, "08 profession ssk": 60},
            kalla="ensolutions",
        )
        for word in SUMS
    ),
    case(
        "sum Riket sabo",
        text(SABO, "Kalmar;40;30", "Riket;60;40"),
        {"0880": (40, 30)},
        told="raden gäller hela riket och räknas inte",
        kalla="sabo",
    ),
    case(
        "sum Riket aggregated",
        text("Kommun;Antal", "Kalmar;40", "Riket;60"),
        {"0880": 40},
        told="raden gäller hela riket och räknas inte",
    ),
    case(
        "sum TOTALT with colon persons",
        f"{TWO};TOTALT:;;;;\n".encode(),
        TWO_COUNTED,
        told="summaraden",
    ),
    case(
        "sum decomposed persons",
        f"{TWO};{nfd('Länet')};;;;\n".encode(),
        TWO_COUNTED,
        told="summaraden",
    ),
    case(
        "sum of one kommun among persons",
        f"{TWO}Summa;Kalmar;;;;\n".encode(),
        TWO_COUNTED,
        told="summaraden",
    ),
    case(
        "sum that does not hold",
        text(SABO, *(f"{k};10;5" for k in KOMMUNER.split()), "Summa;121;60"),
        None,
        kalla="sabo",
        told="summaraden säger 121, men kommunerna ger 120",
    ),
    case("sum of persons that does not hold", f"{TWO}Summa;;17;;;\n".encode(), TWO_COUNTED, told="summaraden säger 17"),
    case(
        "sum once more than once",
        text("Kommun;Antal", "Kalmar;40", "Totalt;40", "Summa;40"),
        error=("flera rader för samma kommun: 08", 3, None, None),
    ),
]

PERCENT = [
    *(
        case(
            f"percent {share}",
            text(f"{SABO};Andel", f"Kalmar;40;{30 if '7' in share else 38};{share}"),
            {"0880": (40, 38)},
            kalla="sabo",
        )
        for share in ("95 %", "95\u00a0%", "95%", "0,95", "95", "95,0", "95,0 %")
    ),
    case(
        "percent in a workbook",
        xlsx([*SABO.split(";"), "Andel"], ["Kalmar", 40, 38, 0.95]),
        {"0880": (40, 38)},
        kalla="sabo",
    ),
    case(
        "percent that does not hold",
        text(f"{SABO};Andel", "Kalmar;40;38;0,50"),
        {"0880": (40, 38)},
        kalla="sabo",
        told="procenttalet stämmer inte",
    ),
    value("95 %", "95 %", 95.0),
    value("95", "95", 95.0),
]

KOLADA = [
    case(
        "kolada wide",
        xlsx(
            [TITLE],
            [None, 2022, 2023],
            ["Alla kommuner", 17.5, 17.1],
            [
                "Kalmar",
                18.5,
                "..",
            ],
            ["Mörbylånga", 12, 13.25],
        ),
        {
            "0880 N21704 2022 totalt": 18.5,
            "0880 N21704 2023 totalt": "dolt",
            "0840 N21704 2022 totalt": 12.0,
            "0840 N21704 2023 totalt": 13.25,
        },
        kalla="auto",
        told="Alla kommuner",
    ),
    case(
        "kolada wide, headings with empty cells",
        xlsx(
            [TITLE],
            ["Kommun", None, 2022, None, 2023],
            ["Alla kommuner", None, 17.5, None, 17.1],
            ["Kalmar", None, 18.5, None, 19],
        ),
        {"0880 N21704 2022 totalt": 18.5, "0880 N21704 2023 totalt": 19.0},
        kalla="auto",
    ),
    case(
        "kolada wide, several rows of title",
        xlsx(
            [TITLE],
            ["Kolada, hämtad 2024-05-01"],
            [],
            ["Kommun", "2022", "2023"],
            ["Kalmar", 18.5, 19],
            ["Nybro", 1, 2],
        ),
        None,
        kalla="nyckeltal",
    ),
    case(
        "kolada wide, a region by its name",
        xlsx([TITLE], ["Område", 2022, 2023], ["Kalmar", 18.5, 19], ["Nybro", 1, 2], ["Region Kalmar län", 3, 4]),
        {
            "0880 N21704 2022 totalt": 18.5,
            "0880 N21704 2023 totalt": 19.0,
            "0881 N21704 2022 totalt": 1.0,
            "0881 N21704 2023 totalt": 2.0,
            "08 N21704 2022 totalt": 3.0,
            "08 N21704 2023 totalt": 4.0,
        },
        kalla="auto",
    ),
    case(
        "kolada wide, the title merged",
        xlsx([TITLE, None, None], ["Kommun", 2022, 2023], ["Kalmar", 18.5, 19], merged=["A1:C1"]),
        {"0880 N21704 2022 totalt": 18.5, "0880 N21704 2023 totalt": 19.0},
        kalla="auto",
    ),
    case(
        "kolada wide, sex below the years",
        xlsx(
            [TITLE],
            ["Kommun", 2022, None, 2023, None],
            [None, "Kvinnor", "Män", "Kvinnor", "Män"],
            ["Kalmar", 1, 2, 3, 4],
            ["Nybro", 5, 6, 7, 8],
            merged=["B2:C2", "D2:E2"],
        ),
        {
            f"{k} N21704 {year} {sex}": n
            for n, (k, year, sex) in enumerate(
                ((k, y, s) for k in ("0880", "0881") for y in (2022, 2023) for s in ("kvinna", "man")), 1
            )
        },
        kalla="auto",
    ),
    case(
        "kolada long",
        xlsx(
            ["Kommun", "Nyckeltal", "År", "Värde"],
            ["Kalmar", f"{TITLE}, kvinnor", 2023, 18.5],
            ["Kalmar", f"{TITLE}, män", 2023, 12],
            ["Kalmar", f"{TITLE}, totalt", 2023, 15],
            ["Mörbylånga", TITLE, 2023, 7],
            ["Alla kommuner", TITLE, 2023, 9],
        ),
        {
            "0880 N21704 2023 kvinna": 18.5,
            "0880 N21704 2023 man": 12.0,
            "0880 N21704 2023 totalt": 15.0,
            "0840 N21704 2023 totalt": 7.0,
        },
        kalla="auto",
    ),
    case(
        "kolada long, outside the län",
        xlsx(
            ["Kommun", "Nyckeltal", "År", "Värde"],
            ["Kalmar", TITLE, 2023, 18.5],
            ["Växjö", TITLE, 2023, 12],
            ["Riket", TITLE, 2023, 15],
        ),
        {"0880 N21704 2023 totalt": 18.5, "00 N21704 2023 totalt": 15.0},
        kalla="auto",
    ),
]

AKUT = "Besök vid sjukhusbundna akutmottagningar per 1 000 invånare 80+"
SOCIALSTYRELSEN = [
    *(
        case(
            f"socialstyrelsen wide {encoding}",
            text(
                AKUT,
                "Region;Kön;Ålder;2022;2023",
                "Kalmar län;Totalt;085+;734,5;..",
                "Riket;Totalt;085+;1 675,2;630",
                "Kalmar;Kvinnor;085+;12,5;X",
                "Stockholms län;Totalt;085+;5;6",
                "Källa: Socialstyrelsen",
                encoding=encoding,
            ),
            {
                "08 akutbesok_80plus, 85+ 2022 totalt": 734.5,
                "08 akutbesok_80plus, 85+ 2023 totalt": "dolt",
                "00 akutbesok_80plus, 85+ 2022 totalt": 1675.2,
                "00 akutbesok_80plus, 85+ 2023 totalt": 630.0,
                "0880 akutbesok_80plus, 85+ 2022 kvinna": 12.5,
                "0880 akutbesok_80plus, 85+ 2023 kvinna": "dolt",
            },
            kalla="auto",
        )
        for encoding in ("utf-8", "cp1252")
    ),
    case(
        "socialstyrelsen båda könen",
        text(AKUT, "Region;Kön;Ålder;2022;2023", "Kalmar län;Båda könen;085+;734,5;700", "Källa: Socialstyrelsen"),
        {"08 akutbesok_80plus, 85+ 2022 totalt": 734.5, "08 akutbesok_80plus, 85+ 2023 totalt": 700.0},
        kalla="auto",
    ),
    case(
        "socialstyrelsen population 085+",
        text("Folkmängd", "Region;Ålder;Kön;2022;2023", "Kalmar län;085+;Totalt;9 100;9 200"),
        {"08 2022 85+ totalt": 9100, "08 2023 85+ totalt": 9200},
        kalla="auto",
    ),
]

SCB_COUNTED = {
    "0885 2022 80+ kvinna": 700, "0885 2022 80+ man": 500, "0885 2022 80+ totalt": 1200,
    "0885 2023 80+ kvinna": 710, "0885 2023 80+ man": 510, "0885 2023 80+ totalt": 1220,
    "0840 2022 80+ man": 400, "0840 2023 80+ man": 410,
}  # fmt: skip
SCB_ROWS = (
    '"0885 Borgholm","80+ år","män",500,510',
    '"0885 Borgholm","80+ år","kvinnor",700,710',
    '"0840 Mörbylånga","80+ år","män",400,410',
)
SCB = [
    *(
        case(
            f"scb pxweb {encoding}",
            text('"region","ålder","kön","2022","2023"', *SCB_ROWS, encoding=encoding),
            SCB_COUNTED,
            kalla="auto",
        )
        for encoding in ("utf-8", "utf-8-sig", "latin-1")
    ),
    case(
        "scb pxweb named years",
        text('"region","ålder","kön","Folkmängd 2022","Folkmängd 2023"', *SCB_ROWS, encoding="latin-1"),
        SCB_COUNTED,
        kalla="auto",
    ),
    case(
        "scb pxweb with a title",
        text('"Folkmängd efter region, ålder, kön och år"', "", '"region","ålder","kön","2022","2023"', *SCB_ROWS),
        SCB_COUNTED,
        kalla="auto",
    ),
    case(
        "scb pxweb one year",
        text('"region","kön","Folkmängd 2023"', '"0885 Borgholm","män",500', '"0885 Borgholm","kvinnor",510'),
        {"0885 2023 totalt man": 500, "0885 2023 totalt kvinna": 510, "0885 2023 totalt totalt": 1010},
        kalla="auto",
    ),
    case(
        "scb pxweb long",
        text(
            '"region";"kön";"år";"Folkmängd"',
            '"0885 Borgholm";"män";"2023";500',
            '"08 Kalmar län";"män";"2023";9000',
            '"00 Riket";"män";"2023";90000',
        ),
        {"0885 2023 totalt man": 500, "08 2023 totalt man": 9000, "00 2023 totalt man": 90000},
        kalla="auto",
    ),
]

AGGREGATED = [
    case(
        "aggregated cosmic",
        text("Kommun;Antal patienter", "Kalmar;1 040", "Mörbylånga kommun;25"),
        {"0880": 1040, "0840": 25, "08": None},
    ),
    case(
        "aggregated cosmic, every kommun",
        text("Kommun;Antal", *(f"{k};10" for k in KOMMUNER.split())),
        {"08": 120, "0880": 10},
    ),
    case(
        "aggregated cosmic per boendeform",
        text("Kommun;Boendeform;Antal", "Kalmar;SÄBO;30", "Kalmar;Ordinärt boende;40"),
        {"0880": 70, "0880 boendeform sabo": 30, "0880 boendeform ordinart": 40},
    ),
    case(
        "aggregated cosmic with a total per kommun",
        text("Kommun;Boendeform;Antal", "Kalmar;SÄBO;30", "Kalmar;Ordinärt boende;40", "Kalmar;Totalt;70"),
        {"0880": 70, "0880 boendeform sabo": 30, "0880 boendeform ordinart": 40},
    ),
    case(
        "aggregated cosmic with an unknown group",
        text("Kommun;Boendeform;Antal", "Kalmar;SÄBO;30", "Kalmar;Ordinärt boende;40", "Kalmar;Uppgift saknas;5"),
        {"0880": 75, "0880 boendeform sabo": 30, "0880 boendeform ordinart": 40},
    ),
    case(
        "aggregated ensolutions",
        text("Kommun;Profession;Antal", "Kalmar;SSK;40", "Kalmar;Arbetsterapeut;20", "Kalmar;Totalt;50"),
        {"0880": 50, "0880 profession ssk": 40, "0880 profession at": 20},
        kalla="ensolutions",
    ),
    case(
        "aggregated, source unknown",
        text("Kommun;Antal", "Kalmar;40"),
        error=("rubrikerna passar flera källor", None, None, None),
        kalla="auto",
        matperiod="våren 2024",
    ),
    case(
        "insatser",
        text(
            "Personnummer;Kommun;Profession;Ålder;Boendeform;Timmar",
            "1;Kalmar;SSK;85;Ordinärt;2,5",
            "1;Kalmar;Fysioterapeut;85;Ordinärt;1",
            "2;Kalmar;Sjuksköterska;70;Korttid;1",
            "3;Nybro;AT;64;;1",
        ),
        {
            "08": 2,
            "0880": 1,
            "0880 profession ssk": 1,
            "0880 profession ft": 1,
            "0881 profession at": 1,
            "08 profession_65plus at": 0,
        },
        kalla="ensolutions",
    ),
    case(
        "folkbokförd in another kommun",
        text("Personnummer;Kommun;Boendeform;Folkbokföringskommun", "1;Kalmar;SÄBO;Nybro", "2;Kalmar;SÄBO;Växjö"),
        {"08": 2, "0880": 2},
    ),
]

PERSON_IDS = [
    ids(
        "personnummer",
        "19640823-3234",
        "196408233234",
        "640823-3234",
        "6408233234",
        "19640823 3234",
        "19640823–3234",
        " 640823-3234 ",
        "640823\u00a03234",
        also={"08 aldersgrupp 0-64": 1},
    ),
    ids(
        "from 100 years",
        "19121212-1212",
        "191212121212",
        "121212+1212",
        "19121212+1212",
        also={"08 aldersgrupp 80+": 1},
    ),
    ids("hyphen and plus are two persons", "121212-1212", "121212+1212", persons=2),
    ids(
        "samordningsnummer",
        "19640883-3231",
        "196408833231",
        "640883-3231",
        "6408833231",
        also={"08 aldersgrupp 0-64": 1},
    ),
    ids("samordningsnummer is not the personnummer", "19640823-3234", "19640883-3231", persons=2),
    ids(
        "reserve number",
        "19400101-R12A",
        "19400101r12a",
        "19400101R12A",
        " 19400101 R12A",
        also={"08 aldersgrupp 80+": 1},
    ),
    ids("reserve number, short", "400101-R123", "400101R123", "19400101R123"),
    ids("reserve numbers without a date", "99123456AB", "99123456ab", "9912345678", "991234AB12", persons=3),
    ids("internal numbers", "1", "01", "4711", "pat-17", "PAT-17", persons=4),
    ids("wrong check digit", "19640823-3235", "640823-3235", told="fel kontrollsiffra"),
    case(
        "id as a number in a workbook",
        xlsx(
            PERSONS.split(";"),
            [196408233234, "Kalmar", "SÄBO"],
            ["640823-3234", "Kalmar", "SÄBO"],
            [6408233234, 880, "SÄBO"],
        ),
        {"08": 1, "0880": 1},
    ),
    case(
        "id destroyed by Excel",
        text(PERSONS, "1,96408E+11;Kalmar;SÄBO;;;"),
        error=("person-id är förstört: Excel har gjort om det till ett tal", 2, "Personnummer", None),
    ),
    case(
        "same person in two kommuner",
        text(PERSONS, "640823-3234;Kalmar;SÄBO;;;", "19640823-3234;Nybro;Ordinärt;;;"),
        {"08": 1, "0880": 1, "0881": 1, "08 boendeform sabo": 1, "0881 boendeform ordinart": 1},
    ),
    born("80 on the day", ("Födelsedatum", "1944-06-30"), "80+", told="åldern är räknad ur födelsedatum"),
    born("80 the day after", ("Födelsedatum", "1944-07-01"), "65-79"),
    born("without hyphens", ("Född", "19440430"), "80+"),
    born("with a time", ("Födelsedatum", "1944-04-30 00:00:00"), "80+"),
    born("with dots", ("Födelsedatum", "30.4.1944"), "80+"),
    born("on a chosen day", ("Födelsedatum", "1944-07-01"), "80+", matdatum=date(2024, 7, 1)),
    case(
        "born, a date in a workbook",
        xlsx(["Id", "Kommun", "Boendeform", "Födelsedatum"], ["a17", "Kalmar", "SÄBO", date(1944, 4, 30)]),
        {"08": 1, "08 aldersgrupp 80+": 1},
    ),
    born("80 that year", ("Födelseår", "1944"), "80+", told="På 1 rad fyller personen 65 eller 80 år 2024"),
    born("65 that year", ("Födelseår", "1959"), "65-79", told="kan vara ett år yngre 2024-06-30"),
    born("79 that year", ("Födelseår", "1945"), "65-79", told="samma åldersgrupp som åldern 2024-06-30"),
    born("64 that year", ("Födelseår", "1960"), "0-64", told="samma åldersgrupp"),
    born("a year under a date", ("Född", "1943"), "80+", told="räknad ur födelseår på 1 rad"),
    born("a year as an age", ("Ålder", "1943"), "80+", told="räknad ur födelseår på 1 rad"),
    born("a date under a year", ("Födelseår", "1944-07-01"), "65-79", told="räknad ur födelsedatum"),
    born("80 on the last day", ("Födelseår", "1944"), "80+", matdatum=date(2024, 12, 31), told="slutet av 2024"),
    case(
        "born, years and dates",
        text("Id;Kommun;Boendeform;Född", "a17;Kalmar;SÄBO;1944-07-01", "a18;Kalmar;SÄBO;1943", "a19;Kalmar;SÄBO;"),
        {"08": 3, "08 aldersgrupp 80+": 1, "08 aldersgrupp 65-79": 1, "08 aldersgrupp uppgift_saknas": 1},
    ),
    case(
        "born, a year beside an id that says the day",
        text("Personnummer;Kommun;Boendeform;Födelseår", "19440701-0009;Kalmar;SÄBO;1944"),
        {"08": 1, "08 aldersgrupp 65-79": 1},
    ),
    case(
        "born, years of two digits",
        text("Id;Kommun;Boendeform;Födelseår", "a17;Kalmar;SÄBO;44", "a18;Kalmar;SÄBO;51"),
        error=("födelseåret har två siffror, och kan vara i två århundraden", 2, "Födelseår", None),
    ),
    case(
        "born, after the measurement",
        text("Id;Kommun;Boendeform;Födelseår", "a17;Kalmar;SÄBO;1944", "a18;Kalmar;SÄBO;2025"),
        error=("födelseåret är efter 2024, som mäts", 3, "Födelseår", None),
    ),
    case(
        "born, no such year",
        text("Id;Kommun;Boendeform;Födelseår", "a17;Kalmar;SÄBO;1844", "a18;Kalmar;SÄBO;1944"),
        error=("värdet är inget födelseår", 2, "Födelseår", "1844"),
    ),
    case(
        "born, no such day",
        text("Id;Kommun;Boendeform;Födelsedatum", "a17;Kalmar;SÄBO;1944-02-30"),
        error=("värdet är inget datum som finns", 2, "Födelsedatum", "(dolt datum)"),
    ),
]

CONTRADICTIONS = [
    case(
        "newest date wins",
        text(DATED, "1;Kalmar;SÄBO;3;Ja;2024-01-01", "1;Kalmar;Ordinärt;3;Ja;2024-02-01"),
        {"08": 1, "08 boendeform ordinart": 1, "08 boendeform sabo": None},
        told="1 person har olika Boendeform",
    ),
    case(
        "newest date wins, whatever the order",
        text(DATED, "1;Kalmar;Ordinärt;3;Ja;2024-02-01", "1;Kalmar;SÄBO;3;Ja;2024-01-01"),
        {"08": 1, "08 boendeform ordinart": 1},
    ),
    case(
        "same day: säbo first",
        text(DATED, *(f"1;Kalmar;{b};3;Ja;2024-01-01" for b in ("Ordinärt", "Korttid", "SÄBO"))),
        {"08": 1, "08 boendeform sabo": 1},
    ),
    case(
        "no date: korttid before ordinärt",
        text(DATED, "1;Kalmar;Ordinärt;3;Ja;", "1;Kalmar;Korttidsboende;3;Ja;"),
        {"08": 1, "08 boendeform korttid": 1},
    ),
    case(
        "a date before none",
        text(DATED, "1;Kalmar;SÄBO;3;Ja;", "1;Kalmar;Ordinärt;3;Ja;2024-01-01"),
        {"08": 1, "08 boendeform ordinart": 1},
    ),
    case(
        "the newest date without boendeform",
        text(DATED, "1;Kalmar;SÄBO;3;Ja;2024-01-01", "1;Kalmar;;3;Ja;2024-02-01"),
        {"08": 1, "08 boendeform sabo": 1},
    ),
    case(
        "any ja",
        text(DATED, "1;Kalmar;SÄBO;3;Nej;2024-02-01", "1;Kalmar;SÄBO;3;Ja;2024-01-01", "1;Kalmar;SÄBO;3;;"),
        {"08": 1, "08 fast_lakarkontakt ja": 1, "08 fast_lakarkontakt nej": None},
        told="1 person har olika Fast läkarkontakt",
    ),
    case(
        "highest RUB",
        text(DATED, "1;Kalmar;SÄBO;0;Ja;", "1;Kalmar;SÄBO;4;Ja;", "1;Kalmar;SÄBO;2;Ja;", "2;Kalmar;SÄBO;0;Ja;"),
        {"08": 2, "08 rub 4": 1, "08 rub 0": 1, "08 rub 2": None},
        told="1 person har olika RUB",
    ),
    case(
        "highest age",
        text(PERSONS, "1;Kalmar;SÄBO;79;3;Ja", "1;Kalmar;SÄBO;80;3;Ja"),
        {"08": 1, "08 aldersgrupp 80+": 1},
        told="olika Ålder",
    ),
    case(
        "duplicate rows told",
        f"{TWO}19640823-3234;Mörbylånga;SÄBO;85;3;Ja\n".encode(),
        TWO_COUNTED,
        told="högst 4 personer av färre än 100 står på flera rader",
    ),
    case(
        "a kommun twice",
        text(SABO, "Kalmar;40;30", "0880;40;30"),
        error=("flera rader för samma kommun: 0880", 2, None, None),
        kalla="sabo",
    ),
]

BAD_FILES = [
    case("bad: empty", b"", refused="är tom"),
    case("bad: blank", b"\r\n \r\n", refused="är tom"),
    case("bad: byte order mark only", b"\xef\xbb\xbf", refused="är tom"),
    case("bad: utf-16 mark only", b"\xff\xfe", refused="är tom"),
    case("bad: delimiters only", b";;;\n;;;\n", refused="är tom"),
    case("bad: headings only", PERSONS.encode(), refused="har rubriker men inga rader"),
    case("bad: headings only in a workbook", xlsx(PERSONS.split(";")), refused="har rubriker men inga rader"),
    case(
        "bad: headings and a footer", text(SABO, "Källa: Cosmic"), refused="har rubriker men inga rader", kalla="sabo"
    ),
    case("bad: empty workbook", xlsx([]), refused="är tom"),
    *(
        case(f"bad: ending {name}", TWO.encode(), refused="har ändelsen", name=name)
        for name in ("uttag.dbf", "uttag.xlsb", "uttag", "uttag.csv.exe")
    ),
    case("bad: csv named xlsx", TWO.encode(), refused="är ingen Excelfil", name="uttag.xlsx"),
    case(
        "bad: web page named xls",
        b"<html><table><tr><td>Kommun</td></tr></table></html>",
        refused="är en webbsida",
        name="uttag.xls",
    ),
    *(
        case(
            f"bad: truncated to {part} %",
            xlsx(SABO.split(";"), ["Kalmar", 40, 30])[: 5000 * part // 100],
            refused="går inte att öppna",
            kalla="sabo",
        )
        for part in (5, 50, 90)
    ),
    case(
        "bad: damaged inside",
        xlsx(SABO.split(";"), ["Kalmar", 40, 30]).replace(b"sheet1.xml", b"sheet9.xml"),
        refused="går inte att öppna",
        kalla="sabo",
    ),
    case("bad: zip of something else", zipped({"word/document.xml": b"<x/>"}), refused="går inte att öppna"),
    case(
        "bad: truncated ods",
        ods(SABO.split(";"), ["Kalmar", 40, 30])[:400],
        refused="går inte att öppna",
        name="uttag.ods",
    ),
    case(
        "bad: password",
        OLE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4096,
        refused="är lösenordsskyddad",
        name="uttag.xlsx",
    ),
    case("bad: old workbook cut off", OLE + b"\x00" * 200, refused="går inte att öppna", name="uttag.xls"),
    case(
        "bad: zip bomb",
        lambda: zipped({"xl/worksheets/sheet1.xml": b"0" * 60 * 2**20}),
        refused="orimligt stor",
        name="uttag.xlsx",
    ),
    case(
        "bad: too many cells",
        lambda: (PERSONS + ";x" * 194 + "\n").encode() + (b"1;Kalmar;" + b";" * 197 + b"\n") * 500_001,
        refused="200 kolumner",
    ),
    case("bad: NUL bytes", TWO.replace("Kalmar", "Kal\x00mar").encode(), refused="är ingen textfil"),
    case("bad: picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", refused="är ingen textfil"),
    case(
        "bad: pdf named csv",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
        error=(
            "filen passar inte källan Kommunal primärvård (Cosmic): där saknas kommun och boendeform",
            None,
            None,
            None,
        ),
    ),
    case("bad: million characters", text(SABO, f"{'K' * 10**6};40;30"), refused="en cell med fler än"),
    case(
        "bad: million characters far down",
        text(SABO, *["Kalmar;40;30"] * 70, f"{'K' * 10**6};40;30"),
        refused="en cell med fler än",
    ),
    case(
        "bad: million characters in a heading",
        text(f"{SABO};{'K' * 10**6}", "Kalmar;40;30;1"),
        refused="en cell med fler än",
    ),
    case(
        "bad: million characters in a workbook",
        long_cell_xlsx,
        refused="en cell med fler än",
        name="uttag.xlsx",
        kalla="sabo",
    ),
    *(
        case(
            f"bad: kommun {told}",
            text(SABO, f"{told};40;30"),
            error=("kommunen är okänd", 2, "Kommun", told),
            kalla="sabo",
        )
        for told in ("<script>alert(1)</script>", "**Kalmar** [x](http://x)", "=1+1", "@SUM(A1)", "</td>")
    ),
    *(
        case(
            f"bad: number {told}",
            text(SABO, f"Kalmar;{told};30"),
            error=("värdet är inget tal", 2, "Boende", told),
            kalla="sabo",
        )
        for told in ("<b>40</b>", "=20+20", "`40`", "+40", "4e1", "inf", "٤٠")
    ),
    case(
        "bad: formula as text in a workbook",
        xlsx(SABO.split(";"), ["Kalmar", ("=A1", "=HYPERLINK(1)"), 30]),
        error=("värdet är inget tal", 2, "Boende", "=HYPERLINK(1)"),
        kalla="sabo",
    ),
    case(
        "bad: html among persons",
        text(PERSONS, "1;Kalmar;<i>x</i>;85;3;Ja"),
        error=("värdet är okänt", 2, "Boendeform", "(dolt, kan vara en person)"),
    ),
    case(
        "bad: html in a heading",
        text("<b>Kommun</b>;<b>Boende</b>;<script>", "x;40;30"),
        error=(
            "filen passar inte källan Boende på SÄBO: där saknas kommun, boende och kommunal primärvård",
            None,
            None,
            None,
        ),
        kalla="sabo",
    ),
    case(
        "bad: a cell in the last row and column of a workbook",
        lambda: far(1_048_575, 16_383),
        refused="celler går att läsa",
        name="uttag.xlsx",
        kalla="sabo",
    ),
]


_COMMANDS = re.compile(r"--[a-z]|python -m|kommandorad", re.IGNORECASE)
_NAMES_IN_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b|\b(?:cosmic|ensolutions|sabo|bilden)\b")


def internal_words(findings: Iterable[Finding]) -> list[str]:
    """Flags, and names of columns and sources, in what an analyst reads in the browser. A heading is the file's own."""
    return [
        word
        for finding in findings
        for pattern, text in (
            (_COMMANDS, f"{finding.what} {finding.allowed} {finding.action}"),
            (_NAMES_IN_CODE, f"{finding.allowed} {finding.action}"),
        )
        for word in pattern.findall(text)
    ]


@pytest.mark.parametrize(
    ("content", "name", "choices", "counts", "error", "refused", "told"),
    [
        *ENCODINGS, *NUMBERS, *SHAPES, *KOMMUN_SPELLINGS, *SUM_ROWS, *PERCENT, *KOLADA, *SOCIALSTYRELSEN, *SCB,
        *AGGREGATED, *PERSON_IDS, *CONTRADICTIONS, *BAD_FILES,
    ],
)  # fmt: skip
def test_a_trap(
    content: bytes | Callable[[], bytes],
    name: str,
    choices: dict[str, Any],
    counts: Counted | None,
    error: tuple[str, int | None, str | None, str | None] | None,
    refused: str,
    told: str,
    empty_data: object,
) -> None:
    made = content if isinstance(content, bytes) else content()
    if refused:
        with pytest.raises(UserError, match=refused) as raised:
            intake.examine(made, name, intake.Choices(**choices))
        assert len(str(raised.value)) < 300
        return
    examination = intake.examine(made, name, intake.Choices(**choices))
    sentences = [finding.sentence() for finding in examination.findings]
    assert not internal_words(examination.findings)
    if error is not None:
        assert examination.counts is None
        first = examination.errors[0]
        assert (first.what, first.row, first.column, first.value) == error, sentences
        assert len(first.sentence()) < 400
        return
    found = counted(examination)
    if examination.counts is not None and counts is not None:
        whole = examination.counts.kalla in {"sabo", "befolkning", "nyckeltal"}
        assert (found if whole else {key: found.get(key) or None for key in counts}) == {
            key: expected if whole else expected or None for key, expected in counts.items()
        }, sentences
    assert re.search(told, " ".join(sentences)), sentences


def test_years_of_birth_are_the_end_of_a_year_and_seen_by_nobody() -> None:
    """The last day of the year is no warning, another day is one that has to be accepted; the preview has no year."""
    content = text("Id;Kommun;Boendeform;Födelseår", *(f"a{i};Kalmar;SÄBO;{1930 + i}" for i in range(40)))
    levels = []
    for matdatum in (date(2024, 6, 30), date(2024, 12, 31)):
        choices = intake.Choices(kalla="cosmic", matperiod="2024", matdatum=matdatum)
        examination = intake.examine(content, "uttag.csv", choices)
        levels += [f.level for f in examination.findings if f.code is FindingCode.BIRTH_YEAR]
        assert "19" not in repr([row[-1] for row in examination.preview]) + repr(examination.findings).replace(
            "2019", ""
        )
    assert levels == [Level.WARNING, Level.NOTE]
