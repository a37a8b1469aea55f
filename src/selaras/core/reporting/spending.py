"""The budget along the tree as people fill and read it: amounts per month, sums upward, absorption beside the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from selaras.core.computed import Computed
from selaras.core.measurement.budget import absorption, low_absorption, roll_up
from selaras.core.measurement.limits import Limits, planned_by
from selaras.core.planning import BudgetVersion, Node, NodeLevel
from selaras.core.reporting.figures import Figures, total_by

MONTHS = range(1, 13)
FUNDED = (NodeLevel.PROGRAM, NodeLevel.KEGIATAN, NodeLevel.SUB_KEGIATAN)


@dataclass(frozen=True)
class Money:
    """Budget and spending of one agency and year along its tree; sums are made here and nowhere else."""

    figures: Figures
    limits: Limits

    @cached_property
    def by_month(self) -> dict[int, dict[str, Decimal]]:
        """What was spent in each month, per node with sums upward."""
        rows = self.figures.snapshot.spending
        return {
            month: roll_up(
                self.figures.snapshot.nodes, total_by((item.node, item.amount) for item in rows if item.month == month)
            )
            for month in MONTHS
        }

    @cached_property
    def entered(self) -> dict[tuple[str, int], Decimal]:
        """What was typed, by node and month."""
        return {(item.node, item.month): item.amount for item in self.figures.snapshot.spending}

    @cached_property
    def last_month(self) -> int:
        """The last month of which something was booked, 0 if none."""
        return max((item.month for item in self.figures.snapshot.spending), default=0)

    def walk(self, top: str = "") -> Iterator[Node]:
        """Programmes, kegiatan and sub kegiatan in order, parents first; of one programme only, if `top` is given."""
        for node in self.figures.walk():
            if node.level in FUNDED and (not top or node.code == top or self.is_under(node, top)):
                yield node

    def is_under(self, node: Node, top: str) -> bool:
        """Whether a node lies below another."""
        at = self.figures.nodes.get(node.parent)
        while at is not None and at.code != top:
            at = self.figures.nodes.get(at.parent)
        return at is not None

    def is_leaf(self, node: Node) -> bool:
        """Whether amounts are booked here: nothing that can be funded lies below."""
        return not any(child.level in FUNDED for child in self.figures.children[node.code])

    def above(self, node: Node) -> list[Node]:
        """The funded nodes above a node, nearest first."""
        found = []
        at = self.figures.nodes.get(node.parent)
        while at is not None and at.level in FUNDED:
            found.append(at)
            at = self.figures.nodes.get(at.parent)
        return found

    def total(self, month: int) -> Decimal:
        """What all programmes spent in one month."""
        return self._sum(self.by_month[month])

    def planned(self, month: int) -> Decimal:
        """The share of the budget that is planned to be spent by the end of a month, in percent."""
        return planned_by(month, self.limits)

    def is_behind(self, figure: Computed, month: int) -> bool:
        """Whether an absorption lies below the plan of a month; False where there is no figure."""
        return figure.value is not None and figure.value < self.planned(month)

    @cached_property
    def low(self) -> list[Node]:
        """The lowest funded lines whose absorption is so low that it must be explained."""
        figures = self.figures
        return [
            node
            for node in figures.walk()
            if node.code in figures.budget
            and not any(child.code in figures.budget for child in figures.children[node.code])
            and (
                self.is_low(figures.absorption(node)) or (figures.budget[node.code] and node.code not in figures.spent)
            )
        ]

    def is_low(self, figure: Computed) -> bool:
        """Whether an absorption must be explained."""
        return low_absorption(figure, self.limits.low_absorption)

    @cached_property
    def versions(self) -> list[BudgetVersion]:
        """The versions of the year's budget, the one in force last."""
        return sorted(self.figures.snapshot.budget_versions, key=lambda version: version.order)

    @cached_property
    def amounts_of_versions(self) -> list[dict[str, Decimal]]:
        """The budget of every node in each version."""
        return [self.figures.budget_of(version) for version in self.versions]

    def totals_of_versions(self) -> list[Decimal]:
        """The budget of all programmes in each version."""
        return [self._sum(amounts) for amounts in self.amounts_of_versions]

    def absorbed(self, planned: Decimal | None, spent: Decimal | None) -> Computed:
        """The share of a budget that was spent."""
        return absorption(planned, spent)

    def _sum(self, amounts: dict[str, Decimal]) -> Decimal:
        tops = (node for node in self.figures.snapshot.nodes if node.level is NodeLevel.PROGRAM)
        return sum((amounts.get(node.code, Decimal(0)) for node in tops), Decimal(0))
