"""Targets against targets: quarters against their year, and the annual plan against the strategic plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from selaras.core.finding import Finding, Severity
from selaras.core.measurement.aggregate import target_through
from selaras.core.period import Span
from selaras.core.planning import Indicator, PlanDocument, Target
from selaras.core.value import Value


@dataclass(frozen=True, slots=True)
class QuarterCheck:
    """What the quarters of the action plan add up to, the year's target, and the finding where they disagree."""

    made: Value | None
    year: Value | None
    finding: Finding | None = None


def check_quarters(indicator: Indicator, targets: Iterable[Target], year: int, goal: Value | None) -> QuarterCheck:
    """The year's target out of the quarters, by the indicator's aggregation, held against the target that counts.

    `goal` is the target of the year. Nothing is said while a quarter is missing, unless the aggregation takes the
    last value and the last quarter is there.
    """
    own = [
        item for item in targets
        if item.indicator == indicator.code and item.document is PlanDocument.ACTION_PLAN
        and item.period.year == year and item.period.span is Span.QUARTER
    ]  # fmt: skip
    made = target_through(indicator, own, year, document=PlanDocument.ACTION_PLAN)
    if made is None or goal is None or made == goal:
        return QuarterCheck(made, goal)
    if not any(item.period.index == 4 for item in own):
        return QuarterCheck(made, goal)
    finding = Finding(
        "PLAN-QUARTERS", "inconsistent-value", Severity.WARNING,
        f"{indicator.name}: target triwulan tidak menghasilkan target tahun {year}.",
        stated=f"{made.shown()} ({indicator.aggregation.value})", expected=goal.shown(), places=(indicator.place,),
        suggestion="Betulkan target triwulan, atau cara menghitung nilai tahunnya.",
    )  # fmt: skip
    return QuarterCheck(made, goal, finding)


def deviates(annual: Value | None, strategic: Value | None) -> bool:
    """Whether the annual plan departs from the strategic plan, so that a reason is wanted: both are set and differ."""
    return annual is not None and strategic is not None and annual != strategic
