"""What is said of a figure: its interval, whether it differs, and the sentence that a reader gets."""

import json
from dataclasses import replace

import numpy as np
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
from naravard.methods.dispersion import Spread
from naravard.store.snapshots import Store
from naravard.telling import amounts, phrases, provenance, tables, theme, verdicts, vocabulary
from naravard.telling.tables import bar_colour
from tests.by_hand import KALMAR, LAN, NYBRO, gate, over_years, raw, spec
from tests.examples import more

SABO = "sabo_andel_primarvard"
BORGHOLM, EMMABODA, MORBYLANGA, VIMMERBY, VASTERVIK = "0885", "0862", "0840", "0884", "0883"


def indicator(kind: str = "proportion", riktning: Direction = "neutral") -> Indicator:
    return Indicator("prov", "", "Prov", kinds()[kind], "besök per 1 000", riktning, "", "", "")


def row(result: ProtectedResult, kod: str) -> ProtectedRow:
    found = result.row(kod)
    assert found is not None
    return found


def test_the_decks_low_figures_differ_clearly_and_carry_their_remark(live: Store) -> None:
    result = Reader(live).read(SABO, comparison_id="lanet_slumpen")
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
    assert rows[VIMMERBY]["jamforelse"] == "inom spridningen"
    assert (rows[LAN]["jamforelse"], rows[LAN]["nedre"]) == (None, 74.8)


@pytest.mark.parametrize("comparison_id", comparisons())
def test_every_comparison_is_said_or_why_it_cannot_be(live: Store, comparison_id: str) -> None:
    result = Reader(live).read(SABO, comparison_id=comparison_id)
    sentences = verdicts.about_comparison(result)
    judged = [r for r in result.kommuner if r.jamforelse]
    assert sentences
    assert len(judged) == (0 if comparison_id in {"riket", "tidigare", "liknande", "mal"} else 12)
    assert ("går inte att göra" in sentences[0]) == (not judged)
    assert any(comparison(comparison_id).explanation in sentence for sentence in sentences) == bool(judged)


def test_the_other_kommuner_are_the_lan_without_the_kommun(live: Store) -> None:
    found = row(Reader(live).read(SABO, comparison_id="ovriga"), BORGHOLM).jamforelse
    assert found is not None
    assert found.reference == pytest.approx(100 * (1447 - 4) / (1885 - 79))


def test_a_published_extract_is_said_to_be_exempt(live: Store, example: Store) -> None:
    said = "Uttaget är redan publicerat av den som äger det, så små tal visas."
    assert said in provenance.signs(Reader(live).read(SABO))
    assert said not in provenance.signs(Reader(example).read(SABO))


def test_chance_alone_is_told_as_it_is(live: Store) -> None:
    text = " ".join(verdicts.about_comparison(Reader(live).read(SABO, comparison_id="lanet_slumpen")))
    assert "10 av 12 kommuner avviker." in text
    assert "Slumpen ger sällan fler än en av 12." in text
    assert "”talen räcker inte”: bara en skillnad på mer än 10 procentenheter skulle synas i fyra fall av fem." in text


def test_that_the_kommuner_differ_more_than_chance_is_the_first_thing_said(live: Store) -> None:
    result = Reader(live).read(SABO)
    told = [sentence.replace("\u00a0", " ") for sentence in verdicts.about_comparison(result)]
    assert told == [
        "Kommunerna skiljer sig mer än slumpen ger.",
        "Fråga först om registrering och ålder. Att flera avviker är ett enda fynd, inte ett för varje kommun.",
        "Avviker mer än kommunerna brukar skilja sig: Borgholm och Mörbylånga.",
        "I mitten av de 12 som jämförs: 88,3 %.",
        "Varje kommun jämförs med hela länet, där kommunen själv ingår.",
        "Det som slumpen inte förklarar är omkring 22 procentenheter, och gränserna är vidgade med det. "
        "Med bara slumpens gränser vore 10 av 12 utanför.",
    ]
    assert phrases.headline(result).endswith("Kommunerna skiljer sig mer än slumpen ger")
    assert verdicts.without_mark(result) == "Utan tecken: inom spridningen."
    by_chance = Reader(live).read(SABO, comparison_id="lanet_slumpen")
    assert verdicts.without_mark(by_chance) == "Utan tecken: inom slumpen, eller talen räcker inte."
    one = verdicts.about_comparison(Reader(live).read(SABO, kommun=BORGHOLM))
    assert one[:2] == told[:2]
    assert {bar_colour(each, result.indicator) for each in result.kommuner} == {theme.UNSURE}


def test_a_kommun_with_a_remark_is_no_yardstick_where_that_is_chosen(live: Store) -> None:
    result = Reader(live).read(SABO, comparison_id="lanet_utan_anmarkta")
    judged = [each.jamforelse for each in result.kommuner if each.jamforelse]
    assert {round(each.reference, 1) for each in judged} == {round(100 * (1447 - 4 - 26) / (1885 - 79 - 106), 1)}
    assert len(judged) == 12


def test_a_sentence_of_a_kommun_ends_with_its_remark(live: Store) -> None:
    result = Reader(live).read(SABO)
    said = phrases.sentence(row(result, BORGHOLM), result)
    assert said.startswith(
        "Borgholm: 5 av 100 (4 av 79). Länet: 77 av 100. Så stor skillnad mot länet ger slumpen nästan aldrig: lägre. "
        "Den kan bero på registrering eller ålder."
    )
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
    persons = replace(rate, mangder={"taljare": "cosmic"})
    for figure, level in ((many, 2), (few, 0)):
        judged = judgement.with_value(figure, 700.0, comparison("riket"), persons)
        assert judged is not None
        assert (judged.level, judged.reference) == (level, 700.0)
        assert judgement.with_value(figure, 700.0, comparison("riket"), rate) is None, "visits"
    assert (
        judgement.with_earlier(Figure(200, None, 200.0), Figure(100, None, 100.0), comparison("tidigare"), count)
        is None
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
        "Mörbylånga: 25 av 100 (26 av 106). Länet: 77 av 100. "
        "Så stor skillnad mot länet ger slumpen nästan aldrig: lägre. Den kan bero på registrering eller ålder.",
    ),
    (
        shown(26, 106, Judgement(comparison("ovriga"), -1, 40.0)),
        "higher_is_better",
        "Mörbylånga: 25 av 100 (26 av 106). Övriga kommuner: 40 av 100. "
        "Större skillnad mot övriga kommuner än slumpen brukar ge: sämre. Den kan bero på registrering eller ålder.",
    ),
    (
        shown(26, 106, Judgement(comparison("riket"), -2, 91.0)),
        "lower_is_better",
        "Mörbylånga: 25 av 100 (26 av 106). Riket: 91 av 100. "
        "Så stor skillnad mot riket ger slumpen nästan aldrig: bättre. Den kan bero på registrering eller ålder.",
    ),
    (
        shown(24, 100, Judgement(comparison("lanet"), 0, 26.0, detectable=6.5)),
        "neutral",
        "Mörbylånga: 24 av 100 (24 av 100). Länet: 26 av 100. Skillnaden mot länet ryms inom slumpens gränser. "
        "En skillnad på minst 6 procentenheter (25 % av länets tal) skulle synas i fyra fall av fem.",
    ),
    (
        shown(7, 12, Judgement(comparison("lanet"), 0, 50.0, too_few=True, detectable=37.0)),
        "neutral",
        "Mörbylånga: 58 av 100 (7 av 12). Länet: 50 av 100. Talen räcker inte för att säga om kommunen skiljer sig. "
        "En skillnad på minst 37 procentenheter (74 % av länets tal) skulle synas i fyra fall av fem.",
    ),
    (
        shown(7, 12, Judgement(comparison("lanet"), 0, 98.0, too_few=True)),
        "neutral",
        "Mörbylånga: 58 av 100 (7 av 12). Länet: 98 av 100. Talen räcker inte för att säga om kommunen skiljer sig. "
        "Talen är så små att inte ens den största skillnaden skulle synas i fyra fall av fem.",
    ),
    (
        shown(24, 100, Judgement(comparison("lanet"), 0, 26.0, detectable=30.0, spread=Spread(9, 0.1, 0))),
        "neutral",
        "Mörbylånga: 24 av 100 (24 av 100). Länet: 26 av 100. Skillnaden är inte större än den brukar vara mellan "
        "kommunerna.",
    ),
    (
        shown(24, 100, Judgement(comparison("tidigare"), 1, 10.0, period="våren 2023")),
        "neutral",
        "Mörbylånga: 24 av 100 (24 av 100). Förra perioden (våren 2023): 10 av 100. "
        "Större skillnad mot förra perioden än slumpen brukar ge: högre. Den kan bero på hur det registreras.",
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
    assert phrases.sentence(shown_row, result).replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1.0, 2.0], "2 mätperioder är för få för att avgöra om det finns en trend. Det behövs minst 5."),
        ([1.0, 2.0, 3.0, 4.0, 5.0], "5 mätperioder utan antal är för få"),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], "7 mätperioder utan antal är för få"),
        ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], "Talen ökar över tid (8 mätperioder utan antal, 95 %)."),
        ([8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0], "Talen minskar över tid (8 mätperioder utan antal"),
        ([1.0, 3.0, 2.0, 3.5, 1.5, 3.0, 2.0, 1.0], "Talen ändras inte mer över tid än slumpen kan ge (8 mätperioder"),
        ([5.0, 4.0, 3.0, 2.0, 1.0], "Enstaka tal bedöms först när det finns 12 mätperioder."),
        ([10.0, 11.0] * 6, "Inga tal avviker"),
        (
            [10.0, 11.0] * 6 + [16.0],
            "1 av 13 mätperioder avviker från den vanliga variationen: 2012.",
        ),
    ],
)
def test_what_is_said_over_time(values: list[float], said: str) -> None:
    assert said in " ".join(verdicts.about_time(over_years(values), spec()))


def test_too_few_is_said_where_only_a_large_difference_would_show(live: Store) -> None:
    result = Reader(live).read(SABO, comparison_id="lanet_slumpen")
    small, large = row(result, EMMABODA).jamforelse, row(result, VASTERVIK).jamforelse
    assert small is not None
    assert large is not None
    assert (small.level, small.too_few) == (0, True)
    assert small.detectable == pytest.approx(13.0, abs=0.5)  # 68 residents
    assert (large.level, large.too_few) == (2, False)
    assert large.detectable == pytest.approx(5.6, abs=0.5)  # 339 residents


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
    assert verdicts.verdict_with_shape(differing, spec()).replace("\u00a0", " ") == "−2 procentenheter"
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


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        # 75,0 76,0 75,9 78,0 79,0 % of 5 793
        ([4345, 4403, 4397, 4519, 4576], "Talen ökar över tid (+1,0 procentenheter per år, 0,4 till 1,6; 5 "
         "mätperioder, 95 %)."),
        ([4576, 4519, 4397, 4403, 4345], "Talen minskar över tid (−1,0 procentenheter per år, −1,6 till −0,4; "),
        ([4345, 4346, 4347, 4348, 4349], "Talen ändras inte mer över tid än slumpen kan ge (+0,0 procentenheter "),
    ],
)  # fmt: skip
def test_a_change_is_told_per_year_with_its_interval(counts: list[int], said: str) -> None:
    rows = [
        replace(each, taljare=count, namnare=5793) for each, count in zip(over_years([75.0] * 5), counts, strict=True)
    ]
    assert verdicts.about_time(rows, indicator())[0].startswith(said)


def test_a_change_too_small_to_matter_is_said_to_be() -> None:
    rows = [replace(each, taljare=n, namnare=10_000_000) for each, n in zip(
        over_years([50.0] * 5), (5_000_000, 5_010_000, 5_020_000, 5_030_000, 5_040_000), strict=True)]  # fmt: skip
    assert verdicts.about_time(rows, indicator())[0].startswith(
        "Talen ändras mer än slumpen ger, men mycket lite (+0,1 "
    )


def test_counts_change_by_so_many_percent() -> None:
    rows = [replace(each, taljare=n) for each, n in zip(
        over_years([1.0] * 6), (16_479, 16_900, 17_300, 17_800, 18_200, 18_700), strict=True)]  # fmt: skip
    told = verdicts.about_time(rows, indicator("count"))[0]
    assert told.startswith("Talen ökar över tid (+2,6 procent per år, 2,2 till 2,9; ")


@pytest.mark.parametrize(
    ("reference", "nedre", "ovre", "said", "reference_said"),
    [
        (76.8, 50.0, 76.7, "50,0–76,7 %", "76,8 %"),  # 77 % and 77 % would contradict ▼
        (76.8, 50.0, 76.2, "50–76 %", "77 %"),
        (49.6, 50.1, 77.0, "50,1–77,0 %", "49,6 %"),
    ],
)
def test_a_limit_that_would_be_rounded_to_the_reference_has_a_decimal_more(
    reference: float, nedre: float, ovre: float, said: str, reference_said: str
) -> None:
    judged = replace(shown(31, 48, Judgement(comparison("lanet"), -1, reference)), nedre=nedre, ovre=ovre)
    assert amounts.interval(judged, indicator()).replace("\u00a0", " ") == said
    assert amounts.reference(judged, indicator()).replace("\u00a0", " ") == reference_said


def test_nothing_says_that_a_difference_without_a_verdict_is_uncertain_or_certain() -> None:
    rows = [RawRow(f"08{60 + i}", "2024", NO_GROUP, None, None, varde=50.0 + i) for i in range(5)]
    result = gate(rows, spec(), against="median")
    text = exports.write_text(result, "tabell")
    assert "procentenheter" in text
    assert "avviker" not in text
    assert {tables.bar_colour(row, spec()) for row in result.kommuner} == {theme.FIGURE}, (
        "grey says that it is uncertain"
    )


@pytest.mark.parametrize(
    ("growth", "is_compared"),
    [(0.0, True), (0.0727, True), (-0.0727, True), (0.0729, False), (-0.0729, False), (None, True)],
)
def test_a_denominator_that_has_grown_too_much_gives_no_verdict_and_says_why(
    growth: float | None, is_compared: bool
) -> None:
    """60 of 1 000: 4.69 to 7.65 %, so that a third of the way to the nearer limit is 0.437, which is 7.28 % of 6."""
    rows = [raw(KALMAR, 60, 1000, taljare_ar=2023, namnare_ar=2022, namnare_andring=growth)]
    rows.append(raw(NYBRO, 70, 1000, taljare_ar=2023, namnare_ar=2023))
    result = gate([*rows, raw(LAN, 600, 10_000)])
    row = result.row(KALMAR)
    assert row is not None
    assert row.is_judged is is_compared
    told = verdicts.not_compared(result)
    assert any(vocabulary.HAS_OUTGROWN in each and "Kalmar" in each for each in told) is not is_compared
    alone = gate([rows[0], raw(LAN, 600, 10_000, taljare_ar=2023, namnare_ar=2022, namnare_andring=0.5)])
    assert (verdicts.about_comparison(alone) == [vocabulary.OUTGROWN]) is not is_compared


@pytest.mark.parametrize("sizes", [(40, 79, 104, 299), *more(((52, 80, 96, 184, 215, 232, 264),))])
@pytest.mark.parametrize("against", ["riket", "lanet"])
def test_no_number_contradicts_its_verdict_by_rounding(against: str, sizes: tuple[int, ...]) -> None:
    """Where a limit lies beside what it is compared with there are more decimals; a figure that differs looks so."""
    indicator_of_persons = spec(mangder={"taljare": "sabo"})
    cases = [(n, k) for n in sizes for k in range(n + 1)]
    judged = 0
    for average in (10.502673, 50.0, 76.76, 91.0):
        of = [raw(KALMAR, k, n) for n, k in cases]
        whole = raw(LAN, round(18.85 * average), 1885)
        beside = raw("00", None, None, varde=average) if against == "riket" else whole
        for own in of:
            result = gate([own, beside], indicator_of_persons, against=against, rules=Rules(low=0, high=-1))
            row = result.rows[0]
            if row.jamforelse is None:
                continue
            judged += 1
            low, high = numbers(amounts.interval(row, result.indicator))
            (reference,) = numbers(amounts.reference(row, result.indicator))
            if not row.level or against == "riket":
                assert (low <= reference <= high) is (row.level == 0), (own, low, high, reference)
            if row.level:
                (value,) = numbers(amounts.compared_value(row, result.indicator).strip("<>"))
                assert np.sign(value - reference) == np.sign(row.level)
    assert judged > 1000


def numbers(text: str) -> list[float]:
    return [float(each.replace("\u00a0", "").replace("%", "").replace(",", ".")) for each in text.split("–")]
