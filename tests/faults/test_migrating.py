"""Two and five workers that make the tables at once: all succeed, the tables stand there once."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest
from tests.faults import house

pytestmark = pytest.mark.slow
NUMBERS = (2, 5) if house.FULL else (2,)


def together(folders, url=""):
    with ThreadPoolExecutor(len(folders)) as people:
        return list(people.map(lambda folder: house.selaras("user", "list", "--data", folder, url=url), folders))


@pytest.mark.parametrize("number", NUMBERS)
def test_workers_on_one_workspace(tmp_path, number):
    for done in together([tmp_path / "data"] * number):
        assert done.returncode == 0, done.stderr
    check(tmp_path / "data")


@pytest.mark.postgres
@pytest.mark.parametrize("number", NUMBERS)
def test_workers_on_machines_of_their_own_that_share_a_server(server, tmp_path, number):
    url = server.database(f"bersama{number}")
    for done in together([tmp_path / f"mesin-{one}" for one in range(number)], url):
        assert done.returncode == 0, done.stderr
    check(tmp_path / "mesin-0", url)


def check(data, url=""):
    """Every migration is noted once and the tables stand there, asked of the database itself."""
    named = "SELECT app, name FROM django_migrations"
    if url:
        with psycopg.connect(url) as database:
            names = database.execute(named).fetchall()
            tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    else:
        with closing(sqlite3.connect(data / "selaras.sqlite3")) as database:
            names = database.execute(named).fetchall()
            tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert len(names) == len(set(names)), names
    assert {"selaras_cache", "store_agency"} <= {name for (name,) in tables}
