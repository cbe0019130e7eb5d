"""Ids that say another age or sex than the columns beside them: a column has been sorted by itself, or is shifted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa

from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding

_SAMPLE = 2_000
_ENOUGH, _MOST = 5, 0.2
_ID = re.compile(r"\s*(?P<year>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[-+]?\d\d(?P<sex>\d)\d\s*")
_AGE = re.compile(r"\s*(?P<age>\d{1,3})(?: år)?\s*")
_YEARS_APART = 2
_IS_WOMAN = {"kvinna": True, "k": True, "f": True, "female": True, "man": False, "m": False, "male": False}


def about_ids_beside_columns(texts: dict[str, pa.DictionaryArray], labels: dict[str, str], year: int) -> list[Finding]:
    """A warning for each column that says another thing on many of the first rows. `texts` are by column name."""
    if "person_id" not in texts:
        return []
    ids = texts["person_id"].slice(0, _SAMPLE).to_pylist()
    checks: tuple[tuple[str, str, Callable[[re.Match[str], str], bool | None]], ...] = (
        ("alder", "åldern", lambda person, text: _has_other_age(person, text, year)),
        ("kon", "könet", _has_other_sex),
    )
    findings = []
    for name, noun, differs in checks:
        if name not in texts:
            continue
        cells = texts[name].slice(0, _SAMPLE).to_pylist()
        answers = [differs(m, cell) for each, cell in zip(ids, cells, strict=True) if (m := _ID.fullmatch(each))]
        sure_answers = [answer for answer in answers if answer is not None]
        if sum(sure_answers) >= max(_ENOUGH, _MOST * len(sure_answers)):
            what = f"{noun} är en annan än den som person-id säger, på många rader"
            action = "Kontrollera att kolumnerna inte är förskjutna eller sorterade var för sig"
            findings.append(Finding(Level.WARNING, FindingCode.AGE_UNLIKELY, what, "", action, labels.get(name, "")))
    return findings


def _has_other_age(person: re.Match[str], cell: str, year: int) -> bool | None:
    age = _AGE.fullmatch(cell)
    return abs(year - int(person["year"]) - int(age["age"])) > _YEARS_APART if age else None


def _has_other_sex(person: re.Match[str], cell: str) -> bool | None:
    is_woman = _IS_WOMAN.get(match_key(cell))
    return None if is_woman is None else is_woman is (int(person["sex"]) % 2 == 1)
