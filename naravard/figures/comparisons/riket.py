"""With riket, whose value is taken as it is."""

from naravard.base.kommuner import RIKET
from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, beside_value


def _judge(case: Case) -> Judgement | None:
    if case.nation is None or case.kommun_kod == RIKET:
        return None
    return beside_value(case.figure, case.nation.varde, COMPARISON, case.indicator, case.spread)


COMPARISON = Comparison(
    "riket",
    place=6,
    menu="riket",
    name="riket",
    genitive="rikets",
    explanation="Varje område jämförs med riket.",
    missing="Jämförelsen med riket går inte att göra här: rikets tal finns inte i underlaget.",
    judge=_judge,
    areas=(RIKET,),
)
