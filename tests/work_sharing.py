"""Which tests one worker of `make test-all` takes together, and in which order.

A module stays together, so that what it sets up is made once and not once per worker; modules that share one walk of a
browser stay together for the same reason; a long module that sets up nothing is cut. The longest begin first, so that
no worker ends alone with one of them.
"""

import zlib
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

HERE = Path(__file__).parent
TOGETHER = {
    "web/browser/test_cycle.py": "cycle",
    "web/browser/test_evaluation.py": "cycle",
    "web/browser/test_main_pages.py": "cycle",
    "web/browser/test_planning_sheets.py": "cycle",
    "web/browser/test_staff_goals.py": "cycle",
}
"""Modules of one group, by the group's name."""
CUT = {"review/test_mutations.py": 6, "api/test_schemathesis.py": 8, "test_round_trip.py": 4, "api/test_rights.py": 3}
"""Into how many groups a module is cut."""
FIRST = (
    "cycle", "store/test_postgres.py", "web/browser/", "web/test_postgres.py", "analytics/", "cli/", "faults/", "attack/",
    "api/", "review/test_mutations.py", "test_round_trip.py", "web/",
)  # fmt: skip
"""The beginnings of the names of the groups that begin first."""


def group(address: str) -> str:
    """The group that a test belongs to, by its address."""
    module, _, name = address.removeprefix(f"{HERE.name}/").partition("::")
    if parts := CUT.get(module):
        return f"{module} {zlib.crc32(name.encode()) % parts}"
    return TOGETHER.get(module, module)


def place(name: str, empties: set[str]) -> tuple[bool, int]:
    """Where a group stands in the order; those that empty the tables after each test come after those that roll back."""
    return name in empties, next((at for at, beginning in enumerate(FIRST) if name.startswith(beginning)), len(FIRST))


def empties_tables(item: pytest.Item) -> bool:
    """The test commits: pytest-django runs such tests after the others, because they leave the tables empty."""
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())


class InGroups(LoadScopeScheduling):
    """Gives whole groups to the workers, in the order in which the tests were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


def arrange(items: list[pytest.Item]) -> None:
    """Put the long groups first; within a group the order stays. Every test gets an address of its own.

    The scheduler knows a test by its address alone and would run only the first of those that share one.
    """
    seen: dict[str, int] = {}
    for item in items:
        again = seen[item.nodeid] = seen.get(item.nodeid, 0) + 1
        if again > 1:
            item._id = item._id.with_params(str(again))
    empties = {group(item.nodeid) for item in items if empties_tables(item)}
    met = {name: at for at, name in enumerate(dict.fromkeys(group(item.nodeid) for item in items))}
    items.sort(key=lambda item: (place(group(item.nodeid), empties), met[group(item.nodeid)]))
