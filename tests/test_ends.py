"""More than none never reads as none, nor fewer than all as all, wherever it is written; and what each sign means."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from naravard import charts, exports
from naravard.base import kommuner
from naravard.base.model import NO_GROUP
from naravard.base.numbers import NOT_KNOWN
from naravard.exports.pptx import plots
from naravard.figures.gate import ProtectedResult
from naravard.figures.overview import Measure
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.figures.standing import standing_of
from naravard.store.snapshots import Store
from naravard.telling import amounts, phrases, situation, tables, verdicts, vocabulary
from naravard.ui.result_table import result_table
from naravard.ui.strips import _strip
from tests import pdf_reading
from tests.by_hand import LAN, ByHand, gate, raw, spec
from tests.examples import examples
from tests.test_exports import sheets
from tests.test_hostile_eyes import unpacked

KOMMUNER = [kommun.kod for kommun in kommuner.in_lan(LAN)]
_SPACE = "[ \u00a0]"
_ALL = re.compile(rf"(?<![\d,.>–])100(,0+)?{_SPACE}(%|procent)|(?<!\d)100 av 100")
_NONE = re.compile(rf"(?<![\d,.<–])0(,0+)?{_SPACE}(%|procent)|(?<!\d)0 av 100")


@pytest.fixture(scope="module")
def nearly() -> ProtectedResult:
    """99.6 % in one kommun, 0.4 % in another, 99.96 % and 0.04 % in two more."""
    counts = (9960, 40, 99_960, 40)
    totals = (10_000, 10_000, 100_000, 100_000)
    rows = [raw(kod, count, total) for kod, count, total in zip(KOMMUNER, counts, totals, strict=False)]
    return gate([*rows, raw(LAN, 109_700, 110_100)], spec(diagram="ranked_bar", fynd="{varde} i {lan}"))


def reads_as_an_end(text: str) -> list[str]:
    return [match[0] for pattern in (_ALL, _NONE) for match in pattern.finditer(text)]


def test_in_words_and_tables(nearly: ProtectedResult) -> None:
    texts = [phrases.sentence(row, nearly) for row in nearly.rows] + [phrases.alt(nearly), phrases.headline(nearly)]
    texts += [phrases.signal(row, nearly) for row in nearly.rows] + verdicts.about_comparison(nearly)
    texts += [cell.text for row in tables.table_of(nearly).rows for cell in row.cells]
    texts += [str(result_table(nearly)), exports.write_text(nearly, "tabell")]
    assert reads_as_an_end(" | ".join(texts)) == []
    assert "fler än 99 av 100" in " ".join(texts)
    assert "färre än 1 av 100" in " ".join(texts)


@pytest.mark.parametrize("kind", ["ranked_bar", "funnel_plot", "kommun_map"])
def test_in_charts(nearly: ProtectedResult, kind: str) -> None:
    drawn = json.dumps(json.loads(charts.draw(nearly, kind).to_json()), ensure_ascii=False)
    assert reads_as_an_end(re.sub("<[^>]*>", " ", drawn)) == []


def test_in_strips_and_sentences_of_how_it_goes(nearly: ProtectedResult) -> None:
    rows = [raw(kod, None, None, varde=varde) for kod, varde in zip(KOMMUNER, (99.6, 50, 0.4, 99.8), strict=False)]
    result = gate([*rows, raw("00", None, None, varde=0.3)], replace(nearly.indicator, riktning="higher_is_better"))

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        return result

    standing = standing_of(Measure(result, NO_GROUP), KOMMUNER[0], ByHand(fetch))
    text = str(_strip(standing, "Borgholm")) + " ".join(
        sentence.text for block in situation.blocks([standing]) for sentence in block.sentences
    )
    assert reads_as_an_end(text) == []
    assert (">99" in text or "&gt;99" in text) and ("<1" in text or "&lt;1" in text)


def test_in_files(nearly: ProtectedResult) -> None:
    assert reads_as_an_end(pdf_reading.words(exports.write_file(nearly, "pdf"))) == []
    assert reads_as_an_end(unpacked(exports.write_file(nearly, "pptx"))) == []
    for line in exports.write_text(nearly, "csv").splitlines()[1:]:
        assert line.split(";")[9] not in {"100", "0", "100,0", "0,0"}, line
    head, *rows = sheets(exports.write_file(nearly, "xlsx"))["Data"]
    assert {row[head.index("Procent")] for row in rows}.isdisjoint({0, 100})


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((99.6, 50), '[=100]0"\u00a0%";[>=99.5]">99\u00a0%";0"\u00a0%"'),
        ((0.4, 50), '[=0]0"\u00a0%";[<0.5]"<1\u00a0%";0"\u00a0%"'),
        ((0.4, 99.6), '0.0"\u00a0%"'),
        ((0.04, 99.96), '0.00"\u00a0%"'),
        ((0, 100), '0"\u00a0%"'),
    ],
)
def test_in_the_number_formats_of_a_chart(values: tuple[float, ...], written: str) -> None:
    rows = [raw(kod, round(value * 1000), 100_000) for kod, value in zip(KOMMUNER, values, strict=False)]
    result = gate(rows, spec())
    assert plots._number_format(result.indicator, result.rows).replace("#,##0", "0") == written


def test_in_parts_of_a_whole() -> None:
    result = gate([raw(KOMMUNER[0], 9960, 10_000)], spec("distribution"))
    assert plots._format_of_steps(result.indicator, result.rows).endswith('#,##0.0"\u00a0%"')


def test_limits_have_the_decimals_that_they_need(nearly: ProtectedResult) -> None:
    row = nearly.rows[0]
    assert amounts.interval(row, nearly.indicator) == "99,5–99,7\u00a0%"
    assert amounts.reference(nearly.rows[1], nearly.indicator) == ">99\u00a0%"


@examples(15)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(40, 300)), min_size=2, max_size=12))
@example([(51, 1), (4, 75), (324, 170)])
def test_the_intervals_of_a_column_have_as_many_decimals(counts: list[tuple[int, int]]) -> None:
    rows = [raw(kod, some, some + rest) for kod, (some, rest) in zip(KOMMUNER, counts, strict=False)]
    whole = raw(LAN, sum(row.taljare or 0 for row in rows), sum(row.namnare or 0 for row in rows))
    table = tables.table_of(gate([*rows, whole], spec(), rules=Rules(low=0, high=-1)))
    place = table.headings.index(vocabulary.SPAN) - 1
    texts = [cell.text for row in table.rows if (cell := row.cells[place]).text != NOT_KNOWN]
    assert len({len(number.partition(",")[2]) for text in texts for number in text.rstrip("\u00a0%").split("–")}) == 1


def test_each_sign_says_what_it_means_where_it_stands(shared_example: Store) -> None:
    result = Reader(shared_example).read("sabo_andel_primarvard")
    table = tables.table_of(result)
    by_sign = {cell.text: cell.why for row in table.rows for cell in row.cells if cell.text in {"..", "–"}}
    assert by_sign == {"..": "dolt för att skydda enskilda", "–": "kan inte räknas eller jämföras"}
    html = str(result_table(result))
    assert html.count("kan inte räknas eller jämföras") >= 2, "for the eye that points, and for who listens"
    for text in (
        exports.write_text(result, "tabell"),
        unpacked(exports.write_file(result, "pptx", exports.View("tabell"))),
    ):
        assert "– kan inte räknas eller jämföras." in text
    assert ["Tom cell", "Talet kan inte räknas eller jämföras."] in [
        row[:2] for row in sheets(exports.write_file(result, "xlsx"))["Om"]
    ]
