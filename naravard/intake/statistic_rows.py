"""Rows that say something of the others, and are no area: their mean, the sum of one kommun's, or the whole country."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kommuner, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.intake import chosen_values, persons
from naravard.intake.chosen_values import Texts
from naravard.intake.read.body import first_and_count

_STATISTIC = re.compile(
    r"(?:lans|riks|kommun)?(?:medel|median)(?:en|varde|vardet|tal|talet)?|\w*snitt(?:et)?|mean|average"
    r"|min|max|minimum|maximum|(?:lagsta|hogsta|minsta|storsta)|standardavvikelse|varians|spridning"
    r"|\w*(?:kvartil|percentil)(?:en)?"
)
_BESIDE_STATISTIC = frozenset(
    {"ovagt", "ovagd", "vagt", "vagd", "undre", "nedre", "ovre", "varde", "vardet", "for", "i", "av", "over", "per"}
    | {"hela", "alla", "samtliga", "totalt", "kommun", "kommuner", "kommunerna", "lan", "lanet", "lans", "lanets"}
    | {"riket", "rikets", "sverige"}
)
_SUBTOTAL = re.compile(r"(?P<name>[a-z].*) (?:summa|delsumma|antal|totalt|total|resultat|sum|count)")
_FEWEST_SUBTOTALS = 2
"""So many kommuner have one: `Kalmar totalt` alone is the län."""
_MOST_QUOTES = 5


def without_statistic_rows(
    source: Source, row_numbers: pa.Array, texts: Texts, headings: Mapping[str, str]
) -> tuple[pa.Array, Texts, list[Finding]]:
    """Row numbers and columns (name → texts) without such rows: their numbers are not the columns' own.

    A row of a person has an id, and is one whatever stands as its kommun.
    """
    area = next((column.name for column in source.columns if column.kind == "area" and column.name in texts), None)
    if area is None:
        return row_numbers, texts, []
    findings = []
    for (code, what), is_so in _kinds(source, texts[area]).items():
        is_left_out = _rows_where(texts, area, is_so)
        rows = first_and_count(row_numbers, is_left_out)
        if rows is None:
            continue
        names = dict.fromkeys(name.strip() for name in pc.unique(texts[area].filter(is_left_out)).to_pylist())
        row, count = rows
        listing = ", ".join(list(names)[:_MOST_QUOTES]) + (" …" if len(names) > _MOST_QUOTES else "")
        findings.append(Finding(Level.NOTE, code, what, "", "", headings[area], row, listing, count))
        stays = pc.invert(is_left_out)
        row_numbers = row_numbers.filter(stays)
        texts = {name: chosen_values.remaining(each, stays) for name, each in texts.items()}
    return row_numbers, texts, findings


def _kinds(source: Source, names: pa.DictionaryArray) -> dict[tuple[FindingCode, str], Callable[[str], bool]]:
    """What is said of rows that are no area in a source, by what tells them."""
    kinds: dict[tuple[FindingCode, str], Callable[[str], bool]] = {}
    if "riket" in source.areas:
        mean = "”Alla kommuner” är ett ovägt medelvärde av flera kommuner, inget område, och läses inte"
        kinds[FindingCode.MEAN_OF_KOMMUNER, mean] = _is_mean_of_kommuner
    elif not source.has_persons:
        kinds[FindingCode.STATISTIC_ROW, "raden gäller hela riket och räknas inte"] = _is_country
    if not source.cumulative and sum(map(is_subtotal, names.dictionary.to_pylist())) >= _FEWEST_SUBTOTALS:
        kinds[FindingCode.STATISTIC_ROW, "delsummor räknas inte"] = is_subtotal
    statistic = "medelvärden, medianer och liknande är inga områden och räknas inte"
    return {**kinds, (FindingCode.STATISTIC_ROW, statistic): is_statistic}


def is_statistic(text: str) -> bool:
    """Whether a cell says that its row is a mean or another statistic of rows: `Snitt`, `Median länet`, `Kvartil 3`."""
    words = match_key(text).split()
    others = {word for word in words if not _STATISTIC.fullmatch(word) and not word.isdigit()}
    has_statistic = any(map(_STATISTIC.fullmatch, words))
    return has_statistic and others <= _BESIDE_STATISTIC.union(match_key(kommuner.lan_name(settings.lan_kod())).split())


def is_subtotal(text: str) -> bool:
    """Whether a cell says that its row sums one kommun's up, as a spreadsheet does: `Borgholm Summa`, `Nybro Antal`."""
    match = _SUBTOTAL.fullmatch(match_key(text))
    return match is not None and len(kommuner.resolve(match["name"], settings.lan_kod()) or "") == 4


def _is_mean_of_kommuner(text: str) -> bool:
    """Whether a name is one of Kolada's groups: all kommuner, those of a län, or those that are alike."""
    words = match_key(text)
    return words == "alla kommuner" or words.endswith(" ovagt medel") or words.startswith("liknande kommuner")


def _is_country(text: str) -> bool:
    # a code of zeros can be what nobody knows
    return kommuner.resolve(text, settings.lan_kod()) == kommuner.RIKET and not text.strip().isdigit()


def _rows_where(texts: Texts, area: str, is_so: Callable[[str], bool]) -> pa.Array:
    names = texts[area]
    hits = pa.array([is_so(name) for name in names.dictionary.to_pylist()], pa.bool_()).take(names.indices)
    ids = texts.get(persons.COLUMN)
    if ids is None:
        return hits
    return pc.and_(hits, pc.equal(pc.utf8_trim_whitespace(ids.dictionary), "").take(ids.indices))
