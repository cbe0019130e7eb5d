"""All that leaves is the same, to the letter, whatever is hidden: who reads any of it learns nothing more.

A store is given another table: the same figures are seen, and the counts that are hidden are others (found by integer
programming, and shown alike by the gate itself). Then everything that leaves is written of both and compared: files,
charts with what a pointer tells, tables, walls, slides, sentences, rankings, profiles. Nothing here knows how a hidden
count could get out: whatever follows it, the order, a colour, an axis, a limit or the length of a text, differs.
"""

import io
import itertools
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any

import pytest

from naravard import charts, exports, sources
from naravard.base import kommuner, periods
from naravard.base.errors import UserError
from naravard.figures import changes, comparisons, forward, gate, indicators, overview, pooled, standing
from naravard.figures.gate import ProtectedResult, ProtectedRow
from naravard.figures.protection import RawRow
from naravard.figures.reader import Reader
from naravard.figures.rows import sources_read
from naravard.room.projector import as_json, figure_on_screen
from naravard.slides import lgl, profile, sequence
from naravard.slides.parts import deck_of
from naravard.slides.sequence import Entry
from naravard.slides.sheet import sheet
from naravard.store import ledger
from naravard.store.counts import Counts
from naravard.store.snapshots import Snapshot, Store
from naravard.telling import phrases, series, situation, verdicts
from naravard.ui import strips
from naravard.ui.result_table import result_table
from tests import pdf_reading
from tests.api_reading import everything_for_programs
from tests.attack import Facts, Var, field_facts, figure_facts, rows_that_show, truth_of
from tests.examples import more
from tests.replay import Game, _program, _table
from tests.test_attack import counted, empty, random_store

__all__ = ["empty"]
pytestmark = pytest.mark.attack
_TRIES = 8
_WITH_ANOTHER = 1
"""Number of a random store that has another table, of many counts."""
PERIOD = "våren 2024"
_ON_PAPER = {"Borgholm", "Högsby"}
"""Kommuner with small counts, whose profiles are written as files too: what stands in those of all is compared."""


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_now", lambda: datetime(2026, 1, 1, 12))
    monkeypatch.setattr(strips, "view_address", lambda measure: measure.indicator.id)  # else of a browser's own choices


def other_table(snapshot: Snapshot, random: Random) -> dict[Var, int] | None:
    """Counts with which the same would be seen and as much as possible of what is hidden is another; None for none."""
    game, truth = Game.of(snapshot), truth_of(snapshot)
    seen = game.shown(truth)
    facts = Facts()
    for var in truth:
        facts.of(*var)
    field_facts(truth, facts)
    figure_facts(list(rows_that_show(snapshot)), facts)
    program = _program(facts)
    small = [var for var, count in truth.items() if 1 <= count <= 4]
    random.shuffle(small)
    best, most = None, 0
    for var in small[:_TRIES]:
        # all other periods as they are
        bounds = [_class_of(truth[other]) if other[2] == var[2] else (truth[other],) * 2 for other in facts.place]
        value = random.choice([n for n in range(1, 5) if n != truth[var]])
        table = _table(program, facts, bounds, facts.place[var], value, random)
        if table is None:
            continue
        differs = sum(table[other] != count for other, count in truth.items())
        if differs > most and game.shown(table) == seen:
            best, most = table, differs
    return best


def _class_of(count: int) -> tuple[float, float]:
    """Between what it may be for the gate to choose alike: 0, small, medium, large; and not far from what it is."""
    low, high = next(ends for ends in ((0, 0), (1, 4), (5, 12), (13, 1e5)) if count <= ends[1])
    return max(low, count - 4), min(high, count + 4)


def put(snapshot: Snapshot, table: Mapping[Var, int]) -> None:
    """Give a candidate other counts, before anything has been asked of it."""
    ids = dict(snapshot.connection.execute("select uttag_id, matperiod from uttag where not publicerad").fetchall())
    for source in sources.sources().values():
        if not source.persons:
            continue
        for (name, area, period), count in table.items():
            uttag_ids = [i for i, matperiod in ids.items() if matperiod == period]
            own = name.removeprefix(f"{source.id}.") if name != source.id else ""
            if not uttag_ids or name.partition(".")[0] != source.id or " " in name:
                continue
            place = "kommun_kod = $area and list_contains($ids, uttag_id)"
            given = {"area": area, "ids": uttag_ids, "count": count}
            if source.persons.columns:
                if own in source.persons.columns:
                    column = source.persons.columns[own]
                    snapshot.connection.execute(f"update {source.id} set {column} = $count where {place}", given)
                continue
            division, _, group = own.partition(".") if own else ("totalt", "", "totalt")
            given |= {"division": division, "group": group}
            sql = f"update {source.id} set antal = $count where {place} and uppdelning = $division and grupp = $group"
            snapshot.connection.execute(sql, given)
    snapshot.memo.clear()


def indicators_of_persons(snapshot: Snapshot) -> list[str]:
    """Those that read what a version has of persons."""
    kallor = {extract.kalla for extract in snapshot.extracts()}
    return [indicator_id for indicator_id, read in sources_read().items() if read & kallor]


def one_of_each_kind(snapshot: Snapshot) -> list[str]:
    """An indicator of persons of each kind with each chart of its own."""
    all_of_them = map(indicators.by_id, indicators_of_persons(snapshot))
    return list({(spec.kind.id, spec.diagram): spec.id for spec in all_of_them}.values())


def everything(snapshot: Snapshot) -> dict[str, str]:
    """All that leaves of a version, by what it is, but for files with parts of their own."""
    reader = Reader.over(snapshot)
    texts = of_all_results(snapshot)
    for indicator_id in indicators_of_persons(snapshot):
        every = reader.read(indicator_id, periods.EVERY)
        texts |= {f"{indicator_id} in time {name}": text for name, text in in_time(every).items()}
        result = reader.read(indicator_id)
        texts |= {f"{indicator_id} {name}": text for name, text in drawings_of(result, reader).items()}
        for some in (result, every):
            programs = everything_for_programs(some, reader)
            texts |= {f"{indicator_id} {some.matperiod} {name}": text for name, text in programs.items()}
    all_measures = overview.measures(reader)
    texts["signals"] = repr([(s.measure.indicator.id, s.row, s.strength) for s in overview.signals(all_measures)])
    texts["sentences of signals"] = repr(
        [phrases.signal(s.row, s.measure.result) for s in overview.signals(all_measures)]
    )
    texts["comparisons"] = str(overview.comparison_count(all_measures))
    for kommun in kommuner.in_lan("08"):
        lines = overview.profile(kommun.kod, reader)
        texts[f"profile of {kommun.namn}"] = repr(lines) + repr(profile.slides(kommun.namn, lines))
        texts[f"paper of {kommun.namn}"] = repr(sheet(kommun.kod, reader, 1))
    texts["slides of LGL"] = repr(lgl.deck(reader, 1))
    for entry in sequence.lgl_screens(reader, is_example=False):
        screen = sequence.screen(entry, reader, is_example=False)
        texts[f"wall {entry}"] = json.dumps(as_json(screen)) + repr(figure_on_screen(screen, "", 1))
    for area in ("08", *(kommun.kod for kommun in kommuner.in_lan("08"))):
        standings = standing.standings(area, reader)
        texts[f"situation of {area}"] = situation.headline(standings) + repr(situation.answers(standings))
        texts[f"strips of {area}"] = str(strips.strips(standings, area))
        texts[f"forward of {area}"] = repr(outlooks_of(area, reader))
    found_changes = changes.compare(None, snapshot)
    texts["changes"] = repr(found_changes) + repr(changes.summary(found_changes))
    return texts


def of_all_results(snapshot: Snapshot) -> dict[str, str]:
    """What is written of each indicator, in each comparison."""
    texts: dict[str, str] = {}
    reader = Reader.over(snapshot)
    for indicator_id in indicators_of_persons(snapshot):
        for period in (None, periods.EVERY):
            for comparison_id in comparisons.comparisons():
                with suppress(UserError):
                    result = reader.read(indicator_id, period, comparison_id)
                    texts |= {f"{indicator_id} {period} {comparison_id} {k}": v for k, v in texts_of(result).items()}
    return texts


def files_of(snapshot: Snapshot, chosen: Callable[[Snapshot], list[str]] = indicators_of_persons) -> dict[str, str]:
    """Each file that leaves of a version, with all that is packed in it; of all indicators or some."""
    reader = Reader.over(snapshot)
    texts = {
        f"{indicator_id} {ending}": unpacked(exports.write_file(reader.read(indicator_id), ending))
        for indicator_id in chosen(snapshot)
        for ending in exports.file_formats()
    }
    for kommun in kommuner.in_lan("08"):
        for ending in exports.profile_formats() if kommun.namn in _ON_PAPER else ():
            content = exports.write_profile(kommun.kod, reader, 1, ending)
            texts[f"{ending} of {kommun.namn}"] = unpacked(content)
    return texts


def outlooks_of(area: str, reader: Reader) -> list[object]:
    """What comes in an area, by each year that can be counted from, with what the best third of the kommuner have."""
    population = forward.population(reader, "" if area == "08" else area)
    return [
        (each(need, population, base, reader))
        for base in (population.actual if population else ())
        for need in forward.NEEDS
        for each in (forward.today, forward.third)
        if population
    ]


def texts_of(result: ProtectedResult) -> dict[str, str]:
    texts = {name: exports.write_text(result, name) for name in exports.text_formats()}
    texts["rows"] = repr(result.rows) + repr(result.notes) + repr(result.matperioder)
    texts["sentences"] = repr([phrases.sentence(row, result) for row in result.rows])
    texts["headline"] = phrases.headline(result) + phrases.alt(result) + repr(verdicts.about_comparison(result))
    texts["in time"] = repr(
        [verdicts.about_time([r for r in result.rows if r.kommun_kod == k], result.indicator) for k in ("08", "0880")]
    )
    return texts


def in_time(result: ProtectedResult) -> dict[str, str]:
    """All periods as charts, three years together, and the limits that control charts have."""
    texts = {
        f"{kind} {group}": charts.draw(r, kind).to_json()
        for group in result.groups
        for r in [result.in_group(group)]
        for kind in charts.fitting(r)
    }
    texts["three years"] = repr(pooled.three_years(result).rows)
    areas = dict.fromkeys((row.kommun_kod, row.grupp) for row in result.rows)
    texts["limits"] = repr(
        [series.control_charts(result.of_area(*area), result.indicator, result.breaks) for area in areas]
    )
    return texts


def drawings_of(result: ProtectedResult, reader: Reader) -> dict[str, str]:
    texts = {"table": result_table(result), "slides": repr(deck_of(result))}
    for group in (None, *result.groups):
        narrower = result if group is None else result.in_group(group)
        for kind in charts.fitting(narrower):
            texts[f"chart {kind} {group}"] = charts.draw(narrower, kind).to_json()
    texts["by value"] = repr([row.kommun_kod for row in result.by_value(result.lead_group).rows])
    for kind in (*charts.fitting(result), "tabell"):
        for order in ("", "varde"):
            with suppress(UserError):
                chosen = {"ordning": order} if kind == "tabell" else {"diagram": kind, "ordning": order}
                screen = sequence.screen(Entry(result.indicator.id, chosen), reader, is_example=False)
                texts[f"wall {kind} {order}"] = json.dumps(as_json(screen)) + repr(figure_on_screen(screen, "", 1))
    return texts


def unpacked(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return pdf_reading.everything(content)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [(name, file.read(name)) for name in sorted(file.namelist()) if not name.startswith("docProps")]
    return " ".join(f"{name} {unpacked(part)}" for name, part in parts)


@contextmanager
def as_other(store: Store, extracts: list[Counts], seed: int) -> Iterator[tuple[Snapshot, Snapshot, int]]:
    """A version, the same with other hidden counts, and how many differ; 0 where no other table was found."""
    with store.candidate(extracts) as one:
        table = other_table(one, Random(seed))
        truth = truth_of(one)
        one.memo.clear()
        with store.candidate(extracts) as other:
            if table is not None:
                put(other, table)
            now = truth_of(other) if table else truth
            yield one, other, sum(now[var] != count for var, count in truth.items())


def different(one: dict[str, str], other: dict[str, str]) -> list[str]:
    assert one.keys() == other.keys()
    return [name for name, text in one.items() if other[name] != text]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(44))
def test_random_stores_look_the_same_whatever_is_hidden(empty: Store, part: int) -> None:
    """In each part the first store that has something that can be another."""
    for seed in itertools.count(100 * part):
        with as_other(empty, random_store(Random(seed), PERIOD), seed) as (one, other, count):
            if count:
                assert different(everything(one), everything(other)) == [], seed
                return


@pytest.mark.parametrize("chosen", [one_of_each_kind, *more(indicators_of_persons)])
def test_files_look_the_same_whatever_is_hidden(empty: Store, chosen: Callable[[Snapshot], list[str]]) -> None:
    with as_other(empty, random_store(Random(7), PERIOD), 7) as (one, other, count):
        assert count > 5
        assert different(files_of(one, chosen), files_of(other, chosen)) == []


def test_the_comparison_sees_what_follows_a_hidden_count(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the year beside a figure one more where the count that is hidden is even, each format would tell."""
    protected = gate._protected

    def telling(row: RawRow, *rest: Any) -> ProtectedRow:
        return replace(protected(row, *rest), taljare_ar=2000 + (row.taljare or 0) % 2)

    monkeypatch.setattr(gate, "_protected", telling)
    with as_other(empty, random_store(Random(_WITH_ANOTHER), PERIOD), _WITH_ANOTHER) as (one, other, count):
        assert count > 3
        seen = different(of_all_results(one), of_all_results(other))
        assert {name.split()[-1] for name in seen} >= {"csv", "json", "rows"}


_YOUNG, _WOMEN, _MEN = [(40, "kvinna")] * 3, [(85, "kvinna")] * 3, [(70, "man")] * 3


@pytest.mark.parametrize(
    ("few", "others"),
    [
        pytest.param(_YOUNG, _WOMEN, marks=pytest.mark.slow),
        (_MEN, [_YOUNG[0], _WOMEN[0], _MEN[0]]),
    ],
)
def test_what_all_of_a_few_are_is_not_seen(
    empty: Store, few: list[tuple[object, str]], others: list[tuple[object, str]]
) -> None:
    """Two kommuner have a few persons each: were those of one in the other's place, all would look the same."""
    many = [
        (kommun, age, sex) for kommun in ("Kalmar", "Nybro") for age in (40, 70, 85) for sex in ["kvinna", "man"] * 20
    ]
    seen = []
    for here, there in ((few, others), (others, few)):
        persons = [*many, *(("Högsby", *each) for each in here), *(("Torsås", *each) for each in there)]
        rows: list[tuple[object, ...]] = [
            (10_000 + n, kommun, ("SSK", "AT")[n % 2 if n < len(many) else 0], age, sex)
            for n, (kommun, age, sex) in enumerate(persons)
        ]
        extract = replace(counted("ensolutions", "Person-ID;Kommun;Profession;Ålder;Kön", rows), sha256="prov")
        with empty.candidate([extract]) as snapshot:
            seen.append(everything(snapshot))
    assert different(*seen) == []
