"""With the other kommuner of the län together: the län's counts less the kommun's own."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, Whole, with_others


def _judge(case: Case) -> Judgement | None:
    whole = Whole(case.lan, case.spread) if case.lan else None
    return with_others(case.figure, whole, COMPARISON, case.indicator) if case.is_kommun else None


COMPARISON = Comparison(
    "ovriga",
    place=4,
    menu="övriga kommuner",
    name="övriga kommuner",
    genitive="övriga kommuners",
    explanation="Varje kommun jämförs med länets övriga kommuner tillsammans. Utfallet är detsamma som mot länet.",
    missing="Jämförelsen med övriga kommuner går inte att göra här: antalen är inte kända.",
    judge=_judge,
)
