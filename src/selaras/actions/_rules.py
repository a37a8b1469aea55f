"""Codes of the rulebook that records name (outline, scale, method): what nobody knows is refused, not met later."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from selaras.core.errors import Fault
from selaras.core.law import Law
from selaras.core.measurement.efficiency import TEXTS as METHODS
from selaras.core.planning import Indicator
from selaras.core.snapshot import NARRATED, Narrative, ReportSettings
from selaras.documents.workbook.check import Checker
from selaras.rulebook import load


def law_of(settings: ReportSettings) -> Law:
    """The law for a report: that of the day of signing, else the year's last day."""
    return load(settings.signed_on or date(settings.year, 12, 31))


def faults_of_codes(item: Any, checker: Checker, today: date) -> Iterator[Fault]:
    """Codes of one record that the rulebook does not hold; indicators are held against that of `today`."""
    for field, code, known in _named(item, today):
        if code and code not in known:
            near = get_close_matches(code, sorted(known), n=1, cutoff=0.6)
            yield Fault(
                "Kode ini tidak ada dalam buku aturan", checker.place(item, field), read=code,
                expected="salah satu dari: " + ", ".join(sorted(known)),
                remedy=f"Mungkin maksudnya “{near[0]}”." if near else "Pilih dari yang ada.",
            )  # fmt: skip


def _named(item: Any, today: date) -> Iterator[tuple[str, str, Collection[str]]]:
    if isinstance(item, ReportSettings):
        law = law_of(item)
        yield "outline", item.outline, law.outlines
        yield "scale", item.scale, law.scales
        yield "efficiency", item.efficiency, METHODS
    elif isinstance(item, Indicator):
        yield "grade_scale", item.grade_scale, load(today).grade_scales
    elif isinstance(item, Narrative):
        yield "section", item.section, NARRATED
