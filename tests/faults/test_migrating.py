"""Two and five workers that make the tables at once: all succeed, the tables stand there once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

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
    code = (
        "import sys; from pathlib import Path; from selaras.cli.options import open_web_workspace as go\n"
        "go(Path(sys.argv[1]), migrating=False)\n"
        "from django.db import connection; from django.db.migrations.recorder import MigrationRecorder as Done\n"
        "names = list(Done.Migration.objects.values_list('app', 'name')); assert len(names) == len(set(names)), names\n"
        "tables = connection.introspection.table_names(); assert 'selaras_cache' in tables and 'store_agency' in tables\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(data)], env=house.environment(url), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
