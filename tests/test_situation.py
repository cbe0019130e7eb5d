"""How it goes for an area in sentences: what is counted, in which block it stands, and that none is said twice."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from naravard.base import kommuner
from naravard.base.model import NO_GROUP
from naravard.base.numbers import HIDDEN, enumeration
from naravard.figures import indicators
from naravard.figures.gate import ProtectedResult
from naravard.figures.overview import Measure
from naravard.figures.reader import Reader
from naravard.figures.standing import Going, Standing, standing_as, standing_of, standings
from naravard.store.snapshots import Store
from naravard.telling import situation
from naravard.ui import strips
from tests.by_hand import LAN, ByHand, gate, raw, spec

NAMES = tuple(kommun.kod for kommun in kommuner.in_lan("08"))
OWN = NAMES[5]
AREAS = (LAN, "0821", "0861", "0880", "0885")
"""The län, two of its smallest kommuner, one of the middle and the largest; the others are more of the same."""
ALL_AREAS = [*AREAS, *(pytest.param(kod, marks=pytest.mark.slow) for kod in NAMES if kod not in AREAS)]


@cache
def standings_in(store: Store, area: str) -> Sequence[Standing]:
    """As they are in a store that tests only read: each test asks the same of them."""
    return tuple(standings(area, Reader(store)))


def of(values: Sequence[float], *, direction: str = "higher_is_better", nation: float | None = None) -> Standing:
    """Ready shares without counts, one for each kommun in order, as they stand in one of them."""
    rows = [raw(kod, None, None, varde=value) for kod, value in zip(NAMES, values, strict=True)]
    rows += [raw("00", None, None, varde=nation)] if nation is not None else []
    indicator = replace(spec("proportion"), riktning=direction, id="eget")
    result = gate(rows, indicator)

    def fetch(name: str, matperiod: str | None, against: str) -> ProtectedResult:
        return gate(rows, indicator, against=against)

    return standing_of(Measure(result, NO_GROUP), OWN, ByHand(fetch))


@pytest.mark.parametrize(
    ("value", "direction", "going"),
    [
        (60, "higher_is_better", Going.WELL),
        (60, "lower_is_better", Going.POORLY),
        (60, "neutral", Going.UNTOLD),
        (10, "higher_is_better", Going.POORLY),
        (10, "lower_is_better", Going.WELL),
        (31, "higher_is_better", Going.ALIKE),
    ],
)
def test_where_chance_is_unknown_it_takes_the_outer_quarter_and_a_direction(
    value: float, direction: str, going: Going
) -> None:
    values = [20.0, 25, 28, 30, 31, value, 32, 33, 34, 35, 36, 40]
    standing = of(values, direction=direction, nation=31)
    assert (standing.going, standing.is_sure) == (going, False)


def test_a_figure_that_is_high_among_the_kommuner_and_not_above_riket_is_not_told_as_good() -> None:
    values = [20.0, 25, 28, 30, 31, 39, 32, 33, 34, 35, 36, 40]
    assert of(values, nation=45).going is Going.ALIKE
    assert of(values, nation=31).going is Going.WELL


@pytest.fixture(params=["live", "example"])
def store(request: pytest.FixtureRequest, shared_live: Store, shared_example: Store) -> Store:
    return shared_live if request.param == "live" else shared_example


@pytest.mark.parametrize("area", ALL_AREAS)
def test_an_indicator_has_one_sentence_and_no_two_are_alike(area: str, store: Store) -> None:
    all_standings = standings_in(store, area)
    sentences = [s for block in situation.blocks(all_standings) for s in block.sentences]
    assert len({s.measure.indicator.id for s in sentences}) == len(sentences)
    assert len({s.text for s in sentences}) == len(sentences)
    assert len({re.sub(r"^[^:]*: ", "", s.text) for s in sentences}) == len(sentences), "nor but for the name"


@pytest.mark.parametrize("area", ALL_AREAS)
def test_what_is_remarked_on_has_no_place_among_good_and_bad(area: str, store: Store) -> None:
    all_standings = standings_in(store, area)
    remarked = {s.indicator.id for s in standing_as(all_standings, Going.FLAGGED)}
    told = {s.measure.indicator.id for block in situation.blocks(all_standings) for s in block.sentences}
    assert not remarked & told
    assert len(situation.flags(all_standings)) == len(set(situation.flags(all_standings)))
    goings = [s.going for s in all_standings]
    assert goings[len(goings) - len(remarked) - goings.count(Going.ABSENT) :].count(Going.FLAGGED) == len(remarked)


@pytest.mark.parametrize("area", ALL_AREAS[1:])
def test_only_what_can_be_judged_is_counted_and_each_of_the_rest_has_its_reason(area: str, store: Store) -> None:
    all_standings = standings_in(store, area)
    text = " ".join(situation.how_sure(all_standings))
    judged = sum(bool(s.row and s.row.is_judged) for s in all_standings)
    counted = re.search(r"(?:av (\d+)|Det enda) mått som kan prövas", text)
    assert counted is not None
    assert int(counted[1] or 1) == judged
    rest = [s for s in all_standings if s.value is not None and not (s.row and s.row.is_judged)]
    reasons = [int(number) for number in re.findall(r"\((\d+)\)", text)]
    assert sum(reasons) == len(rest)
    assert f"{len(rest)} går inte att pröva mot slumpen: " in text
    for standing in all_standings:
        if standing.value is None:
            assert standing.indicator.short in text, "what is hidden or missing is named"


@pytest.mark.parametrize("area", ALL_AREAS)
def test_each_indicator_is_in_the_headline_or_has_its_reason_beside_it(area: str, store: Store) -> None:
    all_standings = standings_in(store, area)
    counted = standing_as(all_standings, Going.WELL, Going.POORLY, Going.ALIKE)
    text = situation.not_told(all_standings)
    reasons = [int(number) for number in re.findall(r"\((\d+)\)", text)]
    assert len(counted) + sum(reasons) == len(all_standings)
    assert text.startswith(f"{len(all_standings) - len(counted)} av {len(all_standings)} mått bedöms inte: ")
    assert ("talet har en anmärkning" in text) == bool(standing_as(all_standings, Going.FLAGGED))
    hidden = [s for s in all_standings if s.row and s.row.skydd == HIDDEN]
    assert ("talet är dolt" in text) == bool(hidden), "what is protected is said to be"
    assert text in situation.answers(all_standings)[-1].sentences[0].text, "on paper and slides as well"


@pytest.mark.parametrize("area", ALL_AREAS)
def test_a_sentence_goes_the_way_that_was_judged_and_has_the_value_that_was(area: str, store: Store) -> None:
    """With equal ages a kommun may lie below the län whose figure as it is lies above."""
    judged = {id(s.measure): s for s in standings_in(store, area) if s.row and s.row.is_judged and s.row.level}
    for sentence in (s for block in situation.blocks(standings_in(store, area)) for s in block.sentences):
        if (standing := judged.get(id(sentence.measure))) is None or standing.row is None:
            continue
        assert sentence.mark == ("▲" if standing.row.level > 0 else "▼")
        assert ("med länets åldrar" in sentence.text) == (standing.row.utjamnad is not None)


def test_where_all_is_in_the_headline_nothing_is_said_of_the_rest() -> None:
    assert situation.not_told([of([20.0, 25, 28, 30, 31, 60, 32, 33, 34, 35, 36, 40], nation=31)]) == ""


def test_monsteras_is_told_what_goes_well_and_what_has_changed(shared_live: Store) -> None:
    all_standings = standings_in(shared_live, "0861")
    texts = {
        block.id: [s.text.replace("\u00a0", " ") for s in block.sentences] for block in situation.blocks(all_standings)
    }
    assert texts["bra"] == ["Nöjda med hemtjänsten: 97 %, bättre än riket (86 %) och upp 5 procentenheter sedan 2020."]
    assert texts["samre"] == []
    assert "Läkare vid behov, SÄBO: 40 %, ned 10 procentenheter sedan 2020." in texts["nytt"]
    tones = {s.text: s.tone for block in situation.blocks(all_standings) for s in block.sentences}
    assert {tone for text, tone in tones.items() if "Läkare" in text} == {"samre"}, "down, where high is good"


def test_a_change_the_other_way_is_told_with_a_but(shared_live: Store) -> None:
    (sentence,) = situation.blocks(standings_in(shared_live, "0880"))[0].sentences
    assert sentence.text.replace("\u00a0", " ") == (
        "Läkare vid behov, SÄBO: 53 %, bättre än riket (45 %), men ned 6 procentenheter sedan 2020."
    )


def test_the_lan_is_told_by_its_kommuner_where_nobody_has_its_own_figure(shared_live: Store) -> None:
    all_standings = standings_in(shared_live, LAN)
    good = [s.text.replace("\u00a0", " ") for s in situation.blocks(all_standings)[0].sentences]
    assert "Nöjda med äldreboendet: 9 av 12 kommuner är bättre än riket (77 %)." in good
    new = [s.text.replace("\u00a0", " ") for block in situation.blocks(all_standings) for s in block.sentences]
    assert "Fallskador 80+: 5 241 per 100 000 invånare 80+, ned 60 sedan 2021." in new, "a rate has its unit"
    sure = " ".join(situation.how_sure(all_standings))
    assert "Har inget eget tal: Nöjda med äldreboendet, " in sure, "what its kommuner tell is not said to be missing"


@pytest.mark.parametrize(("newest", "has_line"), [("2024", True), ("våren 2024", False)])
def test_a_line_ends_in_the_figure_that_it_stands_beside(newest: str, has_line: bool) -> None:
    """Months ended beside the figure of half a year, with no earlier one to compare it with."""
    standing = of([20.0, 25, 28, 30, 31, 60, 32, 33, 34, 35, 36, 40], nation=31)
    assert standing.row is not None
    years = tuple(replace(standing.row, matperiod=name) for name in ("2021", "2022", "2023", newest))
    drawn = replace(standing, row=years[-1], series=years)
    assert any("linje" in str(part) for part in strips._years(drawn)) is has_line


def test_a_kommun_with_few_persons_reads_why_its_figure_is_not_there(shared_example: Store) -> None:
    told = {}
    for kod in AREAS[1:]:
        all_standings = standings_in(shared_example, kod)
        rows = [(each.indicator.short, each.row) for each in all_standings]
        names = [name for name, row in rows if row and row.varde is None and row.skydd == HIDDEN]
        text = " ".join(situation.how_sure(all_standings))
        assert ("Dolt: " in text) == bool(names)
        told |= {kod: text} if f"Dolt: {enumeration(names)}." in text else {}
    assert told


def test_what_is_worse_has_become_so_or_is_remarked_on_has_a_question_and_each_is_asked_once() -> None:
    def asked(standing: Standing, question: str) -> Standing:
        result = standing.measure.result
        indicator = replace(result.indicator, fraga=question)
        return replace(standing, measure=Measure(replace(result, indicator=indicator), NO_GROUP))

    worse, alike = (of([20.0, 25, 28, 30, 31, own, 32, 33, 34, 35, 36, 40], nation=31) for own in (10, 31))
    assert (worse.going, alike.going) == (Going.POORLY, Going.ALIKE)
    some = [asked(worse, "Varför?"), asked(alike, "Hur?"), asked(worse, "Varför?"), worse]
    assert [question.text for question in situation.questions(some)] == ["Varför?"]
    for going, expected in ((Going.FLAGGED, ["Hur?"]), (Going.DIFFERS, ["Hur?"]), (Going.WELL, []), (Going.ABSENT, [])):
        told = situation.questions([replace(asked(alike, "Hur?"), going=going)])
        assert [question.text for question in told] == expected, going


def test_each_indicator_of_which_a_direction_is_agreed_has_a_question() -> None:
    for indicator in indicators.registry().values():
        assert indicator.fraga.endswith("?") or indicator.riktning == "neutral", indicator.id


@pytest.mark.parametrize("area", AREAS[1:])
def test_the_questions_of_a_kommun_stand_on_paper_too(shared_deck: Store, area: str) -> None:
    all_standings = standings_in(shared_deck, area)
    told = [statement.text for answer in situation.answers(all_standings) for statement in answer.sentences]
    for question in situation.questions(all_standings):
        assert f"{question.measure.indicator.short}: {question.text}" in told


@pytest.mark.parametrize(
    ("before", "said"), [(None, "Inget tal har ett tidigare att jämföra med."), (30.0, "Inget har ändrats.")]
)
def test_what_has_no_figure_before_is_not_said_to_be_as_before(before: float | None, said: str) -> None:
    standing = of([30.0] * len(NAMES))
    earlier = replace(standing.row, varde=before) if standing.row and before is not None else None
    (block,) = (each for each in situation.blocks([replace(standing, before=earlier)]) if each.id == "nytt")
    assert (block.sentences, block.otherwise) == ((), said)


def test_what_the_headline_has_said_is_not_said_again() -> None:
    alike = of([30.0] * len(NAMES), nation=30)
    absent = replace(alike, going=Going.ABSENT, row=None, before=None)
    poor = of([20.0, 25, 28, 30, 31, 10, 32, 33, 34, 35, 36, 40], nation=31)
    for some, expected in (([alike], ["nytt"]), ([absent], []), ([absent, poor], ["bra", "samre", "nytt"])):
        assert [block.id for block in situation.blocks(some)] == expected


def test_a_lan_without_figures_of_its_own_is_told_so_once() -> None:
    """It named all of them, twice: in the headline's reasons and below."""
    absent = replace(of([30.0] * len(NAMES)), going=Going.ABSENT, row=None)
    assert situation.how_sure([absent, absent]) == ["Inget mått har ett eget tal."]
    assert situation.how_sure([absent, of([30.0] * len(NAMES))])[-1] == "Har inget eget tal: Prov."
    own_row = absent.measure.row(OWN)
    assert own_row
    hidden = replace(absent, row=replace(own_row, varde=None, skydd=HIDDEN))
    assert situation.how_sure([hidden, absent]) == ["Dolt: Prov.", "Har inget eget tal: Prov."]


def test_a_dotted_edge_is_explained_where_there_is_one() -> None:
    values = [20.0, 25, 28, 30, 31, 60, 32, 33, 34, 35, 36, 40]
    assert situation.edge_explained([of(values, nation=31)]) == [situation.UNSURE_EDGE]
    assert situation.edge_explained([of([30.0] * len(NAMES))]) == []


@pytest.mark.parametrize(
    ("area", "indicator_id"), [("0860", "sabo_eller_hemtjanst_80plus_andel"), ("0862", "hemtjanst_80plus_andel")]
)
def test_a_change_from_a_figure_that_is_in_doubt_is_not_told(shared_live: Store, area: str, indicator_id: str) -> None:
    """Hultsfred's of 2021 and Emmaboda's of 2022 are most likely reported wrongly: that they are mended is no news."""
    (standing,) = (each for each in standings_in(shared_live, area) if each.indicator.id == indicator_id)
    assert (standing.change, standing.change_level) == (None, None)
    others = [each for each in standings_in(shared_live, "0880") if each.indicator.id == indicator_id]
    assert others[0].change is not None


def test_a_remark_on_all_periods_hides_no_change(shared_live: Store) -> None:
    (standing,) = (each for each in standings_in(shared_live, "0821") if each.indicator.id == "sabo_80plus_andel")
    assert standing.own_remarks
    assert standing.change is not None
