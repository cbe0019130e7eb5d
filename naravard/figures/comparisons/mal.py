"""With the target that LGL has set for the indicator, which is taken as it is."""

from naravard.figures import targets
from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, beside_value


def _judge(case: Case) -> Judgement | None:
    target = targets.target_of(case.indicator.id, case.matperiod)
    if target is None or case.is_nation:
        return None
    return beside_value(case.figure, target.varde, COMPARISON, case.indicator)


COMPARISON = Comparison(
    "mal",
    place=9,
    menu="målet",
    name="målet",
    genitive="målets",
    explanation="Varje område jämförs med det mål som LGL har satt. Vem som har beslutat det, och från när, står i "
    "definitionen.",
    missing="Jämförelsen med målet går inte att göra här: LGL har inget mål som gäller för perioden.",
    judge=_judge,
    allows_spread=False,
)
