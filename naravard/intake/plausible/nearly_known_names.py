"""A nyckeltal whose name is Kolada's but for a sign or a word that says little: it would be stored beside Kolada's."""

from __future__ import annotations

from functools import cache

from naravard.base import kolada
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding
from naravard.intake.plausible import Evidence

_SAY_LITTLE = frozenset({"andel", "procent", "totalt", "av", "bef", "i"})


def check(evidence: Evidence) -> list[Finding]:
    """Only of nyckeltal that have no id."""
    if evidence.source.id != "nyckeltal":
        return []
    known_ids = {kod for _, kod in kolada.catalogue()}
    names = [
        titel
        for nyckeltal, titel in evidence.query("select distinct nyckeltal, titel from antal order by all")
        if nyckeltal not in known_ids
    ]
    found_names = [(name, *of_kolada) for name in names if (of_kolada := _known_by_words().get(_words(name)))]
    return [_finding(*each) for each in found_names]


def _finding(name: str, title: str, kod: str) -> Finding:
    what = f"”{name}” heter nästan som {kod} i Kolada (”{title}”), men sparas för sig och visas inte med det"
    action = f"Är det samma nyckeltal: skriv {kod} eller Koladas namn i filen"
    return Finding(Level.WARNING, FindingCode.NAME_VAGUE, what, action=action)


@cache
def _known_by_words() -> dict[tuple[str, ...], tuple[str, str]]:
    """The words of a name → it and its id, where they are one id's alone."""
    by_words: dict[tuple[str, ...], dict[str, str]] = {}
    for title, kod in kolada.catalogue():
        by_words.setdefault(_words(title), {})[kod] = title
    return {words: (title, kod) for words, names in by_words.items() if len(names) == 1 for kod, title in names.items()}


def _words(name: str) -> tuple[str, ...]:
    return tuple(word for word in match_key(name).split() if word not in _SAY_LITTLE)
