"""Periods as texts: which days they are, their order, which comes before, which overlap, which lies within which."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.base import period_kinds, periods
from naravard.base.errors import UserError
from naravard.base.mask import mask_ids
from naravard.base.model import UNKNOWN_PERIOD
from naravard.base.periods import Span
from naravard.figures import differencing
from naravard.intake import choices

DOCS = Path(__file__).parents[1] / "docs" / "uttag.md"
NAMES = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
         "december"]  # fmt: skip
ENDS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
"""The last days of the months of 2024."""


def ends(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


def in_2024(first: int, last: int) -> tuple[date, date]:
    return date(2024, first, 1), date(2024, last, ENDS[last - 1])


PARTS = {
    **{text: in_2024(i, i) for i, name in enumerate(NAMES, start=1) for text in (
        f"{name} 2024", f"{name[:3]} 2024", f"2024 {name}", f"2024-{i:02}", f"2024/{i:02}", f"2024.{i:02}",
        f"2024M{i:02}", f"2024{i:02}", f"{name[:3]}-24", f"{i:02}/2024", f"{name.upper()}, 2024", f"{name}mätning 2024",
    )},
    **{text: in_2024(3 * i - 2, 3 * i) for i, word in enumerate(["första", "andra", "tredje", "fjärde"], start=1)
       for text in (f"Q{i} 2024", f"kvartal {i} 2024", f"kv {i} 2024", f"kv{i} 2024", f"2024K{i}", f"2024 Q{i}",
                    f"2024-Q{i}", f"{word} kvartalet 2024", f"Kvartal {i}, 2024", f"K{i}/2024")},
    **{text: in_2024(4 * i - 3, 4 * i) for i, word in enumerate(["första", "andra", "tredje"], start=1)
       for text in (f"T{i} 2024", f"tertial {i} 2024", f"2024T{i}", f"{word} tertialet 2024")},
    **{text: in_2024(6 * i - 5, 6 * i) for i, word in enumerate(["första", "andra"], start=1)
       for text in (f"H{i} 2024", f"halvår {i} 2024", f"{i}:a halvåret 2024", f"{word} halvåret 2024", f"2024H{i}",
                    f"{i} halvåret 2024", f"{word.upper()} HALVÅRET 2024")},
}  # fmt: skip
OTHERS = {
    "v. 14 2024": ends("2024-04-01", "2024-04-07"),
    "Mätvecka 14 2024": ends("2024-04-01", "2024-04-07"),
    "V14 2024": ends("2024-04-01", "2024-04-07"),
    "vecka 9 2024": ends("2024-02-26", "2024-03-03"),
    "2024-W14": ends("2024-04-01", "2024-04-07"),
    "2024v14": ends("2024-04-01", "2024-04-07"),
    "v. 1 2025": ends("2024-12-30", "2025-01-05"),
    "v. 53 2020": ends("2020-12-28", "2021-01-03"),
    "v. 53 2026": ends("2026-12-28", "2027-01-03"),
    "v. 52 2024": ends("2024-12-23", "2024-12-29"),
    "v. 14–16 2024": ends("2024-04-01", "2024-04-21"),
    "v. 51 2024–v. 2 2025": ends("2024-12-16", "2025-01-12"),
    "våren 2026": ends("2026-01-01", "2026-06-30"),
    "Va\u030aren 2024": in_2024(1, 6),
    "vårmätningen 2023": ends("2023-01-01", "2023-06-30"),
    "sommaren 2024": ends("2024-06-01", "2024-08-31"),
    "hösten 2024": in_2024(7, 12),
    "våren 24": in_2024(1, 6),
    "vintern 2023–2024": ends("2023-12-01", "2024-02-29"),
    "vintern 2022/23": ends("2022-12-01", "2023-02-28"),
    "läsåret 2023/24": ends("2023-07-01", "2024-06-30"),
    "läsår 2023–2024": ends("2023-07-01", "2024-06-30"),
    "läsåret 2010–11": ends("2010-07-01", "2011-06-30"),
    "ht 2024": ends("2024-07-01", "2024-12-31"),
    "VT24": ends("2024-01-01", "2024-06-30"),
    "vårterminen 2024": ends("2024-01-01", "2024-06-30"),
    "januari–mars 2024": in_2024(1, 3),
    "jan - mars 2024": in_2024(1, 3),
    "jan-mar-24": in_2024(1, 3),
    "2024 maj–aug": in_2024(5, 8),
    "januari till och med mars 2024": in_2024(1, 3),
    "januari t.o.m. mars 2024": in_2024(1, 3),
    "2024-02–2024-11": in_2024(2, 11),
    "2024-02-2024-11": in_2024(2, 11),
    "Q1–Q3 2024": in_2024(1, 9),
    "kvartal 1–3 2024": in_2024(1, 9),
    "2023-04–2024-03": ends("2023-04-01", "2024-03-31"),
    "nov 2023–feb 2024": ends("2023-11-01", "2024-02-29"),
    "kvartal 4 2023 till maj 2024": ends("2023-10-01", "2024-05-31"),
    "2024-01-15–2024-03-14": ends("2024-01-15", "2024-03-14"),
    "2024-01-01 - 2024-03-31": in_2024(1, 3),
    "1 januari–31 mars 2024": in_2024(1, 3),
    "1–15 mars 2024": ends("2024-03-01", "2024-03-15"),
    "1 okt 2023–31 mars 2024": ends("2023-10-01", "2024-03-31"),
    "2024-08-15": ends("2024-08-15", "2024-08-15"),
    "20240815": ends("2024-08-15", "2024-08-15"),
    "den 15 mars 2024": ends("2024-03-15", "2024-03-15"),
    "15/3 2024": ends("2024-03-15", "2024-03-15"),
    "R12 2024-03": ends("2023-04-01", "2024-03-31"),
    "R12 2024-12": in_2024(1, 12),
    "r3 mars 2024": in_2024(1, 3),
    "mars 2024 (R12)": ends("2023-04-01", "2024-03-31"),
    "R12 kvartal 1 2024": ends("2023-04-01", "2024-03-31"),
    "rullande 12 månader t.o.m. mars 2024": ends("2023-04-01", "2024-03-31"),
    "2024": in_2024(1, 12),
    "helåret 2024": in_2024(1, 12),
    "2021–2023": ends("2021-01-01", "2023-12-31"),
    "mätning 1 2024": in_2024(1, 12),
    "vården 2024": in_2024(1, 12),
    "mätning våren 2024": in_2024(1, 6),
    "2010-11": ends("2010-11-01", "2010-11-30"),
    **dict.fromkeys(("March 2024", "mars månad 2024", "månad 3 2024", "mån 03 2024"), in_2024(3, 3)),
    "May 2024": in_2024(5, 5),
    "Oct 2024": in_2024(10, 10),
    **dict.fromkeys(("Q1-24", "Q1/24", "kv 1 -24", "2024-01--2024-03"), in_2024(1, 3)),
    **dict.fromkeys(("T2-24", "T2 24"), in_2024(5, 8)),
    **dict.fromkeys(("H1-24", "halvår 1 24"), in_2024(1, 6)),
    **dict.fromkeys(
        ("helår 2024", "hela 2024", "hela året 2024", "2024 helår", "2024 (helår)", "helår 24"), in_2024(1, 12)
    ),
    **dict.fromkeys(("läsår 23/24", "läsåret 23–24"), ends("2023-07-01", "2024-06-30")),
    "vintern 23/24": ends("2023-12-01", "2024-02-29"),
    "15.3.2024": ends("2024-03-15", "2024-03-15"),
    **dict.fromkeys(
        (
            "1/4-30/6 2024",
            "2024-04-01/2024-06-30",
            "från 2024-04-01 till 2024-06-30",
            "fr.o.m. 2024-04-01 t.o.m. 2024-06-30",
            "perioden 2024-04-01 - 2024-06-30",
        ),
        in_2024(4, 6),
    ),
    **dict.fromkeys(
        ("rullande tolv månader t.o.m. mars 2024", "12 månader t.o.m. mars 2024", "rullande år t.o.m. mars 2024"),
        ends("2023-04-01", "2024-03-31"),
    ),
}
DAYS = PARTS | OTHERS


@pytest.mark.parametrize(("matperiod", "days"), DAYS.items(), ids=list(DAYS))
def test_a_period_has_a_first_and_a_last_day(matperiod: str, days: tuple[date, date]) -> None:
    assert periods.span(matperiod) == Span(*days)
    assert choices.clean(choices.Choices(matperiod=matperiod)).matperiod == periods.clean(matperiod)
    assert periods.last_day(matperiod) == days[1]


@pytest.mark.parametrize(
    ("digits", "days"),
    [
        ("240401-240630", "2024-04-01–2024-06-30"),
        ("20240401 – 20240630", "2024-04-01–2024-06-30"),
        ("202401-202403", "2024-01-01–2024-03-31"),
    ],
)
def test_a_range_of_digits_alone_is_stored_as_days(digits: str, days: str) -> None:
    assert choices.clean(choices.Choices(matperiod=digits)).matperiod == days
    assert periods.span(digits) == periods.span(days)


@pytest.mark.parametrize("text", ["240401-1234", "19240401-1234", "240231-240331", "192404011234"])
def test_digits_that_are_no_range_may_be_an_id(text: str) -> None:
    with pytest.raises(UserError):
        choices.clean(choices.Choices(matperiod=text))


@pytest.mark.parametrize("matperiod", ["mätning 1", "våren", "v. 14", "våren 240", UNKNOWN_PERIOD, "", "20245"])
def test_a_period_without_a_year_has_no_days(matperiod: str) -> None:
    assert periods.parse(matperiod) is None
    assert periods.last_day(matperiod) is None


@pytest.mark.parametrize(
    ("matperiod", "why"),
    [
        ("v. 53 2024", "vecka 53 finns inte: 2024 har 52 veckor"),
        ("vecka 0 2024", "vecka 0 finns inte"),
        ("2024-13", "månad 13 finns inte"),
        ("2024M13", "månad 13 finns inte"),
        ("Q5 2024", "kvartal 5 finns inte, bara 1–4"),
        ("T4 2024", "tertial 4 finns inte, bara 1–3"),
        ("tredje halvåret 2024", "halvår 3 finns inte, bara 1–2"),
        ("2023-02-29", "dagen ”2023-02-29” finns inte"),
        ("1–30 februari 2024", "har en dag som inte finns"),
        ("vintern 2024", "skriv båda åren: ”vintern 2023–2024” eller ”vintern 2024–2025”"),
        ("halvåret 2024", "skriv vilken del av året, till exempel ”halvår 1 2024”"),
        ("läsåret 2023–2025", "ska vara två år i följd"),
        ("2023/24", "kan vara flera saker. Skriv ”läsåret 2023/24” eller ”2023–2024”"),
        ("2010–11", "kan vara flera saker"),
        ("2010/11", "kan vara flera saker"),
        ("2023/2024", "kan vara flera saker"),
        ("november–februari 2024", "den slutar innan den börjar. Skriv båda åren"),
        ("2024–2023", "den slutar innan den börjar"),
        ("R12 2024", "säg med vilken månad den rullande perioden slutar"),
        ("R12 2023-01–2024-03", "säg med vilken månad den rullande perioden slutar"),
        ("våren 2024 och hösten 2024", "den nämner flera perioder, ”våren 2024” och ”hösten 2024”"),
        ("2023, 2024", "den nämner flera perioder"),
        ("från mars 2024", "det går inte att veta vad ”från” betyder"),
        ("första halvan av 2024", "det går inte att veta vad ”första halvan av” betyder"),
        ("julen 2024", "det går inte att veta vad ”julen” betyder"),
        ("delårsrapport augusti 2024", "det går inte att veta vad ”delårsrapport” betyder"),
        ("240231-240331", "har en dag som inte finns"),
        ("HT 2023/VT 2024", "den nämner flera perioder"),
        ("t.o.m. mars 2024", "det går inte att veta vad ”t.o.m.” betyder"),
        ("jan, mars 2024", "det går inte att veta vad ”jan,” betyder"),
        ("2024-3", "det går inte att veta vad ”-3” betyder"),
    ],
)
def test_what_could_be_read_as_something_else_is_refused_in_words(matperiod: str, why: str) -> None:
    assert periods.span(matperiod) is None
    with pytest.raises(UserError, match="går inte att läsa") as error:
        periods.clean(matperiod)
    assert why in str(error.value)
    assert "Så går det att skriva" in str(error.value)


def test_what_a_refusal_proposes_can_be_read() -> None:
    with pytest.raises(UserError) as error:
        periods.clean("v. 53 2024")
    proposals = str(error.value).partition("Så går det att skriva: ”")[2].removesuffix("”.").split("”, ”")
    assert len(proposals) > 8
    assert all(periods.span(proposal) for proposal in proposals)
    assert mask_ids(str(error.value)) == str(error.value), "the command line masks what it prints"


def test_the_table_in_the_docs_holds() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| (`[^|]+) \| (\S{10}) \| (\S{10}) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(rows) >= 13
    for texts, first, last in rows:
        for text in re.findall(r"`([^`]+)`", texts):
            assert periods.span(text) == Span(*ends(first, last)), text


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_every_day_lies_in_the_parts_that_are_written_of_it(day: date) -> None:
    week = day.isocalendar()
    texts = [
        f"v. {week.week} {week.year}", f"{week.year}-W{week.week:02}", f"{NAMES[day.month - 1]} {day.year}",
        f"{day:%Y-%m}", f"{day:%Y}M{day:%m}", f"Q{(day.month + 2) // 3} {day.year}", 
        f"{day.year}T{(day.month + 3) // 4}",
        f"H{(day.month + 5) // 6} {day.year}", f"{day.year}", f"{day}", f"{day:%Y%m%d}", f"{day}–{day}",
    ]  # fmt: skip
    spans = [periods.span(text) for text in texts]
    for text, span in zip(texts, spans, strict=True):
        assert span is not None, text
        assert span.first <= day <= span.last, text
        assert all(periods.overlaps(text, other) and periods.overlaps(other, text) for other in texts)
    assert spans[0] == spans[1]
    assert spans[0] is not None
    assert (spans[0].first.weekday(), (spans[0].last - spans[0].first).days) == (0, 6)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.integers(0, 2000))
def test_a_range_is_from_the_first_day_of_its_beginning_to_the_last_of_its_end(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    assert periods.span(f"{day}–{end}") == Span(day, end)
    assert periods.span(f"{day} till {end}") == Span(day, end)
    first, last = periods.span(f"{day:%Y-%m}"), periods.span(f"{end:%Y-%m}")
    assert first
    assert last
    assert periods.span(f"{NAMES[day.month - 1]} {day.year}–{NAMES[end.month - 1]} {end.year}") == Span(
        first[0], last[1]
    )


@given(st.text(max_size=70))
def test_no_text_is_too_odd(text: str) -> None:
    """Whatever is written is read, left without days, or refused in words; never a traceback."""
    period = periods.parse(text)
    assert period is None or period.span.first <= period.span.last
    periods.find(text)
    periods.sort_key(text)
    try:
        assert periods.span(periods.clean(text)) == periods.span(" ".join(text.split()))
    except UserError as error:
        assert "Mätperioden" in str(error)


@given(st.lists(st.sampled_from([*DAYS, UNKNOWN_PERIOD, "mätning 1"]), max_size=20))
def test_the_order_is_by_when_periods_end(texts: list[str]) -> None:
    in_order = sorted(texts, key=periods.sort_key)
    days = [day for text in in_order if (day := periods.last_day(text))]
    assert days == sorted(days)
    assert all(periods.last_day(text) is None for text in in_order[: len(texts) - len(days)])


def test_a_new_kind_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    decade = period_kinds.Kind(
        "årtionde", forms=((r"(?P<y>(?:19|20)\d0)-talet", lambda match: period_kinds.months(int(match["y"]), 1, 120)),)
    )
    monkeypatch.setattr(period_kinds, "KINDS", (*period_kinds.KINDS, decade))
    monkeypatch.setattr(periods, "_forms", period_kinds.forms)
    assert periods._reading.__wrapped__("2010-talet").period.span == Span(*ends("2010-01-01", "2019-12-31"))


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("mars 2024", "v. 9 2024", True),  # 26 February–3 March
        ("februari 2024", "mars 2024", False),
        ("2024", "kvartal 4 2024", True),
        ("vintern 2023–2024", "2023", True),
        ("vintern 2023–2024", "mars 2024", False),
        ("R12 2024-03", "april 2023", True),
        ("R12 2024-03", "mars 2023", False),
        (UNKNOWN_PERIOD, "2024", False),
        (UNKNOWN_PERIOD, UNKNOWN_PERIOD, True),
        ("Mätning 1", "mätning 1", True),
    ],
)
def test_periods_overlap_where_they_have_a_day_in_common(one: str, other: str, overlap: bool) -> None:
    assert periods.overlaps(one, other) is periods.overlaps(other, one) is overlap


@given(st.lists(st.sampled_from(list(DAYS)), max_size=12), st.sampled_from(list(DAYS)))
def test_periods_that_hang_together_are_those_reached_by_overlaps(texts: list[str], start: str) -> None:
    reached, fresh = {start}, {start}
    while fresh:
        fresh = {text for text in texts if text not in reached and any(periods.overlaps(text, r) for r in reached)}
        reached |= fresh
    assert periods.overlapping([start], texts) == reached


@pytest.mark.parametrize(
    ("matperiod", "year"),
    [
        ("våren 2024", 2024),
        ("v. 1 2025", 2025),
        ("v. 53 2020", 2020),
        ("R12 2024-03", 2024),
        ("vintern 2023–2024", 2024),
        ("läsåret 2023/24", 2024),
        ("2023-04–2024-03", 2024),
        ("VT24", 2024),
        ("2015–2024", None),
        ("mätning 1", None),
    ],
)
def test_the_year_of_a_period_is_the_one_it_names_or_ends_in(matperiod: str, year: int | None) -> None:
    assert periods.year_of(matperiod) == year


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
        ("Kommunal primärvård januari–mars 2024, alla kommuner", "januari–mars 2024"),
        ("mars 2024 till maj 2024", "mars 2024 till maj 2024"),
        ("1:a halvåret 2024", "1:a halvåret 2024"),
        ("Hemsjukvård v. 9 2024", "v. 9 2024"),
        ("uttag_v14_2024.csv", "v14 2024"),
        ("Akutbesök R12 2024-03", "r12 2024-03"),
        ("Tid: 2024-01-01–2024-03-31 (utskrift 2024-04-15)", "2024-01-01–2024-03-31"),
        ("vintern 2023–2024", "vintern 2023–2024"),
        ("uttag_v2_2024.csv", None),  # rather the second version
        ("Tabell T2-24", None),
        ("Cell K1-10 i blad H1 25", None),
        ("T2 2024", "t2 2024"),
        ("vintern 2024", None),
        ("mars 2024, v. 60 2024", None),
        ("mars 2024 och maj 2024", None),
        ("uttag 2024-03-15", None),
        ("12024-03", None),
        ("2024-13", None),
        ("2024", None),
        ("2021–2023", None),
        ("våren", None),
    ],
)
def test_a_title_or_a_file_name_tells_one_period_or_none(text: str, matperiod: str | None) -> None:
    assert periods.find(text) == matperiod
    assert matperiod is None or periods.span(periods.clean(matperiod))


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
    [
        ("2024", "2023"),
        ("2023", "2021"),  # the nearest, where a year lacks
        ("2021", None),
        ("2022", None),  # not one of them
        (UNKNOWN_PERIOD, None),
        (periods.EVERY, None),
        ("mars 2025", "2024-03"),  # as written otherwise
        ("april 2025", None),  # not March
        ("feb 2025", "feb 2024"),  # leap year
        ("kv 1 2025", None),
        ("våren 2024", "våren 2023"),
        ("v. 14 2024", "v. 14 2023"),
        ("v. 15 2024", None),
        ("R12 2024-06", None),  # that of March has another season
        ("R12 2025-03", "R12 2024-03"),
        ("2022–2024", "2019–2021"),  # not 2021–2023, which has two years of it
        ("mätning 2 2024", "mätning 2 2023"),
        ("vintern 2023–2024", None),
        ("jan–mars 2025", "Q1 2024"),
    ],
)
@pytest.mark.parametrize("place", [0, 9, -1])
def test_the_period_before_is_the_nearest_one_of_the_same_length_and_season(
    matperiod: str, before: str | None, place: int
) -> None:
    """Wherever the one without a date stands."""
    matperioder = [
        "jan–mars 2025", "R12 2025-03", "kv 1 2025", "mars 2025", "april 2025", "feb 2025", "januari 2025",
        "mätning 2 2024", "mätning 1 2024", "2024", "2022–2024", "R12 2024-06", "våren 2024", "v. 15 2024",
        "v. 14 2024",
        "R12 2024-03", "2024-03", "vintern 2023–2024", "feb 2024", "mätning 2 2023", "2023", "hösten 2023",
        "2021–2023", "våren 2023", "v. 14 2023", "2021", "2019–2021",
    ]  # fmt: skip
    if matperiod == "jan–mars 2025":
        matperioder.append("Q1 2024")
    matperioder.insert(place, UNKNOWN_PERIOD)
    assert periods.before(matperiod, matperioder) == before


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
