"""The two stores and their first start: an empty one is filled through the real intake, once (idempotent)."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from naravard import intake, sources
from naravard.base import kommuner, settings
from naravard.base.model import Remark
from naravard.figures import indicators
from naravard.intake import example
from naravard.store.schema import Schema
from naravard.store.snapshots import Store

SYSTEM = "Nära vård i siffror"


def live_store() -> Store:
    """The store of real figures. On an empty folder the files in `data/published/` are published first."""
    store = _store("lager", is_example=False)
    if store.newest is None:
        counts = intake.counts_of([_examine_published(entry) for entry in _published(settings.lan_kod())])
        store.publish_first(counts, who=SYSTEM, why="Första start: LGL:s bilder, befolkning och nyckeltal")
    return store


def example_store() -> Store:
    """The store of synthetic data, built at first use."""
    store = _store("lager-exempel", is_example=True)
    if store.newest is None:
        build_example_store(store)
    return store


def store_of(*, is_example: bool) -> Store:
    """The store of synthetic data, or that of real figures."""
    return example_store() if is_example else live_store()


def build_example_store(store: Store | None = None) -> tuple[Store, int | None]:
    """Write the synthetic files and publish them in the demo store; None where it has been built."""
    store = store or _store("lager-exempel", is_example=True)
    lan = settings.lan_kod()
    files = example.write_files(settings.data_folder() / "exempel", lan)
    examinations = [_examine_published(e) for e in _published(lan) if sources.source(e["kalla"]).cumulative]
    for file in files:
        examinations.append(
            intake.examine(
                file.path.read_bytes(),
                file.path.name,
                intake.Choices(kalla=file.kalla, matperiod=example.MATPERIOD),
            )
        )
    version = store.publish_first(intake.counts_of(examinations), who=SYSTEM, why="EXEMPELDATA: påhittade personer")
    return store, version


def _store(folder: str, *, is_example: bool) -> Store:
    kommuner.lan_name(settings.lan_kod())  # raises for a code that no län has, before anything is written
    schema = Schema(sources.tables(), indicators.views())
    return Store(settings.data_folder() / folder, schema, is_example=is_example)


@cache
def _published(lan: str) -> tuple[dict[str, Any], ...]:
    entries = yaml.safe_load((settings.PUBLISHED / "uttag.yaml").read_text(encoding="utf-8"))
    return tuple(entry for entry in entries if entry["lan"] == lan)


def _examine_published(entry: dict[str, Any]) -> intake.Examination:
    remarks = [Remark(r["text"], tuple(r["indikatorer"]), r.get("kommun")) for r in entry.get("anmarkningar", [])]
    return intake.examine(
        (settings.PUBLISHED / entry["fil"]).read_bytes(),
        entry["fil"],
        intake.Choices(
            kalla=entry["kalla"],
            matperiod=entry.get("matperiod"),
            publicerad=entry["publicerad"],
            ursprung=entry["ursprung"],
            remarks=tuple(remarks),
        ),
    )
