"""What is said of a figure: its interval, whether it differs, and the sentence that a reader gets."""

import json

import pytest

from naravard import exports
from naravard.base.model import NO_GROUP
from naravard.figures import judgement, overview
from naravard.figures.comparisons import comparison, comparisons
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Direction, Indicator
from naravard.figures.judgement import (
    Figure,
    Judgement,
)
from naravard.figures.kinds import kinds
from naravard.figures.protection import RawRow
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.store.snapshots import Store
from naravard.telling import amounts, phrases, provenance, tables, theme, verdicts
from tests.by_hand import gate, over_years, raw, spec

SABO = "sabo_andel_primarvard"
BORGHOLM, EMMABODA, MORBYLANGA, VIMMERBY, LAN = "0885", "0862", "0840", "0884", "08"


def indicator(kind: str = "proportion", riktning: Direction = "neutral") -> Indicator:
    return Indicator("prov", "", "Prov", kinds()[kind], "besök per 1 000", riktning, "", "", "")


def row(result: ProtectedResult, kod: str) -> ProtectedRow:
    found = result.row(kod)
    assert found is not None
    return found


def test_the_decks_low_figures_differ_clearly_and_carry_their_remark(live: Store) -> None:
    result = Reader(live).read(SABO)
    for kod in (BORGHOLM, MORBYLANGA):
        found = row(result, kod)
        assert (verdicts.verdict(found), verdicts.side(found, result.indicator)) == ("avviker tydligt", "lägre")
        (remark,) = (remark.text for remark in result.remarks if remark.kommun_kod == kod)
        assert "beror troligen på registrering" in remark


def test_json_carries_interval_comparison_and_protection(live: Store) -> None:
    rows = {r["kommun_kod"]: r for r in json.loads(exports.write_text(Reader(live).read(SABO), "json"))["rader"]}
    borgholm = rows[BORGHOLM]
    # Wilson's interval of 4 of 79, by the formula of Newcombe 1998
    assert (borgholm["varde"], borgholm["nedre"], borgholm["ovre"]) == (5.1, 2.0, 12.3)
    assert (borgholm["jamforelse"], borgholm["skillnad"], borgholm["jamfort_med"]) == (
        "avviker tydligt",
        "lägre",
        "lanet",
    )
    assert rows[VIMMERBY]["jamforelse"] == "ingen säker skillnad"
    assert (rows[LAN]["jamforelse"], rows[LAN]["nedre"]) == (None, 74.8)


@pytest.mark.parametrize("comparison_id", comparisons())
def test_every_comparison_is_said_or_why_it_cannot_be(live: Store, comparison_id: str) -> None:
    result = Reader(live).read(SABO, comparison_id=comparison_id)
    sentences = verdicts.about_comparison(result)
    judged = [r for r in result.kommuner if r.jamforelse]
    assert sentences
    assert len(judged) == (12 if comparison_id in {"lanet", "ovriga", "median"} else 0)
    assert ("går inte att göra" in sentences[0]) == (not judged)


def test_the_other_kommuner_are_the_lan_without_the_kommun(live: Store) -> None:
    found = row(Reader(live).read(SABO, comparison_id="ovriga"), BORGHOLM).jamforelse
    assert found is not None
    assert found.reference == pytest.approx(100 * (1447 - 4) / (1885 - 79))


def test_a_published_extract_is_said_to_be_exempt(live: Store, example: Store) -> None:
    said = "Uttaget är redan publicerat av den som äger det, så små tal visas."
    assert said in provenance.signs(Reader(live).read(SABO))
    assert said not in provenance.signs(Reader(example).read(SABO))


def test_chance_alone_is_told_as_it_is(live: Store) -> None:
    text = " ".join(verdicts.about_comparison(Reader(live).read(SABO)))
    assert "10 av 12 kommuner avviker." in text
    assert "skulle omkring 0,6 göra det av en slump, och i 46 % av fallen minst en." in text.replace("\u00a0", " ")
    assert "För få: bara en skillnad på mer än 10 procentenheter skulle synas." in text


def test_a_sentence_of_a_kommun_ends_with_its_remark(live: Store) -> None:
    result = Reader(live).read(SABO)
    said = phrases.sentence(row(result, BORGHOLM), result)
    assert said.startswith("Borgholm: 5 av 100 (4 av 79). Länet: 77 av 100. Skillnaden mot länet är säker: lägre.")
    assert "beror troligen på registrering" in said


@pytest.mark.parametrize(
    ("kind", "figure", "limits"),
    [
        ("count", Figure(40, None, 40.0), None),
        ("proportion", Figure(81, 263, 30.8), (25.53, 36.62)),  # Newcombe 1998
        ("proportion", Figure(None, 263, None), None),  # hidden
        ("proportion", Figure(None, None, 30.8), None),  # known without its counts
        ("proportion", Figure(0, 20, 0.0), (0.0, 16.11)),  # Newcombe 1998
        ("rate", Figure(5, 1000, 5.0), (1.623, 11.668)),  # exact Poisson, Garwood 1936
    ],
)
def test_the_interval_has_the_unit_of_the_value(kind: str, figure: Figure, limits: tuple[float, float] | None) -> None:
    found = judgement.interval(figure, indicator(kind))
    assert found == (limits and pytest.approx(limits, abs=0.01))


def test_a_rate_is_compared_as_events_and_a_count_not_at_all() -> None:
    rate, count = indicator("rate"), indicator("count")
    many, few = Figure(900, 1000, 900.0), Figure(9, 10, 900.0)
    assert judgement.with_value(many, 700.0, comparison("riket"), rate) == Judgement(comparison("riket"), 2, 700.0)
    assert judgement.with_value(few, 700.0, comparison("riket"), rate) == Judgement(comparison("riket"), 0, 700.0)
    assert (
        judgement.with_figure(Figure(200, None, 200.0), Figure(100, None, 100.0), comparison("tidigare"), count) is None
    )
    assert judgement.with_value(Figure(200, None, 200.0), 100.0, comparison("lanet"), count) is None


def shown(taljare: int | None, namnare: int | None, judged: Judgement | None, skydd: str | None = None) -> ProtectedRow:
    value = None if taljare is None or namnare is None else 100 * taljare / namnare
    skal = "skyddat" if skydd == ".." else "saknas" if value is None else None
    area, year = ("0840", "Mörbylånga", "2024", NO_GROUP), (2024, 2024)
    return ProtectedRow(*area, taljare, namnare, value, None, None, skydd, judged, *year, 1, None, skal)


SENTENCES: list[tuple[ProtectedRow, Direction, str]] = [
    (
        shown(26, 106, Judgement(comparison("lanet"), -2, 76.8)),
        "neutral",
        "Mörbylånga: 25 av 100 (26 av 106). Länet: 77 av 100. Skillnaden mot länet är säker: lägre.",
    ),
    (
        shown(26, 106, Judgement(comparison("ovriga"), -1, 40.0)),
        "higher_is_better",
        "Mörbylånga: 25 av 100 (26 av 106). Övriga kommuner: 40 av 100. "
        "Skillnaden mot övriga kommuner är större än slumpen brukar ge: sämre.",
    ),
    (
        shown(26, 106, Judgement(comparison("riket"), -2, 91.0)),
        "lower_is_better",
        "Mörbylånga: 25 av 100 (26 av 106). Riket: 91 av 100. Skillnaden mot riket är säker: bättre.",
    ),
    (
        shown(24, 100, Judgement(comparison("lanet"), 0, 26.0)),
        "neutral",
        "Mörbylånga: 24 av 100 (24 av 100). Länet: 26 av 100. Ingen säker skillnad mot länet.",
    ),
    (
        shown(7, 12, Judgement(comparison("lanet"), 0, 50.0, too_few=True)),
        "neutral",
        "Mörbylånga: 58 av 100 (7 av 12). Länet: 50 av 100. För få för att avgöra om det skiljer sig.",
    ),
    (
        shown(24, 100, Judgement(comparison("tidigare"), 1, 10.0, period="våren 2023")),
        "neutral",
        "Mörbylånga: 24 av 100 (24 av 100). Förra perioden (våren 2023): 10 av 100. "
        "Skillnaden mot förra perioden är större än slumpen brukar ge: högre.",
    ),
    (shown(24, 100, None), "neutral", "Mörbylånga: 24 av 100 (24 av 100)."),
    (shown(None, 100, None, ".."), "neutral", f"Mörbylånga: {amounts.HIDDEN_WHY}."),
    (shown(None, None, None, "-"), "neutral", "Mörbylånga: uppgift saknas."),
]


@pytest.mark.parametrize(("shown_row", "riktning", "said"), SENTENCES, ids=[said for *_, said in SENTENCES])
def test_a_sentence(shown_row: ProtectedRow, riktning: Direction, said: str, live: Store) -> None:
    result = Reader(live).read(SABO)
    object.__setattr__(result, "indicator", indicator(riktning=riktning))
    object.__setattr__(result, "remarks", ())
    assert phrases.sentence(shown_row, result) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 2.0], "2 mätperioder är för få för att avgöra om det finns en trend. Det behövs minst 5."),
        ([1.0, 2.0, 3.0, 4.0, 5.0], "Talen ökar över tid (5 mätperioder"),
        ([5.0, 4.0, 3.0, 2.0, 1.0], "Talen minskar över tid (5 mätperioder"),
        ([1.0, 3.0, 2.0, 3.5, 1.5], "Ingen säker trend (5 mätperioder"),
        ([5.0, 4.0, 3.0, 2.0, 1.0], "Styrdiagram kräver minst 12 mätperioder"),
        ([10.0, 11.0] * 6, "Styrdiagram (XmR): inga tal avviker"),
        (
            [10.0, 11.0] * 6 + [16.0],
            "Styrdiagram (XmR): 1 av 13 mätperioder avviker från den vanliga variationen: 2012.",
        ),
    ],
)
def test_what_is_said_over_time(values: list[float], said: str) -> None:
    assert said in " ".join(verdicts.about_time(over_years(values), spec()))


def test_too_few_is_said_where_only_a_large_difference_would_show(live: Store) -> None:
    result = Reader(live).read(SABO)
    small, large = row(result, EMMABODA).jamforelse, row(result, VIMMERBY).jamforelse
    assert small is not None
    assert large is not None
    assert (small.level, small.too_few) == (0, True)  # 68 residents: ±10 percentage points is chance
    assert (large.level, large.too_few) == (0, False)  # 106 residents


def test_nothing_hidden_is_judged(example: Store) -> None:
    for indicator_id in ("sabo_andel_primarvard", "fast_lakarkontakt_andel", "rub_fordelning"):
        hidden = [r for r in Reader(example).read(indicator_id).rows if r.skydd == ".."]
        assert hidden
        assert {(r.varde, r.nedre, r.ovre, r.jamforelse) for r in hidden} == {(None, None, None, None)}
        assert Rules().span == "1–4"


@pytest.mark.parametrize("against", ["riket", "liknande", "median"])
def test_a_share_without_counts_is_compared_without_a_verdict(against: str) -> None:
    rows = [RawRow(f"08{60 + i}", "2024", NO_GROUP, None, None, varde=50.0 + i) for i in range(5)]
    rows.append(RawRow("00", "2024", NO_GROUP, None, None, varde=52.0))
    similar = {(row.kommun_kod, "2024"): 52.0 for row in rows}
    result = gate(rows, spec(), against=against, similar=similar)
    differing = result.row("0860")
    assert differing is not None
    assert differing.jamforelse is not None
    assert differing.jamforelse.reference == 52.0
    assert not differing.is_judged
    assert (differing.level, verdicts.verdict(differing), differing.nedre) == (0, None, None)
    assert verdicts.verdict_with_shape(differing, spec()).replace("\u00a0", " ") == "−2,0 procentenheter"
    said = " ".join(verdicts.about_comparison(result))
    assert "Källan ger inte antalen" in said
    assert "avviker" not in said
    assert "går inte att säga" in phrases.sentence(differing, result)
    assert overview.comparison_count([overview.Measure(result, NO_GROUP)]) == 0


def test_a_share_with_counts_is_judged_by_its_own_interval_against_those_that_are_alike() -> None:
    rows = [raw("0860", 90, 100), raw("0861", 52, 100)]
    result = gate(rows, spec(), against="liknande", similar={("0860", "2024"): 52.0, ("0861", "2024"): 52.0})
    assert [row.level for row in result.kommuner] == [2, 0]
    assert all(row.is_judged for row in result.kommuner)
    assert not any(row.jamforelse for row in gate(rows, spec(), against="liknande").kommuner)


@pytest.mark.parametrize(("known", "compared"), [(4, False), (5, True)])
def test_a_median_is_of_five_kommuner_at_least_and_of_what_is_seen(known: int, compared: bool) -> None:
    rows = [raw(f"08{60 + i}", 10 * (i + 1), 100) for i in range(known)] + [raw("0880", 2, 100)]
    result = gate(rows, spec(), against="median")
    hidden = result.row("0880")
    assert hidden is not None
    assert hidden.varde is None
    references = {row.jamforelse.reference for row in result.kommuner if row.jamforelse}
    assert references == ({30.0} if compared else set())


def test_nothing_says_that_a_difference_without_a_verdict_is_uncertain_or_certain() -> None:
    rows = [RawRow(f"08{60 + i}", "2024", NO_GROUP, None, None, varde=50.0 + i) for i in range(5)]
    result = gate(rows, spec(), against="median")
    text = exports.write_text(result, "tabell")
    assert "procentenheter" in text
    assert "avviker" not in text
    assert {tables.bar_colour(row, spec()) for row in result.kommuner} == {theme.FIGURE}, (
        "grey says that it is uncertain"
    )
