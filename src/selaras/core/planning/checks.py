"""Checks of a plan: what a planner should see before the year begins. Findings are returned, nothing is raised.

Levels, periods and references are questions of the record itself; a target that is not above the last result may
have a good reason and is a warning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from selaras.core.finding import Finding, Severity
from selaras.core.law import GradeScale
from selaras.core.period import Span
from selaras.core.place import Place
from selaras.core.planning.records import (
    FormulaKind,
    Indicator,
    Node,
    NodeLevel,
    PlanDocument,
    Polarity,
    StrategicPlan,
    Target,
)
from selaras.core.planning.tree import DEPTH, loops
from selaras.core.spelling import level_name, quoted
from selaras.core.value import Value, ValueKind

NUMERIC_CODE = re.compile(r"\d+(\.\d+)+")


@dataclass(frozen=True)
class Plan:
    """Everything the checks look at."""

    plans: tuple[StrategicPlan, ...]
    nodes: tuple[Node, ...]
    indicators: tuple[Indicator, ...]
    targets: tuple[Target, ...]
    year: int
    last_values: Mapping[str, Value]
    grade_scales: Mapping[str, GradeScale]

    @cached_property
    def current(self) -> StrategicPlan | None:
        """The plan whose period covers the year; the latest to begin, if several do."""
        covering = (plan for plan in self.plans if plan.first_year <= self.year <= plan.last_year)
        return max(covering, key=lambda plan: plan.first_year, default=None)

    @cached_property
    def by_code(self) -> dict[str, Node]:
        """The nodes by code."""
        return {node.code: node for node in self.nodes}

    @cached_property
    def renstra_years(self) -> dict[str, set[int]]:
        """The years for which the Renstra sets a target, by indicator."""
        years: dict[str, set[int]] = defaultdict(set)
        for target in self.targets:
            if target.document is PlanDocument.RENSTRA and target.period.span is Span.YEAR:
                years[target.indicator].add(target.period.year)
        return years


def check_plan(
    plans: Iterable[StrategicPlan],
    nodes: Iterable[Node],
    indicators: Iterable[Indicator],
    targets: Iterable[Target],
    year: int,
    *,
    last_values: Mapping[str, Value] | None = None,
    grade_scales: Mapping[str, GradeScale] | None = None,
) -> tuple[Finding, ...]:
    """Every finding on the plan for `year`, in the order of the records.

    `last_values` holds the last realised value by indicator code, for the warning that a target does not rise above
    it; grades are compared only if `grade_scales` holds their scale.
    """
    plan = Plan(
        tuple(plans), tuple(nodes), tuple(indicators), tuple(targets), year, last_values or {}, grade_scales or {}
    )
    checks = (
        _period, _years_outside, _years_missing, _orphans, _loops, _levels, _codes, _empty_levels, _ratios, _stale,
    )  # fmt: skip
    return tuple(finding for check in checks for finding in check(plan))


def _period(plan: Plan) -> Iterator[Finding]:
    if plan.current is None:
        known = ", ".join(item.period for item in plan.plans) or "tidak ada"
        yield Finding(
            "PLAN-PERIOD", "wrong-period", Severity.ERROR,
            f"Tidak ada Renstra yang periodenya memuat tahun {plan.year}.",
            stated=known, expected=f"periode yang memuat {plan.year}", places=tuple(item.place for item in plan.plans),
        )  # fmt: skip


def _years_outside(plan: Plan) -> Iterator[Finding]:
    """Targets after the period are wrong; those before it may be the history of a plan that is not loaded."""
    if plan.current is None:
        return
    for indicator in plan.indicators:
        years = sorted(plan.renstra_years.get(indicator.code, ()))
        loose = [year for year in years if not any(item.first_year <= year <= item.last_year for item in plan.plans)]
        later = [year for year in loose if year > plan.current.last_year]
        earlier = [year for year in loose if year < plan.current.first_year]
        if later:
            yield _outside(plan, plan.current, indicator, later, "sesudah", Severity.ERROR)
        if earlier:
            yield _outside(plan, plan.current, indicator, earlier, "sebelum", Severity.INFO)


def _years_missing(plan: Plan) -> Iterator[Finding]:
    if plan.current is None:
        return
    period = range(plan.current.first_year, plan.current.last_year + 1)
    for indicator in plan.indicators:
        years = plan.renstra_years.get(indicator.code)
        missing = [year for year in period if year not in (years or ())]
        if years and missing:
            yield Finding(
                "PLAN-YEARS", "missing-element", Severity.WARNING,
                f"{indicator.name}: target Renstra belum lengkap untuk periode {plan.current.period}.",
                stated=f"tanpa target tahun {_listed(missing)}", expected=f"target setiap tahun {plan.current.period}",
                places=(indicator.place,),
            )  # fmt: skip


def _orphans(plan: Plan) -> Iterator[Finding]:
    indicators = {indicator.code for indicator in plan.indicators}
    for node in plan.nodes:
        if node.parent and node.parent not in plan.by_code:
            yield _orphan(
                f"{level_name(node.level).capitalize()} {node.code}: induknya tidak dikenal.", node.parent, node.place
            )
    for indicator in plan.indicators:
        if indicator.node not in plan.by_code:
            message = f"Indikator {indicator.code}: simpul pohon kinerjanya tidak dikenal."
            yield _orphan(message, indicator.node, indicator.place)
    for target in plan.targets:
        if target.indicator not in indicators:
            message = f"Target {target.document} {target.period.name}: indikatornya tidak dikenal."
            yield _orphan(message, target.indicator, target.place)


def _loops(plan: Plan) -> Iterator[Finding]:
    circle = loops(plan.nodes)
    if circle:
        yield Finding(
            "PLAN-LOOP", "broken-reference", Severity.ERROR, "Pohon kinerja berputar: simpul menjadi induknya sendiri.",
            stated=", ".join(node.code for node in circle), places=tuple(node.place for node in circle),
            suggestion="Betulkan induk salah satu simpul itu.",
        )  # fmt: skip


def _levels(plan: Plan) -> Iterator[Finding]:
    for node in plan.nodes:
        parent = plan.by_code.get(node.parent)
        if parent is not None and DEPTH[node.level] <= DEPTH[parent.level]:
            yield Finding(
                "PLAN-LEVEL", "misplaced-content", Severity.ERROR,
                f"{level_name(node.level).capitalize()} {node.code} berinduk pada {level_name(parent.level)} {parent.code}.",
                stated=f"{level_name(node.level)} di bawah {level_name(parent.level)}",
                expected=f"jenjang di bawah {level_name(parent.level)}",
                places=(node.place, parent.place),
            )  # fmt: skip


def _codes(plan: Plan) -> Iterator[Finding]:
    """A code of the regional nomenclature begins with that of its parent; codes of other systems do not nest."""
    for node in plan.nodes:
        parent = plan.by_code.get(node.parent)
        if parent is None or not (NUMERIC_CODE.fullmatch(parent.number) and NUMERIC_CODE.fullmatch(node.number)):
            continue
        if not node.number.startswith(f"{parent.number}."):
            yield Finding(
                "PLAN-CODE", "broken-reference", Severity.WARNING,
                f"Kode {level_name(node.level)} {quoted(node.title)} tidak berawal dengan kode {level_name(parent.level)} "
                "induknya.",
                stated=node.number, expected=f"{parent.number}.…", places=(node.place, parent.place),
            )  # fmt: skip


def _empty_levels(plan: Plan) -> Iterator[Finding]:
    parents = {node.parent for node in plan.nodes if node.level is NodeLevel.SASARAN}
    measured = {indicator.node for indicator in plan.indicators}
    for node in plan.nodes:
        if node.level is NodeLevel.TUJUAN and node.code not in parents:
            yield _missing("PLAN-SASARAN", f"Tujuan {node.code} belum mempunyai sasaran.", node.place)
        if node.level is NodeLevel.SASARAN and node.code not in measured:
            yield _missing("PLAN-INDICATOR", f"Sasaran {node.code} belum mempunyai indikator.", node.place)


def _ratios(plan: Plan) -> Iterator[Finding]:
    for indicator in plan.indicators:
        if indicator.value_kind is not ValueKind.PERCENT or indicator.formula is FormulaKind.WEIGHTED:
            continue
        if not (indicator.numerator and indicator.denominator):
            yield Finding(
                "PLAN-RATIO", "missing-evidence", Severity.WARNING,
                f"{indicator.name}: pembilang dan penyebut persentase ini belum dirumuskan.",
                expected="uraian pembilang dan penyebut", places=(indicator.place,),
            )  # fmt: skip


def _stale(plan: Plan) -> Iterator[Finding]:
    """The target of the year does not improve on the last result."""
    chosen: dict[str, Target] = {}
    for target in plan.targets:
        if target.period.year == plan.year and target.period.span is Span.YEAR:
            held = chosen.get(target.indicator)
            if held is None or target.document is PlanDocument.RKT:
                chosen[target.indicator] = target
    for indicator in plan.indicators:
        goal, last = chosen.get(indicator.code), plan.last_values.get(indicator.code)
        if goal is not None and last is not None and _no_better(indicator, goal.value, last, plan.grade_scales):
            yield Finding(
                "PLAN-TARGET", "suspicious-pattern", Severity.WARNING,
                f"{indicator.name}: target {goal.period.name} tidak lebih baik daripada realisasi terakhir.",
                stated=goal.value.shown(), expected=f"lebih baik daripada {last.shown()}", places=(goal.place,),
                suggestion="Naikkan target atau jelaskan alasannya.",
            )  # fmt: skip


def _no_better(indicator: Indicator, goal: Value, last: Value, scales: Mapping[str, GradeScale]) -> bool:
    if goal.kind is not last.kind or indicator.polarity is Polarity.RANGE:
        return False
    if goal.kind is ValueKind.GRADE:
        scale = scales.get(indicator.grade_scale)
        ranks = (scale.rank(goal.grade), scale.rank(last.grade)) if scale else (None, None)
        return ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1]
    if goal.amount is None or last.amount is None:
        return False
    if indicator.polarity is Polarity.LOWER:
        return goal.amount >= last.amount and goal.amount != 0
    full = goal.kind is ValueKind.PERCENT and goal.amount >= 100
    return goal.amount <= last.amount and not full


def _missing(code: str, message: str, place: Place) -> Finding:
    return Finding(code, "missing-element", Severity.ERROR, message, places=(place,))


def _orphan(message: str, code: str, place: Place) -> Finding:
    return Finding("PLAN-ORPHAN", "broken-reference", Severity.ERROR, message, stated=code, places=(place,))


def _outside(
    plan: Plan, current: StrategicPlan, indicator: Indicator, years: list[int], when: str, severity: Severity
) -> Finding:
    return Finding(
        "PLAN-OUTSIDE", "wrong-period", severity,
        f"{indicator.name}: target Renstra {when} periode {current.period}.",
        stated=_listed(years), expected=f"tahun {current.period}", places=_target_places(plan, indicator, years),
        suggestion="Muat juga Renstra yang menetapkan target itu, atau betulkan tahunnya.",
    )  # fmt: skip


def _target_places(plan: Plan, indicator: Indicator, years: list[int]) -> tuple[Place, ...]:
    return tuple(
        target.place for target in plan.targets if target.indicator == indicator.code and target.period.year in years
    )


def _listed(years: list[int]) -> str:
    return ", ".join(map(str, years))
