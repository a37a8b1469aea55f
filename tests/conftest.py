"""What all tests share: golden files with a switch to rewrite them, and the sample agencies."""

import gc
from datetime import date
from pathlib import Path

import hypothesis
import pytest

from selaras.documents.workbook import read_snapshot
from selaras.rulebook import load
from tests.work_sharing import InGroups, arrange

# How long an example takes is the machine's affair: under load such a check fails what is right.
hypothesis.settings.register_profile(
    "selaras", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)  # fmt: skip
hypothesis.settings.load_profile("selaras")
ROOT = Path(__file__).parents[1]
EXAMPLES = {"BIRO-ORG": ("biro-organisasi-2024.xlsx", 2024), "KPU-PROB": ("sekretariat-kpu-2022.xlsx", 2022)}
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser):
    parser.addoption("--golden", action="store_true", help="rewrite the golden files instead of comparing")


QUICK_AT_THE_DOORS = {
    "web": {
        "test_records.py",
        "test_home.py",
        "test_translation.py",
        "test_core_words.py",
        "test_dense_html.py",
        "test_health.py",
    },
    "api": {"test_document.py", "test_misfits.py"},
}
"""Modules of the doors that `make test` runs too; the rest takes minutes and runs with `make test-all`, as in CI."""


def pytest_xdist_make_scheduler(config, log):
    """`--dist loadscope` (make test-all) gives out the groups of tests/work_sharing.py instead of modules."""
    return InGroups(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(items):
    arrange(items)
    for item in items:
        door, *_ = item.path.relative_to(Path(__file__).parent).parts
        if door in QUICK_AT_THE_DOORS and item.path.name not in QUICK_AT_THE_DOORS[door]:
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish():
    """Thousands of collected tests stay for good: the collector of garbage need not look at them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_unconfigure():
    gc.unfreeze()  # at their end programs tidy up, and some complain of what they may not


def pytest_configure():
    from django.conf import settings

    settings.SECRET_KEY = "only-for-tests-and-therefore-no-secret-at-all-0123456789"


@pytest.fixture
def golden(request):
    """Compares a text with a golden file; with --golden it writes the file instead."""

    def compare(name, text):
        path = GOLDEN / name
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        assert path.exists(), f"{name} is missing: make golden writes it"
        assert text == path.read_text("utf-8"), f"{name} differs: make golden rewrites it, then review the diff"

    return compare


@pytest.fixture(scope="session")
def law():
    return load(date(2024, 12, 31))


@pytest.fixture(scope="session", params=list(EXAMPLES))
def snapshot(request):
    """Each sample agency in turn."""
    name, year = EXAMPLES[request.param]
    return read_snapshot(ROOT / "examples" / name, year)


@pytest.fixture(scope="session")
def biro():
    name, year = EXAMPLES["BIRO-ORG"]
    return read_snapshot(ROOT / "examples" / name, year)


@pytest.fixture(scope="session")
def kpu():
    name, year = EXAMPLES["KPU-PROB"]
    return read_snapshot(ROOT / "examples" / name, year)
