"""What an analyst has decided about a file, and what follows from it and from saved profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from naravard import sources
from naravard.base import clock, periods
from naravard.base.errors import UserError
from naravard.base.kommuner import match_key
from naravard.base.mask import refuse_ids
from naravard.base.model import Remark, Source
from naravard.intake import profiles
from naravard.intake.column_map import Headings
from naravard.intake.profiles import Profile

AUTO = "auto"
"""The source that stands for any: it is recognised by the headings."""


@dataclass(frozen=True)
class Choices:
    """What an analyst has decided about a file; None where it is to be found out.

    `first` is the first row of headings (1 is the first row of the file), `depth` how many rows they are.
    `columns` is column name → position in the file, column_map.NOT_MAPPED for a column that is not there.
    `headings` is the same by heading. `matdatum` is the day that the figures are from; without it the year is read
    from `matperiod`. `profile` is the name of a saved profile, empty for none. `constants` is column name → what it is
    on all rows, for what stands nowhere in the file (year, name, unit). `values` is column name → text in this file →
    what it means there.
    """

    kalla: str = AUTO
    matperiod: str | None = None
    matdatum: date | None = None
    publicerad: bool = False
    ursprung: str = ""
    remarks: tuple[Remark, ...] = ()
    sheet: str | None = None
    first: int | None = None
    depth: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    whole_country: bool = False
    """Whether the rows of kommuner in other län are kept, to be compared with."""


def clean(choices: Choices) -> Choices:
    """The choices with the period in the one spelling that is stored. Raises UserError for a day that has not been."""
    if choices.matdatum is not None and choices.matdatum > clock.today():
        raise UserError(f"Mätdatumet {choices.matdatum} har inte varit än. Ange dagen som uppgifterna gäller.")
    for text in (*choices.constants.values(), *(v for texts in choices.values.values() for v in texts.values())):
        refuse_ids(text, "Valet")
    if choices.matperiod is None:
        return choices
    return replace(choices, matperiod=periods.clean(refuse_ids(periods.in_full(choices.matperiod), "Mätperioden")))


def given_values(choices: Choices, source: Source) -> dict[str, str]:
    """What an analyst has given for columns that the file lacks; the year also out of the period."""
    constants = {name: text for name, text in choices.constants.items() if name in source.columns_by_name and text}
    year = periods.year_of(choices.matperiod or "")
    if source.period_sql is not None and "ar" in source.columns_by_name and year:
        constants.setdefault("ar", f"{year}")
    return constants


def forms_of(kalla: str) -> list[Source]:
    """The forms that a file of a source can have; those of all sources for `auto`."""
    candidates = sources.sources().values() if kalla == AUTO else [sources.source(kalla)]
    return [form for source in candidates for form in (source, *source.forms)]


def profile_for(choices: Choices, headings: Headings) -> Profile | None:
    """The profile that was asked for, else the one that was saved for these headings."""
    if choices.profile == "":
        return None
    if choices.profile is not None:
        return profiles.load(choices.profile)
    profile = profiles.match(headings)
    return profile if profile and choices.kalla in {AUTO, profile.kalla} else None


def decided_columns(choices: Choices, profile: Profile | None, headings: Headings) -> dict[str, int]:
    """Column name → position, by profile, by heading and by position; the newest decision goes first."""
    columns = profiles.positions_of(profile, headings) if profile else {}
    columns.update({name: _position(heading, headings) for name, heading in choices.headings.items()})
    width = len(headings.whole)
    return {**columns, **{name: position for name, position in choices.columns.items() if position < width}}


def _position(heading: str, headings: Headings) -> int:
    for position, candidate in enumerate(headings.whole):
        if match_key(candidate) == match_key(heading):
            return position
    raise UserError(f"Rubriken ”{heading}” finns inte i filen. De som finns: {', '.join(headings.whole)}.")
