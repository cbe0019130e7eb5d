"""With the län, of which the kommun is a part. Where the kommuner differ more than chance, that widens the limits."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, Whole, with_whole


def _judge(case: Case) -> Judgement | None:
    if case.lan is None or not case.is_kommun:
        return None
    return with_whole(case.figure, Whole(case.lan, case.spread), COMPARISON, case.indicator)


COMPARISON = Comparison(
    "lanet",
    place=1,
    menu="länet",
    name="länet",
    genitive="länets",
    explanation="Varje kommun jämförs med hela länet, där kommunen själv ingår.",
    judge=_judge,
    is_a_line=True,
)
