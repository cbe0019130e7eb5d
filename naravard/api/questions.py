"""What a program asks: its parameters, each read and checked in one place, of one version of one store.

What is unknown is refused, with what is allowed: a misspelt parameter must not be answered as if it were absent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from naravard import stores
from naravard.access.doors import identity_of
from naravard.access.problems import Problem
from naravard.base import kommuner, lan, mask, periods, settings
from naravard.base.errors import NotFound
from naravard.base.numbers import enumeration
from naravard.base.roles import OLDER_VERSIONS, need
from naravard.figures import comparisons
from naravard.figures.comparisons import STANDARD
from naravard.figures.reader import Reader, kommun_in_lan, shared_reader
from naravard.slides.links import LAN_KEY
from naravard.store.snapshots import Store

_LONGEST, _LONGEST_SENTENCE = 60, 200
_LONGEST_NUMBER = 9
Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, what it does, what OpenAPI says of its values, and how one is read.

    `read` raises Problem for a value that cannot be used. One that `repeats` may stand several times.
    """

    name: str
    what: str
    schema: Callable[[Question], Schema]
    read: Callable[[str], Any]
    example: str
    repeats: bool = False


def wrong(name: str, value: str, why: str, allowed: Sequence[str]) -> Problem:
    """That a parameter's value cannot be used, and which can."""
    return Problem(400, why, parameter=name, varde=quoted(value), tillatna=list(allowed))


def quoted(text: str) -> str:
    """What somebody wrote, short and without what may be a person."""
    return mask.mask_ids(text)[:_LONGEST]


def _kommun(text: str) -> str:
    try:
        return kommun_in_lan(text)
    except NotFound as error:
        raise wrong("kommun", text, mask.mask_ids(str(error))[:_LONGEST_SENTENCE], _areas()) from error


def _areas() -> list[str]:
    lan_kod = settings.lan_kod()
    areas = [(kommun.kod, kommun.namn) for kommun in kommuner.in_lan(lan_kod)]
    return [*(kod for kod, _ in areas), lan_kod, *(name for _, name in areas)]


def _comparison(text: str) -> str:
    if text not in comparisons.comparisons():
        names = list(comparisons.comparisons())
        raise wrong(
            "jamfor",
            text,
            f"Jämförelsen ”{quoted(text)}” finns inte. Välj {enumeration(names, 'eller')}.",
            names,
        )
    return text


def _version(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > _LONGEST_NUMBER or int(text) < 1:
        why = f"Versionen ”{quoted(text)}” är inget versionsnummer. Skriv ett heltal från 1, eller ta bort parametern."
        raise wrong("version", text, why, [])
    return int(text)


KOMMUN = Parameter(
    "kommun",
    "Bara den kommunen, med namn eller kod, utöver länet och riket. Får stå flera gånger. Länets kod ger länet och "
    "riket. Det som jämförs med räknas på alla.",
    lambda question: {"type": "array", "items": {"type": "string", "enum": _areas()}},
    _kommun,
    "0880",
    repeats=True,
)
MATPERIOD = Parameter(
    "matperiod",
    f"En av indikatorns mätperioder, så som de står i katalogen, eller `{periods.EVERY}`. Utan: den senaste.",
    lambda question: {"type": "string", "minLength": 1},
    lambda text: text,
    periods.EVERY,
)
JAMFOR = Parameter(
    "jamfor",
    f"Vad talen jämförs med. Utan: `{STANDARD}`.",
    lambda question: {"type": "string", "enum": list(comparisons.comparisons())},
    _comparison,
    "riket",
)
VERSION = Parameter(
    "version",
    f"En äldre version, för rollen {OLDER_VERSIONS.word}. Utan: den nyaste.",
    lambda question: {"type": "integer", "minimum": 1, "maximum": question.version},
    _version,
    "1",
)


LAN = Parameter(
    LAN_KEY,
    "Vilket av serverns län det gäller: kod eller namn.",
    lambda question: {
        "type": "string",
        "enum": [text for kod in lan.koder() for text in (kod, kommuner.lan_name(kod))],
    },
    lan.of_text,
    settings.DEFAULT_LAN,
)


def everywhere() -> tuple[Parameter, ...]:
    """The parameters that each operation has: which län, where the installation has several."""
    return (LAN,) if lan.are_several() else ()


@dataclass(frozen=True)
class Question:
    """What is asked: at which server and address, the values of its parameters, and the version that answers."""

    origin: str
    path: str
    indikator: str
    values: Mapping[str, Any]
    store: Store
    version: int

    @property
    def reader(self) -> Reader:
        """The way to the figures."""
        return shared_reader(self.store, self.version)

    def text(self, name: str) -> str | None:
        """The value of a parameter that stands once, None where it is absent."""
        value: str | None = self.values.get(name)
        return value


def read(request: Request, parameters: Sequence[Parameter], *, is_example: bool) -> Question:
    """What a request asks. Raises Problem for what cannot be asked, NotAllowed for an older version and no role."""
    values = _values(request, [*parameters, *everywhere()])
    store = stores.store_of(is_example=is_example)
    newest = store.newest
    assert newest is not None, "both stores are filled before they are read"
    version: int = values.get(VERSION.name, newest)
    if version != newest:
        _refuse_version(request, store, version, newest)
    indikator = str(request.path_params.get("indikator", ""))
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return Question(origin, request.url.path, indikator, values, store, version)


def _values(request: Request, parameters: Sequence[Parameter]) -> dict[str, Any]:
    by_name = {parameter.name: parameter for parameter in parameters}
    for name in request.query_params:
        if name not in by_name:
            allowed = enumeration(list(by_name)) or "inga parametrar"
            why = f"Parametern ”{quoted(name)}” finns inte här. Det som finns: {allowed}."
            raise Problem(400, why, parameter=quoted(name), tillatna=list(by_name))
    return {
        name: _value(by_name[name], request.query_params.getlist(name)) for name in dict.fromkeys(request.query_params)
    }


def _value(parameter: Parameter, texts: Sequence[str]) -> Any:
    if parameter.repeats:
        return tuple(dict.fromkeys(map(parameter.read, texts)))
    if len(texts) > 1:
        why = f"Parametern {parameter.name} står {len(texts)} gånger. Den får stå en gång."
        raise Problem(400, why, parameter=parameter.name)
    return parameter.read(texts[0])


def _refuse_version(request: Request, store: Store, version: int, newest: int) -> None:
    """Raises where another version than the newest cannot be read, or not by who asks."""
    # in the same words whatever number it is: that a preliminary version waits is for analysts to know
    need(OLDER_VERSIONS, identity_of(request.scope), "Att läsa en annan version än den nyaste")
    if version > newest and not store.has(version):
        why = f"Version {version} finns inte än. Den nyaste är {newest}."
        raise wrong(VERSION.name, str(version), why, [str(newest)])
    if store.is_withdrawn(version):
        raise Problem(410, f"Version {version} är tagen ur läsning. Den nyaste är {newest}.", nyaste=newest)
    if not store.has(version):
        raise Problem(410, f"Version {version} sparas inte längre. Den nyaste är {newest}.", nyaste=newest)
