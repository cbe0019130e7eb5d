"""Where an area lies among the kommuner: the line goes from the lowest figure to the highest, and says so in words."""

from hypothesis import given
from hypothesis import strategies as st

from naravard.base.model import NO_GROUP
from naravard.figures.overview import Measure
from naravard.telling.strip import strip_of
from tests.by_hand import BORGHOLM, LAN, RIKET, gate, raw, spec

KOMMUNER = (BORGHOLM, "0834", "0840", "0860")
VALUES = st.one_of(st.none(), st.integers(1, 99))


@given(st.lists(VALUES, min_size=6, max_size=6))
def test_the_line_goes_from_the_lowest_of_all_figures_to_the_highest(values: list[int | None]) -> None:
    rows = [raw(kod, None, None, varde=varde) for kod, varde in zip((*KOMMUNER, LAN, RIKET), values, strict=True)]
    measure = Measure(gate(rows, spec()), NO_GROUP)
    strip = strip_of(measure, BORGHOLM, "Borgholm", measure.row(BORGHOLM))
    known = [value for value in values if value is not None]
    if not any(value is not None for value in values[:4]):
        assert strip is None
        return
    assert strip
    assert [f"{end}\u00a0%" for end in (min(known), max(known))] == [strip.low, strip.high]
    places = [at for at in (*strip.points, strip.own, strip.lan, strip.nation) if at is not None]
    assert sorted(places) == [
        (value - min(known)) / (max(known) - min(known)) if len(set(known)) > 1 else 0.5 for value in sorted(known)
    ]
    assert strip.is_flat is (len(set(known)) == 1)
    assert all(f"{value}\u00a0%" in strip.alt for value in (values[0], *values[4:]) if value is not None)
    absent = sum(value is None for value in values[:4])
    assert (f"{absent} kommun" in strip.alt.replace("\u00a0", " ")) is (absent > 0)
