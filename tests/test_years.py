"""A column of years is the year of the rows, whatever it is called, and is never a value and never lost in silence."""

import pytest

from naravard import intake
from naravard.base import kommuner
from naravard.base.codes import FindingCode
from naravard.base.model import Level

NAMES = [kommun.namn for kommun in kommuner.in_lan("08")]
SHARE = "Andel med hemtjänst 80+ (%)"


def examined(heading: str, years: list[str], kalla: str = "nyckeltal", value: str = SHARE) -> intake.Examination:
    rows = [f"{name};{year};{20 + n},5" for n, (name, year) in enumerate(zip(NAMES, years, strict=True))]
    text = "\n".join([f"Kommun;{heading};{value}", *rows])
    return intake.examine(text.encode(), "kolada.csv", intake.Choices(kalla=kalla))


@pytest.mark.parametrize(
    "heading",
    [
        "Avser år", "År för mätning", "Statistikår", "Redovisningsår", "Verksamhetsår", "Utfall år", "ÅR (kalender)",
        "Data avser", "Senast", "fiscal year",
    ],
)  # fmt: skip
def test_a_column_of_years_under_any_heading_is_the_year_and_is_told(empty_data: object, heading: str) -> None:
    examination = examined(heading, ["2024"] * 12)
    assert examination.matperiod == "2024"
    assert examination.counts is not None
    told = [f for f in examination.findings if f.code is FindingCode.HEADING_NEAR]
    assert [finding.level for finding in told] == [Level.WARNING]
    assert f"”{heading}” läses som ”år”" in told[0].sentence()


@pytest.mark.parametrize("heading", ["Födelseår", "Basår", "Startår", "Första året", "Jämförelseår", "Antal år"])
def test_a_year_of_something_else_is_not_the_year_of_the_rows(empty_data: object, heading: str) -> None:
    assert examined(heading, ["2024"] * 12).matperiod != "2024"


def test_counts_that_could_be_years_are_counts(empty_data: object) -> None:
    """Twelve kommuner do not have the same few counts by chance."""
    examination = examined("Besök", [str(1990 + 7 * n) for n in range(12)])
    assert examination.matperiod == "ej angiven"
    assert not [f for f in examination.findings if f.code is FindingCode.HEADING_NEAR]


def test_of_two_columns_of_years_none_is_guessed(empty_data: object) -> None:
    rows = [f"{name};2023;2024;{20 + n},5" for n, name in enumerate(NAMES)]
    text = "\n".join([f"Kommun;Data avser;Hämtat år;{SHARE}", *rows])
    examination = intake.examine(text.encode(), "kolada.csv", intake.Choices(kalla="nyckeltal"))
    assert not [f for f in examination.findings if f.code is FindingCode.HEADING_NEAR]


@pytest.mark.parametrize(("times", "level"), [(1, Level.WARNING), (12, Level.WARNING)])
def test_numbers_that_are_rough_are_warned_of_where_they_are_more_than_a_few(
    empty_data: object, times: int, level: Level
) -> None:
    rows = [f"{name};{'ca ' if n < times else ''}{100 + n};50" for n, name in enumerate(NAMES)]
    text = "\n".join(["Kommun;Boende;Med kommunal primärvård", *rows])
    examination = intake.examine(text.encode(), "sabo.csv", intake.Choices(kalla="sabo", matperiod="våren 2025"))
    (rough,) = [f for f in examination.findings if f.code is FindingCode.NUMBER_ROUGH]
    assert rough.level is level
    assert f"({times} rad" in rough.sentence() or times == 1
