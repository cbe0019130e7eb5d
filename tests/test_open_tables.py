"""Open tables of nyckeltal and population, in the shapes that those who publish them and their programs write.

All numbers are invented.
"""

from __future__ import annotations

import pytest

from naravard.base.codes import FindingCode, Level
from tests.test_odd_files import NAMES, codes_of, examined, finding_of
from tests.test_traps import counted, text, xlsx

ALL = list(NAMES.items())
HOME_CARE = "Invånare 80+ med hemtjänst i ordinärt boende, andel (%)"
HOME_CARE_2024 = {f"{kod} N21704 2024 totalt": 20.0 + i for i, kod in enumerate(NAMES)}


def holds(content: bytes, right: dict[str, float], name: str = "", **choices: object) -> bool:
    """Whether a file has the right values, whatever more it has."""
    found = counted(examined(content, name, **choices))
    return {key: found.get(key) for key in right} == right


# ---- Kolada's nyckeltal: names, codes and sexes

KOLADA = {
    "id and name": ("Nyckeltals-id;Nyckeltal;Kommun;2024", "N21704;{titel};{namn};{v}"),
    "id alone": ("KPI;Kommun;2024", "N21704;{namn};{v}"),
    "id and name as programs call them": (
        "kpi_id;kpi_title;municipality_id;municipality_title;year;value",
        "N21704;{titel};{kod};{namn};2024;{v}",
    ),
    "nothing and no as words": ("kpi;municipality;period;isdeleted;status;value", "N21704;{kod};2024;False;null;{v}"),
    "what Kolada files it under": ("kpi;kommun;verksamhet;år;värde", "N21704;{namn};Äldreomsorg;2024;{v}"),
    "name and what it is filed under": (
        "Nyckeltal;Kommun;Verksamhetsområde;År;Värde",
        "{titel};{namn};Äldreomsorg;2024;{v}",
    ),
    "a line above": ("Kolada – jämföraren\nNyckeltal;Kommun;År;Värde", "{titel};{namn};2024;{v}"),
    "sex behind the name": ("Nyckeltal;Kommun;År;Värde", "{titel} totalt;{namn};2024;{v}"),
    "the year's last day": ("kpi;municipality;period;value", "N21704;{kod};2024-12-31;{v}"),
    "a year with a word": ("Nyckeltal;Kommun;Mätperiod;Värde", "{titel};{namn};År 2024;{v}"),
}


@pytest.mark.parametrize(("heading", "row"), KOLADA.values(), ids=KOLADA)
def test_koladas_nyckeltal_is_known_however_it_is_written(heading: str, row: str) -> None:
    rows = [row.format(titel=HOME_CARE, kod=kod, namn=namn, v=f"{20 + i},0") for i, (kod, namn) in enumerate(ALL)]
    assert holds(text(heading, *rows), HOME_CARE_2024)


def test_a_known_name_with_the_sex_behind_it_is_the_same_nyckeltal_of_that_sex() -> None:
    rows = [
        f"{HOME_CARE} {sex};{namn};2024;{v}" for namn in NAMES.values() for v, sex in ((30, "kvinnor"), (20, "Män"))
    ]
    found = counted(examined(text("Nyckeltal;Kommun;År;Värde", *rows)))
    assert (found["0885 N21704 2024 kvinna"], found["0885 N21704 2024 man"]) == (30, 20)
    unknown = text("Nyckeltal;Kommun;År;Värde", *(f"Andel kvinnor;{namn};2024;51" for namn in NAMES.values()))
    assert counted(examined(unknown))["0885 Andel kvinnor 2024 totalt"] == 51


def test_a_row_without_a_name_among_those_that_have_one_is_an_error() -> None:
    rows = [[HOME_CARE if i == 0 else "", namn, 20.5, 21.0] for i, namn in enumerate(NAMES.values())]
    examination = examined(xlsx(["Kolada nyckeltal"], ["", "", "2023", "2024"], *rows))
    assert codes_of(examination, Level.ERROR) == {FindingCode.ROW_CHECK}
    assert finding_of(examination, FindingCode.ROW_CHECK).count == len(NAMES) - 1


def test_a_day_within_a_year_is_no_year_and_has_one_error() -> None:
    rows = [f"N21704;{kod};2024-03-31;20" for kod in NAMES for _ in range(2)]
    (error,) = examined(text("kpi;municipality;period;value", *rows)).errors
    assert "en dag och inget år" in error.what


# ---- what tells tables apart

SEVERAL = {
    "a code in digits": ("Mått;Åtgärdskod;Region;2024", "Antal patienter;{};Kalmar län;5", ("12345", "23456")),
    "a year of its own": ("Mått;Diagnosår;Region;2024", "Antal patienter;{};Kalmar län;5", ("2019", "2020")),
    "indikator and mått": ("Indikator;Mått;Region;År;Värde", "{};Antal;Kalmar län;2024;5", ("Besök A", "Besök B")),
    "a form of care": ("Mått;Vårdform;Region;2024", "Antal patienter;{};Kalmar län;5", ("öppen", "sluten")),
    "an age": ("Mått;Ålder;Region;2024", "Antal patienter;{};Kalmar län;5", ("065-074", "000-004")),
}


@pytest.mark.parametrize(("heading", "row", "words"), SEVERAL.values(), ids=SEVERAL)
def test_two_tables_that_a_column_tells_apart_are_two_nyckeltal(heading: str, row: str, words: tuple[str, str]) -> None:
    names = [set(counted(examined(text("Statistik", heading, row.format(word))))) for word in words]
    assert len(names[0]) == len(names[1]) == 1
    assert names[0].isdisjoint(names[1])


def test_ages_stand_in_a_name_without_their_first_zeros() -> None:
    rows = [f"Antal;{age};Kalmar län;5" for age in ("065-074", "000-004", "085+")]
    names = {name.split(", ")[-1] for name in counted(examined(text("Statistik", "Mått;Ålder;Region;2024", *rows)))}
    assert names == {"65-74 2024 totalt", "0-4 2024 totalt", "85+ 2024 totalt"}
