"""Text to values, column by column: each distinct text is read once, and has one finding if it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from naravard.base.codes import FindingCode, Level
from naravard.base.footnotes import number_without_mark, plain_year
from naravard.base.mask import MASKED_TEXT, mask_cell
from naravard.base.model import Column, Finding, Source, Tecken
from naravard.base.numbers import number, quantity
from naravard.intake.areas import UNKNOWN_AREA
from naravard.intake.cells import (
    LARGE,
    NUMBER_KINDS,
    Value,
    day_of_number,
    days_or_months,
    has_several,
    is_excel_error,
    is_known,
    is_taken_away,
    is_word,
    near_word,
    sign_of,
    value_reader,
)
from naravard.intake.read.body import first_and_count
from naravard.intake.refused import RefusedText
from naravard.intake.thousands import counts_without_signs, may_be_thousands

MOST_FINDINGS = 1000
_OFTEN = 3
"""A text on so many rows is no person's."""
_SHORT_NUMBER = re.compile(r"[-\d.,%<>~ ]{1,7}")
_GROUPED_NUMBER = re.compile(r"\d{1,3}(?:[.,'’]\d{3}){1,2}")
_PERIOD = re.compile(
    r"(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)"
    r"|(?:19|20)\d\d[ -]?(?:[A-Za-z]{1,2} ?)?\d{1,2}|[A-Za-z.]{1,3} ?\d{1,2} (?:19|20)\d\d"
)
"""Numbers with many digits that are no ids: `11.885`, `2024K1`, `v. 14 2024`."""
_LONGEST_QUOTE = 60
_MOST_SHARE = 0.03
"""The share of a column that may be taken away without a warning."""
_MOST_QUOTES = 5
_YES_AND_NO = {"ja", "nej"}
_ABOUT_SIGNS: Mapping[Tecken, tuple[FindingCode, str]] = {
    "dolt": (FindingCode.NUMBER_HIDDEN, "läses som ett dolt tal"),
    "ungefarligt": (FindingCode.NUMBER_ROUGH, "är bara ungefärligt och läses som att talet saknas"),
    "ej_tillampligt": (FindingCode.NUMBER_MISSING, "läses som ej tillämpligt, inte som att talet saknas"),
}
_TYPES: dict[str, pa.DataType] = {
    "area": pa.string(),
    "category": pa.string(),
    "integer": pa.int64(),
    "year": pa.int32(),
    "birth_year": pa.int32(),
    "number": pa.float64(),
    "percent": pa.float64(),
    "date": pa.date32(),
    "text": pa.string(),
    "ages": pa.string(),
}
_KINDS_WITH_MARKS = {"integer", "number", "percent"}
_SIGNS_OF_PERCENT = ("%", "procent")
_MANY_ALIKE, _MOST_OF_COLUMN = 5, 0.5
"""So many texts that are refused alike, and so large a share of the column's, are a column of another kind."""
_NINES = re.compile(r"-?9{2,7}(?:[.,]0+)?")
_TIMES_FAR = 5
_ENOUGH_WITH_ONE = 8
_WITH_DECIMALS = re.compile(r"[-\u2212]?[\d\s]+[.,](\d+)(?:\s?%)?")
_MANY_UNKNOWN = 10
_UNKNOWN_WORDS = {
    FindingCode.KOMMUN_UNKNOWN: "namn är okända som kommuner",
    FindingCode.CATEGORY_UNKNOWN: "värden är okända",
}
_MOST_CHOSEN = 20
"""The same where words have a meaning that is chosen one by one: levels of RUB."""
_FEWEST_ALIKE = 3
_LIKE_THOUSANDS = re.compile(r"[-\u2212]?[1-9]\d{0,2}[.,]\d{3}")
_DECIMALS = re.compile(
    r"[-\u2212]?(?:\d+(?P<few>[.,])(?:\d{1,2}|\d{4,})|(?:0|\d{4,})(?P<long>[.,])\d+"
    r"|\d{1,3}(?:\.\d{3})+(?P<comma>,)\d+|\d{1,3}(?:,\d{3})+(?P<point>\.)\d+)"
)
"""Numbers whose sign can be nothing but that of decimals."""
_OF_OTHER_KIND = {
    *(FindingCode.NOT_A_NUMBER, FindingCode.NOT_AN_INTEGER, FindingCode.OUT_OF_RANGE),
    *(FindingCode.NOT_A_DATE, FindingCode.IMPOSSIBLE_DATE),
}
_Refusals = dict[int, RefusedText]
"""Code of a text in the dictionary → why it cannot be read."""


@dataclass(frozen=True)
class ConvertedColumn:
    """A column as values. `signs` says why a number is not there, for sources without persons."""

    values: pa.Array
    signs: pa.Array | None
    findings: list[Finding]

    def arrays(self, name: str) -> dict[str, pa.Array]:
        """The column and its signs, by the names that SQL has for them."""
        return {name: self.values} | ({} if self.signs is None else {f"{name}_tecken": self.signs})


def convert(
    texts: pa.DictionaryArray, row_numbers: pa.Array, column: Column, heading: str, source: Source, lan: str
) -> ConvertedColumn:
    """Read one column. `texts` and `row_numbers` (in the file) are of equal length, as are the answers."""
    about_marks: list[Finding] = []
    if column.kind in _KINDS_WITH_MARKS and not source.has_persons:
        texts, about_marks = _without_marks(_FileColumn(texts, row_numbers, heading))
    if column.kind == "integer" and (column.maximum or LARGE) >= LARGE:
        texts, about_thousands = _without_thousands(_FileColumn(texts, row_numbers, heading))
        about_marks += about_thousands
    values, signs, refusals = _read(texts.dictionary.to_pylist(), column, heading, source, lan)
    file_column = _FileColumn(texts, row_numbers, heading)
    many_alike = _MOST_CHOSEN if column.values else _MANY_ALIKE
    findings = file_column.about_refusals(refusals, may_be_names=source.has_persons, many_alike=many_alike)
    findings += [*about_marks, *file_column.about_signs(signs, is_count=column.required and not source.cumulative)]
    if heading:
        findings += file_column.about_taken_away(column, has_persons=source.has_persons)
        is_asked = source.has_persons or not any(text.strip() for text in texts.dictionary.to_pylist())
        findings += file_column.about_empty_cells(column, values) if is_asked else []
        findings += file_column.about_marked_years(column)
        findings += file_column.about_nothing_but_zero(column, values, is_count=not source.ready_values)
        findings += file_column.about_unknown_words(column)
        findings += [] if refusals else file_column.about_one_answer(column, values)
        findings += file_column.about_unknown_areas(values)
        findings += file_column.about_day_numbers(column)
        findings += file_column.about_days_or_months(column)
        findings += file_column.about_three_decimals(column)
        findings += file_column.about_one_decimal_more(column)
        findings += file_column.about_nines(column, values)
        findings += file_column.about_shares_of_one(column, values)
    if column.required and not source.has_persons and not source.cumulative:
        findings += file_column.about_missing(signs)
    has_signs = column.kind in NUMBER_KINDS and not source.has_persons
    return ConvertedColumn(
        _on_rows(pa.array(values, _TYPES[column.kind]), texts.indices, has_many_rows=source.has_persons),
        pa.array(signs, pa.string()).take(texts.indices) if has_signs else None,
        findings,
    )


def _on_rows(values: pa.Array, indices: pa.Array, *, has_many_rows: bool) -> pa.Array:
    """The value of each row; words that stand on many rows are a dictionary, in which each of them stands once."""
    if not has_many_rows or not pa.types.is_string(values.type):
        return values.take(indices)
    words = values.dictionary_encode()
    return pa.DictionaryArray.from_arrays(words.indices.take(indices), words.dictionary)


def _without_marks(column: _FileColumn) -> tuple[pa.DictionaryArray, list[Finding]]:
    """The column's numbers without marks of footnotes, and on how many rows they stand: they can say much."""
    spellings = column.texts.dictionary.to_pylist()
    plain = list(map(number_without_mark, spellings))
    codes = [code for code, spelling in enumerate(spellings) if spelling != plain[code]]
    rows = column.rows_of(codes)
    if rows is None:
        return column.texts, []
    what = "talen har ett märke för en fotnot, och läses utan det"
    action = "Läs vad fotnoten säger: talet kan vara preliminärt, osäkert eller mätt på ett annat sätt"
    examples = ", ".join(spellings[code].strip() for code in codes[:_MOST_QUOTES])[:_LONGEST_QUOTE]
    finding = column.finding(Level.WARNING, FindingCode.NUMBER_MARKED, what, rows, "", action, examples)
    return pa.DictionaryArray.from_arrays(column.texts.indices, pa.array(plain, pa.string())), [finding]


def _without_thousands(column: _FileColumn) -> tuple[pa.DictionaryArray, list[Finding]]:
    """The column's counts without the points or commas between their thousands, which are asked about."""
    spellings = column.texts.dictionary.to_pylist()
    counts = counts_without_signs(spellings)
    rows = column.rows_of(list(counts))
    if rows is None:
        return column.texts, []
    first, count = next(iter(counts.items()))
    what = f"punkt eller komma läses som tusentalsavgränsare: {spellings[first].strip()} är {number(int(count))}"
    action = "Kontrollera att talen är antal, och inte medelvärden med tre decimaler"
    finding = column.finding(Level.WARNING, FindingCode.NUMBER_AMBIGUOUS, what, rows, "", action)
    plain = [counts.get(code, spelling) for code, spelling in enumerate(spellings)]
    return pa.DictionaryArray.from_arrays(column.texts.indices, pa.array(plain, pa.string())), [finding]


def cap(findings: list[Finding]) -> list[Finding]:
    """The first findings of a kind, and how many more there are: nobody reads twenty thousand lines."""
    if len(findings) <= MOST_FINDINGS:
        return findings
    rest = len(findings) - MOST_FINDINGS
    what = f"ytterligare {rest} fel av samma slag" if rest > 1 else "ytterligare ett fel av samma slag"
    return [*findings[:MOST_FINDINGS], Finding(Level.ERROR, FindingCode.MORE_ALIKE, what, column=findings[0].column)]


def _read(
    spellings: Sequence[str], column: Column, heading: str, source: Source, lan: str
) -> tuple[list[Value], list[Tecken | None], _Refusals]:
    """Each distinct text as a value, or the sign or the refusal that it has instead."""
    read_text = value_reader(column, source, lan, heading=heading, spellings=spellings)
    other_sign = _sign_of_thousands(spellings) if column.kind == "number" else ""
    values: list[Value] = []
    signs: list[Tecken | None] = []
    refusals: _Refusals = {}
    for code, spelling in enumerate(spellings):
        text = spelling.replace("\u00a0", " ").strip()
        sign, value = sign_of(text, column, source), None
        if len(refusals) > MOST_FINDINGS:  # the report is full: the rest is not read
            refusals[code] = next(iter(refusals.values()))
        elif sign is None:
            try:
                value = read_text(text)
                if other_sign in text and other_sign and _LIKE_THOUSANDS.fullmatch(text):
                    raise _thousands_or_decimals(other_sign)
            except RefusedText as error:
                refusals[code] = error
        values.append(value)
        signs.append(sign)
    return (_in_percent(values, spellings) if column.kind == "percent" else values), signs, refusals


def _is_far_above(value: Value, others: Sequence[float]) -> bool:
    return isinstance(value, float) and abs(value) > _TIMES_FAR * max(others)


def _sign_of_thousands(spellings: Sequence[str]) -> str:
    """The sign that can stand between thousands, since other numbers have another before their decimals."""
    matches = filter(None, (_DECIMALS.fullmatch(spelling.strip()) for spelling in spellings))
    signs = {match[match.lastgroup or 0] for match in matches}
    return {",": ".", ".": ","}[signs.pop()] if len(signs) == 1 else ""


def _thousands_or_decimals(sign: str) -> RefusedText:
    name, other = ("punkten", "decimalkomma") if sign == "." else ("kommat", "decimalpunkt")
    what = f"{name} kan stå mellan tusental, för andra tal i kolumnen har {other}"
    action = "Skriv talet utan tecken mellan tusental"
    return RefusedText(FindingCode.NOT_A_NUMBER, what, "ett tal", action, is_known_word=True)


def _in_percent(values: list[Value], texts: Sequence[str]) -> list[Value]:
    """Shares in percent, for a column that writes them as `0,95`."""
    numbers = [value for value in values if isinstance(value, float)]
    if not numbers or max(numbers) > 1 or any("%" in text for text in texts):
        return values
    return [100 * value if isinstance(value, float) else value for value in values]


@dataclass(frozen=True)
class _FileColumn:
    """A column as it stands in the file, to say where in it something is."""

    texts: pa.DictionaryArray
    row_numbers: pa.Array
    heading: str

    def rows_with(self, sign: Tecken, signs: Sequence[Tecken | None]) -> tuple[int, int] | None:
        """First row and number of rows with a sign; None where there is none."""
        if sign not in signs:
            return None
        hits = pa.array([s == sign for s in signs], pa.bool_()).take(self.texts.indices)
        return first_and_count(self.row_numbers, hits)

    def about_signs(self, signs: Sequence[Tecken | None], *, is_count: bool) -> list[Finding]:
        """Signs instead of numbers. A dot among counts is asked about: some programs write it for what is missing."""
        findings = []
        for sign, (code, what) in _ABOUT_SIGNS.items():
            rows = self.rows_with(sign, signs)
            if rows is not None:
                example = self.texts.dictionary[signs.index(sign)].as_py().strip()[:20]
                # a hidden value is still one; a rough one is taken away
                is_much = sign == "ungefarligt" and rows[1] > _MOST_SHARE * len(self.texts)
                is_asked = sign == "ej_tillampligt" and is_count
                level = Level.WARNING if is_much or is_asked else Level.NOTE
                action = "SAS skriver så när ett tal saknas. Är det så: töm cellerna i filen" if is_asked else ""
                findings.append(self.finding(level, code, what, rows, action=action, value=example))
        return findings

    def about_empty_cells(self, column: Column, values: Sequence[Value]) -> list[Finding]:
        """Empty cells among groups that persons are counted in; where others have one answer alone that is asked."""
        codes = [code for code, text in enumerate(self.texts.dictionary.to_pylist()) if not text.strip()]
        rows = self.rows_of(codes) if column.values else None
        if rows is None or self.about_one_answer(column, values):
            return []
        if rows[1] == len(self.texts):
            what, action = "hela kolumnen är tom", "Hämta uttaget på nytt om uppgifterna ska finnas"
            return [self.finding(Level.WARNING, FindingCode.VALUES_TAKEN_AWAY, what, rows, action=action)]
        what = "tomma celler läses som att uppgiften saknas"
        return [self.finding(Level.NOTE, FindingCode.VALUES_TAKEN_AWAY, what, rows)]

    def about_marked_years(self, column: Column) -> list[Finding]:
        """Years with a mark, which says something of the numbers beside them: `2024 (prel.)`."""
        texts = [text.strip() for text in self.texts.dictionary.to_pylist()]
        codes = [code for code, text in enumerate(texts) if column.kind == "year" and plain_year(text) != text]
        rows = self.rows_of(codes)
        if rows is None:
            return []
        what = "året har ett märke, och läses utan det"
        action = "Läs vad märket säger: talen kan vara preliminära"
        code = FindingCode.NUMBER_MARKED
        return [self.finding(Level.NOTE, code, what, rows, action=action, value=texts[codes[0]][:_LONGEST_QUOTE])]

    def about_nothing_but_zero(self, column: Column, values: Sequence[Value], *, is_count: bool) -> list[Finding]:
        """Counts, or levels of persons, that are all 0: what a formula without its numbers gives."""
        is_likely = column.name == "alder" or column.kind != "integer" or not is_count
        if is_likely or set(values) - {None} != {0} or len(self.texts) < _FEWEST_ALIKE:
            return []
        rows = self.rows_of([code for code, value in enumerate(values) if value == 0])
        what, action = "alla tal i kolumnen är 0", "Kontrollera att talen är med i filen"
        return [] if rows is None else [self.finding(Level.WARNING, FindingCode.NUMBER_MISSING, what, rows, "", action)]

    def about_taken_away(self, column: Column, *, has_persons: bool) -> list[Finding]:
        """What is read as "uppgift saknas": a symbol in rows of persons, and what Excel writes where a formula failed.

        Excel's errors, and more than a few per cent of the column, are a warning.
        """
        spellings = self.texts.dictionary.to_pylist()
        plain = [spelling.replace("\u00a0", " ").strip() for spelling in spellings]
        findings = []
        for is_of_excel, what in ((True, "fel från Excel"), (False, "tecken")):
            codes = [
                code
                for code, text in enumerate(plain)
                if is_taken_away(text, column) and is_excel_error(text) == is_of_excel and (has_persons or is_of_excel)
            ]
            rows = self.rows_of(codes)
            if rows is None or column.kind == "area":
                continue
            is_much = is_of_excel or rows[1] > _MOST_SHARE * len(self.texts)
            level = Level.WARNING if is_much else Level.NOTE
            sentence = f"{what} läses som att uppgiften saknas"
            action = "Hämta uttaget på nytt om uppgifterna ska finnas"
            quotes = ", ".join(dict.fromkeys(plain[code] for code in codes))[:_LONGEST_QUOTE]
            findings.append(
                self.finding(level, FindingCode.VALUES_TAKEN_AWAY, sentence, rows, action=action, value=quotes)
            )
        return findings

    def about_unknown_words(self, column: Column) -> list[Finding]:
        """Words that a column's source does not know, and that are read as its other group."""
        if not column.unknown:
            return []
        plain = [spelling.replace("\u00a0", " ").strip() for spelling in self.texts.dictionary.to_pylist()]
        codes = [
            code
            for code, text in enumerate(plain)
            if is_word(text)
            and not is_known(text, column)
            and not is_taken_away(text, column)
            and near_word(text, column) is None  # which is asked about, as several are
            and not has_several(text, column)
        ]
        rows = self.rows_of(codes)
        if rows is None:
            return []
        level = Level.WARNING if rows[1] > _MOST_SHARE * len(self.texts) else Level.NOTE
        words = ", ".join(_quote(plain[code], _OFTEN, may_be_name=True) for code in codes[:_MOST_QUOTES])
        what = f"okända ord läses som ”{column.unknown}”"
        action = "Kontrollera att de inte är något av de andra"
        return [self.finding(level, FindingCode.UNKNOWN_AS_OTHER, what, rows, action=action, value=words)]

    def about_one_answer(self, column: Column, values: Sequence[Value]) -> list[Finding]:
        """A column of yes and no where nobody has one of them, and some have none: an empty cell may be the other."""
        words = {code: word for word, code in reversed(list(column.values.items()))}
        given_values = set(values) - {None}
        if set(words) != _YES_AND_NO or len(given_values) != 1:
            return []
        rows = self.rows_of([code for code, value in enumerate(values) if value is None])
        if rows is None or column.kind != "category":
            return []
        (answer,) = given_values
        (other,) = _YES_AND_NO - given_values
        what = f"kolumnen har bara ”{answer}”, och rader utan svar läses som att uppgiften saknas"
        action = f"Betyder de ”{other}”: säg det, annars blir andelen av dem som har svar missvisande"
        first = self.texts.dictionary[next(code for code, value in enumerate(values) if value is None)].as_py().strip()
        return [self.finding(Level.WARNING, FindingCode.ONE_ANSWER, what, rows, "", action, first or None)]

    def about_unknown_areas(self, values: Sequence[Value]) -> list[Finding]:
        """What is no area that anyone knows, and is left out."""
        codes = [code for code, value in enumerate(values) if value == UNKNOWN_AREA]
        rows = self.rows_of(codes)
        if rows is None:
            return []
        words = [_quote(self.texts.dictionary[code].as_py().strip(), _OFTEN, may_be_name=False) for code in codes]
        listing = ", ".join(dict.fromkeys(words[:_MOST_QUOTES])) + (" …" if len(words) > _MOST_QUOTES else "")
        what, action = "okända områden läses inte", "Kontrollera att inget av dem är en kommun i länet"
        return [
            self.finding(Level.WARNING, FindingCode.KOMMUN_UNKNOWN, what, rows, "", action, listing),
        ]

    def about_nines(self, column: Column, values: Sequence[Value]) -> list[Finding]:
        """`999` far above all others: what some programs write for a value that lacks."""
        if column.kind != "number":
            return []
        codes = [code for code, text in enumerate(self.texts.dictionary.to_pylist()) if _NINES.fullmatch(text.strip())]
        others = [abs(value) for code, value in enumerate(values) if isinstance(value, float) and code not in codes]
        rows = self.rows_of(
            [code for code in codes if len(others) >= _FEWEST_ALIKE and _is_far_above(values[code], others)]
        )
        if rows is None:
            return []
        what, action = "bara nior, och långt från de andra: det kan betyda att talet saknas", "Är det så: töm cellen"
        return [self.finding(Level.WARNING, FindingCode.NUMBER_MISSING, what, rows, "", action)]

    def about_one_decimal_more(self, column: Column) -> list[Finding]:
        """A few values with two decimals where all others have one: the last digit can be that of a footnote."""
        if column.kind != "number":
            return []
        counts = {code: len(match[1]) for code, text in enumerate(self.texts.dictionary.to_pylist())
                  if (match := _WITH_DECIMALS.fullmatch(text.strip()))}  # fmt: skip
        odd = [code for code, count in counts.items() if count == 2]
        has_one = sum(count == 1 for count in counts.values())
        if len(odd) + has_one < len(counts) or has_one < _ENOUGH_WITH_ONE or len(odd) > max(1, _MOST_SHARE * has_one):
            return []
        rows = self.rows_of(odd)
        if rows is None:
            return []
        what = "talet har en decimal fler än de andra: den sista siffran kan vara en fotnots"
        action = "Kontrollera talet. Är det en fotnot: ta bort den i filen"
        value = self.texts.dictionary[odd[0]].as_py().strip()
        return [self.finding(Level.WARNING, FindingCode.NUMBER_AMBIGUOUS, what, rows, "", action, value)]

    def rows_of(self, codes: Sequence[int]) -> tuple[int, int] | None:
        """First row and number of rows with one of these texts; None where there is none."""
        if not codes:
            return None
        return first_and_count(
            self.row_numbers, pc.is_in(self.texts.indices, value_set=pa.array(codes, self.texts.indices.type))
        )

    def about_missing(self, signs: Sequence[Tecken | None]) -> list[Finding]:
        """A number that a table ought to have and has not: a dash, an empty cell, or a formula that failed."""
        rows = self.rows_with("saknas", signs)
        if rows is None:
            return []
        action = "Kontrollera cellen. Den kan vara tom, eller ha en formel som inte gick att räkna"
        allowed = "ett tal, eller .. för ett dolt"
        return [self.finding(Level.WARNING, FindingCode.NUMBER_MISSING, "tal saknas", rows, allowed, action)]

    def about_refusals(self, refusals: _Refusals, *, may_be_names: bool, many_alike: int) -> list[Finding]:
        """One finding for each text that was refused, in the order of the file."""
        if not refusals:
            return []
        places = pa.table({"code": self.texts.indices, "row": self.row_numbers}).group_by("code")
        rows = places.aggregate([("row", "min"), ("row", "count")]).to_pylist()
        in_order = sorted((r["row_min"], r["row_count"], r["code"]) for r in rows if r["code"] in refusals)
        findings = self._about_column(refusals, many_alike, may_be_names=may_be_names)
        refusals_alone = {
            code
            for code, refusal in refusals.items()
            if refusal.code is not FindingCode.DATES_IN_CATEGORY and not any(_is_about(f, refusal) for f in findings)
        }
        findings += [*self._about_dates(refusals), *self._about_many(refusals, refusals_alone)]
        for row, count, code in (place for place in in_order if place[2] in refusals_alone):
            refusal, text = refusals[code], self.texts.dictionary[code].as_py().strip()
            quote = _quote(text, count, may_be_name=may_be_names and not refusal.is_known_word)
            what, allowed, action = refusal.what, refusal.allowed, refusal.action
            findings.append(self.finding(Level.ERROR, refusal.code, what, (row, count), allowed, action, quote or None))
        return cap(findings)

    def _about_column(self, refusals: _Refusals, many_alike: int, *, may_be_names: bool) -> list[Finding]:
        """One error for each way in which most of the column's texts are refused: it is not what it is read as."""
        codes_by_refusal: dict[tuple[FindingCode, str], list[int]] = {}
        for code, refusal in refusals.items():
            if refusal.code in _OF_OTHER_KIND and not refusal.is_known_word:
                codes_by_refusal.setdefault((refusal.code, refusal.what), []).append(code)
        text_count = sum(bool(text.strip()) for text in self.texts.dictionary.to_pylist())
        findings = []
        for (_, what), codes in codes_by_refusal.items():
            rows = self.rows_of(codes)
            if rows is None or len(codes) < max(many_alike, _MOST_OF_COLUMN * text_count):
                continue
            sentence = f"{what}, och så är det med {number(len(codes))} olika värden i kolumnen"
            action = "Välj en annan kolumn, eller hämta uttaget på nytt med kolumnen i den formen"
            allowed, unreadable = refusals[codes[0]].allowed, FindingCode.COLUMN_UNREADABLE
            quote = _quote(self.texts.dictionary[codes[0]].as_py().strip(), 1, may_be_name=may_be_names)
            findings.append(self.finding(Level.ERROR, unreadable, sentence, rows, allowed, action, quote or None))
        return findings

    def _about_dates(self, refusals: _Refusals) -> list[Finding]:
        """One error for all dates in a column of words: what a date means there is one question."""
        codes = [code for code, refusal in refusals.items() if refusal.code is FindingCode.DATES_IN_CATEGORY]
        rows = self.rows_of(codes)
        if rows is None:
            return []
        what = f"kolumnen har datum, {number(len(codes))} olika"
        action = "Säg vad ett datum betyder, en gång för alla, eller välj en annan kolumn"
        code, allowed = FindingCode.DATES_IN_CATEGORY, refusals[codes[0]].allowed
        return [self.finding(Level.ERROR, code, what, rows, allowed, action)]

    def _about_many(self, refusals: _Refusals, codes: Collection[int]) -> list[Finding]:
        """One error above those of many words that are unknown, each of which has its own: is it the right column?"""
        findings = []
        for code, noun in _UNKNOWN_WORDS.items():
            own_codes = [each for each in codes if refusals[each].code is code]
            rows = self.rows_of(own_codes)
            if rows is None or len(own_codes) < _MANY_UNKNOWN:
                continue
            what = f"{number(len(own_codes))} olika {noun}, på {quantity(rows[1], 'rad', 'rader')}"
            action = "Är det rätt kolumn? Välj annars en annan. Vart och ett går också att välja för sig"
            allowed = refusals[own_codes[0]].allowed
            findings.append(Finding(Level.ERROR, FindingCode.MANY_UNKNOWN, what, allowed, action, self.heading))
        return findings

    def about_three_decimals(self, column: Column) -> list[Finding]:
        """Numbers that all have three digits after one sign: thousands to some programs, decimals to us."""
        if column.kind != "number":
            return []
        texts = [(code, text.strip()) for code, text in enumerate(self.texts.dictionary.to_pylist())]
        with_sign = [(code, text) for code, text in texts if "." in text or "," in text]
        rows = self.rows_of([code for code, _ in with_sign])
        if (
            rows is None
            or not may_be_thousands([text for _, text in texts])
            or not all(_LIKE_THOUSANDS.fullmatch(t) for _, t in with_sign)
        ):
            return []
        what = f"tal med tre siffror efter tecknet läses som decimaler: {with_sign[0][1]} är mindre än tusen"
        action = "Är tecknet en tusentalsavgränsare: ta bort det i filen"
        return [self.finding(Level.WARNING, FindingCode.NUMBER_AMBIGUOUS, what, rows, "", action)]

    def about_shares_of_one(self, column: Column, values: Sequence[Value]) -> list[Finding]:
        """Numbers of at most 1 without a sign, beside others in per cent: `0,95` below `94 %`."""
        if column.kind not in {"number", "percent"}:
            return []
        texts = [number_without_mark(text.strip()) for text in self.texts.dictionary.to_pylist()]
        is_in_percent = [text.endswith(_SIGNS_OF_PERCENT) for text in texts]
        codes = [
            code
            for code, value in enumerate(values)
            if isinstance(value, float) and 0 < abs(value) <= 1 and not is_in_percent[code]
        ]
        rows = self.rows_of(codes)
        if rows is None or not any(is_in_percent):
            return []
        what = "andra tal i kolumnen står i procent, och talet kan vara en andel av ett (0,95 i stället för 95 %)"
        action = "Skriv alla tal i procent"
        return [self.finding(Level.WARNING, FindingCode.NUMBER_AMBIGUOUS, what, rows, "", action, texts[codes[0]])]

    def about_day_numbers(self, column: Column) -> list[Finding]:
        """Days that a spreadsheet has written as numbers: its own count of days, of which there are two."""
        if column.kind != "date":
            return []
        texts = self.texts.dictionary.to_pylist()
        rows = self.rows_of([code for code, text in enumerate(texts) if day_of_number(text.strip()) is not None])
        if rows is None:
            return []
        what = "tal läses som Excels dagnummer (1 är den 1 januari 1900)"
        action = "Kontrollera några av datumen: en fil från en äldre Mac kan ligga fyra år fel"
        return [self.finding(Level.WARNING, FindingCode.DAY_NUMBERS, what, rows, "", action)]

    def about_days_or_months(self, column: Column) -> list[Finding]:
        """Dates with strokes that are read with the day first, as nothing says that they are not."""
        rows = self.rows_of(days_or_months(self.texts.dictionary.to_pylist())) if column.kind == "date" else None
        if rows is None:
            return []
        what = "datum med snedstreck läses som dag/månad/år, men inget av dem visar att det inte är månad/dag/år"
        action = "Kontrollera några av dem, eller hämta uttaget på nytt med datum som ÅÅÅÅ-MM-DD"
        return [self.finding(Level.WARNING, FindingCode.DAYS_AMBIGUOUS, what, rows, "", action)]

    def finding(
        self,
        level: Level,
        code: FindingCode,
        what: str,
        rows: tuple[int, int],
        allowed: str = "",
        action: str = "",
        value: str | None = None,
    ) -> Finding:
        """A finding about so many rows of the column, from the first of them."""
        row, count = rows
        return Finding(level, code, what, allowed, action, self.heading, row, value, count)


def _is_about(finding: Finding, refusal: RefusedText) -> bool:
    return not refusal.is_known_word and finding.what.startswith(f"{refusal.what}, ")


def _quote(text: str, count: int, *, may_be_name: bool) -> str:
    """A refused text as a report may repeat it: one word in the wrong place can be a person's name."""
    is_no_person = not may_be_name and (_GROUPED_NUMBER.fullmatch(text) or _PERIOD.fullmatch(text))
    quote = text if is_no_person else mask_cell(text)[:_LONGEST_QUOTE]
    is_no_name = count >= _OFTEN or _SHORT_NUMBER.fullmatch(text)
    if may_be_name and quote == text and not is_no_name:
        return MASKED_TEXT if text else ""
    return quote
