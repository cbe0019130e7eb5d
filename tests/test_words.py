"""Numbers, names, periods: small tables of text in and text out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard.base import kommuner, numbers, periods
from naravard.base.errors import UserError


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (5793, 0, "5\u00a0793"),
        (999, 0, "999"),
        (247711, 0, "247\u00a0711"),
        (2.3386, 2, "2,34"),
        (2.3386, 1, "2,3"),
        (-3, 0, "\u22123"),
        (0, 0, "0"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert numbers.number(value, decimals) == text


def test_numbers_in_a_sentence_are_not_split() -> None:
    text = "5 793 av 247 711 invånare (31 december 2022) är 2,34 %, 4 av 79"
    assert numbers.with_hard_spaces(text) == (
        "5\u00a0793 av 247\u00a0711 invånare (31 december 2022) är 2,34\u00a0%, 4 av 79"
    )


def test_percent() -> None:
    assert numbers.percent(76.76) == "77\u00a0%"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_joined(words: list[str], text: str) -> None:
    assert numbers.enumeration(words) == text


MORBYLANGA = ["Mörbylånga", "Mörbylånga kommun", "MÖRBYLÅNGA", "Morbylanga", " Mo\u0308rbyla\u030anga ", "0840", "840"]


@pytest.mark.parametrize(
    ("text", "kod"),
    [
        *((text, "0840") for text in [*MORBYLANGA, "0840 Mörbylånga"]),
        ("Kalmar", "0880"),
        ("Borgholms kommun", "0885"),
        ("Torsås kommun", "0834"),
        ("Kalmar län", "08"),
        ("0008", "08"),
        ("08", "08"),
        ("Summa", "08"),
        ("Alla kommuner", "08"),
        ("Riket", "00"),
        ("0000", "00"),
        ("Växjö", "0780"),
        ("Håbo", "0305"),
        ("Habo", "0643"),
        ("Uppsala län", "03"),
        ("Kalmra", None),
        ("9999", None),
        ("0880 Borgholm", None),
        ("", None),
    ],
)
def test_resolve_area(text: str, kod: str | None) -> None:
    assert kommuner.resolve(text, "08") == kod


@given(st.sampled_from(kommuner.register()))
def test_every_kommun_is_known_by_name_and_code(kommun: kommuner.Kommun) -> None:
    for text in (kommun.namn, kommun.kod, f"{kommun.kod} {kommun.namn}", kommun.namn.upper(), f"{kommun.namn} kommun"):
        assert kommuner.resolve(text, kommun.lan_kod) == kommun.kod


def test_nearest_and_order() -> None:
    assert kommuner.nearest("Kalmra", "08") == "Kalmar"
    assert kommuner.nearest("Qwxyz", "08") is None
    names = [k.namn for k in kommuner.in_lan("08")]
    assert names == [
        "Borgholm", "Emmaboda", "Hultsfred", "Högsby", "Kalmar", "Mönsterås",
        "Mörbylånga", "Nybro", "Oskarshamn", "Torsås", "Vimmerby", "Västervik",
    ]  # fmt: skip
    assert sorted(["Öland", "Ängelholm", "Åmål", "Zinkgruvan"], key=kommuner.swedish_key) == [
        "Zinkgruvan",
        "Åmål",
        "Ängelholm",
        "Öland",
    ]


def test_unknown_lan_is_told() -> None:
    with pytest.raises(UserError, match="Länskoden '99' finns inte"):
        kommuner.lan_name("99")


def test_periods_in_order_of_time() -> None:
    order = [
        "ej angiven", "2019", "våren 2023", "hösten 2023", "tertial 3 2023", "2024-02", "våren 2024", "kv 2 2024",
        "20240815", "sep 2024", "hösten 2024", "första halvåret 2025", "2025 Q3", "andra halvåret 2025",
    ]  # fmt: skip

    mixed = [*order[4:], *order[:4]]
    assert sorted(mixed, key=periods.sort_key) == order
