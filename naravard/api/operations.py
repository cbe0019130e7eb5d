"""All addresses of the API, as one list: its routes, its description and its guide are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from naravard.access.problems import API
from naravard.api import catalogue, figures, formats, packages, schemas
from naravard.api.catalogue import FIGURES, INDICATORS
from naravard.api.questions import VERSION
from naravard.api.resources import Operation
from naravard.base.model import EXAMPLE

_ONE = f"{INDICATORS}/{{indikator}}"
SHORT = "kommun={kommun}"
"""The query of an example that is short enough to stand in a description: of one kommun of the län."""


def operations() -> list[Operation]:
    """The addresses of the real figures, then the same of EXEMPELDATA."""
    return [*_of(is_example=False), *_of(is_example=True)]


def _of(*, is_example: bool) -> Iterator[Operation]:
    base = catalogue.base_of(is_example=is_example).removeprefix(API)
    mark = f"{EXAMPLE}. " if is_example else ""
    suffix = f"_{EXAMPLE.lower()}" if is_example else ""
    yield Operation(
        f"{base}{INDICATORS}",
        f"katalog{suffix}",
        f"{mark}Katalogen över indikatorer",
        "Alla indikatorer: vad de är, vilka mätperioder och jämförelser de har, och var talen finns.",
        catalogue.answer,
        parameters=(VERSION,),
        schema=schemas.CATALOGUE,
        is_example=is_example,
    )
    yield Operation(
        f"{base}{_ONE}",
        f"indikator{suffix}",
        f"{mark}En indikator ur katalogen",
        "En indikator: vad den är, och adresserna till dess tal.",
        catalogue.one,
        parameters=(VERSION,),
        schema=schemas.ENTRY,
        examples={"indikator": ""},
        is_example=is_example,
    )
    for name, each in formats.formats().items():
        yield Operation(
            f"{base}{_ONE}/{FIGURES}.{name}",
            f"siffror_{name}{suffix}",
            f"{mark}En indikators tal som {each.label}",
            f"För {each.what}.",
            partial(figures.answer, name=name),
            each.media_type,
            (*figures.PARAMETERS, VERSION),
            schemas.RESULT if each.table is None else None,
            {"en_kommun": SHORT} if each.is_text else {},
            is_example,
        )
    yield Operation(
        f"{base}{_ONE}/datapackage.json",
        f"datapaket{suffix}",
        f"{mark}En indikator som datapaket",
        "Vad varje kolumn är, varifrån talen kommer och var tabellerna finns (Frictionless Data Package). "
        "Det som väljs följer med till tabellernas adresser.",
        packages.one,
        parameters=(*figures.PARAMETERS, VERSION),
        schema=schemas.PACKAGE,
        examples={"en_kommun": SHORT},
        is_example=is_example,
    )
    yield Operation(
        f"{base}datapackage.json",
        f"datapaket_alla{suffix}",
        f"{mark}Alla indikatorer som datapaket",
        "Alla indikatorer som har tal, var och en med alla sina mätperioder.",
        packages.everything,
        parameters=(VERSION,),
        schema=schemas.PACKAGE,
        is_example=is_example,
    )
