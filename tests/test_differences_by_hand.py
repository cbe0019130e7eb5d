"""Versions and periods beside each other, by hand: what is a few persons, what is a large change, what is alike."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from naravard.base import periods
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.figures import changes, differencing, indicators
from naravard.figures.changes import Change, ChangeKind, ChangeMark
from naravard.figures.gate import ProtectedRow
from naravard.figures.protection import Plan, _twins, numerator, plan
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from tests.by_hand import BORGHOLM, EMMABODA, KALMAR, LAN, NYBRO, gate, raw, row, spec

FEW = "talet ändras med bara 1–4 personer. Den som jämför versionerna kan förstå vilka det gäller"


def change(old: ProtectedRow | None, new: ProtectedRow | None, **given: Any) -> Change:
    area = {"kommun_kod": KALMAR, "kommun": "Kalmar", "group": "", "period": "2024", "old_period": "2024"}
    return Change(
        indicator=spec(), old=old, new=new, **{**area, "kind": ChangeKind.CHANGED, "mark": ChangeMark.NONE, **given}
    )


def counted(taljare: int | None, namnare: int | None = 100, **given: Any) -> ProtectedRow:
    return row(50.0, taljare=taljare, namnare=namnare, uttag_id=2, **given)


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The warnings of changes alone, in a version whose first extract is published already."""
    monkeypatch.setattr(differencing, "_with_small_rest", lambda new, published: [])
    monkeypatch.setattr(differencing, "plan_of", lambda snapshot: Plan())
    monkeypatch.setattr(differencing, "_hidden_for_earlier", lambda new, told: [])
    monkeypatch.setattr(differencing, "_versions_behind", lambda new: "")
    extracts = [SimpleNamespace(uttag_id=1, publicerad=True), SimpleNamespace(uttag_id=2, publicerad=False)]
    new: Any = SimpleNamespace(extracts=lambda: extracts)
    return lambda *changes: differencing.warnings(new, changes)


@pytest.mark.parametrize(
    ("step", "few"),
    [(0, False), (1, True), (4, True), (5, False), (-1, True), (-4, True), (-5, False)],
)
def test_a_step_of_a_few_persons_is_warned_of(warned: Any, step: int, few: bool) -> None:
    of_numerator = change(counted(50), counted(50 + step))
    of_denominator = change(counted(50, 100), counted(50, 100 + step))
    for one in (of_numerator, of_denominator):
        found = warned(one)
        assert [f.what for f in found] == ([f"{FEW}: Kalmar (Prov, 2024)"] if few else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (None, counted(50)),
        (counted(50), None),
        (counted(None), counted(50)),
        (counted(50), counted(None)),
        (counted(50, None), counted(50, 100)),
        (counted(50, 100), counted(70, 120)),
    ],
)
def test_what_is_seen_once_has_no_step(warned: Any, old: ProtectedRow | None, new: ProtectedRow | None) -> None:
    assert warned(change(old, new)) == []


def test_only_changes_within_a_period_and_not_of_published_figures_are_warned_of(warned: Any) -> None:
    step = (counted(50), counted(51))
    assert warned(change(*step, old_period="2023")) == []
    assert warned(change(*step, kind=ChangeKind.NEW)) == []
    published = row(50.0, taljare=51, namnare=100, uttag_id=1)
    assert warned(change(counted(50), published)) == []
    assert len(warned(change(*step))) == 1


def test_what_becomes_hidden_is_warned_of_whatever_it_is(warned: Any) -> None:
    (finding,) = warned(change(counted(50), None, kind=ChangeKind.BECOMES_HIDDEN, group="65 år och äldre"))
    assert finding.level == "varning"
    assert finding.what.startswith("syns i dag och blir dolt")
    assert finding.what.endswith(": Kalmar (Prov, 65 år och äldre, 2024)")
    assert finding.action


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, None),
        (1, "prov: 0"),
        (2, "prov: 0 och 1"),
        (8, "prov: 0, 1, 2, 3, 4, 5, 6 och 7"),
        (9, "prov: 0, 1, 2, 3, 4, 5, 6, 7 och 1 till"),
        (12, "prov: 0, 1, 2, 3, 4, 5, 6, 7 och 4 till"),
    ],
)
def test_up_to_eight_places_are_named(count: int, told: str | None) -> None:
    found = differencing._findings(
        FindingCode.SMALL_DIFFERENCE, [str(i) for i in range(count)] * 2, "prov", "Gör något"
    )
    assert found == ([Finding(Level.WARNING, FindingCode.SMALL_DIFFERENCE, told, action="Gör något")] if told else [])


def in_periods(**counts: int | None) -> Any:
    """A count of Kalmar in periods."""
    rows = [raw(KALMAR, n, matperiod=period) for period, n in counts.items()]
    others = [raw(NYBRO, 500, matperiod=period) for period in counts]
    groups = [raw(KALMAR, 700, matperiod=period, grupp="65+") for period in counts]
    return gate([*rows, *others, *groups], spec("count"), matperiod=periods.EVERY)


@pytest.mark.parametrize(
    ("whole", "parts", "few"),
    [
        (100, [100], False),
        (101, [100], True),
        (104, [100], True),
        (105, [100], False),
        (99, [100], False),
        (104, [50, 50], True),
        (54, [50, None], False),  # a part that is not known is a part of what is left
        (None, [100], False),
    ],
)
def test_a_period_that_is_a_few_more_than_its_parts_tells_of_them(
    whole: int | None, parts: list[int | None], few: bool
) -> None:
    names = [f"kv{i}" for i in range(len(parts))]
    result = in_periods(**{"year": whole, **dict(zip(names, parts, strict=True))})
    of_year = next(r for r in result.rows if (r.kommun_kod, r.matperiod, r.grupp) == (KALMAR, "year", "totalt"))
    counts = {(row.matperiod, row.kommun_kod, row.grupp): row.taljare for row in result.rows}
    assert differencing._rest_is_few(of_year, names, counts) is few
    assert differencing._rest_is_few(of_year, [*names, "kv9"], counts) is False, "a part without a row"


def test_areas_whose_period_gives_a_few_away_are_named_unless_published(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        raw(kod, n, matperiod=period, uttag_id=uttag, grupp=grupp)
        for period, kalmar, nybro, uttag in (("2024", 103, 205, 1), ("kv 1 2024", 100, 200, 1), ("2023", 101, 201, 2))
        for kod, n in ((KALMAR, kalmar), (NYBRO, nybro))
        for grupp in ("totalt", "65+")
    ]
    result = gate(rows, spec("count", grupper={"65+": "65 år"}), matperiod=periods.EVERY)
    monkeypatch.setattr(differencing, "rows_of_all", lambda new: [(spec("count"), rows)])
    monkeypatch.setattr(Reader, "read", lambda *_, **__: result)
    new: Any = None
    assert list(differencing._with_small_rest(new, set())) == [
        "Kalmar (Prov, 2024 minus kv 1 2024)", "Kalmar (Prov, 65 år, 2024 minus kv 1 2024)",
    ]  # fmt: skip
    assert list(differencing._with_small_rest(new, {1})) == []


# large changes


@pytest.mark.parametrize(
    ("kind", "old", "new", "mark"),
    [
        ("proportion", None, 50.0, ""),
        ("proportion", 50.0, None, ""),
        ("proportion", 50.0, 60.0, ""),  # a fifth, and not more
        ("proportion", 50.0, 60.1, "mer än 20 %"),
        ("proportion", 50.0, 40.0, ""),
        ("proportion", 50.0, 39.9, "mer än 20 %"),
        ("proportion", 0.0, 0.1, "mer än 20 %"),
        ("proportion", 0.0, 0.0, ""),
    ],
)
def test_a_change_of_more_than_a_fifth_is_marked(kind: str, old: float | None, new: float | None, mark: str) -> None:
    assert changes._mark(row(old), row(new), spec(kind)) == mark
    assert changes._mark(None, row(new), spec(kind)) == changes._mark(row(old), None, spec(kind)) == ""


@pytest.mark.parametrize(
    ("kind", "old", "new", "beyond"),
    [
        ("count", (100, None), (160, None), True),
        ("count", (100, None), (110, None), False),
        ("proportion", (50, 100), (80, 100), True),
        ("proportion", (50, 100), (55, 100), False),
        ("rate", (100, 1000), (160, 1000), True),
        ("rate", (100, 1000), (160, 1600), False),  # as many for each
        ("proportion", (50, None), (80, 100), False),
        ("proportion", (50, 100), (80, 0), False),
        ("proportion", (None, 100), (80, 100), False),
        ("proportion", (50, 100), (None, 100), False),
        ("count", (0, None), (100, None), True),
    ],
)
def test_a_change_is_beyond_chance_by_its_kind(
    kind: str, old: tuple[int | None, int | None], new: tuple[int | None, int | None], beyond: bool
) -> None:
    rows = [row(50.0, taljare=above, namnare=below) for above, below in (old, new)]
    indicator = spec(kind, mangder={"taljare": "sabo"})
    assert changes._beyond_chance(rows[0], rows[1], indicator) is beyond
    assert (changes._mark(rows[0], rows[1], indicator) == "större än slumpen") is beyond


@pytest.mark.parametrize(("new", "mark"), [(115_000, ""), (130_000, "mer än 20 %")])
def test_a_population_is_no_sample(new: int, mark: str) -> None:
    old_and_new = [row(float(antal), taljare=antal) for antal in (100_000, new)]
    assert changes._mark(*old_and_new, indicators.by_id("befolkning_80plus")) == mark


@pytest.mark.parametrize(
    ("old", "new", "same_period", "kind"),
    [
        (None, row(50.0), True, "nytt"),
        (None, None, True, None),
        (row(50.0), None, True, "borta"),
        (row(50.0), row(None, skydd=".."), True, "blir dolt"),
        (row(None, skydd=".."), row(50.0), True, "blir synligt"),
        (row(50.0), row(50.0), True, None),
        (row(50.0), row(50.0), False, "ändrat"),
        (row(50.0), row(51.0), True, "ändrat"),
        (row(50.0, taljare=50), row(50.0, taljare=51), True, "ändrat"),
        (row(50.0, namnare=50), row(50.0, namnare=51), True, "ändrat"),
        (row(None, skydd=".."), row(None, skydd=".."), True, None),
    ],
)
def test_the_kind_of_a_change(
    old: ProtectedRow | None, new: ProtectedRow | None, same_period: bool, kind: str | None
) -> None:
    assert changes._kind(old, new, same_period=same_period) == kind


@pytest.mark.parametrize(
    ("period", "earlier"),
    [
        ("2023", "2023"),  # itself
        ("2024", "2023"),
        ("våren 2023", "våren 2022"),  # of the same season, though the autumn is nearer
        ("mars 2023", "hösten 2022"),  # the nearest, where none is of the same season
        ("hösten 2023", "hösten 2022"),
        ("2022", ""),
        ("2021", ""),
        ("2030", "2023"),
    ],
)
def test_a_new_period_is_beside_one_of_its_season_else_the_nearest(period: str, earlier: str) -> None:
    old = gate([], matperioder=["2023", "hösten 2022", "våren 2022"])
    assert changes._period_before(old, period) == earlier
    assert changes._period_before(None, period) == ""


# sets that are alike

WITH_CARE = "sabo.primarvard.med"


def hidden_in_kalmar(first: Sequence[int], second: Sequence[int], other: str, extracts: tuple[int, int]) -> set[str]:
    """Which of two indicators' counts are hidden in Kalmar, where all but 2 are in the first.

    The first is a share of what is published already, so that the denominator cannot be hidden in its place.
    """
    koder = (KALMAR, BORGHOLM, NYBRO, EMMABODA)
    share = spec(id="ett", mangder={"taljare": WITH_CARE})
    count = spec("count", id="annat", mangder={"taljare": other})
    rows = [
        raw(kod, n, n + 2 if kod == KALMAR else 10 * n, uttag_id=extracts[0], namnare_uttag_id=9)
        for kod, n in zip(koder, first, strict=True)
    ]
    others = [raw(kod, n, uttag_id=extracts[1]) for kod, n in zip(koder, second, strict=True)]
    found = plan([(share, rows), (count, others)], {9}, Rules(), LAN)
    cells = {"first": (share, rows[0]), "second": (count, others[0])}
    return {place for place, (indicator, row) in cells.items() if found.hides(numerator(indicator, row))}


@pytest.mark.parametrize(
    ("other", "extracts", "one"),
    [
        (WITH_CARE, (1, 1), True),
        (WITH_CARE, (1, 2), True),
        ("cosmic.boendeform.sabo", (1, 2), True),  # SABO's file says that they are the same persons
        ("sabo.primarvard.utan", (1, 1), False),
        ("cosmic.boendeform.korttid", (1, 2), False),  # alike by chance
        ("cosmic.boendeform.sabo + cosmic.boendeform.korttid", (1, 2), False),
    ],
)
def test_sets_are_one_where_they_are_declared_so(other: str, extracts: tuple[int, int], one: bool) -> None:
    found = hidden_in_kalmar((50, 60, 70, 80), (50, 60, 70, 80), other, extracts)
    assert found == ({"first", "second"} if one else {"first"})


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        ((50, 60, 70, 80), True),
        ((50, 60, 71, 81), True),
        ((50, 61, 71, 81), False),  # in fewer than half of the areas
        ((51, 60, 70, 80), False),  # not in Kalmar
    ],
)
def test_a_set_in_two_extracts_is_one_where_half_of_the_areas_are_alike(second: tuple[int, ...], alike: bool) -> None:
    found = hidden_in_kalmar((50, 60, 70, 80), second, WITH_CARE, (1, 2))
    assert found == ({"first", "second"} if alike else {"first"})


def test_pairs_that_two_extracts_count_alike_are_told_once() -> None:
    of_first, of_second, of_third = (("sabo", "2025", i) for i in (1, 2, 3))
    another = ("cosmic", "2025", 2)
    counts = {KALMAR: 50.0, NYBRO: 60.0, EMMABODA: 70.0}
    values = {of_first: counts, of_second: {**counts, NYBRO: 61.0}, of_third: {BORGHOLM: 50.0}, another: counts}
    assert _twins(values, values) == [(of_first, of_second, [EMMABODA, KALMAR])]
    assert _twins({of_first: counts}, {of_second: {KALMAR: 50.0}}) == [(of_first, of_second, [KALMAR])]
    assert _twins({of_first: counts}, {of_second: {KALMAR: 50.0, NYBRO: 1.0, EMMABODA: 1.0}}) == []
    assert _twins({of_first: counts}, {another: counts, of_third: {BORGHOLM: 50.0}}) == []
