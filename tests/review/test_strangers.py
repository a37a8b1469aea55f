"""Invented reports of agencies and styles that no sample has: right as they stand, then with one fault at a time.

Each report has a file of faults beside it. A fault with `open` is one that a reader sees and the reviewer does not yet: it
says why, and falls out of the list when it is found.
"""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from selaras.core.finding import Severity
from selaras.documents.read import DEFAULT
from selaras.documents.read.forms import read_form
from selaras.review.claims import understand
from selaras.review.engine import flat, review
from selaras.rulebook import load

FOLDER = Path(__file__).parent / "strangers"
REPORTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".toml")
SHARE_OPEN = 0.1
"""More than this share may not stay open."""


def findings(path, law):
    """What a reviewer must act on, with all that follows from it."""
    found = flat(review(understand(read_form(path, DEFAULT)), law))
    return {(item.code, item.kind, item.message) for item in found if item.severity is not Severity.INFO}


def faults(path):
    return tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))["fault"]


PLANTED = [
    pytest.param(path, fault, id=f"{path.stem}: {' '.join(fault['new'].split())[:60]}")
    for path in REPORTS
    for fault in faults(path)
    if "open" not in fault
]


@pytest.fixture(scope="module")
def law():
    return load(date(2025, 12, 31))


@pytest.fixture(scope="module")
def clean(law):
    return {path: findings(path, law) for path in REPORTS}


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_right_report_of_a_stranger_has_no_error(path, clean):
    assert clean[path] == set()


@pytest.mark.slow
@pytest.mark.parametrize(("path", "fault"), PLANTED)
def test_a_fault_planted_in_the_report_of_a_stranger_is_found(path, fault, clean, law, tmp_path):
    text = path.read_text(encoding="utf-8")
    assert text.count(fault["old"]) == 1
    changed = tmp_path / path.name
    changed.write_text(text.replace(fault["old"], fault["new"]), encoding="utf-8")
    new = findings(changed, law) - clean[path]
    assert {kind for _, kind, _ in new} & set(fault["kinds"]), new


def test_most_of_the_planted_faults_are_found_and_the_others_say_why_not():
    every = [fault for path in REPORTS for fault in faults(path)]
    still = [fault for fault in every if "open" in fault]
    assert all(fault["open"] for fault in still)
    assert len(still) <= SHARE_OPEN * len(every)
