"""The gate: small counts are gone, not covered; nothing else makes what may be shown."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard import charts, exports, intake, service, settings
from naravard.disclosure import ProtectedResult, RawRow, protect
from naravard.indicators import Indicator, Kind
from naravard.store import Store
from naravard.ui.tables import records_table, result_table


def indicator(kind: Kind) -> Indicator:
    return Indicator("prov", "", "Prov", kind, "", "neutral", "", "", "", diagram="ranked_bar")


def gate(rows: list[RawRow], kind: Kind, published: set[int] | None = None) -> ProtectedResult:
    return protect(
        rows,
        indicator(kind),
        names={row.kommun_kod: row.kommun_kod for row in rows},
        published=published or set(),
        matperiod="2024",
        matperioder=["2024"],
        version=1,
        extracts=[],
        remarks=[],
        notes=[],
        is_example=False,
        lan_kod="08",
    )


def one(taljare: int | None, namnare: int | None, kind: Kind, published: set[int] | None = None) -> tuple[object, ...]:
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
        ("proportion", 0, 3, (None, None, None, "..")),
        ("proportion", 40, 80, (40, 80, 50.0, None)),
        ("distribution", 2, 80, (None, 80, None, "..")),
        ("rate", 3, 500, (None, 500, None, "..")),
        ("rate", 500, 400, (500, 400, 1250.0, None)),
    ],
)
def test_what_is_hidden(kind: Kind, taljare: int | None, namnare: int | None, shown: tuple[object, ...]) -> None:
    assert one(taljare, namnare, kind) == shown


def test_a_published_extract_is_exempt() -> None:
    assert one(4, 80, "proportion", published={1}) == (4, 80, 5.0, None)
    assert one(4, 80, "proportion", published={2}) == (None, 80, None, "..")


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=1, max_size=12),
    st.sampled_from(["count", "proportion", "rate", "distribution"]),
)
def test_no_small_count_passes(pairs: list[tuple[int, int]], kind: Kind) -> None:
    rows = [RawRow(f"{i:04}", "2024", "totalt", part, part + rest) for i, (part, rest) in enumerate(pairs)]
    for row in gate(rows, kind).rows:
        assert row.taljare not in {1, 2, 3, 4}
        assert row.namnare not in {1, 2, 3, 4}
        if kind in {"proportion", "distribution"} and row.taljare is not None and row.namnare is not None:
            assert row.namnare - row.taljare not in {1, 2, 3, 4}
        if row.taljare is None:
            assert row.varde is None
            assert row.skydd == ".."


def test_nothing_but_the_gate_makes_a_result() -> None:
    with pytest.raises(TypeError, match=r"made by disclosure\.protect alone"):
        ProtectedResult(indicator("count"), "", (), (), 1, (), (), (), False, "08", _key=object())
    makers = [
        path.name
        for path in [*Path(settings.ROOT / "naravard").rglob("*.py"), *Path(settings.ROOT / "pages").glob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "ProtectedResult"
    ]
    assert makers == ["disclosure.py"]


MARKED = 3
"""A count that would be hidden, beside others that cannot be mistaken for it."""


@pytest.fixture
def with_small_count(live: Store) -> Store:
    rows = ["Borgholm;7177;3", "Emmaboda;7288;7285", *(f"{k};7399;6466" for k in ("Kalmar", "Nybro", "Torsås"))]
    content = "\n".join(["Kommun;Boende;Kommunal primärvård", *rows]).encode()
    intake.publish([intake.examine(content, "s.csv", kalla="sabo", matperiod="2025")], live, who="t", why="t")
    return live


def test_a_hidden_count_is_nowhere_in_what_leaves(with_small_count: Store) -> None:
    result = service.fetch(with_small_count, "sabo_andel_primarvard")
    borgholm, emmaboda = result.row("0885"), result.row("0862")
    assert borgholm is not None and emmaboda is not None
    assert (borgholm.taljare, borgholm.varde, borgholm.skydd) == (None, None, "..")
    assert (emmaboda.taljare, emmaboda.varde, emmaboda.skydd) == (None, None, "..")
    figure = json.loads(charts.draw(result).to_json())
    bars = dict(
        zip(figure["data"][0]["y"], zip(figure["data"][0]["x"], figure["data"][0]["text"], strict=True), strict=True)
    )
    assert bars["Borgholm"] == (0, ".. (dolt)")
    for text in (
        *(exports.write_text(result, name) for name in exports.TEXT_FORMATS),
        result_table(result),
        str(figure),
    ):
        assert "7285" not in text
        assert "7\u00a0285" not in text
        assert "0,04" not in text, "3 of 7177 in percent"
        assert "99,9" not in text


def test_hidden_is_said_in_words_and_missing_is_told_apart(with_small_count: Store) -> None:
    result = service.fetch(with_small_count, "sabo_andel_primarvard")
    html = result_table(result)
    assert "dolt: så få personer (1–4) att någon kan kännas igen" in html
    assert "uppgift saknas" in html
    record = {r["kommun"]: r for r in json.loads(exports.write_text(result, "json"))["rader"]}
    assert (record["Borgholm"]["varde"], record["Borgholm"]["skydd"]) == (None, "..")
    assert (record["Högsby"]["varde"], record["Högsby"]["skydd"]) == (None, "-")
    line = next(x for x in exports.write_text(result, "csv").splitlines() if "Borgholm" in x)
    assert line.split(";")[7:10] == ["..", "7177", ".."]


def test_html_in_names_is_shown_as_text() -> None:
    assert "<script>" not in records_table("<b>", ["<script>"], [["<script>", "<i>"]])
