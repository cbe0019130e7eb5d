"""Tables in outline form: labels that stand once, kommuner as rows of their own, ages as columns. All is invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from naravard.base.codes import FindingCode, Level
from tests.examples import more
from tests.test_odd_files import NAMES, codes_of, examined, finding_of
from tests.test_traps import counted, ods, text, xlsx

KOMMUNER = list(NAMES.items())[:5]
AGES, YEARS, SEXES = ("0-64 år", "65-79 år", "80+ år"), ("2023", "2024"), ("män", "kvinnor")
TITLE = ["Folkmängd efter region"]
Rows = list[list[str]]


def people(kommun: int, *parts: int) -> int:
    """How many there are, different for each kommun and part."""
    return 1000 + 100 * kommun + sum((3 + 7 * n) * part for n, part in enumerate(parts))


def as_text(rows: Rows, delimiter: str = ";") -> bytes:
    return text(*map(delimiter.join, rows))


def outline(labels: Sequence[str], heading: str = "", parts: Sequence[str] = (), *, has_sums: bool = False) -> Rows:
    """A kommun on a row of its own, its labels below it, and perhaps parts between them; a year in each column."""
    rows = [TITLE, [heading, *YEARS]]
    for i, (kod, namn) in enumerate(KOMMUNER):
        sums = [f"{sum(people(i, a, y) for a in range(len(labels)))}" if has_sums else "" for y in range(2)]
        rows.append([f"{kod} {namn}", *sums])
        for p, part in enumerate(parts or [""]):
            rows += [[part, "", ""]] if part else []
            rows += [[f"  {label}", *(f"{people(i, a, y, p)}" for y in range(2))] for a, label in enumerate(labels)]
    return rows


def labels_once() -> Rows:
    """Kommun and sex on the first of their rows alone."""
    rows = [["region", "kön", "år", "Folkmängd"]]
    for i, (kod, namn) in enumerate(KOMMUNER):
        for s, sex in enumerate(SEXES):
            for y, year in enumerate(YEARS):
                first = not y
                rows.append(
                    [f"{kod} {namn}" if first and not s else "", sex if first else "", year, f"{people(i, s, y)}"]
                )
    return rows


WITH_SEXES = {f"0885 2024 totalt {sex}": people(0, s, 1) for s, sex in enumerate(("man", "kvinna"))} | {
    f"0880 2023 totalt {sex}": people(4, s, 0) for s, sex in enumerate(("man", "kvinna"))
}
WITH_AGES = {
    "0885 2023 80+ totalt": people(0, 2, 0),
    "0880 2024 80+ totalt": people(4, 2, 1),
    "0880 2024 65+ totalt": people(4, 1, 1) + people(4, 2, 1),
    "0880 2024 totalt totalt": sum(people(4, a, 1) for a in range(3)),
}
AGES_BESIDE = [[f"{kod} {namn}", year, *(f"{people(i, a, y)}" for a in range(3))]
               for i, (kod, namn) in enumerate(KOMMUNER) for y, year in enumerate(YEARS)]  # fmt: skip
YEARS_OVER_AGES = [
    TITLE,
    ["", "2023", "", "", "2024", "", ""],
    ["region", *AGES, *AGES],
    *([f"{kod} {namn}", *(f"{people(i, a, y)}" for y in range(2) for a in range(3))]
      for i, (kod, namn) in enumerate(KOMMUNER)),
]  # fmt: skip
BESIDE = [["region", "kön", *YEARS]]
for _i, (_kod, _namn) in enumerate(KOMMUNER):
    BESIDE.append([f"{_kod} {_namn}", "", "", ""])
    BESIDE += [["", sex, f"{people(_i, s, 0)}", f"{people(_i, s, 1)}"] for s, sex in enumerate(SEXES)]


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (outline(AGES), WITH_AGES),
        (outline(AGES, "ålder"), WITH_AGES),
        (outline(AGES, "Region", has_sums=True), WITH_AGES),
        (outline(SEXES), WITH_SEXES),
        (outline(AGES, parts=SEXES), {"0880 2024 80+ kvinna": people(4, 2, 1, 1), "0885 2023 80+ man": people(0, 2)}),
        ([TITLE, *BESIDE], WITH_SEXES),
        (labels_once(), WITH_SEXES),
        ([*labels_once(), ["Källa: SCB", "", "", ""]], WITH_SEXES),
        ([TITLE, ["region", "år", *AGES], *AGES_BESIDE], WITH_AGES),
        ([TITLE, ["kommun", "år", "0-64", "65-79", "80+"], *AGES_BESIDE], WITH_AGES),
        (YEARS_OVER_AGES, WITH_AGES),
    ],
    ids=["ages below", "with a heading", "with sums", "sexes below", "ages below sexes", "labels beside", "labels once",
         "with a source", "ages as columns", "short ages", "years over ages"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["csv", "xlsx", *more("tab", "ods")])
def test_an_outline_has_the_values_of_each_kommun_and_year(rows: Rows, right: dict[str, int], kind: str) -> None:
    cells = [[int(cell) if cell.isdigit() and cell not in YEARS else cell for cell in row] for row in rows]
    content = {
        "csv": lambda: as_text(rows),
        "tab": lambda: as_text(rows, "\t"),
        "xlsx": lambda: xlsx(*cells),
        "ods": lambda: ods(*cells),
    }[kind]()
    found = counted(examined(content, f"uttag.{kind.replace('tab', 'txt')}"))
    assert {key: found.get(key) for key in right} == right


def test_what_was_filled_in_is_told() -> None:
    finding = finding_of(examined(as_text(labels_once())), FindingCode.OUTLINE)
    assert (finding.level, "region och kön" in finding.what) == (Level.NOTE, True)
    assert finding_of(examined(as_text(outline(AGES))), FindingCode.OUTLINE).level is Level.NOTE


@pytest.mark.parametrize(
    "rows",
    [
        [*labels_once(), ["", "", "", "99999"]],
        [row for n, row in enumerate(labels_once()) if n != 6],
        [*outline(AGES), ["85+ år", "1", "2"]],
        [row for n, row in enumerate(outline(AGES)) if n != 8],
    ],
    ids=["a sum without a label", "a row that lacks", "a row more", "an age that one lacks"],
)
def test_blocks_that_differ_are_no_outline(rows: Rows) -> None:
    examination = examined(as_text(rows))
    assert examination.errors
    assert FindingCode.OUTLINE not in codes_of(examination)


def test_empty_cells_of_persons_are_not_filled() -> None:
    lines = [f"{'SÄBO' if i % 2 == 0 else ''};INT{i // 2};{('Kalmar', 'Nybro')[i % 2]};Ja" for i in range(40)]
    content = text("Boendeform;Löpnummer;Kommun;Fast läkarkontakt", *lines)
    by_id = text(
        "Personnummer;Kommun;Boendeform",
        *(f"{'' if i % 2 else f'id-{i}'};{('Kalmar', 'Nybro')[i % 2]};SÄBO" for i in range(40)),
    )
    assert FindingCode.ID_MISSING in codes_of(examined(by_id, kalla="cosmic", matperiod="2024"))
    assert FindingCode.OUTLINE not in codes_of(examined(content, kalla="cosmic", matperiod="2024"))


def test_ages_of_counted_persons_as_columns() -> None:
    rows = [f"{namn};{people(i, 0)};{people(i, 1)};{people(i, 2)}" for i, (_, namn) in enumerate(NAMES.items())]
    examination = examined(text("Kommun;0-64;65-79;80+", *rows), kalla="cosmic", matperiod="2024")
    assert examination.counts is not None
    groups = {row["grupp"]: row["antal"] for row in examination.counts.table.to_pylist() if row["kommun_kod"] == "0880"}
    assert [groups[group] for group in ("0-64", "65-79", "80+")] == [people(4, a) for a in range(3)]
