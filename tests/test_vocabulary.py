"""The words for chance and difference: one phrase for one thing, listed in docs/ord.md with what it means."""

import re

import pytest

from naravard.base import kommuner, settings
from naravard.telling import vocabulary
from naravard.ui import help_texts

DOCS = settings.ROOT / "docs"
PHRASES = {name: value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, str)}


def listed() -> dict[str, str]:
    """The phrases of docs/ord.md with what they mean."""
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", (DOCS / "ord.md").read_text(encoding="utf-8"), re.MULTILINE)
    return {phrase: meaning for phrase, meaning in rows if phrase not in {"fras", "---"}}


def test_each_phrase_is_listed_with_what_it_means_and_no_other_is() -> None:
    assert set(listed()) == set(PHRASES.values())
    assert all(listed().values())


def texts() -> list[tuple[str, str]]:
    """All that is shown to a reader: code, texts of pages, indicators, and documents for readers."""
    places = [*settings.ROOT.glob("naravard/**/*.py"), *settings.ROOT.glob("pages/*.py"),
              *settings.ROOT.glob("data/*.toml"), *settings.ROOT.glob("queries/*.sql"),
              *(DOCS / name for name in ("anvandare.md", "metod.md", "notebook.md", "arkitektur.md"))]  # fmt: skip
    return [(place.name, place.read_text(encoding="utf-8")) for place in places]


@pytest.mark.parametrize(
    "words", ["säker skillnad", "skillnaden är säker", "är säker:", "95 % osäkerhet", "(för få)", "säker trend"]
)
def test_words_that_promise_more_than_chance_are_not_used(words: str) -> None:
    assert [name for name, text in texts() if words in text.lower()] == []


def test_the_word_list_of_hjalp_has_the_phrases_of_the_verdicts_as_they_are_written() -> None:
    words = help_texts.of_the_service().ord
    names = [word.ord for word in words]
    verdicts = {*vocabulary.VERDICTS.values(), vocabulary.NOT_ENOUGH, vocabulary.AMONG}
    assert verdicts | {vocabulary.SPAN, vocabulary.EQUAL_AGES} <= set(names)
    assert names == sorted(names, key=kommuner.swedish_key)
    assert len(names) == len(set(names))
