"""Readings and findings are kept without loss, and nothing else comes back."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import CannotRun
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.documents.findings.kept import fingerprints, kept, packed, restored, unpacked
from selaras.documents.read import read

REPORT = Path(__file__).parents[2] / "web" / "review" / "laporan.html"
places = st.builds(
    Place,
    source=st.text(max_size=5),
    page=st.none() | st.integers(1, 999),
    row=st.none() | st.integers(0, 99),
    quote=st.text(),
)
findings = st.builds(
    Finding, st.text(max_size=5), st.text(max_size=5), st.sampled_from(Severity), st.text(), stated=st.text(max_size=9),
    places=st.lists(places, max_size=3).map(tuple),
)  # fmt: skip


@given(findings)
def test_a_finding_comes_back_as_it_was(finding):
    assert unpacked(json.loads(json.dumps(packed(finding)))) == finding


def test_a_reading_comes_back_as_it_was():
    reading = read(REPORT)
    assert restored(kept(reading)) == reading


@pytest.mark.parametrize("value", [Decimal("1.50"), date(2024, 12, 31), ("a", (1, None, True))])
def test_plain_values_come_back(value):
    assert unpacked(json.loads(json.dumps(packed(value)))) == value


def test_what_is_no_value_of_core_is_not_kept_and_never_made():
    with pytest.raises(TypeError):
        packed(object())
    with pytest.raises(KeyError):
        unpacked({"$": "Popen", "args": "true"})


@pytest.mark.parametrize("content", [b"", b"bukan gzip", kept(read(REPORT))[:200]])
def test_a_damaged_file_is_refused(content):
    with pytest.raises(CannotRun):
        restored(content, "laporan")


@given(st.lists(findings, max_size=6))
def test_every_finding_has_a_name_of_its_own(found):
    names = fingerprints(found)
    assert len(set(names)) == len(found)


def test_a_renamed_file_keeps_the_names_of_its_findings():
    one = Finding("AR01", "arithmetic", Severity.ERROR, "m", "96", places=(Place(source="a.pdf", page=3, quote="96"),))
    two = Finding(
        "AR01", "arithmetic", Severity.ERROR, "lain", "96", places=(Place(source="b.pdf", page=3, quote="96"),)
    )
    assert fingerprints([one], "a.pdf") == fingerprints([two], "b.pdf")
    assert fingerprints([one], "a.pdf") != fingerprints([two], "c.pdf")
