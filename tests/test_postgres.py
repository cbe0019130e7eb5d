"""The server that tests of a shared store and shared tables have."""

import psycopg
import pytest

from tests.postgres import Server


def test_a_server_that_was_lost_has_what_it_had_when_it_starts_again(
    postgres_server: Server, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("create table prov (id integer)")
    postgres_server.stop(is_lost=True)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_url)
    postgres_server.start()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("select count(*) from prov").fetchone() == (0,)
