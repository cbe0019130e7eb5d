"""Breaks in series: set in the store and on the command line, told in words, and nothing is compared across them."""

from datetime import date

import pytest

from naravard import charts
from naravard.base.breaks import Break, between
from naravard.base.errors import NotFound, PersonId, UserError
from naravard.base.periods import EVERY
from naravard.figures.gate import ProtectedResult
from naravard.figures.reader import Reader
from naravard.intake import breaks
from naravard.store.snapshots import Store, VersionConflict
from naravard.telling import breaks as words
from naravard.telling import provenance, series, verdicts
from tests.by_hand import BORGHOLM, KALMAR, LAN, gate, raw, spec

MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
NEW_SYSTEM = Break(date(2025, 3, 1), "Nytt journalsystem", indikator="prov")
IN_BORGHOLM = Break(date(2024, 9, 1), "Ny definition", indikator="prov", kommun_kod=BORGHOLM)
INDICATOR = "hemtjanst_80plus_andel"


@pytest.mark.parametrize(
    ("earlier", "later", "is_broken"),
    [
        ("2025-02", "2025-03", True),
        ("2025-03", "2025-04", False),
        ("2025-01", "2025-02", False),
        ("2024", "2025", True),  # the middle of a year lies before a day in March, that of the next after it
        ("kvartal 1 2025", "kvartal 2 2025", True),
        ("våren 2025", "hösten 2025", False),
        ("ej angiven", "2025-03", False),
    ],
)
def test_a_break_lies_between_the_middles_of_two_periods(earlier: str, later: str, is_broken: bool) -> None:
    assert NEW_SYSTEM.lies_between(earlier, later) is is_broken


def test_a_break_of_one_kommun_is_not_one_of_the_others_nor_of_the_lan() -> None:
    some = [NEW_SYSTEM, IN_BORGHOLM]
    assert between(some, "2024", "2026", BORGHOLM) == [IN_BORGHOLM, NEW_SYSTEM]
    assert between(some, "2024", "2026", KALMAR) == between(some, "2024", "2026", LAN) == [NEW_SYSTEM]


def monthly(*some: Break) -> ProtectedResult:
    rows = [raw(kod, 500, 1000, matperiod=month) for kod in (BORGHOLM, KALMAR, LAN) for month in MONTHS]
    return gate(rows, spec(), matperiod=EVERY, breaks=some)


def test_lines_are_broken_limits_begin_anew_and_the_words_stand_in_the_chart() -> None:
    result = monthly(NEW_SYSTEM, IN_BORGHOLM)
    rows = {kod: [row for row in result.rows if row.kommun_kod == kod] for kod in (BORGHOLM, KALMAR)}
    figure = charts.draw(result, "over_time")
    gaps = {trace.meta: list(trace.y).count(None) for trace in figure.data}
    assert gaps == {BORGHOLM: 2, KALMAR: 1, LAN: 1}
    assert [shape.x0 for shape in figure.layout.shapes] == [date(2024, 9, 1), date(2025, 3, 1)]
    assert {"Borgholm: Ny definition", "Nytt journalsystem"} <= {note.text for note in figure.layout.annotations}
    for kod in (BORGHOLM, KALMAR):
        assert [row.matperiod for row in series.comparable(rows[kod], result.breaks)] == MONTHS[14:]
        first, *_ = verdicts.about_time(rows[kod], spec(), result.breaks)
        assert first == "Brytpunkt 1 mars 2025: Nytt journalsystem. Bara tal därefter räknas här."
    assert "Brytpunkt 1 september 2024, Borgholm: Ny definition. Talen före och efter jämförs inte." in (
        provenance.notes(result)
    )


@pytest.mark.parametrize(("day", "text"), [(date(2025, 1, 1), "2025"), (date(2025, 1, 2), "2 januari 2025")])
def test_the_first_day_of_a_year_is_told_as_the_year(day: date, text: str) -> None:
    assert words.since(day) == text


def test_a_break_is_published_with_who_and_why_and_can_be_taken_away(live: Store) -> None:
    each = Break(date(2022, 1, 1), "  Ny   definition ", indikator=INDICATOR, kommun_kod=BORGHOLM)
    version = breaks.add(each, live, who="Anna", expected_version=1)
    event = live.versions()[0]
    assert (version, event.handelse, event.vem, event.varfor) == (2, "brytpunkt satt", "Anna", "Ny definition")
    with live.open() as snapshot:
        (stored,) = snapshot.breaks()
    assert (stored.nummer, stored.text, stored.vem, stored.kommun_kod) == (1, "Ny definition", "Anna", BORGHOLM)
    result = Reader(live).read(INDICATOR, "2022", "tidigare")
    compared = {row.kommun_kod for row in result.kommuner if row.jamforelse}
    assert KALMAR in compared
    assert BORGHOLM not in compared
    assert result.period_before(BORGHOLM) is None
    assert result.period_before(KALMAR) == "2021"
    assert "Brytpunkt 2022, Borgholm: Ny definition. Talen jämförs inte med 2021." in provenance.notes(result)
    breaks.remove(1, live, who="Anna", why="Fel kommun", expected_version=2)
    assert Reader(live).read(INDICATOR, "2022", "tidigare").period_before(BORGHOLM) == "2021"


def test_a_break_of_a_source_is_one_of_all_that_comes_from_it(live: Store) -> None:
    breaks.add(Break(date(2020, 1, 1), "Nytt system", kalla="nyckeltal"), live, who="Anna")
    reader = Reader(live)
    assert [each.text for each in reader.read("fallskador_80plus").breaks] == ["Nytt system"]
    assert not reader.read("befolkning_80plus").breaks


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"datum": date(2999, 1, 1)}, "Dagen 2999-01-01 ska ligga mellan 1990-01-01 och i dag."),
        ({"datum": date(1989, 12, 31)}, "Dagen 1989-12-31 ska ligga mellan"),
        ({"text": "   "}, "Skriv vad som ändrades, till exempel ”Nytt journalsystem”."),
        ({"text": "x" * 61}, "Texten har 61 tecken. Den står i diagrammet: skriv högst 60."),
        ({"kalla": "cosmic"}, "Ange en källa eller en indikator, en av dem."),
        ({"indikator": ""}, "Ange en källa eller en indikator, en av dem."),
        ({"indikator": "", "kalla": "cosmik"}, "Källan 'cosmik' finns inte."),
        ({"kommun_kod": "0180"}, "Kommunen 0180 ligger inte i Kalmar län."),
    ],
)
def test_what_is_wrong_with_a_break_is_told_and_nothing_is_published(
    shared_live: Store, given: dict[str, object], said: str
) -> None:
    right: dict[str, object] = {"datum": date(2022, 1, 1), "text": "x" * 60, "indikator": INDICATOR}
    with pytest.raises(UserError, match=said.replace(".", r"\.")):
        breaks.add(Break(**(right | given)), shared_live, who="Anna")  # type: ignore[arg-type]
    assert shared_live.newest == 1


def test_a_person_id_is_refused_and_so_is_an_older_version(live: Store) -> None:
    right = Break(date(2022, 1, 1), "Ny definition", indikator=INDICATOR)
    with pytest.raises(PersonId):
        breaks.add(Break(right.datum, "Gäller 19121212-1212", indikator=INDICATOR), live, who="Anna")
    breaks.add(right, live, who="Anna", expected_version=1)
    with pytest.raises(VersionConflict):
        breaks.add(right, live, who="Bo", expected_version=1)
    with pytest.raises(NotFound, match="Brytpunkt 7 finns inte"):
        breaks.remove(7, live, who="Bo", why="Fel")


def test_a_store_without_breaks_has_none(shared_live: Store) -> None:
    with shared_live.open() as snapshot:
        assert snapshot.breaks() == []
