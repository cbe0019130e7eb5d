"""What is kept in memory: few of each group, and many groups beside each other."""

from naravard.base.recent import Recent


def test_the_oldest_of_a_group_goes_and_no_other_groups() -> None:
    new_keys: list[tuple[str, int]] = []

    def of(group: str, key: int) -> int:
        return recent.of(group, key, lambda: new_keys.append((group, key)) or key)

    recent: Recent[int] = Recent(2)
    assert [of("a", 1), of("b", 1), of("a", 2), of("a", 1), of("a", 3)] == [1, 1, 2, 1, 3]
    new_keys.clear()
    assert [of("a", 1), of("a", 3), of("b", 1)] == [1, 3, 1]
    assert new_keys == []
    of("a", 2)
    assert new_keys == [("a", 2)]


def test_all_stores_of_a_whole_country_have_room() -> None:
    recent: Recent[object] = Recent(4)
    first = [recent.of(lan, 1, object) for lan in range(42)]
    assert [recent.of(lan, 1, object) for lan in range(42)] == first
    recent.clear()
    assert recent.of(0, 1, object) is not first[0]
