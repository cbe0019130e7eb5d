"""Text tables drawn for the eye, and tables for programs under another name: read as they stand, or one sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.base import kommuner
from naravard.base.errors import UserError
from naravard.intake.read.drawn import as_delimited
from tests.examples import examples
from tests.test_odd_files import examined
from tests.test_traps import SABO, counted

Rows = list[list[str]]
NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
ROWS: Rows = [SABO.split(";"), *([name, f"{100 + n}", f"{40 + n}"] for n, name in enumerate(NAMES))]


def widths(rows: Rows) -> list[int]:
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|:--|--:|---|---|---|"[: 4 * len(rows[0])], *lines[1:]])


def mysql(rows: Rows) -> str:
    rule = "+" + "+".join("-" * (width + 2) for width in widths(rows)) + "+"
    lines = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths(rows), strict=True)) + " |" for row in rows]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule, f"{len(rows) - 1} rows in set (0.00 sec)"])


def psql(rows: Rows) -> str:
    lines = [" " + " | ".join(cell.ljust(w) for cell, w in zip(row, widths(rows), strict=True)) for row in rows]
    rule = "+".join("-" * (width + 2) for width in widths(rows))
    return "\n".join([lines[0], rule, *lines[1:], f"({len(rows) - 1} rows)"])


def sql_server(rows: Rows) -> str:
    lines = [" ".join(cell.ljust(w) for cell, w in zip(row, widths(rows), strict=True)) for row in rows]
    rule = " ".join("-" * width for width in widths(rows))
    return "\r\n".join([lines[0], rule, *lines[1:], "", f"({len(rows) - 1} rows affected)"])


def fixed(rows: Rows) -> str:
    return "\n".join(
        "".join(
            cell.rjust(w + 3) if n else cell.ljust(w) for n, (cell, w) in enumerate(zip(row, widths(rows), strict=True))
        )
        for row in rows
    )


DRAWINGS = (markdown, mysql, psql, sql_server, fixed)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("draw", DRAWINGS, ids=[draw.__name__ for draw in DRAWINGS])
def test_a_drawn_table_is_read(draw: object, encoding: str, empty_data: object) -> None:
    assert callable(draw)
    examination = examined(draw(ROWS).encode(encoding), "uttag.txt", matperiod="2024")
    assert counted(examination)["0885"] == (100 + NAMES.index("Borgholm"), 40 + NAMES.index("Borgholm"))
    assert counted(examination)["08"] == (1266, 546)


_WORD = st.text("abcåäö019,.-", min_size=1, max_size=8).filter(lambda word: not re.fullmatch("[-=]+", word))
_TABLES = st.integers(2, 3).flatmap(
    lambda width: st.lists(st.lists(_WORD, min_size=width, max_size=width), min_size=3, max_size=4)
)


@pytest.mark.parametrize("draw", DRAWINGS[:4], ids=[draw.__name__ for draw in DRAWINGS[:4]])
@examples(15)
@given(rows=_TABLES)
def test_each_cell_of_a_drawn_table_stands_in_its_column(draw: object, rows: Rows) -> None:
    assert callable(draw)
    rows[0] = [f"rubrik{n}" for n in range(len(rows[0]))]
    lines = as_delimited(draw(rows).encode(), "utf-8", "uttag.txt").decode().splitlines()
    cells = [[cell.strip() for cell in re.split(r"[|\t]", line)] for line in lines if re.search(r"[|\t]", line)]
    assert cells == rows


@pytest.mark.parametrize("cell", ["", "Ö"])
def test_columns_of_which_nobody_sees_the_ends_are_one_sentence(cell: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[4][1:] = [cell, ""]
    with pytest.raises(UserError, match="det syns inte var varje kolumn slutar"):
        examined(fixed(rows).encode(), "uttag.txt", matperiod="2024")


@pytest.mark.parametrize(
    "content",
    [
        "a;b  c\n1;2  3\n4;5  6\n7;8  9",
        "Uttag  1\na;b\n1;  2\n3;  4\n5;  6\n7;  8",
        "Kommun\nKalmar\nNybro",
        "a,b\n1,2\n-,-\n--,--",
    ],
)
def test_other_texts_are_as_they_are(content: str) -> None:
    assert as_delimited(content.encode(), "utf-8", "uttag.csv") == content.encode()


PX = """CHARSET="ANSI";
AXIS-VERSION="2013";
TITLE="Folkmängd efter region och år";CONTENTS="Folkmängd";UNITS="antal";
STUB="region";HEADING="år";VALUES("region")="Kalmar","Borgholm";CODES("region")="0880","0885";
VALUES("år")="2023","2024";DATA=
1000 2000
3000 4000;
"""
KOLADA = (
    '{"values": [{"kpi": "N21704", "municipality": "0880", "period": 2024, '
    '"values": [{"gender": "T", "count": 1, "status": "", "value": 20.5}]}]}'
)


@pytest.mark.parametrize("name", ["uttag.csv", "uttag.txt", "uttag.xlsx", "uttag.px"])
def test_px_is_read_whatever_it_is_called(name: str, empty_data: object) -> None:
    assert counted(examined(PX.encode("cp1252"), name))["0885 2024 totalt totalt"] == 4000


@pytest.mark.parametrize("name", ["uttag.csv", "uttag.txt", "uttag.json"])
def test_json_is_read_whatever_it_is_called(name: str, empty_data: object) -> None:
    assert counted(examined(KOLADA.encode(), name)) == {"0880 N21704 2024 totalt": 20.5}
