"""One cell at a time: a text becomes a value, a sign for why there is none, or a refusal that says what is allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from rapidfuzz import fuzz, process

from naravard.base import clock, periods, settings
from naravard.base.codes import FindingCode
from naravard.base.footnotes import may_end_in_mark
from naravard.base.kommuner import match_key
from naravard.base.mask import has_id_form, mask_ids
from naravard.base.model import Column, Source, Tecken
from naravard.base.period_kinds import MONTH_NAME, month_number
from naravard.intake.age_groups import age_group
from naravard.intake.areas import area_reader
from naravard.intake.folding import codes_of, folded_with_signs
from naravard.intake.looks import year_in
from naravard.intake.refused import RefusedText

_HIDDEN = frozenset({"..", "x", "*", "**", "***", "sekretess"})
_NOT_APPLICABLE = frozenset({"."})
_SAID_TO_BE_MISSING = frozenset(
    {
        "saknas",
        "uppgift saknas",
        "uppg. saknas",
        "uppg saknas",
        "ingen uppgift",
        "information saknas",
        "(tom)",
        "(tomt)",
    }
    | {
        "okänd",
        "okänt",
        "ej känd",
        "ej känt",
        "ej angivet",
        "ej angiven",
        "ej ifyllt",
        "ej ifylld",
        "vet ej",
        "(blank)",
    }
    | {"ej registrerat", "ej registrerad", "ej dokumenterat", "ej besvarad", "ej bedömd", "ej bedömt", "unknown"}
)
_MISSING = frozenset({"", "-", "–", "—", "null", "na", "n/a", "nan", "none"}) | _SAID_TO_BE_MISSING
_EXCEL_ERRORS = frozenset(
    {"#n/a", "#saknas!", "#div/0!", "#division/0!", "#value!", "#värdefel!", "#ref!", "#referens!", "#name?", "#namn?"}
    | {"#num!", "#ogiltigt!", "#null!", "#skärning!", "#spill!", "#spill", "#calc!", "#beräkna!", "#getting_data"}
)
"""What Excel writes where a formula failed, in English and in Swedish."""
_SHAPE_OF_ERROR = re.compile(r"#[^\W\d_][\w/]*[!?]|err:\d{3}")
"""Other versions of Excel have other words for it; LibreOffice has numbers."""
_SIGNS: dict[str, Tecken] = {
    **dict.fromkeys(_MISSING, "saknas"),
    **dict.fromkeys(_NOT_APPLICABLE, "ej_tillampligt"),
}
NO_VALUE = _HIDDEN | _NOT_APPLICABLE | _MISSING
"""Texts that mean "no value" in a cell about a person. They never become 0."""
_FEWER = re.compile(
    r"(?:(?:<=?|≤|färre än|mindre än|högst|under|max\.?)\s*\d{1,3}|[01]\s*(?:[-–]|till)\s*\d{1,2})"
    r"(?:\s*(?:st|pers|personer)\.?)?",
    re.IGNORECASE,
)
"""`<5`, `färre än 5`, `1–4`: a small count that its owner has hidden."""
_ROUGHLY = re.compile(r"(?:~|≈|ca\.?|c:a|cirka|omkring|>|≥)\s*\d[\d\s]*(?:[.,]\d+)?", re.IGNORECASE)
_LARGEST = 10**12
LARGE = 10**6
"""A column whose numbers may be so large is of counts."""
_DIGITS_OF_ID = 10
"""No count and no value has so many digits before the comma, but an id has."""
_WITH_UNIT = re.compile(
    r"\s*(?P<number>\d{1,3})\s*(?P<unit>[^\W\d]+)?\.?(?P<open>\s*(?:\+|-w|(?:och|eller|el\.?|o\.?)\s+äldre))?\s*",
    re.IGNORECASE,
)
_MORE_THAN_YEARS = re.compile(
    r"(?P<years>\d{1,3})(?:[.,]\d+|\s*år,?\s*(?:och\s*)?\d{1,2}\s*mån(?:ad(?:er)?)?\.?)", re.IGNORECASE
)
"""`82,5` and `82 år 3 mån`: whole years are those that have been."""
_NUMBERED = re.compile(r"\d{1,2}(?:\s?[.):=–-]\s?|\s+)([^\W\d].*)")
"""A word with its number in a list: `1. Ordinärt boende`, `02 AT`, `1 = Ja`."""
_WITH_LETTERS = re.compile(r"(?P<name>[^()]+?)\s*\((?P<letters>[^\W\d_a-zåäö]{2,5})\)")
"""A word with its letters beside it: `Korttidsboende (KB)`."""
_CODE_BEFORE = re.compile(r"^\d{2,6}\s+")
"""The code of a profession in a list of them: `206024 Undersköterska`."""
_AGES = re.compile(r"(?P<first>\d{1,3})\s?(?:-|–|till)\s?(?P<last>\d{1,3})(?:\s?år)?", re.IGNORECASE)
_WHOLE = re.compile(r"[-\u2212]?\d+(?:[.,](?:0{1,2}|0{4,}))?")
_THOUSANDS = re.compile(r"[-\u2212]?\d{1,3}(?:[^\S\t-\r\x1c-\x1f\x85\u2028\u2029]\d{3}|['’]\d{3})+(?:[.,]\d+)?")
"""A space of any width, and no tab or line break: those stand between two numbers."""
_BOTH_SIGNS = re.compile(r"[-\u2212]?\d{1,3}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d{1,3}")
"""`1.234,5`: with both signs the last is that of decimals, whichever it is."""
_BELOW_ZERO = re.compile(r"^\u2013(?=\d)")
"""A minus as a word processor writes it."""
_COUNTED = re.compile(
    r"(?P<number>\d[\d\s]*)(?:st|styck|pers|personer|patienter|boende|individer|brukare)\.?", re.IGNORECASE
)
"""`60 st`: what a column of counts counts, in its cells too."""
_AS_TEXT = re.compile(r"['’](?=\d)")
"""What a spreadsheet begins a number with that it keeps as text."""
_UPWARDS = re.compile(r"\+\s?(?=\d)")
"""The sign of a change; a count of people has none."""
_DATE_FORMS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y")
_SHORTEST_DATE = 8
_MONTH_FIRST = re.compile(
    r"(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])/\d{4}(?:\s.*)?|\d{1,2}/\d{1,2}/\d{4}\s.*\b[ap]\.?m\.?", re.IGNORECASE
)
_DAY_OR_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}(?:\s.*)?")
_MONTHS = 12
_FIRST_DAY = date(1890, 1, 1)
_DAY_NUMBER = re.compile(r"(\d{4,5})(?:[.,]\d+)?")
_FIRST_DAY_NUMBER, _LAST_YEAR = date(1899, 12, 30), 2120
_WRITTEN_DAY = re.compile(
    rf"\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}|\d{{1,2}}[./]\d{{1,2}}[ -]\d{{2,4}}|\d{{1,2}} {MONTH_NAME}\.? \d{{2,4}}",
    re.IGNORECASE,
)
_DAY_IN_WORDS = re.compile(
    rf"(?:den )?(?P<day>\d{{1,2}})[ .-]?(?P<month>{MONTH_NAME})\.?[ .-]?(?P<year>(?:18|19|20)\d\d)", re.IGNORECASE
)
_BIRTH_YEAR = re.compile(r"(\d{4})(?:[.,]0)?")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_DAYS_OF_YEAR = 364
_SEVERAL_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–/]\s*(?:(?:19|20)\d\d|\d\d)")
_TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2})?.*$")
_MEND_OR_EMPTY = "Rätta värdet, eller lämna cellen tom"
_MEND_DATE = "Rätta datumet, eller lämna cellen tom"
NUMBER_KINDS = {"integer", "number", "percent", "year"}
_LONG_WORD = 10
"""A word of so many letters is a name of something; shorter ones stand in other words by chance."""
_BESIDE_SHORT = frozenset(
    {"leg", "legitimerad", "natt", "dag", "kvall", "helg", "jour", "kommun", "kommunal", "patrull", "team"}
    | {"insats", "insatser", "besok", "hembesok", "kontakt", "kontakter", "hsl", "hemsjukvard", "vikarie", "tim"}
)
"""What may stand beside a short one, as in "leg ssk": an AT-läkare is no arbetsterapeut."""
_NOT_IN_OFFICE = frozenset(
    {"assistent", "elev", "student", "bitrade", "chef", "ej", "inte", "annan", "ovrig", "ovriga"}
)
_NEAR_SHORT, _NEAR_LONG = 72, 85
"""How alike (0–100) a word must be to be suggested; a short one is soon unlike."""

Value = str | int | float | date | None


def value_reader(
    column: Column, source: Source, lan: str, *, heading: str = "", spellings: Sequence[str] = ()
) -> Callable[[str], Value]:
    """What reads the texts of a column (`spellings`), each without spaces around it. It raises RefusedText."""
    if column.kind == "area":
        return area_reader(spellings, heading, source, lan)
    return _READERS.get(column.kind, _text_of)(column)


def sign_of(text: str, column: Column, source: Source) -> Tecken | None:
    """Why a cell for a number holds none. Where rows are persons, a value can be missing and nothing else."""
    if column.kind not in NUMBER_KINDS:
        return None
    lower = text.casefold()
    if source.has_persons or is_excel_error(lower):
        return "saknas" if lower in NO_VALUE or is_excel_error(lower) else None
    if lower in _HIDDEN or _FEWER.fullmatch(lower):
        return "dolt"
    if _ROUGHLY.fullmatch(lower):
        return "ungefarligt"
    return _SIGNS.get(lower)


def is_excel_error(text: str) -> bool:
    """Whether a cell holds what Excel writes where a formula failed, or a number was too wide for its column."""
    lower = text.casefold()
    if lower.startswith("#") and (not _EXCEL_ERRORS.isdisjoint({lower, f"{lower}!"}) or not lower.strip("#")):
        return True
    return lower.startswith(("#", "err")) and _SHAPE_OF_ERROR.fullmatch(lower) is not None


def is_taken_away(text: str, column: Column) -> bool:
    """Whether a text of its own is read as "uppgift saknas", which the file itself does not say in words."""
    lower = text.casefold()
    if column.kind == "category" and is_known(text, column):
        return False
    return bool(text) and (lower in NO_VALUE - _SAID_TO_BE_MISSING or is_excel_error(lower))


def allowed_instead(text: str, column: Column | None, source: Source) -> str:
    """What is allowed, where a column cannot hold the text; empty where it can."""
    if column is None or sign_of(text, column, source) is not None:
        return ""
    try:
        value_reader(column, source, settings.lan_kod(), spellings=(text,))(text)
    except RefusedText as error:
        return error.allowed
    return ""


def _category(text: str, column: Column, codes: Mapping[str, str | None]) -> str | None:
    spelling = _known_spelling(text, column, codes)
    if spelling is not None:
        return codes[spelling]
    if text.casefold() in NO_VALUE or is_excel_error(text):
        return None
    if has_several(text, column):
        what, action = "cellen har flera värden", "Skriv en rad för varje"
        raise RefusedText(FindingCode.CATEGORY_UNKNOWN, what, ", ".join(main_words(column)), action, is_known_word=True)
    if is_date(text):
        raise RefusedText(FindingCode.DATES_IN_CATEGORY, "värdet är ett datum", ", ".join(main_words(column)), "")
    suggestion = near_word(text, column)
    if column.unknown and suggestion is None and is_word(text):
        return column.unknown
    action = f"Menar du {suggestion}?" if suggestion else "Rätta värdet, eller lämna cellen tom om uppgift saknas"
    allowed = ", ".join(main_words(column))
    raise RefusedText(
        FindingCode.CATEGORY_UNKNOWN, "värdet är okänt", allowed, action, is_known_word=suggestion is not None
    )


def is_known(text: str, column: Column) -> bool:
    """Whether a text is, or says in more words than it must, one of a category's values."""
    return _known_spelling(text, column, codes_of(column)) is not None


def has_several(text: str, column: Column) -> bool:
    """Whether a text is several known words that mean different things: `SSK, AT`."""
    codes = codes_of(column)
    parts = [folded_with_signs(part) for part in re.split(r"[/,;+&]| och ", text) if part.strip()]
    return len(parts) > 1 and all(part in codes for part in parts) and len({codes[part] for part in parts}) > 1


def _known_spelling(text: str, column: Column, codes: Mapping[str, str | None]) -> str | None:
    """The spelling that a text has, or that all of its parts mean: "Särskilt boende (SÄBO)", "Leg. ssk, natt".

    Where a category takes unknown words, one known word among others is enough: an unknown word is no other value.
    """
    whole = folded_with_signs(text)
    own_spelling = next((s for s in (whole, *map(folded_with_signs, _words_alone(text))) if s in codes), None)
    if own_spelling is not None:
        return own_spelling
    parts = [folded_with_signs(part) for part in re.split(r"[()/,]", text) if part.strip()]
    if len(parts) > 1 and all(part in codes for part in parts) and len({codes[part] for part in parts}) == 1:
        return parts[0]
    words = whole.split()
    if not column.unknown or _NOT_IN_OFFICE.intersection(words):
        return None
    spellings = [spelling for word in words if (spelling := _word_at_end(word, codes))]
    if len({codes[spelling] for spelling in spellings}) != 1:
        return None
    has_name = any(len(spelling) >= _LONG_WORD for spelling in spellings)
    return spellings[0] if has_name or _BESIDE_SHORT.issuperset(set(words) - set(spellings)) else None


def _words_alone(text: str) -> list[str]:
    """A word without its number in a list, or without its letters beside it."""
    numbered, lettered = _NUMBERED.fullmatch(text), _WITH_LETTERS.fullmatch(text)
    is_own = lettered is not None and _are_letters_of(lettered["name"], lettered["letters"])
    return [match[1] for match in (numbered, lettered if is_own else None) if match]


def _are_letters_of(name: str, letters: str) -> bool:
    """Whether letters stand in a name in that order, the first one first: KB of `Korttidsboende`."""
    rest = iter(name.casefold())
    return name[:1].casefold() == letters[0].casefold() and all(letter in rest for letter in letters.casefold())


def _word_at_end(word: str, codes: Mapping[str, str | None]) -> str | None:
    """The known word that a word is, or ends with: a Demenssjuksköterska is a sjuksköterska, an Undersköterska none."""
    if word in codes:
        return word
    return next((code for code in codes if len(code) >= _LONG_WORD and " " not in code and word.endswith(code)), None)


def is_word(text: str) -> bool:
    """Whether a text can be a word for a kind of thing, with its code in a list before it: no number, no id."""
    text = _CODE_BEFORE.sub("", text)
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))


def near_word(text: str, column: Column) -> str | None:
    """The allowed word that is most like a text, if any is like enough: Undersköterska is no sjuksköterska."""
    if any(map(str.isdigit, text)):
        return None
    # short words are alike by chance
    words = {spelling: match_key(spelling) for spelling in column.values if len(spelling) > 3}
    cutoff = _NEAR_SHORT if len(text) < 8 else _NEAR_LONG
    match = process.extractOne(match_key(text), words, scorer=fuzz.ratio, score_cutoff=cutoff)
    return match[2] if match else None


def main_words(column: Column) -> list[str]:
    """One spelling of each value, the first: all of them would be a long list."""
    return list({code: spelling for spelling, code in reversed(list(column.values.items()))}.values())[::-1]


def _integer(text: str, column: Column) -> int:
    text = _without_unit(codes_of(column).get(folded_with_signs(text)) or text, column)
    if column.maximum is not None and column.maximum >= LARGE and (match := _COUNTED.fullmatch(text)):
        text = match["number"].strip()
    value = _number(text, column)
    # 1.000 is a thousand to some and one to others, so any other number of zeros may follow a whole number
    if not _WHOLE.fullmatch(_without_thousands(text)):
        allowed = _range(column, "ett heltal utan punkt och komma")
        raise RefusedText(FindingCode.NOT_AN_INTEGER, "värdet är inget heltal", allowed, "Rätta värdet")
    return int(value)


def _without_unit(text: str, column: Column) -> str:
    """`82 år` → `82`; `100+` and `100 år och äldre` → `100` where the column may be open from there."""
    if column.limits and (ages := _AGES.fullmatch(text)):
        return _age_of_group(int(ages["first"]), int(ages["last"]), column)
    if column.limits and (age := _MORE_THAN_YEARS.fullmatch(text)):
        return age["years"]
    if not column.unit or not (match := _WITH_UNIT.fullmatch(text)):
        return text
    number, unit, is_open = match["number"], (match["unit"] or "").casefold(), match["open"]
    if unit not in {"", column.unit} or (is_open and (column.open_from is None or int(number) < column.open_from)):
        return text
    return number


def _age_of_group(first: int, last: int, column: Column) -> str:
    """The last age of a group that is whole within one of those that are counted: `65–79` → `79`, not `75–84`."""
    limits = (0, *column.limits, LARGE)
    if first > last or not any(low <= first and last < high for low, high in pairwise(limits)):
        what = f"åldersgruppen går över {' eller '.join(map(str, column.limits))} år, där åldrarna delas"
        allowed, action = f"{column.description}, eller grupper inom dem", "Hämta uttaget på nytt med åldern i hela år"
        raise RefusedText(FindingCode.NOT_A_NUMBER, what, allowed, action, is_known_word=True)
    return str(last)


def _year(text: str, column: Column) -> int:
    """`2023`, `År 2023`, and the last day of a year: no other day says which year's figures they are."""
    year, rest = year_in(text) or ("", "")
    if year and not rest:
        return _integer(year, column)
    if _day(_TIME.sub("", text)) is not None:
        what, allowed = "värdet är en dag och inget år", "ett årtal, eller årets sista dag (2023-12-31)"
        raise RefusedText(FindingCode.NOT_A_NUMBER, what, allowed, "Skriv året som talen gäller")
    if _is_part_of_year(text):
        what, action = "värdet är en del av ett år", "Hämta talen per år"
        raise RefusedText(FindingCode.NOT_A_NUMBER, what, "ett årtal (2023)", action, is_known_word=True)
    if _SEVERAL_YEARS.fullmatch(text):
        what, action = "värdet är flera år", "Hämta talen per år, eller skriv i filen det år som de ska stå för"
        raise RefusedText(FindingCode.NOT_A_NUMBER, what, "ett årtal (2023)", action, is_known_word=True)
    return _integer(text, column)


def _is_part_of_year(text: str) -> bool:
    """Whether a text is a month, a quarter or another part of a year: `2024K1`, `mars 2024`."""
    period = periods.parse(text) if _HAS_YEAR.search(text) else None
    return period is not None and (period.span.last - period.span.first).days < _DAYS_OF_YEAR


def _number(text: str, column: Column) -> float:
    value = _float(text)
    if (value is None and has_id_form(text)) or sum(map(str.isdigit, re.split("[.,]", text)[0])) >= _DIGITS_OF_ID:
        what, action = "talet har formen av ett person-id", "Kontrollera att kolumnerna inte är förskjutna"
        raise RefusedText(FindingCode.ID_IN_NUMBERS, what, _range(column, "ett tal"), action)
    if value is None and may_end_in_mark(text):
        what, action = "det går inte att se var talet slutar och fotnoten börjar", "Skriv talet utan fotnot"
        raise RefusedText(FindingCode.NOT_A_NUMBER, what, _range(column, "ett tal"), action)
    if value is None:
        raise RefusedText(FindingCode.NOT_A_NUMBER, "värdet är inget tal", _range(column, "ett tal"), _MEND_OR_EMPTY)
    low = -_LARGEST if column.minimum is None else column.minimum
    high = _LARGEST if column.maximum is None else column.maximum
    if not low <= value <= high:
        what, allowed = "värdet är utanför det möjliga", _range(column, "ett tal")
        raise RefusedText(FindingCode.OUT_OF_RANGE, what, allowed, _MEND_OR_EMPTY)
    return value


def _float(text: str) -> float | None:
    """`1 885,5` → 1885.5. A space stands between thousands and nowhere else: "1 2" is two numbers."""
    text = _AS_TEXT.sub("", text, count=1) if text.startswith(("'", "’")) else text
    if any(c.isspace() for c in text) and not _THOUSANDS.fullmatch(text):
        return None
    digits = _without_thousands(_BELOW_ZERO.sub("-", text)).replace("\u2212", "-").replace(",", ".")
    try:
        return float(digits) if digits.isascii() and set(digits) <= set("0123456789.-") else None
    except ValueError:
        return None


def _without_thousands(text: str) -> str:
    """The number without what stands between its thousands, and before a number that is kept as text."""
    if _BOTH_SIGNS.fullmatch(text):
        return text.replace("." if "," in text[-4:] else ",", "")
    plain = "".join(text.split())
    return re.sub("['’]", "", plain) if _THOUSANDS.fullmatch(text) or _AS_TEXT.match(plain) else plain


def _date(text: str) -> date | None:
    if text.casefold() in NO_VALUE or is_excel_error(text):
        return None
    if _MONTH_FIRST.fullmatch(text):
        what, action = "datumet är skrivet månad/dag/år", "Hämta uttaget på nytt med datum som ÅÅÅÅ-MM-DD"
        raise RefusedText(FindingCode.NOT_A_DATE, what, "ÅÅÅÅ-MM-DD", action)
    day = _day(_TIME.sub("", text))
    if day is None:
        what = "värdet är inget datum som finns"
        raise RefusedText(FindingCode.NOT_A_DATE, what, "ÅÅÅÅ-MM-DD", _MEND_DATE)
    if not _FIRST_DAY <= day <= clock.today():
        raise RefusedText(FindingCode.IMPOSSIBLE_DATE, "datumet är omöjligt", "en dag som har varit", _MEND_DATE)
    return day


def days_or_months(texts: Sequence[str]) -> list[int]:
    """Places of the dates of which nobody sees what is the day: 03/04/2024, where no other has a day after the 12th."""
    pairs = [(place, match) for place, text in enumerate(texts) if (match := _DAY_OR_MONTH.fullmatch(text.strip()))]
    if any(int(match[1]) > _MONTHS for _, match in pairs):
        return []
    return [place for place, match in pairs if int(match[1]) != int(match[2])]


def is_date(text: str) -> bool:
    """Whether a text is a day as people write it, with or without a time, whatever century it is of."""
    day = _TIME.sub("", text.strip())
    return _WRITTEN_DAY.fullmatch(day) is not None or (len(day) == _SHORTEST_DATE and _day(day) is not None)


def _birth_year(text: str) -> int | None:
    if text.casefold() in NO_VALUE or is_excel_error(text):
        return None
    match = _BIRTH_YEAR.fullmatch(text)
    if match is None or not _FIRST_DAY.year <= int(match[1]) <= clock.today().year:
        allowed = f"ett årtal från {_FIRST_DAY.year} till i år"
        raise RefusedText(FindingCode.OUT_OF_RANGE, "värdet är inget födelseår", allowed, _MEND_OR_EMPTY)
    return int(match[1])


def day_of_number(text: str) -> date | None:
    """The day that a spreadsheet means by a number: `16000` is 1943-10-21. A year and a day without dashes are none."""
    match = _DAY_NUMBER.fullmatch(text)
    day = _FIRST_DAY_NUMBER + timedelta(days=int(match[1])) if match else None
    return day if match and int(match[1]) > _LAST_YEAR and day and day <= clock.today() else None


def _day(text: str) -> date | None:
    if (day := day_of_number(text)) is not None:
        return day
    if match := _DAY_IN_WORDS.fullmatch(text):
        text = f"{match['year']}-{month_number(match['month'])}-{match['day']}"
    for form in _DATE_FORMS if len(text) >= _SHORTEST_DATE else ():
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _text(text: str) -> str | None:
    if mask_ids(text) != text:
        what, action = "texten liknar ett person-id", "Kontrollera att kolumnerna inte är förskjutna"
        raise RefusedText(FindingCode.ID_IN_TEXT, what, "text utan person-id", action)
    return unicodedata.normalize("NFC", text) or None


def _range(column: Column, noun: str) -> str:
    if column.minimum is None:
        return noun
    if column.maximum and column.minimum <= -LARGE:
        return f"{noun}, högst {len(str(int(column.maximum)))} siffror"
    if column.maximum is None or column.maximum >= LARGE:
        most_digits = f", högst {len(str(int(column.maximum)))} siffror" if column.maximum else ""
        return f"{noun} från {column.minimum:g}{most_digits}"
    return f"{noun} från {column.minimum:g} till {column.maximum:g}"


def _value_of(text: str) -> str:
    """A value without its sign of per cent, and without a plus."""
    plain = text.removesuffix("%").removesuffix("procent").rstrip()
    return _UPWARDS.sub("", plain, count=1) if plain.startswith("+") else plain


def _text_of(_column: Column) -> Callable[[str], Value]:
    return _text


def _category_of(column: Column) -> Callable[[str], Value]:
    codes = codes_of(column)
    return lambda text: _category(text, column, codes)


_READERS: dict[str, Callable[[Column], Callable[[str], Value]]] = {
    "ages": lambda column: lambda text: age_group(text, column),
    "category": _category_of,
    "integer": lambda column: lambda text: _integer(text, column),
    "year": lambda column: lambda text: _year(text, column),
    "number": lambda column: lambda text: _number(_value_of(text), column),
    "percent": lambda column: lambda text: _number(text.removesuffix("%").removesuffix("procent").rstrip(), column),
    "birth_year": lambda _column: _birth_year,
    "date": lambda _column: _date,
}
"""What reads the texts of a column, by its kind; a text is read as it is."""
