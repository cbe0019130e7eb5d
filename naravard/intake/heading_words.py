"""What the words of a heading say: the name of a column among others, or something that turns it into another thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from naravard.base.footnotes import without_mark
from naravard.base.kommuner import match_key
from naravard.base.model import Column
from naravard.base.short_memory import remembered
from naravard.intake.age_groups import is_age
from naravard.intake.cells import LARGE, NO_VALUE, is_date, is_known
from naravard.intake.looks import MOSTLY

_TURNS = frozenset({"ej", "inte", "icke", "ingen", "inga", "utan", "saknar", "saknas", "nej", "not", "without", "no"})
"""Words that make a heading the opposite of a name that it is like: "Saknar fast läkarkontakt"."""
_OTHER_THINGS = frozenset({"vardkontakt", "omsorgskontakt", "kvinnor", "kvinna", "man", "flickor", "pojkar"})
"""Words that make it another thing, or a part of it: "Fast vårdkontakt", "Antal boende män"."""
FEW_CELLS = 3
"""So many cells at least before their content says what they are."""
_ANSWERS = re.compile(r"\s*\((?:ja?\s?/\s?n(?:ej)?|k\s?/\s?m|m\s?/\s?k|0\s?[-–]\s?5)\)$", re.IGNORECASE)
_OTHER_PERSONS = (
    r"läkar|behandlar|sköterska|vårdgivar|kontaktperson|ombud|anhörig|närstående|handlägg|chef|personal|barn|make|maka"
    r"|partner|vårdnad|utför|arbetsgiv"
)
_OF_OTHER_PERSONS = re.compile(_OTHER_PERSONS, re.IGNORECASE)
OF_OTHERS = re.compile(
    rf"{_OTHER_PERSONS}|födelse"
    r"|utskriv|vårdcentral|hälsocentral|jour|besöks|sjukhus|tidigare|förra|föregående|förut|ursprung|inflytt|utflytt"
    r"|mottag|remit|önska|planera|sökt|fa-region|delregion|arbetsmarknad|arbetskommun|arbetsställe|tätort|församling"
    r"|stadsdel|\bort\b",
    re.IGNORECASE,
)
"""What makes a column of kommuner or ids that of another person, place or time than the row's."""
_OTHER_TIME = re.compile(
    r"inskriv|debut|diagnos|insjuk|start|först|död\b|döds|avlid|antal|medel|snitt|\+|äldre|yngre|över|under|minst",
    re.IGNORECASE,
)
"""What makes an age, a day or a level that of another time, or of more than the row's person."""
_WHEN = re.compile(
    r"\b(?:19|20)\d\d(?:[-./]?\d\d){0,2}\b|\b\d{1,2}/\d{1,2}\b|\b\d{1,2}\s?mån\w*|\b0\s?[-–]\s?5\b", re.IGNORECASE
)
"""Numbers of a heading that are no part of what it is: `Ålder per 2024-06-30`, `RUB 12 mån`."""
_SAY_LITTLE = frozenset({"datum", "id", "patient", "boende", "lopnummer", "lopnr"})
"""Names of columns that stand in the headings of many others."""
_LONGEST_NAME = 6
"""No name of a column that says much has more words."""
_FEW_KNOWN = 0.2
"""So large a share of a column of professions must be known words: many are not."""
_ID = re.compile(r"(?=.*\d)[\w.+*/-]+")
_BIRTH_YEAR = re.compile(r"(?:18|19|20)\d\d(?:[.,]0)?")


@cache
def spellings(column: Column) -> tuple[str, ...]:
    """All headings that mean the column, match_key, its own name first."""
    return tuple(dict.fromkeys(match_key(name) for name in (column.name, *column.aliases)))


def plain_heading(heading: str) -> str:
    """A heading without the mark of a footnote, and without its answers: `Fast läkarkontakt (J/N)`, `RUB (0–5)`."""
    return _ANSWERS.sub("", without_mark(heading))


def turns(column: Column, heading: str) -> bool:
    """Whether a folded heading has a word that no name of the column has, and that a likeness must not hide.

    In a count so has a number: "Antal boende 80+" is a part of all.
    """
    own_words = {word for spelling in spellings(column) for word in spelling.split()}
    other_words = set(heading.split()) - own_words
    has_number = column.kind == "integer" and any(word.isdigit() for word in other_words)
    return has_number or not other_words.isdisjoint(_TURNS | _OTHER_THINGS)


def says_name(column: Column, heading: str) -> bool:
    """Whether a heading has a column's name among its words, or at the end of one, and nothing that turns it."""
    phrases, ends = _phrases(heading)
    names = _names_that_say(column)
    if names.isdisjoint(phrases) and (column.kind == "person" or names.isdisjoint(ends)):
        return False
    plain = _without_time(heading)
    own_words = " ".join(column.aliases).casefold()
    of_others = _OF_OTHER_PERSONS if column.kind == "category" else OF_OTHERS
    names_other = any(word.casefold() not in own_words for word in of_others.findall(plain))
    is_other = (names_other and not column.required) or (column.kind != "category" and _OTHER_TIME.search(plain))
    return not is_other and not turns(column, match_key(plain))


@remembered
def _phrases(heading: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a heading and those that stand together, folded; and the ends of its words."""
    words = match_key(_without_time(heading)).split()
    places = range(len(words) + 1)
    phrases = frozenset(" ".join(words[i:j]) for i in places for j in places[i + 1 : i + 1 + _LONGEST_NAME])
    return phrases, frozenset(word[i:] for word in words for i in range(1, len(word)))


@cache
def _names_that_say(column: Column) -> frozenset[str]:
    return frozenset(name for name in spellings(column) if name not in _SAY_LITTLE)


def _without_time(heading: str) -> str:
    return _WHEN.sub(" ", plain_heading(heading))


def can_hold(column: Column, texts: Sequence[str]) -> bool:
    """Whether a column's cells are what another column of that name would have."""
    cells = [text for text in texts if text.casefold() not in NO_VALUE]
    least = _FEW_KNOWN if column.unknown else MOSTLY
    looks_right = _looks_of(column)
    return len(cells) >= FEW_CELLS and sum(map(bool, map(looks_right, cells))) >= least * len(cells)


def _looks_of(column: Column) -> Callable[[str], object]:
    match column.kind:
        case "category":
            return lambda text: is_known(text, column)
        case "integer" if (most := column.maximum or LARGE) < LARGE:
            return lambda text: (
                is_known(text, column)
                or (text.isdecimal() and int(text) <= most)
                or (bool(column.limits) and is_age(text))
            )
        case "date":
            return is_date
        case "birth_year":
            return _BIRTH_YEAR.fullmatch
        case "person":
            return _ID.fullmatch
    return lambda _: False
