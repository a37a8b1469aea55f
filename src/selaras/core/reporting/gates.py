"""What stands in the way of a report: where plan, agreement and budget disagree, and entries that raise doubts."""

from __future__ import annotations

from dataclasses import replace

from selaras.core.finding import Finding, Severity
from selaras.core.measurement.aggregate import doubts_of
from selaras.core.measurement.planned import check_quarters
from selaras.core.planning.checks import check_plan
from selaras.core.planning.wording import check_chain, check_wording
from selaras.core.reporting.agreement_gate import disagreements
from selaras.core.reporting.figures import Figures
from selaras.core.value import Value


def gates(figures: Figures) -> tuple[Finding, ...]:
    """Findings on the data themselves, before anything is composed."""
    return (*figures.findings, *_of_plan(figures), *_doubts(figures))


def plan_remarks(figures: Figures) -> tuple[Finding, ...]:
    """What a planner should look at again: words, cause and effect, quarters against their year.

    Remarks, not gates: nothing in a report is wrong because of them, so no gate fails by them.
    """
    snapshot = figures.snapshot
    quarters = (
        check_quarters(indicator, snapshot.targets, snapshot.year, figures.aim(indicator, snapshot.year).value).finding
        for indicator in snapshot.indicators
    )
    return (
        *check_wording(snapshot.nodes, snapshot.indicators),
        *check_chain(snapshot.nodes, snapshot.indicators, snapshot.supports, snapshot.targets, snapshot.year),
        *(finding for finding in quarters if finding is not None),
    )


def settled(figures: Figures) -> tuple[Finding, ...]:
    """What the gate found in the original agreement and its revision mended: remarks, for the record of the year."""
    first, latest = figures.first_agreement, figures.agreement
    if first is None or latest is None or first.code == latest.code:
        return ()
    still = {_mark(finding) for finding in disagreements(figures, latest)}
    return tuple(
        replace(
            finding, severity=Severity.INFO,
            message=f"PK semula, sudah diperbaiki dalam PK Perubahan: {finding.message}", suggestion="",
        )
        for finding in disagreements(figures, first)
        if _mark(finding) not in still
    )  # fmt: skip


def _mark(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _of_plan(figures: Figures) -> tuple[Finding, ...]:
    snapshot = figures.snapshot
    last: dict[str, Value] = {}
    for indicator in snapshot.indicators:
        value = figures.realised(indicator, snapshot.year - 1).value
        if value is not None:
            last[indicator.code] = value
    return tuple(
        check_plan(
            snapshot.plans, snapshot.nodes, snapshot.indicators, snapshot.targets, snapshot.year, last_values=last,
            grade_scales=figures.law.grade_scales,
        )
    )  # fmt: skip


def _doubts(figures: Figures) -> tuple[Finding, ...]:
    return tuple(
        finding
        for item in figures.snapshot.realisations
        if item.indicator in figures.indicators
        for finding in doubts_of(figures.indicators[item.indicator], item)
    )
