"""The methods behind what is said of chance, by the names that statisticians give them: for who asks how it is done.

No other text that is read on a page, a slide or paper has these names; what leaders read says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator

from naravard.base.numbers import number
from naravard.figures.gate import ProtectedResult
from naravard.telling.verdicts import size_of_spread, spread_judgement

NAMES = ("φ", "χ²", "p′", "XmR", "Cochran", "Kendall", "Poisson", "Wilson", "Byar", "Dobson", "standardavvikelse")
"""Those that are used, and no others."""


def methods(result: ProtectedResult) -> str:
    """How chance is reckoned for a result: sentences, empty where it is not reckoned."""
    return " ".join(_sentences(result))


def _sentences(result: ProtectedResult) -> Iterator[str]:
    is_share = result.indicator.in_percent
    if any(row.nedre is not None for row in result.rows):
        yield f"Slumpens spann är {'Wilsons' if is_share else 'Byars, för små antal exakt Poisson'} (95 %)."
    judgement = spread_judgement(result)
    if judgement is not None and judgement.spread is not None:
        size, phi = size_of_spread(judgement.spread.between, result), number(judgement.spread.phi, 1)
        yield f"Att kommunerna skiljer sig mer än slumpen ger är prövat med χ² (φ {phi}, standardavvikelse {size})."
    if any(row.utjamnad is not None for row in result.rows):
        yield "Talet med länets åldrar är direkt standardiserat, med Dobsons intervall."
    if len(result.matperioder) > 1:
        has_counts = any(row.taljare is not None for row in result.rows)
        test = ("Cochran–Armitage" if is_share else "Poissonregression") if has_counts else "Mann–Kendalls test"
        yield f"Ändringen över tid prövas med {test} (95 %), enstaka tal med styrdiagram (p′ eller XmR)."
