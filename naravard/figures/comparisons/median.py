"""With the median of the län's kommuner, of those whose figures may be seen: each kommun counts as much."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, beside_value


def _judge(case: Case) -> Judgement | None:
    return beside_value(case.figure, case.median, COMPARISON, case.indicator, case.spread) if case.is_kommun else None


COMPARISON = Comparison(
    "median",
    place=7,
    menu="länets median",
    name="länets median",
    genitive="medianens",
    explanation="Varje kommun jämförs med länets median: kommunen i mitten, där varje kommun väger lika.",
    missing="Jämförelsen med länets median går inte att göra här: för få kommuners tal är kända.",
    judge=_judge,
)
