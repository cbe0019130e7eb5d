"""With the län by chance alone, however much the kommuner differ among themselves."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, Whole, with_whole


def _judge(case: Case) -> Judgement | None:
    if case.lan is None or not case.is_kommun:
        return None
    return with_whole(case.figure, Whole(case.lan), COMPARISON, case.indicator)


COMPARISON = Comparison(
    "lanet_slumpen",
    place=2,
    menu="länet, bara slumpen",
    name="länet",
    genitive="länets",
    explanation="Varje kommun jämförs med hela länet, där kommunen själv ingår, med bara slumpens gränser.",
    judge=_judge,
    allows_spread=False,
    is_a_line=True,
)
