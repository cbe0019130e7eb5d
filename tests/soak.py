"""Soak: good files are mutated thousands of times; none may crash the intake, show an id or be counted wrong.

`python -m tests.soak [--times 10000] [--seed 1] [--only NUMBER]`. All is EXEMPELDATA: born on 30 February.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import io
import os
import random
import re
import sys
import tempfile
import time
import traceback
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from naravard import intake, stores
from naravard.base.codes import FindingCode
from naravard.base.errors import UserError
from naravard.base.model import Finding
from naravard.store.snapshots import Store
from tests.test_counting import COSMIC, HOUSING, NAMES, PROFESSIONS, age_by_id, age_group, as_dict, cosmic_by_hand

Rows = list[list[str]]
Figures = dict[Any, Any]
ANY, SAME, BY_HAND = "any", "same", "by hand"
"""What is known of the right answer: nothing, that of the good file, or what plain Python counts from the rows."""
BOMS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ENGLISH = re.compile(r"\b(the|invalid|error|expected|column|row|failed|exception|none|nan)\b|Traceback|<class", re.I)


@dataclass
class Draft:
    """A file before it is written. `numbers` are the columns of numbers, `changed` those whose cells may change."""

    name: str
    kalla: str
    heading: list[str]
    rows: Rows
    numbers: tuple[int, ...]
    changed: tuple[int, ...]
    matperiod: str | None = "våren 2024"
    above: Rows = field(default_factory=list)
    below: Rows = field(default_factory=list)
    encoding: str = "utf-8"
    delimiter: str = ";"
    newline: str = "\n"
    quote_all: bool = False
    prefix: bytes = b""
    ending: str = ".csv"
    end: str | None = None
    sheets: list[tuple[Rows, bool]] = field(default_factory=list)

    def written(self) -> bytes:
        rows = [*self.above, self.heading, *self.rows, *self.below]
        return self._workbook(rows) if self.ending == ".xlsx" else self._text(rows)

    def _text(self, rows: Rows) -> bytes:
        text = io.StringIO()
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.newline, quoting=quoting).writerows(rows)
        whole = text.getvalue() if self.end is None else text.getvalue().rstrip("\r\n") + self.end
        return self.prefix + whole.encode(self.encoding, errors="replace")

    def _workbook(self, rows: Rows) -> bytes:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
            book.set_properties({"created": datetime(2024, 5, 1)})
            for cells, hidden in [*self.sheets, (rows, False)]:
                sheet = book.add_worksheet()
                for i, row in enumerate(cells):
                    sheet.write_row(i, 0, [int(c) if c.isdecimal() and len(c) < 9 else c for c in row])
                if hidden:
                    sheet.hide()
                else:
                    sheet.activate()
                    sheet.set_first_sheet()
        return file.getvalue()


@cache
def goods() -> tuple[Draft, ...]:
    rng, names = random.Random(0), list(NAMES)
    ids = [f"19{rng.randint(30, 69)}0230-{i:04}" for i in range(101, 125)]
    ages, levels = ["", "40", "64", "65", "79", "80", "101"], ["", "0", "1", "2", "3", "4", "5"]
    persons = [
        [rng.choice(ids), rng.choice(names), rng.choice([*HOUSING, ""]), rng.choice(ages), rng.choice(levels),
         rng.choice(["Ja", "Nej", ""])]
        for _ in range(36)
    ]  # fmt: skip
    jobs, homes = list(PROFESSIONS), list(HOUSING)
    insatser = [[rng.choice(x) for x in (ids, names, jobs, homes, ages)]
                for _ in range(36)]  # fmt: skip
    sabo = [[name, str(1100 + 7 * i), str(900 + i)] for i, name in enumerate(names)]
    sabo.append(["Summa", *(str(sum(int(r[c]) for r in sabo)) for c in (1, 2))])
    kolada = [["N21704", "Hemtjänst 80+, andel (%)", name, sex, *(f"{1200 + 9 * i + y},{y + 1}" for y in range(3))]
              for i, name in enumerate(names) for sex in ("Totalt", "Kvinnor")]  # fmt: skip
    px = [
        [f"{kod} {name}", age, sex, str(2000 + i), str(2100 + i)]
        for i, (name, kod) in enumerate(NAMES.items())
        for age in ("65+ år", "80+ år")
        for sex in ("kvinnor", "män")
    ]
    cosmic = Draft("cosmic utf-8", "cosmic", list(COSMIC), persons, (3, 4), (0, 1, 2, 3, 4, 5))
    return (
        cosmic,
        replace(cosmic, name="cosmic cp1252", encoding="cp1252", delimiter=",", newline="\r\n"),
        replace(cosmic, name="cosmic utf-16", encoding="utf-16-le", prefix=codecs.BOM_UTF16_LE, delimiter="\t"),
        replace(cosmic, name="cosmic xlsx", ending=".xlsx"),
        Draft("ensolutions", "ensolutions", ["Person-ID", "Kommun", "Yrke", "Boende", "Ålder"], insatser, (4,),
              (0, 1, 2, 3, 4)),
        Draft("sabo", "sabo", ["Kommun", "Boende på SÄBO", "Kommunal primärvård"], sabo, (1, 2), (0, 1, 2),
              above=[["Boende på SÄBO", "", ""], ["Utskrivet 2024-05-02", "", ""], ["", "", ""]]),
        Draft("kolada", "nyckeltal", ["Nyckeltal", "Titel", "Område", "Kön", "2021", "2022", "2023"], kolada, (4, 5, 6),
              (2, 3, 4, 5, 6), None),
        Draft("pxweb", "befolkning", ["region", "ålder", "kön", "Folkmängd 2022", "Folkmängd 2023"], px, (3, 4),
              (0, 1, 2, 3, 4), None, encoding="cp1252", delimiter=",", quote_all=True),
    )  # fmt: skip


def by_hand(kalla: str, rows: Rows) -> Figures | None:
    """The figures of the rows in plain Python, None where the file must be refused."""
    if kalla == "cosmic":
        return cosmic_by_hand([tuple(r) for r in rows]) if all(r[0] and r[1] for r in rows) else None  # type: ignore[misc]
    if kalla == "ensolutions":
        return _insatser(rows) if all(r[0] and r[1] for r in rows) else None
    found: Figures = {}
    if kalla == "sabo":
        for name, *numbers in rows:
            kod = "08" if name == "Summa" else NAMES.get(name)
            if kod is None or kod in found:
                return None
            found[kod] = tuple(int(n) if n else None for n in numbers)
        kommuner = [v for k, v in found.items() if len(k) == 4]
        if len(kommuner) == len(NAMES) and not any(None in v for v in kommuner):
            found["08"] = tuple(map(sum, zip(*kommuner, strict=True)))
        return found
    sexes = {"Totalt": "totalt", "Kvinnor": "kvinna", "kvinnor": "kvinna", "män": "man"}
    for row in rows:
        area, sex = (row[2], row[3]) if kalla == "nyckeltal" else (row[0][5:], row[2])
        age, values = ("", row[4:]) if kalla == "nyckeltal" else (row[1][:3], row[3:])
        for year, value in zip((2021, 2022, 2023) if kalla == "nyckeltal" else (2022, 2023), values, strict=True):
            key = (NAMES.get(area), year, age, sexes.get(sex))
            if None in key or (kalla == "befolkning" and not age) or key in found:
                return None
            found[key] = float(value.replace(",", ".")) if value else None
    found = {key: value for key, value in found.items() if value is not None}
    if kalla == "befolkning":
        for kod, year, age, sex in list(found):
            if sex == "kvinna" and (kod, year, age, "man") in found:
                found[kod, year, age, "totalt"] = found[kod, year, age, sex] + found[kod, year, age, "man"]
        lan: dict[Any, list[float]] = defaultdict(list)
        for (_, *rest), value in found.items():
            lan["08", *rest].append(value)
        found |= {key: sum(values) for key, values in lan.items() if len(values) == len(NAMES)}
    return found


def _insatser(rows: Rows) -> Figures:
    found: Counter[Any] = Counter()
    for niva in ("kommun", "lan"):
        persons: dict[Any, Rows] = defaultdict(list)
        for row in rows:
            if row[3] in {"Ordinärt boende", ""}:
                persons[row[0], NAMES[row[1]] if niva == "kommun" else "08"].append(row)
        for (person, kod), mine in persons.items():
            group = age_group([int(r[4]) if r[4] else age_by_id(person) for r in mine])
            jobs = {PROFESSIONS.get(r[2], "uppgift_saknas") for r in mine}
            found.update([(niva, kod, "totalt", "totalt"), (niva, kod, "aldersgrupp", group)])
            found.update((niva, kod, "profession", job) for job in jobs)
            found.update((niva, kod, "profession_65plus", job) for job in jobs if group in {"65-79", "80+"})
            found.update([(niva, kod, "ssk_alder", group)] if "ssk" in jobs and group in {"65-79", "80+"} else [])
    return dict(found)


def figures(done: intake.Examination) -> Figures:
    """The counts in the shape of `by_hand`; a key that stands twice is kept apart, so that it never looks right."""
    assert done.counts is not None
    if done.counts.kalla in {"cosmic", "ensolutions"}:
        return as_dict(done.counts)
    found: Figures = {}
    for r in done.counts.table.to_pylist():
        if done.counts.kalla == "sabo":
            key, value = r["kommun_kod"], (r["boende"], r["med_primarvard"])
        else:
            key = (r["kommun_kod"], r["ar"], r.get("aldersgrupp", ""), r["kon"])
            value = r["antal"] if "antal" in r else r["varde"]
        found[(key, "två gånger") if key in found else key] = value
    return found


def exact(done: intake.Examination) -> Rows:
    """The whole table, but for the source that a line below it may name."""
    assert done.counts is not None
    return [[f"{k}={v}" for k, v in r.items() if k != "kalla"] for r in done.counts.table.to_pylist()]


KNOWN: dict[str, str] = {
    **dict.fromkeys(
        ("bytes flip", "bytes delete", "bytes insert", "bytes duplicate", "bytes truncate", "zip_inside"), ANY
    ),
    **dict.fromkeys(("column_deleted", "column_renamed"), ANY),
    **dict.fromkeys(("cell_changed", "cell_emptied", "row_deleted", "row_duplicated"), BY_HAND),
    **dict.fromkeys(("junk_row", "sum_row", "column_duplicated", "wrong_bom", "stray_quote"), SAME),
}
HARMLESS = (
    *("rows_shuffled", "blank_lines", "titles_above", "footer_below", "columns_moved", "unknown_column", "encoding"),
    *("decomposed", "delimiter", "line_endings", "quote_all", "thousands", "kommun_spelled", "id_spelled", "sheets"),
)
KINDS = {**KNOWN, **dict.fromkeys(HARMLESS, SAME)}
JUNK: Rows = [["Sida 1 av 3"], ["Sida 1 av 3", "", ""], ["#REF!"] * 5, ["1"] * 5, ["-"] * 3, ["Obs"] * 9, ["----"]]
ABOVE: Rows = [["Uttag ur journalen"], ["Utskrivet", "2024-05-02"], [], ["Kommun: alla"], ["", "Rapport"]]
BELOW: Rows = [["Källa: Cosmic"], ["Siffrorna är preliminära"], [], ["Utskrivet av systemet"], ["Slut på rapporten"]]


def inside(rng: random.Random, content: bytes) -> bytes:
    """A workbook whose zip is whole, with one of its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        names = old.namelist()
        hit = rng.choice([*names, *(name for name in names if "workbook" in name or "sheet" in name)])
        for name in names:
            part, kind = old.read(name), rng.choice(["bytes flip", "bytes delete", "bytes insert", "bytes duplicate"])
            new.writestr(zipfile.ZipInfo(name), change_bytes(rng, kind, part) if name == hit else part)
    return file.getvalue()


def change_bytes(rng: random.Random, kind: str, content: bytes) -> bytes:
    """Change the bytes of a file that has been written."""
    for _ in range(rng.choice([1, 1, 2, 5])):
        at, to = rng.randrange(len(content) + 1), rng.randrange(len(content) + 1)
        match kind.removeprefix("bytes "):
            case "flip":
                content = (
                    content[:at] + bytes(c ^ 1 << rng.randrange(8) for c in content[at : at + 1]) + content[at + 1 :]
                )
            case "delete":
                content = content[:at] + content[at + rng.choice([1, 1, 2, 20]) :]
            case "insert":
                more = rng.choice([rng.randbytes(3), b"\x00", b'"', b"\n", b";", b"\xff", b"\r", b"\x1a", b"," * 50])
                content = content[:at] + more + content[at:]
            case "duplicate":
                content = content[:to] + content[at : at + rng.choice([1, 30, 300])] + content[to:]
            case "truncate":
                content = content[:at]
            case "zip_inside":
                content = inside(rng, content)
            case "stray_quote":
                cells = re.split(rb"([;,\t|\n])", content)
                at = 2 * rng.randrange((len(cells) + 1) // 2)
                return b"".join([*cells[:at], b'"', *cells[at:]])
    return content


def change(rng: random.Random, kind: str, d: Draft) -> bool:
    """Change a draft; False where the mutation does not fit the file."""
    at, width, row, to = (
        rng.randrange(len(d.heading)),
        len(d.heading),
        rng.choice(d.rows),
        rng.randrange(len(d.rows) + 1),
    )
    match kind:
        case "cell_changed":
            place = rng.choice(d.changed)
            row[place] = rng.choice(d.rows)[place]
        case "cell_emptied":
            row[rng.choice(d.changed)] = ""
        case "row_deleted":
            del d.rows[to : to + rng.choice([1, 1, 5])]
        case "row_duplicated":
            d.rows.insert(to, list(row))
        case "rows_shuffled":
            rng.shuffle(d.rows)
        case "blank_lines":
            for _ in range(rng.choice([1, 3, 30])):
                blank = rng.choice([[], [""] * width, [" "], ["\u00a0"]])
                d.rows.insert(rng.randrange(len(d.rows) + 1), blank)
        case "junk_row":
            d.rows.insert(to, rng.choice([*JUNK, list(d.heading)]))
        case "sum_row":
            word = rng.choice(["Summa", "Totalt", "TOTALT", "Summa:", "Kalmar län", "Hela länet"])
            place = rng.choice([0, 1, 2]) if width > 3 else 0
            d.rows.append([word if i == place else rng.choice(["", str(len(d.rows))]) for i in range(width)])
        case "titles_above":
            d.above[:0] = rng.sample(ABOVE, rng.randint(1, 4))
        case "footer_below":
            d.below += rng.sample(BELOW, rng.randint(1, 4))
        case "columns_moved":
            order = rng.sample(range(width), width)
            d.heading = [d.heading[i] for i in order]
            d.rows = [[r[i] if i < len(r) else "" for i in order] for r in d.rows]
        case "column_deleted":
            del d.heading[at]
            d.rows = [r[:at] + r[at + 1 :] for r in d.rows]
        case "column_renamed":
            old = d.heading[at]
            d.heading[at] = rng.choice(["", "x", old.upper(), f"{old} 1", old[:-1], "19300230-0101"])
        case "column_duplicated":
            d.heading.append(d.heading[at])
            d.rows = [[*r, r[at] if at < len(r) else ""] for r in d.rows]
        case "unknown_column":
            d.heading.insert(at, rng.choice(["Kommentar", "Handläggare", "Enhetskod", ""]))
            d.rows = [[*r[:at], rng.choice(["", "abc", "Anna Andersson", "7"]), *r[at:]] for r in d.rows]
        case "encoding":
            names = [
                "utf-8",
                "utf-8-sig",
                "utf-16-le",
                "utf-16-be",
                "cp1252",
                "latin-1",
                "mac-roman",
                "cp850",
                "utf-32",
            ]
            d.encoding = rng.choice(names)
            d.prefix = BOMS.get(d.encoding, b"") if rng.random() < 0.8 else b""
        case "wrong_bom":
            d.prefix = rng.choice([codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF8 * 2])
        case "decomposed":
            d.encoding, d.prefix = "utf-8", b""
            d.heading, *d.rows = [[unicodedata.normalize("NFD", c) for c in r] for r in (d.heading, *d.rows)]
        case "delimiter":
            d.delimiter = rng.choice(";,\t|")
        case "line_endings":
            d.newline = rng.choice(["\n", "\r\n", "\r", "\r\r\n", "\n\n", f"{d.delimiter}\n"])
            d.end = rng.choice(["", "\n", "\r\n\r\n", "\x1a", "\r\n\x1a"])
        case "quote_all":
            d.quote_all = True
        case "stray_quote":
            return d.encoding in {"utf-8", "cp1252"} and not d.quote_all and d.ending == ".csv"
        case "thousands":
            mark = rng.choice([" ", "\u00a0", "\u202f", "\u2009", ".", ",", "'"])
            if mark in "\u202f\u2009":
                d.encoding, d.prefix = "utf-8", b""
            spaced = re.compile(r"(?<=\d)(?=\d{3}(?:,|$))")
            d.rows = [[spaced.sub(mark, c) if i in d.numbers else c for i, c in enumerate(r)] for r in d.rows]
        case "kommun_spelled":
            forms = ("{0} kommun", " {0} ", "{1}", "{1} {0}", "{2}")
            d.rows = [
                [rng.choice(forms).format(c, NAMES[c], NAMES[c][1:]) if c in NAMES else c for c in r] for r in d.rows
            ]
        case "id_spelled":
            ways: list[Callable[[str], str]] = [lambda i: i.replace("-", ""), lambda i: i[2:], lambda i: f" {i}", str]
            d.rows = [[rng.choice(ways)(r[0]), *r[1:]] if r and "0230-" in r[0] else r for r in d.rows]
        case "sheets" if d.ending == ".xlsx":
            half: Rows = [d.heading, *d.rows[: len(d.rows) // 2]]
            sheets = [(half, True), ([], False), ([["Läs mig"], ["Uttag"]], False), ([], True)]
            d.sheets += rng.sample(sheets, rng.randint(1, 4))
        case "sheets" | "zip_inside":
            return d.ending == ".xlsx"
    return True


@dataclass(frozen=True)
class Mutation:
    number: int
    kind: str
    good: Draft
    known: str
    expected: Figures | None
    content: bytes
    chosen: str
    told: str


def mutation(seed: int, number: int) -> Mutation:
    """The same for the same seed and number, whatever was made before it."""
    rng = random.Random(f"{seed}:{number}")
    while True:
        good, kind = rng.choice(goods()), rng.choice(list(KINDS))
        d = deepcopy(good)
        if not change(rng, kind, d):
            continue
        expected, told = by_hand(d.kalla, d.rows) if KINDS[kind] == BY_HAND else None, f"{good.name}, {kind}"
        in_bytes = kind.startswith("bytes") or kind in {"stray_quote", "zip_inside"}
        if not in_bytes and kind != "wrong_bom" and rng.random() < 0.25:
            second = rng.choice([k for k in HARMLESS if k != kind])
            told += f" + {second}" if change(rng, second, d) else ""
        content = change_bytes(rng, kind, d.written()) if in_bytes else d.written()
        # a zip has check sums, so that damage to it is seen
        known = SAME if d.ending == ".xlsx" and kind.startswith("bytes") else KINDS[kind]
        return Mutation(number, kind, good, known, expected, content, rng.choice([d.kalla, "auto"]), told)


def examined(content: bytes, draft: Draft, chosen: str) -> intake.Examination:
    return intake.examine(content, f"uttag{draft.ending}", intake.Choices(kalla=chosen, matperiod=draft.matperiod))


@cache
def original(name: str) -> intake.Examination:
    good = next(g for g in goods() if g.name == name)
    return examined(good.written(), good, good.kalla)


def told_wrongly(texts: Sequence[str], ids: set[str]) -> str:
    """Why texts may not be shown, empty where they may."""
    if any(i in text for text in texts for i in ids):
        return "ett person-id visas"
    bad = [t for t in texts if ENGLISH.search(t) or not t.strip().endswith((".", "?", "…"))]
    return f"ingen svensk mening: {bad[0]}" if bad else ""


def judged(m: Mutation) -> tuple[str, str, intake.Examination | None]:
    """accepted, warned or refused; and the fault, empty where there is none."""
    ids = {i for r in m.good.rows if re.fullmatch(r"\d{8}-\d{4}", r[0]) for i in (r[0][2:], r[0][2:].replace("-", ""))}
    try:
        done = examined(m.content, m.good, m.chosen)
    except UserError as error:
        return "refused", told_wrongly([str(error)], ids), None
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a panic in a library in Rust is no Exception
        where = [f for f in traceback.extract_tb(error.__traceback__) if "naravard" in f.filename][-1]
        return "refused", f"{type(error).__name__} i {where.filename[-30:]}:{where.lineno}: {str(error)[:100]}", None
    fault = told_wrongly([f.sentence() for f in done.findings], ids)
    shown = repr((done, done.counts.table.to_pylist() if done.counts else None))
    if any(i in shown for i in ids):
        fault = "ett person-id visas"
    if done.counts is None:
        return "refused", fault or ("" if done.errors else "inga antal, och inget fel"), done
    if fault or m.known == ANY:
        return "accepted", fault, done
    right = original(m.good.name)
    if done.counts.kalla == m.good.kalla:
        same = exact(done) == exact(right) if m.known == SAME else figures(done) == m.expected
        if same:
            return "accepted", "", done
    before = {f.what for f in right.warnings}
    new: list[Finding] = [
        f for f in done.warnings if f.what not in before and f.code is not FindingCode.KOMMUNER_WITHOUT_ROWS
    ]
    return ("warned", "", done) if new else ("accepted", f"fel antal utan varning ({done.counts.kalla})", done)


def contents(store: Store) -> dict[int, tuple[str, int]]:
    with store.open() as snapshot:
        count = 'select count(*) from "{}" where uttag_id = {}'
        return {e.uttag_id: (e.sha256, snapshot.connection.execute(count.format(e.kalla, e.uttag_id)).fetchall()[0][0])
                for e in snapshot.extracts() if e.status == "gallande"}  # fmt: skip


def published(done: intake.Examination, store: Store, *, stale: bool) -> str:
    """What is wrong with the store after a publication, which must be whole or not at all."""
    assert done.counts is not None and store.newest is not None
    newest, before = store.newest, contents(store)
    replaced = {
        e.uttag_id
        for e in store.extracts()
        if not done.counts.cumulative
        and (e.kalla, e.matperiod.casefold()) == (done.counts.kalla, done.counts.matperiod.casefold())
    }
    try:
        intake.publish([done], store, who="soak", why="EXEMPELDATA", expected_version=newest - 1 if stale else newest)
    except UserError:
        return "" if stale and (store.newest, contents(store)) == (newest, before) else "lagret ändrades, eller nekade"
    after = contents(store)
    new = {i: found for i, found in after.items() if i not in before}
    kept = {i: found for i, found in before.items() if i not in replaced}
    whole = list(new.values()) == [(done.sha256, done.counts.table.num_rows)] and {**kept, **new} == after
    return "" if whole and store.newest == newest + 1 and not stale else "lagret är inte helt efter publiceringen"


_TOLD_EVERY = 250


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one mutation by its number, with the file written to soak-NUMBER")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NARAVARD_DATA"] = folder
        for good in goods():
            assert figures(original(good.name)) == by_hand(good.kalla, good.rows), good.name
        return run_one(given.seed, given.only) if given.only is not None else run(given.seed, given.times)


def run_one(seed: int, number: int) -> int:
    m = mutation(seed, number)
    verdict, fault, done = judged(m)
    name = f"soak-{number}{m.good.ending}"
    Path(name).write_bytes(m.content)
    print(f"{m.told}, --kalla {m.chosen}: {verdict}. {fault}\nFilen: {name}")
    print(*(f.sentence() for f in (done.findings if done else ())), sep="\n")
    return bool(fault)


def run(seed: int, times: int) -> int:
    store, began = stores.live_store(), time.monotonic()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    faults: dict[tuple[str, str, str], list[Mutation]] = defaultdict(list)
    accepted = 0
    for number in range(times):
        m = mutation(seed, number)
        verdict, fault, done = judged(m)
        if done is not None and done.counts is not None:
            accepted += 1
            if accepted % 50 == 0:
                fault = fault or published(done, store, stale=accepted % 200 == 0)
        table[m.kind].update(["times", verdict, *(["faults"] if fault else [])])
        if fault:
            faults[m.kind, m.good.name, fault].append(m)
        if (number + 1) % _TOLD_EVERY == 0:
            print(f"{number + 1} av {times}, {sum(map(len, faults.values()))} fel", flush=True)
    columns = ("times", "accepted", "warned", "refused", "faults")
    print(f"{'mutation':20}" + "".join(f"{name:>9}" for name in columns))
    for kind, counted in sorted(table.items()):
        print(f"{kind:20}" + "".join(f"{counted[name]:9}" for name in columns))
    print(f"{times} på {time.monotonic() - began:.0f} s, lagret på version {store.newest}")
    for (_, _, fault), found in faults.items():
        again = ", ".join(f"--seed {seed} --only {m.number} ({m.told}, {m.chosen})" for m in found[:4])
        print(f"FEL ({len(found)}): {fault}\n    python -m tests.soak {again}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
