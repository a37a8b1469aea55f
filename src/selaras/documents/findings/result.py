"""The result of reviewing one file, and its stable form for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.source import Form, Reading


@dataclass(frozen=True, slots=True)
class Rule:
    """What is told about a rule beside its findings: code, first sentence, the whole explanation."""

    code: str
    title: str
    text: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One file with what was found. `waived` are findings with the reason and the name of who waived them."""

    reading: Reading
    unit: str
    year: int | None
    tables: int
    figures: int
    seconds: float
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, str, str], ...] = ()
    rules: tuple[Rule, ...] = field(default=(), repr=False)

    @property
    def source(self) -> str:
        """The name of the file."""
        return self.reading.source

    def count(self, severity: Severity) -> int:
        """How many findings have this severity; waived ones do not count."""
        return sum(finding.severity is severity for finding in self.findings)

    def kinds(self) -> Counter[str]:
        """How many findings there are of each kind."""
        return Counter(finding.kind for finding in self.findings)

    def summary(self) -> str:
        """`3 kesalahan, 2 peringatan, 1 catatan`, with what was waived and what could not be read."""
        parts = [f"{self.count(severity)} {severity.word}" for severity in Severity if self.count(severity)]
        text = ", ".join(parts) or "tidak ada temuan"
        text += f"; {len(self.waived)} dikecualikan" if self.waived else ""
        return text + (f"; {unread(self.reading)}" if self.reading.unreadable else "")


def unread(reading: Reading) -> str:
    """`4 halaman tidak terbaca: 2, 3, 17, 18`."""
    return f"{len(reading.unreadable)} halaman tidak terbaca: {', '.join(map(str, reading.unreadable))}"


def as_json(reviewed: Reviewed) -> dict[str, Any]:
    """The stable form, described by `review.schema.json` beside this module; `waived` only where something was waived."""
    shown: dict[str, Any] = {
        "file": reviewed.source,
        "unit": reviewed.unit,
        "year": reviewed.year,
        "pages": reviewed.reading.pages,
        "unreadable_pages": list(reviewed.reading.unreadable),
        "tables": reviewed.tables,
        "figures": reviewed.figures,
        "seconds": round(reviewed.seconds, 3),
        "findings": [_finding(finding, reviewed.reading) for finding in reviewed.findings],
    }
    if reviewed.waived:
        shown["waived"] = [
            _finding(finding, reviewed.reading) | {"reason": reason, "name": name}
            for finding, reason, name in reviewed.waived
        ]
    return shown


def _finding(finding: Finding, reading: Reading) -> dict[str, Any]:
    return {
        "code": finding.code,
        "kind": finding.kind,
        "severity": finding.severity.value,
        "message": finding.message,
        "stated": finding.stated,
        "expected": finding.expected,
        "arithmetic": finding.arithmetic,
        "regulation": finding.regulation,
        "suggestion": finding.suggestion,
        "places": [_place(place, reading) for place in finding.places],
    }


def _place(place: Place, reading: Reading) -> dict[str, Any]:
    """Lines for text files, pages for the rest; a spreadsheet's cell stands where a column's name would."""
    text = reading.form is Form.TEXT
    return {
        "source": place.source or reading.source,
        "page": None if text else place.page,
        "line": place.line if text else None,
        "table": place.table or place.sheet,
        "row": place.row,
        "column": place.cell or place.column,
        "quote": place.quote,
    }
