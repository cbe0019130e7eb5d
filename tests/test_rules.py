"""The table of rules: presets, a folder's own file, and what is wrong in it."""

from pathlib import Path

import pytest

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.figures import rules
from naravard.figures.reader import Reader
from naravard.figures.rules import Rules
from naravard.store.snapshots import Store


def own(folder: Path, text: str) -> Rules:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "skydd.toml").write_text(text, encoding="utf-8")
    rules._read.cache_clear()  # the file is read once per start of the program
    return rules.in_force()


def table(galler: str, **rule: object) -> str:
    lines = [f"{key} = {str(value).lower()}" for key, value in rule.items()]
    return "\n".join([f'galler = "{galler}"', '[regler."egen"]', *lines])


def test_the_projects_own_rule_hides_1_to_4(empty_data: Path) -> None:
    assert rules.in_force() == Rules(1, 4, frozenset(), complementary=True)


def test_the_other_preset_hides_1_to_7(empty_data: Path) -> None:
    text = Path("data/skydd.toml").read_text(encoding="utf-8").replace('galler = "1–4"', 'galler = "1–7"')
    assert own(empty_data, text) == Rules(1, 7)


def test_the_third_preset_rounds_to_fives_and_hides_nothing_more_than_what_is_small(empty_data: Path) -> None:
    text = Path("data/skydd.toml").read_text(encoding="utf-8").replace('galler = "1–4"', 'galler = "avrundat-5"')
    assert own(empty_data, text) == Rules(1, 4, frozenset({"rest"}), complementary=False, rounding_base=5)


def test_a_folders_own_rule_is_in_force(data: Path, example: Store) -> None:
    def hidden() -> int:
        return sum(Reader(example).read(i).hidden for i in ("rub_fordelning", "kommunal_primarvard_antal"))

    before = hidden()
    own(data, table("egen", minst=0, hogst=9, rest=True, foljd=True))
    more = hidden()
    assert more > before
    own(data, table("egen", minst=1, hogst=1, rest=False, foljd=False))
    assert hidden() < more


def test_a_key_that_an_older_file_lacks_has_the_default(empty_data: Path) -> None:
    assert own(empty_data, table("egen", minst=0, rest=False)) == Rules(0, 4, frozenset({"rest"}), complementary=True)
    assert own(empty_data, table("egen")) == Rules()
    assert own(empty_data, table("egen", liten_helhet=False)) == Rules(switched_off=frozenset({"liten_helhet"}))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("galler =", "går inte att läsa"),
        ('galler = "2–9"', "”galler” vara en av reglerna"),
        (table("annan", minst=1, hogst=4, rest=True, foljd=True), "reglerna är ”egen”"),
        (table("egen", minst=1, hogst=4.5, rest=True, foljd=True), "regler: egen: hogst ska vara ett heltal"),
        (table("egen", minst=2, hogst=4, rest=True, foljd=True), "minst ska vara 0 eller 1"),
        (
            table("egen", minst=1, hogst=400, rest=True, foljd=True),
            "högst mellan minst och 50".replace("högst", "hogst"),
        ),
        (table("egen", minst=1, hogst=4, rest=1, foljd=True), "regler: egen: rest ska vara true eller false"),
        (
            table("egen", minst=1, hogst=4, rest=True, foljd=True, extra=1),
            "regler: egen: nyckeln 'extra' är okänd, närmast är 'liten_helhet'",
        ),
        (table("egen", avrundat=5), "regler: egen: nyckeln 'avrundat' är okänd, närmast är 'avrunda'"),
        (table("egen", avrunda=2.5), "regler: egen: avrunda ska vara ett heltal"),
        (table("egen", avrunda=-1), r"avrunda ska vara 0 \(ingen avrundning\) till 50"),
        (table("egen", avrunda=51), r"avrunda ska vara 0 \(ingen avrundning\) till 50"),
        (
            table("egen", mist=1, hogst=4, rest=True, foljd=True),
            "regler: egen: nyckeln 'mist' är okänd, närmast är 'minst'",
        ),
        (
            table("egen", minst=1).replace("galler", "galer"),
            "'galer' är okänd, närmast är 'galler'; nyckeln 'galler' saknas",
        ),
    ],
)
def test_a_wrong_table_is_told(empty_data: Path, text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        own(empty_data, text)


@pytest.mark.parametrize(
    ("least", "highest", "count", "says_numbers"),
    [(1, 4, 4, False), (1, 4, 6, True), (1, 7, 6, False), (1, 7, 8, True), (1, 4, 0, True), (0, 4, 0, False)],
)
def test_a_control_total_says_no_numbers_where_one_of_them_is_small_by_the_rule_in_force(
    empty_data: Path, least: int, highest: int, count: int, says_numbers: bool
) -> None:
    own(empty_data, table("egen", minst=least, hogst=highest))
    areas = [(kommun.namn, 60) for kommun in kommuner.in_lan("08")[1:]]
    first = kommuner.in_lan("08")[0].namn
    rows = [f"{first};200;{count}", *(f"{name};200;{n}" for name, n in areas), f"Kalmar län;2400;{count + 60 * 11 + 1}"]
    content = "\n".join(["Kommun;Boende;Kommunal primärvård", *rows]).encode()
    findings = intake.examine(content, "s.csv", intake.Choices(kalla="sabo", matperiod="2025")).findings
    (finding,) = (finding for finding in findings if finding.code is FindingCode.SUM_ROW_DIFFERS)
    assert finding.what == (
        f"summaraden säger {count + 661}, men kommunerna ger {count + 660}"
        if says_numbers
        else "summaraden stämmer inte med kommunerna"
    )
