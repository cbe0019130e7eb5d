"""With the län less the kommuner whose registration is remarked on: they are no yardstick."""

from __future__ import annotations

from naravard.figures.comparisons import Case, Comparison
from naravard.figures.judgement import Figure, Judgement, Whole, spread_of, with_whole


def _judge(case: Case) -> Judgement | None:
    """A kommun that is left out of the yardstick is tested as a part of the yardstick and itself."""
    yardstick = _yardstick(case)
    if yardstick is None or not case.is_kommun:
        return None
    others = [figure for kod, figure in case.kommuner.items() if kod not in case.remarkable]
    is_left_out = case.kommun_kod in case.remarkable
    whole = _sum(case, yardstick, case.figure, 1) if is_left_out else yardstick
    if whole is None:
        return None
    spread = spread_of(others, yardstick, case.indicator)
    return with_whole(case.figure, Whole(whole, spread), COMPARISON, case.indicator, yardstick.varde)


def _yardstick(case: Case) -> Figure | None:
    """The län's figure less those that are remarked on; None where there are none, or one of them is hidden."""
    left_out = [figure for kod, figure in case.kommuner.items() if kod in case.remarkable]
    yardstick = case.lan if left_out else None
    for figure in left_out:
        yardstick = yardstick and _sum(case, yardstick, figure, -1)
    return yardstick


def _sum(case: Case, one: Figure, other: Figure, sign: int) -> Figure | None:
    if one.taljare is None or one.namnare is None or other.taljare is None or other.namnare is None:
        return None
    counts = one.taljare + sign * other.taljare, one.namnare + sign * other.namnare
    if min(counts) < 0:
        return None
    return Figure(*counts, case.indicator.kind.value(*counts, case.indicator.scale))


COMPARISON = Comparison(
    "lanet_utan_anmarkta",
    place=3,
    menu="länet utan anmärkta kommuner",
    name="länet utan anmärkta kommuner",
    genitive="övriga länets",
    explanation="Varje kommun jämförs med länet utan de kommuner som har en egen anmärkning.",
    missing="Jämförelsen utan anmärkta kommuner går inte att göra här: ingen är anmärkt, eller deras tal är dolda.",
    judge=_judge,
)
