"""The same tests on PostgreSQL, and the same snapshot out of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.long_run import LONG
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.store.snapshot import load_snapshot

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path
from selaras.store import setup
setup(Path(sys.argv[1]))
from selaras.store.snapshot import load_snapshot
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill
from django.db import connection
assert connection.vendor == "postgresql"
fill(records())
print(repr(load_snapshot(AGENCY.code, YEAR)))
"""


def child(url, *command):
    environment = {**os.environ, "DATABASE_URL": url, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.django_db
@pytest.mark.slow
def test_the_snapshot_is_the_same_as_out_of_sqlite(postgres, tmp_path):
    done = child(postgres, "-W", "error", "-c", SCRIPT, str(tmp_path))
    assert done.returncode == 0, done.stderr
    fill(records())
    assert done.stdout.strip() == repr(load_snapshot(AGENCY.code, YEAR))


@pytest.mark.slow
def test_the_tests_of_store_and_actions_pass(postgres):
    folders = [str(ROOT / "tests" / name) for name in ("store", "actions")]
    asked = "not postgres" if LONG else "not postgres and not slow"
    done = child(postgres, "-m", "pytest", "-q", "-x", "-m", asked, "-p", "no:cacheprovider", *folders)
    assert done.returncode == 0, done.stdout[-5000:]
