"""Corrections and profiles: files of the data folder on one machine, rows where servers share a PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from naravard.access import tokens
from naravard.base.errors import UserError
from naravard.base.model import Correction
from naravard.base.roles import Identity, Role
from naravard.intake import corrections, profiles
from naravard.intake.profiles import Profile
from naravard.shared import documents


@pytest.fixture(autouse=True)
def data(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NARAVARD_DATA", str(folder))
    return folder


def correction(number: int) -> Correction:
    return Correction("cosmic", "kommun", f"Kalmra {number}", "Kalmar kommun", "anmält")


def test_corrections_that_are_written_at_once_are_all_kept() -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(corrections.add, map(correction, range(12))))
    assert sorted(each.fel_varde for each in corrections.load()) == sorted(f"Kalmra {i}" for i in range(12))
    corrections.remove(correction(3))
    assert len(corrections.of_source("cosmic")) == 11


def test_a_table_of_corrections_that_cannot_be_read_is_told_and_left_as_it_is() -> None:
    documents.of_installation().change("rattelser.csv", lambda _: "något;annat\n1;2\n")
    for act in (corrections.load, lambda: corrections.add(correction(1))):
        with pytest.raises(UserError, match=r"rattelser\.csv.* går inte att läsa"):
            act()
    assert documents.of_installation().read("rattelser.csv") == "något;annat\n1;2\n"


def test_profiles_are_kept_by_their_names_and_one_that_cannot_be_read_is_left_out() -> None:
    for name, who in (("Vår fil", "första"), ("VÅR FIL", "andra"), ("Annan", "tredje")):
        profiles.save(Profile(name, "cosmic", ("Kommun", "RUB"), {"kommun": "Kommun", "rub": None}, who, "2026-11-27"))
    documents.of_installation().change("profiler/trasig.json", lambda _: "{")
    assert [(each.namn, each.vem) for each in profiles.load_all()] == [("Annan", "tredje"), ("VÅR FIL", "andra")]
    assert documents.of_installation().names("profiler") == [
        f"profiler/{n}.json" for n in ("annan", "trasig", "var-fil")
    ]
    profiles.remove("vår fil")
    assert [each.namn for each in profiles.load_all()] == ["Annan"]
    assert profiles.load("annan").kolumner == {"kommun": "Kommun", "rub": None}


def test_a_key_of_a_program_holds_at_every_server_until_it_is_revoked_at_one() -> None:
    key = tokens.make("Power BI", Identity("Anna", Role.ANALYTIKER, email="anna@region.example"), 12)
    token = tokens.of_key(key)
    assert token is not None
    assert key not in (documents.of_installation().read("nycklar.json") or "")
    tokens.revoke(token.nummer, None)
    assert tokens.of_key(key) is None
