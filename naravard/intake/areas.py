"""The area that a cell names. Kalmar is a kommun and a region: the column's other cells say which, or a human does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from naravard.base import kommuner
from naravard.base.codes import FindingCode
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form
from naravard.base.model import Source
from naravard.intake.refused import RefusedText

OUTSIDE = "utanför"
"""Marks a kommun outside the län while a column is read: its rows have a finding and are not counted."""
UNKNOWN_AREA = "okänt"
"""Marks what is no area that anyone knows, in a table of others: "Storstäder", "Uppgift saknas"."""
_HEADINGS_OF_KOMMUNER = {"kommun", "kommunnamn", "kommunkod", "vardkommun", "hemkommun", "municipality"}
HEADINGS_OF_REGIONS = {"lan", "lansnamn", "landsting", "lanskod", "county"}
_HEADINGS_OF_CODES = {"regionkod", "region", "region kod", "omradeskod", "lan kod"}
_DIGITS_OF_REGION = 2
_HEADINGS_OF_BOTH = {"huvudman", "vardgivare", "organisation"}
"""Headings of those who run something, kommuner and regions alike."""
_MISSPELLED = 80
"""How like a kommun's a name must be to be one misspelled, in a table of all kinds of areas: not "Storstäder"."""
_ENOUGH_NAMES = 3
"""So many different names that are all regions' too are regions: no three kommuner happen to be."""


class _Kind(Enum):
    """What a column's names are, where a name alone can be both."""

    KOMMUN = "kommun"
    REGION = "region"
    UNKNOWN = "okänt"


def area_reader(spellings: Sequence[str], heading: str, source: Source, lan: str) -> Callable[[str], str]:
    """What reads the texts of a column of areas. It raises RefusedText."""
    if source.cumulative and sum(map(kommuner.is_numbered_region, spellings)) >= _ENOUGH_NAMES:
        return _of_numbered_regions(spellings, heading, source, lan)
    kind = _kind(spellings, heading, source, lan)
    others = {code[:2] for text in spellings if len(code := kommuner.resolve(text, lan) or "") == 4} - {lan}

    has_lost_zeros = source.cumulative and _have_lost_zeros(spellings, heading)

    def read(text: str) -> str:
        text = text.zfill(_DIGITS_OF_REGION) if has_lost_zeros and text else text
        if others and "riket" in source.areas and kommuner.is_sum_of_unnamed(text, lan):
            return UNKNOWN_AREA if kind is _Kind.REGION else _sum_of_several(others)
        return _area(text, kind, source, lan)

    return read


def _of_numbered_regions(spellings: Sequence[str], heading: str, source: Source, lan: str) -> Callable[[str], str]:
    """What reads regions whose codes have lost their zero: `8 Kalmar`. One such name alone can be eighth in a list."""
    zeros = {text: f"0{text.lstrip()}" if kommuner.is_numbered_region(text) else text for text in spellings}
    read = area_reader(tuple(zeros.values()), heading, source, lan)
    return lambda text: read(zeros.get(text, text))


def _have_lost_zeros(spellings: Sequence[str], heading: str) -> bool:
    """Whether a column of regions' codes has them as a spreadsheet shows numbers: 8 for 08."""
    codes = [text.strip() for text in spellings if text.strip()]
    is_of_regions = match_key(heading) in HEADINGS_OF_REGIONS | _HEADINGS_OF_CODES
    return is_of_regions and all(code.isdigit() and len(code) <= _DIGITS_OF_REGION for code in codes)


def _sum_of_several(other_lan: set[str]) -> str:
    """What a sum is of where kommuner of other län are among the rows: the country, or nobody knows."""
    if len(other_lan) == len({kommun.lan_kod for kommun in kommuner.register()}) - 1:
        return kommuner.RIKET
    what = "summan gäller fler kommuner än länets, och inte hela riket"
    action = "Ta bort summaraden"
    raise RefusedText(FindingCode.AREA_AMBIGUOUS, what, "länet eller riket", action, is_known_word=True)


def _kind(spellings: Sequence[str], heading: str, source: Source, lan: str) -> _Kind:
    """Whether names that are both are kommuner or regions: the heading says so, or the other names in the column do."""
    if not {"kommun", "lan", "riket"} <= set(source.areas) or match_key(heading) in _HEADINGS_OF_KOMMUNER:
        return _Kind.KOMMUN
    if match_key(heading) in HEADINGS_OF_REGIONS:
        return _Kind.REGION
    names = [text for text in spellings if text.strip()]
    both = {match_key(name) for name in names if kommuner.is_also_region(name)}
    others = [name for name in names if match_key(name) not in both and not kommuner.is_sum(name, lan)]
    codes = [kommuner.resolve(name, lan) or "" for name in others]
    kommun_codes = {code for code in codes if len(code) == 4}
    if not both or lan in codes or (kommun_codes and not _are_mixed(others, kommun_codes, lan)):
        return _Kind.KOMMUN
    if kommun_codes:
        return _Kind.UNKNOWN
    is_about_regions = any(len(code) == 2 and code != kommuner.RIKET for code in codes)
    may_be_regions = len(both) >= _ENOUGH_NAMES and match_key(heading) not in _HEADINGS_OF_BOTH
    return _Kind.REGION if is_about_regions or may_be_regions else _Kind.UNKNOWN


def _are_mixed(names: Sequence[str], kommun_codes: set[str], lan: str) -> bool:
    """Whether kommuner stand among regions with a bare name: `Kronoberg`, `Nybro`. A län's other kommuner are whole."""
    own = {kommun.kod for kommun in kommuner.in_lan(lan)}
    return any(map(kommuner.is_region_alone, names)) and len(own - kommun_codes) > 1


def _area(text: str, kind: _Kind, source: Source, lan: str) -> str:
    if kind is _Kind.UNKNOWN and kommuner.is_also_region(text) and _may_be_own(text, source, lan):
        raise _both(text)
    kod = (kommuner.resolve_region(text) if kind is _Kind.REGION else None) or kommuner.resolve(text, lan)
    is_open = source.cumulative and text and not has_id_form(text)
    if kod is None and is_open and not kommuner.nearest(text, lan, at_least=_MISSPELLED):
        return UNKNOWN_AREA
    if kod is None:
        raise _unknown(text, lan)
    level = "riket" if kod == kommuner.RIKET else "lan" if len(kod) == 2 else "kommun"
    if level not in source.areas:
        what, allowed = "raden gäller hela länet eller riket", "en kommun på varje rad"
        raise RefusedText(FindingCode.AREA_NOT_ALLOWED, what, allowed, "Ta bort summaraden", is_known_word=True)
    return kod if level == "riket" or kod.startswith(lan) or source.whole_country else OUTSIDE


def _may_be_own(text: str, source: Source, lan: str) -> bool:
    """Whether one of the two areas that a name has is read: all of them, where the whole country is."""
    codes = (kommuner.resolve(text, lan), kommuner.resolve_region(text))
    return source.whole_country or any(kod is not None and kod.startswith(lan) for kod in codes)


def _both(text: str) -> RefusedText:
    kommun, lan = kommuner.resolve(text, "") or "", kommuner.resolve_region(text) or ""
    names = f"{kommuner.area_name(kommun)} kommun eller {kommuner.area_name(lan)}"
    what = "namnet är både en kommuns och en regions, och inget annat i kolumnen säger vilket"
    action = "Välj vilket det är, eller skriv det i filen"
    return RefusedText(FindingCode.AREA_AMBIGUOUS, what, names, action, is_known_word=True)


def _unknown(text: str, lan: str) -> RefusedText:
    allowed = f"namn eller kod på en kommun i {kommuner.lan_name(lan)}"
    if not text:
        action = "Fyll i kommunen eller ta bort raden"
        return RefusedText(FindingCode.KOMMUN_MISSING, "kommun saknas", allowed, action)
    near_name = kommuner.nearest(text, lan)
    action = f"Menar du {near_name}?" if near_name else "Skriv kommunens namn eller kod"
    return RefusedText(FindingCode.KOMMUN_UNKNOWN, "kommunen är okänd", allowed, action, is_known_word=bool(near_name))
