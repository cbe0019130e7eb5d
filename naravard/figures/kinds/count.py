"""A count of persons or visits: everybody is counted, so it has no confidence interval that a reader could use."""

from naravard.figures.kinds import Kind, remembered
from naravard.methods.compare import counts_differ


def _value(numerator: int, denominator: int | None, scale: float) -> float:
    return numerator


@remembered
def _differs(before: tuple[int, int | None], after: tuple[int, int | None]) -> bool:
    return counts_differ(before[0], after[0])


KIND = Kind("count", 1, value=_value, differs=_differs, has_denominator=False, is_size=True)
