"""The pages on PostgreSQL: modules that write, list, search, lock and count, run once more in a child process.

`DATABASE_URL=postgres://… make test` runs every test there.
"""

from pathlib import Path

import pytest

from tests.store.postgres import postgres
from tests.store.test_postgres import child

__all__ = ["postgres"]
pytestmark = [pytest.mark.postgres, pytest.mark.slow]
TESTS = Path(__file__).parents[1]
MODULES = (
    "web/test_records.py",
    "web/test_nips.py",
    "web/measurement/test_period.py",
    "web/public",
    "api/test_records.py",
)


def test_pages_and_api_answer_on_postgresql_as_on_sqlite(postgres):
    modules = [str(TESTS / name) for name in MODULES]
    done = child(postgres, "-m", "pytest", "-q", "-x", "-m", "not postgres", "-p", "no:cacheprovider", *modules)
    assert done.returncode == 0, done.stdout[-5000:]
