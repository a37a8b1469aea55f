"""The budget as a report tells it: master rows by name, grand totals, agreements beside realisation tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.review.likeness import bare, fold, likeness
from selaras.review.report import BudgetClaim, Grid, Report, TableKind
from selaras.review.sums import amounts

SURE = 0.9
"""From this likeness on two programme names are taken for one."""


@dataclass(frozen=True, slots=True)
class Master:
    """The realisation table with most rows: what every other amount is looked up in."""

    grid: Grid
    claims: tuple[BudgetClaim, ...]

    def named(self, name: str, *, floor: float = SURE) -> list[BudgetClaim]:
        """The rows with that name, or the most alike ones above `floor`."""
        same = [claim for claim in self.claims if fold(claim.name) == fold(name)]
        same = same or [claim for claim in self.claims if bare(claim.name) == bare(name)]
        if same:
            return same
        scored = [(likeness(name, claim.name), claim) for claim in self.claims]
        top = max((score for score, _ in scored), default=0.0)
        return [claim for score, claim in scored if score == top] if top >= floor else []

    def worth(self, amount: Decimal, *, spent: bool = False) -> list[BudgetClaim]:
        """The rows whose budget (or spending) is that amount."""
        return [
            claim
            for claim in self.claims
            if (figure := claim.spent if spent else claim.budget) is not None and abs(figure.amount - amount) < 1
        ]


def master(report: Report) -> Master | None:
    """The budget table with most named rows, None if the report has none."""
    found: list[Master] = []
    for grid in report.grids_of(TableKind.BUDGET) or report.grids_of(TableKind.PROGRAMMES):
        claims = tuple(claim for claim in report.budget if claim.grid is grid and not claim.total and claim.budget)
        if len(claims) > 1:
            found.append(Master(grid, claims))
    return max(found, key=lambda each: len(each.claims), default=None)


def heads(claims: Sequence[BudgetClaim]) -> list[BudgetClaim]:
    """The top rows of a table, without totals."""
    rows = [claim for claim in claims if not claim.total]
    top = min((claim.level for claim in rows), default=0)
    return [claim for claim in rows if claim.level == top]


def totals(report: Report, grid: Grid) -> tuple[Decimal | None, Decimal | None]:
    """Budget and spending of a whole table: its row of totals, else the sum of its top rows."""
    claims = [claim for claim in report.budget if claim.grid is grid]
    for claim in reversed(claims):
        if claim.total and claim.budget is not None:
            return claim.budget.amount, claim.spent.amount if claim.spent is not None else None
    rows = heads(claims)
    if not rows or not amounts(grid):
        return None, None
    budget = [claim.budget.amount if claim.budget is not None else None for claim in rows]
    spent = [claim.spent.amount if claim.spent is not None else None for claim in rows]
    return _sum(budget), _sum(spent)


def tables(report: Report, *kinds: TableKind) -> list[tuple[Grid, list[BudgetClaim]]]:
    """The tables of some kinds that hold budget rows, with those."""
    found = []
    for grid in report.grids_of(*kinds):
        claims = [claim for claim in report.budget if claim.grid is grid]
        if claims:
            found.append((grid, claims))
    return found


def _sum(parts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum, None when a part is missing."""
    known = [part for part in parts if part is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(parts) else None
