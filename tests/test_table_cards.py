"""A table as one card for each row: each cell has the heading of its column beside it."""

import re

import htpy
import pytest

from naravard.base import kommuner
from naravard.base.model import NO_GROUP
from naravard.base.periods import EVERY
from naravard.figures.overview import Measure
from naravard.ui.elements import small_print
from naravard.ui.parts import oversikt
from naravard.ui.result_table import result_table
from naravard.ui.table import cell, heading, records_table, row, table
from tests.by_hand import BORGHOLM, KALMAR, LAN, gate, raw


def labels(html: str) -> list[str]:
    return re.findall(r'<td[^>]* data-label="([^"]*)"', html)


def test_each_cell_has_the_heading_of_its_column() -> None:
    html = str(
        records_table("Uttag", ("Källa", "Mätperiod", "Fil"), [("SÄBO", "2024", "a.csv"), ("Cosmic", "2023", "b.csv")])
    )
    assert labels(html) == ["Mätperiod", "Fil"] * 2


def test_a_result_has_its_own_headings_beside_its_figures() -> None:
    result = gate([raw(kod, 50, 100) for kod in (BORGHOLM, KALMAR, LAN)])
    html = result_table(result)
    headings = [" ".join(text.split()) for text in re.findall(r'<th scope="col"[^>]*>([^<]*)', html)]
    assert labels(html) == headings[1:] * 3


def test_a_heading_with_a_link_is_its_text_and_is_escaped_once() -> None:
    html = str(table("T", [heading("Område"), heading(["A & B", heading("<x>")])], [row("Kalmar", [cell("1"), None])]))
    assert labels(html) == ["A &amp; B&lt;x&gt;"]


@pytest.mark.parametrize(("columns", "kind"), [(1, "fa"), (3, "fa"), (4, "nagra"), (7, "nagra"), (8, "manga")])
def test_how_narrow_a_table_may_be_follows_its_columns(columns: int, kind: str) -> None:
    html = str(records_table("T", ["x"] * columns, [["1"] * columns]))
    assert re.search(rf'class="tabell text {kind}"', html)


def folded_rows(html: str) -> list[tuple[str, int, int, int]]:
    """Of each row: its name, how many figures its opener says, how many of them hidden, and how many are."""
    rows = re.findall(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</th>(.*?)</tr>", html, re.DOTALL)
    told = []
    for head, cells in rows:
        (summary,) = re.findall(r"<summary>(.*?)<span", head)
        counts = [int(number) for number in re.findall(r"\d+", summary)]
        name = re.sub(r"<[^>]+>|, din kommun", "", head.partition("<details")[0])
        told.append((name, counts[0], counts[1] if len(counts) > 1 else 0, cells.count(">..<")))
        assert counts[0] == cells.count("<td")
    return told


def test_the_card_of_a_kommun_says_what_it_folds_and_how_much_of_it_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("view_address", "page_address"):  # which ask a run of a page
        monkeypatch.setattr(oversikt, name, lambda *_, **__: "")
    koder = (BORGHOLM, KALMAR, LAN)
    small = [
        Measure(gate([raw(kod, 2 if kod in few else 50, 100) for kod in koder]), NO_GROUP)
        for few in ({BORGHOLM}, koder, ())
    ]
    rows = folded_rows(str(oversikt._matrix(small)))
    assert rows == [("Borgholm", 3, 2, 2), ("Kalmar", 3, 1, 1), ("Kalmar län", 3, 1, 1)]


def test_so_does_the_card_of_a_period() -> None:
    koder = [kommun.kod for kommun in kommuner.in_lan("08")[:8]]
    years = ("2022", "2023", "2024")
    rows = [raw(kod, 2 if year == "2023" else 50, 100, matperiod=year) for kod in koder for year in years]
    html = result_table(gate(rows, matperiod=EVERY))
    assert folded_rows(html) == [("2022", 8, 0, 0), ("2023", 8, 8, 8), ("2024", 8, 0, 0)]


def test_a_row_with_another_number_of_cells_than_headings_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        str(table("T", [heading("A"), heading("B")], [row("Kalmar", [cell("1"), cell("2")])]))


def test_a_number_at_the_head_of_a_card_says_what_it_is_of() -> None:
    html = str(records_table("T", ("Version", "Vem"), [("12", "Anna"), ("Tolv", "Anna")]))
    assert '<span class="bara-kort">Version </span>12<' in html
    assert html.count("bara-kort") == 1


def test_no_day_is_split_between_two_lines() -> None:
    html = str(records_table("T", ("A", "B"), [("x", "2026-11-27 14:02")]))
    assert '<span class="hel">2026-11-27</span> 14:02' in html
    assert str(small_print("2026-13 och 1 234")) == str(htpy.p(".kalla")["2026-13 och 1\u00a0234"])
