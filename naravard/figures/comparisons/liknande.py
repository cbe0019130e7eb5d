"""With the kommuner in the country that Kolada says are like this one: the mean of their values, as Kolada does it."""

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Judgement, beside_value


def _judge(case: Case) -> Judgement | None:
    return beside_value(case.figure, case.similar, COMPARISON, case.indicator, case.spread) if case.is_kommun else None


COMPARISON = Comparison(
    "liknande",
    place=5,
    menu="liknande kommuner",
    name="liknande kommuner",
    genitive="liknande kommuners",
    explanation=(
        "Varje kommun jämförs med medelvärdet av de kommuner i landet som liknar den (Koladas grupp Liknande kommuner "
        "äldreomsorg). Medelvärdet är räknat här."
    ),
    missing="Jämförelsen med liknande kommuner går inte att göra här: deras tal är inte hämtade från Kolada.",
    judge=_judge,
    needs_similar=True,
)
