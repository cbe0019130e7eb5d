"""A point or a comma with three digits behind it: between thousands of a count, or before decimals."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GROUPED = re.compile(r"[1-9]\d{0,2}(?P<sign>[.,])\d{3}(?:(?P=sign)\d{3})*")
_WHOLE = re.compile(r"\d+")
_FEWEST_ALIKE = 3


def counts_without_signs(texts: Sequence[str]) -> dict[int, str]:
    """Place → the count without what stands between its thousands (`1.885`), where no text has another such sign.

    A number that stands alone can be read in two ways, and so can those that all end in `.000`.
    """
    with_sign = {place: text.strip() for place, text in enumerate(texts) if "." in text.strip(". ") or "," in text}
    matches = {place: _GROUPED.fullmatch(text) for place, text in with_sign.items()}
    signs = {match["sign"] if match else "" for match in matches.values()}
    has_others = len(with_sign) > 1 or any(_WHOLE.fullmatch(text.strip()) for text in texts)
    has_only_zeros = all(text.endswith("000") for text in with_sign.values())  # decimals of whole numbers, more likely
    if len(signs) != 1 or signs == {""} or not has_others or has_only_zeros:
        return {}
    return {place: re.sub("[.,]", "", text) for place, text in with_sign.items()}


def may_be_thousands(texts: Sequence[str]) -> bool:
    """Whether numbers with a sign, which all have three digits behind it, may be thousands beside the others.

    They are several, or most of the others are whole: nobody writes 140 and then 1.885 of the same.
    """
    with_sign = [text for text in texts if "." in text or "," in text]
    whole = [text for text in texts if _WHOLE.fullmatch(text)]
    return bool(with_sign) and (len(with_sign) >= _FEWEST_ALIKE or len(whole) > len(with_sign))
