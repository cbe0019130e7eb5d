"""The register of kommuner: 290 codes with names and län, and how names in files are understood.

Source: SCB's kommun and län codes, `data/kommuner.csv`.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process

from naravard.base import settings
from naravard.base.errors import UserError
from naravard.base.footnotes import without_mark
from naravard.base.short_memory import remembered

RIKET = "00"
SUM_WORDS = frozenset(
    {"summa", "totalt", "total", "totalsumma", "lanet", "hela lanet", "alla kommuner", "samtliga kommuner"}
)
_WORDS_IN_SUMS = frozenset(
    {
        "summa",
        "sum",
        "totalt",
        "total",
        "tot",
        "totalsumma",
        "totalsum",
        "totaler",
        "totals",
        "totalresultat",
        "slutsumma",
        "sammanlagt",
        "sammantaget",
        "samtliga",
        "alla",
        "lanstotal",
        "lanssumma",
    }
)
_WORDS_FOR_LAN = frozenset({"lanet", "lan", "lans", "lanstotal", "lanssumma"})
_WORDS_BESIDE_SUMS = _WORDS_FOR_LAN | {"kommuner", "kommunerna", "hela", "i", "for", "antal", "grand"}
_SIGN_OF_SUM = re.compile(r"[Σ∑]|\bs:a\b", re.IGNORECASE)
_OLD_NAMES = {"malung": "2023"}
"""What files call a kommun whose name is another now."""
_COUNTRY_WORDS = frozenset({"riket", "hela riket", "sverige", "sweden", "hela landet", "whole country"})
_UNSEEN = {"Mn", "Mc", "Me", "Cf"}
_BEFORE_NAME = re.compile(r"^(?:kommun|(?:the )?municipality of) ")
_BEHIND_NAME = re.compile(r" (?:kommun|stad|kn|municipality)$")
_EVERYDAY_NAMES = {"sormland": "04", "vastra gotalandsregionen": "14", "vgr": "14", "jamtland harjedalen": "23"}
"""What regions are called that do not have the name of their län."""
_NAME_AND_CODE = re.compile(r"(?P<name>[^\W\d].*) (?P<code>\d{4})")
_IN_LIST = re.compile(r"^\s*\d{1,3}[.)]\s+(?=[^\W\d_])")
_SWEDISH_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


@dataclass(frozen=True)
class Kommun:
    """One kommun. `kod` has four digits with a leading zero, `lan_kod` two."""

    kod: str
    namn: str
    lan_kod: str
    lan: str
    halva: str = ""
    """`större` or `mindre` half of its län by inhabitants (SCB, 2024); empty where that is not noted."""


@cache
def register() -> tuple[Kommun, ...]:
    """All 290 kommuner, in the order of the file."""
    with settings.KOMMUNER_CSV.open(encoding="utf-8", newline="") as file:
        return tuple(
            Kommun(r["kommun_kod"], r["kommun"], r["lan_kod"], r["lan"], r["halva"]) for r in csv.DictReader(file)
        )


def in_lan(lan_kod: str) -> tuple[Kommun, ...]:
    """The kommuner of one län in Swedish alphabetical order."""
    return tuple(sorted((k for k in register() if k.lan_kod == lan_kod), key=lambda k: swedish_key(k.namn)))


def is_in_smaller_half(kod: str) -> bool:
    """Whether a kommun is noted as one of the smaller half of its län."""
    return kod in _smaller_half()


@cache
def _smaller_half() -> frozenset[str]:
    return frozenset(kommun.kod for kommun in register() if kommun.halva == "mindre")


def lan_koder() -> list[str]:
    """Codes of all 21 län, in order."""
    return sorted({kommun.lan_kod for kommun in register()})


def lan_name(lan_kod: str) -> str:
    """`08` → `Kalmar län`. Raises UserError for a code that no län has."""
    for kommun in register():
        if kommun.lan_kod == lan_kod:
            return kommun.lan
    names = ", ".join(f"{kod} {lan_name(kod)}" for kod in lan_koder())
    raise UserError(f"Länskoden {lan_kod!r} finns inte. Ange i NARAVARD_LAN en eller flera av {names}, eller alla.")


def area_name(kod: str) -> str:
    """Name of a kommun, a län or riket; the code itself where it is unknown."""
    if kod == RIKET:
        return "Riket"
    if len(kod) == 2:
        return lan_name(kod)
    kommun = _by_kod().get(kod)
    return kommun.namn if kommun else kod


def swedish_key(text: str) -> str:
    """Sort key that puts å, ä and ö last, in that order."""
    return unicodedata.normalize("NFC", text).casefold().translate(_SWEDISH_LAST)


@remembered
def match_key(text: str) -> str:
    """A name without case, diacritics, punctuation and extra spaces, for comparison only."""
    plain = text.casefold()
    if not plain.isascii():  # most cells are, and every cell of a file's first rows comes here
        # a soft hyphen or a zero-width space within a word is not seen, and means nothing
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if unicodedata.category(c) not in _UNSEEN)
    return " ".join(re.findall(r"[a-z0-9]+", plain))


@remembered
def resolve(text: str, lan_kod: str) -> str | None:
    """Code of the area that a cell names, or None.

    Understands `Mörbylånga`, `Mörbylånga kommun`, `MORBYLANGA`, `0840`, `840`, `0840 Mörbylånga`, `Mörbylånga (0840)`,
    names with the mark of a footnote (`Mörbylånga*`, `Mörbylånga 1)`) or a number in a list (`7. Mörbylånga`), the
    län (`08`, `0008`, `Kalmar län`, `Summa`, `Totalt`, `Länet`) and riket (`00`, `0000`, `Riket`).
    """
    text = _IN_LIST.sub("", without_mark(text))
    words = match_key(text)
    if name_and_code := _NAME_AND_CODE.fullmatch(words):
        return _by_code(name_and_code["code"], name_and_code["name"])
    digits = re.match(r"\d+", words.removesuffix(" 0"))  # 840.0 is how some programs write 840
    if digits:
        return _by_code(digits.group(), words.removesuffix(" 0")[digits.end() :].strip())
    if is_sum(text, lan_kod) or _names_of_lan().get(words) == lan_kod:
        return lan_kod
    if words in _COUNTRY_WORDS:
        return RIKET
    own_lan = f" {_words_of_lan(lan_kod)}"
    return _by_name(text, lan_kod) or _lan_by_name(words) or _by_name(words.removesuffix(own_lan), lan_kod)


@remembered
def is_sum(text: str, lan_kod: str) -> bool:
    """Whether a cell is a word for a sum: `Totalt`, `Samtliga kommuner`, `Länet totalt`, `Summa Kalmar län`."""
    words = match_key(_SIGN_OF_SUM.sub("summa", text))
    if words in SUM_WORDS:
        return True
    beside_sum = _WORDS_BESIDE_SUMS.union(_words_of_lan(lan_kod).split(), [f"{len(in_lan(lan_kod))}"])
    return all(word in _WORDS_IN_SUMS or word in beside_sum for word in words.split()) and not (
        _WORDS_IN_SUMS.isdisjoint(words.split())
    )


def is_sum_of_unnamed(text: str, lan_kod: str) -> bool:
    """Whether a sum does not say of what it is: `Totalt`, but not `Länet totalt`."""
    words = set(match_key(text).split())
    names_lan = not words.isdisjoint(_WORDS_FOR_LAN.union(_words_of_lan(lan_kod).split()))
    return is_sum(text, lan_kod) and not names_lan


@cache
def _words_of_lan(lan_kod: str) -> str:
    return match_key(next((k.lan for k in register() if k.lan_kod == lan_kod), ""))


def resolve_region(text: str) -> str | None:
    """Code of the län that a cell names where the cells are regions: `Kalmar`, `Sörmland`, `Region Skåne`, `0008`."""
    words = match_key(text)
    code = _by_code(words, "") if words.isdigit() else None
    return code if code and len(code) == 2 else (_names_of_lan() | _bare_names_of_lan()).get(words)


def is_numbered_region(text: str) -> bool:
    """Whether a cell is a region behind its code without a zero: `8 Kalmar`, as a spreadsheet leaves `08 Kalmar`."""
    digits, _, name = match_key(text).partition(" ")
    return len(digits) == 1 and digits.isdigit() and _bare_names_of_lan().get(name) == f"0{digits}"


def is_also_region(text: str) -> bool:
    """Whether a name is both a kommun's and a region's, and does not say which: `Kalmar`, but not `Kalmar kommun`."""
    words = match_key(text)
    return words in _bare_names_of_lan() and words in _names()


def is_region_alone(text: str) -> bool:
    """Whether a name is a region's without saying so, and no kommun's: `Kronoberg`, but not `Region Kronoberg`."""
    words = match_key(text)
    return words in _bare_names_of_lan() and words not in _names()


def nearest(text: str, lan_kod: str, *, at_least: int = 60) -> str | None:
    """The kommun of the län whose name is most like the text (0–100), or None when none is."""
    names = _names_in_lan(lan_kod)
    match = process.extractOne(_bare_name(text), names, scorer=fuzz.ratio, score_cutoff=at_least)
    return match[2] if match else None


@cache
def _names_in_lan(lan_kod: str) -> dict[str, str]:
    return {k.namn: match_key(k.namn) for k in in_lan(lan_kod)}


@cache
def _by_kod() -> dict[str, Kommun]:
    return {k.kod: k for k in register()}


def _by_code(digits: str, name: str) -> str | None:
    if digits in {"00", "0000"}:
        return RIKET if not name or name in _COUNTRY_WORDS or is_sum(name, "") else None
    if len(digits) == 4 and digits.startswith("00"):  # Kolada's region codes
        digits = digits[2:]
    if len(digits) == 2:
        # 25,2 is no Norrbotten, and "10 Torsås" no Blekinge
        is_own_name = not name or _lan_by_name(name) == digits or is_sum(name, digits)
        return digits if digits in {k.lan_kod for k in register()} and is_own_name else None
    kod = digits.zfill(4)
    kommun = _by_kod().get(kod)
    if kommun is None or (name and _bare_name(name).removesuffix("s") != match_key(kommun.namn).removesuffix("s")):
        return None  # a code and a name that do not belong together
    return kod


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Folded name → codes. Håbo and Habo fold to the same name, so a name can have two codes."""
    names: dict[str, tuple[str, ...]] = {}
    for kommun in register():
        names[match_key(kommun.namn)] = (*names.get(match_key(kommun.namn), ()), kommun.kod)
    return {**names, **{name: (kod,) for name, kod in _OLD_NAMES.items()}}


def _bare_name(text: str) -> str:
    return _BEHIND_NAME.sub("", _BEFORE_NAME.sub("", match_key(text)))


def _by_name(text: str, lan_kod: str) -> str | None:
    name = _bare_name(text)
    codes = _names().get(name) or _names().get(name.removesuffix("s")) or ()
    if len(codes) < 2:
        return codes[0] if codes else None
    spelling = unicodedata.normalize("NFC", text).casefold().strip()
    codes_by_spelling = [k.kod for k in register() if k.kod in codes and spelling.startswith(k.namn.casefold())]
    codes_in_lan = [kod for kod in codes if kod.startswith(lan_kod)]
    return next(iter(codes_by_spelling or codes_in_lan), None)


def _lan_by_name(words: str) -> str | None:
    return _names_of_lan().get(words) or _bare_names_of_lan().get(words)


@cache
def _names_of_lan() -> dict[str, str]:
    """Folded name → code, of län and of their regions: `Stockholms län` is `Region Stockholm`, `Stockholm county`."""
    names = {match_key(k.lan): k.lan_kod for k in register()}
    bare_names = _bare_names_of_lan().items()
    words = ("region ", "region", "landstinget ", "landstinget i ")
    return {
        **names,
        **{f"region {name}": kod for name, kod in names.items()},
        **{f"{word} {name}": kod for name, kod in names.items() for word in ("landstinget", "landstinget i")},
        **{f"{name}s landsting": kod for name, kod in names.items()},
        **{f"{region}{name}": kod for name, kod in bare_names for region in words},
        **{f"{region}{name} county": kod for name, kod in bare_names for region in ("", "region ")},
        **{f"county of {name}": kod for name, kod in bare_names},
    }


@cache
def _bare_names_of_lan() -> dict[str, str]:
    """Folded name without `län` → code, as people say it: `Blekinge`, `Norrbotten`, `Sörmland`; also `Kalmar`."""
    names = {match_key(k.lan).removesuffix(" lan"): k.lan_kod for k in register()}
    return {**names, **{name.removesuffix("s"): kod for name, kod in names.items()}, **_EVERYDAY_NAMES}
