"""What the records of an agency's year say of a unit, as the evaluation sheet asks: the facts behind its criteria.

For the agency as a whole the indicators of its sasaran count; for a unit those of the nodes that it, or a unit below
it, answers for. Reports, their review and the evaluations before are the agency's, whoever is evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from selaras.core.agreements import Agreement
from selaras.core.deadlines import Due, Matter, Slot, last_day
from selaras.core.evaluation.facts import UNKNOWN, Count, Facts, Share
from selaras.core.evaluation.gaming import Aimed
from selaras.core.evaluation.recommendations import Recommendation, Reply, share_closed, share_used
from selaras.core.measurement.records import FollowUp, Progress
from selaras.core.period import Period, Span
from selaras.core.place import Place
from selaras.core.planning import Indicator, PlanDocument
from selaras.core.registers.binding import is_counted
from selaras.core.reporting.evaluation_scope import Scope, share_of
from selaras.core.reporting.figures import Figures

HUNDRED = Decimal(100)
VERIFIED = frozenset({Progress.VERIFIED, Progress.LOCKED})


@dataclass(frozen=True, slots=True)
class Reported:
    """What is on record about the year's report: days of its steps, its review, and the other reports."""

    made_on: date | None = None
    signed_on: date | None = None
    published_on: date | None = None
    agreement_published_on: date | None = None
    interim: int = 0
    reviewed_on: date | None = None
    findings: int | None = None
    findings_open: int | None = None


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The evaluations before: `scores` of final ones by year of performance, when last year's was closed, and which

    units it reached; the recommendations of last year and the targets and activities that answer them.
    """

    scores: Mapping[int, Decimal] = field(default_factory=dict)
    closed_on: date | None = None
    units: frozenset[str] = frozenset()
    recommendations: Sequence[Recommendation] = ()
    replies: Sequence[Reply] = ()


@dataclass(frozen=True, slots=True)
class Staffed:
    """The employees of one unit (not of those below), and how many of them have agreed goals (SKP) in the year."""

    people: int = 0
    with_goals: int = 0


def facts_from(
    figures: Figures,
    unit: str,
    *,
    entered: Mapping[tuple[str, Period], date],
    due: Mapping[Slot, Due],
    reported: Reported,
    evaluated: Evaluated,
    staff: Mapping[str, Staffed],
    today: date,
) -> Facts:
    """The facts of a unit (empty: the whole agency) for the year of the figures, as they stand on `today`.

    `entered` says when each realisation was first written down, as far as anybody knows. `staff` is by unit (empty: of
    none), and empty where the year's goals are not kept here at all.
    """
    scope = Scope(figures, unit)
    year, snapshot = figures.year, figures.snapshot
    first, versions = scope.agreement
    budgets = sorted(snapshot.budget_versions, key=lambda item: item.order)
    periods = _Measured(scope, entered, due, today)
    report_due = due.get(Slot(Matter.REPORT.value))
    targets = [item for item in snapshot.targets if item.indicator in scope.codes and item.period.year == year]
    given = evaluated.recommendations
    parent = any(plan.code == figures.plan.parent for plan in snapshot.parent_plans) if figures.plan else False
    return Facts(
        unit,
        year,
        long_term_plan=parent,
        strategic_plan=figures.plan is not None,
        annual_targets=sum(item.document is PlanDocument.RKT for item in targets),
        action_targets=sum(item.document is PlanDocument.ACTION_PLAN for item in targets),
        budget_on=budgets[0].dated if budgets else None,
        agreement_on=first.signed_on if first else None,
        agreement_revisions=versions,
        agreement_published_on=reported.agreement_published_on,
        units_with_agreement=scope.units_with_agreement,
        employees_with_goals=_with_goals(scope, staff),
        indicators_defined=share_of(bool(item.definition and item.source) for item in scope.indicators),
        indicators_cascaded=share_of(bool(item.responsible) for item in scope.indicators),
        contributions=sum(item.node in scope.nodes or item.unit in scope.units for item in snapshot.contributions),
        targets_reached=scope.reached,
        periods_due=periods.due,
        periods_measured=periods.measured,
        periods_on_time=periods.on_time,
        realisations=len(scope.realisations),
        verified_share=share_of(item.status in VERIFIED for item in scope.realisations),
        evidence_share=scope.evidenced,
        counted_from_records=_counted(scope),
        quality_share=share_of(item.code in scope.with_quality for item in scope.indicators),
        misses_explained=scope.explained,
        follow_ups_done=share_of(item.status is FollowUp.DONE for item in scope.obstacles),
        budget_efficiency=scope.efficiency,
        report_on=reported.made_on,
        report_signed_on=reported.signed_on,
        report_due_on=report_due.day if report_due else UNKNOWN,
        report_published_on=reported.published_on,
        interim_reports=reported.interim,
        reviewed_on=reported.reviewed_on,
        review_findings=reported.findings,
        review_findings_open=reported.findings_open,
        compared_with_year=share_of(figures.achievement(item).value is not None for item in scope.indicators),
        compared_with_plan=share_of(figures.progress(item).value is not None for item in scope.indicators),
        compared_with_past=share_of(figures.realised(item, year - 1).value is not None for item in scope.indicators),
        compared_with_standard=share_of(
            item.standard is not None and figures.against_standard(item).value is not None for item in scope.indicators
        ),
        evaluated_on=evaluated.closed_on,
        units_evaluated=share_of(code in evaluated.units for code in scope.below) if scope.below else UNKNOWN,
        recommendations_given=len(given),
        recommendations_closed=share_closed(given).value,
        recommendations_used=share_used(given, evaluated.replies, year),
        score_change=_change(evaluated.scores, year),
        places=_places(scope, first),
    )


def aimed_from(figures: Figures, unit: str) -> tuple[Aimed, ...]:
    """Targets, results and last year's results of the indicators of a unit, for the signs of gaming."""
    year = figures.year
    found = []
    for item in Scope(figures, unit).indicators:
        aim = figures.aim(item, year)
        result, before = figures.realised(item, year).value, figures.realised(item, year - 1).value
        found.append(Aimed(item, aim.value, result, before, aim.place))
    return tuple(found)


def _counted(scope: Scope) -> Count:
    """How many values of the year were counted from records: their evidence names the records.

    Not known where there is none: to count otherwise speaks against nothing.
    """
    there = {(item.indicator, item.period) for item in scope.realisations}
    counted = {(item.indicator, item.period) for item in scope.figures.snapshot.evidence if is_counted(item)}
    return len(counted & there) or UNKNOWN


class _Measured:
    """The periods of the year that have ended: due, measured, in time; one for each indicator and period."""

    def __init__(
        self, scope: Scope, entered: Mapping[tuple[str, Period], date], due: Mapping[Slot, Due], today: date
    ) -> None:
        cells = [cell for item in scope.indicators for cell in _cells(scope, item) if last_day(cell[1]) < today]
        there = {(item.indicator, item.period) for item in scope.realisations}
        done = [cell for cell in cells if cell in there or (cell[0], Period(scope.figures.year)) in there]
        self.due: Count = len(cells)
        self.measured: Count = len(done)
        days = [
            (entered.get(cell) or entered.get((cell[0], Period(cell[1].year))), _due_of(cell[1], due)) for cell in done
        ]
        known = [(on, until) for on, until in days if on is not None and until is not None]
        self.on_time: Count = UNKNOWN if done and not known else sum(on <= until for on, until in known)


def _cells(scope: Scope, item: Indicator) -> list[tuple[str, Period]]:
    year = scope.figures.year
    targets = scope.figures.snapshot.targets
    planned = {
        target.period for target in targets
        if target.indicator == item.code and target.period.year == year and target.document is PlanDocument.ACTION_PLAN
    }  # fmt: skip
    return [(item.code, period) for period in sorted(planned, key=last_day)] or [(item.code, Period(year))]


def _due_of(period: Period, due: Mapping[Slot, Due]) -> date | None:
    """Until when a period had to be measured; a whole year like its last quarter."""
    span, index = (Span.QUARTER, 4) if period.span is Span.YEAR else (period.span, period.index)
    found = due.get(Slot(Matter.MEASUREMENT.value, span, index))
    return found.day if found else None


def _with_goals(scope: Scope, staff: Mapping[str, Staffed]) -> Share:
    """The share of employees with goals; not known where no employee or no goal of anybody is on record."""
    mine = [counted for unit, counted in staff.items() if not scope.unit or unit in scope.units]
    people = sum(counted.people for counted in mine)
    return HUNDRED * sum(counted.with_goals for counted in mine) / people if people else UNKNOWN


def _change(scores: Mapping[int, Decimal], year: int) -> Share:
    """How the score changed up to the year before the evaluated one, or to the evaluated one once that is final."""
    for last in (year, year - 1):
        if last in scores and last - 1 in scores:
            return scores[last] - scores[last - 1]
    return None


def _places(scope: Scope, agreement: Agreement | None) -> dict[str, Place]:
    plan = scope.figures.plan
    found = {"strategic_plan": plan.place} if plan else {}
    if agreement:
        found |= {"agreement_on": agreement.place, "agreement_revisions": agreement.place}
    return found
