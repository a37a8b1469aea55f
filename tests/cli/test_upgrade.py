"""The way to a new version and back, walked as an operator walks it: backup, upgrade, compare, and restore."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.faults import house

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
OLD = """
import sys
from pathlib import Path
from selaras.cli.options import open_web_workspace
open_web_workspace(Path(sys.argv[1]))
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from selaras.actions.exchange import load_workbook
from selaras.core.access import operator
load_workbook(operator("contoh"), path=Path(sys.argv[2]))
names = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "store")
if names[0] != names[-1]:
    call_command("migrate", "store", names[0], verbosity=0)
print(names[0], names[-1])
"""


def run(*command, data, check=True):
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SELARAS_", "DATABASE_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=kept | {"SELARAS_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    if check:
        assert done.returncode == 0, done.stderr
    return done


def selaras(*arguments, data, check=True, real=False):
    """Our command, forked from one that has loaded the application; `real`: as a command of the system."""
    done = house.selaras(*arguments, "--data", data, real=real)
    if check:
        assert done.returncode == 0, done.stderr
    return done


def rows(data, only=None):
    """Each table of ours with a digest of all its rows."""
    found = {}
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'store_%'"
            )
        ]
        for name in names:
            lines = sorted(map(repr, database.execute(f'SELECT * FROM "{name}"')))
            found[name] = (len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())
    return {name: found[name] for name in only} if only else found


def test_an_installation_is_upgraded_keeps_every_row_and_goes_back_by_its_backup(tmp_path):
    data, book = tmp_path / "data", ROOT / "examples" / "biro-organisasi-2024.xlsx"
    first, last = run("-c", OLD, data, book, data=data).stdout.split()
    before = rows(data)
    assert before["store_indicator"][0] > 10
    assert before["store_auditrecord"][0] >= 1

    if first != last:
        told = json.loads(selaras("doctor", "--format", "json", data=data, check=False).stdout)
        assert any("migrasi belum dijalankan" in point["seen"] for point in told), (
            "the doctor tells, and changes nothing"
        )
        assert rows(data) == before
    selaras("backup", tmp_path / "sebelum.zip", data=data)
    kept = rows(data)  # the backup leaves its own record in the trail

    selaras("agencies", data=data, real=True)  # whatever is called first brings the tables up to date
    after = rows(data, only=kept)
    assert after == kept, "an upgrade changes no row"
    assert json.loads(selaras("audit", "verify", "--format", "json", data=data).stdout)["breaks"] == []

    newer = "0999_masa_depan"
    with closing(sqlite3.connect(data / "selaras.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', ?, '2030-01-01')", (newer,)
        )
        database.execute("UPDATE store_indicator SET name = 'diubah oleh versi baru'")
    refused = selaras("agencies", data=data, check=False)
    assert refused.returncode == 2
    assert "lebih baru" in refused.stderr
    assert newer in refused.stderr

    selaras("restore", tmp_path / "sebelum.zip", "--replace", data=data)
    back = rows(data, only=before)
    trail = {"store_auditrecord"}  # the backup and the restore are written down
    assert {name: back[name] for name in before if name not in trail} == {
        name: before[name] for name in before if name not in trail
    }
    assert json.loads(selaras("audit", "verify", "--format", "json", data=data).stdout)["breaks"] == []
