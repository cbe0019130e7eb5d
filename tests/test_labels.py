"""Names beside points lie on no other name, and inside the chart; who comes first chooses first."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from naravard.charts._labels import Point, _Box, _candidates, sides

WIDTH, HEIGHT = 230.0, 340.0
coordinates = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT), st.sampled_from(["Ale", "Mörbylånga ▼▼", "Högsby"]))


def boxes(points: list[Point]) -> list[_Box]:
    return [
        dict(_candidates(point))[side] for point, side in zip(points, sides(points, WIDTH, HEIGHT), strict=True) if side
    ]


@given(st.lists(coordinates, max_size=49))
def test_no_name_lies_on_another_nor_outside(some: list[tuple[float, float, str]]) -> None:
    names = boxes([Point(*each) for each in some])
    assert not any(one.meets(other) for one, other in combinations(names, 2))
    assert all(0 <= box.left <= box.right <= WIDTH and 0 <= box.bottom <= box.top <= HEIGHT for box in names)


def test_the_first_of_two_in_one_place_has_the_first_side_and_five_in_one_place_do_not_all_have_room() -> None:
    points = [Point(115, 170, "Ale")] * 5
    assert sides(points, WIDTH, HEIGHT) == ["top center", "bottom center", "middle right", "middle left", ""]


def test_a_point_at_the_right_edge_has_its_name_on_the_left() -> None:
    assert sides([Point(WIDTH, 170, "Mörbylånga")], WIDTH, HEIGHT) == ["middle left"]
