"""What is looked at first, and a kommun beside the others and its own past, by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from naravard.base import periods
from naravard.base.errors import UserError
from naravard.base.model import UNKNOWN_PERIOD
from naravard.figures import overview
from naravard.figures.comparisons import comparison
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.indicators import Indicator, registry
from naravard.figures.judgement import Judgement
from naravard.figures.overview import Line, Measure
from naravard.telling import phrases
from naravard.ui.parts import min_kommun
from tests.by_hand import BORGHOLM, EMMABODA, KALMAR, LAN, NYBRO, RIKET, ByHand, gate, raw, row, spec


def measure(*rows: ProtectedRow, grupp: str = "totalt", indicator: Indicator | None = None) -> Measure:
    result = gate([raw(LAN, 50, 100)], indicator)
    object.__setattr__(result, "rows", rows)
    return Measure(result, grupp)


def differing(level: int, reference: float, **given: Any) -> ProtectedRow:
    """50, within 40–70, against another value."""
    return row(50.0, Judgement(comparison("lanet"), level, reference), nedre=40.0, ovre=70.0, **given)


@pytest.mark.parametrize(
    ("reference", "strength"),
    [(60.0, 0.5), (70.0, 1.0), (90.0, 2.0), (40.0, 1.0), (30.0, 2.0), (50.0, 0.0)],
)
def test_a_signal_is_as_strong_as_it_lies_many_intervals_away(reference: float, strength: float) -> None:
    """By the length of the interval towards what it is compared with: 20 above, 10 below."""
    (signal,) = overview.signals([measure(differing(1, reference))])
    assert signal.strength == strength


def test_a_figure_without_an_interval_has_no_strength_and_one_without_width_has_all() -> None:
    judged = Judgement(comparison("lanet"), 1, 60.0)
    lacking = [row(50.0, judged, nedre=40.0), row(50.0, judged, ovre=70.0), row(None, judged, nedre=40.0, ovre=70.0)]
    assert {signal.strength for signal in overview.signals([measure(*lacking)])} == {0}
    (signal,) = overview.signals([measure(row(50.0, judged, nedre=50.0, ovre=50.0))])
    assert signal.strength == float("inf")


def test_signals_are_by_level_first_and_by_strength_within_it() -> None:
    """One that is far out by its own interval can be less certain than one nearer: against an earlier period."""
    weak_but_certain, strong = differing(-2, 68.0, kod=KALMAR), differing(1, 300.0, kod=BORGHOLM)
    stronger, certain = differing(-1, 400.0, kod=NYBRO), differing(2, 90.0, kod=EMMABODA)
    found = overview.signals([measure(strong, weak_but_certain), measure(stronger, certain)])
    assert [signal.row.kommun_kod for signal in found] == [EMMABODA, KALMAR, NYBRO, BORGHOLM]
    assert [abs(signal.row.level) for signal in found] == [2, 2, 1, 1]


def test_only_kommuner_of_the_group_that_differ_are_signals() -> None:
    rows = [differing(2, 90.0), differing(0, 55.0, kod=NYBRO), row(50.0, None, BORGHOLM)]
    others = [differing(2, 90.0, kod=LAN), differing(2, 90.0, kod=EMMABODA, grupp="65+")]
    of = measure(*rows, *others)
    assert [signal.row.kommun_kod for signal in overview.signals([of])] == [KALMAR]
    assert overview.comparison_count([of, of]) == 4, "the one that does not differ is a comparison too"


def test_signals_of_the_same_persons_are_one() -> None:
    """Three indicators of one extract have one cause."""
    sets = ("cosmic", "cosmic.rub.5", "sabo.primarvard.med")
    cosmic = [spec(id=name, kort=name, mangder={"taljare": of}) for name, of in zip("abc", sets, strict=True)]
    of = [measure(differing(level, 90.0), indicator=each) for level, each in zip((1, 2, 1), cosmic, strict=True)]
    apart = measure(differing(1, 90.0), indicator=spec(id="d", mangder={"taljare": "sabo"}))
    found = overview.signals([*of, apart, measure(differing(1, 90.0, kod=NYBRO), indicator=cosmic[0])])
    assert [(s.measure.indicator.id, s.row.kommun_kod, [m.indicator.id for m in s.others]) for s in found] == [
        ("b", KALMAR, ["a", "c"]), ("d", KALMAR, []), ("a", NYBRO, []),
    ]  # fmt: skip
    told = phrases.signal(found[0].row, found[0].measure.result, ["a", "c"])
    assert "Också här, med samma personer: a och c." in told


def test_figures_of_an_open_source_are_not_taken_to_be_of_the_same_persons() -> None:
    kolada = [measure(differing(1, 90.0), indicator=spec(id=name, behover="nyckeltal")) for name in "ab"]
    assert [signal.others for signal in overview.signals(kolada)] == [(), ()]


def test_a_profile_says_which_of_those_that_differ_count_the_same_persons() -> None:
    def line(name: str, of: str, level: int) -> overview.Line:
        judged = differing(level, 90.0)
        return overview.Line(
            measure(judged, indicator=spec(id=name, kort=name, mangder={"taljare": of})), judged, None, None, None
        )

    lines = [
        line("a", "cosmic", 1),
        line("b", "ensolutions", 2),
        line("c", "sabo.primarvard.med", -1),
        line("d", "cosmic", 0),
    ]
    told = phrases.profile_headline("Kalmar", lines)
    assert "3 av 4 jämförda mått avviker från länet: a, b och c. " in told.replace("\u00a0", " ")
    assert "a och c räknar samma personer: en enda orsak" in told
    assert phrases.one_cause(lines[1:]) == []


# a way to figures that has no errors for a period that is not there


def store_of(matperioder: list[str], rows: bool = True) -> tuple[list[tuple[str, str | None]], ByHand]:
    """A way to figures of one indicator, and what it has been asked for."""
    asked: list[tuple[str, str | None]] = []

    def get(indicator_id: str, matperiod: str | None, against: str) -> ProtectedResult:
        asked.append((indicator_id, matperiod))
        newest = matperiod or (matperioder[0] if matperioder else "")
        found = [raw(KALMAR, 50, 100, matperiod=newest)] if rows else []
        return gate(found, matperiod=newest, matperioder=list(matperioder), against=against)

    return asked, ByHand(get)


@pytest.mark.parametrize(
    ("matperiod", "answer"),
    [(None, "2024"), ("2024", "2024"), ("2023", "2023"), ("2022", None), (periods.EVERY, periods.EVERY)],
)
def test_a_period_that_is_not_there_is_none(matperiod: str | None, answer: str | None) -> None:
    _, reader = store_of(["2024", "2023"])
    found = reader.find("prov", matperiod)
    assert (found and found.matperiod) == answer


@pytest.mark.parametrize("matperiod", [None, "2024", periods.EVERY])
def test_an_indicator_without_rows_is_none(matperiod: str | None) -> None:
    _, reader = store_of([], rows=False)
    assert reader.find("prov", matperiod) is None


def test_the_newest_period_is_read_once() -> None:
    asked, reader = store_of(["2024", "2023"])
    reader.find("prov", "2024", "riket")
    assert asked == [("prov", None)]


# all indicators beside each other


def test_measures_are_those_with_a_figure_of_a_kommun_shares_first(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "a_count": (spec("count", bild=1), [raw(KALMAR, 50)]),
        "hidden": (spec(), [raw(KALMAR, 3, 100), raw(LAN, 50, 100)]),
        "lan_alone": (spec(), [raw(LAN, 50, 100)]),
        "no_group": (spec(), [raw(KALMAR, 50, 100, grupp="a"), raw(KALMAR, 50, 100, grupp="b")]),
        "of_group": (spec(huvudgrupp="b", bild=7), [raw(KALMAR, 50, 100, grupp=grupp) for grupp in "ab"]),
        "over_time": (spec("count", diagram="timeline"), [raw(KALMAR, 50)]),
        "share_without_slide": (spec(), [raw(KALMAR, 50, 100)]),
        "share": (spec(bild=2), [raw(KALMAR, 50, 100)]),
        "zero": (spec(bild=2), [raw(KALMAR, 0, 100)]),
    }
    specs = {name: replace(given, id=name) for name, (given, _) in known.items()}
    monkeypatch.setattr("naravard.figures.indicators.registry", lambda: specs)

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        if name == "over_time":
            raise AssertionError("it has no kommuner and is not asked for")
        return gate(known[name][1], specs[name])

    found = overview.measures(ByHand(fetch))
    assert [(m.indicator.id, m.grupp) for m in found] == [
        ("share", "totalt"), ("zero", "totalt"), ("of_group", "b"), ("share_without_slide", "totalt"),
        ("a_count", "totalt"),
    ]  # fmt: skip


def test_an_indicator_that_cannot_be_computed_is_left_out() -> None:
    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        if name != "sabo_boende":
            raise UserError("SQL-frågan går inte att köra.")
        return gate([raw(KALMAR, 50)], registry()[name])

    assert [m.indicator.id for m in overview.measures(ByHand(fetch))] == ["sabo_boende"]


# a kommun's profile


def lines(
    kod: str = KALMAR,
    *,
    kind: Any = "proportion",
    riktning: Any = "neutral",
    matperioder: Sequence[str] = ("2024", "2022", UNKNOWN_PERIOD),
) -> list[Line]:
    """The profile of a kommun in an indicator of three periods, one of them without a date."""
    indicator = spec(kind, riktning=riktning, id=next(name for name, each in registry().items() if not each.is_series))
    values = {"2024": 60, "2022": 40, UNKNOWN_PERIOD: 90}

    def get(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        period = matperiod or "2024"
        others = ((KALMAR, values[period]), (NYBRO, 20), (BORGHOLM, 30), (EMMABODA, 70), (LAN, 50))
        wholes = {LAN: 4}
        rows = [
            raw(kommun, n * wholes.get(kommun, 1), 100 * wholes.get(kommun, 1), matperiod=period)
            for kommun, n in (others if name == indicator.id else ())
        ]
        before = [raw(KALMAR, 40, 100, matperiod="2022")] if against == "tidigare" else []
        return gate(rows, indicator, matperiod=period, matperioder=list(matperioder), against=against, earlier=before)

    return overview.profile(kod, ByHand(get))


def test_a_line_of_a_profile_has_its_own_past() -> None:
    (line,) = lines()
    assert (line.row.varde, line.measure.lan and line.measure.lan.varde) == (60.0, 50.0)
    assert line.before is not None
    assert (line.before.matperiod, line.before.varde, line.change) == ("2022", 40.0, 20.0)
    assert line.row_against_before is not None
    assert line.row_against_before.jamforelse is not None
    assert (line.row_against_before.jamforelse.comparison.id, line.row_against_before.jamforelse.period) == (
        "tidigare",
        "2022",
    )
    assert line.row.jamforelse is not None
    assert line.row.jamforelse.comparison.id == "lanet"


@pytest.mark.parametrize("matperioder", [["2024"], ["2024", UNKNOWN_PERIOD]])
def test_without_an_earlier_period_there_is_nothing_before(matperioder: list[str]) -> None:
    (line,) = lines(matperioder=matperioder)
    assert line.row.varde == 60.0
    assert (line.before, line.change) == (None, None)


def test_a_kommun_without_a_row_has_no_line() -> None:
    assert lines("0834") == []


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [(40.0, 60.0, 20.0), (60.0, 40.0, -20.0), (0.0, 0.0, 0.0), (None, 60.0, None), (40.0, None, None)],
)
def test_a_change_is_what_it_is_now_less_what_it_was(
    before: float | None, now: float | None, change: float | None
) -> None:
    of = measure(row(now))
    assert Line(of, row(now), None, row(before), None).change == change
    assert Line(of, row(now), None, None, None).change is None


def test_a_kommun_lies_among_the_others_from_the_lowest_to_the_highest() -> None:
    (line,) = lines()
    assert line.spine is not None
    # Kalmar 60, Nybro 20, Borgholm 30, Emmaboda 70 around the län's 50, the farthest 30 away
    assert (line.spine.low, line.spine.high) == (0.0, pytest.approx(0.5 + 20 / 60))
    assert line.spine.at == pytest.approx(0.5 + 10 / 60)
    (turned,) = lines(riktning="lower_is_better")
    assert turned.spine is not None
    assert turned.spine.at == pytest.approx(0.5 - 10 / 60)
    (same,) = lines(riktning="higher_is_better")
    assert same.spine == line.spine


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([row(60.0), row(50.0, None, LAN)], "count"),
        ([row(None), row(50.0, None, LAN)], "proportion"),
        ([row(60.0), row(None, None, LAN)], "proportion"),
        ([row(60.0), row(None, None, LAN), row(50.0, None, RIKET)], "proportion"),
        ([row(60.0)], "proportion"),
    ],
)
def test_without_a_value_of_its_own_and_of_the_lan_there_is_no_place(rows: list[ProtectedRow], kind: Any) -> None:
    others = [row(n, None, f"08{60 + i}") for i, n in enumerate((10.0, 20.0, 30.0, 40.0))]
    of = measure(*rows, *others, indicator=spec(kind))
    assert overview._spine(of, rows[0]) is None


def test_where_nobody_has_the_lans_value_it_lies_by_rikets() -> None:
    others = [row(n, None, f"08{60 + i}") for i, n in enumerate((10.0, 20.0, 30.0))]
    of = measure(row(60.0), *others, row(40.0, None, RIKET))
    spine = overview._spine(of, of.kommuner[0])
    assert spine is not None
    assert (spine.low, spine.high) == (0.0, pytest.approx(0.5 + 20 / 60))
    line = Line(of, of.kommuner[0], spine, None, None)
    assert "riket 40\u00a0%" in str(min_kommun._spine(spine, "", line))
    too_few = Line(measure(row(60.0), row(40.0, None, RIKET)), row(60.0), None, None, None)
    assert min_kommun._why_no_spine(too_few) == "för få kommuner"
    alike = measure(*(row(60.0, None, f"08{60 + i}") for i in range(5)), row(60.0, None, LAN))
    assert min_kommun._why_no_spine(Line(alike, alike.kommuner[0], None, None, None)) == "alla har samma tal"


def test_the_values_among_which_it_lies_are_those_that_are_seen() -> None:
    others = [row(n, None, f"08{60 + i}") for i, n in enumerate((10.0, None, 30.0))]
    of = measure(row(60.0), row(50.0, None, LAN), *others)
    assert overview._spine(of, of.kommuner[0]) is None, "three values have no quartiles"
