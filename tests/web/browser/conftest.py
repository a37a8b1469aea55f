"""One installation for all tests in a browser: started empty, walked through once by its people, then looked at."""

from pathlib import Path

import pytest

from tests.store.postgres import postgres
from tests.web.browser.installation import CHROMIUM, SWITCHES, Installation, People
from tests.web.browser.walk import walk

__all__ = ["postgres"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    missing = pytest.mark.skip(reason=f"there is no Chromium at {CHROMIUM}")
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if not Path(CHROMIUM).exists():
                item.add_marker(missing)


class Cycle:
    """The walk, taken once however many tests ask what it left behind."""

    def __init__(self, installation, people) -> None:
        self.installation, self.people = installation, people
        self._taken = False
        self._failed = False

    def walk(self):
        """Take the walk unless it was taken. Raises what went wrong, the first time."""
        if self._failed:
            pytest.fail("the walk through the cycle did not reach its end; the test that took it says why")
        if not self._taken:
            self._failed = True
            try:
                walk(self.installation, self.people)
            except BaseException as error:
                error.add_note(self.people.seen())
                raise
            self._taken, self._failed = True, False
        return self.people


@pytest.fixture(scope="package")
def chromium():
    """A browser until the tests of this folder are through: it leaves its event loop, beside which Django refuses queries."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def cycle(tmp_path_factory, chromium):
    yield from started(tmp_path_factory.mktemp("pemasangan"), chromium)


@pytest.fixture(scope="package")
def cycle_on_postgresql(tmp_path_factory, chromium, postgres):
    yield from started(tmp_path_factory.mktemp("pemasangan-pg"), chromium, postgres)


def started(folder, chromium, database=""):
    """An empty installation with a browser before it, until the tests are through."""
    installation = Installation(folder, database)
    try:
        yield Cycle(installation, People(chromium, installation.address))
    finally:
        installation.stop()


@pytest.fixture
def people(cycle):
    """Everybody, after the report is out."""
    return cycle.walk()
