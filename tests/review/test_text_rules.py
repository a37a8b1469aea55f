"""Every rule of identity, structure, narrative and text: its manual page, and its cases, which are data."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from selaras.documents.read import DEFAULT
from selaras.documents.read.text import read_text
from selaras.review.claims import understand
from selaras.review.rules import RULES
from selaras.rulebook import load

CASES = Path(__file__).parent / "cases"
FAMILIES = {"ID", "ST", "NA", "TX"}
OURS = [rule for rule in RULES if rule.CODE[:2] in FAMILIES]
CODES = [rule.CODE for rule in OURS]
CATALOGUE = {
    "narrative-contradiction", "missing-evidence", "suspicious-pattern", "wrong-agency", "wrong-period", "legal-basis", "naming", "toc-mismatch",
    "list-of-tables", "broken-reference", "duplicate-numbering", "broken-numbering", "missing-element", "misplaced-content", "scale-gap",
    "duplicate-content", "incomplete-text", "format", "typo", "extraction-artefact", "text-vs-table",
    "arithmetic",
}  # fmt: skip


def cases_of(code):
    return tomllib.loads((CASES / f"{code}.toml").read_text("utf-8"))["case"]


ALL = [pytest.param(rule, case, id=f"{rule.CODE}: {case['name']}") for rule in OURS for case in cases_of(rule.CODE)]


def found_by(rule, text, folder):
    path = folder / "laporan.txt"
    path.write_text(text, encoding="utf-8")
    return list(rule.check(understand(read_text(path, DEFAULT)), load(date(2025, 1, 31))))


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_it_finds_in_a_case_exactly_what_the_case_expects(rule, case, tmp_path):
    findings = found_by(rule, case["text"], tmp_path)
    told = [f"{finding.severity} {finding.kind}: {finding.message}" for finding in findings]
    expected = case.get("expect", [])
    assert len(findings) == len(expected), told
    for finding, wanted in zip(findings, expected, strict=True):
        assert finding.code == rule.CODE
        for field in ("kind", "severity", "stated", "expected"):
            assert getattr(finding, field) == wanted.get(field, getattr(finding, field)), told


@pytest.mark.parametrize(("rule", "case"), [item for item in ALL if item.values[1].get("expect")])
def test_every_finding_has_a_place_with_the_exact_words(rule, case, tmp_path):
    text = " ".join(case["text"].split())
    for finding in found_by(rule, case["text"], tmp_path):
        assert finding.places
        for place in finding.places:
            assert place.line
            assert "…" not in place.quote or "…" in text


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_explains_itself_with_a_wrong_and_a_right_example(rule):
    for word in ("\nMengapa: ", "\nPeraturan: ", "\nSalah: ", "\nBenar: "):
        assert word in rule.__doc__
    assert set(rule.KINDS) <= CATALOGUE


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_has_a_wrong_and_a_right_case_and_announces_its_kinds(rule):
    cases = cases_of(rule.CODE)
    assert any(case.get("expect") for case in cases)
    assert any(not case.get("expect") for case in cases)
    assert {wanted["kind"] for case in cases for wanted in case.get("expect", [])} <= set(rule.KINDS)
