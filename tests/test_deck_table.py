"""The table of LGL's own slide, in the shapes that people give it: always SÄBO, always the same figures."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest

from naravard import intake
from naravard.base import settings
from tests.test_traps import counted, xlsx

HEADING = ["Kommun", "Antal personer (SÄBO)", "Kommunal primärvård", "Andel"]


def rows() -> list[list[Any]]:
    with (settings.PUBLISHED / "bilden_sabo.csv").open(encoding="utf-8", newline="") as file:
        return [
            [row["kommun"], int(row["boende_sabo"]), int(row["kommunal_primarvard"])] for row in csv.DictReader(file)
        ]


def with_shares(form: str, *, total: bool = False) -> list[list[Any]]:
    table = rows()
    if total:
        table.append(["Summa", sum(row[1] for row in table), sum(row[2] for row in table)])
    return [[*row, form.format(100 * row[2] / row[1]).replace(".", ",")] for row in table]


def written(table: Sequence[Sequence[Any]], *, encoding: str = "utf-8", delimiter: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return text.getvalue().encode(encoding)


TITLE = ["Antal boende på SÄBO respektive kommunal primärvård", "", "", ""]
TWO_ROWS = [["Kommun", "SÄBO", "Kommunal primärvård", ""], ["", "Antal personer", "Antal", "Andel"]]
SHAPES = {
    "csv": written([HEADING, *with_shares("{:.0f} %")]),
    "csv, cp1252, with a sum": written([HEADING, *with_shares("{:.0f} %", total=True)], encoding="cp1252"),
    "tabs in UTF-16": written([HEADING, *with_shares("{:.0f}%")], encoding="utf-16", delimiter="\t"),
    "commas, shares with decimals": written([HEADING, *with_shares("{:.1f}")], delimiter=","),
    "workbook": xlsx(HEADING, *([*row, row[2] / row[1]] for row in rows())),
    "workbook, a title and a source": xlsx(TITLE, [], HEADING, *with_shares("{:.0f} %"), ["Källa: Cosmic"]),
    "heading over two rows, merged": xlsx(*TWO_ROWS, *with_shares("{:.0f} %"), merged=["A1:A2", "C1:D1"]),
    "heading over two rows, merged over all": xlsx(
        ["Kommun", "SÄBO", "", ""], ["", "Antal personer", "Kommunal primärvård", "Andel"], *with_shares("{:.0f} %"),
        merged=["B1:D1"],
    ),
    "columns in another order": written([["Andel", "Kommunal primärvård", "Antal personer (SÄBO)", "Kommun"],
                                         *(row[::-1] for row in with_shares("{:.0f} %"))]),
    "without shares, other words": written([["Kommun", "Antal på SÄBO", "Varav med kommunal primärvård"], *rows()]),
    "capitals and line breaks": written([["KOMMUN", "Antal personer\n(SÄBO)", "Kommunal\nprimärvård", "ANDEL (%)"],
                                         *with_shares("{:.0f}")]),
    "codes beside names": written([["Kommun", "Antal boende SÄBO", "Kommunal primärvård", "Andel %"],
                                   *([f"{row[0]} kommun", *row[1:]] for row in with_shares("{:.0f}"))]),
}  # fmt: skip


@pytest.mark.parametrize("content", SHAPES.values(), ids=SHAPES)
def test_the_decks_table_is_known_in_every_shape(content: bytes) -> None:
    name = "bild.xlsx" if content.startswith(b"PK") else "bild.csv"
    examination = intake.examine(content, name, intake.Choices(matperiod="våren 2023"))
    assert examination.source is not None, [f.sentence() for f in examination.findings]
    assert examination.source.id == "sabo"
    found = counted(examination)
    assert (found["0885"], found["0821"], found["08"]) == ((79, 4), (52, 51), (1885, 1447))


def test_the_nearest_source_and_what_it_lacks_are_told() -> None:
    content = written([["Kommun", "Antal personer (SÄBO)", "Någonting annat"], ["Högsby", 52, 51], ["Torsås", 61, 30]])
    (error,) = intake.examine(content, "bild.csv", intake.Choices(matperiod="2023")).errors
    assert "Närmast är Boende på SÄBO" in error.what
    assert "kommunal primärvård" in error.what.casefold()
