"""With the area's own figure in the period before, which is uncertain itself."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, with_earlier


def _judge(case: Case) -> Judgement | None:
    if case.earlier is None:
        return None
    figure, period = case.earlier
    return with_earlier(case.figure, figure, COMPARISON, case.indicator, period)


COMPARISON = Comparison(
    "tidigare",
    place=8,
    menu="egen tidigare period",
    name="förra perioden",
    genitive="förra periodens",
    explanation="Varje område jämförs med sitt eget tal i närmast föregående mätperiod av samma längd och årstid. "
    "Många är samma personer i båda: slumpen är då mindre än den som räknas, och en verklig ändring missas oftare.",
    missing="Jämförelsen med en tidigare period går inte att göra här: ingen är lika lång och vid samma tid på året.",
    judge=_judge,
    needs_earlier=True,
)
