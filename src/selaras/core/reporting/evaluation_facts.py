"""What the records of an agency's year say of a unit, as the evaluation sheet asks: the facts behind its criteria.

For the agency as a whole the indicators of its sasaran count; for a unit those of the nodes that it, or a unit below
it, answers for. Reports, their review and the evaluations before are the agency's, whoever is evaluated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from selaras.core.agreements import Agreement
from selaras.core.deadlines import Due, Matter, Slot, last_day
from selaras.core.evaluation.facts import UNKNOWN, Count, Facts, Share
from selaras.core.evaluation.gaming import Aimed
from selaras.core.evaluation.recommendations import Recommendation, Reply, share_closed, share_used
from selaras.core.measurement.efficiency import DIFFERENCE, efficiency
from selaras.core.measurement.origin import of_performance
from selaras.core.measurement.records import FollowUp, Obstacle, Progress, Realisation
from selaras.core.org import Unit
from selaras.core.period import Period, Span
from selaras.core.place import Place
from selaras.core.planning import Indicator, PlanDocument
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


def facts_from(
    figures: Figures,
    unit: str,
    *,
    entered: Mapping[tuple[str, Period], date],
    due: Mapping[Slot, Due],
    reported: Reported,
    evaluated: Evaluated,
    today: date,
) -> Facts:
    """The facts of a unit (empty: the whole agency) for the year of the figures, as they stand on `today`.

    `entered` says when each realisation was first written down, as far as anybody knows.
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
        indicators_defined=_share(bool(item.definition and item.source) for item in scope.indicators),
        indicators_cascaded=_share(bool(item.responsible) for item in scope.indicators),
        contributions=sum(item.node in scope.nodes or item.unit in scope.units for item in snapshot.contributions),
        targets_reached=scope.reached,
        periods_due=periods.due,
        periods_measured=periods.measured,
        periods_on_time=periods.on_time,
        realisations=len(scope.realisations),
        verified_share=_share(item.status in VERIFIED for item in scope.realisations),
        evidence_share=scope.evidenced,
        quality_share=_share(item.code in scope.with_quality for item in scope.indicators),
        misses_explained=scope.explained,
        follow_ups_done=_share(item.status is FollowUp.DONE for item in scope.obstacles),
        budget_efficiency=scope.efficiency,
        report_on=reported.made_on,
        report_signed_on=reported.signed_on,
        report_due_on=report_due.day if report_due else UNKNOWN,
        report_published_on=reported.published_on,
        interim_reports=reported.interim,
        reviewed_on=reported.reviewed_on,
        review_findings=reported.findings,
        review_findings_open=reported.findings_open,
        compared_with_year=_share(figures.achievement(item).value is not None for item in scope.indicators),
        compared_with_plan=_share(figures.progress(item).value is not None for item in scope.indicators),
        compared_with_past=_share(figures.realised(item, year - 1).value is not None for item in scope.indicators),
        compared_with_standard=_share(
            item.standard is not None and figures.against_standard(item).value is not None for item in scope.indicators
        ),
        evaluated_on=evaluated.closed_on,
        units_evaluated=_share(code in evaluated.units for code in scope.below) if scope.below else UNKNOWN,
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


def subtree(units: Iterable[Unit], top: str) -> frozenset[str]:
    """The codes of a unit and all units below it; of every unit without `top`."""
    below: dict[str, list[str]] = {}
    codes = []
    for item in units:
        codes.append(item.code)
        below.setdefault(item.parent, []).append(item.code)
    if not top:
        return frozenset(codes)
    found, waiting = set(), [top]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += below.get(code, ())
    return frozenset(found)


class Scope:
    """What belongs to one unit, or to the agency as a whole: its units, nodes, indicators and agreements."""

    def __init__(self, figures: Figures, unit: str) -> None:
        self.figures = figures
        self.unit = unit
        self.units = subtree(figures.snapshot.units, unit)

    @cached_property
    def below(self) -> frozenset[str]:
        """The units below; of the agency as a whole those that stand directly below its top."""
        if self.unit:
            return self.units - {self.unit}
        parents = {item.code: item.parent for item in self.figures.snapshot.units}
        tops = [code for code, parent in parents.items() if parent not in parents]
        if len(tops) > 1:
            return frozenset(tops)
        return frozenset(code for code, parent in parents.items() if parent in tops) or frozenset(tops)

    @cached_property
    def nodes(self) -> frozenset[str]:
        """The nodes that the units answer for: their own, and those below without another owner."""
        owners = {code: self._owner(code) for code in self.figures.nodes}
        return frozenset(code for code, owner in owners.items() if not self.unit or owner in self.units)

    def _owner(self, code: str) -> str:
        seen: set[str] = set()
        while code in self.figures.nodes and code not in seen:
            seen.add(code)
            node = self.figures.nodes[code]
            if node.owner:
                return node.owner
            code = node.parent
        return ""

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators that count."""
        if not self.unit:
            return self.figures.measured
        return [item for code in self.figures.by_node for item in self.figures.by_node[code] if code in self.nodes]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Their codes."""
        return frozenset(item.code for item in self.indicators)

    @cached_property
    def agreement(self) -> tuple[Agreement | None, int | None]:
        """The first version of the agreement of the unit's head, and how many changes it had; None where there is none."""
        figures = self.figures
        if not self.unit:
            latest = figures.agreement
            return figures.first_agreement, latest.version if latest else None
        positions = {item.code: item for item in figures.snapshot.positions if item.unit == self.unit}
        heads = [code for code, item in positions.items() if item.superior not in positions]
        mine = [item for item in figures.snapshot.agreements if item.promiser in heads]
        if not mine:
            return None, None
        head = min((item.promiser for item in mine), key=heads.index)
        versions = sorted((item for item in mine if item.promiser == head), key=lambda item: item.version)
        return versions[0], versions[-1].version

    @cached_property
    def units_with_agreement(self) -> Share:
        """Units in which somebody has signed an agreement, in percent."""
        homes = {item.code: item.unit for item in self.figures.snapshot.positions}
        signed = {homes.get(item.promiser, "") for item in self.figures.snapshot.agreements if item.signed_on}
        return _share(code in signed for code in self.units)

    @cached_property
    def realisations(self) -> list[Realisation]:
        """The realisations of the year."""
        year = self.figures.year
        rows = self.figures.snapshot.realisations
        return [item for item in rows if item.indicator in self.codes and item.period.year == year]

    @cached_property
    def evidenced(self) -> Share:
        """Realisations that have evidence, in percent."""
        proofs = {(item.indicator, item.period) for item in self.figures.snapshot.evidence}
        return _share((item.indicator, item.period) in proofs for item in self.realisations)

    @cached_property
    def with_quality(self) -> frozenset[str]:
        """The indicators of which the year's data quality is recorded."""
        return frozenset(item.indicator for item in self.figures.snapshot.data_quality)

    @cached_property
    def _judged(self) -> dict[str, bool | None]:
        figures = self.figures
        return {item.code: figures.reached(figures.achievement(item)) for item in self.indicators}

    @cached_property
    def reached(self) -> Share:
        """Targets reached out of those that can be judged, in percent."""
        return _share(answer for answer in self._judged.values() if answer is not None)

    @cached_property
    def explained(self) -> Share:
        """Missed targets with a cause or a solution on record, in percent; all, where none was missed."""
        told = self.figures.explanations
        missed = [code for code, answer in self._judged.items() if answer is False]
        if not missed:
            return HUNDRED if any(self._judged.values()) else None
        return _share(code in told and bool(told[code].cause or told[code].solution) for code in missed)

    @cached_property
    def obstacles(self) -> list[Obstacle]:
        """The hindrances of the year."""
        rows = of_performance(self.figures.snapshot.obstacles)
        return [item for item in rows if not self.unit or item.node in self.nodes]

    @cached_property
    def efficiency(self) -> Share:
        """The mean of achievement less absorption over the indicators that have both, in percentage points."""
        figures = self.figures
        pairs = ((figures.achievement(item), figures.indicator_absorption(item)) for item in self.indicators)
        values = [value for one, other in pairs if (value := efficiency(DIFFERENCE, one, other).value) is not None]
        return sum(values, Decimal(0)) / len(values) if values else None


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


def _share(answers: Iterable[bool] | Collection[bool]) -> Share:
    found = list(answers)
    return Decimal(sum(found)) * HUNDRED / len(found) if found else None


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
