"""Findings as SARIF 2.1.0, the form in which other tools show results beside a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote as percent

from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting.finding_words import told
from selaras.core.source import Form
from selaras.documents.findings.result import Reviewed

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(reviewed: Sequence[Reviewed], *, version: str = "") -> dict[str, Any]:
    """One run over all files; waived findings are results with a suppression."""
    rules = {rule.code: rule for item in reviewed for rule in item.rules}
    driver: dict[str, Any] = {
        "name": "Selaras",
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.text or rule.title},
            }
            for rule in rules.values()
        ],
    }
    if version:
        driver["version"] = version
    index = {code: number for number, code in enumerate(rules)}
    results = [_result(finding, item, index) for item in reviewed for finding in item.findings]
    results += [
        _result(finding, item, index) | {"suppressions": [{"kind": "external", "justification": f"{reason} ({name})"}]}
        for item in reviewed
        for finding, reason, name in item.waived
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _result(finding: Finding, reviewed: Reviewed, index: dict[str, int]) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "properties": {
            "kind": finding.kind,
            "stated": finding.stated,
            "expected": finding.expected,
            "arithmetic": finding.arithmetic,
            "regulation": finding.regulation,
            "suggestion": finding.suggestion,
        },
    }
    if finding.code in index:
        shown["ruleIndex"] = index[finding.code]
    places = [_location(place, reviewed) for place in finding.places] or [
        _location(Place(source=reviewed.source), reviewed)
    ]
    shown["locations"] = places[:1]
    if places[1:]:
        shown["relatedLocations"] = places[1:]
    return shown


def _message(finding: Finding) -> str:
    """The message with the arithmetic and what follows from it."""
    return " ".join([finding.message, *told(finding)])


def _location(place: Place, reviewed: Reviewed) -> dict[str, Any]:
    """File and line; pages and cells, for which SARIF has no region, are told as a message and a logical location."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": percent(place.source or reviewed.source)}}
    part = reviewed.part_at(place)
    if part is not None and part.form is Form.TEXT and place.line:
        physical["region"] = {"startLine": place.line, **({"snippet": {"text": place.quote}} if place.quote else {})}
    location: dict[str, Any] = {} if place.record else {"physicalLocation": physical}
    where = replace(place, source="", quote="").sentence()
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": where}]
        location["message"] = {"text": f"{where}: “{place.quote}”" if place.quote else where}
    return location
