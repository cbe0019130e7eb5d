"""More of the kinds of trap in test_traps.py: other spellings, other programs, ids of other sorts that are nobody's."""

import pytest

from naravard import intake
from naravard.base.codes import FindingCode, Level
from tests.test_traps import counted, text, xlsx

IDS = "Personnummer;Kommun;Boendeform"


def check_digit(nine: str) -> int:
    products = [int(digit) * weight for digit, weight in zip(nine, (2, 1) * 5, strict=False)]
    return -sum(product // 10 + product % 10 for product in products) % 10


def person(n: int) -> str:
    """An id of nobody: its last digit is right."""
    nine = f"{30 + n % 20:02d}{1 + n % 12:02d}{1 + n % 28:02d}{100 + n}"
    return f"19{nine[:6]}-{nine[6:]}{check_digit(nine)}"


PEOPLE = [person(n) for n in range(40)]


def examined(content: bytes, name: str = "uttag.csv", **choices: object) -> intake.Examination:
    return intake.examine(content, name, intake.Choices(**{"kalla": "cosmic", "matperiod": "mars 2025", **choices}))  # type: ignore[arg-type]


def of_ids(*ids: str) -> intake.Examination:
    return examined(text(IDS, *(f"{person_id};Högsby;SÄBO" for person_id in ids)))


def about_ids(examination: intake.Examination) -> list[tuple[Level, FindingCode, int]]:
    return [
        (finding.level, finding.code, finding.count)
        for finding in examination.findings
        if finding.column == "Personnummer" and finding.level is not Level.NOTE
    ]


@pytest.mark.parametrize(
    "placeholder",
    [
        "12345678-1234", "19999999-9999", "222222-2222", "19000101-0000", "999999-9999", "19850101XXXX",
        "19850101-****", "19990101-TEST", "TEST", "okänd", "anonym", "ID saknas", "reservnummer", "(null)",
    ],
)  # fmt: skip
def test_a_placeholder_for_an_id_is_a_missing_id(empty_data: object, placeholder: str) -> None:
    examination = of_ids(*PEOPLE, *[placeholder] * 3)
    assert about_ids(examination) == [(Level.ERROR, FindingCode.ID_MISSING, 3)]
    settled = examined(
        text(IDS, *(f"{each};Högsby;SÄBO" for each in (*PEOPLE, *[placeholder] * 3))),
        values={"person_id": {"saknas": ""}},
    )
    assert counted(settled)["08"] == len(PEOPLE) + 3, "each row as a person of its own, where that is chosen"


@pytest.mark.parametrize("odd", ["19121212-1212", "19010101-0101", "INT-1"])
def test_an_id_on_many_times_more_rows_than_others_is_told(empty_data: object, odd: str) -> None:
    assert (Level.WARNING, FindingCode.ID_OFTEN, 12) in about_ids(of_ids(*PEOPLE, *[odd] * 12))
    assert about_ids(of_ids(*PEOPLE * 3, *[PEOPLE[0]] * 9)) == [], "nor four times as many"


@pytest.mark.parametrize("odd", ["19850101", "850101", "12345", "19850101-", "193410000000"])
def test_an_id_that_is_not_whole_is_told(empty_data: object, odd: str) -> None:
    assert about_ids(of_ids(*PEOPLE, odd)) == [(Level.WARNING, FindingCode.ID_UNLIKE, 1)]


@pytest.mark.parametrize("spelling", ["{0}", "{0}-****", "{0}XXXX", "{1}-{2}-{3}", "{0}-"])
def test_a_column_of_birth_dates_is_no_column_of_ids(empty_data: object, spelling: str) -> None:
    days = [each[:8] for each in PEOPLE]
    examination = of_ids(*(spelling.format(day, day[:4], day[4:6], day[6:]) for day in days))
    assert about_ids(examination) == [(Level.ERROR, FindingCode.ID_UNLIKE, 40)]
    assert "Hämta uttaget på nytt" in examination.errors[0].action


@pytest.mark.parametrize(
    "spelled",
    [
        lambda each: f"{int(each.replace('-', '')):,}".replace(",", "."),
        lambda each: each.replace("-", "") + ",00",
        lambda each: each.replace("-", "") + ".00",
        lambda each: f'"=""{each}"""',
        lambda each: f"'{each}",
    ],
)
def test_what_a_spreadsheet_adds_to_an_id_is_taken_away(empty_data: object, spelled: object) -> None:
    examination = of_ids(*PEOPLE, *map(spelled, PEOPLE))  # type: ignore[call-overload]
    assert about_ids(examination) == []
    assert counted(examination)["08"] == len(PEOPLE)
    assert "08 aldersgrupp uppgift_saknas" not in counted(examination), "their dates of birth are read"


@pytest.mark.parametrize(
    ("ids", "persons"),
    [
        ([str(n) for n in range(40)], 40),
        ([f"{n * 7919:030x}11" for n in range(1, 60)], 59),
        ([f"{n}E{n}" for n in range(13, 60)], 47),
        ([f"{10_000_000 + 10_000 * n}" for n in range(40)], 40),
    ],
)
def test_internal_numbers_are_ids(empty_data: object, ids: list[str], persons: int) -> None:
    examination = of_ids(*ids)
    assert about_ids(examination) == []
    assert counted(examination)["08"] == persons


@pytest.mark.parametrize("zeros", range(3, 9))
@pytest.mark.parametrize("digits", [10, 12])
def test_rounded_ids_are_an_error(empty_data: object, zeros: int, digits: int) -> None:
    numbers = [round(int(each.replace("-", "")[-digits:]), -zeros) for each in PEOPLE]
    examination = examined(xlsx(IDS.split(";"), *([n, "Högsby", "SÄBO"] for n in numbers)), "uttag.xlsx")
    (error,) = examination.errors
    assert error.code is FindingCode.ID_ROUNDED
    assert error.count == len(PEOPLE)
