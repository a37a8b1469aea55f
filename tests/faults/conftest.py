"""An installation with one sample agency on each database, made once, copied for each test."""

import shutil
from types import SimpleNamespace

import pytest
from tests.faults import house


@pytest.fixture(scope="session", autouse=True)
def _starter():
    yield
    house.end_starter()


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults") / "data"
    house.finished("preparing", folder)
    return folder


@pytest.fixture(scope="session")
def server():
    running = house.Postgres()
    yield running
    running.end()


@pytest.fixture(scope="session")
def made_postgres(server, tmp_path_factory):
    """The database `asal`, to be copied by the server."""
    folder = tmp_path_factory.mktemp("faults-pg") / "data"
    url = server.database("asal")
    house.finished("preparing", folder, url=url)
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installation(request, tmp_path):
    """An installation of one's own: its folder, DATABASE_URL, and the server where there is one."""
    data = tmp_path / "data"
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("made"), data)
        return SimpleNamespace(data=data, url="", server=None)
    shutil.copytree(request.getfixturevalue("made_postgres"), data)
    running = request.getfixturevalue("server")
    url = running.database(f"t{abs(hash(str(tmp_path))) % 10**12}", "asal")
    return SimpleNamespace(data=data, url=url, server=running)
