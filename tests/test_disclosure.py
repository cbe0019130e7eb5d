"""The gate: small counts are gone, not covered; nothing else makes what may be shown."""

import ast
import base64
import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from naravard import charts, exports
from naravard.api import formats
from naravard.base import periods
from naravard.base import settings as naravard_settings
from naravard.exports import xlsx
from naravard.figures import comparisons, indicators, rules
from naravard.figures.gate import ProtectedResult, Request, protect
from naravard.figures.indicators import Indicator
from naravard.figures.kinds import kinds
from naravard.figures.protection import RawRow, plan
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.room.projector import as_json, figure_on_screen
from naravard.slides.sequence import Entry, Screen
from naravard.slides.slide import slide_of
from naravard.store.snapshots import Store
from naravard.ui.result_table import result_table
from naravard.ui.table import records_table
from tests import pdf_reading
from tests.api_reading import everything_for_programs
from tests.examples import examples


def indicator(kind: str) -> Indicator:
    return Indicator("prov", "", "Prov", kinds()[kind], "", "neutral", "", "", "", diagram="ranked_bar")


def gate(
    rows: list[RawRow], kind: str, published: set[int] | None = None, rules: Rules | None = None
) -> ProtectedResult:
    in_force = rules or Rules()
    return protect(
        Request(
            indicator=indicator(kind),
            rows=rows,
            earlier=[],
            plan=plan([(indicator(kind), rows)], published or set(), in_force, "08"),
            rules=in_force,
            names={row.kommun_kod: row.kommun_kod for row in rows},
            published=published or set(),
            matperiod="2024",
            matperioder=("2024",),
            comparison=comparisons.comparison("lanet"),
            version=1,
            extracts=(),
            remarks=(),
            notes=(),
            is_example=False,
            lan_kod="08",
        )
    )


def one(taljare: int | None, namnare: int | None, kind: str, published: set[int] | None = None) -> tuple[object, ...]:
    row = gate([RawRow("0880", "2024", "totalt", taljare, namnare, uttag_id=1)], kind, published).rows[0]
    return row.taljare, row.namnare, row.varde, row.skydd


@pytest.mark.parametrize(
    ("kind", "taljare", "namnare", "shown"),
    [
        ("count", 0, None, (0, None, 0, None)),
        ("count", 1, None, (None, None, None, "..")),
        ("count", 4, None, (None, None, None, "..")),
        ("count", 5, None, (5, None, 5, None)),
        ("count", None, None, (None, None, None, "-")),
        ("proportion", 51, 52, (None, 52, None, "..")),
        ("proportion", 4, 79, (None, 79, None, "..")),
        ("proportion", 52, 52, (52, 52, 100.0, None)),
        ("proportion", 0, 52, (0, 52, 0.0, None)),
        ("proportion", 0, 3, (None, None, None, "..")),  # all of the 3 are without
        ("distribution", 0, 3, (None, None, None, "..")),
        ("proportion", 0, 5, (0, 5, 0.0, None)),
        ("rate", 0, 3, (0, None, None, "..")),  # visits, not a part of the 3
        ("proportion", 40, 80, (40, 80, 50.0, None)),
        ("distribution", 2, 80, (None, 80, None, "..")),
        ("rate", 3, 500, (None, 500, None, "..")),
        ("rate", 10, 3, (10, None, None, "..")),
        ("rate", 500, 400, (500, 400, 1250.0, None)),
    ],
)
def test_what_is_hidden(kind: str, taljare: int | None, namnare: int | None, shown: tuple[object, ...]) -> None:
    assert one(taljare, namnare, kind) == shown


def test_a_published_extract_is_exempt() -> None:
    assert one(4, 80, "proportion", published={1}) == (4, 80, 5.0, None)
    assert one(4, 80, "proportion", published={2}) == (None, 80, None, "..")


def test_a_published_numerator_does_not_open_an_unpublished_denominator() -> None:
    row = RawRow("0880", "2024", "totalt", 2, 3, uttag_id=1, namnare_uttag_id=2)
    shown = gate([row], "proportion", published={1}).rows[0]
    assert (shown.taljare, shown.namnare, shown.varde) == (2, None, None)
    assert gate([row], "proportion", published={1, 2}).rows[0].namnare == 3


def test_a_count_that_comes_as_a_value_is_hidden_too() -> None:
    row = gate([RawRow("0880", "2024", "totalt", None, None, varde=3.0)], "count").rows[0]
    assert (row.varde, row.skydd) == (None, "..")


@examples(100)  # without a deadline: the solver is loaded at the first example
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12),
    st.sampled_from(["count", "proportion", "rate", "distribution"]),
)
def test_no_small_count_passes(pairs: list[tuple[int, int]], kind: str) -> None:
    rows = [RawRow(f"{i:04}", "2024", "totalt", part, part + rest) for i, (part, rest) in enumerate(pairs)]
    for row in gate(rows, kind).rows:
        assert row.taljare not in {1, 2, 3, 4}
        assert row.namnare not in {1, 2, 3, 4}
        if kind in {"proportion", "distribution"} and row.taljare is not None and row.namnare is not None:
            assert row.namnare - row.taljare not in {1, 2, 3, 4}
        if row.taljare is None or (row.namnare is None and kind != "count"):
            assert row.varde is None
            assert row.skydd == ".."


def test_nothing_but_the_gate_makes_a_result() -> None:
    with pytest.raises(TypeError, match=r"made by gate\.protect alone"):
        ProtectedResult(
            indicator("count"),
            "",
            (),
            comparisons.comparison("lanet"),
            (),
            1,
            (),
            (),
            (),
            False,
            "08",
            Rules(),
            _key=object(),
        )
    text_by_path = {
        path: path.read_text(encoding="utf-8")
        for path in [
            *Path(naravard_settings.ROOT / "naravard").rglob("*.py"),
            *Path(naravard_settings.ROOT / "pages").glob("*.py"),
        ]
    }
    makers = [
        path.name
        for path, text in text_by_path.items()
        if "ProtectedResult" in text
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "ProtectedResult"
    ]
    assert makers == ["gate.py"]


GIVING_AWAY = ("7285", "7\u00a0285", "99.95", "99,95", "0.041", "0,041")
"""The hidden count and the hidden shares, as text could hold them."""


def everything_that_leaves(result: ProtectedResult) -> dict[str, str]:
    shown = {name: exports.write_text(result, name) for name in exports.text_formats()}
    files = {name: unpacked(exports.write_file(result, name)) for name in exports.file_formats()}
    drawn = {f"chart {kind}": charts.draw(result, kind).to_json() for kind in charts.fitting(result)}
    slide = slide_of([result])
    screens = [Screen(Entry(result.indicator.id), slide, result, kind) for kind in (*charts.fitting(result), None)]
    walls = {
        f"wall {screen.kind}": json.dumps(as_json(screen)) + repr(figure_on_screen(screen, "", 1)) for screen in screens
    }
    programs = everything_for_programs(result)
    return {**shown, **files, **drawn, **walls, **programs, "table": result_table(result), "rows": repr(result.rows)}


def unpacked(content: bytes) -> str:
    """All that a file holds as text, what is packed inside it too; without the SQL, which has numbers."""
    if content.startswith(b"%PDF"):
        return pdf_reading.words(content)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [(name, file.read(name)) for name in file.namelist()]
    return " ".join(
        unpacked(part) if name.endswith(".xlsx") else part.decode("utf-8", "replace")
        for name, part in parts
        if name.endswith((".xlsx", ".xml"))
    )


def test_a_hidden_count_is_nowhere_in_what_leaves(with_small_counts: Store) -> None:
    result = Reader(with_small_counts).read("sabo_andel_primarvard")
    for kod in ("0885", "0862"):
        row = result.row(kod)
        assert row is not None
        assert (row.taljare, row.varde, row.skydd) == (None, None, "..")
    figure = json.loads(charts.draw(result).to_json())
    bars = dict(zip(figure["data"][0]["y"], figure["data"][0]["x"], strict=True))
    assert bars["Borgholm"] is None, "null, and not a bar of no length"
    assert {a["y"]: a["text"] for a in figure["layout"]["annotations"]}["Borgholm"] == ".. (dolt)"
    for name, text in everything_that_leaves(result).items():
        assert not [part for part in GIVING_AWAY if part in text], name


@pytest.mark.parametrize("indicator_id", indicators.registry())
def test_what_leaves_says_what_the_gate_let_through_and_no_more(shared_example: Store, indicator_id: str) -> None:
    """Files and charts have the visible numbers of the result, and `..` or null in the place of hidden ones."""
    result = Reader(shared_example).read(indicator_id)
    visible = {(r.kommun_kod, r.grupp): (r.taljare, r.namnare, r.skydd) for r in result.rows}
    written = json.loads(exports.write_text(result, "json"))["rader"]
    assert {(r["kommun_kod"], r["grupp"]): (r["taljare"], r["namnare"], r["skydd"]) for r in written} == visible
    lines = list(csv.DictReader(exports.write_text(result, "csv").splitlines(), delimiter=";"))
    for line, row in zip(lines, result.rows, strict=True):
        for name in ("taljare", "namnare"):
            count = getattr(row, name)
            assert line[name] == (str(count) if count is not None else row.skydd or ""), line
    for line, row in zip(sheet_of(result), result.rows, strict=True):
        for name in ("taljare", "namnare", "varde"):
            shown = getattr(row, name)
            if name in line and not (name == "varde" and shown is not None):
                assert line[name] == (shown if shown is not None else row.skydd or ""), (name, line)
    drawn = {x for trace in json.loads(charts.draw(result).to_json())["data"] for x in numbers(trace)}
    known = {round(v, 6) for r in result.rows for v in (r.varde, r.nedre, r.ovre) if v is not None}
    steps = {
        round(abs(r.varde - v), 6)
        for r in result.rows
        for v in (r.nedre, r.ovre)
        if v is not None and r.varde is not None
    }
    years = {r.taljare_ar for r in result.rows} | {float(r.matperiod) for r in result.rows if r.matperiod.isdigit()}
    assert drawn <= known | steps | years


def sheet_of(result: ProtectedResult) -> list[dict[str, Any]]:
    """The data sheet of a workbook, by the names of what its columns hold."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(exports.write_file(result, "xlsx"))).get_sheet_by_name("Data")
    names = [name for name, _ in xlsx.columns(result)]
    return [dict(zip(names, row, strict=True)) for row in rows.to_python()[1:]]


@pytest.mark.parametrize("indicator_id", indicators.registry())
def test_no_chart_shows_what_the_gate_did_not_let_through(shared_example: Store, indicator_id: str) -> None:
    """Each kind of chart, point by point: a kommun whose value is hidden has none. Limits and maps have no figures."""
    for period in (None, periods.EVERY):
        result = Reader(shared_example).read(indicator_id, matperiod=period)
        for group in result.groups:
            one = result.in_group(group)
            hidden = {
                row.kommun for row in one.kommuner if row.varde is None and row.matperiod == one.rows[0].matperiod
            }
            for kind in ("funnel_plot", "over_time"):
                if period == periods.EVERY or kind not in charts.fitting(one):
                    continue
                known = {round(x, 6) for row in one.rows for x in (row.varde, row.namnare) if x is not None}
                for trace in charts.draw(one, kind).data:
                    if trace.name in {"Kommun", *hidden}:
                        points = {round(float(y), 6) for y in trace.y if y is not None}
                        assert points <= known, (kind, trace.name)
                        assert trace.name not in hidden or not points
            if period != periods.EVERY and "kommun_map" in charts.fitting(one):  # a map is of one period
                told = {trace.name: trace.text for trace in charts.draw(one, "kommun_map").data}
                assert all("dolt" in told[name] or "saknas" in told[name] for name in hidden if name in told)


def numbers(trace: dict[str, Any]) -> set[float]:
    """The values that a chart was given, its whiskers included."""
    whiskers = trace.get("error_x") or {}
    found = [trace.get(axis) for axis in ("x", "y")] + [whiskers.get("array"), whiskers.get("arrayminus")]
    values = [v for part in found for v in _plain(part)]
    return {round(float(v), 6) for v in values if isinstance(v, int | float)}


def _plain(part: Any) -> list[Any]:
    """A list as plotly writes it: as it is, or packed."""
    if isinstance(part, dict):
        return list(np.frombuffer(base64.b64decode(part["bdata"]), dtype=part["dtype"]))
    return list(part or [])


def test_the_search_above_finds_what_is_not_hidden(with_small_counts: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "in_force", lambda: Rules(low=1, high=0))
    result = Reader(with_small_counts).read("sabo_andel_primarvard")
    for name, text in everything_that_leaves(result).items():
        is_for_programs = name in {f"api {each}" for each in formats.formats()}
        if is_for_programs or name in {"csv", "json", "xlsx", "rows", "chart ranked_bar"}:  # elsewhere without decimals
            assert any(part in text for part in GIVING_AWAY), name
    assert "7\u00a0285" in result_table(result)


def test_hidden_is_said_in_words_and_missing_is_told_apart(with_small_counts: Store) -> None:
    result = Reader(with_small_counts).read("sabo_andel_primarvard")
    html = result_table(result)
    assert "dolt för att skydda enskilda" in html
    assert "uppgift saknas" in html
    record = {r["kommun"]: r for r in json.loads(exports.write_text(result, "json"))["rader"]}
    assert (record["Borgholm"]["varde"], record["Borgholm"]["skydd"]) == (None, "..")
    assert (record["Högsby"]["varde"], record["Högsby"]["skydd"]) == (None, "-")
    line = next(x for x in exports.write_text(result, "csv").splitlines() if "Borgholm" in x)
    assert line.split(";")[7:10] == ["..", "7177", ".."]


def test_html_in_names_is_shown_as_text() -> None:
    assert "<script>" not in str(records_table("<b>", ["<script>", "<p>"], [["<script>", "<i>"]]))
