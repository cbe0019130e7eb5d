"""Sentences and signs by hand: the ends where one way of saying it gives way to another."""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from naravard.base import clock, kommuner, periods, settings
from naravard.base.model import UNKNOWN_PERIOD, Extract, Remark
from naravard.base.numbers import HIDDEN, MISSING, quantity, with_unit
from naravard.exports.pptx import plots
from naravard.figures import indicators, row_counts
from naravard.figures.comparisons import comparison, comparisons
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Direction
from naravard.figures.judgement import Judgement
from naravard.figures.overview import Line, Measure
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.figures.vision import Part
from naravard.store.snapshots import Store
from naravard.telling import amounts, phrases, provenance, verdicts, vocabulary
from naravard.ui.parts import malbild
from naravard.ui.section import short_name
from tests.by_hand import BORGHOLM, KALMAR, LAN, MORBYLANGA, NYBRO, ByHand, gate, over_years, raw, row, spec

KOMMUNER = [kommun.kod for kommun in kommuner.in_lan(LAN)]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def extract(**given: Any) -> Extract:
    empty: dict[str, Any] = dict.fromkeys(Extract.__dataclass_fields__, "")
    counts = {"uttag_id": 1, "rader_lasta": 500, "rader_raknade": 400, "publicerad": False, "nar": "2026-11-20 10:00"}
    return Extract(**{**empty, **counts, **given})


def with_rows(result: ProtectedResult, **given: Any) -> ProtectedResult:
    """The result with other rows or remarks than the gate gave it."""
    for name, value in given.items():
        object.__setattr__(result, name, value)
    return result


# one and several


@pytest.mark.parametrize(
    ("varde", "decimals", "said"),
    [(1, 0, "1 person"), (1.4, 0, "1 person"), (1, 1, "1,0 personer"), (0, 0, "0 personer"), (21, 0, "21 personer")],
)
def test_one_is_in_the_singular(varde: float, decimals: int, said: str) -> None:
    assert quantity(varde, "person", "personer", decimals) == said


@pytest.mark.parametrize(
    ("written", "unit", "said"),
    [
        ("1", "personer", "1 person"),
        ("<1", "personer", "<1 person"),
        ("\u22121", "procentenheter", "\u22121 procentenhet"),
        ("+1", "procentenheter", "+1 procentenhet"),
        ("1,0", "procentenheter", "1,0 procentenheter"),
        ("11", "personer", "11 personer"),
        ("1", "vårdtillfällen per 1 000", "1 vårdtillfälle per 1 000"),
        ("1", "per 1 000 invånare", "1 per 1 000 invånare"),
    ],
)
def test_a_unit_follows_its_number(written: str, unit: str, said: str) -> None:
    assert with_unit(written, unit) == said


def test_one_percentage_point_and_one_person_in_a_sentence() -> None:
    judgement = Judgement(comparison("lanet"), 0, 20.0, detectable=1.0)
    assert "minst 1 procentenhet (" in plain(phrases.detectable(judgement, spec()))
    persons = gate([raw(BORGHOLM, 9)], spec("count", enhet="personer"))
    assert plain(phrases.sentence(row(1), persons)).startswith("Kalmar: 1 person.")


def _modules() -> list[tuple[str, list[ast.JoinedStr], list[ast.Call]]]:
    """Each file with its f-strings and its calls: to walk through all that they are made of takes a second or two."""
    modules = []
    for file in (file for folder in ("naravard", "pages") for file in sorted((settings.ROOT / folder).rglob("*.py"))):
        nodes = [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
        texts = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        calls = [node for node in nodes if isinstance(node, ast.Call)]
        modules.append((str(file.relative_to(settings.ROOT)), texts, calls))
    return modules


def _words_in_plural(calls: Iterable[ast.Call]) -> set[str]:
    """What some sentence already writes after a number in plural, by way of `quantity` or `noun`."""
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"quantity", "noun"}]
    words = [call.args[2] for call in named if len(call.args) > 2]
    in_use = {str(word.value).split()[0] for word in words if isinstance(word, ast.Constant)}
    return {*in_use, "procentenheter"} - {"namn", "mått"}


def _numbers_before(words: set[str], texts: Iterable[ast.JoinedStr]) -> Iterator[tuple[int, str]]:
    """Where an f-string has a value just before one of the words; a constant's name (`MOST_ANSWERS`) is many."""
    for text in texts:
        for value, after in zip(text.values, text.values[1:], strict=False):
            word = re.match(r"[ \u00a0](\w+)", str(after.value)) if isinstance(after, ast.Constant) else None
            if isinstance(value, ast.FormattedValue) and word and word[1] in words:
                what = ast.unparse(value.value)
                if not re.search(r"\b_?[A-Z][A-Z_]+\b", what):
                    yield value.lineno, f"{what} {word[1]}"


def test_no_sentence_writes_a_number_before_a_word_in_plural_whatever_the_number_is() -> None:
    """A number of things is written by `quantity`, `noun` or `with_unit`, which know what one of them is called."""
    modules = _modules()
    words = _words_in_plural(call for _, _, calls in modules for call in calls)
    assert {"kommuner", "rader", "personer", "indikatorer"} <= words
    faults = {f"{file}:{line}: {what}" for file, texts, _ in modules for line, what in _numbers_before(words, texts)}
    assert not faults, sorted(faults)


# values


@pytest.mark.parametrize(
    ("kind", "decimaler", "varde", "said"),
    [
        ("proportion", 0, 0.0, "0 %"),
        ("proportion", 0, 0.01, "<1 %"),
        ("proportion", 0, 0.49, "<1 %"),
        ("proportion", 0, 0.5, "<1 %"),  # which would be rounded to the even 0
        ("proportion", 0, 0.51, "1 %"),
        ("proportion", 0, 0.99, "1 %"),
        ("proportion", 0, 1.0, "1 %"),
        ("proportion", 1, 0.05, "<0,1 %"),
        ("proportion", 1, 0.06, "0,1 %"),
        ("proportion", 1, 0.9, "0,9 %"),
        ("proportion", 0, 77.5, "78 %"),
        ("distribution", 0, 0.2, "<1 %"),
        ("rate", 0, 0.2, "<1"),
        ("rate", 2, 0.004, "<0,01"),
        ("proportion", 0, 99.4, "99 %"),
        ("proportion", 0, 99.5, ">99 %"),
        ("proportion", 0, 99.55, ">99 %"),
        ("proportion", 0, 99.999, ">99 %"),
        ("proportion", 0, 100.0, "100 %"),
        ("proportion", 1, 99.54, "99,5 %"),
        ("proportion", 1, 99.96, ">99,9 %"),
        ("distribution", 0, 99.8, ">99 %"),
        ("rate", 0, 99.8, "100"),
        ("rate", 0, 5793.0, "5 793"),
        ("count", 0, 5793, "5 793"),
    ],
)
def test_more_than_none_does_not_read_as_none_nor_fewer_than_all_as_all(
    kind: str, decimaler: int, varde: float, said: str
) -> None:
    assert plain(amounts.value(row(varde), spec(kind, decimaler=decimaler))) == said


@pytest.mark.parametrize(
    ("decimaler", "values", "least"),
    [
        (0, [0.0, 50.0, None], ""),
        (0, [0.5, 50.0], ""),  # a spreadsheet rounds it up
        (0, [0.49, 50.0], '[<0.5]"<1 %"'),
        (0, [0.001], '[<0.5]"<1 %"'),
        (1, [0.05], ""),
        (1, [0.049], '[<0.05]"<0,1 %"'),
    ],
)
def test_nor_does_it_in_powerpoint(decimaler: int, values: list[float | None], least: str) -> None:
    indicator, rows = spec(decimaler=decimaler), [row(value) for value in values]
    shares = '#,##0.0" %"' if decimaler else '#,##0" %"'
    assert plain(plots._number_format(indicator, rows)) == (f"[=0]{shares};{least};{shares}" if least else shares)


@pytest.mark.parametrize(
    ("values", "number_format"),
    [
        ([99.55, 50.0], '[=100]{0};[>=99.5]">99 %";{0}'),
        ([100.0, 50.0], "{0}"),
        ([99.55, 0.2], "{1}"),
    ],
)
def test_fewer_than_all_does_not_read_as_all_in_powerpoint(values: list[float], number_format: str) -> None:
    expected = number_format.format('#,##0" %"', '#,##0.0" %"')
    assert plain(plots._number_format(spec(), [row(value) for value in values])) == expected


def test_other_decimals_can_be_asked_for() -> None:
    assert plain(amounts.value(row(0.2), spec(), 1)) == "0,2 %"
    assert plain(amounts.value(row(12.34), spec(decimaler=2), 0)) == "12 %"


@pytest.mark.parametrize(
    ("skydd", "skal", "sign", "why"),
    [
        ("..", "skyddat", "..", "dolt för att skydda enskilda"),
        ("..", "dolt", "..", "dolt av den som lämnade uppgiften"),
        ("-", "saknas", "-", "uppgift saknas"),
        ("-", "ungefarligt", "-", "uppgift saknas: källan har bara ett ungefärligt tal"),
        ("-", "ej_tillampligt", "-", "ej tillämpligt"),
    ],
)
def test_what_has_no_value_has_a_sign_and_a_reason(skydd: str, skal: str, sign: str, why: str) -> None:
    empty = row(None, skydd=skydd, skal=skal)
    assert (amounts.value(empty, spec()), amounts.count(empty, None), amounts.why(empty)) == (sign, sign, why)


def test_no_row_is_missing_and_a_value_needs_no_reason() -> None:
    assert (amounts.value(None, spec()), amounts.count(None, None), amounts.why(None)) == ("-", "-", "uppgift saknas")
    assert (amounts.why(row(0.0)), amounts.count(row(0.0), 0)) == ("", "0")
    assert amounts.count(row(0.0), 5793) == "5\u00a0793"


@pytest.mark.parametrize(
    ("kind", "nedre", "ovre", "said"),
    [
        ("proportion", 2.0, 12.3, "2–12 %"),
        ("rate", 2.0, 12.3, "2–12"),
        ("proportion", 0.0, 0.0, "0–0 %"),
        ("proportion", None, None, "–"),
        ("proportion", 2.0, None, "–"),
        ("proportion", None, 12.3, "–"),
    ],
)
def test_an_interval(kind: str, nedre: float | None, ovre: float | None, said: str) -> None:
    assert plain(amounts.interval(row(5.0, nedre=nedre, ovre=ovre), spec(kind))) == said
    assert amounts.interval(None, spec(kind)) == "–"


# comparisons


@pytest.mark.parametrize(
    ("level", "riktning", "said", "tone"),
    [
        (0, "neutral", "inom slumpen", ""),
        (1, "neutral", "▲ avviker, högre", "skiljer"),
        (2, "neutral", "▲▲ avviker tydligt, högre", "skiljer"),
        (-1, "neutral", "▼ avviker, lägre", "skiljer"),
        (-2, "neutral", "▼▼ avviker tydligt, lägre", "skiljer"),
        (1, "higher_is_better", "▲ avviker, bättre", "battre"),
        (-2, "higher_is_better", "▼▼ avviker tydligt, sämre", "samre"),
        (1, "lower_is_better", "▲ avviker, sämre", "samre"),
        (-2, "lower_is_better", "▼▼ avviker tydligt, bättre", "battre"),
    ],
)
def test_a_difference_in_a_cell(level: int, riktning: Direction, said: str, tone: str) -> None:
    judged, indicator = row(50.0, Judgement(comparison("lanet"), level, 40.0)), spec(riktning=riktning)
    assert verdicts.verdict_with_shape(judged, indicator) == said
    assert verdicts.tone(level, indicator) == tone
    assert verdicts.verdict(judged) == said.strip("▲▼ ").split(", ")[0]


def test_what_is_not_compared_has_a_dash() -> None:
    for nothing in (None, row(50.0)):
        assert verdicts.verdict_with_shape(nothing, spec()) == "–"
    assert verdicts.verdict(row(50.0)) is None
    assert (verdicts.shape(row(50.0)), verdicts.side(row(50.0), spec())) == ("", "")
    assert amounts.reference(row(50.0), spec()) == MISSING
    few = row(50.0, Judgement(comparison("lanet"), 0, 40.0, too_few=True))
    assert verdicts.verdict_with_shape(few, spec()) == "talen räcker inte"


@pytest.mark.parametrize(("kind", "said"), [("proportion", "41 %"), ("rate", "41")])
def test_what_a_row_is_compared_with(kind: str, said: str) -> None:
    assert plain(amounts.reference(row(50.0, Judgement(comparison("lanet"), 1, 41.2)), spec(kind))) == said


NAMES: dict[str, tuple[str, str, str]] = {
    "lanet_slumpen": ("länet", "Länet", "länets"),
    "lanet_utan_anmarkta": ("länet utan anmärkta kommuner", "Länet utan anmärkta kommuner", "övriga länets"),
    "lanet": ("länet", "Länet", "länets"),
    "ovriga": ("övriga kommuner", "Övriga kommuner", "övriga kommuners"),
    "riket": ("riket", "Riket", "rikets"),
    "tidigare": ("förra perioden", "Förra perioden", "förra periodens"),
    "liknande": ("liknande kommuner", "Liknande kommuner", "liknande kommuners"),
    "mal": ("målet", "Målet", "målets"),
    "median": ("länets median", "Länets median", "medianens"),
}


@pytest.mark.parametrize("against", tuple(comparisons()))
def test_each_comparison_has_its_name_in_each_sentence(against: str) -> None:
    name, first, genitive = NAMES[against]
    period = "våren 2023" if against == "tidigare" else ""
    judged = row(50.0, Judgement(comparison(against), 2, 40.0, period=period), taljare=50, namnare=100)
    result = gate([raw(KALMAR, 50, 100)], against=against)
    told = plain(phrases.sentence(judged, result))
    assert told.startswith(f"Kalmar: 50 av 100 (50 av 100). {first}{' (våren 2023)' if period else ''}: 40 av 100. ")
    assert f"Så stor skillnad mot {name} ger slumpen nästan aldrig: högre. Den kan bero på" in told
    assert plain(phrases.signal(judged, result)) == (f"Kalmar: Prov, 50 % mot {genitive} 40 %. Avviker tydligt, högre.")


def test_a_sentence_of_a_group_a_rate_and_a_count() -> None:
    result = gate([raw(KALMAR, 50, 100)], spec("rate", enhet="besök per 1 000"))
    assert plain(phrases.sentence(row(500.0, grupp="a"), with_rows(result))) == "Kalmar (a): 500 besök per 1 000."
    hidden = row(None, skydd=HIDDEN, skal="skyddat")
    assert phrases.sentence(hidden, result) == "Kalmar: dolt för att skydda enskilda."
    assert phrases.signal(row(500.0), result) == phrases.sentence(row(500.0), result)


@pytest.mark.parametrize(("taljare", "namnare"), [(None, 100), (50, None), (None, None)])
def test_a_share_without_its_counts_is_said_without_them(taljare: int | None, namnare: int | None) -> None:
    result = gate([raw(KALMAR, 50, 100)])
    assert phrases.sentence(row(50.0, taljare=taljare, namnare=namnare), result) == "Kalmar: 50 av 100."
    assert phrases.sentence(row(0.0, taljare=0, namnare=100), result) == "Kalmar: 0 av 100 (0 av 100)."


def test_a_sentence_ends_with_the_remarks_on_its_own_kommun() -> None:
    remarks = (Remark("Om Kalmar.", (), KALMAR), Remark("Om Nybro.", (), NYBRO), Remark("Om alla.", ()))
    result = with_rows(gate([raw(KALMAR, 50, 100)]), remarks=remarks)
    for said in (phrases.sentence, phrases.signal):
        told = said(row(50.0, Judgement(comparison("lanet"), 1, 40.0)), result)
        assert told.endswith(". Om Kalmar."), "and of no other"


def test_a_remark_on_a_period_is_said_of_that_period_alone() -> None:
    remarks = (Remark("Om 2021.", (), KALMAR, ("2021",)), Remark("Om 2023 och 2024.", (), KALMAR, ("2023", "2024")))
    result = with_rows(gate([raw(KALMAR, 50, 100)]), remarks=remarks)
    judged = Judgement(comparison("lanet"), 1, 40.0)
    ends = {
        year: phrases.sentence(row(50.0, judged, matperiod=year), result)[-17:] for year in ("2020", "2021", "2024")
    }
    assert ["Om 20" in end for end in ends.values()] == [False, True, True]
    assert ends["2024"].endswith("Om 2023 och 2024.")
    assert ends["2021"].endswith("Om 2021.")


# what is compared, and chance


def of_levels(*levels: int | None, kind: str = "proportion", too_few: bool = False) -> ProtectedResult:
    """A result of so many kommuner that differ so much."""
    judged = [None if n is None else Judgement(comparison("lanet"), n, 40.0, too_few) for n in levels]
    rows = [row(50.0, j, f"08{60 + i}") for i, j in enumerate(judged)]
    return with_rows(gate([raw(KALMAR, 50, 100)], spec(kind)), rows=tuple(rows))


def test_how_many_differ_and_how_many_would_by_chance() -> None:
    told = [plain(text) for text in verdicts.about_comparison(of_levels(0, 1, -2, 0, None))]
    assert told == [
        "Varje kommun jämförs med hela länet, där kommunen själv ingår.",
        "2 av 4 kommuner avviker.",
        "Slumpen ger sällan fler än en av 4.",
        "Jämförs inte, antalen är inte kända: 0864.",
    ]


def test_a_kommun_of_which_some_group_is_compared_is_not_said_to_be_compared_with_nothing() -> None:
    hidden = row(None, skydd=HIDDEN, skal="skyddat", grupp="b")
    judged = row(50.0, Judgement(comparison("lanet"), 1, 40.0), grupp="a")
    nybro = {"kommun_kod": NYBRO, "kommun": "Nybro"}
    rows = (judged, hidden, replace(hidden, grupp="a", **nybro), replace(hidden, **nybro))
    result = with_rows(gate([raw(KALMAR, 50, 100)], spec("distribution", huvudgrupp="b")), rows=rows)
    assert verdicts.not_compared(result) == ["Jämförs inte, dolt för att skydda enskilda: Nybro."]


@pytest.mark.parametrize(("level", "said"), [(0, "inom slumpen"), (-1, "mer än slumpen brukar ge")])
def test_a_change_is_no_deviation(level: int, said: str) -> None:
    before = comparison("tidigare")
    assert verdicts.verdict_of_change(row(50.0, Judgement(before, level, 40.0))) == said


def test_one_comparison_has_no_chance_to_tell_of() -> None:
    assert len(verdicts.about_comparison(of_levels(1))) == 1
    assert len(verdicts.about_comparison(of_levels(1, 0))) == 3
    assert verdicts.about_comparison(of_levels(None, None)) == [
        "Källan ger inte antalen bakom talen, så det går inte att säga om en skillnad är större än slumpen."
    ]


@pytest.mark.parametrize("against", tuple(comparisons()))
def test_why_no_comparison_is_made_is_said_where_there_are_kommuner(against: str) -> None:
    missing = verdicts.about_comparison(gate([raw(KALMAR, 50, 100)], against=against))
    assert len(missing) == (0 if against in {"lanet", "lanet_slumpen"} else 1)
    assert all("går inte att göra här" in text for text in missing)
    assert verdicts.about_comparison(gate([raw(LAN, 50, 100)], against=against)) == []


def test_what_more_must_be_said_of_comparisons() -> None:
    assert verdicts.about_comparison(of_levels(0, 0, too_few=True))[-1] == (
        "”talen räcker inte”: bara en skillnad på mer än 10 procentenheter skulle synas i fyra fall av fem."
    )
    visits = gate([raw(KALMAR, 50, 100), raw(LAN, 200, 400)], spec("rate"))
    assert verdicts.about_comparison(visits)[0].startswith("En person kan göra flera besök.")
    apart = {"taljare_ar": 2023, "namnare_ar": 2018}
    years = gate([raw(KALMAR, 50, 100, **apart), raw(LAN, 200, 400, **apart)])
    assert verdicts.about_comparison(years) == [vocabulary.YEARS_APART]
    ages = gate([raw(KALMAR, 50, 100), raw(LAN, 200, 400)], spec(foljer_alder=True))
    assert verdicts.about_comparison(ages) == [vocabulary.AGE]
    two_groups = of_levels(0, 0)
    object.__setattr__(two_groups.rows[1], "grupp", "65+")
    assert "0 av 2 jämförelser avviker." in map(plain, verdicts.about_comparison(two_groups))


def line(name: str, level: int | None, **given: Any) -> Line:
    """An indicator of a profile, compared or not."""
    kind, remarks = given.pop("kind", "proportion"), given.pop("remarks", ())
    result = gate([raw(LAN, 50, 100)], spec(kind, id=name, kort=name), remarks=remarks)
    judged = None if level is None else Judgement(comparison("lanet"), level, 40.0)
    return Line(Measure(result, "totalt"), row(given.pop("varde", 50.0), judged, **given), None, None, None)


def test_a_profile_counts_what_is_compared_and_names_the_rest() -> None:
    assert phrases.profile_headline("Kalmar", []) == "Kalmar har inga tal ännu."
    rest = [line("Dold", None, varde=None, skydd=HIDDEN), line("Kolada", None), line("Personer", None, kind="count")]
    alike = [line("A", 0), line("B", 0), *rest]
    assert phrases.profile_headline("Kalmar", alike) == (
        "Kalmar: inget av 2 jämförda mått avviker från länet. Sedan förra perioden: ingen ändring går att pröva mot "
        "slumpen."
    )
    assert phrases.what_is_not_compared(alike) == [
        "Mot länet går 1 inte att pröva: källan ger inte antalen (1).",
        "Dolt: Dold.",
    ]
    flagged = Remark("Registreringen.", ("prov",), KALMAR)
    differ = [line("A", 1), line("B", -2, remarks=[flagged]), line("C", 0), line("D", 1)]
    assert phrases.profile_headline("Kalmar", differ) == (
        "Kalmar: 3 av 4 jämförda mått avviker från länet: A, B (se anmärkning) och D. Sedan förra perioden: ingen "
        "ändring går att pröva mot slumpen."
    )
    assert phrases.profile_finding(differ, 2) == (
        "3 av 4 jämförda mått avviker från länet: A, B (se anmärkning) och 1 till"
    )
    assert phrases.profile_finding([line("A", 0), *rest]) == "det enda jämförda måttet avviker inte från länet"
    assert phrases.profile_finding([line("A", 1)]) == "det enda jämförda måttet avviker från länet: A"
    assert phrases.profile_finding(rest) == "inget går att jämföra med länet"
    assert phrases.remarks_of(differ) == ("B: Registreringen.",)
    assert phrases.remark_numbers(differ) == {"Registreringen.": 1}


def test_a_change_over_time_is_another_thing_than_a_difference_from_the_lan() -> None:
    """Each is counted for itself, of what can be judged."""
    before = {"A": 0, "B": -1, "C": 2}
    lines = [replace(line(name, 0), row_against_before=line(name, level).row) for name, level in before.items()]
    assert phrases.profile_headline("Kalmar", [*lines, line("D", 1)]) == (
        "Kalmar: 1 av 4 jämförda mått avviker från länet: D. Sedan förra perioden: 2 av 3 mått som kan prövas har "
        "ändrats mer än slumpen brukar ge: B (ned) och C (upp)."
    )
    assert phrases.profile_change(lines[:1]) == (
        "Sedan förra perioden: det enda mått som kan prövas har inte ändrats mer än slumpen brukar ge."
    )
    assert phrases.profile_change(lines[1:2]) == (
        "Sedan förra perioden: det enda mått som kan prövas har ändrats mer än slumpen brukar ge: B (ned)."
    )


def test_groups_that_are_the_whole_are_one_comparison_less() -> None:
    """Women and men are one comparison: where the one is above, the other is below."""
    groups = ("kvinna", "man")
    counts = {KALMAR: (70, 30), NYBRO: (50, 50), BORGHOLM: (52, 48), LAN: (300, 300)}
    rows = [
        raw(kod, n, sum(pair), grupp=grupp)
        for kod, pair in counts.items()
        for grupp, n in zip(groups, pair, strict=True)
    ]
    told = verdicts.about_comparison(gate(rows, spec("distribution", grupper=dict.fromkeys(groups, ""))))
    assert told[1:4] == [
        "1 av 3 jämförelser avviker.",
        "Slumpen ger sällan fler än en av 3.",
        "Grupperna är alla tillsammans, så en av dem följer av de andra och räknas inte.",
    ]


# findings


def finding(*levels: int, names: int = 12, **given: Any) -> str:
    """The title of a result in which the first kommuner differ so much, of so many kommuner."""
    fynd, remarks = {"fynd": "{varde} av alla i {lan} ({antal} av {av})"}, given.pop("remarks", ())
    koder = KOMMUNER[:names]
    padded = [*levels, *[0] * (len(koder) - len(levels))]
    rows = [row(50.0, Judgement(comparison("lanet"), n, 40.0), kod) for n, kod in zip(padded, koder, strict=True)]
    lan = row(40.0, None, LAN, taljare=40, namnare=100)
    result = gate([raw(LAN, 40, 100)], spec(**{**fynd, **given}), remarks=remarks)
    return plain(phrases.headline(with_rows(result, rows=(*rows, lan))))


@pytest.mark.parametrize(
    ("levels", "who"),
    [
        ([], ""),
        ([1], ". Borgholm avviker från länet"),
        ([1, -1, 2], ". Borgholm, Emmaboda och Hultsfred avviker från länet"),
        ([1, -1, 2, 1], ". 4 av 12 kommuner avviker från länet"),
    ],
)
def test_a_finding_names_up_to_three_that_differ(levels: list[int], who: str) -> None:
    assert finding(*levels) == f"40 % av alla i Kalmar län (40 av 100){who}"


def test_a_title_names_no_kommun_whose_registration_is_remarked_on() -> None:
    remarks = (Remark("Registreringen.", ("prov",), KOMMUNER[0]),)
    ending = ". Emmaboda avviker från länet"
    assert finding(-2, 1).endswith(". Borgholm och Emmaboda avviker från länet")
    assert finding(-2, 1, remarks=remarks).endswith(ending)
    assert finding(-2, remarks=remarks).endswith("(40 av 100)")
    assert finding(-2, 1, 1, 1, 1, remarks=remarks).endswith(". 4 av 11 kommuner utan anmärkning avviker från länet")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (1, "Prov: Borgholm 50 % (länet 40 %)"),
        (3, "Prov: Borgholm 50 %, Emmaboda 50 % och Hultsfred 50 % (länet 40 %)"),
        (4, "Prov, 4 kommuner"),
        (11, "Prov, 11 kommuner"),
        (12, "40 % av alla i Kalmar län (40 av 100)"),
        (0, "40 % av alla i Kalmar län (40 av 100)"),
    ],
)
def test_a_finding_of_some_kommuner_is_of_them(names: int, said: str) -> None:
    assert finding(names=names) == said


def test_without_a_sentence_a_figure_or_one_period_the_finding_is_the_title() -> None:
    sentence = spec(fynd="{varde} av alla")
    assert finding(fynd="") == "Prov"
    assert phrases.headline(gate([raw(LAN, 3, 100)], sentence)) == "Prov"
    assert phrases.headline(gate([raw(KALMAR, 50, 100)], sentence)) == "Prov"
    assert phrases.headline(gate([raw(LAN, 50, 100)], sentence, matperiod=periods.EVERY)) == "Prov"
    assert plain(phrases.headline(gate([raw(LAN, 50, 100)], sentence))) == "50 % av alla"


# change and time


@pytest.mark.parametrize(
    ("kind", "decimaler", "change", "said"),
    [
        ("proportion", 0, 3.0, "+3 procentenheter"),
        ("proportion", 0, -1.0, "−1 procentenhet"),
        ("proportion", 0, 3.01, "+3,0 procentenheter"),
        ("proportion", 1, 3.0, "+3,0 procentenheter"),
        ("proportion", 0, 0.04, "0,0 procentenheter"),
        ("proportion", 0, 0.06, "+0,1 procentenheter"),
        ("proportion", 0, -3.21, "−3,2 procentenheter"),
        ("proportion", 2, 3.214, "+3,21 procentenheter"),
        ("count", 0, 12, "+12"),
        ("count", 0, -12, "−12"),
        ("count", 0, 0, "0"),
        ("rate", 0, 0.4, "0"),
        ("rate", 1, 0.4, "+0,4"),
        ("proportion", 0, None, "–"),
    ],
)
def test_a_change_has_a_sign_where_it_is_one(kind: str, decimaler: int, change: float | None, said: str) -> None:
    assert plain(amounts.difference(change, spec(kind, decimaler=decimaler))) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (1, ["1 mätperiod är för få för att avgöra om det finns en trend. Det behövs minst 5."]),
        (4, ["4 mätperioder är för få för att avgöra om det finns en trend. Det behövs minst 5."]),
        (7, ["7 mätperioder utan antal är för få för att avgöra om det finns en trend. Det behövs minst 8.",
             "Enstaka tal bedöms först när det finns 12 mätperioder."]),
        (11, ["Talen ökar över tid (11 mätperioder utan antal, 95 %).",
              "Enstaka tal bedöms först när det finns 12 mätperioder."]),
        (12, ["Talen ökar över tid (12 mätperioder utan antal, 95 %).",
              "10 av 12 mätperioder avviker från den vanliga variationen: "
              "2000, 2001, 2002, 2003, 2004, 2007, 2008, 2009 och 2 till."]),
    ],
)  # fmt: skip
def test_a_trend_without_counts_needs_eight_points_and_a_control_chart_twelve(points: int, said: list[str]) -> None:
    assert verdicts.about_time(over_years([float(n) for n in range(points)]), spec()) == said


def test_a_steady_series_has_no_signal() -> None:
    assert verdicts.about_time(over_years([10.0, 11.0] * 6), spec())[-1] == (
        "Inga tal avviker från den vanliga variationen."
    )


# few and many


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (1, "högst 4"), (4, "högst 4"), (5, "5"), (5793, "5 793")])
def test_few_are_told_as_few(count: int, said: str) -> None:
    assert plain(row_counts.few(count)) == said


@pytest.mark.parametrize(("count", "said"), [(0, "färre än 100"), (99, "färre än 100"), (100, "100"), (5793, "5 793")])
def test_a_hundred_are_many(count: int, said: str) -> None:
    assert plain(row_counts.about(count)) == said


@pytest.mark.parametrize(
    ("days", "said"), [(0, "i dag"), (1, "i går"), (2, "för 2 dagar sedan"), (1200, "för 1 200 dagar sedan")]
)
def test_how_long_ago(days: int, said: str) -> None:
    day = (clock.today() - timedelta(days)).isoformat()
    assert plain(provenance.days_ago(day)) == f"{day} ({said})"


# notes, signs, sources


def test_what_must_be_known_beside_the_figures_is_in_order() -> None:
    remarks = (Remark("Allmänt.", ()), Remark("Nybro.", (), NYBRO), Remark("Kalmar.", (), KALMAR))
    indicator = spec(grupper_overlappar=True, tolka_varsamt="Få personer.")
    result = gate([raw(KALMAR, 50, 100)], indicator, remarks=remarks, notes=("Olika år.",))
    assert provenance.footnote_numbers(result.remarks) == {KALMAR: 1, NYBRO: 2}
    assert provenance.notes(result) == [
        "Olika år.",
        "Allmänt.",
        "1 Kalmar.",
        "2 Nybro.",
        "Samma person kan finnas i flera grupper. Antalen ska aldrig läggas ihop.",
        "Tolka varsamt. Få personer.",
    ]
    assert provenance.notes(gate([raw(KALMAR, 50, 100)])) == []


def test_figures_of_one_origin_that_were_taken_from_two_places_say_from_which() -> None:
    """Of the years of a nyckeltal some are from one compilation and the newest from another."""
    rows = [
        raw(KALMAR, 50, 100, matperiod=year, kalla="Kolada N1", uttag_id=uttag)
        for year, uttag in (("2022", 1), ("2023", 2))
    ]
    extracts = tuple(extract(uttag_id=number, ursprung=f"Kolada, ur {'AB'[number - 1]}") for number in (1, 2))
    assert "Källa: Kolada N1 · Uttag: Kolada, ur A; Kolada, ur B · " in provenance.source_line(
        gate(rows, extracts=extracts)
    )
    assert "Källa: Kolada N1 · Mätperiod" in provenance.source_line(gate(rows[:1], extracts=extracts[:1]))


SIGNS = {
    "hidden": ".. är dolt för att skydda enskilda: 1–4 personer, alla utom 1–4, grupper av 1–4 personer eller ett tal "
    "som behövs för att räkna ut ett sådant. Det säger inget om kommunen.",
    "missing": "- betyder att uppgiften saknas.",
    "exempt": "Uttaget är redan publicerat av den som äger det, så små tal visas.",
}


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        ([raw(KALMAR, 50, 100)], []),
        ([raw(KALMAR, 50, 100), raw(NYBRO, 3, 100)], ["hidden"]),
        ([raw(KALMAR, 50, 100), raw(NYBRO, None, None)], ["missing"]),
        ([raw(KALMAR, 3, 100, uttag_id=1)], ["exempt"]),
        ([raw(KALMAR, 50, 4, uttag_id=1)], ["exempt"]),
        ([raw(KALMAR, 50, 100), raw(NYBRO, 50, 100, grupp="65+")], ["missing"]),  # a group that an area lacks
        ([raw(KALMAR, 3, 100, uttag_id=1), raw(NYBRO, 3, 100), raw(LAN, None, None)], ["hidden", "missing", "exempt"]),
    ],
)
def test_the_signs_that_are_seen_are_explained(rows: list[Any], seen: list[str]) -> None:
    assert provenance.signs(gate(rows, published={1})) == " ".join(SIGNS[name] for name in seen)


def test_over_all_periods_an_area_may_lack_some() -> None:
    rows = [raw(KALMAR, 50, 100), raw(KALMAR, 50, 100, grupp="65+"), raw(NYBRO, 50, 100)]
    assert provenance.signs(gate(rows, matperiod=periods.EVERY)) == ""
    assert provenance.signs(gate(rows)) == SIGNS["missing"]


MORE = "ett tal som behövs för att räkna ut ett sådant"
RULES_IN_WORDS = {
    "1–7": (Rules(1, 7), f"1–7 personer, alla utom 1–7, grupper av 1–7 personer eller {MORE}"),
    "0–4": (Rules(0, 4), f"0–4 personer, alla utom 0–4, grupper av 0–4 personer eller {MORE}"),
    "no rests": (Rules(switched_off=frozenset({"rest"})), f"1–4 personer, grupper av 1–4 personer eller {MORE}"),
    "no small wholes": (Rules(switched_off=frozenset({"liten_helhet"})), f"1–4 personer, alla utom 1–4 eller {MORE}"),
    "nothing that follows": (Rules(complementary=False), "1–4 personer, alla utom 1–4 eller grupper av 1–4 personer"),
    "what is small alone": (
        Rules(switched_off=frozenset({"rest", "liten_helhet"}), complementary=False),
        "1–4 personer",
    ),
}


@pytest.mark.parametrize(("rules", "words"), RULES_IN_WORDS.values(), ids=RULES_IN_WORDS)
def test_signs_tell_the_rules_in_force(rules: Rules, words: str) -> None:
    signs = provenance.signs(gate([raw(KALMAR, 4, 100)], rules=rules))
    assert signs == f".. är dolt för att skydda enskilda: {words}. Det säger inget om kommunen."


def test_signs_tell_that_counts_are_rounded_where_an_extract_is_not_published() -> None:
    fives = "Antalen är avrundade upp eller ned till 5-tal, och andelarna räknade på dem."
    rules = Rules(complementary=False, rounding_base=5)

    def signs(rules: Rules, *publicerad: bool) -> str:
        extracts = [extract(uttag_id=i, publicerad=each) for i, each in enumerate(publicerad)]
        return provenance.signs(gate([raw(KALMAR, 50, 100)], rules=rules, extracts=extracts))

    assert signs(rules, False) == signs(rules, True, False) == fives
    assert signs(rules, True) == signs(Rules(), False) == ""
    assert fives.replace("5-tal", "3-tal") == signs(Rules(rounding_base=3), False)


def test_a_source_line_has_what_is_known() -> None:
    result = gate([raw(KALMAR, 50, 100)], extracts=[extract(ursprung="LGL", nar="2026-11-20 10:00")])
    assert provenance.source_line(result) == "Källa: LGL · Mätperiod: 2024 · Inläst 2026-11-20 · Version 1"
    assert provenance.source_line(gate([raw(KALMAR, 50, 100)])) == "Källa: Prov · Mätperiod: 2024 · Version 1"
    example = gate([raw(KALMAR, 50, 100)], is_example=True)
    assert provenance.source_line(example).endswith("Version 1 · EXEMPELDATA")
    said = gate([raw(KALMAR, 50, 100)], is_example=True, extracts=[extract(ursprung="EXEMPELDATA: Cosmic")])
    assert provenance.source_line(said).count("EXEMPELDATA") == 1


def test_each_origin_is_told_once_by_rows_where_they_say_it() -> None:
    extracts = [extract(uttag_id=1, ursprung="Kolada"), extract(uttag_id=2, ursprung="LGL")]
    rows = [raw(KALMAR, 50, 100, uttag_id=1, kalla="RKA"), raw(NYBRO, 50, 100, uttag_id=1, kalla="RKA"),
            raw(BORGHOLM, 50, 100, uttag_id=2)]  # fmt: skip
    assert provenance.origin(gate(rows, extracts=extracts)) == "RKA; LGL"
    assert (
        provenance.load_day(gate(rows, extracts=[extract(nar="2026-01-02 1"), extract(nar="2026-11-20 1")]))
        == "2026-11-20"
    )
    assert provenance.load_day(gate(rows)) == ""


@pytest.mark.parametrize(
    ("matperioder", "said"),
    [
        (["2024"], "2024"),
        (["2021", "2022", "2023"], "2021, 2022, 2023"),
        (["2021", "2022", "2023", "2024"], "2021–2024"),
        ([UNKNOWN_PERIOD], "ej angiven i källan"),
    ],
)
def test_up_to_three_periods_are_named(matperioder: list[str], said: str) -> None:
    assert provenance.period(gate([raw(KALMAR, 50, 100, matperiod=period) for period in matperioder])) == said


@pytest.mark.parametrize(("has_footnotes", "begins"), [(True, "1 Registr"), (False, "Registr")])
def test_a_remark_has_a_number_where_its_kommun_has_it_too(has_footnotes: bool, begins: str) -> None:
    remarked = replace(gate([raw(KALMAR, 50, 100)]), remarks=(Remark("Registreringen.", ("prov",), KALMAR),))
    assert provenance.notes(remarked, has_footnotes=has_footnotes)[0].startswith(begins)


@pytest.mark.parametrize(
    ("at_home", "in_sabo", "said"),
    [
        (40, 30, " 40 bor i ordinärt boende och 30 på SÄBO."),
        (40, None, " 40 bor i ordinärt boende."),
        (None, 30, " 30 bor på SÄBO."),
        (None, None, ""),
    ],
)
def test_where_persons_live_is_told_of_places_with_a_figure(
    at_home: int | None, in_sabo: int | None, said: str
) -> None:
    """An extract of those at home alone gave '480 bor i ordinärt boende och - på SÄBO'."""
    counts = {"ordinart": at_home, "sabo": in_sabo}
    rows = [raw(LAN, count, grupp=group) for group, count in counts.items() if count is not None]
    persons = gate(rows, spec("count", grupper={"ordinart": "", "sabo": ""}))
    assert phrases.where_they_live(persons) == said


def test_a_period_without_rows_is_said_all_the_same() -> None:
    assert provenance.period(gate([], matperiod="2024")) == "2024"
    assert provenance.period_note(gate([], matperiod=UNKNOWN_PERIOD)) == "(mätperiod ej angiven)"


@pytest.mark.parametrize(("part", "follows"), [("kompetens", True), ("eget", False)])
def test_a_part_of_the_vision_whose_figures_are_waited_for_has_figures_that_follow_it(
    part: str, follows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(malbild, "_newest_figures", lambda *_: "")
    monkeypatch.setattr(malbild, "_link", lambda indicator: indicator.short)
    monkeypatch.setattr(malbild, "reader", lambda: ByHand(lambda *_: gate([])))
    text = str(malbild._card(Part(part, "Del", "Betyder")))
    assert ("Siffror saknas ännu" in text) is follows
    assert ("Inga tal följer" in text) is not follows


def test_example_data_is_marked_and_real_figures_among_it() -> None:
    assert provenance.mark_in_words(gate([raw(KALMAR, 50, 100)])) == ""
    invented, real = extract(publicerad=False), extract(publicerad=True)
    for extracts, said in (([invented, real], "påhittade personer"), ([real, real], "men just dessa tal är verkliga")):
        result = gate([raw(KALMAR, 50, 100), raw(LAN, 50, 100)], is_example=True, extracts=extracts)
        assert provenance.mark_in_words(result) == f"EXEMPELDATA – {said}"
        told = malbild._newest_figures(result.indicator, result)
        assert "Länet 50\u00a0%" in told
        assert ("EXEMPELDATA" in told) is (invented in extracts)


@pytest.mark.parametrize(
    ("indicator_id", "said"),
    [
        ("helhetssyn_sabo_andel", "Kort namn: Nöjda med äldreboendet."),
        ("akutbesok_80plus_per_1000", ""),
        ("fast_lakarkontakt_andel", ""),
        ("rub_fordelning", ""),
    ],
)
def test_a_figure_with_the_long_name_of_its_source_says_what_it_was_called_before_the_click(
    indicator_id: str, said: str
) -> None:
    assert short_name(indicators.by_id(indicator_id)) == said


def test_an_alt_text_has_the_finding_first(shared_live: Store) -> None:
    words = plain(phrases.alt(Reader(shared_live).read("sabo_andel_primarvard")))
    title = "Andel boende på SÄBO med kommunal primärvård"
    assert words.startswith(f"{title}. Kommunerna skiljer sig mer än slumpen ger. Kalmar län 77 %, från 5 % (Borgholm)")


def test_an_alt_text_of_a_series_goes_from_its_first_figure_to_its_last_and_names_its_breaks() -> None:
    rows = [raw(kod, n, 100, matperiod=str(2020 + i)) for kod in (LAN, KALMAR) for i, n in enumerate((50, 3, 60))]
    result = gate(rows, spec(brott=(2021,)), matperiod=periods.EVERY).marking(KALMAR)
    assert plain(phrases.alt(result)) == (
        "Prov. Kalmar län: 50 % 2020, 60 % 2022. Kalmar: 50 % 2020, 60 % 2022. 1 kommun. Brytpunkt 2021: Nytt mätsätt."
    )


def test_an_alt_text_tells_of_six_groups_and_how_many_more_there_are() -> None:
    rows = [raw(LAN, 40, 100, grupp=str(i)) for i in range(8)]
    words = plain(phrases.alt(gate(rows, spec(grupper={str(i): f"Grupp {i}" for i in range(8)}))))
    assert words.count("Kalmar län 40 %") == 6
    assert "2 grupper till står i tabellen." in words


def test_an_alt_text_has_the_finding_the_groups_what_is_hidden_and_the_period() -> None:
    rows = [
        raw(KALMAR, 50, 100),
        raw(NYBRO, 20, 100),
        raw(BORGHOLM, 3, 100),
        raw(MORBYLANGA, 80, 100),
        raw(LAN, 40, 100),
    ]
    when = "Mätperiod: 2024."
    assert (
        plain(phrases.alt(gate(rows))) == "Prov. Kalmar län 40 %, från 20 % (Nybro) till 80 % "
        f"(Mörbylånga) bland de 3 som visas. Dolt: Borgholm. {when}"
    )
    assert plain(phrases.alt(gate(rows[:2]))) == f"Prov. Från 20 % (Nybro) till 50 % (Kalmar). {when}"
    nation = raw("00", 45, 100)
    assert plain(phrases.alt(gate([rows[-1], nation]))) == f"Prov. Kalmar län 40 %, riket 45 %. {when}"
    other = [raw(KALMAR, 90, 100, grupp="65+"), raw(NYBRO, 0, 100)]
    groups = [raw(kod, n, 100, grupp=grupp) for kod, n in ((KALMAR, 50), (LAN, 40)) for grupp in ("0", "5")]
    of_groups = gate(groups, spec(grupper={"0": "Ingen vård", "5": "Mycket högt behov"}, huvudgrupp="5"))
    words = plain(phrases.alt(of_groups))
    assert "Mycket högt behov: Kalmar län 40 %" in words
    assert words.index("Mycket högt behov") < words.index("Ingen vård: Kalmar län 40 %")
    assert "Från 0 % (Nybro)" in plain(phrases.alt(gate([rows[0], other[1]])))
