"""One agreement of a year beside the plan: what it is drafted from, where it disagrees, and the snapshot to print it from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal
from selaras.core.agreements.cascade import is_head
from selaras.core.agreements.drafting import Plan
from selaras.core.agreements.gate import gate
from selaras.core.finding import Finding
from selaras.core.org import Position
from selaras.core.planning import BudgetLine, BudgetVersion, FundSource, Indicator, Node, Support, Target
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings, Snapshot

Line = TypeVar("Line", AgreementLine, AgreementProgramme, HeadGoal)
COMPARED: tuple[type, ...] = (
    Agreement, AgreementLine, AgreementProgramme, HeadGoal, Indicator, Node, Target, BudgetVersion, BudgetLine,
    ReportSettings, Position,
)  # fmt: skip
"""The kinds of record that `disagreements` looks at."""
PLANNED: tuple[type, ...] = (Indicator, Node, Target, Support, BudgetVersion, BudgetLine, ReportSettings)
"""The kinds of record from which an agreement is drafted."""


def disagreements(figures: Figures, agreement: Agreement) -> tuple[Finding, ...]:
    """Where one agreement differs from RKT, Renstra, IKU, budget and the head's SKP (`core.agreements.gate`)."""
    snapshot = figures.snapshot
    position = next((item for item in snapshot.positions if item.code == agreement.promiser), None)
    head = is_head(position, snapshot.positions, snapshot.settings.signatory) if position else None
    return gate(
        agreement=agreement,
        agency=snapshot.agency,
        lines=snapshot.agreement_lines,
        programmes=snapshot.agreement_programmes,
        indicators=snapshot.indicators,
        nodes=snapshot.nodes,
        targets=snapshot.targets,
        budget=figures.budget,
        head_goals=[goal for goal in snapshot.head_goals if goal.agreement == agreement.code],
        head=head,
    )


def plan_of(figures: Figures) -> Plan:
    """What an agreement of the year is drafted from: the plan, and the budget in force with its sources."""
    snapshot = figures.snapshot
    version = figures.budget_version
    largest: dict[str, tuple[Decimal, FundSource]] = {}
    for line in snapshot.budget_lines:
        if version and line.version == version.code and line.amount > largest.get(line.node, (Decimal(-1),))[0]:
            largest[line.node] = (line.amount, line.source)
    return Plan(
        snapshot.year, snapshot.indicators, snapshot.nodes, snapshot.targets, snapshot.supports, figures.budget,
        {node: source for node, (_, source) in largest.items()},
    )  # fmt: skip


def narrowed(snapshot: Snapshot, agreement: Agreement) -> Snapshot:
    """The snapshot as it was for one agreement: later versions and other promisers left out, so that it is the one in force."""
    kept = tuple(
        item
        for item in snapshot.agreements
        if item.promiser == agreement.promiser and item.version <= agreement.version
    )
    codes = {item.code for item in kept}
    return replace(
        snapshot,
        agreements=kept,
        agreement_lines=_of(snapshot.agreement_lines, codes),
        agreement_programmes=_of(snapshot.agreement_programmes, codes),
        head_goals=_of(snapshot.head_goals, codes),
        settings=replace(snapshot.settings, signatory=agreement.promiser),
    )


def _of(lines: tuple[Line, ...], codes: Collection[str]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.agreement in codes)
