"""Periods as texts: which months they are, their order, which comes before, which lies within which."""

from datetime import date

import pytest

from naravard.base import periods
from naravard.base.errors import UserError
from naravard.base.model import UNKNOWN_PERIOD
from naravard.figures import differencing

MONTHS = [
    *((f"{name} 2024", i, i) for i, name in enumerate(
        ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
         "december"], start=1,
    )),
    *((f"2024-{i:02}", i, i) for i in range(1, 13)),
    *((f"{name} {i} 2024", 3 * i - 2, 3 * i) for name in ("kv", "kvartal") for i in range(1, 5)),
    *((f"2024 Q{i}", 3 * i - 2, 3 * i) for i in range(1, 5)),
    *((f"{name} {i} 2024", 4 * i - 3, 4 * i) for name in ("tertial", "T") for i in range(1, 4)),
    *((f"{name} {i} 2024", 6 * i - 5, 6 * i) for name in ("halvår", "H") for i in (1, 2)),
    ("första halvåret 2024", 1, 6),
    ("andra halvåret 2024", 7, 12),
    ("vintern 2024", 1, 1),
    ("våren 2024", 4, 4),
    ("VT 2024", 4, 4),
    ("sommaren 2024", 7, 7),
    ("hösten 2024", 10, 10),
    ("ht 2024", 10, 10),
    ("jan–mars 2024", 1, 3),
    ("maj–aug 2024", 5, 8),
    ("20240815", 8, 8),
    ("2024", 1, 12),
    ("mätning 1 2024", 1, 12),
    ("2024-02–2024-11", 2, 11),
    ("R12 2024-12", 1, 12),
    ("rullande 12 2024-12", 1, 12),
]  # fmt: skip


@pytest.mark.parametrize(("matperiod", "first", "last"), MONTHS, ids=[text for text, *_ in MONTHS])
def test_a_period_has_a_first_and_a_last_month(matperiod: str, first: int, last: int) -> None:
    assert periods.span(matperiod) == (12 * 2024 + first, 12 * 2024 + last)
    assert periods.sort_key(matperiod)[:2] == (2024, int(matperiod[5:7]) if matperiod == "2024-02–2024-11" else last)


@pytest.mark.parametrize(
    ("matperiod", "months"),
    [
        ("2023-04–2024-03", (12 * 2023 + 4, 12 * 2024 + 3)),
        ("R12 2024-03", (12 * 2023 + 4, 12 * 2024 + 3)),
        ("R12 2023-01–2024-03", (12 * 2023 + 1, 12 * 2024 + 3)),
        ("2023–2024", None),
        ("mätning 1", None),
        (UNKNOWN_PERIOD, None),
    ],
)
def test_a_period_over_years_has_months_where_it_names_them(matperiod: str, months: tuple[int, int] | None) -> None:
    assert periods.span(matperiod) == months


@pytest.mark.parametrize(
    ("matperiod", "day"),
    [
        ("våren 2024", date(2024, 4, 30)),
        ("feb 2024", date(2024, 2, 29)),
        ("kvartal 1 2023", date(2023, 3, 31)),
        ("2023", date(2023, 12, 31)),
        ("2015–2024", None),
        ("mätning 1", None),
    ],
)
def test_the_last_day_of_a_period(matperiod: str, day: date | None) -> None:
    assert periods.last_day(matperiod) == day


@pytest.mark.parametrize(
    ("text", "matperiod"),
    [
        ("sabo Våren 2024.csv", "våren 2024"),
        ("sabo_hösten_2023", "hösten 2023"),
        ("Va\u030aren 2024", "våren 2024"),
        ("VT2024", "vt2024"),
        ("uttag 2024-03.xlsx", "2024-03"),
        ("kvartal 2 2024", "kvartal 2 2024"),
        ("Q4 2023", "q4 2023"),
        ("H1 2023 och h1 2023", "h1 2023"),
        ("mars 2024 till maj 2024", None),
        ("uttag 2024-03-15", None),
        ("12024-03", None),
        ("2024-13", None),
        ("2024", None),
        ("våren", None),
    ],
)
def test_a_title_or_a_file_name_tells_one_period_or_none(text: str, matperiod: str | None) -> None:
    assert periods.find(text) == matperiod


@pytest.mark.parametrize(
    ("text", "stored"), [("  Va\u030aren   2024 ", "Våren 2024"), ("x" * 60, "x" * 60), ("allt", "allt")]
)
def test_a_period_is_stored_composed_and_with_single_spaces(text: str, stored: str) -> None:
    assert periods.clean(text) == stored


@pytest.mark.parametrize("text", ["", "  ", "x" * 61, "våren\u200b2024", "alla", "Alla", "senast kända per område"])
def test_a_period_that_cannot_be_shown_or_means_several_is_refused(text: str) -> None:
    with pytest.raises(UserError, match=r"går inte att använda\. Skriv en kort text, högst 60 tecken"):
        periods.clean(text)


def test_one_without_a_date_comes_before_all_others() -> None:
    order = [UNKNOWN_PERIOD, "mätning 1", "mätning 2", "2019", "2015–2023", "våren 2024", "2024"]
    assert sorted(set(order), key=periods.sort_key) == order


@pytest.mark.parametrize(
    ("matperiod", "before"),
    [("2024", "2023"), ("2023", "2021"), ("2021", None), (UNKNOWN_PERIOD, None), ("2022", None), (periods.EVERY, None)],
)
@pytest.mark.parametrize("place", range(4))
def test_the_period_before_is_the_next_older_one_with_a_date(matperiod: str, before: str | None, place: int) -> None:
    """Wherever the one without a date stands."""
    newest_first = ["2024", "2023", "2021"]
    newest_first.insert(place, UNKNOWN_PERIOD)
    assert periods.before(matperiod, newest_first) == before


def test_of_a_single_period_there_is_none_before() -> None:
    assert periods.before("2024", ["2024"]) is None
    assert periods.before("2024", []) is None


@pytest.mark.parametrize(
    ("word", "unknown"),
    [
        (periods.label, "mätperiod ej angiven"),
        (periods.year, "mätår ej angivet"),
        (periods.when, "ej angiven i källan"),
    ],
)
def test_what_is_not_known_is_said(word: object, unknown: str) -> None:
    assert callable(word)
    assert (word(UNKNOWN_PERIOD), word("2023")) == (unknown, "2023")


@pytest.mark.parametrize(
    ("whole", "others", "within"),
    [
        ("2024", ["kvartal 1 2024"], ["kvartal 1 2024"]),  # begins with it
        ("2024", ["kvartal 4 2024"], ["kvartal 4 2024"]),  # ends with it
        ("2024", ["kvartal 2 2024", "kvartal 1 2024"], ["kvartal 1 2024", "kvartal 2 2024"]),  # adjacent
        ("2024", [f"kv {i} 2024" for i in (1, 2, 3, 4)], [f"kv {i} 2024" for i in (1, 2, 3, 4)]),
        ("2024", ["halvår 1 2024", "kvartal 2 2024", "halvår 2 2024"], ["halvår 1 2024", "halvår 2 2024"]),  # overlap
        ("2024", ["2024-01–2024-03", "2024-03–2024-05", "2024-04"], ["2024-01–2024-03", "2024-04"]),  # one month
        ("kvartal 1 2024", ["2024-01–2024-03"], []),  # the same months under another name
        ("kvartal 1 2024", ["april 2024", "december 2023"], []),  # adjacent, outside
        ("kvartal 1 2024", ["2023-12–2024-01", "2024-03–2024-04"], []),  # partly outside
        ("2024", [UNKNOWN_PERIOD, "2023–2024"], []),
    ],
)
def test_a_period_has_those_within_it_that_do_not_overlap(whole: str, others: list[str], within: list[str]) -> None:
    found = dict(differencing._periods_within([whole, *others]))
    assert found.get(whole, ()) == tuple(within)
    assert all(parts for parts in found.values())
