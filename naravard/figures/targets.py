"""Targets that LGL has set: in data/mal.toml, which is empty until it has."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from naravard.base import periods, settings, structs
from naravard.base.errors import UserError
from naravard.figures import indicators
from naravard.figures.indicators import Indicator


@dataclass(frozen=True)
class Target:
    """A value that an indicator is to reach, in its own unit, from a year, and who has decided it and when."""

    indikator: Annotated[Indicator, structs.OneOf(indicators.registry)]
    varde: float
    fran: int
    beslutat_av: str


@dataclass(frozen=True)
class Targets:
    """All targets, as data/mal.toml has them."""

    mal: tuple[Target, ...] = ()


@cache
def of_the_county() -> Targets:
    """The targets. Raises UserError that tells all that is wrong in the file."""
    targets = structs.read(settings.OWN_DATA / "mal.toml", Targets)
    problems = [
        f"mal {number}: varde är {target.varde} men ska vara {_range(target.indikator)}"
        for number, target in enumerate(targets.mal, start=1)
        if not 0 <= target.varde <= _highest(target.indikator)
    ]
    if problems:
        raise UserError(f"Filen data/mal.toml är fel: {'; '.join(problems)}.")
    return targets


def _highest(indicator: Indicator) -> float:
    return 100.0 if indicator.kind.part_of_whole else sys.float_info.max


def _range(indicator: Indicator) -> str:
    return "0 till 100, i procent" if indicator.kind.part_of_whole else "0 eller mer"


def target_of(indicator_id: str, matperiod: str) -> Target | None:
    """The newest target of an indicator that holds in a period; for one without a year, the newest that there is."""
    year = periods.year_of(matperiod)
    in_force = [
        target
        for target in of_the_county().mal
        if target.indikator.id == indicator_id and (year is None or target.fran <= year)
    ]
    return max(in_force, key=lambda target: target.fran, default=None)
