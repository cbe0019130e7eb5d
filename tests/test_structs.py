"""Data files: each is read by its struct, and all that is wrong in a file is told at once, with the nearest key."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import FrozenInstanceError, dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from naravard import stores
from naravard.base import settings, structs
from naravard.base.errors import UserError
from naravard.figures import rules, targets, vision
from naravard.slides import keyboard, lgl
from naravard.ui import help_texts, statement
from naravard.workshop import defaults


@dataclass(frozen=True)
class Slice:
    namn: str
    fyllning: Literal["sylt", "grädde"] = "sylt"
    bitar: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cake:
    titel: str
    lager: tuple[Slice, ...]
    langd: float = 1.0
    gluten: bool = True
    ord: Mapping[str, str] = field(default_factory=dict)
    gaster: Mapping[str, Slice] = field(default_factory=dict)
    ugn: Annotated[object, structs.OneOf(lambda: {"varm": 200, "het": 250})] = None
    plats: int | None = None


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the product's data files, which are read anew."""
    folder = shutil.copytree(settings.OWN_DATA, tmp_path / "data", ignore=shutil.ignore_patterns("lager*", "exempel"))
    monkeypatch.setattr(settings, "OWN_DATA", folder)
    monkeypatch.setattr(settings, "PUBLISHED", folder / "published")
    monkeypatch.setenv("NARAVARD_DATA", str(tmp_path / "egen"))
    forget()
    yield folder
    forget()


def forget() -> None:
    for read in FILES.values():
        read.cache_clear()


GOOD = """
titel = "Tårta"
langd = 2.5
plats = 1
ugn = "het"
ord = {a = "b"}
[[lager]]
namn = "botten"
bitar = [1, 2]
[gaster.alla]
namn = "bit"
"""


def cake(tmp_path: Path, text: str) -> Cake:
    path = tmp_path / "tarta.toml"
    path.write_text(text, encoding="utf-8")
    return structs.read(path, Cake)


def test_a_file_is_a_frozen_struct_with_defaults(tmp_path: Path) -> None:
    read = cake(tmp_path, GOOD)
    assert read == Cake(
        "Tårta", (Slice("botten", "sylt", (1, 2)),), 2.5, True, {"a": "b"}, {"alla": Slice("bit")}, 250, 1
    )
    with pytest.raises(FrozenInstanceError):
        read.titel = "Bulle"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("titel", "titl", "nyckeln 'titl' är okänd, närmast är 'titel'; nyckeln 'titel' saknas"),
        ("bitar", "bitr", "lager 1: nyckeln 'bitr' är okänd, närmast är 'bitar'"),
        ('namn = "bit"', "", "gaster: alla: nyckeln 'namn' saknas"),
        ('titel = "Tårta"', "titel = 3", "titel ska vara text, sätt citattecken om värdet"),
        ('titel = "Tårta"', "titel = []", "titel ska vara text."),
        ("langd = 2.5", 'langd = "2"', "langd ska vara ett tal"),
        ("langd = 2.5", "gluten = 1", "gluten ska vara true eller false"),
        ("plats = 1", 'plats = "1"', "plats ska vara ett heltal"),
        ("plats = 1", "plats = true", "plats ska vara ett heltal"),
        ("[1, 2]", '[1, "2"]', "lager 1: bitar 2 ska vara ett heltal"),
        ("[1, 2]", "3", "lager 1: bitar ska vara en lista"),
        ('{a = "b"}', '"a"', "ord ska vara en lista med kod: namn"),
        ('{a = "b"}', "{a = 1}", "ord: a ska vara text, sätt citattecken om värdet"),
        ("[gaster.alla]\nnamn =", "[gaster]\nalla =", "gaster: alla ska vara en del med egna nycklar"),
        ('ugn = "het"', 'ugn = "hett"', "ugn är 'hett' men ska vara en av varm, het, närmast är het"),
        ('namn = "botten"', 'namn = "b"\nfyllning = "gräde"',
         "lager 1: fyllning är 'gräde' men ska vara en av sylt, grädde, närmast är grädde"),
        ("titel =", "titel", "går inte att läsa"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_key_and_what_is_allowed(old: str, new: str, message: str, tmp_path: Path) -> None:
    assert old in GOOD
    with pytest.raises(UserError) as error:
        cake(tmp_path, GOOD.replace(old, new, 1))
    assert str(error.value).startswith(f"Filen {tmp_path / 'tarta.toml'} ")
    assert message in str(error.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = 'titl = "Tårta"\nplats = "ett"\nlager = [{namn = "a", bitr = 1}, {namn = 2}, 3]\nord = 4'
    with pytest.raises(UserError) as error:
        cake(tmp_path, text)
    assert str(error.value) == (
        f"Filen {tmp_path / 'tarta.toml'} är fel: lager 1: nyckeln 'bitr' är okänd, närmast är 'bitar'; "
        "nyckeln 'titl' är okänd, närmast är 'titel'; nyckeln 'titel' saknas; "
        "lager 2: namn ska vara text, sätt citattecken om värdet; lager 3 ska vara en del med egna nycklar; "
        "ord ska vara en lista med kod: namn; plats ska vara ett heltal."
    )


def test_a_list_tells_which_part_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "bitar.yaml"
    path.write_text("- namn: a\n- nam: b\n- namn: c\n  bitar: [x]\n", encoding="utf-8")
    with pytest.raises(UserError) as error:
        structs.read_list(path, Slice)
    assert (
        "nr 2: nyckeln 'nam' är okänd, närmast är 'namn'; nr 2: nyckeln 'namn' saknas; nr 3: bitar 1 ska vara"
        in str(error.value)
    )
    path.write_text("- namn: a\n- namn: b\n", encoding="utf-8")
    assert structs.read_list(path, Slice) == (Slice("a"), Slice("b"))
    path.write_text("namn: a\n", encoding="utf-8")
    with pytest.raises(UserError, match="ska vara en lista"):
        structs.read_list(path, Slice)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.yaml", b"namn: [a\nfyllning: b", "är inte giltig YAML, se rad 2"),
        ("a.yaml", b"- namn", "filen ska vara en del med egna nycklar"),
        ("a.json", b'{"namn": }', "går inte att läsa"),
        ("a.toml", b'namn = "\xe5"', "går inte att läsa"),
        ("b.toml", None, "går inte att läsa"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(name: str, content: bytes | None, message: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=message) as error:
        structs.read(tmp_path / name, Slice)
    assert name in str(error.value)


def test_keys_and_days_of_yaml_are_what_is_written() -> None:
    content = structs.parse_yaml("titel: 2024-05-01\nlager: []\nord: {0: a, 2024-05-01: b}", "Filen x")
    assert structs.build(content, Cake, "Filen x") == Cake("2024-05-01", (), ord={"0": "a", "2024-05-01": "b"})


FILES: dict[str, Any] = {
    "hjalp.toml": help_texts.of_the_service,
    "lgl.toml": lgl.plan,
    "mal.toml": targets.of_the_county,
    "malbild.toml": vision.of_the_county,
    "projektor.toml": keyboard.of_the_show,
    "skydd.toml": cache(rules.in_force),
    "tillganglighet.json": cache(statement.last_test),
    "tillganglighet.toml": statement.of_the_service,
    "published/uttag.yaml": stores.published_files,
    "workshop.toml": defaults.of_a_new_workshop,
}
"""Each data file of the product, and the cached function that reads it."""
MISSPELLED = [
    ("hjalp.toml", "svar =", "svr =", "fraga 1: nyckeln 'svr' är okänd, närmast är 'svar'"),
    ("mal.toml", "mal =", "mla =", "nyckeln 'mla' är okänd, närmast är 'mal'"),
    ("malbild.toml", "betyder =", "betydr =", "utvecklingsomrade 1: nyckeln 'betydr' är okänd, närmast är 'betyder'"),
    ("projektor.toml", "tryck =", "trykc =", "tangent 1: nyckeln 'trykc' är okänd, närmast är 'tryck'"),
    ("published/uttag.yaml", "ursprung:", "urspring:", "nr 1: nyckeln 'urspring' är okänd, närmast är 'ursprung'"),
    ("published/uttag.yaml", "text: >-", "txt: >-", "nr 4: anmarkningar 1: nyckeln 'txt' är okänd, närmast är 'text'"),
    ("published/uttag.yaml", "kalla: sabo", "kalla: säbo", "nr 8: kalla är 'säbo' men ska vara en av befolkning, "),
    ("skydd.toml", "hogst =", "host =", "regler: 1–4: nyckeln 'host' är okänd, närmast är 'hogst'"),
    ("tillganglighet.json", '"faults"', '"fault"', "nyckeln 'fault' är okänd, närmast är 'faults'"),
    ("tillganglighet.toml", "regel =", "regl =", "undantag 1: nyckeln 'regl' är okänd, närmast är 'regel'"),
    ("workshop.toml", "fragor =", "frgor =", "nyckeln 'frgor' är okänd, närmast är 'fragor'"),
    ("lgl.toml", "titel =", "titl =", "nyckeln 'titl' är okänd, närmast är 'titel'"),
    ("lgl.toml", 'rubrik = "Andel med', 'rubrk = "Andel med', "bild 4: nyckeln 'rubrk' är okänd, närmast är 'rubrik'"),
]


def test_every_data_file_has_a_struct_and_a_misspelled_key() -> None:
    files = [*settings.OWN_DATA.glob("*.*"), *settings.PUBLISHED.glob("*.*")]
    names = {f.relative_to(settings.OWN_DATA).as_posix() for f in files if f.suffix in {".toml", ".yaml", ".json"}}
    assert names == set(FILES) == {name for name, *_ in MISSPELLED}


@pytest.mark.parametrize("name", FILES)
def test_a_data_file_of_the_product_is_read_by_its_struct(name: str, own_data: Path) -> None:
    assert FILES[name]()


@pytest.mark.parametrize(("name", "old", "new", "message"), MISSPELLED)
def test_a_misspelled_key_of_a_data_file_is_told(name: str, old: str, new: str, message: str, own_data: Path) -> None:
    path = own_data / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        FILES[name]()
    assert str(error.value).startswith(f"Filen {path} är fel: ")
    assert message in str(error.value)
