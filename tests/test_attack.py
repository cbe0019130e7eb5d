"""Nothing hidden can be worked out: an attacker with all that is shown finds no small count, in any store."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import pyarrow as pa
import pytest
from scipy.optimize import linprog

from naravard import intake, sources
from naravard.base import kommuner
from naravard.base.errors import UserError
from naravard.base.model import UNKNOWN_PERIOD
from naravard.figures import (
    indicators,
    rules,
)
from naravard.figures.indicators import Indicator
from naravard.figures.kinds import kinds
from naravard.figures.plans import plan_of, refusals
from naravard.figures.reader import Reader
from naravard.store.counts import Counts
from naravard.store.schema import Schema
from naravard.store.snapshots import Snapshot, Store
from tests.attack import Attack, attack

pytestmark = pytest.mark.attack
PERIOD = "våren 2024"
KOMMUNER = [k.namn for k in kommuner.in_lan("08")]
Rows = list[tuple[object, ...]]
Team = tuple[str, ...]
SABO = "Kommun;Boende på SÄBO;Kommunal primärvård"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("lager"), Schema(sources.tables(), indicators.views()))


def counted(kalla: str, head: str, rows: Rows, *, publicerad: bool = False, period: str = PERIOD) -> Counts:
    """A file with these rows, through the real intake."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head.split(";"), *rows])
    choices = intake.Choices(kalla=kalla, matperiod=period, publicerad=publicerad)
    examination = intake.examine(text.getvalue().encode(), f"{kalla}.csv", choices)
    assert examination.counts, [finding.sentence() for finding in examination.findings]
    return examination.counts


def cosmic(persons: Rows, *, publicerad: bool = False) -> Counts:
    """Each person: kommun, home, RUB, fast läkarkontakt."""
    rows: Rows = [(10_000 + n, *person) for n, person in enumerate(persons)]
    return counted("cosmic", "Personnummer;Kommun;Boendeform;RUB;Fast läkarkontakt", rows, publicerad=publicerad)


def sabo(persons: Rows, without: Mapping[str, int], *, publicerad: bool = False, period: str = PERIOD) -> Counts:
    """The SÄBO table that agrees with the persons, and has so many residents without primärvård besides."""
    enrolled = {name: sum(p[0] == name and p[1] == "SÄBO" for p in persons) for name in without}
    rows: Rows = [(name, enrolled[name] + more, enrolled[name]) for name, more in without.items()]
    return counted("sabo", SABO, rows, publicerad=publicerad, period=period)


def ensolutions(persons: list[tuple[str, int, Team]]) -> Counts:
    """Each person: kommun, age, professions met."""
    rows: Rows = [
        (10_000 + n, kommun, profession, age, "Ordinärt boende")
        for n, (kommun, age, team) in enumerate(persons)
        for profession in team
    ]
    return counted("ensolutions", "Person-ID;Kommun;Profession;Ålder;Boendeform", rows)


def attacked(store: Store, extracts: list[Counts]) -> Attack:
    with store.candidate(extracts) as snapshot:
        assert plan_of(snapshot).unprotected == ()
        return attack(snapshot)


@contextmanager
def in_force(**changed: bool | int) -> Iterator[None]:
    """With other rules than the project's own."""
    in_force = replace(rules.in_force(), **changed)  # type: ignore[arg-type]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "in_force", lambda: in_force)
        yield


def test_the_demo_store_gives_nothing_away(example: Store) -> None:
    with example.open() as snapshot:
        found = attack(snapshot)
        assert len(found.ranges) > 20
        assert found.recovered == []
        with in_force(complementary=False), pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(snapshot), "hidden", lambda self: [])  # else what was hidden when published stays so
            assert len(attack(snapshot).recovered) > 20


def random_store(random: Random, period: str) -> list[Counts]:
    """A few small kommuner with a few persons each, of one or more kinds of extract, counted by hand."""
    areas = random.sample([k.kod for k in kommuner.in_lan("08")], random.randint(1, 4))
    size = random.choice([3, 8, 15, 40, 120])
    kind = random.choice(["cosmic", "ensolutions", "both"])
    extracts = []
    if kind != "ensolutions":
        homes = random.choices(["ordinart", "sabo", "korttid", "uppgift_saknas"], [8, 5, random.choice([0, 1]), 1], k=4)
        persons = [
            (
                area,
                {
                    "boendeform": random.choice(homes),
                    "rub": random.choice(RUB),
                    "fast_lakarkontakt": random.choice(CONTACT),
                },
            )
            for area in areas
            for _ in range(random.randint(0, size))
        ]
        extracts.append(by_hand("cosmic", period, [(a, list(each.items())) for a, each in persons], areas))
        if random.random() < 0.6:
            enrolled = {a: sum(a == area and each["boendeform"] == "sabo" for area, each in persons) for a in areas}
            without = {area: random.choice([0, 1, 3, 9, 30]) for area in areas}
            extracts.append(sabo_by_hand(period, enrolled, without))
    if kind != "cosmic":
        young, unknown = random.choice([0.02, 0.2, 0.6]), random.choice([[], ["uppgift_saknas"]])
        met: list[tuple[str, list[tuple[str, str]]]] = []
        for area in areas:
            for _ in range(random.randint(0, size)):
                old = random.random() > young
                team = random.choice(TEAMS)
                met.append((area, [("aldersgrupp", random.choice(["65-79", "80+"]) if old else "0-64")]))
                if old:
                    met[-1][1].append((SEXES_OF[met[-1][1][0][1]], random.choice(["kvinna", "man", *unknown])))
                met[-1][1].extend(("profession", name) for name in team)
                met[-1][1].extend(("profession_65plus", name) for name in team if old)
                if old and "ssk" in team:
                    met[-1][1].append(("ssk_alder", met[-1][1][0][1]))
        extracts.append(by_hand("ensolutions", period, met, areas))
    return extracts


RUB = ["uppgift_saknas", "0", "1", "2", "3", "3", "4", "4", "5"]
CONTACT = ["ja", "ja", "nej", "uppgift_saknas"]
SEXES_OF = {"65-79": "kon_65_79", "80+": "kon_80plus"}
TEAMS = [("ssk",), ("ssk",), ("at",), ("ft",), ("ssk", "at"), ("at", "ft"), ("ssk", "at", "ft")]


def by_hand(kalla: str, period: str, persons: list[tuple[str, list[tuple[str, str]]]], areas: list[str]) -> Counts:
    """Persons with their area and their groups, counted per area and in the län; none is 0."""
    found = Counter((place, *group) for area, groups in persons for place in (area, "08") for group in [TOTAL, *groups])
    groups = dict.fromkeys([TOTAL, *(group for _, mine in persons for group in mine)])
    rows = [(level(a), a, *group, found[a, *group], None) for a in [*areas, "08"] for group in groups]
    return made(kalla, period, ["niva", "kommun_kod", "uppdelning", "grupp", "antal", "tecken"], rows)


def sabo_by_hand(period: str, enrolled: dict[str, int], without: dict[str, int]) -> Counts:
    both = {area: (count + without[area], count) for area, count in enrolled.items()}
    both["08"] = (sum(living for living, _ in both.values()), sum(enrolled.values()))
    rows = [(level(area), area, *counts, None, None) for area, counts in both.items()]
    names = ["niva", "kommun_kod", "boende", "med_primarvard", "boende_tecken", "med_primarvard_tecken"]
    return made("sabo", period, names, rows)


def made(kalla: str, period: str, names: list[str], rows: list[tuple[object, ...]]) -> Counts:
    table = pa.table({name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})
    return Counts(kalla, kalla, period, None, 2024, "prov", "", len(rows), len(rows), table, "prov", "")


def level(area: str) -> str:
    return "kommun" if len(area) == 4 else "lan"


TOTAL = ("totalt", "totalt")


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, 44))])
def test_no_random_store_gives_anything_away(empty: Store, part: int) -> None:
    """25 in each part: the same ones each time in `make test`, and 1 000 others in each `make attack`.

    Periods have nothing in common, so each is a store of its own.
    """
    seeds = (Random() if part else Random(0)).sample(range(10**9), 25)
    extracts = [extract for seed in seeds for extract in random_store(Random(seed), str(seed))]
    assert attacked(empty, extracts).recovered == []


def test_a_zero_that_one_extract_shows_is_known_of_the_other(empty: Store) -> None:
    """Nobody at SÄBO in two kommuner, each of them shown by one extract and hidden by the other: a third's 5 was told.

    Its hidden small counts, two and one, could then be three together and no more.
    """
    assert attacked(empty, random_store(Random(871911356), "våren 2024")).recovered == []


def test_that_nobody_is_in_a_group_that_is_not_there_is_known(empty: Store) -> None:
    """The län has eleven of 65–79 years, seven of them women and nobody without a sex: its four men followed."""
    assert attacked(empty, random_store(Random(267716822), "våren 2024")).recovered == []


def people(kommun: str, count: int, home: str = "Ordinärt boende", rub: int = 3, contact: str = "Ja") -> Rows:
    return [(kommun, home, rub, contact)] * count


ALL = [person for name in KOMMUNER for person in people(name, 30)]
NASTY: dict[str, Callable[[], list[Counts]]] = {
    "one hidden kommun": lambda: [cosmic([*people("Högsby", 2), *people("Kalmar", 90), *people("Vimmerby", 40)])],
    "one hidden kommun alone": lambda: [cosmic(people("Högsby", 2))],
    "two hidden whose sum is 2": lambda: [cosmic([*people("Högsby", 1), *people("Torsås", 1), *people("Kalmar", 90)])],
    "two hidden whose sum is 2, and nothing else": lambda: [cosmic([*people("Högsby", 1), *people("Torsås", 1)])],
    "hidden in two overlapping tables": lambda: [
        cosmic([*ALL, *people("Högsby", 3, home="SÄBO", rub=0), *people("Torsås", 20, home="SÄBO", rub=1)])
    ],
    "one hidden group": lambda: [cosmic([*ALL, *people("Kalmar", 2, home="SÄBO")])],
    "all but one with a doctor": lambda: [cosmic([*ALL, *people("Kalmar", 1, contact="Nej")])],
    "two without a word on the doctor": lambda: [cosmic([*ALL, *people("Kalmar", 2, contact="")])],
    "the same persons in the SÄBO table": lambda: [
        cosmic(persons := [*ALL, *people("Kalmar", 40, home="SÄBO"), *people("Kalmar", 3, home="Korttid")]),
        sabo(persons, dict.fromkeys(KOMMUNER, 20)),
    ],
    "51 of 52": lambda: [
        cosmic(persons := [*ALL, *people("Högsby", 51, home="SÄBO"), *people("Kalmar", 60, home="SÄBO")]),
        sabo(persons, {**dict.fromkeys(KOMMUNER, 9), "Högsby": 1}),
    ],
    "a few who are young": lambda: [ensolutions([("Kalmar", 80, ("SSK",))] * 40 + [("Kalmar", 50, ("AT",))] * 2)],
    "three who meet two professions": lambda: [
        ensolutions(
            [
                *(("Kalmar", 80, (name,)) for name in ["SSK"] * 30 + ["AT"] * 20),
                *(("Borgholm", 80, (name,)) for name in ["SSK"] * 40 + ["AT"] * 30),
                *[("Kalmar", 80, ("SSK", "AT"))] * 3,
                *[("Borgholm", 80, ("SSK", "AT"))] * 9,
            ]
        )
    ],
    "nobody without a profession": lambda: [
        ensolutions([("Kalmar", 80, ("SSK",))] * 9 + [("Kalmar", 80, ("AT",))] * 4 + [("Borgholm", 70, ("FT",))] * 30)
    ],
}


def in_all(count: int, **other: int) -> Rows:
    """That many in SÄBO in each kommun, and 60 in ordinärt boende."""
    return [p for k in KOMMUNER for p in [*people(k, 60), *people(k, other.get(k, count), home="SÄBO")]]


def test_two_extracts_that_nearly_agree_do_not_hide_for_each_other(empty: Store) -> None:
    """Cosmic has 6 where the SÄBO table has 3: the 3 must not follow from the län of its own table."""
    table = sabo(in_all(20, Högsby=3), dict.fromkeys(KOMMUNER, 20))
    assert attacked(empty, [cosmic(in_all(20, Högsby=6)), table]).recovered == []


@pytest.mark.parametrize("period", ["vt 2024", "Våren 2024"])
def test_the_same_months_under_another_name_are_one_period(empty: Store, period: str) -> None:
    persons = in_all(20, Högsby=3)
    assert attacked(empty, [cosmic(persons), sabo(persons, dict.fromkeys(KOMMUNER, 20), period=period)]).recovered == []


def test_a_table_that_is_loaded_under_another_year_too_is_hidden_alike(
    empty: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it is beside decides what gives way for Högsby's three: in each year another, which the other showed."""
    persons = [*in_all(20, Högsby=3), *(p for k in ("Borgholm", "Torsås", "Emmaboda") for p in people(k, 2, "Korttid"))]
    monkeypatch.setattr(Snapshot, "order_key", lambda self: "1")
    years = [sabo(persons, dict.fromkeys(KOMMUNER, 20), period=period) for period in (PERIOD, "våren 2025")]
    with empty.candidate([cosmic(persons), *years]) as snapshot:
        reader = Reader.over(snapshot)
        first, second = (
            {row.kommun for row in reader.read("sabo_andel_primarvard", period).rows if row.taljare is None}
            for period in (PERIOD, "våren 2025")
        )
        assert first == second > {"Högsby"}


def test_what_is_published_is_shown_and_what_is_not_is_safe_beside_it(empty: Store) -> None:
    """The published 6 of Högsby is another count than the 3 of the table that is not published."""
    table = sabo(in_all(20, Högsby=3), dict.fromkeys(KOMMUNER, 20))
    extracts = [cosmic(in_all(20, Högsby=6), publicerad=True), table]
    assert attacked(empty, extracts).recovered == []
    with empty.candidate(extracts) as snapshot:
        shown = Reader.over(snapshot).read("kommunal_primarvard_antal")
        assert [row for row in shown.rows if row.skydd == ".."] == []


def few_at_home() -> Rows:
    """In each kommun another number at home and in SÄBO; three at home in Högsby."""
    homes = [("Ordinärt", 60), ("SÄBO", 20)]
    return [
        person
        for n, kommun in enumerate(KOMMUNER)
        for home, count in homes
        for person in people(kommun, 3 if (kommun, home) == ("Högsby", "Ordinärt") else count + n, home=home)
    ]


@pytest.mark.parametrize("other_count", [0, 2], ids=["all alike", "two corrected"])
def test_a_published_table_without_its_days_is_known_beside_the_same_persons(empty: Store, other_count: int) -> None:
    """As the table of LGL's slides. Who takes it for that of the extract has the persons at home by subtraction."""
    others = dict.fromkeys(KOMMUNER[-other_count:], 7) if other_count else {}
    persons = few_at_home()
    table = sabo(
        [*persons, *(p for kommun in others for p in people(kommun, 2, home="SÄBO"))],
        dict.fromkeys(KOMMUNER, 9), publicerad=True, period=UNKNOWN_PERIOD,
    )  # fmt: skip
    with empty.candidate([cosmic(persons), table]) as snapshot:
        assert plan_of(snapshot).unprotected == ()
        reader = Reader.over(snapshot)
        rows = reader.read("kommunal_primarvard_antal", PERIOD).rows
        shown = {(row.kommun, row.grupp): row.taljare for row in rows}
        published = {row.kommun: row.taljare for row in reader.read("sabo_andel_primarvard", UNKNOWN_PERIOD).rows}
    assert shown["Högsby", "ordinart"] is None
    assert published["Högsby"] is not None
    assert shown["Högsby", "totalt"] is None


def test_two_measurements_of_which_one_has_no_days_are_hidden_alike_where_they_are_the_same(empty: Store) -> None:
    persons = few_at_home()
    without_days = counted(
        "cosmic", "Personnummer;Kommun;Boendeform;RUB;Fast läkarkontakt",
        [(10_000 + n, *person) for n, person in enumerate(persons)], period=UNKNOWN_PERIOD,
    )  # fmt: skip
    more = [*persons, *people("Vimmerby", 2)]
    assert attacked(empty, [without_days, cosmic(more)]).recovered == []


def test_a_table_without_days_that_counts_others_binds_nothing(empty: Store) -> None:
    persons = few_at_home()
    table = sabo(in_all(90), dict.fromkeys(KOMMUNER, 9), publicerad=True, period=UNKNOWN_PERIOD)
    with empty.candidate([cosmic(persons)]) as alone, empty.candidate([cosmic(persons), table]) as beside:
        assert plan_of(beside).reasons == plan_of(alone).reasons != {}


def test_what_a_published_extract_gives_away_is_told(empty: Store) -> None:
    persons = in_all(20, Högsby=3)
    with empty.candidate([cosmic(persons, publicerad=True), sabo(persons, dict.fromkeys(KOMMUNER, 20))]) as snapshot:
        assert {cell.kommun_kod for cell in plan_of(snapshot).unprotected} >= {"0821"}


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([*[(k, 40, 20) for k in KOMMUNER[:10]], *[(k, 40, "..") for k in KOMMUNER[10:]], ("Summa", 480, 202)], 202),
        ([*[(k, 40, 20) for k in KOMMUNER[:11]], (KOMMUNER[11], 40, "-"), ("Summa", 480, 223)], 223),
        ([*[(k, 40, 20) for k in KOMMUNER[:11]], ("Summa", 442, 222)], 222),
    ],
    ids=["two hidden by the sender", "one left out", "a kommun left out"],
)  # fmt: skip
def test_what_the_sender_hid_or_left_out_does_not_follow_from_the_sum(empty: Store, rows: Rows, kept: int) -> None:
    """What the kommuner without a number are together must not be told."""
    with empty.candidate([counted("sabo", SABO, rows)]) as snapshot:
        shown = Reader.over(snapshot).read("sabo_andel_primarvard")
        lan = shown.lan()
        assert lan is not None
        known = [row.taljare for row in shown.kommuner if row.taljare is not None]
        assert lan.taljare is None or lan.taljare - sum(known) > 4
        assert lan.taljare in {None, kept}


class Sender:
    """A SÄBO table of which the sender has hidden some numbers, and left out some kommuner, but not their sum."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)
        self.period = str(2000 + seed)
        self.counts = {k: (random.randint(20, 90), random.choice([5, 8, 40])) for k in KOMMUNER}
        self.counts = {k: (rest + med, med) for k, (med, rest) in self.counts.items()}
        odd = random.sample(KOMMUNER, random.choice([1, 1, 2]))
        hidden = random.choice([("med",), ("boende",), ("med", "boende"), ("row",)])
        for kommun in odd:
            _, med = self.counts[kommun]
            self.counts[kommun] = (med + random.randint(1, 4), med)
        rows = [(k, *counts) for k, counts in self.counts.items() if k not in odd or hidden != ("row",)]
        self.rows: Rows = [
            (k, ".." if k in odd and "boende" in hidden else all_, ".." if k in odd and "med" in hidden else med)
            for k, all_, med in rows
        ]
        self.sums = tuple(sum(counts[n] for counts in self.counts.values()) for n in (0, 1))

    def extract(self) -> Counts:
        return counted("sabo", SABO, [*self.rows, ("Summa", *self.sums)], period=self.period)

    def told(self, snapshot: Snapshot) -> list[str]:
        """Kommuner where 1 to 4 are without primärvård, and it follows that they are not all that they could be."""
        shown = Reader.over(snapshot).read("sabo_andel_primarvard", self.period).rows
        width = 2 * len(KOMMUNER)
        known: list[tuple[list[float], float]] = []
        for row in shown:
            for n, value in ((0, row.namnare), (1, row.taljare)):
                terms = [float(name == row.kommun or row.kommun_kod == "08") for name in KOMMUNER]
                if value is not None:
                    known.append(([term * (which == n) for which in (0, 1) for term in terms], float(value)))
        nobody_less = [[float(i == j) - float(i == j + width // 2) for i in range(width)] for j in range(width // 2)]
        found = []
        for j, kommun in enumerate(KOMMUNER):
            if not 1 <= self.counts[kommun][0] - self.counts[kommun][1] <= 4:
                continue
            ends = [
                linprog(
                    [sign * k for k in nobody_less[j]],
                    A_eq=[terms for terms, _ in known], b_eq=[value for _, value in known],
                    A_ub=[[-k for k in terms] for terms in nobody_less], b_ub=[0.0] * (width // 2),
                ).fun * sign
                for sign in (1, -1)
            ]  # fmt: skip
            if ends[0] > 1.001 or ends[1] < 3.999:
                found.append(f"{kommun} {self.period}: {ends}")
        return found


def test_who_are_left_of_a_number_that_the_sender_hid_are_protected(empty: Store) -> None:
    """The län tells what is hidden or left out; of 43 residents, hidden by the sender, 40 are seen, and so 3 follow."""
    senders = [Sender(seed) for seed in range(12)]
    with empty.candidate([sender.extract() for sender in senders]) as snapshot:
        assert plan_of(snapshot).unprotected == ()
        assert [told for sender in senders for told in sender.told(snapshot)] == []


@pytest.mark.parametrize("together", range(2, 9))
def test_two_groups_that_the_sender_hid_are_not_told_by_what_they_are_together(empty: Store, together: int) -> None:
    """Both women and men are `<5`: of 8 in all, four are either."""
    groups = {"Totalt": 55, "Kvinna": 30, "Man": 25}
    rows: Rows = [(k, name, count) for k in KOMMUNER if k != "Högsby" for name, count in groups.items()]
    rows += [("Högsby", "Totalt", together), ("Högsby", "Kvinna", "<5"), ("Högsby", "Man", "<5")]
    with empty.candidate([counted("cosmic", "Kommun;Kön;Antal", rows)]) as snapshot:
        shown = Reader.over(snapshot).read("kommunal_primarvard_antal").rows
        hidden = [row.kommun for row in shown if row.grupp == "totalt" and row.taljare is None]
        assert "Högsby" in hidden
        assert len(hidden) > 1 or "Kalmar län" in hidden


@pytest.mark.parametrize(("med", "is_shown"), [(0, False), (40, True)])
def test_that_none_of_a_few_whom_the_sender_hid_are_in_a_group_is_not_seen(
    empty: Store, med: int, is_shown: bool
) -> None:
    """Of `<5` residents 0 have primärvård; where 40 have it, the residents are no few."""
    rows: Rows = [*[(k, 60, 30) for k in KOMMUNER if k != "Högsby"], ("Högsby", "<5", med)]
    with empty.candidate([counted("sabo", SABO, rows)]) as snapshot:
        (row,) = [r for r in Reader.over(snapshot).read("sabo_andel_primarvard").rows if r.kommun == "Högsby"]
        assert (row.taljare is not None) == is_shown


def test_why_a_number_is_missing_is_the_same_where_its_whole_is_small(empty: Store) -> None:
    """The sender hid both women's; that we hide all that is in a few would tell that Högsby's are few in all."""
    few: Rows = [("Högsby", "Totalt", 3), ("Högsby", "Kvinna", ".."), ("Högsby", "Man", "-")]
    many: Rows = [("Torsås", "Totalt", 60), ("Torsås", "Kvinna", ".."), ("Torsås", "Man", "-")]
    with empty.candidate([counted("cosmic", "Kommun;Kön;Antal", [*few, *many])]) as snapshot:
        rows = Reader.over(snapshot).read("kommunal_primarvard_kon").rows
        signs = {(row.kommun, row.grupp): (row.skydd, row.skal) for row in rows}
        for sex in ("kvinna", "man"):
            assert signs["Högsby", sex] == signs["Torsås", sex]


def test_an_indicator_that_makes_0_of_what_the_sender_hid_is_refused(empty: Store) -> None:
    rows: Rows = [*[(k, 60, 30) for k in KOMMUNER if k != "Högsby"], ("Högsby", 60, "<5")]
    sql = f"""
        select {PLACE}, coalesce(med_primarvard, 0) as taljare, null::bigint as namnare, sabo.uttag_id {SABO_ROWS}
    """
    wrong = replace(
        indicators.registry()["sabo_boende"], sql=sql, kind=kinds()["count"], mangder={"taljare": "sabo.primarvard.med"}
    )
    with empty.candidate([counted("sabo", SABO, rows)]) as snapshot, and_also(snapshot, wrong):
        assert "taljare är ett tal där uttaget har ett dolt" in refusals(snapshot)["fel"]


@pytest.mark.parametrize("sign", ["..", "-", ""])
def test_a_group_without_a_number_does_not_follow_from_its_kommun(empty: Store, sign: str) -> None:
    groups = {"Totalt": 120, "Ordinärt": 60, "SÄBO": 40, "Korttid": 20}
    rows: Rows = [(k, name, count) for k in KOMMUNER if k != "Högsby" for name, count in groups.items()]
    rows += [("Högsby", "Totalt", 60), ("Högsby", "Ordinärt", 57), ("Högsby", "SÄBO", sign), ("Högsby", "Korttid", 0)]
    with empty.candidate([counted("cosmic", "Kommun;Boendeform;Antal", rows)]) as snapshot:
        shown = Reader.over(snapshot).read("kommunal_primarvard_antal")
        counts = [
            row.taljare
            for row in shown.rows
            if (row.kommun, row.grupp) in {("Högsby", "totalt"), ("Högsby", "ordinart")}
        ]
        assert None in counts


def test_the_lan_of_one_extract_does_not_tell_what_another_leaves_out(empty: Store) -> None:
    only_lan = counted("cosmic", "Kommun;Boendeform;Antal", [("Kalmar län", "SÄBO", 223)])
    table = counted("sabo", SABO, [(k, 40, 20) for k in KOMMUNER if k != "Högsby"] + [("Högsby", 40, "..")])
    with empty.candidate([only_lan, table]) as snapshot:
        lan = Reader.over(snapshot).read("kommunal_primarvard_antal").lan("sabo")
        rows = Reader.over(snapshot).read("sabo_andel_primarvard").kommuner
        assert lan is None or lan.taljare is None or sum(row.taljare is None for row in rows) > 1


def test_two_extracts_that_agree_in_most_kommuner_are_hidden_alike(empty: Store) -> None:
    persons = in_all(20, Högsby=3)
    other = in_all(20, Högsby=3, Nybro=21)
    with empty.candidate([cosmic(persons), sabo(other, dict.fromkeys(KOMMUNER, 20))]) as snapshot:
        one = {
            row.kommun: row.taljare
            for row in Reader.over(snapshot).read("kommunal_primarvard_antal").rows
            if row.grupp == "sabo"
        }
        two = {row.kommun: row.taljare for row in Reader.over(snapshot).read("sabo_andel_primarvard").rows}
        alike = [name for name in KOMMUNER if name != "Nybro"]
        assert [name for name in alike if one[name] is None] == [name for name in alike if two[name] is None]


def test_where_0_is_hidden_a_rest_of_0_is_too(empty: Store) -> None:
    persons = in_all(20, Högsby=52)
    with in_force(low=0), empty.candidate([sabo(persons, {**dict.fromkeys(KOMMUNER, 20), "Högsby": 0})]) as snapshot:
        shown = Reader.over(snapshot).read("sabo_andel_primarvard")
        assert sum(row.taljare is None for row in shown.rows) > 1


@pytest.mark.parametrize(("low", "high"), [(1, 7), (0, 4)])
@pytest.mark.parametrize("name", ["one hidden group", "hidden in two overlapping tables", "51 of 52"])
def test_other_rules_hold_too(empty: Store, name: str, low: int, high: int) -> None:
    with in_force(low=low, high=high), empty.candidate(NASTY[name]()) as snapshot:
        found = attack(snapshot, low=low, high=high)
        assert found.ranges
        assert found.recovered == []


def test_the_choice_is_the_same_each_time(example: Store) -> None:
    plans = []
    for _ in range(2):
        with example.open() as snapshot:
            snapshot.memo.clear()
            plans.append(plan_of(snapshot))
    assert plans[0] == plans[1]
    assert set(plans[0].reasons.values()) == {"litet_antal", "liten_rest", "foljd"}


def test_little_is_lost_and_the_lan_last(example: Store) -> None:
    """Of counts in 24 months and three measurements; `make bench` has the loss by indicator and reason."""
    with example.open() as snapshot:
        more = [cell for cell, reason in plan_of(snapshot).reasons.items() if reason == "foljd"]
    assert 0 < len(more) <= 75
    assert not [cell for cell in more if cell.kommun_kod == "08"]


PRIMARY_CARE = "kommunal_primarvard_antal"
NOT_PLACED = {
    "names no sets": {},
    "names other sets than it counts": {"taljare": "cosmic.kon.{grupp}"},
    "counts more than it says": {"taljare": "cosmic.boendeform.{grupp} - cosmic.rub.0"},
}


@pytest.mark.parametrize("mangder", NOT_PLACED.values(), ids=NOT_PLACED)
def test_an_indicator_whose_counts_cannot_be_placed_is_refused_and_the_others_go_on(
    shared_example: Store, mangder: dict[str, str]
) -> None:
    wrong = replace(indicators.registry()[PRIMARY_CARE], mangder=mangder)
    with shared_example.open() as snapshot, and_also(snapshot, wrong):
        with pytest.raises(UserError, match=r"Indikatorn fel visas inte.*mangder i queries/fel\.sql"):
            Reader.over(snapshot).read("fel")
        assert Reader.over(snapshot).read(PRIMARY_CARE).rows


@contextmanager
def and_also(snapshot: Snapshot, indicator: Indicator) -> Iterator[None]:
    """A version with one more indicator, `fel`: of what is remembered of it only the rows still hold."""
    registry, remembered = dict(indicators.registry()), dict(snapshot.memo)
    snapshot.memo.clear()
    snapshot.memo["of_counts"] = dict(remembered.get("of_counts", {}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "registry", lambda: {**registry, "fel": replace(indicator, id="fel")})
        yield
    snapshot.memo.clear()
    snapshot.memo.update(remembered)


COMPLEMENTS = {
    "as a difference": {"taljare": "sabo - sabo.primarvard.med", "namnare": "sabo"},
    "as a part of its own": {"taljare": "sabo.primarvard.utan", "namnare": "sabo"},
}


@pytest.mark.parametrize("mangder", COMPLEMENTS.values(), ids=COMPLEMENTS)
def test_the_complement_of_an_indicator_gives_nothing_away(empty: Store, mangder: dict[str, str]) -> None:
    registry = dict(indicators.registry())
    sql = registry["sabo_andel_primarvard"].sql
    sql = f"select * exclude (taljare), namnare - taljare as taljare from ({sql})"
    other = replace(registry["sabo_andel_primarvard"], id="utan_primarvard", mangder=mangder, sql=sql)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "registry", lambda: {**registry, other.id: other})
        with empty.candidate([random_sabo(Random(seed), str(seed)) for seed in range(12)]) as snapshot:
            assert other.id not in refusals(snapshot)
            assert attack(snapshot).recovered == []


def random_sabo(random: Random, period: str) -> Counts:
    enrolled = {kommun.kod: random.choice([0, 1, 2, 4, 9, 40, 160]) for kommun in kommuner.in_lan("08")}
    return sabo_by_hand(period, enrolled, {kod: random.choice([0, 1, 3, 9, 30]) for kod in enrolled})


SAFE_ALREADY = {
    "one hidden kommun alone",
    "two hidden whose sum is 2, and nothing else",
    "all but one with a doctor",
    "one hidden group",
}
"""Here what is small hides enough by itself."""


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_store_gives_nothing_away(empty: Store, name: str) -> None:
    with empty.candidate(NASTY[name]()) as snapshot:
        assert plan_of(snapshot).unprotected == ()
        found = attack(snapshot)
        assert found.ranges
        assert found.recovered == []
        with in_force(complementary=False):
            assert bool(attack(snapshot).recovered) == (name not in SAFE_ALREADY), "the attack is to succeed"


SABO_ROWS = "from sabo inner join uttag using (uttag_id)"
PLACE = "kommun_kod, uttag.matperiod, 'totalt' as grupp"
HOLES: dict[str, tuple[str, str, dict[str, str]]] = {
    "a ready value": (
        "proportion",
        f"select {PLACE}, null::bigint as taljare, null::bigint as namnare, "
        f"100.0 * med_primarvard / boende as varde, sabo.uttag_id {SABO_ROWS}",
        {},
    ),
    "the extract of another source": (
        "proportion",
        f"select {PLACE}, med_primarvard as taljare, 9 as namnare, "
        f"(select max(uttag_id) from uttag where kalla = 'befolkning') as uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med"},
    ),
    "no extract": (
        "count",
        f"select {PLACE}, boende - med_primarvard as taljare, null::bigint as namnare {SABO_ROWS}",
        {},
    ),
    "another period's name": (
        "count",
        "select kommun_kod, 'senaste' as matperiod, 'totalt' as grupp, med_primarvard as taljare, "
        f"null::bigint as namnare, sabo.uttag_id {SABO_ROWS} where uttag.matperiod = '{PERIOD}'",
        {"taljare": "sabo.primarvard.med"},
    ),
    "kommuner together": (
        "count",
        "select '0899' as kommun_kod, uttag.matperiod, 'totalt' as grupp, sum(med_primarvard)::bigint as taljare, "
        f"null::bigint as namnare, max(sabo.uttag_id) as uttag_id {SABO_ROWS} "
        "where kommun_kod in ('0885', '0840') group by all",
        {"taljare": "sabo.primarvard.med"},
    ),
    "a set that is not counted": (
        "count",
        f"select {PLACE}, med_primarvard as taljare, null::bigint as namnare, sabo.uttag_id {SABO_ROWS}",
        {"taljare": "cosmic.kon.kvinna"},
    ),
    "persons of two sources": (
        "count",
        f"select {PLACE}, med_primarvard + 50 as taljare, null::bigint as namnare, sabo.uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med + ensolutions"},
    ),
    "a set twice": (
        "count",
        f"select {PLACE}, 2 * med_primarvard as taljare, null::bigint as namnare, sabo.uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med + sabo.primarvard.med"},
    ),
    "a denominator that is said to be inhabitants": (
        "proportion",
        f"select {PLACE}, med_primarvard as taljare, boende as namnare, sabo.uttag_id, "
        f"(select max(uttag_id) from uttag where kalla = 'befolkning') as namnare_uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med"},
    ),
    "through a view": (
        "count",
        f"with v as (select {PLACE}, med_primarvard as taljare, null::bigint as namnare {SABO_ROWS}) select * from v",
        {},
    ),
    "the extract of what is printed": (
        "count",
        f"select {PLACE}, med_primarvard as taljare, null::bigint as namnare, "
        f"(select max(uttag_id) from uttag where kalla = 'bilden') as uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med"},
    ),
    "SQL in a text": (
        "count",
        f"select kommun_kod, '{PERIOD}' as matperiod, 'totalt' as grupp, max(n) + 9 as taljare, null::int as namnare "
        "from json_execute_serialized_sql(json_serialize_sql('select kommun_kod, med_primarvard as n from sabo')) "
        "where kommun_kod in (select kommun_kod from befolkning) group by kommun_kod",
        {},
    ),
    **{
        f"the store's own table {table}": (
            "count",
            f"select '0880' as kommun_kod, '2024' as matperiod, max({text}) as grupp, 100 as taljare, "
            f"null::bigint as namnare from {table}",
            {},
        )
        for table, text in {"ordning": "nyckel", "dolda": "mangd", "handelser": "vem"}.items()
    },
    "what the database knows of a table": (
        "count",
        "select kommun_kod, '2024' as matperiod, 'totalt' as grupp, 100 as taljare, null::bigint as namnare, "
        "(select max(stats) from pragma_storage_info('sabo')) as kalla from befolkning group by kommun_kod",
        {},
    ),
    **{
        f"a count as {name}": (
            "count",
            f"select {columns}, null::bigint as taljare, null::bigint as namnare {SABO_ROWS}",
            {},
        )
        for name, columns in {
            "an area": "'n' || med_primarvard as kommun_kod, uttag.matperiod, 'totalt' as grupp",
            "a period": "kommun_kod, uttag_id || 'n' || med_primarvard as matperiod, 'totalt' as grupp",
            "a group": "kommun_kod, uttag.matperiod, 'n' || med_primarvard as grupp",
            "a source": f"{PLACE}, 'n' || med_primarvard as kalla",
            "a sign": f"{PLACE}, 'n' || med_primarvard as tecken",
        }.items()
    },
    "a change of persons": (
        "proportion",
        f"select {PLACE}, med_primarvard as taljare, boende as namnare, sabo.uttag_id, "
        f"med_primarvard / boende as namnare_andring {SABO_ROWS}",
        {"taljare": "sabo.primarvard.med", "namnare": "sabo"},
    ),
    "a group that reads as a sum": (
        "count",
        "select kommun_kod, uttag.matperiod, 'med + sabo.primarvard.utan' as grupp, boende as taljare, "
        f"null::bigint as namnare, sabo.uttag_id {SABO_ROWS}",
        {"taljare": "sabo.primarvard.{grupp}"},
    ),
}


@pytest.fixture(scope="module")
def with_a_sabo_table(shared: tuple[Store, Store]) -> Iterator[Snapshot]:
    """The figures of the first start and a SÄBO table that is not published, of which 3 in one kommun."""
    enrolled = {kommun.kod: 20 + n for n, kommun in enumerate(kommuner.in_lan("08"))} | {"0885": 3}
    with shared[0].candidate([sabo_by_hand(PERIOD, enrolled, dict.fromkeys(enrolled, 40))]) as snapshot:
        assert refusals(snapshot) == {}
        yield snapshot


@pytest.mark.parametrize("name", HOLES)
def test_an_indicator_that_slips_a_count_past_is_refused(with_a_sabo_table: Snapshot, name: str) -> None:
    """What its SQL reads decides that it counts persons, and not what its rows say of themselves."""
    kind, sql, mangder = HOLES[name]
    wrong = replace(indicators.registry()["sabo_andel_primarvard"], kind=kinds()[kind], sql=sql, mangder=mangder)
    with and_also(with_a_sabo_table, wrong):
        assert set(refusals(with_a_sabo_table)) == {"fel"}


def test_a_denominator_that_a_count_does_not_have_is_not_shown(with_a_sabo_table: Snapshot) -> None:
    sql = f"select {PLACE}, boende as taljare, med_primarvard as namnare, sabo.uttag_id {SABO_ROWS}"
    odd = replace(indicators.registry()["sabo_boende"], sql=sql)
    with and_also(with_a_sabo_table, odd):
        assert {row.namnare for row in Reader.over(with_a_sabo_table).read("fel", PERIOD).rows} == {None}


def test_a_sum_of_groups_that_overlap_gives_nothing_away(empty: Store) -> None:
    """Together they can be more than everyone."""
    registry = dict(indicators.registry())
    sql = """
        select kommun_kod, uttag.matperiod, 'totalt' as grupp, sum(antal)::bigint as taljare,
            null::bigint as namnare, ensolutions.uttag_id
        from ensolutions inner join uttag using (uttag_id)
        where uppdelning = 'profession' and grupp in ('ssk', 'at')
        group by all having count(*) = 2
    """
    both = {"taljare": "ensolutions.profession.ssk + ensolutions.profession.at"}
    summed = replace(registry["hemsjukvard_antal"], id="summa", sql=sql, mangder=both)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "registry", lambda: {**registry, "summa": summed})
        extracts = [extract for seed in range(6) for extract in random_store(Random(seed), str(seed))]
        with empty.candidate(extracts) as snapshot:
            assert refusals(snapshot) == {}
            assert attack(snapshot).recovered == []
