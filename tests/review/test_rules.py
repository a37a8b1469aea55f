"""Every rule of figures, sums, agreement and counts: its file, its manual page, and its cases, which are data.

A case is a small document as text with tabs between cells. It goes the whole way: reader, claims, rule.
"""

from __future__ import annotations

import re
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
FAMILIES = ("AR", "SU", "CR", "NU")
OURS = [rule for rule in RULES if rule.CODE.startswith(FAMILIES)]
CODES = [rule.CODE for rule in OURS]
CATALOGUE = {
    *("arithmetic", "rounding", "sum", "text-vs-table", "terbilang", "progress-figure", "count-mismatch", "headcount"),
    *("cross-table", "swapped-labels", "indicator-mismatch", "unit-mismatch", "mislabelled-column"),
    *("missing-evidence", "naming", "missing-element", "narrative-contradiction"),
}


def cases_of(code):
    return tomllib.loads((CASES / f"{code}.toml").read_text(encoding="utf-8"))["case"]


ALL = [pytest.param(rule, case, id=f"{rule.CODE}: {case['name']}") for rule in OURS for case in cases_of(rule.CODE)]


def report_of(text, folder, name):
    path = folder / f"{name}.txt"
    path.write_text(text.lstrip("\n"), encoding="utf-8")
    return understand(read_text(path, DEFAULT))


def found_by(rule, case, folder):
    law = load(date(2025, 1, 31))
    report = report_of(case["text"], folder, "laporan")
    findings = list(rule.check(report, law))
    if "other" in case:
        findings += list(rule.compare(report, report_of(case["other"], folder, "pembanding"), law))
    return findings


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_it_finds_in_a_case_exactly_what_the_case_expects(rule, case, tmp_path):
    findings = found_by(rule, case, tmp_path)
    told = [f"{finding.severity} {finding.kind}: {finding.message}" for finding in findings]
    expected = case.get("expect", [])
    assert len(findings) == len(expected), told
    for finding, wanted in zip(findings, expected, strict=True):
        assert finding.code == rule.CODE
        for field in ("kind", "severity", "stated", "expected"):
            assert getattr(finding, field) == wanted.get(field, getattr(finding, field)), told
        assert wanted.get("message", "") in finding.message
        assert set(wanted.get("quotes", [])) <= {place.quote for place in finding.places}, finding.places


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_is_found_under_its_code(rule):
    assert re.fullmatch(r"[A-Z]{2}[0-9]{2}", rule.CODE)
    assert rule.__name__.rpartition(".")[2].startswith(f"{rule.CODE.lower()}_")


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_explains_itself_with_a_wrong_and_a_right_example(rule):
    manual = rule.__doc__
    for word in ("Mengapa: ", "Peraturan: ", "\nSalah: ", "\nBenar: "):
        assert word in manual


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_uses_the_words_of_the_catalogue_for_its_kinds(rule):
    assert set(rule.KINDS) <= CATALOGUE


@pytest.mark.parametrize("rule", OURS, ids=CODES)
def test_a_rule_has_a_wrong_and_a_right_case_and_announces_its_kinds(rule):
    cases = cases_of(rule.CODE)
    assert any(case.get("expect") for case in cases)
    assert any(not case.get("expect") for case in cases)
    assert {wanted["kind"] for case in cases for wanted in case.get("expect", [])} <= set(rule.KINDS)


def test_every_rule_is_told_once():
    codes = [rule.CODE for rule in RULES]
    assert len(set(codes)) == len(codes)


def test_every_file_of_cases_belongs_to_a_rule():
    codes = {rule.CODE for rule in RULES}
    assert {path.stem for path in CASES.glob("*.toml")} <= codes
