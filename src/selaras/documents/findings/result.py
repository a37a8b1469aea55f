"""The result of reviewing one file, and its stable form for machines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from selaras.core.binding import Part, part_of
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
    """One report with what was found. `waived` are findings with the reason and the name of who waived them.

    A report of several files has its `parts`, one per file, and names them in the places of its findings; `files` are
    where the parts lie, in the same order.
    """

    reading: Reading
    unit: str
    year: int | None
    tables: int
    figures: int
    seconds: float
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, str, str], ...] = ()
    rules: tuple[Rule, ...] = field(default=(), repr=False)
    parts: tuple[Part, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def source(self) -> str:
        """The name of the file, or of the report of several files."""
        return self.reading.source

    @property
    def made_of(self) -> tuple[Part, ...]:
        """The files of the report; one that is a single file is its own part."""
        return self.parts or (part_of(self.reading),)

    def part_at(self, place: Place) -> Part | None:
        """The file in which a place lies; None for a place in another document or a record."""
        if place.record:
            return None
        return next((part for part in self.made_of if place.source in (part.source, "")), None)

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
        return text + (f"; {self.unread()}" if self.reading.unreadable else "")

    def told_as_read(self) -> str:
        """`36 halaman, 13 tabel, 556 angka dibaca`: how much of the report the findings rest on."""
        pages = f"{self.reading.pages} halaman, " if self.reading.pages else ""
        return f"{pages}{self.tables} tabel, {self.figures} angka dibaca"

    def unread(self) -> str:
        """`4 halaman tidak terbaca: 2, 3, 17, 18`, by file where there are several."""
        lost = [part for part in self.made_of if part.unreadable]
        told = [
            f"{part.source} " * bool(self.parts) + f"{', '.join(str(page) for page in part.unreadable)}"
            for part in lost
        ]
        return f"{len(self.reading.unreadable)} halaman tidak terbaca: {'; '.join(told)}"


def as_json(reviewed: Reviewed) -> dict[str, Any]:
    """The stable form, described by `review.schema.json` beside this module.

    `files` stands only where the report has several, `waived` only where something was waived.
    """
    shown: dict[str, Any] = {
        "file": reviewed.source,
        "unit": reviewed.unit,
        "year": reviewed.year,
        "pages": reviewed.reading.pages,
        "unreadable_pages": list(reviewed.reading.unreadable),
        "tables": reviewed.tables,
        "figures": reviewed.figures,
        "seconds": round(reviewed.seconds, 3),
        "findings": [_finding(finding, reviewed) for finding in reviewed.findings],
    }
    if reviewed.parts:
        shown["files"] = [
            {"file": part.source, "pages": part.pages, "unreadable_pages": list(part.unreadable)}
            for part in reviewed.parts
        ]
    if reviewed.waived:
        shown["waived"] = [
            _finding(finding, reviewed) | {"reason": reason, "name": name} for finding, reason, name in reviewed.waived
        ]
    return shown


def _finding(finding: Finding, reviewed: Reviewed) -> dict[str, Any]:
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
        "places": [_place(place, reviewed) for place in finding.places],
    }


def _place(place: Place, reviewed: Reviewed) -> dict[str, Any]:
    """Lines for text files, pages for the rest; a spreadsheet's cell stands where a column's name would.

    A record of the database has its name where a file has its own.
    """
    part = reviewed.part_at(place)
    text = (part.form if part else reviewed.reading.form) is Form.TEXT
    return {
        "source": place.source or (place.record and "basis data") or reviewed.source,
        "page": None if text else place.page,
        "line": place.line if text else None,
        "table": place.table or place.sheet,
        "row": place.row,
        "column": place.cell or place.column or place.record,
        "quote": place.quote,
    }
