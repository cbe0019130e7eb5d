"""What tells rows or tables apart beside the columns of their source: a drug, a diagnosis, a form of care.

In a source whose rows have a name, such columns are part of it. In others they divide what is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naravard.base import kolada, kommuner, periods, settings
from naravard.base.codes import FindingCode, Level
from naravard.base.kommuner import match_key
from naravard.base.model import Finding, Source
from naravard.base.numbers import enumeration
from naravard.intake import age_groups
from naravard.intake.column_map import WORDS_FOR_ALL, ColumnMap
from naravard.intake.counted_people import is_population
from naravard.intake.levels_of_areas import levels
from naravard.intake.looks import MOSTLY
from naravard.intake.table import TextTable

_NO_LABEL = re.compile(
    r"[-\d\s.,:%/()<>~]*|(?:19|20)\d\d-\d\d-\d\d.*|\d{3,4} \D.*"
    r"|null|none|nan?|n/a|true|false|sant|falskt|missing|private",
    re.IGNORECASE,
)
"""What tells no tables apart: numbers, days, areas with their code, and what programs write for nothing or yes."""
_HEADING_OF_CODES = re.compile(
    r"(?!.*(?:kommun|län|lan_|region|område|landsting|municip))"
    r".*(?:kod\b|code\b|atc|icd|kv[aå]|drg|åtgärd|diagnos|läkemedel|verksamhet|insats|orsak|klass|\wår\b)",
    re.IGNORECASE,
)
"""Headings whose numbers are the names of things: a diagnosis, a group of costs, the year of a falling ill."""
_OF_REMARKS = re.compile(
    r"(?:färg|trend|pil\b|riktning|kommentar|anmärkning|notering|fotnot|signal|trafikljus|bedömning|utveckling|senast)",
    re.IGNORECASE,
)
"""Headings of what is said of a value, and never a part of its name."""
_OF_ORIGIN = re.compile(r"medborgar|född|födelse|ursprung|bakgrund|citizen|birth|origin", re.IGNORECASE)
_OF_SMALLER_AREAS = re.compile(
    r"tätort|småort|\b(?:de|reg)so\b|församling|distrikt|basområde|stadsdel|\bnyko|postn|\bort\b|delområde",
    re.IGNORECASE,
)
_OF_ORIGIN_OF_TABLE = re.compile(r"källa|source|system|rapport|uttag|version|län|region|definition", re.IGNORECASE)
"""Headings of where a table is from, which is the same on all rows."""
_WHOLE_NUMBER = re.compile(r"\d{1,8}")
_NAMES_NO_TABLE = re.compile(r"kolada|nyckeltal|exported|rapport|uttag|utskri|sida \d", re.IGNORECASE)
_MEASURE = re.compile(
    r"(antal|andel|medel\w*|median\w*|procent|index|kvot|frekvens|rate)\b(?!.* (med|som|per) )", re.IGNORECASE
)
"""A name that says how something is measured, and not what."""
_SAYS_LITTLE = frozenset(
    {
        "antal",
        "andel",
        "andelen",
        "medel",
        "medelvarde",
        "median",
        "procent",
        "varde",
        "index",
        "kvot",
        "resultat",
        "utfall",
        *("summa", "snitt", "genomsnitt", "varden", "tal", "matt"),
        *("mal", "malvarde", "malniva", "riktvarde", "budget", "prognos", "plan"),
        *("nedre", "undre", "ovre", "ki", "konfidensintervall", "grans"),
    }
    | {"patienter", "personer", "individer", "invanare", "inv", "vardtillfallen", "varddagar", "besok", "fall", "dagar"}
    | {
        "per",
        "av",
        "i",
        "st",
        "totalt",
        "total",
        "alla",
        "unika",
        "patient",
        "person",
        "number",
        "of",
        "rate",
        "percent",
    }
    | {"kvinnor", "kvinna", "man", "flickor", "pojkar", "bada", "konen", "ar", "och", "eller", "aldre", "over"}
)
"""Words that say how something is counted, and never what: two tables are alike called "Antal patienter"."""
_WORDS_FOR_PEOPLE = {"antal", "personer", "antal personer", "st", "totalt", "alla"}
_FEWEST_LETTERS = 3
"""A name of fewer is the heading of a column, and says nothing."""
_MOST_QUOTES = 3
_A_FEW_MORE = 1.02


def positions(text: TextTable, source: Source, columns: ColumnMap) -> list[int]:
    """Unused columns of words that stand on all rows, and that an area does not already say."""
    if source.has_persons or not source.cumulative:
        return []
    area = next((column.name for column in source.columns if column.kind == "area"), "")
    if area not in columns.positions:
        return []
    areas = text.column(columns.positions[area])
    names = _known_names(text, source, columns)
    candidates = [
        i
        for i in columns.unused_positions
        if not _OF_REMARKS.match(text.headings.whole[i])
        and _is_label(text.column(i), areas, text.headings.whole[i])
        and levels(text.column(i), text.headings.whole[i]) is None
        and not (names is not None and _is_said_by(names, text.column(i)))
    ]
    differing = [i for i in candidates if len(text.column(i).dictionary) > 1]
    if not differing or not _are_told_apart(
        text, [columns.positions[name] for name in source.key if name in columns.positions]
    ):
        return candidates
    return [i for i in candidates if i not in differing]


def _are_told_apart(text: TextTable, positions_of_key: Sequence[int]) -> bool:
    """Whether no two rows have the same area, year, name and other parts of the key: then nothing else tells them."""
    row_count = text.table.num_rows
    codes = np.zeros(row_count, np.int64)
    for position in positions_of_key:
        indices = text.column(position).indices.to_numpy()
        codes = np.unique(codes, return_inverse=True)[1] * (int(indices.max(initial=0)) + 1) + indices
    return bool(len(np.unique(codes)) == row_count)


def labels(text: TextTable, source: Source, columns: ColumnMap) -> pa.DictionaryArray:
    """What each row is called beside its name: the labels of its columns, and the title where the name is a measure."""
    parts = [text.column(i) for i in positions(text, source, columns)]
    title = title_beside_names(text, columns)
    strings = [pc.utf8_trim_whitespace(part.cast(pa.string())) for part in parts]
    own = _in_one(strings, text.table.num_rows)
    if title:
        names = pc.utf8_trim_whitespace(text.column(columns.positions["titel"]).cast(pa.string()))
        with_title = _in_one([*strings, pa.repeat(title, text.table.num_rows)], text.table.num_rows)
        spellings = text.column(columns.positions["titel"])
        is_measure = pa.array([_says_how_alone(name) for name in spellings.dictionary.to_pylist()], pa.bool_())
        is_named = pc.or_(pc.starts_with(names, title), pc.invert(is_measure.take(spellings.indices)))
        own = pc.if_else(is_named, own, with_title)
    return own.dictionary_encode()


def _in_one(strings: Sequence[pa.Array], count: int) -> pa.Array:
    return pc.binary_join_element_wise(*strings, ", ") if strings else pa.repeat("", count)


def about_labels(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """The columns that are part of the name; in a source without names, that its numbers are parts of what it reads."""
    if source.has_persons:
        return []
    if not source.cumulative:
        return _about_parts_of_persons(text, source, columns)
    label_positions = positions(text, source, columns)
    findings = _about_smaller_areas(text, columns)
    if any(column.otherwise == "ovriga" for column in source.columns):
        headings = [text.headings.label(i) for i in label_positions]
        what = f"{enumeration(headings)} skiljer tabellen från andra och står i nyckeltalets namn"
        about_names = [Finding(Level.NOTE, FindingCode.OTHER_PARTS, what)] if headings else _about_name(text, columns)
        return [*findings, *about_names]
    for position in label_positions:
        findings += _about_parts(text, position, source)
    return findings


def _about_parts_of_persons(text: TextTable, source: Source, columns: ColumnMap) -> list[Finding]:
    """Columns that say of all rows of counts that they are of some persons: `Kvinnor`, `80+`, `Privat`."""
    return [
        *_about_smaller_areas(text, columns),
        *(finding for i in columns.unused_positions if _is_part(text, i) for finding in _about_parts(text, i, source)),
    ]


def _is_part(text: TextTable, position: int) -> bool:
    heading = text.headings.whole[position]
    spellings = {spelling.strip() for spelling in text.column(position).dictionary.to_pylist()}
    if len(spellings) != 1 or _OF_REMARKS.match(heading) or _OF_ORIGIN_OF_TABLE.search(heading):
        return False
    (word,) = spellings
    read_periods = filter(None, map(periods.parse, (word, f"{word} 2000")))
    is_time = any(not period.other_words for period in read_periods)
    is_age = "+" in word or age_groups.is_age(word)
    is_word = any(map(str.isalpha, word)) and not _own_area(word, settings.lan_kod())
    return (is_word or (is_age and not word.isdigit())) and not is_time and match_key(word) not in WORDS_FOR_ALL


def _about_smaller_areas(text: TextTable, columns: ColumnMap) -> list[Finding]:
    """A column of parts of kommuner beside them: each row can be of such a part alone."""
    what = "raderna kan gälla delar av kommunerna, och läses som kommunernas"
    action = "Kontrollera att talen är hela kommunernas"
    headings = [text.headings.whole[i] for i in columns.unused_positions]
    smaller = [heading for heading in headings if _OF_SMALLER_AREAS.search(heading)]
    return [Finding(Level.WARNING, FindingCode.OTHER_PARTS, what, action=action, column=heading) for heading in smaller]


def _about_name(text: TextTable, columns: ColumnMap) -> list[Finding]:
    """A name that says how something is counted, and not what: the next table with that name would replace this one."""
    if "nyckeltal" in columns.positions:
        return []
    names = [text.title] if text.title else []
    if "titel" in columns.positions and not title_beside_names(text, columns):
        names = text.column(columns.positions["titel"]).dictionary.to_pylist()
    words = [name.strip() for name in names if name.strip()]
    vague = [name for name in words if len(name) < _FEWEST_LETTERS or _says_little(name)]
    if not vague:
        return []
    listing = enumeration([f"”{name}”" for name in vague[:_MOST_QUOTES]])
    what = f"{listing} säger inte vad som räknas, och ersätter det som redan heter så"
    action = "Skriv vad det är på en rad ovanför tabellen, eller i fältet för namnet"
    return [Finding(Level.WARNING, FindingCode.NAME_VAGUE, what, "ett eget namn för varje nyckeltal", action)]


def _words(name: str) -> list[str]:
    return [word for word in match_key(name).split() if not word.isdigit()]


def _says_how_alone(name: str) -> bool:
    return _MEASURE.match(name.strip()) is not None or _says_little(name)


def _says_little(name: str) -> bool:
    return _SAYS_LITTLE.issuperset(_words(name))


def _known_names(text: TextTable, source: Source, columns: ColumnMap) -> pa.DictionaryArray | None:
    """The column that names what Kolada's catalogue knows, on all rows: no other column is then part of a name."""
    known_titles = {titel.casefold() for titel, _ in kolada.catalogue()}
    for name in source.one_of:
        if name not in columns.positions:
            continue
        names = text.column(columns.positions[name])
        looks = source.columns_by_name[name].looks or "(?!)"
        spellings = [spelling.strip() for spelling in names.dictionary.to_pylist()]
        if spellings and all(s.casefold() in known_titles or re.fullmatch(looks, s) for s in spellings):
            return names
    return None


def _is_said_by(names: pa.DictionaryArray, texts: pa.DictionaryArray) -> bool:
    """Whether each name has one text of a column on all of its rows."""
    pairs = np.unique(names.indices.to_numpy().astype(np.int64) * len(texts.dictionary) + texts.indices.to_numpy())
    return len(pairs) <= len(names.dictionary)


def _is_label(texts: pa.DictionaryArray, areas: pa.DictionaryArray, heading: str) -> bool:
    spellings = [spelling.strip() for spelling in texts.dictionary.to_pylist()]
    if not spellings or not all(spellings):
        return False
    lan = settings.lan_kod()
    is_code = _HEADING_OF_CODES.fullmatch(heading) and all(map(_WHOLE_NUMBER.fullmatch, spellings))
    is_of_origin = _OF_ORIGIN.search(heading) is not None  # where people come from is no area of the rows
    others = sum(
        bool(not is_code and _NO_LABEL.fullmatch(s)) or (not is_of_origin and bool(_own_area(s, lan)))
        for s in spellings
    )
    if others >= MOSTLY * len(spellings):
        return False
    pairs = np.unique(areas.indices.to_numpy().astype(np.int64) * len(spellings) + texts.indices.to_numpy())
    # two names of one kommun, or two kommuner whose names are written alike, are a few more
    is_said_by_area = len(spellings) > 1 and len(pairs) <= _A_FEW_MORE * len(areas.dictionary)
    return not is_said_by_area


def _own_area(text: str, lan: str) -> bool:
    """Whether a text is an area; of bare numbers only the codes of the län's own, for a year is also a code."""
    kod = kommuner.resolve(text, lan)
    return kod is not None and (kod.startswith(lan) or not text.isdigit())


def title_beside_names(text: TextTable, columns: ColumnMap) -> str:
    """The lines above the table, where its name is only a measure: two tables have "Antal patienter".

    Without such lines the name that was given, where those of the table say nothing: "Nedre KI".
    """
    if "titel" not in columns.positions:
        return ""
    names = text.column(columns.positions["titel"]).dictionary.to_pylist()
    if not text.title:
        return text.name if any(map(_says_little, names)) else ""
    return text.title if any(map(_says_how_alone, names)) and not _NAMES_NO_TABLE.search(text.title) else ""


def _about_parts(text: TextTable, position: int, source: Source) -> list[Finding]:
    heading = text.headings.label(position)
    spellings = text.column(position).dictionary.to_pylist()
    if len(spellings) == 1:
        if is_population(spellings[0]) or match_key(spellings[0]) in _WORDS_FOR_PEOPLE:
            return []
        whole = "befolkningen" if source.cumulative else "personerna"
        what = f"alla rader gäller ”{spellings[0].strip()[:60]}”: talen kan vara en del av {whole}"
        action = "Kontrollera att det är hela befolkningen" if source.cumulative else "Kontrollera att alla är med"
        return [Finding(Level.WARNING, FindingCode.OTHER_PARTS, what, action=action, column=heading)]
    what = "kolumnen delar upp talen i delar som inte läses var för sig"
    action = "Hämta tabellen utan den uppdelningen"
    allowed = "en rad per område, år, ålder och kön"
    return [Finding(Level.ERROR, FindingCode.OTHER_PARTS, what, allowed, action, heading)]
