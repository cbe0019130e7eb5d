"""Findings are known by their codes and levels, which outlive the sentences that people read."""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from naravard import intake
from naravard.base import settings
from naravard.base.codes import FindingCode, Level
from naravard.base.model import Finding
from naravard.store.snapshots import Store

HEADING = "Personnummer;Kommun;Boendeform;Ålder;RUB"
SABO = "Kommun;Boende;Kommunal primärvård"


@pytest.fixture
def data(deck_data: Path) -> Path:
    """Little more than LGL's slides: what is tried here is the same however many indicators there are."""
    return deck_data


def codes(*lines: str, kalla: str = "cosmic", matperiod: str | None = "våren 2024") -> set[FindingCode]:
    """The codes of all findings in a small file, kommuner that it lacks apart."""
    choices = intake.Choices(kalla=kalla, matperiod=matperiod)
    findings = intake.examine("\n".join(lines).encode(), "uttag.csv", choices).findings
    return {finding.code for finding in findings} - {FindingCode.KOMMUNER_WITHOUT_ROWS}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("1;Kalmra;SÄBO;85;3", FindingCode.KOMMUN_UNKNOWN),
        ("1;;SÄBO;85;3", FindingCode.KOMMUN_MISSING),
        ("1;Riket;SÄBO;85;3", FindingCode.AREA_NOT_ALLOWED),
        ("1;Växjö;SÄBO;85;3", FindingCode.KOMMUN_OUTSIDE_LAN),
        ("1;Kalmar;SEBO;85;3", FindingCode.CATEGORY_UNKNOWN),
        ("1;Kalmar;SÄBO;åttio;3", FindingCode.NOT_A_NUMBER),
        ("1;Kalmar;SÄBO;85;3,5", FindingCode.NOT_AN_INTEGER),
        ("1;Kalmar;SÄBO;185;3", FindingCode.OUT_OF_RANGE),
        ("1;Kalmar;SÄBO;85;3;x", FindingCode.ROW_TOO_LONG),
        (";Kalmar;SÄBO;85;3", FindingCode.ID_MISSING),
        ("1,9E+11;Kalmar;SÄBO;85;3", FindingCode.ID_DESTROYED),
        ("Summa;7;;;", FindingCode.SUM_ROW_DIFFERS),
    ],
)
def test_a_wrong_row_has_the_code_of_what_is_wrong(row: str, code: FindingCode) -> None:
    good = codes(HEADING, "a;Kalmar;SÄBO;85;3", "b;Nybro;SÄBO;85;3")
    assert codes(HEADING, "a;Kalmar;SÄBO;85;3", row, "b;Nybro;SÄBO;85;3") - good == {code}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("Person;Boendeform", "1;SÄBO"), FindingCode.COLUMN_MISSING),
        (("Person;Kommun;Kommun;Boendeform", "1;Kalmar;Nybro;SÄBO"), FindingCode.HEADING_REPEATED),
        (("Person;Komun;Boendeform", "1;Kalmar;SÄBO"), FindingCode.HEADING_NEAR),
        (("Kommun;Boendeform", "Kalmar;SÄBO"), FindingCode.ID_COLUMN_MISSING),
        ((HEADING, "1;Växjö;SÄBO;85;3"), FindingCode.NO_ROWS),
    ],
)
def test_a_file_with_the_wrong_columns_has_the_code_of_it(lines: tuple[str, ...], code: FindingCode) -> None:
    assert code in codes(*lines)


def test_a_period_that_is_missing_is_known_by_its_code() -> None:
    assert FindingCode.PERIOD_MISSING in codes(HEADING, "1;Kalmar;SÄBO;85;3", matperiod=None)
    assert FindingCode.PERIOD_WITHOUT_YEAR in codes(HEADING, "1;Kalmar;SÄBO;85;3", matperiod="mätning 1")
    assert FindingCode.PERIOD_ROUGH in codes(HEADING, "1;Kalmar;SÄBO;85;3", matperiod="mätning 1 2024")
    assert FindingCode.PERIOD_ROUGH not in codes(HEADING, "1;Kalmar;SÄBO;85;3", matperiod="v. 14 2024")


def test_signs_and_checks_of_a_table_have_codes() -> None:
    assert codes(SABO, "Kalmar;..;-", "Nybro;10;11", "Nybro;ca 10;1", kalla="sabo") == {
        FindingCode.NUMBER_HIDDEN,
        FindingCode.NUMBER_MISSING,
        FindingCode.NUMBER_ROUGH,
        FindingCode.ROW_CHECK,
        FindingCode.KEY_REPEATED,
    }


SHARES = "nyckeltal;omrade;ar;varde;enhet;kalla"


@pytest.mark.parametrize(
    ("rows", "publicerad", "told"),
    [
        (["N1;0880;2023;5;procent;"], False, "1 värde är en andel utan antal"),
        (["N1;0880;2023;5;procent;egen enkät"], False, "1 värde är en andel utan antal"),
        (["N1;0880;2023;5;per 1 000 invånare;egen enkät", "N1;0881;2023;6;per 1 000 invånare;egen enkät"], False,
         "2 värden är andelar utan antal"),
        (["N1;0880;2023;5;procent;Kolada", "N1;0881;2023;6;procent;egen enkät"], False, "1 värde är en andel"),
        (["N1;0880;2023;5;procent;Dekolada"], False, "1 värde är en andel"),  # no name within another word
        (["N1;0880;2023;5;procent;Kolada"], False, None),
        (["N1;0880;2023;5;procent;RKA (KOLADA), 2024"], False, None),
        (["N1;0880;2023;5;procent;SCB"], False, None),
        (["N1;0880;2023;;procent;egen enkät"], False, None),  # no value
        (["N1;0880;2023;5;antal;egen enkät"], False, None),
        (["N1;0880;2023;5;procent;egen enkät"], True, None),
    ],
)  # fmt: skip
def test_shares_without_counts_are_warned_of_unless_published_openly(
    rows: list[str], publicerad: bool, told: str | None
) -> None:
    choices = intake.Choices(kalla="nyckeltal", publicerad=publicerad)
    findings = intake.examine("\n".join([SHARES, *rows]).encode(), "egna.csv", choices).findings
    found = [finding for finding in findings if finding.code is FindingCode.SHARES_WITHOUT_COUNTS]
    assert len(found) == (told is not None)
    for finding in found:
        assert finding.level is Level.WARNING
        assert finding.what.startswith(str(told))
        assert "Märk uttaget som publicerat om talen redan är offentliga" in finding.action


@pytest.mark.parametrize(
    ("title", "value", "unit", "source", "publicerad", "told"),
    [
        ("Personer med demens i hemtjänst", "3", "antal", "egen räkning", False, True),
        ("Avlidna på SÄBO", "1", "personer", "", False, True),
        ("Personer med demens i hemtjänst", "5", "antal", "", False, False),
        ("Personer med demens i hemtjänst", "0", "antal", "", False, False),
        ("Personer med demens i hemtjänst", "3", "antal", "Kolada", False, False),
        ("Personer med demens i hemtjänst", "3", "antal", "egen räkning", True, False),
        ("Läkemedel per person", "3", "antal", "", False, False),
        ("Väntetid", "3", "dagar", "", False, False),
        ("Nöjda personer", "3,5", "poäng", "", False, False),
    ],
)
def test_small_counts_of_people_among_nyckeltal_are_warned_of(
    title: str, value: str, unit: str, source: str, publicerad: bool, told: bool
) -> None:
    """Nothing is hidden for their sake, as it is in an extract of persons."""
    choices = intake.Choices(kalla="nyckeltal", publicerad=publicerad)
    text = f"{SHARES}\n{title};0880;2023;{value};{unit};{source}"
    codes = {finding.code for finding in intake.examine(text.encode(), "egna.csv", choices).warnings}
    assert (FindingCode.SMALL_COUNTS_OPEN in codes) == told


def test_every_code_is_set_somewhere() -> None:
    """A code that nothing sets would be waited for in vain."""
    code = "".join(path.read_text("utf-8") for path in (settings.ROOT / "naravard").rglob("*.py"))
    unset = {c.name for c in FindingCode if c is not FindingCode.UNKNOWN and f"FindingCode.{c.name}" not in code}
    assert not unset


def publish_a_file_with_findings(store: Store) -> None:
    choices = intake.Choices(kalla="sabo", matperiod="våren 2024")
    examination = intake.examine(f"{SABO};Övrigt\nKalmar;10;..;x\n".encode(), "sabo.csv", choices)
    intake.publish([examination], store, who="prov", why="prov")


def test_a_report_is_read_back_as_it_was(live: Store) -> None:
    publish_a_file_with_findings(live)
    findings = live.extracts()[0].findings
    assert findings
    assert all(isinstance(finding.level, Level) for finding in findings)
    assert {finding.code for finding in findings} <= set(FindingCode) - {FindingCode.UNKNOWN}
    finding = Finding(Level.WARNING, FindingCode.ROW_CHECK, "fel", row=4, count=2)
    assert Finding.of_record(json.loads(json.dumps(asdict(finding)))) == finding


def test_a_report_from_before_codes_is_still_read(live: Store) -> None:
    publish_a_file_with_findings(live)
    records = json.loads(live.extracts()[0].rapport)
    assert all(record.pop("code") for record in records)
    with duckdb.connect(live.folder / "000002.duckdb") as connection:
        connection.execute("update uttag set rapport = ? where uttag_id = (select max(uttag_id) from uttag)",
                           [json.dumps(records)])  # fmt: skip
    findings = live.extracts()[0].findings
    assert [finding.sentence() for finding in findings] == [
        Finding.of_record({**record, "code": "of a newer version"}).sentence() for record in records
    ]
    assert {finding.code for finding in findings} == {FindingCode.UNKNOWN}
