"""A name says what a value is."""

from tests.names import bare_participles


def test_no_name_is_a_bare_participle() -> None:
    assert [f"{file}:{line}: {name}" for name, file, line in bare_participles()] == []
