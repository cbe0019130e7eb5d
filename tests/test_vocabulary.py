"""The words for chance and difference: one phrase for one thing, listed in docs/ord.md with what it means."""

import ast
import re
from collections.abc import Collection
from pathlib import Path

import pytest

from naravard.base import kommuner, lan, settings
from naravard.base.numbers import HIDDEN, MISSING, NOT_KNOWN
from naravard.slides import lgl
from naravard.telling import methods_in_words, vocabulary
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


METHODS_STAND_IN = settings.ROOT / "naravard" / "telling" / "methods_in_words.py"
MODULES = [
    module
    for module in (*settings.ROOT.glob("naravard/**/*.py"), *settings.ROOT.glob("pages/*.py"))
    if module != METHODS_STAND_IN
]


def running_text(module: Path, names: Collection[str] = methods_in_words.NAMES) -> str:
    """All texts in a module that has some of the names, but its docstrings, which no reader sees."""
    text = module.read_text(encoding="utf-8")
    if not any(name in text for name in names):
        return ""  # to parse is dear
    tree = ast.parse(text)
    unseen = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    constants = (each for each in ast.walk(tree) if isinstance(each, ast.Constant) and id(each) not in unseen)
    return "\n".join(each.value for each in constants if isinstance(each.value, str))


IN_OTHERS_TABLES = {"statistic_rows.py": "what rows that are read are called"}


def test_a_method_is_named_where_it_is_asked_for_and_in_no_running_text() -> None:
    files = [*settings.ROOT.glob("data/*.toml"), *settings.ROOT.glob("queries/*.sql")]
    texts_by_place = {module.name: running_text(module) for module in MODULES}
    texts_by_place |= {file.name: file.read_text(encoding="utf-8") for file in files}
    named = {place: name for place, text in texts_by_place.items() for name in methods_in_words.NAMES if name in text}
    assert named.keys() == IN_OTHERS_TABLES.keys()
    assert all(name in METHODS_STAND_IN.read_text(encoding="utf-8") for name in methods_in_words.NAMES)


OF_KALMAR = {"main.py": "example data is Kalmar's", "change_tables.py": "the deck's own figures, which no other has"}


def test_no_page_says_lgl_where_another_lan_is_looked_at() -> None:
    modules = [*settings.ROOT.glob("pages/*.py"), *settings.ROOT.glob("naravard/ui/**/*.py")]
    with_name = {module.name for module in modules if "LGL" in running_text(module, ("LGL",))}
    assert with_name == set(OF_KALMAR)
    assert "LGL" not in "".join(file.read_text("utf-8") for file in settings.ROOT.glob("naravard/room/static/*.js"))


@pytest.mark.parametrize(
    ("lan_kod", "name", "about"),
    [("08", "LGL:s bilder", "LGL:s bild 4 har inga tryckta siffror"), ("14", "Länets bilder", "")],
)
def test_the_slides_have_the_name_of_the_lan_that_is_looked_at(
    lan_kod: str, name: str, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARAVARD_LAN", "08,14")
    with lan.within(lan_kod):
        assert lgl.name_of_slides(settings.lan_kod()) == name
        assert lgl.without_printed_figures(4) == about


def test_the_word_list_of_hjalp_has_the_phrases_of_the_verdicts_as_they_are_written() -> None:
    words = help_texts.of_the_service().ord
    names = [word.ord for word in words]
    verdicts = {*vocabulary.VERDICTS.values(), vocabulary.NOT_ENOUGH, vocabulary.AMONG}
    assert verdicts | {vocabulary.SPAN, vocabulary.EQUAL_AGES} <= set(names)
    assert names == sorted(names, key=kommuner.swedish_key)
    assert len(names) == len(set(names))


def test_the_help_explains_each_sign_that_may_stand_for_a_figure() -> None:
    answers = {each.fraga: each.svar for each in help_texts.of_the_service().fraga}
    for sign, why in ((HIDDEN, "dolt"), (MISSING, "uppgiften saknas"), (NOT_KNOWN, "kan inte räknas eller jämföras")):
        assert any(f" {sign} " in question and why in answer for question, answer in answers.items()), sign


def test_the_help_says_that_a_colour_may_be_against_riket_and_what_a_dotted_edge_is() -> None:
    """A kommun's survey answers are coloured against riket, where chance is not known: the first that one sees."""
    texts_of_help = help_texts.of_the_service()
    colours = [each.text for each in texts_of_help.rundtur if "orange" in each.text]
    colours += [each.svar for each in texts_of_help.fraga if "trianglarna" in each.fraga]
    assert len(colours) == 2
    for text in colours:
        assert "länet eller riket" in text and "Prickad kant: slumpen går inte att räkna" in text
