"""What is remembered of the cells of a file while it is read, and that none of it stays."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naravard import intake
from naravard.base import footnotes, kommuner, short_memory
from naravard.base.errors import UserError
from naravard.intake import looks

_LOOKED_AT = st.text("Kalmr län0189*¹)]([.aå ", max_size=9) | st.sampled_from(
    ["Mörbylånga*", "Håbo", "Summa Kalmar län", "Kalmar", "0840", "2024 1)", "Folkmängd 2023*", "Totalt", "Länet"]
)


@given(st.lists(_LOOKED_AT, max_size=6), st.sampled_from(["08", "03"]))
def test_an_answer_is_the_same_however_often_it_is_asked_for(texts: list[str], lan: str) -> None:
    def answers() -> list[object]:
        return [
            (kommuner.match_key(t), kommuner.resolve(t, lan), kommuner.is_sum(t, lan), looks.year_in(t)) for t in texts
        ]

    alone = answers()
    with short_memory.within():
        assert answers() == answers() == alone


@given(st.text("aå 12*†¹⁹)]([", max_size=7))
def test_a_mark_is_found_at_whatever_end_of_a_text(text: str) -> None:
    assert footnotes.without_mark(text) == (footnotes._MARK.sub("", text.rstrip()) or text)


@pytest.mark.parametrize(
    "content", [b"Kommun;Boende;Kommunal prim\xc3\xa4rv\xc3\xa5rd\nKalmar;7;5\n", b"\x00\x01", b""]
)
def test_nothing_of_a_file_is_remembered_when_it_has_been_read(content: bytes) -> None:
    with suppress(UserError):
        intake.examine(content, "s.csv", intake.Choices(matperiod="2025"))
    assert short_memory._answers.get() is None


def test_what_is_remembered_is_not_asked_for_again() -> None:
    asked: list[str] = []
    of_text = short_memory.remembered(asked.append)
    of_text("a")
    with short_memory.within():
        of_text("a")
        of_text("a")
    of_text("a")
    assert asked == ["a"] * 3
