"""All figures of one snapshot, each computed once, by the engine of `core.measurement`, and remembered.

Every table, sentence, chart and file of a report asks here; nothing else divides or adds. The target that counts
is that of the latest agreement of the year, else the annual plan's, else the strategic plan's: the report answers
the latest PK (Permenpan-RB 53/2014; practice confirmed by the ministry's guidance to KPU, January 2026).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme
from selaras.core.agreements.gate import gate
from selaras.core.computed import Computed, Input
from selaras.core.finding import Finding
from selaras.core.law import Band, Law, Scale
from selaras.core.measurement import achievement, aggregate, budget, efficiency, progress
from selaras.core.measurement.records import Explanation, Realisation
from selaras.core.period import Period
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import (
    BudgetVersion,
    Indicator,
    IndicatorLevel,
    Node,
    NodeLevel,
    PlanDocument,
    StrategicPlan,
    Target,
)
from selaras.core.snapshot import Snapshot
from selaras.core.value import Value


@dataclass(frozen=True, slots=True)
class Aim:
    """The target that counts for an indicator, the document that sets it, and where it stands."""

    value: Value | None
    document: str = ""
    place: Place = NOWHERE

    def shown(self) -> str:
        """The target in id-ID, an en dash where there is none."""
        return self.value.shown() if self.value else "–"


NO_AIM = Aim(None)


class Figures:
    """Looks up facts of a snapshot and computes each figure on first use."""

    def __init__(self, snapshot: Snapshot, law: Law) -> None:
        self.snapshot = snapshot
        self.law = law
        self.year = snapshot.year
        self.computed: dict[str, Computed] = {}
        self._years: dict[tuple[str, int, int], aggregate.YearValue] = {}
        self._spent: dict[int, dict[str, Decimal]] = {}

    # ---- lookups -------------------------------------------------------------------------------------------------

    @cached_property
    def scale(self) -> Scale:
        """The achievement scale chosen for this year."""
        return self.law.scales[self.snapshot.settings.scale]

    @cached_property
    def plan(self) -> StrategicPlan | None:
        """The strategic plan whose period covers the report year (the latest to begin, if several)."""
        covering = [plan for plan in self.snapshot.plans if plan.first_year <= self.year <= plan.last_year]
        return max(covering, key=lambda plan: plan.first_year, default=None)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Nodes of the tree by code."""
        return {node.code: node for node in self.snapshot.nodes}

    @cached_property
    def children(self) -> dict[str, list[Node]]:
        """Nodes by the code of their parent, in order."""
        below: dict[str, list[Node]] = defaultdict(list)
        for node in sorted(self.snapshot.nodes, key=lambda node: node.order):
            below[node.parent].append(node)
        return below

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators by code."""
        return {indicator.code: indicator for indicator in self.snapshot.indicators}

    @cached_property
    def by_node(self) -> dict[str, list[Indicator]]:
        """Indicators by the code of their node, in order."""
        found: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in sorted(self.snapshot.indicators, key=lambda indicator: indicator.order):
            found[indicator.node].append(indicator)
        return found

    def level(self, level: NodeLevel) -> list[Node]:
        """Nodes of one level in order."""
        return sorted((node for node in self.snapshot.nodes if node.level is level), key=lambda node: node.order)

    @cached_property
    def sasaran(self) -> list[Node]:
        """The sasaran that have indicators, in order."""
        return [node for node in self.level(NodeLevel.SASARAN) if self.by_node[node.code]]

    @cached_property
    def measured(self) -> list[Indicator]:
        """The indicators of all sasaran, in the order of the report's tables."""
        return [indicator for node in self.sasaran for indicator in self.by_node[node.code]]

    @cached_property
    def iku(self) -> list[Indicator]:
        """The key performance indicators (IKU) in order."""
        return [indicator for indicator in self.measured if indicator.iku]

    @cached_property
    def agreement(self) -> Agreement | None:
        """The latest version of the year's agreement of the agency's head (no superior inside the agency)."""
        top = [item for item in self.snapshot.agreements if item.promiser == self.snapshot.settings.signatory]
        pool = top or list(self.snapshot.agreements)
        return max(pool, key=lambda item: item.version, default=None)

    @cached_property
    def first_agreement(self) -> Agreement | None:
        """The original (version 0) behind the latest agreement, if there are several."""
        latest = self.agreement
        pool = [item for item in self.snapshot.agreements if latest and item.promiser == latest.promiser]
        return min(pool, key=lambda item: item.version, default=None)

    def lines_of(self, agreement: Agreement | None) -> list[AgreementLine]:
        """The indicator lines of an agreement in order."""
        found = [line for line in self.snapshot.agreement_lines if agreement and line.agreement == agreement.code]
        return sorted(found, key=lambda line: line.order)

    def programmes_of(self, agreement: Agreement | None) -> list[AgreementProgramme]:
        """The programme lines of an agreement in order."""
        found = [line for line in self.snapshot.agreement_programmes if agreement and line.agreement == agreement.code]
        return sorted(found, key=lambda line: line.order)

    @cached_property
    def _agreed(self) -> dict[str, AgreementLine]:
        return {line.indicator: line for line in self.lines_of(self.agreement) if line.indicator}

    @cached_property
    def _targets(self) -> dict[tuple[str, Period, PlanDocument], Target]:
        return {(item.indicator, item.period, item.document): item for item in self.snapshot.targets}

    @cached_property
    def _realisations(self) -> dict[str, list[Realisation]]:
        found: dict[str, list[Realisation]] = defaultdict(list)
        for item in self.snapshot.realisations:
            found[item.indicator].append(item)
        return found

    @cached_property
    def explanations(self) -> dict[str, Explanation]:
        """The agency's explanation by indicator."""
        return {item.indicator: item for item in self.snapshot.explanations}

    # ---- targets and realisations --------------------------------------------------------------------------------

    def planned(self, indicator: Indicator, year: int, document: PlanDocument) -> Aim:
        """The year's target that one plan document sets."""
        target = self._targets.get((indicator.code, Period(year), document))
        return Aim(target.value, document.value, target.place) if target else NO_AIM

    def quarterly(self, indicator: Indicator, period: Period) -> Aim:
        """The action plan's target for one quarter or month."""
        target = self._targets.get((indicator.code, period, PlanDocument.ACTION_PLAN))
        return Aim(target.value, PlanDocument.ACTION_PLAN.value, target.place) if target else NO_AIM

    def agreed(self, indicator: Indicator) -> Aim:
        """The target of the latest agreement of the report year."""
        line = self._agreed.get(indicator.code)
        return Aim(line.target, "PK", line.place) if line else NO_AIM

    def aim(self, indicator: Indicator, year: int) -> Aim:
        """The target that counts: the PK's (report year only), else the RKT's, else the Renstra's."""
        candidates = [self.agreed(indicator)] if year == self.year else []
        candidates += [self.planned(indicator, year, document) for document in (PlanDocument.RKT, PlanDocument.RENSTRA)]
        return next((aim for aim in candidates if aim.value), NO_AIM)

    def final_aim(self, indicator: Indicator) -> Aim:
        """The target of the plan's last year."""
        return self.planned(indicator, self.plan.last_year, PlanDocument.RENSTRA) if self.plan else NO_AIM

    def realised(self, indicator: Indicator, year: int, through_month: int = 12) -> aggregate.YearValue:
        """The year's value (or its value through a month), made from the periods by the indicator's rule."""
        key = (indicator.code, year, through_month)
        if key not in self._years:
            # A part that leads back to its whole finds nothing here, so that a circle of weights ends.
            self._years[key] = aggregate.year_value(indicator, (), year)
            parts = [
                (part.weight, value)
                for part in self.snapshot.weighted_parts
                if part.indicator == indicator.code
                and (value := self.realised(self.indicators[part.part], year, through_month).value)
            ]
            self._years[key] = aggregate.year_value(
                indicator, self._realisations[indicator.code], year, through_month=through_month, parts=parts
            )
        return self._years[key]

    def realisation(self, indicator: Indicator, period: Period) -> Realisation | None:
        """The record of one period."""
        return next((item for item in self._realisations[indicator.code] if item.period == period), None)

    @cached_property
    def history(self) -> list[int]:
        """Up to five years that end with the report year and hold any target or realisation of a measured indicator."""
        codes = {indicator.code for indicator in self.measured}
        years = {item.period.year for item in self.snapshot.realisations if item.indicator in codes}
        years |= {
            item.period.year
            for item in self.snapshot.targets
            if item.indicator in codes and item.document is PlanDocument.RENSTRA
        }
        return [year for year in range(self.year - 4, self.year + 1) if year in years or year == self.year]

    # ---- figures -------------------------------------------------------------------------------------------------

    def achievement(self, indicator: Indicator, year: int | None = None, aim: Aim | None = None) -> Computed:
        """Capaian of an indicator in a year against the target that counts, or against a given one."""
        year = self.year if year is None else year
        chosen = aim or self.aim(indicator, year)
        key = f"capaian:{indicator.code}:{year}" + (f":{aim.document}" if aim else "")
        if key not in self.computed:
            realised = self.realised(indicator, year)
            figure = achievement.achieve(
                chosen.value,
                realised.value,
                polarity=indicator.polarity,
                lower_method=indicator.lower_method,
                cap=indicator.cap,
                grades=self.law.grade_scales.get(indicator.grade_scale),
                key=key,
            )
            record = self.realisation(indicator, Period(year))
            figure = with_places(figure, target=chosen.place, realisasi=record.place if record else NOWHERE)
            self.computed[key] = replace(figure, name=f"Capaian {indicator.name} tahun {year}")
        return self.computed[key]

    def achievement_through(self, indicator: Indicator, aim: Aim, through_month: int) -> Computed:
        """Capaian through a month of the report year against the target set for that month or for the year."""
        key = f"capaian:{indicator.code}:{self.year}:s.d. bulan {through_month}:{aim.document}"
        if key not in self.computed:
            figure = achievement.achieve(
                aim.value,
                self.realised(indicator, self.year, through_month).value,
                polarity=indicator.polarity,
                lower_method=indicator.lower_method,
                cap=indicator.cap,
                grades=self.law.grade_scales.get(indicator.grade_scale),
                key=key,
            )
            self.computed[key] = replace(figure, name=f"Capaian {indicator.name} sampai bulan {through_month}")
        return self.computed[key]

    def band(self, figure: Computed) -> Band | None:
        """The class of an achievement on the chosen scale."""
        return achievement.classify(figure, self.scale)

    def reached(self, figure: Computed) -> bool | None:
        """Whether the target was met; None where nothing can be said."""
        return achievement.reached(figure)

    @cached_property
    def mean(self) -> Computed:
        """The plain mean of the achievements of all measured indicators that have one."""
        figure = achievement.mean(
            [self.achievement(indicator) for indicator in self.measured],
            key=f"rata-rata capaian:{self.year}",
            name="Rata-rata capaian indikator sasaran",
        )
        return self._keep(figure)

    def sasaran_mean(self, node: Node) -> Computed:
        """The plain mean of the achievements of one sasaran's indicators."""
        key = f"rata-rata capaian:{node.code}:{self.year}"
        if key not in self.computed:
            figures = [self.achievement(indicator) for indicator in self.by_node[node.code]]
            self._keep(achievement.mean(figures, key=key, name=f"Rata-rata capaian sasaran {node.title}"))
        return self.computed[key]

    def progress(self, indicator: Indicator) -> Computed:
        """Tingkat kemajuan: this year's realisation against the target of the plan's last year."""
        key = f"kemajuan:{indicator.code}:{self.year}"
        if key not in self.computed:
            final = self.final_aim(indicator)
            figure = progress.progress(
                self.realised(indicator, self.year).value,
                final.value,
                polarity=indicator.polarity,
                grades=self.law.grade_scales.get(indicator.grade_scale),
                key=key,
            )
            self._keep(replace(figure, name=f"Kemajuan {indicator.name} menuju akhir Renstra"))
        return self.computed[key]

    def against_standard(self, indicator: Indicator) -> Computed:
        """The realisation against the national standard, where one is given."""
        return self.achievement(indicator, self.year, Aim(indicator.standard, "standar nasional", indicator.place))

    def _keep(self, figure: Computed) -> Computed:
        return self.computed.setdefault(figure.key, figure)

    # ---- budget --------------------------------------------------------------------------------------------------

    @cached_property
    def budget_version(self) -> BudgetVersion | None:
        """The version of the budget in force: the highest order."""
        return max(self.snapshot.budget_versions, key=lambda version: version.order, default=None)

    def budget_of(self, version: BudgetVersion | None) -> dict[str, Decimal]:
        """The budget of every node in one version, in rupiah; parents are sums."""
        lines = [line for line in self.snapshot.budget_lines if version and line.version == version.code]
        return budget.roll_up(self.snapshot.nodes, total_by((line.node, line.amount) for line in lines))

    @cached_property
    def budget(self) -> dict[str, Decimal]:
        """The budget of every node in the version in force."""
        return self.budget_of(self.budget_version)

    def spent_through(self, month: int) -> dict[str, Decimal]:
        """Realised budget of every node from January through `month`."""
        if month not in self._spent:
            rows = ((item.node, item.amount) for item in self.snapshot.spending if item.month <= month)
            self._spent[month] = budget.roll_up(self.snapshot.nodes, total_by(rows))
        return self._spent[month]

    @cached_property
    def spent(self) -> dict[str, Decimal]:
        """Realised budget of every node in the year."""
        return self.spent_through(12)

    @cached_property
    def programmes(self) -> list[Node]:
        """The programmes that have a budget, in order."""
        return [node for node in self.level(NodeLevel.PROGRAM) if node.code in self.budget]

    @cached_property
    def total_budget(self) -> Decimal:
        """The sum of the programmes' budgets, in rupiah."""
        return sum((self.budget[node.code] for node in self.programmes), Decimal(0))

    @cached_property
    def total_spent(self) -> Decimal:
        """The sum of the programmes' realised budgets, in rupiah."""
        return sum((self.spent.get(node.code, Decimal(0)) for node in self.programmes), Decimal(0))

    def absorption(self, node: Node) -> Computed:
        """Capaian anggaran of a node: realised ÷ budget × 100."""
        key = f"serapan:{node.code}:{self.year}"
        if key not in self.computed:
            figure = budget.absorption(self.budget.get(node.code), self.spent.get(node.code), key=key)
            self.computed[key] = replace(figure, name=f"Penyerapan anggaran {node.title}")
        return self.computed[key]

    @cached_property
    def total_absorption(self) -> Computed:
        """Capaian anggaran of the whole agency: sum ÷ sum, never a mean of percentages."""
        figure = budget.absorption(self.total_budget, self.total_spent, key=f"serapan:total:{self.year}")
        return self._keep(replace(figure, name="Penyerapan anggaran instansi"))

    def absorption_through(self, month: int, node: Node | None = None) -> Computed:
        """Capaian anggaran of a node, or of the whole agency, from January through `month`."""
        through = self.spent_through(month)
        if node is not None:
            key = f"serapan:{node.code}:{self.year}:s.d. bulan {month}"
            figure = budget.absorption(self.budget.get(node.code), through.get(node.code), key=key)
            return self._keep(replace(figure, name=f"Penyerapan anggaran {node.title} sampai bulan {month}"))
        spent = sum((through.get(node.code, Decimal(0)) for node in self.programmes), Decimal(0))
        key = f"serapan:total:{self.year}:s.d. bulan {month}"
        figure = budget.absorption(self.total_budget, spent, key=key)
        return self._keep(replace(figure, name=f"Penyerapan anggaran instansi sampai bulan {month}"))

    def supporting(self, indicator: Indicator) -> list[Node]:
        """The nodes that serve an indicator, in the order of the tree."""
        codes = {item.node for item in self.snapshot.supports if item.indicator == indicator.code}
        return [node for node in self.walk() if node.code in codes]

    def walk(self, top: str = "") -> Iterable[Node]:
        """All nodes, parents before children, in order."""
        for node in self.children[top]:
            yield node
            yield from self.walk(node.code)

    def supporting_amounts(self, indicator: Indicator) -> tuple[Decimal | None, Decimal | None]:
        """Budget and realised budget of the programmes (or the highest nodes) that serve an indicator."""
        nodes = self.supporting(indicator)
        codes = {node.code for node in nodes}
        tops = [node for node in nodes if node.code in self.budget and not self._under(node, codes)]
        if not tops:
            return None, None
        budgets = sum((self.budget[node.code] for node in tops), Decimal(0))
        return budgets, sum((self.spent.get(node.code, Decimal(0)) for node in tops), Decimal(0))

    def _under(self, node: Node, codes: set[str]) -> bool:
        parent = self.nodes.get(node.parent)
        return parent is not None and (parent.code in codes or self._under(parent, codes))

    def indicator_absorption(self, indicator: Indicator) -> Computed:
        """Capaian anggaran of the programmes that serve an indicator."""
        key = f"serapan:{indicator.code}:{self.year}"
        if key not in self.computed:
            budgets, spent = self.supporting_amounts(indicator)
            figure = budget.absorption(budgets, spent, key=key)
            self.computed[key] = replace(figure, name=f"Penyerapan anggaran penunjang {indicator.name}")
        return self.computed[key]

    def efficiency(self, indicator: Indicator, aim: Aim | None = None) -> Computed:
        """Tingkat efisiensi by the method chosen for the year, against the target that counts or a given one."""
        key = f"efisiensi:{indicator.code}:{self.year}" + (f":{aim.document}" if aim else "")
        if key not in self.computed:
            figure = efficiency.efficiency(
                self.snapshot.settings.efficiency,
                self.achievement(indicator, self.year, aim),
                self.indicator_absorption(indicator),
                key=key,
            )
            self.computed[key] = replace(figure, name=f"Tingkat efisiensi {indicator.name}")
        return self.computed[key]

    # ---- gates -----------------------------------------------------------------------------------------------------

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Where the agreement, the plans, the IKU list and the budget disagree."""
        if self.agreement is None:
            return ()
        return gate(
            agreement=self.agreement,
            agency=self.snapshot.agency,
            lines=self.lines_of(self.agreement),
            programmes=self.programmes_of(self.agreement),
            indicators=self.snapshot.indicators,
            nodes=self.snapshot.nodes,
            targets=self.snapshot.targets,
            budget=self.budget,
            head_goals=[goal for goal in self.snapshot.head_goals if goal.agreement == self.agreement.code],
        )

    # ---- counts --------------------------------------------------------------------------------------------------

    @cached_property
    def tally(self) -> dict[str, int]:
        """How many measured indicators met their target, missed it, or cannot be judged."""
        answers = [self.reached(self.achievement(indicator)) for indicator in self.measured]
        return {
            "met": sum(answer is True for answer in answers),
            "missed": sum(answer is False for answer in answers),
            "open": sum(answer is None for answer in answers),
        }

    def output_indicators(self, node: Node) -> list[Indicator]:
        """The indicators of a programme, kegiatan or sub kegiatan."""
        levels = (IndicatorLevel.PROGRAM, IndicatorLevel.KEGIATAN, IndicatorLevel.SUB_KEGIATAN)
        return [indicator for indicator in self.by_node[node.code] if indicator.level in levels]


def total_by(rows: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """Sums of amounts by key."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for key, amount in rows:
        totals[key] += amount
    return dict(totals)


def with_places(figure: Computed, **places: Place) -> Computed:
    """The figure with the places of its inputs filled in, by the input's label."""
    inputs = tuple(
        Input(item.label, item.shown, places.get(item.label, item.place)) if item.place == NOWHERE else item
        for item in figure.inputs
    )
    return replace(figure, inputs=inputs)
