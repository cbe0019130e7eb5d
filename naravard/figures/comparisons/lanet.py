"""With the län, of which the kommun is a part; the län's value is taken as it is."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, with_value


def _judge(case: Case) -> Judgement | None:
    if case.lan is None or not case.is_kommun:
        return None
    return with_value(case.figure, case.lan.varde, COMPARISON, case.indicator)


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
